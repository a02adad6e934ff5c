"""Who may do, open, take along and read what: one table (rechten.csv), and what is not in it nobody may.

A cell is what a role has; somebody with more roles has what each of them gives. Whoever lists handelingen, pages,
exports or routes calls `controleer` where that list is made: a name too many or missing on either side stops the start.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from klachten.organisatie import ROLLEN, Gebruiker

NIETS = "-"
# Of a route, for everybody alike: also who is not signed in, and this machine only at the first start.
BUITEN = ("open", "eerste")
# What each kind of row may say of a role, and of whoever is involved in a klacht.
CELLEN: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "handeling": frozenset({NIETS, "ja", "eigen", "maatregel", "stap"}),
        "pagina": frozenset({NIETS, "ja", "eigen", "maatregel", "cijfers", "lezen", "begin"}),
        "uitvoer": frozenset({NIETS, "ja", "eigen", "maatregel", "cijfers", "lezen"}),
        "inzage": frozenset({NIETS, "ja", "eigen", "maatregel", "cijfers", "lezen"}),
        "route": frozenset({NIETS, "ja", "eigen", "maatregel", "cijfers", "lezen", *BUITEN}),
    }
)
ZELF = "zelf"
"""In the column betrokken, of what is done in the dossier of a person: not by that person."""
BETROKKEN = frozenset({NIETS, "ja", "cijfers", "melden", "ontvangst", "maatregel", ZELF})
INZAGE = (
    "klacht", "signaal", "evaluatie", "taken", "behandelaarsnamen", "actienemersnamen", "per_persoon",
    "kleine_aantallen", "aanmeldingen", "klok", "postbus",
)  # fmt: skip
"""What one can read, apart from where: the rows of sort inzage."""


class OngeldigeRechten(Exception):
    """The table of rights cannot be used, or does not name exactly what there is."""


@dataclass(frozen=True, slots=True)
class Rij:
    """One row: what each role has of a thing, in the order of ROLLEN, and what being involved leaves of it.

    `wat` names it for a reader where nothing else does: an export, or something to read.
    """

    soort: str
    naam: str
    cellen: Mapping[str, str]
    betrokken: str
    wat: str = ""

    @property
    def rollen(self) -> tuple[str, ...]:
        """The roles that have anything of it."""
        return tuple(rol for rol, cel in self.cellen.items() if cel != NIETS)

    @property
    def buiten(self) -> str:
        """One of BUITEN for a route that asks for no role; empty for one of who is signed in."""
        cellen = set(self.cellen.values())
        if len(cellen) > 1 and not cellen.isdisjoint(BUITEN):
            raise OngeldigeRechten(f"rechten.csv: {self.soort} {self.naam} zegt niet voor elke rol hetzelfde.")
        return next(iter(cellen.intersection(BUITEN)), "")

    @property
    def iedereen(self) -> bool:
        """Whether every role has something of it: then a route is of whoever is signed in, also without a role."""
        return len(self.rollen) == len(self.cellen)


@dataclass(frozen=True, slots=True)
class Bereik:
    """How far somebody's right reaches: the cells of all roles together."""

    cellen: frozenset[str]

    @property
    def mag(self) -> bool:
        """Whether there is any right."""
        return bool(self.cellen)

    @property
    def alles(self) -> bool:
        """Whether it reaches every klacht in which the user is not involved."""
        return not self.cellen.isdisjoint(("ja", "lezen"))

    @property
    def rijen(self) -> bool:
        """Whether it reaches single klachten, and not only counts of them."""
        return not self.cellen.isdisjoint(("ja", "lezen", "eigen", "maatregel"))


def laad(tekst: str) -> tuple[Rij, ...]:
    """Return the rows of a table; OngeldigeRechten names the line and what is wrong with it."""
    regels = csv.reader(tekst.splitlines(), delimiter=";")
    if next(regels, None) != ["soort", "naam", *ROLLEN, "betrokken", "wat"]:
        raise OngeldigeRechten("rechten.csv: de kop is niet soort, naam, elke rol, betrokken, wat.")
    rijen: dict[tuple[str, str], Rij] = {}
    for nr, velden in enumerate(regels, start=2):
        if len(velden) != len(ROLLEN) + 4:
            raise OngeldigeRechten(f"rechten.csv, regel {nr}: {len(velden)} cellen in plaats van {len(ROLLEN) + 4}.")
        soort, naam, *cellen, betrokken, wat = velden
        onbekend = [cel for cel in cellen if cel not in CELLEN.get(soort, ())]
        if onbekend or betrokken not in BETROKKEN:
            raise OngeldigeRechten(f"rechten.csv, regel {nr}: {soort} kent '{(onbekend or [betrokken])[0]}' niet.")
        if (soort, naam) in rijen:
            raise OngeldigeRechten(f"rechten.csv, regel {nr}: {soort} {naam} staat er twee keer.")
        rijen[soort, naam] = Rij(soort, naam, MappingProxyType(dict(zip(ROLLEN, cellen, strict=True))), betrokken, wat)
    return tuple(rijen.values())


RIJEN = laad(resources.files(__name__).joinpath("rechten.csv").read_text(encoding="utf-8"))
_OP_NAAM = {(rij.soort, rij.naam): rij for rij in RIJEN}


def rij(soort: str, naam: str) -> Rij:
    """Return a row; KeyError for what nobody may, because it does not exist."""
    return _OP_NAAM[soort, naam]


def kent(soort: str, naam: str) -> bool:
    """Tell whether the table has this row."""
    return (soort, naam) in _OP_NAAM


def namen(soort: str) -> list[str]:
    """Return the names of the rows of a sort, in the order of the table."""
    return [rij.naam for rij in RIJEN if rij.soort == soort]


def mag(soort: str, naam: str, wie: Gebruiker) -> Bereik:
    """Return what the roles of a user give of a thing; `.mag` tells whether that is anything at all."""
    return _bereik(soort, naam, wie.rollen)


# A page asks some fifty times.
@cache
def _bereik(soort: str, naam: str, rollen: frozenset[str]) -> Bereik:
    cellen = _OP_NAAM[soort, naam].cellen
    return Bereik(frozenset(cellen[rol] for rol in rollen if rol in cellen) - {NIETS})


def controleer(soort: str, bestaat: Iterable[str], tabel: Iterable[Rij] = RIJEN) -> None:
    """Raise OngeldigeRechten unless the table names exactly what exists.

    A handeling with a dot behind it (corrigeren_feit.E) is of the same thing in another series of dossiers.
    """
    er_is = set(bestaat)
    namen = {rij.naam for rij in tabel if rij.soort == soort}
    genoemd = {naam.partition(".")[0] for naam in namen} if soort == "handeling" else namen
    if er_is != genoemd:
        fout = sorted(er_is - genoemd) or sorted(genoemd - er_is)
        hoe = "staat niet in" if er_is - genoemd else "bestaat niet, maar staat in"
        raise OngeldigeRechten(f"{soort} {', '.join(fout)} {hoe} rechten.csv.")


controleer("inzage", INZAGE)
