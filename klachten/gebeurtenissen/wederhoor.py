"""Hoor en wederhoor: the medewerker whom the klacht is about was told of it, heard, and told the outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from klachten.gebeurtenissen.kern import Gebeurtenis, tekst


@dataclass(frozen=True, kw_only=True)
class MedewerkerIngelicht(Gebeurtenis):
    """An involved medewerker was told of the klacht (step 6)."""

    stap: ClassVar[int] = 6
    medewerker: str


@dataclass(frozen=True, kw_only=True)
class MedewerkerGehoord(Gebeurtenis):
    """An involved medewerker was heard, or did not want to be (`zag_af`) (step 6)."""

    stap: ClassVar[int] = 6
    medewerker: str
    zag_af: bool = False
    verslag: str = tekst()


@dataclass(frozen=True, kw_only=True)
class UitkomstMeegedeeld(Gebeurtenis):
    """An involved medewerker was told what came of the klacht (step 9)."""

    stap: ClassVar[int] = 9
    medewerker: str
