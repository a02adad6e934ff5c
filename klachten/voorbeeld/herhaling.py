"""Steps that were done before in the same way: what the body of a handeling made of them is filled in.

Nearly every step of a large example was done already: by the same person, in a dossier that stands the same where the
body looks, with the same fields filled in. What the body made then is kept, with the days, texts and ids that it only
handed on left open (`meekijken.py` sees which these are). A step that is new, or of which anything else was asked, is
done by the body itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter, not_
from typing import Any

from klachten import gebeurtenissen as g
from klachten import organisatie
from klachten.dossier.klacht import Dossier, Feiten
from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen import Handeling, dossier_van
from klachten.handelingen.veld import PERSONEN
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
Gedaan = tuple[str, int]
"""The dossier of a step, and the number of its first fact."""


@dataclass(eq=False, slots=True)
class Beeld:
    """How a dossier stands as far as a body may look: its kern, or its maatregelen. One of each that occurs."""

    delen: tuple[Any, ...]


@dataclass(eq=False, slots=True)
class Stand:
    """How a dossier stands, with the kinds of fact that are in it. One of each that occurs."""

    kern: Beeld
    maatregelen: Beeld
    soorten: Soorten


@dataclass(slots=True)
class Sjabloon:
    """What a body made, in which role, and of which parts of a dossier: those that stood so, how they stand then.

    `na` says the same of all of it, with the people that were named.
    """

    rol: str
    feiten: Sequence[Feitvorm]
    soorten: Soorten
    kern: dict[tuple[Any, ...], Beeld] | None
    maatregelen: dict[tuple[Any, ...], Beeld] | None
    na: dict[tuple[Any, ...], Stand]


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
        self._delen: dict[tuple[Any, ...], int] = {}
        self.deel: dict[Stand, int] = {}
        self.haal_dagen = _getter([len(namen), *self.dagen])
        self.haal_personen = _getter(self.personen)
        self._sort_out()

    def _sort_out(self) -> None:
        gelezen = [i for i in self.ids if self.namen[i] in self._gelezen]
        self.vast = [*self._vast, *gelezen]
        self.leeg = [*self.teksten, *(i for i in self.ids if i not in gelezen)]
        self.haal_vast, self.haal_leeg = _getter(self.vast), _getter(self.leeg)
        self._kern = sorted({_VERSIE, *(_KERN[naam] for naam in self._kijkt if naam in _KERN)})
        self._van_elk = sorted({i for naam in self._kijkt for i in _MAATREGEL.get(naam, ())})
        for bewaard in (self.sjablonen, self.deel, self._delen):
            bewaard.clear()

    def learn(self, velden: set[str], dossier: set[str], soorten: set[type[Gebeurtenis]]) -> None:
        """Look from now on wherever a body turned out to look; what was kept before says nothing of that."""
        if velden <= self._gelezen and dossier <= self._kijkt and soorten <= self.soorten:
            return
        self._gelezen |= velden
        self._kijkt |= dossier
        self.soorten |= soorten
        self._sort_out()

    def part_of(self, stand: Stand) -> int:
        """Return what stands for the part of a dossier at which the body looks, and under which reglement it is."""
        kern, alle = stand.kern.delen, stand.maatregelen.delen
        eerste = tuple(kern[i] for i in self._kern) if kern else ()
        tweede = tuple(tuple(m[i] for i in self._van_elk) for m in alle)
        deel = eerste, tweede, stand.soorten & self.soorten
        nr = self.deel[stand] = self._delen.setdefault(deel, len(self._delen))
        return nr


def _getter(plekken: Sequence[int]) -> Callable[[list[Any]], Sequence[Any]]:
    """Return what takes the values at these places out of a list, at once."""
    if len(plekken) < 2:
        return itemgetter(slice(plekken[0], plekken[0] + 1) if plekken else slice(0))
    return itemgetter(*plekken)


class _Dagen(dict[date | None, int]):
    """Days by a number that is the same for those that are alike; `soort_van` gives that of a new one."""

    def __init__(self, soort_van: Callable[[date | None], int]) -> None:
        super().__init__()
        self._soort_van = soort_van

    def __missing__(self, dag: date | None) -> int:
        nr = self[dag] = self._soort_van(dag)
        return nr


def is_known(dossier: set[str]) -> bool:
    """Tell whether everything that was asked of a dossier stands in a Beeld."""
    return dossier <= _KERN.keys() | _MAATREGEL.keys()


class Herhaling:
    """The steps that were done, by what they have in common with one that is to be done."""

    def __init__(self, verzamelaar: Stroomverzamelaar) -> None:
        self._verzamelaar = verzamelaar
        self._vormen: dict[tuple[str, tuple[str, ...]], Vorm] = {}
        self._dagen = _Dagen(self._day)
        self._dagsoorten: dict[Any, int] = {}
        self._organisatie: object = None
        self._beelden: dict[Any, Beeld] = {}
        self._standen: dict[tuple[Beeld, Beeld, Soorten], Stand] = {}
        self._begin = self.picture(None)
        verzamelaar.stand_na = self._after

    # --- a step that was done before ---------------------------------------------------------------------------------

    def do(self, handeling: Handeling, zet: Zet, nummer: str, vandaag: date) -> Gedaan | Stap | None:
        """Do a step that is known; else return what it is, or None when its like can never be filled in."""
        invoer = zet.invoer
        hoe = (zet.handeling, *invoer)
        vorm = self._vormen.get(hoe)
        if vorm is None:
            vorm = self._vormen[hoe] = Vorm(handeling, hoe[1:])
        waarden = [*invoer.values(), vandaag]
        for i in vorm.dicht:
            if waarden[i]:
                return None
        for i in vorm.teksten:
            waarden[i] = (waarden[i] or "").strip()
        stand = self._begin if handeling.nieuw else self._verzamelaar.standen.get(nummer) or self._stand_of(nummer)
        sjabloon = vorm.sjablonen.get(self._key(vorm, zet, waarden, stand), _NIET_BEKEND)
        if sjabloon is None:
            return None
        stap = Stap(vorm, zet, nummer, waarden, stand)
        return stap if sjabloon is _NIET_BEKEND else self._fill_in(handeling, stap, sjabloon)  # type: ignore[arg-type]

    def _fill_in(self, handeling: Handeling, stap: Stap, sjabloon: Sjabloon) -> Gedaan:
        verzamelaar, vorm, waarden, nummer = self._verzamelaar, stap.vorm, stap.waarden, stap.nummer
        if handeling.nieuw:
            nummer = verzamelaar.nieuw_nummer(handeling.reeks, waarden[vorm.op].year)
        nr = verzamelaar.take(nummer, sjabloon.feiten, waarden, stap.zet.door, sjabloon.rol)
        wie = stap.stand, *vorm.haal_personen(waarden)
        verzamelaar.standen[nummer] = sjabloon.na.get(wie) or self._becomes(sjabloon, stap, nummer, wie)
        return nummer, nr

    def _becomes(self, sjabloon: Sjabloon, stap: Stap, nummer: str, wie: tuple[Any, ...]) -> Stand:
        """Return how a dossier stands after a step that was filled in: part by part, or else as it says itself."""
        kern: Beeld | None = stap.stand.kern
        maatregelen: Beeld | None = stap.stand.maatregelen
        if sjabloon.kern is not None:
            kern = sjabloon.kern.get((kern, *wie[1:]))
        if sjabloon.maatregelen is not None:
            maatregelen = sjabloon.maatregelen.get((maatregelen, *wie[1:]))
        if kern is None or maatregelen is None:
            nu = self._stand_of(nummer)
            self._remember(sjabloon, stap, nu)
        else:
            nu = self._one_stand(kern, maatregelen, stap.stand.soorten | sjabloon.soorten)
        sjabloon.na[wie] = nu
        return nu

    def _key(self, vorm: Vorm, zet: Zet, waarden: list[Any], stand: Stand) -> tuple[Any, ...]:
        """Return what a step has in common with those that come out the same."""
        deel = vorm.deel.get(stand)
        return (
            zet.door,
            vorm.part_of(stand) if deel is None else deel,
            *map(self._dagen.__getitem__, vorm.haal_dagen(waarden)),
            *map(not_, vorm.haal_leeg(waarden)),
            *vorm.haal_vast(waarden),
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
        return self._dagsoorten.setdefault(wat, len(self._dagsoorten))

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
        return self._one_stand(self._one("kern", kern), self._one("maatregelen", maatregelen), soorten)

    def _one_stand(self, kern: Beeld, maatregelen: Beeld, soorten: Soorten) -> Stand:
        stand = self._standen.get((kern, maatregelen, soorten))
        if stand is None:
            stand = self._standen[kern, maatregelen, soorten] = Stand(kern, maatregelen, soorten)
        return stand

    def _after(self, stand: Stand, feit: Gebeurtenis) -> Stand | None:
        """Return how a dossier stands after a new fact that changes nothing at which a body looks; None of another."""
        soort = type(feit)
        if soort in _VORMT_KERN or soort in _VORMT_MAATREGELEN or soort is g.FeitHerroepen:
            return None
        return self._one_stand(stand.kern, stand.maatregelen, stand.soorten | {soort})

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
        if self.picture(voor) is not stap.stand:
            raise ValueError(f"{stap.nummer} stands otherwise than {stap.stand}")
        soorten: Soorten = frozenset(feit.soort for feit in feiten)
        nu = self._verzamelaar.standen[na.klachtnummer] = self.picture(na)
        sjabloon = None
        if feiten:
            sjabloon = Sjabloon(
                rol, feiten, soorten,
                {} if soorten & _VORMT_KERN else None, {} if soorten & _VORMT_MAATREGELEN else None, {},
            )  # fmt: skip
            self._remember(sjabloon, stap, nu)
        stap.vorm.sjablonen[self._key(stap.vorm, stap.zet, stap.waarden, stap.stand)] = sjabloon

    def _remember(self, sjabloon: Sjabloon, stap: Stap, nu: Stand) -> None:
        personen, eerst = stap.vorm.haal_personen(stap.waarden), stap.stand
        for bewaard, van, naar in (
            (sjabloon.kern, eerst.kern, nu.kern), (sjabloon.maatregelen, eerst.maatregelen, nu.maatregelen)
        ):  # fmt: skip
            if bewaard is not None:
                bewaard[van, *personen] = naar
            elif van is not naar:
                raise ValueError(f"{stap.zet.handeling} changes how {stap.nummer} stands, to {naar}")


@dataclass(eq=False, slots=True)
class Stap:
    """A step as it is to be done: its values in order with the day of recording last, and how the dossier stands."""

    vorm: Vorm
    zet: Zet
    nummer: str
    waarden: list[Any]
    stand: Stand
