"""Page Hulp and page Handleiding: searching, why something cannot be, words and figures, the handleiding of a role."""

from __future__ import annotations

from functools import partial

import streamlit as st

from klachten import jaarverslag, organisatie, rechten, scherm
from klachten.analyse.basis.kengetal import Kengetal
from klachten.handelingen.bestandssoort import PDF_SOORT
from klachten.scherm import aanbod, onderdelen, paginas
from klachten.scherm.aanbod import Maker
from klachten.scherm.hulp import begrippen, boek, vragen, waarom, zoeken
from klachten.scherm.hulp.begrippen import Begrip
from klachten.scherm.hulp.waarom import Waarom
from klachten.scherm.onderdelen import veilig

DELEN = {"zoeken": "Zoeken", "waarom": "Waarom kan dit niet?", "begrippen": "Begrippen", "kengetallen": "Kengetallen"}
DEEL, ROL = "hulp.deel", "handleiding_rol"
UITVOER = "handleiding"
# A hit on this very page is a link as any other, and not where one is already.
_VONDST = """<style>
[class*="st-key-hulp-vondst"] a[data-testid="stPageLink-NavLink"] { background: none; }
[class*="st-key-hulp-vondst"] a[data-testid="stPageLink-NavLink"] p { font-weight: 600; }
</style>"""
# In the address: what the page opens with. Never what somebody typed.
_EEN = {"waarom": "waarom", "begrip": "begrippen", "kengetal": "kengetallen"}


def asked() -> None:
    """Draw what the address asks for above all others: a refusal, a word or a figure."""
    for naam, deel in _EEN.items():
        if id := st.query_params.get(naam, ""):
            if st.session_state.get(f"{DEEL}.gevraagd") != (naam, id):
                st.session_state[f"{DEEL}.gevraagd"] = (naam, id)
                st.session_state[DEEL] = deel
                # From this very page the browser would keep the address that it had.
                st.query_params[naam] = id
            if not _one(naam, id):
                onderdelen.weigering(
                    "Deze uitleg is er niet, of heet nu anders. Zoek haar hieronder.", soort="niet_gevonden"
                )
            return


def _one(naam: str, id: str) -> bool:
    match naam:
        case "waarom" if een := waarom.alle().get(id):
            onderdelen.kop(een.titel)
            _why(een)
        case "begrip" if begrip := begrippen.alle().get(id):
            onderdelen.kop(begrip.woord)
            _word(begrip)
        case "kengetal" if kengetal := begrippen.kengetallen().get(id):
            onderdelen.kop(kengetal.titel)
            _figure(kengetal)
        case _:
            return False
    return True


def deel() -> str:
    """Let the reader choose a part of the help."""
    if st.query_params.get("deel", "") in DELEN and DEEL not in st.session_state:
        st.session_state[DEEL] = st.query_params["deel"]
    st.session_state.setdefault(DEEL, "zoeken")
    return st.segmented_control(
        "Deel van de hulp", list(DELEN), format_func=lambda id: DELEN[id], key=DEEL, required=True,
        label_visibility="collapsed",
    )  # fmt: skip


def toon(gekozen: str) -> None:
    """Draw the chosen part."""
    match gekozen:
        case "waarom":
            _all_why()
        case "begrippen":
            _all_words()
        case "kengetallen":
            _all_figures()
        case _:
            _search()


def _search() -> None:
    wie = scherm.gebruiker()
    getypt = st.text_input(
        "Zoeken in de hulp", key="hulp.zoek", type="search", max_chars=200,
        placeholder="Bijvoorbeeld: te laat, brief, stap 5",
        persist_state="session",
        help="Zoekt in stappen, weigeringen, begrippen, kengetallen, vragen en pagina's. Alle woorden moeten erin "
        "staan; hoofdletters, accenten, streepjes en volgorde maken niet uit.",
    )  # fmt: skip
    if not (getypt or "").strip():
        onderdelen.verwijzing("handleiding", "De handleiding voor uw rol")
        onderdelen.verwijzing("reglement", "De achttien stappen")
        onderdelen.verwijzing("rechten", "Wie wat mag")
        return
    alles = zoeken.pieces(scherm.reglement(), scherm.vandaag(), wie)
    gevonden = zoeken.search(getypt, alles)
    if gevonden:
        hoeveel = len(gevonden)
        meer = f" U ziet de eerste {zoeken.HOOGSTENS}; typ een woord erbij om er minder te zien." * (
            hoeveel > zoeken.HOOGSTENS
        )
        st.markdown(f"{onderdelen.getal(hoeveel)} gevonden.{meer}")
    elif gevonden := zoeken.nearest(getypt, alles):
        st.markdown("Nergens staan al deze woorden bij elkaar. Dit komt het dichtst in de buurt:")
    else:
        st.markdown("Niets gevonden. Probeer een ander woord voor hetzelfde.")
        return
    st.html(_VONDST)
    for nr, stuk in enumerate(gevonden[: zoeken.HOOGSTENS]):
        with st.container(border=True, gap="xsmall", key=f"hulp-vondst-{nr}"):
            st.markdown(f":gray-badge[{stuk.soort}]")
            onderdelen.verwijzing(stuk.pagina, veilig(stuk.titel), **dict(stuk.vraag))
            st.markdown(veilig(zoeken.excerpt(stuk, getypt)))


