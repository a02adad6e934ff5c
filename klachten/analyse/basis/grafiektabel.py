"""What a chart says, as a table: the very rows that it draws, by the names and in the form that it says them in."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from klachten.analyse.basis.zinnen import getal, komma

GEEN = "–"


def tabel(spec: dict[str, Any]) -> pd.DataFrame:
    """Return the rows of a chart (as the browser gets it) with what it tells of each to whoever points at it."""
    uit: list[dict[str, str]] = []
    kolommen: dict[str, None] = {}
    gezien: set[str] = set()
    for laag in spec["layer"]:
        naam = (laag.get("data") or spec["data"])["name"]
        tips = laag["encoding"].get("tooltip")
        if not tips or naam in gezien:
            continue
        gezien.add(naam)
        kolommen |= dict.fromkeys(tip["title"] for tip in tips)
        uit += [{tip["title"]: woorden(rij.get(tip["field"]), tip.get("format", "")) for tip in tips}
                for rij in spec["datasets"][naam]]
    return pd.DataFrame(uit, columns=list(kolommen)).drop_duplicates()


def woorden(waarde: Any, vorm: str = "") -> str:
    """Return a value of a chart as a Dutch reader writes it; `vorm` is how Vega was told to write a number."""
    if waarde is None or (isinstance(waarde, float) and math.isnan(waarde)):
        return GEEN
    if isinstance(waarde, bool) or not isinstance(waarde, int | float):
        return " ".join(str(waarde).replace("|", " ").split()) or GEEN
    cijfers = int(vorm.split(".")[1][0]) if "." in vorm else 0
    if vorm.endswith("%"):
        return f"{komma(100 * waarde, cijfers)}%"
    return komma(float(waarde), cijfers) if cijfers else getal(int(round(waarde)))
