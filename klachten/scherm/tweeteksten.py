"""Two texts that grew from one come together again: a three-way merge by line, sentence and word (as diff3).

What only one of the two changed is as that one has it. Where both changed the same, both stay, below each other: of two
people's words, or of one who types in two tabs, none is thrown away by a machine.

Which of some equal words was added, and which was there, cannot always be told: of `de de` and `de de de` nobody knows
which one is new. So what comes out is counted (`_loses`), and what would have too few of a word is not merged: there
both stay, of a sentence, of a line or, at last, of the whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_LINE = re.compile(r"[^\n]*\n+\s*|[^\n]+")
_SENTENCE = re.compile(r"\s*\S.*?(?:[.!?…]+\s+|\Z)|\s+\Z", re.DOTALL)
_WORD = re.compile(r"\s*\S+\s*|\s+")
_LEVELS = ((_LINE, "\n\n"), (_SENTENCE, "\n"), (_WORD, " "))
"""From coarse to fine: how a text is cut, and what keeps two pieces apart that were not beside each other before."""
_SENTENCES = 1
LANG = 2_000


class _Botsing(Exception):
    """Both changed the same words, or one would be lost: a piece that can be read stands a level higher."""


@dataclass(frozen=True, order=True)
class _Wijziging:
    """Pieces of the base that are others now in one of the two texts (0: theirs, 1: mine), so many `erbij`."""

    van: int
    tot: int
    wie: int
    erbij: int


def merged(basis: str, hun: str, mijn: str) -> str:
    """Return what becomes of a text that this window changed from `basis` to `mijn`, while it is kept as `hun`.

    A word that was typed in either stays, unless the other took it out: as often as the one that has it most, less how
    often the other took it out of what both began with.
    """
    try:
        return _merged(basis, hun, mijn, 0)
    except _Botsing:
        return _glued([hun, mijn], _LEVELS[0][1])


def changed(van: str, tot: str) -> int:
    """Return how many words were taken out and put in to make one text of another."""
    a, b = _keys(_cut(van, 2)), _keys(_cut(tot, 2))
    return sum(i2 - i1 + j2 - j1 for soort, i1, i2, j1, j2 in _opcodes(a, b) if soort != "equal")


def _merged(basis: str, hun: str, mijn: str, level: int) -> str:
    # Blanks alone are no change that anybody would miss.
    if hun.strip() in (basis.strip(), mijn.strip()):
        return mijn
    if mijn.strip() == basis.strip():
        return hun
    b, h, m = (_cut(tekst, level) for tekst in (basis, hun, mijn))
    uit: list[str] = []
    for in_b, in_h, in_m in _stretches(_keys(b), _keys(h), _keys(m)):
        uit += _stretch(b[in_b], h[in_h], m[in_m], level)
    samen = _glued(uit, _LEVELS[level][1])
    if _loses(samen, basis, hun, mijn):
        raise _Botsing
    return samen


def _loses(samen: str, basis: str, hun: str, mijn: str) -> bool:
    """Tell whether a word is in the merged text less often than one of the two has it and the other left it."""
    s, b, h, m = (Counter(tekst.split()) for tekst in (samen, basis, hun, mijn))
    return any(s[w] < max(h[w] - max(b[w] - m[w], 0), m[w] - max(b[w] - h[w], 0)) for w in h | m)


def _stretch(b: list[str], h: list[str], m: list[str], level: int) -> list[str]:
    """Return what becomes of one stretch of the text."""
    kb, kh, km = _keys(b), _keys(h), _keys(m)
    if kh == kb:
        # Of pieces that nobody changed the blanks behind them can be new.
        return [_blanks(*drie) for drie in zip(b, h, m, strict=True)] if km == kb else m
    if km in (kb, kh):
        return h if km == kb else m
    if not (kh and km):
        # One took out what the other changed: what was changed stays.
        return h or m
    # What both begin with is not theirs and mine: a full stop behind the text that both went on from, say.
    if level == _SENTENCES and (samen := _common(kh, km)):
        rest = _stretch(b, h[samen:], m[samen:], level) if samen < max(len(h), len(m)) else []
        # At the end of one of the two there is no blank behind it.
        return [*m[: samen - 1], max(h[samen - 1], m[samen - 1], key=len), *rest]
    if level == len(_LEVELS) - 1:
        raise _Botsing
    if kb:
        try:
            return [_merged("".join(b), "".join(h), "".join(m), level + 1)]
        except _Botsing:
            pass
    return [_glued(["".join(h), "".join(m)], _LEVELS[level][1])]


def _common(kh: list[str], km: list[str]) -> int:
    """Return with how many of the same pieces two stretches begin."""
    gelijk = [een == ander for een, ander in zip(kh, km, strict=False)]
    return gelijk.index(False) if False in gelijk else len(gelijk)


def _blanks(b: str, h: str, m: str) -> str:
    """Return a piece that all three have, with the blanks of the one that changed them."""
    return h if m == b else m


def _cut(tekst: str, level: int) -> list[str]:
    return _LEVELS[level][0].findall(tekst)


def _keys(stukken: Sequence[str]) -> list[str]:
    return [stuk.strip() for stuk in stukken]


def _glued(stukken: Sequence[str], tussen: str) -> str:
    """Return pieces as one text; two that came to stand beside each other are kept apart."""
    uit = ""
    for stuk in stukken:
        los = uit and stuk and not (uit[-1].isspace() or stuk[0].isspace())
        uit += f"{tussen if los else ''}{stuk}"
    return uit


def _opcodes(a: list[str], b: list[str]) -> list[tuple[str, int, int, int, int]]:
    # Of a very long text the words that are everywhere are no hold: else it would take minutes.
    return SequenceMatcher(None, a, b, autojunk=len(a) > LANG).get_opcodes()


def _stretches(b: list[str], h: list[str], m: list[str]) -> Iterator[tuple[slice, slice, slice]]:
    """Yield base, theirs and mine from begin to end in stretches: left alone by both, or changed by one or both."""
    wijzigingen = sorted(
        _Wijziging(i1, i2, wie, (j2 - j1) - (i2 - i1))
        for wie, ander in enumerate((h, m))
        for soort, i1, i2, j1, j2 in _opcodes(b, ander)
        if soort != "equal"
    )
    groepen: list[list[_Wijziging]] = []
    for een in wijzigingen:
        if groepen and _touch(groepen[-1], een):
            groepen[-1].append(een)
        else:
            groepen.append([een])
    op_b, op_h, op_m = 0, 0, 0
    for groep in groepen:
        gelijk, lang = groep[0].van - op_b, max(een.tot for een in groep) - groep[0].van
        yield slice(op_b, op_b + gelijk), slice(op_h, op_h + gelijk), slice(op_m, op_m + gelijk)
        op_b, op_h, op_m = op_b + gelijk, op_h + gelijk, op_m + gelijk
        lang_h, lang_m = (lang + sum(een.erbij for een in groep if een.wie == wie) for wie in (0, 1))
        yield slice(op_b, op_b + lang), slice(op_h, op_h + lang_h), slice(op_m, op_m + lang_m)
        op_b, op_h, op_m = op_b + lang, op_h + lang_h, op_m + lang_m
    yield slice(op_b, None), slice(op_h, None), slice(op_m, None)


def _touch(groep: list[_Wijziging], een: _Wijziging) -> bool:
    """Tell whether a change is of the same pieces, or puts something in at the same place."""
    return een.van < max(ander.tot for ander in groep) or een.van == een.tot == groep[0].van
