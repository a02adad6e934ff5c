"""Seal the texts and documents of a register, open them again, or give them another key."""

from __future__ import annotations

import argparse
from pathlib import Path

from klachten.taal import aantal

NAAM = "versleutel"
HULP = "Versleutelt de teksten en documenten van het register met een sleutel die buiten zijn map staat; ook weer uit."

BEWAAR = (
    "De sleutel staat in {pad}. Bewaar er een kopie van op een andere plaats dan de reservekopieën (op papier in een "
    "kluis mag): zonder sleutel zijn teksten, namen en documenten weg, ook die in reservekopieën."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Ask what to do, and for another folder than the usual one."""
    parser.add_argument("--map", type=Path, help="map van het register (anders KLACHTEN_DATA of data/)")
    wat = parser.add_mutually_exclusive_group()
    wat.add_argument("--nieuwe-sleutel", action="store_true", help="versleutel alles opnieuw met een nieuwe sleutel")
    wat.add_argument("--uit", action="store_true", help="haal de versleuteling weg")
    wat.add_argument(
        "--sleutel-verloren", action="store_true", help="ga verder zonder de oude sleutel; wat die sloot, blijft dicht"
    )


def run(args: argparse.Namespace) -> int:
    """Do it, make the database again, and say what to keep."""
    from klachten.opening import data_map, open_register
    from klachten.register import omzetten

    map = args.map or data_map()
    if args.uit:
        gedaan = omzetten.unseal(map)
        print(f"Het register in {map} is niet meer versleuteld: {_dossiers(gedaan)} omgezet.")
        print("Bewaar de sleutel zolang er reservekopieën zijn die ermee zijn versleuteld.")
    elif args.sleutel_verloren:
        dicht, pad = omzetten.give_up_key(map)
        print(f"Het register in {map} gaat verder met een nieuwe sleutel; geheel of deels dicht: {_dossiers(dicht)}.")
        print(BEWAAR.format(pad=pad))
    else:
        gedaan, pad = omzetten.renew_key(map) if args.nieuwe_sleutel else omzetten.seal(map)
        nieuw = " met een nieuwe sleutel" if args.nieuwe_sleutel else ""
        print(f"Het register in {map} is{nieuw} versleuteld: {_dossiers(gedaan)} omgezet.")
        print(BEWAAR.format(pad=pad))
        if args.nieuwe_sleutel:
            print("De vorige sleutels staan er ook nog in: voor reservekopieën van vóór vandaag.")
    # The database was thrown away: whoever starts the app should not have to wait for it, nor be told of it.
    open_register(map).close()
    for pad in omzetten.readable_rests(map):
        print(f"Let op: {pad.name} is een database van eerder, met teksten die te lezen zijn. Verwijder dat bestand.")
    if not args.uit:
        print("Reservekopieën van eerder zijn niet versleuteld. Wat is vervangen kan op de schijf nog te vinden zijn.")
    return 0


def _dossiers(hoeveel: int) -> str:
    return aantal(hoeveel, "dossier", "dossiers")
