"""What a number counts in words a reader knows: for each kind of telsoorten.SOORTEN what was chosen of it."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Mapping
from datetime import date

from klachten import organisatie
from klachten.analyse.categorieen.nader import KENMERKEN
from klachten.analyse.opvolging.oordelen import OPVOLGINGEN, VOORGELEGD
from klachten.analyse.proces.proces import SOORTEN as AFWIJKINGEN
from klachten.analyse.termijnen.streven import BESLIST
from klachten.analyse.termijnen.wachttijd import ANDERS, MATEN
from klachten.reglement import Reglement
from klachten.taal import MAANDEN

Deel = Mapping[str, str]
BEWEGINGEN = {
    "open_begin": "open aan het begin",
    "ontvangen": "ontvangen, ook wat later verviel",
    "heropend": "heropend",
    "afgesloten": "afgesloten",
    "niet_in_behandeling": "niet in behandeling genomen",
    "ingetrokken": "ingetrokken",
    "vervallen": "vervallen",
    "open_einde": "open aan het eind",
}
VASTGELEGD = "met een vastgelegde afwijking"
"""Of a klacht with a fact that was recorded with its reason: later or otherwise than the reglement says. Whether its
steps stand in the order of the reglement is another thing, and is called so: op volgorde."""
GESCHILLEN = {
    "gemeld": "gemeld",
    "lopend": "nog niet afgerond",
    "opgelost": "in overleg opgelost",
    "voorgelegd": "voorgelegd aan iemand van buiten",
    "heropening": "met een oordeel dat tot heropening leidt",
}


def maand_van(tekst: str) -> tuple[date, date]:
    """Return the first and the last day of a month like 2025-03; ValueError for what is none."""
    eerste = date.fromisoformat(f"{tekst}-01")
    return eerste, eerste.replace(day=calendar.monthrange(eerste.year, eerste.month)[1])


def maatregel(deel: Deel, reglement: Reglement | None) -> str:
    """Say which maatregelen: how they stand, how old, of whom."""
    delen = [deel[naam] for naam in ("stand", "leeftijd") if naam in deel]
    delen += ["met de afgesproken dag voorbij"] if "rijp" in deel else []
    delen += ["met een gewijzigde afspraak"] if "gewijzigd" in deel else []
    delen += [f"van {organisatie.naam(deel['actienemer'])}"] if "actienemer" in deel else []
    return ", ".join(delen)


def geschil(deel: Deel, reglement: Reglement | None) -> str:
    """Say which disputes: how far, and what the oordeel was."""
    delen = [GESCHILLEN[deel["stand"]]] if "stand" in deel else []
    if "oordeel" in deel:
        naam = reglement.naam_van("oordelen", deel["oordeel"]) if reglement else deel["oordeel"]
        delen.append(f"oordeel {naam.lower()}")
    delen += [VOORGELEGD[deel["wacht"]].lower()] if "wacht" in deel else []
    delen += ["oordeel aan de indiener meegedeeld"] if "meegedeeld" in deel else []
    if "opvolging" in deel:
        delen.append(OPVOLGINGEN.get(deel["opvolging"], "opvolging niet bekend").lower())
    return ", ".join(delen)


def grond(deel: Deel, reglement: Reglement | None) -> str:
    """Say on which ground a klacht was not taken into handling."""
    if "grond" not in deel:
        return ""
    naam = (
        reglement.naam_van("gronden_niet_in_behandeling", deel["grond"])
        if reglement and deel["grond"]
        else deel["grond"]
    )
    return f"op de grond {naam.lower()}" if naam else "zonder grond"


def spoor(deel: Deel, reglement: Reglement | None) -> str:
    """Say which order of steps, or what in it."""
    delen = []
    if "sleutel" in deel:
        spoor, stand, _, *niet_mogelijk = deel["sleutel"].split("/")
        delen.append(f"{spoor}, {'loopt nog of ingetrokken' if stand == 'open' else 'beëindigd'}")
        delen += ["niet elke brief was mogelijk"] if niet_mogelijk else []
    if "volgt" in deel:
        delen.append("met de stappen op volgorde" if deel["volgt"] == "ja" else "met de stappen niet op volgorde")
    if "anders" in deel:
        soort, stap = deel["anders"].split(".")
        delen.append(f"stap {stap} {AFWIJKINGEN[soort]}")
    delen += [f"stap {deel['vaker']} vaker dan 1 keer"] if "vaker" in deel else []
    delen += [f"met stap {deel['met']}"] if "met" in deel else []
    return ", ".join(delen)


def werklast(deel: Deel, reglement: Reglement | None) -> str:
    """Say at the end of which month, and with whom."""
    eerste, _ = maand_van(deel["maand"])
    wie = f", bij {organisatie.naam(deel['behandelaar'])}" if deel.get("behandelaar") else ""
    wie = ", nog niet toegewezen" if deel.get("behandelaar") == "" else wie
    return f"aan het eind van {MAANDEN[eerste.month - 1]} {eerste.year}{wie}"


def maatregeltermijn(deel: Deel, reglement: Reglement | None) -> str:
    """Say how maatregelen stand against the term of their klacht."""
    delen = [deel["stand"]] if "stand" in deel else []
    delen += ["met de termijn van de klacht voorbij"] if "rijp" in deel else []
    return ", ".join(delen)


def looptijd(deel: Deel, reglement: Reglement | None) -> str:
    """Say how a duration ended, or on which day of it one looks."""
    doel, einde = MATEN[deel["maat"]], deel.get("einde")
    delen = []
    if einde is not None:
        delen.append(doel if einde == doel else ANDERS.get(einde, einde) if einde else f"nog niet {doel}")
    delen += [f"aan het begin van dag {deel['op_dag']} nog niet {doel}"] if "op_dag" in deel else []
    delen += [f"tot en met dag {deel['tot_dag']}"] if "tot_dag" in deel else []
    return " ".join(delen) or f"gevolgd tot zij zijn {doel}"


def gewacht(deel: Deel, reglement: Reglement | None) -> str:
    """Say that the firm waited for the indiener, or waits still."""
    hoe = "nu nog op de indiener wordt gewacht" if "nog" in deel else "op de indiener is gewacht"
    return f"waarbij {hoe} tot zij zijn {MATEN[deel['maat']]}" if {"nog", "gewacht"} & deel.keys() else ""


def streven(deel: Deel, reglement: Reglement | None) -> str:
    """Say which aim of the organisation, and how it stands."""
    van, _, id = deel["doel"].partition(".")
    doelen = reglement.streeftermijnen if reglement and reglement.id == van else ()
    naam = {t.id: t.naam for t in doelen}.get(id, id)
    return f"eigen streeftermijn {naam}: {'waarvan het vaststaat' if deel['stand'] == BESLIST else deel['stand']}"


def kenmerk(deel: Deel, reglement: Reglement | None) -> str:
    """Say which characteristic and value."""
    if "bekend" in deel:
        return f"{KENMERKEN[deel['bekend']].titel.lower()}: wel vastgelegd"
    kenmerk, _, waarde = deel["kenmerk"].partition(".")
    wat = KENMERKEN[kenmerk]
    return f"{wat.titel.lower()}: {(wat.naam(waarde, reglement) if waarde else wat.anders).lower()}"


def naam(lijst: str) -> Callable[[Deel, Reglement | None], str]:
    """Return how to say the one id that was chosen, from a list of the reglement."""

    def zegt(deel: Deel, reglement: Reglement | None) -> str:
        (id,) = deel.values()
        return reglement.naam_van(lijst, id) if reglement else id

    return zegt
