"""A mail of ours that came back to the mailbox: found by its Message-ID, and recorded by a person, never by itself."""

from __future__ import annotations

import pytest

from klachten import gebeurtenissen as g
from klachten.concepten import Concepten
from klachten.handelingen import dossier_van
from klachten.post import uit
from klachten.post.binnen import retour
from klachten.post.uit.opmaak import message_id
from klachten.postvak import Postvak
from klachten.register import Register
from klachten.scherm.intake import retour as onscherm
from klachten.toegang.mailserver import Mailserver
from tests.imapproef import imap_server
from tests.mailproef import mail
from tests.paginas import VANDAAG, klacht, open_los, zinnen
from tests.test_pagina_intake_mail import drop
from tests.test_postbus import knop, lees

pytestmark = pytest.mark.usefixtures("los_in_dit_register")
SERVER = Mailserver("127.0.0.1", 25, "geen", afzender="klachten@firma.example")


def sent(register: Register, nummer: str) -> uit.Bericht:
    wie = {"door": "anna", "rol": "coordinator"}
    nr = uit.queue(
        register, nummer, waarvoor="overzicht", aan="jan@post.example", onderwerp="x", inhoud="y", op=VANDAAG, **wie
    )
    with register.schrijven() as boeking:
        for soort in (g.VerzendingBegonnen, g.BerichtVerzonden):
            boeking.leg_vast(nummer, soort(gebeurd_op=VANDAAG, bericht=nr, poging=1), **wie)
    bericht = uit.een(register, nr)
    assert bericht is not None
    return bericht


def report(id: str, *, actie: str = "failed", koppen: bool = False, soort: str = "delivery-status") -> bytes:
    """Return what a mail server writes when it could not deliver the mail with this Message-ID."""
    terug = f"Subject: Uw klacht\r\nMessage-ID: {id}\r\n\r\n"
    regels = [
        "From: mailer-daemon@post.example", f"To: {SERVER.afzender}", "Subject: Undelivered",
        f'Content-Type: multipart/report; report-type={soort}; boundary="g"', "MIME-Version: 1.0", "",
        "--g", "Content-Type: text/plain", "", "I'm sorry.",
        "--g", f"Content-Type: message/{soort}", "", "Reporting-MTA: dns; mx.post.example", "",
        "Final-Recipient: rfc822; jan@post.example", f"Action: {actie}", "Status: 5.1.1",
        "Diagnostic-Code: smtp; 550 5.1.1 No such user", "",
        "--g", f"Content-Type: {'text/rfc822-headers' if koppen else 'message/rfc822'}", "", terug, "--g--", "",
    ]  # fmt: skip
    return "\r\n".join(regels).encode("ascii")


def test_a_report_is_known_by_the_number_and_the_seal_of_our_message(register: Register):
    nummer = klacht(register)
    bericht = sent(register, nummer)
    id = message_id(bericht, SERVER)
    for koppen in (False, True):
        gevonden = retour.came_back(register, report(id, koppen=koppen))
        assert gevonden is not None
        assert gevonden[:2] == (bericht.nr, nummer)
        assert gevonden.melding == "rfc822; jan@post.example · 5.1.1 · smtp; 550 5.1.1 No such user"
    anders = [
        report(id, actie="delayed"),
        report(id, actie="delivered"),
        report(id, soort="disposition-notification"),
        report(id.replace(bericht.zegel[:24], "0" * 24)),
        report(f"<klachten.{bericht.nr + 9}.{bericht.zegel[:24]}@firma.example>"),
        mail(f"Uw bericht {id} is niet aangekomen"),
        b"",
        b"\xff\x00",
    ]
    assert [retour.came_back(register, inhoud) for inhoud in anders] == [None] * len(anders)


def test_the_intake_offers_to_record_it_and_only_a_person_does(register: Register):
    nummer = klacht(register, "stap_04_toewijzen_behandelaar")
    bericht = sent(register, nummer)
    with imap_server() as bus:
        bus.mails = {3: report(message_id(bericht, SERVER))}
        assert lees(register, bus) == 1
    assert not dossier_van(register, nummer).van(g.BerichtTeruggekomen), "nothing is recorded by itself"
    assert "No such user" not in zinnen(open_los("intake", "eva")), "she is involved"
    proef = open_los("intake", "anna")
    assert f"bericht {bericht.nr} in {nummer} niet aangekomen" in zinnen(proef)
    (vak,) = (vak for vak in proef.text_area if (vak.key or "").endswith(".melding"))
    assert "No such user" in vak.value
    proef = knop(proef, ".retour")
    (terug,) = dossier_van(register, nummer).van(g.BerichtTeruggekomen)
    assert (terug.bericht, "No such user" in terug.melding) == (bericht.nr, True)
    assert f"Bij {nummer} staat nu dat bericht {bericht.nr} is teruggekomen" in zinnen(proef)
    assert Postvak(register.map).proposals() == []


def test_a_report_that_is_dropped_goes_the_road_of_the_mailbox(register: Register):
    nummer = klacht(register, "stap_04_toewijzen_behandelaar")
    bericht = sent(register, nummer)
    inhoud, vak = report(message_id(bericht, SERVER)), Postvak(register.map)
    gezegd = zinnen(drop(inhoud, "eva", "retour.eml"))
    assert onscherm.WACHT in gezegd
    assert nummer not in gezegd, "she is involved"
    proef = drop(inhoud, "anna", "nog eens.eml")
    assert onscherm.WACHT in zinnen(proef)
    assert f"bericht {bericht.nr} in {nummer} niet aangekomen" in zinnen(proef)
    assert [Concepten(register.map, wie).all() for wie in ("eva", "anna")] == [[], []], "no form was begun"
    (stuk,) = vak.proposals()
    assert (stuk.gegevens["naam"], vak.original(stuk.id)) == ("retour.eml", inhoud)
    with imap_server() as bus:
        bus.mails = {3: inhoud}
        assert lees(register, bus) == 0, "the mailbox brings the same one no second time"
    vak.set_aside(stuk.id, "anna", "Al gezien", stuk.bewaard_op)
    assert onscherm.LAG_TERZIJDE in zinnen(drop(inhoud))
    vak.take_back(stuk.id)
    knop(open_los("intake", "anna"), ".retour")
    assert [terug.bericht for terug in dossier_van(register, nummer).van(g.BerichtTeruggekomen)] == [bericht.nr]
    assert vak.proposals() == []
    drop(inhoud)
    assert len(Concepten(register.map, "anna").all()) == 1, "of a message that came back it is a mail as any other"
