"""The lists of the organisation: a choice is added, renamed, merged into another, or ends."""

from __future__ import annotations

import re
from datetime import date, timedelta

from klachten import gebeurtenissen as g
from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen.handeling import Zaak, handeling
from klachten.handelingen.organisatie.gedeeld import check_ingericht, check_nieuws
from klachten.handelingen.veld import Veld
from klachten.handelingen.weigering import OngeldigeInvoer
from klachten.organisatie import EIGEN_LIJSTEN
from klachten.reglement import LIJSTNAMEN, Keuze
from klachten.taal import datum
from klachten.zoekvorm import woorddelen

NAMEN = {lijst: LIJSTNAMEN[lijst] for lijst in EIGEN_LIJSTEN}
NOOIT_LEEG = frozenset({"vestigingen", "categorieen", "kanalen"})
"""Lists of which every klacht needs a choice."""

_LIJST = Veld(
    naam="lijst", label="Lijst", soort="keuze", keuzes=tuple((lijst, NAMEN[lijst]) for lijst in EIGEN_LIJSTEN)
)
_ID = Veld(naam="id", label="Keuze", soort="regel")
_VANAF = Veld(naam="vanaf", label="Vanaf", soort="dag")
# The name and the figures are those of now, so what changes them does not begin later.
_VANAF_NU = Veld(naam="vanaf", label="Vanaf", soort="datum")
_NAAM = Veld(naam="naam", label="Naam", soort="regel")


@handeling(
    "Keuze toevoegen",
    _LIJST,
    _NAAM,
    _VANAF,
    Veld(naam="na", label="Komt na", soort="regel", verplicht=False),
    reeks="O",
)
def toevoegen_keuze(zaak: Zaak, *, lijst: str, naam: str, vanaf: date, na: str) -> Gebeurtenis:
    """A list gets a choice; its id is made of the name and never changes again."""
    check_ingericht(zaak)
    keuzes = _check_naam(zaak, lijst, naam, vanaf)
    if na and all(keuze.id != na for keuze in keuzes):
        raise OngeldigeInvoer({"na": f"'{na}' staat niet in de lijst."})
    return g.KeuzeToegevoegd(
        gebeurd_op=zaak.vandaag, lijst=lijst, id=_new_id(naam, keuzes), vanaf=vanaf, na=na, naam=naam
    )


@handeling("Keuze hernoemen", _LIJST, _ID, _NAAM, _VANAF_NU, reeks="O")
def hernoemen_keuze(zaak: Zaak, *, lijst: str, id: str, naam: str, vanaf: date) -> Gebeurtenis:
    """A choice gets another name, for every klacht that has it."""
    check_ingericht(zaak)
    _which(_check_naam(zaak, lijst, naam, vanaf, zelf=id), id)
    return g.KeuzeHernoemd(gebeurd_op=zaak.vandaag, lijst=lijst, id=id, vanaf=vanaf, naam=naam)


@handeling(
    "Keuze samenvoegen",
    _LIJST,
    _ID,
    Veld(naam="opvolger", label="Gaat op in", soort="regel"),
    _VANAF_NU,
    reeks="O",
)
def samenvoegen_keuze(zaak: Zaak, *, lijst: str, id: str, opvolger: str, vanaf: date) -> Gebeurtenis:
    """A choice goes up in another: it is not offered any more, and its klachten count under the other."""
    check_ingericht(zaak)
    keuzes = _keuzes(zaak, lijst)
    _check_still(_which(keuzes, id), vanaf, "id")
    _check_still(_which(keuzes, opvolger, "opvolger"), vanaf, "opvolger")
    if zaak.reglement.nu_geheten(lijst, opvolger) == id or opvolger == id:
        raise OngeldigeInvoer({"opvolger": "Een keuze kan niet opgaan in zichzelf."})
    _warn_later(zaak, lijst, id, vanaf)
    return g.KeuzeSamengevoegd(gebeurd_op=zaak.vandaag, lijst=lijst, id=id, opvolger=opvolger, vanaf=vanaf)


