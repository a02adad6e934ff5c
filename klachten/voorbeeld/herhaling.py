"""Steps that were done before in the same way: what the body of a handeling made of them is filled in.

Nearly every step of a large example was done already: by the same person, in a dossier that stands the same where the
body looks, with the same fields filled in. What the body made then is kept, with the days, texts and ids that it only
handed on left open (`meekijken.py` sees which these are). A step that is new, or of which anything else was asked, is
done by the body itself.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from klachten import gebeurtenissen as g
from klachten import organisatie
from klachten.dossier.klacht import OP_DE_WEG, Dossier, Feiten
from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen import Handeling, Uitkomst, dossier_van
from klachten.handelingen.veld import PERSONEN
from klachten.register import Eigen, Wie
from klachten.register.feitrij import in_utc
from klachten.reglement import BuitenGeldigheid
from klachten.voorbeeld.feitvorm import Feitvorm
from klachten.voorbeeld.stroomverzamelaar import Stroomverzamelaar
from klachten.voorbeeld.zet import Zet

DAG, TEKST, ID, VAST, DICHT = range(5)
"""How a field goes into a fact: a day, a text, an id, as it is; or in a way that is not looked into."""
_SOORT = {
    "datum": DAG, "dag": DAG, "tekst": TEKST, "regel": TEKST, "keuze": ID, "meerkeuze": ID, "termijn": ID,
    "ja_nee": VAST, "getal": VAST, "maatregel": VAST, "verbeteractie": VAST, **dict.fromkeys(PERSONEN, ID),
}  # fmt: skip
_KERN = {
    "betrokkenen": 0, "behandelaar": 1, "coordinator_afwezig": 2, "toestand": 3, "loopt": 3, "geschil": 4,
    "ontvangst.ontvanger": 5, "ontvangst.reglement": 6, "ontvangst.reglement_versie": 6, "buitenstaander": 7,
    "voortzetting": 8,
}  # fmt: skip
"""Where in the kern of a dossier stands what is asked of it by a name."""
_MAATREGELEN = frozenset({"maatregelen", "open_maatregelen", "geldende_maatregelen"})
_VORMT = frozenset(
    {
        g.KlachtOntvangen, g.BetrokkeneToegevoegd, g.BehandelaarToegewezen, g.BehandelaarVervangen,
        g.CoordinatorGeinformeerd, g.BuitenstaanderAangewezen, g.BehandelingVoortgezet, g.MeningsverschilGemeld,
        g.OverlegGevoerd, g.GeschilVoorgelegd, g.OordeelOntvangen, *OP_DE_WEG, g.MaatregelGewijzigd,
        g.MaatregelVervallen, g.ActienemerGeinformeerd, g.MaatregelUitgevoerd,
    }
)  # fmt: skip
"""The kinds of fact of which a Beeld is made."""
_NIET_BEKEND = object()

Soorten = frozenset[type[Gebeurtenis]]


@dataclass(eq=False, slots=True)
class Beeld:
    """How a dossier stands as far as a body may look: people and where it is, and its maatregelen. One of each."""

    kern: tuple[Any, ...]
    maatregelen: tuple[Any, ...]


@dataclass(slots=True)
class Sjabloon:
    """What a body made, in which role; `daarna` says how a dossier that stood so then stands, and `vormt` whether."""

    rol: str
    feiten: Sequence[Feitvorm]
    soorten: Soorten
    vormt: bool
    daarna: dict[tuple[Any, ...], Beeld] = field(default_factory=dict)


class Vorm:
    """A handeling with the fields that are filled in, and where its body looks as far as is known."""

    def __init__(self, handeling: Handeling, namen: tuple[str, ...]) -> None:
        velden = {veld.naam: veld for veld in handeling.gevraagd}
        soorten = [_SOORT.get(velden[naam].soort, DICHT) for naam in namen]
        self.namen = namen
        self.dagen, self.teksten, self.ids, self._vast, self.dicht = (
            [i for i, soort in enumerate(soorten) if soort == deze] for deze in (DAG, TEKST, ID, VAST, DICHT)
        )
        self.personen = [i for i in self.ids if velden[namen[i]].soort in PERSONEN]
        self.op = namen.index("op") if "op" in namen else -1
        self._gelezen: set[str] = set()
        self._kijkt: set[str] = set()
        self.soorten: Soorten = frozenset()
        self.sjablonen: dict[tuple[Any, ...], Sjabloon | None] = {}
        self.delen: dict[Beeld, tuple[Any, ...]] = {}
        self._sort_out()

    def _sort_out(self) -> None:
        gelezen = [i for i in self.ids if self.namen[i] in self._gelezen]
        self.vast = [*self._vast, *gelezen]
        self.leeg = [*self.teksten, *(i for i in self.ids if i not in gelezen)]
        self._kern = sorted({6, *(_KERN[naam] for naam in self._kijkt if naam in _KERN)})
        self._met = bool(_MAATREGELEN & self._kijkt)
        self.sjablonen.clear()
        self.delen.clear()

    def learn(self, velden: set[str], dossier: set[str], soorten: set[type[Gebeurtenis]]) -> None:
        """Look from now on wherever a body turned out to look; what was kept before says nothing of that."""
        if velden <= self._gelezen and dossier <= self._kijkt and soorten <= self.soorten:
            return
        self._gelezen |= velden
        self._kijkt |= dossier
        self.soorten |= soorten
        self._sort_out()

    def part_of(self, beeld: Beeld) -> tuple[Any, ...]:
        """Return the part of a Beeld at which the body looks, and always under which reglement it is."""
        kern = beeld.kern and tuple(beeld.kern[i] for i in self._kern)
        deel = self.delen[beeld] = (kern, beeld.maatregelen if self._met else None)
        return deel


def is_known(dossier: set[str]) -> bool:
    """Tell whether everything that was asked of a dossier stands in a Beeld."""
    return dossier <= _KERN.keys() | _MAATREGELEN


class Herhaling:
    """The steps that were done, by what they have in common with one that is to be done."""

    def __init__(self, verzamelaar: Stroomverzamelaar) -> None:
        self._verzamelaar = verzamelaar
        self._vormen: dict[tuple[str, tuple[str, ...]], Vorm] = {}
        self._dagen: dict[date | None, int] = {}
        self._dagsoorten: dict[Any, int] = {}
        self._organisatie: object = None
        self._beelden: dict[tuple[Any, ...], Beeld] = {}
        self._begin = self.picture(None)

    # --- a step that was done before ---------------------------------------------------------------------------------

    def do(self, handeling: Handeling, zet: Zet, nummer: str, vandaag: date) -> Uitkomst | Stap | None:
        """Do a step that is known; else return what it is, or None when its like can never be filled in."""
        namen = tuple(zet.invoer)
        vorm = self._vormen.get((handeling.naam, namen))
        if vorm is None:
            vorm = self._vormen[handeling.naam, namen] = Vorm(handeling, namen)
        waarden = [*zet.invoer.values(), vandaag]
        for i in vorm.dicht:
            if waarden[i]:
                return None
        for i in vorm.teksten:
            waarden[i] = (waarden[i] or "").strip()
        if handeling.nieuw:
            beeld, soorten = self._begin
        else:
            stand = self._verzamelaar.standen.get(nummer)
            beeld, soorten = stand or self.stand_of(dossier_van(self._verzamelaar, nummer))  # type: ignore[arg-type]
        stap = Stap(vorm, zet, nummer, waarden, beeld, soorten)
        sjabloon = vorm.sjablonen.get(self._key(stap), _NIET_BEKEND)
        if sjabloon is None or sjabloon is _NIET_BEKEND:
            return None if sjabloon is None else stap
        return self._fill_in(stap, sjabloon, handeling)  # type: ignore[arg-type]

    def _fill_in(self, stap: Stap, sjabloon: Sjabloon, handeling: Handeling) -> Uitkomst:
        verzamelaar, zet, nummer, waarden = self._verzamelaar, stap.zet, stap.nummer, stap.waarden
        if handeling.nieuw:
            nummer = verzamelaar.nieuw_nummer(handeling.reeks, waarden[stap.vorm.op].year)
        nu = verzamelaar.nu()
        wie = Wie(zet.door, sjabloon.rol, in_utc(nu))
        nr = verzamelaar.volgende
        verzamelaar.take(
            nummer,
            [Eigen(feit.written(waarden), wie) for feit in sjabloon.feiten],
            [
                functools.partial(feit.recorded, nr + i, nummer, waarden, nu, zet.door, sjabloon.rol)
                for i, feit in enumerate(sjabloon.feiten)
            ],
        )
        beeld, soorten = stap.beeld, stap.soorten
        if sjabloon.vormt:
            welk = (beeld, *[waarden[i] for i in stap.vorm.personen])
            daarna = sjabloon.daarna.get(welk)
            if daarna is None:
                daarna, _ = self.stand_of(dossier_van(verzamelaar, nummer))  # type: ignore[arg-type]
                sjabloon.daarna[welk] = daarna
            beeld = daarna
        verzamelaar.standen[nummer] = beeld, soorten if sjabloon.soorten <= soorten else soorten | sjabloon.soorten
        return Uitkomst(nummer, tuple(range(nr, nr + len(sjabloon.feiten))))

    def _key(self, stap: Stap) -> tuple[Any, ...]:
        """Return what a step has in common with those that come out the same."""
        vorm, waarden, dagen = stap.vorm, stap.waarden, self._dagen
        return (
            stap.zet.door,
            vorm.delen.get(stap.beeld) or vorm.part_of(stap.beeld),
            stap.soorten & vorm.soorten if vorm.soorten else None,
            dagen.get(waarden[-1]) or self._day(waarden[-1]),
            *[dagen.get(waarden[i]) or self._day(waarden[i]) for i in vorm.dagen],
            *[not waarden[i] for i in vorm.leeg],
            *[waarden[i] for i in vorm.vast],
        )

    def check_organisation(self) -> None:
        """Forget what days were like when the organisation changed."""
        nu = organisatie.huidige()
        if nu is not self._organisatie:
            self._organisatie = nu
            self._dagen.clear()

    def _day(self, dag: date | None) -> int:
        """Return a number that is the same for days on which the same people are there under the same reglement."""
        wat: Any = None
        if dag is not None:
            reglement = self._verzamelaar.reglementen[self._verzamelaar.organisatie.reglement(dag)]
            try:
                versie: Any = reglement.versie_op(dag)
            except BuitenGeldigheid:
                versie = None
            mensen = tuple((wie.id, wie.rollen) for wie in organisatie.iedereen(dag))
            wat = mensen, tuple(wie.id for wie in organisatie.coordinatoren(dag)), reglement.id, versie
        nr = self._dagen[dag] = self._dagsoorten.setdefault(wat, len(self._dagsoorten) + 1)
        return nr

    # --- how a dossier stands ----------------------------------------------------------------------------------------

    def stand_of(self, feiten: Feiten) -> tuple[Beeld, Soorten]:
        """Return how a dossier stands, and keep it."""
        stand = self._verzamelaar.standen[feiten.klachtnummer] = self.picture(feiten)
        return stand

    def picture(self, feiten: Feiten | None) -> tuple[Beeld, Soorten]:
        """Return how a dossier stands, or one that is still to begin."""
        kern: tuple[Any, ...] = ()
        maatregelen: tuple[Any, ...] = ()
        soorten: Soorten = frozenset(feiten.per_soort) if feiten else frozenset()
        if isinstance(feiten, Dossier):
            d, ontvangst = feiten, feiten.ontvangst
            kern = (
                d.betrokkenen, d.behandelaar, d.coordinator_afwezig, d.toestand, d.geschil, ontvangst.ontvanger,
                (ontvangst.reglement, ontvangst.reglement_versie), d.buitenstaander is None, d.voortzetting is None,
            )  # fmt: skip
            maatregelen = tuple(
                (m.nr, m.actienemer, m.overlegd_met, m.geinformeerd_op is None, m.uitgevoerd_op is None,
                 m.vervallen_op is None)
                for m in d.maatregelen.values()
            )  # fmt: skip
        beeld = self._beelden.setdefault((kern, maatregelen), Beeld(kern, maatregelen))
        return beeld, soorten

    # --- a step that was not -----------------------------------------------------------------------------------------

    def keep(self, stap: Stap, voor: Feiten | None, na: Feiten, rol: str, feiten: Sequence[Feitvorm]) -> None:
        """Keep what a body made of a step, for the next one; no facts when its like cannot be filled in.

        `voor` and `na` are the dossier: raises ValueError when it did not stand as was thought.
        """
        if self.picture(voor) != (stap.beeld, stap.soorten):
            raise ValueError(f"{stap.nummer} stands otherwise than {stap.beeld}")
        soorten: Soorten = frozenset(feit.soort for feit in feiten)
        sjabloon = Sjabloon(rol, feiten, soorten, bool(soorten & _VORMT)) if feiten else None
        stap.vorm.sjablonen[self._key(stap)] = sjabloon
        beeld, _ = self.stand_of(na)
        if sjabloon is not None:
            if not sjabloon.vormt and beeld is not stap.beeld:
                raise ValueError(f"{stap.zet.handeling} changes how {stap.nummer} stands")
            sjabloon.daarna[stap.beeld, *[stap.waarden[i] for i in stap.vorm.personen]] = beeld


@dataclass(slots=True)
class Stap:
    """A step as it is to be done: its values in order with the day of recording last, and how the dossier stands."""

    vorm: Vorm
    zet: Zet
    nummer: str
    waarden: list[Any]
    beeld: Beeld
    soorten: Soorten
