"""What becomes of disputes that were submitted: counted as of a day, and what was not recorded is not known."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from klachten import gebeurtenissen as g
from klachten.analyse.basis.kengetallen import rijen_van
from klachten.analyse.opvolging.oordelen import oordelen_zin
from klachten.register import Register
from klachten.scherm.dossier.beeld import aandachtspunten
from tests import verhalen

VERHAAL = Path(__file__).parent / "dossiers" / "stap_15_wat_er_met_het_oordeel_gebeurt.toml"
OUD = Path(__file__).parent / "dossiers" / "stap_15_oordeel_heropent.toml"

# As of a day: body, how far, told, followed.
STANDEN = [
    (date(2026, 1, 8), []),
    (date(2026, 1, 9), [("oval", "wacht", False, None)]),
    (date(2026, 2, 6), [("oval", "wacht", False, None)]),
    (date(2026, 2, 7), [("oval", "verlaat", False, None)]),
    (date(2026, 2, 10), [("oval", "oordeel", False, None)]),
    (date(2026, 2, 11), [("oval", "oordeel", True, None)]),
    (date(2026, 2, 16), [("oval", "oordeel", True, "deels")]),
]


@pytest.mark.parametrize(("dag", "verwacht"), STANDEN)
def test_a_dispute_stands_as_of_a_day(register: Register, dag: date, verwacht: list[tuple]) -> None:
    verhalen.play(register, verhalen.load(VERHAAL))
    with register.cursor() as cursor:
        rijen = rijen_van(cursor, "oordelen_opvolging", peildatum=dag, periode=2026)
    assert [tuple(rij.values())[:-1] for rij in rijen] == verwacht


def test_a_line_of_an_older_journal_reads_as_not_known() -> None:
    oud = g.from_json("GeschilVoorgelegd", date(2020, 1, 5), {}, {"onafhankelijk_persoon": "mr. B"})
    assert oud == g.GeschilVoorgelegd(gebeurd_op=date(2020, 1, 5), onafhankelijk_persoon="mr. B")
    assert (oud.instantie, oud.verwacht_op, oud.gegevens()) == ("", None, {})


def test_of_an_older_dispute_the_new_facts_are_not_known_and_the_dossier_asks_to_tell_the_oordeel(register) -> None:
    verhaal = verhalen.play(register, verhalen.load(OUD))
    with register.cursor() as cursor:
        rijen = rijen_van(cursor, "oordelen_opvolging", peildatum=date(2026, 6, 1), periode=2026)
    assert [tuple(rij.values()) for rij in rijen] == [(None, "oordeel", False, None, 1)]
    assert oordelen_zin(rijen) == (
        "Voorgelegd aan iemand van buiten: 1; de enige kreeg een oordeel. Van de oordelen: geen enkele is aan de "
        "indiener meegedeeld; van 1 is niet bekend of het is opgevolgd."
    )
    assert [punt.handeling for punt in aandachtspunten(verhaal.dossier(), date(2026, 6, 1))] == [
        "stap_15_meedelen_oordeel"
    ]
    assert oordelen_zin([]) == ""
