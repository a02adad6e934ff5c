"""The place for copies: a folder, a network share or storage elsewhere.

A copy counts when the note beside it is there, which is written after it was read back: half an upload has none.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from datetime import datetime

from klachten.opslag import DEEL, Opslag
from klachten.reservekopie.fouten import Onbereikbaar, ReservekopieFout

_NAAM = re.compile(r"klachten-([0-9a-f]{8})-[0-9]{8}T[0-9]{6}Z-[0-9]+\.tar\.gz(\.age)?")


@dataclass(frozen=True)
class Kopie:
    """The note beside a copy: which file, how large, its hash, and of which fact of which register it is.

    `gebreken` is what was already wrong in the register when it was made; `volledig` whether all of it was checked.
    """

    naam: str
    bytes: int
    sha256: str
    nr: int
    zegel: str
    register: str
    gemaakt_op: str
    soort: str
    versleuteld: bool
    volledig: bool = False
    gebreken: tuple[str, ...] = ()

    @property
    def moment(self) -> datetime:
        """When it was made, in UTC."""
        return datetime.fromisoformat(self.gemaakt_op)

    @property
    def goed(self) -> bool:
        """Whether everything of the register was in it and can be put back."""
        return not self.gebreken


def name_of(register: str, nu: datetime, nr: int, *, versleuteld: bool) -> str:
    """Return what a copy of a register, known by the zegel of its first fact, is called."""
    return f"klachten-{register[:8]}-{nu:%Y%m%dT%H%M%SZ}-{nr}.tar.gz{'.age' if versleuteld else ''}"


class Plek(Opslag):
    """One place, `naar` in the settings; Onbereikbaar says that it cannot be reached, and why."""

    wat = "reservekopieën"
    fout = Onbereikbaar
    eigen = (ReservekopieFout,)

    def sizes(self) -> dict[str, int]:
        """Return the files of this place that are called as ours are, with how many bytes they have."""
        return {naam: lengte for naam, lengte in self.here().items() if naam.startswith("klachten-")}

    def note(self, kopie: Kopie) -> None:
        """Let a copy count from now on."""
        self.store(f"{kopie.naam}.json", (json.dumps(asdict(kopie), ensure_ascii=False, indent=2) + "\n").encode())

    def note_of(self, naam: str) -> Kopie | None:
        """Return the note beside a file; None when it is not there, or is no note."""
        return _read(self.fetch(f"{naam}.json"))

    def copies(self, register: str) -> list[Kopie]:
        """Return the copies of a register that count, the newest first: they are whole, and their note is there."""
        lengtes = self.sizes()
        uit = []
        for naam, lengte in lengtes.items():
            if (gevonden := _NAAM.fullmatch(naam)) is None or gevonden[1] != register[:8]:
                continue
            kopie = self.note_of(naam) if f"{naam}.json" in lengtes else None
            if kopie is not None and (kopie.naam, kopie.bytes, kopie.register) == (naam, lengte, register):
                uit.append(kopie)
        return sorted(uit, key=lambda kopie: kopie.gemaakt_op, reverse=True)

    def leftovers(self, register: str) -> list[str]:
        """Return what was left of copies of a register that were never finished."""
        gevonden = ((naam, _NAAM.fullmatch(naam.removesuffix(DEEL))) for naam in self.sizes() if naam.endswith(DEEL))
        return [naam for naam, hoe in gevonden if hoe is not None and hoe[1] == register[:8]]


def _read(inhoud: bytes | None) -> Kopie | None:
    """The note beside a copy; None for one that cannot be read, which then does not count."""
    try:
        velden = json.loads(inhoud or b"")
        kopie = Kopie(**{**velden, "gebreken": tuple(velden.get("gebreken", ()))})
        return kopie if kopie.moment.tzinfo and isinstance(kopie.bytes, int) else None
    except (ValueError, TypeError, AttributeError):
        return None
