"""Measure a register, the figures against pandas and polars, or the false alarms of the statistics; no test."""

from __future__ import annotations

import argparse
import importlib
import json
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from klachten.opening import open_register

NAAM = "meet"
HULP = "Meet hoe snel een register is, hoe snel de kengetallen zijn, of hoe vaak de statistiek loos alarm geeft."
PAGINAS = ("werkvoorraad", "klachten", "dossier", "termijnen")
STAPPEN = 500
ZOEK, KEREN = "begeleider rapport", 7
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
    simulaties = wat.add_parser("simulaties", help="hoe vaak de statistiek iets beweert over een stabiele organisatie")
    simulaties.add_argument(
        "naam", nargs="*", help="welke: reeks, splitsing (zonder naam), en kop, index, claims, jaarbeeld (tien minuten)"
    )
    simulaties.add_argument("--reeksen", type=int, default=300, help="aantal reeksen per instelling (anders 300)")
    simulaties.add_argument("--zaad", type=int, default=1, help="begin van de toevalsgetallen (anders 1)")


def run(args: argparse.Namespace) -> int:
    """Measure and print a table."""
    if args.wat == "simulaties":
        return _simulations(args)
    return _figures(args) if args.wat == "cijfers" else _register(args)


def _simulations(args: argparse.Namespace) -> int:
    if args.reeksen < 1 or args.zaad < 0:
        print("Fout: --reeksen is ten minste 1 en --zaad ten minste 0.", file=sys.stderr)
        return 2
    simulaties = importlib.import_module("klachten.meting.simulaties")
    namen = args.naam or tuple(simulaties.SIMULATIES)
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


def _register(args: argparse.Namespace) -> int:
    """Measure opening, pages and, when asked, steps of a register."""
    if not (args.map / "journaal").is_dir():
        print(f"Fout: in {args.map} staat geen register.", file=sys.stderr)
        return 2
    begin = time.perf_counter()
    with open_register(args.map) as register:
        rijen = [("Register openen", f"{time.perf_counter() - begin:.2f} s")]
        klachten, tot = _size(register)
        if args.schrijf and not is_example(register):
            print(
                f"Fout: het register in {args.map} is niet met `voorbeeld` gemaakt; daarin wordt niets vastgelegd. "
                "Meet zonder --schrijf.",
                file=sys.stderr,
            )
            return 2
        nummer = _a_dossier(register)
        meting = importlib.import_module("klachten.scherm.meting")
        rijen += [(f"Pagina {pagina}", _page(meting, register, pagina, nummer)) for pagina in PAGINAS]
        rijen.append(("Zoeken, twee woorden", _search(register, tot)))
        if args.schrijf:
            rijen += _steps(register, tot, args.stappen)
    aantal = f"{klachten:,}".replace(",", ".")
    print(f"Register in {args.map}: {aantal} klachten, tot en met {tot:%d-%m-%Y}")
    for naam, waarde in rijen:
        print(f"  {naam:<26}{waarde.replace('.', ',')}")
    return 0


def is_example(register: Any) -> bool:
    """Tell whether a register was made by `voorbeeld`: every e-mail address in it leads to nobody."""
    with register.cursor() as cursor:
        echt, alle = cursor.execute(
            "SELECT count(*) FILTER (tekst LIKE '%@%' AND tekst NOT LIKE '%@post.example'), count(*) FROM tekst "
            "WHERE veld = 'indiener_contact'"
        ).fetchall()[0]
    return alle > 0 and echt == 0


def _size(register: Any) -> tuple[int, date]:
    with register.cursor() as cursor:
        klachten, tot = cursor.execute("SELECT count(*), max(laatste_op) FROM klacht").fetchall()[0]
    return klachten, tot


def _a_dossier(register: Any) -> str:
    """Choose a dossier with much in it."""
    with register.cursor() as cursor:
        return cursor.execute(
            "SELECT klachtnummer FROM klacht WHERE NOT list_contains(betrokkenen, 'anna') "
            "ORDER BY heropeningen DESC, length(stappen) DESC, klachtnummer LIMIT 1"
        ).fetchall()[0][0]


def _page(meting: Any, register: Any, pagina: str, nummer: str) -> str:
    try:
        eerste, gewoon = meting.measure(register, pagina, **({"nummer": nummer} if pagina == "dossier" else {}))
    except meting.PaginaMislukt as fout:
        return f"mislukt: {fout}"
    return f"{gewoon * 1000:.0f} ms (de eerste keer {eerste * 1000:.0f} ms)"


def _search(register: Any, vandaag: date) -> str:
    """Count what the coordinator finds and read the first page of it, as the list of klachten does."""
    from klachten import toegang
    from klachten.analyse.werk.klachtenlijst import PER_BLAD, Filter, count, read_page

    anna, filter, duren, gevonden = toegang.gebruiker("anna"), Filter(zoek=ZOEK), [], 0
    assert anna is not None
    blad = {"volgorde": "nieuwste", "limit": PER_BLAD[0], "offset": 0}
    for _ in range(KEREN):
        begin = time.perf_counter()
        with register.cursor() as cursor:
            gevonden = count(cursor, filter, anna, vandaag)
            read_page(cursor, filter, anna, vandaag, **blad)
        duren.append(time.perf_counter() - begin)
    return f"{statistics.median(duren) * 1000:.0f} ms ({gevonden} klachten met '{ZOEK}')"


def _steps(register: Any, tot: date, hoeveel: int) -> Iterator[tuple[str, str]]:
    """Record steps one by one, each durable before the next: new klachten, assigned and acknowledged."""
    from klachten import toegang
    from klachten.handelingen import HANDELINGEN

    anna, duren, nummer = toegang.gebruiker("anna"), [], ""
    for i in range(hoeveel):
        handeling, invoer = _step(i % 4, tot, i)
        begin = time.perf_counter()
        uitkomst = HANDELINGEN[handeling](register, anna, nummer if i % 4 else "", vandaag=tot, **invoer)
        duren.append(time.perf_counter() - begin)
        nummer = uitkomst.klachtnummer
    deel = statistics.quantiles(duren, n=100)
    yield f"Stap vastleggen ({hoeveel}x)", f"p50 {deel[49] * 1000:.1f} ms, p99 {deel[98] * 1000:.1f} ms"


def _step(welke: int, dag: date, i: int) -> tuple[str, dict[str, Any]]:
    if welke == 0:
        return "stap_01_indienen_klacht", {
            "op": dag,
            "coordinator_op": dag,
            "kanaal": "e-mail",
            "vestiging": "weert",
            "ontvanger": "anna",
            "indiener_soort": "klant",
            "indiener_naam": f"Meting {i}",
            "indiener_contact": "meting@post.example",
            "omschrijving": "Klacht van een meting; er is niets gebeurd.",
            "categorie": "overig",
        }
    if welke == 1:
        return "stap_04_toewijzen_behandelaar", {"op": dag, "behandelaar": "anna"}
    if welke == 2:
        return "stap_05_bevestigen_ontvangst", {"op": dag, "wijze": "e-mail"}
    return "stap_06_onderzoeken_klacht", {"op": dag, "bevindingen": "Bevindingen van een meting."}
