"""The window: who sees which page, who gets the refusal, and who is acting stays who is acting."""

from __future__ import annotations

import base64
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from klachten import scherm
from klachten.opening import open_register
from klachten.register.fouten import RegisterBezet
from klachten.scherm import kijker, menu, onderdelen, venster
from klachten.scherm import leeg as leegte
from klachten.scherm.paginas import PAGINAS, pagina
from klachten.voorbeeld.rolverdeling import ROLVERDELING
from tests.schermproef import VENSTER, open_pagina, tekst

WEIGERING = "Deze pagina is niet voor uw rol"

# Who may open what: the table a reader can check against the reglement.
MAG = {
    "werkvoorraad": "anna bas carla dirk eva frank gijs hanna iris joris",
    "klachten": "anna bas carla dirk eva frank gijs joris",
    "intake": "anna bas carla dirk eva frank gijs",
    "dossier": "anna bas carla dirk eva frank gijs joris",
    "escalatie": "anna carla frank joris",
    "verbeteracties": "anna bas carla dirk eva frank gijs joris",
    "vergadering": "anna carla frank joris",
    "jaarbeeld": "anna carla frank hanna joris",
    "termijnen": "anna bas carla dirk frank hanna joris",
    "categorieen": "anna carla frank hanna joris",
    "opvolging": "anna carla frank hanna joris",
    "proces": "anna carla frank hanna joris",
    "signalen": "anna carla frank hanna joris",
    "vergelijken": "anna carla frank joris",
    "verkenner": "anna carla frank hanna joris",
    "sqlbureau": "anna carla frank joris",
    "personen": "anna carla frank iris joris",
    "organisatie": "anna carla frank iris joris",
    "lijsten": "anna carla frank iris joris",
    "reglementversies": "anna carla frank iris joris",
    "brieven": "anna carla frank iris joris",
    "kijklog": "carla frank joris",
    "bescherming": "carla frank iris joris",
    "toestand": "carla frank iris joris",
    "overnemen": "iris",
    "reservekopieen": "iris joris",
    "uitvoer": "iris joris",
    "bewaren": "anna carla frank joris",
    "post": "anna carla frank joris",
    "inzage": "anna carla frank",
    "privacy": "carla frank iris joris",
    "hulp": "anna bas carla dirk eva frank gijs hanna iris joris",
    "reglement": "anna bas carla dirk eva frank gijs hanna iris joris",
    "handleiding": "anna bas carla dirk eva frank gijs hanna iris joris",
    "afwezigheid": "anna bas carla dirk eva frank gijs hanna iris",
    "mijnagenda": "anna bas carla dirk eva frank gijs",
    "rechten": "anna bas carla dirk eva frank gijs hanna iris joris",
}
IEDEREEN = [persoon.id for persoon in ROLVERDELING]


@pytest.fixture(scope="module", autouse=True)
def leeg(tmp_path_factory):
    """One empty register for the whole file: the window only reads."""
    with open_register(tmp_path_factory.mktemp("venster") / "register") as register:
        yield register


@pytest.fixture(autouse=True)
def in_dit_register(leeg):
    vorig = scherm.gebruik(leeg)
    yield
    scherm.gebruik(vorig)


def test_an_address_that_is_no_page_is_said_once_in_dutch():
    gezegd = "Dit adres hoort niet bij een pagina van klachten. U ziet Werkvoorraad"
    proef = open_pagina("werkvoorraad", als="anna", adres="onbekend")
    assert [deel.value for deel in proef.info if gezegd in deel.value]
    assert "adres" not in proef.query_params
    proef.run()
    assert not [deel.value for deel in proef.info if gezegd in deel.value]


def test_the_pages_are_made_once_for_a_menu_and_each_run_has_its_own(monkeypatch):
    gevraagd: list[Path] = []
    echt = Path.is_file
    monkeypatch.setattr(Path, "is_file", lambda pad: gevraagd.append(pad) or echt(pad))
    menu._gemaakt.cache_clear()
    bestanden = {deel.bestand for deel in PAGINAS}
    proef = open_pagina("rechten", als="anna")
    assert bestanden <= set(gevraagd)
    gevraagd.clear()
    proef.run()
    # A session of its own, of who has the same roles.
    assert not open_pagina("rechten", als="anna").exception
    assert not bestanden & set(gevraagd), "asked of the disk again"
    anna = next(persoon for persoon in ROLVERDELING if persoon.id == "anna")
    een, ander = menu.bladen(anna), menu.bladen(anna)
    # Streamlit notes in the page that it shows that it may run, once.
    assert list(een) == [deel.naam for deel in PAGINAS]
    assert all(een[naam] is not ander[naam] for naam in een)


def test_another_role_has_another_menu():
    def getoond(wie: str) -> set[str]:
        gebruiker = next(persoon for persoon in ROLVERDELING if persoon.id == wie)
        return {naam for naam, blad in menu.bladen(gebruiker).items() if blad.visibility == "visible"}

    for wie in [*IEDEREEN, *IEDEREEN]:
        verwacht = {naam for naam, mag in MAG.items() if wie in mag.split() and pagina(naam).staat_in_menu}
        assert getoond(wie) == verwacht
    # Asked outside a run of the script, Streamlit makes them but half: nobody gets those.
    for wie in ("bas", "hanna"):
        assert not open_pagina("rechten", als=wie).exception


def test_the_table_names_every_page():
    assert list(MAG) == [deel.naam for deel in PAGINAS]


