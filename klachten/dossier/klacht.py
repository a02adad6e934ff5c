"""The Dossier of one klacht: what its facts add up to.

A Dossier is computed from the facts each time and holds no state of its own. It answers questions of the rules in
`mag.py`; what the pages and the evaluation count is reported by SQL from the same facts (schema/afgeleid).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TypeVar

from klachten import gebeurtenissen as g
from klachten.dossier.actie import fold
from klachten.dossier.maatregel import Maatregel, next_maatregel
from klachten.dossier.voortzetting import ONBEKEND, as_handled, first_of
from klachten.gebeurtenissen import Gebeurtenis, Vastlegging, valid

Soort = TypeVar("Soort", bound=Gebeurtenis)

AFGESLOTEN = "afgesloten"
NIET_IN_BEHANDELING = "niet in behandeling"
INGETROKKEN = "ingetrokken"
VERVALLEN = "vervallen"
GEEINDIGD = frozenset({AFGESLOTEN, NIET_IN_BEHANDELING, INGETROKKEN, VERVALLEN})

# The steps that are nothing but a letter to the indiener.
AAN_DE_INDIENER = frozenset({5, 9, 14})

# The fact that marks a step as done; 10 and 11 are done when the last maatregel reached them.
STAPFEIT: dict[int, tuple[type[Gebeurtenis], ...]] = {
    1: (g.KlachtOntvangen,),
    2: (g.CoordinatorGeinformeerd,),
    3: (g.KlachtGeregistreerd,),
    4: (g.BehandelaarToegewezen,),
    5: (g.OntvangstBevestigd,),
    6: (g.KlachtOnderzocht,),
    7: (g.NietInBehandelingGenomen,),
    8: (g.MaatregelBepaald, g.GeenMaatregelenNodig),
    9: (g.ResultaatMeegedeeld,),
    12: (g.VoortgangBewaakt,),
    13: (g.KlachtAfgesloten,),
    14: (g.AfsluitingMeegedeeld,),
    15: (g.GeschilVoorgelegd,),
}

_TOESTAND: dict[type[Gebeurtenis], str] = {
    g.KlachtAfgesloten: AFGESLOTEN,
    g.NietInBehandelingGenomen: NIET_IN_BEHANDELING,
    g.KlachtIngetrokken: INGETROKKEN,
    g.KlachtVervallen: VERVALLEN,
    g.KlachtHeropend: "",
}

OP_DE_WEG = tuple({*(soort for soorten in STAPFEIT.values() for soort in soorten), *_TOESTAND})
"""The kinds of fact that make a klacht stand otherwise from their own day on."""


class Feiten:
    """The facts of one dossier number, and the questions every kind of dossier answers."""

    def __init__(self, nummer: str, vastleggingen: Sequence[Vastlegging]) -> None:
        self.klachtnummer = nummer
        self.vastleggingen = tuple(vastleggingen)
        self.geldig = valid(self.vastleggingen)

    @cached_property
    def per_soort(self) -> dict[type[Gebeurtenis], list[Vastlegging]]:
        """The valid facts by kind: a step asks for tens of kinds, of which a dossier has few."""
        uit: dict[type[Gebeurtenis], list[Vastlegging]] = {}
        for vastlegging in self.geldig:
            uit.setdefault(type(vastlegging.feit), []).append(vastlegging)
        return uit

    def van(self, *soorten: type[Soort]) -> list[Soort]:
        """Return the valid facts of these kinds, in the order in which they were recorded."""
        per_soort = self.per_soort
        aanwezig = soorten if len(soorten) == 1 else [soort for soort in soorten if soort in per_soort]
        if len(aanwezig) > 1:
            return [v.feit for v in self.geldig if isinstance(v.feit, soorten)]
        return [v.feit for soort in aanwezig for v in per_soort.get(soort, ())]  # type: ignore[misc]

    def laatste(self, *soorten: type[Soort]) -> Soort | None:
        """Return the last valid fact of these kinds, or None."""
        per_soort = self.per_soort
        aanwezig = [soort for soort in soorten if soort in per_soort]
        if len(aanwezig) > 1:
            return next(v.feit for v in reversed(self.geldig) if isinstance(v.feit, soorten))
        return per_soort[aanwezig[0]][-1].feit if aanwezig else None  # type: ignore[return-value]

    def vastlegging(self, nr: int) -> Vastlegging | None:
        """Return the valid version of the fact that was first recorded as `nr`, or None."""
        for vastlegging in self.geldig:
            if (vastlegging.corrigeert or vastlegging.nr) == nr:
                return vastlegging
        return None

    def as_read(self, vastlegging: Vastlegging) -> Gebeurtenis:
        """Return a fact as it reads now: facts stay as they are, but who it was done on behalf of may be put right.

        That is who was named outside the organisation before it, under the name as corrected (step 4).
        """
        feit, eerste = vastlegging.feit, vastlegging.corrigeert or vastlegging.nr
        namen = [
            v.feit.persoon
            for v in self.geldig
            if isinstance(v.feit, g.BuitenstaanderAangewezen) and (v.corrigeert or v.nr) < eerste
        ]
        return replace(feit, namens=namen[-1]) if namen and getattr(feit, "namens", "") else feit

    @property
    def gewist(self) -> g.DossierGewist | None:
        """The fact that erased every text of this dossier, None when none did."""
        return self.laatste(g.DossierGewist)

    @property
    def bestaat(self) -> bool:
        """Whether anything was ever recorded under this number."""
        return bool(self.vastleggingen)


class Dossier(Feiten):
    """What the facts of one klacht add up to."""

    @property
    def bestaat(self) -> bool:
        """Whether there is a klacht: of one whose import was undone even the receipt was taken back."""
        return g.KlachtOntvangen in self.per_soort

    @cached_property
    def ontvangst(self) -> g.KlachtOntvangen:
        """The receipt, which every klacht has (step 1); of one that is handled on here as it is handled now."""
        return as_handled(self.van(g.KlachtOntvangen)[0], self.voortzetting and self.voortzetting.feit)

    @cached_property
    def voortzetting(self) -> Vastlegging | None:
        """That a klacht which was taken over is handled on here, None when it is not."""
        return first_of(self.per_soort.get(g.BehandelingVoortgezet, ()))

    @cached_property
    def elders_gedaan(self) -> frozenset[int]:
        """The steps that were done before it was handled on here, also where their day is not known."""
        gedaan = frozenset(self.voortzetting.feit.elders_gedaan) if self.voortzetting else frozenset()
        # What came to its end there and is open again has to be ended here, and told.
        return gedaan - {13, 14} if self.heropend_na else gedaan

    @property
    def ontvangen_op(self) -> date:
        """The day on which the ontvanger got it: the terms run from here."""
        return self.ontvangst.gebeurd_op

    @cached_property
    def betrokkenen(self) -> frozenset[str]:
        """Ids of the medewerkers who are involved in the klacht, as known now."""
        later = (feit.betrokkene for feit in self.van(g.BetrokkeneToegevoegd))
        return frozenset((*self.ontvangst.betrokkenen, *later))

    @cached_property
    def behandelaar(self) -> str | None:
        """Id of the behandelaar now (step 4)."""
        feit = self.laatste(g.BehandelaarToegewezen, g.BehandelaarVervangen)
        return feit.behandelaar if feit else None

    @cached_property
    def indiener_kent_vorige(self) -> bool:
        """Whether the indiener was told of an earlier behandelaar than the one who handles the klacht now."""
        genoemd = self.laatste(g.OntvangstBevestigd, g.BehandelaarMeegedeeld)
        toewijzing = self.laatste(g.BehandelaarToegewezen, g.BehandelaarVervangen)
        verteld = isinstance(toewijzing, g.BehandelaarVervangen) and toewijzing.indiener_geinformeerd_op is not None
        # What the source does not say of it, nobody was told here.
        anders = genoemd is not None and genoemd.behandelaar not in (self.behandelaar, ONBEKEND)
        return anders and not verteld

    @cached_property
    def buitenstaander(self) -> g.BuitenstaanderAangewezen | None:
        """Who was last named to decide in the place of a directie that is involved, None when nobody (steps 4, 15)."""
        return self.laatste(g.BuitenstaanderAangewezen)

    @cached_property
    def coordinator_afwezig(self) -> bool:
        """Whether the directeur was informed because the coordinator was absent for longer (step 2)."""
        return any(feit.coordinator_afwezig for feit in self.van(g.CoordinatorGeinformeerd))

    @cached_property
    def gemachtigde(self) -> g.GemachtigdeAangewezen | None:
        """Who acts for the indiener now and gets the letters, None when nobody does."""
        feit = self.laatste(g.GemachtigdeAangewezen)
        return None if feit is None or feit.gestopt else feit

    @cached_property
    def onbereikbaar(self) -> bool:
        """Whether there is nobody to write to: who filed it stays unknown, without an address.

        Who acts for the indiener, and another indiener, who is known by name, can be written to.
        """
        feit = self.laatste(g.AnonimiteitVastgelegd)
        iemand = self.gemachtigde is not None or bool(self.van(g.IndienerToegevoegd))
        return feit is not None and feit.onbekend and not feit.bereikbaar and not iemand

    @property
    def niet_mogelijk(self) -> frozenset[int]:
        """The steps that cannot be done because there is nobody to write to."""
        return AAN_DE_INDIENER if self.onbereikbaar else frozenset()

    @cached_property
    def feiten_vermeld(self) -> bool:
        """Whether the indiener gave facts and circumstances, at once or when asked."""
        return self.ontvangst.feiten_vermeld or any(f.feiten_vermeld for f in self.van(g.InformatieOntvangen))

    @cached_property
    def maatregelen(self) -> dict[int, Maatregel]:
        """Every maatregel by number, cancelled ones too (steps 8, 10, 11)."""
        bepaald = (
            Maatregel(
                nr=feit.maatregel,
                actienemer=feit.actienemer,
                uiterlijk_op=feit.uiterlijk_op,
                overlegd_met=feit.overlegd_met,
                omschrijving=feit.omschrijving,
                bepaald_op=feit.gebeurd_op,
            )
            for feit in self.van(g.MaatregelBepaald)
        )
        return fold(bepaald, self.geldig, "maatregel", next_maatregel)

    @property
    def open_maatregelen(self) -> list[Maatregel]:
        """The maatregelen still to be carried out."""
        return [maatregel for maatregel in self.maatregelen.values() if maatregel.open]

    @property
    def geldende_maatregelen(self) -> list[Maatregel]:
        """The maatregelen that were not cancelled."""
        return [maatregel for maatregel in self.maatregelen.values() if maatregel.vervallen_op is None]

    @cached_property
    def zonder_maatregelen(self) -> bool:
        """Whether it was deliberately decided that no maatregel is needed, and none stands (step 8)."""
        return bool(self.van(g.GeenMaatregelenNodig)) and not self.geldende_maatregelen

    @cached_property
    def toestand(self) -> str:
        """One of GEEINDIGD, or '' while the klacht runs."""
        feit = self.laatste(*_TOESTAND)
        return _TOESTAND[type(feit)] if feit else ""

    @property
    def loopt(self) -> bool:
        """Whether the klacht still has to be ended."""
        return self.toestand not in GEEINDIGD

    @cached_property
    def status(self) -> str:
        """The status as the list of klachten shows it; the column `klacht.status` says the same."""
        if self.toestand:
            return self.toestand
        if self.stap_op(8) or 8 in self.elders_gedaan:
            return "in behandeling"
        return "in onderzoek" if self.behandelaar else "ontvangen"

    @cached_property
    def geschil(self) -> str:
        """How far a dispute is: geen, gemeld, overleg mislukt, opgelost, voorgelegd or oordeel (step 15)."""
        feit = self.laatste(g.MeningsverschilGemeld, g.OverlegGevoerd, g.GeschilVoorgelegd, g.OordeelOntvangen)
        match feit:
            case None:
                return "geen"
            case g.MeningsverschilGemeld():
                return "gemeld"
            case g.OverlegGevoerd(opgelost=True):
                return "opgelost"
            case g.OverlegGevoerd():
                return "overleg mislukt"
            case g.GeschilVoorgelegd():
                return "voorgelegd"
        return "oordeel"

    @cached_property
    def oordeel_te_melden(self) -> bool:
        """Whether an oordeel came in that the indiener was not told yet (step 15)."""
        feit = self.laatste(g.OordeelOntvangen, g.OordeelMeegedeeld)
        return isinstance(feit, g.OordeelOntvangen)

    @cached_property
    def heropend_na(self) -> int:
        """Number of the fact that last reopened the klacht, 0 when it never was (step 15)."""
        nummers = [v.corrigeert or v.nr for v in self.per_soort.get(g.KlachtHeropend, ())]
        return max(nummers, default=0)

    def in_ronde(self, stap: int) -> date | None:
        """Return the first date on which a step was done since the last reopening, or ever without one."""
        return min(self._done_on(stap, self.heropend_na), default=None)

    def _done_on(self, stap: int, sinds: int) -> list[date]:
        """The dates of the facts of a step that came after a number."""
        return [
            v.feit.gebeurd_op
            for soort in STAPFEIT.get(stap, ())
            for v in self.per_soort.get(soort, ())
            if (v.corrigeert or v.nr) > sinds
        ]

    def stap_op(self, stap: int) -> date | None:
        """Return the first date on which a step was done, or None; the current one for 13 and 14."""
        if stap == 10:
            return _all_reached([m.geinformeerd_op for m in self.geldende_maatregelen])
        if stap == 11:
            return _all_reached([m.uitgevoerd_op for m in self.geldende_maatregelen])
        data = self._done_on(stap, self.heropend_na if stap in (13, 14) else 0)
        if stap in (13, 14):
            return max(data, default=None) if stap == 14 or self.toestand == AFGESLOTEN else None
        return min(data, default=None)


def _all_reached(data: list[date | None]) -> date | None:
    return max(data) if data and None not in data else None  # type: ignore[type-var]
