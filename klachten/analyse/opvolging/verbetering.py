"""Was anything seen to change after a verbeteractie? Before and after, against regression to the mean (step 18).

Compared are stretches of days of which the trajecten are known: before it the year that was evaluated, as far as the
verbeteractie was not carried out yet; after it what follows, up to the end of the last year that is over and entered.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from duckdb import DuckDBPyConnection

from klachten.analyse import statistiek
from klachten.analyse.basis.kalender import LAATST
from klachten.analyse.basis.kengetallen import opdracht, rijen_van
from klachten.analyse.basis.keuzelijsten import naam_van
from klachten.analyse.basis.selectie import ALLES, Filter
from klachten.analyse.basis.trajecten import Omvang, omvang
from klachten.analyse.statistiek import VoorEnNa
from klachten.reglement import Reglement
from klachten.taal import datum, opsomming

EEN_DAG = timedelta(days=1)
STAART = 0.025
Tellen = Counter[tuple[str, date]]
"""The klachten per categorie and day of receipt."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Verandering:
    """One verbeteractie that was carried out: klachten of its categorie in the year evaluated, and since.

    `voor` counts up to `voor_tot`, the end of that year or the day on which it was carried out; `na` from the day after
    up to `na_tot`. `uitkomst` is None when a number of trajecten is missing; `zin` then says which, or by when.
    """

    klachtnummer: str
    verbeteractie: int
    jaar: int
    categorie: str
    naam: str
    uitgevoerd_op: date
    voor: int
    voor_tot: date
    na: int
    na_tot: date
    dagen_na: int
    trajecten_voor: float | None
    trajecten_na: float | None
    uitkomst: VoorEnNa | None
    zin: str

    @property
    def valt_op(self) -> bool:
        """Whether what came after is more or less than the prediction allows, the highest having been chosen."""
        if self.uitkomst is None or self.uitkomst.kans_hoogstens is None or self.uitkomst.kans_minstens is None:
            return False
        return min(self.uitkomst.kans_hoogstens, self.uitkomst.kans_minstens) <= STAART


def voor_en_na(
    cursor: DuckDBPyConnection, *, peildatum: date, filter: Filter = ALLES, reglement: Reglement | None = None
) -> tuple[Verandering, ...]:
    """Return the observed change after each verbeteractie that was carried out and names a categorie.

    The prior comes from every categorie, the chosen one included, in each whole year up to the one evaluated: the
    chosen one was chosen for being high, and without it the others would expect too little of what follows.
    """
    acties = rijen_van(cursor, "verbeteracties_voor_en_na", peildatum=peildatum, filter=filter)
    if not acties:
        return ()
    # The filter on a categorie chooses verbeteracties; the others are needed for the comparison.
    ruim = Filter(**{**vars(filter), "categorie": None})
    keuze, waarden = opdracht("klacht_selectie", peildatum=peildatum, filter=ruim)
    tellen: Tellen = Counter()
    for categorie, dag, n in cursor.execute(
        f"SELECT k.categorie, k.ontvangen_op, COUNT(*) FROM ({keuze}) AS k GROUP BY k.categorie, k.ontvangen_op",
        waarden,
    ).fetchall():
        tellen[categorie, dag] = n
    trajecten = omvang(cursor, peildatum=peildatum, filter=ruim, reglement=reglement)
    return tuple(_verandering(actie, tellen, trajecten, peildatum, reglement) for actie in acties)


def _verandering(
    actie: dict[str, Any], tellen: Tellen, trajecten: Omvang, peildatum: date, reglement: Reglement | None
) -> Verandering:
    jaar, uitgevoerd_op, categorie = actie["jaar"], actie["uitgevoerd_op"], actie["categorie"]
    begin, voor_tot = date(jaar, 1, 1), min(date(jaar, *LAATST), uitgevoerd_op)
    na_tot = _bekend_tot(uitgevoerd_op, peildatum, trajecten) or peildatum
    voor, na = (
        _som(tellen, categorie, van, tot) for van, tot in ((begin, voor_tot), (uitgevoerd_op + EEN_DAG, na_tot))
    )
    voor_t = _blootstelling(begin, voor_tot, trajecten, peildatum)
    na_t = _blootstelling(uitgevoerd_op + EEN_DAG, na_tot, trajecten, peildatum)
    uitkomst = None
    if na_tot <= uitgevoerd_op:
        zin = "Nog niet te zeggen: de verbeteractie is pas uitgevoerd."
    elif not voor_t or not na_t:
        zin = _waarom_niet(begin, uitgevoerd_op, trajecten, peildatum)
    else:
        prior = statistiek.schat_prior(*_vergelijkbaar(jaar, tellen, trajecten, peildatum, reglement))
        uitkomst = statistiek.waargenomen_verandering(voor, voor_t, na, na_t, prior)
        zin = f"{uitkomst.zin}{_perioden(begin, voor_tot, uitgevoerd_op, na_tot)}"
    return Verandering(
        klachtnummer=actie["klachtnummer"],
        verbeteractie=actie["verbeteractie"],
        jaar=jaar,
        categorie=categorie,
        naam=naam_van(reglement, "categorieen", categorie),
        uitgevoerd_op=uitgevoerd_op,
        voor=voor,
        voor_tot=voor_tot,
        na=na,
        na_tot=na_tot,
        dagen_na=(na_tot - uitgevoerd_op).days,
        trajecten_voor=voor_t,
        trajecten_na=na_t,
        uitkomst=uitkomst,
        zin=zin,
    )


