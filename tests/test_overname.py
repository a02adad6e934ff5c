"""Taking over a log: what is made of it, what is rejected, twice is once, and a killed import leaves nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from klachten import __main__ as ingang
from klachten import handelingen
from klachten.analyse.termijnen import naleving
from klachten.dossier.mag import OVERGENOMEN_MAG
from klachten.handelingen.weigering import Geweigerd
from klachten.opening import open_register
from klachten.overname import kolommen as declaratie
from klachten.overname import overnemen
from klachten.overname.lezen import OnleesbaarBestand
from klachten.overname.overnemen import Plan
from klachten.overname.zaaklijst import Nieuw
from klachten.register import Register, RegisterFout, stroom
from klachten.register.controle import controleer
from klachten.register.dossiermap import Dossiermap
from tests import eindig

PROJECT = Path(__file__).resolve().parents[1]
PROEF = Path(__file__).parent / "overname"
VANDAAG = date(2026, 3, 1)


def plan(bestand: Path, kolommen: Path, register: Register | None = None) -> Plan:
    gelezen = declaratie.load(kolommen)
    return overnemen.plan(bestand, gelezen, overnemen.read(bestand, gelezen, VANDAAG), register)


def neem_over(register: Register, naam: str) -> Plan:
    uitkomst = plan(PROEF / f"{naam}.csv", PROEF / f"{naam}.toml", register)
    overnemen.record(register, uitkomst)
    return uitkomst


def maak(tmp_path: Path, naam: str, *, csv: str | None = None, toml: tuple[str, str] | None = None) -> Path:
    """Copy a declaration with its reglement and file, changed where asked; returns the CSV file."""
    for bron in PROEF.glob(f"{naam}*"):
        (tmp_path / bron.name).write_bytes(bron.read_bytes())
    if csv is not None:
        (tmp_path / f"{naam}.csv").write_text(csv, encoding="utf-8", newline="")
    if toml is not None:
        pad = tmp_path / f"{naam}.toml"
        tekst = pad.read_text(encoding="utf-8")
        assert toml[0] in tekst
        pad.write_text(tekst.replace(*toml), encoding="utf-8")
    return tmp_path / f"{naam}.csv"


def redenen(uitkomst: Plan) -> dict[int, str]:
    return {afkeuring.regel: afkeuring.reden for afkeuring in uitkomst.afkeuringen}


def rijen(register: Register, sql: str, *waarden: object) -> list[tuple[object, ...]]:
    with register.cursor() as cursor:
        return cursor.execute(sql, list(waarden)).fetchall()


def importeer(capsys: pytest.CaptureFixture[str], *argv: object) -> tuple[int, str, str]:
    code = ingang.main(["importeer", *map(str, argv)])
    gezegd = capsys.readouterr()
    return code, gezegd.out, gezegd.err


# --- an event log with deadlines of its own --------------------------------------------------------------------------

STATUS = {"A": "op tijd", "B": "te laat", "C": "te laat", "D": "op tijd", "E": "te laat, nog open"}
STATUS |= {"F": "loopt", "G": "loopt", "H": "op tijd"}


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


# --- twice is once ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("naam", ["zaken", "klachten"])
def test_the_same_file_twice_adds_nothing(register: Register, naam: str):
    eerste = neem_over(register, naam)
    stand = register.stand()
    tweede = neem_over(register, naam)
    assert not tweede.nieuw
    assert len(tweede.al_overgenomen) == len(eerste.nieuw)
    assert redenen(tweede) == redenen(eerste)
    assert register.stand() == stand


def test_a_known_klacht_with_other_content_is_changed_and_says_what_differs(tmp_path: Path, register: Register):
    neem_over(register, "klachten")
    csv = (PROEF / "klachten.csv").read_text(encoding="utf-8")
    csv = csv.replace("1004,12/31/2013,,", "1004,12/31/2013,12/31/2013,").replace("Derde regel", "Vierde regel")
    uitkomst = plan(maak(tmp_path, "klachten", csv=csv), tmp_path / "klachten.toml", register)
    anders = {w.nummer: [deel.changed() for deel in w.delen] for w in uitkomst.gewijzigd}
    assert anders == {"K2013-0002": ["ontvangst: omschrijving"], "K2013-0003": ["stap 5 erbij"]}
    assert not uitkomst.nieuw


def test_a_case_that_is_new_in_the_next_file_is_added(tmp_path: Path, register: Register):
    neem_over(register, "zaken")
    csv = (PROEF / "zaken.csv").read_text(encoding="utf-8")
    csv += "I,2011-03-01 09:00:00+01:00,2011-03-15 01:00:00+01:00,,Post,ontvangen,2011-03-01 09:00:00+01:00\n"
    uitkomst = plan(maak(tmp_path, "zaken", csv=csv), tmp_path / "zaken.toml", register)
    assert [(nummer, zaak.bron_id) for nummer, zaak in uitkomst.nieuw] == [("K2011-0009", "I")]
    assert overnemen.record(register, uitkomst) == ["K2011-0009"]


def test_a_correction_in_the_register_does_not_make_the_file_deviate(register: Register, anna):
    neem_over(register, "klachten")
    eerste = register.vastleggingen("K2013-0001")[-1]
    handelingen.HANDELINGEN["corrigeren_feit"](
        register, anna, "K2013-0001", vandaag=VANDAAG, nr=eerste.nr, gebeurd_op=date(2013, 9, 4), reden="Poststempel."
    )
    tweede = plan(PROEF / "klachten.csv", PROEF / "klachten.toml", register)
    assert len(tweede.al_overgenomen) == 4
    assert rijen(register, "SELECT stap_05_op FROM klacht WHERE klachtnummer = 'K2013-0001'") == [(date(2013, 9, 4),)]


# --- what the register makes of it -----------------------------------------------------------------------------------


def test_imported_klachten_are_marked_and_keep_their_source_id(register: Register):
    neem_over(register, "klachten")
    assert rijen(register, "SELECT DISTINCT herkomst, bron, reglement FROM klacht") == [
        ("overgenomen", "proefbureau", "proefbureau")
    ]
    assert {feit.door for feit in register.vastleggingen("K2012-0001")} == {"overname"}


def test_an_imported_klacht_is_not_handled_here(register: Register, anna):
    neem_over(register, "klachten")
    with pytest.raises(Geweigerd, match="overgenomen uit een ander systeem"):
        handelingen.HANDELINGEN["stap_04_toewijzen_behandelaar"](
            register, anna, "K2013-0001", vandaag=VANDAAG, op=VANDAAG, behandelaar="bas"
        )
    dossier = handelingen.dossier_van(register, "K2013-0001")
    mogelijk = handelingen.mogelijk(
        dossier, anna, handelingen.reglement_van(register, dossier, op=dossier.ontvangen_op)
    )
    assert {m.handeling.naam for m in mogelijk if not m.weigering} == OVERGENOMEN_MAG


def test_the_whole_import_is_one_group_in_the_journal(register: Register):
    uitkomst = neem_over(register, "zaken")
    (pad,) = (register.map / "journaal").glob("*.jsonl")
    delen = [json.loads(regel)["deel"] for regel in pad.read_text(encoding="utf-8").splitlines()]
    assert delen == [[i, uitkomst.feiten + 1] for i in range(1, uitkomst.feiten + 2)]


def test_controleer_finds_an_import_in_order(register: Register):
    neem_over(register, "zaken")
    neem_over(register, "klachten")
    assert Counter(bevinding.ernst for bevinding in controleer(register)).keys() == {"goed"}


# --- the reglement goes with the register ----------------------------------------------------------------------------


def test_the_terms_are_there_again_when_the_register_is_opened_later(tmp_path: Path):
    with open_register(tmp_path) as register:
        neem_over(register, "zaken")
    assert (tmp_path / "reglementen" / "proefgemeente.toml").read_bytes() == (
        PROEF / "zaken.reglement.toml"
    ).read_bytes()
    with open_register(tmp_path) as register:
        assert register.meldingen == []
        assert register.reglementen["proefgemeente"].naam == "Zaken van een proefgemeente"
        assert rijen(register, "SELECT count(*) FROM termijnen(?)", date(2011, 4, 1)) == [(8,)]


def test_a_reglement_that_was_lost_is_told_at_opening(tmp_path: Path):
    with open_register(tmp_path) as register:
        neem_over(register, "zaken")
    (tmp_path / "reglementen" / "proefgemeente.toml").unlink()
    with open_register(tmp_path) as register:
        (melding,) = register.meldingen
    assert melding.startswith("Het reglement 'proefgemeente' waaronder klachten zijn overgenomen, ontbreekt in ")


def test_a_changed_reglement_of_the_same_id_is_refused(tmp_path: Path, register: Register):
    neem_over(register, "klachten")
    bestand = maak(tmp_path, "klachten")
    pad = tmp_path / "klachten.reglement.toml"
    pad.write_text(pad.read_text(encoding="utf-8").replace("waarde = 15", "waarde = 30"), encoding="utf-8")
    with pytest.raises(ValueError, match="'proefbureau' is eerder bewaard met een andere inhoud, voor 4 klachten"):
        plan(bestand, tmp_path / "klachten.toml", register)


def test_a_comment_in_a_reglement_does_not_change_it(tmp_path: Path, register: Register):
    neem_over(register, "klachten")
    bestand = maak(tmp_path, "klachten")
    with (tmp_path / "klachten.reglement.toml").open("a", encoding="utf-8") as open_bestand:
        open_bestand.write("# Nagekeken.\n")
    assert len(plan(bestand, tmp_path / "klachten.toml", register).al_overgenomen) == 4


# --- the command -----------------------------------------------------------------------------------------------------


def test_without_uitvoeren_nothing_is_made_not_even_a_register(capsys, tmp_path: Path):
    map = tmp_path / "register"
    code, uit, _ = importeer(capsys, PROEF / "zaken.csv", "--kolommen", PROEF / "zaken.toml", "--map", map)
    assert code == 0
    assert "Nieuw            8 klachten (21 feiten)" in uit
    assert "K2011-0001  ontvangen 01-01-2011, uiterlijk 31-01-2011, afgehandeld 31-01-2011 ('H', regel 12)" in uit
    assert "Er is nog niets vastgelegd." in uit
    assert not map.exists()


def test_a_rejected_row_stops_the_whole_file_unless_it_may_be_left_out(capsys, tmp_path: Path):
    opdracht = (PROEF / "klachten.csv", "--kolommen", PROEF / "klachten.toml", "--map", tmp_path, "--uitvoeren")
    code, uit, _ = importeer(capsys, *opdracht)
    assert code == 1
    assert "Er is niets vastgelegd, want er zijn regels afgekeurd" in uit
    assert "  regel 10 ('1007'): Kolom 'via' heeft een waarde die niet is opgegeven: (niet getoond: 4 tekens)." in uit
    assert "regel 11 is gelijk aan regel 6" in uit
    with open_register(tmp_path) as register:
        assert register.stand().aantal == 0
    code, uit, _ = importeer(capsys, *opdracht, "--zonder-afgekeurde")
    assert code == 0
    assert "Vastgelegd: 4 klachten, van K2012-0001 tot en met K2013-0003." in uit
    assert "Start met --eigen als het uw eigen register wordt" in uit
    code, uit, _ = importeer(capsys, *opdracht, "--zonder-afgekeurde")
    assert code == 0
    assert "Al overgenomen   4 klachten" in uit
    assert "Er valt niets vast te leggen." in uit


def test_all_rejected_rows_can_be_written_to_a_file(capsys, tmp_path: Path):
    csv = (PROEF / "klachten.csv").read_text(encoding="utf-8").replace("1007", "=1+1")
    bestand = maak(tmp_path, "klachten", csv=csv)
    naar = tmp_path / "afgekeurd.csv"
    importeer(capsys, bestand, "--kolommen", tmp_path / "klachten.toml", "--map", tmp_path / "r", "--afgekeurd", naar)
    regels = naar.read_text(encoding="utf-8-sig").splitlines()
    assert regels[0] == "regel;kenmerk;reden"
    assert [regel.split(";")[:2] for regel in regels[1:]] == [["8", "1005"], ["9", "1006"], ["10", ""]]


def test_the_file_itself_is_never_overwritten(capsys, tmp_path: Path):
    bestand = maak(tmp_path, "klachten")
    code, _, fout = importeer(
        capsys, bestand, "--kolommen", tmp_path / "klachten.toml", "--map", tmp_path / "r", "--afgekeurd", bestand
    )
    assert code == 2
    assert "zou een bestand van de overname overschrijven" in fout
    assert bestand.read_bytes() == (PROEF / "klachten.csv").read_bytes()


def test_a_register_that_is_open_elsewhere_is_a_sentence(capsys, register: Register):
    code, uit, fout = importeer(capsys, PROEF / "zaken.csv", "--kolommen", PROEF / "zaken.toml", "--map", register.map)
    assert code == 2
    assert "is al geopend door een ander programma" in fout
    assert "Zet daarom eerst de app stil" in fout
    assert "nog eens en start de app daarna weer" in fout
    assert "Nieuw            8 klachten (21 feiten)" in uit


# --- too large to hold -----------------------------------------------------------------------------------------------


@pytest.fixture
def veel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that is written in six portions, the later klachten first."""
    monkeypatch.setattr(stroom, "PORTIE", 7)
    kop = (PROEF / "klachten.csv").read_text(encoding="utf-8").splitlines()[0]
    rijen = "".join(f"{i},8/{28 - i % 28}/2013,9/10/2013,Web,Lening,Verhaal {i},\n" for i in range(40))
    return maak(tmp_path, "klachten", csv=f"{kop}\n{rijen}")


