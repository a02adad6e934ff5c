"""What of the figures may leave the directie: every count of the public report, hidden together where it is small.

The public report has no cross tables and no categories of last year: what remains are single rows of counts, and the
sums that connect them. Those sums are part of what is protected: an attacker has the whole report, not one table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from klachten.analyse.basis.zinnen import getal
from klachten.analyse.statistiek import controleer_onderdrukking
from klachten.analyse.statistiek.gekoppeld import onderdruk_gekoppeld
from klachten.analyse.statistiek.onderdrukking import MINIMUM_TOTAAL

Cijfers = Mapping[str, Any]
VERBORGEN = "x"
TERMIJNKLASSEN = {
    "op_tijd": ("op_tijd",),
    "te_laat": ("te_laat",),
    "te_laat_open": ("te_laat_open",),
    "loopt": ("loopt", "onbepaald"),
    "onbepaald_verstreken": ("onbepaald_verstreken",),
    "nvt": ("nvt",),
    "ongeldig": ("ongeldig",),
}
IN, UIT = (
    ("open_begin", "ontvangen", "heropend"),
    ("afgesloten", "niet_in_behandeling", "ingetrokken", "vervallen", "open_einde"),
)
GESCHIL = ("opgelost", "oordeel", "lopend")
MAATREGEL = ("op_tijd", "te_laat", "open", "open_en_te_laat", "vervallen")


class NietTePubliceren(ValueError):
    """A figure that cannot be hidden well enough; nothing was written."""

    soort = "niet_te_publiceren"


@dataclass(frozen=True)
class Vrijgave:
    """What a report may show: everything (internal), or all but `verborgen`."""

    openbaar: bool = False
    verborgen: frozenset[str] = frozenset()
    waarden: Mapping[str, int] = field(default_factory=dict)

    def aantal(self, cel: str, waarde: int) -> str:
        """Return a count as text, or the mark of a hidden one; in the public report only counts that were judged."""
        if self.openbaar and (cel not in self.waarden or self.waarden[cel] != waarde):
            raise NietTePubliceren(f"Aantal {cel} is niet beoordeeld en mag niet in het openbare verslag.")
        return VERBORGEN if cel in self.verborgen else getal(waarde)

    def zichtbaar(self, *cellen: str) -> bool:
        """Tell whether all these counts may be seen; a name that ends in '/' stands for its whole table."""
        return not any(
            weg == cel or (cel.endswith("/") and weg.startswith(cel)) for weg in self.verborgen for cel in cellen
        )


INTERN = Vrijgave()


def vrijgave(cijfers: Cijfers) -> Vrijgave:
    """Return what the public report may show; NietTePubliceren when the audit finds a figure that can be solved."""
    waarden, tabellen, sommen = stelsel(cijfers)
    altijd = {"klachten", "klachten_vorig", "maatregel/totaal"} & set(waarden)
    if waarden["stroom/ontvangen"] == waarden["klachten"]:
        altijd.add("stroom/ontvangen")
    verberg = {cel for totaal, cellen in tabellen.items() if waarden[totaal] < MINIMUM_TOTAAL for cel in cellen}
    # A total that is itself part of another table is a count like any other.
    uitkomst = onderdruk_gekoppeld(waarden, sommen, altijd, verberg - altijd)
    zwak = uitkomst.controle.loc[~uitkomst.controle["beschermd"].astype(bool), "naam"].tolist()
    for totaal, cellen in tabellen.items():
        if cellen and totaal in altijd and waarden[totaal] >= MINIMUM_TOTAAL:
            tabel = pd.DataFrame({"klachten": [waarden[cel] for cel in cellen]}, index=cellen)
            masker = pd.DataFrame({"klachten": [cel in uitkomst.verborgen for cel in cellen]}, index=cellen)
            eigen = controleer_onderdrukking(tabel, masker)
            zwak += eigen.loc[~eigen["beschermd"].astype(bool), "rij"].tolist()
    if zwak:
        raise NietTePubliceren(
            f"Er is geen openbaar verslag gemaakt: {', '.join(sorted(set(zwak)))} zou terug te rekenen zijn."
        )
    return Vrijgave(True, uitkomst.verborgen, waarden)


def stelsel(cijfers: Cijfers) -> tuple[dict[str, int], dict[str, list[str]], list[list[tuple[str, int]]]]:
    """Return every count of the public report, the tables by their total, and the sums that connect them."""
    waarden = {"klachten": cijfers["klachten"]}
    # In the first year of the register there is no year before: nothing to show, and nothing to compute back.
    if (vorig := cijfers["vergelijking"]["klachten_vorig"]) is not None:
        waarden["klachten_vorig"] = vorig
    tabellen: dict[str, list[str]] = {}
    sommen: list[list[tuple[str, int]]] = []

    def tabel(totaal: str, cellen: Mapping[str, int]) -> None:
        waarden.update(cellen)
        tabellen.setdefault(totaal, []).extend(cellen)
        if sum(cellen.values()) == waarden[totaal]:
            sommen.append([(totaal, -1), *((cel, 1) for cel in cellen)])

    tabel("klachten", {f"categorie/{r['categorie']}": r["klachten"] for r in cijfers["categorieen"]})
    tabel("klachten", {f"afloop/{naam}": n for naam, n in aflopen(cijfers).items()})
    tabel("klachten", {f"vestiging/{r['vestiging']}": r["klachten"] for r in cijfers["vestigingen"]})
    for regel in cijfers["termijnen"]:
        tabel("klachten", {f"termijn/{regel['termijn']}/{k}": n for k, n in termijnklassen(regel).items()})
    stroom = openbare_stroom(cijfers)
    waarden["stroom/totaal"] = sum(stroom[naam] for naam in IN)
    tabel("stroom/totaal", {f"stroom/{naam}": stroom[naam] for naam in IN})
    tabel("stroom/totaal", {f"stroom/{naam}": stroom[naam] for naam in UIT})
    tabel("stroom/niet_in_behandeling", {f"grond/{r['grond']}": r["klachten"] for r in cijfers["niet_in_behandeling"]})
    geschil = cijfers["geschillen"]
    waarden["geschil/gemeld"] = geschil["gemeld"]
    tabel("geschil/gemeld", {f"geschil/{naam}": geschil[naam] for naam in GESCHIL})
    waarden["maatregel/totaal"] = cijfers["maatregelen"]["totaal"]
    tabel("maatregel/totaal", {f"maatregel/{naam}": cijfers["maatregelen"][naam] for naam in MAATREGEL})
    return waarden, tabellen, sommen + _verbanden(waarden)


def openbare_stroom(cijfers: Cijfers) -> dict[str, int]:
    """Return the flow of the public report: without mistakes of entry, where those are all there is to leave out."""
    stroom = {naam: cijfers["stroom"][naam] for naam in (*IN, *UIT)}
    if stroom["ontvangen"] - stroom["vervallen"] == cijfers["klachten"]:
        stroom |= {"ontvangen": cijfers["klachten"], "vervallen": 0}
    return stroom


def aflopen(cijfers: Cijfers) -> dict[str, int]:
    """Return how the klachten of the year stand, by the words for it."""
    uit: dict[str, int] = {}
    for rij in cijfers["categorie_uitkomst"]:
        uit[rij["afloop"]] = uit.get(rij["afloop"], 0) + rij["klachten"]
    return dict(sorted(uit.items(), key=lambda paar: (-paar[1], paar[0])))


def termijnklassen(regel: Cijfers) -> dict[str, int]:
    """Return the counts of a term that add up to all klachten."""
    return {naam: sum(regel[deel] for deel in delen) for naam, delen in TERMIJNKLASSEN.items()}


def volgroeid(regel: Cijfers) -> bool:
    """Tell whether the rate of a term holds no other counts than its classes do.

    Every last day has passed, and nothing passed undecided: how far that counts tells how few were decided late.
    """
    laat = regel["te_laat"] + regel["te_laat_open"]
    if regel["onbepaald_verstreken"]:
        return False
    return regel["rijp_op_tijd"] == regel["op_tijd"] and regel["rijp"] == regel["op_tijd"] + laat


def _verbanden(waarden: dict[str, int]) -> list[list[tuple[str, int]]]:
    """Return what a reader may assume that connects the tables, as far as it is true of these figures.

    A klacht that was not taken into handling stands in the flow, in the outcomes and in the term of step 7. These need
    not be equal (other years, reopened klachten), but where they are, they are known.
    """
    weg = "afloop/Niet in behandeling"
    anders = [
        cel for cel in waarden if cel.startswith("afloop/") and cel not in (weg, "afloop/Open", "afloop/Ingetrokken")
    ]
    nib = "termijn/niet_in_behandeling"
    kandidaten = [
        [("stroom/ontvangen", 1), ("klachten", -1)],
        [("stroom/ontvangen", 1), ("klachten", -1), ("stroom/vervallen", -1)],
        [("stroom/open_einde", 1), ("afloop/Open", -1)],
        [("stroom/niet_in_behandeling", 1), (weg, -1)],
        [("stroom/ingetrokken", 1), ("afloop/Ingetrokken", -1)],
        [("stroom/afgesloten", 1), *((cel, -1) for cel in anders)],
        [(f"{nib}/op_tijd", 1), (f"{nib}/te_laat", 1), (weg, -1)],
        [("termijn/maatregelen/nvt", 1), (weg, -1)],
        [("termijn/maatregelen/nvt", 1), (weg, -1), ("afloop/Ingetrokken", -1)],
    ]
    gevonden = []
    for som in kandidaten:
        # What is not in the report at all is nought: no klacht ended that way.
        bekend = [(cel, teken) for cel, teken in som if cel in waarden]
        if len(bekend) > 1 and sum(teken * waarden[cel] for cel, teken in bekend) == 0:
            gevonden.append(bekend)
    return gevonden
