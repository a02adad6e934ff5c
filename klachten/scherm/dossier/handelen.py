"""What can be done with a dossier now, the most logical first, and why the rest cannot yet."""

from __future__ import annotations

from typing import Any

import streamlit as st

from klachten import gebeurtenissen as g
from klachten import handelingen, taal
from klachten.analyse.termijnen.stand import TermijnStand
from klachten.dossier.klacht import AFGESLOTEN, VERVALLEN, Dossier
from klachten.dossier.rechten import behandelende_coordinatoren, vrije_coordinatoren, vrije_directie
from klachten.dossier.voortzetting import done_elsewhere
from klachten.handelingen import HANDELINGEN, Handeling, Mogelijkheid
from klachten.handelingen.ontvangst import directeur_hoort
from klachten.handelingen.uitvoering import verlengbare_termijnen
from klachten.organisatie import Gebruiker, coordinatoren
from klachten.reglement import Reglement
from klachten.scherm import formulier, onderdelen, uitleg, vastgelegd
from klachten.scherm.dossier import aankomst, brief, delen, historie, termijn
from klachten.scherm.dossier import feit as feitbeeld
from klachten.scherm.dossier.beeld import Aandacht
from klachten.scherm.hulp import stap as hulp

NU = "nu"
KEUZE = "dossier.doen"
DEEL, TERUG, HISTORIE = aankomst.DEEL, aankomst.TERUG, aankomst.HISTORIE

LOPEND_GESCHIL = frozenset({"gemeld", "overleg mislukt", "voorgelegd"})

# In the history each fact has these two of its own.
BIJ_HET_FEIT = frozenset({"corrigeren_feit", "herroepen_feit"})
# What is known beside the steps is asked for where it is shown: with the klacht itself.
BIJ_DE_KLACHT = (
    "stap_03_aanvullen_gegevens",
    "stap_03_toevoegen_indiener",
    "stap_03_aanwijzen_gemachtigde",
    "stap_03_vastleggen_anonimiteit",
    "stap_03_vastleggen_toestemming",
)
# What happens now and then stands below the steps of the road. The first is what stands open for who has to do nothing
# now: of all, a document is what comes in at any time. Of a term that is over the dossier asks by itself.
ZELDEN = (
    "stap_03_toevoegen_document",
    "stap_12_bewaken_voortgang",
    "stap_06_vragen_informatie",
    "stap_06_ontvangen_informatie",
    "stap_06_inlichten_medewerker",
    "stap_06_horen_medewerker",
    "stap_09_informeren_medewerker",
    "toelichten_vertraging",
    "sturen_tussenbericht",
    "stap_04_toevoegen_betrokkene",
    "stap_04_aanwijzen_buitenstaander",
    "stap_04_vervangen_behandelaar",
    "stap_04_meedelen_behandelaar",
    "stap_08_wijzigen_maatregel",
    "stap_08_overdragen_maatregel",
    "stap_08_laten_vervallen_maatregel",
    "stap_15_melden_meningsverschil",
    "stap_14_ontvangen_tevredenheid",
    "stap_14_vragen_tevredenheid",
    "stap_15_meedelen_oordeel",
    "stap_15_opvolgen_oordeel",
    "verlengen_termijn",
    "stap_03_koppelen_klacht",
    "intrekken_klacht",
    "stap_15_heropenen_klacht",
    "voortzetten_behandeling",
    "stap_03_laten_vervallen",
)
_VRAGEN = "stap_14_vragen_tevredenheid"
# What one comes for when a klacht has come to its end; how content the indiener is, is asked once.
NA_AFLOOP = ("stap_14_ontvangen_tevredenheid", _VRAGEN, "stap_15_melden_meningsverschil")
_STAPHANDELING = {
    2: "stap_02_informeren_coordinator",
    3: "stap_03_verwerken_klacht",
    4: "stap_04_toewijzen_behandelaar",
    5: "stap_05_bevestigen_ontvangst",
    6: "stap_06_onderzoeken_klacht",
    8: "stap_08_bepalen_maatregel",
    9: "stap_09_informeren_indiener",
    10: "stap_10_informeren_actienemer",
    11: "stap_11_uitvoeren_maatregel",
    13: "stap_13_afsluiten_klacht",
    14: "stap_14_informeren_indiener_afsluiting",
}


