"""Texts of many klachten in one file: found, erased, sealed, copied and cut off as those in folders of their own."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import duckdb
import pytest

from klachten import gebeurtenissen as g
from klachten.datamap import DATABASE
from klachten.register import Register, aanvaarding, bescherming, bundels, kolomblok, omzetten, schemastand
from klachten.register.bundels import Bundels
from klachten.register.controle import controleer
from klachten.register.dossiermap import Dossiermap
from klachten.register.journaal import Kop
from klachten.register.resten import Resten
from klachten.register.tekstregel import new_text
from klachten.reservekopie import archief, bronnen
from klachten.reservekopie.instellingen import Instellingen
from klachten.reservekopie.maken import make
from tests.maandproef import FEB, FEBRUARI, JANUARI, neem_over
from tests.overnameproef import PROEF
from tests.registerproef import DAG, NU, fouten, leg_klacht_vast, leg_stap_vast, open_at
from tests.versleutelproef import alles, leesbaar

PROJECT = Path(__file__).resolve().parents[1]
NAAM = "Zwaluwnaam"


def put_together(map: Path) -> None:
    """Let the texts of klachten stand as they do after taking over a file."""
    dossiers = Dossiermap(map / "dossiers")
    for nummer in [nummer for nummer in dossiers.numbers() if nummer[0] == "K" and dossiers.folder(nummer).is_dir()]:
        dossiers.bundels.add({nummer: [f"{regel.decode()}\n" for regel in dossiers.own_lines(nummer)]}, sync=True)
        shutil.rmtree(dossiers.folder(nummer))


def bytes_of(map: Path) -> bytes:
    """All that is in the folder of the dossiers."""
    return b"".join(pad.read_bytes() for pad in sorted((map / "dossiers").rglob("*")) if pad.is_file())


@pytest.fixture(scope="module")
def drie(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three klachten in two facts each, with their texts together, and one more fact of the first."""
    map = tmp_path_factory.mktemp("bundels") / "register"
    with open_at(map) as register:
        for i in range(3):
            leg_klacht_vast(register, indiener_naam=f"{NAAM} {i}", omschrijving=f"Kanarievogel {i}\nmet é en €")
    put_together(map)
    with open_at(map) as register:
        leg_stap_vast(register, "K2026-0001", "later")
    return map


@pytest.fixture
def map(drie: Path, tmp_path: Path) -> Path:
    return shutil.copytree(drie, tmp_path / "register")


# --- read and written ------------------------------------------------------------------------------------------------


def test_a_file_that_is_taken_over_makes_no_folder_for_each_klacht(register: Register, tmp_path: Path):
    neem_over(register, tmp_path / "a", JANUARI)
    assert sorted(pad.name for pad in (register.map / "dossiers").iterdir()) == ["O0001", "bundels"]
    assert [pad.name for pad in register.dossiers.bundels.files()] == ["K2024-0.bundel", "K2025-0.bundel"]
    leg_stap_vast(register, "K2024-0001", "Gebeld")
    assert {tekst.tekst for tekst in register.dossiers.texts("K2024-0001")} == {"Te laat gebeld", "Gebeld"}
    neem_over(register, tmp_path / "b", FEBRUARI, FEB)
    assert {bevinding.ernst for bevinding in controleer(register)} == {"goed"}
    (tekst,) = register.dossiers.texts("K2025-0004")
    assert tekst.tekst == "Dubbel betaald"


def test_the_database_is_made_again_of_texts_in_both_places(map: Path):
    eerder = alles(map)
    (map / DATABASE).unlink()
    assert alles(map) == eerder
    assert [v.feit.teksten() for v in eerder[0][0]][-1] == {"reden": "later"}
    assert {bevinding.ernst for bevinding in controleer(map)} == {"goed"}


def test_each_klacht_has_its_own_lines_of_the_file_of_its_thousand(tmp_path: Path):
    alle = Bundels(tmp_path / "bundels")
    nummers = ["K2026-0001", "K2026-0999", "K2026-1000", "K2026-10000", "K2025-0001", "S2026-0001"]
    alle.add({nummer: [f'{{"nr": {i}, "veld": "{nummer}"}}\n'] for i, nummer in enumerate(nummers, 1)}, sync=False)
    assert [pad.name for pad in alle.files()] == [
        "K2025-0.bundel", "K2026-0.bundel", "K2026-1.bundel", "K2026-10.bundel", "S2026-0.bundel",
    ]  # fmt: skip
    for i, nummer in enumerate(nummers, 1):
        assert [json.loads(regel) for regel in alle.lines(nummer)] == [{"nr": i, "veld": nummer}]
    assert alle.numbers() == set(nummers)
    assert alle.numbers({"K2026": 1500, "K2025": 999, "S2026": 1000}) == {"K2026-1000", "K2026-10000"}
    assert sorted(alle.facts()) == sorted(zip(nummers, range(1, 7), strict=True))
    assert (alle.lines("O0001"), alle.lines("T2026"), alle.lines("K2026-0002")) == ([], [], [])


