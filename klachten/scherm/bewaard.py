"""Figures are kept for everybody until a fact changes what they were counted from (analyse/basis/bewaard.py).

Not st.cache_data: that knows them by all that was recorded, so one fact would have everything counted again. Only
counts and ids are kept, never a name or a text of a dossier; rows of klachten under what their reader may see.

Until the next fact nothing is asked about what changed: what was given at this version of the register, is given again.
"""

from __future__ import annotations

import functools
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from duckdb import DuckDBPyConnection

from klachten import scherm
from klachten.analyse.basis.bewaard import Bewaard
from klachten.analyse.basis.eigen import Eigen
from klachten.analyse.basis.lezer import Lezer, Zicht, zicht
from klachten.analyse.basis.vooruit import Vraag, is_ahead

P = ParamSpec("P")
T = TypeVar("T")
MEESTE = 512
"""So many answers are kept as they are since the last fact."""
_laatste: list[tuple[scherm.Register, Bewaard, _ZoalsNu]] = []


class _ZoalsNu:
    """What was asked and worked out since the last fact of a register, each once: no page has to ask what changed."""

    def __init__(self, register: scherm.Register) -> None:
        self.register = register
        self._gegeven: OrderedDict[Hashable, tuple[int, Eigen]] = OrderedDict()
        self._slot = threading.Lock()

    def geef(self, sleutel: Hashable, maak: Callable[[], Any]) -> Any:
        """Return what was made under this key, or make it now; the caller's own."""
        # Read before it is made: a fact that comes meanwhile has it made once more.
        versie = self.register.versie
        with self._slot:
            gevonden = self._gegeven.get(sleutel)
            if gevonden is not None and not is_ahead():
                self._gegeven.move_to_end(sleutel)
        if gevonden is None or gevonden[0] != versie:
            gevonden = (versie, Eigen(maak()))
            with self._slot:
                self._gegeven[sleutel] = gevonden
                while len(self._gegeven) > MEESTE:
                    self._gegeven.popitem(last=False)
        return gevonden[1].geef()

    def is_fallen(self, sleutel: Hashable) -> bool:
        """Tell whether a fact came since this was made; not of what was never made to its end."""
        gevonden = self._gegeven.get(sleutel)
        return gevonden is not None and gevonden[0] != self.register.versie


def bewaard(functie: Callable[Concatenate[DuckDBPyConnection, P], T]) -> Callable[P, T]:
    """Make a function of a cursor one that is asked without it, and counts only when it has to."""

    @functools.wraps(functie)
    def gevraagd(*args: P.args, **kwargs: P.kwargs) -> T:
        return cast(T, geef(functie, *args, **kwargs))

    return gevraagd


def geef(functie: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Return what a function of a cursor gives for these arguments, counted only when it has to be."""
    register = scherm.register()
    sleutel, houder = _key(functie, args, kwargs), van(register)
    # Here, so that it is noted as well when nothing has to be counted for it.
    houder.gevraagd.note(sleutel, functie, *args, **kwargs)
    return _since(register).geef(sleutel, lambda: houder.geef(functie, *args, **kwargs))


def fallen(register: scherm.Register, seconden: float) -> list[tuple[Hashable, Vraag]]:
    """Return what was asked for in the last so many seconds and is of before the last fact, the last one first."""
    nu = _since(register)
    return [een for een in van(register).gevraagd.lately(seconden) if nu.is_fallen(een[0])]


def uit_stand(functie: Callable[P, T]) -> Callable[P, T]:
    """Make a function that works something out of the register one that does so once, until anything is recorded.

    It gives the same for the same arguments for as long as no fact comes: it asks for nothing of who looks, of the
    day or of the session but what is in them.
    """

    @functools.wraps(functie)
    def gevraagd(*args: P.args, **kwargs: P.kwargs) -> T:
        register, sleutel = scherm.register(), _key(functie, args, kwargs)
        van(register).naast.note(sleutel, gevraagd, *args, **kwargs)
        return cast(T, _since(register).geef(sleutel, lambda: functie(*args, **kwargs)))

    return gevraagd


def _key(functie: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Hashable:
    return (functie.__module__, functie.__qualname__, args, tuple(sorted(kwargs.items())))


def _since(register: scherm.Register) -> _ZoalsNu:
    return _keepers(register)[2]


@bewaard
def _zicht(cursor: DuckDBPyConnection, lezer: Lezer) -> Zicht:
    return zicht(cursor, lezer)


def mijn_zicht() -> Zicht:
    """Return which klachten the user may see one by one; what is kept of rows is kept under it."""
    return _zicht(Lezer.van(scherm.gebruiker()))


def van(register: scherm.Register) -> Bewaard:
    """Return what is kept of the register that the pages use now."""
    return _keepers(register)[1]


def _keepers(register: scherm.Register) -> tuple[scherm.Register, Bewaard, _ZoalsNu]:
    gevonden = next((een for een in _laatste if een[0] is register), None)
    if gevonden is None:
        gevonden = (register, Bewaard(register), _ZoalsNu(register))
        _laatste[:] = [gevonden]
    return gevonden
