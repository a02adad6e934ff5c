"""The calendar of working days by the Algemene termijnenwet."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from klachten.analyse.basis import kalender


def test_the_holidays_of_2026_by_hand() -> None:
    assert kalender.feestdagen(2026) == {
        date(2026, 1, 1): "Nieuwjaarsdag",
        date(2026, 4, 3): "Goede Vrijdag",
        date(2026, 4, 6): "Tweede Paasdag",
        date(2026, 4, 27): "Koningsdag",
        date(2026, 5, 5): "Bevrijdingsdag",
        date(2026, 5, 14): "Hemelvaartsdag",
        date(2026, 5, 25): "Tweede Pinksterdag",
        date(2026, 12, 25): "Eerste Kerstdag",
        date(2026, 12, 26): "Tweede Kerstdag",
    }


@pytest.mark.parametrize(
    ("jaar", "dag", "naam"),
    [
        (2014, date(2014, 4, 26), "Koningsdag"),
        (2025, date(2025, 4, 26), "Koningsdag"),
        (2027, date(2027, 4, 27), "Koningsdag"),
        (2013, date(2013, 4, 30), "Koninginnedag"),
        (2006, date(2006, 4, 29), "Koninginnedag"),
        (1978, date(1978, 5, 1), "Koninginnedag"),
    ],
)
def test_the_kings_or_queens_day_is_never_on_a_sunday(jaar: int, dag: date, naam: str) -> None:
    assert kalender.feestdagen(jaar)[dag] == naam


def test_5_may_counts_every_year_and_shares_its_date_when_need_be() -> None:
    assert all("Bevrijdingsdag" in kalender.feestdagen(jaar)[date(jaar, 5, 5)] for jaar in range(1950, 2100))
    assert kalender.feestdagen(2005)[date(2005, 5, 5)] == "Hemelvaartsdag en Bevrijdingsdag"
    assert all(list(kalender.feestdagen(jaar)) == sorted(kalender.feestdagen(jaar)) for jaar in range(1950, 2100))


def test_good_friday_moves_a_term_over_the_whole_of_easter() -> None:
    assert kalender.verschoven(date(2026, 4, 3)) == date(2026, 4, 7)
    assert kalender.verschoven(date(2026, 4, 2)) == date(2026, 4, 2)
    assert kalender.verschoven(date(2027, 1, 1)) == date(2027, 1, 4)


def test_an_equated_day_comes_in_as_data() -> None:
    vrijdag = date(2026, 5, 15)
    assert kalender.is_werkdag(vrijdag)
    assert not kalender.is_werkdag(vrijdag, [vrijdag])
    assert kalender.verschoven(date(2026, 5, 14), iter([vrijdag])) == date(2026, 5, 18)


EQUATED = {
    date(2023, 4, 28), date(2023, 5, 19), date(2024, 5, 10), date(2024, 12, 27), date(2025, 5, 30),
    date(2026, 1, 2), date(2026, 5, 15), date(2027, 5, 7), date(2028, 4, 28), date(2028, 5, 26),
}  # fmt: skip


def test_the_days_equated_by_decree_are_shipped_with_their_decree() -> None:
    gelijk = kalender.gelijkgesteld()
    assert set(gelijk.dagen) == EQUATED
    assert gelijk.dagen[date(2026, 5, 15)].endswith("(BWBR0051300)")
    # Of the decree before it the number could not be traced: its name names the days, and no number is made up.
    assert "30 mei 2025" in gelijk.dagen[date(2025, 5, 30)]
    assert "BWBR" not in gelijk.dagen[date(2025, 5, 30)]
    assert all(dag.year <= gelijk.bekend_tot.year for dag in gelijk.dagen)
    assert all(kalender.is_werkdag(dag) for dag in EQUATED), "a day that was free already needs no decree"


def test_a_term_after_the_last_decree_says_so() -> None:
    gelijk = kalender.gelijkgesteld()
    assert gelijk.voorbehoud(date(2028, 12, 31)) == ""
    assert gelijk.voorbehoud(date(2029, 1, 2)).startswith("Onder voorbehoud: welke dagen na 2028 bij besluit")


def test_the_table_of_days_says_the_same_as_the_functions() -> None:
    extra = [date(2026, 5, 15), date(2026, 6, 6)]
    rijen = kalender.dagen(date(2025, 12, 20), date(2027, 1, 2), extra)
    assert [rij[0] for rij in rijen] == [date(2025, 12, 20) + timedelta(days=i) for i in range(379)]
    for dag, werkdag, volgende, naam in rijen:
        assert werkdag == kalender.is_werkdag(dag, extra)
        assert volgende == kalender.verschoven(dag, extra)
        assert naam == kalender.feestdagen(dag.year).get(dag, "Gelijkgestelde dag" if dag in extra else None)
    assert kalender.dagen(date(2027, 1, 1), date(2027, 1, 1)) == [
        (date(2027, 1, 1), False, date(2027, 1, 4), "Nieuwjaarsdag")
    ]


def test_impossible_years_and_ranges_are_refused() -> None:
    with pytest.raises(ValueError, match="geen kalender bekend"):
        kalender.feestdagen(1815)
    with pytest.raises(ValueError, match="ligt voor de eerste"):
        kalender.dagen(date(2026, 1, 2), date(2026, 1, 1))


def test_a_calendar_is_its_days_and_says_what_they_follow_from() -> None:
    een = kalender.Kalender(date(2026, 1, 1), date(2026, 12, 31), (date(2026, 5, 15),))
    assert list(een) == kalender.dagen(date(2026, 1, 1), date(2026, 12, 31), [date(2026, 5, 15)])
    anders = [
        kalender.Kalender(date(2026, 1, 2), date(2026, 12, 31), (date(2026, 5, 15),)),
        kalender.Kalender(date(2026, 1, 1), date(2026, 12, 30), (date(2026, 5, 15),)),
        kalender.Kalender(date(2026, 1, 1), date(2026, 12, 31)),
    ]
    assert een.kenmerk not in {ander.kenmerk for ander in anders}
    assert een.kenmerk == kalender.Kalender(date(2026, 1, 1), date(2026, 12, 31), (date(2026, 5, 15),)).kenmerk
