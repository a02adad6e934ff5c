"""The rules of the reglement about one klacht: each gives None, or the Dutch sentence that says why not.

`mag.py` says which hold for which handeling; mag_nader.py has those of what practice adds.
"""

from __future__ import annotations

from datetime import date

from klachten import gebeurtenissen as g
from klachten.dossier.klacht import Dossier
from klachten.dossier.mag_nader import Regel
from klachten.dossier.rechten import vrije_directie
from klachten.dossier.weigering import Weigering
from klachten.organisatie import naam
from klachten.taal import datum, opsomming


def al_gedaan(stap: int) -> Regel:
    """Return the rule that a step is not recorded yet."""

    def regel(dossier: Dossier) -> Weigering | None:
        # A reopening asks a new decision, so step 7 may come again.
        op = dossier.in_ronde(stap) if stap == 7 else dossier.stap_op(stap)
        if not op:
            return None
        return Weigering(
            "al_gedaan", f"Stap {stap} is al vastgelegd op {datum(op)}. Klopt dat niet, corrigeer dan het feit."
        )

    return regel


def behandelaar_nodig(stap: int, waarom: str) -> Regel:
    """Return the rule that there is a behandelaar, not involved; `waarom` is what the step needs one for."""

    def regel(dossier: Dossier) -> Weigering | None:
        if dossier.behandelaar is None:
            return Weigering(
                "geen_behandelaar", f"Stap {stap} kan nog niet: er is nog geen behandelaar toegewezen (stap 4){waarom}."
            )
        if dossier.behandelaar in dossier.betrokkenen:
            return Weigering(
                "behandelaar_betrokken",
                f"Stap {stap} kan nog niet: behandelaar {naam(dossier.behandelaar)} blijkt betrokken bij de klacht. "
                "Vervang eerst de behandelaar (stap 4).",
            )
        return None

    return regel


def loopt(stap: int) -> Regel:
    """Return the rule that the klacht has not come to an end."""

    def regel(dossier: Dossier) -> Weigering | None:
        if dossier.loopt:
            return None
        return Weigering(
            "klacht_beeindigd",
            f"Stap {stap} kan niet meer: de klacht is {dossier.toestand}. Heropen de klacht eerst, met een reden "
            "(stap 15).",
        )

    return regel


def niet_na_7(dossier: Dossier) -> Weigering | None:
    """Say that the klacht was not taken into handling."""
    op = dossier.in_ronde(7)
    if op:
        return Weigering(
            "zeven_of_acht", f"Stap 8 kan niet: de klacht is op {datum(op)} niet in behandeling genomen (stap 7)."
        )
    return None


def niet_na_8(dossier: Dossier) -> Weigering | None:
    """Say that the klacht was taken into handling."""
    op = dossier.in_ronde(8)
    if op:
        return Weigering(
            "zeven_of_acht",
            f"Stap 7 kan niet: op {datum(op)} is de klacht in behandeling genomen (stap 8). "
            "Stap 7 en 8 sluiten elkaar uit.",
        )
    if 8 in dossier.elders_gedaan and not dossier.heropend_na:
        return Weigering(
            "zeven_of_acht", "Stap 7 kan niet: de klacht is in het andere systeem al in behandeling genomen (stap 8)."
        )
    return None


def maatregel_open(stap: int, wat: str) -> Regel:
    """Return the rule that there is a maatregel left; `wat` says which."""

    def regel(dossier: Dossier) -> Weigering | None:
        if dossier.open_maatregelen:
            return None
        return Weigering("geen_open_maatregel", f"Stap {stap} kan nog niet: er is geen maatregel {wat}.")

    return regel


def iets_te_informeren(dossier: Dossier) -> Weigering | None:
    """Say that every actienemer knows, or that there is none."""
    if any(m.geinformeerd_op is None for m in dossier.geldende_maatregelen):
        return None
    if dossier.geldende_maatregelen:
        return Weigering("al_gedaan", "Stap 10 is al gedaan: elke actienemer is geïnformeerd.")
    return Weigering("geen_open_maatregel", "Stap 10 kan nog niet: er is nog geen maatregel bepaald (stap 8).")


def geen_maatregelen(dossier: Dossier) -> Weigering | None:
    """Say that something was decided already."""
    if dossier.heropend_na and not dossier.open_maatregelen:
        # What an earlier round decided is carried out; that nothing more is needed can be decided once.
        op = dossier.in_ronde(8)
        if not op:
            return None
        return Weigering("al_besloten", f"Stap 8: sinds de heropening is al iets besloten, op {datum(op)}.")
    if dossier.geldende_maatregelen:
        nummers = opsomming(m.nr for m in dossier.geldende_maatregelen)
        return Weigering(
            "al_besloten", f"Stap 8: maatregel {nummers} geldt nog. Laat die eerst vervallen, met een reden."
        )
    if not dossier.zonder_maatregelen:
        return None
    return Weigering("al_besloten", "Stap 8: er is al vastgelegd dat geen maatregelen nodig zijn.")


