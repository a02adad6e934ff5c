"""What a number can count besides klachten: maatregelen, disputes, steps, movements. Each asks what its figure asks.

A soort is the question whose rows the figure counts, and per field the condition on such a row (r). What is chosen
stands in an address, so every value is an id, a word or a number of this program, and becomes a parameter.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from klachten import toegang
from klachten.analyse.categorieen.nader import KENMERKEN
from klachten.analyse.opvolging.oordelen import OPVOLGINGEN, VOORGELEGD
from klachten.analyse.proces.proces import SOORTEN as AFWIJKINGEN
from klachten.reglement import Reglement
from klachten.taal import MAANDEN

Deel = Mapping[str, str]
GETALLEN = ("stap", "van", "naar")
_ERIN = "CASE WHEN r.soort IN ('ontvangen', 'heropend') THEN 1 END"
OPEN = f"COUNT({_ERIN}) - (COUNT(*) - COUNT({_ERIN}))"
"""What was opened and not ended again: how often a klacht stands open after all that happened to it."""
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
GESCHILLEN = {
    "gemeld": "gemeld",
    "lopend": "nog niet afgerond",
    "opgelost": "in overleg opgelost",
    "voorgelegd": "voorgelegd aan iemand van buiten",
    "heropening": "met een oordeel dat tot heropening leidt",
}


@dataclass(frozen=True, kw_only=True)
class Soort:
    """A kind of thing that is counted: the question, the conditions by field, and what a reader calls it.

    `dag`: the column that the period is about, where the question does not take the period itself.
    `zelf`: each klacht counts once, so the number is one of klachten. `zegt` says what was chosen, after the word for
    what is counted.
    """

    vraag: str
    velden: Mapping[str, str]
    een: str
    meer: str
    zegt: Callable[[Deel, Reglement | None], str]
    dag: str = ""
    zelf: bool = False
    waarden: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def kan(self, deel: Deel) -> bool:
        """Tell whether this can be chosen."""
        return deel.keys() <= self.velden.keys() and all(
            waarde in self.waarden[naam] for naam, waarde in deel.items() if naam in self.waarden
        )


def maand_van(tekst: str) -> tuple[date, date]:
    """Return the first and the last day of a month like 2025-03; ValueError for what is none."""
    eerste = date.fromisoformat(f"{tekst}-01")
    return eerste, eerste.replace(day=calendar.monthrange(eerste.year, eerste.month)[1])


def parameters(deel: Deel, peildatum: date) -> dict[str, Any]:
    """Return the parameters of the conditions: a step as number, a month as the day on which it is looked at."""
    uit: dict[str, Any] = {f"d_{naam}": int(waarde) if naam in GETALLEN else waarde for naam, waarde in deel.items()}
    if "maand" in deel:
        uit["d_maand"] = min(maand_van(deel["maand"])[1], peildatum)
    return uit


_LOPEND = "('gemeld', 'overleg mislukt', 'voorgelegd')"


def _maatregel(deel: Deel, reglement: Reglement | None) -> str:
    delen = [deel[naam] for naam in ("stand", "leeftijd") if naam in deel]
    delen += ["met een gewijzigde afspraak"] if "gewijzigd" in deel else []
    delen += [f"van {toegang.naam(deel['actienemer'])}"] if "actienemer" in deel else []
    return ", ".join(delen)


def _geschil(deel: Deel, reglement: Reglement | None) -> str:
    delen = [GESCHILLEN[deel["stand"]]] if "stand" in deel else []
    if "oordeel" in deel:
        naam = reglement.naam_van("oordelen", deel["oordeel"]) if reglement else deel["oordeel"]
        delen.append(f"oordeel {naam.lower()}")
    delen += [VOORGELEGD[deel["wacht"]].lower()] if "wacht" in deel else []
    if "opvolging" in deel:
        delen.append(OPVOLGINGEN.get(deel["opvolging"], "opvolging niet bekend").lower())
    return ", ".join(delen)


def _grond(deel: Deel, reglement: Reglement | None) -> str:
    if "grond" not in deel:
        return ""
    naam = (
        reglement.naam_van("gronden_niet_in_behandeling", deel["grond"])
        if reglement and deel["grond"]
        else deel["grond"]
    )
    return f"op de grond {naam.lower()}" if naam else "zonder grond"


def _spoor(deel: Deel, reglement: Reglement | None) -> str:
    delen = []
    if "sleutel" in deel:
        spoor, stand, _, *niet_mogelijk = deel["sleutel"].split("/")
        delen.append(f"{spoor}, {'loopt nog of ingetrokken' if stand == 'open' else 'beëindigd'}")
        delen += ["niet elke brief was mogelijk"] if niet_mogelijk else []
    if "volgt" in deel:
        delen.append("precies volgens het reglement" if deel["volgt"] == "ja" else "niet volgens het reglement")
    if "anders" in deel:
        soort, stap = deel["anders"].split(".")
        delen.append(f"stap {stap} {AFWIJKINGEN[soort]}")
    delen += [f"stap {deel['vaker']} vaker dan 1 keer"] if "vaker" in deel else []
    delen += [f"met stap {deel['met']}"] if "met" in deel else []
    return ", ".join(delen)


def _werklast(deel: Deel, reglement: Reglement | None) -> str:
    eerste, _ = maand_van(deel["maand"])
    wie = f", bij {toegang.naam(deel['behandelaar'])}" if deel.get("behandelaar") else ""
    wie = ", nog niet toegewezen" if deel.get("behandelaar") == "" else wie
    return f"aan het eind van {MAANDEN[eerste.month - 1]} {eerste.year}{wie}"


def _kenmerk(deel: Deel, reglement: Reglement | None) -> str:
    kenmerk, _, waarde = deel["kenmerk"].partition(".")
    wat = KENMERKEN[kenmerk]
    return f"{wat.titel.lower()}: {(wat.naam(waarde, reglement) if waarde else wat.anders).lower()}"


def _naam(lijst: str) -> Callable[[Deel, Reglement | None], str]:
    def zegt(deel: Deel, reglement: Reglement | None) -> str:
        (id,) = deel.values()
        return reglement.naam_van(lijst, id) if reglement else id

    return zegt


# A step stands between its neighbours; '1' is not found in '11'.
_STAPPEN = "string_split(replace(r.spoor, '|', '-'), '-')"
SOORTEN: dict[str, Soort] = {
    "maatregelen": Soort(
        vraag="maatregelen_stand",
        velden={
            "stand": "r.stand = $d_stand",
            "leeftijd": "r.leeftijd = $d_leeftijd",
            "actienemer": "r.actienemer = $d_actienemer",
            "gewijzigd": "CASE WHEN r.wijzigingen > 0 THEN 'ja' ELSE 'nee' END = $d_gewijzigd",
        },
        een="maatregel",
        meer="maatregelen",
        zegt=_maatregel,
        waarden={"gewijzigd": frozenset({"ja"})},
    ),
    "geschillen": Soort(
        vraag="geschillen_stand",
        velden={
            "stand": "CASE $d_stand WHEN 'gemeld' THEN TRUE WHEN 'voorgelegd' THEN r.voorgelegd "
            "WHEN 'heropening' THEN r.heropening "
            f"WHEN 'lopend' THEN r.stand IN {_LOPEND} ELSE r.stand = $d_stand END",
            "oordeel": "r.oordeel = $d_oordeel",
            "wacht": "r.wacht = $d_wacht",
            "opvolging": "r.wacht = 'oordeel' AND COALESCE(r.opvolging, '') = $d_opvolging",
        },
        een="meningsverschil",
        meer="meningsverschillen",
        zegt=_geschil,
        dag="gemeld_op",
        waarden={
            "stand": frozenset(GESCHILLEN),
            "wacht": frozenset(VOORGELEGD),
            "opvolging": frozenset({*OPVOLGINGEN, ""}),
        },
    ),
    "gronden": Soort(
        vraag="berichten_stap_7",
        velden={"grond": "r.grond = $d_grond"},
        een="keer niet in behandeling genomen",
        meer="keer niet in behandeling genomen",
        zegt=_grond,
        dag="op",
    ),
    "beweging": Soort(
        vraag="stroom_beweging",
        velden={"soort": "r.soort = replace($d_soort, '_', ' ')"},
        een="keer",
        meer="keer",
        zegt=lambda deel, _: BEWEGINGEN[deel["soort"]],
        dag="op",
        waarden={"soort": frozenset(BEWEGINGEN)},
    ),
    "stappen": Soort(
        vraag="klacht_selectie",
        velden={"stap": "r.stap_eerst_op[$d_stap] IS NOT NULL"},
        zelf=True,
        een="klacht",
        meer="klachten",
        zegt=lambda deel, _: f"die stap {deel['stap']} bereikten",
        waarden={"stap": frozenset(str(nr) for nr in range(1, 16))},
    ),
    "sporen": Soort(
        vraag="afwijkende_sporen",
        velden={
            "sleutel": "r.sleutel = $d_sleutel",
            "volgt": "r.sleutel IN (SELECT UNNEST($sleutels))",
            "anders": "r.sleutel IN (SELECT UNNEST($sleutels))",
            "met": f"list_contains({_STAPPEN}, $d_met)",
            "vaker": f"len(list_filter({_STAPPEN}, lambda s: s = $d_vaker)) > 1",
        },
        zelf=True,
        een="klacht",
        meer="klachten",
        zegt=_spoor,
        waarden={
            "volgt": frozenset({"ja", "nee"}),
            "anders": frozenset(f"{soort}.{stap}" for soort in AFWIJKINGEN for stap in range(1, 19)),
        },
    ),
    "overgangen": Soort(
        vraag="spoor_paren",
        velden={"van": "r.van = $d_van", "naar": "r.naar = $d_naar"},
        een="keer",
        meer="keer",
        zegt=lambda deel, _: f"van stap {deel['van']} naar stap {deel['naar']}",
    ),
    "werklast": Soort(
        vraag="open_stukken",
        velden={
            "maand": "r.is_open AND r.van <= $d_maand AND r.tot > $d_maand",
            "behandelaar": "COALESCE(r.behandelaar, '') = $d_behandelaar",
        },
        een="klacht open",
        meer="klachten open",
        zegt=_werklast,
    ),
    "onderwerp": Soort(
        vraag="klacht_selectie",
        velden={
            "aspect": "list_contains(r.aspecten, $d_aspect) AND r.categorie <> $d_aspect",
            "samen": "(list_contains(r.aspecten, $d_samen) OR r.categorie = $d_samen)",
        },
        zelf=True,
        een="klacht waarin dit meespeelde",
        meer="klachten waarin dit meespeelde",
        zegt=_naam("categorieen"),
    ),
    "kenmerk": Soort(
        vraag="nader_kenmerk",
        velden={"kenmerk": "r.kenmerk || '.' || COALESCE(r.waarde, '') = $d_kenmerk"},
        zelf=True,
        een="klacht",
        meer="klachten",
        zegt=_kenmerk,
    ),
}
