"""Adding documents: several files at once, all with the same kind, day and sender, or a next version of one.

All of them are recorded or none: what is wrong with one is said with its name.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from klachten import bestandsnaam, scherm
from klachten.dossier.klacht import Dossier
from klachten.dossier.stukken import Stuk
from klachten.handelingen import HANDELINGEN, OngeldigeInvoer, Uitkomst
from klachten.scherm import formulier
from klachten.scherm.formulier import Opdracht

PLEK = "stukken"
TOEVOEGEN = "stap_03_toevoegen_document"
GEEN = "Bestand: kies een bestand, of plak een afbeelding."
MEER_NAMEN = "Naam van het stuk: laat dit leeg bij meer bestanden tegelijk; elk krijgt de naam van zijn bestand."
EEN_VERSIE = "Bestand: kies één bestand; dat is de nieuwe versie."


def open_op(dossier: Dossier) -> str:
    """Return where the session keeps of which document the form for a next version is open."""
    return f"open.{PLEK}.{dossier.klachtnummer}"


def toon(dossier: Dossier) -> None:
    """Draw the form to add documents to a dossier."""
    st.markdown(
        ":small[Sleep er een of meer bestanden in, of plak een scan of schermafdruk (Ctrl+V). Wat u hieronder invult, "
        "geldt voor alle bestanden.]"
    )
    formulier.toon_opdracht(
        _opdracht(dossier, {}), kenmerk=f"{PLEK}/{dossier.klachtnummer}/{TOEVOEGEN}", dossier=dossier, knop="Toevoegen"
    )


def nieuwe_versie(dossier: Dossier, van: Stuk) -> None:
    """Draw the form for the next version of a document; what is known of that one is filled in."""
    formulier.toon_opdracht(
        _opdracht(dossier, {"vervangt": van.nr}),
        kenmerk=f"{PLEK}/{dossier.klachtnummer}/{TOEVOEGEN}/{van.nr}",
        begin={naam: getattr(van.feit, naam) for naam in ("soort_document", "richting", "van", "aan")},
        dossier=dossier,
        knop="Nieuwe versie toevoegen",
    )


def _opdracht(dossier: Dossier, vast: dict[str, Any]) -> Opdracht:
    handeling = HANDELINGEN[TOEVOEGEN]
    # Of which document it is the next version, the button at that document says.
    niet = {"vervangt", "hoort_bij"} if vast else {"vervangt"}
    velden = {veld.naam: veld for veld in handeling.gevraagd if veld.naam not in niet}
    velden["bestand"] = replace(velden["bestand"], soort="bestanden", label="Bestanden")
    velden["naam"] = replace(velden["naam"], verplicht=False, hulp="Leeg: de naam van het bestand.")
    eerst = ("bestand", "soort_document", "op", "van_dag")
    volgorde = [*eerst, *(naam for naam in velden if naam not in eerst)]

    def record(invoer: dict[str, Any], reden: str, afwijking: str) -> Uitkomst:
        return add(dossier.klachtnummer, {**invoer, **vast}, reden, afwijking)

    return Opdracht(
        naam=handeling.naam,
        titel=handeling.titel,
        stap=handeling.stap,
        velden=tuple(velden[naam] for naam in volgorde),
        reden_verplicht=False,
        klachtnummer=dossier.klachtnummer,
        plek=PLEK,
        record=record,
        toets=lambda: formulier.refusal(handeling, dossier.klachtnummer),
    )


def add(klachtnummer: str, invoer: dict[str, Any], reden: str, afwijking: str) -> Uitkomst:
    """Record files (`bestand`: names and contents) as documents, in one group; OngeldigeInvoer names what is wrong."""
    bestanden = invoer.pop("bestand") or ()
    naam = str(invoer.pop("naam") or "").strip()
    fout = {}
    if not bestanden:
        fout["bestand"] = GEEN
    if naam and len(bestanden) > 1:
        fout["naam"] = MEER_NAMEN
    if invoer.get("vervangt") is not None and len(bestanden) > 1:
        fout["bestand"] = EEN_VERSIE
    if fout:
        raise OngeldigeInvoer(fout)
    register, nrs = scherm.register(), []
    with register.schrijven() as boeking:
        for naam_bestand, inhoud in bestanden:
            eigen = bestandsnaam.kept(naam_bestand, "stuk")
            try:
                uitkomst = HANDELINGEN[TOEVOEGEN].within(
                    register, boeking, scherm.gebruiker(), klachtnummer, vandaag=scherm.vandaag(), reden=reden,
                    reden_afwijking=afwijking, naam=naam or eigen, bestand=inhoud, **invoer,
                )  # fmt: skip
            except OngeldigeInvoer as weigering:
                raise OngeldigeInvoer(_with_name(weigering.velden, eigen, len(bestanden))) from weigering
            nrs += uitkomst.nrs
    return Uitkomst(klachtnummer, tuple(nrs))


def _with_name(velden: dict[str, str], naam: str, hoeveel: int) -> dict[str, str]:
    """Say of which of the files it is; of the others nothing was recorded either."""
    if hoeveel == 1 or "bestand" not in velden:
        return velden
    zin = velden["bestand"].removeprefix("Bestand: ")
    return {**velden, "bestand": f"{naam}: {zin} Er is nog niets toegevoegd; haal dit bestand weg of vervang het."}
