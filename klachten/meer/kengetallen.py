"""The figures of the organisations of a lake: each table of analyse with the organisation beside it, and the shares.

What an organisation promised is judged by its own reglement: "on time" is within the term that held there, so a share
compares how organisations keep their word, and not how fast they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from klachten.analyse.basis.kengetallen import kengetal, opdracht
from klachten.analyse.basis.selectie import ALLES, Filter
from klachten.meer.fouten import GeenMeer
from klachten.meer.lezer import Lezer
from klachten.periode import Wanneer
from klachten.taal import datum

DEEL, AANTAL = "deel", "aantal"
Rijen = list[dict[str, Any]]
Telling = tuple[int, int | None]
LEEG: Telling = (0, 0)


@dataclass(frozen=True, kw_only=True)
class Verhouding:
    """A share, counted from the table of one figure: of `soort` deel (some of so many) or aantal (against exposure).

    `tel` takes the rows of one organisation and the year and gives teller and noemer; noemer None is not known, 0 is
    that there was nothing to count.
    """

    id: str
    titel: str
    kengetal: str
    soort: str
    teller: str
    noemer: str
    tel: Callable[[Rijen, int], Telling]


def _on_time(stap: int) -> Callable[[Rijen, int], Telling]:
    def tel(rijen: Rijen, jaar: int) -> Telling:
        van = [rij for rij in rijen if rij["stap"] == stap]
        return sum(rij["rijp_op_tijd"] for rij in van), sum(rij["rijp"] for rij in van)

    return tel


def _per_traject(rijen: Rijen, jaar: int) -> Telling:
    van = [rij for rij in rijen if rij["jaar"] == jaar]
    bekend = bool(van) and not any(pd.isna(rij["trajecten"]) for rij in van)
    return sum(rij["klachten"] for rij in van), sum(int(rij["trajecten"]) for rij in van) if bekend else None


def _ended(einde: str) -> Callable[[Rijen, int], Telling]:
    def tel(rijen: Rijen, jaar: int) -> Telling:
        return sum(rij["klachten"] for rij in rijen if rij["einde"] == einde), sum(rij["klachten"] for rij in rijen)

    return tel


def _disputed(rijen: Rijen, jaar: int) -> Telling:
    per_stap = {rij["stap"]: rij["aantal"] for rij in rijen}
    return per_stap.get(15, 0), per_stap.get(1, 0)


def _measures(rijen: Rijen, jaar: int) -> Telling:
    return sum(rij["rijp"] for rij in rijen if rij["status"] == "op tijd"), sum(rij["rijp"] for rij in rijen)


VERHOUDINGEN: tuple[Verhouding, ...] = (
    *(
        Verhouding(
            id=f"op_tijd_{stap}", titel=titel, kengetal="termijntarieven", soort=DEEL, tel=_on_time(stap),
            teller="klachten die op tijd waren", noemer="klachten waarvan de laatste dag voorbij is",
        )
        for stap, titel in (
            (5, "Op tijd bevestigd"), (7, "Op tijd bericht van niet in behandeling"),
            (11, "Maatregelen op tijd uitgevoerd"), (13, "Op tijd afgesloten"),
        )
    ),
    Verhouding(
        id="klachten_per_100_trajecten", titel="Klachten per 100 trajecten", kengetal="intensiteit", soort=AANTAL,
        teller="klachten ontvangen in het jaar", noemer="trajecten in dat jaar", tel=_per_traject,
    ),
    Verhouding(
        id="niet_in_behandeling", titel="Niet in behandeling genomen", kengetal="categorie_uitkomst", soort=DEEL,
        teller="klachten die niet in behandeling zijn genomen", noemer="klachten ontvangen in het jaar",
        tel=_ended("niet in behandeling"),
    ),
    Verhouding(
        id="ingetrokken", titel="Ingetrokken", kengetal="categorie_uitkomst", soort=DEEL,
        teller="klachten die zijn ingetrokken", noemer="klachten ontvangen in het jaar", tel=_ended("ingetrokken"),
    ),
    Verhouding(
        id="nog_open", titel="Nog open op de peildatum", kengetal="categorie_uitkomst", soort=DEEL,
        teller="klachten die nog open zijn", noemer="klachten ontvangen in het jaar", tel=_ended("open"),
    ),
    Verhouding(
        id="meningsverschil", titel="Niet eens met de afhandeling", kengetal="stappenkaart", soort=DEEL,
        teller="klachten met een meningsverschil", noemer="klachten ontvangen in het jaar", tel=_disputed,
    ),
    Verhouding(
        id="maatregelen_op_tijd", titel="Maatregelen binnen de termijn van hun klacht", kengetal="maatregeltermijn",
        soort=DEEL, teller="maatregelen die op tijd waren",
        noemer="maatregelen waarvan de laatste dag van de klacht voorbij is", tel=_measures,
    ),
)  # fmt: skip


def bereken(
    lezer: Lezer,
    id: str,
    *,
    peildatum: date,
    periode: Wanneer | None = None,
    filter: Filter = ALLES,
    organisaties: Iterable[str] | None = None,
    **overig: Any,
) -> pd.DataFrame:
    """Return the table of a figure as analyse.basis.kengetallen.bereken does, of every organisation at once.

    `organisatie` is the first column; of each the rows are those that its own register gives.
    """
    tekst, waarden = opdracht(kengetal(id).sql, peildatum=peildatum, periode=periode, filter=filter, **overig)
    return lezer.vraag(tekst, waarden, organisaties)


def choose_day(lezer: Lezer, jaar: int, peildatum: date | None = None) -> date:
    """Return the day as of which a year is compared: that given, else the first day of a delivery after the year.

    While the year runs it is the first day of a delivery in it. GeenMeer when no delivery has come so far.
    """
    if peildatum is not None:
        return peildatum
    dagen = sorted(levering.dag for levering in lezer.leveringen)
    na = [dag for dag in dagen if dag.year > jaar] or [dag for dag in dagen if dag.year == jaar]
    if not na:
        raise GeenMeer(f"Geen levering in het meer komt tot in {jaar}: de laatste is van {datum(dagen[-1])}.")
    return na[0]


def deelnemers(lezer: Lezer, peildatum: date) -> tuple[str, ...]:
    """Return the organisations whose delivery knows what happened up to the peildatum.

    Of the others it would seem that nothing was done after the day of their delivery: they would be late for that.
    """
    return tuple(levering.organisatie for levering in lezer.leveringen if levering.dag >= peildatum)


def per_organisatie(lezer: Lezer, jaar: int, *, peildatum: date | None = None) -> pd.DataFrame:
    """Return teller and noemer of every share of a year: a row per organisation and kengetal (an id of VERHOUDINGEN).

    One statement per table, whatever the number of organisations. noemer is NA when it is not known; who delivered too
    early for the peildatum (`choose_day`) is not in it (`deelnemers`).
    """
    peildatum = choose_day(lezer, jaar, peildatum)
    wie = deelnemers(lezer, peildatum)
    tabellen = {
        id: _by_organisation(bereken(lezer, id, peildatum=peildatum, periode=jaar, organisaties=wie))
        for id in dict.fromkeys(een.kengetal for een in VERHOUDINGEN)
    }
    return as_table({een: {id: tabellen[id].get(een, []) for id in tabellen} for een in wie}, jaar)


def as_table(per_wie: Mapping[str, Mapping[str, Rijen]], jaar: int) -> pd.DataFrame:
    """Return the shares from the rows of the figures, by organisation and figure: those of one register count alike."""
    rijen = [
        (
            een,
            verhouding.id,
            *(verhouding.tel(rijen[verhouding.kengetal], jaar) if rijen[verhouding.kengetal] else LEEG),
        )
        for een, rijen in per_wie.items()
        for verhouding in VERHOUDINGEN
    ]
    tabel = pd.DataFrame(rijen, columns=["organisatie", "kengetal", "teller", "noemer"])
    return tabel.astype({"organisatie": "str", "kengetal": "str", "teller": "Int64", "noemer": "Int64"})


def _by_organisation(tabel: pd.DataFrame) -> dict[str, Rijen]:
    uit: dict[str, Rijen] = {}
    for rij in tabel.to_dict("records"):
        uit.setdefault(rij["organisatie"], []).append(rij)
    return uit
