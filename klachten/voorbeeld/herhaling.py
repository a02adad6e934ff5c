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
from operator import not_
from typing import Any

from klachten import gebeurtenissen as g
from klachten import organisatie
from klachten.dossier.klacht import Dossier, Feiten
from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen import Handeling, dossier_van
from klachten.reglement import BuitenGeldigheid
from klachten.voorbeeld.feitvorm import Feitvorm
from klachten.voorbeeld.stand import Beeld, Sjabloon, Soorten, Stand, Vorm
from klachten.voorbeeld.stroomverzamelaar import Stroomverzamelaar
from klachten.voorbeeld.zet import Zet

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
Gedaan = tuple[str, int]
"""The dossier of a step, and the number of its first fact."""


class _Dagen(dict[date | None, int]):
    """Days by a number that is the same for those that are alike; `soort_van` gives that of a new one."""

    def __init__(self, soort_van: Callable[[date | None], int]) -> None:
        super().__init__()
        self._soort_van = soort_van

    def __missing__(self, dag: date | None) -> int:
        nr = self[dag] = self._soort_van(dag)
        return nr


class Herhaling:
    """The steps that were done, by what they have in common with one that is to be done."""

    def __init__(self, verzamelaar: Stroomverzamelaar) -> None:
        self._verzamelaar = verzamelaar
        self._vormen: dict[tuple[str, ...], Vorm] = {}
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
