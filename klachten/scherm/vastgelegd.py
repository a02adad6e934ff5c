"""What is said of what was just recorded, and from there straight to the form that takes it back."""

from __future__ import annotations

from klachten import handelingen, scherm
from klachten.gebeurtenissen import DocumentToegevoegd
from klachten.handelingen import HANDELINGEN, Uitkomst
from klachten.scherm import onderdelen

TERUG = "herroepen_feit"
Feit = tuple[str, int]
"""A dossier and the number of a fact in it."""


def sentence(uitkomst: Uitkomst, stap: int, titel: str, *, dicht: bool = False) -> str:
    """Say what was recorded, so that the user can check it; with `dicht` not of which klacht it is."""
    if dicht:
        return "Dit was al vastgelegd." if not uitkomst.nrs else "Vastgelegd: uw maatregel is uitgevoerd (stap 11)."
    waar = onderdelen.dossiernaam(uitkomst.klachtnummer)
    if not uitkomst.nrs:
        return f"Dit was al vastgelegd bij {waar}."
    bij = f"Stap {stap}: " if stap else ""
    feiten = f"feit{'en' * (len(uitkomst.nrs) > 1)} {', '.join(str(nr) for nr in uitkomst.nrs)}"
    return f"Vastgelegd bij {waar}. {bij}{titel} ({feiten})."


def fact_of(uitkomst: Uitkomst, stap: int) -> Feit | None:
    """Return which fact could be taken back: one step of a klacht, not its receipt nor a correction.

    Of a letter that is its step: the letter itself stays in the dossier.
    """
    if not uitkomst.klachtnummer.startswith("K") or stap < 2:
        return None
    nrs = uitkomst.nrs
    if len(nrs) > 1:
        erbij = [v for v in scherm.register().vastleggingen(uitkomst.klachtnummer) if v.nr in nrs]
        nrs = tuple(v.nr for v in erbij if v.feit.stap == stap and not isinstance(v.feit, DocumentToegevoegd))
    return (uitkomst.klachtnummer, nrs[0]) if len(nrs) == 1 else None


def offer(feit: Feit | None) -> None:
    """Lead to the form that takes a fact back, for who may; the address is read by dossier/aankomst.py."""
    if feit is None:
        return
    nummer, nr = feit
    feiten = handelingen.dossier_van(scherm.register(), nummer)
    if HANDELINGEN[TERUG].toets(feiten, scherm.gebruiker(), scherm.reglement(feiten))[1] is None:
        onderdelen.verwijzing("dossier", "Ongedaan maken", icoon=":material/undo:", nummer=nummer, terug=str(nr))
