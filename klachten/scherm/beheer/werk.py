"""What somebody still has to do: numbers and days, with a link for who may read the klacht."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from klachten import organisatie, scherm, taal
from klachten.analyse.werk import beheer
from klachten.analyse.werk.beheer import Werk
from klachten.analyse.werk.klachtenlijst import readable
from klachten.handelingen.overdragen import HOE
from klachten.organisatie import Persoon
from klachten.scherm import formulier, onderdelen
from klachten.scherm.beheer import overdragen
from klachten.scherm.lijsten import rijen
from klachten.scherm.paginas import pagina

PER_BLAD = 10
NIETS = "geen open werk"
_WAT = {**overdragen.WAT, "signaal": ("open signaal", "open signalen")}
# Where each of them is handed over.
_WAAR = {"klacht": "dossier", "maatregel": "dossier", "verbeteractie": "verbeteracties", "signaal": "intake"}


def van(persoon: Persoon) -> list[Werk]:
    """Return what a person still has to do, without what the user is involved in."""
    with scherm.register().cursor() as cursor:
        return beheer.open_werk(cursor, persoon.id, scherm.gebruiker().id)


def samengevat(persoon: Persoon) -> str:
    """Say how much somebody still has to do: '2 klachten als behandelaar en 1 maatregel'."""
    aantallen = Counter(deel.wat for deel in van(persoon))
    delen = [taal.aantal(aantallen[wat], *woorden) for wat, woorden in _WAT.items() if aantallen[wat]]
    return taal.opsomming(delen) or NIETS


def toon(persoon: Persoon) -> None:
    """Draw what a person still has to do and where it is handed over; nothing of what is in a klacht."""
    open_nu = van(persoon)
    vervangt = _replaces(persoon)
    if vervangt:
        st.markdown(f"Vervangt nu of binnenkort: {taal.opsomming(vervangt)}.")
    onderdelen.zonder_betrokken()
    if not open_nu:
        formulier.meldingen(overdragen.PLEK)
        st.markdown("Er staat niets open op naam van deze persoon.")
        return
    alles = open_nu
    st.markdown(f"Op naam van deze persoon: {samengevat(persoon)}.")
    if len(open_nu) > PER_BLAD:
        limit, eerste = onderdelen.bladeren(len(open_nu), key=f"werk.{persoon.id}", per_blad=PER_BLAD, woord="delen")
        open_nu = open_nu[eerste : eerste + limit]
    with scherm.register().cursor() as cursor:
        leesbaar = readable(cursor, [deel.klachtnummer for deel in open_nu], scherm.gebruiker())
    for deel in open_nu:
        _rij(deel, leesbaar)
    if any(not _leads(deel, leesbaar) for deel in open_nu):
        st.markdown(
            "Wat hier geen link heeft, draagt een ander over. Een klacht of maatregel: de coördinator of de directie, "
            "op deze pagina in één keer, of in het dossier met *Behandelaar vervangen* (stap 4) of *Maatregel "
            "overdragen* (stap 8). Een verbeteractie: de directie."
        )
    if any(deel.wat == "signaal" for deel in alles):
        st.markdown("Een open signaal ziet de coördinator ook: dat hoeft niemand over te dragen.")
    overdragen.toon(persoon, alles)


def _replaces(persoon: Persoon) -> list[str]:
    vandaag = scherm.vandaag()
    return [
        onderdelen.bij_naam(ander.id)
        for ander in organisatie.huidige().mensen.values()
        for afwezig in ander.afwezigheden
        if afwezig.vervanger == persoon.id and (afwezig.tot is None or afwezig.tot >= vandaag)
    ]


def _leads(deel: Werk, leesbaar: frozenset[str]) -> bool:
    """Whether the user can go to where this is handed over."""
    if _WAAR[deel.wat] == "dossier":
        return deel.klachtnummer in leesbaar
    return pagina(_WAAR[deel.wat]).toegankelijk_voor(scherm.gebruiker())


def _rij(deel: Werk, leesbaar: frozenset[str]) -> None:
    wat = _WAT[deel.wat][0]
    zinnen = [wat if deel.onderdeel is None else f"{wat} {deel.onderdeel}"]
    if deel.uiterlijk_op:
        zinnen.append(f"uiterlijk {taal.datum(deel.uiterlijk_op)}")
    nummer = f"**{deel.klachtnummer}**"
    with st.container(horizontal=True, vertical_alignment="center", gap="xxsmall"):
        if not _leads(deel, leesbaar):
            st.markdown(nummer, width=rijen.NUMMER)
        elif _WAAR[deel.wat] == "dossier":
            adres = {"nummer": deel.klachtnummer, "doe": HOE[deel.wat]}
            onderdelen.verwijzing(_WAAR[deel.wat], nummer, breedte=rijen.NUMMER, **adres)
        else:
            onderdelen.verwijzing(_WAAR[deel.wat], nummer, breedte=rijen.NUMMER)
        st.markdown(" · ".join(zinnen), width="content")
