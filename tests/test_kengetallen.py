"""Every figure of the evaluation is one complete row, runs in one way, and counts what it says (step 16)."""

from __future__ import annotations

import re
import shutil
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from duckdb import DuckDBPyConnection

from klachten import analyse
from klachten.analyse import statistiek, vragen
from klachten.analyse.basis.kengetal import Kengetal
from klachten.analyse.basis.kengetallen import BOUWSTENEN, bereken, kengetal, met_bouwstenen, opdracht, rijen_van
from klachten.analyse.basis.kengetallenlijst import KENGETALLEN
from klachten.analyse.basis.selectie import ALLES, Filter
from klachten.analyse.basis.trajecten import Blootstelling, omvang
from klachten.analyse.opvolging.opvolging import geschillen_van, maatregelen_lijst, maatregelen_van
from klachten.analyse.termijnen.uitsplitsing import uitsplitsing
from klachten.periode import Periode
from tests.kengetallenproef import ONTVANGST, leg_vast, trajecten
from tests.termijnproef import proef, sjabloon, voeg_toe
from tests.voorbeeldfirma import COULANT

OUDJAAR = date(2025, 12, 31)
STATISTIEK = (Path(__file__).parents[1] / "docs" / "statistiek.md").read_text(encoding="utf-8")


def rijen(
    con: DuckDBPyConnection, sql: str, jaar: int | None = 2025, peildatum: date = OUDJAAR, **filter: Any
) -> list[tuple]:
    return [
        tuple(rij.values()) for rij in rijen_van(con, sql, peildatum=peildatum, periode=jaar, filter=Filter(**filter))
    ]


# --- the registry ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rij", KENGETALLEN, ids=[rij.id for rij in KENGETALLEN])
def test_every_field_of_a_figure_is_filled(rij: Kengetal) -> None:
    for veld in fields(rij):
        assert getattr(rij, veld.name), veld.name
    assert rij.vraag.endswith("?")
    assert rij.waarom.endswith(".")
    assert rij.uitleg.endswith(".")
    assert set(rij.stap) <= set(range(1, 19))
    assert rij.sql in vragen()
    sectie = rij.bron.lstrip("0123456789 ")
    assert sectie == "Year book-keeping" or f"## {sectie}" in STATISTIEK, "the section that the figure is judged with"


def test_every_figure_has_an_id_of_its_own_and_is_found_by_it() -> None:
    ids = [rij.id for rij in KENGETALLEN]
    assert len(ids) == len(set(ids))
    assert kengetal("stroom").sql == "stroom"
    with pytest.raises(KeyError, match="Er is geen kengetal 'drukte'"):
        kengetal("drukte")


def test_every_question_of_the_evaluation_is_a_figure_or_a_building_block() -> None:
    assert {rij.sql for rij in KENGETALLEN} & BOUWSTENEN.keys() == set()
    van_de_evaluatie = {naam for naam, vraag in vragen().items() if "kies_herkomst" in vraag.parameters}
    assert van_de_evaluatie <= {rij.sql for rij in KENGETALLEN} | BOUWSTENEN.keys()
    assert BOUWSTENEN.keys() <= vragen().keys()


@pytest.mark.parametrize("rij", KENGETALLEN, ids=[rij.id for rij in KENGETALLEN])
@pytest.mark.parametrize("jaar", [2025, None])
def test_a_figure_runs_on_a_register_without_klachten(con: DuckDBPyConnection, rij: Kengetal, jaar: int | None) -> None:
    overig = {"cohort": "ontvangst"} if rij.sql == "termijnnaleving" else {}
    tabel = bereken(con, rij.id, peildatum=OUDJAAR, periode=jaar, **overig)
    assert len(tabel) == (18 if rij.sql == "stappenkaart" else 0)


def test_a_parameter_that_a_figure_does_not_have_is_refused() -> None:
    with pytest.raises(TypeError, match="kleur"):
        opdracht("stroom", peildatum=OUDJAAR, kleur="rood")


