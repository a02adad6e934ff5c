"""What may come in: the checks that all statistics share, with the refusal as a Dutch sentence."""

from __future__ import annotations

import math
from collections.abc import Iterable
from numbers import Integral, Real

import pandas as pd

from . import verdelingen


def aantal(waarde: object, naam: str) -> int:
    """Return a count as int, or raise ValueError when it is no whole number of at least 0."""
    if isinstance(waarde, Real) and not isinstance(waarde, bool) and math.isfinite(waarde):
        if waarde < 0:
            raise ValueError(f"{naam} kan niet negatief zijn: {waarde}.")
        if isinstance(waarde, Integral) or float(waarde).is_integer():
            return int(waarde)
    raise ValueError(f"{naam} moet een geheel getal zijn, niet {waarde!r}.")


def aantallen(waarden: Iterable[object], naam: str) -> list[int]:
    """Return counts as a list of int, or raise ValueError when there is none or one of them is no count."""
    lijst = [aantal(waarde, naam) for waarde in waarden]
    if not lijst:
        raise ValueError(f"{naam}: er is geen enkele waarde.")
    return lijst


def getal(waarde: object, naam: str) -> float:
    """Return a finite number as float, or raise ValueError."""
    if isinstance(waarde, Real) and not isinstance(waarde, bool) and math.isfinite(waarde):
        return float(waarde)
    raise ValueError(f"{naam} moet een getal zijn, niet {waarde!r}.")


def getallen(waarden: Iterable[object], naam: str) -> list[float]:
    """Return finite numbers as a list of float, or raise ValueError when there is none or one is no number."""
    lijst = [getal(waarde, naam) for waarde in waarden]
    if not lijst:
        raise ValueError(f"{naam}: er is geen enkele waarde.")
    return lijst


def uitkomsten(waarden: Iterable[object]) -> list[bool]:
    """Return yes/no outcomes as a list of bool, or raise ValueError when one of them is missing or something else."""
    lijst = list(waarden)
    for waarde in lijst:
        if waarde is None or pd.isna(waarde) or waarde not in (0, 1):
            raise ValueError(f"Een uitkomst moet ja of nee zijn (True of False), niet {waarde!r}.")
    return [bool(waarde) for waarde in lijst]


def blootstelling(waarde: object, naam: str = "De blootstelling") -> float:
    """Return an exposure (trajecten, days) as float of at least 0, or raise ValueError."""
    uitkomst = getal(waarde, naam)
    if uitkomst < 0:
        raise ValueError(f"{naam} kan niet negatief zijn: {waarde}.")
    return uitkomst


def blootstellingen(waarden: Iterable[object], aantal_perioden: int) -> list[float]:
    """Return one exposure above 0 per period, or raise ValueError."""
    lijst = [blootstelling(waarde) for waarde in waarden]
    zelfde_lengte(aantal_perioden, len(lijst), "perioden", "blootstellingen")
    if 0 in lijst:
        raise ValueError("Een periode zonder blootstelling kan niet in een regelkaart of trend staan.")
    return lijst


def zelfde_lengte(een: int, ander: int, naam_een: str, naam_ander: str) -> None:
    """Raise ValueError when two series that belong together differ in length."""
    if een != ander:
        raise ValueError(f"Er zijn {een} {naam_een} en {ander} {naam_ander}: dat moeten er evenveel zijn.")


def deel_van(x: object, n: object) -> tuple[int, int]:
    """Return (x, n) as int with 0 <= x <= n, or raise ValueError."""
    x, n = aantal(x, "Het aantal"), aantal(n, "Het totaal")
    if x > n:
        raise ValueError(f"Het aantal ({x}) kan niet groter zijn dan het totaal ({n}).")
    return x, n


def niveau(waarde: object) -> float:
    """Return a confidence level as float, or raise ValueError when it does not lie between 0 and 1."""
    uitkomst = getal(waarde, "Het betrouwbaarheidsniveau")
    if not 0 < uitkomst < 1:
        raise ValueError(f"Het betrouwbaarheidsniveau moet tussen 0 en 1 liggen, niet {waarde}.")
    return uitkomst


def z_waarde(betrouwbaarheid: object) -> float:
    """Return the two-sided normal quantile of a confidence level: 1.96 for 0.95."""
    return verdelingen.normaal_isf((1 - niveau(betrouwbaarheid)) / 2)
