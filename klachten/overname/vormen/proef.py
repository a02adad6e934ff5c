"""The first rows of a file as they are, to look at before anything is declared: also what stands above its header."""

from __future__ import annotations

import codecs
import csv
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from klachten.overname import bestandssoort as soorten
from klachten.overname.cellen import Datumcel, Getalcel
from klachten.overname.lezen import SEP
from klachten.overname.tabelbestand import ZOEK_KOP, Bestandsvorm, OnleesbaarBestand, Rij
from klachten.overname.vormen import openen

EERSTE = 50
_TEKENS = (";", ",", "\t", "|")
_BROK = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Proef:
    """The kind of a file, its first rows, and how it seems to be written.

    `bladen` are the sheets (or the lists of a JSON file) with something in them, `verborgen` those nobody sees, `blad`
    the one that is shown. `vorm` is how a CSV file seems to be written. `kop` is the header: on line `kop_op_regel`, as
    a proposal, and 0 in a kind of file whose columns have names of their own: there `rijen` are only rows.
    """

    soort: str
    rijen: tuple[Rij, ...]
    kop: tuple[str, ...]
    kop_op_regel: int = 0
    vorm: Bestandsvorm
    blad: str = ""
    bladen: tuple[str, ...] = ()
    verborgen: tuple[str, ...] = ()


def look(pad: Path, vorm: Bestandsvorm | None = None, *, eerste: int = EERSTE) -> Proef:
    """Read the first rows of a file; OnleesbaarBestand says why that is not possible.

    `vorm` says which sheet, or how a CSV file is written, once somebody has said so.
    """
    soort = openen.kind(pad, "utf-16" if vorm is None else vorm.codering)
    gezegd = vorm or Bestandsvorm()
    if soort == soorten.CSV:
        gezegd = gezegd if gezegd.scheidingsteken else sniff(pad)
        rijen = _text_rows(pad, gezegd, max(eerste, ZOEK_KOP))
        return _with_header(Proef(soort=soort, rijen=rijen, kop=(), vorm=gezegd), eerste)
    if soort in openen.WERKMAPPEN:
        from klachten.overname.vormen.werkmap import Werkmap

        with closing(Werkmap(pad, gezegd, soort=soort, kijk=True)) as boek:
            rijen = tuple(
                Rij(regel, tuple(cellen)) for regel, cellen in itertools.islice(boek.raw(), max(eerste, ZOEK_KOP))
            )
            proef = Proef(
                soort=soort, rijen=rijen, kop=(), vorm=gezegd, blad=boek.blad, bladen=boek.bladen,
                verborgen=boek.verborgen,
            )  # fmt: skip
        return _with_header(proef, eerste)
    if soort == soorten.JSON:
        from klachten.overname.vormen.objecten import Objecten

        with closing(Objecten(pad, gezegd, kijk=True)) as lijst:
            bladen = lijst.bladen
            return Proef(
                soort=soort, rijen=_rows(lijst.rows(), eerste), kop=lijst.kop, vorm=gezegd, bladen=bladen,
                blad=gezegd.blad or next(iter(bladen), ""),
            )  # fmt: skip
    with closing(openen.open_table(pad, gezegd)) as tabel:
        return Proef(soort=soort, rijen=_rows(tabel.rows(), eerste), kop=tabel.kop, vorm=gezegd)


def sniff(pad: Path) -> Bestandsvorm:
    """Say how a CSV file seems to be written: its encoding from all of its bytes, its delimiter from the first rows."""
    codering = _encoding(pad)
    proef = Bestandsvorm(codering=codering, scheidingsteken=",")
    with pad.open(encoding=_codec(codering), newline="") as bestand:
        if (sep := SEP.fullmatch(bestand.readline(_BROK))) is not None:
            return replace(proef, scheidingsteken=sep[1])

    def fit(teken: str) -> tuple[int, int]:
        breedtes = Counter(len(rij.cellen) for rij in _text_rows(pad, replace(proef, scheidingsteken=teken), ZOEK_KOP))
        return max(((keer, breedte) for breedte, keer in breedtes.items() if breedte > 1), default=(0, 0))

    return replace(proef, scheidingsteken=max(_TEKENS, key=fit))


def _encoding(pad: Path) -> str:
    with pad.open("rb") as bestand:
        begin = bestand.read(4)
        if begin.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        for codering in ("utf-8", "windows-1252"):
            bestand.seek(0)
            lezer = codecs.getincrementaldecoder(codering)()
            try:
                while brok := bestand.read(_BROK):
                    lezer.decode(brok)
                lezer.decode(b"", True)
            except UnicodeDecodeError:
                continue
            return codering
    return "iso-8859-1"


def _codec(codering: str) -> str:
    return "utf-8-sig" if codering == "utf-8" else codering


def _text_rows(pad: Path, vorm: Bestandsvorm, hoeveel: int) -> tuple[Rij, ...]:
    """The first rows of a CSV file, whatever is wrong with them."""
    csv.field_size_limit(_BROK)
    rijen = []
    with pad.open(encoding=_codec(vorm.codering), newline="") as bestand:
        lezer = csv.reader(
            bestand, delimiter=vorm.scheidingsteken, quotechar=vorm.aanhalingsteken or None,
            quoting=csv.QUOTE_MINIMAL if vorm.aanhalingsteken else csv.QUOTE_NONE, escapechar=vorm.ontsnapping or None,
        )  # fmt: skip
        try:
            regel = 1
            for cellen in itertools.islice(lezer, hoeveel):
                if not (regel == 1 and SEP.fullmatch(vorm.scheidingsteken.join(cellen))):
                    rijen.append(Rij(regel, tuple(map(str.strip, cellen))))
                regel = lezer.line_num + 1
        except (csv.Error, UnicodeError) as fout:
            if not rijen:
                raise OnleesbaarBestand(f"{pad.name}: het bestand is niet te lezen als {vorm.codering}.") from fout
    return tuple(rijen)


def _with_header(proef: Proef, eerste: int) -> Proef:
    gezegd = proef.vorm.kop_op_regel
    kop = next((rij for rij in proef.rijen if rij.regel == gezegd), None) or _guess_header(proef.rijen)
    proef = replace(proef, rijen=proef.rijen[:eerste])
    if kop is None:
        return proef
    namen = list(map(str, kop.cellen))
    while namen and not namen[-1]:
        namen.pop()
    return replace(proef, kop=tuple(namen), kop_op_regel=kop.regel)


def _guess_header(rijen: Sequence[Rij]) -> Rij | None:
    """The first row that is as wide as most, of texts that all differ; else the first one with text."""
    breedtes = Counter(sum(map(bool, rij.cellen)) for rij in rijen if any(rij.cellen))
    if not breedtes:
        return None
    gewoon = max(breedtes, key=lambda breedte: (breedtes[breedte], breedte))
    for rij in rijen:
        namen = [cel for cel in rij.cellen if cel]
        tekst = not any(isinstance(cel, Datumcel | Getalcel) or _GETAL.fullmatch(cel) for cel in namen)
        if tekst and len(namen) > 1 and len(namen) >= 0.6 * gewoon and len(set(namen)) == len(namen):
            return rij
    return next(rij for rij in rijen if any(rij.cellen))


_GETAL = re.compile(r"[0-9][0-9.,:/ -]*")


def _rows(rijen: Iterable[object], eerste: int) -> tuple[Rij, ...]:
    return tuple(rij for rij in itertools.islice(rijen, eerste) if isinstance(rij, Rij))
