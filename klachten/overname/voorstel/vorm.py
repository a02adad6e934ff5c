"""How a text file with columns is written: its encoding, delimiter, header and totals, proposed with why."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

BEGIN = 2 * 1024 * 1024
"""So much of a file is looked at."""
_TEKENS = (";", "\t", ",", "|")
_NAAM = {";": "puntkomma's", "\t": "tabs", ",": "komma's", "|": "verticale strepen"}
_TOTALEN = ("totaal", "total", "subtotaal", "som")
_GENOEG = 200


@dataclass
class Vormvoorstel:
    """What belongs under [bestand], and the sentences that say what it was seen by."""

    bestand: dict[str, Any] = field(default_factory=dict)
    waarom: list[str] = field(default_factory=list)


def propose(pad: Path) -> Vormvoorstel:
    """Return how a text file seems to be written; of anything else it is said elsewhere what it is."""
    with pad.open("rb") as bestand:
        begin = bestand.read(BEGIN)
        heel = not bestand.read(1)
    uit = Vormvoorstel()
    codering, tekst = _decode(begin, heel, uit)
    uit.bestand["codering"] = codering
    regels = _rest_of_line(tekst, heel)
    teken = _delimiter(regels)
    uit.bestand["scheidingsteken"] = teken
    uit.waarom.append(f"De kolommen worden gescheiden door {_NAAM[teken]}.")
    ontsnapping = _escape(regels)
    if ontsnapping:
        uit.bestand["ontsnapping"] = ontsnapping
        uit.waarom.append("Een aanhalingsteken binnen een tekst staat achter een schuine streep.")
    rijen = _rows(regels, teken, ontsnapping)
    if rijen:
        _header(rijen, uit)
        _totals(rijen, uit)
    return uit


def _decode(begin: bytes, heel: bool, uit: Vormvoorstel) -> tuple[str, str]:
    if begin.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        uit.waarom.append("Het bestand zegt zelf dat het in UTF-16 is opgeslagen.")
        return "utf-16", begin[: len(begin) // 2 * 2].decode("utf-16", errors="replace")
    try:
        # The last letter may be cut in two.
        tekst = codecs.getincrementaldecoder("utf-8-sig")().decode(begin, heel)
    except UnicodeDecodeError:
        uit.waarom.append("Het bestand is geen UTF-8; gelezen als Windows-1252, zoals oudere programma's schrijven.")
        return "windows-1252", begin.decode("windows-1252", errors="replace")
    return "utf-8", tekst


def _rest_of_line(tekst: str, heel: bool) -> str:
    return tekst if heel else tekst[: max(tekst.rfind("\n"), 0) + 1]


def _rows(tekst: str, teken: str, ontsnapping: str) -> list[tuple[int, list[str]]]:
    """Line and cells of the first rows; quoting that goes wrong ends it, for the reader says what is wrong there."""
    lezer = csv.reader(io.StringIO(tekst, newline=""), delimiter=teken, escapechar=ontsnapping or None)
    uit, eerste = [], 1
    try:
        for cellen in lezer:
            uit.append((eerste, cellen))
            eerste = lezer.line_num + 1
            if len(uit) >= _GENOEG * 10:
                break
    except csv.Error:
        pass
    return uit


def _delimiter(tekst: str) -> str:
    """The sign that cuts the most rows into the same number of cells, more than one."""
    beste, teken = (0.0, 0), _TEKENS[0]
    eerste = tekst[:8].lower()
    if eerste.startswith("sep=") and eerste[4:5] in _TEKENS:
        return eerste[4]
    for kandidaat in _TEKENS:
        hoeveel = Counter(len(cellen) for _, cellen in _rows(tekst, kandidaat, "")[:_GENOEG] if any(cellen))
        if not hoeveel:
            continue
        breedte, keer = max(hoeveel.items(), key=lambda paar: (paar[1] if paar[0] > 1 else 0, paar[0]))
        score = (keer / hoeveel.total() if breedte > 1 else 0.0, breedte)
        if score > beste:
            beste, teken = score, kandidaat
    return teken


def _escape(tekst: str) -> str:
    slim = tekst.count('\\"') > tekst.count('""') or ("\\'" in tekst and '\\"' not in tekst)
    return "\\" if slim else ""


def _header(rijen: Sequence[tuple[int, list[str]]], uit: Vormvoorstel) -> None:
    """The first row that is as wide as most, with a text of its own in most of its cells."""
    gevuld = [(regel, cellen) for regel, cellen in rijen if any(map(str.strip, cellen))]
    if not gevuld:
        return
    breed = Counter(sum(1 for cel in cellen if cel.strip()) for _, cellen in gevuld).most_common(1)[0][0]
    for plaats, (regel, cellen) in enumerate(gevuld[:_GENOEG]):
        namen = [cel.strip() for cel in cellen if cel.strip()]
        if len(namen) * 3 >= breed * 2 and len(set(namen)) == len(namen) > 1:
            sep = gevuld[0][1] and gevuld[0][1][0].lower().startswith("sep=")
            if plaats > (1 if sep else 0):
                uit.bestand["kop_op_regel"] = regel
                uit.waarom.append(f"De namen van de kolommen staan op regel {regel}; wat erboven staat, telt niet mee.")
            return


def _totals(rijen: Sequence[tuple[int, list[str]]], uit: Vormvoorstel) -> None:
    woorden = []
    for _, cellen in rijen:
        eerste = next((cel.strip() for cel in cellen if cel.strip()), "")
        if eerste and eerste.casefold().split()[0].strip(":") in _TOTALEN:
            woorden.append(eerste.split()[0].strip(":"))
    if woorden:
        uit.bestand["totalen"] = sorted(set(woorden))
        uit.waarom.append("Rijen die met een totaal beginnen, zijn geen klacht.")
