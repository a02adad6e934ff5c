"""The page Vergelijken: out of the way without a lake, and with one the own organisation among the nameless others."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path

import pandas as pd
import pytest

from klachten import meer, momentopname, scherm
from klachten.meer.kengetallen import VERHOUDINGEN
from klachten.opening import open_register
from klachten.scherm import excelknop
from klachten.scherm.aanbod import Maker
from klachten.scherm.evaluatie import vergelijken
from klachten.scherm.paginas import pagina
from klachten.voorbeeld import with_names
from tests import grafiekproef
from tests.evaluatieproef import VANDAAG, map_met, specs, titels
from tests.schermproef import open_pagina, tekst
from tests.test_excel import heropend
from tests.test_vergelijken import anderen

EIGEN, JAAR = "o0", 2025
NU = datetime.combine(VANDAAG, time(12), tzinfo=UTC)


@pytest.fixture(scope="module", autouse=True)
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One empty register for the whole file: the page reads the lake."""
    with open_register(tmp_path_factory.mktemp("vergelijken") / "register") as leeg:
        vorig = scherm.gebruik(leeg)
        yield
        scherm.gebruik(vorig)


@pytest.fixture(autouse=True)
def vandaag(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("KLACHTEN_VANDAAG", VANDAAG.isoformat())
    monkeypatch.delenv(vergelijken.MEER, raising=False)
    monkeypatch.delenv(vergelijken.ORGANISATIE, raising=False)
    for bewaard in (vergelijken._stand, vergelijken._jaar):
        bewaard.clear()
    yield
    for bewaard in (vergelijken._stand, vergelijken._jaar):
        bewaard.clear()


@pytest.fixture(scope="module")
def echt(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, meer.Aangeleverd]]:
    """A real lake of three organisations, which have the same klachten."""
    plek = tmp_path_factory.mktemp("vergelijkmeer")
    naar, map = plek / "meer", shutil.copytree(map_met(7), plek / "register")
    naar.mkdir()
    with open_register(map) as register, with_names(register):
        momentopname.write(register, nu=NU, vandaag=VANDAAG)
    return naar, {naam: meer.deliver(map, str(naar), naam) for naam in ("een", "twee", "drie")}


@pytest.fixture
def ruim(echt, monkeypatch: pytest.MonkeyPatch) -> Path:
    """That lake, in which 25 organisations count: more than can be made here in a few seconds."""
    tabel = pd.DataFrame(
        [
            (f"o{nr}", verhouding.id, *((90, 200) if nr == 0 else paar))
            for verhouding in VERHOUDINGEN
            for nr, paar in enumerate([(0, 0), *anderen()])
            if (verhouding.id, nr) != ("op_tijd_7", 0)
        ],
        columns=["organisatie", "kengetal", "teller", "noemer"],
    ).astype({"teller": "Int64", "noemer": "Int64"})
    monkeypatch.setattr(vergelijken, "per_organisatie", lambda lezer, jaar: tabel)
    monkeypatch.setenv(vergelijken.MEER, str(echt[0]))
    monkeypatch.setenv(vergelijken.ORGANISATIE, EIGEN)
    return echt[0]


def koppen(proef) -> list[str]:
    return [kop.value for kop in proef.header]


def test_without_a_lake_it_is_not_in_the_menu_and_says_what_one_is(monkeypatch: pytest.MonkeyPatch):
    assert not pagina("vergelijken").staat_in_menu
    proef = open_pagina("vergelijken", als="carla")
    assert not proef.exception
    assert "Een meer is een map waarin organisaties hun cijfers aanleveren" in tekst(proef)
    assert "python -m klachten meer aanleveren" in tekst(proef)
    assert not specs(proef)
    monkeypatch.setenv(vergelijken.MEER, "ergens")
    assert pagina("vergelijken").staat_in_menu


def test_a_lake_that_is_not_there_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv(vergelijken.MEER, str(tmp_path / "weg"))
    proef = open_pagina("vergelijken", als="carla")
    assert not proef.exception
    assert ["bestaat niet" in fout.value for fout in proef.error] == [True]


