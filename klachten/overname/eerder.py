"""What the register has of klachten that were taken over before: each fact with all its versions, and who made those.

From these follows per field what the source said last, and how it stands here now: between the two lies what people did
since.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from duckdb import DuckDBPyConnection

from klachten import gebeurtenissen as g
from klachten.overname import maatregelen
from klachten.overname.gehouden import Gehouden, Zouten
from klachten.overname.grond import DOOR, Overname, Reeks, kept, skipped
from klachten.overname.velden import FEITEN
from klachten.register.feitrij import Opgeschreven

OP = "gebeurd_op"
SOORTEN = frozenset(
    {
        "KlachtOntvangen",
        "TermijnOvergenomen",
        "TijdstipOvergenomen",
        *(feit.__name__ for feit, _ in FEITEN.values()),
        *(feit.__name__ for feit in maatregelen.SOORTEN),
    }
)
"""The kinds of fact that a file can bring."""
_NIET_VERGELEKEN = frozenset({"afwijkingen", "reden", "reden_afwijking"})
"""Why and how it was recorded, which no source says."""
_TEKSTEN = {soort: frozenset(veld.name for veld in fields(g.SOORTEN[soort]) if g.is_tekst(veld)) for soort in SOORTEN}
_PER_KEER = 20_000
"""Klachten of which the facts are put together at once: of 100,000 that takes 200 MB more, and no less time."""
Inhoud = dict[str, Any]
"""What a fact says: its day, ids and choices as JSON, and texts; a field at its default is not there."""


def is_text(soort: str, veld: str) -> bool:
    """Tell whether a field of a kind of fact is kept in the dossier."""
    return veld in _TEKSTEN[soort]


def content(feit: g.Gebeurtenis) -> Inhoud:
    """Return what a fact says."""
    alles = {OP: feit.gebeurd_op, **feit.gegevens(), **feit.teksten()}
    return {veld: waarde for veld, waarde in alles.items() if veld not in _NIET_VERGELEKEN}


def fact(soort: str, inhoud: Inhoud) -> g.Gebeurtenis:
    """Return the fact that says this."""
    teksten = {veld: waarde for veld, waarde in inhoud.items() if is_text(soort, veld)}
    gegevens = {veld: waarde for veld, waarde in inhoud.items() if veld not in teksten and veld != OP}
    return g.from_json(soort, inhoud[OP], gegevens, teksten)


def place(soort: str, inhoud: Inhoud) -> tuple[str, int]:
    """Return which fact of a klacht this is: of each kind that is taken over there is one, per step or maatregel."""
    return soort, inhoud.get("van_stap") or inhoud.get("maatregel", 0)


@dataclass(frozen=True, slots=True)
class Versie:
    """One version of a fact; without `inhoud` it took the fact back. `van_bron`: it was taken over and still stands."""

    nr: int
    van_bron: bool
    inhoud: Inhoud | None


@dataclass(slots=True)
class Verloop:
    """A fact of a klacht with all its versions in order; `gewist` are its texts that were erased here."""

    oorsprong: int
    soort: str
    overgenomen: bool
    versies: list[Versie] = field(default_factory=list)
    gewist: set[str] = field(default_factory=set)
    gehouden: list[tuple[int, str, Any]] = field(default_factory=list)

    @property
    def nu(self) -> Inhoud | None:
        """How it stands now; None when it was taken back."""
        return self.versies[-1].inhoud

    def said(self) -> Inhoud | None:
        """Return what the source said last, field by field; None when it has not, or no longer, such a fact.

        A version that was taken over says something of the fields that it changed: the others may be as people made
        them.
        """
        bron: Inhoud | None = None
        vorige: Inhoud | None = None
        gehouden = sorted(self.gehouden, key=lambda een: een[0])
        for versie in self.versies:
            while gehouden and gehouden[0][0] < versie.nr:
                bron = _with_kept(bron, *gehouden.pop(0)[1:])
            nu = versie.inhoud
            if versie.van_bron:
                if nu is None or vorige is None or bron is None:
                    bron = None if nu is None else dict(nu)
                else:
                    bron = _changed(bron, vorige, nu)
            vorige = nu
        for _, veld, waarde in gehouden:
            bron = _with_kept(bron, veld, waarde)
        return bron


def _changed(bron: Inhoud, vorige: Inhoud, nu: Inhoud) -> Inhoud:
    anders = {veld: nu.get(veld) for veld in {**vorige, **nu} if vorige.get(veld) != nu.get(veld)}
    return {veld: waarde for veld, waarde in {**bron, **anders}.items() if waarde is not None}


def _with_kept(bron: Inhoud | None, veld: str, waarde: Any) -> Inhoud | None:
    if not veld:
        return None if waarde is None else {**waarde, OP: date.fromisoformat(waarde[OP])}
    goed = date.fromisoformat(waarde) if veld == OP else waarde
    goed = Gehouden.read(goed) if isinstance(goed, dict) else goed
    return {v: w for v, w in {**(bron or {}), veld: goed}.items() if w is not None}


@dataclass(slots=True)
class Klacht:
    """The facts of one klacht that a source can say something of; `dicht` when all its texts were erased here.

    `zouten` are those of its texts, where a text was left as it was.
    """

    nummer: str
    feiten: dict[int, Verloop] = field(default_factory=dict)
    dicht: bool = False
    zouten: Zouten = field(default_factory=dict)

    @property
    def texts_kept(self) -> bool:
        """Whether a text was left here as it was, though the source said another."""
        return any(
            veld and isinstance(waarde, dict) for een in self.feiten.values() for _, veld, waarde in een.gehouden
        )

    def at(self, plek: tuple[str, int]) -> tuple[Verloop | None, Verloop | None]:
        """Return of a place the fact that was taken over, and the one that stands there now; both may be the same."""
        hier = [een for een in self.feiten.values() if _place_of(een) == plek]
        overgenomen = next((een for een in hier if een.overgenomen), None)
        geldig = [een for een in hier if een.nu is not None]
        nu = overgenomen if overgenomen in geldig else next(iter(geldig), None)
        return overgenomen, nu

    def gone(self, plek: tuple[str, int]) -> frozenset[str]:
        """Return the texts of a place that do not come back, whatever a file says: somebody erased them here.

        In a dossier that was erased that is every text, also of a fact that is not there yet.
        """
        if self.dicht:
            return _TEKSTEN[plek[0]]
        return frozenset(veld for een in self.feiten.values() if _place_of(een) == plek for veld in een.gewist)

    def places(self) -> set[tuple[str, int]]:
        """Return the places at which something was taken over."""
        return {_place_of(een) for een in self.feiten.values() if een.overgenomen}


def _place_of(een: Verloop) -> tuple[str, int]:
    laatste = next(versie.inhoud for versie in reversed(een.versies) if versie.inhoud is not None)
    return place(een.soort, laatste)


class Eerder:
    """Reads what was taken over of one source, as of how the register is now."""

    def __init__(self, cursor: DuckDBPyConnection, bron: str, alle: Sequence[Overname]) -> None:
        self._cursor, self.bron = cursor, bron
        self._overgeslagen = skipped(alle)
        self._gehouden: dict[int, list[tuple[int, str, Any]]] = {}
        for sinds, nr, veld, waarde in kept(alle, bron):
            self._gehouden.setdefault(nr, []).append((sinds, veld, waarde))

    def numbers(self) -> dict[str, str]:
        """Return the klachtnummer of every source id, also of klachten that were undone."""
        rijen = self._cursor.execute(
            "SELECT gegevens ->> 'bron_id', klachtnummer FROM gebeurtenis WHERE soort = 'KlachtOntvangen' "
            "AND (gegevens ->> 'bron') = ? AND corrigeert IS NULL ORDER BY nr",
            [self.bron],
        ).fetchall()
        return dict(rijen)

    def undone(self) -> set[str]:
        """Return the klachtnummers of which the receipt was taken back: their import was undone."""
        rijen = self._cursor.execute(
            "SELECT f.klachtnummer FROM gebeurtenis AS f JOIN (SELECT corrigeert, max(nr) AS nr FROM gebeurtenis "
            "WHERE corrigeert IS NOT NULL GROUP BY corrigeert) AS l ON l.corrigeert = f.nr "
            "JOIN gebeurtenis AS w ON w.nr = l.nr AND w.soort = 'FeitHerroepen' "
            "WHERE f.soort = 'KlachtOntvangen' AND (f.gegevens ->> 'bron') = ?",
            [self.bron],
        ).fetchall()
        return {nummer for (nummer,) in rijen}

    def prints(self, nummers: Sequence[str]) -> dict[str, str]:
        """Return per klacht what stands for all that its source said last; equal prints have the same content."""
        uit: dict[str, str] = {}
        for deel in in_portions(sorted(nummers), _PER_KEER):
            uit.update(self._prints(deel))
        return uit

    def _prints(self, nummers: Sequence[str]) -> dict[str, str]:
        weg = " ".join(f"AND nr NOT BETWEEN {van:d} AND {met:d}" for van, met in self._overgeslagen)
        rijen = self._cursor.execute(
            f"""
            WITH gezegd AS (
                SELECT klachtnummer, nr, soort, gebeurd_op, gegevens, coalesce(corrigeert, nr) AS oorsprong
                FROM gebeurtenis
                WHERE door = $door AND klachtnummer IN (SELECT unnest($nummers)) {weg}
            ),
            laatste AS (SELECT oorsprong, max(nr) AS nr FROM gezegd GROUP BY oorsprong),
            teksten AS (
                SELECT nr, string_agg(veld || '=' || tekst, chr(30) ORDER BY veld) AS tekst
                FROM tekst
                WHERE veld NOT IN ('reden', 'reden_afwijking') AND klachtnummer IN (SELECT unnest($nummers))
                GROUP BY nr
            ),
            regel AS (
                SELECT
                    g.klachtnummer,
                    g.soort || chr(31) || CAST(g.gebeurd_op AS VARCHAR) || chr(31) || CAST(g.gegevens AS VARCHAR)
                        || chr(31) || coalesce(t.tekst, '') AS regel
                FROM gezegd AS g
                JOIN laatste AS l ON l.nr = g.nr
                LEFT JOIN teksten AS t ON t.nr = g.nr
                WHERE g.soort <> 'FeitHerroepen'
            )
            SELECT klachtnummer, md5(string_agg(regel, chr(29) ORDER BY regel)) FROM regel GROUP BY klachtnummer
            """,
            {"door": DOOR, "nummers": list(nummers)},
        ).fetchall()
        return dict(rijen)

    def read(self, nummers: Sequence[str]) -> dict[str, Klacht]:
        """Return the klachten of these numbers with every version of what a file can bring."""
        waar = "klachtnummer IN (SELECT unnest(?))"
        rijen = self._cursor.execute(
            "SELECT klachtnummer, nr, door, soort, gebeurd_op, gegevens, teksten, corrigeert FROM gebeurtenis "
            f"WHERE {waar} ORDER BY nr",
            [list(nummers)],
        ).fetchall()
        teksten: dict[int, dict[str, str]] = {}
        for nr, veld, tekst in self._cursor.execute(
            f"SELECT nr, veld, tekst FROM tekst WHERE {waar}", [list(nummers)]
        ).fetchall():
            teksten.setdefault(nr, {})[veld] = tekst
        uit = {nummer: Klacht(nummer) for nummer in nummers}
        for nummer, nr, door, soort, op, gegevens, beloofd, corrigeert in rijen:
            klacht = uit[nummer]
            if soort == "DossierGewist":
                klacht.dicht = True
            if corrigeert is None and soort in SOORTEN:
                klacht.feiten[nr] = Verloop(nr, soort, door == DOOR, gehouden=self._gehouden.get(nr, []))
            verloop = klacht.feiten.get(corrigeert or nr)
            if verloop is None:
                continue
            inhoud = None
            if soort != "FeitHerroepen":
                hier = teksten.get(nr, {})
                verloop.gewist |= json.loads(beloofd).keys() - hier.keys() - _NIET_VERGELEKEN
                alles = {OP: op, **json.loads(gegevens), **hier}
                inhoud = {veld: waarde for veld, waarde in alles.items() if veld not in _NIET_VERGELEKEN}
            verloop.versies.append(Versie(nr, door == DOOR and not _within(nr, self._overgeslagen), inhoud))
        return uit


def fingerprint(feiten: Iterable[Opgeschreven]) -> str:
    """Return what stands for all that a file says of a klacht, as `Eerder.prints` does for the register."""
    regels = [
        f"{feit.soort}\x1f{feit.gebeurd_op}\x1f{feit.gegevens}\x1f{_joined(feit.teksten) if feit.teksten else ''}"
        for feit in feiten
    ]
    regels.sort()
    return hashlib.md5("\x1d".join(regels).encode(), usedforsecurity=False).hexdigest()


def _joined(teksten: Mapping[str, str]) -> str:
    return "\x1e".join([f"{veld}={teksten[veld]}" for veld in sorted(teksten)])


def _within(nr: int, reeksen: Iterable[Reeks]) -> bool:
    return any(van <= nr <= met for van, met in reeksen)


def in_portions(nummers: Sequence[str], grootte: int) -> Iterator[Sequence[str]]:
    """Give numbers a portion at a time."""
    for begin in range(0, len(nummers), grootte):
        yield nummers[begin : begin + grootte]
