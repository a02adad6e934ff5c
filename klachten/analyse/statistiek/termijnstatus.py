"""The status of one term, and the rates "op tijd" that can be made of many: for checks and notebooks.

The reports do the same in SQL; this is the same table as plain functions. All dates are calendar dates in
Europe/Amsterdam. The day of receipt does not count and the due day itself is on time. What happened after the
peildatum is not known yet on the peildatum, so it counts as not happened; what happens after a withdrawal ends no term.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from klachten.tijdzone import NEDERLAND

from ..basis.kalender import verschoven
from . import invoer
from .looptijden import Punt
from .overleving import kaplan_meier
from .termijnkop import Termijnkop, termijnkop
from .verhoudingen import Verhouding, wilson

OP_TIJD = "op tijd"
TE_LAAT = "te laat"
TE_LAAT_NOG_OPEN = "te laat, nog open"
LOOPT = "loopt"
NVT = "n.v.t."
ONBEPAALD = "onbepaald"
ONBEPAALD_VERSTREKEN = "onbepaald, termijn verstreken"
ONGELDIG = "ongeldig"
STATUSSEN = (OP_TIJD, TE_LAAT, TE_LAAT_NOG_OPEN, LOOPT, NVT, ONBEPAALD, ONBEPAALD_VERSTREKEN, ONGELDIG)
BESLIST = (OP_TIJD, TE_LAAT, TE_LAAT_NOG_OPEN)


@dataclass(frozen=True)
class Termijn:
    """One term of one klacht.

    `uiterlijk_op`: None when there is no term. `van_toepassing`: False when the branch does not apply, None while that
    is not known yet. `beslist_op`: the day on which it became known, None when that day is not recorded.
    """

    ontvangen_op: date
    uiterlijk_op: date | None
    gebeurd_op: date | None = None
    ingetrokken_op: date | None = None
    van_toepassing: bool | None = True
    beslist_op: date | None = None


@dataclass(frozen=True)
class Tarieven:
    """The four rates "op tijd" with Wilson intervals, and the count of every class.

    `kop`: the headline, the matured cohort with the undecided past their term as far as they are expected to belong to
    it. `rijp`: the matured cohort (due before the peildatum) without them. `afgerond`: closed only (biased: too high).
    `met_te_laat_open`: also counting what is overdue and open. `kaplan_meier`: with the open klachten as censored; None
    without data. `ondergrens`: op tijd / (matured + `onbepaald_verstreken`), as if all undecided were missed.
    """

    kop: Termijnkop
    rijp: Verhouding
    afgerond: Verhouding
    met_te_laat_open: Verhouding
    kaplan_meier: Punt | None
    ondergrens: Verhouding
    onbepaald_verstreken: int
    lopend: int
    aantallen: dict[str, int]


def lokale_datum(tijdstip: datetime | str) -> date:
    """Return the calendar date in Europe/Amsterdam of a moment (datetime with a zone, or ISO text like ...Z).

    Raises ValueError for a moment without a zone.
    """
    moment = datetime.fromisoformat(tijdstip) if isinstance(tijdstip, str) else tijdstip
    if moment.tzinfo is None:
        raise ValueError(f"Bij het tijdstip {tijdstip} ontbreekt de tijdzone.")
    return moment.astimezone(NEDERLAND).date()


def uiterlijk_op(ontvangen_op: date, dagen: int, termijnenwet: bool = False, extra: Iterable[date] = ()) -> date:
    """Return the due date: receipt + `dagen` calendar days, moved to the first ordinary day when `termijnenwet`.

    `extra`: equated days by decree. Raises ValueError for a negative term. Source: Algemene termijnenwet art. 1 and 3.
    """
    plat = ontvangen_op + timedelta(days=invoer.aantal(dagen, "De termijn in dagen"))
    return verschoven(plat, extra) if termijnenwet else plat


def bepaal_status(termijn: Termijn, peildatum: date) -> str:
    """Return the status of a term on the peildatum, one of STATUSSEN.

    Without a due date there is no term: n.v.t. A decision after the peildatum is unknown on it. Raises ValueError when
    the klacht was received after the peildatum, or the due date lies before the receipt.
    """
    if termijn.ontvangen_op > peildatum:
        raise ValueError(f"Op {peildatum} was deze klacht nog niet ontvangen (ontvangen op {termijn.ontvangen_op}).")
    if termijn.uiterlijk_op is not None and termijn.uiterlijk_op < termijn.ontvangen_op:
        raise ValueError(f"De termijn ({termijn.uiterlijk_op}) eindigt voor de ontvangst ({termijn.ontvangen_op}).")
    return _status(_zoals_bekend(termijn, peildatum), peildatum)


def _status(t: Termijn, peildatum: date) -> str:
    """Return the status of a term that holds only what was known on the peildatum."""
    if t.van_toepassing is False or t.uiterlijk_op is None:
        return NVT
    if t.gebeurd_op is not None:
        if t.gebeurd_op < t.ontvangen_op:
            return ONGELDIG
        return OP_TIJD if t.gebeurd_op <= t.uiterlijk_op else TE_LAAT
    if t.ingetrokken_op is not None and t.ingetrokken_op <= t.uiterlijk_op:
        return NVT
    verstreken = peildatum > t.uiterlijk_op
    if t.van_toepassing is None:
        return ONBEPAALD_VERSTREKEN if verstreken else ONBEPAALD
    if t.ingetrokken_op is not None:
        return TE_LAAT
    return TE_LAAT_NOG_OPEN if verstreken else LOOPT


def _zoals_bekend(t: Termijn, peildatum: date) -> Termijn:
    """Return the term without what happened after the peildatum, and without an event after the withdrawal."""
    gebeurd, ingetrokken = _bekend(t.gebeurd_op, peildatum), _bekend(t.ingetrokken_op, peildatum)
    if gebeurd is not None and ingetrokken is not None and t.ontvangen_op <= gebeurd and gebeurd > ingetrokken:
        gebeurd = None
    besloten = t.beslist_op is None or t.beslist_op <= peildatum
    return replace(
        t,
        gebeurd_op=gebeurd,
        ingetrokken_op=ingetrokken,
        van_toepassing=t.van_toepassing if besloten else None,
        beslist_op=_bekend(t.beslist_op, peildatum),
    )


def _bekend(dag: date | None, peildatum: date) -> date | None:
    return dag if dag is not None and dag <= peildatum else None


def termijn_van_alle(
    ontvangen_op: date,
    uiterlijk_op: date | None,
    gebeurd_op: Sequence[date | None],
    ingetrokken_op: date | None = None,
    van_toepassing: bool | None = True,
    beslist_op: date | None = None,
) -> Termijn:
    """Return the one term of several maatregelen together: happened when the last one is, and only if all are. Step 11.

    `gebeurd_op`: the date of each maatregel, None while open. No maatregelen at all (a deliberate zero): the term does
    not apply. A date before the receipt makes the whole term invalid.
    """
    if not gebeurd_op and van_toepassing:
        van_toepassing = False
    bekend = [dag for dag in gebeurd_op if dag is not None]
    te_vroeg = [dag for dag in bekend if dag < ontvangen_op]
    alle = len(bekend) == len(gebeurd_op) > 0
    klaar = min(te_vroeg) if te_vroeg else max(bekend) if alle else None
    return Termijn(ontvangen_op, uiterlijk_op, klaar, ingetrokken_op, van_toepassing, beslist_op)


def tarieven(termijnen: Sequence[Termijn], peildatum: date, niveau: float = 0.95) -> Tarieven:
    """Return the headline and the four rates "op tijd" of a set of terms on the peildatum.

    The headline is termijnkop() of the terms whose due day is before the peildatum. Invalid ones count in no rate.
    Kaplan-Meier is read at the due date on a clock that ends there for every klacht (days since due - longest term), so
    terms of unequal length can be taken together; withdrawn klachten are censored on their withdrawal. Raises
    ValueError as bepaal_status().
    """
    met_status = [(_zoals_bekend(t, peildatum), bepaal_status(t, peildatum)) for t in termijnen]
    telling = Counter(status for _, status in met_status)
    voorbij = [(t, status) for t, status in met_status if t.uiterlijk_op is not None and t.uiterlijk_op < peildatum]
    rijp = Counter(status for _, status in voorbij)
    n_rijp = sum(rijp[status] for status in BESLIST)
    op_tijd = telling[OP_TIJD]
    beslist = [t for t, status in voorbij if t.van_toepassing is not None and status != ONGELDIG]
    laat = [t for t in beslist if t.beslist_op is not None and t.beslist_op > t.uiterlijk_op]
    return Tarieven(
        kop=termijnkop(
            op_tijd=rijp[OP_TIJD],
            rijp=n_rijp,
            onbeslist=rijp[ONBEPAALD_VERSTREKEN],
            beslist=len(beslist),
            in_tak=sum(t.van_toepassing for t in beslist),
            laat_beslist=len(laat),
            laat_in_tak=sum(t.van_toepassing for t in laat),
            niveau=niveau,
        ),
        rijp=wilson(rijp[OP_TIJD], n_rijp, niveau),
        afgerond=wilson(op_tijd, op_tijd + telling[TE_LAAT], niveau),
        met_te_laat_open=wilson(op_tijd, sum(telling[status] for status in BESLIST), niveau),
        kaplan_meier=_kaplan_meier_op_tijd(met_status, peildatum, niveau),
        ondergrens=wilson(rijp[OP_TIJD], n_rijp + telling[ONBEPAALD_VERSTREKEN], niveau),
        onbepaald_verstreken=telling[ONBEPAALD_VERSTREKEN],
        lopend=telling[LOOPT] + telling[ONBEPAALD],
        aantallen={status: telling[status] for status in STATUSSEN},
    )


def _kaplan_meier_op_tijd(met_status: list[tuple[Termijn, str]], peildatum: date, niveau: float) -> Punt | None:
    """Return P(on time) by Kaplan-Meier of terms as known on the peildatum; None when no term has run at all."""
    doet_mee = [t for t, status in met_status if status != ONGELDIG and t.van_toepassing and t.uiterlijk_op is not None]
    if not doet_mee:
        return None
    langste = max((t.uiterlijk_op - t.ontvangen_op).days for t in doet_mee)
    dagen, gebeurd = [], []
    for t in doet_mee:
        laatst_gezien = t.gebeurd_op or t.ingetrokken_op or peildatum
        dagen.append(max(0, (laatst_gezien - t.uiterlijk_op).days + langste))
        gebeurd.append(t.gebeurd_op is not None)
    return kaplan_meier(dagen, gebeurd, niveau=niveau).kans_binnen(langste)
