"""The fields that can stand in a letter, each in words and with an invented value to look at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from klachten.brieven.lijst import Brief


class Veld(NamedTuple):
    """What a field is, for who makes a template, and what stands there when one looks at it first."""

    uitleg: str
    proef: str | tuple[str, ...]

    @property
    def lijst(self) -> bool:
        """Whether it has parts, which a template goes through one by one."""
        return isinstance(self.proef, tuple)


ALTIJD: Mapping[str, Veld] = {
    "organisatie": Veld("De naam van de organisatie", "Voorbeeld Re-integratie"),
    "organisatie_adres": Veld("Het postadres, of anders het bezoekadres", "Dorpsstraat 1\n1234 AB Ergens"),
    "plaats": Veld("De plaats in dat adres, voor bij de datum", "Ergens"),
    "organisatie_telefoon": Veld("Het telefoonnummer van de organisatie", "012 345 67 89"),
    "organisatie_e_mail": Veld("Het e-mailadres van de organisatie", "info@voorbeeld.example"),
    "organisatie_website": Veld("De website", "www.voorbeeld.example"),
    "vestiging": Veld("De vestiging waar de klacht over gaat", "Ergens"),
    "vestiging_adres": Veld("Het adres van die vestiging", "Kerkplein 2\n1234 CD Ergens"),
    "vestiging_telefoon": Veld("Het telefoonnummer van die vestiging", "012 345 67 00"),
    "logo": Veld("Het logo van de huisstijl, als afbeelding", ""),
    "ondertekening": Veld("De ondertekening van de huisstijl", "Met vriendelijke groet,"),
    "voettekst": Veld("De voettekst van de huisstijl", "KvK 01234567"),
    "datum": Veld("De datum van de brief", "12 januari 2026"),
    "ontvanger": Veld("De naam van wie de brief krijgt", "S. de Bruin"),
    "adres": Veld("Het adres van wie de brief krijgt", "Lindelaan 3\n1234 EF Ergens"),
    "aanhef": Veld("De aanhef", "Geachte S. de Bruin,"),
    "namens": Veld("Voor wie de ontvanger optreedt, als dat een gemachtigde is", ""),
    "ondertekenaar": Veld("Wie de brief maakt", "R. Visser"),
    "functie": Veld("In welke rol die de brief maakt", "Behandelaar van de klacht"),
    "onderwerp": Veld("Waar de brief over gaat", "Uw klacht"),
    "klachtnummer": Veld("Het nummer van de klacht", "K2026-0007"),
    "ontvangen_op": Veld("De dag waarop de klacht is ontvangen", "5 januari 2026"),
    "behandelaar": Veld("De naam van de behandelaar", "R. Visser"),
    "behandelaar_e_mail": Veld("Het e-mailadres van de behandelaar", "r.visser@voorbeeld.example"),
}
"""Of every letter."""

VAN_EEN_BRIEF: Mapping[str, Veld] = {
    "vorige_behandelaar": Veld("Wie de klacht eerst behandelde", "M. Smit"),
    "bericht": Veld(
        "Wat u er zelf bij schrijft", "Dit is een voorbeeld van een eigen toelichting.\nZij mag op meer regels staan."
    ),
    "feiten_gevraagd": Veld("Gevuld als de klacht nog geen feiten noemt", "ja"),
    "besluit_uiterlijk_op": Veld("Voor wanneer bericht komt als de klacht niet in behandeling komt", "2 februari 2026"),
    "maatregelen_uiterlijk_op": Veld("Voor wanneer maatregelen zijn uitgevoerd", "16 februari 2026"),
    "afhandeling_uiterlijk_op": Veld("Voor wanneer de klacht is afgehandeld, waar het reglement dat noemt", ""),
    "gesprek_op": Veld("De dag van het gesprek", "vrijdag 23 januari 2026"),
    "gesprek_tijd": Veld("Hoe laat het gesprek is", "10.00 uur"),
    "gesprek_plaats": Veld("Waar het gesprek is", "Kerkplein 2 in Ergens, kamer 1.04"),
    "grond": Veld("De grond waarop de klacht niet in behandeling komt", "Dezelfde klacht is al behandeld"),
    "resultaat": Veld(
        "Wat het onderzoek heeft opgeleverd",
        "Wij hebben met u en met uw begeleider gesproken. Uw begeleider is drie keer niet gekomen. Daarover is niet "
        "gebeld. Dat had wel gemoeten.",
    ),
    "bevindingen": Veld("De bevinding per onderdeel, waar het reglement die vraagt", ("Afspraken: gegrond",)),
    "maatregelen": Veld(
        "De maatregelen, één voor één", ("U krijgt een andere begeleider.", "Wij bellen voortaan op de dag zelf.")
    ),
    "maatregel_nr": Veld("Het nummer van de maatregel", "1"),
    "maatregel": Veld("Wat de actienemer doet", "Bel elke klant bij wie een afspraak uitvalt, op de dag zelf."),
    "uiterlijk_op": Veld("Voor wanneer dat klaar is", "16 februari 2026"),
    "afgesloten_op": Veld("De dag waarop de klacht is afgesloten", "18 februari 2026"),
    "indiener": Veld("De naam van de indiener", "S. de Bruin"),
    "klacht": Veld("Waar de klacht over gaat", "Mijn begeleider kwam drie keer niet opdagen."),
    "standpunt": Veld("Waarmee de indiener het niet eens is", "Ik vind dat niet goed naar mij is geluisterd."),
    "onafhankelijk_persoon": Veld("Wie een oordeel geeft", "Mr. T. Bosman, oud-rechter"),
    "verwacht_op": Veld("Voor wanneer het oordeel of het bericht wordt verwacht", "31 maart 2026"),
    "oordeel": Veld("Het oordeel van de onafhankelijke persoon", "Deels gegrond"),
    "oordeel_tekst": Veld("De samenvatting van dat oordeel", "De organisatie had eerder moeten bellen."),
    "opvolging": Veld("Wat de organisatie met het oordeel doet", "Wij volgen het oordeel helemaal op."),
    "heropend": Veld("Gevuld als de klacht opnieuw wordt behandeld", "ja"),
    "bij_meningsverschil": Veld("Wat het reglement zegt als overleg niet helpt, waar dat anders is dan gewoon", ""),
    "evaluatie": Veld("Over welke periode de klachten zijn geëvalueerd", "2025"),
    "verbeteractie_nr": Veld("Het nummer van de verbeteractie", "2"),
    "verbeteractie": Veld("Wat de actienemer doet", "Maak een werkwijze voor afspraken die uitvallen."),
}
"""Of some letters; which, says lijst.py."""


def fields_of(brief: Brief) -> dict[str, Veld]:
    """Return the fields that a template of this letter may have."""
    return {**ALTIJD, **{naam: VAN_EEN_BRIEF[naam] for naam in brief.velden}}


def invented(brief: Brief) -> dict[str, str | tuple[str, ...]]:
    """Return a value for every field of a letter, of nobody who exists."""
    proef: dict[str, str | tuple[str, ...]] = {naam: veld.proef for naam, veld in fields_of(brief).items()}
    return proef | {"onderwerp": brief.onderwerp}