# --- the filter ------------------------------------------------------------------------------------------------------


def test_a_filter_takes_ids_and_no_free_text() -> None:
    assert Filter(vestiging="weert", kanaal="e-mail").parameters["kies_kanaal"] == "e-mail"
    assert ALLES.leeg
    assert not Filter(vestiging="weert").leeg
    for waarde in ("", "x'; DROP TABLE klacht", "a\nb", "x" * 65):
        with pytest.raises(ValueError, match="kiest op een kenmerk"):
            Filter(vestiging=waarde)


def test_a_filter_says_in_words_what_it_chose() -> None:
    coulant = COULANT
    assert ALLES.in_woorden(coulant) == "alle klachten"
    assert Filter(vestiging="weert", categorie="privacy").in_woorden(coulant) == (
        "alleen klachten van vestiging Weert en categorie Privacy"
    )
    assert Filter(herkomst="overgenomen").in_woorden() == "alle overgenomen klachten"
    assert Filter(herkomst=None).in_woorden() == "alle eigen en overgenomen klachten"


@pytest.mark.parametrize(
    ("veld", "waarde"),
    [
        ("vestiging", "utrecht"),
        ("categorie", "privacy"),
        ("indiener_soort", "opdrachtgever"),
        ("kanaal", "e-mail"),
        ("behandelaar", "dirk"),
    ],
)
def test_each_field_of_the_filter_narrows_every_figure(con: DuckDBPyConnection, veld: str, waarde: str) -> None:
    voeg_toe(con, "K2025-0001", date(2025, 1, 3))
    voeg_toe(con, "K2025-0002", date(2025, 1, 4), **{veld: waarde})
    for sql in ("samenstelling", "stroom", "doorlooptijden", "termijntarieven", "varianten", "per_periode"):
        alles, gekozen = (rijen(con, sql, **keuze) for keuze in ({}, {veld: waarde}))
        assert gekozen
        assert gekozen != alles, sql
    assert sum(rij[2] for rij in rijen(con, "vestigingen", **{veld: waarde})) == 1


# --- counts by hand --------------------------------------------------------------------------------------------------


def test_klachten_are_counted_per_year_of_receipt_and_vervallen_ones_nowhere(con: DuckDBPyConnection) -> None:
    voeg_toe(con, "K2024-0001", date(2024, 12, 31))
    voeg_toe(con, "K2025-0001", date(2025, 1, 1), categorie="privacy", aspecten=["dossier", "privacy"])
    voeg_toe(con, "K2025-0002", date(2025, 12, 31), vervallen_op=date(2025, 12, 31))
    voeg_toe(con, "K2026-0001", date(2026, 1, 1))
    assert rijen(con, "categorieen", None) == [(2024, "bejegening", 1, 1), (2025, "privacy", 1, 1)]
    assert rijen(con, "aspecten") == [(2025, "dossier", 1, 0, 1), (2025, "privacy", 1, 1, 0)]
    assert rijen(con, "indieners", None) == [(2024, "klant", 1, 1), (2025, "klant", 1, 1)]
    assert rijen(con, "ontvangstdagen", None, date(2026, 6, 1)) == [
        (date(2024, 12, 31), 1), (date(2025, 1, 1), 1), (date(2026, 1, 1), 1),
    ]  # fmt: skip


def test_intensity_has_every_vestiging_in_every_year_and_marks_what_was_not_entered(con: DuckDBPyConnection) -> None:
    voeg_toe(con, "K2023-0001", date(2023, 5, 1))
    voeg_toe(con, "K2025-0001", date(2025, 5, 1), vestiging="utrecht")
    trajecten(con, andere=None, j2023={"weert": 40}, j2024={"weert": 50, "utrecht": 20})
    assert rijen(con, "intensiteit") == [
        (2023, "utrecht", 0, None), (2023, "weert", 1, 40), (2024, "utrecht", 0, 20), (2024, "weert", 0, 50),
        (2025, "utrecht", 1, None), (2025, "weert", 0, None),
    ]  # fmt: skip


