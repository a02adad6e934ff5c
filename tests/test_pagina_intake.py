"""The intake: a klacht or a signaal, mistakes at the field, a concept that survives, never the same klacht twice."""

from __future__ import annotations

import json
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from klachten import concepten
from klachten.concepten import Concepten
from klachten.handelingen import dossier_van
from klachten.scherm import formulier, stapconcept
from klachten.scherm.intake import formulier as intakeformulier
from klachten.scherm.intake import mail as intakemail
from klachten.scherm.intake import signalen
from tests.paginas import VANDAAG, open_los, signaal, verstuur, vul, widget, zinnen
from tests.schermproef import open_pagina
from tests.test_pagina_intake_mail import MAIL, drop

pytestmark = pytest.mark.usefixtures("los_in_dit_register")

GOED = {
    "kanaal": "e-mail",
    "indiener_naam": "M. van den Berg",
    "omschrijving": "Mijn begeleider kwam niet.",
    "categorie": "afspraken",
    "betrokkenen": ("eva",),
}


def intake(als: str = "anna", op_schrift: str = intakeformulier.JA, **query: str) -> AppTest:
    """Open the page on its own, which is faster than in the window, and answer the first question."""
    proef = open_los("intake", als, **query)
    if op_schrift and widget(proef, "op_schrift").value is None:
        widget(proef, "op_schrift").set_value(op_schrift).run()
    assert not proef.exception
    return proef


def test_the_page_opens_in_the_window_and_asks_first_whether_it_is_on_paper():
    proef = open_pagina("intake", als="gijs")
    assert not proef.exception
    assert proef.title[0].value == "Nieuwe klacht"
    assert widget(proef, "op_schrift").value is None
    assert not proef.text_area


def test_a_klacht_of_the_coordinator_does_steps_1_to_3(register):
    proef = intake()
    vul(proef, **GOED)
    verstuur(proef)
    assert not proef.exception
    assert proef.title[0].value == "Klacht K2026-0001 is vastgelegd"
    dossier = dossier_van(register, "K2026-0001")
    assert [dossier.stap_op(nr) for nr in (1, 2, 3, 4)] == [VANDAAG, VANDAAG, VANDAAG, None]
    assert dossier.ontvangst.ontvanger == "anna"
    assert dossier.ontvangst.vestiging == "weert"
    assert "Ontvangstbevestiging: uiterlijk ma 16 mrt" in zinnen(proef)


def test_of_somebody_unknown_no_confirmation_is_asked_that_cannot_be_sent():
    proef = intake()
    vul(proef, **{**GOED, "indiener_naam": "", "anoniem": True})
    verstuur(proef)
    gezegd = zinnen(proef)
    assert "de stappen 5, 9 en 14 zijn niet mogelijk" in gezegd
    assert "Ontvangstbevestiging" not in gezegd
    assert "Bericht niet in behandeling: uiterlijk ma 30 mrt" in gezegd


def test_a_medewerker_does_step_1_and_is_told_what_follows(register):
    proef = intake(als="gijs")
    vul(proef, **GOED)
    verstuur(proef)
    dossier = dossier_van(register, "K2026-0001")
    assert (dossier.stap_op(1), dossier.stap_op(2), dossier.ontvangst.ontvanger) == (VANDAAG, None, "gijs")
    assert "Laat de coördinator weten dat deze klacht er is" in zinnen(proef)
    assert not proef.text_area


def test_every_mistake_is_said_at_its_field_and_nothing_is_lost(register):
    proef = intake()
    vul(proef, indiener_naam="M. van den Berg")
    verstuur(proef)
    gezegd = zinnen(proef)
    for zin in (
        "Hoe kwam het binnen: vul dit in",
        "Waar gaat het over: vul dit in",
        "Categorie: vul dit in",
        "Kies wie erbij betrokken is",
    ):
        assert zin in gezegd
    assert widget(proef, "indiener_naam").value == "M. van den Berg"
    assert register.stand().aantal == 0
    # Of what is filled in since it is not said any more that it is empty; of the rest it is.
    vul(proef, omschrijving="Mijn begeleider kwam niet.", niemand=True)
    gezegd = zinnen(proef.run())
    assert "Waar gaat het over: vul dit in" not in gezegd
    assert "Kies wie erbij betrokken is, of" not in gezegd
    assert "Hoe kwam het binnen: vul dit in" in gezegd
    vul(proef, kanaal="e-mail", categorie="afspraken")
    assert "rode zin" not in zinnen(proef.run())
    verstuur(proef)
    assert proef.title[0].value == "Klacht K2026-0001 is vastgelegd"


