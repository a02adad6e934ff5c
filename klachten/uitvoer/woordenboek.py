"""What stands in every table of an export, column by column: the one definition, read from woordenboek.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_BESTAND = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Tabel:
    """A table in words: what a row of it is, and what its columns mean."""

    naam: str
    wat: str
    rij: str
    kolommen: Mapping[str, str]


@cache
def tables() -> dict[str, Tabel]:
    """Return every table by name, in the order in which a reader meets them.

    A column that means the same in every table stands under `kolom` once.
    """
    gelezen = tomllib.loads(_BESTAND.read_text(encoding="utf-8"))
    return {
        naam: Tabel(naam, deel["wat"], deel["rij"], {**gelezen["kolom"], **deel.get("kolom", {})})
        for naam, deel in gelezen["tabel"].items()
    }


def rows(kolommen: Mapping[str, Iterable[tuple[str, str]]]) -> list[tuple[str, str, str, str]]:
    """Return table, column, kind and meaning of every column; `kolommen` are name and kind of those there are."""
    return [
        (naam, kolom, in_words(soort), tables()[naam].kolommen[kolom])
        for naam, alle in kolommen.items()
        for kolom, soort in alle
    ]


def in_words(soort: str) -> str:
    """Return a kind of value of the database for a reader."""
    los, lijst, _ = soort.partition("[]")
    woord = {
        "VARCHAR": "tekst", "DATE": "dag", "INTEGER": "geheel getal", "BIGINT": "geheel getal", "BOOLEAN": "ja of nee",
        "TIMESTAMP": "moment (UTC)",
    }.get(los, los.lower())  # fmt: skip
    return f"lijst van {woord}" if lijst else woord
