"""Read the newest snapshot of a register: what a notebook works with while the app has the register itself open."""

from __future__ import annotations

import contextlib
import json
import re
import time
from pathlib import Path
from typing import Any

import duckdb

from klachten.datamap import data_map

FORMAAT = 2
MANIFEST = "manifest.json"
WIJZER = "nieuwste"
POGINGEN = 5
GEGEVENS = frozenset({"afwijkingen"})
"""The only part of the content of a fact that a snapshot has."""

TABELLEN = """
CREATE TABLE momentopname AS
    SELECT $naam AS naam, CAST($gemaakt_op AS TIMESTAMP) AS gemaakt_op, CAST($dag AS DATE) AS dag,
        $aantal_feiten AS aantal_feiten, $zegel AS zegel, $software AS software
"""
# As the register's macro of this name, so that the same questions can be asked.
FEIT = """
CREATE MACRO feit(nummer, tot_nr) AS TABLE
SELECT
    volgorde AS nr, volgorde AS oorsprong, klachtnummer, stap, soort, gebeurd_op, vastgelegd_op,
    CASE WHEN len(afwijkingen) > 0 THEN json_object('afwijkingen', afwijkingen) ELSE CAST('{}' AS JSON) END AS gegevens
FROM main.feit
WHERE
    (nummer IS NULL OR klachtnummer = nummer)
    AND CASE
        WHEN tot_nr IS NULL THEN TRUE ELSE error('Een momentopname kent alleen de stand van nu: laat tot_nr leeg.')
    END
"""
PERSOON = re.compile(r"\b(gebruiker|directieleden|coordinatoren)\b")


class GeenMomentopname(Exception):
    """There is no snapshot that can be read; the text is a Dutch sentence that says how to make one."""

    soort = "geen_momentopname"


def snapshots_map(map: Path) -> Path:
    """Return the folder of the snapshots of a register."""
    return map / "momentopname"


def complete(map: Path) -> list[Path]:
    """Return the snapshots that are whole, the newest first; `map` is their folder."""
    if not map.is_dir():
        return []
    heel = [pad for pad in map.iterdir() if (pad / MANIFEST).is_file()]
    return sorted(heel, key=lambda pad: pad.name.rpartition("-")[2], reverse=True)


def current(map: Path) -> tuple[Path, dict[str, Any]]:
    """Return the newest snapshot of a register folder and its manifest; GeenMomentopname when there is none."""
    opnamen = snapshots_map(map)
    with contextlib.suppress(OSError, ValueError):
        naam = (opnamen / WIJZER).read_text(encoding="utf-8").strip()
        if re.fullmatch(r"[0-9TZ]+-[0-9]+", naam):
            return opnamen / naam, _manifest(opnamen / naam)
    # The pointer is missing or names what is gone, as after a crash or in a copied folder.
    for pad in complete(opnamen):
        with contextlib.suppress(OSError, ValueError):
            return pad, _manifest(pad)
    raise GeenMomentopname(
        f"Er is geen momentopname van het register in {map}. Start de app (python -m klachten start), die maakt er "
        "zelf een, of maak er een met: python -m klachten momentopname. Staat het register in een andere map, zet die "
        "dan in KLACHTEN_DATA."
    )


def _manifest(pad: Path) -> dict[str, Any]:
    manifest = json.loads((pad / MANIFEST).read_text(encoding="utf-8"))
    if manifest["formaat"] != FORMAAT:
        raise GeenMomentopname(
            f"De momentopname {pad.name} is gemaakt door klachten {manifest['software']}, in een andere vorm dan deze "
            "versie leest. Maak een nieuwe met: python -m klachten momentopname."
        )
    return manifest


def load(map: Path | None = None) -> duckdb.DuckDBPyConnection:
    """Return a database in memory with the tables of the newest snapshot; GeenMomentopname when there is none.

    The tables are copied: the connection keeps its moment, also when that snapshot is removed after newer ones.
    """
    for poging in range(POGINGEN):
        pad, manifest = current(map or data_map())
        # Without a network the extensions that are not built in could only be waited for.
        con = duckdb.connect(config={"autoinstall_known_extensions": False, "autoload_known_extensions": False})
        try:
            con.execute("SET TimeZone = 'UTC'")
            for tabel in manifest["tabellen"]:
                con.execute(f"CREATE TABLE {tabel} AS SELECT * FROM read_parquet(?)", [str(pad / f"{tabel}.parquet")])
                if (nu := tabel.removesuffix("_stand")) != tabel:
                    con.execute(f"CREATE VIEW {nu} AS SELECT * FROM {tabel} WHERE tot = DATE '9999-12-31'")
            con.execute(TABELLEN, {naam: manifest[naam] for naam in re.findall(r"\$(\w+)", TABELLEN)})
            con.execute(FEIT)
            return con
        except (duckdb.Error, OSError) as fout:
            con.close()
            if (pad / MANIFEST).is_file() or poging == POGINGEN - 1:
                raise GeenMomentopname(
                    f"De momentopname {pad.name} kan niet worden gelezen: {str(fout).splitlines()[0]}. Maak een nieuwe "
                    "met: python -m klachten momentopname."
                ) from fout
            time.sleep(0.02)  # it was removed while being read: newer ones were made
    raise AssertionError("unreachable")


def refusal(parameters: str, sql: str) -> str:
    """Return why a question cannot be asked of a snapshot, or "": it needs texts, people, or the content of facts."""
    kaal = re.sub(r"--[^\n]*", "", sql)
    if PERSOON.search(parameters):
        return "hij gaat over wat een bepaalde medewerker ziet of moet doen, en die staan er niet in"
    if re.search(r"\b(FROM|JOIN)\s+(tekst|zoekwoord|woord|gebeurtenis)\b", kaal, re.IGNORECASE):
        return "hij leest teksten, en die staan er niet in"
    if vreemd := set(re.findall(r"gegevens\s*->>?\s*'(\w+)'", kaal)) - GEGEVENS:
        return f"hij leest {', '.join(sorted(vreemd))} uit de feiten, en dat staat er niet in"
    return ""
