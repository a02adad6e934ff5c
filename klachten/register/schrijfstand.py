"""Whether facts can be recorded now, and if not why: for who writes, and for every page as long as it lasts.

Whoever removes or replaces the lock file, the database or the journal while they are open leaves this process writing
into files that nobody finds again, and lets a second one in. It is looked at before each group of facts and by every
page: three calls of stat.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb

from klachten.register.database import Database
from klachten.register.fouten import RegisterAlleenLezen, first_line
from klachten.register.journaal import Kop

PROEF = "klachten.proef"
"""Written and taken away again to see whether there is room."""
_RUIMTE = 1 << 20
_VERDER = (
    "Er wordt niets meer vastgelegd, want een ander programma kan het register ook geopend hebben. Zoek uit wie dat "
    "bestand heeft weggehaald of teruggezet, sluit klachten overal, en start het opnieuw."
)


class Schrijfstand:
    """What stands in the way of writing: for good, until there is room again, or until somebody answers a question.

    `bezwaren` are asked each time: what others than the register have against writing, as a sentence. `kopie`: nothing
    can be written in the folder at all.
    """

    def __init__(self, map: Path) -> None:
        self._map = map
        self._open: dict[Path, tuple[int, int]] = {}
        self._achter: Kop | None = None
        self.voorgoed, self.database, self.schijf = "", "", ""
        self.kopie = False
        self.bezwaren: list[Callable[[], str]] = []

    def why(self, database: Database | None) -> str:
        """Return what every page says; "" when all is well."""
        self._look(database)
        return self._refusal() or self.schijf

    def check(self, database: Database | None) -> None:
        """Raise RegisterAlleenLezen when nothing may be written; with the lock for writing held.

        A disk that was full is simply tried again.
        """
        self._look(database, database.kop if database else None)
        if waarom := self._refusal():
            raise RegisterAlleenLezen(waarom)

    def _refusal(self) -> str:
        return self.voorgoed or self.database or next(filter(None, (vraag() for vraag in self.bezwaren)), "")

    # --- the files ---------------------------------------------------------------------------------------------------

    def watch(self, *paden: Path) -> None:
        """Hold these files, just opened, for those of the folder from now on."""
        for pad in paden:
            stat = pad.stat()
            self._open[pad] = (stat.st_dev, stat.st_ino)

    def _look(self, database: Database | None, kop: Kop | None = None) -> None:
        """Stop for good when the files are not those of the folder any more."""
        if self.voorgoed or database is None:
            return
        self.voorgoed = self._lost() or (self._journal_lost(kop) if kop and kop.nr and not self.database else "")
        if self.voorgoed:
            # On closing it would take away the WAL that now stands at this name, which is of another process.
            with contextlib.suppress(duckdb.Error):
                database.con.execute("PRAGMA disable_checkpoint_on_shutdown")

    def _lost(self) -> str:
        """Say which file is gone, or another one; "" when all are as they were."""
        for pad, was in self._open.items():
            try:
                stat = os.stat(pad)  # noqa: PTH116 - before every fact, and twice as fast
            except OSError:
                return f"{pad} is weggehaald terwijl klachten het geopend had. {_VERDER}"
            if (stat.st_dev, stat.st_ino) != was:
                return f"{pad} is vervangen terwijl klachten het geopend had. {_VERDER}"
        return ""

    def _journal_lost(self, kop: Kop) -> str:
        """Say that the journal is longer or shorter than its head; who does not write now could see it grow."""
        pad = self._map / "journaal" / kop.bestand
        try:
            lengte = os.stat(pad).st_size  # noqa: PTH116 - as above
        except OSError:
            return f"{pad} is weggehaald terwijl klachten open was. {_VERDER}"
        return "" if lengte == kop.einde else f"{pad} is veranderd buiten klachten om, na feit {kop.nr}. {_VERDER}"

    @property
    def refuses(self) -> bool:
        """Tell whether the disk refused last, so that it is worth trying again."""
        return bool(self.database or self.schijf)

    # --- the disk ----------------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def room(self) -> Iterator[None]:
        """Say what to do when the disk refuses a fact; every page says so too, until there is room."""
        try:
            with RegisterAlleenLezen.when_disk_refuses(self._map):
                yield
        except RegisterAlleenLezen as fout:
            self.schijf = f"Er kan nu niets worden vastgelegd. {fout}"
            raise
        self.schijf = ""

    def room_again(self) -> bool:
        """Look whether there is room, after a disk that refused; tell whether anything can be recorded."""
        if self.schijf and has_room(self._map):
            self.schijf = ""
        return not self.refuses

    def database_refuses(self, kop: Kop, fout: Exception) -> str:
        """The facts up to `kop` are confirmed, and the database did not take them; returns the sentence."""
        self._achter = kop
        self.database = (
            f"Er kan nu niets worden vastgelegd: de database weigert ({first_line(fout)}). Wat is vastgelegd staat "
            "veilig in het journaal. Maak ruimte op de schijf: dan gaat klachten vanzelf verder. Blijft dit staan, "
            "start klachten dan opnieuw."
        )
        return self.database

    def behind(self) -> Kop | None:
        """Return up to where a database that refused must be brought, when it can be tried; else None."""
        return self._achter if self._achter and not self.voorgoed and has_room(self._map) else None

    def resumed(self) -> None:
        """The database has all that is confirmed again."""
        self._achter, self.database, self.schijf = None, "", ""


def has_room(map: Path) -> bool:
    """Tell whether something can be written durably in a folder."""
    pad = map / PROEF
    try:
        try:
            with pad.open("wb") as bestand:
                bestand.write(b"\0" * _RUIMTE)
                bestand.flush()
                os.fsync(bestand.fileno())
        finally:
            pad.unlink(missing_ok=True)
    except OSError:
        return False
    return True
