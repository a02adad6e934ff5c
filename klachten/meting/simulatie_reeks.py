"""How often oordeel_over_reeks() claims something about a stable organisation, and how often it finds a real change.

Series are Poisson, or negative binomial with a variance of a multiple of the mean; 36 months.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from klachten.analyse.statistiek import oordeel_over_reeks, oordeel_over_splitsing
from klachten.analyse.statistiek.reeksoordeel import UITSCHIETER
from klachten.meting.simulaties import Uitslag

MAANDEN = 36
PER_MAAND = (0.5, 1.25, 2, 4, 8, 20)
PER_MAAND_VERDUBBELD = (1.25, 2, 4, 8)
SEIZOEN = 0.4
SPLITSINGEN = {"10 categorieën van 0,3 per maand": (10, 0.3), "3 vestigingen van 1 per maand": (3, 1.0)}


def trek(rng: np.random.Generator, gemiddeld: np.ndarray, variantie: float) -> np.ndarray:
    """Draw counts around expected ones (any shape) with a variance of `variantie` (1 or more) times the mean."""
    if variantie == 1:
        return rng.poisson(gemiddeld)
    return rng.poisson(rng.gamma(gemiddeld / (variantie - 1), variantie - 1))


def verloop(
    per_maand: float, *, seizoen: float = 0.0, maal: float = 1.0, begin: float = 0.0, maanden: int = MAANDEN
) -> np.ndarray:
    """Return the expected count per month: a yearly wave of +- `seizoen`, and `maal` as much from halfway on.

    `begin`: the angle (radians) of the wave in the first month.
    """
    maand = np.arange(maanden)
    golf = 1 + seizoen * np.sin(2 * np.pi * maand / 12 + begin)
    return per_maand * golf * np.where(maand < maanden // 2, 1.0, maal)


def aandeel(
    reeksen: int,
    zaad: int,
    per_maand: float,
    variantie: float,
    wat: Callable[[np.random.Generator], np.ndarray],
) -> tuple[float, float]:
    """Return the share of `reeksen` series that stand out, and the share that do so by an outlier.

    `wat` gives the expected counts of one series.
    """
    rng = np.random.default_rng([zaad, round(100 * per_maand), round(100 * variantie)])
    oordelen = [oordeel_over_reeks(trek(rng, wat(rng), variantie)) for _ in range(reeksen)]
    opvallend = sum(oordeel.opvallend for oordeel in oordelen)
    uitschieters = sum(oordeel.soort == UITSCHIETER for oordeel in oordelen)
    return opvallend / reeksen, uitschieters / reeksen


def vals_alarm(reeksen: int, zaad: int, per_maand: float, variantie: float, seizoen: float) -> float:
    """Return the share of stable series in which something stands out; the season starts anywhere in the year."""
    return aandeel(
        reeksen,
        zaad,
        per_maand,
        variantie,
        lambda rng: verloop(per_maand, seizoen=seizoen, begin=rng.uniform(0, 2 * np.pi)),
    )[0]


def gevonden(reeksen: int, zaad: int, per_maand: float, variantie: float, seizoen: float = 0.0) -> float:
    """Return the share of series that double halfway in which something stands out."""
    return aandeel(
        reeksen,
        zaad,
        per_maand,
        variantie,
        lambda rng: verloop(per_maand, seizoen=seizoen, maal=2, begin=rng.uniform(0, 2 * np.pi)),
    )[0]


def uitschieter_gevonden(reeksen: int, zaad: int, per_maand: float, variantie: float, sigma: float = 8) -> float:
    """Return the share of series in which one month, `sigma` standard deviations too high, is named as outlier."""
    rng = np.random.default_rng([zaad, round(100 * per_maand), round(100 * variantie)])
    goed = 0
    for _ in range(reeksen):
        reeks, maand = trek(rng, verloop(per_maand), variantie), int(rng.integers(MAANDEN))
        reeks[maand] += round(sigma * np.sqrt(per_maand * variantie))
        oordeel = oordeel_over_reeks(reeks)
        goed += oordeel.soort == UITSCHIETER and oordeel.waar == maand
    return goed / reeksen


def simuleer_reeks(reeksen: int, zaad: int) -> Iterator[Uitslag]:
    """Return false alarms and power per setting."""
    kop = ("variantie / gemiddelde", "seizoen", *(f"{_tekst(aantal)} per maand" for aantal in PER_MAAND))
    rijen = [
        (variantie, _seizoen(seizoen), *(_pct(vals_alarm(reeksen, zaad, x, variantie, seizoen)) for x in PER_MAAND))
        for variantie in (1, 2)
        for seizoen in (0.0, SEIZOEN)
    ]
    yield Uitslag("Stabiel, 36 maanden: hoe vaak er iets opvalt", kop, tuple(rijen))
    kop = ("variantie / gemiddelde", "seizoen", *(f"{_tekst(aantal)} per maand" for aantal in PER_MAAND_VERDUBBELD))
    rijen = [
        (
            variantie,
            _seizoen(seizoen),
            *(_pct(gevonden(reeksen, zaad, x, variantie, seizoen)) for x in PER_MAAND_VERDUBBELD),
        )
        for variantie in (1, 2)
        for seizoen in (0.0, SEIZOEN)
    ]
    yield Uitslag("Halverwege verdubbeld: hoe vaak dat opvalt", kop, tuple(rijen))
    rijen = [
        (variantie, "nee", *(_pct(uitschieter_gevonden(reeksen, zaad, x, variantie)) for x in PER_MAAND_VERDUBBELD))
        for variantie in (1, 2)
    ]
    yield Uitslag(
        "Een maand 8 standaardafwijkingen te hoog: hoe vaak die als uitschieter is aangewezen", kop, tuple(rijen)
    )


def minstens_een(reeksen: int, zaad: int, aantal: int, per_maand: float, variantie: float = 1) -> float:
    """Return the share of splits of stable series in which at least one of the `aantal` stands out."""
    rng = np.random.default_rng([zaad, aantal])
    raak = 0
    for _ in range(reeksen):
        los = trek(rng, np.full((aantal, MAANDEN), per_maand), variantie)
        oordelen = oordeel_over_splitsing({str(nummer): reeks.tolist() for nummer, reeks in enumerate(los)})
        raak += any(oordeel.opvallend for oordeel in oordelen.values())
    return raak / reeksen


def simuleer_splitsing(reeksen: int, zaad: int) -> Iterator[Uitslag]:
    """Return how often a stable organisation reads at least one claim in a split."""
    rijen = [
        (naam, *(_pct(minstens_een(reeksen, zaad, aantal, per_maand, v)) for v in (1, 2)))
        for naam, (aantal, per_maand) in SPLITSINGEN.items()
    ]
    kop = ("splitsing", "variantie 1", "variantie 2")
    yield Uitslag("Stabiel, uitgesplitst: hoe vaak er ten minste een opvalt", kop, tuple(rijen))


def _seizoen(hoogte: float) -> str:
    return f"± {100 * hoogte:.0f} %" if hoogte else "nee"


def _pct(deel: float) -> str:
    return f"{100 * deel:.1f} %".replace(".", ",")


def _tekst(aantal: float) -> str:
    return f"{aantal:g}".replace(".", ",")
