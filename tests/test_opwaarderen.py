"""A register of an older version: first tried on a copy, then brought up, and never half; a newer one is refused."""

from __future__ import annotations

import os
import runpy
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest

from klachten import __main__ as ingang
from klachten import opwaarderen
from klachten.datamap import DATABASE, ZEGEL
from klachten.opening import open_register
from klachten.opwaarderen import PROEF, OpwaarderenMislukt, as_needed, upgrade
from klachten.register import controle, database, schemastand
from klachten.register.fouten import RegisterBeschadigd, RegisterBezet, RegisterNieuwer
from klachten.reservekopie.terugzetten import restore
from klachten.voorbeeld import record
from tests.gezondproef import set_back
from tests.lijsten import ONTVANGEN, VANDAAG, Lijst
from tests.registerproef import fouten

NU = datetime.now(UTC)


@pytest.fixture(scope="module")
def oud(tmp_path_factory: pytest.TempPathFactory, nieuwe_map: Path) -> Path:
    """A register with a klacht, and the database that an older version made of it."""
    map = shutil.copytree(nieuwe_map, tmp_path_factory.mktemp("oud") / "register")
    with open_register(map) as register:
        record(register, op=ONTVANGEN)
        Lijst(register, VANDAAG).intake(omschrijving="De begeleider kwam niet opdagen.")
    set_back(map, 19)
    return map


@pytest.fixture
def map(tmp_path: Path, oud: Path) -> Path:
    return shutil.copytree(oud, tmp_path / "register")


def contents(map: Path) -> dict[str, bytes]:
    return {pad.relative_to(map).as_posix(): pad.read_bytes() for pad in map.rglob("*") if pad.is_file()}


def test_an_older_register_is_tried_brought_up_and_checked(map: Path):
    gezegd: list[str] = []
    voor = contents(map)
    assert upgrade(map, NU, gezegd.append)
    assert [zin.partition(":")[0] for zin in gezegd] == [
        "Het register is van een oudere versie",
        "Let op",
        "De proef is goed",
        f"Het register heeft nu schema {schemastand.newest()}, en is nagekeken",
    ]
    na = contents(map)
    assert {naam for naam in na if na[naam] != voor.get(naam)} == {DATABASE, ZEGEL}, (
        "nothing but the database has changed"
    )
    assert na.keys() == voor.keys(), "and nothing is left of the try, or of the old one"
    assert fouten(controle.controleer(map)) == []
    with open_register(map) as register:
        assert register.meldingen == []
        with register.cursor() as cursor:
            assert cursor.execute("SELECT count(*) FROM klacht").fetchall() == [(1,)]
    assert not upgrade(map, NU, gezegd.append), "once is enough"


def test_a_try_only_changes_nothing(map: Path, capsys: pytest.CaptureFixture[str]):
    voor = contents(map)
    assert ingang.main(["opwaarderen", "--proef", "--map", str(map)]) == 0
    assert "het register is niet veranderd" in capsys.readouterr().out
    assert contents(map) == voor


