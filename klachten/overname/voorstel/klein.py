"""The small reglement that goes with an import: its one term, the steps that have a date, and lists of its values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from klachten.overname.voorstel.beeld import Beeld
from klachten.overname.voorstel.ontwerp import LIJST_VAN, ONBEKEND, OVERIG, Ontwerp, list_of
from klachten.reglement import GESTELD, Reglement
from klachten.reglement.delen import EENHEDEN

VANAF = date(1950, 1, 1)
STAPNAMEN = {
    1: "Klacht ontvangen",
    3: "Klacht ingeschreven",
    5: "Ontvangst bevestigd",
    6: "Klacht onderzocht",
    7: "Niet in behandeling genomen",
    9: "Resultaat meegedeeld",
    13: "Klacht afgesloten",
    14: "Afsluiting meegedeeld",
}
TERMIJN = "termijn"
_VERVALLEN = [{"id": "vergissing", "naam": "Vergissing"}, {"id": "dubbel", "naam": "Dubbel ingevoerd"}]


def make(
    ontwerp: Ontwerp,
    beeld: Beeld,
    *,
    naam: str,
    waarde: int,
    eenheid: str,
    stap: int,
    schuift: bool,
    eerder: Reglement | None = None,
) -> None:
    """Give a draft a small reglement with one term, ended by a step; and its values places in the lists of that.

    With `eenheid` "gesteld" every klacht brings its own last day. Of a source that was taken over before, `eerder` is
    its reglement: what could be chosen then, can be chosen still.
    """
    if eenheid not in (*EENHEDEN, GESTELD):
        raise ValueError(f"Er is geen eenheid {eenheid}.")
    bron = ontwerp.verklaring["bron"]
    termijn: dict[str, Any] = {"id": TERMIJN, "naam": f"{STAPNAMEN[stap]} binnen de termijn", "stap": stap}
    if eenheid != GESTELD:
        termijn["waarde"] = waarde
    # Who is told that a klacht is not taken up, is told the end of it.
    einde = [stap, 7] if stap == 13 and 7 in {*ontwerp.stappen, *_steps(eerder)} else [stap]
    termijn |= {"eenheid": eenheid, "vanaf": "ontvangen", "einde": einde, "geldt": "altijd", "geldig_vanaf": VANAF}
    reglement: dict[str, Any] = {
        "id": f"overname-{bron}",
        "naam": naam,
        "soort": "overname",
        "verschuift_bij_vrije_dag": schuift,
        "stappen": [{"nr": nr, "naam": STAPNAMEN[nr]} for nr in sorted({1, *ontwerp.stappen, *_steps(eerder)})],
        "termijnen": [termijn],
    }
    leeg = ontwerp.verklaring["bestand"].get("leeg", ())
    waarden: dict[str, dict[str, Any]] = {}
    for rol, lijst in LIJST_VAN.items():
        namen: dict[str, str] = {}
        if kolom := ontwerp.kolom_van(rol):
            gevonden, namen = list_of(beeld, kolom, leeg)
            waarden[rol] = {"waarden": gevonden}
            if OVERIG in namen and len(gevonden) > 1:
                waarden[rol]["anders"] = OVERIG
            if len(gevonden) < beeld.kolom(kolom).verschillend or beeld.kolom(kolom).gevuld < beeld.rijen:
                namen.setdefault(ONBEKEND, "Onbekend")
                waarden[rol]["waarden"] = {**gevonden, "": ONBEKEND}
        elif rol != "uitkomst":
            namen = {ONBEKEND: "Onbekend"}
        if eerder is not None:
            namen = {**namen, **{keuze.id: keuze.naam for keuze in eerder.keuzes(lijst)}}
        if namen:
            reglement[lijst] = [{"id": id, "naam": tekst} for id, tekst in namen.items()]
    reglement["gronden_vervallen"] = _VERVALLEN
    if any(deel["nr"] == 7 for deel in reglement["stappen"]):
        reglement["gronden_niet_in_behandeling"] = [{"id": "anders", "naam": "Anders"}]
    ontwerp.reglement = reglement
    ontwerp.verklaring["waarden"] = waarden
    ontwerp.verklaring["vaste"] = {}
    if eenheid == GESTELD:
        gesteld: dict[str, Any] = {"termijn": TERMIJN, "grond": f"uiterste datum van bron {bron}"}
        if "u" in ontwerp.vormen.get(ontwerp.kolom_van("uiterlijk_op"), "") or _iso(ontwerp):
            gesteld["telt"] = ontwerp.verklaring.get("telt", "dag")
        ontwerp.verklaring["uiterlijk_op"] = gesteld
    else:
        ontwerp.verklaring.pop("uiterlijk_op", None)


def _steps(eerder: Reglement | None) -> set[int]:
    return set() if eerder is None else {deel.nr for deel in eerder.stappen}


def _iso(ontwerp: Ontwerp) -> bool:
    return ontwerp.vormen.get(ontwerp.kolom_van("uiterlijk_op"), "").startswith("ISO")


def term_of(reglement: Mapping[str, Any]) -> tuple[int, str, int]:
    """Return the length, unit and step of the one term of a small reglement."""
    termijn = reglement["termijnen"][0]
    return termijn.get("waarde", 0), termijn["eenheid"], termijn["stap"]