# --- why not ---------------------------------------------------------------------------------------------------------


def _all_why() -> None:
    st.markdown(
        "Wat het register weigert, met de regel en wat u kunt doen. Bij een weigering op een pagina staat een link "
        "hierheen."
    )
    for titel, groep in waarom.groepen().items():
        onderdelen.kop(titel)
        for een in groep:
            with st.expander(een.titel):
                _why(een)


def _why(een: Waarom) -> None:
    st.markdown(
        f"{veilig(een.regel)}  \n**Waar het vandaan komt:** {een.herkomst}  \n**Wat u kunt doen:** {veilig(een.doen)}"
    )
    for nr in een.stappen:
        onderdelen.verwijzing("reglement", f"Stap {nr} in het reglement", stap=str(nr))


# --- words and figures -----------------------------------------------------------------------------------------------


def _all_words() -> None:
    for begrip in begrippen.alle().values():
        with st.expander(begrip.woord):
            _word(begrip)


def _word(begrip: Begrip) -> None:
    st.markdown(veilig(begrip.uitleg))
    with st.container(horizontal=True):
        for naam in begrip.paginas:
            if naam != "hulp":
                onderdelen.verwijzing(naam)


def _all_figures() -> None:
    st.markdown(
        "Van elk cijfer van de evaluatie wat het vraagt en wat het telt: dezelfde tekst waarmee het register rekent."
    )
    for kengetal in begrippen.kengetallen().values():
        with st.expander(kengetal.titel):
            _figure(kengetal)


def _figure(kengetal: Kengetal) -> None:
    st.markdown(f"**{veilig(kengetal.vraag)}**  \n{veilig(begrippen.telt(kengetal))}  \n{veilig(kengetal.waarom)}")
    onderdelen.verwijzing("verkenner", "Zelf bekijken in de Verkenner")


# --- the handleiding of a role ---------------------------------------------------------------------------------------


def choose_role() -> tuple[str, ...]:
    """Let the reader choose a role; the own ones until then, or the one of the address."""
    wie = scherm.gebruiker()
    if ROL not in st.session_state and st.query_params.get("rol", "") in organisatie.ROLLEN:
        st.session_state[ROL] = st.query_params["rol"]
    rol = st.selectbox(
        "Laat zien wat hoort bij",
        ["", *organisatie.ROLLEN],
        format_func=lambda rol: organisatie.ROLLEN.get(rol) or f"Mijn eigen rol ({wie.rolnamen})",
        key=ROL,
        placeholder="Kies een rol",
    )
    return (rol,) if rol else tuple(rol for rol in organisatie.ROLLEN if rol in wie.rollen)


def handleiding(rollen: tuple[str, ...]) -> None:
    """Draw the handleiding of these roles, with the same as PDF."""
    register, op, reglement = scherm.register(), scherm.vandaag(), scherm.reglement()
    if rechten.mag("uitvoer", UITVOER, scherm.gebruiker()).mag:
        maak = partial(
            boek.pdf, boek.parts(rollen, reglement, op), rollen, op=op, stijl=jaarverslag.stijl(register, op),
            organisatie=register.organisatie.gegevens(op).naam or "Organisatie",
        )  # fmt: skip
        aanbod.knop(
            "Deze handleiding als PDF", f"handleiding-{'-'.join(rollen)}.pdf", PDF_SOORT.mime, Maker(UITVOER, maak),
            key="handleiding.pdf", icon=":material/picture_as_pdf:",
        )  # fmt: skip
    for deel in boek.work(rollen, reglement, op):
        onderdelen.kop(deel.kop)
        for alinea in deel.alineas:
            st.markdown(veilig(alinea))
        if deel.punten:
            st.markdown("\n".join(f"- {veilig(zin)}" for zin in deel.punten))


def questions(rollen: tuple[str, ...]) -> None:
    """Draw the questions of these roles, the one of the address unfolded and first."""
    gevraagd = st.query_params.get("vraag", "")
    taken = vragen.taken_voor(*rollen)
    # What was searched for may be asked by another role.
    if gevraagd not in {taak.id for taak in taken}:
        taken = [*(taak for taak in vragen.taken() if taak.id == gevraagd), *taken]
    for taak in sorted(taken, key=lambda taak: taak.id != gevraagd):
        with st.expander(taak.vraag, expanded=taak.id == gevraagd):
            st.markdown(taak.antwoord)
            if paginas.pagina(taak.pagina).naam != "handleiding":
                onderdelen.verwijzing(taak.pagina)
