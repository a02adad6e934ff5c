"""The first term of a klacht that still counts, for lists."""

from __future__ import annotations

from datetime import date

from duckdb import DuckDBPyConnection

from klachten.analyse.basis.bewaard import TERMIJNEN

_EERSTE = (
    "SELECT d.klachtnummer, arg_min(d.termijn_naam, d.dagen_over * 100 + d.stap) AS naam, "
    "MIN(d.uiterlijk_op) AS uiterlijk_op, MIN(d.dagen_over) AS dagen_over "
    "FROM {bron} AS d WHERE d.dagen_over IS NOT NULL {welke} GROUP BY d.klachtnummer"
)


def first_terms(
    cursor: DuckDBPyConnection, nummers: list[str], peildatum: date
) -> dict[str, tuple[str, date | None, int | None]]:
    """Return the name, last day and days left of the first term that still counts, by klachtnummer."""
    if not nummers:
        return {}
    rijen = cursor.execute(
        _EERSTE.format(bron="termijnen(?)", welke=f"AND d.klachtnummer IN ({_marks(nummers)})"),
        [peildatum, *nummers],
    ).fetchall()
    return {nummer: (naam, dag, over) for nummer, naam, dag, over in rijen}


def joined(nodig: bool) -> str:
    """Return the join that gives a row `l` of the list its first term as `t`, when that is asked."""
    return (
        f"LEFT JOIN ({_EERSTE.format(bron=TERMIJNEN, welke='')}) AS t ON t.klachtnummer = l.klachtnummer"
        if nodig
        else ""
    )


def _marks(waarden: list[str]) -> str:
    # Constants reach the scan of the table, a list does not: half the time for one page.
    return ", ".join("?" * len(waarden))
