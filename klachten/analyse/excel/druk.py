"""How a sheet comes out on paper: upright or lying, on one page where that can be read, charts never cut in two.

All lengths are in dots of 1/96 inch, as Excel draws a sheet at 100 %.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

PER_CM = 96 / 2.54
PER_TEKEN = 9.4
"""The width of a character in which a sheet measures its columns: 7 in Calibri, this much in what LibreOffice takes
where that letter is not. Sheets are made for the widest, so that they are nowhere printed too small."""
RIJ = 20
"""The height of a row of one line."""
LETTER, KLEINSTE = 11, 8
"""The points of a cell, and the smallest that is still read on paper, give or take a whole percent of the scale."""
MINST, GOED, SPELING = KLEINSTE / LETTER, 0.8, 0.03
"""How much smaller a page may get; upright while it stays so large; what rows may differ from program to program."""
TUSSEN = 2 * RIJ
LANG, KORT, RAND, BOVEN = 29.7, 21.0, 0.9, 1.9
"""A4 and its margins, in centimetres; in those above and below stand who, what and which page."""
TEKST = 90
"""Sentences above a table take at least this many characters: in Calibri the width of a chart."""
REGEL = 150


@dataclass(frozen=True)
class Papier:
    """How one sheet is printed: `schaal` is how much smaller it gets, `breed` how many pages are side by side."""

    staand: bool
    schaal: float
    breed: int = 1
    een_blad: bool = False

    @property
    def hoogte(self) -> float:
        """What fits on one page from top to bottom, before it is made smaller."""
        return _bruikbaar(self.staand)[1] / self.schaal


def _bruikbaar(staand: bool) -> tuple[float, float]:
    breed, hoog = (KORT, LANG) if staand else (LANG, KORT)
    return (breed - 2 * RAND) * PER_CM, (hoog - 2 * BOVEN) * PER_CM


def kies(breedte: float, hoogte: float) -> Papier:
    """Return the way in which a sheet of this size is read best: on one page if it stays large enough, else on more.

    A sheet that is too wide is never made too small: its columns go on the next page.
    """
    een, meer = [], []
    for staand in (True, False):
        breed, hoog = _bruikbaar(staand)
        past = min(1.0, breed / breedte)
        # Columns are as wide as they are set; only the height differs from program to program.
        if past >= MINST and hoog / hoogte >= MINST + SPELING:
            een.append(Papier(staand, min(past, hoog / hoogte), een_blad=True))
        if past >= MINST:
            meer.append(Papier(staand, past))
    if een:
        # Upright when that reads well too: that is how the other papers of a directie lie.
        return een[0] if een[0].staand and een[0].schaal >= GOED else max(een, key=lambda papier: papier.schaal)
    if meer:
        return min(meer, key=lambda papier: math.ceil(hoogte / papier.hoogte))
    breed, _ = _bruikbaar(staand=False)
    paginas = math.ceil(breedte * MINST / breed)
    return Papier(staand=False, schaal=MINST, breed=paginas)


def op_nieuw_blad(onder: float, hoogte: float, papier: Papier, herhaald: float) -> bool:
    """Tell whether a chart of this height, below what ends at `onder`, has to begin a page not to be cut in two.

    `onder` counts from where the last page began by itself; `herhaald` is what the headings take on each page again.
    """
    if papier.een_blad:
        return False
    grens = papier.hoogte
    while grens < onder:
        grens += papier.hoogte - herhaald
    # With some room, since no two programs draw a row equally high.
    return onder + TUSSEN + hoogte > grens - 2 * RIJ


def tekstkolommen(breedten: Sequence[int]) -> list[int]:
    """Return the widths of the columns that a sentence above the table runs across, with more beside a narrow table."""
    uit: list[int] = []
    for breedte in breedten:
        if sum(uit) >= TEKST and sum(uit) + breedte > REGEL:
            break
        uit.append(breedte)
    while sum(uit) < TEKST:
        uit.append(min(14, max(4, TEKST - sum(uit))))
    return uit


class Samengevoegd(MultiCellRange):
    """Cells that are one, always in the same order: openpyxl keeps them in a set, and a file has one sequence."""

    def __iter__(self):  # type: ignore[no-untyped-def]
        """Go from the first column and row to the last."""
        yield from self.sorted()


def richt_in(vel: Worksheet, papier: Papier, bereik: str, kop: int | None, nieuw: Sequence[int] = ()) -> None:
    """Set how the sheet prints: its paper, what of it, and the headings (row `kop`) on every page again.

    `nieuw`: the rows after which a new page begins. Excel keeps to those only on a scale of their own.
    """
    vel.page_setup.orientation, vel.page_setup.paperSize = "portrait" if papier.staand else "landscape", 9
    vel.sheet_properties.pageSetUpPr.fitToPage = not nieuw
    if nieuw:
        vel.page_setup.scale = int(papier.schaal * 100)
        for rij in nieuw:
            vel.row_breaks.append(Break(id=rij))
    else:
        vel.page_setup.fitToWidth, vel.page_setup.fitToHeight = papier.breed, 1 if papier.een_blad else 0
    vel.page_margins.left = vel.page_margins.right = RAND / 2.54
    vel.page_margins.top = vel.page_margins.bottom = BOVEN / 2.54
    vel.page_margins.header = vel.page_margins.footer = 0.8 / 2.54
    vel.print_area = bereik
    if kop is not None:
        vel.print_title_rows = f"{kop}:{kop}"
        if papier.breed > 1:
            # What a row is about stands on every page beside it.
            vel.print_title_cols = "A:A"


def onderschrift(vel: Worksheet, *, wie: str, wat: str, waarvan: str) -> None:
    """Say on every page whose it is, what it is about, which sheet and page it is, and what it was made from."""
    wie, wat, waarvan = (" ".join(tekst.split())[:80].replace("&", "&&") for tekst in (wie, wat, waarvan))
    kop, voet = vel.oddHeader, vel.oddFooter
    kop.left.text, kop.center.text, kop.right.text = wie or "klachten", wat or None, "&A"
    voet.left.text, voet.right.text = waarvan, "Bladzijde &P van &N"
