"""The rules of signing in, one by one: passwords, guessing, forms and the second step."""

from __future__ import annotations

import threading

import pyotp
import pytest

from klachten.toegang import csrf, rem, totp
from klachten.toegang.opslag import Opslag
from klachten.toegang.rem import Rem
from klachten.toegang.sleutel import Sleutel
from klachten.toegang.wachtwoord import TeDruk, Wachtwoorden, te_zwak
from tests import eindig
from tests.toegangproef import GOED, NU, opslag, snel

# The folder and the passwords of toegangproef.
__all__ = ["opslag", "snel"]

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
