"""The maatregelen a row of a source tells of: what was decided, who carries it out, and when it was done.

Each becomes the facts that it would have here: decided (step 8), told to the actienemer (10), carried out (11).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from klachten import gebeurtenissen as g
from klachten.overname import velden
from klachten.overname.besluiten import LEEG, ONMISBAAR, TE_VROEG, TOEKOMST, Reden
from klachten.overname.datums import Moment
from klachten.overname.velden import ONBEKEND, Datumkolom, Keuzeveld
from klachten.reglement import Reglement
from klachten.reglement.tabel import Tabel
from klachten.taal import datum

DAGEN = {"bepaald_op": 8, "uiterlijk_op": 8, "geinformeerd_op": 10, "uitgevoerd_op": 11}
"""Each date of a maatregel, with the step that it is of."""
_NAMEN = {
    "bepaald_op": "bepaald",
    "uiterlijk_op": "uiterste dag",
    "geinformeerd_op": "actienemer geïnformeerd",
    "uitgevoerd_op": "uitgevoerd",
}
_VERPLICHT = ("bepaald_op", "uiterlijk_op")


@dataclass(frozen=True, kw_only=True)
class Maatregel:
    """One maatregel per klacht: the how manieth, its dates by name, who carries it out, and the columns of its text."""

    nr: int
    datums: Mapping[str, Datumkolom]
    actienemer: Keuzeveld
    omschrijving: tuple[str, ...]

    def used(self) -> Iterator[tuple[str, str]]:
        """Key and column of what is read beside the dates and the actienemer."""
        yield from ((f"maatregelen[{self.nr}].omschrijving", kolom) for kolom in self.omschrijving)

    def steps(self) -> set[int]:
        """The steps that it brings facts of."""
        return {DAGEN[naam] for naam in self.datums}


def read(tabel: Tabel, reglement: Reglement) -> tuple[Maatregel, ...]:
    """Return the maatregelen that are declared, in order."""
    uit = []
    for nr, rauw in enumerate(tabel.lijst("maatregelen", leeg=True), start=1):
        plek = f"maatregelen[{nr}]"
        deel = tabel.tabel(plek, rauw, (*DAGEN, "actienemer", "omschrijving"))
        for naam in _VERPLICHT:
            if naam not in deel:
                deel.weiger(naam, "deze sleutel ontbreekt; zonder deze datum is er geen maatregel.")
        dagen = {naam: _date(deel, plek, nr, naam, reglement) for naam in DAGEN if naam in deel}
        wie = (
            velden.read_keuze(deel, "actienemer", reglement, None)
            if "actienemer" in deel
            else Keuzeveld(sleutel=f"{plek}.actienemer", vast=ONBEKEND)
        )
        tekst = velden.read_teksten(deel, "omschrijving") if "omschrijving" in deel else ()
        uit.append(Maatregel(nr=nr, datums=dagen, actienemer=wie, omschrijving=tekst))
    return tuple(uit)


def _date(deel: Tabel, plek: str, nr: int, naam: str, reglement: Reglement) -> Datumkolom:
    stap = DAGEN[naam]
    if stap not in {een.nr for een in reglement.stappen}:
        deel.weiger(naam, f"{reglement.bestand} kent geen stap {stap}.")
    kolom = velden.read_datum(deel, naam, f"Maatregel {nr}, {_NAMEN[naam]}")
    # Whether it may be empty follows from the others: not every klacht has a maatregel.
    return replace(kolom, sleutel=f"{plek}.{naam}", mag_leeg=True)


@dataclass(frozen=True)
class Rijlezer:
    """How the columns of one klacht are read: a date, a value, a text; and what is done with a date that cannot be."""

    datum: Callable[[Datumkolom], Moment | None]
    waarde: Callable[[Keuzeveld], str]
    tekst: Callable[[Sequence[str]], str]
    weggelaten: Callable[[Datumkolom, str, str], bool]
    fout: Callable[[str], None]


def facts(maatregelen: Sequence[Maatregel], rij: Rijlezer, vanaf: date, laatste: date) -> Iterator[g.Gebeurtenis]:
    """Make the facts of the maatregelen of a klacht that was received on a day; `laatste` is the day of the source."""
    for maatregel in maatregelen:
        dagen = {naam: moment.dag for naam, kolom in maatregel.datums.items() if (moment := rij.datum(kolom))}
        if not dagen:
            continue
        for naam in _VERPLICHT:
            if naam not in dagen:
                wat = maatregel.datums[naam]
                rij.fout(Reden(f"{wat.naam}: deze datum ontbreekt, en een andere van die maatregel is er wel.", LEEG))
        if not dagen.keys() >= set(_VERPLICHT):
            continue
        bepaald_op = dagen["bepaald_op"]
        if _cannot_be(maatregel.datums["bepaald_op"], bepaald_op, vanaf, "de ontvangst", laatste, rij):
            continue
        if _cannot_be(maatregel.datums["uiterlijk_op"], dagen["uiterlijk_op"], bepaald_op, "het besluit", None, rij):
            continue
        yield g.MaatregelBepaald(
            gebeurd_op=bepaald_op, maatregel=maatregel.nr, actienemer=rij.waarde(maatregel.actienemer),
            uiterlijk_op=dagen["uiterlijk_op"], overlegd_met=ONBEKEND, omschrijving=rij.tekst(maatregel.omschrijving),
        )  # fmt: skip
        for naam, soort in _DAARNA.items():
            op = dagen.get(naam)
            if op and not _cannot_be(maatregel.datums[naam], op, bepaald_op, "het besluit", laatste, rij):
                yield soort(gebeurd_op=op, maatregel=maatregel.nr)


_DAARNA: dict[str, Any] = {"geinformeerd_op": g.ActienemerGeinformeerd, "uitgevoerd_op": g.MaatregelUitgevoerd}
SOORTEN = (g.MaatregelBepaald, *_DAARNA.values())
"""The kinds of fact it becomes."""


def needed(kolom: Datumkolom) -> bool:
    """Tell whether a klacht cannot do without this date: its receipt, or what a maatregel hangs on."""
    return kolom.sleutel == "ontvangen_op" or kolom.sleutel.endswith(tuple(f".{naam}" for naam in _VERPLICHT))


def kind_of_fault(kolom: Datumkolom, soort: str) -> str:
    """The kind of fault about which something is to be decided, of what is wrong with a date."""
    return ONMISBAAR if needed(kolom) else soort


def _cannot_be(kolom: Datumkolom, op: date, vanaf: date, waarvoor: str, laatste: date | None, rij: Rijlezer) -> bool:
    """Tell whether a date cannot be; it is said, unless the klacht does without such a date."""
    if op < vanaf:
        rij.weggelaten(kolom, TE_VROEG, f"{kolom.naam} ({datum(op)}) ligt voor {waarvoor} ({datum(vanaf)}).")
        return True
    if laatste is not None and op > laatste:
        rij.weggelaten(kolom, TOEKOMST, f"{kolom.naam} ({datum(op)}) ligt na de dag van de bron ({datum(laatste)}).")
        return True
    return False