def test_there_may_be_nothing_to_do(nieuwe_map: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    for waar in (shutil.copytree(nieuwe_map, tmp_path / "nieuw"), tmp_path / "niets"):
        assert ingang.main(["opwaarderen", "--map", str(waar)]) == 0
        assert capsys.readouterr().out == f"Aan het register in {waar} is niets op te waarderen.\n"
    assert not (tmp_path / "niets").exists()


def _broken_migration(patch: pytest.MonkeyPatch) -> None:
    alle = [*database.migrations(), (22, "022_later.sql", "CREATE TABLE klacht (x INTEGER)")]
    patch.setattr(database, "migrations", lambda: alle)
    patch.setattr(schemastand, "migrations", lambda: alle)


def _other_outcome(patch: pytest.MonkeyPatch) -> None:
    afgeleid = database.Database.append

    def append(self: database.Database, *argv: object, **meer: object) -> None:
        afgeleid(self, *argv, **meer)
        self.con.execute("UPDATE klacht_stand SET reglement = 'ander'")

    patch.setattr(database.Database, "append", append)


@pytest.mark.parametrize(
    ("breek", "zin"),
    [
        (_broken_migration, "de proef ging mis: CatalogException. Er is niets"),
        (_other_outcome, "de proef ging mis: Tabel klacht_stand klopt niet met de feiten"),
        (
            lambda patch: patch.setattr(shutil, "disk_usage", lambda pad: SimpleNamespace(free=1 << 20)),
            "en er is 1,0 MB vrij. Maak ruimte",
        ),
    ],
)
def test_what_does_not_go_well_on_the_copy_is_not_done(map: Path, monkeypatch: pytest.MonkeyPatch, breek, zin: str):
    voor = contents(map)
    breek(monkeypatch)
    with pytest.raises(OpwaarderenMislukt, match=zin) as mis:
        upgrade(map, NU, lambda zin: None)
    assert "Er is niets veranderd." in str(mis.value)
    assert contents(map) == voor
    assert not (map / PROEF).exists()


def test_a_journal_that_was_changed_is_no_ground_for_a_new_database(map: Path):
    (pad,) = (map / "journaal").glob("*.jsonl")
    pad.write_bytes(pad.read_bytes().replace(b'"nr":3,', b'"nr":4,', 1))
    voor = contents(map)
    with pytest.raises(RegisterBeschadigd, match="Er is niets gewijzigd"):
        upgrade(map, NU, lambda zin: None)
    assert contents(map) == voor


def test_a_register_that_had_lost_facts_is_told_what_to_do_and_opens_to_read(
    map: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    (pad,) = (map / "journaal").glob("*.jsonl")
    pad.write_bytes(b"".join(pad.read_bytes().splitlines(keepends=True)[:-1]))
    voor = contents(map)
    with pytest.raises(RegisterBeschadigd, match="minstens 3 feiten") as mis:
        upgrade(map, NU, lambda zin: None)
    assert "Zet de map journaal terug" in str(mis.value)
    assert "vorige versie" not in str(mis.value), "the program is not to blame"
    assert contents(map) == voor
    assert not (map / PROEF).exists()
    monkeypatch.setenv("KLACHTEN_DATA", str(map))
    gestart = []
    monkeypatch.setattr(runpy, "run_module", lambda *argv, **meer: gestart.append(True))
    monkeypatch.setattr(sys, "argv", ["klachten"])
    assert (ingang.main(["start", "--poort", "0"]), gestart) == (0, [True])
    assert "de app opent het alleen om te lezen" in capsys.readouterr().out
    with open_register(map) as register:
        assert "minstens 3 feiten" in register.alleen_lezen
        assert pad.read_bytes() == voor[pad.relative_to(map).as_posix()]


def test_what_is_wrong_only_afterwards_keeps_the_old_database(map: Path, monkeypatch: pytest.MonkeyPatch):
    oud = (map / DATABASE).read_bytes()
    keer = []

    def faults(map: Path, con: object) -> list[str]:
        keer.append(1)
        return ["Dit klopt niet."] if len(keer) > 1 else []

    monkeypatch.setattr(opwaarderen, "_faults", faults)
    with pytest.raises(OpwaarderenMislukt, match="De oude database staat in"):
        upgrade(map, NU, lambda zin: None)
    (bewaard,) = map.glob(f"{DATABASE}.schema-019-*")
    assert bewaard.read_bytes() == oud


def test_a_register_of_a_newer_version_is_refused_and_left_alone(
    map: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    with duckdb.connect(str(map / DATABASE)) as con:
        con.execute("INSERT INTO migratie VALUES (99, 'later.sql', '', NULL)")
    voor = contents(map)
    nieuwst = schemastand.newest()
    zin = f"is gemaakt met een nieuwere versie van klachten (schema 99, deze versie kent {nieuwst}). Werk klachten bij"
    with pytest.raises(RegisterNieuwer):
        upgrade(map, NU, print)
    monkeypatch.setenv("KLACHTEN_DATA", str(map))
    for opdracht in (["opwaarderen"], ["start", "--poort", "0"]):
        assert ingang.main(opdracht) == 2
        assert zin in capsys.readouterr().err
    assert contents(map) == voor


def test_a_register_in_use_is_left_alone(map: Path):
    with open_register(map):
        with pytest.raises(RegisterBezet):
            upgrade(map, NU, print)
        assert not as_needed(map, NU, print)


def test_what_was_left_of_a_try_that_was_killed_goes(map: Path):
    (map / PROEF).mkdir()
    (map / PROEF / DATABASE).write_bytes(b"teksten van klachten")
    upgrade(map, NU, lambda zin: None, alleen_proef=True)
    assert not (map / PROEF).exists()


@pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
def test_nobody_else_reads_the_try(map: Path, monkeypatch: pytest.MonkeyPatch):
    gezien = []
    faults = opwaarderen._faults
    monkeypatch.setattr(
        opwaarderen, "_faults", lambda map, con: gezien.append((map / PROEF).stat().st_mode & 0o77) or faults(map, con)
    )
    upgrade(map, NU, lambda zin: None, alleen_proef=True)
    assert gezien == [0]


def test_a_back_up_is_made_first_and_without_it_nothing_is_done(map: Path, tmp_path: Path):
    (map / "toegang").mkdir(exist_ok=True)
    naar = tmp_path / "kopieen"
    (map / "toegang" / "instellingen.toml").write_text(
        f'[reservekopie]\nnaar = "{naar.as_posix()}"\nonversleuteld = true\n', encoding="utf-8"
    )
    with pytest.raises(OpwaarderenMislukt, match="De reservekopie vooraf lukte niet"):
        upgrade(map, NU, lambda zin: None)
    assert schemastand.applied(map) == 19
    naar.mkdir()
    gezegd: list[str] = []
    upgrade(map, NU, gezegd.append)
    assert gezegd[1].startswith("Vooraf is een reservekopie gemaakt: ")
    assert schemastand.applied(map) == schemastand.newest()
    [kopie] = naar.glob("*.tar.gz")
    restore(str(kopie), tmp_path / "terug")
    assert fouten(controle.controleer(tmp_path / "terug")) == []


def test_start_does_it_before_there_is_an_app(map: Path, monkeypatch: pytest.MonkeyPatch, capsys):
    monkeypatch.setenv("KLACHTEN_DATA", str(map))
    gestart = []
    monkeypatch.setattr(runpy, "run_module", lambda *argv, **meer: gestart.append(schemastand.applied(map)))
    monkeypatch.setattr(sys, "argv", ["klachten"])
    assert ingang.main(["start", "--poort", "0"]) == 0
    assert gestart == [schemastand.newest()]
    gezegd = capsys.readouterr().out
    assert gezegd.index(f"Het register heeft nu schema {schemastand.newest()}") < gezegd.index("Het register komt op")
