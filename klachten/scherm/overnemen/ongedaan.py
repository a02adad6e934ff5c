"""Taking one step of page Overnemen back, with a reason: what an import and a changeover ask and say alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import streamlit as st

from klachten import rechten, scherm
from klachten.dossier.weigering import gezegd
from klachten.kijklog import regel as soort
from klachten.register import Register, RegisterFout
from klachten.reglement.tabel import OngeldigBestand
from klachten.scherm import kijker, kijklog, onderdelen
from klachten.taal import datum


class Stap(Protocol):
    """What can be taken back."""

    @property
    def volgnr(self) -> int:
        """Its number."""

    @property
    def ongedaan_op(self) -> date | None:
        """When it was taken back, None while it stands."""

    @property
    def reden(self) -> str:
        """Why it was."""


@dataclass(frozen=True)
class Terugvraag:
    """The question of one kind of step: `plek` is under what it keeps its answers, `wat` what it is called.

    `doe` takes a step back, by its number and the reason, and returns how many klachten it was about.
    """

    plek: str
    wat: str
    doe: Callable[[Register, int, str], int]

    def meldingen(self) -> None:
        """Say what was just taken back, or why that could not be."""
        if zin := st.session_state.pop(f"{self.plek}.klaar", ""):
            st.success(zin, icon=":material/undo:")
        if zin := st.session_state.pop(f"{self.plek}.fout", ""):
            onderdelen.weigering(zin)

    def kies(self, een: Stap) -> bool:
        """Say that a step was taken back, or offer to do so; True when it is chosen and has to be asked about."""
        if een.ongedaan_op is not None:
            reden = f": {onderdelen.veilig(een.reden)}" if een.reden else ""
            st.markdown(f"Teruggedraaid op {datum(een.ongedaan_op)}{reden}.")
        elif st.session_state.get(f"{self.plek}.gekozen") == een.volgnr:
            return True
        else:
            st.button(
                "Terugdraaien",
                key=f"{self.plek}.terug.{een.volgnr}",
                on_click=self.choose,
                args=(een.volgnr,),
                icon=":material/undo:",
            )
        return False

    def vraag(self, een: Stap) -> None:
        """Ask why, and offer to do it or not."""
        st.text_input("Waarom draait u dit terug?", key=f"{self.plek}.reden", placeholder="Deze reden wordt bewaard")
        with st.container(horizontal=True):
            st.button(
                f"{self.wat} terugdraaien",
                key=f"{self.plek}.doe",
                on_click=self._undo,
                args=(een.volgnr,),
                type="primary",
            )
            st.button("Toch niet", key=f"{self.plek}.niet", on_click=self.choose, args=(None,))

    def choose(self, volgnr: int | None) -> None:
        """Ask about this one, or about none."""
        st.session_state[f"{self.plek}.gekozen"] = volgnr

    def _undo(self, volgnr: int) -> None:
        """Take it back; asked anew whether this user may, and what stands in the way."""
        if not rechten.mag("pagina", "overnemen", scherm.gebruiker()).mag:
            return
        register = scherm.register()
        try:
            klachten = self.doe(register, volgnr, st.session_state.get(f"{self.plek}.reden") or "")
        except (OngeldigBestand, RegisterFout) as fout:
            st.session_state[f"{self.plek}.fout"] = gezegd(fout)
            return
        wie = scherm.gebruiker().id
        kijklog.van(register).note(soort.TERUGGEDRAAID, wie, waar="overnemen", aantal=klachten, sessie=kijker.hash())
        st.session_state[f"{self.plek}.klaar"] = f"{self.wat} {volgnr} is teruggedraaid."
        self.choose(None)
