"""The pages of the app, as data: what they are called and where they stand; rechten.csv says who may open them."""

from __future__ import annotations

import functools
import os
from dataclasses import dataclass
from pathlib import Path

from klachten import rechten
from klachten.organisatie import Gebruiker

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Pagina:
    """One page: its file, its name and its icon in the menu."""

    naam: str
    afdeling: str
    titel: str
    pictogram: str
    uitleg: str = ""
    in_menu: bool = True
    breed: bool = True
    instelling: str = ""
    """The setting without which the page is not in the menu: it then only says what it is for."""

    @functools.cached_property
    def bestand(self) -> Path:
        """The file of the page."""
        return PROJECT / "pages" / self.afdeling / f"{self.naam}.py"

    @property
    def staat_in_menu(self) -> bool:
        """Whether it is in the menu of who may open it."""
        return self.in_menu and (not self.instelling or bool(os.environ.get(self.instelling, "").strip()))

    def toegankelijk_voor(self, gebruiker: Gebruiker) -> bool:
        """Tell whether the user has a role that may open this page."""
        return rechten.mag("pagina", self.naam, gebruiker).mag


AFDELINGEN: dict[str, str] = {
    "behandeling": "Behandeling",
    "evaluatie": "Evaluatie",
    "beheer": "Beheer",
    "hulp": "Hulp",
}

