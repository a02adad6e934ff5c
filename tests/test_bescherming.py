"""Page Bescherming and what it asks: how a register stands now, and what protects what, as the documentation says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from klachten import afscherming, scherm
from klachten.opening import open_register
from klachten.register import omzetten
from klachten.register.bescherming import look
from klachten.scherm.beheer import bescherming
from klachten.versleuteling import Stand, read_stand
from tests.lijsten import VANDAAG
from tests.registerproef import fouten, open_at
from tests.schermproef import open_pagina, tekst

PROJECT = Path(__file__).resolve().parents[1]


def zinnen(map: Path) -> dict[str, list[str]]:
    gezegd: dict[str, list[str]] = {}
    for bevinding in look(map):
        gezegd.setdefault(bevinding.ernst, []).append(bevinding.zin)
    return gezegd


@pytest.mark.skipif(not afscherming.MODES, reason="Windows has no modes")
def test_each_way_in_which_a_register_stands_open_is_said(vol: Path):
    vol.chmod(0o755)
    assert "Andere gebruikers van deze computer kunnen bij de map" in zinnen(vol)["fout"][0]
    assert "zijn niet versleuteld" in zinnen(vol)["let op"][0]
    afscherming.mend(vol)
    assert "fout" not in zinnen(vol)

    _, pad = omzetten.seal(vol)
    assert list(zinnen(vol)) == ["goed"]
    assert f"die staat in {pad}" in zinnen(vol)["goed"][1]
    (vol / "klachten.duckdb.beschadigd-1").write_bytes(b"")
    assert "is een database van eerder" in zinnen(vol)["let op"][0]
    pad.chmod(0o644)
    assert f"chmod 600 {pad}" in zinnen(vol)["fout"][0]
    stand = read_stand(vol)
    Stand(stand.register, stand.sleutel, "dicht").write(vol)
    assert "nog niet af" in zinnen(vol)["let op"][0]
    heel = pad.read_bytes()
    pad.write_bytes(b"{}")
    assert "staat geen sleutel van klachten" in zinnen(vol)["fout"][0]
    pad.unlink()
    assert "De sleutel van dit register ontbreekt" in zinnen(vol)["fout"][0]
    pad.write_bytes(heel)
    pad.chmod(0o644)  # whatever umask an earlier test left
    open_at(vol).close()
    assert "nog niet af" not in str(zinnen(vol))
    assert fouten(look(vol)) == [f"Anderen kunnen de sleutel lezen. Sluit dat bestand: chmod 600 {pad}"]


def test_on_windows_it_is_said_who_decides(vol: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(afscherming, "MODES", False)
    assert "icacls" in zinnen(vol)["let op"][0]


def test_the_page_says_how_it_stands_and_every_part_of_the_explanation(tmp_path: Path, kluis: Path, monkeypatch):
    monkeypatch.setenv("KLACHTEN_VANDAAG", VANDAAG.isoformat())
    open_register(tmp_path / "register").close()
    omzetten.seal(tmp_path / "register")
    with open_register(tmp_path / "register") as register:
        vorig = scherm.gebruik(register)
        try:
            app = open_pagina("bescherming", "iris")
        finally:
            scherm.gebruik(vorig)
    assert not app.exception
    assert any("Teksten en documenten zijn versleuteld met sleutel" in deel.value for deel in app.success)
    gezien = tekst(app)
    assert [deel.naam for deel in bescherming.delen() if deel.naam not in gezien] == []


def test_the_documentation_says_the_same_of_each_part_and_of_no_other():
    docs = (PROJECT / "docs" / "beveiliging.md").read_text(encoding="utf-8")
    deel = docs.split("## What is protected by what")[1].split("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \|", deel, flags=re.MULTILINE) == [deel.id for deel in bescherming.delen()]
