"""Whether a register is well: good when it is looked after, and of what was neglected a sentence and what to do."""

from __future__ import annotations

import dataclasses
import json
import os
import re
import shutil
import socketserver
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest

from klachten import __main__ as ingang
from klachten import gezond, scherm
from klachten.anker import regel as ankerregel
from klachten.datamap import DATABASE, LOCK, VERSLEUTELING
from klachten.gezond import CONTROLES, FOUT, GOED, LET_OP, NVT, Klokwacht, Pols, Uitslag, pols
from klachten.gezond.slot import is_held
from klachten.klok import VOORUIT
from klachten.opening import open_register
from klachten.register import schemastand
from klachten.reservekopie import stand
from klachten.scherm import anker as scherm_anker
from klachten.scherm import pols as scherm_pols
from klachten.scherm.beheer import toestand
from klachten.toegang import instellingen
from klachten.versleuteling.sleutelbestand import path_of
from tests import firmaproef, gezondproef, httpsproef
from tests.gezondproef import UUR, beat, copied, running, set_back
from tests.lijsten import VANDAAG
from tests.schermproef import open_pagina

DAG = timedelta(days=1)
LINUX = pytest.mark.skipif(not Path("/proc/locks").exists(), reason="only Linux tells who holds a lock")


@pytest.fixture(scope="module")
def verzorgd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    map = tmp_path_factory.mktemp("gezond") / "register"
    gezondproef.make(map)
    return map


@pytest.fixture
def map(tmp_path: Path, verzorgd: Path) -> Path:
    """A register of a firm that is well looked after; the app does not run."""
    return shutil.copytree(verzorgd, tmp_path / "register")


def look(map: Path, naam: str = "", na: timedelta = timedelta()) -> Uitslag | dict[str, Uitslag]:
    gezien = {een.naam: uit for een, uit in gezond.look(map, datetime.now(UTC) + na).uitslagen}
    return gezien[naam] if naam else gezien


def test_a_register_that_is_looked_after_is_well(map: Path, capsys: pytest.CaptureFixture[str]):
    with running(map):
        assert ingang.main(["gezond", "--map", str(map)]) == 0
        gezegd = capsys.readouterr().out
        assert "LET OP" not in gezegd
        assert "FOUT" not in gezegd
        assert re.search(r"\nHet register in .*: Alles is in orde \(.*\)\.\n$", gezegd)
        assert ingang.main(["gezond", "--map", str(map), "--json"]) == 0
    gelezen = json.loads(capsys.readouterr().out)
    assert (gelezen["uitkomst"], gelezen["code"]) == ("goed", 0)
    assert [een["naam"] for een in gelezen["controles"]] == [een.naam for een in CONTROLES]
    ernst = {een["naam"]: een["ernst"] for een in gelezen["controles"]}
    assert {naam for naam, hoe in ernst.items() if hoe == NVT} == {"anker", "certificaat", "mail", "post", "postbus"}


def test_looking_changes_nothing_and_takes_no_lock(map: Path):
    with running(map):
        was = {pad: (pad.stat().st_mtime_ns, pad.stat().st_size) for pad in map.rglob("*")}
        look(map)
        assert {pad: (pad.stat().st_mtime_ns, pad.stat().st_size) for pad in map.rglob("*")} == was


# --- what was neglected ----------------------------------------------------------------------------------------------


def _settings(tekst: str):
    return lambda map: (map / "toegang" / "instellingen.toml").write_text(tekst, encoding="utf-8")


def _newer(map: Path) -> None:
    with duckdb.connect(str(map / DATABASE)) as con:
        con.execute("INSERT INTO migratie VALUES (99, 'later.sql', '', NULL)")


def _altered(map: Path) -> None:
    (pad,) = (map / "journaal").glob("*.jsonl")
    pad.write_bytes(pad.read_bytes().replace(b'"nr":3,', b'"nr":4,', 1))


def _no_snapshot(map: Path) -> None:
    shutil.rmtree(map / "momentopname")


