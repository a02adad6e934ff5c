"""Begins what one goes on to at its top: Streamlit leaves the page where it was scrolled to."""

from __future__ import annotations

import streamlit as st

# Of the page that is shown now the browser remembers where it is; nothing of it is sent.
_SCRIPT = """
export default function ({ data }) {
  const waar = data.waar;
  const eerder = window.klachtenWaar;
  window.klachtenWaar = waar;
  if (eerder === undefined || eerder === waar) return;
  dispatchEvent(new Event("klachten:elders")); // nothing has to stay where it was (houvast.js)
  const blad = document.querySelector('[data-testid="stMain"]');
  if (blad) blad.scrollTo({ top: 0, behavior: "instant" });
}
"""


def begin(waar: str) -> None:
    """Scroll to the top when `waar`, which tells the parts of a page apart, is another than it was."""
    st.components.v2.component("klachten_boven", js=_SCRIPT)(key="klachten_boven", data={"waar": waar})
