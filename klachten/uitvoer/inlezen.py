"""A new register made of an export: the same facts, texts and documents, and so the same figures; other seals.

What is read is held against the numbers of its own manifest before anything counts, and what was made is checked as
`controleer` does. On a fault nothing stays. A text that was erased, or that the register had lost, keeps its place: the
journal says that there was one, and nobody can tell which.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from klachten.datamap import LOCK
from klachten.opening import open_register, reglementen_map
from klachten.register import Register, aanvaard
from klachten.register.aanvaard import Aanvaard
from klachten.register.controle import controleer
from klachten.register.dossiermap import Dossiermap
from klachten.register.inleg import Inleg
from klachten.register.journaal import BEGIN, seal
from klachten.register.nummers import OngeldigNummer, parse_number
from klachten.register.tekstregel import ZOUT, new_text
from klachten.taal import aantal, getal
from klachten.uitvoer import documenten, feiten, leesmij, tabellen
from klachten.uitvoer.fouten import UitvoerFout, require_empty, when_disk_refuses
from klachten.uitvoer.maken import FORMAAT, SOORT, beside, digest

_PORTIE = 5_000
"""Facts of which texts and lines are in memory at a time."""
_FOUT = "Er is geen register gemaakt"
_LIJST = "parquet/documenten.parquet"
_ANDERS = frozenset({"documenten", "soorten", "keuzes", "stappen", "reglementtermijnen"})
"""What follows from the version of klachten, or was looked at already."""


@dataclass(frozen=True)
class Ingelezen:
    """What was made: where, of how many facts, with which zegel; `ontbreekt` is what the export lacked already."""

    map: Path
    aantal_feiten: int
    zegel: str
    documenten: int
    ontbreekt: tuple[str, ...]


def read_in(uitvoer: Path, naar: Path, *, stap: Callable[[str], None] = lambda _: None) -> Ingelezen:
    """Make a register of an export in a folder that is not there yet; UitvoerFout says why not."""
    uitvoer, naar = uitvoer.absolute(), naar.absolute()
    require_empty(naar)
    manifest = _manifest(uitvoer)
    with when_disk_refuses(naar, "Het register"), beside(naar) as doel:
        stap("de controlegetallen")
        _check_files(uitvoer, manifest)
        stap("de feiten en teksten")
        _Schrijver(doel, manifest["verlies"]).write(_facts(uitvoer), manifest["aantal_feiten"])
        stap("de documenten")
        erbij = _documents(uitvoer, doel)
        _reglementen(uitvoer, doel, manifest)
        stap("de database en de controle")
        with open_register(doel) as register:
            stand = _proven(register, manifest)
        (doel / LOCK).unlink(missing_ok=True)
    return Ingelezen(naar, manifest["aantal_feiten"], stand.zegel, erbij, tuple(manifest["ontbreekt"]))


def _manifest(uitvoer: Path) -> dict[str, Any]:
    pad = uitvoer / leesmij.MANIFEST
    try:
        manifest = json.loads(pad.read_text(encoding="utf-8"))
        soort, formaat = manifest["soort"], manifest["formaat"]
        for naam in ("aantal_feiten", "verlies", "tabellen", "bestanden", "ontbreekt", "peildatum", "software"):
            manifest[naam]
    except OSError as fout:
        raise UitvoerFout(
            f"{uitvoer} is geen uitvoer van klachten: {leesmij.MANIFEST} is er niet, of is niet te lezen. Geef de map "
            "die met python -m klachten uitvoer is gemaakt."
        ) from fout
    except (ValueError, KeyError, TypeError) as fout:
        raise UitvoerFout(f"{pad} is veranderd of beschadigd. Gebruik de uitvoer zoals hij is gemaakt.") from fout
    if soort != SOORT or formaat != FORMAAT:
        raise UitvoerFout(
            f"{uitvoer} is gemaakt door klachten {manifest['software']}, in een vorm die deze versie niet leest. Lees "
            "hem in met die versie of een nieuwere."
        )
    return manifest


def _check_files(uitvoer: Path, manifest: Mapping[str, Any]) -> None:
    """Hold what is read from against its sha256: facts, documents with their list, and reglementen."""
    nodig = (feiten.BESTAND, _LIJST, f"{documenten.MAP}/", f"{leesmij.REGLEMENTEN}/")
    for naam, wat in manifest["bestanden"].items():
        if naam.startswith(nodig):
            pad = _inside(uitvoer, naam)
            if not pad.is_file():
                raise UitvoerFout(f"{_FOUT}: {naam} ontbreekt in de uitvoer. Gebruik de uitvoer zoals hij is gemaakt.")
            if digest(pad) != wat["sha256"]:
                raise UitvoerFout(f"{_FOUT}: {naam} is veranderd sinds de uitvoer is gemaakt.")


def _inside(uitvoer: Path, naam: str) -> Path:
    """Return the path of a file of an export; never of one outside it, whatever its list says."""
    pad = uitvoer / naam
    if ".." in Path(naam).parts or not pad.resolve().is_relative_to(uitvoer.resolve()):
        raise UitvoerFout(f"{_FOUT}: de uitvoer verwijst met '{naam}' naar een bestand daarbuiten.")
    return pad


def _facts(uitvoer: Path) -> Iterator[dict[str, Any]]:
    with (uitvoer / feiten.BESTAND).open(encoding="utf-8") as bestand:
        for nr, regel in enumerate(bestand, start=1):
            try:
                yield json.loads(regel)
            except ValueError as fout:
                raise UitvoerFout(f"{_FOUT}: regel {nr} van {feiten.BESTAND} is geen feit.") from fout


class _Schrijver:
    """Writes facts as the journal and the dossiers have them, with salts and seals of their own."""

    def __init__(self, doel: Path, verlies: list[dict[str, Any]]) -> None:
        self._journaal = doel / "journaal"
        self._dossiers = Dossiermap(doel / "dossiers")
        self._verlies = [Aanvaard(**een) for een in verlies]
        self._nr, self._zegel, self._jaar = 0, BEGIN, 0
        for map in (self._journaal, self._dossiers.map):
            map.mkdir(mode=0o700)

    def write(self, alle: Iterator[dict[str, Any]], aantal_feiten: int) -> None:
        """Write every fact in order; UitvoerFout when there are not as many as there should be."""
        geschreven, inleg, regels = 0, Inleg(), list[str]()
        self._leap()
        for feit in alle:
            if feit["deel"][0] == 1:  # a group stands in one file
                jaar = max(self._jaar, int(feit["vastgelegd_op"][:4]))
                if jaar != self._jaar or len(regels) >= _PORTIE:
                    self._put(inleg, regels)
                    inleg, regels = Inleg(), []
                self._jaar = jaar
            regels.append(self._line(feit, inleg))
            geschreven += 1
            if len(regels) >= 20 * _PORTIE:  # a group without end
                self._put(inleg, regels)
                inleg, regels = Inleg(), []
        self._put(inleg, regels)
        self._dossiers.sync()
        if geschreven != aantal_feiten:
            raise UitvoerFout(
                f"{_FOUT}: in {feiten.BESTAND} staan {getal(geschreven)} feiten, en volgens {leesmij.MANIFEST} horen "
                f"er {getal(aantal_feiten)} te zijn."
            )

    def _line(self, feit: Mapping[str, Any], inleg: Inleg) -> str:
        try:
            nr, nummer = feit["nr"], feit["klachtnummer"]
            parse_number(nummer)
            date.fromisoformat(feit["gebeurd_op"])
            datetime.fromisoformat(feit["vastgelegd_op"])
            teksten = [new_text(nr, veld, tekst) for veld, tekst in feit[feiten.GETYPT].items()]
            beloofd = {tekst.veld: tekst.commitment for tekst in teksten}
            # What is gone has a place that nothing fits: nobody can try whether it was this or that.
            for veld in (*feit.get(feiten.GEWIST, ()), *feit.get(feiten.ONTBREEKT, ())):
                beloofd[veld] = hashlib.sha256(os.urandom(2 * ZOUT)).hexdigest()
            velden = {naam: feit[naam] for naam in feiten.VELDEN}
        except (KeyError, TypeError, ValueError, AttributeError, OngeldigNummer) as fout:
            raise UitvoerFout(
                f"{_FOUT}: feit {feit.get('nr', '?')} in {feiten.BESTAND} is geen feit ({fout})."
            ) from fout
        if nr <= self._nr:
            raise UitvoerFout(f"{_FOUT}: feit {nr} staat in {feiten.BESTAND} niet op volgorde.")
        if teksten:
            inleg.teksten.setdefault(nummer, []).extend(teksten)
        regel, self._zegel = seal({**velden, "teksten": beloofd, "vorig": self._zegel})
        self._nr = nr
        self._leap()
        return regel

    def _leap(self) -> None:
        """Say where numbers were given out of which the facts are lost, under the zegel that is before them here."""
        for een in self._verlies:
            if een.na == self._nr:
                aanvaard.add(self._journaal, replace(een, zegel=self._zegel))

    def _put(self, inleg: Inleg, regels: list[str]) -> None:
        self._dossiers.write(inleg, wait=True)
        if regels:
            with (self._journaal / f"{self._jaar:04d}.jsonl").open("ab") as bestand:
                bestand.write("".join(f"{regel}\n" for regel in regels).encode("utf-8"))
                bestand.flush()
                os.fsync(bestand.fileno())


def _documents(uitvoer: Path, doel: Path) -> int:
    """Put every document into its dossier, one in memory at a time; return how many there are."""
    dossiers, hoeveel = Dossiermap(doel / "dossiers"), 0
    with duckdb.connect() as con:
        rijen = con.execute(
            "SELECT DISTINCT klachtnummer, sha256, bestand FROM read_parquet(?) WHERE toestand = ? ORDER BY ALL",
            [str(uitvoer / _LIJST), documenten.ER],
        ).fetchall()
    for klachtnummer, sha256, naam in rijen:
        inhoud = _inside(uitvoer, naam).read_bytes()
        if hashlib.sha256(inhoud).hexdigest() != sha256:
            raise UitvoerFout(f"{_FOUT}: {naam} is niet het document dat in de lijst staat.")
        dossiers.write(Inleg(documenten={(klachtnummer, sha256): inhoud}), wait=True)
        hoeveel += 1
    dossiers.sync()
    return hoeveel


def _reglementen(uitvoer: Path, doel: Path, manifest: Mapping[str, Any]) -> None:
    """Bring along what the list names of klachten that were taken over; the other reglementen are here already."""
    for naam in manifest["bestanden"]:
        if naam.startswith(f"{leesmij.REGLEMENTEN}/") and not naam.startswith(f"{leesmij.MEEGELEVERD}/"):
            bron = _inside(uitvoer, naam)
            plek = reglementen_map(doel) / bron.relative_to(uitvoer / leesmij.REGLEMENTEN)
            plek.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            shutil.copyfile(bron, plek)


def _proven(register: Register, manifest: Mapping[str, Any]) -> Any:
    """Return the head of the register that was made, after all of it was checked."""
    if register.alleen_lezen:
        raise UitvoerFout(f"{_FOUT}. {register.alleen_lezen}")
    stand = register.stand()
    with register.cursor() as cursor:
        ((hoeveel,),) = cursor.execute("SELECT count(*) FROM gebeurtenis").fetchall()
        if hoeveel != manifest["aantal_feiten"]:
            raise UitvoerFout(f"{_FOUT}: er zijn {getal(hoeveel)} feiten in plaats van {manifest['aantal_feiten']}.")
        dag = date.fromisoformat(manifest["peildatum"])
        vragen = tabellen.prepare(cursor, register, dag, stand.aantal, ())
        for naam, rijen in manifest["tabellen"].items():
            if naam in tabellen.TABELLEN and naam not in _ANDERS:
                ((nu,),) = cursor.execute(f"SELECT count(*) FROM ({vragen[naam]})").fetchall()
                if nu != rijen:
                    raise UitvoerFout(
                        f"{_FOUT}: {naam} zou {aantal(rijen, 'rij', 'rijen')} hebben, en heeft er {getal(nu)}. Lees in "
                        f"met versie {manifest['software']} van klachten."
                    )
    if not manifest["ontbreekt"]:
        fouten = [een.zin for een in controleer(register) if een.ernst == "fout"]
        if fouten:
            raise UitvoerFout(f"{_FOUT}, want het klopt niet. {' '.join(fouten[:3])}")
    return stand
