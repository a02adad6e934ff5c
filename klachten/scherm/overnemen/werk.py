"""What somebody has under way on page Overnemen: the file, the choices so far, and the step where they are.

It is kept in the memory of the app by person, so that a reload loses nothing; the file is in a folder of its own that
only this process reads, and goes away when it is recorded or thrown away, and when the app stops.
"""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from klachten import bestandsnaam
from klachten.overname import bestandsvorm, kolommen, sleutels
from klachten.overname.beweging import Cijfers
from klachten.overname.bezig import Bezig
from klachten.overname.kolommen import SLEUTELS, OngeldigeKolommen
from klachten.overname.narekenen import Narekenen
from klachten.overname.overgangbeeld import Vooruitblik
from klachten.overname.overnemen import Plan
from klachten.overname.tabelbestand import Bestandsvorm, Tabelbestand
from klachten.overname.totalen import Totalen
from klachten.overname.voorstel import beeld, dokter, keus, ontwerp, vorm
from klachten.overname.voorstel.beeld import ALLE_TOT, Beeld
from klachten.overname.voorstel.dokter import Diagnose
from klachten.overname.voorstel.keus import Voorstel
from klachten.overname.voorstel.ontwerp import Ontwerp
from klachten.overname.vormen import openen
from klachten.register import Register
from klachten.reglement.tabel import Tabel

VERLATEN = 12 * 3600.0
"""After so many seconds in which nobody looked at it, a file is thrown away: it is full of personal data."""
EVEN = 2.0
"""So many seconds a page waits for what comes of the choices, before it shows how far that is."""
_slot = threading.Lock()
_werken: dict[tuple[int, str], Werk] = {}


@dataclass
class Uitkomst:
    """What the choices lead to: the plan and its totals, for a declaration as it was written."""

    tekst: str
    plan: Plan
    totalen: Totalen
    cijfers: tuple[dict[int, Cijfers], dict[int, Cijfers]] | None = None
    vooruit: Vooruitblik | None = None


