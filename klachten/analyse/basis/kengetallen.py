"""Every figure of the evaluation is one row: what it asks, what it counts against what, and why it matters.

The rows stand in kengetallenlijst.py; `bereken` runs any of them in the same way: a period, a peildatum and a filter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
from duckdb import DuckDBPyConnection

from klachten.analyse import Vraag, called, vragen
from klachten.analyse.basis.kengetal import Kengetal
from klachten.analyse.basis.kengetallenlijst import KENGETALLEN
from klachten.analyse.basis.selectie import ALLES, Filter
from klachten.analyse.functies import FUNCTIES
from klachten.periode import Wanneer, als_periode


def met_bouwstenen(namen: Iterable[str]) -> dict[str, str]:
    """Return the SQL of these questions and of what they use, by name: enough to ask them again.

    That is other questions and, first, the small functions that all share.
    """
    alle = vragen()
    uit = {naam: f"CREATE MACRO {naam}({parameters}) AS {sql}" for naam, (parameters, sql) in FUNCTIES.items()}
    wachtend = list(dict.fromkeys(namen))
    while wachtend:
        naam = wachtend.pop(0)
        if naam not in uit:
            uit[naam] = alle[naam].sql
            wachtend += [ander for ander in alle if ander != naam and ander in called(alle[naam].sql)]
    return uit


Rijen = Sequence[Mapping[str, Any]]


BOUWSTENEN = {
    "klacht_op": "looks back: how klachten stood on the peildatum",
    "maatregel_op": "the same of maatregelen",
    "gestelde_termijn_op": "the same of terms of their own",
    "signaal_op": "the same of signalen",
    "evaluatie_op": "the same of evaluations",
    "geevalueerd_op": "when a year is done, for te_evalueren and werkvoorraad",
    "verbeteractie_op": "the same of verbeteracties",
    "eerder_einde_op": "the same of ends that did not last",
    "geschil_op": "the same of disputes",
    "nader_op": "the same of what is known beside the steps",
    "onbereikbaar_op": "when there was nobody to write to, for termijnen",
    "bevinding_op": "the same of own findings",
    "wachten_op": "the same of waiting for the indiener",
    "klacht_einde": "says how a klacht stands and ended, for klacht_keuze",
    "klacht_keuze": "applies the filter, once for every figure",
    "klacht_selectie": "leaves out the vervallen klachten, which count nowhere",
    "klacht_spoor": "adds the order of the steps up to the peildatum",
    "omvang": "the trajecten of a period, for intensiteit",
    "looptijd": "the durations of each klacht, for doorlooptijden and looptijd_netto",
    "looptijd_netto": "the same without waiting for the indiener, for doorlooptijden_netto and the dossier",
    "samenstelling": "counts per characteristic, for intensiteit, categorieen, indieners, kanalen and vestigingen",
    "stroom_beweging": "what came in and went out, per klacht, for stroom",
    "berichten_stap_7": "the notices of step 7, for niet_in_behandeling_gronden",
    "geschillen_stand": "how each dispute stands, for geschillen and oordelen_opvolging",
    "nader_kenmerk": "what is known of each klacht beside the steps, for nadere_gegevens",
    "spoor_paren": "which step followed which in each klacht, for overgangen and overgangen_netto",
    "stappen_gedaan": "when each step was first done, for stappenkaart and stappenkaart_netto",
    "stappenkaart_netto": "the medians of stappenkaart without waiting for the indiener",
    "overgangen_netto": "the same of overgangen",
    "open_stukken": "when each klacht was open and with whom, for werklast",
    "maatregelen_stand": "how each maatregel stands, for maatregelen_opvolging and the list of them",
    "maatregeltermijn_stand": "the same against the term of the klacht, for maatregeltermijn",
    "afwijkende_sporen": "the dossiers behind varianten",
    "termijnen": "the deadlines themselves",
    "termijnkeuze": "the same of the chosen klachten, for termijntarieven and the Verkenner",
    "termijnoverschrijdingen": "the list on page Termijnen",
    "werkvoorraad": "what there is to do: no figure of the evaluation",
    "klachttaken": "what there is to do in klachten, for werkvoorraad",
    "overige_taken": "what there is to do beside them, for werkvoorraad",
    "jaren_met_klachten": "the years that may have to be evaluated, for overige_taken",
    "getelde_klachten": "the klachten behind a number",
    "laatst_bijgewerkt": "a list to choose from",
    "open_signalen": "a list to choose from",
}
"""The questions that are no figure by themselves, and what they are for."""


def kengetal(id: str) -> Kengetal:
    """Return the figure with this id; KeyError with a Dutch sentence when there is none."""
    gevonden = {kengetal.id: kengetal for kengetal in KENGETALLEN}
    if id not in gevonden:
        raise KeyError(f"Er is geen kengetal {id!r}; wel: {', '.join(gevonden)}.")
    return gevonden[id]


def bereken(
    cursor: DuckDBPyConnection,
    id: str,
    *,
    peildatum: date,
    periode: Wanneer | None = None,
    filter: Filter = ALLES,
    **overig: Any,
) -> pd.DataFrame:
    """Return the table of a figure; `overig` holds a parameter that only this figure has.

    `periode` is a Periode or a calendar year; None is everything, per calendar year.
    """
    return vraag_aan(cursor, kengetal(id).sql, peildatum=peildatum, periode=periode, filter=filter, **overig)


def vraag_aan(
    cursor: DuckDBPyConnection,
    sql: str,
    *,
    peildatum: date,
    periode: Wanneer | None = None,
    filter: Filter = ALLES,
    **overig: Any,
) -> pd.DataFrame:
    """Return the rows of a question by its name; a parameter that it has and that is not given is NULL."""
    tekst, waarden = opdracht(sql, peildatum=peildatum, periode=periode, filter=filter, **overig)
    return cursor.execute(tekst, waarden).df()


def rijen_van(
    cursor: DuckDBPyConnection,
    sql: str,
    *,
    peildatum: date,
    periode: Wanneer | None = None,
    filter: Filter = ALLES,
    **overig: Any,
) -> list[dict[str, Any]]:
    """Return the same as plain rows: what is summed in Python next is faster without a DataFrame in between."""
    tekst, waarden = opdracht(sql, peildatum=peildatum, periode=periode, filter=filter, **overig)
    gevonden = cursor.execute(tekst, waarden)
    namen = [kolom[0] for kolom in gevonden.description or ()]
    return [dict(zip(namen, rij, strict=True)) for rij in gevonden.fetchall()]


def opdracht(
    sql: str, *, peildatum: date, periode: Wanneer | None = None, filter: Filter = ALLES, **overig: Any
) -> tuple[str, dict[str, Any]]:
    """Return the SQL that asks a question, and its parameters: what a workbook shows as the origin of its figures."""
    namen = _parameters(vragen()[sql])
    dagen = {} if periode is None else als_periode(periode).parameters
    bekend = {"peildatum": peildatum, **dagen, **filter.parameters, **overig}
    vreemd = overig.keys() - set(namen)
    if vreemd:
        raise TypeError(f"Question {sql} has no parameter {', '.join(sorted(vreemd))}.")
    waarden = {naam: bekend.get(naam) for naam in namen}
    return f"SELECT * FROM {sql}({', '.join(f'{naam} := ${naam}' for naam in namen)})", waarden


def uitgeschreven(tekst: str, waarden: Mapping[str, Any]) -> str:
    """Return a question with its parameters written out, as one asks it by hand."""
    for naam, waarde in sorted(waarden.items(), key=lambda paar: -len(paar[0])):
        tekst = tekst.replace(f"${naam}", _letterlijk(waarde))
    return tekst


def _letterlijk(waarde: Any) -> str:
    if waarde is None:
        return "NULL"
    if isinstance(waarde, date):
        return f"DATE '{waarde:%Y-%m-%d}'"
    # A filter holds ids only, and those have no quote in them; a quote is doubled all the same.
    return str(waarde).upper() if isinstance(waarde, int) else "'" + str(waarde).replace("'", "''") + "'"


def _parameters(vraag: Vraag) -> list[str]:
    return [naam.strip() for naam in vraag.parameters.split(",")]
