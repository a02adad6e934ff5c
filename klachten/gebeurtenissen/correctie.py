"""No step: an earlier fact is taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from klachten.gebeurtenissen.kern import Gebeurtenis


@dataclass(frozen=True, kw_only=True)
class FeitHerroepen(Gebeurtenis):
    """An earlier fact (`Vastlegging.corrigeert`) did not happen; the reason says what went wrong."""

    stap: ClassVar[int] = 0
