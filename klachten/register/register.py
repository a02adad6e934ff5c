"""The register: the only writer. Texts into the dossier, lines into the journal (= confirmed), rows into DuckDB."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import filelock

from klachten.datamap import DATABASE, LOCK
from klachten.gebeurtenissen import WISSEND, Vastlegging
from klachten.register import indexen, kopie, omzetten, versiecontrole, wissen, zegelstand
from klachten.register.boeking import Boeking
from klachten.register.database import Connection
from klachten.register.dossiermap import Dossiermap
from klachten.register.fouten import RegisterAlleenLezen, RegisterBezet, RegisterFout, first_line
from klachten.register.gelezen import DOSSIERS, Stand
from klachten.register.herstel import Herstel
from klachten.register.inrichting import Inrichting, Kalender
from klachten.register.journaal import Journaal, Kop
from klachten.register.lezing import Lezing
from klachten.register.meeschrijven import Meeschrijver
from klachten.register.schrijfstand import Schrijfstand
from klachten.register.stroom import Stroom
from klachten.register.wijzigingen import everything, what_changes
from klachten.schijf import make_map

__all__ = ["LOCK", "Register", "Stand"]


class Register(Lezing):
    """One open register folder; one process, many readers, one writer at a time."""

    def __init__(
        self, map: Path, reglementen: Mapping[str, Any], kalender_dagen: Kalender, klok: Callable[[], datetime]
    ) -> None:
        super().__init__(Schrijfstand(map))
        self.map = map
        self.dossiers = Dossiermap(map / "dossiers")
        self.inrichting = Inrichting(reglementen, kalender_dagen, self.dossiers)
        self.reglementen = self.inrichting.reglementen
        self.journaal = Journaal(map / "journaal")
        self._herstel = Herstel(map, self.journaal, self.dossiers, inrichting=self.inrichting, klok=klok)
        self._klok = klok
        # A thread-local lock could not be released by another thread than the one that opened the register.
        self._lock = filelock.FileLock(map / LOCK, timeout=0, thread_local=False)
        self._schrijver: int | None = None

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
        ondanks: str = "",
        lezen: bool = False,
    ) -> Register:
        """Open the register in a folder, recovering what a crash left; RegisterFout says why it cannot.

        With `herbouw` the database is made again, for `ondanks` (why) also when the journal lost or changed facts.
        With `lezen` it is read from journal and dossiers, in memory, whatever the database is, by who holds the lock.
        `bereid` makes a fresh cursor ready for its reader: the questions of analyse come from outside this layer.
        """
        register = cls(map, reglementen, kalender_dagen, klok)
        register._bereid = bereid
        alleen_lezen = register._only_read("het wordt alleen gelezen") if lezen else register._take_lock()
        try:
            with RegisterFout.when_opening(map):
                melding = omzetten.prepare(map, register.dossiers, write=alleen_lezen is None)
                register.meldingen.extend(melding)
                dicht = omzetten.lost(map, register.dossiers)
                database = register._database = register._herstel.start(herbouw=herbouw, ondanks=ondanks)
                if alleen_lezen is None:
                    if not dicht:
                        register.schrijfstand.watch(map / LOCK, map / DATABASE)
                    register.schrijfstand.voorgoed = dicht or register._herstel.alleen_lezen
                else:
                    register.schrijfstand.voorgoed = kopie.sentence(map, alleen_lezen, database.kop.nr)
                register.check_version(velden=False)
                if not register.schrijfstand.voorgoed:
                    wissen.clear_aside(register._db, register.dossiers, register.meldingen)
                    register._erase()
        except BaseException:
            register._herstel.close()
            register.close()
            raise
        return register

    def _take_lock(self) -> str | None:
        """Take the lock; what is returned says why there can be none, and then the folder is only read."""
        try:
            make_map(self.map)
            self._lock.acquire()
        except filelock.Timeout:
            raise RegisterBezet.of(self.map) from None
        except OSError as fout:
            if not kopie.is_read_only(self.map, fout):
                raise RegisterFout.at_opening(self.map, fout) from fout
            return self._only_read(fout.strerror or str(fout))
        return None

    def _only_read(self, waarom: str) -> str:
        wat = (self.map, self.journaal, self.dossiers)
        self._herstel = kopie.Leesherstel(*wat, inrichting=self.inrichting, klok=self._klok)
        self.schrijfstand.kopie = True
        return waarom

    @property
    def meldingen(self) -> list[str]:
        """What opening had to recover, as Dutch sentences for the user."""
        return self._herstel.meldingen

    def close(self) -> None:
        """Close the database and the journal and let the lock go, after what is being written now."""
        with self._schrijfslot if self._schrijver != threading.get_ident() else contextlib.nullcontext():
            database, self._database = self._database, None
            self.enkel.drop()
            if database is not None:
                zegelstand.at_closing(self.map, database, self._klok(), self.schrijfstand.voorgoed)
                database.close()
            self.journaal.close()
            self.inrichting.forget()
            self._lock.release()

    def __enter__(self) -> Register:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def check_indexes(self) -> None:
        """Read the indexes of the database to their end, and make a damaged one again; no page waits for it."""
        with self._schrijfslot:  # nobody records meanwhile: a new index and new rows would be in each other's way
            self.meldingen.extend(indexen.mend(self._db.con))

    def check_version(self, *, velden: bool = True) -> None:
        """Stop writing in a register that has facts of a newer version; no page waits for a look at every field."""
        with self._db.con.cursor() as cursor:
            self.schrijfstand.voorgoed = self.schrijfstand.voorgoed or versiecontrole.newer(cursor, velden=velden)

    @property
    def alleen_lezen(self) -> str:
        """Why nothing can be recorded now, as a Dutch sentence for every page; "" when all is well."""
        return self.schrijfstand.why(self._database)

    def try_again(self) -> bool:
        """Go on recording after a disk that refused, as soon as there is room; tell whether that is so now."""
        with self._schrijfslot:
            self._resume()
            return self.schrijfstand.room_again()

    @contextlib.contextmanager
    def as_if_recorded(self, vastleggingen: Sequence[Vastlegging]) -> Iterator[Connection]:
        """As Lezing does, while nobody records: of many dossiers it would be in the way of who does."""
        with self._schrijfslot, super().as_if_recorded(vastleggingen) as cursor:
            yield cursor

    # --- write -------------------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def schrijven(self, *, progress: Callable[[int], None] | None = None) -> Iterator[Boeking]:
        """Hold the writer lock for one group of facts: all of it is recorded on leaving, or nothing."""
        if self._schrijver == threading.get_ident():
            raise RegisterFout("Binnen schrijven() kan niet nog eens schrijven() worden begonnen.")
        with self._schrijfslot:
            self._schrijver = threading.get_ident()
            try:
                self._resume()
                self.schrijfstand.check(self._database)
                yield (boeking := Boeking(self._db, self.vastleggingen, self._klok))
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
                self._all_changed()

    def add_reglement(self, reglement: Any) -> None:
        """Let a reglement hold from now on, as that of an import; whoever keeps its file does so before this."""
        with self._schrijfslot:
            self.inrichting.add(reglement)
            self.inrichting.furnish(self._db)
        self._all_changed()

    def _commit(self, boeking: Boeking, progress: Callable[[int], None] | None) -> None:
        try:
            regels = boeking.lines()
        except (ValueError, TypeError) as fout:
            raise RegisterFout(f"Er is niets vastgelegd: een gegeven kan niet worden opgeschreven ({fout}).") from fout
        nummers = boeking.numbers()
        # Before anything is confirmed, and before the database has the new facts: afterwards they would be there twice.
        onthoud = {n: boeking.recorded(n) for n in sorted(nummers)} if len(nummers) <= DOSSIERS else {}
        eerder = [(n, *boeking.before_and_after(n)) for n in onthoud]
        with self.schrijfstand.room():
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
            if self._erase(boeking.feiten) | self.inrichting.follow(self._db, boeking.feiten):
                welke, wat, onthoud = None, everything, {}  # which had the texts of who was erased
        except Exception as fout:  # noqa: BLE001 - whatever it was, the facts are confirmed
            self._reopen(kop, fout)
            welke, wat = None, everything
        with self._leesslot:
            if not onthoud:
                self._gelezen.clear()
            for nummer, vastleggingen in onthoud.items():
                self._gelezen.keep(nummer, vastleggingen)
            self.wijzigingen.add(self.versie + 1, welke, wat)
            self.versie += 1
        if welke is None:
            self.enkel.drop()  # once more: who asked while it was erased may have read before that

    def _erase(self, feiten: Sequence[Vastlegging] | None = None) -> bool:
        """Take what facts erased (None: any) out of every place, and read on in a database that never had it."""
        if feiten is not None and not any(feit.feit.soort in WISSEND for feit in feiten):
            return False
        # The fact is in the database: who reads a dossier anew gets it without the texts, also while the rest goes on.
        self._all_changed()
        if nieuw := wissen.carry_out(self._db, self.dossiers, self._herstel):
            with self._wissel:
                oud, self._database = self._db, None
                self._database = wissen.swap(oud, nieuw, self.meldingen)
            self.schrijfstand.watch(self.map / DATABASE)
        return True

    def _commit_stream(self, stroom: Stroom, progress: Callable[[int], None] | None) -> None:
        """As `_commit`, with never more than a portion of the facts in memory."""
        vanaf = self._db.vanaf
        mee = Meeschrijver(self._db, stroom.soorten, progress)
        try:
            with self.schrijfstand.room():
                try:
                    regels = stroom.lines(self.dossiers, vanaf, self._klok, mee.take)
                    kop = self.journaal.append(regels, self._klok().year, vanaf.nr + stroom.feiten)
                except BaseException:
                    with contextlib.suppress(OSError):  # the note stays: the next opening takes them out
                        self.dossiers.clear_unconfirmed(vanaf.nr)
                    raise
            with contextlib.suppress(OSError):
                self.dossiers.settle()
            try:
                mee.finish(kop, [*stroom.nummers, *stroom.bestaande])
            except Exception as fout:  # noqa: BLE001 - whatever it was, the facts are confirmed
                self._reopen(kop, fout)
        finally:
            mee.close()
        self._all_changed()

    def _resume(self) -> None:
        """Let a database that refused take what it lacks, now that there is room; with the lock for writing held."""
        if (tot := self.schrijfstand.behind()) is None:
            return
        database, self._database = self._database, None
        try:
            self._database = self._herstel.reopen(database, tot)
        except Exception as fout:  # noqa: BLE001 - every page says it already; reading goes on where it can
            self._database = self._herstel.readable()
            self.schrijfstand.database_refuses(tot, fout)
            return
        self.schrijfstand.watch(self.map / DATABASE)
        self.schrijfstand.resumed()
        self.meldingen.append("Er was geen ruimte op de schijf; die is er weer. Er is niets verloren.")
        self._all_changed()

    def _reopen(self, kop: Kop, fout: Exception) -> None:
        """The facts are confirmed but the database did not take them: open it again and replay."""
        database, self._database = self._database, None  # None already when another was to take its place
        try:
            self._database = self._herstel.reopen(database, kop)
            self.schrijfstand.watch(self.map / DATABASE)
            if wissen.open_erasures(self._database):
                self.meldingen.append(wissen.LATER)
            self.meldingen.append(
                f"Bij feit {kop.nr} is de database opnieuw geopend ({first_line(fout)}). Er is niets verloren."
            )
        except Exception as tweede:  # noqa: BLE001 - never a fact lost without a sentence
            self._database = self._herstel.readable()
            waarom = self.schrijfstand.database_refuses(kop, tweede)
            raise RegisterAlleenLezen(
                f"Uw vastlegging is bewaard (feit {kop.nr}); leg haar niet opnieuw vast. {waarom}"
            ) from fout
