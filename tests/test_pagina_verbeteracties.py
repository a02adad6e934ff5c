"""Steps 16-18 on the screen: evaluating a year, verbeteracties and their observed change, trajecten."""

from __future__ import annotations

import io
import re
from datetime import date
from urllib.parse import parse_qsl

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from klachten import gebeurtenissen as g
from klachten.analyse.werk.telling import Telling
from klachten.register import Register
from tests.lijsten import Lijst
from tests.paginas import verstuur, vul, zinnen
from tests.schermproef import open_pagina, tekst

VREEMD = "<script>alert(1)</script> **x** $x$"

PAGINA, ALS = "verbeteracties", "frank"
pytestmark = pytest.mark.usefixtures("in_dit_register")


def doe(proef: AppTest, welke: str, **invoer) -> AppTest:
    """Open the form of a handeling, fill it in and send it."""
    proef.button(key=f"verbetering.{welke}").click().run()
    vul(proef, **invoer)
    verstuur(proef)
    assert not proef.exception
    return proef


def test_an_empty_register_can_start_with_trajecten_and_an_evaluation():
    proef = open_pagina("verbeteracties", als="carla")
    assert not proef.exception
    assert {"Evaluatie vastleggen", "Aantal trajecten vastleggen"} <= {knop.label for knop in proef.button}


def test_the_directie_evaluates_a_year(lijst, los):
    lijst.tot(14, op=date(2025, 3, 3))
    proef = los()
    assert "**2025** · [1 klacht](klachten?telling=" in zinnen(proef)
    assert "nog niet geëvalueerd" in zinnen(proef)
    doe(proef, "stap_16_evalueren_klachten", directieleden=("frank", "carla"), conclusies=VREEMD)
    feit = lijst.register.vastleggingen("E2026-0001")[0].feit
    assert isinstance(feit, g.EvaluatieGehouden)
    assert (feit.jaar, feit.conclusies) == (2025, VREEMD)
    assert "Gehouden op 25 februari 2026 door" in zinnen(proef)
    assert "nog niet geëvalueerd" not in zinnen(proef)
    assert VREEMD in [zin.value for zin in los(evaluatie="E2026-0001").text]


def test_an_involved_member_of_directie_cannot_evaluate_alone(lijst, los):
    lijst.tot(14, op=date(2025, 3, 3), betrokkenen=("frank",))
    proef = doe(los(), "stap_16_evalueren_klachten", directieleden=("frank",), conclusies="Alles goed")
    assert "kan die niet alleen evalueren" in zinnen(proef)
    assert lijst.register.stand().aantal == len(lijst.register.vastleggingen("K2025-0001"))


def test_a_year_can_be_evaluated_only_by_the_directie(lijst, los):
    proef = los("anna")
    assert "Stap 16 kan niet door Anna de Wit: dit doet de directie." in zinnen(proef)
    assert [knop.key for knop in proef.button if knop.key == "verbetering.stap_16_evalueren_klachten"] == []


def test_trajecten_are_entered_and_corrected(lijst, los):
    proef = doe(los(), "stap_16_vaststellen_trajecten", vestiging="weert", aantal=1061)
    assert proef.table[0].value.iloc[0].to_dict() == {
        "Jaar": "2025", "Weert": "1.061", "Utrecht": "–", "Eindhoven": "–", "Samen": "1.061"
    }  # fmt: skip
    doe(proef, "stap_16_vaststellen_trajecten", vestiging="weert", aantal=61)
    assert proef.table[0].value.iloc[0]["Weert"] == "61"


@pytest.fixture
def evaluatie(lijst) -> str:
    nummer = lijst.evaluatie()
    lijst.verbeteractie(nummer, omschrijving=VREEMD)
    return nummer


def feiten(lijst: Lijst, nummer: str) -> list:
    return [vastlegging.feit for vastlegging in lijst.register.vastleggingen(nummer)]


