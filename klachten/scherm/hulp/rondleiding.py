"""The first five minutes of a role: along its own pages, put off and taken up again whenever one likes.

It stands above the page, in its place and never over it. How far somebody is, is kept with the account.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

import streamlit as st

from klachten import scherm
from klachten.organisatie import ROLLEN, Gebruiker
from klachten.scherm import onderdelen, persoonlijk
from klachten.scherm.paginas import PAGINAS, Pagina, pagina
from klachten.toegang.rondleidingen import BEZIG, KLAAR, NOOIT, STRAKS, Gang, Rondleidingen

BESTAND = Path(__file__).with_suffix(".toml")
GA = "rondleiding.ga"
"""In the session: the page to go to, now that a button was pressed."""
UITGESTELD = "rondleiding.uitgesteld"
"""In the session: it was put off here just now, and the page says once where it is found."""


FOCUS = "rondleiding.focus"
"""In the session: a button of the tour was pressed, so that the keyboard goes on there."""
# The button that was pressed is gone with its page; without this Tab begins below the tour.
_SCRIPT = """
export default function () {
  const vak = document.querySelector('.st-key-rondleiding');
  if (!vak) return;
  vak.setAttribute('role', 'region');
  vak.setAttribute('aria-label', 'Rondleiding');
  vak.setAttribute('tabindex', '-1');
  vak.focus({preventScroll: true});
}
"""

_Soort = Literal["primary", "secondary", "tertiary"]


class Halte(NamedTuple):
    """One stop: the page, and what is to be seen there."""

    pagina: str
    zin: str


@cache
def haltes() -> dict[str, tuple[Halte, ...]]:
    """Return the stops of each role."""
    rauw = tomllib.loads(BESTAND.read_text(encoding="utf-8"))
    return {rol: tuple(Halte(halte["pagina"], halte["zin"]) for halte in delen) for rol, delen in rauw.items()}


def toon(waar: Pagina, wie: Gebruiker) -> None:
    """Draw above a page what the tour says of it, or offer the tour on the start page; nothing when it was put off."""
    if naar := st.session_state.pop(GA, ""):
        onderdelen.ga_naar(naar)
    gangen = Rondleidingen(persoonlijk.opslag()).of(wie.id)
    eigen = {rol: gangen.get(rol) for rol in ROLLEN if rol in wie.rollen}
    bezig = next(((rol, gang) for rol, gang in eigen.items() if gang and gang.stand == BEZIG), None)
    if bezig:
        _bar(waar, wie, *bezig)
    elif st.session_state.pop(UITGESTELD, False):
        st.markdown(":small[:material/tour: De rondleiding staat klaar op de pagina Hulp, waar u was gebleven.]")
    elif waar is PAGINAS[0] and (rol := _to_offer(eigen)):
        _offer(wie, rol, eigen[rol])


def _to_offer(eigen: dict[str, Gang | None]) -> str:
    """Return the role of which the tour is offered today: one that was put off comes back the next day.

    Who did one, or wants none, is not asked about another: they are all on page Hulp.
    """
    if any(gang and gang.stand in (KLAAR, NOOIT) for gang in eigen.values()):
        return ""
    eerste = next(((rol, gang) for rol, gang in eigen.items() if gang), None) or next(iter(eigen.items()), None)
    if eerste is None or (eerste[1] and eerste[1].dag >= scherm.vandaag()):
        return ""
    return eerste[0]


def _offer(wie: Gebruiker, rol: str, gang: Gang | None) -> None:
    aantal = len(haltes()[rol])
    waar = f"U was bij {gang.stap + 1} van {aantal}." if gang else f"In vijf minuten langs {aantal} pagina's."
    # One line: the page is what one comes for.
    with st.container(key="rondleiding", horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f":material/tour: **Rondleiding voor {ROLLEN[rol].lower()}.** {waar}", width="content")
        stap = gang.stap if gang else 0
        _button("Verder" if gang else "Beginnen", wie, rol, stap, BEZIG)
        _button("Straks", wie, rol, stap, STRAKS, soort="tertiary")
        _button("Niet meer tonen", wie, rol, stap, NOOIT, soort="tertiary")


def _bar(waar: Pagina, wie: Gebruiker, rol: str, gang: Gang) -> None:
    delen = haltes()[rol]
    nr = min(gang.stap, len(delen) - 1)
    halte = delen[nr]
    with st.container(border=True, key="rondleiding"):
        st.markdown(
            f":material/tour: **Rondleiding {nr + 1} van {len(delen)}: {pagina(halte.pagina).titel}**  \n{halte.zin}"
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            if waar.naam != halte.pagina:
                onderdelen.verwijzing(halte.pagina, f"Naar {pagina(halte.pagina).titel}")
            if nr:
                _button("Vorige", wie, rol, nr - 1, BEZIG)
            if nr + 1 < len(delen):
                _button("Volgende", wie, rol, nr + 1, BEZIG, soort="primary")
            else:
                _button("Klaar", wie, rol, nr, KLAAR, soort="primary")
            _button("Straks verder", wie, rol, nr, STRAKS)
            _button("Niet meer tonen", wie, rol, nr, NOOIT)
            if st.session_state.pop(FOCUS, False):
                st.components.v2.component("klachten_rondleiding", js=_SCRIPT)(key=f"rondleiding.focus.{rol}.{nr}")


def again(wie: Gebruiker) -> None:
    """Offer on page Hulp the tour of each own role, from where one was."""
    gangen = Rondleidingen(persoonlijk.opslag()).of(wie.id)
    for rol in (rol for rol in ROLLEN if rol in wie.rollen):
        gang, aantal = gangen.get(rol), len(haltes()[rol])
        verder = gang.stap if gang and gang.stand in (STRAKS, NOOIT) else 0
        with st.container(horizontal=True, vertical_alignment="center"):
            waar = f"u was bij {verder + 1} van {aantal}" if verder else f"langs {aantal} pagina's"
            st.markdown(f"**{ROLLEN[rol]}**: {waar}.", width="content")
            _button("Verder" if verder else "Beginnen", wie, rol, verder, BEZIG)
            if verder:
                _button("Opnieuw", wie, rol, 0, BEZIG)


def _button(label: str, wie: Gebruiker, rol: str, stap: int, stand: str, *, soort: _Soort = "secondary") -> None:
    st.button(label, key=f"rondleiding.{rol}.{label}", type=soort, on_click=_keep, args=(wie.id, rol, stap, stand))


def _keep(wie: str, rol: str, stap: int, stand: str) -> None:
    """Keep where somebody is, and go to the page of that stop when they go on."""
    if scherm.gebruiker().id != wie:
        return
    Rondleidingen(persoonlijk.opslag()).keep(wie, rol, Gang(stap, stand, scherm.vandaag()))
    if stand == BEZIG:
        st.session_state[GA] = haltes()[rol][stap].pagina
        st.session_state[FOCUS] = True
    elif stand in (STRAKS, NOOIT):
        st.session_state[UITGESTELD] = True
