"""One document of a dossier: its address, and what is handed out there to whom.

Of a klacht, of a signaal (the mail that it came in), or of an evaluation (the letters of step 17); also the letter of a
message that waits or never went. What an organisation has (logo, templates, reglement) goes out by files of their own,
and the dossier of a person has none.
"""

from __future__ import annotations

import contextlib

from klachten import bestandsnaam, handelingen, rechten
from klachten import gebeurtenissen as g
from klachten.analyse.werk.verbeterstand import leest_alle
from klachten.dossier.evaluatie import EvaluatieDossier
from klachten.dossier.klacht import Dossier, Feiten
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
        dossier = handelingen.dossier_van(register, klachtnummer)
    except (Geweigerd, OngeldigNummer):
        return None
    if not _is_for(register, dossier, wie):
        return None
    feiten = (v.feit for v in dossier.geldig if v.nr == nr)
    feit = next((feit for feit in feiten if isinstance(feit, g.DocumentToegevoegd | g.BerichtKlaargezet)), None)
    if feit is None or feit.document not in register.dossiers.documents(klachtnummer):
        return None
    with contextlib.suppress(SleutelOntbreekt):  # the dossier itself says that its key is gone
        inhoud = register.document(klachtnummer, feit.document)
        return with_ending(bestandsnaam.handed_out(feit.naam), inhoud), inhoud
    return None


def _is_for(register: Register, dossier: Feiten, wie: Gebruiker) -> bool:
    """Tell whether somebody may read all of a dossier, and have its documents."""
    if isinstance(dossier, Dossier):
        return mag_lezen(dossier, wie) is None and rechten.mag("uitvoer", "stuk", wie).mag
    if isinstance(dossier, EvaluatieDossier):
        return leest_alle(wie) and rechten.mag("uitvoer", "evaluatiestuk", wie).mag
    ontvangen = dossier.laatste(g.SignaalOntvangen)
    return ontvangen is not None and _signaal_is_for(register, dossier, ontvangen, wie)


def _signaal_is_for(register: Register, signaal: Feiten, ontvangen: g.SignaalOntvangen, wie: Gebruiker) -> bool:
    """Who reads a signaal has what came with it; nobody involved in the klacht that it became."""
    bereik = rechten.mag("inzage", "signaal", wie)
    eigen = "eigen" in bereik.cellen and ontvangen.ontvanger == wie.id
    if not (bereik.alles or eigen) or not rechten.mag("uitvoer", "signaalstuk", wie).mag:
        return False
    klachten = (handelingen.dossier_van(register, feit.klachtnummer) for feit in signaal.van(g.SignaalOpSchriftGesteld))
    return not any(isinstance(klacht, Dossier) and wie.id in klacht.betrokkenen for klacht in klachten)


def with_ending(naam: str, inhoud: bytes) -> str:
    """Return the name of a file with an ending of what it is: a page that calls itself a picture opens as text."""
    soort, einde = kind(inhoud), naam.rpartition(".")[2].lower()
    return naam if soort is None or ("." in naam and einde in soort.uitgangen) else f"{naam}.{soort.uitgangen[0]}"
