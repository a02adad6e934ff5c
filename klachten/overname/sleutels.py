"""An id for klachten of a source that has none: a key made of columns that tell them apart, and where it does not.

The journal gets a digest of what stands there, never the words themselves; the same row gives the same key next time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence

from klachten.overname.tabelbestand import Afkeuring, Rij

TEKENS = 16
"""Of the digest: two of a million keys are the same once in a million times."""
MEESTE_KOLOMMEN = 4


def make(bron: str, cellen: Sequence[str]) -> str:
    """Return the key of a row from its cells; "" when nothing stands in any of them."""
    if not any(cellen):
        return ""
    tekst = json.dumps([bron, *map(str, cellen)], ensure_ascii=False)
    return f"s{hashlib.sha256(tekst.encode()).hexdigest()[:TEKENS]}"


def collisions(rijen: Iterable[Rij | Afkeuring], plaatsen: Sequence[int]) -> list[list[int]]:
    """Return the lines of rows that have the same key and differ: each group could not be told apart."""
    eerste: dict[str, tuple[int, tuple[str, ...]]] = {}
    samen: dict[str, list[int]] = {}
    for rij in rijen:
        if isinstance(rij, Afkeuring):
            continue
        sleutel = make("", [rij.cellen[plaats] for plaats in plaatsen])
        regel, cellen = eerste.setdefault(sleutel, (rij.regel, rij.cellen))
        if cellen != rij.cellen:
            samen.setdefault(sleutel, [regel]).append(rij.regel)
    return list(samen.values())


def propose(rijen: Iterable[Rij | Afkeuring], plaatsen: Mapping[str, int]) -> list[str]:
    """Return which columns, of those given in order of preference, it takes to tell the rows apart."""
    alle = [rij.cellen for rij in rijen if isinstance(rij, Rij)]
    gekozen: list[str] = []
    nu = 0
    for kolom in plaatsen:
        apart = len({tuple(cellen[plaatsen[een]] for een in (*gekozen, kolom)) for cellen in alle})
        if apart > nu:
            gekozen.append(kolom)
            nu = apart
        if nu == len(alle) or len(gekozen) == MEESTE_KOLOMMEN:
            break
    return gekozen
