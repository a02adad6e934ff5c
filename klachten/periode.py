"""The days that figures are about: a year, a quarter, a month, a book year, or from one day to another, both included.

A period is compared with itself in other years: the third quarter with the third quarters before it, so that a season
does not look like a change. One that is longer than a year moves by as many years as it needs not to meet itself.
`jaar`, the year in which it begins, is what its rows are told apart by. analyse/functies.py says the same in SQL.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from klachten.taal import MAANDEN, MAANDEN_KORT, RANG, aantal, datum

_EERSTE, _LAATSTE = date(1990, 1, 1), date(2100, 12, 31)
_VORM = re.compile(
    r"(?P<jaar>\d{4})(?:-(?:[kK](?P<kwartaal>[1-4])|(?P<maand>0[1-9]|1[0-2])))?"
    r"|(?P<van>\d{4}-\d\d-\d\d)_(?P<tot>\d{4}-\d\d-\d\d)"
)


@dataclass(frozen=True, order=True)
class Periode:
    """From the first day up to and including the last. Raises ValueError with a Dutch sentence for other days."""

    eerste: date
    laatste: date

    def __post_init__(self) -> None:
        if self.laatste < self.eerste:
            raise ValueError(
                f"De periode eindigt op {datum(self.laatste)}, voordat zij op {datum(self.eerste)} begint. Kies een "
                "laatste dag die later valt."
            )
        if self.eerste < _EERSTE or self.laatste > _LAATSTE:
            raise ValueError(f"Kies een periode tussen {datum(_EERSTE)} en {datum(_LAATSTE)}.")

    @classmethod
    def van_jaar(cls, jaar: int, maand: int = 1) -> Periode:
        """Return a calendar year, or the book year that begins in it on the first day of another month."""
        return cls.van_maanden(jaar, maand, 12)

    @classmethod
    def van_kwartaal(cls, jaar: int, kwartaal: int) -> Periode:
        """Return a quarter, 1 to 4."""
        return cls.van_maanden(jaar, 3 * kwartaal - 2, 3)

    @classmethod
    def van_maanden(cls, jaar: int, maand: int, aantal: int = 1) -> Periode:
        """Return whole months, from one on."""
        if not 1 <= maand <= 12 or not _EERSTE.year <= jaar < _LAATSTE.year:
            raise ValueError(f"Er is geen maand {maand} van {jaar} om mee te beginnen.")
        na = jaar * 12 + maand - 1 + aantal
        return cls(date(jaar, maand, 1), date(na // 12, na % 12 + 1, 1) - timedelta(days=1))

    @classmethod
    def lees(cls, tekst: str) -> Periode:
        """Return the period that `sleutel` writes: 2025, 2025-K3, 2025-03 or 2024-11-01_2025-10-31; ValueError."""
        vorm = _VORM.fullmatch(tekst.strip())
        if vorm is None:
            raise ValueError(
                f"{tekst!r} is geen periode. Schrijf een jaar (2025), een kwartaal (2025-K3), een maand (2025-03) of "
                "twee dagen (2024-11-01_2025-10-31)."
            )
        if vorm["van"]:
            try:
                return cls(date.fromisoformat(vorm["van"]), date.fromisoformat(vorm["tot"]))
            except ValueError as fout:
                raise ValueError(f"{tekst!r} is geen periode: {fout}") from fout
        jaar = int(vorm["jaar"])
        if vorm["kwartaal"]:
            return cls.van_kwartaal(jaar, int(vorm["kwartaal"]))
        return cls.van_maanden(jaar, int(vorm["maand"])) if vorm["maand"] else cls.van_jaar(jaar)

    @property
    def maanden(self) -> int:
        """How many whole calendar months this is; 0 when it begins or ends within one."""
        na = self.laatste + timedelta(days=1)
        if self.eerste.day != 1 or na.day != 1:
            return 0
        return (na.year - self.eerste.year) * 12 + na.month - self.eerste.month

    @property
    def soort(self) -> str:
        """What it is: jaar, kwartaal, maand or dagen (any other, a book year too)."""
        if self.maanden == 12 and self.eerste.month == 1:
            return "jaar"
        if self.maanden == 3 and self.eerste.month % 3 == 1:
            return "kwartaal"
        return "maand" if self.maanden == 1 else "dagen"

    @property
    def jaar(self) -> int:
        """The year in which it begins."""
        return self.eerste.year

    @property
    def stap(self) -> int:
        """How many years there are from this period to the one that it is compared with: 1, unless it is longer."""
        n = self.laatste.year - self.eerste.year
        return n + (_in_jaar(self.eerste, self.jaar + n) <= self.laatste)

    def in_jaar(self, jaar: int) -> Periode:
        """Return the same days of another year: `jaar` is the one in which it begins."""
        na = self.laatste + timedelta(days=1)
        return Periode(_in_jaar(self.eerste, jaar), _in_jaar(na, na.year + jaar - self.jaar) - timedelta(days=1))

    @property
    def vorige(self) -> Periode:
        """The period that this one is compared with."""
        return self.in_jaar(self.jaar - self.stap)

    def bevat(self, dag: date) -> bool:
        """Tell whether a day lies in it."""
        return self.eerste <= dag <= self.laatste

    def is_om(self, peildatum: date) -> bool:
        """Tell whether all of its days are past or the peildatum itself."""
        return peildatum >= self.laatste

    def jaar_van(self, dag: date) -> int | None:
        """Return in which year the period begins that holds a day; None when the day lies between two of them."""
        jaar = self.start_van(dag)
        return jaar if self.in_jaar(jaar).bevat(dag) else None

    def start_van(self, dag: date) -> int:
        """Return in which year the last period begins that has begun on a day."""
        jaar = dag.year - ((dag.month, dag.day) < (self.eerste.month, self.eerste.day))
        return jaar - (jaar - self.jaar) % self.stap

    def jaren(self, van: int, tot: int) -> Iterator[int]:
        """Yield the years in which this period begins, from one year up to and including another."""
        yield from (jaar for jaar in range(van, tot + 1) if (jaar - self.jaar) % self.stap == 0)

    @property
    def naam(self) -> str:
        """What a reader calls it, after 'in', 'van' or 'uit': 2025, het derde kwartaal van 2025, maart 2025."""
        if self.soort == "jaar":
            return str(self.jaar)
        if self.soort == "kwartaal":
            return f"het {RANG[self.eerste.month // 3]} kwartaal van {self.jaar}"
        if self.soort == "maand":
            return f"{MAANDEN[self.eerste.month - 1]} {self.jaar}"
        return f"de periode {datum(self.eerste)} tot en met {datum(self.laatste)}"

    @property
    def zin(self) -> str:
        """Its first and last day in words, whatever else it is called."""
        return f"{datum(self.eerste)} tot en met {datum(self.laatste)}"

    @property
    def zonder_jaar(self) -> str:
        """What it is called in every year alike: het derde kwartaal, maart, de periode 1 mei tot en met 31 mei."""
        if self.soort == "kwartaal":
            return f"het {RANG[self.eerste.month // 3]} kwartaal"
        if self.soort == "maand":
            return MAANDEN[self.eerste.month - 1]
        # Longer than a year it has no name without one.
        if self.stap > 1:
            return "dezelfde periode"
        van, tot = (f"{dag.day} {MAANDEN[dag.month - 1]}" for dag in (self.eerste, self.laatste))
        return f"de periode {van} tot en met {tot}"

    @property
    def kort(self) -> str:
        """The same where there is little room, on an axis: 2025, K3 2025, mrt 2025, 1 nov 2024 t/m 31 okt 2025."""
        if self.soort == "kwartaal":
            return f"K{self.eerste.month // 3 + 1} {self.jaar}"
        if self.soort == "maand":
            return f"{MAANDEN_KORT[self.eerste.month - 1]} {self.jaar}"
        if self.soort == "jaar":
            return str(self.jaar)
        van = f"{self.eerste.day} {MAANDEN_KORT[self.eerste.month - 1]}"
        van += f" {self.jaar}" if self.laatste.year != self.jaar else ""
        return f"{van} t/m {self.laatste.day} {MAANDEN_KORT[self.laatste.month - 1]} {self.laatste.year}"

    @property
    def sleutel(self) -> str:
        """How it is written in an address, on the command line and in the name of a file; see `lees`."""
        if self.soort == "kwartaal":
            return f"{self.jaar}-K{self.eerste.month // 3 + 1}"
        if self.soort == "maand":
            return f"{self.eerste:%Y-%m}"
        return str(self.jaar) if self.soort == "jaar" else f"{self.eerste}_{self.laatste}"

    @property
    def woord(self) -> str:
        """The word for it: jaar, kwartaal, maand or periode."""
        return "periode" if self.soort == "dagen" else self.soort

    @property
    def met_lidwoord(self) -> str:
        """The word for it where its days were named before: 'het jaar', 'de maand'."""
        return f"{'het' if self.woord in ('jaar', 'kwartaal') else 'de'} {self.woord}"

    @property
    def parameters(self) -> dict[str, Any]:
        """The parameters of the questions."""
        return {"vanaf": self.eerste, "tot": self.laatste}


@dataclass(frozen=True)
class Boekjaarwijziging:
    """From the first day of `maand` on or after `vanaf` a book year begins in it.

    The year before then ends early; with `langer` that rest and the year before it are one.
    """

    vanaf: date
    maand: int
    langer: bool = False

    @property
    def eerste(self) -> date:
        """The first day of the first year that begins so."""
        return _first_of_month(self.vanaf, self.maand)


@dataclass(frozen=True)
class Boekjaren:
    """The book years of an organisation: each day lies in exactly one, whatever months they begin in over time."""

    maand: int = 1
    wijzigingen: tuple[Boekjaarwijziging, ...] = ()

    @property
    def kalenderjaren(self) -> bool:
        """Whether every one of them is a calendar year."""
        return self.maand == 1 and all(w.maand == 1 for w in self.wijzigingen)

    def van(self, dag: date) -> Periode:
        """Return the book year that holds a day."""
        stukken = self._parts()
        plek = max(nr for nr, (eerste, _, _) in enumerate(stukken) if eerste <= dag)
        eerste, maand, _ = stukken[plek]
        begin = date(dag.year - (dag.month < maand), maand, 1)
        volgend = begin.replace(year=begin.year + 1)
        if plek + 1 == len(stukken):
            return Periode(begin, volgend - timedelta(days=1))
        grens, _, langer = stukken[plek + 1]
        if langer and grens.month != maand:
            # The last year that is whole, and what is left of the next, are one; when there is such a year.
            rest = date(grens.year - (grens.month <= maand), maand, 1)
            vorig = rest.replace(year=rest.year - 1)
            if vorig >= eerste and begin >= vorig:
                return Periode(vorig, grens - timedelta(days=1))
        return Periode(begin, min(volgend, grens) - timedelta(days=1))

    def _parts(self) -> list[tuple[date, int, bool]]:
        """From which day the years begin in which month; a later decision replaces what was to begin after it."""
        stukken = [(date.min, self.maand, False)]
        for wijziging in self.wijzigingen:
            stukken = [stuk for stuk in stukken if stuk[0] < wijziging.eerste]
            stukken.append((wijziging.eerste, wijziging.maand, wijziging.langer))
        return stukken

    def lijst(self, van: date, tot: date) -> list[Periode]:
        """Return the book years that have a day from `van` up to and including `tot`, the newest first."""
        uit = [self.van(van)]
        while uit[-1].laatste < tot:
            uit.append(self.van(uit[-1].laatste + timedelta(days=1)))
        return uit[::-1]

    def is_een(self, periode: Periode) -> bool:
        """Tell whether a period is one of them, and no calendar year."""
        return periode.soort != "jaar" and self.van(periode.laatste) == periode

    def voorbehoud(self, periode: Periode) -> str:
        """Say what is odd about a book year beside the one before: its length, or that it is compared with none."""
        if not self.is_een(periode):
            return ""
        erbij = f"Vergeleken wordt met dezelfde dagen van een jaar eerder: {periode.vorige.zin}."
        if periode.stap > 1:
            erbij = f"Vergeleken wordt met dezelfde dagen van twee jaar eerder: {periode.vorige.zin}."
        if periode.maanden != 12:
            lang = aantal(periode.maanden, "maand", "maanden")
            return f"Dit overgangsjaar duurt {lang} in plaats van twaalf. {erbij}"
        if self.van(periode.vorige.laatste) != periode.vorige:
            return f"Het boekjaar begon toen in een andere maand. {erbij} Dat is geen boekjaar van toen."
        return ""


def _first_of_month(dag: date, maand: int) -> date:
    """Return the first day of a month on or after a day."""
    eerste = date(dag.year, maand, 1)
    return eerste if eerste >= dag else date(dag.year + 1, maand, 1)


Wanneer = Periode | int
"""A period, or the number of a calendar year."""


def als_periode(wanneer: Wanneer) -> Periode:
    """Return the period; a number is a calendar year."""
    return Periode.van_jaar(wanneer) if isinstance(wanneer, int) else wanneer


def _in_jaar(dag: date, jaar: int) -> date:
    """Return a day in another year; 29 February is 1 March where there is none."""
    return date(jaar, 3, 1) if (dag.month, dag.day) == (2, 29) and not _is_leap(jaar) else dag.replace(year=jaar)


def _is_leap(jaar: int) -> bool:
    return date(jaar, 3, 1) - date(jaar, 2, 1) == timedelta(days=29)