def test_nobody_involved_must_be_said(register):
    proef = intake()
    vul(proef, **{**GOED, "betrokkenen": ()}, niemand=True)
    verstuur(proef)
    assert dossier_van(register, "K2026-0001").betrokkenen == frozenset()


def test_nobody_and_somebody_cannot_both_be(register):
    proef = intake()
    vul(proef, **GOED, niemand=True)
    verstuur(proef)
    assert "Hierboven staat wel een medewerker" in zinnen(proef)
    assert register.stand().aantal == 0


def test_every_field_of_a_klacht_is_recorded(register):
    proef = intake()
    alles = {
        **GOED,
        "op": date(2026, 2, 27),
        "vestiging": "utrecht",
        "ontvanger": "bas",
        "indiener_soort": "opdrachtgever",
        "indiener_contact": "berg@voorbeeld.nl",
        "aspecten": ("bejegening",),
        "betrokkenen_buiten": "De arbodienst",
        "feiten_vermeld": False,
        "vertegenwoordiger": "mr. Smit",
        "traject": "Tweede spoor",
        "gewenste_oplossing": "Excuses",
        "coordinator_op": date(2026, 2, 28),
        "verwerkt_op": date(2026, 3, 1),
    }
    vul(proef, **alles)
    verstuur(proef)
    ontvangst = dossier_van(register, "K2026-0001").ontvangst
    for naam, waarde in alles.items():
        if naam not in ("op", "coordinator_op", "verwerkt_op"):
            assert getattr(ontvangst, naam) == waarde, naam
    assert [v.feit.gebeurd_op for v in register.vastleggingen("K2026-0001")] == [
        date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 1),
    ]  # fmt: skip
    assert "De klacht noemt geen feiten" in zinnen(proef)


def test_what_is_only_oral_becomes_a_signaal(register):
    proef = intake(als="gijs", op_schrift=intakeformulier.NEE)
    assert "signaal" in proef.info[0].value
    vul(proef, kanaal="telefoon", indiener_naam="P. Peters", omschrijving="Niet teruggebeld")
    verstuur(proef)
    assert proef.title[0].value == "Signaal S2026-0001 is vastgelegd"
    assert len(register.vastleggingen("S2026-0001")) == 1


def test_telephone_on_paper_is_questioned():
    proef = intake()
    vul(proef, kanaal="telefoon")
    proef.run()
    assert "mondeling" in proef.warning[0].value


def test_a_signaal_becomes_a_klacht_with_what_it_said(register):
    nummer = signaal(register, indiener_naam="P. Peters", omschrijving="Niet teruggebeld")
    proef = intake(op_schrift="")
    proef.button(key=f"signalen.{nummer}.klacht").click().run()
    assert widget(proef, "indiener_naam").value == "P. Peters"
    assert widget(proef, "omschrijving").value == "Niet teruggebeld"
    assert widget(proef, "op").value == VANDAAG
    vul(proef, kanaal="brief", categorie="bereikbaarheid", niemand=True)
    verstuur(proef)
    assert dossier_van(register, "K2026-0001").ontvangst.signaal == nummer
    assert [v.feit.soort for v in register.vastleggingen(nummer)][-1] == "SignaalOpSchriftGesteld"


def test_a_link_to_a_signaal_opens_it_as_a_klacht(register):
    nummer = signaal(register, indiener_naam="P. Peters")
    assert "Hiermee wordt signaal" not in zinnen(intake())
    proef = intake(op_schrift="", signaal=nummer)
    assert widget(proef, "indiener_naam").value == "P. Peters"
    assert f"Hiermee wordt signaal **{nummer}** een klacht." in zinnen(proef)


def test_a_signaal_of_somebody_else_is_not_shown_to_a_medewerker(register):
    nummer = signaal(register, ontvanger="bas", indiener_naam="P. Peters")
    proef = intake(als="gijs", op_schrift="", signaal=nummer)
    assert "P. Peters" not in zinnen(proef)
    assert not proef.text_area


def test_a_signaal_is_settled_on_the_page(register):
    nummer = signaal(register)
    proef = intake(op_schrift="")
    proef.button(key=f"signalen.{nummer}.afdoen").click().run()
    vul(proef, toelichting="Het is uitgelegd")
    verstuur(proef, "Vastleggen")
    assert not proef.exception
    assert [v.feit.soort for v in register.vastleggingen(nummer)][-1] == "SignaalAfgedaan"
    assert "Vastgelegd bij S2026-0001" in zinnen(proef)


