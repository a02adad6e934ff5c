"""Forms that are not sent yet: kept per user in data/concepten, so that a reload or a closed browser loses nothing.

A concept holds personal data: it lives with the register, is never part of it, is sealed as its texts are, and goes
away when it is sent or thrown away. One window holds the concept of a form at a time; another that opens it takes it
over, so that two windows never mix. Nobody holds what is filled in of a meeting or of a step: that is kept field by
field.

Of somebody whose data was erased nothing comes back from a window that had a form open then (`sinds`): what it may not
hold is remembered as long as such a window can live, in this process alone and as keyed hashes.
"""

from __future__ import annotations

import json
import re
import secrets
import threading
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any

from klachten.versleuteling import Sleutels, open_file, seal_file

_slot = threading.Lock()
HOOGSTENS = 20
VERGADERING = "vergadering-"
"""Begins the id of what is filled in of an evaluation meeting (step 16): each window finds it by its year or period."""
STAP = "stap-"
"""Begins the id of what is typed in the form of a step, with the number of its dossier behind it."""
KORTST = 4
"""A shorter text stands in forms that are about somebody else."""
_WOORDEN = 12
"""By so many of its first words a longer text is known."""
_LEVENSDUUR = 25 * 3600.0
"""Seconds: nobody stays signed in for longer."""
_woord, _sleutel = re.compile(r"\w+"), secrets.token_bytes(32)


@dataclass(frozen=True)
class Concept:
    """One form that is not sent yet."""

    id: str
    houder: str
    bewaard_op: datetime
    waarden: dict[str, Any]


class Gewist(Exception):
    """This cannot be kept: it is of somebody whose data was erased after the form was opened."""


@dataclass(frozen=True)
class _Weg:
    """One erasure: its number in this process, where and when, the dossier it was in, and what was said there."""

    nr: int
    map: Path
    moment: float
    dossier: str
    gezegd: frozenset[bytes]


_gewist: list[_Weg] = []


def stand() -> int:
    """Return how many erasures there were: what a window keeps of a form that it opens now is `sinds` then."""
    return _gewist[-1].nr if _gewist else 0


def of_dossier(klachtnummer: str) -> str:
    """Return how the id of what is typed in a form of a dossier begins."""
    return f"{STAP}{klachtnummer}-"


def new_id() -> str:
    """Return an id for a form; it says nothing about what is in it, so it may stand in the address."""
    return secrets.token_hex(8)


