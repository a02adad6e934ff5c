"""Why something is done, and why it deviates: two questions of a form, kept apart where both are asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from klachten.dossier.weigering import Weigering
from klachten.scherm import onderdelen, velden

REDEN, AFWIJKING = "reden", "reden_afwijking"


def ask(verplicht: bool, waarschuwingen: Sequence[str], fouten: Mapping[str, str], key: str) -> None:
    """Show what deviates and ask why; `verplicht` asks why it is done as well, whatever deviates."""
    if verplicht:
        _area("Reden", REDEN, "Waarom is dit nodig?", fouten, key)
    for zin in waarschuwingen:
        st.warning(onderdelen.veilig(zin), icon=":material/warning:")
    if waarschuwingen:
        st.markdown(f":small[{onderdelen.waarom(Weigering('afwijking', ''), 'Waarom vraagt het register dit?')}]")
        label = "Reden van de afwijking" if verplicht else "Reden"
        _area(label, deviation_field(verplicht), "Waarom is dit zo gegaan?", fouten, key)


def deviation_field(verplicht: bool) -> str:
    """Return in which field a form asks why it deviates."""
    return AFWIJKING if verplicht else REDEN


def filled_in(veld: str, key: str) -> str:
    """Return what stands in one of the two fields."""
    return str(st.session_state.get(f"{key}.{veld}") or "").strip()


def _area(label: str, veld: str, vraag: str, fouten: Mapping[str, str], key: str) -> None:
    afwijking = "Het reglement bedoelt het anders. Het wordt vastgelegd als afwijking, met uw reden erbij."
    st.text_area(
        label,
        key=f"{key}.{veld}",
        height=96,
        placeholder=vraag,
        help=afwijking if vraag.endswith("gegaan?") else None,
        persist_state="page",
    )
    if veld in fouten:
        velden.mistake(fouten[veld])
