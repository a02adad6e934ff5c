"""Step 3: who the indiener is: more than one, unknown, with a gemachtigde; and whether the klacht may be shared."""

from __future__ import annotations

from datetime import date

from klachten import gebeurtenissen as g
from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen.handeling import Zaak, handeling
from klachten.handelingen.veld import Veld, op, toelichting
from klachten.handelingen.weigering import Geweigerd, OngeldigeInvoer
from klachten.taal import datum

TOESTEMMINGEN = (
    ("gegeven", "Ja, de klacht mag met de opdrachtgever worden gedeeld"),
    ("geweigerd", "Nee, de klacht mag niet worden gedeeld"),
    ("ingetrokken", "De toestemming is ingetrokken"),
)
POST = "Bijvoorbeeld: Lindelaan 3, 1234 AB Ergens, naam@voorbeeld.nl. Allebei mag; brieven noemen het adres."
"""Of a field for an address or e-mail: what a letter does with it."""
ZELF_ONBEKEND = Veld(naam="anoniem", label="De indiener wil onbekend blijven", soort="ja_nee", verplicht=False)


@handeling(
    "Vastleggen of de indiener onbekend blijft",
    op("Gezegd op"),
    Veld(naam="onbekend", label="De indiener wil onbekend blijven", soort="ja_nee", standaard=True, verplicht=False),
    Veld(
        naam="bereikbaar",
        label="Er is een adres waarop de indiener brieven krijgt",
        soort="ja_nee",
        verplicht=False,
        hulp="Zonder adres zijn de stappen 5, 9 en 14 niet mogelijk.",
    ),
    Veld(naam="naam", label="Naam, als die toch bekend is gemaakt", soort="regel", verplicht=False),
    Veld(naam="contact", label="Adres of e-mail", soort="regel", verplicht=False, hulp=POST),
)
def stap_03_vastleggen_anonimiteit(
    zaak: Zaak, *, op: date, onbekend: bool, bereikbaar: bool, naam: str, contact: str
) -> Gebeurtenis:
    """The indiener wants to stay unknown, or became known; without an address there is nobody to write to."""
    if onbekend and naam:
        raise OngeldigeInvoer({"naam": "Laat de naam leeg als de indiener onbekend wil blijven."})
    if not onbekend and not naam:
        raise OngeldigeInvoer({"naam": "Vul de naam in waarmee de indiener bekend is geworden."})
    if contact and not bereikbaar:
        raise OngeldigeInvoer({"bereikbaar": "Er staat een adres bij: vink aan dat de indiener bereikbaar is."})
    return g.AnonimiteitVastgelegd(gebeurd_op=op, onbekend=onbekend, bereikbaar=bereikbaar, naam=naam, contact=contact)


def check_naam(indiener_naam: str, anoniem: bool) -> None:
    """Refuse a klacht without a name, unless the indiener wants to stay unknown: then none is kept."""
    if anoniem and indiener_naam:
        raise OngeldigeInvoer({"indiener_naam": "Laat de naam leeg als de indiener onbekend wil blijven."})


@handeling(
    "Nog een indiener toevoegen",
    op("Bekend geworden op"),
    Veld(naam="indiener_soort", label="Soort indiener", soort="keuze", lijst="indiener_soorten"),
    Veld(naam="naam", label="Naam", soort="regel"),
    Veld(naam="contact", label="Adres of e-mail", soort="regel", verplicht=False, hulp=POST),
)
def stap_03_toevoegen_indiener(zaak: Zaak, *, op: date, indiener_soort: str, naam: str, contact: str) -> Gebeurtenis:
    """Somebody else filed the klacht as well."""
    return g.IndienerToegevoegd(gebeurd_op=op, indiener_soort=indiener_soort, naam=naam, contact=contact)


@handeling(
    "Gemachtigde vastleggen",
    op("Gemachtigd op"),
    Veld(
        naam="naam",
        label="Naam van de gemachtigde",
        soort="regel",
        tenzij="gestopt",
        hulp="De brieven gaan vanaf nu naar de gemachtigde.",
    ),
    Veld(naam="contact", label="Adres of e-mail van de gemachtigde", soort="regel", verplicht=False, hulp=POST),
    Veld(naam="gestopt", label="De gemachtigde treedt niet meer op", soort="ja_nee", verplicht=False),
)
def stap_03_aanwijzen_gemachtigde(zaak: Zaak, *, op: date, naam: str, contact: str, gestopt: bool) -> Gebeurtenis:
    """Somebody acts for the indiener and gets the letters, or no longer does."""
    if gestopt and not zaak.dossier.gemachtigde:
        raise Geweigerd("Stap 3: er is geen gemachtigde vastgelegd.", soort="geen_gemachtigde")
    if gestopt and (naam or contact):
        raise OngeldigeInvoer({"gestopt": "Er staat wel een gemachtigde bij. Haal die weg, of zet dit vinkje uit."})
    if gestopt:
        zaak.check_na(op, "De gemachtigde is pas aangewezen op {pas} (stap 3).", g.GemachtigdeAangewezen)
    return g.GemachtigdeAangewezen(gebeurd_op=op, naam=naam, contact=contact, gestopt=gestopt)


@handeling(
    "Toestemming om te delen met de opdrachtgever",
    op("Gezegd op"),
    Veld(naam="toestemming", label="Mag de klacht worden gedeeld", soort="keuze", keuzes=TOESTEMMINGEN),
    toelichting("Wat mag wel of niet worden gedeeld"),
)
def stap_03_vastleggen_toestemming(zaak: Zaak, *, op: date, toestemming: str, toelichting: str) -> Gebeurtenis:
    """The indiener says whether the klacht may be shared with the opdrachtgever."""
    if toestemming == "ingetrokken":
        gegeven = [f for f in zaak.dossier.van(g.ToestemmingVastgelegd) if f.toestemming == "gegeven"]
        if not gegeven:
            raise OngeldigeInvoer({"toestemming": "Er is nog geen toestemming gegeven die kan worden ingetrokken."})
        if op < gegeven[-1].gebeurd_op:
            raise OngeldigeInvoer({"op": f"De toestemming is pas gegeven op {datum(gegeven[-1].gebeurd_op)} (stap 3)."})
    return g.ToestemmingVastgelegd(gebeurd_op=op, toestemming=toestemming, toelichting=toelichting)
