"""Erasing in what was set aside: texts of facts that were lost, databases of before, also when it comes back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from klachten import gebeurtenissen as g
from klachten.datamap import DATABASE
from klachten.gezond import anderen
from klachten.register import Register, omzetten
from klachten.register.controle import controleer
from klachten.reservekopie import bronnen, gewist
from tests.registerproef import DAG, leg_klacht_vast, leg_stap_vast, open_at
from tests.wisproef import gevonden

NAAM, BLIJVER = "Zwaluwnaam", "Blijver"
OPZIJ = f"{DATABASE}.schema-029-20260105T101112"


@pytest.fixture(scope="module")
def verlies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Somebody went on without the last facts: of K1 a text is aside, all of K3 and K4; K3 is of the same person.

    Facts 1 and 2 are of K1, 3 and 4 of K2; from 11 on it goes on.
    """
    map = tmp_path_factory.mktemp("opzij") / "r"
    with open_at(map) as register:
        leg_klacht_vast(register, indiener_naam=NAAM)
        leg_klacht_vast(register, indiener_naam=BLIJVER)
        lengte = (map / "journaal" / "2026.jsonl").stat().st_size
        leg_stap_vast(register, "K2026-0001", f"later {NAAM}")
        leg_klacht_vast(
            register, indiener_naam=f"{NAAM} junior", omschrijving="Lang verhaal van wie hier niet werd gehoord."
        )
        leg_klacht_vast(register, indiener_naam=BLIJVER)
    journaal = map / "journaal" / "2026.jsonl"
    journaal.write_bytes(journaal.read_bytes()[:lengte])
    with open_at(map, herbouw=True, ondanks="De schijf was stuk.") as register:
        assert "verlies-20260105T101112" in " ".join(register.meldingen)
    return map


@pytest.fixture
def map(verlies: Path, tmp_path: Path) -> Path:
    return shutil.copytree(verlies, tmp_path / "register")


def wis(register: Register, feit: g.Gebeurtenis | None = None) -> None:
    feit = feit or g.DossierGewist(gebeurd_op=DAG, grond="verzoek")
    with register.schrijven() as boeking:
        boeking.leg_vast("K2026-0001", feit, door="carla", rol="directie")


def waar(map: Path, woord: str = NAAM) -> list[str]:
    return [pad for paden in gevonden(map, [woord]).values() for pad in paden]


def let_op(map: Path) -> str:
    return " ".join(een.zin for een in controleer(map) if een.ernst != "goed")


def test_what_was_lost_is_searched_by_number_and_by_name_and_the_rest_stays(map: Path):
    verloren = map / "verlies-20260105T101112" / "dossiers"
    assert sorted(pad.name for pad in verloren.iterdir()) == ["K2026-0001", "K2026-0003", "K2026-0004"]
    assert any("K2026-0003" in pad for pad in waar(map))
    with open_at(map) as register:
        wis(register)
        assert register.meldingen == []
    assert waar(map) == []
    assert any("verlies-" in pad for pad in waar(map, BLIJVER))
    assert "Lang verhaal" in (verloren / "K2026-0003" / "teksten.jsonl").read_text(encoding="utf-8")
    assert not (verloren / "K2026-0001" / "teksten.jsonl").exists()


def test_one_person_too(map: Path):
    with open_at(map) as register:
        wis(
            register,
            g.GegevensGewist(gebeurd_op=DAG, grond="verzoek", voorstel=0, wie="indiener", plekken=("1.indiener_naam",)),
        )
    assert waar(map) == []


def test_of_a_sealed_register_too(map: Path, kluis: Path):
    verloren = map / "verlies-20260105T101112" / "dossiers" / "K2026-0003" / "teksten.jsonl"
    omzetten.seal(map)
    with open_at(map) as register:
        regel = register.dossiers.folder("K2026-0002") / "teksten.jsonl"
        # A text that is sealed with a key that nobody has any more.
        andere = regel.read_bytes().splitlines()[0].replace(b'"nr": 3', b'"nr": 8')
        dicht = andere.replace(b'"vak": "', b'"vak": "AAAAAAAAAAAAAAAAAAAA')
        verloren.write_bytes(verloren.read_bytes() + dicht + b"\n")
        wis(register)
    assert waar(map) == []
    assert "blijven teksten dicht van K2026-0003" in let_op(map)


def test_what_cannot_be_erased_there_is_said_by_controleer_and_gezond(map: Path):
    zin = (
        "In verlies-20260105T101112 staat iets van K2026-0003 en K2026-0004, waarvan geen feit meer in het register is."
    )
    assert zin in let_op(map)
    assert zin in " ".join(anderen.set_aside(map) or ())
    shutil.rmtree(map / "verlies-20260105T101112")
    assert "opzij" not in let_op(map)
    assert anderen.set_aside(map) == []


def test_what_comes_back_is_said_and_taken_away_again_at_the_next_opening(map: Path, verlies: Path):
    with open_at(map) as register:
        wis(register)
        # Somebody recorded that after it was erased, and lost it: that was not erased.
        later = map / "verlies-20260106T101112" / "dossiers" / "K2026-0001"
        later.mkdir(parents=True)
        (later / "teksten.jsonl").write_text(
            '{"nr": 99, "veld": "reden", "zout": "", "tekst": "later"}\n', encoding="utf-8"
        )
    shutil.copytree(verlies / "verlies-20260105T101112", map / "verlies-20260105T101112", dirs_exist_ok=True)
    (map / OPZIJ).write_text(NAAM, encoding="utf-8")
    for gezegd in (let_op(map), " ".join(anderen.set_aside(map) or ())):
        assert f"kan nog staan in verlies-20260105T101112 (K2026-0001) en {OPZIJ}." in gezegd
    with open_at(map) as register:
        assert register.meldingen == []
    assert "kan nog staan" not in let_op(map)
    assert not (map / OPZIJ).exists()
    assert (later / "teksten.jsonl").exists()


def test_what_cannot_be_removed_at_opening_is_said(map: Path, monkeypatch: pytest.MonkeyPatch):
    with open_at(map) as register:
        wis(register)
    (map / OPZIJ).write_text(NAAM, encoding="utf-8")

    def weiger(*_: object, **__: object) -> None:
        raise PermissionError(13, "in gebruik")

    with monkeypatch.context() as even:
        even.setattr(Path, "unlink", weiger)
        even.setattr("klachten.register.herstel.shutil.rmtree", lambda *_, **__: None)
        with open_at(map) as register:
            assert any("Bij de volgende start wordt dat voltooid" in zin for zin in register.meldingen)
    assert OPZIJ in let_op(map)


def test_erasing_again_after_a_restore_goes_there_as_well_and_a_copy_never_has_it(map: Path, tmp_path: Path):
    eerder = shutil.copytree(map, tmp_path / "eerder")
    with open_at(map) as register:
        wis(register)
        lijst = gewist.of_register(register)
        kop = register.journaal.verify().kop
        stukken = [stuk.pad for stuk in bronnen.pieces(map, kop, bronnen.Beloofd(), tmp_path)]
    assert any(pad.startswith("dossiers/") for pad in stukken)
    assert not any("verlies-" in pad or DATABASE in pad or "afgeknipt" in pad for pad in stukken)
    assert waar(eerder) != []
    with open_at(eerder) as register:
        assert [een.klachtnummer for een in gewist.apply(register, lijst)] == ["K2026-0001"]
    assert waar(eerder) == []