def test_a_file_in_portions_is_one_group_with_its_texts_and_numbers_in_order_of_receipt(register: Register, veel: Path):
    uitkomst = plan(veel, veel.with_suffix(".toml"), register)
    assert overnemen.record(register, uitkomst) == [f"K2013-{i:04d}" for i in range(1, 41)]
    assert rijen(register, "SELECT DISTINCT deel[2] FROM gebeurtenis") == [(uitkomst.feiten + 1,)]
    op_nummer = rijen(register, "SELECT ontvangen_op, bron_id FROM klacht ORDER BY klachtnummer")
    assert op_nummer == sorted(op_nummer, key=lambda rij: (rij[0], int(str(rij[1]))))
    for nummer, zaak in uitkomst.nieuw:
        ontvangst = register.vastleggingen(nummer)[0].feit
        assert (ontvangst.bron_id, ontvangst.omschrijving) == (zaak.bron_id, f"Lening\nVerhaal {zaak.bron_id}")
    assert {bevinding.ernst for bevinding in controleer(register)} == {"goed"}
    with register.schrijven() as boeking:
        assert boeking.nieuw_nummer("K", 2013) == "K2013-0041"
        boeking.leg_vast("K2013-0041", register.vastleggingen("K2013-0001")[0].feit, door="anna", rol="coordinator")


