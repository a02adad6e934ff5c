"""Figures are kept for everybody until a fact changes what they were counted from (analyse/basis/bewaard.py).

Not st.cache_data: that knows them by all that was recorded, so one fact would have everything counted again. Only
counts and ids are kept, never a name or a text of a dossier; rows of klachten under what their reader may see.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from duckdb import DuckDBPyConnection

from klachten import scherm
from klachten.analyse.basis.bewaard import Bewaard
from klachten.analyse.basis.lezer import Lezer, Zicht, zicht

P = ParamSpec("P")
T = TypeVar("T")
_laatste: list[Bewaard] = []


def bewaard(functie: Callable[Concatenate[DuckDBPyConnection, P], T]) -> Callable[P, T]:
    """Make a function of a cursor one that is asked without it, and counts only when it has to."""

    @functools.wraps(functie)
    def gevraagd(*args: P.args, **kwargs: P.kwargs) -> T:
        return van(scherm.register()).geef(functie, *args, **kwargs)  # type: ignore[arg-type, no-any-return]

    return gevraagd


@bewaard
def _zicht(cursor: DuckDBPyConnection, lezer: Lezer) -> Zicht:
    return zicht(cursor, lezer)


def mijn_zicht() -> Zicht:
    """Return which klachten the user may see one by one; what is kept of rows is kept under it."""
    return _zicht(Lezer.van(scherm.gebruiker()))


def van(register: scherm.Register) -> Bewaard:
    """Return what is kept of the register that the pages use now."""
    gevonden = next((bewaard for bewaard in _laatste if bewaard.register is register), None)
    if gevonden is None:
        gevonden = Bewaard(register)
        _laatste[:] = [gevonden]
    return gevonden
