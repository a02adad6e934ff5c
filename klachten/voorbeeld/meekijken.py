"""Seeing what the body of a handeling looks at: what it made holds for whoever has the same there.

A body gets the dossier, the input and the register from here instead of the real ones. What it asks of them is noted,
and what it only hands on, as an id that goes into a fact, is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from klachten.dossier.klacht import Dossier, Feiten
from klachten.gebeurtenissen import Gebeurtenis

VREEMD = "?"
"""Stands for something that was asked and of which nothing is known: then what was made holds for nobody else."""
_VAN_HET_REGISTER = frozenset({"nieuw_nummer", "intake", "cursor", "enkel", "reglementen", "organisatie"})
"""Of these the numbers are given out anew; terms and the organisation are days, and whoever is there on a day."""
_DAGEN = frozenset({"gebeurd_op", "bepaald_op", "uiterlijk_op"})
"""Days that are always there: what is made of them is that a body refuses or warns."""
_ALTIJD_GELIJK = frozenset({"klachtnummer", "ontvangen_op"})
"""A number or a day, of which a body only refuses or warns."""


class Notities:
    """What was looked at: names of a dossier, kinds of fact, and names of fields of the input."""

    def __init__(self) -> None:
        self.dossier: set[str] = set()
        self.soorten: set[type[Gebeurtenis]] = set()
        self.velden: set[str] = set()
        self.nummers: list[tuple[str, int]] = []


class Alleendag:
    """A fact of before of which the day is given; it may be asked what kind it is."""

    def __init__(self, feit: Gebeurtenis, notities: Notities) -> None:
        self.__feit, self.__notities = feit, notities

    @property
    def __class__(self) -> Any:
        return type(self.__feit)

    def __getattr__(self, naam: str) -> Any:
        if naam not in _DAGEN:
            self.__notities.dossier.add(VREEMD)
        return getattr(self.__feit, naam)


class _Kijkend:
    """Stands in for a dossier."""

    def __init__(self, echt: Feiten, notities: Notities) -> None:
        object.__setattr__(self, "_echt", echt)
        object.__setattr__(self, "_notities", notities)

    def __getattribute__(self, naam: str) -> Any:
        echt, notities = object.__getattribute__(self, "_echt"), object.__getattribute__(self, "_notities")
        if naam == "__class__":
            return type(echt)
        waarde = getattr(echt, naam)
        if naam == "ontvangst":
            return _Ontvangst(waarde, notities)
        if naam == "van":
            return lambda *soorten: [Alleendag(feit, notities) for feit in _asked(echt, soorten, notities)]
        if naam == "laatste":
            return lambda *soorten: next(
                (Alleendag(feit, notities) for feit in reversed(_asked(echt, soorten, notities))), None
            )
        if naam not in _ALTIJD_GELIJK:
            notities.dossier.add(naam)
        if naam == "maatregelen":
            return {nr: _Maatregel(maatregel, notities) for nr, maatregel in waarde.items()}
        if naam in ("open_maatregelen", "geldende_maatregelen"):
            return [_Maatregel(maatregel, notities) for maatregel in waarde]
        return waarde


class Kijkdossier(_Kijkend, Dossier):
    """Stands in for the dossier of a klacht."""


class Kijkfeiten(_Kijkend, Feiten):
    """Stands in for another dossier."""


def watched(echt: Feiten, notities: Notities) -> Feiten:
    """Return what stands in for a dossier."""
    return (Kijkdossier if isinstance(echt, Dossier) else Kijkfeiten)(echt, notities)  # type: ignore[arg-type]


def _asked(echt: Feiten, soorten: tuple[type[Gebeurtenis], ...], notities: Notities) -> list[Gebeurtenis]:
    notities.soorten.update(soorten)
    return echt.van(*soorten)


class _Deel:
    """Stands in for something of a dossier; what is asked of it is noted under its name."""

    _naam = ""

    def __init__(self, echt: Any, notities: Notities) -> None:
        self.__echt, self.__notities = echt, notities

    def __getattr__(self, naam: str) -> Any:
        if naam not in _DAGEN:
            self.__notities.dossier.add(f"{self._naam}.{naam}")
        return getattr(self.__echt, naam)


class _Ontvangst(_Deel):
    """Stands in for the receipt of a klacht."""

    _naam = "ontvangst"


class _Maatregel(_Deel):
    """Stands in for a maatregel."""

    _naam = "maatregel"


class Kijkregister:
    """Stands in for the register and the boeking."""

    def __init__(self, echt: Any, notities: Notities) -> None:
        self.__echt, self.__notities = echt, notities

    def nieuw_nummer(self, reeks: str, jaar: int) -> str:
        """Give out a number, and note of which reeks and year."""
        self.__notities.nummers.append((reeks, jaar))
        return self.__echt.nieuw_nummer(reeks, jaar)

    def __getattr__(self, naam: str) -> Any:
        if naam not in _VAN_HET_REGISTER:
            self.__notities.dossier.add(VREEMD)
        return getattr(self.__echt, naam)


class _Bekeken:
    """What of a value is noted: whatever is done with it but handing it on, and asking whether there is any."""

    _noteer: Callable[[], None]

    def __getattribute__(self, naam: str) -> Any:
        if naam not in ("_noteer", "__class__", "__dict__"):
            object.__getattribute__(self, "_noteer")()
        return object.__getattribute__(self, naam)

    def __eq__(self, ander: object) -> bool:
        self._noteer()
        return super().__eq__(ander)

    def __ne__(self, ander: object) -> bool:
        self._noteer()
        return super().__ne__(ander)

    def __hash__(self) -> int:
        self._noteer()
        return super().__hash__()

    def __str__(self) -> str:
        self._noteer()
        return super().__str__()

    def __format__(self, vorm: str) -> str:
        self._noteer()
        return super().__format__(vorm)

    def __len__(self) -> int:
        self._noteer()
        return super().__len__()  # type: ignore[misc]

    def __contains__(self, deel: object) -> bool:
        self._noteer()
        return super().__contains__(deel)  # type: ignore[misc]

    def __iter__(self) -> Iterator[str]:
        self._noteer()
        return super().__iter__()  # type: ignore[misc]

    def __getitem__(self, plek: Any) -> Any:
        self._noteer()
        return super().__getitem__(plek)  # type: ignore[misc]

    def __add__(self, ander: Any) -> Any:
        self._noteer()
        return super().__add__(ander)  # type: ignore[misc]


class Woord(_Bekeken, str):
    """An id of the input."""

    def __bool__(self) -> bool:
        return str.__len__(self) > 0


class Woorden(_Bekeken, tuple[str, ...]):
    """Several ids of the input."""

    def __bool__(self) -> bool:
        return tuple.__len__(self) > 0


def watched_value(veld: str, waarde: str | tuple[str, ...], notities: Notities) -> Woord | Woorden:
    """Return what stands in for an id, or for several, in a field of the input."""
    uit: Any = Woord(waarde) if isinstance(waarde, str) else Woorden(waarde)
    object.__setattr__(uit, "_noteer", lambda: notities.velden.add(veld))
    return uit
