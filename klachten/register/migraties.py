"""The migrations of the database: the files of `schema/`, each applied once."""

from __future__ import annotations

import functools
import re
from pathlib import Path

SCHEMA = Path(__file__).parent / "schema"
_TABEL = re.compile(r"^(CREATE|DROP) TABLE (\w+)([^;]*);", re.MULTILINE)


@functools.cache
def migrations() -> tuple[tuple[int, str, str], ...]:
    """Number, name and text of each migration, in order."""
    paden = sorted(SCHEMA.glob("[0-9]*.sql"))
    return tuple((int(pad.name[:3]), pad.name, pad.read_text(encoding="utf-8")) for pad in paden)


@functools.cache
def made_tables() -> dict[str, bool]:
    """The tables there are after all migrations, and whether each has a primary key.

    DuckDB tells it too, but makes all views of its own for that, which takes a tenth of an opening.
    """
    tabellen = {"migratie": True}
    for *_, sql in migrations():
        for wat, naam, kolommen in _TABEL.findall(re.sub("--.*", "", sql)):
            if wat == "DROP":
                del tabellen[naam]
            else:
                tabellen[naam] = "PRIMARY KEY" in kolommen
    return tabellen
