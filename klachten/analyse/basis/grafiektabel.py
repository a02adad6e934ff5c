"""What a chart says, as a table: the very rows that it draws, by the names and in the form in which it says them."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from klachten.analyse.basis.zinnen import getal, komma

GEEN = "–"


def tabel(spec: dict[str, Any]) -> pd.DataFrame:
    """Return the rows of a chart, as the browser gets it, with what it tells of each to whoever points at it.

    A mark of which it tells nothing is left out: an empty cell of a grid.
    """
    rijen: list[dict[str, str]] = []
    kolommen: dict[str, None] = {}
    gelezen: set[tuple[str, ...]] = set()
    for laag in spec["layer"]:
        bron = (laag.get("data") or spec.get("data") or {}).get("name", "")
        tips = laag["encoding"].get("tooltip")
        if not tips or (wat := (bron, *(tip["field"] for tip in tips))) in gelezen:
            continue
        gelezen.add(wat)
        kolommen |= dict.fromkeys(tip["title"] for tip in tips)
        rijen += [
            {tip["title"]: in_woorden(rij.get(tip["field"]), tip.get("format", "")) for tip in tips}
            for rij in spec["datasets"][bron]
            if rij.get(tips[-1]["field"]) != ""
        ]
    return pd.DataFrame(rijen, columns=list(kolommen)).drop_duplicates(ignore_index=True)


def in_woorden(waarde: Any, vorm: str = "") -> str:
    """Return a value of a chart as a Dutch reader writes it; `vorm` is how Vega was told to write a number."""
    if waarde is None or (isinstance(waarde, float) and math.isnan(waarde)):
        return GEEN
    if isinstance(waarde, bool) or not isinstance(waarde, int | float):
        return " ".join(str(waarde).replace("|", " ").split()) or GEEN
    _, punt, rest = vorm.partition(".")
    decimalen = int(rest[0]) if punt else 0
    if vorm.endswith("%"):
        return f"{komma(100 * waarde, decimalen)}%"
    return komma(float(waarde), decimalen) if punt else getal(round(waarde))
