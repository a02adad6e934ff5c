"""Check the register: journal, database and dossiers against each other; it changes nothing."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from klachten.anker.regel import local_file
from klachten.anker.vergelijken import compare
from klachten.register import controle
from klachten.register.journaal import Journaal
from klachten.taal import aantal
from klachten.toegang import instellingen
from klachten.toegang.instellingen import OngeldigeInstelling

NAAM = "controleer"
HULP = "Controleert of journaal, database, dossiers en kijklog heel zijn en bij elkaar passen; verandert niets."

TEKENS = {"fout": "FOUT  ", "let op": "LET OP", "goed": "goed  "}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Ask for another folder than the usual one, and for a zegel to look up."""
    parser.add_argument("--map", type=Path, help="map van het register (anders KLACHTEN_DATA of data/)")
    parser.add_argument("--zegel", default="", help="zegel dat op een stuk staat: hoort dat bij dit register?")
    parser.add_argument(
        "--anker",
        nargs="*",
        type=Path,
        metavar="BESTAND",
        help="vergelijkt met de ankers elders: in deze bestanden, of waar de instellingen ze zetten",
    )


def run(args: argparse.Namespace) -> int:
    """Print every finding; return 1 when one of them is an error."""
    from klachten.opening import data_map

    map = args.map or data_map()
    bevindingen = controle.controleer(map, zegel=args.zegel)
    if args.anker is not None:
        try:
            bevindingen += _anker(map, args.anker)
        except OngeldigeInstelling as fout:
            print(f"Fout: {fout}", file=sys.stderr)
            return 2
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


def _anker(map: Path, bestanden: list[Path]) -> list[controle.Bevinding]:
    """Compare with what was put elsewhere: in these files, else in the register's own and those of its settings."""
    plaatsen = instellingen.of_register(map).anker
    eigen = [pad for pad in (local_file(map),) if pad.exists()]
    if not (waar := bestanden or [*eigen, *plaatsen.bestanden]):
        zin = "Er is geen anker: zet er een in toegang/instellingen.toml, of noem het bestand."
        return [controle.Bevinding("let op", zin)]
    return compare(Journaal(map / "journaal"), waar, plaatsen.wortel)


def _kijklog(map: Path) -> int:
    """Print how the log of looking is; returns how many errors it has."""
    from klachten.kijklog import Kijkketen, waiting

    keuring = Kijkketen(map).keur()
    for zin in keuring.gebreken:
        print(f"{TEKENS['fout']} Kijklog: {zin}")
    for maand, weg in keuring.verloren:
        print(f"{TEKENS['let op']} Kijklog: in {maand} ging iets verloren: minstens {aantal(weg, 'regel', 'regels')}.")
    if keuring.te_oud:
        print(f"{TEKENS['let op']} Kijklog: {waiting(keuring.te_oud)}")
    if keuring.vanaf and not keuring.gebreken:
        print(f"{TEKENS['goed']} De keten van het kijklog is heel: {aantal(keuring.regels, 'regel', 'regels')}.")
    return len(keuring.gebreken)
