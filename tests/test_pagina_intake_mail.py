"""A mail on page Nieuwe klacht: dropped, read, asked about, recorded with all that came with it, and never half."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from klachten import gebeurtenissen as g
from klachten.concepten import Concepten
from klachten.handelingen import dossier_van
from klachten.postvak import Postvak
from klachten.register import Register
from klachten.register.plekken import PLEKKEN
from klachten.scherm.intake import formulier as intakeformulier
from klachten.scherm.intake.opruimen import ruim_op
from tests.mailproef import PROGRAMMA, TNEF, mail, nested
from tests.paginas import VANDAAG, open_los, verstuur, vul, widget, zinnen

pytestmark = pytest.mark.usefixtures("los_in_dit_register")

REST = {"categorie": "afspraken", "betrokkenen": ("eva",)}
MAIL = mail(bijlagen=(("agenda.pdf", b"%PDF-1.7 agenda"), ("winmail.dat", TNEF), ("foto.jpg", PROGRAMMA)))


def drop(inhoud: bytes, als: str = "anna", naam: str = "klacht.eml") -> AppTest:
    """Open the page and drop a file on it."""
    proef = open_los("intake", als)
    (vak,) = proef.get("file_uploader")
    vak.set_value((naam, inhoud, "message/rfc822")).run()
    assert not proef.exception
    return proef


def take_day(proef: AppTest) -> None:
    proef.button(key="intake.mail.dag").click().run()


def stukken(register: Register, nummer: str = "K2026-0001") -> list[g.DocumentToegevoegd]:
    return list(dossier_van(register, nummer).van(g.DocumentToegevoegd))


def test_the_form_is_filled_in_but_for_the_day_of_receipt(register):
    proef = drop(MAIL)
    ingevuld = {
        "kanaal": "e-mail",
        "indiener_naam": "Marieke Jansen",
        "indiener_contact": "m.jansen@klant.example",
        "omschrijving": "Mijn begeleider kwam niet.",
        "op": None,
    }
    assert {naam: widget(proef, naam).value for naam in ingevuld} == ingevuld
    assert widget(proef, "op_schrift").value == intakeformulier.JA
    gezegd = zinnen(proef)
    for zin in ("27 februari 2026", "Kreeg u haar op die dag?", "pakket van Outlook", "dit is een programma"):
        assert zin in gezegd
    assert "3 bijlagen" in [deel.label for deel in proef.expander]
    vul(proef, **REST)
    verstuur(proef)
    assert "Ontvangen op: vul dit in" in zinnen(proef)
    assert register.stand().aantal == 0


def test_the_mail_and_what_came_with_it_are_recorded_with_the_klacht(register):
    proef = drop(MAIL)
    take_day(proef)
    assert widget(proef, "op").value == date(2026, 2, 27)
    vul(proef, **REST)
    verstuur(proef)
    assert proef.title[0].value == "Klacht K2026-0001 is vastgelegd"
    vastgelegd = register.vastleggingen("K2026-0001")
    assert [v.feit.soort for v in vastgelegd][-3:] == ["DocumentToegevoegd"] * 3
    assert dossier_van(register, "K2026-0001").ontvangen_op == date(2026, 2, 27)
    brief, agenda, winmail = stukken(register)
    nr = vastgelegd[-3].nr
    assert (brief.naam, brief.soort_document, brief.richting, brief.hoort_bij) == ("klacht.eml", "email", "in", None)
    assert brief.van == "Marieke Jansen <m.jansen@klant.example>"
    assert (brief.aan, brief.van_dag) == ("klachten@firma.example", date(2026, 2, 27))
    assert [(een.naam, een.hoort_bij) for een in (agenda, winmail)] == [("agenda.pdf", nr), ("winmail.dat", nr)]
    for feit, inhoud in ((brief, MAIL), (agenda, b"%PDF-1.7 agenda"), (winmail, TNEF)):
        assert feit.document == hashlib.sha256(inhoud).hexdigest()
        assert register.dossiers.document("K2026-0001", feit.document) == inhoud
    assert not list((register.map / "postvak").glob("*"))


def test_a_reload_keeps_the_mail_and_throwing_the_form_away_does_not(register):
    drop(MAIL)
    (concept,) = Concepten(register.map, "anna").all()
    weer = open_los("intake", "anna", concept=concept.id)
    assert "De mail bij dit formulier" in zinnen(weer)
    assert widget(weer, "op").value is None
    assert Postvak(register.map).original(concept.id) == MAIL
    assert (register.map / "postvak" / f"{concept.id}.post").stat().st_mode & 0o777 == 0o600
    weer.button(key=next(knop.key for knop in weer.button if knop.label == "Concept weggooien")).click().run()
    assert not list((register.map / "postvak").glob("*"))


def test_the_mail_of_another_is_not_shown_nor_recorded(register):
    drop(MAIL)
    (concept,) = Concepten(register.map, "anna").all()
    proef = open_los("intake", "gijs", concept=concept.id)
    assert "De mail bij dit formulier" not in zinnen(proef)


@pytest.mark.parametrize("naam", ["een.pdf", "een.eml"])
def test_what_is_no_mail_is_refused_in_a_sentence(register, naam: str):
    proef = drop(b"%PDF-1.7", naam=naam)
    assert "Dit is geen e-mail, maar een pdf" in zinnen(proef)
    assert not (register.map / "postvak").exists()


def test_a_mail_of_the_indiener_is_no_signaal_and_taken_away_the_form_goes_on_without_it(register):
    proef = drop(MAIL)
    take_day(proef)
    widget(proef, "op_schrift").set_value(intakeformulier.NEE).run()
    vul(proef, kanaal="gesprek")
    verstuur(proef)
    assert "Deze mail is van de indiener zelf, en dus op schrift" in zinnen(proef)
    assert register.stand().aantal == 0
    proef.button(key="intake.mail.weg").click().run()
    assert widget(proef, "omschrijving").value == "Mijn begeleider kwam niet."
    verstuur(proef)
    assert proef.title[0].value == "Signaal S2026-0001 is vastgelegd"
    assert not list((register.map / "postvak").glob("*"))


def test_a_medewerker_who_may_add_no_document_hands_in_the_mail_with_the_klacht(register):
    proef = drop(mail(), als="gijs")
    take_day(proef)
    vul(proef, **REST)
    verstuur(proef)
    assert [een.naam for een in stukken(register)] == ["klacht.eml"]


def test_the_same_mail_again_is_said(register):
    proef = drop(MAIL)
    take_day(proef)
    vul(proef, **REST)
    verstuur(proef)
    assert "Deze mail zit al in het dossier van klacht K2026-0001" in zinnen(drop(MAIL))
    gezegd = zinnen(drop(MAIL, als="eva"))
    assert "Deze mail zit al in een dossier" in gezegd
    assert "K2026-0001" not in gezegd


def test_a_mail_that_was_erased_meanwhile_stops_the_form(register):
    proef = drop(MAIL)
    (plek,) = (plek for plek in PLEKKEN if plek.naam == "Binnengekomen mail")
    assert plek.zoek(register.map, ["Marieke Jansen"])
    assert Postvak(register.map).weg_met(["Niemand Anders"]) == 0
    assert Postvak(register.map).weg_met(["marieke jansen"]) == 1
    assert not plek.zoek(register.map, ["Marieke Jansen"])
    vul(proef, op=VANDAAG, **REST)
    verstuur(proef)
    assert "is er niet meer" in zinnen(proef)
    assert register.stand().aantal == 0


def test_mails_of_forms_that_are_gone_go_away_by_themselves(register):
    drop(MAIL)
    ruim_op(register)
    assert len(list((register.map / "postvak").glob("*"))) == 2
    (register.map / "concepten" / "anna.json").unlink()
    ruim_op(register)
    assert not list((register.map / "postvak").glob("*"))


def test_what_stands_in_a_mail_is_shown_as_it_stands(register):
    kwaad = "<script>alert(1)</script> **vet** $x$"
    proef = drop(mail(kwaad, From="a@b.example", Subject=kwaad, bijlagen=((f"{kwaad}.txt", b"x"),)))
    alles = "\n".join(deel.value for deel in (*proef.markdown, *proef.warning))
    assert "<script>alert" not in alles.replace(r"\<", "")
    assert widget(proef, "omschrijving").value == kwaad


def test_a_mail_in_a_mail_is_a_document_of_its_own(register):
    proef = drop(nested(2))
    take_day(proef)
    vul(proef, omschrijving="Zie de doorgestuurde mail.", indiener_naam="J. Jansen", **REST)
    verstuur(proef)
    assert [(een.naam, een.soort_document) for een in stukken(register)] == [
        ("klacht.eml", "email"), ("laag 0.eml", "email"),
    ]  # fmt: skip
