"""The minutes of an evaluation on the screen and as PDF, and the agenda before it (step 16)."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st
from duckdb import DuckDBPyConnection

from klachten import rechten, scherm, vergaderstukken
from klachten.analyse.werk import verbeterstand
from klachten.analyse.werk.verbeterstand import Evaluatie
from klachten.handelingen.bestandssoort import PDF_SOORT
from klachten.periode import Periode
from klachten.scherm import aanbod, kijklog, onderdelen
from klachten.scherm.aanbod import Maker
from klachten.scherm.bewaard import bewaard
from klachten.scherm.evaluatie import stukbeeld, vergadering
from klachten.scherm.evaluatie.zitting import Zitting, tussentijds
from klachten.taal import datum, hoofdletter
from klachten.versleuteling import SleutelOntbreekt

NUMMER = "evaluatie"


@bewaard
def _gehouden(cursor: DuckDBPyConnection, vandaag: date) -> list[Evaluatie]:
    return verbeterstand.evaluaties(cursor, vandaag)


def agenda(zitting: Zitting) -> None:
    """Draw the agenda, to look through beforehand, and offer it to print."""
    stuk = vergaderstukken.agenda(zitting.voor, scherm.vandaag())
    st.markdown(f"{onderdelen.veilig(stuk['ondertitel'])}.")
    if zin := tussentijds(zitting):
        st.info(onderdelen.veilig(zin), icon=":material/info:")
    register, vandaag = scherm.register(), scherm.vandaag()
    if rechten.mag("uitvoer", "evaluatieagenda", scherm.gebruiker()).mag:
        maak = partial(vergaderstukken.as_pdf, register, stuk, vandaag)
        voor = zitting.voor
        uit = [een.nummer for een in (voor.vorige, voor.eerder, *voor.binnen) if een]
        aanbod.knop(
            "Agenda als PDF",
            f"agenda-evaluatie-{zitting.periode.sleutel}.pdf",
            PDF_SOORT.mime,
            Maker("evaluatieagenda", maak, *uit[:1], ook=tuple(uit[1:])),
            key="vergadering.agenda",
            icon=":material/picture_as_pdf:",
        )
    stukbeeld.toon(stuk["blokken"], partial(vergadering.plaatje, zitting))


def toon() -> None:
    """Let the reader choose an evaluation and draw its minutes."""
    gehouden = _gehouden(scherm.vandaag())
    if not gehouden:
        onderdelen.lege_staat(
            "Er is nog geen evaluatie vastgelegd", "Na de eerste vergadering staan hier haar notulen."
        )
        return
    namen = {
        e.klachtnummer: (
            f"{hoofdletter(Periode(e.van, e.tot).naam)} · {e.klachtnummer}, gehouden op {datum(e.gehouden_op)}"
        )
        for e in gehouden
    }
    gevraagd = st.query_params.get(NUMMER, "").upper()
    nummer = gevraagd if gevraagd in namen else next(iter(namen))
    st.session_state["vergadering.notulen"] = nummer
    st.selectbox(
        "Evaluatie", list(namen), format_func=namen.__getitem__, key="vergadering.notulen", on_change=_naar, width=520
    )
    kijklog.betreft(nummer)
    for ook in vergaderstukken.notulen_noemen(scherm.register(), nummer):
        kijklog.toont(ook)
    try:
        stuk = vergaderstukken.notulen(scherm.register(), nummer)
    except SleutelOntbreekt:
        st.warning(
            "De cijfers bij deze evaluatie zijn niet te lezen: de sleutel waarmee zij zijn versleuteld, ontbreekt. "
            "Vraag de beheerder om de sleutel terug te zetten.",
            icon=":material/lock:",
        )
        return
    st.markdown(f"{onderdelen.veilig(stuk['ondertitel'])}.")
    with st.container(horizontal=True, vertical_alignment="center"):
        knop(nummer)
        onderdelen.verwijzing("verbeteracties", "Naar de verbeteracties", evaluatie=nummer)
    stukbeeld.toon(stuk["blokken"])


def knop(nummer: str) -> None:
    """Offer the minutes of an evaluation as PDF, to who may take them along."""
    if not rechten.mag("uitvoer", "notulen", scherm.gebruiker()).mag:
        return
    register, vandaag = scherm.register(), scherm.vandaag()

    def maak() -> bytes:
        return vergaderstukken.as_pdf(register, vergaderstukken.notulen(register, nummer), vandaag)

    aanbod.knop(
        "Notulen als PDF",
        f"notulen-evaluatie-{nummer}.pdf",
        PDF_SOORT.mime,
        Maker("notulen", maak, nummer, ook=tuple(vergaderstukken.notulen_noemen(register, nummer))),
        key=f"{nummer}.notulen",
        icon=":material/picture_as_pdf:",
    )


def _naar() -> None:
    st.query_params[NUMMER] = st.session_state["vergadering.notulen"]
