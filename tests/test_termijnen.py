"""Deadlines, through the real SQL: last days over the calendar's corners, and every status on the peildatum."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from klachten import reglement
from klachten.analyse.termijnen.stand import termijnen_van_klacht, voorbehoud
from tests.termijnproef import een_termijn, leg_vast, statussen, voeg_reglement_toe, voeg_toe

KORT = {
    "op tijd": "met",
    "te laat": "late",
    "te laat, nog open": "overdue_open",
    "loopt": "pending",
    "n.v.t.": "nvt",
    "onbepaald": "undetermined",
    "onbepaald, termijn verstreken": "undetermined",
    "ongeldig": "invalid",
}

# Oracle: deadline_status.json of the project's vectors (as of 30 September 2026), made with plain date arithmetic.
# klacht, received, acknowledged (5), notice (7), maatregelen carried out (11; None = open), withdrawn, then the
# expected status of bevestiging, niet_in_behandeling and maatregelen.
PEILDATUM = date(2026, 9, 30)
ZESTIEN = """
K2026-0001 2026-01-05 2026-01-12 -          2026-02-10            -          met          nvt          met
K2026-0002 2026-01-05 2026-01-19 -          2026-02-16            -          met          nvt          met
K2026-0003 2026-01-05 2026-01-20 -          2026-02-17            -          late         nvt          late
K2026-0004 2026-03-02 2026-03-02 -          2026-03-20,2026-04-13 -          met          nvt          met
K2026-0005 2026-03-02 -          -          2026-03-20,2026-04-14 -          overdue_open nvt          late
K2026-0006 2026-05-11 2026-05-15 2026-06-08 -                     -          met          met          nvt
K2026-0007 2026-05-11 2026-05-15 2026-06-09 -                     -          met          late         nvt
K2026-0008 2026-08-03 2026-08-10 -          open                  -          met          nvt          overdue_open
K2026-0009 2026-08-19 2026-09-01 -          open                  -          met          nvt          pending
K2026-0010 2026-09-16 -          -          -                     -          pending      undetermined undetermined
K2026-0011 2026-09-15 -          -          -                     -          overdue_open undetermined undetermined
K2026-0012 2026-09-25 2026-09-26 -          2026-09-28            -          met          nvt          met
K2026-0013 2026-07-01 2026-07-06 -          -                     2026-07-10 met          nvt          nvt
K2026-0014 2026-07-01 -          -          -                     2026-07-10 nvt          nvt          nvt
K2026-0015 2026-07-01 -          -          -                     2026-07-20 late         nvt          nvt
K2026-0016 2026-06-01 2026-05-30 -          open                  -          invalid      nvt          overdue_open
"""


def dag(tekst: str) -> date | None:
    return None if tekst in ("-", "open") else date.fromisoformat(tekst)


def zestien(con: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], str]:
    verwacht = {}
    for regel in ZESTIEN.strip().splitlines():
        nummer, ontvangen, bevestigd, bericht, uitgevoerd, ingetrokken, *statussen = regel.split()
        ontvangen_op = date.fromisoformat(ontvangen)
        maatregelen = [dag(deel) for deel in uitgevoerd.split(",")] if uitgevoerd != "-" else []
        voeg_toe(
            con,
            nummer,
            ontvangen_op,
            stap_05_op=dag(bevestigd),
            stap_07_op=dag(bericht),
            maatregelen=[(ontvangen_op + timedelta(days=1), op, None) for op in maatregelen],
            ingetrokken_op=dag(ingetrokken),
        )
        for termijn, status in zip(("bevestiging", "niet_in_behandeling", "maatregelen"), statussen, strict=True):
            verwacht[nummer, termijn] = status
    return verwacht


def test_de_zestien_voorbeelden_krijgen_hun_status(con: duckdb.DuckDBPyConnection) -> None:
    verwacht = zestien(con)
    assert {sleutel: KORT[status] for sleutel, status in statussen(con, PEILDATUM).items()} == verwacht


def test_van_de_zestien_is_niemand_onbepaald_verstreken_voor_de_termijn_om_is(con: duckdb.DuckDBPyConnection) -> None:
    zestien(con)
    assert statussen(con, PEILDATUM)["K2026-0011", "niet_in_behandeling"] == "onbepaald"
    # K2026-0011: received Tuesday 15 September, notice due Tuesday 13 October.
    assert statussen(con, date(2026, 10, 13))["K2026-0011", "niet_in_behandeling"] == "onbepaald"
    assert statussen(con, date(2026, 10, 14))["K2026-0011", "niet_in_behandeling"] == "onbepaald, termijn verstreken"


# --- the last day ----------------------------------------------------------------------------------------------------

EIGEN = """
id = "proef"
naam = "Proefreglement"
organisatie = "Proef"
soort = "overname"
verschuift_bij_vrije_dag = {verschuift}

