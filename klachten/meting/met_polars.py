"""The tables as polars has them: one row per klacht as stored, or worked out from the facts in one lazy plan."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from klachten.meting.andere_polars import TABELLEN, field, first, last
from klachten.meting.soorten import EINDES, GESCHIL, ONTVANGST, STAPPEN, WOORDEN


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


def _nr(soort: str) -> pl.Expr:
    return pl.when(pl.col("soort") == soort).then("oorsprong").max()


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
        if {"stap_10_op", "stap_11_op", "maatregelen", "zonder_maatregelen"} & set(nodig):
            self._uitvoering()
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
        if "zonder_maatregelen" in nodig:
            self._klacht = self._klacht.with_columns(
                zonder_maatregelen=pl.col("_zonder").fill_null(False) & (pl.col("maatregelen") == 0)
            )
        if "stap_14_op" in nodig:
            telt = pl.col("_mee_nr") > pl.col("_heropend_nr").fill_null(0)
            self._klacht = self._klacht.with_columns(stap_14_op=pl.when(telt).then("_mee_op"))
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
                uit[f"_nr_{soort}"] = [soort], _nr(soort)
        if "stap_08_op" in nodig:
            uit["stap_08_op"] = (
                ["MaatregelBepaald", "GeenMaatregelenNodig"],
                first("MaatregelBepaald", "GeenMaatregelenNodig"),
            )
        if "heropend_op" in nodig:
            uit["heropend_op"] = ["KlachtHeropend"], last("KlachtHeropend")
        if "stap_14_op" in nodig:
            uit["_mee_op"] = ["AfsluitingMeegedeeld"], last("AfsluitingMeegedeeld")
            uit["_mee_nr"] = ["AfsluitingMeegedeeld"], _nr("AfsluitingMeegedeeld")
            uit["_heropend_nr"] = ["KlachtHeropend"], _nr("KlachtHeropend")
        if "zonder_maatregelen" in nodig:
            uit["_zonder"] = ["GeenMaatregelenNodig"], (pl.col("soort") == "GeenMaatregelenNodig").any()
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

    def _uitvoering(self) -> None:
        per = (
            self.tabel("maatregel").filter(pl.col("vervallen_op").is_null()).group_by("klachtnummer").agg(
                pl.len().cast(pl.Int64).alias("maatregelen"),
                *(
                    pl.when(pl.col(veld).is_not_null().all()).then(pl.col(veld).max()).alias(naam)
                    for naam, veld in (("stap_10_op", "geinformeerd_op"), ("stap_11_op", "uitgevoerd_op"))
                ),
            )
        )  # fmt: skip
        self._join(per.rename({"klachtnummer": "k"}).collect())
        self._klacht = self._klacht.with_columns(pl.col("maatregelen").fill_null(0))  # type: ignore[union-attr]

    def _stappen(self) -> None:
        """The order of the steps as text."""
        self.klacht("stap_10_op", "stap_11_op")
        soorten = {soort: stap for stap, soort in STAPPEN.items()} | {
            "KlachtAfgesloten": 13,
            "AfsluitingMeegedeeld": 14,
        }
        gewoon = self.geldig(*soorten).select(
            "k", "op", "oorsprong", stap=pl.col("soort").cast(pl.String).replace_strict(soorten, return_dtype=pl.Int32)
        )
        delen = [gewoon]
        for stap, namen, laatste in (
            (8, ["MaatregelBepaald", "GeenMaatregelenNodig"], False),
            (10, ["ActienemerGeinformeerd"], True),
            (11, ["MaatregelUitgevoerd"], True),
        ):
            op = pl.col("op").max() if laatste else pl.col("op").min()
            per = self.geldig(*namen).group_by("k").agg(op, pl.col("oorsprong").filter(pl.col("op") == op).min())
            if laatste:
                klaar = self._klacht.lazy().filter(pl.col(f"stap_{stap}_op").is_not_null()).select(k="klachtnummer")  # type: ignore[union-attr]
                per = per.join(klaar, on="k", how="semi")
            delen.append(per.select("k", "op", "oorsprong", stap=pl.lit(stap, dtype=pl.Int32)))
        alle = pl.concat(delen).sort("k", "op", "oorsprong")
        per_klacht = alle.group_by("k", maintain_order=True).agg(stappen=pl.col("stap").cast(pl.String).str.join("-"))
        self._join(per_klacht.with_columns(pl.col("stappen").cast(pl.Categorical)).collect())

    # --- the other tables --------------------------------------------------------------------------------------------

    def tabel(self, naam: str) -> pl.LazyFrame:
        """One of the other tables."""
        if naam not in self._andere:
            self._andere[naam] = TABELLEN[naam](self.geldig).collect()
        return self._andere[naam].lazy()
