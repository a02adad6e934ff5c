"""Choices that went up in another: from that day on a klacht counts under the last successor. One definition, in SQL.

`keuze_op(lijst, volgens, keuze, dag)` says under which choice of a list of a reglement something counts on a day;
without a reglement it is that of the organisation. What is recorded stays in the tables as it was chosen: the building
blocks of analyse (klacht_op, nader_op, signaal_op) ask this with their peildatum, so who looks back sees the choices of
that day; the views of now ask it of the last day there is, which is the same: no choice goes up in another later than
today. Where nothing was merged it is the choice itself, which costs nothing.

A categorie is not among them: it goes under its id of today wherever one looks (table categorie_nu).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from klachten.organisatie import EIGEN_LIJSTEN

ALTIJD = date(9999, 12, 31)
"""The last day of what still holds."""
LIJSTEN = tuple(lijst for lijst in EIGEN_LIJSTEN if lijst != "categorieen")
KOLOMMEN: dict[str, dict[str, str]] = {
    "klacht_stand": {"vestiging": "vestigingen", "kanaal": "kanalen"},
    "signaal_stand": {"vestiging": "vestigingen", "kanaal": "kanalen"},
    "nader_stand": {
        "opdrachtgever": "opdrachtgevers", "trajectsoort": "trajectsoorten", "ernst": "ernst",
        "vertraging": "redenen_vertraging",
    },
}  # fmt: skip
"""The columns that hold a choice of such a list, by table."""
_EEN_DAG = timedelta(days=1)


def definition(reglementen: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the statements that make the function, and the views of today that ask it."""
    takken = [tak for id, reglement in sorted(reglementen.items()) for tak in _branches(id, reglement)]
    wat = f"CASE {' '.join(takken)} ELSE keuze END" if takken else "keuze"
    return (
        f"CREATE OR REPLACE MACRO keuze_op(lijst, volgens, keuze, dag) AS {wat}",
        *(
            f"CREATE OR REPLACE VIEW {tabel.removesuffix('_stand')} AS SELECT {_columns(tabel) if takken else '*'} "
            f"FROM {tabel} WHERE tot = DATE '{ALTIJD}'"
            for tabel in KOLOMMEN
        ),
    )


def _columns(tabel: str) -> str:
    volgens = "reglement" if tabel == "klacht_stand" else "NULL"
    nu = (
        f"keuze_op('{lijst}', {volgens}, {kolom}, DATE '{ALTIJD}') AS {kolom}"
        for kolom, lijst in KOLOMMEN[tabel].items()
    )
    return f"* REPLACE ({', '.join(nu)})"


def _branches(id: str, reglement: Any) -> Iterator[str]:
    """Give a branch for every choice and day from which it counts under another one, the last day first."""
    if getattr(reglement, "soort", "") != "volledig":
        return  # what was taken over keeps the choices of the system that it came from
    for lijst in LIJSTEN:
        opvolgers = {
            keuze.id: ((keuze.geldig_tot + _EEN_DAG) if keuze.geldig_tot else date.min, keuze.opgevolgd_door)
            for keuze in getattr(reglement, lijst)
            if keuze.opgevolgd_door
        }
        for keuze in opvolgers:
            for dag, wordt in reversed(list(_chain(keuze, opvolgers))):
                yield (
                    f"WHEN lijst = '{lijst}' AND coalesce(volgens, {_quoted(id)}) = {_quoted(id)} "
                    f"AND keuze = {_quoted(keuze)} AND dag >= DATE '{dag}' THEN {_quoted(wordt)}"
                )


def _chain(keuze: str, opvolgers: Mapping[str, tuple[date, str]]) -> Iterable[tuple[date, str]]:
    """The days from which a choice counts under another, in order; what was merged before comes with it at once."""
    stappen: dict[date, str] = {}
    dag, gezien = date.min, {keuze}
    while keuze in opvolgers:
        sinds, keuze = opvolgers[keuze]
        if keuze in gezien:
            break
        gezien.add(keuze)
        dag = max(dag, sinds)
        stappen[dag] = keuze
    return stappen.items()


def _quoted(tekst: str) -> str:
    return "'" + tekst.replace("'", "''") + "'"
