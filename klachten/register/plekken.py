"""Every place that can hold personal data, and how it is taken away there: what is not on this list is not erased.

Whoever gives the register another place (letters that wait to be sent, say) adds it to PLEKKEN. A place is searched in
a folder that no process has open: reading the file of a database that is in use lets its lock go.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from klachten import concepten, postvak
from klachten.datamap import DATABASE
from klachten.gebeurtenissen import genoemd
from klachten.register import opzij
from klachten.register.dossiermap import Dossiermap, Tekst

NAAMVELDEN = genoemd.NAAMVELDEN | {"voornaam", "achternaam", "e_mail"}
"""Texts that say who somebody is: a form in which one of them stands is about that person."""


class Gewist(NamedTuple):
    """What was erased in one dossier; `persoon` is the id of whose dossier it is, if it is of a person.

    `teksten` are those that the dossier still has (of one that is closed without what it says), `documenten` the
    content hashes, None for all there are; `voor` is the last fact that erased something in it.
    """

    klachtnummer: str
    persoon: str
    teksten: tuple[Tekst, ...]
    documenten: frozenset[str] | None
    voor: int

    def words(self) -> set[str]:
        """What it is looked for by elsewhere: names, and all of a long text."""
        return self.names() | {tekst.tekst for tekst in self.teksten if len(tekst.tekst) > len(tekst.veld)}

    def names(self) -> set[str]:
        """Those of them that say who somebody is."""
        return {tekst.tekst for tekst in self.teksten if tekst.veld in NAAMVELDEN}

    def telltale(self) -> set[str]:
        """The words by which forms and mails of others are known to be about it.

        A text of one word that is no name, as "Gebeld", stands in those about anybody.
        """
        return self.names() | {tekst for tekst in self.words() if len(tekst.split()) > 1}

    def weg(self, tekst: Tekst) -> bool:
        """Tell whether a text is one of those."""
        return any((tekst.nr, tekst.veld) == (een.nr, een.veld) for een in self.teksten)


class Plek(NamedTuple):
    """A place: what it is, what happens there to what is erased, its files, and what takes it away there."""

    naam: str
    wat: str
    bestanden: Callable[[Path], Iterator[Path]]
    wis: Callable[[Path, Dossiermap, Gewist], object]

    def zoek(self, map: Path, woorden: Sequence[str]) -> list[str]:
        """Return in which files of this place any of these words can be read, byte for byte."""
        gezocht = [woord.encode("utf-8") for woord in woorden]
        return [
            pad.relative_to(map).as_posix()
            for pad in sorted(self.bestanden(map))
            if any(woord in inhoud for inhoud in [pad.read_bytes()] for woord in gezocht)
        ]


def _folder(naam: str) -> Callable[[Path], Iterator[Path]]:
    return lambda map: (pad for pad in (map / naam).rglob("*") if pad.is_file())


def _database(map: Path) -> Iterator[Path]:
    yield from (pad for pad in map.glob(f"{DATABASE}*") if pad.is_file() and not opzij.is_database(pad))
    yield from (pad for pad in (map / f"{DATABASE}.tmp").rglob("*") if pad.is_file())


def _from_drafts(map: Path, dossiers: Dossiermap, gewist: Gewist) -> None:
    concepten.weg_met(map, gewist.telltale(), gewist.persoon, dossiers.sleutels, gewist.klachtnummer)


def _from_mails(map: Path, dossiers: Dossiermap, gewist: Gewist) -> None:
    postvak.Postvak(map, dossiers.sleutels).weg_met(gewist.telltale(), gewist.persoon)


def _from_dossier(map: Path, dossiers: Dossiermap, gewist: Gewist) -> None:
    dossiers.erase_documents(gewist.klachtnummer, gewist.documenten)
    dossiers.erase(gewist.klachtnummer, gewist.weg)


def _remove_aside(map: Path, dossiers: Dossiermap, gewist: Gewist) -> None:
    for pad in opzij.databases(map):
        pad.unlink(missing_ok=True)


def _from_lost(map: Path, dossiers: Dossiermap, gewist: Gewist) -> None:
    opzij.take_out(map, dossiers.sleutels, gewist.klachtnummer, gewist.voor, gewist.words())


def _nothing(map: Path, dossiers: Dossiermap, gewist: Gewist) -> None:
    """It never holds any of it."""


PLEKKEN: tuple[Plek, ...] = (
    Plek(
        "Concepten",
        "Formulieren die nog niet zijn verstuurd, en wat in een dossier is getypt en niet is vastgelegd. Gaat het over "
        "het dossier, of staat de naam of een gewiste tekst van meer woorden erin, dan gaat het concept weg.",
        _folder("concepten"),
        _from_drafts,
    ),
    Plek(
        "Binnengekomen mail",
        "Mail waar nog niets mee is gedaan, ook die bij een formulier dat niet is verstuurd. Staat de naam of een "
        "gewiste tekst van meer woorden erin, dan gaat de mail weg.",
        _folder("postvak"),
        _from_mails,
    ),
    Plek(
        "Opzijgezette databases",
        "Kopieën die bij een storing zijn bewaard. Zij gaan helemaal weg.",
        opzij.databases,
        _remove_aside,
    ),
    Plek(
        "Opzijgezet na verlies",
        "Teksten en stukken van feiten die verloren gingen. Wat er van het dossier staat, gaat helemaal weg; uit "
        "andere dossiers de teksten waarin de naam of een gewiste tekst staat.",
        opzij.lost_files,
        _from_lost,
    ),
    Plek(
        "Database",
        "De teksten en de woorden waarop u zoekt. Het bestand wordt opnieuw gemaakt, zonder wat gewist is.",
        _database,
        _nothing,  # a new file takes its place, when all places are empty (wissen.swap)
    ),
    Plek(
        "Momentopname",
        "Voor notebooks: er staan geen namen en teksten in. Na het wissen komt er een nieuwe.",
        _folder("momentopname"),
        _nothing,
    ),
    Plek(
        "Journaal",
        "De feiten, ook wat is afgeknipt: er staan geen namen en teksten in. Zij blijven.",
        _folder("journaal"),
        _nothing,
    ),
    Plek(
        "Post",
        "Waarvandaan e-mail gaat, en hoeveel er wacht: er staan geen namen en teksten in. Het blijft.",
        _folder("post"),
        _nothing,
    ),
    Plek("Kijklog", "Wie wat opende: er staan alleen nummers in. Het blijft.", _folder("kijklog"), _nothing),
    Plek(
        "Dossiers",
        "De teksten en stukken zelf. Zij worden verwijderd; wat bleef staan, wordt opnieuw weggeschreven.",
        _folder("dossiers"),
        _from_dossier,
    ),
)
"""In the order in which they are emptied: the dossier last, because it says what to look for in the others."""
