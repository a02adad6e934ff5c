"""What an intake makes: the facts of steps 1 to 3 at once, and who is named in them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from klachten import gebeurtenissen as g
from klachten import organisatie
from klachten.register import Register
from klachten.voorbeeld.rolverdeling import ROLVERDELING
from tests.feitenproef import dag, register
from tests.lichaamproef import ANNA, doe
from tests.voorbeeldfirma import COULANT

# The register of feitenproef, in which nothing is recorded.
__all__ = ["register"]


@pytest.mark.parametrize(
    ("wie", "gehoord", "verwerkt", "feiten"),
    [
        (ANNA, None, None, [("KlachtOntvangen", 5)]),
        (ANNA, None, 7, [("KlachtOntvangen", 5)]),
        (ANNA, 5, None, [("KlachtOntvangen", 5), ("CoordinatorGeinformeerd", 5), ("KlachtGeregistreerd", 30)]),
        (ANNA, 6, 7, [("KlachtOntvangen", 5), ("CoordinatorGeinformeerd", 6), ("KlachtGeregistreerd", 7)]),
        (("gijs", "medewerker"), 6, 7, [("KlachtOntvangen", 5), ("CoordinatorGeinformeerd", 6)]),
        (ANNA, 4, 7, "Stap 2 kan niet vóór de ontvangst op 10 januari 2026 (stap 1)."),
    ],
)
def test_what_an_intake_makes(
    register: Register, wie: tuple[str, str], gehoord: int | None, verwerkt: int | None, feiten: Any
) -> None:
    invoer = {
        "op": dag(5),
        "coordinator_op": None if gehoord is None else dag(gehoord),
        "verwerkt_op": None if verwerkt is None else dag(verwerkt),
        **dict.fromkeys(("ontvanger", "signaal"), ""),
        "feiten_vermeld": True,
    }
    uit = doe(register, "stap_01_indienen_klacht", None, wie, invoer)
    if isinstance(uit, str):
        assert uit == feiten
        return
    assert [(type(feit).__name__, (feit.gebeurd_op - dag(0)).days) for feit in uit[0]] == feiten
    assert uit[2].klachtnummer == "K2026-0001"
    assert (uit[0][0].reglement, uit[0][0].reglement_versie) == ("coulant", COULANT.versie_op(dag(5)))
    assert [feit.geinformeerde for feit in uit[0] if isinstance(feit, g.CoordinatorGeinformeerd)] in ([], ["anna"])


def test_of_more_coordinators_the_first_hears_of_an_intake_by_somebody_else(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    ook = replace(ROLVERDELING[-1], rollen=frozenset({"coordinator"}))
    monkeypatch.setattr(organisatie, "_open", {0: organisatie.of_users((*ROLVERDELING, ook))})
    invoer = {"op": dag(5), "coordinator_op": dag(5), "verwerkt_op": None, "ontvanger": "", "signaal": ""}
    (_, gehoord), _, _ = doe(register, "stap_01_indienen_klacht", None, ("gijs", "medewerker"), invoer)
    assert gehoord.geinformeerde == "anna"


def test_without_a_coordinator_or_a_signaal_an_intake_cannot_name_them(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    invoer = {"op": dag(5), "coordinator_op": None, "verwerkt_op": None, "ontvanger": "", "signaal": "S2026-0009"}
    gijs, zonder = ("gijs", "medewerker"), {**invoer, "signaal": "", "coordinator_op": dag(5)}
    weigering = "S2026-0009 is geen signaal in het register."
    assert doe(register, "stap_01_indienen_klacht", None, gijs, invoer) == weigering
    anderen = tuple(persoon for persoon in ROLVERDELING if not persoon.heeft("coordinator"))
    monkeypatch.setattr(organisatie, "_open", {0: organisatie.of_users(anderen)})
    assert doe(register, "stap_01_indienen_klacht", None, gijs, zonder) == (
        "Stap 2: er is geen coördinator in het register. Vraag de beheerder er een aan te wijzen."
    )
