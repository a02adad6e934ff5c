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
