"""Small numbers for one reader: on every page, in every file and in the Verkenner the same cell is shown or is not.

Walked over the roles of rechten.csv: who may not see small numbers finds none of the register, in whatever form.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from io import BytesIO
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from klachten import organisatie, rechten, scherm
from klachten.opening import open_register
from klachten.organisatie import Gebruiker
from klachten.register import Register
from klachten.scherm import aanbod
from klachten.scherm.aanbod import Maker
from klachten.scherm.paginas import toegankelijk
from klachten.scherm.verkenner.grof import UITLEG, VRAGEN, ZEGT_LEEG
from klachten.taal import getal
from tests.evaluatieproef import EVALUATIE, VANDAAG, WEERGAVEN, map_met, open_weergave, register_met, specs
from tests.schermproef import open_pagina, tekst

KLEIN = range(1, 5)
NOOIT_KLEIN = ("Periode", "Marge van (%)", "Marge tot (%)", "Aandeel (%)", "Marge van", "Marge tot", "Per 100")
"""Columns of which a number under five counts nobody."""
WOORD = re.compile(
    r"\b(?:alle|van de|geen van de) ([1-4])\b|\b(?:beide|de enige)\b|\b([1-4]) (?:van de|klacht|maatregel|meningsv)"
)
"""How a sentence says a small number, in figures or in words."""


@pytest.fixture(autouse=True)
def op_deze_dag(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KLACHTEN_VANDAAG", VANDAAG.isoformat())


Toont = Callable[[int], Any]


@pytest.fixture(scope="module")
def toont() -> Iterator[Toont]:
    """Let the pages use the example with so many klachten.

    It stays open, and what is kept of it with it, as in the app.

    That a page from what is kept is the page with nothing kept is held by tests/test_pagina_weer_gelijk.py.
    """
    with ExitStack() as stapel:
        register_van = functools.cache(lambda aantal: stapel.enter_context(open_register(map_met(aantal))))

        @contextmanager
        def toont(aantal: int) -> Iterator[Register]:
            register = register_van(aantal)
            vorig = scherm.gebruik(register)
            try:
                yield register
            finally:
                scherm.gebruik(vorig)

        yield toont


def lezers() -> Iterator[Gebruiker]:
    """Everybody of the cast who opens a page of the evaluation and may not see small numbers."""
    for wie in organisatie.iedereen():
        ziet = rechten.mag("inzage", "kleine_aantallen", wie).mag
        if not ziet and {pagina.naam for pagina in toegankelijk(wie)} & {*EVALUATIE, "verkenner"}:
            yield wie


def test_there_is_such_a_reader_and_every_page_of_the_evaluation_has_its_questions() -> None:
    with register_met(7):
        assert [wie.id for wie in lezers()] == ["hanna"]
    assert set(VRAGEN) == set(EVALUATIE)


@pytest.mark.parametrize("jaar", [2025, 2026])
@pytest.mark.parametrize("aantal", [1, 7, 40, 300])
def test_whoever_may_not_see_small_numbers_finds_none_on_any_page(
    monkeypatch: pytest.MonkeyPatch, toont: Toont, aantal: int, jaar: int
) -> None:
    gevonden = []
    with toont(aantal):
        gemaakt = makers(monkeypatch)
        for wie in lezers():
            for weergave in WEERGAVEN:
                proef = open_weergave(weergave, wie.id, periode=str(jaar))
                assert not proef.exception, weergave
                gevonden += [(weergave, jaar, wat) for wat in klein_op(proef)]
            for naam, maker in gemaakt.items():
                gevonden += [(naam, jaar, wat) for wat in klein_in(bytes(maker()))]
    assert not gevonden
    assert len({naam for naam in gemaakt if naam.endswith("xlsx")}) == len(EVALUATIE)


def klein_op(proef: AppTest) -> Iterator[Any]:
    """Every small number of a page: in its tables, charts, large figures and sentences."""
    for deel in proef.dataframe:
        for kolom in deel.value.columns:
            if kolom not in NOOIT_KLEIN and not str(kolom).startswith("Helft binnen"):
                yield from (
                    (kolom, n) for n in deel.value[kolom] if not isinstance(n, str) and not pd.isna(n) and n in KLEIN
                )
    for spec in specs(proef):
        for rijen in spec.get("datasets", {}).values():
            yield from (rij for rij in rijen if rij.get("aantal") in KLEIN or rij.get("klachten") in KLEIN)
    for metric in proef.metric:
        yield from (metric.value for _ in [0] if metric.value in {getal(n) for n in KLEIN})
    for regel in proef.markdown:
        if regel.value != UITLEG and (zin := WOORD.search(str(regel.value))):
            yield zin[0], regel.value


def klein_in(bestand: bytes) -> Iterator[Any]:
    """Every small number of a file, in the columns of counts."""
    boek = load_workbook(BytesIO(bestand))
    for blad in boek.worksheets:
        if blad.title in ("Herkomst", "SQL"):
            continue
        koppen: list[Any] = []
        for rij in blad.iter_rows(values_only=True):
            if len([cel for cel in rij if cel is not None]) > 1 and not koppen:
                koppen = list(rij)
                continue
            for kop, cel in zip(koppen, rij, strict=False):
                if isinstance(cel, int) and cel in KLEIN and kop not in NOOIT_KLEIN and "dagen" not in str(kop):
                    yield blad.title, kop, cel
            if zin := WOORD.search(str(rij[0] or "")):
                yield blad.title, zin[0]


def makers(monkeypatch: pytest.MonkeyPatch) -> dict[str, Maker]:
    """What pages offer as files, by name."""
    uit: dict[str, Maker] = {}

    def vang(label: str, naam: str, mime: str, maker: Maker, **rest: str) -> None:
        uit[naam] = maker

    monkeypatch.setattr(aanbod, "knop", vang)
    return uit


@pytest.mark.parametrize("pagina", EVALUATIE)
def test_what_a_page_says_the_verkenner_says_in_the_same_words(toont: Toont, pagina: str) -> None:
    """One rule of one reader: each answer of a page is that of the Verkenner at the address beside it."""
    with toont(40):
        gezegd = tekst(open_pagina(pagina, als="hanna", periode="2025"))
        gelijk = 0
        for vraag in VRAGEN[pagina]:
            if vraag.startswith("maat=op_tijd."):
                vraag = vraag.replace("maat=op_tijd.", "maat=op_tijd.bevestiging", 1)
            adres = dict(deel.split("=") for deel in vraag.split("&"))
            verkend = open_pagina("verkenner", als="hanna", periode="2025", **adres)
            zin = next(str(r.value).strip("*") for r in verkend.markdown if str(r.value).startswith("**"))
            assert zin in gezegd
            gelijk += 1
    assert gelijk == len(VRAGEN[pagina])


def test_who_may_see_small_numbers_sees_the_whole_page(toont: Toont) -> None:
    with toont(40):
        for wie in ("carla", "anna", "joris"):
            for pagina in EVALUATIE:
                assert UITLEG not in tekst(open_pagina(pagina, als=wie, periode="2025"))


@pytest.mark.parametrize("pagina", ZEGT_LEEG)
def test_of_what_is_too_fine_to_ask_is_not_said_that_there_is_none(toont: Toont, pagina: str) -> None:
    """Of three characteristics at once nothing is answered: that a year is empty would be an answer."""
    with toont(40) as register, register.cursor() as cursor:
        [waarden] = cursor.execute(
            "SELECT vestiging, categorie, kanaal FROM klacht ORDER BY klachtnummer LIMIT 1"
        ).fetchall()
        fijn = dict(zip(("vestiging", "categorie", "kanaal"), waarden, strict=True))
        for jaar in ("2021", "2022", "2023", "2024", "2025", "2026"):
            gezegd = tekst(open_pagina(pagina, als="hanna", periode=jaar, **fijn))
            assert "zijn er geen klachten" not in gezegd, jaar
            assert "hoogstens twee kenmerken" in gezegd, jaar
