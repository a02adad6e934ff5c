"""Read a lake: the deliveries that count, as tables with the organisation beside them, and the questions of analyse."""

from __future__ import annotations

import tempfile
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from klachten import analyse
from klachten.meer import plaats, vorm
from klachten.meer.fouten import GeenMeer
from klachten.meer.plaats import Plaats
from klachten.meer.vorm import Levering
from klachten.meer.vragen import NU, ORG, all_of_the_lake
from klachten.taal import opsomming

_HIVE = "hive_partitioning = true, hive_types = {'organisatie': VARCHAR"
_MEESTE_GENOEMD = 5


class Lezer:
    """A lake as it was when it was opened; `meldingen` are Dutch sentences about deliveries that were left out.

    One question at a time: who asks in another thread waits.
    """

    def __init__(self, plek: Plaats, leveringen: Sequence[Levering], meldingen: Sequence[str]) -> None:
        self.leveringen, self.meldingen = tuple(leveringen), tuple(meldingen)
        self._plek, self._van = plek, {levering.organisatie: levering for levering in leveringen}
        self._slot, self._gekozen = threading.Lock(), ("",)
        # Without a network the extensions that are not built in could only be waited for.
        self.con = duckdb.connect(config={"autoinstall_known_extensions": False, "autoload_known_extensions": False})
        self.con.execute("SET TimeZone = 'UTC'")
        self.con.execute(f"SET temp_directory = '{_quoted(Path(tempfile.gettempdir()) / 'klachten-meer')}'")
        if not plek.hier:
            self.con.register_filesystem(plek.fs)
        # The questions are bound when they are made: to tables without files, which costs nothing.
        self._choose([])
        for tabel in vorm.KOLOMMEN:
            van_een = f"SELECT t.* EXCLUDE (organisatie) FROM {tabel}_alle AS t WHERE t.organisatie = {ORG}"
            self.con.execute(f"CREATE MACRO {tabel}({ORG}) AS TABLE {van_een}")
        for tabel in NU:
            van_nu = f"SELECT s.* FROM {tabel}_stand({ORG}) AS s WHERE s.tot = DATE '9999-12-31'"
            self.con.execute(f"CREATE MACRO {tabel}({ORG}) AS TABLE {van_nu}")
        analyse.furnish(self.con, all_of_the_lake())

    @property
    def organisaties(self) -> tuple[str, ...]:
        """The organisations that can be read, by their ids."""
        return tuple(self._van)

    def bestanden(self, tabel: str, organisaties: Iterable[str] | None = None) -> list[str]:
        """Return where the files of a table are that count; organisation and year stand in their names."""
        wie = self._van if organisaties is None else organisaties
        return [self._plek.adres(naam) for een in wie for naam in self._van[een].namen(tabel)]

    def kalender(self, organisatie: str) -> str:
        """Return where the file with the calendar of an organisation is."""
        return self._plek.adres(self._van[organisatie].kalendernaam)

    def per_kalender(self, organisaties: Iterable[str] | None = None) -> list[list[str]]:
        """Return the organisations, those with the same calendar together: a question is asked of one calendar."""
        samen: dict[str, list[str]] = defaultdict(list)
        for een in self._van if organisaties is None else organisaties:
            samen[self._van[een].kalender].append(een)
        return list(samen.values())

    def vraag(self, tekst: str, waarden: Mapping[str, Any], organisaties: Iterable[str] | None = None) -> pd.DataFrame:
        """Return the rows of a statement, asked of every organisation, with `organisatie` as the first column.

        `tekst` asks one question (`SELECT * FROM stroom(...)`), as analyse.basis.kengetallen.opdracht makes it.
        """
        delen = []
        with self._slot, self._reading():
            for groep in self.per_kalender(organisaties):
                self._choose(groep)
                delen.append(self.con.execute(laterally(tekst), dict(waarden)).df())
        return pd.concat(delen, ignore_index=True) if delen else pd.DataFrame({"organisatie": []})

    def plan(self, tekst: str, waarden: Mapping[str, Any], organisaties: Iterable[str]) -> str:
        """Return how a statement is carried out, with the files that are read; all have to have one calendar."""
        with self._slot, self._reading():
            self._choose(list(organisaties))
            rijen = self.con.execute(f"EXPLAIN ANALYZE {laterally(tekst)}", dict(waarden)).fetchall()
        return "\n".join(tekst for _, tekst in rijen)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except (duckdb.IOException, duckdb.InvalidInputException, OSError) as fout:
            self._gekozen = ("",)
            raise GeenMeer(
                f"Het meer in {self._plek.naar} kan niet worden gelezen: {str(fout).splitlines()[0]}. Is er intussen "
                "opnieuw aangeleverd of ingetrokken, open het meer dan opnieuw."
            ) from fout

    def _choose(self, organisaties: list[str]) -> None:
        """Let the tables be those of these organisations: no other file is looked at."""
        if tuple(organisaties) == self._gekozen:
            return
        con = self.con
        con.execute("CREATE OR REPLACE TEMP TABLE gekozen AS SELECT unnest($wie) AS organisatie", {"wie": organisaties})
        for tabel, kolommen in vorm.KOLOMMEN.items():
            con.execute(f"CREATE OR REPLACE VIEW {tabel}_alle AS {self._source(tabel, kolommen, organisaties)}")
        con.execute("SET VARIABLE bestand_dag = $pad", {"pad": self.kalender((organisaties or self.organisaties)[0])})
        con.execute("CREATE OR REPLACE VIEW dag AS SELECT d.* FROM read_parquet(getvariable('bestand_dag')) AS d")
        self._gekozen = tuple(organisaties)

    def _source(self, tabel: str, kolommen: Sequence[str], organisaties: Sequence[str]) -> str:
        paden = self.bestanden(tabel, organisaties)
        if not paden:
            soorten = self.leveringen[0].soorten[tabel]
            leeg = ", ".join(f"CAST(NULL AS {soorten[kolom]}) AS {kolom}" for kolom in kolommen)
            return f"SELECT CAST(NULL AS VARCHAR) AS organisatie, {leeg} WHERE FALSE"
        # In a variable: a list of thousands of names in the text of a view is read again at every question.
        self.con.execute(f"SET VARIABLE bestanden_{tabel} = $paden", {"paden": paden})
        per_jaar = ", 'jaar': INTEGER}" if tabel in vorm.KLACHTTABELLEN else "}"
        bron = f"read_parquet(getvariable('bestanden_{tabel}'), {_HIVE}{per_jaar})"
        # With `b.`: in a question with a parameter of that name (vanaf) DuckDB 2.0 takes a bare column for it.
        return f"SELECT b.organisatie, {', '.join(f'b.{kolom}' for kolom in kolommen)} FROM {bron} AS b"

    def close(self) -> None:
        """Let go of the files."""
        self.con.close()