def test_waiting_times_keep_what_is_open_and_what_ended_otherwise(con: DuckDBPyConnection) -> None:
    dag = date(2025, 3, 1)
    voeg_toe(con, "K2025-0001", dag, stap_05_op=date(2025, 3, 8), stap_13_op=date(2025, 4, 10))
    voeg_toe(con, "K2025-0002", dag, ingetrokken_op=date(2025, 3, 4))
    voeg_toe(con, "K2025-0003", dag, stap_05_op=dag, stap_07_op=date(2025, 3, 21))
    voeg_toe(con, "K2025-0004", dag)
    voeg_toe(con, "K2025-0005", dag, stap_13_op=date(2025, 3, 11))
    assert rijen(con, "doorlooptijden", peildatum=date(2025, 4, 1)) == [
        ("afsluiting", 3, "ingetrokken", None, 1),
        ("afsluiting", 10, "afgesloten", None, 1),
        ("afsluiting", 20, "niet in behandeling", None, 1),
        ("afsluiting", 31, None, None, 2),
        ("bevestiging", 0, "bevestigd", None, 1),
        ("bevestiging", 3, "ingetrokken", None, 1),
        ("bevestiging", 7, "bevestigd", None, 1),
        ("bevestiging", 10, "afgesloten", None, 1),
        ("bevestiging", 31, None, None, 1),
    ]


def test_a_backlog_from_before_the_register_counts_from_the_day_it_came_into_view(con: DuckDBPyConnection) -> None:
    voeg_toe(con, "K2024-0001", date(2024, 11, 1), stap_03_op=date(2025, 1, 10))
    voeg_toe(con, "K2025-0001", date(2025, 1, 2), stap_03_op=date(2025, 1, 12))
    assert rijen(con, "doorlooptijden", None, date(2025, 2, 1))[:2] == [
        ("afsluiting", 30, None, None, 1), ("afsluiting", 92, None, 70, 1),
    ]  # fmt: skip


def test_grounds_add_up_to_the_flow_also_when_the_notice_was_undone_later(con: DuckDBPyConnection) -> None:
    leg_vast(
        con,
        [
            ("K2025-0001", "KlachtOntvangen", date(2025, 1, 5), ONTVANGST, None),
            ("K2025-0001", "NietInBehandelingGenomen", date(2025, 2, 1), {"grond": "te_oud"}, None),
            ("K2025-0001", "KlachtHeropend", date(2025, 3, 1), {"grond": "nieuwe_feiten"}, None),
            ("K2025-0002", "KlachtOntvangen", date(2025, 1, 6), ONTVANGST, None),
            ("K2025-0002", "NietInBehandelingGenomen", date(2025, 2, 2), {"grond": "elders"}, None),
        ],
    )
    assert rijen(con, "niet_in_behandeling_gronden") == [(2025, "elders", 1), (2025, "te_oud", 1)]
    assert sum(rij["niet_in_behandeling"] for rij in rijen_van(con, "stroom", peildatum=OUDJAAR)) == 2
    assert rijen(con, "categorie_uitkomst") == [
        ("bejegening", "niet in behandeling", None, None, 1), ("bejegening", "open", None, None, 1),
    ]  # fmt: skip


