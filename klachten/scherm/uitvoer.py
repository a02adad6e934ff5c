"""What each page hands out as an Excel file: the same rows, for the same user, with where they come from.

Every function here returns a maker for excelknop.toon(). Who looks, which day it is and what was chosen is settled now;
the register is read when the file is asked for, and what of the rows on the page may still be seen is asked again then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from duckdb import DuckDBPyConnection

from klachten import organisatie, rechten, scherm
from klachten.analyse.basis.kengetallen import rijen_van
from klachten.analyse.basis.lezer import Lezer, zicht
from klachten.analyse.excel.excel import Blad, Bron
from klachten.analyse.termijnen import naleving
from klachten.analyse.termijnen.bestand import termijnbestand
from klachten.analyse.termijnen.netto import netten
from klachten.analyse.termijnen.wachttijd import doorlooptijd
from klachten.analyse.werk import bestanden, klachtenlijst, verbeterstand
from klachten.analyse.werk.bestanden import Kijkregel, Waarvan
from klachten.analyse.werk.escalatie import Dringend
from klachten.analyse.werk.klachtenlijst import readable
from klachten.analyse.werk.werkvoorraad import Taak, visible_to
from klachten.analyse.werkboek import MET_NAMEN, ZONDER_NAMEN, werkboek
from klachten.organisatie import Gebruiker
from klachten.scherm.aanbod import Maker
from klachten.scherm.evaluatie.keuze import Keuze
from klachten.scherm.lijsten.keuzes import HERKOMST

PAGINAS: dict[str, tuple[str, ...]] = {
    "jaarbeeld": (),
    "categorieen": (
        "categorieen", "aspecten", "categorie_uitkomst", "indieners", "kanalen", "vestigingen",
        "niet_in_behandeling_gronden", "nadere_gegevens", "bevindingen_per_aspect",
    ),
    "opvolging": (
        "geschillen", "oordelen_opvolging", "maatregelen_opvolging", "verbeteracties_opvolging",
        "verbeteracties_voor_en_na",
    ),
    "proces": (
        "stappenkaart", "overgangen", "varianten", "herstelwerk", "werklast", "doorlooptijden",
        "doorlooptijden_netto",
    ),
    "signalen": ("per_periode", "ontvangstdagen", "intensiteit"),
}  # fmt: skip
"""The figures of each page of the evaluation; Jaarbeeld gives the whole workbook."""


def toont_namen(gebruiker: Gebruiker) -> bool:
    """Tell whether this user may see who handled what."""
    return rechten.mag("inzage", "behandelaarsnamen", gebruiker).mag


def gaat_naar_buiten(gebruiker: Gebruiker) -> bool:
    """Tell whether what this user takes along leaves those who handle klachten: then small numbers are hidden."""
    return not rechten.mag("inzage", "kleine_aantallen", gebruiker).mag


LIJSTEN = (
    "werkvoorraad", "klachten", "escalatie", "verbeteracties", "termijnen", "vergelijken", "kijklog", "verkenner",
    "sqlbureau",
)  # fmt: skip
UITVOER = (
    *(f"excel_{pagina}" for pagina in (*LIJSTEN, *PAGINAS)),
    "notebook", "agenda", "stuk", "signaalstuk", "evaluatiestuk", "dossierzip", "brief", "sjabloon", "reglement",
    "bevroren_cijfers", "evaluatieagenda", "notulen",
    "jaarverslag", "jaarverslag_openbaar", "inzageverzoek", "verwerkingsregister", "privacyverklaring",
    "uitvoer_alles", "handleiding",
)  # fmt: skip
"""Everything that is handed out as a file; rechten.csv says to whom."""

rechten.controleer("uitvoer", UITVOER)


def mag(naam: str) -> bool:
    """Tell whether this user may take a file along, by its name in UITVOER."""
    return rechten.mag("uitvoer", naam, scherm.gebruiker()).mag


Erbij = Callable[[DuckDBPyConnection], Sequence[tuple[Blad, Bron, Sequence[str]]]]


def evaluatie(keuze: Keuze, pagina: str, erbij: Erbij = lambda _: ()) -> Maker | None:
    """The workbook of a page of the evaluation; who may not see small numbers has that of verkenner.grof instead.

    `erbij` gives sheets that stand on the page besides its figures.
    """
    if not mag(f"excel_{pagina}"):
        return None
    register, gebruiker, reglement = scherm.register(), scherm.gebruiker(), keuze.reglement
    lezer = Lezer.van(gebruiker)
    if gaat_naar_buiten(gebruiker):
        return None

    def maak() -> bytes:
        with register.cursor() as cursor:
            return werkboek(
                cursor, keuze.periode, keuze.peildatum, keuze.filter, reglement=reglement,
                namen=organisatie.naam if toont_namen(gebruiker) else None, kengetallen=PAGINAS[pagina], van=keuze.naam,
                zicht=zicht(cursor, lezer), erbij=erbij(cursor),
            )  # fmt: skip

    return Maker(f"excel_{pagina}", maak)


def termijnen(keuze: Keuze) -> Maker | None:
    """Deadline compliance over the years, and the missed terms for whoever may see single klachten."""
    register, gebruiker = scherm.register(), scherm.gebruiker()
    if not mag("excel_termijnen") or gaat_naar_buiten(gebruiker):
        return None
    namen = organisatie.naam if toont_namen(gebruiker) else None
    lezer = Lezer.van(gebruiker)

    def maak() -> bytes:
        with register.cursor() as cursor:
            regels = naleving.bereken(cursor, keuze.peildatum, periode=keuze.periode, **keuze.waar)
            rijen = naleving.overschrijdingen(cursor, keuze.peildatum, **keuze.waar, zicht=zicht(cursor, lezer))
            vraag = {"peildatum": keuze.peildatum, "periode": keuze.periode, "filter": keuze.filter}
            duren, zonder = rijen_van(cursor, "doorlooptijden", **vraag), netten(cursor, **vraag)
        stand = register.stand()
        return termijnbestand(
            regels, rijen, peildatum=keuze.peildatum, cohort=keuze.cohort, periode=keuze.periode, filter=keuze.naam,
            zegel=stand.zegel,
            feiten=stand.aantal, behandelaar=namen,
            voor=MET_NAMEN if namen else ZONDER_NAMEN,
            wachten=[(deel, doorlooptijd(duren, maat)) for maat, deel in zonder.items()],
        )  # fmt: skip

    return Maker("excel_termijnen", maak)


def klachten(filter: klachtenlijst.Filter, volgorde: str) -> Maker | None:
    """The whole list that was asked for, as far as this user sees it."""
    if not mag("excel_klachten"):
        return None
    register, gebruiker, vandaag = scherm.register(), scherm.gebruiker(), scherm.vandaag()
    waarvan = _waarvan(_in_woorden(filter), filter.dag(vandaag))

    def maak() -> bytes:
        with register.cursor() as cursor:
            regels = klachtenlijst.read_all(cursor, filter, gebruiker, vandaag, volgorde=volgorde)
        return bestanden.bestand(waarvan(), [bestanden.klachten(regels, waarvan())], ["klachten"])

    return Maker("excel_klachten", maak)


def taken(getoond: Sequence[Taak], wie: str, keuze: str) -> Maker | None:
    """The tasks that the page shows; `keuze` is what was chosen of them, in words."""
    if not mag("excel_werkvoorraad"):
        return None
    register, gebruiker = scherm.register(), scherm.gebruiker()
    alle = "taken voor deze gebruiker" if wie == "mij" else "alle taken die deze gebruiker ziet"
    waarvan = _waarvan(f"{alle}{keuze}")

    def maak() -> bytes:
        with register.cursor() as cursor:
            nu = visible_to(cursor, list(getoond), gebruiker)
        return bestanden.bestand(waarvan(), [bestanden.taken((("", taak) for taak in nu), waarvan())], ["werkvoorraad"])

    return Maker("excel_werkvoorraad", maak)


def escalatie(dringend: Sequence[Dringend], delen: Iterable[tuple[str, str, Sequence[Taak]]]) -> Maker | None:
    """Pressing terms, and what cannot go on as it is."""
    if not mag("excel_escalatie"):
        return None
    register, gebruiker = scherm.register(), scherm.gebruiker()
    waarvan = _waarvan("wat te laat is of dat binnen zeven dagen wordt")
    lijst = [(kop, list(in_deel)) for kop, _, in_deel in delen]

    def maak() -> bytes:
        with register.cursor() as cursor:
            nu = [(kop, taak) for kop, in_deel in lijst for taak in visible_to(cursor, in_deel, gebruiker)]
            leesbaar = readable(cursor, [regel.klachtnummer for regel in dringend], gebruiker)
        return bestanden.bestand(
            waarvan(),
            [
                bestanden.dringend([regel for regel in dringend if regel.klachtnummer in leesbaar]),
                bestanden.taken(nu, waarvan(), "Ingrijpen"),
            ],
            ["escalatie", "werkvoorraad"],
        )

    return Maker("excel_escalatie", maak)


def verbeteracties() -> Maker | None:
    """The verbeteracties that this user sees."""
    if not mag("excel_verbeteracties"):
        return None
    register, gebruiker, vandaag = scherm.register(), scherm.gebruiker(), scherm.vandaag()
    waarvan = _waarvan("alle verbeteracties die deze gebruiker ziet")

    def maak() -> bytes:
        with register.cursor() as cursor:
            acties = verbeterstand.visible_to(verbeterstand.verbeteracties(cursor, vandaag), gebruiker)
        return bestanden.bestand(waarvan(), [bestanden.verbeteracties(acties, waarvan())], ["verbeteracties"])

    return Maker("excel_verbeteracties", maak)


def kijklog(lees: Callable[[], Sequence[Kijkregel]], keuze: str) -> Maker | None:
    """The lines of the log of looking that were chosen; `keuze` says what was, in words."""
    if not mag("excel_kijklog"):
        return None
    waarvan = _waarvan(keuze)
    return Maker("excel_kijklog", lambda: bestanden.bestand(waarvan(), [bestanden.kijkregels(lees())], ["kijklog"]))


def _waarvan(filter: str, dag: date | None = None) -> Callable[[], Waarvan]:
    register, gebruiker, vandaag = scherm.register(), scherm.gebruiker(), scherm.vandaag()

    def lees() -> Waarvan:
        stand = register.stand()
        return Waarvan(
            gebruiker=gebruiker, peildatum=dag or vandaag, zegel=stand.zegel, feiten=stand.aantal, filter=filter,
            reglementen=register.reglementen, gewoon=register.organisatie.reglement(vandaag),
        )  # fmt: skip

    return lees


def _in_woorden(filter: klachtenlijst.Filter) -> str:
    """Say what was asked for in the words of the page."""
    reglement = scherm.reglement()
    delen = [f"achter een cijfer: {filter.telling.in_woorden(reglement)}"] if filter.telling else []
    delen += [filter.keuze.in_woorden(reglement)] if filter.keuze else []
    delen += ["een termijn is voorbij"] if filter.te_laat else []
    delen += ["nog niet toegewezen"] if filter.zonder_behandelaar else []
    if filter.herkomst:
        delen.append(f"herkomst: {HERKOMST[filter.herkomst].lower()}")
    return "; ".join([*delen, *([f"gezocht op '{filter.zoek.strip()}'"] if filter.zoek.strip() else [])])
