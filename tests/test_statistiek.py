"""Every one of the 335 expected values is computed by the public functions and compared (oracle named per row)."""

from __future__ import annotations

import csv
import functools
import json
import math
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from klachten.analyse import statistiek

VECTOREN = Path(__file__).parent / "vectoren"
with (VECTOREN / "statistiek.csv").open(encoding="utf-8", newline="") as bestand:
    RIJEN = list(csv.DictReader(bestand))
PER_ONDERWERP = {
    "verhouding": 45,
    "verschil": 12,
    "intensiteit": 12,
    "rate_ratio": 44,
    "kaplan_meier": 100,
    "termijnstatus": 17,
    "uiterlijk_op": 22,
    "regelkaart": 70,
    "voor_en_na": 6,
    "trend": 7,
}
# The classes of the vectors; they count both kinds of "onbepaald" as one.
KLASSEN = {
    "met": ["op tijd"],
    "late": ["te laat"],
    "overdue_open": ["te laat, nog open"],
    "pending": ["loopt"],
    "not_applicable": ["n.v.t."],
    "undetermined": ["onbepaald", "onbepaald, termijn verstreken"],
    "invalid": ["ongeldig"],
}


def lees_json(naam: str) -> dict:
    return json.loads((VECTOREN / naam).read_text(encoding="utf-8"))


def verhouding(grootheid: str, invoer: dict) -> object:
    x, n, niveau = invoer["x"], invoer["n"], invoer.get("level", 0.95)
    if grootheid == "any":
        score, exact = statistiek.wilson(x, n), statistiek.clopper_pearson(x, n)
        assert {score.laag, score.hoog, exact.aandeel, exact.laag, exact.hoog} == {None}
        return score.aandeel
    methode, kant = grootheid.rsplit("_", 1)
    uitkomst = getattr(statistiek, methode)(x, n, niveau)
    return uitkomst.laag if kant == "low" else uitkomst.hoog


def verschil(grootheid: str, invoer: dict) -> object:
    uitkomst = statistiek.newcombe(invoer["x1"], invoer["n1"], invoer["x2"], invoer["n2"])
    return {
        "diff": uitkomst.verschil,
        "newcombe_low": uitkomst.laag,
        "newcombe_high": uitkomst.hoog,
        "fisher_p_two_sided": uitkomst.p,
    }[grootheid]


def intensiteit(grootheid: str, invoer: dict) -> object:
    uitkomst = statistiek.garwood(invoer["count"], invoer["exposure"])
    return {
        "per_100": uitkomst.intensiteit,
        "garwood_low_per_100": uitkomst.laag,
        "garwood_high_per_100": uitkomst.hoog,
    }[grootheid]


def rate_ratio(grootheid: str, invoer: dict) -> object:
    if grootheid == "max_after_count_significant":
        return statistiek.waarneembare_verandering(invoer["before"]).daling_tot
    uitkomst = statistiek.rate_ratio(invoer["count1"], invoer["exposure1"], invoer["count2"], invoer["exposure2"])
    return {"ratio": uitkomst.ratio, "low": uitkomst.laag, "high": uitkomst.hoog, "p_central": uitkomst.p}[grootheid]


def kaplan_meier(grootheid: str, invoer: dict) -> object:
    gegevens = lees_json("looptijden.json")[invoer["data"]]
    curve = statistiek.kaplan_meier(gegevens["dagen"], gegevens["gebeurd"])
    naief = statistiek.alleen_afgesloten(gegevens["dagen"], gegevens["gebeurd"])
    if "t" not in invoer:
        return {
            "median": curve.mediaan,
            "median_low": curve.mediaan_laag,
            "median_high": curve.mediaan_hoog,
            "p25": curve.kwantiel(0.25),
            "naive_mean_closed_only": naief.gemiddelde,
            "naive_median_closed_only": naief.mediaan,
        }[grootheid]
    dag = invoer["t"]
    binnen = curve.kans_binnen(dag)
    return {
        f"S({dag})": curve.overleving_op(dag).kans,
        f"P(T<={dag})": binnen.kans,
        f"P(T<={dag})_low_loglog": binnen.laag,
        f"P(T<={dag})_high_loglog": binnen.hoog,
        f"n_at_risk({dag})": binnen.onder_risico,
    }[grootheid]


