"""Facts and tables put straight into a database with the real schema, to try the figures of the evaluation on."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from duckdb import DuckDBPyConnection

from klachten.periode import Periode
from klachten.register.afleiding import derived_tables
from tests.termijnproef import schrijf

Feit = tuple[str, str, date, dict[str, Any], int | None]
"""klachtnummer, soort, gebeurd_op, gegevens, and the number of the fact that it corrects."""
TABELLEN = derived_tables()
VESTIGINGEN = ("weert", "utrecht", "eindhoven")
ONTVANGST = {
    "reglement": "coulant",
    "reglement_versie": "2000-01-01",
    "kanaal": "brief",
    "indiener_soort": "klant",
    "vestiging": "weert",
    "categorie": "bejegening",
    "ontvanger": "gijs",
}


def leg_vast(con: DuckDBPyConnection, feiten: Iterable[Feit]) -> None:
    """Put facts into `gebeurtenis`, numbered from 1 in the order given, and derive every table from them."""
    rijen = [
        (nr, nummer, soort, op, json.dumps(gegevens), corrigeert)
        for nr, (nummer, soort, op, gegevens, corrigeert) in enumerate(feiten, start=1)
    ]
    if rijen:
        schrijf(con, rijen)
    for tabel in TABELLEN:
        con.execute(f"INSERT INTO {tabel} BY NAME SELECT * FROM {tabel}_uit_feiten(NULL, NULL)")


def trajecten(con: DuckDBPyConnection, *, andere: int | None = 0, **per_jaar: dict[str, int]) -> None:
    """Enter trajecten: trajecten(con, j2025={"weert": 100}); the vestigingen not named have `andere`, None is nothing.

    A year is known only when every vestiging is. j2025k1 and j2025m03 are a quarter and a month.
    """
    if andere is not None:
        per_jaar = {jaar: {**dict.fromkeys(VESTIGINGEN, andere), **aantallen} for jaar, aantallen in per_jaar.items()}
    for wanneer, aantallen in per_jaar.items():
        jaar, deel = int(wanneer[1:5]), wanneer[5:]
        periode = Periode.lees(f"{jaar}-{deel.removeprefix('m').upper()}" if deel else str(jaar))
        for vestiging, aantal in aantallen.items():
            con.execute(
                "INSERT INTO trajecten VALUES ($t, $jaar, $vanaf, $tot, $waar, $n)",
                {"t": f"T{jaar}", "jaar": jaar, "waar": vestiging, "n": aantal} | periode.parameters,
            )
