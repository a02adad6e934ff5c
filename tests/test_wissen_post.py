"""Erasing what was mailed: of a dossier all of it, of a person what went to that person, and nothing is left of it."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from klachten import gebeurtenissen as g
from klachten import scherm
from klachten.dossier.personen import also_named, documents_in, documents_of, owner_of, persons_in
from klachten.handelingen import dossier_van
from klachten.handelingen.briefvragen import from_text
from klachten.momentopname import opname as momentopname
from klachten.opening import open_register
from klachten.post import uit
from klachten.register import Register
from klachten.register.controle import controleer
from tests import firmaproef, postproef
from tests import wisproef as proef
from tests.paginas import open_los, zonder_venster
from tests.wisproef import BEGIN, VANDAAG, Oud, gevonden, oude_klacht, wis

NU = datetime(2026, 3, 6, 9, 0, tzinfo=UTC)
ADRES = "tureluur1965@thuis.example"
WOORDEN = ("tureluur1965", "grutto-onderwerp", "wulptekst", "kluutnaam", "scholekster", "plevierinhoud", "snipinhoud")


@pytest.fixture
def map(tmp_path: Path, nieuwe_map: Path) -> Path:
    return shutil.copytree(nieuwe_map, tmp_path / "register")


def letter(merk: str) -> tuple[bytes, dict[str, str]]:
    """A file, and what a message says of it: a word in each text, none of them the name of the indiener."""
    inhoud = f"%PDF-1.7 {merk}".encode()
    return inhoud, {
        "waarvoor": "brief", "brief": "afsluiting", "document": hashlib.sha256(inhoud).hexdigest(), "aan": ADRES,
        "onderwerp": "grutto-onderwerp", "inhoud": "de wulptekst", "naam": "kluutnaam.pdf",
        "antwoorden": '{"bericht": "scholekster"}',
    }  # fmt: skip


def mailed(register: Register, merk: str = "") -> tuple[Oud, int]:
    """An old klacht with a letter that went, one that was refused, and one that waits: it, and the last number."""
    oud = oude_klacht(register, merk, indiener_contact=f"Dijk 1, {ADRES}")
    dag, leg = {"gebeurd_op": BEGIN}, {"door": "anna", "rol": "coordinator"}
    with register.schrijven() as boeking:
        ging, eerste = letter("plevierinhoud")
        nr = boeking.leg_vast(oud.nummer, g.BerichtKlaargezet(**dag, **eerste), **leg, document=ging)
        boeking.leg_vast(oud.nummer, g.VerzendingBegonnen(**dag, bericht=nr, poging=1), **leg)
        boeking.leg_vast(
            oud.nummer, g.VerzendingMislukt(**dag, bericht=nr, poging=1, code=450, melding=f"450 <{ADRES}> vol"), **leg
        )
        boeking.leg_vast(oud.nummer, g.VerzendingBegonnen(**dag, bericht=nr, poging=2), **leg)
        boeking.leg_vast(oud.nummer, g.BerichtVerzonden(**dag, bericht=nr, poging=2), **leg)
        stuk = g.DocumentToegevoegd(
            **dag, document=eerste["document"], richting="uit", naam=eerste["naam"], aan=f"{ADRES} (e-mail)"
        )
        boeking.leg_vast(oud.nummer, stuk, **leg)
        wacht, tweede = letter("snipinhoud")
        nr = boeking.leg_vast(oud.nummer, g.BerichtKlaargezet(**dag, **tweede), **leg, document=wacht)
    return oud, nr


def sent_now(register: Register) -> tuple[int, str]:
    """Do a round of sending over a real server: how many mails it got, and how the newest message stands."""
    with postproef.mailserver() as (bus, server):
        uit.send_due(register, postproef.settings(server), NU)
        return len(bus.berichten), uit.stand(register)[0].toestand


def left(map: Path, *woorden: str) -> dict[str, list[str]]:
    return {plek: waar for plek, waar in gevonden(map, woorden).items() if waar}


def test_of_a_dossier_that_is_erased_no_letter_is_left_anywhere_and_none_goes_out(map: Path):
    with open_register(map) as register:
        firmaproef.record(register, BEGIN)
        oud, _ = mailed(register)
        proef.concept(map, "de wulptekst")
    assert set(left(map, *WOORDEN)) == {"Concepten", "Database", "Dossiers"}
    with open_register(map) as register:
        wis(register, oud.nummer)
        momentopname.write(register, nu=NU, vandaag=VANDAAG)
        assert sent_now(register) == (0, "ingetrokken")
        assert register.dossiers.documents(oud.nummer) == []
    assert left(map, *WOORDEN, *oud.woorden.values()) == {}
    assert [een.zin for een in controleer(map) if een.ernst == "fout"] == []


def test_of_a_person_all_that_was_mailed_there_is_offered_and_goes(map: Path):
    with open_register(map) as register:
        firmaproef.record(register, BEGIN)
        oud, nr = mailed(register, "p")
        dossier = dossier_van(register, oud.nummer)
        assert "genoemd" not in persons_in(dossier), "the address is known to be that of the indiener"
        v = dossier.vastlegging(nr)
        assert v is not None
        assert owner_of(dossier)(v, "aan") == "indiener"
        assert {plek.veld for plek in also_named(dossier, "indiener")} == {
            "omschrijving", "onderwerp", "inhoud", "naam", "antwoorden", "melding",
        }  # fmt: skip
        brieven = documents_of(dossier, "indiener")
        assert (len(brieven), set(brieven) < documents_in(dossier).keys()) == (2, True)
        ook = tuple(g.place(plek.nr, plek.veld) for plek in also_named(dossier, "indiener"))
        wis(register, oud.nummer, grond="verzoek", wie="indiener", ook=(*ook, *brieven))
        assert sent_now(register) == (0, "ingetrokken")
        assert len(register.dossiers.documents(oud.nummer)) == 1, "what is of others stays"
        feit = dossier_van(register, oud.nummer).van(g.BerichtKlaargezet)[0]
        assert from_text(feit.antwoorden) == {}
    woord = "kluutnaam.pdf"  # as the name of the document that it became nobody chose it
    assert left(map, *(set(WOORDEN) - {"kluutnaam"})) == {}
    assert set(left(map, woord)) == {"Database", "Dossiers"}


@pytest.fixture
def eigen(map: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Register]:
    monkeypatch.setenv("KLACHTEN_VANDAAG", VANDAAG.isoformat())
    zonder_venster(monkeypatch)
    with open_register(map) as register:
        firmaproef.record(register, BEGIN)
        vorig = scherm.gebruik(register)
        yield register
        scherm.gebruik(vorig)


def chosen(nummer: str, over: str) -> AppTest:
    """Open the page, and choose to propose to erase somebody."""
    page = open_los("bewaren", "anna")
    page.text_input(key="wissen.nummer").set_value(nummer).run()
    page.selectbox(key=f"wissen.{nummer}.wie").set_value(over).run()
    assert not page.exception
    return page


def test_the_page_has_chosen_the_letters_of_a_person_and_nothing_of_who_nobody_knows(eigen: Register):
    oud, nr = mailed(eigen, "p")
    keuze = chosen(oud.nummer, "indiener").multiselect(key=f"wissen.{oud.nummer}.indiener.ook")
    brieven = documents_of(dossier_van(eigen, oud.nummer), "indiener")
    assert {*brieven, g.place(nr, "inhoud"), g.place(nr, "onderwerp")} <= set(keuze.value)
    assert len(set(keuze.options)) == len(keuze.value) + 1, "the document of others is offered and not chosen"
    with eigen.schrijven() as boeking:
        stuk = g.DocumentToegevoegd(gebeurd_op=VANDAAG, document=brieven[0], naam="x", van="Iemand anders")
        boeking.leg_vast(oud.nummer, stuk, door="anna", rol="coordinator")
    assert documents_of(dossier_van(eigen, oud.nummer), "genoemd") == []


def test_stap_17_of_an_evaluation_the_letter_is_erased_and_the_figures_are_not(eigen: Register):
    inhoud, velden = letter("plevierinhoud")
    cijfers = b'{"klachten": 3}'
    with eigen.schrijven() as boeking:
        nummer = boeking.nieuw_nummer("E", VANDAAG.year)
        gehouden = g.EvaluatieGehouden(
            gebeurd_op=VANDAAG, jaar=2023, directieleden=("carla",), document=hashlib.sha256(cijfers).hexdigest()
        )
        boeking.leg_vast(nummer, gehouden, door="carla", rol="directie", document=cijfers)
        feit = g.BerichtKlaargezet(gebeurd_op=VANDAAG, **{**velden, "brief": "verbeteractie"})
        nr = boeking.leg_vast(nummer, feit, door="carla", rol="directie", document=inhoud)
    page = open_los("bewaren", "anna")
    page.text_input(key="wissen.nummer").set_value(nummer).run()
    assert f"Feit {nr}, stuk: kluutnaam.pdf" in page.multiselect(key=f"wissen.{nummer}.{g.TEKSTEN}.ook").options
    assert proef.bevroren(eigen) == {nummer: cijfers}
    ook = tuple(g.place(nr, veld) for veld in ("aan", "onderwerp", "inhoud", "naam", "antwoorden"))
    wis(eigen, nummer, grond="verzoek", wie=g.TEKSTEN, ook=(*ook, velden["document"]))
    assert proef.bevroren(eigen) == {nummer: cijfers}
    assert velden["document"] not in eigen.dossiers.documents(nummer)
    map = eigen.map
    eigen.close()
    assert left(map, *WOORDEN) == {}
