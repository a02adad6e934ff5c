"""The example register: a fictional firm, six years of klachten, made from a seed with the real rules."""

from klachten.voorbeeld.firma import VESTIGINGEN
from klachten.voorbeeld.inrichting import bring_over, record
from klachten.voorbeeld.rolverdeling import ROLVERDELING, cast, with_names
from klachten.voorbeeld.voorbeeld import SEED, Gemaakt, RegisterNietLeeg, make

__all__ = [
    "ROLVERDELING",
    "SEED",
    "VESTIGINGEN",
    "Gemaakt",
    "RegisterNietLeeg",
    "bring_over",
    "cast",
    "make",
    "record",
    "with_names",
]
