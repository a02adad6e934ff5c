"""The first screen of Jaarbeeld: the figures, what must be decided, and at most three sentences with their pictures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st
from duckdb import DuckDBPyConnection

from klachten import taal
from klachten.analyse.basis.grafiekstijl import Kleuren
from klachten.analyse.basis.zinnen import Bevinding, getal, werkwoord
from klachten.analyse.jaar import grafieken as tekening
from klachten.analyse.jaar import kern
from klachten.analyse.jaar.beeld import Jaarbeeld
from klachten.analyse.jaar.bevindingen import vaakst_genoemd
from klachten.analyse.opvolging import grafieken as opvolgtekening
from klachten.analyse.werk import verbeterstand
from klachten.analyse.werk.telling import Telling
from klachten.scherm import onderdelen, vooruit, weergave
from klachten.scherm.bewaard import bewaard
from klachten.scherm.evaluatie import delen, jaarbeeld, jaarstroom, opvolging, tekenen
from klachten.scherm.evaluatie.keuze import Keuze

KORT, ALLES, CIJFERS = "kort", "bevindingen", "cijfers"
WEERGAVEN = {KORT: "In het kort", ALLES: "Alle bevindingen", CIJFERS: "Cijfers en grafieken"}
MEESTE_CATEGORIEEN = 4
"""In the small picture; all of them are one click lower."""


@bewaard
def _te_evalueren(cursor: DuckDBPyConnection, vandaag: date) -> list[tuple[int, int, int, int]]:
    return verbeterstand.te_evalueren(cursor, vandaag)


def toon(keuze: Keuze, beeld: Jaarbeeld) -> None:
    """Draw the first screen."""
    jaarbeeld.cijfers(beeld)
    _besluiten(keuze, beeld)
    _zinnen(keuze, beeld)


def _besluiten(keuze: Keuze, beeld: Jaarbeeld) -> None:
    onderdelen.kop("Te beslissen")
    per_jaar = _te_evalueren(keuze.peildatum)
    besluiten = kern.te_beslissen(beeld, verbeterstand.nog_te_evalueren(per_jaar, keuze.peildatum.year))
    if not besluiten:
        st.markdown(f"Niets: op {taal.datum(keuze.peildatum)} wacht er niets op een besluit.")
    for besluit in besluiten:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            zin = delen.met_lijsten(onderdelen.veilig(besluit.zin), besluit.achter, beeld)
            st.markdown(f":material/gavel: {zin}", width="content")
            onderdelen.verwijzing(besluit.pagina, besluit.label)


def _zinnen(keuze: Keuze, beeld: Jaarbeeld) -> None:
    onderdelen.kop("Wat ertoe doet")
    gekozen = kern.kernzinnen(beeld.bevindingen)
    vooruit.remember(_teken_vooraf, keuze, delen.kleuren(), delen.mag_naar_lijst())
    if not any(b.opvallend for b in gekozen):
        st.markdown(f"{jaarbeeld.NIETS_OPVALLEND} Dit is het beeld:")
    met_plaatje = _met_plaatje(gekozen)
    for nr, bevinding in enumerate(gekozen):
        woorden, plaatje = st.columns(2, gap="medium", vertical_alignment="center", border=False)
        with woorden:
            soort = ":orange-badge[:material/priority_high: Valt op]" if bevinding.opvallend else ""
            zin = onderdelen.veilig(bevinding.zin)
            st.markdown(delen.met_lijsten(f"{soort} {zin}".strip(), bevinding.achter, beeld))
        if bevinding in met_plaatje:
            with plaatje:
                _plaatje(keuze, beeld, bevinding, f"jaarkort.{nr}")
    rest = kern.niet_getoond(beeld.bevindingen)
    if rest:
        st.markdown(f"Er {werkwoord(rest, 'valt', 'vallen')} nog {taal.aantal(rest, 'ding', 'dingen')} op.")
    with st.container(horizontal=True):
        weergave.knop(WEERGAVEN[ALLES], ALLES, key="jaarkort.alles", icoon=":material/list:")
        weergave.knop(WEERGAVEN[CIJFERS], CIJFERS, key="jaarkort.cijfers", icoon=":material/bar_chart:")


def _met_plaatje(gekozen: Sequence[Bevinding]) -> list[Bevinding]:
    """Return those of which the picture is drawn: three terms are one picture, beside the first of them."""
    eerste: dict[str, Bevinding] = {}
    for bevinding in gekozen:
        eerste.setdefault(bevinding.kengetal, bevinding)
    return list(eerste.values())


def _teken_vooraf(keuze: Keuze, kleuren: Kleuren, lijst: bool) -> None:
    """Have the pictures drawn before somebody asks: after a fact that changed a figure they are others."""
    beeld = jaarbeeld.beeld(keuze)
    for bevinding in _met_plaatje(kern.kernzinnen(beeld.bevindingen)):
        if teken := PLAATJES.get(bevinding.kengetal):
            vooruit.between()
            teken(keuze, beeld, partial(tekenen.teken_vooraf, kleuren, lijst, "klein"), bevinding.zin)


def _plaatje(keuze: Keuze, beeld: Jaarbeeld, bevinding: Bevinding, key: str) -> None:
    """Draw what a sentence follows from, under what is counted in it; it is heard with the sentence as its title."""
    teken = PLAATJES.get(bevinding.kengetal)
    if teken is None:
        return
    kop = st.empty()

    def grafiek(*gegevens: Any, **rest: Any) -> None:
        kop.markdown(f"**{onderdelen.veilig(GETELD[bevinding.kengetal](beeld))}**")
        delen.grafiek(*gegevens, maat="klein", key=key, **rest)

    teken(keuze, beeld, grafiek, bevinding.zin)


Grafiek = Callable[..., None]


def _per_jaar(keuze: Keuze, beeld: Jaarbeeld, grafiek: Grafiek, titel: str) -> None:
    tabel = beeld.intensiteit
    if tabel["per_100"].notna().any():
        punt = jaarbeeld.jaren_naar(beeld)
        grafiek(
            tekening.intensiteit,
            tabel,
            beeld.jaar,
            titel,
            punt=lambda mark: punt(mark.get("jaar", 0)),
            velden=("jaar",),
        )


def _termijnen(keuze: Keuze, beeld: Jaarbeeld, grafiek: Grafiek, titel: str) -> None:
    if regels := [regel for regel in beeld.termijnen if regel.zegt_iets]:
        grafiek(tekening.termijnen, regels, titel)


def _categorieen(keuze: Keuze, beeld: Jaarbeeld, grafiek: Grafiek, titel: str) -> None:
    tabel = beeld.categorieen
    # What stands out is among them, however small it is.
    vaakst = vaakst_genoemd(beeld)
    meeste = max(MEESTE_CATEGORIEEN, len(vaakst.namen) if vaakst else 0)
    eerst = tabel.sort_values(["opvallend", "klachten"], ascending=False, kind="stable").head(meeste)
    grafiek(tekening.naast_vorig, eerst, beeld.periode, titel, punt=jaarbeeld.punt_van(beeld, "categorie", tabel))


def _geschillen(keuze: Keuze, beeld: Jaarbeeld, grafiek: Grafiek, titel: str) -> None:
    regels = {wat: rest for wat, *rest in jaarstroom.geschilregels(keuze, beeld) if rest[1] or rest[2]}
    if not regels:
        return
    tabel = pd.DataFrame([(wat, nu, vorig) for wat, (_, nu, vorig) in regels.items()])
    tabel.columns = pd.Index(["naam", "klachten", "vorig"])

    def punt(mark: Mapping[str, Any]) -> Telling | None:
        vast = (beeld.peildatum, beeld.periode, beeld.filter)
        wat = regels.get(mark.get("naam", ""))
        return Telling.van("geschillen", *vast, **wat[0]) if wat else None

    grafiek(tekening.naast_vorig, tabel, beeld.periode, titel, punt=punt)


def _maatregelen(keuze: Keuze, beeld: Jaarbeeld, grafiek: Grafiek, titel: str) -> None:
    if not beeld.maatregelen.totaal:
        return
    naar = opvolging.stand_naar(beeld)
    tabel = opvolging.standtabel(beeld.maatregelen)
    grafiek(opvolgtekening.aantallen, tabel, titel, punt=lambda mark: naar.get(mark.get("naam", "")))


def _verbeteracties(keuze: Keuze, beeld: Jaarbeeld, grafiek: Grafiek, titel: str) -> None:
    # The counts of the sentence and no others: how all of them ever stood is another question (Opvolging).
    n = {naam: int(bevinding_van(beeld).getallen[naam]) for naam in ("uitgevoerd", "open", "open_en_te_laat")}
    tabel = pd.DataFrame(
        {
            "naam": [f"Uitgevoerd in {beeld.periode.kort}", "Nog open", "Waarvan te laat"],
            "aantal": list(n.values()),
            "waarvan": [0, 0, n["open_en_te_laat"]],
            "tekst": [getal(aantal) for aantal in n.values()],
        }
    )
    if len(beeld.verbeteracties):
        grafiek(opvolgtekening.aantallen, tabel, titel)


def bevinding_van(beeld: Jaarbeeld) -> Bevinding:
    """Return the finding about verbeteracties."""
    return next(b for b in beeld.bevindingen if b.kengetal == "verbeteracties_opvolging")


def _maanden(keuze: Keuze, beeld: Jaarbeeld, grafiek: Grafiek, titel: str) -> None:
    if beeld.maandbeeld.perioden:
        grafiek(tekening.maanden, beeld.maandbeeld, titel)


def _stroom(keuze: Keuze, beeld: Jaarbeeld, grafiek: Grafiek, titel: str) -> None:
    grafiek(tekening.stroom, beeld.stroom, titel)


PLAATJES: dict[str, Callable[[Keuze, Jaarbeeld, Grafiek, str], None]] = {
    "intensiteit": _per_jaar,
    "termijntarieven": _termijnen,
    "categorieen": _categorieen,
    "geschillen": _geschillen,
    "maatregelen_opvolging": _maatregelen,
    "verbeteracties_opvolging": _verbeteracties,
    "per_periode": _maanden,
    "stroom": _stroom,
}
GETELD: dict[str, Callable[[Jaarbeeld], str]] = {
    "intensiteit": lambda beeld: f"Klachten per 100 trajecten, per {beeld.periode.woord}",
    "termijntarieven": lambda beeld: f"Klachten van {beeld.periode.kort}: op tijd per termijn",
    "categorieen": lambda beeld: f"Klachten van {beeld.periode.kort} per categorie: de meeste",
    "geschillen": lambda beeld: f"Meningsverschillen van {beeld.periode.kort}",
    "maatregelen_opvolging": lambda beeld: f"Maatregelen bij klachten van {beeld.periode.kort}",
    "verbeteracties_opvolging": lambda _: "Verbeteracties",
    "per_periode": lambda _: "Klachten per maand",
    "stroom": lambda beeld: f"Klachten in {beeld.periode.kort}: erbij en eruit",
}
"""What each picture counts: its title, since the sentence beside it may be of something else that it shows as well."""
