"""A lake: the snapshots of many organisations as one set of Parquet files, and the figures of each of them at once.

A register stays one database of one organisation. `aanleveren` puts its newest snapshot, without personal data and
under a number instead of a name, into the lake of a group, a branch organisation or a supervisor; `lezer` reads that
lake, and `kengetallen` asks every organisation the questions of analyse in one statement.
"""

from klachten.meer.aanleveren import Aangeleverd, deliver, withdraw
from klachten.meer.fouten import GeenMeer, Geweigerd, MeerFout, Onbereikbaar
from klachten.meer.lezer import Lezer
from klachten.meer.lezer import open as open  # noqa: A004 - as analyse.open
from klachten.meer.vorm import Levering

__all__ = [
    "Aangeleverd",
    "GeenMeer",
    "Geweigerd",
    "Levering",
    "Lezer",
    "MeerFout",
    "Onbereikbaar",
    "deliver",
    "open",
    "withdraw",
]
