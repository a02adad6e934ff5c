"""One walk over every page of the app in a real browser, for whoever wants to know something of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from playwright.sync_api import expect

from klachten import organisatie
from klachten.scherm.evaluatie import jaarkort
from klachten.scherm.paginas import PAGINAS, Pagina
from tests.browserproef import Scherm

WIE = ("anna", "carla", "iris", "joris")
"""Who walk: each page by the first of them who may open it."""


@dataclass(frozen=True)
class Halte:
    """One page as somebody sees it, with what its address asks."""

    pagina: Pagina
    als: str
    vraag: tuple[tuple[str, str], ...] = ()

    @property
    def naam(self) -> str:
        """The page, what is asked of it and who looks, for a test that fails."""
        return "?".join(filter(None, (self.pagina.naam, urlencode(self.vraag)))) + f" ({self.als})"

    @property
    def adres(self) -> str:
        """The path of the stop."""
        pad = "" if self.pagina is PAGINAS[0] else self.pagina.naam
        return f"/{pad}?{urlencode({**dict(self.vraag), 'als': self.als})}"


def haltes(nummer: str) -> Iterator[Halte]:
    """Every page once, and the views of those that have several; `nummer` is the klacht whose dossier is opened."""
    meer = {
        "dossier": [(("nummer", nummer),), ()],
        "jaarbeeld": [(("deel", deel),) for deel in jaarkort.WEERGAVEN],
    }
    for als in WIE:
        for pagina in PAGINAS:
            if als == _wie(pagina):
                yield from (Halte(pagina, als, vraag) for vraag in meer.get(pagina.naam, [()]))


def _wie(pagina: Pagina) -> str:
    return next(id for id in WIE if pagina.toegankelijk_voor(_gebruiker(id)))


def _gebruiker(id: str) -> organisatie.Gebruiker:
    gebruiker = organisatie.gebruiker(id)
    assert gebruiker
    return gebruiker


def wandel(scherm: Scherm, langs: Iterable[Halte]) -> Iterator[Halte]:
    """Go to each stop; yields it while the page is there and at rest, to look at it."""
    vorige: Halte | None = None
    for halte in langs:
        # Another person begins anew: what the one before did is not theirs. And to the page where one is no link leads.
        if vorige is None or halte.als != vorige.als or halte.pagina is vorige.pagina:
            scherm.page.goto(scherm.adres + halte.adres)
        else:
            scherm.naar(halte.adres)
        # The title is the first that a page says.
        expect(scherm.page).to_have_title(re.compile(rf"^{re.escape(halte.pagina.titel)}\b"))
        expect(scherm.page.get_by_role("heading", level=1)).to_have_count(1)
        rust(scherm)
        vorige = halte
        yield halte


def rust(scherm: Scherm) -> None:
    """Wait until the server has nothing more to say and what the browser draws itself is there."""
    scherm.rust()
    expect(scherm.inhoud.locator("[data-testid=stSkeleton]:visible")).to_have_count(0)
