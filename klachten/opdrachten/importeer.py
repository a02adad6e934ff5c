"""Take over klachten from a file with a table: show what would be made, and with --uitvoeren record it as one group."""

from __future__ import annotations

import argparse
import contextlib
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from klachten import mapsoort
from klachten.reglement.tabel import OngeldigBestand
from klachten.taal import aantal, feiten

if TYPE_CHECKING:
    from klachten.overname.overnemen import Plan
    from klachten.register import Register

NAAM = "importeer"
HULP = (
    "Neemt klachten over uit CSV, een werkmap (.xlsx, .xls, .ods), JSON, Parquet of een proceslog (.xes). "
    "Toont eerst wat er zou worden gemaakt; legt pas vast met --uitvoeren. "
    "Alles of niets: is een regel afgekeurd, dan wordt niets vastgelegd, tenzij u --zonder-afgekeurde opgeeft."
)
IN_GEBRUIK = (
    "Een register wordt door één programma tegelijk gebruikt. Zet daarom eerst de app stil (Ctrl+C in het venster "
    "waarin die draait, of de dienst stoppen), geef deze opdracht nog eens en start de app daarna weer. Hierboven "
    "staat wat er in het bestand zit, nog niet vergeleken met het register; er is niets vastgelegd."
)
GELUKT, AFGEKEURD, MISLUKT = 0, 1, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Ask for the file, what its columns mean, and what may be done."""
    parser.add_argument(
        "bestand", type=Path, metavar="BESTAND", help="het bestand; wat voor een het is, blijkt uit de inhoud"
    )
    parser.add_argument(
        "--kolommen",
        type=Path,
        required=True,
        metavar="KOLOMMEN",
        help="wat de kolommen betekenen (TOML); voorbeelden staan in klachten/overname/voorbeelden",
    )
    parser.add_argument("--uitvoeren", action="store_true", help="leg vast wat anders alleen wordt getoond")
    parser.add_argument(
        "--zonder-afgekeurde", action="store_true", help="laat afgekeurde regels weg en neem de andere klachten over"
    )
    parser.add_argument(
        "--toon-waarden",
        action="store_true",
        help="laat bij een afgekeurde regel zien wat er staat (ook met --afgekeurd); dat kan een naam zijn",
    )
    parser.add_argument("--afgekeurd", type=Path, metavar="PAD", help="schrijf alle afgekeurde regels naar dit bestand")
    parser.add_argument(
        "--akkoord",
        action="append",
        default=[],
        choices=["regels"],
        help="wat de opdracht voorlegt, klopt: 'regels' als regels die zijn samengevoegd bij elkaar horen",
    )
    parser.add_argument(
        "--klok-is-goed", action="store_true", help="de klok van deze computer is goed, ook als u dat wordt gevraagd"
    )
    parser.add_argument("--map", type=Path, help="map van het register (anders KLACHTEN_DATA of data/)")


def run(args: argparse.Namespace) -> int:
    """Show the plan; record it when asked to and nothing stands in the way."""
    from klachten.register.fouten import RegisterBezet

    with contextlib.suppress(AttributeError):
        # A Windows console may not have every character of somebody else's file; that must not stop the import.
        sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        try:
            return _import(args)
        except RegisterBezet as bezet:
            _show(args, None)
            print(f"Fout: {bezet} {IN_GEBRUIK}", file=sys.stderr)
            return MISLUKT
    except OngeldigBestand as fout:
        print(f"Fout: {fout}", file=sys.stderr)
        return MISLUKT


def _import(args: argparse.Namespace) -> int:
    from klachten.opening import data_map, open_register

    map = args.map or data_map()
    with contextlib.ExitStack() as stapel:
        # A preview of a register that does not exist yet must not make one, nor a declaration that is not right.
        bestaat = (map / "journaal").is_dir()
        register = stapel.enter_context(open_register(map)) if bestaat else None
        for melding in register.meldingen if register else ():
            print(f"Let op: {melding}\n")
        plan = _show(args, register)
        if register is None and args.uitvoeren:
            register = stapel.enter_context(open_register(map))
        return _finish(args, plan, register)


def _show(args: argparse.Namespace, register: Register | None) -> Plan:
    """Read the file and show what it would add; None stands for a register that is not there."""
    from klachten.overname import kolommen as declaratie
    from klachten.overname import overnemen, verslag
    from klachten.tijdzone import NEDERLAND

    kolommen = declaratie.load(args.kolommen, None if register is None else register.reglementen)
    lezing = overnemen.read(args.bestand, kolommen, datetime.now(NEDERLAND).date(), toon=args.toon_waarden)
    plan = overnemen.plan(args.bestand, kolommen, lezing, register)
    if args.afgekeurd:
        verslag.write_rejected(plan, args.afgekeurd, niet_over=(args.bestand, args.kolommen))
    print("\n".join(verslag.lines(plan, args.afgekeurd)), end="\n\n")
    return plan


def _finish(args: argparse.Namespace, plan: Plan, register: Register | None) -> int:
    from klachten import klok
    from klachten.overname import overnemen
    from klachten.overname.besluiten import undecided

    if undecided(plan.afkeuringen, plan.kolommen.besluiten) and not args.zonder_afgekeurde:
        print(
            "Er is niets vastgelegd, want er zijn regels afgekeurd: een bestand wordt in zijn geheel overgenomen of "
            "niet.\nVerbeter het bestand of kolommen.toml, of laat de afgekeurde regels weg met --zonder-afgekeurde."
        )
        return AFGEKEURD
    if not plan.nieuw and plan.bron is None:
        print("Er valt niets vast te leggen.")
        return GELUKT
    if any(woord not in args.akkoord for woord in plan.bezwaren):
        print("Er is niets vastgelegd: beantwoord eerst wat hierboven bij 'Let op' staat.")
        return AFGEKEURD
    if not args.uitvoeren or register is None:
        print("Er is nog niets vastgelegd. Klopt dit? Geef dan dezelfde opdracht met --uitvoeren erachter.")
        return GELUKT
    if not args.klok_is_goed and (zin := klok.refusal(register, datetime.now(UTC))):
        print(f"Er is niets vastgelegd. {zin}", file=sys.stderr)
        return MISLUKT
    nummers = overnemen.record(register, plan, akkoord=args.akkoord)
    stand = register.stand()
    if nummers:
        print(f"Vastgelegd: {aantal(len(nummers), 'klacht', 'klachten')}, van {nummers[0]} tot en met {nummers[-1]}.")
    else:
        print("Vastgelegd: van welke dag de bron is.")
    print(f"Het register telt nu {feiten(stand.aantal)}, zegel {stand.zegel}.")
    if not register.organisatie.ingericht:
        print(mapsoort.VAN_WIE.format(map=register.map))
    return GELUKT
