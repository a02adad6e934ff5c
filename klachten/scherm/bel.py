"""The bell on every page: how much is new for the reader since the last look, and what; each with a link to it.

Read once for everybody and kept until a fact changes it (analyse/werk/nieuws.py); per reader only what that reader may
read stays, so of a klacht in which one is involved nothing, but for an own maatregel, without its klacht. What e-mail
asks is in it too. How far one has looked is kept with the account: a restart, and another tab, know it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

import streamlit as st

from klachten import gebeurtenissen as g
from klachten import inzage, organisatie, scherm, taal
from klachten.analyse.werk.klachtenlijst import readable
from klachten.analyse.werk.nieuws import Bericht, Prikbord, read
from klachten.analyse.werk.werkvoorraad import Taak, closed_signalen, involved, visible_to
from klachten.organisatie import Gebruiker
from klachten.register import Register
from klachten.scherm import kijker, onderdelen, paginas, persoonlijk
from klachten.scherm.lijsten import daden, posttaken, taakrij
from klachten.toegang.gezien import Gezien, Gezienen
from klachten.toegang.opslag import Opslag

DAGEN = 14
"""So far back it looks: what is older stands in the lists, and is no news."""
HOOGSTENS, EERDER = 30, 20
"""So many new ones are listed, and so many of before."""
MEESTE_GEBRUIKERS = 64
OPEN, NIEUW, PAGINA = "bel", "bel.nieuw", "bel.pagina"
# In the corner at the top, where it stays (toegankelijk.css); without the line of the example the page begins below it.
_PLEK = '<style>@media (min-width: 640px) { [data-testid="stMainBlockContainer"] { padding-top: 3.75rem; } }</style>'


@dataclass(frozen=True)
class Item:
    """One thing that is new for the reader: the page and query of its place, what, and about which dossier.

    `nr` is the fact, 0 for what is none; `merk` tells those apart. A reminder says that nothing happened.
    """

    nr: int
    merk: str
    zin: str
    nummer: str
    naar: str
    vraag: tuple[tuple[str, str], ...] = ()
    dag: date | None = None
    gebeurd: bool = True

    def is_new(self, gezien: Gezien) -> bool:
        """Tell whether it came after what the reader has seen."""
        return self.nr > gezien.nr if self.nr else self.merk not in gezien.merken


class Zicht(NamedTuple):
    """Which klachten the reader may read, in which the reader is involved, and the signalen that became such a one.

    `terug` are those of an import that was undone, of which is asked no more than whether to erase them.
    """

    leest: frozenset[str] = frozenset()
    betrokken: frozenset[str] = frozenset()
    dicht: frozenset[str] = frozenset()
    terug: frozenset[str] = frozenset()


# Where news of the dossier of a person stands, when it is not about what somebody may do; and of what is no klacht now.
_VAN_MENSEN = {
    "WissenVoorgesteld": "bewaren", "WissenAfgewezen": "bewaren", "AfwezigheidGemeld": "afwezigheid",
    "AfwezigheidGewijzigd": "afwezigheid",
}  # fmt: skip

_bord: list[tuple[Register, date, Prikbord]] = []
_van: dict[Gebruiker, tuple[tuple[object, ...], tuple[Item, ...]]] = {}


def toon(wie: Gebruiker, pagina: str) -> None:
    """Draw the bell, and what is in it when it is open; a page that was left closes it."""
    if st.session_state.get(PAGINA) != pagina:
        st.session_state[PAGINA] = pagina
        st.session_state[OPEN] = False
    alle = items(wie)
    gezien = Gezienen(persoonlijk.opslag()).of(wie.id)
    aantal = sum(item.is_new(gezien) for item in alle)
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


def items(wie: Gebruiker) -> tuple[Item, ...]:
    """Return everything of the last weeks that is new for somebody, the newest first, seen or not."""
    register, vandaag = scherm.register(), scherm.vandaag()
    post = posttaken.taken()
    stand = (register, register.versie, vandaag, post)
    gelezen = _van.get(wie)  # once: another session may clear it meanwhile
    if gelezen is not None and gelezen[0] == stand:
        return gelezen[1]
    gevonden = tuple(_read(register, wie, vandaag, post))
    if len(_van) >= MEESTE_GEBRUIKERS:
        _van.clear()
    _van[wie] = (stand, gevonden)
    return gevonden


def changed_since(wie: Gebruiker, dag: date) -> frozenset[str]:
    """Return the dossiers in which others recorded something for this reader, on that day or later."""
    return frozenset(i.nummer for i in items(wie) if i.nummer and i.gebeurd and i.dag and i.dag >= dag)


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


# --- what is in it ---------------------------------------------------------------------------------------------------


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


def _read(register: Register, wie: Gebruiker, vandaag: date, post: tuple[Taak, ...]) -> list[Item]:
    bord = board(register, vandaag)
    vervangt = organisatie.huidige().vervangt(wie.id, vandaag)
    berichten = bord.of([wie.id, *vervangt], wie.id)
    klachten, signalen = (sorted({b.nummer for b in berichten if b.nummer.startswith(reeks)}) for reeks in "KS")
    zicht, eigen_post = Zicht(), list[Taak]()
    if klachten or signalen or post:
        with register.cursor() as cursor:
            if klachten:
                zicht = Zicht(readable(cursor, klachten, wie), involved(cursor, wie.id))
            if signalen:
                zicht = zicht._replace(dicht=closed_signalen(cursor, signalen, wie.id))
            eigen_post = [taak for taak in visible_to(cursor, list(post), wie) if wie.id in taak.personen]
    wis = {b.nummer for b in berichten if b.soort in _VAN_MENSEN and b.nummer.startswith("K")} - zicht.leest
    if wis:
        zicht = zicht._replace(terug=inzage.readable_undone(register, sorted(wis), wie))
    alle = [*(_of_task(taak) for taak in eigen_post), *(_of_fact(bericht, wie, zicht) for bericht in berichten)]
    gevonden = [item for item in alle if item is not None]
    # Once for a page, of which there are a few, and not for each of thousands of items.
    open_ = {naar for naar in {item.naar for item in gevonden} if paginas.pagina(naar).toegankelijk_voor(wie)}
    return [item for item in gevonden if item.naar in open_]


def board(register: Register, vandaag: date) -> Prikbord:
    """Return what is new for anybody, read now or before."""
    sinds, versie = vandaag - timedelta(days=DAGEN), register.versie
    eerder = next((bord for van, dag, bord in _bord if van is register and dag == vandaag), None)
    if eerder is not None and eerder.versie == versie:
        return eerder
    gewijzigd = register.changed_since(eerder.versie) if eerder else None
    with register.cursor() as cursor:
        bord = read(cursor, sinds, versie, vandaag, eerder, None if gewijzigd is None else sorted(gewijzigd))
    _bord[:] = [(register, vandaag, bord)]
    return bord


def _of_fact(bericht: Bericht, wie: Gebruiker, zicht: Zicht) -> Item | None:
    item = _item(bericht, wie, zicht)
    return replace(item, gebeurd=False) if item and bericht.soort in g.TELT_NIET else item


def _item(bericht: Bericht, wie: Gebruiker, zicht: Zicht) -> Item | None:
    """Return a fact as an item; None for what the reader may not know of."""
    merk, dag = f"{bericht.nr}", bericht.dag
    if bericht.nummer.startswith("K"):
        if bericht.nummer in zicht.terug and bericht.soort in _VAN_MENSEN:
            return Item(bericht.nr, merk, bericht.zin, bericht.nummer, _VAN_MENSEN[bericht.soort], (), dag)
        eigen = bericht.eigen and wie.id in bericht.aan
        if bericht.nummer in zicht.leest or (eigen and bericht.nummer not in zicht.betrokken):
            return Item(bericht.nr, merk, bericht.zin, bericht.nummer, "dossier", (("nummer", bericht.nummer),), dag)
        if eigen:
            # Which maatregel it is, and of which klacht, would say too much to somebody involved.
            return Item(bericht.nr, merk, "Er is iets over een eigen maatregel", "", "werkvoorraad", (), dag)
        return None
    if bericht.nummer in zicht.dicht:
        return None
    if bericht.nummer.startswith("S"):
        return Item(bericht.nr, merk, bericht.zin, bericht.nummer, "intake", (), dag)
    if bericht.nummer.startswith("E"):
        vraag = (("evaluatie", bericht.nummer),)
        return Item(bericht.nr, merk, bericht.zin, bericht.nummer, "verbeteracties", vraag, dag)
    return Item(bericht.nr, merk, bericht.zin, "", _VAN_MENSEN.get(bericht.soort, "rechten"), (), dag)


def _of_task(taak: Taak) -> Item:
    daad = daden.of(taak)
    naar, vraag = (daad.pagina, daden.address(daad, taak)) if taak.klachtnummer else taakrij.waarheen(taak)
    merk = hashlib.sha256("/".join(map(str, (*taak.welke, taak.merk))).encode()).hexdigest()[:16]
    return Item(0, merk, taak.wat, taak.klachtnummer or "", naar, tuple(vraag.items()))
