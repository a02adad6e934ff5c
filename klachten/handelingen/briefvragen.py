"""What is asked for a letter: what its handeling asks, and what only the letter says; and how the answers are kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from klachten import gebeurtenissen as g
from klachten.brieven.gegevens import measures
from klachten.brieven.lijst import INDIENER, Brief
from klachten.dossier.klacht import Dossier, Feiten
from klachten.handelingen.handeling import HANDELINGEN
from klachten.handelingen.veld import Veld
from klachten.taal import datum

STUK = "stap_03_toevoegen_document"
_ZELF = frozenset({"op", "wijze"})
"""Asked when the letter has gone, not when it is made."""
_BERICHT = Veld(
    naam="bericht",
    label="Wat u er zelf bij schrijft",
    soort="tekst",
    verplicht=False,
    hulp="Komt als eigen alinea in de brief. Leeg mag ook.",
)
_GESPREK = (
    Veld(naam="gesprek_op", label="Dag van het gesprek", soort="dag"),
    Veld(naam="gesprek_tijd", label="Hoe laat", soort="regel", hulp="Bijvoorbeeld: 10.00 uur."),
    Veld(naam="gesprek_plaats", label="Waar", soort="regel", hulp="Adres en kamer, of telefonisch."),
)
_MAATREGELEN = Veld(
    naam="maatregelen",
    label="Maatregelen, zoals de indiener ze leest",
    soort="tekst",
    verplicht=False,
    hulp="Elke regel wordt een punt in de brief. Noem geen andere klanten of indieners. Leeg: geen maatregelen.",
)
AAN = Veld(naam="aan", label="Aan wie", soort="keuze", verplicht=False)
EIGEN: Mapping[str, tuple[Veld, ...]] = {
    "andere_behandelaar": (_BERICHT,),
    "uitnodiging_indiener": (*_GESPREK, _BERICHT),
    "uitnodiging_medewerker": (
        *_GESPREK,
        replace(
            _BERICHT,
            label="Waar de klacht over gaat, zoals de medewerker het leest",
            verplicht=True,
            hulp="Kort en feitelijk. De medewerker leest het dossier niet.",
        ),
    ),
    "resultaat": (
        Veld(
            naam="resultaat",
            label="Wat het onderzoek heeft opgeleverd, zoals de indiener het leest",
            soort="tekst",
            hulp="Begint met de bevindingen uit het dossier. Herschrijf ze zo dat de indiener ze mag en kan lezen.",
        ),
        _MAATREGELEN,
    ),
    "maatregel": (_BERICHT,),
    "afsluiting": (_MAATREGELEN, _BERICHT),
    "geschil": (
        Veld(naam="standpunt", label="Waarmee de indiener het niet eens is", soort="tekst"),
        _BERICHT,
    ),
    "geschil_bericht": (_BERICHT,),
    "oordeel": (Veld(naam="oordeel_tekst", label="Het oordeel, zoals de indiener het leest", soort="tekst"),),
    "verbeteractie": (_BERICHT,),
}
_WEG: Mapping[str, frozenset[str]] = {
    # What the letter itself says need not be typed again, and what follows from it is not asked.
    "uitnodiging_indiener": frozenset({"bij", "vraag"}),
    "resultaat": frozenset({"toelichting"}),
    "geschil": frozenset({"toelichting"}),
}


def vragen(brief: Brief) -> tuple[Veld, ...]:
    """Return what is asked to make a letter, but for whom it goes to."""
    doe = HANDELINGEN.get(brief.handeling)
    weg = _ZELF | _WEG.get(brief.id, frozenset())
    van_de_stap = tuple(veld for veld in doe.gevraagd if veld.naam not in weg) if doe else ()
    return (*van_de_stap, *EIGEN.get(brief.id, ()))


def begin(brief: Brief, feiten: Feiten) -> dict[str, Any]:
    """Return what the answers start with: what the dossier says already."""
    if not isinstance(feiten, Dossier):
        return {}
    match brief.id:
        case "resultaat":
            onderzocht = feiten.laatste(g.KlachtOnderzocht)
            return {"resultaat": onderzocht.bevindingen if onderzocht else "", "maatregelen": measures(feiten)}
        case "afsluiting":
            return {"maatregelen": measures(feiten)}
        case "geschil":
            gemeld = feiten.laatste(g.MeningsverschilGemeld)
            return {"standpunt": gemeld.toelichting if gemeld else ""}
        case "oordeel":
            oordeel = feiten.laatste(g.OordeelOntvangen)
            return {"oordeel_tekst": oordeel.toelichting if oordeel else ""}
    return {}


def invoer_van(brief: Brief, antwoorden: Mapping[str, Any], *, op: date, wijze: str) -> dict[str, Any]:
    """Return what the handeling of a letter is given: its own fields of the answers, the day and how it was sent."""
    doe = HANDELINGEN[brief.handeling]
    zelf: dict[str, Any] = {"op": op, "wijze": wijze}
    if brief.id == "uitnodiging_indiener":
        zelf |= {"bij": INDIENER, "vraag": _invited(antwoorden)}
    namen = {veld.naam for veld in doe.gevraagd} - _WEG.get(brief.id, frozenset()) - _ZELF
    uit = {naam: antwoorden[naam] for naam in namen if naam in antwoorden}
    return uit | {naam: waarde for naam, waarde in zelf.items() if naam in {veld.naam for veld in doe.gevraagd}}


def _invited(antwoorden: Mapping[str, Any]) -> str:
    dag = antwoorden.get("gesprek_op")
    wanneer = datum(dag) if isinstance(dag, date) else ""
    return f"Uitgenodigd voor een gesprek op {wanneer}, {antwoorden.get('gesprek_tijd', '')}: " + str(
        antwoorden.get("gesprek_plaats", "")
    )


# --- as they are kept while a message waits ---------------------------------------------------------------------------

_DAG = "$dag"


def to_text(antwoorden: Mapping[str, Any]) -> str:
    """Return answers as JSON; a day stays a day."""

    def plain(waarde: Any) -> Any:
        return {_DAG: waarde.isoformat()} if isinstance(waarde, date) else list(waarde)

    return json.dumps(dict(antwoorden), default=plain, ensure_ascii=False, sort_keys=True)


def from_text(tekst: str) -> dict[str, Any]:
    """Return answers from that JSON; none of what was erased."""
    if tekst in ("", g.GEWIST):
        return {}
    gelezen: dict[str, Any] = json.loads(
        tekst, object_hook=lambda paar: date.fromisoformat(paar[_DAG]) if set(paar) == {_DAG} else paar
    )
    return gelezen
