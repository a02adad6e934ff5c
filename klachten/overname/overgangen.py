"""The changeovers there were, and taking one back as one step when nothing was recorded in its klachten since."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date

from duckdb import DuckDBPyConnection

from klachten import gebeurtenissen as g
from klachten.overname.grond import Reeks
from klachten.overname.overgang import DOOR, GENOEMD, ROL
from klachten.overname.terugdraaien import KanNietTerug
from klachten.register import Register, RegisterFout
from klachten.taal import aantal, datum


@dataclass(frozen=True, kw_only=True)
class Gedaan:
    """One changeover: the how manieth, its source, day and facts; `ongedaan_op` when it was taken back."""

    volgnr: int
    bron: str
    op: date
    klachten: int
    feiten: Reeks
    ongedaan_op: date | None = None
    reden: str = ""

    def sentence(self) -> str:
        """Say in one line what it was and whether it still stands."""
        wat = aantal(self.klachten, "open klacht gaat", "open klachten gaan")
        weg = ""
        if self.ongedaan_op:
            weg = f" - teruggedraaid op {datum(self.ongedaan_op)}{f': {self.reden}' if self.reden else ''}"
        return f"{self.volgnr:>4}  bron '{self.bron}': {wat} hier verder vanaf {datum(self.op)}{weg}"


def all_of(cursor: DuckDBPyConnection) -> list[Gedaan]:
    """Return every changeover, in order; also those that were taken back."""
    rijen = cursor.execute(
        "SELECT g.nr, g.nr + g.deel[2] - 1, g.soort, g.gebeurd_op, g.gegevens, g.corrigeert, r.tekst "
        "FROM gebeurtenis AS g LEFT JOIN tekst AS r ON r.nr = g.nr AND r.veld = 'reden' "
        "WHERE g.door = ? AND g.deel[1] = 1 ORDER BY g.nr",
        [DOOR],
    ).fetchall()
    alle: list[Gedaan] = []
    for van, met, soort, op, rauw, corrigeert, reden in rijen:
        if soort == "FeitHerroepen":
            plek = next(i for i, een in enumerate(alle) if een.feiten[0] <= corrigeert <= een.feiten[1])
            alle[plek] = replace(alle[plek], ongedaan_op=op, reden=reden or "")
            continue
        gegevens = json.loads(rauw)
        alle.append(
            Gedaan(
                volgnr=len(alle) + 1, bron=gegevens["bron"], op=op, klachten=gegevens["klachten"], feiten=(van, met)
            )
        )  # fmt: skip
    return alle


def in_the_way(cursor: DuckDBPyConnection, een: Gedaan) -> list[str]:
    """Say exactly what was recorded since in the klachten of a changeover, or what of it was put right."""
    rijen = cursor.execute(
        "SELECT klachtnummer, nr, gebeurd_op FROM gebeurtenis WHERE nr > $met AND klachtnummer LIKE 'K%' "
        "AND soort NOT IN (SELECT unnest($blijft)) AND klachtnummer IN "
        "(SELECT klachtnummer FROM gebeurtenis WHERE nr BETWEEN $van AND $met) ORDER BY nr",
        {"van": een.feiten[0], "met": een.feiten[1], "blijft": sorted(g.TELT_NIET)},
    ).fetchall()
    return [f"{nummer}: feit {nr} van {datum(op)} is daarna hier vastgelegd." for nummer, nr, op in rijen]


def undo(register: Register, volgnr: int, reden: str, vandaag: date, *, uitvoeren: bool = True) -> Gedaan:
    """Take a changeover back as one group, with the reason at its first fact; KanNietTerug when that cannot be.

    Without `uitvoeren` it is only looked at.
    """
    with register.plain_cursor() as cursor:
        alle = all_of(cursor)
        if not 1 <= volgnr <= len(alle):
            raise KanNietTerug(f"Overgang {volgnr} is er niet. Alle overgangen ziet u met importeer --lijst.")
        een = alle[volgnr - 1]
        if een.ongedaan_op is not None:
            raise KanNietTerug(f"Overgang {volgnr} is al teruggedraaid, op {datum(een.ongedaan_op)}.")
        weg = in_the_way(cursor, een)
        feiten = cursor.execute(
            "SELECT klachtnummer, nr FROM gebeurtenis WHERE nr BETWEEN ? AND ? ORDER BY nr", list(een.feiten)
        ).fetchall()
        tot = register.stand().aantal
    if weg:
        meer = [f"en nog {len(weg) - GENOEMD} andere."] if len(weg) > GENOEMD else []
        wat = f"Overgang {volgnr} kan niet worden teruggedraaid, er is niets vastgelegd. In de weg staat:"
        raise KanNietTerug("\n  ".join([wat, *weg[:GENOEMD], *meer]))
    if not uitvoeren:
        return een
    if not reden.strip():
        raise KanNietTerug("Zeg met een reden waarom de overgang wordt teruggedraaid; die wordt bewaard.")
    with register.schrijven() as boeking:
        if register.stand().aantal != tot:
            raise RegisterFout("Intussen is er iets vastgelegd. Er is niets teruggedraaid; begin opnieuw.")
        for plek, (nummer, nr) in enumerate(feiten):
            waarom = reden.strip() if plek == 0 else ""
            feit = g.FeitHerroepen(gebeurd_op=vandaag, reden=waarom)
            boeking.leg_vast(nummer, feit, door=DOOR, rol=ROL, corrigeert=nr)
    return een
