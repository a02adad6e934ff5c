"""Take over ten thousand mangled files and say what each kind of mangling got; exit code 1 when one of them is wrong.

`python -m tests.vernield --aantal 10000`; `--alleen WOORD` only tries the kinds with that word in their name, and
`--toon` shows what is said of one file of each kind, and of the real files in ../shared/data.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from klachten.taal import getal
from tests.vernield import toon
from tests.vernield.beproef import Telling, part
from tests.vernield.oordeel import SOORTEN
from tests.vernield.trekking import PROEVEN


def main() -> int:
    """Print the table."""
    ontleder = argparse.ArgumentParser(prog="python -m tests.vernield", description=__doc__)
    ontleder.add_argument("--aantal", type=int, default=10_000, help="how many files")
    ontleder.add_argument("--zaad", type=int, default=13, help="begin of what is drawn")
    ontleder.add_argument("--alleen", default="", help="only the kinds with this word in their name")
    ontleder.add_argument("--soort", nargs="*", default=[], help="only these kinds of file")
    ontleder.add_argument("--tegelijk", type=int, default=2, help="in so many processes")
    ontleder.add_argument(
        "--toon", action="store_true", help="show what is said of one file of each, and of real files"
    )
    ontleder.add_argument("--bestanden", type=Path, default=toon.ECHT, help="where real files are, for --toon")
    args = ontleder.parse_args()
    if args.toon:
        for regel in toon.lines(args.bestanden):
            print(regel, flush=True)
        return 0
    telling: Telling = {proef.naam: Counter() for proef in PROEVEN}
    fouten: list[str] = []
    begin = time.perf_counter()
    with ProcessPoolExecutor(args.tegelijk, multiprocessing.get_context("spawn")) as samen:
        wat = args.aantal, args.alleen, args.soort, args.zaad
        for deel in [samen.submit(part, *wat, nr, args.tegelijk) for nr in range(args.tegelijk)]:
            hier, mis = deel.result(24 * 3600)
            fouten += mis
            for naam, keer in hier.items():
                telling[naam] |= {"langst": max(keer["langst"], telling[naam]["langst"])}
                telling[naam] += Counter({soort: n for soort, n in keer.items() if soort != "langst"})
    print("\n".join(table(telling)))
    gebruikt = sum(os.times()[:4])
    langst = max(telling.values(), key=lambda keer: keer["langst"])["langst"]
    print(
        f"\n{time.perf_counter() - begin:.0f} s, rekentijd {gebruikt:.0f} s; het langst duurde een bestand {langst} ms."
    )
    for fout, keer in Counter(fouten).most_common():
        print(f"\n{keer}x {fout}")
    print(f"\n{getal(len(fouten))} fouten." if fouten else "\nGeen fouten.")
    return 1 if fouten else 0


def table(telling: Telling) -> list[str]:
    """The counts as a table in Markdown."""
    koppen = ("wat er met het bestand is gebeurd", "bestanden", *SOORTEN)
    regels = [f"| {' | '.join(koppen)} |", f"| --- |{' ---: |' * (len(koppen) - 1)}"]
    samen: Counter[str] = Counter()
    for naam, keer in telling.items():
        if not keer:
            continue
        samen.update({soort: keer[soort] for soort in SOORTEN})
        regels.append(_line(naam, keer))
    return [*regels, _line("**samen**", samen)]


def _line(naam: str, keer: Counter[str]) -> str:
    alle = sum(keer[soort] for soort in SOORTEN)
    return f"| {' | '.join([naam, getal(alle), *(getal(keer[soort]) if keer[soort] else '' for soort in SOORTEN)])} |"


if __name__ == "__main__":
    sys.exit(main())
