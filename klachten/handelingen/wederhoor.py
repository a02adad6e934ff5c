"""Steps 6 and 9: hoor en wederhoor. The medewerker whom the klacht is about is told, heard, and told the outcome.

The reglement does not ask for it; practice and the Awb (9:9 and 9:10) do. It is never a condition for another step.
"""

from __future__ import annotations

from datetime import date

from klachten import gebeurtenissen as g
from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen.handeling import Zaak, handeling
from klachten.handelingen.veld import Veld, op
from klachten.handelingen.weigering import OngeldigeInvoer
from klachten.organisatie import naam
from klachten.taal import datum

# What can be told: the decision, or that the klacht ended without one.
_BESLUIT = (
    g.NietInBehandelingGenomen,
    g.MaatregelBepaald,
    g.GeenMaatregelenNodig,
    g.KlachtAfgesloten,
    g.KlachtIngetrokken,
)
_WIE = Veld(naam="medewerker", label="Welke betrokken medewerker", soort="medewerker")


@handeling("Betrokken medewerker inlichten", op("Verteld op"), _WIE)
def stap_06_inlichten_medewerker(zaak: Zaak, *, op: date, medewerker: str) -> Gebeurtenis:
    """An involved medewerker is told of the klacht."""
    _check_betrokken(zaak, medewerker, 6)
    return g.MedewerkerIngelicht(gebeurd_op=op, medewerker=medewerker)


@handeling(
    "Betrokken medewerker horen",
    op("Gehoord op"),
    _WIE,
    Veld(naam="verslag", label="Wat is er gezegd", soort="tekst", verplicht=False),
    Veld(naam="zag_af", label="De medewerker wilde niet worden gehoord", soort="ja_nee", verplicht=False),
)
def stap_06_horen_medewerker(zaak: Zaak, *, op: date, medewerker: str, verslag: str, zag_af: bool) -> Gebeurtenis:
    """An involved medewerker gives an account, or declines to."""
    _check_betrokken(zaak, medewerker, 6)
    if not verslag and not zag_af:
        raise OngeldigeInvoer({"verslag": "Vul in wat er is gezegd, of vink aan dat de medewerker dit niet wilde."})
    return g.MedewerkerGehoord(gebeurd_op=op, medewerker=medewerker, verslag=verslag, zag_af=zag_af)


@handeling("Betrokken medewerker de uitkomst vertellen", op("Verteld op"), _WIE)
def stap_09_informeren_medewerker(zaak: Zaak, *, op: date, medewerker: str) -> Gebeurtenis:
    """An involved medewerker is told what came of the klacht."""
    _check_betrokken(zaak, medewerker, 9)
    besloten_op = min((feit.gebeurd_op for feit in zaak.dossier.van(*_BESLUIT)), default=op)
    if op < besloten_op:
        raise OngeldigeInvoer({"op": f"Er is pas besloten op {datum(besloten_op)}: eerder is er niets te vertellen."})
    return g.UitkomstMeegedeeld(gebeurd_op=op, medewerker=medewerker)


def _check_betrokken(zaak: Zaak, medewerker: str, stap: int) -> None:
    if medewerker not in zaak.dossier.betrokkenen:
        raise OngeldigeInvoer(
            {"medewerker": f"Stap {stap}: {naam(medewerker)} is niet betrokken bij deze klacht (stap 4)."}
        )
