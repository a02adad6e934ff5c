"""A dossier as the database has it: its facts built again from their rows."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import UTC
from typing import Any

from klachten.gebeurtenissen import GEWIST, WISSEND, Vastlegging, Wissing, erased, from_json
from klachten.register.database import Database
from klachten.register.fouten import RegisterNieuwer


def read_dossier(database: Database, klachtnummer: str) -> list[Vastlegging]:
    """Every fact of a dossier in order of recording, with its texts; none for a number that was never given out."""
    return _read(database, "klachtnummer = $nummer", {"nummer": klachtnummer})


def read_dossiers(database: Database, klachtnummers: Collection[str]) -> dict[str, list[Vastlegging]]:
    """The same of several dossiers in one go, by number; of one alone the asking is nearly all that it costs."""
    uit: dict[str, list[Vastlegging]] = {nummer: [] for nummer in klachtnummers}
    for vastlegging in _read(database, "klachtnummer IN (SELECT unnest($nummers))", {"nummers": list(uit)}):
        uit[vastlegging.klachtnummer].append(vastlegging)
    return uit


def read_own(database: Database, *, zonder: Collection[str] = ()) -> list[Vastlegging]:
    """Every fact of the organisation and its people but those of some kinds, in order of recording."""
    eigen = "klachtnummer >= 'O' AND klachtnummer < 'Q'"
    zonder_die = f"SELECT nr FROM gebeurtenis WHERE {eigen} AND soort IN (SELECT unnest($zonder))"
    return _read(database, f"{eigen} AND nr NOT IN ({zonder_die})", {"zonder": sorted(zonder)})


def _read(database: Database, waar: str, waarden: dict[str, Any]) -> list[Vastlegging]:
    with database.con.cursor() as cursor:
        rijen = cursor.execute(
            "SELECT nr, klachtnummer, vastgelegd_op, door, rol, corrigeert, zegel, soort, gebeurd_op, gegevens, "
            f"teksten FROM gebeurtenis WHERE {waar} ORDER BY nr",
            waarden,
        ).fetchall()
        if not rijen:
            return []
        teksten: dict[int, dict[str, str]] = {}
        for nr, veld, tekst in cursor.execute(f"SELECT nr, veld, tekst FROM tekst WHERE {waar}", waarden).fetchall():
            teksten.setdefault(nr, {})[veld] = tekst
    _say_erased(rijen, teksten)
    uit = []
    for nr, klachtnummer, vastgelegd_op, door, rol, corrigeert, zegel, soort, gebeurd_op, gegevens, _ in rijen:
        with RegisterNieuwer.when_reading(nr, klachtnummer):
            feit = from_json(soort, gebeurd_op, json.loads(gegevens), teksten.get(nr, {}))
        uit.append(
            Vastlegging(
                nr=nr,
                klachtnummer=klachtnummer,
                vastgelegd_op=vastgelegd_op.replace(tzinfo=UTC),
                door=door,
                rol=rol,
                corrigeert=corrigeert,
                zegel=zegel,
                feit=feit,
            )
        )
    return uit


def _say_erased(rijen: Sequence[tuple[Any, ...]], teksten: dict[int, dict[str, str]]) -> None:
    """Put what a reader sees in the place of each text that was erased: it was there, as its commitment says."""
    wissingen: dict[str, list[Wissing]] = {}
    for nr, klachtnummer, *_, soort, _, gegevens, _ in rijen:
        if soort in WISSEND:
            wissingen.setdefault(klachtnummer, []).append(Wissing.of(nr, soort, json.loads(gegevens)))
    for nr, klachtnummer, *_, beloofd in rijen if wissingen else ():
        for veld in json.loads(beloofd) if klachtnummer in wissingen else ():
            if erased(wissingen[klachtnummer], nr, veld):
                teksten.setdefault(nr, {})[veld] = GEWIST
