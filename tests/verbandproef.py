"""What is said when a fact is recorded, put right or taken back, asked of facts alone: for the tests of ties."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from klachten import gebeurtenissen as g
from klachten import organisatie
from klachten.dossier.evaluatie import EvaluatieDossier
from klachten.dossier.klacht import Dossier, Feiten
from klachten.gebeurtenissen import Gebeurtenis, Vastlegging
from klachten.handelingen import Geweigerd, Zaak
from klachten.handelingen.correctie import handeling_van
from klachten.handelingen.handeling import step_of
from klachten.handelingen.opnieuw import check_anew, check_later, consequences, corrected, origin
from klachten.handelingen.tegenstrijdig import nieuwe_tegenstrijdigheden
from klachten.handelingen.volgorde import waarschuwingen
from klachten.register import Register
from klachten.reglement import Reglement
from tests.feitenproef import dag, echt
from tests.standenproef import STANDEN, op, vastgelegd
from tests.voorbeeldfirma import COULANT

# The earlier fact is of day 20 and the later one of day 22.
EERDER, LATER = 20, 22
NIET_MEER = "Op {op} is vastgelegd wat dan niet meer kan. %s Zet eerst dat recht."
E, L = op(EERDER), op(LATER)
HEROPEND = [*STANDEN["af"], g.KlachtHeropend(**op(12), grond="oordeel")]
EVALUATIE: list[Gebeurtenis] = [g.EvaluatieGehouden(**op(3), jaar=2025, directieleden=("carla",))]
MAATREGEL = g.MaatregelBepaald(**E, maatregel=1, actienemer="gijs", uiterlijk_op=dag(40), overlegd_met="frank")
VRAAG_LATER = "Vraag het pas als de klacht is beëindigd (stap 14)."


def opgebouwd(feiten: list[Gebeurtenis]) -> Feiten:
    """The dossier of these facts: of a klacht, or of an evaluation."""
    nummer, soort = ("E2026-0001", EvaluatieDossier) if feiten[0] in EVALUATIE else ("K2026-0001", Dossier)
    return soort(nummer, [replace(v, door="anna") for v in vastgelegd(nummer, echt(feiten))])


def zaak_van(register: Register, boeking: Any, feiten: Feiten, reglement: Reglement = COULANT) -> Zaak:
    anna = organisatie.gebruiker("anna")
    assert anna is not None
    return Zaak(register, boeking, feiten, feiten.klachtnummer, anna, "coordinator", dag(100), reglement, "Tikfout")


def nieuw(register: Register, feiten: list[Gebeurtenis], feit: Gebeurtenis) -> str:
    """What is said when a fact is recorded."""
    voor, na = opgebouwd(feiten), opgebouwd([*feiten, feit])
    handeling = handeling_van(feit)
    assert handeling is not None
    invoer = {v.naam: feit.gebeurd_op if v.naam == "op" else getattr(feit, v.naam) for v in handeling.velden}
    with register.schrijven() as boeking:
        zaak = zaak_van(register, boeking, voor)
        try:
            handeling.lichaam(zaak, **invoer)
        except Geweigerd as fout:
            return str(fout)
    zinnen = [w.zin for w in zaak.waarschuwingen]
    if isinstance(voor, Dossier) and isinstance(na, Dossier):
        fouten = nieuwe_tegenstrijdigheden(voor, na)
        if fouten:
            return " ".join(fouten)
        stap = step_of(feit)
        zinnen += (
            [w.zin for w in waarschuwingen(voor, stap, feit.gebeurd_op, getattr(feit, "maatregel", None))]
            if stap
            else []
        )
    return " ".join(zinnen)


def verbeterd(
    register: Register, feiten: list[Gebeurtenis], plaats: int, beter: Gebeurtenis, reglement: Reglement = COULANT
) -> str:
    """What is said when the fact at a place is put right or taken back."""
    dossier = opgebouwd(feiten)
    oud: Vastlegging = dossier.geldig[plaats]
    with register.schrijven() as boeking:
        zaak = zaak_van(register, boeking, dossier, reglement)
        zaak.corrigeert = origin(oud)
        try:
            if isinstance(beter, g.FeitHerroepen):
                check_later(dossier, corrected(dossier, oud, beter), origin(oud), COULANT, handeling_van)
                zinnen = []
            else:
                zinnen = [w.zin for w in check_anew(zaak, oud, beter, handeling_van)]
            gevolgen = list(consequences(zaak, oud, beter, handeling_van))
        except Geweigerd as fout:
            return str(fout)
    return " ".join([*zinnen, *(w.zin for gevolg in gevolgen for w in gevolg.nieuw)])
