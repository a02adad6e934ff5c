"""The journal: every fact one line, fsynced before anything is confirmed, each line sealed onto the one before it.

`journaal/JJJJ.jsonl` holds what was appended in that year (UTC). A line is canonical JSON (sorted keys, compact);
`zegel` is the SHA-256 of the line without `zegel`, and `vorig` is the zegel of the line before. Facts that belong
together carry `deel: [i, n]`: the group is whole or absent.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from klachten.register import aanvaard
from klachten.register.schakel import ZEGEL_LENGTE, Delen, take_apart
from klachten.schijf import fsync_map

BEGIN = "0" * 64
"""What the first line names as the zegel before it."""

_SCHRIJFBLOK = 1 << 20

encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode
"""Canonical JSON, as it stands in a line."""
quote = json.encoder.encode_basestring
"""The same of one text."""


@dataclass(frozen=True)
class Kop:
    """The last line of the chain: its number and zegel, and the bytes it takes up in its file."""

    nr: int = 0
    zegel: str = BEGIN
    bestand: str = ""
    begin: int = 0
    einde: int = 0


@dataclass(frozen=True)
class Staart:
    """What hangs unconfirmed behind the last whole group: cut it off from `begin` to let the journal end well."""

    bestand: Path
    begin: int
    regels: int


@dataclass(frozen=True)
class Keuring:
    """Outcome of verifying: the head, an unconfirmed tail if any, and whether the last newline is missing."""

    kop: Kop
    staart: Staart | None = None
    zonder_regeleinde: bool = False


class JournaalBeschadigd(Exception):
    """A line that was confirmed is not what it was: the sentence names file and line, `kop` the last good one.

    `heel` is the last that ends a whole group.
    """

    def __init__(self, zin: str, kop: Kop, heel: Kop) -> None:
        super().__init__(zin)
        self.kop = kop
        self.heel = heel


def seal(regel: dict[str, Any]) -> tuple[str, str]:
    """Return the line as it is written, without newline, and its zegel."""
    kaal = encode(regel)
    zegel = hashlib.sha256(kaal.encode("utf-8")).hexdigest()
    return f'{kaal[:-1]},"zegel":"{zegel}"}}', zegel


def aside(pad: Path, waarom: str, nu: datetime) -> Path:
    """A free name beside a file, for what is set aside: klachten.duckdb.beschadigd-20260105T101112."""
    naam = f"{pad.name}.{waarom}-{nu:%Y%m%dT%H%M%S}"
    volgnr = 1
    while (doel := pad.with_name(naam if volgnr == 1 else f"{naam}-{volgnr}")).exists():
        volgnr += 1
    return doel


def truncate(pad: Path, lengte: int) -> None:
    """Cut a file back to a length, durably."""
    with pad.open("r+b") as bestand:
        bestand.truncate(lengte)
        os.fsync(bestand.fileno())


class Journaal:
    """The folder with the year files."""

    def __init__(self, pad: Path) -> None:
        self.map = pad
        self.aanvaard = aanvaard.read(pad)
        self._open: tuple[Path, int] | None = None

    def bestanden(self) -> list[Path]:
        """The year files, oldest first."""
        return sorted(pad for pad in self.map.glob("*.jsonl") if re.fullmatch(r"[0-9]{4}", pad.stem))

    def given_out(self, kop: Kop) -> int:
        """Up to where fact numbers were given out as of a head: further than that after a loss that was accepted."""
        return aanvaard.given_out(self.aanvaard, kop.nr, kop.zegel)

    # --- append ------------------------------------------------------------------------------------------------------

    def append(self, regels: Iterable[str], jaar: int, nr: int) -> Kop:
        """Write the lines of one group, the last of which is fact `nr`, and fsync; on failure the file is cut back."""
        aanwezig = self.bestanden()
        # A clock that was set back must not put a line into an older file: reading goes by file name.
        naam = max([f"{jaar:04d}.jsonl", *(pad.name for pad in aanwezig[-1:])])
        fd, nieuw = self._descriptor(self.map / naam)
        begin = os.fstat(fd).st_size
        einde, laatste = begin, b""
        try:
            for blok in _blokken(regels):
                resterend, laatste = memoryview(blok), blok[blok.rfind(b"\n", 0, -1) + 1 :]
                while resterend:  # a full disk first writes less, and only then raises
                    geschreven = os.write(fd, resterend)
                    einde += geschreven
                    resterend = resterend[geschreven:]
            os.fsync(fd)
            if nieuw:
                fsync_map(self.map)
        except BaseException:
            self.close()
            truncate(self.map / naam, begin)
            raise
        zegel = laatste[-ZEGEL_LENGTE - 1 :][10:74].decode("ascii")
        return Kop(nr=nr, zegel=zegel, bestand=naam, begin=einde - len(laatste), einde=einde)

    def _descriptor(self, pad: Path) -> tuple[int, bool]:
        if self._open is not None and self._open[0] == pad and pad.exists():
            return self._open[1], False
        self.close()
        nieuw = not pad.exists()
        fd = os.open(pad, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644)
        self._open = (pad, fd)
        return fd, nieuw

    def close(self) -> None:
        """Close the file that is being appended to."""
        if self._open is not None:
            fd, self._open = self._open[1], None
            with contextlib.suppress(OSError):
                os.close(fd)

    # --- read --------------------------------------------------------------------------------------------------------

    def regels(self, vanaf: Kop, tot: Kop) -> Iterator[bytes]:
        """The lines after head `vanaf` up to and including head `tot`, without newline, not verified again."""
        for pad in self.bestanden():
            if pad.name < vanaf.bestand or pad.name > tot.bestand:
                continue
            with pad.open("rb") as bestand:
                plek = vanaf.einde if pad.name == vanaf.bestand else 0
                bestand.seek(plek)
                for regel in bestand:
                    plek += len(regel)
                    yield regel.rstrip(b"\n")
                    if pad.name == tot.bestand and plek >= tot.einde:
                        return

    def has(self, kop: Kop) -> bool:
        """Tell whether the line of this head still stands at its place, with its zegel."""
        if kop.nr == 0:
            return True
        pad = self.map / kop.bestand
        if not kop.bestand or not pad.is_file() or pad.stat().st_size < kop.einde:
            return False
        with pad.open("rb") as bestand:
            bestand.seek(kop.begin)
            regel = bestand.read(kop.einde - kop.begin)
        delen = take_apart(regel[:-1])
        return regel.endswith(b"\n") and delen is not None and (delen.nr, delen.zegel) == (kop.nr, kop.zegel)

    def verify(self, vanaf: Kop | None = None, tot: Kop | None = None) -> Keuring:
        """Verify every line after `vanaf`; JournaalBeschadigd names the first line that cannot be right.

        `tot` is for a journal that is being written to: what comes after that head is left alone.
        """
        kop = vanaf or Kop()
        bestanden, sprong = self.bestanden(), aanvaard.leaps(self.aanvaard)
        for pad in bestanden:
            if pad.name < kop.bestand:
                continue
            if tot is not None and kop.nr >= tot.nr:
                break
            begin = kop.einde if pad.name == kop.bestand else 0
            keuring = self._verify_file(pad, begin, kop, tot, sprong, is_last=pad == bestanden[-1])
            kop = keuring.kop
            if keuring.staart or keuring.zonder_regeleinde:
                return keuring
        return Keuring(kop)

    def _verify_file(
        self, pad: Path, begin: int, kop: Kop, tot: Kop | None, sprong: Mapping[str, int], *, is_last: bool
    ) -> Keuring:
        """Verify one year file from a byte; only the end of the last file may be torn.

        A `Kop` is made where one is handed over: for every line that would take as long as its digest.
        """
        naam, plek, regelnr = pad.name, begin, 0
        nr, zegel, van_regel = kop.nr, kop.zegel, begin
        deel = van = 0  # the place of the last line in a group that is not whole yet
        heel = (kop.nr, kop.zegel, kop.bestand, kop.begin, kop.einde)
        with pad.open("rb") as bestand:
            bestand.seek(begin)
            for regel in bestand:
                regelnr += 1
                af = regel.endswith(b"\n")
                delen = take_apart(regel[:-1] if af else regel)
                if (
                    delen is None
                    or delen.nr != max(nr, sprong.get(zegel, 0)) + 1
                    or delen.vorig != zegel
                    or delen.deel != deel + 1
                    or (deel and delen.van != van)
                    or delen.deel > delen.van
                ):
                    gescheurd = not af and not bestand.read(1)
                    # After a power cut a file may end in blocks that were reserved but never written.
                    leeg = not gescheurd and not (regel + bestand.read()).strip(b"\0")
                    if is_last and (gescheurd or leeg) and (delen is None or not af):
                        return Keuring(Kop(*heel), Staart(pad, heel[4] if heel[2] == naam else 0, regelnr))
                    goed = Kop(nr, zegel, naam, van_regel, plek) if regelnr > 1 else kop
                    raise JournaalBeschadigd(_damage(pad, plek, delen, goed), goed, Kop(*heel))
                nr, zegel, van_regel = delen.nr, delen.zegel, plek
                plek += len(regel)
                deel, van = (0, 0) if delen.deel == delen.van else (delen.deel, delen.van)
                if not deel:
                    heel = (nr, zegel, naam, van_regel, plek)
                    if tot is not None and nr >= tot.nr:
                        break
                if not af:
                    if not deel:
                        return Keuring(Kop(nr, zegel, naam, van_regel, plek + 1), zonder_regeleinde=True)
                    break
        if deel:
            if not is_last:
                goed = Kop(nr, zegel, naam, van_regel, plek)
                raise JournaalBeschadigd(_damage(pad, plek, None, goed), goed, Kop(*heel))
            return Keuring(Kop(*heel), Staart(pad, heel[4] if heel[2] == naam else 0, deel))
        return Keuring(Kop(*heel))

    # --- repair of an end that was never confirmed -------------------------------------------------------------------

    def cut(self, staart: Staart, nu: datetime) -> Path:
        """Cut an unconfirmed tail off, keeping its bytes aside; returns the file they went to."""
        inhoud = staart.bestand.read_bytes()[staart.begin :]
        opzij = aside(staart.bestand, "afgeknipt", nu)
        with opzij.open("xb") as bestand:
            bestand.write(inhoud)
            bestand.flush()
            os.fsync(bestand.fileno())
        fsync_map(self.map)
        truncate(staart.bestand, staart.begin)
        return opzij

    def end_line(self, kop: Kop) -> None:
        """Give the last line, whole but for its newline, the newline back."""
        with (self.map / kop.bestand).open("ab") as bestand:
            bestand.write(b"\n")
            bestand.flush()
            os.fsync(bestand.fileno())


def _blokken(regels: Iterable[str]) -> Iterator[bytes]:
    blok: list[str] = []
    lengte = 0
    for regel in regels:
        blok.append(regel)
        lengte += len(regel)
        if lengte >= _SCHRIJFBLOK:
            yield _joined(blok)
            blok, lengte = [], 0
    if blok:
        yield _joined(blok)


def _joined(regels: list[str]) -> bytes:
    return ("\n".join(regels) + "\n").encode("utf-8")


def _damage(pad: Path, plek: int, delen: Delen | None, kop: Kop) -> str:
    """The sentence about a line that cannot be right: what a person needs to find it."""
    with pad.open("rb") as bestand:
        regelnr = bestand.read(plek).count(b"\n") + 1
    wat = (
        "is beschadigd of veranderd: zijn zegel klopt niet"
        if delen is None
        else f"sluit niet aan op feit {kop.nr} (hier staat feit {delen.nr})"
    )
    return f"Regel {regelnr} van {pad} {wat}; tot en met feit {kop.nr} is de keten heel."
