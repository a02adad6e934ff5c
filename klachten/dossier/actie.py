"""What a maatregel (step 8) and a verbeteractie (step 16) have in common: somebody carries it out, by a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from klachten.gebeurtenissen import Gebeurtenis, MaatregelGewijzigd, Vastlegging, VerbeteractieGewijzigd


@dataclass(frozen=True, kw_only=True)
class Actie:
    """Something that an actienemer carries out, as it stands now."""

    nr: int
    actienemer: str
    uiterlijk_op: date
    omschrijving: str
    bepaald_op: date
    uitgevoerd_op: date | None = None
    vervallen_op: date | None = None

    @property
    def open(self) -> bool:
        """Still to be carried out."""
        return self.uitgevoerd_op is None and self.vervallen_op is None


Soort = TypeVar("Soort", bound=Actie)


def fold(
    bepaald: Iterable[Soort],
    vastleggingen: Iterable[Vastlegging],
    welke: str,
    volgende: Callable[[Soort, Gebeurtenis], Soort],
) -> dict[int, Soort]:
    """Return every actie by number after its facts; `welke` is the field of a fact that names its number."""
    stand = {actie.nr: actie for actie in bepaald}
    for vastlegging in vastleggingen if stand else ():
        nr = getattr(vastlegging.feit, welke, None)
        if nr in stand:
            stand[nr] = volgende(stand[nr], vastlegging.feit)
    return stand


def changed(actie: Soort, feit: MaatregelGewijzigd | VerbeteractieGewijzigd, verteld: str) -> Soort:
    """Return the actie with what was changed; a new actienemer has to be told anew, so `verteld` is empty again."""
    return replace(
        actie,
        actienemer=feit.actienemer or actie.actienemer,
        uiterlijk_op=feit.uiterlijk_op or actie.uiterlijk_op,
        omschrijving=feit.omschrijving or actie.omschrijving,
        **({verteld: None} if feit.actienemer else {}),
    )
