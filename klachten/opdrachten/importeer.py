"""Take over klachten from a file with a table: show what would be made or change, and with --uitvoeren record it.

The next file of the same source is taken over in the same way, and --terugdraaien takes one import back.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from klachten import mapsoort
from klachten.reglement.tabel import OngeldigBestand
from klachten.taal import aantal, feiten

if TYPE_CHECKING:
    from klachten.overname.overgangbeeld import Vooruitblik
    from klachten.overname.overnemen import Plan
    from klachten.register import Register

NAAM = "importeer"
HULP = (
    "Neemt klachten over uit CSV, een werkmap (.xlsx, .xls, .ods), JSON, Parquet of een proceslog (.xes). "
    "Toont eerst wat er zou worden gemaakt; legt pas vast met --uitvoeren. "
    "Alles of niets: is een regel afgekeurd, dan wordt niets vastgelegd, tenzij u --zonder-afgekeurde opgeeft. Een "
    "volgend bestand van dezelfde bron gaat net zo: wat er nieuw of anders is, komt erbij."
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
        "bestand",
        type=Path,
        nargs="?",
        metavar="BESTAND",
        help="het bestand; wat voor een het is, blijkt uit de inhoud",
    )
    parser.add_argument(
        "--kolommen",
        type=Path,
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
        choices=["regels", "verdwenen", "ouder"],
        help="wat de opdracht voorlegt, klopt: 'regels' als regels die zijn samengevoegd bij elkaar horen, 'verdwenen' "
        "als veel klachten niet meer in de bron staan, 'ouder' als een ouder bestand toch geldt",
    )
    for optie, wat in (("--houd", "wat hier staat"), ("--neem", "wat in het bestand staat")):
        parser.add_argument(
            optie,
            action="append",
            default=[],
            metavar="NUMMER",
            help=f"als een klacht hier en in de bron is gewijzigd: {wat} geldt; een klachtnummer, of 'alles'",
        )
    parser.add_argument("--lijst", action="store_true", help="toon welke bestanden zijn overgenomen, met hun nummer")
    parser.add_argument(
        "--terugdraaien", type=int, metavar="N", help="draai overname N terug (zie --lijst); geef ook --reden"
    )
    parser.add_argument(
        "--overgang-terugdraaien",
        type=int,
        metavar="N",
        help="laat de open klachten van overgang N hier niet meer verdergaan (zie --lijst); geef ook --reden",
    )
    parser.add_argument("--reden", default="", metavar="TEKST", help="waarom een overname wordt teruggedraaid")
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
        if args.lijst or args.terugdraaien is not None or args.overgang_terugdraaien is not None:
            return _about_imports(args)
        if args.bestand is None or args.kolommen is None:
            print("Fout: geef het bestand en --kolommen, of --lijst, of --terugdraaien N.", file=sys.stderr)
            return MISLUKT
        try:
            with _without_looking_for_circles():
                return _import(args)
        except RegisterBezet as bezet:
            _show(args, None)
            print(f"Fout: {bezet} {IN_GEBRUIK}", file=sys.stderr)
            return MISLUKT
    except OngeldigBestand as fout:
        print(f"Fout: {fout}", file=sys.stderr)
        return MISLUKT


@contextlib.contextmanager
def _without_looking_for_circles() -> Iterator[None]:
    """Leave garbage that refers to itself lie: there is hardly any, and looking for it takes a tenth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _about_imports(args: argparse.Namespace) -> int:
    from klachten.opening import data_map, open_register
    from klachten.overname import grond, overgangen
    from klachten.register.fouten import RegisterBezet

    map = args.map or data_map()
    if not (map / "journaal").is_dir():
        print(f"In {map} is nog niets overgenomen.")
        return GELUKT
    try:
        with open_register(map) as register:
            if args.terugdraaien is not None:
                return _undo(args, register)
            if args.overgang_terugdraaien is not None:
                return _undo_going_on(args, register)
            with register.plain_cursor() as cursor:
                alle = [*grond.overnames(cursor), *overgangen.all_of(cursor)]
    except RegisterBezet as bezet:
        print(f"Fout: {bezet} {IN_GEBRUIK}", file=sys.stderr)
        return MISLUKT
    print("\n".join(een.sentence() for een in alle) or "Er is nog niets overgenomen.")
    return GELUKT


