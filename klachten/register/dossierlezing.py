"""A dossier as the database has it: its facts built again from their rows."""

from __future__ import annotations

import json
from datetime import UTC

from klachten.gebeurtenissen import Vastlegging, from_json
from klachten.register.database import Database


def read_dossier(database: Database, klachtnummer: str) -> list[Vastlegging]:
    """Every fact of a dossier in order of recording, with its texts; none for a number that was never given out."""
    with database.con.cursor() as cursor:
        rijen = cursor.execute(
            "SELECT nr, vastgelegd_op, door, rol, corrigeert, zegel, soort, gebeurd_op, gegevens "
            "FROM gebeurtenis WHERE klachtnummer = ? ORDER BY nr",
            [klachtnummer],
        ).fetchall()
        if not rijen:
            return []
        teksten: dict[int, dict[str, str]] = {}
        for nr, veld, tekst in cursor.execute(
            "SELECT nr, veld, tekst FROM tekst WHERE klachtnummer = ?", [klachtnummer]
        ).fetchall():
            teksten.setdefault(nr, {})[veld] = tekst
    return [
        Vastlegging(
            nr=nr,
            klachtnummer=klachtnummer,
            vastgelegd_op=vastgelegd_op.replace(tzinfo=UTC),
            door=door,
            rol=rol,
            corrigeert=corrigeert,
            zegel=zegel,
            feit=from_json(soort, gebeurd_op, json.loads(gegevens), teksten.get(nr, {})),
        )
        for nr, vastgelegd_op, door, rol, corrigeert, zegel, soort, gebeurd_op, gegevens in rijen
    ]