def _som(tellen: Tellen, categorie: str, van: date, tot: date) -> int:
    return sum(n for (naam, dag), n in tellen.items() if naam == categorie and van <= dag <= tot)


def _bekend_tot(na: date, peildatum: date, trajecten: Omvang) -> date | None:
    """Return the last day after `na` up to which every year is over and its trajecten are known; None without one."""
    tot, jaar = None, (na + EEN_DAG).year
    while date(jaar, *LAATST) <= peildatum and trajecten.trajecten(jaar) is not None:
        tot, jaar = date(jaar, *LAATST), jaar + 1
    return tot


def _waarom_niet(begin: date, uitgevoerd_op: date, trajecten: Omvang, peildatum: date) -> str:
    """Say which number of trajecten is missing, or by when something can be said."""
    eerste_na = (uitgevoerd_op + EEN_DAG).year
    over = [jaar for jaar in dict.fromkeys((begin.year, eerste_na)) if date(jaar, *LAATST) <= peildatum]
    if leeg := [jaar for jaar in over if trajecten.trajecten(jaar) is None]:
        redenen = opsomming(f"{trajecten.waarom_niet(jaar)} ({jaar})" for jaar in leeg)
        return f"Niet te vergelijken: {redenen}."
    if any(trajecten.trajecten(jaar) == 0 for jaar in over):
        return "Niet te vergelijken: in een van de jaren waren er geen trajecten."
    return (
        f"Nog niet te zeggen. Dat kan zodra {eerste_na} om is en het aantal trajecten van dat jaar voor elke vestiging "
        "is ingevuld."
    )


def _perioden(begin: date, voor_tot: date, uitgevoerd_op: date, na_tot: date) -> str:
    """Say which days were compared when they are no whole years, and that trajecten were spread over the year then."""
    delen = {dag.year for dag in (voor_tot, uitgevoerd_op) if (dag.month, dag.day) != LAATST}
    voor = str(begin.year) if (voor_tot.month, voor_tot.day) == LAATST else f"{begin.year} tot en met {datum(voor_tot)}"
    zin = f" Vergeleken zijn {voor} en de tijd na de uitvoering, tot en met {datum(na_tot)}."
    if delen:
        jaren = opsomming(sorted(delen))
        zin += f" De trajecten van {jaren} zijn daarvoor gelijk over het jaar verdeeld."
    return zin


def _vergelijkbaar(
    tot_jaar: int, tellen: Tellen, trajecten: Omvang, peildatum: date, reglement: Reglement | None
) -> tuple[list[int], list[float]]:
    """Return counts and exposures of every categorie in each whole year in which it could be chosen; none is 0."""
    per_cel = Counter[tuple[str, int]]()
    for (categorie, dag), n in tellen.items():
        per_cel[categorie, dag.year] += n
    alle = {categorie for categorie, _ in per_cel}
    if reglement is not None:
        alle |= {keuze.id for keuze in reglement.categorieen if keuze.opgevolgd_door is None}
    jaren = [
        jaar
        for jaar in sorted(trajecten.per_jaar)
        if jaar <= tot_jaar
        and trajecten.in_gebruik(jaar)
        and trajecten.trajecten(jaar)
        and date(jaar, *LAATST) <= peildatum
    ]
    cellen = [
        (per_cel[categorie, jaar], float(trajecten.trajecten(jaar) or 0))
        for categorie in sorted(alle)
        for jaar in jaren
        if _gold_heel(reglement, categorie, jaar)
    ]
    return [x for x, _ in cellen], [t for _, t in cellen]


def _gold_heel(reglement: Reglement | None, categorie: str, jaar: int) -> bool:
    """Tell whether a categorie, under this name or an earlier one, could be chosen on every day of a year."""
    if reglement is None:
        return True
    namen = [k for k in reglement.categorieen if reglement.nu_geheten("categorieen", k.id) == categorie]
    if not namen:
        return True
    vanaf = min(k.geldig_vanaf or date.min for k in namen)
    tot = max(k.geldig_tot or date.max for k in namen)
    return vanaf <= date(jaar, 1, 1) and tot >= date(jaar, *LAATST)


def _blootstelling(van: date, tot: date, trajecten: Omvang, peildatum: date) -> float | None:
    """Return the trajecten from `van` up to and including `tot`.

    None when a year is not over or not entered: its number is that of the whole year.
    """
    som = 0.0
    while van <= tot:
        laatste = date(van.year, *LAATST)
        einde = min(laatste, tot)
        bekend = trajecten.in_dagen(van, (einde - van).days + 1)
        if bekend is None or laatste > peildatum:
            return None
        som += bekend
        van = einde + EEN_DAG
    return som