def _certificate(geldig: timedelta, naam: str = "klachten.example"):
    def doe(map: Path) -> None:
        httpsproef.certificate(map / "toegang", naam, geldig=geldig)
        _settings(
            'adres = "https://klachten.example"\n[tls]\ncertificaat = "certificaat.pem"\nsleutel = "sleutel.pem"\n'
        )(map)

    return doe


def _heard(**anders: object):
    return lambda map: beat(map, **anders)


def _ago(duur: timedelta) -> str:
    return (datetime.now(UTC) - duur).isoformat()


VERWAARLOOSD = [
    ("app", lambda map: None, LET_OP, "De app heeft in deze map nog niet gedraaid."),
    ("app", _heard(gestopt=True), LET_OP, "De app draait niet; zij is gestopt op"),
    ("app", _heard(moment=_ago(UUR)), LET_OP, "is niet netjes gestopt"),
    ("instellingen", _settings("adres ="), FOUT, "instellingen.toml is niet te lezen"),
    ("instellingen", _settings('luister = "0.0.0.0"'), FOUT, "De app zou te bereiken zijn op 0.0.0.0"),
    ("instellingen", _settings('[reservekopie]\nnaar = "hier"'), FOUT, "[reservekopie]: naar is een hele map"),
    ("instellingen", _settings("[reservekopie]\ndagelijks = 0"), FOUT, "dagelijks is een heel getal van 1"),
    ("schema", lambda map: set_back(map, 19), LET_OP, "van een oudere versie van klachten: schema 19"),
    ("schema", _newer, FOUT, "De database is van een nieuwere versie van klachten: schema 99"),
    ("schema", lambda map: (map / DATABASE).unlink(), LET_OP, "De database ontbreekt of is niet te lezen."),
    ("keten", _altered, FOUT, "is beschadigd of veranderd: zijn zegel klopt niet"),
    ("reservekopie", lambda map: copied(map, None), FOUT, "nog nooit een goede reservekopie"),
    ("reservekopie", lambda map: copied(map, None, "vol"), FOUT, "De laatste poging was op"),
    ("reservekopie", lambda map: copied(map, datetime.now(UTC) - 3 * DAG), LET_OP, "3 dagen geleden."),
    ("reservekopie", lambda map: copied(map, datetime.now(UTC) - 9 * DAG), FOUT, "9 dagen geleden."),
    ("reservekopie", lambda map: copied(map, datetime.now(UTC) - UUR, "De schijf is weg."), LET_OP, "poging mislukte"),
    ("momentopname", _no_snapshot, LET_OP, "Er is geen momentopname"),
    ("klok", _heard(klokstap=-7200, klokstap_op=_ago(UUR)), LET_OP, "De klok is teruggezet terwijl de app draaide: 2 "),
    ("klok", _heard(moment=_ago(-DAG)), FOUT, "De klok loopt achter: er is al iets vastgelegd op"),
    ("toegang", lambda map: map.chmod(0o755), FOUT, "Andere gebruikers van deze computer kunnen bij"),
    ("toegang", lambda map: (map / "toegang" / "sleutel").chmod(0o644), FOUT, "toegang/sleutel"),
    ("certificaat", _certificate(-DAG), FOUT, "Het certificaat is verlopen"),
    ("certificaat", _certificate(9 * DAG), LET_OP, "Het certificaat verloopt op"),
    ("certificaat", _certificate(90 * DAG, "ander.example"), FOUT, "staat niet in het certificaat"),
    ("mail", _settings('[smtp]\nhost = "127.0.0.1"\npoort = 1'), FOUT, "De mailserver 127.0.0.1:1 antwoordt niet"),
]


@pytest.mark.parametrize(
    ("gezet", "doe"),
    [
        ("", "Er is nog geen plek voor reservekopieën. Zet in toegang/instellingen.toml"),
        ('[reservekopie]\nnaar = "/elders"', "Er is nog geen herstelsleutel"),
        ('[reservekopie]\nnaar = "/elders"\nonversleuteld = true', "Maak er nu een"),
    ],
)
def test_what_to_do_about_a_back_up_is_what_is_missing(map: Path, gezet: str, doe: str):
    copied(map, None)
    _settings(gezet)(map)
    assert look(map, "reservekopie").doe.startswith(doe)