def next_step(dossier: Dossier) -> int | None:
    """Return the first step of the road that is not done yet, None when the klacht has come to its end."""
    if dossier.ontvangst.herkomst == "overgenomen":
        return None
    if not dossier.loopt:
        gedaan = dossier.stap_op(14) or 14 in dossier.niet_mogelijk | dossier.elders_gedaan
        te_melden = dossier.toestand == AFGESLOTEN and not gedaan
        return 14 if te_melden else None
    overslaan = dossier.niet_mogelijk | done_elsewhere(dossier) | ({10, 11} if dossier.zonder_maatregelen else set())
    return next((nr for nr in _STAPHANDELING if nr not in overslaan and not dossier.stap_op(nr)), None)


def in_order(
    mogelijkheden: list[Mogelijkheid], dossier: Dossier, punten: list[Aandacht]
) -> tuple[list[Handeling], list[Mogelijkheid]]:
    """Return what can be done, the most logical first, and what cannot, in the order of the reglement."""
    hier = [m for m in mogelijkheden if m.handeling.naam not in BIJ_HET_FEIT and m.handeling.naam not in BIJ_DE_KLACHT]
    kan = [m.handeling for m in hier if m.weigering is None]
    niet = [m for m in hier if m.weigering]
    eerst = [punt.handeling for punt in punten if punt.dringend]
    eerst.append(_STAPHANDELING.get(next_step(dossier) or 0, ""))
    eerst += [punt.handeling for punt in punten]
    if next_step(dossier) is None and not dossier.loopt:
        eerst += [naam for naam in NA_AFLOOP if naam != _VRAGEN or not dossier.van(g.TevredenheidGevraagd)]
    gedaan = {handeling for nr, handeling in _STAPHANDELING.items() if dossier.stap_op(nr)}

    def plaats(handeling: Handeling) -> tuple[int, int, int]:
        if handeling.naam in eerst:
            return 0, eerst.index(handeling.naam), 0
        if handeling.naam in ZELDEN:
            return 2, ZELDEN.index(handeling.naam), 0
        # A step that was done may be done again, but is not what one comes for.
        return (2 if handeling.naam in gedaan else 1), handeling.stap or 99, 0

    return sorted(kan, key=plaats), niet


def doen(
    dossier: Dossier,
    reglement: Reglement,
    gebruiker: Gebruiker,
    punten: list[Aandacht],
    standen: list[TermijnStand],
) -> None:
    """Draw what the user can do now: a choice, the form of the choice, and why the rest cannot yet."""
    onderdelen.kop("Nu te doen")
    if _take_back(dossier, reglement, gebruiker):
        return
    termijn.bij_stap(standen, next_step(dossier))
    kan, niet = in_order(handelingen.mogelijk(dossier, gebruiker, reglement), dossier, punten)
    dringend = [punt.handeling for punt in punten if punt.dringend]
    if any(handeling.naam in dringend for handeling in kan):
        st.markdown("Doe eerst wat hierboven staat; daarna gaat de klacht verder.")
    else:
        _aan_wie(dossier, reglement, kan)
    if kan:
        gekozen = _keuze(dossier.klachtnummer, [handeling.naam for handeling in kan])
        hulp.vouw(HANDELINGEN[gekozen], dossier)
        # What was just recorded is said in one place, whichever form did it.
        for plek in filter(formulier.net_gelukt, (NU, brief.PLEK)):
            formulier.meldingen(plek)
        _brief_aan(dossier, HANDELINGEN[gekozen])
        if gekozen == _STAPHANDELING[2] and gebruiker.op and (zin := directeur_hoort(gebruiker.op)):
            st.info(onderdelen.veilig(zin), icon=":material/event_busy:")
        begin = {**likely_answers(gekozen, dossier, gebruiker, standen), **aankomst.begin(dossier, gekozen)}
        vast = given_answers(gekozen, dossier, reglement)
        if not brief.road(dossier, gebruiker, gekozen):
            formulier.toon(
                HANDELINGEN[gekozen], dossier.klachtnummer, sleutel=NU, vast=vast, begin=begin, dossier=dossier
            )
    else:
        gekozen = ""
        for plek in (NU, brief.PLEK):
            formulier.meldingen(plek)
    brief.others(dossier, gebruiker, gekozen)
    if niet:
        with st.expander(f"Wat nu niet kan, en waarom ({len(niet)})"):
            for mogelijkheid in niet:
                # The heading of the list has asked the question already.
                weigering = mogelijkheid.weigering
                zin = f"{onderdelen.veilig(weigering or '')} {onderdelen.waarom(weigering, 'Waarom?')}"
                st.markdown(f"**{label(mogelijkheid.handeling)}**  \n{zin}")


