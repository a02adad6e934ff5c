"""From the cells of one klacht to its facts: each column to its place, and what is impossible told as a reason.

The order of the steps of a reglement is not checked here, on purpose: what was done elsewhere, was done. Only dates
that cannot be are refused: unreadable, before the receipt, in the future, or too far away to be one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from klachten import gebeurtenissen as g
from klachten.handelingen.veld import not_valid
from klachten.overname import maatregelen, sleutels, tonen
from klachten.overname.besluiten import (
    LEEG,
    ONLEESBAAR,
    ONMISBAAR,
    REGLEMENT,
    TE_VER,
    TE_VROEG,
    TOEKOMST,
    WAARDE,
    ZONDER_DATUM,
    Reden,
)
from klachten.overname.datums import Datumvorm, Moment
from klachten.overname.gesteld import Gesteld
from klachten.overname.kolommen import KEUZELIJSTEN, Datumkolom, Keuzeveld, Kolommen
from klachten.overname.lezen import Rij
from klachten.overname.maatregelen import Rijlezer
from klachten.overname.tonen import show
from klachten.reglement import BuitenGeldigheid
from klachten.taal import datum

HERKOMST = "overgenomen"
HALF = 0.5
"""What comes right after a step stands so much behind it."""
VERSTE = timedelta(days=3653)
"""No term runs for longer than that."""
TIP_TE_VER = (
    "Betekent dat onbekend? Zet wat er staat dan bij bestand.leeg, met mag_leeg = true bij de kolom; of verruim "
    "[datums] vanaf of tot."
)
"""For who writes a declaration; the page asks instead."""
Fout = Callable[[str], None]


@dataclass(slots=True)
class Groep:
    """The rows of one case so far: the first row, the moments that were chosen from the others, and what is wrong.

    `weg` are the dates that were left out, as they stood there.
    """

    eerste: Rij
    regels: list[int] = field(default_factory=list)
    gekozen: dict[str, Moment] = field(default_factory=dict)
    redenen: list[tuple[int, str]] = field(default_factory=list)
    weg: list[str] = field(default_factory=list)


class Feitenmaker:
    """Makes the facts of klachten as a declaration says; with `toon` a reason repeats what stands in a cell."""

    def __init__(self, kolommen: Kolommen, plaatsen: dict[str, int], vandaag: date, *, toon: bool = False) -> None:
        self._kolommen, self._plaatsen, self._vandaag, self._toon = kolommen, plaatsen, vandaag, toon
        self._laatste = min(vandaag, kolommen.getrokken_op or vandaag)
        self._verste = kolommen.laatste or vandaag + VERSTE
        self._gelezen: dict[tuple[type, Datumvorm, str], Moment] = {}
        self._versies: dict[date, date] = {}
        self._geldig: dict[tuple[str, str, date], str | None] = {}
        self.zonder: Counter[str] = Counter()
        self._per_regel = [datum for datum in kolommen.datums() if datum.neem]
        self._id_plaatsen = [plaatsen[kolom] for kolom in kolommen.id_kolommen]

    def cell(self, rij: Rij, kolom: str) -> str:
        """Return what a row has in a declared column."""
        return rij.cellen[self._plaatsen[kolom]]

    def id_of(self, rij: Rij) -> str:
        """Return the id of the klacht of a row: what stands there, or a key made of more columns."""
        plaatsen = self._id_plaatsen
        if len(plaatsen) == 1:
            return rij.cellen[plaatsen[0]]
        return sleutels.make(self._kolommen.bron, [rij.cellen[plaats] for plaats in plaatsen])

    def pick(self, groep: Groep, rij: Rij) -> None:
        """Let a row of an event log give the dates it counts for."""
        for kolom in self._per_regel:
            if kolom.alleen_bij and self.cell(rij, kolom.alleen_bij.kolom) not in kolom.alleen_bij.waarden:
                continue
            moment = self._moment(kolom, rij, lambda reden: groep.redenen.append((rij.regel, reden)), groep.weg)
            if moment is not None:
                eerder = groep.gekozen.get(kolom.sleutel, moment)
                kies = min if kolom.neem == "eerste" else max
                groep.gekozen[kolom.sleutel] = kies(eerder, moment, key=lambda m: (m.dag, m.klok))

    def facts(self, bron_id: str, groep: Groep) -> Iterator[g.Gebeurtenis]:
        """Make the facts of a klacht in order; what is wrong is added to the reasons of the group."""

        def fout(reden: str) -> None:
            groep.redenen.append((groep.eerste.regel, reden))

        kolommen, rij = self._kolommen, groep.eerste
        moment = self._resolve(kolommen.ontvangen_op, groep, fout)
        if moment is None:
            return
        ontvangen_op = moment.dag
        if ontvangen_op > self._laatste:
            fout(Reden(f"De ontvangst ({datum(ontvangen_op)}) {self._too_late(ontvangen_op)}.", ONMISBAAR))
        try:
            versie = self._version(ontvangen_op)
        except BuitenGeldigheid as buiten:
            fout(Reden(str(buiten), REGLEMENT))
            return
        keuzes = {naam: self._value(keuze, rij, fout) for naam, keuze in kolommen.keuzes.items()}
        for naam, gekozen in keuzes.items():
            lijst = KEUZELIJSTEN[naam]
            if lijst and (niet := self._not_valid(lijst, gekozen, ontvangen_op)):
                fout(Reden(f"Veld {naam}: {niet}", WAARDE))
        teksten = {veld: self._text(rij, bronnen) for veld, bronnen in kolommen.teksten.items()}
        daarna = [
            *self._term(groep, ontvangen_op, fout),
            *sorted(self._later(groep, ontvangen_op, fout), key=lambda feit: (feit.gebeurd_op, _step(feit))),
        ]
        yield self._receipt(ontvangen_op, versie, bron_id, keuzes, {**teksten, "waarden_bron": self._spelled(groep)})
        yield from daarna

    def _receipt(
        self, op: date, versie: date, bron_id: str, keuzes: Mapping[str, str], teksten: Mapping[str, str]
    ) -> g.KlachtOntvangen:
        return g.KlachtOntvangen(
            gebeurd_op=op, reglement=self._kolommen.reglement.id, reglement_versie=versie, herkomst=HERKOMST,
            bron=self._kolommen.bron, bron_id=bron_id, **keuzes, **teksten,
        )  # fmt: skip

    def _term(self, groep: Groep, ontvangen_op: date, fout: Fout) -> Iterator[g.Gebeurtenis]:
        gesteld = self._kolommen.uiterlijk_op
        if gesteld is None or (moment := self._resolve(gesteld.datum, groep, fout)) is None:
            return
        if moment.dag < ontvangen_op:
            zin = _before("De uiterste datum", moment.dag, ontvangen_op)
            if self._left_out(gesteld.datum, TE_VROEG, zin, groep, fout):
                return
        yield term_fact(gesteld, ontvangen_op, moment.dag, moment.klok)

    def _later(self, groep: Groep, ontvangen_op: date, fout: Fout) -> Iterator[g.Gebeurtenis]:
        yield from self._steps(groep, ontvangen_op, fout)
        if self._kolommen.maatregelen:
            rij = Rijlezer(
                datum=lambda kolom: self._resolve(kolom, groep, fout),
                waarde=lambda keuze: self._value(keuze, groep.eerste, fout),
                tekst=lambda kolommen: self._text(groep.eerste, kolommen),
                weggelaten=lambda kolom, soort, zin: self._left_out(kolom, soort, zin, groep, fout),
                fout=fout,
            )
            yield from maatregelen.facts(self._kolommen.maatregelen, rij, ontvangen_op, self._laatste)

    def _text(self, rij: Rij, kolommen: Iterable[str]) -> str:
        return "\n".join(filter(None, (self.cell(rij, kolom) for kolom in kolommen)))

    def _steps(self, groep: Groep, ontvangen_op: date, fout: Fout) -> Iterator[g.Gebeurtenis]:
        gesteld = self._kolommen.uiterlijk_op
        for stap in self._kolommen.stappen:
            moment = self._resolve(stap.datum, groep, fout)
            if moment is None:
                continue
            op = moment.dag
            if op < ontvangen_op and self._left_out(
                stap.datum, TE_VROEG, _before(stap.datum.naam, op, ontvangen_op), groep, fout
            ):
                continue
            if op > self._laatste and self._left_out(
                stap.datum, TOEKOMST, f"{stap.datum.naam} ({datum(op)}) {self._too_late(op)}.", groep, fout
            ):
                continue
            gegevens = {veld: self._value(keuze, groep.eerste, fout) for veld, keuze in stap.gegevens.items()}
            yield stap.feit(gebeurd_op=op, **gegevens)
            if gesteld is not None and moment.klok and stap.nr in gesteld.op_de_klok:
                yield g.TijdstipOvergenomen(gebeurd_op=op, van_stap=stap.nr, om=moment.klok)

    def _left_out(self, kolom: Datumkolom, soort: str, zin: str, groep: Groep, fout: Fout) -> bool:
        """Tell whether the klacht does without this date, as was decided; otherwise it is wrong."""
        if not self._does_without(kolom, soort, "" if kolom.neem else self.cell(groep.eerste, kolom.kolom), groep.weg):
            fout(Reden(zin, maatregelen.kind_of_fault(kolom, soort)))
            return False
        return True

    def _does_without(self, kolom: Datumkolom, soort: str, tekst: str, weg: list[str]) -> bool:
        if maatregelen.needed(kolom) or self._kolommen.besluiten.get(soort) != ZONDER_DATUM:
            return False
        self.zonder[soort] += 1
        if tekst:
            weg.append(f"{kolom.kolom}: {tekst}")
        return True

    def _too_late(self, op: date) -> str:
        if op > self._vandaag:
            return "ligt in de toekomst"
        return f"ligt na de dag waarop de bron is getrokken ({datum(self._laatste)})"

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

    def _resolve(self, kolom: Datumkolom, groep: Groep, fout: Fout) -> Moment | None:
        """The moment of a klacht in a column: of its row, or the one chosen from the rows of its events."""
        if kolom.neem:
            gevonden = groep.gekozen.get(kolom.sleutel)
            mag_ontbreken = kolom.mag_leeg or (kolom.alleen_bij and kolom.sleutel != "ontvangen_op")
            if gevonden is None and not mag_ontbreken and not groep.redenen:
                fout(Reden(f"Geen van de regels geeft een datum voor {kolom.naam}.", LEEG))
            return gevonden
        if kolom.alleen_bij and self.cell(groep.eerste, kolom.alleen_bij.kolom) not in kolom.alleen_bij.waarden:
            if kolom.sleutel == "ontvangen_op":
                fout(Reden("Er is geen datum van ontvangst.", LEEG))
            return None
        return self._moment(kolom, groep.eerste, fout, groep.weg)

    def _moment(self, kolom: Datumkolom, rij: Rij, fout: Fout, weg: list[str]) -> Moment | None:
        tekst = self.cell(rij, kolom.kolom)
        # A text may be the same as that of a real date, and not be read so.
        welk = type(tekst), kolom.vorm, tekst
        if (moment := self._gelezen.get(welk)) is not None:
            return moment
        if not tekst:
            if not kolom.mag_leeg:
                fout(Reden(f"Kolom {show(kolom.kolom)} is leeg.", LEEG))
            return None
        try:
            moment = kolom.vorm.moment(tekst)
        except ValueError:
            wat = tonen.cell(tekst, self._toon)
            zin = f"Kolom {show(kolom.kolom)} is niet te lezen als {kolom.vorm.vorm}: {wat}."
            if not self._does_without(kolom, ONLEESBAAR, tekst, weg):
                fout(Reden(zin, maatregelen.kind_of_fault(kolom, ONLEESBAAR)))
            return None
        if self._kolommen.vroegste <= moment.dag <= self._verste:
            # Only what is right: of what is wrong every row has to say so.
            self._gelezen[welk] = moment
            return moment
        if self._does_without(kolom, TE_VER, tekst, weg):
            return None
        zin = f"Kolom {show(kolom.kolom)} is {datum(moment.dag)}, en dat ligt te ver weg. {TIP_TE_VER}"
        fout(Reden(zin, maatregelen.kind_of_fault(kolom, TE_VER)))
        return None

    def _spelled(self, groep: Groep) -> str:
        """How values that became `anders` and dates left out stood there: in the dossier, for they may say anything."""
        rij = groep.eerste
        regels = (
            f"{keuze.kolom}: {tekst}"
            for keuze in self._kolommen.values()
            if keuze.kolom and keuze.anders and (tekst := self.cell(rij, keuze.kolom)) and tekst not in keuze.waarden
        )
        return "\n".join(dict.fromkeys([*regels, *groep.weg]))

    def _value(self, keuze: Keuzeveld, rij: Rij, fout: Fout) -> str:
        if not keuze.kolom:
            return keuze.vast
        tekst = self.cell(rij, keuze.kolom)
        waarde = keuze.waarden.get(tekst, keuze.anders)
        if not waarde:
            wat = f"heeft een waarde die niet is opgegeven: {tonen.cell(tekst, self._toon)}" if tekst else "is leeg"
            fout(Reden(f"Kolom {show(keuze.kolom)} {wat}.", WAARDE if tekst else LEEG))
        return waarde


def term_fact(gesteld: Gesteld, ontvangen_op: date, dag: date, klok: str) -> g.TermijnOvergenomen:
    """The due date that a klacht brought along."""
    return g.TermijnOvergenomen(
        gebeurd_op=ontvangen_op, termijn=gesteld.termijn, uiterlijk_op=dag, grond=gesteld.grond,
        uiterlijk_om=klok if gesteld.op_de_klok else "",
    )  # fmt: skip


def place_on_day(stap: float) -> float:
    """Return the place of the fact of a step among those of its day; that of no step comes last."""
    return stap or 99


def _step(feit: g.Gebeurtenis) -> float:
    """The place of a fact among those of its day; the moment of a step comes right after that step."""
    return place_on_day(feit.van_stap + HALF if isinstance(feit, g.TijdstipOvergenomen) else feit.stap)


def _before(wat: str, op: date, ontvangen_op: date) -> str:
    return f"{wat} ({datum(op)}) ligt voor de ontvangst ({datum(ontvangen_op)})."
