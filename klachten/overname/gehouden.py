"""That a source said another text than stands here, and that ours was left: remembered without that text.

Outside the dossier stands a commitment to it, with the salt of a text that the dossier has of the same field. Who has
the file can tell whether it says the same still. Erased goes the salt with its text, and then nothing can be guessed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from klachten.register import Register

_WAARVOOR = b"\x00gehouden\x00"
"""A text that stands in the dossier with this salt has another commitment."""
Zouten = Mapping[tuple[int, str], bytes]
"""The salts of the texts of a dossier, by the number of the fact and the field."""


@dataclass(frozen=True, slots=True)
class Gehouden:
    """What a source said instead of a text: the fact whose text has the salt, and the commitment."""

    nr: int
    zegel: str

    @classmethod
    def of(cls, nr: int, zout: bytes, tekst: str) -> Gehouden:
        """Return what is remembered of a text."""
        return cls(nr, hashlib.sha256(zout + _WAARVOOR + tekst.encode()).hexdigest())

    @classmethod
    def read(cls, waarde: Mapping[str, object]) -> Gehouden:
        """Return it as `kept` gives it for a fact."""
        return cls(int(str(waarde["zout_bij"])), str(waarde["zegel"]))

    def kept(self) -> dict[str, object]:
        """Return it as a fact keeps it."""
        return {"zout_bij": self.nr, "zegel": self.zegel}

    def is_of(self, tekst: object, veld: str, zouten: Zouten) -> bool:
        """Tell whether it is this text that the source said; not when the salt is gone."""
        zout = zouten.get((self.nr, veld))
        return isinstance(tekst, str) and zout is not None and Gehouden.of(self.nr, zout, tekst) == self


def salts(register: Register, nummers: Iterable[str]) -> dict[str, dict[tuple[int, str], bytes]]:
    """Return the salts of the texts of these dossiers."""
    return {nummer: {(t.nr, t.veld): t.zout for t in register.dossiers.texts(nummer)} for nummer in sorted(nummers)}
