"""The derived tables: one SELECT each (schema/afgeleid), used to refresh a few klachtnummers and to rebuild them all.

A table <noun>_stand holds how something stood from day to day (columns van and tot), so that looking back is a filter.

Planning such a SELECT costs more than running it over a dozen facts. So the refresh keeps the same SELECT prepared over
small temporary tables: `nu_gebeurtenis` with only the facts of the klachtnummers at hand, `nu_feit` and `nu_maatregel`
where another SELECT asks for them. What nearly every step of a klacht touches is not even run: `standen` folds it.
"""

from __future__ import annotations

import copy
import functools
import graphlib
import hashlib
import inspect
import json
import re
from collections.abc import Callable, Collection, Sequence
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import duckdb

from klachten.gebeurtenissen import SOORTEN, TELT_NIET, Vastlegging
from klachten.register import maatregelstand, porties, standen
from klachten.register.maatregelstand import Rij, valid

MAP = Path(__file__).parent / "schema" / "afgeleid"
_ALLES = "(CAST(NULL AS VARCHAR), CAST(NULL AS BIGINT))"
_BREED = "klacht_stand"
"""The widest table, that of the klachten."""
_ELK_FEIT = {_BREED}
"""What every new fact changes, whatever its kind: here stands the date of the newest one."""

ALTIJD = "DATE '9999-12-31'"
"""The day on which what holds now ends."""

Dossier = Callable[[str], tuple[Sequence[Vastlegging], Sequence[Vastlegging]]]
"""Gives the facts of a klachtnummer as they were, and those that a group adds."""

_VEEL = 500
"""From this many klachtnummers an optimized plan earns back its time."""


@functools.cache
def definitions() -> dict[str, str]:
    """The SELECT of each derived table by macro name, in an order in which each comes after what it uses."""
    paden = sorted(MAP.glob("*.sql"))
    selects = {macro_name(pad.stem.removeprefix("_")): pad.read_text(encoding="utf-8") for pad in paden}
    uses = {macro: (_called(select) & selects.keys()) - {macro} for macro, select in selects.items()}
    return {macro: selects[macro] for macro in graphlib.TopologicalSorter(uses).static_order()}


@functools.cache
def _called(select: str) -> frozenset[str]:
    """The names that a SELECT calls; looked for once in a text, because every opening of a register asks."""
    return frozenset(re.findall(r"(\w+)\(", select))


@functools.cache
def _quoted(select: str) -> frozenset[str]:
    """The single words that a SELECT has between quotes."""
    return frozenset(re.findall(r"'([A-Za-z]+)'", select))


def origins() -> tuple[dict[str, str], list[str]]:
    """What all derived rows follow from: the SELECTs, and the source of what folds a step or runs them in portions.

    What was put right there has to come into force in the rows of before as well.
    """
    return definitions(), [source(module) for module in (standen, maatregelstand, porties)]


@functools.cache
def source(wat: ModuleType | Callable[..., Any]) -> str:
    """The text of a piece of this program, looked up once: every opening of a register compares it."""
    return inspect.getsource(wat)


def digest(*delen: Any) -> str:
    """What stands for something that is compared and not kept."""
    return hashlib.sha256(json.dumps(delen, default=str, ensure_ascii=False).encode("utf-8")).hexdigest()


def current_derivation() -> str:
    """What stands for the definitions of this version from which the derived rows are made."""
    return digest(*origins())


@functools.cache
def derived_tables() -> frozenset[str]:
    """The names of the tables that have a SELECT."""
    return frozenset(pad.stem for pad in MAP.glob("[!_]*.sql"))


def macro_name(naam: str) -> str:
    """The macro of table klacht_stand is klacht_stand_uit_feiten; feit, a part that the others use, keeps its name."""
    return f"{naam}_uit_feiten" if naam in derived_tables() else naam


