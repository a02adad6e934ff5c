"""Does the number of klachten vary by more than chance? The chart that fits, and the rule that fired in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from duckdb import DuckDBPyConnection

from klachten.analyse import statistiek
from klachten.analyse.basis.kengetallen import rijen_van
from klachten.analyse.basis.selectie import ALLES, Filter
from klachten.analyse.basis.zinnen import Bevinding, komma
from klachten.analyse.statistiek import Kaartkeuze, Regelkaart, Runs
from klachten.analyse.statistiek.kaartkeuze import WEINIG_PER_PERIODE
from klachten.taal import MAANDEN, aantal, datum

KAARTEN = {
    "t": "dagen tussen klachten",
    "g": "trajecten tussen klachten",
    "c": "klachten per periode",
    "u": "klachten per 100 trajecten",
    "u'": "klachten per 100 trajecten",
}
MAXIMAAL_MAANDEN = 36
MINIMAAL_PUNTEN = 8


@dataclass(frozen=True, eq=False, kw_only=True)
class Signalen:
    """A control chart and what it says.

    `punten`: the points of the chart with `wanneer` (the period, or the date of the klacht that ended the interval) and
    `vanaf` (its first day); rates are per 100 trajecten. Empty when there is too little for a chart. `bevindingen`:
    one per rule that fired, or one that none did.
    """

    keuze: Kaartkeuze
    soort: str
    punten: pd.DataFrame
    runs: Runs | None
    van: date | None
    tot: date | None
    bevindingen: tuple[Bevinding, ...]


def signalen(
    cursor: DuckDBPyConnection,
    *,
    peildatum: date,
    filter: Filter = ALLES,
    periode: str = "maand",
    maanden: int = MAXIMAAL_MAANDEN,
) -> Signalen:
    """Return the chart of the last `maanden` whole months, per 'maand' or 'kwartaal'. Raises ValueError for another
    periode.

    The trajecten of a year are spread evenly, so they make a rate, but not the number of trajecten between two
    klachten.
    """
    if periode not in ("maand", "kwartaal"):
        raise ValueError(f"Kies maand of kwartaal, niet {periode!r}.")
    regels = [r for r in rijen_van(cursor, "per_periode", peildatum=peildatum, filter=filter) if r["volledig"]][
        -maanden:
    ]
    perioden = [_maand(r) for r in regels] if periode == "maand" else _kwartalen(regels)
    if not perioden:
        zin = "Er is nog geen hele maand met klachten: er is niets om een regelkaart van te maken."
        return _leeg(Kaartkeuze(None, zin, None))
    van, tot = perioden[0]["vanaf"], perioden[-1]["tot"]
    aantallen = [p["klachten"] for p in perioden]
    trajecten = [p["trajecten"] for p in perioden]
    blootstelling = None if any(not t for t in trajecten) else [t / 100 for t in trajecten]
    dagen = None
    # Where kies_kaart looks at the dates, they are few.
    if sum(aantallen) < WEINIG_PER_PERIODE * len(aantallen):
        op = rijen_van(cursor, "ontvangstdagen", peildatum=peildatum, filter=filter)
        dagen = [r["ontvangen_op"] for r in op if van <= r["ontvangen_op"] <= tot for _ in range(r["klachten"])]
    keuze = statistiek.kies_kaart(aantallen, blootstelling, dagen)
    if keuze.kaart is None:
        return _leeg(keuze, van, tot)
    punten = keuze.kaart.punten.copy()
    if keuze.soort == "t" and dagen is not None:
        punten["vanaf"] = sorted(dagen)[1:]
        punten["wanneer"] = [datum(dag) for dag in punten["vanaf"]]
    else:
        punten["vanaf"] = [p["vanaf"] for p in perioden]
        punten["wanneer"] = [p["naam"] for p in perioden]
    runs = statistiek.runs(punten["waarde"].tolist())
    gevonden = tuple(_bevindingen(keuze.kaart, keuze.soort or "", punten, runs))
    return Signalen(
        keuze=keuze, soort=KAARTEN[keuze.soort or "c"], punten=punten, runs=runs, van=van, tot=tot, bevindingen=gevonden
    )


def _leeg(keuze: Kaartkeuze, van: date | None = None, tot: date | None = None) -> Signalen:
    kolommen = ["nummer", "waarde", "midden", "onder", "boven", "buiten", "vanaf", "wanneer"]
    zin = Bevinding(zin=keuze.waarom, kengetal="per_periode", getallen={})
    return Signalen(
        keuze=keuze, soort="", punten=pd.DataFrame(columns=kolommen), runs=None, van=van, tot=tot, bevindingen=(zin,)
    )


def _maand(rij: dict[str, Any]) -> dict[str, Any]:
    maand: date = rij["maand"]
    return {
        "vanaf": maand,
        "tot": date.fromordinal(maand.toordinal() + rij["dagen"] - 1),
        "naam": f"{MAANDEN[maand.month - 1]} {maand.year}",
        "klachten": rij["klachten"],
        "trajecten": rij["trajecten"],
    }


def _kwartalen(regels: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return whole quarters only."""
    uit: list[dict[str, Any]] = []
    for jaar, kwartaal in dict.fromkeys((r["maand"].year, (r["maand"].month - 1) // 3) for r in regels):
        delen = [_maand(r) for r in regels if (r["maand"].year, (r["maand"].month - 1) // 3) == (jaar, kwartaal)]
        if len(delen) == 3:
            bekend = all(d["trajecten"] for d in delen)
            uit.append(
                {
                    "vanaf": delen[0]["vanaf"],
                    "tot": delen[-1]["tot"],
                    "naam": f"kwartaal {kwartaal + 1} van {jaar}",
                    "klachten": sum(d["klachten"] for d in delen),
                    "trajecten": sum(d["trajecten"] for d in delen) if bekend else None,
                }
            )
    return uit


def _bevindingen(kaart: Regelkaart, soort: str, punten: pd.DataFrame, runs: Runs) -> list[Bevinding]:
    id = "ontvangstdagen" if soort in ("t", "g") else "per_periode"
    uit = []
    for punt in punten[punten["buiten"]].itertuples(index=False):
        erboven = punt.waarde > punt.boven
        uit.append(
            Bevinding(
                zin=_punt_in_woorden(soort, punt, erboven),
                kengetal=id,
                getallen={"waarde": float(punt.waarde), "onder": float(punt.onder), "boven": float(punt.boven)},
                opvallend=True,
            )
        )
    if runs.signaal:
        wat = "tussentijden" if soort in ("t", "g") else "perioden"
        regel = (
            f"{runs.langste} {wat} achter elkaar lagen aan dezelfde kant van het midden; "
            f"bij toeval zijn dat er hoogstens {runs.langste_max}"
            if runs.langste > runs.langste_max
            else f"de lijn kruiste het midden maar {runs.kruisingen} keer; "
            f"bij toeval is dat ten minste {runs.kruisingen_min} keer"
        )
        uit.append(
            Bevinding(
                zin=f"Er is iets blijvend veranderd: {regel}.",
                kengetal=id,
                getallen={"langste": runs.langste, "kruisingen": runs.kruisingen},
                opvallend=True,
            )
        )
    if not uit:
        zin = "Geen enkele regel ging af: de schommelingen passen bij toeval."
        if len(punten) < MINIMAAL_PUNTEN:
            zin += f" Met {aantal(len(punten), 'punt', 'punten')} is alleen een grote uitschieter te zien."
        elif not runs.genoeg:
            zin += " Voor de regel over reeksen zijn er nog te weinig punten (ten minste 10)."
        uit.append(Bevinding(zin=zin, kengetal=id, getallen={"punten": len(punten)}))
    return uit


def _punt_in_woorden(soort: str, punt: Any, erboven: bool) -> str:
    waarde = komma(float(punt.waarde), 0 if soort in ("t", "g", "c") else 1)
    grens = komma(float(punt.boven if erboven else punt.onder), 1)
    if soort in ("t", "g"):
        wat = "dagen" if soort == "t" else "trajecten"
        oordeel = "langer zonder klacht dan bij toeval past" if erboven else "sneller na elkaar dan bij toeval past"
        kant = "bovengrens" if erboven else "ondergrens"
        return f"Vóór de klacht van {punt.wanneer} verstreken {waarde} {wat} ({kant} {grens}): {oordeel}."
    per = "per 100 trajecten" if soort.startswith("u") else ""
    richting = "meer dan de bovengrens" if erboven else "minder dan de ondergrens"
    hoeveel = " ".join(filter(None, (waarde, "klachten", per)))
    return f"In {punt.wanneer}: {hoeveel}, {richting} van {grens}; dat past niet bij toeval."
