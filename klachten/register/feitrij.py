"""A fact as a line of the journal, and that line as a row of gebeurtenis, by one statement or by hand."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from klachten.gebeurtenissen import Gebeurtenis, Vastlegging
from klachten.register.journaal import encode, quote

BLOK = 20_000
"""Lines turned into rows at a time: enough for speed, little enough for memory."""

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
    return wanneer.isoformat(timespec="microseconds").replace("+00:00", "Z")


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
    anders = "null" if corrigeert is None else corrigeert
    kaal = (
        f'{{"corrigeert":{anders},"deel":[{deel[0]},{deel[1]}],"door":{quote(door)},'
        f'"gebeurd_op":"{feit.gebeurd_op}","gegevens":{feit.gegevens},"klachtnummer":{quote(klachtnummer)},"nr":{nr},'
        f'"rol":{quote(rol)},"soort":"{feit.soort}","stap":{feit.stap},"teksten":{teksten},'
        f'"vastgelegd_op":"{vastgelegd_op}","vorig":"{vorig}"}}'
    )
    zegel = hashlib.sha256(kaal.encode("utf-8")).hexdigest()
    return f'{kaal[:-1]},"zegel":"{zegel}"}}', zegel


def is_plain(regel: str) -> bool:
    """Tell whether `fact_row` may take a line apart: DuckDB writes some escapes otherwise than Python does."""
    return "\\" not in regel


def number_in(regel: str) -> int:
    """The number of the fact on a journal line; its keys are sorted, so that no text stands behind it."""
    begin = regel.rfind(',"nr":') + 6
    return int(regel[begin : regel.find(",", begin)])


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
