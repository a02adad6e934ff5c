"""How klachten really go through the steps: map, orders, deviations down to the dossier, rework and workload.

Whether an order follows the reglement is computed once per different order, and joined back to the klachten.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from duckdb import DuckDBPyConnection

from klachten.analyse.basis.geteld import geteld, geteld_als
from klachten.analyse.basis.kengetallen import opdracht, rijen_van, vraag_aan
from klachten.analyse.basis.lezer import HEEL, Zicht
from klachten.analyse.basis.selectie import ALLES, Filter
from klachten.analyse.basis.zinnen import KLEIN, Bevinding, dagen, getal, koplopers, procent, telling, werkwoord
from klachten.analyse.proces.rondes import oordeel
from klachten.periode import Wanneer
from klachten.reglement import Reglement
from klachten.taal import opsomming

SOORTEN = {
    "overgeslagen": "overgeslagen",
    "nog_niet": "nog niet gedaan",
    "verplaatst": "op een ander moment gedaan",
    "herhaald": "herhaald",
    "onverwacht": "onverwacht",
}


@dataclass(frozen=True, eq=False, kw_only=True)
class Proces:
    """The process of a period.

    `stappenkaart`: stap, naam, aantal, sinds_stap, dagen_sinds_vorige, dagen_sinds_ontvangst, hier_gebleven,
    netto_sinds_vorige, netto_sinds_ontvangst. `overgangen`: van, naar, aantal, mediaan_dagen, netto_dagen.
    `varianten`: spoor, klachten, aandeel, nog_open, zonder_rondes, niet_mogelijk, volgt, fitness, kosten, zinnen,
    voorbeeld, sleutel. `afwijkingen`: soort, stap, klachten. `herstelwerk`: stap, klachten, herhaald, extra_keren.
    `werklast`: maand, behandelaar, erbij, eraf, nog_open.
    `fitness`: mean over the ended klachten, None without any.
    """

    klachten: int
    volgens: int
    beeindigd: int
    fitness: float | None
    stappenkaart: pd.DataFrame
    overgangen: pd.DataFrame
    varianten: pd.DataFrame
    afwijkingen: pd.DataFrame
    herstelwerk: pd.DataFrame
    werklast: pd.DataFrame
    bevindingen: tuple[Bevinding, ...]


def varianten(
    cursor: DuckDBPyConnection, *, peildatum: date, periode: Wanneer | None = None, filter: Filter = ALLES
) -> pd.DataFrame:
    """Return every order of steps that occurs with how it relates to the reglement, the most frequent first."""
    regels = rijen_van(cursor, "varianten", peildatum=peildatum, periode=periode, filter=filter)
    totaal = sum(r["klachten"] for r in regels)
    uit = []
    for r in regels:
        gevonden = oordeel(r["spoor"], r["nog_open"], r["zonder_rondes"], r["niet_mogelijk"])
        uit.append(
            {
                **r,
                "aandeel": r["klachten"] / totaal,
                "volgt": gevonden.prefix_kosten == 0 if r["nog_open"] else gevonden.kosten == 0,
                "fitness": gevonden.fitness,
                "kosten": gevonden.prefix_kosten if r["nog_open"] else gevonden.kosten,
                "zinnen": gevonden.zinnen,
                "sleutel": _sleutel(r["spoor"], r["nog_open"], r["zonder_rondes"], r["niet_mogelijk"]),
            }
        )
    kolommen = [
        "spoor",
        "klachten",
        "aandeel",
        "nog_open",
        "zonder_rondes",
        "niet_mogelijk",
        "volgt",
        "fitness",
        "kosten",
        "zinnen",
        "voorbeeld",
        "sleutel",
    ]
    return pd.DataFrame(uit, columns=kolommen)


def afwijkingen(
    cursor: DuckDBPyConnection,
    *,
    peildatum: date,
    periode: Wanneer | None = None,
    filter: Filter = ALLES,
    zicht: Zicht = HEEL,
    limit: int = 100,
    offset: int = 0,
) -> tuple[int, pd.DataFrame]:
    """Return how many klachten deviate from the steps, and one page of them, the furthest off first.

    Columns: klachtnummer, vestiging, categorie, behandelaar, ontvangen_op, einde, spoor, kosten, fitness and zinnen: in
    words what was skipped, out of order, repeated or unexpected.
    """
    anders = varianten(cursor, peildatum=peildatum, periode=periode, filter=filter)
    anders = anders[~anders["volgt"].astype(bool)].sort_values(["kosten", "spoor"], ascending=[False, True])
    rang = list(anders["sleutel"])
    tekst, waarden = opdracht("afwijkende_sporen", peildatum=peildatum, periode=periode, filter=filter)
    ziet, wie = zicht.sql("s.klachtnummer")
    waarden |= wie | {"sleutels": rang or [""], "rang": list(range(max(1, len(rang))))}
    bron = (
        f"FROM ({tekst}) AS s "
        "JOIN (SELECT UNNEST($sleutels) AS sleutel, UNNEST($rang) AS rang) AS r ON r.sleutel = s.sleutel "
        f"WHERE {ziet}"
    )
    # What everybody sees is known already.
    aantal = int(anders["klachten"].sum())
    if zicht != HEEL:
        (aantal,) = cursor.execute(
            f"SELECT COUNT(*) FROM ({tekst}) AS s WHERE s.sleutel IN (SELECT UNNEST($sleutels)) AND {ziet}",
            {naam: waarde for naam, waarde in waarden.items() if naam != "rang"},
        ).fetchall()[0]
    if not limit:
        return aantal, pd.DataFrame()
    pagina = cursor.execute(
        "SELECT s.klachtnummer, s.vestiging, s.categorie, s.behandelaar, s.ontvangen_op, s.einde, s.spoor, s.sleutel "
        f"{bron} ORDER BY r.rang, s.klachtnummer LIMIT $limit OFFSET $offset",
        waarden | {"limit": limit, "offset": offset},
    ).df()
    per_sleutel = dict(zip(rang, anders.itertuples(index=False), strict=True))
    for kolom in ("kosten", "fitness", "zinnen"):
        pagina[kolom] = [getattr(per_sleutel[sleutel], kolom) for sleutel in pagina["sleutel"]]
    # Nobody goes on with a klacht that was withdrawn.
    pagina["zinnen"] = [
        tuple(zin.replace(" nog niet gedaan.", " niet gedaan.") for zin in zinnen) if einde == "ingetrokken" else zinnen
        for zinnen, einde in zip(pagina["zinnen"], pagina["einde"], strict=True)
    ]
    return aantal, pagina.drop(columns="sleutel")


def sleutels(
    cursor: DuckDBPyConnection,
    *,
    peildatum: date,
    periode: Wanneer | None = None,
    filter: Filter = ALLES,
    volgt: str = "",
    anders: str = "",
) -> list[str]:
    """Return the orders, as question afwijkende_sporen names them, that follow the steps ('ja') or do not ('nee').

    With `anders`, like 'overgeslagen.5': those that differ in that way at that step, as Proces.afwijkingen counts them.
    """
    alle = varianten(cursor, peildatum=peildatum, periode=periode, filter=filter)
    if volgt:
        return list(alle.loc[alle["volgt"].astype(bool) == (volgt == "ja"), "sleutel"])
    soort, _, stap = anders.partition(".")
    return [
        r.sleutel
        for r in alle.itertuples(index=False)
        if stap in getattr(oordeel(r.spoor, r.nog_open, r.zonder_rondes, r.niet_mogelijk), soort)
    ]


def _sleutel(spoor: str, nog_open: bool, zonder_rondes: str, niet_mogelijk: str) -> str:
    return f"{spoor}/{'open' if nog_open else 'af'}/{zonder_rondes}" + (f"/{niet_mogelijk}" if niet_mogelijk else "")


def proces(
    cursor: DuckDBPyConnection,
    *,
    peildatum: date,
    periode: Wanneer | None = None,
    filter: Filter = ALLES,
    reglement: Reglement | None = None,
) -> Proces:
    """Return the process of a period (None: everything), with what it shows in sentences."""

    def vraag(sql: str) -> pd.DataFrame:
        return vraag_aan(cursor, sql, peildatum=peildatum, periode=periode, filter=filter)

    # In all, and beside it without the days in which the firm waited for the indiener.
    kaart = vraag("stappenkaart").merge(vraag("stappenkaart_netto"), on="stap", how="left")
    kaart.insert(1, "naam", [reglement.stap(nr).korte_naam if reglement else f"Stap {nr}" for nr in kaart["stap"]])
    alle = varianten(cursor, peildatum=peildatum, periode=periode, filter=filter)
    klaar = alle[alle["fitness"].notna()]
    beeindigd = int(klaar["klachten"].sum())
    volgens = int(alle.loc[alle["volgt"].astype(bool), "klachten"].sum())
    fitness = float((klaar["fitness"] * klaar["klachten"]).sum() / beeindigd) if beeindigd else None
    per_soort: Counter[tuple[str, int]] = Counter()
    for rij in alle.itertuples(index=False):
        gevonden = oordeel(rij.spoor, rij.nog_open, rij.zonder_rondes, rij.niet_mogelijk)
        for soort in SOORTEN:
            for stap in set(getattr(gevonden, soort)):
                per_soort[soort, int(stap)] += rij.klachten
    tabel = pd.DataFrame(
        [(soort, stap, n) for (soort, stap), n in sorted(per_soort.items(), key=lambda p: (-p[1], p[0]))],
        columns=["soort", "stap", "klachten"],
    )
    return Proces(
        klachten=int(alle["klachten"].sum()),
        volgens=volgens,
        beeindigd=beeindigd,
        fitness=fitness,
        stappenkaart=kaart,
        overgangen=vraag("overgangen").merge(vraag("overgangen_netto"), on=["van", "naar"], how="left"),
        varianten=alle,
        afwijkingen=tabel,
        herstelwerk=vraag("herstelwerk"),
        werklast=vraag("werklast"),
        bevindingen=tuple(_bevindingen(alle, tabel, kaart, volgens, fitness)),
    )


def _bevindingen(
    alle: pd.DataFrame, afwijkend: pd.DataFrame, kaart: pd.DataFrame, volgens: int, fitness: float | None
) -> list[Bevinding]:
    totaal = int(alle["klachten"].sum())
    if not totaal:
        return [
            Bevinding(zin="Er zijn geen klachten, dus ook geen weg door de stappen.", kengetal="varianten", getallen={})
        ]
    if totaal == 1:
        zin = (
            f"Bij de enige klacht staan de stappen tot nu toe {'' if volgens else 'niet '}op de volgorde van het "
            "reglement."
        )
    else:
        er = getal(volgens) if volgens else "geen"
        aandeel = f" ({procent(volgens / totaal)})" if volgens and totaal >= KLEIN else ""
        hebben = werkwoord(volgens or 1, "heeft", "hebben")
        zin = f"Van de {getal(totaal)} klachten {hebben} er {er}{aandeel} de stappen tot nu toe op volgorde."
    getallen = {"volgens": volgens, "klachten": totaal, "fitness": fitness, "varianten": len(alle)}
    achter = geteld(totaal, "ontvangen")
    achter += geteld_als("sporen", volgens, "met de stappen op volgorde", volgt="ja")
    achter += geteld_als("sporen", totaal - volgens, "niet op volgorde", volgt="nee")
    uit = [Bevinding(zin=zin, kengetal="varianten", getallen=getallen, achter=achter)]
    uit += [
        Bevinding(
            zin=f"Stap {rij.stap} is bij {telling(int(rij.klachten), totaal, 'klacht', 'klachten')} "
            f"{SOORTEN[rij.soort]}.",
            kengetal="varianten",
            getallen={"stap": int(rij.stap), "klachten": int(rij.klachten)},
            opvallend=rij.klachten * 10 >= totaal and rij.klachten > 1,
            achter=geteld_als(
                "sporen", int(rij.klachten), f"stap {rij.stap} {SOORTEN[rij.soort]}", anders=f"{rij.soort}.{rij.stap}"
            )
            + geteld(totaal, "ontvangen"),
        )
        for rij in afwijkend.head(3).itertuples(index=False)
    ]
    duur = kaart[kaart["dagen_sinds_vorige"].notna() & (kaart["aantal"] >= 5)].sort_values(
        "dagen_sinds_vorige", ascending=False
    )
    # What is done the same day by half of them is no wait.
    if len(duur) and (wacht := float(duur.iloc[0]["dagen_sinds_vorige"])) >= 1:
        langst = koplopers(duur.itertuples(), lambda rij: rij.dagen_sinds_vorige)
        waar = [f"stap {int(rij.stap)} ({rij.naam})" for rij in langst]
        zit = "De langste wachttijd zit voor" if len(langst) == 1 else "De langste wachttijden zitten voor"
        uit.append(
            Bevinding(
                zin=f"{zit} {opsomming(waar)}: bij de helft van de klachten {dagen(round(wacht))} of meer na "
                f"{opsomming(dict.fromkeys(f'stap {int(rij.sinds_stap)}{_netto(rij, wacht)}' for rij in langst))}.",
                kengetal="stappenkaart",
                getallen={"stap": int(langst[0].stap), "dagen": wacht},
            )
        )
    return uit


def _netto(rij: Any, wacht: float) -> str:
    zonder = round(float(rij.netto_sinds_vorige))
    return f" (netto {getal(zonder)})" if zonder != round(wacht) else ""
