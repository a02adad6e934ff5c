"""The Dutch calendar of working days, by the Algemene termijnenwet (art. 1 and 3).

A term that ends on a Saturday, a Sunday, a holiday or a day equated with one runs to the first ordinary day
after it. The law names the holidays; Good Friday is equated by the law itself; other days are equated by decree,
a few years at a time, so they are dated data: gelijkgesteld.toml, read by `gelijkgesteld()` and handed in as `extra`.
Whether a reglement follows this law is for the reglement to say: a private one does not.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from pathlib import Path

from dateutil.easter import easter

LAATST = (12, 31)
BESLUITEN = Path(__file__).parent / "gelijkgesteld.toml"


ZATERDAG = 5
EEN_DAG = timedelta(days=1)
GELIJKGESTELD = "Gelijkgestelde dag"


@dataclass(frozen=True, kw_only=True)
class Gelijkstelling:
    """The days equated by decree, each with its decree, and the last day about which the decrees are known."""

    dagen: dict[date, str]
    bekend_tot: date

    def voorbehoud(self, uiterlijk_op: date) -> str:
        """Return what to say beside a term that moves off free days and ends after the last decree; else nothing."""
        if uiterlijk_op <= self.bekend_tot:
            return ""
        return (
            f"Onder voorbehoud: welke dagen na {self.bekend_tot.year} bij besluit met een feestdag zijn gelijkgesteld, "
            "is hier niet bekend; deze dag kan dus nog later worden."
        )


@cache
def gelijkgesteld() -> Gelijkstelling:
    """Return the days equated by decree (Algemene termijnenwet art. 3, third paragraph), as far as they are known."""
    gelezen = tomllib.loads(BESLUITEN.read_text(encoding="utf-8"))
    dagen = {
        dag: " ".join(filter(None, (besluit["naam"], f"({besluit['nummer']})" if besluit["nummer"] else "")))
        for besluit in gelezen["besluit"]
        for dag in besluit["dagen"]
    }
    return Gelijkstelling(dagen=dagen, bekend_tot=gelezen["bekend_tot"])


def _konings_of_koninginnedag(jaar: int) -> tuple[date, str]:
    """Return the day on which the birthday of the king or queen is celebrated.

    27 April since 2014, the Saturday before when that is a Sunday; before 2014 it was 30 April, moved to the
    Saturday since 1980 and to the Monday before 1980.
    """
    if jaar >= 2014:
        dag, naam = date(jaar, 4, 27), "Koningsdag"
    else:
        dag, naam = date(jaar, 4, 30), "Koninginnedag"
    if dag.weekday() == 6:
        dag += EEN_DAG if jaar < 1980 else -EEN_DAG
    return dag, naam


def feestdagen(jaar: int) -> dict[date, str]:
    """Return the holidays of a year and Good Friday, in order of date, with their Dutch names.

    Only the days on which a term cannot end for another reason than being a Sunday: Easter Sunday and Whit Sunday
    are Sundays already. 5 May counts every year. Two holidays may share a date ("Hemelvaartsdag en Bevrijdingsdag").
    Source: Algemene termijnenwet art. 3; Easter by the Gregorian computus (dateutil.easter).

    Raises ValueError for a year outside 1949-4099.
    """
    if not 1949 <= jaar <= 4099:
        raise ValueError(f"Voor het jaar {jaar} is geen kalender bekend: kies een jaar van 1949 tot en met 4099.")
    pasen = easter(jaar)
    op_datum = [
        (date(jaar, 1, 1), "Nieuwjaarsdag"),
        (pasen - 2 * EEN_DAG, "Goede Vrijdag"),
        (pasen + EEN_DAG, "Tweede Paasdag"),
        _konings_of_koninginnedag(jaar),
        (pasen + 39 * EEN_DAG, "Hemelvaartsdag"),
        (date(jaar, 5, 5), "Bevrijdingsdag"),
        (pasen + 50 * EEN_DAG, "Tweede Pinksterdag"),
        (date(jaar, 12, 25), "Eerste Kerstdag"),
        (date(jaar, 12, 26), "Tweede Kerstdag"),
    ]
    namen: dict[date, str] = {}
    for dag, naam in sorted(op_datum, key=lambda paar: paar[0]):
        namen[dag] = f"{namen[dag]} en {naam}" if dag in namen else naam
    return namen


def is_werkdag(dag: date, extra: Iterable[date] = ()) -> bool:
    """Say whether a day is ordinary: no weekend, no holiday, no Good Friday, not one of the `extra` equated days."""
    return dag.weekday() < ZATERDAG and dag not in feestdagen(dag.year) and dag not in frozenset(extra)


def verschoven(dag: date, extra: Iterable[date] = ()) -> date:
    """Return the first ordinary day on or after a day (Algemene termijnenwet art. 1, first paragraph)."""
    extra = frozenset(extra)
    while not is_werkdag(dag, extra):
        dag += EEN_DAG
    return dag


def dagen(van: date, tot: date, extra: Iterable[date] = ()) -> list[tuple[date, bool, date, str | None]]:
    """Return one row per day from `van` up to and including `tot`, to load as a table.

    Each row is (dag, werkdag, eerstvolgende_werkdag, naam): `eerstvolgende_werkdag` is the day itself on an ordinary
    day; `naam` is the holiday's name, "Gelijkgestelde dag" for an `extra` day, None on all other days and weekends.

    Raises ValueError when `tot` lies before `van`.
    """
    if tot < van:
        raise ValueError(f"De laatste dag ({tot}) ligt voor de eerste ({van}).")
    extra = frozenset(extra)
    namen = dict.fromkeys(extra, GELIJKGESTELD)
    for jaar in range(van.year, tot.year + 1):
        namen |= feestdagen(jaar)
    # Backwards, so that every day already knows the first ordinary day after it.
    volgende = verschoven(tot, extra)
    rijen = []
    for nummer in range((tot - van).days, -1, -1):
        dag = van + nummer * EEN_DAG
        werkdag = dag.weekday() < ZATERDAG and dag not in namen
        if werkdag:
            volgende = dag
        rijen.append((dag, werkdag, volgende, namen.get(dag)))
    return rijen[::-1]


@dataclass(frozen=True)
class Kalender:
    """The days from `van` up to and including `tot` with their `extra` equated days, made when they are gone through.

    Seventy years take 80 ms to make and to compare: a register that has them already only asks for the `kenmerk`.
    """

    van: date
    tot: date
    extra: tuple[date, ...] = ()

    @cached_property
    def kenmerk(self) -> str:
        """What the days follow from: another stretch, decree or rule in this file gives another kenmerk."""
        regels = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
        return f"{self.van} {self.tot} {' '.join(map(str, sorted(self.extra)))} {regels}"

    def __iter__(self) -> Iterator[tuple[date, bool, date, str | None]]:
        """Go through the rows of `dagen`."""
        return iter(dagen(self.van, self.tot, self.extra))
