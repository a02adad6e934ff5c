"""Deadline compliance per vestiging, categorie or behandelaar, with care for small numbers (steps 5, 7 and 11)."""

from __future__ import annotations

from datetime import date

import pandas as pd
from duckdb import DuckDBPyConnection

from klachten.analyse import statistiek, termijnzinnen
from klachten.analyse.jaardelen import ALPHA, naam_van
from klachten.analyse.kengetallen import rijen_van
from klachten.analyse.selectie import ALLES, Filter
from klachten.analyse.termijnnaleving import KLEIN
from klachten.reglement import Reglement

PER = {"vestiging": "vestigingen", "categorie": "categorieen", "behandelaar": ""}
"""What a term can be split by, and the list with the names."""
KOLOMMEN = (
    "termijn", "termijn_naam", "stap", "waarde", "naam", "klachten", "rijp_op_tijd", "rijp", "aandeel", "laag", "hoog",
    "weergave", "toonbaar", "te_laat_open", "onbepaald_verstreken", "verschil", "p_holm", "opvallend",
)  # fmt: skip


def termijnen_uitgesplitst(
    cursor: DuckDBPyConnection,
    per: str,
    *,
    peildatum: date,
    jaar: int | None = None,
    filter: Filter = ALLES,
    reglement: Reglement | None = None,
) -> pd.DataFrame:
    """Return one row per term and value of `per`, against all the others together.

    `weergave`: the share, or below 10 matured klachten only the counts (`toonbaar` False). `verschil`: the share
    minus that of the others; `p_holm`: Fisher's p corrected for looking at every value of the term; `opvallend`:
    that below 0.05 with 10 or more on this side. waarde is None for klachten without a behandelaar. Raises
    ValueError for another `per`.
    """
    if per not in PER:
        raise ValueError(f"Termijnen zijn te splitsen per {', '.join(PER)}, niet per {per!r}.")
    regels = rijen_van(cursor, "termijntarieven", peildatum=peildatum, jaar=jaar, filter=filter, per=per)
    uit = []
    for sleutel in dict.fromkeys((r["reglement"], r["termijn"]) for r in regels):
        eigen = [r for r in regels if (r["reglement"], r["termijn"]) == sleutel]
        x_alle, n_alle = sum(r["rijp_op_tijd"] for r in eigen), sum(r["rijp"] for r in eigen)
        delen = []
        for r in eigen:
            x, n = r["rijp_op_tijd"], r["rijp"]
            tarief, anders = statistiek.wilson(x, n), statistiek.newcombe(x, n, x_alle - x, n_alle - n)
            waarde = r["waarde"]
            delen.append(
                {
                    **{naam: r[naam] for naam in KOLOMMEN if naam in r},
                    "naam": "nog niet toegewezen"
                    if waarde is None
                    else naam_van(reglement, PER[per], waarde)
                    if PER[per]
                    else waarde,
                    "klachten": sum(r[naam] for naam in _STATUSSEN),
                    "aandeel": tarief.aandeel,
                    "laag": tarief.laag,
                    "hoog": tarief.hoog,
                    "weergave": termijnzinnen.tarief(tarief),
                    "toonbaar": n >= KLEIN,
                    "verschil": anders.verschil,
                    "p": anders.p,
                }
            )
        holm = statistiek.holm([deel.pop("p") for deel in delen], ALPHA)
        for deel, p, opvallend in zip(delen, holm.aangepast, holm.verworpen, strict=True):
            uit.append(deel | {"p_holm": p, "opvallend": opvallend and deel["toonbaar"]})
    return pd.DataFrame(uit, columns=list(KOLOMMEN))


_STATUSSEN = ("op_tijd", "te_laat", "te_laat_open", "loopt", "nvt", "onbepaald", "onbepaald_verstreken", "ongeldig")
