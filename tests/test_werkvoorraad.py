"""What there is to do, for whom and by when: after every step of the plain road, and in every branch."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from klachten import analyse, organisatie
from klachten import gebeurtenissen as g
from klachten.analyse.werk.werkvoorraad import Taak, grouped, visible_to, werkvoorraad
from klachten.register import Register
from tests.lijsten import MAATREGEL, ONTVANGEN, VANDAAG, VESTIGINGEN, Lijst, afwezig

DAG = {weken: ONTVANGEN + timedelta(7 * weken) for weken in (2, 4, 6)}


@pytest.fixture
def lijst(register: Register) -> Lijst:
    return Lijst(register)


def taken(register: Register, peildatum: date = VANDAAG) -> list[Taak]:
    with register.cursor() as cursor:
        return werkvoorraad(cursor, peildatum, VESTIGINGEN)


def van(register: Register, nummer: str, peildatum: date = VANDAAG) -> list[tuple]:
    return [
        (taak.stap, taak.wat, taak.wie or taak.rol, taak.uiterlijk_op)
        for taak in taken(register, peildatum)
        if taak.klachtnummer == nummer
    ]


# After this step of the plain road: what is next, for whom, by when.
WEG = [
    (3, (4, "Behandelaar toewijzen", "coordinator", DAG[2])),
    (4, (5, "Ontvangst bevestigen", "bas", DAG[2])),
    (5, (6, "Klacht onderzoeken", "bas", DAG[4])),
    (6, (8, "Beslissen: maatregelen of niet in behandeling", "bas", DAG[4])),
    (9, (10, "Actienemer informeren over maatregel 1", "bas", DAG[6])),
    (10, (11, "Maatregel 1 uitvoeren", "dirk", DAG[6])),
    (11, (13, "Klacht afsluiten", "bas", None)),
    (13, (14, "Indiener informeren over de afsluiting", "bas", None)),
]


@pytest.mark.parametrize(("stap", "verwacht"), WEG, ids=[f"na stap {stap}" for stap, _ in WEG])
def test_each_step_of_the_plain_road_leads_to_one_next_thing(lijst: Lijst, stap: int, verwacht: tuple):
    assert van(lijst.register, lijst.tot(stap, behandelaar="bas")) == [verwacht]


def test_a_finished_klacht_asks_nothing(lijst: Lijst):
    assert van(lijst.register, lijst.tot(14)) == []


def test_after_step_8_the_letter_and_the_actienemer_wait_beside_each_other(lijst: Lijst):
    assert van(lijst.register, lijst.tot(8)) == [
        (10, "Actienemer informeren over maatregel 1", "anna", DAG[6]),
        (9, "Indiener informeren over resultaat en maatregelen", "anna", None),
    ]


def test_step_2_is_for_the_ontvanger_and_the_coordinator(lijst: Lijst):
    nummer = lijst.intake(door="gijs", compleet=False)
    (taak,) = [taak for taak in taken(lijst.register) if taak.klachtnummer == nummer]
    assert (taak.stap, taak.rol, set(taak.personen)) == (2, "coordinator", {"gijs", "anna"})
    lijst.doe("stap_02_informeren_coordinator", "gijs", nummer, geinformeerde="anna")
    assert van(lijst.register, nummer) == [(3, "Klacht verwerken en dossier aanleggen", "coordinator", DAG[2])]


def test_an_involved_coordinator_leaves_step_4_to_the_directie(lijst: Lijst):
    nummer = lijst.intake(betrokkenen=("anna", "carla"))
    (taak,) = [taak for taak in taken(lijst.register) if taak.klachtnummer == nummer]
    assert (taak.wat, taak.rol, taak.personen) == (
        "Behandelaar toewijzen: de coördinator is betrokken", "directie", ("frank",)
    )  # fmt: skip


def test_an_absent_coordinator_leaves_steps_3_and_4_to_the_directie(lijst: Lijst):
    nummer = lijst.intake(door="gijs", compleet=False)
    verwerken = "Klacht verwerken en dossier aanleggen"
    with afwezig("anna", ONTVANGEN, None, lang=True):
        wat = "Directeur informeren: de coördinator is langer afwezig"
        assert van(lijst.register, nummer) == [(2, wat, "directie", DAG[2])]
        lijst.doe("stap_02_informeren_coordinator", "gijs", nummer, geinformeerde="carla")
        wat = f"{verwerken}: de coördinator is afwezig"
        assert van(lijst.register, nummer) == [(3, wat, "directie", DAG[2])]
    # Back again: the calendar says so, and nothing that was recorded of the klacht keeps her from it.
    assert van(lijst.register, nummer) == [(3, verwerken, "coordinator", DAG[2])]


def test_a_klacht_of_before_absences_were_recorded_says_itself_that_the_coordinator_was_away(lijst: Lijst):
    nummer = lijst.intake(door="gijs", compleet=False)
    with lijst.register.schrijven() as boeking:
        feit = g.CoordinatorGeinformeerd(
            gebeurd_op=ONTVANGEN, geinformeerde="carla", coordinator_afwezig=True
        )  # fmt: skip
        boeking.leg_vast(nummer, feit, door="gijs", rol="medewerker")
    wat = "Klacht verwerken en dossier aanleggen: de coördinator is afwezig"
    assert van(lijst.register, nummer) == [(3, wat, "directie", DAG[2])]


def test_when_everybody_who_could_assign_is_involved_somebody_outside_is_asked(lijst: Lijst):
    nummer = lijst.intake(betrokkenen=("anna", "carla", "frank"))
    (taak,) = [taak for taak in taken(lijst.register) if taak.klachtnummer == nummer]
    assert taak.wat == "Iemand van buiten aanwijzen: de hele directie is betrokken"
    # Any colleague who is not involved may do it, for no coordinator can.
    assert (taak.rol, taak.personen) == ("medewerker", ("bas", "dirk", "eva", "gijs", "iris"))
    assert (taak.wie_naam, taak.uiterlijk_op) == ("Medewerker", DAG[2])
    invoer = {"persoon": "Mr. J. Buiten", "vastlegger": "gijs"}
    lijst.doe("stap_04_aanwijzen_buitenstaander", "eva", nummer, op=1, **invoer)
    (taak,) = [taak for taak in taken(lijst.register) if taak.klachtnummer == nummer]
    assert taak.wat == "Behandelaar toewijzen: namens iemand van buiten"
    assert (taak.rol, taak.personen, taak.wie_naam) == ("buiten", ("gijs",), "Iemand van buiten")


def test_with_a_free_coordinator_somebody_outside_is_named_beside_what_goes_on(lijst: Lijst):
    nummer = lijst.intake(betrokkenen=("carla", "frank"))
    aanwijzen = (4, "Iemand van buiten aanwijzen: de hele directie is betrokken", "coordinator", DAG[2])
    toewijzen = (4, "Behandelaar toewijzen", "coordinator", DAG[2])
    assert sorted(van(lijst.register, nummer)) == [toewijzen, aanwijzen]
    lijst.doe("stap_04_aanwijzen_buitenstaander", "anna", nummer, op=1, persoon="Mr. J. Buiten")
    assert van(lijst.register, nummer) == [toewijzen]


def test_a_dispute_without_a_free_directie_goes_to_whoever_records_for_the_outside_person(lijst: Lijst):
    nummer = lijst.tot(6, betrokkenen=("carla", "frank"))
    besluit = {"motivering": "Al opgelost", "overlegd_met": "buiten"}
    lijst.doe("stap_08_afzien_van_maatregelen", "anna", nummer, op=8, **besluit)
    lijst.doe("stap_09_informeren_indiener", "anna", nummer, op=9, wijze="brief")
    lijst.doe("stap_13_afsluiten_klacht", "anna", nummer, op=13)
    lijst.doe("stap_14_informeren_indiener_afsluiting", "anna", nummer, op=14, wijze="brief")
    assert van(lijst.register, nummer) == []
    lijst.doe("stap_15_melden_meningsverschil", "anna", nummer, op=15, toelichting="Niet eens")
    aanwijzen = (4, "Iemand van buiten aanwijzen: de hele directie is betrokken", "coordinator", None)
    assert aanwijzen in van(lijst.register, nummer)
    lijst.doe("stap_15_voeren_overleg", "anna", nummer, op=16, toelichting="Gepraat")
    wat = "Geschil voorleggen aan een onafhankelijk persoon"
    (voor,) = [taak for taak in taken(lijst.register) if taak.wat == wat]
    assert (voor.rol, voor.personen) == ("buiten", ())
    lijst.doe("stap_04_aanwijzen_buitenstaander", "anna", nummer, op=17, persoon="Mr. J. Buiten")
    (voor,) = [taak for taak in taken(lijst.register) if taak.klachtnummer == nummer]
    assert (voor.wat, voor.rol, voor.personen) == (wat, "buiten", ("anna",))
    lijst.doe("stap_15_voorleggen_geschil", "anna", nummer, op=18, onafhankelijk_persoon="Prof. Verweg")
    (daarna,) = [taak for taak in taken(lijst.register) if taak.klachtnummer == nummer]
    assert (daarna.wat, daarna.rol, daarna.personen) == ("Oordeel afwachten en vastleggen", "coordinator", ("anna",))


def test_a_behandelaar_who_turns_out_to_be_involved_is_replaced_first(lijst: Lijst):
    nummer = lijst.tot(6, behandelaar="bas")
    lijst.doe("stap_04_toevoegen_betrokkene", "anna", nummer, op=8, betrokkene="bas")
    vervangen = (4, "Behandelaar vervangen, want die blijkt betrokken", "coordinator", DAG[4])
    assert van(lijst.register, nummer) == [vervangen]


def test_the_indiener_is_told_of_another_behandelaar(lijst: Lijst):
    nummer = lijst.tot(5, behandelaar="bas")
    lijst.doe("stap_04_vervangen_behandelaar", "anna", nummer, op=8, behandelaar="dirk", grond="afwezig")
    assert (4, "Indiener vertellen wie de behandelaar nu is", "dirk", None) in van(lijst.register, nummer)
    lijst.doe("stap_04_meedelen_behandelaar", "dirk", nummer, op=9, wijze="brief")
    assert van(lijst.register, nummer) == [(6, "Klacht onderzoeken", "dirk", DAG[4])]


def test_a_behandelaar_replaced_before_the_acknowledgement_needs_no_letter(lijst: Lijst):
    nummer = lijst.tot(4, behandelaar="bas")
    lijst.doe("stap_04_vervangen_behandelaar", "anna", nummer, op=5, behandelaar="dirk", grond="afwezig")
    assert van(lijst.register, nummer) == [(5, "Ontvangst bevestigen", "dirk", DAG[2])]


def test_missing_facts_are_asked_for_until_they_come(lijst: Lijst):
    nummer = lijst.tot(5, feiten_vermeld=False)
    vraag = (6, "Ontbrekende feiten opvragen bij de indiener", "anna", DAG[4])
    assert vraag in van(lijst.register, nummer)
    lijst.doe("stap_06_vragen_informatie", "anna", nummer, op=6, bij="indiener", vraag="Wanneer was dat?")
    assert van(lijst.register, nummer) == [(6, "Klacht onderzoeken", "anna", DAG[4])]
    lijst.doe("stap_06_ontvangen_informatie", "anna", nummer, op=8, van="indiener", inhoud="Weet ik niet meer.")
    assert (6, "Ontbrekende feiten opnieuw opvragen bij de indiener", "anna", DAG[4]) in van(lijst.register, nummer)
    lijst.doe("stap_06_vragen_informatie", "anna", nummer, op=9, bij="indiener", vraag="Echt niet?")
    lijst.doe(
        "stap_06_ontvangen_informatie", "anna", nummer, op=9, van="indiener", inhoud="5 januari.", feiten_vermeld=True
    )  # fmt: skip
    assert len(van(lijst.register, nummer)) == 1


def test_a_question_to_a_colleague_is_no_question_to_the_indiener(lijst: Lijst):
    nummer = lijst.tot(5, feiten_vermeld=False)
    lijst.doe("stap_06_vragen_informatie", "anna", nummer, op=6, bij="binnen", vraag="Weet jij het?")
    assert len(van(lijst.register, nummer)) == 2


def test_a_decision_that_is_due_shows_up_as_late(lijst: Lijst):
    nummer = lijst.tot(6)
    (taak,) = [t for t in taken(lijst.register, DAG[4] + timedelta(3)) if t.klachtnummer == nummer]
    assert (taak.stap, taak.dagen_over, taak.groep) == (8, -3, "te_laat")
    assert taak.termijn_naam == "Bericht niet in behandeling"


def test_a_klacht_that_is_not_taken_into_handling_asks_nothing(lijst: Lijst):
    nummer = lijst.tot(6)
    lijst.doe(
        "stap_07_niet_in_behandeling_nemen", "anna", nummer, op=9, grond="te_oud", wijze="brief", toelichting="Oud."
    )  # fmt: skip
    assert van(lijst.register, nummer) == []


def test_zero_maatregelen_lead_to_the_letter_and_the_closing(lijst: Lijst):
    nummer = lijst.tot(6)
    lijst.doe("stap_08_afzien_van_maatregelen", "anna", nummer, op=8, motivering="Al opgelost", overlegd_met="carla")
    assert [taak[0] for taak in van(lijst.register, nummer)] == [9]
    lijst.doe("stap_09_informeren_indiener", "anna", nummer, op=9, wijze="brief")
    assert [taak[0] for taak in van(lijst.register, nummer)] == [13]


def test_cancelled_maatregelen_have_to_be_decided_anew(lijst: Lijst):
    nummer = lijst.tot(9)
    lijst.doe("stap_08_laten_vervallen_maatregel", "anna", nummer, op=10, maatregel=1, overlegd_met="carla")
    assert van(lijst.register, nummer) == [(8, "Maatregelen bepalen: alle zijn vervallen", "anna", DAG[4])]


def test_each_maatregel_is_a_task_of_its_own_actienemer(lijst: Lijst):
    nummer = lijst.tot(10)
    lijst.doe("stap_08_bepalen_maatregel", "anna", nummer, op=11, **{**MAATREGEL, "actienemer": "gijs"})
    assert van(lijst.register, nummer) == [
        (10, "Actienemer informeren over maatregel 2", "anna", DAG[6]),
        (11, "Maatregel 1 uitvoeren", "dirk", DAG[6]),
    ]


def test_a_late_maatregel_asks_the_behandelaar_to_look_once(lijst: Lijst):
    lijst.vandaag = DAG[6] + timedelta(9)
    nummer = lijst.tot(10, behandelaar="bas")
    assert [taak[:3] for taak in van(lijst.register, nummer, lijst.vandaag)] == [
        (11, "Maatregel 1 uitvoeren", "dirk"),
        (12, "Voortgang nagaan: een maatregel is te laat", "bas"),
    ]
    lijst.doe("stap_12_bewaken_voortgang", "bas", nummer, op=48, bevinding="Volgende week")
    assert [taak[0] for taak in van(lijst.register, nummer, lijst.vandaag)] == [11]


def test_a_withdrawn_klacht_asks_nothing(lijst: Lijst):
    nummer = lijst.tot(5)
    lijst.doe("intrekken_klacht", "anna", nummer, op=6, wijze="brief", toelichting="Laat maar.")
    assert van(lijst.register, nummer) == []


def test_a_klacht_that_is_vervallen_asks_nothing(lijst: Lijst):
    nummer = lijst.intake()
    lijst.doe("stap_03_laten_vervallen", "anna", nummer, op=1, grond="vergissing")
    assert van(lijst.register, nummer) == []


def test_a_dispute_goes_from_consultation_to_the_directie_to_the_oordeel(lijst: Lijst):
    nummer = lijst.tot(14, behandelaar="bas")
    lijst.doe("stap_15_melden_meningsverschil", "bas", nummer, op=15, toelichting="Niet eens")
    assert van(lijst.register, nummer) == [(15, "Overleg voeren over het meningsverschil", "bas", None)]
    lijst.doe("stap_15_voeren_overleg", "bas", nummer, op=16, toelichting="Geen oplossing", opgelost=False)
    assert van(lijst.register, nummer) == [(15, "Geschil voorleggen aan een onafhankelijk persoon", "directie", None)]
    lijst.doe("stap_15_voorleggen_geschil", "carla", nummer, op=17, onafhankelijk_persoon="mr. Smit")
    assert van(lijst.register, nummer) == [(15, "Oordeel afwachten en vastleggen", "directie", None)]
    lijst.doe(
        "stap_15_ontvangen_oordeel", "carla", nummer, op=18, oordeel="gegrond", heropening_nodig=True, toelichting="Ja"
    )  # fmt: skip
    assert van(lijst.register, nummer) == [(13, "Nieuwe maatregelen bepalen of de klacht afsluiten", "bas", None)]


def test_a_new_maatregel_after_reopening_is_told_to_the_indiener(lijst: Lijst):
    nummer = lijst.tot(14)
    lijst.doe("stap_15_heropenen_klacht", "anna", nummer, op=16, grond="nieuwe_feiten")
    lijst.doe("stap_08_bepalen_maatregel", "anna", nummer, op=17, **MAATREGEL)
    assert 9 in [taak[0] for taak in van(lijst.register, nummer)]
    lijst.doe("stap_09_informeren_indiener", "anna", nummer, op=18, wijze="brief")
    assert [taak[0] for taak in van(lijst.register, nummer)] == [10]


def test_a_klacht_reopened_after_step_7_asks_for_maatregelen(lijst: Lijst):
    nummer = lijst.tot(6)
    lijst.doe(
        "stap_07_niet_in_behandeling_nemen", "anna", nummer, op=9, grond="te_oud", wijze="brief", toelichting="Oud."
    )  # fmt: skip
    lijst.doe("stap_15_heropenen_klacht", "anna", nummer, op=12, grond="nieuwe_feiten")
    assert [taak[:3] for taak in van(lijst.register, nummer)] == [
        (8, "Maatregelen bepalen: de klacht is heropend", "anna")
    ]


def test_an_open_signaal_waits_for_its_ontvanger(lijst: Lijst):
    nummer = lijst.signaal("eva")
    assert van(lijst.register, nummer) == [(1, "Signaal op schrift laten stellen of afdoen", "eva", None)]
    lijst.doe("stap_01_afdoen_signaal", "anna", nummer, op=3, toelichting="Opgelost aan de telefoon")
    assert van(lijst.register, nummer) == []


def test_last_year_is_evaluated_and_its_trajecten_are_entered(lijst: Lijst):
    lijst.tot(14, op=date(2025, 3, 3))
    assert {(taak.stap, taak.wat, taak.rol) for taak in taken(lijst.register)} == {
        (16, "Aantal trajecten over 2025 invullen: 3 vestigingen ontbreken", "directie"),
        (16, "Klachten over 2025 evalueren", "directie"),
    }
    lijst.evaluatie(2025)
    for vestiging in ("weert", "utrecht"):
        lijst.doe("stap_16_vaststellen_trajecten", "carla", jaar=2025, vestiging=vestiging, aantal=50)
    assert [taak.wat for taak in taken(lijst.register)] == [
        "Aantal trajecten over 2025 invullen: 1 vestiging ontbreekt"
    ]


def test_a_year_of_the_register_without_a_klacht_is_evaluated_only_when_it_was_last_year(lijst: Lijst):
    lijst.tot(14, op=date(2023, 3, 3))
    evalueren = [taak.onderdeel for taak in taken(lijst.register) if taak.soort == "klachten_evalueren"]
    assert sorted(evalueren) == [2023, 2025]


def test_a_verbeteractie_is_told_and_carried_out(lijst: Lijst):
    nummer = lijst.evaluatie()
    lijst.verbeteractie(nummer)
    dag = date(2026, 2, 20)
    assert van(lijst.register, nummer) == [(17, "Actienemer informeren over verbeteractie 1", "directie", dag)]
    lijst.doe("stap_17_informeren_actienemer", "frank", nummer, op=8, verbeteractie=1)
    assert van(lijst.register, nummer) == [(18, "Verbeteractie 1 uitvoeren", "gijs", dag)]
    lijst.doe("stap_18_uitvoeren_verbeteractie", "gijs", nummer, op=20, verbeteractie=1, toelichting="Gedaan")
    assert van(lijst.register, nummer) == []


def test_an_empty_register_has_nothing_to_do(register: Register):
    assert taken(register) == []


def test_an_involved_person_sees_no_task_of_that_klacht_but_an_own_maatregel(lijst: Lijst):
    nummer = lijst.tot(10, betrokkenen=("dirk",))
    alle = taken(lijst.register)
    with lijst.register.cursor() as cursor:
        zichtbaar = {
            wie: visible_to(cursor, alle, organisatie.gebruiker(wie)) for wie in ("anna", "dirk", "eva", "gijs")
        }
    assert [taak.klachtnummer for taak in zichtbaar["anna"]] == [nummer]
    (taak,) = zichtbaar["dirk"]
    assert taak.stap == 11, "an involved actienemer still carries it out"
    # And sees nothing of the klacht there: which it is, is for the form alone.
    assert taak.dicht == (nummer, 1)
    leeg = (taak.klachtnummer, taak.vestiging, taak.categorie, taak.termijn_naam, taak.onderdeel)
    assert leeg == (None, None, None, None, None)
    assert zichtbaar["eva"] == []
    assert zichtbaar["gijs"] == [], "gijs received it, and now somebody handles it"


def test_an_involved_ontvanger_has_no_task_to_tell_the_coordinator(lijst: Lijst):
    lijst.intake(door="gijs", ontvanger="gijs", compleet=False)
    lijst.intake(door="gijs", ontvanger="gijs", betrokkenen=("gijs",), compleet=False)
    alle = taken(lijst.register)
    assert [taak.stap for taak in alle] == [2, 2]
    with lijst.register.cursor() as cursor:
        zichtbaar = visible_to(cursor, alle, organisatie.gebruiker("gijs"))
    assert [taak.klachtnummer for taak in zichtbaar] == ["K2026-0001"]


def test_the_worst_comes_first_and_tasks_without_a_term_last(lijst: Lijst):
    lijst.tot(11)
    lijst.intake(op=12)
    lijst.intake(op=-9)
    alle = taken(lijst.register)
    groepen = grouped(alle)
    assert [taak.dagen_over for taak in alle if taak.reeks == "K"] == [-18, 3, None]
    assert {groep: len(in_groep) for groep, in_groep in groepen.items()} == {
        "te_laat": 1, "deze_week": 1, "later": 0, "zonder": 1
    }  # fmt: skip


def test_the_question_can_be_asked_on_any_connection(lijst: Lijst):
    lijst.intake()
    with lijst.register.cursor() as cursor:
        rijen = analyse.open(cursor).execute(
            "SELECT stap FROM werkvoorraad(?, ['anna'], ['carla'], ['weert'], [])", [VANDAAG]
        ).fetchall()  # fmt: skip
    assert rijen == [(4,)]
