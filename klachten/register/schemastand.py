"""With which schema the database of a register was made, seen from outside: nothing is opened for writing."""

from __future__ import annotations

from pathlib import Path

import duckdb

from klachten.datamap import DATABASE
from klachten.register.fouten import RegisterBezet
from klachten.register.migraties import migrations


def newest() -> int:
    """Return the schema that this version of klachten makes."""
    return max(nr for nr, _, _ in migrations())


def applied(map: Path) -> int | None:
    """Return the schema of a database that nobody has open; None when there is none, or it cannot be read.

    Who calls it holds the lock of the register. RegisterBezet when another program has the database open.
    """
    pad = map / DATABASE
    if not pad.exists():
        return None
    try:
        with duckdb.connect(str(pad), read_only=True) as con:
            ((nr,),) = con.execute("SELECT max(nr) FROM migratie").fetchall()
            return nr
    except duckdb.Error as fout:
        if "Could not set lock" in str(fout):
            raise RegisterBezet(
                f"De database {pad} is geopend door een ander programma, bijvoorbeeld DuckDB zelf. Sluit dat eerst."
            ) from fout
        return None
