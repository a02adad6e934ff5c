"""The figures of the evaluation in polars, as lazy plans on whatever tables they are handed (met_polars.py)."""

# ruff: noqa: D103  (a function answers the question of analyse/ that it is named after)
from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from klachten.meting.met_polars import Feiten, Rijen
from klachten.meting.soorten import EERST, EERSTE_RONDE

Bron = Feiten | Rijen
Tabel = list[tuple[Any, ...]]
EINDE = ("status", "stap_13_op", "stap_07_op", "ingetrokken_op", "vervallen_op", "heropend_op")
TERMIJNEN = (("bevestiging", 14, 5), ("niet_in_behandeling", 28, 7), ("maatregelen", 42, 11))


def _keuze(bron: Bron, peil: date, jaar: int | None, *kolommen: str, vervallen: bool = False) -> pl.LazyFrame:
    """The klachten that count, with these columns."""
    k = bron.klacht(*dict.fromkeys(("ontvangen_op", "herkomst", "vervallen_op", *kolommen)))
    k = k.filter((pl.col("herkomst") == "register") & (pl.col("ontvangen_op") <= peil))
    if jaar is not None:
        k = k.filter(pl.col("ontvangen_op").dt.year() == jaar)
    return k if vervallen else k.filter(pl.col("vervallen_op").is_null())


def _met_einde(k: pl.LazyFrame) -> pl.LazyFrame:
    """Add how each klacht ended ('open' when it did not), and when."""
    status = pl.col("status")
    op = (
        pl.when(status == "afgesloten").then("stap_13_op")
        .when(status == "niet in behandeling").then("stap_07_op")
        .when(status == "ingetrokken").then("ingetrokken_op")
    )  # fmt: skip
    op = (
        pl.when(status == "vervallen")
        .then("vervallen_op")
        .when(op.is_not_null())
        .then(pl.max_horizontal(op, "heropend_op"))
    )
    return k.with_columns(geeindigd_op=op).with_columns(
        einde=pl.when(pl.col("geeindigd_op").is_not_null()).then(status.cast(pl.String)).otherwise(pl.lit("open"))
    )


def stroom(bron: Bron, jaar: int, peil: date) -> Tabel:
    k = _met_einde(_keuze(bron, peil, None, "klachtnummer", "vestiging", *EINDE, vervallen=True))
    gebleven = k.filter(pl.col("vervallen_op").is_null()).select("klachtnummer", "vestiging")
    e = bron.tabel("eerder_einde").join(gebleven, on="klachtnummer")
    her = e.filter(pl.col("door") == "heropend")
    einde_op = pl.max_horizontal("geeindigd_op", "ontvangen_op")

    def tel(van: pl.LazyFrame, op: pl.Expr, soort: pl.Expr) -> pl.LazyFrame:
        groep = van.group_by(
            pl.col("vestiging").cast(pl.String), op.dt.year().alias("jaar"), soort.cast(pl.String).alias("soort")
        )
        return groep.agg(pl.len().cast(pl.Int64).alias("aantal"))

    alle = pl.concat([
        tel(k, pl.col("ontvangen_op"), pl.lit("ontvangen")),
        tel(k.filter(pl.col("geeindigd_op").is_not_null()), einde_op, pl.col("einde")),
        tel(e, pl.col("geeindigd_op"), pl.col("einde")),
        tel(her, pl.col("ongedaan_op"), pl.lit("heropend")),
    ]).collect()  # fmt: skip
    bij, af = ["ontvangen", "heropend"], ["afgesloten", "niet in behandeling", "ingetrokken", "vervallen"]
    per = alle.group_by("vestiging", "jaar").agg(
        pl.col("aantal").filter(pl.col("soort") == s).sum().alias(s) for s in (*bij, *af)
    )
    jaren = pl.DataFrame({"jaar": range(alle["jaar"].min(), peil.year + 1)}, schema={"jaar": pl.Int32})
    raster = (
        per.select("vestiging")
        .unique()
        .join(jaren, how="cross")
        .join(per, on=["vestiging", "jaar"], how="left")
        .fill_null(0)
    )
    saldo = pl.sum_horizontal(bij) - pl.sum_horizontal(af)
    uit = raster.sort("vestiging", "jaar").with_columns(open_einde=saldo.cum_sum().over("vestiging"))
    return uit.select("jaar", "vestiging", pl.col("open_einde") - saldo, *bij, *af, einde=pl.col("open_einde")).rows()


