"""Searching for klachten: what was typed becomes words and numbers, each a condition, and where each was found.

Every word has to occur in the klacht, each perhaps in another text. A word is found at the beginning of a word; from
MIDDEN letters on also inside one (begeleider in trajectbegeleider); a number under MIDDEN - 1 digits only as a whole.
Who looks finds only klachten that he or she may read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from duckdb import DuckDBPyConnection

from klachten.zoekvorm import aaneen, woorddelen, woorden

MIDDEN = 5
"""From this many letters on a word is also found inside another: short ones would be found everywhere."""

# K2026-0003 as people type it: 2026-3, k2026/3, K 2026 3; the year alone, or the number in some year.
_NUMMER = re.compile(r"k?\s*(\d{4})(?:\s*[-‐‑–/.\s]\s*(\d{1,9})|(\d{4,9}))", re.IGNORECASE | re.ASCII)
_JAAR = re.compile(r"k?((?:19|20)\d{2})", re.IGNORECASE | re.ASCII)
_VOLGNR = re.compile(r"k?(\d{1,9})", re.IGNORECASE | re.ASCII)
_RAND = re.compile(r"^[\W_]+|[\W_]+$")


class Nummer(NamedTuple):
    """A klachtnummer as far as it was typed; None is any."""

    jaar: int | None
    volgnr: int | None


class Plek(NamedTuple):
    """A text field of a kind of fact in which something was found; `geldt` is False when corrected or retracted."""

    soort: str
    veld: str
    geldt: bool


def numbers(getypt: str) -> list[Nummer]:
    """Return which klachtnummers may be meant by what was typed; a number of four digits may be a year too."""
    kaal = _RAND.sub("", getypt)
    if heel := _NUMMER.fullmatch(kaal):
        return [Nummer(int(heel[1]), int(heel[2] or heel[3]))]
    gevonden = [Nummer(int(jaar[1]), None)] if (jaar := _JAAR.fullmatch(kaal)) else []
    if volgnr := _VOLGNR.fullmatch(kaal):
        gevonden.append(Nummer(None, int(volgnr[1])))
    return gevonden


def complete_number(getypt: str, jaar: int) -> str:
    """Return the klachtnummer that was typed, as it is written: 2026/3 is K2026-0003, and 3 the one of this year.

    What is no number comes back in capitals, to be refused by whoever looks it up.
    """
    heel = next((nummer for nummer in numbers(getypt) if nummer.volgnr is not None), None)
    return f"K{heel.jaar or jaar:04d}-{heel.volgnr:04d}" if heel else getypt.strip().upper()


class _Deel(NamedTuple):
    """One word to look for: from its beginning, or anywhere in a word, or as it is."""

    woord: str
    hoe: str

    def past(self, woord: str) -> bool:
        """Whether it is found in this word of a text; the same as `sql`."""
        if self.hoe == "in":
            return self.woord in woord
        return woord.startswith(self.woord) if self.hoe == "begin" else woord == self.woord

    def sql(self, parameter: str) -> str:
        """The condition on the rows of zoekwoord."""
        if self.hoe == "in":
            return f"z.woord IN (SELECT w.woord FROM woord AS w WHERE contains(w.woord, ${parameter}))"
        return f"starts_with(z.woord, ${parameter})" if self.hoe == "begin" else f"z.woord = ${parameter}"


def _part(woord: str) -> _Deel:
    if woord.isdecimal():
        return _Deel(woord, "begin" if len(woord) >= MIDDEN - 1 else "heel")
    return _Deel(woord, "in" if len(woord) >= MIDDEN else "begin")


@dataclass(frozen=True)
class Zoekwoord:
    """One word that was typed: `wegen` are the ways to be found, each a group of parts that must all occur."""

    wegen: tuple[tuple[_Deel, ...], ...]
    nummers: tuple[Nummer, ...]

    def raakt(self, tekst: set[str]) -> bool:
        """Whether a text with these words has at least a part of it: another text of the klacht may have the rest."""
        return any(deel.past(woord) for weg in self.wegen for deel in weg for woord in tekst)


@dataclass(frozen=True)
class Vraag:
    """What was typed into the search field."""

    getypt: str

    @property
    def leeg(self) -> bool:
        """Whether nothing is asked, so that every klacht is meant."""
        return not self.getypt.strip()

    @cached_property
    def woorden(self) -> tuple[Zoekwoord, ...]:
        """The words, each once; none when only signs were typed, and then nothing is found."""
        gevonden: dict[tuple[str, ...], Zoekwoord] = {}
        for stuk in self.getypt.split():
            delen = woorddelen(stuk)
            for woord in delen:
                wegen = ((_part(aaneen(woord)),), *([tuple(_part(deel) for deel in woord)] if len(woord) > 1 else []))
                # The number is that of the whole piece: 2026/3 is one number and two words.
                nummers = tuple(numbers(stuk)) if len(delen) == 1 else ()
                gevonden.setdefault(woord, Zoekwoord(wegen, nummers))
        return tuple(gevonden.values())

    @cached_property
    def nummers(self) -> tuple[Nummer, ...]:
        """The klachtnummers that all that was typed may be: they come first in the list."""
        return tuple(nummer for nummer in numbers(self.getypt) if nummer.volgnr is not None)

    def condition(self) -> tuple[str, dict[str, Any]]:
        """Return the condition on a row `l` of klachtenlijst and its parameters, which hold all that was typed."""
        parameters: dict[str, Any] = {}
        per_woord = [self._word(woord, parameters) for woord in self.woorden]
        of = [_number(nummer, parameters) for nummer in self.nummers]
        if per_woord:
            of.append(f"({' AND '.join(per_woord)})")
        return f"({' OR '.join(of) or 'FALSE'})", parameters

    def first(self) -> tuple[str, dict[str, Any]]:
        """Return the ORDER BY that puts the klacht of a typed number first, and its parameters; empty without one."""
        parameters: dict[str, Any] = {}
        delen = [_number(nummer, parameters, "eerst") for nummer in self.nummers]
        return (f"({' OR '.join(delen)}) DESC, " if delen else ""), parameters

    def _word(self, woord: Zoekwoord, parameters: dict[str, Any]) -> str:
        wegen = []
        for weg in woord.wegen:
            delen = []
            for deel in weg:
                naam = f"zoek_{len(parameters)}"
                parameters[naam] = deel.woord
                delen.append(f"l.klachtnummer IN (SELECT z.klachtnummer FROM zoekwoord AS z WHERE {deel.sql(naam)})")
            wegen.append(" AND ".join(delen))
        of = [*(f"({weg})" for weg in wegen), *(_number(nummer, parameters) for nummer in woord.nummers)]
        return f"({' OR '.join(of)})"


def _number(nummer: Nummer, parameters: dict[str, Any], soort: str = "zoek") -> str:
    delen = []
    for kolom, waarde in (("nummerjaar", nummer.jaar), ("volgnr", nummer.volgnr)):
        if waarde is not None:
            naam = f"{soort}_{len(parameters)}"
            parameters[naam] = waarde
            delen.append(f"l.{kolom} = ${naam}")
    return f"({' AND '.join(delen)})"


class Tekst(NamedTuple):
    """A text of a fact of a klacht; `eerste` is its first version. A fact without texts has no `veld` and `tekst`."""

    klachtnummer: str
    nr: int
    eerste: int
    soort: str
    veld: str | None
    tekst: str | None


def read_texts(cursor: DuckDBPyConnection, nummers: Iterable[str]) -> list[Tekst]:
    """Return every fact of these klachten with each of its texts, in order of recording and of the form."""
    nummers = list(nummers)
    if not nummers:
        return []
    # Constants are looked up in the index of each table, and only then joined: a fifth of the time.
    van_deze = f"klachtnummer IN ({', '.join('?' * len(nummers))})"
    rijen = cursor.execute(
        "SELECT g.klachtnummer, g.nr, COALESCE(g.corrigeert, g.nr), g.soort, t.veld, t.tekst FROM gebeurtenis AS g "
        f"LEFT JOIN (SELECT t.rowid, t.nr, t.veld, t.tekst FROM tekst AS t WHERE t.{van_deze}) AS t ON t.nr = g.nr "
        f"WHERE g.{van_deze} ORDER BY g.nr, t.rowid",
        [*nummers, *nummers],
    ).fetchall()
    return [Tekst(*rij) for rij in rijen]


def found_in(vraag: Vraag, teksten: Iterable[Tekst]) -> dict[str, list[Plek]]:
    """Return where in these texts, all of which the user may read, something of what was asked for stands.

    By klachtnummer; places with most of the words first, then in order of recording.
    """
    teksten = list(teksten)
    laatste: dict[int, int] = {}
    # Who acted from outside is read under the name as corrected (Dossier.as_read): the name of then does not hold.
    genoemd: dict[str, dict[int, str]] = {}
    for tekst in teksten:
        laatste[tekst.eerste] = max(tekst.nr, laatste.get(tekst.eerste, tekst.nr))
    for tekst in teksten:
        naam = (tekst.soort, tekst.veld) == ("BuitenstaanderAangewezen", "persoon")
        if naam and tekst.nr == laatste[tekst.eerste] and tekst.tekst is not None:
            genoemd.setdefault(tekst.klachtnummer, {})[tekst.eerste] = tekst.tekst

    def renamed(tekst: Tekst) -> bool:
        voor = [nr for nr in genoemd.get(tekst.klachtnummer, ()) if nr < tekst.eerste]
        return tekst.veld == "namens" and bool(voor) and genoemd[tekst.klachtnummer][max(voor)] != tekst.tekst

    gevonden: dict[str, dict[Plek, tuple[int, int]]] = {}
    for tekst in teksten:
        if tekst.veld is None or tekst.tekst is None:
            continue
        erin = woorden(tekst.tekst)
        aantal = sum(woord.raakt(erin) for woord in vraag.woorden)
        if aantal:
            plekken = gevonden.setdefault(tekst.klachtnummer, {})
            plek = Plek(tekst.soort, tekst.veld, tekst.nr == laatste[tekst.eerste] and not renamed(tekst))
            plekken[plek] = min(plekken.get(plek, (0, tekst.nr)), (-aantal, tekst.nr))
    return {nummer: sorted(plekken, key=plekken.__getitem__) for nummer, plekken in gevonden.items()}


def indieners(teksten: Iterable[Tekst]) -> dict[str, str]:
    """Return who the indiener is, as question klachtindiener does, of texts that were read anyway."""
    ontvangst: dict[str, int] = {}
    namen: dict[tuple[str, int], str] = {}
    for tekst in teksten:
        if tekst.soort == "KlachtOntvangen":
            ontvangst[tekst.klachtnummer] = max(tekst.nr, ontvangst.get(tekst.klachtnummer, tekst.nr))
            if tekst.veld == "indiener_naam" and tekst.tekst is not None:
                namen[tekst.klachtnummer, tekst.nr] = tekst.tekst
    return {nummer: namen[nummer, nr] for nummer, nr in ontvangst.items() if (nummer, nr) in namen}
