"""Step 16 as a meeting: one section at a time, its figure large, with last year beside it and what is concluded now."""

from __future__ import annotations

from functools import partial

import streamlit as st

from klachten import handelingen, organisatie, scherm
from klachten.analyse.rapport import terugblik
from klachten.analyse.rapport import vergadering as papier
from klachten.analyse.rapport.onderdelen import Onderdeel
from klachten.analyse.rapport.vervolg import Evaluatie
from klachten.gebeurtenissen import ONDERDELEN
from klachten.handelingen import HANDELINGEN, Veld
from klachten.scherm import datumveld, typen
from klachten.scherm import onderdelen as deel_van
from klachten.scherm.evaluatie import delen, jaarkort, stukbeeld, tekenen
from klachten.scherm.evaluatie.keuze import Keuze, Welke
from klachten.scherm.evaluatie.vergaderconcept import SLOT, Vergaderconcept
from klachten.scherm.evaluatie.zitting import Zitting
from klachten.scherm.velden import KIES, mistake
from klachten.taal import tijdstip

BEPALEN = "stap_16_bepalen_verbeteractie"
ONDERDEEL, OVERZICHT = "onderdeel", "overzicht"
SLOT_TITEL, OVERZICHT_TITEL = papier.EINDCONCLUSIE, "Overzicht en vastleggen"
SOORTEN = {
    "aantal": "intensiteit", "op_tijd": "termijntarieven", "waarover": "categorieen", "geschillen": "geschillen",
    "maatregelen": "maatregelen_opvolging",
}  # fmt: skip
VERDER = {
    "terugblik": "verbeteracties", "aantal": "jaarbeeld", "op_tijd": "termijnen", "waarover": "categorieen",
    "afloop": "categorieen", "geschillen": "jaarbeeld", "maatregelen": "opvolging", "besluiten": "escalatie",
}  # fmt: skip
"""On which page more is to be read of a section."""


def plaatje(zitting: Zitting, onderdeel: str, *, groot: bool = False) -> None:
    """Draw the chart of a section as the Jaarbeeld draws it."""
    maat: tekenen.Maat = "groot" if groot else "klein"
    grafiek = partial(delen.grafiek, maat=maat, key=f"vergadering.{onderdeel}")
    beeld = zitting.beeld
    keuze = Keuze(
        periode=beeld.periode,
        peildatum=beeld.peildatum,
        verzameling=Welke("register", scherm.reglement().id),
        naam="",
    )
    if onderdeel in SOORTEN and beeld.klachten:
        zin = next(deel.kern[0] for deel in zitting.delen() if deel.id == onderdeel)
        jaarkort.PLAATJES[SOORTEN[onderdeel]](keuze, beeld, grafiek, zin)


# --- the meeting itself ----------------------------------------------------------------------------------------------


def stops() -> dict[str, str]:
    """Return where a meeting goes along, in order: every section, the conclusion on the whole, and all of it."""
    return {**ONDERDELEN, SLOT: SLOT_TITEL, OVERZICHT: OVERZICHT_TITEL}


def gekozen() -> str:
    """Return the stop that the address names, else the first one."""
    namen = stops()
    gevraagd = st.query_params.get(ONDERDEEL, "")
    return gevraagd if gevraagd in namen else next(iter(namen))


def kies(zitting: Zitting) -> str:
    """Let the user go to a stop, and return its id; it stands in the address, so a reload stays there."""
    namen, nu = stops(), gekozen()
    ids = list(namen)

    def genoemd(id: str) -> str:
        gedaan = zitting.concept.iets(id) if id in ONDERDELEN else id == SLOT and bool(zitting.concept.tekst(SLOT))
        return f"{':material/check: ' if gedaan else ''}{ids.index(id) + 1}. {namen[id]}"

    st.session_state["vergadering.onderdeel"] = nu
    st.pills(
        "Onderdelen",
        ids,
        required=True,
        format_func=genoemd,
        key="vergadering.onderdeel",
        label_visibility="collapsed",
        on_change=_naar_gekozen,
    )
    return nu


