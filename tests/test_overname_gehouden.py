"""A text that both the source and somebody here changed: asked once, remembered without it, forgotten with it."""

from __future__ import annotations

import itertools
import json
from datetime import date
from pathlib import Path

import pytest

from klachten import gebeurtenissen as g
from klachten.handelingen import HANDELINGEN
from klachten.overname import gehouden
from klachten.overname.overnemen import Plan
from klachten.register import Register
from klachten.register.controle import controleer
from tests.maandproef import VANDAAG, lees, neem_over, terug
from tests.test_overname_maand import EEN, geldig

HIER, BRON = "Brief zoek, zegt Merelnaam", "Brief verdwenen bij Vinknaam"
MAANDEN = [("getrokken_op = 2025-01-31", f"getrokken_op = 2025-02-{dag}") for dag in (25, 26, 27, 28)]


def regel(tekst: str, soort: str = "b") -> dict[str, str]:
    return {"1": EEN.replace("Brief kwijt", tekst).replace(";b;", f";{soort};")}


@pytest.fixture
def botsing(register: Register, tmp_path: Path, anna) -> Register:
    """A klacht whose text was put right here."""
    neem_over(register, tmp_path, regel("Brief kwijt"))
    verbeter(register, anna, HIER)
    return register


def verbeter(register: Register, anna, tekst: str) -> None:
    nr = register.vastleggingen("K2025-0001")[0].nr
    HANDELINGEN["corrigeren_feit"](
        register, anna, "K2025-0001", vandaag=VANDAAG, nr=nr, gebeurd_op=None, waarden={"omschrijving": tekst},
        reden="Anders",
    )  # fmt: skip


def gevraagd(plan: Plan) -> list[str]:
    return [een.veld for een in plan.botsingen]


def test_it_is_asked_in_month_two_and_not_in_three_and_four_until_the_source_says_something_else(
    botsing: Register, tmp_path: Path
):
    twee, drie, vier, vijf = MAANDEN
    tweede = neem_over(botsing, tmp_path, regel(BRON), twee, besluiten={"": "houd"})
    assert gevraagd(tweede) == ["omschrijving"]
    for maand, soort in ((drie, "b"), (vier, "c")):
        plan = neem_over(botsing, tmp_path, regel(BRON, soort), maand)
        assert gevraagd(plan) == []
        ontvangst = geldig(botsing, "K2025-0001")["KlachtOntvangen"]
        assert (ontvangst.omschrijving, ontvangst.categorie) == (HIER, {"b": "privacy", "c": "overig"}[soort])
    assert not lees(botsing, tmp_path, regel(BRON, "c"), vier).iets
    for anders in ("Brief weg", "Brief kwijt", ""):
        assert gevraagd(lees(botsing, tmp_path, regel(anders, "c"), vijf)) == ["omschrijving"]
    assert gevraagd(lees(botsing, tmp_path, regel(HIER, "c"), vijf)) == [], "it says now what stands here"
    assert {een.ernst for een in controleer(botsing)} == {"goed"}


def test_a_text_that_the_source_left_out_is_remembered_too(botsing: Register, tmp_path: Path):
    neem_over(botsing, tmp_path, regel(""), MAANDEN[0], besluiten={"": "houd"})
    assert gevraagd(lees(botsing, tmp_path, regel(""), MAANDEN[1])) == []
    assert gevraagd(lees(botsing, tmp_path, regel(BRON), MAANDEN[1])) == ["omschrijving"]


def test_one_that_was_emptied_here_has_the_salt_of_before(register: Register, tmp_path: Path, anna):
    neem_over(register, tmp_path, regel("Brief kwijt"))
    ontvangst = register.vastleggingen("K2025-0001")[0]
    leeg = g.KlachtOntvangen(**{**vars(ontvangst.feit), "omschrijving": "", "reden": "Weg"})
    with register.schrijven() as boeking:
        boeking.leg_vast("K2025-0001", leeg, door="anna", rol="coordinator", corrigeert=ontvangst.nr)
    plan = neem_over(register, tmp_path, regel(BRON), MAANDEN[0], besluiten={"": "houd"})
    assert gevraagd(plan) == ["omschrijving"]
    assert gevraagd(lees(register, tmp_path, regel(BRON), MAANDEN[1])) == []


def test_undone_it_is_asked_again(botsing: Register, tmp_path: Path):
    neem_over(botsing, tmp_path, regel(BRON), MAANDEN[0], besluiten={"": "houd"})
    terug(botsing, 2)
    assert gevraagd(lees(botsing, tmp_path, regel(BRON), MAANDEN[1])) == ["omschrijving"]


def test_nothing_of_it_stands_outside_the_dossier_and_erased_nothing_can_be_guessed(botsing: Register, tmp_path: Path):
    neem_over(botsing, tmp_path, regel(BRON), MAANDEN[0], besluiten={"": "houd"})
    journaal = b"".join(pad.read_bytes() for pad in (botsing.map / "journaal").iterdir() if pad.is_file())
    assert b"Vinknaam" not in journaal
    [grond] = [v.feit for v in botsing.vastleggingen(g.NUMMER) if getattr(v.feit, "gehouden", ())]
    [(_, veld, waarde)] = map(json.loads, grond.gehouden)  # type: ignore[attr-defined]
    onthouden = gehouden.Gehouden.read(waarde)
    zouten = gehouden.salts(botsing, ["K2025-0001"])["K2025-0001"]
    assert onthouden.is_of(BRON, veld, zouten), "who has the dossier can tell"
    with botsing.schrijven() as boeking:
        gewist = g.DossierGewist(gebeurd_op=date(2025, 3, 1), grond="verzoek")
        boeking.leg_vast("K2025-0001", gewist, door="carla", rol="directie")
    over = gehouden.salts(botsing, ["K2025-0001"])["K2025-0001"]
    assert over == {}
    # With every salt that there still is anywhere, and without one, no guess can be told to be right.
    overal = [
        zout for nummer in botsing.dossiers.numbers() for zout in gehouden.salts(botsing, [nummer])[nummer].values()
    ]
    geprobeerd = (gehouden.Gehouden.of(onthouden.nr, zout, BRON) for zout in itertools.chain([b""], overal))
    assert onthouden not in geprobeerd
    assert lees(botsing, tmp_path, regel(BRON), MAANDEN[1]).gewijzigd == []
