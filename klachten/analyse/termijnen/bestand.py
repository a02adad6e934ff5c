"""The Excel file of deadline compliance: the figures per year, the missed terms, and where they come from."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from klachten.analyse.basis.kengetallen import met_bouwstenen
from klachten.analyse.basis.zinnen import ZONDER_PROCENT, aandeel
from klachten.analyse.excel.excel import Blad, Bron, Herkomst, Kolom, maak
from klachten.analyse.statistiek import Termijnkop, Verhouding
from klachten.analyse.termijnen.naleving import COHORTEN, Naleving, Overschrijding
from klachten.analyse.termijnen.netto import UITLEG as UITLEG_NETTO
from klachten.analyse.termijnen.netto import Netto
from klachten.analyse.termijnen.wachttijd import Doorlooptijd
from klachten.periode import Wanneer, als_periode

DEFINITIE = (
    "De dag waarop een termijn begint telt niet mee; de laatste dag is nog op tijd. Op tijd (%) is het deel dat op "
    "tijd was van alle klachten waarvan de laatste dag voor de peildatum ligt (termijn voorbij), met Wilson-interval "
    "van 95%. Klachten waarbij de laatste dag voorbijging zonder besluit over het in behandeling nemen, tellen daarin "
    "mee naar verwachting: voor het deel waarvoor de termijn naar verwachting geldt. Noemer is wat er zo bij elkaar "
    "komt. Ondergrens telt ze allemaal mee als niet gehaald. Alleen afgerond laat open klachten weg en valt daardoor "
    "te hoog uit. "
    f"{ZONDER_PROCENT}"
)
JAARKOLOMMEN = (
    Kolom("Termijn", breedte=20, terugloop=True),
    Kolom("Stap", "getal", 7),
    Kolom("Jaar", breedte=8),
    Kolom("Op tijd", "getal", 8),
    Kolom("Te laat", "getal", 8),
    Kolom("Te laat, nog open", "getal", 9),
    Kolom("Loopt", "getal", 7),
    Kolom("Onbepaald", "getal", 11),
    Kolom("Onbepaald, termijn verstreken", "getal", 12),
    Kolom("N.v.t.", "getal", 7),
    Kolom("Ongeldig", "getal", 10),
    Kolom("Termijn voorbij", "getal", 10),
    Kolom("Daarvan op tijd", "getal", 9),
    Kolom("Op tijd (%)", "procent", 9),
    Kolom("Van (%)", "procent", 8),
    Kolom("Tot (%)", "procent", 8),
    Kolom("Noemer", "decimaal", 10),
    Kolom("Ondergrens (%)", "procent", 13),
    Kolom("Alleen afgerond (%)", "procent", 11),
)
OP_PAPIER = next(nr for nr, kolom in enumerate(JAARKOLOMMEN) if kolom.titel == "Noemer")
"""As many columns are printed: the rest is how the percentage was counted, for who checks it in the file."""
OP_PAPIER_ZIN = "Op papier staan de kolommen tot en met Tot (%); de andere staan ernaast in dit bestand."
LIJSTKOLOMMEN = (
    Kolom("Klachtnummer", breedte=16),
    Kolom("Termijn", breedte=28),
    Kolom("Vestiging", breedte=14),
    Kolom("Behandelaar", breedte=22),
    Kolom("Ontvangen op", "datum", 14),
    Kolom("Uiterlijk op", "datum", 14),
    Kolom("Gedaan op", "datum", 14),
    Kolom("Status", breedte=30),
    Kolom("Dagen te laat", "getal", 12),
)
NETTOKOLOMMEN = (
    Kolom("Tot", breedte=16), Kolom("Klachten", "getal", 11), Kolom("Gewacht op de indiener", "getal", 14),
    Kolom("Daarvan nu nog", "getal", 12), Kolom("Dagen gewacht", "getal", 12),
    Kolom("Helft binnen, totaal (dagen)", "getal", 16), Kolom("Helft binnen, netto (dagen)", "getal", 16),
)  # fmt: skip


def nettorij(zonder: Netto, totaal: Doorlooptijd) -> tuple[Any, ...]:
    """Return one duration as a row of NETTOKOLOMMEN: in all, and without waiting for the indiener."""
    helften = (totaal.mediaan, zonder.looptijd.mediaan)
    return (
        totaal.maat, zonder.klachten, zonder.met_wachten, zonder.wacht_nog, zonder.gewacht,
        *(None if helft is None or math.isinf(helft) else int(helft) for helft in helften),
    )  # fmt: skip


def termijnbestand(
    regels: Iterable[Naleving],
    lijst: Iterable[Overschrijding],
    *,
    peildatum: date,
    cohort: str,
    periode: Wanneer = 2000,
    filter: str,
    zegel: str,
    behandelaar: Callable[[str], str] | None,
    voor: str = "",
    feiten: int | None = None,
    wachten: Sequence[tuple[Netto, Doorlooptijd]] = (),
) -> bytes:
    """Return the file; `behandelaar` gives the name that goes with an id, None leaves names out.

    `wachten`: how long indieners of the period waited, without waiting for them and in all; no sheet without.

    `periode`: of which kind the periods of the regels are, whichever of them. The list and small numbers are in it, so
    it is for who may see both.
    """
    p = als_periode(periode)
    dagen = f"vanaf := DATE '{p.eerste}', tot := DATE '{p.laatste}'"
    bron = Bron(
        blad="Per jaar",
        vraag="Hoe vaak zijn de termijnen van het reglement gehaald, per jaar?",
        teller="klachten die op tijd waren",
        noemer="klachten waarvan de laatste dag voorbij is",
        definitie=f"{DEFINITIE} Jaar: {COHORTEN[cohort]}.",
        stap="5, 7, 11",
        sql=f"SELECT * FROM termijnnaleving(peildatum := DATE '{peildatum}', {dagen}, cohort := '{cohort}')",
    )
    lijstbron = Bron(
        blad="Over de termijn",
        vraag="Welke klachten gingen over een termijn?",
        definitie="Elke termijn die is gemist, of die voorbijging zonder besluit over het in behandeling nemen.",
        stap="5, 7, 11",
        sql=f"SELECT * FROM termijnoverschrijdingen(DATE '{peildatum}', NULL, NULL, '{cohort}')",
    )
    wachtbron = Bron(
        blad="Wachten op indiener",
        vraag=f"Hoe lang wachtte een indiener in {p.naam}, in totaal en zonder het wachten op de indiener zelf?",
        definitie=UITLEG_NETTO,
        stap="5, 6, 7, 13",
        sql=f"SELECT * FROM doorlooptijden_netto(peildatum := DATE '{peildatum}', {dagen}, ...)",
    )
    bronnen = [bron, lijstbron, *([wachtbron] if wachten else [])]
    herkomst = Herkomst(
        bronnen=bronnen,
        peildatum=peildatum,
        filter=filter,
        zegel=zegel,
        feiten=feiten,
        voor=voor,
        vragen=met_bouwstenen(("termijnnaleving", "termijnoverschrijdingen", "doorlooptijden_netto")),
    )
    namen = behandelaar or (lambda _: "")
    per_jaar = Blad(
        "Per jaar", JAARKOLOMMEN, [jaarrij(regel) for regel in regels],
        kop=("Op tijd per jaar", OP_PAPIER_ZIN), kolommen_op_papier=OP_PAPIER,
    )  # fmt: skip
    over = Blad("Over de termijn", LIJSTKOLOMMEN, (_lijst(rij, namen) for rij in lijst))
    gewacht = [nettorij(zonder, totaal) for zonder, totaal in wachten]
    wacht = Blad("Wachten op indiener", NETTOKOLOMMEN, gewacht)
    return maak([per_jaar, over, *([wacht] if wachten else [])], herkomst)


def jaarrij(r: Naleving) -> tuple[Any, ...]:
    """Return one term in one year as a row of JAARKOLOMMEN."""
    t, kop, op_tijd = r.tarief, r.kop, _deel(r.kop)
    marge = (None, None) if op_tijd is None else (kop.laag, kop.hoog)
    return (
        r.termijn_naam, r.stap, r.periode.kort if r.periode else "Alle jaren", r.op_tijd, r.te_laat, r.te_laat_open,
        r.loopt, r.onbepaald, r.onbepaald_verstreken, r.nvt, r.ongeldig, t.n, t.x, op_tijd, *marge,
        kop.n or None, _deel(r.ondergrens), _deel(r.alleen_afgerond),
    )  # fmt: skip


def _deel(verhouding: Verhouding | Termijnkop) -> float | None:
    return None if verhouding.aandeel is None else aandeel(verhouding.x, verhouding.n)


def _lijst(rij: Overschrijding, namen: Callable[[str], str]) -> tuple[Any, ...]:
    return (
        rij.klachtnummer, rij.termijn_naam, rij.vestiging, namen(rij.behandelaar) if rij.behandelaar else "",
        rij.ontvangen_op, rij.uiterlijk_op, rij.einde_op, rij.status, rij.dagen_te_laat,
    )  # fmt: skip
