"""The rows kept of a day are those that the register gives, whatever happened since they were kept."""

from __future__ import annotations

import json
import re
import shutil
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from klachten.analyse import vragen
from klachten.analyse.basis import dagrijen as module
from klachten.analyse.basis import dagtabel, vooruit
from klachten.analyse.basis.bewaard import columns, read_names
from klachten.analyse.basis.dagrijen import BLOKKEN, Dagrijen
from klachten.gebeurtenissen import FeitHerroepen
from klachten.gebeurtenissen.verbetering import TrajectenVastgesteld
from klachten.opening import open_register
from klachten.register import Register
from klachten.register import wijzigingen as wijzigingenmodule
from tests import eindig
from tests.termijnproef import ONTVANGST
from tests.terugkijkproef import BEGIN, record, rijen

DAG, ANDERE_DAG = BEGIN + timedelta(150), BEGIN + timedelta(40)
MACROS = [naam for blok in BLOKKEN for naam in blok.macros]
SMAL = "r.klachtnummer, COUNT(*) OVER ()"
MAATREGEL = {"maatregel": 1, "actienemer": "bas", "overlegd_met": "carla", "uiterlijk_op": str(BEGIN + timedelta(60))}
OPENING = [
    ("KlachtOntvangen", 0, ONTVANGST | {"categorie": "privacy", "vestiging": "weert"}),
    ("OntvangstBevestigd", 3, {"behandelaar": "bas"}),
    ("MaatregelBepaald", 10, MAATREGEL),
    ("KlachtAfgesloten", 50, {"uitkomst": "opgelost"}),
    ("MeningsverschilGemeld", 55, {}),
    ("GeschilVoorgelegd", 60, {}),
    ("KlachtHeropend", 70, {}),
]
"""A klacht of which there is a row in every building block."""


def _fact(
    register: Register, soort: str, dag: int, gegevens: dict | None = None, nr: int = 1, reeks: str = "K"
) -> None:
    regel = (0, f"{reeks}2024-{nr:04d}", soort, BEGIN + timedelta(dag), json.dumps(gegevens or {}), None)
    record(register, [regel])


def _correct(register: Register, soort: str, *, taken_back: bool) -> None:
    """Put the first fact of a kind in the first klacht two days later, or take it back."""
    eerste = next(v for v in register.vastleggingen("K2024-0001") if v.feit.soort == soort)
    op = eerste.feit.gebeurd_op + timedelta(2)
    feit = FeitHerroepen(gebeurd_op=op) if taken_back else type(eerste.feit)(**{**vars(eerste.feit), "gebeurd_op": op})
    with register.schrijven() as boeking:
        boeking.leg_vast("K2024-0001", feit, door="anna", rol="coordinator", corrigeert=eerste.nr)


def _trajecten(register: Register) -> None:
    feit = TrajectenVastgesteld(gebeurd_op=DAG, jaar=2024, vestiging="weert", aantal=3)
    with register.schrijven() as boeking:
        boeking.leg_vast("T2024", feit, door="anna", rol="coordinator")


def _many(register: Register, hoeveel: int = module.WEINIG + 1) -> None:
    """One group of facts in more dossiers than are read again one by one."""
    al = (
        len(register.vastleggingen("K2024-0001"))
        and register.cursor().execute("SELECT COUNT(*) FROM klacht").fetchall()
    )
    eerste = al[0][0] + 1
    gegevens = json.dumps(ONTVANGST)
    record(
        register,
        [(0, f"K2024-{nr:04d}", "KlachtOntvangen", BEGIN, gegevens, None) for nr in range(eerste, eerste + hoeveel)],
    )


def _longer_than_remembered(register: Register) -> None:
    for _ in range(3):
        _fact(register, "VoortgangBewaakt", 80)


def _derived_at_end(register: Register) -> None:
    with register.derived_at_end():
        _fact(register, "BehandelaarVervangen", 81, {"behandelaar": "frank"})


def _opened_again(register: Register) -> None:
    register._reopen(register._db.kop, OSError("disk"))


def _opened_again_with_a_fact(register: Register) -> None:
    _opened_again(register)
    _fact(register, "BehandelaarVervangen", 82, {"behandelaar": "bas"})


