"""Sending what is due: that it begins is on the disk before the server hears anything, what came of it after.

A crash in between leaves a message of which it is known that sending began, and no more: it is uncertain, and a person
is asked. It is never sent again without that, and never counted as sent without an answer of the server.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from email.message import EmailMessage

from klachten.gebeurtenissen import BerichtIngetrokken, BerichtVerzonden, VerzendingBegonnen, VerzendingMislukt
from klachten.handelingen.weigering import Geweigerd
from klachten.post.uit import brief, overdag, plek, smtp, uitnodiging
from klachten.post.uit.bericht import BRIEF, OPNIEUW, UITNODIGING, WACHT, Bericht, een, open_berichten, under_way
from klachten.post.uit.brief import BijVerzonden
from klachten.post.uit.opmaak import NietTeVersturen, compose
from klachten.post.uit.smtp import Antwoord
from klachten.register import Boeking, Register, RegisterFout
from klachten.tijdzone import NEDERLAND
from klachten.toegang.instellingen import Instellingen
from klachten.toegang.mailserver import Mailserver

HOOGSTENS = 50
"""So many messages go out in one run; the next one takes the rest."""

_log = logging.getLogger("klachten")
_een_tegelijk = threading.Lock()
_rust: dict[str, datetime] = {}


@dataclass(frozen=True)
class Ronde:
    """What one run did: how many messages were accepted, failed, and are uncertain since."""

    verzonden: int = 0
    mislukt: int = 0
    onzeker: int = 0


def may_send(register: Register, instellingen: Instellingen) -> str:
    """Return why nothing is sent now, as a Dutch sentence; "" when mail goes out."""
    if register.organisatie.voorbeeld:
        return "In het voorbeeld gaat er geen e-mail de deur uit; hier staat wat er zou zijn verstuurd."
    if instellingen.smtp is None:
        return "E-mail is niet ingesteld: wat klaarstaat, blijft wachten. De beheerder kan een mailserver opgeven."
    if not instellingen.smtp.afzender:
        return "Bij de mailserver ontbreekt de afzender: wat klaarstaat, blijft wachten. De beheerder kan die opgeven."
    return register.alleen_lezen and "Er kan nu niets worden vastgelegd, en dus ook niets worden verstuurd."


def send_due(
    register: Register,
    instellingen: Instellingen,
    nu: datetime,
    *,
    bij_verzonden: BijVerzonden | None = None,
    codes: uitnodiging.Codes | None = None,
    stop: Callable[[], bool] = lambda: False,
    geduld: float = smtp.GEDULD,
) -> Ronde:
    """Send what is due at a moment (UTC), the oldest first, and record what came of each; one run at a time.

    `bij_verzonden` is what records a letter that has gone, that of the letters themselves when none is given; `codes`
    makes the secret of an invitation. A server that cannot be reached is left alone for a while. RegisterFout and
    OSError when nothing can be recorded.
    """
    eigen = register.organisatie
    if eigen.voorbeeld or not eigen.ingericht or register.alleen_lezen or not _een_tegelijk.acquire(blocking=False):
        return Ronde()
    geteld = {smtp.AANGENOMEN: 0, smtp.NU_NIET: 0, smtp.NOOIT: 0, smtp.ONZEKER: 0}
    try:
        plek.settle(register)
        if may_send(register, instellingen) or instellingen.smtp is None:
            return Ronde()
        if (tot := _rust.get(str(register.map))) and nu < tot:
            return Ronde()
        # Who cannot make the secret of an invitation leaves it to the app.
        kan = (een for een in open_berichten(register) if codes is not None or een.waarvoor != UITNODIGING)
        klaar = (bericht for bericht in kan if bericht.due(nu))
        for wachtend in [bericht for bericht in klaar if overdag.may_go(register, bericht, nu)][:HOOGSTENS]:
            if stop():
                break
            antwoord = _send(register, wachtend, instellingen.smtp, nu, bij_verzonden, codes, geduld)
            if antwoord is not None:
                geteld[antwoord.soort] += 1
                if antwoord.algemeen:
                    _rust[str(register.map)] = nu + OPNIEUW[0]
                    break
    finally:
        _een_tegelijk.release()
    return Ronde(geteld[smtp.AANGENOMEN], geteld[smtp.NU_NIET] + geteld[smtp.NOOIT], geteld[smtp.ONZEKER])


def _send(
    register: Register, wachtend: Bericht, server: Mailserver, nu: datetime, bij: BijVerzonden | None,
    codes: uitnodiging.Codes | None, geduld: float,
) -> Antwoord | None:  # fmt: skip
    """Send one message; None when it turns out not to be due, or is nobody's any more."""
    op = nu.astimezone(NEDERLAND).date()
    bericht = een(register, wachtend.nr)
    if bericht is None or bericht.toestand != WACHT:
        return None
    if bericht.gewist:
        with register.schrijven() as boeking:
            feit = BerichtIngetrokken(gebeurd_op=op, bericht=bericht.nr)
            boeking.leg_vast(bericht.klachtnummer, feit, door=bericht.door, rol=bericht.rol)
        return None
    poging = bericht.poging + 1
    # Who records a letter in another way knows for itself whether it may go.
    mag_niet = brief.changed(register, bericht, op) if bij is None else ""
    mail = mag_niet or _composed(register, bericht, server, nu, op, codes)
    if isinstance(mail, str):
        antwoord = Antwoord(smtp.NOOIT, 0, mail)
        _record(register, bericht, poging, antwoord, op)
        return antwoord
    under_way(register, bericht.nr, True)
    try:
        if not _begin(register, bericht, poging, op):
            return None
        plek.settle(register, gezien=register.stand().aantal)
        antwoord = smtp.deliver(mail, server.afzender, mail["To"].addresses[0].addr_spec, server, geduld)
        _log.info("Bericht %s: %s (%s).", bericht.nr, antwoord.soort, antwoord.code, extra={"soort": "post"})
        if antwoord.soort == smtp.AANGENOMEN:
            accepted(register, bericht, poging, op, bij or brief.record_sent)
        elif antwoord.soort != smtp.ONZEKER:
            _record(register, bericht, poging, antwoord, op)
    finally:
        under_way(register, bericht.nr, False)
    return antwoord


