"""What may happen now: `mag()` gives None, or the Dutch sentence that says why not, citing the step.

Refused is what the reglement forbids or what cannot be: an involved behandelaar or assigner, step 5 without a
behandelaar, 7 together with 8, 13 with an open maatregel, the wrong role. What really happened late or in another
order is not refused here: it is recorded with a reason (handelingen/volgorde.py).
"""

from __future__ import annotations

import functools
from datetime import date

from klachten import gebeurtenissen as g
from klachten.dossier import mag_nader
from klachten.dossier.klacht import VERVALLEN, Dossier
from klachten.dossier.rechten import AANWIJZEN, NAMENS, rol_in, rollen_voor, stap_van, vrije_directie
from klachten.organisatie import ROLLEN, Gebruiker, met_rol, naam
from klachten.reglement import Reglement
from klachten.taal import datum, opsomming

Regel = mag_nader.Regel


def mag(dossier: Dossier, handeling: str, gebruiker: Gebruiker, reglement: Reglement) -> str | None:
    """Return None when the user may do this now, else the Dutch reason, citing the step."""
    if dossier.ontvangst.herkomst == "overgenomen" and handeling not in OVERGENOMEN_MAG | BEWAREN | POST:
        return (
            f"Klacht {dossier.klachtnummer} is overgenomen uit een ander systeem en wordt hier niet behandeld. "
            "U kunt feiten wel corrigeren, en de coördinator kan besluiten haar hier verder te behandelen."
        )
    if dossier.toestand == VERVALLEN and handeling not in BEWAREN | POST | {"corrigeren_feit", "herroepen_feit"}:
        return f"Klacht {dossier.klachtnummer} is vervallen en houdt alleen zijn nummer."
    for regel in regels_van(handeling, gebruiker.op):
        reden = regel(dossier)
        if reden:
            return reden
    return _rol_ontbreekt(dossier, handeling, gebruiker, reglement)


def _rol_ontbreekt(dossier: Dossier, handeling: str, gebruiker: Gebruiker, reglement: Reglement) -> str | None:
    if rol_in(dossier, handeling, gebruiker, reglement):
        return None
    stap = stap_van(handeling)
    waar = f"Stap {stap}" if stap else "Dit"
    buiten = _vraagt_buitenstaander(dossier, handeling, reglement, gebruiker.op)
    if gebruiker.id in dossier.betrokkenen:
        anders = buiten or " Iemand anders doet dit."
        return f"{waar} kan niet door u: u bent betrokken bij klacht {dossier.klachtnummer}.{anders}"
    wie = opsomming((ROLLEN[rol].lower() for rol in rollen_voor(handeling, reglement)), "of")
    return f"{waar} kan niet door {naam(gebruiker.id)}: dit doet de {wie} van deze klacht.{buiten}"


def _vraagt_buitenstaander(dossier: Dossier, handeling: str, reglement: Reglement, op: date | None) -> str:
    """Say what helps when nobody inside may do this; empty when somebody may, or an outside person is named already."""
    rollen = rollen_voor(handeling, reglement)
    vrij = [p for p in met_rol(*rollen, op=op) if p.id not in dossier.betrokkenen]
    if handeling not in NAMENS or vrij or vrije_directie(dossier, op) or dossier.buitenstaander:
        return ""
    return " Elk directielid is betrokken: wijs eerst iemand van buiten aan (stap 4)."


# --- rules -----------------------------------------------------------------------------------------------------------


def _al_gedaan(stap: int) -> Regel:
    def regel(dossier: Dossier) -> str | None:
        # A reopening asks a new decision, so step 7 may come again.
        op = dossier.in_ronde(stap) if stap == 7 else dossier.stap_op(stap)
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
    op = dossier.in_ronde(7)
    if op:
        return f"Stap 8 kan niet: de klacht is op {datum(op)} niet in behandeling genomen (stap 7)."
    return None


def _niet_na_8(dossier: Dossier) -> str | None:
    op = dossier.in_ronde(8)
    if op:
        return (
            f"Stap 7 kan niet: op {datum(op)} is de klacht in behandeling genomen (stap 8). "
            "Stap 7 en 8 sluiten elkaar uit."
        )
    if 8 in dossier.elders_gedaan and not dossier.heropend_na:
        return "Stap 7 kan niet: de klacht is in het andere systeem al in behandeling genomen (stap 8)."
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
    if dossier.heropend_na and not dossier.open_maatregelen:
        # What an earlier round decided is carried out; that nothing more is needed can be decided once.
        op = dossier.in_ronde(8)
        return f"Stap 8: sinds de heropening is al iets besloten, op {datum(op)}." if op else None
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
    if not dossier.geldende_maatregelen and not dossier.zonder_maatregelen and 11 not in dossier.elders_gedaan:
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
    if not dossier.loopt:
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


