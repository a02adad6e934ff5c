"""The end of an evaluation meeting: all that was concluded, who was there, and the act that records it (step 16)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import streamlit as st

from klachten import handelingen, jaarverslag, organisatie, scherm, taal
from klachten.dossier.weigering import gezegd
from klachten.gebeurtenissen import ONDERDELEN
from klachten.handelingen import HANDELINGEN, Geweigerd, OngeldigeInvoer, RedenNodig, Veld
from klachten.handelingen.vergadering import Vergadering, record
from klachten.register.fouten import RegisterFout
from klachten.scherm import formulier, onderdelen
from klachten.scherm.dossier import feit
from klachten.scherm.evaluatie import vergadering
from klachten.scherm.evaluatie.bevriezen import EVALUEREN
from klachten.scherm.evaluatie.vergaderconcept import AANWEZIG, DIRECTIE, SLOT, WEIGERING, Vergaderconcept
from klachten.scherm.evaluatie.zitting import Zitting, tussentijds
from klachten.scherm.hulp import stap as hulp
from klachten.scherm.redenen import REDEN
from klachten.scherm.velden import mistake
from klachten.scherm.weergave import DEEL

PLEK = "vergadering"
NOTULEN = "notulen"


def overzicht(zitting: Zitting) -> None:
    """Draw all that was concluded, who was there, and the button that records it."""
    concept = zitting.concept
    onderdelen.kop(f"{len(ONDERDELEN) + 2}. {vergadering.OVERZICHT_TITEL}")
    if zin := tussentijds(zitting):
        st.info(onderdelen.veilig(zin), icon=":material/info:")
    hulp.vouw(HANDELINGEN[EVALUEREN])
    _gezegd(concept)
    onderdelen.tussenkop("Wie waren erbij?")
    velden = {veld.naam: veld for veld in HANDELINGEN[EVALUEREN].velden}
    fouten = concept.fouten
    ik = scherm.gebruiker()
    zelf = [ik.id] if "directie" in ik.rollen else []
    for naam, begin in ((DIRECTIE, zelf), (AANWEZIG, list[str]())):
        _mensen(velden[naam], concept, begin)
        if naam in fouten:
            mistake(fouten[naam])
    if zitting.heropent:
        st.text_area("Waarom wordt de evaluatie heropend?", height=80, **concept.prepare(REDEN))
        if REDEN in fouten:
            mistake(fouten[REDEN])
    _mistakes(fouten)
    with st.container(horizontal=True):
        st.button(
            "Evaluatie vastleggen en cijfers bevriezen",
            key="vergadering.vastleggen",
            type="primary",
            icon=":material/gavel:",
            on_click=_leg_vast,
            args=(zitting,),
        )
        with st.popover("Concept weggooien", type="tertiary", disabled=not concept.waarden):
            st.markdown("Alles wat van deze vergadering is ingevuld, verdwijnt.")
            st.button("Ja, weggooien", key="vergadering.weg", on_click=concept.throw_away)
    st.markdown(
        ":small[Alles wordt in één keer vastgelegd, of niets. Tot dan staat het alleen bij u. Daarna staat het in de "
        "notulen, voor iedereen die evaluaties mag lezen.]"
    )


def _gezegd(concept: Vergaderconcept) -> None:
    """Draw what was filled in, section by section; of what was not only the names."""
    leeg = [titel for id, titel in ONDERDELEN.items() if not concept.iets(id)]
    for id, titel in ONDERDELEN.items():
        if not concept.iets(id):
            continue
        with _kaart(id, titel, "Aanpassen"):
            if tekst := concept.conclusie(id):
                feit.letterlijk(tekst)
            for een in concept.voornemens(id):
                wie = organisatie.naam(een.actienemer) if een.actienemer else "nog niemand"
                wanneer = taal.datum(een.uiterlijk_op) if een.uiterlijk_op else "nog geen dag"
                feit.letterlijk(f"→ {een.omschrijving or 'Verbeteractie zonder omschrijving'}")
                st.markdown(f":small[{onderdelen.veilig(f'door {wie} · uiterlijk {wanneer}')}]")
    tekst = concept.tekst(SLOT)
    with _kaart(SLOT, vergadering.SLOT_TITEL, "Aanpassen" if tekst else "Invullen"):
        if tekst:
            feit.letterlijk(tekst)
        else:
            st.markdown("Nog niet ingevuld. Zonder eindconclusie kan de evaluatie niet worden vastgelegd.")
    if leeg:
        st.markdown(f":small[Zonder conclusie of verbeteractie, en dat mag: {onderdelen.veilig(', '.join(leeg))}.]")


@contextmanager
def _kaart(id: str, titel: str, knop: str) -> Iterator[None]:
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(f"**{titel}**")
            st.button(
                knop, key=f"vergadering.naar.{id}", type="tertiary", icon=":material/edit:", on_click=vergadering.ga,
                args=(id,), help=f"Naar {titel.lower()}",
            )  # fmt: skip
        yield


def _mensen(veld: Veld, concept: Vergaderconcept, begin: list[str]) -> None:
    namen = dict(handelingen.options(veld, scherm.reglement(), scherm.vandaag()))
    namen |= {id: organisatie.naam(id) for id in concept.waarden.get(veld.naam, ()) if id not in namen}
    st.multiselect(
        veld.label if veld.verplicht else f"{veld.label} (mag leeg blijven)",
        list(namen),
        format_func=lambda id: namen.get(id, str(id)),
        placeholder="Kies een of meer …",
        help=veld.hulp,
        **concept.prepare(veld.naam, begin),
    )


def _mistakes(fouten: dict[str, str]) -> None:
    """Say what keeps the meeting from being recorded, each with the section where it is put right."""
    if weigering := fouten.get(WEIGERING):
        onderdelen.weigering(weigering)
    fouten = {waar: zin for waar, zin in fouten.items() if waar != WEIGERING}
    if not fouten:
        return
    mistake("Er is nog niets vastgelegd. Kijk bij de rode zinnen.")
    for waar, zin in fouten.items():
        soort, _, rest = waar.partition(".")
        if soort in ("actie", "conclusie"):
            mistake(f"{ONDERDELEN[rest.partition('.')[0]]}: {zin}")
        elif soort == "conclusies":
            mistake(f"{vergadering.SLOT_TITEL}: vul dit in.")
        elif waar not in (DIRECTIE, AANWEZIG, REDEN):
            mistake(zin)


def _leg_vast(zitting: Zitting) -> None:
    """Record the meeting with its figures frozen, and go to the minutes; what is wrong is kept to be shown."""
    register, concept = scherm.register(), zitting.concept
    concept.fouten.clear()
    vergaderd = Vergadering(
        op=zitting.op,
        heropent=zitting.heropent,
        reden=concept.tekst(REDEN),
        evaluatie={
            "directieleden": tuple(st.session_state.get(concept.key(DIRECTIE), ())),
            "aanwezigen": tuple(st.session_state.get(concept.key(AANWEZIG), ())),
            "conclusies": concept.tekst(SLOT),
            "bestand": jaarverslag.bevroren_tekst(register, zitting.periode, zitting.op),
            **({} if zitting.heropent else _waarover(zitting)),
        },
        conclusies={id: tekst for id in ONDERDELEN if (tekst := concept.conclusie(id))},
        voornemens=concept.voornemens(),
    )
    try:
        uitkomst = record(register, scherm.gebruiker(), vergaderd, vandaag=scherm.vandaag())
    except OngeldigeInvoer as fout:
        concept.fouten.update(fout.velden)
    except (Geweigerd, RedenNodig, RegisterFout) as fout:
        concept.fouten[WEIGERING] = gezegd(fout)
    else:
        concept.throw_away()
        n = len(vergaderd.voornemens)
        acties = f" met {taal.aantal(n, 'verbeteractie', 'verbeteracties')}" if n else ""
        formulier.meld(f"Evaluatie {uitkomst.klachtnummer} is vastgelegd{acties} (stap 16).", plek=PLEK)
        st.query_params.from_dict(
            {naam: st.query_params[naam] for naam in ("als",) if naam in st.query_params}
            | {DEEL: NOTULEN, "evaluatie": uitkomst.klachtnummer}
        )


def _waarover(zitting: Zitting) -> dict[str, Any]:
    """Return what is asked of an evaluation about its days; of a year nothing but the year."""
    deel = zitting.deel
    return {"jaar": zitting.jaar, **({"van": deel.eerste, "tot": deel.laatste} if deel else {})}
