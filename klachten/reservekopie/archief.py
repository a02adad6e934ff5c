"""Writing a copy: one tar.gz, in which the last two files say what is in it and what it is a copy of.

Every tool that reads tar and gzip reads it. It is made and read in one go: nothing of it is ever in memory as a whole.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import tarfile
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from klachten.register.journaal import encode
from klachten.reservekopie.bronnen import Stuk
from klachten.reservekopie.fouten import OngeldigeKopie, ReservekopieFout
from klachten.reservekopie.sleutel import Schrijfbaar

FORMAAT, ZONDER_BUNDELS = 2, 1
"""The newest format, and that of a copy that a version can put back which knows no texts of many klachten together."""
INHOUD, MANIFEST = "inhoud.jsonl", "manifest.json"
HOOFD = 512
"""So many bytes has the heading of a file in a tar, and what comes after it is a multiple of that."""
_SNEL = 4


@dataclass(frozen=True)
class Manifest:
    """What a copy is a copy of.

    `register` is the zegel of the first fact: another register has another one. `gewist` are the dossiers that were
    erased up to this fact, each with the number of the fact that did so. `inhoud` is the hash of the list of files.
    """

    nr: int
    zegel: str
    register: str
    gemaakt_op: str
    soort: str
    versie: str
    bestanden: int = 0
    bytes: int = 0
    inhoud: str = ""
    gewist: dict[str, int] = field(default_factory=dict)
    formaat: int = ZONDER_BUNDELS

    def encode(self) -> bytes:
        """Return the manifest as it stands in the copy."""
        return (json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n").encode("utf-8")

    @property
    def moment(self) -> datetime:
        """When it was made, in UTC."""
        return datetime.fromisoformat(self.gemaakt_op)


def decode(inhoud: bytes) -> Manifest:
    """Return the manifest that stands in a copy; OngeldigeKopie when it is none, or of a newer version."""
    try:
        velden: dict[str, Any] = json.loads(inhoud.decode("utf-8"))
        if velden["formaat"] > FORMAAT:
            raise OngeldigeKopie(
                f"Deze kopie is gemaakt met een nieuwere versie van klachten ({velden.get('versie')}). Zet haar terug "
                "met die versie of een latere."
            )
        manifest = Manifest(**velden)
        getallen = (manifest.nr, manifest.bestanden, manifest.bytes, *manifest.gewist.values())
        if not all(isinstance(getal, int) and getal >= 0 for getal in getallen) or not manifest.moment.tzinfo:
            raise ValueError(getallen)
        return manifest
    except (ValueError, KeyError, TypeError, AttributeError) as fout:
        raise OngeldigeKopie(
            f"{MANIFEST} van de kopie is niet te lezen: dit is geen reservekopie van klachten."
        ) from fout


def line(pad: str, lengte: int, sha256: str) -> bytes:
    """Return a line of the list of files."""
    return (encode({"pad": pad, "bytes": lengte, "sha256": sha256}) + "\n").encode("utf-8")


def write(naar: Schrijfbaar, stukken: Iterable[Stuk], klaar: Callable[[int, int, str], Manifest], mtime: int) -> None:
    """Write files and then what they are; `klaar` makes the manifest of their count, bytes and the hash of the list."""
    # What is written to it goes on at once: gzip only asks for write and flush.
    with (
        tempfile.TemporaryFile() as lijst,
        gzip.GzipFile(filename="", mode="wb", compresslevel=_SNEL, fileobj=_Door(naar), mtime=mtime) as uit,
    ):
        aantal = totaal = 0
        alles = hashlib.sha256()
        for stuk in stukken:
            regel = line(stuk.pad, stuk.lengte, _put(uit, stuk, mtime))
            lijst.write(regel)
            alles.update(regel)
            aantal, totaal = aantal + 1, totaal + stuk.lengte
        lengte = lijst.tell()
        lijst.seek(0)
        _put(uit, Stuk(INHOUD, lengte, iter(lambda: lijst.read(1 << 20), b"")), mtime)
        manifest = klaar(aantal, totaal, alles.hexdigest()).encode()
        _put(uit, Stuk(MANIFEST, len(manifest), [manifest]), mtime)
        uit.write(bytes(2 * HOOFD))


def _put(uit: Any, stuk: Stuk, mtime: int) -> str:
    """Write one file and return its hash."""
    kop = tarfile.TarInfo(stuk.pad)
    kop.size, kop.mtime, kop.mode = stuk.lengte, mtime, 0o600
    try:
        uit.write(kop.tobuf(tarfile.USTAR_FORMAT, "utf-8", "strict"))
    except (ValueError, UnicodeError) as fout:
        raise ReservekopieFout(
            f"Er is geen reservekopie gemaakt: de naam of de omvang van {stuk.pad} past niet in een archief. Geef dat "
            "bestand een kortere naam."
        ) from fout
    hash, geschreven = hashlib.sha256(), 0
    for blok in stuk.inhoud:
        uit.write(blok)
        hash.update(blok)
        geschreven += len(blok)
    if geschreven != stuk.lengte:
        raise ReservekopieFout(
            f"Er is geen reservekopie gemaakt: {stuk.pad} veranderde tijdens het lezen ({geschreven} in plaats van "
            f"{stuk.lengte} bytes). Het wordt later opnieuw geprobeerd."
        )
    uit.write(bytes(-stuk.lengte % HOOFD))
    return hash.hexdigest()


class _Door:
    def __init__(self, naar: Schrijfbaar) -> None:
        self._naar = naar

    def write(self, inhoud: bytes) -> int:
        self._naar.write(inhoud)
        return len(inhoud)

    def flush(self) -> None:
        """Nothing waits here."""


def sha256_of(bron: BinaryIO) -> tuple[int, str]:
    """Return how many bytes a stream still has and their hash."""
    hash, lengte = hashlib.sha256(), 0
    while blok := bron.read(1 << 20):
        hash.update(blok)
        lengte += len(blok)
    return lengte, hash.hexdigest()


def size_on_disk(map: Path) -> int:
    """Return how many bytes the files of a folder have."""
    return sum(pad.stat().st_size for pad in map.rglob("*") if pad.is_file())
