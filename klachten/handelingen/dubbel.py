"""Step 3, one klacht entered twice: one of them becomes vervallen, and exactly one must live."""

from __future__ import annotations

from klachten.dossier.klacht import VERVALLEN, Dossier
from klachten.dossier.lezen import mag_lezen
from klachten.gebeurtenissen import KlachtVervallen
from klachten.handelingen.handeling import Zaak, dossier_van
from klachten.handelingen.weigering import Geweigerd, OngeldigeInvoer
from klachten.taal import opsomming

GROND = "dubbel"


def check_dubbel(zaak: Zaak, grond: str, dubbel_van: str) -> None:
    """Refuse when no klacht would be left of what was entered twice."""
    if dubbel_van:
        if dubbel_van == zaak.klachtnummer or not dubbel_van.startswith("K"):
            raise OngeldigeInvoer({"dubbel_van": "Noem het nummer van de andere klacht, bijvoorbeeld K2026-0007."})
        if zaak.andere_klacht(dubbel_van).toestand == VERVALLEN:
            raise OngeldigeInvoer(
                {"dubbel_van": f"Klacht {dubbel_van} is zelf vervallen. Noem de klacht die blijft (stap 3)."}
            )
        return
    if grond == GROND:
        raise OngeldigeInvoer({"dubbel_van": "Noem de klacht die blijft: van een dubbele blijft er één (stap 3)."})
    dubbelen = _duplicates(zaak)
    if dubbelen:
        raise Geweigerd(
            f"Stap 3: {opsomming(dubbelen)} is vervallen als dubbel van {zaak.klachtnummer}; zo blijft er geen over. "
            "Noem de klacht die blijft, of herroep eerst dat die dubbel is."
            if len(dubbelen) == 1
            else f"Stap 3: {opsomming(dubbelen)} zijn vervallen als dubbel van {zaak.klachtnummer}; zo blijft er geen "
            "over. Noem de klacht die blijft, of herroep eerst dat die dubbel zijn.",
            soort="dubbel",
        )


def _duplicates(zaak: Zaak) -> list[str]:
    """Return the klachten that are vervallen because this one is kept."""
    with zaak.register.cursor() as cursor:
        rijen = cursor.execute(
            "SELECT DISTINCT klachtnummer FROM gebeurtenis "
            "WHERE soort = 'KlachtVervallen' AND (gegevens ->> 'dubbel_van') = ? ORDER BY klachtnummer",
            [zaak.klachtnummer],
        ).fetchall()
    gevonden = [nummer for (nummer,) in rijen if _kept(zaak, nummer) == zaak.klachtnummer]
    return [nummer if _leest(zaak, nummer) else "een andere klacht" for nummer in gevonden]


def _leest(zaak: Zaak, nummer: str) -> bool:
    dossier = dossier_van(zaak.boeking, nummer)
    return isinstance(dossier, Dossier) and mag_lezen(dossier, zaak.gebruiker) is None


def _kept(zaak: Zaak, nummer: str) -> str:
    # Of a klacht whose import was undone there is no dossier, and it is a double of nothing any more.
    feit = Dossier(nummer, zaak.boeking.vastleggingen(nummer)).laatste(KlachtVervallen)
    return feit.dubbel_van if feit else ""