@functools.cache
def zestien_klachten() -> dict[str, statistiek.Tarieven]:
    """Return the rates of the 16 klachten: for the acknowledgement (step 5) and for the maatregelen (step 11)."""
    bron = lees_json("termijnen.json")
    peildatum = date.fromisoformat(bron["peildatum"])
    termijnen = {"ack": [], "actions": []}
    for klacht in bron["klachten"]:
        for soort, termijn in termijnen_van(klacht, bron["termijnen"]).items():
            if soort in termijnen:
                termijnen[soort].append(termijn)
    return {soort: statistiek.tarieven(lijst, peildatum) for soort, lijst in termijnen.items()}


def datum(tekst: str | None) -> date | None:
    return None if tekst is None else date.fromisoformat(tekst)


def termijnen_van(klacht: dict, dagen: dict) -> dict[str, statistiek.Termijn]:
    """Return the three terms of a klacht. The branch is known by the notice, by maatregelen, or by the withdrawal."""
    ontvangen, weg = datum(klacht["received"]), datum(klacht["withdrawn"])
    klaar = [datum(dag) for dag in klacht["actions_done"]]
    niet_behandeld = datum(klacht["not_taken_on_informed"])
    uiterlijk = {soort: statistiek.uiterlijk_op(ontvangen, aantal) for soort, aantal in dagen.items()}
    tak_7 = True if niet_behandeld else False if klaar else None
    tak_8 = True if klaar else False if niet_behandeld else None
    return {
        "ack": statistiek.Termijn(ontvangen, uiterlijk["ack"], datum(klacht["acknowledged"]), weg),
        "not_taken": statistiek.Termijn(ontvangen, uiterlijk["not_taken"], niet_behandeld, weg, tak_7),
        "actions": statistiek.termijn_van_alle(ontvangen, uiterlijk["actions"], klaar, weg, tak_8),
    }


def termijnstatus(grootheid: str, invoer: dict) -> object:
    soort, rest = grootheid.split("_", 1)
    tarieven = zestien_klachten()[soort]
    if rest in KLASSEN:
        return sum(tarieven.aantallen[status] for status in KLASSEN[rest])
    return {
        "rate_naive_closed_only": tarieven.afgerond.aandeel,
        "rate_incl_overdue": tarieven.met_te_laat_open.aandeel,
        "rate_matured_numerator": tarieven.rijp.x,
        "rate_matured_denominator": tarieven.rijp.n,
        "rate_matured": tarieven.rijp.aandeel,
    }[rest]


def uiterlijk_op(grootheid: str, invoer: dict) -> object:
    if grootheid == "local_date":
        return statistiek.lokale_datum(invoer["ts"]).isoformat()
    ontvangen = date.fromisoformat(invoer["received"])
    return statistiek.uiterlijk_op(ontvangen, invoer["term_days"], termijnenwet=grootheid == "due_atw").isoformat()


def regelkaart(grootheid: str, invoer: dict, naam: str) -> object:
    if "mean" in invoer:
        grenzen = statistiek.poisson_grenzen(invoer["mean"])
        return {
            "upper_count_allowed": grenzen.boven,
            "three_sigma_ucl": grenzen.drie_sigma_boven,
            "false_alarm_prob_3sigma_upper": grenzen.vals_alarm_drie_sigma,
        }[grootheid]
    if naam.startswith("runs"):
        runs = statistiek.runs(invoer["values"], invoer["center"])
        return {
            "n_useful": runs.n_bruikbaar,
            "longest_run": runs.langste,
            "longest_run_max": runs.langste_max,
            "crossings": runs.kruisingen,
            "crossings_min": runs.kruisingen_min,
            "signal": int(runs.signaal),
        }[grootheid]
    if naam.startswith("laney"):
        kaart = statistiek.laney_u_kaart(invoer["counts"], invoer["exposure"])
    elif naam.startswith("c_chart"):
        kaart = statistiek.c_kaart(invoer["counts"])
    elif naam.startswith("t_chart"):
        kaart = statistiek.t_kaart(invoer["days_between"])
    else:
        kaart = statistiek.xmr_kaart(invoer["values"])
    if grootheid.startswith(("ucl[", "lcl[")):
        grens = "boven" if grootheid.startswith("ucl") else "onder"
        return float(kaart.punten[grens].iloc[int(grootheid[4:-1]) - 1])
    return {
        "center": kaart.midden,
        "sigma_z": kaart.sigma_z,
        "mr_bar": kaart.mr_gemiddelde,
        "mr_ucl": kaart.mr_boven,
    }[grootheid]


