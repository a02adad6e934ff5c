"""The figures of the evaluation in polars, as lazy plans on whatever tables they are handed (met_polars.py)."""

# ruff: noqa: D103  (a function answers the question of analyse/ that it is named after)
from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from klachten.meting.met_polars import Feiten, Rijen

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


def _met_einde(k: pl.LazyFrame, peil: date) -> pl.LazyFrame:
    """Add how each klacht ended by the peildatum ('open' when it did not), and when."""
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
    k = k.with_columns(geeindigd_op=op).with_columns(
        pl.when(pl.col("geeindigd_op") <= peil).then("geeindigd_op").alias("geeindigd_op")
    )
    return k.with_columns(
        einde=pl.when(pl.col("geeindigd_op").is_not_null()).then(status.cast(pl.String)).otherwise(pl.lit("open"))
    )


def stroom(bron: Bron, jaar: int, peil: date) -> Tabel:
    k = _met_einde(_keuze(bron, peil, None, "klachtnummer", "vestiging", *EINDE, vervallen=True), peil)
    e = bron.tabel("eerder_einde").filter(pl.col("geeindigd_op") <= peil)
    e = e.join(k.filter(pl.col("vervallen_op").is_null()).select("klachtnummer", "vestiging"), on="klachtnummer")
    her = e.filter((pl.col("ongedaan_op") <= peil) & (pl.col("door") == "heropend"))
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
    k = _met_einde(_keuze(bron, peil, None, *kenmerken, *EINDE), peil)
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


_TERMIJN = (
    "status",
    "stap_05_op",
    "stap_07_op",
    "stap_08_op",
    "stap_11_op",
    "ingetrokken_op",
    "zonder_maatregelen",
    "maatregelen",
)


def _termijnen(k: pl.LazyFrame, peil: date, namen: list[str]) -> Tabel:
    """The klachten counted per term and by further columns, for each stand."""
    niet, wel = pl.col("stap_07_op").is_not_null(), pl.col("stap_08_op").is_not_null()
    onbeslist, terug = ~niet & ~wel, pl.col("ingetrokken_op")
    niets = pl.col("zonder_maatregelen") & (pl.col("maatregelen") == 0)
    vragen = []
    for termijn, dagen, stap in TERMIJNEN:
        einde, uiterlijk = pl.col(f"stap_{stap:02}_op"), pl.col("ontvangen_op") + pl.duration(days=dagen)
        over, gedaan = pl.coalesce(einde, terug, pl.lit(peil)) > uiterlijk, einde.is_not_null()
        onbekend = pl.lit(False) if stap == 5 else onbeslist
        nee = pl.lit(False) if stap == 5 else ~onbeslist & ~niet if stap == 7 else ~onbeslist & (~wel | niets)
        stand = (
            pl.when(gedaan & (einde < pl.col("ontvangen_op"))).then(7).when(gedaan & over).then(1).when(gedaan).then(0)

            .when(nee).then(4).when(terug.is_not_null() & ~over).then(4).when(onbekend & over).then(6)
            .when(onbekend).then(5)
            .when(terug.is_not_null()).then(1).when(over).then(2).otherwise(3)
        )  # fmt: skip
        groep = k.group_by(*namen, stand.alias("stand"), (uiterlijk < peil).alias("rijp")).agg(
            n=pl.len().cast(pl.Int64)
        )
        vragen.append(groep.with_columns(termijn=pl.lit(termijn)))
    geteld = pl.concat(pl.collect_all(vragen))
    n, stand, rijp = pl.col("n"), pl.col("stand"), pl.col("rijp")
    per = geteld.group_by("termijn", *namen).agg(
        *(n.filter(stand == s).sum().alias(str(s)) for s in range(8)),
        n.filter(rijp & (stand == 0)).sum().alias("rijp_op_tijd"), n.filter(rijp & (stand <= 2)).sum().alias("rijp"),
    )  # fmt: skip
    return per.rows()


def termijntarieven(bron: Bron, jaar: int, peil: date) -> Tabel:
    return _termijnen(_keuze(bron, peil, jaar, *_TERMIJN), peil, [])


def termijnnaleving(bron: Bron, jaar: int, peil: date) -> Tabel:
    k = _keuze(bron, peil, None, *_TERMIJN)
    return _termijnen(k.with_columns(jaar=pl.col("ontvangen_op").dt.year()), peil, ["jaar"])


