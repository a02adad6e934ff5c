"""Does a klacht follow the steps? Distance to the nearest allowed path, and in words what was different.

The allowed paths are an argument (they follow from the reglement). fitness = 1 - (insertions + deletions to the nearest
path) / (length + shortest path), equal to the alignment fitness of process mining. A klacht that is still open or was
withdrawn is only held against the beginnings of the paths.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from .proces import STANDAARD, Kolommen, sporen


@dataclass(frozen=True)
class Conformiteit:
    """How a trace differs from the nearest allowed path.

    `kosten` and `fitness`: None for an open klacht; `prefix_kosten` always (0: so far as it should be). `pad`: the
    nearest path, for an open klacht the nearest beginning of one. Lists of steps: `overgeslagen`, `verplaatst` (out of
    order), `herhaald`, `onverwacht` (not in the path). `zinnen`: the same in Dutch sentences, empty when nothing
    differs.
    """

    kosten: int | None
    fitness: float | None
    prefix_kosten: int
    pad: tuple[str, ...]
    overgeslagen: tuple[str, ...]
    verplaatst: tuple[str, ...]
    herhaald: tuple[str, ...]
    onverwacht: tuple[str, ...]
    zinnen: tuple[str, ...]


def _lcs_tabel(spoor: Sequence[str], pad: Sequence[str]) -> list[list[int]]:
    """Return lengths of the longest common subsequence: cell [i][j] for the first i of the trace and j of the path."""
    tabel = [[0] * (len(pad) + 1) for _ in range(len(spoor) + 1)]
    for i, stap in enumerate(spoor, start=1):
        vorige, rij = tabel[i - 1], tabel[i]
        for j, toegestaan in enumerate(pad, start=1):
            rij[j] = vorige[j - 1] + 1 if stap == toegestaan else max(vorige[j], rij[j - 1])
    return tabel


def _restanten(spoor: Sequence[str], pad: Sequence[str], tabel: list[list[int]]) -> tuple[list[int], list[str]]:
    """Return the places in the trace and the steps of the path without partner in the longest common subsequence."""
    i, j = len(spoor), len(pad)
    te_veel: list[int] = []
    ontbreekt: list[str] = []
    while i or j:
        if i and j and spoor[i - 1] == pad[j - 1]:
            i, j = i - 1, j - 1
        elif i and (not j or tabel[i - 1][j] >= tabel[i][j - 1]):
            i -= 1
            te_veel.append(i)
        else:
            j -= 1
            ontbreekt.append(pad[j])
    return te_veel[::-1], ontbreekt[::-1]


def conformiteit(
    spoor: Iterable[object],
    paden: Iterable[Sequence[object]],
    nog_open: bool = False,
    vrij: Iterable[object] = ("12",),
    periode: Iterable[object] = ("16", "17", "18"),
) -> Conformiteit:
    """Return how far a trace of steps is from the nearest allowed path.

    `vrij` and `periode`: steps that count in no length. Ties: the shortest path (of an open klacht the longest
    beginning), then the first given; in words a step that is both missing and surplus is out of order. A trace without
    steps has fitness 0. Raises ValueError without a single path. Source: insertion-deletion alignment by longest common
    subsequence; fitness as Adriansyah (2014).
    """
    buiten = {str(stap) for stap in (*vrij, *periode)}
    stappen = [str(stap) for stap in spoor if str(stap) not in buiten]
    toegestaan = [tuple(str(stap) for stap in pad if str(stap) not in buiten) for pad in paden]
    if not toegestaan:
        raise ValueError("Zonder toegestaan pad is niet te zeggen of de stappen kloppen.")
    # One table per path serves both: its last cell the whole path, its last row every beginning of it.
    afstanden: list[tuple[int, int, tuple[str, ...], list[list[int]]]] = []
    beginnen: list[tuple[int, int, tuple[str, ...], list[list[int]]]] = []
    for pad in toegestaan:
        tabel = _lcs_tabel(stappen, pad)
        per_begin = [len(stappen) + j - 2 * tabel[-1][j] for j in range(len(pad) + 1)]
        # Of two that are as near, the longer one: a later step shows that an earlier one was skipped.
        beste = min(range(len(pad) + 1), key=lambda j, kosten=per_begin: (kosten[j], -j))
        afstanden.append((per_begin[-1], len(pad), pad, tabel))
        beginnen.append((per_begin[beste], beste, pad[:beste], tabel))
    prefix_kosten = min(kosten for kosten, *_ in beginnen)
    if nog_open:
        kosten, _, pad, tabel = min(beginnen, key=lambda a: (a[0], -a[1]))
    else:
        kosten, _, pad, tabel = min(afstanden, key=lambda a: (a[0], a[1]))
    lengte = len(stappen) + min(len(pad) for pad in toegestaan)
    fitness = 1.0 if lengte == 0 else 1 - kosten / lengte
    te_veel, ontbreekt = _restanten(stappen, pad, tabel)
    return Conformiteit(
        None if nog_open else kosten,
        None if nog_open else fitness,
        prefix_kosten,
        pad,
        *_in_woorden(stappen, pad, te_veel, ontbreekt, toegestaan),
    )


def _in_woorden(
    stappen: list[str],
    pad: tuple[str, ...],
    te_veel: list[int],
    ontbreekt: list[str],
    toegestaan: list[tuple[str, ...]],
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return (overgeslagen, verplaatst, herhaald, onverwacht, zinnen) from what has no partner on either side."""
    nodig = Counter(ontbreekt)
    verplaatst: dict[int, tuple[str, ...]] = {}
    over: list[int] = []
    for plaats in te_veel:
        ruimer = _pad_met(pad, stappen[plaats], toegestaan)
        if nodig[stappen[plaats]] > 0:
            nodig[stappen[plaats]] -= 1
            verplaatst[plaats] = pad
        elif ruimer is not None:
            # An optional step on another place than allowed: not unexpected, but out of order.
            verplaatst[plaats] = ruimer
        else:
            over.append(plaats)
    overgeslagen = tuple(nodig.elements())
    herhaald = tuple(stappen[plaats] for plaats in over if stappen[plaats] in pad)
    onverwacht = tuple(stappen[plaats] for plaats in over if stappen[plaats] not in pad)
    zinnen = [f"Stap {stap} is overgeslagen." for stap in overgeslagen]
    zinnen += [_verplaatst_in_woorden(stappen, volledig, plaats) for plaats, volledig in verplaatst.items()]
    for stap, keer in Counter(herhaald).items():
        zinnen.append(f"Stap {stap} is herhaald ({stappen.count(stap)} keer, {stappen.count(stap) - keer} verwacht).")
    zinnen += [f"Stap {stap} hoort niet bij deze afhandeling." for stap in dict.fromkeys(onverwacht)]
    return overgeslagen, tuple(stappen[plaats] for plaats in verplaatst), herhaald, onverwacht, tuple(zinnen)


