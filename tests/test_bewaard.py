"""What was counted before and kept is what counting it again gives, after every fact and as of any day."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from klachten.analyse import vragen
from klachten.analyse.basis import bewaard as module
from klachten.analyse.basis import dagrijen, dagtabel
from klachten.analyse.basis.bewaard import ALLEEN_SOORTEN, NU, Bewaard, read_names
from klachten.analyse.basis.kengetallen import rijen_van
from klachten.analyse.basis.vooruit import Afgebroken
from klachten.analyse.werk.werkvoorraad import Taak, werkvoorraad
from klachten.bewaring import Wie, bewaren
from klachten.gebeurtenissen import SOORTEN
from klachten.opening import open_register
from klachten.periode import Periode
from klachten.register import Register
from klachten.register.afleiding import derived_tables
from klachten.register.wijzigingen import ALLES, BIJ_ELK_FEIT, EIGEN, VAST, Wijzigingen, changed, names
from tests import verhalen
from tests.termijnproef import ONTVANGST, Rij
from tests.terugkijkproef import BEGIN, antwoorden, dossiers, evaluaties, record, rijen, vastleggingen

VESTIGINGEN = ("weert", "utrecht")
LOSSE = 3
"""So many facts are recorded one by one, each followed by every question."""
PERIODE = Periode.lees("2024")
WIE = Wie("coulant", (), ())
_KIEST = ("vestiging", "categorie", "indiener_soort", "kanaal", "behandelaar", "herkomst")
KEUZE = ", ".join(f"kies_{wat} := NULL" for wat in _KIEST)


def in_time(feiten: list[Rij]) -> list[Rij]:
    """The facts as days went by, those of a dossier in their own order, with new numbers."""
    tot: dict[str, date] = {}
    for _, nummer, _, op, _, _ in feiten:
        tot[nummer] = max(op, tot.get(nummer, op))
    verst: dict[str, date] = {}
    volgorde = []
    for rij in feiten:
        verst[rij[1]] = max(rij[3], verst.get(rij[1], rij[3]))
        volgorde.append((verst[rij[1]], rij[0], rij))
    nieuw = {oud: nr for nr, (_, oud, _) in enumerate(sorted(volgorde), start=1)}
    klachten: dict[str, str] = {}
    for _, _, (_, nummer, *_) in sorted(volgorde):
        if nummer.startswith("K"):
            klachten.setdefault(nummer, f"K2024-{len(klachten) + 1:04d}")
    return [
        (nieuw[nr], klachten.get(nummer, nummer), *rest, nieuw.get(corrigeert))
        for _, _, (nr, nummer, *rest, corrigeert) in sorted(volgorde)
    ]


class Telling:
    """Which questions were asked of what is kept, and of which the register itself was asked."""

    def __init__(self) -> None:
        self.gevraagd: list[str] = []
        self.gelezen: list[str] = []


@pytest.fixture
def telling(monkeypatch: pytest.MonkeyPatch) -> Telling:
    uit, regel = Telling(), Bewaard.regel

    def count(self: Bewaard, sleutel, lezing, lees):
        naam = re.search(r"FROM (\w+)", sleutel[1])[1]

        def read():
            uit.gelezen.append(naam)
            return lees()

        uit.gevraagd.append(naam)
        return regel(self, sleutel, lezing, read)

    monkeypatch.setattr(Bewaard, "regel", count)
    return uit


def test_what_is_kept_is_what_asking_again_gives(tmp_path: Path, nieuwe_map: Path, telling: Telling) -> None:
    keren = iter(range(1000))

    @settings(
        max_examples=2,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(klachten=st.lists(dossiers(), min_size=2, max_size=3), evaluatie=evaluaties(), dag=st.integers(60, 200))
    def check(klachten, evaluatie, dag) -> None:
        feiten = in_time(rijen(klachten, evaluatie))
        with open_register(shutil.copytree(nieuwe_map, tmp_path / str(next(keren)))) as register:
            kept, dagen = Bewaard(register), (BEGIN + timedelta(dag), BEGIN + timedelta(400))
            taken: dict[date, tuple[int, list[Taak]]] = {}
            for op in dagen:
                kept.dagrijen.make(op)
            record(register, feiten[:-LOSSE])
            for los in (None, *feiten[-LOSSE:]):
                if los:
                    record(register, [los])
                for op in dagen if los is None else dagen[los[0] % 2 :][:1]:
                    with register.cursor() as cursor:
                        assert kept.geef(antwoorden, op, PERIODE) == antwoorden(cursor, op, PERIODE)
                        versie, eerder = taken.get(op, (-1, []))
                        bij = {"eerder": eerder, "gewijzigd": register.changed_since(versie), "bewaard": kept}
                        taken[op] = register.versie, werkvoorraad(cursor, op, VESTIGINGEN, **bij)
                        assert taken[op][1] == werkvoorraad(cursor, op, VESTIGINGEN)

                assert set(kept.dagrijen.kept()) == {*dagen}

    check()
    assert 0.05 < len(telling.gelezen) / len(telling.gevraagd) < 0.8


def test_what_is_too_much_to_keep_is_read_once_for_its_columns_and_its_rows(
    register: Register, telling: Telling, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MEESTE_RIJEN", 0)
    assert Bewaard(register).geef(rijen_van, "stappenkaart", peildatum=BEGIN)
    assert telling.gelezen == ["stappenkaart"]


def test_a_fact_has_counted_again_what_it_touches(register: Register, telling: Telling) -> None:
    ontvangst = ONTVANGST | {"categorie": "privacy", "vestiging": "weert"}
    door = {"behandelaar": "bas"}
    klacht = [("KlachtOntvangen", 0, ontvangst), ("OntvangstBevestigd", 5, door), ("VoortgangBewaakt", 9, {})]
    record(register, rijen([[(*feit, None) for feit in klacht]]))
    kept, op = Bewaard(register), BEGIN + timedelta(60)

    def recounted(soort: str, dag: int) -> set[str]:
        record(register, [(0, "K2024-0001", soort, BEGIN + timedelta(dag), "{}", None)])
        telling.gelezen.clear()
        with register.cursor() as cursor:
            assert kept.geef(antwoorden, op, None) == antwoorden(cursor, op, None)
        return set(telling.gelezen)

    kept.geef(antwoorden, op, None)
    # Watching the progress once more: what tells the order of the steps, and what reads the facts themselves.
    weer = recounted("VoortgangBewaakt", 12)
    assert {"varianten", "late_klachten"} <= weer
    assert not weer & {"stroom", "samenstelling", "termijnen", "doorlooptijden", "geschillen", "categorie_uitkomst"}
    assert kept.geef(_years) == [(2024, 1)]
    # After the peildatum only what looks at no day.
    assert recounted("KlachtIngetrokken", 61) <= weer
    assert {"stroom", "termijnen", "doorlooptijden"} <= recounted("KlachtIngetrokken", 30)
    telling.gelezen.clear()
    assert kept.geef(_years) == [(2024, 1)]
    assert telling.gelezen == []
    record(register, [(0, "K2024-0002", "KlachtOntvangen", BEGIN, json.dumps(ontvangst), None)])
    assert kept.geef(_years) == [(2024, 2)]


def _years(cursor) -> list[tuple[int, int]]:
    return cursor.execute("SELECT k.jaar, COUNT(*) FROM klacht AS k GROUP BY k.jaar").fetchall()


def test_what_was_read_of_a_few_dossiers_stays_until_one_of_them_gets_a_fact(register: Register, telling) -> None:
    for nr in (1, 2):
        record(register, [(0, f"K2024-{nr:04d}", "KlachtOntvangen", BEGIN, json.dumps(ONTVANGST), None)])
    kept = Bewaard(register)

    def counted_again(nummer: str) -> bool:
        record(register, [(0, nummer, "VoortgangBewaakt", BEGIN + timedelta(9), "{}", None)])
        telling.gelezen.clear()
        with register.cursor() as cursor:
            assert kept.geef(_facts, ("K2024-0001",)) == _facts(cursor, ("K2024-0001",))
            assert kept.geef(_facts, ()) == []
        return bool(telling.gelezen)

    assert [counted_again(nummer) for nummer in ("K2024-0001", "K2024-0002", "K2024-0001")] == [True, False, True]
    # What can have changed any dossier changed this one.
    register.add_reglement(register.reglementen["awb9"])
    assert counted_again("K2024-0002")


def _facts(cursor, nummers: tuple[str, ...]) -> list[tuple]:
    sql = "SELECT f.nr FROM feit(NULL, NULL) AS f WHERE list_contains($dossiers, f.klachtnummer) ORDER BY f.nr"
    return cursor.execute(sql, {"dossiers": list(nummers)}).fetchall()


def test_a_klacht_that_goes_on_with_the_same_behandelaar_leaves_the_workload(register: Register, telling) -> None:
    """How the days of a klacht are cut into stretches changes at every fact, and the workload not by that."""
    klacht = [("KlachtOntvangen", 0, ONTVANGST), ("BehandelaarToegewezen", 2, {"behandelaar": "bas"})]
    record(register, rijen([[(*feit, None) for feit in klacht]]))
    kept, op = Bewaard(register), BEGIN + timedelta(60)

    def counted_again(soort: str, dag: int, gegevens: dict) -> bool:
        record(register, [(0, "K2024-0001", soort, BEGIN + timedelta(dag), json.dumps(gegevens), None)])
        telling.gelezen.clear()
        with register.cursor() as cursor:
            assert kept.geef(_workload, op) == _workload(cursor, op)
        return "werklast" in telling.gelezen

    kept.geef(_workload, op)
    assert not counted_again("VoortgangBewaakt", 9, {})
    assert counted_again("BehandelaarVervangen", 20, {"behandelaar": "carla"})
    assert counted_again("KlachtIngetrokken", 40, {})


def _workload(cursor, peildatum: date) -> list[tuple]:
    sql = f"SELECT * FROM werklast(peildatum := $peildatum, vanaf := NULL, tot := NULL, {KEUZE})"
    return cursor.execute(sql, {"peildatum": peildatum}).fetchall()


def test_every_table_of_the_register_is_known_by_when_it_changes(register: Register) -> None:
    with register.cursor() as cursor:
        tabellen = cursor.execute(
            "SELECT table_name FROM duckdb_tables() UNION ALL SELECT view_name FROM duckdb_views() WHERE NOT internal"
        ).fetchall()
    bekend = BIJ_ELK_FEIT | VAST | EIGEN | {naam for tabel in derived_tables() for naam in names(tabel)}
    assert {naam for (naam,) in tabellen} <= bekend
    for vraag in vragen().values():
        for tabel in re.findall(rf"(?:FROM|JOIN) ({'|'.join(EIGEN)})\b", vraag.sql):
            assert f"{tabel} AS (" in vraag.sql, vraag.naam


def test_no_question_leans_on_a_column_that_it_does_not_name() -> None:
    """A star over all columns is for the building blocks; else a change in one would go unseen."""
    bouwstenen = {"klacht_keuze", "klacht_selectie", "klachttaken", "zichtbaar"}
    for naam, vraag in vragen().items():
        if naam not in bouwstenen and not naam.endswith("_op"):
            ster = re.search(r"\b(\w+)\.\*[^()]*?FROM (klacht|maatregel)_\w+\s*\(", re.sub(r"--.*", "", vraag.sql))
            assert ster is None, naam


def test_the_names_in_a_question_are_those_of_what_it_uses() -> None:
    alle = read_names("SELECT * FROM stroom(peildatum := $peildatum)")
    assert {"stroom", "klacht_op", "eerder_einde_op", "status", "behandelaar"} <= alle
    assert "klacht_stand" not in alle
    assert "behandelaar" not in read_names("SELECT * FROM stroom(peildatum := $p)", frozenset({"kies_behandelaar"}))
    assert "klacht_stand" in read_names("SELECT * FROM klacht_selectie(peildatum := $p)")
    assert NU not in alle
    assert {NU, "klacht", "jaar"} <= read_names("SELECT k.jaar FROM klacht AS k")
    # 'vestigingen' is a list here and a question elsewhere: a new klacht changes no number of trajecten.
    assert "klacht_op" not in read_names("SELECT * FROM omvang(peildatum := $peildatum)")


def test_who_reads_the_facts_of_some_kinds_is_counted_again_for_those_only(register: Register, telling) -> None:
    for naam in ALLEEN_SOORTEN:
        gelezen = re.findall(r"FROM gebeurtenis AS g\s+WHERE\s+g\.soort IN \(([^)]+)\)", vragen()[naam].sql)
        assert len(gelezen) == vragen()[naam].sql.count("gebeurtenis")
        assert set(re.findall(r"'(\w+)'", " ".join(gelezen))) <= SOORTEN.keys()
    record(register, [(0, "K2024-0001", "KlachtOntvangen", BEGIN, json.dumps(ONTVANGST), None)])
    kept, op = Bewaard(register), BEGIN + timedelta(4000)

    def counted_again(soort: str, gegevens: dict) -> bool:
        record(register, [(0, "K2024-0001", soort, BEGIN + timedelta(9), json.dumps(gegevens), None)])
        telling.gelezen.clear()
        with register.cursor() as cursor:
            assert kept.geef(bewaren, op, WIE) == bewaren(cursor, op, WIE)
        return "bewaren" in telling.gelezen

    kept.geef(bewaren, op, WIE)
    assert not counted_again("VoortgangBewaakt", {})
    assert counted_again("BewaarplichtGesteld", {"tot": None})
    assert counted_again("KlachtIngetrokken", {})


def test_what_changed_from_a_day_on_leaves_what_was_before() -> None:
    wijzigingen = Wijzigingen()
    wijzigingen.add(1, ["K2024-0001"], lambda: {"status": date(2024, 3, 1)})
    wijzigingen.add(2, ["K2024-0001"], lambda: {"status": date(2024, 5, 1), "grond": date(2024, 5, 1)})
    op = [date(2024, 2, 29), date(2024, 3, 1), date(2024, 5, 1)]
    assert [wijzigingen.last({"status"}, dag) for dag in op] == [0, 1, 2]
    assert [wijzigingen.last({"grond", "oordeel"}, dag) for dag in op] == [0, 0, 2]
    wijzigingen.add(3, ["K2024-0001"], lambda: {"status": date(2024, 1, 1)})
    assert [wijzigingen.last({"status"}, dag) for dag in op] == [3, 3, 3]
    wijzigingen.add(4, None)
    assert wijzigingen.last({"oordeel"}, op[0]) == 4
    assert wijzigingen.last({ALLES}, op[0]) == 4


def test_what_was_kept_of_the_terms_is_bounded(register: Register, monkeypatch) -> None:
    """Of two days at most, the last ones that were asked for, and of no register that is too large."""
    verhalen.play(register, verhalen.load(sorted(verhalen.MAP.glob("*.toml"))[0]))
    kept, dagen = Bewaard(register), [date(2026, 1, dag) for dag in (1, 2, 3)]
    for dag in dagen:
        for cohort in ("ontvangst", "termijn"):
            kept.geef(_terms, dag, cohort)
    with register.cursor() as cursor:
        schemas = (
            "SELECT DISTINCT left(schema_name, 12) FROM duckdb_schemas() WHERE schema_name LIKE 'dag_%' ORDER BY 1"
        )
        assert cursor.execute(schemas).fetchall() == [("dag_20260102",), ("dag_20260103",)]
        assert kept.dagrijen.kept() == dagen[1:]
        monkeypatch.setattr(dagrijen, "MEESTE_KLACHTEN", 0)
        for cohort in ("ontvangst", "termijn"):
            assert kept.geef(_terms, dagen[0], cohort) == _terms(cursor, dagen[0], cohort)
    assert kept.dagrijen.kept() == dagen[1:]


def test_after_many_facts_the_terms_are_read_anew(register: Register, monkeypatch) -> None:
    """With more dossiers than pays, after a change that can be anywhere, and after many times."""
    gelezen, lees = [], dagtabel.read_all
    monkeypatch.setattr(dagtabel, "read_all", lambda *args: gelezen.append(args[1]) or lees(*args))
    monkeypatch.setattr(dagrijen, "KEREN", 1)
    kept, op = Bewaard(register), BEGIN + timedelta(40)

    def terms(*klachten: int) -> int:
        for nr in klachten:
            record(register, [(0, f"K2024-{nr:04d}", "KlachtOntvangen", BEGIN, json.dumps(ONTVANGST), None)])
        for cohort in ("ontvangst", "termijn"):
            with register.cursor() as cursor:
                assert kept.geef(_terms, op, cohort) == _terms(cursor, op, cohort)
        return len(gelezen)

    assert terms(1) == 1
    assert terms(2) == 1  # alone
    assert terms(3) == 2  # that was enough times
    monkeypatch.setattr(dagrijen, "WEINIG", 1)
    assert terms(4, 5) == 3
    register.add_reglement(register.reglementen["awb9"])
    assert terms() == 4


def test_a_fact_has_only_its_own_dossier_read_again(register: Register, monkeypatch) -> None:
    """Also the first fact of its kind; of a word that was not there before everything is read once more."""
    voor = [("KlachtOntvangen", 0, ONTVANGST), ("VoortgangBewaakt", 9, {})]
    record(register, rijen([[(*feit, None) for feit in voor]]))
    kept, op, gelezen, lees = Bewaard(register), BEGIN + timedelta(40), [], dagtabel.read_all
    kept.dagrijen.make(op)
    monkeypatch.setattr(dagtabel, "read_all", lambda *args: gelezen.append(args[2].bron) or lees(*args))

    def read(soort: str, dag: int, gegevens: dict) -> list[str]:
        record(register, [(0, "K2024-0001", soort, BEGIN + timedelta(dag), json.dumps(gegevens), None)])
        gelezen.clear()
        with register.cursor() as cursor:
            assert kept.geef(antwoorden, op, None) == antwoorden(cursor, op, None)
        return gelezen

    assert read("VoortgangBewaakt", 12, {}) == []
    assert read("BehandelaarToegewezen", 13, {"behandelaar": "bas"}) == ["klacht_einde"]
    assert read("VoortgangBewaakt", 14, {}) == []


def _terms(cursor, peildatum: date, cohort: str) -> list[tuple]:
    sql = "SELECT * FROM termijnnaleving(peildatum := $peildatum, vanaf := NULL, tot := NULL, cohort := $cohort)"
    return cursor.execute(sql, {"peildatum": peildatum, "cohort": cohort}).fetchall()


def test_a_correction_can_change_every_day() -> None:
    ((vraag, verbeterd),) = vastleggingen(
        [
            (nr, "K2024-0001", "InformatieGevraagd", BEGIN, '{"bij": "indiener"}', eerste)
            for nr, eerste in ((1, None), (2, 1))
        ]
    ).values()
    for feit, vanaf in ((vraag, BEGIN), (verbeterd, date.min)):
        wat = changed(["wachten_stand"], [("K2024-0001", [], [feit])], {})
        assert (wat["wachten_op"], wat["wachten"], wat["feit"]) == (vanaf, date.min, date.min)


def test_a_question_that_is_broken_off_leaves_nothing_behind(register: Register) -> None:
    """Who works ahead is broken off at many facts, and what nobody asks again would keep its lock for ever."""
    kept = Bewaard(register)

    def broken(cursor: Any, welk: int) -> None:
        raise Afgebroken

    for welk in range(3):
        with pytest.raises(Afgebroken):
            kept.geef(broken, welk)
    assert kept._bezig == {}


def test_a_list_is_not_kept_and_the_oldest_figures_go(register: Register, monkeypatch) -> None:
    verhalen.play(register, verhalen.load(sorted(verhalen.MAP.glob("*.toml"))[0]))
    monkeypatch.setattr(module, "MEESTE", 3)
    monkeypatch.setattr(module, "MEESTE_RIJEN", 4)
    kept = Bewaard(register)
    for nr in range(9):
        kept.geef(_rows, nr)
    assert len(kept._antwoorden) == 3
    assert {len(deel.waarde) for deel in kept._regels.values()} <= {2, 3, 4}
    assert len(kept._regels) <= 3


def _rows(cursor, nr: int) -> list[tuple[int]]:
    return cursor.execute("SELECT * FROM range($nr)", {"nr": nr}).fetchall()


@pytest.mark.parametrize("naam", [naam for naam in vragen() if naam.endswith("_op")])
def test_what_looks_back_is_known_to_the_register_or_read_into(naam: str) -> None:
    bekend = {ander for tabel in derived_tables() for ander in names(tabel)}
    assert read_names(f"SELECT r.x FROM {naam}(peildatum := $peildatum) AS r") & bekend