GEVALLEN: dict[str, Callable[[Register], None]] = {
    "nothing": lambda register: None,
    "a fact of today": lambda register: _fact(register, "MaatregelUitgevoerd", 150, {"maatregel": 1}),
    "a fact dated before what was there": lambda register: _fact(register, "GeenMaatregelenNodig", 5, {}, 2),
    "a fact after the day": lambda register: _fact(register, "KlachtIngetrokken", 151, {}, 2),
    "a fact corrected": lambda register: _correct(register, "OntvangstBevestigd", taken_back=False),
    "a fact taken back": lambda register: _correct(register, "KlachtAfgesloten", taken_back=True),
    "a klacht entered by mistake": lambda register: _fact(register, "KlachtVervallen", 90, {}, 3),
    "a new klacht": lambda register: _many(register, 1),
    "more dossiers than pays": _many,
    "a word that was not there": lambda register: _fact(
        register, "BehandelaarVervangen", 75, {"behandelaar": 'd\'Arc \\ "é"'}
    ),
    "a signaal": lambda register: _fact(
        register, "SignaalOntvangen", 20, {"kanaal": "telefoon", "vestiging": "weert", "ontvanger": "anna"}, 1, "S"
    ),
    "an evaluation": lambda register: _fact(
        register, "EvaluatieGehouden", 130, {"jaar": 2024, "directieleden": ["carla"]}, 1, "E"
    ),
    "the trajecten of a year": _trajecten,
    "more groups of facts than are remembered": _longer_than_remembered,
    "a reglement more": lambda register: register.add_reglement(register.reglementen["awb9"]),
    "facts of which all follows at the end": _derived_at_end,
    "the database opened again": _opened_again,
    "the database opened again, and a fact": _opened_again_with_a_fact,
}


@pytest.fixture(scope="module")
def gevuld(tmp_path_factory: pytest.TempPathFactory, nieuwe_map: Path) -> Path:
    """The folder of a register with four klachten, closed."""
    map = tmp_path_factory.mktemp("dagrijen") / "register"
    with open_register(shutil.copytree(nieuwe_map, map)) as register:
        kort = [(*OPENING[0], None), ("BehandelaarToegewezen", 1, {"behandelaar": "carla"}, None)]
        record(register, rijen([[(*feit, None) for feit in OPENING], kort, kort, kort]))
    return map


@pytest.fixture(scope="module")
def gedeeld(tmp_path_factory: pytest.TempPathFactory, gevuld: Path) -> Iterator[tuple[Register, Dagrijen]]:
    """One register in which all cases happen, and what is kept of it."""
    with open_register(shutil.copytree(gevuld, tmp_path_factory.mktemp("gedeeld") / "register")) as register:
        yield register, Dagrijen(register)


@pytest.fixture
def eigen(tmp_path: Path, gevuld: Path) -> Iterator[tuple[Register, Dagrijen]]:
    """A register of the test's own, of which the rows of a day are kept."""
    with open_register(shutil.copytree(gevuld, tmp_path / "register")) as register:
        dagrijen = Dagrijen(register)
        dagrijen.make(DAG)
        yield register, dagrijen


def _ask(
    register: Register, dagrijen: Dagrijen | None, naam: str, dag: date, wat: str = "*"
) -> tuple[list[tuple], bool]:
    """The rows of a building block as plain values, and whether they are those that were kept."""
    sql = f"SELECT {wat} FROM {naam}($peildatum) AS r ORDER BY ALL"
    with register.cursor() as cursor:
        if dagrijen is None:
            return cursor.execute(sql, {"peildatum": dag}).fetchall(), False
        with dagrijen.klaar(cursor, read_names(sql), dag, kolommen=columns(sql)):
            ((pad,),) = cursor.execute("SELECT current_setting('search_path')").fetchall()
            uit = cursor.execute(sql, {"peildatum": dag}).fetchall()
        ((daarna,),) = cursor.execute("SELECT current_setting('search_path')").fetchall()
        assert "bewaard" not in daarna
        return uit, "bewaard" in pad


