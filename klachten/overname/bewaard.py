"""The declaration of each source, kept with the register so that the next file of it asks nothing again.

It stands beside the reglementen, in the same copies; not in the journal, which cannot be erased: a declaration has the
words that a source uses, and those may be anything. It says how a file was read and is no fact about a klacht.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from klachten.opening import reglementen_map
from klachten.overname.kolommen import Kolommen
from klachten.overname.voorstel.ontwerp import KOLOMMEN
from klachten.reglement.tabel import OngeldigBestand, read_toml
from klachten.schijf import fsync_map, make_map, replace_file

MAP = "overnemen"


@dataclass(frozen=True)
class Bewaard:
    """What is kept of one source: its name and where its declaration is."""

    bron: str
    pad: Path

    def columns(self) -> set[str]:
        """Return every column that the declaration names; what cannot be read names none."""
        try:
            gegevens = read_toml(self.pad)
        except (OngeldigBestand, OSError):
            return set()
        return set(_columns(gegevens))


def _columns(waarde: object, sleutel: str = "") -> list[str]:
    if isinstance(waarde, dict):
        return [kolom for naam, deel in waarde.items() if naam != "waarden" for kolom in _columns(deel, naam)]
    if isinstance(waarde, list) and sleutel == "stappen":
        return [kolom for deel in waarde for kolom in _columns(deel)]
    if isinstance(waarde, list) and sleutel == "id":
        return [str(kolom) for kolom in waarde]
    return [waarde] if sleutel in ("kolom", "id") and isinstance(waarde, str) else []


def folder(map: Path, bron: str) -> Path:
    """Return where the declaration of a source is kept in the folder of a register."""
    return reglementen_map(map) / MAP / bron


def all_kept(map: Path) -> list[Bewaard]:
    """Return what is kept in the folder of a register, by source."""
    boven = reglementen_map(map) / MAP
    if not boven.is_dir():
        return []
    return [Bewaard(pad.name, pad / KOLOMMEN) for pad in sorted(boven.iterdir()) if (pad / KOLOMMEN).is_file()]


def fitting(map: Path, kop: tuple[str, ...]) -> list[Bewaard]:
    """Return what is kept of sources whose columns all are in this header."""
    return [een for een in all_kept(map) if (kolommen := een.columns()) and kolommen <= set(kop)]


def keep_or_say(map: Path, kolommen: Kolommen, verklaring: Path) -> str:
    """Keep the declaration of what was recorded; "" when it is, or why it is not: that takes nothing back."""
    try:
        keep(map, kolommen.bron, verklaring, kolommen.reglement_pad)
    except OSError as fout:
        return fout.strerror or str(fout)
    return ""


def keep(map: Path, bron: str, verklaring: Path, reglement: Path | None) -> None:
    """Keep a declaration, with the small reglement it names, durably, in the place of what was kept of this source."""
    plek = folder(map, bron)
    make_map(plek)
    for pad, naam in ((reglement, reglement and reglement.name), (verklaring, KOLOMMEN)):
        if pad is not None and naam:
            replace_file(plek / naam, pad.read_bytes())
    fsync_map(plek)
