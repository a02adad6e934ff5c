"""The first screen of Jaarbeeld: at most three sentences with their picture, and what must be decided."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from klachten.analyse.basis.zinnen import Bevinding
from klachten.analyse.jaar import grafieken, kern
from klachten.analyse.jaar.beeld import Jaarbeeld
from klachten.analyse.jaar.jaarbeeld import jaarbeeld
from klachten.analyse.werk import verbeterstand
from klachten.periode import Periode
from klachten.register import Register
from klachten.scherm.evaluatie import jaarkort
from klachten.scherm.evaluatie.delen import PAST_IN_KAART
from tests import grafiekproef
from tests.evaluatieproef import VANDAAG, register_met, specs
from tests.schermproef import open_pagina, tekst
from tests.voorbeeldfirma import COULANT


def bevinding(soort: str, *, opvalt: bool = False, nr: int = 1, **getallen: Any) -> Bevinding:
    vast = {"op_tijd": 9, "rijp": 10} if soort == "termijntarieven" else {}
    return Bevinding(zin=f"{soort} {nr}", kengetal=soort, getallen={**vast, **getallen}, opvallend=opvalt)


RUSTIG = [
    bevinding("intensiteit", klachten=23),
    bevinding("intensiteit", nr=2, per_100=15.6),
    bevinding("termijntarieven", op_tijd=21, rijp=23),
    bevinding("termijntarieven", nr=2, op_tijd=0, rijp=0),
    bevinding("termijntarieven", nr=3, op_tijd=18, rijp=21),
    bevinding("categorieen", meest=6),
    bevinding("doorlooptijden"),
]
LAAT = [bevinding("termijntarieven", nr=nr, opvalt=True) for nr in (7, 8, 9)]


@pytest.mark.parametrize(
    ("erbij", "gekozen", "meer"),
    [
        # Nothing stands out: how many per traject, the term least on time, about what.
        ([], ["intensiteit 2", "termijntarieven 3", "categorieen 1"], 0),
        # What stands out goes first, and its subject is not filled up again.
        ([bevinding("categorieen", opvalt=True, nr=4)], ["categorieen 4", "intensiteit 2", "termijntarieven 3"], 0),
        # What is late goes before what differs; three terms are one subject.
        (
            [bevinding("intensiteit", opvalt=True, nr=3), *LAAT],
            ["termijntarieven 7", "intensiteit 3", "termijntarieven 8"],
            1,
        ),
        (
            [
                bevinding("verbeteracties_opvolging", opvalt=True),
                bevinding("geschillen", opvalt=True),
                bevinding("per_periode", opvalt=True),
                bevinding("een nieuw kengetal", opvalt=True),
            ],
            ["geschillen 1", "per_periode 1", "verbeteracties_opvolging 1"],
            1,
        ),
    ],
)
def test_three_sentences_are_chosen_and_what_else_stands_out_is_counted(
    erbij: list[Bevinding], gekozen: list[str], meer: int
) -> None:
    alle = [*RUSTIG, *erbij]
    assert [b.zin for b in kern.kernzinnen(alle)] == gekozen
    assert kern.niet_getoond(alle) == meer


def test_without_findings_nothing_is_said() -> None:
    assert kern.kernzinnen([]) == ()
    assert kern.niet_getoond([]) == 0


@pytest.fixture(scope="module")
def veertig() -> Iterator[Register]:
    with register_met(40) as register:
        yield register


@pytest.fixture(scope="module")
def beeld(veertig: Register) -> Jaarbeeld:
    with veertig.cursor() as cursor:
        return jaarbeeld(cursor, 2025, VANDAAG, reglement=COULANT)


def zonder_iets(beeld: Jaarbeeld) -> Jaarbeeld:
    """The same year with nothing open."""
    return dataclasses.replace(
        beeld,
        termijnen=tuple(dataclasses.replace(regel, te_laat_open=0) for regel in beeld.termijnen),
        geschillen=dataclasses.replace(beeld.geschillen, lopend=0),
        maatregelen=dataclasses.replace(beeld.maatregelen, open_en_te_laat=0),
        verbeteracties=pd.DataFrame({"stand": ["op tijd", "open"]}),
    )


def test_what_must_be_decided_is_what_is_open(beeld: Jaarbeeld) -> None:
    leeg = zonder_iets(beeld)
    assert kern.te_beslissen(leeg) == ()
    assert kern.te_beslissen(leeg, [2024]) == ()
    vol = dataclasses.replace(
        leeg,
        termijnen=tuple(dataclasses.replace(regel, te_laat_open=nr) for nr, regel in enumerate(leeg.termijnen)),
        geschillen=dataclasses.replace(leeg.geschillen, lopend=1),
        maatregelen=dataclasses.replace(leeg.maatregelen, open_en_te_laat=2),
        verbeteracties=pd.DataFrame({"stand": ["open en te laat", "op tijd"]}),
    )
    gevonden = kern.te_beslissen(vol, [2024, 2025])
    assert [(b.zin, b.pagina) for b in gevonden] == [
        ("De evaluatie over 2025 is nog niet gehouden.", "verbeteracties"),
        (
            (
                "Termijn voorbij en nog niet gedaan: bericht niet in behandeling bij 1 klacht en maatregelen "
                "uitgevoerd bij 2 klachten."
            ),
            "escalatie",
        ),
        ("1 meningsverschil is nog niet afgerond.", "escalatie"),
        ("2 maatregelen zijn na de afgesproken dag nog niet uitgevoerd.", "opvolging"),
        ("1 verbeteractie is te laat en nog niet uitgevoerd.", "verbeteracties"),
    ]
    assert [[g.aantal for g in b.achter] for b in gevonden] == [[], [1, 2], [1], [2], []]


def test_a_year_is_evaluated_when_it_is_over() -> None:
    per_jaar = [(2026, 3, 0, 0), (2025, 9, 0, 1), (2024, 9, 1, 0)]
    assert verbeterstand.nog_te_evalueren(per_jaar, 2026) == [2025]


@pytest.fixture
def op_deze_dag(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KLACHTEN_VANDAAG", VANDAAG.isoformat())


@pytest.mark.parametrize("periode", ["2025", "2024", "2026", "2025-K3"])
def test_the_first_screen_says_no_more_than_three_things_each_with_its_picture(
    veertig: Register, op_deze_dag: None, periode: str
) -> None:
    proef = open_pagina("jaarbeeld", als="carla", periode=periode)
    assert not proef.exception
    assert [kop.value for kop in proef.header] == ["Te beslissen", "Wat ertoe doet"]
    assert len(proef.metric) == 4
    getekend = specs(proef)
    assert 1 <= len(getekend) <= kern.MEESTE
    # Beside its sentence a chart has no title; who hears it, hears that sentence.
    for spec in getekend:
        assert "title" not in spec
        assert spec["description"].split(". ")[0][:30] in tekst(proef).replace("\\", "")


def test_the_same_picture_is_drawn_once(veertig: Register, op_deze_dag: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A register that has just begun has three terms to tell of, and stood there with one picture three times."""
    monkeypatch.setattr(kern, "kernzinnen", lambda alle: [b for b in alle if b.kengetal == "termijntarieven"][:3])
    proef = open_pagina("jaarbeeld", als="carla", periode="2025")
    assert not proef.exception
    assert (tekst(proef).count("(stap "), len(specs(proef))) == (3, 1)


