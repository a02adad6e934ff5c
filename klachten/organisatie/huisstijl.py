"""What makes the style of a house usable: colours that can be read on paper, and letters that are on this machine."""

from __future__ import annotations

import functools
import re

WIT = "#FFFFFF"
LEESBAAR = 4.5
"""The contrast with its background below which text is hard to read (WCAG AA)."""
KLEUR = re.compile("#[0-9A-Fa-f]{6}")
KLEUR_BEGIN, TWEEDE_BEGIN = "#0F6B66", "#4A5B5F"
"""The colours of who set none."""
LETTER = "Libertinus Serif"
"""The letter of who chose none; it comes with the program and so is everywhere."""
_GEEN_TEKST = re.compile(r"\b(Math|Mono|Symbol|Symbols|Emoji|Icons?)\b|Symbol$|Emoji$")


def contrast(een: str, ander: str = WIT) -> float:
    """Return how well one colour (#rrggbb) can be read on another: 1 not at all, 21 black on white."""
    donker, licht = sorted((_luminance(een), _luminance(ander)))
    return (licht + 0.05) / (donker + 0.05)


def _luminance(kleur: str) -> float:
    delen = [int(kleur[plek : plek + 2], 16) / 255 for plek in (1, 3, 5)]
    rood, groen, blauw = (deel / 12.92 if deel <= 0.03928 else ((deel + 0.055) / 1.055) ** 2.4 for deel in delen)
    return 0.2126 * rood + 0.7152 * groen + 0.0722 * blauw


@functools.cache
def lettertypen() -> tuple[str, ...]:
    """Return the letters for running text that this machine has, the one of who chose none first."""
    import typst  # 30 MB of compiled code, for who sets a style or prints a report

    gevonden = {naam for naam in typst.Fonts().families() if not _GEEN_TEKST.search(naam)}
    return (LETTER, *sorted(gevonden - {LETTER}))


@functools.cache
def meegeleverd() -> frozenset[str]:
    """Return the letters that come with the program; any other one is of the machine."""
    import typst

    return frozenset(typst.Fonts(include_system_fonts=False).families())