@pytest.mark.parametrize("naam", MAG)
def test_each_page_is_open_for_the_roles_it_is_meant_for(naam: str):
    open_voor = [persoon.id for persoon in ROLVERDELING if pagina(naam).toegankelijk_voor(persoon)]
    assert open_voor == MAG[naam].split()


@pytest.mark.parametrize("wie", IEDEREEN)
@pytest.mark.parametrize("naam", MAG)
def test_the_page_is_shown_or_refused(naam: str, wie: str):
    proef = open_pagina(naam, als=wie)
    assert not proef.exception
    geweigerd = [fout.value for fout in proef.error if WEIGERING in fout.value]
    assert bool(geweigerd) == (wie not in MAG[naam].split())
    assert len(proef.title) == 1, "a page has exactly one h1"


def test_a_refusal_offers_what_is_open():
    proef = open_pagina("klachten", als="hanna")
    assert "analist" in proef.error[0].value
    assert {link.proto.label for link in proef.get("page_link")} == {
        "Werkvoorraad", "Jaarbeeld", "Termijnen", "Categorieën", "Opvolging", "Proces", "Signalen", "Verkenner",
        "Hulp", "Reglement", "Handleiding", "Mijn afwezigheid", "Rechten",
    }  # fmt: skip


@pytest.mark.parametrize("naam", MAG)
def test_every_page_says_that_the_data_are_invented(naam: str, monkeypatch):
    # Of an empty register it is not said: tests/test_leeg.py.
    monkeypatch.setattr(leegte, "is_leeg", lambda: False)
    assert "De gegevens in dit register zijn verzonnen." in tekst(open_pagina(naam, als="anna"))


def test_the_start_page_is_the_werkvoorraad():
    proef = AppTest.from_file(VENSTER, default_timeout=30).run()
    assert proef.title[0].value == "Werkvoorraad"


def test_the_address_tells_who_is_acting_by_id():
    proef = open_pagina("reglement", als="carla")
    assert proef.sidebar.selectbox(key="als").value == "carla"
    assert ":small[Directie]" in [deel.value for deel in proef.sidebar.markdown]


def test_choosing_somebody_else_changes_who_acts_and_the_address():
    proef = open_pagina("reglement", als="anna")
    proef.sidebar.selectbox(key="als").select("bas").run()
    assert proef.session_state["gebruiker"] == "bas"
    assert proef.query_params["als"] == "bas"


def test_an_unknown_person_in_the_address_is_anna():
    assert open_pagina("reglement", als="zorro").session_state["gebruiker"] == "anna"


def test_a_register_that_does_not_open_is_explained_on_the_page(monkeypatch):
    scherm.gebruik(None)

    def bezet():
        raise RegisterBezet("Het register is al open in een ander programma.")

    monkeypatch.setattr(scherm, "open_register", bezet)
    proef = open_pagina("reglement")
    assert not proef.exception
    assert proef.title[0].value == "Het register gaat niet open"
    assert proef.error[0].value == "Het register is al open in een ander programma."


def test_what_was_repaired_at_opening_is_told_on_every_page(register):
    scherm.gebruik(register)
    register.meldingen.append("De laatste regel van het journaal was niet af en is apart gezet.")
    for naam in ("reglement", "werkvoorraad"):
        assert "De laatste regel van het journaal was niet af" in tekst(open_pagina(naam))


def test_the_day_is_today_in_amsterdam_unless_the_example_names_another(monkeypatch):
    monkeypatch.setenv("KLACHTEN_VANDAAG", "2026-03-01")
    assert scherm.vandaag() == date(2026, 3, 1)
    monkeypatch.setattr(kijker, "is_example", lambda: False)
    assert scherm.vandaag() != date(2026, 3, 1)


@pytest.mark.parametrize(
    ("dag", "lang", "kort"),
    [
        (date(2026, 1, 5), "5 januari 2026", "ma 5 jan 2026"),
        (date(2024, 2, 29), "29 februari 2024", "do 29 feb 2024"),
        (None, "–", "–"),
    ],
)
def test_a_date_reads_as_a_dutch_reader_writes_it(dag, lang, kort):
    assert onderdelen.datum_tekst(dag) == lang
    assert onderdelen.datum_tekst(dag, kort=True) == kort


@pytest.mark.parametrize(
    ("over", "zin"),
    [
        (14, "nog 14 dagen"),
        (1, "nog 1 dag"),
        (0, "vandaag"),
        (-1, "1 dag te laat"),
        (-37, "37 dagen te laat"),
        (None, "–"),
    ],
)
def test_the_days_left_are_words(over, zin):
    assert onderdelen.dagen_tekst(over) == zin


@pytest.mark.parametrize(
    "status", ["op tijd", "te laat", "te laat, nog open", "onbepaald, termijn verstreken", "nieuw soort"]
)
def test_a_badge_can_be_read_without_its_colour(status: str):
    badge = onderdelen.badge(status)
    assert status in badge
    assert ":material/" in badge


def test_what_somebody_typed_is_shown_as_it_stands():
    assert onderdelen.veilig("*niet* [vet](x) $5") == r"\*niet\* \[vet\](x) \$5"


def test_a_number_has_dutch_separators():
    assert onderdelen.getal(1234567) == "1.234.567"


def test_the_window_asks_for_a_png_as_icon_because_others_come_from_elsewhere():
    soort, _, inhoud = venster.PICTOGRAM.partition(",")
    assert soort == "data:image/png;base64", "not in /media, which is closed"
    assert base64.b64decode(inhoud).startswith(b"\x89PNG")
    assert venster.MERK.is_file()