def _take_back(dossier: Dossier, reglement: Reglement, gebruiker: Gebruiker) -> bool:
    """Ask why a fact is taken back, where it was said that it was recorded; tell whether that is asked now."""
    nummer, nr = st.session_state.get(TERUG) or ("", 0)
    vastlegging = next((v for v in dossier.geldig if nummer == dossier.klachtnummer and v.nr == nr), None)
    terug = HANDELINGEN[vastgelegd.TERUG]
    mag = vastlegging is not None and terug.toets(dossier, gebruiker, reglement)[1] is None
    if vastlegging is None or not mag or isinstance(vastlegging.feit, historie.BEGIN) or formulier.net_gelukt(NU):
        st.session_state.pop(TERUG, None)
        return False
    onderdelen.tussenkop("Ongedaan maken")
    st.markdown(
        f"**{feitbeeld.titel(vastlegging.feit)}** van {taal.datum(vastlegging.feit.gebeurd_op)} (feit {nr}). Het feit "
        "blijft in de geschiedenis staan, met uw reden, en telt niet meer mee."
    )
    formulier.toon(
        terug, nummer, sleutel=NU, vast={"nr": vastlegging.corrigeert or nr}, dossier=dossier, knop="Feit herroepen"
    )
    st.button("Toch niet", key=f"{TERUG}.niet", type="tertiary", icon=":material/close:", on_click=_leave_it)
    return True


def _leave_it() -> None:
    st.session_state.pop(TERUG, None)


def _brief_aan(dossier: Dossier, handeling: Handeling) -> None:
    """Say that a letter goes to the gemachtigde, when the chosen handeling is one and there is somebody."""
    brief = any(veld.naam == "wijze" for veld in handeling.velden)
    if brief and dossier.gemachtigde:
        st.markdown(":material/forward_to_inbox: De brief gaat naar de **gemachtigde** van de indiener:")
        wie = ", ".join(filter(None, (dossier.gemachtigde.naam, dossier.gemachtigde.contact)))
        feitbeeld.letterlijk(wie or "de naam is gewist")


def likely_answers(
    naam_handeling: str, dossier: Dossier, gebruiker: Gebruiker, standen: list[TermijnStand]
) -> dict[str, Any]:
    """Return what the reglement makes the likely answer, to start with: the coordinator, the last day of the term."""
    op = gebruiker.op
    vrij = [persoon.id for persoon in vrije_coordinatoren(dossier, op)]
    coordinator = gebruiker.id if gebruiker.id in vrij else next(iter(vrij), None)
    match naam_handeling:
        case "stap_02_informeren_coordinator":
            # Whoever is involved is informed all the same.
            hoort = [*vrij, *(wie.id for wie in coordinatoren(op) or vrije_directie(dossier, op))]
            return {"geinformeerde": coordinator or hoort[0]} if hoort else {}
        case "stap_04_toewijzen_behandelaar":
            kan = [persoon.id for persoon in behandelende_coordinatoren(dossier, op)]
            return {"behandelaar": gebruiker.id if gebruiker.id in kan else kan[0]} if kan else {}
        case "stap_08_bepalen_maatregel":
            loopt = [s.uiterlijk_op for s in standen if s.stap == 11 and (s.dagen_over or 0) > 0]
            return {"uiterlijk_op": loopt[0]} if loopt else {}
    return {}


def given_answers(naam_handeling: str, dossier: Dossier, reglement: Reglement) -> dict[str, Any]:
    """Return what need not be asked because the reglement leaves no choice: the only term that can be extended."""
    if naam_handeling != "verlengen_termijn" or len(wel := verlengbare_termijnen(reglement, dossier)) != 1:
        return {}
    return {"termijn": next(iter(wel))}


def label(handeling: Handeling) -> str:
    """Return the name of a handeling with its step."""
    return f"Stap {handeling.stap}: {handeling.titel}" if handeling.stap else handeling.titel


