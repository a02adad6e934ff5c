"""A source of a few klachten that is taken over month after month, and what the register makes of it.

`python -m tests.maandproef 50` takes over fifty times any two files and takes them back, with every figure of three
days compared each time: longer than the tests do. `python -m tests.maandproef verhaal` prints the figures after each of
month 1, month 2, a repair, and taking all of it back.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import astuple
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from klachten.analyse.basis.kengetallen import bereken
from klachten.analyse.basis.kengetallenlijst import KENGETALLEN
from klachten.analyse.basis.selectie import Filter
from klachten.opening import open_register
from klachten.overname import beweging, overnemen, terugdraaien
from klachten.overname import kolommen as declaratie
from klachten.overname.overnemen import Plan
from klachten.register import Register
from klachten.register.afleiding import derived_tables

PROEF = Path(__file__).parent / "overname"
VANDAAG = date(2025, 3, 1)
BRON = "maandbureau"
KOP = "nummer;ontvangen;bevestigd;besloten;afgedaan;uiterlijk;via;soort;verhaal"
JANUARI = {
    "1": "2-12-2024;5-12-2024;10-12-2024;20-12-2024;16-12-2024;web;a;Te laat gebeld",
    "2": "20-12-2024;;;;17-1-2025;post;a;Geen antwoord",
    "3": "6-1-2025;7-1-2025;15-1-2025;15-1-2025;20-1-2025;web;b;Brief kwijt",
    "4": "8-1-2025;;;;5-2-2025;mail;c;Lange rij",
    "5": "20-1-2025;;;;17-2-2025;web;a;Onheuse toon",
}
FEBRUARI = {
    "1": JANUARI["1"],
    "2": "20-12-2024;3-1-2025;3-2-2025;10-2-2025;17-1-2025;post;a;Geen antwoord",
    "3": "6-1-2025;7-1-2025;15-1-2025;15-1-2025;20-1-2025;web;c;Brief kwijt",
    "4": "8-1-2025;;;;5-3-2025;mail;c;Lange rij",
    "6": "3-2-2025;4-2-2025;10-2-2025;20-2-2025;17-2-2025;web;b;Dubbel betaald",
}

FEB = ("getrokken_op = 2025-01-31", "getrokken_op = 2025-02-28")
GOED = ('kolom = "besloten"', 'kolom = "afgedaan"')
"""The declaration names the day of deciding where the one of closing is meant."""


def schrijf(map: Path, regels: Mapping[str, str], *anders: tuple[str, str], naam: str = "maand") -> Path:
    """Write a file with these rows by id, and beside it the declaration with these changes."""
    map.mkdir(parents=True, exist_ok=True)
    for pad in PROEF.glob("maand*.toml"):
        tekst = pad.read_text(encoding="utf-8")
        for van, naar in anders if pad.name == "maand.toml" else ():
            assert van in tekst
            tekst = tekst.replace(van, naar)
        (map / pad.name).write_text(tekst, encoding="utf-8")
    rijen = "".join(f"{id};{rest}\n" for id, rest in regels.items())
    (map / f"{naam}.csv").write_text(f"{KOP}\n{rijen}", encoding="utf-8")
    return map / f"{naam}.csv"


def lees(register: Register, map: Path, regels: Mapping[str, str], *anders: tuple[str, str]) -> Plan:
    """Plan to take over a file with these rows."""
    bestand = schrijf(map, regels, *anders)
    kolommen = declaratie.load(map / "maand.toml")
    return overnemen.plan(bestand, kolommen, overnemen.read(bestand, kolommen, VANDAAG, register=register), register)


def neem_over(register: Register, map: Path, regels: Mapping[str, str], *anders: tuple[str, str], **hoe: Any) -> Plan:
    """Take over a file with these rows."""
    uitkomst = lees(register, map, regels, *anders)
    assert uitkomst.afkeuringen == []
    overnemen.record(register, uitkomst, **hoe)
    return uitkomst


def cijfers(register: Register, op: date = VANDAAG) -> dict[int, tuple[int, ...]]:
    """Per year of receipt: ontvangen, afgehandeld, open, op tijd, te laat."""
    with register.cursor() as cursor:
        return {jaar: astuple(een) for jaar, een in beweging.figures(cursor, BRON, op).items()}


def standen(register: Register, tot: int | None = None) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that the figures are made of, as of a fact, without the number of the last fact of a klacht."""
    with register.plain_cursor() as cursor:
        uit = {}
        for tabel in sorted(derived_tables()):
            weg = " EXCLUDE (laatste_nr)" if tabel == "klacht_stand" else ""
            waar = tabel if tot is None else f"{tabel}_uit_feiten(NULL, {tot:d})"
            uit[tabel] = sorted(cursor.execute(f"SELECT *{weg} FROM {waar}").fetchall(), key=str)
        return uit


