"""The list is asked once for its numbers and its page, and what that costs is measured as the page asks it."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

import pytest

from klachten import organisatie, scherm, toegang
from klachten.analyse.basis.dagrijen import Dagrijen
from klachten.analyse.werk.indienernamen import read_indieners
from klachten.analyse.werk.klachtenlijst import VOLGORDEN, Filter, find_page, read_all, read_page, with_texts
from klachten.analyse.werk.telling import Telling
from klachten.meting import zoekmeting
from klachten.opdrachten import meet
from klachten.register import Register
from klachten.scherm import bewaard, opwarmen
from tests.lijsten import ONTVANGEN, VANDAAG, Lijst

BLAD = {"volgorde": "nieuwste", "limit": 2, "offset": 0}


@pytest.fixture
def lijst(register: Register) -> Lijst:
    """Seven klachten: the first six are running, one of them late; the last is vervallen."""
    lijst = Lijst(register)
    for dag in (-20, 0, 1, 2, 3):
        lijst.intake(op=dag, indiener_naam="Zoë Yıldız", omschrijving="De agenda klopt niet")
    lijst.tot(4, behandelaar="bas", omschrijving="De begeleider had geen rapport")
    lijst.doe("stap_03_laten_vervallen", "anna", lijst.intake(), grond="vergissing", reden="Dubbel getypt.")
    return lijst


class Meelezer:
    """A cursor that notes what is asked."""

    def __init__(self, cursor: Any) -> None:
        self.cursor, self.gevraagd = cursor, list[str]()

    def execute(self, sql: str, *waarden: Any) -> Any:
        self.gevraagd.append(sql)
        return self.cursor.execute(sql, *waarden)


def anna() -> organisatie.Gebruiker:
    return toegang.huidige_gebruiker("anna")


def test_what_is_searched_is_looked_up_once(lijst: Lijst):
    # What is written in parts is looked up as one word and as its parts.
    for zoek, keer in {"": 0, "agenda": 1, "zoe agenda": 2, "2026-3": 3, "xylofoon": 1}.items():
        with lijst.register.cursor() as cursor:
            meelezer = Meelezer(cursor)
            blad = find_page(meelezer, Filter(zoek=zoek), anna(), VANDAAG, **BLAD)  # type: ignore[arg-type]
            with_texts(meelezer, blad, zoek)  # type: ignore[arg-type]
        assert "".join(meelezer.gevraagd).count("FROM zoekwoord") == keer, zoek
        assert len(meelezer.gevraagd) <= 4, meelezer.gevraagd


def test_a_page_beyond_the_end_still_says_how_many_there_are(lijst: Lijst):
    with lijst.register.cursor() as cursor:
        for offset, aantal in ((0, 2), (6, 1), (8, 0)):
            blad = find_page(cursor, Filter(), anna(), VANDAAG, **{**BLAD, "offset": offset})
            assert (blad.aantal, blad.vervallen, len(blad.regels)) == (7, 1, aantal)
        leeg = find_page(cursor, Filter(zoek="xylofoon"), anna(), VANDAAG, **BLAD)
        assert (leeg.aantal, leeg.vervallen, leeg.regels) == (0, 0, ())


FILTERS = {
    "alles": Filter(),
    "te laat": Filter(te_laat=True),
    "nummer": Filter(zoek="3"),
    "toen": Filter(keuze=Telling(peildatum=ONTVANGEN, status="alles")),
    # Two days at once: what is kept is of one of them.
    "twee dagen": Filter(
        telling=Telling(peildatum=VANDAAG, status="alles"),
        keuze=Telling(peildatum=ONTVANGEN + timedelta(1), stand="loopt", status="alles"),
    ),
}


def test_the_terms_that_are_kept_and_the_whole_list_say_the_same(lijst: Lijst):
    dagrijen = Dagrijen(lijst.register)
    for dag in {filter.dag(VANDAAG) for filter in FILTERS.values()}:
        dagrijen.make(dag)
    for (naam, filter), volgorde in itertools.product(FILTERS.items(), VOLGORDEN):
        blad = {"volgorde": volgorde, "limit": 100, "offset": 0}
        with lijst.register.cursor() as cursor:
            gewoon = find_page(cursor, filter, anna(), VANDAAG, **blad)
            bewaarde = find_page(cursor, filter, anna(), VANDAAG, **blad, dagrijen=dagrijen)
            alle = read_all(cursor, filter, anna(), VANDAAG, volgorde=volgorde)
        assert gewoon.regels, naam
        assert bewaarde == gewoon, (naam, volgorde)
        assert [regel.klachtnummer for regel in alle] == [regel.klachtnummer for regel in gewoon.regels]
        assert gewoon.vervallen == sum(regel.status == "vervallen" for regel in alle)
        assert [regel.dagen_over for regel in alle] == [regel.dagen_over for regel in gewoon.regels]


def test_who_the_indiener_is_does_not_depend_on_searching(lijst: Lijst):
    """The texts read for a search give the same as question klachtindiener, after a correction too."""
    een = "K2026-0001"
    ontvangst = lijst.register.vastleggingen(een)[0].nr
    lijst.doe("corrigeren_feit", "anna", een, nr=ontvangst, waarden={"indiener_naam": "Zoë Bos"})
    onbekend = lijst.intake(indiener_naam="", indiener_contact="", anoniem=True)
    blad = {"volgorde": "oudste", "limit": 100, "offset": 0}
    with lijst.register.cursor() as cursor:
        zonder = {r.klachtnummer: r.indiener for r in read_page(cursor, Filter(), anna(), VANDAAG, **blad)}
        met = {r.klachtnummer: r.indiener for r in read_page(cursor, Filter(zoek="2026"), anna(), VANDAAG, **blad)}
        vraag = cursor.execute("SELECT klachtnummer, indiener FROM klachtindiener(?)", [list(zonder)]).fetchall()
        assert read_indieners(cursor, list(zonder)) == dict(vraag)
    assert met == zonder
    assert (met[een], met[onbekend]) == ("Zoë Bos", "")


def test_the_measurement_reads_every_page_and_says_what_it_finds(lijst: Lijst):
    uitslagen = {u.naam: u for u in zoekmeting.measure(lijst.register, VANDAAG, keren=1)}
    assert list(uitslagen) == [opdracht.naam for opdracht in zoekmeting.OPDRACHTEN]
    gevonden = {naam: uitslag.gevonden for naam, uitslag in uitslagen.items()}
    assert gevonden["De lijst, zonder zoeken"] == 7
    assert gevonden["Een woord dat vaak voorkomt"] == gevonden["Een naam met accenten"] == 5
    assert gevonden["Twee woorden"] == gevonden["Twee woorden, een behandelaar"] == gevonden["Een nummer"] == 1
    assert gevonden["Niets te vinden"] == 0
    assert all(uitslag.eerst > 0 and uitslag.daarna > 0 for uitslag in uitslagen.values())


def test_meet_register_prints_every_search_with_its_cpu(lijst: Lijst, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(zoekmeting, "OPDRACHTEN", zoekmeting.OPDRACHTEN[:5])
    regels = dict(meet._searches(lijst.register, VANDAAG))
    assert len(regels) == 5
    assert regels["Een woord dat vaak voorkomt 'agenda'"].endswith("5 gevonden")
    assert all("ms rekentijd (de eerste keer" in zin for zin in regels.values())


def _kept(register: Register, rijen: Dagrijen, naam: str) -> bool:
    with register.cursor() as cursor, rijen.klaar(cursor, frozenset({naam}), scherm.vandaag()):
        return cursor.execute("SELECT current_setting('search_path')").fetchall()[0][0].startswith("bewaard.")


def test_the_app_works_out_the_terms_of_today_when_it_starts_and_goes_on_with_the_rest(lijst: Lijst):
    vorig = scherm.gebruik(lijst.register)
    try:
        for stap, wel in ((opwarmen.open_register, (True, False)), (opwarmen.go_on, (True, True))):
            stap()
            rijen = bewaard.van(lijst.register).dagrijen
            assert tuple(_kept(lijst.register, rijen, naam) for naam in ("termijnen", "klacht_einde")) == wel
    finally:
        scherm.gebruik(vorig)


def test_the_list_goes_on_when_the_database_had_to_be_opened_again(lijst: Lijst):
    dagrijen = Dagrijen(lijst.register)
    dagrijen.make(VANDAAG)
    lijst.register._reopen(lijst.register._db.kop, OSError("disk"))
    nieuw = lijst.intake()
    blad = {**BLAD, "limit": 100}
    for _ in range(3):
        with lijst.register.cursor() as cursor:
            gewoon = find_page(cursor, Filter(), anna(), VANDAAG, **blad)
            assert find_page(cursor, Filter(), anna(), VANDAAG, **blad, dagrijen=dagrijen) == gewoon
    assert gewoon.regels[0].klachtnummer == nieuw
