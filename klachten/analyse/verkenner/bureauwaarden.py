"""What an answer of the SQL desk holds: the kinds of its columns, its values as plain ones, and as what they were."""

from __future__ import annotations

import math
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import duckdb

LANGSTE_CEL = 2_000
GROOTSTE_GETAL = 2**53
"""Up to here every whole number is itself where numbers are floating, as in a browser."""
_MOMENT_ZONE = "timestamp with time zone"
_ZONE = "with time zone"
_GETALLEN = ("tinyint", "smallint", "integer", "bigint", "hugeint")
SOORTEN = {
    "date": "datum", "interval": "duur", "boolean": "ja_nee", "decimal": "kommagetal", "double": "kommagetal",
    "float": "kommagetal",
    **dict.fromkeys(("timestamp", "timestamp_s", "timestamp_ms", "timestamp_ns", _MOMENT_ZONE), "moment"),
    **dict.fromkeys((f"{teken}{maat}" for teken in ("", "u") for maat in _GETALLEN), "getal"),
}  # fmt: skip
"""What a column holds, by the kind that DuckDB gives it; anything else is text."""


def plain(waarde: Any) -> Any:
    """Return a value that can be written as JSON: a day as its text, a duration in seconds, anything long cut off."""
    if isinstance(waarde, Decimal):
        waarde = float(waarde)
    if waarde is None or isinstance(waarde, bool | int | float):
        return waarde if not isinstance(waarde, float) or math.isfinite(waarde) else None
    if isinstance(waarde, timedelta):
        return waarde.total_seconds()
    tekst = _text(waarde)
    return tekst if len(tekst) <= LANGSTE_CEL else f"{tekst[:LANGSTE_CEL]}…"


def _text(waarde: Any) -> str:
    """Return a value as somebody reads it, also one that holds others: not as Python would write it."""
    if isinstance(waarde, list | tuple):
        return ", ".join(_text(deel) for deel in waarde)
    if isinstance(waarde, dict):
        return ", ".join(f"{naam}: {_text(deel)}" for naam, deel in waarde.items())
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if waarde is None:
        return "leeg"
    return waarde.isoformat() if isinstance(waarde, date) else str(waarde)


def typed(waarde: Any, soort: str) -> Any:
    """Return a value as it was before JSON.

    What is no day of the calendar of Python, as BC, is its text; so is a number of which a table or Excel would round
    the last digits, or could hold none.
    """
    if soort == "getal" and waarde is not None and abs(waarde) > GROOTSTE_GETAL:
        return str(waarde)
    if waarde is None or soort not in ("datum", "moment", "duur"):
        return waarde
    if soort == "duur":
        return timedelta(seconds=waarde)
    with suppress(ValueError):
        return date.fromisoformat(waarde) if soort == "datum" else datetime.fromisoformat(waarde)
    return waarde


def without_zone(
    con: duckdb.DuckDBPyConnection, gevonden: duckdb.DuckDBPyConnection, opdracht: duckdb.Statement
) -> duckdb.DuckDBPyConnection:
    """Return an answer with its moments in UTC: of one with a zone, as now(), DuckDB gives none without pytz.

    By the place of a column: two may have one name.
    """
    koppen = [(str(naam), str(soort).lower()) for naam, soort, *_ in gevonden.description or ()]
    if not any(_ZONE in soort for _, soort in koppen):
        return gevonden
    delen = []
    for nr, (naam, soort) in enumerate(koppen):
        heet = '"' + (naam.replace('"', '""') or f"kolom {nr + 1}") + '"'
        in_utc = f"k{nr} AT TIME ZONE 'UTC'" if soort == _MOMENT_ZONE else f"CAST(k{nr} AS VARCHAR)"
        delen.append(f"{in_utc if _ZONE in soort else f'k{nr}'} AS {heet}")
    namen = ", ".join(f"k{nr}" for nr in range(len(koppen)))
    # It is one question: at the first semicolon that is none of a text it ends. A remark would take the bracket along.
    tekst = opdracht.query.encode()
    einden = (plek for plek, _ in duckdb.tokenize(opdracht.query) if tekst[plek : plek + 1] == b";")
    binnen = tekst[: next(einden, None)].decode()
    return con.execute(f"SELECT {', '.join(delen)} FROM ({binnen}\n) AS t({namen})")
