"""The fold of one klacht in Python and the SELECTs over the facts give the same rows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date

import duckdb
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from klachten.gebeurtenissen import SOORTEN, Vastlegging
from klachten.opening import open_register
from klachten.register import standen
from klachten.register.afleiding import definitions, macro_name
from klachten.register.controle import controleer
from klachten.register.dossierlezing import read_dossier
from klachten.register.feitrij import ROWS, fact_row, is_plain
from klachten.register.journaal import seal
from klachten.register.maatregelstand import Rij as Standrij
from klachten.register.maatregelstand import valid
from tests import verhalen
from tests.registerproef import fouten
from tests.termijnproef import proef
from tests.terugkijkproef import dossiers, rijen, vastleggingen

HERNOEMD = {"coulant": {"privacy": "geheim"}}


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    con = proef()
    con.execute("INSERT INTO categorie_nu VALUES ('coulant', 'privacy', 'geheim')")
    yield con
    con.close()


def uit_feiten(con: duckdb.DuckDBPyConnection, alle: dict[str, list[Vastlegging]], tabel: str) -> list[Standrij]:
    """The rows of a table as its SELECT makes them of these facts."""
    rijen = [
        (v.nr, nummer, v.feit.stap, v.feit.soort, v.feit.gebeurd_op, v.corrigeert, json.dumps(v.feit.gegevens()))
        for nummer, vs in alle.items()
        for v in vs
    ]
    con.begin()
    try:
        kolommen = [list(kolom) for kolom in zip(*rijen, strict=True)]
        lijst = ", ".join(f"unnest(?) AS k{i}" for i in range(len(kolommen)))
        con.execute(
            "INSERT INTO gebeurtenis SELECT k0, k1, k2, k3, k4, now(), 'anna', '', k5, k6, '{}', [1, 1], '', '' "
            f"FROM (SELECT {lijst})",
            kolommen,
        )
        gevonden = con.execute(f"SELECT * FROM {macro_name(tabel)}(NULL, NULL) ORDER BY ALL").fetchall()
        namen = [kolom[0] for kolom in con.description or ()]
    finally:
        con.rollback()
    return [dict(zip(namen, rij, strict=True)) for rij in gevonden]


@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(klachten=st.lists(dossiers(), min_size=20, max_size=24), erbij=st.integers(1, 3))
def test_the_fold_gives_the_rows_of_the_select(con, klachten, erbij) -> None:
    """At least 300 random dossiers, with corrections and facts dated back; whole, and only from a day on."""
    alle = vastleggingen(rijen(klachten))
    gevouwen = {nummer: standen.fold(nummer, valid(vs), HERNOEMD) for nummer, vs in alle.items()}
    for tabel in standen.TABELLEN:
        verwacht = uit_feiten(con, alle, tabel)
        sleutel = ["klachtnummer", *(["maatregel"] if tabel == "maatregel_stand" else []), "van"]
        kreeg = sorted(
            (rij for per in gevouwen.values() for rij in per[tabel]), key=lambda rij: [rij[k] for k in sleutel]
        )
        assert kreeg == sorted(verwacht, key=lambda rij: [rij[k] for k in sleutel])
    for nummer, vs in alle.items():
        feiten = valid(vs)
        vanaf = min((feit.op for feit in feiten[-erbij:]), default=date.min)
        later = [rij for rij in gevouwen[nummer]["klacht_stand"] if rij["van"] >= vanaf]
        assert standen.fold(nummer, feiten, HERNOEMD, vanaf)["klacht_stand"] == later


def test_what_happened_before_a_day_stays_as_it_was_whatever_is_added_from_that_day_on() -> None:
    """So a step rewrites only the rows from its own day on; a correction rewrites all."""

    @settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(dossiers(), st.integers(1, 3))
    def check(klacht, erbij) -> None:
        feiten = valid(vastleggingen(rijen([klacht]))["K2024-0001"])
        eerder, nieuw = feiten[:-erbij], feiten[-erbij:]
        vanaf = min((feit.op for feit in nieuw), default=date.max)
        toen = standen.fold("K2024-0001", eerder, {})["klacht_stand"]
        nu = standen.fold("K2024-0001", feiten, {})["klacht_stand"]
        kaal = [[{k: w for k, w in rij.items() if k != "tot"} for rij in rs if rij["van"] < vanaf] for rs in (toen, nu)]
        assert kaal[0] == kaal[1]

    check()


def test_the_random_dossiers_have_every_kind_that_the_folded_tables_are_made_of() -> None:
    getrokken = set()

    @settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(dossiers())
    def draw(klacht) -> None:
        getrokken.update(soort for soort, *_ in klacht)

    draw()
    gebruikt = {
        soort
        for tabel in standen.TABELLEN
        for soort in re.findall(r"'([A-Za-z]+)'", definitions()[macro_name(tabel)])
        if soort in SOORTEN
    }
    assert gebruikt <= getrokken


@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(), st.none() | st.booleans() | st.integers(1, 9))
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_line_taken_apart_in_python_is_the_row_of_the_statement(con, tekst, getal, waarde) -> None:
    """So that a fact is the same in the database whether it came alone or in an import."""
    regel, _ = seal(
        {
            "nr": 1, "klachtnummer": "K2026-0001", "stap": 1, "soort": "KlachtOntvangen", "gebeurd_op": "2026-01-05",
            "vastgelegd_op": "2026-01-05T10:11:12.000345Z", "door": tekst, "rol": "", "corrigeert": None,
            "gegevens": {"bron": tekst, "lijst": [tekst, waarde], "getal": getal % 2**53}, "teksten": {tekst: "a" * 64},
            "deel": [1, 1], "vorig": "0" * 64,
        }
    )  # fmt: skip
    assume(is_plain(regel))
    con.begin()
    try:
        con.execute("CREATE TEMP TABLE eens AS SELECT * FROM gebeurtenis LIMIT 0")
        con.execute(f"INSERT INTO eens {ROWS}", {"regels": [regel]})
        con.execute(f"INSERT INTO eens VALUES ({', '.join('?' * 14)})", fact_row(regel))
        assert con.execute("SELECT count(DISTINCT COLUMNS(*)) FROM eens").fetchall() == [
            tuple(
                0 if naam == "corrigeert" else 1 for naam in [k[0] for k in con.execute("FROM eens").description or ()]
            )
        ]
    finally:
        con.rollback()


@pytest.mark.parametrize("pad", sorted(verhalen.MAP.glob("*.toml"))[::9], ids=lambda pad: pad.stem)
def test_a_dossier_that_was_remembered_is_the_one_in_the_database(tmp_path, pad) -> None:
    with open_register(tmp_path) as register:
        verhalen.play(register, verhalen.load(pad))
        with register.cursor() as cursor:
            nummers = [n for (n,) in cursor.execute("SELECT DISTINCT klachtnummer FROM gebeurtenis").fetchall()]
        for nummer in nummers:
            assert nummer in register._gelezen
            assert not register.meldingen
            assert register.vastleggingen(nummer) == read_dossier(register._db, nummer)
        assert fouten(controleer(register)) == []
