"""The golden stories of tests/dossiers: every road, branch and refusal of the reglement."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from klachten import gebeurtenissen as g
from klachten.analyse.termijnen.netto import duur_van_klacht
from klachten.handelingen import HANDELINGEN, correctie
from klachten.opening import open_register
from klachten.register import Register
from tests import verhalen
from tests.verhaalterugblik import VERHALEN, Feiten, eves, look_back, recorded, together

DAGEN, WEKEN = 6, 14


@pytest.fixture(scope="module")
def feiten() -> Feiten:
    """What each story recorded, kept as it is played."""
    return {}


@pytest.mark.parametrize("pad", VERHALEN, ids=[pad.stem for pad in VERHALEN])
def test_verhaal(register: Register, pad: Path, feiten: Feiten) -> None:
    tekst = verhalen.load(pad)
    verhaal = verhalen.play(register, tekst)
    feiten[pad] = recorded(register)
    dan = tekst["dan"]
    for naam, verwacht in dan.items():
        if naam in verhaal.nummers and naam != "evaluatie":
            rij = verhaal.row(naam)
            termijnen = verwacht.pop("termijnen", None)
            if termijnen is not None:
                peildatum = termijnen.pop("op", verhaal.vandaag)
                assert {k: v for k, v in verhaal.termijnen(peildatum, naam).items() if k in termijnen} == termijnen
            assert {k: rij[k] for k in verwacht} == verwacht
    for naam, nummer in verhaal.nummers.items():
        if nummer.startswith("K"):
            verhalen.assert_same_as_table(verhaal.dossier(naam), verhaal.row(naam))
    if "duur" in dan:
        with register.cursor() as cursor:
            duren = duur_van_klacht(cursor, verhaal.nummers["klacht"], verhaal.vandaag)
        for duur, wens in zip(duren, dan["duur"], strict=True):
            assert {naam: getattr(duur, naam) for naam in wens} == wens
    for tabel, verwacht in dan.get("tabel", {}).items():
        with register.cursor() as cursor:
            gevonden = cursor.execute(f"SELECT * FROM {tabel} ORDER BY ALL")
            kolommen = [kolom[0] for kolom in gevonden.description]
            rijen = [dict(zip(kolommen, rij, strict=True)) for rij in gevonden.fetchall()]
        assert [{k: rij[k] for k in wens} for rij, wens in zip(rijen, verwacht, strict=True)] == verwacht


def test_every_handeling_occurs_in_a_story() -> None:
    gedaan = {
        stap.get("doet", verhalen.INTAKE["doet"])
        for pad in VERHALEN
        for stap in verhalen.load(pad)["gebeurt"]
        if "weigering" not in stap
    }
    # Those of the organisation are in tests/test_beheren.py, those of more series in tests/test_wissen_regels.py; of a
    # klacht that was taken over in tests/test_overgang.py.
    elders = {"voortzetten_behandeling"}
    assert gedaan == {naam for naam, handeling in HANDELINGEN.items() if handeling.reeks not in "OP*"} - elders


def test_every_kind_of_fact_can_be_read_back_from_what_the_journal_and_the_dossier_keep() -> None:
    assert set(g.SOORTEN) >= {"KlachtOntvangen", "FeitHerroepen"}
    for soort, klasse in g.SOORTEN.items():
        assert klasse.__doc__, soort
        assert 0 <= klasse.stap <= 18


def test_every_fact_that_a_handeling_records_can_be_corrected_with_the_same_checks() -> None:
    eigen = {soort.__name__ for soort in g.OVER_BEWAREN} | g.VAN_DE_POST
    overige = {"FeitHerroepen", "SignaalOpSchriftGesteld", "TermijnOvergenomen", "TijdstipOvergenomen"}
    assert {soort.__name__ for soort in correctie.VELDEN_UIT} == set(g.SOORTEN) - overige - g.VAN_ONSZELF - eigen
    assert set(correctie.VELDEN_UIT.values()) <= set(HANDELINGEN)


@pytest.mark.traag
def test_the_stories_look_back_as_they_were(paar, feiten: Feiten, tmp_path: Path, nieuwe_map: Path) -> None:
    """All stories, as of days after which every kind of fact follows within two weeks.

    `python -m tests.verhaalterugblik` takes every day.
    """
    for pad in (pad for pad in VERHALEN if pad not in feiten):  # all of them, when this test runs alone
        with open_register(shutil.copytree(nieuwe_map, tmp_path / pad.stem)) as register:
            verhalen.play(register, verhalen.load(pad))
            feiten[pad] = recorded(register)
    alle = together(feiten)
    assert len({op for _, _, _, op, _, _ in alle}) > 40
    look_back(*paar, alle, eves(alle, DAGEN, WEKEN))
