"""Facts of many klachten, too many to hold together: a portion at a time into the dossiers and the journal."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from klachten.gebeurtenissen import Gebeurtenis
from klachten.register.dossiermap import Dossiermap
from klachten.register.feitrij import Feitblok, Opgeschreven, in_utc, same_in_group, seal_line, write_out
from klachten.register.fouten import RegisterFout
from klachten.register.journaal import Kop, quote
from klachten.register.teksten import Tekstrij
from klachten.register.tekstregel import Tekst, fresh_salts, promised

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


Feit = Gebeurtenis | Versie | Opgeschreven


def taken_apart(een: Feit) -> tuple[Opgeschreven, int | None]:
    """A fact as it will be written, and the number of the one that it puts right."""
    if isinstance(een, Opgeschreven):
        return een, None
    return (write_out(een.feit), een.corrigeert) if isinstance(een, Versie) else (write_out(een), None)


@dataclass(frozen=True, kw_only=True)
class Stroom:
    """One group of facts that are made as they are asked for, once.

    `klachten` gives a klachtnummer with all its facts, one klacht at a time and each once; `nummers` are those of new
    klachten and `feiten` how many facts there are together. They are written by `door` in the role `rol`.
    `bestaande` are the numbers that were there already, `verbetert` the facts that are put right, with their dossier;
    `soorten` are the kinds of fact that are added, put right or taken back, where these are known.
    """

    klachten: Callable[[], Iterator[tuple[str, Sequence[Feit]]]]
    nummers: Sequence[str]
    feiten: int
    door: str
    rol: str
    bestaande: Sequence[str] = ()
    verbetert: Mapping[int, str] = field(default_factory=dict)
    soorten: Collection[str] | None = None

    def lines(
        self,
        dossiers: Dossiermap,
        kop: Kop,
        klok: Callable[[], datetime],
        neem: Callable[[Feitblok, Sequence[Tekstrij]], None],
    ) -> Iterator[str]:
        """The lines of the journal after `kop`; the texts of a line are in its dossier before it is given.

        All texts are durable before the last line, which confirms the group, is given. `neem` gets the same facts with
        the rows of their texts, a portion at a time, before the lines of that portion are given.
        """
        nr, zegel, zouten = kop.nr, kop.zegel, fresh_salts()
        dossiers.announce(kop.nr + 1, [*self.nummers, *self.bestaande])
        alle, groep = self.klachten(), same_in_group(self.feiten, self.door, self.rol)
        while portie := list(itertools.islice(alle, PORTIE)):
            nu = in_utc(klok().astimezone(UTC))
            alle_teksten, tekstrijen = dict[str, list[Tekst]](), list[Tekstrij]()
            blok = Feitblok(nr + 1, nr + 1 - kop.nr, self.feiten, zegel, self.door, self.rol, nu)
            for klachtnummer, feiten in portie:
                bewaard: list[Tekst] = []
                nummer = quote(klachtnummer)
                for een in feiten:
                    nr += 1
                    feit, corrigeert = taken_apart(een)
                    soort, stap, op, gegevens, teksten = feit
                    beloofd = "{}"
                    if teksten:
                        eigen = [Tekst(nr, veld, next(zouten), tekst) for veld, tekst in teksten.items()]
                        bewaard += eigen
                        tekstrijen += [(nr, klachtnummer, veld, tekst) for veld, tekst in teksten.items()]
                        beloofd = promised(eigen)
                    regel, zegel = seal_line(feit, nr, nummer, corrigeert, nr - kop.nr, groep, beloofd, nu, zegel)
                    blok.regels.append(regel)
                    blok.rijen.append((klachtnummer, stap, soort, op, corrigeert, gegevens, beloofd, zegel))
                if bewaard:
                    alle_teksten[klachtnummer] = bewaard
            dossiers.write_together(alle_teksten)
            if nr >= kop.nr + self.feiten:
                dossiers.sync()
            neem(blok, tekstrijen)
            yield from blok.regels
        self._check_same(nr - kop.nr)

    def _check_same(self, gegeven: int) -> None:
        if gegeven != self.feiten:
            raise RegisterFout(f"Er is niets vastgelegd: er kwamen {gegeven} feiten in plaats van {self.feiten}.")