def _naar_gekozen() -> None:
    st.query_params[ONDERDEEL] = st.session_state["vergadering.onderdeel"]


def ga(id: str) -> None:
    """Go to another stop."""
    st.query_params[ONDERDEEL] = id


def stap_verder(nu: str) -> None:
    """Draw the way to the stop before and the one after."""
    namen = stops()
    ids = list(namen)
    plek = ids.index(nu)
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        if plek:
            vorige = ids[plek - 1]
            st.button(
                f"Vorige: {namen[vorige]}", key="vergadering.vorige", icon=":material/arrow_back:", on_click=ga,
                args=(vorige,),
            )  # fmt: skip
        if plek + 1 < len(ids):
            volgende = ids[plek + 1]
            st.button(
                f"Volgende: {namen[volgende]}", key="vergadering.volgende", icon=":material/arrow_forward:",
                type="primary", on_click=ga, args=(volgende,),
            )  # fmt: skip


def onderdeel(zitting: Zitting, deel: Onderdeel) -> None:
    """Draw one section: the figure, what was concluded last time and came of it, and what is concluded now."""
    with st.container(key=stukbeeld.BLAD):
        deel_van.kop(f"{list(ONDERDELEN).index(deel.id) + 1}. {deel.titel}")
        links, rechts = st.columns([3, 2], gap="large")
        with links:
            st.markdown(f"*{deel_van.veilig(deel.vraag)}*")
            stukbeeld.grote_cijfers(deel.cijfers, key=deel.id)
            if deel.rest:
                st.markdown(f":small[{deel_van.veilig(deel.rest)}]")
            plaatje(zitting, deel.id, groot=True)
            if deel.id == "besluiten":
                delen.zinnen([deel_van.veilig(zin) for zin in deel.kern])
            else:
                st.markdown("\n\n".join(deel_van.veilig(zin) for zin in deel.kern))
            st.markdown(f":small[:material/info: {deel_van.veilig(deel.voorbehoud)}]")
            if deel.meer:
                with st.expander(f"Meer bevindingen ({len(deel.meer)})"):
                    delen.zinnen([deel_van.veilig(zin) for zin in deel.meer])
            vraag = {} if VERDER[deel.id] in ("verbeteracties", "escalatie") else {
                "periode": zitting.periode.sleutel, "peildatum": zitting.op.isoformat()
            }  # fmt: skip
            deel_van.verwijzing(VERDER[deel.id], **vraag)
            if deel.id == "terugblik":
                # This is what the section is about: it has the room of a chart.
                _vorige_keer(zitting, deel.id)
        with rechts:
            if deel.id != "terugblik":
                _vorige_keer(zitting, deel.id)
            deel_van.tussenkop("Wat concluderen wij?")
            st.text_area(
                "Wat concluderen wij?",
                height=150,
                label_visibility="collapsed",
                **zitting.concept.prepare(f"conclusie.{deel.id}"),
            )
            _acties(zitting.concept, deel.id)
            typen.bewaar_tijdens_typen()


def _vorige_keer(zitting: Zitting, onderdeel: str) -> None:
    """Draw what was concluded about a section last time, and what came of it."""
    voor = zitting.voor
    terug = terugblik.terug(onderdeel, voor.cijfers, voor.vorige, voor.afspraken, voor.binnen)
    if terug:
        stukbeeld.toon(terug, genummerd=False, kort=onderdeel != "terugblik")
    else:
        st.markdown(f":small[{deel_van.veilig(_niets_eerder(voor.vorige))}]")
    al = voor.eerder.onderdelen.get(onderdeel, "") if voor.eerder else ""
    stukbeeld.toon(terugblik.al_geconcludeerd(voor.eerder, al, heropent=bool(voor.heropent)))


def _niets_eerder(vorige: Evaluatie | None) -> str:
    """Say why nothing of an earlier evaluation stands beside a section."""
    if vorige is None:
        return terugblik.GEEN_VORIGE
    wanneer = f"De vorige evaluatie (over {vorige.over}, {vorige.nummer})"
    if not vorige.onderdelen:
        return f"{wanneer} is als geheel vastgelegd; haar conclusies staan bij {ONDERDELEN['terugblik']}."
    return f"{wanneer} concludeerde hierover niets apart."


