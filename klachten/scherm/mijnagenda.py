"""Page Mijn agenda: the address of one's own terms; it is shown once, and with it they can be read."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from klachten import rechten, scherm, taal
from klachten.kijklog.regel import AGENDA, AGENDA_WEG
from klachten.scherm import agenda, kijker, kijklog, persoonlijk
from klachten.tijdzone import NEDERLAND
from klachten.toegang.agendas import Agenda, Agendas

NIEUW = "mijnagenda.adres"
WAT = (
    "Een programma met een agenda, zoals Outlook, Google Agenda of de agenda van uw telefoon, kan uw termijnen tonen "
    "en zelf bijhouden. Er komt in te staan: het klachtnummer, de stap, de laatste dag en een link naar het register. "
    "Namen en teksten komen er niet in. Uw agenda ziet alleen taken die van u zijn en een laatste dag hebben."
)
HOE = (
    "Kies in uw agenda *Abonneren op agenda* of *Agenda toevoegen via internet*, en plak daar het adres. Kies geen "
    "*Importeren*: dan blijft staan wat er vandaag is. Hoe vaak het wordt bijgewerkt, beslist uw agenda: soms elk uur, "
    "soms eens per dag. Ga bij twijfel dus uit van Werkvoorraad."
)
LET_OP = (
    "**Wie dit adres heeft, ziet uw termijnen zonder zich aan te melden.** Deel het met niemand. Een agenda op "
    "internet leest het vanaf een computer van de aanbieder: overleg dat eerst met uw beheerder. U ziet het adres "
    "alleen nu."
)


def toon() -> None:
    """Draw what there is, the address when it was just made, and the buttons."""
    wie = scherm.gebruiker()
    bestaat = Agendas(persoonlijk.opslag()).of(wie.id)
    st.markdown(WAT)
    van, adres = st.session_state.pop(NIEUW, ("", ""))
    if adres and van == wie.id and bestaat:
        st.success(LET_OP, icon=":material/key:")
        st.code(adres, language=None, wrap_lines=True)
        st.markdown(HOE)
    _state(bestaat)
    with st.container(horizontal=True):
        st.button(
            "Nieuw adres maken" if bestaat else "Adres maken", key="mijnagenda.maak", type="primary", on_click=_make,
            icon=":material/add_link:", help="Een ouder adres werkt daarna niet meer." if bestaat else None,
        )  # fmt: skip
        if bestaat:
            st.button("Adres intrekken", key="mijnagenda.weg", icon=":material/link_off:", on_click=_revoke)
    if kijker.is_example():
        st.markdown(":small[In het voorbeeld werkt een adres alleen op deze computer, en tot klachten stopt.]")
    else:
        st.markdown(
            ":small[Het adres vervalt ook als u geen rol met taken meer hebt, als uw aanmelding wordt geblokkeerd of "
            "opnieuw ingesteld, en als het register uit een reservekopie komt. Overal afmelden laat het bestaan.]"
        )


def _state(bestaat: Agenda | None) -> None:
    if bestaat is None:
        st.markdown("U hebt nu geen adres.")
        return
    gelezen = f"laatst gelezen op {_moment(bestaat.opgehaald)}" if bestaat.opgehaald else "nog niet gelezen"
    st.markdown(f"U hebt een adres, gemaakt op {_moment(bestaat.gemaakt)}, {gelezen}.")


def _moment(seconden: float) -> str:
    return taal.tijdstip(datetime.fromtimestamp(seconden, NEDERLAND))


def _make() -> None:
    wie = scherm.gebruiker()
    if not rechten.mag("uitvoer", agenda.UITVOER, wie).mag:
        return
    geheim = Agendas(persoonlijk.opslag()).make(wie.id, persoonlijk.now())
    kijklog.van(scherm.register()).note(AGENDA, wie.id, sessie=kijker.hash())
    st.session_state[NIEUW] = (wie.id, f"{kijker.origin()}{agenda.PAD}{geheim}{agenda.EINDE}")


def _revoke() -> None:
    wie = scherm.gebruiker()
    if Agendas(persoonlijk.opslag()).revoke(wie.id):
        kijklog.van(scherm.register()).note(AGENDA_WEG, wie.id, sessie=kijker.hash())