class Afleiding:
    """Makes and refreshes the derived tables over one connection, always inside the transaction that is open."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con
        self._selects = definitions()
        # In the order of the macros: a table that is made from another comes after it.
        self._namen = tuple(macro.removesuffix("_uit_feiten") for macro in self._selects)
        self.tabellen = tuple(naam for naam in self._namen if naam in derived_tables())
        self._uses = self._used()
        self._soorten = self._kinds()
        self._voorbereid: set[str] = set()
        self._hernoemd: dict[str, dict[str, str]] | None = None

    def _used(self) -> dict[str, set[str]]:
        """What each SELECT uses, directly or through another."""
        uses: dict[str, set[str]] = {}
        for naam in self._namen:
            direct = {ander for ander in uses if macro_name(ander) in _called(self._selects[macro_name(naam)])}
            uses[naam] = direct.union(*(uses[ander] for ander in direct))
        return uses

    def _kinds(self) -> dict[str, frozenset[str]]:
        """The kinds of fact each table is made of: those its SELECT names, or the SELECTs that it uses."""
        genoemd = {naam: _quoted(self._selects[macro_name(naam)]) for naam in self._namen}
        return {
            tabel: genoemd[tabel].union(*(genoemd[ander] for ander in self._uses[tabel])) & SOORTEN.keys() - TELT_NIET
            for tabel in self.tabellen
        }

    def kinds(self, tabel: str) -> frozenset[str]:
        """The kinds of fact that a table is made of."""
        return self._soorten[tabel]

    def make_macros(self, naam: str = "") -> None:
        """Create the macros, for everyone who reads this database; with a name only that one and what it uses."""
        alleen = {macro_name(deel) for deel in (naam, *self._uses[naam])} if naam else self._selects.keys()
        for macro, select in self._selects.items():
            if macro in alleen:
                self._con.execute(f"CREATE OR REPLACE MACRO {macro}(nummer, tot_nr) AS TABLE {select}")

    def derive_all(self) -> None:
        """Make every derived table again from all facts; of a table without any of its kinds nothing is planned."""
        soorten = self._con.execute("SELECT DISTINCT soort FROM gebeurtenis").fetchall()
        aanwezig = {soort for (soort,) in soorten}
        for tabel in self.tabellen:
            self._con.execute(f"DELETE FROM {tabel}")
            if not aanwezig & self._soorten[tabel]:
                continue
            if tabel == _BREED and (grenzen := porties.bounds(self._con)):
                namen = [naam for naam in self._namen if naam in self._uses[tabel]]
                selects = {macro: self._selects[macro] for macro in map(macro_name, [*namen, tabel])}
                porties.derive(self._con, tabel, selects, grenzen, eerst=f"tot >= {ALTIJD}")
                continue
            # What holds now first, and both parts by number: a read of either passes over the blocks of the other.
            volgorde = f" ORDER BY tot < {ALTIJD}, klachtnummer, van" if tabel.endswith("_stand") else ""
            self._con.execute(f"INSERT INTO {tabel} BY NAME SELECT * FROM {tabel}_uit_feiten{_ALLES}{volgorde}")

    def touched(self, nieuw: Collection[str] | None, *, vouwt: bool = False) -> list[str]:
        """The tables of which rows have to be selected anew for these kinds of fact; None stands for all kinds."""
        return [
            tabel
            for tabel in self.tabellen
            if not (vouwt and tabel in standen.TABELLEN)
            and (nieuw is None or tabel in _ELK_FEIT or self._soorten[tabel] & set(nieuw))
        ]

    def derive(
        self,
        nummers: Collection[str],
        nieuw: Collection[str] | None = None,
        *,
        dossier: Dossier | None = None,
    ) -> None:
        """Make the derived rows of these klachtnummers again from their facts.

        `nieuw` are the kinds of fact that were added, corrected or taken back, where these are known: then a table that
        none of them concerns is left as it is. `dossier` gives the facts of a klachtnummer before and after, each in
        order of number: with it a klacht is folded.
        """
        if dossier is not None:
            for nummer in nummers:
                if nummer.startswith("K"):
                    self._fold(nummer, *dossier(nummer))
        maken = self.touched(nieuw, vouwt=dossier is not None)
        if not maken:
            return
        lijst = list(nummers)
        een = len(lijst) == 1
        soorten = self._con.execute(
            "INSERT INTO nu_gebeurtenis SELECT * FROM gebeurtenis "
            f"WHERE klachtnummer {'= ?' if een else 'IN (SELECT unnest(?))'} RETURNING soort",
            [lijst[0] if een else lijst],
        ).fetchall()
        aanwezig = {soort for (soort,) in soorten}
        nodig = set(maken).union(*(self._uses[tabel] for tabel in maken))
        gevuld = [n for n in self._namen if n in nodig and (n not in self._soorten or aanwezig & self._soorten[n])]
        for naam in gevuld:
            self._con.execute(f"EXECUTE vul_{naam}" if len(lijst) < _VEEL else self._fill(naam))
        for tabel in gevuld:
            if tabel in maken:
                waar = "= ?" if een else "IN (SELECT unnest(?))"
                self._con.execute(f"DELETE FROM {tabel} WHERE klachtnummer {waar}", [lijst[0] if een else lijst])
                self._con.execute(f"INSERT INTO {tabel} SELECT * FROM nu_{tabel}")
        for naam in ["gebeurtenis", *gevuld]:
            self._con.execute(f"DELETE FROM nu_{naam}")

    def derive_one(
        self,
        con: duckdb.DuckDBPyConnection,
        nummer: str,
        eerder: Sequence[Vastlegging],
        erbij: Sequence[Vastlegging],
    ) -> None:
        """Make the rows of one klacht again that these corrections change, over another connection of this database.

        For a reader who looks at what would be: that has nothing prepared, and preparing takes longer than this.
        """
        daar = copy.copy(self)
        daar._con = con
        verbeterd = {v.corrigeert for v in erbij}
        soorten = {v.feit.soort for v in erbij} | {v.feit.soort for v in eerder if v.nr in verbeterd}
        daar._fold(nummer, eerder, erbij)
        for tabel in self.touched(soorten, vouwt=True):
            con.execute(f"DELETE FROM {tabel} WHERE klachtnummer = ?", [nummer])
            uit = f"{macro_name(tabel)}(?, CAST(NULL AS BIGINT))"
            con.execute(f"INSERT INTO {tabel} BY NAME SELECT * FROM {uit}", [nummer])

    # --- one klacht, folded ------------------------------------------------------------------------------------------

    def _fold(self, nummer: str, eerder: Sequence[Vastlegging], erbij: Sequence[Vastlegging]) -> None:
        """Write the folded rows of one klacht, as far as these new facts change them."""
        feiten, toen = valid([*eerder, *erbij]), standen.days(valid(eerder))
        # What happened before a day is as it was, whatever is added from that day on; a correction can change all.
        verbeterd = any(v.corrigeert is not None for v in erbij)
        vanaf = date.min if verbeterd else min(v.feit.gebeurd_op for v in erbij)
        rijen = standen.fold(nummer, feiten, self.renamed(), vanaf)
        blijft = [dag for dag in toen if dag < vanaf]
        if len(blijft) < len(toen):
            self._con.execute("DELETE FROM klacht_stand WHERE klachtnummer = ? AND van >= ?", [nummer, vanaf])
        if blijft and [rij["van"] for rij in rijen["klacht_stand"][:1]] != toen[len(blijft) :][:1]:
            self._con.execute(
                "UPDATE klacht_stand SET tot = ? WHERE klachtnummer = ? AND van = ?",
                [rijen["klacht_stand"][0]["van"], nummer, blijft[-1]],
            )
        self.insert("klacht_stand", rijen["klacht_stand"])
        soorten = self._soorten["maatregel_stand"]
        if verbeterd or soorten & {v.feit.soort for v in erbij}:
            if soorten & {v.feit.soort for v in eerder}:
                self._con.execute("DELETE FROM maatregel_stand WHERE klachtnummer = ?", [nummer])
            self.insert("maatregel_stand", rijen["maatregel_stand"])

    def renamed(self) -> dict[str, dict[str, str]]:
        """Per reglement the id of today of each categorie that was renamed."""
        if self._hernoemd is None:
            self._hernoemd = {}
            for reglement, categorie, nu in self._con.execute(
                "SELECT reglement, categorie, nu FROM categorie_nu"
            ).fetchall():
                self._hernoemd.setdefault(reglement, {})[categorie] = nu
        return self._hernoemd

    def forget(self) -> None:
        """Read anew what depends on the reglementen: they have changed."""
        self._hernoemd = None

    def insert(self, tabel: str, rijen: Sequence[Rij]) -> None:
        """Put rows, by column, into a table."""
        if rijen:
            waarden = ", ".join(f"({', '.join('?' * len(rij))})" for rij in rijen)
            self._con.execute(
                f"INSERT INTO {tabel} ({', '.join(rijen[0])}) VALUES {waarden}",
                [waarde for rij in rijen for waarde in rij.values()],
            )

    @staticmethod
    def _fill(naam: str) -> str:
        """What makes the rows of the klachtnummers at hand."""
        return f"INSERT INTO nu_{naam} BY NAME SELECT * FROM nu_{macro_name(naam)}{_ALLES}"

    def prepare(self, maken: Collection[str]) -> None:
        """Make the small tables for these and what they use, and prepare the statements over them; each only once.

        Outside a transaction: prepared inside the one that makes the table, they would be planned anew at every use, 8
        ms more.
        """
        nodig = set(maken).union(*(self._uses[tabel] for tabel in maken)) - self._voorbereid
        namen = [naam for naam in self._namen if naam in nodig]
        if not namen:
            return
        if not self._voorbereid:
            self._con.execute("CREATE OR REPLACE TEMP TABLE nu_gebeurtenis AS SELECT * FROM gebeurtenis LIMIT 0")
        for naam in namen:
            select = re.sub(r"\bgebeurtenis\b", "nu_gebeurtenis", self._selects[macro_name(naam)])
            for ander in self._namen:
                select = select.replace(f"{macro_name(ander)}(nummer, tot_nr)", f"nu_{ander}")
            self._con.execute(f"CREATE OR REPLACE TEMP MACRO nu_{macro_name(naam)}(nummer, tot_nr) AS TABLE {select}")
            bron = naam if naam in self._soorten else f"{macro_name(naam)}{_ALLES}"
            self._con.execute(f"CREATE OR REPLACE TEMP TABLE nu_{naam} AS SELECT * FROM {bron} LIMIT 0")
        # Over a dozen facts the plan as written runs faster than the optimized one; and only an insert into a temporary
        # table keeps its plan from one transaction to the next.
        self._con.execute("PRAGMA disable_optimizer")
        for naam in namen:
            self._con.execute(f"PREPARE vul_{naam} AS {self._fill(naam)}")
        self._con.execute("PRAGMA enable_optimizer")
        self._voorbereid.update(namen)
