"""What is asked of one klacht by itself is what the register says of it, after every fact and as of any day."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from klachten.analyse.basis.bewaard import Bewaard, read_names
from klachten.analyse.werk import werkvoorraad
from klachten.gebeurtenissen import valid
from klachten.gebeurtenissen.organisatie import NUMMER, BronOvergenomen
from klachten.handelingen import termijn
from klachten.opening import LAATSTE_DAG, open_register
from klachten.register import Register, klein
from klachten.register import enkel as module
from klachten.register.afleiding import derived_tables
from tests import reglementproef, wisproef
from tests.termijnproef import ONTVANGST
from tests.terugkijkproef import BEGIN, dossiers, evaluaties, record, rijen
from tests.test_bewaard import in_time

LOSSE = 3
WIE = {"coordinatoren": ["anna"], "directieleden": ["carla", "frank"], "collegas": ["o'neill", "bas"]}
_VAN_EEN = "WHERE ($klachtnummer IS NULL OR klachtnummer = $klachtnummer)"
GEBRUIKT: dict[str, tuple[str, dict[str, Any]]] = {
    "a step": (termijn._VRAAG, {}),
    "a step, open terms": (f"{termijn._VRAAG} AND dagen_over IS NOT NULL", {}),
    "the rows of a day": (f"SELECT * FROM termijnen(peildatum := $peildatum) {_VAN_EEN}", {}),
    "tasks": (
        (
            f"SELECT {werkvoorraad._VELDEN} "
            "FROM klachttaken($peildatum, $coordinatoren, $directieleden, $collegas, $klachtnummer)"
        ),
        WIE,
    ),
}
"""Every statement that is asked so."""
DAG = BEGIN + timedelta(100)


NA = module.NA


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "NA", -1)


def _ever(register: Register, nummer: str, sql: str, waarden: dict[str, Any]) -> list[tuple[Any, ...]]:
    with register.cursor() as cursor:
        return cursor.execute(sql, {**waarden, "klachtnummer": nummer}).fetchall()


def _same(register: Register, nummer: str, dag: date, welke: Iterable[str] = tuple(GEBRUIKT)) -> int:
    """Ask everything both ways; return how many rows that gave."""
    aantal = 0
    for hoe in welke:
        sql, waarden = GEBRUIKT[hoe]
        met = {**waarden, "peildatum": dag}
        kreeg, verwacht = register.enkel.ask(nummer, sql, met), _ever(register, nummer, sql, met)
        assert kreeg is not None, hoe
        assert sorted(kreeg, key=repr) == sorted(verwacht, key=repr), (hoe, nummer, dag)
        aantal += len(verwacht)
    return aantal


def _same_as_if(register: Register, nummer: str, dag: date) -> int:
    """Ask for the terms with the last fact a week later, and the one before it taken back."""
    *eerder, laatste = valid(register.vastleggingen(nummer))
    later = type(laatste.feit)(**{**vars(laatste.feit), "gebeurd_op": laatste.feit.gebeurd_op + timedelta(7)})
    geldig = [*eerder[: max(1, len(eerder) - 1)], replace(laatste, feit=later)]
    sql, met = GEBRUIKT["the rows of a day"][0], {"peildatum": dag}
    kreeg = register.enkel.ask(nummer, sql, met, geldig)
    with register.as_if(nummer, geldig) as cursor:
        verwacht = cursor.execute(sql, {**met, "klachtnummer": nummer}).fetchall()
    assert kreeg is not None
    assert sorted(kreeg, key=repr) == sorted(verwacht, key=repr), (nummer, dag)
    return len(verwacht)


def _received(register: Register, *dagen: int, **anders: Any) -> list[str]:
    """Record a klacht for each of these days since BEGIN."""
    feiten = [[("KlachtOntvangen", dag, ONTVANGST | anders, None)] for dag in dagen]
    record(register, rijen(feiten))
    return [f"K2024-{nr:04d}" for nr in range(1, len(dagen) + 1)]


def _fact(register: Register, soort: str, dag: int, nummer: str = "K2024-0001", **gegevens: Any) -> None:
    record(register, [(0, nummer, soort, BEGIN + timedelta(dag), json.dumps(gegevens), None)])


def test_after_every_fact_and_as_of_any_day_it_is_what_the_register_says(tmp_path: Path, nieuwe_map: Path) -> None:
    keren, gezien = iter(range(1000)), [0, 0]

    @settings(
        max_examples=3,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(klachten=st.lists(dossiers(), min_size=3, max_size=4), evaluatie=evaluaties(), dag=st.integers(40, 200))
    def check(klachten, evaluatie, dag) -> None:
        # What the terms of few random dossiers read.
        op, later = klachten[0][0][1], str(BEGIN + timedelta(klachten[0][0][1] + 90))
        klachten[0].append(("AnonimiteitVastgelegd", op + 1, {"onbekend": True, "bereikbaar": False}, None))
        klachten[-1].append(("TermijnVerlengd", op + 1, {"termijn": "maatregelen", "uiterlijk_op": later}, None))
        feiten = in_time(rijen(klachten, evaluatie))
        with open_register(shutil.copytree(nieuwe_map, tmp_path / str(next(keren)))) as register:
            record(register, feiten[:-LOSSE])
            for los in (None, *feiten[-LOSSE:]):
                if los:
                    record(register, [los])
                nummers = {rij[1] for rij in ([los] if los else feiten[:-LOSSE]) if rij[1].startswith("K")}
                for nummer in sorted(nummers):
                    for op in (BEGIN + timedelta(dag), BEGIN + timedelta(400), BEGIN + timedelta(dag // 3)):
                        gezien[0] += _same(register, nummer, op)
                    gezien[1] += _same_as_if(register, nummer, BEGIN + timedelta(dag))

    check()
    assert gezien[0] > 200
    assert gezien[1] > 20


def test_it_reads_of_every_table_that_the_names_in_a_statement_reach(register: Register) -> None:
    (nummer,) = _received(register, 0)
    _same(register, nummer, DAG)
    for sql, _ in GEBRUIKT.values():
        namen = {f"{naam.removesuffix('_op')}_stand" for naam in read_names(sql) if naam.endswith("_op")}
        leest = register.enkel._klein.leest[sql]
        assert leest is not None
        assert leest.tabellen & derived_tables() - {"overgenomen_bron"} == namen & derived_tables()
        assert leest.een_dag
        assert not leest.alle_dagen
        assert ("gebeurtenis" in leest.tabellen) == ("feit" in read_names(sql))
        assert "nader_stand" in leest.tabellen


@pytest.mark.parametrize(
    "sql",
    [
        f"SELECT * FROM klacht_op($peildatum) {_VAN_EEN}",
        f"SELECT klachtnummer FROM signaal_op($peildatum) {_VAN_EEN}",
        f"SELECT klachtnummer, veld FROM tekst {_VAN_EEN}",
        f"SELECT nr FROM gebeurtenis {_VAN_EEN}",
    ],
)
def test_what_it_does_not_have_is_asked_of_the_register(register: Register, sql: str) -> None:
    (nummer,) = _received(register, 0)
    for _ in range(2):
        assert register.enkel.ask(nummer, sql, {"peildatum": DAG}) is None
    assert _same(register, nummer, DAG)


def test_a_statement_that_reads_more_days_than_one_gets_every_row(register: Register) -> None:
    (nummer,) = _received(register, 0)
    _fact(register, "BehandelaarToegewezen", 5, behandelaar="bas")
    _fact(register, "KlachtOnderzocht", 9)
    for sql in (
        f"SELECT klachtnummer, van, behandelaar FROM klacht_stand {_VAN_EEN} AND van <= $peildatum",
        (
            "SELECT k.klachtnummer, k.status, v.status AS toen FROM klacht_op($peildatum) AS k "
            "JOIN klacht_op($peildatum - 95) AS v ON v.klachtnummer = k.klachtnummer "
            "WHERE ($klachtnummer IS NULL OR k.klachtnummer = $klachtnummer)"
        ),
        f"SELECT klachtnummer, status FROM klacht {_VAN_EEN} AND ontvangen_op <= $peildatum",
        (
            "SELECT k.klachtnummer, v.van, v.behandelaar FROM klacht_op($peildatum) AS k "
            "JOIN klacht_stand AS v ON v.klachtnummer = k.klachtnummer "
            "WHERE ($klachtnummer IS NULL OR k.klachtnummer = $klachtnummer)"
        ),
    ):
        kreeg = register.enkel.ask(nummer, sql, {"peildatum": DAG})
        assert kreeg
        assert sorted(kreeg) == sorted(_ever(register, nummer, sql, {"peildatum": DAG}))


def test_the_part_of_the_calendar_that_is_there_is_all_that_a_term_can_reach(register: Register) -> None:
    """Also at both ends of it, and outside; one after the other, so that each finds what was there for another."""
    tot = (LAATSTE_DAG - BEGIN).days
    nummers = _received(register, 0, -12_660, 3_000, tot - 20, -13_000, 117, tot + 40, -12_600, 480, tot - 400)
    for nummer in (*nummers, *reversed(nummers)):
        assert _same(register, nummer, LAATSTE_DAG + timedelta(60), ["the rows of a day"])
    assert register.enkel._klein is not None


def test_what_changes_beside_the_klachten_is_followed(register: Register) -> None:
    nummers = _received(register, 0, 40, herkomst="overgenomen", bron="Oud", bron_id="1")
    for nummer in nummers:
        _same(register, nummer, DAG)
    voor = register.enkel.ask(nummers[0], *_of_day())
    with register.schrijven() as boeking:
        boeking.leg_vast(NUMMER, BronOvergenomen(gebeurd_op=BEGIN + timedelta(60), bron="Oud"), door="anna", rol="")
    assert register.enkel.ask(nummers[0], *_of_day()) != voor
    for nummer in nummers:
        _same(register, nummer, DAG)


def _of_day() -> tuple[str, dict[str, Any]]:
    return GEBRUIKT["the rows of a day"][0], {"peildatum": DAG}


def test_a_new_version_of_a_reglement_is_followed(ingericht: Path, tmp_path: Path) -> None:
    with open_register(shutil.copytree(ingericht, tmp_path / "r")) as register:
        nummer = reglementproef.klacht(register, reglementproef.INGANG - timedelta(1))
        _same(register, nummer, reglementproef.LATER)
        reglementproef.add(register)
        later = reglementproef.klacht(register, reglementproef.INGANG + timedelta(1))
        for een in (nummer, later):
            _same(register, een, reglementproef.LATER)
        register.add_reglement(register.reglementen["awb9"])
        assert register.enkel._klein is None
        _same(register, later, reglementproef.LATER)


def test_facts_that_are_not_recorded_are_those_that_count(register: Register) -> None:
    (nummer,) = _received(register, 0)
    sql, met = _of_day()
    voor = register.enkel.ask(nummer, sql, met)
    feiten = register.vastleggingen(nummer)
    _fact(register, "OntvangstBevestigd", 3, behandelaar="bas")
    na = register.enkel.ask(nummer, sql, met)
    assert voor != na
    assert register.enkel.ask(nummer, sql, met, feiten) == voor


def test_nothing_of_it_is_left_when_something_was_erased_or_the_register_closes(
    tmp_path: Path, nieuwe_map: Path
) -> None:
    with open_register(shutil.copytree(nieuwe_map, tmp_path / "r")) as register:
        oud = wisproef.oude_klacht(register, "een")
        _same(register, oud.nummer, wisproef.VANDAAG)
        hier = register.enkel._klein
        assert hier is not None
        assert hier.con.execute("SELECT * FROM tekst, woord, zoekwoord").fetchall() == []
        wisproef.wis(register, oud.nummer)
        assert register.enkel._klein is None
        with pytest.raises(duckdb.ConnectionException):
            hier.con.execute("SELECT 1")
        _same(register, oud.nummer, wisproef.VANDAAG)
        hier = register.enkel._klein
    assert register.enkel._klein is None
    assert hier is not None
    with pytest.raises(duckdb.ConnectionException):
        hier.con.execute("SELECT 1")


def test_it_is_made_when_it_was_asked_for_several_times(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "NA", NA)
    (nummer,) = _received(register, 0)
    sql, met = _of_day()
    gegeven = [register.enkel.ask(nummer, sql, met) for _ in range(NA + 1)]
    assert [antwoord is None for antwoord in gegeven] == [True] * NA + [False]
    assert register.enkel.ask("S2024-0001", sql, met) is None


def test_an_app_that_starts_has_ready_what_every_fact_asks(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "NA", NA)
    kept = Bewaard(register)
    werkvoorraad.make_ready(kept, DAG)
    assert register.enkel._klein is None, "of an empty register nothing is asked"
    _received(register, 0, 20)
    werkvoorraad.make_ready(kept, DAG)
    klaar = set(register.enkel._klein.vragen)
    assert len(klaar) == 2
    kept.dagrijen.make(DAG)
    with register.cursor() as cursor:
        taken = werkvoorraad.werkvoorraad(cursor, DAG, (), bewaard=kept)
        versie = register.versie
        _received(register, 25)
        bij = {"eerder": taken, "gewijzigd": register.changed_since(versie), "bewaard": kept}
        werkvoorraad.werkvoorraad(cursor, DAG, (), **bij)
        kept.reader(cursor, set()).execute("SELECT * FROM termijnen($peildatum)", {"peildatum": DAG}).fetchall()
    assert set(register.enkel._klein.vragen) == klaar, "nothing more had to be prepared"


def test_what_goes_wrong_is_asked_as_ever_and_not_tried_again_at_once(register: Register, monkeypatch) -> None:
    (nummer,) = _received(register, 0)
    verwacht = termijn.termijnen_van(register, nummer, DAG)
    gevraagd = []

    def fail(*_: Any) -> None:
        gevraagd.append(1)
        raise duckdb.OutOfMemoryException("vol")

    with monkeypatch.context() as plek:
        plek.setattr(module, "load", fail)
        for _ in range(3):
            assert termijn.termijnen_van(register, nummer, DAG) == verwacht
    assert gevraagd == [1]
    monkeypatch.setattr(register.enkel, "_keren", 0)
    assert _same(register, nummer, DAG)


def test_what_is_kept_is_bounded(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(klein, "MEESTE", 3)
    monkeypatch.setattr(module, "KEREN", 9)
    (nummer,) = _received(register, 0)
    gezien = set()
    for later in range(8):
        _same(register, nummer, DAG + timedelta(later))
        assert register.enkel._klein is not None
        gezien.add(id(register.enkel._klein.con))
        assert len(register.enkel._klein.vragen) <= 3
    assert len(gezien) > 1


def test_the_rows_of_a_day_the_tasks_and_a_step_go_by_it(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    gevraagd: list[tuple[str, bool]] = []
    echt = register.enkel.ask

    def ask(nummer: str, sql: str, *rest: Any) -> Any:
        gegeven = echt(nummer, sql, *rest)
        gevraagd.append((sql, gegeven is not None))
        return gegeven

    monkeypatch.setattr(register.enkel, "ask", ask)
    _received(register, 0, 20)
    kept = Bewaard(register)
    kept.dagrijen.make(DAG)
    with register.cursor() as cursor:
        taken = werkvoorraad.werkvoorraad(cursor, DAG, (), bewaard=kept)
        assert not gevraagd
        versie = register.versie
        _fact(register, "OntvangstBevestigd", 30, behandelaar="een nieuw woord")
        bij = {"eerder": taken, "gewijzigd": register.changed_since(versie), "bewaard": kept}
        assert werkvoorraad.werkvoorraad(cursor, DAG, (), **bij) == werkvoorraad.werkvoorraad(cursor, DAG, ())
        sql = "SELECT * FROM termijnen($peildatum) ORDER BY ALL"
        lezer, met = kept.reader(cursor, set()), {"peildatum": DAG}
        assert lezer.execute(sql, met).fetchall() == cursor.execute(sql, met).fetchall()
    termijn.open_termijnen(register, "K2024-0002", DAG)
    # Of maatregelen and disputes every column is read, and of those nothing is known here.
    assert {sql for sql, zelf in gevraagd if zelf} == {sql for hoe, (sql, _) in GEBRUIKT.items() if hoe != "a step"}


def test_what_waits_for_the_end_of_an_import_is_not_known_here_either(register: Register) -> None:
    (nummer,) = _received(register, 0)
    sql, met = _of_day()
    with register.derived_at_end():
        assert register.enkel.ask(nummer, sql, met) is None
    assert _same(register, nummer, DAG)


def test_many_may_ask_at_the_same_time(register: Register) -> None:
    nummers = _received(register, *range(0, 60, 5))
    sql, met = _of_day()
    verwacht = {nummer: _ever(register, nummer, sql, met) for nummer in nummers}

    def ask(nummer: str) -> bool:
        return sorted(register.enkel.ask(nummer, sql, met) or []) == sorted(verwacht[nummer])

    with ThreadPoolExecutor(4) as allen:
        assert all(allen.map(ask, nummers * 6))
