"""One evaluation meeting on the screen: which year and day it is of, its figures, and what is filled in (step 16)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st
from duckdb import DuckDBPyConnection

from klachten import jaarverslag, scherm, vergaderstukken
from klachten.analyse.jaar.beeld import Jaarbeeld
from klachten.analyse.rapport.onderdelen import Onderdeel, onderdelen
from klachten.analyse.werk import verbeterstand
from klachten.gebeurtenissen import EvaluatieGehouden
from klachten.handelingen import HANDELINGEN
from klachten.handelingen.evalueren import period_of
from klachten.periode import Periode
from klachten.scherm import datumveld, kijklog
from klachten.scherm import onderdelen as onderdelen_van
from klachten.scherm.bewaard import bewaard
from klachten.scherm.evaluatie import perioden
from klachten.scherm.evaluatie.bevriezen import EVALUEREN
from klachten.scherm.evaluatie.filters import sleutel
from klachten.scherm.evaluatie.vergaderconcept import DAG, Vergaderconcept
from klachten.taal import datum

PERIODE = "periode"


@dataclass(frozen=True, kw_only=True)
class Zitting:
    """One meeting: about which year, held on which day, with its figures and what is filled in so far.

    `deel`: the part of the year that it is about, or the book year that ends in it; None for the year itself.
    """

    jaar: int
    deel: Periode | None
    op: date
    periode: Periode
    beeld: Jaarbeeld
    voor: vergaderstukken.Ervoor
    concept: Vergaderconcept

    @property
    def heropent(self) -> str:
        """The number of the evaluation that this meeting reopens; empty when it is the first about its period."""
        return self.voor.heropent

    def delen(self) -> tuple[Onderdeel, ...]:
        """Return the sections with their figures."""
        return onderdelen(self.voor.cijfers, self.voor.vorige)


def weigering() -> str | None:
    """Return why this user cannot hold a meeting, in the sentence of the rule."""
    return HANDELINGEN[EVALUEREN].toets(None, scherm.gebruiker(), scherm.reglement())[1]


@bewaard
def _jaren(cursor: DuckDBPyConnection, vandaag: date) -> list[tuple[int, int, int, int]]:
    return verbeterstand.te_evalueren(cursor, vandaag)


# Shared by all users: counts and ids only. What is found is only read.
@st.cache_resource(max_entries=4, show_spinner="De cijfers worden geteld …")
def _geteld(sleutel: tuple[str, int, str], periode: Periode, op: date) -> tuple[Jaarbeeld, dict[str, Any]]:
    return jaarverslag.tel_beeld(scherm.register(), periode, op)


def open_zitting() -> Zitting:
    """Ask which year and which day it is about, and return the meeting."""
    register, vandaag = scherm.register(), scherm.vandaag()
    per_jaar = _jaren(vandaag)
    jaren = sorted({jaar for jaar, *_ in per_jaar} | {vandaag.year - 1, vandaag.year}, reverse=True)
    wacht = verbeterstand.nog_te_evalueren(per_jaar, vandaag.year)
    standaard = max(wacht, default=vandaag.year if per_jaar else vandaag.year - 1)
    gevraagd = st.query_params.get("jaar", "")
    jaar = int(gevraagd) if gevraagd.isdecimal() and int(gevraagd) in jaren else standaard
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.session_state["vergadering.jaar"] = jaar
        st.selectbox("Over het jaar", jaren, key="vergadering.jaar", width=110, on_change=_naar_jaar)
        deel = _kies_deel(jaar, vandaag)
        concept = Vergaderconcept(deel.sleutel if deel else jaar)
        dag: date | None = datumveld.vraag(
            "Dag van de vergadering",
            width=190,
            help="De cijfers zijn die van deze dag. Bij het vastleggen worden zij zo bewaard.",
            **concept.prepare(DAG, vandaag),
        )
    eerste = max(datumveld.EERSTE_DAG, deel.laatste if deel else date(jaar, 1, 1))
    fout = datumveld.bezwaar("Dag van de vergadering", dag, vandaag, eerste)
    if dag is None or fout:
        # Without its day there is nothing to show: the figures are of that day.
        onderdelen_van.weigering(
            f"{fout or 'Kies de dag van de vergadering.'} Wat u verder invulde, is bewaard.", soort="invoer"
        )
        st.stop()
    op = dag
    periode = deel or Periode(*period_of(EvaluatieGehouden(gebeurd_op=op, jaar=jaar, directieleden=())))
    beeld, cijfers = _geteld(sleutel(register), periode, op)
    voor = vergaderstukken.ervoor(register, periode, cijfers, op)
    for eerder in filter(None, (voor.vorige, voor.eerder, *voor.binnen)):
        kijklog.toont(eerder.nummer)
    return Zitting(jaar=jaar, deel=deel, op=op, periode=periode, beeld=beeld, voor=voor, concept=concept)


def _kies_deel(jaar: int, vandaag: date) -> Periode | None:
    """Ask whether it is about the year or about a part of it that is over, or the book year that ends in it."""
    boekjaren = scherm.reglement().boekjaren
    delen = {"": "Het hele jaar"}
    soorten = [
        *((een, "boekjaar") for een in boekjaren.lijst(date(jaar, 1, 1), date(jaar, 12, 31)) if boekjaren.is_een(een)),
        *((Periode.van_kwartaal(jaar, nr), "kwartaal") for nr in range(1, 5)),
    ]
    delen |= {
        een.sleutel: perioden.label(een, soort)
        for een, soort in soorten
        if een.laatste.year == jaar and een.laatste <= vandaag
    }
    gevraagd = st.query_params.get(PERIODE, "")
    gekozen = gevraagd if gevraagd in delen else ""
    if len(delen) == 1:
        return None
    st.session_state["vergadering.periode"] = gekozen
    st.selectbox(
        "Welk deel",
        list(delen),
        format_func=delen.__getitem__,
        key="vergadering.periode",
        width=190,
        on_change=_naar_deel,
    )
    return Periode.lees(gekozen) if gekozen else None


def _naar_jaar() -> None:
    st.query_params["jaar"] = str(st.session_state["vergadering.jaar"])
    st.query_params.pop(PERIODE, None)


def _naar_deel() -> None:
    if deel := st.session_state["vergadering.periode"]:
        # Whoever keeps the address finds this one again, also when another year is the one to begin with.
        st.query_params.update({"jaar": str(st.session_state["vergadering.jaar"]), PERIODE: deel})
    else:
        st.query_params.pop(PERIODE, None)


def tussentijds(zitting: Zitting) -> str:
    """Say which evaluation this becomes, where that is not simply the one of a year."""
    if zitting.heropent:
        return (
            f"{zitting.periode.naam.capitalize()} is al geëvalueerd ({zitting.heropent}). Wat u hier vastlegt wordt "
            "een nieuwe versie, met een reden; de vorige blijft."
        )
    if zitting.deel is None and zitting.periode.laatste < date(zitting.jaar, 12, 31):
        return (
            f"{zitting.jaar} is nog niet om: dit wordt een tussentijdse evaluatie, tot en met "
            f"{datum(zitting.periode.laatste)}."
        )
    return ""
