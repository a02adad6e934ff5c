"""What is known of the klachten of a year beside the steps: counted per characteristic, what is not known apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from klachten.analyse.basis.geteld import Geteld, geteld, geteld_als
from klachten.analyse.basis.kengetallen import Rijen
from klachten.analyse.basis.zinnen import deel
from klachten.reglement import Reglement

NIET_BEKEND = "Niet bekend"
UITLEG = "Niet bekend is niet hetzelfde als nee: het is niet gevraagd of niet vastgelegd."


@dataclass(frozen=True, kw_only=True)
class Kenmerk:
    """A characteristic of question nadere_gegevens: its title, and its values by list of the reglement or by name.

    `anders` is what it is called when nothing was recorded.
    """

    titel: str
    lijst: str = ""
    namen: Mapping[str, str] = field(default_factory=dict)
    anders: str = NIET_BEKEND

    def naam(self, waarde: str, reglement: Reglement | None) -> str:
        """Return what a reader calls a value."""
        if waarde in self.namen:
            return self.namen[waarde]
        if self.lijst:
            return reglement.naam_van(self.lijst, waarde) if reglement else waarde
        return waarde


GEEN_ANTWOORD = "Gevraagd, geen antwoord"
_WEDERHOOR = {"niemand": "Geen medewerker betrokken", "allen": "Alle betrokkenen", "deels": "Een deel van hen"}
_ANDERS = "Niet vastgelegd"

KENMERKEN: dict[str, Kenmerk] = {
    "opdrachtgever": Kenmerk(titel="Opdrachtgever", lijst="opdrachtgevers"),
    "trajectsoort": Kenmerk(titel="Soort traject", lijst="trajectsoorten"),
    "wanneer": Kenmerk(
        titel="Wanneer het gebeurde",
        namen={"dag": "Op één dag", "periode": "In een periode", "onbekend": "De indiener weet het niet"},
    ),
    "ernst": Kenmerk(titel="Ernst", lijst="ernst"),
    "aard": Kenmerk(
        titel="Incidenteel of structureel", namen={"incidenteel": "Incidenteel", "structureel": "Structureel"}
    ),
    "directe_actie": Kenmerk(titel="Directe actie", namen={"nodig": "Nodig", "niet_nodig": "Niet nodig"}),
    "indieners": Kenmerk(titel="Aantal indieners", namen={"meer": "Meer dan één"}, anders="Eén, voor zover bekend"),
    "anoniem": Kenmerk(
        titel="Wil de indiener onbekend blijven",
        namen={
            "onbereikbaar": "Ja, en zonder adres: stap 5, 9 en 14 zijn niet mogelijk",
            "bereikbaar": "Ja, en er is iemand om aan te schrijven",
            "bekend": "Eerst wel, later bekend geworden",
        },
        anders="Nee, voor zover bekend",
    ),
    "gemachtigde": Kenmerk(
        titel="Gemachtigde", namen={"ja": "Ja", "gestopt": "Niet meer"}, anders="Geen, voor zover bekend"
    ),
    "toestemming": Kenmerk(
        titel="Delen met de opdrachtgever",
        namen={"gegeven": "Mag", "geweigerd": "Mag niet", "ingetrokken": "Toestemming ingetrokken"},
    ),
    "vertraging": Kenmerk(
        titel="Waardoor het langer duurde", lijst="redenen_vertraging", anders="Op tijd, of geen reden vastgelegd"
    ),
    "tevredenheid": Kenmerk(
        titel="Tevreden over de behandeling",
        lijst="tevredenheden",
        namen={"geen_antwoord": GEEN_ANTWOORD},
        anders="Niet gevraagd",
    ),
    "ingelicht": Kenmerk(titel="Betrokken medewerkers ingelicht", namen=_WEDERHOOR, anders=_ANDERS),
    "gehoord": Kenmerk(titel="Betrokken medewerkers gehoord", namen=_WEDERHOOR, anders=_ANDERS),
    "uitkomst_verteld": Kenmerk(titel="Betrokken medewerkers weten de uitkomst", namen=_WEDERHOOR, anders=_ANDERS),
    "tussenbericht": Kenmerk(titel="Tussenbericht", namen={"ja": "Gestuurd"}, anders="Geen, voor zover bekend"),
}


def tevredenheid_achter(rijen: Rijen) -> tuple[Geteld, ...]:
    """Return the counts of the sentence on the same rows."""
    tellen = {rij["waarde"]: rij["klachten"] for rij in rijen if rij["kenmerk"] == "tevredenheid"}
    gevraagd = sum(aantal for waarde, aantal in tellen.items() if waarde is not None)
    stil = tellen.get("geen_antwoord", 0)
    return (
        *geteld_als("kenmerk", gevraagd, "gevraagd", bekend="tevredenheid"),
        *geteld_als("kenmerk", stil, "zonder antwoord", kenmerk="tevredenheid.geen_antwoord"),
        *geteld(sum(tellen.values()), "ontvangen"),
    )


def tevredenheid_zin(rijen: Rijen) -> str:
    """Say of how many klachten was asked how satisfied the indiener is, and how many did not answer; else nothing."""
    tellen = {rij["waarde"]: rij["klachten"] for rij in rijen if rij["kenmerk"] == "tevredenheid"}
    gevraagd = sum(aantal for waarde, aantal in tellen.items() if waarde is not None)
    if not gevraagd:
        return ""
    stil = tellen.get("geen_antwoord", 0)
    zin = f"Naar de tevredenheid is gevraagd bij {deel(gevraagd, sum(tellen.values()), 'klachten')}"
    if not stil:
        return f"{zin}; elke keer kwam er antwoord."
    return (
        f"{zin}; bij {deel(stil, gevraagd)} kwam er geen antwoord. Wie wel antwoordt, is vaak niet wie zwijgt: lees de "
        "antwoorden zo."
    )


def nader(rijen: Rijen, reglement: Reglement | None) -> dict[str, dict[str, int]]:
    """Return the klachten per value by title, `Niet bekend` last; of which nothing is known, is left out."""
    uit: dict[str, dict[str, int]] = {}
    for id, kenmerk in KENMERKEN.items():
        eigen = [rij for rij in rijen if rij["kenmerk"] == id]
        tellen = {
            kenmerk.naam(rij["waarde"], reglement): rij["klachten"]
            for rij in sorted(eigen, key=lambda rij: (-rij["klachten"], str(rij["waarde"])))
            if rij["waarde"] is not None
        }
        # That nobody is involved follows from the receipt: of hoor en wederhoor itself nothing is known then.
        if any(rij["waarde"] not in (None, "niemand") for rij in eigen):
            onbekend = sum(rij["klachten"] for rij in eigen if rij["waarde"] is None)
            uit[kenmerk.titel] = tellen | ({kenmerk.anders: onbekend} if onbekend else {})
    return uit
