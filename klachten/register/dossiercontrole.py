"""Checking the dossiers: every text and document that the journal promises is there, and is what was recorded."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import itertools
import json
import operator
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import duckdb

from klachten.gebeurtenissen import WISSEND, Wissing
from klachten.register.dossiermap import Dossiermap
from klachten.register.nummers import OngeldigNummer, parse_number
from klachten.register.tekstregel import place_of_line
from klachten.register.zoekwoorden import TABELLEN, definitie, heeft_woorden
from klachten.taal import aantal as telling
from klachten.versleuteling import SleutelOntbreekt
from klachten.zoekvorm import woorden

HERBOUW = "Draai: python -m klachten herbouw"
VANZELF = "De volgende start zet haar apart en maakt haar opnieuw uit journaal en dossiers."
_TERUG = "Zet het dossier terug uit een reservekopie."
_UIT_BUNDEL = (
    f"Neem uit een reservekopie van {{}} alleen de regels over die beginnen met {{}}: er staan ook andere klachten in. "
    f"{HERBOUW}"
)
_GENOEG = 5
"""How many examples a sentence names."""


@dataclass(frozen=True)
class Bevinding:
    """One outcome of a check: `fout` needs action, `let op` should be known, `goed` was found in order."""

    ernst: Literal["fout", "let op", "goed"]
    zin: str


@dataclass
class Belofte:
    """What the journal promises: the texts and documents of each dossier, the numbers of each reeks and year.

    The database has it up to fact `tot`: `hoogste` are its counters, `later` the texts that it does not have yet, and
    `gewist` those that are to be erased. `vormen` has of each kind of fact with these fields the first number.
    """

    zegel: str = ""
    tot: int | None = None
    teksten: dict[str, dict[tuple[int, str], str]] = field(default_factory=lambda: defaultdict(dict))
    documenten: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    nummers: dict[tuple[str, int], set[int]] = field(default_factory=lambda: defaultdict(set))
    zegel_bij: list[tuple[int, str]] = field(default_factory=list)
    hoogste: dict[tuple[str, int], int] = field(default_factory=dict)
    later: set[tuple[int, str]] = field(default_factory=set)
    gewist: set[tuple[int, str]] = field(default_factory=set)
    vormen: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def note(self, nr: int, klachtnummer: str, soort: str, gegevens: str, teksten: str, zegel: str) -> None:
        """Add what one fact promises; called in order of number, as some take earlier promises away."""
        if soort in WISSEND:
            self._erase(klachtnummer, Wissing.of(nr, soort, json.loads(gegevens)))
        self.vormen.setdefault((soort, *(_keys(inhoud) for inhoud in (gegevens, teksten))), nr)
        in_database = self.tot is None or nr <= self.tot
        if teksten != "{}":
            for veld, commitment in json.loads(teksten).items():
                self.teksten[klachtnummer][nr, veld] = commitment
                if not in_database:
                    self.later.add((nr, veld))
        if '"document":' in gegevens and (sha256 := json.loads(gegevens).get("document")):
            self.documenten[klachtnummer].add(sha256)
        with contextlib.suppress(OngeldigNummer):
            reeks, jaar, volgnr = parse_number(klachtnummer)
            if volgnr:
                self.nummers[reeks, jaar].add(volgnr)
                if in_database:
                    self.hoogste[reeks, jaar] = max(volgnr, self.hoogste.get((reeks, jaar), 0))
        if self.zegel and zegel.startswith(self.zegel):
            self.zegel_bij.append((nr, zegel))

    def _erase(self, klachtnummer: str, wissing: Wissing) -> None:
        teksten = self.teksten.get(klachtnummer, {})
        for plek in [plek for plek in teksten if wissing.text(*plek)]:
            del teksten[plek]
            self.gewist.add(plek)
        weg = self.documenten.get(klachtnummer, set())
        self.documenten[klachtnummer] = set() if wissing.alles else weg - wissing.documenten

    def about_zegel(self, tot: int) -> Bevinding:
        """Where the zegel that was asked about stands in a journal up to fact `tot`."""
        if not re.fullmatch(r"[0-9a-f]{8,64}", self.zegel):
            return Bevinding("fout", f"'{self.zegel}' is geen zegel: geef de eerste 8 of meer tekens (0-9, a-f).")
        if self.zegel_bij:
            nr, heel = self.zegel_bij[0]
            return Bevinding(
                "goed", f"Zegel {heel} staat bij feit {nr}; sindsdien zijn er {tot - nr} feiten bijgekomen."
            )
        return Bevinding(
            "fout",
            f"Zegel {self.zegel} komt in het journaal niet voor: het stuk waar het op staat hoort niet bij dit "
            "register, of er is na die tijd iets weggehaald of veranderd.",
        )


@functools.lru_cache(maxsize=4096)
def _keys(inhoud: str) -> str:
    """The names of the fields in a JSON object, in their order."""
    return ",".join(json.loads(inhoud)) if inhoud != "{}" else ""


def some(dingen: Sequence[Any], een: str, meer: str) -> str:
    """'3 feiten: 4, 7, 9', with at most a few named."""
    namen = ", ".join(str(ding) for ding in dingen[:_GENOEG])
    return f"{len(dingen)} {een if len(dingen) == 1 else meer}: {namen}{' ...' if len(dingen) > _GENOEG else ''}"


def check_dossiers(
    bevindingen: list[Bevinding],
    dossiers: Dossiermap,
    belofte: Belofte,
    hoogste: int,
    in_database: dict[tuple[int, str], str] | None,
) -> None:
    """Hold the dossiers against the promises of the journal up to fact `hoogste`, and the database against both."""
    controle = _Dossiercontrole(dossiers, belofte, hoogste, in_database)
    controle.run()
    bevindingen.extend(controle.bevindingen)


class _Dossiercontrole:
    def __init__(
        self, dossiers: Dossiermap, belofte: Belofte, hoogste: int, in_database: dict[tuple[int, str], str] | None
    ) -> None:
        self.bevindingen: list[Bevinding] = []
        self._dossiers = dossiers
        self._belofte = belofte
        self._hoogste = hoogste
        self._in_database = in_database
        self._aantal = 0
        self._onaf = _unsettled(dossiers, hoogste)
        self._los: list[str] = []
        self._dicht: list[str] = []

    def _say(self, ernst: Literal["fout", "let op", "goed"], zin: str) -> None:
        self.bevindingen.append(Bevinding(ernst, zin))

    def run(self) -> None:
        beloofd = {*self._belofte.teksten, *self._belofte.documenten}
        for klachtnummer in sorted({*beloofd, *self._dossiers.numbers()}):
            self._check_texts(klachtnummer)
            self._check_documents(klachtnummer)
        over = set(self._in_database or ())
        if over & self._belofte.gewist:
            self._say(
                "let op", "Wat van een persoon is gewist, wordt bij de volgende start ook uit de database gehaald."
            )
        if over := over - self._belofte.gewist:
            nrs = sorted({nr for nr, _ in over})
            self._say(
                "fout",
                f"De database heeft teksten die in geen dossier staan ({some(nrs, 'feit', 'feiten')}). {HERBOUW}",
            )
        if self._onaf:
            self._say(
                "let op",
                "In de dossiers staat iets van een vastlegging die niet is voltooid en dus nooit is bevestigd "
                f"({some(sorted(self._onaf), 'dossier', 'dossiers')}); bij de volgende start wordt het weggehaald.",
            )
        if self._dicht:
            self._say(
                "fout",
                f"Teksten of documenten blijven dicht in {some(self._dicht, 'dossier', 'dossiers')}. De sleutel "
                "waarmee zij zijn versleuteld, ontbreekt: zet haar terug in het bestand met sleutels.",
            )
        if self._los:
            self._say(
                "let op",
                "Overgebleven teksten van een afgebroken vastlegging, die bij geen feit horen: "
                f"{some(self._los, 'dossier', 'dossiers')}.",
            )
        if not any(bevinding.ernst == "fout" for bevinding in self.bevindingen):
            self._say(
                "goed",
                f"De dossiers kloppen met het journaal: {telling(self._aantal, 'tekst', 'teksten')}, en de documenten.",
            )

    def _check_texts(self, klachtnummer: str) -> None:
        """Every commitment has its text, here and in the database."""
        beloofd = self._belofte.teksten.get(klachtnummer, {})
        gevonden: dict[tuple[int, str], str] = {}
        anders: set[tuple[int, str]] = set()
        for tekst in self._dossiers.texts(klachtnummer):
            if beloofd.get((tekst.nr, tekst.veld)) == tekst.commitment:
                gevonden[tekst.nr, tekst.veld] = hashlib.sha256(tekst.tekst.encode("utf-8")).hexdigest()
            elif tekst.nr <= self._hoogste:  # else it is beyond the journal, which is no matter of this dossier alone
                anders.add((tekst.nr, tekst.veld))
        dicht = {tekst.nr for regel in self._dossiers.closed(klachtnummer) if (tekst := place_of_line(regel))}
        gemist = {(nr, veld) for nr, veld in beloofd.keys() - gevonden.keys() if nr not in dicht}
        if dicht:
            self._dicht.append(klachtnummer)
        terug = self._back(klachtnummer) if gemist else ""
        for nr, veld in sorted(gemist):
            wat = "is veranderd" if (nr, veld) in anders else "ontbreekt"
            self._say("fout", f"Tekst '{veld}' bij feit {nr} in het dossier van {klachtnummer} {wat}. {terug}")
        if anders - gemist:
            self._los.append(klachtnummer)
        self._aantal += len(gevonden)
        if self._in_database is not None:
            gevonden = {sleutel: sha for sleutel, sha in gevonden.items() if sleutel not in self._belofte.later}
            verkeerd = [nr for (nr, veld), sha in gevonden.items() if self._in_database.pop((nr, veld), "") != sha]
            for sleutel in beloofd.keys() - gevonden.keys():
                self._in_database.pop(sleutel, None)
            if verkeerd:
                waar = some(sorted(set(verkeerd)), "feit", "feiten")
                self._say(
                    "fout",
                    f"Teksten van {klachtnummer} ontbreken in de database of staan er anders ({waar}). {HERBOUW}",
                )

    def _back(self, klachtnummer: str) -> str:
        """How to put back texts of a klacht: the whole of a file with those of others too would undo what is newer."""
        bundels = self._dossiers.bundels
        pad = bundels.place(klachtnummer)
        if pad is None or not pad.is_file():
            return _TERUG
        if any(self._dossiers.own_lines(klachtnummer)) and not bundels.lines(klachtnummer):
            return _TERUG
        return _UIT_BUNDEL.format(pad.relative_to(self._dossiers.map.parent).as_posix(), klachtnummer)

    def _check_documents(self, klachtnummer: str) -> None:
        """Every document is there and has the content it was recorded with."""
        beloofd = self._belofte.documenten.get(klachtnummer, set())
        for sha256 in sorted(beloofd):
            try:
                self._dossiers.document(klachtnummer, sha256)
            except FileNotFoundError:
                self._say("fout", f"Document {sha256[:12]} van {klachtnummer} ontbreekt. {_TERUG}")
            except SleutelOntbreekt:
                self._dicht.extend({klachtnummer} - set(self._dicht))
            except (ValueError, OSError) as fout:
                self._say("fout", f"{fout} {_TERUG}")
        onaf = self._onaf.get(klachtnummer, frozenset())
        if onbekend := sorted(set(self._dossiers.documents(klachtnummer)) - beloofd - onaf):
            namen = some([sha256[:12] for sha256 in onbekend], "document hoort", "documenten horen")
            self._say("let op", f"{klachtnummer}: bij geen feit {namen}.")


def _unsettled(dossiers: Dossiermap, hoogste: int) -> dict[str, set[str]]:
    """The dossiers, with documents, that a group was put into which never got into the journal: opening clears them."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        bericht = json.loads((dossiers.map / "bezig.json").read_text(encoding="utf-8"))
        if int(bericht["vanaf"]) > hoogste:
            uit: dict[str, set[str]] = {nummer: set() for nummer in bericht["teksten"]}
            aanwezig = set(dossiers.numbers())
            for nummer, sha256 in bericht["documenten"]:
                uit.setdefault(nummer, set()).add(sha256)
            return {nummer: wat for nummer, wat in uit.items() if nummer in aanwezig}
    return {}


