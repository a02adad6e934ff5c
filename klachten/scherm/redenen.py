"""Why: the reason that a handeling always asks, and the one for a deviation, together and each at its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from klachten.scherm import onderdelen, velden

# Why it is done, and, where that is always asked, why it deviates.
REDEN, REDEN_AFWIJKING = "reden", "reden_afwijking"
_UITLEG = "Het reglement bedoelt het anders. Het wordt vastgelegd als afwijking, met uw reden erbij."


def ask(verplicht: bool, waarschuwingen: Sequence[str], fouten: Mapping[str, str], key: str) -> None:
    """Ask why, where that is always asked; show what deviates from the reglement and ask why that is."""
    if verplicht:
        _field("Reden", REDEN, fouten, key)
    for zin in waarschuwingen:
        st.warning(onderdelen.veilig(zin), icon=":material/warning:")
    if waarschuwingen and verplicht:
        _field("Reden van de afwijking", REDEN_AFWIJKING, fouten, key, _UITLEG)
    elif waarschuwingen:
        _field("Reden", REDEN, fouten, key, _UITLEG)


def _field(label: str, veld: str, fouten: Mapping[str, str], key: str, uitleg: str | None = None) -> None:
    st.text_area(
        label,
        key=f"{key}.{veld}",
        height=96,
        placeholder="Waarom is dit zo gegaan?",
        help=uitleg,
        persist_state="page",
    )
    if veld in fouten:
        velden.mistake(fouten[veld])
