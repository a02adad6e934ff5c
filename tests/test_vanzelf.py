"""What the next start heals by itself: controleer says so, asks for no rebuild, and the next start does it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from klachten.register.controle import controleer
from tests.registerproef import leg_klacht_vast, leg_stap_vast, open_at
from tests.test_kopie import SHA256


@pytest.fixture(scope="module")
def bron(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register of five facts, and beside it its database as it was after two."""
    map = tmp_path_factory.mktemp("vanzelf") / "register"
    with open_at(map) as register:
        leg_klacht_vast(register)
    shutil.copy(map / "klachten.duckdb", map.parent / "eerder.duckdb")
    with open_at(map) as register:
        leg_stap_vast(register, leg_klacht_vast(register), reden="Laat.")
    return map


def _sql(map: Path, opdracht: str) -> None:
    with duckdb.connect(str(map / "klachten.duckdb")) as con:
        con.execute(opdracht)


def _behind(map: Path, eerder: Path) -> None:
    shutil.copy(eerder, map / "klachten.duckdb")


def _older_schema(map: Path, eerder: Path) -> None:
    _sql(map, "DELETE FROM migratie WHERE nr = (SELECT max(nr) FROM migratie)")


def _other_derivation(map: Path, eerder: Path) -> None:
    _sql(map, "UPDATE inrichting SET waarde = 'van vroeger' WHERE naam = 'afgeleid'")
    _sql(map, "UPDATE klacht_stand SET status = 'van vroeger'")


def _unsettled(map: Path, eerder: Path) -> None:
    dossier = map / "dossiers" / "K2026-0001"
    regel = json.dumps({"nr": 6, "veld": "reden", "zout": "00", "tekst": "Nooit bevestigd."})
    with (dossier / "teksten.jsonl").open("a", encoding="utf-8") as bestand:
        bestand.write(f"{regel}\n")
    (dossier / "documenten").mkdir()
    (dossier / "documenten" / SHA256).write_bytes(b"%PDF-1.7 brief")
    bericht = {"vanaf": 6, "teksten": ["K2026-0001"], "documenten": [["K2026-0001", SHA256]]}
    (map / "dossiers" / "bezig.json").write_text(json.dumps(bericht), encoding="utf-8")


def _torn(map: Path, eerder: Path) -> None:
    pad = map / "journaal" / "2026.jsonl"
    pad.write_bytes(pad.read_bytes() + pad.read_bytes()[:150])


@pytest.mark.parametrize(
    ("doe", "zegt"),
    [
        (_behind, "De database loopt 3 feiten achter op het journaal; zij wordt bij de volgende start bijgewerkt."),
        (_older_schema, "De database is van een eerdere versie van klachten; bij de volgende start wordt zij"),
        (_other_derivation, "Wat de database uit de feiten afleidt, wordt bij de volgende start bijgewerkt."),
        (_unsettled, "(1 dossier: K2026-0001); bij de volgende start wordt het weggehaald."),
        (_torn, "die wordt bij de volgende start afgeknipt, tenzij er sporen zijn dat zij is bevestigd."),
    ],
    ids=lambda wat: getattr(wat, "__name__", None),
)
def test_it_is_said_without_alarm_and_the_next_start_heals_it(
    tmp_path: Path, bron: Path, doe: Callable[[Path, Path], None], zegt: str
) -> None:
    map = shutil.copytree(bron, tmp_path / "register")
    doe(map, bron.parent / "eerder.duckdb")
    anders = [bevinding for bevinding in controleer(map) if bevinding.ernst != "goed"]
    assert [bevinding.ernst for bevinding in anders] == ["let op"], anders
    assert zegt in anders[0].zin
    assert "herbouw" not in anders[0].zin
    if doe is _older_schema:
        return  # the newest schema cannot be applied twice; that an older one is brought up is in test_register_woorden
    with open_at(map) as register:
        assert register.stand().aantal == 5
    assert {bevinding.ernst for bevinding in controleer(map)} == {"goed"}
