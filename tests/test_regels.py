"""What the rules of mag.py say where they refuse, and in which role somebody acts: on the states of standenproef."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from klachten import gebeurtenissen as g
from klachten.dossier.evaluatie import EvaluatieDossier, mag_evaluatie
from klachten.dossier.klacht import Dossier
from klachten.dossier.mag import mag
from klachten.dossier.rechten import rol_in, rollen_voor, stap_van
from klachten.organisatie import Gebruiker
from tests.standenproef import D0, MENSEN, STANDEN, dossier, mensen, ontvangst, op, rows, vastgelegd
from tests.voorbeeldfirma import COULANT

# The cast of standenproef, here too.
__all__ = ["mensen"]


def test_every_refusal_of_a_rule_speaks_of_the_step_that_was_asked():
    anders, gezien = [], set()
    for handeling, stand, _ in rows():
        stap = stap_van(handeling)
        for wie in MENSEN.values():
            zin = mag(dossier(STANDEN[stand]), handeling, wie, COULANT) or ""
            gezien.add(zin)
            genoemd = re.match(r"Stap (\d+)", zin)
            if genoemd and int(genoemd[1]) != stap:
                anders.append(f"{handeling} in {stand}: {zin}")
    assert anders == []
    assert len(gezien) > 150


# What each rule says where it refuses: of one handeling, in one state, by one person.
ZINNEN = [
    ("stap_02_informeren_coordinator", "re", "C", "Stap 2 is al vastgelegd op 5 januari 2026."),
    ("stap_03_verwerken_klacht", "re", "C", "Stap 3 is al vastgelegd op 5 januari 2026."),
    ("stap_04_toewijzen_behandelaar", "to", "C", "Stap 4 is al gedaan: Ben is de behandelaar."),
    ("stap_04_vervangen_behandelaar", "re", "C", "Stap 4: er is nog geen behandelaar om te vervangen."),
    ("stap_04_meedelen_behandelaar", "to", "B", "Stap 4: de indiener kent de behandelaar al."),
    ("stap_04_meedelen_behandelaar", "re", "C", "Stap 4 kan nog niet: er is nog geen behandelaar toegewezen (stap 4)."),
    ("stap_05_bevestigen_ontvangst", "re", "C", "toegewezen (stap 4), en de bevestiging noemt zijn naam."),
    ("stap_05_bevestigen_ontvangst", "oz", "B", "Stap 5 is al vastgelegd op 7 januari 2026."),
    ("stap_06_ontvangen_informatie", "to", "B", "Stap 6: er staat geen vraag om informatie open."),
    ("stap_06_onderzoeken_klacht", "re", "C", "Stap 6 kan nog niet: er is nog geen behandelaar toegewezen"),
    ("stap_07_niet_in_behandeling_nemen", "re", "C", "Stap 7 kan nog niet: er is nog geen behandelaar"),
    ("stap_07_niet_in_behandeling_nemen", "nb", "B", "Stap 7 is al vastgelegd op 10 januari 2026."),
    (
        "stap_07_niet_in_behandeling_nemen",
        "ma",
        "B",
        "op 10 januari 2026 is de klacht in behandeling genomen (stap 8).",
    ),
    ("stap_08_bepalen_maatregel", "nb", "B", "Stap 8 kan niet: de klacht is op 10 januari 2026 niet in behandeling"),
    ("stap_08_bepalen_maatregel", "re", "C", "Stap 8 kan nog niet: er is nog geen behandelaar toegewezen (stap 4)."),
    ("stap_08_afzien_van_maatregelen", "re", "C", "Stap 8 kan nog niet: er is nog geen behandelaar"),
    ("stap_08_afzien_van_maatregelen", "af", "B", "Stap 8 kan niet meer: de klacht is afgesloten. Heropen de klacht"),
    ("stap_08_afzien_van_maatregelen", "ma", "B", "Stap 8: maatregel 1 geldt nog."),
    ("stap_08_wijzigen_maatregel", "oz", "B", "Stap 8 kan nog niet: er is geen maatregel die nog open staat."),
    ("stap_08_wijzigen_maatregel", "in", "B", "Stap 8 kan niet meer: de klacht is ingetrokken."),
    ("stap_08_overdragen_maatregel", "oz", "C", "Stap 8 kan nog niet: er is geen maatregel die nog open staat."),
    ("stap_08_overdragen_maatregel", "in", "D", "Stap 8 kan niet meer: de klacht is ingetrokken."),
    ("stap_08_laten_vervallen_maatregel", "in", "B", "Stap 8 kan niet meer: de klacht is ingetrokken."),
    ("stap_09_informeren_indiener", "re", "C", "Stap 9 kan nog niet: er is nog geen behandelaar"),
    ("stap_10_informeren_actienemer", "oz", "B", "Stap 10 kan nog niet: er is nog geen maatregel bepaald (stap 8)."),
    ("stap_10_informeren_actienemer", "ui", "B", "Stap 10 is al gedaan: elke actienemer is geïnformeerd."),
    ("stap_11_uitvoeren_maatregel", "ui", "B", "Stap 11 kan nog niet: er is geen maatregel die nog uitgevoerd moet"),
    ("stap_11_uitvoeren_maatregel", "in", "B", "Stap 11 kan niet meer: de klacht is ingetrokken."),
    ("stap_08_afzien_van_maatregelen", "ui", "B", "Stap 8: maatregel 1 geldt nog. Laat die eerst vervallen"),
    ("stap_12_bewaken_voortgang", "in", "B", "Stap 12 kan niet meer: de klacht is ingetrokken."),
    ("stap_13_afsluiten_klacht", "ma", "B", "Stap 13 kan nog niet: maatregel 1 is niet uitgevoerd."),
    ("stap_13_afsluiten_klacht", "oz", "B", "Stap 13 kan nog niet: er zijn geen maatregelen bepaald."),
    ("stap_13_afsluiten_klacht", "af", "B", "Stap 13 kan niet meer: de klacht is afgesloten."),
    ("stap_14_informeren_indiener_afsluiting", "ge", "B", "Stap 14 is al vastgelegd op 15 januari 2026."),
    ("stap_15_melden_meningsverschil", "ge", "B", "Stap 15: er loopt al een meningsverschil over deze klacht."),
    ("stap_15_voeren_overleg", "af", "B", "de indiener heeft nog geen meningsverschil gemeld."),
    (
        "stap_15_ontvangen_oordeel",
        "ge",
        "B",
        "Stap 15: het geschil is nog niet aan een onafhankelijk persoon voorgelegd.",
    ),
    ("stap_15_heropenen_klacht", "ma", "C", "Stap 15: heropenen kan alleen als de klacht is afgesloten,"),
    ("intrekken_klacht", "af", "B", "Intrekken kan niet meer: de klacht is afgesloten."),
    ("verlengen_termijn", "nb", "B", "Verlengen kan niet meer: de klacht is niet in behandeling."),
    (
        "corrigeren_feit",
        "ma",
        "N",
        "Dit kan niet door Noa: dit doet de coördinator, behandelaar of directie van deze klacht.",
    ),
]


@pytest.mark.parametrize(("handeling", "stand", "wie", "zin"), ZINNEN)
def test_what_each_rule_says(handeling: str, stand: str, wie: str, zin: str):
    assert zin in (mag(dossier(STANDEN[stand]), handeling, MENSEN[wie], COULANT) or "")


ONBEREIKBAAR = g.AnonimiteitVastgelegd(**op(1), onbekend=True, bereikbaar=False)
GEVRAAGD, GEGEVEN = g.TevredenheidGevraagd(**op(15), wijze="brief"), g.TevredenheidGegeven(**op(16), tevredenheid="x")
OORDEEL = STANDEN["he"][:-1]
OVER_P = ontvangst("p")
GEEN_BRIEF = (
    " is niet mogelijk: de indiener wil onbekend blijven en er is geen adres of gemachtigde om aan te schrijven."
)
GEEN_BERICHT = "Een bericht is niet mogelijk: de indiener wil onbekend blijven en er is geen adres of gemachtigde."
NIEMAND_BETROKKEN = ": er zijn geen betrokken medewerkers bekend. Voeg ze toe als dat anders blijkt (stap 4)."
NIETS_BESLOTEN = "Stap 9: er is nog niets besloten om te vertellen (stap 7 of 8)."
GEEN_VRAAG = "Stap 14: er staat geen vraag naar de tevredenheid open."
# What practice adds to the reglement: of one handeling, on these facts, by the behandelaar or directie.
PRAKTIJK = [
    ("stap_05_bevestigen_ontvangst", [*STANDEN["to"], ONBEREIKBAAR], "B", "Stap 5" + GEEN_BRIEF),
    ("stap_09_informeren_indiener", [*STANDEN["oz"], ONBEREIKBAAR], "B", "Stap 9" + GEEN_BRIEF),
    ("stap_14_informeren_indiener_afsluiting", [*STANDEN["af"], ONBEREIKBAAR], "B", "Stap 14" + GEEN_BRIEF),
    ("stap_14_vragen_tevredenheid", [*STANDEN["af"], ONBEREIKBAAR], "B", GEEN_BERICHT),
    ("stap_14_vragen_tevredenheid", STANDEN["af"], "B", None),
    (
        "stap_14_vragen_tevredenheid",
        STANDEN["oz"],
        "B",
        "Stap 14: vraag pas hoe tevreden de indiener is als de klacht is beëindigd.",
    ),
    ("sturen_tussenbericht", [*STANDEN["oz"], ONBEREIKBAAR], "B", GEEN_BERICHT),
    ("sturen_tussenbericht", STANDEN["af"], "B", "Er loopt geen termijn meer: de klacht is afgesloten."),
    ("toelichten_vertraging", STANDEN["in"], "B", "Er loopt geen termijn meer: de klacht is ingetrokken."),
    ("toelichten_vertraging", [*STANDEN["oz"], ONBEREIKBAAR], "B", None),
    ("stap_06_inlichten_medewerker", STANDEN["oz"], "B", "Stap 6" + NIEMAND_BETROKKEN),
    ("stap_06_horen_medewerker", STANDEN["oz"], "B", "Stap 6" + NIEMAND_BETROKKEN),
    ("stap_09_informeren_medewerker", STANDEN["ma"], "B", "Stap 9" + NIEMAND_BETROKKEN),
    ("stap_06_horen_medewerker", [OVER_P, *STANDEN["oz"][1:]], "B", None),
    ("stap_09_informeren_medewerker", [OVER_P, *STANDEN["oz"][1:]], "B", NIETS_BESLOTEN),
    *(("stap_09_informeren_medewerker", [OVER_P, *STANDEN[stand][1:]], "B", None) for stand in ("nb", "ma")),
    ("stap_09_informeren_medewerker", [OVER_P, *STANDEN["oz"][1:], STANDEN["in"][-1]], "B", None),
    (
        "stap_09_informeren_medewerker",
        [OVER_P, *STANDEN["nb"][1:], g.KlachtHeropend(**op(9), grond="oordeel")],
        "B",
        None,
    ),
    ("stap_14_ontvangen_tevredenheid", STANDEN["af"], "B", GEEN_VRAAG),
    ("stap_14_ontvangen_tevredenheid", [*STANDEN["af"], GEVRAAGD], "B", None),
    ("stap_14_ontvangen_tevredenheid", [*STANDEN["af"], GEVRAAGD, GEGEVEN], "B", GEEN_VRAAG),
    ("stap_14_ontvangen_tevredenheid", [*STANDEN["af"], GEVRAAGD, GEGEVEN, GEVRAAGD], "B", None),
    # The question was taken back after its answer.
    ("stap_14_ontvangen_tevredenheid", [*STANDEN["af"], GEGEVEN], "B", GEEN_VRAAG),
    ("stap_15_meedelen_oordeel", STANDEN["vo"], "B", "Stap 15: er is nog geen oordeel ontvangen."),
    ("stap_15_opvolgen_oordeel", STANDEN["vo"], "D", "Stap 15: er is nog geen oordeel ontvangen."),
    ("stap_15_meedelen_oordeel", OORDEEL, "B", None),
    (
        "stap_15_meedelen_oordeel",
        [*OORDEEL, g.OordeelMeegedeeld(**op(15), wijze="brief")],
        "B",
        "Stap 15: de indiener kent het oordeel al.",
    ),
    ("stap_15_meedelen_oordeel", [*OORDEEL, ONBEREIKBAAR], "B", GEEN_BERICHT),
]


@pytest.mark.parametrize(("handeling", "feiten", "wie", "zin"), PRAKTIJK)
def test_what_each_rule_of_practice_says(handeling: str, feiten: list[g.Gebeurtenis], wie: str, zin: str | None):
    assert mag(dossier(feiten), handeling, MENSEN[wie], COULANT) == zin


NUL = {1: 0, 2: 0, 3: 0}
TOT_6 = {**NUL, 4: 1, 5: 2, 6: 4}
TOT_11 = {**TOT_6, 8: 5, 9: 6, 10: 7, 11: 8}
# On which day each step was done in a state of standenproef, and the status and the dispute that come of it.
GEDAAN_OP = [
    ("on", {1: 0}, "ontvangen", "geen"),
    ("re", NUL, "ontvangen", "geen"),
    ("to", {**NUL, 4: 1}, "in onderzoek", "geen"),
    ("vv", {**NUL, 4: 1, 5: 2}, "in onderzoek", "geen"),
    ("oz", TOT_6, "in onderzoek", "geen"),
    ("ma", {**TOT_6, 8: 5, 9: 6}, "in behandeling", "geen"),
    ("ui", TOT_11, "in behandeling", "geen"),
    ("af", {**TOT_11, 13: 9}, "afgesloten", "geen"),
    ("nb", {**TOT_6, 7: 5}, "niet in behandeling", "geen"),
    ("in", {**TOT_6, 8: 5, 9: 6}, "ingetrokken", "geen"),
    ("ve", NUL, "vervallen", "geen"),
    ("ge", {**TOT_11, 13: 9, 14: 10}, "afgesloten", "gemeld"),
    ("vo", {**TOT_11, 13: 9, 14: 10, 15: 13}, "afgesloten", "voorgelegd"),
    ("he", {**TOT_11, 15: 13}, "in behandeling", "oordeel"),
]


@pytest.mark.parametrize(("stand", "stappen", "status", "geschil"), GEDAAN_OP)
def test_what_the_facts_of_a_klacht_add_up_to(stand: str, stappen: dict[int, int], status: str, geschil: str):
    gegeven = dossier(STANDEN[stand])
    gevonden = {stap: gegeven.stap_op(stap) for stap in range(1, 19)}
    assert {stap: (dag - D0).days for stap, dag in gevonden.items() if dag} == stappen
    assert (gegeven.status, gegeven.geschil) == (status, geschil)
    # Of the round that a reopening began nothing is done yet.
    ronde = {stap for stap in range(1, 19) if gegeven.in_ronde(stap)}
    assert ronde == (set() if stand == "he" else set(stappen) - {10, 11})
    assert gegeven.heropend_na == (len(STANDEN["he"]) if stand == "he" else 0)
    assert gegeven.loopt == (stand not in ("af", "nb", "in", "ve", "ge", "vo"))


def test_once_something_is_decided_a_klacht_is_in_behandeling():
    assert isinstance(STANDEN["ma"][-1], g.ResultaatMeegedeeld)
    assert dossier(STANDEN["ma"][:-1]).status == "in behandeling"


def test_a_klacht_that_was_closed_and_then_lapsed_is_not_closed_but_was_told():
    weg = dossier([*STANDEN["ge"], g.KlachtVervallen(**op(20), grond="vergissing")])
    assert (weg.status, weg.stap_op(13), weg.stap_op(14)) == ("vervallen", None, D0 + timedelta(10))


@pytest.mark.parametrize(
    ("meteen", "later", "bekend"),
    [(True, None, True), (True, False, True), (False, None, False), (False, False, False), (False, True, True)],
)
def test_whether_the_indiener_gave_facts_at_once_or_when_asked(meteen: bool, later: bool | None, bekend: bool):
    eerst = replace(STANDEN["on"][0], feiten_vermeld=meteen)
    antwoord = [] if later is None else [g.InformatieOntvangen(**op(5), van="indiener", feiten_vermeld=later)]
    assert dossier([eerst, *STANDEN["oz"][1:], *antwoord]).feiten_vermeld == bekend


def test_closed_again_the_days_of_the_last_round_count():
    weer = [*STANDEN["he"], g.KlachtAfgesloten(**op(20)), g.AfsluitingMeegedeeld(**op(21), wijze="brief")]
    weer += [g.AfsluitingMeegedeeld(**op(22), wijze="brief"), g.OverlegGevoerd(**op(23), opgelost=True)]
    gegeven = dossier(weer)
    assert [(gegeven.stap_op(stap) - D0).days for stap in (13, 14)] == [20, 22]
    assert [(gegeven.in_ronde(stap) - D0).days for stap in (13, 14)] == [20, 21]
    assert gegeven.geschil == "opgelost"
    # An earlier closing counts no longer, on whatever day it was.
    assert dossier([*STANDEN["he"], g.KlachtAfgesloten(**op(8))]).stap_op(13) == D0 + timedelta(8)
    # Progress was watched when it was, whatever was reopened since.
    assert dossier([*weer[:9], g.VoortgangBewaakt(**op(7)), *weer[9:]]).stap_op(12) == D0 + timedelta(7)
    assert dossier([*weer, g.OverlegGevoerd(**op(24), opgelost=False)]).geschil == "overleg mislukt"


def test_a_step_of_more_maatregelen_is_done_when_the_last_one_reached_it():
    twee = [*STANDEN["ui"], replace(STANDEN["ma"][-2], maatregel=2, actienemer="m")]
    assert [dossier(twee).stap_op(stap) for stap in (10, 11)] == [None, None]
    twee += [g.ActienemerGeinformeerd(**op(9), maatregel=2), g.MaatregelUitgevoerd(**op(11), maatregel=2)]
    assert [(dossier(twee).stap_op(stap) - D0).days for stap in (10, 11)] == [9, 11]
    ander = g.MaatregelGewijzigd(**op(12), maatregel=2, actienemer="a")
    assert [dossier([*twee, ander]).stap_op(10), dossier([*twee, ander]).maatregelen[2].actienemer] == [None, "a"]
    weg = dossier([*STANDEN["ma"], g.MaatregelVervallen(**op(8), maatregel=1, overlegd_met="d2")])
    assert (weg.open_maatregelen, weg.geldende_maatregelen, weg.zonder_maatregelen) == ([], [], False)
    niets = g.GeenMaatregelenNodig(**op(9), overlegd_met="d2")
    assert dossier([*STANDEN["oz"], niets]).zonder_maatregelen
    assert not dossier([*STANDEN["ma"], niets]).zonder_maatregelen


def test_which_behandelaar_the_indiener_knows():
    verteld = replace(STANDEN["vv"][-1], indiener_geinformeerd_op=D0 + timedelta(3))
    weer = g.BehandelaarMeegedeeld(**op(4), wijze="brief", behandelaar="b")
    for feiten, kent_vorige in (
        (STANDEN["vv"], True),
        ([*STANDEN["vv"][:-1], verteld], False),
        ([*STANDEN["vv"], weer], False),
        (STANDEN["oz"], False),
        (STANDEN["to"], False),
        ([*STANDEN["to"], replace(verteld, behandelaar="p", vorige="b")], False),
        ([*STANDEN["oz"], replace(STANDEN["vv"][-1], behandelaar="p", vorige="b")], True),
    ):
        assert dossier(feiten).indiener_kent_vorige == kent_vorige


def test_a_fact_is_found_by_the_number_of_its_first_version():
    vast = vastgelegd("K2026-0001", STANDEN["to"])
    beter = replace(vast[1], nr=9, corrigeert=2, feit=replace(vast[1].feit, **op(1)))
    weg = replace(vast[2], nr=10, corrigeert=3, feit=g.FeitHerroepen(**op(2)))
    gegeven = Dossier("K2026-0001", [*vast, beter, weg])
    assert [gegeven.vastlegging(nr) for nr in (1, 2, 3, 4, 9, 10)] == [vast[0], beter, None, vast[3], None, None]
    assert (gegeven.stap_op(2), gegeven.stap_op(3)) == (D0 + timedelta(1), None)


ACTIE = g.VerbeteractieBepaald(**op(20), verbeteractie=1, actienemer="a", uiterlijk_op=D0 + timedelta(60))
LEEG = [g.EvaluatieGehouden(**op(19), jaar=2025, directieleden=("d",))]
VERTELD = [*LEEG, ACTIE, g.VerbeteractieMeegedeeld(**op(21), verbeteractie=1)]
GEDAAN = [*VERTELD, g.VerbeteractieUitgevoerd(**op(22), verbeteractie=1)]
OPNIEUW = [*VERTELD, g.VerbeteractieGewijzigd(**op(22), verbeteractie=1, actienemer="m")]
NIEMAND = "Stap 17: er is geen verbeteractie waarover de actienemer nog geïnformeerd moet worden."
EVALUATIE = [
    ("stap_17_informeren_actienemer", LEEG, "D", NIEMAND),
    ("stap_17_informeren_actienemer", VERTELD, "D", NIEMAND),
    ("stap_17_informeren_actienemer", OPNIEUW, "D", None),
    ("stap_17_informeren_actienemer", [*LEEG, ACTIE], "C", "Stap 17 kan niet door Cor: dit doet de directie."),
    ("stap_16_wijzigen_verbeteractie", GEDAAN, "D", "Stap 16: er is geen verbeteractie die nog open staat."),
    ("stap_18_uitvoeren_verbeteractie", LEEG, "D", "Stap 18: er is geen verbeteractie die nog open staat."),
    ("stap_18_uitvoeren_verbeteractie", VERTELD, "A", None),
    ("stap_18_uitvoeren_verbeteractie", OPNIEUW, "A", "Stap 18 kan niet door Aad: dit doet de actienemer of directie."),
    ("stap_18_uitvoeren_verbeteractie", OPNIEUW, "M", None),
    (
        "stap_18_waarnemen_verandering",
        VERTELD,
        "D",
        "Stap 18: er is nog geen verbeteractie uitgevoerd, dus nog niets waar te nemen.",
    ),
    ("corrigeren_feit", VERTELD, "A", "Dit kan niet door Aad: dit doet de directie."),
]


@pytest.mark.parametrize(("handeling", "feiten", "wie", "zin"), EVALUATIE)
def test_what_each_rule_says_of_an_evaluation(handeling: str, feiten: list[g.Gebeurtenis], wie: str, zin: str | None):
    evaluatie = EvaluatieDossier("E2026-0001", vastgelegd("E2026-0001", feiten))
    assert mag_evaluatie(evaluatie, handeling, MENSEN[wie], rollen_voor(handeling, COULANT, "E")) == zin


def test_in_which_role_somebody_acts_in_an_evaluation():
    """The actienemer of an open verbeteractie as such; who has more roles in the first that the handeling knows."""
    rollen = ("actienemer", "directie", "coordinator")
    beide = Gebruiker("cd", "Beide", frozenset({"directie", "coordinator"}))
    evaluatie = EvaluatieDossier("E2026-0001", vastgelegd("E2026-0001", VERTELD))
    gevonden = [evaluatie.rol_in(rollen, wie) for wie in (MENSEN["A"], MENSEN["D"], MENSEN["C"], MENSEN["M"], beide)]
    assert gevonden == ["actienemer", "directie", "coordinator", None, "directie"]
    assert evaluatie.rol_in(("directie",), MENSEN["A"]) is None
    gedaan = EvaluatieDossier("E2026-0001", vastgelegd("E2026-0001", GEDAAN))
    assert gedaan.rol_in(rollen, MENSEN["A"]) is None


def test_a_verbeteractie_as_it_stands_after_its_facts():
    later = g.VerbeteractieGewijzigd(**op(23), verbeteractie=1, uiterlijk_op=D0 + timedelta(70), omschrijving="y")
    anders = [*VERTELD, later, g.VerbeteractieVervallen(**op(24), verbeteractie=1), replace(ACTIE, verbeteractie=2)]
    nu = EvaluatieDossier("E2026-0001", vastgelegd("E2026-0001", anders)).verbeteracties
    assert list(nu) == [1, 2]
    assert (nu[1].actienemer, nu[1].uiterlijk_op, nu[1].omschrijving) == ("a", D0 + timedelta(70), "y")
    assert (nu[1].meegedeeld_op, nu[1].vervallen_op) == (D0 + timedelta(21), D0 + timedelta(24))
    assert [(a.open, a.verandering, a.uitgevoerd_op) for a in nu.values()] == [(False, "", None), (True, "", None)]
    gezien = [*GEDAAN, g.VeranderingWaargenomen(**op(25), verbeteractie=1, verandering="minder")]
    (klaar,) = EvaluatieDossier("E2026-0001", vastgelegd("E2026-0001", gezien)).verbeteracties.values()
    assert (klaar.open, klaar.verandering, klaar.uitgevoerd_op) == (False, "minder", D0 + timedelta(22))


def test_in_which_role_somebody_acts():
    """Of more roles the first that the handeling knows; an involved behandelaar acts as actienemer, never as such."""
    ma = STANDEN["ma"]
    eigen = "stap_11_uitvoeren_maatregel"
    rollen = [
        rol_in(dossier(ma, b), eigen, MENSEN[w], COULANT) for w, b in (("B", ""), ("A", ""), ("A", "a"), ("B", "b"))
    ]
    assert rollen == ["behandelaar", "actienemer", "actienemer", None]
    van_b = [replace(f, actienemer="b") if isinstance(f, g.MaatregelBepaald) else f for f in ma]
    assert rol_in(dossier(van_b, "b"), eigen, MENSEN["B"], COULANT) == "actienemer"
    for namens in ("stap_15_voorleggen_geschil", "stap_15_opvolgen_oordeel"):
        assert rol_in(dossier(STANDEN["bg"]), namens, MENSEN["C"], COULANT) == "namens directie"
    beide = Gebruiker("cd", "Beide", frozenset({"directie", "coordinator"}))
    assert rol_in(dossier(STANDEN["re"]), "stap_04_toewijzen_behandelaar", beide, COULANT) == "coordinator"


@pytest.mark.parametrize(("wie", "mag_het"), [("o", True), ("a0", False), ("z", False), ("m", False)])
def test_of_the_involved_only_the_ontvanger_and_the_leading_people_tell_that_it_arrived(wie: str, mag_het: bool):
    """Ids before and after that of the ontvanger in the alphabet: only the very same person."""
    persoon = Gebruiker(wie, wie, frozenset({"medewerker"}))
    gevonden = rol_in(dossier(STANDEN["on"], wie), "stap_02_informeren_coordinator", persoon, COULANT)
    assert (gevonden is not None) == mag_het


def test_a_small_reglement_gives_only_the_roles_of_the_steps_that_it_names():
    klein = replace(COULANT, stappen=tuple(stap for stap in COULANT.stappen if stap.nr != 5))
    assert rollen_voor("stap_05_bevestigen_ontvangst", klein) == ()
    assert rollen_voor("stap_05_bevestigen_ontvangst", COULANT) == ("behandelaar",)
    assert [stap_van(naam) for naam in ("corrigeren_feit", "stap_05_bevestigen_ontvangst")] == [0, 5]


def test_a_reglement_may_let_an_actienemer_watch_the_progress_but_nobody_involved():
    ruim = tuple(replace(s, rollen=(*s.rollen, "actienemer")) if s.nr == 12 else s for s in COULANT.stappen)
    gevonden = [
        rol_in(dossier(STANDEN["ma"], wie), "stap_12_bewaken_voortgang", MENSEN["A"], replace(COULANT, stappen=ruim))
        for wie in ("", "a")
    ]
    assert gevonden == ["actienemer", None]


def test_more_answers_than_questions_leave_no_question_open():
    vraag, antwoord = (
        next(f for f in STANDEN["ma"] if isinstance(f, s)) for s in (g.InformatieGevraagd, g.InformatieOntvangen)
    )
    for feiten, mag_het in (([vraag], True), ([vraag, antwoord], False), ([vraag, antwoord, antwoord], False)):
        zin = mag(dossier([*STANDEN["to"], *feiten]), "stap_06_ontvangen_informatie", MENSEN["B"], COULANT)
        assert zin == (None if mag_het else "Stap 6: er staat geen vraag om informatie open.")


def test_closing_names_every_maatregel_that_is_open():
    twee = replace(next(f for f in STANDEN["ma"] if isinstance(f, g.MaatregelBepaald)), maatregel=2)
    zin = mag(dossier([*STANDEN["ma"], twee]), "stap_13_afsluiten_klacht", MENSEN["B"], COULANT)
    assert zin == "Stap 13 kan nog niet: maatregelen 1 en 2 zijn niet uitgevoerd."


def test_after_a_reopening_step_7_may_come_again_and_nothing_more_is_decided_once():
    heropend = [*STANDEN["nb"], g.KlachtHeropend(**op(8), grond="oordeel")]
    assert mag(dossier(heropend), "stap_07_niet_in_behandeling_nemen", MENSEN["B"], COULANT) is None
    weer = [*heropend, replace(STANDEN["nb"][-1], **op(9))]
    zin = mag(dossier(weer), "stap_07_niet_in_behandeling_nemen", MENSEN["B"], COULANT)
    assert zin == "Stap 7 is al vastgelegd op 14 januari 2026. Klopt dat niet, corrigeer dan het feit."
    niets = [*STANDEN["he"], g.GeenMaatregelenNodig(**op(15), overlegd_met="d")]
    zin = mag(dossier(niets), "stap_08_afzien_van_maatregelen", MENSEN["B"], COULANT)
    assert zin == "Stap 8: sinds de heropening is al iets besloten, op 20 januari 2026."


def test_somebody_outside_is_advised_only_where_that_helps():
    """Not where the coordinator can do it, and not for what nobody does on behalf of directie."""
    buiten = "wijs eerst iemand van buiten aan"
    for stand, handeling, zegt in (
        ("bd", "stap_04_toewijzen_behandelaar", False),
        ("bc", "stap_04_toewijzen_behandelaar", True),
        ("bc", "stap_03_verwerken_klacht", True),
        ("bc", "stap_03_toevoegen_document", False),
        ("bm", "stap_04_toewijzen_behandelaar", False),
    ):
        zin = mag(dossier(STANDEN[stand]), handeling, MENSEN["N"], COULANT) or ""
        assert zin.startswith(f"Stap {stap_van(handeling)} kan niet door Noa")
        assert (buiten in zin) == zegt, (stand, handeling)


def test_an_ended_klacht_gets_no_first_behandelaar_and_no_decision():
    ingetrokken = g.KlachtIngetrokken(**op(4), wijze="brief")
    for stand, handeling, wie in (
        ("re", "stap_04_toewijzen_behandelaar", "C"),
        ("oz", "stap_07_niet_in_behandeling_nemen", "B"),
        ("oz", "stap_08_bepalen_maatregel", "B"),
        ("oz", "stap_08_afzien_van_maatregelen", "B"),
    ):
        zin = mag(dossier([*STANDEN[stand], ingetrokken]), handeling, MENSEN[wie], COULANT) or ""
        assert zin.startswith(f"Stap {stap_van(handeling)} kan niet meer: de klacht is ingetrokken."), zin


@pytest.mark.parametrize(
    ("handeling", "stand"),
    [
        ("stap_04_meedelen_behandelaar", "vv"),
        ("stap_05_bevestigen_ontvangst", "to"),
        ("stap_06_onderzoeken_klacht", "oz"),
        ("stap_07_niet_in_behandeling_nemen", "oz"),
        ("stap_08_bepalen_maatregel", "oz"),
        ("stap_08_afzien_van_maatregelen", "oz"),
        ("stap_09_informeren_indiener", "oz"),
        ("stap_13_afsluiten_klacht", "ui"),
    ],
)
def test_nothing_goes_on_while_the_behandelaar_is_involved(handeling: str, stand: str):
    for wie in "BCD":
        zin = mag(dossier(STANDEN[stand], "b"), handeling, MENSEN[wie], COULANT) or ""
        assert zin.startswith(f"Stap {stap_van(handeling)} kan nog niet: behandelaar Ben blijkt betrokken"), zin
