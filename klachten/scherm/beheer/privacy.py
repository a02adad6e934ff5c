"""Page Privacy: the processing record and the privacy statement, as they follow from the register, and as PDF."""

from __future__ import annotations

from functools import partial

import streamlit as st

from klachten import jaarverslag, rechten, scherm, verwerking
from klachten.handelingen.bestandssoort import PDF_SOORT
from klachten.scherm import aanbod, onderdelen
from klachten.scherm.aanbod import Maker
from klachten.scherm.onderdelen import veilig
from klachten.toegang import instellingen
from klachten.verwerking import Deel

REGISTER, VERKLARING = "Verwerkingsregister", "Privacyverklaring"
_NAAR = {"verwerkingsregister": REGISTER, "privacyverklaring": VERKLARING}


def record() -> list[Deel]:
    """Return the processing record of today."""
    register, op = scherm.register(), scherm.vandaag()
    return verwerking.processing_record(register, scherm.reglement(), instellingen.of_register(register.map), op)


def statement() -> list[Deel]:
    """Return the privacy statement of today."""
    register, op = scherm.register(), scherm.vandaag()
    return verwerking.privacy_statement(register, scherm.reglement(), instellingen.of_register(register.map), op)


def toon() -> None:
    """Draw both, what is still to be filled in first, each with its PDF."""
    for uitvoer, delen in (("privacyverklaring", statement()), ("verwerkingsregister", record())):
        onderdelen.kop(_NAAR[uitvoer])
        if leeg := verwerking.blanks(delen):
            st.warning("Dit weet alleen uw organisatie. Vul het in op wat u meeneemt:")
            st.markdown("\n".join(f"- {veilig(wat)}" for wat in leeg))
        _button(uitvoer, delen)
        for deel in delen:
            onderdelen.tussenkop(deel.kop)
            st.markdown("\n".join(f"- {veilig(zin)}" for zin in deel.zinnen))


def _button(uitvoer: str, delen: list[Deel]) -> None:
    if not rechten.mag("uitvoer", uitvoer, scherm.gebruiker()).mag:
        return
    register, op = scherm.register(), scherm.vandaag()
    maak = partial(
        verwerking.pdf, _NAAR[uitvoer], delen, organisatie=register.organisatie.gegevens(op).naam or "Organisatie",
        op=op, stijl=jaarverslag.stijl(register, op), opsomming=uitvoer == "verwerkingsregister",
    )  # fmt: skip
    aanbod.knop(
        f"{_NAAR[uitvoer]} als PDF", f"{uitvoer}-{op:%Y-%m-%d}.pdf", PDF_SOORT.mime, Maker(uitvoer, maak),
        key=f"privacy.{uitvoer}", icon=":material/picture_as_pdf:",
    )  # fmt: skip
