"""The register as it would be with other facts in one dossier: asked where everything is, and nothing is kept of it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

from klachten.gebeurtenissen import FeitHerroepen, Vastlegging, valid
from klachten.register.afleiding import Afleiding
from klachten.register.database import Connection
from klachten.register.feitrij import KOLOMMEN, ROWS, fact_row, in_blocks, seal_fact

_VER = 10**12


@contextlib.contextmanager
def as_if(
    cursor: Connection, afleiding: Afleiding, eerder: Sequence[Vastlegging], geldig: Sequence[Vastlegging]
) -> Iterator[Connection]:
    """Let a cursor see the dossier as if these were its valid facts, `eerder` being all that is recorded in it.

    What differs is put right or taken back as a correction does it; what is not recorded yet comes after it. It is seen
    in a transaction of its own that is undone at the end, so by this cursor alone.
    """
    with cursor:
        cursor.execute("BEGIN TRANSACTION")
        try:
            ((kop,),) = cursor.execute("SELECT nr FROM stand").fetchall()
            if erbij := list(_corrections(eerder, geldig, kop + 1)):
                _record(cursor, erbij)
                afleiding.derive_one(cursor, erbij[0].klachtnummer, eerder, erbij)
            yield cursor
        finally:
            cursor.execute("ROLLBACK")


@contextlib.contextmanager
def as_if_recorded(cursor: Connection, vastleggingen: Sequence[Vastlegging]) -> Iterator[Connection]:
    """Let a cursor see the register as if these facts of many dossiers were recorded too; nothing is kept of it.

    Their numbers begin far above those that can be given out meanwhile.
    """
    with cursor:
        afleiding = Afleiding(cursor)
        afleiding.prepare(afleiding.touched(None))
        cursor.execute("BEGIN TRANSACTION")
        try:
            regels = (seal_fact(replace(v, nr=_VER + plek), (1, 1), {}, "")[0] for plek, v in enumerate(vastleggingen))
            for blok in in_blocks(regels):
                cursor.execute(f"INSERT INTO gebeurtenis {ROWS}", {"regels": blok})
            afleiding.derive(sorted({v.klachtnummer for v in vastleggingen}))
            yield cursor
        finally:
            cursor.execute("ROLLBACK")


def _corrections(eerder: Sequence[Vastlegging], geldig: Sequence[Vastlegging], nr: int) -> Iterator[Vastlegging]:
    """What has to be recorded on top, from this number on, for these to be the valid facts."""
    straks = {v.corrigeert or v.nr: v.feit for v in geldig}
    for vastlegging in valid(eerder):
        toen, eerste = vastlegging.feit, vastlegging.corrigeert or vastlegging.nr
        nu = straks.get(eerste) or FeitHerroepen(gebeurd_op=toen.gebeurd_op)
        if (nu.soort, nu.gebeurd_op, nu.gegevens()) != (toen.soort, toen.gebeurd_op, toen.gegevens()):
            yield replace(vastlegging, nr=nr, corrigeert=eerste, feit=nu)
            nr += 1
    laatste = max((v.nr for v in eerder), default=0)
    yield from (replace(v, nr=nr + plek) for plek, v in enumerate(v for v in geldig if v.nr > laatste))


def _record(cursor: Connection, vastleggingen: Sequence[Vastlegging]) -> None:
    # Without texts and outside the chain: it is never confirmed.
    rijen = [fact_row(seal_fact(v, (1, 1), {}, "")[0]) for v in vastleggingen]
    per_rij = f"({', '.join('?' * len(KOLOMMEN))})"
    cursor.execute(
        f"INSERT INTO gebeurtenis ({', '.join(KOLOMMEN)}) VALUES {', '.join([per_rij] * len(rijen))}",
        [waarde for rij in rijen for waarde in rij],
    )
