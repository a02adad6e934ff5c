"""Since when everything that can be read stands as it does: what was counted of what did not change still holds.

A table is known by its name, and what stands in klacht_stand and maatregel_stand by column as well: most facts change
one or two of those, and only from the day on which they happened.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from types import MappingProxyType

from klachten.gebeurtenissen import Vastlegging
from klachten.register.afleiding import Afleiding
from klachten.register.maatregelstand import Rij, valid
from klachten.register.standen import fold

ALLES = "*"
"""Stands for everything that can be read."""
BIJ_ELK_FEIT = frozenset({"gebeurtenis", "feit", "tekst", "woord", "zoekwoord"})
"""What every fact changes, or can: the facts themselves and their texts."""
VAST = frozenset(
    {"dag", "termijn", "streeftermijn", "bewaartermijn", "categorie_nu", "inrichting", "migratie", "alarm"}
)
"""What no fact changes."""
EIGEN = frozenset({"stand", "teller", "schoon"})
"""What the register keeps for itself: no question reads it."""
KRINGEN: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "geschil": frozenset(
            {
                "MeningsverschilGemeld", "OverlegGevoerd", "GeschilVoorgelegd", "OordeelOntvangen", "OordeelMeegedeeld",
                "OordeelOpgevolgd",
            }
        ),
        "maatregel": frozenset(
            {
                "MaatregelBepaald", "MaatregelGewijzigd", "MaatregelVervallen", "ActienemerGeinformeerd",
                "MaatregelUitgevoerd",
            }
        ),
        "niet_in_behandeling": frozenset({"NietInBehandelingGenomen"}),
        # With what was taken back: a klacht of which nothing is left has ended as well.
        "geeindigd": frozenset(
            {"KlachtAfgesloten", "NietInBehandelingGenomen", "KlachtIngetrokken", "KlachtVervallen", "FeitHerroepen"}
        ),
    }
)  # fmt: skip
"""Circles of klachten: one is in it that ever got a fact of one of these kinds, also when that was taken back since.

