"""A reglement as data: its steps, terms and choice lists, read from a TOML file and checked on loading.

A `volledig` reglement names all 18 steps; an `overname` is the small one under which an imported log runs: only the
steps it names, and at least one term. Nothing about a term has a default. `geldig_tot` is the last day on which
something holds, so the next version starts the day after.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from pathlib import Path

from klachten.periode import Boekjaren
from klachten.reglement import bewaren
from klachten.reglement.delen import (
    Keuze,
    OngeldigReglement,
    Stap,
    Termijn,
    read_keuzes,
    read_stapnrs,
    read_stappen,
    read_termijnen,
)
from klachten.reglement.tabel import Tabel, line_numbers, parse_toml

MAP = Path(__file__).parent
SOORTEN = ("volledig", "overname")
STANDAARD = "coulant"
"""The reglement of new klachten in a register where none was chosen."""
EEN_DAG = timedelta(days=1)


class BuitenGeldigheid(ValueError):
    """A day on which the reglement was not yet in force."""


@dataclass(frozen=True, kw_only=True)
class Reglement:
    """The rules of one organisation, with every version of its terms.

    `bevinding_per_aspect`: the organisation itself finds per aspect whether a klacht is gegrond. `uitgaven` are the
    files it was put together from (versies.py), the oldest first: each holds from its `vanaf` on, for steps, roles and
    how days are counted; terms and choices say by themselves from when they hold. `onleesbaar` are the first days of
    versions whose file is gone. `tekst` is the file itself, with its comments.
    """

    id: str
    naam: str
    organisatie: str
    soort: str
    verschuift_bij_vrije_dag: bool
    stappen: tuple[Stap, ...]
    termijnen: tuple[Termijn, ...]
    streeftermijnen: tuple[Termijn, ...] = ()
    bevinding_per_aspect: bool = False
    bewaartermijnen: tuple[bewaren.Bewaartermijn, ...] = bewaren.STANDAARD
    categorieen: tuple[Keuze, ...] = ()
    kanalen: tuple[Keuze, ...] = ()
    indiener_soorten: tuple[Keuze, ...] = ()
    vestigingen: tuple[Keuze, ...] = ()
    gronden_niet_in_behandeling: tuple[Keuze, ...] = ()
    gronden_vervanging: tuple[Keuze, ...] = ()
    gronden_vervallen: tuple[Keuze, ...] = ()
    gronden_heropening: tuple[Keuze, ...] = ()
    oordelen: tuple[Keuze, ...] = ()
    uitkomsten: tuple[Keuze, ...] = ()
    wijzen: tuple[Keuze, ...] = ()
    veranderingen: tuple[Keuze, ...] = ()
    oorzaken: tuple[Keuze, ...] = ()
    kenmerken: tuple[Keuze, ...] = ()
    boekjaren: Boekjaren = field(default_factory=Boekjaren)
    opdrachtgevers: tuple[Keuze, ...] = ()
    trajectsoorten: tuple[Keuze, ...] = ()
    ernst: tuple[Keuze, ...] = ()
    instanties: tuple[Keuze, ...] = ()
    tevredenheden: tuple[Keuze, ...] = ()
    redenen_vertraging: tuple[Keuze, ...] = ()
    bestand: str = ""
    vanaf: date = date.min
    uitgaven: tuple[Reglement, ...] = ()
    onleesbaar: tuple[date, ...] = ()
    tekst: str = field(default="", repr=False, compare=False)

    def op(self, dag: date) -> Reglement:
        """Return the reglement as a klacht received on a day has it; a version is the first of its days."""
        geldig = [uitgave for uitgave in self.uitgaven if uitgave.vanaf <= dag] or list(self.uitgaven[:1])
        if not geldig:
            return self
        if (zo := self._op.get(geldig[-1].vanaf)) is None:
            zo = replace(self, **{naam: getattr(geldig[-1], naam) for naam in PER_UITGAVE})
            self._op[geldig[-1].vanaf] = zo
        return zo

    @functools.cached_property
    def _op(self) -> dict[date, Reglement]:
        """What `op` gave, by the first day of the version: every step asks it, and it never changes."""
        return {}

    @functools.cached_property
    def rollen(self) -> dict[int, tuple[str, ...]]:
        """The roles that may do each step that is named."""
        return {stap.nr: stap.rollen for stap in self.stappen}

    @functools.cached_property
    def _per_id(self) -> dict[str, dict[str, Keuze]]:
        return {lijst: {keuze.id: keuze for keuze in getattr(self, lijst)} for lijst in KEUZELIJSTEN}

    def per_id(self, lijst: str) -> dict[str, Keuze]:
        """Return a choice list by id; an id stands in it once."""
        return self._per_id[lijst]

    def stap(self, nr: int) -> Stap:
        """Return a step by its number; KeyError when this reglement does not name it."""
        for stap in self.stappen:
            if stap.nr == nr:
                return stap
        raise KeyError(f"Reglement {self.id} kent geen stap {nr}.")

    def versies(self) -> tuple[date, ...]:
        """Return every day on which a term starts or stopped holding, in order."""
        grenzen = {t.geldig_vanaf for t in self.termijnen}
        grenzen |= {t.geldig_tot + EEN_DAG for t in self.termijnen if t.geldig_tot is not None}
        return tuple(sorted(grenzen))

    def versie_op(self, dag: date) -> date:
        """Return the version in force on a day: what a klacht received that day keeps; BuitenGeldigheid before it."""
        eerdere = [versie for versie in self.versies() if versie <= dag]
        if not eerdere:
            raise BuitenGeldigheid(
                f"{self.naam} geldt pas vanaf {self.versies()[0]:%d-%m-%Y}: voor {dag:%d-%m-%Y} is er geen versie."
            )
        if eerdere[-1] in self.onleesbaar:
            raise BuitenGeldigheid(
                f"De versie van reglement {self.id} vanaf {eerdere[-1]:%d-%m-%Y} kan niet worden gelezen. Zet de map "
                "dossiers terug uit een reservekopie."
            )
        return eerdere[-1]

    def termijnen_van(self, versie: date) -> tuple[Termijn, ...]:
        """Return the terms as they stand in a version."""
        return tuple(termijn for termijn in self.termijnen if termijn.geldt_op(versie))

    def termijn(self, id: str, versie: date) -> Termijn:
        """Return one term as it stands in a version; KeyError when the version does not have it."""
        for termijn in self.termijnen_van(versie):
            if termijn.id == id:
                return termijn
        raise KeyError(f"Reglement {self.id} kent op {versie:%d-%m-%Y} geen termijn {id}.")

    def keuzes(self, lijst: str, dag: date | None = None) -> tuple[Keuze, ...]:
        """Return a choice list, or of it only what may be chosen on a day."""
        if lijst not in KEUZELIJSTEN:
            raise KeyError(f"Er is geen keuzelijst {lijst}.")
        alle: tuple[Keuze, ...] = getattr(self, lijst)
        return alle if dag is None else tuple(keuze for keuze in alle if keuze.geldt_op(dag))

    def naam_van(self, lijst: str, id: str) -> str:
        """Return the name of a choice; an id the list no longer knows is shown as it is, so old facts stay readable."""
        return next((keuze.naam for keuze in self.keuzes(lijst) if keuze.id == id), id)

    def nu_geheten(self, lijst: str, id: str) -> str:
        """Return the id under which a renamed or merged choice goes today."""
        opvolgers = {keuze.id: keuze.opgevolgd_door for keuze in self.keuzes(lijst)}
        while (opvolger := opvolgers.get(id)) is not None:
            id = opvolger
        return id

    def hernoemde_categorieen(self) -> list[tuple[str, str, str]]:
        """Return the rows of table `categorie_nu`: reglement, id and the id of today of what was renamed or merged."""
        ids = [keuze.id for keuze in self.categorieen]
        return [(self.id, id, nu) for id in ids if (nu := self.nu_geheten("categorieen", id)) != id]


PER_UITGAVE = ("naam", "stappen", "verschuift_bij_vrije_dag", "bevinding_per_aspect", "bewaartermijnen")
"""What holds for a whole version at once, and does not say by itself from when."""
KEUZELIJSTEN = tuple(veld.name for veld in fields(Reglement) if veld.type == "tuple[Keuze, ...]")
# What an organisation need not keep; without the list the form does not ask for it.
FACULTATIEF = frozenset({"kenmerken", "ernst", "instanties", "tevredenheden", "redenen_vertraging"})
VAN_DE_FIRMA = ("vestigingen", "opdrachtgevers", "trajectsoorten")
"""Lists that say nothing about another organisation: of these a full reglement gives no start.

