"""The pages of the app, as data: what they are called, where they stand, who may open them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from klachten.organisatie import ROLLEN, Gebruiker

PROJECT = Path(__file__).resolve().parents[2]
IEDEREEN = frozenset(ROLLEN)
BEHANDELING = frozenset({"coordinator", "behandelaar", "directie"})
WERKVLOER = BEHANDELING | {"actienemer", "medewerker"}
EVALUATIE = frozenset({"coordinator", "directie", "analist"})


@dataclass(frozen=True)
class Pagina:
    """One page: its file, its name and icon in the menu, and the roles that may open it."""

    naam: str
    afdeling: str
    titel: str
    pictogram: str
    rollen: frozenset[str]
    uitleg: str = ""
    in_menu: bool = True
    breed: bool = True

    @property
    def bestand(self) -> Path:
        """The file of the page."""
        return PROJECT / "pages" / self.afdeling / f"{self.naam}.py"

    def toegankelijk_voor(self, gebruiker: Gebruiker) -> bool:
        """Tell whether the user has a role that may open this page."""
        return not self.rollen.isdisjoint(gebruiker.rollen)


AFDELINGEN: dict[str, str] = {"behandeling": "Behandeling", "evaluatie": "Evaluatie", "hulp": "Hulp"}

# The first one is the start page.
PAGINAS: tuple[Pagina, ...] = (
    Pagina(
        "werkvoorraad",
        "behandeling",
        "Werkvoorraad",
        ":material/checklist:",
        IEDEREEN,
        uitleg="Wat er vandaag moet gebeuren, het dringendste eerst.",
    ),
    Pagina(
        "klachten",
        "behandeling",
        "Klachten",
        ":material/folder_open:",
        WERKVLOER,
        uitleg="Alle klachten: zoeken, filteren en sorteren.",
    ),
    Pagina(
        "intake",
        "behandeling",
        "Nieuwe klacht",
        ":material/add_circle:",
        WERKVLOER,
        uitleg="Een klacht of signaal vastleggen.",
    ),
    Pagina(
        "dossier",
        "behandeling",
        "Dossier",
        ":material/description:",
        WERKVLOER,
        uitleg="Eén klacht: stand, termijnen, stappen en maatregelen.",
    ),
    Pagina(
        "escalatie",
        "behandeling",
        "Escalatie",
        ":material/priority_high:",
        frozenset({"coordinator", "directie"}),
        uitleg="Wat te laat is of dreigt te worden, en geschillen.",
    ),
    Pagina(
        "verbeteracties",
        "behandeling",
        "Verbeteracties",
        ":material/trending_up:",
        frozenset({"coordinator", "directie", "actienemer"}),
        uitleg="De evaluatie en wat eruit voortkomt.",
    ),
    Pagina(
        "jaarbeeld",
        "evaluatie",
        "Jaarbeeld",
        ":material/calendar_month:",
        EVALUATIE,
        uitleg="Hoe het jaar verging: wat opvalt en wat niet.",
    ),
    Pagina(
        "termijnen",
        "evaluatie",
        "Termijnen",
        ":material/timer:",
        BEHANDELING | {"analist"},
        uitleg="Hoe vaak de termijnen gehaald worden, per jaar.",
    ),
    Pagina(
        "categorieen",
        "evaluatie",
        "Categorieën",
        ":material/category:",
        EVALUATIE,
        uitleg="Waarover klachten gaan, hoe ze aflopen en wie klaagt.",
    ),
    Pagina(
        "opvolging",
        "evaluatie",
        "Opvolging",
        ":material/task_alt:",
        EVALUATIE,
        uitleg="Wat er van maatregelen en verbeteracties komt.",
    ),
    Pagina(
        "proces",
        "evaluatie",
        "Proces",
        ":material/account_tree:",
        EVALUATIE,
        uitleg="Hoe klachten de achttien stappen doorlopen.",
    ),
    Pagina(
        "signalen",
        "evaluatie",
        "Signalen",
        ":material/monitoring:",
        EVALUATIE,
        uitleg="Of het aantal klachten meer schommelt dan toeval.",
    ),
    Pagina(
        "reglement",
        "hulp",
        "Reglement",
        ":material/gavel:",
        IEDEREEN,
        uitleg="De achttien stappen in gewone woorden.",
        breed=False,
    ),
    Pagina(
        "handleiding",
        "hulp",
        "Handleiding",
        ":material/menu_book:",
        IEDEREEN,
        uitleg="Hoe doe ik wat, per rol.",
        breed=False,
    ),
)


def pagina(naam: str) -> Pagina:
    """Return the page with this name."""
    return next(deel for deel in PAGINAS if deel.naam == naam)


def toegankelijk(gebruiker: Gebruiker) -> tuple[Pagina, ...]:
    """Return the pages that this user may open."""
    return tuple(deel for deel in PAGINAS if deel.toegankelijk_voor(gebruiker))
