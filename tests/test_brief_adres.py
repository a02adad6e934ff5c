"""Who writes and who gets it, as a letter says it: the addresses, the place at the date, and what is not known."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest

from klachten import gebeurtenissen as g
from klachten import organisatie
from klachten.brieven import postadres
from klachten.handelingen import HANDELINGEN, OngeldigeInvoer
from klachten.register import Register
from klachten.voorbeeld import firma as van_het_voorbeeld
from tests.briefproef import DAG, TOEGEWEZEN, gelezen, maak, speel
from tests.lijsten import VANDAAG
from tests.paginas import Opent, zinnen
from tests.test_pagina_brieven import ONTVANGEN, STAP_5, dossier, druk

BEREIK = {"adres": "Kade 1, 6001ab Weert", "telefoon": "0495 123456", "e_mail": "klachten@firma.example"}
GEEN_ADRES = "Het adres van de organisatie staat niet in de brief"


@pytest.mark.parametrize(
    ("tekst", "regels", "plaats"),
    [
        ("", (), ""),
        ("Lindelaan 3, 1234 EF Ergens", ("Lindelaan 3", "1234 EF Ergens"), "Ergens"),
        ("Kade 1\n6001ab Weert", ("Kade 1", "6001 AB Weert"), "Weert"),
        ("Kade 1 6001 AB Den Haag", ("Kade 1", "6001 AB Den Haag"), "Den Haag"),
        ("Meir 12; B-2000 Antwerpen", ("Meir 12", "B-2000 Antwerpen"), "Antwerpen"),
        ("T.a.v. de heer J. Kuijpers, Postbus 12, 6000 AA Weert, tel. 0495-123456",
         ("T.a.v. de heer J. Kuijpers", "Postbus 12", "6000 AA Weert"), "Weert"),
        ("06-12345678", (), ""),
        ("Lindelaan 3", ("Lindelaan 3",), ""),
        ("e-mail: , of", (), ""),
    ],
)  # fmt: skip
def test_an_address_is_read_out_of_what_was_typed(tekst: str, regels: tuple[str, ...], plaats: str):
    assert postadres.lines(tekst) == regels
    assert postadres.place(regels) == plaats


def test_the_example_says_where_it_is_reached():
    feit = van_het_voorbeeld.reach(DAG, DAG)
    assert postadres.place(postadres.lines(feit.adres)) == "Weert"


# --- in the letter ---------------------------------------------------------------------------------------------------


def wijzig(register: Register, **bereik: Any) -> None:
    wie = organisatie.gebruiker("iris", VANDAAG)
    assert wie is not None
    HANDELINGEN["wijzigen_organisatie"](register, wie, g.NUMMER, vandaag=VANDAAG, **{"vanaf": DAG, **bereik})


def delen(inhoud: bytes) -> tuple[list[str], list[str], list[str]]:
    """Return what stands at the top of the first page, above the table, and in that table, a paragraph each."""
    document = docx.Document(io.BytesIO(inhoud))
    boven = document.sections[0].first_page_header.tables[0].rows[0].cells
    alineas = [alinea.text for alinea in document.paragraphs]
    tabel = [cel.text for rij in document.tables[0].rows for cel in rij.cells]
    # The first paragraph behind the table holds the line under it, and no text.
    return [a.text for cel in boven for a in cel.paragraphs if a.text or cel is boven[1]], alineas, tabel


def test_a_letter_has_both_addresses_and_the_place_at_its_date(firma: Register):
    wijzig(firma, **BEREIK)
    nummer = speel(firma, TOEGEWEZEN).nummers["klacht"]
    boven, alineas, tabel = delen(maak(firma, nummer, "ontvangstbevestiging")[0].docx)
    assert boven[1:] == ["Kade 1\n6001 AB Weert", BEREIK["telefoon"], BEREIK["e_mail"]]
    assert alineas[:2] == ["Zoë van den Berg", "Lindelaan 3\n1234 EF Ergens"]
    assert tabel[0] == "Plaats en datum"
    assert tabel[4] == "Weert, 7 januari 2026"
    assert alineas[3] == "Wij hebben uw klacht ontvangen"


def test_what_is_not_known_leaves_no_empty_line(firma: Register):
    nummer = speel(firma, TOEGEWEZEN, indiener_contact="zoe@thuis.example").nummers["klacht"]
    boven, alineas, tabel = delen(maak(firma, nummer, "ontvangstbevestiging")[0].docx)
    # A cell of a table has one paragraph at least.
    assert boven[1:] in ([], [""])
    assert alineas[:3] == ["Zoë van den Berg", "", "Wij hebben uw klacht ontvangen"]
    assert (tabel[0], tabel[4]) == ("Datum", "7 januari 2026")


def test_who_stays_unknown_is_written_to_where_that_was_asked_and_named_nowhere(firma: Register):
    nummer = speel(
        firma, TOEGEWEZEN, indiener_naam="", anoniem=True, indiener_contact="Postbus 9, 1234 AB Ergens"
    ).nummers["klacht"]
    inhoud = maak(firma, nummer, "ontvangstbevestiging")[0].docx
    assert delen(inhoud)[1][:2] == ["Postbus 9\n1234 AB Ergens", ""]
    assert "Geachte heer of mevrouw," in gelezen(inhoud)


# --- and what is said of it -------------------------------------------------------------------------------------------


def test_an_address_that_is_missing_is_said_once_beside_the_letter(firma: Register, opent: Opent):
    stap = {**TOEGEWEZEN, "op": ONTVANGEN}
    geen = speel(firma, stap, op=ONTVANGEN, indiener_contact="").nummers["klacht"]
    wel = speel(firma, stap, op=ONTVANGEN).nummers["klacht"]
    proef = druk(dossier(opent, geen, doe=STAP_5), "Brief maken")
    gezegd = zinnen(proef)
    assert gezegd.count(GEEN_ADRES) == 1
    assert (
        "Een postadres van Zoë van den Berg staat niet in het dossier, en dus niet in de brief. Vul het aan onder "
        "*Geschiedenis*: *Corrigeren* bij *Klacht ontvangen*, en maak de brief opnieuw." in gezegd
    )
    assert GEEN_ADRES in zinnen(proef.run()), "as long as this letter is looked at"
    # Of the organisation it was said; of the indiener it is another letter.
    gezegd = zinnen(druk(proef, "Opnieuw maken"))
    assert GEEN_ADRES not in gezegd
    assert "Een postadres van Zoë van den Berg" in gezegd
    assert "Een postadres van" not in zinnen(druk(dossier(opent, wel, doe=STAP_5), "Brief maken"))
    wijzig(firma, **BEREIK)
    assert "staat niet in" not in zinnen(druk(dossier(opent, wel, doe=STAP_5), "Brief maken"))


@pytest.mark.parametrize(
    ("bereik", "veld", "zin"),
    [
        ({"adres": "klachten@firma.example"}, "adres", "geen postadres"),
        ({"postadres": "0495 123456"}, "postadres", "geen postadres"),
        ({"e_mail": "firma"}, "e_mail", "geen e-mailadres"),
        ({"telefoon": "bel maar"}, "telefoon", "geen telefoonnummer"),
    ],
)
def test_where_nobody_can_be_reached_is_no_address(firma: Register, bereik: dict[str, Any], veld: str, zin: str):
    with pytest.raises(OngeldigeInvoer) as fout:
        wijzig(firma, **bereik)
    assert zin in fout.value.velden[veld]
