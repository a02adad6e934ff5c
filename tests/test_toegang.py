"""Who is acting in the example, and where it may run."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from klachten import organisatie, reglement
from klachten.organisatie import naam
from klachten.toegang import huidige_gebruiker, instellingen
from klachten.toegang.instellingen import Instellingen, OnveiligAdres
from klachten.voorbeeld.rolverdeling import ROLVERDELING
from tests.voorbeeldfirma import COULANT


@pytest.mark.parametrize("adres", ["127.0.0.1", "localhost", "::1", "[::1]"])
def test_the_example_runs_on_this_machine(adres: str):
    instellingen.check(Instellingen(), voorbeeld=True, luister=adres)


@pytest.mark.parametrize("adres", ["0.0.0.0", "", None, "192.0.2.7", "::", "klachten.example"])
def test_the_example_refuses_to_run_where_others_can_reach_it(adres: str | None):
    with pytest.raises(OnveiligAdres, match=r"De voorbeeldmodus werkt alleen op deze computer") as fout:
        instellingen.check(Instellingen(), voorbeeld=True, luister=adres)
    assert f"zou luisteren op {adres or 'alle adressen'}. Zet server.address" in str(fout.value)


def test_the_cast_is_fixed():
    assert [persoon.id for persoon in ROLVERDELING] == "anna bas carla dirk eva frank gijs hanna iris joris".split()
    assert {persoon.id for persoon in organisatie.met_rol("directie")} == {"carla", "frank"}
    assert {persoon.id for persoon in organisatie.met_rol("behandelaar")} == {"anna", "bas", "dirk"}


def test_every_role_is_one_that_the_reglement_knows_and_somebody_has():
    # An auditor changes nothing, so no reglement gives a step to one.
    assert tuple(organisatie.ROLLEN) == (*reglement.ROLLEN, "auditor")
    assert frozenset().union(*(persoon.rollen for persoon in ROLVERDELING)) == set(organisatie.ROLLEN)


def test_every_vestiging_is_one_of_the_firm():
    bekend = {keuze.id for keuze in COULANT.vestigingen}
    assert {persoon.vestiging for persoon in ROLVERDELING} <= bekend


@pytest.mark.parametrize(
    ("gekozen", "wie"), [("bas", "bas"), ("BAS", "bas"), (None, "anna"), ("", "anna"), ("x", "anna")]
)
def test_an_unknown_choice_is_anna(gekozen: str | None, wie: str):
    assert huidige_gebruiker(gekozen).id == wie


def test_somebody_unknown_is_called_by_id():
    assert naam("carla") == "Carla Verhoeven"
    assert naam("Resource03") == "Resource03"
    assert organisatie.gebruiker("Resource03") is None


def test_nobody_gets_another_role_while_the_app_runs():
    with pytest.raises(FrozenInstanceError):
        huidige_gebruiker("bas").rollen = frozenset({"directie"})  # type: ignore[misc]


def test_a_user_has_a_role_or_not():
    anna = huidige_gebruiker("anna")
    assert anna.heeft("directie", "coordinator")
    assert not anna.heeft("directie")
    assert anna.rolnamen == "coördinator, behandelaar, actienemer, medewerker"
