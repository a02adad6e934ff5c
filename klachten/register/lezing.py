"""Reading an open register: its dossiers, its database, and what changed in it."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime

from klachten.gebeurtenissen import Vastlegging
from klachten.organisatie import Organisatie
from klachten.register.alsof import as_if, as_if_recorded
from klachten.register.database import Connection, Database
from klachten.register.dossierlezing import read_dossier, read_dossiers
from klachten.register.dossiermap import Dossiermap
from klachten.register.enkel import Enkel
from klachten.register.fouten import RegisterAlleenLezen, RegisterFout
from klachten.register.gelezen import Gelezen, Stand
from klachten.register.inrichting import Inrichting
from klachten.register.nummers import parse_number
from klachten.register.schrijfstand import Schrijfstand
from klachten.register.wijzigingen import Wijzigingen
from klachten.register.wissen import Wissel

_GESLOTEN = "Het register is gesloten."


class Lezing:
    """What an open register can be asked; the register itself adds opening and writing."""

    dossiers: Dossiermap
    inrichting: Inrichting

    def __init__(self, schrijfstand: Schrijfstand) -> None:
        self.versie = 0
        self.schrijfstand = schrijfstand
        self.wijzigingen = Wijzigingen()
        self._bereid: Callable[[Connection], Connection] = lambda cursor: cursor
        self._database: Database | None = None
        self._gelezen = Gelezen()
        self._wissel = Wissel()
        self._leesslot = threading.Lock()
        self._schrijfslot = threading.Lock()
        self.enkel = Enkel(self)

    @property
    def organisatie(self) -> Organisatie:
        """The organisation as its facts make it; empty without any."""
        return self.inrichting.organisatie

    @property
    def _db(self) -> Database:
        self._wissel.wait()
        if self._database is None:
            waarom = self.schrijfstand.database
            raise RegisterAlleenLezen(waarom) if waarom else RegisterFout(_GESLOTEN)
        return self._database

    def cursor(self) -> Connection:
        """A fresh cursor for one read; never share it between threads."""
        return self._bereid(self._wissel.reads(self._db.con.cursor()))

    def prepare(self, con: Connection) -> Connection:
        """Give a connection the questions of analyse."""
        return self._bereid(con)

    def plain_cursor(self) -> Connection:
        """A fresh cursor for one read of the tables, without the questions of analyse: making those takes 150 ms."""
        return self._wissel.reads(self._db.con.cursor())

    def as_if(self, klachtnummer: str, geldig: Sequence[Vastlegging]) -> contextlib.AbstractContextManager[Connection]:
        """A cursor for one read that sees a dossier as if these were its valid facts; nothing is kept of it."""
        eerder = self.vastleggingen(klachtnummer)
        return as_if(self.cursor(), self._db.afleiding, eerder, geldig)

    def as_if_recorded(self, vastleggingen: Sequence[Vastlegging]) -> contextlib.AbstractContextManager[Connection]:
        """A cursor for one read that sees these facts of many dossiers too, without their texts."""
        return as_if_recorded(self.cursor(), vastleggingen)

    def vastleggingen(self, klachtnummer: str) -> list[Vastlegging]:
        """Every fact of a dossier in order of recording, with its texts."""
        parse_number(klachtnummer)
        versie, _ = self.versie, self._db
        if (gelezen := self._gelezen.get(klachtnummer)) is None:
            gelezen = read_dossier(self._db, klachtnummer)
            with self._leesslot:
                # What was read before a fact came in, and is handed over after it, would stay old.
                if versie == self.versie:
                    self._gelezen.keep(klachtnummer, gelezen)
        return list(gelezen)

    def vastleggingen_van(self, klachtnummers: Collection[str]) -> dict[str, list[Vastlegging]]:
        """The same of several dossiers, by number, in one go; many of them, so none is remembered."""
        for nummer in klachtnummers:
            parse_number(nummer)
        return read_dossiers(self._db, klachtnummers)

    def document(self, klachtnummer: str, sha256: str) -> bytes:
        """The content of a document in a dossier, checked against its content hash."""
        return self.dossiers.document(klachtnummer, sha256)

    @property
    def legt_vast(self) -> bool:
        """Whether something is being recorded now, or many groups are of which what follows is made at their end."""
        return self._schrijfslot.locked() or self.uitgesteld

    @property
    def uitgesteld(self) -> bool:
        """Whether what follows from the facts is made later: until then the tables do not have it."""
        database = self._database
        return database is not None and database.uitgesteld

    def stand(self) -> Stand:
        """Count and zegel of the head."""
        with self._db.con.cursor() as cursor:
            return Stand(*cursor.execute("SELECT nr, zegel FROM stand").fetchall()[0])

    def last_recorded(self) -> tuple[int, datetime | None]:
        """Number and moment (UTC) of the last fact; None without any."""
        with self._db.con.cursor() as cursor:
            sql = "SELECT nr, vastgelegd_op FROM gebeurtenis WHERE nr = (SELECT nr FROM stand)"
            ((nr, op),) = cursor.execute(sql).fetchall() or [(0, None)]
            return nr, op and op.replace(tzinfo=UTC)

    def reglementen_in_gebruik(self) -> set[str]:
        """The ids of the reglementen under which there are klachten."""
        # Not the cursor of a reader: making the questions of analyse, which are not asked here, takes 150 ms.
        with self._db.con.cursor() as cursor:
            return {id for (id,) in cursor.execute("SELECT DISTINCT reglement FROM klacht").fetchall()}

    def changed_since(self, versie: int) -> frozenset[str] | None:
        """The numbers of the dossiers that got facts after a version; None when that can be any of them."""
        return self.wijzigingen.dossiers_since(versie, self.versie)

    def _all_changed(self) -> None:
        with self._leesslot:
            self._gelezen.clear()
            self.wijzigingen.add(self.versie + 1, None)
            self.versie += 1
        self.enkel.drop()
