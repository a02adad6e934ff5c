"""The organisation itself, number O0001: what it is called, its lists and its settings.

`gebeurd_op` is the day on which it was decided, `vanaf` the day from which it holds, which may be later or earlier.
Every name is in the dossier, those of places and clients too: a client may be one person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from klachten.gebeurtenissen.kern import Gebeurtenis, tekst

NUMMER = "O0001"


@dataclass(frozen=True, kw_only=True)
class OrganisatieIngericht(Gebeurtenis):
    """The register has an organisation from now on; `voorbeeld`: an invented one, in which anybody may be anybody."""

    voorbeeld: bool = False
    naam: str = tekst()


@dataclass(frozen=True, kw_only=True)
class BronOvergenomen(Gebeurtenis):
    """Klachten of a source were taken over as it was at the end of `gebeurd_op`; after that day nothing is known of it.

    From `volledig_vanaf` on it has every klacht that was received; empty is not known.
    """

    bron: str
    volledig_vanaf: date | None = None


@dataclass(frozen=True, kw_only=True)
class BestandOvergenomen(Gebeurtenis):
    """A file of a source was taken over on `gebeurd_op`: the first fact of its group, and the ground of all others.

    `sha256` is that of the file and `stand_op` the day as of which it is, where known. `nieuw`, `gewijzigd` and `weer`
    count its klachten; `verdwenen` are those that it no longer has, `terug` those that it has again. `gehouden` is what
    it says otherwise than the register and a person left as it was: a fact, a field and what the file says, as JSON;
    of a text a commitment.
    """

    bron: str
    sha256: str
    stand_op: date | None = None
    nieuw: int = 0
    gewijzigd: int = 0
    weer: int = 0
    verdwenen: tuple[str, ...] = ()
    terug: tuple[str, ...] = ()
    gehouden: tuple[str, ...] = ()
    naam: str = tekst()


@dataclass(frozen=True, kw_only=True)
class OvergangVastgelegd(Gebeurtenis):
    """From `gebeurd_op` on the open klachten of a source are handled on here, under `reglement`: how many they are.

    The first fact of its group, and the ground of all others.
    """

    bron: str
    reglement: str
    klachten: int


@dataclass(frozen=True, kw_only=True)
class OrganisatieGewijzigd(Gebeurtenis):
    """What the organisation is called or where it is reached changed; what is empty stays as it was."""

    vanaf: date
    naam: str = tekst()
    adres: str = tekst()
    postadres: str = tekst()
    telefoon: str = tekst()
    e_mail: str = tekst()
    website: str = tekst()


@dataclass(frozen=True, kw_only=True)
class HuisstijlGesteld(Gebeurtenis):
    """How letters look; colours as #rrggbb, `document` the content hash of the logo, `logo_soort` png or jpeg."""

    vanaf: date
    kleur: str
    tweede_kleur: str = ""
    lettertype: str = ""
    document: str = ""
    logo_soort: str = ""
    ondertekening: str = tekst()
    voettekst: str = tekst()


@dataclass(frozen=True, kw_only=True)
class SjabloonToegevoegd(Gebeurtenis):
    """A letter has a template of the organisation from a day on; `document` is the content hash of its Word file."""

    brief: str
    document: str
    vanaf: date
    toelichting: str = tekst()


@dataclass(frozen=True, kw_only=True)
class SjabloonBeeindigd(Gebeurtenis):
    """The template of the organisation holds up to and including a day; after it that of the program does again."""

    brief: str
    laatste_dag: date


@dataclass(frozen=True, kw_only=True)
class KeuzeToegevoegd(Gebeurtenis):
    """A list of the organisation got a choice; `na` is the choice it comes after, empty for the end of the list."""

    lijst: str
    id: str
    vanaf: date
    na: str = ""
    naam: str = tekst()


@dataclass(frozen=True, kw_only=True)
class KeuzeHernoemd(Gebeurtenis):
    """A choice is called otherwise; it is the same choice, so every reader shows the new name."""

    lijst: str
    id: str
    vanaf: date
    naam: str = tekst()


