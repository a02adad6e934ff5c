"""A copy of the folder, and a folder in which nothing can be written: what lacks is said, and all the rest is read."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from klachten import __main__ as klachten
from klachten import gebeurtenissen as g
from klachten import organisatie, scherm
from klachten.opening import open_register
from klachten.register import Register, RegisterAlleenLezen, RegisterBeschadigd, RegisterFout
from klachten.register.controle import controleer
from klachten.scherm import deur, momentopname
from klachten.toegang.instellingen import Instellingen
from klachten.toegang.staat import Staat
from tests import firmaproef
from tests.leesproef import alleen_lezen
from tests.lijsten import ONTVANGEN, VANDAAG, Lijst
from tests.registerproef import DAG, fouten, leg_klacht_vast, leg_stap_vast, open_at
from tests.schermproef import open_pagina, tekst

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="modes and capabilities of Linux")
BRIEF = b"%PDF-1.7 brief"
SHA256 = hashlib.sha256(BRIEF).hexdigest()


def leg_document_vast(register: Register, nummer: str) -> None:
    """Record a document."""
    with register.schrijven() as boeking:
        feit = g.DocumentToegevoegd(gebeurd_op=DAG, document=SHA256, naam="brief.pdf")
        boeking.leg_vast(nummer, feit, door="anna", rol="coordinator", document=BRIEF)


@pytest.fixture(scope="module")
def bron(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register of four facts, the last of them in the journal and not yet in the database file as it was copied."""
    map = tmp_path_factory.mktemp("bron") / "register"
    with open_at(map) as register:
        leg_klacht_vast(register, indiener_naam="J. Jansen")
        leg_stap_vast(register, "K2026-0001", reden="Laat.")
    shutil.copy(map / "klachten.duckdb", map.parent / "eerder.duckdb")
    with open_at(map) as register:
        leg_document_vast(register, "K2026-0001")
    return map


