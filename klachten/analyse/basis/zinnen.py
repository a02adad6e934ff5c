"""Words for figures: one finding, and numbers as a Dutch reader writes them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from klachten.analyse.basis.geteld import Geteld
from klachten.taal import getal, opsomming

T = TypeVar("T")
GEEN_GEGEVENS = "geen gegevens"
STREEP = "–"
"""What stands where nobody counted: that is no 0."""


def of_streep(waarde: int | None) -> str:
    """Return a whole number, or a dash where nobody counted."""
    return STREEP if waarde is None else getal(waarde)


def procent(aandeel: float | None) -> str:
    """Return a share as a percentage: never 0% while there are some, never 100% while some are missing."""
    if aandeel is None:
        return GEEN_GEGEVENS
    afgerond = round(aandeel * 100)
    if afgerond == 100 and aandeel < 1:
        return "ruim 99%"
    if afgerond == 0 and aandeel > 0:
        return "minder dan 1%"
    return f"{afgerond}%"


# Below this a percentage says more than the klachten do; the counts are given instead.
KLEIN = 10
ZONDER_PROCENT = f"Bij minder dan {KLEIN} staat er geen percentage: dat zou meer zekerheid suggereren dan er is."


def aandeel(x: float, n: float) -> float | None:
    """Return x / n for a cell of percentages; None under KLEIN, where the counts beside it are what there is to say."""
    return x / n if n >= KLEIN else None


@dataclass(frozen=True, kw_only=True)
class Bevinding:
    """One sentence, the figure it follows from, the numbers in it, and whether it asks for attention.

    `achter`: what each of its counts is of, so that a page can lead to those klachten.
    """

    zin: str
    kengetal: str
    getallen: dict[str, Any]
    opvallend: bool = False
    achter: tuple[Geteld, ...] = ()


def klachten(aantal: int) -> str:
    """Return '1 klacht', '12.345 klachten'."""
    return "1 klacht" if aantal == 1 else f"{getal(aantal)} klachten"


def dagen(aantal: int) -> str:
    """Return '1 dag', '1.234 dagen'."""
    return "1 dag" if aantal == 1 else f"{getal(aantal)} dagen"


def komma(waarde: float | None, decimalen: int = 1) -> str:
    """Return a number as a Dutch reader writes it: 2,3; 'geen gegevens' for None, 'niet bereikt' for infinity."""
    if waarde is None or math.isnan(waarde):
        return GEEN_GEGEVENS
    if math.isinf(waarde):
        return "niet bereikt"
    heel, _, rest = f"{waarde:,.{decimalen}f}".partition(".")
    heel = heel.replace(",", ".")
    return f"{heel},{rest}" if decimalen else heel


ENKELVOUD = {"klachten": "klacht", "maatregelen": "maatregel"}


def deel(x: int, n: int, wat: str = "") -> str:
    """Return '5 van de 12', and from KLEIN on the percentage with it: '40% (20 van de 50)'; all and none in words."""
    geteld = telling(x, n, ENKELVOUD.get(wat, ""), wat)
    return geteld if n < KLEIN or x in (0, n) else f"{procent(x / n)} ({geteld})"


def telling(x: int, n: int, enkelvoud: str = "", meervoud: str = "") -> str:
    """Return x out of n as it is said: 'de enige klacht', 'geen van beide', 'beide klachten', '2 van de 5 klachten'."""
    een, meer = (f" {woord}" if woord else "" for woord in (enkelvoud, meervoud))
    if n == 1:
        return f"de enige{een}" if x else f"geen enkele{een}"
    if x == n:
        return f"beide{meer}" if n == 2 else f"alle {getal(n)}{meer}"
    if x == 0:
        return f"geen van beide{meer}" if n == 2 else f"geen van de {getal(n)}{meer}"
    return f"{getal(x)} van de {getal(n)}{meer}"


MEESTE_KOPLOPERS = 3
"""So many that share the largest value are named; of more it is said how many there are."""


def koplopers(alle: Iterable[T], maat: Callable[[T], float]) -> list[T]:
    """Return all that share the largest value, in their own order; empty of nothing. Every 'het meest' asks here."""
    rij = list(alle)
    hoogste = max(map(maat, rij), default=0.0)
    return [een for een in rij if maat(een) == hoogste]


def gedeeld(namen: Sequence[object]) -> str:
    """Name all that share a place: 'a', 'a en b', of more than MEESTE_KOPLOPERS 'a, b en nog 3'."""
    if len(namen) <= MEESTE_KOPLOPERS:
        return opsomming(namen)
    getoond = namen[: MEESTE_KOPLOPERS - 1]
    return f"{', '.join(map(str, getoond))} en nog {getal(len(namen) - len(getoond))}"


def elk(namen: Sequence[object]) -> str:
    """Return ' (elk)' behind a place that is shared, so that its number is nobody's sum."""
    return " (elk)" if len(namen) > 1 else ""


def keer(aantal: int) -> str:
    """Return '1 keer', '12.345 keer'."""
    return f"{getal(aantal)} keer"


def werkwoord(aantal: int, enkelvoud: str, meervoud: str) -> str:
    """Return the verb that goes with a number: is or zijn."""
    return enkelvoud if aantal == 1 else meervoud


def werkwoord_bij(x: int, enkelvoud: str, meervoud: str) -> str:
    """Return the verb after `telling` or `deel`: geen van beide is, 1 van de 3 is, beide zijn."""
    return enkelvoud if x <= 1 else meervoud
