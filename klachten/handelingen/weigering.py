"""How a handeling says no: a Dutch sentence that says what is wrong, which step it is about, and what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


class Geweigerd(Exception):
    """The handeling is not allowed; the text is the sentence for the user."""


class OngeldigeInvoer(Geweigerd):
    """One or more fields are not right; `velden` holds a sentence per field."""

    def __init__(self, velden: Mapping[str, str]) -> None:
        self.velden = dict(velden)
        super().__init__(" ".join(self.velden.values()))


@dataclass(frozen=True)
class Waarschuwing:
    """A deviation from the reglement that may be recorded with a reason; `code` goes into the fact."""

    code: str
    zin: str


class RedenNodig(Geweigerd):
    """The handeling deviates from the reglement: it is recorded once a reason is given."""

    def __init__(self, waarschuwingen: Sequence[Waarschuwing]) -> None:
        self.waarschuwingen = tuple(w.zin for w in waarschuwingen)
        super().__init__(" ".join((*self.waarschuwingen, "Geef een reden om dit toch zo vast te leggen.")))
