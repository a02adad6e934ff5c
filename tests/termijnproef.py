"""A database with the real tables, terms and calendar, and klachten put straight into it, to try deadlines on."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb

from klachten import analyse, reglement
from klachten.analyse.basis import kalender
from klachten.register import database
from klachten.register.afleiding import definitions
from klachten.reglement import Reglement


def proef(*eigen: Reglement) -> duckdb.DuckDBPyConnection:
    """Return a connection with the tables of the register, only terms and six years of calendar in them."""
    con = duckdb.connect()
    for _, _, sql in database.migrations():
        con.execute(sql)
    for naam, select in definitions().items():
        con.execute(f"CREATE MACRO {naam}(nummer, tot_nr) AS TABLE\n{select}")
    rijen = [rij for r in (*reglement.load_all().values(), *eigen) for rij in r.termijn_rijen()]
    con.executemany(f"INSERT INTO termijn VALUES ({', '.join('?' * len(reglement.TERMIJN_KOLOMMEN))})", rijen)
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
    return analyse.open(con)


def voeg_toe(con: duckdb.DuckDBPyConnection, klachtnummer: str, ontvangen_op: date, **velden: Any) -> None:
    """Put one klacht into the table; what is not given is as with a klacht that was only received."""
    rij: dict[str, Any] = {
        "klachtnummer": klachtnummer,
        "jaar": ontvangen_op.year,
        "volgnr": 1,
        "herkomst": "register",
        "bron": "",
        "bron_id": "",
        "reglement": "coulant",
        "reglement_versie": date(2000, 1, 1),
        "ontvangen_op": ontvangen_op,
        "kanaal": "brief",
        "indiener_soort": "klant",
        "vestiging": "weert",
        "categorie": "bejegening",
        "aspecten": [],
        "kenmerken": [],
        "ontvanger": "anna",
        "betrokkenen": [],
        "feiten_vermeld": True,
        "stap_01_op": ontvangen_op,
        "zonder_maatregelen": False,
        "maatregelen": 0,
        "maatregelen_open": 0,
        "geschil": "geen",
        "heropeningen": 0,
        "status": "ontvangen",
        "afwijkingen": 0,
        "stappen": "1",
        **velden,
    }
    dagen = [waarde for naam, waarde in rij.items() if naam.endswith("_op") and isinstance(waarde, date)]
    rij = {"laatste_op": max(dagen), "laatste_nr": 1, **rij}
    con.execute(f"INSERT INTO klacht ({', '.join(rij)}) VALUES ({', '.join(f'${naam}' for naam in rij)})", rij)


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
