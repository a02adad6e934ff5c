"""The outbox against a real mail server: what is accepted, refused, lost on the way, and never sent twice unasked."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from klachten import gebeurtenissen as g
from klachten import mailadres
from klachten.datamap import DATABASE, ZEGEL
from klachten.handelingen import Geweigerd, OngeldigeInvoer
from klachten.handelingen.bericht import check_message
from klachten.opening import open_register
from klachten.post import uit
from klachten.post.uit import versturen
from klachten.post.uit.opmaak import NietTeVersturen
from klachten.register import Boeking, Register
from klachten.reservekopie import instellingen as reservekopie
from klachten.reservekopie.maken import KLOK, make
from klachten.reservekopie.terugzetten import restore
from klachten.toegang.mailserver import Mailserver
from tests import postproef
from tests.httpsproef import certificate
from tests.postproef import STIL, WEG, Postbus, settings

DAG, NUMMER = postproef.DAG, "K2026-0001"
NERGENS = Mailserver("127.0.0.1", 1, "geen", afzender=postproef.AFZENDER)


@pytest.fixture(scope="module")
def _firma(postfirma: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    with open_register(shutil.copytree(postfirma, tmp_path_factory.mktemp("firma") / "register")) as register:
        yield register


@pytest.fixture
def firma(_firma: Register) -> Register:
    """The firm, in which nothing waits any more of the test before."""
    for bericht in uit.open_berichten(_firma):
        record(_firma, g.BerichtIngetrokken(gebeurd_op=DAG, bericht=bericht.nr), bericht.klachtnummer)
    return _firma


@pytest.fixture
def eigen(tmp_path: Path, postfirma: Path) -> Iterator[Register]:
    """A register of this test alone."""
    with open_register(shutil.copytree(postfirma, tmp_path / "register")) as register:
        yield register


@pytest.fixture(scope="module")
def _server() -> Iterator[tuple[Postbus, Mailserver]]:
    with postproef.mailserver() as paar:
        yield paar


@pytest.fixture
def server(_server: tuple[Postbus, Mailserver]) -> tuple[Postbus, Mailserver]:
    _server[0].__init__()
    return _server


@pytest.fixture(scope="module")
def certificaat(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return certificate(tmp_path_factory.mktemp("tls"))


def record(register: Register, feit: g.Gebeurtenis, nummer: str = NUMMER, **hoe: datetime) -> int:
    with register.schrijven() as boeking:
        return boeking.leg_vast(nummer, feit, door="anna", rol="coordinator", **hoe)


def now() -> datetime:
    return datetime.now(UTC)


def notice(register: Register, nummer: str = NUMMER, **anders: str) -> int:
    """A message that is no letter, overview or invitation: it has no rules of its own about when it goes."""
    invoer = {"aan": "jan@post.example", "onderwerp": "Over uw klacht", "inhoud": "Beste Jan,\n\n.\nDag\n", **anders}
    check_message(**invoer)
    return record(register, g.BerichtKlaargezet(gebeurd_op=DAG, waarvoor="melding", **invoer), nummer)


def letter(register: Register, naam: str = "Ontvangstbevestiging K2026-0001.docx", **anders: str) -> int:
    inhoud = b"PK\x03\x04 een brief"
    feit = g.BerichtKlaargezet(
        gebeurd_op=DAG,
        **{
            "waarvoor": "brief", "brief": "ontvangstbevestiging", "handeling": "stap_05_bevestigen_ontvangst",
            "document": hashlib.sha256(inhoud).hexdigest(), "naam": naam, "aan": "jan@post.example",
            "onderwerp": "Ontvangstbevestiging", "inhoud": "Bij dit bericht vindt u een brief.", **anders,
        },
    )  # fmt: skip
    with register.schrijven() as boeking:
        return boeking.leg_vast(NUMMER, feit, door="anna", rol="coordinator", document=inhoud)


def send(register: Register, server: Mailserver, *, over: timedelta = timedelta(0), **hoe: object) -> uit.Ronde:
    versturen._rust.clear()
    return uit.send_due(register, settings(server), now() + over, **hoe)  # type: ignore[arg-type]


def of(register: Register, nr: int) -> uit.Bericht:
    bericht = uit.een(register, nr)
    assert bericht is not None
    return bericht


def test_a_message_that_is_accepted_is_sent_once_to_one_recipient(firma: Register, server):
    bus, waar = server
    nr = notice(firma)
    assert of(firma, nr).toestand == "wacht"
    assert send(firma, waar) == uit.Ronde(verzonden=1)
    assert send(firma, waar) == uit.Ronde()
    (mail,) = bus.berichten
    assert bus.aan == [["jan@post.example"]]
    assert (mail["To"], mail["Subject"], mail["Auto-Submitted"]) == (
        "jan@post.example",
        "Over uw klacht",
        "auto-generated",
    )
    assert mail["From"].addresses[0].addr_spec == postproef.AFZENDER
    assert mail.get_content().splitlines() == ["Beste Jan,", "", ".", "Dag"]
    assert postproef.kinds(firma, nr) == ["BerichtKlaargezet", "VerzendingBegonnen", "BerichtVerzonden"]
    gestuurd = of(firma, nr)
    assert (gestuurd.toestand, gestuurd.poging, gestuurd.verzonden_op is not None) == ("verzonden", 1, True)


def test_a_letter_goes_with_its_file_under_its_own_name_and_records_its_step_in_the_same_group(firma: Register, server):
    bus, waar = server
    nr = letter(firma, naam="Bevestiging für Zoë & Co.docx")

    def step(register: Register, boeking: Boeking, klaar: g.Vastlegging, *, op: date, vandaag: date) -> str:
        boeking.leg_vast(NUMMER, g.KlachtGeregistreerd(gebeurd_op=op), door=klaar.door, rol=klaar.rol)
        return ""

    assert send(firma, waar, bij_verzonden=step).verzonden == 1
    (mail,) = bus.berichten
    assert "Auto-Submitted" not in mail
    (bijlage,) = mail.iter_attachments()
    assert bijlage.get_filename() == "Bevestiging für Zoë & Co.docx"
    assert bijlage.get_content() == b"PK\x03\x04 een brief"
    assert [v.feit.soort for v in firma.vastleggingen(NUMMER)][-2:] == ["BerichtVerzonden", "KlachtGeregistreerd"]
    assert not of(firma, nr).vraagt


AL = "Stap 5 is al vastgelegd op 2 maart 2026."


def say_no(*_: object, **__: object) -> str:
    return AL


def refuse(*_: object, **__: object) -> str:
    raise Geweigerd(AL)


def break_down(*_: object, **__: object) -> str:
    raise ZeroDivisionError


@pytest.mark.parametrize(("bij", "waarom"), [(say_no, AL), (refuse, AL), (break_down, "logboek")])
def test_a_letter_of_which_the_step_cannot_be_recorded_is_sent_and_says_so(firma: Register, server, bij, waarom: str):
    nr = letter(firma)
    assert send(firma, server[1], bij_verzonden=bij).verzonden == 1
    bericht = of(firma, nr)
    assert (bericht.toestand, bericht.zonder_stap, bericht.vraagt) == ("verzonden", True, True)
    assert waarom in bericht.waarom_zonder_stap
    assert uit.vragen(firma)[-1].nr == nr


ANTWOORDEN = [
    ("4xx at the recipient", {"RCPT": "451 probeer later"}, "wacht", 451),
    ("4xx after the message", {"DATA": "452 geen ruimte"}, "wacht", 452),
    ("5xx at the recipient", {"RCPT": "550 onbekend"}, "mislukt", 550),
    ("5xx at the sender", {"MAIL": "553 wie bent u"}, "mislukt", 553),
    ("5xx after the message", {"DATA": "554 lijkt op reclame"}, "mislukt", 554),
    ("gone at the recipient", {"RCPT": WEG}, "wacht", 0),
    ("silent at the recipient", {"RCPT": STIL}, "wacht", 0),
    ("gone when it has the message", {"DATA": WEG}, "onzeker", 0),
    ("silent when it has the message", {"DATA": STIL}, "onzeker", 0),
    ("accepted, and gone before it says so", {"NA": WEG}, "onzeker", 0),
    ("an answer that is none", {"DATA": "wat"}, "onzeker", 0),
]


@pytest.mark.parametrize(
    ("antwoorden", "toestand", "code"), [rij[1:] for rij in ANTWOORDEN], ids=[rij[0] for rij in ANTWOORDEN]
)
def test_what_a_server_answers_decides_how_it_goes_on(
    firma: Register, server, antwoorden: dict[str, str], toestand: str, code: int
):
    bus, waar = server
    bus.antwoorden.update(antwoorden)
    nr = notice(firma)
    ronde = send(firma, waar, geduld=0.3)
    bericht = of(firma, nr)
    assert (bericht.toestand, bericht.code) == (toestand, code)
    assert (ronde.mislukt, ronde.onzeker) == ((0, 1) if toestand == "onzeker" else (1, 0))
    assert bool(bericht.melding) == (toestand != "onzeker")
    # Whatever it was, it is not sent again at once, and never by itself when nobody knows or the server refused.
    bus.antwoorden.clear()
    al = len(bus.berichten)
    assert send(firma, waar) == uit.Ronde()
    assert send(firma, waar, over=timedelta(days=2)).verzonden == (toestand == "wacht")
    assert len(bus.berichten) == al + (toestand == "wacht")


def test_without_a_server_it_is_tried_again_with_ever_longer_rests_and_then_a_person_is_asked(firma: Register, server):
    bus, waar = server
    nr, toen = notice(firma), now()
    wachten = []
    for _ in range(6):
        assert send(firma, NERGENS, over=timedelta(days=9)).mislukt == 1
        bericht = of(firma, nr)
        assert bericht.opnieuw_op is not None
        wachten.append(round((bericht.opnieuw_op - bericht.laatste_op) / timedelta(minutes=1)))
        assert not bericht.due(bericht.opnieuw_op - timedelta(seconds=1))
        assert bericht.due(bericht.opnieuw_op)
    assert wachten == [5, 15, 60, 240, 1440, 1440]
    assert "niet te bereiken" in of(firma, nr).melding
    later = toen + timedelta(days=3, minutes=1)
    feit = g.VerzendingMislukt(gebeurd_op=later.date(), bericht=nr, poging=7, melding="weg")
    record(firma, feit, vastgelegd_op=later)
    assert (of(firma, nr).toestand, of(firma, nr).opnieuw_op) == ("mislukt", None)
    assert send(firma, waar, over=timedelta(days=30)) == uit.Ronde()
    assert bus.berichten == []


def test_a_server_that_is_away_is_left_alone_and_costs_one_attempt(firma: Register):
    alle = [notice(firma), notice(firma)]
    assert send(firma, NERGENS).mislukt == 1
    assert uit.send_due(firma, settings(NERGENS), now() + timedelta(minutes=4)) == uit.Ronde()
    assert [of(firma, nr).poging for nr in alle] == [1, 0]


def test_the_line_is_encrypted_and_signed_in_and_the_certificate_is_looked_at(firma: Register, certificaat):
    with postproef.mailserver(certificaat=certificaat, login=("register", "geheim")) as (bus, waar):
        fout = Mailserver(**{**vars(waar), "wachtwoord": "verkeerd"})
        vreemd = Mailserver(**{**vars(waar), "vertrouwt": ""})
        nr = notice(firma)
        raar = Mailserver(**{**vars(waar), "wachtwoord": "geheïm"})
        for welke, zegt in (
            (vreemd, "wordt niet vertrouwd"), (fout, "Aanmelden bij de mailserver lukt niet"), (raar, "kijk naar host"),
        ):  # fmt: skip
            assert send(firma, welke, over=timedelta(days=1)).mislukt == 1
            assert zegt in of(firma, nr).melding
            assert "verkeerd" not in of(firma, nr).melding
            assert of(firma, nr).toestand == "wacht"
        assert bus.berichten == []
        assert send(firma, waar, over=timedelta(days=1)).verzonden == 1
        assert (bus.versleuteld, bus.aangemeld) == ([True], [b"register"])
    with postproef.mailserver(certificaat=certificaat, direct=True) as (bus, waar):
        notice(firma)
        assert send(firma, waar).verzonden == 1


def test_a_server_without_encryption_gets_nothing_unless_that_was_said(firma: Register, server):
    bus, waar = server
    nr = notice(firma)
    assert send(firma, Mailserver(waar.host, waar.poort, afzender=postproef.AFZENDER)).mislukt == 1
    assert "starttls" in of(firma, nr).melding
    assert bus.berichten == []


INJECTIE = [
    "\nBcc: x@post.example",
    "\r\nBcc: x@post.example",
    "\u2028Bcc: x",
    "\x0bBcc: x",
    "\x85Bcc: x",
    "\x00",
    "\u202e",
]


@pytest.mark.parametrize("staart", INJECTIE, ids=repr)
def test_nothing_can_be_put_into_the_head(staart: str):
    for veld, waarde in (("aan", "jan@post.example"), ("onderwerp", "Over")):
        with pytest.raises(OngeldigeInvoer) as fout:
            check_message(**{"aan": "jan@post.example", "onderwerp": "Over", "inhoud": "x", veld: waarde + staart})
        assert list(fout.value.velden) == [veld]
    # Whoever records it all the same, by another road: every line of the head stays one, an address is not used.
    toen = now()
    bericht = uit.Bericht(
        klachtnummer=NUMMER, nr=1, waarvoor="brief", toestand="wacht", poging=0, opnieuw_op=None, klaargezet_op=toen,
        sinds=toen, laatste_op=toen, document="x", aan="jan@post.example", onderwerp=f"Over{staart}", inhoud="x",
        naam=f"brief{staart}.docx", zegel="0" * 64,
    )  # fmt: skip
    inhoud = versturen.compose(bericht, NERGENS, van=f"Firma{staart}", nu=toen, bestand=b"PK").as_bytes()
    gelezen = message_from_bytes(inhoud, policy=policy.default)
    (bijlage,) = gelezen.iter_attachments()
    assert gelezen.keys() == ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"]
    assert set(bijlage.keys()) == {"Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "MIME-Version"}
    assert bijlage.get_filename().splitlines() == [bijlage.get_filename()]
    with pytest.raises(NietTeVersturen):
        versturen.compose(replace(bericht, aan=f"jan@post.example{staart}"), NERGENS, van="x", nu=toen, bestand=b"PK")


def test_a_letter_with_a_line_break_in_its_address_is_for_a_person(firma: Register, server):
    kwaad = letter(firma, aan="jan@post.example\nBcc: x@post.example")
    assert send(firma, server[1]).mislukt == 1
    assert (of(firma, kwaad).toestand, server[0].berichten) == ("mislukt", [])


ADRESSEN = {
    "jan@post.example": True, "j.o'neil+klacht@mail.post.example": True, "jan@münchen.example": True,
    "jan": False, "jan@": False, "@post.example": False, "jan@post": False, "jan@127.0.0.1": False,
    "jan@post.example, piet@post.example": False, "jan@post.example;piet@post.example": False,
    "Jan <jan@post.example>": False, "jan@@post.example": False, "ja n@post.example": False,
    "jan..j@post.example": False, ".jan@post.example": False, "zoë@post.example": False,
    "jan@-post.example": False, "jan@post..example": False, f"{'j' * 65}@post.example": False,
    f"jan@{'p' * 63}.{'p' * 63}.{'p' * 63}.{'p' * 63}.example": False, "": False,
}  # fmt: skip


@pytest.mark.parametrize("adres", ADRESSEN)
def test_an_address_is_one_address(adres: str):
    assert (mailadres.objection(adres) is None) == ADRESSEN[adres]


def test_the_message_id_stays_the_same_over_attempts_and_is_different_of_each_message(firma: Register, server):
    bus, waar = server
    bus.antwoorden["DATA"] = "451 later"
    gezien: list[str] = []
    echt = versturen.compose

    def seen(*wat: object, **hoe: object):
        mail = echt(*wat, **hoe)  # type: ignore[arg-type]
        gezien.append(mail["Message-ID"])
        return mail

    with pytest.MonkeyPatch.context() as tijdelijk:
        tijdelijk.setattr(versturen, "compose", seen)
        notice(firma), notice(firma, nummer="K2026-0002")
        send(firma, waar)
        send(firma, waar, over=timedelta(days=1))
    assert gezien[:2] == gezien[2:]
    assert gezien[0] != gezien[1]


def test_what_was_withdrawn_or_erased_is_not_sent(eigen: Register, server):
    bus, waar = server
    nr, ander = notice(eigen), notice(eigen, nummer="K2026-0002")
    record(eigen, g.BerichtIngetrokken(gebeurd_op=DAG, bericht=nr))
    record(eigen, g.DossierGewist(gebeurd_op=DAG, grond="verzoek"), "K2026-0002")
    assert send(eigen, waar) == uit.Ronde()
    assert bus.berichten == []
    assert [of(eigen, een).toestand for een in (nr, ander)] == ["ingetrokken", "ingetrokken"]


def test_a_message_that_cannot_be_made_holds_up_no_other(firma: Register, server, monkeypatch):
    _, waar = server
    kwaad, goed, echt = notice(firma), notice(firma), versturen.compose

    def odd(bericht: uit.Bericht, *wat: object, **hoe: object):
        if bericht.nr == kwaad:
            raise ZeroDivisionError
        return echt(bericht, *wat, **hoe)  # type: ignore[arg-type]

    monkeypatch.setattr(versturen, "compose", odd)
    assert send(firma, waar) == uit.Ronde(verzonden=1, mislukt=1)
    assert (of(firma, kwaad).toestand, of(firma, goed).toestand) == ("mislukt", "verzonden")
    assert "opgemaakt" in of(firma, kwaad).melding


def test_what_was_withdrawn_while_it_was_being_made_ready_is_not_sent(firma: Register, server, monkeypatch):
    bus, waar = server
    nr, echt = notice(firma), versturen.compose

    def withdrawn(*wat: object, **hoe: object):
        with firma.schrijven() as boeking:
            boeking.leg_vast(NUMMER, g.BerichtIngetrokken(gebeurd_op=DAG, bericht=nr), door="anna", rol="coordinator")
        return echt(*wat, **hoe)  # type: ignore[arg-type]

    monkeypatch.setattr(versturen, "compose", withdrawn)
    assert send(firma, waar) == uit.Ronde()
    assert bus.berichten == []
    assert "VerzendingBegonnen" not in postproef.kinds(firma, nr)


def test_that_sending_begins_is_on_the_disk_before_the_server_hears_anything(firma: Register, server):
    bus, waar = server
    notice(firma)
    gezien: list[str] = []
    bus.na = lambda: gezien.extend(sorted((firma.map / "journaal").glob("*.jsonl"))[-1].read_text().splitlines()[-1:])
    send(firma, waar)
    assert '"soort":"VerzendingBegonnen"' in gezien[0]


def test_a_crash_in_between_is_asked_about_and_not_sent_again(firma: Register, server):
    bus, waar = server
    nr = notice(firma)
    record(firma, g.VerzendingBegonnen(gebeurd_op=DAG, bericht=nr, poging=1))
    assert of(firma, nr).toestand == "onzeker"
    assert send(firma, waar, over=timedelta(days=9)) == uit.Ronde()
    assert bus.berichten == []


def test_while_it_goes_it_is_neither_uncertain_nor_sent_by_another(firma: Register, server):
    bus, waar = server
    nr = notice(firma)
    gezien: list[object] = []
    bus.na = lambda: gezien.extend([of(firma, nr).toestand, send(firma, waar)])
    send(firma, waar)
    assert gezien == ["bezig", uit.Ronde()]


# --- a copy of the register ------------------------------------------------------------------------------------------


def copied(register: Register, naar: Path) -> Path:
    register.close()
    return postproef.copy_of(register.map, naar)


def moved(register: Register, naar: Path) -> Path:
    register.close()
    return register.map.rename(naar)


def put_back(register: Register, naar: Path) -> Path:
    (naar.parent / "kopieen").mkdir()
    plek = reservekopie.Instellingen(naar=str(naar.parent / "kopieen"), onversleuteld=True)
    kopie = make(register, plek, nu=now(), soort=KLOK).kopie
    register.close()
    restore(str(naar.parent / "kopieen" / kopie.naam), naar)
    return naar


def set_back(register: Register, naar: Path) -> Path:
    """In its own place as it was before, by whoever copies files and leaves alone what looks the same."""
    toen = postproef.copy_of(register.map, naar)
    notice(register), send(register, NERGENS, over=timedelta(days=1))
    register.close()
    for deel in ("journaal", "dossiers"):
        shutil.rmtree(register.map / deel)
        shutil.copytree(toen / deel, register.map / deel)
    for pad in (*register.map.glob(f"{DATABASE}*"), register.map / ZEGEL):
        pad.unlink(missing_ok=True)
    return register.map


@pytest.mark.parametrize("hoe", [copied, moved, put_back, set_back])
def test_in_a_copy_everything_that_waited_is_held(
    eigen: Register, tmp_path: Path, server, hoe: Callable[[Register, Path], Path]
):
    bus, waar = server
    nr = notice(eigen)
    send(eigen, NERGENS)
    with open_register(hoe(eigen, tmp_path / "elders")) as kopie:
        assert of(kopie, nr).toestand == "aangehouden"
        assert send(kopie, waar, over=timedelta(days=1)) == uit.Ronde()
        assert bus.berichten == []
        nieuw = notice(kopie)
        assert [een.nr for een in uit.vragen(kopie)] == [nr]
        assert send(kopie, waar, over=timedelta(days=1)).verzonden == 1
        assert (of(kopie, nr).toestand, of(kopie, nieuw).toestand) == ("aangehouden", "verzonden")
        record(kopie, g.BerichtVrijgegeven(gebeurd_op=DAG, bericht=nr))
        assert send(kopie, waar, over=timedelta(days=1)).verzonden == 1


def test_in_the_example_nothing_goes_out(ingericht: Path, tmp_path: Path, server):
    bus, waar = server
    with open_register(shutil.copytree(ingericht, tmp_path / "register")) as register:
        nummer = register.organisatie.mensen["anna"].nummer
        nr = notice(register, nummer=nummer)
        assert send(register, waar) == uit.Ronde()
        assert bus.berichten == []
        assert of(register, nr).toestand == "wacht"
        assert "voorbeeld" in uit.may_send(register, settings(waar))
