"""What became of maatregelen and disputes: small sums over the tables of their questions (steps 11, 12 and 15)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

import pandas as pd
from duckdb import DuckDBPyConnection

from klachten.analyse import statistiek
from klachten.analyse.basis.kengetallen import Rijen, opdracht
from klachten.analyse.basis.lezer import HEEL, Zicht
from klachten.analyse.basis.selectie import ALLES, Filter
from klachten.analyse.statistiek import Verhouding
from klachten.periode import Wanneer

LEEFTIJDEN = ("0-14 dagen", "15-42 dagen", "43-90 dagen", "meer dan 90 dagen")


@dataclass(frozen=True, eq=False, kw_only=True)
class Maatregelen:
    """The maatregelen of the klachten of a period.

    `per_actienemer`: actienemer, maatregelen, op_tijd, te_laat, open, open_en_te_laat, vervallen, rijp;
    `leeftijden`: of what is open, by age since it was decided: leeftijd, open, waarvan_te_laat. `tarief`: in time
    among those whose agreed day is over.
    """

    totaal: int
    op_tijd: int
    te_laat: int
    open: int
    open_en_te_laat: int
    vervallen: int
    gewijzigd: int
    meeste_dagen_te_laat: int
    tarief: Verhouding
    per_actienemer: pd.DataFrame
    leeftijden: pd.DataFrame


def maatregelen_van(rijen: Rijen) -> Maatregelen:
    """Return the sums of question maatregelen_opvolging."""

    def som(kolom: str = "maatregelen", **gelijk: str) -> int:
        return sum(rij[kolom] for rij in rijen if all(rij[naam] == waarde for naam, waarde in gelijk.items()))

    per_actienemer = [
        {
            "actienemer": wie,
            "maatregelen": som(actienemer=wie),
            **{stand.replace(" ", "_"): som(actienemer=wie, stand=stand) for stand in STANDEN},
            "rijp": som("rijp", actienemer=wie),
            "rijp_op_tijd": som("rijp", actienemer=wie, stand="op tijd"),
        }
        for wie in sorted({rij["actienemer"] for rij in rijen})
    ]
    leeftijden = [
        {
            "leeftijd": leeftijd,
            "open": som(leeftijd=leeftijd),
            "waarvan_te_laat": som(leeftijd=leeftijd, stand="open en te laat"),
        }
        for leeftijd in LEEFTIJDEN
    ]
    kolommen = ["actienemer", "maatregelen", *(stand.replace(" ", "_") for stand in STANDEN), "rijp", "rijp_op_tijd"]
    return Maatregelen(
        totaal=som(),
        op_tijd=som(stand="op tijd"),
        te_laat=som(stand="te laat"),
        open=som(stand="open"),
        open_en_te_laat=som(stand="open en te laat"),
        vervallen=som(stand="vervallen"),
        gewijzigd=som("gewijzigd"),
        meeste_dagen_te_laat=max((rij["meeste_dagen_te_laat"] or 0 for rij in rijen), default=0),
        tarief=statistiek.wilson(som("rijp", stand="op tijd"), som("rijp")),
        per_actienemer=pd.DataFrame(per_actienemer, columns=kolommen),
        leeftijden=pd.DataFrame(leeftijden),
    )


STANDEN = ("op tijd", "te laat", "open", "open en te laat", "vervallen")


def maatregelen_lijst(
    cursor: DuckDBPyConnection,
    *,
    peildatum: date,
    periode: Wanneer | None = None,
    filter: Filter = ALLES,
    standen: tuple[str, ...] = ("open en te laat", "open"),
    zicht: Zicht = HEEL,
    limit: int = 100,
    offset: int = 0,
) -> tuple[int, pd.DataFrame]:
    """Return how many maatregelen stand like this and one page of them, the longest overdue first."""
    tekst, waarden = opdracht("maatregelen_stand", peildatum=peildatum, periode=periode, filter=filter)
    ziet, wie = zicht.sql("s.klachtnummer")
    keuze = f"FROM ({tekst}) AS s WHERE s.stand IN (SELECT UNNEST($standen)) AND {ziet}"
    waarden |= {"standen": list(standen), **wie}
    (aantal,) = cursor.execute(f"SELECT COUNT(*) {keuze}", waarden).fetchall()[0]
    pagina = cursor.execute(
        f"SELECT s.* {keuze} ORDER BY s.dagen_te_laat DESC, s.klachtnummer, s.maatregel LIMIT $limit OFFSET $offset",
        waarden | {"limit": limit, "offset": offset},
    ).df()
    return aantal, pagina


@dataclass(frozen=True, kw_only=True)
class Geschillen:
    """The disputes reported in a period, as far as they had come on the peildatum."""

    gemeld: int = 0
    opgelost: int = 0
    voorgelegd: int = 0
    oordeel: int = 0
    lopend: int = 0
    tot_heropening: int = 0
    oordelen: dict[str, int] = field(default_factory=dict)


def geschillen_van(rijen: Rijen, jaar: int) -> Geschillen:
    """Return the sums of question geschillen for one period: `jaar` is the year in which it begins."""
    eigen = [rij for rij in rijen if rij["jaar"] == jaar]
    per_stand, oordelen = Counter[str](), Counter[str]()
    for rij in eigen:
        per_stand[rij["stand"]] += rij["geschillen"]
        if rij["oordeel"]:
            oordelen[rij["oordeel"]] += rij["geschillen"]
    return Geschillen(
        gemeld=per_stand.total(),
        opgelost=per_stand["opgelost"],
        voorgelegd=sum(rij["voorgelegd"] for rij in eigen),
        oordeel=per_stand["oordeel"],
        lopend=sum(per_stand[stand] for stand in ("gemeld", "overleg mislukt", "voorgelegd")),
        tot_heropening=sum(rij["tot_heropening"] for rij in eigen),
        oordelen=dict(sorted(oordelen.items())),
    )
