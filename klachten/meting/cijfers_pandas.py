"""The figures of the evaluation in pandas, on whatever tables they are handed (met_pandas.py)."""

# ruff: noqa: D103  (a function answers the question of analyse/ that it is named after)
from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from klachten.meting.met_pandas import Feiten, Rijen
from klachten.meting.soorten import EERST, EERSTE_RONDE

Bron = Feiten | Rijen
Tabel = list[tuple[Any, ...]]
EINDE = ("status", "stap_13_op", "stap_07_op", "ingetrokken_op", "vervallen_op", "heropend_op")
TERUG = "ingetrokken"
TERMIJNEN = (("bevestiging", 14, 5), ("niet_in_behandeling", 28, 7), ("maatregelen", 42, 11))


def _rijen(tabel: pd.DataFrame) -> Tabel:
    return [tuple(rij) for rij in tabel.astype("object").where(tabel.notna(), None).itertuples(index=False)]


def _keuze(bron: Bron, peil: date, jaar: int | None, *kolommen: str, vervallen: bool = False) -> pd.DataFrame:
    """The klachten that count, with these columns."""
    k = bron.klacht(*dict.fromkeys(("ontvangen_op", "herkomst", "vervallen_op", *kolommen)))
    telt = (k["herkomst"] == "register") & (k["ontvangen_op"] <= pd.Timestamp(peil))
    if jaar is not None:
        telt &= k["ontvangen_op"].dt.year == jaar
    if not vervallen:
        telt &= k["vervallen_op"].isna()
    return k[telt]


