"""A mail that says that a message of ours did not arrive: a person records that it came back, or says otherwise."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from klachten import handelingen, scherm
from klachten.handelingen import HANDELINGEN, Geweigerd
from klachten.post import uit
from klachten.post.binnen.voorstel import TERUG
from klachten.post.uit import handelen
from klachten.postvak import Poststuk
from klachten.register.fouten import RegisterFout
from klachten.scherm import onderdelen

_WAT = "Met deze mail is geen klacht begonnen: volgens de mail is een bericht dat hier werd verstuurd niet aangekomen."
WACHT = (
    f"{_WAT} Wie het dossier van dat bericht mag lezen, ziet de mail bij Binnengekomen mail en legt daar vast dat het "
    "bericht is teruggekomen."
)
LAG_TERZIJDE = (
    f"{_WAT} De mail kwam al eerder binnen en is toen terzijde gelegd. Wie het dossier van dat bericht mag lezen, kan "
    "de mail terughalen bij Terzijde gelegde mail."
)


def toon(stuk: Poststuk, plek: str, doe: Callable[[str], None]) -> None:
    """Say that a message came back, with the text for the dossier, and the button that records it for who may."""
    if not stuk.gegevens.get(TERUG):
        return
    nr, dossier, melding = stuk.gegevens[TERUG]
    st.warning(
        f"Volgens deze mail is bericht {nr} in {onderdelen.veilig(dossier)} niet aangekomen. Kijk of dat klopt, en leg "
        "het dan vast.",
        icon=":material/undo:",
    )
    if not _may(int(nr), str(dossier)):
        return
    st.text_area("Wat er in het bericht staat dat terugkwam", value=melding, key=f"{plek}.{stuk.id}.melding")
    st.button("Is teruggekomen", key=f"{plek}.{stuk.id}.retour", on_click=doe, args=(stuk.id,), icon=":material/undo:")


def _may(nr: int, dossier: str) -> bool:
    bericht = uit.een(scherm.register(), nr)
    if bericht is None or handelen.TERUG not in handelen.acts(bericht, scherm.vandaag()):
        return False
    try:
        feiten = handelingen.dossier_van(scherm.register(), dossier)
    except (Geweigerd, RegisterFout, ValueError):
        return False
    doe = HANDELINGEN[handelen.TERUG]
    return doe.toets(feiten, scherm.gebruiker(), scherm.reglement(feiten))[1] is None


def record(stuk: Poststuk, plek: str) -> str:
    """Record that the message came back, by all the rules of that; return what was done as a sentence."""
    nr, dossier, _ = stuk.gegevens[TERUG]
    tekst = str(st.session_state.get(f"{plek}.{stuk.id}.melding", ""))
    handelen.do(
        scherm.register(), scherm.gebruiker(), handelen.TERUG, int(nr), vandaag=scherm.vandaag(), toelichting=tekst
    )
    return f"Bij {dossier} staat nu dat bericht {nr} is teruggekomen. Beslis daar hoe het verder gaat."
