"""The page of a dossier, on its own and with a part unfolded, on one register for the tests of a file."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from klachten.opening import open_register
from klachten.scherm.dossier.handelen import DEEL
from tests.paginas import open_los

D = date(2026, 2, 28)
EIND = "stap_14_informeren_indiener_afsluiting"


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    """One register for all tests here, each with klachten of its own: opening it takes longer than most tests."""
    with open_register(tmp_path_factory.mktemp("register")) as register:
        yield register


def dossier(nummer: str = "", als: str = "anna", doen: str = "", deel: str = "behandeling") -> AppTest:
    """Open the page on its own, which is faster than in the window, with a part of it unfolded."""
    adres = {naam: waarde for naam, waarde in (("nummer", nummer), ("doe", doen)) if waarde}
    return open_los("dossier", als, {DEEL: deel}, **adres)


def vouwen_van(proef: AppTest) -> dict[str, str]:
    """Return the folds of a dossier with what they say is in them."""
    regels = [vak.label.partition("**: ") for vak in proef.expander if vak.label.startswith("**")]
    return {kop.strip("*").partition(" (")[0]: wat for kop, dubbel, wat in regels if dubbel}
