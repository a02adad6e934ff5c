"""Write the workbook of a period: every figure of the evaluation, with charts and where it comes from."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date, datetime
from pathlib import Path

from klachten.opdrachten import tell_log
from klachten.tijdzone import NEDERLAND

NAAM = "excel"
PERIODE = "een jaar (2025), kwartaal (2025-K3), maand (2025-03) of twee dagen (2024-11-01_2025-10-31)"
HULP = (
    "Maakt het werkboek van een jaar of een andere periode (Excel): een blad per kengetal, met grafieken en herkomst."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Ask for the period, the peildatum, the file, and what its readers may see."""
    parser.add_argument("periode", metavar="PERIODE", help=PERIODE)
    parser.add_argument(
        "--peildatum", type=date.fromisoformat, help="tot en met welke dag, als 2026-03-01 (anders vandaag)"
    )
    parser.add_argument(
        "--naar", type=Path, metavar="PAD", help="het bestand (anders klachten-PERIODE.xlsx in deze map)"
    )
    parser.add_argument("--map", type=Path, help="map van het register (anders KLACHTEN_DATA of data/)")
    parser.add_argument("--reglement", help="reglement dat namen geeft aan codes (anders dat van de periode)")
    wie = parser.add_mutually_exclusive_group()
    wie.add_argument(
        "--met-namen", action="store_true", help="noem behandelaars en actienemers; alleen voor de directie"
    )
    wie.add_argument(
        "--buiten",
        action="store_true",
        help="voor lezers buiten de directie: kleine aantallen verborgen, niets over één klacht",
    )


def run(args: argparse.Namespace) -> int:
    """Write the file and say where it is."""
    from klachten import organisatie
    from klachten.analyse.werkboek import werkboek
    from klachten.opening import data_map, open_register
    from klachten.periode import Periode
    from klachten.voorbeeld import with_names

    map = args.map or data_map()
    if not (map / "journaal").is_dir():
        print(f"Fout: in {map} staat geen register.", file=sys.stderr)
        return 2
    try:
        periode = Periode.lees(args.periode)
    except ValueError as fout:
        print(f"Fout: {fout}", file=sys.stderr)
        return 2
    peildatum, naar = args.peildatum or vandaag(), args.naar or Path(f"klachten-{periode.sleutel}.xlsx")
    with open_register(map) as register, with_names(register), register.cursor() as cursor:
        dag = min(periode.laatste, peildatum)
        welk = args.reglement or register.organisatie.reglement(dag)
        if welk not in register.reglementen:
            print(
                f"Fout: reglement '{welk}' bestaat niet; wel: {', '.join(register.reglementen)}.",
                file=sys.stderr,
            )
            return 2
        try:
            inhoud = werkboek(
                cursor, periode, peildatum, reglement=register.reglementen[welk].op(dag), buiten=args.buiten,
                namen=organisatie.naam if args.met_namen else None,
            )  # fmt: skip
            naar.write_bytes(inhoud)
            tell_log(register.map, "excel_jaarbeeld")
        except (ValueError, OSError) as fout:
            print(f"Fout: {fout}", file=sys.stderr)
            return 2
    print(f"Werkboek van {periode.naam} op {peildatum:%d-%m-%Y} gemaakt: {naar}")
    return 0


def vandaag() -> date:
    """Return today in the Netherlands, or the day that KLACHTEN_VANDAAG names."""
    anders = os.environ.get("KLACHTEN_VANDAAG", "")
    return date.fromisoformat(anders) if anders else datetime.now(NEDERLAND).date()
