"""Faults and load at length: `python -m tests.betrouwbaarheid`; exit code 1 when anything confirmed was lost."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tests.betrouwbaarheid import bezet, doden, last, post, proef, schijf, volgorde


def main() -> int:
    """Do what is asked, and print a line for each."""
    ontleder = argparse.ArgumentParser(prog="python -m tests.betrouwbaarheid", description=__doc__)
    proeven = {"doden": _kills, "schijf": _disk, "volgorde": _order, "bezet": _busy, "post": _mail, "last": _load}
    ontleder.add_argument("proeven", nargs="*", metavar="PROEF", help=f"{', '.join(proeven)} (anders allemaal)")
    ontleder.add_argument("--keer", type=int, default=200, help="how often the app is killed (200)")
    ontleder.add_argument("--minuten", type=float, default=3.0, help="how long the load lasts (3)")
    ontleder.add_argument("--aantal", type=int, default=proef.AANTAL, help="klachten in the register (300)")
    args = ontleder.parse_args()
    if onbekend := set(args.proeven) - proeven.keys():
        ontleder.error(f"onbekend: {', '.join(sorted(onbekend))}")
    gebreken = 0
    with tempfile.TemporaryDirectory(prefix="betrouwbaarheid-") as plek, proef.day():
        vol = proef.filled(Path(plek) / "vol", args.aantal)
        nummers = proef.running(vol)
        for naam, doe in proeven.items():
            if args.proeven and naam not in args.proeven:
                continue
            print(f"\n{naam}", flush=True)
            map = proef.copied(vol, Path(plek) / naam / "register")
            for zin, fout in doe(map, nummers, args):
                gebreken += len(fout)
                print(f"  {zin}", *(f"    FOUT {een}" for een in fout), sep="\n", flush=True)
    print(f"\n{gebreken} gebreken.")
    return 1 if gebreken else 0


Regels = Iterable[tuple[str, list[str]]]


def _kills(map: Path, nummers: list[str], args: argparse.Namespace) -> Regels:
    bevestigd = onderweg = 0
    for keer, uitkomst in enumerate(doden.kill(map, nummers, args.keer), start=1):
        bevestigd += uitkomst.bevestigd
        onderweg += uitkomst.onderweg
        if uitkomst.gebreken or keer % 20 == 0 or keer == args.keer:
            yield f"{keer} keer gedood: {bevestigd} bevestigd, {onderweg} halverwege", uitkomst.gebreken


def _disk(map: Path, nummers: list[str], args: argparse.Namespace) -> Regels:
    for uitkomst in schijf.fill(map, nummers):
        yield (
            f"{uitkomst.over} kB over: {uitkomst.vastgelegd} vastgelegd; {uitkomst.zin or 'alles paste'}",
            (uitkomst.gebreken),
        )


def _order(map: Path, nummers: list[str], args: argparse.Namespace) -> Regels:
    try:
        gebeurd = volgorde.order(map)
    except volgorde.GeenStrace as fout:
        yield f"overgeslagen: {fout}", []
        return
    yield " -> ".join(gebeurd), volgorde.judge(gebeurd)


def _busy(map: Path, nummers: list[str], args: argparse.Namespace) -> Regels:
    yield from bezet.walk(map)


def _mail(map: Path, nummers: list[str], args: argparse.Namespace) -> Regels:
    hoe: Counter[str] = Counter()
    onzeker = 0
    for keer, uitkomst in enumerate(post.kill(map.parent / "firma", args.keer), start=1):
        hoe[uitkomst.hoe] += 1
        onzeker += uitkomst.onzeker
        if uitkomst.gebreken or keer % 10 == 0 or keer > args.keer:
            stand = f"{uitkomst.verzonden} verzonden, {onzeker} keer onzeker en gevraagd"
            yield f"{min(keer, args.keer)} keer gedood ({uitkomst.hoe}): {stand}", uitkomst.gebreken
    yield "; ".join(f"{aantal} keer: {naam}" for naam, aantal in hoe.items()), []


def _load(map: Path, nummers: list[str], args: argparse.Namespace) -> Regels:
    for lezers, schrijvers, rust in ((40, 10, 0.0), (40, 10, 20.0)):
        uitslag = last.load(map, nummers, lezers, schrijvers, args.minuten * 60, rust=rust)
        hoe = f"lezers kijken tot {rust:.0f} s" if rust else "zonder pauze"
        yield f"{hoe}: {uitslag.zin()}", uitslag.gebreken


if __name__ == "__main__":
    sys.exit(main())
