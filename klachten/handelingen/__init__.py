"""One function per thing that is done with a klacht, by step: the only way to record facts from the pages.

ontvangst 1-3 and 5, document 3, toewijzing and buitenstaander 4, onderzoek 6-9, uitvoering 10-14, geschil 15,
verbetering, vergadering and trajecten 16-18, indiener, nader, tevredenheid, vertraging and wederhoor what practice
needs beside them; brief sends letters, each with its step; correctie corrects; overdragen does some of it for all that
somebody has to do;
organisatie is about who does all this; wissen is about what is no longer kept, bericht about what is sent by e-mail.
"""

from klachten import rechten
from klachten.handelingen import (
    bericht,
    brief,
    buitenstaander,
    correctie,
    document,
    geschil,
    indiener,
    nader,
    onderzoek,
    ontvangst,
    organisatie,
    overdragen,
    tevredenheid,
    toewijzing,
    trajecten,
    uitvoering,
    verbetering,
    vergadering,
    vertraging,
    voortzetting,
    wederhoor,
    wissen,
)
from klachten.handelingen.handeling import HANDELINGEN, Handeling, Uitkomst, Zaak, bewaard_van, dossier_van
from klachten.handelingen.mogelijk import Mogelijkheid, mogelijk
from klachten.handelingen.reglement import reglement_van, reglement_voor
from klachten.handelingen.veld import BUITEN, Veld, options
from klachten.handelingen.weigering import Geweigerd, OngeldigeInvoer, RedenNodig
from klachten.handelingen.zaak import alle_bewaard

__all__ = [
    "BUITEN",
    "HANDELINGEN",
    "Geweigerd",
    "Handeling",
    "Mogelijkheid",
    "OngeldigeInvoer",
    "RedenNodig",
    "Uitkomst",
    "Veld",
    "Zaak",
    "alle_bewaard",
    "bericht",
    "bewaard_van",
    "brief",
    "buitenstaander",
    "correctie",
    "document",
    "dossier_van",
    "geschil",
    "indiener",
    "mogelijk",
    "nader",
    "onderzoek",
    "ontvangst",
    "options",
    "organisatie",
    "overdragen",
    "reglement_van",
    "reglement_voor",
    "tevredenheid",
    "toewijzing",
    "trajecten",
    "uitvoering",
    "verbetering",
    "vergadering",
    "vertraging",
    "voortzetting",
    "wederhoor",
    "wissen",
]

rechten.controleer("handeling", HANDELINGEN)
