"""Tell how a register is that is running, or not: settings, disk, clock, back-up, and what else there is to watch."""

from __future__ import annotations

import argparse
import http.client
import json
import ssl
import sys
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path

NAAM = "gezond"
HULP = "Zegt of het register gezond is, ook terwijl de app draait; uitgang 0 is goed, 1 let op, 2 fout."
LEEFT = "/_stcore/health"
TEKENS = {"fout": "FOUT  ", "let op": "LET OP", "goed": "goed  ", "n.v.t.": "-     "}
_OVERAL = {"0.0.0.0": "127.0.0.1", "::": "::1"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Ask for another folder, for what a program reads, or only whether the app answers."""
    parser.add_argument("--map", type=Path, help="map van het register (anders KLACHTEN_DATA of data/)")
    parser.add_argument("--json", action="store_true", help="schrijf het als JSON, voor een programma dat meekijkt")
    parser.add_argument("--app", action="store_true", help="vraag alleen of de app op deze computer antwoordt")
    parser.add_argument("--poort", type=int, default=8501, help="poort van de app bij --app (anders 8501)")


def run(args: argparse.Namespace) -> int:
    """Print every check, the worst of which is the exit code."""
    from klachten.datamap import data_map

    map = args.map or data_map()
    if args.app:
        return ask(map, args.poort)
    from klachten import gezond
    from klachten.mapsoort import Soort, find

    if not map.is_dir() or find(map) is Soort.LEEG:
        print(f"Fout: in {map} staat geen register.", file=sys.stderr)
        return 2
    rapport = gezond.look(map, datetime.now(UTC))
    if args.json:
        print(json.dumps(rapport.as_json(), ensure_ascii=False, indent=2))
        return rapport.code
    for controle, uitslag in rapport.uitslagen:
        print(f"{TEKENS[uitslag.ernst]} {controle.titel}: {uitslag.zin}")
        if uitslag.doe:
            print(f"       {uitslag.doe}")
    print(f"Het register in {map}: {rapport.zin}")
    return rapport.code


def ask(map: Path, poort: int) -> int:
    """Ask the app on this machine whether it is there, in the way that its settings have it listen."""
    from klachten.toegang import instellingen

    gelezen = instellingen.of_register(map)
    waar = _OVERAL.get(gelezen.luister, gelezen.luister)
    if gelezen.certificaat:
        # To itself, on this machine: whether browsers take the certificate is a check of its own.
        tls = ssl.create_default_context()
        tls.check_hostname, tls.verify_mode = False, ssl.CERT_NONE
        lijn: http.client.HTTPConnection = http.client.HTTPSConnection(waar, poort, timeout=5, context=tls)
    else:
        lijn = http.client.HTTPConnection(waar, poort, timeout=5)
    try:
        lijn.request("GET", LEEFT, headers={"Host": f"localhost:{poort}"})
        antwoordt = lijn.getresponse().status == HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        antwoordt = False
    finally:
        lijn.close()
    print(f"De app op poort {poort} {'antwoordt' if antwoordt else 'antwoordt niet'}.")
    return 0 if antwoordt else 2
