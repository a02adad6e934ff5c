"""The rules of signing in, one by one: what is kept, what is refused, and when it ends."""

from __future__ import annotations

import os
import sqlite3
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyotp
import pytest
from cryptography.exceptions import InvalidTag

from klachten.toegang import csrf, herkomst, instellingen, rem, totp, uitnodigen
from klachten.toegang.accounts import Account, Accounts, NaamBezet
from klachten.toegang.instellingen import Instellingen, OngeldigeInstelling, OnveiligAdres
from klachten.toegang.opslag import Opslag
from klachten.toegang.rem import Rem
from klachten.toegang.sessies import HOOGSTENS, STIL, Sessies, waarmee
from klachten.toegang.sleutel import Sleutel, afdruk
from klachten.toegang.wachtwoord import TeDruk, Wachtwoorden, te_zwak
from tests import eindig

NU = 1_800_000_000.0
GOED = "paarse fiets onder de brug"


@pytest.fixture
def opslag(tmp_path: Path):
    opslag = Opslag(tmp_path / "toegang")
    yield opslag
    opslag.close()


@pytest.fixture(scope="module")
def snel() -> Wachtwoorden:
    return Wachtwoorden(time_cost=1, memory_cost=64)


# Passwords


@pytest.mark.parametrize(
    "tekst",
    [
        "",
        "kort",
        "elf tekens!",
        "x" * 257,
        "aaaaaaaaaaaaaaaa",
        "123456789012",
        "passwordpassword",
        "qwertyuiop[]",
        "Wachtwoord2026!",
        "WelkomWelkom1",
        "Annadewit2026",
        "coulantcoulant",
        "anna@coulant.example",
        "Zomer2026Zomer",
    ],
)
def test_an_easy_password_is_refused_with_a_sentence(tekst: str):
    reden = te_zwak(tekst, ("Anna", "de Wit", "anna@coulant.example", "Coulant"))
    assert reden
    assert reden.endswith(".")


@pytest.mark.parametrize(
    "tekst",
    [
        GOED,
        "kxW3-9fTq-ppL2-vv0z",
        "ik fiets graag langs de Maas",
        "é" * 3 + " korenbloem wolk",
        "q7" * 3 + "Maasplas" * 30,
    ],
)
def test_any_password_that_is_hard_to_guess_will_do(tekst: str):
    assert te_zwak(tekst, ("Anna", "de Wit")) is None


def test_a_password_is_kept_so_that_only_it_fits(snel: Wachtwoorden):
    bewaard = snel.hash(GOED)
    assert bewaard.startswith("$argon2id$")
    assert GOED not in bewaard
    assert snel.klopt(bewaard, GOED)
    assert not snel.klopt(bewaard, GOED + " ")
    assert not snel.klopt("geen hash", GOED)
    # Typed on another keyboard: e and an accent apart.
    assert snel.klopt(snel.hash("caf\u00e9 aan de overkant"), "cafe\u0301 aan de overkant")


def test_nobody_has_a_password_that_fits(snel: Wachtwoorden):
    """Not even the one whose hash is looked at meanwhile."""
    echt = snel._niemand
    snel._niemand = snel.hash(GOED)
    assert not snel.klopt(None, GOED)
    assert not snel.klopt("", GOED)
    snel._niemand = echt


@pytest.mark.usefixtures("echte_kosten")
def test_the_cost_of_a_password_is_what_was_chosen(snel: Wachtwoorden):
    gewoon = Wachtwoorden()
    assert "$m=65536,t=3,p=1$" in gewoon.hash(GOED)
    assert gewoon.verouderd(snel.hash(GOED))
    assert not snel.verouderd(snel.hash(GOED))


