"""What every sheet of the workbook is made with: the questions of one period, names beside ids, small cells hidden."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from duckdb import DuckDBPyConnection

from klachten.analyse import statistiek
from klachten.analyse.basis.kengetal import Kengetal
from klachten.analyse.basis.kengetallen import opdracht, rijen_van, uitgeschreven
from klachten.analyse.basis.lezer import HEEL, Zicht
from klachten.analyse.basis.selectie import Filter
from klachten.analyse.basis.zinnen import KLEIN, STREEP, ZONDER_PROCENT, aandeel
from klachten.analyse.excel.blad import Blad, Kolom
from klachten.analyse.excel.grafieken import Grafiek
from klachten.periode import Periode
from klachten.reglement import Reglement

MEESTE_JAREN = 12


INHOUD = "Inhoud"
VERBORGEN = "verborgen"


@dataclass(frozen=True, kw_only=True)
class Werk:
    """One workbook in the making: a period, a peildatum, a filter, and what its reader may see.

    `beeld` is the Jaarbeeld of the period, what its page shows: which figures are in it is not for the engine to know.
    `namen` gives the name of a person, None leaves persons out. `buiten`: it leaves the directie, so small numbers are
    hidden and nothing is about one klacht. `zicht` leaves out the rows of klachten that are not for the reader.
    """

    cursor: DuckDBPyConnection
    periode: Periode
    peildatum: date
    filter: Filter
    reglement: Reglement | None
    namen: Callable[[str], str] | None
    buiten: bool
    beeld: Any
    zicht: Zicht = HEEL

    def vraag(self, sql: str, periode: Periode | None = None, **overig: Any) -> list[dict[str, Any]]:
        """Return the rows of a question in an order that is always the same."""
        rijen = rijen_van(self.cursor, sql, peildatum=self.peildatum, periode=periode, filter=self.filter, **overig)
        return sorted(rijen, key=lambda rij: [(waarde is not None, str(waarde)) for waarde in rij.values()])

    def opdracht(self, sql: str, periode: Periode | None = None, **overig: Any) -> str:
        """Return a question as it was asked, with its parameters written out."""
        tekst, waarden = opdracht(sql, peildatum=self.peildatum, periode=periode, filter=self.filter, **overig)
        return uitgeschreven(tekst, waarden)

    def naam(self, lijst: str, id: str | None) -> str:
        """Return what a reader calls an id of a list of the reglement."""
        if not id:
            return "niet ingevuld"
        return self.reglement.naam_van(lijst, id) if self.reglement else id

    def persoon(self, id: str | None) -> str:
        """Return a name; only asked for when persons may be named."""
        assert self.namen is not None
        return self.namen(id) if id else "nog niet toegewezen"

    def stap(self, nr: int | None) -> str:
        """Return the short name of a step."""
        return self.reglement.stap(nr).korte_naam if self.reglement and nr else ""


Bouw = Callable[[Werk, Kengetal], Sequence[Blad]]


def blad(
    kengetal: Kengetal,
    naam: str,
    kolommen: Sequence[Kolom],
    rijen: Iterable[Sequence[Any]],
    *grafieken: Grafiek,
    zin: str = "",
) -> Blad:
    """Return the sheet of a figure: its title, its question, one more sentence, the table and its charts."""
    kop = [kengetal.titel, kengetal.vraag, *([zin] if zin else [])]
    return Blad(naam, kolommen, [_waarden(rij) for rij in rijen], kop=kop, grafieken=grafieken, terug=INHOUD)


def _waarden(rij: Sequence[Any]) -> tuple[Any, ...]:
    """Return plain values: what pandas calls missing is nothing, and a moment is its day."""
    return tuple(
        None if waarde is None or waarde is pd.NA or waarde is pd.NaT or _geen_getal(waarde) else waarde
        for waarde in rij
    )


def _geen_getal(waarde: Any) -> bool:
    return isinstance(waarde, float) and math.isnan(waarde)


def verdeling(tellen: Mapping[str, int], buiten: bool) -> tuple[dict[str, int | str], int | str, str]:
    """Return counts as they may be shown, their total, and a sentence about what was hidden (empty: nothing was)."""
    totaal = sum(tellen.values())
    if not buiten or not tellen:
        return dict(tellen), totaal, ""
    if 0 < totaal < statistiek.onderdrukking.DREMPEL:
        return dict.fromkeys(tellen, VERBORGEN), VERBORGEN, "Er zijn er te weinig om te tonen (minder dan 5)."
    if len(tellen) == 1:
        return dict(tellen), totaal, ""
    uit = statistiek.onderdruk(pd.DataFrame({"klachten": list(tellen.values())}, index=list(tellen)))
    kolom = uit.gepubliceerd["klachten"]
    return {id: VERBORGEN if kolom[id] is pd.NA else int(kolom[id]) for id in tellen}, totaal, uit.zin


def verdeeld(
    werk: Werk,
    kengetal: Kengetal,
    naam: str,
    wat: str,
    nu: Mapping[str, int],
    vorig: Mapping[str, int | None] | None = None,
    soort: str = "staaf",
) -> Blad:
    """Return the sheet of klachten divided over the values of one characteristic, with the period before beside it."""
    getoond, totaal, zin = verdeling(nu, werk.buiten)
    bekend = vorig is not None and None not in vorig.values()
    eerder, _, zin_vorig = verdeling({id: n for id, n in (vorig or {}).items() if n is not None}, werk.buiten)
    dit, ervoor, deel = f"Klachten {werk.periode.kort}", f"Klachten {werk.periode.vorige.kort}", "Deel (%)"
    kolommen = [Kolom(wat, breedte=34), Kolom(dit, "getal", 14), Kolom(deel, "procent", 12)]
    y = [dit]
    if vorig is not None:
        kolommen.append(Kolom(ervoor, "getal", 14))
    if bekend:
        y.append(ervoor)
    rijen = []
    for id, aantal in getoond.items():
        deel_van = aandeel(aantal, totaal) if isinstance(aantal, int) and isinstance(totaal, int) else None
        rijen.append((id, aantal, deel_van, *([eerder.get(id, 0) if bekend else STREEP] if vorig is not None else [])))
    grafiek = Grafiek(soort=soort, titel=kengetal.titel, x=wat, y=y, as_y="klachten", rijen=20)
    if werk.buiten and VERBORGEN in {*getoond.values(), *eerder.values()}:
        return blad(kengetal, naam, kolommen, rijen, zin=zin or zin_vorig)
    klein = isinstance(totaal, int) and 0 < totaal < KLEIN
    return blad(kengetal, naam, kolommen, rijen, grafiek, zin=ZONDER_PROCENT if klein else "")