class Concepten:
    """The concepten of one user."""

    def __init__(self, map: Path, gebruiker: str, sleutels: Sleutels | None = None) -> None:
        self._sleutels = sleutels
        self._pad = map / "concepten" / f"{gebruiker}.json"

    def all(self) -> list[Concept]:
        """Return every intake that is not sent yet, the newest first; not what is filled in of a meeting or a step."""
        with _slot:
            gelezen = self._read()
        formulieren = (concept for id, concept in gelezen.items() if not id.startswith((VERGADERING, STAP)))
        return sorted(formulieren, key=lambda concept: concept.bewaard_op, reverse=True)

    def get(self, id: str) -> Concept | None:
        """Return a concept, or None when it was sent or thrown away."""
        with _slot:
            return self._read().get(id)

    def take_over(self, id: str, houder: str) -> Concept | None:
        """Make this window the one that holds a concept, and return it."""
        with _slot:
            alle = self._read()
            if id not in alle:
                return None
            oud = alle[id]
            alle[id] = Concept(id, houder, oud.bewaard_op, oud.waarden)
            self._write(alle)
            return alle[id]

    def save(self, id: str, houder: str, waarden: dict[str, Any], nu: datetime, *, sinds: int | None = None) -> bool:
        """Keep what is filled in; False, and nothing is kept, when another window took the concept over.

        Gewist when it is of somebody who was erased since the form was opened.
        """
        with _slot:
            alle = self._read()
            if id in alle and alle[id].houder != houder:
                return False
            self._check(id, waarden, sinds)
            alle[id] = Concept(id, houder, nu, waarden)
            self._keep_newest(alle)
            self._write(alle)
            return True

    def change(
        self, id: str, wijzig: Callable[[dict[str, Any]], dict[str, Any]], nu: datetime, *, sinds: int | None = None
    ) -> Concept:
        """Change what a concept holds in one go, and return it: for one that several windows fill in together.

        One that holds nothing then is not kept. `wijzig` is asked while nobody else keeps or erases any. Gewist, and
        nothing is changed, when it is of somebody who was erased since the form was opened.
        """
        with _slot:
            alle = self._read()
            oud = alle.pop(id, None)
            concept = Concept(id, "", nu, wijzig(dict(oud.waarden) if oud else {}))
            self._check(id, concept.waarden, sinds)
            if concept.waarden:
                alle[id] = concept
                self._keep_newest(alle)
            if concept.waarden or oud:
                self._write(alle)
            return concept

    def discard(self, id: str) -> None:
        """Throw a concept away."""
        with _slot:
            alle = self._read()
            if alle.pop(id, None) is not None:
                self._write(alle)

    def discard_of(self, klachtnummer: str, welke: Callable[[Concept], bool] = lambda _: True) -> None:
        """Throw away what is typed in the forms of a dossier, or `welke` of these."""
        with _slot:
            alle, begin = self._read(), of_dossier(klachtnummer)
            blijft = {id: een for id, een in alle.items() if not (id.startswith(begin) and welke(een))}
            if len(blijft) < len(alle):
                self._write(blijft)

    def _check(self, id: str, waarden: dict[str, Any], sinds: int | None) -> None:
        """Raise Gewist for what was erased since a form was opened: of its dossier all, elsewhere what was said."""
        later = [een for een in _gewist if sinds is not None and een.nr > sinds and een.map == self._pad.parents[1]]
        gezegd = frozenset[bytes]().union(*(een.gezegd for een in later))
        if any(een.dossier and id.startswith(of_dossier(een.dossier)) for een in later) or any(
            _said(woorden[plek : plek + lang]) in gezegd
            for woorden in (_words(tekst) for tekst in _texts(waarden) if gezegd)
            for plek in range(len(woorden))
            for lang in range(1, min(_WOORDEN, len(woorden) - plek) + 1)
        ):
            raise Gewist

    def _keep_newest(self, alle: dict[str, Concept]) -> None:
        """Keep the newest of each kind: many forms of steps push no intake out."""
        for soort in (VERGADERING, STAP, ""):
            van_soort = [concept for concept in alle.values() if _kind(concept.id) == soort]
            for concept in sorted(van_soort, key=lambda concept: concept.bewaard_op, reverse=True)[HOOGSTENS:]:
                del alle[concept.id]

    def _read(self) -> dict[str, Concept]:
        if not self._pad.is_file():
            return {}
        try:
            gelezen = open_file(self._pad, self._sleutels)
            inhoud = json.loads(gelezen, object_hook=_from_json)
            return {
                id: Concept(id, deel["houder"], datetime.fromisoformat(deel["bewaard_op"]), deel["waarden"])
                for id, deel in inhoud.items()
            }
        except (OSError, ValueError, KeyError, TypeError):
            # A half-written file is a lost concept, not a page that does not open.
            return {}

    def _write(self, alle: dict[str, Concept]) -> None:
        if not alle:
            self._pad.unlink(missing_ok=True)
            return
        self._pad.parent.mkdir(parents=True, exist_ok=True)
        inhoud = {
            concept.id: {
                "houder": concept.houder,
                "bewaard_op": concept.bewaard_op.isoformat(),
                "waarden": concept.waarden,
            }
            for concept in alle.values()
        }
        nieuw = self._pad.with_suffix(".nieuw")
        tekst = json.dumps(inhoud, ensure_ascii=False, default=_to_json).encode("utf-8")
        nieuw.write_bytes(seal_file(self._pad, tekst, self._sleutels))
        nieuw.replace(self._pad)


def _kind(id: str) -> str:
    return next((soort for soort in (VERGADERING, STAP) if id.startswith(soort)), "")


