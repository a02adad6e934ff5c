"""What the user reads when a page breaks; the details go to the log of the process, not to the screen."""

from __future__ import annotations

import logging
import secrets

import streamlit as st

from klachten.register.fouten import RegisterFout
from klachten.scherm.dicht import zonder_nummers

_log = logging.getLogger("klachten")


def storing(fout: Exception) -> bool:
    """Explain an error in Dutch; True keeps Streamlit from showing its own English one."""
    st.error(sentence(fout), icon=":material/report:")
    return True


def sentence(fout: Exception) -> str:
    """Return what the user reads of an error, and write the rest to the log.

    The code on the screen stands in the log too, so that what a user reports can be found.
    """
    code = secrets.token_hex(3)
    _log.error("Een pagina of bestand ging mis.", extra={"soort": "storing", "code": code}, exc_info=fout)
    if isinstance(fout, RegisterFout):
        return zonder_nummers(str(fout))
    return (
        "Er ging iets mis op deze pagina. Wat al was vastgelegd is bewaard; uw laatste handeling misschien niet. "
        f"Vernieuw de pagina en kijk of die er staat. Blijft het misgaan, geef dan deze code door: {code}."
    )