def test_who_comes_when_the_queue_is_full_is_asked_to_come_back():
    """Two at once and one waiting: the fourth is refused at once, and after that it is anybody's turn again."""
    druk = Wachtwoorden(time_cost=1, memory_cost=64, plaatsen=2, wachtenden=1)
    bezig, verder = threading.Barrier(3), threading.Event()
    bewaard = druk.hash(GOED)
    echt = druk._maker

    class Traag:
        def verify(self, bewaard: str, tekst: str) -> bool:
            bezig.wait(10)
            verder.wait(10)
            return echt.verify(bewaard, tekst)

    druk._maker = Traag()  # type: ignore[assignment]
    uitkomst: list[bool] = []
    draden = [threading.Thread(target=lambda: uitkomst.append(druk.klopt(bewaard, GOED))) for _ in range(2)]
    for draad in draden:
        draad.start()
    bezig.wait(10)
    druk._maker = echt
    wachtende = threading.Thread(target=lambda: uitkomst.append(druk.klopt(bewaard, GOED)))
    wachtende.start()
    eindig.until(lambda: not druk._rij._value, "the third does not stand in the queue")
    with pytest.raises(TeDruk):
        druk.klopt(bewaard, GOED)
    verder.set()
    for draad in (*draden, wachtende):
        draad.join(10)
    assert uitkomst == [True] * 3
    assert druk.klopt(bewaard, GOED)


# Sessions


@pytest.mark.parametrize(
    ("gebruikt", "later", "leeft"),
    [
        ((), STIL - 1, True),
        ((), STIL, False),
        ((STIL - 1,), STIL + 1, True),
        ((STIL + 1,), STIL + 2, False),
        (tuple(1000.0 * i for i in range(1, 37)), HOOGSTENS - 1, True),
        (tuple(1000.0 * i for i in range(1, 37)), HOOGSTENS, False),
    ],
)
def test_a_session_ends_when_nothing_is_done_and_in_any_case_after_a_working_day(
    opslag: Opslag, gebruikt: tuple[float, ...], later: float, leeft: bool
):
    sessies = Sessies(opslag)
    koek, sessie = sessies.begin("anna", NU)
    for moment in gebruikt:
        sessies.touch(sessie.hash, NU + moment)
    assert (sessies.read(koek, NU + later) is not None) is leeft
    # After a restart it is the same, but for the last minute of use.
    assert (Sessies(opslag).read(koek, NU + later) is not None) is leeft


def test_looking_does_not_keep_a_session_alive(opslag: Opslag):
    sessies = Sessies(opslag)
    koek, _ = sessies.begin("anna", NU)
    for minuut in range(30):
        assert sessies.read(koek, NU + 60 * minuut)
    assert sessies.read(koek, NU + STIL) is None


def test_an_ended_session_stays_ended(opslag: Opslag):
    sessies, gehoord = Sessies(opslag), []
    sessies.bij_einde = gehoord.append
    een, twee, bas = (sessies.begin(wie, NU + i) for i, wie in enumerate(["anna", "anna", "bas"]))
    sessies.end(een[1].hash)
    sessies.touch(een[1].hash, NU + 5)
    assert gehoord == [een[1].hash]
    assert [sessies.read(koek, NU + 6) for koek, _ in (een, twee, bas)] == [None, twee[1], bas[1]]
    assert Sessies(opslag).read(een[0], NU + 6) is None


def test_one_may_end_all_others(opslag: Opslag):
    sessies = Sessies(opslag)
    hier, daar, elders = (sessies.begin("anna", NU + i)[1] for i in range(3))
    bas = sessies.begin("bas", NU)[1]
    assert [sessie.hash for sessie in sessies.of("anna", NU + 9)] == [elders.hash, daar.hash, hier.hash]
    assert sessies.end_all("anna", behalve=hier.hash) == 2
    assert sessies.of("anna", NU + 9) == [hier]
    assert sessies.of("bas", NU + 9) == [bas]


def test_a_session_that_is_over_leaves_the_disk(opslag: Opslag):
    sessies = Sessies(opslag)
    sessies.begin("anna", NU)
    sessies.begin("bas", NU + STIL + 1)
    assert [rij["persoon"] for rij in opslag.rows("SELECT persoon FROM sessie")] == ["bas"]


@pytest.mark.parametrize(
    ("user_agent", "naam"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox op Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge op Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari op iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36", "Chrome op Android"),
        ("", "Een browser"),
    ],
)
def test_a_session_is_called_by_what_its_owner_knows(user_agent: str, naam: str):
    assert waarmee(user_agent) == naam


# Guessing


