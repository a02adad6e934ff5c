"""The register: the only writer. Texts into the dossier, lines into the journal (= confirmed), rows into DuckDB."""

from __future__ import annotations

import contextlib
import functools
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import filelock

from klachten.datamap import LOCK
from klachten.gebeurtenissen import Vastlegging
from klachten.organisatie import Organisatie
from klachten.register import indexen, omzetten
from klachten.register.alsof import as_if
from klachten.register.boeking import Boeking
from klachten.register.database import Connection, Database
from klachten.register.dossierlezing import read_dossier
from klachten.register.dossiermap import Dossiermap, parse_number
from klachten.register.fouten import RegisterAlleenLezen, RegisterBezet, RegisterFout, first_line
from klachten.register.herstel import Herstel
from klachten.register.inrichting import Inrichting, Kalender
from klachten.register.journaal import Journaal, Kop
from klachten.register.stroom import Stroom
from klachten.register.wijzigingen import Wijzigingen, everything, what_changes

_GESLOTEN = "Het register is gesloten."
DOSSIERS = 25
"""So many dossiers are remembered: those that people are working in are read at every step and every page."""


@dataclass(frozen=True)
class Stand:
    """How many facts there are and the zegel of the last one: compare these to see a cut tail."""

    aantal: int
    zegel: str


