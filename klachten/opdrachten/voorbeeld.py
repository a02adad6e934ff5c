"""Fill an empty register with the example: a fictional firm, six years."""

from __future__ import annotations

import argparse
import os
import sys
import time
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from klachten.opening import data_map

NAAM = "voorbeeld"
HULP = "Maakt een voorbeeldregister van een verzonnen organisatie: zes jaar, in een leeg register."
BREEDTE = 30


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Ask how much, from which seed, where, and as if made on which day."""
    parser.add_argument("--aantal", type=positive, help="aantal klachten (anders 5 tot 40 per jaar)")
    parser.add_argument(
        "--seed", type=int, default=1, help="begingetal: hetzelfde getal geeft hetzelfde register (anders 1)"
    )
    parser.add_argument("--map", type=Path, help="map van het register (anders KLACHTEN_DATA, of data)")
    parser.add_argument(
        "--vandaag", type=date.fromisoformat, help="dag waarop het voorbeeld eindigt, als 2026-11-22 (anders vandaag)"
    )


def positive(tekst: str) -> int:
    """Read a number of at least one."""
    getal = int(tekst)
    if getal < 1:
        raise ValueError(tekst)
    return getal


def run(args: argparse.Namespace) -> int:
    """Make the example and say what was made."""
    from klachten import voorbeeld

    map = args.map or data_map()
    begin = time.monotonic()
    gemaakt = voorbeeld.make(
        map,
        vandaag=args.vandaag or today(),
        seed=args.seed,
        aantal=args.aantal,
        progress=Balk(begin) if sys.stderr.isatty() or args.aantal else None,
    )
    duur = f"{time.monotonic() - begin:.1f}".replace(".", ",")
    print(
        f"Voorbeeldregister gemaakt in {map}: {_nl(gemaakt.klachten)} klachten, {_nl(gemaakt.feiten)} feiten, {duur} s."
    )
    return 0


def today() -> date:
    """Return the day it is in the Netherlands, or the one that KLACHTEN_VANDAAG names, as in the app."""
    anders = os.environ.get("KLACHTEN_VANDAAG", "")
    return date.fromisoformat(anders) if anders else datetime.now(ZoneInfo("Europe/Amsterdam")).date()


class Balk:
    """One line on stderr that shows how far it is; at most four times a second."""

    def __init__(self, begin: float) -> None:
        self._begin = begin
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
        regel = f"[{vol:.<{BREEDTE}}] {deel:4.0%}  {_nl(gedaan)} van {_nl(totaal)} klachten{nog}"
        sys.stderr.write(f"\r{regel:<90}" + ("\n" if klaar else ""))
        sys.stderr.flush()


def _nl(getal: int) -> str:
    return f"{getal:,}".replace(",", ".")
