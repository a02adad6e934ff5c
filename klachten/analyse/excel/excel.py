"""Excel files of the register: real tables, charts, typed cells, and a sheet that says where everything comes from.

A text cell can never run as a formula: it is stored as text, with Excel's own mark for it, whatever it begins with.
There are no formulas and no links to elsewhere. The same sheets on the same peildatum give the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
import itertools
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from klachten.analyse.excel import druk
from klachten.analyse.excel.archief import Archief
from klachten.analyse.excel.blad import SOORTEN, Blad, Kolom
from klachten.analyse.excel.cellen import MEESTE_REGELS, op_een_regel, regels_nodig, rij
from klachten.analyse.excel.grafieken import maat, te_tekenen, teken
from klachten.analyse.excel.herkomst import Bron, Herkomst, herkomstblad, sqlblad

__all__ = ["MIME", "Blad", "Bron", "Herkomst", "Kolom", "TeVeelRijen", "bladnaam", "koppen", "maak"]

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEESTE_RIJEN = 1_048_576 - 10
"""What a sheet of Excel holds, with room for its headings."""
TE_VEEL = (
    "Deze lijst past niet in Excel: een blad heeft ruimte voor 1.048.566 regels. Kies minder, bijvoorbeeld één jaar of "
    "één vestiging."
)
LETTER = "Calibri"
MEESTE_GEMETEN = 400
"""Of a longer list the lines are not counted to see on how many pages it prints: it takes more than one."""


class TeVeelRijen(ValueError):
    """A list is longer than a sheet of Excel can be; the sentence says what to do."""

    soort = "te_veel_voor_excel"


class Vel(Worksheet):
    """A sheet whose links are no part of its cells: openpyxl begins every sheet by forgetting links without a cell."""

    def __init__(self, boek: Workbook, naam: str) -> None:
        self.schakels: list[Hyperlink] = []
        super().__init__(boek, naam)

    @property
    def _hyperlinks(self) -> list[Hyperlink]:
        return self.schakels

    @_hyperlinks.setter
    def _hyperlinks(self, _: list[Hyperlink]) -> None:
        pass


def maak(bladen: Sequence[Blad], herkomst: Herkomst) -> bytes:
    """Return the Excel file; ValueError for an unknown kind of column or two sheets of one name, or TeVeelRijen."""
    bladen = [*bladen, herkomstblad(herkomst), sqlblad(herkomst)]
    namen = bladnamen(blad.naam for blad in bladen)
    boek = Workbook()
    boek.remove(boek.worksheets[0])
    dag = herkomst.peildatum
    boek.properties.creator, boek.properties.title = "klachten", op_een_regel(bladen[0].naam)
    boek.properties.created = boek.properties.modified = dt.datetime.combine(dag, dt.time())
    rijen: dict[str, Iterable[str]] = {}
    omvang: dict[str, str] = {}
    for nr, (naam, blad) in enumerate(zip(namen, bladen, strict=True), start=1):
        vel = Vel(boek, naam)
        boek._add_sheet(vel)
        vel.sheet_view.tabSelected = nr == 1
        # openpyxl names the part by its place among the sheets, which is this one.
        deel = f"/xl/worksheets/sheet{nr}.xml"
        rijen[deel], omvang[deel] = _vul(boek, vel, nr, blad, namen, herkomst)
    uit = io.BytesIO()
    with Archief(uit, dag.isoformat(), rijen, omvang) as archief:
        ExcelWriter(boek, archief).save()
    return uit.getvalue()


def bladnamen(namen: Iterable[str]) -> list[str]:
    """Return names that Excel takes for sheets; ValueError when two are the same, as Excel sees it."""
    uit = [bladnaam(naam) for naam in namen]
    eigen = [naam.casefold() for naam in uit]
    if len(set(eigen)) != len(eigen) or "history" in eigen:
        raise ValueError("Elk blad moet een eigen naam hebben.")
    return uit


def bladnaam(naam: str) -> str:
    """Return a name that Excel takes for a sheet: 31 characters, and none that mean something in a reference."""
    return op_een_regel(re.sub(r"[\[\]:*?/\\']", " ", naam), 31) or "Blad"


def _vul(
    boek: Workbook, vel: Vel, nr: int, blad: Blad, namen: Sequence[str], herkomst: Herkomst
) -> tuple[Iterator[str], str]:
    """Set everything of a sheet but its cells, and return its rows as XML and the range they take."""
    for kolom in blad.kolommen:
        if kolom.soort not in SOORTEN:
            raise ValueError(f"Kolom '{kolom.titel}' heeft een onbekende soort '{kolom.soort}'.")
    lijst = blad.rijen if isinstance(blad.rijen, Sequence) else list(blad.rijen)
    if len(lijst) > MEESTE_RIJEN:
        raise TeVeelRijen(TE_VEEL)
    blad = replace(blad, kolommen=_passend(blad, lijst))
    letters = [get_column_letter(plek) for plek in range(1, len(blad.kolommen) + 1)]
    titels = koppen(kolom.titel for kolom in blad.kolommen)
    boven = [*blad.kop, *([f"← {blad.terug}"] if blad.terug else [])]
    kop = len(boven) + (2 if boven else 1)
    # A table in Excel has at least one row under its headings.
    laatste = kop + max(len(lijst), 1)
    breedten = [kolom.breedte for kolom in blad.kolommen]
    zinnen = druk.tekstkolommen(breedten[: blad.kolommen_op_papier])
    for plek, breedte in enumerate([*breedten, *zinnen[len(breedten) :]], start=1):
        vel.column_dimensions[get_column_letter(plek)].width = breedte
    vel.freeze_panes = f"A{kop + 1}"
    _tabel(vel, nr, titels, f"A{kop}:{letters[-1]}{laatste}")
    if blad.terug:
        _verwijs(vel, f"A{len(boven)}", bladnaam(blad.terug), namen)
    for plek, doel in enumerate(blad.naar[: len(lijst)], start=kop + 1):
        if doel:
            _verwijs(vel, f"A{plek}", bladnaam(doel), namen)
    vel.merged_cells = druk.Samengevoegd()
    regels = [regels_nodig([zin], [sum(zinnen)]) if nr else 1 for nr, zin in enumerate(blad.kop)]
    if len(zinnen) > 1:
        for plek in range(2, len(blad.kop) + 1):
            vel.merged_cells.add(f"A{plek}:{get_column_letter(len(zinnen))}{plek}")
    _druk_af(vel, blad, titels, lijst, kop, regels, zinnen)
    waarvan = f"Peildatum {herkomst.peildatum:%d-%m-%Y}, zegel {herkomst.zegel[:12]}"
    druk.onderschrift(vel, wie=herkomst.organisatie, wat=herkomst.over, waarvan=waarvan)
    return _rijen(boek, vel, blad, boven, titels, lijst, kop, regels), f"A1:{letters[-1]}{laatste}"


def _passend(blad: Blad, lijst: Sequence[Sequence[Any]]) -> list[Kolom]:
    """Return the columns, each with text that does not fit in it on more lines: its neighbour would cover the rest.

    As wide as its column is most of what stands in one: a year fits where a period of one's own does not.
    """
    op_papier = blad.kolommen if blad.kolommen_op_papier is None else blad.kolommen[: blad.kolommen_op_papier]
    te_lang = [
        kolom.soort == "tekst"
        and len(lijst) <= MEESTE_GEMETEN
        and any(len(str(rij[plek])) > kolom.breedte for rij in lijst if rij[plek] is not None)
        for plek, kolom in enumerate(op_papier[:-1])
    ]
    erbij = [replace(kolom, terugloop=kolom.terugloop or lang) for kolom, lang in zip(op_papier, te_lang, strict=False)]
    return [*erbij, *blad.kolommen[len(erbij) :]]


def _druk_af(
    vel: Vel,
    blad: Blad,
    titels: Sequence[str],
    lijst: Sequence[Sequence[Any]],
    kop: int,
    regels: Sequence[int],
    zinnen: Sequence[int],
) -> None:
    """Put the charts below the table, and set how it all prints; the lines of the sentences above it are known."""
    op_papier = lijst if blad.rijen_op_papier is None else lijst[: blad.rijen_op_papier]
    kolommen = blad.kolommen[: blad.kolommen_op_papier]
    terugloop = [kolom.breedte if kolom.terugloop else 0 for kolom in kolommen]
    koplijn = regels_nodig(titels[: len(kolommen)], [kolom.breedte for kolom in kolommen])
    tabel = len(op_papier)
    if len(op_papier) <= MEESTE_GEMETEN and any(terugloop):
        tabel = sum(min(regels_nodig(rij[: len(kolommen)], terugloop), MEESTE_REGELS) for rij in op_papier)
    herhaald = koplijn * druk.RIJ
    boven = (sum(regels) + kop - 1 - len(regels)) * druk.RIJ
    onder = boven + herhaald + max(tabel, 1) * druk.RIJ
    grafieken = [(een, maat(een, len(lijst))[1]) for een in te_tekenen(blad.grafieken, titels, lijst)]
    breedte = max(sum(kolom.breedte for kolom in kolommen), sum(zinnen)) * druk.PER_TEKEN
    papier = druk.kies(breedte, onder + sum(hoog + druk.TUSSEN for _, hoog in grafieken))
    laatste = kop + max(len(lijst), 1) if blad.rijen_op_papier is None else kop + len(op_papier)
    rij_nr, nieuw = laatste, []
    for grafiek, hoog in grafieken:
        if druk.op_nieuw_blad(onder, hoog, papier, herhaald):
            nieuw.append(rij_nr)
            onder = herhaald
        eerste = rij_nr + 1 + druk.TUSSEN // druk.RIJ
        teken(vel, grafiek, titels, kop, len(lijst), f"A{eerste}")
        rij_nr = eerste + math.ceil(hoog / druk.RIJ)
        onder += (rij_nr - eerste) * druk.RIJ + druk.TUSSEN
    tot = get_column_letter(max(len(kolommen), len(zinnen)))
    met_kop = kop if op_papier or not lijst else None
    druk.richt_in(vel, papier, f"A1:{tot}{rij_nr if met_kop else kop - 1}", met_kop, nieuw)


def koppen(titels: Iterable[str]) -> list[str]:
    """Return headings as a table needs them: on one line, and no two the same."""
    uit: list[str] = []
    for titel in titels:
        eigen = naam = op_een_regel(titel) or "Kolom"
        for volgnr in itertools.count(2):
            if naam.casefold() not in {eerder.casefold() for eerder in uit}:
                break
            naam = f"{eigen} ({volgnr})"
        uit.append(naam)
    return uit


def _rijen(
    boek: Workbook,
    vel: Vel,
    blad: Blad,
    boven: Sequence[str],
    titels: Sequence[str],
    lijst: Sequence[Sequence[Any]],
    kop: int,
    hoogten: Sequence[int],
) -> Iterator[str]:
    aantal = len(titels)
    letters = [get_column_letter(plek) for plek in range(1, aantal + 1)]
    teksten = [kolom.soort == "tekst" for kolom in blad.kolommen]
    gewoon = [
        _stijl(vel, SOORTEN[kolom.soort], terugloop=kolom.terugloop, inspringen=plek > 0)
        for plek, kolom in enumerate(blad.kolommen)
    ]
    breedten = [kolom.breedte if kolom.terugloop else 0 for kolom in blad.kolommen]
    loopt_terug = any(breedten)
    blauw = Font(name=LETTER, color="0B5CAD", underline="single")
    schakel = _stijl(vel, "@", letter=blauw)
    titel, zin = _stijl(vel, "@", letter=Font(name=LETTER, bold=True, size=15)), _stijl(vel, "@", terugloop=True)
    leeg = _stijl(vel, "@")
    koptekst = _stijl(
        vel,
        "@",
        letter=Font(name=LETTER, bold=True, color="FFFFFF"),
        vlak=PatternFill("solid", start_color="0F6B66"),
        terugloop=True,
    )

    def maak_rijen() -> Iterator[str]:
        for nr, tekst in enumerate(boven, start=1):
            stijl = schakel if blad.terug and nr == len(boven) else titel if nr == 1 and blad.kop else zin
            yield rij(nr, ["A"], [stijl], [True], [tekst], hoogten[nr - 1] if nr <= len(hoogten) else 1)
        # A heading shares its cell with the button of the filter.
        hoog = regels_nodig(titels, [kolom.breedte for kolom in blad.kolommen])
        yield rij(kop, letters, [koptekst] * aantal, [True] * aantal, titels, hoog)
        if not lijst:
            yield rij(kop + 1, letters, [leeg] * aantal, [True] * aantal, ["geen gegevens", *[None] * (aantal - 1)])
        for nr, waarden in enumerate(lijst):
            stijlen = [schakel, *gewoon[1:]] if nr < len(blad.naar) and blad.naar[nr] else gewoon
            regels = regels_nodig(waarden, breedten) if loopt_terug else 1
            yield rij(kop + 1 + nr, letters, stijlen, teksten, waarden, regels)

    # The formats are registered now, the rows are made while they are written.
    return maak_rijen()


def _stijl(
    vel: Vel,
    formaat: str,
    *,
    letter: Font | None = None,
    vlak: PatternFill | None = None,
    terugloop: bool = False,
    inspringen: bool = False,
) -> int:
    """Return the number of a format in this workbook."""
    cel = WriteOnlyCell(vel)
    cel.number_format = formaat
    # Excel's own mark for text; it stays text when somebody edits the cell.
    cel.quotePrefix = formaat == "@"  # type: ignore[assignment]
    if letter:
        cel.font = letter
    if vlak:
        cel.fill = vlak
    if formaat == "@" and inspringen:
        # Text keeps away from the number to its left.
        cel.alignment = Alignment(wrap_text=terugloop or None, vertical="top", horizontal="left", indent=1)
    else:
        cel.alignment = Alignment(wrap_text=terugloop or None, vertical="top")
    return cel.style_id


def _tabel(vel: Vel, nr: int, titels: Sequence[str], bereik: str) -> None:
    tabel = Table(displayName=f"Tabel{nr}", ref=bereik)
    tabel.tableStyleInfo = TableStyleInfo(name="TableStyleMedium2", showRowStripes=True)
    # openpyxl does not see the cells: the headings are named here. This puts the filters on, too.
    tabel._initialise_columns()
    for titel, kolom in zip(titels, tabel.tableColumns, strict=True):
        assert isinstance(kolom, TableColumn)
        kolom.name = titel
    vel.add_table(tabel)


def _verwijs(vel: Vel, plek: str, doel: str, namen: Sequence[str]) -> None:
    """Make a cell lead to another sheet of this file; nothing leads elsewhere."""
    if doel in namen:
        vel.schakels.append(Hyperlink(ref=plek, location=f"{quote_sheetname(doel)}!A1"))
