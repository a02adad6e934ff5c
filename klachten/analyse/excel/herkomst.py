"""The sheets Herkomst and SQL of an Excel file: where every other sheet comes from, to make it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from klachten import __version__
from klachten.analyse.excel.blad import Blad, Kolom
from klachten.analyse.excel.cellen import schoon

HERKOMST, SQL = "Herkomst", "SQL"
UITLEG = (
    "Waar elk blad vandaan komt. Hetzelfde register (zegel) en dezelfde peildatum geven dezelfde cijfers. Op papier "
    "staan de kolommen tot en met Stap; de andere staan ernaast in dit bestand."
)
UITLEG_SQL = "De vragen aan het register, woord voor woord. Zij worden niet afgedrukt: lees ze in dit bestand."
OP_PAPIER = 7
"""As many columns of Herkomst are printed: peildatum and zegel stand on every page, SQL is nothing to read there."""


@dataclass(frozen=True, kw_only=True)
class Bron:
    """Where the figures of one sheet come from: one row of Herkomst; `sql` is what was asked."""

    blad: str
    titel: str = ""
    vraag: str
    teller: str = ""
    noemer: str = ""
    definitie: str
    stap: str = ""
    sql: str


@dataclass(frozen=True, kw_only=True)
class Herkomst:
    """Where the file comes from, so that anyone can make it again.

    `voor` says for which role it was made and what that role does not see; `vragen` is the SQL of questions by name.
    `organisatie` and `over`, whose figures these are and of what, stand above every printed page.
    """

    bronnen: Sequence[Bron]
    peildatum: date
    filter: str
    zegel: str
    feiten: int | None = None
    voor: str = ""
    organisatie: str = ""
    over: str = ""
    vragen: Mapping[str, str] = field(default_factory=dict)


def herkomstblad(herkomst: Herkomst) -> Blad:
    """One row per sheet, complete in itself, so that it can be filtered and copied."""
    kolommen = (
        Kolom("Blad", breedte=18, terugloop=True),
        Kolom("Kengetal", breedte=18, terugloop=True),
        Kolom("Vraag", breedte=27, terugloop=True),
        Kolom("Teller", breedte=18, terugloop=True),
        Kolom("Noemer", breedte=18, terugloop=True),
        Kolom("Definitie", breedte=41, terugloop=True),
        Kolom("Stap", breedte=9, terugloop=True),
        Kolom("Peildatum", "datum", 12),
        Kolom("Filter", breedte=28, terugloop=True),
        Kolom("SQL", breedte=60, terugloop=True),
        Kolom("Zegel", breedte=20),
        Kolom("Aantal feiten", "getal", 12),
        Kolom("Versie", breedte=10),
    )
    rijen = [
        (
            b.blad,
            b.titel or b.blad,
            b.vraag,
            b.teller,
            b.noemer,
            b.definitie,
            b.stap,
            herkomst.peildatum,
            herkomst.filter,
            b.sql,
            herkomst.zegel,
            herkomst.feiten,
            f"klachten {__version__}",
        )
        for b in herkomst.bronnen
    ]
    kop = [HERKOMST, UITLEG]
    if herkomst.voor:
        kop.append(herkomst.voor)
    naar = [b.blad for b in herkomst.bronnen]
    return Blad(HERKOMST, kolommen, rijen, kop=kop, naar=naar, kolommen_op_papier=OP_PAPIER)


def sqlblad(herkomst: Herkomst) -> Blad:
    """Every question line by line."""
    rijen = [
        (naam, nr, regel)
        for naam, sql in herkomst.vragen.items()
        for nr, regel in enumerate(schoon(sql).splitlines(), start=1)
    ]
    kolommen = (Kolom("Vraag", breedte=28), Kolom("Regel", "getal", 8), Kolom("SQL", breedte=110))
    return Blad(SQL, kolommen, rijen, kop=(SQL, UITLEG_SQL), rijen_op_papier=0)
