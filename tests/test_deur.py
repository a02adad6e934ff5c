"""Which register asks to sign in: what it is, is a fact, and no way of starting or opening changes that."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from klachten.handelingen import Geweigerd
from klachten.handelingen.organisatie import eerste
from klachten.opdrachten import start
from klachten.opening import open_register
from klachten.register import Register
from klachten.scherm import deur
from klachten.toegang import beheren, instellingen
from klachten.toegang.bladen import Bladen
from klachten.toegang.eerste import Gegevens
from klachten.toegang.staat import Staat
from klachten.voorbeeld import inrichting
from tests.registerproef import leg_klacht_vast

DAG = date(2026, 11, 29)
WIE = Gegevens("Proef en Zonen", "Bea", "de", "Beheerder", "bea@firma.example")


def begin(register: Register) -> None:
    eerste.begin(register, **vars(WIE), op=DAG)


def example(register: Register) -> None:
    inrichting.record(register, op=DAG)


# what is in the folder, whether it was started with --eigen, and whether people sign in
SOORTEN: dict[str, tuple[Callable[[Register], object], bool, bool]] = {
    "empty": (lambda register: None, False, False),
    "empty, begun as one's own": (lambda register: None, True, True),
    "the example": (example, False, False),
    "the example, asked to be one's own": (example, True, False),
    "of a firm": (begin, False, True),
    "of a firm, asked so": (begin, True, True),
    "klachten of before there were organisations, asked to be one's own": (leg_klacht_vast, True, False),
}


@pytest.mark.parametrize("wat", SOORTEN)
def test_what_a_register_is_decides_who_comes_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wat: str):
    vul, eigen, aanmelden = SOORTEN[wat]
    monkeypatch.delenv(instellingen.EIGEN, raising=False)
    if eigen:
        monkeypatch.setenv(instellingen.EIGEN, "1")
    with open_register(tmp_path) as register:
        vul(register)
    staat = Staat()
    with open_register(tmp_path) as register:
        deur.close_for(staat, register)
        assert staat.voorbeeld is not aanmelden
        assert (tmp_path / "toegang").exists() is aanmelden
    monkeypatch.setenv("KLACHTEN_DATA", str(tmp_path))
    assert start.is_own() is (vul is begin)


def test_the_first_beheerder_is_recorded_once_with_the_organisation(tmp_path: Path):
    with open_register(tmp_path) as register:
        begin(register)
        assert [v.feit.soort for v in register.vastleggingen("P2026-0001")] == ["PersoonToegevoegd", "RolGegeven"]
        with pytest.raises(Geweigerd, match="al in gebruik"):
            begin(register)
        assert register.stand().aantal == 3


def test_nobody_begins_where_klachten_are(tmp_path: Path):
    with open_register(tmp_path) as register:
        leg_klacht_vast(register)
        with pytest.raises(Geweigerd, match="al in gebruik"):
            begin(register)


def test_a_start_that_broke_off_offers_the_same_beheerder(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """The organisation is there and the account is not: nobody can sign in, so the code is shown again."""
    staat = Staat()
    with open_register(tmp_path) as register:
        begin(register)
        deur.close_for(staat, register)
        assert "vul deze code in" in capsys.readouterr().out
        bladen = staat.bladen
        assert isinstance(bladen, Bladen)
        assert bladen.eerste
        gevonden = bladen.eerste.inrichting.beheerder()
        assert gevonden
        assert gevonden.naam == "Bea de Beheerder"
        bladen.eerste.make(WIE, "paarse fiets onder de brug", "paarse fiets onder de brug", 0.0)
        assert register.stand().aantal == 3
        assert beheren.may_sign_in(bladen.deur, "P2026-0001")
        assert not staat.eerste_open()


def test_the_folder_of_an_example_does_not_become_ones_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    with open_register(tmp_path) as register:
        example(register)
    monkeypatch.setenv("KLACHTEN_DATA", str(tmp_path))
    parser = start.Ontleder()
    start.add_arguments(parser)
    assert start.run(parser.parse_args(["--eigen", "--poort", "8799"])) == 2
    assert "staat een voorbeeldregister" in capsys.readouterr().err


@pytest.mark.parametrize(("antwoorden", "eigen"), [(["1"], False), (["2"], True), (["", "drie", " 2 "], True)])
def test_the_console_asks_what_an_empty_folder_becomes(
    monkeypatch: pytest.MonkeyPatch, antwoorden: list[str], eigen: bool
):
    rij = iter(antwoorden)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda vraag: next(rij))
    assert start.ask_for_own() is eigen
    assert list(rij) == []
