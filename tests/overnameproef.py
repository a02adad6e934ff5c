"""Files that are taken over, as they lie in tests/overname or changed, and what came of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from klachten import __main__ as ingang
from klachten.overname import kolommen as declaratie
from klachten.overname import overnemen
from klachten.overname.overnemen import Plan
from klachten.register import Register, stroom

PROJECT = Path(__file__).resolve().parents[1]
PROEF = Path(__file__).parent / "overname"
VANDAAG = date(2026, 3, 1)


def plan(bestand: Path, kolommen: Path, register: Register | None = None) -> Plan:
    gelezen = declaratie.load(kolommen)
    return overnemen.plan(bestand, gelezen, overnemen.read(bestand, gelezen, VANDAAG), register)


def neem_over(register: Register, naam: str) -> Plan:
    uitkomst = plan(PROEF / f"{naam}.csv", PROEF / f"{naam}.toml", register)
    overnemen.record(register, uitkomst)
    return uitkomst


def maak(tmp_path: Path, naam: str, *, csv: str | None = None, toml: tuple[str, str] | None = None) -> Path:
    """Copy a declaration with its reglement and file, changed where asked; returns the CSV file."""
    for bron in PROEF.glob(f"{naam}*"):
        (tmp_path / bron.name).write_bytes(bron.read_bytes())
    if csv is not None:
        (tmp_path / f"{naam}.csv").write_text(csv, encoding="utf-8", newline="")
    if toml is not None:
        pad = tmp_path / f"{naam}.toml"
        tekst = pad.read_text(encoding="utf-8")
        assert toml[0] in tekst
        pad.write_text(tekst.replace(*toml), encoding="utf-8")
    return tmp_path / f"{naam}.csv"


def redenen(uitkomst: Plan) -> dict[int, str]:
    return {afkeuring.regel: afkeuring.reden for afkeuring in uitkomst.afkeuringen}


def rijen(register: Register, sql: str, *waarden: object) -> list[tuple[object, ...]]:
    with register.cursor() as cursor:
        return cursor.execute(sql, list(waarden)).fetchall()


def importeer(capsys: pytest.CaptureFixture[str], *argv: object) -> tuple[int, str, str]:
    code = ingang.main(["importeer", *map(str, argv)])
    gezegd = capsys.readouterr()
    return code, gezegd.out, gezegd.err


# Of each case of zaken.csv, on 1 April 2011, as it was worked out by hand.
STATUS = {"A": "op tijd", "B": "te laat", "C": "te laat", "D": "op tijd", "E": "te laat, nog open"}
STATUS |= {"F": "loopt", "G": "loopt", "H": "op tijd"}


@pytest.fixture
def veel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that is written in six portions, the later klachten first."""
    monkeypatch.setattr(stroom, "PORTIE", 7)
    kop = (PROEF / "klachten.csv").read_text(encoding="utf-8").splitlines()[0]
    rijen = "".join(f"{i},8/{28 - i % 28}/2013,9/10/2013,Web,Lening,Verhaal {i},\n" for i in range(40))
    return maak(tmp_path, "klachten", csv=f"{kop}\n{rijen}")


def journal_size(map: Path) -> int:
    return sum(pad.stat().st_size for pad in (map / "journaal").glob("*.jsonl"))
