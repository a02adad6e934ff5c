"""Trying a copy: unpacked, a register is made of it, and it has the facts that it should have.

It happens in a process of its own: who is who in an organisation is known to a process once, and the app shows that of
its own register meanwhile.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from klachten import apart
from klachten.kijklog import Kijkketen
from klachten.opening import open_register
from klachten.register import RegisterFout, controle
from klachten.register.journaal import Journaal, JournaalBeschadigd
from klachten.reservekopie.fouten import Afgebroken, ReservekopieFout
from klachten.taal import feiten

_STUK = re.compile(r"(?:Document|Tekst) .*? ontbreekt\b")
_MIST = re.compile(r"\bontbre(?:ekt|ken)\b")


def prove(map: Path, nr: int, zegel: str, *, volledig: bool) -> list[str]:
    """Verify the chain of an unpacked copy, make its database, and compare; returns what is wrong with it.

    With `volledig`, or when something is lacking, everything is checked as the command controleer does: what was
    lacking already is known by that when it is put back.
    """
    try:
        keuring = Journaal(map / "journaal").verify()
        kop = keuring.kop
        if keuring.staart or (kop.nr, kop.zegel) != (nr, zegel):
            return [f"De kopie heeft {feiten(kop.nr)}, en moest er {nr} hebben, met een ander zegel aan het eind."]
        with open_register(map) as register:
            stand = register.stand()
            gebreken = [zin for zin in register.meldingen if _MIST.search(zin)]
        if (stand.aantal, stand.zegel) != (nr, zegel):
            return [f"Uit de kopie komt een register met {feiten(stand.aantal)} in plaats van {nr}."]
    except (JournaalBeschadigd, RegisterFout) as fout:
        return [str(fout)]
    return gebreken + (check(map) if volledig or gebreken else [])


def unknown(gebreken: Iterable[str], bekend: Iterable[str]) -> list[str]:
    """Return what is not among the lacks that are known: of a text or document its name decides, not the sentence."""
    namen = {_name(zin) for zin in bekend}
    return [zin for zin in gebreken if _name(zin) not in namen]


def _name(zin: str) -> str:
    gevonden = _STUK.match(zin)
    return gevonden[0] if gevonden else zin


def check(map: Path) -> list[str]:
    """Return every error that controleer finds in a folder."""
    return [een.zin for een in controle.controleer(map) if een.ernst == "fout"] + list(Kijkketen(map).keur().gebreken)


def prove_apart(map: Path, nr: int, zegel: str, *, volledig: bool, stop: Callable[[], bool]) -> list[str]:
    """Do so in another process; Afgebroken when told to stop meanwhile."""
    try:
        wijze = ["--volledig"] if volledig else []
        return list(apart.run("klachten.reservekopie.proef", str(map), str(nr), zegel, *wijze, stop=stop))
    except apart.Gestopt:
        raise Afgebroken("De app stopt: de reservekopie is afgebroken en telt niet.") from None
    except apart.ApartMislukt as fout:
        raise ReservekopieFout(f"De reservekopie kon niet worden beproefd: {fout}") from fout


def main(argv: Sequence[str] | None = None) -> int:
    """Prove the copy in a folder and print what is wrong with it, as JSON."""
    ontleder = argparse.ArgumentParser()
    ontleder.add_argument("map", type=Path)
    ontleder.add_argument("nr", type=int)
    ontleder.add_argument("zegel")
    ontleder.add_argument("--volledig", action="store_true")
    args = ontleder.parse_args(argv)
    return apart.answer(lambda: prove(args.map, args.nr, args.zegel, volledig=args.volledig))


if __name__ == "__main__":
    sys.exit(main())
