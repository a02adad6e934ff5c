"""What is shown of a klacht that the user may not see: an own maatregel, in keys and sentences without its number.

A key of a widget goes to the browser as well, so that is not the number either.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import Protocol

from klachten.register.nummers import in_text
from klachten.taal import hoofdletter

_SLEUTEL = secrets.token_bytes(32)
_NUMMER = in_text(voor="(?:klacht )?")
WEIGERING = "Deze maatregel kan nu niet worden afgemeld. Vraag het de coördinator."
FOUT = "Dit kan zo niet. Kijk of de dag klopt, of vraag het de coördinator."
AFWIJKING = "Deze maatregel is later of in een andere volgorde gedaan dan het reglement wil."
TUSSENDOOR = "Er is iets vastgelegd terwijl dit formulier openstond."


class Stand(Protocol):
    """What a form remembers of what went wrong."""

    fouten: dict[str, str]
    weigering: str


def teken(klachtnummer: str) -> str:
    """Return what stands for a number in a key: the same as long as the app runs, and nobody can tell of which."""
    return hashlib.blake2b(klachtnummer.encode(), key=_SLEUTEL, digest_size=8).hexdigest()


def zonder_nummers(zin: str) -> str:
    """Return a sentence in which every number of a dossier has become 'een dossier'."""
    return hoofdletter(_NUMMER.sub("een dossier", zin))


def verhul(stand: Stand) -> None:
    """Leave of what went wrong only what says nothing of the klacht, like its days and how it stands."""
    stand.fouten = {veld: FOUT if re.search(r"[0-9]", zin) else zin for veld, zin in stand.fouten.items()}
    if stand.weigering:
        stand.weigering = WEIGERING
