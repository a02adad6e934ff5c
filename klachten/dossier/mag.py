"""What may happen now: `mag()` gives None, or the Dutch sentence that says why not, citing the step.

Refused is what the reglement forbids or what cannot be: an involved behandelaar or assigner, step 5 without a
behandelaar, 7 together with 8, 13 with an open maatregel, the wrong role. What really happened late or in another
order is not refused here: it is recorded with a reason (handelingen/volgorde.py).
"""

from __future__ import annotations

from collections.abc import Callable

from klachten import gebeurtenissen as g
from klachten.dossier.klacht import GEEINDIGD, VERVALLEN, Dossier
from klachten.reglement import Reglement
from klachten.taal import datum, opsomming
from klachten.toegang import ROLLEN, Gebruiker, naam

Regel = Callable[[Dossier], str | None]

# In these steps somebody who is involved may still act: reporting, registering, carrying out an own maatregel.
OOK_VOOR_BETROKKENEN = frozenset({1, 2, 3, 11})


def rol_in(dossier: Dossier, rollen: tuple[str, ...], gebruiker: Gebruiker, stap: int) -> str | None:
    """Return the role in which a user may act in this klacht, or None.

    behandelaar means: of this klacht. actienemer means: of one of its maatregelen. Somebody who is involved in the
    klacht acts in no role from step 4 on, except as actienemer.
    """
    betrokken = gebruiker.id in dossier.betrokkenen and stap not in OOK_VOOR_BETROKKENEN
    if "behandelaar" in rollen and dossier.behandelaar == gebruiker.id and not betrokken:
        return "behandelaar"
    if "actienemer" in rollen and gebruiker.id in {m.actienemer for m in dossier.geldende_maatregelen}:
        return "actienemer"
    if betrokken:
        return None
    vrij = (rol for rol in ("coordinator", "directie", "medewerker", "beheerder") if rol in rollen)
    return next((rol for rol in vrij if gebruiker.heeft(rol)), None)


def mag_lezen(dossier: Dossier, gebruiker: Gebruiker) -> str | None:
    """Return None when the user may read this dossier, else the reason why not."""
    if gebruiker.id in dossier.betrokkenen:
        return (
            f"U bent betrokken bij klacht {dossier.klachtnummer}. Het dossier is vertrouwelijk en wordt behandeld door "
            "iemand die er niet bij betrokken is; daarom kunt u het niet inzien."
        )
    leest = gebruiker.heeft("coordinator", "directie") or gebruiker.id == dossier.behandelaar
    if leest or gebruiker.id == dossier.ontvangst.ontvanger:
        return None
    if gebruiker.id in {m.actienemer for m in dossier.geldende_maatregelen}:
        return None
    return (
        f"U hebt geen rol in klacht {dossier.klachtnummer}. Alleen de behandelaar, de coördinator, de directie, de "
        "ontvanger en de actienemers kunnen dit dossier inzien."
    )


def mag(dossier: Dossier, handeling: str, gebruiker: Gebruiker, reglement: Reglement) -> str | None:
    """Return None when the user may do this now, else the Dutch reason, citing the step."""
    stap = stap_van(handeling)
    if dossier.ontvangst.herkomst == "overgenomen" and handeling not in OVERGENOMEN_MAG:
        return (
            f"Klacht {dossier.klachtnummer} is overgenomen uit een ander systeem en wordt hier niet behandeld. "
            "U kunt feiten wel corrigeren."
        )
    if dossier.toestand == VERVALLEN and handeling not in ("corrigeren_feit", "herroepen_feit"):
        return f"Klacht {dossier.klachtnummer} is vervallen en houdt alleen zijn nummer."
    for regel in REGELS.get(handeling, ()):
        reden = regel(dossier)
        if reden:
            return reden
    return _rol_ontbreekt(dossier, handeling, gebruiker, reglement, stap)


def rollen_voor(handeling: str, reglement: Reglement) -> tuple[str, ...]:
    """Return the roles that may do a handeling: those of its step, unless the handeling has its own."""
    if handeling in EIGEN_ROLLEN:
        return EIGEN_ROLLEN[handeling]
    # The small reglement of an import does not name every step; its klachten are not handled here anyway.
    return next((stap.rollen for stap in reglement.stappen if stap.nr == stap_van(handeling)), ())


def stap_van(handeling: str) -> int:
    """Return the step in the name of a handeling (stap_05_... is 5), 0 for one that belongs to no step."""
    return int(handeling[5:7]) if handeling.startswith("stap_") else 0


def _rol_ontbreekt(
    dossier: Dossier, handeling: str, gebruiker: Gebruiker, reglement: Reglement, stap: int
) -> str | None:
    rollen = rollen_voor(handeling, reglement)
    # Readiness to correct or withdraw follows the rule from step 4 on: not by somebody who is involved.
    if rol_in(dossier, rollen, gebruiker, stap or 4):
        return None
    waar = f"Stap {stap}" if stap else "Dit"
    if gebruiker.id in dossier.betrokkenen:
        return f"{waar} kan niet door u: u bent betrokken bij klacht {dossier.klachtnummer}. Iemand anders doet dit."
    wie = opsomming((ROLLEN[rol].lower() for rol in rollen), "of")
    return f"{waar} kan niet door {naam(gebruiker.id)}: dit doet de {wie} van deze klacht."


