"""The log of looking: who opened, searched, took along or signed in, and when; never what was read or typed.

One file a month in `<register>/kijklog/`, each line sealed onto the one before it as in the journal. A month that is
old enough is deleted, and leaves its zegel so that the chain can still be verified from month to month.
"""

from __future__ import annotations

from klachten.kijklog.keten import Keuring, Kijkketen
from klachten.kijklog.lezing import Gelezen, Maand
from klachten.kijklog.log import Kijklog, note_file
from klachten.kijklog.regel import ONBEKEND, OPDRACHT, REGISTER, SOORTEN, Regel
from klachten.kijklog.verval import BEWAREN, waiting

__all__ = [
    "BEWAREN",
    "ONBEKEND",
    "OPDRACHT",
    "REGISTER",
    "SOORTEN",
    "Gelezen",
    "Keuring",
    "Kijkketen",
    "Kijklog",
    "Maand",
    "Regel",
    "note_file",
    "waiting",
]
