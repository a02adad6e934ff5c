"""What was counted is kept for as long as nothing changes that it was counted from: a fact costs what it touches.

What a function reads is seen from the SQL that it asks: the names in it, and in the questions that it uses. For each of
them the register knows since when it stands as it does, per column and day (klachten/register/wijzigingen.py).
"""

from __future__ import annotations

import functools
import pickle
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from typing import Any, NamedTuple, cast

import pandas as pd
from duckdb import DuckDBPyConnection

from klachten.analyse import vragen
from klachten.analyse.basis import vooruit
from klachten.analyse.basis.dagrijen import ALLEEN_TERMIJNEN, BLOKKEN, Dagrijen, Register

MEESTE = 256
"""So many answers of functions are kept, and so many of single statements."""
MEESTE_RIJEN = 5_000
"""An answer of more rows is not kept: it is a list, not a figure."""
_KIES = re.compile(r"\((kies_(\w+)) IS NULL OR k\.\2 = \1\)")
# What these views give is as it is now, also in a question that looks back for the rest.
_VIEW = re.compile(r"\b(?:FROM|JOIN)\s+(?:klacht|maatregel)\b")
NU = "(nu)"
TERMIJNEN = "termijnen($peildatum)"
# To these questions it is the same how the other cuts the days of a klacht into stretches: only what stands in the
# columns counts, up to the peildatum.
_ONGEKNIPT = {"werklast": "open_stukken"}
# These read of the facts themselves only those of the kinds that they name.
ALLEEN_SOORTEN = frozenset({"bewaren", "teruggedraaid"})
VAN_KRING = {
    **dict.fromkeys(("geschillen", "geschillen_stand", "oordelen_opvolging"), "geschil"),
    **dict.fromkeys(
        ("maatregelen_opvolging", "maatregelen_stand", "maatregeltermijn", "maatregeltermijn_stand"), "maatregel"
    ),
    **dict.fromkeys(("berichten_stap_7", "niet_in_behandeling_gronden"), "niet_in_behandeling"),
}
"""These questions give or count rows of klachten in one of the circles of the register alone (register/wijzigingen.py).

So a fact in any other klacht changes nothing in what they give, also where it changes what they read.
"""
# A statement says so itself, where its question does not: /* kring: geeindigd */.
_KRING = re.compile(r"/\* kring: (\w+) \*/")
# Every column is in the answer, also those that are not named.
_HEEL = re.compile(r"SELECT \* FROM (?:klacht_einde|klacht_keuze|klacht_selectie|\w+_op)\(")
WEL_ALLE = frozenset({"klacht_stand", "maatregel_stand"})
"""Who reads one of these reads all of its columns."""


def kept(cursor: DuckDBPyConnection, dagrijen: Dagrijen | None, peildatum: date) -> AbstractContextManager[None]:
    """Let one statement read the terms as of a day from what is kept of them; without that as ever."""
    if dagrijen is None:
        return nullcontext()
    return dagrijen.klaar(cursor, read_names(TERMIJNEN), peildatum, ALLEEN_TERMIJNEN)


class Lezing(NamedTuple):
    """What one statement read: the names in it, the day as of which it looked, and of which dossiers (None: all).

    A name with a circle behind it (`klacht_op@geschil`) was read of the klachten in that circle alone.
    """

    namen: frozenset[str]
    peildatum: date
    dossiers: frozenset[str] | None = None


class _Gegeven(NamedTuple):
    versie: int
    lezingen: frozenset[Lezing]
    waarde: Any


