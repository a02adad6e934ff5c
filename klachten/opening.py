"""Where the register lives, and the one place that opens it with its reglementen and its calendar."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from klachten import afscherming, analyse, reglement
from klachten.analyse.basis import kalender
from klachten.datamap import PROJECT, data_map
from klachten.organisatie import Organisatie
from klachten.register import Register
from klachten.register.database import Database
from klachten.register.dossiermap import Dossiermap
from klachten.register.herstel import Herstel
from klachten.register.inrichting import Inrichting
from klachten.register.journaal import Journaal
from klachten.versleuteling import load_keys

__all__ = ["PROJECT", "data_map", "open_register", "reglementen_map", "toebehoren"]

EERSTE_DAG = date(1990, 1, 1)
LAATSTE_DAG = date(2060, 12, 31)


def reglementen_map(map: Path) -> Path:
    """Return the folder where a register keeps the reglementen of the klachten it took over."""
    return map / "reglementen"


def toebehoren(map: Path) -> dict[str, Any]:
    """Return what the register is opened with: its reglementen, its calendar, and the questions of analyse."""
    return {
        "reglementen": reglement.load_all(reglementen_map(map)),
        "kalender_dagen": _days,
        "bereid": analyse.open,
    }


def _days(organisatie: Organisatie) -> kalender.Kalender:
    """The calendar, with the days equated by the decrees that come with it and by those that were recorded here."""
    gelijk = {*kalender.gelijkgesteld().dagen, *organisatie.gelijkgesteld()}
    return kalender.Kalender(EERSTE_DAG, LAATSTE_DAG, tuple(sorted(gelijk)))


def open_register(map: Path | None = None, *, herbouw: bool = False, ondanks: str = "") -> Register:
    """Open the register of a folder (default: `data_map()`), which is made when it is not there yet.

    With `herbouw` its database is made again first, for the reason `ondanks` also after a loss. Raises RegisterBezet
    when another process has it open.
    """
    map = map or data_map()
    gesloten = afscherming.mend(map)
    register = Register.open(map, herbouw=herbouw, ondanks=ondanks, **toebehoren(map))
    register.meldingen.extend(gesloten)
    _tell_missing(register)
    return register


def _no_clock() -> datetime:
    raise AssertionError("nothing is set aside when a database is made to be looked at")


@contextmanager
def rehearse(map: Path, proef: Path) -> Iterator[tuple[Database, list[str]]]:
    """Make the database of a register anew in another folder, to be looked at; yields it, and what lacked on the way.

    The register itself stays as it is. Who calls holds its lock; the other folder is theirs to remove.
    """
    mee = toebehoren(map)
    dossiers = Dossiermap(map / "dossiers", load_keys(map))
    inrichting = Inrichting(mee["reglementen"], mee["kalender_dagen"], dossiers)
    herstel = Herstel(proef, Journaal(map / "journaal"), dossiers, inrichting=inrichting, klok=_no_clock)
    database = None
    try:
        database = herstel.rehearse()
        yield database, herstel.meldingen
    finally:
        herstel.close()
        if database is not None:
            database.close()
        inrichting.forget()


def _tell_missing(register: Register) -> None:
    """Without its reglement a klacht has no terms: it would look as if nothing were late."""
    register.meldingen.extend(register.inrichting.gebreken)
    gebruikt = register.reglementen_in_gebruik()
    register.meldingen.extend(
        f"Het reglement '{id}' waaronder klachten zijn overgenomen, ontbreekt in {reglementen_map(register.map)}; hun "
        "termijnen worden niet berekend. Zet die map terug uit een reservekopie."
        for id in sorted(gebruikt - register.reglementen.keys())
    )