@pytest.mark.parametrize("wat", ["schijf", "bestand", "nummers"])
def test_what_fails_halfway_leaves_nothing_and_can_be_done_again(register: Register, veel: Path, monkeypatch, wat: str):
    uitkomst = plan(veel, veel.with_suffix(".toml"), register)
    write, keer = Dossiermap.write_together, iter(range(100))

    def stuk(self, teksten):
        write(self, teksten)
        if next(keer) == 3:
            assert len(self.bundels.numbers()) == 27
            if wat == "schijf":
                raise OSError(28, "No space left on device")
            veel.write_bytes(veel.read_bytes() + b"\n")

    if wat == "nummers":
        monkeypatch.setattr(Nieuw, "number", lambda _, plek: f"K2013-{plek + 2:04d}")
    else:
        monkeypatch.setattr(Dossiermap, "write_together", stuk)
    reden = {"schijf": "Maak ruimte op de schijf", "bestand": "het bestand is veranderd", "nummers": "Intussen"}[wat]
    with pytest.raises((RegisterFout, OnleesbaarBestand), match=reden):
        overnemen.record(register, uitkomst)
    monkeypatch.undo()
    assert register.stand().aantal == 0
    assert list((register.map / "dossiers").iterdir()) == []
    assert journal_size(register.map) == 0
    overnemen.record(register, plan(veel, veel.with_suffix(".toml"), register))
    assert {bevinding.ernst for bevinding in controleer(register)} == {"goed"}


