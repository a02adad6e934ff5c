"""How many trajecten there were: known for a period only when every vestiging has them entered. 0 entered is a number.

What was not entered is not 0: a rate over the vestigingen that happen to be known would compare unlike years.
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from duckdb import DuckDBPyConnection

from klachten.analyse.basis.kengetallen import opdracht, rijen_van
from klachten.analyse.basis.keuzelijsten import naam_van
from klachten.analyse.basis.selectie import ALLES, Filter
from klachten.periode import Periode, Wanneer, als_periode
from klachten.reglement import Keuze, Reglement
from klachten.taal import opsomming

KALENDERJAAR = Periode.van_jaar(2000)
"""Any calendar year: which one it is does not matter where every year is asked."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Omvang:
    """The trajecten of a period of every year, and which vestigingen must have them before they are known.

    A period is named by the year in which it begins. `per_jaar`: year -> vestiging -> trajecten. `met_klachten`: year
    -> vestigingen with a klacht. `eerste_jaar`: the first one about which this register says anything; before it a
    number of klachten is unknown, not 0. `eerste_klacht`: per vestiging the first day of receipt.
    """

    periode: Periode = KALENDERJAAR
    per_jaar: Mapping[int, Mapping[str, int]] = field(default_factory=dict)
    met_klachten: Mapping[int, frozenset[str]] = field(default_factory=dict)
    eerste_jaar: int | None = None
    eerste_klacht: Mapping[str, date] = field(default_factory=dict)
    vestiging: str | None = None
    reglement: Reglement | None = None

    def verwacht(self, jaar: int) -> tuple[str, ...]:
        """Return the vestigingen that must have their trajecten entered, whether they had klachten or not."""
        if self.vestiging is not None:
            return (self.vestiging,)
        met = set(self.met_klachten.get(jaar, ()))
        if self.reglement is not None:
            met |= {keuze.id for keuze in self.reglement.vestigingen if _bestond_in(keuze, self.periode.in_jaar(jaar))}
        else:
            # Without a reglement (notebooks): whatever occurs in any year.
            met |= {naam for namen in (*self.met_klachten.values(), *self.per_jaar.values()) for naam in namen}
        return tuple(sorted(met))

    def ontbreekt(self, jaar: int) -> tuple[str, ...]:
        """Return the vestigingen of a year without a number, by id."""
        ingevuld = self.per_jaar.get(jaar, {})
        return tuple(id for id in self.verwacht(jaar) if not ingevuld.keys() & self._namen_van(id))

    def _namen_van(self, id: str) -> set[str]:
        """Return the id and what succeeded it: a number entered under the new name covers the old one."""
        return {id, self.reglement.nu_geheten("vestigingen", id)} if self.reglement else {id}

    def trajecten(self, jaar: int) -> int | None:
        """Return the trajecten of all vestigingen together; None while one of them is missing."""
        ingevuld = self.per_jaar.get(jaar)
        return sum(ingevuld.values()) if ingevuld and not self.ontbreekt(jaar) else None

    def in_dagen(self, vanaf: date, dagen: int) -> float | None:
        """Return the trajecten of a number of days within one year: those of the year, spread evenly over its days."""
        bekend = self.trajecten(vanaf.year)
        return None if bekend is None else bekend * dagen / (366 if isleap(vanaf.year) else 365)

    def waarom_niet(self, jaar: int) -> str:
        """Return why there is no rate for a year: 'aantal trajecten niet ingevuld voor Weert'; empty when there is."""
        bekend = self.trajecten(jaar)
        if bekend is not None:
            return "" if bekend else "er waren geen trajecten"
        if not self.per_jaar.get(jaar) or self.vestiging is not None:
            return "aantal trajecten niet ingevuld"
        namen = [naam_van(self.reglement, "vestigingen", id) for id in self.ontbreekt(jaar)]
        return f"aantal trajecten niet ingevuld voor {opsomming(namen)}"

    def van(self, vestiging: str) -> Omvang:
        """Return the same for one vestiging."""
        per_jaar = {jaar: {vestiging: n[vestiging]} for jaar, n in self.per_jaar.items() if vestiging in n}
        return replace(self, per_jaar=per_jaar, vestiging=vestiging)

    @property
    def eerste_op(self) -> date | None:
        """The day of the first klacht."""
        eigen = [dag for naam, dag in self.eerste_klacht.items() if self.vestiging in (None, naam)]
        return min(eigen, default=None)

    def in_gebruik(self, jaar: int) -> bool:
        """Tell whether the register says anything about a year; if not, no klachten is no 0."""
        return self.eerste_jaar is not None and jaar >= self.eerste_jaar


def _bestond_in(keuze: Keuze, periode: Periode) -> bool:
    return (keuze.geldig_vanaf or date.min) <= periode.laatste and (keuze.geldig_tot or date.max) >= periode.eerste


def omvang(
    cursor: DuckDBPyConnection,
    *,
    peildatum: date,
    periode: Wanneer = KALENDERJAAR,
    filter: Filter = ALLES,
    reglement: Reglement | None = None,
) -> Omvang:
    """Return the trajecten of a period of every year; of a filter only the vestiging narrows them."""
    periode = als_periode(periode)
    keuze, waarden = opdracht("klacht_keuze", peildatum=peildatum, filter=Filter(herkomst=filter.herkomst))
    met: dict[int, set[str]] = {}
    eerste: dict[str, date] = {}
    for jaar, vestiging, erin, dag in cursor.execute(
        "SELECT periode_start(k.ontvangen_op, $van, $tm), k.vestiging, in_periode(k.ontvangen_op, $van, $tm), "
        f"MIN(k.ontvangen_op) FROM ({keuze}) AS k GROUP BY ALL",
        {**waarden, "van": periode.eerste, "tm": periode.laatste},
    ).fetchall():
        if erin:
            met.setdefault(jaar, set()).add(vestiging)
        eerste[vestiging] = min(dag, eerste.get(vestiging, dag))
    per_jaar: dict[int, dict[str, int]] = {}
    for rij in rijen_van(cursor, "omvang", peildatum=peildatum, periode=periode):
        per_jaar.setdefault(rij["jaar"], {})[rij["vestiging"]] = rij["trajecten"]
    (geevalueerd,) = cursor.execute(
        "SELECT MIN(e.periode_van) FROM evaluatie_op($peildatum) AS e", {"peildatum": peildatum}
    ).fetchall()[0]
    bekend = [*eerste.values(), *([geevalueerd] if geevalueerd else [])]
    vanaf_klachten = [_eerste_met(periode, min(bekend))] if bekend else []
    alles = Omvang(
        periode=periode,
        per_jaar=per_jaar,
        met_klachten={jaar: frozenset(namen) for jaar, namen in met.items()},
        eerste_jaar=min((*vanaf_klachten, *per_jaar), default=None),
        eerste_klacht=eerste,
        reglement=reglement,
    )
    return alles if filter.vestiging is None else alles.van(filter.vestiging)


def _eerste_met(periode: Periode, dag: date) -> int:
    """Return the first year in which the period ends on or after a day."""
    jaar = periode.start_van(dag)
    return jaar if periode.in_jaar(jaar).laatste >= dag else jaar + periode.stap
