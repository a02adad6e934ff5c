"""What stands in each column of a file: how full it is, how many values it has, and what they look like."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from klachten.overname import tonen
from klachten.overname.datums import EXCEL_GETAL
from klachten.overname.tabelbestand import Afkeuring, Rij
from klachten.overname.voorstel.datumvormen import Vormen, forms

ALLE_TOT = 20_000
"""Of a large file the first rows are looked at."""
VOORBEELD = 12
"""Rows that are shown as they were read."""
WEINIG = 60
"""A column with more values than these is no list to choose from."""
LANG = 60
"""A text of more characters is something that somebody wrote."""
_GEEN_DATUM = 200
TOTALEN = ("totaal", "totalen", "total", "totals", "subtotaal", "subtotal", "som", "eindtotaal")
_VAN_DATUM = re.compile(
    r"dat|tijd|time|moment|dag|day|op$|start|begin|eind|end|ontvang|receiv|sluit|sloten|clos", re.IGNORECASE
)
"""A number is only a day as Excel counts it where the column is called like one: a zip code has five digits too."""
_NIETS = ("null", "n/a", "n.v.t.", "nvt", "-", "--", "#n/b", "#n/a", "onbekend", "leeg", "none", "nan")


@dataclass
class Kolombeeld:
    """One column: what it is called and what stands in it. `waarden` counts each value, the empty one too."""

    plaats: int
    naam: str
    waarden: Counter[str] = field(default_factory=Counter)
    lang: int = 0
    vormen: Vormen = field(default_factory=lambda: Vormen({}, 0))
    gelijk_per_zaak: bool = True

    @property
    def rijen(self) -> int:
        """Rows that were looked at."""
        return self.waarden.total()

    @property
    def gevuld(self) -> int:
        """Rows in which something stands."""
        return self.rijen - self.waarden[""]

    @property
    def verschillend(self) -> int:
        """How many values there are."""
        return len(self.waarden) - ("" in self.waarden)

    @property
    def uniek(self) -> bool:
        """Whether every row has a value of its own."""
        return self.gevuld == self.rijen == self.verschillend > 0

    @property
    def datum(self) -> bool:
        """Whether it holds dates."""
        return bool(self.vormen.beste)

    @property
    def lijst(self) -> bool:
        """Whether it has few enough values, short and often repeated, to be a list that is chosen from."""
        return 0 < self.verschillend <= WEINIG and not self.lang and self.gevuld >= 2 * self.verschillend

    @property
    def leeg_geschreven(self) -> list[str]:
        """The values that say that there is nothing."""
        return [tekst for tekst in self.waarden if tekst.casefold() in _NIETS[:-4]]

    @property
    def eenmaal(self) -> int:
        """The most often that one value occurs."""
        return max((keer for tekst, keer in self.waarden.items() if tekst), default=0)

    def persoonlijk(self) -> str:
        """Say what of a person most values look like; "" when nothing shows."""
        gezien = Counter(tonen.personal(tekst) for tekst in list(self.waarden)[:_GEEN_DATUM] if tekst)
        wat, keer = gezien.most_common(1)[0] if gezien else ("", 0)
        return wat if keer * 2 > gezien.total() else ""


@dataclass
class Beeld:
    """What stands in a file: its columns, its first rows, and of how many rows this was seen.

    `totalen` are the words by which rows say that they are totals; those rows are not counted.
    """

    kolommen: list[Kolombeeld]
    eerste: list[Rij]
    totalen: set[str] = field(default_factory=set)
    rijen: int = 0
    afgekeurd: int = 0
    alles: bool = True

    def kolom(self, naam: str) -> Kolombeeld:
        """Return a column by its name."""
        return next(kolom for kolom in self.kolommen if kolom.naam == naam)

    def per_case(self, id: str) -> float:
        """How many rows a value of this column has, on average."""
        kolom = self.kolom(id)
        return kolom.gevuld / kolom.verschillend if kolom.verschillend else 0.0


def look(kop: Sequence[str], rijen: Iterable[Rij | Afkeuring]) -> Beeld:
    """Look at the first rows of a file; columns without a name cannot be declared and are passed over."""
    kolommen = [Kolombeeld(plaats, naam) for plaats, naam in enumerate(kop) if naam]
    beeld = Beeld(kolommen, [])
    for rij in rijen:
        if beeld.rijen >= ALLE_TOT:
            beeld.alles = False
            break
        if isinstance(rij, Afkeuring):
            beeld.afgekeurd += 1
            continue
        if woord := _total(rij.cellen):
            beeld.totalen.add(woord)
            continue
        beeld.rijen += 1
        if len(beeld.eerste) < VOORBEELD:
            beeld.eerste.append(rij)
        for kolom in kolommen:
            tekst = rij.cellen[kolom.plaats]
            kolom.lang += len(tekst) > LANG
            kolom.waarden[tekst if len(tekst) <= LANG else tekst[: LANG + 1]] += 1
    for kolom in kolommen:
        kolom.vormen = _forms(kolom)
    return beeld


def _total(cellen: Sequence[str]) -> str:
    """The word by which a row says that it is of totals: the first thing in it, and little else."""
    gevuld = [cel for cel in cellen if cel]
    woord = gevuld[0].split()[0].strip(":") if gevuld else ""
    return woord if woord.casefold() in TOTALEN and 2 * len(gevuld) <= len(cellen) + 1 else ""


def _forms(kolom: Kolombeeld) -> Vormen:
    """The forms of its dates; a column whose first values are none is not looked at further."""
    begin = dict(list(kolom.waarden.items())[:_GEEN_DATUM])
    if not (beste := forms(begin).beste) or (beste == EXCEL_GETAL and not _VAN_DATUM.search(kolom.naam)):
        return Vormen({}, kolom.gevuld)
    return forms(kolom.waarden)


def same_per_case(beeld: Beeld, id: str, rijen: Iterable[Rij | Afkeuring]) -> None:
    """Mark the columns that say the same on every row of a case."""
    plaats = beeld.kolom(id).plaats
    eerste: dict[str, tuple[str, ...]] = {}
    open_ = [kolom for kolom in beeld.kolommen if kolom.naam != id]
    for kolom in beeld.kolommen:
        kolom.gelijk_per_zaak = True
    for nr, rij in enumerate(rijen):
        if nr >= ALLE_TOT or not open_:
            break
        if isinstance(rij, Afkeuring):
            continue
        anders = eerste.setdefault(rij.cellen[plaats], rij.cellen)
        if anders is rij.cellen:
            continue
        for kolom in [k for k in open_ if rij.cellen[k.plaats] != anders[k.plaats]]:
            kolom.gelijk_per_zaak = False
            open_.remove(kolom)
