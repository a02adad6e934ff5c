"""Did the number of klachten change? The chart that fits, and one verdict on the whole picture in words.

The points of the chart stay; what is said of them, marked or drawn as a limit follows from the verdict alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from duckdb import DuckDBPyConnection

from klachten.analyse import statistiek
from klachten.analyse.basis.kengetallen import rijen_van
from klachten.analyse.basis.selectie import ALLES, Filter
from klachten.analyse.basis.trajecten import omvang
from klachten.analyse.basis.zinnen import Bevinding
from klachten.analyse.signalen import reeks, splitsing
from klachten.analyse.signalen.grenzen import met_grenzen
from klachten.analyse.signalen.oordeel import Maandoordeel, achter, maandoordeel
from klachten.analyse.signalen.reeks import MAXIMAAL_MAANDEN, Tijdvak
from klachten.analyse.statistiek import Kaartkeuze
from klachten.analyse.statistiek.kaartkeuze import WEINIG_PER_PERIODE
from klachten.reglement import Reglement
from klachten.taal import datum

KAARTEN = {
    "t": "dagen tussen klachten",
    "g": "trajecten tussen klachten",
    "c": "klachten per periode",
    "u": "klachten per 100 trajecten",
    "u'": "klachten per 100 trajecten",
}
KOLOMMEN = ["nummer", "waarde", "midden", "onder", "boven", "buiten", "vanaf", "tot", "klachten", "wanneer"]


@dataclass(frozen=True, eq=False, kw_only=True)
class Signalen:
    """A control chart and the one verdict on it.

    `punten`: the points of the chart with `wanneer` (the period, or the date of the klacht that ended the interval),
    `vanaf` and `tot` (its first and last day), and the `klachten` received then; rates are per 100 trajecten. `midden`,
    `onder` and `boven` go with the verdict, `buiten` marks what it is about. Empty without a chart.
    """

    keuze: Kaartkeuze
    soort: str
    punten: pd.DataFrame
    oordeel: Maandoordeel
    van: date | None
    tot: date | None
    familie: str
    bevindingen: tuple[Bevinding, ...]


def signalen(
    cursor: DuckDBPyConnection,
    *,
    peildatum: date,
    filter: Filter = ALLES,
    periode: str = "maand",
    maanden: int = MAXIMAAL_MAANDEN,
    reglement: Reglement | None = None,
) -> Signalen:
    """Return the chart of the last `maanden` whole months, per 'maand' or 'kwartaal'. Raises ValueError for another
    periode.

    Trajecten are not known per day, so they make a rate, but not the number of trajecten between two klachten. Where
    they are not entered per month they are spread, and where they are not known the picture is one of days: it says so.
    """
    if periode not in ("maand", "kwartaal"):
        raise ValueError(f"Kies maand of kwartaal, niet {periode!r}.")
    groot = omvang(cursor, peildatum=peildatum, filter=filter, reglement=reglement)
    tellen = reeks.tel_maanden(cursor, peildatum=peildatum, filter=filter)
    regels = reeks.maanden(tellen, groot, peildatum, maanden)
    perioden = regels if periode == "maand" else reeks.kwartalen(regels, groot)
    if not perioden:
        zin = "Er is nog geen hele maand met klachten: er is nog niets te tekenen."
        keuze = Kaartkeuze(None, zin, None)
        oordeel = maandoordeel([], reeks.oordeel([]), False, periode)
        return _leeg(keuze, oordeel, zin)
    gevonden = reeks.oordeel(perioden)
    mag, familie = gevonden.opvallend, ""
    # Who looks per categorie and vestiging looks more than once: then all of them are judged together.
    if leden := splitsing.leden(filter):
        alle = splitsing.oordelen(cursor, leden, perioden, peildatum=peildatum, filter=filter, reglement=reglement)
        gevonden = alle.get(splitsing.van_keuze(filter), gevonden)
        mag, familie = gevonden.opvallend, splitsing.in_woorden(sum(o.p is not None for o in alle.values()))
    oordeel = maandoordeel(perioden, gevonden, mag, periode)
    keuze, punten = _kaart(cursor, perioden, peildatum, filter)
    if keuze.kaart is None:
        return _leeg(keuze, oordeel, oordeel.zin, perioden[0].vanaf, perioden[-1].tot, familie, perioden)
    return Signalen(
        keuze=keuze,
        soort=KAARTEN[keuze.soort or "c"],
        punten=met_grenzen(punten, keuze.soort or "c", perioden, oordeel),
        oordeel=oordeel,
        van=perioden[0].vanaf,
        tot=perioden[-1].tot,
        familie=familie,
        bevindingen=_bevindingen(oordeel, familie, perioden),
    )


def _kaart(
    cursor: DuckDBPyConnection, perioden: Sequence[Tijdvak], peildatum: date, filter: Filter
) -> tuple[Kaartkeuze, pd.DataFrame]:
    """Return the chart that fits and its points, with the period or the date of each."""
    van, tot = perioden[0].vanaf, perioden[-1].tot
    aantallen = [p.klachten for p in perioden]
    heel = reeks.per_traject(perioden) and all(p.trajecten for p in perioden)
    kan = [(p.trajecten or 0) / 100 for p in perioden] if heel else None
    dagen = None
    # Where kies_kaart looks at the dates, they are few.
    if sum(aantallen) < WEINIG_PER_PERIODE * len(aantallen):
        op = rijen_van(cursor, "ontvangstdagen", peildatum=peildatum, filter=filter)
        dagen = [r["ontvangen_op"] for r in op if van <= r["ontvangen_op"] <= tot for _ in range(r["klachten"])]
    keuze = statistiek.kies_kaart(aantallen, kan, dagen)
    if keuze.kaart is None:
        return keuze, pd.DataFrame(columns=KOLOMMEN)
    punten = keuze.kaart.punten.copy()
    if keuze.soort == "t" and dagen is not None:
        punten["vanaf"] = sorted(dagen)[1:]
        punten["wanneer"] = [datum(dag) for dag in punten["vanaf"]]
        punten["tot"] = punten["vanaf"]
        punten["klachten"] = [dagen.count(dag) for dag in punten["vanaf"]]
    else:
        punten["vanaf"] = [p.vanaf for p in perioden]
        punten["wanneer"] = [p.naam for p in perioden]
        punten["tot"] = [p.tot for p in perioden]
        punten["klachten"] = aantallen
    return keuze, punten


def _bevindingen(oordeel: Maandoordeel, familie: str, perioden: Sequence[Tijdvak]) -> tuple[Bevinding, ...]:
    p = oordeel.oordeel.p
    uit = [
        Bevinding(
            zin=oordeel.zin,
            kengetal="per_periode",
            getallen={} if p is None else {"p": p},
            opvallend=oordeel.opvallend,
            achter=achter(perioden, oordeel),
        )
    ]
    uit += [
        Bevinding(zin=zin, kengetal="per_periode", getallen={})
        for zin in (familie if p is not None else "", oordeel.voorbehoud)
        if zin
    ]
    return tuple(uit)


def _leeg(
    keuze: Kaartkeuze,
    oordeel: Maandoordeel,
    zin: str,
    van: date | None = None,
    tot: date | None = None,
    familie: str = "",
    perioden: Sequence[Tijdvak] = (),
) -> Signalen:
    return Signalen(
        keuze=keuze,
        soort="",
        punten=pd.DataFrame(columns=KOLOMMEN).astype({"buiten": np.bool_}),
        oordeel=oordeel,
        van=van,
        tot=tot,
        familie=familie,
        bevindingen=(Bevinding(zin=zin, kengetal="per_periode", getallen={}, achter=achter(perioden, oordeel)),),
    )
