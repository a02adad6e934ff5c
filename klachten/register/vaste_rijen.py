"""The rows that a database gets from outside the facts: terms and aims of the reglementen, days of the calendar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any


def term_rows(reglement: Any) -> list[tuple[Any, ...]]:
    """The rows of table termijn for a reglement: one per term, and one more per kenmerk that changes its length."""
    return [
        (
            reglement.id, t.id, t.naam, t.stap, waarde, t.eenheid, t.vanaf, list(t.einde), t.geldt, t.geldig_vanaf,
            t.geldig_tot, kenmerk, reglement.op(t.geldig_vanaf).verschuift_bij_vrije_dag,
            t.verlenging.waarde if t.verlenging else None, t.verlenging.eenheid if t.verlenging else None,
        )
        for t in reglement.termijnen
        for kenmerk, waarde in [(None, t.waarde), *dict(t.bij_kenmerk or {}).items()]
    ]  # fmt: skip


def aim_rows(reglement: Any) -> list[tuple[Any, ...]]:
    """The rows of table streeftermijn for a reglement, as those of its terms."""
    return [
        (
            reglement.id, t.id, t.naam, t.stap, waarde, t.eenheid, t.vanaf, list(t.einde), t.geldt, t.geldig_vanaf,
            t.geldig_tot, kenmerk,
        )
        for t in reglement.streeftermijnen
        for kenmerk, waarde in [(None, t.waarde), *dict(t.bij_kenmerk or {}).items()]
    ]  # fmt: skip


def day_rows(dagen: Iterable[Sequence[Any]]) -> list[tuple[Any, ...]]:
    """The rows of table dag from (dag, werkdag, eerstvolgende_werkdag, naam): each with its working days counted."""
    werkdagnr, rijen = 0, []
    for dag, werkdag, eerstvolgende_werkdag, naam in dagen:
        werkdagnr += bool(werkdag)
        rijen.append((dag, werkdag, eerstvolgende_werkdag, naam, werkdagnr))
    return rijen


def keep_rows(reglement: Any) -> list[tuple[Any, ...]]:
    """The rows of table bewaartermijn: each version of a reglement from its first day up to and including its last."""
    uitgaven = reglement.uitgaven or (reglement,)
    begin = [date.min if plek == 0 else uitgave.vanaf for plek, uitgave in enumerate(uitgaven)]
    einde = [*(dag - timedelta(days=1) for dag in begin[1:]), date(9999, 12, 31)]
    return [
        (reglement.id, t.soort, van, tot, t.duur, t.eenheid, t.vanaf)
        for uitgave, van, tot in zip(uitgaven, begin, einde, strict=True)
        for t in uitgave.bewaartermijnen
    ]
