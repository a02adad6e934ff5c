"""Deadline compliance: the figures, the sentence they give, the chart and the Excel file."""

# ruff: noqa: E501 (a table of figures and sentences reads better on one line)
from __future__ import annotations

import io
from collections import Counter
from datetime import date

import duckdb
import openpyxl
import pytest

from klachten.analyse.basis.grafiekstijl import gesproken
from klachten.analyse.basis.kengetallen import rijen_van
from klachten.analyse.basis.zinnen import procent
from klachten.analyse.termijnen import grafieken, naleving, zinnen
from klachten.analyse.termijnen.bestand import termijnbestand
from klachten.analyse.termijnen.naleving import (
    Naleving,
    Overschrijding,
    bereken,
    overschrijdingen,
    samen,
    verzamelingen,
)
from tests.termijnproef import voeg_toe
from tests.test_termijnen import PEILDATUM, zestien


def regel(jaar: int | None = 2025, **aantallen: int) -> Naleving:
    return Naleving(
        reglement="coulant", herkomst="register", termijn="bevestiging", termijn_naam="Ontvangstbevestiging", stap=5,
        jaar=jaar, **aantallen,
    )  # fmt: skip


def van(regels: list[Naleving], termijn: str, jaar: int) -> Naleving:
    (gezocht,) = [r for r in regels if r.termijn == termijn and r.jaar == jaar]
    return gezocht


# --- figures ---------------------------------------------------------------------------------------------------------


def test_de_vier_tarieven_van_de_zestien_voorbeelden(con: duckdb.DuckDBPyConnection) -> None:
    # Oracle: the project's definitions on deadline_status.json: closed only 9/11, matured cohort 8/12.
    zestien(con)
    bevestiging = van(bereken(con, PEILDATUM), "bevestiging", 2026)
    assert (bevestiging.rijp_op_tijd, bevestiging.rijp) == (8, 12)
    assert (bevestiging.alleen_afgerond.x, bevestiging.alleen_afgerond.n) == (9, 11)
    assert (bevestiging.op_tijd, bevestiging.te_laat, bevestiging.te_laat_open, bevestiging.loopt) == (9, 2, 2, 1)
    assert (bevestiging.nvt, bevestiging.ongeldig, bevestiging.totaal) == (1, 1, 16)
    # K2026-0010 runs, and K2026-0012 was answered before its last day: both count later.
    assert bevestiging.nog_niet_rijp == 2
    # Oracle: statsmodels proportion_confint(8, 12, method="wilson").
    assert bevestiging.tarief.laag == pytest.approx(0.390622, abs=1e-6)
    assert bevestiging.tarief.hoog == pytest.approx(0.861880, abs=1e-6)


@pytest.mark.parametrize(("peildatum", "rijp"), [(date(2026, 1, 19), 0), (date(2026, 1, 20), 1)])
def test_een_termijn_telt_mee_vanaf_de_dag_na_de_laatste(
    con: duckdb.DuckDBPyConnection, peildatum: date, rijp: int
) -> None:
    # Two weeks from 5 January end on the 19th, which is still on time.
    voeg_toe(con, "K2026-0001", date(2026, 1, 5), stap_05_op=date(2026, 1, 6))
    bevestiging = van(bereken(con, peildatum), "bevestiging", 2026)
    (tarief,) = [r for r in rijen_van(con, "termijntarieven", peildatum=peildatum) if r["termijn"] == "bevestiging"]
    assert bevestiging.rijp == bevestiging.rijp_op_tijd == tarief["rijp"] == rijp
    assert bevestiging.nog_niet_rijp == 1 - rijp


def test_elke_klacht_telt_bij_elke_termijn_precies_een_keer(con: duckdb.DuckDBPyConnection) -> None:
    zestien(con)
    for termijn in ("bevestiging", "niet_in_behandeling", "maatregelen"):
        assert samen(r for r in bereken(con, PEILDATUM) if r.termijn == termijn).totaal == 16


