"""A source without ids: a key from columns, what it does not tell apart, and nothing of its words in the journal."""

from __future__ import annotations

from pathlib import Path

import pytest

from klachten.overname import overnemen, sleutels
from klachten.overname.kolommen import OngeldigeKolommen
from klachten.overname.tabelbestand import Rij
from klachten.register import Register
from tests.overnameproef import redenen
from tests.paginas import Opent
from tests.schermproef import tekst
from tests.test_overname_bestand import KOP, lees
from tests.test_pagina_overnemen import _niets_onderhanden, stap, stuur, veld, verder, werken

__all__ = ["_niets_onderhanden"]

SLEUTEL = ('id = "nummer"', 'id = ["ontvangen", "product", "verhaal"]')
RIJEN = (
    "x,8/30/2013,,Web,Lening,het eerste,a",
    "y,8/30/2013,,Web,Lening,het tweede,a",
    "z,9/1/2013,,Web,Lening,het eerste,a",
)


def bestand(*rijen: str) -> str:
    return KOP + "".join(f"{rij}\n" for rij in rijen)


def test_a_key_from_columns_knows_the_klacht_again_wherever_its_row_stands(tmp_path: Path, register: Register):
    eerst = lees(tmp_path, bestand(*RIJEN), SLEUTEL, register=register)
    assert (redenen(eerst), len(eerst.nieuw)) == ({}, 3)
    overnemen.record(register, eerst)
    weer = lees(tmp_path, bestand(*reversed(RIJEN), "w,9/2/2013,,Web,Lening,een derde,a"), SLEUTEL, register=register)
    assert (len(weer.al_overgenomen), len(weer.nieuw), weer.afkeuringen) == (3, 1, [])
    journaal = "".join(pad.read_text(encoding="utf-8") for pad in (register.map / "journaal").glob("*.jsonl"))
    assert "het eerste" not in journaal
    ids = {zaak.bron_id for _, zaak in eerst.nieuw}
    assert all(id in journaal and len(id) == sleutels.TEKENS + 1 for id in ids)
    assert len(ids) == 3


def test_rows_with_one_key_and_other_content_are_rejected_and_the_same_row_counts_once(tmp_path: Path):
    uit = lees(tmp_path, bestand(RIJEN[0], RIJEN[0], "x,8/30/2013,9/1/2013,Web,Lening,het eerste,a"), SLEUTEL)
    assert uit.lezing.dubbelen == [(3, 2)]
    assert redenen(uit)[2] == "Het kenmerk staat ook op regel 4, met andere inhoud: welke geldt?"
    leeg = lees(tmp_path, bestand("x,,,Web,,,a"), SLEUTEL)
    assert redenen(leeg)[2] == "Kolom 'ontvangen + product + verhaal' is leeg."


@pytest.mark.parametrize("id", ["[]", "3", '["nummer", 3]'])
def test_an_id_that_is_none_is_refused(tmp_path: Path, id: str):
    with pytest.raises(OngeldigeKolommen, match="sleutel id"):
        lees(tmp_path, bestand(*RIJEN), ('id = "nummer"', f"id = {id}"))


def test_the_columns_it_takes_to_tell_rows_apart():
    rijen = [Rij(nr, (dag, soort, "x")) for nr, (dag, soort) in enumerate(("1a", "1b", "2a", "2a"), start=2)]
    plaatsen = {"vast": 2, "dag": 0, "soort": 1}
    assert sleutels.propose(rijen, plaatsen) == ["vast", "dag", "soort"]
    assert sleutels.collisions(rijen, [0, 1]) == []
    assert sleutels.collisions([*rijen, Rij(9, ("1", "a", "y"))], [0, 1]) == [[2, 9]]
    assert sleutels.make("een", ["a", "b"]) != sleutels.make("twee", ["a", "b"]) != sleutels.make("een", ["ab", ""])


def test_the_page_makes_a_key_and_shows_what_it_does_not_tell_apart(firma: Register, opent: Opent):
    proef = opent("overnemen")
    regels = "".join(
        f"{nr % 9 + 10}-03-2025;{'AB'[nr % 2]};{nr % 9 + 10}-04-2025;Verhaal {nr // 6}\n" for nr in range(18)
    )
    stuur(proef, f"Datum ontvangst;Soort klacht;Afgehandeld;Omschrijving\n{regels}")
    verder(proef, 2)
    vak = veld(proef, "multiselect", "Een klacht is te herkennen aan")
    assert vak.value == ["Datum ontvangst", "Soort klacht"]
    assert "Hiermee is elke rij van de andere te onderscheiden." in tekst(proef)
    vak.set_value(["Soort klacht"]).run()
    assert "Hiermee zijn 18 rijen niet te onderscheiden: regel 2, 4, 6" in tekst(proef)
    vak = veld(proef, "multiselect", "Een klacht is te herkennen aan")
    vak.set_value(["Datum ontvangst", "Soort klacht"]).run()
    verder(proef, 4)
    assert stap(proef) == "Controle"
    assert len(werken.of(firma, "iris").uitkomst.plan.nieuw) == 18
