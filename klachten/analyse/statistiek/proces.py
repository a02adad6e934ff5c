"""What the order of steps shows: directly-follows, variants and times between steps, on any table of events.

A table has one row per event with a case, an activity and a time (DataFrame with column names of choice, or rows of
three). Order: by time, then by `volgorde` (time of recording) when given, then as the rows came. Times are dates,
timestamps (differences in days) or plain numbers (differences as they are).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

DAG = pd.Timedelta(days=1)


@dataclass(frozen=True)
class Kolommen:
    """The names of the columns in a table of events; `volgorde` breaks ties on the same time."""

    geval: str = "geval"
    activiteit: str = "activiteit"
    tijd: str = "tijd"
    volgorde: str | None = None


STANDAARD = Kolommen()


@dataclass(frozen=True, eq=False)
class DirectlyFollows:
    """Who follows whom.

    `overgangen`: van, naar, aantal, gemiddeld and mediaan (days between), most frequent first. `begin` and `einde`: the
    number of cases per first and last activity.
    """

    overgangen: pd.DataFrame
    begin: dict[str, int]
    einde: dict[str, int]


def gebeurtenissen_op_volgorde(
    tabel: pd.DataFrame | Iterable[tuple[object, object, object]], kolommen: Kolommen = STANDAARD
) -> pd.DataFrame:
    """Return the events as columns geval, activiteit (text) and tijd, sorted per case in order of time.

    Raises ValueError for a missing column or an empty cell in one of these columns.
    """
    if not isinstance(tabel, pd.DataFrame):
        tabel = pd.DataFrame(list(tabel), columns=[kolommen.geval, kolommen.activiteit, kolommen.tijd])
    nodig = [kolommen.geval, kolommen.activiteit, kolommen.tijd]
    if kolommen.volgorde is not None:
        nodig.append(kolommen.volgorde)
    for naam in nodig:
        if naam not in tabel.columns:
            raise ValueError(f"De kolom {naam!r} staat niet in de tabel.")
        if tabel[naam].isna().any():
            raise ValueError(f"In de kolom {naam!r} zijn cellen leeg.")
    log = pd.DataFrame(
        {
            "geval": tabel[kolommen.geval].to_numpy(),
            "activiteit": tabel[kolommen.activiteit].astype(str).to_numpy(),
            "tijd": _als_tijd(tabel[kolommen.tijd]),
        }
    )
    sleutels = ["geval", "tijd"]
    if kolommen.volgorde is not None:
        log["volgorde"] = tabel[kolommen.volgorde].to_numpy()
        sleutels.append("volgorde")
    # Codes sort faster than texts; order of first appearance keeps the cases as they came.
    log["geval_nummer"] = pd.factorize(log["geval"])[0]
    sleutels[0] = "geval_nummer"
    return log.sort_values(sleutels, kind="stable", ignore_index=True)


def _als_tijd(kolom: pd.Series) -> np.ndarray:
    """Return numbers as they are and everything else as timestamps (without zone: UTC)."""
    if pd.api.types.is_numeric_dtype(kolom):
        return kolom.to_numpy()
    tijd = pd.to_datetime(kolom)
    if getattr(tijd.dtype, "tz", None) is not None:
        tijd = tijd.dt.tz_convert("UTC").dt.tz_localize(None)
    return tijd.to_numpy()


def _in_dagen(verschil: pd.Series) -> pd.Series:
    return verschil / DAG if pd.api.types.is_timedelta64_dtype(verschil) else verschil.astype(float)


def directly_follows(
    tabel: pd.DataFrame | Iterable[tuple[object, object, object]], kolommen: Kolommen = STANDAARD
) -> DirectlyFollows:
    """Return how often each activity is directly followed by another (or itself) within a case, and the days between.

    An empty table gives empty results. Raises ValueError for a missing column or empty cells.
    Source: van der Aalst (2016).
    """
    log = gebeurtenissen_op_volgorde(tabel, kolommen)
    zelfde = log["geval_nummer"] == log["geval_nummer"].shift(-1)
    paren = pd.DataFrame(
        {
            "van": log["activiteit"],
            "naar": log["activiteit"].shift(-1),
            "dagen": _in_dagen(log["tijd"].shift(-1) - log["tijd"]),
        }
    )[zelfde]
    overgangen = (
        paren.groupby(["van", "naar"], sort=True)["dagen"]
        .agg(aantal="size", gemiddeld="mean", mediaan="median")
        .reset_index()
        .sort_values(["aantal", "van", "naar"], ascending=[False, True, True], ignore_index=True)
    )
    eerste = log["geval_nummer"] != log["geval_nummer"].shift(1)
    return DirectlyFollows(overgangen, _telling(log["activiteit"][eerste]), _telling(log["activiteit"][~zelfde]))


def _telling(activiteit: pd.Series) -> dict[str, int]:
    telling = activiteit.value_counts()
    return {str(naam): int(aantal) for naam, aantal in sorted(telling.items(), key=lambda paar: (-paar[1], paar[0]))}


def sporen(
    tabel: pd.DataFrame | Iterable[tuple[object, object, object]], kolommen: Kolommen = STANDAARD
) -> pd.DataFrame:
    """Return one row per case: geval and spoor (tuple of activities in order), cases in order of first appearance.

    Raises ValueError for a missing column or empty cells.
    """
    log = gebeurtenissen_op_volgorde(tabel, kolommen)
    begin = np.flatnonzero((log["geval_nummer"] != log["geval_nummer"].shift(1)).to_numpy())
    einde = np.append(begin[1:], len(log))
    activiteiten = log["activiteit"].tolist()
    rijen = [tuple(activiteiten[a:b]) for a, b in zip(begin, einde, strict=True)] if len(log) else []
    return pd.DataFrame({"geval": log["geval"].to_numpy()[begin], "spoor": pd.Series(rijen, dtype=object)})


def varianten(
    tabel: pd.DataFrame | Iterable[tuple[object, object, object]], kolommen: Kolommen = STANDAARD
) -> pd.DataFrame:
    """Return one row per different order of activities: spoor (tuple), aantal, aandeel, cumulatief_aandeel.

    Most frequent first, ties in order of the activities. Raises ValueError for a missing column or empty cells.
    Source: van der Aalst (2016).
    """
    telling: dict[tuple[str, ...], int] = {}
    for spoor in sporen(tabel, kolommen)["spoor"]:
        telling[spoor] = telling.get(spoor, 0) + 1
    gesorteerd = sorted(telling.items(), key=lambda paar: (-paar[1], paar[0]))
    uitkomst = pd.DataFrame(
        {"spoor": pd.Series([s for s, _ in gesorteerd], dtype=object), "aantal": [n for _, n in gesorteerd]}
    )
    uitkomst["aandeel"] = uitkomst["aantal"] / max(1, sum(telling.values()))
    uitkomst["cumulatief_aandeel"] = uitkomst["aandeel"].cumsum()
    return uitkomst


def doorlooptijden(
    tabel: pd.DataFrame | Iterable[tuple[object, object, object]],
    van: str,
    naar: str,
    kolommen: Kolommen = STANDAARD,
    laatste: bool = False,
) -> pd.DataFrame:
    """Return per case the time from the first `van` to the first (or, with `laatste`, the last) `naar`.

    One row per case that has `van`: geval, van_op, naar_op, dagen. Missing `naar`: empty (still open, to be
    treated as censored, not left out). Negative when they came in the wrong order. Raises ValueError for a missing
    column or empty cells.
    """
    log = gebeurtenissen_op_volgorde(tabel, kolommen)

    def tijd_van(activiteit: str, houd: str) -> pd.Series:
        rijen = log[log["activiteit"] == str(activiteit)].drop_duplicates("geval_nummer", keep=houd)
        return rijen.set_index("geval_nummer")["tijd"]

    begin = tijd_van(van, "first")
    einde = tijd_van(naar, "last" if laatste else "first")
    uitkomst = pd.DataFrame({"van_op": begin, "naar_op": einde.reindex(begin.index)})
    uitkomst["dagen"] = _in_dagen(uitkomst["naar_op"] - uitkomst["van_op"])
    namen = log.drop_duplicates("geval_nummer").set_index("geval_nummer")["geval"]
    uitkomst.insert(0, "geval", namen.reindex(begin.index))
    return uitkomst.reset_index(drop=True)
