"""What reglement to begin a register of one's own with: say what there is, make a file from the model, or check one.

It records nothing: under which reglement klachten come in is chosen in the app, by somebody who signed in,
with who of directie agreed.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

NAAM = "inrichten"
HULP = "Met welk reglement u begint: zegt wat er is, maakt er een uit het model, of kijkt een eigen bestand na."
_TERMIJN = "zoals '2 weken' of '5 werkdagen'; niet opgeven is: die termijn kent u niet"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Ask for the name and the terms of the model, or for a file to check."""
    wat = parser.add_mutually_exclusive_group()
    wat.add_argument("--model", metavar="NAAM", help="maak een reglement met deze naam uit het model; noem ook --naar")
    wat.add_argument("--bestand", type=Path, help="kijk dit reglement na (TOML), zonder iets vast te leggen")
    parser.add_argument("--bevestiging", metavar="TERMIJN", help=f"ontvangstbevestiging (stap 5), {_TERMIJN}")
    parser.add_argument("--niet-in-behandeling", metavar="TERMIJN", help="bericht niet in behandeling (stap 7)")
    parser.add_argument("--maatregelen", metavar="TERMIJN", help="maatregelen uitgevoerd (stap 11)")
    parser.add_argument("--afhandeling", metavar="TERMIJN", help="de hele klacht afgehandeld (stap 13)")
    parser.add_argument(
        "--werkdag", action="store_true", help="wat op een vrije dag eindigt, loopt door tot een werkdag"
    )
    parser.add_argument("--bevinding", action="store_true", help="u geeft zelf per onderdeel gegrond of ongegrond")
    parser.add_argument("--naar", type=Path, help="het bestand dat wordt gemaakt, zoals eigen.toml")


def run(args: argparse.Namespace) -> int:
    """Do what was asked, and say how it goes on."""
    from klachten.reglement import OngeldigReglement

    try:
        if args.bestand:
            return _check(args.bestand)
        return _make(args) if args.model else _say()
    except OngeldigReglement as fout:
        print(f"Fout: {fout}", file=sys.stderr)
        return 2


def _say() -> int:
    from klachten.reglement import load_all
    from klachten.reglement.model import in_words

    print("U begint met een van deze:")
    for boek in load_all().values():
        print(f"- {boek.naam}, zoals het is: {in_words(boek)}")
    print(
        "- Het model: dezelfde achttien stappen, met uw eigen naam en termijnen. Maak het bestand met: "
        "python -m klachten inrichten --model 'Klachtenreglement van ons' --bevestiging '2 weken' --naar eigen.toml\n"
        "- Een eigen bestand: alles is aan te passen. Kijk het na met: python -m klachten "
        "inrichten --bestand eigen.toml"
    )
    print(_VERDER)
    return 0


_VERDER = (
    "Toevoegen en kiezen doet u in de app, op de pagina Versies van het reglement, met wie van de directie akkoord is."
)


def _check(pad: Path) -> int:
    from klachten.reglement import OngeldigReglement, keur
    from klachten.reglement.model import in_words

    try:
        inhoud = pad.read_bytes()
    except OSError as fout:
        raise OngeldigReglement(f"{pad}: dit bestand is niet te lezen ({fout.strerror or fout}).") from fout
    boek = keur(inhoud, pad.name)
    print(f"{pad.name} is goed: {boek.naam} (id {boek.id}). {in_words(boek)}")
    print(_VERDER)
    return 0


def _make(args: argparse.Namespace) -> int:
    from klachten.reglement import OngeldigReglement, keur
    from klachten.reglement.model import EENHEDEN, VRAGEN, Antwoorden, in_words, read_length, write

    if args.naar is None:
        raise OngeldigReglement("Noem met --naar het bestand dat wordt gemaakt, zoals: --naar eigen.toml")
    termijnen = {}
    for vraag in VRAGEN:
        if (gezegd := getattr(args, vraag.id)) is None:
            continue
        lengte = read_length(gezegd)
        if lengte is None:
            raise OngeldigReglement(
                f"{vraag.naam}: '{gezegd}' is geen termijn. Schrijf een getal en {', '.join(EENHEDEN[:-1])} of "
                f"{EENHEDEN[-1]}, zoals '2 weken'."
            )
        termijnen[vraag.id] = lengte
    if not termijnen:
        raise OngeldigReglement("Noem ten minste één termijn, zoals: --bevestiging '2 weken'")
    inhoud = write(Antwoorden(args.model, termijnen, werkdag=args.werkdag, bevinding=args.bevinding))
    try:
        with args.naar.open("xb") as bestand:
            bestand.write(inhoud)
    except OSError as fout:
        waarom = "het is er al" if isinstance(fout, FileExistsError) else fout.strerror or fout
        raise OngeldigReglement(f"{args.naar} is niet gemaakt: {waarom}.") from fout
    print(f"{args.naar} is gemaakt: {in_words(keur(inhoud, args.naar.name))}")
    print(_VERDER)
    return 0
