"""What a user can do with a dossier now, and why the rest cannot yet."""

from __future__ import annotations

from dataclasses import dataclass

from klachten.dossier.klacht import Dossier, Feiten
from klachten.dossier.weigering import Weigering
from klachten.handelingen.handeling import HANDELINGEN, Handeling
from klachten.handelingen.reglement import VOORTZETTEN
from klachten.organisatie import Gebruiker
from klachten.reglement import Reglement


@dataclass(frozen=True)
class Mogelijkheid:
    """A handeling, and None or the Dutch reason why this user cannot do it now."""

    handeling: Handeling
    weigering: Weigering | None


def mogelijk(feiten: Feiten, gebruiker: Gebruiker, reglement: Reglement) -> list[Mogelijkheid]:
    """Return every handeling of this kind of dossier by step, with the reason where it cannot be done."""
    passend = [h for h in HANDELINGEN.values() if h.reeks == feiten.klachtnummer[:1] and not h.nieuw]
    # A term that the reglement does not let anybody extend is no possibility at all.
    termijnen = reglement.termijnen
    if isinstance(feiten, Dossier):
        termijnen = reglement.termijnen_van(feiten.ontvangst.reglement_versie)
    if not any(termijn.verlenging for termijn in termijnen):
        passend = [h for h in passend if h.naam != "verlengen_termijn"]
    if not reglement.bevinding_per_aspect:
        passend = [h for h in passend if h.naam != "stap_06_vaststellen_bevinding"]
    if not isinstance(feiten, Dossier) or feiten.ontvangst.herkomst == "register":
        passend = [h for h in passend if h.naam != VOORTZETTEN]
    # Withdrawing and correcting belong to no step and come last.
    passend.sort(key=lambda h: h.stap or 99)
    return [Mogelijkheid(h, h.toets(feiten, gebruiker, reglement)[1]) for h in passend]
