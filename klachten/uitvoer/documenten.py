"""The documents as files, opened where the register is sealed, with a list that says what each is and its sha256."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from klachten import bestandsnaam
from klachten.handelingen.bestandssoort import kind
from klachten.register import Register
from klachten.register.database import Connection
from klachten.uitvoer.feiten import Wissingen

MAP = "documenten"
ER, GEWIST, ONTBREEKT = "aanwezig", "gewist", "ontbreekt"
Rij = tuple[int, str, str, str, str, str, int | None, str]
"""nr, klachtnummer, kind of fact, name, path in the export, sha256, bytes, and whether it is there."""


def write(register: Register, cursor: Connection, doel: Path, tot: int, gewist: Wissingen) -> Iterator[Rij]:
    """Write every document, one in memory at a time, and give what there is to say of it.

    A document that two facts of one dossier name is one file.
    """
    geschreven: dict[tuple[str, str], tuple[str, int]] = {}
    bezet: set[str] = set()
    for nr, klachtnummer, soort, naam, sha256 in _named(cursor, tot):
        weg = [hoe for hoe in gewist.get(klachtnummer, ()) if hoe.nr > nr]
        if any(hoe.alles or sha256 in hoe.documenten for hoe in weg):
            yield nr, klachtnummer, soort, "", "", sha256, None, GEWIST
            continue
        if (klachtnummer, sha256) not in geschreven:
            try:
                inhoud = register.document(klachtnummer, sha256)
            except (FileNotFoundError, ValueError):  # gone or changed since: the register says so too
                yield nr, klachtnummer, soort, naam, "", sha256, None, ONTBREEKT
                continue
            waar = f"{MAP}/{klachtnummer}/{bestandsnaam.handed_out(f'{nr} {naam or soort}{_ending(naam, inhoud)}')}"
            plek = bestandsnaam.unique(waar, bezet)
            bezet.add(plek.casefold())
            pad = doel / plek
            pad.parent.mkdir(parents=True, exist_ok=True)
            with pad.open("xb") as bestand:
                bestand.write(inhoud)
            geschreven[klachtnummer, sha256] = (plek, len(inhoud))
        plek, lengte = geschreven[klachtnummer, sha256]
        yield nr, klachtnummer, soort, naam, plek, sha256, lengte, ER


def _ending(naam: str, inhoud: bytes) -> str:
    """Return what a name lacks to be opened by the program that it is for."""
    soort = kind(inhoud)
    return f".{soort.uitgangen[0]}" if soort and "." not in naam else ""


def _named(cursor: Connection, tot: int) -> Sequence[tuple[Any, ...]]:
    """Return every fact that brought a document, with the name that came with it."""
    return cursor.execute(
        "SELECT g.nr, g.klachtnummer, g.soort, coalesce(t.tekst, ''), g.gegevens ->> 'document' AS sha256 "
        "FROM gebeurtenis AS g LEFT JOIN tekst AS t ON t.nr = g.nr AND t.veld = 'naam' "
        "WHERE g.nr <= ? AND coalesce(g.gegevens ->> 'document', '') <> '' ORDER BY g.nr",
        [tot],
    ).fetchall()
