"""The files of the log of looking: reading a month, whether the chain is whole, and letting old months go."""

from __future__ import annotations

import contextlib
import json
import os
import re
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from klachten.kijklog.lezing import Gelezen, Lezing, Maand, take_apart
from klachten.kijklog.regel import zegel_of
from klachten.kijklog.verval import counted_from, first_kept, too_old
from klachten.register.journaal import BEGIN, encode
from klachten.schijf import fsync_map

MAP = "kijklog"
ZEGELS, STAND = "zegels.jsonl", "stand.json"
_MAAND = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_VAN_REST: dict[str, type] = {"maand": str, "vorig": str, "zegel": str, "nr": int, "heel": bool}


@dataclass(frozen=True)
class Keuring:
    """Whether the whole log is what was written: what is wrong, from which month it goes, how many lines there are.

    `verloren` are the months that say themselves that lines were lost, and how many: by a power cut, or by somebody.
    `te_oud` are those that are there still because the clock is not believed yet (see verval.py).
    """

    gebreken: tuple[str, ...]
    vanaf: str
    regels: int
    vervallen: tuple[str, ...] = ()
    verloren: tuple[tuple[str, int], ...] = ()
    te_oud: tuple[str, ...] = ()


class Kijkketen:
    """The folder `kijklog/` of a register. A month is read once, and what was added when its file has grown.

    How it hangs in the chain is kept of every month, its lines only of the month that was read last. Safe to use from
    many threads.
    """

    def __init__(self, register: Path) -> None:
        self.map = register / MAP
        self._slot = threading.Lock()
        self._maanden: dict[str, tuple[tuple[int, int], Lezing]] = {}

    def maanden(self) -> list[str]:
        """Return the months that are there, the oldest first: 2026-11."""
        return sorted(pad.stem for pad in self.map.glob("*.jsonl") if _MAAND.fullmatch(pad.stem))

    def bestand(self, maand: str) -> Path:
        """Return the file of a month."""
        return self.map / f"{maand}.jsonl"

    def maand(self, naam: str) -> Maand:
        """Return how a month is; one that cannot be read at all has that as what is wrong with it."""
        try:
            with self._slot:
                return self._lezing(naam).maand
        except OSError as fout:
            return Maand(naam, gebreken=(f"De maand {naam} is niet te lezen: {fout.strerror or fout}.",))

    def regels(self, naam: str) -> tuple[Gelezen, ...]:
        """Return every line of a month that can be read, however much is wrong with others."""
        try:
            with self._slot:
                return tuple(self._lezing(naam, regels=True).regels or ())
        except OSError:
            return ()  # `maand` says so

    def _lezing(self, naam: str, *, regels: bool = False) -> Lezing:
        stat = self.bestand(naam).stat()
        stand = stat.st_mtime_ns, stat.st_size
        eerder, lezing = self._maanden.get(naam, (None, None))
        mist = lezing is None or (regels and lezing.regels is None)
        if lezing is None or mist or eerder != stand:
            inhoud = self.bestand(naam).read_bytes()
            if lezing is None or mist or not lezing.go_on(inhoud):
                lezing = self._read(naam, inhoud)
        self._maanden[naam] = (stand, lezing)
        return lezing

    def _read(self, naam: str, inhoud: bytes) -> Lezing:
        nieuw = Lezing(naam, inhoud)
        for _, ander in self._maanden.values():
            ander.regels = None
        return nieuw

    def keur(self) -> Keuring:
        """Verify every line of every month, the months onto each other and onto those that have expired."""
        gebreken, verloren, aantal, vervallen = [], [], 0, self.vervallen()
        zegel, waarna = BEGIN, ""
        if onleesbaar := self._read_zegels()[1]:
            gebreken.append(f"{ZEGELS}: {onleesbaar} regel(s) over vervallen maanden zijn niet te lezen.")
        for oud in vervallen:
            if oud["vorig"] != zegel:
                gebreken.append(f"De vervallen maand {oud['maand']} sluit niet aan op wat ervoor kwam.")
            if not oud.get("heel"):
                gebreken.append(f"De vervallen maand {oud['maand']} was niet heel toen zij werd verwijderd.")
            zegel, waarna = oud["zegel"], oud["maand"]
        maanden = [maand for maand in self.maanden() if maand > waarna]
        for naam in maanden:
            maand = self.maand(naam)
            if maand.aantal and maand.vorig != zegel:
                waar = f"die van {waarna}" if waarna else "het begin"
                gebreken.append(f"De eerste regel van {naam} sluit niet aan op {waar}: er zijn regels weg.")
            gebreken += maand.gebreken
            verloren += [(naam, maand.verloren)] if maand.verloren else []
            aantal += maand.aantal
            if maand.aantal:
                zegel, waarna = maand.zegel, naam
        gebreken += self._compare_stand(zegel, waarna)
        vanaf = maanden[0] if maanden else ""
        weg = tuple(oud["maand"] for oud in vervallen)
        return Keuring(tuple(gebreken), vanaf, aantal, weg, tuple(verloren), too_old(maanden))

    def _compare_stand(self, zegel: str, maand: str) -> list[str]:
        laatste = self.maand(maand) if maand in self.maanden() else Maand(maand)
        weg = self.missing(laatste.nr, zegel)
        return [f"Aan het eind van het kijklog ontbreekt wat er geschreven is: minstens {weg} regel(s)."] if weg else []

    def missing(self, nr: int, zegel: str) -> int:
        """Return how many lines are gone behind this end of the chain; a chain alone does not show a cut tail.

        What was written down apart comes after the lines themselves: these may be ahead of it.
        """
        geschreven, laatste = self.stand()
        if not geschreven or laatste == zegel or self._has(laatste):
            return 0
        return max(1, geschreven - nr)

    def _has(self, zegel: str) -> bool:
        regel = f'"zegel":"{zegel}"'.encode()
        return any(regel in self.bestand(maand).read_bytes() for maand in self.maanden()[-1:])

    # --- the end of the chain, and expiry ----------------------------------------------------------------------------

    def head(self) -> tuple[int, str, bool]:
        """Return the number and zegel of the last line that can be read, and whether half a line stands behind it."""
        for maand in reversed(self.maanden()):
            inhoud = self.bestand(maand).read_bytes()
            for regel in reversed(inhoud.split(b"\n")):
                if (gelezen := take_apart(regel)) is not None:
                    return gelezen[0], zegel_of(regel), bool(inhoud) and not inhoud.endswith(b"\n")
        vervallen = self.vervallen()
        return (vervallen[-1]["nr"], vervallen[-1]["zegel"], False) if vervallen else (0, BEGIN, False)

    def stand(self) -> tuple[int, str]:
        """Return the number and zegel of the last line as they were written down beside the log; 0 when they are not.

        It is written without waiting for the disk: what a power cut leaves of it may be nothing.
        """
        with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
            gelezen = json.loads((self.map / STAND).read_text(encoding="utf-8"))
            return int(gelezen["nr"]), str(gelezen["zegel"])
        return 0, BEGIN

    def vervallen(self) -> list[dict[str, Any]]:
        """Return what is left of the months that have expired: their name, the zegels at both ends and their count."""
        return self._read_zegels()[0]

    def _read_zegels(self) -> tuple[list[dict[str, Any]], int]:
        """Return those that can be read, and how many lines cannot."""
        pad = self.map / ZEGELS
        regels = pad.read_bytes().splitlines() if pad.exists() else []
        gelezen = []
        for regel in regels:
            with contextlib.suppress(ValueError, TypeError, KeyError):
                rest = json.loads(regel)
                gelezen.append({**rest, **{naam: soort(rest[naam]) for naam, soort in _VAN_REST.items()}})
        return gelezen, len(regels) - len(gelezen)

    def verloop(self, maand: str) -> list[str]:
        """Delete the months that are too old in this one, which begins; returns which.

        The zegel is safe before the file goes.
        """
        maanden = self.maanden()
        telt = counted_from(maand, maanden)
        te_oud = [oud for oud in maanden if telt and oud < first_kept(telt)]
        al_gedaan = {oud["maand"] for oud in self.vervallen()}
        for oud in te_oud:
            if oud not in al_gedaan:
                self._keep_zegel(self.maand(oud), maand)
            self.bestand(oud).unlink()
            self._maanden.pop(oud, None)
        return te_oud

    def _keep_zegel(self, maand: Maand, nu: str) -> None:
        rest = {
            "maand": maand.naam, "regels": maand.aantal, "vorig": maand.vorig, "zegel": maand.zegel,
            "nr": maand.nr, "heel": not maand.gebreken, "vervallen_in": nu,
        }  # fmt: skip
        with (self.map / ZEGELS).open("a", encoding="utf-8", newline="\n") as bestand:
            bestand.write(encode(rest) + "\n")
            bestand.flush()
            os.fsync(bestand.fileno())
        fsync_map(self.map)
