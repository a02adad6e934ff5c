"""Of a next file of a source, in step 7: which figures move, what vanished, and what differs both here and there."""

from __future__ import annotations

from dataclasses import astuple

import streamlit as st

from klachten.overname.beweging import KOPPEN, Cijfers
from klachten.overname.vergelijken import HOUD, NEEM
from klachten.scherm import onderdelen
from klachten.scherm.overnemen.werk import Uitkomst, Werk
from klachten.taal import aantal, getal, hoofdletter, opsomming

GENOEMD = 20
_WAT = {NEEM: "Wat in het bestand staat", HOUD: "Wat hier staat"}


def toon(werk: Werk, uitkomst: Uitkomst) -> str:
    """Show it and ask what holds; return why one cannot go on yet."""
    plan = uitkomst.plan
    if uitkomst.cijfers is not None:
        figures(*uitkomst.cijfers)
    if plan.verdwenen:
        meer = f" en nog {getal(len(plan.verdwenen) - GENOEMD)}" if len(plan.verdwenen) > GENOEMD else ""
        st.info(
            f"Niet meer in het bestand: {aantal(len(plan.verdwenen), 'klacht', 'klachten')} "
            f"({opsomming(plan.verdwenen[:GENOEMD])}{meer}). Zij blijven hier staan zoals zij zijn."
        )
    if not plan.botsingen:
        return ""
    onderdelen.tussenkop("Hier en in de bron gewijzigd")
    st.markdown("\n".join(f"- {onderdelen.veilig(een.sentence())}" for een in plan.botsingen[:GENOEMD]))
    if (meer_dan := len(plan.botsingen) - GENOEMD) > 0:
        st.markdown(f"En nog {getal(meer_dan)} andere.")
    keuzes = list(_WAT)
    werk.botsing = (
        st.radio(
            "Wat geldt?",
            keuzes,
            index=keuzes.index(werk.botsing) if werk.botsing else None,
            format_func=_WAT.get,
            key=f"overnemen.botsing.{werk.nr}",
        )
        or ""
    )
    return "" if werk.botsing else "Zeg eerst wat geldt voor wat hier en in de bron is gewijzigd."


def figures(voor: dict[int, Cijfers], na: dict[int, Cijfers]) -> None:
    """Draw the years of which a figure moves; one that stays is given once."""
    onderdelen.tussenkop("Welke cijfers veranderen")
    jaren = [jaar for jaar in sorted({*voor, *na}) if voor.get(jaar) != na.get(jaar)]
    if not jaren:
        st.markdown("Geen enkel jaar krijgt andere cijfers.")
        return
    st.table(
        [
            {
                "Jaar": str(jaar),
                **{
                    hoofdletter(kop): getal(was) if was == wordt else f"{getal(was)} wordt {getal(wordt)}"
                    for kop, was, wordt in zip(
                        KOPPEN, astuple(voor.get(jaar, Cijfers())), astuple(na.get(jaar, Cijfers())), strict=True
                    )
                },
            }
            for jaar in jaren
        ],
        hide_index=True,
    )
