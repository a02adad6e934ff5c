"""A letter goes out: recording that is the same act as recording the step, with the exact file in the dossier.

By hand (`verstuurd`), or by e-mail: then it is put ready (`klaarzetten`), and recorded when the server has accepted it
(`verstuurd_per_mail`). What may be recorded is for the handeling of the letter to say; to whom a letter may go and what
it must and may not name, whoever wrote or edited it, says briefzaak.py.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from klachten import brieven, organisatie
from klachten import gebeurtenissen as g
from klachten.brieven import BriefKanNiet, Brieftekst
from klachten.brieven.lijst import Brief
from klachten.brieven.ontvangers import Ontvanger
from klachten.dossier.klacht import Dossier, Feiten
from klachten.gebeurtenissen import Vastlegging
from klachten.handelingen.bericht import check_message
from klachten.handelingen.briefvragen import from_text, invoer_van, to_text
from klachten.handelingen.briefzaak import Briefzaak, known, once_more, recipients, refusal, still_to
from klachten.handelingen.handeling import HANDELINGEN, Handeling, Uitkomst
from klachten.handelingen.reglement import reglement_van
from klachten.handelingen.veld import Veld, check
from klachten.handelingen.vooraf import would_record
from klachten.handelingen.weigering import Geweigerd, RedenNodig
from klachten.handelingen.zaak import dossier_van
from klachten.organisatie import Gebruiker
from klachten.register import Boeking, Register
from klachten.taal import datum

__all__ = [
    "gemaakt", "klaarzetten", "objections", "recipients", "refusal", "verstuurd", "verstuurd_per_mail", "why_not_now",
]  # fmt: skip

E_MAIL = "e-mail"
"""The id of sending by e-mail, in the list wijzen."""
_ONDERWERP = Veld(naam="onderwerp", label="Onderwerp", soort="regel")
_INHOUD = Veld(naam="inhoud", label="Tekst van de e-mail", soort="tekst")
_NAAM = Veld(naam="naam", label="Naam van het bestand", soort="regel")


def verstuurd(
    register: Register,
    gebruiker: Gebruiker,
    klachtnummer: str,
    *,
    brief: str,
    bestand: bytes,
    naam: str,
    wijze: str,
    op: date,
    vandaag: date,
    antwoorden: Mapping[str, Any],
    reden: str = "",
    reden_afwijking: str | None = None,
) -> Uitkomst:
    """Record in one group that a letter was sent by hand and the step with it; refused as its handeling would be.

    `bestand`, the Word file, is what the dossier keeps: what was printed, perhaps as a PDF that was made of it, says
    the same, and nobody here knows what came out of the printer.
    """
    with register.schrijven() as boeking:
        zaak = Briefzaak(register, boeking, gebruiker, klachtnummer, brief, antwoorden, vandaag)
        zaak.check_letter(bestand, op)
        zaak.check_not_waiting()
        goed = check((_NAAM,), {"naam": naam}, zaak.reglement, vandaag)
        zaak.check_words(naam=naam)
        nrs = zaak.record_step(wijze, op, reden, reden_afwijking)
        return Uitkomst(klachtnummer, (*nrs, zaak.keep(bestand, goed["naam"], wijze, op)))


def klaarzetten(
    register: Register,
    gebruiker: Gebruiker,
    klachtnummer: str,
    *,
    brief: str,
    bestand: bytes,
    naam: str,
    aan: str,
    onderwerp: str,
    inhoud: str,
    antwoorden: Mapping[str, Any],
    vandaag: date,
    reden: str = "",
    reden_afwijking: str | None = None,
    pdf: bytes = b"",
) -> Uitkomst:
    """Put a letter ready to go by e-mail: all is checked that would be if it went now, the step is recorded later."""
    soort = known(brief)
    with register.schrijven() as boeking:
        zaak = Briefzaak(register, boeking, gebruiker, klachtnummer, brief, antwoorden, vandaag)
        zaak.check_letter(bestand, vandaag)
        velden = {"naam": naam, "onderwerp": onderwerp, "inhoud": inhoud}
        goed = check((_NAAM, _ONDERWERP, _INHOUD), velden, zaak.reglement, vandaag)
        zaak.check_address(aan)
        check_message(zaak.wie.e_mail, onderwerp, inhoud)
        zaak.check_words(**velden)
        zaak.check_not_waiting()
        alleen_stuk = zaak.only_file
    if not alleen_stuk:
        would_record(
            HANDELINGEN[soort.handeling], register, gebruiker, klachtnummer, vandaag=vandaag, reden=reden,
            reden_afwijking=reden_afwijking, **invoer_van(soort, antwoorden, op=vandaag, wijze=E_MAIL),
        )  # fmt: skip
    with register.schrijven() as boeking:
        zaak = Briefzaak(register, boeking, gebruiker, klachtnummer, brief, antwoorden, vandaag)
        zaak.check_not_waiting()
        inhoud_bestand = pdf or bestand
        feit = g.BerichtKlaargezet(
            gebeurd_op=vandaag, waarvoor="brief", brief=soort.id, document=hashlib.sha256(inhoud_bestand).hexdigest(),
            handeling="" if alleen_stuk else soort.handeling, aan=aan.strip(), onderwerp=goed["onderwerp"],
            inhoud=goed["inhoud"], naam=goed["naam"], antwoorden=to_text(antwoorden), reden=reden.strip(),
            reden_afwijking=(reden_afwijking or "").strip(),
        )  # fmt: skip
        nr = boeking.leg_vast(klachtnummer, feit, door=gebruiker.id, rol=zaak.rol, document=inhoud_bestand)
    return Uitkomst(klachtnummer, (nr,))


def why_not_now(register: Register, bericht: Vastlegging, *, vandaag: date, verzonden: bool) -> str:
    """Return why a letter that waits may not go any more, as a Dutch sentence; "" when it still may.

    Between putting it ready and sending, an address is corrected, a klacht withdrawn, a step recorded otherwise. Of one
    that was sent before (`verzonden`), and goes again, only the recipient is asked about: its step is there.
    """
    feit = bericht.feit
    assert isinstance(feit, g.BerichtKlaargezet)
    gebruiker, antwoorden = organisatie.gebruiker(bericht.door, vandaag), from_text(feit.antwoorden)
    try:
        soort = known(feit.brief)
        if verzonden:
            still_to(register, bericht.klachtnummer, soort, antwoorden, feit.aan)
            return ""
        if gebruiker is None:
            raise Geweigerd("Wie de brief klaarzette, werkt hier niet meer.", soort="werkt_hier_niet_meer")
        zaak = Briefzaak(register, register, gebruiker, bericht.klachtnummer, soort.id, antwoorden, vandaag)
        zaak.check_address(feit.aan)
        zaak.check_words(naam=feit.naam, onderwerp=feit.onderwerp, inhoud=feit.inhoud)
        _check_goes_on(zaak.feiten, bericht.nr)
        if feit.handeling and not zaak.only_file:
            would_record(
                HANDELINGEN[feit.handeling], register, gebruiker, bericht.klachtnummer, vandaag=vandaag,
                reden=feit.reden, reden_afwijking=feit.reden_afwijking or None,
                **invoer_van(soort, antwoorden, op=vandaag, wijze=E_MAIL),
            )  # fmt: skip
    except RedenNodig:  # late by waiting: that is the reason it gets when it has gone
        return ""
    except Geweigerd as fout:
        return f"Niet verstuurd, want dit is veranderd sinds de brief is klaargezet. {fout}"
    return ""


def _check_goes_on(feiten: Feiten, sinds: int) -> None:
    """Refuse when the klacht ended since, without that somebody went on with it: a step of it may be recorded still."""
    einde = (g.KlachtIngetrokken, g.NietInBehandelingGenomen)
    ten_einde = (v.corrigeert or v.nr for v in feiten.geldig if isinstance(v.feit, einde))
    if isinstance(feiten, Dossier) and not feiten.loopt and any(nr > sinds for nr in ten_einde):
        raise Geweigerd(f"De klacht is {feiten.toestand}.", soort="klacht_beeindigd")


def verstuurd_per_mail(register: Register, boeking: Boeking, bericht: Vastlegging, *, op: date, vandaag: date) -> str:
    """Record within a group what a letter that a mail server accepted stands for: its file, and its step.

    Returns "" when both are recorded, and otherwise the Dutch reason why the step could not be: the letter has gone
    all the same, so its file is kept, and a person has to look. Where the letter of another indiener brought the step
    meanwhile, its file is all there is to keep. `bericht` is the fact BerichtKlaargezet.
    """
    feit = bericht.feit
    assert isinstance(feit, g.BerichtKlaargezet)
    antwoorden, waarom = from_text(feit.antwoorden), ""
    gebruiker = organisatie.gebruiker(bericht.door, vandaag)
    soort = brieven.BRIEVEN.get(feit.brief)
    if gebruiker is None or soort is None:
        waarom = "Wie de brief klaarzette, werkt hier niet meer." if soort else f"De brief '{feit.brief}' is er niet."
    elif feit.handeling and not _goes_once_more(register, boeking, gebruiker, bericht, soort, vandaag):
        doe = HANDELINGEN[feit.handeling]
        waarom = _record_late(doe, register, boeking, gebruiker, bericht, op, vandaag, antwoorden, soort)
    stuk = g.DocumentToegevoegd(
        gebeurd_op=op, document=feit.document, soort_document="brief", van_dag=op, richting="uit",
        naam=feit.naam, aan=f"{feit.aan} (e-mail)",
    )  # fmt: skip
    boeking.leg_vast(bericht.klachtnummer, stuk, door=bericht.door, rol=bericht.rol)
    return waarom


def _goes_once_more(
    register: Register, boeking: Boeking, gebruiker: Gebruiker, bericht: Vastlegging, soort: Brief, vandaag: date
) -> bool:
    """Whether the step was recorded while this letter waited, and it may go all the same."""
    feiten = dossier_van(boeking, bericht.klachtnummer)
    volgens = reglement_van(register, feiten, op=vandaag)
    _, weigering = HANDELINGEN[soort.handeling].toets(feiten, gebruiker, volgens)
    return weigering is not None and once_more(feiten, soort, gebruiker, volgens)


def _record_late(
    doe: Handeling, register: Register, boeking: Boeking, gebruiker: Gebruiker, bericht: Vastlegging, op: date,
    vandaag: date, antwoorden: dict[str, Any], soort: Brief,
) -> str:  # fmt: skip
    """Record the step of a letter that has gone; a deviation that nobody could be asked about gets its reason here."""
    invoer = invoer_van(soort, antwoorden, op=op, wijze=E_MAIL)
    klaar = f"Klaargezet op {datum(bericht.feit.gebeurd_op)}; de mailserver nam de brief aan op {datum(op)}."
    reden, afwijking = bericht.feit.reden, bericht.feit.reden_afwijking or None
    for waarom in (reden, " ".join(filter(None, (reden, klaar)))):
        try:
            doe.within(
                register, boeking, gebruiker, bericht.klachtnummer, vandaag=vandaag, reden=waarom,
                reden_afwijking=afwijking, **invoer,
            )  # fmt: skip
        except RedenNodig:
            continue
        except Geweigerd as fout:
            return str(fout)
        return ""
    return "De stap wijkt af van het reglement en vraagt een reden."


def gemaakt(
    register: Register, gebruiker: Gebruiker, klachtnummer: str, *, brief: str, op: date, vandaag: date,
    antwoorden: Mapping[str, Any],
) -> tuple[Brieftekst, Ontvanger]:  # fmt: skip
    """Make a letter to look at, and say to whom it goes; nothing is recorded. Refused as sending it would be."""
    zaak = Briefzaak(register, register, gebruiker, klachtnummer, brief, antwoorden, vandaag)
    try:
        tekst = brieven.maak(register, zaak.feiten, zaak.soort, zaak.gebruiker, op, zaak.antwoorden)
    except BriefKanNiet as fout:
        raise Geweigerd(str(fout), soort="brief_kan_niet") from fout
    return tekst, zaak.wie


def objections(
    register: Register, gebruiker: Gebruiker, klachtnummer: str, *, brief: str, bestand: bytes, vandaag: date,
    antwoorden: Mapping[str, Any],
) -> tuple[str, ...]:  # fmt: skip
    """Return what is wrong with a file as this letter: it is none, or says what it may not or not what it must."""
    zaak = Briefzaak(register, register, gebruiker, klachtnummer, brief, antwoorden, vandaag)
    return zaak.objections(bestand)