def _einde(k: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """How each klacht ended ('open' when it did not), and when."""
    op = k["stap_13_op"].where(k["status"] == "afgesloten")
    for status, kolom in (("niet in behandeling", "stap_07_op"), ("ingetrokken", "ingetrokken_op")):
        op = op.where(k["status"] != status, k[kolom])
    op = op.where(~(k["heropend_op"] > op), k["heropend_op"])
    op = op.where(k["status"] != "vervallen", k["vervallen_op"])
    return k["status"].astype("object").where(op.notna(), "open").astype("category"), op


def _tel(*sleutels: pd.Series, namen: tuple[str, ...]) -> pd.DataFrame:
    tabel = pd.DataFrame(dict(zip(namen, sleutels, strict=True)))
    return tabel.groupby(list(namen), observed=True, dropna=False).size().rename("aantal").reset_index()


def stroom(bron: Bron, jaar: int, peil: date) -> Tabel:
    k = _keuze(bron, peil, None, "klachtnummer", "vestiging", *EINDE, vervallen=True)
    einde, op = _einde(k)
    op = op.where(~(op < k["ontvangen_op"]), k["ontvangen_op"])
    namen = ("vestiging", "jaar", "soort")
    weg = op.notna()
    e = bron.tabel("eerder_einde").merge(
        k.loc[k["vervallen_op"].isna(), ["klachtnummer", "vestiging"]], on="klachtnummer"
    )
    her = e[e["door"] == "heropend"]
    delen = [
        _tel(k["vestiging"], k["ontvangen_op"].dt.year, namen=namen[:2]).assign(soort="ontvangen"),
        _tel(k.loc[weg, "vestiging"], op[weg].dt.year.astype("int32"), einde[weg], namen=namen),
        _tel(e["vestiging"], e["geeindigd_op"].dt.year, e["einde"], namen=namen),
        _tel(her["vestiging"], her["ongedaan_op"].dt.year, namen=namen[:2]).assign(soort="heropend"),
    ]
    alle = pd.concat([deel.astype({"vestiging": "object", "soort": "object"}) for deel in delen])
    per = alle.pivot_table(index=["vestiging", "jaar"], columns="soort", values="aantal", aggfunc="sum", fill_value=0)
    jaren = range(int(alle["jaar"].min()), peil.year + 1)
    per = per.reindex(pd.MultiIndex.from_product([per.index.levels[0], jaren]), fill_value=0)
    per = per.reindex(
        columns=["ontvangen", "heropend", "afgesloten", "niet in behandeling", "ingetrokken", "vervallen"], fill_value=0
    )
    saldo = per[["ontvangen", "heropend"]].sum(axis=1) - per.iloc[:, 2:].sum(axis=1)
    open_einde = saldo.groupby(level=0).cumsum()
    per.insert(0, "open_begin", open_einde - saldo)
    per["open_einde"] = open_einde
    return [(jr, v, *(int(n) for n in rij)) for (v, jr), rij in zip(per.index, per.to_numpy(), strict=True)]


def samenstelling(bron: Bron, jaar: int, peil: date) -> Tabel:
    kenmerken = ("vestiging", "categorie", "indiener_soort", "kanaal")
    k = _keuze(bron, peil, None, *kenmerken, *EINDE)
    in_jaar, is_open = k["ontvangen_op"].dt.year, _einde(k)[1].isna()
    uit: Tabel = []
    for kenmerk in kenmerken:
        groep = is_open.groupby([in_jaar, k[kenmerk]], observed=True).agg(["size", "sum"])
        uit += [
            (jr, kenmerk, w, int(n), int(o))
            for (jr, w), n, o in zip(groep.index, groep["size"], groep["sum"], strict=True)
        ]
    return uit


def intensiteit(bron: Bron, jaar: int, peil: date) -> Tabel:
    k = _keuze(bron, peil, None, "vestiging")
    geteld = k.groupby([k["ontvangen_op"].dt.year.rename("jaar"), k["vestiging"].astype("str")]).size()
    t = bron.tabel("trajecten")
    omvang = t[t["jaar"] <= peil.year].astype({"vestiging": "str"}).set_index(["jaar", "vestiging"])["aantal"]
    bekend = geteld.index.union(omvang.index)
    raster = pd.MultiIndex.from_product([range(bekend.levels[0].min(), peil.year + 1), bekend.levels[1]])
    samen = pd.DataFrame({"klachten": geteld.reindex(raster, fill_value=0), "trajecten": omvang.reindex(raster)})
    return [
        (jr, v, int(n), None if np.isnan(t) else int(t))
        for (jr, v), n, t in zip(samen.index, samen["klachten"], samen["trajecten"], strict=True)
    ]


_TERMIJN = ("stap_05_op", *EERSTE_RONDE)


def _termijnen(k: pd.DataFrame, peil: date, namen: tuple[str, ...]) -> pd.DataFrame:
    """The klachten counted per term, stand and what else the figures need of it, by further columns."""
    vandaag, nooit = pd.Timestamp(peil), pd.Series(False, index=k.index)
    besluit, vervallen = k["eerste_besluit"].astype("object"), k["eerste_vervallen_op"]
    onbeslist, niet = besluit.isna(), besluit == "niet in behandeling"
    eerste = {einde: k["eerste_einde_op"].where(k["eerste_einde"] == einde) for einde in (TERUG, "niet in behandeling")}
    terug = eerste[TERUG]
    uit = []
    for termijn, dagen, stap in TERMIJNEN:
        uiterlijk = k["ontvangen_op"] + np.timedelta64(dagen, "D")
        onbekend, nee, ontlopen, besloten_op = onbeslist, nooit, nooit, k["eerste_besluit_op"]
        if stap == 5:
            einde, onbekend, besloten_op = k["stap_05_op"], nooit, k["ontvangen_op"]
        elif stap == 7:
            einde, nee = eerste["niet in behandeling"], ~onbeslist & ~niet
        else:
            einde, nee = k["eerste_uitgevoerd_op"], niet | (besluit == "geen maatregelen")
        einde = einde.where(~(einde > terug))
        if stap == 11:
            ontlopen = vervallen > uiterlijk
            alsnog = np.maximum(einde, vervallen).where(besluit == "maatregelen")
            einde = einde.where(~ontlopen, alsnog.where(besluit != "geen maatregelen", vervallen))
        over, gedaan, is_terug = einde.fillna(terug).fillna(vandaag) > uiterlijk, einde.notna(), terug.notna()
        stand = np.select(
            [
                gedaan & (einde < k["ontvangen_op"]), gedaan & over, gedaan, nee | (is_terug & ~over),
                onbekend & over & ~ontlopen, onbekend & ~ontlopen, is_terug, over,
            ],
            [7, 1, 0, 4, 6, 5, 1, 2], 3,
        )  # fmt: skip
        sleutels = pd.DataFrame({
            **{naam: k[naam] for naam in namen}, "stand": stand, "rijp": uiterlijk < vandaag,
            "beslist": besloten_op.notna(), "in_tak": ~(nee | onbekend) | ontlopen, "laat": besloten_op > uiterlijk,
        })  # fmt: skip
        uit.append(sleutels.groupby(list(sleutels)).size().rename("aantal").reset_index().assign(termijn=termijn))
    return pd.concat(uit, ignore_index=True)


def _stand(geteld: pd.DataFrame, sleutels: list[str]) -> Tabel:
    uit: Tabel = []
    for sleutel, groep in geteld.groupby(sleutels):  # a handful of groups: terms and years
        per = groep.groupby("stand")["aantal"].sum().reindex(range(8), fill_value=0)
        rijp = groep[groep["rijp"]]
        gehaald, tak = rijp["stand"] == 0, rijp["in_tak"]
        telt = (gehaald, rijp["stand"] <= 2, rijp["beslist"], rijp["beslist"] & tak, rijp["laat"], rijp["laat"] & tak)
        uit.append((*sleutel, *(int(n) for n in per), *(int(rijp.loc[deel, "aantal"].sum()) for deel in telt)))
    return uit


def termijntarieven(bron: Bron, jaar: int, peil: date) -> Tabel:
    return _stand(_termijnen(_keuze(bron, peil, jaar, *_TERMIJN), peil, ()), ["termijn"])


def termijnnaleving(bron: Bron, jaar: int, peil: date) -> Tabel:
    k = _keuze(bron, peil, None, *_TERMIJN)
    return _stand(_termijnen(k.assign(jaar=k["ontvangen_op"].dt.year), peil, ("jaar",)), ["termijn", "jaar"])


def categorie_uitkomst(bron: Bron, jaar: int, peil: date) -> Tabel:
    k = _keuze(bron, peil, jaar, "categorie", "uitkomst", "oordeel", *EINDE)
    einde, _ = _einde(k)
    dicht = einde == "afgesloten"
    uitkomst = k["uitkomst"].astype("object").fillna("").where(dicht, None)
    return _rijen(_tel(k["categorie"], einde, uitkomst, k["oordeel"].where(dicht), namen=("c", "e", "u", "o")))


def doorlooptijden(bron: Bron, jaar: int, peil: date) -> Tabel:
    alle = _keuze(bron, peil, None, "stap_03_op", "reglement")
    eerste = alle["stap_03_op"].groupby(alle["reglement"], observed=True).min()
    k = _keuze(bron, peil, jaar, "stap_05_op", "reglement", *EINDE)
    einde, op = _einde(k)
    instap = (pd.to_datetime(k["reglement"].astype("object").map(eerste)) - k["ontvangen_op"]).dt.days
    instap = instap.where(instap > 14)
    anders = einde.astype("object").where(einde != "open", None)
    metingen = (
        ("bevestiging", k["stap_05_op"].fillna(op), anders.where(k["stap_05_op"].isna(), "bevestigd")),
        ("afsluiting", op, anders),
    )
    uit: Tabel = []
    for maat, tot, hoe in metingen:
        dagen = (tot.fillna(pd.Timestamp(peil)) - k["ontvangen_op"]).dt.days
        telt = (dagen >= 0) & ~(dagen <= instap)
        geteld = _tel(dagen[telt], hoe[telt], instap[telt], namen=("dagen", "einde", "instap"))
        uit += [(maat, *rij) for rij in _rijen(geteld)]
    return uit


def maatregelen_opvolging(bron: Bron, jaar: int, peil: date) -> Tabel:
    vandaag = pd.Timestamp(peil)
    k = _keuze(bron, peil, jaar, "klachtnummer", "ingetrokken_op")
    m = bron.tabel("maatregel").merge(k[["klachtnummer", "ingetrokken_op"]], on="klachtnummer")
    gedaan, uiterlijk = m["uitgevoerd_op"].notna(), m["uiterlijk_op"]
    vervallen = m["vervallen_op"].fillna(m["ingetrokken_op"].where(~gedaan))
    tot = m["uitgevoerd_op"].fillna(vervallen).fillna(vandaag)
    gemist, weg = m["gemist_op"].notna() | (tot > uiterlijk), vervallen.notna()
    stand = np.select(
        [gemist & (gedaan | weg), gemist, gedaan, weg], ["te laat", "open en te laat", "op tijd", "vervallen"], "open"
    )
    dagen, te_laat = (
        (tot - m["bepaald_op"]).dt.days,
        (tot - uiterlijk.where(~(m["gemist_op"] < uiterlijk), m["gemist_op"])).dt.days,
    )
    leeftijd = pd.cut(
        dagen, [-(10**6), 14, 42, 90, 10**6], labels=["0-14 dagen", "15-42 dagen", "43-90 dagen", "meer dan 90 dagen"]
    )
    tabel = pd.DataFrame({
        "actienemer": m["actienemer"], "stand": stand, "leeftijd": leeftijd.where(~gedaan & ~weg),
        "rijp": gemist | ((uiterlijk < vandaag) & (stand != "vervallen")), "gewijzigd": m["wijzigingen"] > 0,
        "te_laat": te_laat.where(gemist),
    })  # fmt: skip
    groep = tabel.groupby(["actienemer", "stand", "leeftijd"], observed=True, dropna=False)
    return _rijen(
        groep.agg(n=("rijp", "size"), r=("rijp", "sum"), g=("gewijzigd", "sum"), d=("te_laat", "max")).reset_index()
    )


def niet_in_behandeling_gronden(bron: Bron, jaar: int, peil: date) -> Tabel:
    k = _keuze(bron, peil, None, "klachtnummer", "grond", *EINDE)
    n = k[k["status"] == "niet in behandeling"]
    op = _einde(n)[1]
    e = bron.tabel("eerder_einde")
    e = e[e["einde"] == "niet in behandeling"].merge(k[["klachtnummer", "grond"]], on="klachtnummer")
    data = pd.concat([op, e["geeindigd_op"]]).dt.year
    gronden = pd.concat([n["grond"].astype("object"), e["grond"].astype("object")]).fillna("")
    hier = data == jaar
    return _rijen(_tel(data[hier].astype("int64"), gronden[hier], namen=("jaar", "grond")))


def geschillen(bron: Bron, jaar: int, peil: date) -> Tabel:
    k = _keuze(bron, peil, None, "klachtnummer", "geschil")
    g = bron.tabel("geschil")
    g = g[g["klachtnummer"].isin(k.loc[k["geschil"] != "geen", "klachtnummer"])]
    stand = np.select(
        [g[f"{hoe}_op"].notna() for hoe in ("oordeel", "opgelost", "voorgelegd", "overlegd")],
        ["oordeel", "opgelost", "voorgelegd", "overleg mislukt"], "gemeld",
    )  # fmt: skip
    tabel = pd.DataFrame({
        "jaar": g["gemeld_op"].dt.year, "stand": stand, "oordeel": g["oordeel"],
        "voorgelegd": g["voorgelegd_op"].notna(), "heropening": g["heropening_nodig"],
    })  # fmt: skip
    groep = tabel.groupby(["jaar", "stand", "oordeel"], observed=True, dropna=False)
    return _rijen(groep.agg(n=("voorgelegd", "size"), v=("voorgelegd", "sum"), h=("heropening", "sum")).reset_index())


def varianten(bron: Bron, jaar: int, peil: date) -> Tabel:
    k = _keuze(bron, peil, None, "stappen", "zonder_rondes", *EINDE)
    nog_open = _einde(k)[0].isin(["open", "ingetrokken"])
    return _rijen(_tel(k["stappen"], nog_open, k["zonder_rondes"], namen=("spoor", "nog_open", "zonder")))


def stappenkaart(bron: Bron, jaar: int, peil: date) -> Tabel:
    eerst = (
        {nr: f"stap_{nr:02}_op" for nr in range(2, 16)}
        | {nr: kolom for kolom, nr in EERST.items()}
        | {1: "ontvangen_op"}
    )
    k = _keuze(bron, peil, jaar, "stappen", *eerst.values(), *EINDE)
    is_open = _einde(k)[1].isna()
    gebleven = k.loc[is_open, "stappen"].astype("str").value_counts()
    gebleven = gebleven.groupby(gebleven.index.str.extract(r"(\d+)$")[0].astype("int64").to_numpy()).sum()
    vorige = {2: 1, 3: 2, 4: 3, 5: 4, 6: 5, 7: 6, 8: 6, 9: 8, 10: 9, 11: 10, 12: 8, 14: 13}
    uit: Tabel = []
    for nr in range(1, 16):
        op = k[eerst[nr]]
        sinds = k[eerst[vorige[nr]]] if nr in vorige else None
        if nr == 13:
            sinds = k[eerst[11]].fillna(k[eerst[9]])
        dagen = ((op - van).dt.days.median() if van is not None else None for van in (sinds, k["ontvangen_op"]))
        uit.append(
            (
                nr,
                int(op.notna().sum()),
                *(None if d is None or np.isnan(d) else float(d) for d in dagen),
                int(gebleven.get(nr, 0)),
            )
        )
    return uit
