"""A reminder is a fact that changes no figure, list or day of a klacht; the dossier tells of it all the same."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from klachten import gebeurtenissen as g
from klachten.analyse.werk.werkvoorraad import werkvoorraad
from klachten.gebeurtenissen import SOORTEN, TELT_NIET
from klachten.inzage import medewerker
from klachten.momentopname.inhoud import FEIT
from klachten.post import herinneren, uit
from klachten.register import Register
from klachten.register.afleiding import definitions, derived_tables
from klachten.register.controle import controleer
from klachten.scherm.beheer.inzage import WOORDEN
from klachten.toegang.instellingen import Instellingen
from tests import herinnerproef
from tests.herinnerproef import ONTVANGEN, Verhaal
from tests.lijsten import Lijst
from tests.paginas import Opent, zinnen
from tests.registerproef import fouten

DAGEN = [date(2026, 3, nr) for nr in (11, 16, 18, 19)]


@pytest.fixture(scope="module")
def _map(tmp_path_factory: pytest.TempPathFactory, herinnerfirma: Path) -> Path:
    map = shutil.copytree(herinnerfirma, tmp_path_factory.mktemp("feiten") / "register")
    with herinnerproef.story(map) as verhaal:
        lijst = verhaal.op(date(2026, 3, 10))
        lijst.tot(4, op=ONTVANGEN, behandelaar="bas")
        nummer = lijst.tot(6, op=ONTVANGEN, behandelaar="dirk")
        jaar = lijst.evaluatie()
        lijst.verbeteractie(jaar, uiterlijk_op=date(2026, 3, 18), actienemer="gijs")
        lijst.doe("stap_17_informeren_actienemer", "frank", jaar, op=date(2026, 3, 9), verbeteractie=1)
        assert nummer == "K2026-0002"
    return map


@pytest.fixture
def verhaal(tmp_path: Path, _map: Path) -> Iterator[Verhaal]:
    with herinnerproef.story(shutil.copytree(_map, tmp_path / "register")) as verhaal:
        yield verhaal


def _all_that_is_counted(register: Register) -> dict[str, Any]:
    """Every derived row, what there is to do, the last worked on, and the facts that a snapshot takes along."""
    with register.cursor() as cursor:
        uit_ = {
            naam: sorted(map(repr, cursor.execute(f"SELECT * FROM {naam}").fetchall()))
            for naam in sorted(derived_tables() - {"bericht"})
        }
        # And the same from the facts, by SQL.
        for naam in ("klacht_stand", "evaluatie_stand"):
            sql = f"SELECT * FROM {naam}_uit_feiten(CAST(NULL AS VARCHAR), CAST(NULL AS BIGINT))"
            uit_[f"{naam} (sql)"] = sorted(map(repr, cursor.execute(sql).fetchall()))
        uit_["laatst"] = cursor.execute("SELECT * FROM laatst_bijgewerkt('carla', TRUE, TRUE)").fetchall()
        uit_["taken"] = werkvoorraad(cursor, DAGEN[-1], ())
        uit_["momentopname"] = cursor.execute(FEIT).fetchall()
        uit_["termijnen"] = sorted(map(repr, cursor.execute("SELECT * FROM termijnen(?)", [DAGEN[-1]]).fetchall()))
    return uit_


def test_reminders_change_nothing_that_is_counted(verhaal: Verhaal):
    register = verhaal.register
    eerder = _all_that_is_counted(register)
    for dag in DAGEN:
        verhaal.ronde(dag)
    assert len(verhaal.feiten()) > 8
    assert {nummer[0] for _, nummer, *_ in verhaal.feiten()} == {"K", "E"}
    later = _all_that_is_counted(register)
    assert {naam for naam in eerder if eerder[naam] != later[naam]} == set()
    assert fouten(controleer(register)) == []


def test_what_does_not_count_is_left_out_in_python_and_in_sql():
    assert SOORTEN.keys() >= TELT_NIET
    for soort in TELT_NIET:
        assert f"'{soort}'" in definitions()["feit"]


def test_a_colleague_is_told_how_often_and_not_of_which_klachten(verhaal: Verhaal):
    """Whoever gives the answer may be involved in one of them: what the overview said stands in the own mail."""
    verhaal.ronde(DAGEN[0])
    bas, carla = verhaal.register.organisatie.mensen["bas"], verhaal.register.organisatie.gebruiker("carla")
    assert "ontvangst bevestigen" in verhaal.berichten("bas")[0].inhoud
    antwoord = repr(medewerker.of_medewerker(verhaal.register, bas, carla, WOORDEN, op=DAGEN[1]))
    assert medewerker.OVERZICHT_GEHAD in antwoord
    assert "In 1 klacht bent u herinnerd." in antwoord
    assert "ontvangst bevestigen" not in antwoord
    assert "K2026-0" not in antwoord


def test_what_waits_for_who_is_erased_never_goes_and_its_text_is_gone(verhaal: Verhaal):
    verhaal.op(DAGEN[2], 9)
    assert herinneren.run(verhaal.register, herinnerproef.MET_MAIL, verhaal.nu).per_mail
    gijs = verhaal.register.organisatie.mensen["gijs"]
    (wachtend,) = uit.van_dossier(verhaal.register, gijs.nummer)
    assert "verbeteracties uitvoeren (verbeteractie 1)" in wachtend.inhoud
    with verhaal.register.schrijven() as boeking:
        for feit in (
            g.PersoonVertrokken(gebeurd_op=DAGEN[2], laatste_dag=DAGEN[2]),
            g.PersoonGewist(gebeurd_op=DAGEN[2], grond="verzoek"),
        ):
            boeking.leg_vast(gijs.nummer, feit, door="iris", rol="beheerder")
    (gewist,) = uit.van_dossier(verhaal.register, gijs.nummer)
    assert gewist.gewist
    assert "verbeteractie" not in gewist.inhoud
    # Who has left is reminded no more.
    assert "gijs" not in verhaal.ronde(DAGEN[3])


def test_the_history_of_a_dossier_shows_them_together(firma: Register, opent: Opent):
    nummer = Lijst(firma).tot(4, op=date(2026, 2, 4), behandelaar="bas")
    for dag in (date(2026, 2, 16), date(2026, 2, 25)):
        herinneren.run(firma, Instellingen(), herinnerproef.at(dag), vandaag=dag)
    proef = opent("dossier", "bas", nummer=nummer, deel="geschiedenis")
    assert not proef.exception
    gezegd = zinnen(proef)
    assert "- 16 februari 2026: **Bas Janssen**, over stap 5, uiterlijk 18 februari 2026 :small[(bericht " in gezegd
    assert "- 25 februari 2026: **Anna de Wit**, over stap 5, uiterlijk 18 februari 2026" in gezegd
    assert [deel.label for deel in proef.expander if deel.label.startswith("Herinneringen")] == ["Herinneringen (5)"]
