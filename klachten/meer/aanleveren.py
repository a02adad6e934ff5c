"""Deliver the newest snapshot of a register into a lake, or withdraw an organisation from it."""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from klachten import reglement
from klachten.analyse import momentopname
from klachten.meer import namen, plaats, vorm
from klachten.meer.fouten import Geweigerd, MeerFout
from klachten.meer.namen import Ingang
from klachten.meer.plaats import Plaats
from klachten.meer.vorm import Bestand, Levering
from klachten.register.journaal import Journaal
from klachten.taal import datum

_RIJGROEP = 20_480
"""Rows that stand on one day go together, so that others are not read; a group is also what one thread reads."""
WOORDEN: dict[str, dict[str, str]] = {
    "klacht_stand": {"vestiging": "vestiging", "reglement": "reglement", "bron": "bron"},
    "signaal_stand": {"vestiging": "vestiging"},
    "trajecten": {"vestiging": "vestiging"},
    "overgenomen_bron": {"bron": "bron"},
    "termijn": {"reglement": "reglement"},
    "stap": {"reglement": "reglement"},
    "keuze": {"reglement": "reglement"},
}
"""The columns in which the own words of an organisation stand, and of which kind: in a lake these are numbered."""


@dataclass(frozen=True)
class Aangeleverd:
    """What was delivered: as which id, and whether it was there already."""

    levering: Levering
    nieuw: bool
    ingang: Ingang

    @property
    def organisatie(self) -> str:
        """The id of the organisation in the lake."""
        return self.levering.organisatie


def deliver(
    map: Path, naar: str, als: str, *, lijst: Path | None = None, opslag: Mapping[str, Any] | None = None
) -> Aangeleverd:
    """Put the newest snapshot of the register in `map` into the lake in place of the former of this organisation.

    Until the note is written the former counts, also when this is broken off. Raises MeerFout with a Dutch sentence.
    """
    try:
        bron, opname = momentopname.current(map)
    except momentopname.GeenMomentopname as fout:
        raise Geweigerd(str(fout)) from fout
    register = _first_seal(map)
    if "://" not in naar and Path(naar).resolve().is_relative_to(map.resolve()):
        raise Geweigerd(f"{naar} ligt in het register zelf. Kies een map daarbuiten.")
    als = als.strip()
    if not als:
        raise Geweigerd("Zeg met --als hoe de organisatie in de lijst met namen heet.")
    with namen.held(lijst or namen.beside(naar)) as bekend:
        plek = plaats.find_or_begin(naar, opslag)
        ingang = bekend.of(als, register)
        vorige = _former(plek, ingang.id)
        naam = f"{opname['naam']}-{opname['zegel'][:8]}"
        if vorige and vorige.levering == naam and _is_whole(plek, vorige):
            return Aangeleverd(vorige, False, ingang)
        if vorige and (date.fromisoformat(opname["dag"]), opname["aantal_feiten"]) < (vorige.dag, vorige.aantal_feiten):
            raise Geweigerd(
                f"In het meer staat al een nieuwere levering van {als}, van {datum(vorige.dag)}; deze momentopname is "
                f"van {datum(date.fromisoformat(opname['dag']))}. Maak een nieuwe met: python -m klachten "
                "momentopname. Er is niets aangeleverd."
            )
        with tempfile.TemporaryDirectory(prefix="klachten-meer-") as tijdelijk:
            levering = prepare(bron, opname, ingang, naam, Path(tijdelijk))
            bekend.save()  # before anything is there: a number is never given twice
            upload(plek, levering, Path(tijdelijk))
        _sweep(plek, levering, vorige)
        return Aangeleverd(levering, True, ingang)


def _first_seal(map: Path) -> str:
    """Return what a register is known by, whatever happens in it: the zegel of its first fact."""
    for pad in Journaal(map / "journaal").bestanden():
        with pad.open("rb") as bestand, contextlib.suppress(ValueError, KeyError, TypeError):
            return str(json.loads(bestand.readline())["zegel"])
    raise Geweigerd(f"In {map} staat geen register: er is geen journaal dat gelezen kan worden.")


