"""Open signalen on the intake page: written down after all they become a klacht, or they are settled (step 1)."""

from __future__ import annotations

from typing import Any

import streamlit as st

from klachten import concepten, handelingen, rechten, scherm, taal
from klachten import gebeurtenissen as g
from klachten.analyse.werk.dossierkeuze import OpenSignaal, open_signalen
from klachten.handelingen import HANDELINGEN
from klachten.organisatie import Gebruiker
from klachten.scherm import formulier, kijklog, onderdelen
from klachten.scherm.dossier import feit as feitbeeld
from klachten.scherm.dossier import stukken
from klachten.scherm.intake.formulier import JA, Intake

PLEK = "signalen"
OPEN = "open.signalen"
OVERNEMEN = ("vestiging", "indiener_soort", "indiener_naam", "indiener_contact", "omschrijving")


def signalen(intake: Intake, gebruiker: Gebruiker) -> None:
    """Draw the signalen that are still open, each with what can become of it."""
    alles = rechten.mag("inzage", "signaal", gebruiker).alles
    with scherm.register().cursor() as cursor:
        rijen = open_signalen(cursor, gebruiker.id, alles=alles)
    _from_address(intake, rijen)
    formulier.close_done(PLEK, OPEN)
    formulier.meldingen(PLEK)
    if not rijen:
        return
    with st.expander(
        f"Open signalen ({len(rijen)}): op schrift gesteld, of afdoen?", icon=":material/record_voice_over:"
    ):
        for rij in rijen:
            with st.container(border=True):
                _signaal(intake, rij)


def herkomst(intake: Intake) -> None:
    """Say of which signaal this form makes a klacht, if it does."""
    if nummer := intake.begin.get("signaal"):
        st.markdown(f":material/record_voice_over: Hiermee wordt signaal **{nummer}** een klacht.")


def _signaal(intake: Intake, rij: OpenSignaal) -> None:
    feit = _feit(rij.klachtnummer)
    kijklog.toont(rij.klachtnummer)
    kanaal = scherm.reglement().naam_van("kanalen", rij.kanaal).lower()
    st.markdown(
        f"**Signaal {rij.klachtnummer}** · {taal.datum(rij.ontvangen_op)} · {onderdelen.veilig(kanaal)} · "
        f"aangenomen door {onderdelen.bij_naam(rij.ontvanger)}"
    )
    feitbeeld.letterlijk(feit.indiener_naam)
    feitbeeld.letterlijk(feit.omschrijving)
    stukken.lijst(handelingen.dossier_van(scherm.register(), rij.klachtnummer))
    with st.container(horizontal=True, gap="xsmall"):
        st.button(
            "Op schrift gesteld: maak er een klacht van",
            key=f"{PLEK}.{rij.klachtnummer}.klacht",
            icon=":material/edit_note:",
            on_click=become_klacht,
            args=(intake, rij.klachtnummer),
        )
        st.button(
            "Afdoen",
            key=f"{PLEK}.{rij.klachtnummer}.afdoen",
            icon=":material/task_alt:",
            on_click=formulier.toggle,
            args=(OPEN, rij.klachtnummer),
        )
    if st.session_state.get(OPEN) == rij.klachtnummer:
        formulier.toon(HANDELINGEN["stap_01_afdoen_signaal"], rij.klachtnummer, sleutel=PLEK)


def become_klacht(intake: Intake, nummer: str) -> None:
    """Start the form of a klacht with what the signaal said already; it came in on paper today."""
    sinds = concepten.stand()  # before it is read: what is erased meanwhile is in what was read
    feit = _feit(nummer)
    waarden: dict[str, Any] = {veld: getattr(feit, veld) for veld in OVERNEMEN}
    intake.start(waarden={**waarden, "signaal": nummer, "op_schrift": JA}, sinds=sinds)


def _feit(nummer: str) -> g.SignaalOntvangen:
    return handelingen.dossier_van(scherm.register(), nummer).van(g.SignaalOntvangen)[0]


def _from_address(intake: Intake, rijen: list[OpenSignaal]) -> None:
    """Follow a link from elsewhere to a signaal that this user may read."""
    nummer = st.query_params.get("signaal", "")
    if nummer and nummer in {rij.klachtnummer for rij in rijen}:
        del st.query_params["signaal"]
        become_klacht(intake, nummer)
        st.rerun()
