"""Was anything seen to change after a verbeteractie? Before and after, against regression to the mean (step 18)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from duckdb import DuckDBPyConnection

from klachten.analyse import statistiek
from klachten.analyse.basis.kalender import LAATST
from klachten.analyse.basis.kengetallen import rijen_van
from klachten.analyse.basis.keuzelijsten import naam_van
from klachten.analyse.basis.selectie import ALLES, Filter
from klachten.analyse.statistiek import VoorEnNa
from klachten.reglement import Reglement


@dataclass(frozen=True, eq=False, kw_only=True)
class Verandering:
    """One verbeteractie that was carried out: klachten of its categorie in the year evaluated, and since.

    `uitkomst` is None when a number of trajecten is missing; `zin` then says which.
    """

    klachtnummer: str
    verbeteractie: int
    jaar: int
    categorie: str
    naam: str
    uitgevoerd_op: date
    voor: int
    na: int
    dagen_na: int
    trajecten_voor: float | None
    trajecten_na: float | None
    uitkomst: VoorEnNa | None
    zin: str


def voor_en_na(
    cursor: DuckDBPyConnection, *, peildatum: date, filter: Filter = ALLES, reglement: Reglement | None = None
) -> tuple[Verandering, ...]:
    """Return the observed change after each verbeteractie that was carried out and names a categorie.

    The prior comes from the other categorieen in every whole year with trajecten, and from this one in the years
    before the year that was evaluated.
    """
    acties = rijen_van(cursor, "verbeteracties_voor_en_na", peildatum=peildatum, filter=filter)
    if not acties:
        return ()
    # The filter on a categorie chooses verbeteracties; the others are needed for the comparison.
    ruim = Filter(**{**vars(filter), "categorie": None})
    tellen = rijen_van(cursor, "categorieen", peildatum=peildatum, filter=ruim)
    trajecten = _trajecten(cursor, peildatum, filter)
    return tuple(_verandering(actie, tellen, trajecten, peildatum, reglement) for actie in acties)


def _trajecten(cursor: DuckDBPyConnection, peildatum: date, filter: Filter) -> dict[int, int]:
    """Return the trajecten per year in which every vestiging with klachten has them entered."""
    per_jaar: dict[int, int] = defaultdict(int)
    onvolledig = set()
    for rij in rijen_van(
        cursor, "intensiteit", peildatum=peildatum, filter=Filter(vestiging=filter.vestiging, herkomst=filter.herkomst)
    ):
        per_jaar[rij["jaar"]] += rij["trajecten"] or 0
        if rij["klachten"] and not rij["trajecten"]:
            onvolledig.add(rij["jaar"])
    return {jaar: n for jaar, n in per_jaar.items() if n and jaar not in onvolledig}


def _verandering(
    actie: dict[str, Any],
    tellen: list[dict[str, Any]],
    trajecten: dict[int, int],
    peildatum: date,
    reglement: Reglement | None,
) -> Verandering:
    voor_t = trajecten.get(actie["jaar"])
    na_t = _blootstelling(actie["uitgevoerd_op"], peildatum, trajecten)
    naam = naam_van(reglement, "categorieen", actie["categorie"])
    uitkomst = None
    if not actie["dagen_na"]:
        zin = "Nog niet te zeggen: de verbeteractie is pas uitgevoerd."
    elif not voor_t or not na_t:
        zin = "Niet te vergelijken: het aantal trajecten van een van de jaren is niet volledig ingevuld."
    else:
        prior = statistiek.schat_prior(*_vergelijkbaar(actie, tellen, trajecten, peildatum))
        uitkomst = statistiek.waargenomen_verandering(actie["voor"], voor_t, actie["na"], na_t, prior)
        zin = uitkomst.zin
    return Verandering(
        **{
            naam: actie[naam]
            for naam in (
                "klachtnummer",
                "verbeteractie",
                "jaar",
                "categorie",
                "uitgevoerd_op",
                "voor",
                "na",
                "dagen_na",
            )
        },
        naam=naam,
        trajecten_voor=voor_t,
        trajecten_na=na_t,
        uitkomst=uitkomst,
        zin=zin,
    )


def _vergelijkbaar(
    actie: dict[str, Any], tellen: list[dict[str, Any]], trajecten: dict[int, int], peildatum: date
) -> tuple[list[int], list[float]]:
    """Return counts and exposures of the other categorieen and years; no klacht in a year counts as 0."""
    per_cel = {(rij["categorie"], rij["jaar"]): rij["klachten"] for rij in tellen}
    eerste = min((jaar for _, jaar in per_cel), default=peildatum.year)
    jaren = [jaar for jaar in sorted(trajecten) if jaar >= eerste and date(jaar, *LAATST) <= peildatum]
    cellen = [
        (per_cel.get((categorie, jaar), 0), float(trajecten[jaar]))
        for categorie in sorted({categorie for categorie, _ in per_cel})
        for jaar in jaren
        if categorie != actie["categorie"] or jaar < actie["jaar"]
    ]
    return [x for x, _ in cellen], [t for _, t in cellen]


def _blootstelling(na: date, tot: date, trajecten: dict[int, int]) -> float | None:
    """Return the trajecten from the day after `na` up to `tot`, spread evenly; None when a year is missing."""
    som, begin = 0.0, na + timedelta(days=1)
    while begin <= tot:
        einde = min(date(begin.year, *LAATST), tot)
        if begin.year not in trajecten:
            return None
        in_jaar = (date(begin.year, *LAATST) - date(begin.year, 1, 1)).days + 1
        som += trajecten[begin.year] * ((einde - begin).days + 1) / in_jaar
        begin = einde + timedelta(days=1)
    return som
