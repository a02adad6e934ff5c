"""Three organisations for a lake: two examples, and one with another reglement, another calendar and other names."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from klachten import meer, momentopname
from klachten.analyse.momentopname import current
from klachten.opening import open_register
from klachten.voorbeeld import make, with_names

DAG = date(2026, 3, 1)
NU = datetime(2026, 3, 1, 12, tzinfo=UTC)
JAAR = 2025
NAMEN = ("Noorderhof", "Zuiderhof", "Westerhof")
EIGEN = "huisregels"
"""The reglement of the third: one week where the others have two."""


def registers(map: Path) -> None:
    """Make them in a folder; the third is the second with what an organisation may have of its own."""
    for nr, klachten in enumerate((24, 60)):
        (map / NAMEN[nr]).mkdir(parents=True)
        make(map / NAMEN[nr], vandaag=DAG, seed=nr + 1, aantal=klachten)
        with open_register(map / NAMEN[nr]) as register, with_names(register):
            momentopname.write(register, nu=NU, vandaag=DAG)
    ander = shutil.copytree(map / NAMEN[1], map / NAMEN[2])
    journaal = min((ander / "journaal").glob("*.jsonl"))
    journaal.write_text('{"zegel":"' + "f" * 64 + '"}\n', encoding="utf-8")
    opname = current(ander)[0]
    with duckdb.connect() as con:
        for tabel, anders in {
            "klacht_stand": f"'{EIGEN}' AS reglement, 'hoofdkantoor' AS vestiging",
            "termijn": f"replace(reglement, 'coulant', '{EIGEN}') AS reglement, waarde // 2 AS waarde",
            "trajecten": "'hoofdkantoor' AS vestiging, 3 * aantal AS aantal",
            "dag": "werkdag AND month(dag) <> 6 AS werkdag",
        }.items():
            pad = opname / f"{tabel}.parquet"
            con.execute(f"CREATE TABLE t AS SELECT * REPLACE ({anders}) FROM read_parquet('{pad}')")
            con.execute(f"COPY t TO '{pad}' (FORMAT parquet)")
            con.execute("DROP TABLE t")


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