def check_words(bevindingen: list[Bevinding], con: duckdb.DuckDBPyConnection) -> None:
    """The words by which a klacht is found are those of its texts: none is missing, and none stayed behind.

    `con` is used for this alone. A database that an older version made gets its words at the next start.
    """
    if con.execute("SELECT waarde FROM inrichting WHERE naam = 'zoekwoorden'").fetchall() != [(definitie(),)]:
        return
    tabellen = {naam for (naam,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if gemist := TABELLEN - tabellen:
        bevindingen.append(
            Bevinding("fout", f"De database mist {some(sorted(gemist), 'tabel', 'tabellen')}. {VANZELF}")
        )
        return
    # DuckDB and Python both put words in order of their code points.
    opgeslagen = dict(
        con.execute(
            "SELECT klachtnummer, sha256(string_agg(DISTINCT woord, ' ' ORDER BY woord)) FROM zoekwoord GROUP BY ALL"
        ).fetchall()
    )
    los = con.execute(
        "SELECT (SELECT count(*) FROM woord) - (SELECT count(DISTINCT woord) FROM zoekwoord), "
        "(SELECT count(*) FROM zoekwoord WHERE woord NOT IN (SELECT w.woord FROM woord AS w))"
    ).fetchall()
    anders = set(opgeslagen)
    con.execute("SELECT klachtnummer, tekst FROM tekst ORDER BY klachtnummer")
    rijen = itertools.chain.from_iterable(iter(lambda: con.fetchmany(10_000), []))
    for klachtnummer, teksten in itertools.groupby(rijen, operator.itemgetter(0)):
        gevonden = set().union(*(woorden(tekst) for _, tekst in teksten)) if heeft_woorden(klachtnummer) else set()
        verwacht = hashlib.sha256(" ".join(sorted(gevonden)).encode("utf-8")).hexdigest() if gevonden else None
        if opgeslagen.get(klachtnummer) == verwacht:
            anders.discard(klachtnummer)
        else:
            anders.add(klachtnummer)
    if anders or los != [(0, 0)]:
        waar = f" ({some(sorted(anders), 'nummer', 'nummers')})" if anders else ""
        bevindingen.append(Bevinding("fout", f"De woorden waarop u zoekt kloppen niet met de teksten{waar}. {HERBOUW}"))
    else:
        bevindingen.append(Bevinding("goed", "De woorden waarop u zoekt zijn die van de teksten."))