def samenstelling(bron: Bron, jaar: int, peil: date) -> Tabel:
    kenmerken = ("vestiging", "categorie", "indiener_soort", "kanaal")
    k = _met_einde(_keuze(bron, peil, None, *kenmerken, *EINDE))
    k = k.select(
        pl.col("ontvangen_op").dt.year().alias("jaar"), pl.col("geeindigd_op").is_null().alias("open"), *kenmerken
    )
    vragen = [k.group_by("jaar", naam).agg(pl.len(), pl.col("open").sum()) for naam in kenmerken]
    uit = zip(kenmerken, pl.collect_all(vragen), strict=True)
    return [(jr, naam, waarde, n, o) for naam, tabel in uit for jr, waarde, n, o in tabel.rows()]


def intensiteit(bron: Bron, jaar: int, peil: date) -> Tabel:
    sleutel = ["jaar", "vestiging"]
    k = _keuze(bron, peil, None, "vestiging")
    k = (
        k.group_by(pl.col("ontvangen_op").dt.year().alias("jaar"), pl.col("vestiging").cast(pl.String))
        .agg(klachten=pl.len())
        .collect()
    )
    t = bron.tabel("trajecten").filter(pl.col("jaar") <= peil.year)
    t = t.select(pl.col("jaar").cast(pl.Int32), pl.col("vestiging").cast(pl.String), "aantal").collect()
    bekend = pl.concat([k.select(sleutel), t.select(sleutel)])
    jaren = pl.DataFrame({"jaar": range(bekend["jaar"].min(), peil.year + 1)}, schema={"jaar": pl.Int32})
    uit = (
        jaren.join(bekend.select("vestiging").unique(), how="cross")
        .join(k, on=sleutel, how="left")
        .join(t, on=sleutel, how="left")
    )
    return uit.select("jaar", "vestiging", pl.col("klachten").fill_null(0), "aantal").rows()


_TERMIJN = ("stap_05_op", *EERSTE_RONDE)


def _termijnen(k: pl.LazyFrame, peil: date, namen: list[str]) -> Tabel:
    """The klachten counted per term and by further columns, for each stand."""
    ontvangen, besluit, vervallen = pl.col("ontvangen_op"), pl.col("eerste_besluit"), pl.col("eerste_vervallen_op")
    onbeslist, nooit = besluit.is_null(), pl.lit(False)
    terug = pl.when(pl.col("eerste_einde") == "ingetrokken").then("eerste_einde_op")
    niet = pl.when(pl.col("eerste_einde") == "niet in behandeling").then("eerste_einde_op")
    vragen = []
    for termijn, dagen, stap in TERMIJNEN:
        uiterlijk = ontvangen + pl.duration(days=dagen)
        onbekend, ontlopen, besloten_op = onbeslist, nooit, pl.col("eerste_besluit_op")
        if stap == 5:
            einde, onbekend, nee, besloten_op = pl.col("stap_05_op"), nooit, nooit, ontvangen
        elif stap == 7:
            einde, nee = niet, (besluit != "niet in behandeling").fill_null(False)
        else:
            einde, nee = pl.col("eerste_uitgevoerd_op"), besluit.is_in(["niet in behandeling", "geen maatregelen"])
            nee, ontlopen = nee.fill_null(False), (vervallen > uiterlijk).fill_null(False)
        einde = pl.when(terug.is_null() | (einde <= terug)).then(einde)
        if stap == 11:
            alsnog = (
                pl.when(besluit == "geen maatregelen").then(vervallen)
                .when((besluit == "maatregelen") & einde.is_not_null()).then(pl.max_horizontal(einde, vervallen))
            )  # fmt: skip
            einde = pl.when(ontlopen).then(alsnog).otherwise(einde)
        over, gedaan = pl.coalesce(einde, terug, pl.lit(peil)) > uiterlijk, einde.is_not_null()
        stand = (
            pl.when(gedaan & (einde < ontvangen)).then(7).when(gedaan & over).then(1).when(gedaan).then(0)
            .when(nee | (terug.is_not_null() & ~over)).then(4)
            .when(onbekend & over & ~ontlopen).then(6).when(onbekend & ~ontlopen).then(5)
            .when(terug.is_not_null()).then(1).when(over).then(2).otherwise(3)
        )  # fmt: skip
        groep = k.group_by(
            *namen, stand=stand, rijp=uiterlijk < peil, beslist=besloten_op.is_not_null(),
            in_tak=~(nee | onbekend) | ontlopen, laat=(besloten_op > uiterlijk).fill_null(False),
        )  # fmt: skip
        vragen.append(groep.agg(n=pl.len().cast(pl.Int64)).with_columns(termijn=pl.lit(termijn)))
    n, stand, rijp, tak = (pl.col(naam) for naam in ("n", "stand", "rijp", "in_tak"))
    telt = (stand == 0, stand <= 2, pl.col("beslist"), pl.col("beslist") & tak, pl.col("laat"), pl.col("laat") & tak)
    per = pl.concat(pl.collect_all(vragen)).group_by("termijn", *namen).agg(
        *(n.filter(stand == s).sum().alias(f"stand {s}") for s in range(8)),
        *(n.filter(rijp & deel).sum().alias(f"rijp {i}") for i, deel in enumerate(telt)),
    )  # fmt: skip
    return per.rows()


