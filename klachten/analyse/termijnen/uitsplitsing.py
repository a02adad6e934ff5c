"""Terms of one period from closer by: per vestiging, categorie or behandelaar, per maatregel, and what was late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
from duckdb import DuckDBPyConnection

from klachten.analyse import statistiek
from klachten.analyse.basis.geteld import Geteld, geteld_als
from klachten.analyse.basis.kengetallen import opdracht, rijen_van
from klachten.analyse.basis.lezer import HEEL, Zicht
from klachten.analyse.basis.selectie import ALLES, Filter
from klachten.analyse.statistiek import Verhouding
from klachten.analyse.termijnen.naleving import Naleving, termijnen_van
from klachten.periode import Wanneer

UITSPLITSINGEN = {"vestiging": "vestiging", "categorie": "categorie", "behandelaar": "behandelaar"}
# Whoever looks at one split looks at the others after it: together they claim a difference in at most one of ten.
ALPHA = 0.10 / len(UITSPLITSINGEN)


def reeks(
    cursor: DuckDBPyConnection, *, peildatum: date, perioden: Sequence[Wanneer], filter: Filter = ALLES
) -> list[list[Naleving]]:
    """Return the periods of each term for a finer choice of klachten, by day of receipt; terms in order of step."""
    regels: list[Naleving] = []
    for periode in perioden:
        rijen = rijen_van(cursor, "termijntarieven", peildatum=peildatum, periode=periode, filter=filter)
        regels += termijnen_van(rijen, periode)
    per: dict[str, list[Naleving]] = {}
    for regel in sorted(regels, key=lambda regel: (regel.stap, regel.termijn, regel.jaar or 0)):
        per.setdefault(regel.termijn, []).append(regel)
    return list(per.values())


@dataclass(frozen=True, eq=False)
class Uitsplitsing:
    """One term of one period per value of a characteristic.

    `tabel`: waarde, x, n (matured), onbeslist, noemer, aandeel, laag, hoog (the headline of each), te_laat_open, p_holm
    and anders: on time less or more often than all others together, beyond chance, after Holm's correction for looking
    at all values of all terms at once.
    """

    termijn: str
    termijn_naam: str
    stap: int
    tabel: pd.DataFrame


def uitsplitsing(
    cursor: DuckDBPyConnection, per: str, *, peildatum: date, periode: Wanneer, filter: Filter = ALLES
) -> tuple[Uitsplitsing, ...]:
    """Return every term of the period per vestiging, categorie or behandelaar. Raises ValueError for another `per`."""
    if per not in UITSPLITSINGEN:
        raise ValueError(f"Uitsplitsen kan per {', '.join(UITSPLITSINGEN)}, niet per {per!r}.")
    rijen = rijen_van(cursor, "termijntarieven", peildatum=peildatum, periode=periode, filter=filter, per=per)
    per_termijn = {
        termijn: [rij for rij in rijen if rij["termijn"] == termijn]
        for termijn in dict.fromkeys(rij["termijn"] for rij in rijen)
    }
    koppen = {termijn: [deel.kop for deel in termijnen_van(eigen, periode)] for termijn, eigen in per_termijn.items()}
    # Compared is what the headlines say; a table of counts has whole numbers.
    kansen = {
        termijn: statistiek.elk_tegen_de_rest([kop.x for kop in eigen], [round(kop.n) for kop in eigen])
        for termijn, eigen in koppen.items()
    }
    familie = statistiek.holm([p for eigen in kansen.values() for p in eigen], ALPHA)
    oordelen = zip(familie.aangepast, familie.verworpen, strict=True)
    uit = []
    for termijn, eigen in per_termijn.items():
        regels = []
        for rij, kop in zip(eigen, koppen[termijn], strict=True):
            aangepast, anders = next(oordelen)
            regels.append(
                {
                    "waarde": rij["waarde"],
                    "x": kop.x,
                    "n": rij["rijp"],
                    "onbeslist": kop.onbeslist,
                    "noemer": kop.n,
                    "aandeel": kop.aandeel,
                    "laag": kop.laag,
                    "hoog": kop.hoog,
                    "te_laat_open": rij["te_laat_open"],
                    "p_holm": aangepast,
                    "anders": anders,
                }
            )
        uit.append(Uitsplitsing(termijn, eigen[0]["termijn_naam"], eigen[0]["stap"], pd.DataFrame(regels)))
    return tuple(uit)


@dataclass(frozen=True, kw_only=True)
class PerMaatregel:
    """The maatregelen of a period against the term of their klacht (step 11)."""

    op_tijd: int = 0
    te_laat: int = 0
    te_laat_open: int = 0
    loopt: int = 0
    tarief: Verhouding

    @property
    def achter(self) -> tuple[Geteld, ...]:
        """The counts of a sentence about these."""
        return (
            *geteld_als("maatregeltermijn", self.tarief.n, "met de termijn voorbij", rijp="ja"),
            *geteld_als("maatregeltermijn", self.tarief.x, "op tijd", rijp="ja", stand="op tijd"),
            *geteld_als("maatregeltermijn", self.te_laat_open, "te laat en nog open", stand="te laat, nog open"),
        )


def per_maatregel(
    cursor: DuckDBPyConnection, *, peildatum: date, periode: Wanneer, filter: Filter = ALLES
) -> PerMaatregel:
    """Return how many maatregelen were carried out within the term, each counted by itself (step 11)."""
    rijen = rijen_van(cursor, "maatregeltermijn", peildatum=peildatum, periode=periode, filter=filter)
    per = {rij["status"]: rij for rij in rijen}
    aantallen = {
        veld: per[status]["maatregelen"] if status in per else 0
        for veld, status in (
            ("op_tijd", "op tijd"),
            ("te_laat", "te laat"),
            ("te_laat_open", "te laat, nog open"),
            ("loopt", "loopt"),
        )
    }
    rijp_op_tijd = per["op tijd"]["rijp"] if "op tijd" in per else 0
    return PerMaatregel(**aantallen, tarief=statistiek.wilson(rijp_op_tijd, sum(rij["rijp"] for rij in rijen)))


def te_laat(
    cursor: DuckDBPyConnection,
    *,
    peildatum: date,
    periode: Wanneer | None = None,
    filter: Filter = ALLES,
    zicht: Zicht = HEEL,
    limit: int = 100,
    offset: int = 0,
) -> tuple[int, pd.DataFrame]:
    """Return how many terms were missed and one page of them: what is still open first, the worst first.

    Columns: klachtnummer, termijn_naam, stap, vestiging, categorie, behandelaar, uiterlijk_op, einde_op, status,
    dagen_te_laat and redenen: the ids of the deviations that were recorded with a reason on the step of the term (the
    reason itself is a text in the dossier).
    """
    keuze, waarden = opdracht("klacht_selectie", peildatum=peildatum, periode=periode, filter=filter)
    ziet, wie = zicht.sql("t.klachtnummer")
    waarden |= wie
    bron = (
        f"FROM termijnen(peildatum := $peildatum) AS t JOIN ({keuze}) AS k ON k.klachtnummer = t.klachtnummer "
        f"WHERE t.status IN ('te laat', 'te laat, nog open', 'onbepaald, termijn verstreken') AND {ziet}"
    )
    (aantal,) = cursor.execute(f"SELECT COUNT(*) {bron}", waarden).fetchall()[0]
    if not aantal or not limit:
        return aantal, pd.DataFrame()
    pagina = cursor.execute(
        "SELECT t.klachtnummer, t.termijn_naam, t.stap, t.vestiging, t.categorie, t.behandelaar, t.uiterlijk_op, "
        "t.einde_op, t.status, COALESCE(t.einde_op, t.gezien_op) - t.uiterlijk_op AS dagen_te_laat, "
        f"k.afwijkingen > 0 AS met_reden {bron} "
        "ORDER BY CASE t.status WHEN 'te laat, nog open' THEN 1 WHEN 'onbepaald, termijn verstreken' THEN 2 ELSE 3 END"
        ", dagen_te_laat DESC, t.klachtnummer, t.stap LIMIT $limit OFFSET $offset",
        waarden | {"limit": limit, "offset": offset},
    ).df()
    redenen = _redenen(cursor, list(pagina.loc[pagina["met_reden"], "klachtnummer"]), peildatum)
    pagina["redenen"] = [
        redenen.get((nummer, stap), ()) for nummer, stap in zip(pagina["klachtnummer"], pagina["stap"], strict=True)
    ]
    return aantal, pagina.drop(columns="met_reden")


def _redenen(cursor: DuckDBPyConnection, nummers: list[str], peildatum: date) -> dict[tuple[str, int], tuple[str, ...]]:
    """Return per klacht and step the deviations that were recorded with a reason."""
    if not nummers:
        return {}
    rijen = cursor.execute(
        "SELECT f.klachtnummer, f.stap, CAST(f.gegevens -> 'afwijkingen' AS VARCHAR[]) FROM feit(NULL, NULL) AS f "
        "WHERE list_contains($dossiers, f.klachtnummer) AND f.gebeurd_op <= $peildatum "
        "AND (f.gegevens -> 'afwijkingen') IS NOT NULL",
        {"dossiers": nummers, "peildatum": peildatum},
    ).fetchall()
    uit: dict[tuple[str, int], tuple[str, ...]] = {}
    for nummer, stap, codes in rijen:
        uit[nummer, stap] = tuple(dict.fromkeys((*uit.get((nummer, stap), ()), *codes)))
    return uit
