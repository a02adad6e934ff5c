"""Make a snapshot without personal data, for notebooks, when the app is not open."""

from __future__ import annotations

import argparse
from datetime import UTC, date, datetime
from pathlib import Path

from klachten.register.fouten import RegisterBezet
from klachten.taal import feiten
from klachten.tijdzone import NEDERLAND

NAAM = "momentopname"
HULP = "Maakt een momentopname zonder persoonsgegevens voor notebooks; de app doet dat zelf na elke vastlegging."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Ask for another folder than the usual one, and for the day that readers take as today."""
    parser.add_argument("--map", type=Path, help="map van het register (anders KLACHTEN_DATA of data/)")
    parser.add_argument(
        "--vandaag", type=date.fromisoformat, help="peildatum voor de notebooks, als 2026-11-22 (anders vandaag)"
    )


def run(args: argparse.Namespace) -> int:
    """Make it and say where it is."""
    from klachten import momentopname
    from klachten.opening import open_register
    from klachten.voorbeeld import with_names

    vandaag = args.vandaag or datetime.now(NEDERLAND).date()
    try:
        with open_register(args.map) as register, with_names(register):
            gemaakt = momentopname.write(register, nu=datetime.now(UTC), vandaag=vandaag)
    except RegisterBezet as fout:
        raise RegisterBezet(f"{fout} Is dat de app, dan maakt die zelf een momentopname na elke vastlegging.") from fout
    for melding in gemaakt.meldingen:
        print(f"Let op: {melding}")
    print(f"Momentopname van {feiten(gemaakt.aantal_feiten)} gemaakt in {gemaakt.map}.")
    return 0
