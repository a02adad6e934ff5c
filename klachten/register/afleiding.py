"""The derived tables: one SELECT each (schema/afgeleid), used to refresh a few klachtnummers and to rebuild them all.

A table <noun>_stand holds how something stood from day to day (columns van and tot), so that looking back is a filter.

Planning such a SELECT costs more than running it over a dozen facts. So the refresh keeps the same SELECT prepared over
small temporary tables: `nu_gebeurtenis` with only the facts of the klachtnummers at hand, `nu_feit` and `nu_maatregel`
where another SELECT asks for them.
"""

from __future__ import annotations

import functools
import graphlib
import re
from collections.abc import Collection
from pathlib import Path

import duckdb

from klachten.gebeurtenissen import SOORTEN

MAP = Path(__file__).parent / "schema" / "afgeleid"
_ALLES = "(CAST(NULL AS VARCHAR), CAST(NULL AS BIGINT))"
_ELK_FEIT = {"klacht_stand"}
"""What every new fact changes, whatever its kind: here stands the date of the newest one."""

ALTIJD = "DATE '9999-12-31'"
"""The day on which what holds now ends."""

_VEEL = 500
"""From this many klachtnummers an optimized plan earns back its time."""


def definitions() -> dict[str, str]:
    """The SELECT of each derived table by macro name, in an order in which each comes after what it uses."""
    paden = sorted(MAP.glob("*.sql"))
    selects = {macro_name(pad.stem.removeprefix("_")): pad.read_text(encoding="utf-8") for pad in paden}
    uses = {
        macro: {ander for ander in selects if ander != macro and re.search(rf"\b{ander}\(", select)}
        for macro, select in selects.items()
    }
    return {macro: selects[macro] for macro in graphlib.TopologicalSorter(uses).static_order()}


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
        self._soorten = self._kinds()
        self._voorbereid = False

    def _kinds(self) -> dict[str, set[str]]:
        """The kinds of fact each table is made of: those its SELECT names, or the SELECTs that it uses."""
        by_macro: dict[str, set[str]] = {}
        for macro, select in self._selects.items():
            by_macro[macro] = set(re.findall(r"'([A-Za-z]+)'", select)) & SOORTEN.keys()
            for ander in list(by_macro):
                if ander != macro and re.search(rf"\b{ander}\(", select):
                    by_macro[macro] |= by_macro[ander]
        return {tabel: by_macro[macro_name(tabel)] for tabel in self.tabellen}

    def make_macros(self) -> None:
        """Create the macros, for everyone who reads this database."""
        for macro, select in self._selects.items():
            self._con.execute(f"CREATE OR REPLACE MACRO {macro}(nummer, tot_nr) AS TABLE {select}")

    def derive_all(self) -> None:
        """Make every derived table again from all facts."""
        for tabel in self.tabellen:
            self._con.execute(f"DELETE FROM {tabel}")
            # What holds now first, and both parts by number: a read of either passes over the blocks of the other.
            volgorde = f" ORDER BY tot < {ALTIJD}, klachtnummer, van" if tabel.endswith("_stand") else ""
            self._con.execute(f"INSERT INTO {tabel} BY NAME SELECT * FROM {tabel}_uit_feiten{_ALLES}{volgorde}")

    def derive(self, nummers: Collection[str], nieuw: Collection[str] | None = None, *, vanaf: int = 0) -> None:
        """Make the derived rows of these klachtnummers again from their facts.

        `nieuw` are the kinds of fact that were added, when that is all that happened: then a table that none of them
        concerns is left as it is. `vanaf` is a number below which they have no facts.
        """
        lijst = list(nummers)
        een = len(lijst) == 1
        soorten = self._con.execute(
            "INSERT INTO nu_gebeurtenis SELECT * FROM gebeurtenis "
            f"WHERE nr >= ? AND klachtnummer {'= ?' if een else 'IN (SELECT unnest(?))'} RETURNING soort",
            [vanaf, lijst[0] if een else lijst],
        ).fetchall()
        aanwezig = {soort for (soort,) in soorten}
        gevuld = [naam for naam in self._namen if naam not in self._soorten or aanwezig & self._soorten[naam]]
        for naam in gevuld:
            self._con.execute(f"EXECUTE vul_{naam}" if len(lijst) < _VEEL else self._fill(naam))
        for tabel in gevuld:
            if tabel in self._soorten and (nieuw is None or tabel in _ELK_FEIT or self._soorten[tabel] & set(nieuw)):
                waar = "= ?" if een else "IN (SELECT unnest(?))"
                self._con.execute(f"DELETE FROM {tabel} WHERE klachtnummer {waar}", [lijst[0] if een else lijst])
                self._con.execute(f"INSERT INTO {tabel} SELECT * FROM nu_{tabel}")
        for naam in ["gebeurtenis", *gevuld]:
            self._con.execute(f"DELETE FROM nu_{naam}")

    @staticmethod
    def _fill(naam: str) -> str:
        """What makes the rows of the klachtnummers at hand."""
        return f"INSERT INTO nu_{naam} BY NAME SELECT * FROM nu_{macro_name(naam)}{_ALLES}"

    def prepare(self) -> None:
        """Make the small table and prepare the statements over it, outside a transaction.

        Prepared inside the transaction that makes the table, they would be planned anew at every use: 8 ms more.
        """
        if self._voorbereid:
            return
        self._con.execute("CREATE OR REPLACE TEMP TABLE nu_gebeurtenis AS SELECT * FROM gebeurtenis LIMIT 0")
        for naam in self._namen:
            select = re.sub(r"\bgebeurtenis\b", "nu_gebeurtenis", self._selects[macro_name(naam)])
            for ander in self._namen:
                select = select.replace(f"{macro_name(ander)}(nummer, tot_nr)", f"nu_{ander}")
            self._con.execute(f"CREATE OR REPLACE TEMP MACRO nu_{macro_name(naam)}(nummer, tot_nr) AS TABLE {select}")
            bron = naam if naam in self._soorten else f"{macro_name(naam)}{_ALLES}"
            self._con.execute(f"CREATE OR REPLACE TEMP TABLE nu_{naam} AS SELECT * FROM {bron} LIMIT 0")
        # Over a dozen facts the plan as written runs faster than the optimized one; and only an insert into a temporary
        # table keeps its plan from one transaction to the next.
        self._con.execute("PRAGMA disable_optimizer")
        for naam in self._namen:
            self._con.execute(f"PREPARE vul_{naam} AS {self._fill(naam)}")
        self._con.execute("PRAGMA enable_optimizer")
        self._voorbereid = True
