"""A register that collects: the handelingen run on it as they are, and their facts are recorded a batch at a time.

A handeling asks the register for little: a boeking to write in, the facts of a dossier, the terms of a klacht. Here the
dossiers that are still running are kept in memory, so that a batch needs one fsync and one transaction.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from klachten.dossier.klacht import Dossier
from klachten.gebeurtenissen import Gebeurtenis, KlachtVervallen, Vastlegging
from klachten.register import Boeking, Register

_TIK = timedelta(seconds=1)


class Klok:
    """The simulated clock of the example: it only goes forward."""

    def __init__(self) -> None:
        self.nu = datetime(1990, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        """The moment it is in the example."""
        return self.nu

    def forward(self, moment: datetime) -> None:
        """Go to a moment; when it has passed already, one second further."""
        self.nu = max(moment, self.nu + _TIK)


class Verzamelaar:
    """Stands in for the register while the example is made."""

    def __init__(self, register: Register, klok: Klok) -> None:
        self.reglementen, self.organisatie = register.reglementen, register.organisatie
        self._register = register
        self._klok = klok
        self._stapel = contextlib.ExitStack()
        self._einde = contextlib.ExitStack()
        self._boeking: Boeking | None = None
        self.dossiers: dict[str, list[Vastlegging]] = {}
        self.dubbel: dict[str, list[str]] = {}
        self.opgenomen = 0

    # --- batches ---------------------------------------------------------------------------------------------------

    def __enter__(self) -> Verzamelaar:
        self._einde.enter_context(self._register.derived_at_end())
        return self

    def __exit__(self, *fout: Any) -> None:
        # What raised inside goes on to the batch, which is then not recorded.
        with self._einde:
            self._stapel.__exit__(*fout)

    @property
    def boeking(self) -> Boeking:
        """The batch that is being collected."""
        if self._boeking is None:
            self._boeking = self._stapel.enter_context(self._register.schrijven())
        return self._boeking

    @property
    def wachtend(self) -> int:
        """How many facts wait to be recorded."""
        return len(self._boeking.feiten) if self._boeking is not None else 0

    def flush(self) -> None:
        """Record the batch: texts, journal, database."""
        self.opgenomen += self.wachtend
        self._boeking = None
        self._stapel.close()

    def forget(self, nummer: str) -> None:
        """Let the facts of a dossier go in which nothing more will happen."""
        self.dossiers.pop(nummer, None)

    # --- what a handeling asks -------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def schrijven(self) -> Iterator[Verzamelaar]:
        """Give what takes the place of a boeking; a refusal in it ends the whole batch."""
        yield self

    def vastleggingen(self, nummer: str) -> Sequence[Vastlegging]:
        """Every fact of a dossier so far."""
        if nummer in self.dossiers:
            return self.dossiers[nummer]
        return self.boeking.vastleggingen(nummer)

    def intake(self, intake_id: str) -> str | None:
        """No form is sent twice in the example."""
        return None

    def nieuw_nummer(self, reeks: str, jaar: int) -> str:
        """The next number of a reeks."""
        nummer = self.boeking.nieuw_nummer(reeks, jaar)
        self.dossiers[nummer] = []
        return nummer

    def leg_vast(
        self,
        nummer: str,
        feit: Gebeurtenis,
        *,
        door: str,
        rol: str,
        corrigeert: int | None = None,
        document: bytes | None = None,
    ) -> int:
        """Add a fact to the batch, at the moment it is in the example."""
        boeking = self.boeking
        nr = boeking.leg_vast(
            nummer, feit, door=door, rol=rol, corrigeert=corrigeert, vastgelegd_op=self._klok(), document=document
        )
        self._note_double(nummer, feit)
        if nummer in self.dossiers:
            self.dossiers[nummer].append(boeking.feiten[-1])
        return nr

    def _note_double(self, nummer: str, feit: Gebeurtenis) -> None:
        if isinstance(feit, KlachtVervallen) and feit.dubbel_van:
            self.dubbel.setdefault(feit.dubbel_van, []).append(nummer)

    @property
    def enkel(self) -> Verzamelaar:
        """Who answers questions about one klacht apart: nobody, `cursor` has them from memory as it is."""
        return self

    def ask(self, *_: object) -> None:
        """Have it asked by a cursor."""

    def cursor(self) -> Termijnvraag:
        """Answer what a handeling asks in SQL."""
        return Termijnvraag(self, self._register)

    def as_if(self, nummer: str, geldig: Sequence[Vastlegging]) -> Termijnvraag:
        """The same with other facts in a dossier."""
        return Termijnvraag(self, self._register, {nummer: geldig})


class Termijnvraag:
    """A cursor that answers from memory what is asked of one klacht, its terms and its doubles, and passes on the rest.

    The database does not know the klachten of the batch yet. A test compares the facts with those that the register
    itself would have got.
    """

    def __init__(
        self, verzamelaar: Verzamelaar, register: Register, anders: Mapping[str, Sequence[Vastlegging]] | None = None
    ) -> None:
        self._verzamelaar = verzamelaar
        self._register = register
        self._rijen: Sequence[tuple[Any, ...]] = []
        self._anders = anders or {}

    def __enter__(self) -> Termijnvraag:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def execute(self, sql: str, parameters: Any = ()) -> Termijnvraag:
        """Answer a question."""
        if "FROM termijnen(" in sql:
            self._rijen = self._terms(parameters["klachtnummer"])
        elif "soort = 'KlachtVervallen'" in sql:
            # A register of 100,000 would be read from end to end for each one that lapses.
            self._rijen = [(nummer,) for nummer in sorted(set(self._verzamelaar.dubbel.get(parameters[0], ())))]
        else:
            with self._register.cursor() as cursor:
                self._rijen = cursor.execute(sql, parameters).fetchall()
        return self

    def fetchall(self) -> Sequence[tuple[Any, ...]]:
        """Return the answer."""
        return self._rijen

    def _terms(self, nummer: str) -> list[tuple[str, str, date, None]]:
        ontvangst = Dossier(nummer, self._anders.get(nummer) or self._verzamelaar.vastleggingen(nummer)).ontvangst
        reglement = self._verzamelaar.reglementen[ontvangst.reglement]
        return [
            (t.id, t.naam, ontvangst.gebeurd_op + timedelta(weeks=t.waarde), None)
            for t in reglement.termijnen_van(ontvangst.reglement_versie)
            if (t.vanaf, t.eenheid) == ("ontvangen", "weken") and t.waarde is not None
        ]
