"""A journal that is changed while nobody looks: found within a minute, and nothing is recorded from then on."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from klachten import scherm
from klachten.register import RegisterAlleenLezen, bewaking, geschiedenis, nalopen, resten
from klachten.scherm import bewaken
from tests import schade
from tests.registerproef import leg_klacht_vast, leg_stap_vast, open_at


@pytest.fixture(scope="module")
def bron(tmp_path_factory: pytest.TempPathFactory) -> Path:
    map = tmp_path_factory.mktemp("bron") / "register"
    schade.build(map)
    return map


@pytest.fixture
def groot(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every register is one of which opening looks at the end of the journal alone."""
    monkeypatch.setattr(geschiedenis, "AT_ONCE", 0)
    monkeypatch.setattr(resten, "GENOEG", 0)


def one_byte(map: Path) -> None:
    """A day in the middle of the journal becomes another one; every line stays where it is."""
    schade.lines(schade.alter)(map)


def text_without_a_fact(map: Path) -> None:
    """The journal and the database are of before a fact of which the text is here."""
    with (map / "dossiers" / "K2026-0002" / "teksten.jsonl").open("ab") as bestand:
        bestand.write(b'{"nr": 19, "veld": "reden", "zout": "00", "tekst": "x"}\n')


@pytest.mark.parametrize(
    ("doe", "zin"),
    [
        (one_byte, "zijn zegel klopt niet"),
        (text_without_a_fact, "minstens 10 feiten, namelijk de feiten 10 tot en met 19"),
        (schade.stray, "Van K2026-0057 is er wel een dossier"),
    ],
)
@pytest.mark.parametrize("in_app", [True, False])
def test_what_opening_a_large_register_does_not_see_is_found_while_it_is_open(
    bron, tmp_path, groot, monkeypatch, doe, zin, in_app
):
    monkeypatch.setattr(nalopen, "IN_APP", 20_000 if in_app else 0)
    map = shutil.copytree(bron, tmp_path / "register")
    doe(map)
    with open_at(map) as register:
        assert register.meldingen == []
        leg_stap_vast(register, "K2026-0001")  # which is why it may not take long
        assert zin in bewaking.check(register)
        with pytest.raises(RegisterAlleenLezen, match="lezen kan wel"):
            leg_stap_vast(register, "K2026-0001")
        assert zin in register.alleen_lezen
        assert len(register.vastleggingen("K2026-0001")) > 3
        assert bewaking.check(register) == ""  # it was said
        voor = (map / "zegel.json").read_bytes()
        bewaking.keep_seal(register)
    # What was wrong is not sealed as right.
    assert (map / "zegel.json").read_bytes() == voor


def test_a_register_that_is_whole_is_followed_while_it_is_written_in(bron, tmp_path, groot):
    with open_at(shutil.copytree(bron, tmp_path / "register")) as register:
        assert bewaking.check(register) == ""
        leg_klacht_vast(register)
        assert bewaking.check(register) == ""
        assert register.meldingen == []


def test_what_is_recorded_while_another_process_follows_the_journal_is_no_loss(bron, tmp_path, groot, monkeypatch):
    """The texts of what came since are in the dossiers that it reads, and their facts are not in its journal."""
    kijk = nalopen.look_apart

    def later(map: Path, tot: int, stop: Callable[[], bool]) -> nalopen.Nagelopen:
        leg_klacht_vast(register, omschrijving="Tussendoor")
        gezien = kijk(map, tot, stop)
        assert gezien.verder == ("K2026-0003",)
        return gezien

    monkeypatch.setattr(nalopen, "IN_APP", 0)
    monkeypatch.setattr(nalopen, "look_apart", later)
    with open_at(shutil.copytree(bron, tmp_path / "register")) as register:
        assert bewaking.check(register) == ""
        assert not register.alleen_lezen


def test_the_other_process_ends_with_the_app(bron, tmp_path, groot, monkeypatch):
    monkeypatch.setattr(nalopen, "IN_APP", 0)
    map = shutil.copytree(bron, tmp_path / "register")
    one_byte(map)
    with open_at(map) as register:
        assert bewaking.check(register, stop=lambda: True) == ""  # it was broken off: nothing is known, nothing said
        assert not register.alleen_lezen


def test_a_journal_that_was_rewritten_while_the_register_is_open_is_found(bron, tmp_path):
    map = shutil.copytree(bron, tmp_path / "register")
    with open_at(map) as register:
        schade.reseal(map)
        assert "vanaf feit 4 (regel 1 van" in bewaking.check(register)


def test_the_seal_follows_the_register_and_closing_says_that_nothing_came_after(bron, tmp_path):
    map = shutil.copytree(bron, tmp_path / "register")

    def seal() -> tuple[int, bool, dict[str, int]]:
        inhoud = json.loads((map / "zegel.json").read_text(encoding="utf-8"))
        return inhoud["kop"]["nr"], inhoud["gesloten"], inhoud["nummers"]

    with open_at(map) as register:
        assert seal() == (8, False, {"K2026": 2})
        leg_klacht_vast(register)
        assert seal()[0] == 8  # not on the way of whoever records
        bewaking.keep_seal(register)
        assert seal() == (10, False, {"K2026": 3})
    assert seal() == (10, True, {"K2026": 3})


def test_the_app_looks_soon_after_the_start_and_stops_when_told(bron, tmp_path, groot):
    map = shutil.copytree(bron, tmp_path / "register")
    one_byte(map)

    async def run(register: object) -> None:
        stop = asyncio.Event()
        taak = asyncio.create_task(bewaken.keep_up(stop, eerst=0.01))
        for _ in range(500):
            await asyncio.sleep(0.01)
            if register.alleen_lezen:  # type: ignore[attr-defined]
                break
        stop.set()
        await asyncio.wait_for(taak, 5)

    with open_at(map) as register:
        vorig = scherm.gebruik(register)
        try:
            asyncio.run(run(register))
        finally:
            scherm.gebruik(vorig)
        assert "zijn zegel klopt niet" in register.alleen_lezen
