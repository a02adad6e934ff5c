"""Hoor en wederhoor: who was told, heard and told the outcome is kept per medewerker and counted per klacht."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from klachten.analyse.basis.kengetallen import rijen_van
from klachten.analyse.categorieen.nader import nader as geteld
from klachten.dossier.nader import nader
from klachten.handelingen import HANDELINGEN
from klachten.register import Register
from klachten.scherm.dossier.delen import hearing
from klachten.scherm.velden import Omgeving, choices
from tests import verhalen
from tests.voorbeeldfirma import COULANT

DAG = date(2026, 1, 5)
INGELICHT = "Betrokken medewerkers ingelicht"


def anna(doet: str, **invoer: Any) -> dict[str, Any]:
    return {"op": DAG, "wie": "anna", "doet": doet, **invoer}


def speel(register: Register, betrokkenen: list[str], *verteld: str) -> verhalen.Verhaal:
    stappen = [
        {"op": DAG, "betrokkenen": betrokkenen},
        anna("stap_04_toewijzen_behandelaar", behandelaar="anna"),
        *(anna("stap_06_inlichten_medewerker", medewerker=wie) for wie in verteld),
    ]
    return verhalen.play(register, {"gebeurt": stappen})


# Who is involved, who of them was told, and how the klacht counts.
GEVALLEN: list[tuple[list[str], list[str], str]] = [
    (["eva"], ["eva"], "Alle betrokkenen"),
    (["eva", "gijs"], ["eva"], "Een deel van hen"),
    (["eva", "gijs"], ["gijs", "eva", "eva"], "Alle betrokkenen"),
    (["eva"], [], "Niet vastgelegd"),
    ([], [], "Geen medewerker betrokken"),
]


@pytest.mark.parametrize(("betrokkenen", "verteld", "waarde"), GEVALLEN)
def test_a_klacht_counts_by_how_many_of_the_involved_were_told(
    register: Register, betrokkenen: list[str], verteld: list[str], waarde: str
) -> None:
    # The other klacht makes sure that something of it is known at all.
    speel(register, ["eva"], "eva")
    speel(register, betrokkenen, *verteld)
    with register.cursor() as cursor:
        rijen = rijen_van(cursor, "nadere_gegevens", peildatum=DAG, periode=2026)
    tellen = geteld(rijen, COULANT)[INGELICHT]
    verwacht = {"Alle betrokkenen": 1}
    verwacht[waarde] = verwacht.get(waarde, 0) + 1
    assert tellen == verwacht


def test_a_register_in_which_nobody_recorded_it_says_nothing_about_it(register: Register) -> None:
    speel(register, [])
    speel(register, ["eva"])
    with register.cursor() as cursor:
        rijen = rijen_van(cursor, "nadere_gegevens", peildatum=DAG, periode=2026)
    assert geteld(rijen, COULANT) == {}


def test_the_dossier_says_it_of_each_and_offers_only_the_involved(register: Register) -> None:
    verhaal = speel(register, ["eva", "gijs"], "eva")
    verhaal.gebeurt(anna("stap_06_horen_medewerker", medewerker="eva", zag_af=True))
    dossier = verhaal.dossier()
    assert hearing(dossier, nader(dossier), "eva") == "ingelicht en wilde niet worden gehoord"
    assert hearing(dossier, nader(dossier), "gijs") == ""
    veld = next(v for v in HANDELINGEN["stap_06_horen_medewerker"].velden if v.naam == "medewerker")
    assert {id for id, _ in choices(veld, Omgeving(COULANT, DAG, dossier))} == {"eva", "gijs"}
