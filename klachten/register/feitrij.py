"""A fact as a line of the journal, and that line as a row of gebeurtenis, by one statement or by hand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

import duckdb

from klachten.gebeurtenissen import Gebeurtenis, Vastlegging
from klachten.register.journaal import encode, quote

BLOK = 20_000
"""Lines turned into rows at a time: enough for speed, little enough for memory."""

_REGEL_LOS = 4
"""Up to this many lines are taken apart here: that costs a third of planning ROWS."""

ROWS = """
    SELECT
        r.nr, r.klachtnummer, r.stap, r.soort, r.gebeurd_op,
        CAST(rtrim(r.vastgelegd_op, 'Z') AS TIMESTAMP) AS vastgelegd_op,
        r.door, r.rol, r.corrigeert, r.gegevens, r.teksten, r.deel, r.vorig, r.zegel
    FROM (
        SELECT json_transform_strict(regel, '{
            "nr": "BIGINT", "klachtnummer": "VARCHAR", "stap": "INTEGER", "soort": "VARCHAR", "gebeurd_op": "DATE",
            "vastgelegd_op": "VARCHAR", "door": "VARCHAR", "rol": "VARCHAR", "corrigeert": "BIGINT",
            "gegevens": "JSON", "teksten": "JSON", "deel": ["INTEGER"], "vorig": "VARCHAR", "zegel": "VARCHAR"
        }') AS r
        FROM (SELECT unnest($regels) AS regel)
    )
"""
"""The rows of gebeurtenis for a list of journal lines."""

KOLOMMEN = (
    "nr", "klachtnummer", "stap", "soort", "gebeurd_op", "vastgelegd_op", "door", "rol", "corrigeert", "gegevens",
    "teksten", "deel", "vorig", "zegel",
)  # fmt: skip


COLUMNS = """
    nr, klachtnummer, stap, soort, CAST(gebeurd_op AS DATE), CAST(rtrim(vastgelegd_op, 'Z') AS TIMESTAMP), door, rol,
    corrigeert, gegevens, teksten, [CAST(deel AS INTEGER), CAST(van AS INTEGER)], vorig, zegel
