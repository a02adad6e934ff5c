"""Opening the register after whatever happened: journal and database brought together again.

A tail that was never confirmed is cut off, facts the database lacks are replayed, a database that cannot be used is set
aside and rebuilt. A journal that lost or changed confirmed facts is never repaired here: the register can be read and
not written in, until a person puts the journal back, or says why to go on without.
"""

from __future__ import annotations

import functools
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import duckdb

from klachten.datamap import DATABASE, VERSLEUTELING
from klachten.register import geschiedenis, wissen, zegelstand
from klachten.register.aanvaarding import Aanvaarding
from klachten.register.database import Database, DatabaseBeschadigd, DatabaseNieuwer
from klachten.register.dossiermap import Dossiermap
from klachten.register.fouten import RegisterBeschadigd, RegisterBezet, RegisterFout, RegisterNieuwer
from klachten.register.gemis import Gemis
from klachten.register.geschiedenis import Vergelijking
from klachten.register.inrichting import Inrichting
from klachten.register.journaal import Journaal, Kop, aside
from klachten.register.resten import ANDERS, Resten, Verlies
from klachten.schijf import make_map

NIET_VASTLEGGEN = "Er kan nu niets worden vastgelegd; lezen kan wel."


class Herstel:
    """Opens the database of a register; what it had to do stands in `meldingen`, why nobody may write in it apart."""

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
        self.alleen_lezen = ""
        self._map = map
        self._stil = False
        self._journaal = journaal
        self._dossiers = dossiers
        self._inrichting = inrichting
        self._klok = klok
        self._database: Database | None = None
        self._gemis = Gemis()
        self._vervangen: tuple[int, str] | None = None

    def start(self, *, herbouw: bool, ondanks: str = "") -> Database:
        """Bring journal and database together again: cut an unconfirmed tail, replay, or rebuild.

        What is not so simple is left as it is, and can be read; with `ondanks`, the reason, a rebuild goes on without
        what was lost. RegisterBeschadigd when there is nothing to read, or a rebuild would lose more.
        """
        for pad in (self._journaal.map, self._dossiers.map):
            make_map(pad)
        # Without its key nothing of a sealed register is written: until that is back, what is made of it is in memory.
        self._stil = self._dossiers.sleutels is not None and self._dossiers.sleutels.verloren
        kop, waarom = self._open_database()
        # What did not fit in memory when the program was stopped: it can be personal data, and nobody erases it there.
        shutil.rmtree(self._map / f"{DATABASE}.tmp", ignore_errors=True)
        resten = Resten(self._map, self._dossiers)
        con = self._database.con if kop is not None and self._database is not None else None
        alles = herbouw or kop is None or kop.nr <= geschiedenis.AT_ONCE
        gezien = geschiedenis.compare(self._journaal, con, kop or Kop(), resten.zegel, whole=alles)
        if gezien.onjuist and kop is not None:
            kop, waarom = None, f"feit {kop.nr} heeft er een ander zegel dan in het journaal"
        verlies = self._look(resten, kop, gezien, grondig=herbouw or kop is None or resten.few())
        bezwaar = gezien.bezwaar or (verlies.zin() if verlies.minstens else "")
        if bezwaar and herbouw and not ondanks:
            raise RegisterBeschadigd(f"{bezwaar} {_advice(gezien, verlies)} Er is niets gewijzigd.")
        if bezwaar and not herbouw:
            database = self._to_read(kop, waarom, gezien, verlies, bezwaar)
            zegelstand.saw(self._map, gezien.keuring.kop, verlies.hoogste, self._klok())
            return database
        if bezwaar:
            if gezien.keuring.zonder_regeleinde:
                self._journaal.end_line(gezien.keuring.kop)
            tot, bekend = verlies.hoogste, {}
            if kop is not None and self._database is not None:
                tot, bekend = max(tot, kop.nr), zegelstand.counters(self._database.con)
            zonder = Aanvaarding(self._journaal, self._dossiers, resten, gezien.keuring.kop, self._klok())
            self.meldingen.append(zonder.go_on(tot, bekend, bezwaar, ondanks))
            kop, waarom, verlies = None, "zonder wat is verloren", Verlies(gezien.keuring.kop.nr)
        else:
            self._tidy(gezien, kop, verlies)
            if kop is not None and herbouw:
                kop, waarom = None, "op verzoek"
        database = self._renewed(kop, waarom, gezien.keuring.kop, None if bezwaar else verlies)
        if not self._stil:
            zegelstand.keep(self._map, database.kop, zegelstand.counters(database.con), self._klok())
        return database

    def _look(self, resten: Resten, kop: Kop | None, gezien: Vergelijking, *, grondig: bool) -> Verlies:
        """Ask everything that is left how far the journal went."""
        einde, tellers = gezien.keuring.kop, None
        if grondig:
            bij = kop is not None and self._database is not None and kop == einde
            tellers = zegelstand.counters(self._database.con) if bij else geschiedenis.counters(self._journaal, einde)
        tot = self._journaal.given_out(einde)
        return resten.look(einde.nr, tot, kop, grondig=grondig, tellers=tellers)

    def _tidy(self, gezien: Vergelijking, kop: Kop | None, verlies: Verlies) -> None:
        """Take away what was never confirmed, from the end of the journal and from the dossiers."""
        if self._stil:
            return
        keuring = gezien.keuring
        if keuring.zonder_regeleinde:
            self._journaal.end_line(keuring.kop)
        if keuring.staart is not None:
            nooit = verlies.zeker or self._dossiers.unsettled()[0] > keuring.kop.nr
            wat = (
                "met een vastlegging die niet was voltooid en dus nooit is bevestigd"
                if nooit
                else "met een vastlegging die niet heel is; of zij ooit is bevestigd, is niet te zeggen"
            )
            weg = self._journaal.cut(keuring.staart, self._klok())
            self.meldingen.append(
                f"Het journaal eindigde na feit {keuring.kop.nr} {wat}. Dat stuk is afgeknipt en bewaard als "
                f"{weg.name}."
            )
        if self._dossiers.clear_unconfirmed(keuring.kop.nr):
            self.meldingen.append(
                f"Na feit {keuring.kop.nr} stonden er teksten in de dossiers van een vastlegging die niet was voltooid "
                "en dus nooit is bevestigd. Zij zijn verwijderd."
            )

    def _renewed(self, kop: Kop | None, waarom: str, einde: Kop, verlies: Verlies | None) -> Database:
        """Hand over the database up to the end of the journal, made again when there is none that can be used."""
        if kop is None:
            kop = self._replace_database(waarom, bool(einde.nr))
        try:
            database = self._catch_up(kop, einde)
        except duckdb.Error as fout:
            if kop.nr == 0:  # it was empty: the fault is not in what it held
                raise
            database = self._catch_up(self._replace_database(str(fout).splitlines()[0], True), einde)
        if self._vervangen is not None:
            plek, zin = self._vervangen
            self.meldingen.insert(plek, f"{zin} {self._about_loss(verlies)}".strip())
        return database

    def _about_loss(self, verlies: Verlies | None) -> str:
        if verlies is None or self.alleen_lezen:
            return ""  # that was said already
        if self._gemis.sentences():
            return "De feiten zijn er, maar er zijn teksten of documenten weg: zie hierna."
        return verlies.zin()

    # --- what a person has to look at --------------------------------------------------------------------------------

    def _to_read(self, kop: Kop | None, waarom: str, gezien: Vergelijking, verlies: Verlies, bezwaar: str) -> Database:
        """Hand over what can be read, changing nothing of the journal and the dossiers."""
        einde, raad = gezien.keuring.kop, _advice(gezien, verlies)
        if kop is None and (gezien.breuk or not einde.nr):
            raise RegisterBeschadigd(f"{bezwaar} {raad} Er is niets gewijzigd.")
        bewaard = f"{geschiedenis.BEWAARD} " if kop is not None else ""
        self.alleen_lezen = f"{NIET_VASTLEGGEN} {bezwaar} {bewaard}{raad}"
        self.meldingen.append(self.alleen_lezen)
        if kop is None:
            return self._renewed(None, waarom, einde, verlies)
        verder = not gezien.bezwaar and einde.nr > kop.nr
        return self._catch_up(kop, einde if verder else kop)

    # --- the database ------------------------------------------------------------------------------------------------

    def rehearse(self) -> Database:
        """Make a database in the folder of this object of all that is in journal and dossiers, which stay as they are.

        What hangs unconfirmed behind the journal is left there, and not taken along.
        """
        keuring = self._journaal.verify()
        self._database = self._new(self._map / DATABASE)
        self._database.migrate()
        return self._catch_up(Kop(), keuring.kop)

    def make_beside(self, pad: Path, tot: Kop) -> None:
        """Make the database of the journal up to a head in another file, of what the dossiers have now; and close it.

        The one that is in use stays as it is.
        """
        for rest in (pad, pad.with_name(f"{pad.name}.wal")):
            rest.unlink(missing_ok=True)
        try:
            self._database = self._new(pad)
            self._database.migrate()
            nieuw = self._catch_up(Kop(), tot)
            wissen.note_clean(nieuw)
            nieuw.close()
        finally:
            self.close()

    def reopen(self, database: Database | None, tot: Kop) -> Database:
        """Open the database anew in a running register and replay up to a head; it is not set aside or rebuilt.

        On a full disk a rebuild would leave an empty register to look at.
        """
        if database is not None:
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
        self._gemis = Gemis()
        self._inrichting.load(self._database, self._journaal, vanaf, tot)
        self._inrichting.furnish(self._database)
        if vanaf.nr < tot.nr:
            regels = (regel.decode("utf-8") for regel in self._journaal.regels(vanaf, tot))
            con = self._database.con
            self._database.append(regels, functools.partial(self._gemis.read, con, self._dossiers, vanaf.nr), tot)
            self._gemis.documents(con, self._dossiers, vanaf.nr)
            self.meldingen += [zin for zin in self._gemis.sentences() if zin not in self.meldingen]
            if not self._stil:
                self.meldingen += self._gemis.closed()
        klaar, self._database = self._database, None
        return klaar

    @property
    def _pad(self) -> Path:
        return Path(":memory:") if self._stil else self._map / DATABASE

    def _new(self, pad: Path) -> Database:
        return Database(pad, self._journaal.aanvaard, self._dossiers.sleutels)

    def _open_database(self) -> tuple[Kop | None, str]:
        """Open the database as it is; without a head, and with the reason, when it has to be rebuilt."""
        pad = self._pad
        if not pad.exists():
            return None, "het bestand ontbrak" if pad.with_name(f"{pad.name}.wal").exists() else ""
        try:
            self._database = self._new(pad)
            self._database.migrate()
            if not self._database.teksten.fits():
                return None, self._throw_away()
            self._database.check()
            return self._database.kop, ""
        except DatabaseNieuwer as fout:
            raise RegisterNieuwer(str(fout)) from fout
        except (DatabaseBeschadigd, duckdb.Error) as fout:
            if "Could not set lock" in str(fout):
                raise RegisterBezet.elsewhere(pad) from fout
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
        weg = None if self._stil else _set_aside(self._pad, self._klok())
        if weg is not None or (had_facts and not self._stil):
            bewaard = f" De oude is bewaard als {weg.name}." if weg else ""
            hoe = f"uit het journaal en de dossiers ({waarom or 'zij ontbrak'})"
            zin = f"De database is opnieuw opgebouwd {hoe}.{bewaard}"
            self._vervangen = (len(self.meldingen), zin)
        self._database = self._new(self._pad)
        self._database.migrate()
        return Kop()


def _advice(gezien: Vergelijking, verlies: Verlies) -> str:
    """What to do about a journal that lost or changed facts."""
    return ANDERS if gezien.bezwaar else verlies.advies()


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
