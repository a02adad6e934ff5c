"""When a month of the log of looking has been kept long enough; never by the word of one clock on one day.

A clock that jumps ahead would have everything expire at once. What it cannot make is months in which people looked.
"""

from __future__ import annotations

from collections.abc import Sequence

from klachten import taal

BEWAREN = 24
"""So many whole months are kept, and the one that runs."""


def first_kept(maand: str) -> str:
    """Return the oldest month that is kept in this one."""
    return _back(maand, BEWAREN)


def counted_from(maand: str, maanden: Sequence[str]) -> str:
    """Return the month from which the log counts back in this one, `maanden` being those that it has; empty for none.

    It is this one when the log was kept in both months before it. After a gap, by which a clock that jumped ahead looks
    like an app that stood still, it is the last but one that the log was kept in: until there are two again, or it is
    seen that the clock is wrong.
    """
    eerder = [een for een in maanden if een < maand][-2:]
    if eerder == [_back(maand, 2), _back(maand, 1)]:
        return maand
    return eerder[0] if len(eerder) == 2 else ""


def too_old(maanden: Sequence[str]) -> tuple[str, ...]:
    """Return the months that would have expired by the newest of them, and wait for two that follow each other."""
    return tuple(een for een in maanden if een < first_kept(maanden[-1]))


def waiting(te_oud: Sequence[str]) -> str:
    """Say of months that are too old why they are there still, what to look at and when they go."""
    laatste = f"{taal.MAANDEN[int(te_oud[-1][5:]) - 1]} {te_oud[-1][:4]}"
    return (
        f"Wat ouder is dan {BEWAREN} maanden (tot en met {laatste}) staat er nog. Een tijd lang keek er niemand in het "
        "register, of de klok van deze computer sprong vooruit: kijk of de datum klopt. Het wordt verwijderd zodra het "
        "kijklog twee maanden achter elkaar is bijgehouden."
    )


def _back(maand: str, aantal: int) -> str:
    nr = int(maand[:4]) * 12 + int(maand[5:]) - 1 - aantal
    return f"{nr // 12:04d}-{nr % 12 + 1:02d}"
