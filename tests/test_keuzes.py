"""A choice counts on the days it is valid: refused before and after in the intake, a correction and the evaluation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from klachten.handelingen import HANDELINGEN, OngeldigeInvoer
from klachten.handelingen.veld import Veld, check
from tests.lijsten import Lijst

EERST, LAATST = date(2026, 2, 2), date(2026, 2, 4)


@pytest.fixture
def kort(lijst: Lijst, monkeypatch: pytest.MonkeyPatch) -> Lijst:
    """`overig` may be chosen for three days only, Utrecht in no year but 2025."""
    coulant = lijst.register.reglementen["coulant"]

    def bewerk(keuzes: tuple, **grenzen: tuple[date | None, date | None]) -> tuple:
        return tuple(
            replace(k, geldig_vanaf=grenzen[k.id][0], geldig_tot=grenzen[k.id][1]) if k.id in grenzen else k
            for k in keuzes
        )

    anders = replace(
        coulant,
        categorieen=bewerk(coulant.categorieen, overig=(EERST, LAATST)),
        opdrachtgevers=bewerk(coulant.opdrachtgevers, uwv=(EERST, LAATST)),
        vestigingen=bewerk(coulant.vestigingen, utrecht=(date(2025, 12, 31), date(2025, 12, 31))),
    )
    monkeypatch.setitem(lijst.register.reglementen, "coulant", anders)
    return lijst


NIET = [
    (date(2026, 2, 1), "gold op 1 februari 2026 nog niet; dat begint op 2 februari 2026."),
    (date(2026, 2, 5), "gold op 5 februari 2026 niet meer; dat eindigde op 4 februari 2026."),
]


@pytest.mark.parametrize(("op", "zin"), NIET)
def test_the_intake_refuses_a_categorie_and_an_aspect_outside_its_days(kort: Lijst, op: date, zin: str):
    for invoer in ({"categorie": "overig"}, {"aspecten": ("bejegening", "overig")}):
        with pytest.raises(OngeldigeInvoer, match=zin.replace(".", r"\.")):
            kort.intake(op=op, **invoer)
    assert kort.register.stand().aantal == 0


@pytest.mark.parametrize("op", [EERST, LAATST])
def test_the_intake_takes_it_on_the_first_and_the_last_day(kort: Lijst, op: date):
    assert kort.intake(op=op, categorie="overig", aspecten=("overig",))


@pytest.mark.parametrize(("op", "zin"), NIET)
def test_a_correction_refuses_it_whether_the_choice_changes_or_the_day(kort: Lijst, op: date, zin: str):
    ander = kort.intake(op=op, compleet=False)
    with pytest.raises(OngeldigeInvoer, match=zin.replace(".", r"\.")):
        kort.doe("corrigeren_feit", "anna", ander, nr=1, waarden={"categorie": "overig"})
    goed = kort.intake(op=EERST, categorie="overig", compleet=False)
    with pytest.raises(OngeldigeInvoer, match=zin.replace(".", r"\.")):
        kort.doe("corrigeren_feit", "anna", goed, nr=2, gebeurd_op=op)
    kort.doe("corrigeren_feit", "anna", goed, nr=2, gebeurd_op=LAATST)


def test_an_evaluation_refuses_it_for_a_verbeteractie_and_a_vestiging_of_another_year(kort: Lijst):
    nummer = kort.evaluatie()
    with pytest.raises(OngeldigeInvoer, match="gold op 8 februari 2026 niet meer"):
        kort.verbeteractie(nummer, categorie="overig")
    trajecten = {"vestiging": "utrecht", "aantal": 3}
    kort.doe("stap_16_vaststellen_trajecten", "frank", op=9, jaar=2025, **trajecten)
    for jaar, zin in ((2024, "gold in 2024 nog niet"), (2026, "gold in 2026 niet meer")):
        with pytest.raises(OngeldigeInvoer, match=zin):
            kort.doe("stap_16_vaststellen_trajecten", "frank", op=9, jaar=jaar, **trajecten)


def test_what_became_known_later_had_to_be_valid_at_the_receipt(kort: Lijst):
    nummer, later = kort.intake(op=EERST, compleet=False), kort.intake(op=NIET[1][0], compleet=False)
    nr = kort.register.stand().aantal + 1
    kort.doe("stap_03_aanvullen_gegevens", "anna", nummer, op=20, opdrachtgever="uwv")
    with pytest.raises(OngeldigeInvoer, match="gold op 5 februari 2026 niet meer"):
        kort.doe("stap_03_aanvullen_gegevens", "anna", later, op=20, opdrachtgever="uwv")
    kort.doe("corrigeren_feit", "anna", nummer, nr=nr, gebeurd_op=date(2026, 2, 6))
    with pytest.raises(OngeldigeInvoer, match="gold op 5 februari 2026 niet meer"):
        kort.intake(op=NIET[1][0], opdrachtgever="uwv")
    assert kort.intake(op=LAATST, opdrachtgever="uwv")


def test_without_a_day_nothing_can_be_said_about_it(kort: Lijst):
    (categorie,) = [v for v in HANDELINGEN["stap_01_indienen_klacht"].velden if v.naam == "categorie"]
    reglement = kort.register.reglementen["coulant"]
    vandaag = date(2026, 2, 25)
    assert check((categorie,), {"categorie": "overig"}, reglement, vandaag) == {"categorie": "overig"}
    with pytest.raises(OngeldigeInvoer, match="niet meer"):
        check((categorie,), {"categorie": "overig"}, reglement, vandaag, vandaag)
    op = Veld(naam="op", label="Op", soort="datum")
    with pytest.raises(OngeldigeInvoer, match="ligt te ver weg"):
        check((op, categorie), {"op": date(1989, 12, 31), "categorie": "overig"}, reglement, vandaag)
