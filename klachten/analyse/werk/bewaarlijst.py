"""What is over its term, for who looks: how many of each part, and the rows of one (bewaring.py says what is due).

Of 100,000 klachten 75,000 can be over their term, so nothing here reads them all.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from duckdb import DuckDBPyConnection

from klachten.analyse.basis.lezer import Zicht
from klachten.bewaring import DIT_JAAR, DUE, KAN, TERUGGEDRAAID, Bewaring, Wie, asked, bewaren

_TERUG = f"soort = '{TERUGGEDRAAID}'"
DELEN = {
    "alles": "TRUE",
    "dit_jaar": DIT_JAAR,
    "kan": KAN,
    "niet": f"NOT ({KAN})",
    "voorgesteld": f"voorstel IS NOT NULL AND NOT {_TERUG}",
    "te_wissen": f"voorstel IS NOT NULL AND NOT {_TERUG} AND {KAN}",
    "voor_te_stellen": f"voorstel IS NULL AND NOT {_TERUG} AND {KAN}",
    "terug_voorgesteld": f"voorstel IS NOT NULL AND {_TERUG} AND {KAN}",
    "terug_nieuw": f"voorstel IS NULL AND {_TERUG} AND {KAN}",
}
"""The parts that a page shows and which rows each has, in SQL; what was undone is of no term and stands apart."""


def stand(cursor: DuckDBPyConnection, peildatum: date, wie: Wie, zicht: Zicht) -> dict[str, int]:
    """Return how many of each of DELEN this reader sees."""
    waar, waarden = _seen(zicht)
    tellingen = ", ".join(f"COUNT(*) FILTER ({voorwaarde})" for voorwaarde in DELEN.values())
    (rij,) = cursor.execute(
        f"SELECT {tellingen} FROM {DUE} WHERE {waar}", {**asked(peildatum, wie), **waarden}
    ).fetchall()
    return dict(zip(DELEN, rij, strict=True))


def rijen(
    cursor: DuckDBPyConnection, peildatum: date, wie: Wie, zicht: Zicht, deel: str, limit: int, offset: int
) -> list[Bewaring]:
    """Return so many of one of DELEN, from `offset` on; what is longest over its term comes first."""
    waar, waarden = _seen(zicht)
    rest = f"WHERE {waar} AND {DELEN[deel]} ORDER BY sinds, klachtnummer LIMIT $limit OFFSET $offset"
    return bewaren(cursor, peildatum, wie, rest, **waarden, limit=limit, offset=offset)


def _seen(zicht: Zicht) -> tuple[str, dict[str, Any]]:
    """What the reader sees, in SQL: of klachten those of `zicht`, of persons and signalen all."""
    ziet, waarden = zicht.sql("klachtnummer")
    return f"(soort NOT IN ('klacht', '{TERUGGEDRAAID}') OR {ziet})", waarden
