"""Write docs/gegevens.md again: `python -m tests.gegevensproef`; tests/test_sqlbureau.py holds it to be current."""

from __future__ import annotations

import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

from klachten import analyse, momentopname
from klachten.opening import open_register
from klachten.uitvoer import gegevens

DOEL = Path(__file__).resolve().parents[1] / "docs" / "gegevens.md"


def document(map: Path) -> str:
    """Return the text for a register in an empty folder: the tables are the same in every one."""
    with open_register(map) as register:
        momentopname.write(register, nu=datetime(2026, 1, 2, 3, tzinfo=UTC), vandaag=date(2026, 1, 2))
    with analyse.open(map=map) as con:
        return gegevens.document(con)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as map:
        DOEL.write_text(document(Path(map) / "register"), encoding="utf-8")
    print(DOEL)