def test_onbepaald_en_verstreken_staat_naast_het_cijfer_met_een_ondergrens(con: duckdb.DuckDBPyConnection) -> None:
    voeg_toe(con, "K2026-0001", date(2026, 1, 5), stap_07_op=date(2026, 1, 20))
    voeg_toe(con, "K2026-0002", date(2026, 1, 5))
    bericht = van(bereken(con, date(2026, 3, 1)), "niet_in_behandeling", 2026)
    assert (bericht.tarief.x, bericht.tarief.n, bericht.onbepaald_verstreken) == (1, 1, 1)
    assert (bericht.ondergrens.x, bericht.ondergrens.n) == (1, 2)


def test_een_jaar_zonder_klacht_staat_er_ook_en_zegt_geen_gegevens(con: duckdb.DuckDBPyConnection) -> None:
    voeg_toe(con, "K2026-0001", date(2023, 1, 5), stap_05_op=date(2023, 1, 6))
    voeg_toe(con, "K2026-0002", date(2025, 1, 6), stap_05_op=date(2025, 1, 7))
    regels = bereken(con, date(2026, 11, 22))
    assert [r.jaar for r in regels if r.termijn == "bevestiging"] == [2023, 2024, 2025, 2026]
    leeg = van(regels, "bevestiging", 2024)
    assert leeg.tarief.aandeel is None
    assert zinnen.zin(leeg) == "Ontvangen in 2024: geen klachten, dus geen gegevens."


def test_de_twee_cohorten_tellen_een_klacht_van_december_in_een_ander_jaar(con: duckdb.DuckDBPyConnection) -> None:
    voeg_toe(con, "K2026-0001", date(2025, 12, 22), stap_05_op=date(2026, 1, 5))
    op = date(2026, 3, 1)
    assert van(bereken(con, op), "bevestiging", 2025).rijp == 1
    assert van(bereken(con, op, cohort="termijn"), "bevestiging", 2026).rijp == 1
    with pytest.raises(ValueError, match="Onbekend cohort 'jaar'"):
        bereken(con, op, cohort="jaar")


def test_overgenomen_klachten_tellen_nooit_mee_met_het_eigen_register(con: duckdb.DuckDBPyConnection) -> None:
    voeg_toe(con, "K2026-0001", date(2026, 1, 5), stap_05_op=date(2026, 1, 6))
    voeg_toe(con, "K2026-0002", date(2026, 1, 5), herkomst="overgenomen", stap_05_op=date(2026, 3, 1))
    voeg_toe(con, "K2026-0003", date(2026, 1, 5), reglement="awb9", reglement_versie=date(1999, 7, 1))
    op = date(2026, 6, 1)
    assert [(v.herkomst, v.reglement, v.klachten) for v in verzamelingen(con)] == [
        ("register", "awb9", 1),
        ("register", "coulant", 1),
        ("overgenomen", "coulant", 1),
    ]
    assert van(bereken(con, op), "bevestiging", 2026).tarief.x == 1
    assert van(bereken(con, op), "bevestiging", 2026).tarief.n == 1
    assert van(bereken(con, op, herkomst="overgenomen"), "bevestiging", 2026).te_laat == 1
    # An imported log ends where it ends.
    assert {r.jaar for r in bereken(con, date(2028, 1, 1), herkomst="overgenomen")} == {2026}
    assert {r.termijn for r in bereken(con, op, reglement="awb9")} == {"niet_in_behandeling", "afhandeling"}


def test_alleen_jaren_van_een_termijn_gaan_samen() -> None:
    andere = Naleving(reglement="coulant", herkomst="register", termijn="m", termijn_naam="M", stap=11, jaar=2025)
    with pytest.raises(ValueError, match="Alleen jaren van dezelfde termijn"):
        samen([regel(), andere])
    assert samen([regel(2024, op_tijd=2, rijp=3, rijp_op_tijd=2), regel(2025, te_laat=1, rijp=1)]).rijp == 4


