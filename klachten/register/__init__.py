"""The one writer: journal, dossiers, DuckDB, recovery, checks; schema/ holds its SQL."""

from .boeking import Boeking
from .fouten import RegisterAlleenLezen, RegisterBeschadigd, RegisterBezet, RegisterFout, RegisterNieuwer
from .register import LOCK, Register, Stand
from .stroom import Feit, Stroom, Versie

__all__ = [
    "LOCK",
    "Boeking",
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
]
