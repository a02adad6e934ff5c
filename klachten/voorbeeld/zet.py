"""One thing that somebody does at a moment: which handeling, in which dossier, with what; not yet done."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from typing import Any


@dataclass(frozen=True, slots=True)
class Nummer:
    """Stands for the number that another dossier gets when it is made."""

    dossier: str


@dataclass(frozen=True, slots=True)
class Feitnummer:
    """Stands for the number of the first fact of an earlier zet of the same course."""

    dossier: str
    zet: str


@dataclass(slots=True)
class Zet:
    """A handeling to come; `dossier` is the key of the course, as its number is not known yet."""

    moment: datetime
    dossier: str
    door: str
    handeling: str
    invoer: dict[str, Any] = field(default_factory=dict)
    reden: str = ""
    naam: str = ""
    laatste: bool = False


IN_ORDER = attrgetter("moment", "dossier")
"""By what zetten are put in order."""
