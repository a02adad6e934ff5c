"""Several comparisons at once: Holm, and the one family of claims that a year's report makes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from . import invoer
from .verhoudingen import fisher_exact


@dataclass(frozen=True)
class Holm:
    """Adjusted p-values in the order given (None stays None) and which comparisons stand."""

    aangepast: tuple[float | None, ...]
    verworpen: tuple[bool, ...]
    alpha: float


@dataclass(frozen=True)
class Jaarclaims:
    """Which claims of a year's report may be made: `mag`, in the order given; and the adjusted p of each.

    `claim in jaarclaims` asks for one of them; a claim that was no candidate may not be made. `p`: each by itself.
    """

    aangepast: dict[str, float | None]
    mag: tuple[str, ...]
    niveau: float
    p: Mapping[str, float | None] = field(default_factory=dict)

    def __contains__(self, claim: object) -> bool:
        return claim in self.mag

    def drempel(self, claim: str) -> float:
        """Return the largest p with which a claim could be made beside the others, whatever its own p.

        Holm walks through the others in order: of m comparisons of which he rejects s others, this one must stay within
        niveau / (m - s).
        """
        anderen = sorted(p for naam, p in self.p.items() if naam != claim and p is not None)
        over = len(anderen) + 1
        for p in anderen:
            if p * over > self.niveau:
                break
            over -= 1
        return self.niveau / over


def holm(p_waarden: Iterable[float | None], alpha: float = 0.05) -> Holm:
    """Return Holm's adjusted p-values in the order given; None (nothing to test) counts in no total.

    Adjusted: the running maximum of (m - i) * p over the sorted p, at most 1. Raises ValueError for p outside 0-1.
    Source: Holm (1979).
    """
    lijst = list(p_waarden)
    getoetst = [(invoer.getal(p, "Een p-waarde"), plaats) for plaats, p in enumerate(lijst) if p is not None]
    if any(not 0 <= p <= 1 for p, _ in getoetst):
        raise ValueError("Een p-waarde moet tussen 0 en 1 liggen.")
    aangepast: list[float | None] = [None] * len(lijst)
    hoogste = 0.0
    for nummer, (p, plaats) in enumerate(sorted(getoetst)):
        hoogste = max(hoogste, min(1.0, (len(getoetst) - nummer) * p))
        aangepast[plaats] = hoogste
    verworpen = tuple(p is not None and p <= alpha for p in aangepast)
    return Holm(tuple(aangepast), verworpen, alpha)


def elk_tegen_de_rest(gelukt: Sequence[int], totaal: Sequence[int]) -> list[float | None]:
    """Return for each member of a group the p of it against all the others together: what holm() is to judge.

    `gelukt` of `totaal` per member, in the order given: Fisher's exact two-sided p against the sum of the others; None
    where there is nothing to compare. Raises ValueError for counts that cannot be. Source: Fisher (1935).
    """
    invoer.zelfde_lengte(len(gelukt), len(totaal), "aantallen", "totalen")
    x_alle, n_alle = sum(gelukt), sum(totaal)
    return [fisher_exact(x, n, x_alle - x, n_alle - n) for x, n in zip(gelukt, totaal, strict=True)]


def jaarclaims(kandidaten: Mapping[str, float | None], niveau: float = 0.05) -> Jaarclaims:
    """Return which claims of one year's report may be made, as one family: Holm's adjusted p is at most `niveau`.

    `kandidaten`: the p of every comparison that the report would make a claim of when it stood out, by name (year on
    year, each category, the trend, the picture), those that do not stand out included; None for what could not be
    tested. Raises ValueError for p or `niveau` outside 0-1. Source: Holm (1979).
    """
    alfa = invoer.getal(niveau, "Het niveau van de claims")
    if not 0 < alfa < 1:
        raise ValueError(f"Het niveau van de claims moet tussen 0 en 1 liggen, niet {niveau}.")
    uitkomst = holm(kandidaten.values(), alfa)
    mag = tuple(naam for naam, staat in zip(kandidaten, uitkomst.verworpen, strict=True) if staat)
    return Jaarclaims(dict(zip(kandidaten, uitkomst.aangepast, strict=True)), mag, alfa, dict(kandidaten))
