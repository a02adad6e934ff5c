"""The chart that fits, the rule that fired in words, and what was seen after a verbeteractie (statistiek 5 and 7)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from duckdb import DuckDBPyConnection

from klachten import reglement
from klachten.analyse.basis.selectie import Filter
from klachten.analyse.opvolging.verbetering import voor_en_na
from klachten.analyse.signalen.signalen import signalen
from tests.kengetallenproef import trajecten
from tests.termijnproef import Feit, feiten_van, leg_vast


def vul(con: DuckDBPyConnection, dagen: list[date], **velden: str) -> None:
    al = con.execute("SELECT count(*) FROM klacht").fetchall()[0][0]
    feiten: list[Feit] = []
    for nr, dag in enumerate(dagen, start=al + 1):
        feiten += feiten_van(f"K{dag.year}-{nr:04d}", dag, **velden)
    leg_vast(con, feiten)


def test_without_klachten_there_is_no_chart(con: DuckDBPyConnection) -> None:
    s = signalen(con, peildatum=date(2025, 12, 31))
    assert s.punten.empty
    assert s.bevindingen[0].zin == "Er is nog geen hele maand met klachten: er is nog niets te tekenen."


def test_few_klachten_get_a_chart_of_the_days_between_them_and_one_verdict(con: DuckDBPyConnection) -> None:
    dagen = [date(2025, 1, 1) + timedelta(days=d) for d in (0, 12, 20, 35, 44, 60, 71, 80)]
    vul(con, [*dagen, date(2025, 11, 20)])
    s = signalen(con, peildatum=date(2025, 12, 31))
    assert s.keuze.soort == "t"
    assert s.soort == "dagen tussen klachten"
    assert len(s.punten) == 8
    assert s.punten["wanneer"].iloc[-1] == "20 november 2025"
    # Eight in the first three months, one in the nine after: a shift, dated to its month, never called lasting.
    assert s.oordeel.opvallend
    assert s.bevindingen[0].zin == (
        "Vanaf april 2025 kwamen er minder klachten binnen dan daarvoor, en dat past niet bij toeval: gemiddeld 0,1 "
        "per maand, daarvoor 2,7."
    )
    assert s.bevindingen[1].zin == (
        "Gekeken is per maand, niet per traject: van een van de jaren is het aantal trajecten niet volledig ingevuld."
    )
    assert not s.punten["buiten"].any(), "a shift is no point"
    assert "blijvend" not in " ".join(b.zin for b in s.bevindingen)


def test_two_klachten_on_one_day_alarm_nobody(con: DuckDBPyConnection) -> None:
    """A pair on one day in eleven otherwise regular months."""
    vul(con, [*(date(2025, maand, 10) for maand in range(1, 13)), date(2025, 5, 10)])
    s = signalen(con, peildatum=date(2025, 12, 31))
    assert s.keuze.soort == "t"
    assert 0 in s.punten["waarde"].tolist()
    assert not s.punten["buiten"].any()
    assert (s.punten["onder"] == 0).all()
    assert [b.opvallend for b in s.bevindingen] == [False, False]
    assert s.bevindingen[0].zin == (
        "De schommelingen per maand passen bij toeval (januari 2025 tot en met december 2025)."
    )


def test_more_klachten_get_a_rate_where_the_trajecten_are_known(con: DuckDBPyConnection) -> None:
    maanden = [(jaar, maand) for jaar in (2023, 2024, 2025) for maand in range(1, 13)]
    vul(con, [date(*m, 1 + dag) for m in maanden for dag in range(25 if m == (2025, 9) else 6)])
    trajecten(con, j2023={"weert": 1200}, j2024={"weert": 1200}, j2025={"weert": 1200})
    s = signalen(con, peildatum=date(2025, 12, 31), reglement=reglement.load("coulant"))
    assert s.keuze.soort == "u"
    assert s.bevindingen[0].zin.startswith(
        "In september 2025 kwamen er gerekend naar het aantal trajecten meer klachten binnen dan bij toeval past: 25, "
        "waar ongeveer 6,4 te verwachten was."
    )
    assert s.punten.loc[s.punten["buiten"], "wanneer"].tolist() == ["september 2025"]
    # The limits go with the verdict: of the months that are not marked none lies outside them.
    rest = s.punten[~s.punten["buiten"].astype(bool)]
    assert ((rest["waarde"] >= rest["onder"]) & (rest["waarde"] <= rest["boven"])).all()
    kwartalen = signalen(con, peildatum=date(2025, 12, 31), periode="kwartaal", maanden=12)
    assert len(kwartalen.punten) == 4
    assert kwartalen.bevindingen[0].zin == (
        "Met 91 klachten in 4 kwartalen is niet te zeggen of er iets veranderde: nodig zijn ten minste 5 klachten en 8 "
        "kwartalen."
    )
    # A month that is not over does not count.
    assert len(signalen(con, peildatum=date(2025, 12, 30)).punten) == 35
    with pytest.raises(ValueError, match="Kies maand of kwartaal"):
        signalen(con, peildatum=date(2025, 12, 31), periode="week")


def test_without_the_trajecten_of_one_vestiging_the_picture_is_of_days_and_says_so(con: DuckDBPyConnection) -> None:
    vul(con, [date(2025, maand, 1 + dag) for maand in range(1, 13) for dag in range(6)])
    trajecten(con, andere=None, j2025={"weert": 1200})
    coulant = reglement.load("coulant")
    s = signalen(con, peildatum=date(2025, 12, 31), reglement=coulant)
    assert (s.keuze.soort, s.oordeel.per_traject) == ("c", False)
    assert s.bevindingen[-1].zin.startswith("Gekeken is per maand, niet per traject")
    trajecten(con, andere=None, j2025={"utrecht": 0, "eindhoven": 0})
    s = signalen(con, peildatum=date(2025, 12, 31), reglement=coulant)
    assert (s.keuze.soort, s.oordeel.per_traject) == ("u", True)


def test_a_year_with_more_trajecten_is_no_change(con: DuckDBPyConnection) -> None:
    """Twice the trajecten and twice the klachten: per month a shift, per traject nothing."""
    dagen = [date(2024, m, 1 + d) for m in range(1, 13) for d in range(4)]
    vul(con, [*dagen, *(date(2025, m, 1 + d) for m in range(1, 13) for d in range(8))])
    coulant = reglement.load("coulant")
    assert signalen(con, peildatum=date(2025, 12, 31), reglement=coulant).oordeel.opvallend
    trajecten(con, j2024={"weert": 600}, j2025={"weert": 1200})
    s = signalen(con, peildatum=date(2025, 12, 31), reglement=coulant)
    assert (s.oordeel.opvallend, s.oordeel.per_traject) == (False, True)


def test_chance_fires_nothing(con: DuckDBPyConnection) -> None:
    vul(con, [date(2025, maand, 1 + dag) for maand in range(1, 13) for dag in range(6 + maand % 3)])
    s = signalen(con, peildatum=date(2025, 12, 31))
    assert s.keuze.soort == "c"
    assert s.bevindingen[0].zin.startswith("De schommelingen per maand passen bij toeval")


def test_who_looks_per_categorie_looks_at_one_family(con: DuckDBPyConnection) -> None:
    """Privacy alone would pass by itself; of fourteen pictures it does not, and the reader is told."""
    vul(con, [date(2025, m, 1 + d) for m in range(1, 13) for d in range(2 if m > 6 else 0)], categorie="privacy")
    for categorie in ("afspraken", "resultaat", "dossier"):
        vul(con, [date(2025, m, 3) for m in range(1, 13)], categorie=categorie)
    s = signalen(con, peildatum=date(2025, 12, 31), filter=Filter(categorie="privacy"))
    assert s.familie.startswith("Dit is een van 5 grafieken die u zo kunt bekijken")
    # Months before its first klacht are months without one, not months that are not there.
    assert s.oordeel.oordeel.soort == "verschuiving"
    assert s.oordeel.opvallend
    rustig = signalen(con, peildatum=date(2025, 12, 31), filter=Filter(categorie="afspraken"))
    assert not rustig.oordeel.opvallend


# --- before and after a verbeteractie --------------------------------------------------------------------------------


def actie(con: DuckDBPyConnection, categorie: str = "privacy", uitgevoerd_op: date = date(2024, 12, 31)) -> None:
    wat = {"verbeteractie": 1, "actienemer": "dirk", "categorie": categorie, "uiterlijk_op": "2024-12-31"}
    op = min(date(2024, 2, 1), uitgevoerd_op)
    leg_vast(
        con,
        [
            ("E2024-0001", "EvaluatieGehouden", op, {"jaar": 2023, "directieleden": ["carla"]}),
            ("E2024-0001", "VerbeteractieBepaald", op, wat),
            ("E2024-0001", "VerbeteractieUitgevoerd", uitgevoerd_op, {"verbeteractie": 1}),
        ],
    )


def test_after_a_verbeteractie_the_change_is_observed_against_the_year_evaluated(con: DuckDBPyConnection) -> None:
    vul(con, [date(2023, 3, 1 + d) for d in range(8)], categorie="privacy")
    vul(con, [date(2025, 3, 1 + d) for d in range(2)], categorie="privacy")
    for categorie in ("afspraken", "resultaat"):
        vul(con, [date(jaar, 6, 1 + d) for jaar in (2023, 2024, 2025) for d in range(3)], categorie=categorie)
    trajecten(con, j2023={"weert": 100}, j2024={"weert": 100}, j2025={"weert": 200})
    actie(con)
    (v,) = voor_en_na(con, peildatum=date(2025, 12, 31), reglement=reglement.load("coulant"))
    assert (v.naam, v.voor, v.na, v.dagen_na) == ("Privacy", 8, 2, 365)
    assert (v.trajecten_voor, v.trajecten_na) == (100, 200.0)
    assert v.uitkomst is not None
    assert v.uitkomst.ratio.ratio == pytest.approx((2 / 200) / (8 / 100))
    # All eleven categorieen in 2023, the chosen one included: 8, 3, 3 and eight times 0 of 100 trajecten each.
    mu = 14 / 1100
    extra = ((8 - 100 * mu) ** 2 + 2 * (3 - 100 * mu) ** 2 + 8 * (100 * mu) ** 2 - 1100 * mu) / (11 * 100**2)
    k = mu**2 / extra
    assert v.uitkomst.eb_verwacht == pytest.approx((k + 8) / (k / mu + 100) * 200)
    assert v.uitkomst.eb_verwacht < 16, "less than the year it was chosen for: what was high by chance falls by itself"
    assert v.zin.startswith(
        "Waargenomen verandering: van 8 naar 2 klachten; per traject een daling, van 8 op 100 naar 2 op 200 trajecten."
    )
    # Ten or so were expected all the same, of which 2 is less than chance: the words follow from that, not from 8.
    assert v.valt_op
    assert v.uitkomst.kans_hoogstens is not None
    assert v.uitkomst.kans_hoogstens <= 0.025
    assert v.zin.endswith("Vergeleken zijn 2023 en de tijd na de uitvoering, tot en met 31 december 2025.")


def test_without_trajecten_nothing_is_said_about_a_verbeteractie(con: DuckDBPyConnection) -> None:
    vul(con, [date(2023, 3, 1)], categorie="privacy")
    trajecten(con, j2023={"weert": 100})
    actie(con)
    (v,) = voor_en_na(con, peildatum=date(2025, 12, 31))
    assert v.uitkomst is None
    assert v.zin == "Niet te vergelijken: aantal trajecten niet ingevuld (2025)."
    # Of a vestiging without any klacht it is needed too.
    trajecten(con, andere=None, j2025={"weert": 100})
    (v,) = voor_en_na(con, peildatum=date(2025, 12, 31), reglement=reglement.load("coulant"))
    assert v.zin == "Niet te vergelijken: aantal trajecten niet ingevuld voor Eindhoven en Utrecht (2025)."


def test_in_a_running_year_what_is_known_is_compared_up_to_the_last_day_of_the_year_before(
    con: DuckDBPyConnection,
) -> None:
    vul(con, [date(2023, 3, 1 + d) for d in range(8)], categorie="privacy")
    vul(con, [date(2025, 9, 1), date(2026, 2, 1), date(2026, 3, 1)], categorie="privacy")
    trajecten(con, j2023={"weert": 100}, j2024={"weert": 100}, j2025={"weert": 365})
    actie(con, uitgevoerd_op=date(2025, 6, 30))
    (v,) = voor_en_na(con, peildatum=date(2026, 5, 1), reglement=reglement.load("coulant"))
    # The klachten of 2026 wait for the trajecten of 2026.
    assert (v.voor, v.na, v.na_tot, v.dagen_na) == (8, 1, date(2025, 12, 31), 184)
    assert v.trajecten_na == pytest.approx(184.0)
    assert v.uitkomst is not None
    assert v.zin.endswith("De trajecten van 2025 zijn daarvoor gelijk over het jaar verdeeld.")


def test_when_nothing_can_be_compared_yet_it_says_by_when(con: DuckDBPyConnection) -> None:
    vul(con, [date(2023, 3, 1 + d) for d in range(8)], categorie="privacy")
    vul(con, [date(2026, 2, 1)], categorie="privacy")
    # The number of a running year is that of the whole year: it is no exposure yet.
    trajecten(con, j2023={"weert": 100}, j2026={"weert": 100})
    actie(con, uitgevoerd_op=date(2026, 1, 10))
    (v,) = voor_en_na(con, peildatum=date(2026, 5, 1))
    assert (v.voor, v.na, v.uitkomst) == (8, 1, None)
    assert v.zin == (
        "Nog niet te zeggen. Dat kan zodra 2026 om is en het aantal trajecten van dat jaar voor elke vestiging is "
        "ingevuld."
    )


def test_of_an_evaluation_of_the_running_year_what_came_after_the_action_does_not_count_before_it(
    con: DuckDBPyConnection,
) -> None:
    """12 in the year, 6 of them after the action: before is 6, not 12."""
    vul(con, [date(2023, maand, 5) for maand in range(1, 13)], categorie="privacy")
    trajecten(con, j2023={"weert": 365})
    actie(con, uitgevoerd_op=date(2023, 6, 30))
    (v,) = voor_en_na(con, peildatum=date(2023, 12, 31), reglement=reglement.load("coulant"))
    assert (v.voor, v.voor_tot, v.na, v.na_tot) == (6, date(2023, 6, 30), 6, date(2023, 12, 31))
    assert (v.trajecten_voor, v.trajecten_na) == (pytest.approx(181.0), pytest.approx(184.0))
    assert "2023 tot en met 30 juni 2023" in v.zin
    # The same number before and after is what was to be expected, whatever the ratio by itself would say.
    assert not v.valt_op


def test_a_verbeteractie_of_today_has_no_after_yet(con: DuckDBPyConnection) -> None:
    vul(con, [date(2023, 3, 1)], categorie="privacy")
    actie(con, uitgevoerd_op=date(2025, 12, 31))
    assert (
        voor_en_na(con, peildatum=date(2025, 12, 31))[0].zin
        == "Nog niet te zeggen: de verbeteractie is pas uitgevoerd."
    )
    assert voor_en_na(con, peildatum=date(2025, 12, 30)) == ()
