"""A register of a firm that is well looked after, in a folder: what a test then neglects is all that is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from klachten import __version__, momentopname
from klachten.datamap import DATABASE
from klachten.gezond import Pols, pols
from klachten.opening import open_register
from klachten.register import schemastand
from klachten.reservekopie import stand
from klachten.reservekopie.plek import Kopie
from tests import firmaproef
from tests.lijsten import VANDAAG

UUR = timedelta(hours=1)


def make(map: Path) -> None:
    """Make it: facts, accounts, a snapshot, and nobody else who can read it."""
    firmaproef.make(map, VANDAAG, wie=("iris",))
    with open_register(map) as register:
        momentopname.write(register, nu=datetime.now(UTC), vandaag=VANDAAG)
    close(map)
    copied(map, datetime.now(UTC) - UUR)
    (map / "toegang" / "instellingen.toml").write_text("", encoding="utf-8")


def close(map: Path) -> None:
    """Close the folder to everybody else."""
    for pad in (map, *map.rglob("*")):
        pad.chmod(0o700 if pad.is_dir() else 0o600)


def copied(map: Path, op: datetime | None, fout: str = "") -> None:
    """Let the last good back-up be of a moment."""
    goed = op and Kopie("kopie.tar.gz", 1, "0" * 64, 1, "0" * 64, "0" * 64, op.isoformat(), "klok", versleuteld=True)
    stand.keep(map, stand.Stand(goed, geprobeerd_op=datetime.now(UTC), fout=fout))


def beat(map: Path, **anders: object) -> None:
    """Let the app have been heard of just now."""
    nu = datetime.now(UTC).isoformat()
    velden = {"moment": nu, "begonnen": nu, "versie": __version__, "schema": schemastand.newest(), **anders}
    pols.write(map, Pols(**velden))  # type: ignore[arg-type]


@contextmanager
def running(map: Path) -> Iterator[None]:
    """Let the app have the register, as far as others see."""
    with open_register(map):
        beat(map)
        yield


def set_back(map: Path, schema: int) -> None:
    """Let the database of a register be as an older version made it; only for what came last."""
    weg = {
        52: "DROP VIEW klacht; ALTER TABLE klacht_stand DROP COLUMN voortgezet_op; "
        "ALTER TABLE klacht_stand DROP COLUMN elders_gedaan; "
        "CREATE VIEW klacht AS SELECT * FROM klacht_stand WHERE tot = DATE '9999-12-31'",
        20: "DROP TABLE streeftermijn; DELETE FROM inrichting WHERE naam = 'streeftermijn'",
        51: "DROP TABLE overgenomen_bron",
        50: "DROP VIEW gestelde_termijn; ALTER TABLE gestelde_termijn_stand DROP COLUMN uiterlijk_om; "
        "ALTER TABLE gestelde_termijn_stand DROP COLUMN na_klok; "
        "CREATE VIEW gestelde_termijn AS SELECT * FROM gestelde_termijn_stand WHERE tot = DATE '9999-12-31'",
        40: "DROP TABLE bericht",
        30: "DROP TABLE bewaartermijn; DROP TABLE schoon; DELETE FROM inrichting WHERE naam = 'bewaartermijn'",
    }
    with duckdb.connect(str(map / DATABASE)) as con:
        for nr in range(schemastand.newest(), schema, -1):
            con.execute(weg.get(nr, "SELECT 1"))
            con.execute("DELETE FROM migratie WHERE nr = ?", [nr])
