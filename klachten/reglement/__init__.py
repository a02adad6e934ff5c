"""A reglement as data: steps, roles, terms, choice lists; the .toml files of this folder."""

from .delen import (
    EENHEDEN,
    GELDT,
    GESTELD,
    PAGINAS,
    ROLLEN,
    STAPPEN,
    Keuze,
    OngeldigReglement,
    Stap,
    Termijn,
    Verlenging,
)
from .reglement import ALLEEN_GETELD, KEUZELIJSTEN, MAP, TERMIJN_KOLOMMEN, BuitenGeldigheid, Reglement, load, load_all

__all__ = [
    "ALLEEN_GETELD",
    "EENHEDEN",
    "GELDT",
    "GESTELD",
    "KEUZELIJSTEN",
    "MAP",
    "PAGINAS",
    "ROLLEN",
    "STAPPEN",
    "TERMIJN_KOLOMMEN",
    "BuitenGeldigheid",
    "Keuze",
    "OngeldigReglement",
    "Reglement",
    "Stap",
    "Termijn",
    "Verlenging",
    "load",
    "load_all",
]
