"""Three organisations for a lake: an example, one with a part of its klachten, one with a reglement of its own."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from klachten import meer, momentopname
from klachten.analyse.momentopname import current
from klachten.meer import vorm
from klachten.opening import open_register
from klachten.voorbeeld import make, with_names

DAG = date(2026, 3, 1)
NU = datetime(2026, 3, 1, 12, tzinfo=UTC)
JAAR = 2025
NAMEN = ("Noorderhof", "Zuiderhof", "Westerhof")
EIGEN = "huisregels"
"""The reglement of the third: one week where the others have two."""


def registers(map: Path) -> None:
    """Make them in a folder: one is an example, one has a part of its klachten, one much of its own."""
    (map / NAMEN[0]).mkdir(parents=True)
    make(map / NAMEN[0], vandaag=DAG, seed=2, aantal=40)
    with open_register(map / NAMEN[0]) as register, with_names(register):
        momentopname.write(register, nu=NU, vandaag=DAG)
    deel = "WHERE klachtnummer NOT LIKE '%7'"
    with duckdb.connect() as con:
        _change(con, map, NAMEN[1], {"klacht_stand": "klachtnummer AS klachtnummer"}, deel)
        _change(
            con,
            map,
            NAMEN[2],
            {
                "klacht_stand": f"'{EIGEN}' AS reglement, 'hoofdkantoor' AS vestiging",
                "termijn": f"replace(reglement, 'coulant', '{EIGEN}') AS reglement, waarde // 2 AS waarde",
                "trajecten": "'hoofdkantoor' AS vestiging, 3 * aantal AS aantal",
            },
        )


def _change(con: duckdb.DuckDBPyConnection, map: Path, naam: str, anders: dict[str, str], waar: str = "") -> None:
    """Make another firm of the first: with columns of its own, and the klachten that it has."""
    for deel in ("journaal", "momentopname"):
        shutil.copytree(map / NAMEN[0] / deel, map / naam / deel)
    journaal = min((map / naam / "journaal").glob("*.jsonl"))
    journaal.write_text(f'{{"zegel":"{naam}"}}\n', encoding="utf-8")
    opname = current(map / naam)[0]
    for tabel, kolommen in anders.items():
        pad = opname / f"{tabel}.parquet"
        con.execute(f"CREATE OR REPLACE TABLE t AS SELECT * REPLACE ({kolommen}) FROM read_parquet('{pad}') {waar}")
        con.execute(f"COPY t TO '{pad}' (FORMAT parquet)")
    for tabel in set(vorm.KLACHTTABELLEN) - set(anders) if waar else ():
        pad = opname / f"{tabel}.parquet"
        con.execute(f"CREATE OR REPLACE TABLE t AS SELECT * FROM read_parquet('{pad}') {waar}")
        con.execute(f"COPY t TO '{pad}' (FORMAT parquet)")


def an_own_calendar(map: Path) -> None:
    """Let every day of June be equated with a Sunday in the snapshot of a register, and every term count workdays."""
    opname = current(map)[0]
    with duckdb.connect() as con:
        for tabel, kolom in (("dag", "werkdag AND month(dag) <> 6 AS werkdag"), ("termijn", "TRUE AS verschuift")):
            pad = opname / f"{tabel}.parquet"
            con.execute(f"CREATE OR REPLACE TABLE t AS SELECT * REPLACE ({kolom}) FROM read_parquet('{pad}')")
            if tabel == "dag":
                con.execute("UPDATE t SET eerstvolgende_werkdag = make_date(year(dag), 7, 1) WHERE month(dag) = 6")
            con.execute(f"COPY t TO '{pad}' (FORMAT parquet)")


def a_day_later(map: Path, dagen: int) -> None:
    """Let a register have a snapshot of some days later, in which nothing else happened."""
    oud, manifest = current(map)
    naam = f"{oud.name[:-6]}{int(oud.name[-6:]) + 1:06d}"
    shutil.copytree(oud, oud.with_name(naam))
    anders = {
        **manifest,
        "naam": naam,
        "dag": (date.fromisoformat(manifest["dag"]) + timedelta(days=dagen)).isoformat(),
    }
    (oud.with_name(naam) / "manifest.json").write_text(json.dumps(anders), encoding="utf-8")
    oud.with_name("nieuwste").write_text(naam, encoding="ascii")


def fill(map: Path, naar: str, lijst: Path | None = None) -> dict[str, meer.Aangeleverd]:
    """Deliver all three."""
    return {naam: meer.deliver(map / naam, naar, naam, lijst=lijst) for naam in NAMEN}


def as_in_the_lake(tabel: pd.DataFrame, geleverd: meer.Aangeleverd) -> list[str]:
    """Return the rows that an organisation itself finds, with its own words as the lake has them."""
    woorden = geleverd.ingang.woorden
    for kolom in ("vestiging", "reglement"):
        if kolom in tabel:
            tabel[kolom] = [woorden[kolom].get(waarde, waarde) for waarde in tabel[kolom]]
    return rows(tabel)


def rows(tabel: pd.DataFrame) -> list[str]:
    """Return the rows of a table as plain values, in one order."""
    return sorted(repr(tuple(map(_plain, rij))) for rij in tabel.itertuples(index=False, name=None))


def _plain(waarde: Any) -> Any:
    return None if pd.api.types.is_scalar(waarde) and pd.isna(waarde) else waarde
