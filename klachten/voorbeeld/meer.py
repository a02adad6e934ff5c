"""Make a lake of invented organisations: a few registers, made as the example is, and each many times over, changed.

Every one of the first is a whole register, with its facts and its snapshot. The others are made of those snapshots by
SQL: a part of the klachten, with numbers of their own, moved by some weeks, so that no two are the same. What that is
good for is size, and figures that can be compared with each other; organisations made of the same register resemble
each other more than real ones do, so nothing about how real ones differ follows from it (docs/meer.md).
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

import duckdb

from klachten import momentopname
from klachten.analyse.momentopname import current
from klachten.meer import namen, plaats, vorm
from klachten.meer.aanleveren import write
from klachten.meer.fouten import Geweigerd
from klachten.meer.namen import Ingang
from klachten.opening import open_register
from klachten.voorbeeld import voorbeeld
from klachten.voorbeeld.rolverdeling import with_names

GROOTTEN = (0.4, 1.6, 0.6, 1.4, 0.8, 1.2, 0.9, 1.1)
"""How large the registers are that the others are made of, against the mean."""
DEEL = (0.7, 1.0)
"""From and to which part of the klachten of such a register an organisation has."""
WEKEN = 9
"""An organisation is moved back by fewer weeks than this: whole ones, so that a working day stays one."""
EINDELOOS = date(9999, 12, 31)
_NUMMERS = """
CREATE OR REPLACE TEMP TABLE nieuw AS
SELECT
    n.oud, n.jaar, n.volgnr, 'K' || n.jaar || '-' || lpad(CAST(n.volgnr AS VARCHAR), 4, '0') AS klachtnummer
