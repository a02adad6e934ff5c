"""A register of any size for measuring: facts made by SQL, and every derived table by the register's own SELECTs."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from klachten import reglement
from klachten.analyse.basis import kalender
from klachten.datamap import DATABASE
from klachten.meting.soorten import EERST
from klachten.opening import EERSTE_DAG, LAATSTE_DAG
from klachten.register.database import Database
from klachten.voorbeeld import VESTIGINGEN, cast

JAAR = 2025
PEILDATUM = date(2026, 1, 31)
GEHEUGEN = "4GB"
"""What making it may take; facts that do not fit go to disk for a moment."""

TABELLEN = {
    "gebeurtenis": "nr, klachtnummer, soort, gebeurd_op, corrigeert, CAST(gegevens AS VARCHAR) AS gegevens",
    "klacht": "* EXCLUDE (van, tot, aspecten, kenmerken, betrokkenen, stappen_op, stap_eerst_op)"
    " REPLACE (array_to_string(zonder_rondes, '-') AS zonder_rondes), "
    + ", ".join(f"stap_eerst_op[{nr}] AS {kolom}" for kolom, nr in EERST.items()),
    "maatregel": "* EXCLUDE (van, tot)",
    "geschil": "* EXCLUDE (van, tot)",
    "eerder_einde": "* EXCLUDE (van, tot)",
    "trajecten": "*",
}
"""What the contenders get as Parquet: how everything stands now, lists as the plain columns they are fastest with."""

_INVOEGEN = """
INSERT INTO gebeurtenis
SELECT
    row_number() OVER (ORDER BY f.gebeurd_op, f.i, f.volg) AS nr, f.klachtnummer, f.stap, f.soort, f.gebeurd_op,
    f.gebeurd_op + INTERVAL '12' HOUR AS vastgelegd_op, $coordinator AS door, 'coordinator' AS rol, NULL AS corrigeert,
    CAST(f.gegevens AS JSON) AS gegevens, '{}' AS teksten, [1, 1] AS deel, '' AS vorig, '' AS zegel
FROM proef_feiten($klachten, $tot, $coordinator, $directielid, $behandelaars, $actienemers, $vestigingen) AS f
"""
# One acknowledgement in a hundred had the wrong date, one result in five hundred should not have been recorded.
_VERBETEREN = """
INSERT INTO gebeurtenis
SELECT
    (SELECT max(nr) FROM gebeurtenis) + row_number() OVER (ORDER BY g.nr), g.klachtnummer, g.stap,
    CASE g.soort WHEN 'OntvangstBevestigd' THEN g.soort ELSE 'FeitHerroepen' END,
    g.gebeurd_op + CASE g.soort WHEN 'OntvangstBevestigd' THEN 1 ELSE 0 END,
    $tot, $coordinator, 'coordinator', g.nr, CASE g.soort WHEN 'OntvangstBevestigd' THEN g.gegevens ELSE '{}' END, '{}',
    [1, 1], '', ''
FROM gebeurtenis AS g
WHERE
    g.gebeurd_op < $tot
    AND ((g.soort = 'OntvangstBevestigd' AND g.nr % 100 = 0) OR (g.soort = 'ResultaatMeegedeeld' AND g.nr % 500 = 0))
"""
_JAARWERK = """
INSERT INTO gebeurtenis
SELECT
    (SELECT max(nr) FROM gebeurtenis) + row_number() OVER (ORDER BY f.op, f.nummer, f.soort, f.gegevens), f.nummer,
    f.stap, f.soort, f.op, f.op + INTERVAL '12' HOUR, $directielid, 'directie', NULL, f.gegevens, '{}', [1, 1], '', ''
FROM (
    SELECT 'T' || j AS nummer, 16 AS stap, 'TrajectenVastgesteld' AS soort, make_date(CAST(j AS INTEGER), 12, 31) AS op,
        '{"jaar":' || j || ',"vestiging":"' || v || '","aantal":' || ($klachten * (2 + j % 3) + 400) || '}' AS gegevens
    FROM range(2020, 2026) AS t (j), (SELECT unnest($vestigingen) AS v)
    UNION ALL
    SELECT 'E' || (j + 1) || '-0001', 16, 'EvaluatieGehouden', make_date(CAST(j AS INTEGER) + 1, 1, 15),
        '{"jaar":' || j || ',"directieleden":["' || $directielid || '"]}'
    FROM range(2020, 2026) AS t (j)
    UNION ALL
    SELECT 'E' || (j + 1) || '-0001', 16, 'VerbeteractieBepaald', make_date(CAST(j AS INTEGER) + 1, 1, 15),
        '{"verbeteractie":1,"actienemer":"' || $behandelaars[-1] || '","categorie":"bejegening","uiterlijk_op":"'
        || (j + 1) || '-06-30"}'
    FROM range(2020, 2026) AS t (j)
    UNION ALL
    SELECT 'E' || (j + 1) || '-0001', 18, 'VerbeteractieUitgevoerd', make_date(CAST(j AS INTEGER) + 1, 5, 31),
    '{"verbeteractie":1}'
    FROM range(2020, 2025) AS t (j)
) AS f
"""


def players() -> dict[str, str | list[str]]:
    """Return who does what in it, by id, and the vestigingen: those of the example, in the order of its cast."""

    def all_with(rol: str) -> list[str]:
        return [wie.id for wie in cast().met_rol(rol)]

    return {
        "coordinator": all_with("coordinator")[0],
        "directielid": all_with("directie")[0],
        "behandelaars": all_with("behandelaar"),
        "actienemers": all_with("actienemer"),
        "vestigingen": list(VESTIGINGEN),
    }


def make(map: Path, klachten: int) -> int:
    """Make the database and the Parquet files of the contenders in an empty folder; return the number of facts."""
    database, wie = Database(map / DATABASE), players()
    try:
        con = database.con
        con.execute(f"SET memory_limit = '{GEHEUGEN}'")
        con.execute(f"SET temp_directory = '{map / 'tijdelijk'}'")
        database.migrate()
        database.furnish(reglement.load_all(), kalender.dagen(EERSTE_DAG, LAATSTE_DAG, kalender.gelijkgesteld().dagen))
        feiten = (Path(__file__).parent / "feiten.sql").read_text(encoding="utf-8")
        con.execute(f"CREATE TEMP MACRO proef_feiten({', '.join(('klachten', 'tot', *wie))}) AS TABLE {feiten}")
        con.execute(_INVOEGEN, {"klachten": klachten, "tot": PEILDATUM, **wie})
        con.execute(_VERBETEREN, {"tot": PEILDATUM, "coordinator": wie["coordinator"]})
        jaarwerk = {naam: wie[naam] for naam in ("directielid", "behandelaars", "vestigingen")}
        con.execute(_JAARWERK, {"klachten": klachten, **jaarwerk})
        database.afleiding.derive_all()
        con.execute("CHECKPOINT")
        for tabel, kolommen in TABELLEN.items():
            con.execute(f"COPY (SELECT {kolommen} FROM {tabel}) TO '{map / f'{tabel}.parquet'}' (FORMAT parquet)")
        return con.execute("SELECT count(*) FROM gebeurtenis").fetchall()[0][0]
    finally:
        database.close()


if __name__ == "__main__":
    print(make(Path(sys.argv[1]), int(sys.argv[2])))
