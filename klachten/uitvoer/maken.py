"""Making an export, as a whole or not at all: beside its place first, and there under its name when all of it stands.

It is of one moment: what is recorded meanwhile is not in it. Never more than a portion is in memory.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from klachten import __version__, reglement
from klachten.analyse.excel.blad import Blad
from klachten.analyse.excel.blad import Kolom as Bladkolom
from klachten.analyse.excel.excel import Bron, Herkomst, maak
from klachten.opening import reglementen_map
from klachten.register import Register, omzetten
from klachten.register.database import Connection
from klachten.register.wissen import erasures
from klachten.schijf import fsync_map
from klachten.uitvoer import documenten, feiten, leesmij, tabellen, vormen, woordenboek, xes
from klachten.uitvoer.fouten import UitvoerFout, require_empty, when_disk_refuses
from klachten.uitvoer.tabellen import Kolom

FORMAAT, SOORT = 1, "uitvoer van klachten"
UITLEG = "Uitleg"


@dataclass(frozen=True)
class Gemaakt:
    """What was made: where, of how many facts, how many rows each table has; `ontbreekt` the register lacked."""

    map: Path
    aantal_feiten: int
    tabellen: Mapping[str, int]
    documenten: int
    bytes: int
    ontbreekt: tuple[str, ...]


@dataclass
class _Werk:
    """An export in the making."""

    register: Register
    cursor: Connection
    doel: Path
    nu: datetime
    vandaag: date
    reden: str
    stap: Callable[[str], None]
    tabellen: dict[str, int] = field(default_factory=dict)
    kolommen: dict[str, list[Kolom]] = field(default_factory=dict)
    ontbreekt: list[str] = field(default_factory=list)


def make(
    register: Register,
    naar: Path,
    *,
    nu: datetime,
    vandaag: date,
    reden: str = "",
    stap: Callable[[str], None] = lambda _: None,
) -> Gemaakt:
    """Write everything of a register to a folder that is not there yet; UitvoerFout says why not.

    `nu` is the moment in UTC, `vandaag` the day of which the terms are. `stap` is told what is being made: whatever it
    raises breaks the export off, and nothing of it stays.
    """
    naar = naar.absolute()
    require_empty(naar)
    if naar.resolve().is_relative_to(register.map.resolve()):
        raise UitvoerFout(
            f"{naar} ligt in de map van het register. Daar hoort geen leesbare kopie te staan: kies een andere map."
        )
    if dicht := omzetten.lost(register.map, register.dossiers):
        raise UitvoerFout(f"Er is geen uitvoer gemaakt: de teksten blijven dicht. {dicht}")
    begin = register.stand().aantal
    with when_disk_refuses(naar, "De uitvoer"), beside(naar) as doel:
        try:
            with register.cursor() as cursor:
                cursor.begin()
                manifest = _write(_Werk(register, cursor, doel, nu, vandaag, reden, stap))
        except duckdb.Error:
            _check_nothing_erased(register, begin)  # after that the database is another file
            raise
        _check_nothing_erased(register, begin)
    return Gemaakt(
        naar, manifest["aantal_feiten"], manifest["tabellen"], manifest["documenten"],
        sum(een["bytes"] for een in manifest["bestanden"].values()), tuple(manifest["ontbreekt"]),
    )  # fmt: skip


def _check_nothing_erased(register: Register, begin: int) -> None:
    """Raise UitvoerFout when something was erased after a fact: it may have been written down already."""
    with register.plain_cursor() as cursor:
        if erasures(cursor, begin):
            raise UitvoerFout("Er is intussen iets gewist. Er is geen uitvoer gemaakt: begin opnieuw.")


@contextlib.contextmanager
def beside(naar: Path) -> Iterator[Path]:
    """Give a folder beside the place that is its own when all goes well, and gone when it does not."""
    doel = naar.parent / f".{naar.name}.wordt"
    naar.parent.mkdir(parents=True, exist_ok=True)
    if doel.exists():  # of one that was killed
        shutil.rmtree(doel)
    doel.mkdir(mode=0o700)
    try:
        yield doel
        if hasattr(os, "sync"):
            os.sync()
        if naar.exists():
            naar.rmdir()
        doel.rename(naar)
        fsync_map(naar.parent)
    except BaseException:
        shutil.rmtree(doel, ignore_errors=True)
        raise


def _write(werk: _Werk) -> dict[str, Any]:
    register, cursor, doel = werk.register, werk.cursor, werk.doel
    ((tot, zegel),) = cursor.execute("SELECT nr, zegel FROM stand").fetchall()
    gewist = erasures(cursor)
    werk.stap("de feiten")
    aantal, kwijt = feiten.write(cursor, doel / feiten.BESTAND, tot, gewist)
    werk.ontbreekt += [f"tekst {wat}" for wat in kwijt]
    werk.stap("de documenten")
    stukken = list(documenten.write(register, cursor, doel, tot, gewist))
    werk.ontbreekt += [f"document bij feit {rij[0]} van {rij[1]}" for rij in stukken if rij[-1] == documenten.ONTBREEKT]
    _tables(werk, tabellen.prepare(cursor, register, werk.vandaag, tot, stukken))
    werk.stap("het verloop (XES)")
    sporen = xes.write(cursor, doel / xes.BESTAND, tot)
    werk.stap("het Excel-bestand")
    _workbook(werk, tot, zegel)
    _reglementen(werk)
    manifest = {
        "soort": SOORT,
        "formaat": FORMAAT,
        "software": __version__,
        "gemaakt_op": f"{werk.nu:%Y-%m-%dT%H:%M:%SZ}",
        "peildatum": werk.vandaag.isoformat(),
        "reden": werk.reden,
        "aantal_feiten": aantal,
        "aantal_feiten_tot": tot,
        "zegel": zegel,
        "verlies": [asdict(een) for een in register.journaal.aanvaard],
        "tabellen": werk.tabellen,
        "documenten": sum(rij[-1] == documenten.ER for rij in stukken),
        "xes": {"sporen": sporen[0], "gebeurtenissen": sporen[1]},
        "ontbreekt": werk.ontbreekt,
    }
    werk.stap("de uitleg en de controlegetallen")
    (doel / leesmij.BESTAND).write_text(leesmij.text(manifest, werk.kolommen), encoding="utf-8")
    manifest["bestanden"] = {
        pad.relative_to(doel).as_posix(): {"sha256": digest(pad), "bytes": pad.stat().st_size}
        for pad in sorted(doel.rglob("*"))
        if pad.is_file()
    }
    tekst = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
    (doel / leesmij.MANIFEST).write_text(tekst, encoding="utf-8")
    return manifest


def _tables(werk: _Werk, vragen: tabellen.Vragen) -> None:
    for naam in ("parquet", "csv"):
        (werk.doel / naam).mkdir()
    for naam in tabellen.TABELLEN:
        werk.stap(f"de tabel {naam}")
        vraag = vragen[naam]
        bron = werk.doel / "parquet" / f"{naam}.parquet"
        werk.kolommen[naam] = tabellen.columns(werk.cursor, vraag)
        werk.tabellen[naam] = vormen.parquet(werk.cursor, vraag, bron)
        vormen.csv(werk.cursor, werk.kolommen[naam], bron, werk.doel / "csv" / f"{naam}.csv")


def _workbook(werk: _Werk, tot: int, zegel: str) -> None:
    """The same tables as sheets, each explained; those that are too long, or for programs, are named only."""
    alle = woordenboek.tables()
    in_boek = [
        naam
        for naam in tabellen.TABELLEN
        if naam not in vormen.NIET_IN_EXCEL and werk.tabellen[naam] <= vormen.MEESTE_RIJEN
    ]
    bladen = [
        vormen.sheet(werk.cursor, alle[naam], werk.kolommen[naam], _parquet(werk, naam), werk.tabellen[naam])
        for naam in in_boek
    ]
    kolommen = {naam: [(een.naam, een.soort) for een in rij] for naam, rij in werk.kolommen.items()}
    uitleg = Blad(
        UITLEG,
        (Bladkolom("Tabel", breedte=20), Bladkolom("Kolom", breedte=24), Bladkolom("Soort", breedte=18),
         Bladkolom("Wat", breedte=100, terugloop=True)),
        woordenboek.rows(kolommen),
        kop=(UITLEG, "Wat elke kolom van elke tabel betekent; een tabel die hier geen blad heeft, staat in csv/."),
    )  # fmt: skip
    herkomst = Herkomst(
        bronnen=[
            Bron(blad=naam, vraag=alle[naam].wat, definitie=f"Een rij is {alle[naam].rij}.", sql="")
            for naam in in_boek
        ],
        peildatum=werk.vandaag, filter="alles", zegel=zegel, feiten=tot,
        voor="Uitvoer van het hele register: wie dit bestand heeft, kan alles lezen.",
    )  # fmt: skip
    (werk.doel / leesmij.WERKMAP).write_bytes(maak([uitleg, *bladen], herkomst))


def _parquet(werk: _Werk, naam: str) -> Path:
    return werk.doel / "parquet" / f"{naam}.parquet"


def _reglementen(werk: _Werk) -> None:
    """What came along with klachten that were taken over, and the reglementen of klachten itself, as they are."""
    for bron, naar in ((reglementen_map(werk.register.map), leesmij.REGLEMENTEN), (reglement.MAP, leesmij.MEEGELEVERD)):
        for pad in sorted(bron.rglob("*.toml")):
            doel = werk.doel / naar / pad.relative_to(bron)
            doel.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(pad, doel)


def digest(pad: Path) -> str:
    """Return the sha256 of a file."""
    with pad.open("rb") as bestand:
        return hashlib.file_digest(bestand, "sha256").hexdigest()
