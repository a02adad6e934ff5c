"""Make a snapshot of all facts at one moment."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb

from klachten import __version__
from klachten.analyse.momentopname import FORMAAT, MANIFEST, GeenMomentopname, current, snapshots_map
from klachten.momentopname import bestanden, inhoud
from klachten.register import Register, RegisterFout
from klachten.schijf import fsync_map


class MomentopnameMislukt(RegisterFout):
    """No snapshot was made; the one before it is still there."""


@dataclass(frozen=True)
class Momentopname:
    """A snapshot that was made; `meldingen` are Dutch sentences about old ones that could not be removed."""

    map: Path
    aantal_feiten: int
    zegel: str
    meldingen: tuple[str, ...] = ()


def write(register: Register, *, nu: datetime, vandaag: date) -> Momentopname:
    """Make a snapshot of all facts recorded so far, and point to it; MomentopnameMislukt when that is impossible.

    `nu` is the moment in UTC that names it, `vandaag` the Dutch calendar day that its readers take as peildatum.
    """
    map = snapshots_map(register.map)
    try:
        map.mkdir(parents=True, exist_ok=True)
        doel = bestanden.new_folder(map, nu)
        try:
            manifest = {
                "formaat": FORMAAT,
                "naam": doel.name,
                "gemaakt_op": f"{nu:%Y-%m-%dT%H:%M:%SZ}",
                "dag": vandaag.isoformat(),
                "software": __version__,
                **inhoud.export(register, doel, vandaag),
            }
            bestanden.store(doel / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=2) + "\n")
            fsync_map(doel)
            fsync_map(map)
            bestanden.point(map, doel.name)
        except BaseException:
            shutil.rmtree(doel, ignore_errors=True)  # without a manifest nobody reads it, and the next one sweeps it up
            raise
    except (duckdb.Error, OSError) as fout:
        eerste = str(fout).splitlines()[0] if str(fout) else type(fout).__name__
        raise MomentopnameMislukt(
            f"De momentopname voor notebooks is niet gemaakt: {eerste}. Notebooks zien de vorige, als die er is. In "
            "het register zelf is niets veranderd."
        ) from fout
    return Momentopname(doel, manifest["aantal_feiten"], manifest["zegel"], bestanden.sweep(map, doel))


def is_current(register: Register, vandaag: date) -> bool:
    """Tell whether the newest snapshot holds every fact and was made today by this version."""
    try:
        manifest = current(register.map)[1]
    except GeenMomentopname:
        return False
    stand = register.stand()
    nodig = (stand.aantal, stand.zegel, vandaag.isoformat(), __version__)
    return nodig == tuple(manifest[sleutel] for sleutel in ("aantal_feiten", "zegel", "dag", "software"))