def categorie_uitkomst(bron: Bron, jaar: int, peil: date) -> Tabel:
    k = _met_einde(_keuze(bron, peil, jaar, "categorie", "uitkomst", "oordeel", *EINDE), peil)
    dicht = pl.col("einde") == "afgesloten"
    uitkomst = pl.when(dicht).then(pl.col("uitkomst").cast(pl.String).fill_null(""))
    groep = k.group_by("categorie", "einde", uitkomst.alias("u"), pl.when(dicht).then("oordeel").alias("o"))
    return groep.agg(pl.len()).collect().rows()


def doorlooptijden(bron: Bron, jaar: int, peil: date) -> Tabel:
    eerste = (
        _keuze(bron, peil, None, "stap_03_op", "reglement").group_by("reglement").agg(eerste=pl.col("stap_03_op").min())
    )
    k = _met_einde(_keuze(bron, peil, jaar, "stap_05_op", "reglement", *EINDE), peil).join(
        eerste, on="reglement", how="left"
    )
    instap = (pl.col("eerste") - pl.col("ontvangen_op")).dt.total_days()
    k = k.with_columns(instap=pl.when(instap > 14).then(instap))
    einde, bevestigd = pl.col("einde"), pl.col("stap_05_op")
    hoe = (
        pl.when(bevestigd.is_not_null())
        .then(pl.lit("bevestigd"))
        .when(einde.is_in(["ingetrokken", "niet in behandeling"]))
        .then(einde)
    )
    vragen = []
    for maat, tot, waarom in (
        ("bevestiging", pl.coalesce("stap_05_op", "geeindigd_op", pl.lit(peil)), hoe),
        ("afsluiting", pl.coalesce("geeindigd_op", pl.lit(peil)), pl.when(einde != "open").then(einde)),
    ):
        m = k.select("instap", dagen=(tot - pl.col("ontvangen_op")).dt.total_days(), einde=waarom)
        m = m.filter((pl.col("dagen") >= 0) & (pl.col("instap").is_null() | (pl.col("dagen") > pl.col("instap"))))
        vragen.append(m.group_by("dagen", "einde", "instap").agg(pl.len()).select(pl.lit(maat).alias("maat"), pl.all()))
    return pl.concat(pl.collect_all(vragen)).rows()


def maatregelen_opvolging(bron: Bron, jaar: int, peil: date) -> Tabel:
    k = _keuze(bron, peil, jaar, "klachtnummer").select("klachtnummer")
    m = bron.tabel("maatregel").filter(pl.col("bepaald_op") <= peil).join(k, on="klachtnummer", how="semi")
    gedaan, voorbij = pl.col("uitgevoerd_op").is_not_null(), pl.col("uiterlijk_op") < peil
    stand = (
        pl.when(gedaan & (pl.col("uitgevoerd_op") <= pl.col("uiterlijk_op"))).then(pl.lit("op tijd"))
        .when(gedaan).then(pl.lit("te laat"))
        .when(pl.col("vervallen_op").is_not_null()).then(pl.lit("vervallen"))
        .when(voorbij).then(pl.lit("open en te laat"))
        .otherwise(pl.lit("open"))
    )  # fmt: skip
    tot = pl.coalesce("uitgevoerd_op", pl.lit(peil))
    m = m.with_columns(
        stand=stand,
        dagen=(tot - pl.col("bepaald_op")).dt.total_days(),
        laat=(tot - pl.col("uiterlijk_op")).dt.total_days(),
    )
    dagen, is_stand = pl.col("dagen"), pl.col("stand")
    leeftijd = pl.when(is_stand.is_in(["open", "open en te laat"])).then(
        pl.when(dagen <= 14).then(pl.lit("0-14 dagen")).when(dagen <= 42).then(pl.lit("15-42 dagen"))
        .when(dagen <= 90).then(pl.lit("43-90 dagen")).otherwise(pl.lit("meer dan 90 dagen"))
    )  # fmt: skip
    return m.group_by("actienemer", "stand", leeftijd.alias("leeftijd")).agg(
        pl.len(), (voorbij & (is_stand != "vervallen")).sum().alias("rijp"),
        (pl.col("wijzigingen") > 0).sum().alias("gewijzigd"),
        pl.when(is_stand.is_in(["te laat", "open en te laat"])).then("laat").max().alias("meeste"),
    ).collect().rows()  # fmt: skip


