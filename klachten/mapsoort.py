"""What is in the folder of a register before it is opened: nothing, an example, a register of a firm, or remains.

What a register is, is a fact and never changes; what holds anything of one is never an empty folder.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from enum import Enum
from pathlib import Path
from typing import Any

from klachten import datamap
from klachten.organisatie import OVERNAME

VAN_WIE = (
    "In {map} staan alleen overgenomen klachten, en nog geen organisatie. Start met --eigen als het uw eigen register "
    "wordt, of met --voorbeeld om er alleen in rond te kijken."
)
_INGERICHT = b'"soort":"OrganisatieIngericht"'


class Soort(Enum):
    """Of which kind the register in a folder is.

    BEGONNEN: somebody began a register of a firm and recorded nothing yet, or nothing since all its facts were lost.
    OVERGENOMEN: there are klachten that were taken over, and nothing else: whose they are is not said yet. RESTEN:
    there are parts of a register and no fact.
    """

    LEEG = "leeg"
    BEGONNEN = "begonnen"
    RESTEN = "resten"
    OVERGENOMEN = "overgenomen"
    VOORBEELD = "voorbeeld"
    EIGEN = "eigen"
    ONLEESBAAR = "onleesbaar"


def find(map: Path) -> Soort:
    """Return of which kind the register in a folder is."""
    if datamap.facts(map):
        return _of_facts(map)
    rest = set(datamap.remains(map))
    if not rest:
        return Soort.LEEG
    if datamap.went_on(map):
        return Soort.BEGONNEN
    if "dossiers" not in rest and "journaal" not in rest and "toegang" in rest and not _accounts(map):
        return Soort.BEGONNEN
    return Soort.RESTEN


def example_map() -> Path:
    """Return where the example is, or comes: data/ when one was made there before it had a folder of its own."""
    if gekozen := datamap.named():
        return gekozen
    return datamap.own_map() if find(datamap.own_map()) is Soort.VOORBEELD else datamap.example_map()


def _of_facts(map: Path) -> Soort:
    """Return the kind by the fact that makes an organisation: the first, or after klachten that were taken over.

    Who recorded before there were organisations was one of the example: nobody else could.
    """
    bestanden = [pad for pad in sorted((map / "journaal").glob("[0-9]*.jsonl")) if pad.stat().st_size]
    try:
        with bestanden[0].open("rb") as journaal:
            eerste = json.loads(next(journaal))
        if (soort := _kind(eerste)) is not None:
            return soort
        if eerste.get("nr") != 1:  # the first fact, which says it, is gone
            return Soort.ONLEESBAAR
        if eerste.get("door") != OVERNAME:
            return Soort.VOORBEELD
        alleen, van_overname = True, f'"door":"{OVERNAME}"'.encode()
        for pad in bestanden:
            with pad.open("rb") as journaal:
                for regel in journaal:
                    if _INGERICHT in regel:
                        return _kind(json.loads(regel)) or Soort.ONLEESBAAR
                    alleen = alleen and (van_overname in regel or not regel.endswith(b"\n"))
    except ValueError:
        return Soort.ONLEESBAAR
    return Soort.OVERGENOMEN if alleen else Soort.VOORBEELD


def _kind(feit: dict[str, Any]) -> Soort | None:
    if feit.get("soort") != "OrganisatieIngericht":
        return None
    return Soort.VOORBEELD if feit.get("gegevens", {}).get("voorbeeld", False) else Soort.EIGEN


def _accounts(map: Path) -> bool:
    """Tell whether anybody has an account in a folder; what cannot be read counts as somebody."""
    try:
        with closing(sqlite3.connect(map / "toegang" / "toegang.sqlite")) as db:
            return bool(db.execute("SELECT count(*) FROM account").fetchone()[0])
    except sqlite3.Error:
        return True
