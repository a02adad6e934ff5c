"""Sealing, opening and another key, broken off anywhere; and a sealed register in use: searched, imported, read."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from klachten import __main__ as ingang
from klachten import scherm
from klachten.datamap import DATABASE
from klachten.opening import open_register
from klachten.register import omzetten
from klachten.register.controle import controleer
from klachten.register.fouten import RegisterFout
from klachten.register.stroom import Stroom
from klachten.scherm import paginas
from klachten.scherm.dossier import dossierzip, stuk
from klachten.versleuteling import read_stand
from klachten.versleuteling.sleutelbestand import BESTAND
from tests import test_zoeken
from tests.lijsten import VANDAAG, Lijst
from tests.registerproef import fouten, leg_klacht_vast, ontvangst, open_at
from tests.versleutelproef import KANARIE, alles, leesbaar

pytestmark = pytest.mark.usefixtures("kluis")

DOEN = {"dicht": omzetten.seal, "open": omzetten.unseal, "nieuw": omzetten.renew_key}


def breek(monkeypatch: pytest.MonkeyPatch, na: int, *, waar: str = "dossiers/") -> None:
    """Let the disk refuse from the so manieth file on that takes its place with `waar` in its path."""
    echt, keren = Path.replace, [0]

    def replace(self: Path, doel: Path) -> Path:
        if self.name.endswith(".deel") and waar in self.as_posix():
            keren[0] += 1
            if keren[0] > na:
                raise OSError(28, "No space left on device")
        return echt(self, doel)

    monkeypatch.setattr(Path, "replace", replace)
    monkeypatch.setattr(omzetten, "_TEGELIJK", 2)


@pytest.mark.parametrize(("wat", "na"), [("dicht", 0), ("dicht", 2), ("nieuw", 2), ("open", 2)])
def test_whatever_stops_it_everything_is_there_and_the_next_opening_goes_on(
    request: pytest.FixtureRequest, eerder, monkeypatch, wat: str, na: int
):
    vol: Path = request.getfixturevalue("vol" if wat == "dicht" else "dicht")
    with monkeypatch.context() as patch:
        breek(patch, na)
        with pytest.raises(OSError, match="No space left"):
            DOEN[wat](vol)
        assert read_stand(vol).naar == ("open" if wat == "open" else "dicht")
        with open_at(vol) as register:  # the disk is still full
            assert "nog niet af (No space left on device)" in register.meldingen[0]
            assert register.vastleggingen("K2026-0001")[0].feit.omschrijving == f"De {KANARIE}0 kwam niet."
    with open_at(vol) as register:
        assert any("Dat is afgemaakt" in melding for melding in register.meldingen)
        assert fouten(controleer(register)) == []
    assert alles(vol) == eerder
    assert (leesbaar(vol) == []) == (wat != "open")
    assert not list(vol.rglob("*.deel"))


@pytest.mark.parametrize("na", [0, 1])  # the file with the key, and the one that says what is meant
def test_what_cannot_even_begin_leaves_the_register_as_it_was(vol: Path, eerder, monkeypatch, na: int):
    with monkeypatch.context() as patch:
        breek(patch, na, waar="")
        with pytest.raises(OSError, match="No space left"):
            omzetten.seal(vol)
    assert read_stand(vol) is None
    with open_at(vol) as register:
        assert register.meldingen == []
    assert alles(vol) == eerder


def test_what_hung_behind_lost_facts_is_sealed_and_opened_with_the_rest(vol: Path):
    shutil.copytree(vol / "dossiers", vol / "verlies-20260101T000000" / "dossiers")
    voor = {pad: pad.read_bytes() for pad in vol.glob("verlies-*/**/*") if pad.is_file()}
    (vol / f"{DATABASE}.schema-5-20260101T000000").write_bytes(b"x")
    omzetten.seal(vol)
    assert leesbaar(vol) == []
    assert [pad.name for pad in omzetten.readable_rests(vol)] == [f"{DATABASE}.schema-5-20260101T000000"]
    omzetten.unseal(vol)
    assert {pad: pad.read_bytes() for pad in voor} == voor


def test_what_is_recorded_while_it_is_not_finished_stays_too(vol: Path, monkeypatch):
    with monkeypatch.context() as patch:
        breek(patch, 2)
        with pytest.raises(OSError, match="No space left"):
            omzetten.seal(vol)
        with open_at(vol) as register:
            nummer = leg_klacht_vast(register, omschrijving=f"{KANARIE} tussendoor")
    with open_at(vol) as register:
        assert register.vastleggingen(nummer)[0].feit.omschrijving == f"{KANARIE} tussendoor"
        assert fouten(controleer(register)) == []
    assert leesbaar(vol) == []


def test_nothing_is_done_to_a_register_that_is_open(vol: Path):
    with open_at(vol):
        for doe in (omzetten.seal, omzetten.unseal, omzetten.renew_key, omzetten.give_up_key):
            with pytest.raises(RegisterFout, match="al geopend"):
                doe(vol)
    with pytest.raises(RegisterFout, match="staat geen register"):
        omzetten.seal(vol.parent / "nergens")
    with pytest.raises(RegisterFout, match="is niet versleuteld"):
        omzetten.unseal(vol)
    assert read_stand(vol) is None


# --- in use ----------------------------------------------------------------------------------------------------------


def test_every_search_of_the_tests_of_searching_finds_the_same_in_a_sealed_register(tmp_path: Path, nieuwe_map: Path):
    """The cases of tests/test_zoeken.py, asked of a register that was sealed before anything was recorded in it."""
    dicht = shutil.copytree(nieuwe_map, tmp_path / "dicht")
    omzetten.seal(dicht)
    with open_register(dicht) as register:
        test_zoeken.vul(register)
    with open_register(dicht) as register:
        gevallen = _cases()
        assert len(gevallen) > 40
        assert {zoek: [int(nr[-4:]) for nr in test_zoeken.nummers(register, zoek)] for zoek, _ in gevallen} == dict(
            gevallen
        )
        assert fouten(controleer(register)) == []
    assert leesbaar(dicht, b"Groot", b"Yildiz", "Yıldız".encode(), b"yildiz") == []


def _cases() -> list[tuple[str, list[int]]]:
    """What is searched for and found there, as its table has it."""
    toetsen = [toets for naam, toets in vars(test_zoeken).items() if naam.startswith("test_")]
    tabellen = [merk.args for toets in toetsen for merk in getattr(toets, "pytestmark", ())]
    return next(gevallen for namen, gevallen in tabellen if namen == ("zoek", "verwacht"))


def test_the_command_says_what_it_did_and_what_to_keep(tmp_path: Path, nieuwe_map: Path, capsys, monkeypatch):
    map = shutil.copytree(nieuwe_map, tmp_path / "register")
    monkeypatch.setenv(BESTAND, str(tmp_path / "kluis" / "sleutel"))
    with open_register(map) as register:
        leg_klacht_vast(register, omschrijving=KANARIE)
    (map / "klachten.duckdb.beschadigd-20250101T000000").write_bytes(b"oud")

    def draai(*argv: str) -> tuple[int, str]:
        code = ingang.main(["versleutel", "--map", str(map), *argv])
        gezegd = capsys.readouterr()
        return code, gezegd.out + gezegd.err

    code, uit = draai()
    assert code == 0
    assert f"Het register in {map} is versleuteld: 1 dossier omgezet." in uit
    assert f"De sleutel staat in {tmp_path / 'kluis' / 'sleutel'}." in uit
    assert "klachten.duckdb.beschadigd-20250101T000000 is een database van eerder" in uit
    assert draai()[0] == 2
    code, uit = draai("--nieuwe-sleutel")
    assert code == 0
    assert "met een nieuwe sleutel versleuteld: 1 dossier omgezet" in uit
    assert leesbaar(map) == []
    with open_register(map) as register:
        assert register.meldingen == []
    code, uit = draai("--uit")
    assert (code, "is niet meer versleuteld: 1 dossier omgezet" in uit) == (0, True)
    assert read_stand(map) is None
    assert draai("--uit")[0] == 2


def test_an_import_in_portions_goes_sealed(tmp_path: Path):
    map = tmp_path / "register"
    open_at(map).close()
    omzetten.seal(map)
    nummers = [f"K2026-{nr:04d}" for nr in range(1, 31)]
    with open_at(map) as register:
        stroom = Stroom(
            klachten=lambda: ((nr, [ontvangst(omschrijving=f"{KANARIE} {nr}")]) for nr in nummers),
            nummers=nummers,
            feiten=len(nummers),
            door="overname",
            rol="overname",
        )
        with register.schrijven() as boeking:
            boeking.stream(stroom)
    assert leesbaar(map) == []
    with open_at(map) as register:
        assert register.vastleggingen("K2026-0030")[0].feit.omschrijving == f"{KANARIE} K2026-0030"
        assert fouten(controleer(register)) == []


def test_a_dossier_of_which_the_key_is_gone_opens_and_says_so(tmp_path: Path, ingericht: Path, anna, monkeypatch):
    map = shutil.copytree(ingericht, tmp_path / "register")
    with open_register(map) as register:
        lijst = Lijst(register, VANDAAG)
        nummer = lijst.intake(omschrijving="Niet te lezen")
        lijst.doe("stap_03_toevoegen_document", "anna", nummer, op=1, naam="stuk.pdf", bestand=b"%PDF")
        nr = register.vastleggingen(nummer)[-1].nr
    _, pad = omzetten.seal(map)
    monkeypatch.setenv("KLACHTEN_VANDAAG", VANDAAG.isoformat())

    def pagina(inhoud: bytes | None) -> AppTest:
        with open_register(map) as register:
            vorig = scherm.gebruik(register)
            try:
                gehaald = stuk.haal(register, nummer, nr, anna)
                assert (gehaald[1] if gehaald else None) == inhoud
                zip = zipfile.ZipFile(io.BytesIO(b"".join(dossierzip.maker(nummer, anna)())))
                inventaris = zip.read(dossierzip.INVENTARIS).decode()
                assert ("stukken/001 stuk.pdf" in zip.namelist()) == (inhoud is not None)
                assert (dossierzip.DICHT in inventaris) == (inhoud is None)
                assert ("niet te lezen: de sleutel ervan ontbreekt" in inventaris) == (inhoud is None)
                toets = AppTest.from_file(str(paginas.pagina("dossier").bestand), default_timeout=20)
                toets.query_params["nummer"] = nummer
                toets.query_params["als"] = "anna"
                return toets.run()
            finally:
                scherm.gebruik(vorig)

    assert "Niet te lezen" in " ".join(deel.value for deel in pagina(b"%PDF").text)
    pad.unlink()
    toets = pagina(None)
    assert not toets.exception
    assert any("niet te lezen: de sleutel" in deel.value for deel in toets.warning)
    assert "Niet te lezen" not in " ".join(deel.value for deel in toets.text)
