"""The rest of a dossier, folded below what is next: each line says what is in it; it is read when first opened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from klachten import gebeurtenissen as g
from klachten import taal
from klachten.dossier.klacht import Dossier
from klachten.dossier.stukken import all_of, by_document
from klachten.reglement import Reglement
from klachten.scherm.dossier.aankomst import DEEL
from klachten.scherm.dossier.beeld import LAATSTE_STAP, deviating

_OPENGEVOUWEN, _GETEKEND = "dossier.opengevouwen", "dossier.getekend"
"""The folds that are open, and those that ever were: what was typed in one may not go when it is closed."""
TERMIJNEN, VERLOOP, MAATREGELEN = "termijnen", "verloop", "maatregelen"
KLACHT, GESCHIEDENIS = "klacht", "geschiedenis"
VOUWEN = (TERMIJNEN, VERLOOP, MAATREGELEN, KLACHT, GESCHIEDENIS)
ALLES = "alles"
"""The part that is all of them: everything open, to search or to print."""
_OPEN = {"behandeling": (VERLOOP, MAATREGELEN), ALLES: VOUWEN, **{naam: (naam,) for naam in VOUWEN}}


def arrive(klachtnummer: str) -> None:
    """Open what an address or a button asked for; what the reader folded since stays folded."""
    for naam in _OPEN.get(st.session_state.pop(DEEL, ""), ()):
        _zet(klachtnummer, naam, True)


@contextmanager
def vouw(dossier: Dossier, naam: str, kop: str, wat: str) -> Iterator[bool]:
    """Draw one fold with what is in it; yields whether it was ever opened: only then something is drawn in it."""
    nummer = dossier.klachtnummer
    # What is in it changes with every fact, and Streamlit takes a fold with another line for another fold.
    with st.expander(
        f"**{kop}**: {wat}", expanded=is_open(nummer, naam), key=_key(nummer, naam), on_change=_onthoud,
        args=(nummer, naam),
    ):  # fmt: skip
        yield (nummer, naam) in st.session_state.get(_GETEKEND, ())


def is_open(klachtnummer: str, naam: str) -> bool:
    """Tell whether a fold of this dossier is open."""
    return (klachtnummer, naam) in st.session_state.get(_OPENGEVOUWEN, ())


def alles(dossier: Dossier) -> None:
    """Let the reader open or close all of them at once."""
    nummer = dossier.klachtnummer
    dicht = not all(is_open(nummer, naam) for naam in VOUWEN)
    st.button(
        "Alles openen" if dicht else "Alles sluiten", key="dossier.alles", type="tertiary",
        icon=":material/unfold_more:" if dicht else ":material/unfold_less:", on_click=_zet_alle, args=(nummer, dicht),
    )  # fmt: skip


def _key(klachtnummer: str, naam: str) -> str:
    return f"dossier.vouw.{naam}.{klachtnummer}"


def _onthoud(klachtnummer: str, naam: str) -> None:
    _zet(klachtnummer, naam, bool(st.session_state[_key(klachtnummer, naam)]))


def _zet_alle(klachtnummer: str, open: bool) -> None:
    for naam in VOUWEN:
        _zet(klachtnummer, naam, open)


def _zet(klachtnummer: str, naam: str, open: bool) -> None:
    vouwen: set[tuple[str, str]] = st.session_state.setdefault(_OPENGEVOUWEN, set())
    (vouwen.add if open else vouwen.discard)((klachtnummer, naam))
    if open:
        st.session_state.setdefault(_GETEKEND, set()).add((klachtnummer, naam))
    st.session_state[_key(klachtnummer, naam)] = open


def verloop(dossier: Dossier, reglement: Reglement, nu: int | None) -> str:
    """Say how far the klacht is on its road."""
    # Not "of so many": a klacht goes by 7 or by 8, and only a dispute by 15.
    gedaan = sum(bool(dossier.stap_op(stap.nr)) for stap in reglement.stappen if stap.nr <= LAATSTE_STAP)
    zin = f"{taal.aantal(gedaan, 'stap', 'stappen')} gedaan"
    delen = [zin, f"nu stap {nu}" if nu else "klaar"]
    if anders := len(deviating(dossier)):
        delen.append(taal.aantal(anders, "afwijking", "afwijkingen"))
    return ", ".join(delen)


def maatregelen(dossier: Dossier) -> str:
    """Say how many maatregelen there are, and how many are still to be carried out."""
    gelden = [een for een in dossier.maatregelen.values() if een.vervallen_op is None]
    open_nu = len(dossier.open_maatregelen)
    if not dossier.maatregelen:
        return "bewust geen" if dossier.zonder_maatregelen else "nog geen"
    delen = [f"{len(gelden)}, waarvan {open_nu} open" if gelden else "geen die nog geldt"]
    if vervallen := len(dossier.maatregelen) - len(gelden):
        delen.append(f"{vervallen} vervallen")
    return ", ".join(delen)


def klacht(dossier: Dossier) -> str:
    """Say what is known of the klacht: its text, who is involved, documents and e-mail, each with how many."""
    reeksen = by_document(all_of(dossier))
    mails = len(dossier.van(g.BerichtKlaargezet))
    delen = [
        "de tekst",
        taal.aantal(len(dossier.betrokkenen), "betrokken medewerker", "betrokken medewerkers"),
        taal.aantal(len(reeksen), "stuk", "stukken"),
    ]
    return ", ".join([*delen, *([taal.aantal(mails, "e-mail", "e-mails")] if mails else [])])


def geschiedenis() -> str:
    """Say what the history is; how many facts it has stands in its name."""
    return "alles wat is vastgelegd, door wie en wanneer"
