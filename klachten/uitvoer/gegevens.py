"""What stands in a snapshot, table by table and column by column, with units: docs/gegevens.md and the SQL desk."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from klachten.analyse import Vraag, vragen
from klachten.analyse.momentopname import refusal
from klachten.momentopname.inhoud import PERSONEN
from klachten.uitvoer.woordenboek import in_words, tables

_BESTAND = Path(__file__).with_name("woordenboek.toml")
_SOORTEN = {
    "DATE": "dag",
    "BOOLEAN": "ja of nee",
    "VARCHAR": "tekst of code",
    "TIMESTAMP": "moment (UTC)",
    "DATE[]": "dagen",
    "VARCHAR[]": "codes",
}
"""What a kind of value is by itself; a number says nothing without its unit."""
VOORBEELDEN: tuple[tuple[str, str], ...] = (
    (
        "Hoeveel klachten kwamen er per jaar binnen, en via welk kanaal?",
        (
            "SELECT jaar, kanaal, COUNT(*) AS klachten\nFROM klacht\n"
            "WHERE herkomst = 'register' AND vervallen_op IS NULL\nGROUP BY jaar, kanaal\nORDER BY jaar, klachten DESC"
        ),
    ),
    (
        "Hoe staan de termijnen ervoor, op de dag van de momentopname?",
        (
            "SELECT t.termijn_naam, t.status, COUNT(*) AS klachten\n"
            "FROM termijnen((SELECT dag FROM momentopname)) AS t\nGROUP BY t.termijn_naam, t.status\nORDER BY 1, 3 DESC"
        ),
    ),
    (
        "Hoeveel dagen zitten er tussen gebeuren en vastleggen, per stap?",
        (
            "SELECT stap, COUNT(*) AS feiten, median(vastgelegd_op - gebeurd_op) AS dagen\nFROM feit\n"
            "WHERE NOT gecorrigeerd\nGROUP BY stap\nORDER BY stap"
        ),
    ),
    (
        "Hoe stonden de klachten er eind 2025 voor?",
        "SELECT status, COUNT(*) AS klachten\nFROM klacht_op(DATE '2025-12-31')\nGROUP BY status\nORDER BY 2 DESC",
    ),
)
"""To begin with: a question, and SQL that answers it on a snapshot."""


@dataclass(frozen=True)
class Kolom:
    """One column: its name, what it means, and in what it counts."""

    naam: str
    betekenis: str
    eenheid: str


@dataclass(frozen=True)
class Tabel:
    """One table of a snapshot: what it holds, what a row is; `nu` is the view of how it is now, where there is one."""

    naam: str
    wat: str
    rij: str
    nu: str
    kolommen: tuple[Kolom, ...]


@cache
def _woorden() -> Mapping[str, Any]:
    return tomllib.loads(_BESTAND.read_text(encoding="utf-8"))


def snapshot_tables(kolommen: Mapping[str, Mapping[str, str]]) -> list[Tabel]:
    """Return the tables of a snapshot in words; `kolommen` are the kinds of their columns, by table and name.

    KeyError for a column, or a number without unit, that woordenboek.toml does not know.
    """
    opname, eenheden = _woorden()["momentopname"], _woorden()["eenheid"]
    uit = []
    for naam, soorten in kolommen.items():
        van = tables().get(opname["tabel"].get(naam, ""))
        eigen = opname.get(naam, {})
        betekenis = {**(van.kolommen if van else {}), **opname["kolom"], **eigen}
        uit.append(
            Tabel(
                naam,
                eigen.get("wat") or (van.wat if van else ""),
                eigen.get("rij") or (van.rij if van else ""),
                naam.removesuffix("_stand") if naam.endswith("_stand") else "",
                tuple(
                    Kolom(kolom, betekenis[kolom], _unit(naam, kolom, soort, eenheden))
                    for kolom, soort in soorten.items()
                ),
            )
        )
    return uit


def _unit(tabel: str, kolom: str, soort: str, eenheden: Mapping[str, str]) -> str:
    if reeks := PERSONEN.get((tabel, kolom)):
        return f"schuilnaam ({reeks} 1, {reeks} 2, …)"
    if soort in _SOORTEN:
        return _SOORTEN[soort]
    return f"{in_words(soort)}: {eenheden[kolom]}"


def kinds(con: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Return the kinds of the columns of a snapshot that was opened (analyse.open), by table in the order of names."""
    uit: dict[str, dict[str, str]] = {}
    for tabel, kolom, soort in con.execute(
        "SELECT c.table_name, c.column_name, c.data_type FROM information_schema.columns AS c "
        "JOIN information_schema.tables AS t ON t.table_catalog = c.table_catalog AND t.table_name = c.table_name "
        "WHERE t.table_type = 'BASE TABLE' AND t.table_catalog = current_database() "
        "ORDER BY c.table_name, c.ordinal_position"
    ).fetchall():
        uit.setdefault(tabel, {})[kolom] = soort
    return uit


def kinds_of(map: Path) -> dict[str, dict[str, str]]:
    """Return the same of a snapshot in its folder, without copying it: from the heads of its files."""
    con = duckdb.connect()
    uit = {}
    for pad in sorted(map.glob("*.parquet")):
        rijen = con.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(pad)]).fetchall()
        uit[pad.stem] = {rij[0]: rij[1] for rij in rijen}
    con.close()
    return uit


def document(con: duckdb.DuckDBPyConnection) -> str:
    """Return docs/gegevens.md: every table, column and question of a snapshot."""
    delen = [
        "# Gegevens van de momentopname",
        (
            "Wat notebooks en het SQL-bureau lezen: een kopie van het register zonder namen en verhalen, na elke "
            "wijziging opnieuw gemaakt. Dit bestand wordt gemaakt door `python -m tests.gegevensproef` uit "
            "`klachten/uitvoer/woordenboek.toml`; een test houdt het bij."
        ),
        (
            "Een tabel die op `_stand` eindigt, bewaart hoe het door de tijd heen stond; dezelfde naam zonder `_stand` "
            "is wat nu geldt. Wie terugkijkt, gebruikt de vraag op een dag: `klacht_op(DATE '2025-12-31')`."
        ),
        "## Voorbeelden",
    ]
    delen += [f"{vraag}\n\n```sql\n{sql}\n```" for vraag, sql in VOORBEELDEN]
    delen.append("## Tabellen")
    for tabel in snapshot_tables(kinds(con)):
        nu = f" Als het nu is: `{tabel.nu}`." if tabel.nu else ""
        rijen = "\n".join(f"| `{k.naam}` | {k.betekenis} | {k.eenheid} |" for k in tabel.kolommen)
        delen.append(
            f"### `{tabel.naam}`\n\n{tabel.wat}. Een rij is {tabel.rij}.{nu}\n\n"
            f"| kolom | betekenis | eenheid |\n| --- | --- | --- |\n{rijen}"
        )
    delen.append(
        "## Vragen\n\nElke vraag van de evaluatie kan in SQL worden gesteld: `SELECT * FROM naam(peildatum)`. Wat niet "
        "wordt genoemd, is alles wat hier is vastgelegd.\n\n| vraag | wat zij vraagt (Engels) | parameters |\n"
        "| --- | --- | --- |\n"
        + "\n".join(f"| `{vraag.naam}` | {vraag.vraag} | {vraag.parameters} |" for vraag in questions())
    )
    return "\n\n".join(delen) + "\n"


def questions() -> list[Vraag]:
    """Return the questions that a snapshot can be asked, by name."""
    return [vraag for _, vraag in sorted(vragen().items()) if not refusal(vraag.parameters, vraag.sql)]
