"""Absences: those of somebody, the form to report, change or withdraw one, and the own ones for everybody."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from klachten import organisatie, scherm, taal
from klachten.organisatie import Afwezigheid, Persoon
from klachten.scherm import formulier, onderdelen
from klachten.scherm.beheer import delen

PLEK = "afwezigheid"
DOEN = ("melden_afwezigheid", "wijzigen_afwezigheid", "vervallen_afwezigheid")
OVER_EEN = frozenset(DOEN[1:])
"""What is done with an absence that is there."""
VELDEN = ("van", "tot", "vervanger", "lang", "toelichting")
WAT_EEN_VERVANGER_DOET = (
    "De vervanger ziet de taken dan in de eigen Werkvoorraad, behalve van een klacht waarbij die betrokken is. "
    "Vervangen geeft geen rechten: de vervanger leest en legt vast wat met de eigen rol al mag."
)
NAAR_DIRECTEUR = (
    "Is elke coördinator langer afwezig, dan gaat een nieuwe klacht naar de directeur (stap 2), niet naar de vervanger."
)


def regels(persoon: Persoon) -> list[str]:
    """Return the absences of somebody that are not over yet, as lines of Markdown."""
    uit = []
    for afwezig in persoon.afwezigheden:
        if afwezig.tot is None or afwezig.tot >= scherm.vandaag():
            vervanger = f", vervanger **{onderdelen.bij_naam(afwezig.vervanger)}**" if afwezig.vervanger else ""
            lang = " (langer)" if afwezig.langer else ""
            tot = taal.tot_en_met(afwezig.tot) or ", einde nog niet bekend"
            uit.append(f"- Afwezig{lang} vanaf {taal.datum(afwezig.van)}{tot}{vervanger}")
    return uit


def form(naam: str, persoon: Persoon, werk: str, *, plek: str) -> None:
    """Draw the form of one of DOEN; `werk` is the sentence that says what is waiting for this person."""
    vast, begin = {}, {}
    if naam in OVER_EEN:
        alle = {afwezig.nr: afwezig for afwezig in persoon.afwezigheden}
        nr = st.selectbox(
            "Welke afwezigheid", alle, format_func=lambda nr: _days(alle, nr), key=f"{plek}.afwezig.{persoon.id}"
        )
        vast, afwezig = {"afwezigheid": nr}, alle[nr]
        begin = {veld: getattr(afwezig, veld) for veld in VELDEN if naam == "wijzigen_afwezigheid"}
    if naam == "vervallen_afwezigheid":
        delen.gevolg("De afwezigheid gaat niet door. Een vervanger is dan niet meer nodig.")
    else:
        delen.gevolg(werk, WAT_EEN_VERVANGER_DOET, NAAR_DIRECTEUR)
    delen.vraag(naam, persoon.nummer, plek=plek, vast=vast, begin=begin)


def eigen() -> None:
    """Draw the own absences of the user, whose place the user takes, and the form."""
    wie, vandaag = scherm.gebruiker(), scherm.vandaag()
    persoon = organisatie.huidige().mensen[wie.id]
    st.markdown("\n".join(regels(persoon)) or "U staat niet als afwezig gemeld.")
    vervangt = organisatie.huidige().vervangt(wie.id, vandaag)
    if vervangt:
        namen = [f"{onderdelen.bij_naam(id)}{taal.tot_en_met(tot)}" for id, tot in vervangt.items()]
        st.markdown(f"U vervangt nu {taal.opsomming(namen)}. Die taken staan in uw Werkvoorraad, met *namens*.")
        onderdelen.verwijzing("werkvoorraad")
    dossier = delen.dossier(persoon.nummer)
    kan = [naam for naam in delen.kan(DOEN, dossier) if persoon.afwezigheden or naam not in OVER_EEN]
    delen.waarom_niet(kan)
    if not kan:
        return
    onderdelen.kop("Melden of wijzigen")
    formulier.meldingen(PLEK)
    naam = delen.kies(kan, key=f"{PLEK}.doen")
    form(naam, persoon, "Uw werk blijft van u.", plek=PLEK)


def _days(alle: Mapping[int, Afwezigheid], nr: int) -> str:
    afwezig = alle.get(nr)
    return f"Vanaf {taal.datum(afwezig.van)}{taal.tot_en_met(afwezig.tot)}" if afwezig else str(nr)