def _acties(concept: Vergaderconcept, onderdeel: str) -> None:
    """Ask which verbeteracties follow from a section: what, who, and by when."""
    fouten = concept.fouten
    velden = {veld.naam: veld for veld in HANDELINGEN[BEPALEN].velden}
    rijen = concept.rijen(onderdeel)
    for plaats in range(1, rijen + 1):
        waar = f"actie.{onderdeel}.{plaats}"
        nr = f" {plaats}" if rijen > 1 else ""
        with st.container(border=True):
            st.text_area(f"Verbeteractie{nr} die volgt", height=80, **concept.prepare(f"{waar}.omschrijving"))
            _fout(fouten, f"{waar}.omschrijving")
            # Below each other: beside each other a name and a year do not fit on a laptop.
            _actienemer(velden["actienemer"], concept, waar, nr)
            _fout(fouten, f"{waar}.actienemer")
            datumveld.vraag(
                f"Uiterlijk op{nr and f' (verbeteractie{nr})'}",
                value=None,
                **concept.prepare(f"{waar}.uiterlijk_op", None),
            )
            _fout(fouten, f"{waar}.uiterlijk_op")
    st.button(
        "Nog een verbeteractie", key=f"vergadering.meer.{onderdeel}", icon=":material/add:", type="tertiary",
        on_click=concept.add_row, args=(onderdeel,),
    )  # fmt: skip


def _actienemer(veld: Veld, concept: Vergaderconcept, waar: str, nr: str) -> None:
    namen = dict(handelingen.options(veld, scherm.reglement(), scherm.vandaag()))
    gekozen = concept.waarden.get(f"{waar}.actienemer")
    if gekozen and gekozen not in namen:
        # Who left since is still who was agreed; recording says that another is needed.
        namen[gekozen] = organisatie.naam(gekozen)
    st.selectbox(
        f"Actienemer{nr and f' (verbeteractie{nr})'}",
        list(namen),
        index=None,
        format_func=lambda id: namen.get(id, str(id)),
        placeholder=KIES,
        **concept.prepare(f"{waar}.actienemer", None),
    )


def _fout(fouten: dict[str, str], waar: str) -> None:
    if waar in fouten:
        mistake(fouten[waar])


def slot(zitting: Zitting) -> None:
    """Ask for the conclusion on the whole, with that of last time beside it."""
    with st.container(key=stukbeeld.BLAD):
        deel_van.kop(f"{len(ONDERDELEN) + 1}. {SLOT_TITEL}")
        voor = zitting.voor
        if vorige := voor.vorige:
            deel_van.tussenkop(f"Vorige keer (over {vorige.over}, {vorige.nummer})")
            stukbeeld.toon([papier.citaat(vorige.conclusies or papier.GEEN)])
        for een in voor.binnen:
            deel_van.tussenkop(terugblik.over_een_deel(een))
            stukbeeld.toon([papier.citaat(een.conclusies or papier.GEEN)])
        al = voor.eerder.conclusies if voor.eerder else ""
        stukbeeld.toon(terugblik.al_geconcludeerd(voor.eerder, al, heropent=bool(voor.heropent)))
        deel_van.tussenkop("Wat is de conclusie over het geheel?")
        st.text_area(
            "Wat is de conclusie over het geheel?",
            height=220,
            label_visibility="collapsed",
            **zitting.concept.prepare(SLOT),
        )
        typen.bewaar_tijdens_typen()


def bewaard_regel(concept: Vergaderconcept) -> None:
    """Say that what is filled in is kept, and since when; or that it could not be."""
    if concept.niet_bewaard:
        st.error(
            f"Wat u invult kan nu niet als concept worden bewaard ({concept.niet_bewaard}). Laat dit venster open en "
            "vraag de beheerder.",
            icon=":material/cloud_off:",
        )
    elif concept.bewaard_op:
        st.markdown(f":small[:material/cloud_done: Bewaard als concept, {tijdstip(concept.bewaard_op)}.]")
