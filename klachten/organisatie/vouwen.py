"""What the facts of the organisation and its people add up to; the one definition of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from klachten import gebeurtenissen as g
from klachten.gebeurtenissen import Gebeurtenis, Vastlegging, valid
from klachten.organisatie.mensen import Afwezigheid, Naam, Periode, Persoon, Rolperiode
from klachten.organisatie.stand import Organisatie

P = TypeVar("P", bound=Periode)


def is_eigen(nummer: str) -> bool:
    """Tell whether a number is of the organisation or of one of its people, and so of no klacht."""
    return nummer[:1] in ("O", "P")


def fold(vastleggingen: Iterable[Vastlegging]) -> Organisatie:
    """Return the organisation of these facts; those of klachten are passed over.

    Facts count in the order in which they were recorded: an end cuts off what was recorded before it.
    """
    per_nummer: dict[str, list[Vastlegging]] = {}
    for vastlegging in sorted(vastleggingen, key=lambda v: v.nr):
        if is_eigen(vastlegging.klachtnummer):
            per_nummer.setdefault(vastlegging.klachtnummer, []).append(vastlegging)
    eigen = tuple(v.feit for v in valid(per_nummer.pop(g.NUMMER, [])))
    ingericht = [feit for feit in eigen if isinstance(feit, g.OrganisatieIngericht)]
    mensen: dict[str, Persoon] = {}
    for nummer, feiten in per_nummer.items():
        persoon = person(nummer, [v.feit for v in valid(feiten)])
        if persoon is not None:
            mensen[persoon.id] = persoon
    return Organisatie(voorbeeld=bool(ingericht) and ingericht[-1].voorbeeld, mensen=mensen, feiten=eigen)


@dataclass
class _Gegevens:
    """A person in the making."""

    id: str = ""
    namen: list[tuple[date, Naam]] = field(default_factory=list)
    vestigingen: list[tuple[date, str]] = field(default_factory=list)
    in_dienst: list[Periode] = field(default_factory=list)
    rollen: list[Rolperiode] = field(default_factory=list)
    afwezigheden: dict[int, Afwezigheid] = field(default_factory=dict)
    gewist: bool = False


def person(nummer: str, feiten: Sequence[Gebeurtenis]) -> Persoon | None:
    """Return what the valid facts of one person add up to, None when there are none."""
    p = _Gegevens()
    for feit in feiten:
        _take(p, feit)
    if not p.id:
        return None
    return Persoon(
        id=p.id,
        nummer=nummer,
        naamdelen=Naam() if p.gewist else _newest_name(p.namen),
        in_dienst=tuple(p.in_dienst),
        vestigingen=tuple(sorted(p.vestigingen, key=lambda paar: paar[0])),
        rollen=tuple(p.rollen),
        afwezigheden=tuple(p.afwezigheden.values()),
        gewist=p.gewist,
    )


def _take(p: _Gegevens, feit: Gebeurtenis) -> None:
    match feit:
        case g.PersoonToegevoegd() | g.PersoonGewijzigd():
            if isinstance(feit, g.PersoonToegevoegd):
                p.id = p.id or feit.persoon
                p.in_dienst.append(Periode(van=feit.vanaf))
            delen = ("voornaam", "tussenvoegsel", "achternaam", "e_mail")
            p.namen.append((feit.vanaf, Naam(**{deel: getattr(feit, deel) for deel in delen})))
            if feit.vestiging:
                p.vestigingen.append((feit.vanaf, feit.vestiging))
        case g.RolGegeven():
            p.rollen.append(Rolperiode(rol=feit.rol, van=feit.vanaf, tot=feit.tot, vestiging=feit.vestiging))
        case g.RolBeeindigd():
            p.rollen = [deel for r in p.rollen for deel in ([r] if r.rol != feit.rol else _cut(r, feit.laatste_dag))]
        case g.PersoonVertrokken():
            p.rollen = [deel for r in p.rollen for deel in _cut(r, feit.laatste_dag)]
            p.in_dienst = [deel for dienst in p.in_dienst for deel in _cut(dienst, feit.laatste_dag)]
        case g.AfwezigheidGemeld() | g.AfwezigheidGewijzigd():
            p.afwezigheden[feit.afwezigheid] = Afwezigheid(
                nr=feit.afwezigheid, van=feit.van, tot=feit.tot, vervanger=feit.vervanger, lang=feit.lang,
                toelichting=feit.toelichting,
            )  # fmt: skip
        case g.AfwezigheidVervallen():
            p.afwezigheden.pop(feit.afwezigheid, None)
        case g.PersoonGewist():
            p.gewist = True


def _cut(periode: P, laatste_dag: date) -> list[P]:
    """The part of a period up to and including a day: none when it begins after that."""
    if periode.van > laatste_dag:
        return []
    tot = laatste_dag if periode.tot is None else min(periode.tot, laatste_dag)
    return [replace(periode, tot=tot)]


def _newest_name(namen: Sequence[tuple[date, Naam]]) -> Naam:
    """The name of the last day; what a change leaves empty stays."""
    uit = Naam()
    for _, nieuw in sorted(namen, key=lambda paar: paar[0]):
        uit = Naam(
            voornaam=nieuw.voornaam or uit.voornaam,
            # Without an achternaam it is not said, so that a change of e_mail keeps it.
            tussenvoegsel=nieuw.tussenvoegsel if nieuw.achternaam else (nieuw.tussenvoegsel or uit.tussenvoegsel),
            achternaam=nieuw.achternaam or uit.achternaam,
            e_mail=nieuw.e_mail or uit.e_mail,
        )
    return uit
