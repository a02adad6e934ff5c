"""The list of klachten on the screen: the filters, which the address keeps as ids, and a row per klacht."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from klachten import scherm, taal, toegang
from klachten.analyse.werk.klachtenlijst import LOPEND, NIEMAND, PER_BLAD, VOLGORDEN, Filter, Regel, count, leest_alles
from klachten.analyse.werk.zoeken import MIDDEN, Plek, Vraag, complete_number
from klachten.register.dossiermap import OngeldigNummer, parse_number
from klachten.scherm import onderdelen
from klachten.scherm.dossier.feit import soort_in_woorden, veldnaam
from klachten.scherm.lijsten import rijen, taken, telling
from klachten.scherm.uitleg import REGLEMENT
from klachten.toegang import Gebruiker

ALLE = ""
STATUS = {
    ALLE: "Alle statussen",
    LOPEND: "Loopt nog",
    "ontvangen": "Ontvangen",
    "in onderzoek": "In onderzoek",
    "in behandeling": "In behandeling",
    "afgesloten": "Afgesloten",
    "niet in behandeling": "Niet in behandeling",
    "ingetrokken": "Ingetrokken",
    "vervallen": "Vervallen",
}
HERKOMST = {"register": "Eigen register", "overgenomen": "Overgenomen", ALLE: "Alles"}
TERMIJN = {ALLE: "Alle termijnen", "te_laat": "Termijn voorbij"}
ZOEK = "klachten.zoek"
BLAD = "klachten.blad"
NAAR = "klachten.naar"
FOUT = "klachten.naar.fout"
VAN_CIJFER = "klachten.van_cijfer"
MEESTE_PLEKKEN = 3
"""So many places are named in a row: with a common word there are many more."""


@dataclass(frozen=True)
class Keuze:
    """One filter: its name in the address, its label, and what may be chosen as {id: name}."""

    naam: str
    label: str
    opties: dict[str, str]
    standaard: str = ALLE

    @property
    def key(self) -> str:
        """The key of its widget."""
        return f"klachten.{self.naam}"


def tel(filter: Filter, gebruiker: Gebruiker) -> int:
    """Return how many klachten the user sees with this filter."""
    register = scherm.register()
    return _count(str(register.map), register.versie, filter, gebruiker, scherm.vandaag())


# One number per user and filter; a new fact makes a new entry.
@st.cache_data(max_entries=256, show_spinner=False)
def _count(map: str, versie: int, filter: Filter, gebruiker: Gebruiker, peildatum: date) -> int:
    with scherm.register().cursor() as cursor:
        return count(cursor, filter, gebruiker, peildatum)


def vervallen(filter: Filter, gebruiker: Gebruiker) -> None:
    """Say how many of the list count in no figure: entered by mistake or twice."""
    n = 0 if filter.status or filter.telling else tel(replace(filter, status="vervallen"), gebruiker)
    if n:
        telt = "is 1 vervallen; die telt" if n == 1 else f"zijn {onderdelen.getal(n)} vervallen; die tellen"
        st.markdown(f"Daarvan {telt} in geen enkel cijfer mee.")


def inleiding(gebruiker: Gebruiker) -> str:
    """Say which klachten this list holds for this user."""
    if leest_alles(gebruiker):
        return "Alle klachten van het register. Van een klacht waarbij u betrokken bent, ziet u de inhoud niet."
    return "De klachten die u in ontvangst nam of behandelt, of waarvoor u een maatregel uitvoert."


def keuzes(jaren: list[int]) -> dict[str, Keuze]:
    """Return the filters of the list by name."""
    reglement = scherm.register().reglementen[REGLEMENT]
    behandelaars = {persoon.id: persoon.naam for persoon in toegang.met_rol("behandelaar")}
    alle = (
        Keuze("status", "Status", STATUS),
        Keuze("jaar", "Jaar van ontvangst", {ALLE: "Alle jaren", **{str(jaar): str(jaar) for jaar in jaren}}),
        Keuze("termijn", "Termijn", TERMIJN),
        Keuze(
            "behandelaar", "Behandelaar", {ALLE: "Alle behandelaars", NIEMAND: "Nog niet toegewezen", **behandelaars}
        ),
        Keuze("categorie", "Categorie", {ALLE: "Alle categorieën", **{k.id: k.naam for k in reglement.categorieen}}),
        Keuze("vestiging", "Vestiging", {ALLE: "Alle vestigingen", **{k.id: k.naam for k in reglement.vestigingen}}),
        # A figure says itself of which origin its klachten are.
        Keuze("herkomst", "Herkomst", HERKOMST, ALLE if telling.gekozen() else "register"),
        Keuze("volgorde", "Volgorde", {id: naam for id, (naam, _) in VOLGORDEN.items()}, "nieuwste"),
        Keuze("per_blad", "Per pagina", {str(aantal): str(aantal) for aantal in PER_BLAD}, str(PER_BLAD[0])),
    )
    return {keuze.naam: keuze for keuze in alle}


def vraag(opties: dict[str, Keuze]) -> tuple[Filter, str, int]:
    """Draw the search field and the filters; return the filter, the order and the rows per page."""
    _from_address(opties)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        zoek = st.text_input(
            "Zoeken",
            key=ZOEK,
            type="search",
            placeholder="Nummer, naam of woorden uit het dossier",
            help="Zoekt in het klachtnummer en in alle teksten van klachten die u kunt inzien, ook in de namen van "
            "stukken. Alle woorden moeten erin staan; hoofdletters, accenten en volgorde maken niet uit.",
            persist_state="session",
            max_chars=200,
            on_change=_first_page,
        )
        st.text_input(
            "Ga naar nummer",
            key=NAAR,
            placeholder=f"K{scherm.vandaag().year}-0001",
            autocomplete="off",
            on_change=_go,
            help="Typ het nummer en druk op Enter; alleen het volgnummer mag ook, dan geldt dit jaar.",
            width=220,
        )
    if st.session_state.get(FOUT):
        onderdelen.weigering(st.session_state.pop(FOUT))
    gekozen: dict[str, str] = {}
    for kolom, naam in zip(st.columns(3), ("status", "termijn", "volgorde"), strict=True):
        with kolom:
            gekozen[naam] = _choose(opties[naam])
    meer = ("jaar", "behandelaar", "categorie", "vestiging", "herkomst", "per_blad")
    anders = sum(st.session_state[opties[naam].key] != opties[naam].standaard for naam in meer)
    with st.expander(f"Meer filters ({anders} gekozen)" if anders else "Meer filters", icon=":material/tune:"):
        for rij in (meer[:3], meer[3:]):
            for kolom, naam in zip(st.columns(3), rij, strict=True):
                with kolom:
                    gekozen[naam] = _choose(opties[naam])
    _to_address(opties, gekozen)
    filter = Filter(
        zoek=zoek or "",
        status=gekozen["status"],
        jaar=int(gekozen["jaar"]) if gekozen["jaar"] else None,
        vestiging=gekozen["vestiging"],
        categorie=gekozen["categorie"],
        behandelaar=gekozen["behandelaar"],
        herkomst=gekozen["herkomst"],
        te_laat=gekozen["termijn"] == "te_laat",
        telling=telling.gekozen(),
    )
    return filter, gekozen["volgorde"], int(gekozen["per_blad"])


def rij(regel: Regel) -> None:
    """Draw one klacht: a link to the dossier, the indiener, who handles it, and how it stands."""
    badges = [onderdelen.badge(regel.status)]
    if regel.geschil not in ("geen", "opgelost"):
        # A badge is cut off where the column ends.
        badges.append(onderdelen.badge(regel.geschil, f"geschil: {regel.geschil}"))
    if regel.dagen_over is not None:
        badges.append(taken.dagen(regel.dagen_over))
    gesloten = "" if regel.mag_lezen else "u bent betrokken"
    with rijen.rij("dossier", regel.klachtnummer, " ".join(badges), gesloten=gesloten, nummer=regel.klachtnummer):
        if regel.indiener:
            # Exactly as it was typed: a name is no Markdown.
            st.text(regel.indiener)
        rijen.regel(_kenmerken(regel))
        if regel.gevonden_in:
            rijen.regel(f":material/search: Gevonden in: {places(regel.gevonden_in)}")


def places(plekken: tuple[Plek, ...]) -> str:
    """Say in which fields of which facts something was found, without what stands there."""
    woorden = [
        f"**{veldnaam(plek.soort, plek.veld).partition(':')[0]}** bij {soort_in_woorden(plek.soort)}"
        + ("" if plek.geldt else " (geldt niet meer)")
        for plek in plekken
    ]
    over = len(woorden) - MEESTE_PLEKKEN
    if over > 1:
        woorden = [*woorden[:MEESTE_PLEKKEN], f"nog {over} plaatsen"]
    return taal.opsomming(woorden)


def niets_gevonden(filter: Filter, leeg_register: bool) -> None:
    """Say why the list is empty and what to do."""
    if leeg_register:
        onderdelen.lege_staat(
            "Het register is nog leeg", "Er is nog geen klacht vastgelegd.", naar="intake", label="De eerste vastleggen"
        )
        return
    with st.container(border=True, horizontal_alignment="left"):
        st.markdown("**Geen klachten gevonden**")
        vraag = Vraag(filter.zoek)
        if not vraag.leeg and not vraag.woorden:
            st.markdown("Typ een woord of een nummer: op leestekens alleen kan niet worden gezocht.")
        elif not vraag.leeg:
            st.markdown(
                "Er is geen klacht die u kunt zien, waarin alle woorden staan en die aan alle filters voldoet. Typ "
                "minder woorden, of alleen het begin ervan; "
                f"vanaf {MIDDEN} letters vindt u ook een deel van een woord."
            )
        else:
            st.markdown("Er is geen klacht die u kunt zien en die aan alles voldoet. Zoek ruimer of begin opnieuw.")
        if filter != Filter():
            st.button("Zoekveld en filters leegmaken", icon=":material/filter_alt_off:", on_click=clear)


def _kenmerken(regel: Regel) -> str:
    reglement = scherm.register().reglementen.get(regel.reglement)
    naam_van = reglement.naam_van if reglement else lambda lijst, id: id
    wie = toegang.naam(regel.behandelaar) if regel.behandelaar else "nog geen behandelaar"
    delen = [
        f"ontvangen {taal.datum(regel.ontvangen_op)}",
        naam_van("categorieen", regel.categorie),
        naam_van("vestigingen", regel.vestiging),
        wie,
    ]
    if regel.dagen_over is not None and regel.termijn_naam:
        delen.append(f"{regel.termijn_naam}: uiterlijk {onderdelen.datum_tekst(regel.uiterlijk_op)}")
    if regel.herkomst != "register":
        delen.append("overgenomen")
    return onderdelen.veilig(" · ".join(deel for deel in delen if deel))


def _choose(keuze: Keuze) -> str:
    return st.selectbox(
        keuze.label,
        list(keuze.opties),
        format_func=lambda id: keuze.opties.get(id, id),
        key=keuze.key,
        persist_state="session",
        placeholder="Kies",
        on_change=_first_page,
    )


def _from_address(opties: dict[str, Keuze]) -> None:
    """Start with the filters in the address; an id that does not exist (any more) is no filter.

    Whoever comes from a figure sees all that it counts: what was chosen here before does not narrow that, and what is
    chosen there does not stay.
    """
    vers = telling.gekozen()
    if st.session_state.get(VAN_CIJFER) != vers:
        for keuze in opties.values():
            st.session_state.pop(keuze.key, None)
        st.session_state[ZOEK] = ""
    st.session_state[VAN_CIJFER] = vers
    for naam, keuze in opties.items():
        waarde = st.session_state.get(keuze.key, st.query_params.get(naam, keuze.standaard))
        st.session_state[keuze.key] = waarde if waarde in keuze.opties else keuze.standaard


def _to_address(opties: dict[str, Keuze], gekozen: dict[str, str]) -> None:
    """Keep the filters in the address, so that a reload or a link shows the same; never what was typed."""
    for naam, keuze in opties.items():
        if gekozen[naam] != keuze.standaard:
            if st.query_params.get(naam) != gekozen[naam]:
                st.query_params[naam] = gekozen[naam]
        elif naam in st.query_params:
            del st.query_params[naam]


def _first_page() -> None:
    st.session_state.pop(BLAD, None)


def clear() -> None:
    """Begin the list again: nothing searched, nothing chosen, and no figure behind it."""
    _first_page()
    st.session_state[ZOEK] = ""
    for sleutel in [sleutel for sleutel in st.session_state if str(sleutel).startswith("klachten.")]:
        if sleutel not in (ZOEK, NAAR):
            del st.session_state[sleutel]
    for naam in list(st.query_params):
        if naam != "als":
            del st.query_params[naam]


def _go() -> None:
    """Open the dossier of the number that was typed, or say what is wrong with it."""
    nummer = complete_number(str(st.session_state.get(NAAR) or ""), scherm.vandaag().year)
    try:
        bestaat = nummer.startswith("K") and bool(parse_number(nummer) and scherm.register().vastleggingen(nummer))
    except OngeldigNummer:
        bestaat = False
    if not nummer:
        return
    if bestaat:
        st.session_state[f"{NAAR}.gevonden"] = nummer
    else:
        st.session_state[FOUT] = (
            "Dit klachtnummer staat niet in het register. Een klachtnummer ziet eruit als K2026-0007."
        )


def follow() -> None:
    """Go to the dossier that was asked for by its number."""
    nummer = st.session_state.pop(f"{NAAR}.gevonden", None)
    if nummer:
        onderdelen.ga_naar("dossier", nummer=nummer)
