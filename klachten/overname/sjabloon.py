"""Rows of which each is a klacht, as facts that are written out already: what recurs is worked out once.

In a large file a date, or a value with its place in the register, stands on thousands of rows. What follows from it
is remembered as it stands in the journal, so that a row costs a few look-ups. Whatever is not plain about a row, a
fault in the first place, is left to Feitenmaker, which says what it is; of a plain row both give the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import date
from typing import NamedTuple

from klachten import gebeurtenissen as g
from klachten.handelingen.veld import valid_days
from klachten.overname.feiten import HALF, Feitenmaker, Groep, place_on_day, term_fact
from klachten.overname.kolommen import KEUZELIJSTEN, Datumkolom, Kolommen
from klachten.overname.tabelbestand import Rij
from klachten.register.feitrij import Opgeschreven, write_out
from klachten.register.journaal import encode, quote
from klachten.reglement import BuitenGeldigheid

ONTHOUDEN = 20_000
"""So many days, values and combinations of these are remembered at once."""
_MERK = "\ue000"
"""Stands for the source id while a receipt is written out; a letter that no value of a declaration has."""
_SPELLING = "waarden_bron"


class Dag(NamedTuple):
    """A date that is sound by itself, with what else follows from its cell."""

    dag: date
    iso: str
    klok: str
    versie: date | None = None
    feit: Opgeschreven | None = None


class Waarden(NamedTuple):
    """What follows from the values on a row: the receipt around its source id, and the details of each step.

    `vanaf` and `tot` are the first and the last day on which all of them are valid; a step without a value has None.
    """

    vanaf: str
    tot: str
    voor: str
    na: str
    spelling: str
    stappen: tuple[str | None, ...]


@dataclass(slots=True)
class Datumplek:
    """Where on a row a date stands, when it counts, and what was read there before."""

    kolom: Datumkolom
    plaats: int
    bij: int = -1
    waarden: frozenset[str] = frozenset()
    gelezen: dict[object, Dag | None] = field(default_factory=dict)


class Sjabloonmaker(Feitenmaker):
    """A Feitenmaker that remembers; with `getypeerd` a cell may be more than its text."""

    def __init__(
        self,
        kolommen: Kolommen,
        plaatsen: dict[str, int],
        vandaag: date,
        *,
        toon: bool = False,
        getypeerd: bool = True,
    ) -> None:
        super().__init__(kolommen, plaatsen, vandaag, toon=toon)
        self._getypeerd = getypeerd
        self._keuzeplekken = sorted({plaatsen[keuze.kolom] for keuze in kolommen.values() if keuze.kolom})
        self._ontvangst = self._at(kolommen.ontvangen_op)
        self._termijn = None if kolommen.uiterlijk_op is None else self._at(kolommen.uiterlijk_op.datum)
        self._stapplekken = [self._at(stap.datum) for stap in kolommen.stappen]
        self._waarden: dict[object, Waarden | None] = {}
        self._uiterlijk = self._laatste.isoformat()
        op_de_klok = kolommen.uiterlijk_op.op_de_klok if kolommen.uiterlijk_op else frozenset()
        self._stapvormen = [
            (stap.feit, place_on_day(stap.feit.stap), stap.nr if stap.nr in op_de_klok else None)
            for stap in kolommen.stappen
        ]
        self._maatregelplekken = [
            plaatsen[kolom.kolom] for een in kolommen.maatregelen for kolom in een.datums.values()
        ]
        # In the order in which the fact has them.
        self._tekstplekken = [
            (veld.name, [plaatsen[kolom] for kolom in kolommen.teksten[veld.name]])
            for veld in fields(g.KlachtOntvangen)
            if veld.name in kolommen.teksten
        ]

    def _at(self, kolom: Datumkolom) -> Datumplek:
        plek = Datumplek(kolom, self._plaatsen[kolom.kolom])
        if kolom.alleen_bij:
            plek.bij, plek.waarden = self._plaatsen[kolom.alleen_bij.kolom], kolom.alleen_bij.waarden
        return plek

    def written(self, bron_id: str, rij: Rij) -> tuple[date, list[Opgeschreven]] | None:
        """Return the receipt and the facts of a row, written out; None when there is more to say of it."""
        cellen = rij.cellen
        plek = self._ontvangst
        if plek.bij >= 0 and cellen[plek.bij] not in plek.waarden:
            return None
        if self._maatregelplekken and any(cellen[plaats] for plaats in self._maatregelplekken):
            return None
        ontvangen = self._day(plek, cellen[plek.plaats], self._received)
        if ontvangen is None or ontvangen.versie is None:
            return None
        waarden = self._values(rij, ontvangen.versie)
        if waarden is None or not waarden.vanaf <= ontvangen.iso <= waarden.tot:
            return None
        teksten: dict[str, str] = {}
        for veld, plekken in self._tekstplekken:
            if tekst := "\n".join([cel for plaats in plekken if (cel := cellen[plaats])]):
                teksten[veld] = tekst
        if waarden.spelling:
            teksten[_SPELLING] = waarden.spelling
        begin = ontvangen.iso
        gegevens = waarden.voor + quote(bron_id) + waarden.na
        feiten = [Opgeschreven("KlachtOntvangen", g.KlachtOntvangen.stap, begin, gegevens, teksten)]
        if (plek := self._termijn) is not None and (plek.bij < 0 or cellen[plek.bij] in plek.waarden):
            if cel := cellen[plek.plaats]:
                termijn = self._day(plek, cel, self._term_of)
                if termijn is None or termijn.iso < begin or termijn.feit is None:
                    return None
                feiten.append(termijn.feit._replace(gebeurd_op=begin))
            elif not plek.kolom.mag_leeg:
                return None
        return self._with_steps(cellen, ontvangen, waarden, feiten)

    def _with_steps(
        self, cellen: tuple[str, ...], ontvangen: Dag, waarden: Waarden, feiten: list[Opgeschreven]
    ) -> tuple[date, list[Opgeschreven]] | None:
        begin, uiterlijk = ontvangen.iso, self._uiterlijk
        daarna: list[tuple[str, float, Opgeschreven]] = []
        for plek, vorm, gegevens in zip(self._stapplekken, self._stapvormen, waarden.stappen, strict=True):
            if plek.bij >= 0 and cellen[plek.bij] not in plek.waarden:
                continue
            cel = cellen[plek.plaats]
            if not cel:
                if plek.kolom.mag_leeg:
                    continue
                return None
            dag = self._day(plek, cel, None)
            if dag is None or gegevens is None or not begin <= dag.iso <= uiterlijk:
                return None
            feit, plaats, op_de_klok = vorm
            daarna.append((dag.iso, plaats, Opgeschreven(feit.__name__, feit.stap, dag.iso, gegevens, {})))
            if op_de_klok is not None and dag.klok:
                moment = g.TijdstipOvergenomen(gebeurd_op=dag.dag, van_stap=op_de_klok, om=dag.klok)
                daarna.append((dag.iso, place_on_day(op_de_klok + HALF), write_out(moment)))
        if len(daarna) > 1:
            daarna.sort(key=lambda een: een[:2])
        feiten += [feit for _, _, feit in daarna]
        return ontvangen.dag, feiten

    # --- what recurs -------------------------------------------------------------------------------------------------

    def _day(self, plek: Datumplek, cel: str, meer: Callable[[Dag], Dag | None] | None) -> Dag | None:
        """The sound date in a cell, with what `meer` makes of it; None when it is none."""
        # A text may be the same as that of a real date, and not be read so.
        welk = (type(cel), cel) if self._getypeerd else cel
        try:
            return plek.gelezen[welk]
        except KeyError:
            pass
        dag = None
        try:
            moment = plek.kolom.vorm.moment(cel) if cel else None
        except ValueError:
            moment = None
        if moment is not None and self._kolommen.vroegste <= moment.dag <= self._verste:
            dag = Dag(moment.dag, moment.dag.isoformat(), moment.klok)
            dag = dag if meer is None else meer(dag)
        _remember(plek.gelezen, welk, dag)
        return dag

    def _received(self, dag: Dag) -> Dag | None:
        if dag.dag > self._laatste:
            return None
        try:
            return dag._replace(versie=self._version(dag.dag))
        except BuitenGeldigheid:
            return None

    def _term_of(self, dag: Dag) -> Dag | None:
        gesteld = self._kolommen.uiterlijk_op
        return gesteld and dag._replace(feit=write_out(term_fact(gesteld, dag.dag, dag.dag, dag.klok)))

    def _values(self, rij: Rij, versie: date) -> Waarden | None:
        cellen = rij.cellen
        welk = (versie, *[cellen[plaats] for plaats in self._keuzeplekken])
        try:
            return self._waarden[welk]
        except KeyError:
            pass
        waarden = self._work_out(rij, versie)
        _remember(self._waarden, welk, waarden)
        return waarden

    def _work_out(self, rij: Rij, versie: date) -> Waarden | None:
        fouten: list[str] = []
        keuzes = {naam: self._value(keuze, rij, fouten.append) for naam, keuze in self._kolommen.keuzes.items()}
        if fouten:
            return None
        feit = self._receipt(versie, versie, _MERK, keuzes, {})
        voor, na = encode(feit.gegevens()).split(quote(_MERK))
        stappen: list[str | None] = []
        for stap in self._kolommen.stappen:
            fouten = []
            gegevens = {veld: self._value(keuze, rij, fouten.append) for veld, keuze in stap.gegevens.items()}
            stappen.append(None if fouten else encode(stap.feit(gebeurd_op=date.min, **gegevens).gegevens()))
        gekozen = [(lijst, keuzes[naam]) for naam, lijst in KEUZELIJSTEN.items() if lijst]
        dagen = [valid_days(lijst, id, self._kolommen.reglement) for lijst, id in gekozen]
        vanaf, tot = max(van for van, _ in dagen), min(tot for _, tot in dagen)
        spelling = self._spelled(Groep(rij))
        return Waarden(vanaf.isoformat(), tot.isoformat(), voor, na, spelling, tuple(stappen))


def _remember(waar: dict, welk: object, wat: object) -> None:
    if len(waar) >= ONTHOUDEN:
        waar.clear()
    waar[welk] = wat
