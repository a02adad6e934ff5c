"""Who may do what with a klacht: one row per handeling, with its roles and what somebody involved may still do.

The rows are data; `rol_in` reads them. `VAN_DE_STAP` takes the roles that the reglement gives the step. Whoever is
involved in a klacht may report it, may be recorded as having received it, and may carry out an own maatregel and say
so: nothing else. tests/rechten.csv says the same cell by cell, written by hand.
"""

from __future__ import annotations

from dataclasses import dataclass

from klachten.dossier.klacht import Dossier
from klachten.organisatie import ROLLEN, Gebruiker, met_rol
from klachten.reglement import Reglement

VAN_DE_STAP: tuple[str, ...] = ()
AANWIJZEN = "stap_04_aanwijzen_buitenstaander"

# What somebody involved may do.
NIETS = "niets"
MELDEN = "melden"
ONTVANGST = "ontvangst"
EIGEN_MAATREGEL = "eigen maatregel"

# The role of whoever records what the outside person decided in the place of directie.
NAMENS_DIRECTIE = "namens directie"


@dataclass(frozen=True, slots=True)
class Recht:
    """One row: the roles that may do a handeling, and what involvement leaves of it.

    `namens` means that an outside person can do it in the place of directie when all of directie is involved.
    """

    rollen: tuple[str, ...] = VAN_DE_STAP
    betrokken: str = NIETS
    namens: bool = False


_HOUDERS = ("coordinator", "behandelaar", "directie")
_LEIDING = ("coordinator", "directie")
_BEHEER = ("beheerder",)
# Lists are of whoever works with them, too.
_LIJSTEN = ("beheerder", "coordinator")
_HOUDERS_VAN = {"E": ("directie",), "T": _LEIDING, "O": _BEHEER, "P": _BEHEER}
_IEDEREEN = tuple(ROLLEN)

RECHTEN: dict[str, Recht] = {
    "stap_01_ontvangen_signaal": Recht(betrokken=MELDEN),
    "stap_01_afdoen_signaal": Recht(betrokken=MELDEN),
    "stap_01_indienen_klacht": Recht(betrokken=MELDEN),
    "stap_02_informeren_coordinator": Recht(betrokken=ONTVANGST),
    "stap_03_verwerken_klacht": Recht(namens=True),
    "stap_03_toevoegen_document": Recht(_HOUDERS),
    "stap_03_aanvullen_gegevens": Recht(_HOUDERS),
    "stap_03_vastleggen_anonimiteit": Recht(_HOUDERS),
    "stap_03_toevoegen_indiener": Recht(_HOUDERS),
    "stap_03_aanwijzen_gemachtigde": Recht(_HOUDERS),
    "stap_03_vastleggen_toestemming": Recht(_HOUDERS),
    "stap_03_koppelen_klacht": Recht(_HOUDERS),
    "stap_03_laten_vervallen": Recht(_LEIDING, namens=True),
    "stap_04_toewijzen_behandelaar": Recht(namens=True),
    "stap_04_vervangen_behandelaar": Recht(namens=True),
    "stap_04_toevoegen_betrokkene": Recht(_HOUDERS),
    "stap_04_meedelen_behandelaar": Recht(_HOUDERS),
    "stap_04_aanwijzen_buitenstaander": Recht(("coordinator", "medewerker", "beheerder")),
    "stap_05_bevestigen_ontvangst": Recht(),
    "stap_06_vragen_informatie": Recht(),
    "stap_06_ontvangen_informatie": Recht(),
    "stap_06_onderzoeken_klacht": Recht(),
    "stap_06_inlichten_medewerker": Recht(),
    "stap_06_horen_medewerker": Recht(),
    "stap_06_vaststellen_bevinding": Recht(),
    "stap_07_niet_in_behandeling_nemen": Recht(),
    "stap_08_bepalen_maatregel": Recht(),
    "stap_08_afzien_van_maatregelen": Recht(),
    "stap_08_wijzigen_maatregel": Recht(),
    "stap_08_laten_vervallen_maatregel": Recht(),
    "stap_09_informeren_indiener": Recht(),
    "stap_09_informeren_medewerker": Recht(),
    "stap_10_informeren_actienemer": Recht(),
    "stap_11_uitvoeren_maatregel": Recht(betrokken=EIGEN_MAATREGEL),
    "stap_12_bewaken_voortgang": Recht(),
    "stap_13_afsluiten_klacht": Recht(),
    "stap_14_informeren_indiener_afsluiting": Recht(),
    "stap_14_vragen_tevredenheid": Recht(_HOUDERS),
    "stap_14_ontvangen_tevredenheid": Recht(_HOUDERS),
    "stap_15_melden_meningsverschil": Recht(_HOUDERS),
    "stap_15_voeren_overleg": Recht(_HOUDERS),
    "stap_15_voorleggen_geschil": Recht(("directie",), namens=True),
    "stap_15_ontvangen_oordeel": Recht(_HOUDERS),
    "stap_15_meedelen_oordeel": Recht(_HOUDERS),
    "stap_15_opvolgen_oordeel": Recht(("directie",), namens=True),
    "stap_15_heropenen_klacht": Recht(_LEIDING, namens=True),
    "stap_16_evalueren_klachten": Recht(),
    "stap_16_heropenen_evaluatie": Recht(),
    "stap_16_bepalen_verbeteractie": Recht(),
    "stap_16_wijzigen_verbeteractie": Recht(),
    "stap_16_laten_vervallen_verbeteractie": Recht(),
    "stap_16_vaststellen_trajecten": Recht(_LEIDING),
    "stap_17_informeren_actienemer": Recht(),
    "stap_18_uitvoeren_verbeteractie": Recht(),
    "stap_18_waarnemen_verandering": Recht(_LEIDING),
    "intrekken_klacht": Recht(_HOUDERS),
    "verlengen_termijn": Recht(_HOUDERS),
    "sturen_tussenbericht": Recht(_HOUDERS),
    "toelichten_vertraging": Recht(_HOUDERS),
    "corrigeren_feit": Recht(_HOUDERS),
    "herroepen_feit": Recht(_HOUDERS),
    "inrichten_organisatie": Recht(_BEHEER),
    "wijzigen_organisatie": Recht(_BEHEER),
    "stellen_boekjaar": Recht(_BEHEER),
    "gelijkstellen_dagen": Recht(_BEHEER),
    "stellen_aanmeldregels": Recht(_BEHEER),
    "toevoegen_keuze": Recht(_LIJSTEN),
    "hernoemen_keuze": Recht(_LIJSTEN),
    "samenvoegen_keuze": Recht(_LIJSTEN),
    "beeindigen_keuze": Recht(_LIJSTEN),
    "wijzigen_vestiging": Recht(_LIJSTEN),
    "toevoegen_persoon": Recht(_BEHEER),
    "wijzigen_persoon": Recht(_BEHEER),
    "geven_rol": Recht(("beheerder", "directie")),
    "beeindigen_rol": Recht(_BEHEER),
    "vertrekken_persoon": Recht(_BEHEER),
    "wissen_persoon": Recht(_BEHEER),
    "melden_afwezigheid": Recht(_IEDEREEN),
    "wijzigen_afwezigheid": Recht(_IEDEREEN),
    "vervallen_afwezigheid": Recht(_IEDEREEN),
}


