"""Make a back-up when the app is not open; and make the recovery key to which back-ups are encrypted."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from klachten.register.fouten import RegisterBezet
from klachten.taal import aantal, feiten

NAAM = "reservekopie"
HULP = "Maakt een gecontroleerde reservekopie op de ingestelde plek; de app doet dat zelf elke dag."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Ask for another folder than the usual one, for a full check, or for a recovery key."""
    parser.add_argument("--map", type=Path, help="map van het register (anders KLACHTEN_DATA of data/)")
    parser.add_argument("--naar", default="", help="een andere plek dan die is ingesteld, voor deze ene keer")
    parser.add_argument("--volledig", action="store_true", help="controleer de kopie in haar geheel, zoals controleer")
    parser.add_argument(
        "--sleutel", action="store_true", help="maak een herstelsleutel: alleen daarmee gaan kopieën nog open"
    )


def run(args: argparse.Namespace) -> int:
    """Make one, and say where it is; return 1 when the register itself lacked something."""
    from klachten.opening import data_map

    map = args.map or data_map()
    return _make_key(map) if args.sleutel else _make_copy(map, args)


def _make_copy(map: Path, args: argparse.Namespace) -> int:
    from klachten.opening import open_register
    from klachten.reservekopie import instellingen, verzegeld
    from klachten.reservekopie.maken import OPDRACHT, make

    gelezen = instellingen.of_register(map)
    if args.naar:
        gelezen = instellingen.elsewhere(gelezen, args.naar, map)
    gelezen.require()
    try:
        with open_register(map) as register:
            gemaakt = make(
                register,
                gelezen,
                nu=datetime.now(UTC),
                soort=OPDRACHT,
                volledig=True if args.volledig else None,
                apart=False,
            )
    except RegisterBezet as fout:
        raise RegisterBezet(
            f"{fout} Is dat de app, dan maakt die elke dag een reservekopie; op de pagina Reservekopieën kan het nu."
        ) from fout
    kopie = gemaakt.kopie
    print(f"Reservekopie van {feiten(kopie.nr)} gemaakt: {kopie.naam} in {gelezen.naar} ({kopie.bytes:,} bytes).")
    hoe = "; alles daarvan is gecontroleerd" if kopie.volledig else ""
    print(f"Zij is teruggelezen en er is een register van gemaakt{hoe}.")
    if not kopie.versleuteld:
        apart = verzegeld.key_apart(map) or "Wie bij deze plek kan, leest alle klachten."
        print(f"Let op: zij is niet versleuteld. {apart}")
    if gemaakt.weg:
        print(f"Weggehaald, omdat er nieuwere zijn: {aantal(len(gemaakt.weg), 'kopie', 'kopieën')}.")
    for gebrek in kopie.gebreken:
        print(f"FOUT   {gebrek}")
    return 0 if kopie.goed else 1


def _make_key(map: Path) -> int:
    from klachten.reservekopie import instellingen
    from klachten.reservekopie.fouten import ReservekopieFout
    from klachten.reservekopie.sleutel import TERUG, new_key

    eerder = instellingen.of_register(map).ontvanger
    if not map.is_dir():
        raise ReservekopieFout(f"{map} bestaat niet: begin eerst een register.")
    nieuw = new_key()
    print("De herstelsleutel. U ziet haar alleen nu; zonder haar is geen enkele versleutelde kopie meer te openen.")
    print("Schrijf haar op of druk haar af, en bewaar haar niet op deze computer:\n")
    print(f"    {nieuw.geheim}\n")
    if eerder:
        print("Bewaar ook de vorige sleutel: kopieën van tot nu toe gaan alleen daarmee open.")
    try:
        getypt = input(f"Typ de laatste {TERUG} tekens over: ik heb haar opgeschreven. ")
    except EOFError:
        getypt = ""
    if not nieuw.is_typed_back(getypt):
        raise ReservekopieFout(
            f"Dat zijn niet de laatste {TERUG} tekens. Er is niets veranderd; begin opnieuw voor een nieuwe sleutel."
        )
    instellingen.set_recipient(map, nieuw.ontvanger)
    print(f"Vanaf nu worden reservekopieën versleuteld voor deze sleutel ({nieuw.ontvanger}).")
    return 0
