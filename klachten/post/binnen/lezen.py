"""A mail from its bytes, whatever it is called: .eml by the standard library, .msg by python-oxmsg."""

from __future__ import annotations

import olefile

from klachten.handelingen import stuk
from klachten.post.binnen import eml, msg
from klachten.post.binnen.post import NietTeLezen, Post


def read(inhoud: bytes, naam: str = "") -> Post:
    """Return the mail; NietTeLezen says in Dutch what else it is, and what to do."""
    if gevaar := stuk.gevaar(inhoud):
        raise NietTeLezen(f"Dit is geen e-mail die hier kan: {gevaar}")
    # Whatever begins as a file of Outlook is one, also when it is too short to be whole.
    if inhoud.startswith(olefile.MAGIC):
        return msg.read(inhoud)
    return eml.read(inhoud)
