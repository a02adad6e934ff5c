"""The one button that hands out an Excel file; the file is made when somebody asks for it, not before."""

from __future__ import annotations

import streamlit as st

from klachten.analyse.excel import excel
from klachten.scherm import aanbod
from klachten.scherm.aanbod import Maker

UITLEG = "Met vaste kop, filters en een blad Herkomst: wat er is geteld, tot welke dag en uit welk register."

NIETS = (
    "Van deze pagina is er voor u geen Excel-bestand: wat erop staat gaat over losse klachten, of over aantallen zo "
    "klein dat ze naar één klacht wijzen."
)


def toon(naam: str, maak: Maker | None, *, key: str, rijen: int = 0, label: str = "Excel-bestand") -> None:
    """Offer an Excel file: `excelknop.toon("proces-2025", uitvoer.evaluatie(keuze, "proces"), key="proces.excel")`.

    `maak` runs when the file is asked for (klachten/scherm/uitgifte.py), so it may not touch st.*: take along what it
    needs (see klachten/scherm/uitvoer.py, which has a maker for every page); None is something this user may not take
    along.
    `rijen`: how long the list is; one that Excel cannot hold gets a sentence instead of a button.
    """
    if maak is None:
        st.markdown(NIETS)
        return
    if rijen > excel.MEESTE_RIJEN:
        st.markdown(excel.TE_VEEL)
        return
    aanbod.knop(label, f"{naam}.xlsx", excel.MIME, maak, key=key, help=UITLEG)
