"""The choice that the pages of the evaluation share: which days, as of which day, which klachten; in the address.

The address holds ids and dates only, never free text. What is not offered is not taken from the address either.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from klachten import organisatie, rechten, scherm
from klachten.analyse.basis.keuzelijsten import Keuzelijsten
from klachten.analyse.basis.selectie import FIJNER, VELDEN
from klachten.analyse.termijnen.naleving import COHORTEN
from klachten.periode import Boekjaren, Periode
from klachten.register import Register
from klachten.reglement import Reglement
from klachten.scherm import datumveld, onderdelen
from klachten.scherm.evaluatie import overgenomen, perioden
from klachten.scherm.evaluatie.keuze import (
    COHORT,
    Keuze,
    chosen,
    eerste_jaar,
    id_van,
    jaren_van,
    keuzelijsten,
    naam_van,
    verzamelingen,
)
from klachten.taal import datum

ALLE = ""
NAMEN = ("periode", "jaar", "peildatum", "set", "per", *FIJNER)
ALLES_VAN = {
    "vestiging": "Alle vestigingen",
    "categorie": "Alle categorieën",
    "indiener": "Alle indieners",
    "kanaal": "Alle kanalen",
    "behandelaar": "Alle behandelaars",
}
OPSLAG = "evaluatiefilter"

Sleutel = tuple[str, int, str]


# st.cache_data is shared by all users, so only counts and ids go into it; the key changes with every fact recorded.
def sleutel(register: Register) -> Sleutel:
    """Return what figures are cached under."""
    stand = register.stand()
    return str(register.map), register.versie, stand.zegel


def keuze(*, met_periode: bool = True, met_cohort: bool = False) -> Keuze | None:
    """Draw the filters and return what was chosen; None while the register holds no klacht."""
    register, vandaag = scherm.register(), scherm.vandaag()
    alle = {id_van(v): v for v in verzamelingen()}
    if not alle:
        return None
    adres = {naam: st.query_params[naam] for naam in NAMEN if naam in st.query_params}
    # A page opened from the menu has an empty address: then what was chosen before still holds.
    waarden: dict[str, str] = adres or dict(st.session_state.get(OPSLAG, {}))
    # A link from before there were other periods names a year.
    waarden.setdefault("periode", waarden.pop("jaar", ""))
    gekozen = alle[waarden["set"] if waarden.get("set") in alle else next(iter(alle))]
    keuzes = keuzelijsten(gekozen.herkomst, gekozen.reglement)
    peildatum = _dag(waarden.get("peildatum"), vandaag)
    jaren = jaren_van(keuzes, peildatum)
    reglement = register.reglementen.get(gekozen.reglement)
    boekjaren = reglement.boekjaren if reglement else Boekjaren()
    periode_gevraagd = waarden["periode"]
    gevraagd = perioden.lees(periode_gevraagd)
    begonnen = gevraagd is not None and gevraagd.eerste <= peildatum
    gekozen_periode = gevraagd if gevraagd and begonnen else Periode.van_jaar(eerste_jaar(keuzes.per_jaar, jaren))
    opties: dict[str, dict[str, str]] = {"per": dict(COHORTEN)}
    opties["set"] = {id: naam_van(v, register) for id, v in alle.items()}
    opties |= _fijner(keuzes, reglement)
    standaard = {"per": COHORT, "set": next(iter(alle))}
    waarden = {
        naam: waarden[naam] if waarden.get(naam) in opties[naam] else standaard.get(naam, ALLE) for naam in opties
    }
    waarden |= {"peildatum": peildatum.isoformat(), "periode": gekozen_periode.sleutel}
    standaard["periode"] = str(eerste_jaar(keuzes.per_jaar, jaren))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if len(alle) > 1:
            _kies(
                "set",
                "Welke klachten",
                opties,
                waarden,
                340,
                "Eigen en overgenomen klachten worden nooit samen geteld.",
            )
        if met_periode:
            perioden.vraag(gekozen_periode, jaren, peildatum, boekjaren, key=_key("periode"), neem=_neem)
        datumveld.kies(
            "Peildatum",
            peildatum,
            laatste=vandaag,
            key=_key("peildatum"),
            neem=lambda _: _onthoud("peildatum"),
            width=150,
            help="Wat na deze dag gebeurde, telt niet mee.",
        )
        if met_cohort:
            _kies(
                "per",
                "Tellen per",
                opties,
                waarden,
                200,
                "De periode waarin de klacht is ontvangen, of waarin de termijn afliep.",
            )
        _verfijn(opties, waarden)
    datumveld.fout(_key("peildatum"), perioden.dagen_key(_key("periode")))
    _naar_adres(waarden, {**standaard, "peildatum": vandaag.isoformat()})
    if met_periode and gevraagd and not begonnen:
        st.info(
            f"Op {datum(peildatum)} was {gevraagd.naam} nog niet begonnen; u ziet {gekozen_periode.naam}. Kies een "
            "latere peildatum of een eerdere periode."
        )
    if met_periode and gevraagd is None and periode_gevraagd:
        st.info(
            f"De periode in dit adres is niet te lezen, of kan niet; u ziet {gekozen_periode.naam}. Kies hierboven een "
            "andere, of kijk of het adres goed is overgenomen."
        )
    if met_periode and (zin := boekjaren.voorbehoud(gekozen_periode)):
        st.info(zin)
    if gekozen.herkomst != "register":
        st.markdown(f"{naam_van(gekozen, register)}. {' '.join(overgenomen.sentences(gekozen))}")
    if zin := overgenomen.gone_on(gekozen):
        st.markdown(zin)
    fijn = {veld: waarden[naam] or None for naam, veld in FIJNER.items() if naam in opties}
    cohort = waarden["per"] if met_cohort else COHORT
    return chosen(gekozen_periode, peildatum, gekozen, list(alle.values()), jaren, fijn, cohort)


def _key(naam: str) -> str:
    return f"{OPSLAG}.{naam}"


def _dag(tekst: str | None, vandaag: date) -> date:
    try:
        dag = date.fromisoformat(tekst or "")
    except ValueError:
        return vandaag
    return dag if datumveld.EERSTE_DAG <= dag <= vandaag else vandaag


def _fijner(keuzes: Keuzelijsten, reglement: Reglement | None) -> dict[str, dict[str, str]]:
    """Return what every finer filter offers: the ids that occur, by their names."""
    uit = {}
    for naam, veld in FIJNER.items():
        # Figures per behandelaar are for who may see their names.
        if naam == "behandelaar" and not rechten.mag("inzage", "behandelaarsnamen", scherm.gebruiker()).mag:
            continue
        lijst = VELDEN[veld][1]
        namen = {
            id: organisatie.naam(id) if not lijst else reglement.naam_van(lijst, id) if reglement else id
            for id in keuzes.ids.get(veld, ())
        }
        uit[naam] = {ALLE: ALLES_VAN[naam], **dict(sorted(namen.items(), key=lambda deel: deel[1]))}
    return uit


def _verfijn(opties: Mapping[str, Mapping[str, str]], waarden: Mapping[str, str]) -> None:
    """Draw the finer filters behind one button that says how many are chosen."""
    namen = [naam for naam in FIJNER if naam in opties]
    aantal = sum(bool(waarden[naam]) for naam in namen)
    with st.popover(f"Verfijnen ({aantal})" if aantal else "Verfijnen", icon=":material/tune:", key=_key("verfijnen")):
        for naam in namen:
            _kies(naam, VELDEN[FIJNER[naam]][0].capitalize(), opties, waarden)
        if aantal:
            st.button("Alles tonen", key=_key("wis"), on_click=_wis, args=(namen,), icon=":material/filter_alt_off:")
    if aantal:
        gekozen = ", ".join(opties[naam][waarden[naam]] for naam in namen if waarden[naam])
        st.markdown(f":blue-badge[:material/filter_alt: Alleen {onderdelen.veilig(gekozen)}]")


def _kies(
    naam: str,
    label: str,
    opties: Mapping[str, Mapping[str, str]],
    waarden: Mapping[str, str],
    breedte: int | None = None,
    uitleg: str | None = None,
) -> None:
    st.session_state[_key(naam)] = waarden[naam]
    st.selectbox(
        label,
        list(opties[naam]),
        format_func=lambda id: opties[naam].get(id, id),
        key=_key(naam),
        placeholder="Kies",
        width=breedte or "stretch",
        help=uitleg,
        on_change=_onthoud,
        args=(naam,),
    )


def _onthoud(naam: str) -> None:
    """Take what was just chosen into the address and into the session, before the page runs again."""
    waarde = st.session_state[_key(naam)]
    _neem(naam, waarde.isoformat() if isinstance(waarde, date) else waarde or ALLE)


def _neem(naam: str, tekst: str) -> None:
    opslag = {**st.session_state.get(OPSLAG, {}), naam: tekst}
    if naam == "set":
        # The ids of one set mean nothing in another.
        opslag = {naam: tekst}
        for ander in NAMEN:
            st.query_params.pop(ander, None)
    st.session_state[OPSLAG] = opslag
    for ander, inhoud in opslag.items():
        st.query_params[ander] = inhoud


def _wis(namen: list[str]) -> None:
    for naam in namen:
        st.query_params.pop(naam, None)
        st.session_state.get(OPSLAG, {}).pop(naam, None)


def _naar_adres(waarden: Mapping[str, str], standaard: Mapping[str, str]) -> None:
    """Keep in the address what differs from the default, and the whole choice in the session."""
    anders = {naam: waarde for naam, waarde in waarden.items() if waarde != standaard.get(naam, ALLE)}
    st.session_state[OPSLAG] = anders
    for naam in NAMEN:
        if naam in anders:
            if st.query_params.get(naam) != anders[naam]:
                st.query_params[naam] = anders[naam]
        elif naam in st.query_params:
            del st.query_params[naam]
