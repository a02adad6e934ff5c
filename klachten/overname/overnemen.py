"""What a file would add to this register and change in it, and recording that: one group of facts, whole or absent.

A klacht is known by its source and source id. Known with the same content it is passed over, so the same file twice
adds nothing; known with other content, what differs becomes facts (vergelijken.py). All or nothing: what is recorded of
a file is one group in the journal, and with a rejected row or something undecided that is nothing at all, unless the
user asks for the file without its rejected rows.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from klachten import gebeurtenissen as g
from klachten.overname import bezwaren, eerder, grond, overgang, peil, vergelijken
from klachten.overname.besluiten import ANDERS, Reden
from klachten.overname.gehouden import salts
from klachten.overname.grond import DOOR, ROL
from klachten.overname.inlezen import facts, read, sha256, written
from klachten.overname.kolommen import Kolommen
from klachten.overname.lezen import Afkeuring, OnleesbaarBestand
from klachten.overname.reglementen import check_reglement, keep_reglement
from klachten.overname.vergelijken import HOUD, NEEM, Botsing, Wijziging
from klachten.overname.zaaklijst import Nieuw, Nummers, PerRegel, Zaak
from klachten.overname.zaken import Lezing, reject
from klachten.register import Feit, Register, RegisterFout, Stroom, Versie
from klachten.register.feitrij import Opgeschreven
from klachten.taal import datum

__all__ = ["Plan", "facts", "plan", "preview", "read", "record"]
GEHEUGEN_MB, FEITEN_PER_MB = 180, 5_000
"""What the database may hold in memory while a file is taken over: so much, and for a very large file more."""
PORTIE = 5_000
"""Klachten of the register that are compared at once."""


@dataclass
class Plan:
    """What would happen: the klachten to be made with their numbers, those that change, and why others are not.

    `hier_verder` is what the file says otherwise of klachten that are handled on here: it is told, and never recorded.
    `bron` says as of when the source is, when the register does not know that yet. `tot` is the last fact of the
    register that was looked at, `volgnr` the how manieth file it would be. `verdwenen` are the klachtnummers that the
    file no longer has and `terug` those that it has again.
    """

    pad: Path
    kolommen: Kolommen
    lezing: Lezing
    nieuw: Nieuw = field(default_factory=Nieuw)
    gewijzigd: list[Wijziging] = field(default_factory=list)
    al_overgenomen: list[Zaak] = field(default_factory=list)
    hier_verder: list[Wijziging] = field(default_factory=list)
    verdwenen: list[str] = field(default_factory=list)
    terug: list[str] = field(default_factory=list)
    bron: g.BronOvergenomen | None = None
    afkeuringen: list[Afkeuring] = field(default_factory=list)
    andere_bezwaren: dict[str, str] = field(default_factory=dict)
    tot: int = 0
    volgnr: int = 1
    sha256: str = ""

    @property
    def bezwaren(self) -> dict[str, str]:
        """What a person has to agree with before anything is recorded: a word for it, and the sentence."""
        regels = {bezwaren.REGELS: zin} if (zin := self.lezing.telling.objection()) else {}
        return regels | self.andere_bezwaren

    @property
    def botsingen(self) -> list[Botsing]:
        """What both the source and somebody here changed: a person decides, per klacht, what stands."""
        return [botsing for wijziging in self.gewijzigd for botsing in wijziging.botsingen]

    @property
    def iets(self) -> bool:
        """Whether there is anything to record."""
        anders = any(deel.straks(NEEM) != deel.nu for w in self.gewijzigd for deel in w.delen)
        return bool(self.nieuw or anders or self.verdwenen or self.terug or self.bron)

    @property
    def bekend(self) -> bool:
        """Whether anything was taken over of this source before."""
        return bool(self.gewijzigd or self.al_overgenomen or self.verdwenen or self.terug or self.hier_verder)

    @property
    def feiten(self) -> int:
        """The number of facts of new klachten."""
        return self.nieuw.feiten

    def per_year(self) -> list[tuple[int, int, int]]:
        """Year of receipt, klachten to be made, klachten already taken over."""
        nieuw = self.nieuw.per_year()
        bekend = Counter(zaak.ontvangen_op.year for zaak in self.al_overgenomen)
        bekend.update(wijziging.ontvangen_op.year for wijziging in self.gewijzigd)
        return [(jaar, nieuw[jaar], bekend[jaar]) for jaar in sorted(nieuw | bekend)]

    def undecided(self, besluiten: Mapping[str, str]) -> list[Botsing]:
        """Return what a person still has to decide about; `besluiten` are by klachtnummer, "" for all others."""
        return [botsing for botsing in self.botsingen if not _decision(besluiten, botsing.klachtnummer)]


def _decision(besluiten: Mapping[str, str], nummer: str) -> str:
    return besluiten.get(nummer) or besluiten.get("", "")


def plan(bestand: Path, kolommen: Kolommen, lezing: Lezing, register: Register | None) -> Plan:
    """Compare what was read with the register; None stands for a register that is not there yet."""
    uitkomst = Plan(bestand, kolommen, lezing, afkeuringen=list(lezing.afkeuringen), sha256=sha256(bestand))
    bekend: dict[str, str] = {}
    tellers: dict[int, int] = {}
    alle: list[grond.Overname] = []
    if register is not None:
        check_reglement(register, kolommen)
        with register.plain_cursor() as cursor:
            alle = grond.overnames(cursor)
            oud = eerder.Eerder(cursor, kolommen.bron, alle)
            bekend, tellers = oud.numbers(), _counters(register)
            uitkomst.tot, uitkomst.volgnr = register.stand().aantal, len(alle) + 1
            hier = [zaak for zaak in lezing.zaken if zaak.bron_id in bekend] if bekend else []
            eigen = overgang.handled_here(cursor, kolommen.bron) if bekend else set()
            _compare(uitkomst, register, oud, {zaak.regel: (zaak, bekend[zaak.bron_id]) for zaak in hier}, eigen)
            weg = eigen | (oud.undone() if bekend else set())
            _look_for_gone(uitkomst, bekend, weg, grond.gone(alle, kolommen.bron))
    uitkomst.bron = peil.fact(register, kolommen)
    # In order of receipt, so that the numbers of a year follow its calendar.
    zaken, uitkomst.nieuw = lezing.zaken, Nieuw(lezing.zaken)
    for plek in zaken.by_receipt():
        if not bekend or zaken.id_at(plek) not in bekend:
            jaar = zaken.year_at(plek)
            tellers[jaar] = tellers.get(jaar, 0) + 1
            uitkomst.nieuw.append(plek, jaar, tellers[jaar])
    uitkomst.afkeuringen.sort(key=lambda afkeuring: afkeuring.regel)
    uitkomst.gewijzigd.sort(key=lambda wijziging: wijziging.nummer)
    samen = len(uitkomst.verdwenen) + len(uitkomst.al_overgenomen) + len(uitkomst.gewijzigd)
    uitkomst.andere_bezwaren = bezwaren.against(kolommen, len(uitkomst.verdwenen), samen, len(uitkomst.gewijzigd), alle)
    return uitkomst


def _compare(
    uitkomst: Plan, register: Register, oud: eerder.Eerder, weer: dict[int, tuple[Zaak, str]], eigen: Container[str]
) -> None:
    """Find what changes in klachten that were taken over before, by the line they start on; `eigen` go on here."""
    if not weer:
        return
    afdrukken = oud.prints([nummer for _, nummer in weer.values()])
    anders = {}
    for regel, (zaak, nummer) in weer.items():
        if zaak.afdruk and zaak.afdruk == afdrukken.get(nummer):
            uitkomst.al_overgenomen.append(zaak)
        else:
            anders[regel] = zaak, nummer
    ongedaan = oud.undone() if anders else set()
    gemaakt = facts(uitkomst.pad, uitkomst.kolommen, uitkomst.lezing, anders) if anders else iter(())
    while deel := list(itertools.islice(gemaakt, PORTIE)):
        klachten = oud.read([anders[regel][1] for regel, _ in deel])
        for nummer, zouten in salts(register, [k.nummer for k in klachten.values() if k.texts_kept]).items():
            klachten[nummer].zouten = zouten
        for regel, feiten in deel:
            zaak, nummer = anders[regel]
            wijziging = vergelijken.compare(klachten[nummer], zaak.bron_id, regel, feiten, weer=nummer in ongedaan)
            if wijziging is None:
                uitkomst.al_overgenomen.append(zaak)
            elif nummer in eigen:
                uitkomst.hier_verder.append(wijziging)
            elif wijziging.fout:
                uitkomst.afkeuringen += reject(zaak.bron_id, zaak.regels, [(regel, Reden(wijziging.fout, ANDERS))])
            else:
                uitkomst.gewijzigd.append(wijziging)


def _look_for_gone(uitkomst: Plan, bekend: Mapping[str, str], ongedaan: set[str], weg: set[str]) -> None:
    """Find the klachten that the source no longer has; one with a rejected row is there all the same."""
    lezing = uitkomst.lezing
    if not bekend:
        return
    hier = {*lezing.zaken.ids(), *(afkeuring.bron_id for afkeuring in lezing.afkeuringen)}
    aanwezig = {bekend[bron_id] for bron_id in hier & bekend.keys()}
    uitkomst.terug = sorted(weg & aanwezig)
    if not uitkomst.kolommen.alleen_wijzigingen:
        uitkomst.verdwenen = sorted(set(bekend.values()) - aanwezig - ongedaan - weg)


def record(
    register: Register,
    plan: Plan,
    progress: Callable[[int], None] | None = None,
    *,
    akkoord: Container[str] = (),
    besluiten: Mapping[str, str] | None = None,
    each: Callable[[int], None] = lambda _: None,
) -> Sequence[str]:
    """Record what the plan says as one group and return the numbers of new klachten; on any failure nothing of it.

    `akkoord` are the words of the objections a person agreed with, `besluiten` what was decided per klachtnummer (""
    for all others) where ours and theirs differ; OnleesbaarBestand when one is left. `each` is told how many klachten
    were made, from 0 on: what it raises stops it.
    """
    besluiten = besluiten or {}
    for woord, zin in plan.bezwaren.items():
        if woord not in akkoord:
            raise OnleesbaarBestand(f"{plan.pad.name}: {zin}")
    if open := plan.undecided(besluiten):
        raise OnleesbaarBestand(f"{plan.pad.name}: nog niet besloten is over {open[0].sentence()}.")
    gewijzigd = changes(plan, besluiten)
    houd = [botsing for botsing in plan.botsingen if _decision(besluiten, botsing.klachtnummer) == HOUD]
    gehouden = vergelijken.kept(register, houd)
    if not (plan.nieuw or gewijzigd or plan.verdwenen or plan.terug or plan.bron or gehouden):
        return []
    if plan.nieuw or gewijzigd:
        keep_reglement(register, plan.kolommen)
    eigen = ground(plan, gehouden)

    def klachten() -> Iterator[tuple[str, Sequence[Feit]]]:
        each(0)
        yield g.NUMMER, eigen
        for hoeveel, een in enumerate(itertools.chain(gewijzigd.items(), _written(plan)), start=1):
            yield een
            each(hoeveel)

    feiten = plan.feiten + len(eigen) + sum(map(len, gewijzigd.values()))
    # What follows from the facts is made beside them otherwise, in the same transaction: twice the memory.
    meeste = feiten > register.stand().aantal
    geheugen = max(GEHEUGEN_MB, feiten // FEITEN_PER_MB)
    with (
        register.derived_at_end(geheugen) if meeste else nullcontext(),
        register.schrijven(progress=progress) as boeking,
    ):
        _check_still(register, plan, gewijzigd)
        op_volgorde = Nummers(plan.nieuw)
        boeking.stream(
            Stroom(
                klachten=klachten,
                nummers=op_volgorde,
                bestaande=[g.NUMMER, *gewijzigd],
                verbetert={een.corrigeert: nummer for nummer, alle in gewijzigd.items() for een in _versions(alle)},
                soorten=eerder.SOORTEN | {feit.soort for feit in eigen},
                feiten=feiten,
                door=DOOR,
                rol=ROL,
            )
        )
    return op_volgorde


def changes(plan: Plan, besluiten: Mapping[str, str]) -> dict[str, list[g.Gebeurtenis | Versie]]:
    """Return the facts to be recorded of klachten that were taken over before, by klachtnummer."""
    op = plan.kolommen.getrokken_op or plan.lezing.vandaag
    stand = f", stand van {datum(plan.kolommen.getrokken_op)}" if plan.kolommen.getrokken_op else ""
    reden = f"Zo staat het nu in bron {plan.kolommen.bron} (overname {plan.volgnr}{stand})."
    uit = {}
    for wijziging in plan.gewijzigd:
        besluit = _decision(besluiten, wijziging.nummer) or HOUD
        if feiten := wijziging.facts(besluit, op=op, reden=reden):
            uit[wijziging.nummer] = feiten
    return uit


def preview(plan: Plan, besluiten: Mapping[str, str]) -> Iterator[tuple[str, Sequence[g.Gebeurtenis | Versie]]]:
    """Give all that would be recorded; what is not decided yet as it stands here."""
    yield g.NUMMER, ground(plan)
    yield from changes(plan, besluiten).items()
    yield from new_ones(plan)


def new_ones(plan: Plan) -> Iterator[tuple[str, Sequence[g.Gebeurtenis]]]:
    """Give the facts of the klachten to be made, in the order of the file."""
    nummers = PerRegel(plan.nieuw)
    for regel, feiten in facts(plan.pad, plan.kolommen, plan.lezing, nummers) if plan.nieuw else ():
        yield nummers[regel], feiten


def _written(plan: Plan) -> Iterator[tuple[str, Sequence[Opgeschreven]]]:
    """As `new_ones`, written out."""
    nummers = PerRegel(plan.nieuw)
    for regel, feiten in written(plan.pad, plan.kolommen, plan.lezing, nummers) if plan.nieuw else ():
        yield nummers[regel], feiten


def ground(plan: Plan, gehouden: Sequence[str] = ()) -> list[g.Gebeurtenis]:
    """Return the facts about the file itself, which come first."""
    weer = sum(wijziging.weer for wijziging in plan.gewijzigd)
    grondfeit = g.BestandOvergenomen(
        gebeurd_op=plan.lezing.vandaag, bron=plan.kolommen.bron, sha256=plan.sha256, naam=plan.pad.name,
        stand_op=plan.kolommen.getrokken_op, nieuw=len(plan.nieuw), gewijzigd=len(plan.gewijzigd) - weer, weer=weer,
        verdwenen=tuple(plan.verdwenen), terug=tuple(plan.terug), gehouden=tuple(gehouden),
    )  # fmt: skip
    return [grondfeit, *([plan.bron] if plan.bron else [])]


def _versions(feiten: Iterable[g.Gebeurtenis | Versie]) -> Iterator[Versie]:
    return (een for een in feiten if isinstance(een, Versie))


def _check_still(register: Register, plan: Plan, gewijzigd: Container[str]) -> None:
    """With the lock for writing: what the plan looked at is as it was."""
    with register.plain_cursor() as cursor:
        rijen = cursor.execute(
            "SELECT DISTINCT klachtnummer, soort, gegevens ->> 'bron' FROM gebeurtenis WHERE nr > ?", [plan.tot]
        ).fetchall()
    for nummer, soort, bron in rijen:
        if bron == plan.kolommen.bron and soort in ("KlachtOntvangen", "BestandOvergenomen"):
            raise RegisterFout(
                "Intussen zijn klachten van deze bron overgenomen. Er is niets vastgelegd; begin opnieuw."
            )
        if nummer in gewijzigd:
            raise RegisterFout(f"Intussen is {nummer} gewijzigd. Er is niets vastgelegd; begin opnieuw.")


def _counters(register: Register) -> dict[int, int]:
    with register.plain_cursor() as cursor:
        return dict(cursor.execute("SELECT jaar, laatste FROM teller WHERE reeks = 'K'").fetchall())