@pytest.mark.parametrize("periode", ["2025", "2024", "2026", "2025-K3", "2026-11"])
def test_what_a_card_says_of_its_figure_stands_there_whole(veertig: Register, op_deze_dag: None, periode: str) -> None:
    """'het jaar is nog niet …' was cut off: a longer line stands below the card."""
    proef = open_pagina("jaarbeeld", als="carla", periode=periode)
    assert len(proef.metric) == 4
    assert not [deel.delta for deel in proef.metric if len(deel.delta or "") > PAST_IN_KAART]
    if periode in ("2026", "2026-11"):
        assert re.search(r":small\[.*is nog niet om\]", tekst(proef))


@pytest.mark.parametrize("periode", ["2025", "2024", "2026"])
def test_above_each_picture_stands_what_it_counts(veertig: Register, op_deze_dag: None, periode: str) -> None:
    """Two pictures beside each other may count klachten and maatregelen: each says which."""
    proef = open_pagina("jaarbeeld", als="carla", periode=periode)
    gezegd = [str(regel.value) for regel in proef.markdown]
    eigen = [regel for regel in gezegd if regel in {f"**{wat(_van(periode))}**" for wat in jaarkort.GETELD.values()}]
    assert len(eigen) == len(specs(proef))


def _van(periode: str) -> Any:
    return SimpleNamespace(periode=Periode.lees(periode))