def test_texts_that_cannot_be_written_leave_nothing(register: Register, veel: Path):
    uitkomst = plan(veel, veel.with_suffix(".toml"), register)
    in_de_weg = register.dossiers.bundels.map / "K2013-0.bundel"
    in_de_weg.mkdir(parents=True)
    with pytest.raises(RegisterFout):
        overnemen.record(register, uitkomst)
    assert (register.stand().aantal, journal_size(register.map)) == (0, 0)
    in_de_weg.rmdir()
    (register.map / "dossiers" / "K2013-0023").mkdir()
    overnemen.record(register, plan(veel, veel.with_suffix(".toml"), register))
    assert {bevinding.ernst for bevinding in controleer(register)} == {"goed"}


# --- killed in the middle --------------------------------------------------------------------------------------------

TRAAG = """
import os, sys, time
from klachten import __main__ as ingang
from klachten.opdrachten import importeer
from klachten.register import journaal, stroom
journaal._SCHRIJFBLOK, stroom.PORTIE = 2048, 30
write = os.write
def slow_write(fd, inhoud):
    time.sleep(0.02)
    return write(fd, inhoud)

for regel in sys.stdin:  # a process of its own for each, that has all its imports already
    kind = os.fork()
    if not kind:
        os.write = slow_write
        with open(os.devnull, "w") as weg:
            sys.stdout = sys.stderr = weg
            os._exit(ingang.main(regel.rstrip("\\n").split("\\t")))
    print(kind, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(kind, 0)[1]), flush=True)
"""


