"""Every sentence that claims a maximum: true with a tie, with hidden numbers and where there are no data."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from itertools import product
from typing import Any

import pandas as pd
import pytest

from klachten.analyse.basis.zinnen import gedeeld, koplopers
from klachten.analyse.verkenner.antwoord import Antwoord, Cel
from klachten.analyse.verkenner.verkenning import Verkenning
from klachten.analyse.verkenner.woorden import Woorden
from klachten.periode import Periode
from tests.evaluatieproef import VANDAAG, register_met, titels
from tests.schermproef import open_pagina, tekst
from tests.voorbeeldfirma import COULANT

JAAR = Periode.van_jaar(2025)


@pytest.mark.parametrize(
    ("getallen", "boven", "zin"),
    [
        ([], [], ""),
        ([0], [0], "a"),
        ([3, 1, 2], [0], "a"),
        ([1, 3, 3], [1, 2], "b en c"),
        ([3, 3, 3], [0, 1, 2], "a, b en c"),
        ([3, 3, 3, 3, 3], [0, 1, 2, 3, 4], "a, b en nog 3"),
        ([-1, -1, -2], [0, 1], "a en b"),
    ],
)
def test_all_that_share_the_largest_value_are_named(getallen: list[int], boven: list[int], zin: str) -> None:
    gevonden = koplopers(range(len(getallen)), getallen.__getitem__)
    assert gevonden == boven
    assert gedeeld(["abcde"[nr] for nr in gevonden]) == zin


def test_whatever_the_numbers_nothing_is_above_the_first_and_nobody_beside_them_is_left_out() -> None:
    los = random.Random(4)
    for _ in range(300):
        getallen = [los.randrange(4) for _ in range(los.randrange(1, 9))]
        boven = koplopers(getallen, float)
        assert len(boven) == getallen.count(max(getallen))
        assert set(boven) == {max(getallen)}


def antwoord(maat: str, *cellen: tuple[float | None, bool], reeks: bool = False) -> Woorden:
    """Return an answer of these values, each shown or hidden: per vestiging, or a year each."""
    vraag = Verkenning(maat=maat, per=() if reeks else ("vestiging",), reeks="jaar" if reeks else "", periode=JAAR)
    delen = tuple(Periode.van_jaar(2026 - len(cellen) + nr) for nr in range(len(cellen))) if reeks else (JAAR,)
    rijen = tuple(
        Cel(
            deel=delen[nr] if reeks else JAAR, waarden=() if reeks else ("abcdefgh"[nr],), verborgen=dicht,
            n=int(waarde) if maat == "ontvangen" and waarde is not None else 20, waarde=waarde,
            x=round(20 * waarde) if waarde is not None and maat.startswith("deel") else None,
        )
        for nr, (waarde, dicht) in enumerate(cellen)
    )  # fmt: skip
    return Woorden(Antwoord(vraag=vraag, peildatum=VANDAAG, delen=delen, cellen=rijen, samen=None, sql=""))


ZIET, DICHT = False, True
GEVALLEN: list[tuple[str, tuple[tuple[float | None, bool], ...], bool, str]] = [
    # Of few all are named, so nothing is claimed.
    ("ontvangen", ((6, ZIET), (5, ZIET)), False, "A: 6; b: 5."),
    ("ontvangen", ((6, ZIET), (5, ZIET), (4, ZIET), (3, ZIET), (2, ZIET)), False, "Het meest a: 6; b: 5; c: 4; d: 3."),
    # The last one that is named has its equal, which is not.
    (
        "ontvangen", ((6, ZIET), (5, ZIET), (5, ZIET), (5, ZIET), (5, ZIET)), False,
        "Het meest a: 6; b: 5; c: 5; d: 5; en nog 1 even hoog als de laatste.",
    ),
    # What is hidden may be larger: no 'het meest' without saying so.
    ("ontvangen", ((5, ZIET), (9, DICHT), (8, DICHT)), False, "Van wat u mag zien het meest a: 5."),
    ("deel_open", ((0.5, ZIET), (0.1, DICHT)), False, "Van wat u mag zien het hoogst a: 50% (10 van de 20)."),
    # Nothing known is no zero, and stands in no order.
    ("wachttijd.afsluiting", ((None, ZIET), (37, ZIET), (12, ZIET)), False, "Het langst b: 37 dagen; c: 12 dagen."),
    # The last of a series are its last, also when they are hidden.
    (
        "wachttijd.afsluiting", ((9, ZIET), (None, ZIET), (37, ZIET), (4, DICHT), (5, DICHT)), True,
        "Het laatst 2022: geen gegevens; 2023: 37 dagen; 2024: verborgen; 2025: verborgen.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("maat", "cellen", "reeks", "zin"), GEVALLEN)
def test_the_sentence_of_an_answer_claims_no_more_than_it_shows(
    maat: str, cellen: tuple[tuple[float | None, bool], ...], reeks: bool, zin: str
) -> None:
    woorden = antwoord(maat, *cellen, reeks=reeks)
    woorden.antwoord = replace(woorden.antwoord, zin_kleine="dicht")
    assert woorden.zin().partition(". ")[2] == zin


def test_of_any_answer_the_first_is_the_largest_or_the_sentence_says_of_what() -> None:
    """Over every small answer of three values, hidden or not: what the sentence says, looked up in the cells."""
    for waarden in product((None, 1.0, 2.0), repeat=3):
        for dicht in product((ZIET, DICHT), repeat=3):
            woorden = antwoord("wachttijd.afsluiting", *zip(waarden, dicht, strict=True))
            woorden.antwoord = replace(woorden.antwoord, zin_kleine="dicht")
            zin = woorden.zin()
            if "et langst" not in zin:
                continue
            open_ = [w for w, weg in zip(waarden, dicht, strict=True) if w is not None and not weg]
            eerste = re.search(r"langst [a-c]: (\d+)", zin)
            assert eerste
            assert float(eerste[1]) == max(open_), (waarden, dicht, zin)
            assert any(dicht) == ("wat u mag zien" in zin), (waarden, dicht, zin)


@pytest.fixture
def op_deze_dag(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KLACHTEN_VANDAAG", VANDAAG.isoformat())


@pytest.mark.usefixtures("op_deze_dag")
@pytest.mark.parametrize("aantal", [7, 40, 300])
@pytest.mark.parametrize("jaar", [2024, 2025, 2026])
def test_the_pages_name_every_one_that_is_the_largest(aantal: int, jaar: int) -> None:
    """Each claim of Categorieën and Proces against the table behind it, in registers where there are ties."""
    with register_met(aantal):
        categorieen = open_pagina("categorieen", als="carla", periode=str(jaar))
        proces = open_pagina("proces", als="carla", periode=str(jaar))
    for proef in (categorieen, proces):
        assert not proef.exception
    _per_jaar(categorieen)
    _stap(proces)
    if over := _tabel(proces, "Waarvan vaker dan 1 keer"):
        zin = next(z for z in tekst(proces).splitlines() if z.startswith("Het vaakst over"))
        tabel = over[0]
        hoogste = tabel[tabel["Waarvan vaker dan 1 keer"] == tabel["Waarvan vaker dan 1 keer"].max()]
        assert re.findall(r"stap (\d+), bij", zin) == [str(stap) for stap in hoogste["Stap"]]


def _tabel(proef: Any, kolom: str) -> list[pd.DataFrame]:
    return [deel.value for deel in proef.dataframe if kolom in deel.value]


def _per_jaar(proef: Any) -> None:
    titel = next((t for t in titels(proef) if t.startswith("Het meest in één jaar")), "")
    if not titel:
        return
    # The grid: a row per category, a column per year, also of years that only run.
    (tabel,) = [t for t in _tabel(proef, "Categorie") if all(re.fullmatch(r"20\d\d\*?", k) for k in t.columns[1:])]
    lang = {
        (rij["Categorie"], jaar.rstrip("*")): int(rij[jaar])
        for rij in tabel.to_dict("records")
        for jaar in tabel.columns[1:]
    }
    boven = [plek for plek, n in lang.items() if n == max(lang.values())]
    assert f": {max(lang.values())}, " in titel
    genoemd = [f"{naam} in {jaar}" for naam, jaar in boven]
    for plek in genoemd if len(genoemd) <= 3 else genoemd[:0]:
        assert plek in titel
    assert len(genoemd) <= 3 or f"en nog {len(genoemd) - 2}" in titel


def _stap(proef: Any) -> None:
    titel = next(t for t in titels(proef) if "ontvangen" in t)
    (kaart,) = _tabel(proef, "Sinds stap")
    wacht = kaart[(kaart["Stap"] <= 15) & kaart["Dagen sinds die stap"].notna() & (kaart["Aantal"] > 0)]
    if not len(wacht) or not wacht["Dagen sinds die stap"].max():
        assert "langst" not in titel
        return
    boven = wacht[wacht["Dagen sinds die stap"] == wacht["Dagen sinds die stap"].max()]
    assert f"tot stap {gedeeld(list(boven['Stap']))} (" in titel


def test_a_wait_is_not_called_by_the_term_of_the_same_step() -> None:
    """Its measure is wachttijd.bevestiging and a term is bevestiging: 'Op tijd: 7 dagen' was said of the wait."""
    for maat, titel in (
        ("wachttijd.bevestiging", "Dagen tot de helft is bevestigd"),
        ("op_tijd.bevestiging", "Op tijd"),
    ):
        vraag = Verkenning(maat=maat, periode=JAAR)
        leeg = Antwoord(vraag=vraag, peildatum=VANDAAG, delen=(JAAR,), cellen=(), samen=None, sql="")
        assert Woorden(leeg, COULANT).titel.startswith(titel)


def test_a_wait_of_which_not_even_the_lower_bound_is_reached_has_no_margin() -> None:
    """Few klachten, all open: the page of who may not see small numbers broke on it, and the Verkenner too."""
    oneindig = float("inf")
    cel = Cel(deel=JAAR, n=20, x=3, waarde=oneindig, laag=oneindig, hoog=oneindig)
    vraag = Verkenning(maat="wachttijd.afsluiting", periode=JAAR)
    uit = Antwoord(vraag=vraag, peildatum=VANDAAG, delen=(JAAR,), cellen=(cel,), samen=cel, sql="")
    assert Woorden(uit).marge(cel) == ""
    assert Woorden(uit).zin().endswith(": niet bereikt.")
