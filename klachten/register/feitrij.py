"""A fact as a line of the journal, and that line as a row of gebeurtenis, by one statement or by hand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from klachten.gebeurtenissen import Vastlegging
from klachten.register.journaal import encode, seal

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


def seal_fact(feit: Vastlegging, deel: Sequence[int], teksten: Mapping[str, str], vorig: str) -> tuple[str, str]:
    """The line of the journal for a fact and its zegel; `teksten` are commitments, `deel` its place."""
    return seal(
        {
            "nr": feit.nr,
            "deel": deel,
            "klachtnummer": feit.klachtnummer,
            "stap": feit.feit.stap,
            "soort": feit.feit.soort,
            "gebeurd_op": feit.feit.gebeurd_op.isoformat(),
            "vastgelegd_op": feit.vastgelegd_op.isoformat(timespec="microseconds").replace("+00:00", "Z"),
            "door": feit.door,
            "rol": feit.rol,
            "corrigeert": feit.corrigeert,
            "gegevens": feit.feit.gegevens(),
            "teksten": teksten,
            "vorig": vorig,
        }
    )


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
