"""An extension is held against the term before it: recorded, corrected, and when an earlier one is put right.

Days count from receipt: six weeks of the Awb until D42, at most until D70 without the consent of the indiener.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from klachten import gebeurtenissen as g
from klachten import scherm
from klachten.handelingen import Geweigerd, OngeldigeInvoer, dossier_van
from klachten.register import Register
from tests.lijsten import ONTVANGEN, Lijst
from tests.schermproef import open_pagina


def dag(nr: int) -> date:
    return ONTVANGEN + timedelta(nr)


@pytest.fixture
def lijst(register: Register) -> Lijst:
    """A register in which it is long after every term."""
    return Lijst(register, vandaag=date(2026, 12, 1))


def verleng(lijst: Lijst, nummer: str, op: int, tot: int, *, samen: bool = False) -> None:
    lijst.doe(
        "verlengen_termijn", "anna", nummer, op=op, uiterlijk_op=dag(tot), instemming_indiener=samen, toelichting="x"
    )


def nrs(lijst: Lijst, nummer: str) -> list[int]:
    geldig = dossier_van(lijst.register, nummer).geldig
    return [v.corrigeert or v.nr for v in geldig if isinstance(v.feit, g.TermijnVerlengd)]


VERSTREKEN, AL, TOT = "was al verstreken op 16 maart 2026", "loopt nu al tot en met 16 maart 2026", "Verlengen kan tot"
LATER = r"is vastgelegd wat dan niet meer kan\. De termijn 'Afhandeling' was al verstreken"
# The first extension, sent on D40 until D69, put right; a second one on D60 until D80 with consent, or not.
GEVALLEN: list[tuple[dict[str, Any], bool, str]] = [
    ({"gebeurd_op": dag(42)}, False, ""),
    ({"gebeurd_op": dag(43)}, False, VERSTREKEN),
    ({"gebeurd_op": dag(50)}, False, VERSTREKEN),
    ({"waarden": {"uiterlijk_op": dag(70)}}, False, ""),
    ({"waarden": {"uiterlijk_op": dag(71)}}, False, TOT),
    ({"waarden": {"uiterlijk_op": dag(43)}}, False, ""),
    ({"waarden": {"uiterlijk_op": dag(42)}}, False, AL),
    ({"waarden": {"uiterlijk_op": dag(5)}}, False, AL),
    ({"gebeurd_op": dag(41)}, True, ""),
    ({"waarden": {"uiterlijk_op": dag(60)}}, True, ""),
    (
        {"waarden": {"uiterlijk_op": dag(59)}},
        True,
        LATER,
    ),
]


@pytest.mark.parametrize(("wat", "tweede", "zin"), GEVALLEN)
def test_a_corrected_extension_is_held_against_the_term_before_it(
    lijst: Lijst, wat: dict[str, Any], tweede: bool, zin: str
) -> None:
    nummer = lijst.intake(reglement="awb9")
    verleng(lijst, nummer, 40, 69)
    if tweede:
        verleng(lijst, nummer, 60, 80, samen=True)
    nr = nrs(lijst, nummer)[0]
    if not zin:
        lijst.doe("corrigeren_feit", "anna", nummer, nr=nr, **wat)
        return
    with pytest.raises(Geweigerd, match=zin):
        lijst.doe("corrigeren_feit", "anna", nummer, nr=nr, **wat)


def test_the_second_extension_is_held_against_the_first_and_stands_on_it(lijst: Lijst) -> None:
    nummer = lijst.intake(reglement="awb9")
    verleng(lijst, nummer, 40, 69)
    with pytest.raises(Geweigerd, match="was al verstreken op 12 april 2026"):
        verleng(lijst, nummer, 70, 80, samen=True)
    verleng(lijst, nummer, 69, 80, samen=True)
    eerste, tweede = nrs(lijst, nummer)
    for wat, zin in (
        ({"gebeurd_op": dag(70)}, "was al verstreken op 12 april 2026"),
        ({"waarden": {"uiterlijk_op": dag(69)}}, "loopt nu al tot en met 12 april 2026"),
        ({"waarden": {"instemming_indiener": False}}, "alleen als de indiener schriftelijk instemt"),
    ):
        with pytest.raises(Geweigerd, match=zin):
            lijst.doe("corrigeren_feit", "anna", nummer, nr=tweede, **wat)
    with pytest.raises(Geweigerd, match=LATER):
        lijst.doe("herroepen_feit", "anna", nummer, nr=eerste, op=90)
    lijst.doe("herroepen_feit", "anna", nummer, nr=tweede, op=90)
    lijst.doe("herroepen_feit", "anna", nummer, nr=eerste, op=90)
    with lijst.register.cursor() as cursor:
        assert cursor.execute(
            "SELECT uiterlijk_op, status FROM termijnen(?) WHERE termijn = 'afhandeling'", [dag(90)]
        ).fetchall() == [(dag(42), "te laat, nog open")]


@pytest.fixture
def twee(lijst: Lijst) -> Lijst:
    """Under this reglement another term can be extended too, and a third one not."""
    awb9 = lijst.register.reglementen["awb9"]
    langer = next(t.verlenging for t in awb9.termijnen if t.verlenging)
    termijnen = [replace(t, verlenging=langer) if t.id == "niet_in_behandeling" else t for t in awb9.termijnen]
    derde = replace(termijnen[0], id="derde", naam="Derde", verlenging=None)
    lijst.register.reglementen["awb9"] = replace(awb9, termijnen=(*termijnen, derde))
    return lijst


def test_of_two_terms_that_can_be_extended_it_is_said_which(lijst: Lijst, request: pytest.FixtureRequest) -> None:
    nummer = lijst.intake(reglement="awb9")

    def verlengd(tot: int, **welke: str) -> None:
        lijst.doe("verlengen_termijn", "anna", nummer, op=3, uiterlijk_op=dag(tot), toelichting="x", **welke)

    with pytest.raises(OngeldigeInvoer, match=r"Deze termijn kan niet worden verlengd\. Wel: Afhandeling\."):
        verlengd(50, termijn="niet_in_behandeling")
    request.getfixturevalue("twee")
    with pytest.raises(OngeldigeInvoer, match=r"kies Bericht niet in behandeling of Afhandeling\."):
        verlengd(50)
    verlengd(60, termijn="afhandeling")
    verlengd(50, termijn="niet_in_behandeling")
    with lijst.register.cursor() as cursor:
        laatste = cursor.execute("SELECT termijn, uiterlijk_op FROM termijnen(?)", [dag(5)]).fetchall()
    assert set(laatste) == {("afhandeling", dag(60)), ("niet_in_behandeling", dag(50))}


def test_the_form_asks_which_term_only_where_there_is_a_choice(lijst: Lijst, request: pytest.FixtureRequest) -> None:
    vorig = scherm.gebruik(lijst.register)
    try:
        nummer = lijst.intake(reglement="awb9")

        def gevraagd() -> dict[str, list[str]]:
            proef = open_pagina("dossier", als="anna", nummer=nummer, doe="verlengen_termijn")
            assert not proef.exception
            return {vak.label: vak.options for vak in proef.selectbox}

        assert "Welke termijn" not in gevraagd()
        request.getfixturevalue("twee")
        assert gevraagd()["Welke termijn"] == ["Bericht niet in behandeling", "Afhandeling"]
    finally:
        scherm.gebruik(vorig)
