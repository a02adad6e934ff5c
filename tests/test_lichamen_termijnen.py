"""What a term asks of a handeling: the last day of a maatregel, how far a term is extended, and what ends one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from klachten import gebeurtenissen as g
from klachten.handelingen import uitvoering, zaak
from klachten.handelingen.termijn import LopendeTermijn, ended_by
from klachten.register import Register
from klachten.taal import datum
from tests.feitenproef import dag, klacht, register
from tests.lichaamproef import ACHT, ANNA, WIJZIG, acht, doe, wijzig, zeg
from tests.standenproef import STANDEN, op
from tests.voorbeeldfirma import COULANT

# The register of feitenproef, in which nothing is recorded.
__all__ = ["register"]


@pytest.mark.parametrize(("tot", "te_laat"), [(41, False), (42, False), (43, True)])
def test_a_maatregel_may_last_until_the_last_day_of_its_term(
    register: Register, monkeypatch: pytest.MonkeyPatch, tot: int, te_laat: bool
) -> None:
    lopend = {
        id: LopendeTermijn(id, naam, dag(tot_en_met), None)
        for id, naam, tot_en_met in [("maatregelen", "Maatregelen", 42), ("bevestiging", "Bevestiging", 14)]
    }
    monkeypatch.setattr(zaak, "termijnen_van", lambda *_: lopend)
    zin = f"{datum(dag(tot))} ligt na de termijn 'Maatregelen', die loopt tot en met 16 februari 2026 (stap 11)."
    verwacht = [zin] if te_laat else []
    assert zeg(register, ACHT, klacht(STANDEN["oz"]), ANNA, acht("carla", tot=tot)) == verwacht
    gewijzigd = wijzig(7, tot=tot, overlegd_met="carla")
    assert zeg(register, WIJZIG, klacht(STANDEN["ma"]), ANNA, gewijzigd) == verwacht


VERSTREKEN = "De termijn 'Afhandeling' was al verstreken op 16 februari 2026; verlengen kan niet meer."
LOOPT_AL = "De termijn loopt nu al tot en met 16 februari 2026."
TOT_16_MAART = "Verlengen kan tot en met 16 maart 2026."
STEMT_IN = "De termijn 'Afhandeling' is al verlengd. Verder uitstel kan alleen als de indiener schriftelijk instemt."
# A term up to day 42 that was extended so often already, of so many times that it may, and after that with consent or
# not; on which day and up to which one, with consent or not; and what is said.
VERLENGEN: list[tuple[int, int, bool, int, int, bool, str]] = [
    (0, 1, True, 42, 43, False, ""),
    (0, 1, True, 43, 50, False, VERSTREKEN),
    (0, 1, True, 30, 42, False, LOOPT_AL),
    (0, 1, True, 30, 41, True, LOOPT_AL),
    (0, 1, True, 30, 70, False, ""),
    (0, 1, True, 30, 71, False, TOT_16_MAART),
    (0, 1, True, 30, 71, True, TOT_16_MAART),
    (1, 1, True, 30, 60, False, STEMT_IN),
    (1, 1, True, 30, 90, True, ""),
    (2, 1, True, 30, 90, True, ""),
    (1, 1, False, 30, 60, True, "De termijn 'Afhandeling' is al verlengd; dat kan 1 keer."),
    (1, 2, False, 30, 70, False, ""),
    (1, 2, False, 30, 71, False, TOT_16_MAART),
    (2, 2, False, 30, 60, False, "De termijn 'Afhandeling' is al verlengd; dat kan 2 keer."),
]


@pytest.mark.parametrize(("eerder", "keer", "daarna", "op_dag", "tot", "instemming", "zin"), VERLENGEN)
def test_how_far_and_how_often_a_term_is_extended(
    register: Register,
    monkeypatch: pytest.MonkeyPatch,
    eerder: int,
    keer: int,
    daarna: bool,
    op_dag: int,
    tot: int,
    instemming: bool,
    zin: str,
) -> None:
    def zeg(corrigeert: int | None = None, verlengbaar: int | None = 70) -> Any:
        lopend = LopendeTermijn(termijn.id, "Afhandeling", dag(42), dag(verlengbaar) if verlengbaar else None)
        for stand in ("termijnen_van", "termijnen_bij"):
            monkeypatch.setattr(uitvoering, stand, lambda *_: {termijn.id: lopend})
        uit = doe(register, "verlengen_termijn", klacht(feiten), ANNA, invoer, reglement, corrigeert)
        return uit if isinstance(uit, str) else [feit.termijn for feit in uit[0]]

    awb9 = register.reglementen["awb9"]
    verlenging = next(t.verlenging for t in awb9.termijnen if t.verlenging)
    anders = replace(verlenging, keer=keer, met_instemming_daarna=daarna)
    termijnen = [replace(t, verlenging=t.verlenging and anders) for t in awb9.termijnen]
    termijn = next(t for t in termijnen if t.verlenging)
    reglement = replace(awb9, termijnen=tuple(termijnen))
    al = [g.TermijnVerlengd(**op(9), termijn=termijn.id, uiterlijk_op=dag(42)) for _ in range(eerder)]
    # Those of other terms do not count, whatever they are called.
    ander = [g.TermijnVerlengd(**op(9), termijn=id, uiterlijk_op=dag(42)) for id in ("aanvang", "x")]
    feiten = [*STANDEN["to"], *al, *ander]
    invoer = {"op": dag(op_dag), "uiterlijk_op": dag(tot), "instemming_indiener": instemming}
    assert zeg() == (zin or [termijn.id])
    # Put right, it is held against the term before it; and no last day is no limit.
    assert zeg(corrigeert=9) == (zin or [termijn.id])
    assert zeg(verlengbaar=None) == ([termijn.id] if zin in ("", TOT_16_MAART) else zin)


# The terms that a step ends: of the first round of Coulant, and of a later one under both.
EINDE = [
    ("oz", "coulant", {5: {"bevestiging"}, 7: {"niet_in_behandeling"}, 11: {"maatregelen"}}),
    ("he", "coulant", {5: {"bevestiging"}}),
    ("oz", "awb9", {7: {"niet_in_behandeling", "afhandeling"}, 13: {"afhandeling"}}),
    ("he", "awb9", {}),
    ("ge", "elke stap", {nr: {f"stap{nr}"} for nr in range(5, 15)}),
    ("he", "elke stap", {nr: {f"stap{nr}"} for nr in (5, 6, 8, 9, 10, 12)}),
]
_TERM = COULANT.termijnen[0]
ELKE_STAP = replace(
    COULANT, termijnen=tuple(replace(_TERM, id=f"stap{nr}", stap=nr, einde=(nr,)) for nr in range(5, 15))
)


@pytest.mark.parametrize(("stand", "id", "eindigt"), EINDE)
def test_which_terms_a_step_ends(register: Register, stand: str, id: str, eindigt: dict[int, set[str]]) -> None:
    reglement = register.reglementen.get(id, ELKE_STAP)
    gevonden = {stap: ended_by(reglement, klacht(STANDEN[stand]), stap) for stap in range(1, 19)}
    assert {stap: ids for stap, ids in gevonden.items() if ids} == eindigt
