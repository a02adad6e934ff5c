"""The totals before anything is recorded: worked out beside the page, with how far it is, and it can be stopped."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from klachten.overname import achtergrond, narekenen, overnemen
from klachten.overname import kolommen as declaratie
from klachten.overname.narekenen import Fase, Narekenen
from klachten.register import Register
from klachten.scherm.overnemen import werk as werken
from tests import eindig
from tests.maandproef import FEBRUARI, JANUARI, VANDAAG, neem_over, schrijf
from tests.paginas import Opent
from tests.schermproef import tekst
from tests.test_overname_maand import FEB
from tests.test_pagina_overnemen import rijen, stap, stuur, verder


def volgende(register: Register, map: Path) -> Narekenen:
    """The second file of a source that was taken over."""
    neem_over(register, map, JANUARI)
    bestand = schrijf(map, FEBRUARI, FEB)
    return Narekenen(register, bestand, declaratie.load(map / "maand.toml"), VANDAAG, rijen=len(FEBRUARI))


def test_it_says_how_far_it_is_and_comes_to_the_same(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(achtergrond, "ELKE", 1)
    rekent = volgende(register, tmp_path)
    gezien: list[tuple[Fase, float]] = []
    kijk = rekent._look

    def look(gelezen: int) -> None:
        kijk(gelezen)
        gezien.append((rekent.fase, rekent.deel))

    monkeypatch.setattr(rekent, "_look", look)
    rekent.start()
    rekent.start()
    rekent.wait(eindig.GENOEG)
    assert (rekent.fase, rekent.deel, rekent.fout) == (Fase.KLAAR, 1.0, None)
    assert list(dict.fromkeys(fase for fase, _ in gezien)) == [
        Fase.LEZEN, Fase.VERGELIJKEN, Fase.TELLEN, Fase.CIJFERS,
    ]  # fmt: skip
    per_fase = [deel for fase, deel in gezien if fase is Fase.LEZEN]
    assert per_fase == sorted(per_fase)
    assert (per_fase[0], per_fase[-1]) == (0.0, 0.25)
    assert rekent.plan is not None
    assert (len(rekent.plan.nieuw), len(rekent.plan.gewijzigd)) == (1, 3)
    voor, na = rekent.cijfers or ({}, {})
    assert voor != na


def test_stopped_anywhere_there_is_nothing_of_it(register: Register, tmp_path: Path):
    eerste = volgende(register, tmp_path)
    stand = register.stand()
    for fase in (Fase.LEZEN, Fase.VERGELIJKEN, Fase.TELLEN, Fase.CIJFERS):
        rekent = Narekenen(register, eerste.pad, eerste.kolommen, VANDAAG)
        kijk = rekent._look

        def look(gelezen: int, rekent=rekent, kijk=kijk, fase=fase) -> None:
            if rekent.fase is fase:
                rekent.stop()
            kijk(gelezen)

        rekent._look = look  # type: ignore[method-assign]
        rekent.run()
        assert (rekent.fase, rekent.plan, rekent.totalen, rekent.fout) == (Fase.GESTOPT, None, None, None), fase
        assert register.stand() == stand
    # And once more, from the beginning.
    eerste.run()
    assert eerste.fase is Fase.KLAAR


def test_what_goes_wrong_is_told_to_who_looks(register: Register, tmp_path: Path):
    rekent = volgende(register, tmp_path)
    rekent.pad.write_text("iets anders", encoding="utf-8")
    rekent.run()
    assert rekent.fase is Fase.MISLUKT
    assert "kolom" in str(rekent.fout)


def test_on_the_page_it_is_shown_stopped_and_begun_anew(firma: Register, opent: Opent, monkeypatch: pytest.MonkeyPatch):
    werken._werken.clear()
    verder_lezen, lees = threading.Event(), overnemen.read

    def read(*hoe, **anders):
        assert verder_lezen.wait(600)
        return lees(*hoe, **anders)

    monkeypatch.setattr(narekenen.overnemen, "read", read)
    proef = opent("overnemen")
    monkeypatch.setattr(werken, "EVEN", 0.0)
    stuur(proef, rijen())
    verder(proef, 6)
    assert stap(proef) == "Controle"
    assert "Er is nog niets vastgelegd." in tekst(proef)
    assert "Nieuwe klachten" not in tekst(proef)
    assert next(knop for knop in proef.button if knop.key.startswith("overnemen.verder")).disabled
    rekent = werken.of(firma, "iris").rekent[1]
    proef.button(key="overnemen.stop.7").click().run()
    verder_lezen.set()
    rekent.wait(eindig.GENOEG)
    proef.run()
    assert "U hebt het narekenen gestopt. Er is niets vastgelegd." in tekst(proef)
    assert next(knop for knop in proef.button if knop.key.startswith("overnemen.verder")).disabled
    monkeypatch.setattr(werken, "EVEN", 600.0)
    proef.button(key="overnemen.opnieuw").click().run()
    assert "De bron en de termijn zeggen nergens het tegendeel." in tekst(proef)
    assert not next(knop for knop in proef.button if knop.key.startswith("overnemen.verder")).disabled
    # Looked at once more it is not counted once more: a choice that is made there would get lost meanwhile.
    eerst = werken.of(firma, "iris").uitkomst
    proef.run()
    assert werken.of(firma, "iris").uitkomst is eerst