def test_beside_the_frozen_figures_stands_what_the_register_says_now(lijst, los):
    lijst.tot(14, op=date(2025, 3, 3))
    doe(los(), "stap_16_evalueren_klachten", directieleden=("frank", "carla"), conclusies="Goed.")
    assert "Het register zegt nu nog hetzelfde." in zinnen(los(evaluatie="E2026-0001"))
    lijst.tot(1, op=date(2025, 6, 3))
    gezegd = zinnen(los(evaluatie="E2026-0001"))
    assert "Klachten die meetellen: nu 2, bij het bevriezen 1." in gezegd
    assert "pas na het bevriezen vastgelegd, over de tijd ervoor." in gezegd


def geteld(register: Register, proef: AppTest) -> list[tuple[str, int, int]]:
    """Every finding with lists behind it: what stands in the link, and how many klachten the list holds."""
    uit = []
    with register.cursor() as cursor:
        for regel in "\n".join(str(deel.value) for deel in proef.markdown).splitlines():
            lijsten = re.findall(r"\[([\d.]+)\W[^\]]*\]\(klachten\?([^)]*)\)", regel)
            for aantal, adres in lijsten if regel.startswith("- ") else ():
                telling = Telling.lees(dict(parse_qsl(adres)))
                assert telling is not None
                uit.append((regel.replace("\\", ""), int(aantal), telling.aantallen(cursor)[1]))
    return uit


def test_a_frozen_number_leads_to_its_list_and_says_so_when_that_holds_another_number_now(lijst, los):
    lijst.tot(14, op=date(2025, 3, 3))
    lijst.tot(1, op=date(2025, 5, 6))
    open_formulier = los()
    open_formulier.button(key="verbetering.stap_16_evalueren_klachten").click().run()
    voor = geteld(lijst.register, open_formulier)
    doe(los(), "stap_16_evalueren_klachten", directieleden=("frank", "carla"), conclusies="Goed.")
    bevroren = geteld(lijst.register, los(evaluatie="E2026-0001"))
    # The same sentences as before freezing, the same lists: nothing was recorded since.
    assert bevroren == voor
    assert {zin for zin, *_ in bevroren if "zijn 2 klachten ontvangen" in zin}
    assert all(n == in_lijst for _, n, in_lijst in bevroren)
    assert "Zo stond het hier" not in zinnen(los(evaluatie="E2026-0001"))
    lijst.tot(1, op=date(2025, 6, 3))
    proef = los(evaluatie="E2026-0001")
    nu = geteld(lijst.register, proef)
    (zin, n, in_lijst), *_ = [deel for deel in nu if "In 2025 zijn 2 klachten ontvangen" in deel[0]]
    assert n == in_lijst == 3
    assert (
        "Zo stond het hier bij het vaststellen; nu volgt uit het register, omdat er daarna is vastgelegd of verbeterd: "
        "In 2025 zijn 3 klachten ontvangen" in zin
    )
    assert all(n == in_lijst for _, n, in_lijst in nu)


def test_a_verbeteractie_is_decided(lijst, los, evaluatie):
    doe(
        los(evaluatie=evaluatie), f"{evaluatie}.stap_16_bepalen_verbeteractie", omschrijving="Training",
        actienemer="bas", uiterlijk_op=date(2026, 6, 1), categorie="bejegening",
    )  # fmt: skip
    feit = feiten(lijst, evaluatie)[-1]
    assert isinstance(feit, g.VerbeteractieBepaald)
    assert (feit.verbeteractie, feit.actienemer, feit.categorie) == (2, "bas", "bejegening")


def test_a_verbeteractie_is_changed_with_a_reason(lijst, los, evaluatie):
    doe(
        los(evaluatie=evaluatie), f"{evaluatie}.stap_16_wijzigen_verbeteractie", verbeteractie=1,
        uiterlijk_op=date(2026, 9, 1), reden="Roostermaker is ziek",
    )  # fmt: skip
    feit = feiten(lijst, evaluatie)[-1]
    assert isinstance(feit, g.VerbeteractieGewijzigd)
    assert feit.uiterlijk_op == date(2026, 9, 1)


def test_a_verbeteractie_is_cancelled_with_a_reason(lijst, los, evaluatie):
    naam = f"{evaluatie}.stap_16_laten_vervallen_verbeteractie"
    proef = doe(los(evaluatie=evaluatie), naam, verbeteractie=1, reden="Niet meer nodig")
    assert isinstance(feiten(lijst, evaluatie)[-1], g.VerbeteractieVervallen)
    assert "vervallen" in zinnen(proef)


