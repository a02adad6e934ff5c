"""Reading a CSV file exactly as declared: header, rows with their physical line numbers, and what cannot be a row."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from klachten.reglement.tabel import OngeldigBestand

GROOTSTE_VELD = 1_000_000
"""A longer field is a quote that is never closed."""


class OnleesbaarBestand(OngeldigBestand):
    """A file that cannot be read as declared; the sentence says what to do about it."""


@dataclass(frozen=True, kw_only=True)
class Bestandsvorm:
    """How the file is written: encoding, delimiter, quoting, and which texts stand for nothing."""

    codering: str
    scheidingsteken: str
    aanhalingsteken: str
    ontsnapping: str
    leeg: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rij:
    """One row: the physical line it starts on and its cells, without surrounding space."""

    regel: int
    cellen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Afkeuring:
    """A row that cannot be taken over: its physical line, its source id where known, and the Dutch reason.

    `door_regel` is set when the row itself is sound, but belongs to a klacht that was rejected for that other line.
    """

    regel: int
    bron_id: str
    reden: str
    door_regel: int | None = None


def show(tekst: str, lengte: int = 60) -> str:
    """Return a text from the file as it may be printed: one line, no control characters, not too long."""
    zichtbaar = "".join(teken if teken.isprintable() else " " for teken in tekst)
    return f"'{zichtbaar}'" if len(zichtbaar) <= lengte else f"'{zichtbaar[:lengte]}…'"


class Logboek:
    """One open CSV file: its header, and its rows one at a time."""

    def __init__(self, pad: Path, vorm: Bestandsvorm) -> None:
        self.pad, self.vorm, self.naam = pad, vorm, pad.name
        try:
            leeg = pad.stat().st_size == 0
            # A byte order mark is a signature of the encoding, not part of the first column name.
            codering = "utf-8-sig" if vorm.codering == "utf-8" else vorm.codering
            self._bestand = pad.open(encoding=codering, newline="")
        except FileNotFoundError:
            raise OnleesbaarBestand(f"Bestand {pad} is niet gevonden.") from None
        except OSError as fout:
            raise OnleesbaarBestand(f"Bestand {pad} kan niet worden gelezen: {fout.strerror or fout}.") from fout
        try:
            if leeg:
                self._weiger("het bestand is leeg.")
            csv.field_size_limit(GROOTSTE_VELD)
            self._lezer = csv.reader(
                self._bestand,
                delimiter=vorm.scheidingsteken,
                quotechar=vorm.aanhalingsteken or None,
                quoting=csv.QUOTE_MINIMAL if vorm.aanhalingsteken else csv.QUOTE_NONE,
                doublequote=True,
                escapechar=vorm.ontsnapping or None,
                strict=True,
            )
            self.kop = self._header()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close the file."""
        self._bestand.close()

    def __enter__(self) -> Logboek:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def rows(self) -> Iterator[Rij | Afkeuring]:
        """Every row that is not empty; an Afkeuring for one that does not fit the header."""
        aantal, leeg = 0, self.vorm.leeg - {""}
        for regel, cellen in self._raw():
            aantal += 1
            if isinstance(cellen, str):
                yield Afkeuring(regel, "", cellen)
            elif len(cellen) != len(self.kop):
                velden = "veld" if len(cellen) == 1 else "velden"
                yield Afkeuring(regel, "", f"De regel heeft {len(cellen)} {velden}, de kopregel {len(self.kop)}.")
            elif "\0" in "".join(cellen):
                yield Afkeuring(regel, "", "De regel bevat een NUL-teken; dat hoort niet in een tekstbestand.")
            else:
                gestript = tuple(map(str.strip, cellen))
                if leeg and not leeg.isdisjoint(gestript):
                    gestript = tuple("" if cel in leeg else cel for cel in gestript)
                yield Rij(regel, gestript)
        if not aantal:
            self._weiger("het bestand heeft alleen een kopregel; er is niets om over te nemen.")

    def _raw(self) -> Iterator[tuple[int, list[str] | str]]:
        """Line and cells of each row that is not empty; a sentence instead of cells when quoting goes wrong in it."""
        while True:
            regel = self._lezer.line_num + 1
            try:
                cellen = next(self._lezer)
            except StopIteration:
                return
            except UnicodeError:
                self._weiger_codering()
            except csv.Error as fout:
                self._check_quote_closed(regel, fout)
                yield regel, "Na een aanhalingsteken dat een veld sluit, staat nog tekst."
                continue
            if cellen:
                yield regel, cellen

    def _header(self) -> tuple[str, ...]:
        eerste = next(self._raw(), None)
        if eerste is None:
            self._weiger("het bestand bevat geen enkele regel met tekst.")
        regel, cellen = eerste
        if isinstance(cellen, str) or any("\0" in cel for cel in cellen):
            self._weiger(
                f"de kopregel (regel {regel}) bevat NUL-tekens of losse aanhalingstekens en is niet te lezen als "
                f"{self.vorm.codering}. Klopt bestand.codering?"
            )
        kop = tuple(cel.strip() for cel in cellen)
        dubbel = [naam for naam, keer in Counter(kop).items() if naam and keer > 1]
        if dubbel:
            plaatsen = [str(plaats) for plaats, naam in enumerate(kop, start=1) if naam == dubbel[0]]
            self._weiger(
                f"kolom {show(dubbel[0])} staat {len(plaatsen)} keer in de kopregel (als kolom "
                f"{', '.join(plaatsen)}). Geef elke kolom een eigen naam."
            )
        if len(kop) == 1:
            self._check_delimiter(kop[0])
        return kop

    def _check_delimiter(self, kop: str) -> None:
        """One column is one too few: an id and a date are needed at least."""
        namen = {",": "komma", ";": "puntkomma", "\t": "tab", "|": "verticale streep"}
        keer = {naam: kop.count(teken) for teken, naam in namen.items() if kop.count(teken)}
        tip = " Wel staat er {} keer een {} in.".format(*max((n, naam) for naam, n in keer.items())) if keer else ""
        teken = self.vorm.scheidingsteken
        self._weiger(
            f"de kopregel heeft maar een kolom; het scheidingsteken ({namen.get(teken, teken)}) komt er niet in voor."
            f"{tip} Klopt bestand.scheidingsteken?"
        )

    def _check_quote_closed(self, regel: int, fout: csv.Error) -> None:
        if "field limit" in str(fout) or "unexpected end" in str(fout):
            self._weiger(
                f"vanaf regel {regel} wordt een aanhalingsteken niet gesloten, zodat de rest van het bestand een veld "
                "zou zijn. Kloppen bestand.aanhalingsteken en bestand.ontsnapping?"
            )

    def _weiger_codering(self) -> NoReturn:
        """Find the first byte that does not fit; the reader itself only knows the block it was in."""
        inhoud = self.pad.read_bytes()
        try:
            inhoud.decode(self.vorm.codering)
        except UnicodeDecodeError as fout:
            begin = inhoud[: fout.start].decode(self.vorm.codering, errors="replace")
            regel = sum(1 for _ in io.StringIO(begin + ".", newline=""))
            self._weiger(
                f"regel {regel} is geen geldige {self.vorm.codering} (byte 0x{inhoud[fout.start]:02X}). "
                "Geef in bestand.codering de codering van het bestand op, bijvoorbeeld windows-1252."
            )
        self._weiger(f"het bestand is geen geldige {self.vorm.codering}.")

    def _weiger(self, zin: str) -> NoReturn:
        raise OnleesbaarBestand(f"{self.naam}: {zin}")
