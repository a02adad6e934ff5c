"""Taking one file over as the command does, into a register that is there, and what must hold whatever the file is."""

from __future__ import annotations

import json
import re
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from klachten.opening import open_register
from klachten.overname import besluiten, overnemen, totalen, verslag
from klachten.overname import kolommen as declaratie
from klachten.overname.overnemen import Plan
from klachten.overname.voorstel import beeld, dokter, keus, vorm
from klachten.overname.voorstel.dokter import Diagnose
from klachten.overname.vormen import openen
from klachten.register import Register
from klachten.reglement.tabel import OngeldigBestand
from tests.vernield.bron import GEHEIM, HIER, PROEF, VANDAAG

ZIN, AFGEKEURD, GEVRAAGD, OVER = "geweigerd", "rijen afgekeurd", "gevraagd", "overgenomen"
SOORTEN = (ZIN, AFGEKEURD, GEVRAAGD, OVER)
_GEEN_ZIN = re.compile(r"Traceback|Error\b|Exception|NoneType|<class|\bcodec\b|object at 0x|[\x00-\x08\x0b-\x1f\x7f]")
_LANGSTE_ZIN = 1_500
_TOTALEN = 40
"""The totals per year and term want a database of their own: of one file in so many."""
_VOL = 150
"""After so many imports another register is begun: what there is already is not what is tried here."""


@dataclass
class Geval:
    """A mangled file: what it is called, its bytes, and what may become of it.

    `waar` is what the register has to say of each id, None when nobody can know; `hoogstens` so many klachten may say
    something else or be missing without a word. `anders` are changes of the declaration. `mits` judges what became of
    it further, and says what is wrong.
    """

    naam: str
    inhoud: bytes
    waar: dict[str, dict[str, Any]] | None = None
    hoogstens: int = 0
    mag: tuple[str, ...] = SOORTEN
    anders: tuple[tuple[str, str], ...] = ()
    mits: Callable[[Uitslag], str] = lambda _: ""
    regels: int | None = None


@dataclass
class Uitslag:
    """What became of a file: its kind, all that was said, the plan, and whatever is wrong with that."""

    soort: str = ""
    gezegd: list[str] = field(default_factory=list)
    plan: Plan | None = None
    diagnose: Diagnose | None = None
    over: dict[str, dict[str, Any]] = field(default_factory=dict)
    fouten: list[str] = field(default_factory=list)
    duur: float = 0.0

    @property
    def tekst(self) -> str:
        """All that was said."""
        return "\n".join(self.gezegd)


class Proefregister:
    """Real registers, one after another, into which files are taken over."""

    def __init__(self) -> None:
        self._stapel, self._keer = ExitStack(), 0
        self.register: Register | None = None
        self._map = Path(self._stapel.enter_context(tempfile.TemporaryDirectory(prefix="vernield-")))

    def __enter__(self) -> Proefregister:
        return self

    def __exit__(self, *_: object) -> None:
        if self.register is not None:
            self.register.close()
        self._stapel.close()

    def vers(self) -> Register:
        """The register to take a file over into."""
        if self.register is None or self._keer % _VOL == 0:
            if self.register is not None:
                self.register.close()
            self.register = open_register(self._map / f"register{self._keer}")
        self._keer += 1
        return self.register

    def doe(self, geval: Geval) -> Uitslag:
        """Take a file over, and judge what became of it."""
        uitslag, begin = Uitslag(), time.perf_counter()
        register = self.vers()
        with tempfile.TemporaryDirectory(prefix="vernield-") as tijdelijk:
            map = Path(tijdelijk)
            pad = map / geval.naam
            pad.write_bytes(geval.inhoud)
            stap = "voorstel"
            try:
                _look(pad, uitslag)
                stap = "opdracht"
                _take_over(pad, geval, register, self._keer, uitslag)
            except Exception:  # noqa: BLE001 whatever it is, it is what is looked for
                uitslag.fouten.append(f"{stap}: {traceback.format_exc(limit=-4)}")
        uitslag.duur = time.perf_counter() - begin
        _judge(geval, uitslag)
        return uitslag


