"""A mail that waits for a person, from the mailbox or dropped: what it is about, as far as it says so itself."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from klachten.post.binnen import retour
from klachten.postvak import Poststuk, Postvak
from klachten.register import Register
from klachten.register.nummers import in_text

TERUG = "terug"
"""What is kept with a report of a mail server: number of our message, its dossier, and what the report says."""
NUMMER = in_text("K")


def about(register: Register, inhoud: bytes, onderwerp: str) -> dict[str, Any]:
    """Return for which klacht a mail may be, by its subject, or which message of ours came back with it (TERUG)."""
    if (terug := retour.came_back(register, inhoud)) is not None:
        return {TERUG: list(terug), "klachtnummer": terug.dossier}
    gevonden = NUMMER.search(onderwerp)
    return {"klachtnummer": gevonden[0].upper() if gevonden else ""}


def waiting(vak: Postvak, sha256: str) -> Poststuk | None:
    """Return the proposal that this very mail is already, one that was set aside too; None for a new one."""
    stuk = vak.get(sha256[:16])
    return stuk if stuk is not None and stuk.sha256 == sha256 else None


def keep(
    vak: Postvak, inhoud: bytes, gegevens: Mapping[str, Any], nu: datetime, *, uid: int = 0, te_groot: bool = False
) -> None:
    """Let a mail wait as a proposal; `gegevens` is what is shown of it (as_shown) and what it is about."""
    id = hashlib.sha256(inhoud).hexdigest()[:16]
    vak.save(inhoud, {**gegevens, "uid": uid, "te_groot": te_groot}, nu, id=id)
