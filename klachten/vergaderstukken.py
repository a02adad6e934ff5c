"""What an evaluation meeting has before it and leaves behind: the evaluation before, the agenda, the minutes (step 16).

Reading of dossiers, the figures of the report and the papers of analyse.rapport come together here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from klachten import gebeurtenissen as g
from klachten import handelingen, jaarverslag
from klachten.analyse import rapport
from klachten.analyse.rapport import opmaak, vergadering
from klachten.analyse.rapport.bevroren import Cijfers
from klachten.analyse.rapport.vervolg import Afspraak
from klachten.dossier.evaluatie import EvaluatieDossier
from klachten.handelingen.bevriezen import te_heropenen
from klachten.handelingen.evalueren import period_of
from klachten.periode import Periode
from klachten.register import Register


@dataclass(frozen=True, kw_only=True)
class Ervoor:
    """What a meeting has before it, as of a day: its figures, the evaluation before, and all that was agreed.

    `heropent`: the number of the evaluation that this meeting reopens; empty when it is a new one. `eerder`: what was
    concluded before about the same days: that evaluation, else the last interim one; None when there is none. `binnen`:
    those of parts of the period that were over, as the quarters of a year, the first part first.
    """

    cijfers: Cijfers
    vorige: rapport.Evaluatie | None
    heropent: str
    eerder: rapport.Evaluatie | None
    afspraken: Mapping[str, Afspraak]
    binnen: tuple[rapport.Evaluatie, ...] = ()


def ervoor(register: Register, periode: Periode, cijfers: Cijfers, peildatum: date) -> Ervoor:
    """Return what a meeting about a period has before it, beside figures that were counted or frozen."""
    heropent = te_heropenen(register, periode.eerste, periode.laatste, peildatum)
    eerder = heropent or _tussentijds(register, periode, peildatum)
    vorige = vorige_evaluatie(register, periode, peildatum)
    return Ervoor(
        cijfers=cijfers,
        vorige=evaluatie(register, vorige) if vorige else None,
        heropent=heropent,
        eerder=evaluatie(register, eerder) if eerder else None,
        afspraken=afspraken(register, peildatum),
        binnen=tuple(evaluatie(register, een) for een in van_delen(register, periode, peildatum)),
    )


def vorige_evaluatie(register: Register, periode: Periode, peildatum: date) -> str | None:
    """Return the number of the evaluation before one of a period: of the period before it, else the newest before it.

    Of one that was reopened it is the last version that had been held on the peildatum.
    """
    ervoor = periode.vorige
    with register.cursor() as cursor:
        rijen = cursor.execute(
            "SELECT klachtnummer FROM evaluatie WHERE gehouden_op <= $op AND periode_tot < $tot AND periode_van < $van "
            "ORDER BY (periode_van = $v AND periode_tot = $t) DESC, periode_tot DESC, versie DESC, gehouden_op DESC, "
            "klachtnummer DESC LIMIT 1",
            {
                "op": peildatum, "van": periode.eerste, "tot": periode.laatste, "v": ervoor.eerste,
                "t": ervoor.laatste,
            },
        ).fetchall()  # fmt: skip
    return rijen[0][0] if rijen else None


def _tussentijds(register: Register, periode: Periode, peildatum: date) -> str | None:
    """Return the number of the last evaluation of the beginning of a period, held before it was over.

    One of a first quarter that was over is about that quarter, and no interim one of the year.
    """
    with register.cursor() as cursor:
        rijen = cursor.execute(
            "SELECT klachtnummer FROM evaluatie WHERE gehouden_op <= $op AND gehouden_op <= periode_tot "
            "AND periode_van = $van AND periode_tot <= $tot "
            "ORDER BY periode_tot DESC, versie DESC, gehouden_op DESC, klachtnummer DESC LIMIT 1",
            {"op": peildatum, "van": periode.eerste, "tot": periode.laatste},
        ).fetchall()
    return rijen[0][0] if rijen else None


def van_delen(register: Register, periode: Periode, peildatum: date) -> list[str]:
    """Return the numbers of the evaluations of parts of a period that were over, the first part first.

    Of each part the last version that had been held on the peildatum. One that was held before its part was over is an
    interim one of that part, and waits for the next.
    """
    with register.cursor() as cursor:
        rijen = cursor.execute(
            "SELECT periode_van, periode_tot, klachtnummer FROM evaluatie "
            "WHERE gehouden_op <= $op AND gehouden_op > periode_tot AND periode_van >= $van AND periode_tot <= $tot "
            "AND NOT (periode_van = $van AND periode_tot = $tot) "
            "ORDER BY periode_tot, periode_van, versie, gehouden_op, klachtnummer",
            {"op": peildatum, "van": periode.eerste, "tot": periode.laatste},
        ).fetchall()
    return list({(van, tot): nummer for van, tot, nummer in rijen}.values())


def notulen_noemen(register: Register, nummer: str) -> list[str]:
    """Return the numbers of the evaluations whose conclusions stand in the minutes of another."""
    feit = jaarverslag.dossier_van(register, nummer).evaluatie
    return van_delen(register, Periode(*period_of(feit)), feit.gebeurd_op)


def evaluatie(register: Register, nummer: str) -> rapport.Evaluatie:
    """Return an evaluation with what was concluded and agreed, as its minutes show it."""
    return jaarverslag.evaluatie(register, nummer)


def afspraken(register: Register, peildatum: date) -> dict[str, Afspraak]:
    """Return every verbeteractie that was agreed up to a day by 'E2026-0001 · 1', as it reads now."""
    with register.cursor() as cursor:
        rijen = cursor.execute(
            "SELECT DISTINCT klachtnummer FROM verbeteractie_op(?) ORDER BY klachtnummer", [peildatum]
        ).fetchall()
    return {een.nr: een for (nummer,) in rijen for een in _nu(jaarverslag.dossier_van(register, nummer))}


def _nu(dossier: EvaluatieDossier) -> Iterator[Afspraak]:
    for nr, actie in dossier.verbeteracties.items():
        yield jaarverslag.afspraak(dossier.klachtnummer, nr, actie, actie.bepaald_op)


def agenda(voor: Ervoor, vandaag: date) -> dict[str, Any]:
    """Return the agenda of a meeting as blocks."""
    return vergadering.agenda(
        voor.cijfers, voor.vorige, voor.afspraken, voor.eerder, voor.binnen, heropent=bool(voor.heropent),
        opgemaakt_op=vandaag,
    )  # fmt: skip


def notulen(register: Register, nummer: str) -> dict[str, Any]:
    """Return the minutes of an evaluation as blocks, with the figures that it froze."""
    feit = jaarverslag.dossier_van(register, nummer).evaluatie
    cijfers = jaarverslag.bevroren_cijfers(register, nummer)
    vorige = vorige_evaluatie(register, Periode(*period_of(feit)), feit.gebeurd_op)
    return vergadering.notulen(
        evaluatie(register, nummer),
        cijfers,
        evaluatie(register, vorige) if vorige else None,
        tuple(evaluatie(register, een) for een in notulen_noemen(register, nummer)),
        organisatie=_naam(register, feit),
    )


def _naam(register: Register, feit: g.EvaluatieGehouden) -> str:
    return handelingen.reglement_van(register, None, op=feit.gebeurd_op).organisatie


def as_pdf(register: Register, stuk: Mapping[str, Any], vandaag: date) -> bytes:
    """Return agenda or minutes as PDF, in the style of the house."""
    return opmaak.zet(stuk, jaarverslag.stijl(register, vandaag))
