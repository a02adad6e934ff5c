"""What frozen figures say against what the register says now about the same year and the same day, in words (step 16).

Only figures that are counted the same way in every version of the software are compared: counts, not estimates.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from klachten.analyse.basis.zinnen import STREEP, Bevinding, getal, of_streep
from klachten.taal import datum

Cijfers = Mapping[str, Any]
STROOM = {
    "open_begin": "Open aan het begin",
    "heropend": "Heropend",
    "afgesloten": "Afgesloten",
    "niet_in_behandeling": "Niet in behandeling genomen",
    "ingetrokken": "Ingetrokken",
    "vervallen": "Vervallen",
}


@dataclass(frozen=True)
class Verschil:
    """One figure that is another one now: what it is, what was frozen, and what the register says."""

    wat: str
    toen: str
    nu: str

    @property
    def zin(self) -> str:
        """The difference in a sentence."""
        return f"{self.wat}: nu {self.nu}, bij het bevriezen {self.toen}."


def verschillen(toen: Cijfers, nu: Cijfers) -> tuple[Verschil, ...]:
    """Return every figure that differs, in the order of the report; what one of them does not have is a dash."""
    eerder, later = _waarden(toen), _waarden(nu)
    namen = dict.fromkeys([*eerder, *later])
    paren = [(naam, eerder.get(naam, STREEP), later.get(naam, STREEP)) for naam in namen]
    return tuple(Verschil(naam, een, ander) for naam, een, ander in paren if een != ander)


def naast(toen: Cijfers, nu: Sequence[Bevinding]) -> tuple[Bevinding | None, ...]:
    """Return beside each frozen finding what the register says of it now: the same sentence, another one, or nothing.

    Only what was frozen in words is compared, so that a sentence that is the same has the same counts behind it.
    """
    gelijk = {bevinding.zin: bevinding for bevinding in nu}
    bevroren = [(rij["zin"], rij["kengetal"], rij["getallen"]) for rij in toen["bevindingen"]]
    zinnen = {zin for zin, _, _ in bevroren}
    anders = {_waarover(b.zin, b.kengetal, b.getallen): b for b in nu if b.zin not in zinnen}
    return tuple(gelijk.get(wat[0]) or anders.get(_waarover(*wat)) for wat in bevroren)


def _waarover(zin: str, kengetal: str, getallen: Mapping[str, Any]) -> tuple[str, frozenset[str], str]:
    """Return what a finding is about: its figure, which numbers it gives, and the term or categorie it begins with."""
    begin = re.match(r"[^\d(:.]+(?=[(:])", zin)
    return kengetal, frozenset(getallen), begin[0] if begin else ""


def _waarden(cijfers: Cijfers) -> dict[str, str]:
    """Return the counts of a year by the words for them."""
    stroom, jaar = cijfers["stroom"], cijfers["jaar"]
    uit = {"Klachten die meetellen": getal(cijfers["klachten"]), "Ontvangen": getal(stroom["ontvangen"])}
    uit |= {naam: getal(stroom[veld]) for veld, naam in STROOM.items()}
    uit[f"Open op {datum(date.fromisoformat(stroom['tot']))}"] = getal(stroom["open_einde"])
    for rij in cijfers["intensiteit"]:
        if rij["jaar"] == jaar:
            uit["Trajecten"] = of_streep(rij["trajecten"])
    for regel in cijfers["termijnen"]:
        naam = regel["termijn_naam"]
        uit[f"{naam}: op tijd van termijn voorbij"] = f"{getal(regel['rijp_op_tijd'])} van {getal(regel['rijp'])}"
        uit[f"{naam}: te laat, nog open"] = getal(regel["te_laat_open"])
        uit[f"{naam}: verstreken zonder besluit"] = getal(regel["onbepaald_verstreken"])
    uit |= {f"Categorie {rij['naam']}": getal(rij["klachten"]) for rij in cijfers["categorieen"] if rij["klachten"]}
    uit["Meningsverschillen gemeld"] = getal(cijfers["geschillen"]["gemeld"])
    uit["Maatregelen"] = getal(cijfers["maatregelen"]["totaal"])
    uit["Maatregelen op de afgesproken dag uitgevoerd"] = getal(cijfers["maatregelen"]["op_tijd"])
    return uit
