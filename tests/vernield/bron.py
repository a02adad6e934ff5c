"""A good file of a fictitious source, of every kind, with what the register has to say once it is taken over."""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

HIER = Path(__file__).parent
PROEF = HIER.parent / "overname"
VANDAAG = date(2026, 3, 1)
LAATSTE = date(2025, 12, 31)
"""The day as of which the source is, as vernield.toml says."""
KOP = (
    "zaaknummer",
    "ontvangen",
    "bevestigd",
    "afgehandeld",
    "uiterlijk",
    "via",
    "soort",
    "verhaal",
    "klager",
    "intern",
)
PLAATS = {naam: plaats for plaats, naam in enumerate(KOP)}
DATUMS = ("ontvangen", "bevestigd", "afgehandeld", "uiterlijk")
KANALEN = {"web": "webformulier", "post": "brief", "mail": "e-mail"}
SOORTEN = {"a": "bejegening", "b": "privacy", "c": "overig"}
NAMEN = ("Willemijn Zwaardecroon", "Noël Zwaardecroon-Ünlü", "Ło Zwaardecroon", "O'Zwaardecroon, dhr.")
VERHALEN = (
    "verhaalwoord; met een puntkomma",
    'verhaalwoord "tussen" tekens',
    "verhaalwoord één\ntweede regel",
    "verhaalwoord 😀",
    "verhaalwoord",
    "",
)
GEHEIM = ("Zwaardecroon", "verhaalwoord", "GEHEIM")
"""What nobody may be told of a file: names, what somebody wrote, and a column that is not declared."""


@dataclass
class Tabel:
    """A table of a source: its header and rows, and what the register has to have of each id."""

    kop: list[str]
    rijen: list[list[Any]]
    waar: dict[str, dict[str, Any]] = field(default_factory=dict)


def tabel(zaad: int, rijen: int) -> Tabel:
    """Make a good table of so many rows."""
    kies = random.Random(zaad)
    vorm = kies.choice(("2024-{:04}", "K{}", "{}", "Z/{}"))
    nummer, dag = kies.randrange(1, 9000), date(2024, 1, 1) + timedelta(days=kies.randrange(400))
    uit = Tabel(list(KOP), [])
    for _ in range(rijen):
        nummer, dag = nummer + kies.randrange(1, 4), min(dag + timedelta(days=kies.randrange(13)), LAATSTE)
        bevestigd = dag + timedelta(days=kies.randrange(11))
        einde = datetime.combine(
            dag + timedelta(days=kies.randrange(4, 40)), time(kies.randrange(8, 18), kies.randrange(60))
        )
        grens = datetime.combine(dag + timedelta(days=kies.randrange(14, 42)), time(kies.randrange(8, 18), 30))
        uit.rijen.append([
            vorm.format(nummer), dag, bevestigd if kies.random() < 0.7 and bevestigd <= LAATSTE else None,
            einde if kies.random() < 0.8 and einde.date() <= LAATSTE else None, grens,
            kies.choice(list(KANALEN)), kies.choice(list(SOORTEN)), kies.choice(VERHALEN), kies.choice(NAMEN),
            f"GEHEIM van {kies.randrange(10**6)}",
        ])  # fmt: skip
    uit.waar = {rij[0]: verwacht(rij) for rij in uit.rijen}
    return uit


def verwacht(rij: list[Any]) -> dict[str, Any]:
    """What the register has to say of a row."""
    _, ontvangen, bevestigd, einde, grens, via, soort, verhaal, klager, _ = rij[: len(KOP)]
    uit = {
        "ontvangen": ontvangen, "kanaal": KANALEN.get(via), "categorie": SOORTEN.get(soort),
        "uiterlijk": grens.date(), "uiterlijk_om": grens.time().isoformat("milliseconds"),
        "omschrijving": verhaal.strip(), "indiener_naam": klager.strip(),
    }  # fmt: skip
    if bevestigd:
        uit["stap 5"] = bevestigd
    if einde:
        uit |= {"stap 13": einde.date(), "om 13": einde.time().isoformat("milliseconds")}
    return {naam: waarde for naam, waarde in uit.items() if waarde not in ("", None)}


# --- as a file -------------------------------------------------------------------------------------------------------


def als_tekst(waarde: Any) -> str:
    """A cell as a text file has it."""
    if waarde is None:
        return ""
    if isinstance(waarde, datetime):
        return f"{waarde:%d-%m-%Y %H:%M}"
    return f"{waarde:%d-%m-%Y}" if isinstance(waarde, date) else str(waarde)


def als_json(waarde: Any) -> Any:
    """A value as JSON has it: what is no date stays what it is."""
    return als_tekst(waarde) if isinstance(waarde, date) else waarde


