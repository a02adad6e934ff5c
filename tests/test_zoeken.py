"""Searching: ten searches with what they find, rights, numbers as people type them, and random texts."""

from __future__ import annotations

import unicodedata
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from klachten import organisatie
from klachten.analyse.werk.klachtenlijst import Filter, Regel, count, read_all, read_page
from klachten.analyse.werk.zoeken import MIDDEN, Nummer, Plek, complete_number, numbers
from klachten.handelingen import HANDELINGEN
from klachten.register import Register
from klachten.zoekvorm import vouw
from tests.lijsten import ONTVANGEN, VANDAAG, Lijst
from tests.registerproef import boek_klacht

ANDERS = unicodedata.normalize("NFD", "Zoë van den Berg")


def zie(register: Register, zoek: str, als: str = "anna", limit: int = 100) -> list[Regel]:
    gebruiker, filter = organisatie.gebruiker(als), Filter(zoek=zoek)
    assert gebruiker is not None
    with register.cursor() as cursor:
        regels = read_page(cursor, filter, gebruiker, VANDAAG, volgorde="oudste", limit=limit, offset=0)
        assert len(regels) == min(limit, count(cursor, filter, gebruiker, VANDAAG))
        alle = read_all(cursor, filter, gebruiker, VANDAAG, volgorde="oudste")
        assert [regel.klachtnummer for regel in alle][:limit] == [regel.klachtnummer for regel in regels]
    return regels


def volgnrs(register: Register, zoek: str, als: str = "anna") -> list[int]:
    return [int(regel.klachtnummer[-4:]) for regel in zie(register, zoek, als)]


def nummers(register: Register, zoek: str) -> list[str]:
    """Every klacht that Anna finds; without the checks of `zie`, for many searches."""
    anna = organisatie.gebruiker("anna")
    assert anna is not None
    with register.cursor() as cursor:
        blad = {"volgorde": "oudste", "limit": 10_000, "offset": 0}
        return [regel.klachtnummer for regel in read_page(cursor, Filter(zoek=zoek), anna, VANDAAG, **blad)]


def vul(register: Register) -> Register:
    """Record seven klachten at once."""
    with register.schrijven() as boeking:
        for naam, tekst in (
            (ANDERS, "De trajectbegeleider kwam niet."),
            ("Ayşe Çelik", "Ik wachtte drie weken in het café."),
            ("Łukasz Groß", "De brief van 3 maart is weg; bel 06-12345678."),
            ("Fiona O’Neill", "Zij zei dat het aan mij lag."),
            ("M. Jansen-de Vries", "De Groot had het beloofd."),
            ("P. de Groot", "Mijn e-mail bleef liggen."),
            ("Søren Yıldız", "Factuur 2026-3 klopt niet."),
        ):
            boek_klacht(boeking, indiener_naam=naam, omschrijving=tekst)
    return register


@pytest.fixture
def namen(register: Register) -> Register:
    """A register with them."""
    return vul(register)


@pytest.mark.parametrize(
    ("zoek", "verwacht"),
    [
        ("zoe", [1]),
        ("CELIK", [2]),
        ("lukasz gross", [3]),
        ("cafe", [2]),
        ("oneill", [4]),
        ("o'neill", [4]),
        ("O’NEILL fiona", [4]),
        ("jansen de vries", [5]),
        ("vries-jansen", [5]),
        ("berg van den", [1]),
        ("groot jansen", [5]),
        ("groot", [5, 6]),
        ("soren yildiz", [7]),
        (unicodedata.normalize("NFD", "Çelik"), [2]),
        ("begeleider", [1]),
        ("beg", []),
        ("traject", [1]),
        ("email", [6]),
        ("e-mail", [6]),
        ("0612345678", [3]),
        ("06-1234", [3]),
        ("zoe celik", []),
        ("zoe  zoe\tzoe", [1]),
        ("niet", [1, 7]),
        # Numbers: of the klacht first, then where it stands in a text.
        ("K2026-0003", [3]),
        ("k2026-3", [3]),
        ("2026/3?", [3, 7]),
        ("2026-3", [3, 7]),
        ("K 2026 3", [3, 7]),
        ("3", [3, 7]),
        ("0003", [3]),
        ("K3", [3]),
        ("7", [7]),
        ("2026", [1, 2, 3, 4, 5, 6, 7]),
        ("K2025", []),
        ("2026 groot", [5, 6]),
        ("K2026-99", []),
        # What says nothing finds nothing; nothing asked is everything.
        ("%", []),
        ("_", []),
        ("\\", []),
        ("'", []),
        ("😀", []),
        ("שלום", []),
        ("' OR 1=1 --", []),
        ("x" * 200, []),
        ("a b c d e f g h i j k l m n o p q r s t u v w x y z " * 4, []),
        ("   ", [1, 2, 3, 4, 5, 6, 7]),
    ],
)
def test_what_a_search_finds(namen: Register, zoek: str, verwacht: list[int]):
    assert volgnrs(namen, zoek) == verwacht


