"""Step 16 on the screen: the figures of the day are frozen with the evaluation, and a year is reopened as a version."""

from __future__ import annotations

from datetime import date

import pytest

from klachten import jaarverslag
from klachten.handelingen import dossier_van
from tests.paginas import verstuur, vul, zinnen
from tests.test_pagina_verbeteracties import doe

PAGINA, ALS = "verbeteracties", "frank"
pytestmark = pytest.mark.usefixtures("in_dit_register")


def test_the_directie_sees_the_figures_and_freezes_those_of_the_day(register, los):
    proef = los()
    proef.button(key="verbetering.stap_16_evalueren_klachten").click().run()
    assert "In 2025 zijn geen klachten ontvangen" in zinnen(proef)
    doe(los(), "stap_16_evalueren_klachten", directieleden=("frank", "carla"), conclusies="Een rustig jaar.")
    feit = dossier_van(register, "E2026-0001").evaluatie
    assert (feit.jaar, feit.peildatum, feit.versie) == (2025, feit.gebeurd_op, 1)
    cijfers = jaarverslag.bevroren_cijfers(register, "E2026-0001")
    assert cijfers is not None
    assert cijfers["herkomst"]["zegel"] == feit.zegel
    zien = zinnen(los(evaluatie="E2026-0001"))
    assert "Deze cijfers veranderen niet meer." in zien
    assert feit.zegel[:12] in zien


def test_a_year_that_was_evaluated_is_reopened_with_a_reason(register, lijst, los):
    eerste = lijst.evaluatie()
    assert "Bij deze evaluatie zijn geen cijfers bevroren" in zinnen(los(evaluatie=eerste))
    naam = f"{eerste}.stap_16_heropenen_evaluatie"
    doe(los(evaluatie=eerste), naam, directieleden=("frank",), conclusies="Nu met cijfers.", reden="Zonder cijfers.")
    feit = dossier_van(register, "E2026-0002").evaluatie
    assert (feit.versie, feit.vervangt, feit.reden) == (2, eerste, "Zonder cijfers.")
    assert feit.document
    zien = zinnen(los(evaluatie="E2026-0002"))
    assert "Versie 2" in zien


def test_the_coordinator_may_read_but_not_evaluate(lijst, los):
    eerste = lijst.evaluatie()
    proef = los("anna", evaluatie=eerste)
    assert [knop.key for knop in proef.button if "heropenen_evaluatie" in knop.key] == []
    assert "Stap 16 kan niet door Anna de Wit" in zinnen(proef)


def test_an_evaluation_during_the_year_covers_its_period_and_leaves_the_year_to_be_done(lijst, los):
    lijst.tot(14)
    proef = los()
    proef.button(key="verbetering.stap_16_evalueren_klachten").click().run()
    proef.selectbox(key="verbetering.jaar").set_value(2026).run()
    vul(
        proef,
        op=date(2026, 2, 25),
        van=date(2025, 12, 1),
        tot=date(2025, 12, 31),
        directieleden=("frank",),
        conclusies="Goed",
    )
    verstuur(proef)
    assert "De periode ligt buiten 2026" in zinnen(proef)
    vul(proef, van=date(2026, 1, 1), tot=date(2026, 1, 31))
    verstuur(proef)
    feit = dossier_van(lijst.register, "E2026-0001").evaluatie
    assert (feit.jaar, feit.van, feit.tot) == (2026, date(2026, 1, 1), date(2026, 1, 31))
    bevroren = jaarverslag.bevroren_cijfers(lijst.register, "E2026-0001")
    assert bevroren is not None
    # Of January: the klacht came in after it, and would be one of the year.
    assert (bevroren["periode"], bevroren["klachten"], bevroren["stroom"]["tot"]) == ("2026-01", 0, "2026-01-31")
    zien = zinnen(los())
    assert "**Klachten over januari 2026, tussentijds**" in zien
    assert "1 keer tussentijds geëvalueerd" in zien
    assert "loopt nog" in zien
    opnieuw = los()
    opnieuw.button(key="verbetering.stap_16_evalueren_klachten").click().run()
    assert [str(jaar) for jaar in opnieuw.selectbox(key="verbetering.jaar").options] == ["2026", "2025"]
