"""What a file would bring, worked out before anything is recorded: the plan, its totals, and which figures move."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from pathlib import Path

from klachten.overname import beweging, overgangbeeld, overnemen, totalen
from klachten.overname.achtergrond import Achtergrond, Gestopt, looked_at
from klachten.overname.beweging import Cijfers
from klachten.overname.kolommen import Kolommen
from klachten.overname.overgangbeeld import Vooruitblik
from klachten.overname.overnemen import Plan
from klachten.overname.totalen import Totalen
from klachten.register import Register


class Fase(Enum):
    """Where it is, in the words of the page."""

    LEZEN = "lezen"
    VERGELIJKEN = "vergelijken met het register"
    TELLEN = "natellen"
    CIJFERS = "zien welke cijfers bewegen"
    KLAAR = "klaar"
    GESTOPT = "gestopt"
    MISLUKT = "mislukt"


_WERK = (Fase.LEZEN, Fase.VERGELIJKEN, Fase.TELLEN, Fase.CIJFERS)
_ONBEKEND = 20_000
"""Rows of a file of which nobody knows how many there are: how far it is goes on ever slower."""
Beweging = tuple[dict[int, Cijfers], dict[int, Cijfers]]


@dataclass
class Narekenen(Achtergrond):
    """One file being worked out; `rijen` are those that are expected, 0 when that is not known.

    `plan`, `totalen` and `cijfers` are there when it is done; of a source that is new no figure moves. `vooruit`:
    what there is to do in klachten that go on here, when there are any.
    """

    register: Register
    pad: Path
    kolommen: Kolommen
    vandaag: date
    rijen: int = 0
    fase: Fase = Fase.LEZEN
    gelezen: int = 0
    plan: Plan | None = None
    totalen: Totalen | None = None
    cijfers: Beweging | None = field(default=None)
    vooruit: Vooruitblik | None = None

    @property
    def loopt(self) -> bool:
        """Whether it is going on."""
        return self.fase in _WERK

    @property
    def deel(self) -> float:
        """How much of it is done, from 0 to 1: each part counts as much."""
        if not self.loopt:
            return 1.0
        samen = self.rijen or self.gelezen + _ONBEKEND
        return (_WERK.index(self.fase) + min(self.gelezen / samen, 1.0)) / len(_WERK)

    def run(self) -> None:
        """Work it out, here and now."""
        try:
            with looked_at(self._look):
                self._work_out()
            self.fase = Fase.KLAAR
        except Gestopt:
            self.fase = Fase.GESTOPT
        except Exception as fout:  # noqa: BLE001 - whoever looks is told
            self.fout, self.fase = fout, Fase.MISLUKT

    def _work_out(self) -> None:
        lezing = overnemen.read(self.pad, self.kolommen, self.vandaag, register=self.register)
        self.rijen = lezing.rijen
        self._enter(Fase.VERGELIJKEN)
        plan = overnemen.plan(self.pad, self.kolommen, lezing, self.register)
        self._enter(Fase.TELLEN)
        geteld = totalen.count(plan, self.register, self.kolommen.getrokken_op or self.vandaag)
        self._enter(Fase.CIJFERS)
        if plan.bekend and plan.iets:
            straks = overnemen.preview(plan, {})
            self.cijfers = beweging.moved(self.register, self.kolommen.bron, straks, self.vandaag)
        self.vooruit = overgangbeeld.look(self.register, plan, self.vandaag)
        self.go_on()
        self.plan, self.totalen = plan, geteld

    def _enter(self, fase: Fase) -> None:
        self.go_on()
        self.fase, self.gelezen = fase, 0

    def _look(self, gelezen: int) -> None:
        self.go_on()
        self.gelezen = gelezen
