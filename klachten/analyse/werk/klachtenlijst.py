"""The list of klachten: searched, filtered, sorted and paged in SQL, and never more than the user may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from duckdb import DuckDBPyConnection

from klachten.analyse.werk.telling import Telling
from klachten.analyse.werk.zoeken import Plek, Vraag, found_in
from klachten.toegang import Gebruiker

LEEST_ALLES = ("coordinator", "directie")
LOPENDE_STATUS = ("ontvangen", "in onderzoek", "in behandeling")

# id -> (name, ORDER BY); the klachtnummer makes every order a total one, so that no row is on two pages.
VOLGORDEN: dict[str, tuple[str, str]] = {
    "nieuwste": ("Nieuwste nummer eerst", "l.nummerjaar DESC, l.volgnr DESC"),
    "oudste": ("Oudste nummer eerst", "l.nummerjaar, l.volgnr"),
    "termijn": ("Termijn: dringendste eerst", "t.dagen_over NULLS LAST, l.nummerjaar DESC, l.volgnr DESC"),
    "bijgewerkt": ("Laatst bijgewerkt eerst", "l.laatste_nr DESC"),
    "status": ("Status", "l.status, l.nummerjaar DESC, l.volgnr DESC"),
    "behandelaar": ("Behandelaar", "l.behandelaar NULLS LAST, l.nummerjaar DESC, l.volgnr DESC"),
}
PER_BLAD = (25, 50, 100)
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
    """One klacht in the list; `indiener` and `gevonden_in` are empty when the user may not read it.

    `gevonden_in` says where what was searched for stands, in read_page only; empty without a search, or when the
    number is what was found.
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
    mag_lezen: bool
    betrokken: bool
    termijn_naam: str | None
    uiterlijk_op: date | None
    dagen_over: int | None
    indiener: str = ""
    gevonden_in: tuple[Plek, ...] = ()


def leest_alles(gebruiker: Gebruiker) -> bool:
    """Tell whether the user may read every klacht in which he or she is not involved."""
    return gebruiker.heeft(*LEEST_ALLES)


def count(cursor: DuckDBPyConnection, filter: Filter, gebruiker: Gebruiker, vandaag: date) -> int:
    """Return how many klachten the user sees with this filter."""
    waar, parameters = _where(cursor, filter)
    if filter.te_laat:
        parameters["peildatum"] = filter.dag(vandaag)
    bron, dag = _bron(filter, vandaag)
    return cursor.execute(
        f"SELECT COUNT(*) FROM {bron} AS l {_termijn(filter.te_laat)} WHERE {waar}",
        {**_kijker(gebruiker), **dag, **parameters},
    ).fetchall()[0][0]


def read_page(
    cursor: DuckDBPyConnection,
    filter: Filter,
    gebruiker: Gebruiker,
    vandaag: date,
    *,
    volgorde: str,
    limit: int,
    offset: int,
) -> list[Regel]:
    """Return one page of the list, with the indiener of the klachten that the user may read.

    As of an earlier day every row says how the klacht stood then; who may see it is what holds today.
    """
    peildatum = filter.dag(vandaag)
    bron, dag = _bron(filter, vandaag)
    waar, parameters = _where(cursor, filter)
    vraag = Vraag(filter.zoek)
    eerst, nummer = vraag.first()
    met_termijn = filter.te_laat or volgorde == "termijn"
    if met_termijn:
        parameters["peildatum"] = peildatum
    rijen = cursor.execute(
        "SELECT l.klachtnummer, l.reglement, l.herkomst, l.ontvangen_op, l.status, l.geschil, l.vestiging, "
        "l.categorie, l.behandelaar, l.mag_lezen, l.betrokken "
        f"FROM {bron} AS l {_termijn(met_termijn)} "
        f"WHERE {waar} ORDER BY {eerst}{VOLGORDEN[volgorde][1]}, l.klachtnummer LIMIT $limit OFFSET $offset",
        {**_kijker(gebruiker), **dag, **parameters, **nummer, "limit": limit, "offset": offset},
    ).fetchall()
    termijnen = first_terms(cursor, [rij[0] for rij in rijen if rij[4] in LOPENDE_STATUS], peildatum)
    leesbaar = [rij[0] for rij in rijen if rij[9]]
    indieners, plekken = _indieners(cursor, leesbaar), found_in(cursor, vraag, leesbaar)
    geen = (None, None, None)
    return [
        Regel(
            *rij,
            *termijnen.get(rij[0], geen),
            indiener=indieners.get(rij[0], ""),
            gevonden_in=tuple(plekken.get(rij[0], ())),
        )
        for rij in rijen
    ]


