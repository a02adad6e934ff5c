"""Checking the register: chain, database against journal against dossiers, derived tables, numbers; and rebuilding it.

`controleer` changes nothing and also works on a register that does not start any more: it says what it can.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import duckdb

from klachten.datamap import DATABASE
from klachten.register import aanvaard, geschiedenis, halven, opzij
from klachten.register.controlebron import alone, read_only
from klachten.register.database import Connection
from klachten.register.dossiercontrole import (
    HERBOUW,
    VANZELF,
    Belofte,
    Bevinding,
    check_dossiers,
    check_words,
    some,
)  # fmt: skip
from klachten.register.dossiermap import Dossiermap
from klachten.register.feitrij import BLOK, KOLOMMEN, ROWS
from klachten.register.fouten import first_line
from klachten.register.journaal import Journaal, Kop
from klachten.register.register import Register
from klachten.register.resten import ANDERS, Resten, Verlies
from klachten.register.tabelcontrole import check_derived, check_rules
from klachten.register.versiecontrole import derived_anew, schema_differs, unknown_facts
from klachten.taal import feiten
from klachten.versleuteling import Sleutels, VersleutelingFout, load_keys

__all__ = ["Bevinding", "alone", "check_made", "controleer", "herbouw"]

NIET_HERBOUWEN = " Herbouw de database nu niet: eerst moet het journaal in orde zijn."


def controleer(bron: Path | Register, *, zegel: str = "") -> list[Bevinding]:
    """Check the register in a folder, or one that is open; with `zegel` also tell where that zegel stands."""
    if isinstance(bron, Register):
        with bron.cursor() as con:
            return _Controle(bron.map, con, bron.dossiers.sleutels, live=True).run(zegel)
    try:
        sleutels = load_keys(bron)
    except VersleutelingFout as fout:
        return [Bevinding("fout", str(fout))]
    with alone(bron) as zonder_slot, read_only(bron / DATABASE, sleutels) as (con, waarom):
        controle = _Controle(bron, con, sleutels, waarom=waarom)
        if zonder_slot:
            controle._say("let op", zonder_slot)
        return controle.run(zegel)


def check_made(map: Path, con: Connection) -> list[Bevinding]:
    """Check a database that was made to try, of the journal of a register, against that journal."""
    return _Controle(map, con, load_keys(map), live=True).run("", dossiers=False)


def herbouw(
    map: Path, *, reglementen: Mapping[str, Any], kalender_dagen: Iterable[Any], ondanks: str = ""
) -> list[str]:
    """Set the database aside and make it again from journal and dossiers; returns what happened.

    RegisterBeschadigd when the journal lost or changed facts, unless somebody says in `ondanks` why to go on with it.
    """
    toebehoren = {"reglementen": reglementen, "kalender_dagen": kalender_dagen}
    with Register.open(map, herbouw=True, ondanks=ondanks, **toebehoren) as register:
        return list(register.meldingen)


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
        self._veilig = True
        self._resten = Resten(map, self._dossiers)
        self._bevindingen: list[Bevinding] = []

    def run(self, zegel: str, *, dossiers: bool = True) -> list[Bevinding]:
        """Do every check that is possible."""
        stand = self._head_of_database()
        self._check_chain(stand)
        inhoud = self._compare_journal(stand, zegel.strip().lower())
        verlies = self._check_loss(stand, inhoud)
        self._check_numbers(inhoud)
        voor = len(self._bevindingen)
        if dossiers:
            check_dossiers(self._bevindingen, self._dossiers, inhoud, self._kop.nr, self._texts_of_database())
        if opzij.anything(self._map):
            for zin in opzij.remarks(self._map, self._dossiers.sleutels, opzij.told(self._journaal)):
                self._say("let op", zin)
        if dossiers and self._dossiers.sleutels is not None:
            for rest in halven.readable(self._map, grondig=True):
                self._say("let op", halven.ZIN.format(rest.relative_to(self._map)))
        for zin in unknown_facts(inhoud.vormen):
            self._say("fout", zin)
        heel = not any(een.ernst == "fout" for een in self._bevindingen[voor:])
        if self._veilig and heel:  # of a fact without its texts that would be said too soon
            self._say("goed", verlies.zin())
        if (con := self._con) is not None:
            if derived_anew(con):
                self._say("let op", "Wat de database uit de feiten afleidt, wordt bij de volgende start bijgewerkt.")
            else:
                self._guarded(lambda: check_derived(self._bevindingen, con))
            self._guarded(lambda: check_rules(self._bevindingen, con))
            self._guarded(lambda: check_words(self._bevindingen, con))
        if self._veilig:
            return self._bevindingen
        # Making the database again would lose what it knows, or take over what was changed.
        return [replace(een, zin=een.zin.replace(f" {HERBOUW}", NIET_HERBOUWEN)) for een in self._bevindingen]

    def _say(self, ernst: Literal["fout", "let op", "goed"], zin: str) -> None:
        self._bevindingen.append(Bevinding(ernst, zin))

    def _guarded(self, check: Any) -> None:
        """Run a check of the database; what DuckDB cannot read is a finding, not the end."""
        try:
            check()
        except duckdb.Error as fout:
            self._say("fout", f"De database is niet te lezen: {first_line(fout)}. {VANZELF}")

    # --- journal -----------------------------------------------------------------------------------------------------

    def _head_of_database(self) -> Kop | None:
        """The head in the database; from here on every read sees this moment."""
        if self._con is None:
            self._say_no_database()
            return None
        try:
            self._con.begin()
            if waarom := schema_differs(self._con):
                self._say(*waarom)
                self._con = None
                return None
            rijen = self._con.execute("SELECT nr, zegel, bestand, begin, einde FROM stand").fetchall()
            return Kop(*rijen[0])
        except (duckdb.Error, IndexError) as fout:
            self._say("fout", f"De database is niet te lezen: {first_line(fout)}. {VANZELF}")
            self._con = None
            return None

    def _say_no_database(self) -> None:
        if self._waarom:
            self._say("fout", f"De database is niet te openen: {self._waarom}. {VANZELF}")
        elif self._journaal.bestanden():
            self._say("let op", "Er is geen database; de volgende start maakt haar uit journaal en dossiers.")
        else:
            self._say("fout", f"In {self._map} staat geen register: er is geen journaal en geen database.")

    def _check_chain(self, stand: Kop | None) -> None:
        """Every zegel, every vorig, and the head against the database's and that of the seal file."""
        gezien = geschiedenis.compare(
            self._journaal, self._con, stand or Kop(), self._resten.zegel, whole=True, tot=stand if self._live else None
        )
        keuring = gezien.keuring
        self._kop = keuring.kop
        if gezien.bezwaar:
            self._veilig = False
            self._say("fout", f"{gezien.bezwaar} {ANDERS}")
        if not gezien.breuk:
            self._say("goed", f"De keten van het journaal is heel: {feiten(self._kop.nr)}, zegel {self._kop.zegel}.")
        if keuring.staart is not None:
            self._say(
                "let op",
                f"Achter feit {self._kop.nr} staat in {keuring.staart.bestand.name} een vastlegging die niet is "
                "voltooid; die wordt bij de volgende start afgeknipt, tenzij er sporen zijn dat zij is bevestigd.",
            )
        if gezien.onjuist and stand is not None:
            self._say("fout", f"Feit {stand.nr} heeft in de database een ander zegel dan in het journaal. {HERBOUW}")
        elif stand is not None and not gezien.bezwaar and stand.nr < self._kop.nr:
            self._say(
                "let op",
                f"De database loopt {self._kop.nr - stand.nr} feiten achter op het journaal; zij wordt bij de volgende "
                "start bijgewerkt.",
            )

    def _check_loss(self, stand: Kop | None, inhoud: Belofte) -> Verlies:
        """What is gone, by everything that is left; and what somebody went on without."""
        for een in self._journaal.aanvaard:
            self._say("let op", een.zin())
        tellers = {f"{reeks}{jaar:04d}": max(nummers) for (reeks, jaar), nummers in inhoud.nummers.items()}
        tot = self._journaal.given_out(self._kop)
        # What is being recorded now is in its dossier before it is in the journal.
        verlies = self._resten.look(self._kop.nr, tot, stand, grondig=not self._live, tellers=tellers)
        if verlies.minstens:
            self._veilig = False
            self._say("fout", f"{verlies.zin()} {verlies.advies()}")
        return verlies

    def _compare_journal(self, stand: Kop | None, zegel: str) -> Belofte:
        """Every fact of the journal against its row, and what the journal promises of dossiers and numbers."""
        inhoud = Belofte(zegel, tot=stand.nr if stand is not None else None)
        afwijkend, blok = list[int](), list[str]()
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
                self._say("fout", f"De database is niet te lezen: {first_line(fout)}. {VANZELF}")
        if zegel:
            self._bevindingen.append(inhoud.about_zegel(self._kop.nr))
        return inhoud

    def _compare_count(self, stand: Kop, afwijkend: list[int]) -> None:
        assert self._con is not None
        aantal, hoogste = self._con.execute("SELECT count(*), coalesce(max(nr), 0) FROM gebeurtenis").fetchall()[0]
        overgeslagen = aanvaard.skipped(self._con, self._journaal.aanvaard, stand.nr)
        if (aantal + overgeslagen, hoogste) != (stand.nr, stand.nr):
            self._say(
                "fout",
                f"De database heeft {feiten(aantal)} (hoogste {hoogste}), haar stand is {stand.nr}. {VANZELF}",
            )
        if afwijkend:
            self._say(
                "fout",
                f"In de database anders dan in het journaal: {some(afwijkend, 'feit', 'feiten')}. {HERBOUW}",
            )
        elif stand.nr <= self._kop.nr and aantal + overgeslagen == stand.nr:
            self._say("goed", f"De database heeft dezelfde {feiten(aantal)} als het journaal.")

    def _check_numbers(self, inhoud: Belofte) -> None:
        """Numbers per reeks and year without gaps, and the counters at the last one."""
        tellers: dict[tuple[str, int], int] | None = None
        if self._con is not None:
            with contextlib.suppress(duckdb.Error):
                rijen = self._con.execute("SELECT reeks, jaar, laatste FROM teller WHERE laatste > 0").fetchall()
                tellers = {(reeks, jaar): laatste for reeks, jaar, laatste in rijen}
        heel = True
        verloren = set().union(*(een.gaps() for een in self._journaal.aanvaard))
        for (reeks, jaar), nummers in sorted(inhoud.nummers.items()):
            gemist = sorted(set(range(1, max(nummers) + 1)) - nummers)
            namen = [naam for nr in gemist if (naam := f"{reeks}{jaar}-{nr:04d}") not in verloren]
            if namen:
                heel = False
                self._say("fout", f"Wat in de nummering ontbreekt: {some(namen, 'nummer', 'nummers')}.")
        if tellers is not None and tellers != inhoud.hoogste:
            heel = False
            self._say("fout", f"De tellers van de nummers kloppen niet met de feiten. {HERBOUW}")
        if heel:
            aantal = sum(len(nummers) for nummers in inhoud.nummers.values())
            weg = f", en {len(verloren)} die bij een aanvaard verlies horen" if verloren else ""
            self._say("goed", f"De nummering is zonder gaten: {aantal} nummers{weg}.")

    def _texts_of_database(self) -> dict[tuple[int, str], str] | None:
        """The hash of each text in the database by (nr, veld); None when it cannot be read."""
        if self._con is None:
            return None
        try:
            rijen = self._con.execute("SELECT nr, veld, sha256(tekst) FROM tekst").fetchall()
        except duckdb.Error as fout:
            self._say("fout", f"De teksten in de database zijn niet te lezen: {first_line(fout)}. {VANZELF}")
            return None
        return {(nr, veld): sha256 for nr, veld, sha256 in rijen}


_GELIJK = " AND ".join(f"g.{naam} IS NOT DISTINCT FROM regel.{naam}" for naam in KOLOMMEN)
