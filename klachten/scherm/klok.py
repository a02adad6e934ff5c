"""The clock of the machine, asked about before anything is shown or recorded: the question, and who may answer it.

The real clock is read here and nowhere below; it is followed while the app runs, so that a jump is seen at once.
"""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta

import streamlit as st

from klachten import klok, rechten, scherm
from klachten.kijklog.regel import KLOK
from klachten.organisatie import Gebruiker
from klachten.register import Register
from klachten.scherm import kijklog, onderdelen

GEEN = "Er wordt nu niets vastgelegd, want de klok van deze computer klopt misschien niet. {zin}"

_slot = threading.Lock()
_laatste: list[tuple[Register, Klokwacht]] = []


def now() -> datetime:
    """Return the moment by the clock of the machine, in UTC."""
    return datetime.now(UTC)


class Klokwacht:
    """Follows the clock from the last moment that was written down; `laatst` is the last that could be right."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self.laatst, self._sinds = klok.last_moment(register), time.monotonic()

    def vraag(self) -> klok.Vraag | None:
        """Return what is to be asked now; None when the clock can be right."""
        eigen = self._register.organisatie
        if not eigen.ingericht or eigen.voorbeeld:
            return None
        vraag = klok.question(nu := now(), self.laatst)
        if vraag is None:
            self._keep(nu)
        return vraag

    def moment(self) -> datetime:
        """Return the moment for what cannot wait for an answer: by how long the app has been running since."""
        if self.vraag() is None or self.laatst is None:
            return now()
        return self.laatst + timedelta(seconds=time.monotonic() - self._sinds)

    def refusal(self) -> str:
        """Return why nothing may be recorded; "" when the clock can be right."""
        return GEEN.format(zin=vraag.zin) if (vraag := self.vraag()) else ""

    def confirm(self, wie: str) -> None:
        """The clock is right, says somebody: it is noted durably, and not asked again."""
        self._keep(now())
        log = kijklog.van(self._register)
        log.note(KLOK, wie, aantal=self._register.stand().aantal)
        log.flush()

    def _keep(self, nu: datetime) -> None:
        self.laatst, self._sinds = nu, time.monotonic()


def van(register: Register) -> Klokwacht:
    """Return what follows the clock for the register that the pages use now."""
    with _slot:
        gevonden = next((wacht for eigen, wacht in _laatste if eigen is register), None)
        if gevonden is None:
            gevonden = Klokwacht(register)
            register.schrijfstand.bezwaren.append(gevonden.refusal)
            _laatste[:] = [(register, gevonden)]
        return gevonden


def toon(wie: Gebruiker) -> bool:
    """Ask about the clock instead of the page, when that must be; tell whether it was asked."""
    register = scherm.geopend()
    if register is None or (vraag := van(register).vraag()) is None:
        return False
    mag = rechten.mag("inzage", "klok", wie).mag
    onderdelen.titel("Klopt de klok van deze computer?")
    onderdelen.weigering(vraag.zin, soort="klok_onzeker")
    st.markdown(
        "Termijnen, de werkvoorraad en nieuwe nummers volgen uit de klok. Zolang dit niet is beantwoord, wordt er "
        "niets getoond en niets vastgelegd. Klopt de klok niet? Zet haar goed op de computer waar klachten draait, en "
        "kijk opnieuw."
    )
    with st.container(horizontal=True):
        st.button("Opnieuw kijken", type="primary", key="klok.opnieuw")
        if mag:
            st.button("De klok is goed", key="klok.goed", on_click=van(register).confirm, args=(wie.id,))
    if not mag:
        st.markdown("Klopt de klok wel? Vraag de coördinator of de beheerder dat hier te bevestigen.")
    return True
