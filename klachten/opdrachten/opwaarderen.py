"""Bring the register up to this version of klachten, tried on a copy first; `start` does so by itself."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

NAAM = "opwaarderen"
HULP = "Brengt een register van een oudere versie naar deze, eerst op een proef; starten doet dat ook."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Ask for another folder than the usual one, and whether to try only."""
    parser.add_argument("--map", type=Path, help="map van het register (anders KLACHTEN_DATA of data/)")
    parser.add_argument("--proef", action="store_true", help="kijk alleen of het goed zou gaan; verandert niets")


def run(args: argparse.Namespace) -> int:
    """Say each step, or that there is nothing to do."""
    from klachten.datamap import data_map
    from klachten.opwaarderen import upgrade

    map = args.map or data_map()
    if not map.is_dir() or not upgrade(map, datetime.now(UTC), print, alleen_proef=args.proef):
        print(f"Aan het register in {map} is niets op te waarderen.")
    return 0
