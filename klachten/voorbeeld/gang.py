"""How a course is laid out: zetten in order, on days that only go forward, with texts that fit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from klachten.handelingen import BUITEN
from klachten.voorbeeld.agenda import EEN_DAG, Agenda
from klachten.voorbeeld.geval import Geval
from klachten.voorbeeld.sjabloon import fill_one
from klachten.voorbeeld.verhaal import teksten
from klachten.voorbeeld.zet import Feitnummer, Zet

BEVESTIGING, KENNISGEVING, UITVOERING = timedelta(weeks=2), timedelta(weeks=4), timedelta(weeks=6)
BEHANDELAARS = ("anna", "bas", "dirk")
DIRECTIE = ("carla", "frank")


@dataclass
class Voornemen:
    """A maatregel that was decided: by whom, until when, and what will be said when it is done."""

    actienemer: str
    uiterlijk_op: date
    gedaan: str


class Gang:
    """The zetten of one klacht so far, and the day it has come to."""

    def __init__(self, geval: Geval, agenda: Agenda, afwezig: tuple[date, date] | None = None) -> None:
        self.geval = geval
        self.rng = geval.rng
        self.agenda = agenda
        self.afwezig = afwezig
        self.ontvangen_op = geval.ontvangen_op
        self.dag = geval.ontvangen_op
        self.moment: datetime | None = None
        self.zetten: list[Zet] = []
        self.betrokkenen = set(geval.betrokkenen)
        self.behandelaar = ""
        self.maatregelen: dict[int, Voornemen] = {}
        self.hoogste_maatregel = 0
        self.klaar = False

    @property
    def coordinator_afwezig(self) -> bool:
        """Whether the coordinator is absent for longer on the day it has come to.

        With both members of directie involved as well nobody could assign, so then she is reached all the same.
        """
        return self.weg and not self.is_("directie_betrokken")

    @property
    def weg(self) -> bool:
        """Whether she is absent for longer on that day, reached or not."""
        return self.afwezig is not None and self.afwezig[0] <= self.dag <= self.afwezig[1]

    def wait_for_coordinator(self) -> None:
        """Go to the day on which she is back: only she can record what somebody outside decides."""
        if self.weg and self.afwezig:
            self.dag = self.agenda.workday(self.afwezig[1] + EEN_DAG)

    # --- how a zet is made -----------------------------------------------------------------------------------------

    def later(self, dagen: int) -> None:
        """Go forward some days, to a working day."""
        self.dag = self.agenda.workday(self.dag + dagen * EEN_DAG)

    def until(self, stap: str, dagen: int, uiterlijk: timedelta | None = None) -> None:
        """Go to some days after receipt, but not over a term that is meant to be met."""
        doel = self.agenda.workday(self.geval.ontvangen_op + self.geval.tempo.get(stap, dagen) * EEN_DAG)
        if uiterlijk is not None and stap not in self.geval.tempo and doel > self.ontvangen_op + uiterlijk:
            doel = self.agenda.workday_before(self.ontvangen_op + uiterlijk)
        self.dag = max(self.agenda.workday(self.dag), doel)

    def do(
        self,
        handeling: str,
        door: str,
        *,
        reden: str = "",
        als: str = "",
        in_: str = "",
        op: bool = True,
        **invoer: Any,
    ) -> None:
        """Add a zet on the current day, recorded that day or a little later."""
        if self.klaar:
            return
        # What comes in is recorded at once, the rest sometimes some days later.
        traag = self.rng.random() < 0.1 and not handeling.startswith("stap_01")
        wachten = self.rng.choice((1, 1, 2, 3)) if traag else 0
        self.moment = self.agenda.moment(self.rng, self.dag + wachten * EEN_DAG, self.moment)
        if op:
            invoer["op"] = self.dag
        self.zetten.append(Zet(self.moment, in_ or self.geval.sleutel, door, handeling, invoer, reden, als))

    def stop_after(self, stap: str) -> None:
        """End the course here when the klacht is meant to have come no further."""
        self.klaar = self.klaar or self.geval.tot == stap

    def say(self, soort: str, onderwerp: str, **blanks: str) -> str:
        """Return one of the texts of teksten.toml."""
        for blank, waarde in blanks.items():
            self.geval.invulling[blank] = waarde
            self.geval.invulling.pop(blank[0].upper() + blank[1:], None)
        self.geval.invulling.setdefault("kern", self.geval.verhaal.kern)
        return fill_one(teksten()[soort][onderwerp], self.geval.invulling)

    def wijze(self) -> str:
        """How a letter goes out."""
        return self.rng.choices(("brief", "e-mail", "uitgereikt"), (4, 8, 0.4))[0]

    def is_(self, *namen: str) -> bool:
        """Tell whether one of these is special about this course."""
        return self.geval.is_(*namen)

    def directie(self) -> str:
        """A member of directie who is not involved; nobody when both are."""
        vrij = [lid for lid in DIRECTIE if lid not in self.betrokkenen]
        return self.rng.choice(vrij) if vrij else ""

    def raadgever(self) -> str:
        """Who is consulted about a change to a maatregel: the first of directie who is not involved, else outside."""
        return next((lid for lid in DIRECTIE if lid not in self.betrokkenen), BUITEN)

    def free_behandelaars(self) -> list[str]:
        """Who may be behandelaar: not involved, and not the present one."""
        return [id for id in BEHANDELAARS if id not in self.betrokkenen and id != self.behandelaar]

    def fact(self, als: str) -> Feitnummer:
        """The number of an earlier fact of this course, for a correction."""
        return Feitnummer(self.geval.sleutel, als)