def test_what_changed_in_a_file_is_seen_and_only_so_many_are_remembered(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(bundels, "_ONTHOUDEN", 2)
    alle = Bundels(tmp_path)
    for keer in range(1, 4):
        for nummer in ("K2026-0001", "K2026-1001", "K2026-2001"):
            alle.add({nummer: [f'{{"nr": {keer}}}\n']}, sync=False)
            assert len(alle.lines(nummer)) == keer
            alle.add({nummer[:-1] + "9": [f'{{"nr": {keer}}}\n']}, sync=False)
            assert len(alle.lines(nummer[:-1] + "9")) == keer
    assert len(alle._gelezen) == 2


# --- erased ----------------------------------------------------------------------------------------------------------


def test_what_is_erased_is_in_no_file_any_more_and_the_others_stay(map: Path):
    with open_at(map) as register:
        gewist = g.DossierGewist(gebeurd_op=DAG, grond="verzoek")
        with register.schrijven() as boeking:
            boeking.leg_vast("K2026-0001", gewist, door="carla", rol="directie")
        assert register.meldingen == []
    inhoud = bytes_of(map)
    assert f"{NAAM} 0".encode() not in inhoud
    assert b"Kanarievogel 0" not in inhoud
    assert f"{NAAM} 1".encode() in inhoud
    assert leesbaar(map, f"{NAAM} 0".encode(), b"Kanarievogel 0") == []
    assert fouten(controleer(map)) == []
    with open_at(map) as register:
        assert register.vastleggingen("K2026-0002")[0].feit.omschrijving == "Kanarievogel 1\nmet é en €"


def test_of_one_person_too_and_a_damaged_line_that_can_be_of_the_klacht_goes_along(map: Path):
    dossiers = Dossiermap(map / "dossiers")
    pad = dossiers.bundels.place("K2026-0002")
    voor = pad.read_bytes()
    pad.write_bytes(
        voor.rstrip(b"\n") + b'\nK2026-0002\t{"nr": 3, "veld": "x", "te\nK20\xc3026-0002\tkapot\nK2026-0003\tkapot\n'
    )
    assert dossiers.erase("K2026-0002", lambda tekst: tekst.veld == "indiener_naam")
    assert pad not in dossiers.bundels._gelezen, "what is erased is not held in memory either"
    assert not dossiers.erase("K2026-0002", lambda tekst: tekst.veld == "indiener_naam")
    na = pad.read_bytes()
    assert [tekst.veld for tekst in dossiers.texts("K2026-0002")] == ["omschrijving"]
    assert na == b"".join(
        [
            *(regel for regel in voor.splitlines(keepends=True) if f"{NAAM} 1".encode() not in regel),
            b"K2026-0003\tkapot\n",
        ]
    )
    for nummer in ("K2026-0001", "K2026-0002", "K2026-0003"):
        dossiers.erase(nummer, lambda _: True)
    assert not pad.exists(), "nor is there a file when nothing is in it"


def test_a_damaged_line_that_is_all_there_is_of_a_klacht_is_erased(tmp_path: Path):
    dossiers = Dossiermap(tmp_path)
    dossiers.write_together({"K2026-0002": [new_text(2, "omschrijving", "blijft")]})
    (pad,) = dossiers.bundels.files()
    voor = pad.read_bytes()
    pad.write_bytes(voor + b'K2026-0001\t{"nr": 1, "veld": "indiener_naam", "tekst": "Jan Jansen\n')
    assert dossiers.erase("K2026-0001", lambda _: True)
    assert pad.read_bytes() == voor
    assert not dossiers.erase("K2026-0001", lambda _: True)


def test_a_damaged_line_that_is_all_there_is_in_the_folder_of_a_klacht_is_erased(tmp_path: Path):
    pad = tmp_path / "K2026-0001" / "teksten.jsonl"
    pad.parent.mkdir()
    pad.write_bytes(b'{"nr": 1, "veld": "indiener_naam", "tekst": "Jan Jansen\n')
    assert Dossiermap(tmp_path).erase("K2026-0001", lambda _: True)
    assert pad.read_bytes() == b""
    assert not Dossiermap(tmp_path).erase("K2026-0001", lambda _: True)


def test_who_reads_while_a_text_is_erased_leaves_nothing_of_it_in_memory(tmp_path: Path, monkeypatch):
    dossiers = Dossiermap(tmp_path)
    dossiers.write_together({f"K2026-000{i}": [new_text(i, "omschrijving", NAAM)] for i in (1, 2)})
    echt = bundels.replace_file
    monkeypatch.setattr(
        bundels, "replace_file", lambda pad, inhoud: (dossiers.bundels.lines("K2026-0001"), echt(pad, inhoud))
    )
    assert dossiers.erase("K2026-0001", lambda _: True)
    assert [*dossiers.bundels._gelezen] == []


# --- never confirmed -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("staart", [b"", b"K2026-0002\t{", b"\0" * 5000])
def test_what_was_not_confirmed_is_cut_off_and_every_text_before_it_stays(map: Path, staart: bytes):
    dossiers = Dossiermap(map / "dossiers")
    pad = dossiers.bundels.place("K2026-0002")
    voor = pad.read_bytes()
    teksten = {nummer: [new_text(nr, "reden", "half")] for nr, nummer in ((8, "K2026-0002"), (9, "K2026-1007"))}
    dossiers.announce(8, list(teksten))
    dossiers.write_together(teksten)
    with pad.open("ab") as bestand:
        bestand.write(staart)
    with open_at(map) as register:
        assert "Zij zijn verwijderd" in " ".join(register.meldingen)
        assert register.stand().aantal == 7
    assert pad.read_bytes() == voor
    assert len(dossiers.bundels.files()) == 1
    assert {bevinding.ernst for bevinding in controleer(map)} == {"goed"}


def test_a_note_of_beyond_a_journal_that_was_cut_short_takes_no_text_of_before_along(map: Path):
    dossiers = Dossiermap(map / "dossiers")
    voor = bytes_of(map)
    teksten = {"K2026-0002": [new_text(8, "reden", "half")]}
    dossiers.announce(8, ["K2026-0001", *teksten])
    dossiers.write_together(teksten)
    assert dossiers.clear_unconfirmed(3) == 1
    assert bytes_of(map) == voor, "facts 4 up to 7 were confirmed"


def test_half_a_line_of_before_does_not_take_the_next_one_along(tmp_path: Path):
    alle = Bundels(tmp_path)
    alle.add({"K2026-0001": ['{"nr": 1, "veld": "a"}']}, sync=False)
    alle.add({"K2026-0001": ['{"nr": 2, "veld": "b"}\n']}, sync=False)
    assert len(alle.lines("K2026-0001")) == 2


@pytest.mark.parametrize("hoe", ["weg", "anders"])
def test_what_is_damaged_in_a_file_of_many_is_to_be_put_back_by_its_own_lines(map: Path, hoe: str):
    (pad,) = Dossiermap(map / "dossiers").bundels.files()
    regels = pad.read_bytes().splitlines(keepends=True)
    mis = [regel for regel in regels if regel.startswith(b"K2026-0002")]
    assert mis
    straks = {"weg": b"", "anders": mis[0].replace(b"vogel", b"vlinder").replace(b"naam 1", b"naam 9")}[hoe]
    pad.write_bytes(b"".join(straks if regel in mis else regel for regel in regels))
    zinnen = [zin for zin in fouten(controleer(map)) if zin.startswith("Tekst '")]
    assert len(zinnen) == len(mis)
    for zin in zinnen:
        assert zin.endswith(
            " Neem uit een reservekopie van dossiers/bundels/K2026-0.bundel alleen de regels over die beginnen met "
            "K2026-0002: er staan ook andere klachten in. Draai: python -m klachten herbouw"
        )


# --- lost facts ------------------------------------------------------------------------------------------------------


def test_texts_of_facts_that_are_gone_are_seen_and_kept_aside_when_somebody_goes_on(map: Path):
    put_together(map)
    journaal = map / "journaal" / "2026.jsonl"
    regels = journaal.read_bytes().splitlines(keepends=True)
    journaal.write_bytes(b"".join(regels[:3]))  # of K2026-0002 half is left, which is not whole; K2026-0003 is gone
    (map / DATABASE).unlink()
    (map / "zegel.json").unlink()
    with open_at(map) as register:
        assert register.alleen_lezen
        assert "in de dossiers staat tekst van feit 7" in register.alleen_lezen
        assert "Van K2026-0002 en K2026-0003 is er wel een dossier en geen feit meer" in register.alleen_lezen
    with open_at(map, herbouw=True, ondanks="De schijf was stuk.") as register:
        (verloren,) = map.glob("verlies-*")
        assert verloren.name in " ".join(register.meldingen)
        assert register.stand().aantal == 2
        assert {tekst.nr for tekst in register.dossiers.texts("K2026-0001")} == {1}
        assert register.dossiers.bundels.numbers() == {"K2026-0001"}
        assert leg_klacht_vast(register) == "K2026-0004"
    opzij = Dossiermap(verloren / "dossiers")
    assert {n: {tekst.nr for tekst in opzij.texts(n)} for n in opzij.numbers()} == {
        "K2026-0001": {7}, "K2026-0002": {3}, "K2026-0003": {5},
    }  # fmt: skip
    assert fouten(controleer(map)) == []


def test_of_a_thousand_that_go_the_file_is_written_once(map: Path, tmp_path: Path, monkeypatch):
    put_together(map)
    dossiers = Dossiermap(map / "dossiers")
    dossiers.write_together({"K2026-1001": [new_text(9, "omschrijving", "los")]})
    een, twee = dossiers.bundels.files()
    blijft = [regel for regel in een.read_bytes().splitlines(True) if regel.startswith(b"K2026-0001")]
    keren, echt = [], bundels.replace_file
    monkeypatch.setattr(bundels, "replace_file", lambda pad, inhoud: keren.append(pad) or echt(pad, inhoud))
    (tmp_path / "opzij" / "dossiers").mkdir(parents=True)
    aanvaarding.move_dossiers(dossiers, ["K2026-0002", "K2026-0003", "K2026-1001"], tmp_path / "opzij")
    assert keren == [een]
    assert een.read_bytes() == b"".join(blijft)
    assert not twee.exists()
    assert Dossiermap(tmp_path / "opzij" / "dossiers").numbers() == ["K2026-0002", "K2026-0003", "K2026-1001"]


def test_rests_look_in_them_for_texts_of_later_facts(map: Path):
    dossiers = Dossiermap(map / "dossiers")
    resten = Resten(map, dossiers)
    assert resten.few()
    assert resten.beyond(3) == {"K2026-0001": 7, "K2026-0003": 5}
    assert resten.beyond(3, ["K2026-0003", "K2026-0009"]) == {"K2026-0003": 5}
    assert resten.without_fact({"K2026": 2}) == ["K2026-0003"]
    assert resten.numbers()["K2026"] == 3


# --- sealed ----------------------------------------------------------------------------------------------------------


def test_they_are_sealed_opened_and_given_another_key_as_folders_are(map: Path, kluis: Path):
    eerder, voor = alles(map), bytes_of(map)
    gedaan, _ = omzetten.seal(map)
    assert gedaan == 3
    assert leesbaar(map, b"Kanarievogel", b"kanarievogel", NAAM.encode()) == []
    assert alles(map) == eerder
    dicht = bytes_of(map)
    assert omzetten.renew_key(map)[0] == 3
    assert alles(map) == eerder
    assert bytes_of(map) != dicht
    assert fouten(controleer(map)) == []
    assert omzetten.unseal(map) == 3
    assert bytes_of(map) == voor
    assert alles(map) == eerder


def test_no_half_of_a_file_stays_readable_after_opening_was_broken_off(map: Path, kluis: Path, monkeypatch):
    omzetten.seal(map)
    with monkeypatch.context() as patch:
        patch.setattr(omzetten, "_put_in_place", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            omzetten.unseal(map)
    deel = map / "dossiers" / "bundels" / "K2026-0.bundel.deel"
    inhoud, verloren = deel.read_bytes(), map / "verlies-20260101T000000" / "dossiers" / "bundels" / deel.name
    assert NAAM.encode() in inhoud
    verloren.parent.mkdir(parents=True)
    verloren.write_bytes(inhoud)
    omzetten.seal(map)
    assert leesbaar(map, NAAM.encode()) == []
    assert not list(map.rglob("*.deel"))
    alles(map)
    deel.write_bytes(deel.with_suffix("").read_bytes()[:-9])  # sealed, though it ends halfway
    assert {een.ernst for een in controleer(map)} == {"goed"}
    document = map / "dossiers" / "K2026-0001" / "documenten" / ("a" * 64 + ".deel")
    document.parent.mkdir()
    for rest in (deel, document):
        rest.write_bytes(inhoud)
    namen = [een.zin.split()[0] for een in controleer(map) if een.ernst == "let op"]
    assert namen == [f"dossiers/K2026-0001/documenten/{document.name}", f"dossiers/bundels/{deel.name}"]
    (zin,) = [een.zin for een in bescherming.look(map) if deel.name in een.zin]
    assert "bleef over toen klachten werd afgebroken" in zin


def test_nor_does_one_stay_of_a_file_of_which_all_is_erased(tmp_path: Path):
    dossiers = Dossiermap(tmp_path)
    dossiers.write_together({"K2026-0001": [new_text(1, "omschrijving", NAAM)]})
    (pad,) = dossiers.bundels.files()
    shutil.copy(pad, f"{pad}.deel")
    dossiers.erase("K2026-0001", lambda _: True)
    assert list(pad.parent.iterdir()) == []


def test_a_file_that_is_taken_over_into_a_sealed_register_can_nowhere_be_read(
    register: Register, tmp_path: Path, kluis: Path
):
    map = register.map
    neem_over(register, tmp_path / "a", {"1": JANUARI["1"]})
    register.close()
    omzetten.seal(map)
    with open_at(map) as dicht:
        neem_over(dicht, tmp_path / "b", JANUARI)
        assert len(dicht.dossiers.bundels.files()) == 2
        assert len(list(dicht.dossiers.texts("K2025-0001"))) == 1
    assert leesbaar(map, b"Brief kwijt", b"Te laat gebeld") == []


# --- copied ----------------------------------------------------------------------------------------------------------


def test_a_copy_has_their_lines_up_to_its_last_fact(map: Path, tmp_path: Path):
    stukken = {
        stuk.pad: b"".join(stuk.inhoud)
        for stuk in bronnen.pieces(map, Kop(4, "0" * 64, "2026.jsonl", 0, 0), bronnen.Beloofd(), tmp_path)
        if stuk.pad.startswith("dossiers/")
    }
    heel = (map / "dossiers" / "bundels" / "K2026-0.bundel").read_bytes()
    assert list(stukken) == ["dossiers/bundels/K2026-0.bundel"]
    assert stukken["dossiers/bundels/K2026-0.bundel"] == b"".join(
        regel for regel in heel.splitlines(keepends=True) if b'{"nr": 5,' not in regel
    )


def test_a_copy_with_them_is_of_a_newer_version_for_one_that_would_not_find_them(map: Path, tmp_path: Path):
    hoe = Instellingen(naar=str(tmp_path), onversleuteld=True)

    def formaat() -> int:
        with open_at(map) as register:
            naam = make(register, hoe, nu=NU, soort="hand", apart=False).kopie.naam
        with tarfile.open(tmp_path / naam) as tar:
            return json.load(tar.extractfile(archief.MANIFEST))["formaat"]

    assert formaat() == archief.FORMAAT == 2
    with open_at(map) as register:
        for nummer in register.dossiers.numbers():
            gewist = g.DossierGewist(gebeurd_op=DAG, grond="verzoek")
            with register.schrijven() as boeking:
                boeking.leg_vast(nummer, gewist, door="carla", rol="directie")
    assert formaat() == 1, "any version can put back what has none"


def test_a_version_that_would_not_find_them_does_not_open_the_database():
    assert schemastand.newest() >= 53, "without a new schema an older version would say that it erased, and not do it"


# --- and what taking over does not load ------------------------------------------------------------------------------


def test_columns_are_handed_over_as_they_are():
    kolommen = {
        "nr": range(5, 9), "tekst": ("a", "é €", "", "x\ny"), "los": (None, 3, None, 2**40), "wie": "anna", "van": 7,
        "niets": (None,) * 4,
    }  # fmt: skip
    with duckdb.connect() as con:
        rijen = con.from_arrow(kolomblok.table(kolommen)).fetchall()
    assert rijen == [
        (5, "a", None, "anna", 7, None), (6, "é €", 3, "anna", 7, None), (7, "", None, "anna", 7, None),
        (8, "x\ny", 2**40, "anna", 7, None),
    ]  # fmt: skip


def test_taking_over_a_file_loads_nothing_that_draws_or_counts_for_a_page(tmp_path: Path):
    code = (
        "import sys\nfrom klachten.__main__ import main\n"
        f"code = main(['importeer', {str(PROEF / 'klachten.csv')!r}, '--kolommen', {str(PROEF / 'klachten.toml')!r}, "
        f"'--uitvoeren', '--zonder-afgekeurde', '--map', {str(tmp_path / 'r')!r}])\n"
        "print(code, sorted({'pandas', 'scipy', 'matplotlib', 'streamlit'} & set(sys.modules)))"
    )
    uit = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True, timeout=120
    )
    assert uit.stdout.splitlines()[-1] == "0 []", uit.stdout
