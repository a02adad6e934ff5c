"""The mailbox over an encrypted line, what is said when it cannot be read, and what `gezond` makes of it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from klachten import gezond, scherm
from klachten.gezond import FOUT, GOED, LET_OP, NVT
from klachten.opening import open_register
from klachten.post.binnen import imap, meelopen
from klachten.postvak import Postvak
from klachten.register import Register
from klachten.scherm import post as lus
from klachten.toegang import instellingen
from klachten.toegang.postbus import Postbus
from tests import gezondproef, httpsproef, imapproef
from tests.imapproef import imap_server
from tests.mailproef import mail

NU = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MINUUT = timedelta(minutes=1)


@pytest.fixture(scope="module")
def certificaat(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return httpsproef.certificate(tmp_path_factory.mktemp("certificaat"), "mail.example")


@pytest.fixture(scope="module")
def firma(postfirma: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    with open_register(shutil.copytree(postfirma, tmp_path_factory.mktemp("firma") / "register")) as register:
        yield register


@pytest.fixture
def register(firma: Register) -> Register:
    """A register in which no mailbox was ever read."""
    shutil.rmtree(firma.map / "postvak", ignore_errors=True)
    (firma.map / "post" / meelopen.BESTAND).unlink(missing_ok=True)
    imap._geweigerd.clear()
    return firma


def box(bus: imapproef.Postbus, certificaat: Path | str, beveiliging: str = "tls", **anders: Any) -> Postbus:
    hoe = {"host": "127.0.0.1", "gebruiker": "klachten", "wachtwoord": "geheim", "vertrouwt": str(certificaat)}
    return Postbus(**{**hoe, "poort": bus.poort, "beveiliging": beveiliging, **anders})


def texts(register: Register) -> list[str]:
    return [stuk.gegevens["tekst"] for stuk in Postvak(register.map).proposals()]


@pytest.mark.parametrize("hoe", ["tls", "starttls"])
def test_a_mailbox_is_read_over_an_encrypted_line_by_a_certificate_that_is_believed(register, certificaat, hoe):
    with imap_server(certificaat=certificaat, direct=hoe == "tls") as bus:
        bus.mails = {3: mail("een"), 4: mail("twee")}
        assert imap.fetch(register, box(bus, certificaat[0], hoe), NU) == 2
        assert (texts(register), bus.versleuteld) == (["een", "twee"], [True])


@pytest.mark.parametrize("hoe", ["tls", "starttls"])
def test_a_certificate_that_nobody_vouches_for_is_refused_before_the_password_goes(register, certificaat, hoe):
    with imap_server(certificaat=certificaat, direct=hoe == "tls") as bus:
        bus.mails = {3: mail("een")}
        with pytest.raises(imap.PostbusFout) as fout:
            imap.fetch(register, box(bus, "", hoe), NU)
        assert str(fout.value) == (
            "De postbus op 127.0.0.1 is niet te lezen: zijn certificaat wordt niet vertrouwd (self-signed certificate"
            "). Kijk in het blok imap of host klopt, en of vertrouwt het certificaat noemt van wie het tekende."
        )
        assert (texts(register), bus.asked("LOGIN")) == ([], [])


def test_a_certificate_of_another_or_of_before_is_refused(register, tmp_path: Path):
    oud = httpsproef.certificate(tmp_path / "oud", "mail.example", geldig=timedelta(days=-1))
    ander = httpsproef.certificate(tmp_path / "ander", "ander.example")
    for welk, host, zin in ((oud, "127.0.0.1", "expired"), (ander, "localhost", "not valid for 'localhost'")):
        with imap_server(certificaat=welk) as bus, pytest.raises(imap.PostbusFout, match=zin):
            imap.fetch(register, box(bus, welk[0], host=host), NU)


def test_what_does_not_fit_together_is_said(register, certificaat, monkeypatch):
    monkeypatch.setattr(imap, "WACHT", 0.5)
    with (
        imap_server(certificaat=certificaat) as bus,
        pytest.raises(imap.PostbusFout, match="de server zegt niets meer"),
    ):
        imap.fetch(register, box(bus, certificaat[0], "geen"), NU)
    with imap_server() as bus:
        with pytest.raises(imap.PostbusFout, match="versleutelde verbinding lukt niet"):
            imap.fetch(register, box(bus, certificaat[0], "tls"), NU)
        with pytest.raises(imap.PostbusFout, match="kan geen starttls"):
            imap.fetch(register, box(bus, certificaat[0], "starttls"), NU)
        poort = bus.poort
        assert not bus.asked("LOGIN"), "no password goes over a line that should have been encrypted"
    with pytest.raises(imap.PostbusFout, match="niet te bereiken"):
        imap.fetch(register, box(imapproef.Postbus(poort=poort), ""), NU)


def test_a_wrong_password_is_said_and_not_tried_again_each_minute(register, certificaat):
    with imap_server(certificaat=certificaat) as bus:
        bus.mails = {3: mail("een")}
        fout = box(bus, certificaat[0], wachtwoord="vergeten")
        for minuten in (0, 1, 14):
            with pytest.raises(imap.PostbusFout, match="aanmelden lukt niet") as gezegd:
                imap.fetch(register, fout, NU + minuten * MINUUT)
            assert "vergeten" not in str(gezegd.value)
        assert len(bus.asked("LOGIN")) == 1, "or the server locks the mailbox"
        assert imap.fetch(register, box(bus, certificaat[0]), NU + MINUUT) == 1, "other settings are tried at once"
        with pytest.raises(imap.PostbusFout):
            imap.fetch(register, fout, NU + 15 * MINUUT)
        assert len(bus.asked("LOGIN")) == 3


def test_of_two_hundred_mails_and_a_line_that_breaks_none_is_lost_and_none_comes_twice(register, certificaat):
    with imap_server(certificaat=certificaat) as bus:
        een = mail("mail NUMMER")
        bus.mails = {uid: een.replace(b"NUMMER", b"%d" % uid) for uid in range(1, 201)}
        bus.breekt, ronden, gebroken = 60, 0, 0
        while len(list((register.map / "postvak").glob("*.json"))) < 200 and ronden < 12:
            ronden += 1
            try:
                imap.fetch(register, box(bus, certificaat[0]), NU + ronden * MINUUT)
            except imap.PostbusFout:
                gebroken += 1
        assert (sorted(texts(register)), gebroken) == (sorted(f"mail {uid}" for uid in bus.mails), 1)
        assert imap.fetch(register, box(bus, certificaat[0]), NU + timedelta(hours=1)) == 0
        opgehaald = bus.asked("BODY.PEEK[]")
        assert (len(opgehaald), len(set(opgehaald))) == (201, 200), "only the one that broke off is asked for again"


# --- gezond and Toestand ----------------------------------------------------------------------------------------------


def judged(register: Register, over: timedelta = timedelta(0)) -> tuple[str, str]:
    uitslagen = {een.naam: uit for een, uit in gezond.look(register.map, NU + over).uitslagen}
    return uitslagen["postbus"].ernst, uitslagen["postbus"].zin


def round_of(register: Register, op: datetime) -> None:
    """What the loop of the app does once a minute, with the settings of the register."""
    postbus = instellingen.of_register(register.map).imap
    assert postbus is not None
    lus.read_mailbox(register, postbus, op, asyncio.Event())


def test_gezond_says_when_the_mailbox_was_read_what_waits_and_why_it_cannot_be_read(register, certificaat):
    toml = register.map / "toegang" / "instellingen.toml"
    toml.parent.mkdir(exist_ok=True)
    toml.write_text("")
    assert judged(register) == (NVT, "Er wordt geen postbus gelezen.")
    with imap_server(certificaat=certificaat) as bus:
        blok = f'[imap]\nhost = "127.0.0.1"\npoort = {bus.poort}\ngebruiker = "k"\nvertrouwt = "{certificaat[0]}"\n'
        toml.write_text(f'{blok}wachtwoord = "geheim"\n')
        assert judged(register) == (LET_OP, "De postbus is nog nooit gelezen.")
        round_of(register, NU)
        gelezen = "De postbus is het laatst gelezen op 2 maart 2026 om 13.00 uur."
        assert judged(register, MINUUT) == (GOED, f"{gelezen} Er wacht geen mail.")
        bus.mails = {1: mail("een"), 2: mail("twee")}
        round_of(register, NU + MINUUT)
        assert judged(register, timedelta(hours=30))[0] == GOED
        ernst, zin = judged(register, timedelta(days=3))
        assert (ernst, "2 mails wachten tot iemand ernaar kijkt; de oudste 2 dagen." in zin) == (LET_OP, True)
        assert judged(register, timedelta(days=8))[0] == FOUT
        toml.write_text(f'{blok}wachtwoord = "fout"\n')
        with pytest.raises(imap.PostbusFout):
            round_of(register, NU + 2 * MINUUT)
        ernst, zin = judged(register, 3 * MINUUT)
        assert (ernst, "aanmelden lukt niet" in zin) == (FOUT, True)
        assert "Het laatst gelezen op 2 maart 2026 om 13.01 uur." in zin
        toml.write_text(f'{blok}wachtwoord = "geheim"\n'.replace(f'vertrouwt = "{certificaat[0]}"\n', ""))
        with pytest.raises(imap.PostbusFout):
            round_of(register, NU + 3 * MINUUT)
        assert "certificaat wordt niet vertrouwd" in judged(register)[1]
        toml.write_text(f'{blok}wachtwoord = "geheim"\n')
        round_of(register, NU + 4 * MINUUT)
        assert judged(register, 5 * MINUUT)[0] == GOED, "it is well again by itself"
        gezondproef.beat(register.map, moment=(NU + timedelta(hours=2)).isoformat())
        assert judged(register, timedelta(hours=2)) == (
            FOUT, "De app las de postbus het laatst op 2 maart 2026 om 13.04 uur, 1 uur geleden.",
        )  # fmt: skip
    toml.write_text("")
    assert judged(register)[0] == LET_OP, "what was read before still waits"


def test_the_loop_of_the_app_writes_it_down_and_says_above_the_pages_that_it_cannot(register, certificaat, monkeypatch):
    vorig = scherm.gebruik(register)
    toml = register.map / "toegang" / "instellingen.toml"
    toml.parent.mkdir(exist_ok=True)
    try:
        with imap_server(certificaat=certificaat) as bus:
            toml.write_text(f'[imap]\nhost = "127.0.0.1"\npoort = {bus.poort}\ngebruiker = "k"\nwachtwoord = "fout"\n')
            with pytest.raises(imap.PostbusFout, match="certificaat"):
                lus.look(register, asyncio.Event())
        stand = meelopen.read(register.map)
        assert stand is not None
        assert ("certificaat" in stand.fout, stand.goed_op) == (True, "")
    finally:
        toml.unlink()
        scherm.gebruik(vorig)