def _to_json(waarde: Any) -> Any:
    if isinstance(waarde, date):
        return {"dag": waarde.isoformat()}
    raise TypeError(f"{type(waarde).__name__} cannot be kept in a concept")


def _from_json(deel: dict[str, Any]) -> Any:
    return date.fromisoformat(deel["dag"]) if set(deel) == {"dag"} else deel


def weg_met(
    map: Path, teksten: Collection[str], gebruiker: str = "", sleutels: Sleutels | None = None, dossier: str = ""
) -> int:
    """Throw away every concept in which one of these texts stands, all of this user, and all of a dossier.

    Returns how many went. What is typed in a form that is open now is kept out of it as well.

    A file that cannot be read goes as well: what is in it can be what has to go.
    """
    weg = 0
    gezocht = [tekst.casefold() for tekst in teksten if len(tekst) >= KORTST]
    with _slot:
        _remember(map, gezocht, dossier)
        for pad in sorted((map / "concepten").glob("*")):
            concepten = Concepten(map, pad.stem, sleutels)
            alle = concepten._read() if pad.suffix == ".json" else {}
            blijft = {
                id: over
                for id, concept in alle.items()
                if not (dossier and id.startswith(of_dossier(dossier))) and (over := _without(concept, gezocht))
            }
            if pad.stem == gebruiker or not alle:
                weg += max(len(alle), 1)
                pad.unlink(missing_ok=True)
            elif blijft != alle:
                weg += sum(blijft.get(id) != concept for id, concept in alle.items())
                concepten._write(blijft)
    return weg


def _remember(map: Path, gezocht: Collection[str], dossier: str) -> None:
    """Remember an erasure, and none that is so long ago that no window from before it is there."""
    nu, nr = time.monotonic(), stand() + 1
    _gewist[:] = [een for een in _gewist if nu - een.moment < _LEVENSDUUR]
    gezegd = frozenset(_said(deel) for tekst in gezocht if (deel := _words(tekst)[:_WOORDEN]))
    _gewist.append(_Weg(nr, map, nu, dossier, gezegd))


def _words(tekst: str) -> list[str]:
    return _woord.findall(tekst.casefold())


def _said(woorden: list[str]) -> bytes:
    return blake2b(" ".join(woorden).encode(), key=_sleutel, digest_size=16).digest()


def _texts(waarde: Any) -> Iterator[str]:
    if isinstance(waarde, str):
        yield waarde
    elif isinstance(waarde, dict | list | tuple):
        for deel in waarde.values() if isinstance(waarde, dict) else waarde:
            yield from _texts(deel)


def _without(concept: Concept, gezocht: list[str]) -> Concept | None:
    """Return what is left of a concept: of a meeting, in which a whole year is, the fields that say nothing of it."""
    if not concept.id.startswith(VERGADERING):
        return None if _holds(concept.waarden, gezocht) else concept
    return replace(concept, waarden={n: w for n, w in concept.waarden.items() if not _holds({"": w}, gezocht)})


def ruim_op(map: Path, voor: datetime, sleutels: Sleutels | None = None) -> int:
    """Throw away what nobody typed in since a moment, of every user; return how much went."""
    weg = 0
    with _slot:
        for pad in sorted((map / "concepten").glob("*.json")):
            concepten = Concepten(map, pad.stem, sleutels)
            alle = concepten._read()
            blijft = {id: concept for id, concept in alle.items() if concept.bewaard_op >= voor}
            if len(blijft) < len(alle):
                weg += len(alle) - len(blijft)
                concepten._write(blijft)
    return weg


def ids(map: Path, sleutels: Sleutels | None = None) -> set[str]:
    """The ids of every concept of every user."""
    with _slot:
        return {id for pad in (map / "concepten").glob("*.json") for id in Concepten(map, pad.stem, sleutels)._read()}


def _holds(waarden: dict[str, Any], gezocht: Collection[str]) -> bool:
    staat = json.dumps(waarden, ensure_ascii=False, default=str).casefold()
    return any(json.dumps(tekst, ensure_ascii=False)[1:-1] in staat for tekst in gezocht)
