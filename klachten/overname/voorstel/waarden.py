"""Which choice of the own lists a value of a source seems to be: by the same name, or by another word for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from klachten.overname.voorstel.ontwerp import id_of
from klachten.reglement import Keuze

_WOORDEN = {
    "web": "webformulier", "website": "webformulier", "internet": "webformulier", "online": "webformulier",
    "formulier": "webformulier", "mail": "e-mail", "email": "e-mail", "e-mail": "e-mail", "post": "brief",
    "postal-mail": "brief", "per-post": "brief", "schriftelijk": "brief", "letter": "brief", "phone": "telefoon",
    "telefonisch": "telefoon", "tel": "telefoon", "balie": "gesprek", "mondeling": "gesprek", "desk": "gesprek",
    "anders": "overig", "other": "overig", "overige": "overig", "communicatie": "informatie", "client": "klant",
    "wachttijd": "doorlooptijd", "geld": "financieel", "kosten": "financieel", "factuur": "financieel",
}  # fmt: skip


def propose(waarden: Iterable[str], keuzes: Sequence[Keuze]) -> dict[str, str]:
    """Return the choice for each value that has one."""
    ids = {id_of(keuze.id): keuze.id for keuze in keuzes} | {id_of(keuze.naam): keuze.id for keuze in keuzes}
    uit = {}
    for tekst in waarden:
        zo = id_of(tekst)
        anders = _WOORDEN.get(zo, zo)
        if gevonden := ids.get(zo) or ids.get(anders):
            uit[tekst] = gevonden
    return uit
