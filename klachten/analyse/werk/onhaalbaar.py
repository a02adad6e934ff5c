"""Which last days cannot be met any more, while they are still to come: only what follows from days that are known.

Three things do: nobody is there to do it before that day, no ordinary day is left before it, and a maatregel that was
agreed for a day after the term that it should meet. How much time somebody needs is not known here, and not guessed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from duckdb import DuckDBPyConnection

from klachten.analyse.basis.bewaard import kept
from klachten.analyse.basis.dagrijen import Dagrijen
from klachten.analyse.werk.taaksoort import INFORMEREN, UITVOEREN
from klachten.analyse.werk.werkvoorraad import Taak
from klachten.organisatie import Organisatie
from klachten.organisatie.herinneringen import Werkdag
from klachten.taal import datum, opsomming

_EEN_DAG = timedelta(days=1)
_VAN_MAATREGEL = (INFORMEREN, UITVOEREN)


class Onhaalbaar(NamedTuple):
    """A task of which the last day cannot be met any more, and why, as a Dutch sentence."""

    taak: Taak
    waarom: str


def why(organisatie: Organisatie, taak: Taak, vandaag: date, werkdag: Werkdag) -> str:
    """Return why a task cannot be done any more before its last day, as far as who does it tells; "" when it can.

    Nothing for what is late already.
    """
    if taak.uiterlijk_op is None or taak.uiterlijk_op < vandaag:
        return ""
    dagen = [vandaag + n * _EEN_DAG for n in range((taak.uiterlijk_op - vandaag).days + 1)]
    dagen = [dag for dag in dagen if werkdag(dag)]
    if not dagen:
        return f"Tot en met {datum(taak.uiterlijk_op)} is er geen werkdag meer."
    if not taak.personen or any(_there(organisatie, id, dag) for id in taak.personen for dag in dagen):
        return ""
    wie = list(dict.fromkeys(map(organisatie.naam, taak.personen)))
    is_weg = "is" if len(wie) == 1 else "zijn"
    return f"Tot en met {datum(taak.uiterlijk_op)} {is_weg} {opsomming(wie)} er niet, en niemand vervangt."


def _there(organisatie: Organisatie, id: str, dag: date) -> bool:
    return organisatie.aanwezig(id, dag) or bool(organisatie.vervanger(id, dag))


def found(
    cursor: DuckDBPyConnection,
    organisatie: Organisatie,
    taken: Iterable[Taak],
    vandaag: date,
    werkdag: Werkdag,
    dagrijen: Dagrijen | None = None,
) -> list[Onhaalbaar]:
    """Return the tasks of which the last day is still to come and cannot be met, each once, in the order of the list.

    Of a maatregel that was agreed for after the term of its klacht it is that term. With `dagrijen` of the register the
    terms are read from what is kept of them.
    """
    taken = [taak for taak in taken if taak.uiterlijk_op is not None]
    uit = [Onhaalbaar(taak, zin) for taak in taken if (zin := why(organisatie, taak, vandaag, werkdag))]
    later = [taak for taak in taken if taak.reeks == "K" and taak.soort in _VAN_MAATREGEL]
    termijnen = _terms(cursor, {str(taak.klachtnummer) for taak in later}, vandaag, dagrijen)
    for taak in later:
        assert taak.uiterlijk_op is not None
        naam, dag = termijnen.get(str(taak.klachtnummer), ("", date.max))
        if vandaag <= dag < taak.uiterlijk_op:
            zin = f"Maatregel {taak.onderdeel} is afgesproken voor {datum(taak.uiterlijk_op)}."
            tot = replace(taak, uiterlijk_op=dag, dagen_over=(dag - vandaag).days, termijn_naam=naam)
            uit.append(Onhaalbaar(tot, zin))
    return uit


def _terms(
    cursor: DuckDBPyConnection, nummers: set[str], vandaag: date, dagrijen: Dagrijen | None
) -> dict[str, tuple[str, date]]:
    """Return the term of carrying out (11) of these klachten, as far as it still counts: its name and last day."""
    if not nummers:
        return {}
    with kept(cursor, dagrijen, vandaag):
        rijen = cursor.execute(
            "SELECT t.klachtnummer, t.termijn_naam, t.uiterlijk_op FROM termijnen(?) AS t "
            f"WHERE t.stap = 11 AND t.dagen_over IS NOT NULL AND t.klachtnummer IN ({', '.join('?' * len(nummers))})",
            [vandaag, *sorted(nummers)],
        ).fetchall()
    return {nummer: (naam, dag) for nummer, naam, dag in rijen}
