"""What was set aside in the folder of a register, and erasing in it: texts of lost facts, databases of before.

Of what was lost nothing says any more which of it is about whom. So of a dossier in which something is erased all of
it goes that is from before that; in the others the texts in which an erased name or text stands. What was cut off the
journal (`*.afgeknipt-*`) is facts, without names or texts, and stays.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from klachten.concepten import KORTST
from klachten.datamap import DATABASE
from klachten.gebeurtenissen import WISSEND
from klachten.register.dossiermap import Dossiermap
from klachten.register.journaal import Journaal
from klachten.register.nummers import IN_FEIT
from klachten.register.tekstregel import place_of_line
from klachten.schijf import fsync_map
from klachten.taal import opsomming
from klachten.versleuteling import Sleutels

_WANNEER = re.compile(r"-([0-9]{8}T[0-9]{6})(?:-[0-9]+)?(?:\.wal)?")
_WISSEND = tuple(f'"soort":"{soort}"'.encode() for soort in sorted(WISSEND))


@dataclass
class Gezegd:
    """What the facts say of what was set aside: which dossiers they know, and the last fact that erased in each."""

    bekend: set[str] = field(default_factory=set)
    gewist: dict[str, int] = field(default_factory=dict)
    laatst: datetime | None = None

    def erased(self, klachtnummer: str, nr: int, op: datetime) -> None:
        """Note a fact that erased something, and when it was recorded."""
        self.gewist[klachtnummer] = max(nr, self.gewist.get(klachtnummer, 0))
        self.laatst = op if self.laatst is None else max(op, self.laatst)


def lost(map: Path, sleutels: Sleutels | None = None) -> Iterator[Dossiermap]:
    """The folders with what hung behind facts that were lost, one for each time that a loss was accepted."""
    for pad in sorted(map.glob("verlies-*/dossiers")):
        yield Dossiermap(pad, sleutels or Sleutels())


def lost_files(map: Path) -> Iterator[Path]:
    """Every file in those."""
    return (pad for pad in map.glob("verlies-*/dossiers/**/*") if pad.is_file())


def databases(map: Path) -> Iterator[Path]:
    """Databases that were set aside, with what belongs to them: damaged, or as they were before opwaarderen."""
    return (pad for pad in map.glob(f"{DATABASE}.*") if is_database(pad) and pad.is_file())


def is_database(pad: Path) -> bool:
    """Whether a file is a database that was set aside."""
    return pad.name.startswith((f"{DATABASE}.beschadigd-", f"{DATABASE}.schema-"))


def take_out(map: Path, sleutels: Sleutels | None, klachtnummer: str, voor: int, teksten: Collection[str]) -> None:
    """Erase in what was lost: of a dossier all from before fact `voor`, of others the texts that hold any of these."""
    gezocht = [tekst.casefold() for tekst in teksten if len(tekst) >= KORTST]
    for dossiers in lost(map, sleutels):
        _drop(dossiers, klachtnummer, voor)
        for nummer in dossiers.numbers() if gezocht else ():
            weg = {
                (een.nr, een.veld)
                for een in dossiers.texts(nummer)
                if any(tekst in een.tekst.casefold() for tekst in gezocht)
            }
            if weg:
                dossiers.erase(nummer, lambda een, weg=weg: (een.nr, een.veld) in weg)


def again(map: Path, gezegd: Gezegd) -> None:
    """Erase once more in what came back, or could not be erased before: by the facts that erased."""
    for dossiers in lost(map):
        for nummer, voor in gezegd.gewist.items():
            _drop(dossiers, nummer, voor)
    for pad in _older(map, gezegd.laatst):
        pad.unlink(missing_ok=True)


def anything(map: Path) -> bool:
    """Whether anything was set aside that can hold texts."""
    return any(lost_files(map)) or any(databases(map))


def told(journaal: Journaal) -> Gezegd:
    """Read in the journal what it says of this."""
    gezegd = Gezegd()
    for pad in journaal.bestanden():
        with pad.open("rb") as regels:
            for regel in regels:
                gezegd.bekend.update(b"-".join(delen).decode() for delen in IN_FEIT.findall(regel))
                if any(soort in regel for soort in _WISSEND):
                    with suppress(ValueError, KeyError, TypeError):  # damaged: the check of the chain says where
                        feit = json.loads(regel)
                        op = datetime.fromisoformat(feit["vastgelegd_op"].rstrip("Z")).replace(tzinfo=UTC)
                        if feit["soort"] in WISSEND:
                            gezegd.erased(feit["klachtnummer"], int(feit["nr"]), op)
    return gezegd


def remarks(map: Path, sleutels: Sleutels | None, gezegd: Gezegd) -> list[str]:
    """Say what was erased and stands there still, and what cannot be erased there; nothing when all is well."""
    zinnen = []
    nog: dict[str, list[str]] = defaultdict(list)
    los: dict[str, list[str]] = defaultdict(list)
    dicht: dict[str, list[str]] = defaultdict(list)
    for dossiers in lost(map, sleutels):
        waar = dossiers.map.parent.name
        for nummer in dossiers.numbers():
            if _before(dossiers, nummer, gezegd.gewist.get(nummer, 0)):
                nog[waar].append(nummer)
            elif nummer not in gezegd.bekend and _holds(dossiers, nummer):
                los[waar].append(nummer)
            if any(dossiers.closed(nummer)):
                dicht[waar].append(nummer)
    waar_nog = [f"{waar} ({opsomming(nummers)})" for waar, nummers in nog.items()]
    if waar_nog := [*waar_nog, *(pad.name for pad in _older(map, gezegd.laatst))]:
        zinnen.append(
            f"Wat is gewist, kan nog staan in {opsomming(waar_nog)}. De volgende start haalt het daar weg; blijft deze "
            "zin staan, verwijder het dan zelf."
        )
    zinnen += [
        f"In {waar} staat iets van {opsomming(nummers)}, waarvan geen feit meer in het register is. Daarin kan "
        "klachten niets meer wissen: is het niet meer nodig, of moet het weg, verwijder het daar dan zelf."
        for waar, nummers in los.items()
    ]
    zinnen += [
        f"In {waar} blijven teksten dicht van {opsomming(nummers)}: naar een naam die is gewist, is daarin niet te "
        "zoeken. Zet de sleutel terug, of verwijder ze."
        for waar, nummers in dicht.items()
    ]
    return zinnen


def _drop(dossiers: Dossiermap, nummer: str, voor: int) -> None:
    """Take everything of a dossier from before a fact away: its texts, and the documents, which have no number."""
    if not dossiers.folder(nummer).is_dir() and not any(dossiers.lines(nummer)):
        return
    dossiers.erase_documents(nummer)
    dossiers.erase(nummer, lambda tekst: tekst.nr < voor)
    teksten = dossiers.folder(nummer) / "teksten.jsonl"
    if teksten.is_file() and not any(place_of_line(regel) for regel in dossiers.own_lines(nummer)):
        teksten.unlink()
        fsync_map(teksten.parent)


def _before(dossiers: Dossiermap, nummer: str, voor: int) -> bool:
    """Whether there is anything of a dossier that `_drop` would take away."""
    plekken = (place_of_line(regel) for regel in dossiers.lines(nummer))
    return bool(voor) and (any(plek is None or plek.nr < voor for plek in plekken) or bool(dossiers.documents(nummer)))


def _holds(dossiers: Dossiermap, nummer: str) -> bool:
    return any(dossiers.lines(nummer)) or bool(dossiers.documents(nummer))


def _older(map: Path, moment: datetime | None) -> list[Path]:
    """The databases that were set aside before a moment, or nobody knows when."""
    if moment is None:
        return []
    uit = []
    for pad in sorted(databases(map)):
        gevonden = _WANNEER.search(pad.name)
        with suppress(ValueError):
            op = datetime.strptime(gevonden[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC) if gevonden else moment
            if op <= moment:
                uit.append(pad)
    return uit


def of_database(rijen: Collection[tuple[str, int, datetime]]) -> Gezegd:
    """The same of facts that erased, as the database has them: klachtnummer, nr, and when in UTC."""
    gezegd = Gezegd()
    for klachtnummer, nr, op in rijen:
        gezegd.erased(klachtnummer, nr, op.replace(tzinfo=UTC))
    return gezegd
