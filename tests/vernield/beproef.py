"""Trying so many files of each kind of mangling and of file."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

import tests.vernield.streken  # noqa: F401  # with what it imports, it adds what is tried to the list
from tests.vernield.oordeel import Proefregister
from tests.vernield.trekking import PROEVEN, Proef, Trek

Telling = dict[str, Counter[str]]
KOSTBAAR = ("xlsx", "ods", "xls")
"""Kinds that are read in a process of their own each time: of those a fifth."""


def shares(aantal: int, alleen: str = "", soorten: Sequence[str] = ()) -> list[tuple[Proef, str, int]]:
    """How many files of each kind of mangling and of file."""
    paren = [(proef, soort) for proef in PROEVEN for soort in proef.soorten]
    paren = [paar for paar in paren if alleen in paar[0].naam and (not soorten or paar[1] in soorten)]
    gewicht = [1 if soort in KOSTBAAR else 5 for _, soort in paren]
    per, over = aantal / sum(gewicht), 0.0
    uit = []
    for (proef, soort), keer in zip(paren, gewicht, strict=True):
        over += keer * per
        uit.append((proef, soort, int(over)))
        over -= int(over)
    return uit


def run(
    hier: Proefregister, proef: Proef, soort: str, aantal: int, zaad: int, telling: Counter[str], fouten: list[str]
) -> None:
    """Try so many files of one kind of mangling and of file."""
    if not aantal:
        return

    @seed(zaad)
    @settings(
        max_examples=aantal,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(st.data())
    def alle(data: st.DataObject) -> None:
        geval = proef.maak(Trek(data.draw), soort)
        uitslag = hier.doe(geval)
        telling[uitslag.soort or "fout"] += 1
        telling["langst"] = max(telling["langst"], round(uitslag.duur * 1000))
        for fout in uitslag.fouten:
            fouten.append(f"{proef.naam} ({soort}): {fout}")
            print(fouten[-1], file=sys.stderr, flush=True)

    alle()


def part(aantal: int, alleen: str, soorten: Sequence[str], zaad: int, deel: int, van: int) -> tuple[Telling, list[str]]:
    """Try every so manieth kind of mangling and of file."""
    telling: Telling = {}
    fouten: list[str] = []
    with Proefregister() as hier:
        for proef, soort, keer in shares(aantal, alleen, soorten)[deel::van]:
            run(hier, proef, soort, keer, zaad, telling.setdefault(proef.naam, Counter()), fouten)
    return telling, fouten
