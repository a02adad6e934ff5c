"""Going on without what was lost, because a person says so: all of it is kept aside, and no number is used again."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from klachten.register import aanvaard, geschiedenis
from klachten.register.dossiermap import Dossiermap
from klachten.register.journaal import Journaal, Kop, Staart, aside, truncate
from klachten.register.resten import Resten
from klachten.schijf import fsync_map

_NR = re.compile(rb'\{"nr": ([0-9]+),')


class Aanvaarding:
    """A journal that goes on after its last whole group `einde`, though it once went further or was another."""

    def __init__(self, journaal: Journaal, dossiers: Dossiermap, resten: Resten, einde: Kop, nu: datetime) -> None:
        self._journaal = journaal
        self._dossiers = dossiers
        self._resten = resten
        self._einde = einde
        self._nu = nu

    def go_on(self, gezien: int, tellers: Mapping[str, int], wat: str, reden: str) -> str:
        """Keep aside what hangs behind, and write down why; return the sentence about it.

        `gezien` is the highest fact number of which anything was seen, `tellers` the last volgnummers the database
        knows (K2026 -> 57), `wat` the sentence about what was lost. A stop halfway leaves all of it to be done again.
        """
        einde, nu, map = self._einde, self._nu, self._journaal.map
        waren = geschiedenis.counters(self._journaal, einde)
        nummers = self._resten.numbers()
        for reeks, laatste in [*tellers.items(), *waren.items()]:
            nummers[reeks] = max(laatste, nummers.get(reeks, 0))
        doel = folder(map.parent, nu)
        zonder = self._resten.without_fact(waren, noted=True)
        over = sorted(self._resten.holding_after(einde.nr) - set(zonder))
        lengtes = copy_texts(self._dossiers, over, einde.nr, doel)
        afgeknipt = cut_journal(self._journaal, einde, nu)
        een = aanvaard.Aanvaard(
            na=einde.nr, zegel=einde.zegel, tot=max(self._journaal.given_out(einde), gezien), reden=reden,
            op=f"{nu:%Y-%m-%dT%H:%M:%SZ}", wat=wat, opzij=doel.name, nummers=nummers, waren=waren,
        )  # fmt: skip
        aanvaard.add(map, een)
        fsync_map(map)
        self._journaal.aanvaard = aanvaard.read(map)
        move_dossiers(self._dossiers, zonder, doel)
        cut_texts(lengtes)
        self._dossiers.bundels.cut(einde.nr)
        self._dossiers.settle()
        rest = f" Wat in het journaal daarachter stond is bewaard ({afgeknipt[-1].name})." if afgeknipt else ""
        return f"{een.zin()} Wat in de dossiers daarachter hing staat in {doel.name}.{rest}"


def folder(map: Path, nu: datetime) -> Path:
    """Make the folder in which the dossiers of what was lost are kept: verlies-20261129T101112."""
    volgnr, doel = 1, map / f"verlies-{nu:%Y%m%dT%H%M%S}"
    while doel.exists():
        volgnr, doel = volgnr + 1, map / f"verlies-{nu:%Y%m%dT%H%M%S}-{volgnr + 1}"
    (doel / "dossiers").mkdir(parents=True)
    fsync_map(doel)
    fsync_map(map)
    return doel


def cut_journal(journaal: Journaal, einde: Kop, nu: datetime) -> list[Path]:
    """Keep aside what stands in the journal behind its last whole group; returns the files it went to."""
    bewaard = []
    for pad in reversed(journaal.bestanden()):
        if pad.name > einde.bestand:
            bewaard.append(pad.rename(aside(pad, "afgeknipt", nu)))
        elif pad.name == einde.bestand and pad.stat().st_size > einde.einde:
            bewaard.append(journaal.cut(Staart(pad, einde.einde, 0), nu))
    fsync_map(journaal.map)
    return bewaard


def copy_texts(dossiers: Dossiermap, nummers: Iterable[str], na: int, doel: Path) -> list[tuple[Path, int]]:
    """Copy the texts of facts after a number, durably; returns each file with the length that stays of it."""
    lengtes = []
    for nummer in nummers:
        pad = dossiers.folder(nummer) / "teksten.jsonl"
        blijft, weg = _split(pad.read_bytes(), na) if pad.is_file() else (b"", b"")
        samen = b"".join(regel + b"\n" for regel in dossiers.bundels.lines(nummer))
        _keep(doel, nummer, _split(samen, na)[1] + weg)
        if weg:
            lengtes.append((pad, len(blijft)))
    fsync_map(doel / "dossiers")
    return lengtes


def _keep(doel: Path, nummer: str, regels: bytes) -> None:
    """Put texts of a dossier beside what was lost, durably."""
    map = doel / "dossiers" / nummer
    map.mkdir(exist_ok=True)
    with (map / "teksten.jsonl").open("ab") as bestand:
        bestand.write(regels)
        bestand.flush()
        os.fsync(bestand.fileno())
    fsync_map(map)


def cut_texts(lengtes: Iterable[tuple[Path, int]]) -> None:
    """Take out of the dossiers what was copied."""
    for pad, lengte in lengtes:
        truncate(pad, lengte)


def move_dossiers(dossiers: Dossiermap, nummers: Iterable[str], doel: Path) -> None:
    """Move whole dossiers, of which the journal has no fact."""
    alle = list(nummers)
    for nummer in alle:
        samen = dossiers.bundels.lines(nummer)
        if dossiers.folder(nummer).is_dir():
            dossiers.folder(nummer).rename(doel / "dossiers" / nummer)
        if samen:
            _keep(doel, nummer, b"".join(regel + b"\n" for regel in samen))
    fsync_map(doel / "dossiers")
    dossiers.bundels.drop(alle, lambda _: True)  # at once: for each apart its file would be written a thousand times
    fsync_map(dossiers.map)


def _split(inhoud: bytes, na: int) -> tuple[bytes, bytes]:
    """What stands before the first text of a fact after a number, and the rest."""
    plek = 0
    for regel in inhoud.splitlines(keepends=True):
        gevonden = _NR.match(regel)
        if gevonden and int(gevonden[1]) > na:
            break
        plek += len(regel)
    return inhoud[:plek], inhoud[plek:]
