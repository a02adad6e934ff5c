"""Short versions of the simulations of docs/simulaties.md: headline, index without effect, a year's claims."""

from __future__ import annotations

import pytest

from klachten.meting import simulatie_claims, simulatie_kop

# One column per estimate: deviation in percentage points, coverage in percent.
MATE = ("afwijking", "dekking")


def test_the_headline_is_closer_than_both_rates_beside_it() -> None:
    titel, rijen = simulatie_kop.vertekening_van_de_kop(100, per_jaar=(400,))
    assert titel
    assert len(rijen) == 6
    for rij in rijen:
        kop, zonder, onder = (
            {m: rij[f"{naam}: {m}"] for m in MATE} for naam in ("kop", "zonder onbeslist", "ondergrens")
        )
        # Two points, and three standard errors of what was simulated (step 7 on 1 April: some 700 klachten).
        weinig = rij["termijn"] == simulatie_kop.STAP_7 and rij["gezien op"] == "1-4"
        assert abs(kop["afwijking"]) <= (7 if weinig else 3.5)
        assert zonder["afwijking"] > max(2, kop["afwijking"]), "leaving the undecided out flatters"
        assert onder["afwijking"] < 0
        assert kop["dekking"] >= 85
    stap_7 = [rij for rij in rijen if rij["termijn"] == simulatie_kop.STAP_7]
    assert all(rij["ondergrens: afwijking"] < -15 for rij in stap_7)


def test_an_action_without_effect_is_not_called_one() -> None:
    herhalingen = 400
    _, rijen = simulatie_kop.index_zonder_effect(herhalingen)
    # 2.5 % and three standard errors of the simulation.
    grens = 2.5 + 300 * (0.025 * 0.975 / herhalingen) ** 0.5
    for rij in rijen:
        assert rij["na / verwacht"] == pytest.approx(1.05, abs=0.08)
        assert rij["zonder de gekozene"] > rij["na / verwacht"] + 0.04
        assert rij["minder dan toeval, %"] <= grens


def test_a_stable_organisation_seldom_reads_a_claim() -> None:
    _, rijen = simulatie_claims.claims_van_een_stabiel_jaar(40, per_maand=(1.25, 8))
    assert len(rijen) == 6
    for rij in rijen:
        assert rij["als familie: claim, %"] <= 10
        assert rij["als familie: claim, %"] < rij["los getoetst: claim, %"]
    achten = [rij for rij in rijen if rij["klachten per maand"] == 8]
    assert all(rij["verdubbeld jaar: claim, %"] >= 60 for rij in achten)
