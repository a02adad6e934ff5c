"""Durations in all and without the days in which the firm waited for the indiener (step 6).

The terms of the reglement do not stop while the firm waits: this is shown beside them, never instead of them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from duckdb import DuckDBPyConnection

from klachten.analyse.basis.geteld import Geteld, geteld_als
from klachten.analyse.basis.kengetallen import Rijen, rijen_van
from klachten.analyse.basis.selectie import ALLES, Filter
from klachten.analyse.basis.zinnen import dagen, deel, getal
from klachten.analyse.termijnen.wachttijd import Doorlooptijd, binnen, doorlooptijd
from klachten.periode import Wanneer
from klachten.taal import opsomming

UITLEG = (
    "Netto is zonder de dagen waarin de organisatie op de indiener wachtte: van een vraag (stap 6) tot het antwoord. "
    "Voor de termijnen telt alles mee: het reglement kent geen opschorting."
)


@dataclass(frozen=True, kw_only=True)
class Netto:
    """One measure of a year: of how many klachten the firm waited for the indiener, and the days without that.

    `gewacht` is the days in all, `wacht_nog` the klachten for which it still waits.
    """

    looptijd: Doorlooptijd
    klachten: int
    met_wachten: int
    gewacht: int
    wacht_nog: int

    def zin(self, totaal: Doorlooptijd) -> str:
        """Say how much of the waiting of this measure was for the indiener; `totaal` is the same measure in all."""
        doel = self.looptijd.doel
        zin = gewacht_zin(self.looptijd.maat, self.klachten, self.met_wachten, self.gewacht, self.wacht_nog)
        if not self.met_wachten:
            return zin
        helften = [d.mediaan for d in (totaal, self.looptijd)]
        if any(helft is None or math.isinf(helft) for helft in helften):
            return zin
        return f"{zin} De helft is totaal {binnen(helften[0] or 0)} {doel}, netto {binnen(helften[1] or 0)}."

    def achter(self) -> tuple[Geteld, ...]:
        """Return the counts of that sentence."""
        maat = self.looptijd.maat
        uit = geteld_als("looptijd", self.klachten if self.met_wachten else 0, "gevolgd", maat=maat)
        uit += geteld_als("gewacht", self.met_wachten, "waarbij is gewacht", maat=maat, gewacht="ja")
        return uit + geteld_als("gewacht", self.wacht_nog, "waarbij nu nog wordt gewacht", maat=maat, nog="ja")


def gewacht_zin(maat: str, klachten: int, met_wachten: int, gewacht: int, wacht_nog: int) -> str:
    """Say for how many klachten was waited for the indiener in a measure, and how many days together."""
    tot = "tot de bevestiging" if maat == "bevestiging" else "tot de afsluiting"
    if not met_wachten:
        return f"Op de indiener gewacht, {tot}: bij geen enkele klacht."
    nog = f"; op {getal(wacht_nog)} daarvan nu nog" if wacht_nog else ""
    bij = deel(met_wachten, klachten, "klachten")
    return f"Op de indiener gewacht, {tot}: bij {bij}, samen {dagen(gewacht)}{nog}."


def netto(rijen: Rijen, maat: str) -> Netto:
    """Return a measure, bevestiging or afsluiting, from the rows of question doorlooptijden_netto."""
    eigen = [rij for rij in rijen if rij["maat"] == maat]
    return Netto(
        looptijd=doorlooptijd(eigen, maat),
        klachten=sum(rij["klachten"] for rij in eigen),
        met_wachten=sum(rij["klachten"] for rij in eigen if rij["gewacht"]),
        gewacht=sum(rij["klachten"] * rij["gewacht"] for rij in eigen),
        wacht_nog=sum(rij["wacht_nog"] for rij in eigen),
    )


def netten(
    cursor: DuckDBPyConnection, *, peildatum: date, periode: Wanneer | None = None, filter: Filter = ALLES
) -> dict[str, Netto]:
    """Return both measures of a period, by name: bevestiging and afsluiting."""
    rijen = rijen_van(cursor, "doorlooptijden_netto", peildatum=peildatum, periode=periode, filter=filter)
    return {maat: netto(rijen, maat) for maat in ("bevestiging", "afsluiting")}


@dataclass(frozen=True)
class Duur:
    """One duration of one klacht in days: in all, waited for the indiener, and without that."""

    maat: str
    dagen: int
    gewacht: int
    netto: int
    einde: str | None
    wacht_nog: bool


def duur_van_klacht(cursor: DuckDBPyConnection, klachtnummer: str, peildatum: date) -> list[Duur]:
    """Return the durations of a klacht on a day, afsluiting first; none when it is vervallen."""
    rijen = cursor.execute(
        "SELECT maat, dagen, gewacht, netto, einde, wacht_nog "
        "FROM looptijd_netto(?, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL) WHERE klachtnummer = ? ORDER BY maat",
        [peildatum, klachtnummer],
    ).fetchall()
    return [Duur(*rij) for rij in rijen]


def duur_zin(duren: Sequence[Duur]) -> str:
    """Say how long a klacht takes or took, in all and without the waiting; empty when nothing was waited for."""
    if not any(duur.gewacht or duur.wacht_nog for duur in duren):
        return ""
    delen = [f"{tot} totaal {dagen(duur.dagen)}, netto {getal(duur.netto)}" for duur in duren if (tot := _until(duur))]
    nog = " Het antwoord is er nog niet." if any(duur.wacht_nog for duur in duren) else ""
    gewacht = max(duur.gewacht for duur in duren)
    return f"Op de indiener gewacht: {dagen(gewacht)}.{nog} Duur {opsomming(delen)}. De termijnen lopen door (stap 6)."


def _until(duur: Duur) -> str:
    """Return up to what a duration runs; empty for an acknowledgement that did not come."""
    if duur.maat == "bevestiging":
        return "tot de ontvangstbevestiging" if duur.einde == "bevestigd" else ""
    return "tot het einde" if duur.einde else "tot vandaag"
