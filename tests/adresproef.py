"""The gate with accounts in front of the files of the app: who asks is a person with roles, by a session."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from klachten import scherm
from klachten.organisatie import Gebruiker
from klachten.scherm import kijker
from klachten.scherm.paginas import PAGINAS
from klachten.scherm.uitgifte import Uitgifte
from klachten.toegang import routes
from klachten.toegang.kijkers import Kijkers
from klachten.toegang.opslag import Opslag
from klachten.toegang.poort import Poort
from klachten.toegang.sessies import Sessies
from klachten.toegang.staat import Staat
from tests.poortproef import ADRES, Antwoord, Huis, Klok, open_lijn, vraag

EIGEN = {"origin": f"http://{ADRES}", "sec_fetch_site": "same-origin"}


class Firma:
    """The people of a firm by id; a test takes a role away by changing it."""

    organisatie = "Proef"

    def __init__(self, mensen: Mapping[str, Gebruiker]) -> None:
        self.mensen = {persoon.id: persoon for persoon in mensen.values()}

    def persoon(self, id: str, op: date) -> Gebruiker | None:
        return self.mensen.get(id)


class Adressen:
    """Everybody signed in, in a browser of their own; behind the gate what hands files out, and then a house."""

    def __init__(self, opslag: Opslag, mensen: Mapping[str, Gebruiker]) -> None:
        klok = Klok()
        self.firma, self.sessies = Firma(mensen), Sessies(opslag)
        begonnen = {wie: self.sessies.begin(persoon.id, klok()) for wie, persoon in mensen.items()}
        self.koeken = {wie: f"klachten_8501={koek}" for wie, (koek, _) in begonnen.items()}
        self.hash = {wie: sessie.hash for wie, (_, sessie) in begonnen.items()}
        kijkers = Kijkers(self.sessies, self.firma, scherm.vandaag)
        self.staat = Staat(zittingen=self.sessies, klok=klok, bladen=Huis(), kijkers=kijkers, eerste_open=lambda: True)
        self.geweigerd: list[tuple[str, str]] = []
        self.staat.geweigerd = lambda hash, pad: self.geweigerd.append((hash, pad))
        self.poort = Poort(Uitgifte(Huis()), self.staat, routes.load(pagina.naam for pagina in PAGINAS))

    def ga(self, wie: str, pad: str, methode: str = "GET", client: str = "127.0.0.1") -> Antwoord:
        """Ask for an address as somebody; "" is nobody."""
        anders = {} if methode in ("GET", "HEAD") else EIGEN
        return vraag(self.poort, pad, methode, client=(client, 5000), cookie=self.koeken.get(wie, ""), **anders)

    def lijn(self, wie: str) -> bool:
        """Tell whether somebody gets a line of Streamlit."""
        gekregen = open_lijn(self.poort, cookie=self.koeken.get(wie, ""))
        return gekregen[0]["type"] == "websocket.accept"


@contextmanager
def adressen(map: Path, mensen: Mapping[str, Gebruiker]) -> Iterator[Adressen]:
    """The gate of these people; it is that of the app until the block ends."""
    opslag = Opslag(map)
    alles = Adressen(opslag, mensen)
    kijker.look_through(alles.staat)
    try:
        yield alles
    finally:
        kijker.look_through(None)
        opslag.close()
