"""The one field for a date: what was typed in it comes here as it was typed, never as another day.

Streamlit's own field keeps the day that stood there when somebody types one outside its bounds, or only a part of one,
and that day is recorded then. So this one has no bounds, and says GEEN_HELE for what is no date ([DateInput] in
nederlands.toml): who asked for the day sees what was typed and refuses it in words.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import streamlit as st

from klachten.handelingen.veld import EERSTE_JAAR, GEEN_HELE, HELE_DATUM
from klachten.taal import datum

VORM = "DD-MM-YYYY"
EERSTE_DAG = date(EERSTE_JAAR, 1, 1)
JAREN_VOORUIT = 10


def vraag(label: str, **rest: Any) -> Any:
    """Draw the field and return the day, None for nothing, or two days where it began with two.

    `rest` goes to st.date_input. What is returned can be any day at all, and GEEN_HELE (twice where it is two days):
    check it, or ask `bezwaar`.
    """
    return st.date_input(label, min_value=GEEN_HELE, max_value=date.max, format=VORM, **rest)


def bezwaar(wat: str, dag: date | None, laatste: date, eerste: date = EERSTE_DAG) -> str:
    """Say in Dutch why a day cannot be taken: it is no date, too early or too late; empty when it can, or is None.

    `wat` is what the field is called.
    """
    if dag is None or eerste <= dag <= laatste:
        return ""
    if dag == GEEN_HELE:
        return f"{wat}: {HELE_DATUM}"
    grens = f"vanaf {datum(eerste)}" if dag < eerste else f"tot en met {datum(laatste)}"
    return f"{wat}: {datum(dag)} kan hier niet. Kies een dag {grens}."


def kies(
    label: str, nu: Any, *, laatste: date, key: str, neem: Callable[[Any], None], eerste: date = EERSTE_DAG, **rest: Any
) -> None:
    """Draw a field that shows the day, or the two days, that count now, and give `neem` what is chosen instead.

    A day that cannot be is not taken, and of two days neither until there are both; the page says so with `fout`.
    """
    if _is_half(key):
        # The first of two days: put back now, the second could never be chosen.
        st.session_state[f"{key}.half"] = f"{label}: kies ook de laatste dag. Tot dan blijft het {_days(nu)}."
    else:
        st.session_state[key] = nu
    vraag(label, key=key, on_change=_take, args=(label, nu, laatste, eerste, key, neem), **rest)


def _take(label: str, nu: Any, laatste: date, eerste: date, key: str, neem: Callable[[Any], None]) -> None:
    gekozen = st.session_state[key]
    dagen = gekozen if isinstance(gekozen, tuple) else (gekozen,)
    zin = next(filter(None, (bezwaar(label, dag, laatste, eerste) for dag in dagen)), "")
    if not dagen:
        zin = f"{label}: vul beide dagen in."
    if zin:
        st.session_state[key] = nu
        st.session_state[f"{key}.fout"] = f"{zin} Het is {_days(nu)} gebleven."
    elif not _is_half(key):
        neem(gekozen)


def _is_half(key: str) -> bool:
    """Tell whether only one of two days was filled in."""
    staat = st.session_state.get(key)
    return isinstance(staat, tuple) and len(staat) == 1


def _days(nu: Any) -> str:
    return " tot en met ".join(datum(dag) for dag in (nu if isinstance(nu, tuple) else (nu,)))


def fout(*keys: str) -> None:
    """Say which of these fields (`kies`) was given a day that cannot be, or still waits for the last of two days."""
    for key in keys:
        if zin := st.session_state.pop(f"{key}.fout", ""):
            st.markdown(f":red[:material/error: {zin}]")
        if zin := st.session_state.pop(f"{key}.half", ""):
            st.markdown(f":material/date_range: {zin}")


def farthest(vandaag: date) -> date:
    """Return the last day that can be agreed on."""
    return date(vandaag.year + JAREN_VOORUIT, 12, 31)
