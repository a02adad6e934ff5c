"""Who looks, for every question that gives single klachten: the parameters of zichtbaar, and what is left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from duckdb import DuckDBPyConnection

from klachten import rechten
from klachten.organisatie import Gebruiker

ZICHTBAAR = "zichtbaar($gebruiker, $leest_alles, $leest_eigen)"
ZONDER_BETROKKEN = "Klachten waarbij u betrokken bent, staan hier niet bij."
"""Said at every list, whether anything is left out or not: a number would tell that there is something."""


@dataclass(frozen=True)
class Lezer:
    """A user as far as reading klachten goes; also what kept rows are kept under, so they are never somebody else's."""

    gebruiker: str
    alles: bool
    eigen: bool

    @classmethod
    def van(cls, wie: Gebruiker) -> Lezer:
        """Return what the table of rights lets a user read."""
        bereik = rechten.mag("inzage", "klacht", wie)
        return cls(wie.id, bereik.alles, "eigen" in bereik.cellen)

    @property
    def parameters(self) -> dict[str, Any]:
        """The parameters of zichtbaar and of the questions that are built on it."""
        return {"gebruiker": self.gebruiker, "leest_alles": self.alles, "leest_eigen": self.eigen}


@dataclass(frozen=True)
class Zicht:
    """Which klachten a list of rows may hold: all but `niet`, or only `alleen`.

    By number, and not by a join: what is asked then reads nothing that changes at every fact, and is kept for everybody
    who sees the same.
    """

    niet: tuple[str, ...] = ()
    alleen: tuple[str, ...] | None = None

    def sql(self, kolom: str) -> tuple[str, dict[str, Any]]:
        """Return the condition on a column with klachtnummers and its parameters; TRUE when nothing is left out."""
        if self.alleen is not None:
            return f"{kolom} IN (SELECT UNNEST(CAST($zicht AS VARCHAR[])))", {"zicht": list(self.alleen)}
        if self.niet:
            return f"{kolom} NOT IN (SELECT UNNEST(CAST($zicht AS VARCHAR[])))", {"zicht": list(self.niet)}
        return "TRUE", {}

    def ziet(self, klachtnummer: str) -> bool:
        """Tell whether a klacht may stand in the list."""
        return klachtnummer not in self.niet and (self.alleen is None or klachtnummer in self.alleen)


HEEL = Zicht()
"""Of who looks at figures without anybody in particular: the commands and the snapshot."""


def zicht(cursor: DuckDBPyConnection, lezer: Lezer) -> Zicht:
    """Return which klachten this reader may see in a list."""
    if lezer.alles:
        rijen = cursor.execute(
            "SELECT b.klachtnummer FROM betrokken_bij($gebruiker) AS b", {"gebruiker": lezer.gebruiker}
        ).fetchall()
        return Zicht(niet=tuple(nummer for (nummer,) in rijen))
    if not lezer.eigen:
        return Zicht(alleen=())
    rijen = cursor.execute(
        f"SELECT z.klachtnummer FROM {ZICHTBAAR} AS z ORDER BY z.klachtnummer", lezer.parameters
    ).fetchall()
    return Zicht(alleen=tuple(nummer for (nummer,) in rijen))