def test_a_dispute_stands_as_far_as_it_had_come_on_the_peildatum(con: DuckDBPyConnection) -> None:
    leg_vast(
        con,
        [
            ("K2025-0001", "KlachtOntvangen", date(2025, 1, 5), ONTVANGST, None),
            ("K2025-0001", "MeningsverschilGemeld", date(2025, 3, 1), {}, None),
            ("K2025-0001", "OverlegGevoerd", date(2025, 3, 8), {"opgelost": False}, None),
            ("K2025-0001", "GeschilVoorgelegd", date(2025, 3, 15), {}, None),
            (
                "K2025-0001",
                "OordeelOntvangen",
                date(2025, 4, 15),
                {"oordeel": "gegrond", "heropening_nodig": True},
                None,
            ),
            ("K2025-0001", "MeningsverschilGemeld", date(2025, 6, 1), {}, None),
            ("K2025-0001", "OverlegGevoerd", date(2025, 6, 8), {"opgelost": True}, None),
        ],
    )
    standen = {
        dag: [rij[1:] for rij in rijen(con, "geschillen", peildatum=dag)]
        for dag in (date(2025, 3, 1), date(2025, 3, 10), date(2025, 4, 1), date(2025, 12, 31))
    }
    assert standen == {
        date(2025, 3, 1): [("gemeld", None, 1, 0, 0)],
        date(2025, 3, 10): [("overleg mislukt", None, 1, 0, 0)],
        date(2025, 4, 1): [("voorgelegd", None, 1, 1, 0)],
        date(2025, 12, 31): [("oordeel", "gegrond", 1, 1, 1), ("opgelost", None, 1, 0, 0)],
    }
    samen = geschillen_van(rijen_van(con, "geschillen", peildatum=OUDJAAR), 2025)
    assert (samen.gemeld, samen.opgelost, samen.voorgelegd, samen.oordelen) == (2, 1, 1, {"gegrond": 1})


def test_maatregelen_stand_against_the_agreed_day(con: DuckDBPyConnection) -> None:
    afspraken = [
        (date(2025, 2, 1), date(2025, 2, 1), None),
        (date(2025, 2, 1), date(2025, 2, 2), None),
        (date(2025, 2, 1), None, None),
        (date(2025, 2, 1), None, date(2025, 1, 20)),
        (date(2026, 2, 1), None, None),
        (date(2025, 6, 1), date(2026, 1, 5), None),
    ]
    feiten = []
    for nr, (uiterlijk, uitgevoerd, vervallen) in enumerate(afspraken, start=1):
        wie = {"actienemer": "gijs" if nr < 4 else "dirk", "overlegd_met": "carla", "uiterlijk_op": str(uiterlijk)}
        feiten.append(("MaatregelBepaald", date(2025, 1, 10), {"maatregel": nr, **wie}))
        einden = (("MaatregelUitgevoerd", uitgevoerd), ("MaatregelVervallen", vervallen))
        feiten += [(soort, op, {"maatregel": nr}) for soort, op in einden if op]
    voeg_toe(con, "K2025-0001", date(2025, 1, 1), feiten=feiten)
    m = maatregelen_van(rijen_van(con, "maatregelen_opvolging", peildatum=OUDJAAR, periode=2025))
    assert (m.totaal, m.op_tijd, m.te_laat, m.open, m.open_en_te_laat, m.vervallen) == (6, 1, 1, 1, 2, 1)
    assert (m.tarief.x, m.tarief.n) == (1, 4)
    assert m.meeste_dagen_te_laat == 333
    assert m.leeftijden["open"].tolist() == [0, 0, 0, 3]
    assert m.per_actienemer[["actienemer", "op_tijd", "open_en_te_laat"]].to_numpy().tolist() == [
        ["dirk", 0, 1],
        ["gijs", 1, 1],
    ]
    aantal, pagina = maatregelen_lijst(con, peildatum=OUDJAAR, periode=2025, limit=1)
    assert aantal == 3
    assert pagina[["maatregel", "dagen_te_laat"]].to_numpy().tolist() == [[3, 333]]


def test_terms_per_vestiging_are_each_compared_with_the_others_together(con: DuckDBPyConnection) -> None:
    for nr in range(12):
        voeg_toe(con, f"K2025-{nr + 1:04d}", date(2025, 1, 1), stap_05_op=date(2025, 1, 10))
    for nr in range(3):
        voeg_toe(con, f"K2025-{nr + 20:04d}", date(2025, 1, 1), vestiging="utrecht", stap_05_op=date(2025, 2, 10))
    (eigen,) = [
        u for u in uitsplitsing(con, "vestiging", peildatum=OUDJAAR, periode=2025) if u.termijn == "bevestiging"
    ]
    per = eigen.tabel.set_index("waarde")
    assert per[["x", "n"]].to_dict("index") == {"utrecht": {"x": 0, "n": 3}, "weert": {"x": 12, "n": 12}}
    assert per["anders"].to_dict() == {"utrecht": True, "weert": True}
    # Fisher's exact p of 12/12 against 0/3 is 1 / C(15, 3), and Holm doubles it for two values: no other term is over.
    assert per["p_holm"].tolist() == pytest.approx([2 / 455, 2 / 455])
    with pytest.raises(ValueError, match="niet per 'kleur'"):
        uitsplitsing(con, "kleur", peildatum=OUDJAAR, periode=2025)


