"""Dates of a source: every form there is, what is no day at all, a wrong order of day and month, and how values were
spelled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from klachten.overname import overnemen
from klachten.overname.datums import Moment, OngeldigeVorm, load, month_named, swapped
from klachten.overname.lezen import OnleesbaarBestand
from klachten.register import Register
from tests.overnameproef import plan, redenen
from tests.test_overname_bestand import KOP, lees, rijen

# --- forms -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("vorm", "tekst", "moment"),
    [
        ("JJJJ/MM/DD uu:mm:ssZ", "2016/01/01 00:00:00+00", Moment(date(2016, 1, 1), time(1))),
        ("JJJJ/MM/DD uu:mm:ssZ", "2016/01/01 00:00:00Z", Moment(date(2016, 1, 1), time(1))),
        ("ISO-tijdstip", "2016/01/01 00:00:00+00", Moment(date(2016, 1, 1), time(1))),
        ("ISO-tijdstip", "2016-01-01 23:30:00-05", Moment(date(2016, 1, 2), time(5, 30))),
        ("JJJJ-MM-DD uu:mm:ss", "2016-01-01 10:00:00.123456", Moment(date(2016, 1, 1), time(10))),
        ("JJJJ-MM-DD uu:mm:ss", "2016-01-01 10:00:00,5", Moment(date(2016, 1, 1), time(10))),
        ("M/D/JJJJ u:mm:ss AM", "8/30/2013 12:00:00 AM", Moment(date(2013, 8, 30), time(0))),
        ("M/D/JJJJ u:mm AM", "8/30/2013 12:05 p.m.", Moment(date(2013, 8, 30), time(12, 5))),
        ("M/D/JJJJ u:mm AM", "8/30/2013 1:05 PM", Moment(date(2013, 8, 30), time(13, 5))),
        ("DD-MM-JJ", "30-08-13", Moment(date(2013, 8, 30))),
        ("DD-MM-JJ", "30-08-69", Moment(date(2069, 8, 30))),
        ("DD-MM-JJ", "30-08-70", Moment(date(1970, 8, 30))),
        ("D MMM JJJJ", "3 mrt 2024", Moment(date(2024, 3, 3))),
        ("D MMM JJJJ", "3 maart 2024", Moment(date(2024, 3, 3))),
        ("DD-MMM-JJ", "03-mrt-24", Moment(date(2024, 3, 3))),
        ("D-MMM-JJJJ", "3-Mar-2024", Moment(date(2024, 3, 3))),
        ("MMMM D, JJJJ", "March 3, 2024", Moment(date(2024, 3, 3))),
        ("MMM D, JJJJ u:mm AM", "Sept. 3, 2024 2:05 PM", Moment(date(2024, 9, 3), time(14, 5))),
        ("D. MMM JJJJ", "3. Ma\u0308rz 2024", Moment(date(2024, 3, 3))),
        ("DDMMMJJJJ", "03OCT2024", Moment(date(2024, 10, 3))),
        ("Excel-getal", "45292", Moment(date(2024, 1, 1))),
        ("Excel-getal", "61", Moment(date(1900, 3, 1))),
        ("Excel-getal", "45292,604166667", Moment(date(2024, 1, 1), time(14, 30))),
        ("D-M-JJJJ of DD/MM/JJ of D MMM JJJJ", "3-4-2025", Moment(date(2025, 4, 3))),
        ("D-M-JJJJ of DD/MM/JJ of D MMM JJJJ", "03/04/25", Moment(date(2025, 4, 3))),
        ("D-M-JJJJ of DD/MM/JJ of D MMM JJJJ", "3 apr 2025", Moment(date(2025, 4, 3))),
        ("Excel-getal", "45291.9999999", Moment(date(2024, 1, 1), time(0))),
    ],
)
def test_a_form_of_a_real_register_is_read(vorm: str, tekst: str, moment: Moment):
    assert load(vorm).moment(tekst) == moment


@pytest.mark.parametrize(
    ("vorm", "tekst"),
    [
        ("M/D/JJJJ u:mm AM", "8/30/2013 13:05 PM"), ("M/D/JJJJ u:mm AM", "8/30/2013 0:05 AM"),
        ("M/D/JJJJ u:mm AM", "8/30/2013 1:05"), ("DD-MM-JJ", "30-08-2013"), ("DD-MM-JJJJ", "30-08-13"),
        ("Excel-getal", "60"), ("Excel-getal", "0"), ("Excel-getal", "2958466"), ("Excel-getal", "30-08-2013"),
        ("Excel-getal", "-5"), ("JJJJ/MM/DD uu:mm:ssZ", "2016/01/01 00:00:00"),
        ("ISO-tijdstip", "2016-01-01 00:00:00+0"), ("D MMM JJJJ", "3 mars 2024"), ("D MMM JJJJ", "31 april 2024"),
        ("D MMM JJJJ", "3 3 2024"), ("D MMM JJJJ", "3 mrt 24"), ("D-M-JJJJ", "3-mrt-2024"),
        ("D-M-JJJJ of DD/MM/JJ", "3/4/2025"), ("D-M-JJJJ of DD/MM/JJ", "nvt"),
        # Two days: the forms have one order, or say which number is the month, and yet both read it.
        ("JJJJMD of JJMMDD", "201112"), ("D MMM JJ of JJ MMM D", "24 mrt 05"),
    ],
)  # fmt: skip
def test_what_has_another_form_is_not_read(vorm: str, tekst: str):
    with pytest.raises(ValueError):  # noqa: PT011 - the message is the text itself or that of datetime
        load(vorm).moment(tekst)


# More than one form is read in a column as long as none of its texts can be two days, or one with and without a clock.
NIET_SAMEN = ["D-M-JJJJ of M/D/JJJJ", "D-M-JJJJ of JJJJ-MM-DD", "D-M-JJJJ of D-M-JJJJ uu:mm", "D-M-JJJJ of dag"]


@pytest.mark.parametrize(
    "vorm", ["DD-MM-JJJJ AM", "DD-MM-JJJJZ", "DD-MM-JJ JJJJ", "D MMM M JJJJ", "MMMMM D JJJJ", *NIET_SAMEN]
)
def test_a_form_that_contradicts_itself_is_refused(vorm: str):
    with pytest.raises(OngeldigeVorm):
        load(vorm)


@pytest.mark.parametrize(
    ("vorm", "anders"),
    [
        ("D-M-JJJJ", "M-D-JJJJ"),
        ("MM/DD/JJ uu:mm", "DD/MM/JJ uu:mm"),
        ("ISO-tijdstip", ""),
        ("Excel-getal", ""),
        ("D MMM JJJJ", ""),
        ("D MMM JJJJ of D-M-JJJJ of DD/MM/JJ", "D MMM JJJJ of M-D-JJJJ of MM/DD/JJ"),
        ("D MMM JJJJ of D. MMM JJJJ", ""),
    ],
)
def test_the_other_order_of_a_form(vorm: str, anders: str):
    assert swapped(vorm) == anders


def test_every_month_has_its_name_in_three_languages_and_no_name_is_of_two():
    lang = [
        "januari februari maart april mei juni juli augustus september oktober november december",
        "January February March April May June July August September October November December",
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        "jan feb mrt apr mei jun jul aug sep okt nov dec", "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
        "JAN FEB MÄR APR MAI JUN JUL AUG SEP OKT NOV DEZ",
        "jan. feb. mrt. apr. mei. jun. jul. aug. sept. okt. nov. dec.",
    ]  # fmt: skip
    for namen in lang:
        assert [month_named(naam) for naam in namen.split()] == list(range(1, 13)), namen
    assert month_named("maartje") == month_named("ma") == 0


# --- no day at all ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cellen", "wat"),
    [
        ("1/1/1900,", "Kolom 'ontvangen' is 1 januari 1900, en dat ligt te ver weg."),
        ("8/30/2013,1/1/1900", "Kolom 'verstuurd' is 1 januari 1900, en dat ligt te ver weg."),
        ("8/30/2013,8/30/2059", "Kolom 'verstuurd' is 30 augustus 2059, en dat ligt te ver weg."),
    ],
)
def test_1900_and_2059_are_noticed_and_can_be_declared(tmp_path: Path, cellen: str, wat: str):
    uitkomst = lees(tmp_path, KOP + "".join(f"{nr},{cellen},Web,Lening,a,b\n" for nr in (1, 2)))
    for regel in (2, 3):
        assert redenen(uitkomst)[regel].startswith(wat)
        assert "bestand.leeg" in redenen(uitkomst)[regel]


def test_a_word_for_unknown_that_is_declared_is_no_date(tmp_path: Path):
    csv = f"{KOP}1,8/30/2013,1/1/1900,Web,Lening,a,b\n"
    uitkomst = lees(tmp_path, csv, ("[bestand]\n", '[bestand]\nleeg = ["1/1/1900"]\n'))
    assert (redenen(uitkomst), uitkomst.feiten) == ({}, 1)


def test_the_days_between_which_a_date_can_lie_can_be_declared(tmp_path: Path):
    csv = f"{KOP}1,8/30/2003,,Web,Lening,a,b\n"
    assert redenen(lees(tmp_path, csv)) == {}
    for regel in ("vanaf = 2004-01-01", "tot = 2002-01-01"):
        assert "te ver weg" in redenen(lees(tmp_path, csv, ("[bestand]", f"[datums]\n{regel}\n[bestand]")))[2]


# --- the order of day and month --------------------------------------------------------------------------------------

DMJ = [("M/D/JJJJ", "D/M/JJJJ"), ("M/D/JJJJ", "D/M/JJJJ")]
ZEKER = ("[bestand]", "[datums]\nzeker = true\n[bestand]")


def met(*dagen: tuple[str, str]) -> str:
    return KOP + "".join(f"{nr},{een},{twee},Web,Lening,a,b\n" for nr, (een, twee) in enumerate(dagen, start=1))


def reeks(vorm: str, hoeveel: int = 40, *, excel: bool = False) -> str:
    """Cases in order of receipt, a week apart, sent two days later; with `excel` swapped where that is possible."""
    dagen = []
    for nr in range(hoeveel):
        paar = []
        for dag in (date(2013, 1, 2) + timedelta(days=7 * nr), date(2013, 1, 4) + timedelta(days=7 * nr)):
            if excel and dag.day <= 12:
                dag = date(dag.year, dag.day, dag.month)
            paar.append(vorm.format(d=dag.day, m=dag.month, j=dag.year))
        dagen.append((paar[0], paar[1]))
    return met(*dagen)


def test_a_wrong_order_is_refused_with_the_counts_under_each(tmp_path: Path):
    csv = met(("1/2/2013", "1/5/2013"), ("8/30/2013", "9/3/2013"), ("3/4/2013", "3/5/2013"))
    with pytest.raises(OnleesbaarBestand) as fout:
        lees(tmp_path, csv, *DMJ)
    assert str(fout.value) == (
        "klachten.csv: de datums lezen veel beter met dag en maand in een andere volgorde. Zoals opgegeven (D/M/JJJJ): "
        "5 gelezen, 1 niet te lezen. Als M/D/JJJJ: 6 gelezen, niets onmogelijk. Er is niets overgenomen. Verander dan "
        "vorm, of zet in [datums] zeker = true als de opgave toch klopt."
    )
    assert redenen(lees(tmp_path, csv, *DMJ, ZEKER)).keys() == {3}
    assert redenen(lees(tmp_path, csv)) == {}


def test_a_wrong_order_that_reads_everything_is_found_by_what_it_makes_of_it(tmp_path: Path):
    # the last one: received on 6 September and sent on 7 January
    csv = met(("2/1/2013", "2/5/2013"), ("3/4/2013", "3/5/2013"), ("5/3/2013", "5/4/2013"), ("6/9/2013", "7/1/2013"))
    assert redenen(lees(tmp_path, csv)) == {}
    with pytest.raises(OnleesbaarBestand, match=r"D/M/JJJJ\): 8 gelezen, 1 voor de ontvangst"):
        lees(tmp_path, csv, *DMJ)


def test_a_wrong_order_goes_back_in_time_while_the_numbers_go_up(tmp_path: Path):
    alleen_lage = [(f"{maand}/{dag}/2013", "") for maand in range(1, 11) for dag in (1, 5, 9)]
    assert redenen(lees(tmp_path, met(*alleen_lage))) == {}
    with pytest.raises(OnleesbaarBestand, match="keer terug in de tijd tegen de volgorde van het kenmerk"):
        lees(tmp_path, met(*alleen_lage), *DMJ)


def test_a_spreadsheet_that_swapped_what_it_could_is_found(tmp_path: Path):
    assert redenen(lees(tmp_path, reeks("{m}/{d}/{j}"))) == {}
    with pytest.raises(OnleesbaarBestand, match="Als dag en maand soms verwisseld zijn: 80 gelezen, niets onmogelijk"):
        lees(tmp_path, reeks("{m}/{d}/{j}", excel=True))


def test_one_column_in_another_order_is_named(tmp_path: Path):
    csv = met(("8/30/2013", "3/9/2013"), ("8/14/2013", "20/8/2013"), ("9/13/2013", "25/9/2013"))
    with pytest.raises(OnleesbaarBestand, match=r"Als D/M/JJJJ bij stappen\[1\]: 6 gelezen, niets onmogelijk"):
        lees(tmp_path, csv)


@pytest.mark.parametrize(
    "dagen",
    [
        [("8/30/2013", "9/3/2013"), ("13/1/2013", "")],  # one that cannot be read in a file that can
        [("8/30/2013", ""), ("9/2/2013", "9/1/2013")],
        [("1/1/2013", "1/1/2013")],
    ],
)
def test_a_right_order_with_a_mistake_in_it_stays(tmp_path: Path, dagen: list[tuple[str, str]]):
    assert lees(tmp_path, met(*dagen)).nieuw


# --- how a value was spelled -----------------------------------------------------------------------------------------


def test_what_became_something_else_keeps_how_it_was_spelled_in_the_dossier(tmp_path: Path, register: Register):
    csv = rijen("a", "b").replace("Web,Lening,a", "Web,Jansen & Zn,a")
    overnemen.record(register, lees(tmp_path, csv, register=register))
    anders, gelijk = (register.vastleggingen(f"K2013-000{nr}")[0].feit for nr in (1, 2))
    assert (anders.categorie, anders.waarden_bron) == ("overig", "product: Jansen & Zn")
    assert (gelijk.categorie, gelijk.waarden_bron) == ("lening", "")
    journaal = "".join(pad.read_text(encoding="utf-8") for pad in (register.map / "journaal").glob("*.jsonl"))
    assert "Jansen" not in journaal
    weer = lees(tmp_path, csv, register=register)
    assert (len(weer.al_overgenomen), weer.afkeuringen) == (2, [])


def test_what_was_taken_over_before_that_was_kept_does_not_deviate(tmp_path: Path, register: Register, monkeypatch):
    csv = rijen("a").replace("Web,Lening,a", "Web,Iets,a")
    from klachten.overname.feiten import Feitenmaker

    with monkeypatch.context() as toen:
        toen.setattr(Feitenmaker, "_spelled", lambda *_: "")
        overnemen.record(register, lees(tmp_path, csv, register=register))
    assert len(lees(tmp_path, csv, register=register).al_overgenomen) == 1
    assert plan(tmp_path / "klachten.csv", tmp_path / "klachten.toml", register).afkeuringen == []


# --- single dates that are swapped -----------------------------------------------------------------------------------


def _in_order(nummer: Callable[[int], str], **anders: str) -> str:
    """A klacht every ten days of 2025, each with its number; `anders` are receipts that are written otherwise."""
    dagen = {f"r{nr}": date(2025, 1, 1) + timedelta(days=10 * nr) for nr in range(36)}
    teksten = {naam: f"{dag.month}/{dag.day}/{dag.year}" for naam, dag in dagen.items()} | anders
    regels = (f"{nummer(nr)},{tekst},,Web,Lening,," for nr, tekst in enumerate(teksten.values(), start=1))
    return KOP + "\n".join(regels) + "\n"


@pytest.mark.parametrize("id", ["2025-{:04}", "K{}", "Z/2025/{}"])
def test_a_single_date_that_leaps_back_is_said_with_its_line(tmp_path: Path, id: str):
    """7 November written as 11 July reads well: only the numbers tell, also when they begin with their year."""
    assert lees(tmp_path, _in_order(id.format)).lezing.opmerkingen == []
    uitkomst = lees(tmp_path, _in_order(id.format, r31="7/11/2025"))
    assert (uitkomst.afkeuringen, len(uitkomst.nieuw)) == ([], 36)
    (gezegd,) = uitkomst.lezing.opmerkingen
    assert gezegd == (
        "De datum van ontvangst gaat 1 keer meer dan 45 dagen terug in de tijd terwijl het kenmerk oploopt: tussen "
        "regel 32 en 33. Kijk of dag en maand daar niet verwisseld zijn."
    )


def test_numbers_that_do_not_follow_the_calendar_say_nothing_of_a_date(tmp_path: Path):
    assert lees(tmp_path, _in_order(lambda nr: f"K{nr * 7 % 37}")).lezing.opmerkingen == []
