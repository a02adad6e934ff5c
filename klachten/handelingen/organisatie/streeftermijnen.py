"""What the organisation aims at besides the terms of the reglement: only for klachten that come in later."""

from __future__ import annotations

from datetime import date, timedelta

from klachten import gebeurtenissen as g
from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen.handeling import Zaak, handeling
from klachten.handelingen.organisatie.gedeeld import check_ingericht, organisatie_van
from klachten.handelingen.veld import Veld
from klachten.handelingen.weigering import OngeldigeInvoer
from klachten.reglement import EENHEDEN, Termijn
from klachten.taal import datum

ONTVANGEN = "ontvangen"
LAATSTE_STAP = 15
"""Later steps are of the evaluation of a year, and not of one klacht."""
HOOGSTENS = 1000
GELDT = (
    ("altijd", "Elke klacht"),
    ("in_behandeling", "Klachten die in behandeling zijn genomen"),
    ("niet_in_behandeling", "Klachten die niet in behandeling zijn genomen"),
)
_STAPPEN = tuple((str(nr), f"Stap {nr}") for nr in range(2, LAATSTE_STAP + 1))
_ID = Veld(naam="id", label="Streeftermijn", soort="regel")


@handeling(
    "Streeftermijn stellen",
    Veld(naam="id", label="Streeftermijn", soort="regel", verplicht=False),
    Veld(naam="naam", label="Naam", soort="regel"),
    Veld(naam="stap", label="Eindigt met", soort="keuze", keuzes=_STAPPEN),
    Veld(naam="waarde", label="Hoeveel", soort="getal"),
    Veld(naam="eenheid", label="Dagen, weken of maanden", soort="keuze", keuzes=tuple((e, e) for e in EENHEDEN)),
    Veld(
        naam="van_begin",
        label="Telt vanaf",
        soort="keuze",
        keuzes=((ONTVANGEN, "De ontvangst"), *((f"stap_{int(nr):02d}", naam) for nr, naam in _STAPPEN)),
        standaard=ONTVANGEN,
    ),
    Veld(naam="geldt", label="Geldt voor", soort="keuze", keuzes=GELDT, standaard="altijd"),
    Veld(naam="vanaf", label="Voor klachten ontvangen vanaf", soort="dag"),
    reeks="O",
)
def stellen_streeftermijn(
    zaak: Zaak,
    *,
    id: str,
    naam: str,
    stap: str,
    waarde: int,
    eenheid: str,
    van_begin: str,
    geldt: str,
    vanaf: date,
) -> Gebeurtenis:
    """The organisation wants a step done within a time; with an `id` that is there, a next version of that one."""
    check_ingericht(zaak)
    versies = organisatie_van(zaak).streeftermijnen()
    nr, eigen = int(stap), [termijn for termijn in versies if termijn.id == id]
    if id and not eigen:
        raise OngeldigeInvoer({"id": f"Streeftermijn '{id}' is er niet."})
    if not 1 <= waarde <= HOOGSTENS:
        raise OngeldigeInvoer({"waarde": f"Kies een aantal van 1 tot en met {HOOGSTENS}."})
    if van_begin != ONTVANGEN and int(van_begin.removeprefix("stap_")) >= nr:
        raise OngeldigeInvoer({"van_begin": "Kies een begin dat vóór het einde komt."})
    _check_later(zaak, vanaf, "vanaf")
    if any(termijn.geldig_vanaf >= vanaf for termijn in eigen):
        raise OngeldigeInvoer({"vanaf": "Deze streeftermijn heeft al een versie vanaf die dag of later."})
    if any(t.id != id and t.naam.lower() == naam.lower() and _still(t, vanaf) for t in versies):
        raise OngeldigeInvoer({"naam": f"Er is al een streeftermijn '{naam}'."})
    nieuw = id or f"streef_{len({feit.id for feit in zaak.dossier.van(g.StreeftermijnGesteld)}) + 1}"
    return g.StreeftermijnGesteld(
        gebeurd_op=zaak.vandaag, id=nieuw, stap=nr, waarde=waarde, eenheid=eenheid, van_begin=van_begin, einde=(nr,),
        geldt=geldt, vanaf=vanaf, naam=naam,
    )  # fmt: skip


@handeling(
    "Streeftermijn beëindigen",
    _ID,
    Veld(naam="laatste_dag", label="Voor klachten ontvangen tot en met", soort="dag"),
    reeks="O",
)
def beeindigen_streeftermijn(zaak: Zaak, *, id: str, laatste_dag: date) -> Gebeurtenis:
    """Klachten that come in after a day have this aim no longer."""
    check_ingericht(zaak)
    daarna = laatste_dag + timedelta(days=1)
    if not any(termijn.id == id and _still(termijn, daarna) for termijn in organisatie_van(zaak).streeftermijnen()):
        raise OngeldigeInvoer({"id": f"Streeftermijn '{id}' geldt na {datum(laatste_dag)} niet."})
    _check_later(zaak, daarna, "laatste_dag")
    return g.StreeftermijnBeeindigd(gebeurd_op=zaak.vandaag, id=id, laatste_dag=laatste_dag)


def _still(termijn: Termijn, dag: date) -> bool:
    return termijn.geldig_tot is None or termijn.geldig_tot >= dag


def _check_later(zaak: Zaak, eerste: date, veld: str) -> None:
    """Refuse a first day that has begun: terms of klachten that are there would change without anybody saying so."""
    if eerste <= zaak.vandaag:
        laatste = veld == "laatste_dag"
        wanneer = "Kies vandaag of een dag daarna" if laatste else "Kies een dag na vandaag"
        raise OngeldigeInvoer({veld: f"{wanneer}: van klachten die er al zijn, verandert geen termijn."})
