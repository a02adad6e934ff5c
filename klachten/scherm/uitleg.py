"""The reglement in words a reader understands; every name, number and role in them comes from the reglement itself."""

from __future__ import annotations

from klachten import organisatie, taal
from klachten.analyse.basis import kalender
from klachten.reglement import Reglement, Termijn, Verlenging
from klachten.scherm import onderdelen

GROEPEN: dict[str, range] = {
    "Ontvangst": range(1, 6),
    "Onderzoek": range(6, 10),
    "Uitvoering en afsluiting": range(10, 15),
    "Meningsverschil": range(15, 16),
    "Evaluatie en verbetering": range(16, 19),
}

BIJ = {
    "niet_in_behandeling": "Geldt alleen als de klacht niet in behandeling wordt genomen.",
    "in_behandeling": "Geldt als de klacht in behandeling wordt genomen.",
    "altijd": "Geldt voor elke klacht.",
}


def termijn_zin(termijn: Termijn) -> str:
    """Say what a term asks, from when it counts and for which klachten."""
    naam = onderdelen.veilig(termijn.naam)
    zin = f":material/schedule: **{length(termijn)}** – stap {termijn.stap}: {naam}. {BIJ[termijn.geldt]}"
    return f"{zin} {verlenging_zin(termijn.verlenging)}" if termijn.verlenging else zin


def length(termijn: Termijn) -> str:
    """Return how long a term is and from when it counts: '2 weken na ontvangst'."""
    vanaf = "ontvangst" if termijn.vanaf == "ontvangen" else f"stap {int(termijn.vanaf.rpartition('_')[2])}"
    return f"{termijn.in_woorden()} na {vanaf}"


def verlenging_zin(verlenging: Verlenging) -> str:
    """Say how far the term may be extended."""
    schriftelijk = ", met schriftelijk bericht aan de indiener" if verlenging.schriftelijk else ""
    return f"Verlengen kan met {verlenging.waarde} {verlenging.eenheid}{schriftelijk}."


def tel_zin(reglement: Reglement, termijnen: tuple[Termijn, ...]) -> str:
    """Say how the days are counted, what a day off does, and whether more time can be had."""
    zin = "De dag van ontvangst telt niet mee, de laatste dag wel. "
    if reglement.verschuift_bij_vrije_dag:
        zin += (
            "Eindigt een termijn in het weekend of op een feestdag, dan telt de eerstvolgende werkdag. Dat geldt ook "
        )
        zin += (
            "voor een dag die bij besluit met een feestdag is gelijkgesteld; die dagen zijn hier bekend tot en met "
            f"{kalender.gelijkgesteld().bekend_tot.year}."
        )
    else:
        zin += (
            "Een termijn die in het weekend of op een feestdag eindigt schuift niet op: dit is een eigen reglement, "
            "geen wettelijke termijn."
        )
    if any(termijn.verlenging for termijn in termijnen):
        return zin
    return f"{zin} Verlengen of opschorten kan niet: te laat blijft te laat, met de reden erbij."


def rolnamen(rollen: tuple[str, ...]) -> str:
    """Return the names of roles for a reader, with 'of' before the last one."""
    return taal.opsomming((organisatie.ROLLEN[rol].lower() for rol in rollen), "of")


def rollen(reglement: Reglement) -> list[dict[str, str]]:
    """Return one row per role with the steps it may carry out."""
    rijen = []
    for rol, naam in organisatie.ROLLEN.items():
        nummers = [str(stap.nr) for stap in reglement.stappen if rol in stap.rollen]
        if nummers:
            rijen.append({"Rol": naam, "Stappen": ", ".join(nummers)})
    return rijen


def leeskeuzes(reglement: Reglement, termijnen: tuple[Termijn, ...]) -> list[str]:
    """Return the readings that were chosen where the reglement leaves room, each with its step."""
    veilig = onderdelen.veilig
    bij_stap = [f"**Stap {stap.nr}** – {veilig(stap.keuze)}" for stap in reglement.stappen if stap.keuze]
    bij_termijn = [f"**{veilig(t.naam)}** – {veilig(t.keuze)}" for t in termijnen if t.keuze]
    return bij_stap + bij_termijn
