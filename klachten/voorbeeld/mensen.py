"""Invented people, employers and circumstances: what fills the blanks of the texts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from zlib import crc32

from klachten import organisatie
from klachten.taal import MAANDEN, WEEKDAGEN
from klachten.voorbeeld.sjabloon import Invulling

VOORNAMEN = (
    "Annelies Bram Chantal Daan Elif Femke Gerrit Hilde Ismail Joyce Karim Loes Mehmet Nadia Otto Petra Quinten "
    "Rianne Sjaak Tineke Umut Vera Willem Yvonne Zoë Aleksandra Bart Carina Driss Esther Fatma Geert Hanneke "
    "Igor Jolanda Kees Lieke Marloes Noor Piotr Ria Samira Theo Ursula Vincent Wendy Yusuf Ans Bep Coen Debby "
    "Emiel Fenna Guus Henk Ilse"
).split()
ACHTERNAMEN = (
    "Aerts|Aydın|van Beek|Boonen|Claessen|van Dalen|Demir|Driessen|Engelen|El Amrani|Franssen|Geurts|"
    "van der Heijden|Hendrickx|Hoekstra|Jacobs|Kaya|Kessels|Kowalczyk|Kusters|van Lieshout|Linders|Maassen|"
    "Mertens|Mulders|Nijssen|Ouali|Peeters|Pol|van Rooij|Rutten|Schreurs|Slegers|Snijders|Stevens|Tielen|Timmers|"
    "Tummers|Verbeek|Verhagen|Vermeulen|van der Velden|Vossen|Weerts|Wijnen|Wolters|Yıldız|Zegers|Baltussen|"
    "Coolen|Dekkers|Gielen|Hermans|Kuijpers|Leenders"
).split("|")
WERKGEVERS = (
    "Drukkerij De Letterbak|Zorggroep De Lindehof|Transportbedrijf Maasrand|Bakkerij Het Korenhuis|"
    "Installatiebedrijf Waterpas|Kinderopvang De Regenboogtuin|Metaalbewerking Van Staal|Thuiszorg Heidezicht|"
    "Groothandel De Ossenmarkt|Verzekeringskantoor Zekerhuis|Schoonmaakbedrijf Helderblik|"
    "Basisschool De Wegwijzer|gemeente Peeldorp|gemeente Rivierenbeek|Tuincentrum Groenoord|"
    "Bouwbedrijf De Steiger|Logistiek Centrum Zuidpoort|Woonstichting Thuisgoed"
).split("|")
BEROEPEN = (
    "chauffeur|magazijnmedewerker|administratief medewerker|verzorgende|lasser|docent|verkoper|kok|planner|"
    "schilder|receptionist|monteur|boekhouder|productiemedewerker|pedagogisch medewerker"
).split("|")
TRAJECTEN = (
    "traject tweede spoor|traject tweede spoor|traject tweede spoor|re-integratietraject|outplacementtraject|"
    "loopbaantraject|traject eerste spoor|traject jobcoaching"
).split("|")
STRATEN = "Voorbeeldlaan|Verzonnenpad|Proefstraat|Fictieweg|Bedachtplein".split("|")
EXTERNEN = "A. Holtrop|G. van Wessem|M. Terpstra|L. Oosterwijk".split("|")
GETALLEN = ("twee", "drie", "vier", "vijf", "zes", "zeven", "acht")
_VROUW = frozenset({"anna", "carla", "eva", "hanna", "iris"})


def heer_of_mevrouw(id: str) -> str:
    """Return how an indiener speaks of somebody of the cast: mevrouw Bakker."""
    achternaam = organisatie.naam(id).split(" ", 1)[1]
    return f"{'mevrouw' if id in _VROUW else 'de heer'} {achternaam[0].upper()}{achternaam[1:]}"


def _naam(invulling: Invulling) -> str:
    return f"{invulling.rng.choice(VOORNAMEN)} {invulling.rng.choice(ACHTERNAMEN)}"


def _klant(invulling: Invulling) -> str:
    achternaam = invulling.rng.choice(ACHTERNAMEN)
    aanspreking = invulling.rng.choice(("onze medewerker de heer", "onze medewerkster mevrouw"))
    return f"{aanspreking} {achternaam[0].upper()}{achternaam[1:]}"


def _bedrag(invulling: Invulling) -> str:
    return f"{invulling.rng.randint(23, 412)} euro"


def _keer(invulling: Invulling) -> str:
    return f"{invulling['keer_getal']} keer"


def _kies(*keuzes: str) -> Callable[[Invulling], str]:
    return lambda invulling: invulling.rng.choice(keuzes)


BRONNEN: dict[str, Callable[[Invulling], str]] = {
    "naam": _naam,
    "klant": _klant,
    "werkgever": _kies(*WERKGEVERS),
    "beroep": _kies(*BEROEPEN),
    "traject": _kies(*TRAJECTEN),
    "extern": _kies(*EXTERNEN),
    "weken": _kies(*GETALLEN[1:]),
    "keer_getal": _kies(*GETALLEN[:4]),
    "keer": _keer,
    "dag": _kies(*WEEKDAGEN[:5]),
    "dagdeel": _kies("ochtend", "middag"),
    "tijd": _kies("9.30 uur", "10.00 uur", "11.15 uur", "13.30 uur", "14.00 uur", "15.45 uur"),
    "bedrag": _bedrag,
}


def contact(invulling: Invulling, kanaal: str) -> str:
    """Return an invented address; nobody can be reached there."""
    if kanaal == "brief":
        straat, nummer, plaats = invulling.rng.choice(STRATEN), invulling.rng.randint(1, 180), invulling["plaats"]
        # No place has such a postcode; the same street has the same one.
        return f"{straat} {nummer}, {1000 + crc32(f'{straat} {plaats}'.encode()) % 9000} QQ {plaats}"
    delen = invulling["naam"].lower().replace("ı", "i").replace("ë", "e").split()
    return f"{delen[0][0]}.{''.join(delen[1:])}@post.example"


def moments_before(invulling: Invulling, ontvangen_op: object) -> None:
    """Fill in a day and a month that lie before the receipt of the klacht."""
    dag = ontvangen_op - timedelta(days=invulling.rng.randint(3, 32))  # type: ignore[operator]
    eerder = dag - timedelta(days=invulling.rng.randint(25, 80))
    invulling["datum"] = f"{dag.day} {MAANDEN[dag.month - 1]}"
    invulling["maand"] = MAANDEN[eerder.month - 1]
