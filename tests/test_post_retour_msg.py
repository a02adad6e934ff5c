"""A mail of ours that came back, saved from Outlook: known as the one that comes over the internet is."""

from __future__ import annotations

import pytest

from klachten.post.binnen import lezen, retour, voorstel
from klachten.post.uit.opmaak import message_id
from klachten.register import Register
from tests.outlookproef import attachment, embedded, msg
from tests.paginas import klacht
from tests.test_post_retour import SERVER, report, sent

pytestmark = pytest.mark.usefixtures("los_in_dit_register")
STATUS = (
    b"Reporting-MTA: dns; mx.post.example\r\n\r\nFinal-Recipient: rfc822; jan@post.example\r\nAction: failed\r\n"
    b"Status: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 No such user\r\n"
)
OUTLOOK, WAAROM = (
    "Uw bericht is niet bezorgd. 550 5.1.1",
    "rfc822; jan@post.example · 5.1.1 · smtp; 550 5.1.1 No such user",
)
NDR = {0x001A: "REPORT.IPM.Note.NDR", 0x1001: "Uw bericht is niet bezorgd.\r\n550 5.1.1"}


def forms(id: str) -> dict[str, tuple[bytes, str]]:
    """The ways in which Outlook keeps a report, and what is said of each."""
    kop = f"Subject: Uw klacht\r\nMessage-ID: {id}\r\n\r\n".encode()
    status = attachment("details.txt", STATUS, "message/delivery-status")
    return {
        "a report of Outlook": (msg({**NDR, 0x1046: id}), OUTLOOK),
        "with the mail itself in it": (msg(NDR, embedded({0x1035: id})), OUTLOOK),
        "by what it answers": (msg({**NDR, 0x007D: f"From: x\r\nIn-Reply-To: {id}\r\n"}), OUTLOOK),
        "that says nothing": (msg({0x001A: "REPORT.IPM.NOTE.NDR", 0x1046: id}), "niet bezorgd"),
        "a mail with the parts of the report": (msg({}, status, attachment("ATT1.eml", kop)), WAAROM),
        "and only the headers": (msg({}, status, attachment("headers.txt", kop, "text/rfc822-headers")), WAAROM),
        "and the mail as Outlook has it": (msg({}, status, embedded({0x1035: id})), WAAROM),
        "the whole report attached": (msg({}, attachment("Undelivered.eml", report(id))), WAAROM),
        "longer than a small part": (msg({**NDR, 0x1046: id}, attachment("x.bin", bytes(9_000))), OUTLOOK),
    }  # fmt: skip


def test_each_way_of_saving_it_is_known_by_the_number_and_the_seal(register: Register):
    nummer = klacht(register)
    bericht = sent(register, nummer)
    for naam, (inhoud, melding) in forms(message_id(bericht, SERVER)).items():
        assert retour.came_back(register, inhoud) == (bericht.nr, nummer, melding), naam
        assert voorstel.about(register, inhoud, "")["klachtnummer"] == nummer
        assert lezen.read(inhoud).soort == "msg", "it is shown as every mail"


def test_what_is_no_report_or_not_of_ours_is_none(register: Register):
    bericht = sent(register, klacht(register))
    id = message_id(bericht, SERVER)
    vals = id.replace(bericht.zegel[:24], "0" * 24)
    goed = forms(id)["a report of Outlook"][0]
    anders = {
        "an answer to it": msg({0x1042: id, 0x007D: f"In-Reply-To: {id}\r\n"}),
        "read": msg({0x001A: "REPORT.IPM.Note.IPNRN", 0x1046: id}),
        "delivered": msg({0x001A: "REPORT.IPM.Note.DR", 0x1046: id}),
        "it only waits": msg({0x1046: id}, attachment("details.txt", STATUS.replace(b"failed", b"delayed"))),
        "without the seal": msg({**NDR, 0x1046: vals}),
        "of nobody": msg(NDR),
        "the id in its text alone": msg({**NDR, 0x1000: f"Uw bericht {id} is niet bezorgd"}),
        **{f"cut off at {lang}": goed[:lang] for lang in (8, 511, 512, 600, 1_024, len(goed) - 600)},
    }
    assert {naam: retour.came_back(register, inhoud) for naam, inhoud in anders.items()} == dict.fromkeys(anders)