# --- the concept -----------------------------------------------------------------------------------------------------


def test_a_concept_survives_a_reload_in_a_new_session(register):
    een = intake()
    vul(een, **GOED, op=date(2026, 2, 26))
    een.run()
    adres = een.query_params["concept"]
    assert "Berg" not in str(adres)
    twee = intake(op_schrift="", concept=adres[0] if isinstance(adres, list) else adres)
    for naam, waarde in {**GOED, "op": date(2026, 2, 26)}.items():
        gezien = widget(twee, naam).value
        assert (tuple(gezien) if isinstance(gezien, list) else gezien) == waarde, naam
    verstuur(twee)
    assert dossier_van(register, "K2026-0001").ontvangst.indiener_naam == "M. van den Berg"
    assert not list((register.map / "concepten").glob("*.json"))


def test_a_new_session_without_the_address_offers_the_concept(register):
    een = intake()
    vul(een, **GOED)
    een.run()
    twee = intake()
    assert widget(twee, "indiener_naam").value == ""
    verder = next(knop for knop in twee.button if knop.label == "Verdergaan")
    verder.click().run()
    assert widget(twee, "indiener_naam").value == "M. van den Berg"


def test_two_windows_do_not_mix(register):
    een = intake()
    vul(een, indiener_naam="Van venster een")
    een.run()
    twee = intake()
    vul(twee, indiener_naam="Van venster twee")
    twee.run()
    namen = {
        deel["waarden"]["indiener_naam"]
        for deel in json.loads((register.map / "concepten" / "anna.json").read_text(encoding="utf-8")).values()
    }
    assert namen == {"Van venster een", "Van venster twee"}


def test_a_window_whose_concept_was_taken_over_says_so(register):
    een = intake()
    vul(een, indiener_naam="Eerst")
    een.run()
    twee = intake()
    next(knop for knop in twee.button if knop.label == "Verdergaan").click().run()
    vul(een, indiener_naam="Toch nog")
    een.run()
    assert "in een ander venster" in zinnen(een)
    assert "Toch nog" not in (register.map / "concepten" / "anna.json").read_text(encoding="utf-8")


def test_a_concept_can_be_thrown_away(register):
    proef = intake()
    vul(proef, **GOED)
    proef.run()
    next(knop for knop in proef.button if knop.label == "Concept weggooien").click().run()
    assert not list((register.map / "concepten").glob("*.json"))
    assert widget(proef, "op_schrift").value is None


def test_concepten_of_one_user_are_not_offered_to_another(register):
    een = intake(als="bas")
    vul(een, **GOED)
    een.run()
    assert "Niet afgemaakt" not in zinnen(intake(als="gijs"))


def test_the_address_of_a_concept_of_somebody_else_opens_nothing(register):
    een = intake(als="bas")
    vul(een, **GOED)
    een.run()
    twee = intake(als="gijs", concept=een.query_params["concept"])
    assert widget(twee, "indiener_naam").value == ""


def test_a_damaged_file_of_concepten_is_an_empty_one(register):
    (register.map / "concepten").mkdir()
    (register.map / "concepten" / "anna.json").write_text('{"half', encoding="utf-8")
    assert widget(intake(), "indiener_naam").value == ""


# --- never twice -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("op_schrift", [intakeformulier.JA, intakeformulier.NEE])
def test_a_double_click_records_one(register, monkeypatch, op_schrift):
    echt = formulier.send
    monkeypatch.setattr(formulier, "send", lambda *alles: (echt(*alles), echt(*alles)))
    proef = intake(op_schrift=op_schrift)
    passend = (
        GOED if op_schrift == intakeformulier.JA else {k: GOED[k] for k in ("kanaal", "indiener_naam", "omschrijving")}
    )
    vul(proef, **passend)
    verstuur(proef)
    assert not proef.exception
    assert register.stand().aantal == (3 if op_schrift == intakeformulier.JA else 1)


@pytest.mark.parametrize("op_schrift", [intakeformulier.JA, intakeformulier.NEE])
def test_the_same_form_sent_from_two_windows_is_one(register, op_schrift):
    passend = (
        GOED if op_schrift == intakeformulier.JA else {k: GOED[k] for k in ("kanaal", "indiener_naam", "omschrijving")}
    )
    een = intake(op_schrift=op_schrift)
    vul(een, **passend)
    een.run()
    twee = intake(op_schrift="", concept=een.query_params["concept"])
    verstuur(twee)
    aantal = register.stand().aantal
    verstuur(een)
    assert not een.exception
    assert register.stand().aantal == aantal
    gezegd = zinnen(een)
    assert "al vastgelegd" in gezegd or "al verstuurd" in gezegd


