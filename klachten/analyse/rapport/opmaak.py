"""From sections to PDF: typst, offline, with its own letter, tagged, and the same bytes for the same sections."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from klachten import taal
from klachten.analyse.rapport import bevroren, secties
from klachten.analyse.rapport.openbaar import INTERN, vrijgave
from klachten.analyse.rapport.secties import Evaluatie
from klachten.analyse.rapport.stijl import Stijl, print_with
from klachten.periode import Periode

SJABLOON = Path(__file__).with_name("sjabloon.typ")
STANDAARD = "ua-1"
"""PDF/UA-1: typst refuses to write a PDF that somebody with a screen reader could not use."""


def maak(
    cijfers: Mapping[str, Any],
    *,
    evaluatie: Evaluatie | None = None,
    openbaar: bool = False,
    stijl: Stijl | None = None,
) -> bytes:
    """Return the report as PDF; NietTePubliceren when the public one cannot hide what it must."""
    return zet(gegevens(cijfers, evaluatie=evaluatie, openbaar=openbaar), stijl)


def gegevens(
    cijfers: Mapping[str, Any], *, evaluatie: Evaluatie | None = None, openbaar: bool = False
) -> dict[str, Any]:
    """Return everything that stands in the report, as plain data: the only thing that the template is given."""
    # Just counted or read back, the figures are in one order: the same figures give the same bytes.
    cijfers = bevroren.from_json(bevroren.to_json(dict(cijfers)))
    toon = vrijgave(cijfers) if openbaar else INTERN
    peildatum = date.fromisoformat(cijfers["peildatum"])
    herkomst, reglement = cijfers["herkomst"], cijfers["reglement"]
    versie = date.fromisoformat(herkomst["reglement_versie"])
    return {
        "titel": _titel(bevroren.periode_van(cijfers)),
        "organisatie": reglement["organisatie"],
        "ondertitel": secties.ondertitel(cijfers, evaluatie, openbaar),
        "datum": [peildatum.year, peildatum.month, peildatum.day],
        "tegels": secties.tegels(cijfers, toon),
        "blokken": secties.verslag(cijfers, toon, evaluatie),
        "voet": (
            f"Zegel {herkomst['zegel'][:12]} · {secties.getal(herkomst['aantal_feiten'])} feiten · "
            f"peildatum {taal.datum(peildatum)} · reglement {reglement['id']}, versie {versie:%d-%m-%Y} · "
            f"klachten {herkomst['software_versie']}"
        ),
    }


def _titel(periode: Periode) -> str:
    return f"Klachtenjaarverslag {periode.jaar}" if periode.soort == "jaar" else f"Klachtenverslag over {periode.naam}"


def zet(gegevens: Mapping[str, Any], stijl: Stijl | None = None) -> bytes:
    """Return the PDF of these data. Nothing in them is ever read as markup."""
    return print_with(SJABLOON, gegevens, stijl or Stijl(), format="pdf", pdf_standards=STANDAARD)
