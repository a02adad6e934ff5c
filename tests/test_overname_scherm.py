"""After an import: what was taken over is in the list, no sentence is endless, and nothing says that it is invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from klachten.overname import overnemen, verslag, zaken
from klachten.register import Register
from klachten.scherm.evaluatie import overgenomen
from tests.overnameproef import neem_over, redenen
from tests.schermproef import open_pagina, tekst
from tests.test_overname_bestand import KOP, lees

LANGSTE_ZIN = 2_000
pytestmark = pytest.mark.usefixtures("in_dit_register")


def alles(naam: str, **query: str) -> str:
    proef = open_pagina(naam, als="carla", **query)
    assert not proef.exception, (naam, proef.exception)
    return tekst(proef) + "".join(str(deel.value) for deel in proef.text)


def test_klachten_shows_what_was_taken_over_and_the_window_says_no_more_that_it_is_invented(register: Register):
    neem_over(register, "klachten")
    gezegd = alles("klachten")
    assert "Geen klachten gevonden" not in gezegd
    assert "4 klachten" in gezegd
    assert gezegd.count("· overgenomen]") == 4
    assert "De gegevens in dit register zijn verzonnen" not in gezegd
    assert "In dit register staan overgenomen klachten; die zijn niet verzonnen." in gezegd


def test_beside_the_own_klachten_it_is_said_how_many_were_taken_over(register: Register, lijst):
    lijst.intake()
    neem_over(register, "klachten")
    gezegd = alles("klachten")
    assert "1 klacht" in gezegd
    assert "Daarnaast zijn er 4 overgenomen klachten." in gezegd


def test_no_page_has_a_chart_of_a_step_that_the_reglement_has_not(register: Register):
    neem_over(register, "zaken")
    zonder_5, met_5 = register.reglementen["proefgemeente"], register.reglementen["coulant"]
    assert (overgenomen.kent(zonder_5, "bevestiging"), overgenomen.kent(met_5, "bevestiging")) == (False, True)
    assert overgenomen.kent(zonder_5, "afsluiting")
    for pagina in ("termijnen", "jaarbeeld"):
        gezegd = alles(pagina, periode="2011")
        assert "Afgehandeld voor de deadline" in gezegd
        assert "bevestig" not in gezegd.lower(), pagina


def test_no_page_says_1_klachten_or_has_an_endless_sentence(register: Register, tmp_path: Path):
    overnemen.record(register, lees(tmp_path, f"{KOP}1,8/30/2013,,Web,Lening,a,b\n", register=register))
    gezegd = alles("proces", periode="2013")
    assert not [regel for regel in gezegd.splitlines() if " 1 klachten" in f" {regel}"]
    assert max(map(len, gezegd.splitlines())) < LANGSTE_ZIN


def test_a_number_that_thousands_of_rows_have_gives_no_endless_reason(tmp_path: Path):
    csv = KOP + "".join(f"0,8/30/2013,,Web,Lening,{nr},b\n" for nr in range(3_000))
    uitkomst = lees(tmp_path, csv)
    waarom = redenen(uitkomst)
    assert waarom[2] == (
        "Het kenmerk staat ook op regel 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 en nog 2989, met andere inhoud: welke geldt?"
    )
    assert waarom[3] == "Het kenmerk staat ook op regel 2, met andere inhoud: welke geldt?"
    assert max(map(len, verslag.lines(uitkomst))) < LANGSTE_ZIN


def test_of_many_reasons_for_one_row_a_few_are_given():
    redenen_ = [(2, f"Reden {nr}.") for nr in range(9)]
    (afkeuring,) = zaken.reject("1", [2], redenen_)
    assert afkeuring.reden == "Reden 0. Reden 1. Reden 2. Reden 3. Reden 4. En nog 4 redenen."
