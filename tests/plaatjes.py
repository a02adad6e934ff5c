"""The pictures of README and docs, of the real app: `python -m tests.plaatjes [--naar MAP] [--alleen NAAM ...]`.

Outside pytest's run. Everything is drawn from one example, of one seed, on one day: it changes when the app does.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser

from klachten import voorbeeld
from tests import browserproef
from tests.browserproef import BREED, SMAL, Getuige, Scherm

PROJECT = Path(__file__).resolve().parents[1]
NAAR = PROJECT / "docs" / "beelden"
VANDAAG = date(2026, 11, 22)
KLEUREN = 128
"""What a page needs: with so many a picture is a third of the size, and looks the same."""


@dataclass(frozen=True)
class Plaatje:
    """One page, as who sees it; `query` is its address."""

    naam: str
    pagina: str
    als: str
    query: Mapping[str, str] = field(default_factory=dict)


PLAATJES = (
    Plaatje("jaarbeeld", "jaarbeeld", "carla", {"jaar": "2025"}),
    Plaatje("werkvoorraad", "werkvoorraad", "anna"),
    Plaatje("dossier", "dossier", "anna", {"nummer": "K2026-0023"}),
    Plaatje(
        "verkenner",
        "verkenner",
        "carla",
        {"maat": "op_tijd.bevestiging", "splits": "vestiging", "periode": "2025"},
    ),
    Plaatje("vergadering", "vergadering", "carla", {"deel": "vergadering", "jaar": "2025", "onderdeel": "op_tijd"}),
    Plaatje("klachten", "klachten", "anna"),
    Plaatje("hulp", "reglement", "anna", {"stap": "5"}),
)


def picture(browser: Browser, poort: int, plaatje: Plaatje, vorm: str, naar: Path) -> Path:
    """Draw one page at one size, as its reader first sees it, and keep it with few colours."""
    page = browser.new_page(viewport=BREED if vorm == "breed" else SMAL, locale="nl-NL", reduced_motion="reduce")
    try:
        scherm = Scherm(page, Getuige(poort))
        scherm.open(plaatje.pagina, re.compile("."), plaatje.als, **plaatje.query)
        scherm.stilstaand(scherm.inhoud)
        page.wait_for_timeout(1500)  # charts are drawn after the page is at rest
        bestand = naar / f"{plaatje.naam}-{vorm}.png"
        page.screenshot(path=bestand)
        with Image.open(bestand) as beeld:
            beeld.convert("RGB").quantize(KLEUREN, dither=Image.Dither.NONE).save(bestand, optimize=True)
        return bestand
    finally:
        page.close()


def main(argv: list[str] | None = None) -> int:
    """Make the example, start the app, and draw every picture on both sizes."""
    ontleder = argparse.ArgumentParser(prog="python -m tests.plaatjes", description=__doc__)
    ontleder.add_argument("--naar", type=Path, default=NAAR, help="folder (otherwise docs/beelden)")
    ontleder.add_argument("--alleen", nargs="*", help="names of pictures")
    keuze = ontleder.parse_args(argv)
    os.umask(0o077)  # else the app says that others could read its register
    keuze.naar.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as tijdelijk:
        map = Path(tijdelijk) / "register"
        voorbeeld.make(map, vandaag=VANDAAG)
        with browserproef.app(map, VANDAAG) as poort, browserproef.chromium() as browser:
            for plaatje in PLAATJES:
                if keuze.alleen and plaatje.naam not in keuze.alleen:
                    continue
                for vorm in ("breed", "smal"):
                    bestand = picture(browser, poort, plaatje, vorm, keuze.naar)
                    print(f"{bestand.stat().st_size / 1024:6.0f} kB  {bestand}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
