"""A sheet of a workbook (.xlsx, .xls, .ods): which one, where its header is, and cells with their type."""

from __future__ import annotations

import functools
import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from klachten import apart
from klachten.overname import bestandssoort
from klachten.overname.bestandsvorm import HERHAAL
from klachten.overname.cellen import as_cell
from klachten.overname.tabelbestand import Bestandsvorm
from klachten.overname.tonen import show
from klachten.overname.vormen import werkblad
from klachten.overname.vormen.cellenbestand import Cellenbestand
from klachten.overname.vormen.nazicht import STUK, Bladzicht, Werkmapfout, inspect, reference
from klachten.taal import aantal, opsomming

_FOUT = "staat een fout van de spreadsheet, zoals #N/B. Verbeter die cel, of maak haar leeg."
_ZONDER_UITKOMST = (
    "staat een formule zonder uitkomst. Open het bestand in uw spreadsheet, zodat die wordt uitgerekend, en bewaar het "
    "opnieuw."
)
GENOEMD = 12
"""So many sheets are named."""


class Werkmap(Cellenbestand):
    """One open sheet; with `kijk` the first one that has rows when there is a choice, and no header is looked for."""

    def __init__(
        self, pad: Path, vorm: Bestandsvorm, namen: Collection[str] = (), *, soort: str, kijk: bool = False
    ) -> None:
        super().__init__(pad, vorm, namen)
        self.soort, self._kijk = soort, kijk
        self.bladen: tuple[str, ...] = ()
        self.verborgen: tuple[str, ...] = ()
        self._samen: dict[int, list[tuple[int, int]]] = {}
        try:
            stand = pad.stat()
            self._zicht = {} if soort == bestandssoort.XLS else _looked(pad, soort, (stand.st_size, stand.st_mtime_ns))
        except Werkmapfout as fout:
            self._weiger(str(fout))
        self._regels = apart.lines(werkblad.__name__, str(pad.resolve()), vorm.blad, soort)
        try:
            self.blad = self._choose()
            self._deel = self._zicht.get(self.blad, Bladzicht())
            self._rijen = self._cells()
            if not kijk:
                self._header()
                self._merged()
                self._remark()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End the process that reads the workbook."""
        self._regels.close()

    @contextmanager
    def _careful(self) -> Iterator[None]:
        """The reader may end badly halfway."""
        try:
            yield
        except (apart.ApartMislukt, json.JSONDecodeError):
            self._weiger(STUK)

    # --- which sheet -------------------------------------------------------------------------------------------------

    def _choose(self) -> str:
        """The declared sheet, or the only one that can be seen and has something in it."""
        with self._careful():
            begin: dict[str, Any] = json.loads(next(self._regels, f'{{"fout": "{werkblad.STUK}"}}'))
        if fout := begin.get("fout"):
            self._weiger(bestandssoort.WACHTWOORD if fout == werkblad.WACHTWOORD else STUK)
        alle = [naam for naam, *_ in begin["bladen"]]
        gevuld = [naam for naam, _, vol in begin["bladen"] if vol and self._filled(naam)]
        zichtbaar = {naam for naam, ziet, _ in begin["bladen"] if ziet}
        self.bladen = tuple(naam for naam in gevuld if naam in zichtbaar)
        self.verborgen = tuple(naam for naam in gevuld if naam not in zichtbaar)
        self._vooraan, self._samengevoegd = begin["vooraan"], begin["samengevoegd"]
        if gevraagd := self.vorm.blad:
            if begin["blad"] not in alle:
                self._weiger(f"er is geen blad {show(gevraagd)}. {_named(alle)}")
            if begin["leeg"]:
                self._weiger(f"blad {show(gevraagd)} is leeg.")
            return begin["blad"]
        if not gevuld:
            self._weiger("de werkmap is leeg: er staat op geen enkel blad iets.")
        if not self.bladen:
            self._weiger(
                f"alleen op een verborgen blad staat iets: {opsomming([show(n) for n in self.verborgen[:GENOEMD]])}. "
                f'Zet in [bestand] blad = "{self.verborgen[0]}" als u dat bedoelt.'
            )
        if len(self.bladen) > 1 and not self._kijk:
            self._weiger(
                f"er staan rijen op {len(self.bladen)} bladen. {_named(self.bladen)} Zet in [bestand] "
                f'blad = "{self.bladen[0]}", met het blad waarop de klachten staan.'
            )
        return begin["blad"]

    def _filled(self, naam: str) -> bool:
        zicht = self._zicht.get(naam)
        return zicht is None or zicht.hoogte > 0

    def _remark(self) -> None:
        delen = [f"Blad {show(self.blad)} van de werkmap."]
        anders = [naam for naam in self.bladen if naam != self.blad]
        if anders:
            delen.append(f"Niet gelezen: {opsomming([show(naam) for naam in anders[:GENOEMD]])}.")
        if self.blad in self.verborgen:
            delen.append("Dat blad is verborgen.")
        if verborgen := [naam for naam in self.verborgen if naam != self.blad]:
            delen.append(f"Verborgen: {opsomming([show(naam) for naam in verborgen[:GENOEMD]])}.")
        if self._deel.verborgen_rijen:
            regels = aantal(self._deel.verborgen_rijen, "verborgen regel is", "verborgen regels zijn")
            delen.append(f"{regels} meegelezen (weggefilterd of verborgen in de spreadsheet).")
        self.opmerkingen.append(" ".join(delen))

    # --- its cells ---------------------------------------------------------------------------------------------------

    def _cells(self) -> Iterator[tuple[int, list[str]]]:
        """Number and cells of every row of the sheet from the first one on, also of an empty one."""
        herhaald: dict[int, tuple[int, str]] = {}
        vooraan = [""] * self._vooraan
        with self._careful():
            for regel, rij in enumerate(map(json.loads, self._regels), start=1):
                cellen = [*vooraan, *map(_cell, rij)]
                for kolom, tot in self._samen.get(regel, ()):
                    herhaald[kolom] = tot, cellen[kolom]
                if herhaald:
                    herhaald = {kolom: deel for kolom, deel in herhaald.items() if regel <= deel[0]}
                    for kolom, (_, cel) in herhaald.items():
                        cellen[kolom] = cel
                yield regel, cellen

    def raw(self) -> Iterator[tuple[int, Sequence[str]]]:
        """Every row from the top of the sheet, for a look at it."""
        return self._rijen

    def _header(self) -> None:
        for regel, cellen in self._rijen:
            if regel < self.vorm.kop_op_regel or not (any(cellen) or self.vorm.kop_op_regel):
                continue
            self.telling.boven = regel
            while cellen and not cellen[-1]:
                cellen.pop()
            kop = tuple(str(cel) for cel in cellen)
            if not any(kop):
                self._weiger(f"regel {regel}, waar de kopregel zou staan, is leeg. Klopt bestand.kop_op_regel?")
            self._check_header(kop, self._rijen)
            self.kop = kop
            self._faults = self._silent()
            return
        self._weiger(f"het blad heeft geen regel {self.vorm.kop_op_regel}. Klopt bestand.kop_op_regel?")

    def _records(self) -> Iterator[tuple[int, Sequence[str] | str]]:
        regel = self.telling.boven
        for regel, cellen in self._rijen:
            reden = self._faults.get(regel)
            if reden and not (any(cellen) and self._is_total(cellen)):
                yield regel, reden
            else:
                yield regel, cellen
        # Below the last row that its reader knows of there may be rows of which nothing was calculated.
        for lager in range(regel + 1, max(self._faults, default=0) + 1):
            yield lager, self._faults.get(lager, ())

    def _silent(self) -> dict[int, str]:
        """Why a row cannot be read, by its number: a declared cell that is a fault, or a formula without outcome."""
        redenen = {}
        for waar, wat in ((self._deel.fouten, _FOUT), (self._deel.zonder_uitkomst, _ZONDER_UITKOMST)):
            for rij, plaatsen in waar.items():
                for plaats in sorted(plaatsen):
                    if plaats < len(self.kop) and self.kop[plaats] in self._namen:
                        redenen[rij + 1] = f"In kolom {show(self.kop[plaats])} {wat}"
        return redenen

    def _merged(self) -> None:
        """Cells merged over rows hold their value in the first one only: somebody has to say what that means."""
        bereiken = self._deel.samengevoegd
        if bereiken is None:
            bereiken = [(tuple(van), tuple(tot)) for van, tot in self._samengevoegd]
        onder = [
            (van, tot)
            for van, tot in bereiken
            if tot[0] > van[0] >= self.telling.boven and van[1] < len(self.kop) and self.kop[van[1]] in self._namen
        ]
        if not onder:
            return
        if not self.vorm.samengevoegd:
            (rij, kolom), tot = onder[0]
            self._weiger(
                f"onder kolom {show(self.kop[kolom])} zijn cellen van meer regels samengevoegd "
                f"({reference(rij, kolom)}:{reference(*tot)}{_more(len(onder) - 1)}). Zet in [bestand] "
                'samengevoegd = "herhaal" als de waarde voor al die regels geldt, of "eerste" als zij alleen '
                "voor de eerste geldt."
            )
        if self.vorm.samengevoegd == HERHAAL:
            for (rij, kolom), tot in onder:
                self._samen.setdefault(rij + 1, []).append((kolom, tot[0] + 1))


@functools.lru_cache(maxsize=1)
def _looked(pad: Path, soort: str, toestand: tuple[int, int]) -> dict[str, Bladzicht]:
    """Look a workbook over once, as long as it stays as it is: it is opened again at every step of the page."""
    del toestand
    return inspect(pad, soort)


def _cell(waarde: Any) -> str:
    """A cell as the process sent it: what JSON has no type for as an object with one key, its type."""
    if type(waarde) is str:
        return waarde.strip()
    if isinstance(waarde, dict):
        ((soort, tekst),) = waarde.items()
        waarde = timedelta(seconds=tekst) if soort == "timedelta" else _SOORTEN[soort].fromisoformat(tekst)
    return as_cell(waarde, spreadsheet=True)


_SOORTEN = {"date": date, "datetime": datetime, "time": time}


def _more(hoeveel: int) -> str:
    return f" en nog {aantal(hoeveel, 'plaats', 'plaatsen')}" if hoeveel else ""


def _named(namen: Sequence[str]) -> str:
    meer = f" en nog {len(namen) - GENOEMD}" if len(namen) > GENOEMD else ""
    return f"De bladen zijn: {', '.join(show(naam) for naam in namen[:GENOEMD])}{meer}."
