"""The secret of this installation: what is kept beside it on the disk cannot be used without it."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from klachten.schijf import replace_file

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_LENGTE = 32
_NONCE = 12


class Sleutel:
    """Thirty-two random bytes, with a key of its own for every purpose."""

    def __init__(self, geheim: bytes) -> None:
        if len(geheim) != _LENGTE:
            raise ValueError(f"een sleutel heeft {_LENGTE} bytes")
        self._geheim = geheim

    @classmethod
    def make(cls) -> Sleutel:
        """Return a new key that is kept nowhere."""
        return cls(secrets.token_bytes(_LENGTE))

    @classmethod
    def read_or_make(cls, pad: Path) -> Sleutel:
        """Return the key in this file; make it the first time, for nobody else to read (on POSIX)."""
        if not pad.exists():
            replace_file(pad, secrets.token_bytes(_LENGTE), mode=0o600)
        return cls(pad.read_bytes())

    def merk(self, doel: str, *delen: str) -> str:
        """Return a mark (64 hex digits) of these parts: the same parts give the same mark, and only here."""
        inhoud = "\x00".join((doel, *delen)).encode()
        return hmac.new(self._geheim, inhoud, hashlib.sha256).hexdigest()

    def encrypt(self, inhoud: bytes, bij: str) -> bytes:
        """Return the content so that it can be read only here, and only as that of `bij`."""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._kluis().encrypt(nonce, inhoud, bij.encode())

    def decrypt(self, verborgen: bytes, bij: str) -> bytes:
        """Return what `encrypt` hid; InvalidTag (cryptography) when it is of somebody else or was changed."""
        return self._kluis().decrypt(verborgen[:_NONCE], verborgen[_NONCE:], bij.encode())

    def _kluis(self) -> AESGCM:
        # It takes a tenth of a second to import, and the example never needs it.
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return AESGCM(bytes.fromhex(self.merk("bewaren")))


def token() -> str:
    """Return 32 random bytes as they go into a cookie or a link."""
    return secrets.token_urlsafe(32)


def afdruk(token: str) -> str:
    """Return what is kept of a token: with it nobody can make the token again (64 hex digits)."""
    return hashlib.sha256(token.encode()).hexdigest()
