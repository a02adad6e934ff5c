"""The page Verkenner: what is chosen stands in the address, the answer has a list behind it, small numbers stay in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from klachten import organisatie, scherm
from klachten.register import Register
from klachten.scherm import aanbod
from klachten.scherm.aanbod import Maker
from klachten.scherm.paginas import pagina, toegankelijk
from tests import grafiekproef
from tests.evaluatieproef import VANDAAG, register_met, titels
from tests.schermproef import open_pagina, tekst


@pytest.fixture(autouse=True)
def op_deze_dag(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KLACHTEN_VANDAAG", VANDAAG.isoformat())


@pytest.fixture(scope="module", autouse=True)
def register() -> Iterator[Register]:
    with register_met(300) as register:
        yield register


def kies(proef: AppTest, naam: str, waarde: str) -> AppTest:
    proef.selectbox(key=f"verkenner.{naam}").select(waarde).run()
    assert not proef.exception
    return proef


def adres(proef: AppTest) -> dict[str, str]:
    vraag = {naam: proef.query_params[naam] for naam in ("maat", "splits", "reeks") if naam in proef.query_params}
    return {naam: waarde[0] if isinstance(waarde, list) else waarde for naam, waarde in vraag.items()}


def makers(monkeypatch: pytest.MonkeyPatch) -> dict[str, Maker]:
    """What the page offers as files, by the end of their names."""
    uit: dict[str, Maker] = {}
    echt = aanbod.knop

    def vang(label: str, naam: str, mime: str, maker: Maker, **rest: str) -> None:
        uit[naam.rpartition(".")[2]] = maker
        echt(label, naam, mime, maker, **rest)

    monkeypatch.setattr(aanbod, "knop", vang)
    return uit


def test_what_is_chosen_stands_in_the_address_and_changes_the_answer() -> None:
    proef = open_pagina("verkenner", als="carla")
    assert not proef.exception
    assert adres(proef) == {}
    kies(kies(proef, "splits.0", "vestiging"), "splits.1", "einde")
    assert adres(proef) == {"splits": "vestiging.einde"}
    assert list(proef.dataframe[0].value.columns) == ["Vestiging", "Hoe het afliep", "Klachten"]
    assert grafiekproef.check(proef) == 1
    # What the new measure cannot be split by goes, instead of being refused.
    kies(proef, "maat", "deel_open")
    assert adres(proef) == {"maat": "deel_open", "splits": "vestiging"}
    kies(proef, "splits.0", "")
    assert adres(proef) == {"maat": "deel_open"}
    assert not proef.dataframe


def test_a_link_opens_the_same_question() -> None:
    proef = open_pagina("verkenner", als="carla", maat="op_tijd.bevestiging", splits="vestiging", periode="2024")
    assert titels(proef) == ["Op tijd: ontvangstbevestiging per vestiging, 2024"]
    assert grafiekproef.check(proef) == 1
    assert proef.selectbox(key="verkenner.splits.0").value == "vestiging"
    assert "toeval" in tekst(proef)
    assert "termijnkeuze(" in proef.code[0].value
    assert "Verkenning.lees('maat=op_tijd.bevestiging&splits=vestiging&periode=2024')" in proef.code[1].value


@pytest.mark.parametrize(
    ("vraag", "zin"),
    [
        ({"maat": "open", "splits": "einde"}, "zegt zelf al hoe het afliep"),
        ({"maat": "drukte"}, "Er is geen maat"),
        ({"splits": "vestiging.kanaal", "reeks": "jaar"}, "hoogstens één kenmerk"),
    ],
)
def test_a_combination_that_says_nothing_is_refused_and_the_choices_stay(vraag: dict[str, str], zin: str) -> None:
    proef = open_pagina("verkenner", als="carla", **vraag)
    assert not proef.exception
    assert zin in proef.info[0].value
    assert proef.selectbox(key="verkenner.maat")
    assert not proef.dataframe


@pytest.mark.parametrize(
    "vraag",
    [
        {"reeks": "jaar"},
        {"reeks": "kwartaal", "splits": "categorie"},
        {"maat": "wachttijd.afsluiting", "reeks": "jaar"},
    ],
)
def test_every_kind_of_answer_is_drawn(vraag: dict[str, str]) -> None:
    proef = open_pagina("verkenner", als="anna", **vraag)
    assert not proef.exception
    assert len(titels(proef)) == 1
    assert len(proef.dataframe) == 1


def test_the_analist_sees_no_small_number_and_no_person() -> None:
    proef = open_pagina("verkenner", als="hanna", splits="kanaal")
    assert "klein" in tekst(proef)
    getoond = [n for n in proef.dataframe[0].value["Klachten"] if n == n]
    assert getoond
    assert all(n == 0 or n >= 5 for n in getoond)
    assert "behandelaar" not in proef.selectbox(key="verkenner.splits.0").options
    dicht = open_pagina("verkenner", als="hanna", splits="behandelaar")
    assert "wie die namen mag zien" in dicht.info[0].value
    fijn = open_pagina("verkenner", als="hanna", splits="vestiging.kanaal", categorie="privacy")
    assert "hoogstens twee kenmerken tegelijk" in fijn.info[0].value


def test_who_has_no_business_with_figures_has_no_verkenner() -> None:
    mag = {wie.id for wie in organisatie.iedereen() if "verkenner" in {pagina.naam for pagina in toegankelijk(wie)}}
    assert {"carla", "anna", "hanna"} <= mag
    assert mag <= {wie.id for wie in organisatie.met_rol("coordinator", "directie", "analist", "auditor")}


@pytest.mark.parametrize("wie", ["carla", "hanna"])
def test_the_files_hold_the_same_figures_for_the_same_reader(monkeypatch: pytest.MonkeyPatch, wie: str) -> None:
    gemaakt = makers(monkeypatch)
    proef = open_pagina("verkenner", als=wie, splits="kanaal")
    boek = load_workbook(BytesIO(bytes(gemaakt["xlsx"]())))
    rijen = {rij[0]: rij[1] for rij in boek["Verkenner"].iter_rows(values_only=True) if rij[0]}
    for kanaal, n in proef.dataframe[0].value.itertuples(index=False):
        assert rijen[kanaal] == ("verborgen" if n != n else n)
    assert ("verborgen" in rijen.values()) == (wie == "hanna")
    assert "GROUP BY k.kanaal" in str(list(boek["Herkomst"].iter_rows(values_only=True)))
    cellen = json.loads(bytes(gemaakt["ipynb"]()))["cells"]
    assert "".join(cellen[0]["source"]).startswith("# Klachten ontvangen per kanaal, 2025?")
    assert scherm.register().map.name not in str(cellen)


@pytest.mark.parametrize(
    ("wie", "zin"),
    [
        ("carla", "Het antwoord heeft een marge, een lijst erachter en een adres."),
        ("joris", "Het antwoord heeft een marge, een lijst erachter en een adres."),
        ("ANALIST", "Het antwoord heeft een marge en een adres. Kleine aantallen zijn verborgen."),
    ],
)
def test_above_it_stands_what_its_reader_gets(wie: str, zin: str) -> None:
    wie = next(een.id for een in organisatie.iedereen() if een.heeft("analist")) if wie == "ANALIST" else wie
    proef = open_pagina("verkenner", als=wie)
    assert zin in tekst(proef)
    # And so it is: who reads of a list can go to one.
    assert pagina("klachten").toegankelijk_voor(organisatie.gebruiker(wie)) == ("lijst" in zin)
