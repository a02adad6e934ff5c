"""The evaluation meeting in a real browser: two tabs that type at once, and a page that does not move (step 16)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from klachten.opening import open_register
from tests import browserproef, paginas
from tests.browserproef import BREED, Getuige, Scherm

pytestmark = [pytest.mark.scherm, pytest.mark.traag, browserproef.nodig]


@pytest.fixture(scope="module")
def map(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register of which a year can be evaluated."""
    map = tmp_path_factory.mktemp("vergadering") / "register"
    with open_register(map) as register:
        paginas.klacht(register, "stap_14_informeren_indiener_afsluiting")
    return map


def venster(browser: Browser, getuige: Getuige, onderdeel: str) -> Scherm:
    """Open the meeting about this year at a stop, in a tab of its own."""
    scherm = Scherm(browser.new_page(viewport=BREED, locale="nl-NL"), getuige)
    scherm.open("vergadering", "Evaluatievergadering", "carla", deel="vergadering", jaar="2026", onderdeel=onderdeel)
    return scherm


def test_two_tabs_that_type_at_once_lose_nothing(browser: Browser, getuige: Getuige):
    een, ander = (venster(browser, getuige, "op_tijd") for _ in range(2))
    mijn, hun = (scherm.inhoud.get_by_role("textbox", name="Wat concluderen wij?") for scherm in (een, ander))
    hun.press_sequentially("Stap 11 loopt uit.")
    hun.press("ControlOrMeta+Enter")
    ander.ziet(re.compile("Bewaard als concept"))
    mijn.press_sequentially("Op tijd bevestigd.")
    mijn.press("ControlOrMeta+Enter")
    # On while the answer, in which the other's text is, is under way: Streamlit leaves alone what is being typed.
    een.page.keyboard.type(" Hoe komt dat?")
    een.ziet(re.compile("Bewaard als concept"))
    mijn.press("ControlOrMeta+Enter")
    beide = "Stap 11 loopt uit.\n\nOp tijd bevestigd. Hoe komt dat?"
    expect(mijn).to_have_value(beide)
    hun.press("End")
    hun.press_sequentially(" Al lang.")
    hun.press("ControlOrMeta+Enter")
    expect(hun).to_have_value(beide.replace("uit.", "uit. Al lang."))
    een.page.close()
    ander.page.close()
