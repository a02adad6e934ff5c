"""No step: an earlier fact is taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from klachten.gebeurtenissen.kern import Gebeurtenis, Vastlegging


@dataclass(frozen=True, kw_only=True)
class FeitHerroepen(Gebeurtenis):
    """An earlier fact (`Vastlegging.corrigeert`) did not happen; the reason says what went wrong."""

    stap: ClassVar[int] = 0


def valid(vastleggingen: Iterable[Vastlegging]) -> tuple[Vastlegging, ...]:
    """Return the last version of each fact in the place of its first one, without those taken back."""
    alle = tuple(vastleggingen)
    for vastlegging in alle:
        if vastlegging.corrigeert is not None or type(vastlegging.feit) is FeitHerroepen:
            break
    else:  # nearly every dossier: nothing was ever put right in it
        return alle
    versies: dict[int, Vastlegging] = {}
    for vastlegging in alle:
        versies[vastlegging.corrigeert or vastlegging.nr] = vastlegging
    return tuple(v for v in versies.values() if not isinstance(v.feit, FeitHerroepen))
