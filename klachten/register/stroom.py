"""Facts of many klachten, too many to hold together: a portion at a time into the dossiers and the journal."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

from klachten.gebeurtenissen import Gebeurtenis
from klachten.register.dossiermap import Dossiermap
from klachten.register.feitrij import Feitblok, Opgeschreven, in_utc, same_in_group, seal_line, write_out
from klachten.register.fouten import RegisterFout
from klachten.register.inleg import Inleg
from klachten.register.journaal import Kop, quote
from klachten.register.teksten import Tekstrij
from klachten.register.tekstregel import Tekst, fresh_salts, promised

PORTIE = 2_000
"""Klachten whose texts and lines are in memory at once."""
GEEN_EERSTE = "Er is niets vastgelegd: een feit dat verbeterd zou worden, is geen eerste versie."


class Wie(NamedTuple):
    """Who writes a fact down, in which role, and when in UTC, as a line has it."""

    door: str
    rol: str
    op: str


@dataclass(frozen=True, slots=True)
class Versie:
    """A fact that puts another right or takes it back; `corrigeert` is the number of the first version of that one."""

    feit: Gebeurtenis
    corrigeert: int

    def teksten(self) -> dict[str, str]:
        """The texts of the fact."""
        return self.feit.teksten()


class Eigen(NamedTuple):
    """A fact, written out, that somebody else than the rest of its group wrote down, or at another moment."""

    feit: Opgeschreven
    wie: Wie
    corrigeert: int | None = None


Feit = Gebeurtenis | Versie | Opgeschreven | Eigen


def taken_apart(een: Feit) -> tuple[Opgeschreven, Wie | None, int | None]:
    """A fact as it will be written, who wrote it where it says so, and the number of the one that it puts right."""
    if isinstance(een, Opgeschreven):
        return een, None, None
    if isinstance(een, Eigen):
        return een
    return (write_out(een.feit), None, een.corrigeert) if isinstance(een, Versie) else (write_out(een), None, None)


@dataclass(frozen=True, kw_only=True)
class Stroom:
    """One group of facts that are made as they are asked for, once.

    `klachten` gives a klachtnummer with facts of it, in the order in which they are recorded; `nummers` are those of
    new klachten and `feiten` how many facts there are together. They are written by `door` in the role `rol`, unless
    they say so themselves. `bestaande` are the numbers that were there already, `verbetert` the facts that are put
    right, with their dossier: of before this group, or earlier in it. `soorten` are the kinds of fact that are added,
    put right or taken back, where these are known; `documenten` what facts bring along, by dossier and SHA-256.
    `portie` is how many of what `klachten` gives is in memory at once; 0 is PORTIE.
    """

    klachten: Callable[[], Iterator[tuple[str, Sequence[Feit]]]]
    nummers: Sequence[str]
    feiten: int
    door: str
    rol: str
    bestaande: Sequence[str] = ()
    verbetert: Mapping[int, str] = field(default_factory=dict)
    soorten: Collection[str] | None = None
    documenten: Mapping[tuple[str, str], bytes] = field(default_factory=dict)
    portie: int = 0

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
        dossiers.announce(kop.nr + 1, [*self.nummers, *self.bestaande], dossiers.missing(self.documenten))
        dossiers.write(Inleg(documenten=dict(self.documenten)), wait=True)
        alle, groepen = self.klachten(), dict[tuple[str, str], tuple[str, str]]()
        eerste = {een: "" for een in self.verbetert if een > kop.nr}
        while portie := list(itertools.islice(alle, self.portie or PORTIE)):
            zelf = Wie(self.door, self.rol, in_utc(klok().astimezone(UTC)))
            alle_teksten, tekstrijen = dict[str, list[Tekst]](), list[Tekstrij]()
            blok = Feitblok(nr + 1, nr + 1 - kop.nr, self.feiten, zegel)
            vorige = None
            erbij, rij_erbij = blok.regels.append, blok.rijen.append
            for klachtnummer, feiten in portie:
                nummer = quote(klachtnummer)
                for een in feiten:
                    nr += 1
                    feit, wie, corrigeert = een if type(een) is Eigen else taken_apart(een)
                    if wie is None:
                        wie = zelf
                    if wie is not vorige:
                        vorige, (door, rol, toen) = wie, wie
                        groep = groepen.get((door, rol))
                        if groep is None:
                            groep = groepen[door, rol] = same_in_group(self.feiten, door, rol)
                    soort, stap, op, gegevens, teksten = feit
                    beloofd = "{}"
                    if teksten:
                        eigen = [Tekst(nr, veld, next(zouten), tekst) for veld, tekst in teksten.items()]
                        alle_teksten.setdefault(klachtnummer, []).extend(eigen)
                        tekstrijen += [(nr, klachtnummer, veld, tekst) for veld, tekst in teksten.items()]
                        beloofd = promised(eigen)
                    regel, zegel = seal_line(feit, nr, nummer, corrigeert, nr - kop.nr, groep, beloofd, toen, zegel)
                    erbij(regel)
                    rij_erbij((klachtnummer, stap, soort, op, corrigeert, gegevens, beloofd, zegel, door, rol, toen))
                    if eerste and (corrigeert is not None or nr in eerste):
                        _check_earlier(eerste, nr, klachtnummer, corrigeert)
            dossiers.write_together(alle_teksten)
            if nr >= kop.nr + self.feiten:
                dossiers.sync()
            neem(blok, tekstrijen)
            yield from blok.regels
        self._check_same(nr - kop.nr)

    def _check_same(self, gegeven: int) -> None:
        if gegeven != self.feiten:
            raise RegisterFout(f"Er is niets vastgelegd: er kwamen {gegeven} feiten in plaats van {self.feiten}.")


def _check_earlier(eerste: dict[int, str], nr: int, klachtnummer: str, corrigeert: int | None) -> None:
    """Hold a fact that puts one of its own group right against that one; `eerste` are these by number, once seen."""
    if corrigeert in eerste and eerste[corrigeert] != klachtnummer:
        raise RegisterFout(GEEN_EERSTE)
    if nr in eerste and corrigeert is None:
        eerste[nr] = klachtnummer
