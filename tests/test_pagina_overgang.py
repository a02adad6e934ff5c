"""Page Overnemen asks how the open klachten go on here, shows what that does, and takes it back."""

from __future__ import annotations

from klachten.overname import overgangen
from klachten.overname.voorstel import heropen
from klachten.register import Register
from klachten.scherm.overnemen import werk as werken
from tests.lijsten import VANDAAG
from tests.paginas import Opent
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
        ("Kanaal *Onbekend*", "e-mail"), ("Indiener soort *Onbekend*", "klant"), ("Vestiging *Onbekend*", "weert"),
        ("Categorie *Wachttijd*", "doorlooptijd"),
    ):  # fmt: skip
        veld(proef, "selectbox", begin).select(keuze).run()
    verder(proef)
    assert stap(proef) == "Controle"
    gezegd = tekst(proef)
    assert "2 open klachten gaan hier verder vanaf" in gezegd
    tabel = next(tabel.value for tabel in proef.table if "Aan de beurt" in tabel.value.columns)
    assert tabel[["Klacht", "Aan de beurt", "Uiterlijk", "Behandelaar"]].values.tolist() == [
        ["K2026-0002", "Klacht onderzoeken", "16-02-2026 (te laat)", "Anna de Wit"],
        ["K2026-0003", "Behandelaar toewijzen", "09-02-2026 (te laat)", "nog toe te wijzen"],
    ]
    werk = werken.of(firma, "iris")
    pad = werk.declaration()
    assert heropen.fits(pad, werk.gezien, firma.reglementen)
    verder(proef)
    werk.bezig.wait()
    proef.run()
    assert "2 open klachten gaan hier verder; in Werkvoorraad staat wat er te doen is." in tekst(proef)
    with firma.cursor() as cursor:
        assert cursor.execute("SELECT klachtnummer, behandelaar, categorie FROM klacht WHERE voortgezet_op = ?", [
            VANDAAG
        ]).fetchall() == [("K2026-0002", "anna", "doorlooptijd"), ("K2026-0003", None, "bejegening")]  # fmt: skip
    next(knop for knop in proef.button if knop.key == "overnemen.nog").click().run()
    assert "open klachten van bron klachten-oud" in tekst(proef)
    next(knop for knop in proef.button if knop.key == "overnemen.overgang.terug.1").click().run()
    next(vak for vak in proef.text_input if vak.label == "Waarom draait u dit terug?").input("Te vroeg").run()
    next(knop for knop in proef.button if knop.key == "overnemen.overgang.doe").click().run()
    assert not proef.exception, proef.exception
    assert "De overgang is teruggedraaid." in tekst(proef)
    with firma.plain_cursor() as cursor:
        assert [een.ongedaan_op for een in overgangen.all_of(cursor)] == [VANDAAG]
