"""Rights, acts and order go by the kind of a task, and never by what its sentence says."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from klachten import analyse, organisatie, scherm
from klachten.analyse.werk import werkvoorraad
from klachten.analyse.werk.taaksoort import AANWIJZEN, DOET, EVALUATIE, LEEST, SIGNAAL, UITVOEREN, WISSEN, ZIET
from klachten.opening import open_register
from klachten.post.agenda import calendar, changes
from klachten.postvak import Postvak
from klachten.scherm import belinhoud
from klachten.scherm.lijsten import daden, escalatie, posttaken, taken
from tests.lijsten import ONTVANGEN, VANDAAG, Lijst, afwezig
from tests.taakproef import PYTHON, SQL, all_branches, kinds, other_sentences
from tests.test_daden import queue


def test_every_kind_of_the_sql_says_who_sees_it_and_what_does_it_and_there_is_no_other():
    alle = set().union(*map(kinds, SQL))
    assert alle.isdisjoint(PYTHON)
    assert alle | set(PYTHON) == ZIET.keys() == daden.DADEN.keys()


def test_who_does_not_read_a_klacht_sees_an_own_maatregel_and_the_naming_of_somebody_outside_only():
    assert {soort for soort, ziet in ZIET.items() if ziet == DOET} == {AANWIJZEN, UITVOEREN}
    assert set(ZIET.values()) == {LEEST, DOET, SIGNAAL, EVALUATIE}
    assert {soort for soort in kinds("klachttaken") if ZIET[soort] not in (LEEST, DOET)} == set()


@pytest.fixture(scope="module")
def gevuld(nieuwe_map: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a register with every kind of task in it, but for who is away."""
    map = shutil.copytree(nieuwe_map, tmp_path_factory.mktemp("soort") / "register")
    with open_register(map) as register:
        all_branches(register)
        lijst = Lijst(register)
        lijst.intake(op=ONTVANGEN.replace(year=2025))
        lijst.signaal()
        evaluatie = lijst.evaluatie(2024)
        for _ in range(2):
            lijst.verbeteractie(evaluatie)
        lijst.doe("stap_17_informeren_actienemer", "frank", evaluatie, op=9, verbeteractie=2)
        wacht = lijst.tot(4)
        for nummer in (wacht, wacht, evaluatie):
            queue(register, nummer, "VerzendingBegonnen", "VerzendingMislukt")
        for nummer in (wacht, ""):
            Postvak(map).save(b"x", {"klachtnummer": nummer}, lijst.register.vastleggingen(wacht)[0].vastgelegd_op)
    return map


@contextmanager
def seen(map: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with open_register(map) as register:
        vorig = scherm.gebruik(register)
        monkeypatch.setattr(scherm, "vandaag", lambda: VANDAAG)
        posttaken._gelezen.clear()
        yield
        posttaken._gelezen.clear()
        scherm.gebruik(vorig)


def _everything() -> tuple[set[str], Any]:
    """Everything that follows from the tasks for everybody, but for their sentences; and the kinds that there are."""
    alles = taken.te_doen()
    assert alles == sorted(alles, key=werkvoorraad.worst_first)
    welke = {(taak.welke, taak.merk) for taak in alles}
    assert len(welke) == len(alles)
    uit = {}
    for wie in organisatie.iedereen(VANDAAG):
        ziet = taken.zichtbare_taken(alles, wie)
        assert {(taak.welke, taak.merk) for taak in ziet} <= welke, "one that is closed is the same one"
        doet = [(daad := daden.for_reader(taak, wie)) and (daad, daden.address(daad, taak)) for taak in ziet]
        delen = (escalatie.toewijzen, escalatie.aanwijzen, escalatie.vervangen, escalatie.geschillen)
        with scherm.register().cursor() as cursor:
            agenda = calendar(
                [taak for taak in ziet if wie.id in taak.personen], reglement=scherm.reglement(), vandaag=VANDAAG,
                link=lambda taak: str(taak.klachtnummer), merk=str, reeks=changes(cursor, ziet),
            )  # fmt: skip
        uit[wie.id] = (
            [replace(taak, wat="") for taak in ziet],
            doet,
            [[(taak.klachtnummer, taak.soort) for taak in deel(ziet)] for deel in delen],
            agenda,
            [(item.nr, item.merk, item.naar, item.vraag) for item in belinhoud.items(wie)],
        )
    return {taak.soort for taak in alles}, uit


def test_with_every_sentence_changed_everybody_sees_the_same_rights_acts_order_and_agenda(
    gevuld: Path, monkeypatch: pytest.MonkeyPatch
):
    def both() -> SimpleNamespace:
        with seen(gevuld, monkeypatch):
            hier = _everything()
            zinnen = {taak.wat for taak in taken.alle_taken()}
            with afwezig("anna", VANDAAG, None, "gijs", lang=True):
                for gelezen in (taken._gelezen, taken._zichtbaar, posttaken._gelezen, belinhoud._bord, belinhoud._van):
                    gelezen.clear()
                weg = _everything()
        return SimpleNamespace(soorten=hier[0] | weg[0], gevolg=(hier[1], weg[1]), zinnen=zinnen)

    voor = both()
    assert ZIET.keys() - voor.soorten == {WISSEN}, "tests/test_pagina_bewaren.py has that one"
    anders = other_sentences()
    monkeypatch.setattr(analyse, "vragen", lambda: anders)
    monkeypatch.setattr(posttaken, "_HOE", dict.fromkeys(posttaken._HOE, "iets"))
    na = both()
    assert {zin[:4] for zin in na.zinnen} == {"Iets"}
    assert len(na.zinnen) < 10 < len(voor.zinnen)
    assert na.gevolg == voor.gevolg
