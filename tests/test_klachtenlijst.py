"""The list of klachten: who sees what, searching literally, filtering, sorting and paging."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from duckdb import DuckDBPyConnection

from klachten import organisatie
from klachten.analyse.basis.lezer import ZICHTBAAR, Lezer, zicht
from klachten.analyse.basis.selectie import Filter as Kenmerken
from klachten.analyse.werk.klachtenlijst import (
    VOLGORDEN,
    Filter,
    Regel,
    count,
    first_terms,
    partly,
    read_all,
    read_page,
)
from klachten.analyse.werk.telling import Telling
from klachten.dossier.klacht import Dossier
from klachten.dossier.lezen import Leesrecht, leesrecht, mag_lezen
from klachten.handelingen import dossier_van
from klachten.periode import Periode
from klachten.register import Register
from klachten.voorbeeld.rolverdeling import ROLVERDELING
from tests.kengetallenproef import ONTVANGST, Feit, leg_vast
from tests.lijsten import ONTVANGEN, VANDAAG, Lijst

IEDEREEN = [persoon.id for persoon in ROLVERDELING]
VREEMD = "**vet** <script>alert(1)</script> $x$ 100% a_b \\n"


@pytest.fixture
def lijst(register: Register) -> Lijst:
    return Lijst(register)


ALLES = Filter()


def zie(
    register: Register, filter: Filter = ALLES, als: str = "anna", volgorde: str = "nieuwste", **blad: int
) -> list[Regel]:
    gebruiker = organisatie.gebruiker(als)
    assert gebruiker is not None
    with register.cursor() as cursor:
        regels = read_page(
            cursor, filter, gebruiker, VANDAAG, volgorde=volgorde, **{"limit": 100, "offset": 0, **blad}
        )  # fmt: skip
        if not blad:
            assert count(cursor, filter, gebruiker, VANDAAG) == len(regels)
    return regels


def nummers(*args, **kwargs) -> list[str]:
    return [regel.klachtnummer for regel in zie(*args, **kwargs)]


@pytest.fixture
def gemengd(lijst: Lijst) -> Lijst:
    """Klachten in which everybody of the cast has some role, or is involved."""
    lijst.intake()
    lijst.intake(ontvanger="eva", betrokkenen=("gijs",))
    lijst.intake(betrokkenen=("anna", "carla"))
    lijst.tot(4, behandelaar="bas", ontvanger="carla")
    lijst.tot(10, behandelaar="dirk", betrokkenen=("eva",), ontvanger="bas")
    overgedragen = lijst.tot(10, behandelaar="bas", ontvanger="anna")
    lijst.doe("stap_08_wijzigen_maatregel", "bas", overgedragen, op=11, maatregel=1, actienemer="eva")
    vervallen = lijst.tot(9, behandelaar="bas", ontvanger="anna")
    lijst.doe("stap_08_laten_vervallen_maatregel", "bas", vervallen, op=10, maatregel=1, overlegd_met="carla")
    betrokken = lijst.tot(5, behandelaar="bas")
    lijst.doe("stap_04_toevoegen_betrokkene", "anna", betrokken, op=8, betrokkene="bas")
    return lijst


@pytest.mark.parametrize("wie", IEDEREEN)
def test_the_rule_in_sql_agrees_with_mag_lezen(gemengd: Lijst, wie: str):
    gebruiker = organisatie.gebruiker(wie)
    assert gebruiker is not None
    with gemengd.register.cursor() as cursor:
        lezer = Lezer.van(gebruiker)
        heel = {n for (n,) in cursor.execute(f"SELECT klachtnummer FROM {ZICHTBAAR}", lezer.parameters).fetchall()}
        deels = {regel.klachtnummer: regel.maatregel for regel in partly(cursor, gebruiker)}
        ziet = zicht(cursor, lezer)
        alle = [nummer for (nummer,) in cursor.execute("SELECT klachtnummer FROM klacht").fetchall()]
    assert len(alle) == 8
    recht = {}
    for nummer in alle:
        dossier = dossier_van(gemengd.register, nummer)
        assert isinstance(dossier, Dossier)
        recht[nummer] = leesrecht(dossier, gebruiker)
        assert (mag_lezen(dossier, gebruiker) is None) == (recht[nummer] is Leesrecht.HEEL)
    assert heel == {nummer for nummer in alle if recht[nummer] is Leesrecht.HEEL}
    assert {nummer for nummer in alle if ziet.ziet(nummer)} == heel
    assert deels == {n: r is Leesrecht.MAATREGEL for n, r in recht.items() if Leesrecht.GEEN < r < Leesrecht.HEEL}


def test_who_records_for_the_outside_person_finds_the_klacht_as_long_as_that_stands(lijst: Lijst):
    nummer = lijst.intake(betrokkenen=("anna", "carla", "frank"), ontvanger="bas")
    persoon = {"persoon": "Mr. J. Buiten"}
    assert nummers(lijst.register, als="eva") == nummers(lijst.register, als="gijs") == []
    lijst.doe("stap_04_aanwijzen_buitenstaander", "iris", nummer, op=1, **persoon, vastlegger="eva")
    assert nummers(lijst.register, als="eva") == [nummer]
    lijst.doe("stap_04_aanwijzen_buitenstaander", "iris", nummer, op=2, **persoon, vastlegger="gijs")
    assert nummers(lijst.register, als="gijs") == [nummer]
    assert nummers(lijst.register, als="eva") == []
    for wie in ("eva", "gijs"):
        dossier, gebruiker = dossier_van(lijst.register, nummer), organisatie.gebruiker(wie)
        assert isinstance(dossier, Dossier)
        assert gebruiker is not None
        assert (mag_lezen(dossier, gebruiker) is None) == (wie == "gijs")
    # A beheerder reads no klachten, whatever he or she is named for.
    lijst.doe("stap_04_aanwijzen_buitenstaander", "iris", nummer, op=3, **persoon, vastlegger="iris")
    iris, dossier = organisatie.gebruiker("iris"), dossier_van(lijst.register, nummer)
    assert iris is not None
    assert isinstance(dossier, Dossier)
    assert (leesrecht(dossier, iris), nummers(lijst.register, als="iris")) == (Leesrecht.GEEN, [])


@pytest.mark.parametrize(
    ("wie", "aantal"),
    [
        ("anna", 7),
        ("carla", 7),
        ("bas", 3),
        ("dirk", 1),
        ("eva", 1),
        ("gijs", 2),
        ("hanna", 0),
        ("iris", 0),
        ("joris", 8),
    ],
)
def test_somebody_without_a_role_in_a_klacht_does_not_see_it(gemengd: Lijst, wie: str, aantal: int):
    assert len(zie(gemengd.register, als=wie)) == aantal


def test_an_involved_coordinator_does_not_see_that_the_klacht_is_there(gemengd: Lijst):
    assert "K2026-0003" not in nummers(gemengd.register)
    assert [regel.indiener for regel in zie(gemengd.register)] == ["J. Jansen"] * 7


def test_an_involved_coordinator_does_not_find_the_klacht_by_its_texts(lijst: Lijst):
    geheim = lijst.intake(betrokkenen=("anna",), omschrijving="Over de zwarte aktetas")
    assert nummers(lijst.register, Filter(zoek="aktetas")) == []
    assert nummers(lijst.register, Filter(zoek="aktetas"), als="carla") == [geheim]
    assert nummers(lijst.register, Filter(zoek=geheim[1:])) == [], "nor by its number"


@pytest.mark.parametrize("zoek", ["jansen", "JANSEN", "  jansen ", "niet opdagen", "K2026-0001", "2026-0001"])
def test_the_search_finds_number_name_and_text(lijst: Lijst, zoek: str):
    assert nummers(lijst.register, Filter(zoek=zoek)) == []
    nummer = lijst.intake()
    assert nummers(lijst.register, Filter(zoek=zoek)) == [nummer]


@pytest.mark.parametrize(
    ("zoek", "gevonden"),
    [
        ("%", 0),
        ("_", 0),
        ("\\", 0),
        ("100%", 2),
        ("a_b", 2),
        ("<script>", 1),
        ("**vet**", 1),
        ("$x$", 1),
        ("' OR 1=1 --", 0),
    ],
)
def test_signs_say_nothing_in_a_search_and_are_no_wildcards(lijst: Lijst, zoek: str, gevonden: int):
    lijst.intake(omschrijving="gewone woorden, 100 keer, a-b")
    lijst.intake(indiener_naam=VREEMD)
    assert len(nummers(lijst.register, Filter(zoek=zoek))) == gevonden


def test_a_corrected_name_is_the_one_that_is_shown(lijst: Lijst):
    nummer = lijst.intake(indiener_naam="J. Janssen")
    ontvangst = lijst.register.vastleggingen(nummer)[0].nr
    lijst.doe("corrigeren_feit", "anna", nummer, nr=ontvangst, waarden={"indiener_naam": "J. Jansen"})
    assert zie(lijst.register)[0].indiener == "J. Jansen"


def keuze(**wat: Any) -> Filter:
    """What is chosen as a figure is: kenmerken go to its filter, the rest to the telling."""
    kenmerken = {naam: wat.pop(naam) for naam in ("vestiging", "categorie", "behandelaar") if naam in wat}
    vast = {"peildatum": VANDAAG, "filter": Kenmerken(**kenmerken), "status": "alles"}
    return Filter(keuze=Telling(**{**vast, **wat}))


JAAR = Periode.van_jaar
FILTERS = [
    (keuze(status="afgesloten"), [1]),
    (keuze(status="lopend"), [2, 3]),
    (keuze(status="ontvangen"), [3]),
    (keuze(vestiging="utrecht"), [2]),
    (keuze(categorie="privacy"), [3]),
    (keuze(behandelaar="bas"), [2]),
    (Filter(zonder_behandelaar=True), [3]),
    (Filter(te_laat=True), [2]),
    (replace(keuze(status="ontvangen"), te_laat=True), []),
    (keuze(periode=JAAR(2025)), []),
    (keuze(periode=JAAR(2026)), [1, 2, 3]),
    (keuze(periode=Periode.van_maanden(2026, 1)), [1]),
    (keuze(periode=Periode.van_maanden(2026, 2)), [2, 3]),
    (keuze(periode=JAAR(2026), op="einde"), [1]),
    (keuze(periode=JAAR(2025), op="einde"), []),
    (keuze(stap=3), [3]),
    (keuze(stap=4), [2]),
    (keuze(oordeel="gegrond"), []),
    (keuze(stand="op tijd", termijn="bevestiging"), [1]),
    (keuze(stand="over de termijn"), [2]),
    (keuze(peildatum=ONTVANGEN - timedelta(1)), [1]),
    (Filter(herkomst="overgenomen"), []),
    (Filter(herkomst=""), [1, 2, 3]),
    (replace(keuze(behandelaar="bas"), zoek="jansen"), [2]),
]


def test_as_of_an_earlier_day_a_row_says_how_the_klacht_stood_then(lijst: Lijst):
    lijst.tot(14, op=-20)
    laat = lijst.tot(4, behandelaar="bas")
    dag = ONTVANGEN
    toen = {regel.klachtnummer: regel for regel in zie(lijst.register, keuze(peildatum=dag))}
    assert toen[laat].status == "ontvangen"
    assert (toen[laat].behandelaar, toen[laat].dagen_over) == (None, 14)
    with lijst.register.cursor() as cursor:
        gebruiker = organisatie.gebruiker("anna")
        assert gebruiker is not None
        alles = read_all(cursor, keuze(peildatum=dag), gebruiker, VANDAAG, volgorde="nieuwste")
    assert alles == list(toen.values())
    assert zie(lijst.register)[0].behandelaar == "bas"


@pytest.mark.parametrize(("filter", "verwacht"), FILTERS, ids=[str(f) for f, _ in FILTERS])
def test_each_filter_keeps_what_it_says(lijst: Lijst, filter: Filter, verwacht: list[int]):
    lijst.tot(14, op=-20)
    lijst.tot(4, behandelaar="bas", vestiging="utrecht")
    lijst.intake(op=20, categorie="privacy")
    gevonden = nummers(lijst.register, filter, volgorde="oudste")
    assert gevonden == [f"K2026-{volgnr:04d}" for volgnr in verwacht]


def test_every_order_shows_every_klacht_once_over_the_pages(lijst: Lijst):
    for dag in range(7):
        lijst.intake(op=dag)
    for volgorde in VOLGORDEN:
        bladen = [nummers(lijst.register, volgorde=volgorde, limit=3, offset=offset) for offset in (0, 3, 6)]
        assert [len(blad) for blad in bladen] == [3, 3, 1]
        assert len({nummer for blad in bladen for nummer in blad}) == 7


def test_the_order_by_term_puts_the_worst_first_and_what_has_none_last(lijst: Lijst):
    klaar, nieuw, laat = lijst.tot(14), lijst.intake(op=15), lijst.intake(op=-30)
    regels = zie(lijst.register, volgorde="termijn")
    assert [regel.klachtnummer for regel in regels] == [laat, nieuw, klaar]
    assert [regel.dagen_over for regel in regels] == [-39, 6, None]


def test_the_term_in_the_list_is_the_first_that_still_counts(lijst: Lijst):
    lijst.tot(5)
    (regel,) = zie(lijst.register)
    assert (regel.termijn_naam, regel.uiterlijk_op) == ("Bericht niet in behandeling", ONTVANGEN + timedelta(28))


def test_an_empty_register_has_an_empty_list(register: Register):
    assert zie(register) == []


def test_of_two_terms_that_end_on_one_day_the_first_step_is_named(con: DuckDBPyConnection) -> None:
    """However the rows lie: the term of 11 was moved to the last day of that of 5."""
    feiten: list[Feit] = []
    for nr in range(1, 41):
        nummer = f"K2025-{nr:04}"
        dag = {"uiterlijk_op": "2025-03-15", "termijn": "maatregelen"}
        feiten.append((nummer, "KlachtOntvangen", date(2025, 3, 1), ONTVANGST, None))
        feiten.append((nummer, "TermijnVerlengd", date(2025, 3, 2), dag, None))
    leg_vast(con, feiten)
    nummers = sorted({nummer for nummer, *_ in feiten})
    gevonden = first_terms(con, nummers, date(2025, 3, 10))
    assert gevonden == dict.fromkeys(nummers, ("Ontvangstbevestiging", date(2025, 3, 15), 5))
