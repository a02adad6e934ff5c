"""Who is reminded of what, how many days before and at which hour: rules that begin on a day and end on one."""

from __future__ import annotations

from datetime import date, timedelta

from klachten import gebeurtenissen as g
from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen.handeling import Zaak, handeling
from klachten.handelingen.organisatie.gedeeld import check_ingericht, organisatie_van
from klachten.handelingen.veld import Veld
from klachten.handelingen.weigering import OngeldigeInvoer
from klachten.organisatie import ROLLEN
from klachten.organisatie.herinneringen import ROLLEN_VAN, WAARVOOR
from klachten.taal import datum, opsomming

DAGEN = (0, 1, 2, 3, 5, 7, 10, 14, 20, 30)
_IEDEREEN = tuple(dict.fromkeys(rol for rollen in ROLLEN_VAN.values() for rol in rollen))


def _before(aantal: int) -> str:
    return {0: "Op de laatste dag zelf", 1: "1 dag ervoor"}.get(aantal, f"{aantal} dagen ervoor")


@handeling(
    "Herinnering instellen",
    Veld(naam="regel", label="Welke herinnering", soort="regel", verplicht=False),
    Veld(
        naam="waarvoor",
        label="Herinneren aan",
        soort="keuze",
        keuzes=tuple((id, f"{naam[:1].upper()}{naam[1:]}") for id, naam in WAARVOOR.items()),
    ),
    Veld(
        naam="dagen_voor",
        label="Hoeveel dagen voor de laatste dag",
        soort="meerkeuze",
        keuzes=tuple((str(aantal), _before(aantal)) for aantal in DAGEN),
    ),
    Veld(
        naam="rollen",
        label="Wie",
        soort="meerkeuze",
        keuzes=tuple((rol, ROLLEN[rol]) for rol in _IEDEREEN),
        hulp="Behandelaar en actienemer: van wie de taak is. Coördinator en directie: wie de klacht mag zien.",
    ),
    Veld(naam="uur", label="Vanaf hoe laat (uur)", soort="getal", standaard=8),
    Veld(
        naam="werkdagen",
        label="Alleen op werkdagen, en alleen die tellen",
        soort="ja_nee",
        verplicht=False,
        standaard=True,
    ),
    Veld(naam="vanaf", label="Geldt vanaf", soort="dag"),
    reeks="O",
)
def stellen_herinneringsregel(
    zaak: Zaak,
    *,
    regel: str,
    waarvoor: str,
    dagen_voor: tuple[str, ...],
    rollen: tuple[str, ...],
    uur: int,
    werkdagen: bool,
    vanaf: date,
) -> Gebeurtenis:
    """A reminder begins, or with a `regel` that is there, becomes another one from a day on."""
    check_ingericht(zaak)
    eigen = organisatie_van(zaak).van(g.HerinneringsregelGesteld)
    if regel and all(feit.regel != regel for feit in eigen):
        raise OngeldigeInvoer({"regel": f"Herinnering '{regel}' is er niet."})
    if not 0 <= uur <= 23:
        raise OngeldigeInvoer({"uur": "Kies een uur van 0 tot en met 23."})
    if niet := [ROLLEN[rol].lower() for rol in rollen if rol not in ROLLEN_VAN[waarvoor]]:
        raise OngeldigeInvoer(
            {"rollen": f"Aan {WAARVOOR[waarvoor]} wordt de {opsomming(niet, 'of')} niet herinnerd: kies iemand anders."}
        )
    _check_begin(zaak, regel, vanaf, "vanaf")
    dagen = tuple(sorted(map(int, set(dagen_voor)), reverse=True))
    wie = tuple(rol for rol in _IEDEREEN if rol in rollen)
    nieuw = regel or f"herinnering_{len({feit.regel for feit in eigen}) + 1}"
    feit = g.HerinneringsregelGesteld(
        gebeurd_op=zaak.vandaag, regel=nieuw, waarvoor=waarvoor, dagen_voor=dagen, rollen=wie, vanaf=vanaf, uur=uur,
        werkdagen=werkdagen,
    )  # fmt: skip
    for ander in organisatie_van(zaak).herinneringsregels(vanaf):
        wat = (ander.waarvoor, ander.dagen_voor, ander.rollen, ander.uur, ander.werkdagen)
        if wat == (waarvoor, dagen, wie, uur, werkdagen):
            raise OngeldigeInvoer({"dagen_voor": f"Deze herinnering geldt op {datum(vanaf)} al."})
    return feit


@handeling(
    "Herinnering beëindigen",
    Veld(naam="regel", label="Welke herinnering", soort="regel"),
    Veld(naam="laatste_dag", label="Laatste dag", soort="dag"),
    reeks="O",
)
def beeindigen_herinneringsregel(zaak: Zaak, *, regel: str, laatste_dag: date) -> Gebeurtenis:
    """Nobody is reminded by a rule after a day."""
    check_ingericht(zaak)
    daarna = laatste_dag + timedelta(days=1)
    nu = next((feit for feit in organisatie_van(zaak).herinneringsregels(daarna) if feit.regel == regel), None)
    if nu is None:
        raise OngeldigeInvoer({"regel": f"Deze herinnering geldt na {datum(laatste_dag)} niet."})
    _check_begin(zaak, regel, daarna, "laatste_dag")
    return g.HerinneringsregelGesteld(
        gebeurd_op=zaak.vandaag, regel=regel, waarvoor=nu.waarvoor, dagen_voor=(), rollen=(), vanaf=daarna
    )


def _check_begin(zaak: Zaak, regel: str, vanaf: date, veld: str) -> None:
    """Refuse a day in the past, when reminders were given, and one before a change that was recorded already."""
    if vanaf < zaak.vandaag:
        wat = "Kies gisteren of later." if veld == "laatste_dag" else "Kies vandaag of later."
        raise OngeldigeInvoer({veld: f"Wie al herinnerd is, wordt niet meer vergeten. {wat}"})
    later = [f.vanaf for f in organisatie_van(zaak).van(g.HerinneringsregelGesteld) if f.regel == regel]
    if any(dag > vanaf for dag in later):
        raise OngeldigeInvoer({veld: f"Deze herinnering verandert al op {datum(max(later))}. Kies die dag of later."})
