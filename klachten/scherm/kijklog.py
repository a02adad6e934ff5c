"""What the pages tell the log of looking: one line for an opening, however often Streamlit runs the page again."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

import streamlit as st

from klachten import scherm
from klachten.kijklog import regel as soort
from klachten.kijklog.log import Kijklog
from klachten.organisatie import Gebruiker
from klachten.register import Register
from klachten.register.nummers import OngeldigNummer, parse_number
from klachten.scherm import kijker
from klachten.tijdzone import NEDERLAND
from klachten.toegang.aanmelden import Melder

_GEOPEND, _GEZOCHT = "kijklog.geopend", "kijklog.gezocht"
_laatste: list[tuple[Register, Kijklog]] = []
_slot = threading.Lock()


@dataclass(frozen=True)
class _Over:
    nummer: str = ""
    persoon: str = ""
    geweigerd: bool = False


class _Nu(threading.local):
    """What the page that is drawn turns out to be about, and what it shows besides; a run of a page is a thread."""

    def __init__(self) -> None:
        self.over = _Over()
        self.toont: list[str] = []


_nu = _Nu()


def van(register: Register) -> Kijklog:
    """Return the log of the register that the pages use now."""
    with _slot:
        gevonden = next((log for eigen, log in _laatste if eigen is register), None)
        if gevonden is None:
            gevonden = Kijklog(register.map, _clock(register))
            for _, oud in _laatste:
                oud.close()
            _laatste[:] = [(register, gevonden)]
        return gevonden


def _clock(register: Register) -> Callable[[], datetime]:
    """The moment of a line: a clock that nobody has vouched for would put it, and all after it, in another month."""
    from klachten.scherm import klok  # which writes into this log

    wacht = klok.van(register)
    return lambda: wacht.moment().astimezone(NEDERLAND)


def close() -> None:
    """Write what waits: the app stops."""
    with _slot:
        for _, log in _laatste:
            log.close()


def melder(register: Register) -> Melder:
    """Return what hears of this register what happens at its door."""

    def meld(wat: str, persoon: str, sessie: str = "", over: str = "") -> None:
        van(register).note(wat, persoon, sessie=sessie, over=over)

    return meld


@contextlib.contextmanager
def opening(pagina: str, wie: Gebruiker, *, geweigerd: bool = False) -> Iterator[None]:
    """Log a page that somebody opens, with what it turns out to be about; a rerun of the same is no opening."""
    _nu.over, _nu.toont = _Over(geweigerd=geweigerd), []
    # Asked for now: a page that stops itself can ask Streamlit for nothing any more.
    vorige: list[object] = st.session_state.setdefault(_GEOPEND, [])
    sessie = kijker.hash()
    try:
        yield
    finally:
        if register := scherm.geopend():
            _note_opening(van(register), vorige, pagina, wie, sessie)


def _note_opening(log: Kijklog, vorige: list[object], pagina: str, wie: Gebruiker, sessie: str) -> None:
    """Log the page unless it is the one that was open already, and what it shows besides unless it showed that."""
    over, opent = _nu.over, [wie.id, pagina, _nu.over]
    if vorige[: len(opent)] != opent:
        vorige[:] = opent
        log.note(
            soort.GEOPEND, wie.id, waar=pagina, nummer=over.nummer, over=over.persoon, sessie=sessie,
            geweigerd=over.geweigerd,
        )  # fmt: skip
    for nummer in _nu.toont:
        if nummer not in vorige:
            vorige.append(nummer)
            log.note(soort.GEOPEND, wie.id, waar=pagina, nummer=nummer, sessie=sessie)


def betreft(nummer: str = "", *, persoon: str = "", geweigerd: bool = False) -> None:
    """Say which dossier, or which person, the page that is drawn is about, or would be if it were not refused.

    What was typed and is no number is not kept.
    """
    _nu.over = _Over(number(nummer), persoon, geweigerd)


def toont(nummer: str) -> None:
    """Say that the page that is drawn lets a dossier be read besides what it is about, as that of an open signaal."""
    _nu.toont.append(nummer)


def probeerde(nummer: str) -> None:
    """Log that the user asked for a dossier by its number, and was refused it."""
    _note(soort.GEOPEND, waar="dossier", nummer=number(nummer), geweigerd=True)


def zocht(woorden: str, waar: str, aantal: int) -> None:
    """Log that somebody searched and how much was found; never what was searched: those are names."""
    if st.session_state.get(_GEZOCHT, "") != woorden:
        st.session_state[_GEZOCHT] = woorden
        if woorden:
            _note(soort.GEZOCHT, waar=waar, aantal=aantal)


def bevroeg(waar: str, tabellen: Iterable[str], aantal: int, *, geweigerd: bool) -> None:
    """Log that somebody asked something in SQL: which tables stand in it and how many rows came, never its text.

    A text can hold what was typed about a person.
    """
    note_question(
        van(scherm.register()), scherm.gebruiker().id, kijker.hash(), waar, tabellen, aantal, geweigerd=geweigerd
    )


def note_question(
    log: Kijklog, wie: str, sessie: str, waar: str, tabellen: Iterable[str], aantal: int, *, geweigerd: bool
) -> None:
    """Log the same where no page is drawn: while a file is made."""
    plek = "/".join((waar, *sorted(tabellen)))
    log.note(
        soort.BEVRAAGD, wie, waar=plek if len(plek) <= soort.LANGSTE else f"{waar}/*", aantal=aantal, sessie=sessie,
        geweigerd=geweigerd,
    )  # fmt: skip


def _note(wat: str, *, waar: str, nummer: str = "", aantal: int | None = None, geweigerd: bool = False) -> None:
    van(scherm.register()).note(
        wat, scherm.gebruiker().id, waar=waar, nummer=nummer, aantal=aantal, sessie=kijker.hash(),
        geweigerd=geweigerd,
    )  # fmt: skip


def number(tekst: str) -> str:
    """Return the number of a dossier, there or not; empty for any other text."""
    try:
        parse_number(tekst)
    except OngeldigNummer:
        return ""
    return tekst