def _former(plek: Plaats, organisatie: str) -> Levering | None:
    """Return the delivery that counts until now; None when there is none, or its note cannot be read."""
    tekst = plek.fetch(vorm.note_name(organisatie))
    try:
        return vorm.read(tekst, organisatie) if tekst is not None else None
    except ValueError:
        return None


def _is_whole(plek: Plaats, levering: Levering) -> bool:
    er_is = {naam: lengte for tabel in levering.bestanden for naam, lengte in _of(plek, tabel, levering.organisatie)}
    return all(er_is.get(een.naam) == een.bytes for lijst in levering.bestanden.values() for een in lijst)


def _of(plek: Plaats, tabel: str, organisatie: str) -> Iterable[tuple[str, int]]:
    return plek.under(f"{tabel}/organisatie={organisatie}").items()


def prepare(bron: Path, opname: Mapping[str, Any], ingang: Ingang, naam: str, doel: Path) -> Levering:
    """Write the files of a delivery in a folder of this computer, as they are called in the lake; return its note."""
    con = duckdb.connect(config={"autoinstall_known_extensions": False, "autoload_known_extensions": False})
    try:
        con.execute("SET TimeZone = 'UTC'")
        for tabel in (*vorm.KOLOMMEN, vorm.KALENDER):
            if (pad := bron / f"{tabel}.parquet").exists():
                con.execute(f"CREATE VIEW {tabel} AS SELECT * FROM read_parquet({_quoted(pad)})")
        return write(con, opname, ingang, naam, doel)
    except duckdb.Error as fout:
        raise Geweigerd(
            f"De momentopname {bron.name} kan niet worden gelezen: {str(fout).splitlines()[0]}. Maak een nieuwe met: "
            "python -m klachten momentopname."
        ) from fout
    finally:
        con.close()


def write(con: duckdb.DuckDBPyConnection, opname: Mapping[str, Any], ingang: Ingang, naam: str, doel: Path) -> Levering:
    """Write the tables of a connection, those of a snapshot, as the files of a delivery; return its note."""
    soorten = _kinds(con, opname["naam"])
    _name_words(con, ingang)
    con.execute(
        "CREATE OR REPLACE TEMP TABLE jaar_van AS SELECT DISTINCT k.klachtnummer, YEAR(k.ontvangen_op) AS jaar "
        "FROM klacht_stand AS k"
    )
    # Of each year one file; a second thread would begin another.
    con.execute("SET threads = 1")
    bestanden = {tabel: tuple(_write(con, tabel, ingang.id, naam, doel)) for tabel in vorm.KOLOMMEN}
    con.execute("RESET threads")
    jaren = con.execute("SELECT j.jaar, count(*) FROM temp.jaar_van AS j GROUP BY j.jaar ORDER BY j.jaar").fetchall()
    reglementen = con.execute(
        "SELECT DISTINCT w.naam FROM klacht_stand AS k JOIN temp.woord AS w ON w.id = k.reglement "
        "WHERE w.soort = 'reglement' ORDER BY w.naam"
    ).fetchall()
    return Levering(
        organisatie=ingang.id, levering=naam, dag=date.fromisoformat(opname["dag"]),
        aantal_feiten=opname["aantal_feiten"], zegel=opname["zegel"], software=opname["software"],
        opname=opname["formaat"], klachten=sum(aantal for _, aantal in jaren), jaren=tuple(jaar for jaar, _ in jaren),
        reglementen=tuple(naam for (naam,) in reglementen), kalender=_calendar(con, doel), bestanden=bestanden,
        soorten=soorten,
    )  # fmt: skip


def _kinds(con: duckdb.DuckDBPyConnection, opname: str) -> dict[str, dict[str, str]]:
    """Return the types of the columns of a snapshot; Geweigerd when it lacks what goes into a lake."""
    er_zijn: dict[str, dict[str, str]] = {}
    for tabel, kolom, soort in con.execute(
        "SELECT table_name, column_name, data_type FROM duckdb_columns()"
    ).fetchall():
        er_zijn.setdefault(tabel, {})[kolom] = soort
    for tabel, kolommen in vorm.KOLOMMEN.items():
        if ontbreekt := [kolom for kolom in kolommen if kolom not in er_zijn.get(tabel, {})]:
            raise Geweigerd(
                f"De momentopname {opname} is van een andere versie van klachten: in {tabel} ontbreekt "
                f"{', '.join(ontbreekt[:3])}. Maak een nieuwe met: python -m klachten momentopname."
            )
    return {tabel: {kolom: er_zijn[tabel][kolom] for kolom in kolommen} for tabel, kolommen in vorm.KOLOMMEN.items()}


