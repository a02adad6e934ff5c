"""The rows that figures are counted from, as of a few days, in memory: a fact has those of its dossier read again.

They stand in a database in memory beside the register, a schema for each day and building block, with a macro of the
same name as that question. Whoever finds that schema first on its search path asks every question as ever, of what is
kept: it looks back no more, works out no terms, and compares numbers where the register has words.
"""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

import duckdb
from duckdb import DuckDBPyConnection

from klachten.analyse.basis import dagtabel, vooruit
from klachten.analyse.basis.dagtabel import Blok

DAGEN = 2
"""Of so many days rows are kept at most, of a large register of one: 100,000 klachten take 14 MB for each."""
VEEL_KLACHTEN = 300_000
MEESTE_KLACHTEN = 1_000_000
"""Of a larger register nothing is kept: it was not measured, and reading a day of this one takes 10 s."""
WEINIG = 25
"""Up to so many dossiers are read again by themselves; with more everything is."""
KEREN = 500
"""After so many times everything is read again as well: what was replaced leaves holes."""
MEESTE_SMAL = 200
"""For so many statements about a day its questions are made with the columns of that statement alone."""
RUST = 500
"""Rows that could not be kept are tried again after so many statements."""
ONTHOUDEN = 20
"""Of so many days it is known how often they were asked for."""


BLOKKEN = (
    Blok("termijnen", {"termijnen": "r.*"}, 1),
    Blok(
        "klacht_einde",
        {"klacht_einde": "r.*", "klacht_op": "r.* EXCLUDE (einde, geeindigd_op, laatste_einde_op)"},
        12,
        "klacht_stand",
    ),
    Blok("maatregel_op", {"maatregel_op": "r.*"}, 12, "maatregel_stand"),
    Blok("geschil_op", {"geschil_op": "r.*"}, 12, "geschil_op"),
    Blok("eerder_einde_op", {"eerder_einde_op": "r.*"}, 12, "eerder_einde_op"),
)
ALLEEN_TERMIJNEN = BLOKKEN[:1]
"""For a list, which reads every term but only the klachten that it shows."""


class _Wijzigingen(Protocol):
    def last(self, namen: Collection[str], peildatum: date) -> int: ...

    def dossiers_since(self, versie: int, nu: int) -> frozenset[str] | None: ...


class Register(Protocol):
    """What is asked of a register: a version that goes up with what is recorded, and what changed when.

    `enkel` answers a statement about one klacht without planning it, where there is one and it can.
    """

    versie: int
    wijzigingen: _Wijzigingen
    enkel: dagtabel.Enkel | None

    def cursor(self) -> DuckDBPyConnection:
        """A fresh cursor."""


@dataclass
class _Rijen:
    """The kept rows of one building block as of a day."""

    versie: int
    keren: int = 0


@dataclass
class _Dag:
    blokken: dict[Blok, _Rijen] = field(default_factory=dict)
    smal: dict[tuple[tuple[Blok, ...], frozenset[str]], str] = field(default_factory=dict)
    """The schemas in which the questions have only some columns: what a statement names."""
    lezers: int = 0


