"""Write everything of a register in open formats: tables, event log, documents, and what they mean."""

from __future__ import annotations

import argparse
from datetime import UTC, date, datetime
from pathlib import Path

from klachten.opdrachten import tell_log
from klachten.register.fouten import RegisterBezet
from klachten.taal import aantal, feiten
from klachten.tijdzone import NEDERLAND

NAAM = "uitvoer"
HULP = "Schrijft alles van het register weg in open vormen (CSV, Parquet, Excel, XES, documenten), met uitleg erbij."
UITVOER = "uitvoer_alles"
"""Its row in rechten.csv, as the log of looking has it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Ask where it goes, of which register, and for the day of which the terms are."""
    parser.add_argument("--naar", type=Path, required=True, metavar="MAP", help="een map die nog niet bestaat")
    parser.add_argument("--reden", default="", help="waarvoor; staat in LEESMIJ.md")
    parser.add_argument("--map", type=Path, help="map van het register (anders KLACHTEN_DATA of data/)")
    parser.add_argument(
        "--vandaag",
        type=date.fromisoformat,
        help="dag waarop termijnen worden bekeken, als 2026-11-22 (anders vandaag)",
    )


def run(args: argparse.Namespace) -> int:
    """Write it and say where it is, and what the register lacked."""
    from klachten import uitvoer
    from klachten.opening import data_map, open_register
    from klachten.voorbeeld import with_names

    map = args.map or data_map()
    if not (map / "journaal").is_dir():
        raise uitvoer.UitvoerFout(f"In {map} staat geen register.")
    vandaag = args.vandaag or datetime.now(NEDERLAND).date()
    try:
        with open_register(map) as register, with_names(register):
            gemaakt = uitvoer.make(
                register, args.naar, nu=datetime.now(UTC), vandaag=vandaag, reden=args.reden.strip(),
                stap=lambda wat: print(f"Bezig met {wat} …", flush=True),
            )  # fmt: skip
            tell_log(register.map, UITVOER)
    except RegisterBezet as fout:
        raise RegisterBezet(
            f"{fout} Is dat de app, dan kan een beheerder het op de pagina Uitvoer laten doen."
        ) from fout
    wat = aantal(gemaakt.documenten, "document", "documenten")
    print(f"Uitvoer van {feiten(gemaakt.aantal_feiten)} en {wat} gemaakt in {gemaakt.map}. Begin met LEESMIJ.md.")
    print("Let op: daarin staan alle namen, verhalen en documenten leesbaar. Bewaar hem niet langer dan nodig.")
    for wat in gemaakt.ontbreekt:
        print(f"Let op: het register mist {wat}.")
    return 0
