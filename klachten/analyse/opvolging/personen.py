"""Who carries maatregelen out in time less or more often than the others: one family, no ranking by chance. Step 11."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from klachten.analyse import statistiek
from klachten.taal import opsomming

SOORTEN = (MINDER, VAKER) = ("minder vaak", "vaker")


def met_verschil(per_actienemer: pd.DataFrame) -> pd.DataFrame:
    """Return the actienemers with `verschil`: MINDER or VAKER in time than all others together, else empty.

    `per_actienemer` as in Maatregelen: of `rijp` whose agreed day is over, `rijp_op_tijd` in time. Everybody is looked
    at together (Holm), so ask it of all of them and leave out afterwards who is not to be shown.
    """
    x, n = ([int(waarde) for waarde in per_actienemer[kolom]] for kolom in ("rijp_op_tijd", "rijp"))
    anders = statistiek.holm(statistiek.elk_tegen_de_rest(x, n)).verworpen
    # Less often than the others is less often than all together: x / n < sum x / sum n.
    verschil = [
        (MINDER if x1 * sum(n) < sum(x) * n1 else VAKER) if staat else ""
        for x1, n1, staat in zip(x, n, anders, strict=True)
    ]
    return per_actienemer.assign(verschil=verschil)


def titel(namen: Sequence[str], verschil: Sequence[str]) -> str:
    """Return what may be said of these people, each with their `verschil`."""
    wie = {soort: [naam for naam, eigen in zip(namen, verschil, strict=True) if eigen == soort] for soort in SOORTEN}
    delen = [f"{soort} op tijd dan de anderen: {opsomming(deze)}" for soort, deze in wie.items() if deze]
    if not delen:
        return "Niemand wijkt meer van de anderen af dan door toeval kan"
    return f"Meer dan door toeval {'; '.join(delen)}"
