"""JSON: a list of objects, an object with one such list in it, or an object on every line (.jsonl)."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn, TextIO

from klachten.overname import bestandssoort
from klachten.overname.cellen import as_cell, number
from klachten.overname.letters import half
from klachten.overname.tabelbestand import MEESTE_KOLOMMEN, Bestandsvorm
from klachten.overname.tonen import show
from klachten.overname.vormen.cellenbestand import Cellenbestand
from klachten.taal import getal, opsomming

HEEL = 128 * 1024 * 1024
"""So large a file may be when it has to be read as a whole: an object around the list."""
_BROK, _GROOTSTE_OBJECT = 1024 * 1024, 32 * 1024 * 1024
_DIEPSTE = 20
_TE_DIEP = "te veel lijsten of objecten zitten in elkaar. Vraag de bron om een uitvoer als tabel."


_WIT = re.compile(r"[ \t\r\n]*")


class _Object(dict[str, Any]):
    """An object of the file; `dubbel` when a key stands in it twice, which readers understand differently."""

    dubbel = False


def _object(paren: list[tuple[str, Any]]) -> _Object:
    alles = _Object(paren)
    alles.dubbel = len(alles) != len(paren)
    return alles


_LEES = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=number, parse_float=number, parse_constant=lambda _: None, strict=False
)


class Objecten(Cellenbestand):
    """One open JSON file; a row is an object, and its number is that of the object or, in .jsonl, of the line."""

    soort = bestandssoort.JSON

    def __init__(self, pad: Path, vorm: Bestandsvorm, namen: Collection[str] = (), *, kijk: bool = False) -> None:
        super().__init__(pad, vorm, namen)
        self.bladen: tuple[str, ...] = ()
        self._kijk = kijk
        self._lijst: list[Any] | None = None
        self._per_regel = False
        self._heel()
        kop: dict[str, None] = {}
        for _, deel in self._objects():
            if isinstance(deel, _Object):
                kop.update(dict.fromkeys(_flat(deel)))
                if len(kop) > MEESTE_KOLOMMEN:
                    break
        if not kop:
            self._weiger(f"dit is JSON, maar er staat geen object met waarden in. {_TABEL}")
        self.kop = tuple(kop)
        self._check_header(self.kop, ())
        if not self._per_regel:
            self.opmerkingen.append("JSON: regel 1 is het eerste object, enzovoort.")

    def _records(self) -> Iterator[tuple[int, list[str] | str]]:
        for nummer, deel in self._objects():
            if isinstance(deel, str):
                yield nummer, deel
            elif deel is None:
                yield nummer, []
            elif deel.dubbel:
                yield nummer, "In dit object staat een sleutel twee keer: welke geldt?"
            else:
                plat = _flat(deel)
                yield nummer, _HALF if half(plat.values()) else [plat.get(naam, "") for naam in self.kop]

    # --- how the file is built ---------------------------------------------------------------------------------------

    def _heel(self) -> None:
        """Find out where the objects are; a file with an object around them is read as a whole."""
        with self._open() as bestand:
            begin = self._read(bestand, _BROK)
            if begin.lstrip().startswith("["):
                return
            regel, einde, rest = begin.lstrip().partition("\n")
            if einde and (_whole(regel) or not _can_begin(regel)) and rest.strip()[:1] in ("{", ""):
                self._per_regel = bool(rest.strip()) or _is_row(regel)
            if self._per_regel:
                return
            if self.pad.stat().st_size > HEEL:
                self._weiger(
                    f"dit is één JSON-object van meer dan {getal(HEEL // 1024**2)} MB. Vraag de bron om een object per "
                    "regel (.jsonl)."
                )
            heel = self._decode(begin + self._read(bestand, -1))
        self._lijst = self._choose(heel)

    def _decode(self, tekst: str) -> Any:
        try:
            waarde, einde = _LEES.raw_decode(tekst.lstrip())
        except RecursionError:
            self._weiger(_TE_DIEP)
        except ValueError as fout:
            self._broken(f"regel {getattr(fout, 'lineno', 1)}")
        if tekst.lstrip()[einde:].strip():
            self._weiger("na het JSON-object staat nog meer. Vraag de bron om een nieuwe uitvoer.")
        return waarde

    def _choose(self, heel: _Object) -> list[Any]:
        """The one list of objects in an object, or the declared one; an object without a list is a row itself."""
        lijsten = {}
        for naam, deel in heel.items():
            paren = ((f"{naam}.{onder}", waarde) for onder, waarde in deel.items()) if isinstance(deel, dict) else ()
            lijsten |= {pad: waarde for pad, waarde in ((naam, deel), *paren) if _is_table(waarde)}
        self.bladen = tuple(lijsten)
        if self.vorm.blad:
            if self.vorm.blad not in lijsten:
                self._weiger(f"er is geen lijst {show(self.vorm.blad)} met objecten. {_TABEL}")
            return lijsten[self.vorm.blad]
        if not lijsten:
            self._weiger(f"dit is JSON, maar geen tabel: er is geen lijst van objecten in. {_TABEL}")
        if len(lijsten) > 1 and not self._kijk:
            self._weiger(
                f"er staan {len(lijsten)} lijsten van objecten in: {opsomming([show(n) for n in list(lijsten)[:12]])}. "
                f'Zet in [bestand] blad = "{self.bladen[0]}", met de lijst waarin de klachten staan.'
            )
        return lijsten[self.bladen[0]]

    def _objects(self) -> Iterator[tuple[int, _Object | str | None]]:
        """Number and object of each row; a sentence for what is none, None for an empty line."""
        if self._lijst is not None:
            delen: Iterator[tuple[int, Any]] = enumerate(self._lijst, start=1)
        else:
            delen = self._lines() if self._per_regel else enumerate(self._elements(), start=1)
        for nummer, deel in delen:
            if deel is None or isinstance(deel, _Object):
                yield nummer, deel
            else:
                yield nummer, deel if isinstance(deel, _Zin) else "Dit is geen JSON-object met sleutels en waarden."

    def _lines(self) -> Iterator[tuple[int, Any]]:
        with self._open() as bestand:
            nummer = 0
            while regel := self._line(bestand):
                nummer += 1
                if not regel.strip():
                    yield nummer, None
                    continue
                try:
                    yield nummer, _LEES.decode(regel)
                except RecursionError:
                    yield nummer, _Zin("Te veel lijsten of objecten zitten in elkaar.")
                except ValueError:
                    yield nummer, _Zin("Deze regel is geen geldige JSON, of houdt halverwege op.")

    def _elements(self) -> Iterator[Any]:
        """The elements of one list, without holding more of it in memory than a piece and one of them."""
        with self._open() as bestand:
            tekst, nummer, komma = self._read(bestand, _BROK), 1, True
            plek = tekst.index("[") + 1
            while True:
                plek = _WIT.match(tekst, plek).end()  # type: ignore[union-attr]
                if plek == len(tekst):
                    tekst, plek = self._read(bestand, _BROK), 0
                    if not tekst:
                        self._broken(f"object {nummer}")
                elif tekst[plek] == "]" and (nummer == 1 or not komma):
                    if (tekst[plek + 1 :] + self._read(bestand, _BROK)).strip():
                        self._weiger("na de lijst staat nog meer. Vraag de bron om een nieuwe uitvoer.")
                    return
                elif not komma:
                    if tekst[plek] != ",":
                        self._broken(f"object {nummer}")
                    plek, komma = plek + 1, True
                else:
                    try:
                        deel, plek = _LEES.raw_decode(tekst, plek)
                    except RecursionError:
                        self._weiger(_TE_DIEP)
                    except ValueError:
                        rest = tekst[plek:]
                        meer = self._read(bestand, max(_BROK, len(rest))) if len(rest) < _GROOTSTE_OBJECT else ""
                        if not meer:
                            self._broken(f"object {nummer}")
                        tekst, plek = rest + meer, 0
                        continue
                    yield deel
                    nummer, komma = nummer + 1, False

    def _broken(self, waar: str) -> NoReturn:
        self._weiger(
            f"het bestand is vanaf {waar} geen geldige JSON, of houdt daar halverwege op. Haal of kopieer het bestand "
            "opnieuw."
        )

    # --- reading text ------------------------------------------------------------------------------------------------

    def _open(self) -> TextIO:
        # Whatever is declared for a CSV file: JSON is always UTF-8.
        return self.pad.open(encoding="utf-8-sig")

    def _read(self, bestand: TextIO, hoeveel: int) -> str:
        try:
            return bestand.read(hoeveel)
        except UnicodeError:
            self._weiger(_GEEN_TEKST)

    def _line(self, bestand: TextIO) -> str:
        try:
            return bestand.readline(_GROOTSTE_OBJECT)
        except UnicodeError:
            self._weiger(_GEEN_TEKST)


class _Zin(str):
    """A sentence about a row, where a text would be a value of the file."""

    __slots__ = ()


_HALF = "In dit object staat een half teken (een los surrogaat). Verbeter de tekst in de bron en haal haar opnieuw."
_TABEL = "Nodig is een lijst van objecten, of een object per regel."
_GEEN_TEKST = "het bestand is geen geldige utf-8. Haal of kopieer het bestand opnieuw."


def _is_table(waarde: Any) -> bool:
    return isinstance(waarde, list) and bool(waarde) and isinstance(waarde[0], dict)


def _whole(tekst: str) -> bool:
    try:
        return isinstance(_LEES.decode(tekst), dict)
    except (ValueError, RecursionError):
        return False


def _is_row(regel: str) -> bool:
    """Tell whether the only line of a file is a row of its own, and not an object around a list."""
    try:
        deel = _LEES.decode(regel)
    except (ValueError, RecursionError):
        return False
    return bool(deel) and not any(isinstance(waarde, dict | list) for waarde in deel.values())


def _can_begin(tekst: str) -> bool:
    """Tell whether a line may be the first of an object that goes on: it does not close what it opens."""
    return tekst.count("{") > tekst.count("}")


def _flat(deel: Mapping[str, Any], diep: int = 0) -> dict[str, str]:
    """Return the cells of an object; what is in an object in it gets a name with a point."""
    plat: dict[str, str] = {}
    for naam, waarde in deel.items():
        if isinstance(waarde, dict) and diep < _DIEPSTE:
            plat.update({f"{naam.strip()}.{onder}": cel for onder, cel in _flat(waarde, diep + 1).items()})
        elif isinstance(waarde, dict | list):
            plat[naam.strip()] = _nested(waarde)
        else:
            plat[naam.strip()] = as_cell(waarde)
    return plat


def _nested(waarde: Any) -> str:
    if isinstance(waarde, list) and not any(isinstance(deel, dict | list) for deel in waarde):
        return "\n".join(filter(None, map(as_cell, waarde)))
    try:
        return json.dumps(waarde, ensure_ascii=False)
    except RecursionError:
        return "…"
