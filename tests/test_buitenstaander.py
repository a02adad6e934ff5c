"""Somebody outside is nobody of the firm, however the name is written; what may be a colleague asks a reason."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest

from klachten import organisatie
from klachten.handelingen import OngeldigeInvoer
from klachten.handelingen.buitenstaander import check_van_buiten
from klachten.organisatie import Gebruiker

NAMEN = {
    "bas": "Bas Janssen",
    "carla": "Carla Verhoeven",
    "jan": "Jan van den Berg",
    "loes": "Loes Smit",
    "sean": "Seán O'Neill",
    "rene": "René-Marie de Groot",
    "rik": "Rik Berg",
    "mia": "Mia van Smit-Hofman",
    "zoe": "Zoë",
}
DAG = date(2026, 1, 5)
WEIGERT, VRAAGT, GOED = "refused", "a reason", "accepted"
GEVALLEN = [
    ("Bas Janssen", WEIGERT), ("bas", WEIGERT), ("Janssen, Bas", WEIGERT), ("Janssen Bas", WEIGERT),
    ("Bas J. Janssen", WEIGERT), ("Bas Jánssen", WEIGERT), ("BAS  JANSSEN, behandelaar", WEIGERT),
    ("Verhoeven, Carla", WEIGERT), ("mw. drs. Carla Verhoeven", WEIGERT), ("Bas Janssen, lid van de raad", WEIGERT),
    ("B. Janssen", VRAAGT), ("Janssen, B.", VRAAGT), ("mr. J.B. Janssen", VRAAGT), ("c verhoeven", VRAAGT),
    ("Bas van Janssen", VRAAGT),
    ("Piet Janssen", GOED), ("P. Janssen", GOED), ("Mr. Janssen", GOED), ("Bas Janssens", GOED), ("Bastiaan", GOED),
    ("Carla Janssen", GOED), ("Mr. X", GOED), ("Bas Pieterse", GOED), ("B.", GOED),
    ("Jan van den Berg", WEIGERT), ("Van den Berg, Jan", WEIGERT), ("Berg, Jan van den", WEIGERT),
    ("J. van den Berg", VRAAGT), ("Van den Berg, J.", VRAAGT), ("Jan Berg", VRAAGT), ("Jan van der Berg", VRAAGT),
    ("Jan v.d. Berg", VRAAGT), ("Piet van den Berg", GOED), ("Van den Berg", GOED),
    ("Rik Berg", WEIGERT), ("Rik van den Berg", VRAAGT), ("Loes Smit", WEIGERT), ("L. Smit", VRAAGT),
    ("Sean ONeill", WEIGERT), ("O’Neill, Seán", WEIGERT), ("S. O'Neill", VRAAGT), ("Mary O'Neill", GOED),
    ("Rene Marie de Groot", WEIGERT), ("Groot, R. de", VRAAGT), ("M. de Groot", GOED),
    # Of a double surname the last part counts, and of one name only the name itself.
    ("Mia Hofman", WEIGERT), ("Mia Smit-Hofman", WEIGERT), ("M. Hofman", VRAAGT), ("Mia de Hofman", VRAAGT),
    ("Mia Smit", GOED), ("Zoe", WEIGERT), ("Zoë Bakker", GOED),
]  # fmt: skip


@pytest.mark.parametrize(("persoon", "verwacht"), GEVALLEN)
def test_who_is_somebody_of_the_firm(monkeypatch: pytest.MonkeyPatch, persoon: str, verwacht: str) -> None:
    firma = [Gebruiker(id, naam, frozenset({"medewerker"})) for id, naam in NAMEN.items()]
    monkeypatch.setattr(organisatie, "_open", {0: organisatie.of_users(firma)})
    gezegd: list[tuple[str, str]] = []
    zaak = cast(Any, SimpleNamespace(waarschuw=lambda code, zin: gezegd.append((code, zin))))
    if verwacht == WEIGERT:
        with pytest.raises(OngeldigeInvoer, match=r"werkt bij de organisatie\. Noem iemand van buiten"):
            check_van_buiten(zaak, "persoon", persoon, DAG)
        return
    check_van_buiten(zaak, "persoon", persoon, DAG)
    assert verwacht == (VRAAGT if gezegd else GOED)
    assert {code for code, _ in gezegd} <= {"lijkt_collega"}
