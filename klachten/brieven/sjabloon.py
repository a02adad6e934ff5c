"""Which template a letter is made with on a day: one that the organisation added, else that of the program."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from importlib import resources

from klachten import gebeurtenissen as g
from klachten.brieven.lijst import Brief
from klachten.organisatie import Organisatie

PAKKET = "klachten.brieven.sjablonen"


@dataclass(frozen=True)
class Versie:
    """A template of the organisation, and the days on which it holds; `tot` is None while no end is known."""

    feit: g.SjabloonToegevoegd
    vanaf: date
    tot: date | None = None


def versions(org: Organisatie, brief: str) -> list[Versie]:
    """Return every template of a letter in order of recording, each cut off by what was recorded after it."""
    uit: list[Versie] = []
    for feit in org.van(g.SjabloonToegevoegd, g.SjabloonBeeindigd):
        if feit.brief != brief:
            continue
        laatste = feit.vanaf - timedelta(days=1) if isinstance(feit, g.SjabloonToegevoegd) else feit.laatste_dag
        uit = [replace(v, tot=min(v.tot or laatste, laatste)) for v in uit]
        if isinstance(feit, g.SjabloonToegevoegd):
            uit.append(Versie(feit, feit.vanaf))
    return uit


def template_on(org: Organisatie, brief: str, op: date) -> g.SjabloonToegevoegd | None:
    """Return the template of the organisation that holds on a day; None for that of the program."""
    geldig = [v for v in versions(org, brief) if v.vanaf <= op and (v.tot is None or op <= v.tot)]
    return geldig[-1].feit if geldig else None


def of_program(brief: Brief) -> bytes:
    """Return the template that comes with the program."""
    return resources.files(PAKKET).joinpath(brief.bestand).read_bytes()
