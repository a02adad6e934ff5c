"""Have an export made while the app is open, in the background; one at a time, and broken off when the app stops."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from klachten.dossier.weigering import gezegd
from klachten.register import Register, RegisterFout
from klachten.uitvoer import make

FOUT = "De uitvoer is niet gemaakt; de oorzaak staat in het logboek van de app."

_log = logging.getLogger("klachten")


class _Gestopt(Exception):
    """The app stops."""


class Uitvoerder:
    """Makes one export at a time. `bezig` says what is being made, `fout` why the last one was not."""

    def __init__(self) -> None:
        self.bezig = self.fout = ""
        self._slot = threading.Lock()
        self._stop = threading.Event()
        self._draad: threading.Thread | None = None

    def ask(self, register: Register, naar: Path, *, vandaag: date, reden: str, klaar: Callable[[], None]) -> None:
        """Begin one, unless one is being made; `klaar` is called when it stands in its place."""
        with self._slot:
            if self.bezig or self._stop.is_set():
                return
            self.bezig, self.fout = "het begin", ""
            self._draad = threading.Thread(
                target=self._run, args=(register, naar, vandaag, reden, klaar), name="uitvoer", daemon=True
            )
            self._draad.start()

    def _run(self, register: Register, naar: Path, vandaag: date, reden: str, klaar: Callable[[], None]) -> None:
        try:
            make(register, naar, nu=datetime.now(UTC), vandaag=vandaag, reden=reden, stap=self._tell)
            klaar()
        except _Gestopt:
            _log.warning("Een uitvoer is afgebroken, omdat de app stopt.")
        except RegisterFout as fout:
            self.fout = gezegd(fout)
        except Exception:  # noqa: BLE001 - a thread of its own: the page says that it went wrong, the log what
            _log.exception(FOUT)
            self.fout = FOUT
        finally:
            self.bezig = ""

    def _tell(self, wat: str) -> None:
        if self._stop.is_set():
            raise _Gestopt
        self.bezig = wat

    def begin(self) -> None:
        """The app starts."""
        self._stop.clear()

    def wait(self, seconden: float | None = None) -> None:
        """Return when nothing is being made, or after so many seconds."""
        if (draad := self._draad) is not None:
            draad.join(seconden)

    def stop(self) -> None:
        """The app stops: what is being made is broken off, and nothing of it stays."""
        self._stop.set()
        self.wait()


uitvoerder = Uitvoerder()
"""The one of this process."""


async def keep_up(stop: asyncio.Event) -> None:
    """Break off what is being made when the app stops: the register is closed after that."""
    uitvoerder.begin()
    await stop.wait()
    await asyncio.to_thread(uitvoerder.stop)
