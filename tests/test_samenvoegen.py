"""Choices that go up in another: every list counts under the last successor from that day, and nothing gets lost."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klachten import analyse, reglement
from klachten import gebeurtenissen as g
from klachten.analyse.werk import beheer
from klachten.momentopname.inhoud import export
from klachten.opening import open_register
from klachten.organisatie import Organisatie, effectief
from klachten.register import Register, keuzes
from klachten.register.controle import controleer
from tests.firmaproef import doe
from tests.lijsten import VANDAAG, Lijst

EEN = timedelta(days=1)
EERSTE = date(2026, 1, 1)
NAMEN = "abcde"


def voeg_samen(firma: Register, lijst: str, id: str, opvolger: str, vanaf: date = VANDAAG, reden: str = "") -> int:
    invoer = {"lijst": lijst, "id": id, "opvolger": opvolger, "vanaf": vanaf, "reden": reden or "Eén geworden"}
    return doe(firma, "samenvoegen_keuze", **invoer)


def tel(firma: Register, kolom: str, bron: str, *waarden: Any) -> dict[str, int]:
    with firma.cursor() as cursor:
        return dict(
            cursor.execute(f"SELECT {kolom}, count(*) FROM {bron} WHERE {kolom} <> '' GROUP BY ALL", waarden).fetchall()
        )


# Each list with the column, the table of today, the question that looks back, and how a klacht gets a choice of it.
LIJSTEN = [
    ("vestigingen", "vestiging", "klacht", "klacht_op(?)", ("utrecht", "eindhoven", "weert")),
    ("kanalen", "kanaal", "klacht", "klacht_op(?)", ("brief", "gesprek", "e-mail")),
    ("opdrachtgevers", "opdrachtgever", "nader", "nader_op(?)", ("uwv", "gemeente", "zelf")),
    ("trajectsoorten", "trajectsoort", "nader", "nader_op(?)", ("spoor_1", "spoor_2", "loopbaan")),
    ("ernst", "ernst", "nader", "nader_op(?)", ()),
    ("redenen_vertraging", "vertraging", "nader", "nader_op(?)", ()),
]  # fmt: skip


def _choose(lijst: Lijst, kolom: str, keuze: str) -> str:
    if kolom in ("vestiging", "kanaal"):
        return lijst.tot(4, **{kolom: keuze})
    nummer = lijst.tot(4)
    if kolom == "vertraging":
        lijst.doe("toelichten_vertraging", "anna", nummer, termijn="bevestiging", vertraging=keuze)
    else:
        lijst.doe("stap_03_aanvullen_gegevens", "anna", nummer, **{kolom: keuze})
    return nummer


@pytest.mark.parametrize(("lijst", "kolom", "nu", "toen", "ids"), LIJSTEN, ids=[rij[0] for rij in LIJSTEN])
def test_the_figures_of_every_list_go_together_and_come_apart_again(
    firma: Register, lijst: str, kolom: str, nu: str, toen: str, ids: tuple[str, ...]
):
    een, twee, drie = ids or [k.id for k in firma.reglementen["coulant"].keuzes(lijst)][:3]
    rij = Lijst(firma)
    for keuze in (een, een, twee, drie):
        _choose(rij, kolom, keuze)
    assert tel(firma, kolom, nu) == {een: 2, twee: 1, drie: 1}
    eerste = voeg_samen(firma, lijst, een, twee, VANDAAG - EEN)
    tweede = voeg_samen(firma, lijst, twee, drie)
    assert tel(firma, kolom, nu) == {drie: 4}
    # Who looks back sees the choices of that day.
    for dag, verwacht in (
        (VANDAAG - 2 * EEN, {een: 2, twee: 1, drie: 1}), (VANDAAG - EEN, {twee: 3, drie: 1}), (VANDAAG, {drie: 4}),
    ):  # fmt: skip
        assert tel(firma, kolom, toen, dag) == verwacht, dag
    with firma.cursor() as cursor:
        assert {id: telt.klachten for id, telt in beheer.gebruik(cursor, lijst).items()} == {drie: 4}
    assert {bevinding.ernst for bevinding in controleer(firma)} == {"goed"}
    doe(firma, "herroepen_feit", nr=tweede, op=VANDAAG, reden="Vergissing")
    assert tel(firma, kolom, nu) == {twee: 3, drie: 1}
    doe(firma, "herroepen_feit", nr=eerste, op=VANDAAG, reden="Vergissing")
    assert tel(firma, kolom, nu) == {een: 2, twee: 1, drie: 1}


def test_it_holds_after_opening_anew_and_in_the_snapshot(firma: Register, tmp_path: Path):
    rij = Lijst(firma)
    rij.tot(4, vestiging="utrecht")
    rij.tot(4, vestiging="weert")
    voeg_samen(firma, "vestigingen", "utrecht", "weert")
    (tmp_path / "uit").mkdir()
    export(firma, tmp_path / "uit", VANDAAG)
    con = duckdb.connect()
    gelezen = con.execute(f"SELECT DISTINCT vestiging FROM '{tmp_path}/uit/klacht_stand.parquet'").fetchall()
    assert gelezen == [("weert",)]
    map = firma.map
    firma.close()
    for herbouw in (False, True):
        with open_register(map, herbouw=herbouw) as weer:
            assert tel(weer, "vestiging", "klacht") == {"weert": 2}


def test_trajecten_of_a_vestiging_that_went_up_in_another_count_with_it(firma: Register):
    for vestiging, aantal in (("weert", 100), ("utrecht", 40)):
        Lijst(firma).doe("stap_16_vaststellen_trajecten", "carla", "", jaar=2025, vestiging=vestiging, aantal=aantal)

    def omvang(dag: date) -> dict[str, int]:
        with firma.cursor() as cursor:
            vraag = "SELECT vestiging, trajecten FROM omvang(?, NULL, NULL) WHERE jaar = 2025"
            return dict(cursor.execute(vraag, [dag]).fetchall())

    assert omvang(VANDAAG) == {"weert": 100, "utrecht": 40}
    voeg_samen(firma, "vestigingen", "utrecht", "weert")
    assert omvang(VANDAAG) == {"weert": 140}
    assert omvang(VANDAAG - EEN) == {"weert": 100, "utrecht": 40}


def _merged(stappen: list[tuple[int, int, int]]) -> Any:
    """The reglement of an organisation that merged these choices, as far as its form would let it."""
    toegevoegd = [g.KeuzeToegevoegd(gebeurd_op=EERSTE, lijst="vestigingen", id=n, vanaf=EERSTE, naam=n) for n in NAMEN]
    feiten: list[Any] = [g.OrganisatieIngericht(gebeurd_op=EERSTE, naam="Brug"), *toegevoegd]
    gegaan: dict[str, str] = {}
    for van, naar, dag in stappen:
        een, ander = NAMEN[van], NAMEN[naar]
        eind = ander
        while eind in gegaan:
            eind = gegaan[eind]
        if een in gegaan or eind == een:
            continue
        gegaan[een] = ander
        vanaf = EERSTE + dag * EEN
        feiten.append(g.KeuzeSamengevoegd(gebeurd_op=EERSTE, lijst="vestigingen", id=een, opvolger=ander, vanaf=vanaf))
    return effectief(reglement.load("coulant"), Organisatie(feiten=tuple(feiten)))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(1, 50)), max_size=6),
    st.lists(st.sampled_from(NAMEN), min_size=1, max_size=30),
    st.integers(-1, 60),
)
def test_nothing_gets_lost_and_everything_counts_under_the_last_successor(
    stappen: list[tuple[int, int, int]], klachten: list[str], na: int
):
    """Whatever is merged in whatever order: by hand, choice by choice, against the function of the database."""
    volgens, dag = _merged(stappen), EERSTE + na * EEN
    opvolgers = {k.id: (k.geldig_tot + EEN, k.opgevolgd_door) for k in volgens.vestigingen if k.opgevolgd_door}

    def met_de_hand(keuze: str) -> str:
        while keuze in opvolgers and opvolgers[keuze][0] <= dag:
            keuze = opvolgers[keuze][1]
        return keuze

    with duckdb.connect() as con:
        con.execute(keuzes.definition({"coulant": volgens})[0])
        geteld = dict(
            con.execute(
                "SELECT keuze_op('vestigingen', 'coulant', k.id, $dag), count(*) FROM (SELECT unnest($ids) AS id) AS k "
                "GROUP BY ALL",
                {"ids": klachten, "dag": dag},
            ).fetchall()
        )
        ander = con.execute("SELECT keuze_op('kanalen', 'coulant', 'a', $dag)", {"dag": dag}).fetchall()
    assert sum(geteld.values()) == len(klachten)
    assert geteld == Counter(map(met_de_hand, klachten))
    assert ander == [("a",)]
    if na == 60:
        assert all(volgens.nu_geheten("vestigingen", keuze) == keuze for keuze in geteld)


def test_it_goes_by_the_reglement_of_the_klacht_and_leaves_out_what_was_taken_over():
    volgens = _merged([(0, 1, 5)])
    overgenomen = replace(volgens, id="oud", soort="overname")
    with duckdb.connect() as con:
        con.execute(keuzes.definition({"coulant": volgens, "oud": overgenomen})[0])
        vraag = "SELECT keuze_op('vestigingen', CAST($volgens AS VARCHAR), 'a', DATE '2026-06-01')"
        telt = [con.execute(vraag, {"volgens": id}).fetchall()[0][0] for id in ("coulant", None, "oud", "elders")]
    assert telt == ["b", "b", "a", "a"]


def test_where_nothing_was_merged_the_function_is_the_choice_itself(firma: Register):
    eerste, *beelden = keuzes.definition(firma.reglementen)
    assert eerste.endswith("AS keuze")
    assert all("SELECT * FROM" in beeld for beeld in beelden)
    assert "keuze_op" in analyse.vragen()["klacht_op"].sql