def _csv(teken: str) -> Callable[[Tabel], bytes]:
    def schrijf(bron: Tabel) -> bytes:
        uit = io.StringIO(newline="")
        schrijver = csv.writer(uit, delimiter=teken)
        schrijver.writerow(bron.kop)
        schrijver.writerows([als_tekst(cel) for cel in rij] for rij in bron.rijen)
        return uit.getvalue().encode("utf-8", "surrogatepass")

    return schrijf


def _xlsx(bron: Tabel, bewerk: Callable[[Any], object] = lambda _: None) -> bytes:
    boek = openpyxl.Workbook()
    boek.active.title = "Klachten"
    for rij in (bron.kop, *bron.rijen):
        boek.active.append(rij)
    bewerk(boek)
    boek.save(uit := io.BytesIO())
    return uit.getvalue()


def werkmap(bron: Tabel, bewerk: Callable[[Any], object]) -> bytes:
    """A workbook that something is done to."""
    return _xlsx(bron, bewerk)


def _ods(bron: Tabel) -> bytes:
    def cel(waarde: Any) -> str:
        if waarde is None or waarde == "":
            return "<table:table-cell/>"
        if isinstance(waarde, date):
            return f'<table:table-cell office:value-type="date" office:date-value="{waarde.isoformat()}"/>'
        if isinstance(waarde, int | float):
            return f'<table:table-cell office:value-type="float" office:value="{waarde}"/>'
        alineas = "".join(f"<text:p>{escape(deel)}</text:p>" for deel in str(waarde).split("\n"))
        return f'<table:table-cell office:value-type="string">{alineas}</table:table-cell>'

    rijen = "".join(f"<table:table-row>{''.join(map(cel, rij))}</table:table-row>" for rij in (bron.kop, *bron.rijen))
    ruimten = "".join(
        f' xmlns:{kort}="urn:oasis:names:tc:opendocument:xmlns:{lang}:1.0"'
        for kort, lang in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    inhoud = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{ruimten}><office:body><office:spreadsheet>'
        f'<table:table table:name="Klachten">{rijen}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    with zipfile.ZipFile(uit := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as zip:
        zip.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        zip.writestr("content.xml", inhoud.encode("utf-8", "replace"))
        zip.writestr("META-INF/manifest.xml", "<manifest/>")
    return uit.getvalue()


def objecten(bron: Tabel) -> list[dict[str, Any]]:
    """The rows as objects."""
    return [dict(zip(bron.kop, map(als_json, rij), strict=False)) for rij in bron.rijen]


def _parquet(bron: Tabel) -> bytes:
    kolommen = {}
    for plaats, naam in enumerate(bron.kop):
        waarden = [rij[plaats] if plaats < len(rij) else None for rij in bron.rijen]
        try:
            kolommen[naam] = pa.array(waarden)
        except (pa.ArrowException, TypeError, ValueError, OverflowError):
            kolommen[naam] = pa.array([None if waarde is None else als_tekst(waarde) for waarde in waarden])
    pq.write_table(pa.table(kolommen), uit := io.BytesIO())
    return uit.getvalue()


def xes(bron: Tabel) -> str:
    """A process log with a trace and an event per row."""

    def gegeven(naam: str, waarde: Any) -> str:
        soort, tekst = "string", als_tekst(waarde)
        if isinstance(waarde, date):
            soort, tekst = "date", waarde.isoformat() if isinstance(waarde, datetime) else f"{waarde}T00:00:00.000"
        return f"<{soort} key={quoteattr(naam)} value={quoteattr(tekst, {chr(10): '&#10;'})}/>"

    zaken = (
        "<trace><event>" + "".join(gegeven(naam, w) for naam, w in zip(bron.kop, rij, strict=False))
        + "</event></trace>\n"
        for rij in bron.rijen
    )  # fmt: skip
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1.0">{"".join(zaken)}</log>'


SCHRIJF: dict[str, Callable[[Tabel], bytes]] = {
    "csv": _csv(";"),
    "tsv": _csv("\t"),
    "xlsx": _xlsx,
    "ods": _ods,
    "json": lambda bron: json.dumps(objecten(bron), ensure_ascii=False).encode("utf-8", "surrogatepass"),
    "jsonl": lambda bron: "".join(json.dumps(rij) + "\n" for rij in objecten(bron)).encode(),
    "parquet": _parquet,
    "xes": lambda bron: xes(bron).encode("utf-8", "replace"),
    "xes.gz": lambda bron: gzip.compress(xes(bron).encode("utf-8", "replace"), mtime=0),
}
TEKST, MET_KOP = ("csv", "tsv"), ("csv", "tsv", "xlsx", "ods")
