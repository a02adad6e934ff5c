"""A klacht as it was made before, step by step, made once more: the same facts, in one group instead of ten."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from klachten import organisatie
from klachten.gebeurtenissen import DocumentToegevoegd, Vastlegging
from klachten.register import Register


class _Gespeeld(NamedTuple):
    organisatie: Any
    reglementen: Any
    feiten: list[Vastlegging]


_GESPEELD: dict[str, _Gespeeld] = {}


def play_once(register: Register, wat: object, speel: Callable[[], str]) -> str:
    """Play what makes a klacht; the second time in such a register its facts are recorded, whatever the rules say.

    `wat` names all that `speel` is told. Such a register has the same organisation and the same reglementen. Returns
    the number of the klacht.
    """
    sleutel, van_wie = repr(wat), organisatie.huidige()
    eerder = _GESPEELD.get(sleutel)
    if eerder and eerder.organisatie is van_wie and eerder.reglementen == register.reglementen:
        with register.schrijven() as boeking:
            nummer = boeking.nieuw_nummer("K", int(eerder.feiten[0].klachtnummer[1:5]))
            for v in eerder.feiten:
                boeking.leg_vast(nummer, v.feit, door=v.door, rol=v.rol)
        return nummer
    aantal = register.stand().aantal
    nummer = speel()
    feiten = register.vastleggingen(nummer)
    los = any(v.corrigeert or isinstance(v.feit, DocumentToegevoegd) for v in feiten)
    # Nothing beside it, and nothing that a fact alone does not hold.
    if register.stand().aantal - aantal == len(feiten) and not los:
        _GESPEELD[sleutel] = _Gespeeld(van_wie, dict(register.reglementen), feiten)
    return nummer
