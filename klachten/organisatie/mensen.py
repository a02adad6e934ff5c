"""The people of the organisation as they are on a day: there or not, with which roles, and who takes their place.

Every period runs from its first day up to and including its last; a last day of None is not known yet. A question
without a day is about what holds for good: what has a last day, or was ended, is not in the answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from klachten.organisatie.rollen import Gebruiker
from klachten.taal import datum

LANGER_DAN = 14
"""More days than this are "langere tijd" (step 2): our reading, the reglement says no number."""


@dataclass(frozen=True, kw_only=True)
class Periode:
    """From a day up to and including a day."""

    van: date
    tot: date | None = None

    def op(self, dag: date | None) -> bool:
        """Tell whether a day is in it; without a day, whether it has no end."""
        if dag is None:
            return self.tot is None
        return self.van <= dag and (self.tot is None or dag <= self.tot)


@dataclass(frozen=True, kw_only=True)
class Rolperiode(Periode):
    """Somebody has a role for a while; `vestiging` is empty for everywhere."""

    rol: str
    vestiging: str = ""


@dataclass(frozen=True, kw_only=True)
class Afwezigheid(Periode):
    """Somebody is absent for a while; `nr` counts the absences of that person."""

    nr: int
    vervanger: str = ""
    lang: bool = False
    toelichting: str = ""

    @property
    def langer(self) -> bool:
        """Whether it is so long that step 2 looks for somebody else: it was said to be, or is by its days."""
        return self.lang or (self.tot is not None and (self.tot - self.van).days >= LANGER_DAN)


@dataclass(frozen=True, kw_only=True)
class Naam:
    """What somebody is called, and where mail arrives."""

    voornaam: str = ""
    tussenvoegsel: str = ""
    achternaam: str = ""
    e_mail: str = ""

    @cached_property
    def volledig(self) -> str:
        """The name as it is written: 'Noor van der Zand'."""
        return " ".join(filter(None, (self.voornaam, self.tussenvoegsel, self.achternaam)))


@dataclass(frozen=True, kw_only=True)
class Persoon:
    """Somebody, with all that was recorded; `nummer` is the number of the dossier, `id` the name in the facts."""

    id: str
    nummer: str
    naamdelen: Naam
    in_dienst: tuple[Periode, ...]
    vestigingen: tuple[tuple[date, str], ...] = ()
    rollen: tuple[Rolperiode, ...] = ()
    afwezigheden: tuple[Afwezigheid, ...] = ()
    gewist: bool = False

    @cached_property
    def naam(self) -> str:
        """The name of now, whatever the day: what was done years ago was done by the same person.

        The names of somebody who was erased are gone; the number in the dossier stays to tell one from another.
        """
        if self.gewist:
            return f"medewerker {int(self.nummer.rpartition('-')[2])} (gewist)"
        return self.naamdelen.volledig or self.id

    @property
    def laatste_dag(self) -> date | None:
        """The last day of somebody who leaves or has left, else None."""
        return self.in_dienst[-1].tot if self.in_dienst else None

    def werkt(self, op: date | None = None) -> bool:
        """Tell whether somebody works here on a day."""
        return any(periode.op(op) for periode in self.in_dienst)

    def why_not(self, op: date) -> str:
        """Say why somebody cannot have done something on a day on which he or she did not work here."""
        eerste = min(periode.van for periode in self.in_dienst)
        if op < eerste:
            return (
                f"{self.naam} werkt hier volgens het register pas vanaf {datum(eerste)}. Is dat eerder, zet die dag "
                "dan recht bij Personen."
            )
        return f"{self.naam} werkte hier niet op {datum(op)}."

    def rollen_op(self, op: date | None = None) -> frozenset[str]:
        """Return the roles that somebody has on a day; none when not working here then."""
        return frozenset(periode.rol for periode in self.rollen if self.werkt(op) and periode.op(op))

    def vestiging_op(self, op: date | None = None) -> str:
        """Return where somebody works on a day: what held last before it."""
        eerder = [vestiging for vanaf, vestiging in self.vestigingen if op is None or vanaf <= op]
        return eerder[-1] if eerder else ""

    def afwezig_op(self, op: date) -> Afwezigheid | None:
        """Return the absence that a day is in, the one that was reported last."""
        return next((afwezig for afwezig in reversed(self.afwezigheden) if afwezig.op(op)), None)

    def gebruiker(self, op: date | None = None) -> Gebruiker | None:
        """Return somebody as a user with the roles of a day; None before the first day here.

        Who has left is known, and may do nothing.
        """
        if op is not None and all(op < periode.van for periode in self.in_dienst):
            return None
        return Gebruiker(self.id, self.naam, self.rollen_op(op), self.vestiging_op(op), op)
