"""What a number can count besides klachten: maatregelen, disputes, steps, movements. Each asks what its figure asks.

A soort is the question whose rows the figure counts, and per field the condition on such a row (r). What is chosen
stands in an address, so every value is an id, a word or a number of this program, and becomes a parameter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from klachten.analyse.categorieen.nader import KENMERKEN
from klachten.analyse.opvolging.oordelen import OPVOLGINGEN, VOORGELEGD
from klachten.analyse.proces.proces import SOORTEN as AFWIJKINGEN
from klachten.analyse.termijnen.streven import BESLIST
from klachten.analyse.termijnen.streven import STANDEN as STREEFSTANDEN
from klachten.analyse.termijnen.wachttijd import ANDERS, MATEN
from klachten.analyse.werk import telwoorden
from klachten.analyse.werk.telwoorden import BEWEGINGEN, GESCHILLEN, VASTGELEGD, Deel, maand_van
from klachten.reglement import Reglement

GETALLEN = ("stap", "van", "naar", "op_dag", "tot_dag")
_ERIN = "CASE WHEN r.soort IN ('ontvangen', 'heropend') THEN 1 END"
OPEN = f"COUNT({_ERIN}) - (COUNT(*) - COUNT({_ERIN}))"
"""What was opened and not ended again: how often a klacht stands open after all that happened to it."""


@dataclass(frozen=True, kw_only=True)
class Soort:
    """A kind of thing that is counted: the question, the conditions by field, and what a reader calls it.

    `dag`: the column that the period is about, where the question does not take the period itself.
    `zelf`: each klacht counts once, so the number is one of klachten. `geheel`: all of them is a number too; of another
    kind something is chosen, `nodig` always and of `apart` at most one. `zegt` says what was chosen, after the word for
    what is counted.
    """

    vraag: str
    velden: Mapping[str, str]
    zegt: Callable[[Deel, Reglement | None], str]
    een: str = "klacht"
    meer: str = "klachten"
    dag: str = ""
    zelf: bool = False
    geheel: bool = False
    nodig: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()
    waarden: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def kan(self, deel: Deel) -> bool:
        """Tell whether this can be chosen."""
        if not (deel or self.geheel) or not self.nodig <= deel.keys() <= self.velden.keys():
            return False
        if len(self.apart & deel.keys()) > 1:
            return False
        return all(waarde in self.waarden[naam] for naam, waarde in deel.items() if naam in self.waarden)


def parameters(deel: Deel, peildatum: date) -> dict[str, Any]:
    """Return the parameters of the conditions: a step as number, a month as the day on which it is looked at."""
    uit: dict[str, Any] = {f"d_{naam}": int(waarde) if naam in GETALLEN else waarde for naam, waarde in deel.items()}
    if "maand" in deel:
        uit["d_maand"] = min(maand_van(deel["maand"])[1], peildatum)
    return uit


_LOPEND = "('gemeld', 'overleg mislukt', 'voorgelegd')"
_JA = frozenset({"ja"})


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
            "rijp": "$d_rijp = 'ja' AND is_maatregel_rijp(r.stand, r.uiterlijk_op, $peildatum)",
        },
        een="maatregel",
        meer="maatregelen",
        zegt=telwoorden.maatregel,
        geheel=True,
        waarden={"gewijzigd": _JA, "rijp": _JA},
    ),
    "maatregeltermijn": Soort(
        vraag="maatregeltermijn_stand",
        velden={"stand": "r.status = $d_stand", "rijp": "$d_rijp = 'ja' AND r.is_rijp"},
        een="maatregel",
        meer="maatregelen",
        zegt=telwoorden.maatregeltermijn,
        waarden={"rijp": _JA},
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
            "meegedeeld": "$d_meegedeeld = 'ja' AND r.wacht = 'oordeel' AND r.meegedeeld",
        },
        een="meningsverschil",
        meer="meningsverschillen",
        zegt=telwoorden.geschil,
        dag="gemeld_op",
        waarden={
            "stand": frozenset(GESCHILLEN),
            "wacht": frozenset(VOORGELEGD),
            "opvolging": frozenset({*OPVOLGINGEN, ""}),
            "meegedeeld": _JA,
        },
    ),
    "gronden": Soort(
        vraag="berichten_stap_7",
        velden={"grond": "r.grond = $d_grond"},
        een="keer niet in behandeling genomen",
        meer="keer niet in behandeling genomen",
        zegt=telwoorden.grond,
        dag="op",
        geheel=True,
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
        zegt=telwoorden.spoor,
        apart=frozenset({"volgt", "anders"}),
        waarden={
            "volgt": frozenset({"ja", "nee"}),
            "anders": frozenset(f"{soort}.{stap}" for soort in AFWIJKINGEN for stap in range(1, 19)),
        },
    ),
    "afwijking": Soort(
        vraag="klacht_selectie",
        velden={"vastgelegd": "$d_vastgelegd = 'ja' AND r.afwijkingen > 0"},
        zelf=True,
        zegt=lambda *_: VASTGELEGD,
        waarden={"vastgelegd": _JA},
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
        zegt=telwoorden.werklast,
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
        zegt=telwoorden.naam("categorieen"),
    ),
    "looptijd": Soort(
        vraag="looptijd",
        velden={
            "maat": "r.maat = $d_maat",
            "einde": "COALESCE(r.einde, '') = $d_einde",
            "op_dag": "onder_risico(r.dagen, r.instap, $d_op_dag)",
            "tot_dag": "r.dagen <= $d_tot_dag",
        },
        zelf=True,
        zegt=telwoorden.looptijd,
        nodig=frozenset({"maat"}),
        waarden={"maat": frozenset(MATEN), "einde": frozenset({"", *MATEN.values(), *ANDERS})},
    ),
    "gewacht": Soort(
        vraag="looptijd_netto",
        velden={
            "maat": "r.maat = $d_maat",
            "gewacht": "$d_gewacht = 'ja' AND r.gewacht > 0",
            "nog": "$d_nog = 'ja' AND r.wacht_nog",
        },
        zelf=True,
        zegt=telwoorden.gewacht,
        nodig=frozenset({"maat"}),
        waarden={"maat": frozenset(MATEN), "gewacht": _JA, "nog": _JA},
    ),
    "streven": Soort(
        vraag="klacht_selectie",
        # How an aim stands is computed in Python; `nummers` are the klachten of which it stands so.
        velden={"doel": "r.klachtnummer IN (SELECT UNNEST($nummers))", "stand": "TRUE"},
        zelf=True,
        zegt=telwoorden.streven,
        nodig=frozenset({"doel", "stand"}),
        waarden={"stand": frozenset({*STREEFSTANDEN, BESLIST})},
    ),
    "kenmerk": Soort(
        vraag="nader_kenmerk",
        velden={
            "kenmerk": "r.kenmerk || '.' || COALESCE(r.waarde, '') = $d_kenmerk",
            "bekend": "r.kenmerk = $d_bekend AND r.waarde IS NOT NULL",
        },
        zelf=True,
        zegt=telwoorden.kenmerk,
        waarden={"bekend": frozenset(KENMERKEN)},
    ),
}
