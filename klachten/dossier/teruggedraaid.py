"""A klacht of an import that was undone: it counts nowhere any more, and what it brought is still kept.

It can be erased, and asked for by whoever stands in it, as any other; nothing else is done with it.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property

from klachten import gebeurtenissen as g
from klachten.dossier.klacht import Feiten
from klachten.dossier.weigering import Weigering
from klachten.organisatie import Gebruiker


class Teruggedraaid(Feiten):
    """What is kept of a klacht of which even the receipt was taken back."""

    @cached_property
    def ontvangst(self) -> g.KlachtOntvangen:
        """The receipt as it was said last."""
        return [v.feit for v in self.vastleggingen if isinstance(v.feit, g.KlachtOntvangen)][-1]

    @cached_property
    def teruggedraaid_op(self) -> date:
        """The day on which its import was undone."""
        return [v.feit.gebeurd_op for v in self.vastleggingen if isinstance(v.feit, g.FeitHerroepen)][-1]

    @cached_property
    def betrokkenen(self) -> frozenset[str]:
        """Ids of the medewerkers of whom any version of any fact says that they were involved."""
        feiten = [v.feit for v in self.vastleggingen]
        ontvangst = (wie for feit in feiten if isinstance(feit, g.KlachtOntvangen) for wie in feit.betrokkenen)
        return frozenset((*ontvangst, *(f.betrokkene for f in feiten if isinstance(f, g.BetrokkeneToegevoegd))))


def not_involved(feiten: Feiten, gebruiker: Gebruiker) -> Weigering | None:
    """Return the Dutch reason why who is involved does nothing with what is left of a klacht; None for anybody else."""
    if not isinstance(feiten, Teruggedraaid) or gebruiker.id not in feiten.betrokkenen:
        return None
    return Weigering(
        "betrokken", f"Dit kan niet door u: u bent betrokken bij klacht {feiten.klachtnummer}. Iemand anders doet dit."
    )
