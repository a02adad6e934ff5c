"""The terms of one person at a secret address: what is in it, for whom, how long it works, and what nobody learns."""

from __future__ import annotations

import io
import json
import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import icalendar
import pytest
from streamlit.testing.v1 import AppTest

from klachten import scherm
from klachten.logboek import opzet
from klachten.opening import open_register
from klachten.reservekopie import bronnen
from klachten.scherm import deur, kijker, kijklog, logboek, mijnagenda
from klachten.scherm.agenda import NIET_HIER, TE_VAAK, Agendafront
from klachten.scherm.lijsten import taken
from klachten.scherm.paginas import PAGINAS, pagina
from klachten.scherm.volgen import follow
from klachten.toegang import beheren, routes
from klachten.toegang.agendas import Agendas
from klachten.toegang.bladen import Bladen
from klachten.toegang.instellingen import Instellingen
from klachten.toegang.opslag import Opslag
from klachten.toegang.poort import Poort
from klachten.toegang.rem import ADRES_VENSTER, ADRES_VRIJ
from klachten.toegang.staat import Staat
from tests import firmaproef
from tests.lijsten import ONTVANGEN, VANDAAG, Lijst
from tests.paginas import zinnen, zonder_venster
from tests.poortproef import Antwoord, Huis, Klok, vraag

ELDERS = "10.0.0.9"