def test_the_picture_of_verbeteracties_has_the_counts_of_its_sentence(veertig: Register, op_deze_dag: None) -> None:
    """It showed how all of them ever stood: 8 in time and 3 late, beside 'In 2025 zijn 3 verbeteracties uitgevoerd'."""
    getekend: list[pd.DataFrame] = []
    for jaar in (2024, 2025, 2026):
        with veertig.cursor() as cursor:
            beeld = jaarbeeld(cursor, jaar, VANDAAG, reglement=COULANT)
        jaarkort.PLAATJES["verbeteracties_opvolging"](
            None, beeld, lambda teken, tabel, titel, **rest: getekend.append(tabel), "t"
        )  # fmt: skip
        tabel = getekend.pop()
        bevinding = next(b for b in beeld.bevindingen if b.kengetal == "verbeteracties_opvolging")
        assert list(tabel["aantal"]) == [bevinding.getallen[n] for n in ("uitgevoerd", "open", "open_en_te_laat")]
        assert list(tabel["tekst"]) == [str(n) for n in tabel["aantal"]]


@pytest.mark.parametrize(
    "rijen", [[("Gemeld", 1, 3), ("Opgelost", 0, 1)], [("Afspraken", 1234, 987)], [("Geen", 0, 0)]]
)
def test_what_stands_behind_a_bar_is_whole_on_a_phone(rijen: list[tuple[str, int, int]]) -> None:
    tabel = pd.DataFrame(rijen, columns=["naam", "klachten", "vorig"])
    spec = grafieken.naast_vorig(tabel, Periode.van_jaar(2025), "t").to_dict()
    (einde,) = {laag["encoding"]["x"]["scale"]["domain"][1] for laag in spec["layer"]}
    for _, nu, vorig in rijen:
        tekst = f"{nu:,} (was {vorig:,})"
        assert 190 * max(nu, vorig) / einde + 8 + 6.5 * len(tekst) <= 190 + 1e-9


def test_every_figure_that_can_stand_out_has_a_picture(beeld: Jaarbeeld) -> None:
    assert {b.kengetal for b in beeld.bevindingen if b.opvallend} <= set(jaarkort.PLAATJES)
    assert set(kern.VOLGORDE) == set(jaarkort.PLAATJES) == set(jaarkort.GETELD)


def test_a_view_stands_in_the_address_and_only_that_one_is_drawn(veertig: Register, op_deze_dag: None) -> None:
    proef = open_pagina("jaarbeeld", als="carla")
    assert "deel" not in proef.query_params
    tabellen = len(proef.dataframe)
    assert tabellen == grafiekproef.check(proef), "one behind each picture, and no other"
    proef.segmented_control(key="jaarbeeld.deel").select("cijfers").run()
    assert proef.query_params["deel"] == "cijfers"
    assert len(proef.dataframe) > tabellen
    proef.segmented_control(key="jaarbeeld.deel").select("kort").run()
    assert "deel" not in proef.query_params
    assert "Wat ertoe doet" in [kop.value for kop in proef.header]
    proef.button(key="jaarkort.alles").click().run()
    assert proef.query_params["deel"] == "bevindingen"
    assert "Wat niet opvalt" in [kop.value for kop in proef.header]


def test_a_view_that_is_not_there_is_the_first_one(veertig: Register, op_deze_dag: None) -> None:
    proef = open_pagina("jaarbeeld", als="carla", deel="<script>")
    assert not proef.exception
    assert "deel" not in proef.query_params
    assert "Wat ertoe doet" in [kop.value for kop in proef.header]


def test_the_months_are_drawn_dark_from_where_they_changed(veertig: Register, op_deze_dag: None) -> None:
    with veertig.cursor() as cursor:
        beeld = jaarbeeld(cursor, 2025, date(2026, 1, 31), reglement=COULANT)
    spec = jaarkort.tekening.maanden(beeld.maandbeeld, "t").to_dict(validate=False)
    rijen = next(iter(spec["datasets"].values()))
    assert [rij["klachten"] for rij in rijen] == [p.klachten for p in beeld.maandbeeld.perioden]
    verwacht = dataclasses.replace(beeld.maandbeeld.oordeel, waar=30, soort="punt")
    eruit = dataclasses.replace(beeld.maandbeeld, oordeel=verwacht, opvallend=True)
    spec = jaarkort.tekening.maanden(eruit, "t").to_dict(validate=False)
    kleuren = [rij["kleur"] for rij in next(iter(spec["datasets"].values()))]
    assert [nr for nr, kleur in enumerate(kleuren) if kleur != kleuren[0]] == [30]
