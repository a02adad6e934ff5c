"""One fictitious register in every kind of file, made here; of .xls and .ods a small file lies in tests/overname."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

from klachten.overname import kolommen, overnemen
from klachten.overname.overnemen import Plan

PROEF = Path(__file__).parent / "overname"
VANDAAG = date(2026, 3, 1)
KOP = ("nummer", "ontvangen", "verstuurd", "via", "product", "verhaal", "bedrijf")
RIJEN: list[tuple[Any, ...]] = [
    ("007", date(2025, 1, 2), date(2025, 1, 9), "Web", "Lening", "Eén regel", "Leenhuis"),
    ("1008", date(2025, 2, 11), None, "Post", "Hypotheek", "twee\nregels, met komma", ""),
    ("1009", date(2025, 12, 31), datetime.fromisoformat("2026-01-03 14:30"), "Web", "iets anders", "", "Leenhuis"),
]
TOML = (("M/D/JJJJ", "DD-MM-JJJJ uu:mm"), ("M/D/JJJJ", "DD-MM-JJJJ uu:mm"), ("ontsnapping = '\\'\n", ""))


def als_tekst(waarde: Any) -> str:
    if waarde is None:
        return ""
    if isinstance(waarde, date):
        uur = waarde if isinstance(waarde, datetime) else datetime.fromisoformat(str(waarde))
        return f"{uur:%d-%m-%Y %H:%M}"
    return str(waarde)


def schrijf_csv(pad: Path, teken: str = ",") -> None:
    with pad.open("w", encoding="utf-8", newline="") as bestand:
        schrijver = csv.writer(bestand, delimiter=teken)
        schrijver.writerow(KOP)
        schrijver.writerows([als_tekst(waarde) for waarde in rij] for rij in RIJEN)


def schrijf_xlsx(pad: Path) -> None:
    werkmap(pad, [KOP, *RIJEN])


def werkmap(
    pad: Path, rijen: list[Any], *, bewerk: Callable[[Any], None] = lambda _: None, blad: str = "Blad1"
) -> Path:
    boek = openpyxl.Workbook()
    boek.active.title = blad
    for rij in rijen:
        boek.active.append(list(rij))
    bewerk(boek)
    boek.save(pad)
    return pad


def als_json(waarde: Any) -> Any:
    return als_tekst(waarde) if isinstance(waarde, date) else waarde


def objecten() -> list[dict[str, Any]]:
    return [dict(zip(KOP, map(als_json, rij), strict=True)) for rij in RIJEN]


def schrijf_json(pad: Path) -> None:
    pad.write_text(json.dumps(objecten(), ensure_ascii=False, indent=1), encoding="utf-8")


def schrijf_json_object(pad: Path) -> None:
    pad.write_text(json.dumps({"bron": "x", "data": {"klachten": objecten()}}), encoding="utf-8")


def schrijf_jsonl(pad: Path) -> None:
    pad.write_text("".join(json.dumps(rij) + "\n" for rij in objecten()), encoding="utf-8")


def schrijf_parquet(pad: Path) -> None:
    kolommen_ = {naam: [rij[plaats] for rij in RIJEN] for plaats, naam in enumerate(KOP)}
    kolommen_["ontvangen"] = pa.array(kolommen_["ontvangen"], pa.date32())
    kolommen_["verstuurd"] = pa.array([
        d and datetime.fromisoformat(str(d))
        for d in kolommen_["verstuurd"]
    ], pa.timestamp("ns"))  # fmt: skip
    pq.write_table(pa.table(kolommen_), pad, row_group_size=2)


def als_xes(naam: str, waarde: Any) -> str:
    soort, tekst = "string", str(waarde or "")
    if isinstance(waarde, date):
        soort, tekst = "date", waarde.isoformat() if isinstance(waarde, datetime) else f"{waarde}T00:00:00.000"
    return f"<{soort} key={quoteattr(naam)} value={quoteattr(tekst, {chr(10): '&#10;'})}/>"


def xes() -> str:
    zaken = (
        "<trace><event>" + "".join(als_xes(naam, w) for naam, w in zip(KOP, rij, strict=True)) + "</event></trace>"
        for rij in RIJEN
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1.0">{"".join(zaken)}</log>'


def schrijf_xes(pad: Path) -> None:
    pad.write_text(xes(), encoding="utf-8")


def schrijf_xes_gz(pad: Path) -> None:
    pad.write_bytes(gzip.compress(xes().encode()))


SCHRIJVERS: dict[str, Callable[[Path], None]] = {
    "csv": schrijf_csv,
    "xlsx": schrijf_xlsx,
    "xls": lambda pad: pad.write_bytes((PROEF / "vormen.xls").read_bytes()) and None,
    "ods": lambda pad: pad.write_bytes((PROEF / "vormen.ods").read_bytes()) and None,
    "json": schrijf_json,
    "object.json": schrijf_json_object,
    "jsonl": schrijf_jsonl,
    "parquet": schrijf_parquet,
    "xes": schrijf_xes,
    "xes.gz": schrijf_xes_gz,
}


def verklaring(map: Path, *toml: tuple[str, str]) -> Path:
    """Write the declaration of that register, changed where asked."""
    for naam in ("klachten.toml", "klachten.reglement.toml"):
        (map / naam).write_bytes((PROEF / naam).read_bytes())
    pad = map / "klachten.toml"
    for van, naar in (*TOML, *toml):
        tekst = pad.read_text(encoding="utf-8")
        assert van in tekst
        pad.write_text(tekst.replace(van, naar, 1), encoding="utf-8")
    return pad


def plan(pad: Path, *toml: tuple[str, str]) -> Plan:
    """Read a file as declared, without a register."""
    gelezen = kolommen.load(verklaring(pad.parent, *toml))
    return overnemen.plan(pad, gelezen, overnemen.read(pad, gelezen, VANDAAG), None)
