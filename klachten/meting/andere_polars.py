"""What the register keeps beside the klachten, worked out from the facts in polars: one lazy plan per table."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from klachten.meting.soorten import EINDES, GESCHIL, MAATREGEL

Geldig = Callable[..., pl.LazyFrame]
"""Gives the valid facts of some kinds."""


def first(*soorten: str) -> pl.Expr:
    """The first date of some kinds of fact."""
    return pl.when(pl.col("soort").is_in(list(soorten))).then("op").min()


def last(soort: str) -> pl.Expr:
    """The last date of a kind of fact."""
    return pl.when(pl.col("soort") == soort).then("op").max()


def number(soort: str) -> pl.Expr:
    """The place in time of each fact of a kind."""
    return pl.when(pl.col("soort") == soort).then("oorsprong")


def field(naam: str) -> pl.Expr:
    """A field out of the JSON of a fact."""
    return pl.col("gegevens").str.json_path_match(f"$.{naam}")


def maatregel(geldig: Geldig) -> pl.LazyFrame:
    """One row per maatregel."""
    velden = pl.Struct({"maatregel": pl.Int32, "actienemer": pl.String, "uiterlijk_op": pl.String})
    f = geldig(*MAATREGEL).with_columns(pl.col("gegevens").str.json_decode(velden)).unnest("gegevens")
    f = f.with_columns(pl.col("uiterlijk_op").str.to_date("%Y-%m-%d"), pl.col("actienemer").cast(pl.Categorical)).sort(
        "oorsprong"
    )
    gewijzigd = pl.col("soort") == "MaatregelGewijzigd"
    wissel = (
        f.filter(gewijzigd & pl.col("actienemer").is_not_null())
        .group_by("k", "maatregel")
        .agg(wissel=pl.col("oorsprong").max())
    )
    telt = (pl.col("soort") == "ActienemerGeinformeerd") & (pl.col("oorsprong") > pl.col("wissel").fill_null(0))
    # The first agreed day that was over before it was moved or the maatregel cancelled.
    afspraak = f.filter((pl.col("soort") == "MaatregelVervallen") | pl.col("uiterlijk_op").is_not_null())
    gemist = (
        afspraak.join(
            f.filter(gewijzigd | (pl.col("soort") == "MaatregelVervallen")), on=["k", "maatregel"], how="semi"
        )
        .sort("oorsprong")
        .filter(pl.col("op").shift(-1).over("k", "maatregel") > pl.col("uiterlijk_op"))
        .group_by("k", "maatregel")
        .agg(gemist_op=pl.col("uiterlijk_op").min())
    )
    return (
        f.join(wissel, on=["k", "maatregel"], how="left", maintain_order="left").group_by("k", "maatregel").agg(
            pl.col("actienemer").drop_nulls().last(), pl.col("uiterlijk_op").drop_nulls().last(),
            bepaald_op=first("MaatregelBepaald"), bepaald_nr=number("MaatregelBepaald").min(),
            geinformeerd_op=pl.when(telt).then("op").max(), geinformeerd_nr=pl.when(telt).then("oorsprong").max(),
            uitgevoerd_op=first("MaatregelUitgevoerd"), uitgevoerd_nr=number("MaatregelUitgevoerd").min(),
            vervallen_op=first("MaatregelVervallen"), wijzigingen=gewijzigd.sum(),
        ).filter(pl.col("bepaald_op").is_not_null())
        .join(gemist, on=["k", "maatregel"], how="left").rename({"k": "klachtnummer"})
    )  # fmt: skip


def geschil(geldig: Geldig) -> pl.LazyFrame:
    """One row per dispute."""
    f = geldig(*GESCHIL).sort("k", "oorsprong")
    f = f.with_columns(nr=(pl.col("soort") == "MeningsverschilGemeld").cum_sum().over("k")).filter(pl.col("nr") > 0)
    oordeel = pl.col("soort") == "OordeelOntvangen"
    opgelost = (pl.col("soort") == "OverlegGevoerd") & (field("opgelost") == "true")
    return f.group_by("k", "nr", maintain_order=True).agg(
        gemeld_op=first("MeningsverschilGemeld"), overlegd_op=last("OverlegGevoerd"),
        opgelost_op=pl.when(opgelost).then("op").max(), voorgelegd_op=first("GeschilVoorgelegd"),
        oordeel_op=last("OordeelOntvangen"), oordeel=field("oordeel").filter(oordeel).last(),
        heropening_nodig=(oordeel & (field("heropening_nodig") == "true")).fill_null(False).any(),
    ).rename({"k": "klachtnummer"})  # fmt: skip


def eerder_einde(geldig: Geldig) -> pl.LazyFrame:
    """One row per end that did not last."""
    f = geldig(*EINDES).select("k", "op", "oorsprong", pl.col("soort").cast(pl.String)).sort("k", "oorsprong")
    f = f.with_columns(
        volgende=pl.col("soort").shift(-1).over("k"), volgende_op=pl.col("op").shift(-1).over("k"),
        geeindigd_op=pl.col("op").cum_max().over("k"),
    )  # fmt: skip
    terug = ["KlachtHeropend", "KlachtVervallen"]
    return f.filter(~pl.col("soort").is_in(terug) & pl.col("volgende").is_in(terug)).select(
        pl.col("soort").replace_strict(EINDES).cast(pl.Categorical).alias("einde"),
        pl.when(pl.col("volgende") == "KlachtHeropend").then(pl.lit("heropend"))
        .otherwise(pl.lit("vervallen")).alias("door"),
        "geeindigd_op", ongedaan_op=pl.max_horizontal("volgende_op", "geeindigd_op"), klachtnummer="k",
    )  # fmt: skip


def trajecten(geldig: Geldig) -> pl.LazyFrame:
    """One row per year and vestiging."""
    velden = pl.Struct({"jaar": pl.Int32, "vestiging": pl.String, "aantal": pl.Int32})
    f = (
        geldig("TrajectenVastgesteld")
        .sort("oorsprong")
        .select(pl.col("gegevens").str.json_decode(velden))
        .unnest("gegevens")
    )
    return f.unique(["jaar", "vestiging"], keep="last").with_columns(pl.col("vestiging").cast(pl.Categorical))


TABELLEN = {"maatregel": maatregel, "geschil": geschil, "eerder_einde": eerder_einde, "trajecten": trajecten}