# --- rules -----------------------------------------------------------------------------------------------------------


def _al_gedaan(stap: int) -> Regel:
    def regel(dossier: Dossier) -> str | None:
        op = dossier.stap_op(stap)
        return f"Stap {stap} is al vastgelegd op {datum(op)}. Klopt dat niet, corrigeer dan het feit." if op else None

    return regel


def _behandelaar_nodig(stap: int, waarom: str) -> Regel:
    def regel(dossier: Dossier) -> str | None:
        if dossier.behandelaar is None:
            return f"Stap {stap} kan nog niet: er is nog geen behandelaar toegewezen (stap 4){waarom}."
        if dossier.behandelaar in dossier.betrokkenen:
            return (
                f"Stap {stap} kan nog niet: behandelaar {naam(dossier.behandelaar)} blijkt betrokken bij de klacht. "
                "Vervang eerst de behandelaar (stap 4)."
            )
        return None

    return regel


def _loopt(stap: int) -> Regel:
    def regel(dossier: Dossier) -> str | None:
        if dossier.loopt:
            return None
        return (
            f"Stap {stap} kan niet meer: de klacht is {dossier.toestand}. Heropen de klacht eerst, met een reden "
            "(stap 15)."
        )

    return regel


def _niet_na_7(dossier: Dossier) -> str | None:
    op = dossier.stap_op(7)
    if op and not dossier.heropend_na:
        return f"Stap 8 kan niet: de klacht is op {datum(op)} niet in behandeling genomen (stap 7)."
    return None


def _niet_na_8(dossier: Dossier) -> str | None:
    op = dossier.stap_op(8)
    if op:
        return (
            f"Stap 7 kan niet: op {datum(op)} is de klacht in behandeling genomen (stap 8). "
            "Stap 7 en 8 sluiten elkaar uit."
        )
    return None


def _maatregel_open(stap: int, wat: str) -> Regel:
    def regel(dossier: Dossier) -> str | None:
        if dossier.open_maatregelen:
            return None
        return f"Stap {stap} kan nog niet: er is geen maatregel {wat}."

    return regel


def _iets_te_informeren(dossier: Dossier) -> str | None:
    if any(m.geinformeerd_op is None for m in dossier.geldende_maatregelen):
        return None
    if dossier.geldende_maatregelen:
        return "Stap 10 is al gedaan: elke actienemer is geïnformeerd."
    return "Stap 10 kan nog niet: er is nog geen maatregel bepaald (stap 8)."


def _geen_maatregelen(dossier: Dossier) -> str | None:
    if dossier.geldende_maatregelen:
        nummers = opsomming(m.nr for m in dossier.geldende_maatregelen)
        return f"Stap 8: maatregel {nummers} geldt nog. Laat die eerst vervallen, met een reden."
    return "Stap 8: er is al vastgelegd dat geen maatregelen nodig zijn." if dossier.zonder_maatregelen else None


def _alles_uitgevoerd(dossier: Dossier) -> str | None:
    open_nrs = [m.nr for m in dossier.open_maatregelen]
    if len(open_nrs) == 1:
        return f"Stap 13 kan nog niet: maatregel {open_nrs[0]} is niet uitgevoerd."
    if open_nrs:
        return f"Stap 13 kan nog niet: maatregelen {opsomming(open_nrs)} zijn niet uitgevoerd."
    if not dossier.geldende_maatregelen and not dossier.zonder_maatregelen:
        return (
            "Stap 13 kan nog niet: er zijn geen maatregelen bepaald. Bepaal ze, of leg met een motivering vast dat er "
            "geen nodig zijn (stap 8)."
        )
    return None


def _geschil(verwacht: tuple[str, ...], anders: str) -> Regel:
    def regel(dossier: Dossier) -> str | None:
        return None if dossier.geschil in verwacht else anders

    return regel


def _geeindigd(dossier: Dossier) -> str | None:
    if dossier.toestand in GEEINDIGD - {VERVALLEN}:
        return None
    return (
        "Stap 15: heropenen kan alleen als de klacht is afgesloten, is ingetrokken of niet in behandeling is genomen."
    )


def _nog_niet_geeindigd(dossier: Dossier) -> str | None:
    return None if dossier.loopt else f"Intrekken kan niet meer: de klacht is {dossier.toestand}."


def _heeft_geen_behandelaar(dossier: Dossier) -> str | None:
    if dossier.behandelaar is None:
        return None
    return f"Stap 4 is al gedaan: {naam(dossier.behandelaar)} is de behandelaar. Vervangen kan wel, met een reden."


def _heeft_behandelaar(dossier: Dossier) -> str | None:
    return None if dossier.behandelaar else "Stap 4: er is nog geen behandelaar om te vervangen."


def _informatie_gevraagd(dossier: Dossier) -> str | None:
    if len(dossier.van(g.InformatieGevraagd)) > len(dossier.van(g.InformatieOntvangen)):
        return None
    return "Stap 6: er staat geen vraag om informatie open."


