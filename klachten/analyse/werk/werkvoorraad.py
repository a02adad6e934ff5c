"""What there is to do: read once for everybody from the register, then shown to whoever may see it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from duckdb import DuckDBPyConnection

from klachten import organisatie
from klachten.analyse.basis.bewaard import Bewaard, kept
from klachten.analyse.basis.termijnrijen import Termijnrijen
from klachten.analyse.werk.klachtenlijst import leest_alles, readable
from klachten.organisatie import Gebruiker

DEZE_WEEK = 7
BUITEN = "buiten"
LEIDING = ("coordinator", "directie")
WEINIG = 5
"""Up to this many klachten are read again one by one: at 100,000 klachten eight cost as much as all."""
# How the task to name somebody outside begins (step 4).
AANWIJZEN = "Iemand van buiten aanwijzen"


_VELDEN = (
    "klachtnummer, stap, wat, rol, wie, personen, onderdeel, vestiging, categorie, uiterlijk_op, termijn_naam, "
    "dagen_over"
)


@dataclass(frozen=True)
class Taak:
    """One thing to do, by whom and by when; `klachtnummer` is None for what belongs to a year instead."""

    klachtnummer: str | None
    stap: int
    wat: str
    rol: str
    wie: str | None
    personen: tuple[str, ...]
    onderdeel: int | None
    vestiging: str | None
    categorie: str | None
    uiterlijk_op: date | None
    termijn_naam: str | None
    dagen_over: int | None

    @property
    def reeks(self) -> str:
        """K klacht, S signaal, E evaluatie, or empty."""
        return (self.klachtnummer or "")[:1]

    @property
    def wie_naam(self) -> str:
        """The name of who must act, or of the role that must."""
        if self.wie:
            return organisatie.naam(self.wie)
        return "Iemand van buiten" if self.rol == BUITEN else organisatie.ROLLEN[self.rol]

    @property
    def groep(self) -> str:
        """One of GROEPEN."""
        if self.dagen_over is None:
            return "zonder"
        if self.dagen_over < 0:
            return "te_laat"
        return "deze_week" if self.dagen_over <= DEZE_WEEK else "later"


GROEPEN = {
    "te_laat": "Te laat",
    "deze_week": "Binnen zeven dagen",
    "later": "Later",
    "zonder": "Zonder termijn",
}


def werkvoorraad(
    cursor: DuckDBPyConnection,
    peildatum: date,
    vestigingen: Iterable[str],
    *,
    eerder: Iterable[Taak] = (),
    gewijzigd: Collection[str] | None = None,
    bewaard: Bewaard | None = None,
) -> list[Taak]:
    """Return everything there is to do in the whole register, the worst first; not yet what one user may see.

    `eerder` is what there was to do on the same day before facts came in, `gewijzigd` the numbers of the dossiers that
    got them: then of the klachten only these are read again. None: all are. With `bewaard` of the register the terms,
    and what belongs to no klacht, are read from what is kept.
    """
    klachten = None if gewijzigd is None else sorted(nummer for nummer in gewijzigd if nummer.startswith("K"))
    termijnrijen = bewaard.termijnrijen if bewaard else None
    if klachten is None or len(klachten) > WEINIG:
        taken = _of_klachten(cursor, peildatum, None, termijnrijen)
    else:
        taken = [taak for taak in eerder if taak.reeks == "K" and taak.klachtnummer not in klachten]
        for nummer in klachten:
            taken += _of_klachten(cursor, peildatum, nummer, termijnrijen)
    rest = (peildatum, tuple(vestigingen), *(tuple(p.id for p in organisatie.met_rol(r)) for r in LEIDING))
    taken += bewaard.geef(_beside_klachten, *rest) if bewaard else _beside_klachten(cursor, *rest)
    return sorted(taken, key=_worst_first)


def _worst_first(taak: Taak) -> tuple[Any, ...]:
    """The order of the list; what has no day or number comes last."""
    velden = (taak.dagen_over, taak.klachtnummer, taak.stap, taak.onderdeel, taak.wat)
    return tuple((waarde is None, waarde if waarde is not None else 0) for waarde in velden)


def _of_klachten(
    cursor: DuckDBPyConnection, peildatum: date, kies_klacht: str | None, termijnrijen: Termijnrijen | None
) -> list[Taak]:
    with kept(cursor, termijnrijen, peildatum):
        rijen = cursor.execute(
            f"SELECT {_VELDEN} FROM klachttaken($peildatum, $coordinatoren, $directieleden, $collegas, $kies_klacht)",
            {
                "peildatum": peildatum,
                "coordinatoren": [persoon.id for persoon in organisatie.met_rol("coordinator")],
                "directieleden": [persoon.id for persoon in organisatie.met_rol("directie")],
                "collegas": [persoon.id for persoon in organisatie.met_rol("medewerker", "beheerder")],
                "kies_klacht": kies_klacht,
            },
        ).fetchall()
    return [Taak(*rij[:5], tuple(rij[5]), *rij[6:]) for rij in rijen]


def _beside_klachten(
    cursor: DuckDBPyConnection,
    peildatum: date,
    vestigingen: tuple[str, ...],
    coordinatoren: tuple[str, ...],
    directieleden: tuple[str, ...],
) -> list[Taak]:
    rijen = cursor.execute(
        f"SELECT {_VELDEN} FROM overige_taken($peildatum, $coordinatoren, $directieleden, $vestigingen)",
        {
            "peildatum": peildatum,
            "coordinatoren": list(coordinatoren),
            "directieleden": list(directieleden),
            "vestigingen": list(vestigingen),
        },
    ).fetchall()
    return [Taak(*rij[:5], tuple(rij[5]), *rij[6:]) for rij in rijen]


def visible_to(cursor: DuckDBPyConnection, taken: list[Taak], gebruiker: Gebruiker) -> list[Taak]:
    """Return what the user may see of it: own tasks, and of klachten only those that the user may read."""
    leesbaar = readable(cursor, sorted({taak.klachtnummer for taak in taken if taak.reeks == "K"}), gebruiker)
    leidt = leest_alles(gebruiker)

    def visible(taak: Taak) -> bool:
        if gebruiker.id in taak.personen:
            return True
        return taak.klachtnummer in leesbaar if taak.reeks == "K" else leidt

    return [taak for taak in taken if visible(taak)]


def of_person(taken: Iterable[Taak], gebruiker: Gebruiker) -> list[Taak]:
    """Return what this user can do."""
    return [taak for taak in taken if gebruiker.id in taak.personen]


def grouped(taken: Iterable[Taak]) -> dict[str, list[Taak]]:
    """Return the tasks by group, in the order of GROEPEN; empty groups too."""
    per_groep: dict[str, list[Taak]] = {groep: [] for groep in GROEPEN}
    for taak in taken:
        per_groep[taak.groep].append(taak)
    return per_groep
