"""A group of facts that is recorded whole or not at all: what handelingen write into."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

from klachten.gebeurtenissen import Gebeurtenis, Vastlegging
from klachten.register.database import Database
from klachten.register.feitrij import BLOK, seal_fact
from klachten.register.fouten import RegisterFout
from klachten.register.inleg import Inleg
from klachten.register.nummers import is_usual, make_number, parse_number
from klachten.register.stroom import GEEN_EERSTE, Stroom
from klachten.register.teksten import Tekstrij
from klachten.register.tekstregel import new_text


class Boeking:
    """A group of facts in the making; it becomes real when the with-block of `schrijven` ends well."""

    def __init__(
        self, database: Database, lees: Callable[[str], list[Vastlegging]], klok: Callable[[], datetime]
    ) -> None:
        self._db = database
        self._lees = lees
        self._klok = klok
        self._kop = database.vanaf
        self._tellers: dict[tuple[str, int], int] = {}
        self._uitgegeven: set[str] = set()
        self._gelezen: dict[str, list[Vastlegging]] = {}
        self._open = True
        self.feiten: list[Vastlegging] = []
        self._eigen: dict[str, list[Vastlegging]] = {}
        self.inleg = Inleg()
        self._teksten: list[dict[str, str]] = []
        self._tekstrijen: list[Tekstrij] = []
        self._zegels: dict[int, str] = {}
        self.stroom: Stroom | None = None

    @property
    def volgende(self) -> int:
        """The number the next fact gets."""
        return self._kop.nr + len(self.feiten) + 1

    def close(self) -> None:
        """Refuse further facts; every number given out must have got one."""
        self._open = False
        if self._uitgegeven:
            raise RegisterFout(
                f"Zonder feit uitgegeven: {', '.join(sorted(self._uitgegeven))}. Er is niets vastgelegd."
            )

    # --- read --------------------------------------------------------------------------------------------------------

    def vastleggingen(self, klachtnummer: str) -> list[Vastlegging]:
        """Every fact of a dossier, those of this group included."""
        # The writer lock is held, so nobody adds a fact between two looks at the same dossier.
        if klachtnummer not in self._gelezen:
            self._gelezen[klachtnummer] = self._lees(klachtnummer)
        return [*self._gelezen[klachtnummer], *self._eigen.get(klachtnummer, ())]

    def intake(self, intake_id: str) -> str | None:
        """The klachtnummer already made from this intake form, so that a double click makes no second klacht."""
        for feit in self.feiten:
            if intake_id and getattr(feit.feit, "intake", "") == intake_id:
                return feit.klachtnummer
        with self._db.con.cursor() as cursor:
            rijen = cursor.execute(
                "SELECT klachtnummer FROM gebeurtenis "
                "WHERE soort = 'KlachtOntvangen' AND (gegevens ->> 'intake') = ? ORDER BY nr LIMIT 1",
                [intake_id],
            ).fetchall()
        return rijen[0][0] if intake_id and rijen else None

    # --- add ---------------------------------------------------------------------------------------------------------

    def nieuw_nummer(self, reeks: str, jaar: int) -> str:
        """The next number of a reeks (K, S, E or P) in a year: no gaps, no repeats."""
        laatste = self._laatste(reeks, jaar) + 1
        nummer = make_number(reeks, jaar, laatste)
        if parse_number(nummer) != (reeks, jaar, laatste):
            raise RegisterFout(f"'{nummer}' is geen klachtnummer.")
        self._tellers[reeks, jaar] = laatste
        self._uitgegeven.add(nummer)
        self._gelezen[nummer] = []
        return nummer

    def stream(self, stroom: Stroom) -> None:
        """Let facts of many klachten be this group, and no other; the numbers of new ones are those that come next."""
        if self.feiten or self._uitgegeven:
            raise RegisterFout("In deze boeking staan al feiten.")
        per_reeks: dict[str, list[int]] = {}
        for nummer in stroom.nummers:
            if not is_usual(nummer):
                raise RegisterFout(f"'{nummer}' is geen klachtnummer.")
            per_reeks.setdefault(nummer[:5], []).append(int(nummer[6:]))
        for begin_van, volgnrs in per_reeks.items():
            begin = self._laatste(begin_van[0], int(begin_van[1:])) + 1
            volgnrs.sort()
            if volgnrs != list(range(begin, begin + len(volgnrs))):
                raise RegisterFout("Intussen zijn klachtnummers uitgegeven. Er is niets vastgelegd; begin opnieuw.")
        self._check_corrections(stroom)
        self.stroom = stroom

    def _check_corrections(self, stroom: Stroom) -> None:
        """Each fact of before that is put right is the first version of one, in the dossier it is said to be in."""
        eerder = {nr: nummer for nr, nummer in stroom.verbetert.items() if nr <= self._kop.nr}
        if not eerder:
            return
        with self._db.con.cursor() as cursor:
            ((goed,),) = cursor.execute(
                "SELECT count(*) FROM (SELECT unnest($nrs) AS nr, unnest($nummers) AS klachtnummer) AS v "
                "JOIN gebeurtenis AS g ON g.nr = v.nr AND g.klachtnummer = v.klachtnummer AND g.corrigeert IS NULL",
                {"nrs": list(eerder), "nummers": list(eerder.values())},
            ).fetchall()
        if goed != len(eerder):
            raise RegisterFout(GEEN_EERSTE)

    def _laatste(self, reeks: str, jaar: int) -> int:
        return self._tellers.get((reeks, jaar)) or self._db.last_number(reeks, jaar)

    def leg_vast(
        self,
        klachtnummer: str,
        feit: Gebeurtenis,
        *,
        door: str,
        rol: str,
        corrigeert: int | None = None,
        vastgelegd_op: datetime | None = None,
        document: bytes | None = None,
    ) -> int:
        """Add a fact to the group and return its number."""
        if not self._open or self.stroom is not None:
            raise RegisterFout("Deze boeking is afgesloten: begin opnieuw met schrijven().")
        reeks, jaar, volgnr = parse_number(klachtnummer)
        if reeks not in "TO" and volgnr > self._laatste(reeks, jaar):
            raise RegisterFout(f"{klachtnummer} bestaat niet.")
        wanneer = vastgelegd_op or self._klok()
        if wanneer.tzinfo is None:
            raise RegisterFout("vastgelegd_op heeft geen tijdzone; geef UTC.")
        if corrigeert is not None:
            self._check_correction(klachtnummer, corrigeert)
        if document is not None:
            sha256 = hashlib.sha256(document).hexdigest()
            if getattr(feit, "document", None) != sha256:
                raise RegisterFout("Het document is niet het document dat in het feit staat.")
            self.inleg.documenten[klachtnummer, sha256] = document
        nr = self.volgende
        gezegd = feit.teksten()
        teksten = [new_text(nr, veld, tekst) for veld, tekst in gezegd.items()]
        try:
            commitments = {tekst.veld: tekst.commitment for tekst in teksten}
        except UnicodeEncodeError as fout:
            raise RegisterFout("De tekst bevat een half teken, dat niet kan worden bewaard.") from fout
        self._teksten.append(commitments)
        if teksten:
            self.inleg.teksten.setdefault(klachtnummer, []).extend(teksten)
            self._tekstrijen += [(nr, klachtnummer, veld, tekst) for veld, tekst in gezegd.items()]
        self._uitgegeven.discard(klachtnummer)
        vastlegging = Vastlegging(
            nr=nr,
            klachtnummer=klachtnummer,
            vastgelegd_op=wanneer.astimezone(UTC),
            door=door,
            rol=rol,
            feit=feit,
            corrigeert=corrigeert,
        )
        self.feiten.append(vastlegging)
        self._eigen.setdefault(klachtnummer, []).append(vastlegging)
        return nr

    def _check_correction(self, klachtnummer: str, corrigeert: int) -> None:
        eerste = {feit.nr: feit for feit in self.vastleggingen(klachtnummer)}.get(corrigeert)
        if eerste is None or eerste.corrigeert is not None:
            raise RegisterFout(
                f"Feit {corrigeert} is geen eerste versie van een feit van {klachtnummer}, en dus niet te verbeteren."
            )

    # --- for the register --------------------------------------------------------------------------------------------

    def lines(self) -> list[str]:
        """The lines of the journal for this group."""
        regels, zegel, aantal = [], self._kop.zegel, len(self.feiten)
        for i, (feit, teksten) in enumerate(zip(self.feiten, self._teksten, strict=True), start=1):
            regel, zegel = seal_fact(feit, (i, aantal), teksten, zegel)
            regels.append(regel)
            self._zegels[feit.nr] = zegel
        return regels

    def numbers(self) -> set[str]:
        """The klachtnummers of this group."""
        return {feit.klachtnummer for feit in self.feiten}

    def kinds(self) -> set[str]:
        """The kinds of fact that this group adds, corrects or takes back."""
        soorten = {feit.feit.soort for feit in self.feiten}
        for feit in self.feiten:
            if feit.corrigeert is not None:
                eerdere = self.vastleggingen(feit.klachtnummer)
                soorten |= {ander.feit.soort for ander in eerdere if ander.nr == feit.corrigeert}
        return soorten

    def before_and_after(self, klachtnummer: str) -> tuple[list[Vastlegging], list[Vastlegging]]:
        """The facts of a dossier as they were, and those that this group adds."""
        alle, erbij = self.vastleggingen(klachtnummer), self._eigen.get(klachtnummer, [])
        return alle[: len(alle) - len(erbij)], erbij

    def recorded(self, klachtnummer: str) -> list[Vastlegging]:
        """Every fact of a dossier as the register has it once this group is recorded."""
        eerder, erbij = self.before_and_after(klachtnummer)
        return [*eerder, *(replace(feit, zegel=self._zegels[feit.nr]) for feit in erbij)]

    def text_rows(self) -> Iterator[list[Tekstrij]]:
        """The rows of table tekst for this group, in portions."""
        for begin in range(0, len(self._tekstrijen), BLOK):
            yield self._tekstrijen[begin : begin + BLOK]
