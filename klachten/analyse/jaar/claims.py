"""What a report claims to have changed: one family, so that a stable organisation seldom reads that it did.

Year on year, every categorie, the trend and the picture of the months are looked at together (Holm), with the variation
between months that is really there. What is said everywhere else (page, chart, report, Excel) follows from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from klachten.analyse import statistiek
from klachten.analyse.basis.zinnen import komma, procent
from klachten.analyse.jaar.delen import Jaarintensiteit, Vergelijking
from klachten.analyse.statistiek import Jaarclaims, PoissonTrend
from klachten.analyse.statistiek.intensiteit import TE_WEINIG
from klachten.periode import Periode

JAAR_OP_JAAR, TREND, MAANDBEELD = "jaar op jaar", "trend", "maandbeeld"


def claim_van(categorie: str) -> str:
    """Return the name of the claim about one categorie."""
    return f"categorie {categorie}"


def familie(
    vergelijking: Vergelijking, categorieen: pd.DataFrame, trend: PoissonTrend | None, p_maanden: float | None
) -> Jaarclaims:
    """Return which claims of a period may be made."""
    kandidaten: dict[str, float | None] = {
        JAAR_OP_JAAR: vergelijking.ratio.p if vergelijking.ratio else None,
        TREND: trend.p if trend else None,
        MAANDBEELD: p_maanden,
    }
    for categorie, p in zip(categorieen["categorie"], categorieen["p"], strict=True):
        kandidaten[claim_van(categorie)] = None if pd.isna(p) else float(p)
    return statistiek.jaarclaims(kandidaten)


def met_oordeel(vergelijking: Vergelijking, claims: Jaarclaims, dispersie: float = 1.0) -> Vergelijking:
    """Return the comparison of two periods with the one verdict that may be said of it.

    `waarneembaar` follows from the same verdict: which number would have been a claim beside the others of its family.
    """
    v, r = vergelijking, vergelijking.ratio
    if r is None or v.klachten_vorig is None:
        return vergelijking
    zou_opvallen = statistiek.waarneembare_verandering(
        v.klachten_vorig,
        v.trajecten_vorig or 0,
        v.trajecten or 0,
        niveau=1 - claims.drempel(JAAR_OP_JAAR),
        dispersie=dispersie,
    )
    staat = JAAR_OP_JAAR in claims
    if staat:
        oordeel = f"per traject {r.zin}"
    elif r.toeval_uitgesloten:
        oordeel = f"{TE_WEINIG}, nu er naar meer dingen tegelijk is gekeken"
    else:
        oordeel = TE_WEINIG
    return replace(vergelijking, oordeel=oordeel, opvallend=staat, waarneembaar=zou_opvallen)


def met_holm(categorieen: pd.DataFrame, claims: Jaarclaims) -> pd.DataFrame:
    """Return the categorieen with the adjusted p and whether each stands out, in place of their own p."""
    namen = [claim_van(categorie) for categorie in categorieen["categorie"]]
    p_holm = pd.Series([claims.aangepast.get(naam) for naam in namen], index=categorieen.index, dtype=float)
    return categorieen.drop(columns="p").assign(p_holm=p_holm, opvallend=[naam in claims for naam in namen])


@dataclass(frozen=True, kw_only=True)
class Trend:
    """A trend over the whole periods up to the one of the report, and what may be said of it in one sentence."""

    trend: PoissonTrend
    opvallend: bool
    zin: str


def trendoordeel(
    trend: PoissonTrend | None, claims: Jaarclaims, per_jaar: Sequence[Jaarintensiteit], periode: Periode
) -> Trend | None:
    """Return the trend with its sentence; None where there are fewer than three periods or no klachten."""
    if trend is None or trend.rr is None or trend.p is None:
        return None
    staat = TREND in claims and trend.geclaimd
    # The same quarter of every year, one after the other, is no row of quarters.
    over = f"{trend.jaren} hele jaren" if periode.soort == "jaar" else f"{trend.jaren} keer {periode.zonder_jaar}"
    if not staat:
        zin = f"Over {over} is per traject geen stijging of daling te zien die meer is dan toeval."
        return Trend(trend=trend, opvallend=False, zin=zin)
    meer = trend.rr > 1
    hoeveel = f"{procent(abs(1 - trend.rr))} {'meer' if meer else 'minder'}"
    zin = f"Over {over} kwamen er per traject elk jaar gemiddeld ongeveer {hoeveel} klachten"
    return Trend(trend=trend, opvallend=True, zin=f"{zin}{_laatste_stap(meer, per_jaar, periode)}.")


def _laatste_stap(meer: bool, per_jaar: Sequence[Jaarintensiteit], periode: Periode) -> str:
    """Return what must be said in the same breath when the last period went the other way."""
    bekend = [deel for deel in per_jaar if deel.per_100 is not None]
    if len(bekend) < 2:
        return ""
    voorlaatste, laatste = bekend[-2:]
    van, naar = voorlaatste.per_100 or 0.0, laatste.per_100 or 0.0
    if van == naar or (naar > van) == meer:
        return ""
    anders = "minder" if meer else "meer"
    return (
        f", al waren het er in {periode.in_jaar(laatste.jaar).naam} {anders} dan in "
        f"{periode.in_jaar(voorlaatste.jaar).naam}: van {komma(van)} naar {komma(naar)} per 100 trajecten"
    )


def dispersie(maanden: Sequence[tuple[int, float]]) -> float:
    """Return how much more the months vary than chance: of each month its klachten and its exposure."""
    if not maanden:
        return 1.0
    return statistiek.dispersie_van_reeks([n for n, _ in maanden], [t for _, t in maanden])


def als_cijfers(trend: Trend | None) -> dict[str, Any] | None:
    """Return the trend as plain data with its verdict, as it is frozen."""
    return None if trend is None else {**vars(trend.trend), "opvallend": trend.opvallend, "zin": trend.zin}
