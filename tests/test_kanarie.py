"""Whatever somebody typed, or is called, stands on every page as it was typed: no page makes something of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from klachten import scherm
from klachten.opening import open_register
from klachten.scherm.dossier.handelen import DEEL
from klachten.scherm.dossier.vouwen import ALLES
from klachten.scherm.lijsten.zoekveld import NAAR, ZOEK
from klachten.scherm.onderdelen import veilig
from klachten.scherm.paginas import PAGINAS
from tests import kanarie
from tests.schermproef import open_pagina

# What a browser shows as it stands; whatever else is sent is Markdown, until a test in Chromium says that it is not.
PLAT = {
    "text.body",
    "selectbox.options",
    "selectbox.raw_value",
    "multiselect.options",
    "multiselect.default",
    "multiselect.raw_values",
    "text_input.default",
    "text_input.value",
    "text_area.default",
    "text_area.value",
    "dataframe",
    "vega_lite_chart",
}


def strings(bericht: Message, pad: str) -> Iterator[tuple[str, str]]:
    """Give every text in a message, with the names of its fields."""
    for veld, waarde in bericht.ListFields():
        waarden: Any = waarde if veld.is_repeated else [waarde]
        plek = f"{pad}.{veld.name}"
        if veld.type == FieldDescriptor.TYPE_STRING:
            yield from ((plek, tekst) for tekst in waarden)
        elif veld.type == FieldDescriptor.TYPE_MESSAGE and not veld.message_type.GetOptions().map_entry:
            for deel in waarden:
                yield from strings(deel, plek)


def alles(blok: Block) -> Iterator[tuple[str, str]]:
    """Give every text that a page sends, with the element and the field it is in."""
    if (proto := getattr(blok, "proto", None)) is not None:
        yield from strings(proto, "block")
    for kind in blok.children.values():
        if isinstance(kind, Block):
            yield from alles(kind)
            continue
        proto = kind.proto
        yield from strings(proto, kind.type)
        if kind.type == "table":
            with pa.ipc.open_stream(proto.arrow_data.data) as stroom:
                tabel: pd.DataFrame = stroom.read_pandas()
            yield from (("table.cel", str(waarde)) for kolom in tabel for waarde in (kolom, *tabel[kolom]))


def gezongen(proef: AppTest) -> list[tuple[str, str]]:
    """Return where a page would make something of what was typed."""
    gevonden = []
    for plek, tekst in alles(proef._tree):
        if plek in PLAT or plek.partition(".")[0] in PLAT:
            continue
        if kanarie.RAUW.search(tekst):
            gevonden.append((plek, tekst))
    return gevonden


def rekent(proef: AppTest) -> list[str]:
    """Return the expressions of charts that somebody's text is part of: the browser would compute them."""

    def zoek(deel: Any, sleutel: str = "") -> Iterator[tuple[str, str]]:
        if isinstance(deel, dict):
            for naam, waarde in deel.items():
                yield from zoek(waarde, naam)
        elif isinstance(deel, list):
            for waarde in deel:
                yield from zoek(waarde, sleutel)
        elif isinstance(deel, str):
            yield sleutel, deel

    alles = [paar for tekening in proef.get("vega_lite_chart") for paar in zoek(json.loads(tekening.proto.spec))]
    rekenend = {"expr", "labelExpr", "calculate", "filter", "test", "update", "signal", "href", "url"}
    return [tekst for sleutel, tekst in alles if sleutel in rekenend and kanarie.MERK in tekst]


