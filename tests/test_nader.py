"""What practice needs to know of a klacht beside the steps: optional, and "not known" is never "no"."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from klachten import organisatie
from klachten.analyse.basis.kengetallen import rijen_van
from klachten.analyse.categorieen.nader import nader as geteld
from klachten.dossier.nader import KOLOMMEN, Nader, nader
from klachten.handelingen import HANDELINGEN, OngeldigeInvoer
from klachten.register import Register
from klachten.scherm.dossier.nader import lines
from klachten.scherm.evaluatie.nader import table
from tests import verhalen
from tests.voorbeeldfirma import COULANT

DAG = date(2026, 1, 5)


LIJSTEN = ("ingelicht", "gehoord", "uitkomst_verteld")


def speel(register: Register, *stappen: dict[str, Any]) -> verhalen.Verhaal:
    return verhalen.play(register, {"gebeurt": list(stappen)})


def aanvullen(**gegevens: Any) -> dict[str, Any]:
    return {"op": date(2026, 1, 9), "wie": "anna", "doet": "stap_03_aanvullen_gegevens", **gegevens}


def row(register: Register, nummer: str) -> dict[str, Any]:
    """The row of table nader, with None for everything when there is none."""
    with register.cursor() as cursor:
        gevonden = cursor.execute("SELECT * FROM nader WHERE klachtnummer = ?", [nummer])
        namen = [kolom[0] for kolom in gevonden.description]
        rijen = gevonden.fetchall()
    rij = dict(zip(namen, rijen[0], strict=True)) if rijen else dict.fromkeys(namen)
    return {naam: tuple(waarde or ()) if naam in LIJSTEN else waarde for naam, waarde in rij.items()}


VAN, TOT = date(2025, 12, 1), date(2025, 12, 19)
# What was recorded at the intake and later, and what is known then.
GEVALLEN: list[tuple[str, list[dict[str, Any]], dict[str, Any]]] = [
    ("nothing", [{}], {}),
    ("a day", [{"gebeurtenis_van": VAN}], {"wanneer": "dag", "gebeurtenis_van": VAN}),
    (
        "a period",
        [{"gebeurtenis_van": VAN, "gebeurtenis_tot": TOT}],
        {"wanneer": "periode", "gebeurtenis_van": VAN, "gebeurtenis_tot": TOT},
    ),
    ("asked, and nobody knows", [{"gebeurtenis_onbekend": True}], {"wanneer": "onbekend"}),
    (
        "not known at first, a day later on",
        [{"gebeurtenis_onbekend": True}, {"gebeurtenis_van": VAN}],
        {"wanneer": "dag", "gebeurtenis_van": VAN},
    ),
    (
        "a day instead of a period: the last day of the period does not stay behind",
        [{"gebeurtenis_van": VAN, "gebeurtenis_tot": TOT}, {"gebeurtenis_van": TOT}],
        {"wanneer": "dag", "gebeurtenis_van": TOT},
    ),
    (
        "another field leaves the rest",
        [{"ernst": "gering"}, {"aard": "incidenteel"}],
        {"ernst": "gering", "aard": "incidenteel"},
    ),
    ("the last counts", [{"opdrachtgever": "uwv"}, {"opdrachtgever": "gemeente"}], {"opdrachtgever": "gemeente"}),
]


@pytest.mark.parametrize(("stappen", "bekend"), [rij[1:] for rij in GEVALLEN], ids=[rij[0] for rij in GEVALLEN])
def test_what_is_known_is_the_same_for_the_dossier_and_the_table(register, stappen, bekend) -> None:
    eerste, *later = stappen
    verhaal = speel(register, {"op": DAG, **eerste}, *(aanvullen(**stap) for stap in later))
    rij = row(register, verhaal.nummers["klacht"])
    assert {naam: rij[naam] for naam in KOLOMMEN} == {
        naam: bekend.get(naam, () if naam in LIJSTEN else None) for naam in KOLOMMEN
    }
    gezien = nader(verhaal.dossier())
    assert {naam: getattr(gezien, naam) for naam in KOLOMMEN} == {naam: rij[naam] for naam in KOLOMMEN}


WEIGERINGEN = [
    ({"gebeurtenis_van": date(2026, 1, 6)}, "gebeurtenis_van", "6 januari 2026 ligt na de ontvangst van de klacht op"),
    ({"gebeurtenis_van": TOT, "gebeurtenis_tot": VAN}, "gebeurtenis_tot", "1 december 2025 ligt vóór 19 december 2025"),
    ({"gebeurtenis_tot": TOT}, "gebeurtenis_van", "Vul ook de eerste dag in"),
    ({"gebeurtenis_onbekend": True, "gebeurtenis_van": VAN}, "gebeurtenis_onbekend", "Er staat wel een dag bij."),
    ({"opdrachtgever": "nasa"}, "opdrachtgever", "'nasa' staat niet in de lijst"),
    ({}, "gebeurtenis_van", "Vul ten minste een van de gegevens in"),
]


@pytest.mark.parametrize(("gegevens", "veld", "zin"), WEIGERINGEN)
def test_what_cannot_be_gets_a_sentence_and_nothing_is_recorded(register, gegevens, veld, zin) -> None:
    verhaal = speel(register, {"op": DAG})
    voor = register.stand()
    anna = organisatie.gebruiker("anna")
    with pytest.raises(OngeldigeInvoer) as fout:
        HANDELINGEN["stap_03_aanvullen_gegevens"](
            register, anna, verhaal.nummers["klacht"], vandaag=date(2026, 1, 9), op=date(2026, 1, 9), **gegevens
        )
    assert zin in fout.value.velden[veld]
    assert register.stand() == voor


def test_a_corrected_date_of_the_event_is_held_against_the_same_rule(register: Register) -> None:
    verhaal = speel(register, {"op": DAG, "gebeurtenis_van": VAN})
    nummer, anna = verhaal.nummers["klacht"], organisatie.gebruiker("anna")
    (nr,) = (v.nr for v in register.vastleggingen(nummer) if v.feit.soort == "GegevensAangevuld")
    corrigeren = HANDELINGEN["corrigeren_feit"]
    vast = {"vandaag": date(2026, 1, 9), "reden": "Verkeerd overgenomen.", "nr": nr}
    with pytest.raises(OngeldigeInvoer, match="ligt na de ontvangst"):
        corrigeren(register, anna, nummer, waarden={"gebeurtenis_van": date(2026, 1, 7)}, **vast)
    corrigeren(register, anna, nummer, waarden={"gebeurtenis_van": TOT}, **vast)
    assert row(register, nummer)["gebeurtenis_van"] == TOT


def test_an_older_klacht_without_these_facts_counts_as_not_known(register: Register) -> None:
    speel(register, {"op": DAG})
    speel(register, {"op": DAG, "ernst": "gering", "opdrachtgever": "uwv"})
    with register.cursor() as cursor:
        rijen = rijen_van(cursor, "nadere_gegevens", peildatum=DAG, periode=2026)
    assert geteld(rijen, COULANT) == {
        "Opdrachtgever": {"UWV": 1, "Niet bekend": 1},
        "Ernst": {"Gering: vervelend, zonder blijvend gevolg": 1, "Niet bekend": 1},
    }
    assert set(table(rijen, COULANT)["Klachten"]) == {"1"}


def test_what_is_known_reads_as_words() -> None:
    bekend = Nader(wanneer="periode", gebeurtenis_van=VAN, gebeurtenis_tot=TOT, opdrachtgever="uwv", aard="structureel")
    assert lines(bekend, COULANT) == [
        ("Wanneer het gebeurde", "van 1 december 2025 tot en met 19 december 2025"),
        ("Opdrachtgever", "UWV"),
        ("Incidenteel of structureel", "Structureel"),
    ]
    assert lines(Nader(wanneer="onbekend"), COULANT) == [("Wanneer het gebeurde", "de indiener weet het niet")]
    assert lines(Nader(), COULANT) == []