def alles_uitgevoerd(dossier: Dossier) -> Weigering | None:
    """Say which maatregel is not carried out, or that nothing was decided."""
    open_nrs = [m.nr for m in dossier.open_maatregelen]
    if len(open_nrs) == 1:
        return Weigering(
            "maatregel_niet_uitgevoerd", f"Stap 13 kan nog niet: maatregel {open_nrs[0]} is niet uitgevoerd."
        )
    if open_nrs:
        return Weigering(
            "maatregel_niet_uitgevoerd",
            f"Stap 13 kan nog niet: maatregelen {opsomming(open_nrs)} zijn niet uitgevoerd.",
        )
    if not dossier.geldende_maatregelen and not dossier.zonder_maatregelen and 11 not in dossier.elders_gedaan:
        return Weigering(
            "geen_maatregelen_bepaald",
            "Stap 13 kan nog niet: er zijn geen maatregelen bepaald. Bepaal ze, of leg met een motivering vast dat er "
            "geen nodig zijn (stap 8).",
        )
    return None


def geschil(verwacht: tuple[str, ...], anders: Weigering) -> Regel:
    """Return the rule that a dispute stands as `verwacht`; `anders` is the refusal."""

    def regel(dossier: Dossier) -> Weigering | None:
        return None if dossier.geschil in verwacht else anders

    return regel


def geeindigd(dossier: Dossier) -> Weigering | None:
    """Say that the klacht still runs."""
    if not dossier.loopt:
        return None
    return Weigering(
        "nog_niet_beeindigd",
        "Stap 15: heropenen kan alleen als de klacht is afgesloten, is ingetrokken of niet in behandeling is genomen.",
    )


def nog_niet_geeindigd(dossier: Dossier) -> Weigering | None:
    """Say that the klacht has come to an end, so that nobody can withdraw it."""
    if dossier.loopt:
        return None
    return Weigering("klacht_beeindigd", f"Intrekken kan niet meer: de klacht is {dossier.toestand}.")


def heeft_geen_behandelaar(dossier: Dossier) -> Weigering | None:
    """Say who the behandelaar is."""
    if dossier.behandelaar is None:
        return None
    return Weigering(
        "al_gedaan",
        f"Stap 4 is al gedaan: {naam(dossier.behandelaar)} is de behandelaar. Vervangen kan wel, met een reden.",
    )


def heeft_behandelaar(dossier: Dossier) -> Weigering | None:
    """Say that there is nobody to replace."""
    if dossier.behandelaar:
        return None
    return Weigering("geen_behandelaar", "Stap 4: er is nog geen behandelaar om te vervangen.")


def informatie_gevraagd(dossier: Dossier) -> Weigering | None:
    """Say that nothing was asked that could be answered."""
    if len(dossier.van(g.InformatieGevraagd)) > len(dossier.van(g.InformatieOntvangen)):
        return None
    return Weigering("geen_vraag_open", "Stap 6: er staat geen vraag om informatie open.")


def verlengbaar(dossier: Dossier) -> Weigering | None:
    """Say that no term runs any more."""
    if dossier.loopt:
        return None
    return Weigering("klacht_beeindigd", f"Verlengen kan niet meer: de klacht is {dossier.toestand}.")


def directie_betrokken(dossier: Dossier, op: date | None) -> Weigering | None:
    """Say who of the directie of a day is not involved: then nobody outside is needed."""
    vrij = vrije_directie(dossier, op)
    if not vrij:
        return None
    werkwoord = "is" if len(vrij) == 1 else "zijn"
    return Weigering(
        "directie_kan_zelf",
        f"Stap 4: {opsomming(lid.naam for lid in vrij)} {werkwoord} niet betrokken bij deze klacht, "
        "dus de directie kan dit zelf. Iemand van buiten is niet nodig.",
    )


def indiener_kent_vorige(dossier: Dossier) -> Weigering | None:
    """Say that the indiener knows who handles it."""
    if dossier.indiener_kent_vorige:
        return None
    return Weigering("al_gedaan", "Stap 4: de indiener kent de behandelaar al.")


MELD_EERST = Weigering(
    "geen_meningsverschil", "Stap 15: de indiener heeft nog geen meningsverschil gemeld. Leg dat eerst vast."
)