def read_all(
    cursor: DuckDBPyConnection, filter: Filter, gebruiker: Gebruiker, vandaag: date, *, volgorde: str
) -> list[Regel]:
    """Return the whole list as read_page does, in one query: for a file of thousands of klachten."""
    bron, dag = _bron(filter, vandaag)
    waar, parameters = _where(cursor, filter)
    eerst, nummer = Vraag(filter.zoek).first()
    # What read_page asks per page (klachtindiener, first_terms), joined; the indiener only where the user may read it.
    rijen = cursor.execute(
        "SELECT l.klachtnummer, l.reglement, l.herkomst, l.ontvangen_op, l.status, l.geschil, l.vestiging, "
        "l.categorie, l.behandelaar, l.mag_lezen, l.betrokken, "
        f"CASE WHEN l.status IN {LOPENDE_STATUS} THEN t.naam END, "
        f"CASE WHEN l.status IN {LOPENDE_STATUS} THEN t.uiterlijk_op END, "
        f"CASE WHEN l.status IN {LOPENDE_STATUS} THEN t.dagen_over END, "
        "CASE WHEN l.mag_lezen THEN COALESCE(i.tekst, '') ELSE '' END "
        f"FROM {bron} AS l "
        "LEFT JOIN (SELECT d.klachtnummer, arg_min(d.termijn_naam, d.dagen_over * 100 + d.stap) AS naam, "
        "MIN(d.uiterlijk_op) AS uiterlijk_op, MIN(d.dagen_over) AS dagen_over FROM termijnen($peildatum) AS d "
        "WHERE d.dagen_over IS NOT NULL GROUP BY d.klachtnummer) AS t ON t.klachtnummer = l.klachtnummer "
        "LEFT JOIN (SELECT g.klachtnummer, MAX(g.nr) AS nr FROM gebeurtenis AS g WHERE g.soort = 'KlachtOntvangen' "
        "GROUP BY g.klachtnummer) AS o ON o.klachtnummer = l.klachtnummer "
        "LEFT JOIN tekst AS i ON i.nr = o.nr AND i.veld = 'indiener_naam' "
        f"WHERE {waar} ORDER BY {eerst}{VOLGORDEN[volgorde][1]}, l.klachtnummer",
        {**_kijker(gebruiker), **dag, **parameters, **nummer, "peildatum": filter.dag(vandaag)},
    ).fetchall()
    return [Regel(*rij) for rij in rijen]


def jaren(cursor: DuckDBPyConnection) -> list[int]:
    """Return the years in which klachten were received, the newest first."""
    return [jaar for (jaar,) in cursor.execute("SELECT DISTINCT jaar FROM klacht ORDER BY jaar DESC").fetchall()]


def readable(cursor: DuckDBPyConnection, nummers: list[str], gebruiker: Gebruiker) -> frozenset[str]:
    """Return which of these klachten the user may read."""
    rijen = cursor.execute(
        "SELECT z.klachtnummer FROM zichtbaar($gebruiker, $leest_alles) AS z "
        "WHERE z.mag_lezen AND z.klachtnummer IN (SELECT UNNEST(CAST($nummers AS VARCHAR[])))",
        {**_kijker(gebruiker), "nummers": nummers},
    ).fetchall()
    return frozenset(nummer for (nummer,) in rijen)


def first_terms(
    cursor: DuckDBPyConnection, nummers: list[str], peildatum: date
) -> dict[str, tuple[str, date | None, int | None]]:
    """Return the name, last day and days left of the first term that still counts, by klachtnummer."""
    if not nummers:
        return {}
    rijen = cursor.execute(
        "SELECT d.klachtnummer, arg_min(d.termijn_naam, d.dagen_over * 100 + d.stap), MIN(d.uiterlijk_op), "
        "MIN(d.dagen_over) "
        f"FROM termijnen(?) AS d WHERE d.dagen_over IS NOT NULL AND d.klachtnummer IN ({_marks(nummers)}) "
        "GROUP BY d.klachtnummer",
        [peildatum, *nummers],
    ).fetchall()
    return {nummer: (naam, dag, over) for nummer, naam, dag, over in rijen}


def _indieners(cursor: DuckDBPyConnection, nummers: list[str]) -> dict[str, str]:
    if not nummers:
        return {}
    return dict(cursor.execute("SELECT klachtnummer, indiener FROM klachtindiener(?)", [nummers]).fetchall())


def _marks(waarden: list[str]) -> str:
    # Constants reach the scan of the table, a list does not: half the time for one page.
    return ", ".join("?" * len(waarden))


def _kijker(gebruiker: Gebruiker) -> dict[str, Any]:
    return {"gebruiker": gebruiker.id, "leest_alles": leest_alles(gebruiker)}


def _termijn(nodig: bool) -> str:
    if not nodig:
        return ""
    return (
        "LEFT JOIN (SELECT d.klachtnummer, MIN(d.dagen_over) AS dagen_over FROM termijnen($peildatum) AS d "
        "WHERE d.dagen_over IS NOT NULL GROUP BY d.klachtnummer) AS t ON t.klachtnummer = l.klachtnummer"
    )


def _bron(filter: Filter, vandaag: date) -> tuple[str, dict[str, Any]]:
    """Return the rows to choose from, as they are now or as they stood on an earlier day, and their parameter."""
    dag = filter.dag(vandaag)
    if dag >= vandaag:
        return "klachtenlijst($gebruiker, $leest_alles)", {}
    toen = ", ".join(f"d.{kolom}" for kolom in VAN_TOEN)
    return (
        "(SELECT z.klachtnummer, z.nummerjaar, z.volgnr, z.herkomst, z.reglement, z.laatste_nr, z.mag_lezen, "
        f"z.betrokken, {toen} FROM klachtenlijst($gebruiker, $leest_alles) AS z "
        "JOIN klacht_op($dag) AS d ON d.klachtnummer = z.klachtnummer)"
    ), {"dag": dag}


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
