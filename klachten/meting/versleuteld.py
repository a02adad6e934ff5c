"""What sealing costs: the same register measured open and sealed, turn by turn, each in a process of its own.

`python -m klachten.meting.versleuteld MAP` copies the register in a folder twice and changes nothing there.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from klachten.datamap import DATABASE
from klachten.versleuteling.sleutelbestand import BESTAND

BEURTEN = 3
_OPENEN = (
    "import sys, time, resource; from pathlib import Path; from klachten.afscherming import close_to_others; "
    "from klachten.opening import open_register; close_to_others(); b, c = "
    "time.perf_counter(), time.process_time(); r = open_register(Path(sys.argv[1])); "
    "print(f'{time.perf_counter() - b:.2f} s, {time.process_time() - c:.2f} s rekentijd, '"
    "f'{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB'); r.close()"
)


def main() -> None:
    """Copy, seal, measure, and print both beside each other."""
    ontleder = argparse.ArgumentParser(prog="python -m klachten.meting.versleuteld", description=__doc__)
    ontleder.add_argument(
        "map", type=Path, help="a register that the command `voorbeeld` made, and that nobody has open"
    )
    ontleder.add_argument("--stappen", type=int, default=200, help="steps recorded one by one")
    args = ontleder.parse_args()
    with tempfile.TemporaryDirectory(prefix="klachten-versleuteld-", dir=args.map.parent) as hier:
        open_, dicht = Path(hier, "open"), Path(hier, "dicht")
        for kopie in (open_, dicht):
            shutil.copytree(args.map, kopie, ignore=shutil.ignore_patterns("*.lock"))
        omgeving = {**os.environ, BESTAND: str(Path(hier, "sleutel"))}
        begin = time.perf_counter()
        _run(omgeving, "-m", "klachten", "versleutel", "--map", str(dicht))
        print(f"Versleutelen, met het opnieuw maken van de database: {time.perf_counter() - begin:.0f} s")
        for kopie in (open_, dicht):
            _run(omgeving, "-c", _OPENEN, str(kopie))
        for beurt in range(BEURTEN):
            for kopie in (open_, dicht):
                print(f"Openen {kopie.name} ({beurt + 1}): {_run(omgeving, '-c', _OPENEN, str(kopie)).strip()}")
        for kopie in (open_, dicht):
            meet = ("meet", "register", "--map", str(kopie), "--schrijf", "--stappen", str(args.stappen))
            print(f"\n{kopie.name}\n{_run(omgeving, '-m', 'klachten', *meet)}")
        for kopie in (open_, dicht):
            alles = sum(pad.stat().st_size for pad in kopie.rglob("*") if pad.is_file()) / 1e6
            database = (kopie / DATABASE).stat().st_size / 1e6
            print(f"Grootte {kopie.name}: {alles:.0f} MB, waarvan de database {database:.0f} MB")


def _run(omgeving: dict[str, str], *opdracht: str) -> str:
    uit = subprocess.run(
        [sys.executable, *opdracht], env=omgeving, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if uit.returncode:
        sys.exit(uit.stderr)
    return uit.stdout


if __name__ == "__main__":
    main()
