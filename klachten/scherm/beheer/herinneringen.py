"""The rules for reminders on page Organisatie: what holds, which one a form is about, and what it would do today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import chain
from typing import Any

import streamlit as st

from klachten import gebeurtenissen as g
from klachten import scherm, taal
from klachten.analyse.werk import herinnering
from klachten.analyse.werk.werkvoorraad import without_involved
from klachten.organisatie.herinneringen import hour
from klachten.organisatie.stand import remind
from klachten.scherm import onderdelen
from klachten.scherm.beheer import feiten, vooraf
from klachten.scherm.lijsten.taken import alle_taken

NIEUW = "Een nieuwe herinnering"
STELT, EINDIGT = "stellen_herinneringsregel", "beeindigen_herinneringsregel"
WEEK = 7
_MAIL = (
    "Wie aan iets wordt herinnerd, krijgt per dag één overzicht per e-mail. In Werkvoorraad staat bij elke taak "
    "wanneer dat is. Niemand wordt herinnerd in een weekend, op een feestdag, 's avonds of 's nachts. Wie afwezig is, "
    "krijgt niets; de vervanger wel, en zonder vervanger de coördinator. Zonder mailserver gaat er niets uit."
)


def geldend() -> dict[str, g.HerinneringsregelGesteld]:
    """Return the rules that hold today or begin later, by their id; of each the last one that is known."""
    org = scherm.register().organisatie
    dagen = {scherm.vandaag(), *(feit.vanaf for feit in org.van(g.HerinneringsregelGesteld))}
    return {regel.regel: regel for dag in sorted(dagen) if dag >= scherm.vandaag() for regel in _on(dag)}


def _on(dag: date) -> tuple[g.HerinneringsregelGesteld, ...]:
    return scherm.register().organisatie.herinneringsregels(dag)


def toon() -> None:
    """Draw the rules of today and what is to change."""
    onderdelen.kop("Herinneringen")
    st.markdown(_MAIL)
    vandaag, org = scherm.vandaag(), scherm.register().organisatie
    regels = [f"- {feiten.reminder(regel)}" for regel in _on(vandaag)]
    for feit in org.van(g.HerinneringsregelGesteld):
        if feit.vanaf > vandaag:
            eerder = next((regel for regel in _on(vandaag) if regel.regel == feit.regel), feit)
            wat = feiten.reminder(feit) if remind(feit) else f"Niet meer: {feiten.reminder(eerder)}"
            regels.append(f"- Vanaf {taal.datum(feit.vanaf)}: {wat}")
    st.markdown("\n".join(regels) or "Er zijn geen herinneringen.")


def welke(naam: str) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Let the user choose which rule; return what that answers and what the form starts with, None for none."""
    laatste, stelt = geldend(), naam == STELT
    namen = {**({"": NIEUW} if stelt else {}), **{id: feiten.reminder(regel) for id, regel in laatste.items()}}
    if not namen:
        st.markdown("Er is geen herinnering om te beëindigen.")
        return None
    id = st.selectbox("Welke herinnering", namen, format_func=lambda id: namen.get(id, id), key=f"herinnering.{naam}")
    if not stelt or id not in laatste:
        return {"regel": id}, {}
    nu = laatste[id]
    dagen = tuple(str(aantal) for aantal in nu.dagen_voor)
    begin = {"waarvoor": nu.waarvoor, "dagen_voor": dagen, "rollen": nu.rollen, "uur": hour(nu), "daarna": nu.daarna}
    begin |= {"coordinator_na": nu.coordinator_na or None, "directie_na": nu.directie_na or None}
    return {"regel": id}, {**begin, "werkdagen": nu.werkdagen, "vanaf": max(nu.vanaf, scherm.vandaag())}


def touches(naam: str) -> tuple[str, ...]:
    """Say what a rule touches."""
    raakt = "Aan klachten en termijnen verandert niets. Wie betrokken is bij een klacht, hoort er niets over."
    if naam == EINDIGT:
        return "Na de laatste dag staat deze herinnering nergens meer.", raakt
    return raakt, "Met *Eerst bekijken* ziet u aan hoeveel taken dit vandaag en deze week zou herinneren."


def bekijk(vast: Mapping[str, Any], invoer: Mapping[str, Any]) -> None:
    """Say of how many tasks the rule would remind today and in the week to come, and whom."""
    zou = vooraf.zou(STELT, g.NUMMER, {**vast, **invoer})
    if zou is None:
        return
    regel = zou.feiten[0].feit
    assert isinstance(regel, g.HerinneringsregelGesteld)
    register, vandaag = scherm.register(), scherm.vandaag()
    onderdelen.kop("Wat deze herinnering zou doen")
    onderdelen.zonder_betrokken()
    with register.cursor() as cursor:
        taken = without_involved(cursor, alle_taken(), scherm.gebruiker())
        per_dag = [
            list(herinnering.fall_on(cursor, register.organisatie, taken, vandaag + timedelta(days=n), [regel]))
            for n in range(WEEK)
        ]
    st.markdown(f"- Vandaag zou dit {_told(per_dag[0])}")
    st.markdown(
        f"- Van vandaag tot en met {taal.datum(vandaag + timedelta(days=WEEK - 1))}: {_told([*chain(*per_dag)])}"
    )
    st.markdown("Er is nog niets vastgelegd.")


def _told(gevonden: list[herinnering.Herinnering]) -> str:
    taken = len({deel.taak.welke for deel in gevonden})
    per_persoon = Counter(deel.wie.naam for deel in gevonden)
    wie = taal.opsomming(f"{onderdelen.veilig(naam)} ({aantal})" for naam, aantal in sorted(per_persoon.items()))
    return f"**{taal.aantal(taken, 'taak', 'taken')}** raken{f': {wie}' if wie else ''}."
