"""Check the register: journal, database and dossiers against each other; it changes nothing."""

from __future__ import annotations

import argparse
from pathlib import Path

from klachten.taal import aantal

NAAM = "controleer"
HULP = "Controleert of journaal, database, dossiers en kijklog heel zijn en bij elkaar passen; verandert niets."

TEKENS = {"fout": "FOUT  ", "let op": "LET OP", "goed": "goed  "}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Ask for another folder than the usual one, and for a zegel to look up."""
    parser.add_argument("--map", type=Path, help="map van het register (anders KLACHTEN_DATA of data/)")
    parser.add_argument("--zegel", default="", help="zegel dat op een stuk staat: hoort dat bij dit register?")


def run(args: argparse.Namespace) -> int:
    """Print every finding; return 1 when one of them is an error."""
    from klachten.opening import data_map
    from klachten.register import controle

    map = args.map or data_map()
    bevindingen = controle.controleer(map, zegel=args.zegel)
    for bevinding in bevindingen:
        print(f"{TEKENS[bevinding.ernst]} {bevinding.zin}")
    fouten = sum(bevinding.ernst == "fout" for bevinding in bevindingen)
    fouten += _kijklog(map)
    _afscherming(map)
    print(f"Het register in {map} {f'heeft {fouten} fout(en)' if fouten else 'is in orde'}.")
    return 1 if fouten else 0


def _afscherming(map: Path) -> None:
    """Say what others on this machine can reach; the next start closes it."""
    from klachten import afscherming

    if afscherming.in_sight(map):
        wat = aantal(len(afscherming.too_open(map)), "map of bestand", "mappen en bestanden")
        print(
            f"{TEKENS['let op']} Andere gebruikers van deze computer kunnen bij het register: {wat} te open. Bij de "
            "volgende start wordt dat hersteld, als de map van dezelfde gebruiker is."
        )


def _kijklog(map: Path) -> int:
    """Print how the log of looking is; returns how many errors it has."""
    from klachten.kijklog import Kijkketen

    keuring = Kijkketen(map).keur()
    for zin in keuring.gebreken:
        print(f"{TEKENS['fout']} Kijklog: {zin}")
    for maand, weg in keuring.verloren:
        print(f"{TEKENS['let op']} Kijklog: in {maand} ging iets verloren: minstens {aantal(weg, 'regel', 'regels')}.")
    if keuring.vanaf and not keuring.gebreken:
        print(f"{TEKENS['goed']} De keten van het kijklog is heel: {aantal(keuring.regels, 'regel', 'regels')}.")
    return len(keuring.gebreken)
