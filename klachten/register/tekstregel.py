"""A text of a fact, and the line of teksten.jsonl it is: as it was typed, or sealed for exactly that place.

Salt and text are sealed together: whoever had the salt could try short texts against the commitments in the journal.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterable, Iterator
from hashlib import sha256
from json.encoder import encode_basestring as quote
from typing import NamedTuple

from klachten.datamap import VERSLEUTELING
from klachten.versleuteling import Sleutels, VakBeschadigd, sleutels

_encode = json.JSONEncoder(ensure_ascii=False).encode  # one: json.dumps makes another for every text
ZOUT = 16
_ZOUTEN = 500
WEG = (
    f"In het dossier van {{}} staan versleutelde teksten, maar {VERSLEUTELING} ontbreekt in de map van het register. "
    "Zet dat bestand terug uit een reservekopie en start opnieuw."
)


class Tekst(NamedTuple):
    """One text of a fact, with the salt that its commitment was made with."""

    nr: int
    veld: str
    zout: bytes
    tekst: str

    @property
    def commitment(self) -> str:
        """What the journal says of this text."""
        return _commitment(self.zout, self.tekst)


def _commitment(zout: bytes, tekst: str) -> str:
    return sha256(zout + tekst.encode()).hexdigest()


def promised(teksten: Iterable[Tekst]) -> str:
    """What the journal says of the texts of one fact, as canonical JSON: fields are plain words."""
    delen = [f'"{veld}":"{_commitment(zout, tekst)}"' for _, veld, zout, tekst in teksten]
    if len(delen) > 1:
        delen.sort(key=lambda deel: deel[: deel.index(":")])
    return f"{{{','.join(delen)}}}"


def new_text(nr: int, veld: str, tekst: str) -> Tekst:
    """A text with fresh salt."""
    return Tekst(nr, veld, os.urandom(ZOUT), tekst)


def fresh_salts() -> Iterator[bytes]:
    """Salts without end, asked of the system many at a time: for each text apart it takes as long as its digest."""
    while True:
        veel = os.urandom(_ZOUTEN * ZOUT)
        for begin in range(0, len(veel), ZOUT):
            yield veel[begin : begin + ZOUT]


def lines_of(klachtnummer: str, teksten: Iterable[Tekst], keys: Sleutels | None) -> list[str]:
    """The texts of a dossier as lines, sealed when there is a key of now."""
    if keys is None or not keys.huidig:
        # As json.dumps has it, in half the time.
        return [
            f'{{"nr": {nr}, "veld": {quote(veld)}, "zout": "{zout.hex()}", "tekst": {quote(tekst)}}}\n'
            for nr, veld, zout, tekst in teksten
        ]
    return [
        _encode({"nr": tekst.nr, "veld": tekst.veld, "vak": _seal(klachtnummer, tekst, keys)}) + "\n"
        for tekst in teksten
    ]


def write_lines(klachtnummer: str, teksten: Iterable[Tekst], keys: Sleutels | None) -> bytes:
    """Those lines, as they stand in a file."""
    return "".join(lines_of(klachtnummer, teksten, keys)).encode("utf-8")


def read_line(klachtnummer: str, regel: bytes, keys: Sleutels | None) -> Tekst:
    """The text of a line; SleutelOntbreekt and VakBeschadigd when it stays closed, ValueError when it is no line."""
    try:
        velden = json.loads(regel)
        nr, veld = int(velden["nr"]), velden["veld"]
        if "vak" not in velden:
            return Tekst(nr, veld, bytes.fromhex(velden["zout"]), velden["tekst"])
        vak = base64.b64decode(velden["vak"])
    except (KeyError, TypeError) as fout:
        raise ValueError("geen tekst van een dossier") from fout
    inhoud = (keys or Sleutels()).open(vak, _place(klachtnummer, nr, veld))
    try:
        return Tekst(nr, veld, inhoud[:ZOUT], inhoud[ZOUT:].decode("utf-8"))
    except UnicodeDecodeError as fout:  # only who has the key can make such a one
        raise VakBeschadigd("Versleutelde tekst is geen tekst.") from fout


def key_of_line(regel: bytes) -> str:
    """The id of the key a line was sealed with; "" when it is not sealed, or no line."""
    try:
        vak = json.loads(regel).get("vak")
        return sleutels.key_of(base64.b64decode(vak)) if vak else ""
    except (ValueError, TypeError, AttributeError):
        return ""


def place_of_line(regel: bytes) -> Tekst | None:
    """The fact and field of a line, whether it can be opened or not, without its text; None when it is no line."""
    try:
        velden = json.loads(regel)
        return Tekst(int(velden["nr"]), str(velden["veld"]), b"", "")
    except (ValueError, KeyError, TypeError):
        return None


def _seal(klachtnummer: str, tekst: Tekst, keys: Sleutels) -> str:
    vak = keys.seal(tekst.zout + tekst.tekst.encode("utf-8"), _place(klachtnummer, tekst.nr, tekst.veld))
    return base64.b64encode(vak).decode("ascii")


def _place(klachtnummer: str, nr: int, veld: str) -> str:
    return f"tekst/{klachtnummer}/{nr}/{veld}"
