"""Who looked at what is kept of somebody: how often, and in which role; no names, which are of others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime

from klachten import organisatie, taal
from klachten.kijklog import SOORTEN, Kijkketen, Regel
from klachten.kijklog.regel import GEDOWNLOAD, GEOPEND
from klachten.organisatie import ROLLEN

GEEN = "In het kijklog staat niet dat iemand dit opende of meenam."


def looked_at(keten: Kijkketen, waarover: Callable[[Regel], bool]) -> Iterator[str]:
    """Say how often what is asked about was opened or taken along, by the roles of that day."""
    telling: Counter[tuple[str, str]] = Counter()
    maanden = keten.maanden()
    for maand in maanden:
        for een in keten.regels(maand):
            regel = een.regel
            if regel.wat in (GEOPEND, GEDOWNLOAD) and not regel.geweigerd and waarover(regel):
                telling[_role(regel), regel.wat] += 1
    if maanden:
        jaar, nr = maanden[0].split("-")
        yield f"Het kijklog gaat terug tot {taal.MAANDEN[int(nr) - 1]} {jaar}."
    if not telling:
        yield GEEN
    for (rol, wat), aantal in sorted(telling.items()):
        yield f"{rol}: {aantal} keer {SOORTEN[wat].lower()}."


def _role(regel: Regel) -> str:
    persoon = organisatie.huidige().mensen.get(regel.wie)
    rollen = persoon.rollen_op(datetime.fromisoformat(regel.op).date()) if persoon else frozenset()
    return taal.hoofdletter(taal.opsomming(ROLLEN[rol].lower() for rol in ROLLEN if rol in rollen)) or "Zonder rol"
