"""Frozen figures as an evaluation takes them in: bytes, checked against the register (step 16)."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from klachten.handelingen.weigering import OngeldigeInvoer
from klachten.periode import Periode
from klachten.register import Register
from klachten.taal import datum


def versies_van_jaar(register: Register, jaar: int) -> list[str]:
    """Return the numbers of the evaluations of a year: interim ones first, the last version of the whole year last."""
    with register.cursor() as cursor:
        rijen = cursor.execute(
            "SELECT klachtnummer FROM evaluatie WHERE jaar = ? ORDER BY periode_tot, versie, gehouden_op, klachtnummer",
            [jaar],
        ).fetchall()
    return [nummer for (nummer,) in rijen]


def versies_van_periode(
    register: Register, van: date, tot: date, *, ook_tussentijds: bool = False, op: date | None = None
) -> list[str]:
    """Return the numbers of the evaluations of exactly this period, the first version first.

    One that was held before the period was over stands in nobody's way, unless `ook_tussentijds`, or on the day `op`:
    that is the same form once more.
    """
    with register.cursor() as cursor:
        rijen = cursor.execute(
            "SELECT klachtnummer FROM evaluatie "
            "WHERE periode_van = ? AND periode_tot = ? AND (gehouden_op > periode_tot OR gehouden_op = ? OR ?) "
            "ORDER BY versie, gehouden_op, klachtnummer",
            [van, tot, op, ook_tussentijds],
        ).fetchall()
    return [nummer for (nummer,) in rijen]


def te_heropenen(register: Register, van: date, tot: date, op: date) -> str:
    """Return the number of the evaluation that one of this period, held on a day, reopens; empty when it is a new one.

    It is the last version, also when the one in the way is an earlier one: only the last can be reopened.
    """
    if not versies_van_periode(register, van, tot, op=op):
        return ""
    return versies_van_periode(register, van, tot, ook_tussentijds=True)[-1]


def heeft_volgende(register: Register, nummer: str) -> bool:
    """Tell whether an evaluation was reopened: whether a next version names it."""
    with register.cursor() as cursor:
        return bool(cursor.execute("SELECT 1 FROM evaluatie WHERE vervangt = ?", [nummer]).fetchall())


def bevroren(register: Register, bestand: bytes, van: date, tot: date, op: date) -> dict[str, Any]:
    """Return what the fact says of its frozen figures; OngeldigeInvoer when they are not of these days and register."""
    try:
        cijfers = json.loads(bestand)
        over = Periode.lees(str(cijfers["periode"] if "periode" in cijfers else cijfers["jaar"]))
        peildatum = date.fromisoformat(cijfers["peildatum"])
        herkomst = cijfers["herkomst"]
        zegel, aantal = str(herkomst["zegel"]), int(herkomst["aantal_feiten"])
        versie = date.fromisoformat(herkomst["reglement_versie"])
        software = str(herkomst["software_versie"])
    except (ValueError, KeyError, TypeError) as fout:
        raise OngeldigeInvoer({"bestand": "Bevroren cijfers: dit bestand is niet door klachten gemaakt."}) from fout
    if over != Periode(van, tot):
        raise OngeldigeInvoer(
            {"bestand": f"Bevroren cijfers: deze gaan over {over.naam}, niet over {Periode(van, tot).naam} (stap 16)."}
        )
    check_peildatum(peildatum, op)
    if _zegel(register, aantal) != zegel:
        raise OngeldigeInvoer({"bestand": "Bevroren cijfers: deze zijn niet op dit register geteld; tel ze opnieuw."})
    return {
        "peildatum": peildatum,
        "zegel": zegel,
        "aantal_feiten": aantal,
        "reglement_versie": versie,
        "software_versie": software,
        "document": hashlib.sha256(bestand).hexdigest(),
    }


def check_peildatum(peildatum: date, op: date) -> None:
    """Refuse figures that were counted after the evaluation."""
    if peildatum > op:
        raise OngeldigeInvoer(
            {"op": f"De cijfers zijn van {datum(peildatum)}, na de evaluatie op {datum(op)} (stap 16)."}
        )


def _zegel(register: Register, nr: int) -> str:
    if nr == register.stand().aantal:
        return register.stand().zegel
    with register.cursor() as cursor:
        rij = cursor.execute("SELECT zegel FROM gebeurtenis WHERE nr = ?", [nr]).fetchone()
    return rij[0] if rij else ""