def _undo(args: argparse.Namespace, register: Register) -> int:
    from klachten import klok
    from klachten.overname import beweging, terugdraaien
    from klachten.tijdzone import NEDERLAND

    vandaag = datetime.now(NEDERLAND).date()
    terug = terugdraaien.plan(register, args.terugdraaien, vandaag)
    terug.check()
    print(f"Terug te draaien:\n{terug.overname.sentence()}\nDaarmee: {terugdraaien.sentence(terug)}.\n")
    cijfers = beweging.moved(register, terug.overname.bron, terug.feiten.items(), vandaag)
    print("\n".join(beweging.lines(*cijfers)), end="\n\n")
    if not args.uitvoeren:
        print("Er is nog niets vastgelegd. Klopt dit? Geef dan dezelfde opdracht met --uitvoeren erachter.")
        return GELUKT
    if not args.klok_is_goed and (zin := klok.refusal(register, datetime.now(UTC))):
        print(f"Er is niets vastgelegd. {zin}", file=sys.stderr)
        return MISLUKT
    terugdraaien.record(register, terug, args.reden)
    print(f"Overname {terug.overname.volgnr} is teruggedraaid.")
    return GELUKT


def _undo_going_on(args: argparse.Namespace, register: Register) -> int:
    from klachten.overname import overgangen
    from klachten.tijdzone import NEDERLAND

    vandaag = datetime.now(NEDERLAND).date()
    een = overgangen.undo(register, args.overgang_terugdraaien, args.reden, vandaag, uitvoeren=args.uitvoeren)
    print(f"Terug te draaien:\n{een.sentence()}\n")
    if not args.uitvoeren:
        print("Er is nog niets vastgelegd. Klopt dit? Geef dan dezelfde opdracht met --uitvoeren erachter.")
        return GELUKT
    print(f"Overgang {een.volgnr} is teruggedraaid.")
    return GELUKT


def _import(args: argparse.Namespace) -> int:
    from klachten.opening import data_map, open_register

    map = args.map or data_map()
    with contextlib.ExitStack() as stapel:
        # A preview of a register that does not exist yet must not make one, nor a declaration that is not right.
        bestaat = (map / "journaal").is_dir()
        register = stapel.enter_context(open_register(map)) if bestaat else None
        for melding in register.meldingen if register else ():
            print(f"Let op: {melding}\n")
        plan, vooruit = _show(args, register)
        if register is None and args.uitvoeren:
            register = stapel.enter_context(open_register(map))
        return _finish(args, plan, register, vooruit)


def _show(args: argparse.Namespace, register: Register | None) -> tuple[Plan, Vooruitblik | None]:
    """Read the file and show what it would add; None stands for a register that is not there."""
    from klachten.overname import beweging, overgangbeeld, overnemen, verslag
    from klachten.overname import kolommen as declaratie
    from klachten.tijdzone import NEDERLAND

    kolommen = declaratie.load(args.kolommen, None if register is None else register.reglementen)
    vandaag = datetime.now(NEDERLAND).date()
    lezing = overnemen.read(args.bestand, kolommen, vandaag, toon=args.toon_waarden, register=register)
    plan = overnemen.plan(args.bestand, kolommen, lezing, register)
    if args.afgekeurd:
        verslag.write_rejected(plan, args.afgekeurd, niet_over=(args.bestand, args.kolommen))
    print("\n".join(verslag.lines(plan, args.afgekeurd)), end="\n\n")
    if register is not None and plan.bekend and plan.iets:
        cijfers = beweging.moved(register, kolommen.bron, overnemen.preview(plan, _decisions(args)), vandaag)
        print("\n".join(beweging.lines(*cijfers)), end="\n\n")
    vooruit = None if register is None else overgangbeeld.look(register, plan, vandaag)
    if regels := list(overgangbeeld.lines(vooruit)):
        print("\n".join(regels), end="\n\n")
    return plan, vooruit


def _decisions(args: argparse.Namespace) -> dict[str, str]:
    """What was decided per klachtnummer where ours and theirs differ; "" stands for all others."""
    from klachten.overname.vergelijken import HOUD, NEEM

    gezegd = [(nummer, HOUD) for nummer in args.houd] + [(nummer, NEEM) for nummer in args.neem]
    return {"" if nummer == "alles" else nummer: besluit for nummer, besluit in gezegd}


