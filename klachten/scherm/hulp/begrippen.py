"""The words of the register, each explained once (begrippen.toml), and what every figure counts, as the code says."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from klachten.analyse.basis.kengetal import Kengetal
from klachten.analyse.basis.kengetallenlijst import KENGETALLEN

BESTAND = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Begrip:
    """One word, what it means, and on which pages one meets it."""

    id: str
    woord: str
    uitleg: str
    paginas: tuple[str, ...]


@cache
def alle() -> dict[str, Begrip]:
    """Return every word, by its id, in the order of the alphabet."""
    rauw = tomllib.loads(BESTAND.read_text(encoding="utf-8"))
    gevonden = [Begrip(id, b["woord"], _explained(b), tuple(b["paginas"])) for id, b in rauw.items()]
    return {begrip.id: begrip for begrip in sorted(gevonden, key=lambda b: b.woord.casefold())}


def _explained(begrip: dict[str, str]) -> str:
    """What it means, with the other words that people have for it: by those they look for it."""
    ook = begrip.get("ook", "")
    return f"{begrip['uitleg']} Ook wel: {ook}." if ook else begrip["uitleg"]


@cache
def kengetallen() -> dict[str, Kengetal]:
    """Return every figure, by its id; its definition is the one the register counts with."""
    return {kengetal.id: kengetal for kengetal in KENGETALLEN}


def telt(kengetal: Kengetal) -> str:
    """Say what a figure counts, against what, and who is in it."""
    noemer = "" if kengetal.noemer.startswith("geen") else f", ten opzichte van {kengetal.noemer}"
    return f"Telt {kengetal.teller}{noemer}. {kengetal.uitleg}"
