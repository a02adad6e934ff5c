"""Control charts: what varies by chance, and which point or run does not.

Every chart returns a Regelkaart. Limits are 3 sigma unless exact Poisson limits are asked for; a lower limit under 0 is
drawn at 0 where the values cannot be negative. Which chart fits the numbers is for kies_kaart() in kaartkeuze.py.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from . import invoer, verdelingen

# Mean moving range of two normal values in units of sigma, and the factor of the moving range's own upper limit.
D2, D4 = 1.128, 3.267
T_MACHT = 3.6
STAART_DRIE_SIGMA = 0.00135


@dataclass(frozen=True, eq=False)
class Regelkaart:
    """A control chart.

    `punten`: one row per value in the order given, with nummer (from 1), waarde, midden, onder, boven and buiten
    (outside the limits). `sigma_z` only on a Laney chart; `mr_gemiddelde` and `mr_boven` (moving range) only on XmR and
    t charts (there on the transformed scale). `uitleg` says in Dutch what the chart shows.
    """

    soort: str
    punten: pd.DataFrame
    midden: float
    uitleg: str
    sigma_z: float | None = None
    mr_gemiddelde: float | None = None
    mr_boven: float | None = None


@dataclass(frozen=True)
class PoissonGrenzen:
    """Counts still to be expected at a mean: from `onder` to `boven`; and what 3 sigma would have done."""

    gemiddelde: float
    onder: int
    boven: int
    drie_sigma_boven: float
    vals_alarm_drie_sigma: float


@dataclass(frozen=True)
class Runs:
    """Runs analysis: `signaal` when the longest run is too long or the crossings of the middle are too few.

    `genoeg` is False with fewer than 10 useful points: then there is never a signal.
    """

    midden: float
    n_bruikbaar: int
    langste: int
    langste_max: int
    kruisingen: int
    kruisingen_min: int
    genoeg: bool
    signaal: bool


def _kaart(
    soort: str,
    waarde: np.ndarray,
    midden: float,
    onder: np.ndarray | float,
    boven: np.ndarray | float,
    uitleg: str,
    **extra: float,
) -> Regelkaart:
    punten = pd.DataFrame(
        {"nummer": np.arange(1, len(waarde) + 1), "waarde": waarde, "midden": midden, "onder": onder, "boven": boven}
    )
    punten["buiten"] = (punten["waarde"] < punten["onder"]) | (punten["waarde"] > punten["boven"])
    return Regelkaart(soort, punten, float(midden), uitleg, **extra)


def poisson_grenzen(gemiddelde: float, staart: float = STAART_DRIE_SIGMA) -> PoissonGrenzen:
    """Return the exact limits of a Poisson count: outside them lies at most `staart` on each side.

    `boven`: the smallest k with P(X > k) <= staart; `onder`: the smallest k with P(X <= k) >= staart.
    `vals_alarm_drie_sigma`: P(X > mean + 3 sqrt(mean)). Raises ValueError for a negative mean or NaN.
    Source: exact Poisson tails; 0.00135 is the one-sided tail of 3 sigma (Montgomery 2012).
    """
    mu = invoer.blootstelling(gemiddelde, "Het gemiddelde")
    drie_sigma = mu + 3 * math.sqrt(mu)
    return PoissonGrenzen(
        gemiddelde=mu,
        onder=verdelingen.poisson_ppf(staart, mu),
        boven=verdelingen.poisson_isf(staart, mu),
        drie_sigma_boven=drie_sigma,
        vals_alarm_drie_sigma=verdelingen.poisson_sf(math.floor(drie_sigma), mu),
    )


def c_kaart(aantallen: Iterable[int], exact: bool = False) -> Regelkaart:
    """Return a chart of counts per period of equal exposure, with 3-sigma or exact Poisson limits.

    Middle: the mean c; limits c +/- 3 sqrt(c). Raises ValueError for an empty series or a number that is no count.
    Source: Montgomery (2012).
    """
    x = np.array(invoer.aantallen(aantallen, "Een aantal"), dtype=float)
    midden = x.mean()
    if exact:
        grenzen = poisson_grenzen(midden)
        return _kaart("c", x, midden, grenzen.onder, grenzen.boven, "Aantal per periode, exacte Poissongrenzen.")
    sigma = math.sqrt(midden)
    uitleg = "Aantal per periode, grenzen op drie sigma."
    return _kaart("c", x, midden, max(0.0, midden - 3 * sigma), midden + 3 * sigma, uitleg)


def u_kaart(aantallen: Iterable[int], blootstelling: Iterable[float], exact: bool = False) -> Regelkaart:
    """Return a chart of rates (count / exposure) with limits that follow the exposure of each period.

    Middle: u = sum of counts / sum of exposure; limits u +/- 3 sqrt(u / n_i), or the exact Poisson limits of u * n_i
    divided by n_i. Raises ValueError for an exposure of 0 or less. Source: Montgomery (2012).
    """
    x = np.array(invoer.aantallen(aantallen, "Een aantal"), dtype=float)
    n = np.array(invoer.blootstellingen(blootstelling, len(x)))
    midden = x.sum() / n.sum()
    if exact:
        grenzen = [poisson_grenzen(midden * deel) for deel in n]
        onder, boven = np.array([g.onder for g in grenzen]) / n, np.array([g.boven for g in grenzen]) / n
        return _kaart("u", x / n, midden, onder, boven, "Aantal per blootstelling, exacte Poissongrenzen.")
    sigma = np.sqrt(midden / n)
    onder = np.maximum(0.0, midden - 3 * sigma)
    return _kaart("u", x / n, midden, onder, midden + 3 * sigma, "Aantal per blootstelling, grenzen op drie sigma.")


def laney_u_kaart(aantallen: Iterable[int], blootstelling: Iterable[float]) -> Regelkaart:
    """Return a u' chart: u limits widened (or narrowed) by the variation between periods that is really there.

    sigma_z = mean moving range of z / 1.128, with z_i = (u_i - u) / sqrt(u / n_i); limits u +/- 3 sqrt(u / n_i)
    sigma_z. Raises ValueError for fewer than two periods. Source: Laney (2002).
    """
    x = np.array(invoer.aantallen(aantallen, "Een aantal"), dtype=float)
    n = np.array(invoer.blootstellingen(blootstelling, len(x)))
    if len(x) < 2:
        raise ValueError("Een Laney-kaart vraagt ten minste twee perioden.")
    midden = x.sum() / n.sum()
    sigma = np.sqrt(midden / n)
    z = np.divide(x / n - midden, sigma, out=np.zeros(len(x)), where=sigma > 0)
    sigma_z = float(np.abs(np.diff(z)).mean() / D2)
    marge = 3 * sigma * sigma_z
    uitleg = "Aantal per blootstelling; de grenzen houden rekening met de variatie tussen perioden (Laney)."
    return _kaart("u'", x / n, midden, np.maximum(0.0, midden - marge), midden + marge, uitleg, sigma_z=sigma_z)


def xmr_kaart(waarden: Iterable[float]) -> Regelkaart:
    """Return a chart of single values with limits from the moving range: mean +/- 3 MRbar / 1.128.

    The lower limit may be negative. mr_boven = 3.267 MRbar. Raises ValueError for fewer than two values or NaN.
    Source: Wheeler & Chambers (1992).
    """
    x = np.array(invoer.getallen(waarden, "Een waarde"))
    if len(x) < 2:
        raise ValueError("Een XmR-kaart vraagt ten minste twee waarden.")
    midden, mr = x.mean(), float(np.abs(np.diff(x)).mean())
    marge = 3 * mr / D2
    uitleg = "Losse waarden, grenzen uit het verschil tussen opeenvolgende waarden."
    return _kaart("XmR", x, midden, midden - marge, midden + marge, uitleg, mr_gemiddelde=mr, mr_boven=D4 * mr)


def t_kaart(dagen_tussen: Iterable[float]) -> Regelkaart:
    """Return a chart of the days between klachten: a point above the upper limit is good news (a long time without).

    y = t ** (1 / 3.6) is nearly normal for exponential times; XmR limits on y are taken back by y ** 3.6, a negative
    one to 0. Pairs on the same day count as 0 days and lower the middle; `uitleg` says how many there are.
    Raises ValueError for fewer than two intervals or negative ones. Source: Nelson (1994); Montgomery (2012).
    """
    t = np.array([invoer.blootstelling(d, "Een aantal dagen") for d in dagen_tussen])
    if len(t) < 2:
        raise ValueError("Een t-kaart vraagt ten minste twee tussentijden (drie klachten).")
    xmr = xmr_kaart(t ** (1 / T_MACHT))
    onder, boven = (max(0.0, float(xmr.punten[grens].iloc[0])) ** T_MACHT for grens in ("onder", "boven"))
    zelfde_dag = int((t == 0).sum())
    uitleg = "Dagen tussen opeenvolgende klachten; hoger is beter."
    if zelfde_dag:
        werkwoord = "is" if zelfde_dag == 1 else "zijn"
        uitleg += f" Van de {len(t)} tussentijden {werkwoord} er {zelfde_dag} 0 dagen (zelfde dag):"
        uitleg += " lees de grenzen met voorbehoud."
    return _kaart(
        "t",
        t,
        xmr.midden**T_MACHT,
        onder,
        boven,
        uitleg,
        mr_gemiddelde=xmr.mr_gemiddelde,
        mr_boven=xmr.mr_boven,
    )


def g_kaart(tussen: Iterable[int]) -> Regelkaart:
    """Return a chart of the number of trajecten between klachten: a point above the upper limit is good news.

    Middle: the mean g; limits g +/- 3 sqrt(g (g + 1)), the lower one at 0. Judge runs against the median
    (runs(tussen)): the values are skewed. Raises ValueError for an empty series or a number that is no count.
    Source: Benneyan (2001).
    """
    g = np.array(invoer.aantallen(tussen, "Een aantal trajecten tussen klachten"), dtype=float)
    midden = g.mean()
    marge = 3 * math.sqrt(midden * (midden + 1))
    uitleg = "Trajecten tussen opeenvolgende klachten; hoger is beter."
    return _kaart("g", g, midden, max(0.0, midden - marge), midden + marge, uitleg)


def runs(waarden: Sequence[float], midden: float | None = None) -> Runs:
    """Return the longest run on one side of the middle and the number of crossings, with the limits of chance.

    `midden`: the median when not given; points on it are left out. Signal: longest > round(log2 n) + 3, or
    crossings < the 5 % quantile of Binomial(n - 1, 1/2); only for n >= 10. Source: Anhoej & Olesen (2014).
    """
    x = np.array(invoer.getallen(waarden, "Een waarde"))
    lijn = float(np.median(x)) if midden is None else invoer.getal(midden, "Het midden")
    boven = x[x != lijn] > lijn
    n = len(boven)
    if n == 0:
        return Runs(lijn, 0, 0, 0, 0, 0, False, False)
    wissels = np.flatnonzero(boven[1:] != boven[:-1]) + 1
    langste = int(np.diff(np.concatenate([[0], wissels, [n]])).max())
    langste_max = round(math.log2(n)) + 3
    kruisingen_min = verdelingen.binomiaal_ppf(0.05, n - 1, 0.5) if n > 1 else 0
    genoeg = n >= 10
    signaal = genoeg and (langste > langste_max or len(wissels) < kruisingen_min)
    return Runs(lijn, n, langste, langste_max, len(wissels), kruisingen_min, genoeg, signaal)
