"""Texts and documents of a register sealed with a key that is not in its folder; it knows of no fact and no dossier.

`sleutels` seals and opens, `sleutelbestand` keeps the keys outside the register, `stand` says in its folder that it is
sealed and under which key.
"""

from klachten.versleuteling.sleutelbestand import SleutelVerkeerd
from klachten.versleuteling.sleutels import (
    SleutelOntbreekt,
    Sleutels,
    VakBeschadigd,
    VersleutelingFout,
    open_file,
    seal_file,
)
from klachten.versleuteling.stand import STAND, Stand, load_keys, read_stand

__all__ = [
    "STAND",
    "SleutelOntbreekt",
    "SleutelVerkeerd",
    "Sleutels",
    "Stand",
    "VakBeschadigd",
    "VersleutelingFout",
    "load_keys",
    "open_file",
    "read_stand",
    "seal_file",
]
