"""Start the app on this machine; an empty folder becomes the example, or the register of a firm."""

from __future__ import annotations

import argparse
import json
import os
import runpy
import socket
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

from klachten.opdrachten import Ontleder
from klachten.opening import PROJECT, data_map
from klachten.toegang import instellingen

NAAM = "start"
HULP = "Start het register op http://localhost:8501; in een lege map met het voorbeeld, of met een eigen register."
ADRES = "127.0.0.1"
POORT = 8501


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Ask for the port, and what an empty folder becomes."""
    parser.add_argument("--poort", type=int, default=POORT, help=f"poort van de app (anders {POORT})")
    soort = parser.add_mutually_exclusive_group()
    soort.add_argument("--voorbeeld", action="store_true", help="vul een lege map met het voorbeeldregister")
    soort.add_argument("--eigen", action="store_true", help="begin in een lege map een eigen register, met aanmelden")
    soort.add_argument("--leeg", action="store_true", help="maak geen voorbeeldregister als het register leeg is")


def run(args: argparse.Namespace) -> int:
    """Fill an empty register, then be the app until it is stopped."""
    if bezet(args.poort):
        print(
            f"Fout: poort {args.poort} is al in gebruik. Draait klachten al? Open dan http://localhost:{args.poort}, "
            f"of kies een andere poort met --poort.",
            file=sys.stderr,
        )
        return 2
    try:
        instellingen.of_register(data_map())
    except instellingen.OngeldigeInstelling as fout:
        print(f"Fout: {fout}", file=sys.stderr)
        return 2
    if is_leeg() and not args.leeg:
        if args.eigen or (not args.voorbeeld and ask_for_own()):
            os.environ[instellingen.EIGEN] = "1"
        else:
            print("Er is nog geen register; het voorbeeldregister wordt gemaakt.")
            if code := maak_voorbeeld():
                return code
    elif (args.eigen or args.voorbeeld) and is_own() is not args.eigen and is_own() is not None:
        print(
            f"Fout: in {data_map()} staat {'een voorbeeldregister' if args.eigen else 'een eigen register'}. Een "
            f"{'eigen register' if args.eigen else 'voorbeeld'} begint in een lege map: noem die in KLACHTEN_DATA en "
            "start opnieuw.",
            file=sys.stderr,
        )
        return 2
    if args.leeg and is_leeg():
        empty_example()
    print(f"Het register komt op http://localhost:{args.poort} (stoppen: Ctrl+C).", flush=True)
    sys.argv = ["streamlit", *opdrachtregel(args.poort)]
    # In this process: stopping it stops the app, and nothing depends on how a system starts processes.
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)
    return 0


def ask_for_own() -> bool:
    """Ask at the console what an empty folder becomes; without somebody to ask it is the example."""
    if not (sys.stdin and sys.stdin.isatty()):
        return False
    print(
        f"In {data_map()} is nog geen register.\n"
        "  1  Rondkijken in een voorbeeld: verzonnen mensen en klachten, zonder aanmelden\n"
        "  2  Een eigen register beginnen: u bent de eerste beheerder en nodigt collega's uit"
    )
    while (antwoord := input("Kies 1 of 2: ").strip()) not in ("1", "2"):
        print("Typ 1 of 2.")
    return antwoord == "2"


def is_own() -> bool | None:
    """Tell whether the register that is there is of a firm, as deur.is_own says it of an open one: its first fact.

    None when that line cannot be read: the register says what is wrong when it is opened.
    """
    bestanden = sorted((data_map() / "journaal").glob("*.jsonl"))
    if not bestanden:
        return False
    with bestanden[0].open(encoding="utf-8") as journaal:
        try:
            eerste = json.loads(next(journaal, "{}"))
        except ValueError:
            return None
    return eerste.get("soort") == "OrganisatieIngericht" and not eerste.get("gegevens", {}).get("voorbeeld", False)


def maak_voorbeeld() -> int:
    """Make the example register as the command `voorbeeld` does without arguments."""
    from klachten.opdrachten import voorbeeld

    ontleder = Ontleder()
    voorbeeld.add_arguments(ontleder)
    return voorbeeld.run(ontleder.parse_args([]))


def empty_example() -> None:
    """Let an empty folder be the example without a klacht: its organisation, and nothing else."""
    from klachten.opening import open_register
    from klachten.voorbeeld import record

    with open_register(data_map()) as register:
        record(register, op=datetime.now(ZoneInfo("Europe/Amsterdam")).date())


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
