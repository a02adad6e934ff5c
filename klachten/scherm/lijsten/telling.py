"""The list of klachten behind a number: which number it is."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from klachten import rechten, scherm, taal
from klachten.analyse.werk.telling import Telling
from klachten.scherm import onderdelen


def gekozen() -> Telling | None:
    """Return which klachten a figure sent the reader here for."""
    return Telling.lees(st.query_params.to_dict())


def toon(telling: Telling, *, weg: Callable[[], None]) -> None:
    """Say which number this list is, and offer the whole list again.

    How much the number is says it to who sees the figures: an address can ask anything, of klachten that are not for
    whoever typed it as well.
    """
    register = scherm.register()
    zin = f"De klachten achter een cijfer: {telling.in_woorden(scherm.reglement())}."
    if rechten.mag("pagina", "jaarbeeld", scherm.gebruiker()).mag:
        alle, keren = _telt(str(register.map), register.versie, telling)
        if keren != alle:
            zin += f" Het cijfer is {telling.telt(keren)}, bij {taal.aantal(alle, 'klacht', 'klachten')}."
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/filter_alt: {onderdelen.veilig(zin)}")
        st.button("Alle klachten tonen", key="klachten.telling_weg", on_click=weg)


@st.cache_data(max_entries=256, show_spinner=False)
def _telt(map: str, versie: int, telling: Telling) -> tuple[int, int]:
    with scherm.register().cursor() as cursor:
        return telling.aantallen(cursor)