def test_de_lijst_noemt_wat_nog_open_is_eerst_en_telt_met_de_cijfers(con: duckdb.DuckDBPyConnection) -> None:
    zestien(con)
    rijen = overschrijdingen(con, PEILDATUM)
    assert len(rijen) == sum(r.overschreden for r in bereken(con, PEILDATUM))
    assert [(r.klachtnummer, r.status) for r in rijen[:4]] == [
        ("K2026-0005", "te laat, nog open"),
        ("K2026-0016", "te laat, nog open"),
        ("K2026-0008", "te laat, nog open"),
        ("K2026-0011", "te laat, nog open"),
    ]
    assert Counter(r.status for r in rijen) == {"te laat, nog open": 4, "te laat": 5}
    te_laat = next(r for r in rijen if r.klachtnummer == "K2026-0003" and r.termijn_naam == "Ontvangstbevestiging")
    assert (te_laat.einde_op, te_laat.dagen_te_laat) == (date(2026, 1, 20), 1)
    assert overschrijdingen(con, PEILDATUM, limit=2, offset=3) == rijen[3:5]


# --- sentences -------------------------------------------------------------------------------------------------------

WEINIG = "Dat zijn er te weinig voor een percentage: bij dit aantal is een werkelijk aandeel van"
TOEVAL = "Rekening houdend met toeval ligt het aandeel tussen"
ZINNEN = [
    ({}, "geen gegevens", "geen klachten, dus geen gegevens."),
    ({"nvt": 3}, "geen gegevens", "deze termijn gold voor geen enkele klacht, dus geen gegevens."),
    (
        {"loopt": 1},
        "nog geen termijn voorbij",
        "van nog geen enkele klacht is de termijn voorbij. Bij 1 klacht is de laatste dag nog niet voorbij; die telt nog niet mee.",
    ),
    (
        {"onbepaald_verstreken": 2},
        "geen gegevens",
        "van geen enkele klacht staat al vast of de termijn is gehaald, dus geen gegevens. Bij 2 klachten ging de laatste dag voorbij zonder besluit. Tellen die beide als niet gehaald, dan waren er 0 van 2 op tijd.",
    ),
    (
        # On all 45 was decided, each within the term, and it held for all: the undecided count whole, 42 of 50.
        {
            "op_tijd": 42,
            "te_laat": 3,
            "rijp_op_tijd": 42,
            "rijp": 45,
            "onbepaald_verstreken": 5,
            "beslist": 45,
            "in_tak": 45,
        },
        "84% op tijd (42 van 45), over 5 nog niet beslist",
        f"42 op tijd, 3 te laat; over 5 is na de termijn nog niet beslist, die tellen mee naar verwachting. Dat is 84%. {TOEVAL} 71% en 92%. Tellen die alle 5 als niet gehaald, dan waren er 42 van 50 op tijd.",
    ),
    (
        # Of 40 decided it held for 4; of the 8 decided late for none: w = (0 + 2 * 0.1) / 10 = 0.02.
        {
            "op_tijd": 4,
            "rijp_op_tijd": 4,
            "rijp": 4,
            "onbepaald_verstreken": 1,
            "beslist": 40,
            "in_tak": 4,
            "laat_beslist": 8,
            "nvt": 36,
        },
        "4 van 4 op tijd, over 1 nog niet beslist",
        f"4 op tijd, 0 te laat; over 1 is na de termijn nog niet beslist, die telt mee naar verwachting. {WEINIG} 50% tot 100% goed mogelijk. Telt die als niet gehaald, dan waren er 4 van 5 op tijd.",
    ),
    (
        {"op_tijd": 1, "rijp_op_tijd": 1, "rijp": 1},
        "de enige was op tijd",
        "bij de enige klacht waarvan de termijn voorbij is, is die gehaald. Eén klacht zegt weinig over de rest.",
    ),
    (
        {"te_laat_open": 1, "rijp": 1},
        "de enige was te laat",
        "bij de enige klacht waarvan de termijn voorbij is, is die niet gehaald. Eén klacht zegt weinig over de rest. 1 klacht is te laat en nog open.",
    ),
    (
        {"op_tijd": 5, "rijp_op_tijd": 5, "rijp": 5},
        "alle 5 op tijd",
        f"alle 5 klachten waarvan de termijn voorbij is, waren op tijd. {WEINIG} 56% tot 100% goed mogelijk.",
    ),
    (
        {"op_tijd": 2, "rijp_op_tijd": 2, "rijp": 2},
        "beide op tijd",
        f"beide klachten waarvan de termijn voorbij is, waren op tijd. {WEINIG} 34% tot 100% goed mogelijk.",
    ),
    (
        {"te_laat": 4, "rijp": 4},
        "geen van de 4 op tijd",
        f"van de 4 klachten waarvan de termijn voorbij is, was er geen op tijd. {WEINIG} 0% tot 49% goed mogelijk.",
    ),
    (
        {"op_tijd": 1, "te_laat": 3, "rijp_op_tijd": 1, "rijp": 4},
        "1 van 4 op tijd",
        f"van de 4 klachten waarvan de termijn voorbij is, was er 1 op tijd. {WEINIG} 4% tot 70% goed mogelijk.",
    ),
    (
        {"op_tijd": 9, "te_laat": 2, "te_laat_open": 2, "loopt": 1, "rijp_op_tijd": 8, "rijp": 12},
        "67% (8 van 12) op tijd",
        f"van de 12 klachten waarvan de termijn voorbij is, waren er 8 op tijd (67%). {TOEVAL} 39% en 87%. 2 klachten zijn te laat en nog open. Bij 2 klachten is de laatste dag nog niet voorbij; die tellen nog niet mee.",
    ),
    (
        {"op_tijd": 40, "rijp_op_tijd": 40, "rijp": 40},
        "alle 40 op tijd",
        f"alle 40 klachten waarvan de termijn voorbij is, waren op tijd. {TOEVAL} 91% en 100%.",
    ),
    (
        {"te_laat": 12, "rijp": 12},
        "geen van de 12 op tijd",
        f"van de 12 klachten waarvan de termijn voorbij is, was er geen op tijd. {TOEVAL} 0% en 25%.",
    ),
    (
        {"op_tijd": 2999, "te_laat": 1, "rijp_op_tijd": 2999, "rijp": 3000},
        "ruim 99% (2.999 van 3.000) op tijd",
        f"van de 3.000 klachten waarvan de termijn voorbij is, waren er 2.999 op tijd (ruim 99%). {TOEVAL} 99% en 100%.",
    ),
    (
        {"op_tijd": 10, "rijp_op_tijd": 10, "rijp": 10, "ongeldig": 1},
        "alle 10 op tijd",
        f"alle 10 klachten waarvan de termijn voorbij is, waren op tijd. {TOEVAL} 72% en 100%. 1 klacht telt niet mee, omdat de vastgelegde datum voor de ontvangst ligt.",
    ),
]