@pytest.mark.parametrize(
    ("getypt", "verwacht"),
    [
        ("2026-3", [Nummer(2026, 3)]),
        (" k2026/0003? ", [Nummer(2026, 3)]),
        ("K20260003", [Nummer(2026, 3)]),
        ("3", [Nummer(None, 3)]),
        ("k12", [Nummer(None, 12)]),
        ("2026", [Nummer(2026, None), Nummer(None, 2026)]),
        ("1066", [Nummer(None, 1066)]),
        ("drie", []),
        ("S2026-0001", []),
        ("26-3", []),
        ("9" * 40, []),
        ("٣", []),
        ("", []),
    ],
)
def test_a_number_as_people_type_it(getypt: str, verwacht: list[Nummer]):
    assert numbers(getypt) == verwacht


@pytest.mark.parametrize(
    ("getypt", "verwacht"),
    [("2025/3", "K2025-0003"), ("3", "K2026-0003"), ("2026", "K2026-2026"), ("k2026-0012", "K2026-0012"), ("x ", "X")],
)
def test_a_typed_number_is_completed(getypt: str, verwacht: str):
    assert complete_number(getypt, 2026) == verwacht


# --- rights ----------------------------------------------------------------------------------------------------------


def test_texts_of_a_klacht_that_the_reader_may_not_read_are_not_searched(lijst: Lijst):
    van_eva = lijst.intake(ontvanger="eva", omschrijving="De aktetas is weg")
    van_gijs = lijst.intake(ontvanger="gijs", betrokkenen=("anna", "eva"), omschrijving="De aktetas is terug")
    anders = {"anna": [van_eva], "carla": [van_eva, van_gijs], "eva": [van_eva], "gijs": [van_gijs], "hanna": []}
    for wie, verwacht in anders.items():
        assert [regel.klachtnummer for regel in zie(lijst.register, "aktetas", wie)] == verwacht, wie
        assert [regel.klachtnummer for regel in zie(lijst.register, "aktetas 2026", wie)] == verwacht, wie
    assert zie(lijst.register, van_gijs[1:]) == [], "nor is it found by its number"
    assert zie(lijst.register, "2", "hanna") == []


# --- where it was found ----------------------------------------------------------------------------------------------


def test_a_row_says_in_which_fields_something_was_found(lijst: Lijst):
    nummer = lijst.tot(6, behandelaar="bas", indiener_naam="Zoë Groot", omschrijving="Over de groot uitgevallen agenda")
    stuk = {"op": ONTVANGEN + timedelta(6), "naam": "Agenda van Zoë.pdf", "bestand": b"%PDF"}
    anna = organisatie.gebruiker("anna")
    HANDELINGEN["stap_03_toevoegen_document"](lijst.register, anna, nummer, vandaag=VANDAAG, **stuk)
    naam, tekst = Plek("KlachtOntvangen", "indiener_naam", True), Plek("KlachtOntvangen", "omschrijving", True)
    bevindingen, bestand = Plek("KlachtOnderzocht", "bevindingen", True), Plek("DocumentToegevoegd", "naam", True)
    for zoek, verwacht in {
        "groot": (naam, tekst),
        "agenda": (tekst, bevindingen, bestand),
        "zoe agenda": (bestand, naam, tekst, bevindingen),
        nummer: (),
        "": (),
    }.items():
        (regel,) = zie(lijst.register, zoek)
        assert regel.gevonden_in == verwacht, zoek