def test_the_terms_of_a_split_are_one_family(con: DuckDBPyConnection) -> None:
    """Two terms of two vestigingen are four comparisons, judged at a third of one in ten: there are three splits."""
    wie = {"maatregel": 1, "actienemer": "gijs", "overlegd_met": "carla", "uiterlijk_op": "2025-02-01"}
    for nr in range(12):
        waar, op = ("weert", date(2025, 1, 10)) if nr < 7 else ("utrecht", date(2025, 3, 10))
        feiten = [
            ("MaatregelBepaald", date(2025, 1, 10), wie),
            ("MaatregelUitgevoerd", date(2025, 1, 20) if nr != 11 else date(2025, 3, 10), {"maatregel": 1}),
        ]
        voeg_toe(con, f"K2025-{nr + 1:04d}", date(2025, 1, 1), vestiging=waar, stap_05_op=op, feiten=feiten)
    delen = uitsplitsing(con, "vestiging", peildatum=OUDJAAR, periode=2025)
    kansen = [statistiek.elk_tegen_de_rest(list(d.tabel["x"]), [round(n) for n in d.tabel["noemer"]]) for d in delen]
    los = [p for eigen in kansen for p in eigen]
    assert sum(p is not None for p in los) == 4
    verwacht = statistiek.holm(los, 0.1 / 3)
    tabel = pd.concat([d.tabel for d in delen])
    assert tabel["p_holm"].dropna().tolist() == pytest.approx([p for p in verwacht.aangepast if p is not None])
    assert tuple(tabel["anders"]) == verwacht.verworpen
    assert sum(verwacht.verworpen) == 2


def test_the_same_terms_are_counted_as_on_the_page_of_terms(con: DuckDBPyConnection) -> None:
    for nr in range(9):
        voeg_toe(
            con, f"K2025-{nr + 1:04d}", date(2025, 1, 1 + nr), stap_05_op=date(2025, 1, 2 + 2 * nr) if nr % 4 else None
        )
    eigen = {
        rij["termijn"]: rij for rij in rijen_van(con, "termijntarieven", peildatum=date(2025, 1, 20), periode=2025)
    }
    ander = (
        con.execute("SELECT * FROM termijnnaleving($p, NULL, NULL, 'ontvangst')", {"p": date(2025, 1, 20)})
        .df()
        .set_index("termijn")
    )
    for termijn, rij in eigen.items():
        assert [rij[naam] for naam in rij if naam in ander.columns] == [
            ander.loc[termijn, naam] for naam in rij if naam in ander.columns
        ]


def test_a_late_klacht_is_listed_with_the_code_of_its_reason(con: DuckDBPyConnection) -> None:
    afwijking = {"wijze": "brief", "afwijkingen": ["te_laat:bevestiging"]}
    leg_vast(
        con,
        [
            ("K2025-0001", "KlachtOntvangen", date(2025, 1, 1), ONTVANGST, None),
            ("K2025-0001", "OntvangstBevestigd", date(2025, 1, 20), afwijking, None),
            ("K2025-0002", "KlachtOntvangen", date(2025, 1, 1), ONTVANGST, None),
        ],
    )
    lijst = rijen_van(con, "late_klachten", peildatum=date(2025, 1, 25), periode=2025)
    assert [(rij["klachtnummer"], rij["status"], rij["dagen_te_laat"]) for rij in lijst] == [
        ("K2025-0002", "te laat, nog open", 10), ("K2025-0001", "te laat", 5),
    ]  # fmt: skip
    assert [rij["redenen"] for rij in lijst] == [None, "te_laat:bevestiging"]


