"""The organisation as its facts make it: one value, which never changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from typing import Any, TypeVar

from klachten import gebeurtenissen as g
from klachten.gebeurtenissen import Gebeurtenis
from klachten.organisatie import lijsten
from klachten.organisatie.mensen import Afwezigheid, Persoon
from klachten.organisatie.rollen import Gebruiker
from klachten.periode import Boekjaarwijziging, Boekjaren
from klachten.reglement import STANDAARD, Keuze, Termijn

Soort = TypeVar("Soort", bound=Gebeurtenis)
DAGEN = 1000
GEEN: Any = object()
"""Of so many days it is remembered who works here."""


@dataclass(frozen=True, kw_only=True)
class Gegevens:
    """What the organisation is called and where it is reached."""

    naam: str = ""
    adres: str = ""
    postadres: str = ""
    telefoon: str = ""
    e_mail: str = ""
    website: str = ""


@dataclass(frozen=True, kw_only=True)
class Organisatie:
    """Who is who, and what the organisation decided about itself.

    `mensen` are all people that ever were, by id, in the order in which they came. `feiten` are the valid facts of the
    organisation itself, in order of recording. `voorbeeld`: nobody has to sign in. A question without a day is about
    what holds for good (see mensen.py); who acts is asked with the day of today, whom a fact names with its day.
    `gegeven`: it stands in no register (gegeven.py).
    """

    voorbeeld: bool = False
    gegeven: bool = False
    mensen: Mapping[str, Persoon] = field(default_factory=dict)
    feiten: tuple[Gebeurtenis, ...] = ()
    # Everybody of a day: a page asks it for every handeling of every klacht on it.
    _per_dag: dict[date | None, tuple[Gebruiker, ...]] = field(default_factory=dict, compare=False, repr=False)
    # And who acts some seventy times.
    _per_id: dict[tuple[str, date | None], Gebruiker | None] = field(default_factory=dict, compare=False, repr=False)

    @property
    def ingericht(self) -> bool:
        """Whether the organisation is recorded, and so keeps its own lists."""
        return any(isinstance(feit, g.OrganisatieIngericht) for feit in self.feiten)

    # --- people ------------------------------------------------------------------------------------------------------

    def naam(self, id: str) -> str:
        """Return the name that goes with an id; an id nobody here has is its own name (imported klachten)."""
        persoon = self.mensen.get(id)
        return persoon.naam if persoon else id

    def gebruiker(self, id: str, op: date | None = None) -> Gebruiker | None:
        """Return the user with this id and the roles of a day; None for nobody, and before the first day here."""
        # Another thread may forget all of them in between: what was found is not looked up again.
        if (gevonden := self._per_id.get((id, op), GEEN)) is GEEN:
            persoon = self.mensen.get(id)
            if len(self._per_id) > DAGEN:
                self._per_id.clear()
            gevonden = self._per_id[id, op] = persoon.gebruiker(op) if persoon else None
        return gevonden

    def iedereen(self, op: date | None = None) -> tuple[Gebruiker, ...]:
        """Return everyone who works here on a day."""
        if (gevonden := self._per_dag.get(op)) is None:
            alle = (persoon.gebruiker(op) for persoon in self.mensen.values() if persoon.werkt(op))
            if len(self._per_dag) > DAGEN:
                self._per_dag.clear()
            gevonden = self._per_dag[op] = tuple(gebruiker for gebruiker in alle if gebruiker is not None)
        return gevonden

    def met_rol(self, *rollen: str, op: date | None = None) -> tuple[Gebruiker, ...]:
        """Return everyone who has at least one of these roles on a day, absent or not."""
        return tuple(gebruiker for gebruiker in self.iedereen(op) if gebruiker.heeft(*rollen))

    def aanwezig(self, id: str, op: date) -> bool:
        """Tell whether somebody works here on a day and is not absent."""
        persoon = self.mensen.get(id)
        return persoon is not None and persoon.werkt(op) and persoon.afwezig_op(op) is None

    def vervanger(self, id: str, op: date) -> str:
        """Return who takes the place of somebody absent, or of an absent substitute; "" when nobody does."""
        gezien: set[str] = set()
        while id and id not in gezien:
            if gezien and self.aanwezig(id, op):
                return id
            gezien.add(id)
            persoon = self.mensen.get(id)
            afwezig = persoon.afwezig_op(op) if persoon and persoon.werkt(op) else None
            id = afwezig.vervanger if afwezig else ""
        return ""

    def vervangt(self, id: str, op: date) -> dict[str, date | None]:
        """Return whose place somebody takes on a day, each with the last day of the absence, as far as it is known."""
        weg = {wie.id: wie.afwezig_op(op) for wie in self.mensen.values() if wie.werkt(op)}
        return {ander: afwezig.tot for ander, afwezig in weg.items() if afwezig and self.vervanger(ander, op) == id}

    def ooit(self, rol: str) -> tuple[Persoon, ...]:
        """Return everyone who has or ever had a role: whose name stands in a list of what was done."""
        return tuple(wie for wie in self.mensen.values() if any(periode.rol == rol for periode in wie.rollen))

    def coordinatoren(self, op: date | None = None) -> tuple[Gebruiker, ...]:
        """Return the coordinators of a day without who is absent for longer then: they are informed (step 2)."""
        alle = self.met_rol("coordinator", op=op)
        return alle if op is None else tuple(wie for wie in alle if self.langer_afwezig(wie.id, op) is None)

    def langer_afwezig(self, id: str, op: date) -> Afwezigheid | None:
        """Return the absence of a day, when it is for longer."""
        afwezig = self.mensen[id].afwezig_op(op) if id in self.mensen else None
        return afwezig if afwezig is not None and afwezig.langer else None

    def coordinator_langer_afwezig(self, op: date) -> bool:
        """Tell whether every coordinator is absent for longer, so that directie is informed instead (step 2)."""
        return bool(self.met_rol("coordinator", op=op)) and not self.coordinatoren(op)

    def zonder(self, rol: str, vanaf: date) -> date | None:
        """Return the first day from `vanaf` on which nobody has a role, None when there is always somebody."""
        grenzen = {vanaf}
        for persoon in self.mensen.values():
            eindes = [p.tot for p in (*persoon.in_dienst, *persoon.rollen) if p.tot is not None]
            grenzen |= {tot + timedelta(days=1) for tot in eindes if tot >= vanaf}
        return next((dag for dag in sorted(grenzen) if not self.met_rol(rol, op=dag)), None)

    # --- settings ----------------------------------------------------------------------------------------------------

    def van(self, *soorten: type[Soort]) -> list[Soort]:
        """Return the valid facts of the organisation of these kinds, in order of recording."""
        return [feit for feit in self.feiten if isinstance(feit, soorten)]

    def geldend(self, soort: type[Soort], op: date | None = None) -> Soort | None:
        """Return the fact of a kind, with a `vanaf`, that holds on a day: the newest one before it."""
        geldig = [feit for feit in self.van(soort) if op is None or feit.vanaf <= op]  # type: ignore[attr-defined]
        # max gives the first of equals, and of one day the last recorded one counts.
        return max(reversed(geldig), key=lambda feit: feit.vanaf, default=None)  # type: ignore[attr-defined]

    def gegevens(self, op: date | None = None) -> Gegevens:
        """Return the name and address of a day; each change says only what changed."""
        begin, namen = self.van(g.OrganisatieIngericht), {veld.name for veld in fields(Gegevens)}
        waarden = {"naam": begin[-1].naam if begin else ""}
        gewijzigd = [feit for feit in self.van(g.OrganisatieGewijzigd) if op is None or feit.vanaf <= op]
        for feit in sorted(gewijzigd, key=lambda feit: feit.vanaf):
            waarden |= {naam: waarde for naam, waarde in feit.teksten().items() if naam in namen}
        return Gegevens(**waarden)

    def keuzes(self, lijst: str, start: Iterable[Keuze] = ()) -> tuple[Keuze, ...]:
        """Return one of EIGEN_LIJSTEN as it is now; `start` is what the reglement gives where that counts."""
        begin = () if lijst in lijsten.VAN_DE_FIRMA else start
        return lijsten.keuzes(begin, lijst, self.feiten)

    def boekjaren(self) -> Boekjaren:
        """Return the book years: what was recorded without a transition is about all of them."""
        alle = sorted(self.van(g.BoekjaarGesteld), key=lambda feit: feit.vanaf)
        maanden = [feit.maand for feit in alle if not feit.overgang]
        wijzigingen = (Boekjaarwijziging(f.vanaf, f.maand, f.overgang == "langer") for f in alle if f.overgang)
        return Boekjaren(maanden[-1] if maanden else 1, tuple(wijzigingen))

    def reglementversies(self) -> tuple[g.ReglementVersieToegevoegd, ...]:
        """Return the versions of reglementen that were added here, in the order in which they begin."""
        return tuple(sorted(self.van(g.ReglementVersieToegevoegd), key=lambda feit: feit.geldig_vanaf))

    def reglement(self, op: date) -> str:
        """Return the id of the reglement under which a klacht received on a day runs."""
        gekozen = self.geldend(g.ReglementGekozen, op)
        return gekozen.reglement if gekozen else STANDAARD

    def streeftermijnen(self) -> tuple[Termijn, ...]:
        """Return every version of the internal targets; in order of recording each one cuts off those before it."""
        uit: dict[str, list[Termijn]] = {}
        for feit in self.van(g.StreeftermijnGesteld, g.StreeftermijnBeeindigd):
            laatste = feit.vanaf - timedelta(days=1) if isinstance(feit, g.StreeftermijnGesteld) else feit.laatste_dag
            eerder = uit.get(feit.id, [])
            uit[feit.id] = [
                replace(termijn, geldig_tot=min(termijn.geldig_tot or laatste, laatste))
                for termijn in eerder
                if termijn.geldig_vanaf <= laatste
            ]
            if isinstance(feit, g.StreeftermijnGesteld):
                uit[feit.id].append(_termijn(feit))
        return tuple(termijn for versies in uit.values() for termijn in versies)

    def herinneringsregels(self, op: date) -> tuple[g.HerinneringsregelGesteld, ...]:
        """Return the rules for reminders that hold on a day."""
        return self._newest(g.HerinneringsregelGesteld, op, lambda feit: feit.regel, remind)

    def bewaarde_vragen(self) -> tuple[g.VraagBewaard, ...]:
        """Return the questions of the Verkenner that were saved, by their newest name, in order of first saving."""
        uit: dict[str, g.VraagBewaard] = {}
        for feit in self.van(g.VraagBewaard, g.VraagWeggehaald):
            if isinstance(feit, g.VraagBewaard):
                uit[feit.id] = feit
            else:
                uit.pop(feit.id, None)
        return tuple(uit.values())

    def gelijkgesteld(self) -> dict[date, str]:
        """Return the days that a recorded decree equates with a holiday, each with what the decree is called."""
        besluiten = self.van(g.DagenGelijkgesteld)
        return {
            dag: " ".join(filter(None, (feit.naam, f"({feit.nummer})" if feit.nummer else "")))
            for feit in besluiten
            for dag in feit.dagen
        }

    def _newest(
        self, soort: type[Soort], op: date, wat: Callable[[Soort], str], blijft: Callable[[Soort], bool]
    ) -> tuple[Soort, ...]:
        geldig = [feit for feit in self.van(soort) if feit.vanaf <= op]  # type: ignore[attr-defined]
        geldig.sort(key=lambda feit: feit.vanaf)  # type: ignore[attr-defined]
        return tuple(feit for feit in {wat(feit): feit for feit in geldig}.values() if blijft(feit))


def remind(regel: g.HerinneringsregelGesteld) -> bool:
    """Tell whether a rule still reminds of anything; one without days, before or after, has ended."""
    return bool(regel.dagen_voor) or regel.daarna


def _termijn(feit: g.StreeftermijnGesteld) -> Termijn:
    return Termijn(
        id=feit.id,
        naam=feit.naam or feit.id,
        stap=feit.stap,
        waarde=feit.waarde,
        eenheid=feit.eenheid,
        vanaf=feit.van_begin,
        einde=feit.einde,
        geldt=feit.geldt,
        geldig_vanaf=feit.vanaf,
        bij_kenmerk={},
    )
