"""A row of a list: a link that the keyboard reaches, what it is about, how it stands; stacked on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from klachten.scherm import onderdelen

BREEDTEN = (2, 7, 3)


@contextmanager
def rij(naar: str, label: str, stand: str, *, gesloten: str = "", **query: str) -> Iterator[None]:
    """Draw the frame of a row; what is drawn inside the with-block stands in the middle.

    `naar` is the page that `label` leads to with `query`. With `gesloten` there is no link but that reason.
    """
    with st.container(border=True):
        # Columns, because they fall below each other on a phone.
        links, midden, rechts = st.columns(BREEDTEN, vertical_alignment="center", gap="small")
        with links:
            if gesloten:
                st.markdown(f":material/lock: **{label}**  \n:small[{gesloten}]")
            else:
                onderdelen.verwijzing(naar, f"**{label}**", **query)
        if stand:
            rechts.markdown(stand)
        with midden, st.container(gap="xxsmall"):
            yield


def regel(zin: str) -> None:
    """Draw a second line: smaller, but as dark as the first."""
    st.markdown(f":small[{zin}]")