def termijntarieven(bron: Bron, jaar: int, peil: date) -> Tabel:
    return _termijnen(_keuze(bron, peil, jaar, *_TERMIJN), peil, [])


def termijnnaleving(bron: Bron, jaar: int, peil: date) -> Tabel:
    k = _keuze(bron, peil, None, *_TERMIJN)
    return _termijnen(k.with_columns(jaar=pl.col("ontvangen_op").dt.year()), peil, ["jaar"])


def categorie_uitkomst(bron: Bron, jaar: int, peil: date) -> Tabel:
    k = _met_einde(_keuze(bron, peil, jaar, "categorie", "uitkomst", "oordeel", *EINDE))
    dicht = pl.col("einde") == "afgesloten"
    uitkomst = pl.when(dicht).then(pl.col("uitkomst").cast(pl.String).fill_null(""))
    groep = k.group_by("categorie", "einde", uitkomst.alias("u"), pl.when(dicht).then("oordeel").alias("o"))
    return groep.agg(pl.len()).collect().rows()


def doorlooptijden(bron: Bron, jaar: int, peil: date) -> Tabel:
    eerste = (
        _keuze(bron, peil, None, "stap_03_op", "reglement").group_by("reglement").agg(eerste=pl.col("stap_03_op").min())
    )
    k = _met_einde(_keuze(bron, peil, jaar, "stap_05_op", "reglement", *EINDE)).join(eerste, on="reglement", how="left")
    instap = (pl.col("eerste") - pl.col("ontvangen_op")).dt.total_days()
    k = k.with_columns(instap=pl.when(instap > 14).then(instap))
    einde, bevestigd = pl.col("einde"), pl.col("stap_05_op")
    anders = pl.when(einde != "open").then(einde)
    hoe = pl.when(bevestigd.is_not_null()).then(pl.lit("bevestigd")).otherwise(anders)
    vragen = []
    for maat, tot, waarom in (
        ("bevestiging", pl.coalesce("stap_05_op", "geeindigd_op", pl.lit(peil)), hoe),
        ("afsluiting", pl.coalesce("geeindigd_op", pl.lit(peil)), anders),
    ):
        m = k.select("instap", dagen=(tot - pl.col("ontvangen_op")).dt.total_days(), einde=waarom)
        m = m.filter((pl.col("dagen") >= 0) & (pl.col("instap").is_null() | (pl.col("dagen") > pl.col("instap"))))
        vragen.append(m.group_by("dagen", "einde", "instap").agg(pl.len()).select(pl.lit(maat).alias("maat"), pl.all()))
    return pl.concat(pl.collect_all(vragen)).rows()


def maatregelen_opvolging(bron: Bron, jaar: int, peil: date) -> Tabel:
    k = _keuze(bron, peil, jaar, "klachtnummer", "ingetrokken_op").select("klachtnummer", "ingetrokken_op")
    m = bron.tabel("maatregel").join(k, on="klachtnummer").with_columns(gedaan=pl.col("uitgevoerd_op").is_not_null())
    gedaan, uiterlijk, gemist_op = pl.col("gedaan"), pl.col("uiterlijk_op"), pl.col("gemist_op")
    m = m.with_columns(pl.coalesce("vervallen_op", pl.when(~gedaan).then("ingetrokken_op")).alias("vervallen_op"))
    m = m.with_columns(tot=pl.coalesce("uitgevoerd_op", "vervallen_op", pl.lit(peil)))
    gemist, weg = gemist_op.is_not_null() | (pl.col("tot") > uiterlijk), pl.col("vervallen_op").is_not_null()
    stand = (
        pl.when(gemist & (gedaan | weg)).then(pl.lit("te laat"))
        .when(gemist).then(pl.lit("open en te laat"))
        .when(gedaan).then(pl.lit("op tijd"))
        .when(weg).then(pl.lit("vervallen"))
        .otherwise(pl.lit("open"))
    )  # fmt: skip
    m = m.with_columns(
        stand=stand, gemist=gemist, dagen=(pl.col("tot") - pl.col("bepaald_op")).dt.total_days(),
        laat=(pl.col("tot") - pl.min_horizontal(uiterlijk, gemist_op)).dt.total_days(),
    )  # fmt: skip
    dagen, is_stand = pl.col("dagen"), pl.col("stand")
    leeftijd = pl.when(is_stand.is_in(["open", "open en te laat"])).then(
        pl.when(dagen <= 14).then(pl.lit("0-14 dagen")).when(dagen <= 42).then(pl.lit("15-42 dagen"))
        .when(dagen <= 90).then(pl.lit("43-90 dagen")).otherwise(pl.lit("meer dan 90 dagen"))
    )  # fmt: skip
    return m.group_by("actienemer", "stand", leeftijd.alias("leeftijd")).agg(
        pl.len(), (pl.col("gemist") | ((uiterlijk < peil) & (is_stand != "vervallen"))).sum().alias("rijp"),
        (pl.col("wijzigingen") > 0).sum().alias("gewijzigd"),
        pl.when("gemist").then("laat").max().alias("meeste"),
    ).collect().rows()  # fmt: skip