@pytest.mark.parametrize(("naam", "verwaarloos", "ernst", "zin"), VERWAARLOOSD)
def test_what_was_neglected_is_told_with_what_to_do(map: Path, naam: str, verwaarloos, ernst: str, zin: str):
    voor = look(map)
    verwaarloos(map)
    uitslag = look(map, naam)
    assert uitslag.ernst == ernst
    assert zin in uitslag.zin
    assert uitslag.doe
    if naam != "app":
        assert voor[naam].ernst in (GOED, NVT), "and it was well before"


def test_the_anchor_is_judged_at_its_places_and_not_by_what_the_register_has_itself(map: Path, tmp_path: Path):
    goed, weg = tmp_path / "share" / "anker.jsonl", tmp_path / "weg" / "anker.jsonl"
    goed.parent.mkdir()
    _settings(f"[anker]\nbestanden = ['{goed.as_posix()}', '{weg.as_posix()}']")(map)
    plaatsen = instellingen.of_register(map).anker

    def put(op: datetime) -> None:
        with open_register(map) as register:
            scherm_anker.put(register, plaatsen, op)

    put(datetime.now(UTC))
    uitslag = look(map, "anker")
    assert (uitslag.ernst, uitslag.zin) == (LET_OP, f"In {weg} staat nog geen anker.")
    weg.mkdir(parents=True)
    assert f"Het anker in {weg} is niet te lezen" in look(map, "anker").zin
    weg.rmdir()
    weg.write_text(dataclasses.replace(ankerregel.last(goed), op=datetime.now(UTC) - 5 * DAG).line() + "\n")
    uitslag = look(map, "anker")
    assert (uitslag.ernst, f"5 dagen geleden ({weg})." in uitslag.zin) == (LET_OP, True), "the oldest is what counts"
    weg.unlink()
    put(datetime.now(UTC))
    assert look(map, "anker").ernst == GOED
    with (map / "toegang" / "instellingen.toml").open("a") as bestand:
        bestand.write("\ntijdstempel = 'http://127.0.0.1:9'")
    assert look(map, "anker").zin == "Er is nog geen tijdstempel van http://127.0.0.1:9."
    regel = ankerregel.last(ankerregel.local_file(map))
    with ankerregel.local_file(map).open("a") as bestand:
        bestand.write(dataclasses.replace(regel, stempel="AAAA").line() + "\n")
    assert look(map, "anker").ernst == GOED


def test_what_is_new_since_the_snapshot_is_told_when_it_stays_away(map: Path):
    with open_register(map) as register:
        nieuw = {"voornaam": "Nina", "achternaam": "Nieuw", "e_mail": "nina@voorbeeld.nl"}
        firmaproef.doe(register, "toevoegen_persoon", vanaf=VANDAAG, **nieuw)
    gezondproef.close(map)
    assert look(map, "momentopname").ernst == GOED
    later = look(map, "momentopname", UUR)
    assert (later.ernst, "loopt 1 feit achter" in later.zin) == (LET_OP, True)


def test_a_disk_that_is_nearly_full_is_told_before_it_is(map: Path, monkeypatch: pytest.MonkeyPatch):
    for vrij, ernst in ((5 << 30, GOED), (900 << 20, LET_OP), (100 << 20, FOUT)):
        monkeypatch.setattr(shutil, "disk_usage", lambda pad, vrij=vrij: SimpleNamespace(free=vrij, total=10 << 30))
        assert look(map, "schijf").ernst == ernst


def test_a_clock_that_runs_a_year_ahead_is_doubted(map: Path):
    assert look(map, "klok", 365 * DAG).ernst == LET_OP
    assert look(map, "klok", 5 * DAG).ernst == GOED


