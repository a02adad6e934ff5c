"""How a handeling says no: a Dutch sentence that says what is wrong, which step it is about, and what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from klachten.dossier.weigering import Weigering


class Geweigerd(Exception):
    """The handeling is not allowed; the text is the sentence for the user, `soort` its kind (dossier/weigering.py).

    A sentence that is a Weigering already brings its kind along.
    """

    def __init__(self, zin: str, *, soort: str = "") -> None:
        self.zin = zin if isinstance(zin, Weigering) else Weigering(soort, zin)
        super().__init__(self.zin)

    @property
    def soort(self) -> str:
        """The kind of refusal."""
        return self.zin.soort


class OngeldigeInvoer(Geweigerd):
    """One or more fields are not right; `velden` holds a sentence per field."""

    def __init__(self, velden: Mapping[str, str]) -> None:
        self.velden = dict(velden)
        super().__init__(" ".join(self.velden.values()), soort="invoer")


@dataclass(frozen=True)
class Waarschuwing:
    """A deviation from the reglement that may be recorded with a reason; `code` goes into the fact."""

    code: str
    zin: str


class RedenNodig(Geweigerd):
    """The handeling deviates from the reglement: it is recorded once a reason is given."""

    def __init__(self, waarschuwingen: Sequence[Waarschuwing]) -> None:
        self.waarschuwingen = tuple(w.zin for w in waarschuwingen)
        zin = " ".join((*self.waarschuwingen, "Geef een reden om dit toch zo vast te leggen."))
        super().__init__(zin, soort="afwijking")
