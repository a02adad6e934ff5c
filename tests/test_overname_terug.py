"""Taking one import back: every figure is as it was before, or it is said exactly what stands in the way."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from klachten import gebeurtenissen as g
from klachten.handelingen import HANDELINGEN
from klachten.opening import open_register
from klachten.overname import overnemen
from klachten.overname.terugdraaien import KanNietTerug
from klachten.register import Register
from klachten.register.controle import controleer
from tests.maandproef import BESTAND, FEBRUARI, JANUARI, VANDAAG, heen_en_terug, kengetallen, neem_over, standen, terug
from tests.overnameproef import PROEF, plan, rijen
from tests.test_overname_maand import EEN, FEB, corrigeer

ANDERE_BRON = ('bron = "maandbureau"', 'bron = "ander"')


# --- any two files ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def samen(tmp_path_factory: pytest.TempPathFactory, nieuwe_map: Path) -> Iterator[tuple[Register, Path]]:
    """One register that every example begins and ends as it was found, with another source in it."""
    map = tmp_path_factory.mktemp("terug")
    with open_register(shutil.copytree(nieuwe_map, map / "register")) as register:
        neem_over(register, map / "vast", JANUARI, ANDERE_BRON)
        yield register, map


def test_every_figure_is_as_before_an_import_was_taken_over_and_taken_back(samen):
    register, map = samen
    neem_over(register, map, JANUARI)
    voor = kengetallen(register)
    neem_over(register, map, FEBRUARI, FEB)
    assert kengetallen(register) != voor
    terug(register, 3)
    assert kengetallen(register) == voor
    terug(register, 2)


@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(BESTAND, BESTAND)
def test_of_any_two_files_taken_over_and_taken_back_all_is_as_before(samen, een, twee):
    heen_en_terug(*samen, een, twee, standen)


def test_what_was_taken_over_and_taken_back_leaves_a_register_in_order(samen):
    register, _ = samen
    assert {bevinding.ernst for bevinding in controleer(register)} == {"goed"}


# --- what stands in the way ------------------------------------------------------------------------------------------


def test_a_later_import_of_the_same_source_has_to_go_first(register: Register, tmp_path: Path):
    neem_over(register, tmp_path, JANUARI)
    neem_over(register, tmp_path, FEBRUARI, FEB)
    stand = register.stand()
    with pytest.raises(KanNietTerug, match="overname 2, die later uit dezelfde bron kwam: draai die eerst terug"):
        terug(register, 1)
    with pytest.raises(KanNietTerug, match="Zeg met een reden"):
        terug(register, 2, " ")
    assert register.stand() == stand
    terug(register, 2)
    terug(register, 1)
    with pytest.raises(KanNietTerug, match="Overname 1 is al teruggedraaid, op 1 maart 2025"):
        terug(register, 1)
    with pytest.raises(KanNietTerug, match="Overname 3 is er niet; er zijn er 2"):
        terug(register, 3)


def test_what_people_did_with_what_was_taken_over_is_named(register: Register, tmp_path: Path, anna):
    neem_over(register, tmp_path, {"1": EEN, "2": EEN, "3": EEN})
    neem_over(
        register, tmp_path, {"1": EEN.replace("15-1", "16-1"), "2": EEN.replace(";b;", ";c;"), "3": EEN, "4": EEN}, FEB
    )
    corrigeer(register, anna, "K2025-0001", "KlachtAfgesloten", op=date(2025, 1, 18))
    corrigeer(register, anna, "K2025-0002", "OntvangstBevestigd", op=date(2025, 1, 8))
    for een, ander in (("K2025-0003", "K2025-0004"), ("K2025-0001", "K2025-0002")):
        HANDELINGEN["stap_03_koppelen_klacht"](register, anna, een, vandaag=VANDAAG, met=ander, op=VANDAAG)
    stand = register.stand()
    with pytest.raises(KanNietTerug) as weigering:
        terug(register, 2)
    zinnen = str(weigering.value).splitlines()
    assert zinnen[0] == "Overname 2 kan niet worden teruggedraaid, er is niets vastgelegd. In de weg staat:"
    assert [zin.strip().partition(" (feit")[0] for zin in zinnen[1:]] == [
        "K2025-0001: stap 13 is daarna hier gewijzigd",
        "K2025-0004: een feit van stap 3 van 1 maart 2025 is hier vastgelegd",
    ]
    assert register.stand() == stand
    # What was put right or linked here has nothing to do with the day and the category that go back.
    corrigeer(register, anna, "K2025-0001", "KlachtAfgesloten", op=date(2025, 1, 16))
    corrigeer(register, anna, "K2025-0003", "KlachtGekoppeld", weg=True)
    terug(register, 2)
    assert rijen(register, "SELECT klachtnummer, stap_05_op, stap_13_op, categorie FROM klacht ORDER BY 1") == [
        ("K2025-0001", date(2025, 1, 7), date(2025, 1, 15), "privacy"),
        ("K2025-0002", date(2025, 1, 8), date(2025, 1, 15), "privacy"),
        ("K2025-0003", date(2025, 1, 7), date(2025, 1, 15), "privacy"),
    ]


def test_a_klacht_that_others_are_a_double_of_stays(register: Register, tmp_path: Path):
    neem_over(register, tmp_path, {"1": EEN})
    neem_over(register, tmp_path, {"1": EEN, "2": EEN}, FEB)
    dubbel = g.KlachtVervallen(gebeurd_op=VANDAAG, grond="dubbel", dubbel_van="K2025-0002")
    with register.schrijven() as boeking:
        boeking.leg_vast("K2025-0001", dubbel, door="anna", rol="coordinator")
    with pytest.raises(KanNietTerug, match="K2025-0001: vervallen omdat het dezelfde klacht is als K2025-0002"):
        terug(register, 2)


def test_a_text_that_was_erased_meanwhile_is_not_put_back(register: Register, tmp_path: Path):
    neem_over(register, tmp_path, {"1": EEN})
    neem_over(register, tmp_path, {"1": EEN.replace(";b;", ";c;")}, FEB)
    with register.schrijven() as boeking:
        boeking.leg_vast(
            "K2025-0001", g.DossierGewist(gebeurd_op=VANDAAG, grond="bewaartermijn"), door="anna", rol="coordinator"
        )
    terug(register, 2)
    assert rijen(register, "SELECT categorie FROM klacht") == [("privacy",)]
    assert b"Brief" not in b"".join(pad.read_bytes() for pad in (register.map / "dossiers").rglob("*") if pad.is_file())


# --- what is left of it ----------------------------------------------------------------------------------------------


def test_a_klacht_of_an_import_that_was_undone_is_not_there(register: Register, tmp_path: Path, anna):
    neem_over(register, tmp_path, {"1": EEN})
    terug(register, 1)
    assert rijen(register, "SELECT count(*) FROM klacht") == [(0,)]
    with pytest.raises(Exception, match="K2025-0001"):
        HANDELINGEN["stap_03_laten_vervallen"](
            register, anna, "K2025-0001", vandaag=VANDAAG, op=VANDAAG, grond="vergissing", reden="x"
        )
    # Its number is not given out again, and it comes back under that number.
    with register.schrijven() as boeking:
        assert boeking.nieuw_nummer("K", 2025) == "K2025-0002"
        boeking.leg_vast("K2025-0002", register.vastleggingen("K2025-0001")[0].feit, door="anna", rol="coordinator")


def test_what_was_taken_over_before_there_were_grounds_can_be_taken_back(
    register: Register, tmp_path: Path, monkeypatch
):
    with monkeypatch.context() as plek:
        plek.setattr(overnemen, "ground", lambda plan, gehouden=(): [])
        uitkomst = plan(PROEF / "zaken.csv", PROEF / "zaken.toml", register)
        with (
            register.schrijven() as boeking
        ):  # as main recorded it: the klachten, in the order of the file, and no more
            nummers = [nummer for nummer, _ in uitkomst.nieuw]
            alle = dict(overnemen.new_ones(uitkomst))
            assert [boeking.nieuw_nummer("K", int(n[1:5])) for n in nummers] == nummers
            for nummer in alle:
                for feit in alle[nummer]:
                    boeking.leg_vast(nummer, feit, door="overname", rol="beheerder")
    assert not plan(PROEF / "zaken.csv", PROEF / "zaken.toml", register).iets
    terug(register, 1)
    assert rijen(register, "SELECT count(*) FROM klacht") == [(0,)]
    weer = plan(PROEF / "zaken.csv", PROEF / "zaken.toml", register)
    assert (len(weer.gewijzigd), weer.nieuw) == (8, [])
    overnemen.record(register, weer)
    assert rijen(register, "SELECT count(*) FROM klacht") == [(8,)]
    assert {bevinding.ernst for bevinding in controleer(register)} == {"goed"}