@handeling("Keuze beëindigen", _LIJST, _ID, Veld(naam="laatste_dag", label="Laatste dag", soort="dag"), reeks="O")
def beeindigen_keuze(zaak: Zaak, *, lijst: str, id: str, laatste_dag: date) -> Gebeurtenis:
    """A choice is offered up to and including a day."""
    check_ingericht(zaak)
    keuzes, daarna = _keuzes(zaak, lijst), laatste_dag + timedelta(days=1)
    _check_still(_which(keuzes, id), daarna, "id")
    if lijst in NOOIT_LEEG and not any(keuze.id != id and keuze.geldt_op(daarna) for keuze in keuzes):
        raise OngeldigeInvoer({"id": f"Na {datum(laatste_dag)} is er dan niets meer te kiezen in deze lijst."})
    _warn_later(zaak, lijst, id, daarna)
    return g.KeuzeBeeindigd(gebeurd_op=zaak.vandaag, lijst=lijst, id=id, laatste_dag=laatste_dag)


@handeling(
    "Adres van een vestiging wijzigen",
    Veld(naam="vestiging", label="Vestiging", soort="keuze", lijst="vestigingen", geldt_op="vanaf"),
    _VANAF,
    Veld(naam="adres", label="Adres", soort="tekst", verplicht=False),
    Veld(naam="telefoon", label="Telefoon", soort="regel", verplicht=False),
    reeks="O",
)
def wijzigen_vestiging(zaak: Zaak, *, vestiging: str, vanaf: date, adres: str, telefoon: str) -> Gebeurtenis:
    """Where a vestiging is reached."""
    check_nieuws(adres, telefoon)
    return g.VestigingGewijzigd(
        gebeurd_op=zaak.vandaag, vestiging=vestiging, vanaf=vanaf, adres=adres, telefoon=telefoon
    )


def _keuzes(zaak: Zaak, lijst: str) -> tuple[Keuze, ...]:
    return zaak.reglement.keuzes(lijst)


def _check_naam(zaak: Zaak, lijst: str, naam: str, vanaf: date, zelf: str = "") -> tuple[Keuze, ...]:
    """Refuse a name that another choice of the list has on that day or later."""
    keuzes = _keuzes(zaak, lijst)
    anderen = (k for k in keuzes if k.id != zelf and (k.geldig_tot is None or k.geldig_tot >= vanaf))
    if any(keuze.naam.lower() == naam.lower() for keuze in anderen):
        raise OngeldigeInvoer({"naam": f"'{naam}' staat al in de lijst."})
    return keuzes


def _warn_later(zaak: Zaak, lijst: str, id: str, vanaf: date) -> None:
    """Ask why a choice ends before a day on which a klacht came in that has it."""
    with zaak.register.cursor() as cursor:
        gevonden = cursor.execute("SELECT laatste FROM keuze_gebruik(?) WHERE keuze = ?", [lijst, id]).fetchone()
    if gevonden and gevonden[0] >= vanaf:
        naam = zaak.reglement.naam_van(lijst, id)
        zaak.waarschuw(
            "keuze_later_gekozen", f"Er is een klacht van {datum(vanaf)} of later met '{naam}'. Die houdt deze keuze."
        )


def _which(keuzes: tuple[Keuze, ...], id: str, veld: str = "id") -> Keuze:
    keuze = next((keuze for keuze in keuzes if keuze.id == id), None)
    if keuze is None:
        raise OngeldigeInvoer({veld: f"'{id}' staat niet in de lijst."})
    return keuze


def _check_still(keuze: Keuze, dag: date, veld: str) -> None:
    if keuze.geldig_tot is not None and keuze.geldig_tot < dag:
        raise OngeldigeInvoer({veld: f"'{keuze.naam}' is al geëindigd op {datum(keuze.geldig_tot)}."})


def _new_id(naam: str, keuzes: tuple[Keuze, ...]) -> str:
    """An id of the words in the name, with a number behind it when another choice has that."""
    basis = re.sub("[^a-z0-9]+", "_", "_".join(deel for delen in woorddelen(naam) for deel in delen)).strip("_")
    basis, bezet = basis or "keuze", {keuze.id for keuze in keuzes}
    volgnummers = (f"{basis}_{nr}" for nr in range(2, len(bezet) + 3))
    return next(id for id in (basis, *volgnummers) if id not in bezet)
