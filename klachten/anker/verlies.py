"""Anchors of facts that are gone because somebody accepted a loss: history parts there, and that is said with why."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from klachten.anker.regel import Ankerregel
from klachten.register.aanvaard import Aanvaard
from klachten.register.journaal import BEGIN


def explaining(
    regel: Ankerregel, alle: Iterable[Aanvaard], eerste: str | None, zegel_van: Callable[[int], str | None]
) -> Aanvaard | None:
    """Return the accepted loss by which the fact of an anchor is gone; None when nothing explains that.

    `eerste` is the zegel of the first fact that is left, `zegel_van` gives that of any. The number of the fact has to
    be one of those that were lost, and what stood before the loss has to stand there still.
    """
    if zegel_van(regel.nr) is not None:
        return None
    for een in alle:
        heel = een.zegel == BEGIN if een.na == 0 else (regel.register, een.zegel) == (eerste, zegel_van(een.na))
        if heel and een.na < regel.nr <= een.tot:
            return een
    return None
