"""The DuckDB file: opened, migrated, checked, set aside when damaged, and filled from lines of the journal.

Everything in it can be made again from the journal and the dossiers. One statement turns journal lines into rows, for
one fact and for a million; one macro per derived table refreshes one klachtnummer and rebuilds them all.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from klachten.register import aanvaard, indexen, keuzes, zuinig
from klachten.register.afleiding import Afleiding, Dossier, current_derivation, digest, source
from klachten.register.feitrij import in_blocks, insert_facts, number_in
from klachten.register.fouten import RegisterNieuwer
from klachten.register.journaal import Kop
from klachten.register.migraties import SCHEMA, migrations
from klachten.register.nummers import highest, parse_number
from klachten.register.teksten import NIET_OP_SCHIJF, Dichteteksten, Teksten, Tekstrij, insert, tables
from klachten.register.vaste_rijen import aim_rows, day_rows, keep_rows, term_rows
from klachten.register.zoekwoorden import definitie
from klachten.versleuteling import Sleutels

_WEINIG = 25
"""Up to this many dossiers in one group it pays to fold them one by one."""

_AFGELEID = "afgeleid"
"""Under this name stands what the derived rows were made with."""

_LOS = frozenset({"zoekwoorden", "streeftermijn", "keuzes", "bewaartermijn"})
"""Nothing is derived from these."""

_WALK_AT_ONCE = 100_000
"""Up to so many facts the indexes are walked at opening: 0.1 s."""


class DatabaseBeschadigd(Exception):
    """The file does not open or contradicts itself: set it aside and rebuild. The text says what was seen."""


class DatabaseNieuwer(Exception):
    """The file was made by a newer version of klachten."""


Connection = duckdb.DuckDBPyConnection


class Database:
    """One open DuckDB file; with keys its texts are sealed."""

    def __init__(self, pad: Path, verloren: Sequence[aanvaard.Aanvaard] = (), sleutels: Sleutels | None = None) -> None:
        self.pad = pad
        self.kop = Kop()
        self.verloren = verloren
        self.sleutels = sleutels
        self._ondergrens = aanvaard.last_numbers(verloren)
        self._afleiding: Afleiding | None = None
        self._tellers: dict[tuple[str, int], int] = {}
        self.uitgesteld = False
        try:
            dicht = sleutels is not None and bool(sleutels.huidig)
            config = {"storage_compatibility_version": "v2.0.0", **(NIET_OP_SCHIJF if dicht else {})}
            self.con: Connection = duckdb.connect(str(pad), config=config)
            self.con.execute("SET TimeZone = 'UTC'")
            self.teksten = Dichteteksten(self.con, sleutels) if sleutels and dicht else Teksten(self.con)
        except duckdb.Error as fout:
            raise DatabaseBeschadigd(str(fout).splitlines()[0]) from fout

    @property
    def afleiding(self) -> Afleiding:
        """The derived tables of this database; there are none before it is migrated."""
        if self._afleiding is None:
            self._afleiding = Afleiding(self.con)
        return self._afleiding

    def close(self) -> None:
        """Close the file; it is compacted on closing where that succeeds."""
        with contextlib.suppress(duckdb.Error):
            self.teksten.close()
            self.con.close()

    # --- at opening --------------------------------------------------------------------------------------------------

    def migrate(self) -> None:
        """Apply the migrations that are new, each in a transaction of its own; the texts are then as they should be.

        A file that has them otherwise stays as it is (`teksten.fits`).
        """
        self.con.execute(
            "CREATE TABLE IF NOT EXISTS migratie (nr INTEGER PRIMARY KEY, naam VARCHAR, sha256 VARCHAR, op TIMESTAMP)"
        )
        toegepast = dict(self.con.execute("SELECT nr, sha256 FROM migratie").fetchall())
        bekend = migrations()
        if toegepast and max(toegepast) > max(nr for nr, _, _ in bekend):
            raise DatabaseNieuwer(str(RegisterNieuwer.of(self.pad.parent, max(toegepast), bekend[-1][0])))
        for nr, naam, sql in bekend:
            if nr in toegepast:
                if toegepast[nr] != digest(sql):
                    raise DatabaseBeschadigd(f"schema {naam} is veranderd sinds de database is gemaakt")
                continue
            with self.transaction():
                self.con.execute(sql)
                self.con.execute(
                    "INSERT INTO migratie VALUES (?, ?, ?, current_localtimestamp())", [nr, naam, digest(sql)]
                )
        if self.teksten.fits():
            self.teksten.settle()

    def check(self) -> None:
        """Read every block once and compare the head with the rows: DatabaseBeschadigd on the first contradiction."""
        try:
            self.kop = kop = self._head()
            aantal, hoogste = self.con.execute("SELECT count(*), coalesce(max(nr), 0) FROM gebeurtenis").fetchall()[0]
            laatste = self.con.execute("SELECT zegel FROM gebeurtenis WHERE nr = ?", [kop.nr]).fetchall()
            overgeslagen = aanvaard.skipped(self.con, self.verloren, kop.nr)
            if (aantal + overgeslagen, hoogste) != (kop.nr, kop.nr) or (kop.nr and laatste != [(kop.zegel,)]):
                raise DatabaseBeschadigd(f"{aantal} feiten tot en met {hoogste}, terwijl de stand {kop.nr} is")
            tabellen = self.teksten.tabellen
            try:
                vol = indexen.filled(self.con, tabellen)
            except duckdb.CatalogException as fout:
                gemist = ", ".join(sorted(tabellen.keys() - tables(self.con)))
                raise DatabaseBeschadigd(f"tabel {gemist} ontbreekt") from fout
            indexen.read_tables(self.con, vol)
            indexen.check_keys(self.con, [tabel for tabel in vol if tabellen[tabel]])
            if kop.nr <= _WALK_AT_ONCE:
                indexen.check(self.con, vol)
            self.teksten.load()
        except duckdb.Error as fout:
            raise DatabaseBeschadigd(str(fout).splitlines()[0]) from fout

    @property
    def vanaf(self) -> Kop:
        """The head that the next facts hang on, with the number after which theirs begin."""
        return replace(self.kop, nr=aanvaard.given_out(self.verloren, self.kop.nr, self.kop.zegel))

    def _head(self) -> Kop:
        """The head of the journal as far as this database has it."""
        rijen = self.con.execute("SELECT nr, zegel, bestand, begin, einde FROM stand").fetchall()
        if len(rijen) != 1:
            raise DatabaseBeschadigd(f"de stand heeft {len(rijen)} rijen")
        return Kop(*rijen[0])

    def furnish(self, reglementen: dict[str, Any], kalender_dagen: Iterable[Any]) -> bool:
        """Make the macros, fill in reglement and calendar; derive anew what a change asks for. Tell whether any was.

        Days that say by a `kenmerk` what they follow from are not gone through when these are here already.
        """
        termijnen = [rij for reglement in reglementen.values() for rij in term_rows(reglement)]
        doelen = [rij for reglement in reglementen.values() for rij in aim_rows(reglement)]
        hernoemd = [rij for reglement in reglementen.values() for rij in reglement.hernoemde_categorieen()]
        kenmerk = getattr(kalender_dagen, "kenmerk", None)
        dagen = [] if kenmerk else day_rows(kalender_dagen)
        vaste = {"termijn": termijnen, "streeftermijn": doelen, "dag": dagen, "categorie_nu": hernoemd}
        vaste["bewaartermijn"] = [rij for reglement in reglementen.values() for rij in keep_rows(reglement)]
        # What follows is not there before `catch_up`: who opens this before that has to see so.
        nieuw = {} if self.uitgesteld else {_AFGELEID: current_derivation()}
        nieuw |= {tabel: digest(rijen) for tabel, rijen in vaste.items()}
        nieuw["zoekwoorden"], samen = definitie(), keuzes.definition(reglementen)
        nieuw["keuzes"] = digest(samen, sorted(pad.name for pad in SCHEMA.glob("*.sql")))
        if kenmerk:
            nieuw["dag"] = digest(kenmerk, source(day_rows))
        oud = dict(self.con.execute("SELECT naam, waarde FROM inrichting").fetchall())
        if oud == nieuw:
            return False
        anders = {naam for naam, waarde in nieuw.items() if oud.get(naam) != waarde}
        with self.transaction():
            for statement in samen if "keuzes" in anders else ():
                self.con.execute(statement)
            if "zoekwoorden" in anders:
                self.teksten.renew_words()
            if _AFGELEID in anders:
                self.afleiding.make_macros()
            for tabel, rijen in vaste.items():
                if tabel in anders:
                    self.con.execute(f"DELETE FROM {tabel}")
                    insert(self.con, tabel, day_rows(kalender_dagen) if tabel == "dag" and kenmerk else rijen)
            if anders - _LOS:
                self.afleiding.forget()
                # No derived table is made of terms or days: those are asked when somebody looks.
                if self.kop.nr and not self.uitgesteld and anders & {_AFGELEID, "categorie_nu"}:
                    self.afleiding.derive_all()
            self.con.execute("DELETE FROM inrichting")
            self.con.executemany("INSERT INTO inrichting VALUES (?, ?)", [list(paar) for paar in nieuw.items()])
        return True

    # --- append ------------------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing."""
        self.con.begin()
        try:
            yield
        except BaseException:
            with contextlib.suppress(duckdb.Error):
                self.con.rollback()
            raise
        self.con.commit()

    def append(
        self,
        regels: Iterable[str],
        teksten: Callable[[], Iterable[Sequence[Tekstrij]]],
        kop: Kop,
        nummers: Collection[str] | None = None,
        nieuw: Collection[str] | None = None,
        dossier: Dossier | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        """Add lines of the journal, the texts of those facts, and what follows from them, in one transaction.

        `teksten` gives the text rows in portions, once the facts themselves are in; `nummers` are the klachtnummers of
        the lines, `nieuw` the kinds of fact that change and `dossier` what a klachtnummer has, where these are known.
        """
        met = self.kop.nr
        weinig = nummers is not None and len(nummers) <= _WEINIG
        vouwt = dossier if weinig else None
        self.prepare(nieuw, vouwt=vouwt is not None)
        with self.transaction(), self.teksten.group():
            geraakt = set(nummers or ())
            for blok in in_blocks(regels):
                insert_facts(self.con, blok)
                van, met = number_in(blok[0]), number_in(blok[-1])
                if nummers is None:
                    geraakt.update(self._numbers_of(van, met))
                if progress is not None:
                    progress(len(blok))
            for rijen in teksten():
                self.teksten.add(rijen)
            if met != kop.nr:
                raise ValueError(f"het journaal gaat tot feit {kop.nr}, maar de regels tot feit {met}")
            self.settle(kop, geraakt, nieuw, vouwt)
        self.kop = kop

    def prepare(self, nieuw: Collection[str] | None, *, vouwt: bool = False) -> None:
        """Before a transaction: make ready what facts of these kinds will need (`Afleiding.prepare`)."""
        if not self.uitgesteld and (self.kop.nr or vouwt):
            self.afleiding.prepare(self.afleiding.touched(nieuw, vouwt=vouwt))

    def settle(
        self, kop: Kop, geraakt: Collection[str], nieuw: Collection[str] | None, vouwt: Dossier | None = None
    ) -> None:
        """At the end of a transaction: make what follows from the facts and texts that were put in, up to a head."""
        self.teksten.write()
        self._count(geraakt)
        eerste = not self.kop.nr and vouwt is None
        veel = eerste or (len(geraakt) > _WEINIG and kop.nr > 2 * self.kop.nr)
        if veel and not self.uitgesteld:
            self.afleiding.derive_all()  # most of what there is has changed: no use in taking it apart first
        elif not self.uitgesteld:
            self.afleiding.derive(geraakt, nieuw, dossier=vouwt)
        self.con.execute(
            "UPDATE stand SET nr = ?, zegel = ?, bestand = ?, begin = ?, einde = ?",
            [kop.nr, kop.zegel, kop.bestand, kop.begin, kop.einde],
        )

    def erase_texts(self, klachtnummer: str, voor: int) -> None:
        """Take away the texts of the facts of a dossier before a number."""
        with self.transaction():
            self.teksten.erase(klachtnummer, voor)

    def postpone(self, megabytes: int | None = None) -> None:
        """Let the groups that come in now wait for what follows from them, until `catch_up`.

        It is durably noted: a database that is opened before that derives all anew, as after a change of definitions.
        With `megabytes` DuckDB keeps no more than that in memory meanwhile, nor a second thread that needs its own; not
        of a sealed register, whose texts are all in memory.
        """
        self.con.execute("DELETE FROM inrichting WHERE naam = ?", [_AFGELEID])
        if megabytes is not None and not self.teksten.in_geheugen:
            for instelling, waarde in zuinig.settings(megabytes).items():
                self.con.execute(f"SET {instelling} = '{waarde}'")
        self.uitgesteld = True

    def catch_up(self) -> None:
        """Derive everything, for the groups since `postpone`.

        A table at a time, which takes less memory: until the last line here what was derived before holds no longer.
        """
        self.afleiding.derive_all()
        self.con.execute("INSERT INTO inrichting VALUES (?, ?)", [_AFGELEID, current_derivation()])
        self.uitgesteld = False
        for instelling in zuinig.settings(0):
            self.con.execute(f"RESET {instelling}")

    def _numbers_of(self, van: int, met: int) -> list[str]:
        rijen = self.con.execute("SELECT DISTINCT klachtnummer FROM gebeurtenis WHERE nr BETWEEN ? AND ?", [van, met])
        return [nummer for (nummer,) in rijen.fetchall()]

    def last_number(self, reeks: str, jaar: int) -> int:
        """The last volgnummer of a reeks in a year that was given out, also when its facts were lost."""
        return max(self._counted(reeks, jaar), self._ondergrens.get((reeks, jaar), 0))

    def _counted(self, reeks: str, jaar: int) -> int:
        if (reeks, jaar) not in self._tellers:
            sql = "SELECT laatste FROM teller WHERE reeks = ? AND jaar = ?"
            rijen = self.con.execute(sql, [reeks, jaar]).fetchall()
            self._tellers[reeks, jaar] = rijen[0][0] if rijen else 0
        return self._tellers[reeks, jaar]

    def _count(self, nummers: Iterable[str]) -> None:
        """Move the counters of the reeksen up to the highest number seen."""
        hoogste: dict[tuple[str, int], int] = {}
        for reeks, jaar, volgnr in map(parse_number, highest(nummers)):
            if volgnr > hoogste.get((reeks, jaar), self._counted(reeks, jaar)):
                hoogste[reeks, jaar] = volgnr
        for (reeks, jaar), volgnr in hoogste.items():
            # Not INSERT OR REPLACE, which costs three times as much.
            if self._counted(reeks, jaar):
                self.con.execute("UPDATE teller SET laatste = ? WHERE reeks = ? AND jaar = ?", [volgnr, reeks, jaar])
            else:
                self.con.execute("INSERT INTO teller VALUES (?, ?, ?)", [reeks, jaar, volgnr])
            self._tellers[reeks, jaar] = volgnr
