"""Remind who has to be, and send what waits, when the app is not open; or look at what a day would bring."""

from __future__ import annotations

import argparse
import sys
import traceback
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from klachten.opdrachten.excel import vandaag
from klachten.register.fouten import RegisterBezet
from klachten.taal import aantal, datum

if TYPE_CHECKING:
    from klachten.post.herinneren import Overzicht

NIET_HERINNERD = (
    "Fout: het herinneren ging mis; niemand is herinnerd. Wat klaarstaat, gaat wel. Geef de regels hierboven door aan "
    "wie dit programma beheert."
)
NAAM = "taken"
HULP = "Herinnert wie vandaag aan de beurt is en verstuurt wat klaarstaat; de app doet dat zelf zolang zij open is."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Ask for another folder than the usual one, or for a day to look at only."""
    parser.add_argument("--map", type=Path, help="map van het register (anders KLACHTEN_DATA of data/)")
    parser.add_argument(
        "--op", type=date.fromisoformat, metavar="DAG",
        help="bekijk alleen wie er op deze dag herinnerd zou worden, als 2026-03-02; er verandert niets",
    )  # fmt: skip
    parser.add_argument(
        "--klok-is-goed", action="store_true", help="de klok van deze computer is goed, ook als u dat wordt gevraagd"
    )


def run(args: argparse.Namespace) -> int:
    """Do one round, or look at one, and say who is reminded of how much; of what is not for everybody to read."""
    from klachten import klok
    from klachten.opening import open_register
    from klachten.post import herinneren, uit
    from klachten.toegang import instellingen

    nu = moment()
    try:
        with open_register(args.map) as register:
            if args.op:
                gevonden, oud = herinneren.look(register, args.op)
                print(f"Op {datum(args.op)} zou er zo worden herinnerd; er is niets vastgelegd en niets verstuurd.")
                _say(gevonden)
                if oud:
                    print(f"Overzichten van eerdere dagen die nog klaarstaan: {len(oud)}.")
                return 0
            if not args.klok_is_goed and (zin := klok.refusal(register, nu)):
                print(f"Fout: {zin}")
                return 2
            gelezen = instellingen.of_register(register.map)
            dag, goed = vandaag() if register.organisatie.voorbeeld else None, True
            try:
                ronde = herinneren.run(register, gelezen, nu, vandaag=dag)
                print(ronde.waarom or f"Herinneringen van {datum(ronde.dag)}:")
                if not ronde.waarom:
                    _say(ronde.overzichten)
            except Exception:  # noqa: BLE001 - a mistake in it holds up no letter; it is shown in full, and the code says it
                traceback.print_exc()
                print(NIET_HERINNERD, file=sys.stderr)
                goed = False
            if waarom := uit.may_send(register, gelezen):
                print(waarom)
            else:
                gegaan = uit.send_due(register, gelezen, nu)
                print(f"Verstuurd: {gegaan.verzonden}, niet gelukt: {gegaan.mislukt}, onzeker: {gegaan.onzeker}.")
    except RegisterBezet as fout:
        raise RegisterBezet(f"{fout} Is dat de app, dan doet die dit zelf.") from fout
    except instellingen.OngeldigeInstelling as fout:
        print(f"Fout: {fout}")
        return 2
    return 0 if goed else 1


def moment() -> datetime:
    """Return the moment by the clock of this machine, in UTC."""
    return datetime.now(UTC)


def _say(overzichten: Sequence[Overzicht]) -> None:
    for overzicht in overzichten:
        hoe = "" if overzicht.adres else " (geen e-mailadres)"
        print(f"- {overzicht.wie.naam}: {aantal(len(overzicht.regels), 'taak', 'taken')}{hoe}")
    if not overzichten:
        print("Niemand.")
