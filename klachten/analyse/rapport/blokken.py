"""The parts of which a section is built, as plain data for the template, and numbers as they stand in the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from klachten.analyse.basis.zinnen import STREEP, getal, komma, of_streep, procent
from klachten.analyse.rapport.openbaar import VERBORGEN

Blok = dict[str, Any]
GEEN = STREEP


def kop(tekst: str, niveau: int = 1) -> Blok:
    """A heading."""
    return {"soort": "kop", "tekst": tekst, "niveau": niveau}


def alinea(tekst: str) -> Blok:
    """A paragraph."""
    return {"soort": "alinea", "tekst": tekst}


def noot(tekst: str) -> Blok:
    """A remark in small letters, below a table or chart."""
    return {"soort": "noot", "tekst": tekst}


def punten(delen: Sequence[tuple[str, bool]]) -> Blok:
    """A list; each line with whether it asks for attention."""
    return {"soort": "punten", "delen": [{"tekst": tekst, "nadruk": nadruk} for tekst, nadruk in delen]}


def citaat(tekst: str) -> Blok:
    """What somebody wrote, as they wrote it."""
    return {"soort": "citaat", "regels": [regel for regel in tekst.splitlines() if regel.strip()]}


def cijfers(delen: Sequence[tuple[str, str]]) -> Blok:
    """A few large figures beside each other: the value, and what it is."""
    return {"soort": "cijfers", "delen": [{"waarde": waarde, "naam": naam} for waarde, naam in delen]}


def schrijfruimte(regels: int, wat: str) -> Blok:
    """Empty lines on paper to write on; `wat` says what for."""
    return {"soort": "schrijfruimte", "aantal": regels, "tekst": wat}


def tabel(
    titel: str,
    kolommen: Sequence[str],
    rijen: Sequence[Sequence[str]],
    *,
    totaal: bool = False,
    tekst: Sequence[int] = (0,),
    breed: Sequence[int] = (0,),
) -> Blok:
    """A table: `tekst` are columns of words, `totaal`: the last row is one.

    `breed` are those that take the room left; one that stands in it twice takes twice as much.
    """
    return {
        "soort": "tabel",
        "titel": titel,
        "alt": f"Tabel: {titel}. Kolommen: {', '.join(k for k in kolommen if k)}.",
        "kolommen": [
            {"titel": naam, "getal": i not in tekst, "breed": breed.count(i)} for i, naam in enumerate(kolommen)
        ],
        "rijen": [list(rij) for rij in rijen],
        "totaal": totaal,
    }


def figuur(titel: str, svg: str, alt: str) -> Blok:
    """A chart with what it says in words, for who cannot see it."""
    return {"soort": "figuur", "titel": titel, "svg": svg, "alt": alt}


def dag(iso: str | None) -> str:
    """Return 05-01-2026, or a dash."""
    return date.fromisoformat(iso).strftime("%d-%m-%Y") if iso else GEEN


def los(waarde: Any) -> float | None:
    """Return a frozen number as it was: "inf" is infinity."""
    return float(waarde) if waarde is not None else None


def bereik(laag: Any, hoog: Any, decimalen: int = 1) -> str:
    """Return '9,3 tot 18,4', or a dash without data."""
    if laag is None:
        return GEEN
    hoogste = los(hoog)
    if hoogste is None or hoogste == float("inf"):
        return f"{komma(los(laag), decimalen)} of meer"
    return f"{komma(los(laag), decimalen)} tot {komma(hoogste, decimalen)}"


def interval(tarief: Mapping[str, Any]) -> str:
    """Return '74% tot 95%' rounded outwards, or a dash without data."""
    if tarief["laag"] is None:
        return GEEN
    laag, hoog = int(tarief["laag"] * 100 + 1e-9), 100 - int((1 - tarief["hoog"]) * 100 + 1e-9)
    return f"{laag}% tot {hoog}%"


__all__ = [
    "GEEN", "VERBORGEN", "Blok", "alinea", "bereik", "cijfers", "citaat", "dag", "figuur", "getal", "interval", "komma",
    "kop", "los", "noot", "of_streep", "procent", "punten", "schrijfruimte", "tabel",
]  # fmt: skip
