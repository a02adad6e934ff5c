"""Who reads what of one klacht: the only place that says so for a dossier; zichtbaar.sql says the same for lists.

Whoever is involved reads nothing, whatever the role. Somebody with a part in the klacht reads that part: an actienemer
the own maatregelen, the ontvanger that it came in and who handles it once there is a behandelaar.
"""

from __future__ import annotations

from enum import IntEnum

from klachten import rechten
from klachten.dossier.klacht import Dossier
from klachten.dossier.weigering import Weigering
from klachten.organisatie import Gebruiker


class Leesrecht(IntEnum):
    """How much of a dossier somebody reads; each also holds what the lower ones hold."""

    GEEN = 0
    # The number, when it was received, and who handles it.
    ONTVANGST = 1
    # And the own maatregelen.
    MAATREGEL = 2
    HEEL = 3


def leesrecht(dossier: Dossier, gebruiker: Gebruiker) -> Leesrecht:
    """Return how much of this dossier the user may read now."""
    bereik = rechten.mag("inzage", "klacht", gebruiker)
    wie, ontving = gebruiker.id, dossier.ontvangst.ontvanger == gebruiker.id
    if wie in dossier.betrokkenen or not bereik.mag:
        return Leesrecht.GEEN
    legt_vast = dossier.buitenstaander is not None and dossier.buitenstaander.vastlegger == wie
    eigen = wie == dossier.behandelaar or (ontving and dossier.behandelaar is None) or legt_vast
    if bereik.alles or (eigen and "eigen" in bereik.cellen):
        return Leesrecht.HEEL
    if wie in {maatregel.actienemer for maatregel in dossier.geldende_maatregelen}:
        return Leesrecht.MAATREGEL
    return Leesrecht.ONTVANGST if ontving else Leesrecht.GEEN


def niet_gevonden(klachtnummer: str) -> Weigering:
    """Say that there is no such klacht, or that it is not for the user: one sentence, so that it tells neither."""
    if not klachtnummer.startswith("K"):
        return Weigering("niet_gevonden", f"{klachtnummer or 'Een leeg nummer'} staat niet in het register.")
    return Weigering("niet_gevonden", f"Klacht {klachtnummer} staat niet in het register, of is niet voor u.")


def mag_lezen(dossier: Dossier, gebruiker: Gebruiker) -> Weigering | None:
    """Return None when the user may read all of this dossier, else the sentence that says it is not for the user."""
    return None if leesrecht(dossier, gebruiker) is Leesrecht.HEEL else niet_gevonden(dossier.klachtnummer)