def test_of_three_organisations_the_own_figures_and_why_there_is_no_verdict(echt, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(vergelijken.MEER, str(echt[0]))
    monkeypatch.setenv(vergelijken.ORGANISATIE, echt[1]["twee"].organisatie)
    proef = open_pagina("vergelijken", als="carla", jaar=str(JAAR))
    assert not proef.exception
    gezegd = tekst(proef)
    assert koppen(proef)[0] == "Hierover is niets te zeggen"
    assert "In het meer: 3 organisaties" in gezegd
    assert "Er zijn 2 andere organisaties met gegevens" in gezegd
    assert "bij uw organisatie" in gezegd
    assert not specs(proef), "two others would know each other"
    assert vergelijken.zinnen.NIET_TE_TONEN in gezegd


def test_among_many_it_draws_the_funnel_and_says_where_the_organisation_lies(ruim: Path):
    proef = open_pagina("vergelijken", als="carla")
    assert not proef.exception
    gezegd = tekst(proef)
    assert koppen(proef) == ["Onder de grenzen", f"Alle kengetallen van {JAAR}"]
    assert titels(proef) == ["Op tijd bevestigd: uw organisatie ligt onder de grenzen"]
    assert "bij uw organisatie 45,0% (90 van de 200); bij 24 andere organisaties samen" in gezegd
    assert vergelijken.zinnen.VOORBEHOUD in gezegd
    overzicht = proef.dataframe[-1].value
    assert len(overzicht) == len(VERHOUDINGEN)
    assert overzicht.iloc[1]["Wat ervan te zeggen is"] == "Uw organisatie staat er niet bij"


def test_what_is_chosen_stands_in_the_address_and_what_is_not_offered_is_left_alone(ruim: Path):
    proef = open_pagina("vergelijken", als="carla", jaar="1066", kengetal="'; DROP")
    assert not proef.exception
    assert proef.selectbox(key="vergelijken.jaar").value == str(JAAR)
    proef.selectbox(key="vergelijken.kengetal").select("ingetrokken").run()
    assert not proef.exception
    assert "ingetrokken" in proef.query_params["kengetal"]
    assert titels(proef)[0].startswith("Ingetrokken")
    proef.selectbox(key="vergelijken.kengetal").select("op_tijd_7").run()
    assert koppen(proef)[0] == "Uw organisatie staat er niet bij"


@pytest.mark.parametrize(
    ("wie", "zin"),
    [("", "Onder welk nummer uw organisatie in het meer staat, is niet ingesteld"), ("ff", "staat er geen levering")],
)
def test_who_is_not_in_the_lake_sees_the_others_only(ruim: Path, monkeypatch: pytest.MonkeyPatch, wie: str, zin: str):
    monkeypatch.setenv(vergelijken.ORGANISATIE, wie)
    proef = open_pagina("vergelijken", als="joris")
    assert not proef.exception
    assert any(zin in deel.value for deel in proef.info)
    assert koppen(proef)[0] == "Uw organisatie staat er niet bij"
    assert len(specs(proef)) == grafiekproef.check(proef) == 1
    achter = proef.dataframe[0].value
    assert "een andere organisatie" in set(achter["Wie"])
    assert "uw organisatie" not in set(achter["Wie"])


def test_the_excel_file_is_for_who_may_take_it_along(ruim: Path, monkeypatch: pytest.MonkeyPatch):
    makers: list[Maker | None] = []
    monkeypatch.setattr(excelknop, "toon", lambda naam, maak, **_: makers.append(maak))
    assert not open_pagina("vergelijken", als="anna").exception
    assert [maker is not None and maker.uitvoer for maker in makers] == ["excel_vergelijken"]
    boek = heropend(makers[0]())
    assert boek.sheetnames[0] == "Op tijd bevestigd"
    assert len(boek.sheetnames) == len(VERHOUDINGEN) + 2
    assert "Deze pagina is niet voor uw rol" in tekst(open_pagina("vergelijken", als="hanna"))
    assert len(makers) == 1
