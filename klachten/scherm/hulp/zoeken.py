"""Searching in all of the help: steps, refusals, words, figures, questions and pages, by the rules of page Klachten."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from klachten.analyse.werk.zoeken import Vraag, Zoekwoord
from klachten.organisatie import ROLLEN, Gebruiker
from klachten.reglement import Reglement
from klachten.scherm.hulp import begrippen, boek, stappen, vragen, waarom
from klachten.scherm.paginas import toegankelijk
from klachten.zoekvorm import woorden

HOOGSTENS = 25
"""So many hits are shown; who finds more asks more precisely."""
DICHTBIJ = 5
"""So many are shown of what only comes near."""
LANGST = 220
"""Characters of a hit that are shown."""


@dataclass(frozen=True)
class Stuk:
    """A piece of help that can be found: of which kind, what it is called, what it says, and where it stands."""

    soort: str
    titel: str
    tekst: str
    pagina: str
    vraag: tuple[tuple[str, str], ...] = ()

    @cached_property
    def in_titel(self) -> set[str]:
        """The words of what it is called."""
        return woorden(self.titel)

    @cached_property
    def woorden(self) -> set[str]:
        """All its words."""
        return self.in_titel | woorden(self.tekst)


def pieces(reglement: Reglement, op: date, wie: Gebruiker) -> list[Stuk]:
    """Return everything that can be found: pages only those that this user may open."""
    uit = [
        Stuk(
            "Stap", f"Stap {stap.nr}: {stap.naam}",
            " ".join([stap.uitleg, *(f"{r.vraag}: {r.antwoord}" for r in stappen.regels(reglement, op, stap.nr))]),
            "reglement", (("stap", str(stap.nr)),),
        )
        for stap in reglement.stappen
    ]  # fmt: skip
    uit += [
        Stuk("Waarom kan dit niet?", w.titel, f"{w.regel} {w.doen}", "hulp", (("waarom", w.soort),))
        for w in waarom.alle().values()
    ]
    uit += [Stuk("Begrip", b.woord, b.uitleg, "hulp", (("begrip", b.id),)) for b in begrippen.alle().values()]
    uit += [
        Stuk("Kengetal", k.titel, f"{k.vraag} {begrippen.telt(k)} {k.waarom}", "hulp", (("kengetal", k.id),))
        for k in begrippen.kengetallen().values()
    ]
    uit += [
        Stuk("Vraag", taak.vraag, " ".join(boek.paragraphs(taak)), "handleiding", (("vraag", taak.id),))
        for taak in vragen.taken()
    ]
    uit += [
        Stuk("Handleiding", boek.titel([rol]), " ".join(z for wat in boek.rollen()[rol].values() for z in wat),
             "handleiding", (("rol", rol),))
        for rol in ROLLEN
    ]  # fmt: skip
    return [*uit, *(Stuk("Pagina", deel.titel, deel.uitleg, deel.naam) for deel in toegankelijk(wie))]


def search(getypt: str, alles: Iterable[Stuk]) -> list[Stuk]:
    """Return the pieces in which every word stands, those first that are called so; nothing when nothing is asked."""
    gevraagd = Vraag(getypt).woorden
    if not gevraagd:
        return []
    gevonden = [stuk for stuk in alles if all(_stands_in(woord, stuk.woorden) for woord in gevraagd)]
    return sorted(gevonden, key=lambda stuk: -sum(_stands_in(woord, stuk.in_titel) for woord in gevraagd))


def nearest(getypt: str, alles: Iterable[Stuk]) -> list[Stuk]:
    """Return what has most of the words, for who found nothing that has them all; nothing when none has any."""
    gevraagd = Vraag(getypt).woorden
    hoeveel = {id(stuk): (sum(_stands_in(w, stuk.woorden) for w in gevraagd), stuk) for stuk in alles}
    meeste = max((aantal for aantal, _ in hoeveel.values()), default=0)
    gevonden = [stuk for aantal, stuk in hoeveel.values() if meeste and aantal == meeste]
    return sorted(gevonden, key=lambda stuk: -sum(_stands_in(w, stuk.in_titel) for w in gevraagd))[:DICHTBIJ]


def _stands_in(woord: Zoekwoord, tekst: set[str]) -> bool:
    return any(all(any(deel.past(w) for w in tekst) for deel in weg) for weg in woord.wegen)


def excerpt(stuk: Stuk, getypt: str) -> str:
    """Return the part of a piece in which what was asked stands, or its beginning."""
    gevraagd: Sequence[Zoekwoord] = Vraag(getypt).woorden
    zinnen = re.split(r"(?<=[.?!]) ", stuk.tekst)
    plek = 0
    if not all(_stands_in(woord, stuk.in_titel) for woord in gevraagd):
        plek = next((nr for nr, zin in enumerate(zinnen) if any(w.raakt(woorden(zin)) for w in gevraagd)), 0)
    uit = " ".join(zinnen[plek:])
    kort = uit if len(uit) <= LANGST else f"{uit[:LANGST].rsplit(' ', 1)[0]} …"
    return f"… {kort}" if plek else kort
