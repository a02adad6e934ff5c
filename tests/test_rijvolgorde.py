"""What is read does not depend on the order in which the rows happen to lie, nor on how many threads read them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date

import duckdb
import pytest

from klachten import analyse
from klachten.analyse import vragen
from klachten.analyse.werkboek import werkboek
from klachten.periode import Periode
from klachten.voorbeeld import make
from tests.beeldenproef import beelden
from tests.terugkijkproef import antwoorden
from tests.voorbeeldfirma import COULANT

PEILDATUM = date(2026, 6, 30)
BOUWSTENEN = {
    "afwijkende_sporen", "berichten_stap_7", "bevinding_op", "eerder_einde_op", "evaluatie_op", "geevalueerd_op",
    "geschil_op", "geschillen_stand", "gestelde_termijn_op", "getelde_klachten", "jaren_met_klachten",
    "klacht_einde", "klacht_keuze", "klacht_op", "klacht_selectie", "klacht_spoor", "klachtenlijst",
    "klachtindiener", "klachttaken", "looptijd", "looptijd_netto", "maatregel_op", "maatregelen_stand",
    "maatregeltermijn_stand", "nader_kenmerk", "nader_op", "onbereikbaar_op", "open_stukken", "overige_taken",
    "signaal_op", "spoor_paren", "stappen_gedaan", "stroom_beweging", "termijnen", "termijnkeuze",
    "verbeteractie_op", "wachten_op", "werkvoorraad", "zichtbaar",
}  # fmt: skip
"""What other questions and the pages put in order themselves: sorting 100,000 rows that are counted next is in vain."""


@pytest.fixture(scope="module")
def paar(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[duckdb.DuckDBPyConnection, ...]]:
    """The database of the example register, and a copy in which every row lies elsewhere, read by one thread.

    But for the facts: no row of these can be taken away.
    """
    map = tmp_path_factory.mktemp("rijvolgorde") / "register"
    make(map, vandaag=PEILDATUM)
    shutil.copy(map / "klachten.duckdb", map / "anders.duckdb")
    hier, daar = (duckdb.connect(str(map / naam)) for naam in ("klachten.duckdb", "anders.duckdb"))
    for (tabel,) in daar.execute("SELECT table_name FROM duckdb_tables() WHERE table_name <> 'gebeurtenis'").fetchall():
        daar.execute(f"CREATE TEMP TABLE anders AS SELECT * FROM {tabel} ORDER BY hash(rowid)")
        daar.execute(f"DELETE FROM {tabel}")
        daar.execute(f"INSERT INTO {tabel} SELECT * FROM anders")
        daar.execute("DROP TABLE anders")
    daar.execute("SET threads = 1")
    yield analyse.open(hier), analyse.open(daar)
    hier.close()
    daar.close()


def test_the_rows_do_lie_in_another_order(paar) -> None:
    hier, daar = (con.execute("SELECT klachtnummer FROM klacht_stand").fetchall() for con in paar)
    assert hier != daar
    assert sorted(hier) == sorted(daar)


@pytest.mark.parametrize("periode", [None, Periode.van_jaar(2025), Periode.van_kwartaal(2026, 1)])
def test_every_question_puts_its_rows_in_order_itself(paar, periode: Periode | None) -> None:
    hier, daar = (antwoorden(con, PEILDATUM, periode, gesorteerd=False) for con in paar)
    assert {naam for naam in hier if hier[naam] != daar[naam] and naam.split()[0] not in BOUWSTENEN} == set()


def test_only_a_question_that_exists_is_left_to_others() -> None:
    assert vragen().keys() >= BOUWSTENEN


def test_what_a_reader_is_shown_is_in_the_same_order(paar) -> None:
    """Figures, sentences, charts and every sheet."""
    hier, daar = (beelden(con, PEILDATUM) for con in paar)
    for deel, beeld in hier.items():
        assert beeld == daar[deel], deel


def test_a_workbook_is_the_same_to_the_byte(paar) -> None:
    hier, daar = (werkboek(con, Periode.van_jaar(2025), PEILDATUM, reglement=COULANT, namen=str) for con in paar)
    assert hier == daar