def voor_en_na(grootheid: str, invoer: dict) -> object:
    prior = statistiek.Prior(invoer["prior_mean"], invoer["prior_shape"], 9, "gegeven")
    uitkomst = statistiek.waargenomen_verandering(
        invoer["before"], invoer["exposure_before"], invoer["after"], invoer["exposure_after"], prior
    )
    return {
        "naive_expected_after": uitkomst.naief_verwacht,
        "eb_rate": uitkomst.eb_intensiteit,
        "eb_expected_after": uitkomst.eb_verwacht,
        "index_after_vs_eb": uitkomst.index_eb,
        "index_after_vs_naive": uitkomst.index_naief,
        "prob_le_y_if_no_effect": uitkomst.kans_hoogstens,
    }[grootheid]


def trend(grootheid: str, invoer: dict) -> object:
    uitkomst = statistiek.poisson_trend(invoer["year"], invoer["count"], invoer["exposure"])
    return {
        "log_rr_per_year": uitkomst.log_rr,
        "se": uitkomst.se,
        "p_wald": uitkomst.p_wald,
        "pearson_chi2": uitkomst.pearson_chi2,
        "rr_per_year": uitkomst.rr,
        "rr_low": uitkomst.laag,
        "rr_high": uitkomst.hoog,
    }[grootheid]


def invoer_van(rij: dict) -> dict:
    """Return the inputs of a row; some rows leave out what an earlier row with the same id gave."""
    if rij["invoer"] == "{}":
        rij = next(ander for ander in RIJEN if ander["id"] == rij["id"] and ander["invoer"] != "{}")
    return json.loads(rij["invoer"])


def bereken(rij: dict) -> object:
    functie = globals()[rij["onderwerp"]]
    extra = (rij["id"],) if rij["onderwerp"] == "regelkaart" else ()
    return functie(rij["grootheid"], invoer_van(rij), *extra)


def klopt(uitkomst: object, verwacht: str) -> bool:
    """Compare within 1e-6; an empty expectation is None, dates are text, inf is inf."""
    if verwacht == "" or uitkomst is None:
        return verwacht == "" and uitkomst is None
    if isinstance(uitkomst, str):
        return uitkomst == verwacht
    return uitkomst == float(verwacht) or math.isclose(uitkomst, float(verwacht), rel_tol=0, abs_tol=1e-6)


@pytest.mark.parametrize("onderwerp", PER_ONDERWERP)
def test_every_expected_value_of_a_topic_is_computed(onderwerp: str) -> None:
    rijen = [rij for rij in RIJEN if rij["onderwerp"] == onderwerp]
    fout = []
    for rij in rijen:
        uitkomst = bereken(rij)
        if not klopt(uitkomst, rij["verwacht"]):
            fout.append((rij["id"], rij["grootheid"], rij["verwacht"], uitkomst, rij["orakel"]))
    assert fout == []
    assert len(rijen) == PER_ONDERWERP[onderwerp]


def test_no_row_is_left_unchecked() -> None:
    assert len(RIJEN) == 335 == sum(PER_ONDERWERP.values())
    assert Counter(rij["onderwerp"] for rij in RIJEN) == PER_ONDERWERP
    assert all(rij["orakel"] for rij in RIJEN)
    assert len({(rij["onderwerp"], rij["id"], rij["grootheid"]) for rij in RIJEN}) == 335


def test_every_status_of_the_16_klachten_is_right() -> None:
    bron = lees_json("termijnen.json")
    peildatum = date.fromisoformat(bron["peildatum"])
    gezien = 0
    for klacht in bron["klachten"]:
        for soort, termijn in termijnen_van(klacht, bron["termijnen"]).items():
            assert termijn.uiterlijk_op == datum(klacht[f"due_{soort}"]), klacht["id"]
            assert statistiek.bepaal_status(termijn, peildatum) in KLASSEN[klacht[f"status_{soort}"]], klacht["id"]
            gezien += 1
    assert gezien == 48


@pytest.mark.parametrize("naam", ["ack18", "close20"])
def test_the_kaplan_meier_intervals_of_the_survival_are_right(naam: str) -> None:
    gegevens = lees_json("looptijden.json")[naam]
    curve = statistiek.kaplan_meier(gegevens["dagen"], gegevens["gebeurd"])
    for dag, kans, laag, hoog in gegevens["overleving"]:
        punt = curve.overleving_op(dag)
        assert punt.kans == pytest.approx(kans, abs=1e-9)
        if kans == 0:
            # The oracle writes 0-0 here; at 0 the log-log interval does not exist, and we say so.
            assert (laag, hoog, punt.laag, punt.hoog) == (0, 0, None, None)
        else:
            assert (punt.laag, punt.hoog) == pytest.approx((laag, hoog), abs=1e-9)
