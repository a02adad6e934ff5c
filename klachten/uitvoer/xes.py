"""The facts of klachten as an event log for process-mining tools: XES (IEEE 1849), one trace a klacht.

Names of concepts, time, organisation and life cycle are the standard ones. There is no text or document in it, and
nothing that does not hold any more. The clock of a fact is not known, only its day: an event is at midnight.
"""

from __future__ import annotations

import functools
import gzip
import itertools
import operator
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from klachten.analyse.excel.cellen import schoon
from klachten.register.database import Connection
from klachten.tijdzone import NEDERLAND

BESTAND = "proces.xes.gz"
_KOP = Path(__file__).with_name("xes_kop.xml")
_PORTIE = 20_000
_KLACHT = ("jaar", "herkomst", "reglement", "kanaal", "indiener_soort", "vestiging", "categorie", "status", "geschil")
"""What a trace says of its klacht."""


def write(cursor: Connection, pad: Path, tot: int) -> tuple[int, int]:
    """Write the log; return how many traces and events it has."""
    sporen = feiten = 0
    with gzip.GzipFile(pad, "xb", compresslevel=5, mtime=0) as ingepakt:
        ingepakt.write(_KOP.read_bytes())
        for regels, aantal in _traces(cursor, tot):
            ingepakt.write(regels.encode("utf-8"))
            sporen, feiten = sporen + 1, feiten + aantal
        ingepakt.write(b"</log>\n")
    return sporen, feiten


def _traces(cursor: Connection, tot: int) -> Iterator[tuple[str, int]]:
    # Beside each of its events, what a klacht is would be put in order with them: twice the memory.
    cursor.execute(f"SELECT klachtnummer, {', '.join(_KLACHT)} FROM klacht")
    van_klacht = {
        klachtnummer: tuple(itertools.starmap(_value, zip(_KLACHT, klacht, strict=True)))
        for klachtnummer, *klacht in itertools.chain.from_iterable(iter(lambda: cursor.fetchmany(_PORTIE), []))
    }
    cursor.execute(
        "SELECT f.klachtnummer, f.gebeurd_op, f.nr, f.stap, f.soort, n.naam, f.door, f.rol, f.vastgelegd_op "
        "FROM feit(NULL, ?) AS f JOIN klacht AS k ON k.klachtnummer = f.klachtnummer "
        "LEFT JOIN temp.namen AS n ON n.soort = f.soort ORDER BY f.klachtnummer, f.gebeurd_op, f.oorsprong",
        [tot],
    )
    rijen = itertools.chain.from_iterable(iter(lambda: cursor.fetchmany(_PORTIE), []))
    for klachtnummer, van_deze in itertools.groupby(rijen, operator.itemgetter(0)):
        regels, aantal = list[str](), 0
        for _, op, nr, stap, soort, naam, door, rol, vastgelegd_op in van_deze:
            if not regels:
                regels += ["<trace>", _text("concept:name", klachtnummer), *van_klacht[klachtnummer]]
            regels.append(
                f"<event>{_text('concept:name', naam or soort)}{_moment('time:timestamp', _midnight(op))}"
                f"{_text('lifecycle:transition', 'complete')}{_text('org:resource', door)}{_text('org:role', rol)}"
                f"{_value('stap', stap)}{_text('soort', soort)}{_value('feit', nr)}"
                f"{_moment('vastgelegd_op', vastgelegd_op.isoformat(timespec='milliseconds') + '+00:00')}</event>"
            )
            aantal += 1
        yield "\n".join([*regels, "</trace>\n"]), aantal


@functools.lru_cache(maxsize=4096)
def _midnight(op: date) -> str:
    return datetime.combine(op, time(), NEDERLAND).isoformat(timespec="milliseconds")


def _value(naam: str, waarde: Any) -> str:
    return f'<int key="{naam}" value="{waarde}"/>' if isinstance(waarde, int) else _text(naam, str(waarde or ""))


# The same few words and people stand in nearly every event.
@functools.lru_cache(maxsize=4096)
def _text(naam: str, waarde: str) -> str:
    return f'<string key="{naam}" value={quoteattr(schoon(waarde))}/>'


def _moment(naam: str, waarde: str) -> str:
    return f'<date key="{naam}" value="{escape(waarde)}"/>'
