"""The file with the keys of a register: never in its folder, so that who has the one has not the other.

A few lines of JSON that may be printed and kept in a safe: the register it is of, the key of now, and every key there
ever was, since older back-ups need those. As bytes it can be sealed to a recovery key with the back-ups.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
from dataclasses import dataclass, replace
from pathlib import Path

from klachten.schijf import fsync_map, replace_file
from klachten.versleuteling.sleutels import LENGTE, Sleutels, VersleutelingFout, id_of, new_key

BESTAND = "KLACHTEN_SLEUTELBESTAND"
"""Names the file with the keys, where it is not in the folder for settings of the user."""


class SleutelVerkeerd(VersleutelingFout):
    """The file with the keys is of another register, damaged, or in a place where it may not be."""


@dataclass(frozen=True)
class Sleutelbestand:
    """The keys of one register as their file has them."""

    register: str
    sleutels: Sleutels

    @classmethod
    def new(cls, register: str) -> Sleutelbestand:
        """The first key of a register."""
        return cls(register, Sleutels()).with_new_key()

    def with_new_key(self) -> Sleutelbestand:
        """The same with a new key of now; those of before stay, to open what they sealed."""
        sleutel = new_key()
        id = id_of(sleutel)
        return replace(self, sleutels=Sleutels(id, {**self.sleutels.bij_id, id: sleutel}))

    def to_bytes(self) -> bytes:
        """As it stands in the file."""
        sleutels = {id: base64.b64encode(sleutel).decode("ascii") for id, sleutel in self.sleutels.bij_id.items()}
        inhoud = {"register": self.register, "huidig": self.sleutels.huidig, "sleutels": sleutels}
        return (json.dumps(inhoud, indent=1) + "\n").encode("ascii")

    @classmethod
    def from_bytes(cls, inhoud: bytes, pad: Path) -> Sleutelbestand:
        """What a file says; SleutelVerkeerd when it says no keys."""
        try:
            gelezen = json.loads(inhoud)
            bij_id = {id: base64.b64decode(tekst, validate=True) for id, tekst in gelezen["sleutels"].items()}
            register, huidig = str(gelezen["register"]), str(gelezen["huidig"])
        except (ValueError, KeyError, TypeError, AttributeError, binascii.Error) as fout:
            raise SleutelVerkeerd(f"In {pad} staat geen sleutel van klachten, of het bestand is beschadigd.") from fout
        if any(len(sleutel) != LENGTE or id_of(sleutel) != id for id, sleutel in bij_id.items()):
            raise SleutelVerkeerd(f"De sleutel in {pad} is beschadigd: zij past niet bij haar eigen kenmerk.")
        return cls(register, Sleutels(huidig, bij_id))

    def write(self, pad: Path) -> None:
        """Put it in its place, whole or not at all, for its own user alone."""
        pad.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        replace_file(pad, self.to_bytes(), mode=0o600)
        fsync_map(pad.parent)


def path_of(register: str, map: Path) -> Path:
    """Where the keys of a register are: what KLACHTEN_SLEUTELBESTAND names, else by its id with the user's settings.

    Never in the folder of the register: SleutelVerkeerd says so.
    """
    if gekozen := os.environ.get(BESTAND, "").strip():
        pad = Path(gekozen).expanduser()
    else:
        pad = _settings() / "klachten" / f"{register}.sleutel"
    if pad.resolve().is_relative_to(map.resolve()):
        raise SleutelVerkeerd(
            f"De sleutel zou in {pad} komen, in de map van het register zelf: wie de map heeft, heeft dan ook de "
            f"sleutel. Noem een bestand buiten {map} in {BESTAND}, en begin opnieuw. Er is niets gewijzigd."
        )
    return pad


def read(register: str, pad: Path) -> Sleutelbestand | None:
    """The keys in a file; None when there is no file, SleutelVerkeerd when they are not of this register."""
    try:
        inhoud = pad.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as fout:
        raise SleutelVerkeerd(
            f"De sleutel in {pad} is niet te lezen: {fout.strerror or fout}. Laat de gebruiker waaronder klachten "
            "draait dat bestand lezen. Er is niets gewijzigd."
        ) from fout
    gelezen = Sleutelbestand.from_bytes(inhoud, pad)
    if gelezen.register != register:
        raise SleutelVerkeerd(
            f"De sleutel in {pad} is van een ander register. Zet het goede bestand op die plaats, of noem het in "
            f"{BESTAND}. Er is niets gewijzigd."
        )
    return gelezen


def _settings() -> Path:
    if os.name == "nt":
        return Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming")
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