def choose(naam_handeling: str) -> None:
    """Make a handeling the chosen one, when the user presses a button that leads to it."""
    st.session_state[KEUZE] = naam_handeling


def arrive(dossier: Dossier) -> None:
    """Open what a list sent its reader here for: the form or the letter of a task, or a part of the dossier."""
    if doe := aankomst.take(dossier):
        choose(doe)
        st.session_state[f"{KEUZE}.klacht"] = dossier.klachtnummer
    elif deel := st.query_params.pop("deel", ""):
        st.session_state[DEEL] = deel


def _keuze(klachtnummer: str, namen: list[str]) -> str:
    if st.session_state.get(f"{KEUZE}.klacht") != klachtnummer:
        st.session_state[f"{KEUZE}.klacht"] = klachtnummer
        st.session_state[KEUZE] = namen[0]
    elif any(formulier.net_gelukt(plek) for plek in (NU, brief.PLEK, HISTORIE, delen.MAATREGELEN)):
        # What was chosen is done; the next step is what one comes for.
        st.session_state[KEUZE] = namen[0]
    if st.session_state.get(KEUZE) not in namen:
        st.session_state[KEUZE] = namen[0]
    return st.selectbox(
        "Wat wilt u vastleggen?",
        namen,
        format_func=lambda naam_handeling: label(HANDELINGEN[naam_handeling]),
        key=KEUZE,
        placeholder="Kies wat u wilt vastleggen",
    )


def _aan_wie(dossier: Dossier, reglement: Reglement, kan: list[Handeling]) -> None:
    """Say which step is next, and whose turn it is when that is not the user."""
    nr = next_step(dossier)
    if nr is None:
        zin = "Deze invoer is vervallen" if dossier.toestand == VERVALLEN else "Deze klacht is klaar"
        if dossier.toestand != VERVALLEN and dossier.geschil in LOPEND_GESCHIL:
            zin = "De behandeling is klaar, het meningsverschil nog niet (stap 15)"
        if dossier.ontvangst.herkomst == "overgenomen":
            zin = "Deze klacht is overgenomen uit een ander systeem en wordt hier niet behandeld"
        st.markdown(f"{zin}. {'Hieronder kunt u nog iets vastleggen.' if kan else 'U hoeft niets te doen.'}")
        return
    stap = reglement.stap(nr)
    if any(handeling.stap == nr for handeling in kan):
        st.markdown(f"Aan de beurt is **stap {nr}, {onderdelen.veilig(lower_first(stap.naam))}**. {stap.uitleg}")
        return
    wie = uitleg.rolnamen(stap.rollen)
    if stap.rollen == ("behandelaar",) and dossier.behandelaar:
        wie = f"behandelaar, {onderdelen.bij_naam(dossier.behandelaar)}"
    if nr == 11:
        open_bij = taal.opsomming(dict.fromkeys(onderdelen.bij_naam(m.actienemer) for m in dossier.open_maatregelen))
        wie = f"actienemer, {open_bij}" if open_bij else wie
    naam = onderdelen.veilig(lower_first(stap.naam))
    st.markdown(f"Aan de beurt is **stap {nr}, {naam}**. Dit doet de {wie}; u hoeft nu niets te doen.")


def lower_first(zin: str) -> str:
    """Return a sentence without its first capital, to stand in the middle of another."""
    return zin[:1].lower() + zin[1:]


def attendeer(dossier: Dossier, reglement: Reglement, gebruiker: Gebruiker, punten: list[Aandacht]) -> None:
    """Show what needs attention, each with a button to the form that helps, for who may use it."""
    for nr, punt in enumerate(punten):
        with st.container(gap="xxsmall"):
            if punt.dringend:
                st.error(onderdelen.veilig(punt.zin), icon=":material/priority_high:")
            else:
                st.markdown(f":orange[:material/info:] {onderdelen.veilig(punt.zin)}")
            helpt = HANDELINGEN.get(punt.handeling)
            if helpt and helpt.toets(dossier, gebruiker, reglement)[1] is None:
                st.button(
                    helpt.titel,
                    key=f"aandacht.{nr}.{punt.handeling}",
                    on_click=choose,
                    args=(punt.handeling,),
                    icon=":material/arrow_downward:",
                )
