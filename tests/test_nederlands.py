"""The words of Streamlit: every one of the table is in its scripts, and none of them in what is served."""

from __future__ import annotations

import tomllib

import pytest
import streamlit

from klachten.scherm import nederlands

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


def test_the_page_of_streamlit_has_what_is_replaced_in_it():
    pagina = (nederlands.SCRIPTS.parents[1] / "index.html").read_bytes()
    for was, _ in nederlands.VERTALINGEN:
        assert was in pagina
    assert pagina.count(b"<noscript>") == 1
