"""The figures of every organisation of a lake for a year: how long, how much CPU and memory, what a klacht costs."""

from __future__ import annotations

import gc
import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from klachten import meer
from klachten.analyse import momentopname, vragen
from klachten.analyse.basis.kengetallenlijst import KENGETALLEN
from klachten.analyse.motor import MotorFout
from klachten.meer import Lezer, kengetallen
from klachten.meer.spark import SparkLezer, reader
from klachten.meting.deelnemer import memory
from klachten.taal import getal

TOTAAL = "alle kengetallen"
ACHTEREEN = "per_organisatie"
"""What the page Vergelijken asks: the shares, out of the tables that they need."""


@dataclass(frozen=True)
class Machine:
    """The process in which Spark works, as far as this system tells: 0 where it does not, or where it is elsewhere."""

    process: int

    def cpu(self) -> float:
        """Return the seconds of CPU it used so far."""
        pad = Path(f"/proc/{self.process}/stat")
        velden = pad.read_text(encoding="utf-8").rpartition(")")[2].split() if pad.exists() else ["0"] * 13
        return (int(velden[11]) + int(velden[12])) / os.sysconf("SC_CLK_TCK")

    def peak(self) -> float:
        """Return the most memory it used so far, in MB."""
        pad = Path(f"/proc/{self.process}/status")
        hoogste = re.search(r"^VmHWM:\s+(\d+) kB", pad.read_text(encoding="utf-8"), re.M) if pad.exists() else None
        return int(hoogste[1]) / 1024 if hoogste else 0.0


@dataclass(frozen=True)
class Meting:
    """One figure: how many rows it gave, the wall clock and the CPU of all threads in seconds."""

    naam: str
    rijen: int
    wand: float
    cpu: float


def questions() -> list[str]:
    """Return the figures that a lake can be asked, by their ids: those that a snapshot can be asked."""
    alle = vragen()
    return [een.id for een in KENGETALLEN if not momentopname.refusal(alle[een.sql].parameters, alle[een.sql].sql)]


def measure(
    vraag: Callable[[str], pd.DataFrame], namen: Iterable[str], klok: Callable[[], float] = time.process_time
) -> list[Meting]:
    """Time an engine on figures: `vraag` gives the table of one of every organisation, `klok` the CPU used so far.

    Each is told to who waits as soon as it is there: on a large lake the whole takes an hour.
    """
    uit = []
    for naam in namen:
        gc.collect()
        wand, cpu = time.perf_counter(), klok()
        rijen = len(vraag(naam))
        uit.append(Meting(naam, rijen, time.perf_counter() - wand, klok() - cpu))
        print(f"{naam}: {_decimal(uit[-1].cpu, 1)} s CPU", file=sys.stderr, flush=True)
    return uit


def figures(
    lezer: Lezer | SparkLezer,
    jaar: int,
    peildatum: date,
    klok: Callable[[], float] = time.process_time,
    alleen: Sequence[str] = (),
) -> list[Meting]:
    """Time an engine on every figure of a year (or `alleen` some), and on the shares of all organisations."""
    wie = kengetallen.deelnemers(lezer, peildatum)

    def table(id: str) -> pd.DataFrame:
        return kengetallen.bereken(lezer, id, peildatum=peildatum, periode=jaar, organisaties=wie)

    samen = measure(lambda _: kengetallen.per_organisatie(lezer, jaar, peildatum=peildatum), [ACHTEREEN], klok)
    return [*samen, *measure(table, alleen or questions(), klok)]


def run(waar: str, jaar: int | None, motor: str | None = None, alleen: Sequence[str] = ()) -> int:
    """Measure a lake with an engine and print the table; `alleen` some of the figures, by their ids."""
    if onbekend := set(alleen) - set(questions()):
        print(f"Fout: geen kengetal van een meer: {', '.join(sorted(onbekend))}.", file=sys.stderr)
        return 2
    lezer = meer.open(waar)
    jaar = jaar or min(levering.dag for levering in lezer.leveringen).year - 1
    peildatum = kengetallen.choose_day(lezer, jaar)
    begin = time.perf_counter()
    try:
        wie = reader(lezer, motor)
    except MotorFout as fout:
        print(f"Fout: {fout}", file=sys.stderr)
        return 1
    if isinstance(wie, SparkLezer):
        kern = Machine(wie.process)
        print(f"Spark {wie.sessie.version} op {wie.sessie.sparkContext.master}")
        print(f"Spark starten: {_decimal(time.perf_counter() - begin, 1)} s, waarvan {_decimal(kern.cpu(), 1)} s CPU")
        metingen = figures(wie, jaar, peildatum, lambda: time.process_time() + kern.cpu(), alleen)
        print(report(lezer, jaar, peildatum, metingen, memory()[1] + kern.peak()))
        wie.close()
    else:
        print(report(lezer, jaar, peildatum, figures(wie, jaar, peildatum, alleen=alleen)))
    return 0


def report(lezer: Lezer, jaar: int, peildatum: date, metingen: Sequence[Meting], geheugen: float | None = None) -> str:
    """Return what was measured as a Dutch table; a klacht costs CPU, of all that are in the lake."""
    wie = set(kengetallen.deelnemers(lezer, peildatum))
    klachten = sum(levering.klachten for levering in lezer.leveringen if levering.organisatie in wie)
    los = [meting for meting in metingen if meting.naam != ACHTEREEN]
    alles = Meting(TOTAAL, sum(m.rijen for m in los), sum(m.wand for m in los), sum(m.cpu for m in los))
    regels = [
        f"{getal(len(wie))} organisaties, {getal(klachten)} klachten; jaar {jaar}, peildatum {peildatum:%d-%m-%Y}",
        f"{'kengetal':<30}{'rijen':>10}{'wand, s':>10}{'CPU, s':>10}{'µs per klacht':>15}",
    ]
    regels += [
        f"{meting.naam:<30}{getal(meting.rijen):>10}{_decimal(meting.wand, 2):>10}{_decimal(meting.cpu, 2):>10}"
        f"{_decimal(meting.cpu / max(1, klachten) * 1e6, 2):>15}"
        for meting in (*los, alles, *(meting for meting in metingen if meting.naam == ACHTEREEN))
    ]
    return "\n".join([*regels, f"Meeste geheugen van het proces: {getal(round(geheugen or memory()[1]))} MB"])


def _decimal(waarde: float, cijfers: int) -> str:
    return f"{waarde:.{cijfers}f}".replace(".", ",")
