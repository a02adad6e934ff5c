"""Whether day and month stand as declared: the dates are read in every order that is possible, and the counts compared.

A wrong order is silent where the day is at most 12: such a date reads well and is another day. What it leaves behind is
looked for: dates that cannot be read, that lie before the receipt or in the future, and that go back in time while the
numbers of the cases go up.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from klachten.overname import datums
from klachten.overname.cellen import Datumcel
from klachten.overname.datums import Datumvorm
from klachten.overname.lezen import OnleesbaarBestand, Rij
from klachten.overname.regeltelling import GENOEMD
from klachten.overname.velden import Datumkolom
from klachten.taal import getal, opsomming

ALLE_TOT, DAARNA_EEN_OP = 20_000, 25
"""Of a large file every row up to here is looked at, and one in so many after that."""
SPRONG, GENOEG_KENMERKEN = 45, 20
"""So many days back in time from one case to the next is a leap; counted of so many cases or more."""
_VEEL_BETER, _DEEL = 3, 50
DOOR_ELKAAR, CELLEN = "door elkaar", "echte datums verwisseld"
GENOEG_ECHT = 8
"""Of so many real dates beside dates as text one has a day above 12, unless a spreadsheet took days for months."""
_NUMMER = re.compile(r"\D*(?:((?:19|20)[0-9]{2})\D+)?([0-9]{1,9})|\D*([0-9]{1,15})")
"""The number of a case; of one with its year before it (2025-0012) that goes first."""
_ZELDEN = 20
"""One leap in so many cases: more often, the numbers do not follow the calendar."""
Lees = Callable[[int, str], date | None]


@dataclass
class Volgorde:
    """One way of reading the dates of a file, and what is wrong with it; `gewisseld` are the keys read otherwise."""

    naam: str
    lees: Lees
    gewisseld: tuple[str, ...] = ()
    gelezen: int = 0
    onleesbaar: int = 0
    te_vroeg: int = 0
    toekomst: int = 0
    kenmerken: list[tuple[int, int, int]] = field(default_factory=list)
    maanden: Counter[int] = field(default_factory=Counter)
    boven_12: int = 0
    weekend: int = 0
    eerste: date | None = None
    laatste: date | None = None
    onwaarschijnlijk: int = 0

    def see(self, teksten: Sequence[str], nummer: int | None, laatste: date, regel: int) -> None:
        """Count the dates of one row; the first one is the receipt."""
        dagen = []
        for plaats, tekst in enumerate(teksten):
            dag = self.lees(plaats, tekst) if tekst else None
            dagen.append(dag)
            if tekst:
                self.gelezen += dag is not None
                self.onleesbaar += dag is None
        ontvangen_op = dagen[0]
        if ontvangen_op is None:
            return
        self.te_vroeg += sum(dag is not None and dag < ontvangen_op for dag in dagen[1:])
        self.toekomst += ontvangen_op > laatste
        self.maanden[ontvangen_op.month] += 1
        self.boven_12 += ontvangen_op.day > 12
        self.weekend += ontvangen_op.weekday() > 4
        self.eerste = min(self.eerste or ontvangen_op, ontvangen_op)
        self.laatste = max(self.laatste or ontvangen_op, ontvangen_op)
        if nummer is not None:
            self.kenmerken.append((nummer, ontvangen_op.toordinal(), regel))

    @property
    def sprongen(self) -> int:
        """How often the receipt leaps back while the numbers of the cases go up."""
        return len(self.leaps())

    def leaps(self) -> list[tuple[int, int]]:
        """Return the lines between which that happens."""
        if len(self.kenmerken) < GENOEG_KENMERKEN:
            return []
        op_nummer = itertools.pairwise(sorted(self.kenmerken))
        return [(hier, daar) for (_, eerst, hier), (_, dan, daar) in op_nummer if eerst - dan > SPRONG]

    @property
    def fout(self) -> int:
        """All that is wrong."""
        return self.onleesbaar + self.te_vroeg + self.toekomst + self.sprongen + self.onwaarschijnlijk

    def counts(self) -> str:
        """Give the counts in words."""
        delen = [
            (self.onleesbaar, "niet te lezen"),
            (self.te_vroeg, "voor de ontvangst"),
            (self.toekomst, "in de toekomst"),
            (self.sprongen, "keer terug in de tijd tegen de volgorde van het kenmerk"),
            (self.onwaarschijnlijk, "echte datums zoals een spreadsheet ze niet zo achterlaat"),
        ]
        gezegd = [f"{getal(hoeveel)} {wat}" for hoeveel, wat in delen if hoeveel]
        return f"{getal(self.gelezen)} gelezen, {opsomming(gezegd) or 'niets onmogelijk'}"


class Datumorde:
    """Looks at the dates of one file, a row at a time; `check` says what it makes of the declared order.

    `kolommen` are the columns with a date, the receipt first; of another first column nothing can be said. Somebody who
    is `zeker` of the order is not contradicted; without `getypeerd` there are no real dates in the file.
    """

    def __init__(
        self, kolommen: Iterable[Datumkolom], laatste: date, *, zeker: bool = False, getypeerd: bool = True
    ) -> None:
        self._laatste, self._rijen = laatste, 0
        self._kolommen = [k for k in kolommen if not k.neem and not k.alleen_bij]
        if not self._kolommen or self._kolommen[0].sleutel != "ontvangen_op":
            self._kolommen = []
        self._echt = [[0, 0, 0] for _ in self._kolommen]  # real dates, of those with a day above 12, and texts
        self._volgordes = [] if zeker or not self._kolommen else list(self._orders())
        if not getypeerd:
            self._volgordes = [v for v in self._volgordes if v.naam != CELLEN]
        if len(self._volgordes) == 1:  # then there is nothing to compare it with
            self._volgordes = []

    @property
    def volgordes(self) -> Sequence[Volgorde]:
        """Every order that was looked at, the declared one first; none when there is but one."""
        echt = any(keer for keer, _, _ in self._echt)
        mogelijk = [v for v in self._volgordes if echt or v.naam != CELLEN]
        for volgorde in mogelijk:
            volgorde.onwaarschijnlijk = sum(_unlikely(*keer, volgorde.naam == CELLEN) for keer in self._echt)
        return mogelijk if len(mogelijk) > 1 else []

    def best(self) -> tuple[Volgorde | None, list[Volgorde]]:
        """Return the order that makes much better sense than every other, or None and those between which to choose.

        That day and month are mixed up is only said where no order by itself makes sense.
        """
        alle = self.volgordes
        gewoon = [v for v in alle if v.naam != DOOR_ELKAAR]
        if not gewoon:
            return None, []
        beste = min(gewoon, key=lambda v: v.fout)
        blijft = [v for v in gewoon if v is beste or not self._much_better(beste, v)]
        elkaar = [v for v in alle if v.naam == DOOR_ELKAAR and self._much_better(v, beste)]
        if elkaar:
            return None, [*blijft, *elkaar]
        # One column the other way round is no question as long as nothing speaks for it.
        # Nor are the real dates of a workbook, unless something does.
        heel = [v for v in blijft if v is beste or (" bij " not in v.naam and v.naam != CELLEN)]
        return (beste, []) if len(heel) == 1 else (None, heel)

    def see(self, rij: Rij, bron_id: str, cell: Callable[[Rij, str], str]) -> None:
        """Look at one row."""
        self._rijen += 1
        if not self._volgordes or (self._rijen > ALLE_TOT and self._rijen % DAARNA_EEN_OP):
            return
        teksten = [cell(rij, kolom.kolom) for kolom in self._kolommen]
        for keer, cel in zip(self._echt, teksten, strict=True):
            if isinstance(cel, Datumcel):
                keer[0] += 1
                keer[1] += cel.dag.day > 12
            elif cel:
                keer[2] += 1
        nummer = _number(bron_id)
        for volgorde in self._volgordes:
            volgorde.see(teksten, nummer, self._laatste, rij.regel)

    def remark(self) -> str:
        """Say where single receipts leap back as declared: a few dates may be swapped, of which no order tells."""
        if not (alle := self.volgordes):
            return ""
        sprongen = alle[0].leaps()
        if not sprongen or len(sprongen) * _ZELDEN > len(alle[0].kenmerken):
            return ""
        waar = [f"tussen regel {hier} en {daar}" for hier, daar in sprongen[:GENOEMD]]
        meer = [f"op {getal(meer)} andere plaatsen"] if (meer := len(sprongen) - GENOEMD) > 0 else []
        return (
            f"De datum van ontvangst gaat {getal(len(sprongen))} keer meer dan {SPRONG} dagen terug in de tijd terwijl "
            f"het kenmerk oploopt: {opsomming([*waar, *meer])}. Kijk of dag en maand daar niet verwisseld zijn."
        )

    def check(self, bestand: str) -> None:
        """Refuse a declared order under which the dates come out absurd while another order makes sense of them."""
        if not (alle := self.volgordes):
            return
        gezegd, *anders = alle
        beter = [volgorde for volgorde in anders if self._much_better(volgorde, gezegd)]
        if not beter:
            return
        beste = min(beter, key=lambda volgorde: volgorde.fout)
        raise OnleesbaarBestand(
            f"{bestand}: de datums lezen veel beter met dag en maand in een andere volgorde. Zoals opgegeven "
            f"({gezegd.naam}): {gezegd.counts()}. {self._other(beste)}: {beste.counts()}. Er is niets overgenomen. "
            f"{self._advice(beste)}, of zet in [datums] zeker = true als de opgave toch klopt."
        )

    def _much_better(self, ander: Volgorde, gezegd: Volgorde) -> bool:
        verschil = gezegd.fout - ander.fout
        # Who may choose the better one of two for each date always finds fewer faults: that asks for more of them.
        minstens = 5 if ander.naam == DOOR_ELKAAR else 2 if ander.fout else 1
        return (
            ander.fout * _VEEL_BETER <= gezegd.fout
            and verschil >= max(minstens, gezegd.gelezen // _DEEL // len(self._kolommen))
            and ander.onleesbaar <= gezegd.onleesbaar
        )

    @staticmethod
    def _other(beste: Volgorde) -> str:
        if beste.naam == CELLEN:
            return "Als de spreadsheet in haar echte datums dag en maand heeft verwisseld"
        return "Als dag en maand soms verwisseld zijn" if beste.naam == DOOR_ELKAAR else f"Als {beste.naam}"

    @staticmethod
    def _advice(beste: Volgorde) -> str:
        if beste.naam == CELLEN:
            return "Zet dan verwisseld = true bij elke datum"
        if beste.naam == DOOR_ELKAAR:
            return "Een spreadsheet heeft ze dan verwisseld waar dat kon: vraag de bron om het oorspronkelijke bestand"
        return "Verander dan vorm"

    def _orders(self) -> Iterator[Volgorde]:
        """The declared order, all columns swapped, one column swapped, and whatever can be swapped swapped."""
        als_opgegeven = [kolom.vorm for kolom in self._kolommen]
        anders = [_swap(vorm) for vorm in als_opgegeven]
        kan = [plaats for plaats, vorm in enumerate(anders) if vorm is not None]
        gezegd = [_reader(vorm) for vorm in als_opgegeven]
        gewisseld = [gezegd[i] if vorm is None else _reader(vorm) for i, vorm in enumerate(anders)]
        cellen = [_reader(replace(vorm, verwisseld=not vorm.verwisseld)) for vorm in als_opgegeven]
        yield Volgorde(als_opgegeven[kan[0] if kan else 0].vorm, lambda plaats, tekst: gezegd[plaats](tekst))
        yield Volgorde(CELLEN, lambda plaats, tekst: cellen[plaats](tekst))
        if not kan:
            return
        naam = datums.swapped(als_opgegeven[kan[0]].vorm)
        alle = tuple(self._kolommen[een].sleutel for een in kan)
        yield Volgorde(naam, lambda plaats, tekst: gewisseld[plaats](tekst), alle)
        for een in kan if len(kan) > 1 else ():
            kolom = self._kolommen[een]
            yield Volgorde(
                f"{datums.swapped(kolom.vorm.vorm)} bij {kolom.sleutel}",
                lambda plaats, tekst, een=een: (gewisseld if plaats == een else gezegd)[plaats](tekst),
                (kolom.sleutel,),
            )
        yield Volgorde(DOOR_ELKAAR, lambda plaats, tekst: gewisseld[plaats](tekst) or gezegd[plaats](tekst))


def _number(bron_id: str) -> int | None:
    """The number of a case by which it comes before or after another one."""
    if (gevonden := _NUMMER.fullmatch(bron_id)) is None:
        return None
    jaar, nummer, alleen = gevonden.groups()
    return int(alleen) if alleen else int(jaar or 0) * 10**9 + int(nummer)


def _swap(vorm: Datumvorm) -> Datumvorm | None:
    """The form with day and month swapped; None for one that says which is which: year, month, day."""
    naam = datums.swapped(vorm.vorm)
    return (
        replace(datums.load(naam), verwisseld=vorm.verwisseld)
        if naam and naam != vorm.vorm and not vorm.vorm.startswith("J")
        else None
    )


def _unlikely(echt: int, boven_12: int, teksten: int, verwisseld: bool) -> int:
    """How many real dates of a column a spreadsheet would not have left so, when it swapped them, or when it did not.

    What it takes for a date on opening has no day above 12 and leaves the others as text; where one has, it did not.
    """
    if verwisseld:
        return boven_12
    return echt if teksten and not boven_12 and echt >= GENOEG_ECHT else 0


def _reader(vorm: Datumvorm) -> Callable[[str], date | None]:
    onthouden: dict[str, date | None] = {}

    def lees(tekst: str) -> date | None:
        if isinstance(tekst, Datumcel):
            return vorm.lees(tekst)
        if tekst not in onthouden:
            try:
                onthouden[tekst] = vorm.lees(tekst)
            except ValueError:
                onthouden[tekst] = None
        return onthouden[tekst]

    return lees
