"""One field for a date, and what is said of a day that cannot be: it never becomes another day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import klachten
from klachten.handelingen.veld import GEEN_HELE, HELE_DATUM, Veld, check
from klachten.handelingen.weigering import OngeldigeInvoer
from klachten.scherm import datumveld
from tests.voorbeeldfirma import of_the_example

VANDAAG = date(2026, 3, 2)
BRON = Path(klachten.__file__).parent


def test_no_page_has_a_field_for_a_date_of_its_own():
    """Streamlit's keeps the day that stood there when another is out of its bounds."""
    eigen = [pad.name for pad in BRON.rglob("*.py") if "st.date_input(" in pad.read_text(encoding="utf-8")]
    assert eigen == ["datumveld.py"]


@pytest.mark.parametrize("soort", ["datum", "dag"])
def test_a_handeling_refuses_what_is_no_whole_date(soort: str):
    veld = Veld(naam="op", label="Verstuurd op", soort=soort)
    with pytest.raises(OngeldigeInvoer) as fout:
        check((veld,), {"op": GEEN_HELE}, of_the_example(), VANDAAG)
    assert fout.value.velden == {"op": f"Verstuurd op: {HELE_DATUM}"}


@pytest.mark.parametrize(
    ("dag", "zin"),
    [
        (None, ""),
        (VANDAAG, ""),
        (GEEN_HELE, f"Peildatum: {HELE_DATUM}"),
        (date(2026, 3, 3), "Peildatum: 3 maart 2026 kan hier niet. Kies een dag tot en met 2 maart 2026."),
        (date(26, 3, 1), "Peildatum: 1 maart 26 kan hier niet. Kies een dag vanaf 1 januari 1990."),
    ],
)
def test_why_a_day_cannot_be(dag: date | None, zin: str):
    assert datumveld.bezwaar("Peildatum", dag, VANDAAG) == zin


def _kiest() -> None:
    from datetime import date

    import streamlit as st

    from klachten.scherm import datumveld

    nu = st.session_state.get("nu", date(2026, 3, 2))
    datumveld.kies(
        "Peildatum", nu, laatste=date(2026, 3, 2), key="dag", neem=lambda dag: st.session_state.update(nu=dag)
    )
    datumveld.fout("dag")
    st.text(str(nu))


def test_a_filter_takes_a_day_that_can_be_and_says_why_not():
    proef = AppTest.from_function(_kiest).run()
    proef.date_input[0].set_value(date(2026, 2, 1)).run()
    assert (proef.text[0].value, len(proef.markdown)) == ("2026-02-01", 0)
    for dag in (date(2026, 12, 25), GEEN_HELE):
        proef.date_input[0].set_value(dag).run()
        assert proef.text[0].value == "2026-02-01"
        assert proef.date_input[0].value == date(2026, 2, 1)
        assert proef.markdown[0].value.endswith("Het is 1 februari 2026 gebleven.]")
    proef.run()
    assert not proef.markdown


def _kiest_twee() -> None:
    from datetime import date

    import streamlit as st

    from klachten.scherm import datumveld

    nu = st.session_state.get("nu", (date(2026, 1, 5), date(2026, 2, 20)))
    datumveld.kies(
        "Van en tot en met", nu, laatste=date(2026, 3, 2), key="dag", neem=lambda dag: st.session_state.update(nu=dag)
    )
    datumveld.fout("dag")
    st.text(" ".join(map(str, nu)))


@pytest.mark.parametrize(
    ("dagen", "zin"),
    [
        ((GEEN_HELE, GEEN_HELE), f"Van en tot en met: {HELE_DATUM}"),
        ((), "Van en tot en met: vul beide dagen in."),
        ((date(2026, 1, 5), date(2026, 12, 25)), "Van en tot en met: 25 december 2026 kan hier niet."),
        ((date(26, 1, 5),), "Van en tot en met: 5 januari 26 kan hier niet."),
    ],
)
def test_two_days_that_cannot_be_are_refused_and_the_two_of_before_stand_there_again(dagen: tuple, zin: str):
    proef = AppTest.from_function(_kiest_twee).run()
    proef.date_input[0].set_value(dagen).run()
    assert zin in proef.markdown[0].value
    assert proef.markdown[0].value.endswith("Het is 5 januari 2026 tot en met 20 februari 2026 gebleven.]")
    assert (proef.text[0].value, proef.date_input[0].value) == (
        "2026-01-05 2026-02-20",
        (date(2026, 1, 5), date(2026, 2, 20)),
    )
    proef.run()
    assert not proef.markdown


def test_the_first_of_two_days_waits_for_the_last():
    """Put back after the first, as it was, nobody could choose the second."""
    proef = AppTest.from_function(_kiest_twee).run()
    proef.date_input[0].set_value((date(2026, 2, 1),)).run()
    wacht = "kies ook de laatste dag. Tot dan blijft het 5 januari 2026 tot en met 20 februari 2026."
    for _ in range(2):
        assert (proef.text[0].value, proef.date_input[0].value) == ("2026-01-05 2026-02-20", (date(2026, 2, 1),))
        assert proef.markdown[0].value.endswith(wacht)
        proef.run()
    proef.date_input[0].set_value((date(2026, 2, 1), date(2026, 2, 3))).run()
    assert (proef.text[0].value, len(proef.markdown)) == ("2026-02-01 2026-02-03", 0)
