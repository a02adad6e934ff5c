"""What a file would add to this register, and adding it: one group of facts, whole or absent.

A klacht is known by its source and source id. Known with the same content it is passed over, so the same file twice
adds nothing; known with other content it is rejected. All or nothing: what is recorded of a file is one group in the
journal, and with a rejected row that is nothing at all, unless the user asks for the file without its rejected rows.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import closing, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path

from klachten import gebeurtenissen as g
from klachten.opening import reglementen_map
from klachten.organisatie import OVERNAME
from klachten.overname import peil
from klachten.overname.besluiten import ANDERS, Reden
from klachten.overname.kolommen import Kolommen
from klachten.overname.lezen import Afkeuring, OnleesbaarBestand
from klachten.overname.tabelbestand import Tabelbestand
from klachten.overname.vormen import openen
from klachten.overname.zaken import Lezing, Vertaler, Zaak, reject
from klachten.register import Register, RegisterFout, Stroom
from klachten.reglement import Reglement
from klachten.schijf import fsync_map
from klachten.taal import aantal, opsomming

DOOR, ROL = OVERNAME, "beheerder"
REGELS = "regels"
"""The objection that lines of the file do not come out."""
GEHEUGEN_MB, FEITEN_PER_MB = 180, 2_800
"""What the database may hold in memory while a file is taken over: so much, and for a very large file more."""
_ONDERDEEL = {
    "KlachtOntvangen": "de ontvangst",
    "TermijnOvergenomen": "de termijn",
    "TijdstipOvergenomen": "het tijdstip van een stap",
    "KlachtIngetrokken": "de intrekking",
}
Inhoud = tuple[str, date, str, tuple[tuple[str, str | None], ...]]


@dataclass
class Plan:
    """What would happen: the klachten to be made with their numbers, and why others are not.

    `bron` says as of when the source is, when the register does not know that yet.
    """

    pad: Path
    kolommen: Kolommen
    lezing: Lezing
    nieuw: list[tuple[str, Zaak]] = field(default_factory=list)
    al_overgenomen: list[Zaak] = field(default_factory=list)
    bron: g.BronOvergenomen | None = None
    afkeuringen: list[Afkeuring] = field(default_factory=list)

    @property
    def bezwaren(self) -> dict[str, str]:
        """What a person has to agree with before anything is recorded: a word for it, and the sentence."""
        return {REGELS: zin} if (zin := self.lezing.telling.objection()) else {}

    @property
    def feiten(self) -> int:
        """The number of facts to be recorded."""
        return sum(zaak.feiten for _, zaak in self.nieuw)

    def per_year(self) -> list[tuple[int, int, int]]:
        """Year of receipt, klachten to be made, klachten already taken over."""
        nieuw = Counter(zaak.ontvangen_op.year for _, zaak in self.nieuw)
        bekend = Counter(zaak.ontvangen_op.year for zaak in self.al_overgenomen)
        return [(jaar, nieuw[jaar], bekend[jaar]) for jaar in sorted(nieuw | bekend)]


def read(bestand: Path, kolommen: Kolommen, vandaag: date, *, toon: bool = False) -> Lezing:
    """Read a file as declared; OngeldigBestand when the file as a whole cannot be read.

    With `toon` the reasons repeat what stands in a cell that was rejected, which may be a name.
    """
    toestand = _state(bestand)
    with _open(bestand, kolommen, vandaag, toon=toon) as (logboek, vertaler):
        lezing = vertaler.translate(logboek.rows())
        vertaler.kenmerken.check(logboek.naam)
        vertaler.orde.check(logboek.naam)
        lezing.telling, lezing.opmerkingen = logboek.telling, logboek.opmerkingen
    lezing.toestand = toestand
    return lezing


def facts(
    bestand: Path, kolommen: Kolommen, lezing: Lezing, zaken: Container[int]
) -> Iterator[tuple[int, tuple[g.Gebeurtenis, ...]]]:
    """Make the facts of the klachten that start on these lines from the file, one klacht at a time, with its line.

    Raises OnleesbaarBestand when the file is not what was read before.
    """
    with _open(bestand, kolommen, lezing.vandaag) as (logboek, vertaler):
        yield from vertaler.facts(logboek.rows(), zaken)
    if _state(bestand) != lezing.toestand:
        raise OnleesbaarBestand(f"{bestand.name}: het bestand is veranderd terwijl het werd overgenomen.")


@contextmanager
def _open(
    bestand: Path, kolommen: Kolommen, vandaag: date, *, toon: bool = False
) -> Iterator[tuple[Tabelbestand, Vertaler]]:
    namen = {kolom for _, kolom in kolommen.used()}
    with closing(openen.open_table(bestand, kolommen.vorm, namen)) as logboek:
        yield logboek, Vertaler(kolommen, kolommen.places(logboek.kop, logboek.naam), vandaag, toon=toon)


def _state(bestand: Path) -> tuple[int, ...]:
    """What changes when a file is written to."""
    with suppress(OSError):
        stand = bestand.stat()
        return stand.st_size, stand.st_mtime_ns
    return ()


def plan(bestand: Path, kolommen: Kolommen, lezing: Lezing, register: Register | None) -> Plan:
    """Compare what was read with the register; None stands for a register that is not there yet."""
    uitkomst = Plan(bestand, kolommen, lezing, afkeuringen=list(lezing.afkeuringen))
    bekend: dict[str, tuple[str, list[Inhoud]]] = {}
    tellers: dict[int, int] = {}
    weer: dict[int, Zaak] = {}
    if register is not None:
        check_reglement(register, kolommen)
        bekend, tellers = _known(register, kolommen.bron), _counters(register)
    uitkomst.bron = peil.fact(register, kolommen)
    # In order of receipt, so that the numbers of a year follow its calendar.
    for zaak in sorted(lezing.zaken, key=lambda zaak: (zaak.ontvangen_op, zaak.regel)):
        if zaak.bron_id not in bekend:
            jaar = zaak.ontvangen_op.year
            tellers[jaar] = tellers.get(jaar, 0) + 1
            uitkomst.nieuw.append((f"K{jaar:04d}-{tellers[jaar]:04d}", zaak))
            continue
        weer[zaak.regel] = zaak
    for regel, feiten in facts(bestand, kolommen, lezing, weer) if weer else ():
        zaak = weer[regel]
        nummer, eerder = bekend[zaak.bron_id]
        anders = _differences([_content(feit) for feit in feiten], eerder)
        if anders:
            reden = f"Afwijkend van wat al is overgenomen als {nummer}: {opsomming(anders)}."
            uitkomst.afkeuringen += reject(zaak.bron_id, zaak.regels, [(zaak.regel, Reden(reden, ANDERS))])
        else:
            uitkomst.al_overgenomen.append(zaak)
    uitkomst.afkeuringen.sort(key=lambda afkeuring: afkeuring.regel)
    return uitkomst


def record(
    register: Register,
    plan: Plan,
    progress: Callable[[int], None] | None = None,
    *,
    akkoord: Container[str] = (),
    each: Callable[[int], None] = lambda _: None,
) -> list[str]:
    """Record every klacht of the plan as one group and return their numbers; on any failure there is nothing of it.

    `each` is told how many klachten were made, from 1 on each time they are: what it raises the first time, stops it.
    `akkoord` are the words of the objections a person agreed with; OnleesbaarBestand when one is left.
    """
    for woord, zin in plan.bezwaren.items():
        if woord not in akkoord:
            raise OnleesbaarBestand(f"{plan.pad.name}: {zin}")
    if not plan.nieuw:
        peil.record(register, plan.bron, door=DOOR, rol=ROL)
        return []
    keep_reglement(register, plan.kolommen)
    nummers = {zaak.regel: nummer for nummer, zaak in plan.nieuw}

    def klachten() -> Iterator[tuple[str, tuple[g.Gebeurtenis, ...]]]:
        for hoeveel, (regel, feiten) in enumerate(facts(plan.pad, plan.kolommen, plan.lezing, nummers), start=1):
            each(hoeveel)
            yield nummers[regel], feiten
        if plan.bron is not None:
            yield g.NUMMER, (plan.bron,)

    # What follows from the facts is made beside them otherwise, in the same transaction: twice the memory.
    feiten = plan.feiten + (plan.bron is not None)
    meeste = feiten > register.stand().aantal
    geheugen = max(GEHEUGEN_MB, plan.feiten // FEITEN_PER_MB)
    with (
        register.derived_at_end(geheugen) if meeste else nullcontext(),
        register.schrijven(progress=progress) as boeking,
    ):
        if not boeking.bron_ids(plan.kolommen.bron).isdisjoint(zaak.bron_id for _, zaak in plan.nieuw):
            raise RegisterFout(
                "Intussen zijn klachten van deze bron overgenomen. Er is niets vastgelegd; begin opnieuw."
            )
        op_volgorde = [nummer for nummer, _ in plan.nieuw]
        boeking.stream(Stroom(klachten=klachten, nummers=op_volgorde, feiten=feiten, door=DOOR, rol=ROL))
    return op_volgorde


# --- the reglement goes with the register ----------------------------------------------------------------------------


def check_reglement(register: Register, kolommen: Kolommen) -> None:
    """Refuse a reglement that differs from the one of this id that klachten of the register run under."""
    if kolommen.reglement_pad is None:
        return
    bewaard = register.reglementen.get(kolommen.reglement.id)
    if any(versie.reglement == kolommen.reglement.id for versie in register.organisatie.reglementversies()):
        raise OnleesbaarBestand(
            f"{kolommen.reglement_pad.name}, sleutel id: '{kolommen.reglement.id}' is in dit register een reglement "
            "voor nieuwe klachten. Geef dat van de overname een ander id."
        )
    if bewaard is None or _rules(bewaard) == _rules(kolommen.reglement):
        return
    with register.cursor() as cursor:
        onder = cursor.execute("SELECT count(*) FROM klacht WHERE reglement = ?", [bewaard.id]).fetchall()[0][0]
    if onder:
        raise OnleesbaarBestand(
            f"{kolommen.reglement_pad.name}, sleutel id: reglement '{bewaard.id}' is eerder bewaard met een andere "
            f"inhoud, voor {aantal(onder, 'klacht', 'klachten')}. Geef het gewijzigde reglement een andere id."
        )


def keep_reglement(register: Register, kolommen: Kolommen) -> None:
    """Put the reglement with the register, durably, before the first fact that names it."""
    check_reglement(register, kolommen)
    bewaard = register.reglementen.get(kolommen.reglement.id)
    if kolommen.reglement_pad is None:
        return
    if bewaard is not None and _rules(bewaard) == _rules(kolommen.reglement):
        return
    map = reglementen_map(register.map)
    map.mkdir(exist_ok=True)
    pad = map / f"{kolommen.reglement.id}.toml"
    deel = pad.with_name(f"{pad.name}.deel")
    with deel.open("wb") as bestand:
        bestand.write(kolommen.reglement_pad.read_bytes())
        bestand.flush()
        os.fsync(bestand.fileno())
    deel.replace(pad)
    for boven in (map, map.parent):
        fsync_map(boven)
    register.add_reglement(kolommen.reglement)


def _rules(reglement: Reglement) -> dict[str, object]:
    """What a reglement says, whatever its file is called."""
    namen = (veld.name for veld in fields(Reglement) if veld.name not in ("bestand", "tekst"))
    return {naam: getattr(reglement, naam) for naam in namen}


# --- what was taken over before --------------------------------------------------------------------------------------


def _counters(register: Register) -> dict[int, int]:
    with register.cursor() as cursor:
        return dict(cursor.execute("SELECT jaar, laatste FROM teller WHERE reeks = 'K'").fetchall())


def _known(register: Register, bron: str) -> dict[str, tuple[str, list[Inhoud]]]:
    """Klachtnummer and facts as first taken over, by source id; what was corrected here since does not matter."""
    with register.cursor() as cursor:
        nummers = dict(
            cursor.execute(
                "SELECT klachtnummer, gegevens ->> 'bron_id' FROM gebeurtenis "
                "WHERE soort = 'KlachtOntvangen' AND (gegevens ->> 'bron') = ? AND corrigeert IS NULL",
                [bron],
            ).fetchall()
        )
        feiten = cursor.execute(
            "SELECT klachtnummer, nr, soort, gebeurd_op, gegevens, teksten FROM gebeurtenis "
            "WHERE door = ? AND corrigeert IS NULL ORDER BY nr",
            [DOOR],
        ).fetchall()
        teksten = {
            (nr, veld): tekst
            for nr, veld, tekst in cursor.execute(
                "SELECT t.nr, t.veld, t.tekst FROM tekst AS t JOIN gebeurtenis AS g ON g.nr = t.nr WHERE g.door = ?",
                [DOOR],
            ).fetchall()
        }
    bekend: dict[str, tuple[str, list[Inhoud]]] = {bron_id: (nummer, []) for nummer, bron_id in nummers.items()}
    for nummer, nr, soort, gebeurd_op, gegevens, velden in feiten:
        if nummer in nummers:
            # A text that was erased since is None: nobody can tell any more whether it was the same.
            inhoud = tuple((veld, teksten.get((nr, veld))) for veld in sorted(json.loads(velden)))
            bekend[nummers[nummer]][1].append((soort, gebeurd_op, _canonical(json.loads(gegevens)), inhoud))
    return bekend


def _content(feit: g.Gebeurtenis) -> Inhoud:
    return feit.soort, feit.gebeurd_op, _canonical(feit.gegevens()), tuple(sorted(feit.teksten().items()))


def _canonical(gegevens: object) -> str:
    return json.dumps(gegevens, sort_keys=True, ensure_ascii=False)


def _differences(nu: Iterable[Inhoud], eerder: Iterable[Inhoud]) -> list[str]:
    """What is not the same, in words; a text that was erased in the register differs from nothing."""
    hier, daar = ({_which(inhoud): inhoud for inhoud in alle} for alle in (nu, eerder))
    anders = [welk[0] for welk in {**hier, **daar} if not _same(hier.get(welk), daar.get(welk))]
    return [_ONDERDEEL.get(soort) or f"stap {g.SOORTEN[soort].stap}" for soort in dict.fromkeys(anders)]


def _which(inhoud: Inhoud) -> tuple[str, str]:
    """A klacht has one of each kind that is taken over, but the moment of every step."""
    soort = inhoud[0]
    return soort, inhoud[2].partition('"van_stap"')[2] if soort == "TijdstipOvergenomen" else ""


def _same(nu: Inhoud | None, eerder: Inhoud | None) -> bool:
    if nu is None or eerder is None or nu[:3] != eerder[:3]:
        return False
    gewist = {veld for veld, tekst in eerder[3] if tekst is None}
    # How a value was spelled was not kept at first.
    nieuw = {"waarden_bron"} - {veld for veld, _ in eerder[3]}
    return [(v, None if v in gewist else t) for v, t in nu[3] if v not in nieuw] == list(eerder[3])
