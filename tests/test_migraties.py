"""The tables that opening reads are all that DuckDB says there are, with their keys; the rest is never checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from klachten.register import omzetten
from klachten.register.teksten import DICHT
from klachten.register.zoekwoorden import TABELLEN
from tests.registerproef import open_at


@pytest.mark.parametrize("dicht", [False, True], ids=["readable", "sealed"])
def test_opening_reads_every_table_and_every_key_there_is(vol: Path, dicht: bool) -> None:
    if dicht:
        omzetten.seal(vol)
    with open_at(vol) as register:
        database = register._database
        er_zijn = database.con.execute(
            "SELECT table_name, has_primary_key FROM duckdb_tables() WHERE database_name = current_database()"
        ).fetchall()
        assert database.teksten.tabellen == dict(er_zijn)
        assert (DICHT in database.teksten.tabellen) is dicht
        assert ({"tekst", *TABELLEN} <= database.teksten.tabellen.keys()) is not dicht


def test_a_table_that_is_gone_is_named_when_the_database_is_made_again(tmp_path: Path) -> None:
    with open_at(tmp_path) as register:
        register._database.con.execute("DROP TABLE bewaartermijn")
    with open_at(tmp_path) as register:
        assert "tabel bewaartermijn ontbreekt" in register.meldingen[0]
    with open_at(tmp_path) as register:
        assert register.meldingen == []