@pytest.mark.parametrize(("aantallen", "kop", "zin"), ZINNEN)
def test_de_zin_volgt_uit_de_cijfers(aantallen: dict[str, int], kop: str, zin: str) -> None:
    assert zinnen.kop(regel(**aantallen)) == f"Ontvangstbevestiging, 2025: {kop}"
    assert zinnen.zin(regel(**aantallen)) == f"Ontvangen in 2025: {zin}"


def test_de_zin_zegt_welk_cohort_en_dat_een_jaar_nog_loopt() -> None:
    assert zinnen.zin(regel(), "termijn").startswith("Laatste dag in 2025: ")
    assert zinnen.zin(regel(), "ontvangst", date(2025, 11, 22)).startswith("Ontvangen in 2025, tot 22 november 2025: ")
    assert zinnen.zin(regel(None)).startswith("Alle jaren samen: ")


def test_een_percentage_is_nooit_100_zolang_er_een_ontbreekt() -> None:
    assert [procent(p) for p in (None, 0, 0.004, 0.5, 0.996, 1)] == [
        "geen gegevens", "0%", "minder dan 1%", "50%", "ruim 99%", "100%",
    ]  # fmt: skip


# --- chart -----------------------------------------------------------------------------------------------------------


def test_de_grafiek_zegt_de_bevinding_en_is_zonder_kleur_te_lezen() -> None:
    jaren = [
        regel(2024, op_tijd=3, rijp_op_tijd=3, rijp=3),
        regel(2025),
        regel(
            2026, op_tijd=8, te_laat=4, loopt=1, onbepaald_verstreken=1, rijp_op_tijd=8, rijp=12, beslist=12, in_tak=12
        ),
    ]
    grafiek = grafieken.termijnnaleving(jaren, date(2026, 11, 22)).to_dict()
    assert " ".join(grafiek["title"]["text"]) == (
        "Ontvangstbevestiging, 2026: 62% op tijd (8 van 12), over 1 nog niet beslist"
    )
    assert grafiek["description"] == (
        "Ontvangstbevestiging, 2026: 62% op tijd (8 van 12), over 1 nog niet beslist. Ontvangstbevestiging, aandeel op tijd per jaar van ontvangst. 2024: 3 van 3, marge 43% tot 100%; 2025: geen "
        "gegevens; 2026: 62% (8 van 12, over 1 niet beslist), marge 35% tot 83%."
    )
    assert grafiek["config"]["locale"]["number"]["decimal"] == ","
    (gegevens,) = grafiek["datasets"].values()
    assert [(rij["onder_de_as"], rij["stand"]) for rij in gegevens] == [
        ("2024|3/3", "compleet"),
        ("2025|–", "compleet"),
        ("2026|8/12+1", "nog niet compleet"),
    ]
    vormen = [laag["encoding"]["shape"]["scale"]["range"] for laag in grafiek["layer"] if "shape" in laag["encoding"]]
    assert vormen == [["circle", "diamond"]]
    assert gegevens[1]["aandeel"] is None
    # What the browser gets is the same chart, made from a template.
    spec = grafieken.termijnnaleving_spec(jaren, date(2026, 11, 22))
    assert list(spec["datasets"].values()) == [gegevens]
    assert {**spec, "datasets": {}, "data": {}} == {**gesproken(grafiek), "datasets": {}, "data": {}}