def _finish(args: argparse.Namespace, plan: Plan, register: Register | None, vooruit: Vooruitblik | None) -> int:
    from klachten import klok
    from klachten.overname import bewaard, overnemen
    from klachten.overname.besluiten import undecided

    if undecided(plan.afkeuringen, plan.kolommen.besluiten) and not args.zonder_afgekeurde:
        print(
            "Er is niets vastgelegd, want er zijn regels afgekeurd: een bestand wordt in zijn geheel overgenomen of "
            "niet.\nVerbeter het bestand of kolommen.toml, of laat de afgekeurde regels weg met --zonder-afgekeurde."
        )
        return AFGEKEURD
    if not plan.iets and not (vooruit and vooruit.overgang.iets):
        print("Er valt niets vast te leggen.")
        return GELUKT
    if vooruit and vooruit.overgang.bezwaren:
        print("Er is niets vastgelegd: verander eerst onder [verder] wat hierboven bij 'Let op' staat.")
        return AFGEKEURD
    if any(woord not in args.akkoord for woord in plan.bezwaren):
        print("Er is niets vastgelegd: beantwoord eerst wat hierboven bij 'Let op' staat.")
        return AFGEKEURD
    besluiten = _decisions(args)
    if open := plan.undecided(besluiten):
        wat = aantal(len({botsing.klachtnummer for botsing in open}), "klacht", "klachten")
        print(f"Er is niets vastgelegd: zeg eerst met --houd of --neem wat er geldt voor {wat}.")
        return AFGEKEURD
    if not args.uitvoeren or register is None:
        print("Er is nog niets vastgelegd. Klopt dit? Geef dan dezelfde opdracht met --uitvoeren erachter.")
        return GELUKT
    if not args.klok_is_goed and (zin := klok.refusal(register, datetime.now(UTC))):
        print(f"Er is niets vastgelegd. {zin}", file=sys.stderr)
        return MISLUKT
    eerst = register.stand()
    nummers = overnemen.record(register, plan, akkoord=args.akkoord, besluiten=besluiten)
    if register.stand() == eerst and plan.iets:
        print("Er viel niets vast te leggen.")
        return GELUKT
    if niet := bewaard.keep_or_say(register.map, plan.kolommen, args.kolommen):
        print(f"Let op: de klachten zijn vastgelegd, maar de opgave kon niet bij het register worden bewaard ({niet}).")
    if nummers:
        print(f"Vastgelegd: {aantal(len(nummers), 'klacht', 'klachten')}, van {nummers[0]} tot en met {nummers[-1]}.")
    if plan.gewijzigd:
        print(f"Vastgelegd: wat er anders is bij {aantal(len(plan.gewijzigd), 'klacht', 'klachten')}.")
    if not nummers and not plan.gewijzigd and plan.iets:
        print("Vastgelegd: van welke dag de bron is." if plan.bron else "Vastgelegd: wat de bron niet meer heeft.")
    if plan.iets:
        print(f"Dit is overname {plan.volgnr}. Terugdraaien kan met --terugdraaien {plan.volgnr} --reden '...'.")
    _go_on(plan, register)
    stand = register.stand()
    print(f"Het register telt nu {feiten(stand.aantal)}, zegel {stand.zegel}.")
    if not register.organisatie.ingericht:
        print(mapsoort.VAN_WIE.format(map=register.map))
    return GELUKT


def _go_on(plan: Plan, register: Register) -> None:
    """Let the open klachten go on here, when the declaration says so; what was taken over stands anyway."""
    from klachten.overname import overgang
    from klachten.tijdzone import NEDERLAND

    vandaag = datetime.now(NEDERLAND).date()
    with register.cursor() as cursor:
        verder = overgang.plan(plan.pad, plan.kolommen, register, vandaag, cursor)
    if verder is None or not (verder.iets or verder.bezwaren):
        return
    if verder.bezwaren:
        print(f"Let op: de open klachten gaan hier niet verder. {' '.join(verder.bezwaren)}")
        return
    nummers = overgang.record(register, verder)
    print(f"Vastgelegd: {aantal(len(nummers), 'open klacht gaat', 'open klachten gaan')} hier verder.")
