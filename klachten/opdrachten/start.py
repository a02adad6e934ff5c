"""Start the app on this machine; an empty folder becomes the example, or the register of a firm."""

from __future__ import annotations

import argparse
import os
import runpy
import socket
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from klachten import datamap, logboek, mapsoort
from klachten.mapsoort import Soort
from klachten.opdrachten import Ontleder
from klachten.opening import PROJECT, data_map
from klachten.tijdzone import NEDERLAND
from klachten.toegang import certificaat, instellingen
from klachten.toegang.instellingen import Instellingen, OngeldigeInstelling, OnveiligAdres

NAAM = "start"
HULP = "Start het register op http://localhost:8501; in een lege map met het voorbeeld, of met een eigen register."
POORT = 8501
_OVERAL = {"0.0.0.0": "127.0.0.1", "::": "::1"}
"""Who asks whether a port is free asks it of this machine."""
_IS = {
    Soort.VOORBEELD: "een voorbeeldregister",
    Soort.EIGEN: "een eigen register",
    Soort.BEGONNEN: "een eigen register waarmee net is begonnen",
}


class Geweigerd(Exception):
    """The app does not start; the sentence says why and what to do."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Ask for the port, and what an empty folder becomes."""
    parser.add_argument("--poort", type=int, default=POORT, help=f"poort van de app (anders {POORT})")
    soort = parser.add_mutually_exclusive_group()
    soort.add_argument("--voorbeeld", action="store_true", help="vul een lege map met het voorbeeldregister")
    soort.add_argument("--eigen", action="store_true", help="begin in een lege map een eigen register, met aanmelden")
    soort.add_argument("--leeg", action="store_true", help="maak geen voorbeeldregister als het register leeg is")


def run(args: argparse.Namespace) -> int:
    """Fill an empty register, then be the app until it is stopped."""
    try:
        logboek.level()
        map = which_map(args)
        gelezen = instellingen.of_register(map)
        waarschuwingen = certificaat.check(gelezen, time.time())
        if bezet(gelezen.luister, args.poort):
            raise Geweigerd(
                f"Poort {args.poort} is al in gebruik. Draait klachten al? Open dan http://localhost:{args.poort}, "
                f"of kies een andere poort met --poort."
            )
        soort = choose(map, args)
        if soort is Soort.LEEG and instellingen.wants_example() and not datamap.named():
            # An example that somebody just chose goes into a folder of its own.
            map = mapsoort.example_map()
            gelezen = instellingen.of_register(map)
        # Commands and pages of this process all mean this folder, whatever is made in it or beside it.
        os.environ[datamap.MAP] = str(map)
        if soort is Soort.LEEG and instellingen.wants_example():
            print("Er is nog geen register; het voorbeeldregister wordt gemaakt.")
            if code := maak_voorbeeld():
                return code
        eigen = soort in (Soort.EIGEN, Soort.ONLEESBAAR) or instellingen.wants_own()
        instellingen.check(gelezen, voorbeeld=not eigen, luister=gelezen.luister)
    except (OngeldigeInstelling, OnveiligAdres, Geweigerd, logboek.OngeldigNiveau) as fout:
        print(f"Fout: {fout}", file=sys.stderr)
        return 2
    # All that the app looks at: the help, which loads every command, does not wait for that.
    from klachten.opwaarderen import as_needed

    as_needed(map, datetime.now(UTC), lambda zin: print(zin, flush=True))
    if args.leeg and soort is Soort.LEEG:
        empty_example()
    for zin in waarschuwingen:
        print(f"Let op: {zin}")
    if soort is Soort.VOORBEELD:
        print("Dit is het voorbeeld. Een eigen register begint u met: python -m klachten start --eigen")
    waar = gelezen.adres or f"http://localhost:{args.poort}"
    print(f"Het register komt op {waar} (stoppen: Ctrl+C).", flush=True)
    # What a proxy says of the browser behind it is read by the gate, and only when the settings name that proxy.
    os.environ["FORWARDED_ALLOW_IPS"] = ""
    sys.argv = ["streamlit", *opdrachtregel(args.poort, gelezen)]
    # In this process: stopping it stops the app, and nothing depends on how a system starts processes.
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)
    return 0


def which_map(args: argparse.Namespace) -> Path:
    """Return the folder that is meant: of the two of the project, each kind of register has its own."""
    if args.voorbeeld:
        return mapsoort.example_map()
    return datamap.named() or datamap.own_map() if args.eigen else data_map()


