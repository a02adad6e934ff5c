"""The clock of the machine that jumped: asked before anything is shown or recorded, and answered once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from klachten import klok as maat
from klachten import scherm
from klachten.concepten import Concepten
from klachten.kijklog import Kijklog
from klachten.kijklog.regel import GEOPEND, KLOK
from klachten.register import RegisterAlleenLezen
from klachten.scherm import kijklog, klok, momentopname
from klachten.scherm.intake import opruimen
from klachten.scherm.kijklog import van as log_van
from tests import firmaproef
from tests.schermproef import VENSTER, open_pagina, tekst

NU = datetime(2026, 11, 29, 10, 0, tzinfo=UTC)
VRAAG = "Klopt de klok van deze computer?"
JAAR, TWEE_MAANDEN = timedelta(days=365), timedelta(days=59)


@pytest.mark.parametrize(
    ("verschil", "vraagt"),
    [
        (timedelta(0), False),
        (timedelta(hours=-3), False),
        (timedelta(hours=-4), True),
        (-JAAR, True),
        (TWEE_MAANDEN, False),
        (timedelta(days=61), True),
        (JAAR, True),
    ],
)
def test_back_is_asked_after_hours_and_ahead_after_months(verschil, vraagt):
    vraag = maat.question(NU + verschil, NU)
    assert (vraag is not None) == vraagt
    assert maat.question(NU + verschil, None) is None
    if vraag is not None:
        assert "29 november 2026 om 11.00 uur" in vraag.zin
        assert ("later" in vraag.zin) == (verschil < timedelta(0))


@pytest.fixture
def firma_open(nieuwe_map, tmp_path, monkeypatch) -> Iterator[Any]:
    """A register of a firm behind its door; `zet(verschil)` sets the clock of the machine, as at a start."""
    map = shutil.copytree(nieuwe_map, tmp_path / "register")
    with firmaproef.looked_at(map, monkeypatch, scherm.vandaag()) as proef:
        stand = SimpleNamespace(nu=datetime.now(UTC))
        monkeypatch.setattr(klok, "now", lambda: stand.nu)

        def zet(verschil: timedelta, *, herstart: bool = True) -> None:
            stand.nu = datetime.now(UTC) + verschil
            if herstart:
                kijklog.close()
                klok._laatste.clear()
                kijklog._laatste.clear()
                proef.register.schrijfstand.bezwaren.clear()
                klok.van(proef.register)

        yield SimpleNamespace(zet=zet, als=proef.als, register=proef.register, doe=proef.doe)
        kijklog.close()


def knoppen(proef: AppTest) -> list[str]:
    return [knop.label for knop in proef.button if knop.key and knop.key.startswith("klok.")]


def kijk() -> AppTest:
    proef = AppTest.from_file(VENSTER, default_timeout=30).run()
    assert not proef.exception
    return proef


@pytest.mark.parametrize("herstart", [True, False], ids=["at the start", "while it runs"])
@pytest.mark.parametrize("verschil", [-JAAR, JAAR], ids=["back", "ahead"])
def test_a_year_off_is_asked_before_anything_is_shown_or_recorded_and_answered_once(firma_open, verschil, herstart):
    register = firma_open.register
    firma_open.als("P2026-0001")
    assert [kop.value for kop in kijk().title] == ["Werkvoorraad"]
    log_van(register).flush()
    firma_open.zet(verschil, herstart=herstart)

    firma_open.als("P2026-0002")
    proef = kijk()
    assert [kop.value for kop in proef.title] == [VRAAG]
    assert knoppen(proef) == ["Opnieuw kijken"]
    assert "Vraag de coördinator of de beheerder" in tekst(proef)
    with pytest.raises(RegisterAlleenLezen, match="want de klok van deze computer klopt misschien niet"):
        firma_open.doe(
            "toevoegen_persoon", vanaf=scherm.vandaag(), voornaam="Dik", achternaam="X", e_mail="d@x.example"
        )
    voor = sorted((register.map / "momentopname").glob("*"))
    momentopname._look(momentopname.Bijhouder(rust=0), laatste=True)
    assert sorted((register.map / "momentopname").glob("*")) == voor
    assert abs(klok.van(register).moment() - datetime.now(UTC)) < timedelta(minutes=5)

    firma_open.als("P2026-0001")
    proef = kijk()
    assert knoppen(proef) == ["Opnieuw kijken", "De klok is goed"]
    proef.button(key="klok.goed").click().run()
    assert [kop.value for kop in proef.title] == ["Werkvoorraad"]
    keten = log_van(register).keten
    regels = [gelezen.regel for maand in keten.maanden() for gelezen in keten.regels(maand)]
    gezegd = [(regel.wie, regel.aantal) for regel in regels if regel.wat == KLOK]
    assert gezegd == [("P2026-0001", register.stand().aantal)]

    firma_open.zet(verschil)  # the app starts again, by the same clock
    assert [kop.value for kop in kijk().title] == ["Werkvoorraad"]
    assert register.alleen_lezen == ""


def test_a_clock_that_was_put_right_is_seen_at_the_next_look(firma_open):
    firma_open.als("P2026-0002")
    firma_open.zet(JAAR)
    proef = kijk()
    assert [kop.value for kop in proef.title] == [VRAAG]
    firma_open.zet(timedelta(0), herstart=False)
    proef.button(key="klok.opnieuw").click().run()
    assert [kop.value for kop in proef.title] == ["Werkvoorraad"]
    assert firma_open.register.alleen_lezen == ""


def test_a_firm_without_a_klacht_for_months_is_not_asked_as_long_as_somebody_looks(firma_open):
    register, nu = firma_open.register, datetime.now(UTC)
    later = nu + timedelta(days=100)
    assert maat.question(later, maat.last_moment(register)) is not None
    assert "--klok-is-goed" in maat.refusal(register, later)
    log = Kijklog(register.map, lambda: later - timedelta(days=1))
    log.note(GEOPEND, "P2026-0001", waar="werkvoorraad")
    log.close()
    assert maat.question(later, maat.last_moment(register)) is None
    assert maat.refusal(register, later) == ""


def test_the_example_is_not_asked_as_its_days_are_invented(firma, monkeypatch):
    monkeypatch.setattr(klok, "now", lambda: datetime.now(UTC) + 10 * JAAR)
    assert maat.last_moment(firma) is None
    assert VRAAG not in tekst(open_pagina("werkvoorraad", "anna"))


@pytest.mark.parametrize("zeker", [False, True], ids=["asked", "answered"])
def test_no_form_that_was_not_sent_goes_away_while_the_clock_is_in_question(firma_open, zeker):
    concepten = Concepten(firma_open.register.map, "P2026-0001")
    concepten.save("a", "w", {"omschrijving": "half ingevuld"}, datetime.now(UTC) - timedelta(days=1))
    firma_open.zet(JAAR)
    if zeker:
        klok.van(firma_open.register).confirm("P2026-0001")
    klok._laatste.clear()  # as at opening: nobody asked the clock yet
    assert opruimen.ruim_op(firma_open.register) == zeker
    assert len(concepten.all()) == (not zeker)