def test_who_guesses_waits_longer_and_longer_and_nobody_longer_than_a_quarter(opslag: Opslag):
    een, nu, gewacht = Rem(opslag), NU, []
    for _ in range(14):
        een.wrong("anna", "192.0.2.7", nu)
        gewacht.append(een.wait("anna", "192.0.2.7", nu))
        nu += gewacht[-1]
    assert gewacht[:10] == [0, 0, 0, 0, 30, 60, 120, 240, 480, 900]
    assert set(gewacht[10:]) == {rem.LANGSTE_WACHT}
    # It is the same name in capitals, and it outlives a restart.
    assert Rem(opslag).wait(" ANNA ", "192.0.2.7", nu - 1) == 1


def test_the_right_password_wipes_the_slate(opslag: Opslag):
    een = Rem(opslag)
    for _ in range(4):
        een.wrong("anna", "192.0.2.7", NU)
    een.right("anna", "192.0.2.7", NU)
    een.wrong("anna", "192.0.2.7", NU)
    assert een.wait("anna", "192.0.2.7", NU) == 0


def guess_from_everywhere(een: Rem, naam: str = "anna", keer: int = 40) -> None:
    for i in range(keer):
        een.wrong(naam, f"198.51.100.{i}", NU)


def test_guessing_from_elsewhere_does_not_touch_who_signed_in_from_here(opslag: Opslag):
    een = Rem(opslag)
    een.right("anna", "192.0.2.7", NU - rem.BEKEND + 1)
    guess_from_everywhere(een)
    assert een.wait("anna", "192.0.2.7", NU) == 0
    assert een.wait("anna", "192.0.2.7", NU + 1) > 0  # known for thirty days, and not a second longer


def test_a_colleague_at_a_new_address_waits_at_most_a_minute_whatever_others_do(opslag: Opslag):
    een = Rem(opslag)
    guess_from_everywhere(een)
    assert een.wait("anna", "192.0.2.7", NU) == rem.NAAM_LANGSTE_WACHT
    guess_from_everywhere(een)
    assert een.wait("anna", "192.0.2.7", NU + 20) == rem.NAAM_LANGSTE_WACHT - 20
    guess_from_everywhere(een)
    assert een.wait("anna", "192.0.2.7", NU + 60) == 0
    een.wrong("anna", "192.0.2.7", NU + 60)  # and each further attempt again
    assert een.wait("anna", "192.0.2.7", NU + 60) == rem.NAAM_LANGSTE_WACHT


def test_one_address_that_tries_many_names_waits_for_all_of_them(opslag: Opslag):
    een = Rem(opslag)
    for i in range(rem.ADRES_VRIJ):
        assert een.wait(f"naam{i}", "192.0.2.7", NU) == 0
        een.wrong(f"naam{i}", "192.0.2.7", NU)
    assert een.wait("nog een", "192.0.2.7", NU) == rem.ADRES_VENSTER
    assert een.wait("nog een", "192.0.2.8", NU) == 0
    assert een.wait("nog een", "192.0.2.7", NU + rem.ADRES_VENSTER) == 0


