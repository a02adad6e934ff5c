"""Page Uitvoer: a beheerder has everything written beside the register, says for what, and takes it away again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from klachten.register import Register
from klachten.scherm import kijklog, uitvoeren
from klachten.scherm.uitvoeren import Uitvoerder
from klachten.uitvoer import plek
from tests import eindig, wisproef
from tests.paginas import Opent
from tests.schermproef import tekst


@pytest.fixture(autouse=True)
def uitvoerder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Uitvoerder]:
    """Nobody asked for one before, and none goes on after a test."""
    nieuw = Uitvoerder()
    monkeypatch.setattr(uitvoeren, "uitvoerder", nieuw)
    yield nieuw
    nieuw.stop()


def test_a_beheerder_has_one_made_says_for_what_and_takes_it_away(
    firma: Register, opent: Opent, uitvoerder: Uitvoerder
):
    oud = wisproef.oude_klacht(firma)
    proef = opent("uitvoer")
    assert "Er staat nu geen uitvoer." in tekst(proef)
    proef.button(key="uitvoer.maak").click().run()
    assert [deel.value for deel in proef.error] == ["Vul in waarvoor de uitvoer nodig is."]
    proef.text_input(key="uitvoer.reden").set_value(" overstap naar\tX ").run()
    proef.button(key="uitvoer.maak").click().run()
    uitvoerder.wait(eindig.GENOEG)
    assert (uitvoerder.fout, uitvoerder.bezig) == ("", "")
    (map,) = plek.place(firma.map).iterdir()
    assert map.parent == firma.map.with_name("register-uitvoer")
    assert json.loads((map / "uitvoer.json").read_text("utf-8"))["reden"] == "overstap naar X"
    log = kijklog.van(firma)
    log.flush()
    (regel,) = (
        regel
        for pad in log.keten.map.glob("2*.jsonl")
        for regel in map_lines(pad)
        if regel.get("waar") == "uitvoer_alles"
    )
    assert (regel["wie"], regel["wat"]) == ("iris", "gedownload")
    proef.run()
    assert f"**{map.name}**" in tekst(proef)
    assert [deel.value for deel in proef.text] == ["Waarvoor: overstap naar X"]
    # Nothing of a klacht is on the page, or goes through the browser.
    assert oud.nummer not in tekst(proef)
    assert oud.woorden["indiener"] not in tekst(proef)
    assert [deel.value for deel in proef.error] == []
    wisproef.wis(firma, oud.nummer)
    proef.run()
    assert any("Wat is gewist, staat hier nog in" in deel.value for deel in proef.error)
    proef.button(key=f"uitvoer.weg.{map.name}").click().run()
    assert list(map.parent.iterdir()) == []


def map_lines(pad: Path) -> list[dict[str, str]]:
    return [json.loads(regel) for regel in pad.read_text("utf-8").splitlines()]


def test_an_auditor_sees_what_stands_there_and_has_none_made(firma: Register, opent: Opent):
    proef = opent("uitvoer", "joris")
    assert "Er staat nu geen uitvoer." in tekst(proef)
    assert [knop.key for knop in proef.button if knop.key and knop.key.startswith("uitvoer.")] == []


def test_what_goes_wrong_is_said_and_a_folder_of_somebody_else_is_left_alone(
    firma: Register, opent: Opent, uitvoerder: Uitvoerder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "geen-map").write_text("x")
    monkeypatch.setenv(plek.INSTELLING, str(tmp_path / "geen-map"))
    proef = opent("uitvoer")
    proef.text_input(key="uitvoer.reden").set_value("overstap").run()
    proef.button(key="uitvoer.maak").click().run()
    uitvoerder.wait(eindig.GENOEG)
    proef.run()
    assert any("De uitvoer is niet gemaakt" in deel.value for deel in proef.error)
    monkeypatch.setenv(plek.INSTELLING, str(tmp_path / "elders"))
    (tmp_path / "elders" / "uitvoer-2026-01-01-000000").mkdir(parents=True)
    (tmp_path / "elders" / "van mij").mkdir()
    assert plek.made(firma.map) == []
    plek.remove(firma.map, "van mij")
    plek.remove(firma.map, "../register")
    assert (tmp_path / "elders" / "van mij").is_dir()
    assert firma.map.is_dir()


def test_one_that_is_being_made_ends_with_the_app(firma: Register, tmp_path: Path, uitvoerder: Uitvoerder):
    klaar: list[str] = []
    uitvoerder.ask(
        firma, tmp_path / "uit" / "x", vandaag=wisproef.VANDAAG, reden="r", klaar=lambda: klaar.append("klaar")
    )
    uitvoerder.stop()
    assert klaar == [] or (tmp_path / "uit" / "x").is_dir()
    assert [pad.name for pad in (tmp_path / "uit").glob(".*")] == []
    uitvoerder.ask(firma, tmp_path / "uit" / "y", vandaag=wisproef.VANDAAG, reden="r", klaar=lambda: None)
    assert not (tmp_path / "uit" / "y").exists()
