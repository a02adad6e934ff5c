"""A database with the real tables, terms and calendar, and klachten put straight into it, to try deadlines on."""

from __future__ import annotations

import atexit
import functools
import json
import re
import shutil
import tempfile
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb

from klachten import analyse, reglement
from klachten.analyse.basis import kalender
from klachten.gebeurtenissen import SOORTEN
from klachten.register import database
from klachten.register.afleiding import Afleiding, definitions
from klachten.register.vaste_rijen import aim_rows, term_rows
from klachten.reglement import Reglement
from tests.zuinig import EEN_DRAAD


def proef() -> duckdb.DuckDBPyConnection:
    """Return a connection with the tables of the register, only terms and six years of calendar in them.

    Each is a copy of one that is made once: a test that may share one uses the fixture `con`.
    """
    con = duckdb.connect()
    con.execute(EEN_DRAAD)
    con.execute(f"ATTACH '{sjabloon()}' AS sjabloon (READ_ONLY)")
    con.execute("COPY FROM DATABASE sjabloon TO memory")
    con.execute("DETACH sjabloon")
    _afleiding(con)
    return analyse.open(con)


@functools.lru_cache(maxsize=4)
def _afleiding(con: duckdb.DuckDBPyConnection) -> Afleiding:
    """What derives the tables, as the register does; made before a test begins a transaction that it undoes."""
    afleiding = Afleiding(con)
    afleiding.prepare(afleiding.tabellen)
    return afleiding


@functools.cache
def sjabloon() -> Path:
    pad = Path(tempfile.mkdtemp(prefix="klachten-proef-")) / "proef.duckdb"
    atexit.register(shutil.rmtree, pad.parent, ignore_errors=True)
    with duckdb.connect(str(pad)) as con:
        for _, _, sql in database.migrations():
            con.execute(sql)
        for naam, select in definitions().items():
            con.execute(f"CREATE MACRO {naam}(nummer, tot_nr) AS TABLE\n{select}")
        for bekend in reglement.load_all().values():
            voeg_reglement_toe(con, bekend)
        werkdagnr, dagen = 0, []
        for dag, werkdag, volgende, naam in kalender.dagen(
            date(2023, 1, 1), date(2028, 12, 31), kalender.gelijkgesteld().dagen
        ):
            werkdagnr += werkdag
            dagen.append({"dag": dag, "werkdag": werkdag, "volgende": volgende, "naam": naam, "nr": werkdagnr})
        con.execute(
            "INSERT INTO dag SELECT d.dag, d.werkdag, d.volgende, d.naam, d.nr FROM (SELECT unnest($dagen) AS d)",
            {"dagen": dagen},
        )
    return pad


def voeg_reglement_toe(con: duckdb.DuckDBPyConnection, nieuw: Reglement) -> None:
    """Let the terms of a reglement hold in this database too."""
    rijen = term_rows(nieuw)
    con.executemany(f"INSERT INTO termijn VALUES ({', '.join('?' * len(rijen[0]))})", rijen)
    voeg_doelen_toe(con, nieuw)


def voeg_doelen_toe(con: duckdb.DuckDBPyConnection, nieuw: Reglement) -> None:
    """Let the streeftermijnen of a reglement be known in this database too."""
    for rij in aim_rows(nieuw):
        con.execute(f"INSERT INTO streeftermijn VALUES ({', '.join('?' * len(rij))})", rij)


STAPFEIT = {
    2: "CoordinatorGeinformeerd",
    3: "KlachtGeregistreerd",
    4: "BehandelaarToegewezen",
    5: "OntvangstBevestigd",
    6: "KlachtOnderzocht",
    7: "NietInBehandelingGenomen",
    9: "ResultaatMeegedeeld",
    12: "VoortgangBewaakt",
    13: "KlachtAfgesloten",
    14: "AfsluitingMeegedeeld",
    15: "GeschilVoorgelegd",
}
ONTVANGST: dict[str, Any] = {
    "herkomst": "register",
    "reglement": "coulant",
    "reglement_versie": "2000-01-01",
    "kanaal": "brief",
    "indiener_soort": "klant",
    "vestiging": "weert",
    "categorie": "bejegening",
    "ontvanger": "anna",
}


Feit = tuple[str, str, date, dict[str, Any]]
"""klachtnummer, soort, gebeurd_op and gegevens."""
VELDEN = re.compile(
    r"stap_\d\d_op|behandelaar|grond|uitkomst|zonder_maatregelen|maatregelen|ingetrokken_op|vervallen_op|feiten"
)


def voeg_toe(con: duckdb.DuckDBPyConnection, klachtnummer: str, ontvangen_op: date, **velden: Any) -> None:
    """Record one klacht: see feiten_van()."""
    leg_vast(con, feiten_van(klachtnummer, ontvangen_op, **velden))


