"""All checks together: the list, how bad it is, and the same for a program that watches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from klachten.gezond.blik import Blik
from klachten.gezond.controles import CONTROLES, Controle
from klachten.gezond.uitslag import ERNST, FOUT, LET_OP, Uitslag, fout
from klachten.gezond.woorden import moment
from klachten.taal import aantal, opsomming

_TELLING = ((FOUT, "punt is mis", "punten zijn mis"), (LET_OP, "punt vraagt aandacht", "punten vragen aandacht"))


@dataclass(frozen=True)
class Rapport:
    """The outcome of every check, in the order of the list."""

    map: Path
    nu: datetime
    uitslagen: tuple[tuple[Controle, Uitslag], ...]

    @property
    def ernst(self) -> str:
        """How bad the worst is."""
        return max((uitslag.ernst for _, uitslag in self.uitslagen), key=ERNST.index)

    @property
    def code(self) -> int:
        """0 when all is well, 1 when something asks for attention, 2 when something is wrong."""
        return {FOUT: 2, LET_OP: 1}.get(self.ernst, 0)

    @property
    def zin(self) -> str:
        """What it comes to, in one sentence."""
        telling = [
            aantal(hoeveel, een, meer)
            for ernst, een, meer in _TELLING
            if (hoeveel := sum(uitslag.ernst == ernst for _, uitslag in self.uitslagen))
        ]
        return f"{opsomming(telling)} ({moment(self.nu)})." if telling else f"Alles is in orde ({moment(self.nu)})."

    def as_json(self) -> dict[str, Any]:
        """Return it for a program."""
        return {
            "map": str(self.map),
            "moment": self.nu.isoformat(),
            "uitkomst": self.ernst if self.code else "goed",
            "code": self.code,
            "controles": [
                {"naam": een.naam, "ernst": uitslag.ernst, "zin": uitslag.zin, "doe": uitslag.doe}
                for een, uitslag in self.uitslagen
            ],
        }


def look(map: Path, nu: datetime, controles: Sequence[Controle] = CONTROLES) -> Rapport:
    """Do every check of the register in a folder; `nu` is in UTC. What cannot be looked at is an outcome too."""
    blik = Blik(map, nu)
    return Rapport(map, nu, tuple((een, _guarded(een, blik)) for een in controles))


def _guarded(controle: Controle, blik: Blik) -> Uitslag:
    try:
        return controle.kijk(blik)
    except OSError as weigert:
        return fout(
            f"Dit is niet te zien: {weigert.strerror or weigert} ({weigert.filename or blik.map}).",
            "Draai deze controle als de gebruiker van het register, en kijk of de schijf het doet.",
        )