@dataclass
class Werk:
    """One import on its way. `nr` changes with every file, and goes into the keys of its fields.

    `rekent` works out what the choices of a declaration lead to, until that is `uitkomst`. `opzij`: how the open
    klachten would go on here, as filled in before somebody decided that they do not; for who decides otherwise again.
    """

    nr: int = 0
    stap: int = 0
    naam: str = ""
    waarom: list[str] = field(default_factory=list)
    bladen: tuple[str, ...] = ()
    opmerkingen: list[str] = field(default_factory=list)
    beeld: Beeld | None = None
    kop: tuple[str, ...] = ()
    voorstel: Voorstel | None = None
    ontwerp: Ontwerp = field(default_factory=Ontwerp)
    uitkomst: Uitkomst | None = None
    rekent: tuple[str, Narekenen] | None = None
    bezig: Bezig | None = None
    opzij: dict[str, Any] = field(default_factory=dict)
    akkoord: set[str] = field(default_factory=set)
    geldt: dict[str, str] = field(default_factory=dict)
    bewaard: str = ""
    _map: tempfile.TemporaryDirectory[str] | None = None
    gezien_op: float = field(default_factory=time.monotonic)
    _botsingen: tuple[tuple[str, ...], list[list[int]]] | None = None
    _diagnose: tuple[Any, Diagnose] | None = None

    @property
    def gezien(self) -> Beeld:
        """What stands in the file, once there is one."""
        assert self.beeld is not None
        return self.beeld

    @property
    def voorgesteld(self) -> Voorstel:
        """What its columns seem to be, once there is a file."""
        assert self.voorstel is not None
        return self.voorstel

    @property
    def pad(self) -> Path:
        """Where the file is."""
        assert self._map is not None
        return Path(self._map.name) / self.naam

    def take(self, naam: str, inhoud: bytes) -> None:
        """Take a file that was sent and forget the choices of the one before; OngeldigBestand when it is no table."""
        self.throw_away()
        self._map = tempfile.TemporaryDirectory(prefix="klachten-overnemen-", ignore_cleanup_errors=True)
        self.naam = bestandsnaam.kept(naam, "bestand.csv")
        self.pad.write_bytes(inhoud)
        self.see_form({})
        self.look()

    def see_form(self, gezegd: dict[str, Any]) -> None:
        """See how the file is written, as far as nobody said it."""
        gezien = vorm.propose(self.pad, self._form(gezegd) if gezegd else None)
        self.waarom, self.bladen = gezien.waarom, gezien.proef.bladen
        self.ontwerp.verklaring["bestand"] = {**gezien.bestand, **gezegd}

    def look(self) -> None:
        """Look at the file as it is said to be written, and propose anew what each column is."""
        zo = dict(self.ontwerp.verklaring["bestand"])
        with self.open() as tabel:
            self.kop = tabel.kop
            self.beeld = beeld.look(tabel.kop, tabel.rows())
            self.opmerkingen = list(tabel.opmerkingen)
        if self.beeld.totalen:
            zo["totalen"] = sorted(self.beeld.totalen)
        self.voorstel = keus.propose(self.gezien)
        self.ontwerp = ontwerp.begin(self.voorstel, self.gezien, zo)
        self.same_per_case()
        self.uitkomst = self._diagnose = None
        self.opzij = {}

    def same_per_case(self) -> None:
        """See which columns say the same on every row of a case; of one row per klacht all do."""
        id = self.ontwerp.kolom_van("id")
        if self.ontwerp.verklaring.get("korrel") == "gebeurtenis" and id:
            with self.open() as logboek:
                beeld.same_per_case(self.gezien, id, logboek.rows())

    @contextmanager
    def open(self) -> Iterator[Tabelbestand]:
        """Open the file as it is said to be written now."""
        with closing(openen.open_table(self.pad, self._form(self.ontwerp.verklaring["bestand"]))) as tabel:
            yield tabel

    def _form(self, bestand: dict[str, Any]) -> Bestandsvorm:
        tabel = Tabel({"bestand": bestand}, self.naam, sleutels=SLEUTELS, fout=OngeldigeKolommen)
        return bestandsvorm.read(tabel)

    def diagnose(self, vandaag: date) -> Diagnose:
        """What the date doctor says of the columns with a date, in the forms that were seen; looked at once."""
        vormen = {kolom.naam: kolom.vormen.beste for kolom in self.gezien.kolommen if kolom.datum}
        gevraagd = (dict(self.ontwerp.rollen), vandaag)
        if self._diagnose is None or self._diagnose[0] != gevraagd:
            with self.open() as logboek:
                gevonden = dokter.examine(self.ontwerp.rollen, vormen, logboek.kop, logboek.rows(), vandaag)
            self._diagnose = gevraagd, gevonden
        return self._diagnose[1]

    def declaration(self) -> Path:
        """Write the declaration as it is now beside the file, and return where."""
        assert self._map is not None
        return self.ontwerp.write(Path(self._map.name) / "verklaring", self.gezien)

    def work_out(self, register: Register, vandaag: date) -> Uitkomst | None:
        """Return what the choices of now lead to; None as long as `rekent` is at it, or when that was stopped.

        OngeldigBestand when the file cannot be read as declared.
        """
        pad = self.declaration()
        tekst = pad.read_text(encoding="utf-8")
        if self.uitkomst is not None and self.uitkomst.tekst == tekst:
            return self.uitkomst
        if self.rekent is None or self.rekent[0] != tekst:
            self.recount()
            verklaring = kolommen.load(pad, register.reglementen)
            rijen = self.gezien.rijen if self.gezien.rijen < ALLE_TOT else 0
            self.rekent = tekst, Narekenen(register, self.pad, verklaring, vandaag, rijen)
            self.rekent[1].start()
        rekent = self.rekent[1]
        rekent.wait(EVEN)
        if rekent.fout is not None:
            self.recount()
            raise rekent.fout
        if rekent.plan is not None and rekent.totalen is not None and not rekent.loopt:
            self.uitkomst = Uitkomst(tekst, rekent.plan, rekent.totalen, rekent.cijfers, rekent.vooruit)
            self.akkoord, self.geldt, self.rekent = set(), {}, None
        return self.uitkomst

    def recount(self) -> None:
        """Forget what the choices lead to, and stop looking for it: the next question begins anew."""
        if self.rekent is not None:
            self.rekent[1].stop()
        self.rekent = self.uitkomst = None

    def collisions(self, kolommen: Sequence[str]) -> list[list[int]]:
        """The lines of rows that a key of these columns does not tell apart; looked at once."""
        if self._botsingen is None or self._botsingen[0] != tuple(kolommen):
            with self.open() as tabel:
                samen = sleutels.collisions(tabel.rows(), [tabel.kop.index(kolom) for kolom in kolommen])
            self._botsingen = tuple(kolommen), samen
        return self._botsingen[1]

    def drop_file(self) -> None:
        """Let the file go: what was taken over of it is in the register."""
        if self._map is not None:
            self._map.cleanup()

    def throw_away(self) -> None:
        """Throw the file and every choice away."""
        self.recount()
        self.drop_file()
        self.__dict__.update(Werk(nr=self.nr + 1).__dict__)


def of(register: Register, wie: str) -> Werk:
    """Return what somebody has under way in this register; what was left alone for too long is gone."""
    nu = time.monotonic()
    with _slot:
        for werk in _werken.values():
            if nu - werk.gezien_op > VERLATEN and not (werk.bezig and werk.bezig.loopt):
                werk.throw_away()
        werk = _werken.setdefault((id(register), wie), Werk())
        werk.gezien_op = nu
        return werk
