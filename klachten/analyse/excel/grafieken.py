"""Charts that live in the Excel file itself: they change with the cells they are drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.chart import BarChart, LineChart, Reference, Series
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties
from openpyxl.worksheet.worksheet import Worksheet

from klachten.analyse.excel.druk import LETTER, PER_CM

# Told apart without colour too: from dark to light, and lines by their markers.
KLEUREN = ("0F6B66", "D98324", "3B4F8A", "9AA6A8", "8C2F39", "7FB7AE", "C9B458", "5B6770")
MERKEN = ("circle", "square", "triangle", "diamond", "x", "star", "plus", "dash")
SOORTEN = ("staaf", "kolom", "gestapeld", "lijn", "pareto")
BREEDTE, HOOGTE, PER_STAAF = 16.5, 9.0, 0.5
MEESTE_MERKEN = 30


@dataclass(frozen=True, kw_only=True)
class Grafiek:
    """One chart of a table: `x` names the column of its categories, `y` those of its figures, by their headings.

    `soort`: staaf (lying), kolom, gestapeld, lijn, pareto (columns and, of the last of `y`, a line in percents).
    `rijen`: only so many of the first rows.
    """

    soort: str
    titel: str
    x: str
    y: Sequence[str]
    as_x: str = ""
    as_y: str = ""
    procent: bool = False
    rijen: int | None = None


def te_tekenen(grafieken: Sequence[Grafiek], titels: Sequence[str], rijen: Sequence[Sequence[Any]]) -> list[Grafiek]:
    """Return the charts that have anything to draw, a number in one of their columns: an empty one says nothing.

    ValueError for one of an unknown kind.
    """
    for grafiek in grafieken:
        if grafiek.soort not in SOORTEN:
            raise ValueError(f"Grafiek '{grafiek.titel}' heeft een onbekende soort '{grafiek.soort}'.")

    def gevuld(grafiek: Grafiek) -> bool:
        plekken = [titels.index(titel) for titel in grafiek.y]
        return any(isinstance(rij[plek], int | float) for rij in rijen[: grafiek.rijen] for plek in plekken)

    return [grafiek for grafiek in grafieken if gevuld(grafiek)]


def maat(grafiek: Grafiek, aantal: int) -> tuple[float, float]:
    """Return how wide and high the chart of a table of so many rows is, in dots."""
    liggend = max(HOOGTE, 3 + min(aantal, grafiek.rijen or aantal) * PER_STAAF * max(1, len(grafiek.y) * 0.75))
    return BREEDTE * PER_CM, (liggend if grafiek.soort == "staaf" else HOOGTE) * PER_CM


def teken(vel: Worksheet, grafiek: Grafiek, titels: Sequence[str], kop: int, aantal: int, plek: str) -> None:
    """Put the chart on the sheet.

    `kop` is the row of the headings, `aantal` how many rows the table has.
    """
    laatste = kop + min(aantal, grafiek.rijen or aantal)
    namen = Reference(vel, min_col=titels.index(grafiek.x) + 1, min_row=kop + 1, max_row=laatste)

    def reeks(nr: int, titel: str, lijn: bool) -> Series:
        waarden = Reference(vel, min_col=titels.index(titel) + 1, min_row=kop, max_row=laatste)
        uit = Series(waarden, title_from_data=True)
        kleur = KLEUREN[nr % len(KLEUREN)]
        if lijn:
            uit.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=kleur, w=25_000))
            uit.marker.symbol = MERKEN[nr % len(MERKEN)] if laatste - kop <= MEESTE_MERKEN else "none"
            uit.marker.size = 7
            uit.marker.graphicalProperties = GraphicalProperties(solidFill=kleur)
            uit.smooth = False
        else:
            uit.graphicalProperties = GraphicalProperties(solidFill=kleur)
        return uit

    lijnen = grafiek.soort == "lijn"
    figuur: Any = LineChart() if lijnen else BarChart()
    kolommen = grafiek.y[:-1] if grafiek.soort == "pareto" else grafiek.y
    for nr, titel in enumerate(kolommen):
        figuur.series.append(reeks(nr, titel, lijnen))
    figuur.set_categories(namen)
    _opmaak(figuur, grafiek, aantal=laatste - kop)
    if grafiek.soort == "pareto":
        figuur += _percentagelijn(reeks(len(kolommen), grafiek.y[-1], True), namen)
    figuur.width, figuur.height = (dots / PER_CM for dots in maat(grafiek, aantal))
    figuur.anchor = plek
    vel.add_chart(figuur)


def _letters() -> RichText:
    """Return the letter of the words in a chart: that of the cells, so that both are read on paper."""
    letter = CharacterProperties(sz=LETTER * 100)
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=letter), endParaRPr=letter)])


def _opmaak(figuur: Any, grafiek: Grafiek, aantal: int) -> None:
    figuur.x_axis.txPr, figuur.y_axis.txPr = _letters(), _letters()
    figuur.title, figuur.style = grafiek.titel, 2
    figuur.x_axis.title, figuur.y_axis.title = grafiek.as_x or None, grafiek.as_y or None
    for titel in (as_.title for as_ in (figuur.x_axis, figuur.y_axis) if as_.title):
        titel.tx.rich.p[0].pPr = ParagraphProperties(defRPr=CharacterProperties(sz=LETTER * 100, b=True))
    # Without this newer versions of Excel leave the axes out.
    figuur.x_axis.delete = figuur.y_axis.delete = False
    figuur.y_axis.number_format = "0%" if grafiek.procent else "#,##0"
    figuur.y_axis.scaling.min = 0
    figuur.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill="D9D9D9"))
    if grafiek.procent:
        figuur.y_axis.scaling.max = 1
    if grafiek.soort == "staaf":
        # The first row of the table on top.
        figuur.type, figuur.x_axis.scaling.orientation, figuur.y_axis.crosses = "bar", "maxMin", "max"
    if grafiek.soort == "gestapeld":
        figuur.grouping, figuur.overlap = "stacked", 100
    if grafiek.soort != "lijn":
        figuur.gapWidth = 60
    if len(grafiek.y) == 1 and aantal <= 24 and grafiek.soort != "lijn":
        figuur.legend = None
        figuur.dataLabels = DataLabelList()
        figuur.dataLabels.showVal, figuur.dataLabels.txPr = True, _letters()
        for wat in ("showSerName", "showCatName", "showLegendKey", "showPercent"):
            setattr(figuur.dataLabels, wat, False)
    elif len(grafiek.y) > 1:
        figuur.legend.position, figuur.legend.txPr = "b", _letters()
    else:
        figuur.legend = None


def _percentagelijn(reeks: Series, namen: Reference) -> LineChart:
    lijn = LineChart()
    lijn.series.append(reeks)
    lijn.set_categories(namen)
    lijn.y_axis.axId, lijn.y_axis.txPr = 200, _letters()
    lijn.y_axis.number_format, lijn.y_axis.crosses = "0%", "max"
    lijn.y_axis.scaling.min, lijn.y_axis.scaling.max = 0, 1
    lijn.y_axis.delete, lijn.y_axis.majorGridlines = False, None
    return lijn
