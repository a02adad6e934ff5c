"""The words by which a klacht is found: kept beside its texts, made of nothing else, and gone when they are.

Everything that writes or empties the tables zoekwoord and woord is here. Of a signaal, evaluatie or trajecten there are
no words: searching is for klachten.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Set

import duckdb

from klachten.zoekvorm import definitie, woorden

__all__ = ["TABELLEN", "Zoekwoorden", "definitie", "heeft_woorden"]

TABELLEN = frozenset({"zoekwoord", "woord"})
_PORTIE = 100_000
"""Texts whose words are written at once: in order of the alphabet, so that a search passes over most of them unread."""

_KORT = 80
"""Up to so many characters the words of a text are remembered for when it recurs."""

_BLOK = 50_000
"""Facts whose texts are read at once when all words are made anew."""


@functools.lru_cache(maxsize=10_000)
def _short(tekst: str) -> frozenset[str]:
    """The words of a short text, which is a name or a subject that recurs more often than not."""
    return frozenset(woorden(tekst))


def heeft_woorden(klachtnummer: str) -> bool:
    """Tell whether the texts of this dossier are searched."""
    return klachtnummer.startswith("K")


class Zoekwoorden:
    """Adds and renews the words over one connection, always inside the transaction that is open."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con
        self._bekend: set[str] | None = None
        self._wacht: dict[str, Set[str]] = {}
        self._teksten = 0

    def add(self, teksten: Iterable[tuple[str, str]]) -> None:
        """Take in (klachtnummer, tekst); the words are there after `write`."""
        wacht = self._wacht
        for klachtnummer, tekst in teksten:
            if klachtnummer[0] != "K":
                continue
            gevonden = _short(tekst) if len(tekst) <= _KORT else woorden(tekst)
            eerder = wacht.get(klachtnummer)
            # Sets that recur are shared, and so not added to.
            wacht[klachtnummer] = gevonden if eerder is None else eerder | gevonden
            self._teksten += 1
            if self._teksten >= _PORTIE:
                self.write()
                wacht = self._wacht

    def add_words(self, klachtnummer: str, gevonden: Iterable[str], teksten: int) -> None:
        """Take in the words of so many texts of a klacht, where these are known already."""
        if heeft_woorden(klachtnummer):
            self._wacht[klachtnummer] = frozenset(gevonden).union(self._wacht.get(klachtnummer, ()))
            self._teksten += teksten
        if self._teksten >= _PORTIE:
            self.write()

    def write(self) -> None:
        """Write the words of the texts that were added."""
        per_klacht = {nummer: gevonden for nummer, gevonden in self._wacht.items() if gevonden}
        self._wacht, self._teksten = {}, 0
        if not per_klacht:
            return
        self.load([(nummer, " ".join(gevonden)) for nummer, gevonden in per_klacht.items()])
        if self._bekend is None:
            self._bekend = {woord for (woord,) in self._con.execute("SELECT woord FROM woord").fetchall()}
        nieuw = set().union(*per_klacht.values()) - self._bekend
        if nieuw:
            self._con.execute("INSERT INTO woord SELECT unnest(?)", [sorted(nieuw)])
            self._bekend |= nieuw

    def forget(self) -> None:
        """Take nothing for written of what a group added that was rolled back."""
        self._wacht, self._teksten, self._bekend = {}, 0, None

    def load(self, per_klacht: Iterable[tuple[str, str]]) -> None:
        """Put in the words of klachten, with a space between them; `loaded` makes the list of all words of them."""
        paren = [(nummer, gevonden) for nummer, gevonden in per_klacht if gevonden and heeft_woorden(nummer)]
        # One string per klacht: a million words as separate values take seconds to hand over.
        self._con.execute(
            "INSERT INTO zoekwoord SELECT unnest(string_split(woorden, ' ')) AS woord, klachtnummer "
            "FROM (SELECT unnest(?) AS woorden, unnest(?) AS klachtnummer) ORDER BY woord, klachtnummer",
            [[gevonden for _, gevonden in paren], [nummer for nummer, _ in paren]],
        )

    def loaded(self) -> None:
        """Make the list of all words anew from those of each klacht."""
        self._con.execute("DELETE FROM woord")
        self._con.execute("INSERT INTO woord SELECT DISTINCT woord FROM zoekwoord ORDER BY woord")
        self._bekend = None

    def renew(self, nummers: Collection[str] | None = None) -> None:
        """Make the words of these dossiers, or of all, anew from the texts that are there now.

        Whoever takes texts away calls this with their numbers: of what no text says any more nothing stays.
        """
        if nummers is None:
            self._con.execute("DELETE FROM zoekwoord")
            self._con.execute("DELETE FROM woord")
            self._bekend = set()
            ((laatste,),) = self._con.execute("SELECT coalesce(max(nr), 0) FROM tekst").fetchall()
            for vanaf in range(0, laatste, _BLOK):
                sql = "SELECT klachtnummer, tekst FROM tekst WHERE nr > ? AND nr <= ?"
                self.add(self._con.execute(sql, [vanaf, vanaf + _BLOK]).fetchall())
            self.write()
            return
        waarvan = "klachtnummer IN (SELECT unnest(?))"
        _short.cache_clear()
        self._con.execute(f"DELETE FROM zoekwoord WHERE {waarvan}", [list(nummers)])
        self._con.execute("DELETE FROM woord WHERE woord NOT IN (SELECT z.woord FROM zoekwoord AS z)")
        self._bekend = None
        sql = f"SELECT klachtnummer, tekst FROM tekst WHERE {waarvan}"
        self.add(self._con.execute(sql, [list(nummers)]).fetchall())
        self.write()
