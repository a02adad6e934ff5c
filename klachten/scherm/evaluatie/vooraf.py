"""What the pages of the evaluation begin with, made before the first reader asks for it."""

from __future__ import annotations

from klachten.analyse.basis.grafiekstijl import DONKER, LICHT
from klachten.analyse.termijnen.grafieken import sjabloon
from klachten.scherm.evaluatie import jaarbeeld, proces, termijnen, termijnjaar
from klachten.scherm.evaluatie.keuze import COHORT, begin


def make() -> None:
    """Count what takes longest of what is shown to whoever has chosen nothing yet; it is kept for everybody."""
    keuze = begin()
    if keuze is None:
        return
    jaarbeeld.beeld(keuze)
    termijnen.nalevingen(keuze)
    termijnjaar.count(keuze)
    proces.beeld(keuze)
    for kleuren in (LICHT, DONKER):
        sjabloon(COHORT, kleuren)
