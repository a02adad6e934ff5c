"""How a fact reads: its title, its fields with their labels, and the texts that came with it, as they were typed."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any, NamedTuple

import streamlit as st

from klachten import handelingen, organisatie, taal
from klachten.gebeurtenissen import GRONDEN, SOORTEN, Gebeurtenis, HerinneringGestuurd, Vastlegging, is_tekst
from klachten.handelingen import BUITEN, HANDELINGEN, Veld
from klachten.handelingen.correctie import VELDEN_UIT, te_corrigeren
from klachten.reglement import Reglement
from klachten.scherm import onderdelen

# Fields that no form asks for, or that mean nothing to a reader.
LABELS = {
    "betrokkenen": "Betrokken medewerkers",
    "vorige": "Vorige behandelaar",
    "toegewezen_door": "Toegewezen door",
    "behandelaar": "Behandelaar",
    "reglement_versie": "Versie van het reglement",
    "klachtnummer": "Klacht",
    "signaal": "Eerder gemeld als signaal",
    "bron": "Bron",
    "bron_id": "Nummer in de bron",
    "waarden_bron": "Zo stond het in de bron",
    "reglement": "Reglement",
    "elders_gedaan": "Stappen die in het andere systeem zijn gedaan",
    "termijn": "Termijn",
    "vervangt": "Nieuwe versie van feit",
    "hoort_bij": "Bijlage bij feit",
    "namens": "Besloten door iemand van buiten",
    "reden": "Reden",
    "reden_afwijking": "Reden van de afwijking",
    "antwoorden": "Antwoorden bij de brief",
    "melding": "Wat de mailserver zei",
    "code": "Code van de mailserver",
    "blijvend": "Opnieuw proberen helpt niet",
    "zonder_stap": "De stap kon niet worden vastgelegd",
    "waarvoor": "Waarover",
    "wat": "Nummer van de stap, maatregel of verbeteractie",
}
# What says nothing when it is no.
ALLEEN_JA = frozenset({"coordinator_afwezig", "blijvend", "zonder_stap", "bericht"})
NIET_GETOOND = frozenset(
    {
        "gebeurd_op",
        "reden",
        "reden_afwijking",
        "afwijkingen",
        "intake",
        "document",
        "herkomst",
        "maatregel",
        "plekken",
        "stukken",
        "voorstel",
        "wie",
        "handeling",
        "regel",
    }
)
PERSOONSVELDEN = frozenset({"vorige", "toegewezen_door", "behandelaar", "aan"})


class Regel(NamedTuple):
    """One field of a fact: its label, its value for a reader, and whether somebody typed it."""

    label: str
    waarde: str
    getypt: bool


def titel(feit: Gebeurtenis) -> str:
    """Return what happened, in words: OntvangstBevestigd reads 'Ontvangst bevestigd'."""
    nr = getattr(feit, "maatregel", None)
    return taal.feit_in_woorden(feit.soort).capitalize() + (f" (maatregel {nr})" if nr else "")


def veldnaam(soort: str, naam: str) -> str:
    """Return the label of a field of a kind of fact, as its form has it."""
    handeling = VELDEN_UIT.get(SOORTEN[soort])
    velden = HANDELINGEN[handeling].velden if handeling else ()
    return _label(naam, next((veld for veld in velden if veld.naam == naam), None))


def _label(naam: str, veld: Veld | None) -> str:
    return veld.label if veld else LABELS.get(naam, naam.replace("_", " ").capitalize())


def velden_van(feit: Gebeurtenis) -> dict[str, Veld]:
    """Return the fields of a fact as a form asks for them, by name."""
    return {veld.naam: veld for veld in te_corrigeren(feit)}


def regels(feit: Gebeurtenis, reglement: Reglement) -> list[Regel]:
    """Return the filled-in fields of a fact for a reader."""
    velden = velden_van(feit)
    gevonden = []
    for veld in fields(feit):
        waarde = getattr(feit, veld.name)
        if veld.name in NIET_GETOOND or waarde in ("", None, ()) or (veld.name in ALLEEN_JA and not waarde):
            continue
        bekend = velden.get(veld.name)
        gevonden.append(
            Regel(_label(veld.name, bekend), value_text(veld.name, waarde, bekend, reglement), is_tekst(veld))
        )
    return gevonden


def value_text(naam: str, waarde: Any, veld: Veld | None, reglement: Reglement) -> str:
    """Return a value as a reader knows it: names for ids, words for dates and yes or no."""
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, date):
        return taal.datum(waarde)
    if isinstance(waarde, tuple):
        return taal.opsomming(value_text(naam, deel, veld, reglement) for deel in waarde)
    if waarde == BUITEN and (naam == "toegewezen_door" or (veld is not None and veld.soort.startswith("overleg"))):
        return "iemand van buiten"
    if naam == "reglement" and waarde == reglement.id:
        return reglement.naam
    if naam == "grond" and veld is None:
        return GRONDEN.get(waarde, str(waarde)).lower()
    if naam in PERSOONSVELDEN or (veld is not None and veld.soort in ("medewerker", "medewerkers", "overleg")):
        return organisatie.naam(waarde)
    if veld is not None and veld.soort in ("keuze", "meerkeuze", "termijn"):
        return dict(handelingen.options(veld, reglement)).get(waarde, str(waarde))
    return str(waarde)


def letterlijk(tekst: str) -> None:
    """Show what somebody typed exactly as it was typed: no Markdown, HTML, icon, formula or link comes of it.

    Escaping for st.markdown is not enough: it still turns :material/x:, -> and addresses into something else.
    """
    st.text(tekst, width="stretch")


def toon_regels(feit: Gebeurtenis, reglement: Reglement, zonder: frozenset[str] = frozenset()) -> None:
    """Draw the fields of a fact, those that were typed exactly as they were typed."""
    alle = [regel for regel in regels(feit, reglement) if regel.label not in zonder]
    for regel in alle:
        if regel.getypt:
            with st.container(gap=None):
                st.markdown(f"**{regel.label}**")
                letterlijk(regel.waarde)
    gekozen = [f"{regel.label}: **{onderdelen.veilig(regel.waarde)}**" for regel in alle if not regel.getypt]
    if gekozen:
        st.markdown("  \n".join(gekozen))


def reminded(vastlegging: Vastlegging) -> str:
    """Say who was reminded of what, for a list in Markdown."""
    feit = vastlegging.feit
    assert isinstance(feit, HerinneringGestuurd)
    waarvan = f"stap {feit.wat}" if feit.waarvoor in ("termijn", "taak") else f"{feit.waarvoor} {feit.wat}"
    wat = f"{waarvan}, uiterlijk {taal.datum(feit.uiterlijk_op)}"
    hoe = f"bericht {feit.bericht}" if feit.bericht else "alleen in de app"
    return (
        f"{taal.datum(feit.gebeurd_op)}: **{onderdelen.bij_naam(feit.aan)}**, over {wat} "
        f":small[({hoe}, feit {vastlegging.nr})]"
    )


def wie_wanneer(vastlegging: Vastlegging) -> str:
    """Say who recorded a fact, in which role and when, for a sentence in Markdown."""
    return f"{onderdelen.bij_naam(vastlegging.door)} {_rol_wanneer(vastlegging)}"


def wie_wanneer_kaal(vastlegging: Vastlegging) -> str:
    """Say the same as text, as a file has it."""
    return f"{organisatie.naam(vastlegging.door)} {_rol_wanneer(vastlegging)}"


def _rol_wanneer(vastlegging: Vastlegging) -> str:
    rol = organisatie.ROLLEN.get(vastlegging.rol, vastlegging.rol).lower()
    return f"({rol}), {taal.tijdstip(vastlegging.vastgelegd_op)}"


def reasons(feit: Gebeurtenis) -> None:
    """Draw why something was done, and apart from it why it deviates where both were asked."""
    for naam, tekst in (("reden", feit.reden), ("reden_afwijking", feit.reden_afwijking)):
        if tekst:
            with st.container(gap=None):
                st.markdown(f"**{LABELS[naam]}**")
                letterlijk(tekst)
