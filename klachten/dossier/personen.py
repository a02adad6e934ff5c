"""Who is told of in a dossier beside the colleagues, and which texts are about whom: what erasing one person needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from klachten import gebeurtenissen as g
from klachten.dossier.klacht import Feiten
from klachten.gebeurtenissen import GEWIST, TEKSTEN, Vastlegging
from klachten.gebeurtenissen.genoemd import BUITEN, GEMACHTIGDE, GENOEMD, INDIENER, MEDE, NAMENS, is_contact, named
from klachten.mailadres import found_in
from klachten.zoekvorm import woorden

NAMEN = {
    INDIENER: "Indiener",
    GEMACHTIGDE: "Gemachtigde of vertegenwoordiger",
    MEDE: "Andere indiener",
    BUITEN: "Persoon van buiten",
    GENOEMD: "Anderen die erbij betrokken waren",
}
_REDENEN = ("reden", "reden_afwijking")
_APART = (MEDE,)
"""Of these there can be more: each is told apart by the fact that brought him or her."""


class Plek(NamedTuple):
    """A text of a dossier: the number of its fact, its field, what it says."""

    nr: int
    veld: str
    tekst: str


def persons_in(feiten: Feiten) -> dict[str, str]:
    """Return who can be erased from a dossier: id, and what a reader knows them by (what they are, and the name)."""
    uit: dict[str, list[str]] = {}
    for wie, plek in _all(feiten):
        namen = uit.setdefault(wie, [])
        if not is_contact(plek.veld) and wie.partition(".")[0] != GENOEMD and plek.veld not in (NAMENS, "van", "aan"):
            namen.append(plek.tekst)
    return {
        wie: NAMEN[wie.partition(".")[0]] + (f": {' / '.join(dict.fromkeys(namen))}" if namen else "")
        for wie, namen in uit.items()
    }


def places_of(feiten: Feiten, wie: str) -> list[tuple[int, str]]:
    """Return the texts that are about somebody, in every version of the facts that say it."""
    return [(plek.nr, plek.veld) for van, plek in _all(feiten) if van == wie]


def also_named(feiten: Feiten, wie: str) -> list[Plek]:
    """Return the other texts of a dossier that may be about somebody: whoever erases chooses.

    A word of the name stands in them, or an address; or they are of an e-mail to that person, or of what came of it. Of
    TEKSTEN there is no name: then it is every text, of the organisation those that it can do without.
    """
    eigen = [plek for van, plek in _all(feiten) if van == wie]
    gezocht = _name_words(eigen)
    adressen = set().union(*(found_in(plek.tekst) for plek in eigen))
    post = messages_to(feiten, wie)
    zelf = {(plek.nr, plek.veld) for plek in eigen}
    geldig = {v.nr for v in feiten.geldig} if feiten.klachtnummer == g.NUMMER else set()
    return [
        Plek(v.nr, veld, tekst)
        for v in feiten.vastleggingen
        for veld, tekst in v.feit.teksten().items()
        if (v.nr, veld) not in zelf
        and tekst != GEWIST
        and (v.nr not in geldig or veld in _REDENEN or isinstance(v.feit, g.BestandOvergenomen))
        and (
            wie == TEKSTEN
            or v.nr in post
            or getattr(v.feit, "bericht", 0) in post
            or gezocht & set(woorden(tekst))
            or adressen & found_in(tekst)
        )
    ]


def documents_in(feiten: Feiten) -> dict[str, Plek]:
    """Return every file that the dossier had, of a letter that waits too: its content hash, and where it is named."""
    uit: dict[str, Plek] = {}
    for v in feiten.vastleggingen:
        if isinstance(v.feit, g.DocumentToegevoegd | g.BerichtKlaargezet) and v.feit.document:
            uit.setdefault(v.feit.document, Plek(v.nr, "naam", v.feit.naam))
    return uit


def documents_of(feiten: Feiten, wie: str) -> list[str]:
    """Return the files among them that went to somebody or came from there, or are to go; of GENOEMD nobody knows."""
    if wie == GENOEMD:
        return []
    eigen = [plek for van, plek in _all(feiten) if van == wie]
    gezocht, plekken, post = _name_words(eigen), {(plek.nr, plek.veld) for plek in eigen}, messages_to(feiten, wie)

    def is_of(nr: int, feit: g.DocumentToegevoegd) -> bool:
        tekst = {"van": feit.van, "aan": feit.aan}
        return any((nr, veld) in plekken or gezocht & set(woorden(waar)) for veld, waar in tekst.items())

    return list(
        dict.fromkeys(
            v.feit.document
            for v in feiten.vastleggingen
            if v.nr in post or (isinstance(v.feit, g.DocumentToegevoegd) and is_of(v.nr, v.feit))
            if v.feit.document
        )
    )


def messages_to(feiten: Feiten, wie: str) -> set[int]:
    """Return the numbers of the facts with which an e-mail to somebody was put ready."""
    van = {(plek.nr, plek.veld) for eigen, plek in _all(feiten) if eigen == wie}
    return {v.nr for v in feiten.vastleggingen if isinstance(v.feit, g.BerichtKlaargezet) and (v.nr, "aan") in van}


def owner_of(feiten: Feiten) -> Callable[[Vastlegging, str], str]:
    """Return what says of a text of a fact whom it names or how to reach whom, "" for a text about what happened.

    An e-mail is of whose address it has, where the dossier says whose that is.
    """
    bekend: dict[str, str] = {}
    for v in feiten.vastleggingen:
        for veld, tekst in v.feit.teksten().items():
            if is_contact(veld) and (van := _as_told(v, veld)):
                bekend |= {adres: bekend.get(adres, van) for adres in found_in(tekst)}

    def whose(v: Vastlegging, veld: str) -> str:
        van = _as_told(v, veld)
        if van != GENOEMD:
            return van
        adressen = sorted(found_in(v.feit.teksten().get(veld, "")))
        return next((bekend[adres] for adres in adressen if adres in bekend), van)

    return whose


def _as_told(v: Vastlegging, veld: str) -> str:
    van = named(v.feit, veld)
    return f"{van}.{v.corrigeert or v.nr}" if van in _APART else van


def _name_words(plekken: Iterable[Plek]) -> set[str]:
    """The words of a name that somebody is looked for by; an address is none."""
    namen = (plek.tekst for plek in plekken if not is_contact(plek.veld) and not found_in(plek.tekst))
    return {woord for naam in namen for woord in woorden(naam) if len(woord) > 2}


def _all(feiten: Feiten) -> Iterator[tuple[str, Plek]]:
    whose = owner_of(feiten)
    for v in feiten.vastleggingen:
        for veld, tekst in v.feit.teksten().items():
            if tekst != GEWIST and (van := whose(v, veld)):
                yield van, Plek(v.nr, veld, tekst)
