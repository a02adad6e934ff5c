"""The tables as polars has them: one row per klacht as stored, or worked out from the facts in one lazy plan."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from klachten.meting.andere_polars import TABELLEN, field, first, last, number
from klachten.meting.soorten import (
    BESLUIT,
    EERST,
    EERSTE_EINDE,
    EERSTE_RONDE,
    EINDES,
    GESCHIL,
    ONTVANGST,
    SLOT,
    STAPPEN,
    WOORDEN,
)


class Rijen:
    """One row per klacht, maatregel, geschil and earlier end, as the register keeps them."""

    def __init__(self, map: Path, kolommen: dict[str, list[str]]) -> None:
        self._tabellen = {
            tabel: pl.read_parquet(map / f"{tabel}.parquet", columns=namen).with_columns(
                pl.col(naam).cast(pl.Categorical) for naam in namen if naam in WOORDEN
            )
            for tabel, namen in kolommen.items()
        }

    def vers(self) -> Rijen:
        """There is nothing to forget: nothing is worked out."""
        return self

    def klacht(self, *kolommen: str) -> pl.LazyFrame:
        """These columns of every klacht."""
        return self._tabellen["klacht"].lazy().select(kolommen)

    def tabel(self, naam: str) -> pl.LazyFrame:
        """One of the other tables."""
        return self._tabellen[naam].lazy()


class Feiten:
    """The same tables, worked out from the facts: each column when a figure first asks for it."""

    def __init__(self, map: Path, _feiten: pl.DataFrame | None = None) -> None:
        self._map = map
        if _feiten is None:
            _feiten = (
                pl.scan_parquet(map / "gebeurtenis.parquet")
                .select(
                    "nr",
                    pl.col("klachtnummer"),
                    pl.col("soort").cast(pl.Categorical),
                    "gebeurd_op",
                    "corrigeert",
                    "gegevens",
                )
                # Its rank among the klachtnummers as key: cheaper to group and join on than a text.
                .with_columns(k=pl.col("klachtnummer").rank("dense"))
                .drop("klachtnummer")
                .collect()
            )
        self._feiten = _feiten
        self._klacht: pl.DataFrame | None = None
        self._andere: dict[str, pl.DataFrame] = {}

    def vers(self) -> Feiten:
        """The same facts with nothing worked out yet."""
        return Feiten(self._map, self._feiten)

    # --- valid facts -------------------------------------------------------------------------------------------------

    def geldig(self, *soorten: str) -> pl.LazyFrame:
        """The valid facts of some kinds: k (the klacht), soort, op, oorsprong, gegevens."""
        correctie = self._feiten.lazy().filter(pl.col("corrigeert").is_not_null()).select("nr", "corrigeert").collect()
        laatste = correctie.group_by("corrigeert").agg(pl.col("nr").max())["nr"]
        weg = pl.concat(
            [correctie["corrigeert"], correctie["nr"].filter(~correctie["nr"].is_in(laatste.implode()))]
        ).unique()
        feiten = self._feiten.lazy()
        if soorten:
            feiten = feiten.filter(pl.col("soort").is_in(list(soorten)))
        return feiten.filter(~pl.col("nr").is_in(weg.implode())).select(
            "k",
            "soort",
            pl.col("gebeurd_op").alias("op"),
            pl.coalesce("corrigeert", "nr").alias("oorsprong"),
            "gegevens",
        )

    # --- one row per klacht ------------------------------------------------------------------------------------------

    def klacht(self, *kolommen: str) -> pl.LazyFrame:
        """These columns of every klacht, worked out as far as they are not there yet."""
        nodig = [kolom for kolom in kolommen if self._klacht is None or kolom not in self._klacht.columns]
        if self._klacht is None or nodig:
            self._derive(nodig)
        return self._klacht.lazy().select(kolommen)  # type: ignore[union-attr]

    def _derive(self, nodig: list[str]) -> None:
        if self._klacht is None:
            ontvangst = self.geldig("KlachtOntvangen").select("k", "op", "gegevens").collect()
            self._ontvangst = ontvangst
            self._klacht = ontvangst.select(klachtnummer="k", ontvangen_op="op", stap_01_op="op")
        nodig = [kolom for kolom in nodig if kolom not in self._klacht.columns]
        if set(nodig) & set(ONTVANGST):
            velden = pl.Struct(dict.fromkeys(ONTVANGST, pl.String))
            gelezen = self._ontvangst.select("k", pl.col("gegevens").str.json_decode(velden)).unnest("gegevens")
            gelezen = gelezen.with_columns(pl.col("herkomst").fill_null("register")).with_columns(
                pl.col(naam).cast(pl.Categorical) for naam in ONTVANGST
            )
            self._join(gelezen)
        if uit_datums := self._datums(nodig):
            soorten = {soort for soorten, _ in uit_datums for soort in soorten}
            self._join(
                self.geldig(*soorten)
                .group_by("k")
                .agg(uitdrukking for _, uitdrukking in uit_datums)
                .collect(engine="streaming")
            )
        if {"status", "stap_13_op", "ingetrokken_op", "vervallen_op"} & set(nodig):
            self._status()
        if set(EERSTE_RONDE) & set(nodig):
            self._eerste_ronde()
        if "zonder_rondes" in nodig:
            self._zonder_rondes()
        for kolom in {"eerst_10_op", "eerst_11_op"} & set(nodig):
            self._join(self._bereikt(EERST[kolom]).group_by("k").agg(pl.col("op").min().alias(kolom)).collect())
        if "geschil" in nodig:
            self._klacht = self._klacht.with_columns(
                geschil=pl.when(pl.col("_geschil") > 0).then(pl.lit("gemeld")).otherwise(pl.lit("geen"))
            )
        for kolom, soort in (
            ("uitkomst", "KlachtAfgesloten"),
            ("oordeel", "OordeelOntvangen"),
            ("grond", "NietInBehandelingGenomen"),
        ):
            if kolom in nodig:
                feiten = self.geldig(soort).select("k", "oorsprong", field(kolom).cast(pl.Categorical).alias(kolom))
                self._join(feiten.group_by("k").agg(pl.col(kolom).sort_by("oorsprong").last()).collect())
        if "stappen" in nodig:
            self._stappen()

    def _join(self, deel: pl.DataFrame) -> None:
        nieuw = [kolom for kolom in deel.columns if kolom not in self._klacht.columns]  # type: ignore[union-attr]
        deel = deel.select(pl.col("k").alias("klachtnummer"), *(kolom for kolom in nieuw if kolom != "k"))
        self._klacht = self._klacht.join(deel, on="klachtnummer", how="left")  # type: ignore[union-attr]

    def _datums(self, nodig: list[str]) -> list[tuple[list[str], pl.Expr]]:
        """What follows from the first or last fact of a kind, in one pass over the facts."""
        uit: dict[str, tuple[list[str], pl.Expr]] = {}
        for stap, soort in STAPPEN.items():
            if (naam := f"stap_{stap:02}_op") in nodig:
                uit[naam] = [soort], first(soort)
        if {"status", "stap_13_op", "ingetrokken_op", "vervallen_op"} & set(
            nodig
        ) and "status" not in self._klacht.columns:  # type: ignore[union-attr]
            uit["stap_04_op"] = ["BehandelaarToegewezen"], first("BehandelaarToegewezen")
            uit["stap_08_op"] = (
                ["MaatregelBepaald", "GeenMaatregelenNodig"],
                first("MaatregelBepaald", "GeenMaatregelenNodig"),
            )
            for soort in ("KlachtAfgesloten", "KlachtIngetrokken", "KlachtVervallen"):
                uit[f"_{soort}"] = [soort], last(soort)
            toestand = pl.when(pl.col("soort").is_in(list(EINDES))).then("oorsprong").max()
            uit["_einde_nr"] = list(EINDES), toestand
            for soort in EINDES:
                uit[f"_nr_{soort}"] = [soort], number(soort).max()
        if "stap_08_op" in nodig:
            uit["stap_08_op"] = (
                ["MaatregelBepaald", "GeenMaatregelenNodig"],
                first("MaatregelBepaald", "GeenMaatregelenNodig"),
            )
        if "heropend_op" in nodig:
            uit["heropend_op"] = ["KlachtHeropend"], last("KlachtHeropend")
        for stap, soort in SLOT.items():
            if (naam := f"eerst_{stap}_op") in nodig:
                uit[naam] = [soort], first(soort)
        if "geschil" in nodig:
            uit["_geschil"] = list(GESCHIL), pl.col("soort").is_in(list(GESCHIL)).sum()
        aanwezig = set(self._klacht.columns)  # type: ignore[union-attr]
        return [(soorten, expr.alias(naam)) for naam, (soorten, expr) in uit.items() if naam not in aanwezig]

    def _status(self) -> None:
        status = pl.when(pl.lit(False)).then(pl.lit(""))
        for soort, naam in EINDES.items():
            if soort != "KlachtHeropend":
                status = status.when(pl.col(f"_nr_{soort}") == pl.col("_einde_nr")).then(pl.lit(naam))
        status = status.when(pl.col("stap_08_op").is_not_null()).then(pl.lit("in behandeling"))
        status = (
            status.when(pl.col("stap_04_op").is_not_null()).then(pl.lit("in onderzoek")).otherwise(pl.lit("ontvangen"))
        )
        k = self._klacht.with_columns(status=status.cast(pl.Categorical))  # type: ignore[union-attr]
        self._klacht = k.with_columns(
            pl.when(pl.col("status") == EINDES[soort]).then(f"_{soort}").alias(naam)
            for naam, soort in (
                ("stap_13_op", "KlachtAfgesloten"),
                ("ingetrokken_op", "KlachtIngetrokken"),
                ("vervallen_op", "KlachtVervallen"),
            )
        )

    # --- the rounds --------------------------------------------------------------------------------------------------

    def _met_ronde(self, feiten: pl.LazyFrame) -> pl.LazyFrame:
        """Add to facts their round: 1 is before the first reopening of the klacht."""
        heropend = self.geldig("KlachtHeropend").select("k", "op", "oorsprong", nieuw=pl.lit(1))
        later = pl.concat([feiten.join(heropend, on="k", how="semi"), heropend], how="diagonal")
        ronde = 1 + pl.col("nieuw").fill_null(0).cum_sum().over("k", order_by=["op", "oorsprong"])
        later = later.with_columns(ronde=ronde).filter(pl.col("nieuw").is_null()).drop("nieuw")
        eerste = feiten.join(heropend, on="k", how="anti").with_columns(ronde=pl.lit(1, dtype=pl.Int32))
        return pl.concat([eerste, later])

    def _maatregelen(self) -> pl.LazyFrame:
        """Every maatregel with the round in which it was decided."""
        m = self.tabel("maatregel").rename({"klachtnummer": "k", "bepaald_op": "op", "bepaald_nr": "oorsprong"})
        return self._met_ronde(m)

    def _bereikt(self, stap: int) -> pl.LazyFrame:
        """The rounds in which all standing maatregelen reached step 10 or 11, and the last fact that did it."""
        wat = {10: "geinformeerd", 11: "uitgevoerd"}[stap]
        staat = self._maatregelen().filter(pl.col("vervallen_op").is_null()).group_by("k", "ronde")
        per = staat.agg(
            op=pl.col(f"{wat}_op").max(),
            oorsprong=pl.col(f"{wat}_nr").max(),
            klaar=pl.col(f"{wat}_op").is_not_null().all(),
        )
        return per.filter("klaar").drop("klaar")

    def _eerste_ronde(self) -> None:
        """How the first round ended, what was decided in it, and when that was carried out or cancelled."""
        soort, m = pl.col("soort"), self._maatregelen().filter(pl.col("ronde") == 1)
        einde, staat, dag = soort.is_in(list(EERSTE_EINDE)), pl.col("vervallen_op").is_null(), pl.col("uitgevoerd_op")
        per_maatregel = m.group_by("k").agg(
            eerste_uitgevoerd_op=pl.when((~staat | dag.is_not_null()).all()).then(pl.when(staat).then(dag).max()),
            eerste_vervallen_op=pl.col("vervallen_op").max(), bepaald_op=pl.when(staat).then("op").min(),
        )  # fmt: skip
        feiten = self._met_ronde(self.geldig(*EERSTE_EINDE, "GeenMaatregelenNodig").drop("gegevens"))
        per_feit = feiten.filter(pl.col("ronde") == 1).group_by("k").agg(
            eerste_einde=soort.sort_by("op", "oorsprong").filter(einde.sort_by("op", "oorsprong")).first(),
            eerste_einde_op=first(*EERSTE_EINDE), niet_op=first("NietInBehandelingGenomen"),
            zonder_op=first("GeenMaatregelenNodig"),
        )  # fmt: skip
        samen = per_feit.join(per_maatregel, on="k", how="full", coalesce=True)
        data = ("niet_op", "bepaald_op", "zonder_op")
        besluit = pl.coalesce(
            pl.when(pl.col(op).is_not_null()).then(pl.lit(naam)) for op, naam in zip(data, BESLUIT, strict=True)
        )
        self._join(
            samen.with_columns(
                pl.col("eerste_einde").cast(pl.String).replace_strict(EINDES).cast(pl.Categorical),
                eerste_besluit=besluit.cast(pl.Categorical), eerste_besluit_op=pl.coalesce(data),
            ).select("k", *EERSTE_RONDE).collect()
        )  # fmt: skip

    def _zonder_rondes(self) -> None:
        """The rounds with a deliberate zero of maatregelen, as text."""
        staat = self._maatregelen().filter(pl.col("vervallen_op").is_null())
        zonder = self._met_ronde(self.geldig("GeenMaatregelenNodig")).join(staat, on=["k", "ronde"], how="anti")
        rondes = pl.col("ronde").unique().sort().cast(pl.String).str.join("-")
        self._join(zonder.group_by("k").agg(zonder_rondes=rondes).collect())
        self._klacht = self._klacht.with_columns(  # type: ignore[union-attr]
            pl.col("zonder_rondes").fill_null("").cast(pl.Categorical)
        )

    def _stappen(self) -> None:
        """The order of the steps as text; a | begins a new round."""
        soorten = {soort: stap for stap, soort in (STAPPEN | SLOT).items()} | {
            "MaatregelBepaald": 8,
            "GeenMaatregelenNodig": 8,
        }
        stap = pl.col("soort").cast(pl.String).replace_strict(soorten, return_dtype=pl.Int32)
        gewoon = self._met_ronde(self.geldig(*soorten).select("k", "op", "oorsprong", stap=stap))
        acht = (
            gewoon.filter(pl.col("stap") == 8)
            .sort("op", "oorsprong")
            .unique(["k", "ronde"], keep="first", maintain_order=True)
        )
        delen = [gewoon.filter(pl.col("stap") != 8), acht]
        delen += [self._bereikt(nr).with_columns(stap=pl.lit(nr, dtype=pl.Int32)) for nr in (10, 11)]
        kolommen = ["k", "ronde", "op", "oorsprong", "stap"]
        alle = pl.concat([deel.select(kolommen) for deel in delen]).sort(kolommen)
        per_ronde = alle.group_by("k", "ronde", maintain_order=True).agg(pl.col("stap").cast(pl.String).str.join("-"))
        per_klacht = per_ronde.group_by("k", maintain_order=True).agg(stappen=pl.col("stap").str.join("|"))
        self._join(per_klacht.with_columns(pl.col("stappen").cast(pl.Categorical)).collect())

    # --- the other tables --------------------------------------------------------------------------------------------

    def tabel(self, naam: str) -> pl.LazyFrame:
        """One of the other tables."""
        if naam not in self._andere:
            self._andere[naam] = TABELLEN[naam](self.geldig).collect()
        return self._andere[naam].lazy()
