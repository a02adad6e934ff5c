"""The example register: a fictional firm, six years of klachten, made from a seed with the real rules."""

from klachten.voorbeeld.inrichting import bring_over, record
from klachten.voorbeeld.voorbeeld import SEED, Gemaakt, RegisterNietLeeg, make

__all__ = ["SEED", "Gemaakt", "RegisterNietLeeg", "bring_over", "make", "record"]
