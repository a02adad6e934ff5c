"""One document of a klachtdossier: its address, and what is handed out there to whom."""

from __future__ import annotations

import contextlib

from klachten import bestandsnaam, handelingen, rechten
from klachten import gebeurtenissen as g
from klachten.dossier.klacht import Dossier
from klachten.dossier.lezen import mag_lezen
from klachten.handelingen import Geweigerd
from klachten.handelingen.bestandssoort import kind
from klachten.organisatie import Gebruiker
from klachten.register import Register
from klachten.register.dossiermap import OngeldigNummer
from klachten.scherm import onderdelen
from klachten.versleuteling import SleutelOntbreekt

PAD = "/stuk/"
BEKIJKEN = "bekijken"


def adres(klachtnummer: str, nr: int) -> str:
    """Return the address of the document that came with a fact."""
    return onderdelen.adres(f"{PAD}{klachtnummer}/{nr}")


def kijkadres(klachtnummer: str, nr: int) -> str:
    """Return the address where the document that came with a fact is looked at."""
    return onderdelen.adres(f"{PAD}{klachtnummer}/{nr}/{BEKIJKEN}")


def haal(register: Register, klachtnummer: str, nr: int, wie: Gebruiker) -> tuple[str, bytes] | None:
    """Return the name and content of a document for somebody who may read the whole dossier now.

    None alike for what is not there, what does not hold any more, and what is not for this user.
    """
    try:
        dossier = handelingen.dossier_van(register, klachtnummer) if klachtnummer.startswith("K") else None
    except (Geweigerd, OngeldigNummer):
        return None
    if not isinstance(dossier, Dossier) or mag_lezen(dossier, wie) or not rechten.mag("uitvoer", "stuk", wie).mag:
        return None
    feiten = (v.feit for v in dossier.geldig if v.nr == nr)
    feit = next((feit for feit in feiten if isinstance(feit, g.DocumentToegevoegd)), None)
    if feit is None or feit.document not in register.dossiers.documents(klachtnummer):
        return None
    with contextlib.suppress(SleutelOntbreekt):  # the dossier itself says that its key is gone
        inhoud = register.document(klachtnummer, feit.document)
        return with_ending(bestandsnaam.handed_out(feit.naam), inhoud), inhoud
    return None


def with_ending(naam: str, inhoud: bytes) -> str:
    """Return the name of a file with an ending of what it is: a page that calls itself a picture opens as text."""
    soort, einde = kind(inhoud), naam.rpartition(".")[2].lower()
    return naam if soort is None or ("." in naam and einde in soort.uitgangen) else f"{naam}.{soort.uitgangen[0]}"
