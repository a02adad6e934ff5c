"""Every place that can hold personal data, and how it is taken away there: what is not on this list is not erased.

Whoever gives the register another place (letters that wait to be sent, say) adds it to PLEKKEN. A place is searched in
a folder that no process has open: reading the file of a database that is in use lets its lock go.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from klachten import concepten
from klachten.datamap import DATABASE
from klachten.gebeurtenissen import genoemd
from klachten.register.dossiermap import Dossiermap, Tekst
from klachten.schijf import fsync_map

NAAMVELDEN = genoemd.NAAMVELDEN | {"voornaam", "achternaam", "e_mail"}
"""Texts that say who somebody is: a form in which one of them stands is about that person."""


class Gewist(NamedTuple):
    """What was erased in one dossier; `persoon` is the id of whose dossier it is, if it is of a person.

    `teksten` are those that the dossier still has (of one that is closed without what it says), `documenten` the
    content hashes, None for all there are.
    """

    klachtnummer: str
    persoon: str
    teksten: tuple[Tekst, ...]
    documenten: frozenset[str] | None

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


def _aside(map: Path) -> Iterator[Path]:
    """Databases that were set aside, with what belongs to them."""
    return (pad for pad in map.glob(f"{DATABASE}.*") if _is_aside(pad) and pad.is_file())


def _is_aside(pad: Path) -> bool:
    """Whether a database was set aside: damaged, or as it was before opwaarderen."""
    return pad.name.startswith((f"{DATABASE}.beschadigd-", f"{DATABASE}.schema-"))


def _after_loss(map: Path) -> Iterator[Path]:
    """What was put aside when somebody accepted a loss."""
    return (pad for pad in map.glob("verlies-*/dossiers/**/*") if pad.is_file())


def _database(map: Path) -> Iterator[Path]:
    yield from (pad for pad in map.glob(f"{DATABASE}*") if pad.is_file() and not _is_aside(pad))
    yield from (pad for pad in (map / f"{DATABASE}.tmp").rglob("*") if pad.is_file())


def _from_drafts(map: Path, dossiers: Dossiermap, gewist: Gewist) -> None:
    namen = {tekst.tekst for tekst in gewist.teksten if tekst.veld in NAAMVELDEN}
    # All of a long text: what somebody typed and did not send yet.
    concepten.weg_met(
        map, namen | {t.tekst for t in gewist.teksten if len(t.tekst) > len(t.veld)}, gewist.persoon, dossiers.sleutels
    )


def _from_dossier(map: Path, dossiers: Dossiermap, gewist: Gewist) -> None:
    dossiers.erase_documents(gewist.klachtnummer, gewist.documenten)
    dossiers.erase(gewist.klachtnummer, gewist.weg)


def _remove_aside(map: Path, dossiers: Dossiermap, gewist: Gewist) -> None:
    for pad in _aside(map):
        pad.unlink(missing_ok=True)


def _from_lost(map: Path, dossiers: Dossiermap, gewist: Gewist) -> None:
    """All of the dossier: its facts are lost, so nothing says any more which of these texts is about whom."""
    for pad in sorted(map.glob("verlies-*/dossiers")):
        verloren = Dossiermap(pad)
        verloren.erase_documents(gewist.klachtnummer)
        if (teksten := verloren.folder(gewist.klachtnummer) / "teksten.jsonl").is_file():
            teksten.unlink()
            fsync_map(teksten.parent)


def _nothing(map: Path, dossiers: Dossiermap, gewist: Gewist) -> None:
    """It never holds any of it."""


PLEKKEN: tuple[Plek, ...] = (
    Plek(
        "Concepten",
        "Formulieren die nog niet zijn verstuurd. Staat de naam of een gewiste tekst erin, dan gaat het concept weg.",
        _folder("concepten"),
        _from_drafts,
    ),
    Plek(
        "Opzijgezette databases",
        "Kopieën die bij een storing zijn bewaard. Zij gaan helemaal weg.",
        _aside,
        _remove_aside,
    ),
    Plek(
        "Opzijgezet na verlies",
        "Teksten en stukken van feiten die verloren gingen. Wat er van het dossier staat, gaat helemaal weg.",
        _after_loss,
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
    Plek("Journaal", "De feiten: er staan geen namen en teksten in. Zij blijven.", _folder("journaal"), _nothing),
    Plek("Post", "Waarvandaan e-mail gaat: er staan geen namen en teksten in. Het blijft.", _folder("post"), _nothing),
    Plek("Kijklog", "Wie wat opende: er staan alleen nummers in. Het blijft.", _folder("kijklog"), _nothing),
    Plek(
        "Dossiers",
        "De teksten en stukken zelf. Zij worden verwijderd; wat bleef staan, wordt opnieuw weggeschreven.",
        _folder("dossiers"),
        _from_dossier,
    ),
)
"""In the order in which they are emptied: the dossier last, because it says what to look for in the others."""
