"""Who gets an overview on a day, and what is in it: by the rules, and no more than its reader may see."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from duckdb import DuckDBPyConnection

from klachten import mailadres
from klachten.analyse.basis.bewaard import Bewaard
from klachten.analyse.werk import herinnering, onhaalbaar
from klachten.analyse.werk.herinnering import kinds
from klachten.analyse.werk.werkvoorraad import Taak, visible_to
from klachten.gebeurtenissen import HerinneringsregelGesteld
from klachten.organisatie import Gebruiker, Organisatie
from klachten.organisatie.herinneringen import VROEGST, hour
from klachten.organisatie.leiding import leading

ONHAALBAAR = "onhaalbaar"
"""Stands for a rule where somebody is told that a last day cannot be met any more."""
OPNIEUW = "opnieuw"
"""Stands for a rule where what was put ready on an earlier day never went out."""

Sleutel = tuple[str, str, str, date]
"""The dossier, what it is (termijn, maatregel, verbeteractie, taak), which one, and its last day."""


@dataclass(frozen=True)
class Regel:
    """One line of an overview: a task as its reader sees it, by which rule, and why it cannot be met if that is so."""

    taak: Taak
    regel: str
    waarom: str = ""

    @property
    def sleutel(self) -> Sleutel:
        """What the fact says of it."""
        return key(self.taak)


@dataclass
class Overzicht:
    """What one person is told on a day; `zonder_adres` are the names of who could not be mailed."""

    wie: Gebruiker
    adres: str
    regels: list[Regel] = field(default_factory=list)
    zonder_adres: list[str] = field(default_factory=list)

    def add(self, regel: Regel) -> None:
        """Add a line, unless the same task stands in it already; why it cannot be met is added to that."""
        for nr, eerder in enumerate(self.regels):
            if eerder.taak == regel.taak:
                self.regels[nr] = Regel(eerder.taak, eerder.regel, eerder.waarom or regel.waarom)
                return
        self.regels.append(regel)

    @property
    def sleutels(self) -> dict[Sleutel, str]:
        """What is recorded that this person was told, each once, with the rule that said so."""
        uit: dict[Sleutel, str] = {}
        for regel in self.regels:
            uit.setdefault(regel.sleutel, regel.regel)
            if regel.waarom:
                uit[regel.sleutel] = ONHAALBAAR
        return uit


def key(taak: Taak) -> Sleutel:
    """Return what a task with a last day is known by, whoever sees it and whatever is said of it."""
    assert taak.uiterlijk_op is not None
    if taak.dicht:
        return taak.dicht[0], "maatregel", str(taak.dicht[1]), taak.uiterlijk_op
    soort = kinds(taak)[0]
    wat = taak.onderdeel if soort in ("maatregel", "verbeteractie") else taak.stap
    return str(taak.klachtnummer), soort, str(wat), taak.uiterlijk_op


def due(
    cursor: DuckDBPyConnection,
    organisatie: Organisatie,
    taken: list[Taak],
    dag: date,
    *,
    uur: int = 24,
    gedaan: Mapping[date, int] | None = None,
    verteld: Mapping[tuple[str, Sleutel], date] | None = None,
    gehad: Collection[str] = (),
    gezegd: Collection[tuple[str, Sleutel]] = (),
    opnieuw: Mapping[str, Collection[Sleutel]] | None = None,
    bewaard: Bewaard | None = None,
) -> list[Overzicht]:
    """Return who gets an overview on a day, by the rules with an hour up to `uur`, in the order of the organisation.

    Who has more coming by a rule of a later hour waits for that: it is one a day. `gedaan` are the rounds of before
    (geheugen.rounds), `verteld` when who was last told of what, `gehad` who was today, `gezegd` (who, what)
    of which it was said that it cannot be met, `opnieuw` what never went out.
    """
    is_werkdag = herinnering.werkdag(organisatie)
    if not is_werkdag(dag):
        return []
    regels = organisatie.herinneringsregels(dag)
    per_wie: dict[str, Overzicht] = {}
    uren: dict[str, int] = {}

    def of(wie: Gebruiker) -> Overzicht:
        return per_wie.setdefault(wie.id, Overzicht(wie, address(organisatie, wie.id)))

    verteld = verteld or {}
    eerder = herinnering.Eerder(
        lambda regel: since(regel, gedaan or {}, dag),
        lambda id, taak, viel: verteld.get((id, key(taak)), date.min) >= viel,
    )
    for val in herinnering.fall_on(cursor, organisatie, taken, dag, regels, eerder):
        of(val.wie).add(Regel(val.taak, val.regel.regel))
        uren[val.wie.id] = max(hour(val.regel), uren.get(val.wie.id, VROEGST))
    onhaalbaren = onhaalbaar.found(cursor, organisatie, taken, dag, is_werkdag, bewaard.dagrijen if bewaard else None)
    for wie, regel in _told(cursor, organisatie, onhaalbaren, dag):
        if (wie.id, regel.sleutel) not in gezegd or (wie.id in per_wie and _in(per_wie[wie.id], regel.taak)):
            of(wie).add(regel)
    for id, sleutels in (opnieuw or {}).items():
        if gebruiker := organisatie.gebruiker(id, dag) if organisatie.aanwezig(id, dag) else None:
            open_ = [taak for taak in taken if taak.uiterlijk_op is not None and key(taak) in sleutels]
            for taak in visible_to(cursor, open_, gebruiker) if open_ else ():
                of(gebruiker).add(Regel(taak, OPNIEUW))
    _name_unreached(organisatie, per_wie, dag)
    return [
        per_wie[id] for id in organisatie.mensen if id in per_wie and id not in gehad and uren.get(id, VROEGST) <= uur
    ]


def since(regel: HerinneringsregelGesteld, gedaan: Mapping[date, int], dag: date) -> date | None:
    """Return the day after which the days of a rule are looked at; None before the first round.

    That is the one before the last round that followed this rule: on the day of that round itself a task can have been
    made or given to somebody after it.
    """
    eerder = {op: uur for op, uur in gedaan.items() if op < dag}
    laatste = max((op for op, uur in eerder.items() if uur >= hour(regel)), default=max(eerder, default=None))
    return laatste and laatste - timedelta(days=1)


def address(organisatie: Organisatie, id: str) -> str:
    """Return where mail reaches somebody of the organisation; "" when it does not."""
    persoon = organisatie.mensen.get(id)
    adres = persoon.naamdelen.e_mail if persoon else ""
    return "" if not adres or mailadres.objection(adres) else adres


def _in(overzicht: Overzicht, taak: Taak) -> bool:
    return any(regel.taak == taak for regel in overzicht.regels)


def _told(
    cursor: DuckDBPyConnection, organisatie: Organisatie, gevonden: Iterable[onhaalbaar.Onhaalbaar], dag: date
) -> Iterable[tuple[Gebruiker, Regel]]:
    """Give whom to tell that something cannot be met: whoever leads, and who can do it and is there."""
    gevonden = list(gevonden)
    lezers = herinnering.Lezers(cursor, organisatie, [val.taak for val in gevonden], dag)
    for val in gevonden:
        for id in dict.fromkeys((*lezers.leading(val.taak, leest=True), *lezers.doing(val.taak))):
            taak, gebruiker = lezers.seen(id, val.taak), organisatie.gebruiker(id, dag)
            # Of a klacht that is closed to somebody it is not told how it stands.
            if taak and gebruiker and not taak.dicht and not taak.ongelezen:
                yield gebruiker, Regel(taak, ONHAALBAAR, val.waarom)


def _name_unreached(organisatie: Organisatie, per_wie: dict[str, Overzicht], dag: date) -> None:
    """Let whoever leads and has an address hear who could not be mailed; not of what: that may not be for them."""
    namen = [overzicht.wie.naam for overzicht in per_wie.values() if not overzicht.adres]
    if not namen:
        return
    _, bereikbaar = leading(organisatie, dag, lambda id: bool(address(organisatie, id)), aanwezig=True)
    for id in bereikbaar:
        if gebruiker := organisatie.gebruiker(id, dag):
            per_wie.setdefault(id, Overzicht(gebruiker, address(organisatie, id))).zonder_adres += namen