@pytest.fixture(scope="module")
def langzaam() -> Iterator[subprocess.Popen[str]]:
    """What starts the command in a process of its own that writes its journal slowly, so that it can be killed."""
    proces = subprocess.Popen(
        [sys.executable, "-c", TRAAG],
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    yield proces
    proces.communicate(timeout=30)
    assert proces.returncode == 0


def start_slow_import(langzaam: subprocess.Popen[str], tmp_path: Path, bestand: Path) -> int:
    """Start it; returns the id of its process. How that ended is said on the next line."""
    assert langzaam.stdin
    argv = ["importeer", str(bestand), "--kolommen", str(tmp_path / "klachten.toml"), "--uitvoeren"]
    print("\t".join([*argv, "--map", str(tmp_path / "r")]), file=langzaam.stdin, flush=True)
    return int(eindig.line(langzaam))


def journal_size(map: Path) -> int:
    return sum(pad.stat().st_size for pad in (map / "journaal").glob("*.jsonl"))


@pytest.mark.parametrize("tot", [0, 1, 40_000])
def test_an_import_that_is_killed_halfway_leaves_nothing(langzaam: subprocess.Popen[str], tmp_path: Path, tot: int):
    kop = (PROEF / "klachten.csv").read_text(encoding="utf-8").splitlines()[0]
    csv = "".join(f"{i},8/{i % 30 + 1}/2013,9/10/2013,Web,Lening,Verhaal {i},\n" for i in range(200))
    bestand = maak(tmp_path, "klachten", csv=f"{kop}\n{csv}")
    proces = start_slow_import(langzaam, tmp_path, bestand)
    map = tmp_path / "r"
    # tot 0: while texts are in the dossiers and the journal is not. A dossier is made before its text is in it: killed
    # in between there is nothing to take out and nothing to report, so the file has to hold something.
    teksten = map / "dossiers" / "bundels" / "K2013-0.bundel"
    einde = time.monotonic() + 30
    while time.monotonic() < einde:
        if journal_size(map) >= tot and teksten.is_file() and teksten.stat().st_size:
            break
        time.sleep(0.002)
    os.kill(proces, signal.SIGKILL)
    assert int(eindig.line(langzaam)) == -signal.SIGKILL
    half = journal_size(map)
    assert half >= tot
    with open_register(map) as register:
        assert register.stand().aantal == 0
        assert rijen(register, "SELECT count(*) FROM klacht") == [(0,)]
        assert register.meldingen
        assert not list((map / "dossiers").iterdir()), "personal data of what was never confirmed"
        uitkomst = plan(bestand, tmp_path / "klachten.toml", register)
        assert (len(uitkomst.nieuw), uitkomst.nieuw[0][0]) == (200, "K2013-0001")
        overnemen.record(register, uitkomst)
        assert {bevinding.ernst for bevinding in controleer(register)} == {"goed"}
    with open_register(map) as register:
        assert rijen(register, "SELECT count(*), count(DISTINCT bron_id) FROM klacht") == [(200, 200)]
        assert len(plan(bestand, tmp_path / "klachten.toml", register).al_overgenomen) == 200
