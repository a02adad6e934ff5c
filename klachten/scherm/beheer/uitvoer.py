"""Page Uitvoer: have everything written in open formats on the computer of the register, and see what stands there.

A beheerder reads no klacht, so nothing of it goes through the browser: whoever may open that folder gets it.
"""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from klachten import rechten, scherm, taal
from klachten.dossier.weigering import Weigering, gezegd
from klachten.kijklog.regel import GEDOWNLOAD
from klachten.register import Register
from klachten.register.wissen import erasures
from klachten.scherm import kijker, kijklog, onderdelen, uitvoeren
from klachten.scherm.beheer.reservekopie import moment, size
from klachten.scherm.onderdelen import veilig
from klachten.uitvoer import UitvoerFout, plek

UITVOER = "uitvoer_alles"
REDEN, FOUT = "uitvoer.reden", "uitvoer.fout"
LANGST = 200


def may_do() -> bool:
    """Tell whether the user may have one made, and not only see what stands there."""
    return rechten.mag("uitvoer", UITVOER, scherm.gebruiker()).mag


def uitleg() -> None:
    """Say what an export is, and what it is not."""
    st.markdown(
        "Een uitvoer bevat alle klachten, feiten, teksten, namen en documenten in open vormen (Parquet, CSV, Excel, "
        "XES en losse bestanden), met een uitleg in LEESMIJ.md. Daarmee kunt u zonder dit programma verder, of er met "
        "`python -m klachten inlezen` een nieuw register van maken. Accounts en sleutels zitten er niet in."
    )
    st.warning(
        "Alles staat er leesbaar in. De uitvoer komt op de computer van het register en gaat niet via de browser: wie "
        "daar bij de map kan, kan alles lezen. Haal hem weg zodra hij is overgebracht.",
        icon=":material/lock_open:",
    )
    if (sleutels := scherm.register().dossiers.sleutels) and sleutels.huidig:
        st.warning("Dit register is versleuteld; de uitvoer is dat niet.", icon=":material/key_off:")


def maken() -> None:
    """Draw what is being made, or ask for what one is needed and begin."""
    if not may_do():
        return
    bezig = uitvoeren.uitvoerder
    if bezig.bezig:
        st.info(f"De uitvoer wordt gemaakt: bezig met {veilig(bezig.bezig)}.", icon=":material/sync:")
        st.button("Kijk opnieuw", key="uitvoer.kijk")
        return
    if fout := st.session_state.pop(FOUT, "") or bezig.fout:
        onderdelen.weigering(fout)
    st.text_input(
        "Waarvoor is de uitvoer nodig?", key=REDEN, max_chars=LANGST, placeholder="Zoals: overstap op iets anders",
        help="Dit staat in LEESMIJ.md. In het kijklog komt te staan dat u een uitvoer hebt laten maken.",
    )  # fmt: skip
    st.button("Uitvoer maken", key="uitvoer.maak", type="primary", icon=":material/output:", on_click=_ask)


def _ask() -> None:
    # Asked anew: a role may have ended since the page was drawn.
    if not may_do():
        return
    reden = " ".join((st.session_state.get(REDEN) or "").split())
    if not reden:
        st.session_state[FOUT] = Weigering("invoer", "Vul in waarvoor de uitvoer nodig is.")
        return
    register, wie, sessie = scherm.register(), scherm.gebruiker().id, kijker.hash()
    log = kijklog.van(register)
    uitvoeren.uitvoerder.ask(
        register, plek.new(register.map, datetime.now(UTC)), vandaag=scherm.vandaag(), reden=reden,
        klaar=lambda: log.note(GEDOWNLOAD, wie, waar=UITVOER, sessie=sessie),
    )  # fmt: skip


def staan_er() -> None:
    """Draw the exports that stand there, and let one be taken away."""
    register = scherm.register()
    onderdelen.kop("Wat er staat")
    st.markdown(f"In `{veilig(str(plek.place(register.map)))}` op de computer van het register.")
    alle = plek.made(register.map)
    if not alle:
        st.markdown("Er staat nu geen uitvoer.")
        return
    later = _erased_since(register, [een.tot for een in alle])
    for een in alle:
        with st.container(border=True):
            st.markdown(f"**{een.naam}**: {moment(een.gemaakt_op)}, {size(een.bytes)}, {taal.feiten(een.tot)}.")
            st.text(f"Waarvoor: {een.reden or 'niet gezegd'}")
            if een.tot in later:
                st.error(
                    "Na deze uitvoer is er in het register gewist. Wat is gewist, staat hier nog in: haal hem weg, ook "
                    "waar hij naartoe is gebracht.",
                    icon=":material/auto_delete:",
                )
            if may_do():
                st.button("Weghalen", key=f"uitvoer.weg.{een.naam}", on_click=_remove, args=(een.naam,))


def _erased_since(register: Register, tot: list[int]) -> set[int]:
    """Return up to which of these facts an export was made, after which something was erased."""
    with register.plain_cursor() as cursor:
        gewist = [hoe.nr for alle in erasures(cursor, min(tot)).values() for hoe in alle]
    return {nr for nr in tot if any(nr < wissing for wissing in gewist)}


def _remove(naam: str) -> None:
    if not may_do():
        return
    try:
        plek.remove(scherm.register().map, naam)
    except UitvoerFout as fout:
        st.session_state[FOUT] = gezegd(fout)
