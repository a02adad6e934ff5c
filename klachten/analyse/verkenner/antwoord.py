"""The answer of the Verkenner: a figure per value and period, its interval, and the klachten behind each number."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from duckdb import DuckDBPyConnection

from klachten.analyse import statistiek
from klachten.analyse.basis.kengetallen import opdracht
from klachten.analyse.basis.trajecten import Omvang, omvang
from klachten.analyse.jaar.delen import intensiteit_van
from klachten.analyse.termijnen.wachttijd import Doorlooptijd
from klachten.analyse.verkenner.maten import DAGEN, PER_100, TERMIJN, WACHTTIJD, Maat
from klachten.analyse.verkenner.opdracht import KANTEN, KOP, als_tekst, opdrachten
from klachten.analyse.verkenner.verkenning import Verkenning
from klachten.analyse.werk.telling import Telling
from klachten.periode import Periode
from klachten.reglement import Reglement

EEN_DAG = timedelta(days=1)
Waarden = tuple[str | None, ...]


@dataclass(frozen=True, kw_only=True)
class Cel:
    """One figure: of which period and values, how many, of how many, and the interval of what it says.

    `n` are the rows that count: of a share all of which it is, of a term those whose last day is over. `x` are those of
    them that the share is about, None where there is no share. `waarde` is the number itself: a count, a fraction,
    days (inf: not reached) or klachten per 100 trajecten; None without data. `onbeslist`: past the term without a
    decision. `opmerking` says why there is no figure. `verborgen`: too small for who looks.
    """

    deel: Periode
    waarden: Waarden = ()
    n: int = 0
    x: int | None = None
    waarde: float | None = None
    laag: float | None = None
    hoog: float | None = None
    onbeslist: int = 0
    trajecten: int | None = None
    opmerking: str = ""
    verborgen: bool = False


@dataclass(frozen=True, kw_only=True)
class Antwoord:
    """What was asked as of which day, every figure, and all of them together (None: they do not add up).

    The cells stand by period, then by value: the largest first. `sql` asks a snapshot the same. `zin_kleine` says what
    was hidden, empty for who sees all.
    """

    vraag: Verkenning
    peildatum: date
    delen: tuple[Periode, ...]
    cellen: tuple[Cel, ...]
    samen: Cel | None
    sql: str
    zin_kleine: str = ""

    @property
    def maat(self) -> Maat:
        """The measure."""
        return self.vraag.wat

    def kant(self, nr: int) -> tuple[str | None, ...]:
        """Return the values of a characteristic, the most frequent first and what is not known last."""
        per: dict[str | None, int] = {}
        for cel in self.cellen:
            per[cel.waarden[nr]] = per.get(cel.waarden[nr], 0) + cel.n
        return tuple(sorted(per, key=lambda waarde: (waarde is None, -per[waarde], str(waarde))))

    def cel(self, deel: Periode, waarden: Waarden) -> Cel | None:
        """Return the figure of a period and values; None where nothing is counted."""
        return next((cel for cel in self.cellen if (cel.deel, cel.waarden) == (deel, waarden)), None)

    def telling(self, cel: Cel, *, x: bool = False) -> Telling | None:
        """Return the klachten behind the number of a cell, or of its x; None where there is no such list."""
        vorm = self.maat.lijst_x if x else self.maat.lijst
        if vorm is None or cel.verborgen or not (cel.x if x else cel.n):
            return None
        op = min(cel.deel.laatste, self.peildatum) if self.maat.op_stand else self.peildatum
        vast: dict[str, Any] = {"peildatum": op, "periode": None if self.maat.op_stand else cel.deel}
        vast |= {"filter": self.vraag.filter, **vorm}
        for splitsing, waarde in zip(self.vraag.splitsingen, cel.waarden, strict=False):
            if splitsing.veld and waarde:
                vast["filter"] = replace(vast["filter"], **{splitsing.veld: waarde})
            elif splitsing.telling and waarde is not None and splitsing.telling not in vast:
                vast[splitsing.telling] = waarde
            elif splitsing.deel and (splitsing.nader or waarde) and not (splitsing.nader and vast.get("wat")):
                gekozen = f"{splitsing.nader}.{waarde or ''}" if splitsing.nader else waarde
                vast["wat"] = "kenmerk" if splitsing.nader else vast["wat"]
                deel = dict(vast.get("deel", ())) | {splitsing.deel: gekozen}
                vast["deel"] = tuple(sorted(deel.items()))
            else:
                return None
        return _telling(vast)


# What a list of something else than klachten, or of one characteristic of them, cannot ask besides.
_ALLEEN_KLACHTEN = ("op", "einde", "uitkomst", "termijn", "stand")


def _telling(vast: dict[str, Any]) -> Telling | None:
    if vast.get("wat") and any(vast.get(naam) is not None for naam in _ALLEEN_KLACHTEN):
        return None
    try:
        return Telling(**vast)
    except ValueError:
        return None


def geef(
    cursor: DuckDBPyConnection, vraag: Verkenning, *, peildatum: date, reglement: Reglement | None = None
) -> Antwoord:
    """Return the answer to a question that names its period; `reglement` knows which vestigingen there were."""
    assert vraag.periode is not None
    maat = vraag.wat
    grootte = None
    if maat.soort == PER_100:
        vast = {"periode": vraag.periode, "filter": vraag.filter, "reglement": reglement}
        grootte = omvang(cursor, peildatum=peildatum, **vast)
    delen = vraag.delen(peildatum, _eerste_dag(cursor, vraag, peildatum) if vraag.reeks == "jaar" else None)
    alle = opdrachten(vraag, delen, peildatum)
    sleutels = {deel.sleutel: deel for deel in delen}
    groepen: dict[tuple[Periode, Waarden], list[dict[str, Any]]] = {}
    for een in alle:
        gevonden = cursor.execute(een.sql, een.waarden)
        namen = [kolom[0] for kolom in gevonden.description or ()]
        for rij in (dict(zip(namen, waarden, strict=True)) for waarden in gevonden.fetchall()):
            deel = sleutels[rij["deel"]] if "deel" in rij else een.deel or delen[0]
            waarden = tuple(rij[naam] for naam in KANTEN[: len(vraag.per)])
            groepen.setdefault((deel, waarden), []).append(rij)
    cellen = [
        _cel(maat, groepen.get((deel, waarden), []), deel, waarden, grootte, peildatum)
        for deel, waarden in _plekken(vraag, delen, groepen)
    ]
    rijen = [rij for eigen in groepen.values() for rij in eigen]
    samen = None
    if (heel := _samen(vraag, delen)) is not None:
        samen = _cel(maat, rijen, heel, (), grootte, peildatum)
    antwoord = Antwoord(
        vraag=vraag, peildatum=peildatum, delen=delen, cellen=tuple(cellen), samen=samen, sql=als_tekst(alle)
    )
    plek = [{waarde: nr for nr, waarde in enumerate(antwoord.kant(kant))} for kant in range(len(vraag.per))]
    volgorde = sorted(
        cellen,
        key=lambda cel: (delen.index(cel.deel), *(p[w] for p, w in zip(plek, cel.waarden, strict=True))),
    )
    return replace(antwoord, cellen=tuple(volgorde))


def _samen(vraag: Verkenning, delen: Sequence[Periode]) -> Periode | None:
    """Return the period of all parts together; None where they do not add up.

    As of several days the same klacht is counted more than once, and third quarters are no period together.
    """
    if vraag.reeks and (vraag.wat.op_stand or vraag.wat.soort == PER_100):
        return None
    sluit_aan = all(na.eerste == deel.laatste + EEN_DAG for deel, na in pairwise(delen))
    return Periode(delen[0].eerste, delen[-1].laatste) if sluit_aan else None


def _eerste_dag(cursor: DuckDBPyConnection, vraag: Verkenning, peildatum: date) -> date | None:
    """Return the first day of receipt of what is chosen: years before it say nothing."""
    keuze, waarden = opdracht("klacht_selectie", peildatum=peildatum, filter=vraag.filter)
    ((dag,),) = cursor.execute(f"SELECT MIN(k.ontvangen_op) FROM ({keuze}) AS k", waarden).fetchall()
    eerste: date | None = dag
    return eerste


def _plekken(
    vraag: Verkenning, delen: Sequence[Periode], groepen: Iterable[tuple[Periode, Waarden]]
) -> list[tuple[Periode, Waarden]]:
    """Return every period and value that has a cell: all periods of a series, all values that occur in any of them."""
    per_kant = [dict.fromkeys(waarden[nr] for _, waarden in groepen) for nr in range(len(vraag.per))]
    alle: list[Waarden] = [()]
    for waarden in per_kant:
        alle = [(*eerder, waarde) for eerder in alle for waarde in waarden]
    return [(deel, waarden) for deel in delen for waarden in alle]


def _cel(
    maat: Maat, rijen: Sequence[Mapping[str, Any]], deel: Periode, waarden: Waarden, schaal: Omvang | None, op: date
) -> Cel:
    """Return the figure of some rows of the statement; no rows is nothing counted."""
    n = sum(rij["n"] for rij in rijen)
    kaal = Cel(deel=deel, waarden=waarden, n=n)
    if maat.soort == DAGEN:
        return _dagen(kaal, maat, rijen)
    if maat.soort == PER_100:
        assert schaal is not None
        hier = schaal.van(waarden[0]) if waarden and waarden[0] else schaal
        dicht = intensiteit_van(n, hier, deel.jaar, op)
        return replace(
            kaal, waarde=dicht.per_100, laag=dicht.laag, hoog=dicht.hoog, trajecten=dicht.trajecten,
            opmerking="" if dicht.per_100 is not None else dicht.opmerking,
        )  # fmt: skip
    if not maat.is_deel:
        return replace(kaal, waarde=float(n))
    x = sum(rij["x"] for rij in rijen)
    if maat.soort == TERMIJN:
        som = {naam: sum(rij[naam] for rij in rijen) for naam in KOP}
        kop = statistiek.termijnkop(x, **som)
        return replace(
            kaal, n=som["rijp"], x=x, waarde=kop.aandeel, laag=kop.laag, hoog=kop.hoog, onbeslist=kop.onbeslist
        )
    deel_van = statistiek.wilson(x, n)
    return replace(kaal, x=x, waarde=deel_van.aandeel, laag=deel_van.laag, hoog=deel_van.hoog)


def _dagen(kaal: Cel, maat: Maat, rijen: Sequence[Mapping[str, Any]]) -> Cel:
    per: dict[tuple[Any, ...], int] = {}
    for rij in rijen:
        soort = (rij["dagen"], rij["einde"], rij["instap"])
        per[soort] = per.get(soort, 0) + rij["n"]
    duren = tuple(
        {"dagen": dagen, "einde": einde, "instap": instap, "klachten": n} for (dagen, einde, instap), n in per.items()
    )
    if not duren:
        return replace(kaal, x=0)
    duur = Doorlooptijd(maat.id.removeprefix(WACHTTIJD), maat.wat, duren)
    return replace(
        kaal, n=duur.n, x=duur.gebeurtenissen, waarde=duur.mediaan, laag=duur.mediaan_laag, hoog=duur.mediaan_hoog
    )


def is_bereikt(waarde: float | None) -> bool:
    """Tell whether a number can be shown: there is one, and it is not infinite."""
    return waarde is not None and not math.isinf(waarde)