def laterally(tekst: str) -> str:
    """Return a statement that asks one question, asked beside every chosen organisation."""
    naam, haakje, rest = tekst.partition("(")
    zonder = f"{naam}{haakje}o.organisatie, {rest}".replace("(o.organisatie, )", "(o.organisatie)")
    return f"SELECT o.organisatie, v.* FROM temp.gekozen AS o, LATERAL ({zonder}) AS v ORDER BY ALL"


def open(
    waar: str | Path, *, organisaties: Iterable[str] | None = None, opslag: Mapping[str, Any] | None = None
) -> Lezer:
    """Open a lake to read; GeenMeer with a Dutch sentence when there is none, or nothing in it can be read.

    `organisaties` are those that are to be read (None: all), `opslag` is what fsspec is told of the place.
    """
    plek = plaats.find(str(waar), opslag)
    leveringen, meldingen = [], []
    namen = plek.notes()
    if organisaties is not None:
        gevraagd = set(organisaties)
        if vreemd := sorted(gevraagd - set(namen)):
            raise GeenMeer(f"In het meer is geen levering van {opsomming(vreemd[:_MEESTE_GENOEMD])}.")
        namen = [naam for naam in namen if naam in gevraagd]
    for naam in namen:
        try:
            leveringen.append(_checked(plek, naam, leveringen[0] if leveringen else None))
        except ValueError as fout:
            meldingen.append(f"De levering van {naam} doet niet mee: {fout}. Laat die organisatie opnieuw aanleveren.")
    if not leveringen:
        waarom = f" {meldingen[0]}" if meldingen else " Lever eerst aan met: python -m klachten meer aanleveren"
        raise GeenMeer(f"In het meer in {waar} is geen levering die gelezen kan worden.{waarom}")
    return Lezer(plek, leveringen, meldingen)


def _checked(plek: Plaats, naam: str, eerste: Levering | None) -> Levering:
    """Return a delivery of which every file is there and of the same kind; ValueError with a Dutch reason."""
    levering = vorm.read(plek.fetch(vorm.note_name(naam)) or b"", naam)
    if eerste and (anders := _differs(levering, eerste)):
        raise ValueError(f"zij is van een andere versie van klachten: de kolom {anders} is van een andere soort")
    if plek.hier:
        for bestand in (bestand for lijst in levering.bestanden.values() for bestand in lijst):
            pad = Path(plek.adres(bestand.naam))
            if not pad.is_file() or pad.stat().st_size != bestand.bytes:
                raise ValueError(f"{bestand.naam} ontbreekt of is niet heel")
        if not Path(plek.adres(levering.kalendernaam)).is_file():
            raise ValueError(f"{levering.kalendernaam} ontbreekt")
    return levering


def _differs(levering: Levering, eerste: Levering) -> str:
    """Return the first column of another type than in the first delivery; "" when none is."""
    for tabel, kolommen in vorm.KOLOMMEN.items():
        for kolom in kolommen:
            if levering.soorten[tabel][kolom] != eerste.soorten[tabel][kolom]:
                return f"{tabel}.{kolom}"
    return ""


def _quoted(pad: Path) -> str:
    return str(pad).replace("'", "''")
