"""Looking first: what a form would record, or what is wrong with it, below the form and before anything is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from klachten import scherm
from klachten.dossier.weigering import gezegd
from klachten.handelingen import HANDELINGEN, Geweigerd, OngeldigeInvoer, RedenNodig
from klachten.handelingen.vooraf import Zou, would_record
from klachten.register.fouten import RegisterFout
from klachten.scherm import onderdelen


def zou(naam: str, nummer: str, invoer: Mapping[str, Any], *, reden: str = "") -> Zou | None:
    """Return what a handeling would record with these answers; None when it refuses them, which is said here."""
    zinnen: list[str] = []
    try:
        return would_record(
            HANDELINGEN[naam], scherm.register(), scherm.gebruiker(), nummer, vandaag=scherm.vandaag(), reden=reden,
            **invoer,
        )  # fmt: skip
    except OngeldigeInvoer as fout:
        zinnen += fout.velden.values()
    except RedenNodig as fout:
        zinnen += fout.waarschuwingen
    except (Geweigerd, RegisterFout) as fout:
        zinnen.append(gezegd(fout))
    st.markdown("Zo kan het nog niet worden vastgelegd:")
    for zin in zinnen:
        onderdelen.weigering(zin, soort="invoer")
    return None
