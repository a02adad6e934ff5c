"""What is filled in of an evaluation meeting and not recorded yet: kept field by field, so that nothing typed is lost.

Another section, a reload, a second tab or the end of a session: each finds everything again under the year. Two tabs
that fill in the same text both keep what they typed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import streamlit as st

from klachten import concepten, scherm
from klachten.concepten import VERGADERING, Concepten, Gewist
from klachten.gebeurtenissen import ONDERDELEN
from klachten.handelingen.vergadering import Voornemen
from klachten.scherm.stapconcept import stays
from klachten.scherm.tweeteksten import changed, merged
from klachten.tijdzone import NEDERLAND

VELDEN = ("omschrijving", "actienemer", "uiterlijk_op")
SLOT, DIRECTIE, AANWEZIG, DAG = "slot", "directieleden", "aanwezigen", "op"
WEIGERING = "weigering"


class Vergaderconcept:
    """What this user filled in of the meeting about a year, or the key of another period, by the name of each field.

    `conclusie.ONDERDEEL`, `acties.ONDERDEEL` (how many there is room for), `actie.ONDERDEEL.PLAATS.VELD`, and what is
    asked of the evaluation itself.
    """

    def __init__(self, over: int | str) -> None:
        register = scherm.register()
        self.id = f"{VERGADERING}{over}"
        self._concepten = Concepten(register.map, scherm.gebruiker().id, register.dossiers.sleutels)
        self._key = f"{self.id}/{scherm.gebruiker().id}"
        sinds = f"{self._key}/sinds"
        al, nu = stays(self._key), concepten.stand()
        # Opened anew, it shows what is there now; unless something of before it waits in this window still.
        if sinds not in st.session_state or not (al or self._los):
            st.session_state[sinds] = nu
        concept = self._concepten.get(self.id)
        self.waarden: dict[str, Any] = {**(concept.waarden if concept else {}), **self._los}
        self.bewaard_op = concept.bewaard_op if concept else None

    @property
    def _los(self) -> dict[str, Any]:
        """What could not be kept: it stays in this window, also in another section, until it can."""
        los: dict[str, Any] = st.session_state.setdefault(f"{self._key}/los", {})
        return los

    @property
    def fouten(self) -> dict[str, str]:
        """What was wrong when it was last tried to record it, by the name of the field; `weigering` is why all was."""
        fouten: dict[str, str] = st.session_state.setdefault(f"{self._key}/fouten", {})
        return fouten

    @property
    def niet_bewaard(self) -> str:
        """Why the last change could not be kept; empty when it was."""
        return str(st.session_state.get(f"{self._key}/fout", ""))

    def key(self, naam: str) -> str:
        """Return the key of the widget of a field."""
        return f"{self._key}/{naam}"

    def prepare(self, naam: str, leeg: Any = "") -> dict[str, Any]:
        """Let a field begin with what is kept, and return what its widget is given: its key, and that it is kept.

        What another tab changed since comes in, unless this one changed the field too.
        """
        key, staat = self.key(naam), self.waarden.get(naam, leeg)
        if key not in st.session_state or st.session_state[key] == st.session_state.get(f"{key}/basis"):
            if st.session_state.get(key, None) != staat:
                self._show(key, st.session_state.get(key, staat), staat)
            if naam not in self._los:
                st.session_state[f"{key}/basis"] = staat
        return {"key": key, "on_change": self.keep, "args": (naam, leeg)}

    def keep(self, naam: str, leeg: Any = "") -> None:
        """Keep what a widget holds now."""
        key = self.key(naam)
        # What is filled in anew is not wrong until it is tried again.
        waar = "conclusies" if naam == SLOT else naam
        for fout in [een for een in self.fouten if een in (waar, WEIGERING) or een.startswith(f"{waar}.")]:
            del self.fouten[fout]
        mijn = st.session_state[key]
        basis = self._begonnen(key, mijn, leeg)
        # A choice has no two halves: the last one counts.
        if self._change(naam, lambda nu: merged(basis, nu, mijn) if isinstance(leeg, str) else mijn, leeg):
            self._show(key, mijn, self.waarden.get(naam, mijn))
            st.session_state[f"{key}/basis"] = st.session_state[key]
        else:
            self._los[naam] = self.waarden[naam] = mijn

    @staticmethod
    def _show(key: str, stond: Any, nieuw: Any) -> None:
        """Give a widget another value, and remember what the browser had: who is typing keeps that, and goes on."""
        st.session_state[key] = nieuw
        if stond == nieuw:
            st.session_state.pop(f"{key}/stond", None)
        else:
            st.session_state[f"{key}/stond"] = stond

    @staticmethod
    def _begonnen(key: str, mijn: Any, leeg: Any) -> Any:
        """Return from what the user made `mijn`: what the widget was given last, or what stood there before.

        Streamlit does not put another text under the hands of who is typing and does not tell, so the nearest of the
        two is it. Exactly what stood there before is typed by nobody: that is the other's text taken out.
        """
        basis = st.session_state.get(f"{key}/basis", leeg)
        stond = st.session_state.get(f"{key}/stond", mijn)
        if not isinstance(leeg, str) or mijn == stond:
            return basis
        return stond if changed(stond, mijn) < changed(basis, mijn) else basis

    def add_row(self, onderdeel: str) -> None:
        """Make room for another verbeteractie that follows from a section."""
        self._change(f"acties.{onderdeel}", lambda nu: nu + 1, 1)

    def _change(self, naam: str, wijzig: Callable[[Any], Any], leeg: Any) -> bool:
        """Change what is kept; returns whether it could be."""
        try:
            concept = self._concepten.change(
                self.id, lambda waarden: {**waarden, naam: wijzig(waarden.get(naam, leeg))}, datetime.now(NEDERLAND),
                sinds=st.session_state.get(f"{self._key}/sinds"),
            )  # fmt: skip
        except Gewist:
            st.session_state[f"{self._key}/fout"] = (
                "er staat iets in van iemand wiens gegevens zijn gewist nadat u deze pagina opende"
            )
            return False
        except OSError as fout:
            # It stays in the window, and the page says that it is kept nowhere else.
            st.session_state[f"{self._key}/fout"] = fout.strerror or str(fout)
            return False
        st.session_state.pop(f"{self._key}/fout", None)
        self._los.pop(naam, None)
        self.waarden, self.bewaard_op = {**concept.waarden, **self._los}, concept.bewaard_op
        return True

    def throw_away(self) -> None:
        """Throw everything away: it was recorded, or nobody wants it."""
        self._concepten.discard(self.id)
        self.waarden = {}
        for naam in [str(naam) for naam in st.session_state if str(naam).startswith(f"{self._key}/")]:
            del st.session_state[naam]

    # --- what it adds up to ------------------------------------------------------------------------------------------

    def tekst(self, naam: str) -> str:
        """Return a text without the blanks around it."""
        return str(self.waarden.get(naam) or "").strip()

    def conclusie(self, onderdeel: str) -> str:
        """Return what is concluded about a section so far."""
        return self.tekst(f"conclusie.{onderdeel}")

    def rijen(self, onderdeel: str) -> int:
        """Return for how many verbeteracties a section has room."""
        return int(self.waarden.get(f"acties.{onderdeel}", 1))

    def voornemens(self, onderdeel: str = "") -> tuple[Voornemen, ...]:
        """Return the verbeteracties of a section, or of all, of which something is filled in."""
        uit = []
        for deel in (onderdeel,) if onderdeel else ONDERDELEN:
            for plaats in range(1, self.rijen(deel) + 1):
                omschrijving, actienemer, dag = (self.waarden.get(f"actie.{deel}.{plaats}.{veld}") for veld in VELDEN)
                if str(omschrijving or "").strip() or actienemer or dag:
                    uit.append(
                        Voornemen(
                            onderdeel=deel,
                            plaats=plaats,
                            omschrijving=str(omschrijving or "").strip(),
                            actienemer=str(actienemer or ""),
                            uiterlijk_op=dag,
                        )
                    )
        return tuple(uit)

    def iets(self, onderdeel: str) -> bool:
        """Tell whether something is filled in of a section."""
        return bool(self.conclusie(onderdeel) or self.voornemens(onderdeel))
