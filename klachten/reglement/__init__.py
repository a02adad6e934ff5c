"""A reglement as data: steps, roles, terms, choice lists; the .toml files of this folder."""

from .bewaren import Bewaartermijn
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
from .keuring import GROOTSTE, keur, keur_versie
from .reglement import (
    ALLEEN_GETELD,
    KEUZELIJSTEN,
    MAP,
    STANDAARD,
    VAN_DE_FIRMA,
    BuitenGeldigheid,
    Reglement,
    lees,
    load,
    load_all,
)
from .verschil import LIJSTNAMEN, Verschil, verschillen
from .versies import with_unreadable, with_version

__all__ = [
    "ALLEEN_GETELD",
    "EENHEDEN",
    "GELDT",
    "GESTELD",
    "GROOTSTE",
    "KEUZELIJSTEN",
    "LIJSTNAMEN",
    "MAP",
    "PAGINAS",
    "ROLLEN",
    "STANDAARD",
    "STAPPEN",
    "VAN_DE_FIRMA",
    "Bewaartermijn",
    "BuitenGeldigheid",
    "Keuze",
    "OngeldigReglement",
    "Reglement",
    "Stap",
    "Termijn",
    "Verlenging",
    "Verschil",
    "keur",
    "keur_versie",
    "lees",
    "load",
    "load_all",
    "verschillen",
    "with_unreadable",
    "with_version",
]
