"""From rows to klachten: rows of one case together, each column to its place, and every impossible row rejected.

The order of the steps of a reglement is not checked here, on purpose: what was done elsewhere, was done. Only dates
that cannot be are refused: unreadable, before the receipt, or in the future.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from klachten import gebeurtenissen as g
from klachten.handelingen.veld import not_valid
from klachten.overname.kolommen import KEUZELIJSTEN, Datumkolom, Keuzeveld, Kolommen
from klachten.overname.lezen import Afkeuring, Rij, show
from klachten.reglement import BuitenGeldigheid
from klachten.taal import datum

HERKOMST = "overgenomen"
LANGSTE_ID = 100


@dataclass(frozen=True, slots=True)
class Zaak:
    """One klacht as it will be recorded: the lines it comes from, its source id, its receipt and its number of facts.

    The facts themselves are made again from the file when they are needed: a large file does not fit in memory.
    """

    regels: tuple[int, ...]
    bron_id: str
    ontvangen_op: date
    feiten: int

    @property
    def regel(self) -> int:
        """The line it starts on."""
        return self.regels[0]


@dataclass(slots=True)
class _Groep:
    """The rows of one case so far: the first row, the dates that were chosen from the others, and what is wrong."""

    eerste: Rij
    regels: list[int] = field(default_factory=list)
    gekozen: dict[str, date] = field(default_factory=dict)
    redenen: list[tuple[int, str]] = field(default_factory=list)


@dataclass
class Lezing:
    """What a file comes down to: rows read, klachten, rows rejected, and identical rows that count once.

    `vandaag` is the day it was read on and `toestand` what the file was then, so that it can be read again.
    """

    vandaag: date
    toestand: tuple[int, ...] = ()
    rijen: int = 0
    zaken: list[Zaak] = field(default_factory=list)
    afkeuringen: list[Afkeuring] = field(default_factory=list)
    dubbelen: list[tuple[int, int]] = field(default_factory=list)


class Vertaler:
    """Turns the rows of one file into klachten."""

    def __init__(self, kolommen: Kolommen, plaatsen: dict[str, int], vandaag: date) -> None:
        self._kolommen, self._plaatsen, self._vandaag = kolommen, plaatsen, vandaag
        self._gelezen: dict[tuple[str, str], date] = {}
        self._versies: dict[date, date] = {}
        self._geldig: dict[tuple[str, str, date], str | None] = {}
        self._per_regel = [datum for datum in kolommen.datums() if datum.neem]

    def translate(self, rijen: Iterable[Rij | Afkeuring]) -> Lezing:
        """Read all rows; a klacht comes into the outcome whole or not at all."""
        lezing = Lezing(self._vandaag)
        goed = self._sound(rijen, lezing)
        if self._kolommen.korrel == "gebeurtenis":
            uitkomst = ((bron_id, self._finish(bron_id, groep)) for bron_id, groep in self._events(goed))
        else:
            uitkomst = self._rows(goed, lezing)
        for bron_id, zaak in uitkomst:
            if isinstance(zaak, Zaak):
                lezing.zaken.append(zaak)
            else:
                lezing.afkeuringen += reject(bron_id, zaak.regels, zaak.redenen)
        lezing.afkeuringen.sort(key=lambda afkeuring: afkeuring.regel)
        return lezing

    def facts(
        self, rijen: Iterable[Rij | Afkeuring], zaken: Container[int]
    ) -> Iterator[tuple[int, tuple[g.Gebeurtenis, ...]]]:
        """Make the facts of the klachten that start on these lines, in the order of the file, each with its line."""
        goed = self._sound(rijen, Lezing(self._vandaag))
        if self._kolommen.korrel == "gebeurtenis":
            groepen = (groep for _, groep in self._events(goed))
        else:
            groepen = (_Groep(rij) for _, rij in goed if rij.regel in zaken)
        for groep in groepen:
            if groep.eerste.regel in zaken:
                yield groep.eerste.regel, tuple(self._facts(self._cell(groep.eerste, self._kolommen.id), groep))

    def _sound(self, rijen: Iterable[Rij | Afkeuring], lezing: Lezing) -> Iterator[tuple[str, Rij]]:
        """Give the rows that have a source id, with it; the others are rejected."""
        for rij in rijen:
            lezing.rijen += 1
            if isinstance(rij, Afkeuring):
                lezing.afkeuringen.append(rij)
                continue
            bron_id = self._cell(rij, self._kolommen.id)
            if not bron_id or len(bron_id) > LANGSTE_ID or not bron_id.isprintable():
                wat = "is leeg" if not bron_id else "is te lang of bevat vreemde tekens"
                lezing.afkeuringen.append(Afkeuring(rij.regel, "", f"Kolom {show(self._kolommen.id)} {wat}."))
                continue
            yield bron_id, rij

    def _cell(self, rij: Rij, kolom: str) -> str:
        return rij.cellen[self._plaatsen[kolom]]

    # --- rows that share an id ---------------------------------------------------------------------------------------

    def _rows(self, rijen: Iterable[tuple[str, Rij]], lezing: Lezing) -> Iterator[tuple[str, Zaak | _Groep]]:
        """Grain klacht: the same row again counts once; another row with the same id makes both unusable.

        Of a row that can be taken over only its outcome is kept, and a mark to know the same row again by.
        """
        gezien: dict[str, Zaak | _Groep] = {}
        merken: dict[str, int] = {}
        twijfel: dict[str, list[tuple[int, str]]] = {}
        for bron_id, rij in rijen:
            eerder = gezien.get(bron_id)
            if eerder is None:
                merken[bron_id] = hash(rij.cellen)
                gezien[bron_id] = self._finish(bron_id, _Groep(rij, [rij.regel]))
                continue
            eerste = eerder.regels[0]
            if hash(rij.cellen) == merken[bron_id]:
                lezing.dubbelen.append((rij.regel, eerste))
                continue
            groep = eerder if isinstance(eerder, _Groep) else _Groep(rij, [eerste])
            gezien[bron_id] = groep
            groep.regels.append(rij.regel)
            for regel, ander in ((rij.regel, eerste), (eerste, rij.regel)):
                reden = f"Het kenmerk staat ook op regel {ander}, met andere inhoud: welke geldt?"
                twijfel.setdefault(bron_id, []).append((regel, reden))
        for bron_id, redenen in twijfel.items():
            gezien[bron_id].redenen[:0] = redenen
        yield from gezien.items()

    def _events(self, rijen: Iterable[tuple[str, Rij]]) -> Iterator[tuple[str, _Groep]]:
        """Grain gebeurtenis: every row of a case together."""
        groepen: dict[str, _Groep] = {}
        for bron_id, rij in rijen:
            groep = groepen.get(bron_id)
            if groep is None:
                groep = groepen[bron_id] = _Groep(rij)
            else:
                self._add_event(groep, rij)
            groep.regels.append(rij.regel)
            self._pick_dates(groep, rij)
        yield from groepen.items()

    def _add_event(self, groep: _Groep, rij: Rij) -> None:
        """The columns of the case must say the same on every row."""
        for kolom in self._kolommen.zaakkolommen:
            hier, eerder = self._cell(rij, kolom), self._cell(groep.eerste, kolom)
            if hier != eerder:
                reden = f"Kolom {show(kolom)} is hier {show(hier)}, op regel {groep.eerste.regel} {show(eerder)}."
                groep.redenen.append((rij.regel, reden))

    def _pick_dates(self, groep: _Groep, rij: Rij) -> None:
        for kolom in self._per_regel:
            if kolom.alleen_bij and self._cell(rij, kolom.alleen_bij.kolom) not in kolom.alleen_bij.waarden:
                continue
            dag = self._date(kolom, rij, lambda reden: groep.redenen.append((rij.regel, reden)))
            if dag is not None:
                eerder = groep.gekozen.get(kolom.sleutel, dag)
                groep.gekozen[kolom.sleutel] = min(dag, eerder) if kolom.neem == "eerste" else max(dag, eerder)

    # --- one klacht --------------------------------------------------------------------------------------------------

    def _finish(self, bron_id: str, groep: _Groep) -> Zaak | _Groep:
        """The klacht that the rows of a group come down to, or the group itself, with what is wrong."""
        feiten = tuple(self._facts(bron_id, groep))
        return groep if groep.redenen else Zaak(tuple(groep.regels), bron_id, feiten[0].gebeurd_op, len(feiten))

    def _facts(self, bron_id: str, groep: _Groep) -> Iterator[g.Gebeurtenis]:
        """The facts of a klacht in order; what is wrong is added to the reasons of the group."""

        def fout(reden: str) -> None:
            groep.redenen.append((groep.eerste.regel, reden))

        kolommen, rij = self._kolommen, groep.eerste
        ontvangen_op = self._resolve(kolommen.ontvangen_op, groep, fout)
        if ontvangen_op is None:
            return
        if ontvangen_op > self._vandaag:
            fout(f"De ontvangst ({datum(ontvangen_op)}) ligt in de toekomst.")
        try:
            versie = self._version(ontvangen_op)
        except BuitenGeldigheid as buiten:
            fout(str(buiten))
            return
        keuzes = {naam: self._value(keuze, rij, fout) for naam, keuze in kolommen.keuzes.items()}
        for naam, gekozen in keuzes.items():
            lijst = KEUZELIJSTEN[naam]
            if lijst and (niet := self._not_valid(lijst, gekozen, ontvangen_op)):
                fout(f"Veld {naam}: {niet}")
        teksten = {
            veld: "\n".join(filter(None, (self._cell(rij, kolom) for kolom in bronnen)))
            for veld, bronnen in kolommen.teksten.items()
        }
        yield g.KlachtOntvangen(
            gebeurd_op=ontvangen_op, reglement=kolommen.reglement.id, reglement_versie=versie, herkomst=HERKOMST,
            bron=kolommen.bron, bron_id=bron_id, **keuzes, **teksten,
        )  # fmt: skip
        gesteld = kolommen.uiterlijk_op
        if gesteld is not None and (uiterlijk_op := self._resolve(gesteld.datum, groep, fout)) is not None:
            if uiterlijk_op < ontvangen_op:
                fout(_before("De uiterste datum", uiterlijk_op, ontvangen_op))
            yield g.TermijnOvergenomen(
                gebeurd_op=ontvangen_op, termijn=gesteld.termijn, uiterlijk_op=uiterlijk_op, grond=gesteld.grond
            )
        yield from sorted(self._steps(groep, ontvangen_op, fout), key=lambda feit: (feit.gebeurd_op, feit.stap or 99))

    def _steps(self, groep: _Groep, ontvangen_op: date, fout: Callable[[str], None]) -> Iterator[g.Gebeurtenis]:
        for stap in self._kolommen.stappen:
            op = self._resolve(stap.datum, groep, fout)
            if op is None:
                continue
            if op < ontvangen_op:
                fout(_before(stap.datum.naam, op, ontvangen_op))
            if op > self._vandaag:
                fout(f"{stap.datum.naam} ({datum(op)}) ligt in de toekomst.")
            gegevens = {veld: self._value(keuze, groep.eerste, fout) for veld, keuze in stap.gegevens.items()}
            yield stap.feit(gebeurd_op=op, **gegevens)

    def _version(self, dag: date) -> date:
        """As the reglement says, asked once for a day: many rows are of the same one."""
        if (versie := self._versies.get(dag)) is None:
            versie = self._versies[dag] = self._kolommen.reglement.versie_op(dag)
        return versie

    def _not_valid(self, lijst: str, gekozen: str, dag: date) -> str | None:
        sleutel = lijst, gekozen, dag
        if sleutel not in self._geldig:
            self._geldig[sleutel] = not_valid(lijst, (gekozen,), self._kolommen.reglement, dag)
        return self._geldig[sleutel]

    # --- one cell ----------------------------------------------------------------------------------------------------

    def _resolve(self, kolom: Datumkolom, groep: _Groep, fout: Callable[[str], None]) -> date | None:
        """The date of a klacht in a column: of its row, or the one chosen from the rows of its events."""
        if kolom.neem:
            gevonden = groep.gekozen.get(kolom.sleutel)
            mag_ontbreken = kolom.mag_leeg or (kolom.alleen_bij and kolom.sleutel != "ontvangen_op")
            if gevonden is None and not mag_ontbreken and not groep.redenen:
                fout(f"Geen van de regels geeft een datum voor {kolom.naam}.")
            return gevonden
        if kolom.alleen_bij and self._cell(groep.eerste, kolom.alleen_bij.kolom) not in kolom.alleen_bij.waarden:
            if kolom.sleutel == "ontvangen_op":
                fout("Er is geen datum van ontvangst.")
            return None
        return self._date(kolom, groep.eerste, fout)

    def _date(self, kolom: Datumkolom, rij: Rij, fout: Callable[[str], None]) -> date | None:
        tekst = self._cell(rij, kolom.kolom)
        if (dag := self._gelezen.get((kolom.vorm.vorm, tekst))) is not None:
            return dag
        if not tekst:
            if not kolom.mag_leeg:
                fout(f"Kolom {show(kolom.kolom)} is leeg.")
            return None
        try:
            dag = self._gelezen[kolom.vorm.vorm, tekst] = kolom.vorm.lees(tekst)
            return dag
        except ValueError:
            fout(f"Kolom {show(kolom.kolom)} is niet te lezen als {kolom.vorm.vorm}: {show(tekst)}.")
            return None

    def _value(self, keuze: Keuzeveld, rij: Rij, fout: Callable[[str], None]) -> str:
        if not keuze.kolom:
            return keuze.vast
        tekst = self._cell(rij, keuze.kolom)
        waarde = keuze.waarden.get(tekst, keuze.anders)
        if not waarde:
            wat = f"heeft een waarde die niet is opgegeven: {show(tekst)}" if tekst else "is leeg"
            fout(f"Kolom {show(keuze.kolom)} {wat}.")
        return waarde


def reject(bron_id: str, regels: Iterable[int], redenen: Iterable[tuple[int, str]]) -> Iterator[Afkeuring]:
    """Reject every row of a klacht: those with a reason of their own for that, the others along with the first one."""
    by_line: dict[int, list[str]] = {}
    for regel, reden in redenen:
        by_line.setdefault(regel, []).append(reden)
    schuldig = next(iter(by_line))
    for regel in regels:
        if regel in by_line:
            yield Afkeuring(regel, bron_id, " ".join(dict.fromkeys(by_line[regel])))
        else:
            yield Afkeuring(regel, bron_id, f"Hoort bij {show(bron_id)}, afgekeurd om regel {schuldig}.", schuldig)


def _before(wat: str, op: date, ontvangen_op: date) -> str:
    return f"{wat} ({datum(op)}) ligt voor de ontvangst ({datum(ontvangen_op)})."
