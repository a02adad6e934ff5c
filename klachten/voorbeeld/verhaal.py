"""The stories (verhalen/*.toml, one file per category) and the texts that fit any klacht (teksten.toml)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

MAP = Path(__file__).parent


@dataclass(frozen=True)
class Bevinding:
    """What the investigation may find, and the cause that goes with it."""

    oorzaak: str
    tekst: str


@dataclass(frozen=True)
class Maatregeltekst:
    """A maatregel that fits the story, and what is said when it has been carried out."""

    wat: str
    gedaan: str


@dataclass(frozen=True)
class Verhaal:
    """What a klacht is about: the words of the indiener and of the behandelaar."""

    categorie: str
    wie: tuple[str, ...]
    kern: str
    klacht: str
    wil: str
    vraag: str
    antwoord: str
    bevindingen: tuple[Bevinding, ...]
    maatregelen: tuple[Maatregeltekst, ...]


@cache
def verhalen() -> dict[str, tuple[Verhaal, ...]]:
    """Return the stories of each category."""
    return {pad.stem: tuple(_read(pad)) for pad in sorted((MAP / "verhalen").glob("*.toml"))}


def _read(pad: Path) -> list[Verhaal]:
    return [
        Verhaal(
            categorie=pad.stem,
            wie=tuple(deel["wie"]),
            bevindingen=tuple(Bevinding(**bevinding) for bevinding in deel["bevinding"]),
            maatregelen=tuple(Maatregeltekst(**maatregel) for maatregel in deel["maatregelen"]),
            **{naam: deel[naam] for naam in ("kern", "klacht", "wil", "vraag", "antwoord")},
        )
        for deel in tomllib.loads(pad.read_text(encoding="utf-8"))["verhaal"]
    ]


@cache
def teksten() -> dict[str, Any]:
    """Return the other texts, by kind and name."""
    return tomllib.loads((MAP / "teksten.toml").read_text(encoding="utf-8"))
