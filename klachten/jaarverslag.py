"""The figures and the report of a period on a register: what the page and the command both ask for (step 16).

Reading of register and dossiers, the figures of analyse and the report of analyse.rapport come together only here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from klachten import __version__, handelingen, organisatie
from klachten import gebeurtenissen as g
from klachten.analyse import rapport
from klachten.analyse.basis.selectie import Filter
from klachten.analyse.basis.zinnen import Bevinding
from klachten.analyse.jaar.beeld import Jaarbeeld
from klachten.analyse.jaar.jaarbeeld import jaarbeeld
from klachten.analyse.rapport import bevroren
from klachten.analyse.rapport.bevroren import Cijfers, Herkomst
from klachten.analyse.rapport.verschil import Verschil, naast, verschillen
from klachten.analyse.rapport.vervolg import Afspraak
from klachten.analyse.termijnen.netto import netten
from klachten.dossier.evaluatie import EvaluatieDossier, Verbeteractie
from klachten.handelingen.bevriezen import versies_van_jaar, versies_van_periode
from klachten.handelingen.evalueren import period_of
from klachten.periode import Periode, Wanneer, als_periode
from klachten.register import Register
from klachten.taal import aantal

__all__ = [
    "Sindsdien", "afspraak", "bevroren_cijfers", "bevroren_tekst", "dossier_van", "evaluatie", "laatste_evaluatie",
    "sindsdien", "tel", "tel_beeld", "verslag",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Sindsdien:
    """What became of frozen figures: each that is another one now, and the facts that came in late.

    `later`: facts recorded after freezing about the days up to the peildatum; `verbeterd`: of these, or besides them,
    those that correct or retract what had been counted. `periode`, `peildatum`, `filter`: what the figures are about.
    `ernaast`: beside each frozen finding what the register says of it now, with the lists behind its counts.
    """

    periode: Periode
    peildatum: date
    filter: Filter
    ernaast: tuple[Bevinding | None, ...]
    verschillen: tuple[Verschil, ...]
    later: int
    verbeterd: int

    @property
    def zinnen(self) -> tuple[str, ...]:
        """Say it, the facts first."""
        feiten = []
        if self.later:
            feiten.append(
                f"{aantal(self.later, 'feit is', 'feiten zijn')} pas na het bevriezen vastgelegd, over de tijd ervoor."
            )
        if self.verbeterd:
            feiten.append(
                f"{aantal(self.verbeterd, 'feit is', 'feiten zijn')} na het bevriezen verbeterd of herroepen."
            )
        if not self.verschillen:
            slot = "De cijfers zijn daardoor niet veranderd." if feiten else "Het register zegt nu nog hetzelfde."
            return (*feiten, slot)
        return (*feiten, *(verschil.zin for verschil in self.verschillen))


def tel(register: Register, periode: Wanneer, peildatum: date) -> Cijfers:
    """Count everything about a period on the register as it is now; ValueError for one after the peildatum."""
    return tel_beeld(register, periode, peildatum)[1]


def tel_beeld(register: Register, periode: Wanneer, peildatum: date) -> tuple[Jaarbeeld, Cijfers]:
    """Return the same with the picture it is made from, whose findings know the lists behind their counts."""
    dag = min(als_periode(periode).laatste, peildatum)
    reglement = handelingen.reglement_van(register, None, op=dag)
    while True:
        stand = register.stand()
        with register.cursor() as cursor:
            beeld = jaarbeeld(cursor, periode, peildatum, reglement=reglement)
            zonder_wachten = netten(cursor, peildatum=peildatum, periode=periode)
        # A fact that came in while counting would not be under the seal.
        if register.stand() == stand:
            break
    herkomst = Herkomst(zegel=stand.zegel, aantal_feiten=stand.aantal, software_versie=__version__)
    return beeld, bevroren.cijfers(beeld, reglement, herkomst, zonder_wachten)


def bevroren_tekst(register: Register, periode: Wanneer, peildatum: date) -> bytes:
    """Count a period and return the text to freeze with its evaluation."""
    return bevroren.to_json(tel(register, periode, peildatum))


def bevroren_cijfers(register: Register, nummer: str) -> Cijfers | None:
    """Return the figures that an evaluation froze; None when it froze none."""
    document = dossier_van(register, nummer).evaluatie.document
    return bevroren.from_json(register.document(nummer, document)) if document else None


def sindsdien(register: Register, nummer: str) -> Sindsdien | None:
    """Return what the register says now about the period and the day of frozen figures; None when none were frozen."""
    toen = bevroren_cijfers(register, nummer)
    if toen is None:
        return None
    peildatum = date.fromisoformat(toen["peildatum"])
    tot_nr = toen["herkomst"]["aantal_feiten"]
    with register.cursor() as cursor:
        later, verbeterd = cursor.execute(
            # What is about the year itself: klachten and trajecten, not the evaluations of it.
            "SELECT COUNT(*) FILTER (WHERE corrigeert IS NULL AND gebeurd_op <= $op), "
            "COUNT(*) FILTER (WHERE corrigeert <= $nr) FROM gebeurtenis "
            "WHERE nr > $nr AND klachtnummer NOT LIKE 'E%' AND klachtnummer NOT LIKE 'S%'",
            {"op": peildatum, "nr": tot_nr},
        ).fetchall()[0]
    beeld, nu = tel_beeld(register, bevroren.periode_van(toen), peildatum)
    return Sindsdien(
        periode=beeld.periode, peildatum=peildatum, filter=beeld.filter, ernaast=naast(toen, beeld.bevindingen),
        verschillen=verschillen(toen, nu), later=later, verbeterd=verbeterd,
    )  # fmt: skip


def laatste_evaluatie(register: Register, periode: Wanneer) -> str | None:
    """Return the number of the newest version of the evaluation of a period, if it was held.

    Of a calendar year of which only parts were evaluated it is that of the last part.
    """
    p = als_periode(periode)
    if p.soort == "jaar":
        return next(reversed(versies_van_jaar(register, p.jaar)), None)
    return next(reversed(versies_van_periode(register, p.eerste, p.laatste)), None)


def evaluatie(register: Register, nummer: str) -> rapport.Evaluatie:
    """Return an evaluation as the report shows it, with its texts from the dossier."""
    dossier = dossier_van(register, nummer)
    feit = dossier.evaluatie
    return rapport.Evaluatie(
        nummer=nummer,
        versie=feit.versie,
        gehouden_op=feit.gebeurd_op,
        directieleden=tuple(_lid(id) for id in feit.directieleden),
        conclusies=feit.conclusies,
        vervangt=feit.vervangt,
        reden=feit.reden,
        document=feit.document,
        omschrijvingen={f"{nummer} · {nr}": actie.omschrijving for nr, actie in dossier.verbeteracties.items()},
        over=Periode(*period_of(feit)).naam,
        onderdelen=dossier.conclusies,
        later={
            een.onderdeel: een.gebeurd_op
            for een in dossier.van(g.ConclusieGetrokken)
            if een.gebeurd_op != feit.gebeurd_op
        },
        afspraken=tuple(_afspraken(dossier)),
        aanwezigen=tuple(organisatie.naam(id) for id in feit.aanwezigen),
        vastgelegd_door=organisatie.naam(dossier.vastleggingen[0].door),
    )


def _afspraken(dossier: EvaluatieDossier) -> Iterator[Afspraak]:
    """Yield the verbeteracties as they were agreed, whatever became of them since."""
    for feit in dossier.van(g.VerbeteractieBepaald):
        yield afspraak(dossier.klachtnummer, feit.verbeteractie, feit, feit.gebeurd_op)


def afspraak(nummer: str, nr: int, wat: g.VerbeteractieBepaald | Verbeteractie, bepaald_op: date) -> Afspraak:
    """Return a verbeteractie of an evaluation as papers show it, with the name of who does it."""
    return Afspraak(
        nr=f"{nummer} · {nr}",
        onderdeel=wat.onderdeel,
        omschrijving=wat.omschrijving,
        actienemer=organisatie.naam(wat.actienemer),
        uiterlijk_op=wat.uiterlijk_op,
        bepaald_op=bepaald_op,
    )


def verslag(
    register: Register,
    periode: Wanneer,
    *,
    vandaag: date,
    peildatum: date | None = None,
    nummer: str | None = None,
    openbaar: bool = False,
) -> bytes:
    """Return the report of a period as PDF.

    Without a peildatum the figures are those that its evaluation froze (`nummer`, else the newest version); of one
    that was not evaluated, or with a peildatum, they are counted now.
    """
    nummer = nummer or laatste_evaluatie(register, periode)
    gehouden = evaluatie(register, nummer) if nummer else None
    cijfers = bevroren_cijfers(register, nummer) if nummer and peildatum is None else None
    if cijfers is None:
        cijfers = tel(register, periode, peildatum or vandaag)
        if gehouden is not None:
            # These figures are not the frozen ones, so the report must not name their hash.
            gehouden = gehouden.los() if gehouden.gehouden_op <= (peildatum or vandaag) else None
    return rapport.maak(cijfers, evaluatie=gehouden, openbaar=openbaar, stijl=stijl(register, vandaag))


def stijl(register: Register, op: date) -> rapport.Stijl:
    """Return the style of the house of a day, with its logo: a report looks as the house does when it is made."""
    gesteld = register.organisatie.geldend(g.HuisstijlGesteld, op)
    return rapport.Stijl.van(
        gesteld, register.document(g.NUMMER, gesteld.document) if gesteld and gesteld.document else b""
    )


def dossier_van(register: Register, nummer: str) -> EvaluatieDossier:
    """Return the dossier of an evaluation; Geweigerd for another number."""
    dossier = handelingen.dossier_van(register, nummer)
    if not isinstance(dossier, EvaluatieDossier):
        raise handelingen.Geweigerd(f"{nummer} is geen evaluatie.", soort="ander_dossier")
    return dossier


def _lid(id: str) -> str:
    return "iemand van buiten" if id == handelingen.BUITEN else organisatie.naam(id)
