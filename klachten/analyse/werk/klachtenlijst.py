"""The list of klachten: searched, filtered, sorted and paged in SQL, and never more than the user may see."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from duckdb import DuckDBPyConnection

from klachten.analyse.basis.bewaard import kept
from klachten.analyse.basis.dagrijen import Dagrijen
from klachten.analyse.basis.lezer import ZICHTBAAR, Lezer
from klachten.analyse.werk.eerste_termijn import first_terms, joined
from klachten.analyse.werk.indienernamen import read_indieners
from klachten.analyse.werk.telling import Telling
from klachten.analyse.werk.zoeken import Plek, Vraag, found_in, indieners, read_texts
from klachten.organisatie import Gebruiker

LOPENDE_STATUS = ("ontvangen", "in onderzoek", "in behandeling")

# id -> (name, ORDER BY); the klachtnummer makes every order a total one, so that no row is on two pages.
VOLGORDEN: dict[str, tuple[str, str]] = {
    "nieuwste": ("Nieuwste nummer eerst", "l.nummerjaar DESC, l.volgnr DESC"),
    "oudste": ("Oudste nummer eerst", "l.nummerjaar, l.volgnr"),
    "termijn": ("Termijn: dringendste eerst", "dagen_over NULLS LAST, l.nummerjaar DESC, l.volgnr DESC"),
    "bijgewerkt": ("Laatst bijgewerkt eerst", "l.laatste_nr DESC"),
    "status": ("Status", "l.status, l.nummerjaar DESC, l.volgnr DESC"),
    "behandelaar": ("Behandelaar", "l.behandelaar NULLS LAST, l.nummerjaar DESC, l.volgnr DESC"),
}
PER_BLAD = (25, 50, 100)
KOLOMMEN = ", ".join(
    f"l.{kolom}"
    for kolom in (
        "klachtnummer", "reglement", "herkomst", "ontvangen_op", "status", "geschil", "vestiging", "categorie",
        "behandelaar",
    )
)  # fmt: skip
VAN_TOEN = ("ontvangen_op", "status", "geschil", "vestiging", "categorie", "behandelaar")
"""What a row of the list says as of its day."""


@dataclass(frozen=True)
class Filter:
    """What the user asks for; empty means: all. `telling`: only the klachten that a number counts.

    `keuze` holds what the figures choose by as well, as the same object: period, day, status, step, oordeel, term.
    """

    zoek: str = ""
    herkomst: str = "register"
    te_laat: bool = False
    zonder_behandelaar: bool = False
    keuze: Telling | None = None
    telling: Telling | None = None

    def dag(self, vandaag: date) -> date:
        """Return the day as of which the list stands: that of the number, of the choice, or today."""
        vast = self.telling or self.keuze
        return vast.peildatum if vast else vandaag


@dataclass(frozen=True)
class Regel:
    """One klacht in the list, which the user may read; its `indiener` is read for one page only (`with_texts`).

    `gevonden_in` says where what was searched for stands (`with_texts`); empty without a search, or when the number is
    what was found.
    """

    klachtnummer: str
    reglement: str
    herkomst: str
    ontvangen_op: date
    status: str
    geschil: str
    vestiging: str
    categorie: str
    behandelaar: str | None
    termijn_naam: str | None = None
    uiterlijk_op: date | None = None
    dagen_over: int | None = None
    indiener: str = ""
    gevonden_in: tuple[Plek, ...] = ()


@dataclass(frozen=True)
class Blad:
    """One page of the list: how many klachten that holds in all, how many of them are vervallen, and some of them."""

    aantal: int
    vervallen: int
    regels: tuple[Regel, ...]


class Deels(NamedTuple):
    """A klacht of which the user reads a part: `maatregel` tells whether that is an own maatregel too."""

    klachtnummer: str
    ontvangen_op: date
    behandelaar: str | None
    maatregel: bool


def count(cursor: DuckDBPyConnection, filter: Filter, gebruiker: Gebruiker, vandaag: date) -> int:
    """Return how many klachten the user sees with this filter."""
    return find_page(cursor, filter, gebruiker, vandaag, volgorde="nieuwste", limit=0, offset=0).aantal


def find_page(
    cursor: DuckDBPyConnection,
    filter: Filter,
    gebruiker: Gebruiker,
    vandaag: date,
    *,
    volgorde: str,
    limit: int,
    offset: int,
    dagrijen: Dagrijen | None = None,
) -> Blad:
    """Return one page of the list and what it is a page of; its rows are without texts until `with_texts`.

    As of an earlier day every row says how the klacht stood then; who may see it is what holds today. With
    `dagrijen` of the register the terms are read from what is kept of them.
    """
    peildatum, vraag, bron = filter.dag(vandaag), Vraag(filter.zoek), _Bron.van(filter, gebruiker, vandaag)
    waar, parameters = _where(cursor, filter)
    eerst, nummer = vraag.first()
    orde = f"{eerst}{VOLGORDEN[volgorde][1]}, l.klachtnummer"
    met_termijn = filter.te_laat or volgorde == "termijn"
    if met_termijn:
        parameters["peildatum"] = peildatum
    # What is asked, and who may see it, is looked up once, for the numbers and the page alike, with no more of a
    # klacht than its order.
    sql = (
        "WITH gevonden AS MATERIALIZED ("
        "SELECT l.klachtnummer, l.nummerjaar, l.volgnr, l.status, l.laatste_nr, l.behandelaar"
        f"{', t.dagen_over' if met_termijn else ''} "
        f"FROM {bron.sql} AS l {joined(met_termijn)} WHERE {waar}), "
        f"blad AS (SELECT l.* FROM gevonden AS l ORDER BY {orde} LIMIT $limit OFFSET $offset) "
        "SELECT t.aantal, t.vervallen, l.klachtnummer FROM (SELECT COUNT(*) AS aantal, "
        "COUNT(*) FILTER (g.status = 'vervallen') AS vervallen FROM gevonden AS g) AS t "
        f"LEFT JOIN blad AS l ON TRUE ORDER BY {orde}"
    )
    waarden = {**bron.waarden, **parameters, **nummer, "limit": limit, "offset": offset}
    tellingen = [telling for telling in (filter.telling, filter.keuze) if telling]
    # What is kept is of one day.
    een_dag = all(telling.peildatum == peildatum for telling in tellingen)
    with kept(cursor, dagrijen if met_termijn and een_dag else None, peildatum):
        rijen = cursor.execute(sql, waarden).fetchall()
    regels = _rows(cursor, bron, [rij[2] for rij in rijen if rij[2] is not None])
    lopend = [regel.klachtnummer for regel in regels if regel.status in LOPENDE_STATUS]
    with kept(cursor, dagrijen, peildatum):
        termijnen = first_terms(cursor, lopend, peildatum)
    for i, regel in enumerate(regels):
        if regel.klachtnummer in termijnen:
            naam, dag, over = termijnen[regel.klachtnummer]
            regels[i] = replace(regel, termijn_naam=naam, uiterlijk_op=dag, dagen_over=over)
    return Blad(rijen[0][0], rijen[0][1], tuple(regels))


def with_texts(cursor: DuckDBPyConnection, blad: Blad, zoek: str) -> list[Regel]:
    """Return the rows of a page with the indiener, and where what was searched for stands."""
    leesbaar = [regel.klachtnummer for regel in blad.regels]
    if (vraag := Vraag(zoek)).woorden:
        teksten = read_texts(cursor, leesbaar)
        namen, plekken = indieners(teksten), found_in(vraag, teksten)
    else:
        namen, plekken = read_indieners(cursor, leesbaar), {}
    return [
        replace(
            regel,
            indiener=namen.get(regel.klachtnummer, ""),
            gevonden_in=tuple(plekken.get(regel.klachtnummer, ())),
        )
        for regel in blad.regels
    ]


def read_page(
    cursor: DuckDBPyConnection, filter: Filter, gebruiker: Gebruiker, vandaag: date, **welk: Any
) -> list[Regel]:
    """Return one page of the list, texts and all; `welk` as of find_page."""
    return with_texts(cursor, find_page(cursor, filter, gebruiker, vandaag, **welk), filter.zoek)


def read_all(
    cursor: DuckDBPyConnection, filter: Filter, gebruiker: Gebruiker, vandaag: date, *, volgorde: str
) -> list[Regel]:
    """Return the whole list as read_page does, in one query: for a file of thousands of klachten."""
    bron = _Bron.van(filter, gebruiker, vandaag)
    waar, parameters = _where(cursor, filter)
    eerst, nummer = Vraag(filter.zoek).first()
    # What read_page asks per page (klachtindiener, first_terms), joined.
    rijen = cursor.execute(
        f"SELECT {KOLOMMEN}, "
        f"CASE WHEN l.status IN {LOPENDE_STATUS} THEN t.naam END, "
        f"CASE WHEN l.status IN {LOPENDE_STATUS} THEN t.uiterlijk_op END, "
        f"CASE WHEN l.status IN {LOPENDE_STATUS} THEN t.dagen_over END, "
        "COALESCE(i.tekst, CASE WHEN o.gewist > 0 AND o.genoemd > 0 THEN '(gewist)' ELSE '' END) "
        f"FROM {bron.sql} AS l {joined(nodig=True)} "
        "LEFT JOIN (SELECT g.klachtnummer, MAX(CASE WHEN g.soort = 'KlachtOntvangen' THEN g.nr END) AS nr, "
        "COUNT(*) FILTER (g.soort <> 'KlachtOntvangen') AS gewist, "
        "COUNT(*) FILTER (contains(CAST(g.teksten AS VARCHAR), '\"indiener_naam\"')) AS genoemd "
        "FROM gebeurtenis AS g WHERE g.soort IN ('KlachtOntvangen', 'DossierGewist', 'GegevensGewist') "
        "GROUP BY g.klachtnummer) AS o ON o.klachtnummer = l.klachtnummer "
        "LEFT JOIN tekst AS i ON i.nr = o.nr AND i.veld = 'indiener_naam' "
        f"WHERE {waar} ORDER BY {eerst}{VOLGORDEN[volgorde][1]}, l.klachtnummer",
        {**bron.waarden, **parameters, **nummer, "peildatum": filter.dag(vandaag)},
    ).fetchall()
    return [Regel(*rij) for rij in rijen]


def jaren(cursor: DuckDBPyConnection) -> list[int]:
    """Return the years in which klachten were received, the newest first."""
    return [jaar for (jaar,) in cursor.execute("SELECT DISTINCT jaar FROM klacht ORDER BY jaar DESC").fetchall()]


def readable(cursor: DuckDBPyConnection, nummers: list[str], gebruiker: Gebruiker) -> frozenset[str]:
    """Return which of these klachten the user may read."""
    rijen = cursor.execute(
        f"SELECT z.klachtnummer FROM {ZICHTBAAR} AS z "
        "WHERE z.klachtnummer IN (SELECT UNNEST(CAST($nummers AS VARCHAR[])))",
        {**Lezer.van(gebruiker).parameters, "nummers": nummers},
    ).fetchall()
    return frozenset(nummer for (nummer,) in rijen)


def partly(cursor: DuckDBPyConnection, gebruiker: Gebruiker) -> list[Deels]:
    """Return the klachten of which the user reads a part only, the newest first."""
    rijen = cursor.execute(
        "SELECT * FROM deels_zichtbaar($gebruiker, $leest_alles, $leest_eigen)", Lezer.van(gebruiker).parameters
    ).fetchall()
    return [Deels(*rij) for rij in rijen]


class _Bron(NamedTuple):
    """The rows to choose from, as they are now or as they stood on an earlier day, and the parameters of that.

    `klacht` gives the same of any klacht, without asking who may see it.
    """

    sql: str
    waarden: dict[str, Any]
    klacht: str
    dag: dict[str, Any]

    @classmethod
    def van(cls, filter: Filter, gebruiker: Gebruiker, vandaag: date) -> _Bron:
        """Return what this user sees as of the day of the filter."""
        lijst, dag = "klachtenlijst($gebruiker, $leest_alles, $leest_eigen)", filter.dag(vandaag)
        kijker = Lezer.van(gebruiker).parameters
        if dag >= vandaag:
            return cls(lijst, kijker, "klacht", {})
        toen = ", ".join(f"d.{kolom}" for kolom in VAN_TOEN)
        sql = (
            "(SELECT z.klachtnummer, z.nummerjaar, z.volgnr, z.herkomst, z.reglement, z.laatste_nr, "
            f"{toen} FROM {{}} AS z JOIN klacht_op($dag) AS d ON d.klachtnummer = z.klachtnummer)"
        )
        return cls(sql.format(lijst), {**kijker, "dag": dag}, sql.format("klacht"), {"dag": dag})


def _rows(cursor: DuckDBPyConnection, bron: _Bron, nummers: list[str]) -> list[Regel]:
    """Return these klachten, which the user may read, in this order."""
    if not nummers:
        return []
    # Constants reach the scan of the table, a list does not.
    namen = {f"nummer_{i}": nummer for i, nummer in enumerate(nummers)}
    deze = ", ".join(f"${naam}" for naam in namen)
    rijen = cursor.execute(
        f"SELECT {KOLOMMEN} FROM {bron.klacht} AS l WHERE l.klachtnummer IN ({deze})", {**bron.dag, **namen}
    ).fetchall()
    gevonden = {rij[0]: rij for rij in rijen}
    # A fact may have come in between.
    return [Regel(*gevonden[nummer]) for nummer in nummers if nummer in gevonden]


def _where(cursor: DuckDBPyConnection, filter: Filter) -> tuple[str, dict[str, Any]]:
    """Return the conditions and their parameters; what the user typed only ever becomes a parameter."""
    delen, parameters = ["TRUE"], dict[str, Any]()
    if filter.herkomst:
        delen.append("l.herkomst = $herkomst")
        parameters["herkomst"] = filter.herkomst
    if filter.zonder_behandelaar:
        delen.append("l.behandelaar IS NULL")
    if filter.te_laat:
        delen.append("t.dagen_over < 0")
    for letter, telling in (("t", filter.telling), ("k", filter.keuze)):
        if telling is None:
            continue
        geteld, waarden = telling.vraag(cursor)
        # Its parameters get names of their own: the list has a peildatum too.
        for naam in sorted(waarden, key=len, reverse=True):
            geteld = geteld.replace(f"${naam}", f"${letter}_{naam}")
        delen.append(f"l.klachtnummer IN (SELECT {letter}_.klachtnummer FROM ({geteld}) AS {letter}_)")
        parameters |= {f"{letter}_{naam}": waarde for naam, waarde in waarden.items()}
    vraag = Vraag(filter.zoek)
    if not vraag.leeg:
        gezocht, woorden = vraag.condition()
        delen.append(gezocht)
        parameters |= woorden
    return " AND ".join(delen), parameters
