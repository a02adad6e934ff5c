"""Faults put in by hand, for a developer and not for CI: python -m tests.mutaties_hand [part of a path ...]

tests/mutaties_hand.toml names them: what is SQL, and one fault for each guard. Every one must turn its tests red.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

HUIS = Path(__file__).resolve().parents[1]
WERK = HUIS / ".mutaties"
MEE = ("klachten", "tests", "pages", "app.py", "pytest.ini", ".streamlit", "README.md", "docs")


def main(argumenten: Sequence[str]) -> int:
    """Put in each fault, run its tests, and print the ones that nobody noticed."""
    tabel = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    gekozen = [g for g in tabel["groep"] if not argumenten or any(deel in g["bestand"] for deel in argumenten)]
    huis, over, aantal = copy_house(f"hand-{os.getpid()}"), [], 0
    for groep in gekozen:
        pad = huis / groep["bestand"]
        goed = pad.read_text(encoding="utf-8")
        if not _green(huis, groep["tests"]):
            raise SystemExit(f"The tests of {groep['bestand']} are red without a fault: {groep['tests']}")
        for van, naar in groep["fouten"]:
            if van not in goed:
                raise SystemExit(f"{groep['bestand']} no longer holds: {van}")
            aantal += 1
            pad.write_text(goed.replace(van, naar, 1), encoding="utf-8")
            gezien = not _green(huis, groep["tests"])
            pad.write_text(goed, encoding="utf-8")
            print("noticed " if gezien else "SURVIVED", groep["bestand"], "|", " ".join(van.split())[:90], flush=True)
            over += [] if gezien else [van]
    shutil.rmtree(huis.parent)
    print(f"{aantal} faults, {aantal - len(over)} noticed, {len(over)} survived")
    return bool(over)


def copy_house(naam: str) -> Path:
    """Return a fresh copy of the house to put faults in, so that the files one works on are never touched."""
    huis = WERK / naam / "huis"
    shutil.rmtree(huis, ignore_errors=True)
    huis.mkdir(parents=True)
    for deel in MEE:
        bron = HUIS / deel
        (shutil.copytree if bron.is_dir() else shutil.copy)(bron, huis / deel)
    return huis


def test_command(tests: str) -> list[str]:
    """Return the command that runs some tests and stops at the first that fails."""
    return [sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", "-p", "no:cacheprovider", *shlex.split(tests)]


def _green(huis: Path, tests: list[str]) -> bool:
    return all(
        subprocess.run(test_command(deel), cwd=huis, capture_output=True, check=False, timeout=3600).returncode == 0
        for deel in tests
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
