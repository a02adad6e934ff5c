"""Sealing and opening with AES-256-GCM: what was sealed for one place does not open in another.

A sealed piece is: 3 bytes that say what it is, 8 of the id of its key, 12 of chance, and the ciphertext with its tag.
With 12 bytes of chance a key may seal 2**32 pieces before two could meet; a register of a million klachten has 10**7.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MERK = b"KV1"
_ID, _TOEVAL = 8, 12
KOP = len(MERK) + _ID + _TOEVAL
LENGTE = 32


class VersleutelingFout(ValueError):
    """Something sealed cannot be used; the text is a Dutch sentence."""

    soort = "sleutel_past_niet"


class SleutelOntbreekt(VersleutelingFout):
    """It was sealed with a key that is not here."""


class VakBeschadigd(VersleutelingFout):
    """It was changed, or belongs in another place."""


def new_key() -> bytes:
    """A new key."""
    return os.urandom(LENGTE)


def id_of(sleutel: bytes) -> str:
    """By what a key is known; it says nothing about the key itself."""
    return hashlib.sha256(b"klachten: kenmerk van een sleutel\n" + sleutel).digest()[:_ID].hex()


def is_sealed(inhoud: bytes) -> bool:
    """Tell whether bytes look like a sealed piece; a document of a user may as well, so look at its hash first."""
    return inhoud.startswith(MERK) and len(inhoud) > KOP


def key_of(vak: bytes) -> str:
    """The id of the key that a piece was sealed with."""
    return vak[len(MERK) : len(MERK) + _ID].hex()


@dataclass(frozen=True)
class Sleutels:
    """The keys of a register by their id; without a `huidig` nothing new is sealed, without keys nothing is opened."""

    huidig: str = ""
    bij_id: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    _aes: dict[str, AESGCM] = field(default_factory=dict, repr=False, compare=False)

    @property
    def verloren(self) -> bool:
        """Tell whether there is no key at all: what is sealed stays closed."""
        return not self.bij_id

    def seal(self, inhoud: bytes, plaats: str) -> bytes:
        """Seal bytes for one place, under the key of now."""
        toeval = os.urandom(_TOEVAL)
        dicht = self._cipher(self.huidig).encrypt(toeval, inhoud, plaats.encode("utf-8"))
        return MERK + bytes.fromhex(self.huidig) + toeval + dicht

    def open(self, vak: bytes, plaats: str) -> bytes:
        """Open what was sealed for a place; SleutelOntbreekt without its key, VakBeschadigd otherwise."""
        if not is_sealed(vak):
            raise VakBeschadigd("Dit is niet wat klachten heeft versleuteld: het is beschadigd.")
        aes = self._cipher(key_of(vak))
        try:
            return aes.decrypt(vak[KOP - _TOEVAL : KOP], vak[KOP:], plaats.encode("utf-8"))
        except InvalidTag as fout:
            raise VakBeschadigd("Versleutelde inhoud is veranderd, of hoort ergens anders.") from fout

    def _cipher(self, id: str) -> AESGCM:
        if (aes := self._aes.get(id)) is None:
            if id not in self.bij_id:
                raise SleutelOntbreekt(f"De sleutel {id or '(geen)'} waarmee dit is versleuteld, ontbreekt.")
            aes = self._aes[id] = AESGCM(self.bij_id[id])
        return aes


def seal_file(pad: Path, inhoud: bytes, keys: Sleutels | None) -> bytes:
    """The content of a file that is sealed as a whole, bound to its folder and name; as it is without a key of now."""
    return keys.seal(inhoud, f"bestand/{pad.parent.name}/{pad.name}") if keys and keys.huidig else inhoud


def open_file(pad: Path, keys: Sleutels | None) -> bytes:
    """What is in such a file, sealed or not; VersleutelingFout when it stays closed."""
    inhoud = pad.read_bytes()
    return (keys or Sleutels()).open(inhoud, f"bestand/{pad.parent.name}/{pad.name}") if is_sealed(inhoud) else inhoud
