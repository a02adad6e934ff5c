"""Opening the register after whatever happened: journal and database brought together again.

A tail that was never confirmed is cut off, facts the database lacks are replayed, a database that cannot be used is set
aside and rebuilt. A journal that lost or changed confirmed facts is never repaired here: a person has to look.
"""

from __future__ import annotations

import functools
import json
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import duckdb

from klachten.datamap import DATABASE, VERSLEUTELING
from klachten.gebeurtenissen import WISSEND
from klachten.register.database import Database, DatabaseBeschadigd, DatabaseNieuwer
from klachten.register.dossiermap import Dossiermap
from klachten.register.feitrij import BLOK
from klachten.register.fouten import RegisterBeschadigd, RegisterBezet, RegisterFout, RegisterNieuwer
from klachten.register.inrichting import Inrichting
from klachten.register.journaal import Journaal, JournaalBeschadigd, Kop, aside
from klachten.register.teksten import Tekstrij
from klachten.taal import feiten


class Herstel:
    """Opens the database of a register; what it had to do stands in `meldingen`."""

    def __init__(
        self,
        map: Path,
        journaal: Journaal,
        dossiers: Dossiermap,
        *,
        inrichting: Inrichting,
        klok: Callable[[], datetime],
    ) -> None:
        self.meldingen: list[str] = []
        self._map = map
        self._stil = False
        self._journaal = journaal
        self._dossiers = dossiers
        self._inrichting = inrichting
        self._klok = klok
        self._database: Database | None = None

    def start(self, *, herbouw: bool) -> Database:
        """Bring journal and database together again: cut an unconfirmed tail, replay, or rebuild."""
        for pad in (self._journaal.map, self._dossiers.map):
            pad.mkdir(exist_ok=True)
        # Without its key nothing of a sealed register is written: until that is back, what is made of it is in memory.
        self._stil = self._dossiers.sleutels is not None and self._dossiers.sleutels.verloren
        kop, waarom = self._open_database()
        # What did not fit in memory when the program was stopped: it can be personal data, and nobody erases it there.
        shutil.rmtree(self._map / f"{DATABASE}.tmp", ignore_errors=True)
        try:
            if kop is not None and not self._journaal.has(kop):
                heel = self._journaal.verify()
                if heel.kop.nr < kop.nr:
                    raise RegisterBeschadigd(
                        f"Het journaal in {self._journaal.map} is ingekort: het heeft {feiten(heel.kop.nr)}, terwijl "
                        f"de database er {kop.nr} kent. Zet de map journaal terug uit de laatste reservekopie en start "
                        "opnieuw. Er is niets gewijzigd."
                    )
                kop, waarom = None, f"feit {kop.nr} heeft er een ander zegel dan in het journaal"
            keuring = self._journaal.verify(kop)
        except JournaalBeschadigd as fout:
            raise RegisterBeschadigd(f"{fout} Er is niets gewijzigd.") from fout
        if keuring.zonder_regeleinde:
            self._journaal.end_line(keuring.kop)
        if keuring.staart is not None:
            opzij = self._journaal.cut(keuring.staart, self._klok())
            self.meldingen.append(
                f"Het journaal eindigde na feit {keuring.kop.nr} met een vastlegging die niet was voltooid en dus "
                f"nooit is bevestigd. Dat stuk is afgeknipt en bewaard als {opzij.name}."
            )
        if self._dossiers.clear_unconfirmed(keuring.kop.nr):
            self.meldingen.append(
                f"Na feit {keuring.kop.nr} stonden er teksten in de dossiers van een vastlegging die niet was voltooid "
                "en dus nooit is bevestigd. Zij zijn verwijderd."
            )
        if kop is not None and herbouw:
            kop, waarom = None, "op verzoek"
        if kop is None:
            kop = self._replace_database(waarom, bool(keuring.kop.nr))
        try:
            return self._catch_up(kop, keuring.kop)
        except duckdb.Error as fout:
            if kop.nr == 0:  # it was empty: the fault is not in what it held
                raise
            return self._catch_up(self._replace_database(str(fout).splitlines()[0], True), keuring.kop)

    def reopen(self, database: Database, tot: Kop) -> Database:
        """Open the database anew in a running register and replay up to a head; it is not set aside or rebuilt.

        On a full disk a rebuild would leave an empty register to look at.
        """
        database.close()
        kop, waarom = self._open_database()
        if kop is None:
            self.close()
            raise DatabaseBeschadigd(waarom)
        return self._catch_up(kop, tot)

    def readable(self) -> Database | None:
        """After a reopening that failed: the database as it was before, when it can at least be read."""
        try:
            if self._database is not None and self._database.kop.nr:
                self._database.con.execute("SELECT count(*) FROM stand").fetchall()
                klaar, self._database = self._database, None
                return klaar
        except duckdb.Error:
            self.close()
        return None

    def close(self) -> None:
        """Let go of a database that was opened but not handed over."""
        if self._database is not None:
            self._database.close()
            self._database = None

    def _catch_up(self, vanaf: Kop, tot: Kop) -> Database:
        """Furnish the database, put into it what the journal has and it has not, and hand it over."""
        assert self._database is not None
        self._inrichting.load(self._database, self._journaal, vanaf, tot)
        self._inrichting.furnish(self._database)
        if vanaf.nr < tot.nr:
            regels = (regel.decode("utf-8") for regel in self._journaal.regels(vanaf, tot))
            self._database.append(regels, functools.partial(self._texts_from_dossiers, vanaf.nr), tot)
        klaar, self._database = self._database, None
        return klaar

    @property
    def _pad(self) -> Path:
        return Path(":memory:") if self._stil else self._map / DATABASE

    def _open_database(self) -> tuple[Kop | None, str]:
        """Open the database as it is; without a head, and with the reason, when it has to be rebuilt."""
        pad = self._pad
        if not pad.exists():
            return None, "het bestand ontbrak" if pad.with_name(f"{pad.name}.wal").exists() else ""
        try:
            self._database = Database(pad, self._dossiers.sleutels)
            self._database.migrate()
            if not self._database.teksten.fits():
                return None, self._throw_away()
            self._database.teksten.settle()
            self._database.check()
            self._database.teksten.load()
            return self._database.kop, ""
        except DatabaseNieuwer as fout:
            raise RegisterNieuwer(str(fout)) from fout
        except (DatabaseBeschadigd, duckdb.Error) as fout:
            if "Could not set lock" in str(fout):
                raise RegisterBezet(
                    f"De database {pad} is geopend door een ander programma, bijvoorbeeld DuckDB zelf. Sluit dat eerst."
                ) from fout
            return None, str(fout).splitlines()[0]

    def _throw_away(self) -> str:
        """Remove a database with readable texts in it that is left of before sealing; tell why there is none."""
        assert self._database is not None
        if self._dossiers.sleutels is None:
            raise RegisterFout(
                f"De teksten in {self._map} zijn versleuteld, maar {VERSLEUTELING} ontbreekt in die map. Zet dat "
                "bestand terug uit een reservekopie en start opnieuw. Er is niets gewijzigd."
            )
        self._database.close()
        for pad in (self._pad, self._pad.with_name(f"{DATABASE}.wal")):
            pad.unlink(missing_ok=True)
        return "in de vorige stonden de teksten anders bewaard"

    def _replace_database(self, waarom: str, had_facts: bool) -> Kop:
        """Set the database aside, if there is one, and start an empty one that the journal is replayed into."""
        if self._database is not None:
            self._database.close()
        pad = self._pad
        opzij = None if self._stil else _set_aside(pad, self._klok())
        if opzij is not None or (had_facts and not self._stil):
            bewaard = f" De oude is bewaard als {opzij.name}." if opzij else ""
            self.meldingen.append(
                f"De database is opnieuw opgebouwd uit het journaal en de dossiers ({waarom or 'zij ontbrak'})."
                f"{bewaard} Geen bevestigd feit is verloren."
            )
        self._database = Database(pad, self._dossiers.sleutels)
        self._database.migrate()
        self._database.teksten.settle()
        return Kop()

    def _texts_from_dossiers(self, na: int) -> Iterator[list[Tekstrij]]:
        """The texts of the facts after a number, as far as the dossiers have them and they match the journal."""
        assert self._database is not None
        verwacht = self._database.con.execute(
            "SELECT klachtnummer, nr, soort, teksten FROM gebeurtenis "
            "WHERE nr > ? AND (teksten <> '{}' OR soort IN (SELECT unnest(?))) ORDER BY nr",
            [na, sorted(WISSEND)],
        ).fetchall()
        by_number: dict[str, list[tuple[int, str, str]]] = {}
        for klachtnummer, nr, soort, teksten in verwacht:
            if soort in WISSEND:
                by_number.pop(klachtnummer, None)
            by_number.setdefault(klachtnummer, []).extend((nr, *paar) for paar in json.loads(teksten).items())
        rijen: list[Tekstrij] = []
        dicht = 0
        for klachtnummer, commitments in by_number.items():
            gevonden = self._dossiers.matching(klachtnummer, commitments)
            rijen.extend((nr, klachtnummer, veld, tekst) for (nr, veld), tekst in gevonden.items())
            if len(rijen) > BLOK:
                yield rijen
                rijen = []
            if len(gevonden) < len(commitments) and any(self._dossiers.closed(klachtnummer)):
                dicht += 1
            elif len(gevonden) < len(commitments):
                self.meldingen.append(
                    f"In het dossier van {klachtnummer} ontbreken {len(commitments) - len(gevonden)} teksten, of zij "
                    "zijn veranderd. Zet de map dossiers terug uit een reservekopie en draai: "
                    "python -m klachten herbouw"
                )
        if dicht and not self._stil:
            wat = "dossier" if dicht == 1 else "dossiers"
            self.meldingen.append(
                f"Van {dicht} {wat} blijven teksten dicht: de sleutel waarmee zij zijn versleuteld, ontbreekt. Staat "
                "zij nog ergens, zet haar dan terug in het bestand met sleutels en draai: python -m klachten herbouw"
            )
        yield rijen


def _set_aside(pad: Path, nu: datetime) -> Path | None:
    """Rename a database that cannot be used, with its .wal; the new name of the file, or of the .wal when alone."""
    doel = aside(pad, "beschadigd", nu)
    wal, doel_wal = pad.with_name(f"{pad.name}.wal"), doel.with_name(f"{doel.name}.wal")
    had_wal = wal.exists()
    if had_wal:
        wal.rename(doel_wal)
    if pad.exists():
        return pad.rename(doel)
    return doel_wal if had_wal else None
