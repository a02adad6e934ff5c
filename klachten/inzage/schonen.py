"""Leaving the names of others out of a text: whole words, whatever the case and the accents, with what goes with them.

A name of more words goes as one piece, with the initials before it. What is also the name of whoever asks stays, unless
it is part of the whole name of another; `shared` says which words that are, so that a person reads those again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from klachten.register.nummers import in_text
from klachten.zoekvorm import aaneen, vouw, woorddelen

ANDER, CONTACT, DOSSIER = "[een ander]", "[contactgegevens van een ander]", "[een ander dossier]"
MAIL, TELEFOON = "[e-mailadres]", "[telefoonnummer]"
TUSSEN = frozenset(
    "aan al bij da de del den der des di dos du el het in la le les op over s t te ten ter tot uit "
    "uijt van vd vom von zu".split()
)
"""Words between a first name and a last one."""
GEEN_NAAM = TUSSEN | frozenset(
    "een en of heer dhr mevrouw mevr mw meneer mejuffrouw familie fam dr drs mr ir ing prof ds namens vader moeder "
    "zoon dochter partner man vrouw broer zus zijn haar hun mijn met".split()
)
"""Words beside names that are no name by themselves."""
_WOORD = re.compile(r"[^\W_]+")
_TUSSEN = re.compile(r"[\s.'’`´‐-―-]{0,3}")
_MAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)*")
_GETALLEN = re.compile(r"(?<!\w)\+?\(?\d[\d\s()./-]{6,}\d(?!\w)")
_NUMMER = in_text("KSP")
_LANG = 4
"""Letters from which on a name is also known with the s of possession behind it."""


class _Woord(NamedTuple):
    """A word of a text: as it is compared, and where it stands."""

    vorm: str
    begin: int
    einde: int


class Schoner:
    """Leaves out of texts who is not asking.

    `eigen`: the names and addresses of whoever asks. `anderen`: each name of another with what takes its place.
    `contact`: addresses, numbers and e-mail addresses of others. `dossiers`: the numbers that may be named.
    """

    def __init__(
        self,
        eigen: Iterable[str] = (),
        anderen: Mapping[str, str] | None = None,
        contact: Iterable[str] = (),
        dossiers: Iterable[str] = (),
    ) -> None:
        eigen, anderen = list(eigen), anderen or {}
        self._dossiers = frozenset(dossiers)
        self._eigen = [woorden for tekst in eigen if (woorden := _forms(tekst))]
        eigen_woorden = {woord for woorden in self._eigen for woord in woorden}
        self._mail = {vouw(adres) for tekst in eigen for adres in _MAIL.findall(tekst)}
        self._telefoon = {getal for tekst in contact for getal in _phones(tekst)}
        self._telefoon -= {getal for tekst in eigen for getal in _phones(tekst)}
        self._groepen: list[tuple[list[str], str]] = []
        self._los: dict[str, str] = {}
        for naam, plaats in anderen.items():
            woorden = _forms(naam)
            if len(woorden) > 1:
                self._groepen.append((woorden, plaats))
            for woord in (*woorden, *map(aaneen, woorddelen(naam))):
                if len(woord) > 1 and woord not in GEEN_NAAM and not woord.isdecimal():
                    self._los.setdefault(woord, plaats)
        for tekst in contact:
            for stuk in re.split(r"[\n,;]+", tekst):
                if len(woorden := _forms(stuk)) > 1:
                    self._groepen.append((woorden, CONTACT))
        self._groepen = [(w, plaats) for w, plaats in self._groepen if w not in self._eigen]
        self._groepen.sort(key=lambda groep: -len(groep[0]))
        self.shared = frozenset(eigen_woorden & self._los.keys())
        """Words that are a name of whoever asks and of somebody else as well."""
        for woord in eigen_woorden:
            self._los.pop(woord, None)

    def __call__(self, tekst: str) -> str:
        """Return the text without the others."""
        tekst = _plain(tekst)
        uit, vanaf = [], 0
        for begin, einde, nieuw in self._fixed(tekst):
            uit += [self._names(tekst[vanaf:begin]), nieuw]
            vanaf = einde
        return "".join([*uit, self._names(tekst[vanaf:])])

    def _fixed(self, tekst: str) -> Iterator[tuple[int, int, str]]:
        """Give what is no name but points to somebody: e-mail addresses, telephone numbers, numbers of dossiers."""
        gevonden = [(m.start(), m.end(), m[0] if vouw(m[0]) in self._mail else MAIL) for m in _MAIL.finditer(tekst)]
        gevonden += [
            (m.start(), m.end(), TELEFOON) for m in _GETALLEN.finditer(tekst) if _phones(m[0]) & self._telefoon
        ]
        gevonden += [
            (m.start(), m.end(), m[0] if m[0].upper() in self._dossiers else DOSSIER) for m in _NUMMER.finditer(tekst)
        ]
        vanaf = 0
        for begin, einde, nieuw in sorted(gevonden):
            if begin >= vanaf:
                vanaf = einde
                yield begin, einde, nieuw

    def _names(self, tekst: str) -> str:
        woorden = [_Woord(vouw(m[0]), m.start(), m.end()) for m in _WOORD.finditer(tekst)]
        plaats: list[str | None] = [None] * len(woorden)
        for groep in self._eigen:
            for nr in _runs(woorden, groep, tekst):
                for plek in range(nr, nr + len(groep)):
                    plaats[plek] = plaats[plek] if plaats[plek] is not None else ""
        # The whole name of whoever asks stays; of who has that name and more besides, all of it goes.
        for groep, wat in self._groepen:
            for nr in _runs(woorden, groep, tekst):
                plekken = range(nr, nr + len(groep))
                if not all(plaats[plek] == "" for plek in plekken):
                    for plek in plekken:
                        plaats[plek] = plaats[plek] or wat
        for nr, woord in enumerate(woorden):
            if plaats[nr] is None:
                plaats[nr] = self._one(woord.vorm)
        return _rewrite(tekst, woorden, plaats)

    def _one(self, woord: str) -> str | None:
        if (wat := self._los.get(woord)) is not None:
            return wat
        return self._los.get(woord[:-1]) if len(woord) > _LANG and woord.endswith("s") else None


def _rewrite(tekst: str, woorden: list[_Woord], plaats: list[str | None]) -> str:
    uit, vanaf, nr = [], 0, 0
    while nr < len(woorden):
        if not (wat := plaats[nr]):
            nr += 1
            continue
        begin = nr
        voor = begin
        while voor and not plaats[voor - 1] and woorden[voor - 1].begin >= vanaf:
            voor -= 1
            if _initial(tekst, woorden, voor):
                begin = voor
            elif woorden[voor].vorm not in TUSSEN or not _joined(tekst, woorden[voor], woorden[voor + 1]):
                break
        laatste = nr
        # What stands between two parts of a name belongs to it.
        for volgende in range(nr + 1, len(woorden)):
            if not _joined(tekst, woorden[volgende - 1], woorden[volgende]):
                break
            if plaats[volgende] == wat:
                laatste = volgende
            elif woorden[volgende].vorm not in TUSSEN and len(woorden[volgende].vorm) > 1:
                break
        uit += [tekst[vanaf : woorden[begin].begin], wat]
        vanaf, nr = woorden[laatste].einde, laatste + 1
    return "".join([*uit, tekst[vanaf:]])


def _initial(tekst: str, woorden: list[_Woord], nr: int) -> bool:
    """Tell whether a word is the J. of J. Jansen, or the O of O'Neill."""
    erna = tekst[woorden[nr].einde : woorden[nr + 1].begin]
    return len(woorden[nr].vorm) == 1 and erna[:1] in (".", "'", "’", "`") and _TUSSEN.fullmatch(erna) is not None


