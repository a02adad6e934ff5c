"""Page Overnemen asks how the open klachten go on here, shows what that does, and takes it back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from klachten.overname import overgangen, overnemen
from klachten.overname.voorstel import heropen
from klachten.register import Register
from klachten.scherm.dossier.handelen import DEEL
from klachten.scherm.overnemen import werk as werken
from tests import eindig
from tests.lijsten import VANDAAG
from tests.overgangproef import ALLES, NUMMER, VANAF, lees, schrijf
from tests.overnameproef import importeer
from tests.paginas import Opent, open_los, verstuur, widget, zinnen
from tests.schermproef import tekst
from tests.test_pagina_overnemen import _niets_onderhanden, stap, stuur, veld, verder  # noqa: F401

KOP = "Zaaknr;Datum ontvangst;Datum bevestiging;Datum afgehandeld;Soort klacht;Status;Behandelaar"
RIJEN = (
    "2026-1;12-01-2026;14-01-2026;30-01-2026;Bejegening;Afgerond;A. de Wit",
    "2026-2;19-01-2026;21-01-2026;;Wachttijd;In onderzoek;Anna de Wit",
    "2026-3;26-01-2026;;;Bejegening;Nieuw;Iemand Anders",
)
BESTAND = "\n".join([KOP, *RIJEN, ""])


def test_what_is_open_goes_on_here_and_that_is_taken_back(firma: Register, opent: Opent):
    proef = opent("overnemen")
    stuur(proef, BESTAND, "klachten oud.csv")
    verder(proef, 5)
    assert stap(proef) == "Waarden"
    assert not any(vak.label.startswith("Welke kolom") for vak in proef.selectbox)
    veld(proef, "checkbox", "De open klachten").check().run()
    assert not proef.exception, proef.exception
    # The column is known by its name, and so are a step by a word for it and a person by the full name.
    gekozen = {vak.label: vak.value for vak in proef.selectbox}
    assert gekozen["Welke kolom zegt waar een klacht is?"] == "Status"
    assert (gekozen["Nieuw, 1 keer"], gekozen["In onderzoek, 1 keer"], gekozen["Afgerond, 1 keer"]) == ("5", "6", "13")
    assert (gekozen["Anna de Wit, 1 keer"], gekozen["Iemand Anders, 1 keer"]) == ("anna", None)
    assert gekozen["Welke kolom noemt betrokken medewerkers?"] == ""
    assert "Kies wat de waarden van de bron in uw eigen lijsten zijn." in tekst(proef)
    for begin, keuze in (
        ("Hoe de klacht binnenkwam: Onbekend", "e-mail"), ("Wie klaagt: soort indiener: Onbekend", "klant"),
        ("Vestiging of afdeling: Onbekend", "weert"), ("Waar de klacht over gaat: Wachttijd", "doorlooptijd"),
    ):  # fmt: skip
        veld(proef, "selectbox", begin).select(keuze).run()
    # Who takes the tick away and puts it back finds what was filled in, not what was proposed at first.
    veld(proef, "selectbox", "Nieuw, 1 keer").select("6").run()
    veld(proef, "selectbox", "Anna de Wit").select("bas").run()
    veld(proef, "checkbox", "De open klachten").uncheck().run()
    assert "verder" not in werken.of(firma, "iris").ontwerp.verklaring
    veld(proef, "checkbox", "De open klachten").check().run()
    gekozen = {vak.label: vak.value for vak in proef.selectbox}
    assert (gekozen["Nieuw, 1 keer"], gekozen["Anna de Wit, 1 keer"]) == ("6", "bas")
    veld(proef, "selectbox", "Nieuw, 1 keer").select("5").run()
    veld(proef, "selectbox", "Anna de Wit").select("anna").run()
    verder(proef)
    assert stap(proef) == "Controle"
    gezegd = tekst(proef)
    assert "2 open klachten gaan hier verder vanaf" in gezegd
    tabel = next(tabel.value for tabel in proef.table if "Aan de beurt" in tabel.value.columns)
    assert tabel[["Klacht", "Aan de beurt", "Uiterlijk", "Behandelaar"]].values.tolist() == [
        ["K2026-0002", "Klacht onderzoeken", "ma 16 feb 2026 (te laat)", "Anna de Wit"],
        ["K2026-0003", "Behandelaar toewijzen", "ma 9 feb 2026 (te laat)", "nog toe te wijzen"],
    ]
    werk = werken.of(firma, "iris")
    pad = werk.declaration()
    assert heropen.fits(pad, werk.gezien, firma.reglementen)
    verder(proef)
    werk.bezig.wait(eindig.GENOEG)
    proef.run()
    assert "2 open klachten gaan hier verder; in Werkvoorraad staat wat er te doen is." in tekst(proef)
    with firma.cursor() as cursor:
        gaan_verder = cursor.execute(
            "SELECT klachtnummer, behandelaar, categorie FROM klacht WHERE voortgezet_op = ? ORDER BY klachtnummer",
            [VANDAAG],
        ).fetchall()
    assert gaan_verder == [("K2026-0002", "anna", "doorlooptijd"), ("K2026-0003", None, "bejegening")]
    next(knop for knop in proef.button if knop.key == "overnemen.nog").click().run()
    assert "open klachten van bron klachten-oud" in tekst(proef)
    next(knop for knop in proef.button if knop.key == "overnemen.overgang.terug.1").click().run()
    next(vak for vak in proef.text_input if vak.label == "Waarom draait u dit terug?").input("Te vroeg").run()
    next(knop for knop in proef.button if knop.key == "overnemen.overgang.doe").click().run()
    assert not proef.exception, proef.exception
    assert "Overgang 1 is teruggedraaid." in tekst(proef)
    with firma.plain_cursor() as cursor:
        assert [een.ongedaan_op for een in overgangen.all_of(cursor)] == [VANDAAG]


def test_a_file_in_which_nothing_is_open_says_that():
    def blad() -> None:
        from types import SimpleNamespace

        from klachten.scherm.overnemen import verder

        overgang = SimpleNamespace(later="", bezwaren=(), klachten=(), opmerkingen=())
        assert verder.vooruit(SimpleNamespace(overgang=overgang, regels=())) == ""

    proef = AppTest.from_function(blad).run()
    assert not proef.exception
    assert [regel.value for regel in proef.markdown] == [
        "In dit bestand staat geen open klacht die hier nog verdergaat."
    ]


def test_a_dossier_shows_what_was_done_elsewhere_and_one_klacht_goes_on_there(firma: Register, opent: Opent, tmp_path):
    overnemen.record(firma, lees(firma, schrijf(tmp_path)))
    proef = open_los(
        "dossier", "anna", {DEEL: "behandeling"}, nummer=NUMMER["onderzoek"], doe="voortzetten_behandeling"
    )
    assert "wordt hier niet behandeld" in zinnen(proef)
    # The lists are the own ones, though the klacht is still under those of its source.
    assert "Doorlooptijd" in widget(proef, "categorie").options
    for naam, waarde in (("op", VANAF), ("volgende_stap", "6"), ("categorie", "doorlooptijd")):
        widget(proef, naam).set_value(waarde)
    widget(proef, "reden").set_value("Het oude systeem gaat uit.")
    verstuur(proef)
    assert not proef.exception, proef.exception
    gezegd = zinnen(proef)
    assert "overgenomen, hier verder behandeld" in gezegd
    assert "Aan de beurt is **stap 4" in gezegd
    assert [vak.label for vak in proef.expander if "gedaan in het andere systeem, datum niet bekend" in vak.label]
    assert firma.vastleggingen(NUMMER["onderzoek"])[-1].feit.elders_gedaan == (2, 3, 5)


def test_the_command_says_what_it_does_and_takes_it_back(
    ingericht: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    map, bestand = shutil.copytree(ingericht, tmp_path / "register"), schrijf(tmp_path)
    opdracht = (bestand, "--kolommen", tmp_path / "oud.toml", "--map", map, "--uitvoeren")
    code, gezegd, _ = importeer(capsys, *opdracht)
    assert code == 0
    assert "5 open klachten gaan hier verder vanaf 23 februari 2026, onder reglement 'coulant':" in gezegd
    wat = "K2026-0003  Behandelaar toewijzen, uiterlijk 9 februari 2026 (te laat); behandelaar: nog toe te wijzen"
    assert wat in gezegd
    assert "Vastgelegd: 5 open klachten gaan hier verder." in gezegd
    # What stands in the way keeps the import back as well: all of it or nothing.
    schrijf(tmp_path, {**ALLES, "Z99": "19-2-2026;;;Vreemd;;;bej;Nieuw"})
    code, gezegd, _ = importeer(capsys, *opdracht)
    assert (code, "Er is niets vastgelegd: verander eerst onder [verder]" in gezegd) == (1, True)
    terug = ("--overgang-terugdraaien", 1, "--reden", "Te vroeg.", "--map", map, "--uitvoeren")
    code, gezegd, _ = importeer(capsys, *terug)
    assert (code, gezegd.endswith("Overgang 1 is teruggedraaid.\n")) == (0, True)
