"""A signaal and the klacht that it became say the same of each other: that it did, and on which day (step 1).

It stands in two dossiers, so each is held against the other: the signaal came first, what became of it is not taken
back while the klacht stands, and another day of receipt goes to both.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from klachten import gebeurtenissen as g
from klachten.dossier.klacht import VERVALLEN, Dossier, Feiten
from klachten.gebeurtenissen import Gebeurtenis, Vastlegging
from klachten.handelingen.weigering import Geweigerd, OngeldigeInvoer
from klachten.handelingen.zaak import Zaak, dossier_van, klachten_of
from klachten.taal import datum


def documents_of(zaak: Zaak, signaal: str) -> Iterator[tuple[Vastlegging, bytes]]:
    """The documents that a signaal came with, the first one first: they belong to the klacht that it becomes."""
    geldig = sorted(dossier_van(zaak.boeking, signaal).geldig, key=lambda v: v.corrigeert or v.nr)
    stukken = [(v, v.feit) for v in geldig if isinstance(v.feit, g.DocumentToegevoegd)]
    aanwezig = set(zaak.register.dossiers.documents(signaal)) if stukken else set()
    for v, feit in stukken:
        if feit.document in aanwezig:
            yield v, zaak.register.document(signaal, feit.document)


def check_after_signaal(signaal: Feiten, op: date) -> None:
    """Refuse a day before the signaal came in."""
    ontvangen = signaal.laatste(g.SignaalOntvangen)
    if ontvangen and op < ontvangen.gebeurd_op:
        raise OngeldigeInvoer({"op": f"{datum(op)} ligt vóór het signaal van {datum(ontvangen.gebeurd_op)} (stap 1)."})


def check_corrected_signaal(zaak: Zaak, oud: Gebeurtenis, nieuw: Gebeurtenis) -> None:
    """Refuse a corrected day on which a klacht was there before the signaal that it came from."""
    if nieuw.gebeurd_op == oud.gebeurd_op:
        return
    match oud:
        case g.KlachtOntvangen(signaal=signaal) if signaal:
            check_after_signaal(dossier_van(zaak.boeking, signaal), nieuw.gebeurd_op)
        case g.SignaalOntvangen():
            for klacht in klachten_of(zaak):
                if klacht.ontvangen_op < nieuw.gebeurd_op:
                    raise OngeldigeInvoer(
                        {
                            "op": f"Klacht {klacht.klachtnummer} is uit dit signaal voortgekomen en is al ontvangen op "
                            f"{datum(klacht.ontvangen_op)} (stap 1): het signaal kan niet van later zijn."
                        }
                    )
        case g.SignaalOpSchriftGesteld():
            raise Geweigerd(
                f"Op deze dag is klacht {oud.klachtnummer} ontvangen. Corrigeer de ontvangst van die klacht (stap 1); "
                "dan verandert deze dag mee.",
                soort="signaal_en_klacht",
            )


def check_withdrawn_signaal(zaak: Zaak, oud: Gebeurtenis) -> None:
    """Refuse to take back that a signaal became a klacht that stands, or to let one stand again without it."""
    if isinstance(oud, g.SignaalOpSchriftGesteld):
        klacht = dossier_van(zaak.boeking, oud.klachtnummer)
        if isinstance(klacht, Dossier) and klacht.toestand != VERVALLEN:
            raise Geweigerd(
                f"Klacht {oud.klachtnummer} is uit dit signaal voortgekomen en staat er nog. Was die klacht een "
                "vergissing, laat haar dan eerst vervallen (stap 3).",
                soort="signaal_en_klacht",
            )
    if isinstance(oud, g.KlachtVervallen):
        ontvangst = zaak.dossier.ontvangst
        if ontvangst.signaal and not any(written_down(zaak, ontvangst)):
            raise Geweigerd(
                f"Signaal {ontvangst.signaal} is niet meer op schrift gesteld als deze klacht. Leg de klacht opnieuw "
                "vast (stap 1).",
                soort="signaal_en_klacht",
            )


def written_down(zaak: Zaak, feit: Gebeurtenis) -> Iterator[Vastlegging]:
    """The fact in the dossier of the signaal that says that it became this klacht, given the receipt of the klacht."""
    if isinstance(feit, g.KlachtOntvangen) and feit.signaal:
        for vastlegging in dossier_van(zaak.boeking, feit.signaal).geldig:
            op_schrift = vastlegging.feit
            if isinstance(op_schrift, g.SignaalOpSchriftGesteld) and op_schrift.klachtnummer == zaak.klachtnummer:
                yield vastlegging
