"""How the folder of a register is protected now: who else reaches it, and whether what is in it can be read.

The page Bescherming shows it; a check of the whole installation can ask the same. It changes nothing.
"""

from __future__ import annotations

import stat
from pathlib import Path

from klachten import afscherming
from klachten.register import halven
from klachten.register.dossiercontrole import Bevinding
from klachten.register.omzetten import VERLOREN, readable_rests
from klachten.taal import aantal
from klachten.versleuteling import VersleutelingFout, load_keys, read_stand
from klachten.versleuteling.sleutelbestand import path_of


def look(map: Path) -> list[Bevinding]:
    """Say how a register is protected: `fout` asks for action, `let op` should be known, `goed` is as it should be."""
    return [_folder(map), *_sealing(map)]


def _folder(map: Path) -> Bevinding:
    if not afscherming.MODES:
        return Bevinding(
            "let op",
            f"Windows bepaalt wie de map {map} mag lezen; dat kan klachten niet zien. Hoe u het nagaat en instelt met "
            "icacls, staat in docs/beveiliging.md.",
        )
    if not afscherming.in_sight(map):
        return Bevinding("goed", f"Andere gebruikers van deze computer kunnen niet bij de map {map}.")
    te_open = aantal(len(afscherming.too_open(map)), "map of bestand is", "mappen en bestanden zijn")
    return Bevinding("fout", f"Andere gebruikers van deze computer kunnen bij de map {map}: {te_open} te open.")


def _sealing(map: Path) -> list[Bevinding]:
    try:
        stand, sleutels = read_stand(map), load_keys(map)
    except VersleutelingFout as fout:
        return [Bevinding("fout", str(fout))]
    if stand is None or sleutels is None:
        return [
            Bevinding(
                "let op",
                "Teksten en documenten zijn niet versleuteld: wie de map of een kopie ervan heeft, kan ze lezen. "
                "Versleutel de schijf; hoe u daarnaast het register versleutelt, staat in docs/beveiliging.md.",
            )
        ]
    pad = path_of(stand.register, map)
    if sleutels.verloren:
        return [Bevinding("fout", VERLOREN.format(pad=pad))]
    uit = [
        Bevinding("goed", f"Teksten en documenten zijn versleuteld met sleutel {stand.sleutel}; die staat in {pad}.")
        if not stand.naar
        else Bevinding(
            "let op", "Het versleutelen of ontsleutelen is nog niet af. De volgende start gaat ermee verder."
        )
    ]
    if afscherming.MODES and pad.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        uit.append(Bevinding("fout", f"Anderen kunnen de sleutel lezen. Sluit dat bestand: chmod 600 {pad}"))
    uit += [
        Bevinding(
            "let op", f"{rest.name} is een database van eerder, met teksten die te lezen zijn. Verwijder dat bestand."
        )
        for rest in readable_rests(map)
    ]
    uit += [Bevinding("fout", halven.ZIN.format(rest.relative_to(map))) for rest in halven.readable(map)]
    return uit
