"""The page Opvolging: what was done of what was agreed, who is waiting, and what was seen to change."""

from __future__ import annotations

import pytest

from tests.evaluatieproef import VANDAAG, kies, register_met, titels
from tests.schermproef import open_pagina, tekst


@pytest.fixture(autouse=True)
def op_deze_dag(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KLACHTEN_VANDAAG", VANDAAG.isoformat())


@pytest.fixture(scope="module", autouse=True)
def driehonderd():
    with register_met(300) as register:
        yield register


def test_the_parts_stand_in_order() -> None:
    proef = open_pagina("opvolging", als="carla")
    assert not proef.exception
    assert [kop.value for kop in proef.header] == [
        "Maatregelen bij klachten van 2025",
        "Wie voert uit?",
        "Wat staat er nog open?",
        "Verbeteracties",
        "Waargenomen verandering",
    ]


def test_the_standen_add_up_and_the_titles_state_them() -> None:
    proef = open_pagina("opvolging", als="carla")
    standen = next(deel.value for deel in proef.dataframe if "Stand" in deel.value and "Maatregelen" in deel.value)
    per_persoon = next(deel.value for deel in proef.dataframe if "Wie" in deel.value and "Maatregelen" in deel.value)
    assert standen["Maatregelen"].sum() == per_persoon["Maatregelen"].sum()
    assert any(titel.startswith("Op de afgesproken dag gereed") for titel in titels(proef))


def test_a_change_is_observed_and_never_called_an_effect() -> None:
    proef = open_pagina("opvolging", als="carla")
    gezegd = tekst(proef) + " ".join(titels(proef))
    assert "Waargenomen verandering" in gezegd
    assert "effect" not in gezegd.lower()


def test_open_maatregelen_lead_to_their_dossier_for_who_may_open_it() -> None:
    lijst = next(d.value for d in open_pagina("opvolging", als="anna").dataframe if "Klachtnummer" in d.value)
    assert lijst["Klachtnummer"].str.startswith("dossier?nummer=K").all()
    assert "Actienemer" in lijst
    analist = open_pagina("opvolging", als="hanna")
    assert [d for d in analist.dataframe if {"Klachtnummer", "Wie"} & set(d.value)] == []


def test_the_list_turns_pages() -> None:
    proef = open_pagina("opvolging", als="carla")
    proef.session_state["opvolging_blad"] = 2
    proef.run()
    assert not proef.exception


def test_a_finer_choice_changes_the_figures() -> None:
    proef = open_pagina("opvolging", als="carla")
    eerst = titels(proef)
    kies(proef, "vestiging", "weert")
    assert not proef.exception
    assert titels(proef) != eerst
