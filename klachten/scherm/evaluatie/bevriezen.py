"""Step 16 on the screen: the figures of the day, frozen with what is recorded, and every version of a year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from klachten import jaarverslag, rechten, scherm, taal
from klachten.analyse.rapport import bevroren
from klachten.dossier.evaluatie import EvaluatieDossier
from klachten.dossier.klacht import Feiten
from klachten.gebeurtenissen import EvaluatieGehouden
from klachten.handelingen import HANDELINGEN, Handeling, Uitkomst, dossier_van
from klachten.handelingen.bestandssoort import PDF_SOORT
from klachten.handelingen.bevriezen import versies_van_jaar, versies_van_periode
from klachten.handelingen.evalueren import period_of
from klachten.organisatie import Gebruiker
from klachten.periode import Periode
from klachten.scherm import aanbod, formulier, onderdelen
from klachten.scherm.aanbod import Maker
from klachten.scherm.evaluatie import delen
from klachten.scherm.evaluatie.filters import Sleutel, sleutel
from klachten.scherm.hulp import stap as hulp
from klachten.versleuteling import SleutelOntbreekt

EVALUEREN, HEROPENEN = "stap_16_evalueren_klachten", "stap_16_heropenen_evaluatie"
TOEN = "Zo stond het hier bij het vaststellen"
PUBLIEK = "Zonder kleine aantallen, klachtnummers, namen en conclusies."


def nieuw(gebruiker: Gebruiker, per_jaar: Sequence[tuple[int, int, int, int]], *, plek: str, open_op: str) -> None:
    """Offer the evaluation of a year not evaluated since its end, or of part of it, with its figures of today."""
    vandaag = scherm.vandaag()
    handeling = HANDELINGEN[EVALUEREN]
    weigering = handeling.toets(None, gebruiker, scherm.reglement())[1]
    if weigering:
        st.markdown(f":material/lock: {onderdelen.veilig(weigering)} {onderdelen.waarom(weigering)}")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Evaluatie vastleggen",
            key=f"{plek}.{EVALUEREN}",
            icon=":material/add:",
            on_click=formulier.toggle,
            args=(open_op, EVALUEREN),
        )
        onderdelen.verwijzing("vergadering", "Evalueren in een vergadering: agenda, onderdeel voor onderdeel, notulen")
    if st.session_state.get(open_op) != EVALUEREN:
        return
    keuze = {jaar for jaar, *_ in per_jaar} | {vandaag.year - 1, vandaag.year}
    jaren = sorted((jaar for jaar in keuze if not _gedaan(jaar)), reverse=True)
    if not jaren:
        st.markdown("Elk jaar is geëvalueerd. Open een evaluatie om haar te heropenen.")
        return
    begin = jaren.index(vandaag.year - 1) if vandaag.year - 1 in jaren else 0
    jaar = st.selectbox("Over het jaar", jaren, index=begin, key=f"{plek}.jaar", persist_state="page")
    _cijfers_van_nu(jaar, vandaag)
    vraag(handeling, "", plek=plek, jaar=jaar, vast={"jaar": jaar})


def _gedaan(jaar: int) -> bool:
    return bool(versies_van_periode(scherm.register(), date(jaar, 1, 1), date(jaar, 12, 31)))


def vraag(
    handeling: Handeling,
    nummer: str,
    *,
    plek: str,
    jaar: int,
    vast: Mapping[str, Any] | None = None,
    dossier: Feiten | None = None,
) -> None:
    """Draw the form; the figures are counted on the day of the evaluation and frozen when it is recorded."""
    register, gebruiker, vandaag = scherm.register(), scherm.gebruiker(), scherm.vandaag()
    vaste = dict(vast or {})

    def record(invoer: dict[str, Any], reden: str, afwijking: str) -> Uitkomst:
        over = _periode(jaar, dossier, invoer, vandaag)
        bestand = jaarverslag.bevroren_tekst(register, over, invoer["op"]) if over else None
        return handeling(
            register,
            gebruiker,
            nummer,
            vandaag=vandaag,
            reden=reden,
            reden_afwijking=afwijking,
            bestand=bestand,
            **vaste,
            **invoer,
        )

    opdracht = formulier.Opdracht(
        naam=handeling.naam,
        titel=handeling.titel,
        stap=handeling.stap,
        velden=tuple(veld for veld in handeling.velden if veld.naam not in {"bestand", *vaste}),
        reden_verplicht=handeling.reden_verplicht,
        klachtnummer=nummer,
        plek=plek,
        record=record,
        toets=lambda: formulier.refusal(handeling, nummer) if nummer else None,
    )
    kenmerk = f"{plek}/{nummer}/{handeling.naam}/jaar={jaar}"
    hulp.vouw(handeling, dossier)
    formulier.toon_opdracht(opdracht, kenmerk=kenmerk, dossier=dossier, knop="Vastleggen en cijfers bevriezen")


def _periode(jaar: int, dossier: Feiten | None, invoer: Mapping[str, Any], vandaag: date) -> Periode | None:
    """Return the days that an evaluation will be about; None where its rules are going to refuse them."""
    op = invoer.get("op")
    if type(op) is not date or op > vandaag:
        return None
    vorige = dossier.evaluatie if isinstance(dossier, EvaluatieDossier) else None
    van, tot = period_of(vorige) if vorige else (invoer.get("van"), invoer.get("tot"))
    feit = EvaluatieGehouden(gebeurd_op=op, jaar=jaar, van=van, tot=tot, directieleden=(), conclusies="")
    try:
        periode = Periode(*period_of(feit))
    except ValueError:
        return None
    return periode if periode.eerste <= op else None


def toon(nummer: str) -> None:
    """Draw what an evaluation froze, its other versions, and what can be taken along."""
    register, vandaag = scherm.register(), scherm.vandaag()
    feit = _dossier(nummer).evaluatie
    over = Periode(*period_of(feit))
    try:
        cijfers, dicht = jaarverslag.bevroren_cijfers(register, nummer), False
    except SleutelOntbreekt:
        cijfers, dicht = None, True
    onderdelen.tussenkop("Cijfers van die dag" if cijfers else "Cijfers")
    nu = _nu(sleutel(register), nummer)
    if dicht:
        st.warning(
            "De cijfers van die dag zijn niet te lezen: de sleutel waarmee zij zijn versleuteld, ontbreekt. Het "
            "verslag telt ze opnieuw. Vraag de beheerder om de sleutel terug te zetten.",
            icon=":material/lock:",
        )
    elif cijfers is None or nu is None:
        st.markdown("Bij deze evaluatie zijn geen cijfers bevroren; het verslag telt ze opnieuw.")
    else:
        st.markdown(
            f"Stand op {taal.datum(feit.peildatum)}, geteld over {onderdelen.getal(feit.aantal_feiten)} feiten, zegel "
            f"`{feit.zegel[:12]}`, klachten {feit.software_versie}. Deze cijfers veranderen niet meer."
        )
        _bevroren(cijfers, nu)
        _sindsdien(nu)
    _versies(feit.jaar, nummer)
    with st.container(horizontal=True):
        if feit.document and not dicht and _mag("bevroren_cijfers"):
            maker = Maker("bevroren_cijfers", partial(register.document, nummer, feit.document), nummer)
            aanbod.knop(
                "Bevroren cijfers", f"evaluatie-{nummer}.json", "application/json", maker, key=f"{nummer}.cijfers"
            )
        for publiek, label in ((False, "Jaarverslag"), (True, "Jaarverslag, openbaar")):
            rij = "jaarverslag_openbaar" if publiek else "jaarverslag"
            if not _mag(rij):
                continue
            maak = partial(jaarverslag.verslag, register, over, vandaag=vandaag, nummer=nummer, openbaar=publiek)
            aanbod.knop(
                label,
                f"klachtenjaarverslag-{over.sleutel}{'-openbaar' if publiek else ''}.pdf",
                PDF_SOORT.mime,
                Maker(rij, maak, nummer),
                key=f"{nummer}.verslag.{publiek}",
                icon=":material/picture_as_pdf:",
                help=PUBLIEK if publiek else "",
            )


def _mag(uitvoer: str) -> bool:
    return rechten.mag("uitvoer", uitvoer, scherm.gebruiker()).mag


def _bevroren(cijfers: bevroren.Cijfers, nu: jaarverslag.Sindsdien) -> None:
    """Draw what stood out then; its counts lead to lists of that day, which hold what the register gives now."""
    waarom = ", omdat er daarna is vastgelegd of verbeterd" if nu.later or nu.verbeterd else ""
    regels = []
    for toen, ernaast in zip(cijfers["bevindingen"], nu.ernaast, strict=True):
        regel = _zin(toen["zin"], opvallend=toen["opvallend"])
        if ernaast is None:
            regel += f" :small[{TOEN}; nu volgt dit niet meer uit het register{waarom}.]"
        elif ernaast.zin != toen["zin"]:
            regel += f" :small[{TOEN}; nu volgt uit het register{waarom}: {onderdelen.veilig(ernaast.zin)}]"
        regels.append(delen.met_lijsten(regel, ernaast.achter, nu) if ernaast else regel)
    delen.zinnen(regels)


def _sindsdien(nu: jaarverslag.Sindsdien) -> None:
    """Say beside the frozen figures what the register says now, and which facts came in late."""
    onderdelen.tussenkop("Wat het register nu zegt")
    st.markdown(
        f"Over {nu.periode.naam}, zoals het op {taal.datum(nu.peildatum)} stond, met alles wat sindsdien is vastgelegd."
    )
    st.markdown("\n".join(f"- {onderdelen.veilig(zin)}" for zin in nu.zinnen))


@st.cache_data(max_entries=16, show_spinner=False)
def _nu(sleutel: Sleutel, nummer: str) -> jaarverslag.Sindsdien | None:
    return jaarverslag.sindsdien(scherm.register(), nummer)


def _versies(jaar: int, gekozen: str) -> None:
    nummers = versies_van_jaar(scherm.register(), jaar)
    if len(nummers) < 2:
        return
    for nummer in nummers:
        feit = _dossier(nummer).evaluatie
        stand = (
            f"cijfers van {taal.datum(feit.peildatum)}, zegel `{feit.zegel[:12]}`"
            if feit.peildatum
            else "zonder cijfers"
        )
        regel = f"Versie {feit.versie} · gehouden op {taal.datum(feit.gebeurd_op)} · {stand}"
        if nummer == gekozen:
            st.markdown(f"**{nummer}** · {regel}")
        else:
            onderdelen.verwijzing("verbeteracties", f"{nummer} · {regel.replace('`', '')}", evaluatie=nummer)


def _cijfers_van_nu(jaar: int, vandaag: date) -> None:
    periode = _periode(jaar, None, {"op": vandaag}, vandaag)
    assert periode is not None
    with st.expander(f"De cijfers van {periode.naam} zoals ze nu staan", expanded=True):
        beeld, _ = jaarverslag.tel_beeld(scherm.register(), periode, vandaag)
        zinnen = [delen.met_lijsten(_zin(b.zin, opvallend=b.opvallend), b.achter, beeld) for b in beeld.bevindingen]
        delen.zinnen(zinnen)
        st.markdown("Bij het vastleggen worden de cijfers geteld op de dag van de evaluatie, en zo bewaard.")


def _zin(zin: str, *, opvallend: bool) -> str:
    """What stands out is in bold."""
    veilig = onderdelen.veilig(zin)
    return f"**{veilig}**" if opvallend else veilig


def _dossier(nummer: str) -> EvaluatieDossier:
    dossier = dossier_van(scherm.register(), nummer)
    assert isinstance(dossier, EvaluatieDossier)
    return dossier