def test_another_klacht_can_be_recorded_after_the_first(register):
    proef = intake()
    vul(proef, **GOED)
    verstuur(proef)
    next(knop for knop in proef.button if knop.label.startswith("Nog een klacht")).click().run()
    widget(proef, "op_schrift").set_value(intakeformulier.JA).run()
    assert widget(proef, "indiener_naam").value == ""
    vul(proef, **GOED)
    verstuur(proef)
    assert register.stand().aantal == 6


def test_an_empty_form_is_not_kept(register):
    proef = intake()
    proef.run()
    assert "concept" not in proef.query_params
    assert not list((register.map / "concepten").glob("*.json"))
    assert "Bewaard als concept" not in zinnen(proef)


def test_a_form_that_was_open_when_its_indiener_was_erased_is_not_kept_and_says_so(register):
    proef = intake()
    vul(proef, **GOED)
    eigen = Concepten(register.map, "anna", register.dossiers.sleutels)
    proef.run()
    assert [een.waarden["indiener_naam"] for een in eigen.all()] == ["M. van den Berg"]
    concepten.weg_met(register.map, ["M. van den Berg"], sleutels=register.dossiers.sleutels)
    vul(proef, omschrijving="Mijn begeleider kwam weer niet.")
    proef.run()
    assert not proef.exception
    assert not eigen.all()
    assert intakeformulier.GEWIST in "".join(een.value for een in proef.warning)
    # Begun anew, also about somebody of that name.
    next(knop for knop in proef.button if knop.label == "Begin hier een nieuw formulier").click().run()
    widget(proef, "op_schrift").set_value(intakeformulier.JA).run()
    vul(proef, indiener_naam="M. van den Berg")
    proef.run()
    assert len(eigen.all()) == 1
    assert not proef.warning


@pytest.mark.parametrize("hoe", ["signaal", "mail"])
def test_what_is_erased_while_a_signaal_or_a_mail_is_being_read_is_not_kept(register, monkeypatch, hoe: str):
    nummer = signaal(register, indiener_naam="Marieke Jansen")
    waar, lees = (signalen, "_feit") if hoe == "signaal" else (intakemail, "read")
    echt = getattr(waar, lees)

    def erased_after(*wat):
        gelezen = echt(*wat)
        monkeypatch.setattr(waar, lees, echt)
        concepten.weg_met(register.map, ["Marieke Jansen"], sleutels=register.dossiers.sleutels)
        return gelezen

    monkeypatch.setattr(waar, lees, erased_after)
    proef = intake(op_schrift="", signaal=nummer) if hoe == "signaal" else drop(MAIL)
    assert widget(proef, "indiener_naam").value == "Marieke Jansen"
    vul(proef, kanaal="e-mail", categorie="bereikbaarheid")
    proef.run()
    assert not proef.exception
    assert not list((register.map / "concepten").glob("*.json"))
    assert "zijn gewist" in " ".join(deel.value for deel in proef.warning)


@pytest.mark.parametrize("hoe", ["adres", "verdergaan", "terug"])
def test_what_is_erased_while_a_concept_is_being_read_is_not_kept_again(register, monkeypatch, hoe: str):
    een = intake()
    vul(een, **GOED)
    een.run()
    lees = "get" if hoe == "terug" else "take_over"
    echt = getattr(Concepten, lees)

    def erased_after(eigen: Concepten, *wat):
        gelezen = echt(eigen, *wat)
        monkeypatch.setattr(Concepten, lees, echt)
        concepten.weg_met(register.map, [GOED["indiener_naam"]], sleutels=register.dossiers.sleutels)
        return gelezen

    proef = intake() if hoe == "verdergaan" else een
    monkeypatch.setattr(Concepten, lees, erased_after)
    if hoe == "adres":
        proef = intake(concept=een.query_params["concept"])
    elif hoe == "verdergaan":
        next(knop for knop in proef.button if knop.label == "Verdergaan").click().run()
    else:
        proef.session_state[stapconcept._VORIGE] = set()
        proef.run()
        del proef.session_state[stapconcept._VORIGE]
    assert widget(proef, "indiener_naam").value == GOED["indiener_naam"]
    vul(proef, omschrijving="En er is meer.")
    assert intakeformulier.GEWIST in zinnen(proef.run())
    assert not Concepten(register.map, "anna", register.dossiers.sleutels)._read()