def _name_words(con: duckdb.DuckDBPyConnection, ingang: Ingang) -> None:
    """Give the own words of an organisation their names in the lake; the reglementen of klachten itself keep theirs."""
    gebruikt: dict[str, set[str]] = {}
    for tabel, kolommen in WOORDEN.items():
        for kolom, soort in kolommen.items():
            rijen = con.execute(f"SELECT DISTINCT {kolom} FROM {tabel} WHERE {kolom} <> ''").fetchall()
            gebruikt.setdefault(soort, set()).update(id for (id,) in rijen)
    rijen = con.execute("SELECT DISTINCT id FROM keuze WHERE lijst = 'vestigingen'").fetchall()
    gebruikt["vestiging"].update(id for (id,) in rijen)
    algemeen = set(reglement.load_all())
    woorden = [("reglement", id, id) for id in gebruikt["reglement"] & algemeen]
    gebruikt["reglement"] -= algemeen
    for soort, ids in gebruikt.items():
        woorden += [(soort, id, naam) for id, naam in ingang.name(soort, ids).items()]
    con.execute("CREATE OR REPLACE TEMP TABLE woord (soort VARCHAR, id VARCHAR, naam VARCHAR)")
    if woorden:
        kolom_van = [list(kolom) for kolom in zip(*woorden, strict=True)]
        con.execute("INSERT INTO temp.woord SELECT unnest(?), unnest(?), unnest(?)", kolom_van)


def _column(tabel: str, kolom: str) -> str:
    if tabel == "keuze" and kolom in ("id", "naam"):
        eigen = "(SELECT w.naam FROM temp.woord AS w WHERE w.soort = 'vestiging' AND w.id = t.id)"
        return f"CASE WHEN t.lijst = 'vestigingen' THEN {eigen} ELSE t.{kolom} END AS {kolom}"
    soort = WOORDEN.get(tabel, {}).get(kolom)
    if soort is None:
        return f"t.{kolom}"
    naam = f"(SELECT w.naam FROM temp.woord AS w WHERE w.soort = '{soort}' AND w.id = t.{kolom})"
    return f"CASE WHEN t.{kolom} = '' THEN '' ELSE {naam} END AS {kolom}"


def _write(con: duckdb.DuckDBPyConnection, tabel: str, organisatie: str, naam: str, doel: Path) -> Iterable[Bestand]:
    """Write a table as a file per year of receipt, or as one; nothing when it has no rows."""
    per_jaar = tabel in vorm.KLACHTTABELLEN
    kolommen = ", ".join(_column(tabel, kolom) for kolom in vorm.KOLOMMEN[tabel] if not per_jaar or kolom != "jaar")
    plek = doel / tabel / f"organisatie={organisatie}"
    plek.mkdir(parents=True, exist_ok=True)
    ((alle,),) = con.execute(f"SELECT count(*) FROM {tabel}").fetchall()
    if not alle:
        return
    if per_jaar:
        # How things stand now comes first and together, so that what was before it can be left unread.
        vraag = (
            f"SELECT {kolommen}, j.jaar FROM {tabel} AS t JOIN temp.jaar_van AS j ON j.klachtnummer = t.klachtnummer "
            "ORDER BY t.tot < DATE '9999-12-31', t.klachtnummer, t.van"
        )
        geschreven = _copy(con, vraag, plek, f", PARTITION_BY (jaar), FILENAME_PATTERN '{naam}', OVERWRITE_OR_IGNORE")
    else:
        geschreven = _copy(con, f"SELECT {kolommen} FROM {tabel} AS t", plek / f"{naam}.parquet", "")
    for pad, bytes, rijen in geschreven:
        jaar = int(pad.parent.name.removeprefix("jaar=")) if per_jaar else None
        goed = vorm.file_name(tabel, organisatie, naam, jaar)
        pad.replace(doel / goed)  # DuckDB numbers them
        alle -= rijen
        yield Bestand(goed, bytes, rijen)
    if alle:
        raise MeerFout(f"Van {tabel} horen {alle} rijen bij geen enkele klacht. Laat het register controleren.")