[[stappen]]
nr = 5
naam = "Bevestigd"
[[stappen]]
nr = 7
naam = "Bericht"
[[stappen]]
nr = 13
naam = "Afgehandeld"

[[kenmerken]]
id = "commissie"
naam = "Commissie"
[[kenmerken]]
id = "haast"
naam = "Haast"

[[termijnen]]
id = "proeftermijn"
naam = "Proeftermijn"
stap = 13
waarde = {waarde}
eenheid = "{eenheid}"
vanaf = "{vanaf}"
einde = [13, 7]
geldt = "altijd"
geldig_vanaf = 2000-01-01
bij_kenmerk = {{ commissie = 10, haast = 1 }}
verlenging = {{ waarde = 4, eenheid = "weken", schriftelijk = true, keer = 1, met_instemming_daarna = true }}
"""


def eigen_reglement(map: Path, waarde: int, eenheid: str, *, verschuift: bool = False, vanaf: str = "ontvangen") -> Any:
    pad = map / "proef.toml"
    tekst = EIGEN.format(waarde=waarde, eenheid=eenheid, verschuift=str(verschuift).lower(), vanaf=vanaf)
    pad.write_text(tekst, encoding="utf-8")
    return reglement.load(pad)


# received, length, unit, last day
LAATSTE_DAGEN = [
    ("2026-01-05", 2, "weken", "2026-01-19"),  # Monday to Monday: the day of receipt does not count
    ("2026-01-05", 14, "dagen", "2026-01-19"),  # the same
    ("2026-01-03", 2, "weken", "2026-01-17"),  # Saturday to Saturday: no roll-over in a private reglement
    ("2025-12-24", 2, "weken", "2026-01-07"),  # Wednesday over Christmas and New Year
    ("2024-02-15", 2, "weken", "2024-02-29"),  # Thursday to the leap day, a Thursday
    ("2023-02-15", 2, "weken", "2023-03-01"),  # Wednesday, no leap year
    ("2024-02-29", 4, "weken", "2024-03-28"),  # from the leap day
    ("2026-03-28", 1, "dagen", "2026-03-29"),  # Sunday on which summer time starts: 23 hours, one calendar day
    ("2026-03-29", 6, "weken", "2026-05-10"),  # from that Sunday to a Sunday
    ("2026-10-24", 1, "dagen", "2026-10-25"),  # Sunday on which winter time starts: 25 hours, one calendar day
    ("2026-10-25", 2, "weken", "2026-11-08"),  # from that Sunday
    ("2026-01-31", 1, "maanden", "2026-02-28"),  # the 31st plus a month: the last day of February
    ("2024-01-31", 1, "maanden", "2024-02-29"),  # the same in a leap year
    ("2026-08-31", 3, "maanden", "2026-11-30"),  # and of November
    ("2026-11-15", 2, "maanden", "2027-01-15"),  # over the year end
    ("2026-01-05", 5, "werkdagen", "2026-01-12"),  # Monday plus five: Tuesday to Friday, and Monday
    ("2026-01-09", 1, "werkdagen", "2026-01-12"),  # Friday plus one: Monday
    ("2026-01-10", 1, "werkdagen", "2026-01-12"),  # Saturday plus one: Monday is the first
    ("2026-04-01", 3, "werkdagen", "2026-04-08"),  # Wednesday; 3 April Good Friday, 6 April Easter Monday
    ("2026-12-23", 3, "werkdagen", "2026-12-29"),  # Wednesday; 25 December Friday, 26 December Saturday
    (
        "2026-05-13",
        2,
        "werkdagen",
        "2026-05-19",
    ),  # Wednesday; 14 May Ascension Day is no working day, and neither is Friday 15, equated: Mon 18, Tue 19
]


@pytest.mark.parametrize(("ontvangen", "waarde", "eenheid", "laatste"), LAATSTE_DAGEN)
def test_de_laatste_dag(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, ontvangen: str, waarde: int, eenheid: str, laatste: str
) -> None:
    voeg_reglement_toe(con, eigen_reglement(tmp_path, waarde, eenheid))
    uiterlijk_op = date.fromisoformat(laatste)
    voeg_toe(con, "K2026-0001", date.fromisoformat(ontvangen), reglement="proef")
    voeg_toe(con, "K2026-0002", date.fromisoformat(ontvangen), reglement="proef", stap_13_op=uiterlijk_op)
    voeg_toe(
        con, "K2026-0003", date.fromisoformat(ontvangen), reglement="proef", stap_13_op=uiterlijk_op + timedelta(days=1)
    )
    assert een_termijn(con, "K2026-0001", "proeftermijn", uiterlijk_op)["uiterlijk_op"] == uiterlijk_op
    assert statussen(con, uiterlijk_op) == {
        ("K2026-0001", "proeftermijn"): "loopt",
        ("K2026-0002", "proeftermijn"): "op tijd",
        ("K2026-0003", "proeftermijn"): "loopt",
    }
    assert statussen(con, uiterlijk_op + timedelta(days=1)) == {
        ("K2026-0001", "proeftermijn"): "te laat, nog open",
        ("K2026-0002", "proeftermijn"): "op tijd",
        ("K2026-0003", "proeftermijn"): "te laat",
    }


# received, length in days, last day after roll-over by the Algemene termijnenwet
VERSCHOVEN = [
    ("2026-01-05", 14, "2026-01-19"),  # Monday stays
    ("2026-01-03", 14, "2026-01-19"),  # Saturday 17 to Monday 19
    ("2026-01-04", 14, "2026-01-19"),  # Sunday 18 to Monday 19
    ("2025-12-18", 14, "2026-01-05"),  # Thursday 1 January, over Friday 2, equated by decree, to Monday 5
    ("2026-03-20", 14, "2026-04-07"),  # Good Friday 3 April, over Easter Monday 6, to Tuesday 7
    ("2026-03-23", 14, "2026-04-07"),  # Easter Monday 6 April to Tuesday 7
    ("2026-04-13", 14, "2026-04-28"),  # Monday 27 April, King's Day, to Tuesday 28
    ("2025-04-12", 14, "2025-04-28"),  # 2025: King's Day on Saturday 26 April, to Monday 28
    ("2026-04-21", 14, "2026-05-06"),  # Tuesday 5 May, every year, to Wednesday 6
    ("2026-04-30", 14, "2026-05-18"),  # Thursday 14 May, Ascension, over Friday 15, equated by decree, to Monday 18
    ("2026-05-11", 14, "2026-05-26"),  # Monday 25 May, Whit Monday, to Tuesday 26
    ("2026-12-11", 14, "2026-12-28"),  # Friday 25 December over the weekend to Monday 28
]


@pytest.mark.parametrize(("ontvangen", "waarde", "laatste"), VERSCHOVEN)
def test_de_laatste_dag_verschuift_alleen_als_het_reglement_dat_zegt(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, ontvangen: str, waarde: int, laatste: str
) -> None:
    ontvangen_op, verschoven_op = date.fromisoformat(ontvangen), date.fromisoformat(laatste)
    voeg_toe(con, "K2026-0001", ontvangen_op, reglement="proef")
    voeg_reglement_toe(con, eigen_reglement(tmp_path, waarde, "dagen", verschuift=True))
    assert een_termijn(con, "K2026-0001", "proeftermijn", ontvangen_op)["uiterlijk_op"] == verschoven_op
    con.execute("DELETE FROM termijn WHERE reglement = 'proef'")
    voeg_reglement_toe(con, eigen_reglement(tmp_path, waarde, "dagen"))
    termijn = een_termijn(con, "K2026-0001", "proeftermijn", ontvangen_op)
    assert termijn["uiterlijk_op"] == ontvangen_op + timedelta(days=waarde)
    # The shifted date may be shown all the same, as information.
    assert termijn["verschoven_op"] == verschoven_op


def test_een_kenmerk_geeft_een_eigen_termijn_en_van_twee_de_langste(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    voeg_reglement_toe(con, eigen_reglement(tmp_path, 6, "weken"))
    ontvangen_op = date(2026, 1, 5)
    voeg_toe(con, "K2026-0001", ontvangen_op, reglement="proef")
    voeg_toe(con, "K2026-0002", ontvangen_op, reglement="proef", kenmerken=["commissie"])
    voeg_toe(con, "K2026-0003", ontvangen_op, reglement="proef", kenmerken=["haast"])
    voeg_toe(con, "K2026-0004", ontvangen_op, reglement="proef", kenmerken=["haast", "commissie"])
    voeg_toe(con, "K2026-0005", ontvangen_op, reglement="proef", kenmerken=["iets anders"])
    weken = {
        nr: (een_termijn(con, nr, "proeftermijn", ontvangen_op)["uiterlijk_op"] - ontvangen_op).days // 7
        for nr in ("K2026-0001", "K2026-0002", "K2026-0003", "K2026-0004", "K2026-0005")
    }
    assert weken == {"K2026-0001": 6, "K2026-0002": 10, "K2026-0003": 1, "K2026-0004": 10, "K2026-0005": 6}


def test_van_twee_eindes_telt_het_eerste(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    voeg_reglement_toe(con, eigen_reglement(tmp_path, 6, "weken"))
    voeg_toe(
        con, "K2026-0001", date(2026, 1, 5), reglement="proef", stap_07_op=date(2026, 2, 2), stap_13_op=date(2026, 6, 1)
    )
    termijn = een_termijn(con, "K2026-0001", "proeftermijn", date(2026, 12, 31))
    assert (termijn["einde_op"], termijn["status"]) == (date(2026, 2, 2), "op tijd")


def test_een_termijn_kan_bij_een_stap_beginnen(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    voeg_reglement_toe(con, eigen_reglement(tmp_path, 4, "weken", vanaf="stap_05"))
    ontvangen_op = date(2026, 1, 5)
    voeg_toe(con, "K2026-0001", ontvangen_op, reglement="proef", stap_05_op=date(2026, 1, 12))
    voeg_toe(con, "K2026-0002", ontvangen_op, reglement="proef")
    voeg_toe(con, "K2026-0003", ontvangen_op, reglement="proef", stap_13_op=date(2026, 3, 2))
    voeg_toe(con, "K2026-0004", ontvangen_op, reglement="proef", ingetrokken_op=date(2026, 3, 2))
    # Monday 12 January plus four weeks.
    assert een_termijn(con, "K2026-0001", "proeftermijn", date(2026, 1, 31))["uiterlijk_op"] == date(2026, 2, 9)
    # Before the acknowledgement the clock had not started.
    assert een_termijn(con, "K2026-0001", "proeftermijn", date(2026, 1, 11))["status"] == "onbepaald"
    statussen_nu = {nr: status for (nr, _), status in statussen(con, date(2026, 12, 31)).items()}
    assert statussen_nu == {
        "K2026-0001": "te laat, nog open",
        "K2026-0002": "onbepaald",
        "K2026-0003": "op tijd",
        "K2026-0004": "n.v.t.",
    }


def test_een_verlengde_termijn_heeft_haar_eigen_laatste_dag(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    voeg_reglement_toe(con, eigen_reglement(tmp_path, 6, "weken", verschuift=True))
    voeg_toe(con, "K2026-0001", date(2026, 1, 5), reglement="proef")
    termijn = een_termijn(con, "K2026-0001", "proeftermijn", date(2026, 2, 17))
    # Monday 16 February, and four weeks more at most.
    assert (termijn["uiterlijk_op"], termijn["verlengbaar_tot"]) == (date(2026, 2, 16), date(2026, 3, 16))
    assert (termijn["status"], termijn["dagen_over"]) == ("te laat, nog open", -1)
    verlengd = {"termijn": "proeftermijn", "uiterlijk_op": "2026-03-15"}
    leg_vast(con, [("K2026-0001", "TermijnVerlengd", date(2026, 2, 17), verlengd)])
    assert een_termijn(con, "K2026-0001", "proeftermijn", date(2026, 2, 16))["uiterlijk_op"] == date(2026, 2, 16)
    termijn = een_termijn(con, "K2026-0001", "proeftermijn", date(2026, 2, 17))
    # A date that was told to the indiener stands as it is, also on a Sunday.
    assert (termijn["uiterlijk_op"], termijn["status"]) == (date(2026, 3, 15), "loopt")
    assert (termijn["gesteld_grond"], termijn["dagen_over"]) == ("verlengd", 26)
    assert termijn["verlengbaar_tot"] == date(2026, 3, 16)


def test_een_overgenomen_termijn_komt_uit_het_log_zelf(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    pad = tmp_path / "log.toml"
    tekst = EIGEN.replace("waarde = {waarde}\n", "", 1).replace("bij_kenmerk = {{ commissie = 10, haast = 1 }}\n", "")
    pad.write_text(
        tekst.format(eenheid="gesteld", verschuift="false", vanaf="ontvangen", waarde=0).replace(
            'id = "proef"', 'id = "log"'
        ),
        encoding="utf-8",
    )
    voeg_reglement_toe(con, reglement.load(pad))
    voeg_toe(con, "K2026-0001", date(2026, 1, 5), reglement="log", herkomst="overgenomen", stap_13_op=date(2026, 1, 20))
    voeg_toe(con, "K2026-0002", date(2026, 1, 5), reglement="log", herkomst="overgenomen")
    leg_vast(
        con,
        [
            (
                "K2026-0001",
                "TermijnOvergenomen",
                date(2026, 1, 5),
                {"termijn": "proeftermijn", "uiterlijk_op": "2026-01-19"},
            )
        ],
    )
    assert statussen(con, date(2026, 2, 1)) == {
        ("K2026-0001", "proeftermijn"): "te laat",
        # Nobody said when: there is no term, so it is never late and never on time.
        ("K2026-0002", "proeftermijn"): "n.v.t.",
    }


# --- what is and is not known on the peildatum -----------------------------------------------------------------------


def test_een_klacht_van_na_de_peildatum_en_een_vervallen_klacht_komen_niet_voor(con: duckdb.DuckDBPyConnection) -> None:
    voeg_toe(con, "K2026-0001", date(2026, 1, 5))
    voeg_toe(con, "K2026-0002", date(2026, 1, 7))
    voeg_toe(con, "K2026-0003", date(2026, 1, 5), vervallen_op=date(2026, 1, 6))
    assert {nr for nr, _ in statussen(con, date(2026, 1, 6))} == {"K2026-0001"}


def test_een_besluit_van_na_de_peildatum_is_nog_niet_bekend(con: duckdb.DuckDBPyConnection) -> None:
    ontvangen_op = date(2026, 1, 5)
    voeg_toe(con, "K2026-0001", ontvangen_op, stap_07_op=date(2026, 1, 20))
    voeg_toe(con, "K2026-0002", ontvangen_op, stap_08_op=date(2026, 1, 20))
    voor = statussen(con, date(2026, 1, 19))
    assert {status for (_, termijn), status in voor.items() if termijn != "bevestiging"} == {"onbepaald"}
    na = statussen(con, date(2026, 1, 20))
    assert (na["K2026-0001", "niet_in_behandeling"], na["K2026-0001", "maatregelen"]) == ("op tijd", "n.v.t.")
    assert (na["K2026-0002", "niet_in_behandeling"], na["K2026-0002", "maatregelen"]) == ("n.v.t.", "loopt")


def test_bewust_geen_maatregelen_maakt_stap_11_niet_van_toepassing(con: duckdb.DuckDBPyConnection) -> None:
    voeg_toe(con, "K2026-0001", date(2026, 1, 5), stap_08_op=date(2026, 1, 20), zonder_maatregelen=True)
    assert statussen(con, date(2026, 1, 19))["K2026-0001", "maatregelen"] == "onbepaald"
    assert statussen(con, date(2026, 1, 20))["K2026-0001", "maatregelen"] == "n.v.t."
    assert statussen(con, date(2026, 12, 31))["K2026-0001", "niet_in_behandeling"] == "n.v.t."


def test_een_maatregel_die_later_bijkwam_verandert_een_eerdere_peildatum_niet(con: duckdb.DuckDBPyConnection) -> None:
    # Received on Monday 5 January; one maatregel in time, a second one decided and carried out in the summer.
    maatregelen = [(date(2026, 1, 20), date(2026, 2, 10), None), (date(2026, 6, 1), date(2026, 7, 1), None)]
    voeg_toe(con, "K2026-0001", date(2026, 1, 5), maatregelen=maatregelen)
    assert statussen(con, date(2026, 2, 9))["K2026-0001", "maatregelen"] == "loopt"
    assert statussen(con, date(2026, 3, 31))["K2026-0001", "maatregelen"] == "op tijd"
    assert statussen(con, date(2026, 6, 15))["K2026-0001", "maatregelen"] == "te laat, nog open"
    assert statussen(con, date(2026, 7, 1))["K2026-0001", "maatregelen"] == "te laat"


def test_wie_intrekt_na_de_laatste_dag_zonder_besluit_verbetert_het_cijfer_niet(con: duckdb.DuckDBPyConnection) -> None:
    # Monday 5 January: acknowledgement due 19 January, notice due 2 February, maatregelen due 16 February.
    voeg_toe(con, "K2026-0001", date(2026, 1, 5), ingetrokken_op=date(2026, 2, 3))
    voeg_toe(con, "K2026-0002", date(2026, 1, 5), ingetrokken_op=date(2026, 2, 17), stap_08_op=date(2026, 1, 20))
    nu = statussen(con, date(2026, 12, 31))
    assert nu["K2026-0001", "bevestiging"] == "te laat"
    assert nu["K2026-0001", "niet_in_behandeling"] == "onbepaald, termijn verstreken"
    assert nu["K2026-0001", "maatregelen"] == "n.v.t."
    assert nu["K2026-0002", "maatregelen"] == "te laat"


def test_dagen_over_staat_er_alleen_zolang_er_nog_iets_moet_gebeuren(con: duckdb.DuckDBPyConnection) -> None:
    voeg_toe(con, "K2026-0001", date(2026, 1, 5), stap_05_op=date(2026, 1, 6))
    voeg_toe(con, "K2026-0002", date(2026, 1, 5), ingetrokken_op=date(2026, 2, 3))
    op = date(2026, 2, 4)
    assert een_termijn(con, "K2026-0001", "bevestiging", op)["dagen_over"] is None
    assert een_termijn(con, "K2026-0001", "niet_in_behandeling", op)["dagen_over"] == -2
    assert een_termijn(con, "K2026-0001", "maatregelen", op)["dagen_over"] == 12
    assert een_termijn(con, "K2026-0002", "niet_in_behandeling", op)["dagen_over"] is None


def test_een_klacht_houdt_de_versie_van_haar_dag(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    tekst = (reglement.MAP / "coulant.toml").read_text(encoding="utf-8").replace('id = "coulant"', 'id = "eigen"')
    tekst = tekst.replace("geldig_vanaf = 2000-01-01", "geldig_vanaf = 2000-01-01\ngeldig_tot = 2026-12-31", 1)
    nieuw = tekst[tekst.index("[[termijnen]]") : tekst.index("[[termijnen]]", tekst.index("[[termijnen]]") + 1)]
    nieuw = nieuw.replace("waarde = 2", "waarde = 5").replace('"weken"', '"werkdagen"')
    nieuw = nieuw.replace("geldig_vanaf = 2000-01-01\ngeldig_tot = 2026-12-31", "geldig_vanaf = 2027-01-01")
    pad = tmp_path / "eigen.toml"
    pad.write_text(tekst + "\n" + nieuw, encoding="utf-8")
    eigen = reglement.load(pad)
    voeg_reglement_toe(con, eigen)
    for nr, ontvangen_op in (("K2026-0001", date(2026, 12, 31)), ("K2026-0002", date(2027, 1, 1))):
        versie = eigen.versie_op(ontvangen_op)
        voeg_toe(con, nr, ontvangen_op, reglement="eigen", reglement_versie=versie)
    op = date(2027, 1, 2)
    # Thursday 31 December plus two weeks; Friday 1 January plus five working days.
    assert een_termijn(con, "K2026-0001", "bevestiging", op)["uiterlijk_op"] == date(2027, 1, 14)
    assert een_termijn(con, "K2026-0002", "bevestiging", op)["uiterlijk_op"] == date(2027, 1, 8)
    assert een_termijn(con, "K2026-0002", "maatregelen", op)["uiterlijk_op"] == date(2027, 2, 12)


# --- days equated by decree ------------------------------------------------------------------------------------------

AWB = {"reglement": "awb9", "reglement_versie": date(1999, 7, 1)}


def test_a_term_of_the_law_moves_over_a_day_equated_by_decree(con: duckdb.DuckDBPyConnection) -> None:
    # Received on Good Friday 2026: six weeks later is Friday 15 May, after Ascension, equated by decree.
    voeg_toe(con, "K2026-0001", date(2026, 4, 3), **AWB)
    assert een_termijn(con, "K2026-0001", "afhandeling", date(2026, 5, 1))["uiterlijk_op"] == date(2026, 5, 18)
    # The day before and the same day in a year without such a decree stand where the law puts them.
    voeg_toe(con, "K2026-0002", date(2026, 4, 1), **AWB)
    assert een_termijn(con, "K2026-0002", "afhandeling", date(2026, 5, 1))["uiterlijk_op"] == date(2026, 5, 13)


def test_a_private_reglement_does_not_move_over_an_equated_day(con: duckdb.DuckDBPyConnection) -> None:
    voeg_toe(con, "K2026-0001", date(2026, 5, 1))
    assert een_termijn(con, "K2026-0001", "bevestiging", date(2026, 5, 2))["uiterlijk_op"] == date(2026, 5, 15)


def test_a_reader_is_told_when_a_term_ends_after_the_last_decree(con: duckdb.DuckDBPyConnection) -> None:
    for nummer, op in (("K2028-0001", date(2028, 11, 1)), ("K2028-0002", date(2028, 11, 24))):
        voeg_toe(con, nummer, op, **AWB)
    voeg_toe(con, "K2028-0003", date(2028, 11, 24))
    awb, coulant = reglement.load("awb9"), reglement.load("coulant")

    def gezegd(nummer: str, welk: reglement.Reglement, versie: date) -> set[str]:
        return {voorbehoud(s, welk, versie) for s in termijnen_van_klacht(con, nummer, date(2028, 11, 25))}

    assert gezegd("K2028-0001", awb, AWB["reglement_versie"]) == {""}
    assert {zin[:41] for zin in gezegd("K2028-0002", awb, AWB["reglement_versie"])} == {
        "", "Onder voorbehoud: welke dagen na 2028 bij"
    }  # fmt: skip
    # The private reglement moves nothing, so nothing can change.
    assert gezegd("K2028-0003", coulant, date(2000, 1, 1)) == {""}
