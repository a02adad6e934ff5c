"""Start the app on this machine; an empty register is first filled with the example."""

from __future__ import annotations

import argparse
import runpy
import socket
import sys

from klachten.opdrachten import Ontleder
from klachten.opening import PROJECT, data_map

NAAM = "start"
HULP = "Start het register op http://localhost:8501, met het voorbeeldregister als er nog niets is."
ADRES = "127.0.0.1"
POORT = 8501


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Ask for the port, and whether an empty register may stay empty."""
    parser.add_argument("--poort", type=int, default=POORT, help=f"poort van de app (anders {POORT})")
    parser.add_argument("--leeg", action="store_true", help="maak geen voorbeeldregister als het register leeg is")


def run(args: argparse.Namespace) -> int:
    """Fill an empty register, then be the app until it is stopped."""
    if bezet(args.poort):
        print(
            f"Fout: poort {args.poort} is al in gebruik. Draait klachten al? Open dan http://localhost:{args.poort}, "
            f"of kies een andere poort met --poort.",
            file=sys.stderr,
        )
        return 2
    if is_leeg() and not args.leeg:
        print("Er is nog geen register; het voorbeeldregister wordt gemaakt.")
        if code := maak_voorbeeld():
            return code
    print(f"Het register komt op http://localhost:{args.poort} (stoppen: Ctrl+C).", flush=True)
    sys.argv = ["streamlit", *opdrachtregel(args.poort)]
    # In this process: stopping it stops the app, and nothing depends on how a system starts processes.
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)
    return 0


def maak_voorbeeld() -> int:
    """Make the example register as the command `voorbeeld` does without arguments."""
    from klachten.opdrachten import voorbeeld

    ontleder = Ontleder()
    voorbeeld.add_arguments(ontleder)
    return voorbeeld.run(ontleder.parse_args([]))


def opdrachtregel(poort: int) -> list[str]:
    """Return what streamlit is told; the address is named here too, so that no setting elsewhere can open it up."""
    return [
        "run",
        str(PROJECT / "app.py"),
        f"--server.port={poort}",
        f"--server.address={ADRES}",
        "--server.headless=true",
        "--browser.gatherUsageStats=false",
    ]


def is_leeg() -> bool:
    """Tell whether there is no register yet: not one fact in the journal."""
    return not any(bestand.stat().st_size for bestand in (data_map() / "journaal").glob("*.jsonl"))


def bezet(poort: int) -> bool:
    """Tell whether something listens on the port already."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((ADRES, poort)) == 0