def _same(register: Register, dagrijen: Dagrijen, dag: date = DAG) -> int:
    """Hold every building block against the register; how many of them were answered from what is kept."""
    hieruit = 0
    for naam in MACROS:
        # With all columns, and with only those that the statement names.
        keren = [_ask(register, dagrijen, naam, dag, wat) for wat in ("*", SMAL)]
        assert [uit for uit, _ in keren] == [_ask(register, None, naam, dag, wat)[0] for wat in ("*", SMAL)], naam
        hieruit += all(bewaard for _, bewaard in keren)
    return hieruit


@pytest.mark.parametrize("geval", GEVALLEN)
def test_after_whatever_happened_the_rows_are_those_of_the_register(
    gedeeld: tuple[Register, Dagrijen], geval: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    register, dagrijen = gedeeld
    if geval.startswith("more groups"):
        monkeypatch.setattr(wijzigingenmodule, "VERSIES", 2)
    for dag in (ANDERE_DAG, DAG):
        dagrijen.make(dag)
    GEVALLEN[geval](register)
    hieruit = [_same(register, dagrijen, dag) for dag in (DAG, ANDERE_DAG)]
    # What stood beside a database that was opened again is gone with it; else all of it is answered from what is kept.
    assert (hieruit == [len(MACROS)] * 2) is ("opened again" not in geval)
    if sum(hieruit) == 0:
        dagrijen.make(DAG)
        assert _same(register, dagrijen) == len(MACROS)


def test_a_statement_finds_the_columns_that_it_names_until_there_are_too_many_statements(
    eigen: tuple[Register, Dagrijen], monkeypatch: pytest.MonkeyPatch
) -> None:
    register, dagrijen = eigen

    def found(*namen: str) -> list[str]:
        with (
            register.cursor() as cursor,
            dagrijen.klaar(cursor, frozenset({"klacht_op"}), DAG, kolommen=frozenset(namen)),
        ):
            return [kolom for kolom, *_ in cursor.execute("SELECT * FROM klacht_op($dag)", {"dag": DAG}).description]

    assert found("status", "vestiging", "geeindigd_op") == ["klachtnummer", "vestiging", "status"]
    assert columns("SELECT * FROM klacht_op($peildatum)") is None
    assert columns("SELECT * FROM samenstelling($peildatum)") >= {"vestiging", "kanaal", "behandelaar"}
    monkeypatch.setattr(module, "MEESTE_SMAL", 1)
    assert len(found("status")) > 50


def test_each_building_block_has_rows_to_compare(eigen: tuple[Register, Dagrijen]) -> None:
    assert all(_ask(eigen[0], None, naam, DAG)[0] for naam in MACROS)


def test_every_question_asks_what_is_kept_about_its_own_day() -> None:
    """What is kept of a day is found by name, whatever day is asked: no question may ask of another day in passing."""
    alle = vragen()
    over_een_dag = {naam for naam, vraag in alle.items() if vraag.parameters.split(",")[0].strip() == "peildatum"}
    assert set(MACROS) <= over_een_dag
    gezien = Counter()
    for naam, vraag in alle.items():
        for ander, dag in re.findall(r"\b(\w+)\s*\(\s*([^,)]*)", re.sub(r"--.*", "", vraag.sql)):
            if ander in over_een_dag:
                assert dag.strip() in ("peildatum", "peildatum := peildatum"), (naam, ander)
                gezien[ander] += 1
    assert set(MACROS) <= gezien.keys()


@pytest.mark.parametrize("waar", ["read_few", "_columns"])
def test_rows_that_cannot_be_renewed_are_asked_of_the_register_and_made_anew(
    eigen: tuple[Register, Dagrijen], waar: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When there is no memory for one dossier, or in the middle of reading all of them."""
    register, dagrijen = eigen

    def no_room(*_: object) -> None:
        raise duckdb.OutOfMemoryException("no room")

    if waar == "_columns":
        monkeypatch.setattr(module, "WEINIG", 0)
    with monkeypatch.context() as nu:
        nu.setattr(dagtabel, waar, no_room)
        _fact(register, "BehandelaarVervangen", 75, {"behandelaar": "frank"})
        # The maatregelen, disputes and endings are as they were: those rows still hold.
        assert _same(register, dagrijen) == len(MACROS) - 3
    dagrijen.make(DAG)
    assert _same(register, dagrijen) == len(MACROS)


def test_a_fact_has_only_the_building_blocks_read_again_that_it_touches(
    eigen: tuple[Register, Dagrijen], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And those that it did not touch are up to date with it, also after more facts than are remembered."""
    register, dagrijen = eigen
    gelezen, lees, alles, lees_alles = [], dagtabel.read_few, [], dagtabel.read_all
    monkeypatch.setattr(wijzigingenmodule, "VERSIES", 2)
    monkeypatch.setattr(dagtabel, "read_few", lambda *args: gelezen.append(args[2].bron) or lees(*args))
    monkeypatch.setattr(dagtabel, "read_all", lambda *args: alles.append(args[2].bron) or lees_alles(*args))
    for dag in (76, 77, 78):
        _fact(register, "VoortgangBewaakt", dag)
        assert _same(register, dagrijen) == len(MACROS)
    assert set(gelezen) <= {"termijnen", "klacht_einde"}
    gelezen.clear()
    _fact(register, "OordeelOntvangen", 80, {"oordeel": "", "heropening_nodig": False})
    _fact(register, "VoortgangBewaakt", 80, {}, 2)
    assert _same(register, dagrijen) == len(MACROS)
    assert "geschil_op" in gelezen
    assert "maatregel_op" not in gelezen
    # Watching the progress changes no term, so nobody looked until now; the oordeel is a new word of the klachten.
    assert set(alles) <= {"termijnen", "klacht_einde"}


def test_an_import_that_ends_while_a_day_is_read_has_its_threads_back(eigen: tuple[Register, Dagrijen]) -> None:
    """It works with one thread, and so does reading a day: the last of them leaves none at that."""
    register, _ = eigen
    vraag = "SELECT current_setting('threads')"
    with register.cursor() as cursor:
        cursor.execute("SET threads = 1")  # the import
        with dagtabel._one_thread(cursor):
            cursor.execute("SET threads = 3")  # is over
        assert cursor.execute(vraag).fetchall() == [(3,)]
        with dagtabel._one_thread(cursor):
            assert cursor.execute(vraag).fetchall() == [(1,)]
        assert cursor.execute(vraag).fetchall() == [(3,)]


def test_who_works_ahead_is_nobody_who_asked_for_a_day(eigen: tuple[Register, Dagrijen]) -> None:
    """The day to go first stays the one that was not asked for longest, also when more of it is kept."""
    register, dagrijen = eigen
    dagrijen.make(ANDERE_DAG, BLOKKEN[:1])
    _fact(register, "MaatregelBepaald", 30, MAATREGEL | {"maatregel": 2})
    with vooruit.ahead(lambda: None):
        for blok in BLOKKEN:
            dagrijen.bring_up(blok, read_names(f"{blok.bron}($peildatum)"))
    assert dagrijen.kept() == [DAG, ANDERE_DAG]
    assert _same(register, dagrijen) == len(MACROS)
    assert dagrijen.kept() == [ANDERE_DAG, DAG]


def test_rows_for_which_there_is_no_room_are_not_tried_at_every_statement(
    eigen: tuple[Register, Dagrijen], monkeypatch: pytest.MonkeyPatch
) -> None:
    register, dagrijen = eigen
    geprobeerd = []

    def no_room(*args: object) -> None:
        geprobeerd.append(args)
        raise duckdb.OutOfMemoryException("no room")

    monkeypatch.setattr(dagtabel, "read_all", no_room)
    monkeypatch.setattr(module, "RUST", 3)
    for _ in range(2 + module.RUST):
        uit, bewaard = _ask(register, dagrijen, "termijnen", ANDERE_DAG)
        assert uit
        assert not bewaard
    assert len(geprobeerd) == 1
    for _ in range(2):
        _ask(register, dagrijen, "termijnen", ANDERE_DAG)
    assert len(geprobeerd) == 2
    with register.cursor() as cursor:
        gebleven = cursor.execute("SELECT schema_name FROM duckdb_schemas() WHERE schema_name LIKE 'dag_%'").fetchall()
    assert {f"bewaard.{naam}" for (naam,) in gebleven} == {dagtabel.schema(DAG, blok) for blok in BLOKKEN}


def test_a_statement_that_fails_leaves_nothing_behind(eigen: tuple[Register, Dagrijen]) -> None:
    """The next statement of the same cursor is about its own day, and the day can be forgotten."""
    register, dagrijen = eigen
    with register.cursor() as cursor:
        voor = cursor.execute("SELECT current_setting('search_path')").fetchall()
        with (
            pytest.raises(duckdb.ConversionException),
            dagrijen.klaar(cursor, read_names("SELECT * FROM termijnen($peildatum)"), DAG),
        ):
            cursor.execute("SELECT CAST('x' AS INTEGER) FROM termijnen(?)", [DAG])
        assert cursor.execute("SELECT current_setting('search_path')").fetchall() == voor
    assert [dag.lezers for dag in dagrijen._dagen.values()] == [0]


def test_two_registers_and_two_keepers_of_one_are_not_in_each_others_way(
    eigen: tuple[Register, Dagrijen], tmp_path: Path, gevuld: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register, dagrijen = eigen
    with open_register(shutil.copytree(gevuld, tmp_path / "ander")) as ander:
        van_ander, nog_een = Dagrijen(ander), Dagrijen(register)
        van_ander.make(DAG)
        _fact(register, "KlachtIngetrokken", 90, {}, 2)
        _fact(ander, "BehandelaarVervangen", 75, {"behandelaar": "frank"})
        assert [_same(register, dagrijen), _same(ander, van_ander)] == [len(MACROS)] * 2
        nog_een.make(DAG)
        _fact(register, "KlachtIngetrokken", 91, {}, 3)
        assert [_same(register, welke) for welke in (dagrijen, nog_een)] == [len(MACROS)] * 2
        # One of them forgets the day; the other one sees that, and goes on.
        monkeypatch.setattr(module, "DAGEN", 1)
        nog_een.make(ANDERE_DAG)
        assert _same(register, dagrijen) == 0


def test_who_reads_while_another_renews_gets_one_moment(eigen: tuple[Register, Dagrijen]) -> None:
    """Each row of a klacht is there once, before and after its dossier is read again and all of them are."""
    register, dagrijen = eigen
    klaar, fouten, gelezen = threading.Event(), [], []

    def read() -> None:
        try:
            while not klaar.is_set():
                uit, bewaard = _ask(register, dagrijen, "termijnen", DAG)
                keer = Counter(rij[0] for rij in uit)
                assert bewaard
                assert set(keer) >= {f"K2024-{nr:04d}" for nr in range(1, 5)}
                # The terms of a klacht under this reglement are three.
                assert set(keer.values()) == {3}
                gelezen.append(len(uit))
        except BaseException as fout:  # noqa: BLE001 - it is the thread of the test that has to tell
            fouten.append(fout)

    lezers = [threading.Thread(target=read) for _ in range(2)]
    for lezer in lezers:
        lezer.start()
    try:
        for nr in range(4):
            _many(register, 1 if nr % 2 else module.WEINIG + 1)
            _same(register, dagrijen)
    finally:  # else they would read until long after this test
        klaar.set()
    eindig.ended(*lezers)
    assert fouten == []
    assert len(set(gelezen)) > 1


def test_of_few_klachten_a_question_is_planned_once_and_of_many_the_same_is_kept(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its columns, words and rows are asked of one answer; of many klachten that would take too much memory."""
    for soort, dag, gegevens in OPENING:
        _fact(register, soort, dag, gegevens)
    waarvan, echt = list[str](), dagtabel._columns
    monkeypatch.setattr(dagtabel, "_columns", lambda cursor, bron: waarvan.append(bron) or echt(cursor, bron))

    def kept() -> list[list[tuple]]:
        Dagrijen(register).make(DAG)
        with register.cursor() as cursor:
            rijen = [f"SELECT * FROM {dagtabel.schema(DAG, blok)}.rij" for blok in BLOKKEN]
            return [cursor.execute(wat + sql).fetchall() for sql in rijen for wat in ("DESCRIBE ", "")]

    weinig = kept()
    assert set(waarvan) == {dagtabel._ANTWOORD}
    waarvan.clear()
    monkeypatch.setattr(dagtabel, "_WEINIG", 0)
    assert kept() == weinig
    assert len(waarvan) == len(BLOKKEN)
    assert dagtabel._ANTWOORD not in waarvan
