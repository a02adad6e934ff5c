"""Help at a step: a fold at the form where it is done, and the same on page Reglement."""

from __future__ import annotations

import streamlit as st

from klachten import scherm, taal
from klachten.dossier.klacht import Dossier, Feiten
from klachten.handelingen import Handeling
from klachten.reglement import Reglement, Termijn
from klachten.scherm import onderdelen, uitleg
from klachten.scherm.hulp import stappen
from klachten.scherm.hulp.stappen import Regel
from klachten.scherm.paginas import pagina

STAP = "stap"
"""In the address of page Reglement: the step that it opens with."""


def vouw(handeling: Handeling, feiten: Feiten | None = None, *, ook: tuple[int, ...] = ()) -> None:
    """Draw a fold that says what one needs to know of the step of a form, by the reglement of this dossier.

    `ook` are the steps that the same form records.
    """
    if not handeling.stap:
        return
    reglement, op, versie = scherm.reglement(feiten, handeling.naam), scherm.vandaag(), None
    if isinstance(feiten, Dossier):
        op, versie = feiten.ontvangen_op, feiten.ontvangst.reglement_versie
    if handeling.stap not in reglement.rollen:
        return
    welke = taal.opsomming((handeling.stap, *ook))
    with st.expander(f"Hulp bij stap {welke}: wie, wat en wanneer", icon=":material/help:"):
        _lines(stappen.regels(reglement, op, handeling.stap, handeling, versie))
        for nr in ook:
            st.markdown(f"**Stap {nr}, {onderdelen.veilig(reglement.stap(nr).naam)}**")
            _lines(stappen.regels(reglement, op, nr, None, versie))
        # In another tab: what was filled in below stays.
        adres = onderdelen.adres("reglement", stap=str(handeling.stap))
        st.markdown(f"[Stap {handeling.stap} in het reglement (nieuw tabblad)]({adres})")


def _lines(regels: list[Regel]) -> None:
    st.markdown("  \n".join(f"**{regel.vraag}:** {onderdelen.veilig(regel.antwoord)}" for regel in regels))


def asked(reglement: Reglement, termijnen: tuple[Termijn, ...]) -> None:
    """Draw the step that the address asks for above all others, when it asks for one."""
    nr = st.query_params.get(STAP, "")
    if nr.isascii() and nr.isdigit() and int(nr) in reglement.rollen:
        onderdelen.kop(f"Stap {int(nr)}")
        blok(reglement, int(nr), termijnen, heel=True)


def blok(reglement: Reglement, nr: int, termijnen: tuple[Termijn, ...], *, heel: bool = False) -> None:
    """Show one step: what it is, who does it, which term it has, what one records, and the page where it is done."""
    deze = reglement.stap(nr)
    with st.container(border=True):
        onderdelen.tussenkop(f"{nr}. {deze.naam}")
        st.markdown(onderdelen.veilig(deze.uitleg))
        kenmerken = [f":gray-badge[:material/person: {uitleg.rolnamen(deze.rollen)}]"]
        kenmerken += [
            f":blue-badge[:material/schedule: {termijn.in_woorden()}]" for termijn in termijnen if termijn.stap == nr
        ]
        if deze.brief:
            kenmerken.append(":gray-badge[:material/mail: schriftelijk aan de indiener]")
        st.markdown(" ".join(kenmerken))
        regels = stappen.regels(reglement, scherm.vandaag(), nr)
        if heel:
            _lines(regels)
        else:
            with st.expander("Wat u vastlegt, wanneer, en wat daarna komt"):
                _lines(regels)
        mag = not scherm.gebruiker().rollen.isdisjoint(deze.rollen)
        onderdelen.verwijzing(deze.pagina, f"Stap {nr} vastleggen" if mag else f"Naar {pagina(deze.pagina).titel}")
