"""What people ask, by role, with the answer and the page where it is done; the texts stand in vragen.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

BESTAND = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Taak:
    """A question as somebody would ask it, for whom it is, the answer, and where it is done; `id` is for addresses."""

    id: str
    vraag: str
    rollen: frozenset[str]
    antwoord: str
    pagina: str


@cache
def taken() -> tuple[Taak, ...]:
    """Return every question of the manual."""
    return tuple(
        Taak(taak["id"], taak["vraag"], frozenset(taak["rollen"]), taak["antwoord"], taak["pagina"])
        for taak in _load()["taken"]
    )


def taken_voor(*rollen: str) -> list[Taak]:
    """Return what people with one of these roles ask."""
    return [taak for taak in taken() if not taak.rollen.isdisjoint(rollen)]


def toetsen() -> list[tuple[str, str]]:
    """Return the keys that work everywhere, with what they do."""
    return [(toets["toets"], toets["betekenis"]) for toets in _load()["toetsen"]]


@cache
def _load() -> dict[str, list[dict[str, str]]]:
    return tomllib.loads(BESTAND.read_text(encoding="utf-8"))
