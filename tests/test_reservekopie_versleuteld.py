"""Copies of a sealed register: its key is in an encrypted one and in no other, and comes back with it."""

from __future__ import annotations

import shutil
import tarfile
from pathlib import Path

import pytest

from klachten import __main__ as ingang
from klachten.datamap import VERSLEUTELING
from klachten.opening import open_register
from klachten.register import Register, controle, omzetten
from klachten.reservekopie import maken, sleutel
from klachten.reservekopie.fouten import ReservekopieFout
from klachten.reservekopie.instellingen import Instellingen
from klachten.reservekopie.maken import KLOK, Gemaakt, make
from klachten.reservekopie.terugzetten import restore
from klachten.reservekopie.verzegeld import SLEUTEL
from tests.registerproef import NU, fouten, leg_klacht_vast
from tests.versleutelproef import KANARIE

GEHEIM = sleutel.new_key()


@pytest.fixture
def dicht(dicht: Path, kluis: Path) -> tuple[Path, Path]:
    """The folder of a sealed register, and where its key is."""
    (pad,) = kluis.rglob("*.sleutel")
    return dicht, pad


def kopieer(map: Path, naar: Path, *, open_: bool = False, volledig: bool = False) -> Gemaakt:
    naar.mkdir()
    hoe = Instellingen(naar=str(naar), ontvanger="" if open_ else GEHEIM.ontvanger, onversleuteld=open_)
    with open_register(map) as register:
        return make(register, hoe, nu=NU, soort=KLOK, volledig=volledig, apart=False)


def teksten(register: Register) -> list[tuple[int, str, str]]:
    with register.cursor() as cursor:
        return cursor.execute("SELECT nr, veld, tekst FROM tekst ORDER BY ALL").fetchall()


def zet_terug(gemaakt: Gemaakt, kopieen: Path, naar: Path) -> Path | None:
    return restore(str(kopieen / gemaakt.kopie.naam), naar, geheim=GEHEIM.geheim).sleutel


def test_an_encrypted_copy_brings_the_key_back_outside_the_folder_when_the_machine_is_lost(dicht, tmp_path: Path):
    map, pad = dicht
    with open_register(map) as register:
        waren = teksten(register)
    gemaakt = kopieer(map, tmp_path / "kopieen", volledig=True)
    assert gemaakt.kopie.gebreken == ()
    shutil.rmtree(map)
    was = pad.read_bytes()
    pad.unlink()
    assert zet_terug(gemaakt, tmp_path / "kopieen", tmp_path / "terug") == pad
    assert pad.read_bytes() == was
    assert pad.stat().st_mode & 0o077 == 0
    inhoud = [een for een in (tmp_path / "terug").rglob("*") if een.is_file()]
    assert not [een for een in inhoud if een.name == SLEUTEL or KANARIE.encode() in een.read_bytes()]
    with open_register(tmp_path / "terug") as register:
        assert teksten(register) == waren
        leg_klacht_vast(register)
    assert fouten(controle.controleer(tmp_path / "terug")) == []


def test_keys_that_are_there_already_stay_and_get_those_of_the_copy(dicht, tmp_path: Path):
    map, pad = dicht
    gemaakt = kopieer(map, tmp_path / "kopieen")
    oud = pad.read_bytes()
    omzetten.renew_key(map)
    nieuw = pad.read_bytes()
    assert zet_terug(gemaakt, tmp_path / "kopieen", tmp_path / "terug") == pad
    assert pad.read_bytes() == nieuw != oud
    open_register(map).close()


def test_a_copy_that_anybody_can_read_has_no_key_and_asks_for_it(dicht, tmp_path: Path):
    map, pad = dicht
    gemaakt = kopieer(map, tmp_path / "kopieen", open_=True)
    with tarfile.open(tmp_path / "kopieen" / gemaakt.kopie.naam) as tar:
        namen = tar.getnames()
    assert VERSLEUTELING in namen
    assert SLEUTEL not in namen
    elders = pad.rename(tmp_path / "de sleutel")
    with pytest.raises(ReservekopieFout, match="de sleutel daarvan zit er niet bij"):
        zet_terug(gemaakt, tmp_path / "kopieen", tmp_path / "terug")
    assert not (tmp_path / "terug").exists()
    elders.rename(pad)
    assert zet_terug(gemaakt, tmp_path / "kopieen", tmp_path / "terug") == pad


def test_trying_a_copy_never_puts_the_key_in_the_folder(dicht, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    map, _ = dicht
    gezien = list[str]()

    def kijk(uitgepakt: Path, *_: object, **__: object) -> list[str]:
        gezien.extend(pad.name for pad in uitgepakt.rglob("*"))
        return []

    monkeypatch.setattr(maken.proef, "prove", kijk)
    kopieer(map, tmp_path / "kopieen")
    assert VERSLEUTELING in gezien
    assert SLEUTEL not in gezien


def test_a_copy_that_is_not_whole_leaves_no_key_behind(dicht, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    map, pad = dicht
    gemaakt = kopieer(map, tmp_path / "kopieen")
    pad.unlink()
    monkeypatch.setattr("klachten.reservekopie.terugzetten.proef.prove", lambda *_, **__: ["stuk"])
    with pytest.raises(ReservekopieFout, match="niet heel"):
        zet_terug(gemaakt, tmp_path / "kopieen", tmp_path / "terug")
    assert not pad.exists()


def test_the_command_says_that_the_key_is_not_in_it(dicht, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    map, pad = dicht
    (tmp_path / "kopieen").mkdir()
    (map / "toegang").mkdir(exist_ok=True)
    (map / "toegang" / "instellingen.toml").write_text("[reservekopie]\nonversleuteld = true\n", encoding="utf-8")
    assert ingang.main(["reservekopie", "--map", str(map), "--naar", str(tmp_path / "kopieen")]) == 0
    gezegd = capsys.readouterr().out
    assert "de sleutel daarvan zit er niet bij" in gezegd
    assert str(pad) in gezegd
