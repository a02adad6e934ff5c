"""What is wrong with the answers of an intake, all of it at once."""

from __future__ import annotations

from typing import Any

import streamlit as st

from klachten import scherm
from klachten.handelingen import OngeldigeInvoer, Veld
from klachten.handelingen.veld import check
from klachten.scherm.opdracht import Stand

SAMEN = ("betrokkenen", "niemand")
"""Two fields of which one answers the other."""


def check_answers(velden: tuple[Veld, ...], invoer: dict[str, Any]) -> None:
    """Say everything that is wrong at once; an empty list of the involved must be a choice, not an oversight."""
    fout = {}
    try:
        check(velden, invoer, scherm.reglement(), scherm.vandaag())
    except OngeldigeInvoer as ongeldig:
        fout = ongeldig.velden
    if not invoer.get("betrokkenen") and not invoer.get("niemand"):
        fout["betrokkenen"] = "Kies wie erbij betrokken is, of geef hieronder aan dat er niemand bij betrokken is."
    if invoer.get("betrokkenen") and invoer.get("niemand"):
        fout["niemand"] = "Hierboven staat wel een medewerker. Haal die weg, of zet dit vinkje uit."
    if fout:
        raise OngeldigeInvoer(fout)


def forget_mended(stand: Stand, nu: dict[str, Any], key: str) -> None:
    """Say no longer of a field that it is wrong once something else stands in it: that is judged when it is sent."""
    nu = nu | dict.fromkeys(SAMEN, tuple(nu.get(naam) for naam in SAMEN))
    van, toen = st.session_state.get(f"{key}.geweigerd", (None, nu))
    if van is not stand.fouten:
        st.session_state[f"{key}.geweigerd"] = (stand.fouten, nu)
        return
    for naam in [naam for naam in stand.fouten if naam in nu and nu[naam] != toen.get(naam)]:
        del stand.fouten[naam]
