"""Looking at one file of a dossier in the page itself, or the sentence that says why that cannot be."""

from __future__ import annotations

import streamlit as st

from klachten import scherm
from klachten.dossier.weigering import Weigering
from klachten.handelingen.bestandssoort import kind
from klachten.scherm import aanbod, onderdelen
from klachten.scherm.dossier import kijkvenster, stuk, weergave
from klachten.versleuteling import SleutelOntbreekt

WEG = "Dit stuk staat niet meer in het dossier."
DICHT = Weigering(
    "sleutel_past_niet", "Dit stuk kan niet worden geopend: de sleutel waarmee het is versleuteld, ontbreekt."
)
VERANDERD = Weigering(
    "stuk_veranderd",
    "Dit stuk is veranderd sinds het is vastgelegd en wordt niet getoond. Vraag de beheerder om een reservekopie.",
)
NIET_TE_BEKIJKEN = "Een {} is hier niet te bekijken. Download het stuk om het te openen."


def toon(nummer: str, nr: int, document: str, naam: str) -> None:
    """Draw the document that came with a fact, to look at where that is safe; else say why it cannot be."""
    try:
        inhoud = scherm.register().document(nummer, document)
    except SleutelOntbreekt:
        st.warning(DICHT, icon=":material/lock:")
        st.markdown(f":small[{onderdelen.waarom(DICHT)}]")
        return
    except ValueError:
        onderdelen.weigering(VERANDERD)
        return
    except FileNotFoundError:
        st.markdown(WEG)
        return
    soort = weergave.can_show(inhoud)
    if not soort:
        bekend = kind(inhoud)
        st.info(NIET_TE_BEKIJKEN.format(bekend.naam if bekend else "bestand van deze soort"))
        return
    adres = stuk.kijkadres(nummer, nr)
    kijkvenster.kijk(adres, naam or "stuk zonder naam", soort, key=f"kijk.{nr}")
    aanbod.verwijs("In een nieuw tabblad", adres, key=f"tabblad.{nr}", icon=":material/open_in_new:")
