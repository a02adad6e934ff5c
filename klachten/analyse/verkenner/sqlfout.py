"""What DuckDB said of a question that it could not answer: its kind, where in the question, and what else there is.

What DuckDB says while it reads a question holds words of that question and names of tables. What it says while it
answers one can hold a value of a klacht (`Could not convert string 'e-mail'`): that is in no sentence, and not in the
original either, so that nothing is read here that the log of looking does not count.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import duckdb

ZONDER_WAARDE = "(niet getoond: het kan uit een klacht komen)"
LANGST = 2_000
"""Characters of the original that are kept: what can be done with + alone is fifty lines."""
ONGELDIG = "Invalid Input"
"""The kind of what error(...) says, and of some that DuckDB says by itself while it answers."""
_LEESFASE = ("Parser", "Binder", "Catalog", "Syntax")
"""In these DuckDB has read no row yet."""
_WAARDE = re.compile(r"(['\"]).*\1|['\"].*|(?<![\w.])-?\d[\d.:-]*", re.DOTALL)
"""Between the first quote and the last, whatever lines are between: a value can hold both."""
_GEEN_CODE = re.compile(r"'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True)
class Fout:
    """An error: its kind and text, the name it is about, and the piece of the question, as first character and length.

    `con` is where it was asked, and in no transaction any more.
    """

    aard: str
    tekst: str
    naam: str
    stuk: tuple[int, int] | None
    sql: str
    con: duckdb.DuckDBPyConnection

    @classmethod
    def of(cls, fout: duckdb.Error, sql: str, con: duckdb.DuckDBPyConnection) -> Fout:
        """Read an error, as JSON (`SET errors_as_json`) or plain."""
        aard, _, rest = str(fout).strip().partition(" Error: ")
        delen: dict[str, Any] = {}
        with suppress(ValueError):
            delen = json.loads(rest)
        tekst = str(delen.get("exception_message") or rest or str(fout))
        waar = re.fullmatch(r"\[(\d+),(\d+)\]", str(delen.get("location", "")))
        stuk = _in_characters(int(waar[1]), int(waar[2]), sql) if waar else None
        return cls(aard, tekst, str(delen.get("name", "")), stuk, sql, con)

    @cached_property
    def tabellen(self) -> list[str]:
        """The tables of the snapshot, with the views of how it is now."""
        return self._names("SELECT table_name FROM information_schema.tables ORDER BY table_name")

    @cached_property
    def vragen(self) -> list[str]:
        """The questions of the register, which take a day between brackets."""
        return self._names(
            "SELECT function_name FROM duckdb_functions() "
            "WHERE function_type = 'table_macro' AND database_name = 'vragen' ORDER BY function_name"
        )

    @cached_property
    def genoemd(self) -> list[str]:
        """The tables that stand in the question, as they are called in the snapshot."""
        staan = set(re.findall(r"\w+", self.bare.lower()))
        return [naam for naam in self.tabellen if naam in staan]

    def kolommen(self, tabel: str) -> list[str]:
        """Return the columns of a table; none of a question."""
        return self._names(
            "SELECT column_name FROM information_schema.columns WHERE table_name = ? ORDER BY ordinal_position", tabel
        )

    def parameters(self, vraag: str) -> list[str] | None:
        """Return what a question of the register asks to know; None when there is no such question."""
        gevonden = self.con.execute(
            "SELECT parameters FROM duckdb_functions() WHERE function_type = 'table_macro' "
            "AND database_name = 'vragen' AND function_name = ?", [vraag.lower()],
        ).fetchall()  # fmt: skip
        return list(gevonden[0][0]) if gevonden else None

    def functies(self) -> list[str]:
        """Return the names of what can be computed with."""
        return self._names(
            "SELECT DISTINCT function_name FROM duckdb_functions() WHERE regexp_full_match(function_name, '[a-z]\\w+')"
        )

    def _names(self, sql: str, *waarden: str) -> list[str]:
        return [naam for (naam,) in self.con.execute(sql, list(waarden)).fetchall()]

    @cached_property
    def bare(self) -> str:
        """The question with blanks where its texts and remarks are, as long as it is."""
        return _GEEN_CODE.sub(lambda deel: re.sub(r"[^\n]", " ", deel[0]), self.sql)

    @property
    def woord(self) -> str:
        """The piece of the question that it is about, on one line."""
        return " ".join(self.sql[self.stuk[0] : sum(self.stuk)].split()) if self.stuk else ""

    @property
    def voor(self) -> str:
        """The question before that piece."""
        return self.bare[: self.stuk[0]] if self.stuk else ""

    @property
    def aan_het_eind(self) -> bool:
        """Whether nothing stands behind that piece: then it is what comes after that misses."""
        return self.stuk is not None and not self.bare[sum(self.stuk) :].strip(" \n\t;")

    def waar(self) -> str:
        """Say where it is, behind a space; empty when that is not known."""
        if self.stuk is None:
            return ""
        regel, teken = self.voor.count("\n") + 1, len(self.voor) - self.voor.rfind("\n")
        return f" (regel {regel}, teken {teken})" if "\n" in self.sql.strip() else f" (teken {teken})"

    def plek(self) -> str:
        """Return the line of the question with a mark below the piece; empty when that is not known."""
        if self.stuk is None or self.stuk[0] >= len(self.sql):
            return ""
        begin = self.sql.rfind("\n", 0, self.stuk[0]) + 1
        regel, links = self.sql[begin:].split("\n", 1)[0], self.stuk[0] - begin
        hoe_lang = max(1, min(self.stuk[1], len(regel) - links, 80))
        # A long line is shown from a little before.
        weg = max(0, links - 60)
        stukje = f"{'…' * bool(weg)}{regel[weg : weg + 140]}".rstrip()
        return f"{stukje}\n{' ' * (links - weg + bool(weg))}{'^' * hoe_lang}"

    def typed(self, waarde: str) -> bool:
        """Whether a value stands in the question itself, and so need not come from the data."""
        return f"'{waarde}'" in self.sql

    def origineel(self) -> str:
        """Return what DuckDB said, without any value of the data."""
        if self.aard == ONGELDIG:
            return f"{self.aard} Error: {ZONDER_WAARDE}"
        tekst = self.tekst.strip()
        if self.aard not in _LEESFASE:
            # Before it is cut: a value can hold the end of that line.
            tekst = _WAARDE.sub("'…'", tekst).split("\n", 1)[0]
        heel = f"{self.aard} Error: {tekst}"
        return heel if len(heel) <= LANGST else f"{heel[:LANGST]}…"


def _in_characters(begin: int, lengte: int, sql: str) -> tuple[int, int] | None:
    """Return a place in characters: DuckDB counts bytes, and of a question within a question in another text."""
    rauw = sql.encode()
    if begin > len(rauw):
        return None
    voor = len(rauw[:begin].decode(errors="ignore"))
    return voor, len(rauw[begin : begin + lengte].decode(errors="ignore"))
