"""Everything that a reader is shown as of a day, as plain values, held beside what a register cut at that day shows."""

from __future__ import annotations

from datetime import date

import duckdb

from klachten.analyse.basis.kengetallenlijst import KENGETALLEN
from klachten.analyse.basis.selectie import ALLES
from klachten.analyse.excel.werk import Werk
from klachten.analyse.jaar.beeld import Jaarbeeld
from klachten.analyse.jaar.jaarbeeld import jaarbeeld
from klachten.analyse.opvolging.verbetering import voor_en_na
from klachten.analyse.proces.proces import afwijkingen, proces
from klachten.analyse.proces.werkbladen import anders
from klachten.analyse.signalen.signalen import signalen
from klachten.analyse.termijnen import naleving
from klachten.analyse.werkboek import BLADEN
from klachten.periode import Periode
from tests.terugkijkproef import afgeknipt, antwoorden, plat, vul
from tests.voorbeeldfirma import COULANT


def beelden(con: duckdb.DuckDBPyConnection, dag: date) -> dict[str, object]:
    """What a reader is shown as of a day: figures, sentences and the rows of every sheet."""
    beeld = jaarbeeld(con, dag.year, dag, reglement=COULANT)
    return {
        "jaarbeeld": plat(beeld),
        "proces": plat(proces(con, peildatum=dag, periode=dag.year, reglement=COULANT)),
        "afwijkingen": plat(afwijkingen(con, peildatum=dag)),
        "signalen": plat([signalen(con, peildatum=dag).bevindingen]),
        "voor en na": plat(voor_en_na(con, peildatum=dag, reglement=COULANT)),
        "termijnen": plat(naleving.bereken(con, dag)),
        "bladen": _bladen(con, dag, beeld),
    }


def _bladen(con: duckdb.DuckDBPyConnection, dag: date, beeld: Jaarbeeld) -> list[object]:
    """The rows of every sheet of the workbook, with names."""
    werk = Werk(
        cursor=con,
        periode=Periode.van_jaar(dag.year),
        peildatum=dag,
        filter=ALLES,
        reglement=COULANT,
        namen=str,
        buiten=False,
        beeld=beeld,
    )
    bladen = [blad for k in KENGETALLEN for blad in BLADEN.get(k.id, anders)(werk, k)]
    return [plat((blad.naam, blad.kop, list(blad.rijen))) for blad in bladen]


def vergelijk(
    heel: duckdb.DuckDBPyConnection,
    geknipt: duckdb.DuckDBPyConnection,
    dag: date,
    *,
    periode: Periode | None,
    beeld: bool,
) -> None:
    """Ask both the same as of a day; with `beeld` also what a reader is shown of it."""
    geknipt.begin()
    try:
        vul(geknipt, afgeknipt(heel, dag))
        nu, toen = antwoorden(heel, dag, periode), antwoorden(geknipt, dag, periode)
        if beeld:
            nu, toen = nu | beelden(heel, dag), toen | beelden(geknipt, dag)
        anders = [naam for naam in nu if nu[naam] != toen[naam]]
        assert {naam: nu[naam] for naam in anders} == {naam: toen[naam] for naam in anders}, dag
    finally:
        geknipt.rollback()
