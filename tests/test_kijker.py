"""Who looks at a page behind the gate: asked anew at every run, and never what a colleague left in the tab."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from klachten import scherm
from klachten.opening import open_register
from klachten.scherm import kijker
from klachten.scherm.paginas import PAGINAS
from klachten.toegang.aanmelden import Aanmelden
from klachten.toegang.echt import ask_to_sign_in
from klachten.toegang.opslag import Opslag
from klachten.toegang.sessies import STIL
from klachten.toegang.staat import Staat
from klachten.toegang.wachtwoord import Wachtwoorden
from tests.echte_app import BEELDEN, Rolverdeling
from tests.poortproef import Klok
from tests.schermproef import open_pagina, tekst


@pytest.fixture(scope="module", autouse=True)
def leeg(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One empty register: the pages only read."""
    with open_register(tmp_path_factory.mktemp("kijker") / "register") as register:
        vorig = scherm.gebruik(register)
        yield
        scherm.gebruik(vorig)


@pytest.fixture
def echt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """A register with accounts, and `wordt(...)`: what the gate says of the line to this page."""
    staat, opslag = Staat(klok=Klok()), Opslag(tmp_path / "toegang")
    snel = Wachtwoorden(time_cost=1, memory_cost=64)
    deur = Aanmelden(opslag, Rolverdeling(), scherm.vandaag, wachtwoorden=snel)
    ask_to_sign_in(staat, deur, [deel.naam for deel in PAGINAS], BEELDEN, kijker.farewell)
    kijker.look_through(staat)
    yield SimpleNamespace(
        staat=staat,
        deur=deur,
        klok=staat.klok,
        wordt=lambda hash: monkeypatch.setattr(kijker, "hash", lambda: hash),
        begin=lambda wie: deur.sessies.begin(wie, staat.klok())[1].hash,
    )
    kijker.look_through(None)
    opslag.close()


def test_a_page_is_of_whoever_signed_in_whatever_the_address_says(echt: SimpleNamespace):
    echt.wordt(echt.begin("bas"))
    proef = open_pagina("reglement", als="carla")
    assert "Bas Janssen" in tekst(proef)
    assert "Voorbeeld" not in tekst(proef)
    assert not [vak for vak in proef.selectbox if vak.label == "U kijkt nu als"]
    assert "Deze pagina is niet voor uw rol" in tekst(open_pagina("jaarbeeld", als="carla"))


@pytest.mark.parametrize("einde", ["signed out", "too long ago", "has left", "no session"])
def test_a_page_stops_when_nobody_is_signed_in_any_more(echt: SimpleNamespace, einde: str):
    echt.wordt(hash := echt.begin("bas"))
    proef = open_pagina("reglement")
    assert "Bas Janssen" in tekst(proef)
    if einde == "signed out":
        echt.deur.sessies.end(hash)
    elif einde == "too long ago":
        echt.klok.nu += STIL
    elif einde == "has left":
        echt.deur.personen.weg.add("bas")
    else:
        echt.wordt("")
    proef.run()
    assert "U bent niet meer aangemeld." in tekst(proef)
    assert "Bas Janssen" not in tekst(proef)
    assert not proef.title


def test_what_a_colleague_left_in_the_tab_is_gone(echt: SimpleNamespace):
    echt.wordt(echt.begin("bas"))
    proef = open_pagina("reglement")
    proef.session_state["concept"] = "wat Bas had getypt"
    proef.run()
    assert proef.session_state["concept"] == "wat Bas had getypt"
    echt.wordt(echt.begin("dirk"))
    proef.run()
    assert "concept" not in proef.session_state
    assert "Dirk Smeets" in tekst(proef)


def test_the_gate_learns_whose_a_session_of_streamlit_is(echt: SimpleNamespace):
    echt.wordt(hash := echt.begin("bas"))
    proef = open_pagina("reglement")
    geleerd = echt.staat.lijnen._van
    assert set(geleerd.values()) == {hash}
    assert proef.session_state["aanmelding"] == hash


def test_an_open_page_is_sent_away_with_words_that_its_scripts_know():
    bericht = ForwardMsg.FromString(kijker.farewell("/aanmelden"))
    assert bericht.auth_redirect.url == "/aanmelden"
