"""What a copy is made of: everything of a register up to one fact, in the order in which nothing can be missing.

The journal first: the texts and documents of a fact are on the disk before its line is. What came after that fact is
left out. The database is not copied: it is made from the rest.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from klachten.datamap import VERLIES
from klachten.gebeurtenissen import WISSEND
from klachten.register import bundels
from klachten.register.dossiermap import Dossiermap
from klachten.register.journaal import Journaal, Kop
from klachten.reservekopie import verzegeld

MAPPEN = ("journaal", "dossiers", "reglementen", "kijklog", "concepten", "postvak", "post", "toegang")
"""The folders of a register that are in a copy, in this order."""
BLOK = 1 << 20
_NR = re.compile(rb'\{"nr": ?([0-9]+)[,}]')
_WISSEND = tuple(f'"soort":"{soort}"'.encode() for soort in sorted(WISSEND))
_TIJDELIJK = (".deel", ".half", ".nieuw")
# What may not come back to life with a copy: a session that was ended, an invitation that was used, an address of an
# agenda that was withdrawn; and what was seen of facts that the copy does not have, would be held for seen.
_VERGETEN = ("sessie", "uitnodiging", "poging", "agenda", "gezien")


@dataclass(frozen=True)
class Stuk:
    """One file of a copy: its name in it, how many bytes it has, and those bytes."""

    pad: str
    lengte: int
    inhoud: Iterable[bytes]


@dataclass
class Beloofd:
    """What the journal says up to the last fact: the documents of each dossier, and who was erased by which fact.

    `bundels` tells whether texts of many klachten together were met.
    """

    documenten: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    gewist: dict[str, int] = field(default_factory=dict)
    gebreken: list[str] = field(default_factory=list)
    bundels: bool = False

    def note(self, regel: bytes) -> None:
        """Take from a line of the journal what it promises or erases; most lines do neither."""
        if b'"document":"' not in regel and not any(soort in regel for soort in _WISSEND):
            return
        with suppress(ValueError, KeyError, TypeError, AttributeError):  # it is damaged: trying the copy says where
            feit = json.loads(regel)
            if sha256 := feit["gegevens"].get("document"):
                self.documenten[feit["klachtnummer"]][sha256] = feit["nr"]
            if feit["soort"] in WISSEND:
                self.gewist[feit["klachtnummer"]] = feit["nr"]


def pieces(map: Path, kop: Kop, beloofd: Beloofd, werkmap: Path, *, with_key: bool = False) -> Iterator[Stuk]:
    """Give every file of a register up to the fact of `kop`; what is read of the journal is noted in `beloofd`.

    Of a sealed register the key comes along `with_key`, which is for a copy that is encrypted.
    """
    for naam, inhoud in verzegeld.contents(map, with_key=with_key):
        yield Stuk(naam, len(inhoud), [inhoud])
    yield from _journal(Journaal(map / "journaal"), kop, beloofd)
    yield from _dossiers(Dossiermap(map / "dossiers"), kop.nr, beloofd)
    yield from _loose(map, "reglementen")
    yield from _kijklog(map)
    yield from _loose(map, "concepten")
    yield from _loose(map, "postvak")
    yield from _loose(map, "post")
    yield from _toegang(map, werkmap)


def _journal(journaal: Journaal, kop: Kop, beloofd: Beloofd) -> Iterator[Stuk]:
    # Only with it is a leap in the numbers, after a loss that somebody accepted, no damage.
    if (verlies := journaal.map / VERLIES).exists():
        yield _whole(verlies, f"journaal/{VERLIES}")
    for pad in journaal.bestanden():
        if pad.name > kop.bestand:
            continue
        lengte = kop.einde if pad.name == kop.bestand else pad.stat().st_size
        yield Stuk(f"journaal/{pad.name}", lengte, _lines(pad, lengte, beloofd.note))


def _lines(pad: Path, lengte: int, note: Callable[[bytes], None]) -> Iterator[bytes]:
    """The first bytes of a file, in blocks of whole lines."""
    with pad.open("rb") as bestand:
        while lengte > 0 and (regels := bestand.readlines(min(BLOK, lengte))):
            blok = b"".join(regels)[:lengte]
            # readlines reads a line more when the size that was asked for ends at a line: that one is of a later fact.
            for regel in blok.splitlines(keepends=True):
                note(regel)
            lengte -= len(blok)
            yield blok


def _dossiers(dossiers: Dossiermap, nr: int, beloofd: Beloofd) -> Iterator[Stuk]:
    for bundel in dossiers.bundels.files():
        if teksten := _texts(bundel, nr):
            beloofd.bundels = True
            yield Stuk(f"dossiers/{bundels.MAP}/{bundel.name}", len(teksten), [teksten])
    for klachtnummer in sorted({*dossiers.numbers(), *beloofd.documenten}):
        pad, gewist = dossiers.folder(klachtnummer), beloofd.gewist.get(klachtnummer, 0)
        if teksten := _texts(pad / "teksten.jsonl", nr):
            yield Stuk(f"dossiers/{klachtnummer}/teksten.jsonl", len(teksten), [teksten])
        for sha256, bij in sorted(beloofd.documenten.get(klachtnummer, {}).items()):
            document = pad / "documenten" / sha256
            if document.is_file():
                yield _whole(document, f"dossiers/{klachtnummer}/documenten/{sha256}")
            elif bij > gewist:
                beloofd.gebreken.append(f"Document {sha256[:12]} van {klachtnummer} ontbreekt in het register.")


def _texts(pad: Path, tot: int) -> bytes:
    """The lines of a file with texts of facts up to and including `tot`; half lines were never confirmed."""
    try:
        inhoud = pad.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return b""
    regels = inhoud.splitlines(keepends=True)
    return b"".join(regel for regel in regels if regel.endswith(b"\n") and 0 <= _number(regel) <= tot)


def _number(regel: bytes) -> int:
    """The number of the fact of a text, with its klachtnummer before it or not; -1 when it cannot be read."""
    regel = regel[regel.find(b"\t") + 1 :]
    if gevonden := _NR.match(regel):
        return int(gevonden[1])
    try:
        return int(json.loads(regel)["nr"])
    except (ValueError, KeyError, TypeError):
        return -1


def _whole(pad: Path, naam: str) -> Stuk:
    return Stuk(naam, pad.stat().st_size, _blocks(pad))


def _blocks(pad: Path) -> Iterator[bytes]:
    with pad.open("rb") as bestand:
        while blok := bestand.read(BLOK):
            yield blok


def _loose(map: Path, naam: str, zonder: str = "\0") -> Iterator[Stuk]:
    """Every file of a folder as it is; whoever writes one there replaces it as a whole."""
    for pad in sorted((map / naam).rglob("*")):
        if pad.is_symlink() or not pad.is_file() or pad.name.startswith(zonder) or pad.suffix in _TIJDELIJK:
            continue
        try:
            inhoud = pad.read_bytes()
        except FileNotFoundError:  # it was sent or thrown away meanwhile
            continue
        yield Stuk(pad.relative_to(map).as_posix(), len(inhoud), [inhoud])


def _kijklog(map: Path) -> Iterator[Stuk]:
    """The log of looking up to its last whole line; what it is behind on is written first, what expired last."""
    namen = sorted(
        (map / "kijklog").glob("*.json*"), key=lambda pad: (pad.name == "zegels.jsonl", pad.suffix, pad.name)
    )
    for pad in namen:
        try:
            inhoud = pad.read_bytes()
        except FileNotFoundError:  # the month expired meanwhile: what is left of it is in zegels.jsonl
            continue
        if pad.suffix == ".jsonl":
            inhoud = inhoud[: inhoud.rfind(b"\n") + 1]
        yield Stuk(f"kijklog/{pad.name}", len(inhoud), [inhoud])


def _toegang(map: Path, werkmap: Path) -> Iterator[Stuk]:
    """Key, settings and certificates, and the accounts without their sessions.

    The file of the accounts is never opened but by SQLite: closing it would let go of the locks of the app.
    """
    yield from _loose(map, "toegang", zonder="toegang.sqlite")
    accounts = map / "toegang" / "toegang.sqlite"
    if accounts.exists():
        kopie = werkmap / "toegang.sqlite"
        with closing(sqlite3.connect(accounts)) as van, closing(sqlite3.connect(kopie, isolation_level=None)) as naar:
            van.backup(naar)
            naar.execute("PRAGMA journal_mode = DELETE")
            naar.execute("PRAGMA secure_delete = ON")
            er_is = {naam for (naam,) in naar.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()}
            for tabel in _VERGETEN:
                if tabel in er_is:
                    naar.execute(f"DELETE FROM {tabel}")
        try:
            yield _whole(kopie, "toegang/toegang.sqlite")
        finally:
            kopie.unlink(missing_ok=True)
