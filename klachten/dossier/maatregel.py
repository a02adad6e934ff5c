"""A maatregel of one klacht, and what each fact about it changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from klachten import gebeurtenissen as g
from klachten.dossier.actie import Actie, changed
from klachten.gebeurtenissen import Gebeurtenis


@dataclass(frozen=True, kw_only=True)
class Maatregel(Actie):
    """A maatregel as it stands now (steps 8, 10 and 11)."""

    overlegd_met: str
    geinformeerd_op: date | None = None


def next_maatregel(maatregel: Maatregel, feit: Gebeurtenis) -> Maatregel:
    """Return a maatregel as it stands after a fact."""
    match feit:
        case g.MaatregelGewijzigd():
            return changed(maatregel, feit, "geinformeerd_op")
        case g.MaatregelVervallen():
            return replace(maatregel, vervallen_op=feit.gebeurd_op)
        case g.ActienemerGeinformeerd():
            return replace(maatregel, geinformeerd_op=feit.gebeurd_op)
        case g.MaatregelUitgevoerd():
            return replace(maatregel, uitgevoerd_op=feit.gebeurd_op)
    return maatregel
