"""Reading a file as declared: all of it once, and then the facts of the klachten that are asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path

from klachten import gebeurtenissen as g
from klachten.overname import eerder, peil
from klachten.overname.achtergrond import counted
from klachten.overname.kolommen import Kolommen
from klachten.overname.lezen import Logboek
from klachten.overname.tabelbestand import OnleesbaarBestand, Tabelbestand
from klachten.overname.vormen import openen
from klachten.overname.zaken import Lezing, Vertaler
from klachten.register import Register
from klachten.register.feitrij import Opgeschreven


def read(
    bestand: Path, kolommen: Kolommen, vandaag: date, *, toon: bool = False, register: Register | None = None
) -> Lezing:
    """Read a file as declared; OngeldigBestand when the file as a whole cannot be read.

    With `toon` the reasons repeat what stands in a cell that was rejected, which may be a name. Of a source that
    `register` knows it is marked what each klacht says, so that the same need not be read a second time.
    """
    toestand = _state(bestand)
    bekend = register is not None and peil.taken_over(register, kolommen.bron)
    afdruk = eerder.fingerprint if bekend else None
    with _open(bestand, kolommen, vandaag, toon=toon, afdruk=afdruk) as (logboek, vertaler):
        lezing = vertaler.translate(counted(logboek.rows()))
        vertaler.kenmerken.check(logboek.naam)
        vertaler.orde.check(logboek.naam)
        lezing.telling = logboek.telling
        lezing.opmerkingen = [*logboek.opmerkingen, *filter(None, [vertaler.orde.remark()])]
    lezing.toestand = toestand
    return lezing


def facts(
    bestand: Path, kolommen: Kolommen, lezing: Lezing, zaken: Container[int]
) -> Iterator[tuple[int, tuple[g.Gebeurtenis, ...]]]:
    """Make the facts of the klachten that start on these lines from the file, one klacht at a time, with its line.

    Raises OnleesbaarBestand when the file is not what was read before.
    """
    with _open(bestand, kolommen, lezing.vandaag) as (logboek, vertaler):
        yield from vertaler.facts(counted(logboek.rows()), zaken)
    _check_same(bestand, lezing)


def written(
    bestand: Path, kolommen: Kolommen, lezing: Lezing, zaken: Container[int]
) -> Iterator[tuple[int, Sequence[Opgeschreven]]]:
    """As `facts`, written out: where nobody looks at them but the register."""
    with _open(bestand, kolommen, lezing.vandaag) as (logboek, vertaler):
        yield from vertaler.written(counted(logboek.rows()), zaken)
    _check_same(bestand, lezing)


def _check_same(bestand: Path, lezing: Lezing) -> None:
    if _state(bestand) != lezing.toestand:
        raise OnleesbaarBestand(f"{bestand.name}: het bestand is veranderd terwijl het werd overgenomen.")


@contextmanager
def _open(
    bestand: Path,
    kolommen: Kolommen,
    vandaag: date,
    *,
    toon: bool = False,
    afdruk: Callable[[Iterable[Opgeschreven]], str] | None = None,
) -> Iterator[tuple[Tabelbestand, Vertaler]]:
    namen = {kolom for _, kolom in kolommen.used()}
    with closing(openen.open_table(bestand, kolommen.vorm, namen)) as logboek:
        plaatsen = kolommen.places(logboek.kop, logboek.naam)
        hoe = {"toon": toon, "getypeerd": logboek.soort != Logboek.soort}
        yield logboek, Vertaler(kolommen, plaatsen, vandaag, afdruk=afdruk, **hoe)


def sha256(bestand: Path) -> str:
    """Return the content hash of a file."""
    with bestand.open("rb") as inhoud:
        return hashlib.file_digest(inhoud, "sha256").hexdigest()


def _state(bestand: Path) -> tuple[int, ...]:
    """What changes when a file is written to."""
    with suppress(OSError):
        stand = bestand.stat()
        return stand.st_size, stand.st_mtime_ns
    return ()
