"""Handing over in one go what somebody still has to do, who leaves or is away: all of it or nothing.

It is no right and no fact of its own. Each part is done by the handeling that does it alone, by the rules and with the
facts of that one: another behandelaar (step 4), another actienemer (steps 8 and 16). What a rule refuses is told for
every part at once, so that another can be chosen there.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from klachten import organisatie
from klachten.dossier.evaluatie import EvaluatieDossier
from klachten.dossier.klacht import Dossier, Feiten
from klachten.dossier.rechten import rollen_voor
from klachten.handelingen.handeling import HANDELINGEN, Handeling
from klachten.handelingen.weigering import Geweigerd
from klachten.handelingen.zaak import dossier_van
from klachten.organisatie import Gebruiker
from klachten.register import Boeking, Register
from klachten.reglement import Reglement

KLACHT, MAATREGEL, VERBETERACTIE = "klacht", "maatregel", "verbeteractie"
HOE = {
    KLACHT: "stap_04_vervangen_behandelaar",
    MAATREGEL: "stap_08_overdragen_maatregel",
    VERBETERACTIE: "stap_16_wijzigen_verbeteractie",
}
GEEN_OPVOLGER = "Kies wie dit overneemt."


class Deel(NamedTuple):
    """One thing that somebody has to do: a klacht as behandelaar, or a maatregel or verbeteractie with its number."""

    klachtnummer: str
    wat: str
    onderdeel: int | None = None


@dataclass(frozen=True, kw_only=True)
class Opdracht:
    """What is handed over: from whom, on which day, why, and of each part to whom.

    `grond` is one of the reasons for another behandelaar that the reglement lists.
    """

    van: str
    op: date
    grond: str
    reden: str
    aan: Mapping[Deel, str]


@dataclass
class Uitslag:
    """What comes of it: the numbers of the facts, why a part is refused, and what the reglement asks afterwards.

    `vertellen` are the klachten of which the indiener knows the earlier behandelaar (step 4), `informeren` the parts of
    which the new actienemer has to be told (steps 10 and 17): each becomes a task, as when it is done alone.
    """

    nrs: list[int] = field(default_factory=list)
    geweigerd: dict[Deel, str] = field(default_factory=dict)
    vertellen: list[str] = field(default_factory=list)
    informeren: list[Deel] = field(default_factory=list)


class NietAlles(Geweigerd):
    """Some part cannot be handed over like this, so nothing is; `delen` says why of each."""

    def __init__(self, delen: Mapping[Deel, str]) -> None:
        self.delen = dict(delen)
        super().__init__("Er is nog niets overgedragen. " + " ".join(dict.fromkeys(delen.values())))


def may(wat: str, gebruiker: Gebruiker, reglement: Reglement) -> bool:
    """Tell whether the roles of the user allow handing over a kind of part; each is asked again when it is done."""
    return gebruiker.heeft(*rollen_voor(HOE[wat], reglement))


def successors(van: str, op: date, wat: str | None = None) -> list[Gebruiker]:
    """Return who can take over a kind of part, or at least one kind, on a day: with the role, and not who leaves."""
    rollen = {rol for deel in ([wat] if wat else HOE) for rol in _roles(deel)}
    return [wie for wie in organisatie.met_rol(*rollen, op=op) if wie.id != van]


def _roles(wat: str) -> tuple[str, ...]:
    """The roles of who can take over a kind of part, as the form of its handeling asks for them."""
    return next(veld.rollen for veld in HANDELINGEN[HOE[wat]].velden if veld.naam in ("behandelaar", "actienemer"))


def look(register: Register, gebruiker: Gebruiker, opdracht: Opdracht, *, vandaag: date) -> Uitslag:
    """Return what would come of it; it is really done and then let go, so it says what recording will say."""
    with contextlib.suppress(_Proef), register.schrijven() as boeking:
        uitslag = _do(register, boeking, gebruiker, opdracht, vandaag)
        raise _Proef
    return uitslag


def overdragen_werk(register: Register, gebruiker: Gebruiker, opdracht: Opdracht, *, vandaag: date) -> Uitslag:
    """Hand over every part in one group; NietAlles when one is refused, and then nothing is written."""
    if not opdracht.aan:
        raise Geweigerd("Er is niets om over te dragen.", soort="niets_over_te_dragen")
    with register.schrijven() as boeking:
        uitslag = _do(register, boeking, gebruiker, opdracht, vandaag)
        if uitslag.geweigerd:
            raise NietAlles(uitslag.geweigerd)
        return uitslag


class _Proef(Exception):
    """Lets a group go that was made to look at."""


def _do(register: Register, boeking: Boeking, gebruiker: Gebruiker, opdracht: Opdracht, vandaag: date) -> Uitslag:
    uitslag = Uitslag()
    for deel, opvolger in opdracht.aan.items():
        handeling = HANDELINGEN[HOE[deel.wat]]
        try:
            _check_still(dossier_van(boeking, deel.klachtnummer), deel, opdracht.van)
            if not opvolger:
                raise Geweigerd(GEEN_OPVOLGER, soort="kies_eerst")
            gedaan = handeling.within(
                register, boeking, gebruiker, deel.klachtnummer, vandaag=vandaag, reden=opdracht.reden,
                **_input(handeling, opdracht, deel, opvolger),
            )  # fmt: skip
        except Geweigerd as fout:
            uitslag.geweigerd[deel] = str(fout)
        else:
            uitslag.nrs += gedaan.nrs
    for deel in [deel for deel in opdracht.aan if deel not in uitslag.geweigerd]:
        na = dossier_van(boeking, deel.klachtnummer)
        if deel.wat != KLACHT:
            uitslag.informeren.append(deel)
        elif isinstance(na, Dossier) and na.indiener_kent_vorige and not na.onbereikbaar and na.loopt:
            uitslag.vertellen.append(deel.klachtnummer)
    return uitslag


def _input(handeling: Handeling, opdracht: Opdracht, deel: Deel, opvolger: str) -> dict[str, Any]:
    alles = {
        "op": opdracht.op, "behandelaar": opvolger, "grond": opdracht.grond, "actienemer": opvolger,
        "maatregel": deel.onderdeel, "verbeteractie": deel.onderdeel,
    }  # fmt: skip
    return {veld.naam: alles[veld.naam] for veld in handeling.gevraagd if veld.naam in alles}


def _check_still(feiten: Feiten, deel: Deel, van: str) -> None:
    """Refuse what is not of this person any more: somebody else was quicker."""
    if van not in _owners(feiten, deel):
        raise Geweigerd(
            f"Dit is niet meer van {organisatie.naam(van)}: het is intussen gedaan of overgedragen.",
            soort="intussen_veranderd",
        )


def _owners(feiten: Feiten, deel: Deel) -> Iterator[str | None]:
    if isinstance(feiten, Dossier) and deel.wat == KLACHT:
        yield feiten.behandelaar
    elif isinstance(feiten, Dossier):
        yield from (m.actienemer for m in feiten.open_maatregelen if m.nr == deel.onderdeel)
    elif isinstance(feiten, EvaluatieDossier):
        yield from (v.actienemer for v in feiten.verbeteracties.values() if v.open and v.nr == deel.onderdeel)
