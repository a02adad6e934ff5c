"""Where the register lives: known to whoever opens it and to whoever only reads its snapshots."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
MAP = "KLACHTEN_DATA"
"""Names another folder than those of the project."""
MAPPEN = ("momentopname", "concepten", "reglementen", "kijklog", "toegang", "dossiers", "journaal")
DATABASE = "klachten.duckdb"
LOCK = "klachten.lock"
VERSLEUTELING = "versleuteling.json"
"""Says that texts and documents are sealed; the key is elsewhere."""


def data_map() -> Path:
    """Return the folder of the register: what KLACHTEN_DATA names, else data/ of the project.

    As long as nothing is in data/, the example in data/voorbeeld is the register.
    """
    if gekozen := named():
        return gekozen
    eigen, voorbeeld = own_map(), example_map()
    return voorbeeld if not holds_register(eigen) and holds_register(voorbeeld) else eigen


def named() -> Path | None:
    """Return the folder that KLACHTEN_DATA names, None when it names none."""
    gekozen = os.environ.get(MAP, "").strip()
    return Path(gekozen).expanduser() if gekozen else None


def own_map() -> Path:
    """Return the folder of the project for a register of one's own."""
    return PROJECT / "data"


def example_map() -> Path:
    """Return the folder of the project for the example: never that of a register of one's own."""
    return own_map() / "voorbeeld"


def holds_register(map: Path) -> bool:
    """Tell whether there is a register in a folder, or what is left of one: facts, dossiers or accounts."""
    return facts(map) or any(_entries(map / "dossiers")) or (map / "toegang" / "toegang.sqlite").exists()


def facts(map: Path) -> bool:
    """Tell whether there is a fact in the journal of a folder."""
    return any(pad.suffix == ".jsonl" and pad.stat().st_size for pad in _entries(map / "journaal"))


def remains(map: Path) -> list[str]:
    """Return which parts of a register in a folder hold anything; opening a register that stays empty makes none."""
    gevonden = [naam for naam in MAPPEN if naam not in ("journaal", "toegang") and any(_entries(map / naam))]
    if any(pad.stat().st_size for pad in _entries(map / "journaal")):
        gevonden.append("journaal")
    if (map / "toegang" / "toegang.sqlite").exists():
        gevonden.append("toegang")
    gevonden += [pad.name for pad in _entries(map) if pad.name.startswith(f"{DATABASE}.") and "beschadigd" in pad.name]
    if (map / DATABASE).exists() and "momentopname" in gevonden:
        # The snapshot of a register that nobody wrote in.
        gevonden.remove("momentopname")
    return sorted(gevonden)


def of_register(map: Path) -> list[Path]:
    """Return everything in a folder that a register makes there, the journal last."""
    alle = [
        pad
        for pad in _entries(map)
        if pad.name in (DATABASE, LOCK, VERSLEUTELING) or pad.name.startswith(f"{DATABASE}.")
    ]
    return [*sorted(alle), *(map / naam for naam in MAPPEN if (map / naam).is_dir())]


def _entries(map: Path) -> Iterator[Path]:
    return map.iterdir() if map.is_dir() else iter(())
