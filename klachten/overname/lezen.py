"""Reading a CSV file exactly as declared: header, rows with their physical line numbers, and what cannot be a row.

No cell is repeated in what is said of the file, and of the header only what is declared: it may be a row.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NoReturn

from klachten.overname.regeltelling import swallows
from klachten.overname.tabelbestand import Afkeuring, Bestandsvorm, OnleesbaarBestand, Rij, Tabelbestand

_EINDE = 2
"""The end of a line is in so many last bytes: in UTF-16 it has two."""
GROOTSTE_VELD = 1_000_000
"""A longer field is a quote that is never closed."""
SEP = re.compile(r"sep=(.)\s*", re.IGNORECASE)
_NAMEN = {",": "komma", ";": "puntkomma", "\t": "tab", "|": "verticale streep"}


class Logboek(Tabelbestand):
    """One open CSV file."""

    soort = "csv"

    def __init__(self, pad: Path, vorm: Bestandsvorm, namen: Collection[str] = ()) -> None:
        super().__init__(pad, vorm, namen)
        self._vooraf = 0
        if not vorm.scheidingsteken:
            self._weiger(
                'dit is een CSV-bestand. Zet in [bestand] codering en scheidingsteken, zoals codering = "utf-8" en '
                'scheidingsteken = ";".'
            )
        try:
            # A byte order mark is a signature of the encoding, not part of the first column name.
            codering = "utf-8-sig" if vorm.codering == "utf-8" else vorm.codering
            self._bestand = pad.open(encoding=codering, newline="")
        except FileNotFoundError:
            raise OnleesbaarBestand(f"Bestand {pad} is niet gevonden.") from None
        except OSError as fout:
            raise OnleesbaarBestand(f"Bestand {pad} kan niet worden gelezen: {fout.strerror or fout}.") from fout
        try:
            csv.field_size_limit(GROOTSTE_VELD)
            self._lezer = csv.reader(
                self._start(),
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

    def rows(self) -> Iterator[Rij | Afkeuring]:
        """Every row that is not empty; an Afkeuring for one that does not fit the header."""
        leeg, telling, breed = self.vorm.leeg - {""}, self.telling, len(self.kop)
        lezer, vooraf = self._lezer, self._vooraf
        for regel, cellen in self._raw():
            vervolg = vooraf + lezer.line_num - regel
            samen = "".join(cellen)  # asked as a whole: cell by cell takes longer than reading it did
            goed = isinstance(cellen, list)
            if goed and not samen.strip():
                telling.leeg += 1 + vervolg
                continue
            if vervolg and not (goed and len(cellen) == breed and not swallows(cellen, self.vorm.scheidingsteken)):
                telling.opgeslokt.append((regel, self._line))
            if goed and self._is_total(cellen):
                telling.totalen += range(regel, self._line + 1)
                continue
            telling.rijen += 1
            telling.vervolg += vervolg
            if isinstance(cellen, str):
                yield Afkeuring(regel, "", cellen)
            elif len(cellen) != breed:
                velden = "veld" if len(cellen) == 1 else "velden"
                yield Afkeuring(regel, "", f"De regel heeft {len(cellen)} {velden}, de kopregel {breed}.")
            elif "\0" in samen:
                yield Afkeuring(regel, "", "De regel bevat een NUL-teken; dat hoort niet in een tekstbestand.")
            else:
                if not samen.isascii():
                    self._see_letters(regel, cellen)
                gestript = tuple(map(str.strip, cellen))
                if leeg and not leeg.isdisjoint(gestript):
                    gestript = tuple("" if cel in leeg else cel for cel in gestript)
                yield Rij(regel, gestript)
        telling.regels = self._line
        self._remark_letters()
        self._remark_end()
        if not telling.rijen:
            self._weiger("het bestand heeft alleen een kopregel; er is niets om over te nemen.")

    def _remark_end(self) -> None:
        """A file that was cut off within the last cell of a row looks whole, but that its last line does not end."""
        with self.pad.open("rb") as bestand:
            bestand.seek(max(0, self.pad.stat().st_size - _EINDE))
            if not {*b"\r\n"} & {*bestand.read()}:
                self.opmerkingen.append(
                    f"De laatste regel ({self._line}) heeft geen regeleinde. Zo eindigt ook een bestand dat is "
                    "afgebroken: vergelijk de laatste rij, en het aantal rijen, met de bron."
                )

    @property
    def _line(self) -> int:
        """The physical line that was read last."""
        return self._vooraf + self._lezer.line_num

    def _start(self) -> Iterator[str]:
        """The lines from the header on; a first line that only names the delimiter, as Excel writes it, is no row."""
        try:
            if self.vorm.kop_op_regel:
                self._vooraf = sum(1 for _ in itertools.islice(self._bestand, self.vorm.kop_op_regel - 1))
                return self._bestand
            eerste = next(self._bestand, "")
        except UnicodeError:
            self._weiger_codering()
        if (sep := SEP.fullmatch(eerste)) is None:
            return itertools.chain((eerste,), self._bestand)
        if sep[1] != self.vorm.scheidingsteken:
            anders = _NAMEN.get(sep[1], sep[1])
            self._weiger(f"regel 1 zegt dat het scheidingsteken een {anders} is. Klopt bestand.scheidingsteken?")
        self._vooraf = 1
        return self._bestand

    def _raw(self) -> Iterator[tuple[int, list[str] | str]]:
        """Line and cells of each row that is not empty; a sentence instead of cells when quoting goes wrong in it."""
        lezer, vooraf = self._lezer, self._vooraf
        while True:
            regel = vooraf + lezer.line_num + 1
            try:
                cellen = next(lezer)
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
            else:
                self.telling.leeg += 1

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
        self.telling.boven, self.telling.leeg = self._line, 0
        kop = tuple(cel.strip() for cel in cellen)
        self._check_header(kop, self._raw())
        if len(kop) == 1:
            self._check_delimiter(kop[0])
        return kop

    def _check_delimiter(self, kop: str) -> None:
        """One column is one too few: an id and a date are needed at least."""
        keer = {naam: kop.count(teken) for teken, naam in _NAMEN.items() if kop.count(teken)}
        tip = " Wel staat er {} keer een {} in.".format(*max((n, naam) for naam, n in keer.items())) if keer else ""
        teken = self.vorm.scheidingsteken
        self._weiger(
            f"de kopregel heeft maar een kolom; het scheidingsteken ({_NAMEN.get(teken, teken)}) komt er niet in voor."
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
