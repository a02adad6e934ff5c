"""What a person decides about an e-mail that waits, was refused, is uncertain, or came back; of no step.

How a message stands follows from its facts: here by the last of them, for the lists in schema/afgeleid/bericht.sql.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from klachten import gebeurtenissen as g
from klachten import mailadres
from klachten.dossier.klacht import Feiten
from klachten.gebeurtenissen import Gebeurtenis, Vastlegging
from klachten.handelingen.handeling import Zaak, handeling
from klachten.handelingen.terugpost import unread
from klachten.handelingen.veld import Veld, toelichting
from klachten.handelingen.weigering import Geweigerd, OngeldigeInvoer

LANGSTE_ONDERWERP, LANGSTE_INHOUD = 250, 200_000
_BERICHT = Veld(naam="bericht", label="Nummer van het bericht", soort="getal")
_GANG = (
    g.VerzendingBegonnen, g.BerichtVerzonden, g.VerzendingMislukt, g.BerichtVrijgegeven, g.BerichtIngetrokken,
    g.BerichtTeruggekomen,
)  # fmt: skip
_AL = {
    g.BerichtVerzonden: "is al verzonden",
    g.BerichtIngetrokken: "is al ingetrokken",
    g.BerichtTeruggekomen: "is teruggekomen",
    g.VerzendingBegonnen: "is onderweg, of het is niet zeker of het is aangekomen",
    g.VerzendingMislukt: "is niet aangenomen",
}


@handeling("E-mail opnieuw laten versturen", _BERICHT, reeks="*")
def vrijgeven_bericht(zaak: Zaak, *, bericht: int) -> Gebeurtenis:
    """A message that waits, was refused, is uncertain, held back or came back, is tried again by the next round."""
    last_unless(zaak.dossier, bericht, g.BerichtVerzonden, g.BerichtIngetrokken)
    return g.BerichtVrijgegeven(gebeurd_op=zaak.vandaag, bericht=bericht)


@handeling("E-mail intrekken", _BERICHT, reeks="*", reden_verplicht=True)
def intrekken_bericht(zaak: Zaak, *, bericht: int) -> Gebeurtenis:
    """A message is not sent, or not again: what it said is told otherwise, or not at all.

    A letter that came back asks on: its step says that it was sent, and whom it was for has not read it.
    """
    last_unless(zaak.dossier, bericht, g.BerichtVerzonden, g.BerichtIngetrokken)
    if unread(zaak.dossier, bericht):
        raise Geweigerd(
            "Deze brief is teruggekomen, en in het dossier staat dat hij is verstuurd. Stuur hem eerst opnieuw, per "
            "e-mail aan het goede adres of op papier (Brief maken), of corrigeer de stap. Daarna kunt u dit bericht "
            "intrekken.",
            soort="brief_teruggekomen",
        )
    return g.BerichtIngetrokken(gebeurd_op=zaak.vandaag, bericht=bericht)


@handeling("Vastleggen dat een e-mail is aangekomen", _BERICHT, reeks="*", reden_verplicht=True)
def bevestigen_bericht(zaak: Zaak, *, bericht: int) -> Gebeurtenis:
    """Somebody found out that a message of which it was not known arrived all the same; the reason says how.

    It was sent on the day on which that began, whenever somebody finds out.
    """
    laatste = last_unless(zaak.dossier, bericht, g.BerichtVerzonden, g.BerichtIngetrokken, g.VerzendingMislukt)
    if not isinstance(laatste.feit, g.VerzendingBegonnen | g.BerichtTeruggekomen):
        raise Geweigerd(f"Bericht {bericht} is nog niet verstuurd.", soort="bericht_staat_anders")
    begonnen = [feit for feit in zaak.dossier.van(g.VerzendingBegonnen) if feit.bericht == bericht][-1]
    return g.BerichtVerzonden(
        gebeurd_op=begonnen.gebeurd_op, bericht=bericht, poging=begonnen.poging, volgens="persoon"
    )


@handeling(
    "Vastleggen dat een e-mail is teruggekomen",
    _BERICHT,
    toelichting("Wat er in het bericht staat dat terugkwam", verplicht=True),
    reeks="*",
)
def melden_teruggekomen(zaak: Zaak, *, bericht: int, toelichting: str) -> Gebeurtenis:
    """A message that a server had accepted came back: whom it was for does not know what it said."""
    laatste = last_unless(zaak.dossier, bericht, g.BerichtIngetrokken, g.BerichtTeruggekomen, g.VerzendingMislukt)
    if not isinstance(laatste.feit, g.BerichtVerzonden | g.VerzendingBegonnen):
        raise Geweigerd(f"Bericht {bericht} is nog niet verstuurd.", soort="bericht_staat_anders")
    return g.BerichtTeruggekomen(gebeurd_op=zaak.vandaag, bericht=bericht, melding=toelichting)


@handeling("Vastleggen dat de stap bij een e-mail klopt", _BERICHT, reeks="*", reden_verplicht=True)
def afhandelen_bericht(zaak: Zaak, *, bericht: int) -> Gebeurtenis:
    """The step that a letter brought, and that could not be recorded with it, was recorded or is not needed."""
    for v in zaak.dossier.geldig:
        if isinstance(v.feit, g.BerichtVerzonden) and v.feit.bericht == bericht and v.feit.zonder_stap:
            zaak.corrigeert = v.corrigeert or v.nr
            return replace(v.feit, zonder_stap=False, reden="")
    raise Geweigerd(f"Bij bericht {bericht} hoeft geen stap meer te worden vastgelegd.", soort="bericht_staat_anders")


def last_unless(feiten: Feiten, bericht: int, *niet: type[Gebeurtenis]) -> Vastlegging:
    """Return the last fact of a message; Geweigerd when it is one of these, OngeldigeInvoer for no message."""
    klaar = feiten.vastlegging(bericht)
    if klaar is None or not isinstance(klaar.feit, g.BerichtKlaargezet):
        raise OngeldigeInvoer({"bericht": f"Bericht {bericht} staat niet in {feiten.klachtnummer}."})
    laatste = course(feiten, bericht)
    if isinstance(laatste.feit, niet):
        raise Geweigerd(f"Dit kan niet: bericht {bericht} {_AL[type(laatste.feit)]}.", soort="bericht_staat_anders")
    return laatste


def course(feiten: Feiten, bericht: int) -> Vastlegging:
    """Return the last fact of a message that there is: how it stands follows from that one."""
    gang: list[Any] = [v for v in feiten.geldig if isinstance(v.feit, _GANG) and v.feit.bericht == bericht]
    klaar = feiten.vastlegging(bericht)
    assert klaar is not None
    return max(gang, key=lambda v: v.corrigeert or v.nr, default=klaar)


def check_message(aan: str, onderwerp: str, inhoud: str) -> None:
    """Raise OngeldigeInvoer, with a sentence per field, for what cannot be sent."""
    fout = {}
    if zin := mailadres.objection(aan):
        fout["aan"] = f"Aan: {zin}"
    if not onderwerp.strip():
        fout["onderwerp"] = "Onderwerp: vul dit in."
    elif zin := mailadres.objection_to_line(onderwerp):
        fout["onderwerp"] = f"Onderwerp: {zin}"
    elif len(onderwerp) > LANGSTE_ONDERWERP:
        fout["onderwerp"] = f"Onderwerp: gebruik hoogstens {LANGSTE_ONDERWERP} tekens."
    if not inhoud.strip():
        fout["inhoud"] = "Inhoud: vul dit in."
    elif len(inhoud) > LANGSTE_INHOUD:
        fout["inhoud"] = f"Inhoud: gebruik hoogstens {LANGSTE_INHOUD} tekens."
    if fout:
        raise OngeldigeInvoer(fout)
