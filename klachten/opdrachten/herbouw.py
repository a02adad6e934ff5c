"""Make the database again from the journal and the dossiers."""

from __future__ import annotations

import argparse
from pathlib import Path

NAAM = "herbouw"
HULP = "Zet de database apart en maakt haar opnieuw uit het journaal en de dossiers."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Ask for another folder than the usual one, and why to go on when the journal lost or changed facts."""
    parser.add_argument("--map", type=Path, help="map van het register (anders KLACHTEN_DATA of data/)")
    parser.add_argument(
        "--ondanks",
        default="",
        metavar="REDEN",
        help="ga verder met het journaal zoals het er ligt, ook als er feiten weg of veranderd zijn; zeg waarom",
    )


def run(args: argparse.Namespace) -> int:
    """Rebuild, and say what was done."""
    from klachten.opening import open_register

    with open_register(args.map, herbouw=True, ondanks=args.ondanks.strip()) as register:
        for melding in register.meldingen:
            print(melding)
        print(f"De database is opnieuw gemaakt uit {register.stand().aantal} feiten.")
    return 0
