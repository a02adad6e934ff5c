"""Whose data are kept, and which: read from the definitions of the facts, so that a new field is never left out.

Every text of a fact is in GEGEVENS under its name, or under its kind and name where that says something else;
tests/test_privacy.py holds that none is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import NamedTuple

from klachten.gebeurtenissen import SOORTEN, VAN_ONSZELF, genoemd, is_tekst

INDIENERS = "Indieners van klachten en signalen"
NAMENS = "Gemachtigden en vertegenwoordigers"
ANDEREN = "Anderen die in een klacht worden genoemd"
BUITEN = "Onafhankelijke personen van buiten"
MEDEWERKERS = "Medewerkers"
VOLGORDE = (INDIENERS, NAMENS, ANDEREN, BUITEN, MEDEWERKERS)

NAAM, CONTACT = "naam", "contactgegevens"
KLACHT, BEHANDELING = "wat zij vertellen en vragen", "het verloop van de klacht (vragen, bevindingen, uitkomst)"
STUKKEN, POST = "stukken in het dossier (zoals brieven)", "berichten die per e-mail zijn verstuurd"
VERBETEREN = "wat in evaluaties en acties over de klachten staat"
NIEMAND = ("", "")
"""Of a text about nobody: what the organisation is called, or calls something."""
_VAN = {
    genoemd.INDIENER: INDIENERS, genoemd.MEDE: INDIENERS, genoemd.GEMACHTIGDE: NAMENS, genoemd.GENOEMD: ANDEREN,
    genoemd.BUITEN: BUITEN,
}  # fmt: skip
GEGEVENS: Mapping[str, tuple[str, str]] = {
    **{
        f"{soort.__name__}.{veld}": (_VAN[wie], CONTACT if genoemd.is_contact(veld) else NAAM)
        for soort, velden in genoemd.NOEMT.items()
        for veld, wie in velden.items()
    },
    genoemd.NAMENS: (BUITEN, NAAM),
    "traject": (INDIENERS, "traject bij de organisatie"),
    "omschrijving": (INDIENERS, KLACHT),
    "waarden_bron": (INDIENERS, KLACHT),
    "gewenste_oplossing": (INDIENERS, KLACHT),
    "directe_actie_wat": (INDIENERS, BEHANDELING),
    "toelichting": (INDIENERS, BEHANDELING),
    "reden": (INDIENERS, BEHANDELING),
    "reden_afwijking": (INDIENERS, BEHANDELING),
    "vraag": (INDIENERS, BEHANDELING),
    "inhoud": (INDIENERS, KLACHT),
    "bevindingen": (INDIENERS, BEHANDELING),
    "bevinding": (INDIENERS, BEHANDELING),
    "motivering": (INDIENERS, BEHANDELING),
    "conclusies": (INDIENERS, VERBETEREN),
    "conclusie": (INDIENERS, VERBETEREN),
    "verslag": (MEDEWERKERS, "wat zij zeiden toen zij over een klacht zijn gehoord"),
    "voornaam": (MEDEWERKERS, NAAM),
    "tussenvoegsel": (MEDEWERKERS, NAAM),
    "achternaam": (MEDEWERKERS, NAAM),
    "e_mail": (MEDEWERKERS, "e-mailadres"),
    "DocumentToegevoegd.naam": (INDIENERS, STUKKEN),
    "BerichtKlaargezet.onderwerp": (INDIENERS, POST),
    "BerichtKlaargezet.inhoud": (INDIENERS, POST),
    "BerichtKlaargezet.naam": (INDIENERS, POST),
    "BerichtKlaargezet.antwoorden": (INDIENERS, BEHANDELING),
    "melding": (INDIENERS, POST),
    "AfwezigheidGemeld.toelichting": (MEDEWERKERS, "toelichting bij afwezigheid"),
    "AfwezigheidGewijzigd.toelichting": (MEDEWERKERS, "toelichting bij afwezigheid"),
    **dict.fromkeys(
        (
            "OrganisatieIngericht.naam", "OrganisatieGewijzigd.naam", "OrganisatieGewijzigd.e_mail", "adres",
            "postadres", "telefoon", "website", "ondertekening", "voettekst", "KeuzeToegevoegd.naam",
            "KeuzeHernoemd.naam", "StreeftermijnGesteld.naam", "VraagBewaard.naam", "DagenGelijkgesteld.naam",
            "ReglementVersieToegevoegd.toelichting", "SjabloonToegevoegd.toelichting", "BestandOvergenomen.naam",
        ),
        NIEMAND,
    ),
}  # fmt: skip
"""Of every text of a fact: of whom, and what it is."""
ZONDER_TEKST = (
    (INDIENERS, "dagen, soort klacht, beslissingen en toestemming"),
    (MEDEWERKERS, "rollen, werkdagen, afwezigheid en vervanging"),
    (MEDEWERKERS, "wie wat vastlegde en welk dossier opende (kijklog)"),
    (MEDEWERKERS, "betrokkenheid bij klachten"),
    (MEDEWERKERS, "aanmeldnaam en aanmeldingen"),
    (MEDEWERKERS, "aan welke taken zij zijn herinnerd"),
    (MEDEWERKERS, "of zij een adres voor hun agenda hebben, en wanneer dat het laatst is gelezen"),
    (MEDEWERKERS, "tot waar zij hebben gezien wat er nieuw is"),
)
"""What facts, logs and what is kept with the accounts say with ids, days and choices."""


class Groep(NamedTuple):
    """People of one kind, and what is kept of them."""

    wie: str
    gegevens: tuple[str, ...]


def of_field(soort: str, veld: str) -> tuple[str, str]:
    """Return of whom a text is and what it is; KeyError for one that nobody thought of."""
    gevonden = GEGEVENS.get(f"{soort}.{veld}")
    if gevonden is None and veld in ("reden", "reden_afwijking") and soort in VAN_ONSZELF:
        return NIEMAND
    return gevonden or GEGEVENS[veld]


def groups() -> tuple[Groep, ...]:
    """Return every kind of people with what is kept of them, from all facts there are."""
    uit: dict[str, dict[str, None]] = {wie: {NAAM: None} for wie in VOLGORDE}
    for soort, klasse in SOORTEN.items():
        for veld in fields(klasse):
            if is_tekst(veld):
                wie, wat = of_field(soort, veld.name)
                if wie:
                    uit[wie][wat] = None
    for wie, wat in ZONDER_TEKST:
        uit[wie][wat] = None
    return tuple(Groep(wie, tuple(gegevens)) for wie, gegevens in uit.items())
