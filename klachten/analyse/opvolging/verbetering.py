"""Was anything seen to change after a verbeteractie? Before and after, against regression to the mean (step 18).

Compared are whole periods (years, quarters, months) as their trajecten were entered: before it those of the year that
was evaluated, as far as the verbeteractie was not carried out yet; after it those that follow, up to the last known.
Nothing is spread over days: a busy quarter beside three quiet ones would make a change where there is none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from duckdb import DuckDBPyConnection

from klachten.analyse import statistiek
from klachten.analyse.basis.kalender import LAATST
from klachten.analyse.basis.kengetallen import opdracht, rijen_van
from klachten.analyse.basis.keuzelijsten import naam_van
from klachten.analyse.basis.selectie import ALLES, Filter
from klachten.analyse.basis.trajecten import Omvang, omvang
from klachten.analyse.statistiek import Prior, VoorEnNa
from klachten.reglement import Reglement
from klachten.taal import datum, opsomming

EEN_DAG = timedelta(days=1)
ALPHA = 0.05
Tellen = Counter[tuple[str, date]]
"""The klachten per categorie and day of receipt."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Verandering:
    """One verbeteractie that was carried out: klachten of its categorie in the year evaluated, and since.

    `voor` counts up to `voor_tot` and `na` from `na_van` up to `na_tot`: the ends of the whole periods compared.
    `uitkomst` is None when there are none, and `zin` then says which number is missing, or by when it can be said; what
    is counted is then all up to the day on which it was carried out, and since. `valt_op`: more or less than the
    prediction of `prior` allows, the highest having been chosen, with all verbeteracties judged together.
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
    na_van: date
    na_tot: date
    dagen_na: int
    trajecten_voor: float | None
    trajecten_na: float | None
    prior: Prior | None
    uitkomst: VoorEnNa | None
    zin: str
    valt_op: bool = False


def voor_en_na(
    cursor: DuckDBPyConnection, *, peildatum: date, filter: Filter = ALLES, reglement: Reglement | None = None
) -> tuple[Verandering, ...]:
    """Return the observed change after each verbeteractie that was carried out and names a categorie.

    The prior comes from every categorie, the chosen one included, in each whole year up to the one evaluated: the
    chosen one was chosen for being high, and without it the others would expect too little of what follows.
    """
    # The filter on a categorie chooses which are shown; all of them are needed for the comparison, and judged together.
    ruim = Filter(**{**vars(filter), "categorie": None})
    acties = rijen_van(cursor, "verbeteracties_voor_en_na", peildatum=peildatum, filter=ruim)
    if not acties:
        return ()
    keuze, waarden = opdracht("klacht_selectie", peildatum=peildatum, filter=ruim)
    tellen: Tellen = Counter()
    for categorie, dag, n in cursor.execute(
        f"SELECT k.categorie, k.ontvangen_op, COUNT(*) FROM ({keuze}) AS k GROUP BY k.categorie, k.ontvangen_op",
        waarden,
    ).fetchall():
        tellen[categorie, dag] = n
    trajecten = omvang(cursor, peildatum=peildatum, filter=ruim, reglement=reglement)
    gevonden = [_verandering(actie, tellen, trajecten, peildatum, reglement) for actie in acties]
    return tuple(v for v in _samen(gevonden) if filter.categorie in (None, v.categorie))


def _verandering(
    actie: dict[str, Any], tellen: Tellen, trajecten: Omvang, peildatum: date, reglement: Reglement | None
) -> Verandering:
    jaar, uitgevoerd_op, categorie = actie["jaar"], actie["uitgevoerd_op"], actie["categorie"]
    begin, voor_tot = date(jaar, 1, 1), min(date(jaar, *LAATST), uitgevoerd_op)
    na_van, na_tot = uitgevoerd_op + EEN_DAG, peildatum
    ervoor, erna = _hele_voor(begin, voor_tot, trajecten, peildatum), _hele_na(uitgevoerd_op, trajecten, peildatum)
    zin, prior = "", None
    if peildatum <= uitgevoerd_op:
        zin = "Nog niet te zeggen: de verbeteractie is pas uitgevoerd."
    elif ervoor is None or erna is None or not ervoor[1] or not erna[2]:
        zin = _waarom_niet(begin, uitgevoerd_op, ervoor, erna, trajecten, peildatum)
    else:
        voor_tot, (na_van, na_tot, _) = ervoor[0], erna
        prior = statistiek.schat_prior(*_vergelijkbaar(jaar, tellen, trajecten, peildatum, reglement))
        zin = _perioden(begin, voor_tot, uitgevoerd_op, na_van, na_tot, peildatum)
    return Verandering(
        klachtnummer=actie["klachtnummer"],
        verbeteractie=actie["verbeteractie"],
        jaar=jaar,
        categorie=categorie,
        naam=naam_van(reglement, "categorieen", categorie),
        uitgevoerd_op=uitgevoerd_op,
        voor=_som(tellen, categorie, begin, voor_tot),
        voor_tot=voor_tot,
        na=_som(tellen, categorie, na_van, na_tot),
        na_van=na_van,
        na_tot=na_tot,
        dagen_na=(na_tot - na_van).days + 1,
        trajecten_voor=ervoor[1] if ervoor else None,
        trajecten_na=erna[2] if erna else None,
        prior=prior,
        uitkomst=None,
        zin=zin,
    )


def _samen(gevonden: Sequence[Verandering]) -> list[Verandering]:
    """Return the changes with what may be said of each, now that all of them are looked at together (Holm)."""
    los = [None if v.prior is None else _uitkomst(v) for v in gevonden]
    familie = statistiek.holm([None if uit is None else uit.p for uit in los], ALPHA)
    return [_met_oordeel(v, staat) for v, staat in zip(gevonden, familie.verworpen, strict=True)]


def _met_oordeel(v: Verandering, staat: bool) -> Verandering:
    if v.prior is None:
        return v
    uitkomst = _uitkomst(v, staat)
    return replace(v, uitkomst=uitkomst, valt_op=staat, zin=f"{uitkomst.zin}{v.zin}")


def _uitkomst(v: Verandering, staat: bool | None = None) -> VoorEnNa:
    return statistiek.waargenomen_verandering(
        v.voor, v.trajecten_voor or 0, v.na, v.trajecten_na or 0, v.prior, staat=staat
    )


def _som(tellen: Tellen, categorie: str, van: date, tot: date) -> int:
    return sum(n for (naam, dag), n in tellen.items() if naam == categorie and van <= dag <= tot)


def _hele_voor(begin: date, tot: date, trajecten: Omvang, peildatum: date) -> tuple[date, float] | None:
    """Return the last day and the trajecten of the whole periods of the year evaluated before it was carried out."""
    gevonden = trajecten.heel_tot(begin, min(tot, peildatum))
    # A part of that year is compared because of the day on which it was carried out, not because a number is missing.
    return None if gevonden and (tot.month, tot.day) == LAATST != (gevonden[0].month, gevonden[0].day) else gevonden


def _hele_na(uitgevoerd_op: date, trajecten: Omvang, peildatum: date) -> tuple[date, date, float] | None:
    """Return the first day, the last day and the trajecten of the whole periods that follow; None without any."""
    for dag in trajecten.begint_na(uitgevoerd_op, peildatum):
        if gevonden := trajecten.heel_tot(dag, peildatum):
            return (dag, *gevonden)
    return None


def _waarom_niet(
    begin: date,
    uitgevoerd_op: date,
    ervoor: tuple[date, float] | None,
    erna: tuple[date, date, float] | None,
    trajecten: Omvang,
    peildatum: date,
) -> str:
    """Say which number of trajecten is missing, or by when something can be said."""
    nodig = [begin.year] if ervoor is None else []
    nodig += [(uitgevoerd_op + EEN_DAG).year] if erna is None else []
    over = [jaar for jaar in dict.fromkeys(nodig) if date(jaar, *LAATST) <= peildatum]
    if leeg := [jaar for jaar in over if trajecten.trajecten(jaar) is None]:
        redenen = opsomming(f"{trajecten.waarom_niet(jaar)} ({jaar})" for jaar in leeg)
        return f"Niet te vergelijken: {redenen}."
    if ervoor is None:
        return (
            f"Niet te vergelijken: voor de uitvoering op {datum(uitgevoerd_op)} is er in {begin.year} geen heel jaar, "
            "kwartaal of hele maand waarvan het aantal trajecten voor elke vestiging is ingevuld."
        )
    if erna is None:
        maand, kwartaal, jaar = (_begin_na(uitgevoerd_op, maanden) for maanden in (1, 3, 12))
        return (
            "Nog niet te zeggen. Dat kan zodra het aantal trajecten van een hele periode na de uitvoering voor elke "
            f"vestiging is ingevuld: de maand vanaf {datum(maand)}, het kwartaal vanaf {datum(kwartaal)} of het jaar "
            f"vanaf {datum(jaar)}."
        )
    return "Niet te vergelijken: in een van beide perioden waren er geen trajecten."


def _begin_na(dag: date, maanden: int) -> date:
    """Return the first day after another one on which a period of so many months begins: 1, 3 or 12."""
    nr = ((dag.year * 12 + dag.month - 1) // maanden + 1) * maanden
    return date(nr // 12, nr % 12 + 1, 1)


def _perioden(begin: date, voor_tot: date, uitgevoerd_op: date, na_van: date, na_tot: date, peildatum: date) -> str:
    """Say which days were compared, and that only whole periods are when that leaves days out."""
    voor = str(begin.year) if (voor_tot.month, voor_tot.day) == LAATST else f"{begin.year} tot en met {datum(voor_tot)}"
    meteen = na_van == uitgevoerd_op + EEN_DAG
    na = "de tijd na de uitvoering," if meteen else f"de tijd vanaf {datum(na_van)}"
    zin = f" Vergeleken zijn {voor} en {na} tot en met {datum(na_tot)}."
    overgeslagen = voor_tot < min(uitgevoerd_op, date(begin.year, *LAATST)) or not meteen or na_tot < peildatum
    if overgeslagen:
        zin += " Alleen hele perioden waarvan het aantal trajecten is ingevuld tellen mee."
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
