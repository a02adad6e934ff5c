"""Fill an empty register with the example: a fictional firm, six years; or throw that away again."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
from datetime import date, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from klachten import mapsoort
from klachten.datamap import LOCK, of_register, remains
from klachten.mapsoort import Soort
from klachten.register.fouten import RegisterBezet
from klachten.taal import getal
from klachten.tijdzone import NEDERLAND

NAAM = "voorbeeld"
HULP = "Maakt een voorbeeldregister van een verzonnen organisatie: zes jaar, in een leeg register. Of gooit het weg."
BREEDTE = 30


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Ask how much, from which seed, where, and as if made on which day."""
    parser.add_argument("--aantal", type=positive, help="aantal klachten (anders 5 tot 40 per jaar)")
    parser.add_argument(
        "--seed", type=int, default=1, help="begingetal: hetzelfde getal geeft hetzelfde register (anders 1)"
    )
    parser.add_argument("--map", type=Path, help="map van het register (anders KLACHTEN_DATA, of data/voorbeeld)")
    parser.add_argument(
        "--vandaag", type=date.fromisoformat, help="dag waarop het voorbeeld eindigt, als 2026-11-22 (anders vandaag)"
    )
    parser.add_argument("--weg", action="store_true", help="gooi het voorbeeldregister weg; een eigen register nooit")
    parser.add_argument("--ja", action="store_true", help="vraag bij --weg niet of u het zeker weet")


def positive(tekst: str) -> int:
    """Read a number of at least one."""
    getal = int(tekst)
    if getal < 1:
        raise ValueError(tekst)
    return getal


def run(args: argparse.Namespace) -> int:
    """Make the example and say what was made."""
    from klachten import voorbeeld

    map = args.map or mapsoort.example_map()
    if args.weg:
        return throw_away(map, zeker=args.ja)
    if mapsoort.find(map) in (Soort.RESTEN, Soort.BEGONNEN):
        print(f"Fout: in {map} staan nog resten van een register: {', '.join(remains(map))}.", file=sys.stderr)
        return 2
    begin = time.monotonic()
    gemaakt = voorbeeld.make(
        map,
        vandaag=args.vandaag or today(),
        seed=args.seed,
        aantal=args.aantal,
        progress=Balk(begin) if sys.stderr.isatty() or args.aantal else None,
    )
    duur = f"{time.monotonic() - begin:.1f}".replace(".", ",")
    hoeveel = f"{getal(gemaakt.klachten)} klachten, {getal(gemaakt.feiten)} feiten"
    print(f"Voorbeeldregister gemaakt in {map}: {hoeveel}, {duur} s.")
    return 0


def throw_away(map: Path, *, zeker: bool) -> int:
    """Remove the example from a folder, and nothing else that is in it; refused for every other register."""
    if reden := _not_an_example(map):
        print(f"Fout: {reden} Er is niets weggegooid.", file=sys.stderr)
        return 2
    feiten = sum(pad.read_bytes().count(b"\n") for pad in (map / "journaal").glob("*.jsonl"))
    if not zeker:
        if not (sys.stdin and sys.stdin.isatty()):
            print("Fout: weet u het zeker? Zet er dan --ja achter. Er is niets weggegooid.", file=sys.stderr)
            return 2
        print(f"Dit gooit het voorbeeldregister in {map} weg, met {getal(feiten)} feiten. Dat kan niet ongedaan.")
        if input("Typ weg om door te gaan: ").strip().lower() != "weg":
            print("Er is niets weggegooid.")
            return 1
    lock = FileLock(map / LOCK, timeout=0)
    try:
        with lock:
            # The journal goes last: what is broken off halfway is still an example, and can be thrown away.
            for pad in of_register(map):
                if pad.name != LOCK:
                    shutil.rmtree(pad) if pad.is_dir() else pad.unlink()
    except Timeout:
        raise RegisterBezet.of(map) from None
    except OSError as fout:
        print(f"Fout: niet alles kon weg ({fout}). Geef de opdracht nog eens.", file=sys.stderr)
        return 2
    (map / LOCK).unlink(missing_ok=True)
    rest = sorted(pad.name for pad in map.iterdir())
    if not rest:
        map.rmdir()
    over = f" Wat niet van het register is, staat er nog: {', '.join(rest)}." if rest else ""
    print(f"Het voorbeeldregister in {map} is weg.{over}")
    return 0


def _not_an_example(map: Path) -> str:
    match mapsoort.find(map):
        case Soort.VOORBEELD:
            return ""
        case Soort.LEEG:
            return f"In {map} staat geen voorbeeldregister."
        case Soort.EIGEN | Soort.BEGONNEN:
            return f"In {map} staat een eigen register."
        case Soort.OVERGENOMEN:
            return f"In {map} staan overgenomen klachten, en geen voorbeeld."
        case Soort.RESTEN:
            return f"In {map} staan resten van een register; of het een voorbeeld was, is niet meer te zien."
    return f"Het journaal in {map} is niet te lezen; of het een voorbeeld is, is niet te zien."


def today() -> date:
    """Return the day it is in the Netherlands, or the one that KLACHTEN_VANDAAG names, as in the app."""
    anders = os.environ.get("KLACHTEN_VANDAAG", "")
    return date.fromisoformat(anders) if anders else datetime.now(NEDERLAND).date()


class Balk:
    """One line on stderr that shows how far it is; at most four times a second."""

    def __init__(self, begin: float, wat: str = "klachten") -> None:
        self._begin, self._wat = begin, wat
        self._volgende = begin

    def __call__(self, gedaan: int, totaal: int) -> None:
        """Draw the line when it is time, and always at the end."""
        nu = time.monotonic()
        klaar = gedaan >= totaal
        if nu < self._volgende and not klaar:
            return
        self._volgende = nu + (0.25 if not klaar else 3600)
        deel = gedaan / totaal if totaal else 1.0
        vol = "#" * round(BREEDTE * deel)
        nog = f", nog ongeveer {(nu - self._begin) * (1 / deel - 1):.0f} s" if 0.02 < deel < 1 else ""
        regel = f"[{vol:.<{BREEDTE}}] {deel:4.0%}  {getal(gedaan)} van {getal(totaal)} {self._wat}{nog}"
        sys.stderr.write(f"\r{regel:<90}" + ("\n" if klaar else ""))
        sys.stderr.flush()
