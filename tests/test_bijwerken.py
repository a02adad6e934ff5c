"""What a fact made stale is brought up to date in the background: the same answers, only sooner, in nobody's way."""

from __future__ import annotations

import asyncio
import logging
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from duckdb import DuckDBPyConnection
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from klachten import organisatie, scherm
from klachten.opening import open_register
from klachten.register import Register
from klachten.register.lezing import Lezing
from klachten.scherm import belinhoud, bijwerken, kijker, vooruit
from klachten.scherm.bewaard import bewaard, fallen, van
from klachten.scherm.bijwerken import Bijwerker
from klachten.scherm.evaluatie import tekenen
from klachten.scherm.lijsten import taken
from tests.evaluatieproef import VANDAAG, map_met
from tests.schermproef import open_pagina
from tests.terugkijkproef import BEGIN, antwoorden, dossiers, evaluaties, record, rijen
from tests.test_bewaard import PERIODE, in_time
from tests.verhalen import Verhaal

GEDULD = 60.0
LEZERS = ("anna", "bas", "carla")


@contextmanager
def working(register: Register, rust: float = 0.02) -> Iterator[Bijwerker]:
    """Let the pages use a register, and bring it up to date after every fact."""
    vorig, werker = scherm.gebruik(register), Bijwerker(rust)
    werker.begin()
    werker.follow(register)
    try:
        yield werker
    finally:
        werker.stop()
        scherm.gebruik(vorig)
        assert not [draad for draad in threading.enumerate() if draad.name == "bijwerken"]


@bewaard
def _answers(cursor: DuckDBPyConnection, op: date) -> Any:
    return antwoorden(cursor, op, PERIODE)


@bewaard
def _years(cursor: DuckDBPyConnection) -> list[tuple[int, int]]:
    return cursor.execute("SELECT jaar, COUNT(*) FROM klacht GROUP BY jaar").fetchall()


def new_klacht(register: Register) -> None:
    """Record a klacht that came in on the day of these tests."""
    Verhaal(register, VANDAAG).gebeurt({"op": VANDAAG})


def counted(monkeypatch: pytest.MonkeyPatch, deze: Callable[[], bool] = lambda: True) -> list[str]:
    """Return the statements that are asked from now on, as long as `deze` says so."""
    gevraagd: list[str] = []
    cursor = Lezing.cursor

    class Teller:
        def __init__(self, echt: DuckDBPyConnection) -> None:
            self._echt = echt

        def __enter__(self) -> Teller:
            return self

        def __exit__(self, *_: object) -> None:
            self._echt.close()

        def __getattr__(self, naam: str) -> Any:
            return getattr(self._echt, naam)

        def execute(self, sql: str, *rest: Any) -> Any:
            if deze():
                gevraagd.append(" ".join(sql.split()))
            return self._echt.execute(sql, *rest)

    monkeypatch.setattr(Lezing, "cursor", lambda self: Teller(cursor(self)))
    return gevraagd


@pytest.fixture
def driehonderd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Register]:
    """A register of its own with three hundred klachten: facts are recorded in it."""
    monkeypatch.setenv("KLACHTEN_VANDAAG", VANDAAG.isoformat())
    with open_register(shutil.copytree(map_met(300), tmp_path / "register")) as register:
        yield register


