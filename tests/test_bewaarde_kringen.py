"""What is counted of klachten in one circle is counted again after a fact in that circle, and is as asking it gives."""

from __future__ import annotations

import json
import random
import re
from datetime import date, timedelta
from typing import Any

import pytest
from duckdb import DuckDBPyConnection

from klachten.analyse import called, vragen
from klachten.analyse.basis.bewaard import VAN_KRING, Bewaard, changing_names, read_names
from klachten.bewaring import DIT_JAAR, DUE, Wie, asked, count_of_year
from klachten.gebeurtenissen import SOORTEN
from klachten.register import Register
from klachten.register.wijzigingen import BIJ_ELK_FEIT, KRINGEN, changed
from tests.termijnproef import ONTVANGST, Rij
from tests.terugkijkproef import BEGIN, record, vastleggingen
from tests.test_bewaard import KEUZE, Telling, telling  # noqa: F401 - the fixture of that name

GETELD = (
    "geschillen",
    "oordelen_opvolging",
    "maatregelen_opvolging",
    "maatregeltermijn",
    "niet_in_behandeling_gronden",
)
FEITEN = 14
LATER = BEGIN + timedelta(4000)
"""By then everything that ended is over the term for which it is kept."""
WIE = Wie("coulant", ("P2024-0001",), (BEGIN,))


def antwoorden(cursor: DuckDBPyConnection, op: date) -> dict[str, list[tuple[Any, ...]]]:
    """Every figure that is counted of the klachten of a circle, as of a day, and how many can be erased later."""
    uit: dict[str, list[tuple[Any, ...]]] = {}
    for naam in GETELD:
        reeks = "reeks := FALSE, " if "reeks" in vragen()[naam].parameters else ""
        sql = f"SELECT * FROM {naam}(peildatum := $peildatum, vanaf := NULL, tot := NULL, {reeks}{KEUZE})"
        uit[naam] = cursor.execute(sql, {"peildatum": op}).fetchall()
    sql = f"SELECT s.klachtnummer, s.stand FROM maatregelen_stand($peildatum, NULL, NULL, {KEUZE}) AS s ORDER BY ALL"
    uit["maatregelen_stand"] = cursor.execute(sql, {"peildatum": op}).fetchall()
    uit["te wissen"] = [(count_of_year(cursor, LATER, WIE),)]
    return uit


def something(toeval: random.Random, geboekt: list[tuple[str, int, str, date, str]]) -> Rij:
    """A fact that puts a klacht in a circle, changes it there, takes that back, or does nothing of the kind."""
    if geboekt and toeval.random() < 0.25:
        nummer, nr, soort, op, gegevens = toeval.choice(geboekt)
        if toeval.random() < 0.5:
            return (0, nummer, "FeitHerroepen", op, "{}", nr)
        return (0, nummer, soort, op + timedelta(toeval.choice([-5, 8])), gegevens, nr)
    dag, maatregel = str(BEGIN + timedelta(toeval.randint(20, 120))), {"maatregel": toeval.randint(1, 2)}
    bepaald = maatregel | {"actienemer": "bas", "overlegd_met": "carla", "uiterlijk_op": dag}
    soort, gegevens = toeval.choice(
        [
            ("KlachtOntvangen", ONTVANGST),
            ("OntvangstBevestigd", {"behandelaar": "bas"}),
            ("BetrokkeneToegevoegd", {"betrokkene": "anna"}),
            ("MaatregelBepaald", bepaald),
            ("MaatregelBepaald", bepaald),
            ("MaatregelUitgevoerd", maatregel),
            ("MaatregelVervallen", maatregel),
            ("MeningsverschilGemeld", {}),
            ("GeschilVoorgelegd", {"instantie": "oval", "verwacht_op": dag}),
            ("OordeelOntvangen", {"oordeel": "gegrond", "heropening_nodig": toeval.random() < 0.5}),
            ("NietInBehandelingGenomen", {"grond": "te_oud"}),
            ("KlachtAfgesloten", {"uitkomst": "opgelost"}),
            ("KlachtHeropend", {}),
            ("KlachtIngetrokken", {}),
            ("KlachtVervallen", {}),
        ]
    )
    nummer = f"K2024-{toeval.randint(1, 4):04d}"
    return (0, nummer, soort, BEGIN + timedelta(toeval.randint(0, 120)), json.dumps(gegevens), None)


@pytest.mark.parametrize("keer", range(2))
def test_every_figure_of_a_circle_is_what_asking_it_again_gives(
    register: Register,
    telling: Telling,  # noqa: F811
    keer: int,
) -> None:
    toeval, kept, gezien = random.Random(keer), Bewaard(register), set[str]()
    geboekt: list[tuple[str, int, str, date, str]] = []
    for nr in range(1, 5):
        record(register, [(0, f"K2024-{nr:04d}", "KlachtOntvangen", BEGIN, json.dumps(ONTVANGST), None)])
    for _ in range(FEITEN):
        # Now and then of two dossiers at once.
        for _ in range(toeval.choice([1, 1, 1, 2])):
            rij = something(toeval, geboekt)
            record(register, [rij])
            if rij[5] is None:
                geboekt.append((rij[1], register.last_recorded()[0], rij[2], rij[3], rij[4]))
        op = BEGIN + timedelta(toeval.choice([60, 400]))
        with register.cursor() as cursor:
            echt = antwoorden(cursor, op)
        assert kept.geef(antwoorden, op) == echt, rij
        gezien.update(naam for naam, gevonden in echt.items() if gevonden not in ([], [(0,)]))
    assert len(gezien) >= 5, gezien
    assert 0.1 < len(telling.gelezen) / len(telling.gevraagd) < 0.8