# The first one is the start page.
PAGINAS: tuple[Pagina, ...] = (
    Pagina(
        "werkvoorraad",
        "behandeling",
        "Werkvoorraad",
        ":material/checklist:",
        uitleg="Wat er vandaag moet gebeuren, het dringendste eerst.",
    ),
    Pagina(
        "klachten",
        "behandeling",
        "Klachten",
        ":material/folder_open:",
        uitleg="Alle klachten: zoeken, filteren en sorteren.",
    ),
    Pagina(
        "intake",
        "behandeling",
        "Nieuwe klacht",
        ":material/add_circle:",
        uitleg="Een klacht of signaal vastleggen.",
    ),
    Pagina(
        "dossier",
        "behandeling",
        "Dossier",
        ":material/description:",
        uitleg="Eén klacht: stand, termijnen, stappen en maatregelen.",
    ),
    Pagina(
        "escalatie",
        "behandeling",
        "Escalatie",
        ":material/priority_high:",
        uitleg="Wat te laat is of dreigt te worden, en geschillen.",
    ),
    Pagina(
        "verbeteracties",
        "behandeling",
        "Verbeteracties",
        ":material/trending_up:",
        uitleg="De evaluatie en wat eruit voortkomt.",
    ),
    Pagina(
        "vergadering", "behandeling", "Evaluatievergadering", ":material/groups:",
        uitleg="De agenda, de vergadering zelf en de notulen.",
    ),
    Pagina(
        "jaarbeeld",
        "evaluatie",
        "Jaarbeeld",
        ":material/calendar_month:",
        uitleg="Hoe het jaar verging: wat opvalt en wat niet.",
    ),
    Pagina(
        "termijnen",
        "evaluatie",
        "Termijnen",
        ":material/timer:",
        uitleg="Hoe vaak de termijnen gehaald worden, per jaar.",
    ),
    Pagina(
        "categorieen",
        "evaluatie",
        "Categorieën",
        ":material/category:",
        uitleg="Waarover klachten gaan, hoe ze aflopen en wie klaagt.",
    ),
    Pagina(
        "opvolging",
        "evaluatie",
        "Opvolging",
        ":material/task_alt:",
        uitleg="Wat er van maatregelen en verbeteracties komt.",
    ),
    Pagina(
        "proces",
        "evaluatie",
        "Proces",
        ":material/account_tree:",
        uitleg="Hoe klachten de achttien stappen doorlopen.",
    ),
    Pagina(
        "signalen",
        "evaluatie",
        "Signalen",
        ":material/monitoring:",
        uitleg="Of het aantal klachten meer schommelt dan toeval.",
    ),
    Pagina(
        "vergelijken",
        "evaluatie",
        "Vergelijken",
        ":material/filter_list:",
        uitleg="Waar de eigen organisatie ligt tussen andere, naamloze.",
        instelling="KLACHTEN_MEER",
    ),
    Pagina(
        "verkenner",
        "evaluatie",
        "Verkenner",
        ":material/query_stats:",
        uitleg="Zelf vragen stellen aan de cijfers, en bewaren voor volgend jaar.",
    ),
    Pagina(
        "sqlbureau",
        "evaluatie",
        "SQL-bureau",
        ":material/database:",
        uitleg="Met SQL lezen in een kopie van het register zonder namen.",
    ),
    Pagina(
        "personen",
        "beheer",
        "Personen",
        ":material/group:",
        uitleg="Wie hier werken, met welke rollen.",
    ),
    Pagina(
        "organisatie",
        "beheer",
        "Organisatie",
        ":material/apartment:",
        uitleg="Naam, adres, boekjaar, huisstijl, herinneringen en hoe iedereen zich aanmeldt.",
    ),
    Pagina(
        "lijsten",
        "beheer",
        "Lijsten",
        ":material/list_alt:",
        uitleg="Waaruit iedereen kiest: categorieën, opdrachtgevers en meer.",
    ),
    Pagina(
        "reglementversies",
        "beheer",
        "Versies van het reglement",
        ":material/rule:",
        uitleg="Welke regels gelden, en een volgende versie.",
    ),
    Pagina(
        "brieven",
        "beheer",
        "Brieven",
        ":material/mail:",
        uitleg="Hoe brieven eruitzien, en uw eigen sjablonen.",
    ),
    Pagina(
        "kijklog",
        "beheer",
        "Kijklog",
        ":material/visibility:",
        uitleg="Wie wat opende, zocht en meenam, en wanneer.",
    ),
    Pagina(
        "bescherming",
        "beheer",
        "Bescherming",
        ":material/shield_lock:",
        uitleg="Hoe het register is beschermd, en waartegen niet.",
    ),
    Pagina(
        "toestand",
        "beheer",
        "Toestand",
        ":material/monitor_heart:",
        uitleg="Of het register draait zoals het hoort: reservekopie, schijf, klok en meer.",
        breed=False,
    ),
    Pagina(
        "overnemen",
        "beheer",
        "Overnemen",
        ":material/upload_file:",
        uitleg="Klachten uit een ander register of een spreadsheet inlezen.",
        breed=False,
    ),
    Pagina(
        "reservekopieen",
        "beheer",
        "Reservekopieën",
        ":material/backup:",
        uitleg="Wanneer de laatste kopie is gemaakt, en of zij goed is.",
    ),
    Pagina(
        "uitvoer",
        "beheer",
        "Uitvoer",
        ":material/output:",
        uitleg="Alles van het register in open vormen, om mee verder te kunnen.",
        breed=False,
    ),
    Pagina(
        "bewaren",
        "beheer",
        "Bewaren en wissen",
        ":material/auto_delete:",
        uitleg="Hoe lang iets bewaard blijft, en wat gewist kan worden.",
    ),
    Pagina(
        "post",
        "beheer",
        "Post",
        ":material/outgoing_mail:",
        uitleg="E-mail die is verstuurd, wacht of om een besluit vraagt.",
    ),
    Pagina(
        "inzage",
        "beheer",
        "Inzageverzoek",
        ":material/folder_shared:",
        uitleg="Alles wat van één persoon bewaard is, voor wie erom vraagt.",
    ),
    Pagina(
        "privacy",
        "beheer",
        "Privacy",
        ":material/policy:",
        uitleg="Het verwerkingsregister en de privacyverklaring.",
    ),
    Pagina(
        "hulp", "hulp", "Hulp", ":material/help:", breed=False,
        uitleg="Zoeken in alle uitleg: stappen, weigeringen, woorden, vragen en pagina's.",
    ),
    Pagina(
        "reglement", "hulp", "Reglement", ":material/gavel:", breed=False,
        uitleg="De achttien stappen in gewone woorden.",
    ),
    Pagina(
        "handleiding", "hulp", "Handleiding", ":material/menu_book:", breed=False,
        uitleg="Wat u wanneer doet en hoe, per rol; ook als PDF.",
    ),
    Pagina(
        "afwezigheid", "hulp", "Mijn afwezigheid", ":material/event_busy:", breed=False,
        uitleg="Wanneer u er niet bent, en wie dan uw taken ziet.",
    ),
    Pagina(
        "mijnagenda", "hulp", "Mijn agenda", ":material/event_upcoming:", breed=False,
        uitleg="Uw termijnen in de agenda die u al gebruikt.",
    ),
    Pagina("rechten", "hulp", "Rechten", ":material/key:", breed=False, uitleg="Wie wat mag zien en doen."),
)  # fmt: skip

_OP_NAAM = {deel.naam: deel for deel in PAGINAS}
rechten.controleer("pagina", (deel.naam for deel in PAGINAS))


def pagina(naam: str) -> Pagina:
    """Return the page with this name."""
    return _OP_NAAM[naam]


def toegankelijk(gebruiker: Gebruiker) -> tuple[Pagina, ...]:
    """Return the pages that this user may open."""
    return tuple(deel for deel in PAGINAS if deel.toegankelijk_voor(gebruiker))
