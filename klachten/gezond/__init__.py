"""Is the register well: one list of checks, for the command `gezond` and for the page Toestand alike.

What is looked at are files, so that it works while the app runs, without its lock, and also when nothing runs. Each
check gives a sentence, and what to do where something is not right.
"""

from __future__ import annotations

from klachten.gezond.blik import Blik
from klachten.gezond.controles import CONTROLES, Controle
from klachten.gezond.pols import Klokwacht, Pols
from klachten.gezond.rapport import Rapport, look
from klachten.gezond.uitslag import ERNST, FOUT, GOED, LET_OP, NVT, Uitslag

__all__ = [
    "CONTROLES",
    "ERNST",
    "FOUT",
    "GOED",
    "LET_OP",
    "NVT",
    "Blik",
    "Controle",
    "Klokwacht",
    "Pols",
    "Rapport",
    "Uitslag",
    "look",
]
