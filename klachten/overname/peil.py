"""As of when a source is taken over: the day it was drawn, and the first day from which it is complete."""

from __future__ import annotations

from datetime import date

from klachten import gebeurtenissen as g
from klachten.overname.kolommen import Kolommen
from klachten.register import Register
from klachten.taal import datum

NIET_BEKEND = (
    "niet opgegeven, dus wat open is, telt als open tot vandaag. Zet getrokken_op = JJJJ-MM-DD: de dag waarvan het "
    "bestand is."
)


def known(register: Register, bron: str) -> tuple[date, date | None] | None:
    """Return as of when the register knows a source, and since when that is complete."""
    with register.cursor() as cursor:
        rijen = cursor.execute(
            "SELECT bekend_tot, volledig_vanaf FROM overgenomen_bron WHERE bron = ?", [bron]
        ).fetchall()
    return rijen[0] if rijen else None


def fact(register: Register | None, kolommen: Kolommen) -> g.BronOvergenomen | None:
    """Return what a declaration says that the register does not know; an older file does not make it know less."""
    if kolommen.getrokken_op is None:
        return None
    nu = kolommen.getrokken_op, kolommen.volledig_vanaf
    eerder = known(register, kolommen.bron) if register is not None else None
    if eerder is not None and (nu == eerder or nu[0] < eerder[0]):
        return None
    return g.BronOvergenomen(gebeurd_op=nu[0], bron=kolommen.bron, volledig_vanaf=nu[1])


def sentence(kolommen: Kolommen) -> str:
    """Say as of when the file is."""
    if kolommen.getrokken_op is None:
        return NIET_BEKEND
    vanaf = kolommen.volledig_vanaf
    return datum(kolommen.getrokken_op) + (f", volledig vanaf {datum(vanaf)}" if vanaf else "")


def taken_over(register: Register, bron: str) -> bool:
    """Tell whether klachten of a source were taken over before."""
    with register.plain_cursor() as cursor:
        return bool(
            cursor.execute(
                "SELECT 1 FROM gebeurtenis WHERE soort = 'KlachtOntvangen' AND (gegevens ->> 'bron') = ? LIMIT 1",
                [bron],
            ).fetchall()
        )