def choose(map: Path, args: argparse.Namespace) -> Soort:
    """Return what is in the folder, and say in the environment what it becomes if that is open; Geweigerd when not."""
    soort = mapsoort.find(map)
    gevraagd = instellingen.EIGEN if args.eigen else instellingen.VOORBEELD if args.voorbeeld else ""
    if soort is Soort.RESTEN:
        raise Geweigerd(
            f"In {map} staat geen enkel feit meer, maar wel iets van een register: {', '.join(datamap.remains(map))}. "
            "Dat is geen lege map, dus er komt geen nieuw register in. Zet de map journaal terug uit een "
            "reservekopie. Is er geen, dan bewaart u wat er nog is en begint u hier opnieuw met: python -m klachten "
            'herbouw --ondanks "waarom". Weet u zeker dat niemand dit nog nodig heeft, kies dan een andere map met '
            "KLACHTEN_DATA."
        )
    is_nu = {Soort.VOORBEELD: instellingen.VOORBEELD, Soort.EIGEN: instellingen.EIGEN}
    if gevraagd and is_nu.get(soort, instellingen.EIGEN if soort is Soort.BEGONNEN else gevraagd) != gevraagd:
        anders = ", of gooi het voorbeeld weg: python -m klachten voorbeeld --weg" if args.eigen else ""
        raise Geweigerd(
            f"In {map} staat {_IS[soort]}. Een {'eigen register' if args.eigen else 'voorbeeld'} begint in een lege "
            f"map: noem die in KLACHTEN_DATA en start opnieuw{anders}."
        )
    if soort is Soort.BEGONNEN:
        gevraagd = instellingen.EIGEN
    elif soort is Soort.LEEG and not gevraagd and not args.leeg:
        gevraagd = instellingen.EIGEN if ask_for_own(f"In {map} is nog geen register.") else instellingen.VOORBEELD
    elif soort is Soort.OVERGENOMEN and not gevraagd:
        if not can_ask():
            raise Geweigerd(mapsoort.VAN_WIE.format(map=map))
        own = ask_for_own(f"In {map} staan alleen overgenomen klachten.")
        gevraagd = instellingen.EIGEN if own else instellingen.VOORBEELD
    os.environ.pop(instellingen.SOORT, None)
    if gevraagd and soort in (Soort.LEEG, Soort.BEGONNEN, Soort.OVERGENOMEN):
        os.environ[instellingen.SOORT] = gevraagd
    return soort


def can_ask() -> bool:
    """Tell whether there is somebody at a console."""
    return bool(sys.stdin and sys.stdin.isatty())


def ask_for_own(wat: str) -> bool:
    """Ask at the console what a folder becomes; without somebody to ask it is the example."""
    if not can_ask():
        return False
    print(
        f"{wat}\n"
        "  1  Rondkijken in een voorbeeld: verzonnen mensen en klachten, zonder aanmelden\n"
        "  2  Een eigen register beginnen: u bent de eerste beheerder en nodigt collega's uit"
    )
    while (antwoord := input("Kies 1 of 2: ").strip()) not in ("1", "2"):
        print("Typ 1 of 2.")
    return antwoord == "2"


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
        record(register, op=datetime.now(NEDERLAND).date())


def opdrachtregel(poort: int, gelezen: Instellingen) -> list[str]:
    """Return what streamlit is told; the address is named here too, so that no setting elsewhere can open it up."""
    tls = [f"--server.sslCertFile={gelezen.certificaat}", f"--server.sslKeyFile={gelezen.sleutel}"]
    return [
        "run",
        str(PROJECT / "app.py"),
        f"--server.port={poort}",
        f"--server.address={gelezen.luister}",
        *(f"--server.allowedHosts={host}" for host in gelezen.hosts),
        *(tls if gelezen.certificaat else []),
        "--server.headless=true",
        "--browser.gatherUsageStats=false",
    ]


def bezet(luister: str, poort: int) -> bool:
    """Tell whether something listens on the port already, there where the app would."""
    waar = _OVERAL.get(luister, luister)
    with socket.socket(socket.AF_INET6 if ":" in waar else socket.AF_INET) as probe:
        probe.settimeout(1)
        return probe.connect_ex((waar, poort)) == 0
