"""Taken over twice is once; what was taken over is marked, is not handled here, and keeps its reglement."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from klachten import handelingen
from klachten.dossier.mag import OVERGENOMEN_MAG
from klachten.handelingen.weigering import Geweigerd
from klachten.opening import open_register
from klachten.overname import overnemen
from klachten.register import Register
from klachten.register.controle import controleer
from tests.overnameproef import PROEF, VANDAAG, maak, neem_over, plan, redenen, rijen

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