@dataclass(frozen=True, kw_only=True)
class KeuzeSamengevoegd(Gebeurtenis):
    """A choice goes up in another from a day on: it is no longer offered, and counted under its successor."""

    lijst: str
    id: str
    opvolger: str
    vanaf: date


@dataclass(frozen=True, kw_only=True)
class KeuzeBeeindigd(Gebeurtenis):
    """A choice is offered up to and including a day."""

    lijst: str
    id: str
    laatste_dag: date


@dataclass(frozen=True, kw_only=True)
class VestigingGewijzigd(Gebeurtenis):
    """Where a place of business is reached; what is empty stays as it was."""

    vestiging: str
    vanaf: date
    adres: str = tekst()
    telefoon: str = tekst()


@dataclass(frozen=True, kw_only=True)
class StreeftermijnGesteld(Gebeurtenis):
    """An internal target, in the words of a term of the reglement; `van_begin` is what it counts from."""

    id: str
    stap: int
    waarde: int
    eenheid: str
    van_begin: str
    einde: tuple[int, ...]
    geldt: str
    vanaf: date
    naam: str = tekst()


@dataclass(frozen=True, kw_only=True)
class StreeftermijnBeeindigd(Gebeurtenis):
    """An internal target holds up to and including a day."""

    id: str
    laatste_dag: date


@dataclass(frozen=True, kw_only=True)
class HerinneringsregelGesteld(Gebeurtenis):
    """Who is reminded of what, so many days before, after it or not, and at which hour; without both the rule ends.

    `waarvoor` is taak, termijn, maatregel or verbeteractie. `daarna`: on every ordinary day after the last one too.
    From so many of those on coordinator and directie are reminded as well; 0 is never by that. What a rule means says
    organisatie/herinneringen.py.
    """

    regel: str
    waarvoor: str
    dagen_voor: tuple[int, ...]
    rollen: tuple[str, ...]
    vanaf: date
    uur: int = 8
    werkdagen: bool = True
    daarna: bool = False
    coordinator_na: int = 0
    directie_na: int = 0


@dataclass(frozen=True, kw_only=True)
class BoekjaarGesteld(Gebeurtenis):
    """The book year begins in this month (1-12).

    `overgang` korter or langer: from `vanaf` on, and the last year before it is that. Without, as it was recorded
    before there was a choice, all years begin so.
    """

    maand: int
    vanaf: date
    overgang: str = ""


@dataclass(frozen=True, kw_only=True)
class DagenGelijkgesteld(Gebeurtenis):
    """A decree makes days equal to a holiday; after `bekend_tot` the decrees are not known yet."""

    besluit: str
    dagen: tuple[date, ...]
    bekend_tot: date
    nummer: str = ""
    naam: str = tekst()


@dataclass(frozen=True, kw_only=True)
class ReglementVersieToegevoegd(Gebeurtenis):
    """A reglement has a next version; `document` is the content hash of its file, `akkoord_door` who agreed to it."""

    reglement: str
    geldig_vanaf: date
    document: str
    akkoord_door: str = ""
    toelichting: str = tekst()


@dataclass(frozen=True, kw_only=True)
class ReglementGekozen(Gebeurtenis):
    """New klachten run under this reglement from a day on; `akkoord_door` is who agreed to it."""

    reglement: str
    vanaf: date
    akkoord_door: str = ""


@dataclass(frozen=True, kw_only=True)
class AanmeldregelsGesteld(Gebeurtenis):
    """How people sign in: the roles that need a second factor, and after which time they have to sign in again."""

    vanaf: date
    tweede_factor_rollen: tuple[str, ...] = ()
    stil_minuten: int = 60
    hoogstens_uren: int = 12
    oidc: bool = False
    wachtwoord: bool = True


@dataclass(frozen=True, kw_only=True)
class VraagBewaard(Gebeurtenis):
    """A question of the Verkenner has a name from now on, or another one; the newest of an `id` holds.

    `vraag` is its one text, of ids only and without a period: it is asked of the period that its reader chooses.
    """

    id: str
    vraag: str
    op_jaarbeeld: bool = False
    naam: str = tekst()


@dataclass(frozen=True, kw_only=True)
class VraagWeggehaald(Gebeurtenis):
    """A saved question is offered no longer."""

    id: str
