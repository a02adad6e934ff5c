"""Whether journal and database tell the same history: where a chain is broken, or where the two part."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from duckdb import DuckDBPyConnection

from klachten.datamap import ZEGEL
from klachten.register.feitrij import KOLOMMEN
from klachten.register.journaal import Journaal, JournaalBeschadigd, Keuring, Kop, seal
from klachten.register.nummers import IN_FEIT
from klachten.register.zegelstand import Zegelstand

AT_ONCE = 20_000
"""Up to so many facts the whole chain is verified at opening (0.12 s); of more while the app runs."""
BEWAARD = "Het journaal en de database zijn allebei bewaard zoals zij zijn."
_ZEGEL = slice(-66, -2)
"""Where the zegel stands in a line."""


@dataclass(frozen=True)
class Vergelijking:
    """What comparing gave: the journal as far as it is whole, and what is wrong with its history, in Dutch.

    `breuk`: the chain itself is broken. `onjuist`: the head of the database is not what it was sealed as, so it is the
    database that was changed.
    """

    keuring: Keuring
    bezwaar: str = ""
    breuk: bool = False
    onjuist: bool = False


def compare(
    journaal: Journaal,
    con: DuckDBPyConnection | None,
    kop: Kop,
    zegel: Zegelstand | None,
    *,
    whole: bool,
    tot: Kop | None = None,
) -> Vergelijking:
    """Verify the chain, from its start with `whole`, and hold it against what the database and the seal file remember.

    `con` is a database that can be read, with its head `kop`; `tot` for a journal that is being written to. A journal
    that only ends too soon is no other history.
    """
    staat_er = con is None or journaal.has(kop)
    try:
        keuring = journaal.verify(None if whole or not staat_er else kop, tot)
    except JournaalBeschadigd as fout:
        return Vergelijking(Keuring(fout.heel), str(fout), breuk=True)
    if con is not None and not staat_er:
        if not is_own(con, kop):
            return Vergelijking(keuring, onjuist=True)
        if plek := parting(con, journaal, keuring.kop):
            return Vergelijking(keuring, part_ways(*plek))
    elif zegel is not None and zegel.kop.nr <= keuring.kop.nr and not journaal.has(zegel.kop):
        nr = zegel.kop.nr
        zin = (
            f"Het journaal is een ander dan het was: feit {nr} heeft er een ander zegel dan in {ZEGEL} staat, van "
            f"{zegel.op}."
        )
        return Vergelijking(keuring, zin)
    return Vergelijking(keuring)


def part_ways(nr: int, waar: str) -> str:
    """The sentence about a journal and a database that part at a fact."""
    return f"Het journaal is een ander dan het was: vanaf feit {nr} ({waar}) heeft het een ander zegel dan de database."


def parting(con: DuckDBPyConnection, journaal: Journaal, tot: Kop) -> tuple[int, str] | None:
    """The first fact that journal and database have with another zegel, and its line; None when one only has more."""
    with con.cursor() as cursor:
        cursor.execute("SELECT nr, zegel FROM gebeurtenis ORDER BY nr")
        rijen = _rows(cursor)
        for pad, regelnr, regel in lines(journaal, tot):
            rij = next(rijen, None)
            if rij is None:
                return None
            if rij[1].encode("ascii") != regel[_ZEGEL]:
                return rij[0], f"regel {regelnr} van {pad}"
    return None


def lines(journaal: Journaal, tot: Kop) -> Iterator[tuple[Path, int, bytes]]:
    """Every line up to a head, with its file and the number of the line in it."""
    for pad in journaal.bestanden():
        if pad.name > tot.bestand:
            return
        plek = 0
        with pad.open("rb") as bestand:
            for regelnr, regel in enumerate(bestand, start=1):
                plek += len(regel)
                if pad.name == tot.bestand and plek > tot.einde:
                    return
                yield pad, regelnr, regel.rstrip(b"\n")


def is_own(con: DuckDBPyConnection, kop: Kop) -> bool:
    """Tell whether the head of a database has the zegel of its content: one that was changed there has not."""
    rijen = con.execute(
        f"SELECT {', '.join(KOLOMMEN)}, strftime(vastgelegd_op, '%Y-%m-%dT%H:%M:%S.%fZ') FROM gebeurtenis WHERE nr = ?",
        [kop.nr],
    ).fetchall()
    if not rijen:
        return False
    *waarden, vastgelegd_op = rijen[0]
    velden = dict(zip(KOLOMMEN, waarden, strict=True))
    zegel = velden.pop("zegel")
    velden |= {
        "gebeurd_op": velden["gebeurd_op"].isoformat(),
        "vastgelegd_op": vastgelegd_op,
        "gegevens": json.loads(velden["gegevens"]),
        "teksten": json.loads(velden["teksten"]),
    }
    return seal(velden)[1] == zegel == kop.zegel


def _rows(cursor: DuckDBPyConnection) -> Iterator[tuple[int, str]]:
    while rijen := cursor.fetchmany(20_000):
        yield from rijen


def counters(journaal: Journaal, tot: Kop) -> dict[str, int]:
    """The last volgnummer of every reeks and year in a journal: K2026 -> 57."""
    hoogste: dict[str, int] = {}
    for _, _, regel in lines(journaal, tot):
        gevonden = IN_FEIT.search(regel)
        if gevonden:
            reeks, volgnr = gevonden[1].decode("ascii"), int(gevonden[2])
            hoogste[reeks] = max(volgnr, hoogste.get(reeks, 0))
    return hoogste
