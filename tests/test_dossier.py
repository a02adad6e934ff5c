"""The golden stories of tests/dossiers: every road, branch and refusal of the reglement."""

from __future__ import annotations

from pathlib import Path

import pytest

from klachten import gebeurtenissen as g
from klachten.handelingen import HANDELINGEN, correctie
from klachten.register import Register
from tests import verhalen

VERHALEN = sorted(verhalen.MAP.glob("*.toml"))


@pytest.mark.parametrize("pad", VERHALEN, ids=[pad.stem for pad in VERHALEN])
def test_verhaal(register: Register, pad: Path) -> None:
    tekst = verhalen.load(pad)
    verhaal = verhalen.play(register, tekst)
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
    assert gedaan == set(HANDELINGEN)


def test_every_kind_of_fact_can_be_read_back_from_what_the_journal_and_the_dossier_keep() -> None:
    assert set(g.SOORTEN) >= {"KlachtOntvangen", "FeitHerroepen"}
    for soort, klasse in g.SOORTEN.items():
        assert klasse.__doc__, soort
        assert 0 <= klasse.stap <= 18


def test_every_fact_that_a_handeling_records_can_be_corrected_with_the_same_checks() -> None:
    overige = {"FeitHerroepen", "SignaalOpSchriftGesteld", "TermijnOvergenomen"}
    assert {soort.__name__ for soort in correctie.VELDEN_UIT} == set(g.SOORTEN) - overige
    assert set(correctie.VELDEN_UIT.values()) <= set(HANDELINGEN)
