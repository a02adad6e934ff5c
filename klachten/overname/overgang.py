"""The changeover: the open klachten of a source are handled on here, all of it or nothing, and taken back as one step.

Looked at first, as everything that is taken over: for each klacht from which step it goes on, who handles it, and what
cannot be. It is one group of facts that begins with its ground, apart from the import: either can be done without the
other, and the source says nothing more of what is handled here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from duckdb import DuckDBPyConnection

from klachten import gebeurtenissen as g
from klachten import organisatie
from klachten.dossier.voortzetting import behind
from klachten.handelingen.reglement import own_version
from klachten.handelingen.voortzetting import LIJSTEN
from klachten.handelingen.weigering import OngeldigeInvoer
from klachten.organisatie import OVERGANG
from klachten.overname import sleutels
from klachten.overname.kolommen import Kolommen
from klachten.overname.lezen import OnleesbaarBestand
from klachten.overname.tabelbestand import Rij
from klachten.overname.verder import SCHEIDT, Kolomwaarden, Verder
from klachten.overname.vormen import openen
from klachten.register import Register, RegisterFout
from klachten.reglement import Reglement
from klachten.taal import aantal, datum, opsomming

DOOR, ROL = OVERGANG, "beheerder"
OPEN = ("ontvangen", "in onderzoek", "in behandeling")
GENOEMD = 5


@dataclass(frozen=True)
class Overstap:
    """One klacht that goes on here: which step is next, who handles it ("" is to be assigned), and its facts."""

    nummer: str
    volgende_stap: int
    behandelaar: str
    feiten: tuple[g.Gebeurtenis, ...]


@dataclass
class Overgang:
    """What would be recorded: the klachten that go on here, what stands in the way, and what there is to know.

    `later` says that the day has not come yet: nothing is to be recorded now.
    """

    bron: str
    op: date
    reglement: str
    klachten: list[Overstap] = field(default_factory=list)
    bezwaren: list[str] = field(default_factory=list)
    opmerkingen: list[str] = field(default_factory=list)
    later: str = ""

    @property
    def iets(self) -> bool:
        """Whether there is anything to record."""
        return bool(self.klachten) and not self.later

    def check(self) -> None:
        """Raise OnleesbaarBestand when something stands in the way."""
        if self.bezwaren:
            raise OnleesbaarBestand(" ".join(self.bezwaren))

    def facts(self) -> Iterator[tuple[str, Sequence[g.Gebeurtenis]]]:
        """Give all that would be recorded, with its ground first."""
        grond = g.OvergangVastgelegd(
            gebeurd_op=self.op, bron=self.bron, reglement=self.reglement, klachten=len(self.klachten)
        )
        yield g.NUMMER, (grond,)
        for klacht in self.klachten:
            yield klacht.nummer, klacht.feiten


def plan(
    bestand: Path, kolommen: Kolommen, register: Register, vandaag: date, cursor: DuckDBPyConnection
) -> Overgang | None:
    """Look at what the changeover of a source would record, as the cursor sees the register; None without [verder].

    With the cursor of `register.as_if_recorded` that is as it will be when the file is taken over.
    """
    verder = kolommen.verder
    if verder is None:
        return None
    # A klacht that came in since, goes on from the day as of which it was seen.
    op = max(verder.vanaf, kolommen.getrokken_op or verder.vanaf)
    id = verder.reglement or register.organisatie.reglement(op)
    uit = Overgang(kolommen.bron, op, id)
    if op > vandaag:
        uit.later = (
            f"De open klachten gaan hier verder vanaf {datum(op)}. Neem dan het bestand van die dag over; nu wordt "
            "daar nog niets van vastgelegd."
        )
        return uit
    boek = {r.id: r for r in register.reglementen.values() if r.soort == "volledig"}.get(id)
    if boek is None or not register.organisatie.ingericht:
        uit.bezwaren.append(
            f"Reglement '{id}' is hier geen reglement waaronder klachten worden behandeld."
            if register.organisatie.ingericht
            else "Richt eerst uw organisatie in: zonder medewerkers kan hier niemand een klacht behandelen."
        )
        return uit
    open_daar = _open_ones(cursor, kolommen.bron)
    gezegd = _cells(bestand, kolommen, {rij["bron_id"] for rij in open_daar}) if open_daar else {}
    _people(uit, verder)
    for rij in open_daar:
        if rij["bron_id"] in gezegd:
            _one(uit, boek, verder, rij, gezegd[rij["bron_id"]])
    _sum_up(uit, open_daar, gezegd)
    return uit


def _open_ones(cursor: DuckDBPyConnection, bron: str) -> list[dict[str, object]]:
    cursor.execute(
        "SELECT klachtnummer, bron_id, ontvangen_op, kanaal, indiener_soort, vestiging, categorie, betrokkenen, "
        "stap_eerst_op, laatste_op FROM klacht WHERE bron = ? AND herkomst = 'overgenomen' "
        "AND status IN (SELECT unnest(?)) ORDER BY klachtnummer",
        [bron, list(OPEN)],
    )
    namen = [kolom[0] for kolom in cursor.description or ()]
    return [dict(zip(namen, rij, strict=True)) for rij in cursor.fetchall()]


def _cells(bestand: Path, kolommen: Kolommen, ids: set[object]) -> dict[str, tuple[int, dict[str, str]]]:
    """Per source id the line and the cells of [verder] as its last row has them."""
    assert kolommen.verder is not None
    namen = {kolom for _, kolom in kolommen.used()}
    uit: dict[str, tuple[int, dict[str, str]]] = {}
    with closing(openen.open_table(bestand, kolommen.vorm, namen)) as tabel:
        plaatsen = kolommen.places(tabel.kop, tabel.naam)
        for rij in tabel.rows():
            if not isinstance(rij, Rij):
                continue
            cellen = [rij.cellen[plaatsen[kolom]] for kolom in kolommen.id_kolommen]
            bron_id = cellen[0] if len(cellen) == 1 else sleutels.make(kolommen.bron, cellen)
            if bron_id in ids:
                hier = {kolom: str(rij.cellen[plaatsen[kolom]]) for _, kolom in kolommen.verder.columns()}
                uit[str(bron_id)] = rij.regel, hier
    return uit


def _people(uit: Overgang, verder: Verder) -> None:
    """Who is named in the declaration has to be somebody here, and who handles klachten a behandelaar."""
    for deel, rollen in ((verder.behandelaar, ("behandelaar",)), (verder.betrokkenen, ())):
        if deel is None:
            continue
        for wie in dict.fromkeys(filter(None, (deel.vast, deel.anders, *deel.waarden.values()))):
            if organisatie.gebruiker(wie, uit.op) is None:
                uit.bezwaren.append(
                    f"{deel.sleutel}: '{wie}' is op {datum(uit.op)} geen medewerker van deze organisatie."
                )
            elif rollen and not organisatie.heeft_rol(wie, *rollen, op=uit.op):
                uit.bezwaren.append(f"{deel.sleutel}: {organisatie.naam(wie)} is op {datum(uit.op)} geen behandelaar.")


def _one(
    uit: Overgang, boek: Reglement, verder: Verder, rij: Mapping[str, object], gezegd: tuple[int, dict[str, str]]
) -> None:
    regel, cellen = gezegd
    nummer, ontvangen_op = str(rij["klachtnummer"]), rij["ontvangen_op"]
    assert isinstance(ontvangen_op, date)
    volgende = verder.volgende_stap.of(cellen.get(verder.volgende_stap.kolom, ""))
    if not volgende:
        uit.bezwaren.append(
            f"Regel {regel} ({nummer}): wat in kolom {verder.volgende_stap.kolom} staat, heeft in de opgave geen stap."
        )
        return
    keuzes = {}
    for naam, lijst in LIJSTEN.items():
        daar = str(rij[naam])
        hier = verder.keuzes.get(naam, {}).get(daar, daar)
        if hier not in boek.per_id(lijst):
            uit.bezwaren.append(_unknown(naam, daar))
        elif hier != daar:
            keuzes[naam] = hier
    betrokken = [*rij["betrokkenen"], *_named(verder.betrokkenen, cellen)]  # type: ignore[misc]
    nieuw = [wie for wie in dict.fromkeys(betrokken) if wie not in rij["betrokkenen"]]  # type: ignore[operator]
    behandelaar = next(iter(_named(verder.behandelaar, cellen)), "")
    if behandelaar in betrokken:
        uit.opmerkingen.append(
            f"{nummer}: {organisatie.naam(behandelaar)} is betrokken en kan deze klacht niet behandelen; nog toe te "
            "wijzen."
        )
        behandelaar = ""
    gedaan = [nr for nr, op in enumerate(rij["stap_eerst_op"], start=1) if op is not None]  # type: ignore[arg-type]
    try:
        versie = own_version(boek, ontvangen_op, uit.op)
    except OngeldigeInvoer as fout:
        uit.bezwaren.append(f"{nummer}: {fout}")
        return
    feiten: list[g.Gebeurtenis] = [
        g.BehandelingVoortgezet(
            gebeurd_op=uit.op, reglement=boek.id, reglement_versie=versie,
            elders_gedaan=behind(int(volgende), gedaan), **keuzes,
        ),
        *(g.BetrokkeneToegevoegd(gebeurd_op=uit.op, betrokkene=wie) for wie in nieuw),
    ]  # fmt: skip
    if behandelaar:
        feiten.append(g.BehandelaarToegewezen(gebeurd_op=uit.op, behandelaar=behandelaar, toegewezen_door=DOOR))
    uit.klachten.append(Overstap(nummer, int(volgende), behandelaar, tuple(feiten)))


def _named(deel: Kolomwaarden | None, cellen: Mapping[str, str]) -> list[str]:
    if deel is None:
        return []
    heel = cellen.get(deel.kolom, "")
    return list(filter(None, [deel.of(heel)] if deel.of(heel) else [deel.of(een) for een in heel.split(SCHEIDT)]))


def _unknown(naam: str, daar: str) -> str:
    wat = f"{naam.capitalize()} '{daar}' van de bron staat niet in de eigen lijst."
    return f"{wat} Zeg onder [verder] bij {naam} wat het hier is."


def _sum_up(uit: Overgang, open_daar: Sequence[Mapping[str, object]], gezegd: Mapping[str, object]) -> None:
    uit.bezwaren = list(dict.fromkeys(uit.bezwaren))
    niet = [str(rij["klachtnummer"]) for rij in open_daar if rij["bron_id"] not in gezegd]
    if niet:
        ook = f" en nog {len(niet) - GENOEMD}" if len(niet) > GENOEMD else ""
        uit.opmerkingen.append(
            f"{aantal(len(niet), 'open klacht staat', 'open klachten staan')} niet in dit bestand en "
            f"{'gaat' if len(niet) == 1 else 'gaan'} hier niet verder: {opsomming(niet[:GENOEMD])}{ook}."
        )


def record(register: Register, overgang: Overgang) -> list[str]:
    """Record it as one group and return the klachtnummers; nothing of it when something stands in the way."""
    overgang.check()
    if not overgang.iets:
        return []
    with register.schrijven() as boeking:
        with register.plain_cursor() as cursor:
            nog = {rij["klachtnummer"] for rij in _open_ones(cursor, overgang.bron)}
        if weg := [klacht.nummer for klacht in overgang.klachten if klacht.nummer not in nog]:
            raise RegisterFout(f"Intussen is {weg[0]} gewijzigd. Er is niets vastgelegd; begin opnieuw.")
        for nummer, feiten in overgang.facts():
            for feit in feiten:
                boeking.leg_vast(nummer, feit, door=DOOR, rol=ROL)
    return [klacht.nummer for klacht in overgang.klachten]


def handled_here(cursor: DuckDBPyConnection, bron: str) -> set[str]:
    """Return the klachtnummers of a source that are handled on here."""
    rijen = cursor.execute(
        "SELECT klachtnummer FROM klacht WHERE bron = ? AND voortgezet_op IS NOT NULL", [bron]
    ).fetchall()
    return {nummer for (nummer,) in rijen}
