"""Taking away what was erased, from every place that can hold it; the fact that says so is recorded already.

All of it can be done once more, so what a crash interrupts is finished at the next opening. Last comes the database: it
keeps what is deleted in it until it needs the room, so a new file, which never had it, takes its place.
"""

from __future__ import annotations

import json
import threading
import time
import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

import duckdb

from klachten.datamap import DATABASE
from klachten.gebeurtenissen import WISSEND, Wissing, erased
from klachten.register import opzij
from klachten.register.database import Connection, Database, DatabaseBeschadigd
from klachten.register.dossiermap import Dossiermap
from klachten.register.fouten import first_line
from klachten.register.journaal import Kop
from klachten.register.plekken import PLEKKEN, Gewist
from klachten.register.tekstregel import place_of_line
from klachten.schijf import fsync_map

NIEUW = f"{DATABASE}.nieuw"
"""The database that is made to take the place of the other."""
LEZEN, LOSLATEN, WACHTEN, RUST = 3.0, 2.0, 30.0, 0.02
"""Seconds: so long who reads may go on before the database is closed, and may take to let go of it then; so long a new
reader waits; so often it is looked.
"""
LATER = (
    "Wat is gewist, kan nog in de bestanden van het register staan. Bij de volgende start wordt dat voltooid: start "
    "klachten opnieuw."
)

Wissingen = Mapping[str, Sequence[Wissing]]
"""What was erased, by dossier."""


def note_clean(database: Database) -> None:
    """Note that this file never had a text that a fact up to its head erased."""
    database.con.execute("UPDATE schoon SET nr = ?", [database.kop.nr])


def open_erasures(database: Database) -> Wissingen:
    """Return what was erased and can still be somewhere: by facts after this file was made clean."""
    ((schoon,),) = database.con.execute("SELECT nr FROM schoon").fetchall()
    return erasures(database.con, schoon)


def erasures(con: Connection, na: int = 0) -> Wissingen:
    """Return what was erased by facts after a number."""
    rijen = con.execute(
        "SELECT klachtnummer, nr, soort, gegevens FROM gebeurtenis "
        "WHERE soort IN (SELECT unnest(?)) AND nr > ? ORDER BY nr",
        [sorted(WISSEND), na],
    ).fetchall()
    uit: dict[str, list[Wissing]] = {}
    for nummer, nr, soort, gegevens in rijen:
        uit.setdefault(nummer, []).append(Wissing.of(nr, soort, json.loads(gegevens)))
    return uit


def persons(database: Database) -> dict[str, str]:
    """Return under which id the facts name the person of a dossier, by its number."""
    return dict(
        database.con.execute(
            "SELECT klachtnummer, gegevens ->> 'persoon' FROM gebeurtenis WHERE soort = 'PersoonToegevoegd'"
        ).fetchall()
    )


def clear_places(map: Path, dossiers: Dossiermap, wissingen: Wissingen, ids: Mapping[str, str]) -> None:
    """Take what was erased out of every place but the database.

    The dossier comes last: as long as the texts are in it, they can be looked for elsewhere.
    """
    for nummer, hoe in sorted(wissingen.items()):
        # By their place too, as who has no key for one of them can still erase it.
        alle = [*dossiers.texts(nummer), *filter(None, (place_of_line(regel) for regel in dossiers.lines(nummer)))]
        teksten = tuple(tekst for tekst in alle if erased(hoe, tekst.nr, tekst.veld))
        heel = any(wissing.alles for wissing in hoe)
        documenten = None if heel else frozenset().union(*(wissing.documenten for wissing in hoe))
        gewist = Gewist(nummer, ids.get(nummer, ""), teksten, documenten, max(wissing.nr for wissing in hoe))
        for plek in PLEKKEN:
            plek.wis(map, dossiers, gewist)


def clear_aside(database: Database, dossiers: Dossiermap, meldingen: list[str]) -> None:
    """Take what was ever erased out of what was set aside: it can have come back, or have been in use then."""
    map = database.pad.parent
    if not opzij.anything(map):
        return
    rijen = database.con.execute(
        "SELECT klachtnummer, max(nr), max(vastgelegd_op) FROM gebeurtenis WHERE soort IN (SELECT unnest(?)) "
        "GROUP BY klachtnummer",
        [sorted(WISSEND)],
    ).fetchall()
    try:
        opzij.again(map, opzij.of_database(rijen))
    except OSError as fout:
        meldingen.append(f"{LATER} ({first_line(fout)})")


class Opbouw(Protocol):
    """What makes a database of the journal; what it has to say stands in `meldingen`."""

    meldingen: list[str]

    def make_beside(self, pad: Path, tot: Kop) -> None:
        """Make the database of the journal up to a head in another file."""


def carry_out(database: Database, dossiers: Dossiermap, opbouw: Opbouw) -> Path | None:
    """Empty every place of what was erased, and return the file that is to take the place of this database.

    None when nothing was. What does not succeed is tried again at the next opening: the fact stands.
    """
    if not (gewist := open_erasures(database)):
        return None
    nieuw = database.pad.with_name(NIEUW)
    try:
        clear_places(database.pad.parent, dossiers, gewist, persons(database))
        opbouw.make_beside(nieuw, database.kop)
    except (OSError, duckdb.Error, DatabaseBeschadigd) as fout:
        opbouw.meldingen.append(f"{LATER} ({first_line(fout)})")
        return None
    return nieuw


class Wissel:
    """While a database takes the place of another, who begins to read waits; who was reading may end that first."""

    def __init__(self) -> None:
        self._klaar = threading.Event()
        self._klaar.set()
        self._door: int | None = None
        self._lezers: weakref.WeakSet[Connection] = weakref.WeakSet()

    def wait(self) -> None:
        """Return when there is a database again."""
        if not self._klaar.is_set() and self._door != threading.get_ident():
            self._klaar.wait(WACHTEN)

    def reads(self, cursor: Connection) -> Connection:
        """Remember that somebody reads with this cursor, until it is let go of; and return it."""
        self._lezers.add(cursor)
        return cursor

    def __enter__(self) -> None:
        self._door = threading.get_ident()
        self._klaar.clear()
        tot = time.monotonic() + LEZEN
        while len(self._lezers) and time.monotonic() < tot:
            time.sleep(RUST)

    def __exit__(self, *_: object) -> None:
        self._door = None
        self._klaar.set()


def swap(oud: Database, nieuw: Path, meldingen: list[str]) -> Database:
    """Put a new file in the place of an open database and open that; the old one when it stays in use.

    Closing ends what is still read from it. DuckDB gives whoever opens a file that is in use the same database again.
    """
    pad = oud.pad
    oud.close()
    tot = time.monotonic() + LOSLATEN
    # What the register was reading for itself, nobody waited for.
    while not (vrij := _is_free(pad)) and time.monotonic() < tot:
        time.sleep(RUST)
    if vrij:
        pad.with_name(f"{pad.name}.wal").unlink(missing_ok=True)
        nieuw.replace(pad)
        fsync_map(pad.parent)
    else:
        meldingen.append(LATER)
    database = Database(pad, oud.verloren, oud.sleutels)
    database.migrate()
    database.check()
    return database


def _is_free(pad: Path) -> bool:
    """Whether nobody has it open: in this process that would be with other settings, and elsewhere it is locked."""
    try:
        duckdb.connect(str(pad), read_only=True).close()
    except (duckdb.ConnectionException, duckdb.IOException):
        return False
    return True
