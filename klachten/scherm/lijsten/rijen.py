"""A row of a list: a link that the keyboard reaches, what it is about, how it stands; stacked on a phone.

Streamlit sends every part of a page apart, at some 0.1 ms of the server each: a row of a long list is three parts.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from klachten.scherm import onderdelen

BREEDTEN = (2, 7, 3)
NUMMER = 128
"""As wide as the longest klachtnummer with its icon, in pixels: the sentences of all rows begin below each other."""
ZINNEN = 670
"""With the link they fill the page at 1280 pixels: as wide as they are, long ones would fall below it."""
NAAST_KNOP = 482


LIJST = "rijenlijst"
# Twelve tasks at a glance at 900 px: lines close together, and a thin line tells where the next klacht begins.
DICHT = f"""<style>
[class*="st-key-{LIJST}"] p {{ line-height: 1.15; }}
[class*="st-key-{LIJST}"] > div {{ border-top: 1px solid rgba(128, 128, 128, 0.25); padding: 2px 0; }}
[class*="st-key-{LIJST}"] a {{ min-height: 24px; padding-top: 0; padding-bottom: 0; }}
[class*="st-key-{LIJST}"] {{ margin-bottom: -0.5rem; }}
[class*="st-key-{LIJST}"] :is(h2, h3) {{ font-size: 1.125rem; padding: 0; }}
[class*="st-key-{LIJST}"] h3 {{ font-size: 1rem; }}
[class*="st-key-{LIJST}"] [data-testid="stHeading"] [data-testid="stMarkdownContainer"] {{ margin-bottom: 0; }}
</style>"""


@contextmanager
def lijst(naam: str) -> Iterator[None]:
    """Put the rows drawn inside close together, as one list that the arrow keys go through (lijsten/toetsen.py).

    `naam` tells the lists of one page apart.
    """
    with st.container(gap=None, key=f"{LIJST}.{naam}"):
        st.html(DICHT)
        yield


def rij(
    naar: str,
    label: str,
    *zinnen: str,
    typed: str = "",
    gesloten: str = "",
    breedte: int = ZINNEN,
    bij: str = "",
    **query: str,
) -> DeltaGenerator:
    """Draw a dense row: a link, and beside it sentences (Markdown), each on a line of its own; return its container.

    `naar` is the page that `label` leads to with `query`. With `gesloten` there is no link but that reason. What does
    not fit beside the link falls below it; `breedte`, in pixels, is that of the sentences. `typed` stands above them
    exactly as somebody typed it: that is no Markdown. `bij` is said of the link to who points at it.
    """
    vak = st.container(horizontal=True, vertical_alignment="top", gap="xsmall")
    with vak:
        if gesloten:
            st.markdown(_dicht(label, gesloten), width=NUMMER)
        else:
            onderdelen.verwijzing(naar, f"**{label}**", breedte=NUMMER, bij=bij, **query)
        if typed:
            with st.container(width=breedte, gap="xxsmall"):
                st.text(typed)
                st.markdown("  \n".join(zinnen))
        else:
            st.markdown("  \n".join(zinnen), width=breedte)
    return vak


def vervolg(*zinnen: str, breedte: int = ZINNEN) -> DeltaGenerator:
    """Draw more sentences of the row above, below the first; return their container."""
    with st.container(horizontal=True, vertical_alignment="top", gap="xsmall"):
        st.space(NUMMER)
        vak = st.container(horizontal=True, vertical_alignment="top", gap="xsmall", width="stretch")
    vak.markdown("  \n".join(zinnen), width=breedte)
    return vak


@contextmanager
def kader(naar: str, label: str, stand: str, **query: str) -> Iterator[None]:
    """Draw a row in a frame; what is drawn inside the with-block stands in the middle: for a row with texts in it.

    `naar` is the page that `label` leads to with `query`; `stand` is how it stands, in badges.
    """
    with st.container(border=True):
        # Columns, because they fall below each other on a phone.
        links, midden, rechts = st.columns(BREEDTEN, vertical_alignment="center", gap="small")
        with links:
            onderdelen.verwijzing(naar, f"**{label}**", **query)
        if stand:
            rechts.markdown(stand)
        with midden, st.container(gap="xxsmall"):
            yield


def klein(zin: str) -> str:
    """Return a sentence as a second line: smaller, but as dark as the first."""
    return f":small[{zin}]"


def _dicht(label: str, reden: str) -> str:
    return f":material/lock: **{label}**  \n{klein(reden)}"
