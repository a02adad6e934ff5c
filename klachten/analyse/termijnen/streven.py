"""What the organisation aims at besides the reglement: streeftermijnen, always shown apart and never mixed with terms.

They are no promise to the indiener and no term of the reglement: nothing in termijnen.sql knows them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from duckdb import DuckDBPyConnection

from klachten.analyse.basis import kalender
from klachten.analyse.basis.kengetallen import opdracht
from klachten.analyse.basis.selectie import ALLES, Filter
from klachten.analyse.basis.zinnen import klachten, telling
from klachten.periode import Wanneer
from klachten.reglement import Reglement, Termijn

UITLEG = (
    "Dit zijn doelen die de organisatie zichzelf stelt. Het reglement noemt ze niet, en zij tellen nergens anders mee."
)
GEHAALD, GEMIST, GEMIST_OPEN, LOOPT, NVT = "gehaald", "niet gehaald", "niet gehaald, nog open", "loopt", "n.v.t."
STANDEN = (GEHAALD, GEMIST, GEMIST_OPEN, LOOPT, NVT)


@dataclass(frozen=True, kw_only=True)
class Streven:
    """One streeftermijn over the klachten of a year: how many stand how (STANDEN)."""

    naam: str
    stap: int
    binnen: str
    aantallen: Mapping[str, int]

    @property
    def beslist(self) -> int:
        """Those of which is known whether the aim was reached."""
        return sum(self.aantallen[stand] for stand in (GEHAALD, GEMIST, GEMIST_OPEN))

    @property
    def zin(self) -> str:
        """Say how often the aim was reached."""
        begin = f"{self.naam} (stap {self.stap}), streven: {self.binnen}."
        if not self.beslist:
            return f"{begin} Van geen enkele klacht staat al vast of dat is gelukt."
        geteld = telling(self.aantallen[GEHAALD], self.beslist, "klacht", "klachten")
        loopt = self.aantallen[LOOPT]
        nog = f" Bij {klachten(loopt)} kan het nog." if loopt else ""
        return f"{begin} Gelukt bij {geteld}.{nog}"


def streven(
    cursor: DuckDBPyConnection,
    *,
    peildatum: date,
    periode: Wanneer,
    filter: Filter = ALLES,
    reglement: Reglement | None = None,
) -> tuple[Streven, ...]:
    """Return every streeftermijn of the reglement over the klachten received in a period; none where there are none."""
    if reglement is None or not reglement.streeftermijnen:
        return ()
    keuze, waarden = opdracht("klacht_selectie", peildatum=peildatum, periode=periode, filter=filter)
    kolommen = ", ".join(f"k.stap_{nr:02}_op" for nr in range(1, 16))
    gevonden = cursor.execute(f"SELECT k.ontvangen_op, k.einde, k.kenmerken, {kolommen} FROM ({keuze}) AS k", waarden)
    rijen = gevonden.fetchall()
    uit = []
    for id in dict.fromkeys(t.id for t in reglement.streeftermijnen):
        versies = [t for t in reglement.streeftermijnen if t.id == id]
        tellen = Counter(
            stand
            for ontvangen_op, einde, kenmerken, *stappen in rijen
            for t in versies
            if t.geldt_op(ontvangen_op)
            for stand in [_stand(t, ontvangen_op, einde, kenmerken or (), stappen, peildatum)]
        )
        laatste = versies[-1]
        aantallen = {stand: tellen[stand] for stand in STANDEN}
        uit.append(Streven(naam=laatste.naam, stap=laatste.stap, binnen=_binnen(laatste), aantallen=aantallen))
    return tuple(uit)


def _stand(
    t: Termijn, ontvangen_op: date, einde: str, kenmerken: Sequence[str], stappen: Sequence[Any], peildatum: date
) -> str:
    in_behandeling, niet = stappen[7] is not None, einde == "niet in behandeling"
    if (t.geldt == "in_behandeling" and niet) or (t.geldt == "niet_in_behandeling" and in_behandeling):
        return NVT
    begin = ontvangen_op if t.vanaf == "ontvangen" else stappen[int(t.vanaf[-2:]) - 1]
    klaar = min((dag for nr in t.einde if (dag := stappen[nr - 1]) is not None), default=None)
    if begin is None:
        # What is done before the clock runs is in time.
        return GEHAALD if klaar else LOOPT if einde == "open" else NVT
    uiterlijk_op = _uiterlijk(t, begin, kenmerken)
    if klaar is not None:
        return GEHAALD if klaar <= uiterlijk_op else GEMIST
    if einde != "open":
        return NVT
    return GEMIST_OPEN if peildatum > uiterlijk_op else LOOPT


def _uiterlijk(t: Termijn, begin: date, kenmerken: Sequence[str]) -> date:
    waarde = max((t.bij_kenmerk[kenmerk] for kenmerk in kenmerken if kenmerk in t.bij_kenmerk), default=t.waarde)
    match t.eenheid:
        case "weken":
            return begin + timedelta(weeks=waarde)
        case "maanden":
            return begin + relativedelta(months=waarde)
        case "werkdagen":
            dag, extra = begin, kalender.gelijkgesteld().dagen
            while waarde:
                dag += timedelta(days=1)
                waarde -= kalender.is_werkdag(dag, extra)
            return dag
    return begin + timedelta(days=waarde)


def _binnen(t: Termijn) -> str:
    vanaf = "de ontvangst" if t.vanaf == "ontvangen" else f"stap {int(t.vanaf[-2:])}"
    return f"{t.in_woorden()} na {vanaf}"
