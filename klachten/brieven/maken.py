"""Making a letter: who gets it, what stands in it, and the Word document that comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from klachten import gebeurtenissen as g
from klachten import organisatie
from klachten.brieven import gegevens, sjabloon
from klachten.brieven.lijst import BUITEN, INDIENER, Brief
from klachten.brieven.namen import named_in, shares_last_name
from klachten.brieven.ontvangers import Ontvanger, closed_to, filers, surely
from klachten.brieven.velden import VAN_EEN_BRIEF, invented
from klachten.brieven.vullen import fill
from klachten.brieven.weigering import BriefKanNiet
from klachten.dossier.klacht import Dossier, Feiten
from klachten.organisatie import Gebruiker, Organisatie
from klachten.register import Register
from klachten.reglement import Reglement
from klachten.taal import hoofdletter


@dataclass(frozen=True)
class Brieftekst:
    """A letter that was made: the name of its file, and the Word document."""

    naam: str
    docx: bytes


def maak(
    register: Register, dossier: Feiten, brief: Brief, gebruiker: Gebruiker, op: date, antwoorden: Mapping[str, Any]
) -> Brieftekst:
    """Make a letter from a dossier; BriefKanNiet says what is missing, or whom it may not name."""
    wie = surely(brief, dossier, dict(antwoorden), organisatie.huidige())
    if wie is None:
        raise BriefKanNiet(
            "Deze brief kan aan niemand in dit dossier worden gestuurd. Kies een ander aan wie hij gaat."
        )
    volgens = _rules(register, dossier, op)
    waarden = gegevens.values(register, dossier, brief, wie, gebruiker, op, antwoorden, volgens)
    _check_complete(brief, waarden)
    _check_decided(brief, dossier, waarden)
    eigen = sjabloon.template_on(organisatie.huidige(), brief.id, op)
    bron = register.document(g.NUMMER, eigen.document) if eigen else sjabloon.of_program(brief)
    docx = fill(bron, waarden, *gegevens.style_of(register, op))
    return Brieftekst(f"{' '.join(filter(None, (brief.naam, _number(brief, dossier, wie))))}.docx", docx)


def subject(brief: Brief, feiten: Feiten, wie: Ontvanger) -> str:
    """Return the subject of the mail that a letter goes with."""
    nummer = _number(brief, feiten, wie)
    return f"{brief.onderwerp} ({nummer})" if nummer else brief.onderwerp


def _number(brief: Brief, feiten: Feiten, wie: Ontvanger) -> str:
    return "" if closed_to(brief, feiten, wie) else feiten.klachtnummer


def maak_met(register: Register, brief: Brief, bron: bytes, op: date) -> Brieftekst:
    """Make a letter of a template with invented data, in the style of the organisation, to look at."""
    org = organisatie.huidige()
    eigen = gegevens.of_organisation(org, op) if org.gegevens(op).naam else {}
    return Brieftekst(
        f"{brief.naam} (voorbeeld).docx", fill(bron, invented(brief) | eigen, *gegevens.style_of(register, op))
    )


def _rules(register: Register, dossier: Feiten, op: date) -> Reglement:
    if isinstance(dossier, Dossier):
        boek: Reglement = register.reglementen[dossier.ontvangst.reglement].op(dossier.ontvangst.reglement_versie)
        return boek
    geldend: Reglement = register.reglementen[organisatie.huidige().reglement(op)]
    return geldend


def _check_complete(brief: Brief, waarden: Mapping[str, Any]) -> None:
    """Refuse a letter without what the reglement, or the letter itself, asks to be in it."""
    if "behandelaar" in brief.verplicht and not waarden["behandelaar"]:
        raise BriefKanNiet(
            f"De {brief.naam.lower()} kan nog niet: er is nog geen behandelaar toegewezen (stap 4), en de brief noemt "
            "het klachtnummer en de behandelaar."
        )
    # Without a maatregel it is a letter all the same: it then says that none is needed.
    # And it has no klachtnummer for who may not know that.
    leeg = [n for n in brief.verplicht if not waarden.get(n) and n not in ("maatregelen", "klachtnummer")]
    if leeg:
        raise BriefKanNiet(*(f"{hoofdletter(VAN_EEN_BRIEF[naam].uitleg)}: vul dit in." for naam in leeg))


def _check_decided(brief: Brief, dossier: Feiten, waarden: Mapping[str, Any]) -> None:
    """Refuse a letter about the result that names no maatregel while nobody decided that none is needed (step 8).

    It would tell the indiener so, and that the klacht is closed; in a template of one's own too.
    """
    if brief.id != "resultaat" or waarden["maatregelen"] or not isinstance(dossier, Dossier):
        return
    elders = 11 in dossier.elders_gedaan and not dossier.geldende_maatregelen
    if not dossier.zonder_maatregelen and not elders:
        raise BriefKanNiet(
            "Zeg welke maatregelen er komen, of leg eerst vast dat er geen nodig zijn (stap 8). Zonder maatregelen "
            "schrijft deze brief dat u niets verandert en de klacht afsluit."
        )


# --- what a letter may and must say, whoever wrote it -----------------------------------------------------------------


def objections(
    brief: Brief, feiten: Feiten, wie: Ontvanger, tekst: str, org: Organisatie, overal: str = ""
) -> tuple[str, ...]:
    """Return what is wrong with the text of a letter, as it is to be sent: somebody may have edited it.

    `overal` is what the file says besides what is read on paper: nobody may be named there either.
    """
    fout: list[str] = []
    vlak = " ".join(tekst.split())
    if not vlak:
        return ("De brief is leeg.",)
    if "klachtnummer" in brief.verplicht and _number(brief, feiten, wie) not in vlak:
        fout.append(f"De brief noemt het klachtnummer {feiten.klachtnummer} niet.")
    if isinstance(feiten, Dossier) and "behandelaar" in brief.verplicht:
        naam = org.naam(feiten.behandelaar or "")
        if not feiten.behandelaar or " ".join(naam.split()) not in vlak:
            fout.append(f"De brief noemt de behandelaar niet{f', {naam}' if feiten.behandelaar else ''}.")
    return (*fout, *names_another(brief, feiten, wie, f"{tekst}\n{overal}", org))


def names_another(brief: Brief, feiten: Feiten, wie: Ontvanger, tekst: str, org: Organisatie) -> tuple[str, ...]:
    """Return whom a text to this reader names and may not, a sentence each, of letter or mail."""
    if not isinstance(feiten, Dossier) or brief.aan == BUITEN:
        return ()
    nummer = (
        f"De brief noemt het klachtnummer {feiten.klachtnummer}. Haal dat weg: {wie.naam} is betrokken bij deze "
        "klacht, en hoeft niet te weten om welke klacht het gaat."
    )
    dicht = closed_to(brief, feiten, wie) and feiten.klachtnummer.casefold() in tekst.casefold()
    collega = tuple(_colleagues(org))
    zin = (
        "De brief noemt {}, en dat is een andere indiener. Haal die naam weg: een indiener leest nooit wie nog meer "
        "heeft geklaagd."
        if brief.aan == INDIENER
        else "De brief noemt {}, die de klacht heeft ingediend. Haal die naam weg: wie een maatregel uitvoert, hoeft "
        "dat niet te weten."
    )
    zelfde = " Bedoelt u iemand anders die ook zo heet, schrijf dan de hele naam."
    return ((nummer,) if dicht else ()) + tuple(
        zin.format(naam) + (zelfde if shares_last_name(naam, (wie.naam, *collega)) else "")
        for naam in named_in(tekst, _others(brief, feiten, wie), collega, wie.naam)
    )


def _colleagues(org: Organisatie) -> list[str]:
    return [persoon.naam for persoon in org.mensen.values()] + [org.gegevens().naam]


def _others(brief: Brief, dossier: Dossier, wie: Ontvanger) -> list[str]:
    """Whom a letter may not name: of an indiener the others; of an actienemer everybody who filed the klacht.

    Who acts for the indiener knows for whom, and the other way round. Somebody involved has to know whose klacht it is.
    """
    alle = list(filers(dossier))
    samen = {"gemachtigde", "indiener"}
    if brief.aan == "medewerker":
        return []
    if brief.aan == "actienemer":
        return [een.naam for een in alle if een.naam]
    eigen = samen if wie.id in samen else {wie.id}
    return [een.naam for een in alle if een.naam and een.id not in eigen]
