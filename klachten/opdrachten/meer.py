"""A lake of many organisations: deliver to it, withdraw from it, say what is in it, or make one of invented ones."""

from __future__ import annotations

import argparse
import sys
import time
from datetime import date
from pathlib import Path

from klachten.opdrachten.voorbeeld import Balk, positive, today
from klachten.taal import aantal, datum, getal, opsomming

NAAM = "meer"
HULP = (
    "Levert de momentopname van een register aan een meer van vele organisaties, zonder persoonsgegevens en zonder "
    "naam; trekt die in; zegt wat er in een meer staat; of maakt een verzonnen meer."
)
MEESTE = 20
"""So many deliveries are named one by one."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Ask what is done, with which lake, and as whom."""
    wat = parser.add_subparsers(dest="wat", metavar="wat", required=True)
    aanleveren = wat.add_parser("aanleveren", help="zet de nieuwste momentopname van een register in het meer")
    aanleveren.add_argument("--map", type=Path, help="map van het register (anders KLACHTEN_DATA of data/)")
    intrekken = wat.add_parser("intrekken", help="haal een organisatie uit het meer")
    stand = wat.add_parser("stand", help="zeg wat er in het meer staat, en wat daarvan niet gelezen kan worden")
    for deel in (aanleveren, intrekken, stand):
        deel.add_argument("--naar", required=True, metavar="MEER", help="een map, of een adres als s3://bucket/meer")
        deel.add_argument(
            "--namen",
            type=Path,
            metavar="BESTAND",
            help="de lijst wie welk nummer heeft (anders naast de map van het meer, nooit erin)",
        )
    for deel in (aanleveren, intrekken):
        deel.add_argument("--als", required=True, metavar="NAAM", help="hoe de organisatie in die lijst heet")
    wat.add_parser("kolommen", help="zeg van elke kolom in een meer wat zij betekent")
    voorbeeld = wat.add_parser("voorbeeld", help="maak een meer van verzonnen organisaties, in een lege map")
    voorbeeld.add_argument("--naar", type=Path, required=True, metavar="MEER", help="een lege map")
    voorbeeld.add_argument("--organisaties", type=positive, default=200, help="hoeveel organisaties (anders 200)")
    voorbeeld.add_argument(
        "--klachten", type=positive, default=100_000, help="hoeveel klachten samen, ongeveer (anders 100000)"
    )
    voorbeeld.add_argument(
        "--keer",
        type=positive,
        default=1,
        help="zet elke organisatie zo vaak in het meer, onder andere nummers maar met dezelfde bestanden: om te meten",
    )
    voorbeeld.add_argument("--seed", type=int, default=1, help="begingetal (anders 1)")
    voorbeeld.add_argument(
        "--vandaag", type=date.fromisoformat, help="dag waarop de registers eindigen, als 2026-11-22 (anders vandaag)"
    )


def run(args: argparse.Namespace) -> int:
    """Do it and say what was done."""
    doen = {
        "aanleveren": _deliver, "intrekken": _withdraw, "stand": _tell, "kolommen": _explain, "voorbeeld": _example,
    }  # fmt: skip
    return doen[args.wat](args)


def _deliver(args: argparse.Namespace) -> int:
    from klachten import meer
    from klachten.datamap import data_map

    geleverd = meer.deliver(args.map or data_map(), args.naar, args.als, lijst=args.namen)
    levering = geleverd.levering
    wat = f"{aantal(levering.klachten, 'klacht', 'klachten')}, momentopname van {datum(levering.dag)}"
    if geleverd.nieuw:
        print(f"Aangeleverd aan {args.naar} als {geleverd.organisatie}: {wat}. Er staan geen namen en teksten bij.")
    else:
        print(f"Deze momentopname stond al in {args.naar} als {geleverd.organisatie}: {wat}. Er is niets veranderd.")
    if levering.dag < today():
        print("Is er sindsdien iets vastgelegd, maak dan eerst een nieuwe met: python -m klachten momentopname")
    return 0


def _withdraw(args: argparse.Namespace) -> int:
    from klachten import meer

    organisatie = meer.withdraw(args.naar, args.als, lijst=args.namen)
    print(f"{args.als} ({organisatie}) is uit het meer in {args.naar} gehaald, en uit de lijst met namen.")
    return 0


def _tell(args: argparse.Namespace) -> int:
    from klachten import meer
    from klachten.meer.namen import Namen

    lezer = meer.open(args.naar)
    naam_van = {ingang.id: naam for naam, ingang in Namen(args.namen).van.items()} if args.namen else {}
    leveringen = lezer.leveringen
    klachten = sum(levering.klachten for levering in leveringen)
    jaren = sorted({jaar for levering in leveringen for jaar in levering.jaren})
    dagen = sorted(levering.dag for levering in leveringen)
    hoeveel = aantal(len(leveringen), "organisatie", "organisaties")
    print(
        f"{hoeveel}, {aantal(klachten, 'klacht', 'klachten')}"
        + (f", {jaren[0]} tot en met {jaren[-1]}" if jaren else "")
    )
    print(f"Momentopnamen van {datum(dagen[0])} tot en met {datum(dagen[-1])}.")
    for levering in leveringen[:MEESTE]:
        wie = f" {naam_van[levering.organisatie]}" if levering.organisatie in naam_van else ""
        regels = f", reglement {opsomming(levering.reglementen)}" if levering.reglementen else ""
        wat = f"{aantal(levering.klachten, 'klacht', 'klachten')}, {datum(levering.dag)}{regels}"
        print(f"  {levering.organisatie}{wie}: {wat}, klachten {levering.software}")
    if len(leveringen) > MEESTE:
        print(f"  en nog {getal(len(leveringen) - MEESTE)}.")
    for melding in lezer.meldingen:
        print(f"Let op: {melding}", file=sys.stderr)
    return 1 if lezer.meldingen else 0


def _explain(_: argparse.Namespace) -> int:
    from klachten.opdrachten._meerwoorden import columns

    for tabel, kolom, betekenis in columns():
        print(f"{tabel}.{kolom}: {betekenis}")
    return 0


def _example(args: argparse.Namespace) -> int:
    from klachten.voorbeeld import meer as voorbeeldmeer

    begin = time.monotonic()
    gemaakt = voorbeeldmeer.make(
        args.naar,
        organisaties=args.organisaties,
        klachten=args.klachten,
        keer=args.keer,
        vandaag=args.vandaag or today(),
        seed=args.seed,
        progress=Balk(begin, "organisaties") if sys.stderr.isatty() else None,
    )
    uit = f"uit {aantal(gemaakt.eigen, 'register', 'registers')}, {time.monotonic() - begin:.0f} s"
    print(
        f"Verzonnen meer gemaakt in {args.naar}: {aantal(gemaakt.organisaties, 'organisatie', 'organisaties')}, "
        f"{aantal(gemaakt.klachten, 'klacht', 'klachten')}, {uit}."
    )
    return 0
