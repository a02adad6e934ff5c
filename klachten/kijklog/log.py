"""Writing the log of looking: a page only says what happened; the lines are made and written shortly after."""

from __future__ import annotations

import contextlib
import json
import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from klachten.kijklog.keten import STAND, Kijkketen
from klachten.kijklog.regel import GEDOWNLOAD, OPDRACHT, REGISTER, VERLOREN, Regel

WACHT = 0.5
"""Seconds from the first line that waits until it is written, with all that came meanwhile."""
MEESTE = 10_000
"""So many lines wait while the disk refuses; of what comes then only the number is kept."""

_log = logging.getLogger("klachten")


class Kijklog:
    """The log of one open register. `klok` gives the moment, in the time of the Netherlands.

    Nothing here ever stops a page: what cannot be written is kept, and `fout` says so until it could.
    """

    def __init__(self, register: Path, klok: Callable[[], datetime], *, wacht: float = WACHT) -> None:
        self.keten = Kijkketen(register)
        self.fout = ""
        self._klok, self._wacht = klok, wacht
        self._slot, self._schrijfslot = threading.Lock(), threading.Lock()
        self._wachtrij: list[tuple[str, Regel]] = []
        self._verloren = 0
        self._straks: threading.Timer | None = None
        self._kop: tuple[int, str] | None = None
        self._maand = ""

    def note(
        self,
        wat: str,
        wie: str,
        *,
        waar: str = "",
        nummer: str = "",
        over: str = "",
        aantal: int | None = None,
        sessie: str = "",
        geweigerd: bool = False,
    ) -> None:
        """Say that somebody did something, now; see Regel for what each part is."""
        nu = self._klok()
        regel = Regel(_moment(nu), wat, wie, waar, nummer, over, aantal, sessie, geweigerd)
        with self._slot:
            if len(self._wachtrij) < MEESTE:
                self._wachtrij.append((nu.strftime("%Y-%m"), regel))
            else:
                self._verloren += 1
            if self._straks is None:
                straks = threading.Timer(self._wacht, self.flush)
                # No thread to be had: the next line tries again, and closing writes all of them.
                with contextlib.suppress(RuntimeError):
                    straks.start()
                    self._straks = straks

    def flush(self) -> None:
        """Write what waits; on a disk that refuses it waits on, and `fout` says so."""
        with self._schrijfslot:
            with self._slot:
                wacht, self._wachtrij = self._wachtrij, []
                verloren, self._verloren = self._verloren, 0
                if self._straks is not None:
                    self._straks.cancel()
                    self._straks = None
            try:
                while wacht:
                    wacht = self._write(wacht)
                if verloren:
                    nu = self._klok()
                    self._write([(nu.strftime("%Y-%m"), _lost(_moment(nu), verloren))])
                    verloren = 0
                self._keep_stand()
            except Exception as fout:  # noqa: BLE001 - whatever it was, it is told, and no page or timer ends by it
                self._kop = None
                with self._slot:
                    self._wachtrij[:0] = wacht
                    self._verloren += verloren
                self._tell(
                    f"Het kijklog kan niet worden bijgehouden: schrijven naar {self.keten.map} lukt niet "
                    f"({getattr(fout, 'strerror', None) or fout}). Wat er gebeurt wordt onthouden en later geschreven."
                )
            else:
                self._tell("")

    def close(self) -> None:
        """Write what waits; for when the app stops."""
        self.flush()

    def _tell(self, fout: str) -> None:
        if fout and fout != self.fout:
            _log.error("%s", fout)
        self.fout = fout

    def _write(self, wacht: list[tuple[str, Regel]]) -> list[tuple[str, Regel]]:
        """Write the lines of the first month among them; returns those of later months."""
        nr, zegel = self._head(wacht[0])
        # A clock that was set back must not put a line into an older file: reading goes by file name.
        self._maand = max(self._maand, wacht[0][0])
        nu = [regel for maand, regel in wacht if maand <= self._maand]
        regels = []
        for regel in nu:
            nr += 1
            tekst, zegel = regel.sealed(nr, zegel)
            regels.append(f"{tekst}\n")
        self._append(self._maand, "".join(regels).encode("utf-8"))
        self._kop = (nr, zegel)
        return [(maand, regel) for maand, regel in wacht if maand > self._maand]

    def _keep_stand(self) -> None:
        if self._kop is not None:
            nr, zegel = self._kop
            (self.keten.map / STAND).write_text(json.dumps({"nr": nr, "zegel": zegel}), encoding="utf-8")

    def _append(self, maand: str, inhoud: bytes) -> None:
        pad = self.keten.bestand(maand)
        if not pad.exists():
            self.keten.verloop(maand)
        # Opened each time: Windows renames and deletes nothing that is open. Without a buffer: what a full disk did not
        # take would be tried again before anything could be cut off.
        with pad.open("ab", buffering=0) as bestand:
            begin, rest = bestand.tell(), memoryview(inhoud)
            try:
                while rest:
                    rest = rest[bestand.write(rest) :]
            except BaseException:
                with contextlib.suppress(OSError):
                    bestand.truncate(begin)
                raise

    def _head(self, eerste: tuple[str, Regel]) -> tuple[int, str]:
        """Return the number and zegel to go on from; the first time what an earlier run left is put right.

        Half a line stays where it is, on a line of its own; lines that are gone are told of in the log itself.
        """
        if self._kop is not None:
            return self._kop
        self.keten.map.mkdir(exist_ok=True)
        maanden = self.keten.maanden()
        self._maand = max([eerste[0], *maanden[-1:]])
        nr, zegel, half = self.keten.head()
        if half:
            self._append(maanden[-1], b"\n")
        if weg := self.keten.missing(nr, zegel):
            tekst, zegel = _lost(eerste[1].op, weg).sealed(nr + 1, zegel)
            nr += 1
            self._append(self._maand, f"{tekst}\n".encode())
        return nr, zegel


def note_file(register: Path, waar: str, klok: Callable[[], datetime]) -> str:
    """Say at once that a command made a file, by its name in rechten.csv; returns what went wrong, if anything did.

    For who holds the register: two writers would break the chain.
    """
    log = Kijklog(register, klok)
    log.note(GEDOWNLOAD, OPDRACHT, waar=waar)
    log.close()
    return log.fout


def _moment(nu: datetime) -> str:
    return nu.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _lost(op: str, aantal: int) -> Regel:
    return Regel(op, VERLOREN, REGISTER, aantal=aantal)
