"""How satisfied indieners are: counted with who did not answer, and apart from who was not asked."""

from __future__ import annotations

from datetime import date
from typing import Any

from klachten import handelingen
from klachten.analyse.basis.kengetallen import rijen_van
from klachten.analyse.categorieen.nader import nader, tevredenheid_zin
from klachten.organisatie import gebruiker
from klachten.register import Register
from klachten.scherm.dossier.handelen import in_order
from tests import verhalen
from tests.voorbeeldfirma import COULANT

DAG = date(2026, 1, 5)


def speel(register: Register, *gevraagd: dict[str, Any]) -> None:
    stappen = [("stap_04_toewijzen_behandelaar", {"behandelaar": "anna"}), ("intrekken_klacht", {"wijze": "brief"})]
    feiten = [{"op": DAG, "wie": "anna", "doet": doet, **invoer} for doet, invoer in stappen]
    verhalen.play(register, {"gebeurt": [{"op": DAG}, *feiten, *gevraagd]})


VRAAG = {"op": DAG, "wie": "anna", "doet": "stap_14_vragen_tevredenheid", "wijze": "e-mail"}


def antwoord(tevredenheid: str) -> dict[str, Any]:
    return {"op": DAG, "wie": "anna", "doet": "stap_14_ontvangen_tevredenheid", "tevredenheid": tevredenheid}


def test_who_did_not_answer_is_counted_and_who_was_not_asked_apart(register: Register) -> None:
    with register.cursor() as cursor:
        assert tevredenheid_zin(rijen_van(cursor, "nadere_gegevens", peildatum=DAG, periode=2026)) == ""
    speel(register)
    for gezegd in ("tevreden", "tevreden", "ontevreden"):
        speel(register, VRAAG, antwoord(gezegd))
    speel(register, VRAAG)
    # Asked twice, and the answer of then still counts.
    speel(register, VRAAG, antwoord("neutraal"), VRAAG)
    with register.cursor() as cursor:
        rijen = rijen_van(cursor, "nadere_gegevens", peildatum=DAG, periode=2026)
    assert nader(rijen, COULANT)["Tevreden over de behandeling"] == {
        "Tevreden": 2, "Gevraagd, geen antwoord": 1, "Niet tevreden, niet ontevreden": 1, "Ontevreden": 1,
        "Niet gevraagd": 1,
    }  # fmt: skip
    assert tevredenheid_zin(rijen) == (
        "Naar de tevredenheid is gevraagd bij 5 van de 6 klachten; bij 1 van de 5 kwam er geen antwoord. Wie "
        "wel antwoordt, is vaak niet wie zwijgt: lees de antwoorden zo."
    )


def test_when_a_klacht_has_come_to_its_end_the_question_is_what_one_comes_for(register: Register) -> None:
    verhaal = verhalen.play(register, {"gebeurt": [{"op": DAG}]})
    for feit in (
        {"doet": "stap_04_toewijzen_behandelaar", "behandelaar": "anna"},
        {"doet": "intrekken_klacht", "wijze": "brief"},
    ):
        verhaal.gebeurt({"op": DAG, "wie": "anna", **feit})

    def eerst() -> str:
        dossier = verhaal.dossier()
        anna, reglement = gebruiker("anna"), handelingen.reglement_van(register, dossier, op=DAG)
        assert anna
        kan, _ = in_order(handelingen.mogelijk(dossier, anna, reglement), dossier, [])
        return kan[0].naam

    assert eerst() == "stap_14_vragen_tevredenheid"
    verhaal.gebeurt(VRAAG)
    assert eerst() == "stap_14_ontvangen_tevredenheid"
    verhaal.gebeurt(antwoord("tevreden"))
    assert eerst() == "stap_15_melden_meningsverschil"