def _look(pad: Path, uitslag: Uitslag) -> None:
    """What the page does on opening a file: how it is written, what stands in it, which order its dates have."""
    try:
        gezien = vorm.propose(pad)
        with openen.open_table(pad, gezien.proef.vorm) as tabel:
            kop, rijen = tabel.kop, list(tabel.rows())
        beeld_ = beeld.look(kop, rijen)
        voorstel = keus.propose(beeld_)
        rollen = {deel.kolom: deel.rol for deel in voorstel.kolommen}
        vormen = {kolom.naam: kolom.vormen.beste for kolom in beeld_.kolommen if kolom.datum}
        uitslag.diagnose = dokter.examine(rollen, vormen, kop, rijen, VANDAAG)
    except OngeldigBestand as fout:
        uitslag.gezegd.append(str(fout))


def _take_over(pad: Path, geval: Geval, register: Register, nr: int, uitslag: Uitslag) -> None:
    kolommen = declaratie.load(declareer(pad.parent, *geval.anders, ('"vernield"', f'"vernield{nr}"')))
    voor, stand = _bytes(register), register.stand()
    try:
        lezing = overnemen.read(pad, kolommen, VANDAAG, register=register)
        plan = uitslag.plan = overnemen.plan(pad, kolommen, lezing, register)
        uitslag.gezegd += verslag.lines(plan, None)
        verslag.write_rejected(plan, afgekeurd := pad.parent / "afgekeurd.csv")
        uitslag.gezegd.append(afgekeurd.read_text(encoding="utf-8-sig"))
        if besluiten.undecided(plan.afkeuringen, kolommen.besluiten):
            uitslag.soort = AFGEKEURD
        elif plan.bezwaren:
            uitslag.soort = GEVRAAGD
        else:
            uitslag.fouten += _totals(plan, register) if nr % _TOTALEN == 0 else ()
            overnemen.record(register, plan)
            uitslag.soort, uitslag.over = OVER, recorded(register, stand.aantal)
    except OngeldigBestand as fout:
        uitslag.soort = ZIN
        uitslag.gezegd.append(str(fout))
        if not _sentence(str(fout), pad.name):
            uitslag.fouten.append(f"geen zin: {str(fout)!r}")
    if uitslag.soort != OVER and (_bytes(register) != voor or register.stand() != stand):
        uitslag.fouten.append("het register is veranderd terwijl er niets is overgenomen")


def _totals(plan: Plan, register: Register) -> Iterator[str]:
    geteld = totalen.count(plan, register, VANDAAG)
    if sum(jaar.nieuw for jaar in geteld.jaren) != len(plan.nieuw):
        yield "de totalen per jaar zijn niet samen de klachten"
    for termijn in geteld.termijnen:
        if termijn.statussen.total() != len(plan.nieuw):
            yield f"termijn {termijn.naam}: {termijn.statussen.total()} van {len(plan.nieuw)} klachten geteld"


def declareer(map: Path, *anders: tuple[str, str]) -> Path:
    """Write the declaration and its reglement, changed where asked."""
    (map / "maand.reglement.toml").write_bytes((PROEF / "maand.reglement.toml").read_bytes())
    tekst = (HIER / "vernield.toml").read_text(encoding="utf-8")
    for van, naar in anders:
        assert van in tekst, van
        tekst = tekst.replace(van, naar, 1)
    (map / "vernield.toml").write_text(tekst, encoding="utf-8")
    return map / "vernield.toml"


def _bytes(register: Register) -> list[tuple[str, int, int]]:
    """The journal, the texts of klachten, and the folders in which there can come something: what is written shows."""
    bestanden = *(register.map / "journaal").iterdir(), *register.dossiers.bundels.files()
    return sorted(
        (str(pad), pad.stat().st_size, pad.stat().st_mtime_ns)
        for pad in (*bestanden, register.map / "dossiers", register.map / "reglementen")
        if pad.exists()
    )


