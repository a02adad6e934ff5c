"""The control total of a file: every physical line of it is a header, a row, a part of a row, empty, or passed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from klachten.taal import aantal, getal, opsomming

GENOEMD = 10
"""So many lines are named; of more it is said how many there are."""


@dataclass
class Regeltelling:
    """Counts the lines of one file while it is read.

    `boven` are the lines up to and including the header, `vervolg` those after the first one of a row that runs on in
    quotation marks, `totalen` the lines of totals, which are no klacht. `opgeslokt` are rows (first and last line) that
    run on over what look like rows of their own.
    """

    regels: int = 0
    boven: int = 0
    rijen: int = 0
    vervolg: int = 0
    leeg: int = 0
    totalen: list[int] = field(default_factory=list)
    opgeslokt: list[tuple[int, int]] = field(default_factory=list)

    @property
    def verschil(self) -> int:
        """How many lines are not accounted for; 0 when the total fits."""
        return self.regels - self.boven - self.rijen - self.vervolg - self.leeg - len(self.totalen)

    def sentence(self) -> str:
        """Give the total as a sum that the reader can check with the file."""
        # In a file whose columns have names of their own there is no line with a header.
        delen = [f"{getal(self.boven)} tot en met de kopregel"] if self.boven else []
        delen.append(aantal_rijen(self.rijen))
        if self.vervolg:
            delen.append(f"{getal(self.vervolg)} binnen aanhalingstekens")
        if self.leeg:
            delen.append(f"{getal(self.leeg)} leeg")
        if self.totalen:
            delen.append(f"{getal(len(self.totalen))} met totalen ({named(self.totalen)})")
        klopt = "" if self.verschil == 0 else f"; {getal(self.verschil)} niet thuisgebracht"
        return f"{aantal_regels(self.regels)}: {', '.join(delen)}{klopt}"

    def objection(self) -> str:
        """Say which rows swallowed others, and what to do; "" when none did."""
        if not self.opgeslokt and self.verschil == 0:
            return ""
        if not self.opgeslokt:
            return f"Van {aantal_regels(self.verschil)} van het bestand is niet bekend wat ermee is gebeurd."
        samen = sum(tot - van + 1 for van, tot in self.opgeslokt)
        waar = [f"regel {van} tot en met {tot}" for van, tot in self.opgeslokt[:GENOEMD]]
        if meer := len(self.opgeslokt) - GENOEMD:
            waar += [f"nog {meer} andere plaatsen"] if meer > 0 else []
        return (
            f"{aantal_regels(samen)} van het bestand zijn samen {aantal_rijen(len(self.opgeslokt))} geworden, terwijl "
            f"zij elk een rij lijken: {opsomming(waar)}. Waarschijnlijk staat er een los aanhalingsteken op de eerste "
            "en de laatste van die regels. Verbeter het bestand of bestand.aanhalingsteken."
        )


def aantal_regels(hoeveel: int) -> str:
    """Return '1 regel' or '3 regels'."""
    return aantal(hoeveel, "regel", "regels")


def aantal_rijen(hoeveel: int) -> str:
    """Return '1 rij' or '3 rijen'."""
    return aantal(hoeveel, "rij", "rijen")


def named(regels: Sequence[int]) -> str:
    """Name the first lines of many: 'regel 3, 4 en nog 5'."""
    genoemd = ", ".join(str(regel) for regel in regels[:GENOEMD])
    return f"regel {genoemd}{f' en nog {len(regels) - GENOEMD}' if len(regels) > GENOEMD else ''}"


def swallows(cellen: Sequence[str], scheidingsteken: str) -> bool:
    """Tell whether a cell of a row holds what look like rows: as many delimiters per line as those have."""
    laatste = len(cellen) - 1
    for plaats, cel in enumerate(cellen):
        if "\n" not in cel and "\r" not in cel:
            continue
        begin, *midden, einde = (stuk.count(scheidingsteken) for stuk in cel.splitlines())
        rijen = sum(hoeveel == laatste for hoeveel in midden)
        if laatste and rijen == len(midden) and (begin, einde) == (laatste - plaats, plaats):
            return True
        # With few columns a line of prose has as many delimiters soon.
        if laatste > 2 and 2 * rijen > len(midden):
            return True
    return False