def feiten_van(klachtnummer: str, ontvangen_op: date, **velden: Any) -> list[Feit]:
    """Return the facts that make a klacht so: dates of steps (stap_05_op), its end, and what came in.

    stap_08_op decides on a maatregel, or with `zonder_maatregelen` on none; stap_11_op carries that one out.
    `maatregelen` tells more of them: (bepaald_op, uitgevoerd_op, vervallen_op) each. `feiten` are added as they are:
    (soort, gebeurd_op, gegevens).
    """
    eigen = (*ONTVANGST, "aspecten", "kenmerken")
    assert not (vreemd := [naam for naam in velden if naam not in eigen and not VELDEN.fullmatch(naam)]), vreemd
    ontvangst = ONTVANGST | {naam: waarde for naam, waarde in velden.items() if naam in eigen}
    ontvangst["reglement_versie"] = str(ontvangst["reglement_versie"])
    feiten: list[tuple[str, date, dict[str, Any]]] = [("KlachtOntvangen", ontvangen_op, ontvangst)]
    wie = velden.get("behandelaar", "anna")
    if "behandelaar" in velden and "stap_04_op" not in velden:
        feiten.append(("BehandelaarToegewezen", ontvangen_op, {"behandelaar": wie}))
    erbij = {"grond": velden.get("grond"), "uitkomst": velden.get("uitkomst"), "behandelaar": wie}
    for nr, soort in STAPFEIT.items():
        if op := velden.get(f"stap_{nr:02}_op"):
            feiten.append((soort, op, {naam: waarde for naam, waarde in erbij.items() if waarde}))
    maatregelen = velden.get("maatregelen", ())
    if op := velden.get("stap_08_op"):
        if velden.get("zonder_maatregelen"):
            feiten.append(("GeenMaatregelenNodig", op, {}))
        elif not maatregelen:
            maatregelen = [(op, velden.get("stap_11_op"), None)]
    for nr, (bepaald_op, uitgevoerd_op, vervallen_op) in enumerate(maatregelen, start=1):
        afspraak = {"actienemer": "gijs", "overlegd_met": "carla", "uiterlijk_op": str(ontvangen_op + timedelta(42))}
        feiten.append(("MaatregelBepaald", bepaald_op, {"maatregel": nr, **afspraak}))
        if "stap_10_op" in velden:
            feiten.append(("ActienemerGeinformeerd", velden["stap_10_op"], {"maatregel": nr}))
        for soort, dag in (("MaatregelUitgevoerd", uitgevoerd_op), ("MaatregelVervallen", vervallen_op)):
            if dag:
                feiten.append((soort, dag, {"maatregel": nr}))
    for naam, soort in (("ingetrokken_op", "KlachtIngetrokken"), ("vervallen_op", "KlachtVervallen")):
        if op := velden.get(naam):
            feiten.append((soort, op, {}))
    feiten.sort(key=lambda feit: feit[1])
    return [(klachtnummer, *feit) for feit in (*feiten, *velden.get("feiten", ()))]


Rij = tuple[int, str, str, date, str, int | None]
"""nr, klachtnummer, soort, gebeurd_op, gegevens and the fact that it corrects or takes back."""


def schrijf(con: duckdb.DuckDBPyConnection, rijen: Iterable[Rij], *, rol: str = "coordinator") -> None:
    """Put rows into `gebeurtenis` in one statement: one for each row takes a hundred times as long."""
    kolommen = ("nr", "klachtnummer", "soort", "gebeurd_op", "gegevens", "corrigeert", "stap")
    con.execute(
        "INSERT INTO gebeurtenis BY NAME SELECT unnest(rij), rij.gebeurd_op AS vastgelegd_op, 'anna' AS door, "
        "$rol AS rol, '{}' AS teksten, [1, 1] AS deel, '' AS vorig, '' AS zegel FROM (SELECT unnest($rijen) AS rij)",
        {"rijen": [dict(zip(kolommen, (*rij, SOORTEN[rij[2]].stap), strict=True)) for rij in rijen], "rol": rol},
    )


def leg_vast(con: duckdb.DuckDBPyConnection, feiten: Iterable[Feit]) -> None:
    """Put facts into `gebeurtenis` after what stands there, and derive what follows for their numbers."""
    nr = con.execute("SELECT coalesce(max(nr), 0) FROM gebeurtenis").fetchall()[0][0]
    rijen = [
        (nr + plek, nummer, soort, op, json.dumps(gegevens), None)
        for plek, (nummer, soort, op, gegevens) in enumerate(feiten, start=1)
    ]
    schrijf(con, rijen)
    _afleiding(con).derive({rij[1] for rij in rijen})


def statussen(con: duckdb.DuckDBPyConnection, peildatum: date) -> dict[tuple[str, str], str]:
    """Return the status of every term by klachtnummer and term."""
    rijen = con.execute(
        "SELECT klachtnummer, termijn, status FROM termijnen(peildatum := $peildatum)", {"peildatum": peildatum}
    )
    return {(klachtnummer, termijn): status for klachtnummer, termijn, status in rijen.fetchall()}


def een_termijn(con: duckdb.DuckDBPyConnection, klachtnummer: str, termijn: str, peildatum: date) -> dict[str, Any]:
    """Return everything about one term of one klacht."""
    vraag = con.execute(
        "SELECT * FROM termijnen(peildatum := $peildatum) WHERE klachtnummer = $klachtnummer AND termijn = $termijn",
        {"peildatum": peildatum, "klachtnummer": klachtnummer, "termijn": termijn},
    )
    namen = [kolom[0] for kolom in vraag.description or ()]
    (rij,) = vraag.fetchall()
    return dict(zip(namen, rij, strict=True))
