"""A document as a browser may look at it: PDF and pictures as they are, a TIFF as PDF, a mail and other text as text.

What is a page, a drawing or a script by its content is text here, and stays text: it is never sent as what it wants to
be. What cannot be looked at safely is only handed out to be kept.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

from klachten import tiffbeeld
from klachten.handelingen.bestandssoort import BEELD, MAIL, PDF, PDF_SOORT, SCAN, TEKST, kind, read_text
from klachten.post.binnen import NietTeLezen, read

LANGSTE = 1_000_000
"""So many characters of a text are shown; the whole is in the file."""
GEKNIPT = "\n\n[Hier afgebroken: dit is een lange tekst. Download het stuk om alles te lezen.]\n"


NIET_TE_TONEN = (
    "Deze scan is beschadigd, of zo groot dat zij hier niet te tonen is. Download het stuk om het te openen.\n"
)
_slot = threading.BoundedSemaphore(2)
"""So many scans are made ready at a time: each takes memory."""


@dataclass(frozen=True)
class Weergave:
    """What goes to the browser, as which type; `soort` is how a page shows it."""

    soort: str
    mime: str
    inhoud: bytes


def can_show(inhoud: bytes) -> str:
    """Return how a document is looked at: pdf, beeld or tekst; "" when it is not."""
    soort = kind(inhoud)
    return "" if soort is None else {MAIL: TEKST, SCAN: PDF}.get(soort.toont, soort.toont)


def of(inhoud: bytes) -> Weergave | None:
    """Return a document to look at; None when there is no safe way to."""
    soort = kind(inhoud)
    if soort is None or not soort.toont:
        return None
    if soort.toont in (PDF, BEELD):
        return Weergave(soort.toont, soort.mime, inhoud)
    if soort.toont == SCAN:
        with _slot:
            bladen = tiffbeeld.shown(inhoud)
        if bladen is not None:
            return Weergave(PDF, PDF_SOORT.mime, bladen)
        return Weergave(TEKST, "text/plain; charset=utf-8", NIET_TE_TONEN.encode())
    tekst = _mail(inhoud) if soort.toont == MAIL else read_text(inhoud) or ""
    if len(tekst) > LANGSTE:
        tekst = tekst[:LANGSTE] + GEKNIPT
    return Weergave(TEKST, "text/plain; charset=utf-8", tekst.encode("utf-8", "replace"))


def _mail(inhoud: bytes) -> str:
    """Return a mail as text: its headers, what it says, what hangs on it, and what could not be read of it."""
    try:
        post = read(inhoud)
    except NietTeLezen as fout:
        return f"[{fout}]\n\n{read_text(inhoud) or ''}"
    op = f"{post.op:%d-%m-%Y %H:%M} (UTC)" if post.op else ""
    koppen = (
        ("Van", post.afzender), ("Aan", ", ".join(post.aan)), ("Kopie", ", ".join(post.kopie)), ("Datum", op),
        ("Onderwerp", post.onderwerp),
    )  # fmt: skip
    regels = [f"{label}: {waarde}" for label, waarde in koppen if waarde]
    regels += ["", *(f"[{zin}]" for zin in post.bezwaren), post.tekst]
    if post.bijlagen:
        regels += ["", f"Bijlagen ({len(post.bijlagen)}):"]
        regels += [f"- {een.naam} ({een.mime}, {max(1, round(len(een.inhoud) / 1024))} kB)" for een in post.bijlagen]
    return "\n".join([*regels, ""])
