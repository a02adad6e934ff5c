"""Questions about one klacht: its rows in a small database in memory, where a statement keeps its plan.

To plan a statement about terms takes 25 ms of CPU, and to run it over the rows of one klacht 6. DuckDB keeps the plan
of what was prepared without its optimizer and has no parameters, over tables in memory, until its catalogue changes
(`Afleiding.prepare` leans on that too). So here stand the tables, views and macros of the register, the rows of its
reglementen and calendar, and of one klacht the rows that a statement reads: folded (standen.py) or made by the SELECT
of their table. What a term or a task is, is said by the same SQL as ever; only the tables are smaller.

Nothing is made before the register was asked such questions several times, and no text of a klacht comes here.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import duckdb

from klachten.gebeurtenissen import Vastlegging
from klachten.register.klein import Bron, Klein, load, make, make_ready, prepared
from klachten.register.leest import Leest, filled_in, look, texts

NA = 8
"""After so many questions about one klacht the database is made: 100 ms, of which each question saves some 15."""
KEREN = 1_000
"""After so many klachten it is made anew: what was replaced leaves holes."""


class Enkel:
    """Answers questions about one klacht where it can; safe to use from many threads."""

    def __init__(self, bron: Bron) -> None:
        self._bron = bron
        self._slot = threading.Lock()
        self._klein: Klein | None = None
        self._keren = 0

    def ask(
        self,
        klachtnummer: str,
        sql: str,
        waarden: Mapping[str, Any],
        vastleggingen: Sequence[Vastlegging] | None = None,
    ) -> list[tuple[Any, ...]] | None:
        """Return the rows of a statement about one klacht, None when it has to be asked of the register as ever.

        `sql` has named parameters: those of `waarden` (date, number, text, None or a list of texts), and $klachtnummer,
        which chooses nothing when it is NULL. `vastleggingen` are the facts of that klacht when not those recorded.
        """
        # What waits for the end of many groups is not in the tables, and would be known here already.
        if not klachtnummer.startswith("K") or self._bron.uitgesteld or not self._pays():
            return None
        versie = self._bron.versie
        feiten = self._bron.vastleggingen(klachtnummer) if vastleggingen is None else vastleggingen
        with self._slot:
            try:
                klein = self._current(versie)
                leest = self._reads(klein, sql, waarden)
                if leest is None:
                    return None
                dagen = [waarde for waarde in waarden.values() if isinstance(waarde, date)]
                dag = dagen[0] if leest.een_dag and len(dagen) == 1 else None
                make_ready(klein, leest.gemaakt)
                load(self._bron, klein, leest, klachtnummer, feiten, dag)
                gevonden = klein.con.execute(f"EXECUTE {prepared(klein, filled_in(sql, waarden))}")
                # A column that is not named was not filled: who gets every column of a table asks the register.
                if not {kolom for kolom, *_ in gevonden.description} <= leest.kolommen:
                    klein.leest[sql] = None
                    return None
                return gevonden.fetchall()
            except duckdb.Error:
                self._drop()
                self._keren = -KEREN  # it is asked as ever, and tried again after many questions
                return None

    def begin(self) -> None:
        """Make the database at the next question, not after so many: the app starts, and will be asked."""
        with self._slot:
            self._keren = max(self._keren, NA)

    def drop(self) -> None:
        """Let go of it all: the register closes, is read anew, or something was erased."""
        with self._slot:
            self._drop()

    def _drop(self) -> None:
        klein, self._klein = self._klein, None
        if klein is not None:
            klein.con.close()

    def _pays(self) -> bool:
        """Whether such questions were asked so often that the database pays for itself."""
        with self._slot:
            self._keren += 1
            return self._keren > NA

    def _current(self, versie: int) -> Klein:
        """Return the database, made now or before, as the register is at a version."""
        if (klein := self._klein) is not None and klein.versie < versie:
            geraakt = self._bron.changed_since(klein.versie)
            # What is no klacht, signaal or evaluatie can change the reglementen, the calendar or the sources.
            if geraakt is None or any(nummer[0] not in "KSE" for nummer in geraakt):
                self._drop()
            else:
                klein.versie = versie
        if klein is not None and klein.keren > KEREN:
            self._drop()
        if self._klein is None:
            self._klein = make(self._bron, versie)
        return self._klein

    @staticmethod
    def _reads(klein: Klein, sql: str, waarden: Mapping[str, Any]) -> Leest | None:
        """Return what a statement reads; None when that is not all here."""
        if sql not in klein.leest:
            klein.teksten = klein.teksten or texts(klein.con)
            klein.leest[sql] = look(klein.con, sql, filled_in(sql, waarden), klein.teksten)
        return klein.leest[sql]
