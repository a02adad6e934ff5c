"""The picture of a year: right with 0, 1, 7 and 300 klachten, and each sentence follows from a figure (step 16)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from duckdb import DuckDBPyConnection

from klachten.analyse.basis.kengetallen import kengetal
from klachten.analyse.basis.selectie import Filter
from klachten.analyse.jaar.beeld import Jaarbeeld
from klachten.analyse.jaar.jaarbeeld import jaarbeeld
from klachten.analyse.termijnen.wachttijd import doorlooptijd
from klachten.register import Register
from tests.kengetallenproef import trajecten
from tests.termijnproef import Feit, feiten_van, leg_vast, voeg_toe
from tests.verhalen import MAP, load, play
from tests.voorbeeldfirma import COULANT

OUDJAAR = date(2025, 12, 31)


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
    leg_vast(con, van_afgehandeld(nummer, dag, **velden))


def van_afgehandeld(nummer: str, dag: date, **velden: object) -> list[Feit]:
    return feiten_van(
        nummer, dag, stap_05_op=dag + timedelta(days=7), stap_08_op=dag + timedelta(days=14),
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
    # Eindhoven had no traject that year: no rate, and no 0 either.
    per = beeld.intensiteit_per_vestiging.set_index("naam")
    assert per["per_100"].dropna().round(6).to_dict() == {"Utrecht": 1.25, "Weert": 5.0}
    assert per.loc["Eindhoven", ["trajecten", "opmerking"]].tolist() == [0, "er waren geen trajecten"]
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
    d = beeld.doorlooptijden["afsluiting"]
    assert (d.n, d.gebeurtenissen, d.anders, d.lopend) == (7, 5, {"niet in behandeling": 1}, 1)
    # After the notice on day 24 six of seven are left; on day 30 five of them end: 6/7 * 5/6 of all.
    assert d.mediaan == 30.0
    assert d.curve["kans"].iloc[-1] == pytest.approx(5 / 7)


def test_the_sentences_about_seven_klachten_make_no_verdict_that_chance_could_explain(
    zeven: DuckDBPyConnection,
) -> None:
    beeld = beeld_van(zeven)
    assert zinnen(beeld, "intensiteit") == (
        "In 2025 zijn 7 klachten ontvangen; in 2024 waren dat er 3. Per 100 trajecten waren er 3,5 klachten, "
        "in 2024 3,0: te weinig om toeval uit te sluiten. Na 3 klachten kan een daling niet opvallen: ook 0 kan "
        f"toeval zijn; een stijging zou pas opvallen bij {beeld.vergelijking.waarneembaar.stijging_vanaf} of meer."
    )
    categorieen = zinnen(beeld, "categorieen")
    assert categorieen.startswith(
        "Het vaakst genoemd: Afspraken, 4 van de 7 klachten. Welke categorie de grootste is, kan"
    )
    assert "Geen enkele categorie verschilt van 2024, per traject, meer dan toeval kan verklaren." in zinnen(
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
    assert (
        "Het aantal trajecten van 2024 is niet volledig ingevuld (aantal trajecten niet ingevuld voor Weert); "
        "vergelijken kan dan niet." in zinnen(beeld, "intensiteit")
    )
    assert beeld.intensiteit.set_index("jaar").loc[2024, "opmerking"] == "aantal trajecten niet ingevuld voor Weert"
    assert beeld.categorieen["p_holm"].isna().all()


def test_a_vestiging_without_klachten_must_have_its_trajecten_entered_too(con: DuckDBPyConnection) -> None:
    """Of 2025 only Weert is entered: 8 klachten of 50 trajecten is no rate of the firm, and no rise either."""
    for jaar, n in ((2024, 8), (2025, 8)):
        for nr in range(n):
            afgehandeld(con, f"K{jaar}-{nr + 1:04d}", date(jaar, 3, 1 + nr))
    trajecten(con, j2024={"weert": 50, "utrecht": 100, "eindhoven": 50})
    trajecten(con, andere=None, j2025={"weert": 50})
    beeld = beeld_van(con)
    nu = beeld.intensiteit.set_index("jaar").loc[2025]
    assert nu["per_100"] is None or nu["per_100"] != nu["per_100"]
    assert nu["opmerking"] == "aantal trajecten niet ingevuld voor Eindhoven en Utrecht"
    assert beeld.vergelijking.ratio is None
    assert beeld.trend is None
    assert "Per 100 trajecten" not in zinnen(beeld, "intensiteit")
    # One vestiging by itself is known, and is compared by itself.
    assert beeld_van(con, vestiging="weert").vergelijking.trajecten == 50
    # 0 entered is 0: now the year is known.
    trajecten(con, andere=None, j2025={"utrecht": 0, "eindhoven": 0})
    assert beeld_van(con).intensiteit.set_index("jaar").loc[2025, "per_100"] == pytest.approx(16.0)


def test_a_vestiging_that_did_not_exist_yet_needs_no_trajecten(con: DuckDBPyConnection) -> None:
    from dataclasses import replace

    vestigingen = tuple(
        replace(k, geldig_vanaf=date(2025, 7, 1)) if k.id == "eindhoven" else k for k in COULANT.vestigingen
    )
    nieuw = replace(COULANT, vestigingen=vestigingen)
    afgehandeld(con, "K2024-0001", date(2024, 5, 1))
    trajecten(con, andere=None, j2024={"weert": 10, "utrecht": 10}, j2025={"weert": 10, "utrecht": 10})
    per_jaar = jaarbeeld(con, 2025, OUDJAAR, reglement=nieuw).intensiteit.set_index("jaar")
    assert (per_jaar.loc[2024, "trajecten"], per_jaar.loc[2025, "trajecten"]) == (20, None)


def test_a_year_in_which_nobody_had_a_traject_is_not_compared(con: DuckDBPyConnection) -> None:
    afgehandeld(con, "K2024-0001", date(2024, 5, 1))
    trajecten(con, j2024={"weert": 100}, j2025={"weert": 0})
    beeld = beeld_van(con)
    assert "In 2025 waren er geen trajecten; vergelijken kan dan niet." in zinnen(beeld, "intensiteit")


def test_before_the_register_there_is_no_nought(con: DuckDBPyConnection) -> None:
    afgehandeld(con, "K2025-0001", date(2025, 5, 1))
    beeld = beeld_van(con)
    assert (beeld.vergelijking.klachten_vorig, beeld.stroom_vorig, beeld.geschillen_vorig) == (None, None, None)
    assert set(beeld.categorieen["vorig"]) == {None}
    assert set(beeld.kanalen["vorig"]) == {None}
    assert beeld.intensiteit.set_index("jaar").loc[2024, "klachten"] is None
    eerder = beeld_van(con, jaar=2023)
    assert eerder.bevindingen[0].zin == "Over 2023 staat er niets in het register: het begint in 2025."
    # A finer choice does not make the register any younger.
    afgehandeld(con, "K2023-0001", date(2023, 5, 1), categorie="privacy")
    assert beeld_van(con, categorie="bejegening").vergelijking.klachten_vorig == 0


@pytest.mark.parametrize(
    ("dubbel", "zin"),
    [
        (1, "Van de 2 klachten die in 2025 binnenkwamen, is er 1 later vervallen"),
        (2, "Van de 3 klachten die in 2025 binnenkwamen, zijn er 2 later vervallen"),
    ],
)
def test_a_double_entry_is_said_where_the_count_and_the_flow_differ(
    con: DuckDBPyConnection, dubbel: int, zin: str
) -> None:
    afgehandeld(con, "K2025-0001", date(2025, 5, 1))
    for nr in range(dubbel):
        op = date(2025, 5, 2)
        voeg_toe(con, f"K2025-001{nr}", op, vervallen_op=op)
    beeld = beeld_van(con)
    assert (beeld.klachten, beeld.stroom.ontvangen, beeld.buiten_telling) == (1, 1 + dubbel, dubbel)
    assert zin in zinnen(beeld, "stroom")


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
    with pytest.raises(ValueError, match="2026 begint pas na de peildatum 31 december 2025"):
        jaarbeeld(con, 2026, OUDJAAR)


def test_without_a_reglement_ids_stand_in_for_names(zeven: DuckDBPyConnection) -> None:
    beeld = jaarbeeld(zeven, 2025, OUDJAAR)
    assert beeld.categorieen["naam"].tolist() == ["afspraken", "bejegening", "privacy"]


def test_half_of_a_year_with_other_ends_is_half_of_all_klachten(con: DuckDBPyConnection) -> None:
    """11 of 25 were closed (44 %), 14 withdrawn, nothing is open: half was never closed. 1-KM said: within 30 days."""
    feiten: list[Feit] = []
    for nr in range(11):
        feiten += van_afgehandeld(f"K2025-{nr + 1:04d}", date(2025, 1, 1 + nr))
    for nr in range(14):
        op = date(2025, 2, 1 + nr)
        feiten += feiten_van(f"K2025-1{nr:03d}", op, stap_05_op=op, ingetrokken_op=op + timedelta(days=10))
    leg_vast(con, feiten)
    d = beeld_van(con).doorlooptijden["afsluiting"]
    assert (d.n, d.gebeurtenissen, d.anders, d.lopend) == (25, 11, {"ingetrokken": 14}, 0)
    assert d.mediaan == float("inf")
    assert d.zin(2025) == (
        "Van de klachten uit 2025 is minder dan de helft afgesloten: 44% (11 van de 25). De andere zijn anders "
        "geëindigd: 14 ingetrokken."
    )


def test_a_closing_without_acknowledgement_is_no_klacht_that_still_waits_for_one() -> None:
    """4 of 10 acknowledged, 6 closed without: half never was. As klachten that still wait: half within 3 days."""
    einden = [("bevestigd", 3, 4), ("afgesloten", 1, 6)]
    rijen = [
        {"maat": "bevestiging", "dagen": dagen, "einde": einde, "instap": None, "klachten": n}
        for einde, dagen, n in einden
    ]
    d = doorlooptijd(rijen, "bevestiging")
    assert (d.gebeurtenissen, d.anders, d.lopend, d.mediaan) == (4, {"afgesloten": 6}, 0, float("inf"))
    assert d.zin(2025) == (
        "Van de klachten uit 2025 is minder dan de helft bevestigd: 40% (4 van de 10). De andere zijn anders "
        "geëindigd: 6 zonder bevestiging afgesloten."
    )
    assert d.telling() == "Over 10 klachten: 4 bevestigd en 6 zonder bevestiging afgesloten."


@pytest.mark.parametrize(
    ("dagen", "woorden"), [(0, "op de dag van ontvangst"), (1, "binnen 1 dag"), (2, "binnen 2 dagen")]
)
def test_half_within_days_reads_well_at_every_number(dagen: int, woorden: str) -> None:
    rijen = [{"maat": "afsluiting", "dagen": dagen, "einde": "afgesloten", "instap": None, "klachten": 6}]
    assert (
        doorlooptijd(rijen, "afsluiting")
        .zin(2025)
        .startswith(f"De helft van alle klachten uit 2025 is {woorden} afgesloten (rekening houdend met toeval: ")
    )


# --- many ------------------------------------------------------------------------------------------------------------


def test_a_category_that_rose_beyond_chance_stands_out(con: DuckDBPyConnection) -> None:
    feiten: list[Feit] = []
    for nr in range(60):
        dag = date(2024, 1, 1) + timedelta(days=5 * nr)
        feiten += van_afgehandeld(f"K2024-{nr + 1:04d}", dag, categorie=("privacy", "resultaat")[nr % 2])
    for nr in range(300):
        categorie = "bereikbaarheid" if nr % 2 else ("privacy", "resultaat", "financieel")[nr % 3]
        feiten += van_afgehandeld(f"K2025-{nr + 1:04d}", date(2025, 1, 1) + timedelta(days=nr), categorie=categorie)
    leg_vast(con, feiten)
    trajecten(con, j2024={"weert": 1000}, j2025={"weert": 1000})
    beeld = beeld_van(con)
    opvallend = [b.zin for b in beeld.bevindingen if b.opvallend]
    assert any(
        zin.startswith("Bereikbaarheid: van 0 naar 150 klachten, per traject meer dan door toeval") for zin in opvallend
    )
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
