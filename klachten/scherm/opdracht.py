"""What a form asks and remembers, as data: formulier.py draws it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from klachten.handelingen import Uitkomst, Veld


@dataclass(frozen=True, kw_only=True)
class Opdracht:
    """What a form asks and what happens with the answers; `record` takes them, why it is done and why it deviates.

    With `dicht` the user may not see of which klacht it is. `vooraf` shows what the answers would lead to.
    `vast` is what is recorded besides the answers.
    """

    naam: str
    titel: str
    stap: int
    velden: tuple[Veld, ...]
    reden_verplicht: bool
    klachtnummer: str
    plek: str
    record: Callable[[dict[str, Any], str, str], Uitkomst]
    toets: Callable[[], str | None] = lambda: None
    dicht: bool = False
    vooraf: Callable[[dict[str, Any]], None] | None = None
    vast: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Stand:
    """What a form remembers between two runs of the page: its turn, and what was wrong with the last one."""

    beurt: int = 0
    fouten: dict[str, str] = field(default_factory=dict)
    waarschuwingen: tuple[str, ...] = ()
    weigering: str = ""
    gelukt: Uitkomst | None = None
    gelukt_beurt: int = -1
    nieuw: bool = False