def niet_in_behandeling_gronden(bron: Bron, jaar: int, peil: date) -> Tabel:
    k = _keuze(bron, peil, None, "klachtnummer", "grond", *EINDE)
    n = _met_einde(k.filter(pl.col("status") == "niet in behandeling"))
    e = bron.tabel("eerder_einde").filter(pl.col("einde") == "niet in behandeling")
    e = e.join(k.select("klachtnummer", "grond"), on="klachtnummer")
    grond = pl.col("grond").cast(pl.String).fill_null("")
    alle = pl.concat([deel.select(pl.col("geeindigd_op").dt.year().alias("jaar"), grond) for deel in (n, e)])
    return alle.filter(pl.col("jaar") == jaar).group_by("jaar", "grond").agg(pl.len()).collect().rows()


def geschillen(bron: Bron, jaar: int, peil: date) -> Tabel:
    k = _keuze(bron, peil, None, "klachtnummer", "geschil").filter(pl.col("geschil") != "geen").select("klachtnummer")
    g = bron.tabel("geschil").join(k, on="klachtnummer", how="semi")
    oordeel, opgelost, voor, overlegd = (
        pl.col(f"{hoe}_op").is_not_null() for hoe in ("oordeel", "opgelost", "voorgelegd", "overlegd")
    )
    stand = (
        pl.when(oordeel).then(pl.lit("oordeel")).when(opgelost).then(pl.lit("opgelost"))
        .when(voor).then(pl.lit("voorgelegd")).when(overlegd).then(pl.lit("overleg mislukt"))
        .otherwise(pl.lit("gemeld"))
    )  # fmt: skip
    groep = g.group_by(pl.col("gemeld_op").dt.year().alias("jaar"), stand.alias("stand"), "oordeel")
    return groep.agg(pl.len(), voor.sum().alias("v"), pl.col("heropening_nodig").sum().alias("h")).collect().rows()


def varianten(bron: Bron, jaar: int, peil: date) -> Tabel:
    k = _met_einde(_keuze(bron, peil, None, "stappen", "zonder_rondes", *EINDE))
    nog_open = pl.col("einde").is_in(["open", "ingetrokken"])
    return k.group_by("stappen", nog_open.alias("nog_open"), "zonder_rondes").agg(pl.len()).collect().rows()


def stappenkaart(bron: Bron, jaar: int, peil: date) -> Tabel:
    eerst = (
        {nr: f"stap_{nr:02}_op" for nr in range(2, 16)}
        | {nr: kolom for kolom, nr in EERST.items()}
        | {1: "ontvangen_op"}
    )
    k = _met_einde(_keuze(bron, peil, jaar, "stappen", *eerst.values(), *EINDE))
    vorige = {2: 1, 3: 2, 4: 3, 5: 4, 6: 5, 7: 6, 8: 6, 9: 8, 10: 9, 11: 10, 12: 8, 14: 13}
    sommen = []
    for nr in range(1, 16):
        op = pl.col(eerst[nr])
        sinds = pl.col(eerst[vorige[nr]]) if nr in vorige else pl.lit(None, dtype=pl.Date)
        if nr == 13:
            sinds = pl.coalesce(eerst[11], eerst[9])
        sommen += [
            op.count().alias(f"n{nr}"), (op - sinds).dt.total_days().median().alias(f"v{nr}"),
            (op - pl.col("ontvangen_op")).dt.total_days().median().alias(f"o{nr}"),
        ]  # fmt: skip
    laatste = k.filter(pl.col("geeindigd_op").is_null()).group_by(pl.col("stappen").cast(pl.String)).agg(n=pl.len())
    laatste = laatste.group_by(stap=pl.col("stappen").str.extract(r"(\d+)$").cast(pl.Int64)).agg(pl.col("n").sum())
    per_stap, gebleven = pl.collect_all([k.select(sommen), laatste])
    rij, bleef = per_stap.row(0), dict(gebleven.rows())
    return [(nr, *rij[3 * nr - 3 : 3 * nr], bleef.get(nr, 0)) for nr in range(1, 16)]
