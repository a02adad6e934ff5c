"""What really happened late or in another order: not refused, but recorded with a warning and a reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from klachten.dossier.klacht import Dossier
from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen.termijn import LopendeTermijn
from klachten.handelingen.weigering import Waarschuwing
from klachten.taal import aantal, datum, opsomming

# The step that comes before each step on the road of the reglement; 12 and 15 are free.
VOORGANGERS: dict[int, tuple[int, ...]] = {
    3: (2,),
    4: (3,),
    5: (4,),
    6: (5,),
    7: (6,),
    8: (6,),
    9: (8,),
    10: (9,),
    11: (10,),
    13: (9,),
    14: (13,),
}
PAD = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14)

# The codes of what leaves the order.
VOLGORDE = frozenset({"volgorde", "herhaling"})

# Steps that may be repeated, which the evaluation counts as rework.
HERHAALBAAR = frozenset({6, 9})


def waarschuwingen(dossier: Dossier, stap: int, op: date, maatregel: int | None = None) -> list[Waarschuwing]:
    """Return how doing a step on a day deviates from the order of the reglement; step 11 is of one maatregel."""
    return [*_ontbreekt(dossier, stap, maatregel), *_datum_eerder(dossier, stap, op), *_al_verder(dossier, stap, op)]


def te_laat(termijnen: Iterable[LopendeTermijn], op: date) -> Iterable[Waarschuwing]:
    """Return a warning for each term that a step on this day ends too late."""
    for termijn in termijnen:
        if op > termijn.uiterlijk_op:
            dagen = aantal((op - termijn.uiterlijk_op).days, "dag", "dagen")
            yield Waarschuwing(
                f"te_laat:{termijn.termijn}",
                f"Dit is {dagen} te laat: de termijn '{termijn.naam}' liep tot en met {datum(termijn.uiterlijk_op)}.",
            )


def asked_later(vragen: Iterable[Gebeurtenis], antwoorden: Iterable[Gebeurtenis], op: date) -> date | None:
    """Return the day of the question before which an answer of this day would come, None when each has its question."""
    gegeven = sorted([*(feit.gebeurd_op for feit in antwoorden), op])
    gevraagd = sorted(feit.gebeurd_op for feit in vragen)
    return next((vraag for vraag, antwoord in zip(gevraagd, gegeven, strict=False) if antwoord < vraag), None)


def _voor(dossier: Dossier, stap: int) -> list[int]:
    """Return the steps before a step; what is not possible in this dossier is passed over."""
    voor: list[int] = []
    for nr in VOORGANGERS.get(stap, ()):
        voor += _voor(dossier, nr) if nr in dossier.niet_mogelijk else [nr]
    return voor


def _ontbreekt(dossier: Dossier, stap: int, maatregel: int | None) -> Iterable[Waarschuwing]:
    # Stap 10 has nothing to do when it was decided that no maatregel is needed.
    elders = dossier.elders_gedaan
    ontbrekend = [nr for nr in _voor(dossier, stap) if nr not in elders and not _gedaan_op(dossier, nr, maatregel)]
    if ontbrekend:
        yield Waarschuwing(
            "volgorde",
            f"Stap {stap} komt na stap {opsomming(ontbrekend)}, en {'die is' if len(ontbrekend) == 1 else 'die zijn'} "
            "nog niet vastgelegd.",
        )
    if stap in HERHAALBAAR and dossier.stap_op(stap) and not dossier.heropend_na:
        yield Waarschuwing("herhaling", f"Stap {stap} is al eerder gedaan, op {datum(dossier.stap_op(stap))}.")


def _gedaan_op(dossier: Dossier, nr: int, maatregel: int | None) -> date | None:
    """Return when a step was done: step 10 for this maatregel, where it is known which one."""
    deze = dossier.maatregelen.get(maatregel) if maatregel is not None else None
    return deze.geinformeerd_op if nr == 10 and deze else dossier.stap_op(nr)


def _datum_eerder(dossier: Dossier, stap: int, op: date) -> Iterable[Waarschuwing]:
    eerdere = [(nr, dossier.stap_op(nr)) for nr in PAD if nr < stap and nr not in (10, 11)]
    later_gedaan = [(nr, dag) for nr, dag in eerdere if dag and dag > op]
    if later_gedaan and stap in PAD:
        nr, dag = max(later_gedaan, key=lambda paar: paar[1])
        yield Waarschuwing("volgorde", f"{datum(op)} ligt vóór stap {nr} ({datum(dag)}).")


def _al_verder(dossier: Dossier, stap: int, op: date) -> Iterable[Waarschuwing]:
    # 8, 10 and 11 come as often as there are maatregelen; after 7 nothing of the road follows.
    if stap not in PAD or stap in (7, 8, 10, 11) or dossier.heropend_na:
        return
    anders = dossier.elders_gedaan
    verder = [nr for nr in PAD if nr > stap and nr not in anders and (dag := dossier.stap_op(nr)) and dag <= op]
    if verder:
        yield Waarschuwing("volgorde", f"Stap {verder[0]} is al eerder gedaan dan stap {stap}.")
