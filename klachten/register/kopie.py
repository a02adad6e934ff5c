"""A folder in which nothing can be written, as a back-up: it is opened for reading, whatever state its database is in.

No lock can be had, and no database brought up to date: everything is made from journal and dossiers, in memory. Nothing
of it comes on a disk.
"""

from __future__ import annotations

import errno
from pathlib import Path

from klachten.register.database import Database
from klachten.register.fouten import RegisterBeschadigd, RegisterFout
from klachten.register.herstel import Herstel
from klachten.register.journaal import JournaalBeschadigd, Kop
from klachten.taal import feiten

_NIET_SCHRIJVEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def is_read_only(map: Path, fout: OSError) -> bool:
    """Tell whether an error says that nothing can be written in a folder that is there."""
    return fout.errno in _NIET_SCHRIJVEN and map.is_dir()


def sentence(map: Path, waarom: str, aantal: int) -> str:
    """Return what every page says of a register that was opened so."""
    return (
        f"U kunt alleen lezen: in de map {map} kan niet worden geschreven ({waarom}). U ziet de "
        f"{feiten(aantal)} die bij het openen in het journaal stonden, en er wordt niets vastgelegd. Wilt u verder "
        "werken, kopieer de map dan naar een plek waar u mag schrijven en noem die in KLACHTEN_DATA."
    )


class Leesherstel(Herstel):
    """Opens the register of such a folder; the journal is verified from its first line to its last."""

    def start(self, *, herbouw: bool = False, ondanks: str = "") -> Database:
        """Make the database in memory; RegisterFout when there is nothing to make it of, or when it is asked for."""
        if herbouw:
            raise RegisterFout(
                f"De database in {self._map} kan niet opnieuw worden gemaakt: in die map kan niet worden geschreven. "
                "Er is niets gewijzigd."
            )
        try:
            keuring = self._journaal.verify()
        except JournaalBeschadigd as fout:
            raise RegisterBeschadigd(f"{fout} Er is niets gewijzigd.") from fout
        if not keuring.kop.nr:
            raise RegisterFout(
                f"In {self._map} staat geen enkel feit, en er kan niet in worden geschreven. Noem een andere map in "
                "KLACHTEN_DATA, of geef uzelf het recht om er te schrijven."
            )
        if keuring.staart is not None:
            self.meldingen.append(
                f"Het journaal eindigt na feit {keuring.kop.nr} met een vastlegging die niet is voltooid. Die is hier "
                "weggelaten; in de map is niets veranderd."
            )
        self._database = self._new(Path(":memory:"))
        self._database.con.execute("SET temp_directory = ''")  # texts would come to lie where one happens to stand
        self._database.migrate()
        return self._catch_up(Kop(), keuring.kop)
