"""Choosing a period: of which kind, and which one; or from one day to another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from klachten.periode import Boekjaren, Periode
from klachten.scherm import datumveld
from klachten.taal import MAANDEN, MAANDEN_KORT, aantal

SOORTEN = {"jaar": "Jaar", "boekjaar": "Boekjaar", "kwartaal": "Kwartaal", "maand": "Maand", "dagen": "Van - tot"}
Neem = Callable[[str, str], None]


def lees(tekst: str) -> Periode | None:
    """Return the period of an address; None for what is none."""
    try:
        return Periode.lees(tekst)
    except ValueError:
        return None


def vraag(
    gekozen: Periode | None,
    jaren: Sequence[int],
    peildatum: date,
    boekjaren: Boekjaren,
    *,
    key: str,
    neem: Neem,
    zonder: str = "",
    hulp: str = "",
) -> None:
    """Draw the kind of period and the periods of that kind; what is chosen goes to `neem` as ("periode", its key).

    With `zonder`, what a reader calls it, no period may be chosen as well: `gekozen` is None then, and the key empty.
    """
    soorten = {id: naam for id, naam in SOORTEN.items() if id != "boekjaar" or not boekjaren.kalenderjaren}
    soorten = {"": zonder, **soorten} if zonder else soorten
    # Who asked for days of their own keeps the two dates, also where these happen to be a year.
    vrij = gekozen is not None and st.session_state.get(f"{key}.vrij")
    soort = "" if gekozen is None else "dagen" if vrij else soort_van(gekozen, boekjaren)
    st.session_state[f"{key}.soort"] = soort
    st.selectbox(
        "Periode",
        list(soorten),
        format_func=lambda id: soorten.get(id, id),
        key=f"{key}.soort",
        width=130,
        placeholder="Kies",
        help=hulp or (gekozen and f"Klachten ontvangen in {gekozen.naam}, vergeleken met {gekozen.vorige.naam}."),
        on_change=_andere_soort,
        args=(gekozen, peildatum, boekjaren, key, neem),
    )
    if gekozen is None:
        return
    if soort == "dagen":
        datumveld.kies(
            "Van en tot en met",
            (gekozen.eerste, gekozen.laatste),
            laatste=max(gekozen.laatste, date(peildatum.year, 12, 31)),
            key=dagen_key(key),
            neem=lambda dagen: _andere_dagen(dagen, neem),
            width=240,
        )
        return
    opties = {p.sleutel: label(p, soort) for p in keuzes(soort, jaren, peildatum, boekjaren)}
    opties.setdefault(gekozen.sleutel, label(gekozen, soort))
    st.session_state[f"{key}.welke"] = gekozen.sleutel
    st.selectbox(
        SOORTEN[soort],
        list(opties),
        format_func=lambda id: opties.get(id, id),
        key=f"{key}.welke",
        width=110 if soort == "jaar" else 190,
        placeholder="Kies",
        on_change=_andere,
        args=(key, neem),
    )


def soort_van(periode: Periode, boekjaren: Boekjaren) -> str:
    """Return which kind a period is here: a book year is one only where the reglement has it begin so."""
    return "boekjaar" if boekjaren.is_een(periode) else periode.soort


def keuzes(soort: str, jaren: Sequence[int], peildatum: date, boekjaren: Boekjaren) -> list[Periode]:
    """Return the periods of a kind that have begun on the peildatum, the newest first."""
    alle: list[Periode] = []
    if soort == "boekjaar":
        laatste = min(date(max(jaren), 12, 31), peildatum)
        return boekjaren.lijst(min(date(min(jaren), 1, 1), laatste), laatste) if jaren else []
    for jaar in jaren:
        if soort == "kwartaal":
            alle += [Periode.van_kwartaal(jaar, nr) for nr in (4, 3, 2, 1)]
        elif soort == "maand":
            alle += [Periode.van_maanden(jaar, maand) for maand in range(12, 0, -1)]
        else:
            alle.append(Periode.van_jaar(jaar))
    return [periode for periode in alle if periode.eerste <= peildatum]


def label(periode: Periode, soort: str) -> str:
    """Return how a period stands in its list."""
    if soort == "kwartaal":
        return f"{(periode.eerste.month + 2) // 3}e kwartaal {periode.jaar}"
    if soort == "maand":
        return f"{MAANDEN[periode.eerste.month - 1]} {periode.jaar}"
    if periode.soort == "jaar":
        return str(periode.jaar)
    if periode.maanden == 12:
        return f"{periode.jaar}/{periode.jaar + 1}"
    van, tot = (f"{MAANDEN_KORT[dag.month - 1]} {dag.year}" for dag in (periode.eerste, periode.laatste))
    return f"{van} t/m {tot} ({aantal(periode.maanden, 'maand', 'maanden')})"


def _andere_soort(gekozen: Periode | None, peildatum: date, boekjaren: Boekjaren, key: str, neem: Neem) -> None:
    """Go to the period of the kind that was just chosen in which the present one ends, as far as that has begun."""
    soort = st.session_state[f"{key}.soort"]
    dag = peildatum if gekozen is None else min(gekozen.laatste, peildatum)
    st.session_state[f"{key}.vrij"] = soort == "dagen"
    if soort == "":
        neem("periode", "")
        return
    nieuw = gekozen or Periode.van_jaar(dag.year)
    if soort != "dagen":
        nieuw = next(p for p in keuzes(soort, (dag.year,), peildatum, boekjaren) if p.bevat(dag))
    neem("periode", nieuw.sleutel)


def _andere(key: str, neem: Neem) -> None:
    neem("periode", st.session_state[f"{key}.welke"])


def dagen_key(key: str) -> str:
    """Return the key of the field for two days."""
    return f"{key}.dagen"


def _andere_dagen(dagen: tuple[date, date], neem: Neem) -> None:
    neem("periode", Periode(*dagen).sleutel)
