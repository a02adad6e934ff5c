"""Filling the database with a large group of facts while its lines are being written, so that none is read back.

What is taken in is there once the journal has all of it, and otherwise never. A database that refuses stops nobody who
writes the journal: it is said afterwards, and then the facts are read from there.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Sequence

from klachten.register.database import Database
from klachten.register.feitrij import COLUMNS, Feitblok, columns, insert_facts
from klachten.register.journaal import Kop
from klachten.register.teksten import Tekstrij, insert_columns


class Meeschrijver:
    """Takes portions of one group into an open transaction; `soorten` are the kinds of fact in it, where known."""

    def __init__(
        self, database: Database, soorten: Collection[str] | None, progress: Callable[[int], None] | None
    ) -> None:
        self._database, self._soorten, self._progress = database, soorten, progress
        self._open = contextlib.ExitStack()
        self._fout: Exception | None = None
        self._klaar = False
        self._try(self._begin)

    def take(self, blok: Feitblok, teksten: Sequence[Tekstrij]) -> None:
        """Take in facts and their texts; when the database refuses, nothing more of this group."""
        self._try(lambda: self._take(blok, teksten))
        # Apart from that: what it raises stops the whole group, and is no fault of the database.
        if self._progress is not None and self._fout is None and blok.rijen:
            self._progress(len(blok.rijen))

    def finish(self, kop: Kop, nummers: Collection[str]) -> None:
        """Let all of it be there, up to a head; raises what went wrong at any moment, and then nothing is."""
        self._try(lambda: self._finish(kop, nummers))
        if self._fout is not None:
            raise self._fout

    def close(self) -> None:
        """Leave out what was not finished: it was not confirmed."""
        if not self._klaar:
            self._leave(RuntimeError("niet bevestigd"))

    def _begin(self) -> None:
        self._database.prepare(self._soorten)
        self._open.enter_context(self._database.transaction())
        self._open.enter_context(self._database.teksten.group())

    def _take(self, blok: Feitblok, teksten: Sequence[Tekstrij]) -> None:
        con = self._database.con
        if not blok.rijen:
            return
        if blok.plain:
            insert_columns(con, "gebeurtenis", columns(blok), COLUMNS)
        else:
            insert_facts(con, blok.regels)
        self._database.teksten.add(teksten)

    def _finish(self, kop: Kop, nummers: Collection[str]) -> None:
        self._database.settle(kop, nummers, self._soorten)
        self._open.close()
        self._database.kop, self._klaar = kop, True

    def _try(self, wat: Callable[[], None]) -> None:
        if self._fout is None:
            try:
                wat()
            except Exception as fout:  # noqa: BLE001 - whatever it is, the journal does not wait for it
                self._fout = fout
                self._leave(fout)

    def _leave(self, fout: Exception) -> None:
        with contextlib.suppress(Exception):
            self._open.__exit__(type(fout), fout, fout.__traceback__)
        self._database.teksten.forget()
