"""Periods: what they are called and compared with, and that figures over them are those of their days."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import duckdb
import pytest
from duckdb import DuckDBPyConnection
from hypothesis import example, given, settings
from hypothesis import strategies as st

from klachten.analyse import statistiek
from klachten.analyse.basis.kengetallen import bereken, rijen_van
from klachten.analyse.basis.trajecten import omvang
from klachten.analyse.functies import FUNCTIES
from klachten.analyse.jaar.claims import TREND, trendoordeel
from klachten.analyse.jaar.jaarbeeld import jaarbeeld
from klachten.gebeurtenissen import TrajectenVastgesteld
from klachten.handelingen import HANDELINGEN, OngeldigeInvoer
from klachten.organisatie import Gebruiker
from klachten.periode import Boekjaren, Periode
from klachten.register import Register
from klachten.scherm.evaluatie import perioden
from tests.kengetallenproef import trajecten
from tests.termijnproef import voeg_toe
from tests.voorbeeldfirma import COULANT

BOEKJAAR = Periode(date(2024, 11, 1), date(2025, 10, 31))
DAGEN = st.dates(date(1995, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("sleutel", "naam", "kort", "vorige", "woord"),
    [
        ("2025", "2025", "2025", "2024", "het jaar"),
        ("2025-K3", "het derde kwartaal van 2025", "K3 2025", "2024-K3", "het kwartaal"),
        ("2025-03", "maart 2025", "mrt 2025", "2024-03", "de maand"),
        (
            "2024-11-01_2025-10-31",
            "de periode 1 november 2024 tot en met 31 oktober 2025",
            "1 nov 2024 t/m 31 okt 2025",
            "2023-11-01_2024-10-31",
            "de periode",
        ),
        # Days that are a month are that month, and February keeps its length; two years move by two.
        ("2024-02-01_2024-02-29", "februari 2024", "feb 2024", "2023-02", "de maand"),
        (
            "2023-01-01_2024-12-31",
            "de periode 1 januari 2023 tot en met 31 december 2024",
            "1 jan 2023 t/m 31 dec 2024",
            "2021-01-01_2022-12-31",
            "de periode",
        ),
        (
            "2024-02-29_2024-03-15",
            "de periode 29 februari 2024 tot en met 15 maart 2024",
            "29 feb t/m 15 mrt 2024",
            "2023-03-01_2023-03-15",
            "de periode",
        ),
    ],
)
def test_a_period_has_a_name_and_one_to_be_compared_with(
    sleutel: str, naam: str, kort: str, vorige: str, woord: str
) -> None:
    periode = Periode.lees(sleutel)
    assert (periode.naam, periode.kort, periode.met_lidwoord) == (naam, kort, woord)
    assert periode.vorige.sleutel == vorige
    assert Periode.lees(periode.sleutel) == periode


@pytest.mark.parametrize(
    ("sleutel", "zin"),
    [
        ("2025-K5", "is geen periode"),
        ("2025-13", "is geen periode"),
        ("vorig jaar", "is geen periode"),
        ("2025-02-30_2025-03-01", "is geen periode"),
        ("2025-03-02_2025-03-01", "voordat zij op 2 maart 2025 begint"),
        ("1200", "geen maand"),
    ],
)
def test_what_is_no_period_is_refused_in_a_sentence(sleutel: str, zin: str) -> None:
    with pytest.raises(ValueError, match=zin):
        Periode.lees(sleutel)


@pytest.mark.parametrize(
    ("soort", "maand", "eerste", "laatste", "aantal", "namen"),
    [
        ("jaar", 1, "2026", "2024", 3, ("2026", "2024")),
        ("kwartaal", 1, "2026-K1", "2024-K1", 9, ("1e kwartaal 2026", "1e kwartaal 2024")),
        ("maand", 1, "2026-03", "2024-01", 27, ("maart 2026", "januari 2024")),
        ("boekjaar", 11, "2025-11-01_2026-10-31", "2023-11-01_2024-10-31", 3, ("2025/2026", "2023/2024")),
        ("boekjaar", 3, "2026-03-01_2027-02-28", "2023-03-01_2024-02-29", 4, ("2026/2027", "2023/2024")),
    ],
)
def test_of_each_kind_what_has_begun_can_be_chosen(
    soort: str, maand: int, eerste: str, laatste: str, aantal: int, namen: tuple[str, str]
) -> None:
    """With klachten from 2024 on, on 15 March 2026."""
    alle = perioden.keuzes(soort, (2026, 2025, 2024), date(2026, 3, 15), Boekjaren(maand))
    assert (alle[0].sleutel, alle[-1].sleutel, len(alle)) == (eerste, laatste, aantal)
    assert (perioden.label(alle[0], soort), perioden.label(alle[-1], soort)) == namen
    assert {perioden.soort_van(periode, Boekjaren(maand)) for periode in alle} == {soort}


def test_a_year_from_another_month_is_a_book_year_only_where_the_reglement_says_so() -> None:
    assert [perioden.soort_van(BOEKJAAR, Boekjaren(maand)) for maand in (1, 10, 11)] == ["dagen", "dagen", "boekjaar"]


@pytest.fixture(scope="module")
def sql() -> DuckDBPyConnection:
    """A connection with the functions alone."""
    con = duckdb.connect()
    for naam, (parameters, tekst) in FUNCTIES.items():
        con.execute(f"CREATE MACRO {naam}({parameters}) AS {tekst}")
    return con


@settings(max_examples=400, deadline=None)
@given(eerste=DAGEN, duur=st.sampled_from([0, 27, 28, 29, 30, 89, 91, 364, 365, 366, 729, 731, 1100]), dag=DAGEN)
@example(eerste=date(2004, 2, 29), duur=365, dag=date(1998, 11, 15))
@example(eerste=date(2024, 2, 1), duur=27, dag=date(2023, 2, 28))
@example(eerste=date(2023, 2, 1), duur=27, dag=date(2024, 2, 29))
def test_sql_and_python_agree_on_the_period_of_a_day(sql: DuckDBPyConnection, eerste: date, duur: int, dag: date):
    periode = Periode(eerste, eerste + timedelta(duur))
    start, erin, stap = sql.execute(
        "SELECT periode_start($dag, $vanaf, $tot), in_periode($dag, $vanaf, $tot), jaren_per_stap($vanaf, $tot)",
        {"dag": dag, **periode.parameters},
    ).fetchall()[0]
    assert (start, erin, stap) == (periode.start_van(dag), periode.jaar_van(dag) is not None, periode.stap)
    # The periods of a row never share a day.
    assert not periode.in_jaar(start + stap).bevat(dag)


ONTVANGEN = [date(2023, 10, 31), date(2023, 11, 1), date(2024, 2, 29), date(2024, 10, 31), date(2024, 11, 1)]
ONTVANGEN += [date(2025, 3, 31), date(2025, 4, 1), date(2025, 10, 31), date(2025, 11, 1), date(2025, 12, 31)]


@pytest.mark.parametrize(
    ("sleutel", "nu", "vorig"),
    [
        ("2025", 5, 3),
        ("2024-11-01_2025-10-31", 4, 3),  # 1-11-2024, 31-3, 1-4 and 31-10-2025; before: 1-11-2023, 29-2, 31-10-2024
        ("2025-K4", 3, 2),
        ("2025-03", 1, 0),
        ("2024-02", 1, 0),
        ("2025-10-31_2025-11-01", 2, 2),
        ("2024-01-01_2025-12-31", 8, 2),
    ],
)
def test_a_klacht_counts_in_the_period_in_which_it_was_received(
    con: DuckDBPyConnection, sleutel: str, nu: int, vorig: int
) -> None:
    for nr, dag in enumerate(ONTVANGEN, 1):
        voeg_toe(con, f"K{dag.year}-{nr:04}", dag)
    periode = Periode.lees(sleutel)
    for id in ("categorieen", "indieners", "kanalen", "vestigingen"):
        reeks = bereken(con, id, peildatum=date(2026, 6, 1), periode=periode, reeks=True).set_index("jaar")["klachten"]
        assert (reeks.get(periode.jaar, 0), reeks.get(periode.vorige.jaar, 0)) == (nu, vorig)
        alleen = bereken(con, id, peildatum=date(2026, 6, 1), periode=periode)
        assert (alleen["klachten"].sum(), set(alleen["jaar"])) == (nu, {periode.jaar})
    for id in ("termijntarieven", "doorlooptijden", "categorie_uitkomst"):
        rijen = rijen_van(con, id, peildatum=date(2026, 6, 1), periode=periode)
        som = Counter[str]()
        for rij in rijen:
            som[rij.get("maat", rij.get("termijn", ""))] += rij.get("klachten") or sum(
                rij.get(naam, 0) for naam in ("op_tijd", "te_laat", "te_laat_open", "loopt", "nvt", "onbepaald",
                                              "onbepaald_verstreken")
            )  # fmt: skip
        assert set(som.values()) == {nu}, id
    beeld = jaarbeeld(con, periode, date(2026, 6, 1), reglement=COULANT)
    assert (beeld.klachten, beeld.vergelijking.klachten_vorig or 0) == (nu, vorig)
    assert beeld.stroom.ontvangen == nu
    assert beeld.stroom.sluit


def test_what_happens_between_two_quarters_is_in_neither_and_open_when_the_next_begins(
    con: DuckDBPyConnection,
) -> None:
    voeg_toe(con, "K2024-0001", date(2024, 7, 5), stap_13_op=date(2024, 8, 5))
    voeg_toe(con, "K2024-0002", date(2024, 9, 30))
    voeg_toe(con, "K2025-0001", date(2025, 2, 1), stap_13_op=date(2025, 3, 1))
    voeg_toe(con, "K2025-0002", date(2025, 6, 30), stap_13_op=date(2025, 7, 1))
    kolommen = ("jaar", "open_begin", "ontvangen", "afgesloten", "open_einde")
    rijen = rijen_van(con, "stroom", peildatum=date(2025, 12, 31), periode=Periode.van_kwartaal(2025, 3))
    assert [tuple(rij[naam] for naam in kolommen) for rij in rijen] == [(2024, 0, 2, 1, 1), (2025, 2, 0, 1, 1)]


@pytest.mark.parametrize(
    ("periode", "trajecten_", "waarom"),
    [
        ("2025", 100, ""),
        ("2025-K1", 30, ""),  # entered as three months
        ("2025-K2", 20, ""),
        ("2025-03", 11, ""),
        ("2025-04", None, "trajecten niet voor deze periode ingevuld"),  # only its quarter is
        ("2025-01-01_2025-06-30", 50, ""),  # three months and a quarter
        ("2025-01-01_2025-06-29", None, "trajecten niet voor deze periode ingevuld"),
        ("2024-07-01_2025-06-30", None, "trajecten niet voor deze periode ingevuld"),
        ("2023", None, "aantal trajecten niet ingevuld"),
    ],
)
def test_a_rate_exists_for_what_the_entered_periods_make_together(
    con: DuckDBPyConnection, periode: str, trajecten_: int | None, waarom: str
) -> None:
    voeg_toe(con, "K2024-0001", date(2024, 1, 2))
    trajecten(con, andere=None, j2025={"weert": 100})
    for van, tot, n in (
        (date(2025, 1, 1), date(2025, 1, 31), 9),
        (date(2025, 2, 1), date(2025, 2, 28), 10),
        (date(2025, 3, 1), date(2025, 3, 31), 11),
        (date(2025, 4, 1), date(2025, 6, 30), 20),
    ):
        con.execute("INSERT INTO trajecten VALUES ('T2025', 2025, ?, ?, 'weert', ?)", [van, tot, n])
    p = Periode.lees(periode)
    bekend = omvang(con, peildatum=date(2026, 1, 1), periode=p)
    assert bekend.trajecten(p.jaar) == trajecten_
    assert bekend.waarom_niet(p.jaar).startswith(waarom) == bool(waarom) or not waarom


def test_trajecten_of_a_quarter_stand_beside_those_of_the_year(register: Register, carla: Gebruiker) -> None:
    stap = HANDELINGEN["stap_16_vaststellen_trajecten"]

    def vast(aantal: int, deel: str = "") -> None:
        stap(
            register, carla, vandaag=date(2026, 1, 10), op=date(2026, 1, 10), jaar=2025, deel=deel, vestiging="weert",
            aantal=aantal,
        )  # fmt: skip

    for aantal, deel in ((100, ""), (30, "k1"), (12, "m03"), (32, "k1"), (31, "k1")):
        vast(aantal, deel)
    feiten = [v.feit for v in register.vastleggingen("T2025")]
    assert [(f.aantal, f.deel) for f in feiten if isinstance(f, TrajectenVastgesteld)] == [
        (100, ""), (30, "k1"), (12, "m03"), (32, "k1"), (31, "k1"),
    ]  # fmt: skip
    assert [v.corrigeert for v in register.vastleggingen("T2025")] == [None, None, None, 2, 2]
    with register.cursor() as cursor:
        assert cursor.execute("SELECT vanaf, laatste, aantal FROM trajecten ORDER BY aantal").fetchall() == [
            (date(2025, 3, 1), date(2025, 3, 31), 12),
            (date(2025, 1, 1), date(2025, 3, 31), 31),
            (date(2025, 1, 1), date(2025, 12, 31), 100),
        ]
    with pytest.raises(OngeldigeInvoer):
        vast(5, "k5")


def test_the_sentences_name_the_period_and_what_it_is_compared_with(con: DuckDBPyConnection) -> None:
    for nr, dag in enumerate(ONTVANGEN, 1):
        voeg_toe(con, f"K{dag.year}-{nr:04}", dag)
    beeld = jaarbeeld(con, BOEKJAAR, date(2026, 6, 1), reglement=COULANT)
    zinnen = " ".join(b.zin for b in beeld.bevindingen)
    assert (
        "In de periode 1 november 2024 tot en met 31 oktober 2025 zijn 4 klachten ontvangen; in de periode "
        "1 november 2023 tot en met 31 oktober 2024 waren dat er 3."
    ) in zinnen
    assert "Aan het eind van de periode stonden er 8 klachten open" in zinnen
    maand = jaarbeeld(con, Periode.lees("2025-12"), date(2025, 12, 15), reglement=COULANT)
    assert "is nog niet om" in " ".join(b.zin for b in maand.bevindingen)
    with pytest.raises(ValueError, match=r"^Het vierde kwartaal van 2026 begint pas na de peildatum"):
        jaarbeeld(con, Periode.van_kwartaal(2026, 4), date(2026, 6, 1))


@pytest.mark.parametrize(
    ("periode", "naam"),
    [
        (Periode.van_kwartaal(2025, 3), "het derde kwartaal"),
        (Periode.van_maanden(2025, 3), "maart"),
        (Periode(date(2024, 11, 1), date(2025, 10, 31)), "de periode 1 november tot en met 31 oktober"),
        (Periode(date(2024, 1, 1), date(2025, 12, 31)), "dezelfde periode"),
    ],
)
def test_a_row_of_periods_is_called_by_the_name_they_share(periode: Periode, naam: str) -> None:
    assert periode.zonder_jaar == naam
    trend = statistiek.poisson_trend([2021, 2022, 2023, 2024], [8, 9, 8, 9], [100, 100, 100, 100])
    gezegd = trendoordeel(trend, statistiek.jaarclaims({TREND: trend.p}), [], periode)
    assert gezegd is not None
    assert gezegd.zin.startswith(f"Over 4 keer {naam} is per traject geen stijging")
