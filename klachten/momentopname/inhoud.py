"""What goes into a snapshot, column by column, and what stands in it instead of people.

A new column of the register stays out until somebody puts it on the list (tests/test_momentopname.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from random import SystemRandom
from typing import Any

import duckdb

from klachten.momentopname import bestanden
from klachten.register import Register, keuzes
from klachten.reglement import ALLEEN_GETELD, KEUZELIJSTEN, Reglement

KOLOMMEN: dict[str, str] = {
    "klacht_stand": """
        klachtnummer van tot jaar nummerjaar volgnr herkomst bron reglement reglement_versie ontvangen_op kanaal
        indiener_soort vestiging categorie categorie_toen aspecten kenmerken ontvanger betrokkenen feiten_vermeld
        behandelaar
        stap_01_op stap_02_op stap_03_op stap_04_op stap_05_op stap_06_op stap_07_op stap_08_op
        stap_09_op stap_10_op stap_11_op stap_12_op stap_13_op stap_14_op stap_15_op
        zonder_maatregelen zonder_rondes maatregelen maatregelen_open eerste_einde eerste_einde_op eerste_besluit
        eerste_besluit_op eerste_uitgevoerd_op eerste_vervallen_op eerste_meegedeeld_op grond oordeel uitkomst geschil
        ingetrokken_op vervallen_op heropend_op heropeningen status afwijkingen stappen stappen_op stap_eerst_op
        laatste_op laatste_nr voortgezet_op elders_gedaan
    """,
    "maatregel_stand": """
        klachtnummer maatregel van tot actienemer overlegd_met bepaald_op ronde uiterlijk_op gemist_op geinformeerd_op
        geinformeerd_nr uitgevoerd_op uitgevoerd_nr vervallen_op wijzigingen
    """,
    "gestelde_termijn_stand": "klachtnummer termijn van tot uiterlijk_op grond uiterlijk_om na_klok",
    "signaal_stand": "klachtnummer van tot ontvangen_op kanaal indiener_soort vestiging ontvanger status klacht",
    "evaluatie_stand": """
        klachtnummer van tot jaar gehouden_op directieleden versie vervangt cijfers_op zegel_register aantal_feiten
        reglement_versie software_versie periode_van periode_tot
    """,
    "verbeteractie_stand": """
        klachtnummer verbeteractie van tot jaar categorie actienemer bepaald_op uiterlijk_op gemist_op meegedeeld_op
        uitgevoerd_op vervallen_op verandering waargenomen_op wijzigingen
    """,
    "trajecten": "klachtnummer jaar vanaf laatste vestiging aantal",
    "overgenomen_bron": "klachtnummer bron bekend_tot volledig_vanaf",
    "eerder_einde_stand": "klachtnummer nr van tot einde geeindigd_op ongedaan_op door",
    "geschil_stand": """
        klachtnummer geschil van tot gemeld_op overlegd_op opgelost_op voorgelegd_op oordeel_op oordeel heropening_nodig
        instantie verwacht_op meegedeeld_op opvolging opgevolgd_op
    """,
    "nader_stand": """
        klachtnummer van tot wanneer gebeurtenis_van gebeurtenis_tot opdrachtgever trajectsoort ernst aard
        directe_actie indieners anoniem bereikbaar gemachtigde onbereikbaar toestemming
        vertraging tussenberichten tussenbericht_op ingelicht gehoord uitkomst_verteld
        tevredenheid_gevraagd_op tevredenheid_op tevredenheid
    """,
    "bevinding_stand": "klachtnummer aspect van tot bevinding",
    "wachten_stand": "klachtnummer wachten van tot begonnen_op beantwoord_op",
    "termijn": """
        reglement termijn naam stap waarde eenheid vanaf einde geldt geldig_vanaf geldig_tot kenmerk verschuift
        verlenging_waarde verlenging_eenheid
    """,
    "dag": "dag werkdag eerstvolgende_werkdag naam werkdagnr",
}
NIET_OPGENOMEN = {"bericht": "what was mailed to whom is of no figure, and says who is in touch with whom"}
"""Tables of the register that no snapshot has, each with the reason why not."""
WEGGELATEN: dict[str, dict[str, str]] = {
    "klacht_stand": {
        "bron_id": "the number of the klacht elsewhere: with it the person is found there",
    },
    "evaluatie_stand": {"document": "it only says where in the dossier the frozen figures are"},
}
"""Columns of these tables that stay out, and why."""

PERSONEN: dict[tuple[str, str], str] = {
    ("klacht_stand", "ontvanger"): "medewerker",
    ("klacht_stand", "behandelaar"): "medewerker",
    ("klacht_stand", "betrokkenen"): "betrokkene",
    ("maatregel_stand", "actienemer"): "medewerker",
    ("maatregel_stand", "overlegd_met"): "directielid",
    ("signaal_stand", "ontvanger"): "medewerker",
    ("evaluatie_stand", "directieleden"): "directielid",
    ("verbeteractie_stand", "actienemer"): "medewerker",
    ("nader_stand", "ingelicht"): "betrokkene",
    ("nader_stand", "gehoord"): "betrokkene",
    ("nader_stand", "uitkomst_verteld"): "betrokkene",
    ("nader_stand", "opdrachtgever"): "opdrachtgever",
    ("nader_stand", "trajectsoort"): "trajectsoort",
}
"""Who works on klachten, who is involved in them and who directs get pseudonyms of separate series: whoever is
recognised by the amount of work is not recognised as involved. An opdrachtgever and a trajectsoort are counted, not
named: with few klachten they say who it was."""
LIJSTEN = frozenset(
    {
        ("klacht_stand", "betrokkenen"),
        ("evaluatie_stand", "directieleden"),
        *(("nader_stand", kolom) for kolom in ("ingelicht", "gehoord", "uitkomst_verteld")),
    }
)
TRAJECTEN = {("trajecten", "vestiging"): "vestigingen"}
NIEMAND = ("", "onbekend")
"""What stands for nobody keeps its own word; an import has many of these."""

FEIT = """
    SELECT
        klachtnummer, stap, soort, gebeurd_op,
        -- Before 22:00 UTC it is the same day in Amsterdam; asking for the zone costs as much as all the rest.
        CAST(
            CASE
                WHEN hour(vastgelegd_op) < 22 THEN vastgelegd_op
                ELSE (vastgelegd_op AT TIME ZONE 'UTC') AT TIME ZONE 'Europe/Amsterdam'
            END AS DATE
        ) AS vastgelegd_op,
        oorsprong AS volgorde, nr <> oorsprong AS gecorrigeerd,
        CASE
            WHEN contains(CAST(gegevens AS VARCHAR), '"afwijkingen"') THEN CAST(gegevens -> 'afwijkingen' AS VARCHAR[])
            ELSE []
        END AS afwijkingen
    FROM feit(NULL, NULL)
    WHERE left(klachtnummer, 1) NOT IN ('O', 'P')
    ORDER BY oorsprong
