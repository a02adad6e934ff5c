"""Brief maken: the one road of a letter, from what is asked for it to recording that it was sent, with its step.

First what the letter has to say, then the letter itself on the screen; then it is edited in Word if need be, and sent
by e-mail, printed or handed over. What is made stays in the session until it is sent: nothing of it is recorded before.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import streamlit as st

from klachten import rechten, scherm
from klachten.brieven import BRIEVEN, BUITEN, INDIENER, Brief, for_handeling
from klachten.brieven import omzetten as omzetter
from klachten.brieven.docx_lezen import GROOTSTE
from klachten.brieven.ontvangers import closed_to
from klachten.brieven.sjabloon import template_on
from klachten.dossier.klacht import Dossier, Feiten
from klachten.dossier.weigering import gezegd
from klachten.handelingen import Geweigerd, OngeldigeInvoer, Veld
from klachten.handelingen import brief as handeling
from klachten.handelingen.briefvragen import AAN, begin, vragen
from klachten.organisatie import Gebruiker
from klachten.scherm import aanbod, formulier, onderdelen, papier, velden
from klachten.scherm.dossier import aankomst
from klachten.scherm.dossier.briefverzending import (
    ANDERE,
    PLEK,
    Gemaakt,
    checked,
    draft,
    forget,
    mail,
    mark,
    now,
    sent,
)
from klachten.scherm.onderdelen import veilig
from klachten.scherm.velden import Omgeving, megabytes


def road(feiten: Feiten, gebruiker: Gebruiker, naam_handeling: str) -> bool:
    """Offer to make the letter of a handeling; tell whether that is what is drawn now, in the place of its form."""
    soorten = [b for b in for_handeling(naam_handeling) if possible(feiten, gebruiker, b)]
    if not soorten:
        return False
    for soort in soorten:
        open_op = mark(feiten, soort, "open")
        if st.session_state.get(open_op):
            _steps(feiten, gebruiker, soort)
            return True
    with st.container(horizontal=True):
        for soort in soorten:
            naam = "Brief maken" if len(soorten) == 1 else f"Brief maken: {soort.naam[:1].lower()}{soort.naam[1:]}"
            _button(naam, mark(feiten, soort, "open"), primair=True)
    st.markdown("Of leg hieronder vast wat u al op een andere manier hebt verstuurd.")
    return False


def others(feiten: Feiten, gebruiker: Gebruiker, niet: str) -> None:
    """Offer the letters that can be made now beside that of the chosen handeling."""
    eerder = {b.id for b in for_handeling(niet)}
    soorten = [b.id for b in BRIEVEN.values() if b.id not in eerder and possible(feiten, gebruiker, b)]
    if not soorten:
        return
    with st.expander(f"Een andere brief maken ({len(soorten)})", icon=":material/mail:"):
        if st.session_state.get(ANDERE) not in soorten:
            st.session_state.pop(ANDERE, None)
        id = st.selectbox(
            "Welke brief", soorten, format_func=lambda id: BRIEVEN[id].naam, key=ANDERE, index=None,
            placeholder="Kies een brief",
        )  # fmt: skip
        if id:
            _steps(feiten, gebruiker, BRIEVEN[id])


def possible(feiten: Feiten, gebruiker: Gebruiker, soort: Brief) -> bool:
    """Tell whether the user can make a letter now, and take it along."""
    reeks = "E" if soort.stap == 17 else "K"
    return (
        feiten.klachtnummer.startswith(reeks)
        and rechten.mag("uitvoer", "brief", gebruiker).mag
        and handeling.refusal(scherm.register(), feiten, soort.id, gebruiker) is None
    )


# --- the steps of the road -------------------------------------------------------------------------------------------


def _steps(feiten: Feiten, gebruiker: Gebruiker, soort: Brief) -> None:
    with st.container(border=True):
        onderdelen.tussenkop(soort.naam)
        # A letter about which nothing is asked is shown at once.
        if not _fields(feiten, soort) and mark(feiten, soort, "fouten") not in st.session_state:
            _make(feiten.klachtnummer, soort, mark(feiten, soort, "vraag"))
        klaar: Gemaakt | None = st.session_state.get(mark(feiten, soort, "klaar"))
        if klaar is None:
            _questions(feiten, soort)
        else:
            _letter(feiten, gebruiker, soort, klaar)
        if st.session_state.get(mark(feiten, soort, "open")):
            _button("Sluiten zonder te versturen", mark(feiten, soort, "open"))


def _questions(feiten: Feiten, soort: Brief) -> None:
    """Ask what the letter has to say; what the dossier says already stands there."""
    reglement, vandaag = scherm.reglement(feiten if isinstance(feiten, Dossier) else None), scherm.vandaag()
    omgeving = Omgeving(reglement, vandaag, feiten)
    start = {**begin(soort, feiten), **aankomst.begin(feiten, soort.handeling)}
    gevraagd = _fields(feiten, soort)
    key = mark(feiten, soort, "vraag")
    fouten: dict[str, str] = st.session_state.get(mark(feiten, soort, "fouten"), {})
    concept = draft(feiten.klachtnummer, soort, gevraagd)
    if concept:
        start = concept.restore(start)
    with st.form(key, border=False):
        for veld in gevraagd:
            velden.widget(
                veld, omgeving, key=f"{key}.{veld.naam}", handeling=soort.handeling, begin=start,
                fout=fouten.get(veld.naam, ""),
            )  # fmt: skip
        namen = {veld.naam for veld in gevraagd}
        for naam, zin in fouten.items():
            if naam not in namen:
                onderdelen.weigering(zin, soort="invoer")
        st.form_submit_button(
            "Brief bekijken", key=f"{key}.maak", type="primary", on_click=_make, args=(feiten.klachtnummer, soort, key)
        )
    if concept:
        concept.follow()


def _fields(feiten: Feiten, soort: Brief) -> tuple[Veld, ...]:
    gevraagd = vragen(soort)
    mogelijk = handeling.recipients(feiten, soort.id)
    if soort.aan == "indiener" and len(mogelijk) > 1:
        keuzes = tuple((een.id, een.omschrijving) for een in mogelijk)
        return (replace(AAN, keuzes=keuzes, verplicht=True, standaard=mogelijk[0].id), *gevraagd)
    return gevraagd


def _make(klachtnummer: str, soort: Brief, key: str) -> None:
    feiten = now(klachtnummer)
    gevraagd = _fields(feiten, soort)
    ingevuld = velden.filled_in(gevraagd, key)
    if concept := draft(klachtnummer, soort, gevraagd) if gevraagd else None:
        # The letter is nowhere but in this window until it is sent: what it was made of stays.
        with suppress(OSError):
            concept.keep(ingevuld)
    fouten: dict[str, str] = {}
    try:
        tekst, aan = handeling.gemaakt(
            scherm.register(), scherm.gebruiker(), klachtnummer, brief=soort.id, op=scherm.vandaag(),
            vandaag=scherm.vandaag(), antwoorden=ingevuld,
        )  # fmt: skip
    except OngeldigeInvoer as fout:
        fouten = fout.velden
    except Geweigerd as fout:
        fouten = {"": gezegd(fout)}
    else:
        st.session_state[mark(feiten, soort, "klaar")] = Gemaakt(tekst.naam, tekst.docx, aan, ingevuld)
        if concept:
            with suppress(OSError):
                concept.made(ingevuld)
    st.session_state[mark(feiten, soort, "fouten")] = fouten


def _letter(feiten: Feiten, gebruiker: Gebruiker, soort: Brief, klaar: Gemaakt) -> None:
    """Draw the letter, and what can be done with it now."""
    hoe = "de aangepaste brief" if klaar.aangepast else "de brief"
    st.markdown(f"Dit is {hoe} aan **{veilig(klaar.aan.omschrijving)}**. Lees hem na voordat u hem verstuurt.")
    if closed_to(soort, feiten, klaar.aan):
        st.markdown(
            f"Er staat geen klachtnummer in: {veilig(klaar.aan.naam)} is betrokken bij deze klacht, en hoeft niet te "
            "weten om welke klacht het gaat."
        )
    _not_in_it(soort, klaar)
    papier.toon(klaar.docx)
    fouten = _wrong(feiten, soort, klaar)
    for zin in fouten:
        onderdelen.weigering(zin, soort="brief_kan_niet")
    _take_along(feiten, soort, klaar)
    _edited(feiten, soort, klaar)
    if fouten:
        st.markdown("Pas de brief aan in Word, of vul de vragen opnieuw in. Daarna kunt u hem versturen.")
        return
    onderdelen.tussenkop("Versturen")
    formulier.meldingen(PLEK)
    per_mail = mail(feiten, soort, klaar)
    sent(feiten, soort, klaar, per_mail=per_mail)


def _not_in_it(soort: Brief, klaar: Gemaakt) -> None:
    """Say which address is not in the letter because it is not known; of the organisation only the first time.

    A letter that was edited, or one with a template of the organisation, can have it all the same.
    """
    org, vandaag = scherm.register().organisatie, scherm.vandaag()
    if klaar.aangepast or template_on(org, soort.id, vandaag) is not None:
        return
    nu = org.gegevens(vandaag)
    if not (nu.postadres or nu.adres) and st.session_state.setdefault(f"{PLEK}.afzender", klaar.eerst) == klaar.eerst:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                ":small[:material/info: Het adres van de organisatie staat niet in de brief: het is nog niet ingevuld. "
                "Een beheerder doet dat eenmalig.]",
                width="content",
            )
            onderdelen.verwijzing("organisatie")
    # A colleague gets it in hand, and who stays unknown has no address to add.
    if klaar.aan.naam and not klaar.aan.adres and soort.aan in (INDIENER, BUITEN):
        # What was not asked at the intake is added where that was recorded, and nobody looks there for it.
        waar = (
            " Vul het aan onder *Geschiedenis*: *Corrigeren* bij *Klacht ontvangen*, en maak de brief opnieuw."
            if klaar.aan.id == INDIENER
            else ""
        )
        st.markdown(
            f":small[:material/info: Een postadres van {veilig(klaar.aan.naam)} staat niet in het dossier, en dus niet "
            f"in de brief.{waar}]"
        )


def _wrong(feiten: Feiten, soort: Brief, klaar: Gemaakt) -> tuple[str, ...]:
    try:
        return handeling.objections(
            scherm.register(), scherm.gebruiker(), feiten.klachtnummer, brief=soort.id, bestand=klaar.docx,
            vandaag=scherm.vandaag(), antwoorden=klaar.antwoorden,
        )  # fmt: skip
    except Geweigerd as fout:
        return (gezegd(fout),)


def _take_along(feiten: Feiten, soort: Brief, klaar: Gemaakt) -> None:
    docx, nummer = klaar.docx, feiten.klachtnummer

    def maker(maak: Callable[[], bytes]) -> aanbod.Maker:
        return aanbod.Maker("brief", checked(nummer, soort, maak), nummer)

    with st.container(horizontal=True):
        aanbod.knop(
            "Word-bestand downloaden", klaar.naam, aanbod.MIME, maker(lambda: docx),
            key=mark(feiten, soort, "word"),
        )  # fmt: skip
        if omzetter.aanwezig():
            aanbod.knop(
                "PDF downloaden, om af te drukken", f"{klaar.naam.removesuffix('.docx')}.pdf", aanbod.MIME,
                maker(lambda: omzetter.must(docx)), key=mark(feiten, soort, "pdf"),
            )  # fmt: skip
        st.button(
            "Opnieuw invullen" if _fields(feiten, soort) else "Opnieuw maken", key=mark(feiten, soort, "opnieuw"),
            icon=":material/undo:", on_click=forget, args=(mark(feiten, soort, "klaar"), mark(feiten, soort, "fouten")),
        )  # fmt: skip
    papier.zonder_pdf()


def _edited(feiten: Feiten, soort: Brief, klaar: Gemaakt) -> None:
    """Take the letter back that was edited in Word: that is the one that goes out."""
    # Another key for another letter: the file that was chosen for an earlier one is not of this one.
    key = f"{mark(feiten, soort, 'aangepast')}.{klaar.eerst}"
    bestand = st.file_uploader(
        "In Word aangepast? Kies hier het aangepaste bestand",
        type=["docx"],
        key=key,
        max_upload_size=megabytes(GROOTSTE),
        help="De brief hieronder wordt dan het bestand dat u kiest, precies zoals het is.",
    )
    inhoud = bestand.getvalue() if bestand is not None else b""
    if inhoud and inhoud != klaar.docx:
        klaar.docx, klaar.aangepast = inhoud, True
        st.rerun()


def _button(label: str, open_op: str, *, primair: bool = False) -> None:
    st.button(
        label, key=f"{open_op}.wissel", type="primary" if primair else "tertiary",
        icon=":material/mail:" if primair else ":material/close:", on_click=formulier.toggle, args=(open_op, "ja"),
    )  # fmt: skip
