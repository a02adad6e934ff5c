"""Checking the register: chain, database against journal against dossiers, derived tables, numbers; and rebuilding it.

`controleer` changes nothing and also works on a register that does not start any more: it says what it can.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

import duckdb
import filelock

from klachten.datamap import DATABASE
from klachten.register.afleiding import derived_tables, macro_name
from klachten.register.database import Connection
from klachten.register.dossiercontrole import HERBOUW, Belofte, Bevinding, check_dossiers, check_words, some
from klachten.register.dossiermap import Dossiermap
from klachten.register.feitrij import BLOK, KOLOMMEN, ROWS
from klachten.register.fouten import RegisterBezet
from klachten.register.journaal import Journaal, JournaalBeschadigd, Kop
from klachten.register.register import LOCK, Register
from klachten.register.teksten import is_sealed, read_sealed
from klachten.taal import feiten
from klachten.versleuteling import Sleutels, VersleutelingFout, load_keys

__all__ = ["Bevinding", "controleer", "herbouw"]

TRIGGERS = {"geen_wijziging", "geen_verwijdering"}


def controleer(bron: Path | Register, *, zegel: str = "") -> list[Bevinding]:
    """Check the register in a folder, or one that is open; with `zegel` also tell where that zegel stands."""
    if isinstance(bron, Register):
        with bron.cursor() as con:
            return _Controle(bron.map, con, bron.dossiers.sleutels, live=True).run(zegel)
    try:
        sleutels = load_keys(bron)
    except VersleutelingFout as fout:
        return [Bevinding("fout", str(fout))]
    with _alone(bron), _read_only(bron / DATABASE, sleutels) as (con, waarom):
        return _Controle(bron, con, sleutels, waarom=waarom).run(zegel)


def herbouw(map: Path, *, reglementen: Mapping[str, Any], kalender_dagen: Iterable[Any]) -> list[str]:
    """Set the database aside and make it again from journal and dossiers; returns what happened."""
    with Register.open(map, reglementen=reglementen, kalender_dagen=kalender_dagen, herbouw=True) as register:
        return list(register.meldingen)


@contextlib.contextmanager
def _alone(map: Path) -> Iterator[None]:
    if not map.is_dir():
        yield
        return
    lock = filelock.FileLock(map / LOCK, timeout=0, thread_local=False)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise RegisterBezet.of(map) from None
    try:
        yield
    finally:
        lock.release()


@contextlib.contextmanager
def _read_only(pad: Path, sleutels: Sleutels | None) -> Iterator[tuple[Connection | None, str]]:
    if not pad.exists():
        yield None, "zij ontbreekt"
        return
    try:
        con = duckdb.connect(str(pad), read_only=True)
        if sleutels is not None and is_sealed(con):
            con.close()
            con = read_sealed(pad, sleutels)
    except duckdb.Error as fout:
        yield None, str(fout).splitlines()[0]
        return
    with contextlib.closing(con):
        yield con, ""


class _Controle:
    def __init__(
        self, map: Path, con: Connection | None, sleutels: Sleutels | None, *, waarom: str = "", live: bool = False
    ) -> None:
        self._map = map
        self._journaal = Journaal(map / "journaal")
        self._dossiers = Dossiermap(map / "dossiers", sleutels)
        self._con = con
        self._waarom = waarom
        self._live = live
        self._kop = Kop()
        self._bevindingen: list[Bevinding] = []

    def run(self, zegel: str) -> list[Bevinding]:
        """Do every check that is possible."""
        stand = self._head_of_database()
        self._check_chain(stand)
        inhoud = self._compare_journal(stand, zegel.strip().lower())
        self._check_numbers(inhoud)
        check_dossiers(self._bevindingen, self._dossiers, inhoud, self._kop.nr, self._texts_of_database())
        if self._con is not None:
            self._guarded(self._check_derived)
            self._guarded(self._check_rules)
            self._guarded(self._check_words)
        return self._bevindingen

    def _say(self, ernst: Literal["fout", "let op", "goed"], zin: str) -> None:
        self._bevindingen.append(Bevinding(ernst, zin))

    def _guarded(self, check: Any) -> None:
        """Run a check of the database; what DuckDB cannot read is a finding, not the end."""
        try:
            check()
        except duckdb.Error as fout:
            self._say("fout", f"De database is niet te lezen: {str(fout).splitlines()[0]}. {HERBOUW}")

    # --- journal -----------------------------------------------------------------------------------------------------

    def _head_of_database(self) -> Kop | None:
        """The head in the database; from here on every read sees this moment."""
        if self._con is None:
            self._say("fout", f"De database is niet te openen: {self._waarom}. {HERBOUW}")
            return None
        try:
            self._con.begin()
            rijen = self._con.execute("SELECT nr, zegel, bestand, begin, einde FROM stand").fetchall()
            return Kop(*rijen[0])
        except (duckdb.Error, IndexError) as fout:
            self._say("fout", f"De database is niet te lezen: {str(fout).splitlines()[0]}. {HERBOUW}")
            self._con = None
            return None

    def _check_chain(self, stand: Kop | None) -> None:
        """Every zegel, every vorig, and the head against the database's."""
        try:
            keuring = self._journaal.verify(tot=stand if self._live else None)
        except JournaalBeschadigd as fout:
            self._kop = fout.kop
            self._say("fout", str(fout))
            return
        self._kop = keuring.kop
        self._say(
            "goed",
            f"De keten van het journaal is heel: {feiten(self._kop.nr)}, zegel {self._kop.zegel}.",
        )
        if keuring.staart is not None:
            self._say(
                "let op",
                f"Achter feit {self._kop.nr} staat in {keuring.staart.bestand.name} een vastlegging die niet is "
                "voltooid; zij is nooit bevestigd en wordt bij de volgende start afgeknipt.",
            )
        if stand is None or (stand.nr, stand.zegel) == (self._kop.nr, self._kop.zegel):
            return
        if stand.nr > self._kop.nr:
            self._say(
                "fout",
                f"Het journaal is ingekort: het heeft {feiten(self._kop.nr)}, de database {stand.nr}. Zet de map "
                "journaal terug uit de laatste reservekopie.",
            )
        elif self._journaal.has(stand):
            self._say(
                "let op",
                f"De database loopt {self._kop.nr - stand.nr} feiten achter op het journaal; zij wordt bij de volgende "
                "start bijgewerkt.",
            )
        else:
            self._say("fout", f"Feit {stand.nr} heeft in de database een ander zegel dan in het journaal. {HERBOUW}")

    def _compare_journal(self, stand: Kop | None, zegel: str) -> Belofte:
        """Every fact of the journal against its row, and what the journal promises of dossiers and numbers."""
        inhoud, afwijkend, blok = Belofte(zegel), list[int](), list[str]()
        with contextlib.closing(duckdb.connect(":memory:")) as los:
            con = self._con or los

            def compare() -> None:
                regels = {"regels": blok}
                beloofd = f"SELECT nr, klachtnummer, soort, gegevens, teksten, zegel FROM ({ROWS})"
                for rij in con.execute(beloofd, regels).fetchall():
                    inhoud.note(*rij)
                if self._con is not None and stand is not None:
                    nrs = con.execute(
                        f"SELECT regel.nr FROM ({ROWS}) AS regel LEFT JOIN gebeurtenis AS g ON g.nr = regel.nr "
                        f"WHERE regel.nr <= $kop AND (g.nr IS NULL OR NOT ({_GELIJK})) ORDER BY regel.nr",
                        {"regels": blok, "kop": stand.nr},
                    ).fetchall()
                    afwijkend.extend(nr for (nr,) in nrs)
                blok.clear()

            try:
                for regel in self._journaal.regels(Kop(), self._kop):
                    blok.append(regel.decode("utf-8"))
                    if len(blok) == BLOK:
                        compare()
                if blok:
                    compare()
                if self._con is not None and stand is not None:
                    self._compare_count(stand, afwijkend)
            except duckdb.Error as fout:
                self._say("fout", f"De database is niet te lezen: {str(fout).splitlines()[0]}. {HERBOUW}")
        if zegel:
            self._say_zegel(inhoud, zegel)
        return inhoud

    def _compare_count(self, stand: Kop, afwijkend: list[int]) -> None:
        assert self._con is not None
        aantal, hoogste = self._con.execute("SELECT count(*), coalesce(max(nr), 0) FROM gebeurtenis").fetchall()[0]
        if (aantal, hoogste) != (stand.nr, stand.nr):
            self._say(
                "fout",
                f"De database heeft {feiten(aantal)} (hoogste {hoogste}), haar stand is {stand.nr}. {HERBOUW}",
            )
        if afwijkend:
            self._say(
                "fout",
                f"In de database anders dan in het journaal: {some(afwijkend, 'feit', 'feiten')}. {HERBOUW}",
            )
        elif stand.nr <= self._kop.nr and aantal == stand.nr:
            self._say("goed", f"De database heeft dezelfde {feiten(stand.nr)} als het journaal.")

    def _say_zegel(self, inhoud: Belofte, zegel: str) -> None:
        if not re.fullmatch(r"[0-9a-f]{8,64}", zegel):
            self._say("fout", f"'{zegel}' is geen zegel: geef de eerste 8 of meer tekens (0-9, a-f).")
        elif inhoud.zegel_bij:
            nr, heel = inhoud.zegel_bij[0]
            self._say(
                "goed", f"Zegel {heel} staat bij feit {nr}; sindsdien zijn er {self._kop.nr - nr} feiten bijgekomen."
            )
        else:
            self._say(
                "fout",
                f"Zegel {zegel} komt in het journaal niet voor: het stuk waar het op staat hoort niet bij dit "
                "register, of er is na die tijd iets weggehaald of veranderd.",
            )

    def _check_numbers(self, inhoud: Belofte) -> None:
        """Numbers per reeks and year without gaps, and the counters at the last one."""
        tellers: dict[tuple[str, int], int] | None = None
        if self._con is not None:
            with contextlib.suppress(duckdb.Error):
                rijen = self._con.execute("SELECT reeks, jaar, laatste FROM teller WHERE laatste > 0").fetchall()
                tellers = {(reeks, jaar): laatste for reeks, jaar, laatste in rijen}
        heel = True
        for (reeks, jaar), nummers in sorted(inhoud.nummers.items()):
            gemist = sorted(set(range(1, max(nummers) + 1)) - nummers)
            if gemist:
                heel = False
                namen = [f"{reeks}{jaar}-{nr:04d}" for nr in gemist]
                self._say("fout", f"Wat in de nummering ontbreekt: {some(namen, 'nummer', 'nummers')}.")
        if tellers is not None and tellers != {sleutel: max(nummers) for sleutel, nummers in inhoud.nummers.items()}:
            heel = False
            self._say("fout", f"De tellers van de nummers kloppen niet met de feiten. {HERBOUW}")
        if heel:
            aantal = sum(len(nummers) for nummers in inhoud.nummers.values())
            self._say("goed", f"De nummering is zonder gaten: {aantal} nummers.")

    def _texts_of_database(self) -> dict[tuple[int, str], str] | None:
        """The hash of each text in the database by (nr, veld); None when it cannot be read."""
        if self._con is None:
            return None
        try:
            rijen = self._con.execute("SELECT nr, veld, sha256(tekst) FROM tekst").fetchall()
        except duckdb.Error as fout:
            self._say("fout", f"De teksten in de database zijn niet te lezen: {str(fout).splitlines()[0]}. {HERBOUW}")
            return None
        return {(nr, veld): sha256 for nr, veld, sha256 in rijen}

    # --- database ----------------------------------------------------------------------------------------------------

    def _check_derived(self) -> None:
        """What is stored per klacht, maatregel ... is what the facts give."""
        assert self._con is not None
        goed = True
        tabellen = {naam for (naam,) in self._con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
        if gemist := derived_tables() - tabellen:
            goed = False
            self._say("fout", f"De database mist {some(sorted(gemist), 'tabel', 'tabellen')}. {HERBOUW}")
        for tabel in sorted(derived_tables() & tabellen):
            macro = macro_name(tabel)
            kolommen = ", ".join(
                naam for naam, *_ in self._con.execute(f"SELECT * FROM {tabel} LIMIT 0").description or ()
            )
            opgeslagen = f"SELECT {kolommen} FROM {tabel}"
            opnieuw = f"SELECT {kolommen} FROM {macro}(CAST(NULL AS VARCHAR), CAST(NULL AS BIGINT))"
            verschil = self._con.execute(
                f"SELECT DISTINCT klachtnummer FROM (({opgeslagen} EXCEPT ALL {opnieuw}) "
                f"UNION ALL ({opnieuw} EXCEPT ALL {opgeslagen})) ORDER BY klachtnummer"
            ).fetchall()
            if verschil:
                goed = False
                namen = [nummer for (nummer,) in verschil]
                self._say(
                    "fout", f"Tabel {tabel} klopt niet met de feiten: {some(namen, 'nummer', 'nummers')}. {HERBOUW}"
                )
        if goed:
            self._say("goed", "De afgeleide tabellen zijn gelijk aan wat de feiten opleveren.")

    def _check_rules(self) -> None:
        """The triggers that refuse change are there, and nothing set off the alarm."""
        assert self._con is not None
        triggers = {naam for (naam,) in self._con.execute("SELECT trigger_name FROM duckdb_triggers()").fetchall()}
        if gemist := TRIGGERS - triggers:
            self._say("fout", f"De bewaking tegen wijzigen is weggehaald ({', '.join(sorted(gemist))}). {HERBOUW}")
        for wanneer, wat in self._con.execute("SELECT wanneer, wat FROM alarm").fetchall():
            self._say("fout", f"Alarm van {wanneer:%d-%m-%Y %H:%M}: {wat}")

    def _check_words(self) -> None:
        assert self._con is not None
        check_words(self._bevindingen, self._con)


_GELIJK = " AND ".join(f"g.{naam} IS NOT DISTINCT FROM regel.{naam}" for naam in KOLOMMEN)
