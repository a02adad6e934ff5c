"""Put a back-up back into an empty folder, after everything of it was verified."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path

from klachten.taal import aantal, feiten, moment

NAAM = "terugzetten"
HULP = "Zet een reservekopie terug in een lege map, nadat alles eraan is gecontroleerd."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Ask for the copy, where it goes, and with which key."""
    parser.add_argument("bestand", metavar="KOPIE", help="het bestand van de kopie, of een adres als s3://bucket/kopie")
    parser.add_argument(
        "--naar", type=Path, required=True, metavar="MAP", help="een lege map, of een die nog niet bestaat"
    )
    parser.add_argument("--sleutel", type=Path, metavar="BESTAND", help="bestand waarin de herstelsleutel staat")
    wissen = parser.add_mutually_exclusive_group()
    wissen.add_argument("--gewist", type=Path, metavar="BESTAND", help="gewist.jsonl, als dat niet naast de kopie ligt")
    wissen.add_argument("--zonder-gewist", action="store_true", help="ga door zonder gewist.jsonl")


def run(args: argparse.Namespace) -> int:
    """Put it back and say what it is."""
    from klachten.reservekopie import sleutel
    from klachten.reservekopie.terugzetten import restore

    geheim = sleutel.read_key(args.sleutel) if args.sleutel else ""
    terug = restore(
        args.bestand,
        args.naar,
        geheim=geheim,
        lijst=args.gewist,
        zonder_lijst=args.zonder_gewist,
        vraag_sleutel=_ask_key,
    )
    print(f"Teruggezet in {args.naar}: {feiten(terug.manifest.nr)}, zegel {terug.manifest.zegel}.")
    print(f"De kopie is van {moment(terug.manifest.moment)}. Wat daarna is vastgelegd, staat er niet in.")
    if terug.gewist:
        wat = aantal(len(terug.gewist), "dossier", "dossiers")
        print(f"Opnieuw gewist, omdat dat na de kopie ook was gebeurd: {wat}. Er zijn nu {feiten(terug.aantal)}.")
    if args.zonder_gewist:
        print("Let op: wat na de kopie is gewist, is teruggekomen. Wis dat opnieuw.")
    if terug.gebreken:
        print("Alles is gecontroleerd. Wat bij het maken van de kopie al ontbrak, ontbreekt nog:")
        print("\n".join(f"- {zin}" for zin in terug.gebreken))
    else:
        print("Alles is gecontroleerd: de keten, de dossiers, de database en het kijklog zijn heel.")
    if terug.sleutel is not None:
        print(f"De teksten en documenten zijn versleuteld; de sleutel daarvan staat in {terug.sleutel}.")
    print("Iedereen meldt zich opnieuw aan. Wie na de kopie is geblokkeerd, moet opnieuw worden geblokkeerd.")
    return 0


def _ask_key() -> str:
    """Ask for the recovery key where somebody can type it; it is not shown."""
    from klachten.reservekopie import sleutel

    if not sys.stdin.isatty():
        return ""
    return sleutel.find_key(getpass.getpass("Herstelsleutel (AGE-SECRET-KEY-1...): "), "wat u typte")