FROM (
    SELECT
        o.oud, o.jaar, CAST(row_number() OVER (PARTITION BY o.jaar ORDER BY o.op, o.oud) AS INTEGER) AS volgnr
    FROM (
        SELECT
            k.klachtnummer AS oud, k.ontvangen_op - $dagen AS op,
            CAST(year(k.ontvangen_op - $dagen) AS INTEGER) AS jaar
        FROM basis.klacht_stand AS k
        WHERE k.tot = DATE '9999-12-31' AND hash(k.klachtnummer, $nr) % 1000 < $promille
    ) AS o
) AS n
"""
_VERVANGEN = {"klachtnummer": "n.klachtnummer", "jaar": "n.jaar", "nummerjaar": "n.jaar", "volgnr": "n.volgnr"}

Voortgang = Callable[[int, int], None]


@dataclass(frozen=True)
class Gemaakt:
    """What was made; `eigen` is how many registers the organisations were made of."""

    organisaties: int
    klachten: int
    eigen: int


def make(
    naar: Path,
    *,
    organisaties: int,
    klachten: int,
    vandaag: date,
    keer: int = 1,
    seed: int = 1,
    progress: Voortgang | None = None,
) -> Gemaakt:
    """Make a lake in a folder with nothing in it, of so many organisations with about so many klachten together.

    With `keer` each of them is there so many times, under numbers of its own: as large, and made in no time.
    """
    plek = plaats.find_or_begin(str(naar))
    if plek.notes():
        raise Geweigerd(f"In het meer in {naar} staan al leveringen. Maak het voorbeeld in een lege map.")
    with tempfile.TemporaryDirectory(prefix="klachten-meer-", dir=naar.parent) as tijdelijk:
        bronnen = list(_registers(Path(tijdelijk), organisaties, klachten, vandaag, seed))
        gemaakt = multiply(naar, bronnen, organisaties=organisaties, seed=seed, progress=progress)
    return repeat(naar, gemaakt, keer)


def _registers(map: Path, organisaties: int, klachten: int, vandaag: date, seed: int) -> Iterator[Path]:
    """Make the registers that the organisations are made of, and give their snapshots."""
    gemiddeld = klachten / organisaties / (sum(DEEL) / 2)
    nu = datetime.combine(vandaag, time(12), UTC)
    for nr, grootte in enumerate(GROOTTEN[:organisaties]):
        register_map = map / f"register{nr}"
        register_map.mkdir()
        voorbeeld.make(register_map, vandaag=vandaag, seed=seed + nr, aantal=max(6, round(gemiddeld * grootte)))
        with open_register(register_map) as register, with_names(register):
            momentopname.write(register, nu=nu, vandaag=vandaag)
        yield current(register_map)[0]


def multiply(
    naar: Path, bronnen: Sequence[Path], *, organisaties: int, seed: int = 1, progress: Voortgang | None = None
) -> Gemaakt:
    """Deliver so many organisations into the lake, made of these snapshots in turn."""
    plek, lijst = plaats.find_or_begin(str(naar)), namen.beside(str(naar))
    totaal, klaar = 0, 0
    with namen.held(lijst) as bekend:
        wie = {nr: bekend.of(f"Organisatie {nr + 1:04d}", f"voorbeeld {seed} {nr}") for nr in range(organisaties)}
        bekend.save()
        for plaats_nr, bron in enumerate(bronnen):
            opname = current(bron.parents[1])[1]
            with duckdb.connect() as con:
                _load(con, bron)
                for nr in range(plaats_nr, organisaties, len(bronnen)):
                    levering = _one(con, opname, wie[nr], nr, Random(f"{seed}-{nr}"), naar)
                    plek.store(vorm.note_name(wie[nr].id), vorm.written(levering))
                    totaal, klaar = totaal + levering.klachten, klaar + 1
                    if progress is not None:
                        progress(klaar, organisaties)
        bekend.save()
    return Gemaakt(organisaties, totaal, len(bronnen))


def repeat(naar: Path, gemaakt: Gemaakt, keer: int) -> Gemaakt:
    """Deliver everything in the lake again under other numbers, as other names of the same files."""
    plek = plaats.find(str(naar))
    leveringen = [vorm.read(plek.fetch(vorm.note_name(een)) or b"", een) for een in plek.notes()]
    with namen.held(namen.beside(str(naar))) as bekend:
        naam_van = {ingang.id: (naam, ingang) for naam, ingang in bekend.van.items()}
        for nr in range(2, keer + 1):
            for levering in leveringen:
                naam, ingang = naam_van[levering.organisatie]
                nieuw = bekend.of(f"{naam} ({nr})", f"{ingang.register} {nr}")
                nieuw.woorden = ingang.woorden
                plek.store(vorm.note_name(nieuw.id), vorm.written(_again(naar, levering, nieuw.id)))
        bekend.save()
    return Gemaakt(gemaakt.organisaties * keer, gemaakt.klachten * keer, gemaakt.eigen)


def _again(naar: Path, levering: vorm.Levering, organisatie: str) -> vorm.Levering:
    bestanden = {}
    for tabel, lijst in levering.bestanden.items():
        bestanden[tabel] = tuple(
            replace(een, naam=een.naam.replace(levering.organisatie, organisatie)) for een in lijst
        )
        for van, wordt in zip(lijst, bestanden[tabel], strict=True):
            (naar / wordt.naam).parent.mkdir(parents=True, exist_ok=True)
            (naar / wordt.naam).hardlink_to(naar / van.naam)
    return replace(levering, organisatie=organisatie, bestanden=bestanden)


def _load(con: duckdb.DuckDBPyConnection, bron: Path) -> None:
    con.execute("SET TimeZone = 'UTC'")
    con.execute("CREATE SCHEMA basis")
    for tabel in (*vorm.KOLOMMEN, vorm.KALENDER):
        pad = str(bron / f"{tabel}.parquet").replace("'", "''")
        con.execute(f"CREATE TABLE basis.{tabel} AS SELECT * FROM read_parquet('{pad}')")
    con.execute(f"CREATE VIEW {vorm.KALENDER} AS SELECT * FROM basis.{vorm.KALENDER}")


def _one(
    con: duckdb.DuckDBPyConnection, opname: dict[str, Any], ingang: Ingang, nr: int, toeval: Random, naar: Path
) -> vorm.Levering:
    """Write one organisation: a part of the klachten, moved back, known up to as many days before."""
    dagen, deel = 7 * toeval.randrange(WEKEN), toeval.uniform(*DEEL)
    con.execute(_NUMMERS, {"dagen": dagen, "nr": nr, "promille": round(deel * 1000)})
    drukte = deel * toeval.uniform(0.85, 1.15)
    for tabel in vorm.KOLOMMEN:
        con.execute(f"CREATE OR REPLACE VIEW {tabel} AS {_changed(con, tabel, dagen, drukte)}")
    dag = date.fromisoformat(opname["dag"]) - timedelta(days=dagen)
    anders = {**opname, "dag": dag.isoformat(), "zegel": f"{toeval.getrandbits(256):064x}"}
    return write(con, anders, ingang, f"{opname['naam']}-{anders['zegel'][:8]}", naar)


def _changed(con: duckdb.DuckDBPyConnection, tabel: str, dagen: int, drukte: float) -> str:
    """Return what a table of one organisation selects of that of the register it is made of."""
    if tabel == "trajecten":
        return (
            f"SELECT t.* REPLACE (CAST(ceil(t.aantal * {drukte:.4f}) AS INTEGER) AS aantal) FROM basis.trajecten AS t"
        )
    if tabel not in vorm.KLACHTTABELLEN:
        return f"SELECT * FROM basis.{tabel}"
    rijen = con.execute(f"DESCRIBE basis.{tabel}").fetchall()
    kolommen = ", ".join(f"{_moved(kolom, soort, dagen)} AS {kolom}" for kolom, soort, *_ in rijen)
    return f"SELECT {kolommen} FROM basis.{tabel} AS t JOIN temp.nieuw AS n ON n.oud = t.klachtnummer"


def _moved(kolom: str, soort: str, dagen: int) -> str:
    if kolom in _VERVANGEN:
        return _VERVANGEN[kolom]
    if soort == "DATE[]":
        return f"list_transform(t.{kolom}, lambda dag: dag - {dagen})"
    if soort != "DATE" or kolom == "reglement_versie":
        return f"t.{kolom}"
    return f"CASE WHEN t.{kolom} = DATE '{EINDELOOS}' THEN t.{kolom} ELSE t.{kolom} - {dagen} END"