def test_a_clock_is_judged_by_the_limits_of_the_question_in_the_app(map: Path):
    """A machine that takes summer time or UTC for its own is put right by itself: nothing is wrong with it."""
    for na, ernst in ((-2 * UUR, GOED), (-4 * UUR, FOUT), (VOORUIT - DAG, GOED), (VOORUIT + DAG, LET_OP)):
        assert look(map, "klok", na).ernst == ernst


def test_the_clock_watch_sees_that_a_clock_is_set_and_not_that_time_goes_on():
    wacht = Klokwacht()
    assert [wacht.note(*rij) for rij in ((1000, 10, "a"), (1600, 610, "b"), (1631, 640, "c"))] == [False] * 3
    assert wacht.note(8860, 670, "d")
    assert (wacht.stap, wacht.op) == (7199, "d")
    assert not wacht.note(8890, 700, "e")
    assert wacht.note(1690, 730, "f")
    assert wacht.stap == -7230


def test_without_a_register_there_is_nothing_to_look_at(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert ingang.main(["gezond", "--map", str(tmp_path / "niets")]) == 2
    assert "staat geen register" in capsys.readouterr().err


def test_what_cannot_be_looked_at_is_told_and_stops_nothing(map: Path):
    (map / "momentopname").rename(map / "elders")
    (map / "momentopname").write_text("geen map", encoding="utf-8")
    (map / "reservekopie" / "stand.json").write_text("{", encoding="utf-8")

    def weigert(blik: gezond.Blik) -> Uitslag:
        raise PermissionError(13, "Permission denied", str(blik.map / "journaal"))

    geweigerd = dataclasses.replace(CONTROLES[0], kijk=weigert)
    rapport = gezond.look(map, datetime.now(UTC), [geweigerd, *CONTROLES[1:]])
    assert rapport.uitslagen[0][1].zin == f"Dit is niet te zien: Permission denied ({map / 'journaal'})."
    assert len(rapport.uitslagen) == len(CONTROLES)


# --- the lock and the pulse ------------------------------------------------------------------------------------------


@LINUX
def test_who_holds_the_lock_is_seen_without_taking_it(map: Path):
    assert is_held(map) is False
    with open_register(map):
        assert is_held(map) is True
        assert look(map, "app").zin == "Iets heeft het register open, maar het is geen app die goed draait."
        assert look(map, "schema").ernst == NVT
        beat(map)
        assert look(map, "app").ernst == GOED
        (map / LOCK).unlink()
        assert "haar slot op de map is weg" in look(map, "app").zin
    assert is_held(map) is False


def test_whoever_looks_takes_no_lock_of_a_register_that_nobody_has_open(map: Path, monkeypatch: pytest.MonkeyPatch):
    gekeken = []
    applied = schemastand.applied

    def meanwhile(waar: Path) -> int | None:
        with open_register(waar):  # who opens it just then is not stopped
            gekeken.append(waar)
        return applied(waar)

    monkeypatch.setattr(schemastand, "applied", meanwhile)
    assert look(map, "schema").ernst == GOED
    assert gekeken == [map]


def test_an_app_that_is_older_than_the_program_is_to_be_started_again(map: Path):
    with running(map):
        beat(map, versie="0.0.1")
        assert "draait nog als versie 0.0.1" in look(map, "app").zin


@pytest.mark.parametrize(
    "inhoud",
    ["", "{", "[]", '{"moment": "x"}', '{"moment":"2026-01-01","begonnen":"2026-01-01","versie":"1"}'],
)
def test_half_a_pulse_is_none(map: Path, inhoud: str):
    (map / "klachten.pols").write_text(inhoud, encoding="utf-8")
    assert pols.read(map) is None
    assert look(map, "app").ernst == LET_OP


def test_the_app_beats_while_it_has_the_register_and_says_when_it_stops(map: Path):
    with open_register(map) as register:
        vorig = scherm.gebruik(register)
        try:
            scherm_pols.Klopper().beat()
            eerst = pols.read(map)
            assert isinstance(eerst, Pols)
            assert eerst.is_beating(datetime.now(UTC))
            pols.stop(map, datetime.now(UTC))
        finally:
            scherm.gebruik(vorig)
    gestopt = pols.read(map)
    assert gestopt == dataclasses.replace(eerst, moment=gestopt.moment, gestopt=True)
    assert not gestopt.is_beating(datetime.now(UTC))


# --- mail ------------------------------------------------------------------------------------------------------------


class _Smtp(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.wfile.write(b"220 hier ben ik\r\n")
        for regel in self.rfile:
            self.server.gehoord.append(regel[:4].strip().upper())
            self.wfile.write(b"221 dag\r\n" if regel[:4].upper() == b"QUIT" else b"250 goed\r\n")


@pytest.fixture
def mailserver() -> Iterator[socketserver.ThreadingTCPServer]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Smtp) as server:
        server.daemon_threads, server.gehoord = True, []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_a_mail_server_is_greeted_and_sent_nothing(map: Path, mailserver):
    poort = mailserver.server_address[1]
    hier = f'[smtp]\nhost = "127.0.0.1"\npoort = {poort}\nbeveiliging = "geen"\n'
    _settings(hier)(map)
    assert "er is geen afzender: er wordt niets verstuurd" in look(map, "mail").zin
    _settings(f'{hier}afzender = "klachten@firma.example"\n')(map)
    assert look(map, "mail") == Uitslag(GOED, f"De mailserver 127.0.0.1:{poort} antwoordt.")
    assert set(mailserver.gehoord) <= {b"EHLO", b"NOOP", b"QUIT"}
    _settings(f'[smtp]\nhost = "127.0.0.1"\npoort = {poort}\n')(map)
    assert look(map, "mail").ernst == FOUT, "it offers no encryption, which is asked unless it is turned off"


@pytest.mark.parametrize("smtp", ["poort = 25", 'host = ""', 'host = "a"\npoort = "25"', 'host = "a"\nnaam = "b"'])
def test_a_mail_server_that_cannot_be_is_refused(map: Path, smtp: str):
    _settings(f"[smtp]\n{smtp}\n")(map)
    assert "smtp vraagt host" in look(map, "instellingen").zin
    assert look(map, "mail").ernst == NVT


# --- the page --------------------------------------------------------------------------------------------------------


def test_the_page_shows_the_very_list(ingericht: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    map = shutil.copytree(ingericht, tmp_path / "register")
    monkeypatch.setenv("KLACHTEN_VANDAAG", VANDAAG.isoformat())
    gezondproef.close(map)
    toestand.forget()
    with open_register(map) as register:
        beat(map)
        vorig = scherm.gebruik(register)
        try:
            gezien = toestand.rapport()
            proef = open_pagina("toestand", "iris")
            assert not proef.exception
            assert [kop.value for kop in proef.header] == [een.titel for een in CONTROLES]
            gezegd = "\n".join(deel.value for deel in proef.markdown).replace("\\", "").replace("\N{WORD JOINER}", "")
            for _, uitslag in gezien.uitslagen:
                assert f"{uitslag.ernst}] {uitslag.zin}" in gezegd
                assert uitslag.doe in gezegd
            map.chmod(0o755)
            assert "Andere gebruikers" not in gezegd
            proef.button(key=toestand.OPNIEUW).click().run()
            if os.name == "posix":
                assert any("Andere gebruikers" in deel.value for deel in proef.markdown)
        finally:
            scherm.gebruik(vorig)
            toestand.forget()


@pytest.mark.usefixtures("kluis")
@pytest.mark.parametrize("dicht", [True, False])
def test_of_a_copy_that_is_not_encrypted_it_says_where_the_key_of_the_texts_is(map: Path, dicht: bool):
    kopie = stand.of_register(map)
    assert kopie.goed is not None
    stand.keep(map, dataclasses.replace(kopie, goed=dataclasses.replace(kopie.goed, versleuteld=False)))
    if dicht:
        (map / VERSLEUTELING).write_text('{"register": "firma7", "sleutel": "s", "naar": ""}', encoding="utf-8")
    gezien = look(map, "reservekopie")
    assert gezien.ernst == GOED
    assert (f"Die staat in {path_of('firma7', map)}" in gezien.zin) is dicht
