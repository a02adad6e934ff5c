"""Walking through a list by keyboard: up and down from row to row, Enter does what the row is for."""

from __future__ import annotations

import streamlit as st

# Only with the focus in the list: elsewhere the arrows scroll the page, and move through a field. Of a row the last
# link or button is the act; links that stand at the same height are one row.
_SCRIPT = """
export default function () {
  const LIJST = '[class*="st-key-rijenlijst"]';
  const rijen = () => {
    const uit = [];
    for (const plek of document.querySelectorAll(`${LIJST} a, ${LIJST} button`)) {
      const {top: hoogte, width: breedte} = plek.getBoundingClientRect();
      if (!breedte) continue;  // Streamlit keeps a hidden twin of some links
      const vorig = uit.at(-1);
      if (vorig && Math.abs(vorig.hoogte - hoogte) < 12) vorig.plek = plek;
      else uit.push({hoogte, plek});
    }
    return uit;
  };
  const toets = (gebeurtenis) => {
    const stap = {ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity}[gebeurtenis.key];
    const nu = document.activeElement;
    if (!stap || !nu || !nu.matches('a, button') || !nu.closest(LIJST)) return;
    if (gebeurtenis.ctrlKey || gebeurtenis.altKey || gebeurtenis.metaKey || gebeurtenis.shiftKey) return;
    const alle = rijen();
    const hoogte = nu.getBoundingClientRect().top;
    const hier = alle.findIndex((rij) => Math.abs(rij.hoogte - hoogte) < 12);
    const daar = Math.max(0, Math.min(alle.length - 1, hier + stap));
    gebeurtenis.preventDefault();
    alle[daar].plek.focus();
    alle[daar].plek.scrollIntoView({block: 'nearest'});
  };
  document.addEventListener('keydown', toets);
  return () => document.removeEventListener('keydown', toets);
}
"""
UITLEG = "Met het toetsenbord: Tab naar de lijst, pijl omhoog en omlaag van rij naar rij, Enter om te openen."


def loop_door_rijen() -> None:
    """Let the arrow keys go through the lists of this page (rijen.lijst)."""
    st.components.v2.component("klachten_toetsen", js=_SCRIPT)(key="klachten_toetsen")