"""
"""The rows of gebeurtenis in what `columns` gives: as ROWS has them, of plain lines."""


class Opgeschreven(NamedTuple):
    """A fact as it will be written: its day in ISO 8601, its gegevens as canonical JSON, and the texts it brings."""

    soort: str
    stap: int
    gebeurd_op: str
    gegevens: str
    teksten: Mapping[str, str]


def write_out(feit: Gebeurtenis) -> Opgeschreven:
    """Take a fact apart."""
    return Opgeschreven(feit.soort, feit.stap, feit.gebeurd_op.isoformat(), encode(feit.gegevens()), feit.teksten())


def seal_fact(feit: Vastlegging, deel: Sequence[int], teksten: Mapping[str, str], vorig: str) -> tuple[str, str]:
    """The line of the journal for a fact and its zegel; `teksten` are commitments, `deel` its place."""
    eigen = write_out(feit.feit)
    toen = in_utc(feit.vastgelegd_op)
    rest = feit.nr, feit.klachtnummer, feit.door, feit.rol, feit.corrigeert
    return seal_written(eigen, *rest, deel, encode(teksten), toen, vorig)


def in_utc(wanneer: datetime) -> str:
    """A moment in UTC as a line has it."""
    return wanneer.isoformat("T", "microseconds").replace("+00:00", "Z")


def seal_written(
    feit: Opgeschreven,
    nr: int,
    klachtnummer: str,
    door: str,
    rol: str,
    corrigeert: int | None,
    deel: Sequence[int],
    teksten: str,
    vastgelegd_op: str,
    vorig: str,
) -> tuple[str, str]:
    """The line of a fact that is written out, and its zegel: as `journaal.seal` makes it, in a quarter of the time.

    `teksten` are the commitments as canonical JSON. The keys stand here in the order of the alphabet.
    """
    groep = same_in_group(deel[1], door, rol)
    return seal_line(feit, nr, quote(klachtnummer), corrigeert, deel[0], groep, teksten, vastgelegd_op, vorig)


def same_in_group(van: int, door: str, rol: str) -> tuple[str, str]:
    """The parts of a line that are the same for all facts of a group of so many."""
    return f'{van}],"door":{quote(door)},"gebeurd_op":"', f',"rol":{quote(rol)},"soort":"'


def seal_line(
    feit: Opgeschreven,
    nr: int,
    klachtnummer: str,
    corrigeert: int | None,
    deel: int,
    groep: tuple[str, str],
    teksten: str,
    vastgelegd_op: str,
    vorig: str,
) -> tuple[str, str]:
    """As `seal_written`, with the klachtnummer as JSON and what `same_in_group` gives."""
    soort, stap, op, gegevens, _ = feit
    begin, midden = groep
    kaal = (
        f'{{"corrigeert":{"null" if corrigeert is None else corrigeert},"deel":[{deel},{begin}{op}",'
        f'"gegevens":{gegevens},"klachtnummer":{klachtnummer},"nr":{nr}{midden}{soort}","stap":{stap},'
        f'"teksten":{teksten},"vastgelegd_op":"{vastgelegd_op}","vorig":"{vorig}"'
    )
    zegel = sha256(f"{kaal}}}".encode()).hexdigest()
    return f'{kaal},"zegel":"{zegel}"}}', zegel


@dataclass(slots=True)
class Feitblok:
    """Facts that come one after the other, for a database that takes them in while their lines are written.

    `nr` is the number of the first one, `deel` its place in a group of `van` facts, and `vorig` the zegel before it.
    `rijen` have the rest: klachtnummer, stap, soort, gebeurd_op, corrigeert, gegevens, teksten, zegel, door, rol and
    vastgelegd_op, as text where the line has text; `regels` are the lines.
    """

    nr: int
    deel: int
    van: int
    vorig: str
    regels: list[str] = field(default_factory=list)
    rijen: list[tuple[str, int, str, str, int | None, str, str, str, str, str, str]] = field(default_factory=list)

    @property
    def plain(self) -> bool:
        """Whether `columns` gives what the lines give."""
        return all(is_plain(rij[5]) for rij in self.rijen)


def is_plain(regel: str) -> bool:
    """Tell whether `fact_row` may take a line apart: DuckDB writes some escapes otherwise than Python does."""
    return "\\" not in regel


def insert_facts(con: duckdb.DuckDBPyConnection, regels: Sequence[str]) -> None:
    """Add the facts on lines of the journal to table gebeurtenis."""
    if len(regels) > _REGEL_LOS or not all(map(is_plain, regels)):
        con.execute(f"INSERT INTO gebeurtenis {ROWS}", {"regels": regels})
        return
    waarden = [waarde for regel in regels for waarde in fact_row(regel)]
    per_rij = f"({', '.join('?' * len(KOLOMMEN))})"
    con.execute(f"INSERT INTO gebeurtenis ({', '.join(KOLOMMEN)}) VALUES {', '.join([per_rij] * len(regels))}", waarden)


def number_in(regel: str) -> int:
    """The number of the fact on a journal line; its keys are sorted, so that no text stands behind it."""
    begin = regel.rfind(',"nr":') + 6
    return int(regel[begin : regel.find(",", begin)])


def columns(blok: Feitblok) -> dict[str, Any]:
    """The values of facts by the names in COLUMNS: a sequence, or one value that holds for all."""
    nummers, stappen, soorten, dagen, anders, gegevens, teksten, zegels, door, rol, wanneer = zip(
        *blok.rijen, strict=True
    )
    aantal = len(zegels)
    return {
        "nr": range(blok.nr, blok.nr + aantal), "klachtnummer": nummers, "stap": stappen, "soort": soorten,
        "gebeurd_op": dagen, "corrigeert": anders, "gegevens": gegevens, "teksten": teksten,
        "deel": range(blok.deel, blok.deel + aantal), "vorig": (blok.vorig, *zegels[:-1]), "zegel": zegels,
        "door": _same(door), "rol": _same(rol), "van": blok.van, "vastgelegd_op": _same(wanneer),
    }  # fmt: skip


def _same(waarden: tuple[str, ...]) -> str | tuple[str, ...]:
    """The one value that all of these are, as in an import, or these: a column of one value is read much faster."""
    return waarden[0] if waarden.count(waarden[0]) == len(waarden) else waarden


def fact_row(regel: str) -> list[Any]:
    """The row of gebeurtenis for one plain journal line, as ROWS gives it."""
    velden = json.loads(regel)
    anders = {
        "vastgelegd_op": velden["vastgelegd_op"].rstrip("Z"),
        "gegevens": encode(velden["gegevens"]),
        "teksten": encode(velden["teksten"]),
    }
    return [anders.get(naam, velden[naam]) for naam in KOLOMMEN]


def in_blocks(regels: Iterable[str]) -> Iterator[list[str]]:
    """Lines in lists of BLOK."""
    blok: list[str] = []
    for regel in regels:
        blok.append(regel)
        if len(blok) == BLOK:
            yield blok
            blok = []
    if blok:
        yield blok
