"""The chart that fits, the rule that fired in words, and what was seen after a verbeteractie (statistiek 5 and 7)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from duckdb import DuckDBPyConnection

from klachten.analyse.basis.selectie import Filter
from klachten.analyse.opvolging.verbetering import voor_en_na
from klachten.analyse.signalen.signalen import signalen
from tests.kengetallenproef import VESTIGINGEN, trajecten
from tests.termijnproef import Feit, feiten_van, leg_vast
from tests.voorbeeldfirma import COULANT


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
    s = signalen(con, peildatum=date(2025, 12, 31), reglement=COULANT)
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
    coulant = COULANT
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
    coulant = COULANT
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


def actie(
    con: DuckDBPyConnection, *categorieen: str, uitgevoerd_op: date = date(2024, 12, 31), jaar: int = 2023, nr: int = 1
) -> None:
    """Evaluate a year and carry out one verbeteractie for each categorie, privacy when none is named."""
    op, nummer = min(date(jaar + 1, 2, 1), uitgevoerd_op), f"E{jaar + 1}-000{nr}"
    feiten = [(nummer, "EvaluatieGehouden", op, {"jaar": jaar, "directieleden": ["carla"]})]
    for volg, categorie in enumerate(categorieen or ("privacy",), start=1):
        wat = {"verbeteractie": volg, "actienemer": "dirk", "categorie": categorie, "uiterlijk_op": "2024-12-31"}
        feiten.append((nummer, "VerbeteractieBepaald", op, wat))
        feiten.append((nummer, "VerbeteractieUitgevoerd", uitgevoerd_op, {"verbeteractie": volg}))
    leg_vast(con, feiten)


def test_after_a_verbeteractie_the_change_is_observed_against_the_year_evaluated(con: DuckDBPyConnection) -> None:
    vul(con, [date(2023, 3, 1 + d) for d in range(8)], categorie="privacy")
    vul(con, [date(2025, 3, 1 + d) for d in range(2)], categorie="privacy")
    for categorie in ("afspraken", "resultaat"):
        vul(con, [date(jaar, 6, 1 + d) for jaar in (2023, 2024, 2025) for d in range(3)], categorie=categorie)
    trajecten(con, j2023={"weert": 100}, j2024={"weert": 100}, j2025={"weert": 200})
    actie(con)
    (v,) = voor_en_na(con, peildatum=date(2025, 12, 31), reglement=COULANT)
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
    (v,) = voor_en_na(con, peildatum=date(2025, 12, 31), reglement=COULANT)
    assert v.zin == "Niet te vergelijken: aantal trajecten niet ingevuld voor Eindhoven en Utrecht (2025)."


HEEL = " Alleen hele perioden waarvan het aantal trajecten is ingevuld tellen mee."
"""What is said where days are left out."""


def test_what_was_entered_for_the_quarters_is_what_is_compared(con: DuckDBPyConnection) -> None:
    """A busy quarter before the action and three quiet ones after it: 90 trajecten, and no drop."""
    for vestiging in VESTIGINGEN:
        vul(con, [date(2025, maand, 5) for maand in range(1, 13, 3)], categorie="privacy", vestiging=vestiging)
    vul(con, [date(2025, 1, 9 + d) for d in range(8)], categorie="afspraken")
    vul(con, [date(2026, maand, 5) for maand in (5, 6, 7, 10)], categorie="privacy")
    trajecten(con, andere=40, j2025={})
    trajecten(con, andere=100, j2026k1={})
    trajecten(con, andere=10, j2026k2={}, j2026k3={})
    actie(con, uitgevoerd_op=date(2026, 3, 31), jaar=2025)
    coulant = COULANT
    (v,) = voor_en_na(con, peildatum=date(2026, 10, 31), reglement=coulant)
    # The fourth quarter is not over: what came in it waits.
    assert (v.voor, v.trajecten_voor, v.na, v.trajecten_na) == (12, 120, 3, 60)
    assert (v.na_van, v.na_tot, v.dagen_na) == (date(2026, 4, 1), date(2026, 9, 30), 183)
    assert v.zin.endswith(f"Vergeleken zijn 2025 en de tijd na de uitvoering, tot en met 30 september 2026.{HEEL}")
    trajecten(con, andere=10, j2026k4={})
    (v,) = voor_en_na(con, peildatum=date(2027, 2, 1), reglement=coulant)
    assert (v.na, v.trajecten_na, v.na_tot) == (4, 90, date(2026, 12, 31))
    assert v.uitkomst is not None
    assert v.uitkomst.eb_verwacht == pytest.approx(8, abs=1)
    assert not v.valt_op
    assert "past bij toeval" in v.zin
    assert "verdeeld" not in v.zin


def test_a_day_within_an_entered_period_is_no_edge(con: DuckDBPyConnection) -> None:
    vul(con, [date(2023, 3, 1 + d) for d in range(8)], categorie="privacy")
    vul(con, [date(2025, 9, 1), date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1)], categorie="privacy")
    trajecten(con, j2023={"weert": 100}, j2024={"weert": 100}, j2025={"weert": 365})
    actie(con, uitgevoerd_op=date(2025, 6, 30))
    coulant = COULANT
    (v,) = voor_en_na(con, peildatum=date(2026, 5, 1), reglement=coulant)
    assert v.uitkomst is None, "half of the trajecten of 2025 is a guess"
    assert v.zin == (
        "Nog niet te zeggen. Dat kan zodra het aantal trajecten van een hele periode na de uitvoering voor elke "
        "vestiging is ingevuld: de maand vanaf 1 juli 2025, het kwartaal vanaf 1 juli 2025 of het jaar vanaf 1 januari "
        "2026."
    )
    # What was entered for the months of 2026 can be compared up to the last one that is over; 2025 is left out.
    trajecten(con, j2026m01={"weert": 10}, j2026m02={"weert": 20}, j2026m03={"weert": 30}, j2026m04={"weert": 40})
    (v,) = voor_en_na(con, peildatum=date(2026, 4, 20), reglement=coulant)
    assert (v.na, v.na_van, v.na_tot, v.trajecten_na) == (2, date(2026, 1, 1), date(2026, 3, 31), 60)
    assert v.zin.endswith(f"Vergeleken zijn 2023 en de tijd vanaf 1 januari 2026 tot en met 31 maart 2026.{HEEL}")
    # Of one vestiging a month is missing: up to there.
    con.execute("DELETE FROM trajecten WHERE vanaf = DATE '2026-03-01' AND vestiging = 'utrecht'")
    (v,) = voor_en_na(con, peildatum=date(2026, 4, 20), reglement=coulant)
    assert (v.na, v.na_tot, v.trajecten_na) == (1, date(2026, 2, 28), 30)


def test_when_nothing_can_be_compared_yet_it_says_by_when(con: DuckDBPyConnection) -> None:
    vul(con, [date(2023, 3, 1 + d) for d in range(8)], categorie="privacy")
    vul(con, [date(2026, 2, 1)], categorie="privacy")
    # The number of a running year is that of the whole year: it is no exposure yet.
    trajecten(con, j2023={"weert": 100}, j2026={"weert": 100})
    actie(con, uitgevoerd_op=date(2026, 1, 10))
    (v,) = voor_en_na(con, peildatum=date(2026, 5, 1))
    assert (v.voor, v.na, v.uitkomst) == (8, 1, None)
    assert v.zin.endswith(
        "de maand vanaf 1 februari 2026, het kwartaal vanaf 1 april 2026 of het jaar vanaf 1 januari 2027."
    )


def test_of_an_evaluation_of_the_running_year_what_came_after_the_action_does_not_count_before_it(
    con: DuckDBPyConnection,
) -> None:
    """12 in the year, 6 of them after the action: before is 6, not 12."""
    vul(con, [date(2023, maand, 5) for maand in range(1, 13)], categorie="privacy")
    trajecten(con, j2022={"weert": 200}, j2023={"weert": 200})
    actie(con, uitgevoerd_op=date(2023, 6, 30))
    coulant = COULANT
    (v,) = voor_en_na(con, peildatum=date(2023, 12, 31), reglement=coulant)
    assert (v.voor, v.voor_tot, v.na, v.na_tot) == (6, date(2023, 6, 30), 6, date(2023, 12, 31))
    assert v.zin == (
        "Niet te vergelijken: voor de uitvoering op 30 juni 2023 is er in 2023 geen heel jaar, kwartaal of hele maand "
        "waarvan het aantal trajecten voor elke vestiging is ingevuld."
    )
    trajecten(con, **{f"j2023k{nr}": {"weert": 50} for nr in (1, 2, 3, 4)})
    (v,) = voor_en_na(con, peildatum=date(2023, 12, 31), reglement=coulant)
    assert (v.voor, v.na, v.trajecten_voor, v.trajecten_na) == (6, 6, 100, 100)
    assert v.zin.endswith(
        "Vergeleken zijn 2023 tot en met 30 juni 2023 en de tijd na de uitvoering, tot en met 31 december 2023."
    )
    # The same number before and after is what was to be expected, whatever the ratio by itself would say.
    assert not v.valt_op


def test_verbeteracties_are_judged_together_whichever_is_shown(con: DuckDBPyConnection) -> None:
    """Each by itself would be less than chance; of three at once the words say that it can be."""
    coulant, namen = COULANT, ("privacy", "afspraken", "resultaat")
    for jaar in (2023, 2025):
        vul(con, [date(jaar, 3, 1 + d) for d in range(9 if jaar == 2023 else 1)], categorie="privacy")
    vul(con, [date(2023, 6, 1 + d) for d in range(5)], categorie="afspraken")
    vul(con, [date(2025, 6, 1 + d) for d in range(4)], categorie="afspraken")
    vul(con, [date(2023, 7, 1 + d) for d in range(5)], categorie="resultaat")
    vul(con, [date(2025, 7, 1 + d) for d in range(5)], categorie="resultaat")
    trajecten(con, j2023={"weert": 100}, j2024={"weert": 100}, j2025={"weert": 100})
    actie(con)
    (alleen,) = voor_en_na(con, peildatum=date(2025, 12, 31), reglement=coulant)
    assert alleen.uitkomst is not None
    assert 0.05 / 3 < alleen.uitkomst.p <= 0.05
    assert alleen.valt_op
    assert "is minder dan door toeval te verwachten was" in alleen.zin
    actie(con, *namen[1:], nr=2)
    alle = voor_en_na(con, peildatum=date(2025, 12, 31), reglement=coulant)
    assert [v.categorie for v in alle] == list(namen)
    assert not any(v.valt_op for v in alle)
    assert "1 kan toeval zijn, nu er naar meer verbeteracties tegelijk is gekeken." in alle[0].zin
    (een,) = voor_en_na(con, peildatum=date(2025, 12, 31), filter=Filter(categorie="privacy"), reglement=coulant)
    assert een.zin == alle[0].zin


def test_a_verbeteractie_of_today_has_no_after_yet(con: DuckDBPyConnection) -> None:
    vul(con, [date(2023, 3, 1)], categorie="privacy")
    actie(con, uitgevoerd_op=date(2025, 12, 31))
    assert (
        voor_en_na(con, peildatum=date(2025, 12, 31))[0].zin
        == "Nog niet te zeggen: de verbeteractie is pas uitgevoerd."
    )
    assert voor_en_na(con, peildatum=date(2025, 12, 30)) == ()
