"""Texts of many klachten together: what is taken over from a file stands in a file per thousand numbers.

`dossiers/bundels/K2013-12.bundel` has texts of K2013-12000 up to and including K2013-12999. A line is a klachtnummer, a
tab, and the line that `teksten.jsonl` would have, sealed or not. To make a folder and a file for each of half a million
klachten takes the system a third of an import. What is recorded as a stream comes here, of however few klachten: a
file that is taken over, a later one, taking one back, and a large example. What a step records stands in the folder of
its klacht.

Facts come one after the other, so in a file their numbers go up: what was not confirmed is its end.
"""

from __future__ import annotations

import contextlib
import os
import re
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path

from klachten.register.journaal import truncate
from klachten.register.nummers import REEKSEN, is_usual
from klachten.register.tekstregel import Tekst, place_of_line
from klachten.schijf import fsync_map, make_map, replace_file

MAP = "bundels"
"""The folder of these files, beside the folders of the dossiers."""
_CIJFERS = 3
"""So many digits at the end of a klachtnummer are left out of the name of its file."""
_NAAM = re.compile(rf"([{REEKSEN}][0-9]{{4}})-([0-9]{{1,6}})\.bundel")
_REGEL = re.compile(rb'^([^\t\n]*)\t\{"nr": ([0-9]+),', re.MULTILINE)
_ONTHOUDEN = 32
"""Files whose lines are kept apart by klacht: the years of a file that is taken over go up beside each other."""


