"""Questions of the Verkenner that come back: saved under a name, and taken away again."""

from __future__ import annotations

import re

from klachten import gebeurtenissen as g
from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen.handeling import Zaak, handeling
from klachten.handelingen.organisatie.gedeeld import check_ingericht, organisatie_van
from klachten.handelingen.veld import Veld
from klachten.handelingen.weigering import OngeldigeInvoer

# Ids and words of the program, as an address holds them: a fact has no free text but its texts.
VORM = re.compile(r"(?!.*\bperiode=)maat=[\w.]{1,60}(?:&[a-z]{1,12}=[\w.+%@-]{0,80}){0,9}", re.ASCII)
LANGSTE_NAAM = 80
MEESTE = 50


@handeling(
    "Vraag bewaren",
    Veld(naam="id", label="Bewaarde vraag", soort="regel", verplicht=False),
    Veld(naam="vraag", label="Vraag", soort="regel"),
    Veld(naam="naam", label="Naam", soort="regel", hulp="Zoals u hem volgend jaar terug wilt vinden."),
    Veld(
        naam="op_jaarbeeld", label="Ook op het Jaarbeeld zetten", soort="ja_nee", verplicht=False, standaard=False,
        hulp="Voor iedereen die het Jaarbeeld ziet, over de periode die dan is gekozen.",
    ),
    reeks="O",
)  # fmt: skip
def bewaren_vraag(zaak: Zaak, *, id: str, vraag: str, naam: str, op_jaarbeeld: bool) -> Gebeurtenis:
    """A question gets a name; with an `id` that is there, that one is asked, or called, otherwise from now on."""
    check_ingericht(zaak)
    bewaard = organisatie_van(zaak).bewaarde_vragen()
    if id and id not in {feit.id for feit in bewaard}:
        raise OngeldigeInvoer({"id": f"Bewaarde vraag '{id}' is er niet meer."})
    if not VORM.fullmatch(vraag):
        raise OngeldigeInvoer(
            {"vraag": "Dit is geen vraag van de Verkenner. Open de Verkenner en bewaar de vraag daar."}
        )
    if len(naam) > LANGSTE_NAAM:
        raise OngeldigeInvoer({"naam": f"Houd de naam korter dan {LANGSTE_NAAM} tekens."})
    if any(feit.id != id and feit.naam.lower() == naam.lower() for feit in bewaard):
        raise OngeldigeInvoer({"naam": f"Er is al een bewaarde vraag '{naam}'. Kies een andere naam."})
    if not id and len(bewaard) >= MEESTE:
        raise OngeldigeInvoer({"naam": f"Er zijn al {MEESTE} bewaarde vragen. Haal er eerst een weg."})
    nieuw = id or f"vraag_{len({feit.id for feit in zaak.dossier.van(g.VraagBewaard)}) + 1}"
    return g.VraagBewaard(gebeurd_op=zaak.vandaag, id=nieuw, vraag=vraag, op_jaarbeeld=op_jaarbeeld, naam=naam)


@handeling("Bewaarde vraag weghalen", Veld(naam="id", label="Bewaarde vraag", soort="regel"), reeks="O")
def weghalen_vraag(zaak: Zaak, *, id: str) -> Gebeurtenis:
    """A saved question is offered no longer, and leaves the Jaarbeeld."""
    check_ingericht(zaak)
    if id not in {feit.id for feit in organisatie_van(zaak).bewaarde_vragen()}:
        raise OngeldigeInvoer({"id": f"Bewaarde vraag '{id}' is er niet meer."})
    return g.VraagWeggehaald(gebeurd_op=zaak.vandaag, id=id)