class Bewaard:
    """Keeps answers about one register; safe to use from many threads.

    What pages asked lately is noted here by who asks (scherm/bewaard.py, scherm/vooruit.py): `gevraagd` through `geef`,
    `naast` and `lezers` of who keeps other things of the register, for everybody and for one reader.
    """

    def __init__(self, register: Register) -> None:
        self.register = register
        self.dagrijen = Dagrijen(register)
        self.gevraagd, self.naast, self.lezers = vooruit.Gevraagd(), vooruit.Gevraagd(), vooruit.Gevraagd()
        self._antwoorden: OrderedDict[Hashable, _Gegeven] = OrderedDict()
        self._regels: OrderedDict[Hashable, _Gegeven] = OrderedDict()
        self._slot = threading.Lock()
        self._bezig: dict[Hashable, threading.Lock] = {}

    def geef(self, functie: Callable[..., Any], *args: Hashable, **kwargs: Hashable) -> Any:
        """Return functie(cursor, *args, **kwargs), counted now or before; a copy that is the caller's own.

        The function reads by that cursor alone, with `execute` and then `fetchall` or `df`.
        """
        sleutel = (functie.__module__, functie.__qualname__, args, tuple(sorted(kwargs.items())))
        with self._slot:
            bezig = self._bezig.setdefault(sleutel, threading.Lock())
        try:
            # Whoever asks the same at the same time waits for it, instead of counting it again.
            with bezig:
                if (gegeven := self._still_holds(self._antwoorden, sleutel)) is None:
                    versie, lezingen = self.register.versie, set[Lezing]()
                    with self.register.cursor() as cursor:
                        waarde = functie(self.reader(cursor, lezingen), *args, **kwargs)
                    gegeven = _Gegeven(versie, frozenset(lezingen), pickle.dumps(waarde))
                    self._keep(self._antwoorden, sleutel, gegeven)
        finally:
            # Also after what was broken off or refused: nobody may ask for it again.
            with self._slot:
                if self._bezig.get(sleutel) is bezig and not bezig.locked():
                    del self._bezig[sleutel]
        return pickle.loads(gegeven.waarde)  # noqa: S301 - it was pickled here

    def bring_up(self) -> None:
        """Bring the rows of the days that are kept up to date, before anybody asks."""
        for blok in BLOKKEN:
            self.dagrijen.bring_up(blok, read_names(f"{blok.bron}($peildatum)"))

    def of_one(self, klachtnummer: str, sql: str, waarden: Mapping[str, Any]) -> list[tuple[Any, ...]] | None:
        """Return the rows of a statement about one klacht ($klachtnummer); None: ask it with a cursor, as ever."""
        return self.register.enkel.ask(klachtnummer, sql, waarden) if self.register.enkel else None

    def reader(self, cursor: DuckDBPyConnection, lezingen: set[Lezing]) -> DuckDBPyConnection:
        """Return a cursor that notes what it reads, and reads what is kept: `execute`, and then `fetchall` or `df`."""
        return cast(DuckDBPyConnection, _Meelezer(self, cursor, lezingen))

    def _still_holds(self, uit: OrderedDict[Hashable, _Gegeven], sleutel: Hashable) -> _Gegeven | None:
        with self._slot:
            gegeven = uit.get(sleutel)
            if gegeven is not None and not vooruit.is_ahead():
                uit.move_to_end(sleutel)
        if gegeven is None or self._changed_since(gegeven):
            return None
        return gegeven

    def _changed_since(self, gegeven: _Gegeven) -> bool:
        versie, wijzigingen = gegeven.versie, self.register.wijzigingen
        anders = [lezing for lezing in gegeven.lezingen if wijzigingen.last(lezing.namen, lezing.peildatum) > versie]
        if not anders:
            return False
        geraakt = wijzigingen.dossiers_since(versie, self.register.versie)
        return geraakt is None or any(lezing.dossiers is None or geraakt & lezing.dossiers for lezing in anders)

    def _keep(self, waarin: OrderedDict[Hashable, _Gegeven], sleutel: Hashable, gegeven: _Gegeven) -> None:
        with self._slot:
            waarin[sleutel] = gegeven
            # What nobody asked for stays where it was: the first to go is what was not asked for longest.
            if not vooruit.is_ahead():
                waarin.move_to_end(sleutel)
            while len(waarin) > MEESTE:
                waarin.popitem(last=False)

    def regel(self, sleutel: Hashable, lezing: Lezing, lees: Callable[[], Any]) -> Any:
        """Return what one statement gave, read now or before."""
        if (gegeven := self._still_holds(self._regels, sleutel)) is None:
            versie = self.register.versie
            gegeven = _Gegeven(versie, frozenset({lezing}), lees())
            if len(gegeven.waarde) <= MEESTE_RIJEN:
                self._keep(self._regels, sleutel, gegeven)
        return gegeven.waarde


class _Meelezer:
    """A cursor that sees what is asked, and answers what was asked before of what did not change."""

    def __init__(self, bewaard: Bewaard, cursor: DuckDBPyConnection, lezingen: set[Lezing]) -> None:
        self._bewaard, self._cursor, self._lezingen = bewaard, cursor, lezingen

    def execute(self, sql: str, waarden: Any = None) -> _Antwoord:
        """Ask a statement; it is answered when its rows are fetched.

        With a parameter `dossiers` (a list of numbers) it is one that reads nothing of any other dossier.
        """
        benoemd = waarden if isinstance(waarden, dict) else {}
        overal = frozenset(naam for naam, waarde in benoemd.items() if waarde is None)
        peildatum = benoemd.get("peildatum")
        terug = isinstance(peildatum, date) and NU not in read_names(sql, overal)
        dossiers = frozenset(benoemd["dossiers"]) if "dossiers" in benoemd else None
        lezing = Lezing(changing_names(sql, overal), peildatum if terug else date.max, dossiers)
        self._lezingen.add(lezing)
        return _Antwoord(self._bewaard, self._cursor, (sql, waarden), lezing)


