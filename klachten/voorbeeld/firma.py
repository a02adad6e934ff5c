"""The invented firm of the example: its name, and the lists that an organisation keeps itself, as facts."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from klachten import gebeurtenissen as g
from klachten.gebeurtenissen import Gebeurtenis
from klachten.reglement import VAN_DE_FIRMA

_FIRMA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))

BEGIN = date(2000, 1, 1)
"""From this day on the reglement of the example holds, and everybody of its cast is there."""
VESTIGINGEN: dict[str, str] = {keuze["id"]: keuze["naam"] for keuze in _FIRMA["vestigingen"]}


def organisation(op: date, vanaf: date) -> Iterator[Gebeurtenis]:
    """Give the facts that the firm is there, decided on a day, and when its book year begins."""
    yield g.OrganisatieIngericht(gebeurd_op=op, voorbeeld=True, naam=_FIRMA["naam"])
    yield g.BoekjaarGesteld(gebeurd_op=op, maand=_FIRMA["boekjaar_begint_in_maand"], vanaf=vanaf)


def reach(op: date, vanaf: date) -> Gebeurtenis:
    """Return the fact where the firm is reached, decided on a day: it stands in the letters."""
    return g.OrganisatieGewijzigd(gebeurd_op=op, vanaf=vanaf, **_FIRMA["bereik"])


def lists(op: date, vanaf: date) -> Iterator[Gebeurtenis]:
    """Give the facts of its vestigingen, opdrachtgevers and trajectsoorten, decided on a day."""
    for lijst in VAN_DE_FIRMA:
        for keuze in _FIRMA[lijst]:
            yield g.KeuzeToegevoegd(gebeurd_op=op, lijst=lijst, id=keuze["id"], vanaf=vanaf, naam=keuze["naam"])
