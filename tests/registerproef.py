"""Small facts for the tests of the register itself, without reglement or calendar: opening takes 50 ms."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from klachten.gebeurtenissen import CoordinatorGeinformeerd, KlachtGeregistreerd, KlachtOntvangen
from klachten.register import Boeking, Register

DAG = date(2026, 1, 5)
NU = datetime(2026, 1, 5, 10, 11, 12, tzinfo=UTC)


def open_at(map: Path, **keuzes: object) -> Register:
    """Open a register without reglementen, by a clock that stands still."""
    return Register.open(map, **{"reglementen": {}, "kalender_dagen": [], "klok": lambda: NU, **keuzes})


def ontvangst(**anders: object) -> KlachtOntvangen:
    """The first fact of a klacht."""
    return KlachtOntvangen(
        **{
            "gebeurd_op": DAG,
            "reglement": "coulant",
            "reglement_versie": date(2015, 1, 1),
            "kanaal": "brief",
            "indiener_soort": "klant",
            "vestiging": "weert",
            "categorie": "overig",
            "ontvanger": "anna",
            "omschrijving": "De begeleider kwam niet.",
            **anders,
        }
    )


def boek_klacht(boeking: Boeking, **anders: object) -> str:
    """Record a klacht in two facts within a group."""
    nummer = boeking.nieuw_nummer("K", 2026)
    boeking.leg_vast(nummer, ontvangst(**anders), door="anna", rol="coordinator")
    boeking.leg_vast(nummer, KlachtGeregistreerd(gebeurd_op=DAG), door="anna", rol="coordinator")
    return nummer


def leg_klacht_vast(register: Register, **anders: object) -> str:
    """Record a klacht in two facts, as one group."""
    with register.schrijven() as boeking:
        return boek_klacht(boeking, **anders)


def leg_stap_vast(register: Register, nummer: str, reden: str = "") -> int:
    """Record one more fact of a klacht."""
    feit = CoordinatorGeinformeerd(gebeurd_op=DAG, geinformeerde="anna", reden=reden)
    with register.schrijven() as boeking:
        return boeking.leg_vast(nummer, feit, door="anna", rol="coordinator")


def fouten(bevindingen: list) -> list[str]:
    """The sentences of what is wrong."""
    return [bevinding.zin for bevinding in bevindingen if bevinding.ernst == "fout"]
