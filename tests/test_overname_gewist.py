"""What was erased here does not come back with a next file: no text, of no kind of fact, whatever the file says."""

from __future__ import annotations

from dataclasses import MISSING, fields
from datetime import date
from pathlib import Path

import pytest

from klachten import gebeurtenissen as g
from klachten.overname import eerder, vergelijken
from klachten.overname.eerder import Klacht, Verloop, Versie
from klachten.overname.vergelijken import HOUD, NEEM
from klachten.register import Register
from tests.overnameproef import VANDAAG, rijen
from tests.test_overname_maatregelen import RIJEN, bestand, neem_over

DAG = date(2025, 1, 6)
VOORBEELD = {"date": DAG, "int": 1, "str": "x"}
ONTVANGST = "KlachtOntvangen"


def vol(soort: str) -> g.Gebeurtenis:
    """A fact of this kind with a name in every text that it can have."""
    waarden = {
        veld.name: "Zwaluw" if g.is_tekst(veld) else VOORBEELD[str(veld.type)]
        for veld in fields(g.SOORTEN[soort])
        if g.is_tekst(veld) or (veld.default is MISSING and veld.default_factory is MISSING)
    }
    return g.SOORTEN[soort](**waarden)


def zonder(soort: str) -> eerder.Inhoud:
    """What such a fact says without a text."""
    return {veld: waarde for veld, waarde in eerder.content(vol(soort)).items() if not eerder.is_text(soort, veld)}


def leeg(soort: str) -> Verloop:
    """It was taken over without its texts."""
    return Verloop(2, soort, True, [Versie(2, True, zonder(soort))])


def ongedaan(soort: str) -> Verloop:
    """It was taken over, and that was undone."""
    return Verloop(2, soort, True, [Versie(2, True, zonder(soort)), Versie(3, True, None)])


def teruggenomen(soort: str) -> Verloop:
    """It was recorded here, one person was erased in it, and it was taken back."""
    teksten = {veld.name for veld in fields(g.SOORTEN[soort]) if g.is_tekst(veld)}
    return Verloop(2, soort, False, [Versie(2, False, zonder(soort)), Versie(3, False, None)], teksten)


@pytest.mark.parametrize("soort", sorted(eerder.SOORTEN))
@pytest.mark.parametrize(
    ("toestand", "dicht"),
    [(None, True), (leeg, True), (ongedaan, True), (teruggenomen, False)],
    ids=["nooit", "leeg", "ongedaan", "teruggenomen"],
)
@pytest.mark.parametrize("weer", [False, True])
def test_no_kind_of_fact_brings_a_text_back(soort: str, toestand, dicht: bool, weer: bool):
    klacht = Klacht("K2025-0001", dicht=dicht)
    if soort != ONTVANGST:
        klacht.feiten[1] = Verloop(1, ONTVANGST, True, [Versie(1, True, zonder(ONTVANGST))])
    if toestand is not None:
        klacht.feiten[2] = toestand(soort)
    ontvangst = g.from_json(ONTVANGST, DAG, {v: w for v, w in zonder(ONTVANGST).items() if v != eerder.OP}, {})
    feiten = [vol(soort)] if soort == ONTVANGST else [ontvangst, vol(soort)]
    wijziging = vergelijken.compare(klacht, "1", 2, feiten, weer=weer)
    for besluit in (HOUD, NEEM):
        for een in wijziging.facts(besluit, op=DAG, reden="") if wijziging else ():
            feit = een if isinstance(een, g.Gebeurtenis) else een.feit
            assert feit.teksten().keys() <= {"reden"}, besluit
    if wijziging is not None:
        assert all("Zwaluw" not in botsing.sentence() for botsing in wijziging.botsingen)


def teksten(register: Register, nummer: str) -> str:
    """All texts of a dossier, in its file and in the database."""
    in_bestand = b"".join(register.dossiers.lines(nummer)).decode()
    return in_bestand + str(rijen(register, f"SELECT tekst FROM tekst WHERE klachtnummer = '{nummer}'"))


def wis(register: Register, nummer: str, feit: g.Gebeurtenis) -> None:
    with register.schrijven() as boeking:
        boeking.leg_vast(nummer, feit, door="anna", rol="coordinator")


LEEG = RIJEN[1].replace("Brief herschrijven", "")
EXCUUS = RIJEN[1].replace("Brief herschrijven", "Excuus aan mevrouw Zwaluw")
MET_BRIEF = EXCUUS.replace(",,,,3/20", ",Brief aan Zwaluw,3/12/2024,5/1/2024,3/20")


def test_a_maatregel_brings_no_text_into_an_erased_dossier(register: Register, tmp_path: Path):
    neem_over(register, bestand(tmp_path, LEEG, RIJEN[3]))
    wis(register, "K2024-0001", g.DossierGewist(gebeurd_op=VANDAAG, grond="bewaartermijn"))
    neem_over(register, bestand(tmp_path, MET_BRIEF, RIJEN[3]))
    assert rijen(register, "SELECT maatregel FROM maatregel WHERE klachtnummer = 'K2024-0001' ORDER BY 1") == [
        (1,),
        (2,),
    ]
    assert "Zwaluw" not in teksten(register, "K2024-0001")
    # What the source says of others is not touched by it, and nothing is left to be taken over.
    assert not neem_over(register, bestand(tmp_path, MET_BRIEF, RIJEN[3])).iets


def test_where_one_person_was_erased_the_text_of_that_place_stays_away_and_another_comes(
    register: Register, tmp_path: Path
):
    neem_over(register, bestand(tmp_path, EXCUUS, RIJEN[3]))
    (nr,) = [v.nr for v in register.vastleggingen("K2024-0001") if v.feit.soort == "MaatregelBepaald"]
    gewist = g.GegevensGewist(gebeurd_op=VANDAAG, grond="verzoek", voorstel=0, wie="1", plekken=(f"{nr}.omschrijving",))
    wis(register, "K2024-0001", gewist)
    assert "Zwaluw" not in teksten(register, "K2024-0001")
    anders = MET_BRIEF.replace("Excuus aan", "Groet aan").replace("Brief aan Zwaluw", "Cursus")
    neem_over(register, bestand(tmp_path, anders, RIJEN[3]))
    maatregelen = [
        v.feit.omschrijving for v in register.vastleggingen("K2024-0001") if v.feit.soort == "MaatregelBepaald"
    ]
    assert maatregelen[-1] == "Cursus"
    assert "Zwaluw" not in teksten(register, "K2024-0001")