def test_the_workload_is_what_stood_open_at_the_end_of_each_month(con: DuckDBPyConnection) -> None:
    voeg_toe(con, "K2025-0001", date(2025, 1, 5), behandelaar="bas", stap_13_op=date(2025, 3, 2))
    voeg_toe(con, "K2025-0002", date(2025, 2, 5), behandelaar="bas")
    gevonden = [(rij[0].month, *rij[1:]) for rij in rijen(con, "werklast", peildatum=date(2025, 3, 31))]
    assert gevonden == [(1, "bas", 1, 0, 1), (2, "bas", 1, 0, 2), (3, "bas", 0, 1, 1)]


def test_a_month_is_counted_as_far_as_the_peildatum(con: DuckDBPyConnection) -> None:
    voeg_toe(con, "K2025-0001", date(2025, 1, 5))
    assert rijen(con, "per_periode", peildatum=date(2025, 2, 10)) == [
        (date(2025, 1, 1), 1, 31, True), (date(2025, 2, 1), 0, 10, False),
    ]  # fmt: skip


def test_days_carry_their_share_of_the_trajecten_of_the_year_when_every_vestiging_is_known(
    con: DuckDBPyConnection,
) -> None:
    trajecten(con, j2024={"weert": 366}, j2025={"weert": 365})
    trajecten(con, andere=None, j2026={"weert": 365})
    bekend = omvang(con, peildatum=date(2026, 12, 31))
    assert bekend.tussen(date(2024, 2, 1), date(2024, 2, 29)) == Blootstelling(29.0, True)
    assert bekend.tussen(date(2025, 2, 1), date(2025, 2, 10)) == Blootstelling(10.0, True)
    assert bekend.tussen(date(2025, 1, 1), date(2025, 12, 31)) == Blootstelling(365.0, False)
    assert bekend.tussen(date(2026, 1, 1), date(2026, 1, 31)) is None


def test_what_was_entered_for_a_part_of_the_year_is_taken_as_it_is(con: DuckDBPyConnection) -> None:
    """Quarter 1 and March by itself, and the whole year: what is left is spread over the days that are left."""
    trajecten(con, j2025={"weert": 1300}, j2025k1={"weert": 300}, j2025m03={"weert": 182}, j2026k2={"weert": 91})
    bekend = omvang(con, peildatum=date(2026, 12, 31))

    def tussen(*dagen: tuple[int, int, int]) -> tuple[float, bool] | None:
        kan = bekend.tussen(*(date(*dag) for dag in dagen))
        return kan and (pytest.approx(kan.trajecten), kan.verdeeld)

    assert tussen((2025, 1, 1), (2025, 12, 31)) == (1300, False)
    assert tussen((2025, 1, 1), (2025, 3, 31)) == (300, False)
    assert tussen((2025, 3, 1), (2025, 3, 31)) == (182, False)
    # The other 118 of the quarter in its 59 other days, and the other 1,000 of the year in its 275 other days.
    assert tussen((2025, 2, 1), (2025, 2, 28)) == (56, True)
    assert tussen((2025, 2, 1), (2025, 3, 31)) == (56 + 182, True)
    assert tussen((2025, 3, 1), (2025, 4, 11)) == (182 + 40, True)
    assert tussen((2025, 4, 1), (2025, 12, 31)) == (1000, True)
    # Of 2026 only one quarter is known, so no day outside it.
    assert tussen((2026, 5, 1), (2026, 5, 31)) == (31, True)
    assert tussen((2026, 3, 1), (2026, 4, 30)) is None
    assert bekend.heel_tot(date(2025, 1, 1), date(2026, 12, 31)) == (date(2025, 12, 31), 1300)
    assert bekend.heel_tot(date(2025, 1, 1), date(2025, 12, 30)) == (date(2025, 3, 31), 300)
    assert bekend.heel_tot(date(2025, 2, 1), date(2025, 12, 31)) is None
    assert bekend.begint_na(date(2025, 1, 1), date(2026, 12, 31)) == [date(2025, 3, 1), date(2026, 4, 1)]


