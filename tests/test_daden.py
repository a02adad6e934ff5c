"""From each row of Werkvoorraad one click to what does it: every kind of task has its act, and only for who may."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from klachten import gebeurtenissen as g
from klachten import organisatie, scherm
from klachten.analyse.werk import werkvoorraad
from klachten.analyse.werk.taaksoort import ZIET
from klachten.brieven import BRIEVEN
from klachten.handelingen import HANDELINGEN, dossier_van
from klachten.postvak import Postvak
from klachten.register import Register
from klachten.scherm import paginas
from klachten.scherm.dossier.aankomst import DEEL
from klachten.scherm.lijsten import daden, posttaken, taken
from tests.lijsten import MAATREGEL, VANDAAG, afwezig
from tests.paginas import leg_vast, open_los, verstuur, vul, widget, zinnen
from tests.schermproef import open_pagina
from tests.taakproef import PYTHON, all_branches

PAGINA, ALS = "werkvoorraad", "anna"
# What each kind of task leads to: a handeling, and the letter when one is made; or only a page.
VERWACHT = {
    "coordinator_informeren": "stap_02_informeren_coordinator",
    "directeur_informeren": "stap_02_informeren_coordinator",
    "klacht_verwerken": "stap_03_verwerken_klacht",
    "behandelaar_toewijzen": "stap_04_toewijzen_behandelaar",
    "behandelaar_vervangen": "stap_04_vervangen_behandelaar",
    "buitenstaander_aanwijzen": "stap_04_aanwijzen_buitenstaander",
    "nieuwe_behandelaar_meedelen": "stap_04_meedelen_behandelaar andere_behandelaar",
    "ontvangst_bevestigen": "stap_05_bevestigen_ontvangst ontvangstbevestiging",
    "ontbrekende_feiten_opvragen": "stap_06_vragen_informatie",
    "klacht_onderzoeken": "stap_06_onderzoeken_klacht",
    "behandeling_beslissen": "stap_08_bepalen_maatregel",
    "maatregelen_bepalen": "stap_08_bepalen_maatregel",
    "resultaat_meedelen": "stap_09_informeren_indiener resultaat",
    "actienemer_kiezen": "stap_08_wijzigen_maatregel",
    "actienemer_informeren": "stap_10_informeren_actienemer maatregel",
    "maatregel_uitvoeren": "stap_11_uitvoeren_maatregel",
    "voortgang_nagaan": "stap_12_bewaken_voortgang",
    "klacht_afsluiten": "stap_13_afsluiten_klacht",
    "maatregelen_bepalen_of_afsluiten": "stap_08_bepalen_maatregel",
    "afsluiting_meedelen": "stap_14_informeren_indiener_afsluiting afsluiting",
    "overleg_voeren": "stap_15_voeren_overleg",
    "geschil_voorleggen": "stap_15_voorleggen_geschil geschil",
    "oordeel_vastleggen": "stap_15_ontvangen_oordeel",
    "signaal_op_schrift": "stap_01_indienen_klacht",
    "klachten_evalueren": "stap_16_evalueren_klachten",
    "aantal_trajecten_invullen": "stap_16_vaststellen_trajecten",
    "verbeteractie_meedelen": "stap_17_informeren_actienemer verbeteractie",
    "verbeteractie_uitvoeren": "stap_18_uitvoeren_verbeteractie",
    **dict.fromkeys(PYTHON, ""),
}


def test_every_kind_of_task_has_its_act_and_its_expectation():
    assert daden.DADEN.keys() == VERWACHT.keys() == ZIET.keys()


@pytest.mark.parametrize("soort", VERWACHT)
def test_the_act_of_each_kind_is_the_expected_one(soort: str):
    daad = daden.DADEN[soort]
    assert f"{daad.handeling} {daad.brief}".strip() == VERWACHT[soort]
    assert daad.knop
    assert paginas.pagina(daad.pagina)
    if daad.handeling:
        assert daad.handeling in HANDELINGEN
    if daad.brief:
        assert BRIEVEN[daad.brief].handeling == daad.handeling


def test_who_sees_an_act_may_do_it_and_who_can_do_a_task_sees_its_act(lijst, in_dit_register):
    """The list of who can do a task (SQL) and the rules of its handeling (Python) agree, in every branch."""
    all_branches(lijst.register)
    lijst.signaal()
    lijst.verbeteractie(lijst.evaluatie())
    alles = taken.alle_taken()
    assert len({daden.of(taak).handeling for taak in alles}) >= 18
    fout, gezien = [], 0
    for wie in organisatie.iedereen(VANDAAG):
        for taak in taken.zichtbare_taken(alles, wie):
            daad = daden.for_reader(taak, wie)
            hoort = wie.id in taak.personen and not taak.dicht and not (taak.stap == 11 and taak.wie == wie.id)
            hoort &= paginas.pagina(daden.of(taak).pagina).toegankelijk_voor(wie)
            if (daad is not None) != hoort:
                fout.append((wie.id, taak.wat, daad))
            if daad and daad.handeling and not HANDELINGEN[daad.handeling].nieuw and taak.klachtnummer:
                gezien += 1
                feiten = dossier_van(lijst.register, taak.klachtnummer)
                if waarom := HANDELINGEN[daad.handeling].toets(feiten, wie, scherm.reglement(feiten))[1]:
                    fout.append((wie.id, taak.wat, waarom))
    assert fout == []
    assert gezien > 25


def test_a_substitute_sees_an_act_only_where_the_own_role_may_do_it(lijst, in_dit_register):
    lijst.tot(4, behandelaar="bas")
    lijst.intake()
    with afwezig("bas", VANDAAG, None, "anna"), afwezig("anna", VANDAAG, None, "bas", lang=True):
        for wie in ("anna", "bas", "carla"):
            gebruiker = organisatie.gebruiker(wie, VANDAAG)
            for taak in taken.zichtbare_taken(taken.alle_taken(), gebruiker):
                if taak.namens:
                    assert daden.for_reader(taak, gebruiker) is None, (wie, taak.wat)


# The way there


def links(proef: AppTest) -> dict[str, str]:
    gevonden = proef.get("page_link")
    return {re.sub(r":primary\[\*\*(.*)\*\*\]", r"\1", een.proto.label): een.proto.query_string for een in gevonden}


@pytest.mark.parametrize("lijst_van", ["klachten", "escalatie", "werkvoorraad"])
def test_who_came_from_a_list_can_go_back_to_it_and_nobody_else(lijst, in_dit_register, lijst_van: str):
    nummer = lijst.tot(4)
    [vraag] = {een for een in links(open_pagina(lijst_van)).values() if f"nummer={nummer}" in een and "vanaf=" in een}
    gevraagd = dict(deel.split("=") for deel in vraag.split("&"))
    gevraagd.pop("als", None)
    terug = f"Terug naar {paginas.pagina(lijst_van).titel}"
    assert terug in links(open_pagina("dossier", **gevraagd))
    assert not any("Terug naar" in een for een in links(open_pagina("dossier", nummer=nummer)))
    assert not any("Terug naar" in een for een in links(open_pagina("dossier", nummer=nummer, vanaf="personen")))


def test_a_link_opens_the_letter_and_says_so_once(lijst, in_dit_register):
    nummer = lijst.tot(4)
    proef = open_pagina("werkvoorraad")
    vraag = dict(deel.split("=") for deel in links(proef)["Brief maken"].split("&"))
    assert vraag["nummer"] == nummer
    proef = open_pagina("dossier", **{naam: waarde for naam, waarde in vraag.items() if naam != "als"})
    assert "Sluiten zonder te versturen" in {knop.label for knop in proef.button}
    assert set(proef.query_params) == {"nummer", "als"}, "a reload is no new arrival"
    assert "Terug naar Werkvoorraad" in links(proef)
    # The same link again, after another choice: the address is new, so it is followed.
    proef.selectbox(key="dossier.doen").set_value("stap_06_vragen_informatie").run()
    proef.session_state[DEEL] = "klacht"
    proef.run()
    for naam, waarde in vraag.items():
        proef.query_params[naam] = waarde
    proef.run()
    assert not proef.exception
    assert "Sluiten zonder te versturen" in {knop.label for knop in proef.button}


def test_a_link_opens_the_form_of_the_very_maatregel(lijst, los, in_dit_register):
    nummer = lijst.tot(8)
    lijst.doe("stap_08_bepalen_maatregel", "anna", nummer, op=9, **{**MAATREGEL, "omschrijving": "Tweede"})
    lijst.doe("stap_09_informeren_indiener", "anna", nummer, op=10, wijze="e-mail")
    (taak,) = [t for t in taken.alle_taken() if t.klachtnummer == nummer and t.onderdeel == 2]
    adres = daden.address(daden.of(taak), taak)
    assert adres == {"nummer": nummer, "doe": "stap_10_informeren_actienemer", "brief": "maatregel", "onderdeel": "2"}

    proef = open_los("dossier", "anna", **adres)
    assert widget(proef, "maatregel").value == 2
    proef = open_los("dossier", "anna", **{**adres, "brief": ""})
    assert widget(proef, "maatregel").value == 2
    leg_vast(proef, op=VANDAAG)
    assert lijst.register.vastleggingen(nummer)[-1].feit.maatregel == 2
    assert [t.onderdeel for t in taken.alle_taken() if t.klachtnummer == nummer and t.stap == 10] == [1]


def test_a_link_to_the_pages_of_the_evaluation_opens_their_forms(lijst, los, in_dit_register):

    nummer = lijst.evaluatie()
    lijst.verbeteractie(nummer)
    proef = open_los("verbeteracties", "frank", evaluatie=nummer, doe="stap_17_informeren_actienemer", onderdeel="1")
    assert widget(proef, "verbeteractie").value == 1
    proef = open_los("verbeteracties", "frank", doe="stap_16_vaststellen_trajecten")
    assert widget(proef, "jaar").value == 2025


def test_what_is_done_from_the_list_leaves_it_at_once_in_both_tabs(lijst, los, in_dit_register):
    nummer = lijst.tot(10)
    een, twee = los("dirk"), los("dirk")
    assert nummer in zinnen(een)
    assert nummer in zinnen(twee)
    een.button(key=f"taken.{nummer}.1").click().run()
    vul(een, toelichting="Gedaan.")
    verstuur(een)
    staat = [zin.value for zin in (*een.text, *een.markdown)]
    assert not [zin for zin in staat if nummer in zin], "the row goes in the run that records"
    assert "Er is nu niets voor u te doen" in zinnen(een)
    twee.run()
    assert nummer not in zinnen(twee)


# What e-mail asks


def queue(register: Register, nummer: str, *soorten: str) -> int:
    """Put a letter ready in a klacht, and let this become of it."""
    with register.schrijven() as boeking:
        feit = g.BerichtKlaargezet(
            gebeurd_op=VANDAAG, waarvoor="brief", brief="ontvangstbevestiging", aan="j@post.example", onderwerp="x",
            inhoud="GEHEIM",
        )  # fmt: skip
        nr = boeking.leg_vast(nummer, feit, door="bas", rol="behandelaar")
        for soort in soorten:
            velden = {"blijvend": True} if soort == "VerzendingMislukt" else {}
            poging = {} if soort == "BerichtTeruggekomen" else {"poging": 1}
            gevolg = getattr(g, soort)(gebeurd_op=VANDAAG, bericht=nr, **poging, **velden)
            boeking.leg_vast(nummer, gevolg, door="bas", rol="behandelaar")
    return nr


def test_e_mail_that_asks_stands_with_who_decides_and_with_nobody_involved(lijst, los, in_dit_register):
    goed, mis = lijst.tot(4, behandelaar="bas"), lijst.intake(betrokkenen=("anna",))
    lijst.doe("stap_04_toewijzen_behandelaar", "carla", mis, behandelaar="bas")
    queue(lijst.register, goed)
    queue(lijst.register, mis, "VerzendingBegonnen", "VerzendingMislukt")
    weg = lijst.tot(4)
    queue(lijst.register, weg, "VerzendingBegonnen", "BerichtVerzonden", "BerichtTeruggekomen")
    gevonden = {taak.klachtnummer: taak for taak in posttaken.taken()}
    assert set(gevonden) == {mis, weg}
    assert gevonden[mis].wat == "E-mail niet verzonden: ontvangstbevestiging"
    assert (gevonden[mis].personen, gevonden[weg].personen) == (("bas",), ("anna",))
    assert "GEHEIM" not in repr(gevonden)
    # Its own task says that the letter waits; of one that asks, the other task says how it stands.
    stap_5 = [taak.klachtnummer for taak in taken.alle_taken() if taak.stap == 5 and posttaken.letter_waits(taak)]
    assert stap_5 == [goed]
    assert zinnen(los("bas")).count("de brief staat klaar om per e-mail te gaan") == 1
    zien = {}
    for wie in ("anna", "bas", "carla", "eva", "gijs"):
        proef = los(wie)
        proef.segmented_control(key="werkvoorraad.wie").set_value("iedereen").run()
        zien[wie] = {n for n in (mis, weg) if f"{n}'" in zinnen(proef) and "E-mail" in zinnen(proef)}
    assert zien == {"anna": {weg}, "bas": {mis}, "carla": {mis, weg}, "eva": set(), "gijs": set()}
    link = next(zin.value for zin in los("bas").text if "'deel': 'klacht'" in zin.value)
    assert mis in link
    # No figure, no reminder and no term counts them.
    assert not [taak for taak in taken.alle_taken() if taak.soort in PYTHON]
    assert {taak.dagen_over for taak in posttaken.taken()} == {0}


def test_mail_that_came_in_stands_with_who_takes_it_in(lijst, los, in_dit_register):
    nummer = lijst.tot(4, behandelaar="bas")
    vak = Postvak(lijst.register.map, lijst.register.dossiers.sleutels)

    def komt(klachtnummer: str = "") -> str:
        gegevens = {"klachtnummer": klachtnummer, "afzender": "GEHEIM", "uid": 1}
        return vak.save(b"From: a@b.example", gegevens, datetime(2026, 2, 25, tzinfo=UTC)).id

    assert posttaken.taken() == ()
    los_, bij, _onbekend = komt(), komt(nummer), komt("K2026-9999")
    assert {(t.klachtnummer, t.wat, t.personen) for t in posttaken.taken()} == {
        (None, "Binnengekomen mail: 2 berichten wachten", ("anna",)),
        (nummer, "Binnengekomen mail, misschien een antwoord bij deze klacht", ("bas",)),
    }
    assert [zin.value for zin in los("anna").text if "Mail verwerken" in zin.value and "](intake" in zin.value]
    assert "GEHEIM" not in zinnen(los("anna"))
    vak.discard(bij)
    vak.set_aside(los_, "anna", "reclame", datetime(2026, 2, 25, tzinfo=UTC))
    assert [t.wat for t in posttaken.taken()] == ["Binnengekomen mail: 1 bericht wacht"]


def test_who_decides_about_e_mail_when_the_coordinators_are_away_is_directie(lijst, in_dit_register):
    Postvak(lijst.register.map).save(b"x", {"klachtnummer": ""}, datetime(2026, 2, 25, tzinfo=UTC))
    with afwezig("anna", VANDAAG, None, lang=True):
        posttaken._gelezen.clear()
        assert {t.personen for t in posttaken.taken()} == {("carla", "frank")}
    posttaken._gelezen.clear()


def test_the_order_of_the_list_stays_that_of_what_is_most_pressing(lijst, in_dit_register):
    for op in (-20, 0, 15):
        lijst.tot(4, op=op)
    Postvak(lijst.register.map).save(b"x", {"klachtnummer": ""}, datetime(2026, 2, 25, tzinfo=UTC))
    alles = taken.te_doen()
    assert alles == sorted(alles, key=werkvoorraad.worst_first)
    assert len(alles) == len(taken.alle_taken()) + 1
