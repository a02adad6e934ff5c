"""What is wrong with the answers of an intake, all of it at once."""

from __future__ import annotations

from typing import Any

from klachten import scherm
from klachten.handelingen import OngeldigeInvoer, Veld
from klachten.handelingen.veld import check


def check_answers(velden: tuple[Veld, ...], invoer: dict[str, Any]) -> None:
    """Say everything that is wrong at once; an empty list of the involved must be a choice, not an oversight."""
    fout = {}
    try:
        check(velden, invoer, scherm.reglement(), scherm.vandaag())
    except OngeldigeInvoer as ongeldig:
        fout = ongeldig.velden
    if not invoer.get("betrokkenen") and not invoer.get("niemand"):
        fout["betrokkenen"] = "Kies wie erbij betrokken is, of geef hieronder aan dat er niemand bij betrokken is."
    if invoer.get("betrokkenen") and invoer.get("niemand"):
        fout["niemand"] = "Hierboven staat wel een medewerker. Haal die weg, of zet dit vinkje uit."
    if fout:
        raise OngeldigeInvoer(fout)
