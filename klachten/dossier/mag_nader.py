"""The rules of what practice adds to the reglement: letters that cannot be sent, hoor en wederhoor, the oordeel.

Each gives None, or the Dutch sentence that says why not; `mag.py` asks them.
"""

from __future__ import annotations

from collections.abc import Callable

from klachten import gebeurtenissen as g
from klachten.dossier.klacht import Dossier
from klachten.dossier.weigering import Weigering
from klachten.taal import datum

Regel = Callable[[Dossier], Weigering | None]


def bereikbaar(stap: int) -> Regel:
    """Return the rule that a letter of this step can be sent: there is somebody to write to."""

    def regel(dossier: Dossier) -> Weigering | None:
        if stap not in dossier.niet_mogelijk:
            return None
        return Weigering(
            "niet_bereikbaar",
            f"Stap {stap} is niet mogelijk: de indiener wil onbekend blijven en er is geen adres of gemachtigde om aan "
            "te schrijven.",
        )

    return regel


def iemand_betrokken(stap: int) -> Regel:
    """Return the rule that a medewerker is involved."""

    def regel(dossier: Dossier) -> Weigering | None:
        if dossier.betrokkenen:
            return None
        return Weigering(
            "niemand_betrokken",
            f"Stap {stap}: er zijn geen betrokken medewerkers bekend. Voeg ze toe als dat anders blijkt (stap 4).",
        )

    return regel


def iets_besloten(dossier: Dossier) -> Weigering | None:
    """Say that nothing was decided yet that could be told."""
    if dossier.stap_op(7) or dossier.stap_op(8) or 8 in dossier.elders_gedaan or not dossier.loopt:
        return None
    return Weigering("niets_besloten", "Stap 9: er is nog niets besloten om te vertellen (stap 7 of 8).")


def hier_behandeld(dossier: Dossier) -> Weigering | None:
    """Say that the klacht is handled here already."""
    if dossier.voortzetting is not None:
        return Weigering(
            "hier_behandeld",
            f"Deze klacht wordt sinds {datum(dossier.voortzetting.feit.gebeurd_op)} hier verder behandeld.",
        )
    if dossier.ontvangst.herkomst == "register":
        return Weigering("hier_behandeld", "Deze klacht is hier ontvangen en wordt hier al behandeld.")
    return None


def wacht_nog(dossier: Dossier) -> Weigering | None:
    """Say that no term runs any more."""
    if dossier.loopt:
        return None
    return Weigering("klacht_beeindigd", f"Er loopt geen termijn meer: de klacht is {dossier.toestand}.")


def bericht_mogelijk(dossier: Dossier) -> Weigering | None:
    """Say that there is nobody to write to."""
    if not dossier.onbereikbaar:
        return None
    return Weigering(
        "niet_bereikbaar",
        "Een bericht is niet mogelijk: de indiener wil onbekend blijven en er is geen adres of gemachtigde.",
    )


def beeindigd(dossier: Dossier) -> Weigering | None:
    """Say that the klacht has not ended yet."""
    if dossier.loopt:
        return Weigering(
            "nog_niet_beeindigd", "Stap 14: vraag pas hoe tevreden de indiener is als de klacht is beëindigd."
        )
    return None


def tevredenheid_gevraagd(dossier: Dossier) -> Weigering | None:
    """Say that no question about the satisfaction is open."""
    if len(dossier.van(g.TevredenheidGevraagd)) > len(dossier.van(g.TevredenheidGegeven)):
        return None
    return Weigering("geen_vraag_open", "Stap 14: er staat geen vraag naar de tevredenheid open.")


def oordeel_binnen(dossier: Dossier) -> Weigering | None:
    """Say that no oordeel came in yet."""
    if dossier.geschil == "oordeel":
        return None
    return Weigering("geen_oordeel", "Stap 15: er is nog geen oordeel ontvangen.")


def oordeel_niet_verteld(dossier: Dossier) -> Weigering | None:
    """Say that the indiener knows the oordeel already."""
    return None if dossier.oordeel_te_melden else Weigering("al_gedaan", "Stap 15: de indiener kent het oordeel al.")
