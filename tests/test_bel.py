"""The bell: every kind of fact says whom it is news to, nobody learns more than they may read, and a look is kept."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from klachten import gebeurtenissen as g
from klachten import organisatie
from klachten.analyse.werk.nieuws import GEEN_NIEUWS, NIEUWS
from klachten.gebeurtenissen.soorten import SOORTEN
from klachten.handelingen import HANDELINGEN
from klachten.postvak import Postvak
from klachten.scherm import bel, belinhoud, persoonlijk
from klachten.scherm.bel import look
from klachten.scherm.belinhoud import Item, items
from klachten.toegang.gezien import Gezien, Gezienen
from klachten.toegang.opslag import Opslag
from tests.lijsten import INTAKE, ONTVANGEN, VANDAAG, Lijst, afwezig
from tests.schermproef import open_pagina, tekst

EEN = timedelta(days=1)
SIGNAAL = {
    veld.naam: INTAKE[veld.naam] for veld in HANDELINGEN["stap_01_ontvangen_signaal"].velden if veld.naam in INTAKE
}


@pytest.fixture
def hier(lijst: Lijst, in_dit_register: None) -> Lijst:
    """This register, that the pages look at."""
    return lijst


def van(wie: str, op: date = VANDAAG) -> tuple[Item, ...]:
    gebruiker = organisatie.gebruiker(wie, op)
    assert gebruiker is not None
    return items(gebruiker)


def zinnen(wie: str) -> list[tuple[str, str]]:
    return [(item.nummer, item.zin) for item in van(wie)]


def nieuw(wie: str) -> int:
    gezien = Gezienen(persoonlijk.opslag()).of(wie)
    return sum(item.is_new(gezien) for item in van(wie))


def kijk(wie: str) -> None:
    look(persoonlijk.opslag(), wie, van(wie))


def test_what_is_new_is_counted_once_for_somebody_until_it_changes_or_is_seen(monkeypatch: pytest.MonkeyPatch):
    gevraagd: list[str] = []
    echt = Item.is_new
    monkeypatch.setattr(Item, "is_new", lambda item, gezien: gevraagd.append(item.merk) or echt(item, gezien))
    alle = tuple(Item(nr, str(nr), "zin", "", "hulp") for nr in (7, 5, 3))
    vast = [
        ("anna", alle, Gezien()),
        ("anna", alle, Gezien(4)),
        ("bas", alle, Gezien(6)),
        ("anna", alle[1:], Gezien(4)),
    ]
    for (wie, wat, gezien), aantal in zip(vast, (3, 2, 1, 1), strict=True):
        gevraagd.clear()
        assert [bel._new(wie, wat, gezien) for _ in range(3)] == [aantal] * 3
        assert len(gevraagd) == len(wat)


def test_every_kind_of_fact_says_to_whom_it_is_news_or_that_it_is_none():
    beslist = set(NIEUWS) | GEEN_NIEUWS
    assert not set(NIEUWS) & GEEN_NIEUWS
    assert set(SOORTEN) <= beslist, set(SOORTEN) - beslist
    velden = {naam: set(soort.__dataclass_fields__) for naam, soort in SOORTEN.items()}
    for soort, wat in NIEUWS.items():
        for aan, zin, _ in wat:
            assert aan.startswith("(") or aan in velden[soort], (soort, aan)
            namen = {deel.partition("}")[0] for deel in zin.split("{")[1:]}
            # What a reminder is about, its fields `waarvoor` and `wat` say together.
            assert namen - ({"waarover"} if {"waarvoor", "wat"} <= velden[soort] else set()) <= velden[soort], zin


def test_the_road_of_a_klacht_is_news_to_whom_it_becomes_of_or_who_waits_for_it(hier: Lijst):
    nummer = hier.intake(door="gijs", compleet=False)
    assert zinnen("anna") == [(nummer, "Er is een nieuwe klacht")]
    assert zinnen("gijs") == zinnen("carla") == []
    hier.doe("stap_02_informeren_coordinator", "gijs", nummer, geinformeerde="anna")
    hier.doe("stap_03_verwerken_klacht", "anna", nummer)
    hier.doe("stap_04_toewijzen_behandelaar", "anna", nummer, behandelaar="bas")
    assert zinnen("bas") == [(nummer, "Deze klacht is aan u toegewezen")]
    hier.doe("stap_05_bevestigen_ontvangst", "bas", nummer, op=5, wijze="brief")
    maatregel = {
        "omschrijving": "x",
        "actienemer": "dirk",
        "uiterlijk_op": ONTVANGEN + 30 * EEN,
        "overlegd_met": "carla",
    }
    hier.doe("stap_06_onderzoeken_klacht", "bas", nummer, op=6, bevindingen="x")
    hier.doe("stap_08_bepalen_maatregel", "bas", nummer, op=8, **maatregel)
    assert zinnen("dirk") == []
    hier.doe("stap_10_informeren_actienemer", "bas", nummer, op=9, maatregel=1)
    assert zinnen("dirk") == [(nummer, "U voert maatregel 1 uit")]
    hier.doe("stap_11_uitvoeren_maatregel", "dirk", nummer, op=10, maatregel=1, toelichting="x")
    assert zinnen("bas")[0] == (nummer, "Maatregel 1 is uitgevoerd")
    # Whoever did it knows; what is handed over is news to the other, and no news any more to who had it.
    velden = {"behandelaar": "anna", "grond": "afwezig", "indiener_geinformeerd_op": None}
    hier.doe("stap_04_vervangen_behandelaar", "carla", nummer, op=11, **velden)
    assert zinnen("anna")[0] == (nummer, "U bent nu de behandelaar van deze klacht")
    assert zinnen("bas") == []
    link = van("anna")[0]
    assert (link.naar, dict(link.vraag)) == ("dossier", {"nummer": nummer})


def test_what_was_taken_back_is_no_news(hier: Lijst):
    nummer = hier.tot(4, behandelaar="bas")
    assert len(zinnen("bas")) == 1
    nr = next(v.nr for v in hier.register.vastleggingen(nummer) if isinstance(v.feit, g.BehandelaarToegewezen))
    hier.doe("herroepen_feit", "anna", nummer, nr=nr)
    assert zinnen("bas") == []
    nummer = hier.tot(11, behandelaar="bas")
    voor = zinnen("bas")
    (vastlegging,) = [v for v in hier.register.vastleggingen(nummer) if isinstance(v.feit, g.MaatregelUitgevoerd)]
    assert (nummer, "Maatregel 1 is uitgevoerd") in voor
    with hier.register.schrijven() as boeking:
        anders = replace(vastlegging.feit, toelichting="Anders.")
        boeking.leg_vast(nummer, anders, door="dirk", rol="actienemer", corrigeert=vastlegging.nr)
    assert zinnen("bas") == voor, "put right it is the same news"
    hier.doe("herroepen_feit", "anna", nummer, nr=vastlegging.nr)
    assert (nummer, "Maatregel 1 is uitgevoerd") not in zinnen("bas")


def test_nobody_learns_of_a_klacht_in_which_they_are_involved(hier: Lijst):
    dicht = hier.tot(10, betrokkenen=("dirk",))
    hier.doe("stap_04_toevoegen_betrokkene", "anna", dicht, op=11, betrokkene="bas")
    assert zinnen("dirk") == [("", "Er is iets over een eigen maatregel")]
    assert zinnen("bas") == zinnen("eva") == []
    assert dicht not in repr(van("dirk"))
    nummer = hier.intake(betrokkenen=("anna",))
    assert nummer not in repr(van("anna"))
    assert (nummer, "Er is een nieuwe klacht") in zinnen("carla"), "directie leads where no coordinator can"
    # A reminder of anything else than an own maatregel says nothing either, once somebody turned out to be involved.
    herinnering = g.HerinneringGestuurd(
        gebeurd_op=VANDAAG, aan="bas", waarvoor="termijn", wat="5", uiterlijk_op=VANDAAG, regel="r1"
    )
    with hier.register.schrijven() as boeking:
        boeking.leg_vast(dicht, herinnering, door="app", rol="app")
    assert zinnen("bas") == []


def test_nobody_hears_of_the_signaal_of_a_klacht_in_which_they_are_involved(hier: Lijst):
    signaal = hier.doe("stap_01_ontvangen_signaal", "carla", **{**SIGNAAL, "ontvanger": "gijs"})
    for wie, zin in (("anna", "Er is een nieuw signaal"), ("gijs", "U ontving een signaal")):
        assert zinnen(wie) == [(signaal, zin)]
    nummer = hier.intake(op=2, door="carla", compleet=False, signaal=signaal, betrokkenen=("anna",))
    assert zinnen("anna") == []
    assert (signaal, "U ontving een signaal") in zinnen("gijs")
    hier.doe("stap_04_toevoegen_betrokkene", "carla", nummer, op=3, betrokkene="gijs")
    assert signaal not in repr(van("gijs")), "nor who turned out to be involved later"
    with afwezig("gijs", VANDAAG, VANDAAG, "anna"):
        assert signaal not in repr(van("anna")), "nor in the place of somebody absent"


def test_a_reminder_a_role_and_a_replacement_are_news(hier: Lijst):
    nummer = hier.tot(4, behandelaar="bas")
    herinnering = g.HerinneringGestuurd(
        gebeurd_op=VANDAAG, aan="bas", waarvoor="termijn", wat="5", uiterlijk_op=date(2026, 3, 1), regel="r1"
    )
    with hier.register.schrijven() as boeking:
        boeking.leg_vast(nummer, herinnering, door="app", rol="app")
    assert zinnen("bas")[0] == (nummer, "Herinnering aan stap 5: uiterlijk 1 maart 2026")
    assert len(zinnen("bas")) == 2
    with hier.register.schrijven() as boeking:
        weer = boeking.leg_vast(nummer, herinnering, door="app", rol="app")
    assert len(zinnen("bas")) == 2, "reminded again it is said once"
    assert van("bas")[0].nr == weer
    assert zinnen("dirk") == []
    with afwezig("bas", VANDAAG, None, "dirk"):
        belinhoud._van.clear()
        # Dirk takes the place of Bas, and may read no klacht of his by that.
        assert zinnen("dirk") == []
        assert len(zinnen("anna")) == 0
    with afwezig("bas", VANDAAG, None, "anna"):
        belinhoud._van.clear()
        assert (nummer, "Herinnering aan stap 5: uiterlijk 1 maart 2026") in zinnen("anna")
    # On Werkvoorraad a task is new when something happened; that it is still to be done is no such thing.
    with hier.register.schrijven() as boeking:
        boeking.leg_vast(nummer, replace(herinnering, aan="anna"), door="app", rol="app")
    assert {item.nummer for item in van("anna")} == {nummer}
    assert belinhoud.changed_since(organisatie.gebruiker("anna", VANDAAG), VANDAAG) == frozenset()
    assert nummer in belinhoud.changed_since(organisatie.gebruiker("bas", VANDAAG), VANDAAG)
    belinhoud._van.clear()


def test_what_e_mail_asks_is_in_it_until_it_is_settled(hier: Lijst):
    vak = Postvak(hier.register.map)
    id = vak.save(b"x", {"klachtnummer": ""}, datetime(2026, 2, 25, tzinfo=UTC)).id
    assert zinnen("anna") == [("", "Binnengekomen mail: 1 bericht wacht")]
    assert nieuw("anna") == 1
    kijk("anna")
    assert (nieuw("anna"), len(van("anna"))) == (0, 1)
    vak.save(b"y", {"klachtnummer": ""}, datetime(2026, 2, 25, tzinfo=UTC))
    assert nieuw("anna") == 1, "another one came in"
    vak.discard(id)
    assert zinnen("bas") == []


def test_a_look_is_kept_over_a_restart_and_never_goes_back(tmp_path: Path):
    opslag = Opslag(tmp_path / "toegang")
    een, ander = Item(7, "7", "x", "", "dossier"), Item(0, "abc", "y", "", "post")
    look(opslag, "anna", [een, ander])
    look(opslag, "anna", [])
    opslag.close()
    opslag = Opslag(tmp_path / "toegang")
    gezien = Gezienen(opslag).of("anna")
    assert gezien == Gezien(7, frozenset())
    assert Gezienen(opslag).of("bas") == Gezien()
    assert not een.is_new(gezien)
    assert ander.is_new(gezien)
    opslag.forget("anna")
    assert Gezienen(opslag).of("anna") == Gezien()
    opslag.close()


def test_what_is_older_than_two_weeks_is_no_news(hier: Lijst, monkeypatch: pytest.MonkeyPatch):
    hier.intake()
    assert len(van("carla")) == 0
    nummer = hier.intake(betrokkenen=("anna",))
    assert zinnen("carla") == [(nummer, "Er is een nieuwe klacht")]
    monkeypatch.setenv("KLACHTEN_VANDAAG", (datetime.now(UTC).date() + 20 * EEN).isoformat())
    assert van("carla") == ()


# On the pages


def knop(proef: AppTest) -> str:
    (vak,) = [
        blok.proto.popover for blok in proef.main.children.values() for blok in _blokken(blok) if blok.type == "popover"
    ]
    return vak.label


def _blokken(blok: Any) -> Iterator[Any]:
    yield blok
    for kind in getattr(blok, "children", {}).values():
        yield from _blokken(kind)


def test_the_bell_is_on_every_page_and_both_tabs_know_what_was_seen(hier: Lijst):
    nummer = hier.intake(door="gijs", compleet=False)
    een, twee = open_pagina("werkvoorraad", als="anna"), open_pagina("reglement", als="anna")
    assert (knop(een), knop(twee)) == ("1 nieuw", "1 nieuw")
    assert "Er is een nieuwe klacht" not in tekst(een), "nothing of it is sent before it is opened"
    kijk("anna")
    assert (knop(een.run()), knop(twee.run())) == ("Niets nieuws", "Niets nieuws")
    assert knop(open_pagina("werkvoorraad", als="carla")) == "Niets nieuws"
    assert nummer


def test_a_page_pays_under_three_milliseconds_for_it(hier: Lijst):
    hier.tot(4, behandelaar="bas")
    wie = organisatie.gebruiker("bas", VANDAAG)
    assert wie
    items(wie)
    begin = time.perf_counter()
    for _ in range(50):
        Gezienen(persoonlijk.opslag()).of(wie.id)
        assert items(wie)
    assert (time.perf_counter() - begin) / 50 < 0.003


def test_after_a_fact_only_its_dossier_is_read_again(hier: Lijst, monkeypatch: pytest.MonkeyPatch):
    een, ander = hier.tot(4, behandelaar="bas"), hier.tot(4, behandelaar="bas")
    heel = van("bas")
    gelezen: list[list[str]] = []
    echt = belinhoud.read.__globals__["_stand"]
    monkeypatch.setitem(
        belinhoud.read.__globals__, "_stand", lambda cursor, nummers: gelezen.append(nummers) or echt(cursor, nummers)
    )
    hier.doe("intrekken_klacht", "anna", een, op=6, wijze="e-mail")
    na = van("bas")
    assert gelezen == [[een]]
    belinhoud._bord.clear()
    belinhoud._van.clear()
    assert van("bas") == na
    assert sorted(gelezen[1]) == [een, ander]
    assert set(heel) <= set(na)
