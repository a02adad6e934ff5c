"""One name for one thing, and one figure under that name: whichever page, list or file says it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from importlib import resources
from pathlib import Path

import pytest

from klachten.analyse.basis.zinnen import deel
from klachten.analyse.rapport import secties
from klachten.analyse.termijnen import zinnen
from klachten.analyse.termijnen.naleving import Naleving
from klachten.analyse.termijnen.stand import TermijnStand
from klachten.analyse.verkenner.antwoord import geef
from klachten.analyse.verkenner.verkenning import Verkenning
from klachten.analyse.werk.telling import Telling
from klachten.periode import Periode
from klachten.scherm.dossier.termijn import badge_text
from klachten.scherm.hulp import begrippen
from klachten.taal import MAANDEN_KORT
from tests.evaluatieproef import VANDAAG, register_met
from tests.schermproef import open_pagina, tekst


@pytest.fixture(autouse=True)
def op_deze_dag(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KLACHTEN_VANDAAG", VANDAAG.isoformat())


@pytest.mark.parametrize("aantal", [7, 40, 300])
@pytest.mark.parametrize("jaar", [2024, 2025])
def test_a_recorded_deviation_is_one_number_and_the_order_of_steps_another(aantal: int, jaar: int) -> None:
    """Counted from the facts by hand, asked of the Verkenner, in the list behind it, and said on page Proces."""
    periode = Periode.van_jaar(jaar)
    with register_met(aantal) as register:
        with register.cursor() as cursor:
            vraag = Verkenning(maat="deel_afwijking", periode=periode)
            antwoord = geef(cursor, vraag, peildatum=VANDAAG)
            cel = antwoord.cellen[0]
            lijst = antwoord.telling(cel, x=True)
            met = lijst.aantal(cursor) if lijst else 0
            volgt = Telling.van("sporen", VANDAAG, periode, vraag.filter, volgt="ja")
            op_volgorde = volgt.aantal(cursor)
            met_de_hand, totaal = cursor.execute(
                "SELECT COUNT(*) FILTER (WHERE EXISTS ("
                "    SELECT 1 FROM feit(NULL, NULL) AS f WHERE f.klachtnummer = k.klachtnummer "
                "    AND f.gebeurd_op <= $op AND (f.gegevens -> 'afwijkingen') IS NOT NULL"
                ")), COUNT(*) FROM klacht AS k "
                "WHERE k.ontvangen_op BETWEEN $van AND $tot AND k.status <> 'vervallen'",
                {"op": VANDAAG, "van": periode.eerste, "tot": periode.laatste},
            ).fetchall()[0]
        assert (cel.x, cel.n, met) == (met_de_hand, totaal, met_de_hand)
        if not totaal:
            return
        gezegd = tekst(open_pagina("proces", als="carla", periode=str(jaar)))
        verkend = tekst(open_pagina("verkenner", als="carla", periode=str(jaar), maat="deel_afwijking"))
    assert f"*vastgelegde afwijking*, te laat of anders en met een reden: {deel(met, totaal, 'klachten')}." in gezegd
    assert f"Aandeel met een vastgelegde afwijking, {jaar}: {deel(met, totaal)}" in verkend
    assert f"Met alle stappen op volgorde, met wat nog loopt: {deel(op_volgorde, totaal, 'klachten')}." in gezegd
    # The word of the one never stands for the other.
    assert not re.search(r"wijkt af|wijken af|van het reglement precies", gezegd)


def test_the_help_has_a_word_for_each() -> None:
    woorden = {begrip.woord for begrip in begrippen.alle().values()}
    assert {"Vastgelegde afwijking", "Op volgorde"} <= woorden
    assert "Afwijking" not in woorden


@pytest.mark.parametrize(
    ("tellen", "zin"),
    [
        ({}, "geen gegevens"),
        ({"nvt": 3}, "geen gegevens"),
        ({"loopt": 1}, "nog geen termijn voorbij"),
        ({"op_tijd": 1}, "nog geen termijn voorbij"),
        ({"onbepaald": 2, "nvt": 1}, "nog geen termijn voorbij"),
        ({"op_tijd": 1, "rijp_op_tijd": 1, "rijp": 1}, "1 van 1"),
        ({"te_laat_open": 2, "rijp": 2, "loopt": 4}, "0 van 2"),
    ],
)
def test_a_term_that_still_runs_is_no_lack_of_data(tellen: dict[str, int], zin: str) -> None:
    vast = {"reglement": "r", "herkomst": "register", "termijn": "t", "termijn_naam": "Bevestiging", "stap": 5}
    assert zinnen.regelcel(Naleving(**vast, jaar=2025, **tellen)) == zin


@pytest.mark.parametrize("dagen", [0, 1, 30, 60, 89, 200, 364, 365, 400, 800])
@pytest.mark.parametrize("begin", [date(2024, 1, 1), date(2025, 2, 28), date(2025, 11, 1), date(2025, 12, 31)])
def test_a_period_reads_as_dutch_wherever_it_stands(begin: date, dagen: int) -> None:
    """'01-01-2026/30-11-2026' stood in a sentence; a period is told apart by its days all the same."""
    periode = Periode(begin, begin + timedelta(dagen))
    for tekst_van in (periode.kort, periode.naam, periode.zin):
        assert not re.search(r"\d/|\d{2}-\d{2}-", tekst_van)
    if periode.soort == "dagen":
        assert " t/m " in periode.kort
        assert f"{MAANDEN_KORT[begin.month - 1]}" in periode.kort
        assert str(periode.laatste.year) in periode.kort
        assert periode.kort != periode.vorige.kort


def test_a_term_that_may_hold_says_so_beside_its_days() -> None:
    """'onbepaald, nog 28 dagen' said that it was not known, and how long it was."""
    stand = TermijnStand(
        termijn="t", naam="Maatregelen", stap=11, start_op=None, uiterlijk_op=date(2026, 12, 28), einde_op=None,
        status="onbepaald", dagen_over=28,
    )  # fmt: skip
    assert badge_text(stand) == "geldt misschien, dan nog 28 dagen"


def test_the_letter_says_by_when_in_dutch() -> None:
    alles = resources.files("klachten.brieven").joinpath("teksten.toml").read_text("utf-8")
    assert "klaar op uiterlijk" not in alles
    assert "Dan is dat uiterlijk {{ maatregelen_uiterlijk_op }} klaar." in alles


def test_a_dash_in_the_tiles_of_the_report_says_why() -> None:
    rij = {"jaar": 2026, "per_100": None, "opmerking": "het jaar is nog niet om"}
    assert secties._waarom_geen(rij) == ": het jaar is nog niet om"
    assert secties._waarom_geen(rij | {"per_100": 2.0}) == secties._waarom_geen(None) == ""


def test_a_recorded_deviation_has_its_one_name_wherever_it_is_said() -> None:
    """In a dossier, its zip, an access request: 'afwijking van het reglement' alone was also said of the order."""
    bron = resources.files("klachten")
    los = re.compile(r"(?<!astgelegde )[Aa]fwijking van het reglement")
    wortel = Path(str(bron))
    gevonden = [str(pad.relative_to(wortel)) for pad in wortel.rglob("*.py") if los.search(pad.read_text("utf-8"))]
    assert gevonden == []