class Bundels:
    """The folder with these files; what is asked of a klacht that has nothing here is empty."""

    def __init__(self, pad: Path) -> None:
        self.map = pad
        self._gelezen: dict[Path, tuple[tuple[int, int, int], dict[str, list[bytes]]]] = {}
        self._slot = threading.Lock()

    def place(self, klachtnummer: str) -> Path | None:
        """The file in which texts of a klacht can stand; None of what has no such number, as the organisation."""
        return self.map / f"{klachtnummer[:-_CIJFERS]}.bundel" if is_usual(klachtnummer) else None

    def files(self) -> list[Path]:
        """Every file there is."""
        return sorted(pad for pad in self.map.iterdir() if _NAAM.fullmatch(pad.name)) if self.map.is_dir() else []

    # --- write -------------------------------------------------------------------------------------------------------

    def add(self, regels: Mapping[str, Collection[str]], *, sync: bool) -> None:
        """Put lines behind what there is, by klachtnummer; without `sync` they are not durable yet."""
        per_bestand: dict[str, list[str]] = {}
        for klachtnummer, eigen in regels.items():
            per_bestand.setdefault(klachtnummer[:-_CIJFERS], []).extend(f"{klachtnummer}\t{regel}" for regel in eigen)
        make_map(self.map)
        for naam, alle in per_bestand.items():
            pad = self.map / f"{naam}.bundel"
            nieuw = not pad.exists()
            with pad.open("a+b") as bestand:
                if (lengte := bestand.seek(0, os.SEEK_END)) and bestand.seek(lengte - 1) and bestand.read(1) != b"\n":
                    bestand.write(b"\n")  # a crash may have left half a line, which was never confirmed
                bestand.write("".join(alle).encode("utf-8"))
                bestand.flush()
                if sync:
                    os.fsync(bestand.fileno())
            if sync and nieuw:
                fsync_map(self.map)

    def drop(self, nummers: Iterable[str], weg: Callable[[Tekst], bool]) -> bool:
        """Take texts of klachten out, durably: each file is written anew without them. Tell whether there were any.

        A damaged line goes along when it can be one of these klachten.
        """
        per_bestand: dict[Path, set[bytes]] = {}
        for klachtnummer in nummers:
            plekken = map(place_of_line, self.lines(klachtnummer))
            if (pad := self.place(klachtnummer)) and any(plek is None or weg(plek) for plek in plekken):
                per_bestand.setdefault(pad, set()).add(klachtnummer.encode())
        for pad, koppen in per_bestand.items():
            self._write_without(pad, koppen, weg)
        return bool(per_bestand)

    def _write_without(self, pad: Path, koppen: Collection[bytes], weg: Callable[[Tekst], bool]) -> None:
        blijft = []
        for regel in pad.read_bytes().split(b"\n"):
            nummer, _, rest = regel.partition(b"\t")
            if nummer in koppen or any(kop in regel for kop in koppen):
                tekst = place_of_line(rest)
                houdt = tekst is not None and not (nummer in koppen and weg(tekst))
            else:
                houdt = True
            if houdt and self._is_here(nummer, pad):
                blijft.append(regel + b"\n")
        if blijft:
            replace_file(pad, b"".join(blijft))
        else:
            pad.unlink()
            pad.with_name(f"{pad.name}.deel").unlink(missing_ok=True)  # no other will take its place
        with self._slot:  # not before: who reads meanwhile would hold what is taken out in memory again
            self._gelezen.pop(pad, None)
        fsync_map(self.map)

    def cut(self, laatste_nr: int, nummers: Collection[str] | None = None) -> set[str]:
        """Cut off the texts of facts after a number, in the files of these klachten or in all; return whose there were.

        It is the end of a file, and needs no room on the disk: one that is full is why it may have to go.
        """
        geraakt: set[str] = set()
        paden = self.files() if nummers is None else sorted({pad for nr in nummers if (pad := self.place(nr))})
        for pad in paden:
            inhoud = pad.read_bytes() if pad.is_file() else b""
            blijft = 0
            for gevonden in _REGEL.finditer(inhoud):
                if int(gevonden[2]) <= laatste_nr:
                    einde = inhoud.find(b"\n", gevonden.end())
                    blijft = len(inhoud) if einde < 0 else einde + 1
            if blijft < len(inhoud):
                nummers_hier = {regel.partition(b"\t")[0] for regel in inhoud[blijft:].split(b"\n")}
                geraakt |= {nummer.decode() for nummer in nummers_hier if self._is_here(nummer, pad)}
                truncate(pad, blijft) if blijft else pad.unlink()
        with contextlib.suppress(OSError):  # not there, or there is something in it
            self.map.rmdir()
        return geraakt

    def rewritten(self, pad: Path, anders: Callable[[str, bytes], bytes]) -> tuple[set[str], bytes]:
        """A file with each line as a function of klachtnummer and line has it, and of which klachten that changes any.

        What is damaged may be given to it as well; nothing is written.
        """
        nummers, nieuw = set[str](), []
        for regel in pad.read_bytes().split(b"\n"):
            kop, tab, rest = regel.partition(b"\t")
            nummer = kop.decode("ascii", errors="replace")
            if (straks := anders(nummer, rest)) != rest:
                nummers.add(nummer)
            nieuw.append(kop + tab + straks)
        return nummers, b"\n".join(nieuw)

    # --- read --------------------------------------------------------------------------------------------------------

    def lines(self, klachtnummer: str) -> list[bytes]:
        """The lines of a klacht, as `teksten.jsonl` would have them."""
        pad = self.place(klachtnummer)
        return self.by_number(pad).get(klachtnummer, []) if pad is not None else []

    def by_number(self, pad: Path) -> dict[str, list[bytes]]:
        """The lines in a file by klachtnummer; nothing when there is no such file."""
        try:
            stat = pad.stat()
        except (FileNotFoundError, NotADirectoryError):
            return {}
        kenmerk = stat.st_mtime_ns, stat.st_size, stat.st_ino
        with self._slot:
            eerder = self._gelezen.pop(pad, None)
            if eerder is None or eerder[0] != kenmerk:
                eerder = kenmerk, self._read(pad)
            self._gelezen[pad] = eerder  # the last one that was asked for stands last
            while len(self._gelezen) > _ONTHOUDEN:
                del self._gelezen[next(iter(self._gelezen))]
        return eerder[1]

    def numbers(self, na: Mapping[str, int] | None = None) -> set[str]:
        """Every klachtnummer that has lines; with `na` (K2026 -> 57) of files that can have numbers beyond alone."""
        uit: set[str] = set()
        for pad in self.files():
            reeks, duizendtal = pad.stem.split("-")
            if na is None or (int(duizendtal) + 1) * 10**_CIJFERS > na.get(reeks, 0) + 1:
                uit.update(self._read(pad))
        return uit

    def facts(self) -> Iterator[tuple[str, int]]:
        """The klachtnummer and the number of the fact of every text."""
        for pad in self.files():
            for nummer, nr in _REGEL.findall(pad.read_bytes()):
                if self._is_here(nummer, pad):
                    yield nummer.decode(), int(nr)

    def size(self) -> int:
        """How many bytes there are in all."""
        return sum(pad.stat().st_size for pad in self.files())

    def _read(self, pad: Path) -> dict[str, list[bytes]]:
        uit: dict[bytes, list[bytes]] = {}
        for regel in pad.read_bytes().split(b"\n"):
            nummer, _, rest = regel.partition(b"\t")
            if rest:
                uit.setdefault(nummer, []).append(rest)
        return {nummer.decode(): regels for nummer, regels in uit.items() if self._is_here(nummer, pad)}

    def _is_here(self, nummer: bytes, pad: Path) -> bool:
        """Whether a line of a file can be of this klacht."""
        return nummer[:-_CIJFERS] == pad.stem.encode() and nummer.isascii() and bool(is_usual(nummer.decode()))
