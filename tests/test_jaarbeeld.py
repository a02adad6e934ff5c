"""The picture of a year: right with 0, 1, 7 and 300 klachten, and each sentence follows from a figure (step 16)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from duckdb import DuckDBPyConnection

from klachten import reglement
from klachten.analyse.basis.kengetallen import kengetal
from klachten.analyse.basis.selectie import Filter
from klachten.analyse.jaar.beeld import Jaarbeeld
from klachten.analyse.jaar.jaarbeeld import jaarbeeld
from klachten.register import Register
from tests.kengetallenproef import trajecten
from tests.termijnproef import proef, voeg_toe
from tests.verhalen import MAP, load, play

OUDJAAR = date(2025, 12, 31)
COULANT = reglement.load("coulant")


@pytest.fixture(scope="module")
def leeg() -> Iterator[DuckDBPyConnection]:
    con = proef()
    yield con
    con.close()


@pytest.fixture
def con(leeg: DuckDBPyConnection) -> Iterator[DuckDBPyConnection]:
    leeg.begin()
    yield leeg
    leeg.rollback()


def beeld_van(con: DuckDBPyConnection, jaar: int = 2025, peildatum: date = OUDJAAR, **filter: str) -> Jaarbeeld:
    beeld = jaarbeeld(con, jaar, peildatum, filter=Filter(**filter), reglement=COULANT)
    assert beeld.stroom.sluit
    for bevinding in beeld.bevindingen:
        assert kengetal(bevinding.kengetal)
        assert bevinding.zin[0].isupper() or bevinding.zin[0].isdigit()
        assert bevinding.zin.endswith(".")
        assert "nan" not in bevinding.zin.lower().split()
        assert "None" not in bevinding.zin
    return beeld


def zinnen(beeld: Jaarbeeld, id: str) -> str:
    return " ".join(b.zin for b in beeld.bevindingen if b.kengetal == id)


def afgehandeld(con: DuckDBPyConnection, nummer: str, dag: date, **velden: object) -> None:
    voeg_toe(
        con, nummer, dag, stap_05_op=dag + timedelta(days=7), stap_08_op=dag + timedelta(days=14),
        zonder_maatregelen=True, stap_13_op=dag + timedelta(days=30), uitkomst="opgelost",
        **velden,
    )  # fmt: skip


# --- 0 ---------------------------------------------------------------------------------------------------------------


def test_a_register_without_anything_reads_well(con: DuckDBPyConnection) -> None:
    beeld = beeld_van(con)
    assert [b.zin for b in beeld.bevindingen] == [
        "In 2025 zijn geen klachten ontvangen. Er is geen eerder jaar in het register.",
        "Er stonden ook uit eerdere jaren geen klachten open.",
        "Er zijn nog geen verbeteracties bepaald.",
    ]
    assert beeld.klachten == 0
    assert beeld.vergelijking.ratio is None
    assert beeld.categorieen["klachten"].sum() == 0
    assert beeld.maatregelen.tarief.aandeel is None


def test_a_year_without_klachten_between_others_reads_well(con: DuckDBPyConnection) -> None:
    afgehandeld(con, "K2023-0001", date(2023, 5, 1))
    trajecten(con, j2023={"weert": 100}, j2024={"weert": 100}, j2025={"weert": 120})
    beeld = beeld_van(con)
    assert beeld.bevindingen[0].zin == "In 2025 zijn geen klachten ontvangen, en in 2024 ook niet."
    assert "Per 100 trajecten waren er 0,0 klachten, in 2024 0,0: te weinig om toeval uit te sluiten." in zinnen(
        beeld, "intensiteit"
    )
    assert not any(b.opvallend for b in beeld.bevindingen)
    assert beeld.intensiteit[["jaar", "klachten", "trajecten"]].to_numpy().tolist() == [
        [2023, 1, 100],
        [2024, 0, 100],
        [2025, 0, 120],
    ]


# --- 1 ---------------------------------------------------------------------------------------------------------------


def test_one_klacht_gets_no_percentages(con: DuckDBPyConnection) -> None:
    afgehandeld(con, "K2025-0001", date(2025, 3, 3), categorie="privacy")
    beeld = beeld_van(con)
    assert beeld.bevindingen[0].zin == "In 2025 is 1 klacht ontvangen. Er is geen eerder jaar in het register."
    assert zinnen(beeld, "categorieen") == "De enige klacht ging over Privacy."
    assert "bij de enige klacht waarvan de termijn voorbij is, is die gehaald" in zinnen(beeld, "termijntarieven")
    assert "%" not in " ".join(b.zin for b in beeld.bevindingen if b.kengetal != "termijntarieven")


# --- 7, by hand ------------------------------------------------------------------------------------------------------


@pytest.fixture
def zeven(con: DuckDBPyConnection) -> DuckDBPyConnection:
    """2024: 3 klachten of 100 trajecten; 2025: 7 of 200, of which 1 open and 1 not taken into handling."""
    for nr in range(3):
        afgehandeld(con, f"K2024-{nr + 1:04d}", date(2024, 6, 1 + nr))
    for nr in range(5):
        afgehandeld(con, f"K2025-{nr + 1:04d}", date(2025, 2, 1 + nr), categorie="afspraken" if nr < 4 else "privacy")
    nib = {
        "stap_05_op": date(2025, 5, 20),
        "stap_07_op": date(2025, 5, 25),
        "grond": "te_oud",
    }
    voeg_toe(con, "K2025-0006", date(2025, 5, 1), vestiging="utrecht", **nib)
    voeg_toe(con, "K2025-0007", date(2025, 11, 20), kanaal="e-mail", indiener_soort="opdrachtgever")
    trajecten(con, j2024={"weert": 60, "utrecht": 40}, j2025={"weert": 120, "utrecht": 80})
    return con


def test_seven_klachten_are_counted_as_by_hand(zeven: DuckDBPyConnection) -> None:
    beeld = beeld_van(zeven)
    s = beeld.stroom
    assert (s.open_begin, s.ontvangen, s.afgesloten, s.niet_in_behandeling, s.open_einde) == (0, 7, 5, 1, 1)
    v = beeld.vergelijking
    assert (v.klachten, v.klachten_vorig, v.trajecten, v.trajecten_vorig) == (7, 3, 200, 100)
    assert v.ratio is not None
    assert v.ratio.ratio == pytest.approx((7 / 200) / (3 / 100))
    assert beeld.intensiteit.set_index("jaar")["per_100"].to_dict() == pytest.approx({2024: 3.0, 2025: 3.5})
    assert beeld.intensiteit_per_vestiging.set_index("naam")["per_100"].round(6).to_dict() == {
        "Utrecht": 1.25,
        "Weert": 5.0,
    }
    assert beeld.categorieen[["naam", "klachten", "vorig"]].head(3).to_numpy().tolist() == [
        ["Afspraken", 4, 0], ["Bejegening", 2, 3], ["Privacy", 1, 0],
    ]  # fmt: skip
    assert len(beeld.categorieen) == 11, "every category of the reglement, and Overig last"
    assert beeld.categorieen["naam"].iloc[-1] == "Overig"
    bevestiging = {t.termijn: t for t in beeld.termijnen}["bevestiging"]
    assert (bevestiging.rijp_op_tijd, bevestiging.rijp, bevestiging.te_laat_open) == (5, 7, 1)
    assert beeld.niet_in_behandeling[["naam", "klachten"]].to_numpy().tolist() == [
        ["De gebeurtenis is te lang geleden om nog te onderzoeken", 1]
    ]
    assert beeld.kanalen.set_index("kanaal")["klachten"].to_dict()["e-mail"] == 1
    assert beeld.indieners[["naam", "klachten", "vorig"]].to_numpy().tolist() == [
        ["Klant", 6, 3], ["Opdrachtgever", 1, 0], ["Overige", 0, 0],
    ]  # fmt: skip
    km = beeld.doorlooptijden["afsluiting"].kaplan_meier
    assert (km.n, km.gebeurtenissen, km.mediaan) == (7, 5, 30.0)


def test_the_sentences_about_seven_klachten_make_no_verdict_that_chance_could_explain(
    zeven: DuckDBPyConnection,
) -> None:
    beeld = beeld_van(zeven)
    assert zinnen(beeld, "intensiteit") == (
        "In 2025 zijn 7 klachten ontvangen; in 2024 waren dat er 3. Per 100 trajecten waren er 3,5 klachten, "
        "in 2024 3,0: te weinig om toeval uit te sluiten. Na 3 klachten kan een daling niet opvallen: ook 0 kan toeval "
        f"zijn; een stijging zou pas opvallen bij {beeld.vergelijking.waarneembaar.stijging_vanaf} of meer."
    )
    categorieen = zinnen(beeld, "categorieen")
    assert categorieen.startswith(
        "Het vaakst genoemd: Afspraken, 4 van de 7 klachten. Welke categorie de grootste is, kan"
    )
    assert "Geen enkele categorie verschilt van 2024 meer dan door toeval is te verklaren." in zinnen(
        beeld, "categorieen"
    )
    assert (
        zinnen(beeld, "stroom")
        == "Aan het eind van het jaar stond er 1 klacht open, 1 meer dan aan het begin van het jaar (0)."
    )
    assert [b.kengetal for b in beeld.bevindingen if b.opvallend] == ["termijntarieven"] * 2


def test_without_trajecten_the_years_are_not_compared(zeven: DuckDBPyConnection) -> None:
    zeven.execute("DELETE FROM trajecten WHERE jaar = 2024 AND vestiging = 'weert'")
    beeld = beeld_van(zeven)
    assert beeld.vergelijking.ratio is None
    assert "Het aantal trajecten van 2024 is niet volledig ingevuld; vergelijken kan dan niet." in zinnen(
        beeld, "intensiteit"
    )
    assert beeld.intensiteit.set_index("jaar").loc[2024, "opmerking"] == "aantal trajecten niet ingevuld voor weert"
    assert beeld.categorieen["p_holm"].isna().all()


def test_a_running_year_is_not_held_against_a_whole_one(zeven: DuckDBPyConnection) -> None:
    beeld = beeld_van(zeven, peildatum=date(2025, 6, 1))
    assert not beeld.volledig
    assert beeld.klachten == 6
    assert beeld.vergelijking.waarom_niet == "2025 is nog niet om; vergelijken met 2024 kan pas daarna."
    assert "In 2025 zijn tot en met de peildatum 6 klachten ontvangen; in 2024 waren dat er 3." in zinnen(
        beeld, "intensiteit"
    )
    assert zinnen(beeld, "stroom") == "Op de peildatum staat er geen klacht open."


def test_the_filter_holds_for_the_whole_picture(zeven: DuckDBPyConnection) -> None:
    beeld = beeld_van(zeven, vestiging="utrecht")
    assert (beeld.klachten, beeld.stroom.ontvangen, beeld.vergelijking.trajecten) == (1, 1, 80)
    assert sum(t.totaal for t in beeld.termijnen) == 3


def test_a_year_after_the_peildatum_is_refused(con: DuckDBPyConnection) -> None:
    with pytest.raises(ValueError, match="2026 begint pas na de peildatum 31-12-2025"):
        jaarbeeld(con, 2026, OUDJAAR)


def test_without_a_reglement_ids_stand_in_for_names(zeven: DuckDBPyConnection) -> None:
    beeld = jaarbeeld(zeven, 2025, OUDJAAR)
    assert beeld.categorieen["naam"].tolist() == ["afspraken", "bejegening", "privacy"]


# --- many ------------------------------------------------------------------------------------------------------------


def test_a_category_that_rose_beyond_chance_stands_out(con: DuckDBPyConnection) -> None:
    for nr in range(60):
        afgehandeld(
            con,
            f"K2024-{nr + 1:04d}",
            date(2024, 1, 1) + timedelta(days=5 * nr),
            categorie=("privacy", "resultaat")[nr % 2],
        )
    for nr in range(300):
        categorie = "bereikbaarheid" if nr % 2 else ("privacy", "resultaat", "financieel")[nr % 3]
        afgehandeld(con, f"K2025-{nr + 1:04d}", date(2025, 1, 1) + timedelta(days=nr), categorie=categorie)
    trajecten(con, j2024={"weert": 1000}, j2025={"weert": 1000})
    beeld = beeld_van(con)
    opvallend = [b.zin for b in beeld.bevindingen if b.opvallend]
    assert any(zin.startswith("Bereikbaarheid: van 0 naar 150 klachten, meer dan door toeval") for zin in opvallend)
    assert any(
        "meer dan door toeval is te verklaren" in zin and zin.startswith("Per 100 trajecten") for zin in opvallend
    )
    assert "50% (150 van de 300 klachten)" in zinnen(beeld, "categorieen")


def test_a_renamed_category_is_compared_under_its_name_of_today(con: DuckDBPyConnection) -> None:
    from dataclasses import replace

    keuzes = tuple(
        replace(k, geldig_tot=date(2024, 12, 31), opgevolgd_door="afspraken") if k.id == "bereikbaarheid" else k
        for k in COULANT.categorieen
    )
    nieuw = replace(COULANT, categorieen=keuzes)
    afgehandeld(con, "K2024-0001", date(2024, 5, 1), categorie="bereikbaarheid")
    afgehandeld(con, "K2025-0001", date(2025, 5, 1), categorie="afspraken")
    beeld = jaarbeeld(con, 2025, OUDJAAR, reglement=nieuw)
    regel = beeld.categorieen.set_index("categorie").loc["afspraken"]
    assert (regel["klachten"], regel["vorig"]) == (1, 1)
    assert "bereikbaarheid" not in beeld.categorieen["categorie"].tolist()
    assert jaarbeeld(con, 2024, OUDJAAR, reglement=nieuw).gewijzigde_categorieen == ("Bereikbaarheid",)


# --- through the real handelingen ------------------------------------------------------------------------------------


def test_the_story_of_a_reopened_klacht_is_told(register: Register) -> None:
    play(register, load(MAP / "stap_15_oordeel_heropent.toml"))
    with register.cursor() as cursor:
        beeld = beeld_van(cursor, 2026, date(2026, 12, 31))
    assert "In 2026 is 1 keer een klacht heropend." in zinnen(beeld, "stroom")
    assert (
        zinnen(beeld, "geschillen")
        == "1 keer was de indiener het niet eens met de afhandeling: 1 beoordeeld als gegrond."
    )
    assert (beeld.maatregelen.totaal, beeld.maatregelen.op_tijd) == (2, 2)
    assert beeld.categorie_uitkomst[["naam", "einde", "klachten"]].to_numpy().tolist() == [
        ["Afspraken", "afgesloten", 1]
    ]
