"""The top of a dossier and the road of the klacht: status, terms, what needs attention, the steps with who and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from klachten import gebeurtenissen as g
from klachten import taal
from klachten.analyse.termijnen.stand import TermijnStand
from klachten.dossier.klacht import VERVALLEN, Dossier
from klachten.dossier.rechten import AANWIJZEN, vrije_directie
from klachten.gebeurtenissen import Gebeurtenis
from klachten.organisatie import met_rol, naam
from klachten.reglement import Reglement, Stap
from klachten.scherm import afwijkingen, onderdelen, uitleg
from klachten.scherm.dossier import feit, gelezen
from klachten.scherm.dossier.gewist import erased_sentence
from klachten.scherm.velden import kort

LAATSTE_STAP = 15
TE_LAAT_OPEN = "te laat, nog open"
BEGIN = 160
"""So much of the text stands on top: enough to know which klacht it is; the whole is folded below."""


@dataclass(frozen=True)
class Aandacht:
    """Something in the dossier that needs attention, and the handeling that helps, if there is one."""

    zin: str
    handeling: str = ""
    dringend: bool = False


def kop(dossier: Dossier, reglement: Reglement) -> None:
    """Open the page: which klacht this is, how it stands, and whom it concerns."""
    ontvangst = dossier.ontvangst
    onderdelen.titel(f"Klacht {dossier.klachtnummer}")
    merken = [onderdelen.badge(dossier.status)]
    if dossier.geschil != "geen":
        merken.append(onderdelen.badge(dossier.geschil, f"meningsverschil: {dossier.geschil}"))
    if ontvangst.herkomst == "overgenomen" or dossier.voortzetting:
        hier = ", hier verder behandeld" if dossier.voortzetting else ""
        merken.append(onderdelen.badge("overgenomen", f"overgenomen{hier}"))
    # The behandelaar of an imported klacht is whatever the other system called them.
    behandelaar = onderdelen.bij_naam(dossier.behandelaar) if dossier.behandelaar else "nog niet toegewezen"
    st.markdown(
        f"{' '.join(merken)} &nbsp; {_gekozen(reglement, 'categorieen', ontvangst.categorie)} · "
        f"{_gekozen(reglement, 'vestigingen', ontvangst.vestiging)} · "
        f"ontvangen op {taal.datum(dossier.ontvangen_op)} · behandelaar: {behandelaar}"
    )
    with st.container(horizontal=True, gap="xsmall"):
        st.markdown(f"**{_gekozen(reglement, 'indiener_soorten', ontvangst.indiener_soort)}**")
        feit.letterlijk(_naam(dossier))
    feit.letterlijk(kort(ontvangst.omschrijving, BEGIN))
    if dicht := gelezen.dicht(dossier.klachtnummer):
        st.warning(
            f"Van dit dossier zijn {taal.aantal(dicht, 'tekst', 'teksten')} niet te lezen: de sleutel waarmee zij zijn "
            "versleuteld, ontbreekt. De stappen en data kloppen. Vraag de beheerder om de sleutel terug te zetten.",
            icon=":material/lock:",
        )
    if dossier.gewist:
        st.info(erased_sentence(dossier), icon=":material/auto_delete:")


def _naam(dossier: Dossier) -> str:
    """Return who filed the klacht: the name of today, with the others and who acts for them."""
    gezegd = dossier.laatste(g.AnonimiteitVastgelegd)
    naam_nu = dossier.ontvangst.indiener_naam or "naam niet bekend"
    if gezegd is not None:
        naam_nu = "wil onbekend blijven" if gezegd.onbekend else gezegd.naam or naam_nu
    anderen = [feit.naam or "naam gewist" for feit in dossier.van(g.IndienerToegevoegd)]
    namen = taal.opsomming([naam_nu, *anderen])
    return f"{namen}; gemachtigde: {dossier.gemachtigde.naam}" if dossier.gemachtigde else namen


def _gekozen(reglement: Reglement, lijst: str, id: str) -> str:
    """Return the name of a choice; what an imported klacht holds may be anything."""
    return onderdelen.veilig(reglement.naam_van(lijst, id)) or onderdelen.GEEN


# --- what needs attention --------------------------------------------------------------------------------------------


def aandachtspunten(dossier: Dossier, vandaag: date, standen: Sequence[TermijnStand] = ()) -> list[Aandacht]:
    """Return what needs attention in this dossier today, the most urgent first."""
    if dossier.toestand == VERVALLEN:
        return [Aandacht("Deze invoer is vervallen: zij houdt haar nummer en telt nergens mee.")]
    return [*_onafhankelijk(dossier, vandaag), *_feiten(dossier), *_te_laat(dossier, standen), *_geschil(dossier)]


def _onafhankelijk(dossier: Dossier, vandaag: date) -> list[Aandacht]:
    punten = []
    if dossier.behandelaar in dossier.betrokkenen and dossier.loopt:
        punten.append(
            Aandacht(
                f"Behandelaar {naam(dossier.behandelaar)} blijkt betrokken bij de klacht. Vervang de behandelaar nu, "
                "en laat de indiener weten wie het wordt (stap 4).",
                "stap_04_vervangen_behandelaar",
                dringend=True,
            )
        )
    vrij = vrije_directie(dossier, vandaag)
    if (
        not vrij
        and dossier.buitenstaander is None
        and (dossier.loopt or dossier.geschil in ("gemeld", "overleg mislukt"))
    ):
        punten.append(
            Aandacht(
                "Alle directieleden zijn betrokken. Wijs iemand van buiten aan die in hun plaats besluit (stap 4).",
                AANWIJZEN,
            )
        )
    coordinatoren = [persoon for persoon in met_rol("coordinator", op=vandaag) if persoon.id in dossier.betrokkenen]
    if coordinatoren and vrij and dossier.behandelaar is None and dossier.loopt:
        punten.append(
            Aandacht(
                f"{'Coördinator' if len(coordinatoren) == 1 else 'Coördinatoren'} "
                f"{taal.opsomming(p.naam for p in coordinatoren)} "
                f"{'is' if len(coordinatoren) == 1 else 'zijn'} betrokken: de directie wijst een "
                "behandelaar toe die dat niet is (stap 4).",
                "stap_04_toewijzen_behandelaar",
            )
        )
    if dossier.indiener_kent_vorige and dossier.behandelaar not in dossier.betrokkenen:
        punten.append(
            Aandacht(
                f"De indiener weet nog niet dat {naam(dossier.behandelaar)} nu de behandelaar is (stap 4).",
                "stap_04_meedelen_behandelaar",
            )
        )
    return punten


def _feiten(dossier: Dossier) -> list[Aandacht]:
    if dossier.feiten_vermeld or not dossier.loopt:
        return []
    gevraagd = dossier.laatste(g.InformatieGevraagd)
    if gevraagd is None:
        return [
            Aandacht(
                "De klacht noemt geen feiten en omstandigheden. Vraag ze na bij de indiener; de termijnen lopen door "
                "(stap 6).",
                "stap_06_vragen_informatie",
            )
        ]
    return [
        Aandacht(
            f"De feiten en omstandigheden zijn op {taal.datum(gevraagd.gebeurd_op)} nagevraagd en nog niet ontvangen.",
            "stap_06_ontvangen_informatie",
        )
    ]


def _te_laat(dossier: Dossier, standen: Sequence[TermijnStand]) -> list[Aandacht]:
    """A term that is over while nobody said why, or while the indiener, who can be written to, heard nothing of it."""
    te_laat = {stand.termijn: stand.naam for stand in standen if stand.status == TE_LAAT_OPEN}
    gezegd = {feit.termijn for feit in dossier.van(g.VertragingToegelicht)}
    geschreven = te_laat if dossier.onbereikbaar else {feit.termijn for feit in dossier.van(g.TussenberichtGestuurd)}
    punten = []
    if zonder_reden := [termijn for termijn in te_laat if termijn not in gezegd]:
        hoort_nog = any(termijn not in geschreven for termijn in zonder_reden)
        en_dan = f", en laat de {_IN_TUSSENBERICHT}" if hoort_nog else ""
        punten.append(
            Aandacht(
                f"{_voorbij([te_laat[t] for t in zonder_reden])}. Leg vast waarom{en_dan}.", "toelichten_vertraging"
            )
        )
    if zonder_bericht := [naam for t, naam in te_laat.items() if t in gezegd and t not in geschreven]:
        zin = f"{_voorbij(zonder_bericht)}. Waarom is vastgelegd; laat nu de {_IN_TUSSENBERICHT}."
        punten.append(Aandacht(zin, "sturen_tussenbericht"))
    return punten


_IN_TUSSENBERICHT = "indiener in een tussenbericht weten wanneer er wel bericht komt"


def _voorbij(termijnen: Sequence[str]) -> str:
    een = len(termijnen) == 1
    return f"De {'termijn' if een else 'termijnen'} {taal.opsomming(termijnen)} {'is' if een else 'zijn'} voorbij"


_VERVOLG = {
    "gemeld": ("Overleg eerst met de indiener (stap 15).", "stap_15_voeren_overleg"),
    "overleg mislukt": (
        "Het overleg heeft niets opgelost: de directie legt het voor aan een onafhankelijk persoon (stap 15).",
        "stap_15_voorleggen_geschil",
    ),
    "voorgelegd": ("Het wachten is op het oordeel van de onafhankelijke persoon.", "stap_15_ontvangen_oordeel"),
}


def _geschil(dossier: Dossier) -> list[Aandacht]:
    if dossier.geschil == "oordeel":
        if not dossier.oordeel_te_melden or dossier.onbereikbaar:
            return []
        zin = "Het oordeel is binnen. Deel het mee aan de indiener, en leg vast of het wordt opgevolgd (stap 15)."
        return [Aandacht(zin, "stap_15_meedelen_oordeel")]
    if dossier.geschil not in _VERVOLG:
        return []
    gemeld = dossier.laatste(g.MeningsverschilGemeld)
    zin, handeling = _VERVOLG[dossier.geschil]
    sinds = f" (gemeld op {taal.datum(gemeld.gebeurd_op)})" if gemeld else ""
    return [Aandacht(f"De indiener is het niet eens met de afhandeling{sinds}. {zin}", handeling)]


# --- the road --------------------------------------------------------------------------------------------------------


def verloop(dossier: Dossier, reglement: Reglement, standen: list[TermijnStand], nu: int | None) -> None:
    """Draw the steps 1-15 in the order of the reglement: done by whom and when, next, or later."""
    uiterlijk = {stand.stap: stand for stand in standen if stand.dagen_over is not None}
    for stap in reglement.stappen:
        if stap.nr > LAATSTE_STAP:
            break
        status, pictogram = _stapstatus(dossier, stap.nr, nu)
        stapnaam = stap.korte_naam if status in ("gedaan", "elders", "n.v.t.") else stap.naam
        label = f"**{stap.nr}.** {onderdelen.veilig(stapnaam)} {_bij(dossier, stap.nr, status, uiterlijk)}"
        if status in ("later", "n.v.t."):
            label = f":gray[{label}]"
        with st.expander(label, icon=pictogram, type="step"):
            _stapinhoud(dossier, stap, status)


def deviating(dossier: Dossier, nr: int | None = None) -> list[Gebeurtenis]:
    """Return the facts that hold and deviate from the reglement, each with why in it; of one step, or of all."""
    return [v.feit for v in dossier.geldig if v.feit.afwijkingen and nr in (None, v.feit.stap)]


def _stapstatus(dossier: Dossier, nr: int, nu: int | None) -> tuple[str, str]:
    if dossier.stap_op(nr):
        return "gedaan", ":material/check_circle:"
    if nr == nu:
        return "nu", ":material/arrow_circle_right:"
    if nr in dossier.elders_gedaan:
        return "elders", ":material/history:"
    if _niet_van_toepassing(dossier, nr):
        return "n.v.t.", ":material/do_not_disturb_on:"
    return "later", ":material/radio_button_unchecked:"


def _niet_van_toepassing(dossier: Dossier, nr: int) -> bool:
    if nr == LAATSTE_STAP and dossier.geschil in ("gemeld", "overleg mislukt"):
        return False
    if not dossier.loopt or nr in dossier.niet_mogelijk:
        return True
    if nr == 7:
        return bool(dossier.stap_op(8)) or 8 in dossier.elders_gedaan
    return nr in (10, 11) and dossier.zonder_maatregelen


def _bij(dossier: Dossier, nr: int, status: str, uiterlijk: dict[int, TermijnStand]) -> str:
    match status:
        case "gedaan":
            return f"· {taal.datum(dossier.stap_op(nr))} {afwijkingen.MERK if deviating(dossier, nr) else ''}".rstrip()
        case "elders":
            return "· gedaan in het andere systeem, datum niet bekend"
        case "n.v.t.":
            return "· niet mogelijk" if nr in dossier.niet_mogelijk else "· n.v.t."
    stand = uiterlijk.get(nr)
    termijn = (
        f"· uiterlijk {taal.datum(stand.uiterlijk_op)}" if stand and not stand.status.startswith("onbepaald") else ""
    )
    return f"{':blue-badge[nu aan de beurt]' if status == 'nu' else ''} {termijn}"


def _stapinhoud(dossier: Dossier, stap: Stap, status: str) -> None:
    # Documents and links belong to step 3 too, but are shown in a place of their own.
    elders = (g.DocumentToegevoegd, g.KlachtGekoppeld)
    feiten = [v for v in dossier.geldig if v.feit.stap == stap.nr and not isinstance(v.feit, elders)]
    if not feiten:
        zin = stap.uitleg if status != "n.v.t." else "Bij deze klacht is deze stap niet nodig."
        if status == "n.v.t." and stap.nr in dossier.niet_mogelijk:
            zin = "Niet mogelijk: de indiener blijft onbekend en er is geen adres of gemachtigde."
        st.markdown(f":small[{zin} Dit doet de {uitleg.rolnamen(stap.rollen)}.]")
    for vastlegging in feiten:
        st.markdown(
            f"{feit.titel(vastlegging.feit)} op {taal.datum(vastlegging.feit.gebeurd_op)}  \n"
            f":small[Vastgelegd door {feit.wie_wanneer(vastlegging)}]"
        )
        if vastlegging.feit.afwijkingen:
            st.markdown(":orange-badge[:material/warning: vastgelegde afwijking van het reglement]")
        if vastlegging.feit.reden:
            feit.letterlijk(f"Reden: {vastlegging.feit.reden}")
        if vastlegging.feit.reden_afwijking:
            feit.letterlijk(f"Reden van de afwijking: {vastlegging.feit.reden_afwijking}")
