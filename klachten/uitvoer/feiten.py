"""The facts in an open form: one line of JSON each, with its texts as they were typed; and which of those are gone.

Of everything in an export only this file and the documents are needed to make a register of it: all else follows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from klachten.gebeurtenissen import Wissing, erased
from klachten.register.database import Connection

BESTAND = "feiten.jsonl"
GETYPT, GEWIST, ONTBREEKT = "teksten", "gewist", "ontbreekt"
"""Of a fact: the texts by field, the fields of which the text was erased, and those that the register has lost."""
_BLOK = 20_000
"""Numbers of facts that are read at a time."""
VELDEN = (
    "nr", "deel", "klachtnummer", "stap", "soort", "gebeurd_op", "vastgelegd_op", "door", "rol", "corrigeert",
    "gegevens",
)  # fmt: skip
"""What a fact has beside its texts."""
encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode

Wissingen = Mapping[str, Sequence[Wissing]]


def lines(cursor: Connection, tot: int, gewist: Wissingen) -> Iterator[dict[str, Any]]:
    """Give every fact up to a number in the order of recording, a portion in memory at a time."""
    for begin in range(0, tot, _BLOK):
        waar, tussen = "nr > ? AND nr <= ?", [begin, min(begin + _BLOK, tot)]
        teksten: dict[int, dict[str, str]] = {}
        for nr, veld, tekst in cursor.execute(f"SELECT nr, veld, tekst FROM tekst WHERE {waar}", tussen).fetchall():
            teksten.setdefault(nr, {})[veld] = tekst
        rijen = cursor.execute(
            f"SELECT {', '.join(VELDEN)}, teksten FROM gebeurtenis WHERE {waar} ORDER BY nr", tussen
        ).fetchall()
        for *waarden, beloofd in rijen:
            yield _fact(dict(zip(VELDEN, waarden, strict=True)), json.loads(beloofd), teksten, gewist)


def _fact(
    feit: dict[str, Any], beloofd: Mapping[str, str], alle: Mapping[int, Mapping[str, str]], gewist: Wissingen
) -> dict[str, Any]:
    nr, hoe = feit["nr"], gewist.get(feit["klachtnummer"], ())
    eigen = alle.get(nr, {})
    weg = [veld for veld in beloofd if hoe and erased(hoe, nr, veld)]
    feit["gebeurd_op"] = feit["gebeurd_op"].isoformat()
    feit["vastgelegd_op"] = feit["vastgelegd_op"].isoformat(timespec="microseconds") + "Z"
    feit["gegevens"] = json.loads(feit["gegevens"])
    feit[GETYPT] = {veld: eigen[veld] for veld in beloofd if veld in eigen and veld not in weg}
    kwijt = [veld for veld in beloofd if veld not in eigen and veld not in weg]
    return feit | {naam: velden for naam, velden in ((GEWIST, weg), (ONTBREEKT, kwijt)) if velden}


def write(cursor: Connection, pad: Path, tot: int, gewist: Wissingen) -> tuple[int, list[str]]:
    """Write every fact; return how many there are, and which texts the register has lost."""
    aantal, kwijt = 0, list[str]()
    with pad.open("x", encoding="utf-8", newline="\n") as bestand:
        for feit in lines(cursor, tot, gewist):
            aantal += 1
            kwijt += [f"'{veld}' bij feit {feit['nr']} van {feit['klachtnummer']}" for veld in feit.get(ONTBREEKT, ())]
            bestand.write(encode(feit) + "\n")
    return aantal, kwijt
