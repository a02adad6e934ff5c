"""No English: the words of Streamlit in its scripts, what a chart says aloud, and how days are written."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest
import streamlit

from klachten import taal
from klachten.analyse.basis import grafiekstijl
from klachten.scherm import nederlands, toegankelijk, voorladen
from tests import streamlitwoorden

WOORDEN = nederlands.woorden()


@pytest.mark.parametrize("naam", WOORDEN)
def test_what_the_table_says_is_in_the_script_and_no_longer_in_what_is_served(naam: str):
    """Of a script with another name, or with other words in it, the table would do nothing and nobody would know."""
    bestanden = sorted(pad.name for pad in nederlands.SCRIPTS.glob(f"{naam}.*.js"))
    assert bestanden
    engels = b"".join((nederlands.SCRIPTS / bestand).read_bytes() for bestand in bestanden)
    wordt = b"".join(nederlands.in_dutch(bestand, naam) for bestand in bestanden)
    assert [was for was, _ in WOORDEN[naam] if was not in engels] == []
    assert [was for was, nu in WOORDEN[naam] if was in wordt and was not in nu] == []
    assert [nu for _, nu in WOORDEN[naam] if nu not in wordt] == []


def test_the_table_is_of_this_streamlit():
    """Another version may say more than the table knows: `python -m tests.streamlitwoorden` lists what."""
    tabel = tomllib.loads(nederlands.TABEL.read_text(encoding="utf-8"))
    assert tabel["streamlit"] == streamlit.__version__


def test_nothing_is_left_where_streamlit_gives_a_page_its_words():
    assert streamlitwoorden.left() == []


@pytest.mark.parametrize("naam", voorladen.DELEN)
def test_what_is_fetched_ahead_is_a_script_of_this_streamlit(naam: str):
    """Of a name that is gone no page would come at all: it is asked when the first one is made."""
    assert f'"{naam}.'.encode() in voorladen.erbij()


def test_the_scripts_of_a_page_share_one_definition_of_being_at_rest():
    scripts = {pad.name: pad.read_text(encoding="utf-8") for pad in Path(toegankelijk.__file__).parent.glob("*.js")}
    assert {naam: tekst.count("testScriptState") for naam, tekst in scripts.items() if "testScriptState" in tekst} == {
        "rust.js": 1
    }
    samen = toegankelijk.erbij()
    assert samen.index(b"window.klachtenRust") < samen.index(b"klachtenRust;"), "it is there before who asks for it"


def test_the_page_of_streamlit_has_what_is_replaced_in_it():
    pagina = (nederlands.SCRIPTS.parents[1] / "index.html").read_bytes()
    for was, _ in nederlands.VERTALINGEN:
        assert was in pagina
    assert pagina.count(b"<noscript>") == 1


@pytest.mark.parametrize(
    ("dagen", "woorden"),
    [(4, "nog 4 dagen"), (1, "nog 1 dag"), (0, "vandaag"), (-1, "1 dag te laat"), (-3, "3 dagen te laat")],
)
def test_days_that_are_left_are_said_in_one_way(dagen: int, woorden: str):
    assert taal.nog(dagen) == woorden


def test_a_day_is_written_with_its_weekday_and_a_moment_by_the_clock_of_the_netherlands():
    assert taal.kort(date(2026, 3, 3)) == "di 3 mrt 2026"
    assert taal.tijdstip(datetime(2026, 6, 30, 22, 30, tzinfo=UTC)) == "wo 1 jul 2026 om 00.30"


def test_a_chart_says_what_it_says_to_who_points_at_it_and_nothing_twice():
    tabel = pd.DataFrame({"naam": ["Een|twee", "Drie"], "kolom": ["2025", "2026"], "aantal": [3, 0]})
    vakken, letters = grafiekstijl.spec(grafiekstijl.raster, tabel, "Titel.", "Onder")["layer"]
    assert vakken["mark"]["ariaRoleDescription"] == "vak"
    assert vakken["encoding"]["description"]["value"]["expr"].startswith('"Wat: " + (isValid(datum["naam"])')
    assert vakken["encoding"]["y"]["axis"]["aria"] is False, "its names are broken by a |"
    assert letters["mark"]["aria"] is False, "the same numbers again"