def _joined(tekst: str, een: _Woord, ander: _Woord) -> bool:
    return _TUSSEN.fullmatch(tekst[een.einde : ander.begin]) is not None


def _runs(woorden: list[_Woord], groep: list[str], tekst: str) -> Iterator[int]:
    """Give where these words stand one after the other."""
    for nr in range(len(woorden) - len(groep) + 1):
        if woorden[nr].vorm != groep[0]:  # as nearly all: the rest costs ten times this
            continue
        deel = woorden[nr : nr + len(groep)]
        gelijk = all(woord.vorm == vorm for woord, vorm in zip(deel, groep, strict=True))
        if gelijk and all(_joined(tekst, een, ander) for een, ander in pairwise(deel)):
            yield nr


def _plain(tekst: str) -> str:
    """Return a text in which a letter is one sign, and nothing stands that is not to be seen."""
    return "".join(t for t in unicodedata.normalize("NFC", tekst) if unicodedata.category(t) != "Cf")


def _forms(tekst: str) -> list[str]:
    return [vouw(woord) for woord in _WOORD.findall(_plain(tekst))]


def _phones(tekst: str) -> set[str]:
    """Return the telephone numbers in a text, each as its last nine digits: 06 and +316 are the same."""
    cijfers = ("".join(t for t in m[0] if t.isdecimal()) for m in _GETALLEN.finditer(tekst))
    return {getal[-9:] for getal in cijfers if len(getal) >= 9}
