"""Tasks with a last day as events of a whole day: klachtnummer, step, last day and where it is done, and no name.

It leaves the register for a program that others keep: so nothing of a task goes along but what its step is called in
the reglement. What a sentence on Werkvoorraad says besides, as that the coordinator is involved, stays here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from duckdb import DuckDBPyConnection

from klachten.analyse.werk.taaknaam import step_name
from klachten.analyse.werk.taaksoort import UITVOEREN
from klachten.analyse.werk.werkvoorraad import Taak
from klachten.reglement import Reglement
from klachten.taal import datum

MIME = "text/calendar; charset=utf-8"
NAAM = "Klachten: mijn termijnen"
_PRODID = "-//klachten//termijnen//NL"
_ELK_UUR = timedelta(hours=1)

Sleutel = tuple[str, int | None]
"""A dossier, and of a maatregel its number: then only what happened to that counts."""


def calendar(
    taken: Iterable[Taak],
    *,
    reglement: Reglement,
    vandaag: date,
    link: Callable[[Taak], str],
    merk: Callable[[str], str],
    reeks: Mapping[Sleutel, int],
) -> bytes:
    """Return the tasks with a last day as a calendar; the same tasks on the same day give the same bytes.

    `link` gives the address at which a task is done, `merk` a mark of its number that says nothing of it, and `reeks`
    (see `changes`) how often it can have moved.
    """
    import icalendar  # 0.06 s, which only who has an agenda asks

    kalender = icalendar.Calendar()
    vast = {
        "prodid": _PRODID, "version": "2.0", "calscale": "GREGORIAN", "method": "PUBLISH",
        "x-wr-calname": NAAM, "x-published-ttl": "PT1H",
    }  # fmt: skip
    for naam, waarde in vast.items():
        kalender.add(naam, waarde)
    kalender.add("refresh-interval", _ELK_UUR, parameters={"VALUE": "DURATION"})
    op = datetime.combine(vandaag, time(), UTC)
    for taak in taken:
        if taak.uiterlijk_op is None:
            continue
        feit = icalendar.Event()
        feit.add("uid", f"{merk('/'.join(map(str, taak.welke)))}@klachten")
        feit.add("dtstamp", op)
        feit.add("sequence", reeks.get(_key(taak), 0))
        feit.add("dtstart", taak.uiterlijk_op)
        feit.add("dtend", taak.uiterlijk_op + timedelta(days=1))
        feit.add("summary", title(taak, reglement))
        feit.add("description", f"Uiterlijk {datum(taak.uiterlijk_op)}.\n{link(taak)}")
        feit.add("url", link(taak))
        feit.add("class", "PRIVATE")
        feit.add("transp", "TRANSPARENT")
        kalender.add_component(feit)
    uit: bytes = kalender.to_ical()
    return uit


def title(taak: Taak, reglement: Reglement) -> str:
    """Return what a task is called in an agenda: 'K2026-0007, stap 5: Ontvangst bevestigen'."""
    naam = step_name(taak, reglement)
    stap = naam if naam.startswith("stap ") else f"stap {taak.stap}: {naam}"
    namens = ", als vervanger" if taak.namens else ""
    return f"{taak.klachtnummer or 'Eigen maatregel'}, {stap}{namens}"


def changes(cursor: DuckDBPyConnection, taken: Sequence[Taak]) -> dict[Sleutel, int]:
    """Return how many facts there are that can have moved each task: it never goes down, as nothing is ever removed.

    Of a maatregel only its own: of a klacht that its reader may not know, nothing else may be told, not even that
    something happened.
    """
    sleutels = {_key(taak) for taak in taken}
    rijen = cursor.execute(
        "SELECT klachtnummer, TRY_CAST(gegevens ->> 'maatregel' AS INTEGER), COUNT(*) FROM gebeurtenis "
        "WHERE klachtnummer IN (SELECT unnest(?)) GROUP BY ALL",
        [sorted({nummer for nummer, _ in sleutels})],
    ).fetchall()
    uit: dict[Sleutel, int] = dict.fromkeys(sleutels, 0)
    for nummer, maatregel, aantal in rijen:
        for welke in {None, maatregel}:
            if (nummer, welke) in uit:
                uit[nummer, welke] += aantal
    return uit


def _key(taak: Taak) -> Sleutel:
    if taak.dicht:
        return taak.dicht
    return str(taak.klachtnummer), taak.onderdeel if taak.soort == UITVOEREN else None
