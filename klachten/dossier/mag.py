"""What may happen now: `mag()` gives None, or the Dutch sentence that says why not, citing the step.

Refused is what the reglement forbids or what cannot be: an involved behandelaar or assigner, step 5 without a
behandelaar, 7 together with 8, 13 with an open maatregel, the wrong role. What really happened late or in another
order is not refused here: it is recorded with a reason (handelingen/volgorde.py).
"""

from __future__ import annotations

import functools
from datetime import date

from klachten.dossier import mag_nader
from klachten.dossier.klacht import VERVALLEN, Dossier
from klachten.dossier.mag_regels import (
    MELD_EERST,
    al_gedaan,
    alles_uitgevoerd,
    behandelaar_nodig,
    directie_betrokken,
    geeindigd,
    geen_maatregelen,
    geschil,
    heeft_behandelaar,
    heeft_geen_behandelaar,
    iets_te_informeren,
    indiener_kent_vorige,
    informatie_gevraagd,
    loopt,
    maatregel_open,
    niet_na_7,
    niet_na_8,
    nog_niet_geeindigd,
    verlengbaar,
)
from klachten.dossier.rechten import AANWIJZEN, NAMENS, rol_in, rollen_voor, stap_van, vrije_directie
from klachten.dossier.weigering import Weigering
from klachten.organisatie import ROLLEN, Gebruiker, met_rol, naam
from klachten.reglement import Reglement
from klachten.taal import opsomming

Regel = mag_nader.Regel


def mag(dossier: Dossier, handeling: str, gebruiker: Gebruiker, reglement: Reglement) -> Weigering | None:
    """Return None when the user may do this now, else the Dutch reason, citing the step."""
    if dossier.ontvangst.herkomst == "overgenomen" and handeling not in OVERGENOMEN_MAG | BEWAREN | POST:
        return Weigering(
            "overgenomen",
            f"Klacht {dossier.klachtnummer} is overgenomen uit een ander systeem en wordt hier niet behandeld. "
            "U kunt feiten wel corrigeren, en de coördinator kan besluiten haar hier verder te behandelen.",
        )
    if dossier.toestand == VERVALLEN and handeling not in BEWAREN | POST | {"corrigeren_feit", "herroepen_feit"}:
        return Weigering("vervallen", f"Klacht {dossier.klachtnummer} is vervallen en houdt alleen zijn nummer.")
    for regel in regels_van(handeling, gebruiker.op):
        reden = regel(dossier)
        if reden:
            return reden
    return _rol_ontbreekt(dossier, handeling, gebruiker, reglement)


def _rol_ontbreekt(dossier: Dossier, handeling: str, gebruiker: Gebruiker, reglement: Reglement) -> Weigering | None:
    if rol_in(dossier, handeling, gebruiker, reglement):
        return None
    stap = stap_van(handeling)
    waar = f"Stap {stap}" if stap else "Dit"
    buiten = _vraagt_buitenstaander(dossier, handeling, reglement, gebruiker.op)
    if gebruiker.id in dossier.betrokkenen:
        anders = buiten or " Iemand anders doet dit."
        return Weigering(
            "betrokken", f"{waar} kan niet door u: u bent betrokken bij klacht {dossier.klachtnummer}.{anders}"
        )
    wie = opsomming((ROLLEN[rol].lower() for rol in rollen_voor(handeling, reglement)), "of")
    return Weigering(
        "andere_rol", f"{waar} kan niet door {naam(gebruiker.id)}: dit doet de {wie} van deze klacht.{buiten}"
    )


def _vraagt_buitenstaander(dossier: Dossier, handeling: str, reglement: Reglement, op: date | None) -> str:
    """Say what helps when nobody inside may do this; empty when somebody may, or an outside person is named already."""
    rollen = rollen_voor(handeling, reglement)
    vrij = [p for p in met_rol(*rollen, op=op) if p.id not in dossier.betrokkenen]
    if handeling not in NAMENS or vrij or vrije_directie(dossier, op) or dossier.buitenstaander:
        return ""
    return " Elk directielid is betrokken: wijs eerst iemand van buiten aan (stap 4)."