def _pad_met(pad: tuple[str, ...], stap: str, toegestaan: list[tuple[str, ...]]) -> tuple[str, ...] | None:
    """Return an allowed path that has the steps of `pad` and one more, `stap`; None when there is none."""
    gezocht = Counter((*pad, stap))
    return next((ander for ander in toegestaan if Counter(ander) == gezocht), None)


def _verplaatst_in_woorden(stappen: list[str], pad: tuple[str, ...], plaats: int) -> str:
    """Return the sentence for a step out of order: after what it came too late, or before what too early."""
    stap = stappen[plaats]
    eerder, later = set(pad[: pad.index(stap)]), set(pad[pad.index(stap) + 1 :])
    ingehaald = [ander for ander in stappen[:plaats] if ander in later]
    if ingehaald:
        return f"Stap {stap} kwam pas na stap {ingehaald[-1]}."
    vooruit = [ander for ander in stappen[plaats + 1 :] if ander in eerder]
    return f"Stap {stap} kwam al voor stap {vooruit[0]}." if vooruit else f"Stap {stap} staat niet op zijn plaats."


def conformiteit_per_geval(
    tabel: pd.DataFrame | Iterable[tuple[object, object, object]],
    paden: Iterable[Sequence[object]],
    nog_open: Iterable[object] = (),
    kolommen: Kolommen = STANDAARD,
    vrij: Iterable[object] = ("12",),
    periode: Iterable[object] = ("16", "17", "18"),
) -> pd.DataFrame:
    """Return one row per case: geval, spoor and the fields of Conformiteit; computed once per different trace.

    `nog_open`: the cases that are open or withdrawn (prefix cost only). Raises ValueError as conformiteit() and
    sporen().
    """
    paden, vrij, periode, nog_open = list(paden), tuple(vrij), tuple(periode), set(nog_open)
    per_geval = sporen(tabel, kolommen)
    bekend: dict[tuple[tuple[str, ...], bool], Conformiteit] = {}
    rijen = []
    for geval, spoor in zip(per_geval["geval"], per_geval["spoor"], strict=True):
        sleutel = (spoor, geval in nog_open)
        if sleutel not in bekend:
            bekend[sleutel] = conformiteit(spoor, paden, sleutel[1], vrij, periode)
        uitkomst = bekend[sleutel]
        rijen.append((geval, spoor, *(getattr(uitkomst, naam) for naam in Conformiteit.__dataclass_fields__)))
    return pd.DataFrame(rijen, columns=["geval", "spoor", *Conformiteit.__dataclass_fields__])