def _verlengbaar(dossier: Dossier) -> str | None:
    return None if dossier.loopt else f"Verlengen kan niet meer: de klacht is {dossier.toestand}."


def _indiener_kent_vorige(dossier: Dossier) -> str | None:
    return None if dossier.indiener_kent_vorige else "Stap 4: de indiener kent de behandelaar al."


_MELD_EERST = "Stap 15: de indiener heeft nog geen meningsverschil gemeld. Leg dat eerst vast."

REGELS: dict[str, tuple[Regel, ...]] = {
    "stap_02_informeren_coordinator": (_al_gedaan(2),),
    "stap_03_verwerken_klacht": (_al_gedaan(3),),
    "stap_04_toewijzen_behandelaar": (_heeft_geen_behandelaar, _loopt(4)),
    # Also when the klacht has ended: step 14 and a dispute still need somebody who is not involved.
    "stap_04_vervangen_behandelaar": (_heeft_behandelaar,),
    "stap_04_meedelen_behandelaar": (_behandelaar_nodig(4, ""), _indiener_kent_vorige),
    "stap_05_bevestigen_ontvangst": (
        _al_gedaan(5),
        _behandelaar_nodig(5, ", en de bevestiging noemt zijn naam"),
    ),
    "stap_06_ontvangen_informatie": (_informatie_gevraagd,),
    "stap_06_onderzoeken_klacht": (_behandelaar_nodig(6, ""),),
    "stap_07_niet_in_behandeling_nemen": (
        _al_gedaan(7),
        _niet_na_8,
        _loopt(7),
        _behandelaar_nodig(7, ""),
    ),
    "stap_08_bepalen_maatregel": (_niet_na_7, _loopt(8), _behandelaar_nodig(8, "")),
    "stap_08_afzien_van_maatregelen": (_niet_na_7, _loopt(8), _behandelaar_nodig(8, ""), _geen_maatregelen),
    "stap_08_wijzigen_maatregel": (_maatregel_open(8, "die nog open staat"), _loopt(8)),
    "stap_08_laten_vervallen_maatregel": (_maatregel_open(8, "die nog open staat"), _loopt(8)),
    "stap_09_informeren_indiener": (_behandelaar_nodig(9, ""),),
    "stap_10_informeren_actienemer": (_iets_te_informeren,),
    "stap_11_uitvoeren_maatregel": (_maatregel_open(11, "die nog uitgevoerd moet worden"), _loopt(11)),
    "stap_12_bewaken_voortgang": (_loopt(12),),
    "stap_13_afsluiten_klacht": (_loopt(13), _alles_uitgevoerd, _behandelaar_nodig(13, "")),
    "stap_14_informeren_indiener_afsluiting": (_al_gedaan(14),),
    "stap_15_melden_meningsverschil": (
        _geschil(("geen", "opgelost", "oordeel"), "Stap 15: er loopt al een meningsverschil over deze klacht."),
    ),
    "stap_15_voeren_overleg": (_geschil(("gemeld", "overleg mislukt"), _MELD_EERST),),
    "stap_15_voorleggen_geschil": (_geschil(("gemeld", "overleg mislukt"), _MELD_EERST),),
    "stap_15_ontvangen_oordeel": (
        _geschil(("voorgelegd",), "Stap 15: het geschil is nog niet aan een onafhankelijk persoon voorgelegd."),
    ),
    "stap_15_heropenen_klacht": (_geeindigd,),
    "intrekken_klacht": (_nog_niet_geeindigd,),
    "verlengen_termijn": (_verlengbaar,),
}

_DOSSIERHOUDERS = ("coordinator", "behandelaar", "directie")
EIGEN_ROLLEN: dict[str, tuple[str, ...]] = {
    "stap_03_toevoegen_document": ("coordinator", "behandelaar", "directie"),
    "stap_03_koppelen_klacht": _DOSSIERHOUDERS,
    "stap_03_laten_vervallen": ("coordinator", "directie"),
    "stap_04_toevoegen_betrokkene": _DOSSIERHOUDERS,
    "stap_04_meedelen_behandelaar": _DOSSIERHOUDERS,
    "stap_15_melden_meningsverschil": _DOSSIERHOUDERS,
    "stap_15_voeren_overleg": _DOSSIERHOUDERS,
    "stap_15_voorleggen_geschil": ("directie",),
    "stap_15_ontvangen_oordeel": _DOSSIERHOUDERS,
    "stap_15_heropenen_klacht": ("coordinator", "directie"),
    "stap_16_vaststellen_trajecten": ("coordinator", "directie"),
    "stap_18_waarnemen_verandering": ("coordinator", "directie"),
    "intrekken_klacht": _DOSSIERHOUDERS,
    "verlengen_termijn": _DOSSIERHOUDERS,
    "corrigeren_feit": _DOSSIERHOUDERS,
    "herroepen_feit": _DOSSIERHOUDERS,
}

OVERGENOMEN_MAG = frozenset({"corrigeren_feit", "herroepen_feit", "stap_03_laten_vervallen", "stap_03_koppelen_klacht"})
