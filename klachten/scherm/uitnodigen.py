"""Inviting somebody to sign in by e-mail: whether that can be, putting it ready, and the secret when it goes."""

from __future__ import annotations

from datetime import UTC, datetime

from klachten import rechten, scherm
from klachten.handelingen import Geweigerd
from klachten.mailadres import objection
from klachten.organisatie import Persoon
from klachten.post import uit
from klachten.post.uit import uitnodiging
from klachten.post.uit.bericht import BEZIG, INGETROKKEN, UITNODIGING, WACHT, Bericht
from klachten.post.uit.opmaak import NietTeVersturen
from klachten.register import Register
from klachten.scherm import berichten, kijker
from klachten.toegang import instellingen

VERVALLEN = "Deze uitnodiging is al gebruikt, ingetrokken of vervallen. Nodig de persoon zo nodig opnieuw uit."


def possible(persoon: Persoon) -> bool:
    """Tell whether an invitation can go by mail now: somebody has an address, and nobody reads it on the way."""
    register = scherm.register()
    if kijker.door() is None or objection(persoon.naamdelen.e_mail) or berichten.may_go():
        return False
    gelezen = instellingen.of_register(register.map)
    return uitnodiging.is_safe(gelezen.smtp, gelezen.adres)


def waiting(persoon: Persoon) -> Bericht | None:
    """Return the newest invitation of somebody that was put ready and not withdrawn; None without any."""
    alle = uit.stand(scherm.register(), dossiers=[persoon.nummer])
    return next((een for een in alle if een.waarvoor == UITNODIGING and een.toestand != INGETROKKEN), None)


def put_ready(persoon: Persoon, *, nieuw: bool) -> int:
    """Put the invitation of somebody ready; Geweigerd while one waits, or when there is none to use."""
    register, wie, vandaag = scherm.register(), scherm.gebruiker(), scherm.vandaag()
    if (eerder := waiting(persoon)) and eerder.toestand in (WACHT, BEZIG):
        raise Geweigerd(
            "Er staat al een uitnodiging voor deze persoon klaar om te worden verstuurd.", soort="staat_er_al"
        )
    deur = kijker.door()
    if deur is None or (tot := deur.uitnodigingen.until(persoon.id)) is None:
        raise Geweigerd(VERVALLEN, soort="intussen_veranderd")
    inhoud = uitnodiging.text(
        persoon.naam, wie.naam, register.organisatie.gegevens(vandaag).naam,
        instellingen.of_register(register.map).adres, datetime.fromtimestamp(tot, UTC), nieuw=nieuw,
    )  # fmt: skip
    rol = next(rol for rol in rechten.rij("inzage", "aanmeldingen").rollen if rol in wie.rollen)
    return uit.queue(
        register, persoon.nummer, waarvoor=UITNODIGING, aan=persoon.naamdelen.e_mail, onderwerp=uitnodiging.ONDERWERP,
        inhoud=inhoud, op=vandaag, door=wie.id, rol=rol,
    )  # fmt: skip


def codes(register: Register) -> uitnodiging.Codes:
    """Return what makes the secret of an invitation that goes now."""

    def make(bericht: Bericht) -> str:
        deur = kijker.door()
        persoon = next((p for p in register.organisatie.mensen.values() if p.nummer == bericht.klachtnummer), None)
        account = deur.accounts.of(persoon.id) if deur and persoon else None
        if deur is None or persoon is None or account is None or account.geblokkeerd_op is not None:
            raise NietTeVersturen(VERVALLEN)
        if deur.who(persoon.id) is None or persoon.naamdelen.e_mail != bericht.aan:
            raise NietTeVersturen(
                "Deze persoon werkt hier niet meer, of heeft een ander e-mailadres. Nodig opnieuw uit."
            )
        code = deur.uitnodigingen.renew(persoon.id, kijker.now())
        if code is None:
            raise NietTeVersturen(VERVALLEN)
        return code

    return make
