"""Page Post: every e-mail that the reader may know of, what it waits for, and what somebody has to decide."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from klachten import rechten, scherm
from klachten.analyse.werk.klachtenlijst import readable
from klachten.organisatie import Gebruiker
from klachten.post import uit
from klachten.post.uit.bericht import BEZIG, INGETROKKEN, VERZONDEN, WACHT, Bericht, with_texts
from klachten.register import Register
from klachten.scherm import berichten, formulier, onderdelen

PLEK, WELKE, BLAD = "post", "post.welke", "post.blad"
BESLUIT, WACHTEN, GEGAAN, WEG = "Vraagt een besluit", "Wacht", "Verzonden", "Ingetrokken"
LAATSTE = 500
"""Of what has gone or was withdrawn so many are shown: the rest stands in its dossier."""


def toon() -> None:
    """Draw whether mail goes out, and the messages by what is to be done with them."""
    formulier.meldingen(PLEK)
    if waarom := berichten.may_go():
        st.info(onderdelen.veilig(waarom), icon=":material/mail_off:")
    onderdelen.zonder_betrokken()
    delen = per_part(scherm.register(), scherm.gebruiker())
    if not any(delen.values()):
        onderdelen.lege_staat("Er is nog geen e-mail", "Een brief die u per e-mail verstuurt, komt hier te staan.")
        return
    gekozen = st.segmented_control(
        "Welke",
        list(delen),
        format_func=lambda naam: f"{naam} ({onderdelen.getal(len(delen[naam]))})",
        key=WELKE,
        default=next(naam for naam, rijen in delen.items() if rijen),
        label_visibility="collapsed",
        required=True,
    )
    _list(delen[gekozen or BESLUIT])


def per_part(register: Register, wie: Gebruiker) -> dict[str, list[Bericht]]:
    """Return the messages that somebody may know of, by what is to be done with them."""
    open_, vragen = uit.open_berichten(register), uit.vragen(register)
    gevraagd = {een.nr for een in vragen}
    wachten = [een for een in open_ if een.toestand in (WACHT, BEZIG) and een.nr not in gevraagd]
    gegaan = [een for een in uit.stand(register, toestand=VERZONDEN, hoogstens=LAATSTE) if een.nr not in gevraagd]
    weg = uit.stand(register, toestand=INGETROKKEN, hoogstens=LAATSTE)
    leest = _reads(register, {een.klachtnummer for een in (*vragen, *wachten, *gegaan, *weg)}, wie)
    delen = {BESLUIT: vragen, WACHTEN: wachten, GEGAAN: gegaan, WEG: weg}
    return {naam: [een for een in rijen if een.klachtnummer in leest] for naam, rijen in delen.items()}


def _reads(register: Register, nummers: set[str], wie: Gebruiker) -> set[str]:
    """Return in which of these dossiers somebody may know of a message: an involved person in none of that klacht."""
    klachten = sorted(nummer for nummer in nummers if nummer.startswith("K"))
    leest: set[str] = set()
    if klachten:
        with register.cursor() as cursor:
            leest |= readable(cursor, klachten, wie)
    if rechten.mag("inzage", "evaluatie", wie).alles:
        leest |= {nummer for nummer in nummers if nummer.startswith("E")}
    return leest | {nummer for nummer in nummers if nummer.startswith("P")}


def _list(rijen: Sequence[Bericht]) -> None:
    limit, eerste = onderdelen.bladeren(len(rijen), key=BLAD, woord="bericht" if len(rijen) == 1 else "berichten")
    if not rijen:
        st.markdown("Hier is nu niets te doen.")
    register, wie = scherm.register(), scherm.gebruiker()
    for bericht in with_texts(register, rijen[eerste : eerste + limit]):
        if bericht.klachtnummer.startswith("P"):
            # What somebody was told of klachten is for that one to read: another may be involved in one of them.
            eigen = bericht.klachtnummer == register.organisatie.mensen[wie.id].nummer
            berichten.toon(bericht, plek=PLEK, naar=onderdelen.dossiernaam(bericht.klachtnummer), inhoud=eigen)
        else:
            berichten.toon(bericht, plek=PLEK, naar=bericht.klachtnummer)
