"""Which klachten a number counts: what a figure was asked, so that a list can show exactly those.

It goes along in an address, as ids and dates only: a link from a figure opens the same list tomorrow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from duckdb import DuckDBPyConnection

from klachten.analyse.basis.kengetallen import opdracht
from klachten.analyse.basis.selectie import Filter
from klachten.periode import Periode
from klachten.reglement import Reglement
from klachten.taal import datum, opsomming

EINDEN = {
    "open": "nog open",
    "afgesloten": "afgesloten",
    "niet in behandeling": "niet in behandeling genomen",
    "ingetrokken": "ingetrokken",
}
STANDEN = (
    "op tijd", "te laat", "te laat, nog open", "loopt", "n.v.t.", "onbepaald", "onbepaald, termijn verstreken",
    "ongeldig",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Telling:
    """The klachten of one number as of a day; what is empty is not asked. Vervallen klachten count nowhere.

    `op`: the period holds the day of receipt (ontvangst) or that of the end (einde). `stand` is how `termijn` stands,
    `stap` the step at which an open klacht stays. Raises ValueError for what no figure asks.
    """

    peildatum: date
    periode: Periode | None = None
    filter: Filter = field(default_factory=Filter)
    op: str = "ontvangst"
    einde: str = ""
    uitkomst: str | None = None
    oordeel: str = ""
    termijn: str = ""
    stand: str = ""
    stap: int | None = None

    def __post_init__(self) -> None:
        if self.op not in ("ontvangst", "einde") or self.einde not in ("", *EINDEN) or self.stand not in ("", *STANDEN):
            raise ValueError("Deze telling bestaat niet.")
        if self.stap is not None and not 1 <= self.stap <= 18:
            raise ValueError("Deze stap bestaat niet.")
        # Ids are checked as those of a filter are: they become parameters, and stand in an address.
        for id in (self.uitkomst, self.oordeel, self.termijn):
            if id:
                Filter(categorie=id)

    def vraag(self) -> tuple[str, dict[str, Any]]:
        """Return the SQL that gives the klachtnummers, and its parameters."""
        return opdracht(
            "getelde_klachten",
            peildatum=self.peildatum,
            periode=self.periode,
            filter=self.filter,
            op=self.op,
            bij_einde=self.einde or None,
            bij_uitkomst=self.uitkomst,
            bij_oordeel=self.oordeel or None,
            bij_termijn=self.termijn or None,
            bij_stand=self.stand or None,
            bij_stap=self.stap,
        )

    def aantal(self, cursor: DuckDBPyConnection) -> int:
        """Return how many klachten these are, for whoever looks."""
        sql, waarden = self.vraag()
        return cursor.execute(f"SELECT COUNT(*) FROM ({sql})", waarden).fetchall()[0][0]

    @property
    def adres(self) -> dict[str, str]:
        """Return it as it stands in an address; `lees` reads it again."""
        uit = {"telling": self.peildatum.isoformat()}
        if self.periode is not None:
            uit["t_periode"] = self.periode.sleutel
        for veld in fields(self.filter):
            waarde = getattr(self.filter, veld.name)
            if waarde is not None:
                uit[f"t_{veld.name}"] = waarde
        for naam in ("einde", "oordeel", "termijn", "stand", "stap"):
            if waarde := getattr(self, naam):
                uit[f"t_{naam}"] = str(waarde)
        if self.uitkomst is not None:
            uit["t_uitkomst"] = self.uitkomst or "-"
        if self.op != "ontvangst":
            uit["t_op"] = self.op
        return uit

    @classmethod
    def lees(cls, adres: Mapping[str, str]) -> Telling | None:
        """Return the telling of an address; None when there is none, or one that cannot be."""
        try:
            uitkomst = adres.get("t_uitkomst")
            return cls(
                peildatum=date.fromisoformat(adres["telling"]),
                periode=Periode.lees(adres["t_periode"]) if "t_periode" in adres else None,
                filter=Filter(**{veld.name: adres.get(f"t_{veld.name}") for veld in fields(Filter)}),
                op=adres.get("t_op", "ontvangst"),
                uitkomst="" if uitkomst == "-" else uitkomst,
                stap=int(adres["t_stap"]) if "t_stap" in adres else None,
                **{naam: adres.get(f"t_{naam}", "") for naam in ("einde", "oordeel", "termijn", "stand")},
            )
        except (KeyError, ValueError):
            return None

    def in_woorden(self, reglement: Reglement | None = None) -> str:
        """Say which klachten these are: 'ontvangen in 2025, nog open, zoals het op 31 december 2025 stond'."""
        delen = [] if self.filter.leeg else [self.filter.in_woorden(reglement)]
        if self.periode is not None:
            delen.append(f"{'beëindigd' if self.op == 'einde' else 'ontvangen'} in {self.periode.naam}")
        delen += [EINDEN[self.einde]] if self.einde else []
        if self.uitkomst is not None:
            naam = reglement.naam_van("uitkomsten", self.uitkomst) if reglement and self.uitkomst else self.uitkomst
            delen.append(f"uitkomst {naam}" if naam else "zonder uitkomst")
        if self.oordeel:
            naam = reglement.naam_van("oordelen", self.oordeel) if reglement else self.oordeel
            delen.append(f"oordeel {naam.lower()}")
        if self.termijn:
            namen = {t.id: t.naam for t in reglement.termijnen} if reglement else {}
            delen.append(f"{namen.get(self.termijn, self.termijn)}: {self.stand or 'met deze termijn'}")
        if self.stap is not None:
            delen.append(f"wacht bij stap {self.stap}")
        return f"{opsomming(delen) or 'alle klachten'}, zoals het op {datum(self.peildatum)} stond"
