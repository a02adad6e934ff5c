"""What searching in the list of klachten costs: a dozen searches and lists, each as the page of it is read."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from klachten import organisatie
from klachten.analyse.basis.dagrijen import Dagrijen
from klachten.analyse.basis.selectie import Filter as Kenmerken
from klachten.analyse.werk.klachtenlijst import PER_BLAD, Filter, find_page, with_texts
from klachten.analyse.werk.telling import Telling
from klachten.periode import Periode
from klachten.voorbeeld.mensen import ACHTERNAMEN, VOORNAMEN

KEREN = 7
_ACCENTEN = [[naam for naam in namen if not naam.isascii()] for namen in (VOORNAMEN, ACHTERNAMEN)]
NAAM = f"{_ACCENTEN[0][0]} {_ACCENTEN[1][-1]}".lower()
"""An indiener in the example, whose name has letters that are not on every keyboard."""


class Zoekopdracht(NamedTuple):
    """What is asked of the list: the role of who looks, what is typed, and what else is chosen."""

    naam: str
    zoek: str = ""
    als: str = "coordinator"
    volgorde: str = "nieuwste"
    kies: dict[str, str] | None = None

    def filter(self, vandaag: date) -> Filter:
        """Return it as the page asks it."""
        if self.kies is None:
            return Filter(zoek=self.zoek)
        kenmerken = Kenmerken(herkomst="register", **self.kies)
        keuze = Telling(peildatum=vandaag, periode=Periode.van_jaar(vandaag.year), filter=kenmerken, status="lopend")
        return Filter(zoek=self.zoek, keuze=keuze)


OPDRACHTEN = (
    Zoekopdracht("De lijst, zonder zoeken"),
    Zoekopdracht("De lijst, op termijn", volgorde="termijn"),
    Zoekopdracht("De lijst, met filters", kies={"categorie": "bejegening"}),
    Zoekopdracht("De lijst van een behandelaar", als="behandelaar"),
    Zoekopdracht("Een woord dat vaak voorkomt", "agenda"),
    Zoekopdracht("Een woord in bijna elke klacht", "niet"),
    Zoekopdracht("Een zeldzaam woord", "brancheorganisatie"),
    Zoekopdracht("Een deel van een woord", "begeleider"),
    Zoekopdracht("Twee woorden", "begeleider rapport"),
    Zoekopdracht("Een naam met accenten", NAAM),
    Zoekopdracht("Een nummer", "2026-3"),
    Zoekopdracht("Een volgnummer", "3"),
    Zoekopdracht("Niets te vinden", "xylofoon"),
    Zoekopdracht("Een woord, met filters", "agenda", kies={"categorie": "afspraken"}),
    Zoekopdracht("Twee woorden, een behandelaar", "begeleider rapport", als="behandelaar"),
)


class Uitslag(NamedTuple):
    """What one of them costs: CPU seconds of this process, all threads, for the first page; and how many it finds."""

    naam: str
    zoek: str
    gevonden: int
    eerst: float
    daarna: float


def measure(register: Any, vandaag: date, dagrijen: Dagrijen | None = None, keren: int = KEREN) -> Iterator[Uitslag]:
    """Yield of each what its page costs: the first time, and the median of so many times more; nothing of it is kept.

    With `dagrijen` the terms are read as the app does: those of today are worked out at its start.
    """
    blad = {"limit": PER_BLAD[0], "offset": 0, "dagrijen": dagrijen}
    for opdracht in OPDRACHTEN:
        # Who has the fewest roles besides: a coordinator who handles klachten reads all of them as well.
        gebruiker = min(
            organisatie.met_rol(opdracht.als, op=vandaag),
            key=lambda wie: ("coordinator" in wie.rollen, len(wie.rollen)),
        )
        filter = opdracht.filter(vandaag)
        duren, gevonden = list[float](), 0
        for _ in range(keren + 1):
            begin = time.process_time()
            with register.cursor() as cursor:
                pagina = find_page(cursor, filter, gebruiker, vandaag, volgorde=opdracht.volgorde, **blad)
                with_texts(cursor, pagina, filter.zoek)
            duren.append(time.process_time() - begin)
            gevonden = pagina.aantal
        yield Uitslag(opdracht.naam, opdracht.zoek, gevonden, duren[0], statistics.median(duren[1:]))
