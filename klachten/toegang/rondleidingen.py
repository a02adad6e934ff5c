"""How far somebody is in the tour of a role, and whether it was put off; with the account, never in the journal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from klachten.toegang.opslag import Opslag

BEZIG, STRAKS, NOOIT, KLAAR = "bezig", "straks", "nooit", "klaar"


@dataclass(frozen=True)
class Gang:
    """Where somebody is: the step (from 0), busy, put off, never again or done, and since which day."""

    stap: int
    stand: str
    dag: date


class Rondleidingen:
    """How far each person of a register is, per role."""

    def __init__(self, opslag: Opslag) -> None:
        self._opslag = opslag

    def of(self, persoon: str) -> dict[str, Gang]:
        """Return how far somebody is, by role; a role that is not in it was never begun."""
        rijen = self._opslag.rows("SELECT rol, stap, stand, dag FROM rondleiding WHERE persoon = ?", persoon)
        return {rij["rol"]: Gang(rij["stap"], rij["stand"], date.fromisoformat(rij["dag"])) for rij in rijen}

    def keep(self, persoon: str, rol: str, gang: Gang) -> None:
        """Keep how far somebody is now; who is busy with one has put off any other."""
        with self._opslag.write() as db:
            if gang.stand == BEZIG:
                db.execute(
                    "UPDATE rondleiding SET stand = ? WHERE persoon = ? AND rol <> ? AND stand = ?",
                    (STRAKS, persoon, rol, BEZIG),
                )
            db.execute(
                "INSERT INTO rondleiding (persoon, rol, stap, stand, dag) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT (persoon, rol) DO UPDATE SET stap = excluded.stap, stand = excluded.stand, "
                "dag = excluded.dag",
                (persoon, rol, gang.stap, gang.stand, gang.dag.isoformat()),
            )
