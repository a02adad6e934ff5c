"""What the body of a handeling works with: the dossier, who acts in which role on which day, and what it adds."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from klachten import gebeurtenissen as g
from klachten.dossier.evaluatie import EvaluatieDossier
from klachten.dossier.klacht import Dossier, Feiten, Maatregel
from klachten.dossier.lezen import mag_lezen, niet_gevonden
from klachten.dossier.teruggedraaid import Teruggedraaid
from klachten.gebeurtenissen import Gebeurtenis, Vastlegging
from klachten.handelingen.doorwerking import Gevolg
from klachten.handelingen.termijn import LopendeTermijn, Termijnen, ended_by, missable, termijnen_van
from klachten.handelingen.weigering import Geweigerd, OngeldigeInvoer, Waarschuwing
from klachten.organisatie import Gebruiker
from klachten.register import Boeking, Register
from klachten.reglement import Reglement
from klachten.taal import datum


class Elders(NamedTuple):
    """A fact for a dossier, in the same group; `corrigeert` is the fact there that it replaces."""

    klachtnummer: str
    feit: Gebeurtenis
    corrigeert: int | None = None


@dataclass
class Zaak:
    """What the body of a handeling works with: the dossier, who acts in which role, and today."""

    register: Register
    boeking: Boeking
    dossier: Any
    klachtnummer: str
    gebruiker: Gebruiker
    rol: str
    vandaag: date
    reglement: Reglement
    reden: str = ""
    waarschuwingen: list[Waarschuwing] = field(default_factory=list)
    ook: list[Elders] = field(default_factory=list)
    corrigeert: int | None = None
    document: bytes | None = None
    # Documents of another dossier that come along, as facts of that one.
    stukken: list[tuple[Vastlegging, bytes]] = field(default_factory=list)
    # What a correction takes along: the deviations that the fact had already, and why.
    afwijkend: tuple[str, ...] = ()
    waarom_afwijkend: str = ""
    gevolgen: list[Gevolg] = field(default_factory=list)
    # The terms as they would be, instead of as they are.
    lopend: Termijnen | None = None

    def waarschuw(self, code: str, zin: str) -> None:
        """Note a deviation that needs a reason."""
        self.waarschuwingen.append(Waarschuwing(code, zin))

    def check_na(self, op: date, zin: str, *soorten: type[Gebeurtenis]) -> None:
        """Refuse a day before the last fact of these kinds; `zin` says so, with {pas} for the day of that fact."""
        vorige = self.dossier.laatste(*soorten)
        if vorige and op < vorige.gebeurd_op:
            raise OngeldigeInvoer({"op": zin.format(pas=datum(vorige.gebeurd_op))})

    def open_maatregel(self, nr: int) -> Maatregel:
        """Return a maatregel that still has to be carried out; OngeldigeInvoer when there is none with this number."""
        maatregel = self.dossier.maatregelen.get(nr)
        if maatregel is None or not maatregel.open:
            waarom = "bestaat niet" if maatregel is None else "is al uitgevoerd of vervallen"
            raise OngeldigeInvoer({"maatregel": f"Maatregel {nr} van klacht {self.klachtnummer} {waarom}."})
        return maatregel

    def andere_klacht(self, klachtnummer: str) -> Dossier:
        """Return another klacht that the user names; Geweigerd when it is not there or not for the user."""
        ander = dossier_van(self.boeking, klachtnummer)
        if not isinstance(ander, Dossier) or mag_lezen(ander, self.gebruiker):
            raise Geweigerd(niet_gevonden(klachtnummer))
        return ander

    def termijnen(self, stap: int) -> list[LopendeTermijn]:
        """Return the terms that a step ends; one that does not apply cannot be missed."""
        eindigt = ended_by(self.reglement, self.dossier, stap)
        if not eindigt:
            return []
        lopend = self.lopend() if self.lopend else termijnen_van(self.register, self.klachtnummer, self.vandaag)
        return missable(lopend, eindigt)

    def ook_in(self, klachtnummer: str, feit: Gebeurtenis, corrigeert: int | None = None) -> None:
        """Record a fact in another dossier, in the same group, by the rules that hold there."""
        self.ook.append(Elders(klachtnummer, feit, corrigeert))


def dossier_van(boeking: Boeking | Register, klachtnummer: str) -> Feiten:
    """Return what the facts of a number add up to; Geweigerd when nothing is recorded under it."""
    return _added_up(klachtnummer, boeking.vastleggingen(klachtnummer))


def _added_up(nummer: str, vastleggingen: Sequence[Vastlegging]) -> Feiten:
    soort = {"K": Dossier, "E": EvaluatieDossier}.get(nummer[:1], Feiten)
    feiten = soort(nummer, vastleggingen)
    if not feiten.bestaat:
        raise Geweigerd(niet_gevonden(nummer))
    return feiten


def bewaard_van(boeking: Boeking | Register, nummer: str) -> Feiten:
    """Return what is kept under a number, as dossier_van, and of a klacht of an import that was undone too."""
    return _kept(nummer, boeking.vastleggingen(nummer))


def alle_bewaard(register: Register, nummers: Collection[str]) -> dict[str, Feiten]:
    """Return the same of several numbers, by number, read in one go."""
    return {nummer: _kept(nummer, gelezen) for nummer, gelezen in register.vastleggingen_van(nummers).items()}


def _kept(nummer: str, vastleggingen: Sequence[Vastlegging]) -> Feiten:
    if nummer.startswith("K") and vastleggingen and not Dossier(nummer, vastleggingen).bestaat:
        return Teruggedraaid(nummer, vastleggingen)
    return _added_up(nummer, vastleggingen)


def klachten_of(zaak: Zaak) -> Iterator[Dossier]:
    """The klachten that a signaal became; none of what is no signaal."""
    for feit in zaak.dossier.van(g.SignaalOpSchriftGesteld):
        klacht = dossier_van(zaak.boeking, feit.klachtnummer)
        if isinstance(klacht, Dossier):
            yield klacht


def check_uninvolved(zaak: Zaak) -> None:
    """Refuse whoever is involved in the klacht that a signaal became: the signaal is part of its story."""
    if not zaak.klachtnummer.startswith("S") or zaak.dossier is None:
        return
    for klacht in klachten_of(zaak):
        if zaak.gebruiker.id in klacht.betrokkenen:
            raise Geweigerd(
                f"Dit kan niet door u: u bent betrokken bij klacht {klacht.klachtnummer}, die uit dit signaal is "
                "voortgekomen. Iemand anders doet dit.",
                soort="betrokken",
            )