def kengetallen(register: Register, dagen: Iterable[date] = (VANDAAG,)) -> dict[str, list[list[Any]]]:
    """Every figure of the evaluation of what was taken over."""
    with register.cursor() as cursor:
        return {
            f"{rij.id} {dag}": bereken(
                cursor, rij.id, peildatum=dag, filter=Filter(herkomst="overgenomen"),
                **({"cohort": "ontvangst"} if rij.sql == "termijnnaleving" else {}),
            ).astype(str).values.tolist()
            for rij in KENGETALLEN for dag in dagen
        }  # fmt: skip


def terug(register: Register, volgnr: int, reden: str = "Verkeerd bestand.") -> None:
    """Take an import back."""
    terugdraaien.record(register, terugdraaien.plan(register, volgnr, VANDAAG), reden)


# --- any two files ---------------------------------------------------------------------------------------------------


@st.composite
def _rij(trek: st.DrawFn) -> str:
    """A row that can be taken over: every date after the receipt, and before the day of the file."""
    ontvangen = date(2024, 12, 1) + timedelta(days=trek(st.integers(0, 60)))
    stap = st.none() | st.integers(0, 25).map(lambda n: min(ontvangen + timedelta(days=n), date(2025, 1, 31)))
    uiterlijk = ontvangen + timedelta(days=trek(st.integers(0, 40)))
    keuzes = (trek(st.sampled_from(keuze)) for keuze in (("web", "post", "mail"), "abc", ("x", "y", "")))
    return ";".join([_dag(ontvangen), _dag(trek(stap)), _dag(trek(stap)), "", _dag(uiterlijk), *keuzes])


def _dag(dag: date | None) -> str:
    return f"{dag.day}-{dag.month}-{dag.year}" if dag else ""


BESTAND = st.dictionaries(st.sampled_from("123456"), _rij(), min_size=1)
"""The rows of any file, by id."""


def heen_en_terug(
    register: Register,
    map: Path,
    een: Mapping[str, str],
    twee: Mapping[str, str],
    *beeld: Callable[[Register], object],
) -> None:
    """Take over two files and take them back: each time all is as it was before, seen in each of these ways."""
    with register.plain_cursor() as cursor:
        ((begin,),) = cursor.execute("SELECT count(*) FROM gebeurtenis WHERE soort = 'BestandOvergenomen'").fetchall()
    akkoord = {"verdwenen", "ouder"}
    voor = [zie(register) for zie in beeld]
    neem_over(register, map, een, akkoord=akkoord)
    tussen = [zie(register) for zie in beeld]
    tweede = neem_over(register, map, twee, akkoord=akkoord)
    assert not lees(register, map, twee).iets
    if tweede.iets:
        terug(register, begin + 2)
    assert [zie(register) for zie in beeld] == tussen
    terug(register, begin + 1)
    assert [zie(register) for zie in beeld] == voor


def verhaal() -> Iterator[str]:
    """The table of month 1, month 2, a repair and taking it back, with the figures per year of receipt after each."""
    yield "| | " + " | ".join(f"{jaar}: {kop}" for jaar in (2024, 2025) for kop in beweging.KOPPEN) + " |"
    yield "| --- |" + " ---: |" * 10
    with tempfile.TemporaryDirectory() as tijdelijk, open_register(Path(tijdelijk) / "register") as register:
        map = Path(tijdelijk)
        for wat, doe in (
            ("maand 1", lambda: neem_over(register, map, JANUARI)),
            ("maand 2", lambda: neem_over(register, map, FEBRUARI, FEB)),
            ("maand 2 nog eens", lambda: neem_over(register, map, FEBRUARI, FEB)),
            ("herstel: een andere kolom voor het afsluiten", lambda: neem_over(register, map, FEBRUARI, FEB, GOED)),
            ("het herstel teruggedraaid", lambda: terug(register, 3)),
            ("maand 2 teruggedraaid", lambda: terug(register, 2)),
            ("maand 1 teruggedraaid", lambda: terug(register, 1)),
        ):
            doe()
            hier = cijfers(register)
            getallen = (str(getal) for jaar in (2024, 2025) for getal in hier.get(jaar, (0,) * 5))
            yield f"| {wat} | {' | '.join(getallen)} |"


def main(keer: int) -> None:
    """Do so many times what the tests do a few times, over every figure of three days."""
    dagen = (VANDAAG, date(2025, 1, 31), date(2024, 12, 31))
    with tempfile.TemporaryDirectory() as tijdelijk, open_register(Path(tijdelijk) / "register") as register:

        @settings(max_examples=keer, deadline=None)
        @given(BESTAND, BESTAND)
        def alle(een: Mapping[str, str], twee: Mapping[str, str]) -> None:
            heen_en_terug(register, Path(tijdelijk), een, twee, standen, lambda r: kengetallen(r, dagen))

        alle()
    print(f"{keer} keer twee bestanden overgenomen en teruggedraaid: elk cijfer als ervoor.")


if __name__ == "__main__":
    if sys.argv[1:] == ["verhaal"]:
        print("\n".join(verhaal()))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
