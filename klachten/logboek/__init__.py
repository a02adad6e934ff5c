"""The log of the process: one line of JSON on stderr for each thing that happened, and nothing about anybody in it.

Whoever runs the machine keeps and rotates it, outside the register: nothing in it can be erased there. So it has no
texts, names or search words, no number of a klacht or a person, no session and no address that was typed. A page is its
name, an address its row in routes.toml, a person a number by lot of this run of the app. What belongs together is
found by moment and code: the log of looking, in the register, says who it was and which dossier.
"""

from __future__ import annotations

from klachten.logboek.opzet import NIVEAU, NIVEAUS, OngeldigNiveau, begin, level
from klachten.logboek.regel import Vorm, event
from klachten.logboek.wie import number_of

__all__ = ["NIVEAU", "NIVEAUS", "OngeldigNiveau", "Vorm", "begin", "event", "level", "number_of"]