class Register:
    """One open register folder; one process, many readers, one writer at a time."""

    def __init__(
        self, map: Path, reglementen: Mapping[str, Any], kalender_dagen: Kalender, klok: Callable[[], datetime]
    ) -> None:
        self.map = map
        self.versie = 0
        self.dossiers = Dossiermap(map / "dossiers")
        self.inrichting = Inrichting(reglementen, kalender_dagen, self.dossiers)
        self.reglementen = self.inrichting.reglementen
        self.journaal = Journaal(map / "journaal")
        self._herstel = Herstel(map, self.journaal, self.dossiers, inrichting=self.inrichting, klok=klok)
        self._klok = klok
        # A thread-local lock could not be released by another thread than the one that opened the register.
        self._lock = filelock.FileLock(map / LOCK, timeout=0, thread_local=False)
        self._schrijfslot = threading.Lock()
        self._schrijver: int | None = None
        self._bereid: Callable[[Connection], Connection] = lambda cursor: cursor
        self._alleen_lezen = ""
        self._database: Database | None = None
        self._gelezen: dict[str, list[Vastlegging]] = {}
        self._leesslot = threading.Lock()
        self.wijzigingen = Wijzigingen()

    # --- open and close ----------------------------------------------------------------------------------------------

    @classmethod
    def open(
        cls,
        map: Path,
        *,
        reglementen: Mapping[str, Any],
        kalender_dagen: Kalender,
        klok: Callable[[], datetime] = lambda: datetime.now(UTC),
        bereid: Callable[[Connection], Connection] = lambda cursor: cursor,
        herbouw: bool = False,
    ) -> Register:
        """Open the register in a folder, recovering what a crash left; RegisterFout says why it cannot.

        With `herbouw` the database is made again from journal and dossiers, even when nothing is wrong with it.
        `bereid` makes a fresh cursor ready for its reader: the questions of analyse come from outside this layer.
        """
        map.mkdir(parents=True, exist_ok=True)
        register = cls(map, reglementen, kalender_dagen, klok)
        register._bereid = bereid
        try:
            register._lock.acquire()
        except filelock.Timeout:
            raise RegisterBezet.of(map) from None
        try:
            with RegisterFout.when_opening(map):
                register.meldingen.extend(omzetten.prepare(map, register.dossiers))
                register._database = register._herstel.start(herbouw=herbouw)
                register._alleen_lezen = omzetten.lost(map, register.dossiers)
        except BaseException:
            register._herstel.close()
            register.close()
            raise
        return register

    @property
    def organisatie(self) -> Organisatie:
        """The organisation as its facts make it; empty without any."""
        return self.inrichting.organisatie

    @property
    def meldingen(self) -> list[str]:
        """What opening had to recover, as Dutch sentences for the user."""
        return self._herstel.meldingen

    def close(self) -> None:
        """Close the database and the journal and let the lock go, after what is being written now."""
        if wachten := self._schrijver != threading.get_ident():
            self._schrijfslot.acquire()
        try:
            database, self._database = self._database, None
            if database is not None:
                database.close()
            self.journaal.close()
            self.inrichting.forget()
            self._lock.release()
        finally:
            if wachten:
                self._schrijfslot.release()

    def __enter__(self) -> Register:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- read --------------------------------------------------------------------------------------------------------

    @property
    def _db(self) -> Database:
        if self._database is None:
            raise RegisterAlleenLezen(self._alleen_lezen) if self._alleen_lezen else RegisterFout(_GESLOTEN)
        return self._database

    def cursor(self) -> Connection:
        """A fresh cursor for one read; never share it between threads."""
        return self._bereid(self._db.con.cursor())

    def as_if(self, klachtnummer: str, geldig: Sequence[Vastlegging]) -> contextlib.AbstractContextManager[Connection]:
        """A cursor for one read that sees a dossier as if these were its valid facts; nothing is kept of it."""
        eerder = self.vastleggingen(klachtnummer)
        return as_if(self.cursor(), self._db.afleiding, eerder, geldig)

    def vastleggingen(self, klachtnummer: str) -> list[Vastlegging]:
        """Every fact of a dossier in order of recording, with its texts."""
        parse_number(klachtnummer)
        versie, _ = self.versie, self._db
        if (gelezen := self._gelezen.get(klachtnummer)) is None:
            gelezen = read_dossier(self._db, klachtnummer)
            with self._leesslot:
                # What was read before a fact came in, and is handed over after it, would stay old.
                if versie == self.versie:
                    self._keep(klachtnummer, gelezen)
        return list(gelezen)

    def _keep(self, klachtnummer: str, vastleggingen: list[Vastlegging]) -> None:
        """Remember a dossier; with the lock for reading held."""
        self._gelezen.pop(klachtnummer, None)
        self._gelezen[klachtnummer] = vastleggingen
        while len(self._gelezen) > DOSSIERS:
            del self._gelezen[next(iter(self._gelezen))]

    def document(self, klachtnummer: str, sha256: str) -> bytes:
        """The content of a document in a dossier, checked against its content hash."""
        return self.dossiers.document(klachtnummer, sha256)

    def stand(self) -> Stand:
        """Count and zegel of the head."""
        with self._db.con.cursor() as cursor:
            return Stand(*cursor.execute("SELECT nr, zegel FROM stand").fetchall()[0])

    def reglementen_in_gebruik(self) -> set[str]:
        """The ids of the reglementen under which there are klachten."""
        # Not the cursor of a reader: making the questions of analyse, which are not asked here, takes 150 ms.
        with self._db.con.cursor() as cursor:
            return {id for (id,) in cursor.execute("SELECT DISTINCT reglement FROM klacht").fetchall()}

    def check_indexes(self) -> None:
        """Read the indexes of the database to their end, and make a damaged one again; no page waits for it."""
        with self._schrijfslot:  # nobody records meanwhile: a new index and new rows would be in each other's way
            self.meldingen.extend(indexen.mend(self._db.con))

    def changed_since(self, versie: int) -> frozenset[str] | None:
        """The numbers of the dossiers that got facts after a version; None when that can be any of them."""
        return self.wijzigingen.dossiers_since(versie, self.versie)

    # --- write -------------------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def schrijven(self, *, progress: Callable[[int], None] | None = None) -> Iterator[Boeking]:
        """Hold the writer lock for one group of facts: all of it is recorded on leaving, or nothing."""
        if self._schrijver == threading.get_ident():
            raise RegisterFout("Binnen schrijven() kan niet nog eens schrijven() worden begonnen.")
        with self._schrijfslot:
            self._schrijver = threading.get_ident()
            try:
                if self._alleen_lezen:
                    raise RegisterAlleenLezen(self._alleen_lezen)
                boeking = Boeking(self._db, self.vastleggingen, self._klok)
                yield boeking
                boeking.close()
                if boeking.stroom is not None:
                    self._commit_stream(boeking.stroom, progress)
                elif boeking.feiten:
                    self._commit(boeking, progress)
            finally:
                self._schrijver = None

    @contextlib.contextmanager
    def derived_at_end(self, megabytes: int | None = None) -> Iterator[None]:
        """Record many groups, in so much memory, and make what follows once, at the end; after a crash at opening."""
        begonnen = self._db
        with self._schrijfslot:
            begonnen.postpone(megabytes)
        try:
            yield
        finally:
            with self._schrijfslot:
                if self._database is begonnen:  # else it was opened anew on the way, and opening makes it
                    try:
                        begonnen.catch_up()
                    except duckdb.Error as fout:
                        self._reopen(begonnen.kop, fout)
                self.wijzigingen.add(self.versie + 1, None)
                self.versie += 1

    def add_reglement(self, reglement: Any) -> None:
        """Let a reglement hold from now on, as that of an import; whoever keeps its file does so before this."""
        with self._schrijfslot:
            self.inrichting.add(reglement)
            self.inrichting.furnish(self._db)
        self.wijzigingen.add(self.versie + 1, None)
        self.versie += 1

    def _commit(self, boeking: Boeking, progress: Callable[[int], None] | None) -> None:
        try:
            regels = boeking.lines()
        except (ValueError, TypeError) as fout:
            raise RegisterFout(f"Er is niets vastgelegd: een gegeven kan niet worden opgeschreven ({fout}).") from fout
        nummers = boeking.numbers()
        # Before anything is confirmed, and before the database has the new facts: afterwards they would be there twice.
        onthoud = {n: boeking.recorded(n) for n in sorted(nummers)} if len(nummers) <= DOSSIERS else {}
        eerder = [(n, *boeking.before_and_after(n)) for n in onthoud]
        with RegisterAlleenLezen.when_disk_refuses(self.map):
            self.dossiers.put(boeking.inleg)
            try:
                kop = self.journaal.append(regels, self._klok().year, boeking.volgende - 1)
            except BaseException:
                boeking.inleg.undo()
                raise
        with contextlib.suppress(OSError):  # confirmed all the same: the next opening settles a note that stayed
            self.dossiers.settle()
        try:
            vouwt = boeking.before_and_after
            self._db.append(regels, boeking.text_rows, kop, nummers, boeking.kinds(), vouwt, progress)
            welke, wat = nummers, what_changes(self._db.afleiding, boeking.kinds(), eerder)
            if self.inrichting.follow(self._db, boeking.feiten):
                welke, wat, onthoud = None, everything, {}  # which had the texts of who was erased
        except Exception as fout:  # noqa: BLE001 - whatever it was, the facts are confirmed
            self._reopen(kop, fout)
            welke, wat = None, everything
        with self._leesslot:
            if not onthoud:
                self._gelezen.clear()
            for nummer, vastleggingen in onthoud.items():
                self._keep(nummer, vastleggingen)
            self.wijzigingen.add(self.versie + 1, welke, wat)
            self.versie += 1

    def _commit_stream(self, stroom: Stroom, progress: Callable[[int], None] | None) -> None:
        """As `_commit`, with never more than a portion of the facts in memory."""
        vanaf = self._db.kop
        with RegisterAlleenLezen.when_disk_refuses(self.map):
            try:
                regels = stroom.lines(self.dossiers, vanaf, self._klok)
                kop = self.journaal.append(regels, self._klok().year, vanaf.nr + stroom.feiten)
            except BaseException:
                with contextlib.suppress(OSError):  # the note stays: the next opening takes them out
                    self.dossiers.clear_unconfirmed(vanaf.nr)
                raise
        with contextlib.suppress(OSError):
            self.dossiers.settle()
        try:
            geschreven = (regel.decode("utf-8") for regel in self.journaal.regels(vanaf, kop))
            self._db.append(geschreven, functools.partial(stroom.text_rows, vanaf), kop, progress=progress)
        except Exception as fout:  # noqa: BLE001 - whatever it was, the facts are confirmed
            self._reopen(kop, fout)
        with self._leesslot:
            self._gelezen.clear()
            self.wijzigingen.add(self.versie + 1, None)
            self.versie += 1

    def _reopen(self, kop: Kop, fout: Exception) -> None:
        """The facts are confirmed but the database did not take them: open it again and replay."""
        database, self._database = self._db, None
        try:
            self._database = self._herstel.reopen(database, kop)
            self.meldingen.append(
                f"Bij feit {kop.nr} is de database opnieuw geopend ({first_line(fout)}). Er is niets verloren."
            )
        except Exception as tweede:  # noqa: BLE001 - never a fact lost without a sentence
            self._database = self._herstel.readable()
            self._alleen_lezen = (
                f"Er kan nu niets worden vastgelegd: de database weigert ({first_line(tweede)}). Wat is vastgelegd "
                "staat veilig in het journaal. Maak ruimte op de schijf en start klachten opnieuw."
            )
            raise RegisterAlleenLezen(
                f"Uw vastlegging is bewaard (feit {kop.nr}); leg haar niet opnieuw vast. {self._alleen_lezen}"
            ) from fout
