"""From rows to klachten: rows of one case together, and every row that cannot be taken over with its reason."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from klachten import gebeurtenissen as g
from klachten.overname import besluiten, tonen
from klachten.overname.besluiten import Reden
from klachten.overname.datumorde import Datumorde
from klachten.overname.feiten import Groep
from klachten.overname.kenmerk import Kenmerken
from klachten.overname.kolommen import Kolommen
from klachten.overname.lezen import Afkeuring, Rij
from klachten.overname.regeltelling import Regeltelling, named
from klachten.overname.sjabloon import Sjabloonmaker
from klachten.overname.tonen import show
from klachten.overname.zaaklijst import Zaak, Zaken
from klachten.register.feitrij import Opgeschreven, write_out
from klachten.taal import aantal

MEESTE_REDENEN = 5
"""Why one row is rejected, at most: a log may have a reason on each of thousands of rows."""


@dataclass
class Lezing:
    """What a file comes down to: rows read, klachten, rows rejected, and identical rows that count once.

    `vandaag` is the day it was read on and `toestand` what the file was then, so that it can be read again; `telling`
    is what became of each of its lines, `opmerkingen` what there is to say of the file as a whole,
    `zonder` how many dates were left out of a klacht by kind of fault, as was decided.
    """

    vandaag: date
    toestand: tuple[int, ...] = ()
    rijen: int = 0
    zaken: Zaken = field(default_factory=Zaken)
    afkeuringen: list[Afkeuring] = field(default_factory=list)
    dubbelen: list[tuple[int, int]] = field(default_factory=list)
    telling: Regeltelling = field(default_factory=Regeltelling)
    opmerkingen: list[str] = field(default_factory=list)
    zonder: dict[str, int] = field(default_factory=dict)


class Vertaler:
    """Turns the rows of one file into klachten."""

    def __init__(
        self,
        kolommen: Kolommen,
        plaatsen: dict[str, int],
        vandaag: date,
        *,
        toon: bool = False,
        afdruk: Callable[[Iterable[Opgeschreven]], str] | None = None,
        getypeerd: bool = True,
    ) -> None:
        self._kolommen, self._vandaag, self._toon, self._afdruk = kolommen, vandaag, toon, afdruk
        self._maker = Sjabloonmaker(kolommen, plaatsen, vandaag, toon=toon, getypeerd=getypeerd)
        self.orde = Datumorde(
            kolommen.datums(),
            min(vandaag, kolommen.getrokken_op or vandaag),
            zeker=kolommen.datums_zeker,
            getypeerd=getypeerd,
        )
        self.kenmerken = Kenmerken(kolommen.id, mag_alles=kolommen.id_mag_in_journaal)

    def translate(self, rijen: Iterable[Rij | Afkeuring]) -> Lezing:
        """Read all rows; a klacht comes into the outcome whole or not at all."""
        lezing = Lezing(self._vandaag)
        goed = self._watched(self._sound(rijen, lezing))
        uitkomst: Iterator[tuple[str, Zaak | Groep]]
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
        lezing.zonder = dict(self._maker.zonder)
        return lezing

    def facts(
        self, rijen: Iterable[Rij | Afkeuring], zaken: Container[int]
    ) -> Iterator[tuple[int, tuple[g.Gebeurtenis, ...]]]:
        """Make the facts of the klachten that start on these lines, in the order of the file, each with its line."""
        if self._kolommen.korrel == "gebeurtenis":
            groepen = (groep for _, groep in self._events(self._sound(rijen, Lezing(self._vandaag))))
        else:
            # Which rows can be taken over was seen when all of them were read.
            groepen = (Groep(rij) for rij in rijen if isinstance(rij, Rij) and rij.regel in zaken)
        for groep in groepen:
            if groep.eerste.regel in zaken:
                yield (
                    groep.eerste.regel,
                    tuple(self._maker.facts(str(self._maker.id_of(groep.eerste)), groep)),
                )

    def written(
        self, rijen: Iterable[Rij | Afkeuring], zaken: Container[int]
    ) -> Iterator[tuple[int, Sequence[Opgeschreven]]]:
        """As `facts`, written out."""
        if self._kolommen.korrel == "gebeurtenis":
            for regel, feiten in self.facts(rijen, zaken):
                yield regel, tuple(map(write_out, feiten))
            return
        maker = self._maker
        for rij in rijen:
            if isinstance(rij, Rij) and rij.regel in zaken:
                bron_id = str(maker.id_of(rij))
                gewoon = maker.written(bron_id, rij)
                yield (
                    rij.regel,
                    tuple(map(write_out, maker.facts(bron_id, Groep(rij)))) if gewoon is None else gewoon[1],
                )

    def _sound(self, rijen: Iterable[Rij | Afkeuring], lezing: Lezing) -> Iterator[tuple[str, Rij]]:
        """Give the rows that have a source id, with it; the others are rejected."""
        id_of, reason, hoeveel = self._maker.id_of, self.kenmerken.reason, 0
        for rij in rijen:
            hoeveel += 1
            if isinstance(rij, Afkeuring):
                lezing.afkeuringen.append(rij)
                continue
            bron_id = id_of(rij)
            if reden := reason(bron_id):
                lezing.afkeuringen.append(Afkeuring(rij.regel, "", reden, soorten=(besluiten.KENMERK,)))
                continue
            yield str(bron_id), rij
        lezing.rijen += hoeveel

    def _watched(self, rijen: Iterable[tuple[str, Rij]]) -> Iterator[tuple[str, Rij]]:
        for bron_id, rij in rijen:
            self.orde.see(rij, bron_id, self._maker.cell)
            yield bron_id, rij

    # --- rows that share an id ---------------------------------------------------------------------------------------

    def _rows(self, rijen: Iterable[tuple[str, Rij]], lezing: Lezing) -> Iterator[tuple[str, Groep]]:
        """Grain klacht: the same row again counts once; another row with the same id makes both unusable.

        Of a row that can be taken over only its outcome is kept, and a mark to know the same row again by. What cannot
        be taken over is given.
        """
        plaatsen: dict[str, int] = {}
        merken, zaken = array("q"), lezing.zaken
        groepen: dict[int, Groep] = {}
        twijfel: dict[int, list[int]] = {}
        for bron_id, rij in rijen:
            plek = plaatsen.setdefault(bron_id, len(merken))
            if plek == len(merken):
                merken.append(hash(rij.cellen))
                uit = self._of_row(bron_id, rij)
                if isinstance(uit, Groep):
                    groepen[plek] = uit
                    uit = Zaak(rij.regel, "", date.min, 0)
                zaken.append(uit)
                continue
            eerste = zaken.regels[plek]
            if hash(rij.cellen) == merken[plek]:
                lezing.dubbelen.append((rij.regel, eerste))
                continue
            groepen.setdefault(plek, Groep(rij, [eerste])).regels.append(rij.regel)
            twijfel.setdefault(plek, [eerste]).append(rij.regel)
        for plek, regels in twijfel.items():
            groepen[plek].redenen[:0] = _doubted(regels)
        lezing.zaken = zaken.without(groepen)
        if groepen:
            yield from ((bron_id, groepen[plek]) for bron_id, plek in plaatsen.items() if plek in groepen)

    def _events(self, rijen: Iterable[tuple[str, Rij]]) -> Iterator[tuple[str, Groep]]:
        """Grain gebeurtenis: every row of a case together."""
        groepen: dict[str, Groep] = {}
        for bron_id, rij in rijen:
            groep = groepen.get(bron_id)
            if groep is None:
                groep = groepen[bron_id] = Groep(rij)
            else:
                self._add_event(groep, rij)
            groep.regels.append(rij.regel)
            self._maker.pick(groep, rij)
        yield from groepen.items()

    def _add_event(self, groep: Groep, rij: Rij) -> None:
        """The columns of the case must say the same on every row."""
        for kolom in self._kolommen.zaakkolommen:
            hier, eerder = self._maker.cell(rij, kolom), self._maker.cell(groep.eerste, kolom)
            if hier != eerder:
                reden = f"Kolom {show(kolom)} is hier anders dan op regel {groep.eerste.regel}."
                if self._toon:
                    reden = f"Kolom {show(kolom)} is hier {show(hier)}, op regel {groep.eerste.regel} {show(eerder)}."
                groep.redenen.append((rij.regel, Reden(reden, besluiten.DUBBEL)))

    # --- one klacht --------------------------------------------------------------------------------------------------

    def _of_row(self, bron_id: str, rij: Rij) -> Zaak | Groep:
        """As `_finish`, of a row by itself."""
        if (gewoon := self._maker.written(bron_id, rij)) is None:
            return self._finish(bron_id, Groep(rij, [rij.regel]))
        ontvangen_op, feiten = gewoon
        afdruk = self._afdruk(feiten) if self._afdruk else ""
        return Zaak(rij.regel, bron_id, ontvangen_op, len(feiten), afdruk)

    def _finish(self, bron_id: str, groep: Groep) -> Zaak | Groep:
        """The klacht that the rows of a group come down to, or the group itself, with what is wrong."""
        feiten = tuple(self._maker.facts(bron_id, groep))
        if groep.redenen:
            return groep
        afdruk = self._afdruk(map(write_out, feiten)) if self._afdruk else ""
        eerste, *vervolg = groep.regels
        return Zaak(eerste, bron_id, feiten[0].gebeurd_op, len(feiten), afdruk, tuple(vervolg))


def _doubted(regels: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Say of every row of an id that the others have it too: of many only the first few, for any may be thousands."""
    eerste, *anderen = regels
    for regel, ook in ((eerste, named(anderen)), *((regel, named([eerste])) for regel in anderen)):
        yield regel, Reden(f"Het kenmerk staat ook op {ook}, met andere inhoud: welke geldt?", besluiten.DUBBEL)


def reject(bron_id: str, regels: Iterable[int], redenen: Iterable[tuple[int, str]]) -> Iterator[Afkeuring]:
    """Reject every row of a klacht: those with a reason of their own for that, the others along with the first one."""
    by_line: dict[int, list[str]] = {}
    for regel, reden in redenen:
        by_line.setdefault(regel, []).append(reden)
    soorten = besluiten.kinds(reden for alle in by_line.values() for reden in alle)
    schuldig = next(iter(by_line))
    for regel in regels:
        if regel in by_line:
            redenen = list(dict.fromkeys(by_line[regel]))
            meer = len(redenen) - MEESTE_REDENEN
            ook = f" En nog {aantal(meer, 'reden', 'redenen')}." if meer > 0 else ""
            yield Afkeuring(regel, bron_id, " ".join(redenen[:MEESTE_REDENEN]) + ook, soorten=soorten)
        else:
            yield Afkeuring(
                regel,
                bron_id,
                f"Hoort bij {tonen.case_id(bron_id) or 'dezelfde zaak'}, afgekeurd om regel {schuldig}.",
                schuldig,
                soorten,
            )
