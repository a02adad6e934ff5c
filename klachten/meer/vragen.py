"""The questions of analyse, asked of every organisation of a lake at once: the same text, with one parameter more.

Each question gets the organisation as its first parameter, and hands it on to the tables and questions below it. Asked
beside the list of organisations (LATERAL), DuckDB itself brings the organisation into every GROUP BY, join and window:
one plan for all of them, and of each the rows that its own register gives.
"""

from __future__ import annotations

import functools
import re

from klachten.analyse import Vraag, for_snapshot, vragen
from klachten.meer import vorm

ORG = "welke_organisatie"
"""The parameter; no column is called so."""
NU = tuple(tabel.removesuffix("_stand") for tabel in vorm.KOLOMMEN if tabel.endswith("_stand"))
"""The tables as they stand now."""
_TABEL = re.compile(rf"\b(FROM|JOIN)\s+({'|'.join((*vorm.KOLOMMEN, *NU))})\b(?!\s*[.(])")
_CTE = re.compile(r"\b(\w+) AS (?:MATERIALIZED )?\(")
_IN_PERIODE = re.compile(
    r"(\w+)\.ontvangen_op BETWEEN (COALESCE\(vanaf, DATE '1000-01-01'\))"
    r" AND (LEAST\(COALESCE\(tot, DATE '9999-12-31'\), peildatum\)|COALESCE\(tot, peildatum\))"
)


def all_of_the_lake() -> list[Vraag]:
    """Return every question with the organisation as its first parameter; what a snapshot lacks is refused."""
    return [_for_the_lake(for_snapshot(vraag)) for vraag in vragen().values()]


def _for_the_lake(vraag: Vraag) -> Vraag:
    return vraag._replace(parameters=f"{ORG}, {vraag.parameters}", sql=with_organisation(vraag.sql))


@functools.cache
def _calls() -> re.Pattern[str]:
    return re.compile(rf"\b({'|'.join(vragen())})\s*\(\s*")


def with_organisation(sql: str) -> str:
    """Return the text of a question in which every table and question below it is that of one organisation.

    A choice of klachten by their day of receipt names the years as well: by those the files are read or left.
    """
    sql = re.sub(r"--[^\n]*", "", sql)
    eigen = set(_CTE.findall(sql))
    sql = _calls().sub(rf"\1({ORG}, ", sql)
    sql = _TABEL.sub(lambda m: m[0] if m[2] in eigen else f"{m[1]} {m[2]}({ORG})", sql)
    return _IN_PERIODE.sub(r"\g<0> AND \1.jaar BETWEEN YEAR(\2) AND YEAR(\3)", sql)
