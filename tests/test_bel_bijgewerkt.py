"""After every fact the bell that is brought up to date is that which is read of the register itself, for everybody."""

from __future__ import annotations

import json
import random
from datetime import timedelta
from typing import Any

import pytest

from klachten import organisatie, scherm
from klachten.organisatie import Gebruiker
from klachten.register import Register
from klachten.scherm import belinhoud
from klachten.scherm.belinhoud import Item, items
from tests.lijsten import VANDAAG, Lijst, afwezig
from tests.termijnproef import ONTVANGST
from tests.terugkijkproef import BEGIN, vastleggingen

LEZERS = ("anna", "bas", "carla", "dirk", "frank", "gijs")
FEITEN = 30
KLACHTEN, SIGNALEN, EVALUATIE = ("K2024-0001", "K2024-0002", "K2024-0003"), ("S2024-0001", "S2024-0002"), "E2025-0001"


def gebruiker(wie: str) -> Gebruiker:
    gevonden = organisatie.gebruiker(wie, VANDAAG)
    assert gevonden is not None
    return gevonden


def afresh(wie: str) -> tuple[Item, ...]:
    """What somebody has in the bell when nothing of it was read before; what is kept stays kept."""
    bord, van = list(belinhoud._bord), dict(belinhoud._van)
    belinhoud._bord.clear()
    belinhoud._van.clear()
    gevonden = items(gebruiker(wie))
    belinhoud._bord[:] = bord
    belinhoud._van.clear()
    belinhoud._van.update(van)
    return gevonden


def book(
    register: Register, nummer: str, soort: str, gegevens: dict[str, Any], door: str, over: int | None = None
) -> int:
    """Record one fact of somebody; what it leaves out is filled in."""
    rij = (0, nummer, soort, BEGIN + timedelta(30), json.dumps(gegevens), over)
    ((vastlegging,),) = vastleggingen([rij]).values()
    with register.schrijven() as boeking:
        reeks, jaar, volgnr = nummer[0], int(nummer[1:5]), int(nummer[6:])
        if boeking._laatste(reeks, jaar) < volgnr:
            assert boeking.nieuw_nummer(reeks, jaar) == nummer
        return boeking.leg_vast(nummer, vastlegging.feit, door=door, rol="coordinator", corrigeert=over)


def something(toeval: random.Random, voorstellen: list[int]) -> tuple[str, str, dict[str, Any]]:
    """What can be news to somebody, or decides what somebody may know: in which dossier, of which kind."""
    wie, klacht = toeval.choice(LEZERS), toeval.choice(KLACHTEN)
    herinnering = {"aan": wie, "wat": "1", "uiterlijk_op": "2026-03-01", "regel": "r1"}
    maatregel = {"maatregel": 1, "actienemer": wie, "overlegd_met": "carla", "uiterlijk_op": "2024-12-01"}
    beter = {"verbeteractie": 1, "actienemer": wie, "categorie": "privacy", "uiterlijk_op": "2025-02-20"}
    return toeval.choice(
        [
            (klacht, "BetrokkeneToegevoegd", {"betrokkene": wie}),
            (klacht, "BetrokkeneToegevoegd", {"betrokkene": wie}),
            (klacht, "BehandelaarToegewezen", {"behandelaar": wie}),
            (klacht, "BehandelaarVervangen", {"behandelaar": wie, "vorige": toeval.choice(LEZERS)}),
            (klacht, "BuitenstaanderAangewezen", {"vastlegger": wie}),
            (klacht, "DocumentToegevoegd", {}),
            (klacht, "MaatregelBepaald", maatregel),
            (klacht, "ActienemerGeinformeerd", {"maatregel": 1}),
            (klacht, "HerinneringGestuurd", herinnering | {"waarvoor": "maatregel"}),
            (klacht, "HerinneringGestuurd", herinnering | {"waarvoor": "termijn"}),
            (klacht, "MeningsverschilGemeld", {}),
            (klacht, "WissenVoorgesteld", {}),
            (klacht, "WissenAfgewezen", {"voorstel": toeval.choice([0, *voorstellen])}),
            (toeval.choice(SIGNALEN), "SignaalOpSchriftGesteld", {"klachtnummer": klacht}),
            (EVALUATIE, "VerbeteractieBepaald", beter),
            (EVALUATIE, "VerbeteractieMeegedeeld", {"verbeteractie": 1}),
        ]
    )


@pytest.mark.parametrize("keer", range(3))
def test_what_is_brought_up_to_date_is_what_reading_it_all_gives(
    lijst: Lijst, in_dit_register: None, monkeypatch: pytest.MonkeyPatch, keer: int
) -> None:
    toeval, register, opnieuw = random.Random(keer), lijst.register, list[int]()
    for nummer in KLACHTEN:
        ontvangst = ONTVANGST | {"betrokkenen": toeval.choices(LEZERS, k=1), "ontvanger": "gijs"}
        book(register, nummer, "KlachtOntvangen", ontvangst, toeval.choice(LEZERS))
    for nummer in SIGNALEN:
        gegevens = {"kanaal": "telefoon", "vestiging": "weert", "ontvanger": toeval.choice(LEZERS)}
        book(register, nummer, "SignaalOntvangen", gegevens, toeval.choice(LEZERS))
    book(register, SIGNALEN[0], "SignaalOpSchriftGesteld", {"klachtnummer": KLACHTEN[0]}, "carla")
    book(register, EVALUATIE, "EvaluatieGehouden", {"jaar": 2024, "directieleden": ["carla"]}, "carla")
    for wie in LEZERS:
        items(gebruiker(wie))
    lees = belinhoud._zicht
    monkeypatch.setattr(belinhoud, "_zicht", lambda con, wie, van: opnieuw.append(len(van)) or lees(con, wie, van))
    geboekt: list[tuple[str, int]] = []
    gezien, voorstellen, gelezen = set[str](), list[int](), list[int]()
    for _ in range(FEITEN):
        door = toeval.choice(LEZERS)
        if geboekt and toeval.random() < 0.2:
            nummer, nr = geboekt.pop(toeval.randrange(len(geboekt)))
            book(register, nummer, "FeitHerroepen", {}, door, nr)
        else:
            nummer, soort, gegevens = something(toeval, voorstellen)
            geboekt.append((nummer, nr := book(register, nummer, soort, gegevens, door)))
            voorstellen += [nr] if soort == "WissenVoorgesteld" else []
        # Not everybody looks after each: of some a few facts are brought up to date together.
        for wie in toeval.sample(LEZERS, 3):
            opnieuw.clear()
            kept = items(gebruiker(wie))
            gelezen += opnieuw
            assert kept == afresh(wie), (wie, nummer)
            gezien.update(item.zin for item in kept)
    assert len(gezien) > 5, gezien
    assert sum(gelezen) / len(gelezen) < 3, "most of six dossiers stay as they were"


def test_another_organisation_and_another_day_are_read_anew(
    lijst: Lijst, in_dit_register: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    nummer = lijst.tot(4, behandelaar="bas")
    voor = {wie: items(gebruiker(wie)) for wie in LEZERS}
    assert [item.nummer for item in voor["bas"]] == [nummer]
    with afwezig("bas", VANDAAG, None, "carla"):
        assert [item.nummer for item in items(gebruiker("carla"))] == [nummer]
    assert {wie: items(gebruiker(wie)) for wie in LEZERS} == voor
    monkeypatch.setattr(scherm, "vandaag", lambda: VANDAAG + timedelta(400))
    assert items(gebruiker("bas")) == ()
