"""Step 16: who may evaluate, over which period, and when a year is done."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from duckdb import DuckDBPyConnection

from klachten import gebeurtenissen as g
from klachten import organisatie
from klachten.analyse.werk import verbeterstand
from klachten.analyse.werk.werkvoorraad import werkvoorraad
from klachten.handelingen import Geweigerd, OngeldigeInvoer, dossier_van
from klachten.handelingen.bevriezen import bevroren, versies_van_jaar, versies_van_periode
from klachten.handelingen.evalueren import check_corrected, check_evaluatie, period_of, with_period
from klachten.handelingen.veld import BUITEN
from klachten.register import Register
from klachten.voorbeeld.rolverdeling import ROLVERDELING
from tests.lijsten import Lijst
from tests.termijnproef import leg_vast, voeg_toe

NA_HET_JAAR = date(2027, 2, 1)


@pytest.fixture
def lijst(register: Register) -> Lijst:
    """A register in February 2027, with a klacht of 2026 that involves nobody."""
    lijst = Lijst(register, vandaag=NA_HET_JAAR)
    lijst.intake(op=date(2026, 1, 15))
    return lijst


def evalueer(lijst: Lijst, op: date, *leden: str, jaar: int = 2026, **anders: Any) -> str:
    return lijst.doe(
        "stap_16_evalueren_klachten",
        "frank",
        op=op,
        jaar=jaar,
        directieleden=leden or ("frank",),
        conclusies="x",
        **anders,
    )


def heropen(lijst: Lijst, nummer: str, op: date) -> str:
    return lijst.doe("stap_16_heropenen_evaluatie", "frank", nummer, op=op, directieleden=("carla",), conclusies="y")


def jaren(lijst: Lijst, peildatum: date = NA_HET_JAAR) -> dict[int, tuple[int, int]]:
    """Evaluations that end the duty, and interim ones, by year."""
    with lijst.register.cursor() as cursor:
        return {jaar: (heel, tussen) for jaar, _, heel, tussen in verbeterstand.te_evalueren(cursor, peildatum)}


def te_doen(lijst: Lijst, peildatum: date = NA_HET_JAAR) -> list[str]:
    with lijst.register.cursor() as cursor:
        taken = werkvoorraad(cursor, peildatum, vestigingen=())
    return [taak.wat for taak in taken if taak.stap == 16]


# --- the period ------------------------------------------------------------------------------------------------------


def test_an_evaluation_in_march_of_the_running_year_does_not_end_its_duty(lijst: Lijst) -> None:
    maart = evalueer(lijst, date(2026, 3, 1))
    assert period_of(dossier_van(lijst.register, maart).evaluatie) == (date(2026, 1, 1), date(2026, 3, 1))
    assert jaren(lijst) == {2026: (0, 1)}
    assert te_doen(lijst) == ["Klachten over 2026 evalueren"]
    evalueer(lijst, date(2027, 1, 20))
    assert jaren(lijst) == {2026: (1, 1)}
    assert te_doen(lijst) == []
    # Seen from before that evaluation the year is not done.
    assert te_doen(lijst, date(2027, 1, 19)) == ["Klachten over 2026 evalueren"]


def test_a_period_may_be_chosen_and_several_in_a_year_are_welcome(lijst: Lijst) -> None:
    eerste = evalueer(lijst, date(2026, 7, 10), van=date(2026, 1, 1), tot=date(2026, 6, 30))
    evalueer(lijst, date(2027, 1, 10), van=date(2026, 7, 1), tot=date(2026, 12, 31))
    # Two halves, each held after its end, are an evaluation of the year.
    assert jaren(lijst) == {2026: (1, 0)}
    with pytest.raises(Geweigerd, match=f"1 januari 2026 tot en met 30 juni 2026 is al geëvalueerd \\({eerste}\\)"):
        evalueer(lijst, date(2026, 8, 1), van=date(2026, 1, 1), tot=date(2026, 6, 30))
    evalueer(lijst, date(2027, 1, 11))
    with pytest.raises(Geweigerd, match=r"Stap 16: 2026 is al geëvalueerd"):
        evalueer(lijst, date(2027, 1, 12))
    assert jaren(lijst) == {2026: (1, 2)}
    assert versies_van_jaar(lijst.register, 2026) == [eerste, "E2027-0001", "E2027-0002"]
    assert versies_van_jaar(lijst.register, 2025) == []


def test_held_on_the_last_day_of_the_year_the_year_is_not_over_yet(lijst: Lijst) -> None:
    evalueer(lijst, date(2026, 12, 31))
    assert jaren(lijst) == {2026: (0, 1)}
    with pytest.raises(Geweigerd, match="2026 is al geëvalueerd"):
        evalueer(lijst, date(2026, 12, 31))
    evalueer(lijst, NA_HET_JAAR)
    assert jaren(lijst) == {2026: (1, 1)}
    assert te_doen(lijst) == []


MRT, JUN, SEP = date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30)
DAG = timedelta(1)
LAATST = date(2027, 9, 1)
NIEUWJAAR, OUDJAAR = date(2026, 1, 1), date(2026, 12, 31)
H1, H2 = (JUN + DAG, NIEUWJAAR, JUN), (LAATST, JUN + DAG, OUDJAAR)
# Evaluations by the day on which they were held and their period; evaluations of the year, and interim ones.
SAMEN: list[tuple[list[tuple[date, date, date]], tuple[int, int]]] = [
    ([H1], (0, 1)),
    ([H2], (0, 1)),
    ([H1, H2], (1, 0)),
    ([H2, H1], (1, 0)),
    # Held on the last day of its half, which was not over yet.
    ([(JUN, NIEUWJAAR, JUN), H2], (0, 2)),
    ([H1, (OUDJAAR, JUN + DAG, OUDJAAR)], (0, 2)),
    # A day that nobody looked at, and days that two looked at.
    ([H1, (LAATST, JUN + 2 * DAG, OUDJAAR)], (0, 2)),
    ([(JUN, NIEUWJAAR, JUN - DAG), H2], (0, 2)),
    ([(LAATST, NIEUWJAAR + DAG, JUN), H2], (0, 2)),
    ([H1, (LAATST, JUN + DAG, OUDJAAR - DAG)], (0, 2)),
    ([H1, (LAATST, MRT, OUDJAAR)], (1, 0)),
    # The second quarter lies within the first half; the third is missing, then there.
    ([H1, (LAATST, MRT + DAG, JUN - DAG), (LAATST, SEP + DAG, OUDJAAR)], (0, 3)),
    ([H1, (LAATST, MRT + DAG, JUN - DAG), (LAATST, JUN + DAG, SEP), (LAATST, SEP + DAG, OUDJAAR)], (1, 0)),
    (
        [(MRT + DAG, NIEUWJAAR, MRT), (LAATST, MRT + DAG, JUN), (LAATST, JUN + DAG, SEP), (LAATST, SEP + DAG, OUDJAAR)],
        (1, 0),
    ),
    # Book years.
    ([(LAATST, date(2025, 7, 1), JUN), (LAATST, JUN + DAG, date(2027, 6, 30))], (1, 0)),
    ([(LAATST, date(2025, 7, 1), JUN)], (0, 1)),
    ([(LAATST, JUN + DAG, date(2027, 6, 30))], (0, 1)),
    # The year by itself: its parts are interim ones then.
    ([H1, H2, (LAATST, NIEUWJAAR, OUDJAAR)], (1, 2)),
]  # fmt: skip


@pytest.mark.parametrize(("gehouden", "verwacht"), SAMEN)
def test_a_year_is_done_when_evaluations_after_their_end_cover_it(
    con: DuckDBPyConnection, gehouden: list[tuple[date, date, date]], verwacht: tuple[int, int]
) -> None:
    voeg_toe(con, "K2026-0001", date(2026, 2, 1))
    leg_vast(
        con,
        [
            (
                f"E2026-{nr:04d}", "EvaluatieGehouden", op,
                {"jaar": 2026, "van": str(van), "tot": str(tot), "directieleden": ["carla"]},
            )
            for nr, (op, van, tot) in enumerate(gehouden, 1)
        ],
    )  # fmt: skip
    (rij,) = [rij for rij in verbeterstand.te_evalueren(con, LAATST) if rij[0] == 2026]
    assert rij[2:] == verwacht
    taken = con.execute(
        "SELECT wat FROM werkvoorraad($1, ['anna'], ['carla'], [], []) WHERE stap = 16", [LAATST]
    ).fetchall()
    assert (("Klachten over 2026 evalueren",) in taken) is (verwacht[0] == 0)


def test_a_period_of_more_than_a_year_ends_the_duty_of_the_year_within_it(lijst: Lijst) -> None:
    evalueer(lijst, date(2027, 1, 31), van=date(2025, 12, 1), tot=date(2027, 1, 31))
    assert jaren(lijst)[2026] == (1, 0)


def test_an_evaluation_from_before_periods_is_of_what_had_passed_of_its_year(lijst: Lijst) -> None:
    """A fact without van and tot: of a year that was over it ends the duty, of one that was running it does not."""
    for jaar, op in ((2025, date(2026, 2, 1)), (2026, date(2026, 3, 1))):
        with lijst.register.schrijven() as boeking:
            nummer = boeking.nieuw_nummer("E", op.year)
            oud = g.EvaluatieGehouden(gebeurd_op=op, jaar=jaar, directieleden=("frank",), conclusies="x")
            boeking.leg_vast(nummer, oud, door="frank", rol="directie")
    lijst.intake(op=date(2025, 5, 5))
    assert jaren(lijst) == {2025: (1, 0), 2026: (0, 1)}
    # Reopened, of the same days.
    for nummer, tot in (("E2026-0001", date(2025, 12, 31)), ("E2026-0002", date(2026, 3, 1))):
        feit = dossier_van(lijst.register, heropen(lijst, nummer, LATER)).evaluatie
        assert (feit.versie, feit.vervangt, feit.van, feit.tot) == (2, nummer, date(feit.jaar, 1, 1), tot)
        with pytest.raises(Geweigerd, match="is er al een nieuwere evaluatie"):
            heropen(lijst, nummer, LATER)
    assert jaren(lijst) == {2025: (2, 0), 2026: (0, 2)}


@pytest.mark.parametrize(
    ("wat", "zin"),
    [
        ({"van": date(2026, 7, 1), "tot": date(2026, 6, 30)}, "De periode eindigt vóór 1 juli 2026"),
        ({"tot": date(2027, 1, 31)}, "De periode loopt tot en met 31 januari 2027, na de evaluatie op 20 januari 2027"),
        ({"van": date(2025, 1, 1), "tot": date(2025, 12, 31)}, "De periode ligt buiten 2026"),
        ({"van": date(2027, 1, 1), "tot": date(2027, 1, 10)}, "De periode ligt buiten 2026"),
        ({"jaar": 2028}, "Kies een jaar tot en met 2027"),
    ],
)
def test_a_period_that_cannot_be_is_refused(lijst: Lijst, wat: dict[str, Any], zin: str) -> None:
    with pytest.raises(OngeldigeInvoer, match=zin):
        evalueer(lijst, date(2027, 1, 20), **wat)


JAN, DEC = date(2026, 1, 1), date(2026, 12, 31)
LATER = date(2027, 1, 20)
# The year, the day, and the first and last day where somebody gave them: the period, or the refusal.
PERIODE: list[tuple[int, date, date | None, date | None, tuple[date, date] | str]] = [
    (2026, LATER, None, None, (JAN, DEC)),
    (2026, DEC, None, None, (JAN, DEC)),
    (2026, date(2026, 3, 1), None, None, (JAN, date(2026, 3, 1))),
    (2026, JAN, None, None, (JAN, JAN)),
    (2026, LATER, date(2026, 7, 1), None, (date(2026, 7, 1), DEC)),
    (2026, LATER, None, date(2026, 6, 30), (JAN, date(2026, 6, 30))),
    (2026, LATER, DEC, DEC, (DEC, DEC)),
    (2026, LATER, date(2025, 12, 1), LATER, (date(2025, 12, 1), LATER)),
    (2026, LATER, DEC, JAN, "De periode eindigt vóór 31 december 2026, de dag waarop zij begint (stap 16)."),
    (
        2026, LATER, None, date(2027, 1, 21),
        "De periode loopt tot en met 21 januari 2027, na de evaluatie op 20 januari 2027 (stap 16).",
    ),
    (2026, LATER, date(2027, 1, 1), LATER, "De periode ligt buiten 2026, het jaar dat u evalueert (stap 16)."),
    (2026, LATER, date(2025, 1, 1), date(2025, 12, 31), "De periode ligt buiten 2026, het jaar dat u evalueert"),
    (2028, LATER, None, None, "Kies een jaar tot en met 2027, het jaar van de evaluatie (stap 16)."),
    (2027, LATER, None, None, (date(2027, 1, 1), LATER)),
    (1990, LATER, None, None, (date(1990, 1, 1), date(1990, 12, 31))),
    (1989, LATER, None, None, "Kies een jaar tot en met 2027, het jaar van de evaluatie (stap 16)."),
]  # fmt: skip


@pytest.mark.parametrize(("jaar", "op", "van", "tot", "verwacht"), PERIODE)
def test_the_period_of_an_evaluation(
    jaar: int, op: date, van: date | None, tot: date | None, verwacht: tuple[date, date] | str
) -> None:
    feit = g.EvaluatieGehouden(gebeurd_op=op, jaar=jaar, van=van, tot=tot, directieleden=("frank",), conclusies="x")
    if isinstance(verwacht, str):
        with pytest.raises(OngeldigeInvoer) as fout:
            with_period(feit)
        assert str(fout.value).startswith(verwacht)
        return
    assert with_period(feit) == replace(feit, van=verwacht[0], tot=verwacht[1])


def test_an_interim_evaluation_is_reopened_by_itself(lijst: Lijst) -> None:
    maart = evalueer(lijst, date(2026, 3, 1))
    evalueer(lijst, date(2027, 1, 20))
    # On the day itself, and once more.
    vorige = maart
    for versie, op in ((2, date(2026, 3, 1)), (3, date(2027, 1, 25))):
        weer = heropen(lijst, vorige, op)
        feit = dossier_van(lijst.register, weer).evaluatie
        assert (feit.versie, feit.vervangt, period_of(feit)) == (versie, vorige, (date(2026, 1, 1), date(2026, 3, 1)))
        vorige = weer
    assert jaren(lijst) == {2026: (1, 3)}


def test_an_evaluation_before_its_period_is_over_stands_in_nobodys_way(lijst: Lijst) -> None:
    van, tot = date(2026, 1, 1), date(2026, 6, 30)
    tussen = evalueer(lijst, tot, van=van, tot=tot)
    assert versies_van_periode(lijst.register, van, tot) == []
    assert versies_van_periode(lijst.register, van, tot, op=tot) == [tussen]
    assert versies_van_periode(lijst.register, van, tot, ook_tussentijds=True) == [tussen]


def test_only_the_newest_version_is_reopened_whatever_its_number(lijst: Lijst) -> None:
    eerste = evalueer(lijst, date(2027, 1, 5), tot=date(2026, 6, 30))
    nr = dossier_van(lijst.register, eerste).geldig[0].nr
    lijst.doe("corrigeren_feit", "frank", eerste, nr=nr, gebeurd_op=date(2026, 12, 31))
    tweede = heropen(lijst, eerste, date(2026, 12, 31))
    assert (eerste, tweede) == ("E2027-0001", "E2026-0001")
    with pytest.raises(Geweigerd, match=r"is er al een nieuwere evaluatie \(E2026-0001\). Heropen die."):
        heropen(lijst, eerste, date(2027, 1, 6))


# --- the frozen figures ----------------------------------------------------------------------------------------------


HEEL_2026 = (date(2026, 1, 1), date(2026, 12, 31))


def test_frozen_figures_are_of_these_days_and_this_register(lijst: Lijst) -> None:
    with lijst.register.cursor() as cursor:
        zegels = dict(cursor.execute("SELECT nr, zegel FROM gebeurtenis").fetchall())
    laatste = lijst.register.stand().aantal

    def cijfers(nr: int, herkomst: dict[str, Any] | None = None, **anders: Any) -> bytes:
        van = {"zegel": zegels.get(nr, "x"), "aantal_feiten": nr, "reglement_versie": "2000-01-01"}
        van |= {"software_versie": "1.0", **(herkomst or {})}
        return json.dumps({"jaar": 2026, "peildatum": "2027-01-20", "herkomst": van, **anders}).encode()

    for nr in (laatste, 1):
        assert bevroren(lijst.register, cijfers(nr), *HEEL_2026, LATER) == {
            "peildatum": LATER,
            "zegel": zegels[nr],
            "aantal_feiten": nr,
            "reglement_versie": date(2000, 1, 1),
            "software_versie": "1.0",
            "document": hashlib.sha256(cijfers(nr)).hexdigest(),
        }
    geen, elders = "dit bestand is niet door klachten gemaakt", "deze zijn niet op dit register geteld"
    for bestand, zin in (
        (b"geen json", geen),
        (b"[]", geen),
        (b"{}", geen),
        (cijfers(1, peildatum="gisteren"), geen),
        (cijfers(1, {"reglement_versie": None}), geen),
        (cijfers(1, jaar=2025), "deze gaan over 2025, niet over 2026"),
        (cijfers(1, jaar=2027), "deze gaan over 2027, niet over 2026"),
        (cijfers(1, periode="2026-K1"), "deze gaan over het eerste kwartaal van 2026, niet over 2026"),
        (cijfers(1, periode="altijd"), geen),
        (cijfers(1, peildatum="2027-01-21"), "De cijfers zijn van 21 januari 2027, na de evaluatie op 20 januari 2027"),
        (cijfers(1, {"zegel": zegels[2]}), elders),
        (cijfers(laatste, {"zegel": zegels[1]}), elders),
        (cijfers(laatste + 1), elders),
        (cijfers(laatste + 1, {"zegel": zegels[laatste]}), elders),
        (cijfers(laatste, {"zegel": zegels[1][:-1]}), elders),
        (cijfers(laatste, {"zegel": "0" * 64}), elders),
        (cijfers(laatste, {"zegel": "f" * 64}), elders),
    ):
        with pytest.raises(OngeldigeInvoer, match=zin):
            bevroren(lijst.register, bestand, *HEEL_2026, LATER)


def test_a_correction_leaves_the_frozen_figures_true(lijst: Lijst) -> None:
    feit = g.EvaluatieGehouden(
        gebeurd_op=LATER, jaar=2026, directieleden=("frank",), van=HEEL_2026[0], tot=HEEL_2026[1]
    )
    bevroren_feit = replace(feit, document="0" * 64, peildatum=LATER)
    for oud, anders, zin in (
        (feit, {"tot": date(2026, 6, 30)}, ""),
        (bevroren_feit, {"conclusies": "x"}, ""),
        (bevroren_feit, {"gebeurd_op": date(2027, 1, 21)}, ""),
        (
            bevroren_feit,
            {"gebeurd_op": date(2027, 1, 19)},
            "De cijfers zijn van 20 januari 2027, na de evaluatie op 19",
        ),
        (bevroren_feit, {"tot": date(2026, 6, 30)}, "Stap 16: de bevroren cijfers van E2027-0001 gaan over 2026."),
        (bevroren_feit, {"tot": date(2027, 1, 5)}, "Stap 16: de bevroren cijfers van E2027-0001 gaan over 2026."),
        (
            replace(feit, versie=2),
            {"tot": date(2026, 6, 30)},
            "Stap 16: van de evaluatie over 2026 zijn er meer versies.",
        ),
    ):
        weigert = pytest.raises(Geweigerd, match=re.escape(zin)) if zin else contextlib.nullcontext()
        with weigert:
            check_corrected(lijst.register, oud, replace(oud, **anders), "E2027-0001")


# --- who evaluates ---------------------------------------------------------------------------------------------------

# Involved in the klachten of the year, who evaluates, and what is said; "" means that it is recorded.
WIE = [
    ((), ("carla",), ""),
    ((), ("buiten",), "alleen iemand van buiten kan niet evalueren zolang een directielid niet betrokken is"),
    ((), ("carla", "buiten"), ""),
    ((("eva",),), ("buiten",), "alleen iemand van buiten kan niet evalueren"),
    ((("carla",),), ("buiten",), "alleen iemand van buiten kan niet evalueren"),
    ((("carla",),), ("carla",), "Carla Verhoeven is betrokken bij klacht K2026-0002 en kan die niet alleen"),
    ((("carla", "eva"),), ("carla",), "Laat Frank Maes, die niet betrokken is, meedoen."),
    ((("carla",),), ("carla", "buiten"), "Laat Frank Maes, die niet betrokken is, meedoen."),
    ((("carla",),), ("carla", "frank"), ""),
    ((("carla",),), ("frank",), ""),
    ((("carla",), ("frank",)), ("carla", "frank"), ""),
    ((("carla",), ("frank",)), ("buiten",), "alleen iemand van buiten kan niet evalueren"),
    ((("carla", "frank"),), ("carla", "frank"), "Carla Verhoeven en Frank Maes zijn betrokken bij klacht"),
    ((("carla", "frank"),), ("carla", "frank"), "Laat iemand van buiten meedoen."),
    ((("carla", "frank"),), ("carla", "buiten"), ""),
    ((("carla", "frank"),), ("buiten",), ""),
    ((("carla", "frank"), ("eva",)), ("buiten",), ""),
    ((("carla", "frank", "eva"),), ("buiten",), ""),
]  # fmt: skip


@pytest.mark.parametrize(("betrokken", "leden", "zin"), WIE)
def test_who_may_evaluate(lijst: Lijst, betrokken: Any, leden: tuple[str, ...], zin: str) -> None:
    for namen in betrokken:
        lijst.intake(op=date(2026, 5, 5), betrokkenen=namen)
    if zin:
        with pytest.raises(Geweigerd, match=zin):
            evalueer(lijst, date(2027, 1, 20), *leden)
        return
    assert evalueer(lijst, date(2027, 1, 20), *leden) == "E2027-0001"


def test_a_directielid_is_of_the_organisation_whatever_the_id(lijst: Lijst, monkeypatch: pytest.MonkeyPatch) -> None:
    """An id that comes before the word for somebody outside in the alphabet is a colleague as well."""
    aad = replace(ROLVERDELING[2], id="aad", naam="Aad Smit")
    monkeypatch.setattr(organisatie, "_open", {0: organisatie.of_users((*ROLVERDELING, aad))})
    feit = g.EvaluatieGehouden(gebeurd_op=LATER, jaar=2026, directieleden=("aad",), conclusies="x")
    check_evaluatie(lijst.register, feit)
    with pytest.raises(Geweigerd, match="alleen iemand van buiten kan niet evalueren"):
        check_evaluatie(lijst.register, replace(feit, directieleden=(BUITEN,)))


def test_only_klachten_of_the_period_count(lijst: Lijst) -> None:
    lijst.intake(op=date(2026, 6, 30), betrokkenen=("carla",))
    evalueer(lijst, date(2027, 1, 20), "carla", van=date(2026, 7, 1))
    with pytest.raises(Geweigerd, match="Carla Verhoeven is betrokken"):
        evalueer(lijst, date(2027, 1, 20), "carla", van=date(2026, 6, 30))


def test_a_correction_of_who_evaluated_is_held_against_the_same_rule(lijst: Lijst) -> None:
    lijst.intake(op=date(2026, 5, 5), betrokkenen=("carla",))
    nummer = evalueer(lijst, date(2027, 1, 20), "frank")
    nr = dossier_van(lijst.register, nummer).geldig[0].nr
    for leden in (("carla",), ("buiten",)):
        with pytest.raises(Geweigerd, match="Stap 16"):
            lijst.doe("corrigeren_feit", "frank", nummer, nr=nr, waarden={"directieleden": leden})
    with pytest.raises(OngeldigeInvoer, match="De periode ligt buiten 2026"):
        lijst.doe("corrigeren_feit", "frank", nummer, nr=nr, waarden={"van": date(2027, 1, 1)})
    lijst.doe("corrigeren_feit", "frank", nummer, nr=nr, waarden={"directieleden": ("carla", "frank")})
    assert dossier_van(lijst.register, nummer).evaluatie.directieleden == ("carla", "frank")
