"""Making a copy of a register up to one fact: written, read back, tried, and only then counted; then old ones go.

The register may be written to meanwhile. Of its database nothing is read but where the last confirmed fact stands and
what was erased.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import duckdb

from klachten import __version__
from klachten.register import Register
from klachten.register.fouten import first_line
from klachten.register.journaal import Kop
from klachten.reservekopie import archief, bronnen, gewist, lezen, proef, rotatie, sleutel, stand
from klachten.reservekopie.archief import Manifest
from klachten.reservekopie.fouten import Afgebroken, OngeldigeKopie, ReservekopieFout
from klachten.reservekopie.instellingen import Instellingen
from klachten.reservekopie.plek import DEEL, Kopie, Plek, name_of
from klachten.reservekopie.sleutel import Schrijfbaar
from klachten.reservekopie.stand import Stand

KLOK, HAND, OPDRACHT = "klok", "hand", "opdracht"
"""Who had a copy made: the clock of the app, somebody on the page, the command."""
_KEREN = 3
_PROEF = "proef-"


def never() -> bool:
    """Nobody asks to stop."""
    return False


@dataclass(frozen=True)
class Gemaakt:
    """A copy that counts, and what went away for it."""

    kopie: Kopie
    weg: tuple[str, ...]
    stand: Stand


def make(
    register: Register,
    instellingen: Instellingen,
    *,
    nu: datetime,
    soort: str,
    volledig: bool | None = None,
    apart: bool = True,
    stop: Callable[[], bool] = never,
) -> Gemaakt:
    """Make a copy of all facts recorded so far, verify it, and let old ones go; ReservekopieFout says why not.

    `nu` is in UTC. `volledig` checks all of the copy (None: when that is due); `apart` tries it in another process, as
    in the app; `stop` is asked now and then whether to break off.
    """
    map = register.map
    try:
        instellingen.require()
        kop, eerste = head(register)
        (map / stand.MAP).mkdir(mode=0o700, exist_ok=True)
        sweep(map)
        with tempfile.TemporaryDirectory(prefix=_PROEF, dir=map / stand.MAP) as werkmap:
            maken = _Maken(register, instellingen, Path(werkmap), nu, soort, apart, stop)
            if volledig is None:
                volledig = stand.of_register(map).wants_full(nu)
            kopie = maken.run(kop, eerste, volledig)
        return _settle(maken.plek, register, instellingen, kopie, nu)
    except ReservekopieFout as fout:
        stand.keep_fault(map, nu, str(fout))
        raise
    except (OSError, sqlite3.Error, duckdb.Error) as fout:
        waarom = getattr(fout, "strerror", None) or first_line(fout)
        zin = f"Er is geen reservekopie gemaakt: {waarom}. Kijk of er ruimte is op de schijf van {map}."
        stand.keep_fault(map, nu, zin)
        raise ReservekopieFout(zin) from fout


def head(register: Register) -> tuple[Kop, str]:
    """Return the last confirmed fact, and the zegel of the first, by which the register is known.

    That is fact 1, or a later one where somebody accepted that the facts before it are gone.
    """
    with register.cursor() as cursor:
        kop = Kop(*cursor.execute("SELECT nr, zegel, bestand, begin, einde FROM stand").fetchall()[0])
        rijen = cursor.execute("SELECT zegel FROM gebeurtenis ORDER BY nr LIMIT 1").fetchall()
    if not rijen:
        raise ReservekopieFout(
            "Er is in dit register nog niets vastgelegd, en dus niets om een reservekopie van te maken."
        )
    return kop, str(rijen[0][0])


def sweep(map: Path) -> None:
    """Remove what an attempt left that was killed: it holds personal data."""
    for pad in (map / stand.MAP).glob(f"{_PROEF}*"):
        shutil.rmtree(pad, ignore_errors=True)


def publish_erased(register: Register, instellingen: Instellingen) -> None:
    """Put what was erased in the list beside the copies, also when no copy is made now."""
    gewist.publish(Plek(instellingen.naar, instellingen.opslag), gewist.of_register(register))


@dataclass
class _Maken:
    register: Register
    instellingen: Instellingen
    werkmap: Path
    nu: datetime
    soort: str
    apart: bool
    stop: Callable[[], bool]
    plek: Plek = field(init=False)

    def __post_init__(self) -> None:
        self.plek = Plek(self.instellingen.naar, self.instellingen.opslag)
        # Before the copy, and again after it: a copy that is there without this list could bring somebody back.
        gewist.publish(self.plek, gewist.of_register(self.register))

    def run(self, kop: Kop, eerste: str, volledig: bool) -> Kopie:
        """Make it, again when somebody was erased meanwhile, and give it a name that counts."""
        for rest in reversed(self.plek.leftovers(eerste)):
            self.plek.remove(rest)
        for _ in range(_KEREN):
            kopie, eigen = self._write(kop, eerste)
            if not self._was_erased_after(kop):
                break
            self.plek.remove(kopie.naam + DEEL)
            kop, eerste = head(self.register)
        else:
            raise ReservekopieFout("Tijdens het maken van de reservekopie werd steeds iets gewist. Probeer het later.")
        try:
            gebreken = self._verify(kopie, eigen, volledig)
        except BaseException:
            self.plek.remove(kopie.naam + DEEL, quiet=True)
            raise
        kopie = replace(kopie, volledig=volledig, gebreken=tuple(dict.fromkeys((*kopie.gebreken, *gebreken))))
        self.plek.accept(kopie.naam)
        self.plek.note(kopie)
        return kopie

    def _was_erased_after(self, kop: Kop) -> bool:
        return any(een.nr > kop.nr for een in gewist.of_register(self.register))

    def _write(self, kop: Kop, eerste: str) -> tuple[Kopie, str]:
        """Write a copy under a name that does not count; returns what it is, and the key that opens this one."""
        ontvanger, eigen = self.instellingen.ontvanger, sleutel.new_key()
        naam = name_of(eerste, self.nu, kop.nr, versleuteld=bool(ontvanger))
        beloofd = bronnen.Beloofd()
        gemaakt_op = self.nu.isoformat(timespec="seconds")

        def manifest(bestanden: int, lengte: int, inhoud: str) -> Manifest:
            return Manifest(
                kop.nr,
                kop.zegel,
                eerste,
                gemaakt_op,
                self.soort,
                __version__,
                bestanden,
                lengte,
                inhoud,
                beloofd.gewist,
                archief.FORMAAT if beloofd.bundels else archief.ZONDER_BUNDELS,
            )

        def write(naar: BinaryIO | Schrijfbaar) -> None:
            map, mee = self.register.map, bool(ontvanger)
            stukken = bronnen.pieces(map, kop, beloofd, self.werkmap, with_key=mee)
            archief.write(naar, stukken, manifest, int(self.nu.timestamp()))

        with self.plek.writing(naam) as bestand:
            geteld = _Geteld(bestand, self.stop)
            if ontvanger:
                sleutel.encrypt(write, geteld, [ontvanger, eigen.ontvanger])
            else:
                write(geteld)
        kopie = Kopie(
            naam, geteld.lengte, geteld.hash.hexdigest(), kop.nr, kop.zegel, eerste, gemaakt_op, self.soort,
            bool(ontvanger), gebreken=tuple(beloofd.gebreken),
        )  # fmt: skip
        return kopie, eigen.geheim

    def _verify(self, kopie: Kopie, eigen: str, volledig: bool) -> list[str]:
        """Read back what stands there now, unpack it, and make a register of it; returns what that one lacks."""
        uitgepakt = self.werkmap / "register"
        uitgepakt.mkdir()
        with self.plek.reading(kopie.naam + DEEL) as bestand:
            lengte, sha256 = archief.sha256_of(bestand)
        if (lengte, sha256) != (kopie.bytes, kopie.sha256):
            raise OngeldigeKopie(
                f"Wat er op {self.plek.naar} staat is niet wat er is geschreven ({lengte} van {kopie.bytes} bytes). De "
                "kopie telt niet; het wordt later opnieuw geprobeerd."
            )
        with self.plek.reading(kopie.naam + DEEL) as bestand:
            manifest = unpack(bestand, uitgepakt, lengte, eigen if kopie.versleuteld else "")
        if (manifest.nr, manifest.zegel) != (kopie.nr, kopie.zegel):
            raise OngeldigeKopie("De kopie zegt van een ander feit te zijn dan waarvan zij is gemaakt. Zij telt niet.")
        if self.stop():
            raise Afgebroken("De app stopt: de reservekopie is afgebroken en telt niet.")
        if self.apart:
            zinnen = proef.prove_apart(uitgepakt, kopie.nr, kopie.zegel, volledig=volledig, stop=self.stop)
        else:
            zinnen = proef.prove(uitgepakt, kopie.nr, kopie.zegel, volledig=volledig)
        # Where it was unpacked says nothing to anybody, and is gone.
        return [zin.replace(f"{uitgepakt}{os.sep}", "") for zin in zinnen]


def unpack(bron: BinaryIO, doel: Path, lengte: int, geheim: str, apart: dict[str, bytes] | None = None) -> Manifest:
    """Unpack a copy, encrypted when there is a key, into an empty folder; the key of its texts goes to `apart`."""
    if not geheim:
        return lezen.unpack(bron, doel, lengte, apart)
    with sleutel.opened(bron, geheim) as open_:
        return lezen.unpack(open_, doel, lengte, apart)


def _settle(plek: Plek, register: Register, instellingen: Instellingen, kopie: Kopie, nu: datetime) -> Gemaakt:
    """Let old ones go, list what was erased, and write down how it is; what is wrong with the copy is told."""
    gewist.publish(plek, gewist.of_register(register))
    alle = plek.copies(kopie.register)
    weg: list[str] = []
    if kopie in alle:  # else it is not to be seen there, and nothing is replaced by it
        with register.cursor() as cursor:

            def is_ours(een: Kopie) -> bool:
                vraag = "SELECT count(*) FROM gebeurtenis WHERE nr = ? AND zegel = ?"
                return bool(cursor.execute(vraag, [een.nr, een.zegel]).fetchall()[0][0])

            for oud in rotatie.too_many(alle, instellingen, nu, is_ours):
                plek.remove(f"{oud.naam}.json")
                plek.remove(oud.naam)
                weg.append(oud.naam)
    eerder = stand.of_register(register.map)
    zin = "" if kopie.goed else f"De kopie is gemaakt, maar niet heel: {' '.join(kopie.gebreken[:5])}"
    nieuw = Stand(
        kopie if kopie.goed else eerder.goed,
        plek.naar if kopie.goed else eerder.naar,
        nu,
        zin,
        nu if kopie.volledig and kopie.goed else eerder.volledig_op,
        len(alle) - len(weg),
        nu,
    )
    stand.keep(register.map, nieuw)
    return Gemaakt(kopie, tuple(weg), nieuw)


class _Geteld:
    """Passes on what is written, counts it, and breaks off when told to."""

    def __init__(self, naar: Schrijfbaar, stop: Callable[[], bool]) -> None:
        self._naar, self._stop = naar, stop
        self.hash, self.lengte = hashlib.sha256(), 0

    def write(self, inhoud: bytes) -> int:
        if self._stop():
            raise Afgebroken("De app stopt: de reservekopie is afgebroken en telt niet.")
        self._naar.write(inhoud)
        self.hash.update(inhoud)
        self.lengte += len(inhoud)
        return len(inhoud)
