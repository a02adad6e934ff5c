"""The bell on every page: how much is new for the reader since the last look, and what; each with a link to it.

What is in it says belinhoud.py. How far one has looked is kept with the account: a restart, and another tab, know it.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from klachten import scherm, taal
from klachten.organisatie import Gebruiker
from klachten.scherm import kijker, onderdelen, persoonlijk, vooruit
from klachten.scherm.belinhoud import MEESTE_GEBRUIKERS, Item, items
from klachten.toegang.gezien import Gezien, Gezienen
from klachten.toegang.opslag import Opslag

HOOGSTENS, EERDER = 30, 20
"""So many new ones are listed, and so many of before."""
OPEN, NIEUW, PAGINA = "bel", "bel.nieuw", "bel.pagina"
_geteld: dict[str, tuple[tuple[Item, ...], Gezien, int]] = {}
# In the corner at the top, where it stays (toegankelijk.css); without the line of the example the page begins below it.
_PLEK = '<style>@media (min-width: 640px) { [data-testid="stMainBlockContainer"] { padding-top: 3.75rem; } }</style>'


def toon(wie: Gebruiker, pagina: str) -> None:
    """Draw the bell, and what is in it when it is open; a page that was left closes it."""
    if st.session_state.get(PAGINA) != pagina:
        st.session_state[PAGINA] = pagina
        st.session_state[OPEN] = False
    alle = items(wie)
    vooruit.remember_of(items, wie)
    gezien = Gezienen(persoonlijk.opslag()).of(wie.id)
    aantal = _new(wie.id, alle, gezien)
    if st.session_state.get(OPEN):
        # Another button would be another bell to a browser, and that one is closed.
        aantal += len(st.session_state.get(NIEUW, ()))
    if not kijker.is_example():
        st.html(_PLEK)
    label = f"{aantal if aantal < 100 else '99+'} nieuw" if aantal else "Niets nieuws"
    with st.container(key="belplek"):
        vak = st.popover(
            label,
            icon=":material/notifications_unread:" if aantal else ":material/notifications:",
            type="primary" if aantal else "tertiary",
            key=OPEN,
            on_change=_looked,
            args=(wie.id,),
        )
    if vak.open:
        with vak:
            _lijst(alle, st.session_state.get(NIEUW, frozenset()))


def _new(wie: str, alle: tuple[Item, ...], gezien: Gezien) -> int:
    """Return how many somebody has not seen, counted now or before: they are thousands, and on every page the same."""
    geteld = _geteld.get(wie)  # once: another session may clear it meanwhile
    if geteld is None or geteld[0] is not alle or geteld[1] != gezien:
        if len(_geteld) >= MEESTE_GEBRUIKERS:
            _geteld.clear()
        geteld = _geteld[wie] = (alle, gezien, sum(item.is_new(gezien) for item in alle))
    return geteld[2]


def _looked(wie: str) -> None:
    """The reader opened the bell: what is in it now has been seen. Or closed it: nothing is marked new any more."""
    st.session_state[NIEUW] = frozenset()
    gebruiker = scherm.gebruiker()
    if not st.session_state.get(OPEN) or gebruiker.id != wie:
        return
    alle, gezienen = items(gebruiker), Gezienen(persoonlijk.opslag())
    gezien = gezienen.of(wie)
    st.session_state[NIEUW] = frozenset(item.merk for item in alle if item.is_new(gezien))
    look(persoonlijk.opslag(), wie, alle)


def look(opslag: Opslag, wie: str, alle: Sequence[Item]) -> None:
    """Keep that somebody has seen all of this."""
    hoogste = max((item.nr for item in alle), default=0)
    Gezienen(opslag).see(wie, hoogste, {item.merk for item in alle if not item.nr})


def _lijst(alle: Sequence[Item], nieuw: frozenset[str]) -> None:
    vers = [item for item in alle if item.merk in nieuw]
    eerder = [item for item in alle if item.merk not in nieuw][:EERDER]
    if not alle:
        st.markdown("Er is niets nieuws voor u. Wat u moet doen, staat in Werkvoorraad.")
        return
    if vers:
        st.markdown(f"**Nieuw voor u ({onderdelen.getal(len(vers))})**")
        for item in vers[:HOOGSTENS]:
            _rij(item)
        if len(vers) > HOOGSTENS:
            st.markdown(
                f":small[En nog {onderdelen.getal(len(vers) - HOOGSTENS)}. Ze staan in Werkvoorraad en Klachten.]"
            )
    if eerder:
        st.markdown("**Eerder**" if vers else "**Niets nieuws. Eerder:**")
        for item in eerder:
            _rij(item)


def _rij(item: Item) -> None:
    waar = f" · {item.nummer}" if item.nummer else ""
    wanneer = f" · {taal.datum(item.dag)}" if item.dag else ""
    onderdelen.verwijzing(
        item.naar, f"{onderdelen.veilig(item.zin)}  \n:small[{(waar + wanneer)[3:]}]", **dict(item.vraag)
    )
