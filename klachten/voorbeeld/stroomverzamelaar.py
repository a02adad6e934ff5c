"""The collecting register of a large example: its batches are recorded as an import is, as a stream of facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from klachten.gebeurtenissen import Gebeurtenis, Vastlegging
from klachten.register import Eigen, Register, Stroom, Wie
from klachten.register.feitrij import in_utc, write_out
from klachten.register.nummers import make_number
from klachten.voorbeeld.feitvorm import Feitvorm
from klachten.voorbeeld.verzamelaar import Klok, Verzamelaar

PORTIE = 20_000
"""Steps whose texts and lines are in memory at once while a batch is recorded."""
GEHEUGEN_MB = 1_000
"""What the database may hold in memory meanwhile; with one thread, of which a second would take as long again."""


class Ingevuld(NamedTuple):
    """A step that was filled in: its facts with blanks, the number of the first one, and what goes into them.

    Written out when its batch is recorded, and made into facts for who asks the dossier for them: seldom both.
    """

    feiten: Sequence[Feitvorm]
    nr: int
    waarden: Sequence[Any]
    toen: datetime
    door: str
    rol: str

    def written(self) -> list[Eigen]:
        """The facts as they will be written."""
        waarden, wie = self.waarden, Wie(self.door, self.rol, in_utc(self.toen))
        return [Eigen(feit.written(waarden), wie) for feit in self.feiten]

    def recorded(self, nummer: str) -> Iterator[Vastlegging]:
        """The facts themselves, of a dossier."""
        for nr, feit in enumerate(self.feiten, self.nr):
            yield feit.recorded(nr, nummer, self.waarden, self.toen, self.door, self.rol)


class Stroomverzamelaar(Verzamelaar):
    """A Verzamelaar that takes steps that are filled in; what a dossier adds up to is then made when it is asked."""

    def __init__(self, register: Register, klok: Klok) -> None:
        super().__init__(register, klok)
        self._stappen: list[tuple[str, Ingevuld | Eigen]] = []
        self._erbij = 0
        self._volgende = 0
        self._facts: dict[str, list[Vastlegging]] = {}
        self._later: dict[str, list[Ingevuld]] = {}
        self._tellers: dict[tuple[str, int], int] = {}
        self._nieuw: list[str] = []
        self._klaar: set[str] = set()
        self._verbetert: dict[int, str] = {}
        self._documenten: dict[tuple[str, str], bytes] = {}
        self.standen: dict[str, Any] = {}
        self.stand_na: Callable[[Any, Gebeurtenis], Any] = lambda _stand, _feit: None
        """How a dossier that stood so stands after a fact was added to it; None: ask the dossier."""

    def __enter__(self) -> Stroomverzamelaar:
        self._einde.enter_context(self._register.derived_at_end(GEHEUGEN_MB))
        return self

    @property
    def wachtend(self) -> int:
        """How many facts wait to be recorded."""
        return self._erbij

    def flush(self) -> None:
        """Record the batch: texts and lines a portion at a time, and the database meanwhile."""
        if not self._erbij:
            return
        nieuw, stappen = set(self._nieuw), self._stappen
        stroom = Stroom(
            klachten=lambda: ((nummer, (een,) if isinstance(een, Eigen) else een.written()) for nummer, een in stappen),
            nummers=self._nieuw,
            bestaande=sorted({nummer for nummer, _ in stappen} - nieuw),
            verbetert=self._verbetert,
            documenten=self._documenten,
            feiten=self._erbij,
            door="",
            rol="",
            portie=PORTIE,
        )
        with self._register.schrijven() as boeking:
            boeking.stream(stroom)
        self.opgenomen += self._erbij
        self._stappen, self._erbij, self._nieuw, self._verbetert, self._documenten = [], 0, [], {}, {}
        for nummer in self._klaar:
            self._facts.pop(nummer, None)
            self._later.pop(nummer, None)
            self.standen.pop(nummer, None)
        self._klaar.clear()

    def forget(self, nummer: str) -> None:
        """Let the facts of a dossier go, once they are recorded, in which nothing more will happen."""
        self._klaar.add(nummer)

    def vastleggingen(self, nummer: str) -> Sequence[Vastlegging]:
        """Every fact of a dossier so far."""
        feiten = self._facts.get(nummer)
        if feiten is None:
            feiten = self._facts[nummer] = list(self._register.vastleggingen(nummer))
            self._klaar.add(nummer)
        for stap in self._later.pop(nummer, ()):
            feiten.extend(stap.recorded(nummer))
        return feiten

    def nieuw_nummer(self, reeks: str, jaar: int) -> str:
        """The next number of a reeks."""
        laatste = self._tellers[reeks, jaar] = self._tellers.get((reeks, jaar), 0) + 1
        nummer = make_number(reeks, jaar, laatste)
        self._nieuw.append(nummer)
        self._facts[nummer] = []
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
        toen = self._klok()
        self.vastleggingen(nummer)
        if corrigeert is not None:
            self._verbetert[corrigeert] = nummer
        if document is not None:
            self._documenten[nummer, getattr(feit, "document", "")] = document
        nr = self._next(1)
        self._stappen.append((nummer, Eigen(write_out(feit), Wie(door, rol, in_utc(toen)), corrigeert)))
        self._facts[nummer].append(
            Vastlegging(
                nr=nr, klachtnummer=nummer, vastgelegd_op=toen, door=door, rol=rol, feit=feit, corrigeert=corrigeert
            )
        )
        stand = self.standen.pop(nummer, None)
        if stand is not None and corrigeert is None and (nu := self.stand_na(stand, feit)) is not None:
            self.standen[nummer] = nu
        self._note_double(nummer, feit)
        return nr

    def take(self, nummer: str, feiten: Sequence[Feitvorm], waarden: Sequence[Any], door: str, rol: str) -> int:
        """Add the facts of a step that is filled in, at the moment it is; return the number of the first one."""
        nr = self._next(len(feiten))
        stap = Ingevuld(feiten, nr, waarden, self._klok.nu, door, rol)
        self._stappen.append((nummer, stap))
        later = self._later.get(nummer)
        if later is None:
            self._later[nummer] = [stap]
        else:
            later.append(stap)
        return nr

    def _next(self, hoeveel: int) -> int:
        """Give out the numbers of so many facts; return the first one."""
        if not self._erbij:
            self._volgende = self._register.stand().aantal + 1
        nr = self._volgende
        self._erbij += hoeveel
        self._volgende += hoeveel
        return nr
