"""The list of klachten behind a number: which number it is, and how many of it the reader may not see."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from klachten import scherm, taal
from klachten.analyse.werk.klachtenlijst import Filter
from klachten.analyse.werk.telling import Telling
from klachten.scherm import onderdelen
from klachten.scherm.uitleg import REGLEMENT


def gekozen() -> Telling | None:
    """Return which klachten a figure sent the reader here for."""
    return Telling.lees(st.query_params.to_dict())


def toon(filter: Filter, telling: Telling, aantal: int, *, weg: Callable[[], None]) -> None:
    """Say which number this list is, how many of it the reader may not see, and offer the whole list again."""
    register = scherm.register()
    alle, keren = _telt(str(register.map), register.versie, telling)
    zin = f"De klachten achter een cijfer: {telling.in_woorden(register.reglementen[REGLEMENT])}."
    if keren != alle:
        zin += f" Het cijfer is {telling.telt(keren)}, bij {taal.aantal(alle, 'klacht', 'klachten')}."
    if alle > aantal and filter == Filter(herkomst="", telling=telling):
        zin += f" En {onderdelen.getal(alle - aantal)} die u niet mag inzien."
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/filter_alt: {onderdelen.veilig(zin)}")
        st.button("Alle klachten tonen", key="klachten.telling_weg", on_click=weg)


@st.cache_data(max_entries=256, show_spinner=False)
def _telt(map: str, versie: int, telling: Telling) -> tuple[int, int]:
    with scherm.register().cursor() as cursor:
        return telling.aantallen(cursor)