class Dagrijen:
    """Keeps them about one register; safe to use from many threads."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._dagen: OrderedDict[date, _Dag] = OrderedDict()
        self._gevraagd: OrderedDict[date, Counter[Blok]] = OrderedDict()
        self._slot = threading.Lock()

    @contextmanager
    def klaar(
        self,
        cursor: DuckDBPyConnection,
        namen: frozenset[str],
        peildatum: date,
        welke: Sequence[Blok] = BLOKKEN,
        kolommen: frozenset[str] | None = None,
    ) -> Iterator[None]:
        """Let a cursor find the rows of a day, up to date, for one statement in which these names stand.

        With `kolommen` it finds no other columns than those, and the number of the klacht: every layer of questions
        above them plans each column that it is given, whether it is asked for or not.
        """
        welke = [blok for blok in welke if namen & blok.macros.keys()] if peildatum < date.max else []
        with self._slot:
            blokken = self._take(namen, peildatum, welke) if welke else []
            dag = self._dagen[peildatum] if blokken else None
            if dag:
                dag.lezers += 1
        if dag is None:
            yield
            return
        try:
            ((pad,),) = cursor.execute("SELECT current_setting('search_path')").fetchall()
            try:
                self._point(cursor, pad, self._schemas(dag, peildatum, blokken, kolommen))
                yield
            finally:
                # Also after a statement that failed: the next one of this cursor may be about another day.
                cursor.execute(f"SET search_path = '{pad}'")
        finally:
            with self._slot:
                dag.lezers -= 1

    def make(self, peildatum: date, welke: Sequence[Blok] = BLOKKEN) -> None:
        """Keep the rows of a day from now on, before anybody asks: of today at the start."""
        for blok in welke:
            with self._slot:  # of each by itself: who asks in between does not wait for all
                if blok not in self._blokken(peildatum):
                    self._make(peildatum, blok)

    def bring_up(self, blok: Blok, namen: frozenset[str]) -> None:
        """Bring the rows of a building block up to date as of every day of which they are kept, before anybody asks.

        `namen` are those that the building block itself reads.
        """
        for peildatum in self.kept():
            vooruit.between()
            with self._slot:  # of each by itself: who asks in between does not wait for all
                if blok in self._blokken(peildatum):
                    self._take(namen, peildatum, [blok])

    def kept(self) -> list[date]:
        """The days of which rows are kept, the one that was asked for last at the end."""
        return list(self._dagen)

    def _point(self, cursor: DuckDBPyConnection, pad: str, schemas: Sequence[str]) -> None:
        try:
            cursor.execute(f"SET search_path = '{','.join((*schemas, pad))}'")
        except duckdb.CatalogException:
            # The register opened its database again, and what stood beside it is gone: it is asked as ever.
            with self._slot:
                self._dagen.clear()

    def _schemas(
        self, dag: _Dag, peildatum: date, blokken: Sequence[Blok], kolommen: frozenset[str] | None
    ) -> list[str]:
        """Return where the questions of these building blocks stand; with some columns only, those are made once."""
        heel = [dagtabel.schema(peildatum, blok) for blok in blokken]
        if kolommen is None:
            return heel
        sleutel = tuple(blokken), kolommen
        with self._slot:
            if sleutel not in dag.smal and len(dag.smal) < MEESTE_SMAL:
                # Without room for it all columns do as well; when they are gone, looking for those says so.
                with suppress(duckdb.Error), self._register.cursor() as cursor:
                    dag.smal[sleutel] = dagtabel.make_narrow(cursor, peildatum, blokken, kolommen)
            return [dag.smal[sleutel]] if sleutel in dag.smal else heel

    def _blokken(self, peildatum: date) -> dict[Blok, _Rijen]:
        return self._dagen[peildatum].blokken if peildatum in self._dagen else {}

    def _take(self, namen: frozenset[str], peildatum: date, welke: Sequence[Blok]) -> list[Blok]:
        """Bring the rows of a day up to date for a reader, and return of which building blocks there are any."""
        uit = []
        for blok in welke:
            try:
                if self._up_to_date(namen, peildatum, blok):
                    uit.append(blok)
            except duckdb.Error:
                # They are gone, or there is no room for them: it is asked as ever, and later they are made anew.
                if self._blokken(peildatum).pop(blok, None) is None:
                    self._rest(peildatum, blok)
        # Who works ahead is nobody who asked for this day.
        if uit and not vooruit.is_ahead():
            self._dagen.move_to_end(peildatum)
        return uit

    def _up_to_date(self, namen: frozenset[str], peildatum: date, blok: Blok) -> bool:
        """Bring the rows of a building block up to date; False when none are kept."""
        rijen = self._blokken(peildatum).get(blok)
        if rijen is None:
            return self._pays(peildatum, blok) and self._make(peildatum, blok)
        versie, wijzigingen = self._register.versie, self._register.wijzigingen
        if blok.waarvan and wijzigingen.last({blok.waarvan}, peildatum) <= rijen.versie:
            rijen.versie = max(versie, rijen.versie)
        elif wijzigingen.last(namen, peildatum) > rijen.versie:
            self._renew(peildatum, blok, rijen)
        return True

    def _pays(self, peildatum: date, blok: Blok) -> bool:
        """Whether a day was asked about so often that its rows are worth keeping."""
        gevraagd = self._gevraagd.setdefault(peildatum, Counter())
        self._gevraagd.move_to_end(peildatum)
        while len(self._gevraagd) > ONTHOUDEN:
            self._gevraagd.popitem(last=False)
        gevraagd[blok] += 1
        return gevraagd[blok] > blok.na

    def _rest(self, peildatum: date, blok: Blok) -> None:
        self._gevraagd.setdefault(peildatum, Counter())[blok] = -RUST

    def _make(self, peildatum: date, blok: Blok) -> bool:
        versie = self._register.versie
        with self._register.cursor() as cursor:
            ((klachten,),) = cursor.execute("SELECT COUNT(*) FROM klacht_op($dag)", {"dag": peildatum}).fetchall()
            if klachten > MEESTE_KLACHTEN:
                self._rest(peildatum, blok)
                return False
            dagtabel.attach(cursor)
            if peildatum not in self._dagen:
                self._make_room(cursor, 1 if klachten > VEEL_KLACHTEN else DAGEN)
            dagtabel.read_all(cursor, peildatum, blok)
        self._dagen.setdefault(peildatum, _Dag()).blokken[blok] = _Rijen(versie)
        return True

    def _make_room(self, cursor: DuckDBPyConnection, dagen: int) -> None:
        """Forget days until there is room for one more; whoever reads one now keeps it a little longer."""
        while len(self._dagen) >= dagen and (oud := next((d for d, s in self._dagen.items() if not s.lezers), None)):
            del self._dagen[oud]
            dagtabel.drop(cursor, oud)

    def _renew(self, peildatum: date, blok: Blok, rijen: _Rijen) -> None:
        versie = self._register.versie
        geraakt = self._register.wijzigingen.dossiers_since(rijen.versie, versie)
        klachten = None if geraakt is None else sorted(nummer for nummer in geraakt if nummer.startswith("K"))
        with self._register.cursor() as cursor:
            if (
                klachten is None
                or len(klachten) > WEINIG
                or rijen.keren >= KEREN
                or not dagtabel.read_few(cursor, peildatum, blok, klachten, self._register.enkel)
            ):
                dagtabel.read_all(cursor, peildatum, blok)
                rijen.keren = 0
            else:
                rijen.keren += 1
        rijen.versie = versie
