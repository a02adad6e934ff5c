"""A mail as it was read, and how much of one is read at most."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

MEESTE_BIJLAGEN = 100
DIEPST = 20
"""Parts within parts, further than anybody forwards anything."""
LANGSTE_KOP = 100_000
"""Characters of one header; more is no header that a mail program writes."""
GETOONDE_ONTVANGERS = 5


class NietTeLezen(ValueError):
    """No mail could be made of the bytes; the text is the Dutch sentence."""

    soort = "mail_niet_te_lezen"


@dataclass(frozen=True)
class Bijlage:
    """An attachment as it came: a name that is safe to show and to keep, and its bytes; `mime` is what the mail says.

    `soort` is bestand, mail (a whole mail within this one) or winmail (the package in which Outlook puts attachments).
    """

    naam: str
    inhoud: bytes = field(repr=False)
    mime: str = ""
    soort: str = "bestand"


@dataclass(frozen=True)
class Post:
    """A mail: who sent it to whom and when, what it says as plain text, and in `bezwaren` what could not be read.

    `afzender`, `aan` and `kopie` are as they stand in the mail; `naam` and `adres` are taken from the sender.
    `aangekomen` is when the last server says it came. Both moments are as the mail says: they may be wrong, or from a
    wrong clock.
    """

    afzender: str
    naam: str
    adres: str
    aan: tuple[str, ...]
    kopie: tuple[str, ...]
    onderwerp: str
    op: datetime | None
    aangekomen: datetime | None
    tekst: str
    bijlagen: tuple[Bijlage, ...]
    bezwaren: tuple[str, ...]
    oorspronkelijk: bytes = field(repr=False)
    soort: str = "eml"

    @property
    def ontvangers(self) -> str:
        """To whom, copies too, shortened when there are many."""
        alle = tuple(dict.fromkeys((*self.aan, *self.kopie)))
        eerste, rest = alle[:GETOONDE_ONTVANGERS], len(alle) - GETOONDE_ONTVANGERS
        return ", ".join(eerste) + (f" en nog {rest} anderen" if rest > 1 else " en nog één ander" if rest == 1 else "")


class Bezwaren(list[str]):
    """Sentences on what could not be read, each said once."""

    def say(self, zin: str) -> None:
        """Add a sentence."""
        if zin not in self:
            self.append(zin)
