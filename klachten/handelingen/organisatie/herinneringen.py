"""Who is reminded of what, how many days before and at which hour: rules that begin on a day and end on one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from klachten import gebeurtenissen as g
from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen.handeling import Zaak, handeling
from klachten.handelingen.organisatie.gedeeld import check_ingericht, organisatie_van
from klachten.handelingen.veld import Veld
from klachten.handelingen.weigering import OngeldigeInvoer
from klachten.organisatie import ROLLEN
from klachten.organisatie.herinneringen import LAATST, ROLLEN_VAN, VROEGST, WAARVOOR
from klachten.taal import datum, opsomming

DAGEN = (0, 1, 2, 3, 5, 7, 10, 14, 20, 30)
MEESTE_TE_LAAT = 60
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
        tenzij="daarna",
    ),
    Veld(
        naam="rollen",
        label="Wie",
        soort="meerkeuze",
        keuzes=tuple((rol, ROLLEN[rol]) for rol in _IEDEREEN),
        hulp="Behandelaar en actienemer: van wie de taak is. Coördinator en directie: wie de klacht mag zien.",
    ),
    Veld(
        naam="daarna",
        label="Ook elke werkdag na de laatste dag, zolang het niet is gedaan",
        soort="ja_nee",
        verplicht=False,
        standaard=False,
    ),
    Veld(
        naam="coordinator_na",
        label="Ook aan de coördinator, vanaf zoveel werkdagen te laat",
        soort="getal",
        verplicht=False,
        hulp="Leeg is nooit. 1 is vanaf de eerste werkdag na de laatste dag.",
    ),
    Veld(
        naam="directie_na",
        label="Ook aan de directie, vanaf zoveel werkdagen te laat",
        soort="getal",
        verplicht=False,
    ),
    Veld(naam="uur", label="Vanaf hoe laat (uur)", soort="getal", standaard=8),
    Veld(
        naam="werkdagen",
        label="Tel alleen werkdagen",
        soort="ja_nee",
        verplicht=False,
        standaard=True,
        hulp="Herinnerd wordt altijd op een werkdag: valt het in een weekend of op een feestdag, dan op die ervoor.",
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
    daarna: bool,
    coordinator_na: int | None,
    directie_na: int | None,
    uur: int,
    werkdagen: bool,
    vanaf: date,
) -> Gebeurtenis:
    """A reminder begins, or with a `regel` that is there, becomes another one from a day on."""
    check_ingericht(zaak)
    eigen = organisatie_van(zaak).van(g.HerinneringsregelGesteld)
    if regel and all(feit.regel != regel for feit in eigen):
        raise OngeldigeInvoer({"regel": f"Herinnering '{regel}' is er niet."})
    if not VROEGST <= uur < LAATST:
        zin = f"Kies een uur van {VROEGST} tot en met {LAATST - 1}: 's avonds en 's nachts wordt niemand herinnerd."
        raise OngeldigeInvoer({"uur": zin})
    if niet := [ROLLEN[rol].lower() for rol in rollen if rol not in ROLLEN_VAN[waarvoor]]:
        raise OngeldigeInvoer(
            {"rollen": f"Aan {WAARVOOR[waarvoor]} wordt de {opsomming(niet, 'of')} niet herinnerd: kies iemand anders."}
        )
    _check_ladder(rollen, daarna, {"coordinator": coordinator_na, "directie": directie_na})
    _check_begin(zaak, regel, vanaf, "vanaf")
    dagen = tuple(sorted(map(int, set(dagen_voor)), reverse=True))
    wie = tuple(rol for rol in _IEDEREEN if rol in rollen)
    nieuw = regel or f"herinnering_{len({feit.regel for feit in eigen}) + 1}"
    feit = g.HerinneringsregelGesteld(
        gebeurd_op=zaak.vandaag, regel=nieuw, waarvoor=waarvoor, dagen_voor=dagen, rollen=wie, vanaf=vanaf, uur=uur,
        werkdagen=werkdagen, daarna=daarna, coordinator_na=coordinator_na or 0, directie_na=directie_na or 0,
    )  # fmt: skip
    for ander in organisatie_van(zaak).herinneringsregels(vanaf):
        if replace(ander, gebeurd_op=feit.gebeurd_op, regel=nieuw, vanaf=vanaf) == feit:
            raise OngeldigeInvoer({"dagen_voor": f"Deze herinnering geldt op {datum(vanaf)} al."})
    return feit


def _check_ladder(rollen: tuple[str, ...], daarna: bool, ladder: Mapping[str, int | None]) -> None:
    """Refuse a step of the ladder that never comes, or that is taken from the beginning."""
    for rol, vanaf in ladder.items():
        if vanaf is None:
            continue
        wie, veld = ROLLEN[rol].lower(), f"{rol}_na"
        if not 1 <= vanaf <= MEESTE_TE_LAAT:
            raise OngeldigeInvoer({veld: f"Kies een aantal werkdagen van 1 tot en met {MEESTE_TE_LAAT}, of niets."})
        if not daarna:
            raise OngeldigeInvoer({veld: "Kies ook dat er na de laatste dag wordt herinnerd, of laat dit leeg."})
        if rol in rollen:
            raise OngeldigeInvoer({veld: f"De {wie} wordt al vanaf het begin herinnerd: laat dit leeg."})


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