def directie_betrokken(dossier: Dossier, op: date | None) -> str | None:
    """Say who of the directie of a day is not involved: then nobody outside is needed."""
    vrij = vrije_directie(dossier, op)
    if not vrij:
        return None
    werkwoord = "is" if len(vrij) == 1 else "zijn"
    return (
        f"Stap 4: {opsomming(lid.naam for lid in vrij)} {werkwoord} niet betrokken bij deze klacht, "
        "dus de directie kan dit zelf. Iemand van buiten is niet nodig."
    )


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
        mag_nader.bereikbaar(5),
        _behandelaar_nodig(5, ", en de bevestiging noemt zijn naam"),
    ),
    "stap_06_ontvangen_informatie": (_informatie_gevraagd,),
    "stap_06_onderzoeken_klacht": (_behandelaar_nodig(6, ""),),
    "stap_06_vaststellen_bevinding": (_behandelaar_nodig(6, ""),),
    "stap_06_inlichten_medewerker": (mag_nader.iemand_betrokken(6),),
    "stap_06_horen_medewerker": (mag_nader.iemand_betrokken(6),),
    "stap_09_informeren_medewerker": (mag_nader.iemand_betrokken(9), mag_nader.iets_besloten),
    "stap_07_niet_in_behandeling_nemen": (
        _al_gedaan(7),
        _niet_na_8,
        _loopt(7),
        _behandelaar_nodig(7, ""),
    ),
    "stap_08_bepalen_maatregel": (_niet_na_7, _loopt(8), _behandelaar_nodig(8, "")),
    "stap_08_afzien_van_maatregelen": (_niet_na_7, _loopt(8), _behandelaar_nodig(8, ""), _geen_maatregelen),
    "stap_08_wijzigen_maatregel": (_maatregel_open(8, "die nog open staat"), _loopt(8)),
    "stap_08_overdragen_maatregel": (_maatregel_open(8, "die nog open staat"), _loopt(8)),
    "stap_08_laten_vervallen_maatregel": (_maatregel_open(8, "die nog open staat"), _loopt(8)),
    "stap_09_informeren_indiener": (
        mag_nader.bereikbaar(9),
        _behandelaar_nodig(9, ""),
    ),
    "stap_10_informeren_actienemer": (_iets_te_informeren,),
    "stap_11_uitvoeren_maatregel": (_maatregel_open(11, "die nog uitgevoerd moet worden"), _loopt(11)),
    "stap_12_bewaken_voortgang": (_loopt(12),),
    "stap_13_afsluiten_klacht": (_loopt(13), _alles_uitgevoerd, _behandelaar_nodig(13, "")),
    "stap_14_informeren_indiener_afsluiting": (
        mag_nader.bereikbaar(14),
        _al_gedaan(14),
    ),
    "stap_14_vragen_tevredenheid": (mag_nader.beeindigd, mag_nader.bericht_mogelijk),
    "stap_14_ontvangen_tevredenheid": (mag_nader.tevredenheid_gevraagd,),
    "stap_15_melden_meningsverschil": (
        _geschil(("geen", "opgelost", "oordeel"), "Stap 15: er loopt al een meningsverschil over deze klacht."),
    ),
    "stap_15_voeren_overleg": (_geschil(("gemeld", "overleg mislukt"), _MELD_EERST),),
    "stap_15_voorleggen_geschil": (_geschil(("gemeld", "overleg mislukt"), _MELD_EERST),),
    "stap_15_ontvangen_oordeel": (
        _geschil(("voorgelegd",), "Stap 15: het geschil is nog niet aan een onafhankelijk persoon voorgelegd."),
    ),
    "stap_15_meedelen_oordeel": (mag_nader.oordeel_binnen, mag_nader.oordeel_niet_verteld, mag_nader.bericht_mogelijk),
    "stap_15_opvolgen_oordeel": (mag_nader.oordeel_binnen,),
    "stap_15_heropenen_klacht": (_geeindigd,),
    "voortzetten_behandeling": (mag_nader.hier_behandeld,),
    "intrekken_klacht": (_nog_niet_geeindigd,),
    "verlengen_termijn": (_verlengbaar,),
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
