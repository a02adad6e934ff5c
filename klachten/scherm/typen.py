"""Keeps a long text while it is being typed: Streamlit itself hears of it only when the field is left."""

from __future__ import annotations

import streamlit as st

# After a pause in typing the field is told to commit, as Ctrl+Enter does; the cursor stays where it is.
_SCRIPT = """
export default function () {
  let klok = null;
  const getypt = (gebeurtenis) => {
    const veld = gebeurtenis.target;
    if (veld.tagName !== "TEXTAREA") return;
    clearTimeout(klok);
    klok = setTimeout(() => veld.dispatchEvent(new KeyboardEvent("keydown", {
      key: "Enter", code: "Enter", keyCode: 13, ctrlKey: true, bubbles: true, cancelable: true,
    })), 1500);
  };
  document.addEventListener("input", getypt, true);
  // Typed in before this script was there.
  if (document.activeElement) getypt({ target: document.activeElement });
  return () => {
    clearTimeout(klok);
    document.removeEventListener("input", getypt, true);
  };
}
"""


def bewaar_tijdens_typen() -> None:
    """Make every long text of this page known to the page while it is being typed."""
    st.components.v2.component("klachten_typen", js=_SCRIPT)(key="klachten_typen")
