"""Staying where one is after recording: what was recorded has the focus and stays in sight, and nothing scrolls."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

PLEK = "vastgelegd"
# While it has the focus the sentence stays in sight, however far down one was; it takes no room of its own by that.
_STIJL = f"""<style>
[data-testid="stLayoutWrapper"]:has(> [class*="st-key-{PLEK}"]:focus-within),
[data-testid="stLayoutWrapper"]:has([class*="st-key-{PLEK}"]:focus) {{
  position: sticky; top: 3.75rem; bottom: 1rem; z-index: 20;
}}
[class*="st-key-{PLEK}"] {{ background: var(--st-background-color, #fff); border-radius: 8px; }}
[class*="st-key-{PLEK}"]:focus {{ outline: 2px solid currentColor; outline-offset: 2px; }}
</style>"""
# The button that was pressed is gone with its form: without this the next Tab would begin at the top of the page.
_SCRIPT = f"""
export default function () {{
  const richt = (keren) => {{
    const zin = document.querySelector('[class*="st-key-{PLEK}"]');
    if (zin) {{
      zin.tabIndex = -1;
      zin.focus({{preventScroll: true}});
    }}
    if ((!zin || document.activeElement !== zin) && keren) setTimeout(() => richt(keren - 1), 60);
  }};
  richt(10);
}}
"""


@contextmanager
def melding(kenmerk: str) -> Iterator[None]:
    """Draw inside what was just recorded; `kenmerk` is another one for every time that something is."""
    with st.container(key=f"{PLEK}-{kenmerk}", gap="xxsmall"):
        st.html(_STIJL)
        yield
    st.components.v2.component("klachten_blijven", js=_SCRIPT)(key=f"klachten_blijven.{kenmerk}")