def _copy(con: duckdb.DuckDBPyConnection, vraag: str, naar: Path, hoe: str) -> list[tuple[Path, int, int]]:
    """Write the answer to a question; return the files with their bytes and rows."""
    hoe = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_RIJGROEP}, RETURN_STATS{hoe}"
    rijen = con.execute(f"COPY ({vraag}) TO {_quoted(naar)} ({hoe})").fetchall()
    return sorted((Path(pad), bytes, hoeveel) for pad, hoeveel, bytes, *_ in rijen)


def _calendar(con: duckdb.DuckDBPyConnection, doel: Path) -> str:
    """Put the calendar with the delivery, named after what is in it; return that name."""
    ((kenmerk,),) = con.execute(
        "SELECT left(sha256(string_agg(concat_ws(' ', d.dag, d.werkdag, d.eerstvolgende_werkdag, d.werkdagnr), ';' "
        f"ORDER BY d.dag)), 16) FROM {vorm.KALENDER} AS d"
    ).fetchall()
    (doel / vorm.KALENDER).mkdir(exist_ok=True)
    if not (pad := doel / vorm.KALENDER / f"{kenmerk}.parquet").exists():
        con.execute(f"COPY (FROM {vorm.KALENDER} ORDER BY dag) TO {_quoted(pad)} (FORMAT parquet, COMPRESSION zstd)")
    return str(kenmerk)


def upload(plek: Plaats, levering: Levering, van: Path) -> None:
    """Put the files of a delivery in the lake, and when all are there the note that makes it count."""
    namen_ = [bestand.naam for lijst in levering.bestanden.values() for bestand in lijst]
    if plek.fetch(levering.kalendernaam) is None:
        namen_.append(levering.kalendernaam)
    for naam in namen_:
        with (van / naam).open("rb") as bron, plek.writing(naam) as doel:
            shutil.copyfileobj(bron, doel, 1 << 20)
        plek.accept(naam)
    plek.store(vorm.note_name(levering.organisatie), vorm.written(levering))


def _sweep(plek: Plaats, levering: Levering, vorige: Levering | None) -> None:
    """Remove what is older than the delivery before this one, which somebody may still be reading."""
    blijft = {levering.levering, vorige.levering if vorige else ""}
    for tabel in vorm.KOLOMMEN:
        for naam, _ in _of(plek, tabel, levering.organisatie):
            if naam.rpartition("/")[2].removesuffix(".parquet") not in blijft:
                plek.remove(naam, quiet=True)
        plek.tidy(f"{tabel}/organisatie={levering.organisatie}")


def withdraw(naar: str, als: str, *, lijst: Path | None = None, opslag: Mapping[str, Any] | None = None) -> str:
    """Take an organisation out of a lake, and out of the list of names; return the id that it had."""
    with namen.held(lijst or namen.beside(naar)) as bekend:
        if als not in bekend.van:
            anders = f" Wel: {', '.join(sorted(bekend.van)[:5])}." if bekend.van else ""
            raise MeerFout(f"{als} staat niet in de lijst met namen {bekend.pad}.{anders} Er is niets ingetrokken.")
        plek = plaats.find(naar, opslag)
        organisatie = bekend.van[als].id
        plek.remove(vorm.note_name(organisatie))  # from here on it is not read any more
        for tabel in vorm.KOLOMMEN:
            for naam, _ in _of(plek, tabel, organisatie):
                plek.remove(naam)
            plek.tidy(f"{tabel}/organisatie={organisatie}")
        del bekend.van[als]
        bekend.save()
    return organisatie


def _quoted(pad: Path) -> str:
    return "'" + str(pad).replace("'", "''") + "'"