def test_an_actienemer_is_told_carries_out_and_the_change_is_observed(lijst, los, evaluatie):
    doe(los(evaluatie=evaluatie), f"{evaluatie}.stap_17_informeren_actienemer", verbeteractie=1)
    assert isinstance(feiten(lijst, evaluatie)[-1], g.VerbeteractieMeegedeeld)

    proef = los("gijs", evaluatie=evaluatie)
    proef.button(key=f"verbetering.{evaluatie}.stap_18_uitvoeren_verbeteractie").click().run()
    vul(proef, verbeteractie=1, toelichting="Rooster hangt")
    verstuur(proef)
    assert "moest uiterlijk 20 februari 2026 uitgevoerd zijn" in zinnen(proef), "late is recorded with a reason"
    vul(proef, reden="Ziek geweest")
    verstuur(proef, "Toch vastleggen")
    assert isinstance(feiten(lijst, evaluatie)[-1], g.VerbeteractieUitgevoerd)

    proef = doe(
        los(evaluatie=evaluatie), f"{evaluatie}.stap_18_waarnemen_verandering", verbeteractie=1, verandering="minder",
        toelichting="Geen enkele klacht hierover",
    )  # fmt: skip
    assert isinstance(feiten(lijst, evaluatie)[-1], g.VeranderingWaargenomen)
    assert "waargenomen verandering: minder klachten hierover" in zinnen(proef)


def test_what_cannot_be_done_now_says_why(los, evaluatie):
    zien = zinnen(los(evaluatie=evaluatie))
    assert "Stap 18: er is nog geen verbeteractie uitgevoerd, dus nog niets waar te nemen." in zien
    assert "Stap 16 kan niet door Anna de Wit: dit doet de directie." in zinnen(los("anna", evaluatie=evaluatie))


def test_the_age_of_an_open_verbeteractie_is_shown(los, evaluatie):
    zien = zinnen(los())
    assert "5 dagen te laat" in zien
    assert "staat 17 dagen open" in zien
    assert "nog niet meegedeeld" in zien


def test_an_actienemer_sees_only_own_verbeteracties_and_no_conclusions(lijst, los, evaluatie):
    lijst.intake()
    lijst.verbeteractie(evaluatie, actienemer="bas", omschrijving="Training voor Bas")
    zien = zinnen(los("gijs", evaluatie=evaluatie))
    assert VREEMD.replace("\\", "") in zien
    assert "Training voor Bas" not in zien
    assert "Bellen gaat voor." not in zien
    assert "U hebt geen verbeteracties" in zinnen(los("eva"))
    assert "Deze evaluatie staat niet in het register" in zinnen(los("eva", evaluatie=evaluatie))


def test_the_file_has_what_its_reader_sees_when_it_is_asked_for(lijst, los, evaluatie):
    """A verbeteractie went to another after the page was drawn, and one came: the rows are read anew, and chosen."""
    proef = los("gijs")
    maak = proef.session_state["aanbod.verbeteracties.excel"].maker
    assert [rij[4] for rij in _rows(maak())] == ["Gijs Peters"]
    lijst.verbeteractie(evaluatie, actienemer="bas")
    lijst.verbeteractie(evaluatie, uiterlijk_op=date(2026, 12, 1))
    lijst.doe("stap_16_wijzigen_verbeteractie", "frank", evaluatie, op=7, verbeteractie=1, actienemer="bas")
    assert [rij[1] for rij in _rows(maak())] == [3]


def _rows(bestand: bytes) -> list[tuple]:
    blad = openpyxl.load_workbook(io.BytesIO(bestand))["Verbeteracties"]
    return [rij for rij in blad.iter_rows(values_only=True) if str(rij[0]).startswith("E2")]


@pytest.mark.parametrize("adres", ["E2026-0009", "K2026-0001", "zomaar", "E2026-0001' --"])
def test_an_unknown_evaluation_is_said_to_be_unknown(los, evaluatie, adres: str):
    assert "Deze evaluatie staat niet in het register" in zinnen(los(evaluatie=adres))


def test_the_analist_does_not_open_it():
    assert "Deze pagina is niet voor uw rol" in tekst(open_pagina("verbeteracties", als="hanna"))
