"""Reading a copy: unpacking it into an empty folder, and saying where it is damaged.

Nothing of what is in it is believed: a name leads nowhere but into the folders of a register, there are plain files and
nothing else, and what unpacks to much more than a register would is stopped before it fills the disk.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import shutil
import tarfile
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from klachten.datamap import VERSLEUTELING
from klachten.reservekopie.archief import HOOFD, INHOUD, MANIFEST, Manifest, decode, line
from klachten.reservekopie.bronnen import BLOK, MAPPEN
from klachten.reservekopie.fouten import OngeldigeKopie, ReservekopieFout
from klachten.reservekopie.verzegeld import SLEUTEL

KEREN = 200
"""A journal becomes some ten times as small; what becomes more than so many times as large is no register."""
_BEGIN = 64 << 20
_MANIFEST_HOOGSTENS = 16 << 20
_SLEUTEL_HOOGSTENS = 1 << 20
# Letters, digits and what our own names have: no way up, no other disk, no stream of Windows, nothing hidden.
_DEEL = re.compile(r"(?!\.)[\w.@+ -]{0,149}[\w@+-]")
_APPARATEN = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")


class _Stroom:
    """The unpacked stream, that knows in which file it is, and says so when it breaks off."""

    def __init__(self, bron: BinaryIO, ruimte: Callable[[int], None]) -> None:
        self._uit = gzip.GzipFile(fileobj=bron, mode="rb")
        self._ruimte, self._gelezen = ruimte, 0
        self.waar, self.plek = "", 0

    def read(self, aantal: int) -> bytes:
        """Return exactly so many bytes."""
        delen = []
        while aantal:
            blok = self.some(aantal)
            if not blok:
                raise OngeldigeKopie(f"De kopie is afgekapt {self.where()}.")
            delen.append(blok)
            aantal -= len(blok)
        return b"".join(delen)

    def some(self, aantal: int) -> bytes:
        """Return at most so many bytes, none at the end."""
        try:
            blok = self._uit.read(min(aantal, BLOK))
        except EOFError as fout:
            raise OngeldigeKopie(f"De kopie is afgekapt {self.where()}.") from fout
        except (gzip.BadGzipFile, zlib.error) as fout:
            if "Not a gzipped file" in str(fout) and not self._gelezen:
                raise OngeldigeKopie("Dit is geen reservekopie van klachten: het is geen tar.gz.") from fout
            raise OngeldigeKopie(f"De kopie is beschadigd {self.where()}.") from fout
        self._gelezen += len(blok)
        self._ruimte(self._gelezen)
        return blok

    def where(self) -> str:
        """The place that reading has come to."""
        return f"in {self.waar}, na byte {self.plek}" if self.waar else f"na byte {self._gelezen}"


def unpack(bron: BinaryIO, doel: Path, lengte: int, apart: dict[str, bytes] | None = None) -> Manifest:
    """Unpack a copy into a folder that is empty, and hold every file against the list in it; returns its manifest.

    `lengte` is how many bytes the copy itself has. A key in it is not written to the folder but put in `apart`.
    OngeldigeKopie names the place of the damage.
    """
    stroom = _Stroom(bron, _limit(doel, lengte))
    with tempfile.TemporaryFile() as lijst:
        aantal = totaal = 0
        alles = hashlib.sha256()
        while (kop := _header(stroom)) is not None and kop.name != INHOUD:
            sha256 = (
                _keep_apart(stroom, kop, apart) if kop.name == SLEUTEL else _store(stroom, _target(doel, kop.name), kop)
            )
            regel = line(kop.name, kop.size, sha256)
            lijst.write(regel)
            alles.update(regel)
            aantal, totaal = aantal + 1, totaal + kop.size
        if kop is None:
            raise OngeldigeKopie(f"De kopie is afgekapt of van iets anders: {INHOUD} en {MANIFEST} ontbreken.")
        lijst.seek(0)
        _compare(stroom, kop, lijst)
        manifest = _manifest(stroom)
    if (manifest.bestanden, manifest.bytes, manifest.inhoud) != (aantal, totaal, alles.hexdigest()):
        raise OngeldigeKopie(f"De lijst van bestanden in de kopie is niet die waar {MANIFEST} van spreekt.")
    if _header(stroom) is not None:
        raise OngeldigeKopie(f"Achter {MANIFEST} staat nog iets in de kopie: zij is veranderd.")
    while blok := stroom.some(BLOK):  # to the end: only there it shows that nothing was cut off
        if blok.strip(b"\0"):
            raise OngeldigeKopie(f"Achter {MANIFEST} staat nog iets in de kopie: zij is veranderd.")
    return manifest


def _limit(doel: Path, lengte: int) -> Callable[[int], None]:
    hoogstens, vrij = _BEGIN + KEREN * lengte, shutil.disk_usage(doel).free

    def check(gelezen: int) -> None:
        if gelezen > hoogstens:
            raise OngeldigeKopie(
                f"Wat er uit deze kopie komt is meer dan {KEREN} keer zo groot als zij zelf: dat is geen register."
            )
        if gelezen > vrij:
            raise ReservekopieFout(
                f"Op de schijf van {doel} is niet genoeg ruimte om de kopie uit te pakken: er is {vrij >> 20} MB vrij."
            )

    return check


def _header(stroom: _Stroom) -> tarfile.TarInfo | None:
    """The heading of the next file; None at the end."""
    stroom.waar = ""
    blok = stroom.read(HOOFD)
    if not blok.strip(b"\0"):
        return None
    try:
        kop = tarfile.TarInfo.frombuf(blok, "utf-8", "strict")
    except (tarfile.HeaderError, ValueError) as fout:
        raise OngeldigeKopie(
            f"De kopie is beschadigd of van iets anders: {stroom.where()} begint geen bestand."
        ) from fout
    if kop.type not in (tarfile.REGTYPE, tarfile.AREGTYPE) or kop.size < 0:
        raise OngeldigeKopie(f"In de kopie staat iets dat geen bestand is: '{kop.name}'. Zij wordt niet teruggezet.")
    stroom.waar, stroom.plek = kop.name, 0
    return kop


def _target(doel: Path, naam: str) -> Path:
    """Where a file goes; OngeldigeKopie for a name that no register has."""
    delen = naam.split("/")
    goed = naam == VERSLEUTELING or (len(delen) > 1 and delen[0] in MAPPEN)
    if not goed or not all(_DEEL.fullmatch(deel) and not _APPARATEN.fullmatch(deel) for deel in delen):
        raise OngeldigeKopie(f"In de kopie staat een bestand dat niet in een register hoort: '{naam}'.")
    return doel.joinpath(*delen)


def _store(stroom: _Stroom, pad: Path, kop: tarfile.TarInfo) -> str:
    if not pad.parent.is_dir():
        for map in reversed([pad.parent, *pad.parent.parents]):
            map.mkdir(mode=0o700, exist_ok=True)
    hash, rest = hashlib.sha256(), kop.size
    regels = 0 if pad.suffix == ".jsonl" else None
    try:
        with pad.open("xb") as bestand:
            pad.chmod(0o600)
            while rest:
                blok = _next(stroom, rest, regels)
                bestand.write(blok)
                hash.update(blok)
                rest -= len(blok)
                stroom.plek += len(blok)
                regels = None if regels is None else regels + blok.count(b"\n")
    except FileExistsError as fout:
        raise OngeldigeKopie(f"'{kop.name}' staat twee keer in de kopie.") from fout
    stroom.read(-kop.size % HOOFD)
    return hash.hexdigest()


def _keep_apart(stroom: _Stroom, kop: tarfile.TarInfo, apart: dict[str, bytes] | None) -> str:
    """Read a key, which never comes on the disk here."""
    if kop.size > _SLEUTEL_HOOGSTENS:
        raise OngeldigeKopie(f"'{kop.name}' in de kopie is te groot om een sleutel te zijn.")
    inhoud = stroom.read(kop.size)
    stroom.read(-kop.size % HOOFD)
    if apart is not None:
        apart[kop.name] = inhoud
    return hashlib.sha256(inhoud).hexdigest()


def _next(stroom: _Stroom, rest: int, regels: int | None) -> bytes:
    """The next bytes of a file; of a file of lines the place of damage is told by its line too."""
    try:
        if not (blok := stroom.some(rest)):
            raise OngeldigeKopie(f"De kopie is afgekapt {stroom.where()}.")
    except OngeldigeKopie as fout:
        if regels is None or "bij regel" in str(fout) or stroom.where() not in str(fout):
            raise
        raise OngeldigeKopie(f"{str(fout).removesuffix('.')}, bij regel {regels + 1} of later.") from fout
    return blok


def _compare(stroom: _Stroom, kop: tarfile.TarInfo, lijst: BinaryIO) -> None:
    """Hold the list of files that stands in the copy against what was unpacked."""
    rest, over = kop.size, b""
    while rest:
        blok = stroom.read(min(rest, BLOK))
        rest -= len(blok)
        over += blok
        *regels, over = over.split(b"\n")
        for regel in regels:
            if (uitgepakt := lijst.readline()) != regel + b"\n":
                raise OngeldigeKopie(_difference(regel, uitgepakt))
    if over or (te_veel := lijst.readline()):
        raise OngeldigeKopie(_difference(over, b"" if over else te_veel))
    stroom.read(-kop.size % HOOFD)


def _difference(beloofd: bytes, uitgepakt: bytes) -> str:
    naam = re.search(rb'"pad":"([^"]*)"', uitgepakt or beloofd)
    welk = naam[1].decode("utf-8", "replace") if naam else INHOUD
    if not uitgepakt:
        return f"{welk} hoort in de kopie te staan, maar ontbreekt."
    return f"{welk} is beschadigd of veranderd: het is niet het bestand waarvan de kopie zegt dat het erin staat."


def _manifest(stroom: _Stroom) -> Manifest:
    kop = _header(stroom)
    if kop is None or kop.name != MANIFEST or kop.size > _MANIFEST_HOOGSTENS:
        raise OngeldigeKopie(f"Na {INHOUD} hoort {MANIFEST} te komen: de kopie is veranderd of van iets anders.")
    inhoud = stroom.read(kop.size)
    stroom.read(-kop.size % HOOFD)
    return decode(inhoud)
