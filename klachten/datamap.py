"""Where the register lives: known to whoever opens it and to whoever only reads its snapshots."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
MAP = "KLACHTEN_DATA"
"""Names another folder than those of the project."""
MAPPEN = (
    "momentopname", "reservekopie", "anker", "post", "concepten", "postvak", "reglementen", "kijklog", "toegang",
    "dossiers", "journaal",
)  # fmt: skip
DATABASE = "klachten.duckdb"
LOCK = "klachten.lock"
VERSLEUTELING = "versleuteling.json"
"""Says that texts and documents are sealed; the key is elsewhere."""
POLS = "klachten.pols"
ZEGEL = "zegel.json"
VERLIES = "verlies.jsonl"
"""In the journal: the losses that a person accepted. What hung behind is in folders named after it."""
_ASIDE = re.compile(r"verlies-[0-9]{8}T[0-9]{6}(-[0-9]+)?")


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
    journaal = (pad for pad in _entries(map / "journaal") if pad.suffix == ".jsonl" and pad.name != VERLIES)
    return any(pad.stat().st_size for pad in journaal)


def went_on(map: Path) -> bool:
    """Tell whether somebody accepted that facts are gone, and went on without them in this folder."""
    return (map / "journaal" / VERLIES).exists()


def remains(map: Path) -> list[str]:
    """Return which parts of a register in a folder hold anything; opening a register that stays empty makes none."""
    gevonden = [naam for naam in MAPPEN if naam not in ("journaal", "toegang", "post") and any(_entries(map / naam))]
    if any(pad.stat().st_size for pad in _entries(map / "journaal")):
        gevonden.append("journaal")
    if (map / "toegang" / "toegang.sqlite").exists():
        gevonden.append("toegang")
    database = map / DATABASE
    gevonden += [pad.name for pad in _entries(map) if pad.name.startswith(f"{DATABASE}.") and "beschadigd" in pad.name]
    gevonden += [pad.name for pad in _entries(map) if pad.is_dir() and _ASIDE.fullmatch(pad.name)]
    gevonden += [DATABASE] if database.exists() and _holds_facts(database) else []
    gevonden += [f"{DATABASE}.wal"] if (map / f"{DATABASE}.wal").exists() and not database.exists() else []
    gevonden += [ZEGEL] if _counted(map / ZEGEL, "gezien") else []
    if (
        "momentopname" in gevonden
        and database.exists()
        and not any(_counted(pad, "aantal_feiten") for pad in _manifests(map))
    ):
        # The snapshot of a register that nobody wrote in.
        gevonden.remove("momentopname")
    return sorted(gevonden)


def _manifests(map: Path) -> list[Path]:
    """The manifests of the snapshots; a snapshot without one is one that is not there, which counts as something."""
    return [pad / "manifest.json" for pad in _entries(map / "momentopname") if pad.is_dir()]


def _counted(pad: Path, veld: str) -> bool:
    """Tell whether a file says that there were facts; one that is there and cannot be read counts as well."""
    try:
        return bool(json.loads(pad.read_text(encoding="utf-8"))[veld])
    except FileNotFoundError:
        return False
    except (OSError, ValueError, KeyError, TypeError):
        return True


def _holds_facts(database: Path) -> bool:
    """Tell whether a database has facts; one that cannot be read counts, but not one that somebody has open."""
    import duckdb  # 0.1 s, and asked only of a folder without a journal

    try:
        with duckdb.connect(str(database), read_only=True) as con:
            return con.execute("SELECT max(nr) FROM stand").fetchall() != [(0,)]
    except duckdb.Error as fout:
        return "lock" not in str(fout)


def of_register(map: Path) -> list[Path]:
    """Return everything in a folder that a register makes there, the journal last."""
    namen = (DATABASE, LOCK, POLS, ZEGEL, VERSLEUTELING)
    alle = [pad for pad in _entries(map) if pad.name in namen or pad.name.startswith(f"{DATABASE}.")]
    alle += [pad for pad in _entries(map) if _ASIDE.fullmatch(pad.name)]
    return [*sorted(alle), *(map / naam for naam in MAPPEN if (map / naam).is_dir())]


def _entries(map: Path) -> Iterator[Path]:
    return map.iterdir() if map.is_dir() else iter(())
