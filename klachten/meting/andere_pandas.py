"""What the register keeps beside the klachten, worked out from the facts in pandas, with no loop over rows."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pyarrow as pa

from klachten.meting.soorten import EINDES, GESCHIL, MAATREGEL

Geldig = Callable[..., pd.DataFrame]
"""Gives the valid facts of some kinds."""
Gegevens = Callable[[pd.DataFrame, dict[str, pa.DataType]], pd.DataFrame]
"""Gives fields out of the JSON of facts."""


def maatregel(geldig: Geldig, gegevens: Gegevens) -> pd.DataFrame:
    """One row per maatregel."""
    feiten = geldig(*MAATREGEL)
    velden = {"maatregel": pa.int32(), "actienemer": pa.string(), "uiterlijk_op": pa.timestamp("s")}
    f = gegevens(feiten, velden).assign(soort=feiten["soort"], op=feiten["op"], oorsprong=feiten["oorsprong"])
    f["m"] = f["k"].astype("int64") * 1000 + f["maatregel"]
    per = {soort: f[f["soort"] == soort] for soort in MAATREGEL}
    bepaald, gewijzigd = per["MaatregelBepaald"].groupby("m"), per["MaatregelGewijzigd"]
    uit = bepaald.agg(klachtnummer=("k", "first"), bepaald_op=("op", "min"), bepaald_nr=("oorsprong", "min"))
    samen = f[f["soort"].isin(["MaatregelBepaald", "MaatregelGewijzigd"])]
    for veld in ("actienemer", "uiterlijk_op"):
        uit[veld] = samen[samen[veld].notna()].drop_duplicates("m", keep="last").set_index("m")[veld]
    wissel = gewijzigd[gewijzigd["actienemer"].notna()].groupby("m")["oorsprong"].max()
    mee = per["ActienemerGeinformeerd"]
    if len(wissel):
        mee = mee[mee["oorsprong"] > mee["m"].map(wissel).fillna(0)]
    uit[["geinformeerd_op", "geinformeerd_nr"]] = mee.groupby("m")[["op", "oorsprong"]].max()
    uit[["uitgevoerd_op", "uitgevoerd_nr"]] = per["MaatregelUitgevoerd"].groupby("m")[["op", "oorsprong"]].min()
    uit["vervallen_op"] = per["MaatregelVervallen"].groupby("m")["op"].min()
    uit["gemist_op"] = _missed(f, per)
    uit["wijzigingen"] = gewijzigd.groupby("m").size()
    return uit.assign(wijzigingen=uit["wijzigingen"].fillna(0).astype("int64")).reset_index(drop=True)


def _missed(f: pd.DataFrame, per: dict[str, pd.DataFrame]) -> pd.Series:
    """The first agreed day of each maatregel that was over before it was moved or the maatregel cancelled."""
    anders = pd.concat([per["MaatregelGewijzigd"]["m"], per["MaatregelVervallen"]["m"]])
    afspraak = f[f["m"].isin(anders) & ((f["soort"] == "MaatregelVervallen") | f["uiterlijk_op"].notna())]
    volgende = afspraak.groupby("m")["op"].shift(-1)
    return afspraak[volgende > afspraak["uiterlijk_op"]].groupby("m")["uiterlijk_op"].min()


def geschil(geldig: Geldig, gegevens: Gegevens) -> pd.DataFrame:
    """One row per dispute."""
    feiten = geldig(*GESCHIL)
    f = gegevens(feiten, {"opgelost": pa.bool_(), "oordeel": pa.string(), "heropening_nodig": pa.bool_()})
    f = f.assign(soort=feiten["soort"], op=feiten["op"])
    f["nr"] = (f["soort"] == "MeningsverschilGemeld").groupby(f["k"]).cumsum()
    f = f[f["nr"] > 0]
    sleutel = ["k", "nr"]
    per = {soort: f[f["soort"] == soort] for soort in GESCHIL}
    uit = per["MeningsverschilGemeld"].groupby(sleutel).agg(gemeld_op=("op", "min"))
    overleg, oordeel = per["OverlegGevoerd"], per["OordeelOntvangen"]
    uit["overlegd_op"] = overleg.groupby(sleutel)["op"].max()
    uit["opgelost_op"] = overleg[overleg["opgelost"] == True].groupby(sleutel)["op"].max()  # noqa: E712  (NULL is no)
    uit["voorgelegd_op"] = per["GeschilVoorgelegd"].groupby(sleutel)["op"].min()
    uit["oordeel_op"] = oordeel.groupby(sleutel)["op"].max()
    uit["oordeel"] = oordeel.drop_duplicates(sleutel, keep="last").set_index(sleutel)["oordeel"]
    nodig = oordeel[oordeel["heropening_nodig"] == True].groupby(sleutel).size() > 0  # noqa: E712
    uit["heropening_nodig"] = nodig.reindex(uit.index, fill_value=False)
    return uit.reset_index().rename(columns={"k": "klachtnummer"})


def eerder_einde(geldig: Geldig, gegevens: Gegevens) -> pd.DataFrame:
    """One row per end that did not last."""
    f = geldig(*EINDES).sort_values(["k", "oorsprong"])
    groep = f.groupby("k")
    f = f.assign(
        volgende=groep["soort"].shift(-1), volgende_op=groep["op"].shift(-1), geeindigd_op=groep["op"].cummax()
    )
    f = f[
        ~f["soort"].isin(["KlachtHeropend", "KlachtVervallen"])
        & f["volgende"].isin(["KlachtHeropend", "KlachtVervallen"])
    ]
    return pd.DataFrame({
        "klachtnummer": f["k"], "einde": f["soort"].astype("object").map(EINDES), "geeindigd_op": f["geeindigd_op"],
        "ongedaan_op": np.maximum(f["volgende_op"], f["geeindigd_op"]),
        "door": np.where(f["volgende"] == "KlachtHeropend", "heropend", "vervallen"),
    })  # fmt: skip


def trajecten(geldig: Geldig, gegevens: Gegevens) -> pd.DataFrame:
    """One row per year and vestiging."""
    velden = {"jaar": pa.int32(), "vestiging": pa.string(), "aantal": pa.int32()}
    gelezen = gegevens(geldig("TrajectenVastgesteld"), velden)
    return gelezen.drop_duplicates(["jaar", "vestiging"], keep="last")[["jaar", "vestiging", "aantal"]]


TABELLEN = {"maatregel": maatregel, "geschil": geschil, "eerder_einde": eerder_einde, "trajecten": trajecten}
