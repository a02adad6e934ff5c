"""Step 16: over which period an evaluation goes, and who may hold it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from klachten.gebeurtenissen import EvaluatieGehouden, TrajectenVastgesteld
from klachten.handelingen.bevriezen import check_peildatum, heeft_volgende, te_heropenen
from klachten.handelingen.termijn import betrokkenen_van_periode
from klachten.handelingen.veld import BUITEN, EERSTE_JAAR
from klachten.handelingen.weigering import Geweigerd, OngeldigeInvoer
from klachten.organisatie import met_rol, naam
from klachten.periode import Periode
from klachten.register import Register
from klachten.taal import datum, opsomming


def with_period(feit: EvaluatieGehouden) -> EvaluatieGehouden:
    """Return the fact with its first and last day: the year, or of a running year what has passed of it."""
    if not EERSTE_JAAR <= feit.jaar <= feit.gebeurd_op.year:
        raise OngeldigeInvoer(
            {"jaar": f"Kies een jaar tot en met {feit.gebeurd_op.year}, het jaar van de evaluatie (stap 16)."}
        )
    van, tot = period_of(feit)
    if not van.year <= feit.jaar <= tot.year:
        raise OngeldigeInvoer({"van": f"De periode ligt buiten {feit.jaar}, het jaar dat u evalueert (stap 16)."})
    if van > tot:
        raise OngeldigeInvoer({"tot": f"De periode eindigt vóór {datum(van)}, de dag waarop zij begint (stap 16)."})
    if tot > feit.gebeurd_op:
        raise OngeldigeInvoer(
            {"tot": f"De periode loopt tot en met {datum(tot)}, na de evaluatie op {datum(feit.gebeurd_op)} (stap 16)."}
        )
    return replace(feit, van=van, tot=tot)


def period_of(feit: EvaluatieGehouden) -> tuple[date, date]:
    """Return the first and the last day that an evaluation covers."""
    einde = date(feit.jaar, 12, 31)
    return feit.van or date(feit.jaar, 1, 1), feit.tot or min(einde, max(feit.gebeurd_op, date(feit.jaar, 1, 1)))


def named_period(feit: EvaluatieGehouden) -> str:
    """Return the period of an evaluation as the user reads it."""
    return Periode(*period_of(feit)).naam


def check_not_evaluated(register: Register, feit: EvaluatieGehouden) -> None:
    """Refuse a period that was evaluated already: that evaluation stays, and gets a next version."""
    if eerder := te_heropenen(register, *period_of(feit), feit.gebeurd_op):
        raise Geweigerd(
            f"Stap 16: {named_period(feit)} is al geëvalueerd ({eerder}). Die evaluatie blijft zoals zij is; "
            "heropen haar om met een reden een nieuwe versie te maken.",
            soort="al_geevalueerd",
        )


def check_corrected(register: Register, oud: EvaluatieGehouden, nieuw: EvaluatieGehouden, nummer: str) -> None:
    """Refuse a correction to a period that another one has, or away from what its versions or its figures are of."""
    if nieuw.peildatum:
        check_peildatum(nieuw.peildatum, nieuw.gebeurd_op)
    if period_of(nieuw) == period_of(oud):
        return
    if oud.document:
        raise Geweigerd(
            f"Stap 16: de bevroren cijfers van {nummer} gaan over {named_period(oud)}. De periode kan dan niet meer "
            "anders.",
            soort="periode_bevroren",
        )
    if oud.versie > 1 or heeft_volgende(register, nummer):
        raise Geweigerd(
            f"Stap 16: van de evaluatie over {named_period(oud)} zijn er meer versies. De periode van {nummer} kan dan "
            "niet meer anders.",
            soort="periode_bevroren",
        )
    check_not_evaluated(register, nieuw)


def check_deel(feit: TrajectenVastgesteld) -> None:
    """Refuse a number of trajecten of a quarter or month that is not over: it would not be the number of all of it."""
    if not feit.deel:
        return
    over = Periode.lees(f"{feit.jaar}-{feit.deel.removeprefix('m').upper()}")
    if feit.gebeurd_op < over.laatste:
        wat = f"{over.naam[0].upper()}{over.naam[1:]} loopt tot en met {datum(over.laatste)}"
        raise OngeldigeInvoer({"deel": f"{wat}. Vul dit in als die periode voorbij is (stap 16)."})


def check_evaluatie(register: Register, feit: EvaluatieGehouden) -> None:
    """Refuse evaluators who are all involved in a klacht of the period, or outsiders where directie can do it."""
    van, tot = period_of(feit)
    directie = {lid.id for lid in met_rol("directie", op=feit.gebeurd_op)}
    eigen = [lid for lid in feit.directieleden if lid != BUITEN]
    gevallen = betrokkenen_van_periode(register, van, tot)
    if not eigen:
        if not any(directie <= betrokkenen for _, betrokkenen in gevallen):
            raise Geweigerd(
                "Stap 16: alleen iemand van buiten kan niet evalueren zolang een directielid niet betrokken is. Kies "
                "wie van de directie evalueert.",
                soort="niet_alleen_evalueren",
            )
        return
    alleen = {nummer: directie - betrokkenen for nummer, betrokkenen in gevallen if set(eigen) <= betrokkenen}
    if BUITEN in feit.directieleden:
        # Somebody outside takes part only in what nobody of directie can evaluate.
        alleen = {nummer: vrij for nummer, vrij in alleen.items() if vrij}
    if not alleen:
        return
    vrij = sorted({naam(lid) for leden in alleen.values() for lid in leden})
    wie = f"{opsomming(vrij, 'of')}, die niet betrokken is," if vrij else "iemand van buiten"
    zijn, kunnen = ("is", "kan") if len(eigen) == 1 else ("zijn", "kunnen")
    raise Geweigerd(
        f"Stap 16: {opsomming(naam(lid) for lid in eigen)} {zijn} betrokken bij klacht {opsomming(alleen)} en "
        f"{kunnen} die niet alleen evalueren. Laat {wie} meedoen.",
        soort="niet_alleen_evalueren",
    )
