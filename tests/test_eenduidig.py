"""One name for one thing, and one figure under that name: whichever page, list or file says it."""

from __future__ import annotations

import re

import pytest

from klachten.analyse.basis.zinnen import deel
from klachten.analyse.verkenner.antwoord import geef
from klachten.analyse.verkenner.verkenning import Verkenning
from klachten.analyse.werk.telling import Telling
from klachten.periode import Periode
from klachten.scherm.hulp import begrippen
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
