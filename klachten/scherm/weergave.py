"""One page, several views: which one stands in the address, and only that one is computed and drawn."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

DEEL = "deel"


def kies(weergaven: Mapping[str, str], *, key: str, label: str = "Weergave") -> str:
    """Let the reader choose a view by id (`weergaven`: id to name, the first is the default) and return its id.

    A link with `?deel=` opens it, and so does a reload; what is not offered gives the default.
    """
    ids = list(weergaven)
    gevraagd = st.query_params.get(DEEL, ids[0])
    if gevraagd not in weergaven:
        gevraagd = ids[0]
        del st.query_params[DEEL]
    st.session_state[key] = gevraagd
    gekozen: str = st.segmented_control(
        label,
        ids,
        required=True,
        format_func=weergaven.__getitem__,
        key=key,
        label_visibility="collapsed",
        on_change=_naar_adres,
        args=(key, ids[0]),
    )
    return gekozen


def _naar_adres(key: str, standaard: str) -> None:
    gekozen = st.session_state[key]
    if gekozen == standaard:
        st.query_params.pop(DEEL, None)
    else:
        st.query_params[DEEL] = gekozen


def knop(naam: str, deel: str, *, key: str, icoon: str) -> None:
    """Draw a button that goes to another view of this page."""
    st.button(naam, key=key, icon=icoon, type="tertiary", on_click=_open, args=(deel,))


def _open(deel: str) -> None:
    st.query_params[DEEL] = deel
