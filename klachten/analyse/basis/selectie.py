"""Which klachten a figure is about: the filter that pages, report and workbook share. Ids only, never free text."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Any

from klachten.reglement import Reglement
from klachten.taal import opsomming

_ID = re.compile(r"[\w.@+-][\w .@+-]{0,63}")
# What a reader calls each field, and the list of the reglement with its names.
VELDEN = {
    "vestiging": ("vestiging", "vestigingen"),
    "categorie": ("categorie", "categorieen"),
    "indiener_soort": ("indiener", "indiener_soorten"),
    "kanaal": ("kanaal", "kanalen"),
    "behandelaar": ("behandelaar", ""),
    "herkomst": ("herkomst", ""),
}
FIJNER = {
    "vestiging": "vestiging",
    "categorie": "categorie",
    "indiener": "indiener_soort",
    "kanaal": "kanaal",
    "behandelaar": "behandelaar",
}
"""Name in an address -> field of Filter."""


@dataclass(frozen=True, kw_only=True)
class Filter:
    """The choice of klachten; None is all. Without a choice: everything that was entered here, nothing imported."""

    vestiging: str | None = None
    categorie: str | None = None
    indiener_soort: str | None = None
    kanaal: str | None = None
    behandelaar: str | None = None
    herkomst: str | None = "register"

    def __post_init__(self) -> None:
        for veld in fields(self):
            waarde = getattr(self, veld.name)
            if waarde is not None and not _ID.fullmatch(waarde):
                raise ValueError(f"Een filter kiest op een kenmerk uit de lijst, niet op {waarde!r} ({veld.name}).")

    @property
    def parameters(self) -> dict[str, Any]:
        """The parameters of the questions."""
        return {f"kies_{veld.name}": getattr(self, veld.name) for veld in fields(self)}

    @property
    def leeg(self) -> bool:
        """Whether nothing was chosen."""
        return self == ALLES

    def in_woorden(self, reglement: Reglement | None = None) -> str:
        """Say what was chosen: 'alle klachten', 'alleen vestiging Noord en categorie Privacy'."""
        delen = []
        for naam, (woord, lijst) in VELDEN.items():
            waarde = getattr(self, naam)
            if naam == "herkomst" or waarde is None:
                continue
            delen.append(f"{woord} {reglement.naam_van(lijst, waarde) if reglement and lijst else waarde}")
        set_ = (self.herkomst or "").partition(".")[0]
        herkomst = {"register": "", "overgenomen": "overgenomen "}.get(set_, "eigen en overgenomen ")
        return f"alleen {herkomst}klachten van {opsomming(delen)}" if delen else f"alle {herkomst}klachten"


ALLES = Filter()
