"""The bodies of the handelingen called on facts alone, and what they were given: for test_lichamen and what follows it.

Nothing is recorded, so fast enough to be mutated against. The stories of tests/dossiers record.
"""

from __future__ import annotations

import contextlib
from typing import Any

from klachten import gebeurtenissen as g
from klachten import organisatie
from klachten.dossier.evaluatie import EvaluatieDossier
from klachten.dossier.klacht import Feiten
from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen import HANDELINGEN, Geweigerd, Zaak
from klachten.register import Register
from klachten.reglement import Reglement
from tests.feitenproef import dag
from tests.standenproef import op, vastgelegd
from tests.voorbeeldfirma import COULANT

VANDAAG = dag(30)
ANNA, DIRECTIE, NAMENS = ("anna", "coordinator"), ("carla", "directie"), ("anna", "namens directie")
Feitenlijst = list[Gebeurtenis]


class Klaar(Exception):
    """Leaves the boeking, so that nothing is recorded."""


def doe(
    register: Register,
    naam: str,
    feiten: Feiten | None,
    wie: tuple[str, str],
    invoer: dict[str, Any],
    reglement: Reglement = COULANT,
    corrigeert: int | None = None,
) -> Any:
    """Return the facts, the warnings and the zaak; or the refusal."""
    gebruiker = organisatie.gebruiker(wie[0])
    assert gebruiker is not None
    uit: Any = None
    with contextlib.suppress(Klaar), register.schrijven() as boeking:
        nummer = feiten.klachtnummer if feiten else ""
        zaak = Zaak(register, boeking, feiten, nummer, gebruiker, wie[1], VANDAAG, reglement)
        zaak.corrigeert = corrigeert
        tekst = ("tekst", "regel", "keuze", "termijn")
        leeg = {veld.naam: "" if veld.soort in tekst else None for veld in HANDELINGEN[naam].velden}
        try:
            gemaakt = HANDELINGEN[naam].lichaam(zaak, **{**leeg, **invoer})
        except Geweigerd as fout:
            uit = str(fout)
        else:
            lijst = [gemaakt] if isinstance(gemaakt, Gebeurtenis) else list(gemaakt)
            uit = (lijst, [w.zin for w in zaak.waarschuwingen], zaak)
        raise Klaar
    return uit


def zeg(register: Register, naam: str, feiten: Feiten | None, wie: tuple[str, str], invoer: dict[str, Any]) -> Any:
    """The refusal, or the list of what asks a reason."""
    uit = doe(register, naam, feiten, wie, invoer)
    return uit if isinstance(uit, str) else uit[1]


ACHT, WIJZIG = "stap_08_bepalen_maatregel", "stap_08_wijzigen_maatregel"


def m(op_dag: int, maatregel: int = 1, **anders: Any) -> dict[str, Any]:
    return {"op": dag(op_dag), "maatregel": maatregel, **anders}


def wijzig(op_dag: int, actienemer: str = "", tot: int | None = None, overlegd_met: str = "", **anders: Any) -> Any:
    uiterlijk = None if tot is None else dag(tot)
    return m(op_dag, actienemer=actienemer, uiterlijk_op=uiterlijk, overlegd_met=overlegd_met, **anders)


def acht(overlegd_met: str, tot: int = 40, op_dag: int = 6) -> dict[str, Any]:
    return {"op": dag(op_dag), "actienemer": "gijs", "uiterlijk_op": dag(tot), "overlegd_met": overlegd_met}


ACTIE = g.VerbeteractieBepaald(
    **op(20), verbeteractie=1, actienemer="gijs", uiterlijk_op=dag(25), omschrijving="x", categorie=""
)
LEEG = [g.EvaluatieGehouden(**op(19), jaar=2025, directieleden=("carla",))]
BEPAALD = [*LEEG, ACTIE]


def evaluatie(feiten: Feitenlijst) -> EvaluatieDossier:
    return EvaluatieDossier("E2026-0001", vastgelegd("E2026-0001", feiten))
