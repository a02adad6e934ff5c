"""How many trajecten there were: known for a period only when every vestiging has them entered. 0 entered is a number.

What was not entered is not 0: a rate over the vestigingen that happen to be known would compare unlike years.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from duckdb import DuckDBPyConnection

from klachten.analyse.basis.kalender import LAATST
from klachten.analyse.basis.kengetallen import opdracht, rijen_van
from klachten.analyse.basis.keuzelijsten import naam_van
from klachten.analyse.basis.selectie import ALLES, Filter
from klachten.periode import Periode, Wanneer, als_periode
from klachten.reglement import Keuze, Reglement
from klachten.taal import opsomming

KALENDERJAAR = Periode.van_jaar(2000)
"""Any calendar year: which one it is does not matter where every year is asked."""
EEN_DAG = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Opgave:
    """What was entered for one vestiging: its trajecten from the first day up to and including the last."""

    eerste: date
    laatste: date
    aantal: int

    @property
    def dagen(self) -> int:
        """How many days it has."""
        return (self.laatste - self.eerste).days + 1

    def ligt_in(self, ander: Opgave) -> bool:
        """Tell whether this is a part of another one."""
        return self != ander and ander.eerste <= self.eerste and self.laatste <= ander.laatste


@dataclass(frozen=True)
class Blootstelling:
    """The trajecten of some days; `verdeeld` when a longer period was entered, of which this is the share by days."""

    trajecten: float
    verdeeld: bool


@dataclass(frozen=True, eq=False, kw_only=True)
class Omvang:
    """The trajecten of a period of every year, and which vestigingen must have them before they are known.

    A period is named by the year in which it begins. `per_jaar`: year -> vestiging -> trajecten; `opgaven`: the same of
    what was entered in a calendar year, for all of it, its quarters or its months. `met_klachten`: year -> vestigingen
    with a klacht. `eerste_jaar`: the first one about which this register says anything; before it a number of klachten
    is unknown, not 0. `eerste_klacht`: per vestiging the first day of receipt.
    """

    periode: Periode = KALENDERJAAR
    per_jaar: Mapping[int, Mapping[str, int]] = field(default_factory=dict)
    opgaven: Mapping[int, Mapping[str, Sequence[Opgave]]] = field(default_factory=dict)
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
            met |= {
                naam
                for per in (self.met_klachten, self.per_jaar, self.opgaven)
                for namen in per.values()
                for naam in namen
            }
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

    def tussen(self, van: date, tm: date) -> Blootstelling | None:
        """Return the trajecten of the days of one calendar year; None while a vestiging has a day without a number.

        What was entered for just these days, or for the parts of them, is taken as it is. Where only a longer period is
        known its days count equally, and `verdeeld` says so. Only for an Omvang of calendar years.
        """
        bekend = {naam: _over(opgaven, van, tm) for naam, opgaven in self.opgaven.get(van.year, {}).items()}
        delen = {naam: deel for naam, deel in bekend.items() if deel is not None}
        if not delen or any(not delen.keys() & self._namen_van(id) for id in self.verwacht(van.year)):
            return None
        return Blootstelling(
            sum(deel.trajecten for deel in delen.values()), any(deel.verdeeld for deel in delen.values())
        )

    def heel_tot(self, van: date, uiterlijk: date) -> tuple[date, float] | None:
        """Return the last day up to which whole entered periods reach without a gap from `van` on, and their sum.

        None when none does: a day within an entered period is never an edge, so nothing is spread.
        """
        tot, som = None, 0.0
        while van <= uiterlijk:
            dit_jaar = [o for rij in self.opgaven.get(van.year, {}).values() for o in rij]
            for einde in sorted({o.laatste for o in dit_jaar if van <= o.laatste <= uiterlijk}, reverse=True):
                deel = self.tussen(van, einde)
                if deel is not None and not deel.verdeeld:
                    break
            else:
                break
            tot, som = einde, som + deel.trajecten
            if (einde.month, einde.day) != LAATST:
                break
            van = einde + EEN_DAG
        return None if tot is None else (tot, som)

    def begint_na(self, dag: date, uiterlijk: date) -> list[date]:
        """Return the days after `dag` on which an entered period begins, up to a last one."""
        alle = (o for per in self.opgaven.values() for rij in per.values() for o in rij)
        return sorted({o.eerste for o in alle if dag < o.eerste <= uiterlijk})

    def waarom_niet(self, jaar: int) -> str:
        """Return why there is no rate for a year: 'aantal trajecten niet ingevuld voor Noord'; empty when there is."""
        bekend = self.trajecten(jaar)
        if bekend is not None:
            return "" if bekend else "er waren geen trajecten"
        if not self.per_jaar.get(jaar) or self.vestiging is not None:
            # What stands in the register for the year is not missing when a part of it is asked.
            wel = self._some_days(self.periode.in_jaar(jaar))
            return "trajecten niet voor deze periode ingevuld" if wel else "aantal trajecten niet ingevuld"
        namen = [naam_van(self.reglement, "vestigingen", id) for id in self.ontbreekt(jaar)]
        return f"aantal trajecten niet ingevuld voor {opsomming(namen)}"

    def _some_days(self, periode: Periode) -> bool:
        """Tell whether something was entered that has a day of this period."""
        alle = (o for per in self.opgaven.values() for rij in per.values() for o in rij)
        return any(o.eerste <= periode.laatste and o.laatste >= periode.eerste for o in alle)

    def van(self, vestiging: str) -> Omvang:
        """Return the same for one vestiging."""
        per_jaar = {jaar: {vestiging: n[vestiging]} for jaar, n in self.per_jaar.items() if vestiging in n}
        opgaven = {jaar: {vestiging: n[vestiging]} for jaar, n in self.opgaven.items() if vestiging in n}
        return replace(self, per_jaar=per_jaar, opgaven=opgaven, vestiging=vestiging)

    @property
    def eerste_op(self) -> date | None:
        """The day of the first klacht."""
        eigen = [dag for naam, dag in self.eerste_klacht.items() if self.vestiging in (None, naam)]
        return min(eigen, default=None)

    def in_gebruik(self, jaar: int) -> bool:
        """Tell whether the register says anything about a year; if not, no klachten is no 0."""
        return self.eerste_jaar is not None and jaar >= self.eerste_jaar


def gelijk_verdeeld(jaren: Collection[int]) -> str:
    """Say of which years a longer period was spread evenly over its days; empty without one."""
    if not jaren:
        return ""
    welke = opsomming(map(str, sorted(jaren)))
    return (
        f"De trajecten van {welke} zijn daarvoor gelijk over de dagen verdeeld: ze zijn per langere periode ingevuld."
    )


def _over(alle: Sequence[Opgave], van: date, tm: date) -> Blootstelling | None:
    """Return the trajecten of one vestiging over some days; None when for one of them nothing was entered."""
    som, verdeeld = 0.0, False
    while van <= tm:
        if heel := [o for o in alle if o.eerste == van and o.laatste <= tm]:
            grootste = max(heel, key=lambda o: o.laatste)
            som, van = som + grootste.aantal, grootste.laatste + EEN_DAG
            continue
        om = [o for o in alle if o.eerste <= van <= o.laatste]
        if not om:
            return None
        # What is known of its parts is not spread once more over the rest of it.
        ruim = min(om, key=lambda o: o.dagen)
        binnen = [o for o in alle if o.ligt_in(ruim)]
        binnen = [o for o in binnen if not any(o.ligt_in(ander) for ander in binnen)]
        rest = max(0, ruim.aantal - sum(o.aantal for o in binnen)) / (ruim.dagen - sum(o.dagen for o in binnen))
        einde = min([tm, ruim.laatste, *(o.eerste - EEN_DAG for o in binnen if o.eerste > van)])
        som, van, verdeeld = som + rest * ((einde - van).days + 1), einde + EEN_DAG, True
    return Blootstelling(som, verdeeld)


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
    opgaven: dict[int, dict[str, list[Opgave]]] = {}
    for jaar, vestiging, *deel in cursor.execute(
        "SELECT t.jaar, t.vestiging, t.vanaf, t.laatste, t.aantal FROM trajecten AS t WHERE t.vanaf <= $peildatum "
        "ORDER BY ALL",
        {"peildatum": peildatum},
    ).fetchall():
        opgaven.setdefault(jaar, {}).setdefault(vestiging, []).append(Opgave(*deel))
    (geevalueerd,) = cursor.execute(
        "SELECT MIN(e.periode_van) FROM evaluatie_op($peildatum) AS e", {"peildatum": peildatum}
    ).fetchall()[0]
    bekend = [*eerste.values(), *([geevalueerd] if geevalueerd else [])]
    vanaf_klachten = [_eerste_met(periode, min(bekend))] if bekend else []
    alles = Omvang(
        periode=periode,
        per_jaar=per_jaar,
        opgaven=opgaven,
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
