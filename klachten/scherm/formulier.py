"""A form for any handeling, drawn from its fields; what goes wrong is said at the field and nothing typed is lost.

The work is done in the callback of the button, before the page is drawn: the page then shows the new state at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import streamlit as st

from klachten import handelingen, scherm
from klachten.dossier.klacht import Feiten
from klachten.dossier.weigering import gezegd
from klachten.handelingen import Geweigerd, Handeling, OngeldigeInvoer, RedenNodig, Uitkomst
from klachten.organisatie import naam
from klachten.register.fouten import RegisterFout
from klachten.scherm import onderdelen, redenen, stapconcept, vastgelegd, velden
from klachten.scherm.dicht import AFWIJKING, TUSSENDOOR, teken, verhul
from klachten.scherm.opdracht import Opdracht, Stand
from klachten.scherm.vastgelegd import Feit
from klachten.scherm.velden import Omgeving

_MELDINGEN, _GETOOND, _BEZIG = "formulier_meldingen", "formulier_getoond", "formulier_bezig"
_Melding = tuple[str, str, str, Feit | None]
"""The kind, the sentence, the place of the form, and the fact that it is about."""
_KIJK_NA = "Er is van u nog niets vastgelegd. Kijk of dit nog klopt en leg het dan opnieuw vast."


def toon(
    handeling: Handeling,
    klachtnummer: str = "",
    *,
    sleutel: str,
    vast: Mapping[str, Any] | None = None,
    begin: Mapping[str, Any] | None = None,
    dossier: Feiten | None = None,
    knop: str = "Vastleggen",
    dicht: bool = False,
    vooraf: Callable[[dict[str, Any]], None] | None = None,
    kenmerk: str = "",
) -> Uitkomst | None:
    """Draw the form of a handeling and return what it has just recorded, else None.

    `sleutel` tells forms on one page apart. `vast` are answers the user need not give (their fields are left out),
    `begin` are answers to start with. `dossier` saves reading it again. With `vooraf` one can look first. `kenmerk` is
    what the form is known by where `vast` is too long for that, as a file.
    """
    vast = dict(vast or {})

    def record(invoer: dict[str, Any], reden: str, afwijking: str) -> Uitkomst:
        return handeling(
            scherm.register(),
            scherm.gebruiker(),
            klachtnummer,
            vandaag=scherm.vandaag(),
            reden=reden,
            reden_afwijking=afwijking,
            **vast,
            **invoer,
        )

    opdracht = Opdracht(
        naam=handeling.naam,
        titel=handeling.titel,
        stap=handeling.stap,
        velden=tuple(veld for veld in handeling.gevraagd if veld.naam not in vast),
        reden_verplicht=handeling.reden_verplicht,
        klachtnummer=klachtnummer,
        plek=sleutel,
        record=record,
        toets=lambda: refusal(handeling, klachtnummer),
        dicht=dicht,
        vooraf=vooraf,
        vast=vast,
    )
    nummer = teken(klachtnummer) if dicht else klachtnummer
    kenmerk = kenmerk or "/".join([sleutel, nummer, handeling.naam, *(f"{k}={v}" for k, v in sorted(vast.items()))])
    return toon_opdracht(opdracht, kenmerk=kenmerk, begin=begin, dossier=dossier, knop=knop)


def toon_opdracht(
    opdracht: Opdracht,
    *,
    kenmerk: str,
    begin: Mapping[str, Any] | None = None,
    dossier: Feiten | None = None,
    knop: str = "Vastleggen",
) -> Uitkomst | None:
    """Draw the form of an Opdracht; `kenmerk` is unique for this form, this klacht and this question."""
    register = scherm.register()
    if dossier is None and opdracht.klachtnummer:
        dossier = handelingen.bewaard_van(register, opdracht.klachtnummer)
    omgeving = Omgeving(scherm.reglement(dossier, opdracht.naam), scherm.vandaag(), dossier)
    stand = stand_van(kenmerk)
    meldingen(opdracht.plek)
    key = f"{kenmerk}#{stand.beurt}"
    laatste_nr = dossier.vastleggingen[-1].nr if dossier and dossier.vastleggingen else 0
    concept = _draft(opdracht, kenmerk, key, _reasons(opdracht, stand))
    if concept is not None:
        if not stapconcept.on_page(key):
            # The fields that were wrong begin anew; what is said of them is of before.
            stand.fouten, stand.weigering = {}, ""
        begin = concept.restore(begin or {})
    with st.form(key, border=True):
        for veld in opdracht.velden:
            velden.widget(
                veld,
                omgeving,
                key=f"{key}.{veld.naam}",
                handeling=opdracht.naam,
                begin=begin,
                fout=stand.fouten.get(veld.naam, ""),
            )
        anders = (AFWIJKING,) if opdracht.dicht and stand.waarschuwingen else stand.waarschuwingen
        redenen.ask(opdracht.reden_verplicht, anders, stand.fouten, key)
        tell_mistakes(opdracht, stand)
        with st.container(horizontal=True):
            bekijk = opdracht.vooraf is not None and st.form_submit_button("Eerst bekijken", key=f"{key}.bekijk")
            st.form_submit_button(
                "Toch vastleggen, met deze reden" if stand.waarschuwingen else knop,
                key=f"{key}.knop",
                type="primary",
                on_click=send,
                args=(opdracht, kenmerk, stand.beurt, laatste_nr),
            )
    if concept is not None:
        concept.follow()
    if bekijk and opdracht.vooraf:
        opdracht.vooraf(velden.filled_in(opdracht.velden, key))
    if stand.nieuw:
        stand.nieuw = False
        return stand.gelukt
    return None


def _draft(opdracht: Opdracht, kenmerk: str, key: str, redenen: tuple[str, ...]) -> stapconcept.Stapconcept | None:
    """Return what is kept of the texts of a form; nothing where the user may not know of which klacht it is."""
    if opdracht.dicht:
        return None
    return stapconcept.of_form(
        opdracht.klachtnummer, kenmerk, key, opdracht.velden, ook=redenen, doe=opdracht.naam, vast=opdracht.vast
    )


def _reasons(opdracht: Opdracht, stand: Stand) -> tuple[str, ...]:
    """Return which of the two reasons the form asks."""
    verplicht = (redenen.REDEN,) if opdracht.reden_verplicht else ()
    anders = (redenen.deviation_field(opdracht.reden_verplicht),) if stand.waarschuwingen else ()
    return (*verplicht, *anders)


def begin_page() -> None:
    """Bring back what was on a page that was interrupted: a double click starts it again before it was drawn."""
    getoond = st.session_state.pop(_GETOOND, [])
    stapconcept.begin_page(afgebroken=bool(st.session_state.get(_BEZIG)))
    if st.session_state.get(_BEZIG) and getoond:
        st.session_state[_MELDINGEN] = list(dict.fromkeys([*getoond, *st.session_state.get(_MELDINGEN, [])]))
    st.session_state[_BEZIG] = True


def end_page() -> None:
    """Tell that the page was drawn to its end."""
    st.session_state[_BEZIG] = False


def meldingen(plek: str = "") -> None:
    """Show what was just recorded by the forms of a place (`sleutel`), or by all of them.

    A page calls this where the user looks after pressing the button: the form itself may be gone by then.
    """
    rest: list[_Melding] = []
    for melding in st.session_state.pop(_MELDINGEN, []):
        soort, zin, van, terug = melding
        if plek not in ("", van):
            rest.append(melding)
            continue
        st.session_state.setdefault(_GETOOND, []).append(melding)
        if soort == "gelukt":
            # Its style lets it stay in sight while it has the focus (toegankelijk.css).
            with st.container(key=f"vastgelegd-{van}-{terug[1] if terug else ''}-{len(zin)}", gap="xxsmall"):
                st.success(onderdelen.veilig(zin), icon=":material/check_circle:")
                vastgelegd.offer(terug)
        else:
            st.info(onderdelen.veilig(zin), icon=":material/info:")
    if rest:
        st.session_state[_MELDINGEN] = rest


def net_gelukt(plek: str) -> bool:
    """Tell whether a form of this place has recorded something that is not shown yet."""
    return any(soort == "gelukt" and van == plek for soort, _, van, _ in st.session_state.get(_MELDINGEN, []))


def toggle(open_op: str, wat: str) -> None:
    """Open a form in its place (a key of the session), or close it when the same button is pressed again."""
    st.session_state[open_op] = None if st.session_state.get(open_op) == wat else wat


def close_done(plek: str, open_op: str) -> None:
    """Close the form that was open in a place when it has recorded something; call it before `meldingen`."""
    if net_gelukt(plek):
        st.session_state[open_op] = None


def meld(zin: str, *, plek: str = "", soort: str = "gelukt", terug: Feit | None = None) -> None:
    """Keep a sentence to show in a place of the page that is drawn next; `terug`: the fact that it is about."""
    rij = st.session_state.setdefault(_MELDINGEN, [])
    if (soort, zin, plek, terug) not in rij:
        rij.append((soort, zin, plek, terug))


def _tell(opdracht: Opdracht, uitkomst: Uitkomst) -> None:
    zin = vastgelegd.sentence(uitkomst, opdracht.stap, opdracht.titel, dicht=opdracht.dicht)
    meld(zin, plek=opdracht.plek, terug=None if opdracht.dicht else vastgelegd.fact_of(uitkomst, opdracht.stap))


# --- what the form shows besides its fields --------------------------------------------------------------------------


def tell_mistakes(opdracht: Opdracht, stand: Stand) -> None:
    """Say that nothing is recorded yet, and what is wrong besides the fields."""
    getoond = {veld.naam for veld in opdracht.velden} | {redenen.REDEN, redenen.AFWIJKING}
    for veldnaam, zin in stand.fouten.items():
        if veldnaam not in getoond:
            onderdelen.weigering(zin, soort="invoer")
    if stand.weigering:
        onderdelen.weigering(stand.weigering)
    if getoond & set(stand.fouten):
        velden.mistake("Er is nog niets vastgelegd. Kijk bij de velden met een rode zin.")


# --- what happens when the button is pressed -------------------------------------------------------------------------


def stand_van(kenmerk: str) -> Stand:
    """Return what a form remembers."""
    return st.session_state.setdefault(f"formulier:{kenmerk}", Stand())


def send(opdracht: Opdracht, kenmerk: str, beurt: int, laatste_nr: int) -> None:
    """Record what is filled in, once: a second click comes with the turn of the first."""
    stand = stand_van(kenmerk)
    if beurt != stand.beurt:
        if stand.gelukt is not None and stand.gelukt_beurt == beurt:
            _tell(opdracht, stand.gelukt)
            stand.nieuw = True
        return
    key = f"{kenmerk}#{beurt}"
    invoer = velden.filled_in(opdracht.velden, key)
    reden, afwijking = (redenen.filled_in(veld, key) for veld in (redenen.REDEN, redenen.AFWIJKING))
    waarom = redenen.deviation_field(opdracht.reden_verplicht)
    gezien = stand.waarschuwingen
    concept = _draft(opdracht, kenmerk, key, (redenen.REDEN, redenen.AFWIJKING))
    with suppress(OSError):
        # What is sent is kept until it is recorded: it may be refused.
        if concept:
            concept.keep({**invoer, redenen.REDEN: reden, redenen.AFWIJKING: afwijking})
    stand.fouten, stand.weigering, stand.waarschuwingen = {}, "", ()
    try:
        tussendoor = _since(opdracht.klachtnummer, laatste_nr)
        if tussendoor:
            stand.waarschuwingen = gezien
            zin = f"{TUSSENDOOR} {_KIJK_NA}" if opdracht.dicht else f"{tussendoor} {opdracht.toets() or _KIJK_NA}"
            meld(zin, plek=opdracht.plek, soort="tussendoor")
            return
        uitkomst = _record(opdracht, invoer, reden, afwijking, gezien)
    except OngeldigeInvoer as fout:
        stand.fouten = fout.velden
        stand.waarschuwingen = gezien
    except RedenNodig as fout:
        stand.waarschuwingen = fout.waarschuwingen
        if gezien or redenen.filled_in(waarom, key):
            stand.fouten = {waarom: "Er is een afwijking bijgekomen: geef ook daarvoor een reden."}
        if set(fout.waarschuwingen) <= set(gezien):
            stand.fouten = {waarom: "Reden: vul in waarom dit zo is gegaan."}
    except (Geweigerd, RegisterFout) as fout:
        stand.weigering = gezegd(fout)
    else:
        stand.gelukt, stand.gelukt_beurt, stand.nieuw = uitkomst, beurt, True
        stand.beurt += 1
        _tell(opdracht, uitkomst)
        with suppress(OSError):
            stapconcept.recorded(concept, opdracht.klachtnummer)
    if opdracht.dicht:
        verhul(stand)


def _record(
    opdracht: Opdracht, invoer: dict[str, Any], reden: str, afwijking: str, gezien: tuple[str, ...]
) -> Uitkomst:
    """Record with the reason for a deviation only when it was given for the deviations that the user saw."""
    try:
        return opdracht.record(invoer, reden if opdracht.reden_verplicht else "", "")
    except RedenNodig as fout:
        gegeven = afwijking if opdracht.reden_verplicht else reden
        if not gegeven or not set(fout.waarschuwingen) <= set(gezien):
            raise
    return opdracht.record(invoer, reden, afwijking)


def _since(klachtnummer: str, laatste_nr: int) -> str:
    """Tell what was recorded in this dossier since the form was drawn: by somebody else, or in another window."""
    if not klachtnummer:
        return ""
    nieuw = [v for v in scherm.register().vastleggingen(klachtnummer) if v.nr > laatste_nr]
    if not nieuw:
        return ""
    stappen = ", ".join(dict.fromkeys(f"stap {v.feit.stap}" if v.feit.stap else "een feit" for v in nieuw))
    wat = onderdelen.dossiernaam(klachtnummer)
    return f"{wat} is bijgewerkt terwijl dit formulier openstond: {stappen}, door {naam(nieuw[-1].door)}."


def refusal(handeling: Handeling, klachtnummer: str) -> str | None:
    """Return why the user cannot do this with the dossier as it stands now."""
    feiten = handelingen.bewaard_van(scherm.register(), klachtnummer)
    return handeling.toets(feiten, scherm.gebruiker(), scherm.reglement(feiten, handeling.naam))[1]
