"""Recording an import while the app is open: in a thread of its own, with how far it is, and it can be stopped.

All or nothing: stopped before the facts are confirmed there is nothing of it; once they are, it is carried through.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from klachten.overname import bewaard, overgang, overnemen
from klachten.overname.achtergrond import Achtergrond, Gestopt
from klachten.overname.overnemen import Plan
from klachten.register import Register, RegisterFout
from klachten.reglement.tabel import OngeldigBestand


class Fase(Enum):
    """Where it is. From VERWERKEN on the klachten are recorded, and stopping is no longer possible."""

    KLAAR_VOOR = "klaar voor"
    SCHRIJVEN = "schrijven"
    VERWERKEN = "verwerken"
    KLAAR = "klaar"
    GESTOPT = "gestopt"
    MISLUKT = "mislukt"


_SCHRIJVEN = 0.8


@dataclass
class Bezig(Achtergrond):
    """One import being recorded: how many klachten of how many, and in the end their numbers or what went wrong.

    The declaration is kept with the register as soon as it is; `niet_bewaard` says why that did not go. `verder` are
    the klachten that go on here, `niet_verder` why they do not: what was taken over stands whatever comes of that.
    """

    register: Register
    plan: Plan
    akkoord: Container[str] = ()
    besluiten: Mapping[str, str] = field(default_factory=dict)
    verklaring: Path | None = None
    niet_bewaard: str = ""
    verder: list[str] = field(default_factory=list)
    niet_verder: str = ""
    fase: Fase = Fase.KLAAR_VOOR
    gedaan: int = 0
    nummers: list[str] = field(default_factory=list)

    @property
    def totaal(self) -> int:
        """How many klachten there are to record."""
        return len(self.plan.nieuw) + len(self.plan.gewijzigd)

    @property
    def loopt(self) -> bool:
        """Whether it is going on."""
        return self.fase in (Fase.SCHRIJVEN, Fase.VERWERKEN)

    @property
    def deel(self) -> float:
        """How much of it is done, from 0 to 1: writing the klachten down is most of it."""
        if self.fase is Fase.KLAAR:
            return 1.0
        return _SCHRIJVEN * min(self.gedaan / self.totaal, 1.0) if self.totaal else 0.0

    def start(self) -> None:
        """Begin, once."""
        if self.fase is Fase.KLAAR_VOOR:
            self.fase = Fase.SCHRIJVEN
        super().start()

    def run(self) -> None:
        """Record it, here and now; `start` does so beside what goes on."""
        try:
            self.nummers = overnemen.record(
                self.register, self.plan, akkoord=self.akkoord, besluiten=self.besluiten, each=self._each
            )
            self._go_on()
            if self.verklaring is not None:
                self.niet_bewaard = bewaard.keep_or_say(self.register.map, self.plan.kolommen, self.verklaring)
            self.fase = Fase.KLAAR
        except Gestopt:
            self.fase = Fase.GESTOPT
        except Exception as fout:  # noqa: BLE001 - whoever looks is told; nothing of it was recorded
            self.fout, self.fase = fout, Fase.MISLUKT

    def _go_on(self) -> None:
        try:
            with self.register.cursor() as cursor:
                verder = overgang.plan(
                    self.plan.pad, self.plan.kolommen, self.register, self.plan.lezing.vandaag, cursor
                )
            if verder is not None:
                self.verder = overgang.record(self.register, verder)
        except (OngeldigBestand, RegisterFout) as fout:
            self.niet_verder = str(fout)

    def _each(self, hoeveel: int) -> None:
        self.go_on()
        self.gedaan = hoeveel
        if hoeveel == self.totaal:
            # What is left is to confirm it, and to work out what follows from it.
            self.fase = Fase.VERWERKEN