def niet_in_behandeling_gronden(bron: Bron, jaar: int, peil: date) -> Tabel:
    k = _keuze(bron, peil, None, "klachtnummer", "grond", *EINDE)
    n = _met_einde(k.filter(pl.col("status") == "niet in behandeling"), peil)
    e = bron.tabel("eerder_einde").filter((pl.col("einde") == "niet in behandeling") & (pl.col("geeindigd_op") <= peil))
    e = e.join(k.select("klachtnummer", "grond"), on="klachtnummer")
    grond = pl.col("grond").cast(pl.String).fill_null("")
    alle = pl.concat([deel.select(pl.col("geeindigd_op").dt.year().alias("jaar"), grond) for deel in (n, e)])
    return alle.filter(pl.col("jaar") == jaar).group_by("jaar", "grond").agg(pl.len()).collect().rows()


def geschillen(bron: Bron, jaar: int, peil: date) -> Tabel:
    k = _keuze(bron, peil, None, "klachtnummer", "geschil").filter(pl.col("geschil") != "geen").select("klachtnummer")
    g = bron.tabel("geschil").filter(pl.col("gemeld_op") <= peil).join(k, on="klachtnummer", how="semi")
    oordeel, voor, opgelost = (pl.col(naam).is_not_null() for naam in ("oordeel_op", "voorgelegd_op", "opgelost_op"))
    stand = (
        pl.when(oordeel).then(pl.lit("oordeel")).when(voor & ~opgelost).then(pl.lit("voorgelegd"))
        .when(opgelost).then(pl.lit("opgelost"))
        .when(pl.col("overlegd_op").is_not_null()).then(pl.lit("overleg mislukt")).otherwise(pl.lit("gemeld"))
    )  # fmt: skip
    groep = g.group_by(
        pl.col("gemeld_op").dt.year().alias("jaar"),
        stand.alias("stand"),
        pl.when(oordeel).then("oordeel").alias("oordeel"),
    )
    return (
        groep.agg(pl.len(), voor.sum().alias("v"), (oordeel & pl.col("heropening_nodig")).sum().alias("h"))
        .collect()
        .rows()
    )


def varianten(bron: Bron, jaar: int, peil: date) -> Tabel:
    k = _met_einde(_keuze(bron, peil, None, "stappen", "zonder_maatregelen", "maatregelen", *EINDE), peil)
    nog_open = pl.col("einde").is_in(["open", "ingetrokken"])
    niets = pl.col("zonder_maatregelen") & (pl.col("maatregelen") == 0)
    return k.group_by("stappen", nog_open.alias("nog_open"), niets.alias("zonder")).agg(pl.len()).collect().rows()


def stappenkaart(bron: Bron, jaar: int, peil: date) -> Tabel:
    stappen = [f"stap_{nr:02}_op" for nr in range(2, 16)]
    k = _met_einde(_keuze(bron, peil, jaar, "stappen", *stappen, *EINDE), peil).with_columns(stap_01_op="ontvangen_op")
    vorige = {2: 1, 3: 2, 4: 3, 5: 4, 6: 5, 7: 6, 8: 6, 9: 8, 10: 9, 11: 10, 12: 8, 14: 13}
    sommen = []
    for nr in range(1, 16):
        op = pl.col(f"stap_{nr:02}_op")
        sinds = (
            pl.coalesce("stap_11_op", "stap_09_op")
            if nr == 13
            else pl.col(f"stap_{vorige[nr]:02}_op")
            if nr in vorige
            else pl.lit(None, dtype=pl.Date)
        )
        sommen += [
            op.count().alias(f"n{nr}"), (op - sinds).dt.total_days().median().alias(f"v{nr}"),
            (op - pl.col("ontvangen_op")).dt.total_days().median().alias(f"o{nr}"),
        ]  # fmt: skip
    laatste = k.filter(pl.col("geeindigd_op").is_null()).group_by(pl.col("stappen").cast(pl.String)).agg(n=pl.len())
    laatste = laatste.group_by(stap=pl.col("stappen").str.extract(r"(\d+)$").cast(pl.Int64)).agg(pl.col("n").sum())
    per_stap, gebleven = pl.collect_all([k.select(sommen), laatste])
    rij, bleef = per_stap.row(0), dict(gebleven.rows())
    return [(nr, *rij[3 * nr - 3 : 3 * nr], bleef.get(nr, 0)) for nr in range(1, 16)]
