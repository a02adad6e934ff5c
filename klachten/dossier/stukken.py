"""The documents of a dossier: each with its versions, the newest first, and the attachments that came with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from klachten import gebeurtenissen as g
from klachten.dossier.klacht import Feiten
from klachten.gebeurtenissen import Vastlegging


@dataclass(frozen=True)
class Stuk:
    """One version of a document: `nr` is the number of its fact as first recorded, `reeks` of its first version."""

    nr: int
    reeks: int
    bij: int | None
    vastlegging: Vastlegging
    feit: g.DocumentToegevoegd

    @property
    def dag(self) -> date:
        """The day that stands on it, else the one on which it came or went."""
        return self.feit.van_dag or self.feit.gebeurd_op


@dataclass(frozen=True)
class Reeks:
    """A document as it is now, what it was before (the newest first), and its attachments."""

    nu: Stuk
    eerder: tuple[Stuk, ...]
    bijlagen: tuple[Reeks, ...]


def all_of(feiten: Feiten) -> list[Stuk]:
    """Return every document that holds now, in the order in which they were recorded, each version apart.

    A version that was taken back leaves its place to the one before it; what came after it stays where it was. What an
    attachment belongs to is the `reeks` of that document, whichever version it came with.
    """
    reeks_van, bij_van = _ties(feiten)
    uit = []
    for vastlegging in feiten.per_soort.get(g.DocumentToegevoegd, ()):
        feit = vastlegging.feit
        assert isinstance(feit, g.DocumentToegevoegd)
        nr = vastlegging.corrigeert or vastlegging.nr
        uit.append(Stuk(nr, reeks_van[nr], bij_van.get(reeks_van[nr]), vastlegging, feit))
    return sorted(uit, key=lambda stuk: stuk.nr)


def _ties(feiten: Feiten) -> tuple[dict[int, int], dict[int, int]]:
    """Return of each document that ever was the first version, and of each first version what it was attached to.

    Read from all facts, also those taken back, so that these tie no less. A tie only points back: to what was there.
    """
    reeks: dict[int, int] = {}
    bij: dict[int, int] = {}
    for v in feiten.vastleggingen:
        if isinstance(v.feit, g.DocumentToegevoegd) and v.corrigeert is None:
            vorige = v.feit.vervangt
            reeks[v.nr] = reeks.get(vorige, v.nr) if vorige is not None else v.nr
            moeder = reeks.get(v.feit.hoort_bij) if v.feit.hoort_bij is not None else None
            if moeder is not None and moeder != reeks[v.nr]:
                bij[reeks[v.nr]] = moeder
    return reeks, bij


def by_document(stukken: Iterable[Stuk]) -> list[Reeks]:
    """Return the documents with their versions and attachments; an attachment of what is gone stands by itself."""
    per_reeks: dict[int, list[Stuk]] = {}
    for stuk in stukken:
        per_reeks.setdefault(stuk.reeks, []).insert(0, stuk)
    onder: dict[int | None, list[int]] = {}
    for reeks, versies in per_reeks.items():
        moeder = versies[0].bij
        onder.setdefault(moeder if moeder in per_reeks else None, []).append(reeks)

    def boom(reeks: int) -> Reeks:
        nieuwste, *eerder = per_reeks[reeks]
        return Reeks(nieuwste, tuple(eerder), tuple(boom(kind) for kind in onder.get(reeks, ())))

    return [boom(reeks) for reeks in onder.get(None, ())]
