"""Measure a register, its pages, the figures against pandas and polars, or the false alarms of the statistics."""

from __future__ import annotations

import argparse
import importlib
import json
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from klachten import organisatie
from klachten.meting import keuze
from klachten.opdrachten.voorbeeld import positive
from klachten.opening import open_register
from klachten.voorbeeld import with_names

NAAM = "meet"
HULP = (
    "Meet hoe snel een register is, hoe snel de pagina's en de kengetallen zijn, of hoe vaak de statistiek loos alarm "
    "geeft."
)
PAGINAS = ("werkvoorraad", "klachten", "dossier", "termijnen")
STAPPEN = 500
KLACHTEN = (10_000, 100_000, 1_000_000)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Ask what is measured: a register that is there, or the figures on registers that are made for it."""
    wat = parser.add_subparsers(dest="wat", metavar="wat", required=True)
    register = wat.add_parser("register", help="openen, een stap vastleggen en de pagina's van een register")
    register.add_argument("--map", type=Path, required=True, help="map van het register dat gemeten wordt")
    register.add_argument(
        "--schrijf",
        action="store_true",
        help=f"leg ook {STAPPEN} stappen vast, die blijven staan; alleen in een register dat `voorbeeld` maakte",
    )
    register.add_argument(
        "--stappen", type=int, default=STAPPEN, help=f"aantal stappen met --schrijf (anders {STAPPEN})"
    )
    _page_arguments(wat.add_parser("paginas", help="de pagina's zoals de gebruiker ze krijgt, alleen en met velen"))
    cijfers = wat.add_parser("cijfers", help="de kengetallen van een jaar, naast pandas en polars op dezelfde tabellen")
    cijfers.add_argument(
        "--klachten",
        type=int,
        nargs="+",
        default=list(KLACHTEN),
        help="hoe groot de proefregisters zijn (anders 10000 100000 1000000)",
    )
    cijfers.add_argument(
        "--keer", type=int, default=5, help="hoe vaak elk kengetal wordt gemeten, na een keer warmdraaien (anders 5)"
    )
    cijfers.add_argument(
        "--bewaar", type=Path, help="map waarin de proefregisters blijven staan voor een volgende meting"
    )
    cijfers.add_argument("--json", type=Path, help="bestand waarin de metingen ook komen te staan")
    for naam, optie, hoeveel, hulp in (
        ("importeer", "rijen", 250_000, "een verzonnen bestand overnemen, in een register dat daarna weer weg is"),
        ("voorbeeld", "aantal", 100_000, "een voorbeeldregister maken dat daarna weer weg is"),
        ("voorproef", "rijen", 50_000, "de eerste rijen van een verzonnen werkmap (.xlsx) laten zien, en haar lezen"),
    ):
        wat.add_parser(naam, help=hulp).add_argument(
            f"--{optie}", type=positive, default=hoeveel, help=f"hoeveel (anders {hoeveel})"
        )
    maand = wat.add_parser("maand", help="een volgend bestand van dezelfde bron overnemen, en dat terugdraaien")
    for optie, hoeveel, hulp in (
        ("klachten", 100_000, "hoeveel er al zijn"),
        ("rijen", 1_000, "hoeveel er veranderen"),
    ):
        maand.add_argument(f"--{optie}", type=positive, default=hoeveel, help=f"{hulp} (anders {hoeveel})")
    meer = wat.add_parser("meer", help="de kengetallen van een jaar van alle organisaties van een meer")
    meer.add_argument("--map", required=True, metavar="MEER", help="de map of het adres van het meer")
    meer.add_argument("--jaar", type=int, help="welk jaar (anders het laatste dat alle leveringen zien)")
    meer.add_argument("--alleen", nargs="+", default=(), metavar="KENGETAL", help="alleen deze kengetallen, met hun id")
    meer.add_argument("--motor", help="waarmee: duckdb of spark (anders KLACHTEN_MOTOR, of duckdb)")
    simulaties = wat.add_parser("simulaties", help="hoe vaak de statistiek iets beweert over een stabiele organisatie")
    simulaties.add_argument(
        "naam",
        nargs="*",
        help="welke: reeks, splitsing (zonder naam), en kop, beslist, index, claims, personen, verbeteracties, "
        "jaarbeeld (een kwartier) of trechter",
    )
    simulaties.add_argument("--reeksen", type=int, default=300, help="aantal reeksen per instelling (anders 300)")
    simulaties.add_argument("--zaad", type=int, default=1, help="begin van de toevalsgetallen (anders 1)")


def _page_arguments(paginas: argparse.ArgumentParser) -> None:
    paginas.add_argument("--map", type=Path, required=True, help="map van het register dat gemeten wordt")
    paginas.add_argument(
        "--schrijf",
        action="store_true",
        help="meet ook de eerste keer na een feit dat geen cijfer verandert, na een nieuwe klacht en na een "
        "afsluiting: meteen, een seconde later en als alles is bijgewerkt; die blijven staan; alleen in een register "
        "dat `voorbeeld` maakte",
    )
    paginas.add_argument(
        "--zonder-bijwerken",
        action="store_true",
        help="start de app zonder wat zij na een feit vast bijwerkt, om te vergelijken",
    )
    paginas.add_argument("--paginas", nargs="+", metavar="PAGINA", help="alleen deze, met hun naam in het adres")
    paginas.add_argument(
        "--naast", action="store_true", help="meet ernaast de app zonder gc.freeze, op een kopie van het register"
    )
    for naam, hoeveel, wat in (
        ("keer", 20, "hoe vaak elke pagina wordt geopend na de eerste keer"),
        ("bezoekers", 20, "hoeveel bezoekers er tegelijk zijn"),
        ("seconden", 20, "hoelang het druk is; 0 slaat dat over"),
        ("geheugen", 1000, "hoeveel pagina's er worden geopend om het geheugen te volgen; 0 slaat dat over"),
    ):
        paginas.add_argument(f"--{naam}", type=int, default=hoeveel, help=f"{wat} (anders {hoeveel})")


def run(args: argparse.Namespace) -> int:
    """Measure and print a table."""
    soorten = {
        "simulaties": _simulations, "cijfers": _figures, "paginas": _pages, "register": _register, "voorproef": _look,
        "meer": lambda args: importlib.import_module("klachten.meting.meermeting").run(
            args.map, args.jaar, args.motor, args.alleen
        ),
    }  # fmt: skip
    return soorten.get(args.wat, _bulk)(args)


def _bulk(args: argparse.Namespace) -> int:
    bulk = importlib.import_module("klachten.meting.bulk")
    try:
        if args.wat == "maand":
            print(bulk.maand(args.klachten, args.rijen))
        else:
            print(bulk.importeer(args.rijen) if args.wat == "importeer" else bulk.voorbeeld(args.aantal))
    except bulk.MetingMislukt as fout:
        print(f"Fout: {fout}", file=sys.stderr)
        return 1
    return 0


def _look(args: argparse.Namespace) -> int:
    print(importlib.import_module("klachten.meting.voorproef").measure(args.rijen))
    return 0


def _simulations(args: argparse.Namespace) -> int:
    if args.reeksen < 1 or args.zaad < 0:
        print("Fout: --reeksen is ten minste 1 en --zaad ten minste 0.", file=sys.stderr)
        return 2
    simulaties = importlib.import_module("klachten.meting.simulaties")
    namen = args.naam or simulaties.GEWOON
    if vreemd := [naam for naam in namen if naam not in simulaties.NAMEN]:
        print(f"Er is geen simulatie {vreemd[0]}; wel: {', '.join(simulaties.NAMEN)}.", file=sys.stderr)
        return 2
    for uitslag in simulaties.simuleer(args.reeksen, args.zaad, namen):
        print(uitslag.markdown(), end="\n\n", flush=True)
    return 0


def _figures(args: argparse.Namespace) -> int:
    wedstrijd = importlib.import_module("klachten.meting.wedstrijd")
    uitslagen = []
    for klachten in args.klachten:
        print(f"{klachten:,} klachten".replace(",", "."), file=sys.stderr)
        plaats = args.bewaar / str(klachten) if args.bewaar else None
        try:
            uitslagen.append(wedstrijd.compete(klachten, args.keer, lambda zin: print(zin, file=sys.stderr), plaats))
        except wedstrijd.Verschil as fout:
            print(f"Fout: {fout}", file=sys.stderr)
            return 1
    if args.json:
        args.json.write_text(json.dumps(uitslagen, indent=1), encoding="utf-8")
    print(wedstrijd.report(uitslagen))
    return 0


def _pages(args: argparse.Namespace) -> int:
    """Measure the pages over the WebSocket of the started app, and beside it one without gc.freeze when asked."""
    if args.keer < 1 or args.bezoekers < 1 or args.seconden < 0 or args.geheugen < 0:
        print("Fout: --keer en --bezoekers zijn ten minste 1, --seconden en --geheugen ten minste 0.", file=sys.stderr)
        return 2
    if _no_register(args.map):
        return 2
    with open_register(args.map) as register, with_names(register):
        if args.schrijf and _not_an_example(register, args.map):
            return 2
        klachten, tot = keuze.size(register)
        if not klachten:
            print(f"Fout: in het register in {args.map} staan nog geen klachten.", file=sys.stderr)
            return 2
        kop = _heading(args.map, klachten, tot)
        dossier, schrijf_in = keuze.a_dossier(register), keuze.a_running_dossier(register) if args.schrijf else ""
        af_te_sluiten = keuze.closable(register) if args.schrijf else ()
        if args.schrijf and not schrijf_in:
            wie = organisatie.naam(keuze.coordinator()) or "een coördinator"
            print(
                f"Fout: in {args.map} behandelt {wie} geen klacht met een open maatregel, dus er is geen feit vast te "
                "leggen. Meet zonder --schrijf.",
                file=sys.stderr,
            )
            return 2
    paginas = importlib.import_module("klachten.scherm.meting.paginas")
    hoe = (args.keer, args.bezoekers, args.seconden)
    opzet = paginas.Opzet(
        dossier, schrijf_in, af_te_sluiten, *hoe, geheugen=args.geheugen, bijwerken=not args.zonder_bijwerken
    )
    if args.paginas:
        if vreemd := [naam for naam in args.paginas if naam not in opzet.paginas]:
            print(f"Fout: er is geen pagina {vreemd[0]}; wel: {', '.join(opzet.paginas)}.", file=sys.stderr)
            return 2
        opzet = replace(opzet, paginas=tuple(args.paginas))
    try:
        for regel in paginas.compare(args.map, opzet, args.naast, lambda zin: print(zin, file=sys.stderr)):
            print(regel if kop is None else f"{kop}\n{regel}")
            kop = None
    except (paginas.PaginaMislukt, paginas.StartMislukt) as fout:
        print(f"Fout: {fout}", file=sys.stderr)
        return 1
    return 0


def _register(args: argparse.Namespace) -> int:
    """Measure opening, pages and, when asked, steps of a register."""
    if _no_register(args.map):
        return 2
    begin = time.perf_counter()
    with open_register(args.map) as register, with_names(register):
        rijen = [("Register openen", f"{time.perf_counter() - begin:.2f} s")]
        klachten, tot = keuze.size(register)
        if args.schrijf and _not_an_example(register, args.map):
            return 2
        nummer = keuze.a_dossier(register)
        meting = importlib.import_module("klachten.scherm.meting.script")
        rijen += [(f"Pagina {pagina}", _page(meting, register, pagina, nummer)) for pagina in PAGINAS]
        rijen += _searches(register, tot)
        if args.schrijf:
            rijen += _steps(register, tot, args.stappen)
    print(_heading(args.map, klachten, tot))
    breed = max(len(naam) for naam, _ in rijen) + 2
    for naam, waarde in rijen:
        print(f"  {naam:<{breed}}{waarde.replace('.', ',')}")
    return 0


def _no_register(map: Path) -> bool:
    """Tell, also to the user, whether a folder holds no register."""
    if (map / "journaal").is_dir():
        return False
    print(f"Fout: in {map} staat geen register.", file=sys.stderr)
    return True


def _not_an_example(register: Any, map: Path) -> bool:
    """Tell, also to the user, whether nothing may be recorded in a register because it may be a real one."""
    if keuze.is_example(register):
        return False
    print(
        f"Fout: het register in {map} is niet met `voorbeeld` gemaakt; daarin wordt niets vastgelegd. "
        "Meet zonder --schrijf.",
        file=sys.stderr,
    )
    return True


def _heading(map: Path, klachten: int, tot: date) -> str:
    aantal = f"{klachten:,}".replace(",", ".")
    return f"Register in {map}: {aantal} klachten, tot en met {tot:%d-%m-%Y}"


def _page(meting: Any, register: Any, pagina: str, nummer: str) -> str:
    try:
        eerste, gewoon = meting.measure(register, pagina, **({"nummer": nummer} if pagina == "dossier" else {}))
    except meting.PaginaMislukt as fout:
        return f"mislukt: {fout}"
    return f"{gewoon * 1000:.0f} ms (de eerste keer {eerste * 1000:.0f} ms)"


def _searches(register: Any, vandaag: date) -> Iterator[tuple[str, str]]:
    """Read the first page of a dozen searches and lists, as the list of klachten does."""
    zoekmeting = importlib.import_module("klachten.meting.zoekmeting")
    dagrijen = importlib.import_module("klachten.scherm.bewaard").van(register).dagrijen
    dagrijen.make(vandaag)
    for uitslag in zoekmeting.measure(register, vandaag, dagrijen):
        naam = f"{uitslag.naam} '{uitslag.zoek}'" if uitslag.zoek else uitslag.naam
        duur, eerst = uitslag.daarna * 1000, uitslag.eerst * 1000
        yield naam, f"{duur:.0f} ms rekentijd (de eerste keer {eerst:.0f} ms), {uitslag.gevonden} gevonden"


def _steps(register: Any, tot: date, hoeveel: int) -> Iterator[tuple[str, str]]:
    """Record steps one by one, each durable before the next: new klachten, assigned and acknowledged."""
    from klachten.handelingen import HANDELINGEN

    wie, duren, cpus, nummer = organisatie.met_rol("coordinator", op=tot)[0], [], [], ""
    reglement = register.reglementen[register.organisatie.reglement(tot)].op(tot)
    vestiging = reglement.keuzes("vestigingen", tot)[0].id
    for i in range(hoeveel):
        naam, invoer = keuze.step(i % 4, tot, i, wie.id, vestiging)
        begin, cpu = time.perf_counter(), time.process_time()
        uitkomst = HANDELINGEN[naam](register, wie, nummer if i % 4 else "", vandaag=tot, **invoer)
        duren.append(time.perf_counter() - begin)
        cpus.append(time.process_time() - cpu)
        nummer = uitkomst.klachtnummer
    deel = statistics.quantiles(duren, n=100)
    yield f"Stap vastleggen ({hoeveel}x)", f"p50 {deel[49] * 1000:.1f} ms, p99 {deel[98] * 1000:.1f} ms"
    yield (
        "Stap vastleggen, rekentijd",
        f"gemiddeld {statistics.mean(cpus) * 1000:.1f} ms, p50 {statistics.median(cpus) * 1000:.1f} ms",
    )
