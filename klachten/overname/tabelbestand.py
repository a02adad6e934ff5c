"""A file with a table, of whatever kind: a header, rows with the line they stand on, and the count of all lines.

No cell is repeated in what is said of the file, and of the header only what is declared: it may be a row.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, NoReturn, Self

from klachten.overname import letters
from klachten.overname.cellen import Celtelling
from klachten.overname.regeltelling import Regeltelling
from klachten.overname.tonen import show
from klachten.reglement.tabel import OngeldigBestand
from klachten.taal import getal

ZOEK_KOP = 30
"""So many rows are looked through for a header that stands lower than the first line."""
MEESTE_KOLOMMEN = 5_000
GROOTSTE_BESTAND = 2 * 1024**3


class OnleesbaarBestand(OngeldigBestand):
    """A file that cannot be read as declared; the sentence says what to do about it."""

    soort = "bestand_niet_te_lezen"


@dataclass(frozen=True, kw_only=True)
class Bestandsvorm:
    """How the file is written, and which texts stand for nothing.

    Encoding, delimiter and quoting are those of a CSV file. `blad` is the sheet of a workbook or the list of a JSON
    file, `samengevoegd` says what merged cells mean. `kop_op_regel` is the line of the header, 0 for the first one with
    text; a row that begins with one of `totalen` is no klacht.
    """

    codering: str = ""
    scheidingsteken: str = ""
    aanhalingsteken: str = '"'
    ontsnapping: str = ""
    leeg: frozenset[str] = frozenset({""})
    kop_op_regel: int = 0
    totalen: tuple[str, ...] = ()
    blad: str = ""
    samengevoegd: str = ""


class Rij(NamedTuple):
    """One row: the line it starts on and its cells, without surrounding space; see cellen.py for typed ones."""

    regel: int
    cellen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Afkeuring:
    """A row that cannot be taken over: its physical line, its source id where known, and the Dutch reason.

    `door_regel` is set when the row itself is sound, but belongs to a klacht that was rejected for that other line.
    `soorten` are the kinds of what is wrong with that klacht (besluiten.py).
    """

    regel: int
    bron_id: str
    reden: str
    door_regel: int | None = None
    soorten: tuple[str, ...] = ()


class Tabelbestand:
    """One open file with a table: its header, and its rows one at a time; `namen` are the columns that are declared.

    `opmerkingen` are sentences about the file as a whole, `celtellingen` say of the declared columns of a kind of file
    with types what stands in them, once all rows are read.
    """

    soort = ""
    kop: tuple[str, ...] = ()

    def __init__(self, pad: Path, vorm: Bestandsvorm, namen: Collection[str] = ()) -> None:
        self.pad, self.vorm, self.naam, self._namen = pad, vorm, pad.name, namen
        self.telling = Regeltelling()
        self.opmerkingen: list[str] = []
        self.celtellingen: dict[str, Celtelling] = {}
        self._vreemd: list[int] = []

    def rows(self) -> Iterator[Rij | Afkeuring]:
        """Every row that is not empty; an Afkeuring for one that does not fit the header."""
        raise NotImplementedError

    def close(self) -> None:
        """Close the file."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _see_letters(self, regel: int, cellen: Sequence[str]) -> None:
        """Remember a row with letters that became others; what is ASCII alone has none."""
        if not "".join(cellen).isascii() and letters.damaged(cellen):
            self._vreemd.append(regel)

    def _remark_letters(self) -> None:
        if self._vreemd:
            self.opmerkingen.append(letters.remark(self._vreemd))

    def _is_total(self, cellen: Sequence[str]) -> bool:
        if not self.vorm.totalen:
            return False
        eerste = next(cel.strip() for cel in cellen if cel.strip())
        return eerste.casefold().startswith(self.vorm.totalen)

    def _check_header(self, kop: tuple[str, ...], lager: Iterable[tuple[int, Sequence[str] | str]]) -> None:
        """Refuse a header that is not the declared one while a row `lager` is, that is too wide, or has doubles."""
        if self._namen and not set(self._namen) <= set(kop):
            self._look_lower(lager)
        if len(kop) > MEESTE_KOLOMMEN:
            self._weiger(
                f"er staan {getal(len(kop))} kolommen in; meer dan {getal(MEESTE_KOLOMMEN)} is geen register van "
                "klachten. Is dit het goede bestand?"
            )
        dubbel = [naam for naam, keer in Counter(kop).items() if naam and keer > 1]
        if dubbel:
            plaatsen = [str(plaats) for plaats, naam in enumerate(kop, start=1) if naam == dubbel[0]]
            wie = f"kolom {show(dubbel[0])}" if dubbel[0] in self._namen else "dezelfde tekst"
            self._weiger(
                f"{wie} staat {len(plaatsen)} keer in de kopregel (als kolom {', '.join(plaatsen)}). "
                "Geef elke kolom een eigen naam."
            )

    def _look_lower(self, lager: Iterable[tuple[int, Sequence[str] | str]]) -> None:
        """Say where the header is when it stands below lines with a title."""
        gezocht = set(self._namen)
        for regel, cellen in itertools.islice(lager, ZOEK_KOP):
            if not isinstance(cellen, str) and gezocht <= {cel.strip() for cel in cellen}:
                self._weiger(
                    f"de kopregel staat niet bovenaan, maar op regel {regel}. Zet in [bestand] kop_op_regel = {regel}; "
                    "wat erboven staat, wordt dan niet gelezen."
                )

    def _weiger(self, zin: str) -> NoReturn:
        raise OnleesbaarBestand(f"{self.naam}: {zin}")
