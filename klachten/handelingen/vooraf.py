"""What a handeling would record, before anything is: the same rules and the same refusals, and nothing is written."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from klachten.gebeurtenissen import Vastlegging
from klachten.handelingen.handeling import Handeling
from klachten.organisatie import Gebruiker
from klachten.register import Boeking, Register


class _Genoeg(Exception):
    """The facts are known."""


@dataclass(frozen=True)
class Zou:
    """The facts that a handeling would record, and the document that it would keep, if any."""

    feiten: tuple[Vastlegging, ...]
    document: bytes | None


class _Klad:
    """The register, but that a group of facts is dropped at its end."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self.zou = Zou((), None)

    def __getattr__(self, naam: str) -> Any:
        return getattr(self._register, naam)

    @contextlib.contextmanager
    def schrijven(self) -> Iterator[Boeking]:
        """Hold the writer lock for a group, and leave it with an exception: nothing of it is recorded."""
        with self._register.schrijven() as boeking:
            yield boeking
            self.zou = Zou(tuple(boeking.feiten), next(iter(boeking.inleg.documenten.values()), None))
            raise _Genoeg


def would_record(
    handeling: Handeling,
    register: Register,
    gebruiker: Gebruiker,
    klachtnummer: str = "",
    *,
    vandaag: date,
    reden: str = "",
    **invoer: Any,
) -> Zou:
    """Return what a handeling would record now; it raises what the handeling would raise."""
    klad: Any = _Klad(register)
    with contextlib.suppress(_Genoeg):
        handeling(klad, gebruiker, klachtnummer, vandaag=vandaag, reden=reden, **invoer)
    uitkomst: Zou = klad.zou
    return uitkomst
