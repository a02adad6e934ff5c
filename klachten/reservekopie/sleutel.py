"""The recovery key: what a copy is encrypted to (age, X25519). Its private half is shown once and kept nowhere here.

A copy can be opened with the tool `age` too, without this program. Besides the recovery key each copy has a key of its
own, which is forgotten as soon as the copy was read back: so it is verified as it stands there, and afterwards nobody
can read it but who has the recovery key.
"""

from __future__ import annotations

import hmac
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import pyrage

from klachten.reservekopie.fouten import OngeldigeKopie, ReservekopieFout

KOP = b"age-encryption.org/"
"""How a file begins that age encrypted."""
_GEHEIM = "AGE-SECRET-KEY-1"
TERUG = 8
"""So many signs of it are typed back by who wrote it down."""


class Leesbaar(Protocol):
    """What can be read from."""

    def read(self, aantal: int = -1, /) -> bytes:
        """Return so many bytes, or fewer at the end."""


class Schrijfbaar(Protocol):
    """What can be written to."""

    def write(self, inhoud: bytes, /) -> int:
        """Write all of it."""


@dataclass(frozen=True)
class Herstelsleutel:
    """A new key: the half to write down, and the half that goes into the settings."""

    geheim: str
    ontvanger: str

    def is_typed_back(self, getypt: str) -> bool:
        """Tell whether somebody typed the last signs of it, in large or small letters."""
        return hmac.compare_digest(getypt.strip().upper().encode(), self.geheim[-TERUG:].encode())


def new_key() -> Herstelsleutel:
    """Make a key."""
    sleutel = pyrage.x25519.Identity.generate()
    return Herstelsleutel(str(sleutel), str(sleutel.to_public()))


def is_recipient(tekst: str) -> bool:
    """Tell whether a text is the public half of a key."""
    try:
        pyrage.x25519.Recipient.from_str(tekst)
    except pyrage.RecipientError:
        return False
    return True


def find_key(tekst: str, waar: str) -> str:
    """Return the private half that stands in a text, as in a file of age-keygen; ReservekopieFout without one."""
    for regel in tekst.splitlines():
        if (woord := regel.strip().upper()).startswith(_GEHEIM):
            try:
                pyrage.x25519.Identity.from_str(woord)
            except pyrage.IdentityError as fout:
                raise ReservekopieFout(
                    f"De herstelsleutel in {waar} is niet goed overgenomen: kijk hem teken voor teken na."
                ) from fout
            return woord
    raise ReservekopieFout(f"In {waar} staat geen herstelsleutel: die begint met {_GEHEIM}.")


def read_key(pad: Path) -> str:
    """Return the private half that stands in a file."""
    try:
        tekst = pad.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, IsADirectoryError) as fout:
        raise ReservekopieFout(
            f"{pad} bestaat niet, of is geen bestand: er hoort de herstelsleutel in te staan."
        ) from fout
    except (OSError, UnicodeDecodeError) as fout:
        raise ReservekopieFout(f"De herstelsleutel is niet te lezen uit {pad}: {fout}") from fout
    return find_key(tekst, str(pad))


class _Kenner:
    """Passes on reading and writing, and remembers what went wrong: age gives back a text of it only."""

    def __init__(self, bron: Any) -> None:
        self._bron = bron
        self.fout: BaseException | None = None

    def read(self, aantal: int = -1) -> bytes:
        try:
            return self._bron.read(aantal)
        except BaseException as fout:
            self.fout = self.fout or fout
            raise

    def write(self, inhoud: bytes) -> int:
        try:
            self._bron.write(inhoud)
        except BaseException as fout:
            self.fout = self.fout or fout
            raise
        return len(inhoud)

    def flush(self) -> None:
        """Nothing waits here."""


def encrypt(schrijf: Callable[[BinaryIO], None], naar: Schrijfbaar, ontvangers: Sequence[str]) -> None:
    """Let `schrijf` write, and what it writes go on encrypted; nothing of it stands anywhere as it was."""
    lees, in_ = os.pipe()
    fouten: list[BaseException] = []

    def produce() -> None:
        try:
            with os.fdopen(in_, "wb") as pijp:
                schrijf(pijp)
        except BaseException as fout:  # noqa: BLE001 - it is raised where the copy is made
            fouten.append(fout)

    draad = threading.Thread(target=produce, name="reservekopie", daemon=True)
    draad.start()
    uit = _Kenner(naar)
    try:
        with os.fdopen(lees, "rb") as pijp:
            pyrage.encrypt_io(pijp, uit, [pyrage.x25519.Recipient.from_str(een) for een in ontvangers])
    except pyrage.EncryptError as fout:
        raise uit.fout or fout from fout
    finally:
        draad.join()
        # Who has to stop writing because nobody reads is no cause.
        if fouten and not (uit.fout and isinstance(fouten[0], BrokenPipeError)):
            raise fouten[0]


@contextmanager
def opened(bron: BinaryIO, geheim: str) -> Iterator[BinaryIO]:
    """Give what is in an encrypted copy, as a stream; OngeldigeKopie when the key is another or it was changed.

    What was wrong with it is raised on leaving: until then the stream only ends early.
    """
    uit, in_ = os.pipe()
    fouten: list[BaseException] = []
    kenner = _Kenner(bron)

    def produce() -> None:
        try:
            with os.fdopen(in_, "wb") as pijp:
                pyrage.decrypt_io(kenner, pijp, [pyrage.x25519.Identity.from_str(geheim)])
        except BaseException as fout:  # noqa: BLE001 - it is raised where the copy is read
            fouten.append(kenner.fout or fout)

    draad = threading.Thread(target=produce, name="reservekopie", daemon=True)
    draad.start()
    gezien: OngeldigeKopie | None = None
    try:
        with os.fdopen(uit, "rb") as pijp:
            yield pijp
    except OngeldigeKopie as fout:
        gezien = fout
    finally:
        draad.join()
    eigen = [fout for fout in fouten if not isinstance(fout, BrokenPipeError)]
    if gezien or eigen:
        raise _reason(eigen, gezien)


def _reason(fouten: list[BaseException], gezien: OngeldigeKopie | None) -> BaseException:
    """The cause of an error: that of decrypting, with the place that reading had come to."""
    if not fouten:
        assert gezien is not None
        return gezien
    if isinstance(fouten[0], ReservekopieFout):
        return fouten[0]
    zin = str(fouten[0])
    if "No matching keys" in zin:
        return OngeldigeKopie(
            "Deze herstelsleutel past niet op deze kopie. Zoek de sleutel die in gebruik was toen zij werd gemaakt."
        )
    waar = f" {gezien}" if gezien else ""
    return OngeldigeKopie(f"De kopie is beschadigd of afgekapt: wat versleuteld is, is niet heel.{waar}")


def is_encrypted(bron: BinaryIO) -> bool:
    """Tell by its first bytes whether a copy is encrypted; the stream is at its beginning again."""
    begin = bron.read(len(KOP))
    with suppress(OSError):
        bron.seek(0)
    return begin == KOP