A file may still name them, as that of an import has to: beside an organisation that is recorded they do not count.
"""
VERPLICHTE_LIJSTEN = tuple(naam for naam in KEUZELIJSTEN if naam not in FACULTATIEF and naam not in VAN_DE_FIRMA)
ALLEEN_GETELD = frozenset({"opdrachtgevers", "trajectsoorten"})
"""Lists of the organisation itself, whose names stay out of the snapshot without personal data."""


def lees(inhoud: bytes, naam: str) -> Reglement:
    """Read a reglement from the bytes of its file; OngeldigReglement, with `naam` and line, when it cannot be used."""
    gegevens, tekst = parse_toml(inhoud, naam, OngeldigReglement)
    lijsten = {*KEUZELIJSTEN, "stappen", "termijnen", "streeftermijnen", "bewaartermijnen"}
    sleutels = {
        "id", "naam", "organisatie", "soort", "verschuift_bij_vrije_dag", "boekjaar_begint_in_maand",
        "bevinding_per_aspect", *lijsten,
    }  # fmt: skip
    regels = line_numbers(tekst, gegevens)
    tabel = Tabel(gegevens, naam, sleutels=sleutels, fout=OngeldigReglement, regels=regels)
    volledig = tabel.keuze("soort", SOORTEN, "soort") == "volledig"
    verplicht = VERPLICHTE_LIJSTEN if volledig else ()
    keuzes = {lijst: read_keuzes(tabel, lijst, verplicht=lijst in verplicht) for lijst in KEUZELIJSTEN}
    nrs = read_stapnrs(tabel, volledig)
    kenmerken = [keuze.id for keuze in keuzes["kenmerken"]]
    termijnen = read_termijnen(tabel, "termijnen", nrs, kenmerken, gesteld=not volledig)
    return Reglement(
        id=tabel.naam("id"),
        naam=tabel.tekst("naam"),
        organisatie=tabel.tekst("organisatie", ""),
        soort=tabel.tekst("soort"),
        verschuift_bij_vrije_dag=tabel.ja_nee("verschuift_bij_vrije_dag"),
        stappen=read_stappen(tabel, nrs, termijnen, volledig),
        termijnen=termijnen,
        streeftermijnen=read_termijnen(tabel, "streeftermijnen", nrs, kenmerken, leeg=True),
        boekjaren=Boekjaren(_read_boekjaar(tabel)),
        bevinding_per_aspect=tabel.ja_nee("bevinding_per_aspect", False),
        bewaartermijnen=bewaren.read_bewaartermijnen(tabel),
        bestand=naam,
        tekst=tekst,
        **keuzes,
    )


def _read(pad: Path) -> Reglement:
    return lees(pad.read_bytes(), pad.name)


def _read_boekjaar(tabel: Tabel) -> int:
    """Return the month in which the book year begins: January where the reglement does not say."""
    sleutel = "boekjaar_begint_in_maand"
    maand = tabel.aantal(sleutel) if sleutel in tabel else 1
    if maand > 12:
        tabel.weiger(sleutel, f"er zijn twaalf maanden, hier staat {maand}.")
    return maand


@functools.cache
def _builtin(pad: Path) -> Reglement:
    """Read a reglement that comes with the program, which changes none of them while it runs: 80 ms otherwise."""
    return _read(pad)


def load(naam_of_pad: str | Path) -> Reglement:
    """Load one reglement, by the name of a built-in one or by path; OngeldigReglement when it cannot be used."""
    pad = Path(naam_of_pad)
    if isinstance(naam_of_pad, str) and pad.suffix != ".toml":
        pad = MAP / f"{naam_of_pad}.toml"
    if not pad.is_file():
        bekend = ", ".join(sorted(bestand.stem for bestand in MAP.glob("*.toml")))
        raise OngeldigReglement(f"Reglement {naam_of_pad} is niet gevonden. Ingebouwd zijn: {bekend}.")
    return _builtin(pad) if pad.parent == MAP else _read(pad)


def load_all(map: Path | None = None) -> dict[str, Reglement]:
    """Load the built-in reglementen and those in `map`, by id; a file in `map` takes the place of a built-in one."""
    reglementen: dict[str, Reglement] = {}
    for folder in (MAP, map):
        hier: dict[str, Reglement] = {}
        for pad in sorted(folder.glob("*.toml")) if folder is not None and folder.is_dir() else ():
            reglement = load(pad)
            if reglement.id in hier:
                raise OngeldigReglement(
                    f"{pad.name}, sleutel id: reglement '{reglement.id}' staat ook al in {hier[reglement.id].bestand}."
                )
            hier[reglement.id] = reglement
        reglementen |= hier
    return reglementen
