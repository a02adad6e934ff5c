"""Hoor en wederhoor: the medewerker whom the klacht is about was told, heard, and told the outcome; own findings."""

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


@dataclass(frozen=True, kw_only=True)
class BevindingVastgesteld(Gebeurtenis):
    """The own finding about one aspect of the klacht; `bevinding` is an id of oordelen (step 6).

    Only where the reglement asks for it: an oordeel is what somebody outside gives (step 15).
    """

    stap: ClassVar[int] = 6
    aspect: str
    bevinding: str
    toelichting: str = tekst()
