"""Who may do what with a klacht: the cells of the table of rights (klachten/rechten), read for one dossier.

Who acts needs the role on the day of recording, which is `Gebruiker.op`; whom a fact names needed it on the day of that
fact, so who else is free is always asked of a day.

`behandelaar` means of this klacht, `actienemer` of one of its maatregelen. Whoever is involved in a klacht may report
it, may be recorded as having received it, and may carry out an own maatregel and say so: nothing else.
tests/rechten.csv says the same per state of a dossier, written by hand.
"""

from __future__ import annotations

import functools
from datetime import date

from klachten import gebeurtenissen as g
from klachten import rechten
from klachten.dossier.klacht import Dossier, Feiten
from klachten.dossier.weigering import Weigering
from klachten.organisatie import Gebruiker, coordinatoren, met_rol
from klachten.reglement import Reglement

AANWIJZEN = "stap_04_aanwijzen_buitenstaander"

# What a cell in the column betrokken leaves somebody involved.
ONTVANGST = "ontvangst"
EIGEN_MAATREGEL = "maatregel"

# The role of whoever records what the outside person decided in the place of directie.
NAMENS_DIRECTIE = "namens directie"
# What an outside person can do in the place of directie when all of directie is involved: a rule of the reglement, not
# of a role.
NAMENS = frozenset(
    {
        "stap_03_verwerken_klacht", "stap_03_laten_vervallen", "stap_04_toewijzen_behandelaar",
        "stap_04_vervangen_behandelaar", "stap_15_voorleggen_geschil", "stap_15_opvolgen_oordeel",
        "stap_15_heropenen_klacht",
    }
)  # fmt: skip


@functools.cache
def stap_van(handeling: str) -> int:
    """Return the step in the name of a handeling (stap_05_... is 5), 0 for one that belongs to no step."""
    return int(handeling[5:7]) if handeling.startswith("stap_") else 0


def rollen_voor(handeling: str, reglement: Reglement, reeks: str = "K") -> tuple[str, ...]:
    """Return the roles that may do a handeling: its own, or those that the reglement gives its step.

    What is recorded of an evaluation or about trajecten is put right by who may record it, hence `reeks`.
    """
    # The small reglement of an import does not name every step; its klachten are not handled here anyway.
    return _rollen_voor(handeling, reglement.rollen.get(stap_van(handeling), ()), reeks)


# The table does not change while the program runs, and every step asks it, often more than once.
@functools.cache
def _rollen_voor(handeling: str, stap: tuple[str, ...], reeks: str) -> tuple[str, ...]:
    eigen = f"{handeling}.{reeks}"
    cellen = rechten.rij("handeling", eigen if rechten.kent("handeling", eigen) else handeling).cellen
    van_de_stap = tuple(rol for rol in stap if cellen[rol] == "stap")
    return van_de_stap or tuple(rol for rol, cel in cellen.items() if cel not in (rechten.NIETS, "stap"))


def not_oneself(feiten: Feiten, handeling: str, gebruiker: Gebruiker) -> Weigering | None:
    """Return the Dutch reason why somebody does not do this in the own dossier as a person; None when it may be."""
    eigen = f"{handeling}.P"
    if not feiten.klachtnummer.startswith("P") or not rechten.kent("handeling", eigen):
        return None
    over = {feit.persoon for feit in feiten.van(g.PersoonToegevoegd)}
    if gebruiker.id not in over or rechten.rij("handeling", eigen).betrokken != rechten.ZELF:
        return None
    return Weigering("niet_over_uzelf", "Dit kan niet door u: het gaat over uw eigen gegevens. Een ander doet dit.")


def may_begin(handeling: str, gebruiker: Gebruiker, reglement: Reglement) -> bool:
    """Tell whether a user has a role for a handeling that begins a dossier: there is none to be involved in yet."""
    return gebruiker.heeft(*rollen_voor(handeling, reglement))


def rol_in(dossier: Dossier, handeling: str, gebruiker: Gebruiker, reglement: Reglement) -> str | None:
    """Return the role in which a user may do a handeling in this klacht, or None.

    behandelaar means: of this klacht. actienemer means: of one of its maatregelen.
    """
    rollen, laat = rollen_voor(handeling, reglement), rechten.rij("handeling", handeling).betrokken
    if handeling == AANWIJZEN and vrije_coordinatoren(dossier, gebruiker.op):
        # Any colleague may, but only when no coordinator can.
        rollen = ("coordinator",)
    betrokken = gebruiker.id in dossier.betrokkenen
    if not betrokken and "behandelaar" in rollen and dossier.behandelaar == gebruiker.id:
        return "behandelaar"
    eigen = not betrokken or laat == EIGEN_MAATREGEL
    if eigen and "actienemer" in rollen and gebruiker.id in {m.actienemer for m in dossier.geldende_maatregelen}:
        return "actienemer"
    if betrokken and not _may_tell_receipt(dossier, laat, gebruiker):
        return None
    vrij = (rol for rol in ("coordinator", "directie", "medewerker", "beheerder") if rol in rollen)
    rol = next((rol for rol in vrij if gebruiker.heeft(rol)), None)
    return rol or (NAMENS_DIRECTIE if handeling in NAMENS and neemt_waar(dossier, gebruiker) else None)


def vrije_directie(dossier: Dossier, op: date | None) -> list[Gebruiker]:
    """Return the members of directie of a day who are not involved in the klacht."""
    return [lid for lid in met_rol("directie", op=op) if lid.id not in dossier.betrokkenen]


def vrije_coordinatoren(dossier: Dossier, op: date | None) -> list[Gebruiker]:
    """Return the coordinators of a day who are not involved and not absent for longer then.

    A klacht of before absences were recorded says itself that the coordinator was away.
    """
    if dossier.coordinator_afwezig:
        return []
    return [persoon for persoon in coordinatoren(op) if persoon.id not in dossier.betrokkenen]


def behandelende_coordinatoren(dossier: Dossier, op: date | None) -> list[Gebruiker]:
    """Return those coordinators who can handle the klacht themselves: with the role behandelaar too."""
    return [persoon for persoon in vrije_coordinatoren(dossier, op) if persoon.heeft("behandelaar")]


def neemt_waar(dossier: Dossier, gebruiker: Gebruiker) -> bool:
    """Tell whether the user records what the outside person decides: the coordinator, else the colleague named for it.

    Only while nobody of directie is uninvolved: the escape ends where the rule can be followed again.
    """
    op = gebruiker.op
    if dossier.buitenstaander is None or vrije_directie(dossier, op) or gebruiker.id in dossier.betrokkenen:
        return False
    vrij = {persoon.id for persoon in vrije_coordinatoren(dossier, op)}
    return gebruiker.id in vrij if vrij else gebruiker.id == dossier.buitenstaander.vastlegger


def _may_tell_receipt(dossier: Dossier, laat: str, gebruiker: Gebruiker) -> bool:
    """Whether an involved user may say that the klacht arrived: as ontvanger, or as the one who had to hear of it."""
    hoort = gebruiker.id == dossier.ontvangst.ontvanger or gebruiker.heeft("coordinator", "directie")
    return laat == ONTVANGST and hoort