@pytest.fixture(scope="module")
def kooi(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """The pages show a register of canaries; yields the klachten that hold what the example has none of."""
    map = tmp_path_factory.mktemp("kanarie") / "register"
    nummers = kanarie.maak(map)
    with kanarie.namen(), pytest.MonkeyPatch.context() as omgeving, open_register(map) as register:
        omgeving.setenv("KLACHTEN_VANDAAG", kanarie.VANDAAG.isoformat())
        vorig = scherm.gebruik(register)
        yield nummers
        scherm.gebruik(vorig)


BEKEKEN = [
    *(("carla", pagina.naam) for pagina in PAGINAS),
    *(("anna", naam) for naam in ("intake", "dossier", "verbeteracties")),
    *(("gijs", naam) for naam in ("werkvoorraad", "verbeteracties")),
    *(("iris", naam) for naam in ("personen", "organisatie", "lijsten", "reglementversies")),
    *(("hanna", naam) for naam in ("werkvoorraad", "dossier", "opvolging")),
]


@pytest.mark.parametrize(("wie", "naam"), BEKEKEN)
def test_no_page_makes_anything_of_a_text_or_a_name(kooi: list[str], wie: str, naam: str):
    proef = open_pagina(naam, wie)
    assert not proef.exception
    assert gezongen(proef) == []
    assert rekent(proef) == []


def test_no_part_of_a_dossier_makes_anything_of_a_text_or_a_name(kooi: list[str]):
    with scherm.register().cursor() as cursor:
        # Each end that a klacht can come to.
        soorten = cursor.execute("SELECT max(klachtnummer) FROM klacht GROUP BY uitkomst").fetchall()
    gezien = ""
    for nummer in sorted({*kooi, *(nummer for (nummer,) in soorten)}):
        proef = open_pagina("dossier", "bas" if nummer in kooi else "anna", nummer=nummer)
        for deel in ("", ALLES):
            proef.session_state[DEEL] = deel
            proef.run()
            assert not proef.exception, (nummer, deel)
            assert gezongen(proef) == [], (nummer, deel)
            gezien += "".join(tekst for _, tekst in alles(proef._tree))
    # Everything is there to be seen: it was not left out either.
    assert gezien.count(kanarie.MERK) > 1000


@pytest.mark.parametrize(
    ("naam", "sleutels"),
    [
        ("klachten", "status behandelaar periode dag telling t_wat adres"),
        ("jaarbeeld", "periode jaar peildatum set categorie per deel"),
        ("dossier", "nummer doe"),
        ("intake", "concept signaal"),
        ("verbeteracties", "evaluatie"),
        ("werkvoorraad", "als"),
    ],
)
def test_no_page_makes_anything_of_what_stands_in_its_address(kooi: list[str], naam: str, sleutels: str):
    proef = open_pagina(naam, **{"als": "carla", **{sleutel: kanarie.gif(0) for sleutel in sleutels.split()}})
    assert not proef.exception
    assert gezongen(proef) == []


def test_no_page_makes_anything_of_what_is_searched_or_typed_as_a_number(kooi: list[str]):
    proef = open_pagina("klachten", "carla")
    for woord in (kanarie.MERK, kanarie.gif(0), "$x^2$ :red[rood]"):
        proef.session_state[ZOEK] = woord
        proef.run()
        assert not proef.exception
        assert gezongen(proef) == []
    proef.session_state[NAAR] = kanarie.gif(0)
    proef.run()
    assert gezongen(proef) == []


@pytest.mark.parametrize(
    ("getypt", "leest"),
    [
        ("Gewoon: 3 van 4 (stap 5), 12-3-2026, a.b@c!", "Gewoon: 3 van 4 (stap 5), 12-3-2026, a.b@\N{WORD JOINER}c!"),
        ("regel\n===\n    inspringen\tmeer", r"regel === inspringen meer"),
        ("- lijst", r"\- lijst"),
        ("12. lijst", r"12\. lijst"),
        ("1) lijst", r"1\) lijst"),
        ("# kop", r"\# kop"),
        ("> citaat", r"\> citaat"),
        ("===", r"\==="),
        ("  vier spaties", "vier spaties"),
        ("vaste\N{NO-BREAK SPACE}spatie", "vaste\N{NO-BREAK SPACE}spatie"),
    ],
)
def test_a_text_is_written_so_that_markdown_shows_it_as_it_stands(getypt: str, leest: str):
    assert veilig(getypt) == leest