REGELS: dict[str, tuple[Regel, ...]] = {
    "stap_02_informeren_coordinator": (al_gedaan(2),),
    "stap_03_verwerken_klacht": (al_gedaan(3),),
    "stap_04_toewijzen_behandelaar": (heeft_geen_behandelaar, loopt(4)),
    # Also when the klacht has ended: step 14 and a dispute still need somebody who is not involved.
    "stap_04_vervangen_behandelaar": (heeft_behandelaar,),
    "stap_04_meedelen_behandelaar": (behandelaar_nodig(4, ""), indiener_kent_vorige),
    "stap_05_bevestigen_ontvangst": (
        al_gedaan(5),
        mag_nader.bereikbaar(5),
        behandelaar_nodig(5, ", en de bevestiging noemt zijn naam"),
    ),
    "stap_06_ontvangen_informatie": (informatie_gevraagd,),
    "stap_06_onderzoeken_klacht": (behandelaar_nodig(6, ""),),
    "stap_06_vaststellen_bevinding": (behandelaar_nodig(6, ""),),
    "stap_06_inlichten_medewerker": (mag_nader.iemand_betrokken(6),),
    "stap_06_horen_medewerker": (mag_nader.iemand_betrokken(6),),
    "stap_09_informeren_medewerker": (mag_nader.iemand_betrokken(9), mag_nader.iets_besloten),
    "stap_07_niet_in_behandeling_nemen": (
        al_gedaan(7),
        niet_na_8,
        loopt(7),
        behandelaar_nodig(7, ""),
    ),
    "stap_08_bepalen_maatregel": (niet_na_7, loopt(8), behandelaar_nodig(8, "")),
    "stap_08_afzien_van_maatregelen": (niet_na_7, loopt(8), behandelaar_nodig(8, ""), geen_maatregelen),
    "stap_08_wijzigen_maatregel": (maatregel_open(8, "die nog open staat"), loopt(8)),
    "stap_08_overdragen_maatregel": (maatregel_open(8, "die nog open staat"), loopt(8)),
    "stap_08_laten_vervallen_maatregel": (maatregel_open(8, "die nog open staat"), loopt(8)),
    "stap_09_informeren_indiener": (
        mag_nader.bereikbaar(9),
        behandelaar_nodig(9, ""),
    ),
    "stap_10_informeren_actienemer": (iets_te_informeren,),
    "stap_11_uitvoeren_maatregel": (maatregel_open(11, "die nog uitgevoerd moet worden"), loopt(11)),
    "stap_12_bewaken_voortgang": (loopt(12),),
    "stap_13_afsluiten_klacht": (loopt(13), alles_uitgevoerd, behandelaar_nodig(13, "")),
    "stap_14_informeren_indiener_afsluiting": (
        mag_nader.bereikbaar(14),
        al_gedaan(14),
    ),
    "stap_14_vragen_tevredenheid": (mag_nader.beeindigd, mag_nader.bericht_mogelijk),
    "stap_14_ontvangen_tevredenheid": (mag_nader.tevredenheid_gevraagd,),
    "stap_15_melden_meningsverschil": (
        geschil(
            ("geen", "opgelost", "oordeel"),
            Weigering("geschil_loopt", "Stap 15: er loopt al een meningsverschil over deze klacht."),
        ),
    ),
    "stap_15_voeren_overleg": (geschil(("gemeld", "overleg mislukt"), MELD_EERST),),
    "stap_15_voorleggen_geschil": (geschil(("gemeld", "overleg mislukt"), MELD_EERST),),
    "stap_15_ontvangen_oordeel": (
        geschil(
            ("voorgelegd",),
            Weigering("niet_voorgelegd", "Stap 15: het geschil is nog niet aan een onafhankelijk persoon voorgelegd."),
        ),
    ),
    "stap_15_meedelen_oordeel": (mag_nader.oordeel_binnen, mag_nader.oordeel_niet_verteld, mag_nader.bericht_mogelijk),
    "stap_15_opvolgen_oordeel": (mag_nader.oordeel_binnen,),
    "stap_15_heropenen_klacht": (geeindigd,),
    "voortzetten_behandeling": (mag_nader.hier_behandeld,),
    "intrekken_klacht": (nog_niet_geeindigd,),
    "verlengen_termijn": (verlengbaar,),
    "sturen_tussenbericht": (mag_nader.wacht_nog, mag_nader.bericht_mogelijk),
    "toelichten_vertraging": (mag_nader.wacht_nog,),
}


def regels_van(handeling: str, op: date | None) -> tuple[Regel, ...]:
    """Return the rules of a handeling; where one is about people, about those of this day."""
    van_de_dag = (functools.partial(directie_betrokken, op=op),) if handeling == AANWIJZEN else ()
    return (*REGELS.get(handeling, ()), *van_de_dag)


OVERGENOMEN_MAG = frozenset(
    {
        "corrigeren_feit", "herroepen_feit", "stap_03_laten_vervallen", "stap_03_koppelen_klacht",
        "voortzetten_behandeling",
    }
)  # fmt: skip
BEWAREN = frozenset(
    {"voorstellen_wissen", "afwijzen_wissen", "uitvoeren_wissen", "stellen_bewaarplicht", "opheffen_bewaarplicht"}
)
"""What is done with every dossier that has come to an end, however that was (handelingen/wissen.py)."""
POST = frozenset(
    {
        "vrijgeven_bericht", "intrekken_bericht", "bevestigen_bericht", "melden_teruggekomen", "afhandelen_bericht",
    }
)  # fmt: skip
"""What is decided about an e-mail, whatever became of the klacht since (handelingen/bericht.py)."""
