"""From each row of Werkvoorraad one click to what does it: every kind of task has its act, and only for who may."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from klachten import analyse, organisatie, scherm
from klachten import gebeurtenissen as g
from klachten.analyse.werk import werkvoorraad
from klachten.analyse.werk.werkvoorraad import Taak
from klachten.brieven import BRIEVEN
from klachten.handelingen import HANDELINGEN, dossier_van
from klachten.postvak import Postvak
from klachten.register import Register
from klachten.scherm.lijsten import daden, posttaken, taken
from tests.lijsten import MAATREGEL, ONTVANGEN, VANDAAG, afwezig
from tests.paginas import leg_vast, open_los, verstuur, vul, widget, zinnen
from tests.registerproef import ontvangst
from tests.schermproef import open_pagina

PAGINA, ALS = "werkvoorraad", "anna"
# What each sentence of a task leads to: a handeling, and the letter when one is made; or only a page.
VERWACHT = {
    "Coördinator informeren": "stap_02_informeren_coordinator",
    "Directeur informeren: de coördinator is langer afwezig": "stap_02_informeren_coordinator",
    "Klacht verwerken en dossier aanleggen": "stap_03_verwerken_klacht",
    "Behandelaar toewijzen": "stap_04_toewijzen_behandelaar",
    "Behandelaar vervangen, want die blijkt betrokken": "stap_04_vervangen_behandelaar",
    "Iemand van buiten aanwijzen: de hele directie is betrokken": "stap_04_aanwijzen_buitenstaander",
    "Indiener vertellen wie de behandelaar nu is": "stap_04_meedelen_behandelaar andere_behandelaar",
    "Ontvangst bevestigen": "stap_05_bevestigen_ontvangst ontvangstbevestiging",
    "Ontbrekende feiten opvragen bij de indiener": "stap_06_vragen_informatie",
    "Ontbrekende feiten opnieuw opvragen bij de indiener": "stap_06_vragen_informatie",
    "Klacht onderzoeken": "stap_06_onderzoeken_klacht",
    "Beslissen: maatregelen bepalen of niet in behandeling nemen": "stap_08_bepalen_maatregel",
    "Maatregelen bepalen: de klacht is heropend": "stap_08_bepalen_maatregel",
    "Maatregelen bepalen: alle zijn vervallen": "stap_08_bepalen_maatregel",
    "Indiener informeren over resultaat en maatregelen": "stap_09_informeren_indiener resultaat",
    "Actienemer informeren over maatregel ": "stap_10_informeren_actienemer maatregel",
    "Maatregel ": "stap_11_uitvoeren_maatregel",
    "Voortgang nagaan: een maatregel is te laat": "stap_12_bewaken_voortgang",
    "Klacht afsluiten": "stap_13_afsluiten_klacht",
    "Nieuwe maatregelen bepalen of de klacht afsluiten": "stap_08_bepalen_maatregel",
    "Indiener informeren over de afsluiting": "stap_14_informeren_indiener_afsluiting afsluiting",
    "Overleg voeren over het meningsverschil": "stap_15_voeren_overleg",
    "Geschil voorleggen aan een onafhankelijk persoon": "stap_15_voorleggen_geschil geschil",
    "Oordeel afwachten en vastleggen": "stap_15_ontvangen_oordeel",
    "Signaal op schrift laten stellen of afdoen": "stap_01_indienen_klacht",
    "Klachten over ": "stap_16_evalueren_klachten",
    "Aantal trajecten over ": "stap_16_vaststellen_trajecten",
    "Actienemer informeren over verbeteractie ": "stap_17_informeren_actienemer verbeteractie",
    "Verbeteractie ": "stap_18_uitvoeren_verbeteractie",
    # Python makes these.
    "Uw maatregel uitvoeren": "stap_11_uitvoeren_maatregel",
    "Bewaren en wissen: 3 dossiers zijn langer bewaard dan de termijn": "",
    "E-mail niet verzonden: ontvangstbevestiging": "",
    "E-mail vraagt een besluit: 2 berichten": "",
    "Binnengekomen mail: 1 bericht wacht": "",
}


def task(wat: str, **anders: Any) -> Taak:
    leeg = Taak("K2026-0001", 5, wat, "behandelaar", "anna", ("anna",), None, None, None, None, None, 0)
    return replace(leeg, **anders)


def test_every_sentence_in_the_sql_of_the_tasks_has_its_act_and_its_expectation():
    sql = "\n".join(analyse.vragen()[naam].sql for naam in ("klachttaken", "overige_taken"))
    zonder = re.sub(r"--.*", "", sql)
    # A sentence begins with a capital and has a space; names of facts, and what is put behind a sentence, have not.
    gevonden = set(re.findall(r"'([A-Z][^']* [^']*)'", zonder))
    assert gevonden == {zin for zin in VERWACHT if zin in zonder}
    assert len(gevonden) >= 28
    with pytest.raises(KeyError, match="Bij deze soort taak staat niet hoe zij wordt gedaan: Koffie halen"):
        daden.of(task("Koffie halen"))


@pytest.mark.parametrize("wat", VERWACHT)
def test_the_act_of_each_kind_is_the_expected_one(wat: str):
    daad = daden.of(task(wat))
    assert f"{daad.handeling} {daad.brief}".strip() == VERWACHT[wat]
    assert daad.knop
    if daad.handeling:
        assert daad.handeling in HANDELINGEN
    if daad.brief:
        assert BRIEVEN[daad.brief].handeling == daad.handeling


def _road(behandelaar: str, tot: int, **anders: Any) -> list[g.Gebeurtenis]:
    """The facts of the plain road of a klacht, up to and including a step."""
    dag = {"gebeurd_op": anders.pop("gebeurd_op", ONTVANGEN)}
    maatregel = {"maatregel": 1, "actienemer": "dirk", "overlegd_met": "carla", "omschrijving": "x"}
    maatregel["uiterlijk_op"] = dag["gebeurd_op"]
    weg = (
        (1, ontvangst(**dag, ontvanger="gijs", **anders)),
        (2, g.CoordinatorGeinformeerd(**dag, geinformeerde="anna")),
        (3, g.KlachtGeregistreerd(**dag)),
        (4, g.BehandelaarToegewezen(**dag, behandelaar=behandelaar, toegewezen_door="anna")),
        (5, g.OntvangstBevestigd(**dag, wijze="brief", behandelaar=behandelaar)),
        (6, g.KlachtOnderzocht(**dag, bevindingen="x")),
        (
            8,
            g.MaatregelBepaald(**dag, **maatregel),
        ),
        (9, g.ResultaatMeegedeeld(**dag, wijze="brief")),
        (10, g.ActienemerGeinformeerd(**dag, maatregel=1)),
        (11, g.MaatregelUitgevoerd(**dag, maatregel=1)),
        (13, g.KlachtAfgesloten(**dag)),
    )
    return [feit for stap, feit in weg if stap <= tot]


def _all_branches(register: Register) -> None:
    """Klachten at every step and in every branch, so that every kind of task is there."""
    dag = {"gebeurd_op": ONTVANGEN}
    oneens, gesproken = g.MeningsverschilGemeld(**dag), g.OverlegGevoerd(**dag, opgelost=False)
    vervangen = {"vorige": "bas", "toegewezen_door": "anna", "grond": "afwezig", "behandelaar": "dirk"}
    klachten = [
        *(_road("bas", stap) for stap in (1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 13)),
        _road("bas", 5, feiten_vermeld=False),
        _road("bas", 10, betrokkenen=("dirk",)),
        _road("bas", 3, betrokkenen=("anna",)),
        [*_road("bas", 5), g.BehandelaarVervangen(**dag, **vervangen)],
        [*_road("bas", 5), g.BetrokkeneToegevoegd(**dag, betrokkene="bas")],
        [*_road("bas", 4), oneens],
        [*_road("bas", 4), oneens, gesproken],
        [*_road("bas", 4), oneens, gesproken, g.GeschilVoorgelegd(**dag)],
    ]
    with register.schrijven() as boeking:
        for feiten in klachten:
            nummer = boeking.nieuw_nummer("K", ONTVANGEN.year)
            for feit in feiten:
                boeking.leg_vast(nummer, feit, door="anna", rol="coordinator")


def test_who_sees_an_act_may_do_it_and_who_can_do_a_task_sees_its_act(lijst, in_dit_register):
    """The list of who can do a task (SQL) and the rules of its handeling (Python) agree, in every branch."""
    _all_branches(lijst.register)
    lijst.signaal()
    lijst.verbeteractie(lijst.evaluatie())
    alles = taken.alle_taken()
    assert len({daden.of(taak).handeling for taak in alles}) >= 18
    fout, gezien = [], 0
    for wie in organisatie.iedereen(VANDAAG):
        for taak in taken.zichtbare_taken(alles, wie):
            daad = daden.for_reader(taak, wie)
            hoort = wie.id in taak.personen and not taak.dicht and not (taak.stap == 11 and taak.wie == wie.id)
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
    proef.segmented_control(key="dossier.deel").set_value("klacht").run()
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
    assert not [taak for taak in taken.alle_taken() if taak.wat.startswith("E-mail")]
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