@contextmanager
def looked_at(map: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """A firm with the cast behind its door, on a day; `ga(secret)` asks as a program with an agenda does."""
    with open_register(map) as register:
        firmaproef.record(register, ONTVANGEN)
        nu = SimpleNamespace(dag=VANDAAG)
        staat, vorig = Staat(instellingen=Instellingen(), klok=Klok()), scherm.gebruik(register)
        monkeypatch.setattr(scherm, "vandaag", lambda: nu.dag)
        deur.close_for(staat, register)
        kijker.look_through(staat)
        bladen = staat.bladen
        assert isinstance(bladen, Bladen)
        for wie in firmaproef.CAST:
            bladen.deur.accounts.make(wie, firmaproef.aanmeldnaam(wie), 0.0)
        tabel = routes.load(deel.naam for deel in PAGINAS)
        poort = logboek.Meeschrijver(Poort(Agendafront(Huis()), staat, tabel), tabel)

        def ga(geheim: str, methode: str = "GET", client: str = "127.0.0.1", **koppen: str) -> Antwoord:
            return vraag(poort, f"/agenda/{geheim}.ics", methode, client=(client, 5000), accept="*/*", **koppen)

        def maak(wie: str) -> str:
            return bladen.deur.agendas.make(wie, staat.klok())

        yield SimpleNamespace(
            register=register, lijst=Lijst(register), deur=bladen.deur, staat=staat, ga=ga, maak=maak, nu=nu
        )
        kijker.look_through(None)
        scherm.gebruik(vorig)
        bladen.deur.opslag.close()


@pytest.fixture(scope="module")
def deze(nieuwe_map: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    map = shutil.copytree(nieuwe_map, tmp_path_factory.mktemp("agenda") / "r")
    with pytest.MonkeyPatch.context() as patch, looked_at(map, patch) as alles:
        lijst, geheim = alles.lijst, {"indiener_naam": "Geheime Naam", "omschrijving": "Geheime tekst"}
        alles.van_anna = lijst.tot(4, behandelaar="anna", **geheim)
        alles.van_dirk = lijst.tot(10)
        alles.dicht = lijst.tot(10, betrokkenen=("dirk",))
        lijst.verbeteractie(lijst.evaluatie())
        yield alles


@pytest.fixture
def agenda(deze: SimpleNamespace) -> SimpleNamespace:
    """That firm, with nobody's address and no wrong guess."""
    with deze.deur.opslag.write() as db:
        for tabel in ("agenda", "poging"):
            db.execute(f"DELETE FROM {tabel}")
    deze.staat.klok.nu += 1000
    return deze


# First: after it the module has a firm behind its door, and nobody is in an example any more.
def test_in_the_example_it_works_for_whom_one_looks_as_until_the_app_stops(firma, monkeypatch: pytest.MonkeyPatch):
    zonder_venster(monkeypatch)
    nummer = Lijst(firma).tot(4, behandelaar="anna")
    proef = AppTest.from_file(pagina("mijnagenda").bestand, default_timeout=30)
    proef.session_state["gebruiker"] = "anna"
    proef.run().button(key="mijnagenda.maak").click().run()
    geheim = proef.code[0].value.rpartition("/")[2].removesuffix(".ics")
    staat = Staat(klok=Klok())
    kijker.look_through(staat)
    try:
        poort = Poort(Agendafront(Huis()), staat, routes.load(deel.naam for deel in PAGINAS))
        antwoord = vraag(poort, f"/agenda/{geheim}.ics")
        assert f"dossier?nummer={nummer}&als=anna" in antwoord.inhoud.replace(b"\r\n ", b"").decode()
        assert vraag(poort, f"/agenda/{geheim}.ics", client=(ELDERS, 5000)).status == 403
        assert not (firma.map / "toegang").exists()
    finally:
        kijker.look_through(None)
    assert mijnagenda.NIEUW not in proef.session_state


def events(antwoord: Antwoord) -> list[Any]:
    """The events of an answer, after it was read as a calendar again."""
    assert antwoord.status == 200, antwoord.tekst
    kalender = icalendar.Calendar.from_ical(antwoord.inhoud)
    assert kalender.errors == []
    return list(kalender.walk("VEVENT"))


def test_it_is_a_calendar_of_whole_days_that_any_program_reads(agenda):
    antwoord = agenda.ga(agenda.maak("anna"))
    kalender = icalendar.Calendar.from_ical(antwoord.inhoud)
    assert antwoord.koppen["content-type"] == "text/calendar; charset=utf-8"
    assert (kalender["VERSION"], kalender["METHOD"]) == ("2.0", "PUBLISH")
    assert kalender["X-WR-CALNAME"] == "Klachten: mijn termijnen"
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in antwoord.inhoud
    (een,) = [e for e in events(antwoord) if agenda.van_anna in e["SUMMARY"]]
    assert een["SUMMARY"].startswith(f"{agenda.van_anna}, stap 5: ")
    dag = ONTVANGEN + timedelta(14)
    assert (een["DTSTART"].dt, een["DTEND"].dt) == (dag, dag + timedelta(1))
    assert een["DTSTART"].params["VALUE"] == "DATE"
    assert str(een["URL"]) == f"http://localhost:8501/dossier?nummer={agenda.van_anna}"
    assert {"UID", "DTSTAMP", "SEQUENCE", "CLASS", "TRANSP"} <= set(een)
    assert b"VALARM" not in antwoord.inhoud
    assert all(len(regel) <= 75 for regel in antwoord.inhoud.split(b"\r\n"))


def test_everybody_reads_the_own_terms_and_nothing_else(agenda):
    for wie in ("anna", "bas", "carla", "dirk", "frank", "gijs"):
        gebruiker = agenda.deur.who(wie)
        verwacht = sorted(
            taak.uiterlijk_op
            for taak in taken.zichtbare_taken(taken.alle_taken(), gebruiker)
            if wie in taak.personen and taak.uiterlijk_op
        )
        assert sorted(e["DTSTART"].dt for e in events(agenda.ga(agenda.maak(wie)))) == verwacht, wie


def test_no_name_and_no_text_is_in_it_and_of_an_own_maatregel_of_somebody_involved_not_the_klacht(agenda):
    antwoord = agenda.ga(agenda.maak("dirk"))
    mensen = agenda.register.organisatie.mensen.values()
    namen = [deel for persoon in mensen for deel in persoon.naam.split() if deel.istitle()]
    for woord in (*namen, "Geheim", "Jansen", "Afspraken voortaan", agenda.dicht, "betrokken"):
        assert woord not in antwoord.tekst, woord
    assert agenda.van_dirk in antwoord.tekst
    (dicht,) = [e for e in events(antwoord) if e["SUMMARY"].startswith("Eigen maatregel")]
    assert str(dicht["URL"]) == "http://localhost:8501/"
    voor = int(dicht["SEQUENCE"])
    agenda.lijst.doe("stap_12_bewaken_voortgang", "anna", agenda.dicht, op=20, bevinding="Loopt.")
    (na,) = [e for e in events(agenda.ga(agenda.maak("dirk"))) if e["SUMMARY"].startswith("Eigen maatregel")]
    assert int(na["SEQUENCE"]) == voor, "that something happened in that klacht is not told"
    assert na["UID"] == dicht["UID"]


def test_an_event_stays_the_same_one_when_its_day_moves(agenda):
    geheim = agenda.maak("dirk")
    (voor,) = [e for e in events(agenda.ga(geheim)) if agenda.van_dirk in e["SUMMARY"]]
    naar = voor["DTSTART"].dt + timedelta(-3)
    velden = {"maatregel": 1, "omschrijving": "Afspraken bevestigen", "actienemer": "dirk", "uiterlijk_op": naar}
    velden["overlegd_met"] = "carla"
    agenda.lijst.doe("stap_08_wijzigen_maatregel", "anna", agenda.van_dirk, op=20, **velden)
    (na,) = [e for e in events(agenda.ga(geheim)) if agenda.van_dirk in e["SUMMARY"]]
    assert (na["UID"], na["DTSTART"].dt) == (voor["UID"], naar)
    assert int(na["SEQUENCE"]) > int(voor["SEQUENCE"])


def test_each_task_is_an_event_of_its_own(agenda):
    """Two maatregelen of a klacht, two verbeteracties, and what else is to be done twice in one step."""
    lijst, n = agenda.lijst, agenda.lijst.tot(6)
    for wie in ("dirk", "gijs"):
        velden = {"omschrijving": "x", "actienemer": wie, "uiterlijk_op": VANDAAG, "overlegd_met": "carla"}
        lijst.doe("stap_08_bepalen_maatregel", "anna", n, op=8, **velden)
    vraag = lijst.tot(5, feiten_vermeld=False)
    evaluatie = lijst.evaluatie(2024)
    for verbeteractie in (1, 2):
        lijst.verbeteractie(evaluatie)
        lijst.doe("stap_17_informeren_actienemer", "frank", evaluatie, op=9, verbeteractie=verbeteractie)
    samen = []
    for wie in ("anna", "gijs"):
        van = events(agenda.ga(agenda.maak(wie)))
        assert len({e["UID"] for e in van}) == len(van)
        samen += [str(e["SUMMARY"]) for e in van]
    for begin in (f"{n}, stap 10", f"{vraag}, stap 6", f"{evaluatie}, stap 18"):
        assert sum(naam.startswith(begin) for naam in samen) == 2, (begin, samen)


def test_what_did_not_change_is_not_sent_again_and_is_kept_for_one_only(agenda):
    geheim = agenda.maak("anna")
    eerst, kop = agenda.ga(geheim), agenda.ga(geheim, "HEAD")
    assert eerst.koppen["cache-control"] == "private, no-cache"
    assert (kop.status, kop.inhoud, kop.koppen["etag"]) == (200, b"", eerst.koppen["etag"])
    for merk in (eerst.koppen["etag"], f"W/{eerst.koppen['etag']}", f'"x", {eerst.koppen["etag"]}'):
        zelfde = agenda.ga(geheim, if_none_match=merk)
        assert (zelfde.status, zelfde.inhoud, zelfde.koppen["etag"]) == (304, b"", eerst.koppen["etag"])
    assert agenda.ga(geheim, if_none_match='"ander"').status == 200
    agenda.lijst.tot(4, behandelaar="anna")
    assert agenda.ga(geheim, if_none_match=eerst.koppen["etag"]).status == 200


def _withdraw(a: SimpleNamespace) -> None:
    a.deur.agendas.revoke("bas")


def _replace(a: SimpleNamespace) -> None:
    a.maak("bas")


def _block(a: SimpleNamespace) -> None:
    beheren.block(a.deur, "bas", "iris", a.staat.klok())


def _reset(a: SimpleNamespace) -> None:
    beheren.reset(a.deur, "bas", "iris", a.staat.klok())


def _only_blocked(a: SimpleNamespace) -> None:
    a.deur.accounts.block("bas", a.staat.klok())


def _forgotten(a: SimpleNamespace) -> None:
    beheren.forget(a.deur, "bas")


EINDES = {doe.__name__.strip("_"): doe for doe in (_withdraw, _replace, _block, _reset, _only_blocked, _forgotten)}


@pytest.mark.parametrize("hoe", EINDES)
def test_an_address_that_ended_answers_as_one_that_never_was(agenda, hoe: str):
    geheim = agenda.maak("bas")
    assert agenda.ga(geheim).status == 200
    EINDES[hoe](agenda)
    try:
        antwoorden = [agenda.ga(een) for een in (geheim, "x" * 43, "", "é/../" + "a" * 9)]
        assert {(a.status, a.tekst) for a in antwoorden[:3]} == {(404, NIET_HIER)}
        assert {tuple(sorted(a.koppen.items())) for a in antwoorden[:3]} == {
            tuple(sorted(antwoorden[0].koppen.items()))
        }
        assert antwoorden[0].koppen["cache-control"] == "no-store"
        assert antwoorden[3].status == 404
        beheren.unblock(agenda.deur, "bas", "iris")
        if hoe in ("block", "reset"):
            assert agenda.ga(geheim).status == 404, "it does not come back with the account"
    finally:
        agenda.deur.accounts.make("bas", firmaproef.aanmeldnaam("bas"), 0.0)


def test_who_leaves_or_loses_the_last_role_with_tasks_has_no_address_from_that_day(agenda):
    geheim, ander = agenda.maak("gijs"), agenda.maak("anna")
    agenda.maak("hanna")  # an analyst has no terms, whatever her address was once made with
    laatste = agenda.nu.dag
    for naam in ("actienemer", "medewerker"):
        firmaproef.doe(agenda.register, "beeindigen_rol", dossier="gijs", rol=naam, laatste_dag=laatste)
    assert agenda.ga(geheim).status == 200
    agenda.nu.dag += timedelta(1)
    try:
        assert agenda.ga(geheim).status == 404
        follow(agenda.deur, agenda.register, agenda.staat.klok())
        assert agenda.deur.agendas.persons() == ["anna"]
    finally:
        agenda.nu.dag = laatste
    assert (agenda.ga(geheim).status, agenda.ga(ander).status) == (404, 200)


def test_guessing_is_slowed_down_and_who_asked_from_there_before_is_not(agenda):
    van_anna, van_bas = agenda.maak("anna"), agenda.maak("bas")
    assert agenda.ga(van_anna, client="127.0.0.1").status == 200
    for poging in range(ADRES_VRIJ):
        assert agenda.ga(f"geraden-{poging}").status == 404
    assert (agenda.ga("nog-een").status, agenda.ga("nog-een").tekst) == (429, TE_VAAK)
    assert agenda.ga(van_bas).status == 429, "one that is right waits too, or guessing would go on"
    assert agenda.ga(van_anna).status == 200
    agenda.staat.klok.nu += ADRES_VENSTER
    assert agenda.ga(van_bas).status == 200


def test_the_secret_is_kept_as_a_hash_stands_in_no_log_and_in_no_copy(agenda, tmp_path: Path):
    stroom = io.StringIO()
    wortel = logging.getLogger()
    vorige, niveau = list(wortel.handlers), wortel.level
    try:
        opzet.begin(stroom)
        logging.getLogger("klachten").setLevel(logging.DEBUG)
        geheim = agenda.maak("anna")
        assert agenda.ga(geheim).status == 200
        agenda.ga("een-geraden-geheim")
    finally:
        wortel.handlers[:], wortel.level = vorige, niveau
    regels = [json.loads(regel) for regel in stroom.getvalue().splitlines()]
    assert {regel["route"] for regel in regels if "route" in regel} == {"/agenda/*"}
    map = agenda.register.map
    kijklog.van(agenda.register).flush()
    inhoud = b"".join(pad.read_bytes() for pad in map.rglob("*") if pad.is_file())
    for woord in (geheim, "een-geraden-geheim"):
        assert woord not in stroom.getvalue()
        assert woord.encode() not in inhoud
    assert len(geheim) >= 43, "256 bits"
    inhoud_van = {stuk.pad: b"".join(stuk.inhoud) for stuk in bronnen._toegang(map, tmp_path)}
    (tmp_path / "terug").mkdir()
    (tmp_path / "terug" / "toegang.sqlite").write_bytes(inhoud_van["toegang/toegang.sqlite"])
    terug = Opslag(tmp_path / "terug")
    assert Agendas(terug).persons() == []
    terug.close()


def test_the_log_of_looking_says_once_a_day_that_terms_were_read(agenda):
    geheim = agenda.maak("frank")
    log = kijklog.van(agenda.register)
    log.flush()

    def lines() -> int:
        log.flush()
        regels = [een.regel for maand in log.keten.maanden() for een in log.keten.regels(maand)]
        return sum((r.wat, r.wie, r.waar) == ("gedownload", "frank", "agenda") for r in regels)

    voor = lines()
    for _ in range(3):
        agenda.ga(geheim)
        agenda.staat.klok.nu += 3000
    assert lines() - voor in (1, 2), "two when midnight fell in between"
    agenda.staat.klok.nu += 86400
    agenda.ga(geheim)
    assert lines() > voor + 1


# The page


@pytest.fixture
def blad(agenda, monkeypatch: pytest.MonkeyPatch):
    def open_als(wie: str) -> AppTest:
        hash = agenda.deur.sessies.begin(wie, agenda.staat.klok(), tweede_factor=True)[1].hash
        monkeypatch.setattr(kijker, "hash", lambda: hash)
        return AppTest.from_file(pagina("mijnagenda").bestand, default_timeout=30).run()

    zonder_venster(monkeypatch)
    return open_als


def test_one_makes_replaces_and_withdraws_the_own_address(agenda, blad):
    proef = blad("anna")
    assert "U hebt nu geen adres." in zinnen(proef)
    assert [knop.label for knop in proef.button] == ["Adres maken"]
    proef.button(key="mijnagenda.maak").click().run()
    (adres,) = [code.value for code in proef.code]
    geheim = adres.rpartition("/")[2].removesuffix(".ics")
    assert adres == f"http://localhost/agenda/{geheim}.ics"
    assert agenda.ga(geheim).status == 200
    proef.run()
    assert not proef.code, "it is shown once"
    assert "laatst gelezen op" in zinnen(proef)
    assert mijnagenda.NIEUW not in proef.session_state
    proef.button(key="mijnagenda.maak").click().run()
    assert agenda.ga(geheim).status == 404
    nieuw = proef.code[0].value.rpartition("/")[2].removesuffix(".ics")
    proef.button(key="mijnagenda.weg").click().run()
    assert not proef.exception
    assert (agenda.ga(nieuw).status, "U hebt nu geen adres." in zinnen(proef)) == (404, True)
    log = kijklog.van(agenda.register)
    log.flush()
    wat = [een.regel.wat for maand in log.keten.maanden() for een in log.keten.regels(maand) if een.regel.wie == "anna"]
    assert wat.count("agenda_gemaakt") >= 2
    assert "agenda_ingetrokken" in wat
