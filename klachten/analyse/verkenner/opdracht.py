"""The SQL of a question of the Verkenner: the question of the measure, joined with what it is split by, and counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from klachten.analyse.basis import kengetallen
from klachten.analyse.basis.kengetallen import uitgeschreven
from klachten.analyse.verkenner.maten import DAGEN, TERMIJN, Maat
from klachten.analyse.verkenner.verkenning import Verkenning
from klachten.periode import Periode

# What a question to a snapshot says by itself (analyse.open).
_GEWOON = re.compile(r", (?:(?:vanaf|tot|kies_(?!herkomst)\w+) := NULL|kies_herkomst := 'register')")
KANTEN = ("kant_1", "kant_2")
# What the headline of a term is made of, by the names of statistiek.termijnkop.
_KOP = {
    "rijp": "is_rijp(r.status, r.voorbij)",
    "onbeslist": "r.status = 'onbepaald, termijn verstreken'",
    "beslist": "r.voorbij AND r.is_beslist",
    "in_tak": "r.voorbij AND r.is_beslist AND r.in_tak",
    "laat_beslist": "r.voorbij AND r.is_laat_beslist",
    "laat_in_tak": "r.voorbij AND r.is_laat_beslist AND r.in_tak",
}
KOP = tuple(_KOP)


@dataclass(frozen=True)
class Opdracht:
    """One statement with its parameters; `deel` is the period it is about when it can be about one only."""

    sql: str
    waarden: dict[str, Any]
    deel: Periode | None = None

    @property
    def uitgeschreven(self) -> str:
        """The same as one asks it by hand."""
        return uitgeschreven(self.sql, self.waarden)


def opdrachten(vraag: Verkenning, delen: Sequence[Periode], peildatum: date) -> list[Opdracht]:
    """Return the statements that answer a question: one, or one for each day as of which is looked."""
    if vraag.wat.op_stand:
        return [_opdracht(vraag, (deel,), min(deel.laatste, peildatum)) for deel in delen]
    return [_opdracht(vraag, delen, peildatum)]


def _opdracht(vraag: Verkenning, delen: Sequence[Periode], peildatum: date) -> Opdracht:
    maat = vraag.wat
    heel = Periode(delen[0].eerste, delen[-1].laatste) if maat.binnen else None
    vast = {"peildatum": peildatum, "periode": heel, "filter": vraag.filter}
    van, waarden = _from(maat.vraag, "k" if maat.van_klachten else "r", vast)
    if not maat.van_klachten:
        klachten, meer = _from("klacht_selectie", "k", vast)
        van, waarden = f"{van}\nJOIN {klachten} ON k.klachtnummer = r.klachtnummer", waarden | meer
    kolommen, groepen = [], []
    for naam, deel in zip(KANTEN, vraag.splitsingen, strict=False):
        bij = f"n_{naam[-1]}"
        if deel.nader:
            tabel, meer = _from("nader_kenmerk", bij, vast)
            van += f"\nJOIN {tabel} ON {bij}.klachtnummer = k.klachtnummer AND {bij}.kenmerk = '{deel.nader}'"
            waarden |= meer
        sql = deel.sql.format(bij)
        kolommen.append(f"{sql} AS {naam}")
        groepen.append(sql)
    # A question that took the one period itself has no row outside it.
    if maat.dag and (len(delen) > 1 or not maat.binnen):
        rijen = ", ".join(f"('{deel.sleutel}', $van_{nr}, $tot_{nr})" for nr, deel in enumerate(delen, start=1))
        van += f"\nJOIN (VALUES {rijen}) AS p(deel, eerste, laatste) ON {maat.dag} BETWEEN p.eerste AND p.laatste"
        for nr, deel in enumerate(delen, start=1):
            waarden |= {f"van_{nr}": deel.eerste, f"tot_{nr}": deel.laatste}
        kolommen.insert(0, "p.deel AS deel")
        groepen.insert(0, "p.deel")
    if maat.soort == DAGEN:
        lopend = ["r.dagen", "r.einde", "r.instap"]
        kolommen, groepen = [*kolommen, *lopend], [*groepen, *lopend]
    tekst = f"SELECT\n    {f',{chr(10)}    '.join([*kolommen, *_tellingen(maat)])}\nFROM {van}"
    tekst += f"\nWHERE {maat.waar}" if maat.waar else ""
    tekst += f"\nGROUP BY {', '.join(groepen)}\nORDER BY {', '.join(groepen)}" if groepen else ""
    return Opdracht(tekst, waarden, delen[0] if len(delen) == 1 else None)


def _tellingen(maat: Maat) -> list[str]:
    tellen = ["COUNT(*) AS n"]
    if maat.is_deel:
        tellen.append(f"COUNT(CASE WHEN {maat.teller} THEN 1 END) AS x")
    if maat.soort == TERMIJN:
        tellen += [f"COUNT(CASE WHEN {als} THEN 1 END) AS {naam}" for naam, als in _KOP.items()]
    return tellen


def _from(naam: str, als: str, vast: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return a question as it stands after FROM or JOIN, and its parameters."""
    tekst, waarden = kengetallen.opdracht(naam, **vast)
    return f"{tekst.removeprefix('SELECT * FROM ')} AS {als}", waarden


def als_tekst(alle: Sequence[Opdracht]) -> str:
    """Return statements as one text to ask a snapshot by hand, without what holds there when nothing is said.

    Each as of its own day stands under the name of its period.
    """
    teksten = [_GEWOON.sub("", een.uitgeschreven) for een in alle]
    if len(alle) == 1:
        return teksten[0]
    stukken = [
        f"SELECT '{een.deel.sleutel}' AS deel, s.* FROM (\n{tekst}\n) AS s"
        for een, tekst in zip(alle, teksten, strict=True)
        if een.deel
    ]
    return "\nUNION ALL\n".join(stukken)
