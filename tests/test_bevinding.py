"""An own finding per aspect: only where the reglement asks for it, and counted under the aspect's name of today."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from klachten import organisatie, reglement
from klachten.analyse.basis.kengetallen import rijen_van
from klachten.analyse.basis.selectie import Filter
from klachten.handelingen import HANDELINGEN, Geweigerd, dossier_van, mogelijk
from klachten.register import Register
from tests import verhalen

NAAM = "stap_06_vaststellen_bevinding"
AWB = Path(__file__).parent / "dossiers" / "stap_06_bevinding_per_aspect.toml"
DAG = date(2026, 1, 12)


def test_it_is_off_in_the_reglement_of_coulant_and_on_in_that_of_the_awb() -> None:
    assert not reglement.load("coulant").bevinding_per_aspect
    assert reglement.load("awb9").bevinding_per_aspect


def test_where_it_is_off_no_form_offers_it_and_the_rule_refuses_it(register: Register) -> None:
    toewijzen = {"op": DAG, "wie": "anna", "doet": "stap_04_toewijzen_behandelaar", "behandelaar": "anna"}
    verhaal = verhalen.play(register, {"gebeurt": [{"op": DAG}, toewijzen]})
    nummer, anna = verhaal.nummers["klacht"], organisatie.gebruiker("anna")
    assert anna is not None
    aangeboden = {m.handeling.naam for m in mogelijk(dossier_van(register, nummer), anna, reglement.load("coulant"))}
    assert NAAM not in aangeboden
    with pytest.raises(Geweigerd, match="vraagt geen eigen bevinding"):
        HANDELINGEN[NAAM](register, anna, nummer, vandaag=DAG, op=DAG, aspect="afspraken", bevinding="gegrond")


@pytest.mark.parametrize(
    ("dag", "verwacht"),
    [
        (date(2026, 1, 11), []),
        (date(2026, 1, 12), [("afspraken", "gegrond", 1)]),
        (date(2026, 1, 13), [("afspraken", "gegrond", 1), ("informatie", "ongegrond", 1)]),
        (date(2026, 1, 14), [("afspraken", "deels_gegrond", 1), ("informatie", "ongegrond", 1)]),
    ],
)
def test_the_last_finding_counts_as_of_a_day(register: Register, dag: date, verwacht: list[tuple]) -> None:
    verhalen.play(register, verhalen.load(AWB))
    with register.cursor() as cursor:
        rijen = rijen_van(cursor, "bevindingen_per_aspect", peildatum=dag, periode=2026, filter=Filter())
    assert [tuple(rij.values()) for rij in rijen] == verwacht
