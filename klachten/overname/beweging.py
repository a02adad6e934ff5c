"""Which figures of which years move when facts are recorded: per year of receipt of one source, before and after.

A klacht that is handled on here counts here, and no longer for its source.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import UTC, date, datetime, time

from duckdb import DuckDBPyConnection

from klachten import gebeurtenissen as g
from klachten.overname.grond import DOOR, ROL
from klachten.register import Register, Versie
from klachten.taal import getal


@dataclass(frozen=True)
class Cijfers:
    """Of the klachten of one source and year of receipt: how many, how they ended, and how their terms were met."""

    ontvangen: int = 0
    geeindigd: int = 0
    open: int = 0
    op_tijd: int = 0
    te_laat: int = 0


KOPPEN = ("ontvangen", "afgehandeld", "open", "op tijd", "te laat")
Feiten = Iterable[tuple[str, Sequence[g.Gebeurtenis | Versie]]]


def figures(cursor: DuckDBPyConnection, bron: str, peildatum: date) -> dict[int, Cijfers]:
    """Return the figures of a source per year of receipt, as of a day."""
    klachten = cursor.execute(
        "SELECT jaar, count(*), count(*) FILTER (einde <> 'open'), count(*) FILTER (einde = 'open') "
        "FROM klacht_einde($op) WHERE bron = $bron AND herkomst = 'overgenomen' AND vervallen_op IS NULL GROUP BY jaar",
        {"op": peildatum, "bron": bron},
    ).fetchall()
    termijnen = cursor.execute(
        "SELECT k.jaar, count(*) FILTER (t.status = 'op tijd'), count(*) FILTER (t.status LIKE 'te laat%') "
        "FROM termijnen($op) AS t JOIN klacht_op($op) AS k ON k.klachtnummer = t.klachtnummer "
        "WHERE k.bron = $bron AND k.herkomst = 'overgenomen' GROUP BY k.jaar",
        {"op": peildatum, "bron": bron},
    ).fetchall()
    gehaald = {jaar: rest for jaar, *rest in termijnen}
    return {jaar: Cijfers(*rest, *gehaald.get(jaar, (0, 0))) for jaar, *rest in klachten}


def moved(
    register: Register, bron: str, feiten: Feiten, peildatum: date
) -> tuple[dict[int, Cijfers], dict[int, Cijfers]]:
    """Return the figures of a source as they are, and as they would be with these facts."""
    nu = datetime.combine(peildatum, time(), UTC)
    erbij = [
        g.Vastlegging(
            nr=0, klachtnummer=nummer, vastgelegd_op=nu, door=DOOR, rol=ROL,
            feit=een.feit if isinstance(een, Versie) else een,
            corrigeert=een.corrigeert if isinstance(een, Versie) else None,
        )
        for nummer, alle in feiten for een in alle
    ]  # fmt: skip
    with register.cursor() as cursor:
        voor = figures(cursor, bron, peildatum)
    if not erbij:
        return voor, voor
    with register.as_if_recorded(erbij) as cursor:
        return voor, figures(cursor, bron, peildatum)


def lines(voor: Mapping[int, Cijfers], na: Mapping[int, Cijfers]) -> Iterator[str]:
    """Give a table of the years of which a figure moves; a figure that stays is given once."""
    jaren = moving(voor, na)
    if not jaren:
        yield "Geen enkel jaar krijgt andere cijfers."
        return
    yield "Zo veranderen de cijfers, per jaar van ontvangst (was -> wordt):"
    yield f"{'jaar':>6}{''.join(f'{kop:>18}' for kop in KOPPEN)}"
    for jaar, paar in jaren.items():
        cellen = zip(*map(astuple, paar), strict=True)
        yield f"{jaar:>6}{''.join(f'{cell(was, wordt):>18}' for was, wordt in cellen)}"


def moving(voor: Mapping[int, Cijfers], na: Mapping[int, Cijfers]) -> dict[int, tuple[Cijfers, Cijfers]]:
    """Return the years of which a figure moves, with the figures before and after."""
    paren = {jaar: (voor.get(jaar, Cijfers()), na.get(jaar, Cijfers())) for jaar in sorted({*voor, *na})}
    return {jaar: paar for jaar, paar in paren.items() if paar[0] != paar[1]}


def cell(was: int, wordt: int) -> str:
    """Say how a figure was and will be, or once what stays."""
    return getal(was) if was == wordt else f"{getal(was)} -> {getal(wordt)}"