"""
"""The valid facts of klachten: what happened and when, nothing of what was told. The hour of recording stays out: who
works late can be recognised by it. Of the organisation and its people nothing goes along."""


def export(register: Register, doel: Path, vandaag: date) -> dict[str, Any]:
    """Write the tables as they are at one moment; return what the manifest says about them."""
    reglementen = sorted(register.reglementen.values(), key=lambda reglement: reglement.id)
    with register.cursor() as cursor:
        cursor.begin()
        try:
            _name_persons(cursor)
            _put(cursor, "keuze", ("reglement", "lijst", "id", "naam"), _choices(reglementen))
            _put(
                cursor,
                "stap",
                ("reglement", "stap", "naam", "korte_naam"),
                _steps([reglement.op(vandaag) for reglement in reglementen]),
            )
            vragen = {tabel: _select(tabel) for tabel in KOLOMMEN}
            vragen |= {"feit": FEIT, "keuze": "SELECT * FROM temp.keuze", "stap": "SELECT * FROM temp.stap"}
            tabellen = {tabel: _copy(cursor, vraag, doel / f"{tabel}.parquet") for tabel, vraag in vragen.items()}
            ((aantal, zegel),) = cursor.execute("SELECT nr, zegel FROM stand").fetchall()
        finally:
            cursor.rollback()
    return {
        "aantal_feiten": aantal,
        "zegel": zegel,
        "reglementen": [_describe(reglement) for reglement in reglementen],
        "tabellen": tabellen,
    }


def _copy(cursor: duckdb.DuckDBPyConnection, vraag: str, pad: Path) -> int:
    """Write the answer to a question as a file, durably; return how many rows it has."""
    plek = str(pad).replace("'", "''")
    ((rijen,),) = cursor.execute(f"COPY ({vraag}) TO '{plek}' (FORMAT parquet, COMPRESSION zstd)").fetchall()
    bestanden.sync(pad)
    return rijen


def _select(tabel: str) -> str:
    delen = [_column(tabel, kolom) for kolom in KOLOMMEN[tabel].split()]
    return f"SELECT {', '.join(delen)} FROM {tabel} AS t"


def _column(tabel: str, kolom: str) -> str:
    reeks = PERSONEN.get((tabel, kolom))
    if reeks is None:
        return f"{_choice(tabel, kolom)} AS {kolom}"
    if (tabel, kolom) in LIJSTEN:
        namen = (
            f"SELECT list(p.naam ORDER BY p.naam) FROM unnest(t.{kolom}) AS u(id) "
            f"JOIN temp.pseudoniem AS p ON p.id = u.id AND p.reeks = '{reeks}'"
        )
        return f"coalesce(({namen}), []) AS {kolom}"
    id = _choice(tabel, kolom)
    return f"(SELECT p.naam FROM temp.pseudoniem AS p WHERE p.reeks = '{reeks}' AND p.id = {id}) AS {kolom}"


def _choice(tabel: str, kolom: str) -> str:
    """A column; a choice that went up in another is that one, whatever the day: a snapshot is of today."""
    lijst = keuzes.KOLOMMEN.get(tabel, {}).get(kolom) or TRAJECTEN.get((tabel, kolom), "")
    volgens = "t.reglement" if tabel == "klacht_stand" else "NULL"
    return f"keuze_op('{lijst}', {volgens}, t.{kolom}, DATE '{keuzes.ALTIJD}')" if lijst else f"t.{kolom}"


def _name_persons(cursor: duckdb.DuckDBPyConnection) -> None:
    """Give everybody a number by lot: in the order of the alphabet or of the work it would say who is who."""
    per_reeks: dict[str, set[str]] = {reeks: set() for reeks in PERSONEN.values()}
    for (tabel, kolom), reeks in PERSONEN.items():
        id = f"unnest({kolom})" if (tabel, kolom) in LIJSTEN else kolom
        vraag = f"SELECT DISTINCT id FROM (SELECT {id} AS id FROM {tabel}) WHERE id IS NOT NULL"
        per_reeks[reeks].update(id for (id,) in cursor.execute(vraag).fetchall())
    rijen = []
    for reeks, ids in per_reeks.items():
        mensen = sorted(ids.difference(NIEMAND))
        SystemRandom().shuffle(mensen)
        rijen += [(reeks, id, f"{reeks} {nr}") for nr, id in enumerate(mensen, start=1)]
        rijen += [(reeks, id, id) for id in ids.intersection(NIEMAND)]
    _put(cursor, "pseudoniem", ("reeks", "id", "naam"), rijen)


def _choices(reglementen: Iterable[Reglement]) -> list[tuple[str, ...]]:
    return [
        (reglement.id, lijst, keuze.id, keuze.naam)
        for reglement in reglementen
        for lijst in KEUZELIJSTEN
        if lijst not in ALLEEN_GETELD
        for keuze in reglement.keuzes(lijst)
    ]


def _steps(reglementen: Iterable[Reglement]) -> list[tuple[Any, ...]]:
    return [(regels.id, stap.nr, stap.naam, stap.korte_naam) for regels in reglementen for stap in regels.stappen]


def _put(
    cursor: duckdb.DuckDBPyConnection, tabel: str, kolommen: Sequence[str], rijen: Sequence[Sequence[Any]]
) -> None:
    """Make a table of this cursor alone; the register does not get it."""
    soorten = ", ".join(f"{kolom} {'INTEGER' if kolom == 'stap' else 'VARCHAR'}" for kolom in kolommen)
    cursor.execute(f"CREATE TEMP TABLE {tabel} ({soorten})")
    if rijen:
        lijst = ", ".join("unnest(?)" for _ in kolommen)
        cursor.execute(f"INSERT INTO temp.{tabel} SELECT {lijst}", [list(kolom) for kolom in zip(*rijen, strict=True)])


def _describe(reglement: Reglement) -> dict[str, Any]:
    versies = sorted({termijn.geldig_vanaf.isoformat() for termijn in reglement.termijnen})
    return {"id": reglement.id, "naam": reglement.naam, "versies": versies}