@pytest.fixture
def map(bron: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return shutil.copytree(bron, tmp_path / "register")


# --- copying while the app runs --------------------------------------------------------------------------------------


def _copy(van: Path, naar: Path, delen: tuple[str, str], tussendoor: Callable[[], object]) -> Path:
    """Copy a register in use in this order, while something is recorded between the two."""
    naar.mkdir()
    shutil.copytree(van / delen[0], naar / delen[0])
    tussendoor()
    shutil.copytree(van / delen[1], naar / delen[1])
    return naar


def test_of_a_copy_that_was_made_journal_first_nothing_is_lacking(map, tmp_path):
    """Texts behind its journal may as well be of facts that it lost: a person says that it is a copy."""
    with open_at(map) as register:
        kopie = _copy(map, tmp_path / "kopie", ("journaal", "dossiers"), lambda: _record(register))
    assert any("namelijk de feiten 5 tot en met" in bevinding.zin for bevinding in controleer(kopie))
    with open_at(kopie) as register:
        assert register.stand().aantal == 4
        assert "--ondanks" in register.alleen_lezen
        assert not any("ontbreekt" in melding for melding in register.meldingen)
    with open_at(kopie, herbouw=True, ondanks="teruggezet uit een kopie") as register:
        assert register.alleen_lezen == ""
    assert fouten(controleer(kopie)) == []


def test_of_a_copy_that_was_made_dossiers_first_every_text_and_document_that_lacks_is_named(map, tmp_path):
    with open_at(map) as register:
        kopie = _copy(map, tmp_path / "kopie", ("dossiers", "journaal"), lambda: _record(register))
        nodig = [v.nr for v in register.vastleggingen("K2026-0002")]
    zinnen = fouten(controleer(kopie))
    assert f"Tekst 'omschrijving' bij feit {nodig[0]} in het dossier van K2026-0002 ontbreekt." in zinnen[0]
    assert f"Document {SHA256[:12]} van K2026-0002 ontbreekt." in zinnen[2]
    assert len(zinnen) == 3
    with open_at(kopie) as register:
        (melding,) = [melding for melding in register.meldingen if "ontbreekt" in melding]
    assert f"'omschrijving' bij feit {nodig[0]} van K2026-0002" in melding
    assert f"1 document ({SHA256[:12]} bij feit 7 van K2026-0002)" in melding
    assert "eerst het journaal, dan de dossiers" in melding


def _record(register: Register) -> None:
    leg_document_vast(register, leg_klacht_vast(register))


# --- a folder in which nothing can be written ------------------------------------------------------------------------


def _as_it_is(map: Path) -> None:
    pass


def _without_database(map: Path) -> None:
    (map / "klachten.duckdb").unlink()


def _without_lock_file(map: Path) -> None:
    (map / "klachten.lock").unlink()


def _garbage(map: Path) -> None:
    (map / "klachten.duckdb").write_bytes(b"x" * 9000)


def _database_behind(map: Path, eerder: Path) -> None:
    shutil.copy(eerder, map / "klachten.duckdb")


def _only_the_wal(map: Path) -> None:
    (map / "klachten.duckdb").rename(map / "klachten.duckdb.wal")


def _torn_tail(map: Path) -> None:
    with (map / "journaal" / "2026.jsonl").open("ab") as bestand:
        bestand.write(b'{"corrigeert":null,"deel":[1,1],')


@LINUX
@pytest.mark.parametrize(
    ("doe", "ernst", "zegt"),
    [
        (_as_it_is, "goed", "De database heeft dezelfde 4 feiten als het journaal."),
        (_without_lock_file, "goed", "De database heeft dezelfde 4 feiten als het journaal."),
        (_without_database, "let op", "Er is geen database; de volgende start maakt haar uit journaal en dossiers."),
        (_only_the_wal, "let op", "Er is geen database; de volgende start maakt haar uit journaal en dossiers."),
        (_garbage, "fout", "De database is niet te openen"),
        (_database_behind, "let op", "De database loopt 1 feiten achter op het journaal"),
        (_torn_tail, "let op", "een vastlegging die niet is voltooid"),
    ],
    ids=lambda wat: getattr(wat, "__name__", None),
)
def test_a_folder_that_can_only_be_read_is_checked_and_opened_whatever_its_database_is(map, bron, doe, ernst, zegt):
    doe(map, bron.parent / "eerder.duckdb") if doe is _database_behind else doe(map)
    voor = {pad: pad.read_bytes() for pad in map.rglob("*") if pad.is_file()}
    with alleen_lezen(map):
        bevindingen = controleer(map)
        assert bevindingen[0].zin.startswith(f"In {map} kan niet worden geschreven")
        assert any(bevinding.ernst == ernst and zegt in bevinding.zin for bevinding in bevindingen), bevindingen
        assert not any("herbouw" in bevinding.zin for bevinding in bevindingen)
        with open_at(map) as register:
            assert [v.feit.soort for v in register.vastleggingen("K2026-0001")][2:] == [
                "CoordinatorGeinformeerd",
                "DocumentToegevoegd",
            ]
            assert register.vastleggingen("K2026-0001")[0].feit.indiener_naam == "J. Jansen"
            assert register.document("K2026-0001", SHA256) == BRIEF
            assert register.alleen_lezen.startswith(f"U kunt alleen lezen: in de map {map} kan niet worden geschreven")
            assert "4 feiten" in register.alleen_lezen
            assert [melding for melding in register.meldingen if "niet is voltooid" not in melding] == []
            with pytest.raises(RegisterAlleenLezen, match="U kunt alleen lezen"):
                leg_stap_vast(register, "K2026-0001")
            assert fouten(controleer(register)) == []
        with pytest.raises(RegisterFout, match="kan niet opnieuw worden gemaakt"):
            open_at(map, herbouw=True)
    assert {pad: pad.read_bytes() for pad in map.rglob("*") if pad.is_file()} == voor


@LINUX
def test_such_a_folder_with_a_damaged_journal_or_none_does_not_open_and_says_why(map, tmp_path):
    pad = map / "journaal" / "2026.jsonl"
    pad.write_bytes(pad.read_bytes().replace(b"KlachtGeregistreerd", b"KlachtGeregistreert"))
    (tmp_path / "leeg").mkdir()
    with alleen_lezen(map), pytest.raises(RegisterBeschadigd, match="Regel 2 van"):
        open_at(map)
    with alleen_lezen(tmp_path / "leeg"), pytest.raises(RegisterFout, match="staat geen enkel feit, en er kan niet"):
        open_at(tmp_path / "leeg")


@LINUX
def test_controleer_and_herbouw_say_so_at_the_command_line(map, capsys):
    with alleen_lezen(map):
        assert klachten.main(["controleer", "--map", str(map)]) == 0
        assert klachten.main(["herbouw", "--map", str(map)]) == 2
    uit = capsys.readouterr()
    assert "LET OP In " in uit.out
    assert "is in orde" in uit.out
    assert "kan niet opnieuw worden gemaakt" in uit.err


@LINUX
def test_the_pages_of_such_a_folder_can_be_read_and_say_that_nothing_can_be_recorded(ingericht, tmp_path, monkeypatch):
    monkeypatch.setenv("KLACHTEN_VANDAAG", VANDAAG.isoformat())
    map = shutil.copytree(ingericht, tmp_path / "register")
    with open_register(map) as register:
        nummer = Lijst(register).intake()
    with alleen_lezen(map), open_register(map) as register:
        vorig = scherm.gebruik(register)
        try:
            for naam, query in (("werkvoorraad", {}), ("dossier", {"nummer": nummer}), ("klachten", {})):
                proef = open_pagina(naam, "anna", **query)
                assert not proef.exception
                assert "U kunt alleen lezen" in proef.error[0].value
                if naam == "dossier":
                    assert nummer in tekst(proef)
            momentopname._look(momentopname.Bijhouder(rust=0), laatste=True)
            assert not (map / "momentopname").exists()
            assert not any("momentopname" in melding for melding in register.meldingen)
        finally:
            scherm.gebruik(vorig)


@LINUX
def test_that_of_a_firm_does_not_open_as_nobody_could_be_known_in_it(tmp_path):
    firmaproef.make(tmp_path / "register", ONTVANGEN, wie=("iris",))
    with (
        alleen_lezen(tmp_path / "register"),
        open_register(tmp_path / "register") as register,
        pytest.raises(RegisterFout, match="Niemand kan zich er dan aanmelden") as fout,
    ):
        deur.close_for(Staat(instellingen=Instellingen()), register)
    assert str(tmp_path) in str(fout.value)
    assert organisatie.iedereen()
    assert os.access(tmp_path / "register", os.W_OK)
