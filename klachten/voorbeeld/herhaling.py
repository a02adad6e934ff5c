"""Steps that were done before in the same way: what the body of a handeling made of them is filled in.

Nearly every step of a large example was done already: by the same person, in a dossier that stands the same where the
body looks, with the same fields filled in. What the body made then is kept, with the days, texts and ids that it only
handed on left open (`meekijken.py` sees which these are). A step that is new, or of which anything else was asked, is
done by the body itself.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from klachten import gebeurtenissen as g
from klachten import organisatie
from klachten.dossier.klacht import Dossier, Feiten
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
    "voortzetting": 8, "heropend_na": 9,
}  # fmt: skip
"""Where in the kern of a dossier stands what is asked of it by a name."""
_VERSIE = 6
_MAATREGEL = {
    "maatregelen": (0,), "geldende_maatregelen": (0, 5), "open_maatregelen": (0, 4, 5), "maatregel.nr": (0,),
    "maatregel.actienemer": (1,), "maatregel.overlegd_met": (2,), "maatregel.geinformeerd_op": (3,),
    "maatregel.uitgevoerd_op": (4,), "maatregel.vervallen_op": (5,), "maatregel.open": (4, 5),
}  # fmt: skip
"""The same of its maatregelen: where in what is known of each."""
_VORMT_KERN = frozenset(
    {
        g.KlachtOntvangen, g.BetrokkeneToegevoegd, g.BehandelaarToegewezen, g.BehandelaarVervangen,
        g.CoordinatorGeinformeerd, g.BuitenstaanderAangewezen, g.BehandelingVoortgezet, g.MeningsverschilGemeld,
        g.OverlegGevoerd, g.GeschilVoorgelegd, g.OordeelOntvangen, g.KlachtAfgesloten, g.NietInBehandelingGenomen,
        g.KlachtIngetrokken, g.KlachtVervallen, g.KlachtHeropend,
    }
)  # fmt: skip
_VORMT_MAATREGELEN = frozenset(
    {g.MaatregelBepaald, g.MaatregelGewijzigd, g.MaatregelVervallen, g.ActienemerGeinformeerd, g.MaatregelUitgevoerd}
)
"""The kinds of fact that change a Beeld; `Herhaling.keep` holds them against what a dossier says."""
_NIET_BEKEND = object()

Soorten = frozenset[type[Gebeurtenis]]


@dataclass(eq=False, slots=True)
class Beeld:
    """How a dossier stands as far as a body may look: its kern, or its maatregelen. One of each that occurs."""

    delen: tuple[Any, ...]


class Stand(NamedTuple):
    """How a dossier stands, with the kinds of fact that are in it."""

    kern: Beeld
    maatregelen: Beeld
    soorten: Soorten


@dataclass(slots=True)
class Sjabloon:
    """What a body made, in which role, and of which parts of a dossier: those that stood so, how they stand then."""

    rol: str
    feiten: Sequence[Feitvorm]
    soorten: Soorten
    kern: dict[tuple[Any, ...], Beeld] | None
    maatregelen: dict[tuple[Any, ...], Beeld] | None


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
        self.kern: dict[Beeld, tuple[Any, ...]] = {}
        self.maatregelen: dict[Beeld, tuple[Any, ...]] = {}
        self._sort_out()

    def _sort_out(self) -> None:
        gelezen = [i for i in self.ids if self.namen[i] in self._gelezen]
        self.vast = [*self._vast, *gelezen]
        self.leeg = [*self.teksten, *(i for i in self.ids if i not in gelezen)]
        self._kern = sorted({_VERSIE, *(_KERN[naam] for naam in self._kijkt if naam in _KERN)})
        self._van_elk = sorted({i for naam in self._kijkt for i in _MAATREGEL.get(naam, ())})
        for bewaard in (self.sjablonen, self.kern, self.maatregelen):
            bewaard.clear()

    def learn(self, velden: set[str], dossier: set[str], soorten: set[type[Gebeurtenis]]) -> None:
        """Look from now on wherever a body turned out to look; what was kept before says nothing of that."""
        if velden <= self._gelezen and dossier <= self._kijkt and soorten <= self.soorten:
            return
        self._gelezen |= velden
        self._kijkt |= dossier
        self.soorten |= soorten
        self._sort_out()

    def part_of(self, stand: Stand) -> tuple[Any, ...]:
        """Return the part of a dossier at which the body looks, and always under which reglement it is."""
        kern, alle = stand.kern.delen, stand.maatregelen.delen
        eerste = self.kern[stand.kern] = tuple(kern[i] for i in self._kern) if kern else ()
        tweede = self.maatregelen[stand.maatregelen] = tuple(tuple(m[i] for i in self._van_elk) for m in alle)
        return eerste, tweede


def is_known(dossier: set[str]) -> bool:
    """Tell whether everything that was asked of a dossier stands in a Beeld."""
    return dossier <= _KERN.keys() | _MAATREGEL.keys()


class Herhaling:
    """The steps that were done, by what they have in common with one that is to be done."""

    def __init__(self, verzamelaar: Stroomverzamelaar) -> None:
        self._verzamelaar = verzamelaar
        self._vormen: dict[tuple[str, tuple[str, ...]], Vorm] = {}
        self._dagen: dict[date | None, int] = {}
        self._dagsoorten: dict[Any, int] = {}
        self._organisatie: object = None
        self._beelden: dict[Any, Beeld] = {}
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
        bekend = self._begin if handeling.nieuw else self._verzamelaar.standen.get(nummer)
        stand = bekend or self._stand_of(nummer)
        sjabloon = vorm.sjablonen.get(self._key(vorm, zet, waarden, stand), _NIET_BEKEND)
        if sjabloon is None:
            return None
        stap = Stap(vorm, zet, nummer, waarden, stand)
        return stap if sjabloon is _NIET_BEKEND else self._fill_in(stap, sjabloon, handeling)  # type: ignore[arg-type]

    def _fill_in(self, stap: Stap, sjabloon: Sjabloon, handeling: Handeling) -> Uitkomst:
        verzamelaar = self._verzamelaar
        vorm, zet, nummer, waarden, (kern, maatregelen, soorten) = stap
        if handeling.nieuw:
            nummer = verzamelaar.nieuw_nummer(handeling.reeks, waarden[vorm.op].year)
        nu, door, rol, feiten = verzamelaar.nu(), zet.door, sjabloon.rol, sjabloon.feiten
        wie = Wie(door, rol, in_utc(nu))
        nr = verzamelaar.take(nummer, [Eigen(feit.written(waarden), wie) for feit in feiten])
        verzamelaar.later(
            nummer,
            [functools.partial(f.recorded, nr + i, nummer, waarden, nu, door, rol) for i, f in enumerate(feiten)],
        )
        if not sjabloon.soorten <= soorten:
            soorten |= sjabloon.soorten
        if sjabloon.kern is not None or sjabloon.maatregelen is not None:
            personen = [waarden[i] for i in vorm.personen]
            if sjabloon.kern is not None:
                kern = sjabloon.kern.get((kern, *personen))
            if sjabloon.maatregelen is not None:
                maatregelen = sjabloon.maatregelen.get((maatregelen, *personen))
            if kern is None or maatregelen is None:
                kern, maatregelen, soorten = self._stand_of(nummer)
                self._remember(sjabloon, stap, kern, maatregelen)
        verzamelaar.standen[nummer] = Stand(kern, maatregelen, soorten)
        return Uitkomst(nummer, tuple(range(nr, nr + len(feiten))))

    def _key(self, vorm: Vorm, zet: Zet, waarden: list[Any], stand: Stand) -> tuple[Any, ...]:
        """Return what a step has in common with those that come out the same."""
        dagen = self._dagen
        kern, maatregelen = vorm.kern.get(stand.kern), vorm.maatregelen.get(stand.maatregelen)
        if kern is None or maatregelen is None:
            kern, maatregelen = vorm.part_of(stand)
        return (
            zet.door,
            kern,
            maatregelen,
            stand.soorten & vorm.soorten if vorm.soorten else None,
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

    def _stand_of(self, nummer: str) -> Stand:
        return self.picture(dossier_van(self._verzamelaar, nummer))

    def picture(self, feiten: Feiten | None) -> Stand:
        """Return how a dossier stands, or one that is still to begin."""
        kern: tuple[Any, ...] = ()
        maatregelen: tuple[Any, ...] = ()
        soorten: Soorten = frozenset(feiten.per_soort) if feiten else frozenset()
        if isinstance(feiten, Dossier):
            d, ontvangst = feiten, feiten.ontvangst
            kern = (
                d.betrokkenen, d.behandelaar, d.coordinator_afwezig, d.toestand, d.geschil, ontvangst.ontvanger,
                (ontvangst.reglement, ontvangst.reglement_versie), d.buitenstaander is None, d.voortzetting is None,
                d.heropend_na > 0,
            )  # fmt: skip
            maatregelen = tuple(
                (m.nr, m.actienemer, m.overlegd_met, m.geinformeerd_op is None, m.uitgevoerd_op is None,
                 m.vervallen_op is None)
                for m in d.maatregelen.values()
            )  # fmt: skip
        return Stand(self._one("kern", kern), self._one("maatregelen", maatregelen), soorten)

    def _one(self, wat: str, delen: tuple[Any, ...]) -> Beeld:
        beeld = self._beelden.get((wat, delen))
        if beeld is None:
            beeld = self._beelden[wat, delen] = Beeld(delen)
        return beeld

    # --- a step that was not -----------------------------------------------------------------------------------------

    def keep(self, stap: Stap, voor: Feiten | None, na: Feiten, rol: str, feiten: Sequence[Feitvorm]) -> None:
        """Keep what a body made of a step, for the next one; no facts when its like cannot be filled in.

        `voor` and `na` are the dossier: raises ValueError when it did not stand as was thought.
        """
        if self.picture(voor) != stap.stand:
            raise ValueError(f"{stap.nummer} stands otherwise than {stap.stand}")
        soorten: Soorten = frozenset(feit.soort for feit in feiten)
        nu = self._verzamelaar.standen[na.klachtnummer] = self.picture(na)
        sjabloon = None
        if feiten:
            sjabloon = Sjabloon(
                rol, feiten, soorten,
                {} if soorten & _VORMT_KERN else None, {} if soorten & _VORMT_MAATREGELEN else None,
            )  # fmt: skip
            self._remember(sjabloon, stap, nu.kern, nu.maatregelen)
        stap.vorm.sjablonen[self._key(stap.vorm, stap.zet, stap.waarden, stap.stand)] = sjabloon

    def _remember(self, sjabloon: Sjabloon, stap: Stap, kern: Beeld, maatregelen: Beeld) -> None:
        personen = [stap.waarden[i] for i in stap.vorm.personen]
        for bewaard, eerst, nu in (
            (sjabloon.kern, stap.stand.kern, kern), (sjabloon.maatregelen, stap.stand.maatregelen, maatregelen)
        ):  # fmt: skip
            if bewaard is not None:
                bewaard[eerst, *personen] = nu
            elif eerst is not nu:
                raise ValueError(f"{stap.zet.handeling} changes how {stap.nummer} stands, to {nu}")


class Stap(NamedTuple):
    """A step as it is to be done: its values in order with the day of recording last, and how the dossier stands."""

    vorm: Vorm
    zet: Zet
    nummer: str
    waarden: list[Any]
    stand: Stand
