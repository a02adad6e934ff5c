"""The zip of an answer: an inventory to read and one for a machine, the facts and texts per dossier, the documents.

It is made while it goes out: no more than one document is in memory, and nothing is written to a disk.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from html import escape

from klachten import taal
from klachten.inzage.antwoord import Antwoord, Deel, Regel

LEES_HTML, LEES_JSON = "inventaris.html", "inventaris.json"
WEGGELATEN = "Namen van anderen zijn weggelaten: van medewerkers staat er de rol, van anderen staat er [een ander]."
Uitleg = Sequence[tuple[str, Sequence[str]]]
"""What the organisation does with data, in parts: a heading and its sentences."""
# As text: a spreadsheet that opens the page would take what begins with = for a formula.
KOP = """<!DOCTYPE html>
<html lang="nl"><head><meta charset="utf-8"><title>{titel}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>body{{font-family:sans-serif;max-width:60em;margin:2em auto;padding:0 1em;line-height:1.5}}
table{{border-collapse:collapse;width:100%}}td,th{{mso-number-format:"\\@";border-bottom:1px solid #999;padding:.3em;
text-align:left;vertical-align:top}}
td:nth-child(1),td:nth-child(3){{white-space:nowrap}}
dd{{white-space:pre-wrap;margin:0 0 .6em 1em}}dt{{font-weight:bold}}</style>
</head><body><h1>{titel}</h1>
"""


class _Gat(io.RawIOBase):
    """Where a zip is written to that goes out at once."""

    def __init__(self) -> None:
        self._stukken: list[bytes] = []

    def writable(self) -> bool:
        """It can be written to, and not sought in: then a zip says sizes behind each file."""
        return True

    def write(self, stuk: object) -> int:
        """Keep a part until it is taken."""
        inhoud = bytes(stuk)  # type: ignore[call-overload]
        self._stukken.append(inhoud)
        return len(inhoud)

    def take(self) -> bytes:
        """Return what was written since the last time."""
        uit, self._stukken = b"".join(self._stukken), []
        return uit


def stream(antwoord: Antwoord, document: Callable[[str, str], bytes], uitleg: Uitleg = ()) -> Iterator[bytes]:
    """Give the zip in parts; `document` reads one by dossier and content hash, `uitleg` closes the inventory."""
    return stream_files(_files(antwoord, document, uitleg), antwoord.op)


def stream_files(bestanden: Iterable[tuple[str, Callable[[], bytes]]], op: date) -> Iterator[bytes]:
    """Give a zip of these files in parts; each is read when its turn comes."""
    gat = _Gat()
    with zipfile.ZipFile(gat, "w", zipfile.ZIP_DEFLATED) as zip:
        for naam, lees in bestanden:
            info = zipfile.ZipInfo(naam, (op.year, op.month, op.day, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            zip.writestr(info, lees())
            yield gat.take()
    yield gat.take()


def _files(
    antwoord: Antwoord, document: Callable[[str, str], bytes], uitleg: Uitleg
) -> Iterator[tuple[str, Callable[[], bytes]]]:
    yield LEES_HTML, lambda: _inventory(antwoord, uitleg).encode()
    yield LEES_JSON, lambda: _machine(antwoord).encode()
    for nummer, zinnen in antwoord.zinnen.items():
        erin = [deel for deel in antwoord.delen if deel.dossier == nummer and deel.bestand and deel.stuk is None]
        if erin:
            yield f"{nummer}/gegevens.html", lambda n=nummer, z=zinnen, e=erin: _facts(n, z, e).encode()
    for deel in antwoord.delen:
        if deel.stuk is not None:
            yield deel.bestand, lambda stuk=deel.stuk: document(*stuk)


def _inventory(antwoord: Antwoord, uitleg: Uitleg) -> str:
    rijen = [
        (deel.dossier, deel.wat, _day(deel.op), deel.bron, deel.bestand or f"Weggelaten. {deel.waarom_niet}")
        for deel in antwoord.delen
    ]
    return "".join(
        [
            KOP.format(titel=f"Wat wij over u bewaren: {escape(antwoord.wie)}"),
            f"<p>Dit antwoord is gemaakt op {taal.datum(antwoord.op)} (AVG artikel 15). {WEGGELATEN}</p>",
            *(f"<h2>{escape(nummer)}</h2>{lines(zinnen)}" for nummer, zinnen in antwoord.zinnen.items()),
            "<h2>Inventaris</h2>",
            table(("Dossier", "Wat", "Van", "Herkomst", "Waar in dit bestand"), rijen),
            f"<h2>Wie heeft dit bekeken</h2>{lines(antwoord.gezien)}",
            f"<h2>Wat niet in dit antwoord zit</h2>{lines(antwoord.slot)}",
            *(f"<h2>{escape(kop)}</h2>{lines(zinnen)}" for kop, zinnen in uitleg),
            "</body></html>\n",
        ]
    )


def _machine(antwoord: Antwoord) -> str:
    inhoud = {
        "wie": antwoord.wie,
        "gemaakt_op": antwoord.op.isoformat(),
        "dossiers": {nummer: list(zinnen) for nummer, zinnen in antwoord.zinnen.items()},
        "onderdelen": [
            {
                "dossier": deel.dossier, "wat": deel.wat, "datum": deel.op.isoformat(), "bron": deel.bron,
                "bestand": deel.bestand or None, "waarom_weggelaten": deel.waarom_niet or None,
                "stand": deel.stand or "geldt",
                "gegevens": [{"naam": regel.label, "waarde": regel.waarde} for regel in deel.regels],
            }
            for deel in antwoord.delen
        ],
        "bekeken": list(antwoord.gezien),
        "niet_in_dit_antwoord": list(antwoord.slot),
    }  # fmt: skip
    return json.dumps(inhoud, ensure_ascii=False, indent=2) + "\n"


def _facts(nummer: str, zinnen: Iterable[str], delen: Iterable[Deel]) -> str:
    uit = [KOP.format(titel=escape(nummer)), lines(zinnen)]
    for deel in delen:
        uit.append(f"<h2>{escape(deel.wat)}, {_day(deel.op)}</h2><p>{escape(taal.hoofdletter(deel.bron))}.")
        uit.append(f" {escape(deel.stand)}</p>" if deel.stand else "</p>")
        uit.append(_fields(deel.regels))
    return "".join([*uit, "</body></html>\n"])


def _fields(regels: Iterable[Regel]) -> str:
    paren = "".join(f"<dt>{escape(regel.label)}</dt><dd>{escape(regel.waarde)}</dd>" for regel in regels)
    return f"<dl>{paren}</dl>" if paren else ""


def lines(zinnen: Iterable[str]) -> str:
    """Return sentences as paragraphs of a page."""
    return "".join(f"<p>{escape(zin)}</p>" for zin in zinnen)


def table(kop: Iterable[str], rijen: Iterable[Iterable[str]]) -> str:
    """Return a table of a page."""
    hoofd = "".join(f"<th scope='col'>{escape(cel)}</th>" for cel in kop)
    regels = "".join(f"<tr>{''.join(f'<td>{escape(cel)}</td>' for cel in rij)}</tr>" for rij in rijen)
    return f"<table><tr>{hoofd}</tr>{regels}</table>"


def _day(dag: date) -> str:
    return f"{dag:%d-%m-%Y}"
