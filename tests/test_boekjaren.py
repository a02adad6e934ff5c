"""Book years that begin in another month from a day on: every day lies in one, and what is odd about it is said."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klachten.periode import Boekjaarwijziging, Boekjaren, Periode
from klachten.scherm.evaluatie import perioden

EEN = timedelta(days=1)
BEGIN, EINDE = date(2000, 1, 1), date(2060, 12, 31)


@st.composite
def boekjaren(draw: st.DrawFn) -> Boekjaren:
    """Any book years, changed up to three times, in order of deciding."""
    dagen = sorted(draw(st.sets(st.dates(date(2005, 1, 1), date(2040, 1, 1)), max_size=3)))
    maanden = st.integers(1, 12)
    return Boekjaren(draw(maanden), tuple(Boekjaarwijziging(d, draw(maanden), draw(st.booleans())) for d in dagen))


@settings(max_examples=300, deadline=None)
@given(jaren=boekjaren(), dag=st.dates(BEGIN, EINDE))
def test_every_day_lies_in_exactly_one_book_year(jaren: Boekjaren, dag: date):
    jaar = jaren.van(dag)
    assert jaar.bevat(dag)
    assert {jaren.van(d) for d in (jaar.eerste, jaar.laatste, dag)} == {jaar}
    assert jaren.van(jaar.laatste + EEN).eerste == jaar.laatste + EEN
    assert jaren.van(jaar.eerste - EEN).laatste == jaar.eerste - EEN
    # Whole months; another length than twelve only where the month changes next.
    assert 1 <= jaar.maanden <= 23
    grenzen = {wijziging.eerste for wijziging in jaren.wijzigingen}
    assert jaar.maanden == 12 or jaar.laatste + EEN in grenzen


@settings(max_examples=100, deadline=None)
@given(jaren=boekjaren(), van=st.dates(BEGIN, date(2030, 1, 1)), dagen=st.integers(0, 8000))
def test_the_list_of_years_has_no_gap_and_no_overlap(jaren: Boekjaren, van: date, dagen: int):
    tot = van + dagen * EEN
    lijst = jaren.lijst(van, tot)
    assert lijst[-1].bevat(van)
    assert lijst[0].bevat(tot)
    assert [ander.laatste + EEN for ander in lijst[1:]] == [jaar.eerste for jaar in lijst[:-1]]
    namen = [perioden.label(jaar, "boekjaar") for jaar in lijst]
    assert len(set(namen)) == len(namen)


DUURT = "Dit overgangsjaar duurt {} maanden in plaats van twaalf. Vergeleken wordt met dezelfde dagen van"
ANDERS = "Het boekjaar begon toen in een andere maand. Vergeleken wordt met dezelfde dagen van"
KORT = Boekjaren(1, (Boekjaarwijziging(date(2027, 3, 10), 7),))
LANG = Boekjaren(1, (Boekjaarwijziging(date(2027, 3, 10), 7, True),))


@pytest.mark.parametrize(
    ("jaren", "dag", "sleutel", "naam"),
    [
        (KORT, date(2026, 5, 1), "2026", "2026"),
        (KORT, date(2027, 6, 30), "2027-01-01_2027-06-30", "jan 2027 t/m jun 2027 (6 maanden)"),
        (KORT, date(2027, 7, 1), "2027-07-01_2028-06-30", "2027/2028"),
        (KORT, date(2031, 1, 1), "2030-07-01_2031-06-30", "2030/2031"),
        (LANG, date(2025, 12, 31), "2025", "2025"),
        (LANG, date(2026, 5, 1), "2026-01-01_2027-06-30", "jan 2026 t/m jun 2027 (18 maanden)"),
        (LANG, date(2027, 6, 30), "2026-01-01_2027-06-30", "jan 2026 t/m jun 2027 (18 maanden)"),
        (LANG, date(2027, 7, 1), "2027-07-01_2028-06-30", "2027/2028"),
        # Decided as of the very day on which the month begins.
        (Boekjaren(1, (Boekjaarwijziging(date(2027, 7, 1), 7),)), date(2027, 7, 1), "2027-07-01_2028-06-30",
         "2027/2028"),
        # The month in which years begin already makes no transition.
        (Boekjaren(7, (Boekjaarwijziging(date(2027, 3, 10), 7, True),)), date(2027, 3, 1), "2026-07-01_2027-06-30",
         "2026/2027"),
    ],
)  # fmt: skip
def test_the_year_of_a_day(jaren: Boekjaren, dag: date, sleutel: str, naam: str):
    jaar = jaren.van(dag)
    assert (jaar.sleutel, perioden.label(jaar, "boekjaar")) == (sleutel, naam)


@pytest.mark.parametrize(
    ("jaren", "periode", "zin"),
    [
        (KORT, "2026", ""),
        # A calendar year is compared with the calendar year before, whatever the book year was then.
        (Boekjaren(7, (Boekjaarwijziging(date(2027, 1, 1), 1),)), "2027", ""),
        (KORT, "2027", ""),
        (
            KORT,
            "2027-01-01_2027-06-30",
            f"{DUURT.format(6)} een jaar eerder: 1 januari 2026 tot en met 30 juni 2026.",
        ),
        (
            KORT,
            "2027-07-01_2028-06-30",
            f"{ANDERS} een jaar eerder: 1 juli 2026 tot en met 30 juni 2027. Dat is geen boekjaar van toen.",
        ),
        (KORT, "2028-07-01_2029-06-30", ""),
        (
            LANG,
            "2026-01-01_2027-06-30",
            f"{DUURT.format(18)} twee jaar eerder: 1 januari 2024 tot en met 30 juni 2025.",
        ),
    ],
)
def test_what_is_odd_about_a_year_is_said(jaren: Boekjaren, periode: str, zin: str):
    assert jaren.voorbehoud(Periode.lees(periode)) == zin


def test_a_later_decision_takes_the_place_of_what_had_not_begun():
    jaren = Boekjaren(1, (Boekjaarwijziging(date(2027, 2, 1), 7), Boekjaarwijziging(date(2027, 3, 1), 4)))
    assert [jaren.van(date(2027, maand, 1)).sleutel for maand in (1, 4, 7)] == [
        "2027-K1", "2027-04-01_2028-03-31", "2027-04-01_2028-03-31",
    ]  # fmt: skip
