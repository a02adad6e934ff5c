"""The due date of a source: for which term it counts, and whether its day or its moment is the limit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from klachten import reglement as reglementen
from klachten.overname import velden
from klachten.overname.tonen import show
from klachten.overname.velden import Datumkolom, Stapkolom
from klachten.reglement import Reglement, Termijn
from klachten.reglement.tabel import Tabel


@dataclass(frozen=True, kw_only=True)
class Gesteld:
    """The due date that every klacht brings along, for one term of the reglement, and on what ground.

    `op_de_klok` are the steps that end the term when it runs until a moment of the last day; empty: that whole day.
    """

    termijn: str
    grond: str
    datum: Datumkolom
    op_de_klok: frozenset[int] = frozenset()


def read(tabel: Tabel, reglement: Reglement) -> Gesteld | None:
    """Return the due date of a declaration; None when every term of the reglement has a length of its own."""
    gesteld = [termijn for termijn in reglement.termijnen if termijn.eenheid == reglementen.GESTELD]
    if "uiterlijk_op" not in tabel:
        if gesteld:
            tabel.weiger(
                "uiterlijk_op",
                f"deze sleutel ontbreekt: termijn '{gesteld[0].id}' van {reglement.bestand} is per klacht gesteld, dus "
                "de kolom met de datum is nodig.",
            )
        return None
    datum = velden.read_datum(tabel, "uiterlijk_op", "de uiterste datum", extra={"termijn", "grond", "telt"})
    deel = tabel.tabel("uiterlijk_op", tabel.gegevens["uiterlijk_op"], tabel.gegevens["uiterlijk_op"])
    termijn = deel.tekst("termijn")
    if termijn not in {t.id for t in reglement.termijnen}:
        deel.weiger("termijn", f"{reglement.bestand} kent geen termijn '{termijn}'.")
    if termijn not in {t.id for t in gesteld}:
        deel.weiger(
            "termijn",
            f"termijn '{termijn}' heeft in {reglement.bestand} een vaste lengte. Laat uiterlijk_op weg, of geef de "
            f'termijn daar eenheid = "{reglementen.GESTELD}".',
        )
    return Gesteld(
        termijn=termijn, grond=deel.tekst("grond"), datum=datum, op_de_klok=_read_telt(deel, datum, gesteld, termijn)
    )


def _read_telt(deel: Tabel, datum: Datumkolom, gesteld: list[Termijn], termijn: str) -> frozenset[int]:
    """The steps whose moment is compared with the one of the source; nothing when the whole last day counts."""
    if "telt" not in deel:
        if datum.vorm.met_klok:
            deel.weiger(
                "telt",
                f'deze sleutel ontbreekt, en kolom {show(datum.kolom)} noemt een tijdstip. Schrijf telt = "dag" als de '
                'hele laatste dag nog op tijd is, of telt = "tijdstip" als het tijdstip zelf de grens is.',
            )
        return frozenset()
    if deel.keuze("telt", ("dag", "tijdstip"), "keuze") == "dag":
        return frozenset()
    if not datum.vorm.met_klok:
        deel.weiger("telt", f"vorm '{datum.vorm.vorm}' noemt geen tijdstip; schrijf telt = \"dag\" of laat telt weg.")
    return frozenset(nr for t in gesteld if t.id == termijn for nr in t.einde)


def check_clock(tabel: Tabel, gesteld: Gesteld | None, stappen: Iterable[Stapkolom]) -> None:
    """A moment can only be compared with a moment."""
    for stap in stappen if gesteld else ():
        if stap.nr in gesteld.op_de_klok and not stap.datum.vorm.met_klok:
            tabel.weiger(
                "uiterlijk_op.telt",
                f"stap {stap.nr} beëindigt deze termijn, maar vorm '{stap.datum.vorm.vorm}' van kolom "
                f'{show(stap.datum.kolom)} noemt geen tijdstip. Schrijf telt = "dag".',
            )