class _Antwoord:
    """What a statement gives: its rows as they are fetched."""

    def __init__(self, bewaard: Bewaard, cursor: DuckDBPyConnection, vraag: tuple[str, Any], lezing: Lezing) -> None:
        self._bewaard, self._cursor, self._vraag, self._lezing = bewaard, cursor, vraag, lezing
        self._gelezen: tuple[Any, ...] = ()

    def ready(self) -> AbstractContextManager[None]:
        """Let the cursor find the rows of the day, with the columns that the statement names."""
        namen = frozenset(naam.partition("@")[0] for naam in self._lezing.namen)
        return self._bewaard.dagrijen.klaar(
            self._cursor, namen, self._lezing.peildatum, kolommen=columns(self._vraag[0])
        )

    def _rows(self) -> tuple[Any, ...]:
        """The description, and then the rows."""

        def read() -> tuple[Any, ...]:
            vooruit.between()
            with self.ready():
                gevonden = self._cursor.execute(*self._vraag)
                return (gevonden.description, *gevonden.fetchall())

        # Also when there are too many to keep: the columns are asked for, and then the rows.
        self._gelezen = self._gelezen or self._kept("rijen", read)
        return self._gelezen

    def _kept(self, hoe: str, lees: Callable[[], Any]) -> Any:
        sql, waarden = self._vraag
        sleutel = (hoe, sql, pickle.dumps(waarden))
        return self._bewaard.regel(sleutel, self._lezing, lees)

    @property
    def description(self) -> Any:
        """The columns, as DuckDB describes them."""
        return self._rows()[0]

    def fetchall(self) -> list[tuple[Any, ...]]:
        """All rows."""
        return list(self._rows()[1:])

    def df(self) -> pd.DataFrame:
        """All rows as a DataFrame of the caller's own."""

        def read() -> pd.DataFrame:
            vooruit.between()
            with self.ready():
                return _plain_words(self._cursor.execute(*self._vraag).df())

        return self._kept("df", read).copy()


@functools.lru_cache(maxsize=1024)
def read_names(sql: str, overal: frozenset[str] = frozenset()) -> frozenset[str]:
    """Return every name in a statement and in the questions that it uses, but for what looks back to a day.

    `overal`: the parameters that are NULL, so that they choose nothing. More names than are read do no harm: then an
    answer is counted again for nothing.
    """
    return frozenset(naam for naam, _ in _named(sql, overal))


@functools.lru_cache(maxsize=1024)
def changing_names(sql: str, overal: frozenset[str] = frozenset()) -> frozenset[str]:
    """Return the same as names that the register knows when they changed: those of a circle with it, `naam@kring`."""
    return frozenset(f"{naam}@{kring}" if kring else naam for naam, kring in _named(sql, overal))


def _named(sql: str, overal: frozenset[str]) -> set[tuple[str, str]]:
    """Return every name that is read, with the circle of klachten in which it is; "" for all of them."""
    namen, gevolgd = set[tuple[str, str]](), set[tuple[str, str]]()
    zelf = kring[1] if (kring := _KRING.search(sql)) else ""
    if _HEEL.match(sql):
        namen |= {(naam, zelf) for naam in WEL_ALLE}
    wachtend, alle = [("", sql, zelf)], vragen()
    while wachtend:
        van, tekst, binnen = wachtend.pop()
        tekst = re.sub(r"--.*", "", tekst)
        tekst = _KIES.sub(lambda m: "" if m[1] in overal else m[0], tekst)
        nieuw = set(re.findall(r"\w+", tekst)) - ({"gebeurtenis"} if van in ALLEEN_SOORTEN else set())
        nieuw |= {NU} if _VIEW.search(tekst) else set()
        namen |= {(naam, binnen) for naam in nieuw}
        # A list has the name of a question here and there ('vestigingen'): only what is called is used.
        gebruikt = {
            (naam, VAN_KRING.get(naam, binnen)) for naam in set(re.findall(r"(\w+)\s*\(", tekst)) & alle.keys()
        } - gevolgd
        gevolgd |= gebruikt
        if ongeknipt := _ONGEKNIPT.get(van):
            gebruikt.discard((ongeknipt, binnen))
            wachtend.append((ongeknipt, alle[ongeknipt].sql.replace("klacht_stand", "klacht_op"), binnen))
        wachtend += [(naam, alle[naam].sql, kr) for naam, kr in gebruikt if not _looks_back(naam, alle[naam].sql)]
    return namen


def columns(sql: str) -> frozenset[str] | None:
    """Return the names among which are all columns that a statement reads; None when that is every column."""
    # With what chooses nothing: that column is planned all the same.
    namen = read_names(sql)
    return None if WEL_ALLE & namen else namen


def _looks_back(naam: str, sql: str) -> bool:
    """Whether a question is a table as of a day (klacht_op of klacht_stand): the register knows it by that name."""
    return naam.endswith("_op") and f"{naam.removesuffix('_op')}_stand" in sql


def _plain_words(tabel: pd.DataFrame) -> pd.DataFrame:
    """Return a table with its words as words, also those that were kept as numbers."""
    return tabel.astype(dict.fromkeys(tabel.select_dtypes("category"), "str"))
