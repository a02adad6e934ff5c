"""The processing record and the privacy statement in plain sentences, and as PDF in the style of the house.

What only the organisation knows is not made up: it says (vul in: ...) there, and `blanks` lists those.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from klachten import rechten, taal
from klachten.analyse.rapport import blokken, opmaak
from klachten.analyse.rapport.stijl import Stijl
from klachten.organisatie import ROLLEN, Gegevens
from klachten.register import Register
from klachten.reglement import Reglement
from klachten.toegang.instellingen import Instellingen
from klachten.verwerking.gegevens import INDIENERS, groups
from klachten.verwerking.maatregelen import in_force, retention, retention_sentences

IN_TE_VULLEN = re.compile(r"\(vul in: [^)]*\)")
FUNCTIONARIS = "(vul in: naam en contact van de functionaris gegevensbescherming, of dat u er geen heeft)"
UITZONDERING = "(vul in: de uitzondering van AVG artikel 9 die voor u geldt; laat dit nakijken)"
DOEL = (
    "Klachten en signalen ontvangen, onderzoeken, beantwoorden en afsluiten volgens het reglement.",
    "Ervan leren: elk jaar evalueren en verbeteren. In de cijfers staan geen namen van indieners.",
)
GEZONDHEID = (
    "Iemand kan in een klacht iets over de eigen gezondheid vertellen. Wij vragen daar niet om en gebruiken het alleen "
    "voor de klacht."
)
RECHTEN = (
    "U mag vragen wat wij van u bewaren, en het laten verbeteren of wissen. U mag bezwaar maken, en vragen om het "
    "gebruik te beperken. Toestemming mag u altijd weer intrekken. Wij antwoorden binnen één maand. Geen besluit over "
    "u wordt alleen door een computer genomen."
)


class Deel(NamedTuple):
    """A part of either: what it is about, and its sentences."""

    kop: str
    zinnen: tuple[str, ...]


def processing_record(register: Register, reglement: Reglement, instellingen: Instellingen, op: date) -> list[Deel]:
    """Return what AVG article 30 asks, of this register on a day."""
    wij = register.organisatie.gegevens(op)
    bewaard = tuple(f"{naam}: {lang}. {grond}" for naam, lang, grond in retention(reglement))
    return [
        Deel("Wie verantwoordelijk is", (*_us(wij), f"Functionaris gegevensbescherming: {FUNCTIONARIS}.")),
        Deel("Waarvoor", (*DOEL, f"Het reglement: {reglement.naam}.")),
        Deel("Op welke grond", _grounds()),
        Deel(
            "Van wie, en welke gegevens", (*(f"{g.wie}: {taal.opsomming(g.gegevens)}." for g in groups()), GEZONDHEID)
        ),
        Deel("Wie het ziet", _receivers()),
        Deel("Buiten de Europese Unie", _abroad(instellingen)),
        Deel("Hoe lang", bewaard or retention_sentences(reglement)),
        Deel("Hoe het is beveiligd", tuple(in_force(register, instellingen, op))),
    ]


def privacy_statement(register: Register, reglement: Reglement, instellingen: Instellingen, op: date) -> list[Deel]:
    """Return the statement for who files a klacht: one page."""
    wij = register.organisatie.gegevens(op)
    van = {groep.wie: groep.gegevens for groep in groups()}
    naam = wij.naam or "(vul in: de naam van de organisatie)"
    return [
        Deel("Wie wij zijn", (f"{naam} is verantwoordelijk voor deze gegevens. {_reach(wij)}",)),
        Deel("Wat wij bewaren", (f"Van u: {taal.opsomming(van[INDIENERS])}. {GEZONDHEID}",)),
        Deel("Waarom", (" ".join((*DOEL, *_grounds(kort=True))),)),
        Deel(
            "Wie het ziet",
            (
                "Alleen wie klachten behandelt, erover besluit of nagaat hoe dat gaat. Over wie uw klacht gaat, ziet "
                "uw dossier niet. Wie iets moet verbeteren, ziet alleen dat. "
                "Een onafhankelijk persoon van buiten ziet het als u het niet eens wordt met ons, en uw opdrachtgever "
                "alleen als u dat goed vindt. " + " ".join(_abroad(instellingen)),
            ),
        ),
        Deel("Hoe lang wij het bewaren", (" ".join(retention_sentences(reglement)),)),
        Deel(
            "Uw rechten",
            (
                RECHTEN,
                "Bent u het niet met ons eens, dan kunt u klagen bij de Autoriteit Persoonsgegevens.",
            ),
        ),
    ]


def blanks(delen: Iterable[Deel]) -> list[str]:
    """Return what the organisation still has to fill in itself."""
    return list(dict.fromkeys(m for deel in delen for zin in deel.zinnen for m in IN_TE_VULLEN.findall(zin)))


def pdf(titel: str, delen: Sequence[Deel], *, organisatie: str, op: date, stijl: Stijl, opsomming: bool) -> bytes:
    """Return it as PDF, printed as the yearly report is; `opsomming`: each sentence a point."""
    uit: list[blokken.Blok] = []
    for deel in delen:
        uit.append(blokken.kop(deel.kop))
        if opsomming:
            uit.append(blokken.punten([(zin, bool(IN_TE_VULLEN.search(zin))) for zin in deel.zinnen]))
        else:
            uit += [{**blokken.alinea(zin), "plakt": False} for zin in deel.zinnen]
    gegevens = {
        "titel": titel, "organisatie": organisatie, "ondertitel": f"Stand van {taal.datum(op)}",
        "datum": [op.year, op.month, op.day], "tegels": [], "blokken": uit, "voet": f"{titel} · {taal.datum(op)}",
    }  # fmt: skip
    return opmaak.zet(gegevens, stijl)


def _us(wij: Gegevens) -> tuple[str, ...]:
    return (
        f"{wij.naam or '(vul in: de naam van de organisatie)'}, {_address(wij)}.",
        _reach(wij),
    )


def _address(wij: Gegevens) -> str:
    adres = wij.adres or wij.postadres
    return ", ".join(filter(None, map(str.strip, adres.splitlines()))) or "(vul in: het adres)"


def _reach(wij: Gegevens) -> str:
    waar = taal.opsomming(filter(None, (wij.e_mail, wij.telefoon, wij.website)), "of")
    return f"U bereikt ons via {waar or '(vul in: een e-mailadres of telefoonnummer)'}."


def _grounds(*, kort: bool = False) -> tuple[str, ...]:
    grond = (
        "Onze grond is een gerechtvaardigd belang: klachten goed behandelen en ervan leren (AVG artikel 6 lid 1 onder "
        "f), of onder c of e waar de wet ons een klachtenregeling voorschrijft."
    )
    delen = "Met een opdrachtgever delen wij een klacht alleen met toestemming (onder a)."
    return (grond,) if kort else (grond, delen, f"Voor gegevens over gezondheid: {UITZONDERING}.")


def _receivers() -> tuple[str, ...]:
    cellen = rechten.rij("inzage", "klacht").cellen
    hoe = {
        "ja": "elke klacht waarbij zij niet betrokken zijn",
        "lezen": "elke klacht waarbij zij niet betrokken zijn, zonder iets vast te leggen",
        "eigen": "alleen eigen klachten",
        "maatregel": "alleen eigen maatregelen",
    }
    wie = [f"{ROLLEN[rol]}: {hoe[cel]}." for rol, cel in cellen.items() if cel in hoe]
    return (
        *wie,
        "Een onafhankelijk persoon van buiten, als een meningsverschil wordt voorgelegd.",
        "De opdrachtgever, alleen met toestemming van de indiener.",
        "De aanbieder van een agenda waarin een medewerker eigen termijnen toont: nummer, stap en dag, zonder namen.",
        "Verwerkers: (vul in: wie de computer, de mail en de reservekopieën beheert, met welke overeenkomst).",
    )


def _abroad(instellingen: Instellingen) -> tuple[str, ...]:
    elders = []
    if instellingen.oidc is not None:
        elders.append(f"Medewerkers melden zich aan met {instellingen.oidc.naam}: (vul in: in welk land dat staat).")
    if instellingen.smtp is not None:
        elders.append(f"E-mail gaat weg via {instellingen.smtp.host}: (vul in: in welk land die mailserver staat).")
    if instellingen.imap is not None:
        elders.append(f"E-mail komt binnen op {instellingen.imap.host}: (vul in: in welk land die postbus staat).")
    wie = "Verder stuurt het register" if elders else "Het register stuurt"
    return (*elders, f"{wie} niets buiten de Europese Unie: het draait op een computer van de organisatie.")