def stap_van(handeling: str) -> int:
    """Return the step in the name of a handeling (stap_05_... is 5), 0 for one that belongs to no step."""
    return int(handeling[5:7]) if handeling.startswith("stap_") else 0


def rollen_voor(handeling: str, reglement: Reglement, reeks: str = "K") -> tuple[str, ...]:
    """Return the roles that may do a handeling: its own, or those that the reglement gives its step.

    What is recorded of an evaluation or about trajecten is put right by who may record it, hence `reeks`.
    """
    if RECHTEN[handeling].rollen == _HOUDERS and reeks in _HOUDERS_VAN:
        return _HOUDERS_VAN[reeks]
    eigen = RECHTEN[handeling].rollen
    # The small reglement of an import does not name every step; its klachten are not handled here anyway.
    return eigen or next((stap.rollen for stap in reglement.stappen if stap.nr == stap_van(handeling)), ())


def rol_in(dossier: Dossier, handeling: str, gebruiker: Gebruiker, reglement: Reglement) -> str | None:
    """Return the role in which a user may do a handeling in this klacht, or None.

    behandelaar means: of this klacht. actienemer means: of one of its maatregelen.
    """
    recht, rollen = RECHTEN[handeling], rollen_voor(handeling, reglement)
    if handeling == AANWIJZEN and vrije_coordinatoren(dossier):
        # Any colleague may, but only when no coordinator can.
        rollen = ("coordinator",)
    betrokken = gebruiker.id in dossier.betrokkenen
    if not betrokken and "behandelaar" in rollen and dossier.behandelaar == gebruiker.id:
        return "behandelaar"
    eigen = not betrokken or recht.betrokken == EIGEN_MAATREGEL
    if eigen and "actienemer" in rollen and gebruiker.id in {m.actienemer for m in dossier.geldende_maatregelen}:
        return "actienemer"
    if betrokken and not _may_tell_receipt(dossier, recht, gebruiker):
        return None
    vrij = (rol for rol in ("coordinator", "directie", "medewerker", "beheerder") if rol in rollen)
    rol = next((rol for rol in vrij if gebruiker.heeft(rol)), None)
    return rol or (NAMENS_DIRECTIE if recht.namens and neemt_waar(dossier, gebruiker) else None)


def vrije_directie(dossier: Dossier) -> list[Gebruiker]:
    """Return the members of directie who are not involved in the klacht."""
    return [lid for lid in met_rol("directie") if lid.id not in dossier.betrokkenen]


def vrije_coordinatoren(dossier: Dossier) -> list[Gebruiker]:
    """Return the coordinators who are not involved and not absent for longer."""
    if dossier.coordinator_afwezig:
        return []
    return [persoon for persoon in met_rol("coordinator") if persoon.id not in dossier.betrokkenen]


def neemt_waar(dossier: Dossier, gebruiker: Gebruiker) -> bool:
    """Tell whether the user records what the outside person decides: the coordinator, else the colleague named for it.

    Only while nobody of directie is uninvolved: the escape ends where the rule can be followed again.
    """
    if dossier.buitenstaander is None or vrije_directie(dossier) or gebruiker.id in dossier.betrokkenen:
        return False
    vrij = {persoon.id for persoon in vrije_coordinatoren(dossier)}
    return gebruiker.id in vrij if vrij else gebruiker.id == dossier.buitenstaander.vastlegger


def _may_tell_receipt(dossier: Dossier, recht: Recht, gebruiker: Gebruiker) -> bool:
    """Whether an involved user may say that the klacht arrived: as ontvanger, or as the one who had to hear of it."""
    hoort = gebruiker.id == dossier.ontvangst.ontvanger or gebruiker.heeft("coordinator", "directie")
    return recht.betrokken == ONTVANGST and hoort
