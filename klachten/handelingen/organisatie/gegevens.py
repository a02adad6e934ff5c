"""The organisation itself: that it is there, what it is called, its book year, equated days, and how people sign in."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from klachten import gebeurtenissen as g
from klachten import mailadres
from klachten.brieven import postadres
from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen.handeling import Zaak, handeling
from klachten.handelingen.organisatie.gedeeld import check_ingericht, check_naam_nu, check_nieuws, organisatie_van
from klachten.handelingen.veld import Veld
from klachten.handelingen.weigering import Geweigerd, OngeldigeInvoer
from klachten.organisatie import ROLLEN, Gebruiker
from klachten.periode import Boekjaarwijziging
from klachten.taal import MAANDEN, datum

INRICHTER = Gebruiker("klachten", "De eerste start", frozenset({"beheerder"}))
"""Who makes the organisation and its first people: in an empty register there is nobody yet who may."""

ZATERDAG = 5
OVERGANGEN = (
    ("korter", "Houdt eerder op: een korter jaar"),
    ("langer", "Loopt door tot dan: een langer jaar"),
)
_TELEFOON = re.compile(r"\+?[\d\s()/.-]{3,30}")
_ADRES = "Straat en huisnummer, en op de regel eronder postcode en plaats. Het staat op alle brieven."
_VANAF = Veld(naam="vanaf", label="Geldt vanaf", soort="dag")


@handeling(
    "Organisatie inrichten",
    Veld(naam="naam", label="Naam van de organisatie", soort="regel"),
    Veld(naam="voorbeeld", label="Dit is een voorbeeld", soort="ja_nee", verplicht=False, standaard=False),
    reeks="O",
    nieuw=True,
)
def inrichten_organisatie(zaak: Zaak, *, naam: str, voorbeeld: bool) -> Gebeurtenis:
    """The register gets an organisation, once; what was recorded before there were organisations stays."""
    if organisatie_van(zaak).ingericht:
        raise Geweigerd("De organisatie is al ingericht. Wijzig haar gegevens.", soort="staat_er_al")
    zaak.klachtnummer = g.NUMMER
    return g.OrganisatieIngericht(gebeurd_op=zaak.vandaag, naam=naam, voorbeeld=voorbeeld)


@handeling(
    "Gegevens van de organisatie wijzigen",
    _VANAF,
    Veld(naam="naam", label="Naam", soort="regel", verplicht=False),
    Veld(naam="adres", label="Adres", soort="tekst", verplicht=False, hulp=_ADRES),
    Veld(naam="postadres", label="Postadres", soort="tekst", verplicht=False, hulp="Als brieven dit moeten noemen."),
    Veld(naam="telefoon", label="Telefoon", soort="regel", verplicht=False),
    Veld(naam="e_mail", label="E-mailadres", soort="regel", verplicht=False),
    Veld(naam="website", label="Website", soort="regel", verplicht=False),
    reeks="O",
)
def wijzigen_organisatie(zaak: Zaak, *, vanaf: date, **gegevens: Any) -> Gebeurtenis:
    """Another name or address; what is empty stays."""
    check_ingericht(zaak)
    check_nieuws(*gegevens.values())
    check_naam_nu(zaak, vanaf, gegevens["naam"])
    _check_reach(gegevens)
    return g.OrganisatieGewijzigd(gebeurd_op=zaak.vandaag, vanaf=vanaf, **gegevens)


def _check_reach(gegevens: dict[str, Any]) -> None:
    """Refuse what nobody can be reached at: it stands at the top of every letter."""
    fouten = {
        naam: "Dit is geen postadres. Vul straat en huisnummer in, en op de regel eronder postcode en plaats."
        for naam in ("adres", "postadres")
        if gegevens[naam] and (mailadres.found_in(gegevens[naam]) or not postadres.lines(gegevens[naam]))
    }
    if gegevens["e_mail"] and (bezwaar := mailadres.objection(gegevens["e_mail"])):
        fouten["e_mail"] = f"Dit is geen e-mailadres waar post heen kan: {bezwaar}"
    if gegevens["telefoon"] and not _TELEFOON.fullmatch(gegevens["telefoon"]):
        fouten["telefoon"] = "Dit is geen telefoonnummer. Vul alleen cijfers in, met eventueel +, haakjes of streepjes."
    if fouten:
        raise OngeldigeInvoer(fouten)


@handeling(
    "Boekjaar instellen",
    Veld(
        naam="maand",
        label="Het boekjaar begint in",
        soort="keuze",
        keuzes=tuple((str(nr), naam) for nr, naam in enumerate(MAANDEN, start=1)),
    ),
    Veld(naam="vanaf", label="Het eerste zo geteld begint op of na", soort="dag"),
    Veld(naam="overgang", label="Het jaar ervoor", soort="keuze", keuzes=OVERGANGEN, standaard="korter"),
    reeks="O",
)
def stellen_boekjaar(zaak: Zaak, *, maand: str, vanaf: date, overgang: str) -> Gebeurtenis:
    """The month in which the book year begins from a day on; years that were stay as they were."""
    check_ingericht(zaak)
    eerder = [feit.vanaf for feit in organisatie_van(zaak).van(g.BoekjaarGesteld) if feit.overgang]
    if eerder and vanaf <= max(eerder):
        zin = f"Het boekjaar is al gewijzigd vanaf {datum(max(eerder))}. Kies een dag daarna."
        raise OngeldigeInvoer({"vanaf": zin})
    nieuw = Boekjaarwijziging(vanaf, int(maand))
    if organisatie_van(zaak).boekjaren().van(nieuw.eerste).eerste == nieuw.eerste:
        raise OngeldigeInvoer({"maand": f"Op {datum(nieuw.eerste)} begint al een boekjaar: er verandert niets."})
    return g.BoekjaarGesteld(gebeurd_op=zaak.vandaag, maand=int(maand), vanaf=vanaf, overgang=overgang)


@handeling(
    "Dagen gelijkstellen aan een feestdag",
    Veld(naam="naam", label="Naam van het besluit", soort="regel"),
    Veld(naam="nummer", label="Nummer", soort="regel", verplicht=False, hulp="Bijvoorbeeld Stcrt. 2026, 12345."),
    Veld(naam="eerste", label="Eerste dag", soort="dag"),
    Veld(naam="laatste", label="Laatste dag", soort="dag", verplicht=False, hulp="Laat leeg voor één dag."),
    Veld(naam="bekend_tot", label="De besluiten zijn bekend tot en met", soort="dag"),
    reeks="O",
)
def gelijkstellen_dagen(
    zaak: Zaak, *, naam: str, nummer: str, eerste: date, laatste: date | None, bekend_tot: date
) -> Gebeurtenis:
    """A decree makes days equal to a holiday: a term that moves off free days does not end on them."""
    check_ingericht(zaak)
    tot = laatste or eerste
    if not eerste <= tot <= eerste + timedelta(days=31):
        raise OngeldigeInvoer({"laatste": f"Kies een dag vanaf {datum(eerste)}, en hoogstens een maand later."})
    alle = [eerste + timedelta(days=n) for n in range((tot - eerste).days + 1)]
    dagen = tuple(dag for dag in alle if dag.weekday() < ZATERDAG)
    if not dagen:
        raise OngeldigeInvoer({"eerste": "Dit is een weekend: daarop eindigt een termijn al niet."})
    besluit = f"besluit_{len(zaak.dossier.van(g.DagenGelijkgesteld)) + 1}"
    return g.DagenGelijkgesteld(
        gebeurd_op=zaak.vandaag, besluit=besluit, dagen=dagen, bekend_tot=bekend_tot, nummer=nummer, naam=naam
    )


@handeling(
    "Aanmelden instellen",
    _VANAF,
    Veld(
        naam="tweede_factor_rollen",
        label="Tweede stap bij het aanmelden voor",
        soort="meerkeuze",
        keuzes=tuple(ROLLEN.items()),
        verplicht=False,
    ),
    Veld(naam="stil_minuten", label="Afmelden na zoveel minuten zonder werk", soort="getal", standaard=60),
    Veld(naam="hoogstens_uren", label="Afmelden na hoogstens zoveel uur", soort="getal", standaard=12),
    Veld(naam="oidc", label="Aanmelden met het account van het werk", soort="ja_nee", verplicht=False, standaard=False),
    Veld(naam="wachtwoord", label="Aanmelden met een wachtwoord", soort="ja_nee", verplicht=False, standaard=True),
    reeks="O",
)
def stellen_aanmeldregels(zaak: Zaak, *, vanaf: date, **regels: Any) -> Gebeurtenis:
    """How people sign in; secrets are not here but with the accounts."""
    check_ingericht(zaak)
    if not regels["oidc"] and not regels["wachtwoord"]:
        raise OngeldigeInvoer({"wachtwoord": "Dan kan niemand zich aanmelden. Kies ten minste een van de twee."})
    if not 5 <= regels["stil_minuten"] <= 480:
        raise OngeldigeInvoer({"stil_minuten": "Kies een aantal van 5 tot en met 480 minuten."})
    if not 1 <= regels["hoogstens_uren"] <= 24:
        raise OngeldigeInvoer({"hoogstens_uren": "Kies een aantal van 1 tot en met 24 uur."})
    return g.AanmeldregelsGesteld(gebeurd_op=zaak.vandaag, vanaf=vanaf, **regels)
