"""Make the report of a year, or of another period, as PDF."""

from __future__ import annotations

import argparse
import sys
from datetime import date, datetime
from pathlib import Path

from klachten.opdrachten import tell_log
from klachten.opdrachten.excel import PERIODE
from klachten.tijdzone import NEDERLAND

NAAM = "rapport"
HULP = "Maakt het verslag van een periode als PDF, uit de cijfers van de evaluatie of, met een peildatum, van nu."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Ask which period, as of which day, for whom, and where to."""
    parser.add_argument("periode", metavar="PERIODE", help=PERIODE)
    parser.add_argument(
        "--peildatum",
        type=date.fromisoformat,
        help="tel nu, zoals het stond op deze dag (anders de bevroren cijfers, of vandaag als er geen evaluatie is)",
    )
    parser.add_argument(
        "--evaluatie", help="nummer van een eerdere evaluatie, als E2026-0001 (anders de laatste versie)"
    )
    parser.add_argument(
        "--openbaar", action="store_true", help="zonder kleine aantallen, namen en nummers, om te publiceren"
    )
    parser.add_argument("--naar", type=Path, help="bestand (anders klachtenjaarverslag-PERIODE.pdf in deze map)")
    parser.add_argument("--map", type=Path, help="map van het register (anders KLACHTEN_DATA of data/)")


def run(args: argparse.Namespace) -> int:
    """Write the report and say where it is."""
    from klachten import jaarverslag
    from klachten.handelingen import Geweigerd
    from klachten.opening import open_register
    from klachten.periode import Periode
    from klachten.voorbeeld import with_names

    vandaag = datetime.now(NEDERLAND).date()
    try:
        periode = Periode.lees(args.periode)
        with open_register(args.map) as register, with_names(register):
            inhoud = jaarverslag.verslag(
                register,
                periode,
                vandaag=vandaag,
                peildatum=args.peildatum,
                nummer=args.evaluatie,
                openbaar=args.openbaar,
            )
            tell_log(register.map, "jaarverslag_openbaar" if args.openbaar else "jaarverslag")
    except (ValueError, Geweigerd) as fout:
        print(f"Er is geen verslag gemaakt: {fout}", file=sys.stderr)
        return 2
    naar = args.naar or Path(f"klachtenjaarverslag-{periode.sleutel}{'-openbaar' if args.openbaar else ''}.pdf")
    try:
        naar.write_bytes(inhoud)
    except OSError as fout:
        print(f"Het verslag kon niet in {naar} worden gezet: {fout.strerror}.", file=sys.stderr)
        return 2
    print(f"Verslag over {periode.naam} gemaakt: {naar}")
    return 0
