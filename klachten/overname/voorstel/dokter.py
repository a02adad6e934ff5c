"""The date doctor: every order of day and month in which the dates of a file read, and whether one is the right one.

Where two remain possible a person is asked; datumorde.py says what speaks for and against each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from klachten.overname import datums
from klachten.overname.datumorde import Datumorde, Volgorde
from klachten.overname.tabelbestand import Afkeuring, Rij
from klachten.overname.velden import Datumkolom
from klachten.overname.voorstel.rollen import DATUM, PER_CODE


@dataclass(frozen=True)
class Diagnose:
    """What the doctor found: the orders looked at, the right one, or those between which somebody has to choose."""

    volgordes: Sequence[Volgorde]
    beste: Volgorde | None
    keuze: Sequence[Volgorde]

    @property
    def vraag(self) -> bool:
        """Whether somebody has to say which order it is."""
        return len(self.keuze) > 1


def examine(
    rollen: Mapping[str, str],
    vormen: Mapping[str, str],
    kop: Sequence[str],
    rijen: Iterable[Rij | Afkeuring],
    laatste: date,
) -> Diagnose:
    """Look at the dates of the columns with a role, in their forms and in every other order.

    `laatste` is the last day on which anything can have been received.
    """
    datumkolommen = [
        Datumkolom(sleutel=sleutel, naam=PER_CODE[sleutel].naam, kolom=kolom, vorm=datums.load(vormen[kolom]))
        for kolom, rol in rollen.items()
        if (sleutel := _key(rol, rollen)) and vormen.get(kolom)
    ]
    # The receipt first: what lies before it is impossible. A due date may lie anywhere after it, so it helps too.
    datumkolommen.sort(key=lambda kolom: kolom.sleutel != "ontvangen_op")
    orde = Datumorde(datumkolommen, laatste)
    if orde.volgordes:
        plaats = {kolom.kolom: kop.index(kolom.kolom) for kolom in datumkolommen}
        id = next((kolom for kolom, rol in rollen.items() if rol == "id"), "")
        bij_id = kop.index(id) if id in kop else None
        for rij in rijen:
            if isinstance(rij, Rij):
                bron_id = "" if bij_id is None else rij.cellen[bij_id]
                orde.see(rij, bron_id, lambda rij, kolom: rij.cellen[plaats[kolom]])
    beste, keuze = orde.best()
    return Diagnose(orde.volgordes, beste, keuze)


def _key(rol: str, rollen: Mapping[str, str]) -> str:
    """The key of a column with a date; the moment of events is the receipt where no column has that."""
    if rol == "moment":
        return "" if "ontvangen_op" in rollen.values() else "ontvangen_op"
    return rol if rol and PER_CODE[rol].soort == DATUM else ""


def forms_of(volgorde: Volgorde, rollen: Mapping[str, str], vormen: Mapping[str, str]) -> dict[str, str]:
    """Return the forms as an order has them: the columns it reads the other way with day and month swapped."""
    return {
        kolom: (datums.swapped(vorm) or vorm) if _key(rollen.get(kolom, ""), rollen) in volgorde.gewisseld else vorm
        for kolom, vorm in vormen.items()
    }
