"""The one writer: journal, dossiers, DuckDB, recovery, checks; schema/ holds its SQL."""

from .boeking import Boeking
from .fouten import RegisterAlleenLezen, RegisterBeschadigd, RegisterBezet, RegisterFout, RegisterNieuwer
from .register import LOCK, Register, Stand
from .stroom import Eigen, Feit, Stroom, Versie, Wie

__all__ = [
    "LOCK",
    "Boeking",
    "Eigen",
    "Feit",
    "Register",
    "RegisterAlleenLezen",
    "RegisterBeschadigd",
    "RegisterBezet",
    "RegisterFout",
    "RegisterNieuwer",
    "Stand",
    "Stroom",
    "Versie",
    "Wie",
]
