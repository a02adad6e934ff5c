"""How a file is written, as its declaration says under [bestand], proposed with why: what proef.py saw, and more."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from klachten.overname import bestandssoort as soorten
from klachten.overname.tabelbestand import Bestandsvorm
from klachten.overname.vormen import proef
from klachten.overname.vormen.proef import Proef
from klachten.taal import opsomming

BEGIN = 2 * 1024 * 1024
"""So much of a text is looked at for how a quotation mark is written within one."""
_NAAM = {";": "puntkomma's", "\t": "tabs", ",": "komma's", "|": "verticale strepen"}
_CODERING = {
    "utf-16": "Het bestand zegt zelf dat het in UTF-16 is opgeslagen.",
    "windows-1252": "Het bestand is geen UTF-8; het is gelezen als Windows-1252, zoals oudere programma's schrijven.",
}
SOORTEN = {
    soorten.CSV: "een tekstbestand met kolommen (CSV)",
    soorten.XLSX: "een werkmap (.xlsx)",
    soorten.XLS: "een oude werkmap (.xls)",
    soorten.ODS: "een werkmap (.ods)",
    soorten.JSON: "een JSON-bestand",
    soorten.PARQUET: "een Parquet-bestand",
    soorten.XES: "een log van gebeurtenissen (XES)",
}


@dataclass
class Vormvoorstel:
    """What belongs under [bestand], the sentences that say what it was seen by, and what is in the file."""

    proef: Proef
    bestand: dict[str, Any] = field(default_factory=dict)
    waarom: list[str] = field(default_factory=list)


def propose(pad: Path, vorm: Bestandsvorm | None = None) -> Vormvoorstel:
    """Return how a file seems to be written; OnleesbaarBestand says what it is when it is no table.

    `vorm` is what somebody said already: the sheet, or the encoding and delimiter of a text.
    """
    gezien = proef.look(pad, vorm)
    uit = Vormvoorstel(gezien, waarom=[f"Het is {SOORTEN[gezien.soort]}."])
    if gezien.soort == soorten.CSV:
        _text(pad, gezien.vorm, uit)
    if gezien.blad and len(gezien.bladen) > 1:
        uit.bestand["blad"] = gezien.blad
        uit.waarom.append(
            f"Er zijn {len(gezien.bladen)} bladen met gegevens: {opsomming(gezien.bladen)}. Gelezen is {gezien.blad}."
        )
    eerste = gezien.rijen[0].regel if gezien.rijen else 1
    if gezien.kop_op_regel > eerste:
        uit.bestand["kop_op_regel"] = gezien.kop_op_regel
        uit.waarom.append(
            f"De namen van de kolommen staan op regel {gezien.kop_op_regel}; wat erboven staat, telt niet mee."
        )
    return uit


def _text(pad: Path, vorm: Bestandsvorm, uit: Vormvoorstel) -> None:
    uit.bestand |= {"codering": vorm.codering, "scheidingsteken": vorm.scheidingsteken}
    if vorm.codering in _CODERING:
        uit.waarom.append(_CODERING[vorm.codering])
    teken = _NAAM.get(vorm.scheidingsteken, vorm.scheidingsteken)
    uit.waarom.append(f"De kolommen worden gescheiden door {teken}.")
    with pad.open(encoding=vorm.codering, errors="replace", newline="") as bestand:
        tekst = bestand.read(BEGIN)
    los, dubbel = tekst.count('\\"'), tekst.count('""')
    if los > dubbel or ("\\'" in tekst and not los):
        uit.bestand["ontsnapping"] = "\\"
        uit.waarom.append("Een aanhalingsteken binnen een tekst staat achter een schuine streep.")
