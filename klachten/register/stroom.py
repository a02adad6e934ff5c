"""Facts of many klachten, too many to hold together: a portion at a time into the dossiers and the journal."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from klachten.gebeurtenissen import Gebeurtenis, Vastlegging
from klachten.register.dossiermap import Dossiermap, Inleg
from klachten.register.feitrij import seal_fact
from klachten.register.fouten import RegisterFout
from klachten.register.journaal import Kop
from klachten.register.teksten import Tekstrij
from klachten.register.tekstregel import new_text

PORTIE = 2_000
"""Klachten whose texts and lines are in memory at once."""


@dataclass(frozen=True, slots=True)
class Versie:
    """A fact that puts another right or takes it back; `corrigeert` is the number of the first version of that one."""

    feit: Gebeurtenis
    corrigeert: int

    def teksten(self) -> dict[str, str]:
        """The texts of the fact."""
        return self.feit.teksten()


@dataclass(frozen=True, kw_only=True)
class Stroom:
    """One group of facts that is asked for more than once, and gives the same facts each time.

    `klachten` gives a klachtnummer with all its facts, one klacht at a time and each once; `nummers` are those of new
    klachten and `feiten` how many facts there are together. They are written by `door` in the role `rol`.
    `bestaande` are the numbers that were there already, `verbetert` the facts that are put right, with their dossier;
    `soorten` are the kinds of fact that are added, put right or taken back, where these are known.
    """

    klachten: Callable[[], Iterator[tuple[str, Sequence[Gebeurtenis | Versie]]]]
    nummers: Sequence[str]
    feiten: int
    door: str
    rol: str
    bestaande: Sequence[str] = ()
    verbetert: Mapping[int, str] = field(default_factory=dict)
    soorten: Collection[str] | None = None

    def lines(self, dossiers: Dossiermap, kop: Kop, klok: Callable[[], datetime]) -> Iterator[str]:
        """The lines of the journal after `kop`; the texts of a line are in its dossier before it is given.

        All texts are durable before the last line, which confirms the group, is given.
        """
        nr, zegel = kop.nr, kop.zegel
        dossiers.announce(kop.nr + 1, [*self.nummers, *self.bestaande])
        alle = self.klachten()
        while portie := list(itertools.islice(alle, PORTIE)):
            inleg, regels = Inleg(), []
            for klachtnummer, feiten in portie:
                bewaard = []
                for een in feiten:
                    nr += 1
                    feit, corrigeert = (een.feit, een.corrigeert) if isinstance(een, Versie) else (een, None)
                    teksten = [new_text(nr, veld, tekst) for veld, tekst in feit.teksten().items()]
                    vastlegging = Vastlegging(
                        nr=nr,
                        klachtnummer=klachtnummer,
                        vastgelegd_op=klok().astimezone(UTC),
                        door=self.door,
                        rol=self.rol,
                        feit=feit,
                        corrigeert=corrigeert,
                    )
                    deel = nr - kop.nr, self.feiten
                    regel, zegel = seal_fact(vastlegging, deel, {t.veld: t.commitment for t in teksten}, zegel)
                    regels.append(regel)
                    bewaard += teksten
                if bewaard:
                    inleg.teksten[klachtnummer] = bewaard
            dossiers.write(inleg, wait=True)
            if nr >= kop.nr + self.feiten:
                dossiers.sync()
            yield from regels
        self._check_same(nr - kop.nr)

    def text_rows(self, kop: Kop) -> Iterator[list[Tekstrij]]:
        """The rows of table tekst for the facts after `kop`, in portions."""
        nr, alle = kop.nr, self.klachten()
        while portie := list(itertools.islice(alle, PORTIE)):
            rijen = []
            for klachtnummer, feiten in portie:
                for feit in feiten:
                    nr += 1
                    rijen += [(nr, klachtnummer, veld, tekst) for veld, tekst in feit.teksten().items()]
            yield rijen
        self._check_same(nr - kop.nr)

    def _check_same(self, gegeven: int) -> None:
        if gegeven != self.feiten:
            raise RegisterFout(f"Er is niets vastgelegd: er kwamen {gegeven} feiten in plaats van {self.feiten}.")
