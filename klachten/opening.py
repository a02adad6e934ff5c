"""Where the register lives, and the one place that opens it with its reglementen and its calendar."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from klachten import afscherming, analyse, reglement
from klachten.analyse.basis import kalender
from klachten.datamap import PROJECT, data_map
from klachten.organisatie import Organisatie
from klachten.register import Register

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


def open_register(map: Path | None = None, *, herbouw: bool = False) -> Register:
    """Open the register of a folder (default: `data_map()`), which is made when it is not there yet.

    With `herbouw` its database is made again first. Raises RegisterBezet when another process has it open.
    """
    map = map or data_map()
    gesloten = afscherming.mend(map)
    register = Register.open(map, herbouw=herbouw, **toebehoren(map))
    register.meldingen.extend(gesloten)
    _tell_missing(register)
    return register


def _tell_missing(register: Register) -> None:
    """Without its reglement a klacht has no terms: it would look as if nothing were late."""
    register.meldingen.extend(register.inrichting.gebreken)
    gebruikt = register.reglementen_in_gebruik()
    register.meldingen.extend(
        f"Het reglement '{id}' waaronder klachten zijn overgenomen, ontbreekt in {reglementen_map(register.map)}; hun "
        "termijnen worden niet berekend. Zet die map terug uit een reservekopie."
        for id in sorted(gebruikt - register.reglementen.keys())
    )
