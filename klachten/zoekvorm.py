"""The words of a text as they are searched: without case, accents, apostrophes and hyphens.

One definition for both sides: the register keeps these words of every text, and what is searched for becomes words in
the same way. DuckDB's strip_accents would leave what does not decompose (ł, ø, ß, ı), so nothing is folded in SQL.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import Path

LANGSTE = 60
"""Characters of a word that count; more is no word but a code, and search goes by its beginning."""

# What people type for an apostrophe or a hyphen within a word.
_TEKENS = str.maketrans(
    {
        **dict.fromkeys("’‘‛ʼʻʹ`´′＇", "'"),
        **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
        # Not to be seen: soft hyphen, joiners, byte order mark, and the marks that turn the direction of writing.
        **dict.fromkeys(
            "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
        ),
    }
)
# Letters that Unicode does not take apart into a letter and an accent.
_LETTERS = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ȷ": "j", "ŧ": "t", "ŋ": "n", "ĸ": "k", "æ": "ae",
        "œ": "oe", "þ": "th", "ə": "e", "ɨ": "i", "ʉ": "u", "ƀ": "b", "ɓ": "b", "ɗ": "d", "ɖ": "d", "ƙ": "k",
    }
)  # fmt: skip
_GEEN_WOORD = "".join(teken if teken.isalnum() else " " for teken in map(chr, range(128)))
"""What each ASCII letter becomes where a text is parted in words by splitting it."""
_TUSSEN = re.compile("['-]")
_WOORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")


def definitie() -> str:
    """Return what changes when the same text would get other words: then they are made anew for every text."""
    return hashlib.sha256(Path(__file__).read_bytes() + unicodedata.unidata_version.encode()).hexdigest()


def vouw(tekst: str) -> str:
    """Return a text in lower case without accents; words and their order stay as they are."""
    if tekst.isascii():
        return tekst.replace("`", "'").lower()
    vorm = unicodedata.normalize("NFKD", tekst.translate(_TEKENS)).casefold()
    # Once more: lower case of some letters is a letter and an accent (İ), or something to take apart again.
    vorm = unicodedata.normalize("NFKD", vorm).translate(_TEKENS).translate(_LETTERS)
    return "".join(teken for teken in vorm if not unicodedata.combining(teken))


def woorddelen(tekst: str) -> list[tuple[str, ...]]:
    """Return the words of a text in order, each in its parts: "O'Neill" is (("o", "neill"),)."""
    return [_delen(woord) for woord in _WOORD.findall(vouw(tekst))]


def woorden(tekst: str) -> set[str]:
    """Return every word that the text is found by: its words, and of one with ' or - both its parts and the whole."""
    if tekst.isascii() and "-" not in tekst and "'" not in tekst and "`" not in tekst:
        # Most texts: nothing to fold, and no mark in a word to part at.
        heel = set(tekst.lower().translate(_GEEN_WOORD).split())
        return heel if len(max(heel, key=len, default="")) <= LANGSTE else {woord[:LANGSTE] for woord in heel}
    gevonden: set[str] = set()
    for woord in set(_WOORD.findall(vouw(tekst))):
        if woord.isalnum():  # nearly all: no mark in it to part at
            gevonden.add(woord[:LANGSTE])
            continue
        delen = _delen(woord)
        gevonden.update(delen)
        gevonden.add(aaneen(delen))
    return gevonden


def _delen(woord: str) -> tuple[str, ...]:
    return tuple(deel[:LANGSTE] for deel in _TUSSEN.split(woord))


def aaneen(delen: tuple[str, ...]) -> str:
    """Return a word in parts as one: ("o", "neill") is "oneill"."""
    return "".join(delen)[:LANGSTE]
