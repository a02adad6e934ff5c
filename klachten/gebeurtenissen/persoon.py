"""Somebody of the organisation, number P2026-0001: name, roles, absences. Names are in the dossier of that person.

So erasing somebody is erasing one dossier: what stays is an id with roles and days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from klachten.gebeurtenissen.kern import Gebeurtenis, tekst


@dataclass(frozen=True, kw_only=True)
class PersoonToegevoegd(Gebeurtenis):
    """Somebody works here from a day on; `persoon` is the id under which all facts name him or her."""

    persoon: str
    vanaf: date
    vestiging: str = ""
    voornaam: str = tekst()
    tussenvoegsel: str = tekst()
    achternaam: str = tekst()
    e_mail: str = tekst()


@dataclass(frozen=True, kw_only=True)
class PersoonGewijzigd(Gebeurtenis):
    """Another name, address or place; what is empty stays, but a new `achternaam` comes with its `tussenvoegsel`."""

    vanaf: date
    vestiging: str = ""
    voornaam: str = tekst()
    tussenvoegsel: str = tekst()
    achternaam: str = tekst()
    e_mail: str = tekst()


@dataclass(frozen=True, kw_only=True)
class RolGegeven(Gebeurtenis):
    """Somebody has a role, up to and including `tot`; `vestiging` is empty for everywhere."""

    rol: str
    vanaf: date
    tot: date | None = None
    vestiging: str = ""


@dataclass(frozen=True, kw_only=True)
class RolBeeindigd(Gebeurtenis):
    """Somebody has a role up to and including a day."""

    rol: str
    laatste_dag: date


@dataclass(frozen=True, kw_only=True)
class AfwezigheidGemeld(Gebeurtenis):
    """Somebody is absent up to and including `tot`; `lang` means so long that step 2 looks for somebody else."""

    afwezigheid: int
    van: date
    tot: date | None = None
    vervanger: str = ""
    lang: bool = False
    toelichting: str = tekst()


@dataclass(frozen=True, kw_only=True)
class AfwezigheidGewijzigd(Gebeurtenis):
    """An absence is otherwise than was reported; all of it is said again."""

    afwezigheid: int
    van: date
    tot: date | None = None
    vervanger: str = ""
    lang: bool = False
    toelichting: str = tekst()


@dataclass(frozen=True, kw_only=True)
class AfwezigheidVervallen(Gebeurtenis):
    """An absence does not happen."""

    afwezigheid: int


@dataclass(frozen=True, kw_only=True)
class PersoonVertrokken(Gebeurtenis):
    """Somebody works here up to and including a day, and the roles end with it."""

    laatste_dag: date
    overgedragen_aan: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PersoonGewist(Gebeurtenis):
    """The names of somebody were taken out of the dossier; `grond` is why that was asked.

    `voorstel` is the fact in which another proposed it; 0 in facts from before two people were needed.
    """

    grond: str
    voorstel: int = 0
