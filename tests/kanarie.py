"""A register in which every free text and every name is a canary: it sings when the screen makes something of it.

Texts go in by the handelingen, as a user types them; names of people and of the lists of the reglement are replaced
where the app reads them. Run as `python -m tests.kanarie start --poort 8600` the whole app has such names.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from klachten import organisatie, reglement, voorbeeld
from klachten.handelingen import HANDELINGEN
from klachten.opening import open_register
from klachten.reglement import KEUZELIJSTEN, Reglement
from klachten.voorbeeld import inrichting
from klachten.voorbeeld.rolverdeling import ROLVERDELING
from klachten.voorbeeld.spelers import Spelers
from klachten.voorbeeld.zet import Zet
from tests.lijsten import MAATREGEL, ONTVANGEN, Lijst

VANDAAG = date(2026, 11, 22)
AANTAL = 40
MERK = "Kanarie"
# Each of them becomes something else on a page that takes it for Markdown, HTML, a formula or an address.
STUKKEN = (
    "<img src=x onerror=alert(1)>",
    "![p](http://kwaad.example/p.png)",
    "[l](http://kwaad.example)",
    "$x^2$",
    ":red[rood]",
    ":smile:",
    ":material/home:",
    "http://kwaad.example",
    "www.kwaad.example",
    "wie@kwaad.example",
    "**vet**",
    "`code`",
    "-> pijl",
    "<script>alert(2)</script>",
    "~~weg~~",
    ":red-badge[x]",
    "&lt;",
    '#read("/etc/passwd")',
)
RAUW = re.compile("|".join(rf"(?<!\\){re.escape(stuk)}" for stuk in STUKKEN if not stuk.startswith("#")), re.IGNORECASE)
"""What stands in a text that is taken for more than a text: nothing before it says that it is meant as it stands."""
GETYPT = frozenset({"tekst", "regel"})
GEKOZEN = frozenset({"intake", "reglement"})
OOK_INVULLEN = frozenset({"vertegenwoordiger", "betrokkenen_buiten", "traject", "gewenste_oplossing", "toelichting"})
"""What the example leaves empty, and may always be filled in."""


def gif(beurt: int, stukken: int = len(STUKKEN)) -> str:
    """Return a text that is dangerous in every way, each time in another order, as long ones are cut off."""
    nr = beurt % len(STUKKEN)
    return " ".join([f"{MERK}{beurt}", *(STUKKEN[nr:] + STUKKEN[:nr])[:stukken]])


def formule(beurt: int, naam: str) -> str:
    """Return a name that is a formula to a spreadsheet, and dangerous in some of the other ways."""
    return f'=HYPERLINK("http://kwaad.example","{MERK}") {naam} {gif(beurt, 4)}'


@contextmanager
def namen() -> Iterator[None]:
    """Let everybody and every choice of the reglement have such a name."""
    telling = itertools.count()
    cast = tuple(dataclasses.replace(persoon, naam=formule(next(telling), persoon.naam)) for persoon in ROLVERDELING)
    load_all = reglement.load_all

    def besmet(*argv: Any) -> dict[str, Reglement]:
        return {id: _besmet(regels) for id, regels in load_all(*argv).items()}

    with organisatie.met(*cast) as mensen, pytest.MonkeyPatch.context() as patch:
        patch.setattr(reglement, "load_all", besmet)
        # What the example records of itself has such names too: from then on a register answers with its own.
        patch.setattr(reglement, "load", lambda id: besmet()[id])
        patch.setattr(inrichting, "ROLVERDELING", cast)
        patch.setattr(inrichting, "cast", lambda: mensen)
        yield


def _besmet(regels: Reglement) -> Reglement:
    telling = itertools.count(100)
    anders: dict[str, Any] = {
        lijst: tuple(
            dataclasses.replace(keuze, naam=formule(next(telling), keuze.naam)) for keuze in getattr(regels, lijst)
        )
        for lijst in KEUZELIJSTEN
    }
    # One that two lists share, or two versions of a term, keep one name.
    termijnen = {termijn.id: formule(next(telling), termijn.naam) for termijn in regels.termijnen}
    anders["termijnen"] = tuple(dataclasses.replace(t, naam=termijnen[t.id]) for t in regels.termijnen)
    anders["naam"] = formule(next(telling), regels.naam)
    anders["organisatie"] = formule(next(telling), regels.organisatie)
    return dataclasses.replace(regels, **anders)


def maak(map: Path, aantal: int = AANTAL) -> list[str]:
    """Make the example register with a canary wherever somebody types; return klachten that hold what it lacks."""
    telling = itertools.count()
    spelen = Spelers.play

    def besmet(self: Spelers, zet: Zet) -> None:
        velden = {veld.naam: veld for veld in HANDELINGEN[zet.handeling].velden}
        for naam, waarde in zet.invoer.items():
            if velden[naam].soort in GETYPT and naam not in GEKOZEN and waarde:
                zet.invoer[naam] = gif(next(telling))
        for naam in OOK_INVULLEN & velden.keys():
            zet.invoer.setdefault(naam, gif(next(telling)))
        if zet.reden:
            zet.reden = gif(next(telling))
        spelen(self, zet)

    with namen(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(Spelers, "play", besmet)
        voorbeeld.make(map, vandaag=VANDAAG, aantal=aantal)
        with open_register(map) as register:
            return _vol(Lijst(register, VANDAAG), telling)


def _vol(lijst: Lijst, telling: Iterator[int]) -> list[str]:
    """Make klachten with what the example has none of; return their numbers."""

    def tekst() -> str:
        return gif(next(telling))

    lang = lijst.intake(reglement="awb9", omschrijving=tekst(), indiener_naam=tekst(), betrokkenen_buiten=tekst())
    lijst.doe("stap_04_toewijzen_behandelaar", "anna", lang, op=1, behandelaar="bas")
    verlengd = {"uiterlijk_op": ONTVANGEN + timedelta(60), "toelichting": tekst()}
    lijst.doe("verlengen_termijn", "bas", lang, op=20, **verlengd)
    bevonden = {"aspect": "afspraken", "bevinding": "gegrond", "toelichting": tekst()}
    lijst.doe("stap_06_vaststellen_bevinding", "bas", lang, op=21, reden=tekst(), **bevonden)

    buiten = lijst.intake(op=2, betrokkenen=("anna", "carla", "frank"), omschrijving=tekst(), indiener_naam=tekst())
    aangewezen = {"persoon": gif(next(telling), 3), "vastlegger": "gijs"}
    lijst.doe("stap_04_aanwijzen_buitenstaander", "dirk", buiten, op=3, **aangewezen)
    lijst.doe("stap_04_toewijzen_behandelaar", "gijs", buiten, op=4, behandelaar="bas", reden=tekst())

    gewoon = lijst.intake(op=3, omschrijving=tekst(), indiener_naam=tekst(), vertegenwoordiger=tekst())
    lijst.doe("stap_03_koppelen_klacht", "anna", gewoon, op=4, met=lang)
    lijst.doe("stap_03_toevoegen_document", "anna", gewoon, op=4, naam=tekst(), bestand=b"stuk")
    lijst.doe("stap_04_toewijzen_behandelaar", "anna", gewoon, op=4, behandelaar="anna")
    maatregel = {**MAATREGEL, "omschrijving": tekst()}
    lijst.doe("stap_08_bepalen_maatregel", "anna", gewoon, op=5, reden=tekst(), **maatregel)
    anders = {"maatregel": 1, "omschrijving": tekst(), "overlegd_met": "carla"}
    lijst.doe("stap_08_wijzigen_maatregel", "anna", gewoon, op=6, reden=tekst(), **anders)
    return [lang, buiten, gewoon]


if __name__ == "__main__":
    from klachten.__main__ import main

    with namen():
        sys.exit(main(sys.argv[1:]))