def test_zonder_jaren_is_er_geen_grafiek() -> None:
    with pytest.raises(ValueError, match="Zonder jaren"):
        grafieken.termijnnaleving([regel(None)], date(2026, 1, 1))
    with pytest.raises(ValueError, match="Zonder jaren"):
        grafieken.termijnnaleving_spec([regel(None)], date(2026, 1, 1))


# --- Excel -----------------------------------------------------------------------------------------------------------


def heropend(inhoud: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(inhoud))


def test_het_termijnbestand_noemt_behandelaars_alleen_als_dat_mag(con: duckdb.DuckDBPyConnection) -> None:
    zestien(con)
    con.execute("UPDATE klacht_stand SET behandelaar = 'bas'")
    regels, lijst = bereken(con, PEILDATUM), overschrijdingen(con, PEILDATUM)

    def maak(**anders: object) -> openpyxl.Workbook:
        return heropend(
            termijnbestand(regels, lijst, peildatum=PEILDATUM, cohort="ontvangst", filter="f", zegel="z", **anders)
        )

    met = maak(behandelaar=lambda id: f"={id}")
    assert [cel.value for cel in met["Over de termijn"][2]][:4] == [
        "K2026-0005",
        "Ontvangstbevestiging",
        "weert",
        "=bas",
    ]
    assert met["Over de termijn"]["D2"].data_type == "s"
    zonder = maak(behandelaar=None)
    assert {rij[3].value for rij in zonder["Over de termijn"].iter_rows(min_row=2)} <= {"", None}
    per_jaar = {rij[0].value: [cel.value for cel in rij] for rij in zonder["Per jaar"].iter_rows(min_row=2)}
    assert per_jaar["Ontvangstbevestiging"][11:14] == [12, 8, pytest.approx(8 / 12)]
    sql = "\n".join(str(rij[2].value) for rij in zonder["SQL"].iter_rows(min_row=5))
    assert "WITH kalender AS" in sql


def test_de_kolommen_van_de_lijst_zijn_geen_persoonsgegevens() -> None:
    assert set(Overschrijding._fields) & {"indiener", "indiener_naam", "omschrijving", "betrokkenen"} == set()
    assert naleving.COHORTEN == {"ontvangst": "jaar van ontvangst", "termijn": "jaar van termijn"}