def test_no_attempt_is_lost_when_many_come_at_once(opslag: Opslag):
    een = Rem(opslag)
    draden = [threading.Thread(target=een.wrong, args=("anna", "192.0.2.7", NU)) for _ in range(8)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(eindig.GENOEG)
    assert een.wait("anna", "192.0.2.7", NU) == 30 * 2 ** (8 - 5)


# Forms


@pytest.mark.parametrize(
    ("koppen", "eigen"),
    [
        ({"origin": "https://klachten.example", "sec-fetch-site": "same-origin"}, True),
        ({"origin": "https://klachten.example"}, True),
        ({}, False),
        ({"origin": "null"}, False),
        ({"origin": "http://klachten.example"}, False),
        ({"origin": "https://klachten.example:8443"}, False),
        ({"origin": "https://kwaad.example"}, False),
        ({"origin": "https://klachten.example.kwaad.example"}, False),
        ({"origin": "https://klachten.example", "sec-fetch-site": "cross-site"}, False),
        ({"origin": "https://klachten.example", "sec-fetch-site": "same-site"}, False),
    ],
)
def test_only_a_page_of_this_register_may_send_something(koppen: dict[str, str], eigen: bool):
    assert csrf.own_origin(koppen, "https://klachten.example") is eigen


def test_a_form_is_of_one_session_of_one_register():
    sleutel, ander = Sleutel(b"a" * 32), Sleutel(b"b" * 32)
    merk = csrf.mark(sleutel, "sessie")
    assert csrf.fits(sleutel, "sessie", merk)
    for gekregen in ("", merk[:-1], merk.upper(), csrf.mark(sleutel, "andere"), csrf.mark(ander, "sessie"), "é"):
        assert not csrf.fits(sleutel, "sessie", gekregen)


# The second step


@pytest.mark.parametrize(("verschil", "goed"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_code_counts_when_the_clock_is_half_a_minute_off(verschil: int, goed: bool):
    geheim = totp.new_secret()
    code = pyotp.TOTP(geheim).at(NU + 30 * verschil)
    stap = totp.check(geheim, f"{code[:3]} {code[3:]}", NU, 0)
    assert stap == (int(NU) // 30 + verschil if goed else None)


def test_a_code_counts_once():
    geheim = totp.new_secret()
    stap = totp.check(geheim, pyotp.TOTP(geheim).at(NU), NU, 0)
    assert stap
    assert totp.check(geheim, pyotp.TOTP(geheim).at(NU), NU, stap) is None
    assert totp.check(geheim, pyotp.TOTP(geheim).at(NU - 30), NU, stap) is None
    assert totp.check(geheim, pyotp.TOTP(geheim).at(NU + 30), NU, stap) == stap + 1


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "\u0661\u0662\u0663\u0664\u0665\u0666"])
def test_what_is_no_code_does_not_fit(code: str):
    assert totp.check(totp.new_secret(), code, NU, 0) is None


def test_a_recovery_code_works_once_for_its_owner(opslag: Opslag):
    codes = totp.Herstelcodes(opslag)
    anna, bas = codes.make("anna"), codes.make("bas")
    assert len(set(anna + bas)) == 20
    assert not codes.use("anna", bas[0], NU)
    assert codes.use("anna", f" {anna[0].lower().replace('-', ' ')} ", NU)
    assert not codes.use("anna", anna[0], NU)
    assert (codes.left("anna"), codes.left("bas")) == (9, 10)
    codes.make("anna")
    assert not codes.use("anna", anna[1], NU)


def test_the_picture_holds_the_secret_and_asks_nobody():
    beeld = totp.qr(totp.new_secret(), "anna@coulant.example", "klachten Coulant")
    assert beeld.startswith("data:image/svg+xml")


# Accounts and invitations


def test_a_secret_is_readable_only_here_and_only_for_its_owner(opslag: Opslag, tmp_path: Path):
    accounts = Accounts(opslag)
    for wie in ("anna", "bas"):
        accounts.make(wie, f"{wie}@coulant.example", NU)
    accounts.set_totp("anna", "JBSWY3DPEHPK3PXP")
    anna = accounts.of("anna")
    assert anna
    assert accounts.totp_secret(anna) == "JBSWY3DPEHPK3PXP"
    assert accounts.totp_secret(accounts.of("bas")) == ""  # type: ignore[arg-type]
    with pytest.raises(InvalidTag):
        accounts.totp_secret(Account("bas", "bas", totp=anna.totp))
    with pytest.raises(InvalidTag):
        Sleutel(b"x" * 32).decrypt(anna.totp or b"", "anna")


def test_a_sign_in_name_is_of_one_person(opslag: Opslag):
    accounts = Accounts(opslag)
    accounts.make("anna", "anna@coulant.example", NU)
    with pytest.raises(NaamBezet):
        accounts.make("bas", " ANNA@coulant.example ", NU)
    accounts.make("anna", "a.dewit@coulant.example", NU)
    assert accounts.named("anna@coulant.example") is None
    assert accounts.named("A.deWit@Coulant.example").persoon == "anna"  # type: ignore[union-attr]


def test_of_two_who_use_one_code_at_once_the_second_is_refused(opslag: Opslag):
    accounts = Accounts(opslag)
    accounts.make("anna", "anna", NU)
    assert [accounts.use_totp("anna", stap) for stap in (5, 5, 4, 6)] == [True, False, False, True]


def test_an_invitation_works_once_and_three_days(opslag: Opslag):
    uit = uitnodigen.Uitnodigingen(opslag)
    code = uit.make("anna", uitnodigen.NIEUW, "iris", NU)
    einde = NU + uitnodigen.GELDIG
    assert uit.look(code, NU) == uit.look(code, einde - 1) == uitnodigen.Uitnodiging("anna", "nieuw", "iris", einde)
    assert uit.look(code, einde) is None
    assert not uit.use(code, einde)
    assert uit.look("onzin", NU) is None
    assert not uit.use("onzin", NU)
    assert uit.use(code, einde - 1)
    assert not uit.use(code, einde - 1)
    assert uit.look(code, NU) is None
    eerste, tweede = (uit.make("anna", uitnodigen.HERSTEL, "iris", NU) for _ in range(2))
    assert uit.look(eerste, NU) is None
    assert uit.look(tweede, NU)


def test_forgetting_a_person_leaves_nothing_of_that_person_on_the_disk(opslag: Opslag, snel: Wachtwoorden):
    accounts, sessies = Accounts(opslag), Sessies(opslag)
    for wie in ("anna", "bas"):
        accounts.make(wie, f"{wie}.geheim@coulant.example", NU)
        accounts.set_password(wie, snel.hash(GOED))
        accounts.set_totp(wie, "JBSWY3DPEHPK3PXP")
        totp.Herstelcodes(opslag).make(wie)
        sessies.begin(wie, NU)
        uitnodigen.Uitnodigingen(opslag).make(wie, uitnodigen.NIEUW, "iris", NU)
    opslag.forget("anna")
    inhoud = b"".join(pad.read_bytes() for pad in opslag.map.iterdir())
    assert b"anna" not in inhoud
    assert b"bas.geheim" in inhoud


def test_what_proves_who_one_is_is_not_on_the_disk(opslag: Opslag, snel: Wachtwoorden):
    accounts, geheim = Accounts(opslag), totp.new_secret()
    accounts.make("anna", "anna@coulant.example", NU)
    accounts.set_password("anna", snel.hash(GOED))
    accounts.set_totp("anna", geheim)
    koek, sessie = Sessies(opslag).begin("anna", NU)
    code = uitnodigen.Uitnodigingen(opslag).make("anna", uitnodigen.NIEUW, "iris", NU)
    herstel = totp.Herstelcodes(opslag).make("anna")[0]
    Rem(opslag).wrong("anna@coulant.example", "192.0.2.77", NU)
    inhoud = b"".join(pad.read_bytes() for pad in opslag.map.iterdir())
    assert sessie.hash.encode() in inhoud
    assert sessie.hash == afdruk(koek)
    for verborgen in (GOED, geheim, koek, code, herstel, herstel.replace("-", ""), "192.0.2.77"):
        assert verborgen.encode() not in inhoud, verborgen


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_nobody_else_on_the_machine_reads_it(opslag: Opslag):
    assert opslag.map.stat().st_mode & 0o777 == 0o700
    assert {pad.name: pad.stat().st_mode & 0o077 for pad in opslag.map.iterdir()} == dict.fromkeys(
        ["sleutel", "toegang.sqlite", "toegang.sqlite-shm", "toegang.sqlite-wal"], 0
    )


def test_the_key_of_a_register_stays_the_same(tmp_path: Path):
    pad = tmp_path / "sleutel"
    assert Sleutel.read_or_make(pad).merk("x") == Sleutel.read_or_make(pad).merk("x")
    pad.write_bytes(b"te kort")
    with pytest.raises(ValueError, match="32 bytes"):
        Sleutel.read_or_make(pad)


def test_a_group_of_changes_is_whole_or_absent(opslag: Opslag):
    with pytest.raises(sqlite3.IntegrityError), opslag.write() as db:
        db.executemany("INSERT INTO poging VALUES (?, 1, 0, 0)", [("x",), ("x",)])
    assert opslag.rows("SELECT * FROM poging") == []


# Where from


def vraag(
    host: str | None = "klachten.example", client: Any = ("192.0.2.7", 5000), scheme: str = "http", **koppen: str
):
    eigen = [] if host is None else [(b"host", host.encode())]
    anders = [(naam.replace("_", "-").encode(), waarde.encode()) for naam, waarde in koppen.items()]
    return {"type": "http", "scheme": scheme, "client": client, "headers": [*eigen, *anders]}


PROXY = Instellingen(adres="https://klachten.example", proxies=("10.0.0.1", "10.0.0.2"))
NET = Instellingen(adres="https://klachten.example", proxies=("172.18.0.0/16",))
EIGEN_PROXY = Instellingen(adres="https://klachten.example", proxies=("127.0.0.1",))
VIA = ("10.0.0.1", 6000)


@pytest.mark.parametrize(
    ("scope", "instelling", "origin", "client"),
    [
        (vraag(), Instellingen(), "http://klachten.example", "192.0.2.7"),
        (vraag("LOCALHOST:8501"), Instellingen(), "http://localhost:8501", "192.0.2.7"),
        (vraag("[::1]:8501", ("::1", 1)), Instellingen(), "http://[::1]:8501", "::1"),
        (vraag(scheme="wss"), Instellingen(), "https://klachten.example", "192.0.2.7"),
        (vraag("klachten.example:443", scheme="https"), Instellingen(), "https://klachten.example", "192.0.2.7"),
        (vraag(client=("::ffff:192.0.2.7", 1)), Instellingen(), "http://klachten.example", "192.0.2.7"),
        # A stranger may say what it likes; a proxy of ours is believed.
        (vraag(x_forwarded_for="127.0.0.1", x_forwarded_proto="https"), PROXY, "http://klachten.example", "192.0.2.7"),
        (
            vraag(client=VIA, x_forwarded_for="9.9.9.9", x_forwarded_proto="https"),
            PROXY,
            "https://klachten.example",
            "9.9.9.9",
        ),
        (
            vraag(client=VIA, x_forwarded_for="127.0.0.1, 9.9.9.9, 10.0.0.2"),
            PROXY,
            "http://klachten.example",
            "9.9.9.9",
        ),
        (vraag(client=VIA), PROXY, "http://klachten.example", "10.0.0.1"),
        # IIS writes the port of the browser behind its address; a network of proxies; one that says nothing of https.
        (
            vraag(client=VIA, x_forwarded_for="9.9.9.9:51234", x_forwarded_proto="https"),
            PROXY,
            "https://klachten.example",
            "9.9.9.9",
        ),
        (vraag(client=VIA, x_forwarded_for="[2001:db8::7]:9"), PROXY, "http://klachten.example", "2001:db8::7"),
        (vraag(client=("::ffff:172.18.0.4", 9), x_forwarded_for="9.9.9.9"), NET, "http://klachten.example", "9.9.9.9"),
        # What uvicorn has read already: no port.
        (
            vraag(client=("9.9.9.9", 0), scheme="https", x_forwarded_for="9.9.9.9"),
            EIGEN_PROXY,
            "https://klachten.example",
            "9.9.9.9",
        ),
    ],
)
def test_where_a_request_came_to_and_from(scope: Any, instelling: Instellingen, origin: str, client: str):
    gevonden = herkomst.find(scope, instelling)
    assert gevonden
    assert (gevonden.origin, gevonden.client) == (origin, client)
    assert gevonden.versleuteld is origin.startswith("https")


@pytest.mark.parametrize(
    "scope",
    [
        vraag(None),
        vraag(""),
        {**vraag(), "headers": [(b"host", b"a.example"), (b"host", b"b.example")]},
        vraag("klachten.example:99999"),
        vraag("klachten.example/pad"),
        vraag("iemand@klachten.example"),
        vraag("klachten.example?x"),
        vraag(client=None),
        vraag(client=("testclient", 5000)),
        vraag(scheme="gopher"),
        vraag(client=("9.9.9.9", 0), x_forwarded_for="9.9.9.9"),
        {**vraag(client=VIA, x_forwarded_for="onzin")},
        # A whole network may be trusted: nobody in it is this machine.
        vraag(client=VIA, x_forwarded_for="127.0.0.1"),
        # Of this machine, but not in the settings: it would make everybody one who is here.
        vraag(client=("127.0.0.1", 9), x_forwarded_for="9.9.9.9"),
        vraag(client=("127.0.0.1", 9), x_forwarded_proto="https"),
        vraag(client=("::1", 9), forwarded="for=9.9.9.9"),
        vraag(client=VIA, x_forwarded_proto="gopher"),
        {
            **vraag(client=VIA),
            "headers": [(b"host", b"a.example"), *[(b"x-forwarded-proto", b"https"), (b"x-forwarded-proto", b"http")]],
        },
    ],
)
def test_a_request_that_does_not_say_where_it_comes_from_is_none(scope: Any):
    assert herkomst.find(scope, Instellingen(proxies=("10.0.0.1",))) is None


def test_this_machine_is_known_by_its_address():
    for client, eigen in (
        ("127.0.0.1", True),
        ("127.8.9.10", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("10.0.0.1", False),
    ):
        assert herkomst.find(vraag(client=(client, 1)), Instellingen()).eigen_machine is eigen  # type: ignore[union-attr]


# Settings


@pytest.mark.parametrize(
    ("inhoud", "wordt"),
    [
        (None, Instellingen()),
        ("", Instellingen()),
        (
            (
                'luister = "0.0.0.0"\nadres = "https://klachten.example"\nproxies = ["10.0.0.1"]\n'
                '[tls]\nsleutel = "s"\ncertificaat = "c"'
            ),
            Instellingen("0.0.0.0", "https://klachten.example", ("10.0.0.1",), "s", "c"),
        ),
    ],
)
def test_settings_are_read(tmp_path: Path, inhoud: str | None, wordt: Instellingen):
    pad = tmp_path / "instellingen.toml"
    if inhoud is not None:
        pad.write_text(inhoud, encoding="utf-8")
    gelezen = instellingen.load(pad)
    # Files are named from where the settings are.
    kort = {naam: getattr(gelezen, naam).removeprefix(f"{tmp_path}{os.sep}") for naam in ("sleutel", "certificaat")}
    assert replace(gelezen, **kort) == wordt


@pytest.mark.parametrize(
    "inhoud",
    [
        "geen toml",
        'luistert = "x"',
        "luister = 3",
        'proxies = "10.0.0.1"',
        'proxies = ["proxy.example"]',
        'adres = "klachten.example"',
        'adres = "https://klachten.example/app"',
        "tls = 3",
    ],
)
def test_a_setting_that_cannot_be_used_is_named(tmp_path: Path, inhoud: str):
    pad = tmp_path / "instellingen.toml"
    pad.write_text(inhoud, encoding="utf-8")
    with pytest.raises(OngeldigeInstelling, match=r"^instellingen\.toml"):
        instellingen.load(pad)


HTTPS = "https://klachten.example"


@pytest.mark.parametrize(
    ("instelling", "voorbeeld", "luister", "mag"),
    [
        (Instellingen(), True, "127.0.0.1", True),
        (Instellingen(), True, "[::1]", True),
        (Instellingen(), True, "0.0.0.0", False),
        (Instellingen(), True, None, False),
        (Instellingen(adres=HTTPS, proxies=("127.0.0.1",)), True, "127.0.0.1", False),
        (Instellingen(), False, "127.0.0.1", True),
        (Instellingen(adres="http://localhost:8501"), False, "127.0.0.1", True),
        (Instellingen(adres="http://klachten.example"), False, "127.0.0.1", False),
        (Instellingen(adres=HTTPS, proxies=("127.0.0.1",)), False, "127.0.0.1", True),
        (Instellingen(adres=HTTPS), False, "127.0.0.1", False),
        (Instellingen(), False, "0.0.0.0", False),
        (Instellingen(adres=HTTPS), False, "0.0.0.0", False),
        (Instellingen(adres=HTTPS, proxies=("10.0.0.1",)), False, "0.0.0.0", True),
        (Instellingen(adres=HTTPS, certificaat="c", sleutel="s"), False, "", True),
        (Instellingen(adres=HTTPS, certificaat="c"), False, "", False),
        (Instellingen(adres="https://localhost:8501", certificaat="c", sleutel="s"), False, "127.0.0.1", True),
        (Instellingen(adres="https://localhost:8501", certificaat="c", sleutel="s"), True, "127.0.0.1", False),
        (Instellingen(adres=HTTPS, ook=("http://b.example",), proxies=("10.0.0.1",)), False, "127.0.0.1", False),
        (Instellingen(adres=HTTPS, ook=("https://b.example",), proxies=("10.0.0.1",)), False, "127.0.0.1", True),
    ],
)
def test_others_come_in_only_with_an_account_and_over_https(
    instelling: Instellingen, voorbeeld: bool, luister: str | None, mag: bool
):
    if mag:
        instellingen.check(instelling, voorbeeld=voorbeeld, luister=luister)
        return
    with pytest.raises(OnveiligAdres):
        instellingen.check(instelling, voorbeeld=voorbeeld, luister=luister)
