"""The rows of question termijnen as of a few days, in memory: after a fact only those of its klachten are read again.

They stand in a database in memory beside the register, a schema for each day, with a question termijnen of its own that
reads them. Whoever finds that schema first on its search path asks every question about terms as ever, of what is kept.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import duckdb
from duckdb import DuckDBPyConnection

DAGEN = 2
"""So many days are kept at most: 100,000 klachten take 50 MB for each."""
MEESTE_KLACHTEN = 300_000
"""Of a larger register nothing is kept: the memory would be the users'."""
WEINIG = 25
"""Up to so many dossiers are read again by themselves; with more everything is."""
KEREN = 500
"""After so many times everything is read again as well: what was replaced leaves holes."""
_PLEK = "bewaard"


class _Wijzigingen(Protocol):
    def last(self, namen: Collection[str], peildatum: date) -> int: ...

    def dossiers_since(self, versie: int, nu: int) -> frozenset[str] | None: ...


class Register(Protocol):
    """What is asked of a register: a version that goes up with what is recorded, and what changed when."""

    versie: int
    wijzigingen: _Wijzigingen

    def cursor(self) -> DuckDBPyConnection:
        """A fresh cursor."""


@dataclass
class _Dag:
    versie: int
    keren: int = 0
    lezers: int = 0


class Termijnrijen:
    """Keeps them about one register; safe to use from many threads."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._dagen: OrderedDict[date, _Dag] = OrderedDict()
        self._gevraagd: deque[date] = deque(maxlen=DAGEN)
        self._slot = threading.Lock()

    @contextmanager
    def klaar(self, cursor: DuckDBPyConnection, namen: frozenset[str], peildatum: date) -> Iterator[None]:
        """Let a cursor find the rows of a day, up to date, for one statement in which these names stand."""
        dag = self._take(namen, peildatum) if "termijnen" in namen and peildatum < date.max else None
        if dag is None:
            yield
            return
        try:
            ((pad,),) = cursor.execute("SELECT current_setting('search_path')").fetchall()
            cursor.execute(f"SET search_path = '{_PLEK}.{_schema(peildatum)},{pad}'")
            yield
            cursor.execute(f"SET search_path = '{pad}'")
        finally:
            with self._slot:
                dag.lezers -= 1

    def make(self, peildatum: date) -> None:
        """Keep the rows of a day from now on, before anybody asks: of today at the start."""
        with self._slot:
            if peildatum not in self._dagen:
                self._make(peildatum)

    def _take(self, namen: frozenset[str], peildatum: date) -> _Dag | None:
        """Return the rows of a day for a reader; None at the first question about it, which pays for itself."""
        with self._slot:
            if (dag := self._dagen.get(peildatum)) is None:
                if peildatum not in self._gevraagd:
                    self._gevraagd.append(peildatum)
                    return None
                if (dag := self._make(peildatum)) is None:
                    return None
            elif self._register.wijzigingen.last(namen, peildatum) > dag.versie:
                try:
                    self._renew(dag, peildatum)
                except duckdb.Error:
                    # The register opened its database again, and what stood beside it is gone: it is asked as ever.
                    self._dagen.clear()
                    return None
            self._dagen.move_to_end(peildatum)
            dag.lezers += 1
            return dag

    def _make(self, peildatum: date) -> _Dag | None:
        versie, schema = self._register.versie, _schema(peildatum)
        with self._register.cursor() as cursor:
            ((klachten,),) = cursor.execute("SELECT COUNT(*) FROM klacht_op($dag)", {"dag": peildatum}).fetchall()
            if klachten > MEESTE_KLACHTEN:
                return None
            cursor.execute(f"ATTACH IF NOT EXISTS ':memory:' AS {_PLEK}")
            # Whoever reads an older one now keeps it a little longer.
            while len(self._dagen) >= DAGEN and (
                oud := next((d for d, s in self._dagen.items() if not s.lezers), None)
            ):
                del self._dagen[oud]
                cursor.execute(f"DROP SCHEMA {_PLEK}.{_schema(oud)} CASCADE")
            cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {_PLEK}.{schema}")
            _read_all(cursor, peildatum)
            cursor.execute(
                f"CREATE OR REPLACE MACRO {_PLEK}.{schema}.termijnen(peildatum) AS TABLE "
                f"SELECT r.* FROM {_PLEK}.{schema}.rij AS r"
            )
        self._dagen[peildatum] = _Dag(versie)
        return self._dagen[peildatum]

    def _renew(self, dag: _Dag, peildatum: date) -> None:
        versie = self._register.versie
        geraakt = self._register.wijzigingen.dossiers_since(dag.versie, versie)
        klachten = None if geraakt is None else sorted(nummer for nummer in geraakt if nummer.startswith("K"))
        with self._register.cursor() as cursor:
            if klachten is None or len(klachten) > WEINIG or dag.keren >= KEREN:
                _read_all(cursor, peildatum)
                dag.keren = 0
            else:
                rij, waar = f"{_PLEK}.{_schema(peildatum)}.rij", "klachtnummer IN (SELECT UNNEST($klachten))"
                cursor.begin()
                cursor.execute(f"DELETE FROM {rij} WHERE {waar}", {"klachten": klachten})
                cursor.execute(
                    f"INSERT INTO {rij} SELECT * FROM termijnen(peildatum := $peildatum) WHERE {waar}",
                    {"klachten": klachten, "peildatum": peildatum},
                )
                cursor.commit()
                dag.keren += 1
        dag.versie = versie


def _read_all(cursor: DuckDBPyConnection, peildatum: date) -> None:
    cursor.execute(
        f"CREATE OR REPLACE TABLE {_PLEK}.{_schema(peildatum)}.rij AS "
        f"SELECT * FROM termijnen(peildatum := DATE '{peildatum.isoformat()}')"
    )


def _schema(peildatum: date) -> str:
    return f"dag_{peildatum:%Y%m%d}"
