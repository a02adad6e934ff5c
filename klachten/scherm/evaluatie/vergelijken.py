"""The page Vergelijken: one organisation in the funnel of a lake; who the others are is known to nobody here."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd
import streamlit as st

from klachten import meer as _meer
from klachten import scherm
from klachten.analyse.vergelijken import grafieken, werkbladen, zinnen
from klachten.analyse.vergelijken.beeld import Maat, Vergelijking, jaarvergelijking
from klachten.meer.kengetallen import VERHOUDINGEN, choose_day, per_organisatie
from klachten.scherm import onderdelen, uitvoer
from klachten.scherm.aanbod import Maker
from klachten.scherm.evaluatie import delen
from klachten.scherm.paginas import pagina
from klachten.taal import aantal, datum

MEER, ORGANISATIE = pagina("vergelijken").instelling, "KLACHTEN_MEER_ORGANISATIE"
"""The settings: where the lake is, and under which number this organisation is in it."""
BEWAARD = timedelta(minutes=10)
MATEN = tuple(Maat(v.id, v.titel, v.kengetal, v.soort, v.teller, v.noemer) for v in VERHOUDINGEN)
GEEN_MEER = (
    "Er is geen meer ingesteld, dus er is niets om mee te vergelijken. Een meer is een map waarin organisaties hun "
    "cijfers aanleveren, zonder namen en teksten: van een groep, een brancheorganisatie of een toezichthouder. Doet uw "
    "organisatie mee, vraag dan wie het meer beheert waar het staat en onder welk nummer u erin staat. Wie klachten "
    "hier beheert, levert aan met `python -m klachten meer aanleveren` en start de app met de instellingen "
    f"`{MEER}` (de map) en `{ORGANISATIE}` (uw nummer)."
)


@dataclass(frozen=True)
class Meer:
    """The lake as it was read: which years it has, and whether this organisation is in it."""

    waar: str
    eigen: str
    jaren: tuple[int, ...]
    organisaties: int
    geleverd: date | None
    zegel: str
    meldingen: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Keuze:
    """What the reader asked for, with every figure of that year by its id."""

    meer: Meer
    jaar: int
    peildatum: date
    alle: Mapping[str, Vergelijking]
    gekozen: Vergelijking


# Of a lake only nameless points and the own counts are kept, for whoever may open this page: the same for all of them.
@st.cache_resource(ttl=BEWAARD, max_entries=4, show_spinner="Het meer wordt gelezen …")
def _stand(waar: str, eigen: str) -> Meer:
    lezer = _meer.open(waar)
    try:
        leveringen = lezer.leveringen
        van_ons = next((een for een in leveringen if een.organisatie == eigen), None)
        jaren = sorted({jaar for een in leveringen for jaar in een.jaren}, reverse=True)
        dag, zegel = (van_ons.dag, van_ons.zegel) if van_ons else (None, "")
        return Meer(waar, eigen, tuple(jaren), len(leveringen), dag, zegel, tuple(lezer.meldingen))
    finally:
        lezer.close()


@st.cache_resource(ttl=BEWAARD, max_entries=8, show_spinner="De organisaties worden vergeleken …")
def _jaar(waar: str, eigen: str, jaar: int) -> tuple[date, Mapping[str, Vergelijking]]:
    lezer = _meer.open(waar)
    try:
        return choose_day(lezer, jaar), jaarvergelijking(per_organisatie(lezer, jaar), MATEN, eigen)
    finally:
        lezer.close()


def meer() -> Meer | None:
    """Return the lake that is set; say what one is, or what is wrong with it, when there is none to read."""
    waar = os.environ.get(MEER, "").strip()
    if not waar:
        st.info(GEEN_MEER, icon=":material/water:")
        return None
    try:
        stand = _stand(waar, os.environ.get(ORGANISATIE, "").strip())
    except _meer.MeerFout as fout:
        onderdelen.weigering(fout)
        return None
    if not stand.eigen:
        st.info(f"Onder welk nummer uw organisatie in het meer staat, is niet ingesteld ({ORGANISATIE}).")
    elif stand.geleverd is None:
        st.info("Van uw organisatie staat er geen levering in het meer. U ziet alleen de andere.")
    for melding in stand.meldingen:
        st.warning(onderdelen.veilig(_naamloos(melding, stand.eigen)))
    return stand


def _naamloos(melding: str, eigen: str) -> str:
    """Return a sentence of the lake; of another than the own organisation only that one is left out."""
    if eigen and eigen in melding:
        return melding
    return "Van een andere organisatie is de levering niet te lezen; zij telt niet mee."


def keuze(stand: Meer) -> Keuze | None:
    """Ask which figure of which year; None, with a sentence, when that year cannot be compared."""
    if not stand.jaren:
        st.info("In het meer staan nog geen klachten.")
        return None
    voorbij = [jaar for jaar in stand.jaren if jaar < scherm.vandaag().year]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        jaar = int(
            _kies("jaar", "Jaar", {str(jaar): str(jaar) for jaar in stand.jaren}, str((voorbij or stand.jaren)[0]), 120)
        )
        try:
            peildatum, alle = _jaar(stand.waar, stand.eigen, jaar)
        except _meer.MeerFout as fout:
            onderdelen.weigering(fout)
            return None
        if not alle:
            st.info(f"Over {jaar} heeft geen enkele organisatie hier gegevens.")
            return None
        titels = {id: v.maat.titel for id, v in alle.items()}
        gekozen = _kies("kengetal", "Kengetal", titels, next(iter(titels)), 360)
    st.markdown(
        f":small[Klachten ontvangen in {jaar}, zoals het op {datum(peildatum)} stond. In het meer: "
        f"{aantal(stand.organisaties, 'organisatie', 'organisaties')}.]"
    )
    return Keuze(stand, jaar, peildatum, alle, alle[gekozen])


def _kies(naam: str, label: str, opties: Mapping[str, str], standaard: str, breedte: int) -> str:
    """Ask one thing, which then stands in the address; what is not offered is not taken from there."""
    key, gevraagd = f"vergelijken.{naam}", st.query_params.get(naam, "")
    st.session_state[key] = gevraagd if gevraagd in opties else standaard

    def onthoud() -> None:
        st.query_params[naam] = st.session_state[key]

    return str(
        st.selectbox(
            label, list(opties), format_func=opties.__getitem__, key=key, width=breedte, placeholder="Kies",
            on_change=onthoud,
        )
    )  # fmt: skip


def verhaal(keuze: Keuze) -> None:
    """Say first where the organisation lies, and what that does not say."""
    v = keuze.gekozen
    onderdelen.kop(zinnen.oordeel(v))
    delen.zinnen(zinnen.zinnen(v))
    st.markdown(zinnen.VOORBEHOUD)


def trechter(keuze: Keuze) -> None:
    """Draw the funnel with the table behind it, as far as the others may be shown."""
    v = keuze.gekozen
    if not v.punten:
        st.info(zinnen.NIET_TE_TONEN)
        return
    delen.grafiek(grafieken.trechter, v, tabel=werkbladen.leesbaar(v), key="vergelijken.trechter")


def alle(keuze: Keuze) -> None:
    """Put every figure of the year below each other: they are judged together."""
    onderdelen.kop(f"Alle kengetallen van {keuze.jaar}")
    delen.toon(_overzicht(tuple(keuze.alle.values())))


def _overzicht(alle: Sequence[Vergelijking]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Kengetal": [v.maat.titel for v in alle],
            "Uw organisatie": [zinnen.punt(v, v.eigen) if v.eigen else onderdelen.GEEN for v in alle],
            "De anderen samen": [zinnen.punt(v, v.samen) if v.samen else onderdelen.GEEN for v in alle],
            "Wat ervan te zeggen is": [zinnen.oordeel(v) for v in alle],
        }
    )


def bestand(keuze: Keuze) -> Maker | None:
    """The figures of the year as an Excel file, the chosen one first; None for who may not take it along."""
    if not uitvoer.mag("excel_vergelijken"):
        return None
    gebruiker = scherm.gebruiker()
    lijst = [keuze.gekozen, *(v for v in keuze.alle.values() if v is not keuze.gekozen)]

    def maak() -> bytes:
        return werkbladen.bestand(
            lijst, jaar=keuze.jaar, peildatum=keuze.peildatum,
            waaruit=f"meer van {aantal(keuze.meer.organisaties, 'organisatie', 'organisaties')}, jaar {keuze.jaar}",
            zegel=keuze.meer.zegel,
            voor=f"Gemaakt voor {gebruiker.naam} ({gebruiker.rolnamen}): de andere organisaties zijn naamloos.",
        )  # fmt: skip

    return Maker("excel_vergelijken", maak)
