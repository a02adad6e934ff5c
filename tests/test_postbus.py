"""A mailbox that is read: each new mail once, as a proposal; a person decides; nothing is deleted, nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from klachten import gebeurtenissen as g
from klachten import organisatie
from klachten.handelingen import dossier_van
from klachten.post.binnen import imap
from klachten.postvak import Poststuk, Postvak
from klachten.register import Register
from klachten.scherm.intake import binnengekomen, opruimen
from klachten.scherm.intake.binnengekomen import may_see
from klachten.toegang import instellingen
from klachten.toegang.instellingen import OngeldigeInstelling
from klachten.toegang.postbus import Postbus
from tests import imapproef
from tests.imapproef import imap_server
from tests.mailproef import mail
from tests.paginas import VANDAAG, klacht, open_los, verstuur, vul, zinnen

pytestmark = pytest.mark.usefixtures("los_in_dit_register")

NU = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
REST = {"categorie": "afspraken", "betrokkenen": ("eva",)}


@pytest.fixture
def bus() -> Iterator[imapproef.Postbus]:
    with imap_server() as bus:
        yield bus


def lees(register: Register, bus: imapproef.Postbus, nu: datetime = NU, **anders: str) -> int:
    hoe = {"host": "127.0.0.1", "beveiliging": "geen", "gebruiker": "klachten", "wachtwoord": "geheim", **anders}
    return imap.fetch(register, Postbus(poort=bus.poort, **hoe), nu)


def voorstellen(register: Register) -> list[Poststuk]:
    return Postvak(register.map).proposals()


def knop(proef: AppTest, eind: str) -> AppTest:
    (deel,) = (deel for deel in proef.button if (deel.key or "").endswith(eind))
    deel.click().run()
    assert not proef.exception
    return proef


def test_every_new_mail_waits_once_and_is_left_as_it_was(register, bus):
    bus.mails = {3: mail("een"), 5: mail("twee")}
    assert lees(register, bus) == 2
    assert [stuk.gegevens["tekst"] for stuk in voorstellen(register)] == ["een", "twee"]
    assert [Postvak(register.map).original(stuk.id) for stuk in voorstellen(register)] == list(bus.mails.values())
    assert lees(register, bus) == 0
    bus.mails[6] = mail("drie")
    assert lees(register, bus) == 1
    assert len(bus.asked("BODY.PEEK[]")) == 3, "nothing is fetched twice"
    assert not bus.asked("STORE") + bus.asked("DELETE") + bus.asked("EXPUNGE") + bus.asked("SELECT")
    assert bus.asked("SINCE 31-Jan-2026"), "the first time no further back than 30 days"
    assert register.stand().aantal == 0, "nothing is recorded"


def test_another_uidvalidity_reads_the_folder_again_and_takes_nothing_twice(register, bus):
    bus.mails = {3: mail("een")}
    lees(register, bus)
    Postvak(register.map).discard(voorstellen(register)[0].id)
    bus.geldig, bus.mails = 8, {1: mail("twee"), 2: mail("een")}
    assert lees(register, bus, NU + timedelta(minutes=1)) == 1
    assert [stuk.gegevens["tekst"] for stuk in voorstellen(register)] == ["twee"], "what was handled does not come back"


def test_a_crash_between_keeping_a_mail_and_remembering_it_keeps_one(register, bus, monkeypatch):
    bus.mails = {3: mail("een")}
    monkeypatch.setattr(imap._Ronde, "_keep", lambda ronde: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        lees(register, bus)
    monkeypatch.undo()
    monkeypatch.setenv("KLACHTEN_VANDAAG", VANDAAG.isoformat())
    lees(register, bus)
    assert len(voorstellen(register)) == 1


@pytest.mark.parametrize(
    ("hoe", "kan", "vlag", "naar"),
    [
        ({"gelezen": "markeren"}, "", "\\Seen", None),
        ({"gelezen": "verplaatsen", "naar": "In klachten"}, "MOVE", None, "In"),
        ({"gelezen": "verplaatsen", "naar": "Gelezen"}, "", "\\Seen", "Gelezen"),
    ],
)
def test_what_is_done_with_a_mail_that_was_read_is_what_the_settings_say(register, bus, hoe, kan, vlag, naar):
    bus.mails, bus.kan = {3: mail("een")}, kan
    assert lees(register, bus, **hoe) == 1
    assert (bus.vlaggen.get(3), (bus.elders.get(3) or "").split(" ")[0] or None) == (vlag, naar)
    assert not bus.asked("EXPUNGE") + bus.asked("Deleted")


@pytest.mark.parametrize("anders", [{"wachtwoord": "fout"}, {"map": "Bestaat niet"}])
def test_a_mailbox_that_does_not_open_is_said_without_its_password(register, bus, anders):
    with pytest.raises(imap.PostbusFout, match="is niet te lezen") as fout:
        lees(register, bus, **anders)
    assert "geheim" not in str(fout.value)


def test_a_mail_that_is_too_large_or_none_at_all_waits_all_the_same(register, bus):
    bus.mails = {1: mail("x") + b"x" * 26 * 2**20, 2: b"\r\n", 3: mail("goed")}
    assert lees(register, bus) == 3
    gezegd = [" ".join(stuk.gegevens["bezwaren"]) for stuk in voorstellen(register)]
    assert sorted(zin[:14] for zin in gezegd) == ["", "Deze mail is g", "Dit bericht is"]
    assert "Deze mail is groter dan 25 MB" in zinnen(open_los("intake", "anna"))


def test_a_klacht_is_made_of_a_mail_and_it_is_gone_from_the_list(register, bus):
    bus.mails = {3: mail("Niet teruggebeld.")}
    lees(register, bus)
    (stuk,) = voorstellen(register)
    proef = knop(open_los("intake", "anna"), ".klacht")
    assert voorstellen(register) == [stuk], "it waits until the klacht is recorded"
    knop(proef, "intake.mail.dag")
    vul(proef, **REST)
    verstuur(proef)
    assert [een.naam for een in dossier_van(register, "K2026-0001").van(g.DocumentToegevoegd)] == [
        "Klacht over mijn begeleiding.eml"
    ]
    assert not voorstellen(register)
    assert [pad.name for pad in (register.map / "postvak").iterdir()] == ["postbus.stand"]
    assert lees(register, bus) == 0


def test_two_who_take_the_same_mail_record_one_klacht(register, bus):
    bus.mails = {3: mail("Niet teruggebeld.")}
    lees(register, bus)
    een, ander = (knop(open_los("intake", wie), ".klacht") for wie in ("anna", "carla"))
    for proef in (een, ander):
        vul(proef, op=VANDAAG, **REST)
        verstuur(proef)
    assert "is er niet meer" in zinnen(ander)
    assert dossier_van(register, "K2026-0001").bestaat
    with register.cursor() as cursor:
        assert cursor.execute("SELECT count(*) FROM klacht").fetchall() == [(1,)]


def test_a_reply_is_proposed_for_its_dossier_to_who_may_read_that_alone(register, bus):
    nummer = klacht(register, "stap_04_toewijzen_behandelaar")
    bus.mails = {3: mail("Hierbij.", Subject=f"Re: uw klacht {nummer.lower()}", bijlagen=(("a.pdf", b"%PDF"),))}
    lees(register, bus)
    assert not open_los("intake", "eva").get("button_group")
    assert "Hierbij." not in zinnen(open_los("intake", "eva"))
    assert "Hierbij." not in zinnen(open_los("intake", "gijs"))
    proef = open_los("intake", "anna")
    assert f"In het onderwerp staat **{nummer}**" in zinnen(proef)
    knop(proef, ".bij")
    feiten = dossier_van(register, nummer).van(g.DocumentToegevoegd)
    assert [(een.naam, een.soort_document, een.richting) for een in feiten] == [
        (f"Re_ uw klacht {nummer.lower()}.eml", "email", "in"), ("a.pdf", "overig", "in"),
    ]  # fmt: skip
    assert not voorstellen(register)
    assert f"bij klacht {nummer} gevoegd" in zinnen(proef)


def test_a_mail_without_a_dossier_is_seen_by_who_takes_mail_in(register, bus):
    bus.mails = {3: mail("Wie leest dit?", Subject="K2026-0099")}
    lees(register, bus)
    (stuk,) = voorstellen(register)
    mogen = {wie for wie in ("anna", "bas", "carla", "gijs", "eva") if may_see(stuk, organisatie.gebruiker(wie))}
    assert mogen == {"anna", "carla"}


def test_a_mail_is_set_aside_with_a_reason_taken_back_and_gone_after_30_days(register, bus, monkeypatch):
    bus.mails = {3: mail("Reclame")}
    lees(register, bus)
    proef = knop(open_los("intake", "anna"), ".weg")
    assert "Vul in waarom" in zinnen(proef)
    (reden,) = (deel for deel in proef.text_input if deel.key.endswith(".reden"))
    reden.set_value("Reclame").run()
    monkeypatch.setattr(binnengekomen, "TERZIJDE_LANG", timedelta(days=41))
    knop(proef, ".weg")
    assert "nog 41 dagen terughalen" in zinnen(proef)
    assert [vak.label for vak in proef.expander if "erzijde" in vak.label] == [
        "Terzijde gelegde mail (1), 41 dagen bewaard"
    ]
    assert [(stuk.stand, stuk.door, stuk.reden) for stuk in voorstellen(register)] == [("terzijde", "anna", "Reclame")]
    knop(proef, ".terug")
    assert [stuk.stand for stuk in voorstellen(register)] == ["wacht"]
    vak = Postvak(register.map)
    vak.set_aside(voorstellen(register)[0].id, "anna", "Reclame", NU)
    assert vak.ruim_op(set(), NU - opruimen.TERZIJDE) == 0
    assert vak.ruim_op(set(), NU + timedelta(seconds=1)) == 1
    assert lees(register, bus) == 0


BLOK = '[imap]\nhost = "{host}"\ngebruiker = "k"\nwachtwoord = "w"\n{ook}'


@pytest.mark.parametrize(
    ("host", "ook", "zin"),
    [
        ("mail.example", "", ""),
        ("mail.example", 'beveiliging = "geen"', "leesbaar over het netwerk"),
        ("127.0.0.1", 'beveiliging = "geen"', ""),
        ("mail.example", 'gelezen = "weggooien"', "imap vraagt host"),
        ("mail.example", 'gelezen = "verplaatsen"', "horen gelezen"),
        ("mail.example", "poort = 0", "imap vraagt host"),
        ("mail.example", 'onzin = "x"', "imap vraagt host"),
        ("mail.example", 'vertrouwt = "er-niet.pem"', "is er niet"),
        ("", "", "imap vraagt host"),
    ],
)
def test_the_settings_of_a_mailbox_are_checked(tmp_path: Path, host: str, ook: str, zin: str):
    pad = tmp_path / "instellingen.toml"
    pad.write_text(BLOK.format(host=host, ook=ook), encoding="utf-8")
    if zin:
        with pytest.raises(OngeldigeInstelling, match=zin):
            instellingen.load(pad)
        return
    gelezen = instellingen.load(pad).imap
    assert gelezen is not None
    assert (gelezen.host, gelezen.map, gelezen.gelezen) == (host, "INBOX", "laten")
    assert "'w'" not in repr(gelezen)


def test_no_mailbox_is_read_unless_it_is_set(register, tmp_path: Path):
    assert instellingen.load(tmp_path / "er-niet.toml").imap is None
    assert imap.fetch(register, None, NU) == 0
    assert not (register.map / "postvak").exists()
