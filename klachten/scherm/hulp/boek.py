"""The handleiding of a role, for the page and for the PDF: what one does when, which steps, which pages, which answers.

The steps come from the reglement, the pages from the table of rights, so that neither can say something else.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from klachten import taal
from klachten.analyse.rapport import blokken, opmaak
from klachten.analyse.rapport.stijl import Stijl
from klachten.organisatie import ROLLEN
from klachten.rechten import NIETS, rij
from klachten.rechten.woorden import cell
from klachten.reglement import Reglement
from klachten.scherm.hulp import stappen
from klachten.scherm.hulp.vragen import Taak, taken_voor
from klachten.scherm.paginas import PAGINAS

BESTAND = Path(__file__).with_name("rollen.toml")
WANNEER = {"dag": "Elke dag", "week": "Elke week", "jaar": "Elk jaar"}
# The marks of Markdown that answers have; the PDF has none.
_MARKERING = re.compile(r"\*\*(.+?)\*\*|\*(.+?)\*|`(.+?)`")


class Deel(NamedTuple):
    """A part of the handleiding: what it is about, paragraphs, and points; `niveau` 2 is an answer to a question."""

    kop: str
    alineas: tuple[str, ...] = ()
    punten: tuple[str, ...] = ()
    niveau: int = 1


@cache
def rollen() -> dict[str, dict[str, list[str]]]:
    """Return what each role is for, and does every day, week and year."""
    rauw = tomllib.loads(BESTAND.read_text(encoding="utf-8"))
    return {rol: {**tekst, "waarvoor": [tekst["waarvoor"]]} for rol, tekst in rauw.items()}


def named(rollen: Iterable[str]) -> str:
    """Return roles for the middle of a sentence."""
    return taal.opsomming(ROLLEN[rol].lower() for rol in rollen)


def titel(rollen: Iterable[str]) -> str:
    """Return what the handleiding of these roles is called."""
    return f"Handleiding voor {named(rollen)}"


def work(wie: Sequence[str], reglement: Reglement, op: date) -> list[Deel]:
    """Return the parts before the questions: what somebody with these roles does when, with which steps and pages."""
    uit = [Deel("Waarvoor u er bent", alineas=_of(wie, "waarvoor"))]
    uit += [Deel(kop, punten=_of(wie, wanneer)) for wanneer, kop in WANNEER.items()]
    eigen = [stap for stap in reglement.stappen if not set(wie).isdisjoint(stap.rollen)]
    regels = tuple(f"Stap {stap.nr}, {stap.naam}. {stap.uitleg}{_when(reglement, op, stap.nr)}" for stap in eigen)
    uit.append(Deel("Uw stappen", *(((), regels) if regels else (("Bij deze rol horen geen stappen.",), ()))))
    return [*uit, Deel("Uw pagina's", punten=pages(wie))]


def parts(wie: Sequence[str], reglement: Reglement, op: date) -> list[Deel]:
    """Return the whole handleiding of these roles, in the order of the page."""
    vragen = [Deel(taak.vraag, alineas=paragraphs(taak), niveau=2) for taak in taken_voor(*wie)]
    return [*work(wie, reglement, op), Deel("Hoe doe ik …"), *vragen]


def pages(wie: Sequence[str]) -> tuple[str, ...]:
    """Return every page that these roles may open, with how much of it, from the table of rights."""
    uit = []
    for deel in PAGINAS:
        cellen = rij("pagina", deel.naam).cellen
        mag = {cellen[rol]: cell("pagina", cellen[rol]) for rol in wie if cellen[rol] != NIETS}
        if mag:
            hoever = "" if "ja" in mag else f" Voor u: {taal.opsomming(mag.values())}."
            uit.append(f"{deel.titel}: {deel.uitleg}{hoever}")
    return tuple(uit)


def paragraphs(taak: Taak) -> tuple[str, ...]:
    """Return an answer in plain paragraphs."""
    return tuple(plain(alinea) for alinea in taak.antwoord.split("\n\n"))


def plain(tekst: str) -> str:
    """Return a text without the marks of Markdown."""
    return _MARKERING.sub(lambda m: next(filter(None, m.groups())), tekst).strip()


def pdf(delen: Sequence[Deel], wie: Sequence[str], *, organisatie: str, op: date, stijl: Stijl) -> bytes:
    """Return it as PDF, printed as the yearly report is."""
    uit: list[blokken.Blok] = []
    for deel in delen:
        uit.append(blokken.kop(deel.kop, deel.niveau))
        uit += [{**blokken.alinea(zin), "plakt": False} for zin in deel.alineas]
        if deel.punten:
            uit.append(blokken.punten([(zin, False) for zin in deel.punten]))
    naam = titel(wie)
    gegevens = {
        "titel": naam, "organisatie": organisatie, "ondertitel": f"Stand van {taal.datum(op)}",
        "datum": [op.year, op.month, op.day], "tegels": [], "blokken": uit, "voet": f"{naam} · {taal.datum(op)}",
    }  # fmt: skip
    return opmaak.zet(gegevens, stijl)


def _of(wie: Sequence[str], wat: str) -> tuple[str, ...]:
    """Return the sentences of these roles, each once."""
    return tuple(dict.fromkeys(zin for rol in wie for zin in rollen()[rol][wat]))


def _when(reglement: Reglement, op: date, nr: int) -> str:
    zin = stappen.when_on(reglement, op, nr)
    return "" if zin == stappen.GEEN_TERMIJN else f" {zin}"