def test_a_klacht_of_another_circle_has_nothing_counted_again(register: Register, telling: Telling) -> None:  # noqa: F811
    op = BEGIN + timedelta(60)

    def book(nr: int, soort: str, gegevens: dict[str, Any], over: int | None = None) -> set[str]:
        rij: Rij = (0, f"K2024-{nr:04d}", soort, BEGIN + timedelta(9), json.dumps(gegevens), over)
        record(register, [rij])
        telling.gelezen.clear()
        with register.cursor() as cursor:
            assert kept.geef(antwoorden, op) == antwoorden(cursor, op)
        return set(telling.gelezen)

    kept = Bewaard(register)
    kept.geef(antwoorden, op)
    maatregel = {"maatregel": 1, "actienemer": "bas", "overlegd_met": "carla", "uiterlijk_op": "2024-12-01"}
    van_maatregel = {"maatregelen_opvolging", "maatregelen_stand", "maatregeltermijn"}
    assert book(1, "KlachtOntvangen", ONTVANGST) == set()
    assert book(1, "BehandelaarToegewezen", {"behandelaar": "bas"}) == set()
    assert book(1, "MaatregelBepaald", maatregel) == van_maatregel
    assert book(2, "KlachtOntvangen", ONTVANGST) == set()
    assert book(1, "BetrokkeneToegevoegd", {"betrokkene": "anna"}) <= van_maatregel
    assert book(2, "MeningsverschilGemeld", {}) == {"geschillen", "oordelen_opvolging"}
    assert book(2, "NietInBehandelingGenomen", {"grond": "te_oud"}) >= {"niet_in_behandeling_gronden", "bewaren"}
    # What was in the circle stays in it when that is taken back.
    nr = register.last_recorded()[0]
    assert book(2, "FeitHerroepen", {}, nr) >= {"niet_in_behandeling_gronden", "bewaren"}
    assert book(1, "KlachtIngetrokken", {}) >= {"bewaren"} | van_maatregel
    assert book(3, "KlachtOntvangen", ONTVANGST) == set()
    # And one of which nothing is left is asked about, as what can be erased.
    assert book(3, "FeitHerroepen", {}, register.last_recorded()[0]) >= {"bewaren"}


def test_the_kinds_of_a_circle_are_all_of_which_its_rows_can_be(register: Register) -> None:
    soorten = register._db.afleiding._soorten
    assert KRINGEN["geschil"] == soorten["geschil_stand"] - {"FeitHerroepen"}
    # Opened again or not, without one of these there is no maatregel.
    assert KRINGEN["maatregel"] == soorten["maatregel_stand"] - {"FeitHerroepen", "KlachtHeropend"}
    assert KRINGEN["geeindigd"] >= soorten["eerder_einde_stand"] - {"KlachtHeropend"}
    assert set().union(*KRINGEN.values()) <= SOORTEN.keys()
    assert set(VAN_KRING.values()) < KRINGEN.keys()


def test_a_question_of_a_circle_takes_its_rows_from_it() -> None:
    eerst = {"geschil": "geschil_op", "maatregel": "maatregel_op"}
    for naam, kring in VAN_KRING.items():
        sql = re.sub(r"--.*", "", vragen()[naam].sql)
        bron = re.findall(r"FROM (\w+)\(", sql)
        binnen = [een for een in bron if een == eerst.get(kring) or VAN_KRING.get(een) == kring]
        assert "LEFT JOIN" not in sql, naam
        assert "FULL" not in sql, naam
        if naam != "berichten_stap_7":
            # What else it reads only takes from those rows, or adds to them: they are joined, or looked up in.
            assert len(binnen) == 1, naam
            assert sql.count("UNION") == 0, naam
        else:
            assert sql.count("= 'niet in behandeling'") == sql.count("UNION") + 1 == 2
    # What can be erased is over a term that began with its end.
    assert "sinds IS NOT NULL AND NOT (loopt" in DIT_JAAR


def test_what_is_read_in_a_circle_is_known_by_it() -> None:
    alles = changing_names("SELECT * FROM geschillen(peildatum := $p)")
    assert {"geschillen", "klacht_op@geschil", "geschil_op@geschil"} <= alles, "its own name is in the statement"
    assert "klacht_op" not in alles
    assert read_names("SELECT * FROM geschillen(peildatum := $p)") == {naam.partition("@")[0] for naam in alles}
    # Read in a circle and outside it as well, it is read of every klacht.
    beide = "SELECT * FROM geschillen($p), klacht_op($p)"
    assert {"klacht_op", "klacht_op@geschil"} <= changing_names(beide)
    assert "klacht_op" in changing_names(f"SELECT COUNT(*) FROM {DUE}")
    assert "klacht_op@geeindigd" in changing_names(f"SELECT COUNT(*) /* kring: geeindigd */ FROM {DUE}")
    assert asked(LATER, WIE)["peildatum"] == LATER
    for vraag in vragen().values():
        assert not called(vraag.sql) & VAN_KRING.keys() or "klacht_stand" not in vraag.sql, vraag.naam


@pytest.mark.parametrize("nummer", ["K2024-0001", "S2024-0001", "E2025-0001"])
def test_what_is_no_klacht_is_in_every_circle(nummer: str) -> None:
    ((feit,),) = vastleggingen([(1, nummer, "VoortgangBewaakt", BEGIN, "{}", None)]).values()
    wat = changed(["wachten_stand"], [(nummer, [], [feit])], {})
    for kring in KRINGEN:
        assert {f"{naam}@{kring}" for naam in BIJ_ELK_FEIT} <= wat.keys()
        assert (f"wachten_op@{kring}" in wat) == (nummer[0] != "K")