def test_what_a_workbook_keeps_of_its_questions_is_enough_to_ask_them_again() -> None:
    """On a database without the questions: only what stands on the sheet SQL, put in as it stands there."""
    con = proef()
    voeg_toe(con, "K2025-0001", date(2025, 8, 5))
    namen = ("stroom", "intensiteit", "termijnnaleving", "getelde_klachten")
    wanneer: dict[str, Any] = {"peildatum": OUDJAAR, "periode": Periode.van_kwartaal(2025, 3)}
    hier = {naam: rijen_van(con, naam, **wanneer) for naam in namen}
    zoekpad = con.execute("SELECT current_setting('search_path')").fetchall()[0][0]
    con.execute("ATTACH ':memory:' AS los")
    con.execute(f"SET search_path = '{zoekpad.split(',')[0]},los.main'")
    alles = met_bouwstenen(namen)
    gemaakt: set[str] = set()
    while wacht := [naam for naam in alles if naam not in gemaakt]:
        for naam in wacht:
            if not any(re.search(rf"\b{ander}\s*\(", alles[naam]) for ander in wacht if ander != naam):
                vraag = vragen().get(naam)
                kop = f"CREATE MACRO {naam}({vraag.parameters}) AS TABLE\n" if vraag else ""
                con.execute((kop + alles[naam]).replace("CREATE MACRO ", "CREATE MACRO los.main.", 1))
                gemaakt.add(naam)
    for naam in namen:
        assert rijen_van(con, naam, **wanneer) == hier[naam] != []
    con.close()


def test_a_number_of_rows_is_counted_and_not_summed() -> None:
    # DuckDB 2.0.0 sums such a CASE in one byte when it expects few rows: 244 became -12 at 100,000 klachten.
    for naam, vraag in vragen().items():
        assert not re.search(r"SUM\(\s*CASE[^()]*THEN\s+1\s+ELSE\s+0", vraag.sql, re.I), naam


def test_questions_need_no_file_that_is_there_already(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their macros lie in the folder for temporary files of the machine, which others may empty or fill up."""

    def ask(con: DuckDBPyConnection) -> str:
        assert rijen_van(con, "getelde_klachten", peildatum=OUDJAAR, periode=Periode.van_jaar(2025)) == []
        plek = con.execute("SELECT path FROM duckdb_databases() WHERE database_name = 'vragen'").fetchall()[0][0]
        con.close()
        return plek or ""

    shutil.rmtree(Path(ask(proef())).parent)
    assert Path(ask(proef())).is_file()
    # The first in its process may be a reader that writes nothing.
    shutil.rmtree(Path(ask(proef())).parent)
    bestand = tmp_path / "lezen.duckdb"
    shutil.copy(sjabloon(), bestand)
    assert Path(ask(analyse.open(duckdb.connect(str(bestand), read_only=True)))).is_file()

    def vol(*_: object) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(analyse, "_file", vol)
    assert ask(proef()) == ""


def test_a_next_cursor_finds_the_questions_in_two_statements() -> None:
    """Each page opens one: what it asks before its first question is paid by every page."""

    class Telt:
        def __init__(self, con: DuckDBPyConnection) -> None:
            self.con, self.gevraagd = con, list[str]()

        def execute(self, sql: str) -> DuckDBPyConnection:
            self.gevraagd.append(sql)
            return self.con.execute(sql)

    with proef() as con, con.cursor() as cursor:
        telt = Telt(cursor)
        analyse.open(telt)
        assert [sql.split()[0] for sql in telt.gevraagd] == ["SELECT", "SET"]
        assert rijen_van(cursor, "getelde_klachten", peildatum=OUDJAAR, periode=Periode.van_jaar(2025)) == []
