"""A klacht that was taken over and is handled on here: what holds of its receipt, and what was done before that.

From that day on it runs under the own reglement; what was done in the other system stays done, in whatever order and
however late it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from klachten import gebeurtenissen as g
from klachten.gebeurtenissen import Vastlegging

if TYPE_CHECKING:
    from klachten.dossier.klacht import Dossier, Feiten

REGISTER, OVERGENOMEN = "register", "overgenomen"
"""Where a klacht is handled: here, or in the system it was taken over from."""
ONBEKEND = "onbekend"
"""What stands for somebody, or something, of whom the source says nothing."""
_KEUZES = ("kanaal", "indiener_soort", "vestiging", "categorie")


def done_elsewhere(dossier: Dossier) -> frozenset[int]:
    """Return the steps that are behind a klacht without a fact here; 8 only when there is nothing left to decide.

    Which maatregelen were decided in the other system is recorded here while they have still to be carried out.
    """
    gedaan = dossier.elders_gedaan
    weet = dossier.geldende_maatregelen or dossier.zonder_maatregelen or 11 in gedaan
    return gedaan if weet else gedaan - {8}


def was_elsewhere(feiten: Feiten, vastlegging: Vastlegging) -> bool:
    """Tell whether a fact of a klacht that is handled on here is of before that: it was done as it was done."""
    hier = first_of(feiten.per_soort.get(g.BehandelingVoortgezet, ()))
    return hier is not None and _place(vastlegging) < _place(hier)


def _place(vastlegging: Vastlegging) -> int:
    return vastlegging.corrigeert or vastlegging.nr


def first_of(vastleggingen: Iterable[Vastlegging]) -> Vastlegging | None:
    """Return the first of these facts; schema/afgeleid/klacht_stand says the same."""
    return min(vastleggingen, key=lambda v: (v.feit.gebeurd_op, _place(v)), default=None)


def as_handled(ontvangst: g.KlachtOntvangen, voortzetting: g.BehandelingVoortgezet | None) -> g.KlachtOntvangen:
    """Return the receipt of a klacht as it is handled now: under which reglement, and as the own lists say it."""
    if voortzetting is None:
        return ontvangst
    keuzes = {naam: gekozen for naam in _KEUZES if (gekozen := getattr(voortzetting, naam))}
    return replace(
        ontvangst,
        herkomst=REGISTER,
        reglement=voortzetting.reglement,
        reglement_versie=voortzetting.reglement_versie,
        **keuzes,
    )


ACHTER_DE_RUG = (2, 3, 5, 6, 8, 9, 10, 11, 13, 14)
"""The steps that can be behind a klacht without a day: 4 is who handles it here, 7 instead of 8, 12 and 15 are free."""


def behind(volgende: int, gedaan: Iterable[int], toestand: str = "") -> tuple[int, ...]:
    """Return the steps that were done in the other system: those before the next one, and those that have a day.

    Of a klacht that came to its end there (`toestand`) all is done that belongs to that end.
    """
    tot = volgende if not toestand else 99 if toestand == "afgesloten" else 7
    return tuple(sorted({nr for nr in ACHTER_DE_RUG if nr < tot} | {nr for nr in gedaan if nr not in (1, 4, 12, 15)}))
