"""What became of disputes that were submitted to somebody outside (step 15): to whom, and was the oordeel followed?"""

from __future__ import annotations

from klachten.analyse.basis.geteld import Geteld, geteld_als
from klachten.analyse.basis.kengetallen import Rijen
from klachten.analyse.basis.zinnen import getal, telling, werkwoord_bij

OPVOLGINGEN = {"geheel": "Geheel opgevolgd", "deels": "Deels opgevolgd", "niet": "Niet opgevolgd"}
VOORGELEGD = {
    "wacht": "Oordeel nog niet ontvangen",
    "verlaat": "Oordeel later dan verwacht",
    "oordeel": "Oordeel ontvangen",
}


def oordelen_achter(rijen: Rijen) -> tuple[Geteld, ...]:
    """Return the counts of the sentence on the same rows."""
    met = [rij for rij in rijen if rij["stand"] == "oordeel"]
    uit = geteld_als("geschillen", sum(rij["geschillen"] for rij in rijen), "voorgelegd", stand="voorgelegd")
    uit += geteld_als("geschillen", sum(rij["geschillen"] for rij in met), "met een oordeel", wacht="oordeel")
    verteld = sum(rij["geschillen"] for rij in met if rij["meegedeeld"])
    uit += geteld_als("geschillen", verteld, "meegedeeld", meegedeeld="ja")
    for opvolging in (*OPVOLGINGEN, None):
        n = sum(rij["geschillen"] for rij in met if rij["opvolging"] == opvolging)
        naam = OPVOLGINGEN[opvolging].lower() if opvolging else "opvolging niet bekend"
        uit += geteld_als("geschillen", n, naam, opvolging=opvolging or "")
    return uit


def oordelen_zin(rijen: Rijen) -> str:
    """Say how many disputes were submitted, and of the oordelen how many were told and followed; empty when none."""
    totaal = sum(rij["geschillen"] for rij in rijen)
    if not totaal:
        return ""
    met = [rij for rij in rijen if rij["stand"] == "oordeel"]
    oordelen = sum(rij["geschillen"] for rij in met)
    kreeg = f"{telling(oordelen, totaal)} {werkwoord_bij(oordelen, 'kreeg', 'kregen')} een oordeel"
    zin = f"Voorgelegd aan iemand van buiten: {getal(totaal)}; {kreeg}."
    if not oordelen:
        return zin
    verteld = sum(rij["geschillen"] for rij in met if rij["meegedeeld"])
    delen = [f"{telling(verteld, oordelen)} {werkwoord_bij(verteld, 'is', 'zijn')} aan de indiener meegedeeld"]
    for opvolging, naam in OPVOLGINGEN.items():
        if n := sum(rij["geschillen"] for rij in met if rij["opvolging"] == opvolging):
            delen.append(f"{getal(n)} {naam.lower()}")
    if onbekend := sum(rij["geschillen"] for rij in met if rij["opvolging"] is None):
        delen.append(f"van {getal(onbekend)} is niet bekend of het is opgevolgd")
    return f"{zin} Van de oordelen: {'; '.join(delen)}."