def test_what_was_corrected_is_found_and_said_to_hold_no_more(lijst: Lijst):
    nummer = lijst.intake(indiener_naam="J. Janssen")
    ontvangst = lijst.register.vastleggingen(nummer)[0].nr
    lijst.doe("corrigeren_feit", "anna", nummer, nr=ontvangst, waarden={"indiener_naam": "J. Jansen"})
    assert zie(lijst.register, "janssen")[0].gevonden_in == (Plek("KlachtOntvangen", "indiener_naam", False),)
    assert zie(lijst.register, "jansen")[0].gevonden_in == (Plek("KlachtOntvangen", "indiener_naam", True),)


def test_the_klacht_of_the_typed_number_comes_first_on_the_first_page(lijst: Lijst):
    for dag in range(4):
        lijst.intake(op=ONTVANGEN + timedelta(dag), omschrijving="Zie factuur 4")
    assert [regel.klachtnummer for regel in zie(lijst.register, "4", limit=2)] == ["K2026-0004", "K2026-0001"]


# --- random texts ----------------------------------------------------------------------------------------------------

TEKENS = st.sampled_from("abcdeABCDE éëçøłßıİœ0123456789 '’-.,%_\\\n😀שλЖ\u0301\u00ad")
TEKST = st.text(TEKENS, min_size=1, max_size=40)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), teksten=st.lists(TEKST, min_size=1, max_size=6))
def test_a_klacht_is_found_by_any_word_of_any_of_its_texts_and_no_other_is(
    register: Register, data, teksten: list[str]
):
    geboekt = []
    with register.schrijven() as boeking:
        for tekst in teksten:
            naam = data.draw(TEKST)
            geboekt.append((boek_klacht(boeking, omschrijving=tekst, indiener_naam=naam), tekst, naam))
    for nummer, *eigen in geboekt:
        losse = [woord for tekst in eigen for woord in tekst.split() if any(teken.isalnum() for teken in vouw(woord))]
        if not losse:
            continue
        gekozen = data.draw(st.lists(st.sampled_from(losse), min_size=1, max_size=2))
        zoek = " ".join(data.draw(st.sampled_from((str.upper, str.lower, vouw, str)))(woord) for woord in gekozen)
        gevonden = nummers(register, zoek)
        assert nummer in gevonden, (zoek, eigen)
        # Found may only be what holds every word, all signs left out: in its texts, or in its number.
        for ander, *teksten_van in geboekt:
            kaal = " ".join("".join(teken for teken in vouw(tekst) if teken.isalnum()) for tekst in teksten_van)
            mist = [woord for woord in vouw(zoek).split() if not _holds(kaal + ander.lower(), woord)]
            assert ander not in gevonden or not mist, (zoek, teksten_van, mist)


def _holds(kaal: str, woord: str) -> bool:
    delen = "".join(teken if teken.isalnum() else " " for teken in woord).split()
    return all(deel.lstrip("0") in kaal for deel in delen)


def test_short_words_are_found_at_the_beginning_only_and_long_ones_anywhere(register: Register):
    with register.schrijven() as boeking:
        boek_klacht(boeking, omschrijving="overeenkomstig 20261234")
    woord = "overeenkomstig"
    for begin in range(len(woord)):
        for einde in range(begin + 1, len(woord) + 1):
            stuk = woord[begin:einde]
            verwacht = ["K2026-0001"] if woord.startswith(stuk) or len(stuk) >= MIDDEN else []
            assert nummers(register, stuk) == verwacht, stuk
    assert nummers(register, "20261") == nummers(register, "20261234") == ["K2026-0001"]
    assert nummers(register, "202") == nummers(register, "1234") == []
