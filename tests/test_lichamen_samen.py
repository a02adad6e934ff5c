"""What handelingen have in common: who does which step, what is not there, and the choices of another day."""

from __future__ import annotations

from dataclasses import replace

import pytest

from klachten import gebeurtenissen as g
from klachten import organisatie
from klachten.dossier.klacht import Feiten
from klachten.handelingen import HANDELINGEN, Geweigerd, OngeldigeInvoer, dossier_van, reglement_van
from klachten.handelingen.handeling import step_of
from klachten.handelingen.reglement import versie_op
from klachten.register import Register
from tests.feitenproef import dag, klacht, register
from tests.lichaamproef import ANNA, BEPAALD, VANDAAG, doe, evaluatie
from tests.standenproef import STANDEN, ontvangst, op, vastgelegd
from tests.voorbeeldfirma import COULANT

# The register of feitenproef, in which nothing is recorded.
__all__ = ["register"]


def test_a_handeling_that_starts_a_dossier_names_the_step_and_who_does_it() -> None:
    def toets(naam: str, wie: str, feiten: Feiten | None = None) -> tuple[str, str | None]:
        gebruiker = organisatie.gebruiker(wie)
        assert gebruiker is not None
        return HANDELINGEN[naam].toets(feiten, gebruiker, COULANT)

    zin = "Stap 1 kan niet door Hanna Vos: dit doet de medewerker, coördinator of directie."
    assert toets("stap_01_indienen_klacht", "hanna") == ("", zin)
    assert toets("stap_01_indienen_klacht", "anna") == ("medewerker", None)
    trajecten = Feiten(
        "T2026", vastgelegd("T2026", [g.TrajectenVastgesteld(**op(9), jaar=2026, vestiging="x", aantal=1)])
    )
    zin = "Dit kan niet door Bas Janssen: dit doet de coördinator of directie."
    assert toets("corrigeren_feit", "bas", trajecten) == ("", zin)
    assert toets("corrigeren_feit", "anna", trajecten) == ("coordinator", None)
    zin = "Stap 17 kan niet door Gijs Peters: dit doet de directie."
    assert toets("stap_17_informeren_actienemer", "gijs", evaluatie(BEPAALD)) == ("", zin)
    assert toets("stap_17_informeren_actienemer", "carla", evaluatie(BEPAALD)) == ("directie", None)
    zin = "Dit kan niet door Anna de Wit: dit doet de directie."
    assert toets("corrigeren_feit", "anna", evaluatie(BEPAALD)) == ("", zin)
    assert toets("stap_05_bevestigen_ontvangst", "anna", klacht(STANDEN["to"])) == ("behandelaar", None)
    assert toets("stap_05_bevestigen_ontvangst", "gijs", klacht(STANDEN["to"]))[0] == ""


def test_what_is_not_there_is_said(register: Register) -> None:
    with pytest.raises(Geweigerd, match="K2026-0009 staat niet in het register"):
        dossier_van(register, "K2026-0009")
    with pytest.raises(OngeldigeInvoer, match="Reglement 'x' is er niet; kies uit awb9 of coulant"):
        reglement_van(register, None, "x", op=VANDAAG)
    for id, wordt in ((None, "coulant"), ("", "coulant"), ("awb9", "awb9")):
        assert reglement_van(register, None, id, op=VANDAAG).id == wordt
    with pytest.raises(OngeldigeInvoer) as fout:
        versie_op(COULANT, dag(0).replace(year=1999))
    assert list(fout.value.velden) == ["op"]


@pytest.mark.parametrize(
    ("herkomst", "op_dag", "zin"),
    [
        ("register", 1, "Categorie: 'vreemd' staat niet in de lijst"),
        ("register", 0, ""),
        ("overgenomen", 1, ""),
        ("overgenomen", 0, ""),
    ],
)
def test_another_day_asks_for_the_choices_anew_but_not_of_what_was_taken_over(
    register: Register, herkomst: str, op_dag: int, zin: str
) -> None:
    dossier = klacht([replace(ontvangst(herkomst=herkomst), categorie="vreemd")])
    uit = doe(
        register, "corrigeren_feit", dossier, ANNA,
        {"nr": 1, "gebeurd_op": dag(op_dag), "waarden": {"traject": "Ander"}},
    )  # fmt: skip
    if zin:
        assert uit.startswith(zin)
        return
    (feit,), _, _ = uit
    assert (feit.gebeurd_op, feit.traject, feit.categorie) == (dag(op_dag), "Ander", "vreemd")


def test_which_step_a_fact_marks_as_done() -> None:
    stappen = [step_of(feit) for feit in STANDEN["he"]]
    assert stappen == [1, 2, 3, 4, 5, None, 6, None, 8, 9, 10, 11, 13, 14, None, None, 15, None, None]
    andere = [*STANDEN["nb"][-1:], *STANDEN["in"][-1:], g.VoortgangBewaakt(**op(1))]
    assert [step_of(feit) for feit in andere] == [7, None, 12]
