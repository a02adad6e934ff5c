"""The valid facts of one klacht, and how its maatregelen stood from day to day (schema/afgeleid/maatregel_stand)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from klachten.gebeurtenissen import TELT_NIET, Vastlegging

ALTIJD = date(9999, 12, 31)
"""The day on which what holds now ends."""

Rij = dict[str, Any]
"""A row, by column."""

_SOORTEN = frozenset(
    {"MaatregelBepaald", "MaatregelGewijzigd", "MaatregelVervallen", "ActienemerGeinformeerd", "MaatregelUitgevoerd"}
)


class Feit(NamedTuple):
    """A valid fact: the number of its last version, that of its first one, its kind, day and data."""

    nr: int
    oorsprong: int
    soort: str
    op: date
    gegevens: Mapping[str, Any]


def valid(vastleggingen: Iterable[Vastlegging]) -> list[Feit]:
    """The last version of each fact in the place of its first one, without those taken back (schema/afgeleid/_feit)."""
    versies = {v.corrigeert or v.nr: v for v in sorted(vastleggingen, key=lambda v: v.nr)}
    return [
        Feit(v.nr, oorsprong, v.feit.soort, v.feit.gebeurd_op, v.feit.gegevens())
        for oorsprong, v in sorted(versies.items())
        if v.feit.soort != "FeitHerroepen" and v.feit.soort not in TELT_NIET
    ]


def rounds(feiten: Iterable[Feit]) -> dict[int, int]:
    """The round of each fact: a reopening begins a new one; on its own day the order of recording counts."""
    ronde, uit = 1, {}
    for feit in sorted(feiten, key=lambda feit: (feit.op, feit.oorsprong)):
        ronde += feit.soort == "KlachtHeropend"
        uit[feit.oorsprong] = ronde
    return uit


def with_end(rijen: list[Rij]) -> list[Rij]:
    """Rows in order of day, each until the next."""
    for rij, volgende in pairwise(rijen):
        rij["tot"] = volgende["van"]
    return rijen


def maatregel_rows(klachtnummer: str, feiten: Sequence[Feit], ronde: Mapping[int, int]) -> dict[int, list[Rij]]:
    """The rows of each maatregel, by its number, in order of day."""
    alle = [feit for feit in feiten if feit.soort in _SOORTEN and feit.gegevens.get("maatregel") is not None]
    dagen = sorted({feit.op for feit in alle})
    uit: dict[int, list[Rij]] = {}
    for nr in sorted({feit.gegevens["maatregel"] for feit in alle}):
        eigen = [feit for feit in alle if feit.gegevens["maatregel"] == nr]
        rijen = [_maatregel(klachtnummer, nr, van, [feit for feit in eigen if feit.op <= van], ronde) for van in dagen]
        uit[nr] = with_end([rij for rij in rijen if rij is not None])
    return uit


def _maatregel(klachtnummer: str, nr: int, van: date, feiten: list[Feit], ronde: Mapping[int, int]) -> Rij | None:
    by_kind: dict[str, list[Feit]] = {soort: [] for soort in _SOORTEN}
    for feit in feiten:
        by_kind[feit.soort].append(feit)
    bepaald = by_kind["MaatregelBepaald"]
    if not bepaald:
        return None
    # A new actienemer has to be told anew (step 10).
    wisseling = max((f.oorsprong for f in by_kind["MaatregelGewijzigd"] if f.gegevens.get("actienemer")), default=0)
    verteld = [f for f in by_kind["ActienemerGeinformeerd"] if f.oorsprong > wisseling]
    return {
        "klachtnummer": klachtnummer,
        "maatregel": nr,
        "van": van,
        "tot": ALTIJD,
        "actienemer": _last(feiten, "actienemer"),
        "overlegd_met": bepaald[0].gegevens.get("overlegd_met"),
        "bepaald_op": min(f.op for f in bepaald),
        "ronde": min(ronde[f.oorsprong] for f in bepaald),
        "uiterlijk_op": parse_date(_last(feiten, "uiterlijk_op")),
        "gemist_op": _missed(feiten),
        "geinformeerd_op": max((f.op for f in verteld), default=None),
        "geinformeerd_nr": max((f.oorsprong for f in verteld), default=None),
        "uitgevoerd_op": min((f.op for f in by_kind["MaatregelUitgevoerd"]), default=None),
        "uitgevoerd_nr": min((f.oorsprong for f in by_kind["MaatregelUitgevoerd"]), default=None),
        "vervallen_op": min((f.op for f in by_kind["MaatregelVervallen"]), default=None),
        "wijzigingen": len(by_kind["MaatregelGewijzigd"]),
    }


def _missed(feiten: Iterable[Feit]) -> date | None:
    """The first agreed day that was over before it was moved or the maatregel cancelled."""
    afspraken = [f for f in feiten if f.soort == "MaatregelVervallen" or f.gegevens.get("uiterlijk_op") is not None]
    gemist = (
        uiterlijk_op
        for feit, volgende in pairwise(afspraken)
        if (uiterlijk_op := parse_date(feit.gegevens.get("uiterlijk_op"))) is not None and volgende.op > uiterlijk_op
    )
    return min(gemist, default=None)


def _last(feiten: Iterable[Feit], veld: str) -> Any:
    """The last value recorded of a field; a fact without it leaves it as it was."""
    return next((f.gegevens[veld] for f in reversed(list(feiten)) if f.gegevens.get(veld) is not None), None)


def parse_date(waarde: str | None) -> date | None:
    """The date that stands in the data of a fact."""
    return None if waarde is None else date.fromisoformat(waarde)
