"""Make a new register of an export: the same facts, texts, documents and figures."""

from __future__ import annotations

import argparse
from pathlib import Path

from klachten.taal import aantal, feiten

NAAM = "inlezen"
HULP = "Maakt van een uitvoer een nieuw register, met dezelfde dossiers en dezelfde cijfers."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Ask for the export, and where the register comes."""
    parser.add_argument("uitvoer", type=Path, metavar="UITVOER", help="de map die met uitvoer is gemaakt")
    parser.add_argument("--naar", type=Path, required=True, metavar="MAP", help="een map die nog niet bestaat")


def run(args: argparse.Namespace) -> int:
    """Make it, and say what is other than it was."""
    from klachten.uitvoer.inlezen import read_in

    gemaakt = read_in(args.uitvoer, args.naar, stap=lambda wat: print(f"Bezig met {wat} …", flush=True))
    wat = aantal(gemaakt.documenten, "document", "documenten")
    print(f"Register van {feiten(gemaakt.aantal_feiten)} en {wat} gemaakt in {gemaakt.map}, zegel {gemaakt.zegel}.")
    print("Dossiers, teksten, documenten en cijfers zijn die van het oude register. De zegels zijn andere.")
    print(f"Het heeft nog geen accounts. Start het met: KLACHTEN_DATA={gemaakt.map} python -m klachten start")
    for mist in gemaakt.ontbreekt:
        print(f"Let op: {mist} ontbrak al.")
    return 0
