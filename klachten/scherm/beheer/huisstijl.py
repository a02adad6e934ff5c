"""The style of the house on page Organisatie: how it is, what a new one would look like, and the logo in the menu."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import streamlit as st

from klachten import gebeurtenissen as g
from klachten import scherm, taal
from klachten.analyse.rapport import Stijl
from klachten.analyse.rapport.stijl import brief
from klachten.handelingen.beeld import soort_van
from klachten.organisatie import huisstijl
from klachten.scherm import onderdelen
from klachten.scherm.beheer import feiten, vooraf
from klachten.scherm.merk import inline
from klachten.scherm.onderdelen import veilig

NAAM = "stellen_huisstijl"
_LOGO_BREED, _LOGO_HOOG = 200, 56


def geldend() -> g.HuisstijlGesteld | None:
    """Return the style of today."""
    return scherm.register().organisatie.geldend(g.HuisstijlGesteld, scherm.vandaag())


def toon() -> None:
    """Draw the style of today in words, with its logo, and what is to come."""
    onderdelen.kop("Huisstijl")
    org, vandaag = scherm.register().organisatie, scherm.vandaag()
    nu = geldend()
    if nu is None:
        st.markdown("Er is nog geen huisstijl: het jaarverslag en brieven hebben de kleur en letter van dit programma.")
    else:
        if nu.document:
            logo = scherm.register().document(g.NUMMER, nu.document)
            onderdelen.beeld(logo, soort_van(logo), breed=_LOGO_BREED)
        st.markdown("\n".join(f"- {regel[:1].upper()}{regel[1:]}" for regel in feiten.style(nu)))
    for straks in org.van(g.HuisstijlGesteld):
        if straks.vanaf > vandaag:
            st.markdown(f"Vanaf {taal.datum(straks.vanaf)}: {'; '.join(feiten.style(straks))}.")


def begin() -> dict[str, Any]:
    """Return what the form starts with: what holds now."""
    nu = geldend()
    if nu is None:
        return {}
    velden = ("kleur", "tweede_kleur", "lettertype", "ondertekening", "voettekst")
    return {veld: getattr(nu, veld) for veld in velden if getattr(nu, veld)}


def touches() -> tuple[str, ...]:
    """Say what a new style touches."""
    return (
        "Brieven en het jaarverslag krijgen deze huisstijl vanaf de gekozen dag, het menu het logo.",
        "Wat al is gemaakt of verstuurd, verandert niet. Aan klachten en termijnen verandert niets.",
        "Met *Eerst bekijken* ziet u een brief in deze huisstijl voordat u iets vastlegt.",
    )


def bekijk(invoer: Mapping[str, Any]) -> None:
    """Draw a letter as it would be, and say with which contrast its colours can be read."""
    zou = vooraf.zou(NAAM, g.NUMMER, invoer)
    if zou is None:
        return
    feit = zou.feiten[0].feit
    assert isinstance(feit, g.HuisstijlGesteld)
    logo = zou.document or (scherm.register().document(g.NUMMER, feit.document) if feit.document else b"")
    nu = scherm.register().organisatie.gegevens(scherm.vandaag())
    onderdelen.kop("Zo komt een brief eruit te zien")
    onderdelen.beeld(brief(Stijl.van(feit, logo), organisatie=nu.naam, adres=nu.postadres or nu.adres), "png")
    leesbaar = f"{huisstijl.contrast(feit.kleur):.1f} en {huisstijl.contrast(feit.tweede_kleur):.1f}".replace(".", ",")
    st.markdown(f"Er is nog niets vastgelegd. Contrast van de kleuren op wit: {leesbaar} (nodig is 4,5).")


def merk() -> None:
    """Draw the logo and the name of the organisation in the menu; nothing before the register is open."""
    register = scherm.geopend()
    nu = register.organisatie.geldend(g.HuisstijlGesteld, scherm.vandaag()) if register else None
    if register is None or nu is None or not nu.document:
        return
    naam = register.organisatie.gegevens().naam
    onderdelen.beeld(_on_white(nu.document, register.map.as_posix()).encode(), "svg+xml", breed=_LOGO_BREED)
    st.markdown(f":small[{veilig(naam)}]")


@functools.lru_cache(maxsize=8)
def _on_white(document: str, map: str) -> str:
    """The logo on a white ground, as SVG: the menu is dark, and a logo is made for paper. `map`: of which register."""
    inhoud = scherm.register().document(g.NUMMER, document)
    beeld = inline(inhoud, soort_van(inhoud))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_LOGO_BREED}" height="{_LOGO_HOOG}">'
        f'<rect width="{_LOGO_BREED}" height="{_LOGO_HOOG}" rx="6" fill="#FFFFFF"/>'
        f'<image href="{beeld}" x="8" y="6" width="{_LOGO_BREED - 16}" height="{_LOGO_HOOG - 12}"/></svg>'
    )
