"""Who decided from outside the organisation is read under the name as corrected; the facts stay as they are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from klachten import gebeurtenissen as g
from klachten.analyse.werk.zoeken import Plek
from klachten.dossier.klacht import Dossier
from klachten.gebeurtenissen import SOORTEN, Gebeurtenis, Vastlegging
from klachten.handelingen.tegenstrijdig import tegenstrijdigheden
from klachten.register import Register
from tests.lijsten import Lijst
from tests.standenproef import ontvangst, op, vastgelegd
from tests.test_correctie import corrigeer, feit
from tests.test_zoeken import zie

ALLEN = ("anna", "carla", "frank")
BUITEN = g.BuitenstaanderAangewezen(**op(1), persoon="Mr. Bruiten", vastlegger="gijs")
ANDER = g.BuitenstaanderAangewezen(**op(3), persoon="Mevr. Verder", vastlegger="gijs")
NAMENS: dict[str, Gebeurtenis] = {
    "KlachtGeregistreerd": g.KlachtGeregistreerd(**op(2), namens="Mr. Bruiten"),
    "BehandelaarToegewezen": g.BehandelaarToegewezen(
        **op(2), behandelaar="bas", toegewezen_door="buiten", namens="Mr. Bruiten"
    ),
    "BehandelaarVervangen": g.BehandelaarVervangen(
        **op(2), behandelaar="bas", vorige="dirk", toegewezen_door="buiten", grond="afwezig", namens="Mr. Bruiten"
    ),
    "KlachtVervallen": g.KlachtVervallen(**op(2), grond="vergissing", namens="Mr. Bruiten"),
    "GeschilVoorgelegd": g.GeschilVoorgelegd(**op(2), namens="Mr. Bruiten"),
    "OordeelOpgevolgd": g.OordeelOpgevolgd(**op(2), opvolging="geheel", namens="Mr. Bruiten"),
    "KlachtHeropend": g.KlachtHeropend(**op(2), grond="nieuwe_feiten", namens="Mr. Bruiten"),
}


def verbeterd(feiten: list[Gebeurtenis], plaats: int, persoon: str) -> Dossier:
    """The dossier of these facts in which the name of who was named was put right."""
    vast = vastgelegd("K2026-0001", feiten)
    oud = vast[plaats]
    beter = replace(oud, nr=len(vast) + 1, corrigeert=oud.nr, feit=replace(oud.feit, persoon=persoon))
    return Dossier("K2026-0001", [*vast, beter])


def gelezen(dossier: Dossier, vastlegging: Vastlegging) -> str:
    return getattr(dossier.as_read(vastlegging), "namens", "")


def test_every_kind_of_fact_that_is_done_on_behalf_of_somebody_is_here() -> None:
    assert {soort for soort, klasse in SOORTEN.items() if hasattr(klasse, "namens")} == set(NAMENS)


@pytest.mark.parametrize("soort", NAMENS)
def test_a_fact_reads_the_name_as_corrected(soort: str) -> None:
    dossier = verbeterd([ontvangst(*ALLEN), BUITEN, NAMENS[soort]], 1, "Mr. Buiten")
    gedaan = dossier.geldig[2]
    assert (gelezen(dossier, gedaan), gedaan.feit.namens) == ("Mr. Buiten", "Mr. Bruiten")
    # Done in an own role it is on behalf of nobody.
    zelf = replace(gedaan, feit=replace(gedaan.feit, namens=""))
    assert gelezen(dossier, zelf) == ""


@pytest.mark.parametrize("soort", NAMENS)
def test_nothing_is_done_on_behalf_of_who_was_not_named_yet(soort: str) -> None:
    gedaan = NAMENS[soort]
    later = replace(BUITEN, **op(3))
    dossier = Dossier("K2026-0001", vastgelegd("K2026-0001", [ontvangst(*ALLEN), later, gedaan]))
    zin = (
        f"Stap {gedaan.stap} is op 7 januari 2026 gedaan namens iemand van buiten, maar die is pas aangewezen op "
        "8 januari 2026 (stap 4)."
    )
    assert zin in tegenstrijdigheden(dossier)


def test_each_fact_reads_who_was_named_before_it() -> None:
    toegewezen = NAMENS["BehandelaarToegewezen"]
    na = replace(NAMENS["GeschilVoorgelegd"], **op(4), namens="Mevr. Verder")
    feiten = [ontvangst(*ALLEN), BUITEN, toegewezen, ANDER, na]
    for plaats, verwacht in ((1, ["Mr. Buiten", "Mevr. Verder"]), (3, ["Mr. Bruiten", "Mr. Buiten"])):
        dossier = verbeterd(feiten, plaats, "Mr. Buiten")
        assert [gelezen(dossier, dossier.geldig[nr]) for nr in (2, 4)] == verwacht


def test_a_fact_that_was_corrected_itself_reads_it_too() -> None:
    dossier = verbeterd([ontvangst(*ALLEN), BUITEN, NAMENS["BehandelaarToegewezen"]], 1, "Mr. Buiten")
    eerst = dossier.geldig[2]
    opnieuw = replace(eerst, nr=9, corrigeert=eerst.nr, feit=replace(eerst.feit, behandelaar="dirk"))
    dossier = Dossier("K2026-0001", [*dossier.vastleggingen, opnieuw])
    assert [gelezen(dossier, v) for v in (eerst, opnieuw)] == ["Mr. Buiten", "Mr. Buiten"]


def test_the_name_of_then_is_found_and_said_to_hold_no_more(register: Register) -> None:
    lijst = Lijst(register)
    nummer = lijst.intake(door="dirk", betrokkenen=ALLEN, ontvanger="dirk", compleet=False)
    lijst.doe("stap_02_informeren_coordinator", "dirk", nummer, geinformeerde="anna")
    lijst.doe("stap_04_aanwijzen_buitenstaander", "dirk", nummer, persoon="Mr. Bruiten", vastlegger="gijs")
    lijst.doe("stap_04_toewijzen_behandelaar", "gijs", nummer, op=2, behandelaar="bas")
    toegewezen, aangewezen = "BehandelaarToegewezen", "BuitenstaanderAangewezen"
    (regel,) = zie(register, "bruiten", "bas")
    assert set(regel.gevonden_in) == {Plek(aangewezen, "persoon", True), Plek(toegewezen, "namens", True)}
    corrigeer(lijst, nummer, g.BuitenstaanderAangewezen, "bas", waarden={"persoon": "Mr. Buiten"})
    (regel,) = zie(register, "bruiten", "bas")
    assert set(regel.gevonden_in) == {Plek(aangewezen, "persoon", False), Plek(toegewezen, "namens", False)}
    (regel,) = zie(register, "buiten", "bas")
    assert Plek(aangewezen, "persoon", True) in regel.gevonden_in
    assert feit(lijst, nummer, g.BehandelaarToegewezen).namens == "Mr. Bruiten"
