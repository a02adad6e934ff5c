"""The pages as Streamlit has them: made once for each menu, not at every click.

Not in venster.py: that is the script of the app, of which every run is a module of its own.
"""

from __future__ import annotations

import copy
import functools

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from klachten.organisatie import Gebruiker
from klachten.scherm.paginas import PAGINAS

MENUS = 64
"""So many are kept: each set of roles has one."""


def bladen(wie: Gebruiker) -> dict[str, st.Page]:
    """Return every page by name; what this user may not open is out of the menu, but still answers.

    They are the caller's own: Streamlit notes in the one that it shows that it may run once.
    """
    zichtbaar = frozenset(deel.naam for deel in PAGINAS if deel.staat_in_menu and deel.toegankelijk_voor(wie))
    # Outside a run of the script Streamlit makes pages that lead nowhere.
    maak = _gemaakt if get_script_run_ctx(suppress_warning=True) else _gemaakt.__wrapped__
    return {naam: copy.copy(blad) for naam, blad in maak(zichtbaar).items()}


# To make one, Streamlit asks the disk seven times for its file: for all of them a tenth of a page.
@functools.lru_cache(maxsize=MENUS)
def _gemaakt(zichtbaar: frozenset[str]) -> dict[str, st.Page]:
    return {
        deel.naam: st.Page(
            deel.bestand,
            title=deel.titel,
            icon=deel.pictogram,
            default=deel is PAGINAS[0],
            visibility="visible" if deel.naam in zichtbaar else "hidden",
            help=deel.uitleg,
        )
        for deel in PAGINAS
    }
