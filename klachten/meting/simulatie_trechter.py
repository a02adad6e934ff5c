"""How often a funnel calls a stable organisation outside, and how often it finds one that really differs.

Organisations differ by chance alone, by factors (log-normal, of the odds for a share) or as the model of the estimate
has it (gamma, beta). The one that is judged is drawn as the others are, or with a multiple of their odds or rate.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit

from klachten.analyse.statistiek import trechter, trechteroordelen
from klachten.analyse.statistiek.trechter import NIVEAUS
from klachten.meting.simulaties import Uitslag

ANDEREN = (9, 19, 49, 199)
PER_KEER = 20
"""So many are drawn to be judged against the same others."""
NOEMERS = {"5 tot 40": (5, 40), "5 tot 5.000": (5, 5000)}


@dataclass(frozen=True)
class Wereld:
    """Organisations that belong together: the kind, the value of most, how they differ and how much."""

    soort: str
    waarde: float
    verschil: str = "geen"
    maat: float = 0.0

    @property
    def naam(self) -> str:
        """What a row calls it."""
        hoe = {"geen": "alleen toeval", "factor": f"factoren, sd {self.maat}", "vorm": f"als het model, {self.maat}"}
        return hoe[self.verschil].replace(".", ",")

    @property
    def wat(self) -> str:
        """What is counted, as a row says it."""
        if self.soort == "deel":
            return f"{self.waarde:.0%} van de klachten".replace("%", " %")
        return f"{100 * self.waarde:.0f} per 100 trajecten"

    def waarden(self, rng: np.random.Generator, hoeveel: int) -> np.ndarray:
        """Draw what is true of each."""
        w, s = self.waarde, self.maat
        if self.verschil == "geen":
            return np.full(hoeveel, w)
        if self.soort == "deel":
            if self.verschil == "factor":
                return expit(logit(w) + s * rng.standard_normal(hoeveel))
            return rng.beta(w * (1 - s) / s, (1 - w) * (1 - s) / s, hoeveel)
        if self.verschil == "factor":
            return w * np.exp(s * rng.standard_normal(hoeveel) - s**2 / 2)
        return rng.gamma(1 / s, w * s, hoeveel)

    def tel(self, rng: np.random.Generator, waarden: np.ndarray, noemers: np.ndarray) -> np.ndarray:
        """Draw the counts."""
        if self.soort == "deel":
            return rng.binomial(noemers.astype(int), waarden)
        return rng.poisson(noemers * waarden)

    def maal(self, waarden: np.ndarray, factor: float) -> np.ndarray:
        """Return values with so many times the odds, or the rate."""
        return expit(logit(waarden) + np.log(factor)) if self.soort == "deel" else waarden * factor


def _wereld(soort: str, waarde: float) -> tuple[Wereld, ...]:
    vorm = 0.05 if soort == "deel" else 0.3
    verschillen = (("geen", 0.0), ("factor", 0.3), ("factor", 0.8), ("vorm", vorm))
    return tuple(Wereld(soort, waarde, verschil, maat) for verschil, maat in verschillen)


WERELDEN = (
    *_wereld("deel", 0.02), *_wereld("deel", 0.3), *_wereld("deel", 0.9),
    *_wereld("aantal", 0.01), *_wereld("aantal", 0.1),
)  # fmt: skip


def noemers(rng: np.random.Generator, tussen: tuple[int, int], hoeveel: int) -> np.ndarray:
    """Draw denominators, as many of 5 to 50 as of 50 to 500."""
    return np.round(np.exp(rng.uniform(*np.log(tussen), hoeveel)))


def buiten(
    wereld: Wereld, tussen: tuple[int, int], anderen: int, reeksen: int, zaad: int, *, factor: float = 1.0,
    uitschieters: int = 0, noemer: int = 0,
) -> list[float]:  # fmt: skip
    """Return the share that lies outside the limits of each of NIVEAUS; `uitschieters` of the others are real ones.

    `noemer`: of the ones that are judged, else drawn as those of the others.
    """
    rng = np.random.default_rng([zaad, anderen, round(1000 * wereld.waarde), round(100 * wereld.maat), tussen[1]])
    geteld = np.zeros(len(NIVEAUS))
    for _ in range(reeksen):
        n = noemers(rng, tussen, anderen)
        echt = wereld.waarden(rng, anderen)
        echt[:uitschieters] = wereld.maal(echt[:uitschieters], 4.0)
        funnel = trechter(wereld.tel(rng, echt, n), n, wereld.soort)
        eigen_n = np.full(PER_KEER, float(noemer)) if noemer else noemers(rng, tussen, PER_KEER)
        eigen = wereld.tel(rng, wereld.maal(wereld.waarden(rng, PER_KEER), factor), eigen_n)
        p = np.array([funnel.p(x, m) for x, m in zip(eigen, eigen_n, strict=True)], dtype=float)
        geteld += [(p <= 1 - niveau).sum() for niveau in NIVEAUS]
    return list(geteld / (reeksen * PER_KEER))


def simuleer_trechter(reeksen: int, zaad: int) -> Iterator[Uitslag]:
    """Yield the tables of docs/simulaties.md."""
    koppen = ("wat", "verschil tussen organisaties", "noemers", *(f"{m} anderen" for m in ANDEREN))
    yield Uitslag(
        "Stabiele organisaties: hoe vaak buiten de 95 %-grens (en de 99,8 %-grens)",
        koppen,
        tuple(
            (wereld.wat, wereld.naam, naam, *(_paar(buiten(wereld, tussen, m, reeksen, zaad)) for m in ANDEREN))
            for wereld in WERELDEN
            for naam, tussen in NOEMERS.items()
        ),
    )
    yield Uitslag(
        "Een die echt verschilt: hoe vaak buiten de 95 %-grens (en de 99,8 %-grens); anderen van 5 tot 5.000",
        ("wat", "verschil tussen organisaties", "maal", "noemer", "9 anderen", "199 anderen", "10 van hen ook"),
        tuple(
            (wereld.wat, wereld.naam, maal, noemer, *(
                _paar(buiten(wereld, (5, 5000), m, reeksen, zaad, factor=maal, noemer=noemer, uitschieters=ook))
                for m, ook in ((9, 0), (199, 0), (199, 10))
            ))
            for wereld in WERELDEN
            if wereld.waarde in (0.9, 0.1) and wereld.maat in (0.0, 0.3) and wereld.verschil != "vorm"
            for maal in (2, 4)
            for noemer in (50, 200, 1000)
        ),
    )  # fmt: skip
    yield _beelden(max(2, reeksen // 5), zaad)


def _beelden(beelden: int, zaad: int) -> Uitslag:
    """Return how many of 200 lie outside in one picture, each against the other 199, and how often one stands out."""
    rijen = []
    for wereld in (w for w in WERELDEN if (w.waarde, w.verschil) in {(0.9, "geen"), (0.9, "factor"), (0.1, "factor")}):
        rng, geteld, opvallend = np.random.default_rng([zaad, 200]), [], 0
        for _ in range(beelden):
            n = noemers(rng, (5, 5000), 200)
            alle = trechteroordelen(wereld.tel(rng, wereld.waarden(rng, 200), n), n, wereld.soort)
            geteld.append(sum(een.buiten() for een in alle))
            opvallend += any(een.opvallend for een in alle)
        gemiddeld = f"{np.mean(geteld):.1f}".replace(".", ",")
        rijen.append((wereld.wat, wereld.naam, beelden, gemiddeld, max(geteld), _procent(opvallend / beelden)))
    return Uitslag(
        "200 stabiele organisaties in één beeld, noemers 5 tot 5.000",
        (
            "wat",
            "verschil tussen organisaties",
            "beelden",
            "gemiddeld buiten de 95 %-grens",
            "meeste",
            "beelden waarin er een opvalt (Holm)",
        ),
        tuple(rijen),
    )


def _paar(delen: list[float]) -> str:
    return f"{_procent(delen[0])} ({_procent(delen[1], 2)})"


def _procent(deel: float, decimalen: int = 1) -> str:
    return f"{100 * deel:.{decimalen}f} %".replace(".", ",")