def test_after_random_facts_all_that_is_kept_is_what_asking_again_gives(
    tmp_path: Path, nieuwe_map: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KLACHTEN_VANDAAG", (BEGIN + timedelta(200)).isoformat())
    keren = iter(range(1000))

    @settings(
        max_examples=3,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(
        klachten=st.lists(dossiers(), min_size=2, max_size=3),
        evaluatie=evaluaties(),
        wacht=st.lists(st.sampled_from((0.0, 0.01, 0.05, GEDULD)), min_size=5, max_size=5),
    )
    def check(klachten, evaluatie, wacht) -> None:
        feiten = in_time(rijen(klachten, evaluatie))
        with (
            open_register(shutil.copytree(nieuwe_map, tmp_path / str(next(keren)))) as register,
            working(register) as werker,
        ):
            record(register, feiten[: -len(wacht)])
            dagen = (BEGIN + timedelta(90), BEGIN + timedelta(200))
            for op in dagen:
                van(register).dagrijen.make(op)
                _answers(op)
            for los, even in zip(feiten[-len(wacht) :], wacht, strict=False):
                record(register, [los])
                # So it is broken off at any moment, and now and then it comes to its end.
                werker.settled(even)
            assert werker.settled(GEDULD)
            assert not fallen(register, GEDULD * 10)
            with register.cursor() as cursor:
                for op in dagen:
                    assert _answers(op) == antwoorden(cursor, op, PERIODE)

    check()


def test_who_opens_a_page_a_moment_later_asks_nothing(driehonderd: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    # What every page reads of what it shows, and never keeps: names, and texts of dossiers.
    nooit = ("tekst", "SELECT klachtnummer FROM klacht LIMIT 1")
    with working(driehonderd) as werker:
        paginas = (
            "werkvoorraad",
            "klachten",
            "escalatie",
            "jaarbeeld",
            "termijnen",
            "categorieen",
            "opvolging",
            "proces",
        )
        proeven = {naam: open_pagina(naam, als="carla") for naam in paginas}
        for naam, proef in proeven.items():
            assert not proef.exception, naam
            proef.run()
        zonder = counted(monkeypatch, lambda: threading.current_thread().name != "bijwerken")
        new_klacht(driehonderd)
        assert werker.settled(GEDULD)
        for naam, proef in proeven.items():
            zonder.clear()
            assert not proef.run().exception
            assert [sql for sql in zonder if not any(deel in sql for deel in nooit)] == [], naam


def test_what_is_drawn_of_the_new_figures_is_drawn_before_somebody_asks(driehonderd: Register) -> None:
    with working(driehonderd) as werker:
        proeven = {naam: open_pagina(naam, als="carla").run() for naam in ("jaarbeeld", "termijnen")}
        for naam, proef in proeven.items():
            new_klacht(driehonderd)
            # Nothing of before: of a year that is over one more klacht now changes no figure.
            tekenen._gemaakt.clear()
            assert werker.settled(GEDULD)
            vooraf = set(tekenen._gemaakt)
            assert not proef.run().exception
            # Of the terms what is drawn of one year from closer by is left to the page.
            zelf = {welk[1] for welk in set(tekenen._gemaakt) - vooraf}
            assert not zelf & {"_grafiek", "jaartabel", "plaat" if naam == "jaarbeeld" else ""}, naam
            assert {welk[1] for welk in vooraf} >= ({"plaat"} if naam == "jaarbeeld" else {"_grafiek", "jaartabel"})


@pytest.mark.parametrize("naam", ["termijnen", "categorieen", "proces", "opvolging", "jaarbeeld"])
def test_what_is_worked_out_ahead_is_what_the_page_asks_after_a_new_klacht(driehonderd: Register, naam: str) -> None:
    """Not as of the choice of before: with how many klachten there were in it, each klacht would make it another."""
    with working(driehonderd) as werker:
        proef = open_pagina(naam, als="carla").run()
        eerst = {sleutel for sleutel, _ in van(driehonderd).naast.lately(GEDULD)}
        new_klacht(driehonderd)
        assert werker.settled(GEDULD)
        assert not proef.run().exception
        assert eerst
        assert {sleutel for sleutel, _ in van(driehonderd).naast.lately(GEDULD)} == eerst


def test_without_it_the_same_page_asks_a_lot(driehonderd: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    with working(driehonderd) as werker:
        proef = open_pagina("jaarbeeld", als="carla").run()
        werker.stop()
        gevraagd = counted(monkeypatch)
        new_klacht(driehonderd)
        gevraagd.clear()
        assert not proef.run().exception
        assert len([sql for sql in gevraagd if "FROM stroom(" in sql]) == 1


def test_ten_quick_facts_are_brought_up_to_date_once(driehonderd: Register) -> None:
    with working(driehonderd, rust=0.5) as werker:
        _years()
        gevraagd = van(driehonderd).gevraagd.lately(GEDULD)
        for _ in range(10):
            new_klacht(driehonderd)
            time.sleep(0.03)
        assert werker.settled(GEDULD)
        assert (werker.keren, werker.opnieuw) == (1, 0)
        assert not fallen(driehonderd, GEDULD)
        # Nobody asked for it but the page of before, so ten minutes after that one it is let go.
        assert van(driehonderd).gevraagd.lately(GEDULD) == gevraagd


def test_what_a_page_is_noted_to_have_asked_is_what_is_asked_again(driehonderd: Register) -> None:
    """Not what is counted within another answer as well: it would take the place of what can be asked."""
    with working(driehonderd) as werker:
        for naam in ("werkvoorraad", "jaarbeeld"):
            assert not open_pagina(naam, als="carla").exception
        werker.stop()
        new_klacht(driehonderd)
        genoteerd = {sleutel for sleutel, _ in van(driehonderd).gevraagd.lately(GEDULD)}
        assert genoteerd
        assert genoteerd == {sleutel for sleutel, _ in fallen(driehonderd, GEDULD)}


def test_a_fact_during_the_work_makes_it_begin_anew(driehonderd: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    bezig, verder, keren = threading.Event(), threading.Event(), []

    @bewaard
    def slow(cursor: DuckDBPyConnection) -> list[tuple[int, int]]:
        keren.append(threading.current_thread().name)
        uit = cursor.execute("SELECT COUNT(*), MAX(volgnr) FROM klacht").fetchall()
        if threading.current_thread().name == "bijwerken" and not bezig.is_set():
            bezig.set()
            verder.wait(GEDULD)
            cursor.execute("SELECT COUNT(*) FROM maatregel").fetchall()  # it comes no further than this
        return uit

    with working(driehonderd) as werker:
        ((eerst, _),) = slow()
        new_klacht(driehonderd)
        assert bezig.wait(GEDULD)
        new_klacht(driehonderd)
        verder.set()
        assert werker.settled(GEDULD)
        assert werker.opnieuw == 1
        assert slow()[0][0] == eerst + 2
        assert keren[1:] == ["bijwerken", "bijwerken"], "the page had to ask for itself"


def test_a_page_goes_first(driehonderd: Register) -> None:
    with working(driehonderd) as werker:
        _years()
        with vooruit.page():
            new_klacht(driehonderd)
            assert not werker.settled(0.5)
            assert fallen(driehonderd, GEDULD)
        assert werker.settled(GEDULD)
        assert not fallen(driehonderd, GEDULD)


def test_a_page_that_asks_what_is_being_asked_does_not_ask_it_twice(driehonderd: Register) -> None:
    bezig, keren = threading.Event(), []

    @bewaard
    def slow(cursor: DuckDBPyConnection) -> list[tuple[int]]:
        uit = cursor.execute("SELECT COUNT(*) FROM klacht").fetchall()
        keren.append(threading.current_thread().name)
        if threading.current_thread().name == "bijwerken":
            bezig.set()
            time.sleep(0.2)
        return uit

    with working(driehonderd) as werker:
        slow()
        new_klacht(driehonderd)
        assert bezig.wait(GEDULD)
        with vooruit.page(), driehonderd.cursor() as cursor:
            assert slow() == cursor.execute("SELECT COUNT(*) FROM klacht").fetchall()
        assert werker.settled(GEDULD)
        assert keren == ["MainThread", "bijwerken"]


def test_what_goes_wrong_is_told_and_keeps_nothing_else(
    driehonderd: Register, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    @bewaard
    def broken(cursor: DuckDBPyConnection) -> list[tuple[int]]:
        if threading.current_thread().name == "bijwerken":
            raise ValueError("no")
        return cursor.execute("SELECT COUNT(*) FROM klacht").fetchall()

    with working(driehonderd) as werker, caplog.at_level(logging.ERROR, "klachten"):
        _years()
        ((eerst,),) = broken()
        for _ in range(2):
            new_klacht(driehonderd)
            assert werker.settled(GEDULD)
        # Told once: it is asked again only when a page asked for it.
        (regel,) = caplog.records
        assert regel.message.startswith("Na een feit kon niet alles worden bijgewerkt: ")
        assert regel.message.endswith(".broken.")
        assert regel.exc_info
        assert not fallen(driehonderd, GEDULD)
        assert broken() == [(eerst + 2,)]


def test_of_what_goes_wrong_for_a_reader_is_told_what_it_was(
    driehonderd: Register, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(wie: organisatie.Gebruiker) -> None:
        raise ValueError("no")

    anna = organisatie.gebruiker("anna", VANDAAG)
    assert anna
    with working(driehonderd) as werker, caplog.at_level(logging.ERROR, "klachten"):
        with pytest.MonkeyPatch.context() as even:
            even.setattr(kijker, "hash", lambda: "")
            vooruit.remember_of(broken, anna)
        new_klacht(driehonderd)
        assert werker.settled(GEDULD)
    (regel,) = caplog.records
    assert regel.message.endswith(".broken.")
    assert f": {__name__}." in regel.message


def test_an_import_is_brought_up_to_date_once_and_after_it(register: Register) -> None:
    with working(register) as werker:
        _years()
        with register.derived_at_end():
            for _ in range(3):
                new_klacht(register)
                assert not werker.settled(0.1)
            assert (werker.keren, werker.opnieuw) == (0, 0)
        assert werker.settled(GEDULD)
        assert werker.keren == 1
        assert not fallen(register, GEDULD)


def test_what_is_of_a_reader_is_asked_for_who_still_looks(
    driehonderd: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    aan: list[str] = []

    def look(wie: organisatie.Gebruiker) -> None:
        aan.append(wie.id)

    with working(driehonderd) as werker:
        for id in LEZERS:
            wie = organisatie.gebruiker(id, VANDAAG)
            assert wie is not None
            monkeypatch.setattr(kijker, "hash", lambda id=id: f"zitting van {id}")
            vooruit.remember_of(look, wie)
        monkeypatch.setattr(kijker, "is_example", lambda: False)
        # Bas signed out, and in the session of Carla is somebody else now.
        zittingen = {"zitting van anna": "anna", "zitting van carla": "anna"}
        monkeypatch.setattr(
            kijker, "who_in", lambda hash, op: organisatie.gebruiker(zittingen[hash], op) if hash in zittingen else None
        )
        monkeypatch.setattr(scherm, "vandaag", lambda: VANDAAG)
        new_klacht(driehonderd)
        assert werker.settled(GEDULD)
        assert aan == ["anna"]


def test_the_bell_and_the_tasks_are_what_reading_them_again_gives(driehonderd: Register) -> None:
    belinhoud._van.clear()  # of registers of other tests
    with working(driehonderd) as werker:
        mensen = [wie for id in LEZERS if (wie := organisatie.gebruiker(id, VANDAAG))]
        for wie in mensen:
            vooruit.remember_of(belinhoud.items, wie)
            belinhoud.items(wie)
            taken.van_wie_kijkt(wie, met_post=True)
        new_klacht(driehonderd)
        assert werker.settled(GEDULD)
        assert {gelezen.versie for gelezen in belinhoud._van.values()} == {driehonderd.versie}
        kept = {wie: (belinhoud.items(wie), taken.van_wie_kijkt(wie, met_post=True)) for wie in mensen}
        for waar in (belinhoud._bord, belinhoud._van, taken._gelezen, taken._zichtbaar):
            waar.clear()
        for wie in mensen:
            assert kept[wie] == (belinhoud.items(wie), taken.van_wie_kijkt(wie, met_post=True))


def test_it_ends_with_the_app(driehonderd: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bijwerken, "bijwerker", Bijwerker())

    async def run() -> list[str]:
        stop = asyncio.Event()
        taak = asyncio.create_task(bijwerken.keep_up(stop))
        await asyncio.sleep(0)
        bijwerken.bijwerker.follow(driehonderd)
        namen = [draad.name for draad in threading.enumerate()]
        stop.set()
        await taak
        return namen

    assert "bijwerken" in asyncio.run(run())
    assert "bijwerken" not in [draad.name for draad in threading.enumerate()]
    assert driehonderd.wijzigingen.hoorders == []


def test_nothing_is_asked_of_a_register_that_is_closed(driehonderd: Register) -> None:
    with working(driehonderd) as werker:
        _years()
        scherm.gebruik(None)
        new_klacht(driehonderd)
        assert werker.settled(GEDULD)
        assert werker.keren == 0
        assert fallen(driehonderd, GEDULD)