def _composed(
    register: Register, bericht: Bericht, server: Mailserver, nu: datetime, op: date, codes: uitnodiging.Codes | None
) -> EmailMessage | str:
    """Return the message as it goes over the line, or the Dutch sentence that says why it never can."""
    bestand, van = _file(register, bericht), register.organisatie.gegevens(op).naam
    try:
        if bericht.waarvoor == UITNODIGING:
            bericht = uitnodiging.filled_in(bericht, server, codes)
        mail = compose(bericht, server, van=van, nu=nu, bestand=bestand)
        mail.as_bytes()
    except NietTeVersturen as fout:
        return str(fout)
    except Exception:  # noqa: BLE001 - one message that is odd holds up no other
        _log.exception("Bericht %s kan niet worden opgemaakt.", bericht.nr, extra={"soort": "post"})
        return "Dit bericht kan niet worden opgemaakt; de oorzaak staat in het logboek van de app."
    return mail


def _file(register: Register, bericht: Bericht) -> bytes | None:
    """Return the file that goes along; None when there is none, or it is gone."""
    if not bericht.document:
        return None
    try:
        return register.document(bericht.klachtnummer, bericht.document)
    except (OSError, RegisterFout) as fout:
        _log.error("Het bestand bij bericht %s is niet te lezen.", bericht.nr, extra={"soort": "post"}, exc_info=fout)
        return None


def _begin(register: Register, bericht: Bericht, poging: int, op: date) -> bool:
    """Record durably that an attempt begins; False when somebody withdrew the message meanwhile."""
    with register.schrijven() as boeking:
        # With the lock for writing held nobody changes it any more.
        nu = een(register, bericht.nr)
        if nu is None or (nu.toestand, nu.poging) != (WACHT, poging - 1):
            return False
        feit = VerzendingBegonnen(gebeurd_op=op, bericht=bericht.nr, poging=poging)
        boeking.leg_vast(bericht.klachtnummer, feit, door=bericht.door, rol=bericht.rol)
    return True


def _record(register: Register, bericht: Bericht, poging: int, antwoord: Antwoord, op: date) -> None:
    """Record that an attempt failed, and what the server said."""
    blijvend = antwoord.soort == smtp.NOOIT
    feit = VerzendingMislukt(
        gebeurd_op=op,
        bericht=bericht.nr,
        poging=poging,
        code=antwoord.code,
        blijvend=blijvend,
        melding=antwoord.melding,
    )
    with register.schrijven() as boeking:
        boeking.leg_vast(bericht.klachtnummer, feit, door=bericht.door, rol=bericht.rol)


def accepted(register: Register, bericht: Bericht, poging: int, op: date, bij: BijVerzonden) -> None:
    """Record that the server accepted a message, with what a letter brings in the same group.

    When its step cannot be recorded the letter has gone all the same, and that is said: a person records the step.
    """
    waarom = ""
    if bericht.waarvoor == BRIEF and bericht.verzonden_op is None:
        try:
            with register.schrijven() as boeking:
                nr = _sent(boeking, bericht, poging, op)
                if waarom := bij(register, boeking, brief.put_ready(boeking, bericht), op=op, vandaag=op):
                    brief.say_without_step(boeking, bericht, nr, waarom)
            return
        except Geweigerd as fout:
            waarom = str(fout)
        except RegisterFout:
            raise
        except Exception:  # noqa: BLE001 - the mail has gone, and that is recorded whatever went wrong beside it
            _log.exception("De stap van bericht %s is niet vastgelegd.", bericht.nr, extra={"soort": "post"})
            waarom = "Er ging iets mis in klachten; de oorzaak staat in het logboek van de app."
    with register.schrijven() as boeking:
        _sent(boeking, bericht, poging, op, waarom)


def _sent(boeking: Boeking, bericht: Bericht, poging: int, op: date, waarom: str = "") -> int:
    feit = BerichtVerzonden(gebeurd_op=op, bericht=bericht.nr, poging=poging, zonder_stap=bool(waarom), reden=waarom)
    return boeking.leg_vast(bericht.klachtnummer, feit, door=bericht.door, rol=bericht.rol)
