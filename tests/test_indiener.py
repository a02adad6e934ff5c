"""An indiener who stays unknown: without an address steps 5, 9 and 14 are not possible, and nothing asks for them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from klachten.analyse.basis.kengetallen import rijen_van
from klachten.analyse.categorieen.nader import nader as geteld
from klachten.analyse.werk.werkvoorraad import werkvoorraad
from klachten.dossier.nader import KOLOMMEN, nader
from klachten.handelingen.volgorde import waarschuwingen
from klachten.register import Register
from klachten.scherm.dossier.handelen import next_step
from tests import verhalen
from tests.voorbeeldfirma import COULANT

DAG = date(2026, 1, 5)
ONBEKEND = {"op": DAG, "anoniem": True, "indiener_naam": ""}
TOEGEWEZEN = {"op": DAG, "wie": "anna", "doet": "stap_04_toewijzen_behandelaar", "behandelaar": "anna"}


def anna(doet: str, op: date = DAG, **invoer: Any) -> dict[str, Any]:
    return {"op": op, "wie": "anna", "doet": doet, **invoer}


MEDE = anna("stap_03_toevoegen_indiener", indiener_soort="klant", naam="P. Pietersen")
GEMACHTIGDE = anna("stap_03_aanwijzen_gemachtigde", naam="mr. De Wit")
# What happened to the klacht after it was assigned, and whether letters can be sent then.
GEVALLEN = [
    ("named", {"op": DAG}, [], True),
    ("unknown, no address", ONBEKEND, [], False),
    ("unknown, with an address at the intake", {**ONBEKEND, "indiener_contact": "x@post.example"}, [], True),
    ("an address later", ONBEKEND, [anna("stap_03_vastleggen_anonimiteit", onbekend=True, bereikbaar=True)], True),
    ("a gemachtigde", ONBEKEND, [GEMACHTIGDE], True),
    ("no gemachtigde any more", ONBEKEND, [GEMACHTIGDE, anna("stap_03_aanwijzen_gemachtigde", gestopt=True)], False),
    ("another indiener, by name", ONBEKEND, [MEDE], True),
    (
        "unknown later on, but another is known",
        {"op": DAG},
        [MEDE, anna("stap_03_vastleggen_anonimiteit", onbekend=True)],
        True,
    ),
    ("known after all", ONBEKEND, [anna("stap_03_vastleggen_anonimiteit", onbekend=False, naam="J. Jansen")], True),
    ("unknown later on", {"op": DAG}, [anna("stap_03_vastleggen_anonimiteit", onbekend=True)], False),
]


@pytest.mark.parametrize(("intake", "daarna", "kan"), [rij[1:] for rij in GEVALLEN], ids=[rij[0] for rij in GEVALLEN])
def test_letters_are_possible_when_there_is_somebody_to_write_to(
    register: Register, intake: dict[str, Any], daarna: list[dict[str, Any]], kan: bool
) -> None:
    bevestigen = anna("stap_05_bevestigen_ontvangst", date(2026, 1, 7), wijze="brief")
    if not kan:
        bevestigen["weigering"] = "Stap 5 is niet mogelijk"
    verhaal = verhalen.play(register, {"gebeurt": [intake, TOEGEWEZEN, *daarna, bevestigen]})
    dossier = verhaal.dossier()
    assert dossier.niet_mogelijk == (frozenset() if kan else {5, 9, 14})
    assert verhaal.termijnen(date(2026, 3, 1))["bevestiging"] == ("op tijd" if kan else "n.v.t.")
    assert next_step(dossier) == 6
    assert waarschuwingen(dossier, 6, date(2026, 1, 8)) == []
    with register.cursor() as cursor:
        taken = {taak.stap for taak in werkvoorraad(cursor, date(2026, 1, 8), ["weert"])}
        rijen = cursor.execute("SELECT * FROM nader").df().to_dict("records")
        vraag = "SELECT niet_mogelijk FROM klacht_spoor(?, " + "NULL, " * 7 + "'register')"
        spoor = cursor.execute(vraag, [date(2026, 1, 8)]).fetchall()
    assert taken & {5, 9, 14} == set()
    # The order of steps is judged without the letters that are not possible.
    assert [stap.partition(".")[2] for stap in spoor[0][0].split("-")] == ([""] if kan else ["5", "9", "14"])
    gezien = nader(dossier)
    assert [bool(rij["onbereikbaar"]) for rij in rijen] == ([not kan] if rijen else [])
    assert set(KOLOMMEN) <= (set(rijen[0]) if rijen else set(KOLOMMEN))
    assert bool(gezien.onbereikbaar) is not kan


def test_who_cannot_be_written_to_is_counted_apart_and_waits_for_no_acknowledgement(register: Register) -> None:
    for intake in (ONBEKEND, {"op": DAG}, {**ONBEKEND, "indiener_contact": "x@post.example"}):
        verhalen.play(register, {"gebeurt": [intake]})
    with register.cursor() as cursor:
        rijen = rijen_van(cursor, "nadere_gegevens", peildatum=DAG, periode=2026)
        wacht = rijen_van(cursor, "doorlooptijden", peildatum=DAG, periode=2026)
    assert geteld(rijen, COULANT)["Wil de indiener onbekend blijven"] == {
        "Ja, en er is iemand om aan te schrijven": 1,
        "Ja, en zonder adres: stap 5, 9 en 14 zijn niet mogelijk": 1,
        "Nee, voor zover bekend": 1,
    }
    assert {rij["maat"]: rij["klachten"] for rij in wacht} == {"bevestiging": 2, "afsluiting": 3}
