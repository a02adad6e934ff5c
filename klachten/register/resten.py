"""What lies beside the journal and tells how far it once went: the one place that says whether facts were lost.

Each witness is asked what it knows: the database, one that was set aside, the seal file, the snapshots, the texts in
the dossiers. What is said about loss at opening, by `controleer` and by `herbouw` is computed from what they answer.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from klachten.datamap import DATABASE, ZEGEL
from klachten.register import aanvaard, zegelstand
from klachten.register.aanvaard import Aanvaard
from klachten.register.dossiermap import Dossiermap
from klachten.register.journaal import Kop
from klachten.register.nummers import IN_BYTES, OngeldigNummer, parse_number
from klachten.taal import aantal, feiten, opsomming

GENOEG = 2_000
"""Up to so many dossiers their texts are looked at whenever the register opens: 30 ms; of more in the background."""
VERDER = 'python -m klachten herbouw --ondanks "waarom"'
TERUG = "Zet de map journaal terug uit de laatste reservekopie en start opnieuw."
ANDERS = f"{TERUG} Weet u dat het journaal zo hoort, ga er dan mee verder: {VERDER}"
"""What to do about a journal that was changed."""
_BYTES = 500
"""Of the texts of a klacht that was taken over, where they stand among those of others."""
_NR = re.compile(rb'^\{"nr": ([0-9]+),', re.MULTILINE)
_NAMEN = 5
_LAATSTE = """
SELECT max_by(klachtnummer, CAST(split_part(klachtnummer, '-', 2) AS BIGINT))
FROM read_parquet(?) GROUP BY split_part(klachtnummer, '-', 1)
"""


@dataclass(frozen=True)
class Verlies:
    """What is gone: the journal ends at fact `kop`, and `sporen` (words) know of facts up to `hoogste`.

    `dossiers` have texts of facts that are gone; `zonder` are dossiers of which the journal has no fact at all. `zeker`
    tells that whoever knew where the journal ended says that it still ends there, and `sinds` when a loss was last
    accepted: of what came before that nothing good is said.
    """

    kop: int
    hoogste: int = 0
    sporen: tuple[str, ...] = ()
    dossiers: tuple[str, ...] = ()
    zonder: tuple[str, ...] = ()
    zeker: bool = False
    sinds: str = ""

    @property
    def minstens(self) -> int:
        """How many facts are gone at the very least."""
        return max(self.hoogste - self.kop, 1 if self.zonder else 0, 0)

    def zin(self) -> str:
        """The sentence about loss, whoever asks."""
        if not self.minstens:
            if self.zeker and self.sinds:
                return f"Sinds het aanvaarde verlies van {self.sinds} is geen bevestigd feit verloren."
            if self.zeker:
                return "Geen bevestigd feit is verloren."
            return (
                f"Alles wat er nog is past bij het journaal tot en met feit {self.kop}. Of er daarna nog iets is "
                "vastgelegd, is niet te zeggen: niets wijst erop."
            )
        kwijt = f"Er is verloren wat was bevestigd: minstens {feiten(self.minstens)}"
        if self.hoogste > self.kop:
            van = f"feit {self.hoogste}"
            if self.hoogste > self.kop + 1:
                van = f"de feiten {self.kop + 1} tot en met {self.hoogste}"
            kwijt += f", namelijk {van}"
        waar = f" Het gaat onder meer om {_names(self.dossiers)}." if self.dossiers else ""
        los = f" Van {_names(self.zonder)} is er wel een dossier en geen feit meer." if self.zonder else ""
        tot = f"Het journaal eindigt bij feit {self.kop}" if self.kop else "Het journaal heeft geen enkel feit"
        ingekort = f": {opsomming(self.sporen)}." if self.sporen else "."
        return f"{kwijt}. Het journaal is ingekort. {tot}{ingekort}{waar}{los}"

    def advies(self) -> str:
        """What to do about it."""
        return f"{TERUG} Is er geen reservekopie, ga dan zonder die feiten verder met: {VERDER}"


def day(een: Aanvaard) -> str:
    """The day on which a loss was accepted: 29-11-2026."""
    return f"{een.op[8:10]}-{een.op[5:7]}-{een.op[:4]}"


def _names(nummers: Iterable[str]) -> str:
    alle = list(nummers)
    rest = [aantal(len(alle) - _NAMEN, "ander dossier", "andere dossiers")] if len(alle) > _NAMEN else []
    return opsomming([*alle[:_NAMEN], *rest])


class Resten:
    """The folder of a register, asked for everything that is not the journal. It changes nothing."""

    def __init__(self, map: Path, dossiers: Dossiermap) -> None:
        self.map = map
        self._dossiers = dossiers
        self.zegel = zegelstand.read(map)

    def few(self) -> bool:
        """Tell whether there are so few dossiers that all can be looked at while somebody waits."""
        return len(self._names()) <= GENOEG and self._dossiers.bundels.size() <= GENOEG * _BYTES

    def look(
        self,
        kop: int,
        tot: int,
        database: Kop | None,
        *,
        grondig: bool,
        tellers: dict[str, int] | None = None,
        dossiers: Iterable[str] | None = None,
    ) -> Verlies:
        """Say what is gone of a journal that ends at fact `kop`, when numbers up to `tot` are accounted for.

        `database` is its head when it can be read; without it those that were set aside are asked. With `grondig` every
        dossier is read, or those of `dossiers`, and with `tellers` (K2026 -> 57) dossiers without a fact are found.
        """
        sporen: list[tuple[int, str]] = []
        if database is not None:
            sporen.append((database.nr, f"de database kent er {database.nr}"))
        else:
            sporen += [(nr, f"{naam} kent er {nr}") for naam, nr in self._set_aside()]
        zegel = self.zegel
        if zegel is not None:
            hoogste = max(zegel.kop.nr, zegel.gezien)
            sporen.append((hoogste, f"{ZEGEL} noemt feit {hoogste}"))
        sporen += [(nr, f"momentopname {naam} telt er {nr}") for naam, nr in self._snapshots()]
        teksten = self.beyond(tot, dossiers) if grondig else {}
        if teksten:
            sporen.append((nr := max(teksten.values()), f"in de dossiers staat tekst van feit {nr}"))
        zonder = self.without_fact(tellers) if grondig and tellers is not None else []
        verder = sorted({spoor for spoor in sporen if spoor[0] > tot}, reverse=True)
        wist = (database is not None and database.nr == kop) or (
            zegel is not None and zegel.gesloten and zegel.kop.nr == kop
        )
        if not verder and not zonder:
            sinds = [day(een) for een in aanvaard.read(self.map / "journaal")]
            return Verlies(kop, zeker=wist, sinds=sinds[-1] if sinds else "")
        return Verlies(
            kop,
            max((nr for nr, _ in verder), default=0),
            tuple(zin for _, zin in verder),
            tuple(sorted(set(teksten) - set(zonder))),
            tuple(zonder),
        )

    def _names(self) -> list[str]:
        pad = self._dossiers.map
        return os.listdir(pad) if pad.is_dir() else []  # noqa: PTH208 - the names alone, of 100,000 as well

    def beyond(self, tot: int, dossiers: Iterable[str] | None = None) -> dict[str, int]:
        """The dossiers with texts of facts after a number, and the highest of those; not what was not completed.

        Every one is read, or those of `dossiers`. Of what was being recorded when the program stopped there is a note:
        nobody was told that it was recorded.
        """
        vanaf, nummers = self._dossiers.unsettled()
        later = self._after(tot, dossiers)
        return {
            naam: max(nrs) for naam, nrs in later.items() if not (naam in nummers and min(nrs) >= vanaf > tot)
        }  # fmt: skip

    def _after(self, tot: int, dossiers: Iterable[str] | None = None) -> dict[str, list[int]]:
        """The facts after a number that dossiers have texts of: all of them, or these."""
        welke = None if dossiers is None else set(dossiers)
        later: dict[str, list[int]] = defaultdict(list)
        for naam in self._names() if welke is None else welke:
            if hoger := [nr for nr in self._numbers_in(naam) if nr > tot]:
                later[naam] += hoger
        for naam, nr in self._dossiers.bundels.facts():
            if nr > tot and (welke is None or naam in welke):
                later[naam].append(nr)
        return later

    def _numbers_in(self, naam: str) -> list[int]:
        pad = f"{self._dossiers.map}/{naam}/teksten.jsonl"  # of many dossiers making a Path takes longer than reading
        with contextlib.suppress(OSError), open(pad, "rb") as bestand:  # noqa: PTH123 - no dossier, or one without texts
            return [*map(int, _NR.findall(bestand.read()))]
        return []

    def holding_after(self, nr: int) -> set[str]:
        """The dossiers with texts of facts after a number, whether these were completed or not."""
        return set(self._after(nr))

    def without_fact(self, tellers: dict[str, int], *, noted: bool = False) -> list[str]:
        """The dossiers that hold something, of which the number is higher than any that has a fact.

        Those of what was not completed are left out, but for `noted`.
        """
        bezig = frozenset() if noted else self._dossiers.unsettled()[1]
        los, samen = [], self._dossiers.bundels.numbers(tellers)
        for naam in sorted({*self._names(), *samen}):
            with contextlib.suppress(OngeldigNummer):
                reeks, jaar, volgnr = parse_number(naam)
                if (
                    volgnr > tellers.get(f"{reeks}{jaar:04d}", 0)
                    and naam not in bezig
                    and (naam in samen or _holds(self._dossiers, naam))
                ):
                    los.append(naam)
        return los

    def _snapshots(self) -> list[tuple[str, int]]:
        gevonden = []
        for pad in sorted((self.map / "momentopname").glob("*/manifest.json")):
            with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
                gevonden.append((pad.parent.name, int(json.loads(pad.read_text(encoding="utf-8"))["aantal_feiten"])))
        return gevonden

    def _set_aside(self) -> list[tuple[str, int]]:
        """The heads of databases that were set aside."""
        return [(naam, int(nr)) for naam, nr in self._ask_set_aside("SELECT ?, nr FROM stand")]

    def _ask_set_aside(self, vraag: str) -> list[tuple[str, Any]]:
        """Ask each database that was set aside, by its name; most of them were because they do not open any more."""
        gevonden: list[tuple[str, Any]] = []
        for pad in sorted(self.map.glob(f"{DATABASE}.beschadigd-*")):
            if not pad.name.endswith(".wal"):
                with contextlib.suppress(duckdb.Error), duckdb.connect(str(pad), read_only=True) as con:
                    gevonden += con.execute(vraag, [pad.name]).fetchall()
        return gevonden

    def _told(self) -> list[str]:
        """The last number of every reeks and year in databases that were set aside, and in the snapshots."""
        tellers = "SELECT ?, format('{}{:04d}-{:04d}', reeks, jaar, laatste) FROM teller WHERE laatste > 0"
        namen = [naam for _, naam in self._ask_set_aside(tellers)]
        for pad in (self.map / "momentopname").glob("*/feit.parquet"):
            with contextlib.suppress(duckdb.Error), duckdb.connect(":memory:") as con:
                namen += [naam for (naam,) in con.execute(_LAATSTE, [str(pad)]).fetchall()]
        return namen

    def numbers(self) -> dict[str, int]:
        """The last volgnummer of which anything is left anywhere, by reeks and year: K2026 -> 57.

        In the names of dossiers, the seal file, what was cut off the journal, the accounts, the log of looking,
        databases that were set aside and snapshots; not those that somebody asked for in vain.
        """
        hoogste = dict(self.zegel.nummers) if self.zegel else {}
        namen = [*self._told(), *(naam for naam in self._names() if IN_BYTES.fullmatch(naam.encode()))]
        namen += self._dossiers.bundels.numbers()
        for pad in [*(self.map / "journaal").glob("*"), *(self.map / "kijklog").glob("*.jsonl")]:
            with contextlib.suppress(OSError):
                for regel in pad.read_bytes().splitlines():
                    if b'"geweigerd":true' not in regel:
                        namen += [nummer.decode() for nummer in IN_BYTES.findall(regel)]
        accounts = self.map / "toegang" / "toegang.sqlite"
        if accounts.is_file():
            with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(accounts)) as db:
                namen += [naam for (naam,) in db.execute("SELECT persoon FROM account") if naam.startswith("P")]
        for naam in namen:
            with contextlib.suppress(OngeldigNummer):
                reeks, jaar, volgnr = parse_number(naam)
                hoogste[f"{reeks}{jaar:04d}"] = max(volgnr, hoogste.get(f"{reeks}{jaar:04d}", 0))
        return hoogste


def _holds(dossiers: Dossiermap, naam: str) -> bool:
    """Tell whether there is a text or a document in a dossier; what a crash left can be an empty folder."""
    map = dossiers.map / naam
    return any(pad.is_file() and pad.stat().st_size for pad in (*map.glob("*.jsonl"), *map.glob("documenten/*")))
