"""Taking over a log: what is made of it, and what is rejected with which reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from klachten.analyse.termijnen import naleving
from klachten.overname import overnemen
from klachten.register import Register
from tests.overnameproef import PROEF, PROJECT, STATUS, maak, neem_over, plan, redenen, rijen

# --- an event log with deadlines of its own --------------------------------------------------------------------------


def test_the_eight_cases_have_the_statuses_that_were_worked_out_by_hand(register: Register):
    neem_over(register, "zaken")
    gevonden = rijen(
        register,
        "SELECT k.bron_id, t.status FROM termijnen(?) AS t JOIN klacht AS k ON k.klachtnummer = t.klachtnummer",
        date(2011, 4, 1),
    )
    assert dict(gevonden) == STATUS


def test_the_matured_cohort_of_the_eight_is_three_of_six(register: Register):
    neem_over(register, "zaken")
    with register.cursor() as cursor:
        regels = naleving.bereken(cursor, date(2011, 4, 1), herkomst="overgenomen", reglement="proefgemeente")
    samen = naleving.samen(regels)
    assert (samen.rijp_op_tijd, samen.rijp) == (3, 6)
    assert (samen.op_tijd, samen.te_laat, samen.te_laat_open, samen.loopt) == (3, 2, 1, 2)


@pytest.mark.parametrize(
    ("zaak", "ontvangen_op", "uiterlijk_op", "einde_op"),
    [
        ("C", date(2011, 3, 20), date(2011, 3, 27), date(2011, 3, 28)),  # 22:30Z is half past midnight in summer time
        ("D", date(2011, 3, 27), date(2011, 3, 27), date(2011, 3, 27)),  # to the second it ends before it starts
        ("G", date(2011, 3, 31), date(2011, 10, 30), None),  # the hour that comes twice
        ("H", date(2011, 1, 1), date(2011, 1, 31), date(2011, 1, 31)),  # still 2010 in London
    ],
)
def test_a_moment_with_its_offset_is_the_day_in_the_netherlands(register, zaak, ontvangen_op, uiterlijk_op, einde_op):
    neem_over(register, "zaken")
    assert rijen(
        register,
        "SELECT k.ontvangen_op, g.uiterlijk_op, k.stap_13_op FROM klacht AS k "
        "JOIN gestelde_termijn AS g ON g.klachtnummer = k.klachtnummer WHERE k.bron_id = ?",
        zaak,
    ) == [(ontvangen_op, uiterlijk_op, einde_op)]


def test_numbers_follow_the_day_of_receipt_and_the_year_of_the_netherlands(register: Register):
    uitkomst = neem_over(register, "zaken")
    assert [(nummer, zaak.bron_id) for nummer, zaak in uitkomst.nieuw][:3] == [
        ("K2011-0001", "H"),
        ("K2011-0002", "A"),
        ("K2011-0003", "B"),
    ]
    assert rijen(register, "SELECT klachtnummer, bron_id FROM klacht ORDER BY 1 LIMIT 1") == [("K2011-0001", "H")]


def test_a_case_with_two_values_is_rejected_with_all_its_rows(tmp_path: Path):
    csv = (PROEF / "zaken.csv").read_text(encoding="utf-8").replace("Post,afgedaan", "Internet,afgedaan")
    uitkomst = plan(maak(tmp_path, "zaken", csv=csv), tmp_path / "zaken.toml")
    assert redenen(uitkomst) == {
        3: "Hoort bij 'B', afgekeurd om regel 9.",
        9: "Kolom 'kanaal' is hier anders dan op regel 3.",
    }
    assert len(uitkomst.nieuw) == 7


def test_line_numbers_are_those_of_the_file_also_after_a_field_of_two_lines(tmp_path: Path):
    csv = (PROEF / "zaken.csv").read_text(encoding="utf-8").replace("2011-03-20 12:00:00.020000", "gisteren")
    uitkomst = plan(maak(tmp_path, "zaken", csv=csv), tmp_path / "zaken.toml")
    assert redenen(uitkomst) == {6: "Kolom 'start' is niet te lezen als ISO-tijdstip: (niet getoond: 14 tekens)."}


def test_dates_of_events_are_picked_as_declared(tmp_path: Path, register: Register):
    voorbeelden = PROJECT / "klachten" / "overname" / "voorbeelden"
    bestand = tmp_path / "log.csv"
    bestand.write_text(
        "zaaknummer;soort;team;status;aanmelder;gebeurtenis;moment\n"
        "1;Bejegening;Noord;afgehandeld;Zoë;afgedaan;14-3-2025 16:00\n"
        "1;Bejegening;Noord;afgehandeld;Zoë;ingeschreven;3-2-2025 14:05\n"
        "2;Anders;-;loopt;;ingeschreven;4-2-2025 14:05\n"
        "1;Bejegening;Noord;afgehandeld;Zoë;brief ontvangst;8-2-2025 09:30\n"
        "1;Bejegening;Noord;afgehandeld;Zoë;brief ontvangst;6-2-2025 09:30\n"
        "3;Anders;Zuid;loopt;;ingetrokken;5-2-2025 14:05\n"
        "2;Anders;-;loopt;;ingetrokken;9-2-2025 14:05\n",
        encoding="windows-1252",
    )
    uitkomst = plan(bestand, voorbeelden / "alle_mogelijkheden.toml", register)
    assert redenen(uitkomst) == {7: "Geen van de regels geeft een datum voor de ontvangst."}
    overnemen.record(register, uitkomst)
    assert rijen(
        register,
        "SELECT ontvangen_op, stap_05_op, stap_13_op, ingetrokken_op, uitkomst, vestiging, categorie "
        "FROM klacht ORDER BY 1",
    ) == [
        (date(2025, 2, 3), date(2025, 2, 6), date(2025, 3, 14), None, "opgelost", "noord", "bejegening"),
        (date(2025, 2, 4), None, None, date(2025, 2, 9), None, "onbekend", "overig"),
    ]
    assert register.vastleggingen("K2025-0001")[0].feit.indiener_naam == "Zoë"


# --- one row per klacht ----------------------------------------------------------------------------------------------


def test_every_rejected_row_has_its_line_and_its_reason():
    uitkomst = plan(PROEF / "klachten.csv", PROEF / "klachten.toml")
    assert redenen(uitkomst) == {
        8: "Doorgestuurd (1 september 2013) ligt voor de ontvangst (2 september 2013).",
        9: "Kolom 'ontvangen' is niet te lezen als M/D/JJJJ: '13/1/2013'.",
        10: "Kolom 'via' heeft een waarde die niet is opgegeven: (niet getoond: 4 tekens).",
    }
    assert [zaak.bron_id for _, zaak in uitkomst.nieuw] == ["1003", "1001", "1002", "1004"]


def test_the_same_row_twice_counts_once():
    assert plan(PROEF / "klachten.csv", PROEF / "klachten.toml").lezing.dubbelen == [(11, 6)]


def test_the_same_id_with_other_content_is_rejected_on_both_lines(tmp_path: Path):
    csv = (PROEF / "klachten.csv").read_text(encoding="utf-8") + "1004,12/30/2013,,Web,Lening,,\n"
    uitkomst = plan(maak(tmp_path, "klachten", csv=csv), tmp_path / "klachten.toml")
    assert redenen(uitkomst)[7] == "Het kenmerk staat ook op regel 12, met andere inhoud: welke geldt?"
    assert redenen(uitkomst)[12] == "Het kenmerk staat ook op regel 7, met andere inhoud: welke geldt?"


def test_text_goes_to_the_dossier_and_not_one_word_of_it_to_the_journal(register: Register):
    neem_over(register, "klachten")
    ontvangst = register.vastleggingen("K2013-0001")[0].feit
    assert ontvangst.omschrijving == 'Hypotheek\nZij zei: "dat doen wij niet", en hing op.'
    assert ontvangst.betrokkenen_buiten == "Bank 't Oosten"
    assert register.vastleggingen("K2013-0002")[0].feit.omschrijving == "Lening\nEerste regel.\n\nDerde regel."
    journaal = "".join(pad.read_text(encoding="utf-8") for pad in (register.map / "journaal").glob("*.jsonl"))
    assert not [woord for woord in ("Oosten", "hing op", "Leenhuis", "Derde") if woord in journaal]


def test_a_term_of_a_fixed_number_of_days_is_counted(register: Register):
    neem_over(register, "klachten")
    gevonden = rijen(
        register,
        "SELECT k.bron_id, t.uiterlijk_op, t.status FROM termijnen(?) AS t "
        "JOIN klacht AS k ON k.klachtnummer = t.klachtnummer ORDER BY 1",
        date(2014, 1, 15),
    )
    assert gevonden == [
        ("1001", date(2013, 9, 14), "op tijd"),
        ("1002", date(2013, 9, 15), "op tijd"),
        ("1003", date(2012, 3, 14), "op tijd"),  # over a leap day
        ("1004", date(2014, 1, 15), "loopt"),
    ]


@pytest.mark.parametrize(
    ("regel", "reden"),
    [
        ("9,3/2/2026,,Web,Lening,,", "De ontvangst (2 maart 2026) ligt in de toekomst."),
        ("9,2/1/2026,3/2/2026,Web,Lening,,", "Doorgestuurd (2 maart 2026) ligt in de toekomst."),
        ("9,2/29/2025,,Web,Lening,,", "Kolom 'ontvangen' is niet te lezen als M/D/JJJJ: '2/29/2025'."),
        ("9,2013-08-30,,Web,Lening,,", "Kolom 'ontvangen' is niet te lezen als M/D/JJJJ: '2013-08-30'."),
        ("9,8/30/13,,Web,Lening,,", "Kolom 'ontvangen' is niet te lezen als M/D/JJJJ: '8/30/13'."),
        ("9,,,Web,Lening,,", "Kolom 'ontvangen' is leeg."),
        (",8/30/2013,,Web,Lening,,", "Kolom 'nummer' is leeg."),
        (f"{'9' * 101},8/30/2013,,Web,Lening,,", "Kolom 'nummer' is te lang of bevat vreemde tekens."),
        ("9,8/30/2013,,,Lening,,", "Kolom 'via' is leeg."),
        ("9,8/30/1999,,Web,Lening,,",
         "Klachten van een proefbureau geldt pas vanaf 01-01-2000: voor 30-08-1999 is er geen versie."),
        ("9,8/30/2013,,Web,Lening,", "De regel heeft 6 velden, de kopregel 7."),
        ("9,8/30/2013,,Web,Lening,,,", "De regel heeft 8 velden, de kopregel 7."),
        ("9,8/30/2013,,Web,Lening,a\0b,", "De regel bevat een NUL-teken; dat hoort niet in een tekstbestand."),
        ('9,8/30/2013,,Web,Lening,"een"twee,', "Na een aanhalingsteken dat een veld sluit, staat nog tekst."),
        ("9,9/2/2013,9/1/2013,Duif,Lening,,",
         ("Kolom 'via' heeft een waarde die niet is opgegeven: (niet getoond: 4 tekens). Doorgestuurd "
          "(1 september 2013) ligt voor de ontvangst (2 september 2013).")),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_right_says_why(tmp_path: Path, regel: str, reden: str):
    kop = (PROEF / "klachten.csv").read_text(encoding="utf-8").splitlines()[0]
    goed = "1,8/30/2013,,Web,Lening,,"
    uitkomst = plan(maak(tmp_path, "klachten", csv=f"{kop}\n{goed}\n\n{regel}\n"), tmp_path / "klachten.toml")
    assert redenen(uitkomst) == {4: reden}
    assert [zaak.bron_id for _, zaak in uitkomst.nieuw] == ["1"]


@pytest.mark.parametrize(
    ("grens", "reden"),
    [
        ("geldig_vanaf = 2013-09-01",
         "Veld categorie: 'Lening' gold op 30 augustus 2013 nog niet; dat begint op 1 september 2013."),
        ("geldig_tot = 2013-08-29",
         "Veld categorie: 'Lening' gold op 30 augustus 2013 niet meer; dat eindigde op 29 augustus 2013."),
        ("geldig_vanaf = 2013-08-30\ngeldig_tot = 2013-08-30", ""),
    ],
)  # fmt: skip
def test_a_choice_that_was_not_valid_on_the_day_of_receipt_is_rejected(tmp_path: Path, grens: str, reden: str):
    kop = (PROEF / "klachten.csv").read_text(encoding="utf-8").splitlines()[0]
    csv = maak(tmp_path, "klachten", csv=f"{kop}\n1,8/30/2013,,Web,Lening,,\n2,8/30/2013,,Web,Hypotheek,,\n")
    pad = tmp_path / "klachten.reglement.toml"
    tekst = pad.read_text(encoding="utf-8")
    pad.write_text(tekst.replace('naam = "Lening"', f'naam = "Lening"\n{grens}'), encoding="utf-8")
    assert redenen(plan(csv, tmp_path / "klachten.toml")) == ({2: reden} if reden else {})


def test_the_same_choice_is_judged_on_the_day_of_each_klacht(tmp_path: Path):
    kop = (PROEF / "klachten.csv").read_text(encoding="utf-8").splitlines()[0]
    csv = maak(tmp_path, "klachten", csv=f"{kop}\n1,8/30/2013,,Web,Lening,,\n2,8/29/2013,,Web,Lening,,\n")
    pad = tmp_path / "klachten.reglement.toml"
    tekst = pad.read_text(encoding="utf-8").replace('naam = "Lening"', 'naam = "Lening"\ngeldig_vanaf = 2013-08-30')
    pad.write_text(tekst, encoding="utf-8")
    reden = "Veld categorie: 'Lening' gold op 29 augustus 2013 nog niet; dat begint op 30 augustus 2013."
    assert redenen(plan(csv, tmp_path / "klachten.toml")) == {3: reden}


@pytest.mark.parametrize(("uiterlijk", "mag"), [("2011-02-28", False), ("2011-03-01", True)])
def test_a_due_date_before_the_receipt_is_rejected(tmp_path: Path, uiterlijk: str, mag: bool):
    kop, eerste, *_ = (PROEF / "zaken.csv").read_text(encoding="utf-8").splitlines()
    csv = maak(tmp_path, "zaken", csv=f"{kop}\n{eerste.replace('2011-03-15 01:00', uiterlijk + ' 01:00', 1)}\n")
    zin = "De uiterste datum (28 februari 2011) ligt voor de ontvangst (1 maart 2011)."
    assert redenen(plan(csv, tmp_path / "zaken.toml")) == ({} if mag else {2: zin})
