"""The second step of signing in: the code of an app on a phone, or a recovery code."""

from __future__ import annotations

import secrets

import pyotp
import segno

from klachten.toegang.opslag import Opslag

_STAP = 30
_SPELING = 1
_CODES = 10
# No 0, 1, O, I or L: the codes are copied from paper.
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_LENGTE = 16


def new_secret() -> str:
    """Return a new secret, as people can type it over: 32 letters and digits."""
    return pyotp.random_base32()


def qr(geheim: str, aanmeldnaam: str, uitgever: str) -> str:
    """Return the picture that the app on the phone reads, as an address that an <img> takes (SVG)."""
    adres = pyotp.TOTP(geheim).provisioning_uri(name=aanmeldnaam, issuer_name=uitgever)
    return segno.make(adres, error="m").svg_data_uri(scale=5, border=3, dark="#1B2B2F", light="#FFFFFF")


def check(geheim: str, code: str, nu: float, laatste: int) -> int | None:
    """Return the number of the half minute whose code this is, or None when it does not fit.

    A clock may be half a minute off either way. `laatste` is the half minute whose code was used last: that one and
    those before it are refused, so that nobody can use a code that was looked at over a shoulder.
    """
    code = "".join(code.split())
    totp, nu_stap = pyotp.TOTP(geheim), int(nu) // _STAP
    for stap in range(nu_stap - _SPELING, nu_stap + _SPELING + 1):
        if stap > laatste and pyotp.utils.strings_equal(totp.at(stap * _STAP), code):
            return stap
    return None


class Herstelcodes:
    """Ten codes for when the phone is gone; each works once.

    Of a code only a mark is kept. That is enough, where a password needs argon2: a code is sixteen random signs, which
    nobody can try one by one.
    """

    def __init__(self, opslag: Opslag) -> None:
        self._opslag = opslag

    def make(self, persoon: str) -> list[str]:
        """Return ten new codes to be shown once; the older ones no longer work."""
        codes = ["".join(secrets.choice(_LETTERS) for _ in range(_LENGTE)) for _ in range(_CODES)]
        with self._opslag.write() as db:
            db.execute("DELETE FROM herstelcode WHERE persoon = ?", (persoon,))
            db.executemany(
                "INSERT INTO herstelcode VALUES (?, ?, NULL)", [(self._mark(persoon, code), persoon) for code in codes]
            )
        return ["-".join(code[i : i + 4] for i in range(0, _LENGTE, 4)) for code in codes]

    def use(self, persoon: str, code: str, nu: float) -> bool:
        """Tell whether this code works, and let it work no more."""
        with self._opslag.write() as db:
            gebruikt = db.execute(
                "UPDATE herstelcode SET gebruikt_op = ? WHERE merk = ? AND gebruikt_op IS NULL",
                (nu, self._mark(persoon, code)),
            )
            return gebruikt.rowcount == 1

    def drop(self, persoon: str) -> None:
        """Let no code of a person work any more."""
        with self._opslag.write() as db:
            db.execute("DELETE FROM herstelcode WHERE persoon = ?", (persoon,))

    def left(self, persoon: str) -> int:
        """Return how many codes still work."""
        vraag = "SELECT COUNT(*) AS aantal FROM herstelcode WHERE persoon = ? AND gebruikt_op IS NULL"
        return self._opslag.rows(vraag, persoon)[0]["aantal"]

    def _mark(self, persoon: str, code: str) -> str:
        kaal = "".join(teken for teken in code.upper() if teken in _LETTERS)
        return self._opslag.sleutel.merk("herstelcode", persoon, kaal)