What changed in a klacht is known by its circles too, as `naam@kring`: it is the same for who reads those of another.
"""
VERSIES = 100
"""Of so many groups of facts it is remembered which dossiers they touched; what they changed, until somebody asks."""

Wat = Callable[[], Mapping[str, date]]
"""Says what a group of facts changed, by the name under which it is read, with the first day on which it differs."""
Dossier = tuple[str, Sequence[Vastlegging], Sequence[Vastlegging]]
"""A klachtnummer, its facts as they were, and those that came."""


class Wijzigingen:
    """The version of the register at which each thing that can be read last changed, and from which day on."""

    def __init__(self) -> None:
        # Per name in order of both: what changed later, from the same day or an earlier one, takes the place of it.
        self._laatst: dict[str, list[tuple[int, date]]] = {}
        self._wachtend: list[tuple[int, Wat]] = []
        self._dossiers: dict[int, frozenset[str]] = {}
        self._slot = threading.Lock()
        self.hoorders: list[Callable[[], object]] = []
        """Told that something changed, by who recorded it: so they do no more than note that."""

    def add(self, versie: int, nummers: Collection[str] | None, wat: Wat | None = None) -> None:
        """Note that a version came, with facts in these dossiers (None: it can be any), and what it changed.

        `wat` is asked when a reader wants to know; without it everything has changed.
        """
        with self._slot:
            self._wachtend.append((versie, wat or everything))
            if len(self._wachtend) > VERSIES:
                self._wachtend = [(versie, everything)]
            if nummers is not None:
                self._dossiers[versie] = frozenset(nummers)
            self._dossiers.pop(versie - VERSIES, None)
        for hoor in self.hoorders:
            hoor()

    def dossiers_since(self, versie: int, nu: int) -> frozenset[str] | None:
        """The numbers of the dossiers that got facts after a version up to another; None when it can be any."""
        sindsdien = range(versie + 1, nu + 1)
        groepen = [self._dossiers.get(nr) for nr in sindsdien[:VERSIES]]
        if len(sindsdien) > VERSIES or None in groepen:
            return None
        return frozenset().union(*(groep for groep in groepen if groep is not None))

    def last(self, namen: Collection[str], peildatum: date) -> int:
        """The version at which any of these last changed, as it stood on a day; 0 when none did since opening."""
        with self._slot:
            while self._wachtend:
                versie, wat = self._wachtend[0]
                for naam, vanaf in wat().items():
                    eerder = [paar for paar in self._laatst.get(naam, ()) if paar[1] < vanaf]
                    self._laatst[naam] = [*eerder, (versie, vanaf)]
                del self._wachtend[0]
            geraakt = self._laatst.keys() & {ALLES, *namen}
            return max((v for naam in geraakt for v, vanaf in self._laatst[naam] if vanaf <= peildatum), default=0)


def everything() -> dict[str, date]:
    """What changed when anything can have."""
    return {ALLES: date.min}


def what_changes(afleiding: Afleiding, soorten: Collection[str], dossiers: Sequence[Dossier]) -> Wat:
    """Return what says later what facts of these kinds changed in these dossiers; without dossiers: everything."""
    if not dossiers:
        return everything
    # Of these tables it is not known what changed in them.
    tabellen, hernoemd = afleiding.touched(soorten, vouwt=True), afleiding.renamed()
    return lambda: changed(tabellen, dossiers, hernoemd)


def changed(
    tabellen: Collection[str], dossiers: Iterable[Dossier], hernoemd: Mapping[str, Mapping[str, str]]
) -> dict[str, date]:
    """Return what changed: all of the tables, and the columns of the klachten of these dossiers that differ."""
    dossiers = list(dossiers)
    uit = dict.fromkeys((*BIJ_ELK_FEIT, *(naam for tabel in tabellen for naam in names(tabel))), date.min)
    feiten = [feit for _, _, erbij in dossiers for feit in erbij]
    # By kind as well, for who reads the facts of some kinds only.
    uit |= {feit.feit.soort: date.min for feit in feiten}
    if not any(feit.corrigeert for feit in feiten):
        # What happened before a day is as it was, whatever is added from that day on; a correction can change all.
        uit |= dict.fromkeys(map(_op, tabellen), min(feit.feit.gebeurd_op for feit in feiten))
    for nummer, eerder, erbij in dossiers:
        if nummer.startswith("K"):
            toen, nu = (fold(nummer, valid(feiten), hernoemd) for feiten in (eerder, [*eerder, *erbij]))
            for tabel, rijen in nu.items():
                for kolom, dag in _differences(toen[tabel], rijen).items():
                    # Who reads the table itself sees every stretch of days.
                    uit |= dict.fromkeys((tabel, f"{tabel}_uit_feiten"), date.min)
                    for naam in (kolom,) if kolom else (_op(tabel), _now(tabel)):
                        uit[naam] = min(dag, uit.get(naam, dag))
    return uit | _in_circles(uit, dossiers)


def _in_circles(wat: Mapping[str, date], dossiers: Iterable[Dossier]) -> dict[str, date]:
    """Return the same as it is read of circles of klachten: all of it where one of these dossiers is in the circle.

    Of the other circles what every fact changes, and all of it of a dossier that is no klacht.
    """
    wel = set(KRINGEN)
    if all(nummer.startswith("K") for nummer, _, _ in dossiers):
        soorten = {feit.feit.soort for _, eerder, erbij in dossiers for feit in (*eerder, *erbij)}
        wel = {kring for kring, van in KRINGEN.items() if van & soorten}
    return {
        f"{naam}@{kring}": dag for naam, dag in wat.items() for kring in KRINGEN if kring in wel or naam in BIJ_ELK_FEIT
    }


def names(tabel: str) -> set[str]:
    """The names under which a derived table is read: itself, as it stands now, and as of a day."""
    return {tabel, _now(tabel), _op(tabel), f"{tabel}_uit_feiten"}


def _now(tabel: str) -> str:
    return tabel.removesuffix("_stand")


def _op(tabel: str) -> str:
    return f"{_now(tabel)}_op"


def _differences(toen: Sequence[Rij], nu: Sequence[Rij]) -> dict[str, date]:
    """The first day on which each column is different; "" stands for a row that came, or is no longer there."""
    uit: dict[str, date] = {}
    oud, nieuw = _per_thing(toen), _per_thing(nu)
    for welk in oud.keys() | nieuw.keys():
        voor, na = oud.get(welk, []), nieuw.get(welk, [])
        for dag in {rij["van"] for rij in (*voor, *na)}:
            a, b = _on(voor, dag), _on(na, dag)
            anders = [""] if (a is None) != (b is None) else [k for k in a or () if a[k] != b[k]]  # type: ignore[index]
            for kolom in anders:
                uit[kolom] = min(dag, uit.get(kolom, dag))
    # Which stretch of days a row is about, no question asks that looks back to a day.
    return {kolom: dag for kolom, dag in uit.items() if kolom not in ("van", "tot")}


def _per_thing(rijen: Iterable[Rij]) -> dict[int, list[Rij]]:
    def which(rij: Rij) -> int:
        return rij.get("maatregel", 0)

    return {welk: list(groep) for welk, groep in groupby(sorted(rijen, key=which), key=which)}


def _on(rijen: Iterable[Rij], dag: date) -> Rij | None:
    return next((rij for rij in rijen if rij["van"] <= dag < rij["tot"]), None)
