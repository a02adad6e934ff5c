"""Moments, spans and sizes as whoever runs the machine reads them."""

from __future__ import annotations

from datetime import datetime, timedelta

from klachten import taal
from klachten.taal import aantal

ONLEESBAAR = "De instellingen zijn niet te lezen; zie daar."


def moment(wanneer: datetime | str) -> str:
    """Return a moment in the time of the Netherlands: '29 november 2026 om 11.05 uur'."""
    return taal.moment(datetime.fromisoformat(wanneer) if isinstance(wanneer, str) else wanneer)


def ago(duur: timedelta, geleden: str = " geleden") -> str:
    """Return how long, in one unit: '3 dagen geleden'."""
    seconden = max(0, round(duur.total_seconds()))
    for lengte, een, meer in ((86_400, "dag", "dagen"), (3_600, "uur", "uur"), (60, "minuut", "minuten")):
        if seconden >= lengte:
            return f"{aantal(seconden // lengte, een, meer)}{geleden}"
    return f"{aantal(seconden, 'seconde', 'seconden')}{geleden}"


def room(bytes: int) -> str:
    """Return a size: '1,5 GB'."""
    for macht, naam in ((40, "TB"), (30, "GB"), (20, "MB")):
        if bytes >= 1 << macht:
            return f"{bytes / (1 << macht):.1f} {naam}".replace(".", ",")
    return f"{bytes / 1024:.0f} kB"