def recorded(register: Register, na: int) -> dict[str, dict[str, Any]]:
    """What the register says of each klacht that was recorded after a fact, by its id in the source."""
    with register.plain_cursor() as cursor:
        feiten = cursor.execute(
            "SELECT klachtnummer, nr, soort, gebeurd_op, gegevens FROM gebeurtenis WHERE nr > ? ORDER BY nr", [na]
        ).fetchall()
        teksten = cursor.execute("SELECT nr, veld, tekst FROM tekst WHERE nr > ?", [na]).fetchall()
    per_nr: dict[int, dict[str, str]] = {}
    for nr, veld, tekst in teksten:
        per_nr.setdefault(nr, {})[veld] = tekst
    uit: dict[str, dict[str, Any]] = {}
    for nummer, nr, soort, op, rauw in feiten:
        gegevens = json.loads(rauw)
        klacht = uit.setdefault(nummer, {})
        if soort == "KlachtOntvangen":
            klacht |= {"id": gegevens["bron_id"], "ontvangen": op, **per_nr.get(nr, {})}
            klacht |= {naam: gegevens[naam] for naam in ("kanaal", "categorie")}
        elif soort == "TermijnOvergenomen":
            klacht |= {"uiterlijk": date.fromisoformat(gegevens["uiterlijk_op"])}
            klacht |= {"uiterlijk_om": gegevens["uiterlijk_om"]} if gegevens.get("uiterlijk_om") else {}
        elif soort == "TijdstipOvergenomen":
            klacht[f"om {gegevens['van_stap']}"] = gegevens["om"]
        elif soort in ("OntvangstBevestigd", "KlachtAfgesloten"):
            klacht["stap 5" if soort == "OntvangstBevestigd" else "stap 13"] = op
    return {klacht.pop("id"): klacht for klacht in uit.values() if "id" in klacht}


# --- what must hold --------------------------------------------------------------------------------------------------


def _sentence(zin: str, naam: str) -> bool:
    return (
        len(zin) < _LANGSTE_ZIN
        and not _GEEN_ZIN.search(zin)
        and "\n" not in zin
        and (zin.rstrip()[-1:] in (".", "?", ")") or zin.endswith(("git lfs pull", "git annex get")))
        and len(zin.removeprefix(naam).split()) > 3
    )


def _judge(geval: Geval, uitslag: Uitslag) -> None:
    fouten = uitslag.fouten
    if not uitslag.soort:
        return
    if uitslag.soort not in geval.mag:
        fouten.append(f"{uitslag.soort}, maar mag alleen {' of '.join(geval.mag)} zijn: {uitslag.tekst[-600:]}")
    fouten += [f"gezegd wordt wat er in het bestand staat: {woord}" for woord in GEHEIM if woord in uitslag.tekst]
    if uitslag.plan is not None:
        fouten += _count(geval, uitslag.plan)
    if uitslag.soort == OVER and geval.waar is not None:
        fouten += _compare(geval, uitslag.over)
    if zin := geval.mits(uitslag):
        fouten.append(zin)


def _count(geval: Geval, plan: Plan) -> Iterator[str]:
    """Every physical line is a row or has its own count, and every row is a klacht, a double or a rejection."""
    lezing, telling = plan.lezing, plan.lezing.telling
    if telling.verschil:
        yield f"{telling.verschil} regels niet thuisgebracht: {telling}"
    if geval.regels is not None and telling.regels != geval.regels:
        yield f"het bestand heeft {geval.regels} regels, geteld zijn {telling.regels}"
    rijen = sum(len(zaak.regels) for zaak in lezing.zaken) + len(lezing.dubbelen) + len(lezing.afkeuringen)
    if not lezing.rijen == telling.rijen == rijen:
        yield f"{telling.rijen} rijen geteld, {lezing.rijen} gelezen, {rijen} teruggevonden"
    if len(plan.nieuw) != len(lezing.zaken):
        yield f"{len(lezing.zaken)} klachten gelezen, {len(plan.nieuw)} nieuw"
    yield from (
        f"geen zin over een rij: {afkeuring.reden!r}"
        for afkeuring in plan.afkeuringen
        if not _sentence(afkeuring.reden, "")
    )


def _compare(geval: Geval, over: dict[str, dict[str, Any]]) -> Iterator[str]:
    """What was recorded is what stood in the file, but for as many klachten as nobody can know of."""
    assert geval.waar is not None
    weg, erbij = geval.waar.keys() - over.keys(), over.keys() - geval.waar.keys()
    anders = [id for id in geval.waar.keys() & over.keys() if geval.waar[id] != over[id]]
    if max(len(weg), len(erbij)) + len(anders) > geval.hoogstens:
        een = next(iter(anders), None)
        wat = f"{een}: {dict(over[een].items() ^ geval.waar[een].items())}" if een else ""
        yield f"{len(weg)} klachten verdwenen, {len(erbij)} erbij, {len(anders)} anders. {wat}"
