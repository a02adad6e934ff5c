"""The klachten that a file comes down to, very many of them: in columns, some 30 bytes each."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple, TypeVar, overload

Een = TypeVar("Een")


class Zaak(NamedTuple):
    """One klacht as it will be recorded: the line it starts on, its source id, its receipt and its number of facts.

    The facts themselves are made again from the file when they are needed: a large file does not fit in memory.
    `afdruk` stands for what they say, where that was asked for; `vervolg` are the other lines it comes from.
    """

    regel: int
    bron_id: str
    ontvangen_op: date
    feiten: int
    afdruk: str = ""
    vervolg: tuple[int, ...] = ()

    @property
    def regels(self) -> tuple[int, ...]:
        """All lines it comes from."""
        return self.regel, *self.vervolg


class _Reeks(Sequence[Een]):
    """A sequence of what is made when it is asked for; it is equal to any other with the same in it."""

    def _make(self, plek: int) -> Een:
        raise NotImplementedError

    @overload
    def __getitem__(self, plek: int) -> Een: ...
    @overload
    def __getitem__(self, plek: slice) -> list[Een]: ...
    def __getitem__(self, plek: int | slice) -> Een | list[Een]:
        if isinstance(plek, slice):
            return [self._make(een) for een in range(len(self))[plek]]
        return self._make(range(len(self))[plek])

    def __iter__(self) -> Iterator[Een]:
        return map(self._make, range(len(self)))

    def __eq__(self, ander: object) -> bool:
        return isinstance(ander, Sequence) and len(self) == len(ander) and list(self) == list(ander)

    __hash__ = None  # type: ignore[assignment]


class Zaken(_Reeks[Zaak]):
    """Klachten in the order in which they were put in."""

    def __init__(self) -> None:
        self.regels, self.dagen, self._feiten = array("q"), array("i"), array("i")
        self._ids, self._eindes = bytearray(), array("q", [0])
        self._bij: dict[int, tuple[str, tuple[int, ...]]] = {}

    def __len__(self) -> int:
        return len(self.regels)

    def append(self, zaak: Zaak) -> None:
        """Put one in."""
        regel, bron_id, ontvangen_op, feiten, afdruk, vervolg = zaak
        if afdruk or vervolg:
            self._bij[len(self.regels)] = afdruk, vervolg
        self.regels.append(regel)
        self.dagen.append(ontvangen_op.toordinal())
        self._feiten.append(feiten)
        self._ids += bron_id.encode("utf-8", "surrogatepass")
        self._eindes.append(len(self._ids))

    def without(self, plekken: Collection[int]) -> Zaken:
        """Return all but those at these places."""
        if not plekken:
            return self
        over = Zaken()
        for plek, zaak in enumerate(self):
            if plek not in plekken:
                over.append(zaak)
        return over

    def id_at(self, plek: int) -> str:
        """The source id of one of them."""
        return self._ids[self._eindes[plek] : self._eindes[plek + 1]].decode("utf-8", "surrogatepass")

    def ids(self) -> Iterator[str]:
        """The source id of each."""
        return map(self.id_at, range(len(self)))

    def by_receipt(self) -> list[int]:
        """Their places in order of receipt, and then of the file."""
        import numpy as np

        return np.lexsort((np.frombuffer(self.regels, np.int64), np.frombuffer(self.dagen, np.int32))).tolist()

    def year_at(self, plek: int) -> int:
        """The year of receipt of one of them."""
        return date.fromordinal(self.dagen[plek]).year

    def facts_at(self, plek: int) -> int:
        """How many facts one of them has."""
        return self._feiten[plek]

    def _make(self, plek: int) -> Zaak:
        afdruk, vervolg = self._bij.get(plek, ("", ()))
        dag = date.fromordinal(self.dagen[plek])
        return Zaak(self.regels[plek], self.id_at(plek), dag, self._feiten[plek], afdruk, vervolg)


class Nieuw(_Reeks[tuple[str, Zaak]]):
    """The klachten to be made, each with its number, in order of those."""

    def __init__(self, zaken: Zaken | None = None) -> None:
        self._zaken = zaken or Zaken()
        self._plekken, self._jaren, self._volgnrs = array("i"), array("h"), array("i")

    def __len__(self) -> int:
        return len(self._plekken)

    def append(self, plek: int, jaar: int, volgnr: int) -> None:
        """Give the klacht at a place a number."""
        self._plekken.append(plek)
        self._jaren.append(jaar)
        self._volgnrs.append(volgnr)

    def number(self, hoeveelste: int) -> str:
        """The number of one of them."""
        return f"K{self._jaren[hoeveelste]:04d}-{self._volgnrs[hoeveelste]:04d}"

    def per_year(self) -> Counter[int]:
        """How many there are of each year of receipt."""
        return Counter(self._jaren)

    @property
    def feiten(self) -> int:
        """The number of facts of all of them."""
        return sum(map(self._zaken.facts_at, self._plekken))

    def _make(self, plek: int) -> tuple[str, Zaak]:
        return self.number(plek), self._zaken[self._plekken[plek]]

    def lines(self) -> Iterable[int]:
        """The line on which each begins."""
        return map(self._zaken.regels.__getitem__, self._plekken)


class Nummers(_Reeks[str]):
    """The numbers of klachten to be made."""

    def __init__(self, nieuw: Nieuw) -> None:
        self._nieuw = nieuw
        self._make = nieuw.number  # type: ignore[method-assign]

    def __len__(self) -> int:
        return len(self._nieuw)


class PerRegel:
    """The number of each klacht to be made by the line on which it begins: asked for every line of the file."""

    def __init__(self, nieuw: Nieuw) -> None:
        self._nieuw = nieuw
        self._waar = array("i", [-1]) * (max(nieuw.lines(), default=-1) + 1)
        for hoeveelste, regel in enumerate(nieuw.lines()):
            self._waar[regel] = hoeveelste

    def __contains__(self, regel: int) -> bool:
        return regel < len(self._waar) and self._waar[regel] >= 0

    def __getitem__(self, regel: int) -> str:
        return self._nieuw.number(self._waar[regel])
