"""A few of the mangled files of `python -m tests.vernield`, the same ones each time; the command tries ten thousand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from tests.vernield import bron, tabellen
from tests.vernield.beproef import run, shares
from tests.vernield.oordeel import OVER, Geval, Proefregister
from tests.vernield.trekking import PROEVEN

AANTAL = 40


@pytest.fixture(scope="module")
def hier() -> Iterator[Proefregister]:
    with Proefregister() as register:
        yield register


def test_what_a_mangled_file_gets_is_a_sentence_or_all_of_it(hier: Proefregister):
    fouten: list[str] = []
    telling: Counter[str] = Counter()
    for proef, soort, aantal in shares(AANTAL):
        run(hier, proef, soort, aantal, 13, telling, fouten)
    assert fouten == []
    assert telling[OVER] > 5


def test_every_kind_of_file_and_fault_is_tried():
    assert {soort for proef in PROEVEN for soort in proef.soorten} == {*bron.SCHRIJF, "xls"}
    assert len(PROEVEN) > 60


@pytest.mark.parametrize(
    ("hoe", "fout"),
    [
        ({"waar": {"x": {}}}, "1 klachten verdwenen"),
        ({"mag": ("geweigerd",)}, "overgenomen, maar mag alleen geweigerd zijn"),
        ({"regels": 99}, "het bestand heeft 99 regels"),
        ({"mits": lambda _: "zo niet"}, "zo niet"),
    ],
)
def test_what_is_not_as_it_should_be_is_seen(hier: Proefregister, hoe: dict[str, object], fout: str):
    uitslag = hier.doe(tabellen.geval(bron.tabel(1, 3), "csv", **hoe))
    assert len(uitslag.fouten) == 1
    assert fout in uitslag.fouten[0]


def test_an_error_is_seen_with_where_it_came_from(hier: Proefregister):
    uitslag = hier.doe(Geval("log.csv", b"x", anders=(("bestaat niet", ""),)))
    assert "AssertionError: bestaat niet" in uitslag.fouten[0]
