"""Walk all attacks against the app, which this starts itself: `python -m tests.aanval`; exit code 1 when one works."""

from __future__ import annotations

import argparse
import sys
from collections import Counter

import tests.aanval.deur  # noqa: F401  # its attacks join the others
from tests.aanval.doel import gestart
from tests.aanval.proeven import PROEVEN


def main() -> int:
    """Print a line for everything that was tried, and a total."""
    ontleder = argparse.ArgumentParser(prog="python -m tests.aanval", description=__doc__)
    ontleder.add_argument("--poort", type=int, default=0, help="port for the app (a free one when not given)")
    ontleder.add_argument("--sessie", default="", help="cookie of a session to attack with, as name=value")
    ontleder.add_argument(
        "--eigen", action="store_true", help="attack a register of a firm: it makes one, and signs everybody in itself"
    )
    args = ontleder.parse_args()
    telling: Counter[str] = Counter()
    with gestart(args.poort, args.sessie, eigen=args.eigen) as doel:
        for proef in PROEVEN:
            if proef.eigen and not args.eigen:
                continue
            print(f"\n{proef.naam}")
            for wat, gehouden in proef.doe(doel):
                uitslag = "goed" if gehouden else "fout"
                telling[uitslag] += 1
                print(f"  {uitslag:<6}{wat}", flush=True)
    print(f"\n{telling['goed']} goed, {telling['fout']} fout.")
    return 1 if telling["fout"] else 0


if __name__ == "__main__":
    sys.exit(main())
